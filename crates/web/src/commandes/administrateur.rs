//! `forprev administrateur creer`: the first administrateur, from where nobody is signed in yet.

use forprev_domain::identite::{ChampIdentite, FauteIdentite, IdentiteBrute};
use forprev_domain::numero::Numero;
use forprev_domain::regles::doublons::{Proposition, Verdict};
use forprev_domain::utilisateur::Profil;
use forprev_store::{acces, journal, personnes, utilisateurs};

use super::{Phrase, open, phrase};
use crate::clock::{Clock, Moment};
use crate::config::Config;
use crate::error::Error;
use crate::messages::faute;
use crate::personnes::propositions;
use crate::security;
use crate::sign_in::write_link;

/// Who becomes administrateur, as typed.
#[derive(Debug, clap::Args)]
pub struct Qui {
    /// Adresse électronique
    #[arg(long)]
    email: String,
    /// Nom de naissance
    #[arg(long)]
    nom: String,
    /// Prénom
    #[arg(long)]
    prenom: String,
    /// Date de naissance, par exemple 1980-02-28
    #[arg(long, value_name = "DATE")]
    date_naissance: String,
}

/// Opens the account and prints the numéro and a link that serves once. A person already known
/// with this very identity keeps his numéro.
///
/// # Errors
/// All that is wrong with the identity, or a sentence that names the setting.
pub fn run(config: &Config, qui: Qui) -> Result<(), Phrase> {
    let moment = Clock::Machine.moment();
    let brute = IdentiteBrute {
        nom_naissance: Some(qui.nom),
        prenom: Some(qui.prenom),
        date_naissance: Some(qui.date_naissance),
        email: Some(qui.email),
        ..IdentiteBrute::default()
    };
    let saisie = brute.lire(moment.aujourdhui).map_err(|fautes| {
        let lignes: Vec<String> = fautes.iter().map(|(champ, f)| faute(*champ, f)).collect();
        lignes.join("\n")
    })?;
    let identite = saisie.complete().ok_or_else(|| {
        [ChampIdentite::NomNaissance, ChampIdentite::Prenom, ChampIdentite::DateNaissance]
            .map(manque)
            .join("\n")
    })?;
    let email = saisie.email.clone().ok_or_else(|| manque(ChampIdentite::Email))?;
    let secret = security::secret().map_err(|cause| phrase(&Error::internal(cause)))?;
    let db = open(config)?;
    let (numero, chemin, connues) = db
        .write(|tx| {
            let connues = propositions(tx, &identite)?;
            let numero = match connues.iter().find(|connue| connue.verdict == Verdict::Certain) {
                Some(connue) => connue.numero.clone(),
                None => personnes::creer(tx, &identite, Some(&email), moment.instant)?.numero,
            };
            personnes::donner_email(tx, &numero, &email)?;
            utilisateurs::donner_profil(tx, &numero, Profil::Administrateur, moment.instant)?;
            acces::ouvrir(tx, &numero, moment.instant)?;
            let chemin = write_link(tx, &secret, &numero, moment.instant)?;
            journal::inscrire(tx, &entree(moment, "profil.donne", &numero, "administrateur"))?;
            Ok((numero, chemin, connues))
        })
        .map_err(|error: Error| phrase(&error))?;
    for connue in &connues {
        eprintln!("{}", deja_connue(connue));
    }
    println!("Numéro Forprev : {numero}");
    println!("Lien d’activation, valable une fois pendant 7 jours : {}{chemin}", config.public_url);
    Ok(())
}

/// What is said of a person known before who is, or may be, the same.
fn deja_connue(connue: &Proposition) -> Phrase {
    let Proposition { numero, prenom, nom_naissance, annee_naissance, .. } = connue;
    match connue.verdict {
        Verdict::Certain => {
            format!("Cette personne était déjà connue : elle garde son numéro, {numero}.")
        }
        Verdict::Possible | Verdict::Non => format!(
            "Une personne connue lui ressemble : {prenom} {nom_naissance}, naissance en {annee_naissance}, {numero}."
        ),
    }
}

/// The entry of the journal of an act done by the command line.
pub(super) fn entree(moment: Moment, acte: &str, numero: &Numero, apres: &str) -> journal::Entree {
    journal::Entree {
        le: moment.instant,
        par: None,
        instance: "commande".to_owned(),
        acte: acte.to_owned(),
        objet: format!("personne:{numero}"),
        avant: None,
        apres: Some(apres.to_owned()),
    }
}

fn manque(champ: ChampIdentite) -> Phrase {
    faute(champ, &FauteIdentite::Vide)
}
