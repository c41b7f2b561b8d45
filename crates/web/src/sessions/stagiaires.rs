//! R16, R17. « Saisir les identités des stagiaires »: adding, changing, taking off.

use std::collections::BTreeMap;

use forprev_domain::droits::Acte;
use forprev_domain::evenement::Evenement;
use forprev_domain::identite::{IdentiteBrute, IdentiteSaisie};
use forprev_domain::numero::Numero;
use forprev_domain::refus::{Manquement, Refus};
use forprev_domain::regles::doublons::{Verdict, verdict};
use forprev_domain::regles::identite_requise::champs_manquants;
use forprev_domain::session::{Session, SessionId};
use forprev_domain::stagiaire::{Stagiaire, StagiaireId};
use forprev_store::{Tx, personnes};

use super::presence::presences;
use super::{charger_pour, garder, refusee};
use crate::aleas;
use crate::demande::Demande;
use crate::error::{Error, LigneATrancher};
use crate::messages::{self, Noms};
use crate::personnes::{Saisie, inscrire};

/// A trainee as he was entered, by form, file or API.
#[derive(Debug, Clone, Default)]
pub struct Entree {
    /// Who he is said to be; its `numero` is « c'est cette personne ».
    pub identite: IdentiteBrute,
    /// « C'est quelqu'un d'autre ».
    pub autre_personne: bool,
}

/// Adds a trainee; gives back the session and his line.
///
/// # Errors
///
/// *Not found*, *forbidden*, a conflict, a wrong value, the same person twice, a known person to decide on.
pub fn ajouter(
    tx: &mut Tx<'_>,
    demande: &Demande,
    id: SessionId,
    version: Option<i64>,
    entree: &Entree,
) -> Result<(Session, StagiaireId), Error> {
    let avant = charger_pour(tx, demande, Acte::Modifier, id, version)?;
    let version_lue = avant.version;
    let (session, evenement) = inscrire_une(tx, demande, avant, entree)?;
    garder(tx, demande, version_lue, &session, Some(&evenement))?;
    let ligne = session.stagiaires.last().map(|s| s.id).ok_or(Error::NotFound)?;
    Ok((session, ligne))
}

/// Changes a line; `changer` makes the new entry of the old line, in the same transaction.
///
/// # Errors
///
/// As [`ajouter`]; `identite_du_registre` when this identity is no longer the session's to change (R17).
pub fn modifier(
    tx: &mut Tx<'_>,
    demande: &Demande,
    id: SessionId,
    ligne: StagiaireId,
    version: Option<i64>,
    changer: impl FnOnce(&Stagiaire) -> Result<Entree, Error>,
) -> Result<Session, Error> {
    let avant = charger_pour(tx, demande, Acte::Modifier, id, version)?;
    let ancien = avant.stagiaire(ligne).cloned().ok_or(Error::NotFound)?;
    let version_lue = avant.version;
    let entree = changer(&ancien)?;
    let lue = lire(&avant, &entree, Some(ligne))?;
    let nouveau = decider(tx, demande, &avant, &entree, lue, Some(&ancien))?;
    if nouveau.numero == ancien.numero && nouveau.identite == ancien.identite {
        return Ok(avant);
    }
    let (session, evenement) = avant
        .clone()
        .modifier_stagiaire(nouveau, demande.geste(None))
        .map_err(|refus| refusee(refus, &avant))?;
    garder(tx, demande, version_lue, &session, Some(&evenement))?;
    Ok(session)
}

/// Takes a trainee off the list.
///
/// # Errors
///
/// *Not found*, *forbidden*, or a conflict.
pub fn retirer(
    tx: &mut Tx<'_>,
    demande: &Demande,
    id: SessionId,
    ligne: StagiaireId,
    version: Option<i64>,
) -> Result<Session, Error> {
    let avant = charger_pour(tx, demande, Acte::Modifier, id, version)?;
    let version_lue = avant.version;
    let (session, evenement) = avant
        .clone()
        .retirer_stagiaire(ligne, demande.geste(None))
        .map_err(|refus| refusee(refus, &avant))?;
    garder(tx, demande, version_lue, &session, Some(&evenement))?;
    Ok(session)
}

/// Adds several trainees to a session that is not saved yet, and gives it back: all, or the refusals of all.
///
/// # Errors
///
/// As [`ajouter`]; known persons come back together, each with its rank in the list, from 0.
pub fn inscrire_dans(
    tx: &mut Tx<'_>,
    demande: &Demande,
    session: Session,
    entrees: &[Entree],
) -> Result<Session, Error> {
    let version = session.version;
    let (session, _) = inscrire_tous(tx, demande, session, entrees)?;
    Ok(Session { version, ..session })
}

