//! An e-mail address, checked soberly: the only proof is a mail that arrives.

use std::fmt;

use serde::Serialize;

use super::FauteIdentite;

/// Longest e-mail address, in bytes.
const LONGUEUR_EMAIL: usize = 254;

/// An e-mail address, kept as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// Reads an address: one `@`, neither spaces nor brackets, a domain with a dot, at most 254.
    ///
    /// # Errors
    /// `Vide` or `EmailMalForme`.
    pub fn parse(texte: &str) -> Result<Self, FauteIdentite> {
        let texte = texte.trim();
        if texte.is_empty() {
            return Err(FauteIdentite::Vide);
        }
        let valide = texte.len() <= LONGUEUR_EMAIL
            && texte.split_once('@').is_some_and(|(nom, domaine)| boite(nom) && domaine_valide(domaine));
        if valide { Ok(Self(texte.to_owned())) } else { Err(FauteIdentite::EmailMalForme) }
    }

    /// The address as typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two addresses are compared by: without case.
    #[must_use]
    pub fn cle(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn boite(nom: &str) -> bool {
    (1..=64).contains(&nom.len())
        && nom.split('.').all(|part| !part.is_empty())
        && nom.chars().all(|c| c.is_ascii_graphic() && !r#"()<>[]:;,\"@"#.contains(c))
}

fn domaine_valide(domaine: &str) -> bool {
    let label = |part: &str| {
        (1..=63).contains(&part.len())
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    domaine.split('.').all(label)
        && domaine
            .rsplit_once('.')
            .is_some_and(|(_, fin)| fin.len() >= 2 && fin.starts_with(|c: char| c.is_ascii_alphabetic()))
}
