//! What a person enters of a session. Only what R1 and R3 need is always there (R14).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Action, ChampDeSession};
use crate::dispositif::{CodeDispositif, Niveau};
use crate::numero::Numero;

/// The information of a session and its formateur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saisie {
    /// Which dispositif.
    pub dispositif: CodeDispositif,
    /// Acteur or formateur.
    pub niveau: Niveau,
    /// Initiale or MAC.
    pub action: Option<Action>,
    /// First day.
    pub date_debut: Option<Date>,
    /// Last day: the one that rules R1 to R4 count from.
    pub date_fin: Date,
    /// Where.
    pub lieu: Lieu,
    /// For whom, if for somebody.
    pub entreprise_cliente: Option<EntrepriseCliente>,
    /// The compte's own reference.
    pub reference: Option<String>,
    /// Who leads and certifies, by his number; perhaps nobody's.
    pub formateur: Option<Numero>,
}

/// Where a session is held. Each text is trimmed and not blank.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lieu {
    /// Name of the site; optional.
    pub nom: Option<String>,
    /// Street and number.
    pub adresse: Option<String>,
    /// Five digits.
    pub code_postal: Option<String>,
    /// Commune.
    pub commune: Option<String>,
}

/// The company that the trainees come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntrepriseCliente {
    /// Its legal name.
    pub raison_sociale: Option<String>,
    /// Fourteen digits.
    pub siret: Option<String>,
}

impl Saisie {
    /// The fields that submission needs and that are empty.
    #[must_use]
    pub fn champs_manquants(&self) -> Vec<ChampDeSession> {
        [
            (ChampDeSession::Action, self.action.is_none()),
            (ChampDeSession::DateDebut, self.date_debut.is_none()),
            (ChampDeSession::Adresse, self.lieu.adresse.is_none()),
            (ChampDeSession::CodePostal, self.lieu.code_postal.is_none()),
            (ChampDeSession::Commune, self.lieu.commune.is_none()),
        ]
        .into_iter()
        .filter_map(|(champ, manque)| manque.then_some(champ))
        .collect()
    }

    /// True when the other one must be judged anew by R1: dispositif, niveau or last day differ.
    #[must_use]
    pub fn change_l_habilitation(&self, autre: &Self) -> bool {
        self.dispositif != autre.dispositif || self.niveau != autre.niveau || self.date_fin != autre.date_fin
    }
}