/// Adds several trainees in one move, to be saved with its event; none when there is nobody to add.
///
/// # Errors
///
/// As [`inscrire_dans`].
pub fn ajouter_tous(
    tx: &mut Tx<'_>,
    demande: &Demande,
    session: Session,
    entrees: &[Entree],
) -> Result<(Session, Option<Evenement>), Error> {
    let version = session.version + 1;
    let (session, evenement) = inscrire_tous(tx, demande, session, entrees)?;
    Ok((Session { version, ..session }, evenement))
}

fn inscrire_tous(
    tx: &mut Tx<'_>,
    demande: &Demande,
    mut session: Session,
    entrees: &[Entree],
) -> Result<(Session, Option<Evenement>), Error> {
    let mut dernier = None;
    let mut a_trancher = Vec::new();
    let mut refusees = Vec::new();
    // Numéros given to lines of this very list: nobody could choose them, all being undone together.
    let mut donnes: BTreeMap<Numero, usize> = BTreeMap::new();
    for (rang, entree) in entrees.iter().enumerate() {
        match nouvelle_ligne(tx, demande, &session, entree) {
            Ok(ligne) => {
                let nouveau = ligne.numero.clone().filter(|_| numero_tape(entree).is_none());
                donnes.extend(nouveau.map(|numero| (numero, rang)));
                let apres = session.ajouter_stagiaire(ligne, demande.geste(None));
                let evenement;
                (session, evenement) = apres.map_err(|refus| messages::refus(refus, Noms::default()))?;
                dernier = Some(evenement);
            }
            Err(Error::Doublons(mut propositions)) => {
                let lignes = propositions.iter().filter_map(|p| donnes.get(&p.numero).copied()).collect();
                propositions.retain(|p| !donnes.contains_key(&p.numero));
                a_trancher.push(LigneATrancher { rang, propositions, lignes });
            }
            Err(Error::Refused { points, manquements, code, detail }) => {
                refusees.push((rang, Error::Refused { points, manquements, code, detail }));
            }
            Err(autre) => return Err(autre),
        }
    }
    if !refusees.is_empty() {
        return Err(Error::reunir(refusees));
    }
    if !a_trancher.is_empty() {
        let proposees: Vec<_> = a_trancher.iter().flat_map(|ligne| ligne.propositions.clone()).collect();
        let presences = presences(tx, demande, &session, &proposees)?;
        return Err(Error::DoublonsDeListe(a_trancher, presences));
    }
    Ok((session, dernier))
}

fn inscrire_une(
    tx: &mut Tx<'_>,
    demande: &Demande,
    session: Session,
    entree: &Entree,
) -> Result<(Session, Evenement), Error> {
    let nouveau = nouvelle_ligne(tx, demande, &session, entree)?;
    let avant = session.clone();
    session.ajouter_stagiaire(nouveau, demande.geste(None)).map_err(|refus| refusee(refus, &avant))
}

/// The line that an entry makes in this session, in which nobody is twice.
fn nouvelle_ligne(
    tx: &mut Tx<'_>,
    demande: &Demande,
    session: &Session,
    entree: &Entree,
) -> Result<Stagiaire, Error> {
    let lue = lire(session, entree, None)?;
    let nouveau = decider(tx, demande, session, entree, lue, None)?;
    let deja =
        session.stagiaires.iter().find(|ligne| nouveau.numero.is_some() && ligne.numero == nouveau.numero);
    match deja {
        Some(deja) => Err(deja_inscrit(session, deja)),
        None => Ok(nouveau),
    }
}

fn numero_tape(entree: &Entree) -> Option<&str> {
    entree.identite.numero.as_deref().map(str::trim).filter(|numero| !numero.is_empty())
}

fn deja_inscrit(session: &Session, deja: &Stagiaire) -> Error {
    refusee(Refus::from(Manquement::StagiaireEnDouble { stagiaires: vec![deja.id] }), session)
}

fn lire(session: &Session, entree: &Entree, ligne: Option<StagiaireId>) -> Result<IdentiteSaisie, Error> {
    entree.identite.lire(session.saisie.date_fin).map_err(|fautes| {
        messages::refuse(&[Manquement::IdentiteInvalide { stagiaire: ligne, fautes }], Noms::de(session))
    })
}

