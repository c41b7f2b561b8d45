//! Comptes: the organisations, their habilitations, their users.

pub mod api;
pub mod habilitations;
pub mod pages;
pub mod utilisateurs;

use forprev_domain::compte::{Compte, CompteId, Genre};
use forprev_domain::droits::{RapportAuCompte, peut_administrer, rapport_au_compte};
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
    exiger_administrateur(demande)?;
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

/// Loads a compte that the requester has something to do with.
///
/// # Errors
///
/// *Not found* for a compte that does not exist or is nothing to him.
pub fn charger(tx: &mut Tx<'_>, demande: &Demande, id: CompteId) -> Result<(Compte, RapportAuCompte), Error> {
    let rapport = rapport_au_compte(&demande.requester, id);
    if rapport == RapportAuCompte::Ignore {
        return Err(Error::NotFound);
    }
    let compte = comptes::charger(tx, id)?.ok_or(Error::NotFound)?;
    Ok((compte, rapport))
}

/// Refuses anybody but the administrateur.
///
/// # Errors
///
/// *Forbidden*.
pub fn exiger_administrateur(demande: &Demande) -> Result<(), Error> {
    if peut_administrer(&demande.requester) { Ok(()) } else { Err(Error::Forbidden) }
}
