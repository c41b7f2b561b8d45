//! The code that leads to the verification of a certificate.

use forprev_domain::certificat::Imprime;
use pdf_writer::{Chunk, Content, Name, Ref};
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

use crate::page::{CODE_COTE, CODE_COTE_MAX, CODE_X, CODE_Y, HAUTEUR, PT, arrondi};
use crate::structure::Figure;

/// Modules of white around the code.
const QUIET: f32 = 4.0;
/// Modules from which the code grows.
const MANY: usize = 65;
/// Modules up to which the code corrects more errors.
const FEW: usize = 61;

/// The address of this certificate's verification.
pub(crate) fn address(imprime: &Imprime) -> String {
    let base = imprime.adresse_verification.trim().trim_end_matches('/');
    let scheme = if base.contains("://") { "" } else { "https://" };
    format!("{scheme}{base}/{}", imprime.numero_certificat.trim())
}

/// What the code of the whole page says: the address, and the signed statement behind it.
pub(crate) fn statement(imprime: &Imprime) -> String {
    let enonce = imprime.enonce.as_deref().map(|enonce| format!("#{enonce}")).unwrap_or_default();
    address(imprime) + &enonce
}

/// A code with its quiet zone in its place, in millimetres from the top left corner.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Square {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) side: f32,
}

/// Where the code of a certificate stands: it grows when it has many modules.
pub(crate) fn square(modules: usize) -> Square {
    let whole = modules as f32 + 2.0 * QUIET;
    let quiet = |side: f32| QUIET * side / whole;
    if modules <= MANY {
        return Square { x: CODE_X - CODE_COTE / 2.0, y: CODE_Y - quiet(CODE_COTE), side: CODE_COTE };
    }
    let middle = CODE_Y + CODE_COTE / 2.0 - quiet(CODE_COTE);
    let side = CODE_COTE_MAX;
    Square { x: CODE_X - side / 2.0, y: middle - side / 2.0, side }
}

/// The code of one certificate.
pub(crate) struct Code {
    text: String,
    modules: QrCode,
}

/// One bit a module, 0 where it is dark.
pub(crate) struct Bitmap {
    size: usize,
    rows: Vec<u8>,
}

impl Code {
    /// None when the address is too long for any code: it stands in words beside it.
    pub(crate) fn new(imprime: &Imprime) -> Option<Self> {
        Self::saying(statement(imprime))
    }

    /// The code of a text.
    pub(crate) fn saying(text: String) -> Option<Self> {
        let said = [QrSegment::make_bytes(text.as_bytes())];
        let build = |level| {
            // Readers take every mask. To try all eight and choose takes twenty times as long as all the rest, and
            // what a signature looks like is even enough under any of them.
            let mask = Some(Mask::new(0));
            QrCode::encode_segments_advanced(&said, level, Version::MIN, Version::MAX, mask, false).ok()
        };
        let few = |code: &QrCode| usize::try_from(code.size()).is_ok_and(|size| size <= FEW);
        let modules = build(QrCodeEcc::Medium).filter(few).or_else(|| build(QrCodeEcc::Low))?;
        Some(Self { text, modules })
    }

    /// Modules on a side.
    pub(crate) fn size(&self) -> usize {
        usize::try_from(self.modules.size()).unwrap_or_default()
    }

    /// Places the drawing of this name on white; returns what it is for those who do not see it.
    pub(crate) fn draw(&self, content: &mut Content, name: &str, square: Square) -> Figure {
        let Square { x, y, side } = square;
        let bottom = arrondi(HAUTEUR - y - side);
        let quiet = side * QUIET / (self.size() as f32 + 2.0 * QUIET);
        let inner = arrondi(side - 2.0 * quiet);
        content.save_state().transform([PT, 0.0, 0.0, PT, 0.0, 0.0]);
        content.set_fill_gray(1.0).rect(x, bottom, side, side).fill_nonzero();
        content.set_fill_gray(0.0);
        content.transform([inner, 0.0, 0.0, inner, arrondi(x + quiet), arrondi(bottom + quiet)]);
        content.x_object(Name(name.as_bytes())).restore_state();
        let adresse = self.text.split('#').next().unwrap_or_default();
        let alt = format!("Code à lire pour vérifier le certificat\u{a0}: {adresse}");
        Figure { alt, bounds: [x, bottom, x + side, bottom + side] }
    }

    /// Its modules.
    pub(crate) fn bitmap(&self) -> Bitmap {
        let size = self.modules.size();
        let byte = |row, first| {
            // Beyond the last module, `get_module` finds light ones.
            let light = |bit| !self.modules.get_module(first + bit, row);
            (0..8).fold(0, |byte, bit| byte << 1 | u8::from(light(bit)))
        };
        let columns = usize::try_from(size).unwrap_or_default().div_ceil(8);
        let firsts = || (0..size).step_by(8);
        let mut rows = Vec::with_capacity(columns * self.size());
        rows.extend((0..size).flat_map(|row| firsts().map(move |first| byte(row, first))));
        Bitmap { size: self.size(), rows }
    }
}

impl Bitmap {
    /// Writes it as a stencil, one sample a module.
    pub(crate) fn write(&self, chunk: &mut Chunk, id: Ref) -> Ref {
        let size = i32::try_from(self.size).unwrap_or_default();
        let mut image = chunk.image_xobject(id, &self.rows);
        image.width(size).height(size).bits_per_component(1).image_mask(true);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exemple;

    #[test]
    fn the_code_leads_to_this_certificate() {
        let check = |base: &str, expected| {
            let imprime = Imprime { adresse_verification: base.to_owned(), ..exemple::acteur() };
            assert_eq!(address(&imprime), expected);
        };
        check("forprev.example/verifier", "https://forprev.example/verifier/SST-A-26-7F3K9-QXMW2");
        check("http://[::1]:8080/verifier", "http://[::1]:8080/verifier/SST-A-26-7F3K9-QXMW2");
    }

    #[test]
    fn a_usual_statement_makes_no_large_code() {
        let imprime = exemple::enonce(exemple::acteur());
        let code = Code::new(&imprime).expect("a code");
        assert!(code.text.starts_with("https://forprev.example/verifier/SST-A-26-7F3K9-QXMW2#"));
        assert!(code.size() <= FEW, "{}", code.size());
    }

    #[test]
    fn the_modules_start_on_the_hairline_and_stay_on_the_page() {
        for modules in (21..=65).step_by(4) {
            let at = square(modules);
            let module = at.side / (modules as f32 + 2.0 * QUIET);
            assert!((at.y + QUIET * module - CODE_Y).abs() < 0.01);
        }
        for modules in (69..=177).step_by(4) {
            let at = square(modules);
            assert!(at.y > 122.0 && at.y + at.side < 184.0, "{modules} {}", at.y);
        }
    }

    #[test]
    fn an_address_too_long_makes_no_code() {
        let imprime = Imprime { adresse_verification: "x".repeat(4000), ..exemple::acteur() };
        assert!(Code::new(&imprime).is_none());
    }
}
