//! Where each line of text stands: sizes, wrapping, and what gives way when a text is long.

use forprev_domain::certificat::Imprime;
use forprev_domain::theme::Logo;

use crate::logo::{self, printed_logo};
use crate::page::{self, Zone, accent};
use crate::phrases;
use crate::shape::printable;
use crate::sheet::{Align, Block, Lines, PLAIN, Passage, SMALL, Sheet, Style, rich};
use crate::structure::Role;
use crate::text::Voice::{Bold, Capitals, Regular};
use crate::text::{Row, Text};

/// All that stands on a certificate, in reading order; the code is a figure without lines.
pub(crate) fn passages(imprime: &Imprime) -> Vec<Passage> {
    let mut sheet = Sheet::default();
    titre(&mut sheet, imprime);
    personne(&mut sheet, imprime);
    validite(&mut sheet, imprime);
    faits(&mut sheet, imprime);
    numero(&mut sheet, imprime);
    sheet.start(Role::Figure);
    signature(&mut sheet, imprime);
    sceau(&mut sheet, imprime);
    pied(&mut sheet, imprime);
    sheet.passages
}

fn titre(sheet: &mut Sheet, imprime: &Imprime) {
    let service = Block::typed(&imprime.service, Bold, Style { size: 10.5, ..PLAIN }).set_as(Lines::Even);
    let certificat = Block::typed("Certificat", Regular, Style { size: 13.0, leading: 1.5, ..PLAIN });
    let title = Style { size: 23.0, leading: 1.15, tracking: -0.015, colour: accent(imprime), ..PLAIN };
    let niveau = Style { size: 14.0, colour: accent(imprime), ..PLAIN };
    let niveau = Block::typed(&phrases::niveau(imprime), Regular, niveau);
    let libelle = Text::typed(&imprime.libelle, Bold);

    let rows = |size: f32| libelle.lines(title.sized(size).room(page::TITRE.l)).len();
    let (size, gap) = match rows(23.0) {
        ..=1 => (23.0, 11.0),
        2 => (23.0, 6.0),
        _ => (18.0, 5.0),
    };
    let libelle = Block::new(libelle, title.sized(size)).set_as(Lines::Even).goes_on();
    let certificat = certificat.is(Role::Title);
    let Some(logo) = printed_logo(imprime) else {
        sheet.fit(page::TITRE, &[service, certificat.before(gap), libelle, niveau]);
        return;
    };
    beside(sheet, logo, service);
    let below = page::LOGO.bas() + 2.5;
    let zone = Zone { y: below, h: page::TITRE.bas() - below, ..page::TITRE };
    let gap = (gap - (below - page::TITRE.y - PLAIN.sized(10.5).line_height())).max(0.0);
    sheet.fit(zone, &[certificat.before(gap), libelle, niveau]);
}

/// The name of the service beside its picture, at half its height.
fn beside(sheet: &mut Sheet, logo: &Logo, service: Block) {
    let left = page::LOGO.x + logo::size(logo).0 + 4.0;
    let zone = Zone { x: left, l: page::TITRE.x + page::TITRE.l - left, ..page::LOGO };
    let (rows, style) = service.rows(zone.l, 1.0);
    let free = (zone.h - rows.len() as f32 * style.line_height()).max(0.0);
    sheet.fit(Zone { y: zone.y + free / 2.0, h: zone.h - free / 2.0, ..zone }, &[service]);
}

fn personne(sheet: &mut Sheet, imprime: &Imprime) {
    let zone = page::PERSONNE;
    let civ = Style { size: 13.0, leading: 1.3, ..PLAIN };
    if let Some(civilite) = imprime.civilite {
        let rows = Text::typed(civilite.libelle(), Regular).lines(civ.room(zone.l));
        sheet.start(Role::Paragraph);
        sheet.set(zone, zone.y, rows, civ);
    }
    let top = zone.y + civ.line_height();
    let nom = nom(imprime);
    let tight = nom.style.size < 25.0;
    sheet.start(Role::Paragraph);
    let bottom = sheet.set(zone, top, nom.rows, nom.style);
    let rest = Zone { y: bottom, h: zone.bas() - bottom, ..zone };
    let ident = Style { size: 12.0, ..PLAIN };
    let phrase = Style { size: 13.0, leading: 1.45, ..PLAIN };
    sheet.fit(
        rest,
        &[
            Block::new(rich(&phrases::etat_civil(imprime)), ident).before(1.0).set_as(Lines::Even),
            Block::new(rich(&phrases::phrase(imprime)), phrase)
                .before(if tight { 3.0 } else { 5.5 })
                .set_as(Lines::Even),
        ],
    );
}

