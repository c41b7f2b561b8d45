//! R16 « Seules les informations suivantes sont requises » (acteurs).
//!
//! The guide's screenshot is lost. Acteur: birth name, given names, birth day; from formateur on
//! the same and an e-mail address. Civilité and usage name are optional everywhere, and nothing
//! else is asked for.

use jiff::civil::Date;

use crate::dispositif::Niveau;
use crate::identite::{ChampIdentite, IdentiteSaisie, age};

/// Below this age on `date_fin` a warning is given.
pub const AGE_HABITUEL: i16 = 16;

/// The fields that the niveau requires and that are still missing, in the order of the form.
#[must_use]
pub fn champs_manquants(saisie: &IdentiteSaisie, niveau: Niveau) -> Vec<ChampIdentite> {
    let email_requis = match niveau {
        Niveau::Acteur => false,
        Niveau::Formateur | Niveau::FormateurDeFormateurs => true,
    };
    [
        (ChampIdentite::NomNaissance, saisie.nom_naissance.is_none()),
        (ChampIdentite::Prenom, saisie.prenom.is_none()),
        (ChampIdentite::DateNaissance, saisie.date_naissance.is_none()),
        (ChampIdentite::Email, email_requis && saisie.email.is_none()),
    ]
    .into_iter()
    .filter_map(|(champ, manque)| manque.then_some(champ))
    .collect()
}

/// Says whether somebody is younger on `date_fin` than people of these actions are: a warning.
#[must_use]
pub fn age_inhabituel(date_naissance: Date, date_fin: Date) -> bool {
    age(date_naissance, date_fin) < AGE_HABITUEL
}
