//! The pocket card of a certificate, in the format of bank cards (ISO 7810 ID-1), ten on a sheet.

use forprev_domain::certificat::Imprime;
use pdf_writer::Content;

use crate::certificat::{self, artifact};
use crate::document::{Document, Folio};
use crate::embed::Glyphs;
use crate::marks::Marks;
use crate::metadata::{About, titulaire};
use crate::ornament::Shape;
use crate::page::{HAUTEUR, Zone, accent, arrondi, pt};
use crate::phrases;
use crate::qr::{self, Code, Square};
use crate::sheet::{Block, Lines, PLAIN, Sheet, Style, rich};
use crate::structure::Role;
use crate::text::Text;
use crate::text::Voice::{Bold, Capitals, Regular};

/// Width and height of a card, in millimetres.
const LARGEUR_CARTE: f32 = 85.6;
const HAUTEUR_CARTE: f32 = 54.0;
/// Columns and rows of a sheet.
const COLONNES: usize = 2;
const RANGEES: usize = 5;
/// An A4 sheet.
const FEUILLE: (f32, f32) = (210.0, 297.0);
/// Around one card alone.
const MARGE: f32 = 9.0;
/// From the edge of a card to its crop marks, and their length.
const ECART: f32 = 1.5;
const TRAIT: f32 = 5.0;

/// Side of the code with its quiet zone.
const CODE: f32 = 25.0;
/// Waves along the foot of a card, and how much of its height they take.
const VAGUES: u16 = 9;
const LONGUEUR_DE_VAGUE: f32 = 9.25;

/// Cards of these certificates, ten on a sheet, in order, with crop marks.
pub(crate) fn planches(imprimes: &[Imprime]) -> Document {
    let mut glyphs = Glyphs::default();
    let count = imprimes.len().div_ceil(COLONNES * RANGEES);
    let sheets = imprimes.chunks(COLONNES * RANGEES).enumerate();
    let folios = sheets.map(|(rank, some)| {
        let left = (FEUILLE.0 - COLONNES as f32 * LARGEUR_CARTE) / 2.0;
        let top = (FEUILLE.1 - RANGEES as f32 * HAUTEUR_CARTE) / 2.0;
        let name = format!("Planche {} sur {count}", rank + 1);
        Planche { size: FEUILLE, left, top, columns: COLONNES }.folio(some, &name, &mut glyphs)
    });
    let folios = folios.collect();
    let title = match imprimes {
        [one] => format!("Carte du certificat {}, {}", one.numero_certificat, titulaire(one)),
        several => format!("{} cartes de certificats", several.len()),
    };
    Document { folios, glyphs, about: About::new(&title, imprimes) }
}

/// The card of one certificate, alone on its page, with crop marks.
pub(crate) fn carte(imprime: &Imprime) -> Document {
    let mut glyphs = Glyphs::default();
    let size = (LARGEUR_CARTE + 2.0 * MARGE, HAUTEUR_CARTE + 2.0 * MARGE);
    let alone = Planche { size, left: MARGE, top: MARGE, columns: 1 };
    let folio = alone.folio(std::slice::from_ref(imprime), "Carte", &mut glyphs);
    let title = format!("Carte du certificat {}, {}", imprime.numero_certificat, titulaire(imprime));
    Document { folios: vec![folio], glyphs, about: About::new(&title, std::slice::from_ref(imprime)) }
}

/// A page of cards that touch: one cut parts two of them.
struct Planche {
    size: (f32, f32),
    left: f32,
    top: f32,
    columns: usize,
}

