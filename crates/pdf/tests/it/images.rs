//! Pictures of the certificate and of the cards, kept beside the tests: what people see.
//!
//! After a change that is wanted, look at each page at full size, in colour and in grey, then
//! `FORPREV_ECRIRE_IMAGES=1 cargo test -p forprev-pdf --test it images` writes them anew.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use forprev_domain::certificat::Imprime;

use crate::exemple;
use crate::lecteurs::{Fichier, run};

/// Dots an inch: enough to see where everything stands.
const FINESSE: &str = "54";
/// How much a dot may differ, of 255, and how many dots in ten thousand may differ more: other versions of the
/// program that draws smooth edges otherwise.
const ECART: u8 = 64;
const POUR_DIX_MILLE: usize = 40;
/// Shades that are kept of each colour: a picture stays small.
const NUANCES: u8 = 0xe0;

/// A picture as rows of dots.
struct Image {
    size: (u32, u32),
    colours: png::ColorType,
    dots: Vec<u8>,
}

impl Image {
    fn read(path: &Path) -> Self {
        let file = File::open(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let mut reader = png::Decoder::new(BufReader::new(file)).read_info().expect("a picture");
        let mut dots = vec![0; reader.output_buffer_size().expect("a small picture")];
        let info = reader.next_frame(&mut dots).expect("a whole picture");
        for dot in &mut dots {
            *dot &= NUANCES;
        }
        Self { size: (info.width, info.height), colours: info.color_type, dots }
    }

    fn write(&self, path: &Path) {
        let mut encoder = png::Encoder::new(File::create(path).expect("writes"), self.size.0, self.size.1);
        encoder.set_color(self.colours);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header().expect("writes");
        writer.write_image_data(&self.dots).expect("writes");
    }

    /// How many dots in ten thousand differ visibly; all of them when the sizes do.
    fn apart(&self, other: &Self) -> usize {
        if self.size != other.size || self.colours != other.colours {
            return 10_000;
        }
        let apart = self.dots.iter().zip(&other.dots).filter(|(a, b)| a.abs_diff(**b) > ECART).count();
        apart * 10_000 / self.dots.len()
    }
}

fn check(name: &str, bytes: &[u8], colours: &[&str]) {
    let file = Fichier::new(bytes);
    let drawn = file.dossier.join("page");
    let args = [&["-png", "-singlefile", "-r", FINESSE], colours].concat();
    run("pdftoppm", &args, &file.chemin(), &[&drawn.to_string_lossy()]);
    let drawn = Image::read(&drawn.with_extension("png"));
    let kept = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/images/{name}.png"));
    if std::env::var_os("FORPREV_ECRIRE_IMAGES").is_some() {
        drawn.write(&kept);
        let weight = kept.metadata().expect("was written").len();
        assert!(weight <= 60_000, "{name}: {weight} bytes");
        return;
    }
    let apart = drawn.apart(&Image::read(&kept));
    assert!(apart <= POUR_DIX_MILLE, "{name}: {apart} dots in ten thousand differ from {}", kept.display());
}

#[test]
fn the_certificate_looks_as_its_pictures() {
    let long = Imprime { specimen: false, ..exemple::noms_longs() };
    for (name, imprime) in [
        ("acteur", exemple::acteur()),
        ("formateur", exemple::formateur()),
        ("noms-longs", long),
        ("sans-fin", Imprime { valable_jusqu_au: None, ..exemple::acteur() }),
        ("specimen", Imprime { specimen: true, ..exemple::acteur() }),
        ("theme", exemple::theme()),
    ] {
        check(name, &forprev_pdf::certificat(&exemple::enonce(imprime)), &[]);
    }
    check("acteur-gris", &forprev_pdf::certificat(&exemple::enonce(exemple::acteur())), &["-gray"]);
}

#[test]
fn the_cards_look_as_their_pictures() {
    let all: Vec<_> = exemple::variantes().into_iter().map(|(_, imprime)| imprime).collect();
    check("cartes", &forprev_pdf::cartes(&all), &[]);
    check("cartes-gris", &forprev_pdf::cartes(&all), &["-gray"]);
}
