//! Reminders: who is told of what each day, in one mail; and the page on which each person chooses.

mod choix;
mod gens;
mod recenser;

use std::ops::Range;

use forprev_domain::numero::Numero;
use forprev_store::{Tx, rappels};

pub use self::choix::routes;
use self::recenser::{ADire, a_dire, recenser};
use crate::app::App;
use crate::clock::{Moment, en_heure_de_paris};
use crate::courrier;
use crate::error::Error;

/// Hours in Paris within which reminders are written: nobody is woken.
const HEURES: Range<i8> = 7..20;

/// Writes the reminders that are due today into the outbox and returns how many mails they make. Run again, or on
/// another instance, it writes nothing more; a run that was killed is taken up by the next one.
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
            a_dire(tx, recenses)
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
    let encore = a_dire(tx, lignes.to_vec())?;
    let joignables = rappels::joignables(tx, &[numero])?;
    let (Some(lignes), Some(adresse)) = (encore.get(numero), joignables.get(numero)) else {
        return Ok(false);
    };
    let dites: Vec<_> = lignes.iter().map(|a_dire| &a_dire.ligne).collect();
    let Some(courrier) = courrier::rappeler(tx, numero, adresse, &dites, moment)? else {
        return Ok(false);
    };
    for a_dire in lignes {
        rappels::noter(tx, &a_dire.dit, a_dire.session, courrier)?;
    }
    Ok(true)
}
