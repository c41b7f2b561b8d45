//! A form sent twice acts once: the second sending, at the same time or later, is led where the first one led.
//!
//! Each page mints a key for its forms. The key is taken in the transaction of the act, as the interface does with
//! `Idempotency-Key`; a form that was changed before it was sent again is another one.

use forprev_domain::session::SessionId;
use forprev_store::Tx;
use forprev_store::idempotence::{self, Connue};

use crate::demande::Demande;
use crate::error::Error;
use crate::saisie::{Saisie, encode};
use crate::security;
use crate::sign_in::SignedVisit;

/// Name of the hidden field that carries the one-time key of a form.
pub const CHAMP_CLE: &str = "cle";

/// Status kept with an address: « see other ».
const AILLEURS: u16 = 303;

/// What an act leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effet {
    /// The page that follows.
    pub adresse: String,
    /// The session that the address tells of: what is kept of the form goes with it (R6).
    pub session: Option<SessionId>,
}

impl Effet {
    /// Leads to a page that tells of no session.
    #[must_use]
    pub fn vers(adresse: impl Into<String>) -> Self {
        Self { adresse: adresse.into(), session: None }
    }

    /// Leads to a page of this session: `/sessions/{id}` and what follows.
    #[must_use]
    pub fn de_la_session(id: SessionId, page: &str) -> Self {
        Self { adresse: format!("/sessions/{id}{page}"), session: Some(id) }
    }
}

impl SignedVisit {
    /// Runs the act of a form in one writing transaction, once for each form, and returns the address that follows.
    ///
    /// # Errors
    ///
    /// What the act refuses: nothing is kept then, and the form may be sent again.
    pub async fn une_fois(
        &self,
        saisie: &Saisie,
        acte: impl Fn(&mut Tx<'_>, &Demande) -> Result<Effet, Error> + Send + 'static,
    ) -> Result<String, Error> {
        let demande = Demande::from(self);
        let route = format!("POST {}", self.chemin);
        let empreinte = empreinte(saisie);
        self.app
            .write(move |tx| {
                let Some(cle) = &empreinte else { return Ok(acte(tx, &demande)?.adresse) };
                let numero = &demande.requester.numero;
                let envoi = idempotence::Demande { numero, route: &route, cle, corps: cle };
                match idempotence::prendre(tx, envoi, demande.moment)? {
                    Connue::Nouvelle => {
                        let effet = acte(tx, &demande)?;
                        idempotence::garder(tx, envoi, AILLEURS, &effet.adresse, effet.session)?;
                        Ok(effet.adresse)
                    }
                    Connue::Repondue { reponse, .. } => Ok(reponse),
                    Connue::AutreCorps => Err(Error::CleReutilisee),
                }
            })
            .await
    }
}

/// What tells one sending from another: the key of the page and all that was typed; `None` without a key.
fn empreinte(saisie: &Saisie) -> Option<String> {
    saisie.option(CHAMP_CLE)?;
    let paires = saisie.paires().map(|(nom, valeur)| format!("{}={}", encode(nom), encode(valeur)));
    Some(security::digest(paires.collect::<Vec<_>>().join("&").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_formulaire_change_en_est_un_autre() {
        let de = |cle: &'static str, nom: &'static str, csrf: &'static str| {
            empreinte(&Saisie::avec([("csrf", csrf), (CHAMP_CLE, cle), ("nom", nom)]))
        };
        let premier = de("k1", "Aubry", "a");
        assert!(premier.is_some());
        for (cle, nom, csrf, le_meme) in [
            ("k1", "Aubry", "a", true),
            ("k1", "Aubry", "b", true),
            ("k1", "Moreau", "a", false),
            ("k2", "Aubry", "a", false),
            ("", "Aubry", "a", false),
        ] {
            assert_eq!(de(cle, nom, csrf) == premier, le_meme, "{cle} {nom} {csrf}");
        }
        assert_eq!(de("", "Aubry", "a"), None);
    }
}
