//! R5, R7, R8. Who may download which file, until when.

use forprev_domain::certificat::{Certificat, EtatCertificat, Imprime};
use forprev_domain::droits::{Acte, SansFichier, est_connu_de, peut, peut_avoir_le_fichier};
use forprev_domain::numero::NumeroCertificat;
use forprev_domain::refus::Manquement;
use forprev_domain::session::{Session, SessionId};
use forprev_store::{Tx, certificats};

use super::{charger, refusee};
use crate::demande::Demande;
use crate::error::Error;
use crate::messages::{self, Noms};

/// The certificates of a session that the requester sees, in the order of its list.
///
/// # Errors
///
/// *Not found*, also from the day on which the session is gone (R6); *forbidden* for those who see it and
/// may not download (the formateur, the administrateur); a conflict before generation.
pub fn de_la_session(
    tx: &mut Tx<'_>,
    demande: &Demande,
    id: SessionId,
) -> Result<(Session, Vec<Certificat>), Error> {
    let session = charger(tx, demande, id)?;
    peut(&demande.requester, Acte::Telecharger, &session).map_err(|refus| refusee(refus, &session))?;
    let certificats = certificats::de_la_session(tx, id)?;
    Ok((session, certificats))
}

/// What is printed of one certificate, for somebody who may download it now.
///
/// # Errors
///
/// *Not found*; for those who may know the certificate, a refusal 404 that says why, with its code
/// (`telechargement_termine`, `duplicata_refuse`, `certificat_remplace`, `certificat_revoque`); *forbidden* for
/// those who only see it.
pub fn d_un_certificat(
    tx: &mut Tx<'_>,
    demande: &Demande,
    numero: &NumeroCertificat,
) -> Result<Imprime, Error> {
    let certificat = certificats::charger(tx, numero)?.ok_or(Error::NotFound)?;
    match peut_avoir_le_fichier(&demande.requester, &certificat, demande.moment.aujourdhui) {
        Ok(()) => certificat.imprime.ok_or(Error::NotFound),
        Err(SansFichier::JamaisEmis) => Err(Error::NotFound),
        Err(SansFichier::Etranger) => Err(connu_sans_plus(tx, demande, &certificat)),
        Err(SansFichier::NeVautPlus) => {
            let (code, detail) = ne_vaut_plus(&certificat).ok_or(Error::NotFound)?;
            Err(Error::TropTard { code, detail })
        }
        Err(SansFichier::TropTard(manquement)) => Err(trop_tard(manquement)),
        Err(SansFichier::PasVotreRole) => Err(Error::Forbidden),
    }
}

/// What is answered of a certificate to somebody who may not act on it: *forbidden* when he sees it as its holder,
/// its formateur or the administrateur, else *not found*.
pub(crate) fn connu_sans_plus(tx: &mut Tx<'_>, demande: &Demande, certificat: &Certificat) -> Error {
    if est_connu_de(&demande.requester, certificat) {
        return Error::Forbidden;
    }
    match certificat.session.map(|session| charger(tx, demande, session)) {
        Some(Ok(_)) => Error::Forbidden,
        Some(Err(error)) => error,
        None => Error::NotFound,
    }
}

/// Refuses to act on a certificate that was replaced or revoked.
///
/// # Errors
///
/// A conflict with the code of its state, which names the number that stands.
pub(crate) fn exiger_valide(certificat: &Certificat) -> Result<(), Error> {
    ne_vaut_plus(certificat).map_or(Ok(()), |(code, detail)| Err(Error::Conflict { code, detail }))
}

/// What is answered to somebody whose certificate was replaced or revoked between his reading and his writing.
pub(crate) fn devance(tx: &mut Tx<'_>, numero: &NumeroCertificat) -> Result<Error, Error> {
    let entre_temps = certificats::charger(tx, numero)?.ok_or(Error::NotFound)?;
    Ok(exiger_valide(&entre_temps).err().unwrap_or_else(Error::stale))
}

/// Why a certificate stands no more, whatever its dates.
fn ne_vaut_plus(certificat: &Certificat) -> Option<(&'static str, String)> {
    match certificat.etat {
        EtatCertificat::Valide => None,
        EtatCertificat::Revoque => Some((
            "certificat_revoque",
            format!("Le certificat {} a été révoqué : il ne vaut plus.", certificat.numero),
        )),
        EtatCertificat::Remplace => {
            let par =
                certificat.remplace_par.as_ref().map(|numero| format!(" par {numero}")).unwrap_or_default();
            Some((
                "certificat_remplace",
                format!(
                    "Une identité a été corrigée : le certificat {} est remplacé{par}.",
                    certificat.numero
                ),
            ))
        }
    }
}

pub(crate) fn trop_tard(manquement: Manquement) -> Error {
    Error::TropTard { code: manquement.code(), detail: messages::manquement(&manquement, Noms::default()) }
}