impl Planche {
    fn folio(&self, imprimes: &[Imprime], name: &str, glyphs: &mut Glyphs) -> Folio {
        let mut content = Content::with_capacity(16_384);
        // Layout counts from the top of a page of the height of a certificate.
        let shift = self.size.1 - HAUTEUR;
        content.save_state().transform([1.0, 0.0, 0.0, 1.0, 0.0, pt(shift)]);
        let rows = imprimes.len().div_ceil(self.columns);
        artifact(&mut content, |content| self.crop_marks(content, rows));
        let (mut parts, mut codes, mut marks) = (Vec::new(), Vec::new(), Marks::default());
        for (rank, imprime) in imprimes.iter().enumerate() {
            let x = self.left + (rank % self.columns) as f32 * LARGEUR_CARTE;
            let y = self.top + (rank / self.columns) as f32 * HAUTEUR_CARTE;
            artifact(&mut content, |content| ornament(content, imprime, (x, y)));
            let code = Code::saying(qr::address(imprime));
            let name = format!("Code{rank}");
            let square = Square { x: x + LARGEUR_CARTE - CODE - 3.0, y: y + 11.5, side: CODE };
            let place =
                code.as_ref().map(|code| certificat::Place { code, name: &name, square, raised: shift });
            let passages = passages(imprime, (x, y));
            parts.extend(certificat::write(&mut content, &passages, place, glyphs, &mut marks));
            codes.extend(code.map(|code| (name, code.bitmap())));
        }
        content.restore_state();
        let drawings: &[Shape] = match imprimes.iter().any(|imprime| imprime.specimen) {
            true => &[Shape::Wave, Shape::Specimen],
            false => &[Shape::Wave],
        };
        Folio {
            size: self.size,
            content: content.finish().to_vec(),
            parts,
            drawings,
            codes,
            logo: None,
            bookmark: Some(name.to_owned()),
        }
    }

    /// Where to cut: beside the edges, never on a card.
    fn crop_marks(&self, content: &mut Content, rows: usize) {
        let (right, bottom) =
            (self.left + self.columns as f32 * LARGEUR_CARTE, self.top + rows as f32 * HAUTEUR_CARTE);
        let up = |y: f32| arrondi(HAUTEUR - y);
        content.set_stroke_gray(0.0).set_line_width(0.1);
        for column in 0..=self.columns {
            let x = arrondi(self.left + column as f32 * LARGEUR_CARTE);
            for (from, to) in [(self.top - ECART, -TRAIT), (bottom + ECART, TRAIT)] {
                content.move_to(x, up(from)).line_to(x, up(from + to)).stroke();
            }
        }
        for row in 0..=rows {
            let y = up(self.top + row as f32 * HAUTEUR_CARTE);
            for (from, to) in [(self.left - ECART, -TRAIT), (right + ECART, TRAIT)] {
                content.move_to(arrondi(from), y).line_to(arrondi(from + to), y).stroke();
            }
        }
    }
}

/// The waves at the foot of a card, and the word of specimens.
fn ornament(content: &mut Content, imprime: &Imprime, (x, y): (f32, f32)) {
    let [r, g, b] = accent(imprime);
    let stretch = LARGEUR_CARTE / (f32::from(VAGUES) * LONGUEUR_DE_VAGUE);
    content.save_state().set_stroke_rgb(r, g, b).set_line_width(0.12);
    content.transform([stretch, 0.0, 0.0, 1.0, arrondi(x), arrondi(HAUTEUR - y - HAUTEUR_CARTE + 3.2)]);
    for _ in 0..VAGUES {
        content.x_object(Shape::Wave.name()).transform([1.0, 0.0, 0.0, 1.0, LONGUEUR_DE_VAGUE, 0.0]);
    }
    content.restore_state();
    if imprime.specimen {
        // Left of the code, which must stay on white.
        let (left, bottom) = (arrondi(x - 1.0), arrondi(HAUTEUR - y - HAUTEUR_CARTE + 6.5));
        content.save_state().transform([0.205, 0.0, 0.0, 0.205, left, bottom]);
        content.x_object(Shape::Specimen.name()).restore_state();
    }
}

/// Sizes of the name, of who its holder is, and of the title, in points: the first that fit are taken.
const CORPS: [[f32; 3]; 6] =
    [[12.0, 6.5, 9.5], [11.0, 6.5, 9.5], [10.0, 6.5, 9.0], [9.0, 6.0, 8.5], [8.0, 6.0, 8.0], [6.5, 5.8, 7.5]];

