//! Pocket cards: all of a session on A4 sheets, or one. Same record, same rights as the certificates.

use axum::extract::Path;
use axum::response::Response;
use forprev_domain::numero::NumeroCertificat;

use super::api::imprimes;
use super::{fichiers, telecharger};
use crate::app::blocking;
use crate::demande::Demande;
use crate::error::Error;
use crate::sceau::sceller_ensemble;
use crate::sessions::telechargement::d_un_certificat;
use crate::sign_in::SignedVisit;

/// `GET /sessions/{id}/cartes.pdf`
///
/// # Errors
/// As the download page; not found when there is no certificate.
pub(super) async fn de_la_session(visit: SignedVisit, Path(id): Path<String>) -> Result<Response, Error> {
    let (session, certificats) = telecharger::generes(&visit, &id).await?;
    let imprimes = imprimes(certificats);
    if imprimes.is_empty() {
        return Err(Error::NotFound);
    }
    let app = visit.app.clone();
    let octets = blocking(move || sceller_ensemble(&app, forprev_pdf::cartes_a_sceller(&imprimes))).await?;
    Ok(fichiers::fichier("application/pdf", &format!("cartes-{}.pdf", session.numero), octets))
}

/// `GET /cartes/{numero}.pdf`
///
/// # Errors
/// As the certificate's own file.
pub(super) async fn une_carte(visit: SignedVisit, Path(fichier): Path<String>) -> Result<Response, Error> {
    let numero = fichier.strip_suffix(".pdf").and_then(NumeroCertificat::parse).ok_or(Error::NotFound)?;
    let nom = format!("carte-{numero}.pdf");
    let demande = Demande::from(&visit);
    let imprime = visit.app.read(move |tx| d_un_certificat(tx, &demande, &numero)).await?;
    let app = visit.app.clone();
    let octets = blocking(move || sceller_ensemble(&app, forprev_pdf::carte_a_sceller(&imprime))).await?;
    Ok(fichiers::fichier("application/pdf", &nom, octets))
}
