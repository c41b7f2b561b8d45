//! Two persons of the register who are one: seen before, joined, parted again. The administrateur's.

pub mod api;
mod mots;
pub mod page;

use forprev_domain::fusion::{Apercu, Vigilance};
use forprev_domain::id::FusionId;
use forprev_domain::numero::Numero;
use forprev_store::fusions::{self, Fusion};
use forprev_store::{Tx, personnes};

use crate::demande::Demande;
use crate::error::Error;
use crate::journal;

/// Says what joining these two would do; reading both is in the journal.
///
/// # Errors
///
/// *Forbidden* for anybody but the administrateur; *not found* when nobody has one of the numéros.
pub fn apercevoir(
    tx: &mut Tx<'_>,
    demande: &Demande,
    ancien: &Numero,
    nouveau: &Numero,
) -> Result<Apercu, Error> {
    demande.exiger_administrateur()?;
    let apercu = fusions::apercu(tx, ancien, nouveau, demande.moment.aujourdhui)?.ok_or(Error::NotFound)?;
    let vues = [&apercu.ancienne.numero, &apercu.nouvelle.numero];
    journal::noter_personnes(tx, demande, "personne.consultee", vues)?;
    Ok(apercu)
}

/// Joins them: all that the old numéro held is the new one's. `confirmee`: the names are far apart, and he
/// knows it.
///
/// # Errors
///
/// As [`apercevoir`]; `fusion_impossible`, `fusion_a_confirmer`.
pub fn fusionner(
    tx: &mut Tx<'_>,
    demande: &Demande,
    ancien: &Numero,
    nouveau: &Numero,
    confirmee: bool,
) -> Result<Fusion, Error> {
    demande.exiger_administrateur()?;
    // Each may lead elsewhere: those in force are held, then judged.
    let [ancien, nouveau] = [personnes::numero_actuel(tx, ancien)?, personnes::numero_actuel(tx, nouveau)?];
    fusions::verrouiller(tx, [&ancien, &nouveau])?;
    let apercu = apercevoir(tx, demande, &ancien, &nouveau)?;
    let impossible = |detail| Err(Error::Conflict { code: "fusion_impossible", detail });
    if let Some(obstacle) = apercu.obstacles().first() {
        return impossible(mots::obstacle(obstacle));
    }
    if apercu.ancienne.numero == demande.requester.numero {
        return impossible(
            "Votre propre numéro ne peut pas disparaître : échangez les deux numéros.".to_owned(),
        );
    }
    if !confirmee && apercu.vigilances().contains(&Vigilance::IdentitesEloignees) {
        let detail = mots::vigilance(Vigilance::IdentitesEloignees).to_owned();
        return Err(Error::Conflict { code: "fusion_a_confirmer", detail });
    }
    let (par, le) = (&demande.requester.numero, demande.moment.instant);
    let fusion = fusions::fusionner(tx, &apercu.ancienne.numero, &apercu.nouvelle.numero, Some(par), le)?;
    let [objet, apres] = [&fusion.ancien, &fusion.nouveau].map(|numero| format!("personne:{numero}"));
    journal::noter_suite(tx, demande, "personne.fusionnee", &objet, &apres)?;
    Ok(fusion)
}

/// Parts two persons who were joined: each has his own again.
///
/// # Errors
///
/// *Forbidden* for anybody but the administrateur; *not found* when there is no such merge any more;
/// `fusion_recouverte` when another was made over it.
pub fn separer(tx: &mut Tx<'_>, demande: &Demande, id: FusionId) -> Result<Fusion, Error> {
    demande.exiger_administrateur()?;
    let lue = fusions::charger(tx, id)?.ok_or(Error::NotFound)?;
    fusions::verrouiller(tx, [&lue.ancien, &lue.nouveau])?;
    let fusion = fusions::charger(tx, id)?.ok_or(Error::NotFound)?;
    let derniere = fusions::menant_a(tx, &fusion.nouveau)?.first().is_some_and(|f| f.id == fusion.id);
    if !derniere || personnes::numero_actuel(tx, &fusion.nouveau)? != fusion.nouveau {
        let detail = "Une autre fusion a été faite depuis : séparez d’abord la plus récente.".to_owned();
        return Err(Error::Conflict { code: "fusion_recouverte", detail });
    }
    fusions::defaire(tx, &fusion)?;
    journal::noter_suite(
        tx,
        demande,
        "personne.separee",
        &format!("personne:{}", fusion.nouveau),
        &format!("personne:{}", fusion.ancien),
    )?;
    Ok(fusion)
}
