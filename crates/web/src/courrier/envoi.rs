//! The outbox leaves by SMTP: nobody waits for it, each mail keeps its Message-ID at each try, and
//! the tries that fail are further and further apart.

use std::time::{Duration, SystemTime};

use forprev_store::courrier::{self as outbox, Courrier};
use jiff::SignedDuration;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Message, SmtpTransport, Transport as _};

use super::lettre::{Genre, render};
use crate::app::{App, blocking};
use crate::config::Config;
use crate::error::Error;

/// Mails taken at once.
const LOT: u16 = 10;
/// They are this instance's for so long; then another one may take them.
const BAIL: SignedDuration = SignedDuration::from_mins(15);
/// How long the mail server may stay silent.
const PATIENCE: Duration = Duration::from_secs(10);
/// Minutes between a try that failed and the next one; the last value for all that follow.
const DELAIS: [i64; 6] = [1, 5, 30, 120, 360, 1440];

/// What a round of the outbox came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// Mails that the server took.
    pub partis: usize,
    /// Mails that will be tried again.
    pub remis: usize,
}

/// The way to the mail server of the settings; `None` without one.
///
/// # Errors
/// A French sentence that names the setting, without what is secret in it.
pub fn smtp(config: &Config) -> Result<Option<SmtpTransport>, String> {
    let Some(url) = &config.smtp_url else { return Ok(None) };
    let builder = SmtpTransport::from_url(url).map_err(|_| {
        "FORPREV_SMTP_URL ne se lit pas : il faut smtp://serveur:port ou smtps://serveur:port, \
         avec au besoin nom:mot-de-passe@ devant le serveur."
            .to_owned()
    })?;
    let hello = ClientId::Domain(hote(config).to_owned());
    Ok(Some(builder.timeout(Some(PATIENCE)).hello_name(hello).build()))
}

/// Sends what is due, batch after batch.
///
/// # Errors
/// The store's; a mail server that does not answer is no error, its mails wait.
pub async fn send(app: &App) -> Result<Report, Error> {
    let mut report = Report::default();
    let Some(transport) = smtp(&app.config).map_err(Error::internal)? else { return Ok(report) };
    loop {
        let moment = app.clock.moment();
        let lot = app.write(move |tx| Ok(outbox::prendre(tx, LOT, BAIL, moment)?)).await?;
        if lot.is_empty() {
            return Ok(report);
        }
        let mut plis = lot.into_iter();
        while let Some(pli) = plis.next() {
            let (essayant, transport) = (app.clone(), transport.clone());
            match blocking(move || envoyer(&essayant, &transport, &pli)).await? {
                Essai::Parti => report.partis += 1,
                Essai::Remis => report.remis += 1,
                Essai::SansServeur(cause) => {
                    // The others would wait for the same silence, one after the other.
                    let autres: Vec<Courrier> = plis.collect();
                    report.remis += 1 + autres.len();
                    let app = app.clone();
                    blocking(move || autres.iter().try_for_each(|pli| remettre(&app, pli, &cause))).await?;
                    return Ok(report);
                }
            }
        }
    }
}

/// What a try came to.
enum Essai {
    /// The server took it.
    Parti,
    /// The server, or the mail itself, says no.
    Remis,
    /// There is no server to say anything.
    SansServeur(String),
}

/// Tries one mail and writes what came of it.
fn envoyer(app: &App, transport: &SmtpTransport, pli: &Courrier) -> Result<Essai, Error> {
    let message = match composer(&app.config, pli) {
        Ok(message) => message,
        Err(cause) => return remettre(app, pli, &cause).map(|()| Essai::Remis),
    };
    match transport.send(&message) {
        Ok(_) => {
            let le = app.clock.moment().instant;
            app.db().write(|tx| outbox::envoye(tx, pli.id, le).map_err(Error::from))?;
            Ok(Essai::Parti)
        }
        Err(cause) => {
            let dite = une_ligne(&cause.to_string());
            remettre(app, pli, &dite)?;
            let reponse = cause.is_transient() || cause.is_permanent();
            Ok(if reponse { Essai::Remis } else { Essai::SansServeur(dite) })
        }
    }
}

