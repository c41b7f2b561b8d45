//! `POST /doublons`: who may be this person; logged and throttled by compte.

use axum::Router;
use axum::response::Response;
use axum::routing::post;
use forprev_domain::refus::Manquement;
use forprev_store::{Tx, essais};
use jiff::SignedDuration;
use serde_json::json;

use super::{montrer, propositions, propositions_json};
use crate::api::corps::Corps;
use crate::api::ecriture::{Fait, ecrire};
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::messages::{self, Noms};

/// Look-ups that one compte may make in a minute.
pub const RECHERCHES_PAR_MINUTE: i64 = 120;

/// The routes of persons.
pub fn routes() -> Router<App> {
    Router::new().route("/doublons", post(doublons))
}

async fn doublons(demande: Demande, corps: Corps) -> Result<Response, Error> {
    let pour = demande.requester.declare_pour().first().copied().ok_or(Error::Forbidden)?;
    compter(&demande, &format!("doublons:{pour}")).await?;
    ecrire(demande, corps, |tx, demande, recu| {
        let lue = recu.identite()?.lire(demande.moment.aujourdhui).map_err(|fautes| {
            messages::refuse(&[Manquement::IdentiteInvalide { stagiaire: None, fautes }], Noms::default())
        })?;
        let trouvees = match lue.complete() {
            Some(identite) => propositions(tx, &identite)?,
            None => Vec::new(),
        };
        montrer(tx, demande, &trouvees)?;
        Ok(Fait::ok(json!({ "propositions": propositions_json(&trouvees) })))
    })
    .await
}

/// Counts a look-up in a transaction of its own: a refused one counts too.
async fn compter(demande: &Demande, cle: &str) -> Result<(), Error> {
    let (cle, instant) = (cle.to_owned(), demande.moment.instant);
    let minute = SignedDuration::from_mins(1);
    let compte =
        demande.app.write(move |tx: &mut Tx<'_>| Ok(essais::compter(tx, &cle, 1, minute, instant)?)).await?;
    if compte.nombre > RECHERCHES_PAR_MINUTE { Err(Error::TooMany { retry_after: 60 }) } else { Ok(()) }
}
