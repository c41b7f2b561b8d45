//! R7. « Les certificats des formateurs resteront téléchargeables depuis leur compte tant que le certificat
//! sera valide. »

use jiff::civil::Date;

use super::Regle;
use crate::certificat::EtatCertificat;
use crate::dispositif::Niveau;

/// R7, for the table of rules.
pub const REGLE: Regle = Regle {
    numero: "R7",
    phrase: "Les certificats des formateurs resteront téléchargeables depuis leur compte tant que le certificat sera valide.",
    sens: "Un certificat de niveau formateur ou au-dessus se télécharge par son titulaire jusqu’à son dernier jour de validité compris, quoi que soit devenue la session ; ni révoqué ni remplacé.",
    fonction: "certificat_formateur::telechargeable_par_le_titulaire",
    codes: &["telechargement_termine"],
    bornes: &[
        "le dernier jour de validité : oui",
        "le lendemain : non (404)",
        "après la suppression de la session : oui",
    ],
};

/// True when the holder may download this certificate of his from his own account.
#[must_use]
pub fn telechargeable_par_le_titulaire(
    niveau: Niveau,
    etat: EtatCertificat,
    valable_jusqu_au: Option<Date>,
    aujourdhui: Date,
) -> bool {
    niveau >= Niveau::Formateur
        && etat == EtatCertificat::Valide
        && valable_jusqu_au.is_none_or(|fin| aujourdhui <= fin)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn le_formateur_telecharge_jusqu_au_dernier_jour_de_validite() {
        use EtatCertificat::{Remplace, Revoque, Valide};
        let fin = Some(date(2028, 2, 29));
        for (niveau, etat, fin, jour, attendu) in [
            (Niveau::Formateur, Valide, fin, date(2028, 2, 29), true),
            (Niveau::Formateur, Valide, fin, date(2028, 3, 1), false),
            (Niveau::FormateurDeFormateurs, Valide, None, date(2099, 1, 1), true),
            (Niveau::Formateur, Revoque, fin, date(2027, 1, 1), false),
            (Niveau::Formateur, Remplace, fin, date(2027, 1, 1), false),
            (Niveau::Acteur, Valide, fin, date(2027, 1, 1), false),
        ] {
            assert_eq!(
                telechargeable_par_le_titulaire(niveau, etat, fin, jour),
                attendu,
                "{niveau:?} {etat:?} {jour}"
            );
        }
    }
}
