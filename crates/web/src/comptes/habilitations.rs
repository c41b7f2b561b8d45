//! Habilitations: granted, shortened, withdrawn or suspended by the administrateur.

use forprev_domain::compte::CompteId;
use forprev_domain::dispositif::{CodeDispositif, Niveau};
use forprev_domain::droits::ActeDuCompte;
use forprev_domain::habilitation::{Habilitation, HabilitationId};
use forprev_store::{Tx, dispositifs, habilitations};
use jiff::civil::Date;

use super::charger_pour;
use crate::api::corps::Objet;
use crate::demande::Demande;
use crate::error::Error;
use crate::{aleas, journal, security};

/// An habilitation to grant, as entered.
#[derive(Debug, Clone)]
pub struct NouvelleHabilitation {
    /// For which dispositif.
    pub dispositif: CodeDispositif,
    /// For which niveau: acteur or formateur.
    pub niveau: Niveau,
    /// First valid day.
    pub debut: Date,
    /// Last valid day.
    pub fin: Date,
    /// Number given by the network.
    pub numero: Option<String>,
}

/// Grants an habilitation to a compte.
///
/// # Errors
///
/// *Forbidden* for anybody but the administrateur, *not found*, `dates_incoherentes` when it ends before it begins,
/// `dispositif_inconnu` when no catalogue ever held it.
pub fn accorder(
    tx: &mut Tx<'_>,
    demande: &Demande,
    compte: CompteId,
    nouvelle: &NouvelleHabilitation,
) -> Result<Habilitation, Error> {
    charger_pour(tx, demande, ActeDuCompte::Habiliter, compte)?;
    if nouvelle.fin < nouvelle.debut {
        let phrase = "L’habilitation finit avant de commencer : vérifiez les deux dates.";
        return Err(Error::inexact("dates_incoherentes", phrase, &["debut", "fin"]));
    }
    if !dispositifs::tous(tx)?.iter().any(|connu| connu.code == nouvelle.dispositif) {
        let phrase = format!(
            "Le dispositif {} n’est pas au catalogue : ajoutez-le d’abord, ou vérifiez son code.",
            nouvelle.dispositif
        );
        return Err(Error::inexact("dispositif_inconnu", &phrase, &["dispositif"]));
    }
    let habilitation = Habilitation {
        id: HabilitationId(aleas::uuid()),
        compte,
        dispositif: nouvelle.dispositif.clone(),
        niveau: nouvelle.niveau,
        debut: nouvelle.debut,
        fin: nouvelle.fin,
        numero: nouvelle.numero.clone(),
        retiree_le: None,
        suspendue_du: None,
        suspendue_au: None,
        motif: None,
    };
    habilitations::creer(tx, &habilitation)?;
    noter(tx, demande, "habilitation.accordee", habilitation.id)?;
    Ok(habilitation)
}

/// Changes an habilitation: its end, a withdrawal, a suspension; a field sent as null is emptied. `lue` is the
/// [`empreinte`] of what the person had before his eyes, if he says so.
///
/// # Errors
///
/// *Forbidden* for who sees it and is not administrateur, *not found*, a conflict when it is not what was read any
/// more, `dates_incoherentes`, `motif_requis` for a withdrawal or a suspension without a reason.
pub fn changer(
    tx: &mut Tx<'_>,
    demande: &Demande,
    id: HabilitationId,
    recu: &Objet,
    lue: Option<&str>,
) -> Result<Habilitation, Error> {
    let mut habilitation = habilitations::charger_pour_modifier(tx, id)?.ok_or(Error::NotFound)?;
    charger_pour(tx, demande, ActeDuCompte::Habiliter, habilitation.compte)?;
    if lue.is_some_and(|lue| lue != empreinte(&habilitation)) {
        return Err(Error::stale());
    }
    if recu.a("fin") {
        habilitation.fin = recu.jour_requis("fin")?;
    }
    for (champ, place) in [
        ("retiree_le", &mut habilitation.retiree_le),
        ("suspendue_du", &mut habilitation.suspendue_du),
        ("suspendue_au", &mut habilitation.suspendue_au),
    ] {
        if recu.a(champ) {
            *place = recu.jour(champ)?;
        }
    }
    if recu.a("motif") {
        habilitation.motif = recu.texte_court("motif")?;
    }
    let a_l_envers = habilitation.suspendue_du.zip(habilitation.suspendue_au).is_some_and(|(du, au)| au < du);
    let sans_debut = habilitation.suspendue_au.is_some() && habilitation.suspendue_du.is_none();
    if habilitation.fin < habilitation.debut || a_l_envers || sans_debut {
        let phrase = "Ces dates se contredisent : une fin vient après son début.";
        let champs = ["fin", "suspendue_du", "suspendue_au"];
        return Err(Error::inexact("dates_incoherentes", phrase, &champs));
    }
    if habilitation.motif_manque() {
        let phrase = "Écrivez le motif du retrait ou de la suspension : le compte le lit sur sa page.";
        return Err(Error::inexact("motif_requis", phrase, &["motif"]));
    }
    habilitations::modifier(tx, &habilitation)?;
    noter(tx, demande, "habilitation.changee", id)?;
    Ok(habilitation)
}

/// What tells an habilitation from what it was before a change.
#[must_use]
pub fn empreinte(habilitation: &Habilitation) -> String {
    security::digest(format!("{habilitation:?}"))
}

fn noter(tx: &mut Tx<'_>, demande: &Demande, quoi: &str, id: HabilitationId) -> Result<(), Error> {
    Ok(journal::noter(tx, demande, quoi, &format!("habilitation:{id}"))?)
}
