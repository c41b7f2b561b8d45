//! `GET /verification/{numero}`: public.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use serde_json::{Value, json};

use super::{Reponse, Verdict, verifier};
use crate::app::App;
use crate::clock::Moment;
use crate::error::Error;
use crate::server::Client;

/// The routes of verification.
pub fn routes() -> Router<App> {
    Router::new().route("/verification/{numero}", get(verification))
}

/// The address that a verification comes from, as far as it is known.
pub(super) fn origine(client: Option<Extension<Client>>) -> String {
    client.map_or_else(String::new, |Extension(Client(adresse))| adresse.to_string())
}

async fn verification(
    State(app): State<App>,
    moment: Moment,
    client: Option<Extension<Client>>,
    Path(numero): Path<String>,
) -> Result<Response, Error> {
    let detail = match verifier(&app, moment, &origine(client), &numero).await? {
        Verdict::Connu(reponse) => return Ok(Json(objet(&reponse)).into_response()),
        Verdict::MalCopie => {
            "Ce numéro est mal recopié : son dernier caractère, qui contrôle les autres, ne leur correspond pas."
        }
        Verdict::Inconnu => {
            "Aucun certificat ne porte ce numéro. Relisez-le ; s’il est bien recopié, ne vous fiez pas à ce document."
        }
    };
    let inconnu = json!({
        "type": "about:blank", "title": "Certificat inconnu", "status": 404, "code": "inconnu", "etat": "inconnu",
        "manquements": [], "detail": detail,
    });
    let genre = [(CONTENT_TYPE, "application/problem+json")];
    Ok((StatusCode::NOT_FOUND, genre, inconnu.to_string()).into_response())
}

/// What the register says of a certificate, as programs read it.
#[must_use]
pub fn objet(reponse: &Reponse) -> Value {
    let (certificat, titulaire) = (&reponse.certificat, reponse.titulaire.as_ref());
    json!({
        "etat": reponse.valeur, "specimen": certificat.specimen, "numero": certificat.numero,
        "titulaire": titulaire.map(|t| &t.nom), "nom_usage": titulaire.and_then(|t| t.nom_usage.as_ref()),
        "dispositif": certificat.dispositif, "niveau": certificat.niveau, "delivre_le": certificat.delivre_le,
        "valable_jusqu_au": certificat.fin, "compte": reponse.compte, "remplace_par": certificat.remplace_par,
    })
}
