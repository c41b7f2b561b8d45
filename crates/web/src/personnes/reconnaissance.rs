//! R17. « En cas de doublon, les utilisateurs identifiés vous seront proposés. »
//!
//! The one place where a typed identity becomes a person: one already known, or a new one.

use forprev_domain::identite::{Email, Identite};
use forprev_domain::numero::Numero;
use forprev_domain::personne::Personne;
use forprev_domain::refus::Manquement;
use forprev_domain::regles::doublons::{self, Proposition, Verdict, verdict};
use forprev_store::{StoreError, Tx, essais, personnes};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::demande::Demande;
use crate::error::Error;
use crate::journal;
use crate::messages::{self, Noms};

/// A complete identity as entered, with what was decided about known persons.
#[derive(Debug, Clone)]
pub struct Saisie<'a> {
    /// Who he is said to be.
    pub identite: &'a Identite,
    /// The e-mail typed with it.
    pub email: Option<&'a Email>,
    /// « C'est cette personne ».
    pub numero: Option<&'a str>,
    /// « C'est quelqu'un d'autre ».
    pub autre_personne: bool,
}

/// Who an entry turned out to be.
#[derive(Debug, Clone)]
pub enum Reconnue {
    /// A person already known, with the register's identity.
    Connue(Personne),
    /// Nobody known, or somebody else than those proposed.
    Nouvelle,
}

/// Says whose identity this is, without writing.
///
/// # Errors
///
/// `identite_differente` when the numéro is not his; `doublon_a_trancher` with proposals when known
/// persons may be the same and nothing was decided.
pub fn reconnaitre(tx: &mut Tx<'_>, saisie: &Saisie<'_>) -> Result<Reconnue, Error> {
    if let Some(numero) = saisie.numero {
        return par_numero(tx, numero, saisie.identite).map(Reconnue::Connue);
    }
    if saisie.autre_personne {
        return Ok(Reconnue::Nouvelle);
    }
    match propositions(tx, saisie.identite)? {
        liste if liste.is_empty() => Ok(Reconnue::Nouvelle),
        liste => Err(Error::Doublons(liste)),
    }
}

/// Makes a person of a complete identity, or finds the one it is, and gives back the register's.
///
/// # Errors
///
/// As [`reconnaitre`].
pub fn inscrire(tx: &mut Tx<'_>, demande: &Demande, saisie: &Saisie<'_>) -> Result<Personne, Error> {
    personnes::un_a_la_fois(tx, saisie.identite)?;
    let personne = match reconnaitre(tx, saisie)? {
        Reconnue::Connue(personne) => {
            if let (None, Some(email)) = (&personne.email, saisie.email) {
                personnes::donner_email(tx, &personne.numero, email)?;
            }
            personne
        }
        Reconnue::Nouvelle => {
            let personne = personnes::creer(tx, saisie.identite, saisie.email, demande.moment.instant)?;
            if saisie.autre_personne {
                journal::noter(tx, demande, "personne.autre", &format!("personne:{}", personne.numero))?;
            }
            personne
        }
    };
    Ok(personne)
}

/// The persons known who may be this one, surest first.
///
/// # Errors
///
/// The store's.
pub fn propositions(tx: &mut Tx<'_>, identite: &Identite) -> Result<Vec<Proposition>, StoreError> {
    Ok(doublons::propositions(identite, &personnes::candidats(tx, identite)?))
}

/// Identities that one compte may be shown in a day, all entry points together.
pub const IDENTITES_PAR_JOUR: i64 = 5_000;

/// Counts identities of strangers shown to the people of a compte, and writes each in the journal.
///
/// # Errors
///
/// *Too many* beyond [`IDENTITES_PAR_JOUR`]: they are not to be shown.
pub fn montrer<'p>(
    tx: &mut Tx<'_>,
    demande: &Demande,
    propositions: impl IntoIterator<Item = &'p Proposition>,
) -> Result<(), Error> {
    let montrees: Vec<&Numero> = propositions.into_iter().map(|montree| &montree.numero).collect();
    let nombre = i64::try_from(montrees.len()).unwrap_or(i64::MAX);
    if nombre == 0 {
        return Ok(());
    }
    journal::noter_personnes(tx, demande, "personne.proposee", montrees)?;
    let comptes = demande.requester.declare_pour();
    let cles: Vec<String> = match comptes.as_slice() {
        [] => vec![format!("propositions:{}", demande.requester.numero)],
        comptes => comptes.iter().map(|compte| format!("propositions:{compte}")).collect(),
    };
    for cle in cles {
        let jour = SignedDuration::from_hours(24);
        let essais = essais::compter(tx, &cle, nombre, jour, demande.moment.instant)?;
        if essais.nombre > IDENTITES_PAR_JOUR {
            let reste = (essais.depuis + jour).duration_since(demande.moment.instant).as_secs();
            return Err(Error::TooMany { retry_after: u64::try_from(reste).unwrap_or(1).max(1) });
        }
    }
    Ok(())
}

/// What came of an entry: when known persons are to be proposed, counts them first, in a transaction of
/// its own, since the refused one has undone its writes. Every entry point passes its outcome through here.
///
/// # Errors
///
/// The entry's own; *too many* in place of proposals beyond [`IDENTITES_PAR_JOUR`].
pub async fn avant_de_proposer<T>(demande: &Demande, issue: Result<T, Error>) -> Result<T, Error> {
    let liste: Vec<Proposition> = match &issue {
        Err(Error::Doublons(liste)) => liste.clone(),
        Err(Error::DoublonsDeListe(lignes, _)) => {
            lignes.iter().flat_map(|l| l.propositions.clone()).collect()
        }
        Err(Error::ListeRefusee(examen)) => examen.propositions(),
        Ok(_) | Err(_) => return issue,
    };
    let pour = demande.clone();
    match demande.app.write(move |tx| Ok(montrer(tx, &pour, &liste).err())).await? {
        Some(refus) => Err(refus),
        None => issue,
    }
}

/// A numéro never opens a person: it is taken only with an identity that is his.
fn par_numero(tx: &mut Tx<'_>, numero: &str, identite: &Identite) -> Result<Personne, Error> {
    let connue = match Numero::parse(numero) {
        Some(lu) => personnes::charger(tx, &lu)?,
        None => None,
    };
    connue
        .filter(|connue| verdict(identite, &connue.identite) != Verdict::Non)
        .ok_or_else(|| messages::refuse(&[Manquement::identite_differente(numero)], Noms::default()))
}

/// Proposals as programs read them.
#[must_use]
pub fn propositions_json(liste: &[Proposition]) -> Value {
    liste
        .iter()
        .map(|p| {
            json!({
                "numero": p.numero, "nom_naissance": p.nom_naissance, "nom_usage": p.nom_usage,
                "prenom": p.prenom, "annee_naissance": p.annee_naissance, "verdict": p.verdict,
            })
        })
        .collect()
}