/// Puts a mail off, with the reason.
fn remettre(app: &App, pli: &Courrier, cause: &str) -> Result<(), Error> {
    tracing::warn!(id = %pli.id, essais = pli.essais, "a mail will be tried again");
    let le = app.clock.moment().instant;
    let prochain = le.saturating_add(delai(pli.essais)).unwrap_or(le);
    app.db().write(|tx| outbox::echoue(tx, pli.id, cause, prochain).map_err(Error::from))
}

/// How long to wait after so many tries.
fn delai(essais: i64) -> SignedDuration {
    let rang = usize::try_from(essais.saturating_sub(1)).unwrap_or(0).min(DELAIS.len() - 1);
    SignedDuration::from_mins(DELAIS[rang])
}

fn composer(config: &Config, pli: &Courrier) -> Result<Message, String> {
    let genre = Genre::from_code(&pli.courrier.genre).ok_or("Genre de courrier inconnu.")?;
    let lettre = render(config, genre, &pli.courrier.donnees)
        .map_err(|_| "Les données de ce courrier ne se lisent pas.".to_owned())?;
    let adresse = |texte: &str| texte.parse().map_err(|_| "Cette adresse ne se lit pas.".to_owned());
    let expediteur = Mailbox::new(Some(config.service().to_owned()), adresse(&expediteur(config))?);
    let destinataire = Mailbox::new(None, adresse(pli.courrier.adresse.as_str())?);
    // Who answers mails by machine must not answer this one (RFC 3834).
    let automatique = HeaderName::new_from_ascii_str("Auto-Submitted");
    Message::builder()
        .from(expediteur)
        .to(destinataire)
        .subject(lettre.sujet)
        .date(SystemTime::from(pli.cree_le))
        .message_id(Some(format!("<{}@{}>", pli.id, hote(config))))
        .raw_header(HeaderValue::new(automatique, "auto-generated".to_owned()))
        .multipart(
            MultiPart::alternative()
                .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(lettre.texte))
                .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(lettre.html)),
        )
        .map_err(|cause| une_ligne(&cause.to_string()))
}

/// The address that mails come from: the one of the settings, or one that nobody reads.
fn expediteur(config: &Config) -> String {
    config.expediteur.clone().unwrap_or_else(|| format!("ne-pas-repondre@{}", hote(config)))
}

/// The name of the site in addresses; a site without a name of its own is « forprev.invalid ».
fn hote(config: &Config) -> &str {
    let sans_schema = config.public_url.split_once("://").map_or("", |(_, reste)| reste);
    let hote = sans_schema.rsplit_once(':').map_or(sans_schema, |(hote, _)| hote);
    let nomme = hote.contains('.') && hote.ends_with(|c: char| c.is_ascii_alphabetic());
    if nomme { hote } else { "forprev.invalid" }
}

/// What a server said, short and on one line.
fn une_ligne(texte: &str) -> String {
    texte.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Values;

    #[test]
    fn les_essais_s_espacent() {
        let minutes: Vec<i64> = (0..9).map(|essais| delai(essais).as_mins()).collect();
        assert_eq!(minutes, [1, 1, 5, 30, 120, 360, 1440, 1440, 1440]);
    }

    #[test]
    fn le_site_donne_son_nom_aux_adresses() {
        let check = |url: &str, attendu: &str| {
            let values = Values::from([("FORPREV_PUBLIC_URL".to_owned(), url.to_owned())]);
            let config = Config::check(&values).expect("settings");
            assert_eq!(hote(&config), attendu, "{url}");
            assert!(expediteur(&config).parse::<lettre::Address>().is_ok(), "{url}");
        };
        check("https://forprev.example", "forprev.example");
        check("https://forprev.example:8443", "forprev.example");
        check("http://127.0.0.1:8080", "forprev.invalid");
        check("http://[::1]:8080", "forprev.invalid");
        check("http://localhost", "forprev.invalid");
    }

    #[test]
    fn une_adresse_de_serveur_illisible_ne_trahit_pas_son_secret() {
        let mut config = Config::check(&Values::new()).expect("settings");
        assert!(smtp(&config).expect("none").is_none());
        config.smtp_url = Some("smtp://nom:secret@".to_owned());
        let phrase = smtp(&config).expect_err("refused");
        assert!(phrase.contains("FORPREV_SMTP_URL") && !phrase.contains("secret"), "{phrase}");
    }
}
