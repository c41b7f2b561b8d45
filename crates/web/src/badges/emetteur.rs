//! Who issues: his profile with the keys that he signs with, and each key alone.

use axum::extract::{Path, State};
use axum::response::Response;
use forprev_store::cles;
use serde_json::{Value, json};

use super::{CONTEXTE, CONTEXTE_OB, json_public};
use crate::app::App;
use crate::config::Config;
use crate::error::Error;
use crate::sceau::Publiques;

/// Where the issuer is described: his identifier.
pub(super) fn adresse(config: &Config) -> String {
    format!("{}/.well-known/forprev/emetteur.json", config.public_url)
}

/// Where the key with this name is published, alone, as a JWK.
pub(super) fn adresse_de_cle(config: &Config, nom: &str) -> String {
    format!("{}/.well-known/forprev/cles/{nom}", config.public_url)
}

/// What credentials say of their issuer.
pub(super) fn profil(config: &Config) -> Value {
    json!({
        "id": adresse(config), "type": ["Profile"], "name": config.emetteur().nom, "url": config.public_url,
    })
}

/// `GET /.well-known/forprev/emetteur.json`
pub(super) async fn montrer(State(app): State<App>) -> Result<Response, Error> {
    let connues = app.read(|tx| Ok(cles::toutes(tx)?)).await?;
    let publiques = Publiques::de(&connues);
    let id = adresse(&app.config);
    let noms = publiques.noms();
    let methodes = noms.iter().filter_map(|nom| {
        let adresse = adresse_de_cle(&app.config, nom);
        let cle = publiques.cle(nom)?;
        Some(json!({ "id": adresse, "type": "JsonWebKey", "controller": id, "publicKeyJwk": cle }))
    });
    let mut document = profil(&app.config);
    document["@context"] = json!([CONTEXTE, CONTEXTE_OB]);
    document["verificationMethod"] = methodes.collect();
    document["assertionMethod"] = noms.iter().map(|nom| adresse_de_cle(&app.config, nom)).collect();
    Ok(json_public("application/ld+json", &document))
}

/// `GET /.well-known/forprev/cles/{nom}`
pub(super) async fn cle(State(app): State<App>, Path(nom): Path<String>) -> Result<Response, Error> {
    let connues = app.read(|tx| Ok(cles::toutes(tx)?)).await?;
    let cle = Publiques::de(&connues).cle(&nom).ok_or(Error::NotFound)?;
    Ok(json_public("application/jwk+json", &cle))
}
