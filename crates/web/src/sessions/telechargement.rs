//! R5, R7, R8. Who may download which file, until when.

use forprev_domain::certificat::{Certificat, EtatCertificat, Imprime};
use forprev_domain::droits::{Acte, peut, portee};
use forprev_domain::numero::NumeroCertificat;
use forprev_domain::refus::Manquement;
use forprev_domain::regles::certificat_formateur::telechargeable_par_le_titulaire;
use forprev_domain::regles::duplicata::encore_delivre;
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
    let courants = certificats.into_iter().filter(|c| c.etat == EtatCertificat::Valide).collect();
    Ok((session, courants))
}

/// What is printed of one certificate, for somebody who may download it now.
///
/// # Errors
///
/// *Not found*; for those who may know the certificate, too late is a refusal 404 with its code
/// (`telechargement_termine`, `duplicata_refuse`); *forbidden* for those who see its session only.
pub fn d_un_certificat(
    tx: &mut Tx<'_>,
    demande: &Demande,
    numero: &NumeroCertificat,
) -> Result<Imprime, Error> {
    let certificat = certificats::charger(tx, numero)?.ok_or(Error::NotFound)?;
    // Issued elsewhere and entered by the administrateur: there never was a file.
    let disparait_le = certificat.disparait_le.ok_or(Error::NotFound)?;
    let valide = certificat.etat == EtatCertificat::Valide;
    let aujourdhui = demande.moment.aujourdhui;
    let titulaire = certificat.titulaire == demande.requester.numero;
    if titulaire
        && telechargeable_par_le_titulaire(certificat.niveau, certificat.etat, certificat.fin, aujourdhui)
    {
        return certificat.imprime.ok_or(Error::NotFound);
    }
    if declare(demande, &certificat) {
        encore_delivre(certificat.niveau, disparait_le, aujourdhui).map_err(trop_tard)?;
        return certificat.imprime.filter(|_| valide).ok_or(Error::NotFound);
    }
    if titulaire || portee(&demande.requester).administrateur {
        encore_delivre(certificat.niveau, disparait_le, aujourdhui).map_err(trop_tard)?;
        return Err(if valide { Error::Forbidden } else { Error::NotFound });
    }
    match certificat.session {
        Some(session) => charger(tx, demande, session).and(Err(Error::Forbidden)),
        None => Err(Error::NotFound),
    }
}

/// R9, R10: the people of the compte who see, or saw, its session.
fn declare(demande: &Demande, certificat: &Certificat) -> bool {
    let Some(compte) = certificat.compte else { return false };
    let sienne = certificat.auteur.as_ref() == Some(&demande.requester.numero)
        && demande.requester.delegataire_de().contains(&compte);
    demande.requester.gestionnaire_de().contains(&compte) || sienne
}

fn trop_tard(manquement: Manquement) -> Error {
    Error::TropTard { code: manquement.code(), detail: messages::manquement(&manquement, Noms::default()) }
}
