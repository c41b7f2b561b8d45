//! The text of mails: a subject, a plain text and an HTML page, made from the data of the outbox.
//!
//! No mail names a trainee nor repeats a comment, which may name one: both are read on the page.

use askama::Template;
use forprev_domain::calendrier::plus_jours;
use forprev_domain::dispositif::Niveau;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use super::rappels;
use crate::config::Config;
use crate::error::Error;
use crate::messages;
use crate::typographie::{accord, date, insecables, plage};

/// The kinds of mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Genre {
    /// To the formateur: a session to check.
    SessionSoumise,
    /// To the formateur: the session was taken back.
    SessionReprise,
    /// To the author: the session is to be corrected.
    SessionRetournee,
    /// To the formateur: the results are to be looked at again.
    SessionRenvoyee,
    /// To the author: the results are there.
    ResultatsTransmis,
    /// To the author: the certificates are there.
    CertificatsGeneres,
    /// To somebody whose account was opened.
    Invitation,
    /// To anybody: all that he is reminded of that day.
    Rappels,
}

impl Genre {
    /// All of them.
    pub const TOUS: [Self; 8] = [
        Self::SessionSoumise,
        Self::SessionReprise,
        Self::SessionRetournee,
        Self::SessionRenvoyee,
        Self::ResultatsTransmis,
        Self::CertificatsGeneres,
        Self::Invitation,
        Self::Rappels,
    ];

    /// Its code in the outbox, and the name of its folder.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::SessionSoumise => "session_soumise",
            Self::SessionReprise => "session_reprise",
            Self::SessionRetournee => "session_retournee",
            Self::SessionRenvoyee => "session_renvoyee",
            Self::ResultatsTransmis => "resultats_transmis",
            Self::CertificatsGeneres => "certificats_generes",
            Self::Invitation => "invitation",
            Self::Rappels => "rappels",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|genre| genre.code() == code)
    }

    /// « Session soumise », in lists.
    #[must_use]
    pub fn libelle(self) -> &'static str {
        match self {
            Self::SessionSoumise => "Session soumise",
            Self::SessionReprise => "Session reprise",
            Self::SessionRetournee => "Session retournée",
            Self::SessionRenvoyee => "Session renvoyée",
            Self::ResultatsTransmis => "Résultats transmis",
            Self::CertificatsGeneres => "Certificats générés",
            Self::Invitation => "Invitation",
            Self::Rappels => "Rappels",
        }
    }
}

/// A mail, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lettre {
    /// Its subject, on one line.
    pub sujet: String,
    /// Its plain text.
    pub texte: String,
    /// Its HTML page.
    pub html: String,
}

#[derive(Deserialize)]
struct DonneesDeSession {
    session: String,
    numero: String,
    dispositif: String,
    niveau: Niveau,
    date_debut: Option<Date>,
    date_fin: Date,
    commune: Option<String>,
    par: Option<String>,
    commente: bool,
    disparait_le: Date,
    stagiaires: usize,
    reussites: usize,
}

#[derive(Deserialize)]
struct DonneesDInvitation {
    lien: String,
    numero: String,
}

/// A session as mails speak of it.
struct SessionCitee {
    numero: String,
    intitule: String,
    dates: String,
    date_fin: String,
    commune: Option<String>,
    par: String,
    commente: bool,
    lien: String,
    dernier_jour: String,
    disparait_le: String,
    bilan: String,
    reussites: usize,
    duplicata_refuse: bool,
}

impl SessionCitee {
    fn new(config: &Config, d: DonneesDeSession) -> Self {
        let certifies = accord(d.reussites, "stagiaire en réussite", "stagiaires en réussite");
        Self {
            intitule: format!("{} {}", d.dispositif, messages::niveau(d.niveau)),
            dates: plage(d.date_debut.unwrap_or(d.date_fin).min(d.date_fin), d.date_fin),
            date_fin: date(d.date_fin),
            commune: d.commune,
            par: d.par.unwrap_or_else(|| "Une personne du compte".to_owned()),
            commente: d.commente,
            lien: format!("{}/sessions/{}", config.public_url, d.session),
            dernier_jour: date(plus_jours(d.disparait_le, -1)),
            disparait_le: date(d.disparait_le),
            bilan: format!("{} {certifies} sur {}", d.reussites, d.stagiaires),
            reussites: d.reussites,
            duplicata_refuse: d.niveau == Niveau::Acteur,
            numero: d.numero,
        }
    }
}

/// Renders both faces of one kind of mail.
macro_rules! lettre {
    ($sujet:expr, $config:expr, $donnees:expr, $of:ty, $texte:tt, $html:tt) => {{
        #[derive(Template)]
        #[template(path = $texte, whitespace = "preserve")]
        struct Texte<'a> {
            service: &'a str,
            s: &'a $of,
        }
        #[derive(Template)]
        #[template(path = $html)]
        struct Html<'a> {
            sujet: &'a str,
            service: &'a str,
            s: &'a $of,
        }
        let (sujet, service, s) = ($sujet, $config.service(), $donnees);
        let texte = Texte { service, s }.render().map_err(Error::internal)?;
        let html = Html { sujet: &sujet, service, s }.render().map_err(Error::internal)?;
        Ok(Lettre { sujet, texte: insecables(&texte), html: insecables(&html) })
    }};
}
pub(super) use lettre;

