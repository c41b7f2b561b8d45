//! What is shown of a known person to who typed an identity: the minimum (R17).

use serde::Serialize;

use super::{Verdict, forme_normale, verdict};
use crate::identite::{Identite, Nom};
use crate::numero::Numero;
use crate::personne::Personne;

/// A known person proposed to who typed an identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposition {
    /// His numéro FORPREV.
    pub numero: Numero,
    /// His birth name, or its initial « L. » where it differs from what was typed.
    pub nom_naissance: String,
    /// His usage name, if he has one, or its initial.
    pub nom_usage: Option<String>,
    /// His given names, or the initials of those that differ.
    pub prenom: String,
    /// Year of birth.
    pub annee_naissance: i16,
    /// `Certain` or `Possible`.
    pub verdict: Verdict,
}

/// What may be shown of a known person; `None` when he is somebody else.
///
/// Certain: his names whole. Possible: what coincides with what was typed, initials of the rest.
#[must_use]
pub fn proposition(saisie: &Identite, connue: &Personne) -> Option<Proposition> {
    let identite = &connue.identite;
    let verdict = verdict(saisie, identite);
    let montre = match verdict {
        Verdict::Non => return None,
        Verdict::Certain => |_: &Identite, nom: &Nom| nom.as_str().to_owned(),
        Verdict::Possible => mots_tapes,
    };
    Some(Proposition {
        numero: connue.numero.clone(),
        nom_naissance: montre(saisie, &identite.nom_naissance),
        nom_usage: identite.nom_usage.as_ref().map(|nom| montre(saisie, nom)),
        prenom: montre(saisie, &identite.prenom),
        annee_naissance: identite.date_naissance.year(),
        verdict,
    })
}

/// The words of a name that the typed one begins with, initials of the others; of a name that
/// shares its beginning with nothing typed, one initial.
fn mots_tapes(saisie: &Identite, nom: &Nom) -> String {
    let forme = forme_normale(nom.as_str());
    let tapes: Vec<String> = [Some(&saisie.nom_naissance), saisie.nom_usage.as_ref(), Some(&saisie.prenom)]
        .into_iter()
        .flatten()
        .map(|tape| forme_normale(tape.as_str()))
        .collect();
    if tapes.contains(&forme) {
        return nom.as_str().to_owned();
    }
    initiale(nom.as_str())
}

fn initiale(nom: &str) -> String {
    let lettre = nom.chars().find(|c| c.is_alphabetic());
    lettre.map(|lettre| format!("{}.", lettre.to_uppercase())).unwrap_or_default()
}
