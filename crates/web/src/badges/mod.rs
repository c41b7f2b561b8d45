//! The portable copy of a formateur's certificate, for wallets: an Open Badges 3.0 credential (W3C Verifiable
//! Credentials 2.0) in a JWT signed with the Ed25519 key of the installation.
//!
//! What it refers to is public, at addresses that do not change: who issues (`emetteur`), the key, what was
//! achieved (`reussite`), and the list that says which copies stand no more (`statut`).

mod badge;
mod emetteur;
mod jeton;
mod reussite;
mod statut;

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use forprev_domain::certificat::Certificat;
use forprev_domain::numero::NumeroCertificat;
use forprev_store::statuts::{self, Statut};
use forprev_store::{Tx, certificats};
use serde_json::Value;

use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::moi::telechargeable;
use crate::sessions::telechargement::d_un_certificat;

/// What a signed credential is (VC-JOSE-COSE).
const GENRE: &str = "application/vc+jwt";
/// The context of Verifiable Credentials 2.0.
const CONTEXTE: &str = "https://www.w3.org/ns/credentials/v2";
/// The context of Open Badges 3.0.
const CONTEXTE_OB: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

/// What badges refer to: public.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/.well-known/forprev/emetteur.json", get(emetteur::montrer))
        .route("/.well-known/forprev/cles/{nom}", get(emetteur::cle))
        .route("/.well-known/forprev/reussites/{dispositif}/{niveau}", get(reussite::montrer))
        .route("/.well-known/forprev/statuts/{liste}", get(statut::montrer))
}

/// The badge of one's own certificate, as a file.
///
/// # Errors
///
/// As the certificate's own file (R7); *forbidden* for who is not its holder.
pub async fn fichier(demande: Demande, numero: &str) -> Result<Response, Error> {
    let numero = NumeroCertificat::parse(numero).ok_or(Error::NotFound)?;
    let app = demande.app.clone();
    let (certificat, statut) = app.write(move |tx| du_titulaire(tx, &demande, &numero)).await?;
    let Some(imprime) = &certificat.imprime else { return Err(Error::NotFound) };
    let jeton = jeton::signer(&app, &badge::composer(&app.config, &certificat, imprime, statut)?);
    let mut reponse = jeton.into_response();
    let entetes = reponse.headers_mut();
    entetes.insert(CONTENT_TYPE, HeaderValue::from_static(GENRE));
    entetes.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let nom = format!("attachment; filename=\"badge-{}.jwt\"", certificat.numero);
    entetes.insert(CONTENT_DISPOSITION, HeaderValue::from_str(&nom).map_err(Error::internal)?);
    Ok(reponse)
}

fn du_titulaire(
    tx: &mut Tx<'_>,
    demande: &Demande,
    numero: &NumeroCertificat,
) -> Result<(Certificat, Statut), Error> {
    // Whoever may not have the file learns here why.
    d_un_certificat(tx, demande, numero)?;
    let certificat = certificats::charger(tx, numero)?.ok_or(Error::NotFound)?;
    let sien = certificat.titulaire == demande.requester.numero;
    if !sien || !telechargeable(&certificat, demande.moment.aujourdhui) {
        return Err(Error::Forbidden);
    }
    let statut = statuts::attribuer(tx, numero)?;
    Ok((certificat, statut))
}

/// A public document, for every program, in any page; asked for again each time, since it says what holds now.
fn public(genre: &'static str, corps: String) -> Response {
    let entetes = [(CONTENT_TYPE, genre), (CACHE_CONTROL, "no-cache"), (ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
    (entetes, corps).into_response()
}

/// A public JSON document.
fn json_public(genre: &'static str, objet: &Value) -> Response {
    public(genre, format!("{objet:#}\n"))
}
