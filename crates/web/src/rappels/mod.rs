//! Reminders: who is told of what each day, in one mail; and the page on which each person chooses.

mod choix;
mod gens;
mod recenser;

use std::ops::Range;

use forprev_domain::calendrier::debut_du_jour;
use forprev_domain::numero::Numero;
use forprev_store::{StoreError, Tx, courrier as outbox, rappels};
use uuid::Uuid;

pub use self::choix::routes;
use self::recenser::{ADire, a_dire, recenser};
use crate::app::App;
use crate::clock::{Moment, en_heure_de_paris};
use crate::courrier::{self, Genre};
use crate::error::Error;

/// Hours in Paris within which reminders are written: nobody is woken.
const HEURES: Range<i8> = 7..20;

/// Writes the reminders that are due today into the outbox and returns how many mails they make. Run again, or on
/// another instance, it writes nothing more; a run that was killed is taken up by the next one. A mail of an earlier day
/// that still waits to be sent is written anew, without what has passed, and withdrawn when nothing is left.
///
/// # Errors
///
/// The store's; what was written before stays.
pub async fn envoyer(app: &App) -> Result<usize, Error> {
    let moment = app.clock.moment();
    if !HEURES.contains(&en_heure_de_paris(moment.instant).hour()) {
        return Ok(0);
    }
    let dus = app
        .read(move |tx| {
            tx.patiently()?;
            let recenses = recenser(tx, moment.aujourdhui)?;
            let mut dus = a_dire(tx, recenses, moment)?;
            for (numero, _) in en_retard(tx, moment)? {
                dus.entry(numero).or_default();
            }
            Ok(dus)
        })
        .await?;
    let mut courriers = 0;
    for (numero, lignes) in dus {
        courriers += usize::from(app.write(move |tx| ecrire(tx, &numero, &lignes, moment)).await?);
    }
    Ok(courriers)
}

/// Writes the mail of one person with the memory of it, unless he was told meanwhile; true when it did.
fn ecrire(tx: &mut Tx<'_>, numero: &Numero, lignes: &[ADire], moment: Moment) -> Result<bool, Error> {
    let mut attendent = en_retard(tx, moment)?;
    attendent.retain(|(a, _)| a == numero);
    let encore = a_dire(tx, lignes.to_vec(), moment)?;
    let joignables = rappels::joignables(tx, &[numero])?;
    let (lignes, adresse) = (encore.get(numero), joignables.get(numero));
    // One is written anew; what else waits, as after a merge, says nothing more than it.
    let attend = lignes.and_then(|_| attendent.pop()).map(|(_, courrier)| courrier);
    for (_, courrier) in attendent {
        if outbox::retirer(tx, courrier)? {
            rappels::oublier(tx, courrier)?;
        }
    }
    let (Some(lignes), Some(adresse)) = (lignes, adresse) else { return Ok(false) };
    let dites: Vec<_> = lignes.iter().map(|a_dire| &a_dire.ligne).collect();
    let Some(courrier) = courrier::rappeler(tx, (numero, adresse), &dites, attend, moment)? else {
        return Ok(false);
    };
    rappels::oublier(tx, courrier)?;
    for a_dire in lignes {
        rappels::noter(tx, &a_dire.dit, a_dire.session, courrier)?;
    }
    Ok(true)
}

/// The reminders of earlier days that still wait to be sent: seldom more than one for a person, since it is written anew each day.
fn en_retard(tx: &mut Tx<'_>, moment: Moment) -> Result<Vec<(Numero, Uuid)>, StoreError> {
    outbox::en_retard(tx, Genre::Rappels.code(), debut_du_jour(moment.aujourdhui))
}
