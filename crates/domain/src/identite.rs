//! Who somebody is: names, birth day, civilité, address, as typed and checked at the edge.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::numero::Numero;

mod email;
mod jour;
mod nom;

pub use email::Email;
pub use jour::{age, age_admis, annee_abregee, lire_jour};
pub use nom::{LONGUEUR_NOM, Nom};

/// Ages on `date_fin` outside which a birth day is refused.
pub const AGES: std::ops::RangeInclusive<i16> = 14..=99;

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

    /// The one with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|champ| champ.code() == code)
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

impl IdentiteBrute {
    /// The place of this field.
    pub fn champ_mut(&mut self, champ: ChampIdentite) -> &mut Option<String> {
        match champ {
            ChampIdentite::Civilite => &mut self.civilite,
            ChampIdentite::NomNaissance => &mut self.nom_naissance,
            ChampIdentite::NomUsage => &mut self.nom_usage,
            ChampIdentite::Prenom => &mut self.prenom,
            ChampIdentite::DateNaissance => &mut self.date_naissance,
            ChampIdentite::Email => &mut self.email,
            ChampIdentite::Numero => &mut self.numero,
        }
    }
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

impl From<Identite> for IdentiteSaisie {
    /// The register's identity, as a line of a session shows it; without e-mail.
    fn from(identite: Identite) -> Self {
        Self {
            civilite: identite.civilite,
            nom_naissance: Some(identite.nom_naissance),
            nom_usage: identite.nom_usage,
            prenom: Some(identite.prenom),
            date_naissance: Some(identite.date_naissance),
            email: None,
        }
    }
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

    /// « Anaïs Lefèvre »: as one says it, in a sentence or a menu.
    #[must_use]
    pub fn nom_complet(&self) -> String {
        format!("{} {}", self.prenom, self.nom_naissance)
    }

    /// « LEFÈVRE Anaïs », for lists.
    #[must_use]
    pub fn nom_prenom(&self) -> String {
        format!("{} {}", self.nom_naissance.as_str().to_uppercase(), self.prenom)
    }
}

#[cfg(test)]
mod tests;
