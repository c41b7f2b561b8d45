//! What ends within ninety days: habilitations of the compte, qualifications of its formateurs, or one's own.

use std::collections::BTreeSet;

use forprev_domain::habilitation::Habilitation;
use forprev_domain::numero::Numero;
use forprev_domain::regles::habilitation_valide::JOURS_D_ALERTE;
use forprev_store::sessions::Fiche;
use forprev_store::{Pagination, Tx, certificats, comptes, habilitations};
use jiff::civil::Date;

use crate::demande::Demande;
use crate::error::Error;
use crate::messages;
use crate::sessions::presentation::Gens;
use crate::typographie::{date, distance, jours_entre};

/// Something to renew.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Renouvellement {
    /// Its last day, by which lines are sorted.
    pub(super) fin: Date,
    pub(super) titre: String,
    pub(super) jour: String,
    pub(super) distance: String,
}

impl Renouvellement {
    fn bientot(titre: String, fin: Date, aujourdhui: Date) -> Option<Self> {
        let reste = jours_entre(aujourdhui, fin);
        let bientot = (0..=i64::from(JOURS_D_ALERTE)).contains(&reste);
        bientot.then(|| Self { fin, titre, jour: date(fin), distance: distance(fin, aujourdhui) })
    }
}

/// For who declares: his compte's habilitations and the formateurs of his sessions; for a formateur: his own.
pub(super) fn a_renouveler(
    tx: &mut Tx<'_>,
    demande: &Demande,
    fiches: &[Fiche],
    gens: &Gens,
) -> Result<Vec<Renouvellement>, Error> {
    let aujourdhui = demande.moment.aujourdhui;
    let mut liste = BTreeSet::new();
    for compte in demande.requester.declare_pour() {
        liste.extend(
            habilitations::du_compte(tx, compte)?.iter().filter_map(|h| habilitation(h, None, aujourdhui)),
        );
    }
    let declare = !demande.requester.declare_pour().is_empty();
    let des_sessions =
        fiches.iter().filter(|_| declare).filter_map(|fiche| fiche.session.saisie.formateur.as_ref());
    let mut formateurs: BTreeSet<&Numero> = des_sessions.filter(|numero| gens.connait(numero)).collect();
    if demande.requester.est_formateur() {
        formateurs.insert(&demande.requester.numero);
    }
    for numero in formateurs {
        let qui = if *numero == demande.requester.numero {
            "Votre qualification".to_owned()
        } else {
            format!("Qualification {}", crate::typographie::de(&gens.nom(numero)))
        };
        for qualification in certificats::qualifications(tx, numero)?.iter().filter(|q| !q.retiree) {
            let Some(fin) = qualification.fin else { continue };
            let titre =
                format!("{qui}, {} {}", qualification.dispositif, messages::niveau(qualification.niveau));
            liste.extend(Renouvellement::bientot(titre, fin, aujourdhui));
        }
    }
    Ok(liste.into_iter().collect())
}

/// For the administrateur: the habilitations of all comptes.
pub(super) fn du_reseau(tx: &mut Tx<'_>, demande: &Demande) -> Result<Vec<Renouvellement>, Error> {
    let mut liste = BTreeSet::new();
    for compte in comptes::lister(tx, None, Pagination::premiere(Pagination::MAXIMUM))?.elements {
        let tenues = habilitations::du_compte(tx, compte.id)?;
        let aujourdhui = demande.moment.aujourdhui;
        liste.extend(tenues.iter().filter_map(|h| habilitation(h, Some(&compte.raison_sociale), aujourdhui)));
    }
    Ok(liste.into_iter().collect())
}

fn habilitation(h: &Habilitation, compte: Option<&str>, aujourdhui: Date) -> Option<Renouvellement> {
    let de_qui = compte.map(|compte| format!(", {compte}")).unwrap_or_default();
    let titre = format!("Habilitation {} {}{de_qui}", h.dispositif, messages::niveau(h.niveau));
    Renouvellement::bientot(titre, h.dernier_jour(), aujourdhui)
}