/// The line that this entry makes: without numéro as long as the identity is incomplete, else of a person.
fn decider(
    tx: &mut Tx<'_>,
    demande: &Demande,
    session: &Session,
    entree: &Entree,
    lue: IdentiteSaisie,
    ancien: Option<&Stagiaire>,
) -> Result<Stagiaire, Error> {
    let id = ancien.map_or_else(|| StagiaireId(aleas::uuid()), |ancien| ancien.id);
    let resultat = ancien.and_then(|ancien| ancien.resultat);
    let numero_tape = numero_tape(entree);
    if let Some(tenu) = ancien.and_then(|ancien| ancien.numero.as_ref())
        && numero_tape.is_none_or(|tape| Numero::parse(tape).as_ref() == Some(tenu))
        && let Some(ancien) = ancien
    {
        let numero = corriger(tx, demande, session, ancien, tenu, &lue, entree)?;
        return Ok(Stagiaire { id, numero, identite: lue, resultat });
    }
    let complete = champs_manquants(&lue, session.niveau()).is_empty();
    let identite = lue.complete().filter(|_| complete || numero_tape.is_some());
    let Some(identite) = identite else {
        return match numero_tape {
            Some(numero) => {
                Err(messages::refuse(&[Manquement::identite_differente(numero)], Noms::de(session)))
            }
            None => Ok(Stagiaire { id, numero: None, identite: lue, resultat }),
        };
    };
    exiger_pas_deja_la(session, id, &identite)?;
    let saisie = Saisie {
        identite: &identite,
        email: lue.email.as_ref(),
        numero: numero_tape,
        autre_personne: entree.autre_personne,
    };
    let personne = inscrire(tx, demande, &saisie)?;
    let identite = IdentiteSaisie { email: lue.email.clone(), ..IdentiteSaisie::from(personne.identite) };
    Ok(Stagiaire { id, numero: Some(personne.numero), identite, resultat })
}

/// R17: inside one session a certain double is refused, whatever was decided.
pub(crate) fn exiger_pas_deja_la(
    session: &Session,
    id: StagiaireId,
    identite: &forprev_domain::identite::Identite,
) -> Result<(), Error> {
    let deja = session.stagiaires.iter().filter(|autre| autre.id != id).find(|autre| {
        // The day first: names are compared with care, and lists are long.
        let meme_jour = autre.identite.date_naissance == Some(identite.date_naissance);
        let connue = meme_jour.then(|| autre.identite.complete()).flatten();
        connue.is_some_and(|connue| verdict(identite, &connue) == Verdict::Certain)
    });
    deja.map_or(Ok(()), |deja| Err(deja_inscrit(session, deja)))
}

/// Changes the identity of a person who is in this session only (R17), and gives back his numéro: none any
/// more once something is missing. An e-mail stays on the line.
fn corriger(
    tx: &mut Tx<'_>,
    demande: &Demande,
    session: &Session,
    ancien: &Stagiaire,
    numero: &Numero,
    lue: &IdentiteSaisie,
    entree: &Entree,
) -> Result<Option<Numero>, Error> {
    let sans_email = |identite: &IdentiteSaisie| IdentiteSaisie { email: None, ..identite.clone() };
    if sans_email(&ancien.identite) != sans_email(lue) {
        if personnes::appartient_au_registre(tx, numero, session.id, demande.moment.aujourdhui)? {
            return Err(refusee(
                Refus::from(Manquement::IdentiteDuRegistre { numero: numero.clone() }),
                session,
            ));
        }
        let Some(identite) = lue.complete() else { return Ok(None) };
        exiger_pas_deja_la(session, ancien.id, &identite)?;
        if !entree.autre_personne {
            let autres = crate::personnes::propositions(tx, &identite)?;
            let autres: Vec<_> = autres.into_iter().filter(|p| p.numero != *numero).collect();
            if !autres.is_empty() {
                return Err(Error::Doublons(autres));
            }
        }
        personnes::modifier(tx, numero, &identite)?;
    }
    if let Some(email) = &lue.email {
        personnes::donner_email(tx, numero, email)?;
    }
    Ok(Some(numero.clone()))
}

/// R17: looks up the lines whose identity a change of niveau has completed. Nobody known: a numéro is given;
/// somebody known: the line stays without, is listed as incomplete, and asks when it is next changed.
///
/// # Errors
///
/// The store's.
pub fn completer(tx: &mut Tx<'_>, demande: &Demande, session: &mut Session) -> Result<(), Error> {
    let niveau = session.niveau();
    for rang in 0..session.stagiaires.len() {
        let ligne = &session.stagiaires[rang];
        let complete = ligne.numero.is_none() && champs_manquants(&ligne.identite, niveau).is_empty();
        let Some(identite) = ligne.identite.complete().filter(|_| complete) else { continue };
        if exiger_pas_deja_la(session, ligne.id, &identite).is_err() {
            continue;
        }
        let email = ligne.identite.email.clone();
        let saisie =
            Saisie { identite: &identite, email: email.as_ref(), numero: None, autre_personne: false };
        match inscrire(tx, demande, &saisie) {
            Ok(personne) => session.stagiaires[rang].numero = Some(personne.numero),
            Err(Error::Doublons(_)) => {}
            Err(autre) => return Err(autre),
        }
    }
    Ok(())
}
