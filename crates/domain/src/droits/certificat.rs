//! Who may have, correct and withdraw a certificate.

use jiff::civil::Date;

use super::{Requester, portee};
use crate::certificat::{Certificat, EtatCertificat};
use crate::dispositif::Niveau;
use crate::refus::Manquement;
use crate::regles::certificat_formateur::telechargeable_par_le_titulaire;
use crate::regles::duplicata::encore_delivre;

/// Why somebody does not get the file of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SansFichier {
    /// He is nothing to it; what he may know of it, its session says.
    Etranger,
    /// It was issued elsewhere and entered by the administrateur: there never was a file.
    JamaisEmis,
    /// It was replaced or revoked.
    NeVautPlus,
    /// R5, R7, R8: it is no longer handed out.
    TropTard(Manquement),
    /// He knows it, and its file is others' to have.
    PasVotreRole,
}

/// Says whether this person may have the file of this certificate today: its holder (R7), the people of the compte until
/// the session is gone (R5, R8).
///
/// # Errors
///
/// [`SansFichier`], the first that holds, in its order.
pub fn peut_avoir_le_fichier(
    requester: &Requester,
    certificat: &Certificat,
    aujourdhui: Date,
) -> Result<(), SansFichier> {
    if !est_connu_de(requester, certificat) {
        return Err(SansFichier::Etranger);
    }
    let disparait_le = certificat.disparait_le.ok_or(SansFichier::JamaisEmis)?;
    if certificat.etat != EtatCertificat::Valide {
        return Err(SansFichier::NeVautPlus);
    }
    let Certificat { niveau, etat, fin, .. } = *certificat;
    let titulaire = certificat.titulaire == requester.numero;
    if titulaire && telechargeable_par_le_titulaire(niveau, etat, fin, aujourdhui) {
        return Ok(());
    }
    let delivre = encore_delivre(niveau, disparait_le, aujourdhui);
    if a_declare(requester, certificat) && delivre.is_ok() {
        return Ok(());
    }
    if titulaire && Niveau::Formateur <= niveau {
        return Err(SansFichier::TropTard(Manquement::TelechargementTermine { dernier_jour: fin }));
    }
    delivre.map_err(SansFichier::TropTard)?;
    Err(SansFichier::PasVotreRole)
}

/// True when this person knows of this certificate by himself: its holder, those who declared its session, the
/// administrateur. The formateur who certified knows of it by the session.
#[must_use]
pub fn est_connu_de(requester: &Requester, certificat: &Certificat) -> bool {
    certificat.titulaire == requester.numero
        || requester.est_administrateur()
        || a_declare(requester, certificat)
}

/// As whom somebody corrects a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correcteur {
    /// One of those who declare for the compte: a slip of the pen (R5b).
    Declarant,
    /// Whatever is to be corrected.
    Administrateur,
}

/// As whom this person corrects this certificate, if at all; one that was issued elsewhere is nobody's to correct.
#[must_use]
pub fn correcteur(requester: &Requester, certificat: &Certificat) -> Option<Correcteur> {
    if certificat.compte.is_some() && requester.est_administrateur() {
        return Some(Correcteur::Administrateur);
    }
    a_declare(requester, certificat).then_some(Correcteur::Declarant)
}

/// True when this person may withdraw a certificate: the administrateur, whoever issued it.
#[must_use]
pub fn peut_revoquer(requester: &Requester) -> bool {
    requester.est_administrateur()
}

/// R9, R10: the people of the compte who see, or saw, the session of this certificate.
fn a_declare(requester: &Requester, certificat: &Certificat) -> bool {
    let auteur = certificat.auteur.as_ref();
    certificat.compte.is_some_and(|compte| portee(requester).est_du_cote_de(compte, auteur))
}
