//! One line of what waits: the date first, then what is due, in words.

use forprev_domain::evenement::Quoi;
use forprev_domain::session::{Etat, manquements};
use forprev_domain::stagiaire::Resultat;
use forprev_store::sessions::{self, Fiche};
use forprev_store::{Tx, faits};
use jiff::civil::Date;

use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::{self, Jour};
use crate::messages::{Noms, manquement};
use crate::sessions::presentation::{
    self, Echeance, Gens, Perte, court, depuis, dernier, dispositif_et_niveau, titre,
};
use crate::typographie::{date, pluriel};

/// A session that waits for the reader.
#[derive(Debug, Clone)]
pub(super) struct Attente {
    /// Its last possible day, by which lines are sorted.
    pub(super) echeance: Date,
    pub(super) jour: Jour,
    pub(super) etat: composants::Etat,
    pub(super) titre: String,
    pub(super) href: String,
    pub(super) reste: Option<String>,
    pub(super) texte: String,
    pub(super) lieu: String,
    pub(super) verbe: &'static str,
    pub(super) numero: String,
}

/// A session that a formateur has in hand.
#[derive(Debug, Clone)]
pub(super) struct Chez {
    pub(super) formateur: String,
    pub(super) session: String,
    pub(super) href: String,
    pub(super) depuis: String,
}

/// The line of a session whose turn is the reader's.
pub(super) fn attente(
    tx: &mut Tx<'_>,
    demande: &Demande,
    fiche: &Fiche,
    gens: &Gens,
) -> Result<Attente, Error> {
    let session = &fiche.session;
    let aujourdhui = demande.moment.aujourdhui;
    let echeance = Echeance::de(session, aujourdhui);
    let reussites = session.reussites().count();
    let (etat, intitule, suite, verbe) = match session.etat {
        Etat::Terminee { .. } => (
            presentation::etat(session).en_clair("À télécharger"),
            format!(
                "{} {}",
                pluriel(reussites, "certificat", "certificats"),
                dispositif_et_niveau(&session.saisie)
            ),
            "certificats",
            "Télécharger",
        ),
        Etat::Brouillon => {
            (presentation::etat(session), titre(&session.saisie), "recapitulatif", "Compléter")
        }
        Etat::Retournee { .. } => {
            (presentation::etat(session), titre(&session.saisie), "recapitulatif", "Corriger")
        }
        Etat::ATraiter { .. } => {
            (presentation::etat(session), titre(&session.saisie), "generation", "Générer")
        }
        Etat::Soumise { .. } => {
            (presentation::etat(session).en_clair("À vérifier"), titre(&session.saisie), "", "Vérifier")
        }
    };
    Ok(Attente {
        echeance: echeance.jour,
        jour: Jour::new(echeance.jour, aujourdhui),
        etat,
        titre: intitule,
        href: format!("/sessions/{}/{suite}", session.id).trim_end_matches('/').to_owned(),
        reste: echeance.reste(aujourdhui),
        texte: format!("{} {}", dit(tx, demande, fiche, gens)?, perte(&echeance, fiche, aujourdhui))
            .trim()
            .to_owned(),
        lieu: lieu(fiche),
        verbe,
        numero: session.numero.to_string(),
    })
}

/// The line of a session that a formateur has in hand.
pub(super) fn chez(fiche: &Fiche, gens: &Gens, aujourdhui: Date) -> Chez {
    let session = &fiche.session;
    let formateur = session.saisie.formateur.as_ref().map(|numero| gens.nom(numero)).unwrap_or_default();
    Chez {
        formateur,
        session: format!("{}, {}", titre(&session.saisie), session.numero),
        href: format!("/sessions/{}", session.id),
        depuis: format!("Soumise {}.", depuis(fiche.etat_depuis, aujourdhui)),
    }
}

fn lieu(fiche: &Fiche) -> String {
    let saisie = &fiche.session.saisie;
    match &saisie.lieu.commune {
        Some(commune) => format!("{commune}, session {}.", fiche.session.numero),
        None => format!("Session {}.", fiche.session.numero),
    }
}

/// What is known of it and what to do.
fn dit(tx: &mut Tx<'_>, demande: &Demande, fiche: &Fiche, gens: &Gens) -> Result<String, Error> {
    let session = &fiche.session;
    let aujourdhui = demande.moment.aujourdhui;
    Ok(match &session.etat {
        Etat::Brouillon => {
            let faits = faits::de_la_session(tx, session)?;
            let points = manquements(session, &faits, aujourdhui);
            match points.as_slice() {
                [] => "Tout y est : vérifiez, puis soumettez.".to_owned(),
                [seul] => manquement(seul, Noms::de(session)),
                [premier, reste @ ..] => format!(
                    "{} {} à compléter.",
                    manquement(premier, Noms::de(session)),
                    pluriel(reste.len(), "autre point reste", "autres points restent")
                ),
            }
        }
        Etat::Retournee { par } => {
            let historique = sessions::historique(tx, session.id)?;
            let retour = dernier(&historique, Quoi::Retournee);
            let mots = retour.and_then(|e| e.commentaire.as_deref()).unwrap_or_default();
            let quand = depuis(fiche.etat_depuis, aujourdhui);
            format!(
                "{} l’a retournée, {quand} : « {mots} ». Corrigez, puis soumettez à nouveau.",
                gens.nom(par)
            )
        }
        Etat::ATraiter { par } => {
            let combien = |voulu| session.stagiaires.iter().filter(|s| s.resultat == Some(voulu)).count();
            let bilan = format!(
                "{}, {}",
                pluriel(combien(Resultat::Reussite), "réussite", "réussites"),
                pluriel(combien(Resultat::Echec), "échec", "échecs")
            );
            let quand = if session.saisie.date_fin <= aujourdhui {
                "Les certificats peuvent être générés.".to_owned()
            } else {
                format!("Les certificats pourront être générés le {}.", date(session.saisie.date_fin))
            };
            format!("{} a transmis les résultats : {bilan}. {quand}", gens.nom(par))
        }
        Etat::Soumise { .. } => {
            let debut = session.saisie.date_debut.unwrap_or(session.saisie.date_fin);
            if aujourdhui < debut {
                format!("Vérifiez-la ; les résultats s’indiquent à partir du {}.", court(debut, aujourdhui))
            } else {
                format!(
                    "Vérifiez-la, puis indiquez les résultats des {} stagiaires.",
                    session.stagiaires.len()
                )
            }
        }
        Etat::Terminee { .. } => String::new(),
    })
}

/// What the day after takes away.
fn perte(echeance: &Echeance, fiche: &Fiche, aujourdhui: Date) -> String {
    let lendemain = echeance.lendemain(aujourdhui);
    let acteur = fiche.session.niveau() == forprev_domain::dispositif::Niveau::Acteur;
    match (echeance.perte, &fiche.session.etat) {
        (Perte::Saisie, _) => format!("{lendemain}, la session ne pourra plus être saisie."),
        (Perte::Session, Etat::Terminee { .. }) if acteur => {
            format!("{lendemain}, la session sera supprimée et aucun duplicata ne sera délivré.")
        }
        (Perte::Session, _) => format!("{lendemain}, la session sera supprimée."),
    }
}
