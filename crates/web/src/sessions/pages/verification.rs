//! Session à vérifier: what the formateur checks, and where he records results.

use axum::response::Response;

use super::dossier::Dossier;
use crate::error::Error;
use crate::sign_in::SignedVisit;

pub(super) fn montrer(
    _visit: &SignedVisit,
    _dossier: &Dossier,
    _fait: Option<&'static str>,
) -> Result<Response, Error> {
    Err(Error::NotFound)
}
