//! Mails: put in the outbox in the transaction of the change that they tell of, never sent from here.

mod envoi;
mod lettre;
mod pages;
mod rappels;

pub use self::envoi::{Report, send, smtp};
pub use self::lettre::{Genre, Lettre, render};
pub use self::pages::routes;
pub(crate) use self::rappels::{LigneDeRappel, SessionRappelee, rappeler};

use forprev_domain::evenement::{Evenement, Quoi};
use forprev_domain::numero::Numero;
use forprev_domain::personne::Personne;
use forprev_domain::session::Session;
use forprev_store::courrier::{NouveauCourrier, deposer};
use forprev_store::{Tx, acces, personnes};
use serde_json::{Value, json};

use crate::demande::Demande;
use crate::error::Error;
use crate::{security, sign_in};

/// Tells of a session's move who must know: the formateur, or the author; never who made it.
///
/// # Errors
///
/// The store's.
pub fn annoncer(
    tx: &mut Tx<'_>,
    demande: &Demande,
    session: &Session,
    evenement: &Evenement,
) -> Result<(), Error> {
    let destinataire = match evenement.quoi {
        Quoi::Soumise | Quoi::Reprise | Quoi::Renvoyee => session.saisie.formateur.as_ref(),
        Quoi::Retournee | Quoi::ResultatsTransmis | Quoi::CertificatsGeneres => Some(&session.auteur),
        Quoi::Creee | Quoi::Modifiee => None,
    };
    let Some(destinataire) = destinataire.filter(|qui| **qui != evenement.par) else { return Ok(()) };
    let genre = match evenement.quoi {
        Quoi::Creee | Quoi::Modifiee => return Ok(()),
        Quoi::Soumise => Genre::SessionSoumise,
        Quoi::Reprise => Genre::SessionReprise,
        Quoi::Retournee => Genre::SessionRetournee,
        Quoi::Renvoyee => Genre::SessionRenvoyee,
        Quoi::ResultatsTransmis => Genre::ResultatsTransmis,
        Quoi::CertificatsGeneres => Genre::CertificatsGeneres,
    };
    let auteur_du_geste = personnes::charger(tx, &evenement.par)?;
    let saisie = &session.saisie;
    let donnees = json!({
        "session": session.id, "numero": session.numero, "dispositif": saisie.dispositif, "niveau": saisie.niveau,
        "date_debut": saisie.date_debut, "date_fin": saisie.date_fin, "commune": saisie.lieu.commune,
        "par": auteur_du_geste.map(|p| p.identite.prenom_nom()), "commente": evenement.commentaire.is_some(),
        "disparait_le": session.disparait_le(), "stagiaires": session.stagiaires.len(),
        "reussites": session.reussites().count(),
    });
    deposer_pour(tx, demande, genre, destinataire, donnees, Some(session))
}

/// Opens an account to a person who has none yet and invites him to choose a password (R18).
///
/// It never fails for the e-mail: without one the account is open and the link is the administrateur's to give.
///
/// # Errors
///
/// The store's.
pub fn inviter(tx: &mut Tx<'_>, demande: &Demande, numero: &Numero) -> Result<(), Error> {
    acces::ouvrir(tx, numero, demande.moment.instant)?;
    if acces::charger(tx, numero)?.is_some_and(|acces| acces.active_le.is_some()) {
        return Ok(());
    }
    let lien = lien_d_activation(tx, demande, numero)?;
    let donnees = json!({ "lien": lien, "numero": numero });
    deposer_pour(tx, demande, Genre::Invitation, numero, donnees, None)
}

/// Makes a one-time link by which this person chooses his password; only its digest is stored.
///
/// # Errors
///
/// The store's.
pub fn lien_d_activation(tx: &mut Tx<'_>, demande: &Demande, numero: &Numero) -> Result<String, Error> {
    let secret = security::secret().map_err(Error::internal)?;
    let chemin = sign_in::write_link(tx, &secret, numero, demande.moment.instant)?;
    Ok(format!("{}{chemin}", demande.app.config.public_url))
}

fn deposer_pour(
    tx: &mut Tx<'_>,
    demande: &Demande,
    genre: Genre,
    destinataire: &Numero,
    donnees: Value,
    session: Option<&Session>,
) -> Result<(), Error> {
    let Some(Personne { email: Some(adresse), numero, .. }) = personnes::charger(tx, destinataire)? else {
        return Ok(());
    };
    let courrier = NouveauCourrier {
        genre: genre.code().to_owned(),
        destinataire: numero,
        adresse,
        donnees,
        session: session.map(|session| session.id),
    };
    deposer(tx, &courrier, demande.moment.instant)?;
    Ok(())
}
