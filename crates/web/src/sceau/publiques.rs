//! The public keys, at an address that does not change: whoever has them checks files and codes alone.

use axum::Router;
use axum::extract::State;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use forprev_domain::certificat::IdDeCle;
use forprev_pdf::sceau::Chaine;
use forprev_store::cles::{self, ClePublique, Emploi};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{cle_des_enonces, pem};
use crate::app::App;
use crate::error::Error;

/// Where the public keys are published, on every installation.
pub const ADRESSE: &str = "/.well-known/forprev/cles.json";

/// Every public key that this installation ever used: a JWK set (RFC 7517), with the certificates of its seals
/// beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publiques {
    keys: Vec<Jwk>,
    certificats: Vec<Certificats>,
}

/// An Ed25519 key, as RFC 8037 writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Jwk {
    kty: String,
    crv: String,
    x: String,
    kid: String,
    #[serde(rename = "use")]
    emploi: String,
    alg: String,
    depuis: Timestamp,
    retiree_le: Option<Timestamp>,
}

/// The certificates of a seal, the signer's first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Certificats {
    empreinte: String,
    pem: String,
    depuis: Timestamp,
    retiree_le: Option<Timestamp>,
}

impl Publiques {
    /// What the database knows, to be published.
    #[must_use]
    pub fn de(cles: &[ClePublique]) -> Self {
        let mut publiques = Self::default();
        for cle in cles {
            let (depuis, retiree_le) = (cle.depuis, cle.retiree_le);
            match cle.emploi {
                Emploi::Sceau => publiques.certificats.push(Certificats {
                    empreinte: cle.empreinte.clone(),
                    pem: cle.publique.clone(),
                    depuis,
                    retiree_le,
                }),
                Emploi::Enonces => publiques.keys.push(Jwk {
                    kty: "OKP".to_owned(),
                    crv: "Ed25519".to_owned(),
                    x: cle.publique.clone(),
                    kid: cle.empreinte.chars().take(2 * size_of::<IdDeCle>()).collect(),
                    emploi: "sig".to_owned(),
                    alg: "EdDSA".to_owned(),
                    depuis,
                    retiree_le,
                }),
            }
        }
        publiques
    }

    /// True when they check seals only, as certificates in PEM do.
    #[must_use]
    pub fn sans_cle_des_enonces(&self) -> bool {
        self.keys.is_empty()
    }

    /// Reads what was published, or certificates in PEM; `None` when the text is neither.
    #[must_use]
    pub fn lire(texte: &str) -> Option<Self> {
        let certificats = pem::lire_certificats(texte.as_bytes());
        if texte.trim_start().starts_with("-----") && !certificats.is_empty() {
            let donne = |der| Certificats {
                empreinte: String::new(),
                pem: pem::certificats(&[der]),
                depuis: Timestamp::UNIX_EPOCH,
                retiree_le: None,
            };
            return Some(Self {
                certificats: certificats.into_iter().map(donne).collect(),
                keys: Vec::new(),
            });
        }
        serde_json::from_str(texte).ok()
    }

    /// The names of the Ed25519 keys, the latest first.
    #[must_use]
    pub fn noms(&self) -> Vec<String> {
        self.keys.iter().map(|cle| cle.kid.clone()).collect()
    }

    /// The Ed25519 key with this name, as a JWK (RFC 7517).
    #[must_use]
    pub fn cle(&self, nom: &str) -> Option<serde_json::Value> {
        let cle = self.keys.iter().find(|cle| cle.kid == nom)?;
        serde_json::to_value(cle).ok()
    }

    /// The document.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Whether a seal with these certificates is one of this installation.
    #[must_use]
    pub fn connait(&self, chaine: &Chaine) -> bool {
        let mut cherches = chaine.certificats().to_vec();
        cherches.sort_unstable();
        self.certificats.iter().any(|publies| {
            let mut publies = pem::lire_certificats(publies.pem.as_bytes());
            let premier = publies.first() == chaine.certificats().first();
            publies.sort_unstable();
            premier && publies == cherches
        })
    }

    /// The Ed25519 keys with this name.
    pub(super) fn cles_des_enonces(&self, id: IdDeCle) -> impl Iterator<Item = Vec<u8>> {
        let cles = self.keys.iter().filter_map(|cle| URL_SAFE_NO_PAD.decode(&cle.x).ok());
        cles.filter(move |cle| cle_des_enonces::id(cle) == id)
    }
}

/// The route of the public keys.
pub fn routes() -> Router<App> {
    Router::new().route(ADRESSE, get(montrer))
}

/// Read from the database each time: a key declared by another instance is published at once.
async fn montrer(State(app): State<App>) -> Result<Response, Error> {
    let cles = app.read(|tx| Ok(cles::toutes(tx)?)).await?;
    let entetes = [
        (CONTENT_TYPE, "application/json"),
        (CACHE_CONTROL, "public, max-age=300"),
        // Public keys are for every program, in any page.
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    Ok((entetes, Publiques::de(&cles).json()).into_response())
}
