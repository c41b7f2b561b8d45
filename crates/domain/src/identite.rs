//! Who somebody is: names, birth day, civilité, address, as typed and checked at the edge.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::numero::Numero;

mod jour;

pub use jour::{age, lire_jour};

/// Longest name, in characters after NFC and trimming.
pub const LONGUEUR_NOM: usize = 80;
/// Ages on `date_fin` outside which a birth day is refused.
pub const AGES: std::ops::RangeInclusive<i16> = 14..=99;
/// Longest e-mail address, in bytes.
const LONGUEUR_EMAIL: usize = 254;

/// Civilité, printed when given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Civilite {
    /// « Madame ».
    Madame,
    /// « Monsieur ».
    Monsieur,
}

impl Civilite {
    /// As printed and as in JSON.
    #[must_use]
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Madame => "Madame",
            Self::Monsieur => "Monsieur",
        }
    }

    /// Reads it as people and spreadsheets write it: `M.`, `Mme`, `Monsieur`…
    #[must_use]
    pub fn from_libelle(texte: &str) -> Option<Self> {
        match texte.trim().trim_end_matches('.').to_lowercase().as_str() {
            "madame" | "mme" | "mademoiselle" | "mlle" => Some(Self::Madame),
            "monsieur" | "m" | "mr" => Some(Self::Monsieur),
            _ => None,
        }
    }
}

/// A valid name, as typed: NFC, trimmed, single spaces.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Nom(String);

impl Nom {
    /// Reads a name: letters of every Latin script, spaces, hyphens, apostrophes `'` and `’`,
    /// 1 to 80 characters, one letter at least.
    ///
    /// # Errors
    /// `Vide`, `CaractereInterdit`, `TropLong` or `SansLettre`.
    pub fn parse(texte: &str) -> Result<Self, FauteIdentite> {
        let mut nom = String::new();
        let mut apres_lettre = false;
        let mut lettre = false;
        for c in texte.trim().nfc() {
            let c = match c {
                '\u{2010}' | '\u{2011}' => '-',
                c if c.is_whitespace() && !c.is_control() => ' ',
                c => c,
            };
            apres_lettre = lettre_latine(c) || (apres_lettre && signe_combinant(c));
            if !apres_lettre && !matches!(c, ' ' | '-' | '\'' | '’') {
                return Err(FauteIdentite::CaractereInterdit { caractere: c });
            }
            lettre |= apres_lettre;
            if c != ' ' || !nom.ends_with(' ') {
                nom.push(c);
            }
        }
        let longueur = nom.chars().count();
        match (longueur, lettre) {
            (0, _) => Err(FauteIdentite::Vide),
            (_, false) => Err(FauteIdentite::SansLettre),
            (longueur, true) if longueur > LONGUEUR_NOM => Err(FauteIdentite::TropLong { longueur }),
            (_, true) => Ok(Self(nom)),
        }
    }

    /// The name as typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Nom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Says whether a character is a letter of the Latin script (Unicode property `Script=Latin`,
/// compatibility forms such as ligatures and full-width letters left out).
fn lettre_latine(c: char) -> bool {
    let latin = matches!(c,
        'A'..='Z' | 'a'..='z' | 'ª' | 'º'
        | '\u{c0}'..='\u{2af}'
        | '\u{1e00}'..='\u{1eff}'
        | '\u{2c60}'..='\u{2c7f}'
        | '\u{a722}'..='\u{a787}' | '\u{a78b}'..='\u{a7ff}'
        | '\u{ab30}'..='\u{ab5a}' | '\u{ab5c}'..='\u{ab64}');
    latin && c.is_alphabetic()
}

/// Says whether a character is an accent that NFC could not join to its letter. The grapheme
/// joiner, which nobody can see, is not.
fn signe_combinant(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{34e}' | '\u{350}'..='\u{36f}')
}

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

/// A field of an identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChampIdentite {
    /// Civilité.
    Civilite,
    /// Birth name.
    NomNaissance,
    /// Usage name.
    NomUsage,
    /// Given names.
    Prenom,
    /// Birth day.
    DateNaissance,
    /// E-mail address.
    Email,
    /// Numéro FORPREV.
    Numero,
}

impl ChampIdentite {
    /// All of them, in the order of the forms.
    pub const TOUS: [Self; 7] = [
        Self::Civilite,
        Self::NomNaissance,
        Self::NomUsage,
        Self::Prenom,
        Self::DateNaissance,
        Self::Email,
        Self::Numero,
    ];

    /// Its name in JSON and in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Civilite => "civilite",
            Self::NomNaissance => "nom_naissance",
            Self::NomUsage => "nom_usage",
            Self::Prenom => "prenom",
            Self::DateNaissance => "date_naissance",
            Self::Email => "email",
            Self::Numero => "numero",
        }
    }
}

