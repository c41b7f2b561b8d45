//! The catalogue: what is in force on a day; the administrateur adds values from a day on, without code.

pub mod api;
pub mod pages;

use forprev_domain::dispositif::Dispositif;
use forprev_store::{Tx, dispositifs};

use crate::demande::Demande;
use crate::error::Error;
use crate::journal;

/// Adds a dispositif, or its values from a day on.
///
/// # Errors
///
/// *Forbidden* for anybody but the administrateur.
pub fn fixer(tx: &mut Tx<'_>, demande: &Demande, dispositif: &Dispositif) -> Result<(), Error> {
    demande.exiger_administrateur()?;
    dispositifs::ajouter(tx, dispositif)?;
    let objet = format!("dispositif:{}:{}", dispositif.code, dispositif.a_partir_du);
    journal::noter(tx, demande, "dispositif.ajoute", &objet)?;
    Ok(())
}
