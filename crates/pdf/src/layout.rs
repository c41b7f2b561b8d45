//! Where each line of text stands: sizes, wrapping, and what gives way when a text is long.

use std::rc::Rc;

use forprev_domain::certificat::Imprime;

use crate::fonts::Weight::{self, Bold, Regular};
use crate::fonts::{ASCENT, DESCENT};
use crate::page::{self, ENCRE, PETROLE, PT, Zone};
use crate::phrases;
use crate::shape::{Cluster, printable};
use crate::text::{Room, Row, Text};

/// A line of text in its place.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Left end, in millimetres.
    pub(crate) x: f32,
    /// Baseline, in millimetres from the top.
    pub(crate) y: f32,
    /// In points.
    pub(crate) size: f32,
    /// In em.
    pub(crate) tracking: f32,
    pub(crate) colour: [f32; 3],
    pub(crate) row: Vec<Rc<Cluster>>,
    /// The box that it belongs to.
    #[cfg(test)]
    pub(crate) zone: Zone,
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy)]
struct Style {
    size: f32,
    /// Height of a line, in sizes.
    leading: f32,
    tracking: f32,
    colour: [f32; 3],
    align: Align,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Align {
    Left,
    Centre,
    Right,
}

const PLAIN: Style = Style { size: 9.5, leading: 1.4, tracking: 0.0, colour: ENCRE, align: Align::Left };
const SMALL: Style = Style { size: 8.5, leading: 1.4, ..PLAIN };

impl Style {
    fn sized(self, size: f32) -> Self {
        Self { size, ..self }
    }

    fn room(self, width: f32) -> Room {
        Room { width, size: self.size, tracking: self.tracking }
    }

    /// Height of one line, in millimetres.
    fn line_height(self) -> f32 {
        self.size * self.leading / PT
    }

    /// From the top of a line to its baseline, in millimetres.
    fn baseline(self) -> f32 {
        self.size * ((self.leading - ASCENT - DESCENT) / 2.0 + ASCENT) / PT
    }
}

/// All lines of a certificate, in reading order.
pub(crate) fn lines(imprime: &Imprime) -> Vec<Line> {
    let mut sheet = Sheet::default();
    titre(&mut sheet, imprime);
    personne(&mut sheet, imprime);
    validite(&mut sheet, imprime);
    faits(&mut sheet, imprime);
    numero(&mut sheet, imprime);
    signature(&mut sheet, imprime);
    sceau(&mut sheet, imprime);
    pied(&mut sheet, imprime);
    sheet.lines
}

#[derive(Default)]
struct Sheet {
    lines: Vec<Line>,
}

impl Sheet {
    /// Sets rows one below the other from `top`; returns where they end.
    fn set(&mut self, zone: Zone, top: f32, rows: Vec<Row>, style: Style) -> f32 {
        let mut y = top;
        for row in rows {
            let free = zone.l - style.room(zone.l).measure(&row);
            let shift = match style.align {
                Align::Left => 0.0,
                Align::Centre => free / 2.0,
                Align::Right => free,
            };
            self.lines.push(Line {
                x: zone.x + shift,
                y: y + style.baseline(),
                size: style.size,
                tracking: style.tracking,
                colour: style.colour,
                row,
                #[cfg(test)]
                zone,
            });
            y += style.line_height();
        }
        y
    }

    /// Sets paragraphs from the top of a zone, all reduced in the same proportion until they fit.
    fn fit(&mut self, zone: Zone, blocks: &[Block]) -> f32 {
        let mut scale = 1.0;
        loop {
            let set: Vec<(Vec<Row>, Style)> = blocks.iter().map(|block| block.rows(zone.l, scale)).collect();
            let gaps: f32 = blocks.iter().map(|block| block.before * scale).sum();
            let height: f32 = set.iter().map(|(rows, style)| rows.len() as f32 * style.line_height()).sum();
            if height + gaps <= zone.h || scale < 0.1 {
                let mut y = zone.y;
                for ((rows, style), block) in set.into_iter().zip(blocks) {
                    y = self.set(zone, y + block.before * scale, rows, style);
                }
                return y;
            }
            scale *= 0.96;
        }
    }
}

/// A paragraph in a column of several.
struct Block {
    text: Text,
    style: Style,
    /// Space above, in millimetres.
    before: f32,
    lines: Lines,
}

#[derive(Clone, Copy, PartialEq)]
enum Lines {
    /// As wide as can be.
    Filled,
    /// Of even lengths.
    Even,
    /// One, reduced to fit.
    Single,
}

impl Block {
    fn new(text: Text, style: Style) -> Self {
        Self { text, style, before: 0.0, lines: Lines::Filled }
    }

    fn typed(text: &str, weight: Weight, style: Style) -> Self {
        Self::new(Text::typed(text, weight), style)
    }

    fn before(self, before: f32) -> Self {
        Self { before, ..self }
    }

    fn set_as(self, lines: Lines) -> Self {
        Self { lines, ..self }
    }

