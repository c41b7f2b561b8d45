//! The pieces of information of a session, by their place in the session object.

/// One piece of information.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChampDeSession {
    /// For whom it is declared.
    Compte,
    /// Dispositif.
    Dispositif,
    /// Niveau.
    Niveau,
    /// Initiale, or MAC.
    Action,
    /// First day.
    DateDebut,
    /// Last day.
    DateFin,
    /// Name of the site.
    NomDuSite,
    /// Street and number.
    Adresse,
    /// Code postal.
    CodePostal,
    /// Commune.
    Commune,
    /// Legal name of the company that the trainees come from.
    RaisonSociale,
    /// Its SIRET.
    Siret,
    /// The compte's own reference.
    Reference,
}

impl ChampDeSession {
    /// All of them, in the order of the form.
    pub const TOUS: [Self; 13] = [
        Self::Compte,
        Self::Dispositif,
        Self::Niveau,
        Self::Action,
        Self::DateDebut,
        Self::DateFin,
        Self::NomDuSite,
        Self::Adresse,
        Self::CodePostal,
        Self::Commune,
        Self::RaisonSociale,
        Self::Siret,
        Self::Reference,
    ];

    /// Its place in the session object.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Compte => "compte",
            Self::Dispositif => "dispositif",
            Self::Niveau => "niveau",
            Self::Action => "action",
            Self::DateDebut => "date_debut",
            Self::DateFin => "date_fin",
            Self::NomDuSite => "lieu.nom",
            Self::Adresse => "lieu.adresse",
            Self::CodePostal => "lieu.code_postal",
            Self::Commune => "lieu.commune",
            Self::RaisonSociale => "entreprise_cliente.raison_sociale",
            Self::Siret => "entreprise_cliente.siret",
            Self::Reference => "reference",
        }
    }

    /// The one with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|champ| champ.code() == code)
    }
}
