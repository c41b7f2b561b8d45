//! The picture of the issuing service: from a PNG file to pixels that every certificate can hold.

use std::io::Cursor;

use forprev_domain::certificat::Imprime;
use forprev_domain::theme::Logo;
use pdf_writer::{Chunk, Content, Filter, Finish, Name, Ref};
use png::{ColorType, Decoder, Limits, Transformations};
use sha2::{Digest, Sha256};

use crate::deflate;
use crate::page::{HAUTEUR, LOGO, arrondi};

/// Width and height that a picture may have, in pixels.
pub const LOGO_MAX: (u16, u16) = (1600, 800);
/// Bytes that it may take in every file.
pub const LOGO_POIDS_MAX: usize = 64 * 1024;

/// Why a picture is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LogoRefuse {
    /// It is no PNG file, or a broken one.
    #[error("not a whole PNG file")]
    PasUnPng,
    /// It has more pixels than [`LOGO_MAX`], or none.
    #[error("too many pixels")]
    TropGrand,
    /// It takes more than [`LOGO_POIDS_MAX`].
    #[error("too many bytes")]
    TropLourd,
}

/// Reads a PNG file of any kind; what is transparent becomes white.
///
/// # Errors
///
/// [`LogoRefuse`].
pub fn lire_logo(png: &[u8]) -> Result<Logo, LogoRefuse> {
    let limits = Limits { bytes: 16 << 20 };
    let mut decoder = Decoder::new_with_limits(Cursor::new(png), limits);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|_| LogoRefuse::PasUnPng)?;
    let size = |value: u32, most: u16| u16::try_from(value).ok().filter(|value| (1..=most).contains(value));
    let (width, height) = (reader.info().width, reader.info().height);
    let (largeur, hauteur) =
        size(width, LOGO_MAX.0).zip(size(height, LOGO_MAX.1)).ok_or(LogoRefuse::TropGrand)?;
    let mut samples = vec![0; reader.output_buffer_size().ok_or(LogoRefuse::TropGrand)?];
    let frame = reader.next_frame(&mut samples).map_err(|_| LogoRefuse::PasUnPng)?;
    samples.truncate(frame.buffer_size());

    let on_white = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        u8::try_from((value * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
    };
    let rgb: Vec<u8> = match frame.color_type {
        ColorType::Rgb => samples,
        ColorType::Rgba => samples
            .chunks_exact(4)
            .flat_map(|p| [p[0], p[1], p[2]].map(|value| on_white(value, p[3])))
            .collect(),
        ColorType::Grayscale => samples.iter().flat_map(|value| [*value; 3]).collect(),
        ColorType::GrayscaleAlpha => {
            samples.chunks_exact(2).flat_map(|p| [on_white(p[0], p[1]); 3]).collect()
        }
        ColorType::Indexed => return Err(LogoRefuse::PasUnPng),
    };
    if rgb.len() != usize::from(largeur) * usize::from(hauteur) * 3 {
        return Err(LogoRefuse::PasUnPng);
    }
    let pixels = deflate::pack(&rgb, &[0]).bytes;
    if pixels.len() > LOGO_POIDS_MAX {
        return Err(LogoRefuse::TropLourd);
    }
    let empreinte = Sha256::digest(&pixels).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Logo { empreinte, largeur, hauteur, pixels: pixels.into() })
}

/// The picture of a certificate, when its pixels are known.
pub(crate) fn printed_logo(imprime: &Imprime) -> Option<&Logo> {
    imprime.logo.as_ref().filter(|logo| !logo.pixels.is_empty())
}

/// Width and height of a logo on the page, in millimetres: as large as its box allows.
pub(crate) fn size(logo: &Logo) -> (f32, f32) {
    let (width, height) = (f32::from(logo.largeur), f32::from(logo.hauteur));
    let scale = (LOGO.l / width).min(LOGO.h / height);
    (arrondi(width * scale), arrondi(height * scale))
}

/// The name of the picture among the drawings of a page.
pub(crate) const NAME: Name<'static> = Name(b"Logo");

/// Places the picture on a page whose unit is the millimetre, in the middle of its box.
pub(crate) fn place(content: &mut Content, logo: &Logo) {
    let (width, height) = size(logo);
    let left = arrondi(LOGO.x + (LOGO.l - width) / 2.0);
    let bottom = arrondi(HAUTEUR - LOGO.y - (LOGO.h + height) / 2.0);
    content.save_state().transform([width, 0.0, 0.0, height, left, bottom]);
    content.x_object(NAME).restore_state();
}

/// Writes the picture.
pub(crate) fn write(chunk: &mut Chunk, id: Ref, logo: &Logo) {
    let mut image = chunk.image_xobject(id, &logo.pixels);
    image.filter(Filter::FlateDecode);
    image.width(i32::from(logo.largeur)).height(i32::from(logo.hauteur));
    image.color_space().device_rgb();
    image.bits_per_component(8);
    image.finish();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deflate::unpack;
    use png::{BitDepth, Encoder};

    fn png(colour: ColorType, width: u32, height: u32, data: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, width, height);
        encoder.set_color(colour);
        encoder.set_depth(BitDepth::Eight);
        encoder.write_header().unwrap().write_image_data(data).unwrap();
        out
    }

    #[test]
    fn every_kind_of_pixel_becomes_a_colour_on_white() {
        let check = |colour, data: &[u8], expected: [u8; 3]| {
            let logo = lire_logo(&png(colour, 1, 1, data)).unwrap();
            assert_eq!(unpack(&logo.pixels)[..3], expected, "{colour:?}");
        };
        check(ColorType::Rgb, &[10, 92, 102], [10, 92, 102]);
        check(ColorType::Rgba, &[10, 92, 102, 0], [255; 3]);
        check(ColorType::Rgba, &[0, 0, 0, 127], [128; 3]);
        check(ColorType::Grayscale, &[40], [40; 3]);
        check(ColorType::GrayscaleAlpha, &[40, 255], [40; 3]);
    }

    #[test]
    fn what_is_no_fit_picture_is_refused() {
        let check = |png: &[u8], expected| assert_eq!(lire_logo(png), Err(expected));
        let whole = png(ColorType::Grayscale, 64, 64, &[7; 64 * 64]);
        check(b"", LogoRefuse::PasUnPng);
        check(b"<svg/>", LogoRefuse::PasUnPng);
        check(&whole[..whole.len() / 2], LogoRefuse::PasUnPng);
        check(&png(ColorType::Grayscale, 1601, 1, &[7; 1601]), LogoRefuse::TropGrand);
        let noise: Vec<u8> = (0..3750_u32).flat_map(|n| Sha256::digest(n.to_be_bytes())).collect();
        check(&png(ColorType::Rgb, 200, 200, &noise), LogoRefuse::TropLourd);
    }

    #[test]
    fn a_logo_fills_its_box_one_way() {
        let sized =
            |largeur, hauteur| size(&Logo { empreinte: String::new(), largeur, hauteur, pixels: [].into() });
        assert_eq!(sized(1000, 10).0, LOGO.l);
        assert_eq!(sized(300, 300), (LOGO.h, LOGO.h));
    }
}
