//! What stands in the way of a merge, what deserves a look, what follows: in words.

use forprev_domain::fusion::{Apercu, Obstacle, Vigilance};
use forprev_domain::numero::NumeroSession;

use crate::sign_in::libelle;
use crate::typographie::{liste, pluriel};

/// Why these two cannot be joined, and what to do first.
pub(super) fn obstacle(obstacle: &Obstacle) -> String {
    let seances = |numeros: &[NumeroSession]| {
        let numeros: Vec<&str> = numeros.iter().map(NumeroSession::as_str).collect();
        format!("{} {}", if numeros.len() == 1 { "la session" } else { "les sessions" }, liste(&numeros))
    };
    match obstacle {
        Obstacle::DejaUne => "Ces deux numéros sont déjà ceux d’une même personne.".to_owned(),
        Obstacle::Ensemble(numeros) => format!(
            "Ces deux personnes sont stagiaires ensemble dans {} : retirez d’abord l’une des deux lignes.",
            seances(numeros)
        ),
        Obstacle::FaceAFace(numeros) => format!(
            "L’une est le formateur et l’autre stagiaire dans {} : corrigez d’abord la session.",
            seances(numeros)
        ),
    }
}

/// What to look at twice.
pub(super) fn vigilance(vigilance: Vigilance) -> &'static str {
    match vigilance {
        Vigilance::IdentitesEloignees => {
            "Les deux identités ne se ressemblent pas : noms, prénoms ou dates de naissance diffèrent trop."
        }
        Vigilance::DeuxAcces => {
            "Chacune a un accès : seul le mot de passe du numéro conservé servira, l’autre est mis de côté."
        }
        Vigilance::DeuxAdresses => {
            "Chacune a une adresse électronique : seule celle du numéro conservé servira."
        }
    }
}

/// What follows the old numéro, line by line.
pub(super) fn suite(apercu: &Apercu) -> Vec<String> {
    let suit = &apercu.suit;
    let compte = |nombre: i64, un: &str, plusieurs: &str| {
        (0 < nombre).then(|| pluriel(usize::try_from(nombre).unwrap_or_default(), un, plusieurs))
    };
    let profils: Vec<&str> = suit.profils.iter().copied().map(libelle).collect();
    [
        compte(suit.certificats, "certificat ou qualification", "certificats et qualifications"),
        compte(suit.stagiaire, "session comme stagiaire", "sessions comme stagiaire"),
        compte(suit.declarees, "session déclarée", "sessions déclarées"),
        compte(suit.formateur, "session comme formateur", "sessions comme formateur"),
        (!profils.is_empty()).then(|| format!("profil : {}", liste(&profils))),
        (suit.acces && !suit.acces_des_deux).then(|| "son accès et son mot de passe".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect()
}
