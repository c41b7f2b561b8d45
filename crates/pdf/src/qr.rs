//! The code that leads to the verification of a certificate.

use fast_qr::qr::{QRBuilder, QRCode};
use fast_qr::{ECL, Mode};
use forprev_domain::certificat::Imprime;
use pdf_writer::Content;

use crate::page::{CODE_COTE, CODE_COTE_MAX, CODE_X, CODE_Y, HAUTEUR, PT, arrondi};
use crate::structure::Figure;

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

/// The code of one certificate.
pub(crate) struct Code {
    text: String,
    modules: QRCode,
}

impl Code {
    /// None when the address is too long for any code: it stands in words beside it.
    pub(crate) fn new(imprime: &Imprime) -> Option<Self> {
        let text = address(imprime);
        let build = |ecl| QRBuilder::new(text.as_str()).ecl(ecl).mode(Mode::Byte).build().ok();
        let modules = [ECL::M, ECL::L].into_iter().find_map(build)?;
        Some(Self { text, modules })
    }

    /// Draws the code on white, in its place; returns what it is for those who do not see it.
    pub(crate) fn draw(&self, content: &mut Content) -> Figure {
        let size = self.modules.size;
        let Placed { x, y, module } = placed(size);
        let side = arrondi(module * (size as f32 + 2.0 * QUIET));
        let bottom = arrondi(HAUTEUR - y - side);
        content.save_state().transform([PT, 0.0, 0.0, PT, 0.0, 0.0]);
        content.set_fill_gray(1.0).rect(x, bottom, side, side).fill_nonzero();
        // One unit is one module from here on, y going down: whole numbers, and no seams.
        let unit = (module * 10_000.0).round() / 10_000.0;
        let top = HAUTEUR - y - QUIET * module;
        content.transform([unit, 0.0, 0.0, -unit, arrondi(x + QUIET * module), arrondi(top)]);
        content.set_fill_gray(0.0);
        for row in 0..size {
            let mut column = 0;
            for run in self.modules[row].chunk_by(|a, b| a.value() == b.value()) {
                if run[0].value() {
                    content.rect(column as f32, row as f32, run.len() as f32, 1.0);
                }
                column += run.len();
            }
        }
        content.fill_nonzero().restore_state();
        let alt = format!("Code à lire pour vérifier le certificat\u{a0}: {}", self.text);
        Figure { alt, bounds: [x, bottom, x + side, bottom + side] }
    }
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
    fn an_address_too_long_makes_no_code() {
        let imprime = Imprime { adresse_verification: "x".repeat(4000), ..exemple::acteur() };
        assert!(Code::new(&imprime).is_none());
    }
}