/// Writes the mail of this kind from the data of the outbox.
///
/// # Errors
/// Internal when the data are not those of the kind.
pub fn render(config: &Config, genre: Genre, donnees: &Value) -> Result<Lettre, Error> {
    if genre == Genre::Invitation {
        let d = DonneesDInvitation::deserialize(donnees).map_err(Error::internal)?;
        let sujet = "Votre accès à Forprev est ouvert".to_owned();
        return lettre!(
            sujet,
            config,
            &d,
            DonneesDInvitation,
            "courrier/invitation/courriel.txt",
            "courrier/invitation/courriel.html"
        );
    }
    if genre == Genre::Rappels {
        return rappels::render(config, donnees);
    }
    let d = DonneesDeSession::deserialize(donnees).map_err(Error::internal)?;
    let s = &SessionCitee::new(config, d);
    let (numero, intitule) = (&s.numero, &s.intitule);
    match genre {
        Genre::SessionSoumise => lettre!(
            format!("Session {numero} à vérifier ({intitule})"),
            config,
            s,
            SessionCitee,
            "courrier/session_soumise/courriel.txt",
            "courrier/session_soumise/courriel.html"
        ),
        Genre::SessionReprise => lettre!(
            format!("Session {numero} reprise ({intitule})"),
            config,
            s,
            SessionCitee,
            "courrier/session_reprise/courriel.txt",
            "courrier/session_reprise/courriel.html"
        ),
        Genre::SessionRetournee => lettre!(
            format!("Session {numero} à corriger ({intitule})"),
            config,
            s,
            SessionCitee,
            "courrier/session_retournee/courriel.txt",
            "courrier/session_retournee/courriel.html"
        ),
        Genre::SessionRenvoyee => lettre!(
            format!("Session {numero} : résultats à revoir ({intitule})"),
            config,
            s,
            SessionCitee,
            "courrier/session_renvoyee/courriel.txt",
            "courrier/session_renvoyee/courriel.html"
        ),
        Genre::ResultatsTransmis => lettre!(
            format!("Session {numero} : résultats transmis ({intitule})"),
            config,
            s,
            SessionCitee,
            "courrier/resultats_transmis/courriel.txt",
            "courrier/resultats_transmis/courriel.html"
        ),
        Genre::CertificatsGeneres | Genre::Invitation | Genre::Rappels => lettre!(
            format!("Session {numero} : certificats générés ({intitule})"),
            config,
            s,
            SessionCitee,
            "courrier/certificats_generes/courriel.txt",
            "courrier/certificats_generes/courriel.html"
        ),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::config::Values;

    fn donnees(genre: Genre, commente: bool) -> Value {
        if genre == Genre::Invitation {
            return json!({ "lien": "https://f.example/activation/secret", "numero": "JKA37899" });
        }
        json!({
            "session": "0190c2a8-0000-4000-8000-000000000001", "numero": "S-2026-7F3K9Q", "dispositif": "SST",
            "niveau": "acteur", "date_debut": "2026-11-19", "date_fin": "2026-11-20", "commune": "L’Haÿ-les-Roses <b>",
            "par": "Claire LEMOINE", "commente": commente, "disparait_le": "2026-12-08", "stagiaires": 6, "reussites": 5,
        })
    }

    fn config() -> Config {
        let values = Values::from([("FORPREV_PUBLIC_URL".to_owned(), "https://f.example".to_owned())]);
        Config::check(&values).expect("settings")
    }

    #[test]
    fn chaque_lettre_a_son_texte_et_sa_page() {
        // Those of reminders are told line by line, in `rappels`.
        for genre in Genre::TOUS.into_iter().filter(|genre| *genre != Genre::Rappels) {
            let lettre = render(&config(), genre, &donnees(genre, true)).expect("renders");
            assert!(!lettre.html.contains("<b>"), "{}", lettre.html);
            assert!(!lettre.sujet.contains('\n'));
            let tout = format!("{}\n\n{}\n{}", lettre.sujet, lettre.texte, lettre.html);
            insta::assert_snapshot!(genre.code(), tout.replace(['\u{a0}', '\u{202f}'], "~"));
        }
    }

    #[test]
    fn une_session_sans_reussite_est_close_sans_certificat() {
        let mut donnees = donnees(Genre::CertificatsGeneres, false);
        donnees["reussites"] = json!(0);
        let lettre = render(&config(), Genre::CertificatsGeneres, &donnees).expect("renders");
        assert!(lettre.texte.contains("aucun certificat"), "{}", lettre.texte);
        assert!(!lettre.texte.contains("/certificats"), "{}", lettre.texte);
    }

    #[test]
    fn des_donnees_effacees_ne_font_pas_de_lettre() {
        for genre in Genre::TOUS {
            assert!(render(&config(), genre, &json!({})).is_err());
        }
    }
}
