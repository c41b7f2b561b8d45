//! Each wrong value of an identity in one sentence: what was received, what to do.

use forprev_domain::identite::{ChampIdentite, FauteIdentite, Identite};

/// « Claire Lemoine »: given names and the name in use, as typed, for sentences and headers.
#[must_use]
pub fn nom_courant(identite: &Identite) -> String {
    let nom = identite.nom_usage.as_ref().unwrap_or(&identite.nom_naissance);
    format!("{} {nom}", identite.prenom)
}

/// « le nom de naissance », « la date de naissance »…
#[must_use]
pub fn champ(champ: ChampIdentite) -> &'static str {
    match champ {
        ChampIdentite::Civilite => "la civilité",
        ChampIdentite::NomNaissance => "le nom de naissance",
        ChampIdentite::NomUsage => "le nom d’usage",
        ChampIdentite::Prenom => "le prénom",
        ChampIdentite::DateNaissance => "la date de naissance",
        ChampIdentite::Email => "l’adresse électronique",
        ChampIdentite::Numero => "le numéro FORPREV",
    }
}

/// What is wrong with a value, and how to mend it.
#[must_use]
pub fn faute(champ_fautif: ChampIdentite, faute: &FauteIdentite) -> String {
    let quoi = champ(champ_fautif);
    match faute {
        FauteIdentite::Vide => format!("Il manque {quoi}."),
        FauteIdentite::TropLong { longueur } => {
            format!("{} compte {longueur} caractères ; il en faut 80 au plus.", debut(quoi))
        }
        FauteIdentite::CaractereInterdit { caractere } => format!(
            "{} contient {} : lettres, espaces, traits d’union et apostrophes seulement.",
            debut(quoi),
            visible(*caractere)
        ),
        FauteIdentite::SansLettre => {
            format!("{} ne contient aucune lettre. Écrivez-le en toutes lettres.", debut(quoi))
        }
        FauteIdentite::DateIllisible => {
            "La date de naissance ne se lit pas. Écrivez-la au format JJ/MM/AAAA, par exemple 28/02/1990."
                .to_owned()
        }
        FauteIdentite::DateImpossible => {
            "Ce jour n’existe pas dans le calendrier. Vérifiez le jour et le mois de naissance.".to_owned()
        }
        FauteIdentite::AgeHorsBornes { age } => {
            format!(
                "La date de naissance donne {age} ans à la fin de la session ; il faut de 14 à 99 ans. Vérifiez l’année."
            )
        }
        FauteIdentite::DansLeFutur => {
            "La date de naissance est après la fin de la session. Vérifiez l’année.".to_owned()
        }
        FauteIdentite::EmailMalForme => {
            "L’adresse électronique n’a pas la forme nom@domaine.fr. Vérifiez l’arobase et le point."
                .to_owned()
        }
        FauteIdentite::CiviliteInconnue => {
            "La civilité se choisit entre Madame et Monsieur ; laissez-la vide sinon.".to_owned()
        }
        FauteIdentite::NumeroMalForme => {
            "Un numéro FORPREV compte trois lettres et cinq chiffres, par exemple JKA37899.".to_owned()
        }
    }
}

fn debut(quoi: &str) -> String {
    let mut lettres = quoi.chars();
    lettres.next().map_or_else(String::new, |premiere| premiere.to_uppercase().chain(lettres).collect())
}

/// « × » as it is; what nobody sees in a cell, in words.
fn visible(caractere: char) -> String {
    let sans_chasse = matches!(caractere, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    match caractere {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => "un retour à la ligne".to_owned(),
        '\t' => "une tabulation".to_owned(),
        c if c.is_control() || c.is_whitespace() || sans_chasse => {
            format!("un caractère invisible (U+{:04X})", u32::from(c))
        }
        c => format!("« {c} »"),
    }
}
