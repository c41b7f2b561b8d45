//! `forprev cles`: the keys that seal files and sign what codes say.

use forprev_store::StoreError;
use forprev_store::cles::{self, Emploi};

use super::{Phrase, open, sentence};
use crate::clock::Clock;
use crate::config::Config;
use crate::sceau;
use crate::typographie::date;
use forprev_domain::calendrier::jour_de_paris;

/// Which key.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum Laquelle {
    /// Celle qui scelle les fichiers
    Sceau,
    /// Celle qui signe l’énoncé des codes
    Enonces,
}

/// Prints every key that this installation ever used, one a line, the latest first.
///
/// # Errors
/// A sentence that names the setting.
pub fn lister(config: &Config) -> Result<(), Phrase> {
    let connues = open(config)?.read(cles::toutes).map_err(|cause: StoreError| sentence(&cause))?;
    for cle in connues {
        let depuis = date(jour_de_paris(cle.depuis));
        let etat = cle.retiree_le.map_or_else(
            || format!("en service depuis le {depuis}"),
            |fin| format!("en service du {depuis} au {}", date(jour_de_paris(fin))),
        );
        println!("{:<8} {} {etat}", cle.emploi.code(), cle.empreinte);
    }
    Ok(())
}

/// Changes a key; the old one stays published.
///
/// # Errors
/// A sentence that names the file or the setting.
pub fn renouveler(config: &Config, laquelle: Laquelle) -> Result<(), Phrase> {
    let emploi = match laquelle {
        Laquelle::Sceau => Emploi::Sceau,
        Laquelle::Enonces => Emploi::Enonces,
    };
    let fichier = sceau::renouveler(config, &open(config)?, emploi, Clock::Machine.moment())?;
    println!(
        "La clé en service est maintenant celle de {}. Donnez-la à chaque instance, puis redémarrez-les. L’ancienne \
         reste publiée : ce qu’elle a signé se vérifie toujours.",
        fichier.display()
    );
    Ok(())
}