struct Nom {
    rows: Vec<Row>,
    style: Style,
}

/// One line at 33 or 25 points; else prénoms and NOM on a line each at 25; else on one or two each,
/// at 15, 12 or as small as it takes.
fn nom(imprime: &Imprime) -> Nom {
    let width = page::PERSONNE.l;
    let large = Style { size: 33.0, leading: 1.16, tracking: -0.018, ..PLAIN };
    let small = Style { size: 15.0, leading: 1.2, tracking: -0.005, ..PLAIN };
    let (prenom, nom) = (Text::typed(&imprime.prenom, Bold), Text::typed(&imprime.nom_naissance, Capitals));
    let whole = prenom.clone().then(nom.clone());
    let each = |style: Style| {
        let room = style.room(width);
        [prenom.balanced(room), nom.balanced(room)]
    };
    let on = |style: Style, rows: Vec<Row>| Nom { rows, style };

    for size in [33.0, 25.0] {
        let style = large.sized(size);
        let rows = whole.lines(style.room(width));
        if rows.len() <= 1 {
            return on(style, rows);
        }
    }
    let parts = each(large.sized(25.0));
    if parts.iter().all(|rows| rows.len() <= 1) {
        return on(large.sized(25.0), parts.concat());
    }
    let mut size = small.size;
    loop {
        let parts = each(small.sized(size));
        if parts.iter().all(|rows| rows.len() <= 2) || size < 2.0 {
            return on(small.sized(size), parts.concat());
        }
        size = if size > 12.0 { 12.0 } else { size * 0.95 };
    }
}

fn validite(sheet: &mut Sheet, imprime: &Imprime) {
    let label = Style { size: 11.5, leading: 1.3, align: Align::Centre, ..PLAIN };
    let strong = Style { size: 18.0, leading: 1.2, tracking: -0.015, ..label };
    let year = Style { size: 33.0, leading: 1.0, ..strong };
    let blocks = match imprime.valable_jusqu_au {
        Some(fin) => vec![
            Block::typed("Valable jusqu’au", Regular, label),
            Block::typed(&phrases::jour_et_mois(fin), Bold, strong),
            Block::typed(&fin.year().to_string(), Bold, year),
        ],
        None => vec![Block::typed("Sans limite", Bold, strong), Block::typed("de durée", Bold, strong)],
    };
    let height: f32 = blocks.iter().map(|block| block.style.line_height()).sum();
    // Capitals and digits stand above the middle of their lines: a hair lower looks centred.
    let mut y = page::ROSETTE.1 - height / 2.0 + 0.6;
    sheet.start(Role::Paragraph);
    for block in blocks {
        let (rows, style) = block.rows(page::VALIDITE.l, 1.0);
        y = sheet.set(page::VALIDITE, y, rows, style);
    }
}

/// One of the three facts: label, what matters, and what goes with it.
struct Fait {
    label: &'static str,
    valeur: String,
    suite: Option<String>,
}

fn les_faits(imprime: &Imprime) -> [Fait; 3] {
    let numero = |intro: &str, numero: &str| format!("{intro}n°\u{a0}{}", numero.trim());
    [
        Fait {
            label: "Organisme de formation",
            valeur: imprime.organisme.clone(),
            suite: imprime.habilitation.as_deref().map(|n| numero("habilitation ", n)),
        },
        Fait {
            label: "Formateur",
            valeur: imprime.formateur.clone(),
            suite: Some(numero("", &imprime.formateur_numero)),
        },
        Fait { label: "Délivré le", valeur: phrases::date_en_lettres(imprime.delivre_le), suite: None },
    ]
}

fn faits(sheet: &mut Sheet, imprime: &Imprime) {
    let faits = les_faits(imprime);
    let mut columns = Vec::new();
    let mut deepest = 0;
    for (fait, (x, width)) in faits.iter().zip(page::COLONNES) {
        let value = PLAIN.sized(11.0);
        let mut rows = Text::typed(&fait.valeur, Bold).lines(value.room(width));
        if let Some(suite) = &fait.suite {
            rows.extend(Text::typed(suite, Regular).lines(value.room(width)));
        }
        deepest = deepest.max(rows.len());
        columns.push((Zone { x, l: width, ..page::FAITS }, fait.label, rows));
    }
    if deepest > 3 {
        return faits_longs(sheet, &faits);
    }
    let leading = if deepest > 2 { 1.27 } else { 1.4 };
    for (zone, label, rows) in columns {
        sheet.start(Role::Paragraph);
        let y = sheet.set(zone, zone.y, Text::typed(label, Regular).lines(PLAIN.room(zone.l)), PLAIN);
        sheet.set(zone, y, rows, Style { size: 11.0, leading, ..PLAIN });
    }
}

