//! Comptes: the organisations, their habilitations, their users.

pub mod api;
pub mod habilitations;
pub mod pages;
pub mod utilisateurs;

use forprev_domain::compte::{Compte, CompteId, Genre};
use forprev_domain::droits::{ActeDuCompte, RefusDeCompte, peut_pour};
use forprev_store::{Tx, comptes};

use crate::demande::Demande;
use crate::error::Error;
use crate::{aleas, journal};

/// A compte to open, as entered.
#[derive(Debug, Clone)]
pub struct NouveauCompte {
    /// Its legal name.
    pub raison_sociale: String,
    /// Fourteen digits, checked.
    pub siret: String,
    /// What it is.
    pub genre: Genre,
}

/// Opens a compte.
///
/// # Errors
///
/// *Forbidden* for anybody but the administrateur.
pub fn ouvrir(tx: &mut Tx<'_>, demande: &Demande, nouveau: &NouveauCompte) -> Result<Compte, Error> {
    demande.exiger_administrateur()?;
    let compte = Compte {
        id: CompteId(aleas::uuid()),
        raison_sociale: nouveau.raison_sociale.clone(),
        siret: nouveau.siret.clone(),
        genre: nouveau.genre,
    };
    comptes::creer(tx, &compte, demande.moment.instant)?;
    journal::noter(tx, demande, "compte.ouvert", &format!("compte:{}", compte.id))?;
    Ok(compte)
}

/// Loads a compte for which the requester may do this.
///
/// # Errors
///
/// *Not found* for a compte that does not exist or is nothing to him, *forbidden* when he knows it and this is others'
/// to do.
pub fn charger_pour(
    tx: &mut Tx<'_>,
    demande: &Demande,
    acte: ActeDuCompte,
    id: CompteId,
) -> Result<Compte, Error> {
    peut_pour(&demande.requester, acte, id).map_err(|refus| match refus {
        RefusDeCompte::Inconnu => Error::NotFound,
        RefusDeCompte::PasVotreRole => Error::Forbidden,
    })?;
    comptes::charger(tx, id)?.ok_or(Error::NotFound)
}
