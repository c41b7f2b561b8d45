//! `forprev jeton creer`: a token of the programming interface, shown once.

use forprev_domain::numero::Numero;
use forprev_store::{jetons, journal, personnes};
use jiff::{SignedDuration, Timestamp};

use super::administrateur::entree;
use super::{Phrase, open, phrase};
use crate::clock::Clock;
use crate::config::Config;
use crate::error::Error;
use crate::security;

/// For whom, what for and for how long.
#[derive(Debug, clap::Args)]
pub struct Pour {
    /// Numéro Forprev de la personne, par exemple JKA37899
    numero: String,
    /// Ce à quoi le jeton sert
    #[arg(long)]
    libelle: String,
    /// Durée de validité, en jours
    #[arg(long, default_value_t = 90, allow_negative_numbers = true)]
    jours: i64,
}

/// Prints the token, alone on its line; only its digest is kept. Any number of days will do, and the
/// account need not be activated.
///
/// # Errors
/// A sentence when nobody has the numéro, or one that names the setting.
pub fn run(config: &Config, pour: &Pour) -> Result<(), Phrase> {
    let moment = Clock::Machine.moment();
    let inconnu = || format!("Personne ne porte le numéro « {} ».", pour.numero);
    let numero = Numero::parse(&pour.numero).ok_or_else(inconnu)?;
    let secret = security::secret().map_err(|cause| phrase(&Error::internal(cause)))?;
    let jeton = format!("forprev_{secret}");
    let duree = SignedDuration::from_secs(pour.jours.saturating_mul(24 * 60 * 60));
    let expire_le = moment.instant.saturating_add(duree).unwrap_or(Timestamp::MAX);
    let created = open(config)?
        .write(|tx| {
            let Some(personne) = personnes::charger(tx, &numero)? else {
                return Ok(false);
            };
            let numero = &personne.numero;
            jetons::creer(tx, &security::digest(&jeton), numero, &pour.libelle, moment.instant, expire_le)?;
            journal::inscrire(tx, &entree(moment, "jeton.cree", numero, "interface"))?;
            Ok(true)
        })
        .map_err(|error: Error| phrase(&error))?;
    if !created {
        return Err(inconnu());
    }
    println!("{jeton}");
    Ok(())
}
