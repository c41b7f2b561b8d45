//! What a form with a file brought: its file, its fields.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::envoi::Envoi;
use super::examen::Examen;
use super::{Demandee, essayer};
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::feuilles::lecture::Illisible;
use crate::personnes::montrer;

/// Files read at once: each may take some dozens of megabytes while it is.
const LECTURES: usize = 2;
static LECTURE: Semaphore = Semaphore::const_new(LECTURES);

/// A form with a file, as received.
#[derive(Debug, Clone, Default)]
pub struct Recu {
    /// The field `fichier`: its name and its bytes.
    pub fichier: Option<(String, Bytes)>,
    /// The other fields, as text.
    pub champs: BTreeMap<String, String>,
}

impl FromRequest<App> for Recu {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let mut parts = Multipart::from_request(request, app).await.map_err(|_| Error::UnsupportedMedia)?;
        let mut recu = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|faute| dire(&faute))? {
            let nom = part.name().unwrap_or_default().to_owned();
            let fichier = part.file_name().unwrap_or_default().to_owned();
            let octets = part.bytes().await.map_err(|faute| dire(&faute))?;
            if nom == "fichier" {
                if recu.fichier.replace((fichier, octets)).is_some() {
                    return Err(Error::Malformed("Envoyez un seul fichier à la fois.".to_owned()));
                }
            } else {
                recu.champs.insert(nom, String::from_utf8_lossy(&octets).replace('\0', "\u{fffd}"));
            }
        }
        Ok(recu)
    }
}

fn dire(faute: &MultipartError) -> Error {
    match faute.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
        _ => Error::Malformed("Le formulaire envoyé est incomplet. Recommencez.".to_owned()),
    }
}

/// Reads a file away from the threads that answer, few at a time; one that stops its reader is damaged.
///
/// # Errors
///
/// A file that cannot be read as a list.
pub async fn ouvrir(nom: String, octets: Bytes) -> Result<Envoi, Error> {
    let _permis = LECTURE.acquire().await.map_err(Error::internal)?;
    let lu = spawn_blocking(move || Envoi::du_fichier(&nom, &octets)).await;
    lu.unwrap_or(Err(Illisible::Abime)).map_err(Error::Illisible)
}

/// Tries a list; the known persons that it proposes are counted and written in the journal (R17).
///
/// # Errors
///
/// As [`essayer`]; *too many* once a compte was shown too many identities.
pub async fn essayer_et_montrer(demande: &Demande, demandee: Demandee) -> Result<Examen, Error> {
    let pour = demande.clone();
    let examen = demande.app.read(move |tx| essayer(tx, &pour, &demandee)).await?;
    let propositions = examen.propositions();
    if !propositions.is_empty() {
        let pour = demande.clone();
        let refus = demande.app.write(move |tx| Ok(montrer(tx, &pour, &propositions).err())).await?;
        refus.map_or(Ok(()), Err)?;
    }
    Ok(examen)
}