/// What is wrong with a value of an identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FauteIdentite {
    /// Nothing was given.
    Vide,
    /// A name is longer than 80 characters.
    TropLong {
        /// Characters received.
        longueur: usize,
    },
    /// A character that no name holds.
    CaractereInterdit {
        /// The first of them.
        caractere: char,
    },
    /// Only hyphens and apostrophes.
    SansLettre,
    /// Not a day in any form that we read.
    DateIllisible,
    /// A day that no calendar has, such as 31 February.
    DateImpossible,
    /// Too young or too old on `date_fin`.
    AgeHorsBornes {
        /// Age in full years on `date_fin`.
        age: i16,
    },
    /// Born after `date_fin`.
    DansLeFutur,
    /// Not an e-mail address.
    EmailMalForme,
    /// Neither Madame nor Monsieur.
    CiviliteInconnue,
    /// Not three capitals and five digits.
    NumeroMalForme,
}

/// An identity as received from a form, a file or the API. Blank is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdentiteBrute {
    /// Civilité.
    pub civilite: Option<String>,
    /// Birth name.
    pub nom_naissance: Option<String>,
    /// Usage name.
    pub nom_usage: Option<String>,
    /// Given names.
    pub prenom: Option<String>,
    /// Birth day, in any form that [`lire_jour`] reads.
    pub date_naissance: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Numéro FORPREV.
    pub numero: Option<String>,
}

/// An identity in which every value given is valid, and which may be incomplete.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct IdentiteSaisie {
    /// Civilité.
    pub civilite: Option<Civilite>,
    /// Birth name.
    pub nom_naissance: Option<Nom>,
    /// Usage name.
    pub nom_usage: Option<Nom>,
    /// Given names.
    pub prenom: Option<Nom>,
    /// Birth day.
    pub date_naissance: Option<Date>,
    /// E-mail address.
    pub email: Option<Email>,
}

/// A complete identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Identite {
    /// Civilité, printed when given.
    pub civilite: Option<Civilite>,
    /// Birth name.
    pub nom_naissance: Nom,
    /// Usage name, printed when given.
    pub nom_usage: Option<Nom>,
    /// Given names.
    pub prenom: Nom,
    /// Birth day.
    pub date_naissance: Date,
}

impl IdentiteBrute {
    /// Reads every value, ages being those on the last day of the session.
    ///
    /// # Errors
    /// All that is wrong, at once, in the order of the fields; what is missing is no fault.
    pub fn lire(&self, date_fin: Date) -> Result<IdentiteSaisie, Vec<(ChampIdentite, FauteIdentite)>> {
        let mut fautes = Vec::new();
        let saisie = IdentiteSaisie {
            civilite: lu(&self.civilite, ChampIdentite::Civilite, &mut fautes, |texte| {
                Civilite::from_libelle(texte).ok_or(FauteIdentite::CiviliteInconnue)
            }),
            nom_naissance: lu(&self.nom_naissance, ChampIdentite::NomNaissance, &mut fautes, Nom::parse),
            nom_usage: lu(&self.nom_usage, ChampIdentite::NomUsage, &mut fautes, Nom::parse),
            prenom: lu(&self.prenom, ChampIdentite::Prenom, &mut fautes, Nom::parse),
            date_naissance: lu(&self.date_naissance, ChampIdentite::DateNaissance, &mut fautes, |texte| {
                jour::naissance(texte, date_fin)
            }),
            email: lu(&self.email, ChampIdentite::Email, &mut fautes, Email::parse),
        };
        lu(&self.numero, ChampIdentite::Numero, &mut fautes, |texte| {
            Numero::parse(texte).ok_or(FauteIdentite::NumeroMalForme)
        });
        if fautes.is_empty() { Ok(saisie) } else { Err(fautes) }
    }
}

fn lu<T>(
    texte: &Option<String>,
    champ: ChampIdentite,
    fautes: &mut Vec<(ChampIdentite, FauteIdentite)>,
    lire: impl FnOnce(&str) -> Result<T, FauteIdentite>,
) -> Option<T> {
    let texte = texte.as_deref().map(str::trim).filter(|texte| !texte.is_empty())?;
    lire(texte).map_err(|faute| fautes.push((champ, faute))).ok()
}

impl IdentiteSaisie {
    /// The identity, when nothing that makes a person is missing.
    #[must_use]
    pub fn complete(&self) -> Option<Identite> {
        Some(Identite {
            civilite: self.civilite,
            nom_naissance: self.nom_naissance.clone()?,
            nom_usage: self.nom_usage.clone(),
            prenom: self.prenom.clone()?,
            date_naissance: self.date_naissance?,
        })
    }
}

impl Identite {
    /// « Anaïs LEFÈVRE »: given names, then the birth name in accented capitals.
    #[must_use]
    pub fn prenom_nom(&self) -> String {
        format!("{} {}", self.prenom, self.nom_naissance.as_str().to_uppercase())
    }

    /// « LEFÈVRE Anaïs », for lists.
    #[must_use]
    pub fn nom_prenom(&self) -> String {
        format!("{} {}", self.nom_naissance.as_str().to_uppercase(), self.prenom)
    }
}

#[cfg(test)]
mod tests;
