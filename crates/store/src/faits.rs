//! What the register knows and a session is judged with, read in the transaction that judges.

use forprev_domain::compte::CompteId;
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
