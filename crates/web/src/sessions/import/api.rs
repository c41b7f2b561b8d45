//! `POST /sessions/{id}/import`: a list, tried with `?essai=true`, or imported.

use axum::extract::{DefaultBodyLimit, FromRequest, Path, Request};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use forprev_domain::session::SessionId;
use serde_json::Value;

use super::decision::decisions;
use super::recu::{Recu, essayer_et_montrer, ouvrir};
use super::{Demandee, bilan, importer};
use crate::api::corps::{Corps, Objet, cle_d_idempotence};
use crate::api::ecriture::{Fait, ecrire};
use crate::api::listes::Requete;
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;

/// The route of this folder. The edge has bounded the body already.
pub fn routes() -> Router<App> {
    Router::new().route("/sessions/{id}/import", post(recevoir)).layer(DefaultBodyLimit::disable())
}

async fn recevoir(demande: Demande, Path(id): Path<String>, request: Request) -> Result<Response, Error> {
    let id = SessionId::parse(&id).ok_or(Error::NotFound)?;
    let requete = Requete::lire(request.uri().query());
    let cle = cle_d_idempotence(request.headers())?;
    let route = format!("{} {}", request.method(), request.uri().path());
    let app = demande.app.clone();
    let recu = Recu::from_request(request, &app).await?;
    let Some((nom, octets)) = recu.fichier else {
        return Err(Error::Malformed("Envoyez la liste dans le champ « fichier » du formulaire.".to_owned()));
    };
    let texte = recu.champs.get("decisions").map_or("", String::as_str);
    let demandee = Demandee {
        session: id,
        version: version(&requete, recu.champs.get("version"))?,
        decisions: decisions(texte)?,
        envoi: ouvrir(nom, octets.clone()).await?,
    };
    if requete.vrai_ou_faux("essai")?.unwrap_or(false) {
        let examen = essayer_et_montrer(&demande, demandee).await?;
        return Ok(Json(bilan(&examen, 0)).into_response());
    }
    // Where the parts of a form are cut differs each time it is sent: the key goes with what is in them.
    let octets = [&octets[..], texte.as_bytes()].concat().into();
    let corps = Corps { objet: Objet::default(), octets, cle, route };
    ecrire(demande, corps, move |tx, demande, _| {
        let (session, examen) = importer(tx, demande, &demandee)?;
        Ok(Fait::ok(Value::Object(bilan(&examen, examen.lignes))).sur(session.id))
    })
    .await
}

fn version(requete: &Requete, champ: Option<&String>) -> Result<Option<i64>, Error> {
    let dite =
        requete.valeur("version").or_else(|| champ.map(|texte| texte.trim())).filter(|v| !v.is_empty());
    let lire =
        |texte: &str| texte.parse().map_err(|_| Error::Malformed("« version » est un nombre.".to_owned()));
    dite.map(lire).transpose()
}
