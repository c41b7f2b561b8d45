//! What the register knows and a session is judged with, read in the transaction that judges.

use std::collections::{BTreeSet, HashMap};

use forprev_domain::compte::CompteId;
use forprev_domain::formateur::Qualification;
use forprev_domain::numero::Numero;
use forprev_domain::session::{Faits, Saisie, Session};

use crate::{StoreError, Tx, certificats, dispositifs, habilitations};

/// Returns the facts for a session as it stands.
///
/// # Errors
/// [`StoreError`].
pub fn de_la_session(tx: &mut Tx<'_>, session: &Session) -> Result<Faits, StoreError> {
    let stagiaires: Vec<&Numero> =
        session.stagiaires.iter().filter_map(|stagiaire| stagiaire.numero.as_ref()).collect();
    pour(tx, session.compte, &session.saisie, &stagiaires)
}

/// Returns the facts for what is being entered: a new session, or new values of one.
///
/// # Errors
/// [`StoreError`].
pub fn pour(
    tx: &mut Tx<'_>,
    compte: CompteId,
    saisie: &Saisie,
    stagiaires: &[&Numero],
) -> Result<Faits, StoreError> {
    let formateur = saisie.formateur.as_ref();
    let qualifications = match formateur {
        Some(formateur) => certificats::qualifications(tx, formateur)?,
        None => Vec::new(),
    };
    Ok(Faits {
        habilitations: habilitations::pour(tx, compte, &saisie.dispositif, saisie.niveau)?,
        qualifications,
        dispositif: dispositifs::charger(tx, &saisie.dispositif, saisie.date_fin)?,
        acquis: certificats::acquis(tx, stagiaires)?,
    })
}

/// Returns the facts for each of these sessions, in their order; what they share is read once.
///
/// # Errors
/// [`StoreError`].
pub fn de_toutes(tx: &mut Tx<'_>, sessions: &[&Session]) -> Result<Vec<Faits>, StoreError> {
    let numeros: BTreeSet<&Numero> =
        sessions.iter().flat_map(|s| &s.stagiaires).filter_map(|ligne| ligne.numero.as_ref()).collect();
    let numeros: Vec<&Numero> = numeros.into_iter().collect();
    let mut acquis: HashMap<Numero, Vec<Qualification>> = HashMap::new();
    for (numero, tenu) in certificats::acquis(tx, &numeros)? {
        acquis.entry(numero).or_default().push(tenu);
    }
    let mut communs = HashMap::new();
    let mut tous = Vec::with_capacity(sessions.len());
    for session in sessions {
        let saisie = &session.saisie;
        let cle = (session.compte, &saisie.dispositif, saisie.niveau, saisie.date_fin, &saisie.formateur);
        let mut faits = match communs.get(&cle) {
            Some(faits) => Faits::clone(faits),
            None => {
                let faits = pour(tx, session.compte, saisie, &[])?;
                communs.insert(cle, faits.clone());
                faits
            }
        };
        let lignes = session.stagiaires.iter().filter_map(|ligne| ligne.numero.as_ref());
        faits.acquis = lignes
            .filter_map(|numero| acquis.get_key_value(numero))
            .flat_map(|(numero, tenus)| tenus.iter().map(|tenu| (numero.clone(), tenu.clone())))
            .collect();
        tous.push(faits);
    }
    Ok(tous)
}