    fn rows(&self, width: f32, scale: f32) -> (Vec<Row>, Style) {
        let style = self.style.sized(self.style.size * scale);
        match self.lines {
            Lines::Filled => (self.text.lines(style.room(width)), style),
            Lines::Even => (self.text.balanced(style.room(width)), style),
            Lines::Single => {
                let rows = self.text.lines(style.room(f32::INFINITY));
                let natural = rows.first().map_or(0.0, |row| style.room(width).measure(row));
                let reduced = if natural > width { style.size * width / natural * 0.999 } else { style.size };
                (rows, style.sized(reduced))
            }
        }
    }
}

fn rich(spans: &[(String, Weight)]) -> Text {
    let spans: Vec<(&str, _)> = spans.iter().map(|(text, weight)| (text.as_str(), *weight)).collect();
    Text::rich(&spans)
}

fn titre(sheet: &mut Sheet, imprime: &Imprime) {
    let service = Block::typed(&imprime.service, Bold, Style { size: 10.5, ..PLAIN }).set_as(Lines::Even);
    let certificat = Block::typed("Certificat", Regular, Style { size: 13.0, leading: 1.5, ..PLAIN });
    let title = Style { size: 23.0, leading: 1.15, tracking: -0.015, colour: PETROLE, ..PLAIN };
    let niveau = Style { size: 14.0, colour: PETROLE, ..PLAIN };
    let niveau = Block::typed(&phrases::niveau(imprime), Regular, niveau);
    let libelle = Text::typed(&imprime.libelle, Bold);

    let rows = |size: f32| libelle.lines(title.sized(size).room(page::TITRE.l)).len();
    let (size, gap) = match (rows(23.0), rows(18.0)) {
        (..=1, _) => (23.0, 11.0),
        (_, ..=2) => (18.0, 6.0),
        _ => (15.0, 4.0),
    };
    let libelle = Block::new(libelle, title.sized(size)).set_as(Lines::Even);
    sheet.fit(page::TITRE, &[service, certificat.before(gap), libelle, niveau]);
}

fn personne(sheet: &mut Sheet, imprime: &Imprime) {
    let zone = page::PERSONNE;
    let civ = Style { size: 13.0, leading: 1.3, ..PLAIN };
    if let Some(civilite) = imprime.civilite {
        let rows = Text::typed(civilite.libelle(), Regular).lines(civ.room(zone.l));
        sheet.set(zone, zone.y, rows, civ);
    }
    let top = zone.y + civ.line_height();
    let nom = nom(imprime);
    let tight = nom.style.size < 25.0;
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
    let nom = phrases::capitales(&imprime.nom_naissance);
    let whole = Text::typed(&format!("{} {nom}", imprime.prenom), Bold);
    let (prenom, nom) = (Text::typed(&imprime.prenom, Bold), Text::typed(&nom, Bold));
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
        let y = sheet.set(zone, zone.y, Text::typed(label, Regular).lines(PLAIN.room(zone.l)), PLAIN);
        sheet.set(zone, y, rows, Style { size: 11.0, leading, ..PLAIN });
    }
}

/// Facts too long for their columns: full-width lines.
fn faits_longs(sheet: &mut Sheet, faits: &[Fait]) {
    let text = |fait: &Fait| {
        let mut spans = vec![(format!("{}\u{a0}: ", fait.label), Regular)];
        spans.push((printable(&fait.valeur), Bold));
        if let Some(suite) = &fait.suite {
            spans.push((format!(", {}", printable(suite)), Regular));
        }
        rich(&spans)
    };
    let style = Style { leading: 1.32, ..SMALL };
    let blocks: Vec<Block> = faits.iter().map(|fait| Block::new(text(fait), style)).collect();
    sheet.fit(page::FAITS, &blocks);
}

fn numero(sheet: &mut Sheet, imprime: &Imprime) {
    let number = Style { size: 15.0, leading: 1.35, ..PLAIN };
    let mut blocks = vec![
        Block::typed("Certificat n°", Regular, PLAIN),
        Block::typed(&imprime.numero_certificat, Bold, number).set_as(Lines::Single),
    ];
    if imprime.signataire.is_some() {
        let verifier =
            [("À vérifier sur ".into(), Regular), (printable(&imprime.adresse_verification), Bold)];
        blocks.push(Block::new(rich(&verifier), PLAIN).before(0.8));
        blocks.push(Block::typed(EN_LISANT, Regular, PLAIN));
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
            Block::typed(&signataire.nom, Bold, strong),
        ],
        None => vec![
            Block::typed("À vérifier sur", Regular, PLAIN),
            Block::typed(&imprime.adresse_verification, Bold, Style { leading: 1.3, ..strong }),
            Block::typed(EN_LISANT, Regular, PLAIN),
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
                Block::typed("Ce document n’atteste rien.", Regular, PLAIN),
            ],
        );
    }
}

fn pied(sheet: &mut Sheet, imprime: &Imprime) {
    let (first, second) = phrases::pied(imprime.niveau);
    let right = Style { align: Align::Right, ..SMALL };
    let donnees = format!("Vos données personnelles\u{a0}: {}", imprime.adresse_donnees.trim());
    sheet.fit(page::PIED_GAUCHE, &[Block::typed(first, Bold, SMALL), Block::typed(second, Regular, SMALL)]);
    sheet.fit(
        page::PIED_DROIT,
        &[Block::typed(&imprime.service, Regular, right), Block::typed(&donnees, Regular, right)],
    );
}

#[cfg(test)]
#[path = "layout_tests.rs"]
mod tests;
