//! The words of the verification in its two languages: whoever holds a certificate may be abroad.

use forprev_domain::certificat::Valeur;
use forprev_domain::dispositif::Niveau;
use jiff::civil::Date;

use super::Reponse;
use crate::messages;
use crate::typographie;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Language of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Langue {
    Francais,
    Anglais,
}

impl Langue {
    /// Whether the page is in French.
    pub(super) fn francais(self) -> bool {
        self == Self::Francais
    }

    /// The French words or the English ones.
    pub(super) fn dire<'a>(self, francais: &'a str, anglais: &'a str) -> &'a str {
        match self {
            Self::Francais => francais,
            Self::Anglais => anglais,
        }
    }

    /// Where the form is.
    pub(super) fn chemin(self) -> &'static str {
        match self {
            Self::Francais => "/verifier",
            Self::Anglais => "/en/verify",
        }
    }

    pub(super) fn autre(self) -> Self {
        match self {
            Self::Francais => Self::Anglais,
            Self::Anglais => Self::Francais,
        }
    }

    /// « 20 novembre 2028 », “20 November 2028”.
    pub(super) fn date(self, jour: Date) -> String {
        match self {
            Self::Francais => typographie::date(jour),
            Self::Anglais => {
                let mois = MONTHS[usize::from(jour.month().unsigned_abs()) - 1];
                format!("{}\u{a0}{mois}\u{a0}{}", jour.day(), jour.year())
            }
        }
    }

    /// « acteur », “first-level (acteur)”: the English keeps the French word, which is on the document.
    pub(super) fn niveau(self, niveau: Niveau) -> &'static str {
        match (self, niveau) {
            (Self::Francais, niveau) => messages::niveau(niveau),
            (Self::Anglais, Niveau::Acteur) => "practitioner (acteur)",
            (Self::Anglais, Niveau::Formateur) => "trainer (formateur)",
            (Self::Anglais, Niveau::FormateurDeFormateurs) => "trainer of trainers (formateur de formateurs)",
        }
    }

    /// « Ce certificat est valide »
    pub(super) fn verdict(self, valeur: Valeur) -> &'static str {
        let (francais, anglais) = match valeur {
            Valeur::Valide => ("Ce certificat est valide", "This certificate is valid"),
            Valeur::Expire => ("Ce certificat a expiré", "This certificate has expired"),
            Valeur::Revoque => ("Ce certificat a été révoqué", "This certificate has been revoked"),
            Valeur::Remplace => ("Ce certificat a été remplacé", "This certificate has been replaced"),
        };
        self.dire(francais, anglais)
    }

    /// « Ce certificat est un SPÉCIMEN, sans valeur »
    pub(super) fn specimen(self) -> &'static str {
        self.dire(
            "Ce certificat est un SPÉCIMEN, sans valeur",
            "This certificate is a SPÉCIMEN (sample), without value",
        )
    }

    /// What the verdict means, with its day.
    pub(super) fn explication(self, reponse: &Reponse, aujourdhui: Date) -> String {
        if reponse.certificat.specimen {
            let mots = self.dire(
                "Il a été fait pour un essai ou une démonstration : il n’atteste rien, quelles que soient ses dates.",
                "It was made for a trial or a demonstration: whatever its dates, it certifies nothing.",
            );
            return mots.to_owned();
        }
        let fin = reponse.certificat.fin.map(|fin| self.date(fin)).unwrap_or_default();
        match (self, reponse.valeur) {
            (Self::Francais, Valeur::Valide) => format!(
                "Il a bien été émis par ce service, et il est en cours de validité le {}.",
                typographie::date_longue(aujourdhui)
            ),
            (Self::Anglais, Valeur::Valide) => {
                format!("It was issued by this service and is valid on {}.", self.date(aujourdhui))
            }
            (Self::Francais, Valeur::Expire) => {
                format!("Il a bien été émis par ce service, mais sa validité a pris fin le {fin}.")
            }
            (Self::Anglais, Valeur::Expire) => {
                format!("It was issued by this service, but its validity ended on {fin}.")
            }
            (Self::Francais, Valeur::Revoque) => {
                "Il avait été émis par ce service, puis il a été retiré. Il ne vaut plus.".to_owned()
            }
            (Self::Anglais, Valeur::Revoque) => {
                "It was issued by this service and later withdrawn. It is worth nothing any more.".to_owned()
            }
            (Self::Francais, Valeur::Remplace) => {
                "Une identité a été corrigée : un autre certificat vaut à sa place.".to_owned()
            }
            (Self::Anglais, Valeur::Remplace) => {
                "A name or date was corrected: another certificate stands in its place.".to_owned()
            }
        }
    }

    /// « du 20 novembre 2026 au 20 novembre 2028 inclus »
    pub(super) fn validite(self, debut: Date, fin: Option<Date>) -> String {
        let du = self.date(debut);
        match (self, fin.map(|fin| self.date(fin))) {
            (Self::Francais, Some(au)) => format!("du {du} au {au} inclus"),
            (Self::Francais, None) => format!("depuis le {du}, sans limite de durée"),
            (Self::Anglais, Some(au)) => format!("from {du} to {au} inclusive"),
            (Self::Anglais, None) => format!("since {du}, without end"),
        }
    }
}
