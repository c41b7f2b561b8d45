//! The page of one certificate.

use forprev_domain::certificat::{Edition, Imprime};
use pdf_writer::types::ArtifactType;
use pdf_writer::{Content, Finish, Name};

use crate::document::{Document, Folio};
use crate::embed::Glyphs;
use crate::logo::{self, printed_logo};
use crate::marks::Marks;
use crate::metadata::{About, titulaire};
use crate::ornament;
use crate::page::{FILETS, HAUTEUR, LARGEUR, PERSONNE, PT, accent, arrondi};
use crate::qr::{self, Code, Square};
use crate::sheet::Passage;
use crate::structure::{Part, Role};
use crate::{layout, lettering};

/// The file of these certificates, one page each, in order.
pub(crate) fn document(imprimes: &[Imprime]) -> Document {
    let mut glyphs = Glyphs::default();
    let folios = imprimes.iter().map(|imprime| match imprime.edition {
        Edition::Premiere => folio(imprime, &mut glyphs),
    });
    let folios = folios.collect();
    let title = match imprimes {
        [one] => format!("Certificat {}, {}", one.numero_certificat, titulaire(one)),
        several => format!("{} certificats", several.len()),
    };
    Document { folios, glyphs, about: About::new(&title, imprimes) }
}

/// The name of the code among the drawings of the page.
const CODE: &str = "Code";

fn folio(imprime: &Imprime, glyphs: &mut Glyphs) -> Folio {
    let mut content = Content::with_capacity(8192);
    let drawings = ornament::of_a_page(imprime.specimen);
    artifact(&mut content, |content| {
        ornament::place(content, drawings, accent(imprime));
        hairlines(content, accent(imprime));
        if let Some(centre) = layout::marque_du_sceau(imprime) {
            ornament::place_seal(content, centre, accent(imprime));
        }
        if let Some(logo) = printed_logo(imprime) {
            logo::place(content, logo);
        }
    });
    let code = Code::new(imprime);
    let place =
        code.as_ref().map(|code| Place { code, name: CODE, square: qr::square(code.size()), raised: 0.0 });
    let parts = write(&mut content, &layout::passages(imprime), place, glyphs, &mut Marks::default());
    Folio {
        size: (LARGEUR, HAUTEUR),
        content: content.finish().to_vec(),
        parts,
        drawings,
        codes: code.map(|code| (CODE.to_owned(), code.bitmap())).into_iter().collect(),
        logo: printed_logo(imprime).cloned(),
        bookmark: Some(format!("{}, {}", titulaire(imprime), imprime.numero_certificat)),
    }
}

/// Draws what says nothing, in millimetres.
pub(crate) fn artifact(content: &mut Content, draw: impl FnOnce(&mut Content)) {
    let mut artifact = content.begin_marked_content_with_properties(Name(b"Artifact"));
    artifact.properties().artifact().kind(ArtifactType::Layout);
    artifact.finish();
    content.save_state().transform([PT, 0.0, 0.0, PT, 0.0, 0.0]);
    draw(content);
    content.restore_state().end_marked_content();
}

/// A code in its place.
pub(crate) struct Place<'a> {
    pub(crate) code: &'a Code,
    /// Its name among the drawings of the page.
    pub(crate) name: &'a str,
    pub(crate) square: Square,
    /// How much higher the whole stands on its page, in millimetres.
    pub(crate) raised: f32,
}

/// Writes what stands on a page, in reading order, with its code where there is one.
pub(crate) fn write(
    content: &mut Content,
    passages: &[Passage],
    code: Option<Place<'_>>,
    glyphs: &mut Glyphs,
    marks: &mut Marks,
) -> Vec<Part> {
    let mut parts = Vec::with_capacity(passages.len());
    for passage in passages {
        let (stretches, figure) = match (passage.role, &code) {
            (Role::Title | Role::Paragraph, _) => (lettering::write(content, passage, glyphs, marks), None),
            (Role::Figure, None) => continue,
            (Role::Figure, Some(place)) => {
                let stretch = marks.spelt(content, Role::Figure);
                let figure = place.code.draw(content, place.name, place.square).raised(place.raised);
                content.end_marked_content();
                (vec![stretch], Some(figure))
            }
        };
        if !stretches.is_empty() {
            parts.push(Part { role: passage.role, stretches, figure });
        }
    }
    parts
}

fn hairlines(content: &mut Content, [r, g, b]: [f32; 3]) {
    content.set_fill_rgb(r, g, b);
    for y in FILETS {
        content.rect(PERSONNE.x, arrondi(HAUTEUR - y - 0.2), PERSONNE.l, 0.2);
    }
    content.fill_nonzero();
}
