//! What is shown of a known person to who typed an identity: the minimum (R17).

use serde::Serialize;

use super::{Forme, Verdict, forme_normale};
use crate::identite::{Identite, Nom};
use crate::numero::Numero;
use crate::personne::Candidat;

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

/// What may be shown of those who are not somebody else, the surest first.
///
/// Certain: his names whole. Possible: what coincides with what was typed, initials of the rest.
#[must_use]
pub fn propositions(saisie: &Identite, connus: &[Candidat]) -> Vec<Proposition> {
    let tapes = Forme::new(saisie);
    let mut liste: Vec<Proposition> = connus.iter().filter_map(|connu| proposition(&tapes, connu)).collect();
    liste.sort_by(|a, b| (a.verdict, a.numero.as_str()).cmp(&(b.verdict, b.numero.as_str())));
    liste
}

fn proposition(tapes: &Forme, connu: &Candidat) -> Option<Proposition> {
    let identite = &connu.identite;
    let verdict = tapes.verdict(&Forme::new(identite));
    let entier = match verdict {
        Verdict::Non => return None,
        Verdict::Certain => true,
        Verdict::Possible => false,
    };
    let nom = |nom: &Nom| {
        if entier || tapes.contient(&forme_normale(nom.as_str())) {
            nom.as_str().to_owned()
        } else {
            initiale(nom.as_str())
        }
    };
    let prenom =
        if entier { identite.prenom.as_str().to_owned() } else { prenoms_tapes(tapes, &identite.prenom) };
    Some(Proposition {
        numero: connu.numero.clone(),
        nom_naissance: nom(&identite.nom_naissance),
        nom_usage: identite.nom_usage.as_ref().map(nom),
        prenom,
        annee_naissance: identite.date_naissance.year(),
        verdict,
    })
}

/// The given names that were typed too, from the first on, and the initials of the others.
fn prenoms_tapes(tapes: &Forme, prenom: &Nom) -> String {
    let mots: Vec<&str> = prenom.as_str().split(' ').collect();
    let communs =
        (1..=mots.len()).rev().find(|nombre| tapes.contient(&forme_normale(&mots[..*nombre].join(" "))));
    let Some(communs) = communs else { return initiale(prenom.as_str()) };
    let (communs, autres) = mots.split_at(communs);
    let autres = autres.iter().map(|mot| initiale(mot)).filter(|initiale| !initiale.is_empty());
    communs.iter().map(ToString::to_string).chain(autres).collect::<Vec<_>>().join(" ")
}

/// « L. »
fn initiale(nom: &str) -> String {
    let lettre = nom.chars().find(|c| c.is_alphabetic());
    lettre.map(|lettre| format!("{}.", lettre.to_uppercase())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::tests::identite;
    use super::*;

    #[test]
    fn une_proposition_montre_le_minimum() {
        let check = |saisie: &str, connue: &str, attendu: Option<&str>| {
            let numero = Numero::parse("JKA37899").expect("a numéro");
            let connu = Candidat { numero, identite: identite(connue) };
            let montre = propositions(&identite(saisie), &[connu]).pop().map(|p| {
                let usage = p.nom_usage.map(|nom| format!(" ({nom})")).unwrap_or_default();
                let verdict = p.verdict.code();
                format!("{}{usage}, {}, {} {verdict}", p.nom_naissance, p.prenom, p.annee_naissance)
            });
            assert_eq!(montre.as_deref(), attendu);
        };
        check("lefevre, anais", "Lefèvre, Anaïs", Some("Lefèvre, Anaïs, 1987 certain"));
        check(
            "lefevre, anais",
            "Lefèvre (Le Goff), Anaïs Zoé",
            Some("Lefèvre (Le Goff), Anaïs Zoé, 1987 certain"),
        );
        check("Lefevre, Anais", "Lefebvre, Anaïs", Some("L., Anaïs, 1987 possible"));
        check("Lefevre, Anais", "Lefebvre (Le Goff), Anaïs Zoé", Some("L. (L.), Anaïs Z., 1987 possible"));
        check("Lefevre, Anais", "Lefèvre, Anaé", None);
        check("Lefevre, Anais", "Lefèvre, Anas", Some("Lefèvre, A., 1987 possible"));
        check("Anaïs, Lefèvre", "Lefevre, Anaïs", Some("Lefevre, Anaïs, 1987 possible"));
        check("Durand, Léa", "Martin (Durand), Léa", Some("M. (Durand), Léa, 1987 possible"));
        check("Martin (Durand), Léa", "Durand, Léa", Some("Durand, Léa, 1987 possible"));
        check("Durand, Jean", "Durand, Jean-Pierre", Some("Durand, J., 1987 possible"));
        check("Durand, Jean-Pierre", "Durand, Jean", Some("Durand, J., 1987 possible"));
        check("Fontaine, Luc", "de La Fontaine, Luc", Some("D., Luc, 1987 possible"));
        check("Durand, Léa", "Durand, Léa Marie, 1988-05-13", Some("Durand, Léa M., 1988 possible"));
        check("Durand, Marie Claude", "Durand, Marie Sophie", Some("Durand, Marie S., 1987 possible"));
        check("Durand, Jean", "Durand, Jean Pierre Marie", Some("Durand, Jean P. M., 1987 possible"));
        check("Durand, Élodie", "Durand, Lodie", Some("Durand, L., 1987 possible"));
        check("Durand, Lodie", "Durand, ’élodie", Some("Durand, É., 1987 possible"));
        check("Durand, Léa", "Martin, Luc", None);
    }
}