/// Facts too long for their columns: full-width lines, the last two run together if need be.
fn faits_longs(sheet: &mut Sheet, faits: &[Fait]) {
    let style = Style { leading: 1.32, ..SMALL };
    let paragraph = |faits: &[Fait]| {
        let mut spans = Vec::new();
        for (rank, fait) in faits.iter().enumerate() {
            let before = if rank > 0 { ". " } else { "" };
            spans.push((format!("{before}{}\u{a0}: ", fait.label), Regular));
            spans.push((printable(&fait.valeur), Bold));
            if let Some(suite) = &fait.suite {
                spans.push((format!(", {}", printable(suite)), Regular));
            }
        }
        Block::new(rich(&spans), style)
    };
    let apart: Vec<Block> = faits.chunks(1).map(paragraph).collect();
    let count: usize = apart.iter().map(|block| block.rows(page::FAITS.l, 1.0).0.len()).sum();
    if count as f32 * style.line_height() <= page::FAITS.h {
        sheet.fit(page::FAITS, &apart);
        return;
    }
    let (organisme, suite) = faits.split_at(1);
    sheet.fit(page::FAITS, &[paragraph(organisme), paragraph(suite)]);
}

fn numero(sheet: &mut Sheet, imprime: &Imprime) {
    let number = Style { size: 15.0, leading: 1.35, ..PLAIN };
    let mut blocks = vec![
        Block::typed("Certificat n°", Regular, PLAIN),
        Block::typed(&imprime.numero_certificat, Bold, number).set_as(Lines::Single).goes_on(),
    ];
    if imprime.signataire.is_some() {
        let verifier =
            [("À vérifier sur ".into(), Regular), (printable(&imprime.adresse_verification), Bold)];
        blocks.push(Block::new(rich(&verifier), PLAIN).before(0.8));
        blocks.push(Block::typed(EN_LISANT, Regular, PLAIN).goes_on());
    }
    sheet.fit(page::NUMERO, &blocks);
}

const EN_LISANT: &str = "ou en lisant le code.";

/// Who signs; nobody named yet, where to verify stands there instead of below the number.
fn signature(sheet: &mut Sheet, imprime: &Imprime) {
    let strong = PLAIN.sized(11.0);
    let blocks = match &imprime.signataire {
        Some(signataire) => vec![
            Block::typed(&format!("Pour le service, {}", signataire.fonction), Regular, PLAIN),
            Block::typed(&signataire.nom, Bold, strong).goes_on(),
        ],
        None => vec![
            Block::typed("À vérifier sur", Regular, PLAIN),
            Block::typed(&imprime.adresse_verification, Bold, Style { leading: 1.3, ..strong }).goes_on(),
            Block::typed(EN_LISANT, Regular, PLAIN).goes_on(),
        ],
    };
    sheet.fit(page::SIGNATURE, &blocks);
}

/// The place of the seal. As long as files are not sealed, it only says SPÉCIMEN, as text.
fn sceau(sheet: &mut Sheet, imprime: &Imprime) {
    if imprime.specimen {
        sheet.fit(
            page::SCEAU,
            &[
                Block::typed(crate::specimen::MENTION, Bold, PLAIN),
                Block::typed("Ce document n’atteste rien.", Regular, PLAIN).goes_on(),
            ],
        );
    }
}

fn pied(sheet: &mut Sheet, imprime: &Imprime) {
    let (first, second) = phrases::pied(imprime.niveau);
    let right = Style { align: Align::Right, ..SMALL };
    let donnees = format!("Vos données personnelles\u{a0}: {}", imprime.adresse_donnees.trim());
    sheet.fit(
        page::PIED_GAUCHE,
        &[Block::typed(first, Bold, SMALL), Block::typed(second, Regular, SMALL).goes_on()],
    );
    sheet.fit(
        page::PIED_DROIT,
        &[Block::typed(&imprime.service, Regular, right), Block::typed(&donnees, Regular, right)],
    );
}

#[cfg(test)]
#[path = "layout_tests.rs"]
mod tests;
