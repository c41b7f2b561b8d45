//! R5b (decision). Correcting a misspelt identity as long as the files are handed out: a new certificate stands
//! for the old one.

use strsim::osa_distance;

use super::Regle;
use super::doublons::forme_normale;
use crate::droits::Correcteur;
use crate::identite::Identite;
use crate::refus::{Manquement, Reserve};

/// Edits up to which the people of the compte correct: a slip of the pen, not another person.
pub const ECARTS_DU_COMPTE: usize = 2;

/// R5b, for the table of rules.
pub const REGLE: Regle = Regle {
    numero: "R5b",
    phrase: "(décision)",
    sens: "Tant que les fichiers se téléchargent, ceux qui déclarent corrigent une identité mal saisie : deux écarts au plus, comptés depuis la première identité imprimée. Au-delà, ou quand la personne a un autre certificat ou un accès activé, c’est à l’administrateur. L’ancien numéro répond « remplacé par », le nouveau est valide ; le numéro FORPREV, les résultats et le jour où la session disparaît ne changent pas.",
    fonction: "correction::correction_permise",
    codes: &["correction_reservee", "identite_inchangee"],
    bornes: &[
        "accents, majuscules, tirets : aucun écart",
        "deux lettres : au compte",
        "trois lettres : à l’administrateur",
        "deux corrections d’une lettre, puis une troisième : à l’administrateur",
    ],
};

/// What ties a person to more than the certificate to correct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Liens {
    /// Nothing: his identity is only there.
    Aucun,
    /// Another certificate, or an activated account.
    Ailleurs,
}

/// The identities that a correction is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Identites<'a> {
    /// As printed first, before any correction.
    pub imprimee: &'a Identite,
    /// As it is now.
    pub actuelle: &'a Identite,
    /// As it is to be.
    pub corrigee: &'a Identite,
}

/// Says whether this person may make this correction.
///
/// # Errors
///
/// [`Manquement::IdentiteInchangee`], or [`Manquement::CorrectionReservee`] for the people of the compte.
pub fn correction_permise(
    correcteur: Correcteur,
    identites: Identites<'_>,
    liens: Liens,
) -> Result<(), Manquement> {
    if identites.actuelle == identites.corrigee {
        return Err(Manquement::IdentiteInchangee);
    }
    let reserve = match (correcteur, liens) {
        (Correcteur::Administrateur, _) => return Ok(()),
        (Correcteur::Declarant, Liens::Ailleurs) => Reserve::PersonneConnue,
        (Correcteur::Declarant, Liens::Aucun) => {
            let ecarts = ecarts(identites.imprimee, identites.corrigee);
            if ecarts <= ECARTS_DU_COMPTE {
                return Ok(());
            }
            Reserve::TropDEcarts { ecarts }
        }
    };
    Err(Manquement::CorrectionReservee { reserve })
}

/// Letters and digits to insert, delete, replace or exchange to go from one identity to the other, in the normal
/// form of names; a civilité is none.
#[must_use]
pub fn ecarts(avant: &Identite, apres: &Identite) -> usize {
    let usage =
        |i: &Identite| i.nom_usage.as_ref().map_or_else(String::new, |nom| forme_normale(nom.as_str()));
    let jour = |i: &Identite| i.date_naissance.strftime("%Y%m%d").to_string();
    osa_distance(&forme_normale(avant.nom_naissance.as_str()), &forme_normale(apres.nom_naissance.as_str()))
        + osa_distance(&forme_normale(avant.prenom.as_str()), &forme_normale(apres.prenom.as_str()))
        + osa_distance(&usage(avant), &usage(apres))
        + osa_distance(&jour(avant), &jour(apres))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identite::IdentiteBrute;

    /// « Camille Aubry 1990-02-28 », with « (Roux) » for a usage name.
    fn lire(texte: &str) -> Identite {
        let mots: Vec<&str> = texte.split(' ').collect();
        let usage = mots.get(3).map(|mot| mot.trim_matches(['(', ')']).to_owned());
        let brute = IdentiteBrute {
            prenom: Some(mots[0].to_owned()),
            nom_naissance: Some(mots[1].to_owned()),
            date_naissance: Some(mots[2].to_owned()),
            nom_usage: usage,
            ..IdentiteBrute::default()
        };
        brute.lire(jiff::civil::date(2026, 5, 5)).expect("valid").complete().expect("complete")
    }

    #[test]
    fn un_ecart_est_une_lettre_ou_un_chiffre() {
        for (avant, apres, attendu) in [
            ("Camille Aubry 1990-02-28", "Camille Aubry 1990-02-28", 0),
            ("Camille Aubry 1990-02-28", "CAMILLE Aubrý 1990-02-28", 0),
            ("Jean-Luc Aubry 1990-02-28", "jean‐luc Aubry 1990-02-28", 0),
            ("Camille Aubry 1990-02-28", "Camile Aubry 1990-02-28", 1),
            ("Camille Aubry 1990-02-28", "Camille Aurby 1990-02-28", 1),
            ("Camille Aubry 1990-02-28", "Camile Aubri 1990-02-28", 2),
            ("Camille Aubry 1990-02-28", "Camille Aubry 1991-02-27", 2),
            ("Camille Aubry 1990-02-28", "Camile Aubri 1990-02-27", 3),
            ("Camille Aubry 1990-02-28", "Camille Aubry 1990-02-28 (Roux)", 4),
            ("Camille Aubry 1990-02-28", "Aubry Camille 1990-02-28", 12),
        ] {
            assert_eq!(ecarts(&lire(avant), &lire(apres)), attendu, "{avant} → {apres}");
            assert_eq!(ecarts(&lire(apres), &lire(avant)), attendu, "{apres} → {avant}");
        }
    }

    #[test]
    fn une_petite_correction_est_au_compte_une_grande_a_l_administrateur() {
        use Correcteur::{Administrateur, Declarant};
        use Liens::{Ailleurs, Aucun};
        let (premiere, apres_une) = ("Camille Aubry 1990-02-28", "Camile Aubry 1990-02-28");
        for (qui, actuelle, corrigee, liens, attendu) in [
            (Declarant, premiere, apres_une, Aucun, None),
            (Declarant, premiere, "Camile Aubri 1990-02-28", Aucun, None),
            (Declarant, premiere, "Camile Aubri 1990-02-27", Aucun, Some("correction_reservee")),
            (Declarant, apres_une, "Camile Aubri 1990-02-28", Aucun, None),
            (Declarant, apres_une, "Camile Obri 1990-02-28", Aucun, Some("correction_reservee")),
            (Declarant, apres_une, premiere, Aucun, None),
            (Declarant, premiere, apres_une, Ailleurs, Some("correction_reservee")),
            (Declarant, premiere, premiere, Ailleurs, Some("identite_inchangee")),
            (Administrateur, premiere, "Zoé Roux 1971-12-01", Ailleurs, None),
            (Administrateur, premiere, premiere, Aucun, Some("identite_inchangee")),
        ] {
            let (imprimee, avant, apres) = (lire(premiere), lire(actuelle), lire(corrigee));
            let identites = Identites { imprimee: &imprimee, actuelle: &avant, corrigee: &apres };
            let obtenu = correction_permise(qui, identites, liens).err().map(|refus| refus.code());
            assert_eq!(obtenu, attendu, "{qui:?} : {actuelle} → {corrigee}, {liens:?}");
        }
    }
}
