//! The geometry of the page: A4 landscape, in millimetres from its top left corner.

use forprev_domain::certificat::Imprime;
use forprev_domain::theme::Couleur;

/// Width of the sheet.
pub(crate) const LARGEUR: f32 = 297.0;
/// Height of the sheet.
pub(crate) const HAUTEUR: f32 = 210.0;

/// A box of the page that holds one part of the text: nothing of it may stand outside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Zone {
    /// Left edge.
    pub(crate) x: f32,
    /// Top edge.
    pub(crate) y: f32,
    /// Width.
    pub(crate) l: f32,
    /// Height.
    pub(crate) h: f32,
}

impl Zone {
    const fn new(x: f32, y: f32, l: f32, h: f32) -> Self {
        Self { x, y, l, h }
    }

    /// Its right edge.
    #[cfg(test)]
    pub(crate) fn droite(self) -> f32 {
        self.x + self.l
    }

    /// Its bottom edge.
    pub(crate) fn bas(self) -> f32 {
        self.y + self.h
    }
}

/// Title, dispositif and niveau.
pub(crate) const TITRE: Zone = Zone::new(27.0, 26.0, 160.0, 36.5);
/// The picture of the service, when it has one, above its name.
pub(crate) const LOGO: Zone = Zone::new(204.0, 21.0, 60.0, 12.0);
/// The name of the service, above the rosette.
pub(crate) const SERVICE: Zone = Zone::new(198.0, 27.0, 72.0, 20.0);
/// Names, birth, and the sentence that certifies.
pub(crate) const PERSONNE: Zone = Zone::new(27.0, 65.0, 160.0, 64.5);
/// End of validity, inside the rosette: below the top of the name, since readers take the higher text first.
pub(crate) const VALIDITE: Zone = Zone::new(209.5, 75.0, 49.0, 28.0);
/// Organisme, formateur, day of issue, below the first hairline.
pub(crate) const FAITS: Zone = Zone::new(27.0, 134.6, 160.0, 22.6);
/// Left edge and width of each of the three facts; the last two end a gutter before the next.
pub(crate) const COLONNES: [(f32, f32); 3] = [(27.0, 69.0), (99.0, 46.0), (148.0, 39.0)];
/// Who signs.
pub(crate) const SIGNATURE: Zone = Zone::new(27.0, 161.6, 69.0, 20.0);
/// The mark of the seal and what it is worth, or the word SPÉCIMEN in text.
pub(crate) const SCEAU: Zone = Zone::new(99.0, 161.6, 88.0, 10.6);
/// Width of the mark with the gap beside it.
pub(crate) const MARQUE: f32 = 13.5;
/// Number of the certificate and where to verify it, below the code: readers take the validity, above it, first.
pub(crate) const NUMERO: Zone = Zone::new(198.0, 178.6, 72.0, 15.2);
/// What the holder must know, and who answers for his data.
pub(crate) const PIED: Zone = Zone::new(27.0, 184.2, 160.0, 9.6);

/// Hairlines above the facts and above who signs.
pub(crate) const FILETS: [f32; 2] = [132.0, 158.6];
/// Centre of the rosette.
pub(crate) const ROSETTE: (f32, f32) = (234.0, 89.0);
/// Its size, and that of the ring within, to what its curves are drawn at.
pub(crate) const ECHELLE_ROSETTE: f32 = 0.88;
/// Centre of the code.
pub(crate) const CODE_X: f32 = 234.0;
/// The modules of the code start on the first hairline.
pub(crate) const CODE_Y: f32 = FILETS[0];
/// Side of the code with its quiet zone.
pub(crate) const CODE_COTE: f32 = 46.0;
/// Side it grows to when it has many modules.
pub(crate) const CODE_COTE_MAX: f32 = 52.0;

/// Points in a millimetre.
pub(crate) const PT: f32 = 72.0 / 25.4;

/// Colour of the text.
pub(crate) const ENCRE: [f32; 3] = [0.094, 0.157, 0.173];
/// Colour of titles, hairlines and ornament, where the service has not chosen one.
pub(crate) const PETROLE: [f32; 3] = [0.039, 0.361, 0.4];

/// Colour of titles, hairlines and ornament.
pub(crate) fn accent(imprime: &Imprime) -> [f32; 3] {
    let chosen = |couleur: Couleur| couleur.0.map(|part| (f32::from(part) / 255.0 * 1000.0).round() / 1000.0);
    imprime.couleur.map_or(PETROLE, chosen)
}

/// Half way from a colour to white: that of the second guilloche.
pub(crate) fn pale(colour: [f32; 3]) -> [f32; 3] {
    colour.map(|part| ((part + 1.0) * 500.0).round() / 1000.0)
}

/// Points from millimetres, to the hundredth.
pub(crate) fn pt(mm: f32) -> f32 {
    arrondi(mm * PT)
}

/// To the hundredth: the same text of a number on every machine.
pub(crate) fn arrondi(v: f32) -> f32 {
    (v * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zones_stay_inside_the_frame_and_apart() {
        let zones = [TITRE, SERVICE, PERSONNE, VALIDITE, FAITS, SIGNATURE, SCEAU, NUMERO, PIED];
        for (i, a) in zones.iter().enumerate() {
            assert!(a.x >= 20.0 && a.droite() <= LARGEUR - 20.0, "{a:?}");
            assert!(a.y >= 20.0 && a.bas() <= HAUTEUR - 15.0, "{a:?}");
            for b in &zones[i + 1..] {
                let apart = a.droite() <= b.x || b.droite() <= a.x || a.bas() <= b.y || b.bas() <= a.y;
                assert!(apart, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn a_point_is_a_72nd_of_an_inch() {
        assert_eq!(pt(25.4), 72.0);
        assert_eq!(pt(LARGEUR), 841.89);
        assert_eq!(pt(HAUTEUR), 595.28);
    }
}
