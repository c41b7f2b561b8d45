//! R1, R3, R14. « Saisir les informations de session »: declaring, changing, deleting.

use forprev_domain::compte::CompteId;
use forprev_domain::droits::Acte;
use forprev_domain::refus::{Manquement, Refus};
use forprev_domain::session::{ChampDeSession, NouvelleSession, Saisie, Session, SessionId};
use forprev_store::{Tx, faits, personnes, sessions};

use super::stagiaires::{Entree, completer, inscrire_dans};
use super::{charger_pour, garder, refusee};
use crate::demande::Demande;
use crate::error::Error;
use crate::messages::{self, Noms};
use crate::{aleas, journal};

/// The compte for which this person declares: the one asked for, or his only one.
///
/// # Errors
///
/// *Forbidden* when he declares for none, *not found* for a compte that is not his, `informations_incompletes`
/// when he has several and named none.
pub fn compte_declarant(demande: &Demande, voulu: Option<CompteId>) -> Result<CompteId, Error> {
    let siens = demande.requester.declare_pour();
    match (voulu, siens.as_slice()) {
        (_, []) => Err(Error::Forbidden),
        (Some(voulu), _) if siens.contains(&voulu) => Ok(voulu),
        (Some(_), _) => Err(Error::NotFound),
        (None, [seul]) => Ok(*seul),
        (None, _) => Err(messages::refuse(
            &[Manquement::InformationsIncompletes { champs: vec![ChampDeSession::Compte] }],
            Noms::default(),
        )),
    }
}

/// Declares a session, with its first trainees if any: all or nothing.
///
/// # Errors
///
/// *Forbidden*, R1 and R3 at once, and for the trainees as [`super::stagiaires`] says.
pub fn declarer(
    tx: &mut Tx<'_>,
    demande: &Demande,
    compte: CompteId,
    saisie: Saisie,
    stagiaires: &[Entree],
) -> Result<Session, Error> {
    let saisie = formateur_actuel(tx, saisie)?;
    let faits = faits::pour(tx, compte, &saisie, &[])?;
    let numero = sessions::nouveau_numero(tx, demande.moment.aujourdhui.year())?;
    let nouvelle = NouvelleSession { id: SessionId(aleas::uuid()), numero, compte, saisie };
    let (session, evenement) = Session::creer(nouvelle, &faits, demande.geste(None))
        .map_err(|refus| messages::refus(refus, Noms::default()))?;
    let session = inscrire_dans(tx, demande, session, stagiaires)?;
    sessions::creer(tx, &session, std::slice::from_ref(&evenement), demande.moment.instant)?;
    journal::noter_passage(tx, demande, &session, &evenement)?;
    Ok(session)
}

/// Changes what was entered; `changer` makes the new entry of the old one, in the same transaction.
///
/// # Errors
///
/// *Not found*, *forbidden*, a conflict, R1 and R3 at once, or what `changer` refuses.
pub fn modifier(
    tx: &mut Tx<'_>,
    demande: &Demande,
    id: SessionId,
    version: Option<i64>,
    changer: impl FnOnce(&Saisie) -> Result<Saisie, Error>,
) -> Result<Session, Error> {
    let avant = charger_pour(tx, demande, Acte::Modifier, id, version)?;
    let saisie = formateur_actuel(tx, changer(&avant.saisie)?)?;
    if saisie == avant.saisie {
        return Ok(avant);
    }
    let version_lue = avant.version;
    let numeros: Vec<_> = avant.stagiaires.iter().filter_map(|s| s.numero.as_ref()).collect();
    let faits = faits::pour(tx, avant.compte, &saisie, &numeros)?;
    let (mut session, evenement) = avant
        .clone()
        .modifier(saisie, &faits, demande.geste(None))
        .map_err(|refus: Refus| refusee(refus, &avant))?;
    if session.niveau() != avant.niveau() {
        completer(tx, demande, &mut session)?;
    }
    garder(tx, demande, version_lue, &session, Some(&evenement))?;
    Ok(session)
}

/// The entry with the formateur's numéro in force: one that was merged leads to another.
fn formateur_actuel(tx: &mut Tx<'_>, saisie: Saisie) -> Result<Saisie, Error> {
    let formateur =
        saisie.formateur.as_ref().map(|numero| personnes::numero_actuel(tx, numero)).transpose()?;
    Ok(Saisie { formateur, ..saisie })
}

/// Deletes a draft or a returned session, with all that is in it.
///
/// # Errors
///
/// *Not found*, *forbidden*, or a conflict.
pub fn supprimer(
    tx: &mut Tx<'_>,
    demande: &Demande,
    id: SessionId,
    version: Option<i64>,
) -> Result<Session, Error> {
    let avant = charger_pour(tx, demande, Acte::Supprimer, id, version)?;
    let session = avant.clone().supprimer().map_err(|refus| refusee(refus, &avant))?;
    sessions::supprimer(tx, id, avant.version)?;
    journal::noter(tx, demande, "session.supprimee", &format!("session:{id}"))?;
    Ok(session)
}
