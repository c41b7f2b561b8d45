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

/// Service, title, dispositif and niveau.
pub(crate) const TITRE: Zone = Zone::new(27.0, 25.0, 160.0, 48.5);
/// The picture of the service, when it has one, in the place of its name, which stands beside it.
pub(crate) const LOGO: Zone = Zone::new(27.0, 21.0, 60.0, 12.0);
/// Names, birth, and the sentence that certifies.
pub(crate) const PERSONNE: Zone = Zone::new(27.0, 74.0, 160.0, 57.2);
/// End of validity, inside the rosette.
pub(crate) const VALIDITE: Zone = Zone::new(208.0, 57.0, 52.0, 28.0);
/// Organisme, formateur, day of issue, below the first hairline.
pub(crate) const FAITS: Zone = Zone::new(27.0, 135.5, 160.0, 19.9);
/// Left edge and width of each of the three facts; the last two end a gutter before the next.
pub(crate) const COLONNES: [(f32, f32); 3] = [(27.0, 69.0), (99.0, 46.0), (148.0, 39.0)];
/// Number of the certificate and where to verify it.
pub(crate) const NUMERO: Zone = Zone::new(27.0, 158.5, 68.0, 25.5);
/// Who signs.
pub(crate) const SIGNATURE: Zone = Zone::new(99.0, 158.5, 88.0, 14.0);
/// Below the signature: the place of the seal, and of the word SPÉCIMEN in text.
pub(crate) const SCEAU: Zone = Zone::new(99.0, 173.0, 88.0, 11.0);
/// Foot, left part.
pub(crate) const PIED_GAUCHE: Zone = Zone::new(27.0, 184.6, 90.0, 9.0);
/// Foot, right part, set to the right.
pub(crate) const PIED_DROIT: Zone = Zone::new(120.0, 184.6, 150.0, 9.0);

/// Hairlines above the facts and above the number.
pub(crate) const FILETS: [f32; 2] = [133.0, 156.0];
/// Centre of the rosette.
pub(crate) const ROSETTE: (f32, f32) = (234.0, 71.0);
/// Centre of the code.
pub(crate) const CODE_X: f32 = 234.0;
/// The modules of the code start on the first hairline.
pub(crate) const CODE_Y: f32 = 133.0;
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
        let zones = [TITRE, PERSONNE, VALIDITE, FAITS, NUMERO, SIGNATURE, SCEAU, PIED_GAUCHE, PIED_DROIT];
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
