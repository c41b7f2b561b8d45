//! The files handed out: one PDF, all in one PDF, a ZIP. Rendered from the records, never stored.

use std::io::{Cursor, Write};

use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use forprev_domain::certificat::Imprime;
use forprev_domain::regles::doublons::forme_normale;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::app::blocking;
use crate::error::Error;

/// The file of one certificate.
///
/// # Errors
///
/// A fault of the program only.
pub async fn pdf(imprime: Imprime) -> Result<Response, Error> {
    let nom = format!("{}.pdf", nom_du_fichier(&imprime));
    let octets = blocking(move || Ok::<_, Error>(forprev_pdf::certificat(&imprime))).await?;
    Ok(fichier("application/pdf", &nom, octets))
}

/// All in one file, one page each, in the order of the list.
///
/// # Errors
///
/// *Not found* when there is none.
pub async fn tous_en_un(imprimes: Vec<Imprime>, nom: String) -> Result<Response, Error> {
    if imprimes.is_empty() {
        return Err(Error::NotFound);
    }
    let octets = blocking(move || Ok::<_, Error>(forprev_pdf::certificats(&imprimes))).await?;
    Ok(fichier("application/pdf", &format!("certificats-{nom}.pdf"), octets))
}

/// A ZIP of one file each, with readable names that do not clash.
///
/// # Errors
///
/// *Not found* when there is none; a fault of the program.
pub async fn archive(imprimes: Vec<Imprime>, nom: String) -> Result<Response, Error> {
    if imprimes.is_empty() {
        return Err(Error::NotFound);
    }
    let octets = blocking(move || zipper(&imprimes)).await?;
    Ok(fichier("application/zip", &format!("certificats-{nom}.zip"), octets))
}

fn zipper(imprimes: &[Imprime]) -> Result<Vec<u8>, Error> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (rang, imprime) in (1..).zip(imprimes) {
        let nom = format!("{rang:02}-{}.pdf", nom_du_fichier(imprime));
        zip.start_file(nom, options).map_err(Error::internal)?;
        zip.write_all(&forprev_pdf::certificat(imprime)).map_err(Error::internal)?;
    }
    Ok(zip.finish().map_err(Error::internal)?.into_inner())
}

/// « lefevre-anais-SST-A-26-7F3K9-QXMW2 »: letters that every system takes.
fn nom_du_fichier(imprime: &Imprime) -> String {
    let qui = forme_normale(&format!("{} {}", imprime.nom_naissance, imprime.prenom));
    let qui: String = qui.split_whitespace().collect::<Vec<_>>().join("-").chars().take(60).collect();
    format!("{qui}-{}", imprime.numero_certificat)
}

fn fichier(genre: &'static str, nom: &str, octets: Vec<u8>) -> Response {
    let mut reponse = octets.into_response();
    let entetes = reponse.headers_mut();
    entetes.insert(CONTENT_TYPE, HeaderValue::from_static(genre));
    entetes.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{nom}\"")) {
        entetes.insert(CONTENT_DISPOSITION, disposition);
    }
    reponse
}
