//! Signing a credential: a compact JWS (RFC 7515) with EdDSA (RFC 8037).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::emetteur::adresse_de_cle;
use crate::app::App;

/// The credential as a signed token; the same credential gives the same token as long as the key does not change.
pub(super) fn signer(app: &App, justificatif: &Value) -> String {
    let cle = &app.trousseau.enonces;
    let entete = json!({ "alg": "EdDSA", "kid": adresse_de_cle(&app.config, &cle.nom()), "typ": "JWT" });
    let parts = [entete.to_string(), justificatif.to_string()].map(|part| URL_SAFE_NO_PAD.encode(part));
    let signe = parts.join(".");
    let signature = URL_SAFE_NO_PAD.encode(cle.signer(signe.as_bytes()));
    format!("{signe}.{signature}")
}
