//! The code that leads to the verification of a certificate.

use fast_qr::qr::QRBuilder;
use fast_qr::{ECL, Mode};
use forprev_domain::certificat::Imprime;
use pdf_writer::Content;

use crate::page::{CODE_COTE, CODE_COTE_MAX, CODE_X, CODE_Y, HAUTEUR, arrondi};

/// Modules of white around the code.
const QUIET: f32 = 4.0;
/// Modules from which the code grows.
const MANY: usize = 65;

/// What the code says: the address of this certificate's verification.
pub(crate) fn address(imprime: &Imprime) -> String {
    let base = imprime.adresse_verification.trim().trim_end_matches('/');
    format!("https://{base}/{}", imprime.numero_certificat.trim())
}

/// A code in its place, in millimetres.
struct Placed {
    x: f32,
    y: f32,
    module: f32,
}

fn placed(modules: usize) -> Placed {
    let whole = modules as f32 + 2.0 * QUIET;
    if modules <= MANY {
        let module = CODE_COTE / whole;
        Placed { x: CODE_X - CODE_COTE / 2.0, y: CODE_Y - QUIET * module, module }
    } else {
        let middle = CODE_Y + CODE_COTE / 2.0 - QUIET * CODE_COTE / whole;
        Placed {
            x: CODE_X - CODE_COTE_MAX / 2.0,
            y: middle - CODE_COTE_MAX / 2.0,
            module: CODE_COTE_MAX / whole,
        }
    }
}

/// Draws the code of `text` on white, in millimetres from the bottom left corner. A text too long
/// for any code is not drawn: the address stands in words beside it.
pub(crate) fn draw(content: &mut Content, text: &str) {
    let Some(code) = [ECL::M, ECL::L]
        .into_iter()
        .find_map(|ecl| QRBuilder::new(text).ecl(ecl).mode(Mode::Byte).build().ok())
    else {
        return;
    };
    let Placed { x, y, module } = placed(code.size);
    let side = arrondi(module * (code.size as f32 + 2.0 * QUIET));
    content.save_state();
    content.set_fill_gray(1.0).rect(x, arrondi(HAUTEUR - y - side), side, side).fill_nonzero();
    // One unit is one module from here on, y going down: whole numbers, and no seams.
    let unit = (module * 10_000.0).round() / 10_000.0;
    let top = HAUTEUR - y - QUIET * module;
    content.transform([unit, 0.0, 0.0, -unit, arrondi(x + QUIET * module), arrondi(top)]);
    content.set_fill_gray(0.0);
    for row in 0..code.size {
        let mut column = 0;
        for run in code[row].chunk_by(|a, b| a.value() == b.value()) {
            if run[0].value() {
                content.rect(column as f32, row as f32, run.len() as f32, 1.0);
            }
            column += run.len();
        }
    }
    content.fill_nonzero().restore_state();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exemple;

    #[test]
    fn the_code_leads_to_this_certificate() {
        let address = address(&exemple::acteur());
        assert_eq!(address, "https://forprev.example/verifier/SST-A-26-7F3K9-QXMW2");
    }

    #[test]
    fn the_modules_start_on_the_hairline_and_stay_on_the_page() {
        for modules in (21..=65).step_by(4) {
            let at = placed(modules);
            assert!((at.y + QUIET * at.module - CODE_Y).abs() < 0.01);
        }
        for modules in (69..=177).step_by(4) {
            let at = placed(modules);
            assert!(at.y > 122.0 && at.y + CODE_COTE_MAX < 184.0, "{modules} {}", at.y);
        }
    }

    #[test]
    fn a_text_too_long_for_any_code_is_not_drawn() {
        let mut content = Content::new();
        draw(&mut content, &"x".repeat(4000));
        assert!(content.finish().is_empty());
    }
}
