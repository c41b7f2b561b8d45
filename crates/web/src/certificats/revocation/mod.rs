//! Withdrawing a certificate, with the reason: the administrateur's act, which holds at once everywhere.

pub mod page;

use forprev_domain::certificat::Certificat;
use forprev_domain::droits::peut_revoquer;
use forprev_domain::numero::NumeroCertificat;
use forprev_domain::regles::resultats::commentaire;
use forprev_store::{Tx, certificats};

use crate::demande::Demande;
use crate::error::Error;
use crate::journal;
use crate::sessions::telechargement::{connu_sans_plus, devance, exiger_valide};

/// Opens a certificate to be withdrawn.
///
/// # Errors
///
/// *Not found*; *forbidden* for whoever only knows it; a conflict once it is replaced or revoked.
pub fn ouvrir(tx: &mut Tx<'_>, demande: &Demande, numero: &NumeroCertificat) -> Result<Certificat, Error> {
    let certificat = certificats::charger(tx, numero)?.ok_or(Error::NotFound)?;
    if !peut_revoquer(&demande.requester) {
        return Err(connu_sans_plus(tx, demande, &certificat));
    }
    exiger_valide(&certificat)?;
    Ok(certificat)
}

/// Withdraws a certificate; a blank reason is none.
///
/// # Errors
///
/// As [`ouvrir`]; `motif_requis` without a reason.
pub fn revoquer(
    tx: &mut Tx<'_>,
    demande: &Demande,
    numero: &NumeroCertificat,
    motif: Option<&str>,
) -> Result<Certificat, Error> {
    let certificat = ouvrir(tx, demande, numero)?;
    let motif = commentaire(motif).ok_or_else(|| {
        Error::inexact(
            "motif_requis",
            "Indiquez le motif : il reste au registre avec la révocation.",
            &["motif"],
        )
    })?;
    let faite = certificats::revoquer(tx, &certificat.numero, &motif, demande.moment.instant)?;
    if !faite {
        return Err(devance(tx, numero)?);
    }
    let apres = certificats::charger(tx, numero)?.ok_or(Error::NotFound)?;
    let objet = format!("certificat:{}", certificat.numero);
    journal::noter_suite(tx, demande, "certificat.revoque", &objet, apres.etat.code())?;
    Ok(apres)
}
