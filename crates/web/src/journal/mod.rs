//! The journal: who did what to what, ids only, no names; each line sealed to the one before.

pub mod page;

use forprev_domain::evenement::Evenement;
use forprev_domain::numero::Numero;
use forprev_domain::session::Session;
use forprev_store::journal::{Entree, inscrire, inscrire_toutes};
use forprev_store::{StoreError, Tx};

use crate::demande::Demande;

/// Writes one line in the transaction of the act: `objet` is an identifier, never a name.
///
/// # Errors
///
/// The store's.
pub fn noter(tx: &mut Tx<'_>, demande: &Demande, acte: &str, objet: &str) -> Result<(), StoreError> {
    inscrire(tx, &entree(demande, acte, objet))
}

/// Writes one line for each of these objects.
///
/// # Errors
///
/// The store's.
pub fn noter_tous(
    tx: &mut Tx<'_>,
    demande: &Demande,
    acte: &str,
    objets: impl IntoIterator<Item = String>,
) -> Result<(), StoreError> {
    let entrees: Vec<Entree> = objets.into_iter().map(|objet| entree(demande, acte, &objet)).collect();
    inscrire_toutes(tx, &entrees)
}

/// Writes one line for each of these persons.
///
/// # Errors
///
/// The store's.
pub fn noter_personnes<'n>(
    tx: &mut Tx<'_>,
    demande: &Demande,
    acte: &str,
    numeros: impl IntoIterator<Item = &'n Numero>,
) -> Result<(), StoreError> {
    noter_tous(tx, demande, acte, numeros.into_iter().map(|numero| format!("personne:{numero}")))
}

/// Writes one line with what the object became: another identifier, a state.
///
/// # Errors
///
/// The store's.
pub fn noter_suite(
    tx: &mut Tx<'_>,
    demande: &Demande,
    acte: &str,
    objet: &str,
    apres: &str,
) -> Result<(), StoreError> {
    inscrire(tx, &Entree { apres: Some(apres.to_owned()), ..entree(demande, acte, objet) })
}

/// Writes the line of a session's move, with the state that it leads to.
///
/// # Errors
///
/// The store's.
pub fn noter_passage(
    tx: &mut Tx<'_>,
    demande: &Demande,
    session: &Session,
    evenement: &Evenement,
) -> Result<(), StoreError> {
    let acte = format!("session.{}", evenement.quoi.code());
    let apres = Some(session.etat.nom().code().to_owned());
    inscrire(tx, &Entree { apres, ..entree(demande, &acte, &format!("session:{}", session.id)) })
}

fn entree(demande: &Demande, acte: &str, objet: &str) -> Entree {
    demande.app.entree(demande.moment, Some(&demande.requester.numero), acte, objet)
}