/// What stands on a card whose top left corner is there, in reading order.
fn passages(imprime: &Imprime, (x, y): (f32, f32)) -> Vec<crate::sheet::Passage> {
    let mut sheet = Sheet::default();
    let zone = |top: f32, height: f32, width: f32| Zone { x: x + 5.0, y: y + top, l: width, h: height };
    let (wide, narrow) = (LARGEUR_CARTE - 10.0, LARGEUR_CARTE - CODE - 3.0 - 6.0);

    sheet.fit(zone(4.0, 4.0, wide), &[Block::typed(&imprime.service, Bold, SMALL.sized(7.0))]);
    sheet.fit_first(zone(8.6, 26.0, narrow), &CORPS.map(|corps| titre_et_titulaire(imprime, corps, narrow)));
    let fin = match imprime.valable_jusqu_au {
        Some(fin) => {
            vec![("Valable jusqu’au\u{a0}".to_owned(), Regular), (phrases::date_en_lettres(fin), Bold)]
        }
        None => vec![("Sans limite de durée".to_owned(), Bold)],
    };
    let delivre = format!("Délivré le\u{a0}{}", phrases::date_en_lettres(imprime.delivre_le));
    sheet.fit(
        zone(34.8, 6.8, narrow),
        &[Block::new(rich(&fin), SMALL.sized(8.0)), Block::typed(&delivre, Regular, SMALL)],
    );
    sheet.start(Role::Figure);
    let verifier = format!("À vérifier sur {}", imprime.adresse_verification);
    sheet.fit(
        zone(41.8, 6.3, wide),
        &[
            Block::typed(
                &format!("Certificat n°\u{a0}{}", imprime.numero_certificat),
                Bold,
                SMALL.sized(7.5),
            ),
            Block::typed(&verifier, Regular, SMALL.sized(6.0)),
        ],
    );
    sheet.passages
}

/// Small print of a card.
const SMALL: Style = Style { size: 6.5, leading: 1.3, ..PLAIN };

/// The title of a card, its holder, and who he is.
fn titre_et_titulaire(imprime: &Imprime, [corps, etat_civil, titre]: [f32; 3], width: f32) -> Vec<Block> {
    let colour = accent(imprime);
    let title = Style { size: titre, leading: 1.15, tracking: -0.01, colour, ..PLAIN };
    let strong = Style { size: corps, leading: 1.1, tracking: -0.015, ..PLAIN };
    let libelle = Text::typed(&imprime.libelle, Bold);
    let nom = Text::typed(&imprime.prenom, Bold).then(Text::typed(&imprime.nom_naissance, Capitals));
    // A little smaller rather than on one more line.
    let title = title.sized(reduit(&libelle, title, width, 2));
    let strong = strong.sized(reduit(&nom, strong, width, 1));
    let etat_civil = SMALL.sized(etat_civil);
    vec![
        Block::typed("Certificat", Regular, SMALL).is(Role::Title),
        Block::new(libelle, title).set_as(Lines::Even).goes_on(),
        Block::typed(&phrases::niveau(imprime), Regular, Style { colour, ..SMALL.sized(7.0) }),
        Block::new(nom, strong).before(corps / 8.0).set_as(Lines::Even),
        Block::new(rich(&phrases::etat_civil(imprime)), etat_civil).before(0.4),
    ]
}

/// The size at which a text takes so many lines, when four fifths of its own or more are enough; else its own.
fn reduit(text: &Text, style: Style, width: f32, most: usize) -> f32 {
    let sizes = [1.0, 0.95, 0.9, 0.85, 0.8].map(|part| style.size * part);
    let fits = |size: &f32| text.lines(style.sized(*size).room(width)).len() <= most;
    sizes.into_iter().find(fits).unwrap_or(style.size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exemple;

    #[test]
    fn no_text_leaves_its_place_on_a_card() {
        for (name, imprime) in exemple::variantes() {
            for line in passages(&imprime, (19.4, 13.5)).into_iter().flat_map(|passage| passage.lines) {
                let room = Style { size: line.size, tracking: line.tracking, ..PLAIN }.room(0.0);
                let right = line.x + room.measure(&line.row);
                assert!(right <= line.zone.droite() + 0.01, "{name}: {right} beyond {:?}", line.zone);
                assert!(line.y <= line.zone.bas() + 0.01, "{name}: {} below {:?}", line.y, line.zone);
                assert!(name == "demesure" || line.size >= 5.5, "{name}: {}", line.size);
            }
        }
    }
}
