//! The page of one certificate.

use forprev_domain::certificat::Imprime;
use pdf_writer::Content;
use pdf_writer::types::ArtifactType;
use pdf_writer::{Finish, Name};

use crate::document::{Document, Folio};
use crate::embed::Glyphs;
use crate::logo::{self, printed_logo};
use crate::metadata::{About, titulaire};
use crate::ornament;
use crate::page::{FILETS, HAUTEUR, LARGEUR, PERSONNE, PT, accent, arrondi};
use crate::qr::{self, Code};
use crate::structure::{Part, Role};
use crate::{layout, lettering};

/// The file of these certificates, one page each, in order.
pub(crate) fn document(imprimes: &[Imprime]) -> Document {
    let mut glyphs = Glyphs::default();
    let folios = imprimes.iter().map(|imprime| folio(imprime, &mut glyphs)).collect();
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
        if let Some(logo) = printed_logo(imprime) {
            logo::place(content, logo);
        }
    });
    let code = Code::new(imprime);
    let mut parts = Vec::new();
    for passage in layout::passages(imprime) {
        let code = code.as_ref().filter(|_| passage.role == Role::Figure);
        if passage.role == Role::Figure && code.is_none() {
            continue;
        }
        mark(&mut content, passage.role, parts.len());
        lettering::write(&mut content, &passage.lines, glyphs);
        let figure = code.map(|code| code.draw(&mut content, CODE, qr::square(code.size())));
        content.end_marked_content();
        parts.push(Part { role: passage.role, figure });
    }
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

/// Opens the marks of the part of this rank.
pub(crate) fn mark(content: &mut Content, role: Role, rank: usize) {
    let mut mark = content.begin_marked_content_with_properties(role.tag());
    mark.properties().identify(i32::try_from(rank).unwrap_or(i32::MAX));
    mark.finish();
}

fn hairlines(content: &mut Content, [r, g, b]: [f32; 3]) {
    content.set_fill_rgb(r, g, b);
    for y in FILETS {
        content.rect(PERSONNE.x, arrondi(HAUTEUR - y - 0.2), PERSONNE.l, 0.2);
    }
    content.fill_nonzero();
}
