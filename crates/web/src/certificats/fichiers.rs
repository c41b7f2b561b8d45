//! The files handed out: one PDF, all in one PDF, a ZIP. Rendered from the records and sealed, never stored.

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::Response;
use forprev_domain::certificat::Imprime;
use forprev_domain::regles::doublons::forme_normale;

use crate::app::{App, blocking};
use crate::error::Error;
use crate::saisie::encode;
use crate::sceau::{sceller, sceller_ensemble};

/// What some system takes in no name of a file.
const INTERDITS: &str = "/\\:*?\"<>|";
/// Bytes of the person's name in a file's name: with the rank and the number, every system takes the whole.
const LONGUEUR: usize = 160;

/// The file of one certificate.
///
/// # Errors
///
/// Unavailable when the database does not answer.
pub async fn pdf(app: &App, imprime: Imprime) -> Result<Response, Error> {
    let (simple, lisible) = (nom_simple(&imprime), nom_lisible(&imprime));
    let app = app.clone();
    let octets = blocking(move || sceller(&app, &[imprime])).await?.concat();
    let mut reponse = fichier("application/pdf", &format!("{simple}.pdf"), octets);
    // RFC 6266: both names, the readable one for all who can read it.
    let disposition =
        format!("attachment; filename=\"{simple}.pdf\"; filename*=UTF-8''{}.pdf", encode(&lisible));
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        reponse.headers_mut().insert(CONTENT_DISPOSITION, disposition);
    }
    Ok(reponse)
}

/// All in one file, one page each, in the order of the list.
///
/// # Errors
///
/// *Not found* when there is none.
pub async fn tous_en_un(app: &App, imprimes: Vec<Imprime>, nom: String) -> Result<Response, Error> {
    if imprimes.is_empty() {
        return Err(Error::NotFound);
    }
    let app = app.clone();
    let octets = blocking(move || sceller_ensemble(&app, forprev_pdf::tous_a_sceller(&imprimes))).await?;
    Ok(fichier("application/pdf", &format!("certificats-{nom}.pdf"), octets))
}

/// A ZIP of one file each, with readable names that do not clash, made while it is sent.
///
/// # Errors
///
/// *Not found* when there is none.
pub fn archive(app: &App, imprimes: Vec<Imprime>, nom: &str) -> Result<Response, Error> {
    if imprimes.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(fichier("application/zip", &format!("certificats-{nom}.zip"), super::archive::archive(app, imprimes)))
}

/// « LEFÈVRE Anaïs SST-A-26-7F3K9-QXMW2 »: as printed, every letter kept, so that people find whom they look
/// for; the number makes it the only one.
pub(super) fn nom_lisible(imprime: &Imprime) -> String {
    let qui = format!("{} {}", imprime.nom_naissance.to_uppercase(), imprime.prenom);
    let qui = qui.chars().map(|c| if c.is_control() || INTERDITS.contains(c) { '_' } else { c });
    let mut nom = String::new();
    for c in qui {
        if nom.len() + c.len_utf8() > LONGUEUR {
            break;
        }
        nom.push(c);
    }
    format!("{} {}", nom.trim(), imprime.numero_certificat)
}

/// « lefevre-anais-SST-A-26-7F3K9-QXMW2 »: for programs that know no other letters.
fn nom_simple(imprime: &Imprime) -> String {
    let qui = forme_normale(&format!("{} {}", imprime.nom_naissance, imprime.prenom));
    let qui = qui.split_whitespace().collect::<Vec<_>>().join("-");
    let qui: String = qui.chars().map(|c| if c.is_ascii() { c } else { '_' }).take(60).collect();
    format!("{qui}-{}", imprime.numero_certificat)
}

/// A file to be kept under this name, which is of ASCII letters.
pub(super) fn fichier(genre: &'static str, nom: &str, corps: impl Into<Body>) -> Response {
    let mut reponse = Response::new(corps.into());
    let entetes = reponse.headers_mut();
    entetes.insert(CONTENT_TYPE, HeaderValue::from_static(genre));
    entetes.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{nom}\"")) {
        entetes.insert(CONTENT_DISPOSITION, disposition);
    }
    reponse
}
