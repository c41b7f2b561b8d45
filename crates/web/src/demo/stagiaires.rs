//! Invented trainees: no two alike, but where the story wants it.

use forprev_domain::identite::IdentiteBrute;
use forprev_domain::regles::doublons::forme_normale;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

const NOMS: [&str; 61] = [
    "Aubrée",
    "Bellanger",
    "Benhaddou",
    "Berthelot",
    "Bourdin",
    "Cadiou",
    "Carré",
    "Chevalier",
    "Corbel",
    "Costa",
    "Coulibaly",
    "Da Silva",
    "Daniel",
    "Delaunay",
    "D’Almeida",
    "Diagne",
    "Drouet",
    "Duchesne",
    "Esnault",
    "Evrard",
    "Ferreira",
    "Fofana",
    "Gaudin",
    "Gicquel",
    "Godefroy",
    "Guégan",
    "Hamon",
    "Haddad",
    "Herbreteau",
    "Houssin",
    "Ibrahim",
    "Jouan",
    "Kaya",
    "Kerdoncuff",
    "Kowalski",
    "Lambert",
    "Le Bihan",
    "Lefèvre",
    "Lemercier",
    "L’Hostis",
    "Mansouri",
    "Ménard",
    "Moreau",
    "Müller-Roux",
    "Ndiaye",
    "Nguyen",
    "Œstreich",
    "Orhan",
    "Péron",
    "Pichavant",
    "Quéméner",
    "Ramanantsoa",
    "Rivière",
    "Rousseau",
    "Ştefan",
    "Tanguy",
    "Thébault",
    "Urvoy",
    "Vasseur",
    "Yılmaz",
    "Zimmermann",
];

const PRENOMS: [(&str, &str); 47] = [
    ("Anaïs", "Madame"),
    ("Jean-Pierre", "Monsieur"),
    ("Linh", "Madame"),
    ("Yacine", "Monsieur"),
    ("Inês", "Madame"),
    ("Gwenaël", "Monsieur"),
    ("Zoé", ""),
    ("Mamadou", "Monsieur"),
    ("Élise", "Madame"),
    ("Thomas", "Monsieur"),
    ("Fatou", "Madame"),
    ("Loïc", "Monsieur"),
    ("Nadia", "Madame"),
    ("Maël", ""),
    ("Chloé", "Madame"),
    ("Rachid", "Monsieur"),
    ("Maëlys", "Madame"),
    ("Antoine", "Monsieur"),
    ("Soizic", "Madame"),
    ("Ömer", "Monsieur"),
    ("Camille", ""),
    ("François", "Monsieur"),
    ("Aïcha", "Madame"),
    ("Erwan", "Monsieur"),
    ("Louise", "Madame"),
    ("Bastien", "Monsieur"),
    ("Hélène", "Madame"),
    ("Ibrahima", "Monsieur"),
    ("Noémie", "Madame"),
    ("Hugues", "Monsieur"),
    ("Séverine", "Madame"),
    ("Tristan", "Monsieur"),
    ("Bénédicte", "Madame"),
    ("Kévin", "Monsieur"),
    ("Agnès", "Madame"),
    ("Mathis", "Monsieur"),
    ("Rozenn", "Madame"),
    ("Stanisław", "Monsieur"),
    ("Joséphine", "Madame"),
    ("Amine", "Monsieur"),
    ("Dominique", ""),
    ("Victor", "Monsieur"),
    ("Célia", "Madame"),
    ("Denis", "Monsieur"),
    ("Amélie", "Madame"),
    ("Théo", "Monsieur"),
    ("Ursula", "Madame"),
];

/// A birth name of 80 characters, the longest there may be.
pub(super) const NOM_LONG: &str =
    "Montaigu de La Roche-Sainte-Croix d’Aubeterre-Villeneuve des Grands-Prés-sur-Ayn";
/// Given names of 80 characters.
pub(super) const PRENOM_LONG: &str =
    "Marie-Anne-Élisabeth Louise-Hippolyte Bénédicte-Constance Guillemette Aurore Zoé";

/// The trainee of this rank; the same rank gives the same one, two ranks never two that look alike.
pub(super) fn stagiaire(rang: usize) -> IdentiteBrute {
    let nom = NOMS[(rang * 7) % NOMS.len()];
    let (prenom, civilite) = PRENOMS[(rang * 5) % PRENOMS.len()];
    let jour = date(1968, 1, 9).saturating_add(i32::try_from(rang * 41).unwrap_or(0).days());
    IdentiteBrute {
        civilite: Some(civilite.to_owned()),
        // One in nine goes by another name than at birth.
        nom_usage: (rang % 9 == 4).then(|| NOMS[(rang * 7 + 30) % NOMS.len()].to_owned()),
        ..identite(prenom, nom, jour)
    }
}

/// An identity with what is required of an acteur.
pub(super) fn identite(prenom: &str, nom: &str, naissance: Date) -> IdentiteBrute {
    IdentiteBrute {
        nom_naissance: Some(nom.to_owned()),
        prenom: Some(prenom.to_owned()),
        date_naissance: Some(naissance.to_string()),
        ..IdentiteBrute::default()
    }
}

/// An address that leads nowhere (RFC 2606).
pub(super) fn adresse(prenom: &str, nom: &str, domaine: &str) -> String {
    let boite = forme_normale(&format!("{prenom} {nom}")).replace(' ', ".");
    format!("{boite}@{domaine}.example")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn les_noms_les_plus_longs_ont_quatre_vingts_caracteres() {
        assert_eq!(NOM_LONG.chars().count(), 80);
        assert_eq!(PRENOM_LONG.chars().count(), 80);
    }
}
