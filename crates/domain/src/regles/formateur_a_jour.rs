//! R2. « Un formateur doit être à jour de sa qualification à la date de fin de la certification. »

use jiff::civil::Date;

use super::Regle;
use crate::dispositif::{CodeDispositif, Niveau};
use crate::formateur::Qualification;
use crate::numero::Numero;
use crate::refus::Manquement;

/// R2, for the table of rules.
pub const REGLE: Regle = Regle {
    numero: "R2",
    phrase: "Un formateur doit être à jour de sa qualification à la date de fin de la certification.",
    sens: "Le formateur déclaré a un certificat du même dispositif, d’un niveau au-dessus de celui de la session, valide le jour de fin, ni révoqué ni remplacé. Un numéro que personne n’a reçoit les mêmes mots.",
    fonction: "formateur_a_jour::formateur_a_jour",
    codes: &["formateur_pas_a_jour"],
    bornes: &[
        "finit le jour de fin : oui",
        "finit la veille : non",
        "finie aujourd’hui, valide au jour de fin : oui",
        "niveau formateur pour une session acteur : oui",
        "niveau formateur pour une session formateur : non",
        "révoqué : non",
    ],
};

/// The qualification that lets this formateur certify: the one that lasts longest.
///
/// # Errors
///
/// [`Manquement::FormateurPasAJour`], in the same words whether or not somebody has the number.
pub fn formateur_a_jour<'a>(
    qualifications: &'a [Qualification],
    formateur: &Numero,
    dispositif: &CodeDispositif,
    niveau: Niveau,
    date_fin: Date,
) -> Result<&'a Qualification, Manquement> {
    qualifications
        .iter()
        .filter(|q| q.dispositif == *dispositif && q.niveau > niveau && q.valide_le(date_fin))
        .max_by_key(|q| (q.fin.is_none(), q.fin))
        .ok_or_else(|| Manquement::FormateurPasAJour {
            formateur: formateur.clone(),
            date_fin,
            dispositif: dispositif.clone(),
        })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn la_qualification_est_jugee_a_la_date_de_fin() {
        use Niveau::{Acteur, Formateur, FormateurDeFormateurs};
        let (debut, fin) = (date(2023, 4, 9), date(2026, 4, 8));
        for (cas, tenu, session, fin_de_validite, retiree, date_fin, attendu) in [
            ("finit le jour de fin", Formateur, Acteur, Some(fin), false, fin, true),
            ("finit la veille", Formateur, Acteur, Some(fin), false, date(2026, 4, 9), false),
            ("commence le jour de fin", Formateur, Acteur, Some(fin), false, debut, true),
            ("commence le lendemain", Formateur, Acteur, Some(fin), false, date(2023, 4, 8), false),
            ("sans fin", Formateur, Acteur, None, false, date(2099, 1, 1), true),
            ("révoquée", Formateur, Acteur, None, true, fin, false),
            ("acteur pour acteur", Acteur, Acteur, None, false, fin, false),
            ("formateur pour formateur", Formateur, Formateur, None, false, fin, false),
            ("formateur de formateurs pour acteur", FormateurDeFormateurs, Acteur, None, false, fin, true),
            (
                "formateur de formateurs pour formateur",
                FormateurDeFormateurs,
                Formateur,
                None,
                false,
                fin,
                true,
            ),
        ] {
            let dispositif = CodeDispositif::parse("SST").expect("a code");
            let qualification = Qualification {
                dispositif: dispositif.clone(),
                niveau: tenu,
                debut,
                fin: fin_de_validite,
                retiree,
            };
            let numero = Numero::parse("KLM00042").expect("a number");
            let obtenu = formateur_a_jour(
                std::slice::from_ref(&qualification),
                &numero,
                &dispositif,
                session,
                date_fin,
            );
            assert_eq!(obtenu.is_ok(), attendu, "{cas}");
        }
    }
}
