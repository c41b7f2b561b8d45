//! Where each line of text stands: sizes, wrapping, and what gives way when a text is long.

use forprev_domain::certificat::Imprime;

use crate::logo::printed_logo;
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
    service(&mut sheet, imprime);
    titre(&mut sheet, imprime);
    personne(&mut sheet, imprime);
    validite(&mut sheet, imprime);
    faits(&mut sheet, imprime);
    signature(&mut sheet, imprime);
    sceau(&mut sheet, imprime);
    sheet.start(Role::Figure);
    numero(&mut sheet, imprime);
    pied(&mut sheet, imprime);
    sheet.passages
}

fn service(sheet: &mut Sheet, imprime: &Imprime) {
    let zone = match printed_logo(imprime) {
        Some(_) => Zone { y: page::LOGO.bas() + 1.5, h: 12.5, ..page::SERVICE },
        None => page::SERVICE,
    };
    let name = Style { size: 11.0, leading: 1.3, align: Align::Centre, ..PLAIN };
    sheet.fit(zone, &[Block::typed(&imprime.service, Bold, name).set_as(Lines::Even)]);
}

fn titre(sheet: &mut Sheet, imprime: &Imprime) {
    let title = Style { size: 26.0, leading: 1.15, tracking: -0.015, colour: accent(imprime), ..PLAIN };
    let libelle = Text::typed(&imprime.libelle, Bold);
    let rows = |size: f32| libelle.lines(title.sized(size).room(page::TITRE.l)).len();
    let size =
        [(26.0, 1), (23.0, 2), (18.0, usize::MAX)].into_iter().find(|(size, most)| rows(*size) <= *most);
    let libelle = Block::new(libelle, title.sized(size.map_or(18.0, |(size, _)| size))).set_as(Lines::Even);
    let certificat = Block::typed("Certificat", Regular, Style { size: 14.0, leading: 1.4, ..PLAIN });
    let niveau = Style { size: 14.0, leading: 1.4, colour: accent(imprime), ..PLAIN };
    let niveau = Block::typed(&phrases::niveau(imprime), Regular, niveau);
    sheet.fit(page::TITRE, &[certificat.is(Role::Title), libelle.goes_on(), niveau]);
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
    let tight = nom.rows.len() > 2;
    sheet.start(Role::Paragraph);
    let bottom = sheet.set(zone, top, nom.rows, nom.style);
    let rest = Zone { y: bottom, h: zone.bas() - bottom, ..zone };
    let ident = Style { size: 12.5, ..PLAIN };
    let phrase = Style { size: 14.0, leading: 1.45, ..PLAIN };
    sheet.fit(
        rest,
        &[
            Block::new(rich(&phrases::etat_civil(imprime)), ident).before(1.0).set_as(Lines::Even),
            Block::new(rich(&phrases::phrase(imprime)), phrase)
                .before(if tight { 4.0 } else { 9.0 })
                .set_as(Lines::Even),
        ],
    );
}

struct Nom {
    rows: Vec<Row>,
    style: Style,
}

/// One line at 33 or 25 points; else prénoms and NOM on a line each at 25; else on one or two each,
/// at 20, 18, 15, 12 or as small as it takes.
fn nom(imprime: &Imprime) -> Nom {
    let width = page::PERSONNE.l;
    let large = Style { size: 33.0, leading: 1.16, tracking: -0.018, ..PLAIN };
    let small = Style { size: 20.0, leading: 1.2, tracking: -0.005, ..PLAIN };
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
        size = [18.0, 15.0, 12.0].into_iter().find(|smaller| *smaller < size).unwrap_or(size * 0.95);
    }
}

fn validite(sheet: &mut Sheet, imprime: &Imprime) {
    let label = Style { size: 11.0, leading: 1.3, align: Align::Centre, ..PLAIN };
    let strong = Style { size: 17.0, leading: 1.2, tracking: -0.015, ..label };
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
        let value = PLAIN.sized(12.0);
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
        sheet.set(zone, y, rows, Style { size: 12.0, leading, ..PLAIN });
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

/// Who signs, when somebody is named.
fn signature(sheet: &mut Sheet, imprime: &Imprime) {
    let Some(signataire) = &imprime.signataire else { return };
    let fonction = format!("Pour le service, {}", signataire.fonction);
    let blocks = [
        Block::typed(&fonction, Regular, PLAIN),
        Block::typed(&signataire.nom, Bold, PLAIN.sized(11.5)).goes_on(),
    ];
    sheet.fit(page::SIGNATURE, &blocks);
}

/// Where the seal stands: beside who signs, or in his place.
fn place_du_sceau(imprime: &Imprime) -> Zone {
    match imprime.signataire {
        Some(_) => page::SCEAU,
        None => Zone { x: page::SIGNATURE.x, ..page::SCEAU },
    }
}

/// Centre of the mark of the seal; none on a certificate that certifies nothing.
pub(crate) fn marque_du_sceau(imprime: &Imprime) -> Option<(f32, f32)> {
    let place = place_du_sceau(imprime);
    (!imprime.specimen).then_some((place.x + 5.2, place.y + place.h / 2.0))
}

/// What the seal is worth, beside its mark; of a certificate that certifies nothing, that it does not.
fn sceau(sheet: &mut Sheet, imprime: &Imprime) {
    let place = place_du_sceau(imprime);
    let (zone, strong, plain) = match marque_du_sceau(imprime) {
        None => (place, crate::specimen::MENTION, "Ce document n’atteste rien."),
        Some(_) => {
            let beside = Zone { x: place.x + page::MARQUE, l: place.l - page::MARQUE, ..place };
            (beside, "Scellé électroniquement", "Tout changement du fichier se voit.")
        }
    };
    let blocks = [Block::typed(strong, Bold, PLAIN), Block::typed(plain, Regular, PLAIN).goes_on()];
    sheet.fit(zone, &blocks);
}

fn numero(sheet: &mut Sheet, imprime: &Imprime) {
    let label = Style { leading: 1.35, align: Align::Centre, ..PLAIN };
    let number = Style { size: 13.5, leading: 1.3, ..label };
    let verifier = [("À vérifier sur ".into(), Regular), (printable(&imprime.adresse_verification), Bold)];
    let blocks = [
        Block::typed("Certificat n°", Regular, label),
        Block::typed(&imprime.numero_certificat, Bold, number).set_as(Lines::Single).goes_on(),
        Block::new(rich(&verifier), label).set_as(Lines::Even),
    ];
    sheet.fit(page::NUMERO, &blocks);
}

fn pied(sheet: &mut Sheet, imprime: &Imprime) {
    let (first, second) = phrases::pied(imprime.niveau);
    let a_savoir = [(format!("{first} "), Bold), (second.to_owned(), Regular)];
    let donnees =
        format!("{}. Vos données personnelles\u{a0}: {}", imprime.service, imprime.adresse_donnees.trim());
    sheet.fit(page::PIED, &[Block::new(rich(&a_savoir), SMALL), Block::typed(&donnees, Regular, SMALL)]);
}

#[cfg(test)]
#[path = "layout_tests.rs"]
mod tests;
