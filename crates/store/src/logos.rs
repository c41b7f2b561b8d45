//! The pictures printed on certificates: each once, under its digest, for as long as there is a register.

use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use forprev_domain::certificat::Certificat;
use forprev_domain::theme::Logo;

use crate::{StoreError, Tx, params};

/// Keeps a picture; nothing when it is there already.
///
/// # Errors
/// [`StoreError`].
pub fn garder(tx: &mut Tx<'_>, logo: &Logo) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO logos (empreinte, pixels) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        params![&logo.empreinte, BASE64_STANDARD.encode(&logo.pixels)],
    )?;
    Ok(())
}

/// Gives the certificates that a file is made from the pixels of their pictures.
///
/// # Errors
/// [`StoreError`]; [`StoreError::Illisible`] for a picture that is not there or damaged.
pub(crate) fn completer(tx: &mut Tx<'_>, certificats: &mut [Certificat]) -> Result<(), StoreError> {
    let mut lus: Vec<(String, Arc<[u8]>)> = Vec::new();
    for logo in certificats.iter_mut().filter_map(|c| c.imprime.as_mut()?.logo.as_mut()) {
        if !lus.iter().any(|(empreinte, _)| *empreinte == logo.empreinte) {
            lus.push((logo.empreinte.clone(), charger(tx, &logo.empreinte)?));
        }
        if let Some((_, pixels)) = lus.iter().find(|(empreinte, _)| *empreinte == logo.empreinte) {
            logo.pixels = pixels.clone();
        }
    }
    Ok(())
}

fn charger(tx: &mut Tx<'_>, empreinte: &str) -> Result<Arc<[u8]>, StoreError> {
    let illisible = || StoreError::illisible("logos", "pixels");
    let row = tx.query_opt("SELECT pixels FROM logos WHERE empreinte = $1", params![empreinte])?;
    let pixels: String = row.ok_or_else(illisible)?.get("pixels")?;
    BASE64_STANDARD.decode(pixels).map(Into::into).map_err(|_| illisible())
}
