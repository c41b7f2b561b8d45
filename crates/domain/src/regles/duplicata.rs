//! R8. « Aucun duplicata ne sera délivré pour le niveau acteur »

use jiff::civil::Date;

use super::Regle;
use super::duree_de_vie::est_disparue;
use crate::dispositif::Niveau;
use crate::refus::Manquement;

/// R8, for the table of rules.
pub const REGLE: Regle = Regle {
    numero: "R8",
    phrase: "Aucun duplicata ne sera délivré pour le niveau acteur",
    sens: "Une fois venu le jour où la session disparaît, plus personne, administrateur compris, n’obtient un certificat de niveau acteur.",
    fonction: "duplicata::encore_delivre",
    codes: &["duplicata_refuse"],
    bornes: &["la veille : encore téléchargeable", "ce jour-là : plus jamais"],
};

/// Refuses the file of a certificate to the people of the compte once its session is gone.
///
/// # Errors
///
/// [`Manquement::DuplicataRefuse`] for the niveau acteur, [`Manquement::TelechargementTermine`] above.
pub fn encore_delivre(niveau: Niveau, disparait_le: Date, aujourdhui: Date) -> Result<(), Manquement> {
    if !est_disparue(disparait_le, aujourdhui) {
        return Ok(());
    }
    Err(match niveau {
        Niveau::Acteur => Manquement::DuplicataRefuse,
        Niveau::Formateur | Niveau::FormateurDeFormateurs => Manquement::TelechargementTermine {
            dernier_jour: Some(crate::calendrier::plus_jours(disparait_le, -1)),
        },
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn aucun_duplicata_n_est_delivre_au_niveau_acteur() {
        let disparait = date(2026, 3, 16);
        for (niveau, jour, attendu) in [
            (Niveau::Acteur, date(2026, 3, 15), None),
            (Niveau::Acteur, date(2026, 3, 16), Some("duplicata_refuse")),
            (Niveau::Formateur, date(2026, 3, 15), None),
            (Niveau::Formateur, date(2026, 3, 16), Some("telechargement_termine")),
        ] {
            let obtenu = encore_delivre(niveau, disparait, jour).err().map(|m| m.code());
            assert_eq!(obtenu, attendu, "{niveau:?} le {jour}");
        }
    }
}
