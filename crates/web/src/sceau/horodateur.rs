//! Asks an authority to stamp seals with the time (RFC 3161). It may be down, slow or wrong: no seal waits for it
//! long, nor fails for it.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use forprev_pdf::PLACE;
use forprev_pdf::sceau::{Algorithme, Cms, Defaut, Horodatage, demande};
use p256::ecdsa::Signature;
use ureq::Agent;

use super::cle_du_sceau::unique;
use super::controle::authentique;
use crate::aleas;

/// The most that an authority may take for an answer.
const DELAI: Duration = Duration::from_secs(5);
/// How long one that failed is left alone: what is sealed meanwhile would wait for nothing.
const PAUSE: Duration = Duration::from_secs(60);
/// The most that an answer may take, in bytes.
const REPONSE: u64 = 64 * 1024;

/// Why a seal got no time-stamp.
#[derive(Debug, thiserror::Error)]
pub enum Panne {
    /// The authority failed less than a minute ago and is left alone.
    #[error("left alone after a failure")]
    Pause,
    /// It cannot be reached, takes too long, or answers with an error of HTTP.
    #[error("no answer: {0}")]
    SansReponse(#[from] ureq::Error),
    /// Its answer is no time-stamp of this signature.
    #[error("no time-stamp: {0}")]
    Reponse(#[from] Defaut),
    /// Its own signature does not hold.
    #[error("a time-stamp whose signature does not hold")]
    Signature,
    /// The seal with it is longer than its place in the file.
    #[error("a time-stamp too long for its place")]
    TropLong,
}

/// An authority, at its address.
#[derive(Debug)]
pub struct Horodateur {
    adresse: String,
    agent: Agent,
    en_panne_depuis: Mutex<Option<Instant>>,
}

impl Horodateur {
    /// The authority at this address (`http://…`, `https://…`).
    #[must_use]
    pub fn new(adresse: &str) -> Self {
        Self::with_timeout(adresse, DELAI)
    }

    /// As [`Horodateur::new`], with another time for an answer.
    #[must_use]
    pub fn with_timeout(adresse: &str, delai: Duration) -> Self {
        let agent = Agent::config_builder().timeout_global(Some(delai)).max_redirects(0).build().into();
        Self { adresse: adresse.to_owned(), agent, en_panne_depuis: Mutex::new(None) }
    }

    /// The same seal (DER) with a time-stamp, checked. Blocks.
    ///
    /// # Errors
    /// [`Panne`]: the seal stays as it is.
    pub fn horodater(&self, cms: &[u8]) -> Result<Vec<u8>, Panne> {
        if self.panne().is_some_and(|depuis| depuis.elapsed() < PAUSE) {
            return Err(Panne::Pause);
        }
        let fait = self.demander(cms);
        *self.en_panne_depuis.lock().unwrap_or_else(PoisonError::into_inner) =
            fait.is_err().then(Instant::now);
        fait
    }

    fn panne(&self) -> Option<Instant> {
        *self.en_panne_depuis.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn demander(&self, cms: &[u8]) -> Result<Vec<u8>, Panne> {
        let cms = Cms::lire(cms)?;
        let alea = aleas::tirage();
        let demande = demande(&cms.signature, alea)?;
        let requete = self.agent.post(&self.adresse).content_type("application/timestamp-query");
        let reponse = requete.send(&demande[..])?.body_mut().with_config().limit(REPONSE).read_to_vec()?;
        let mut horodatage = Horodatage::de_reponse(&reponse, &cms.signature, alea)?;
        if horodatage.chaine.algorithme() == Algorithme::P256 {
            let signature = Signature::from_der(&horodatage.signature).map_err(|_| Panne::Signature)?;
            horodatage.signature = unique(signature);
        }
        if !authentique(&horodatage) {
            return Err(Panne::Signature);
        }
        let horodate = Cms { horodatage: Some(horodatage), ..cms }.encoder()?;
        if horodate.len() <= PLACE { Ok(horodate) } else { Err(Panne::TropLong) }
    }
}
