//! The list of sessions as a file, narrowed and sorted as the page.

use axum::extract::State;
use axum::response::Response;
use forprev_domain::session::Session;

use super::dossier::est_lu_par_le_reseau;
use super::filtres::{Filtres, Ordre};
use super::liste::{ordre_habituel, raisons_sociales, toutes, trier};
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::export::csv;
use crate::saisie::Requete;
use crate::sessions::presentation::{Echeance, Gens, action};
use crate::sign_in::SignedVisit;
use crate::typographie::date_chiffree;
use crate::{journal, messages};

/// Rows of a file.
const EXPORTEES: usize = 5000;

/// `GET /sessions.csv`: the whole list, narrowed and sorted as the page.
///
/// # Errors
///
/// Refused beyond 5,000 sessions.
pub(super) async fn exporter(
    visit: SignedVisit,
    State(app): State<App>,
    Requete(mut saisie): Requete,
) -> Result<Response, Error> {
    let demande = Demande::from(&visit);
    let filtres = Filtres::lire(&mut saisie, ordre_habituel(&demande));
    let aujourdhui = visit.moment.aujourdhui;
    let (fiches, gens, comptes) = app
        .write(move |tx| {
            let filtre = filtres.du_registre();
            let mut fiches = toutes(tx, &demande, &filtre, filtres.ordre, EXPORTEES)?.ok_or_else(|| {
                Error::Malformed(format!(
                    "Un fichier contient {EXPORTEES} sessions au plus. Filtrez la liste, puis exportez-la."
                ))
            })?;
            if filtres.ordre == Ordre::Echeance {
                trier(&mut fiches, aujourdhui);
            }
            let sessions: Vec<&Session> = fiches.iter().map(|fiche| &fiche.session).collect();
            let gens = Gens::de(tx, &sessions, &[])?;
            let comptes = raisons_sociales(tx, &sessions)?;
            if est_lu_par_le_reseau(&demande.portee()) {
                journal::noter(tx, &demande, "sessions.exportees", "sessions")?;
            }
            Ok((fiches, gens, comptes))
        })
        .await?;
    let lignes: Vec<Vec<String>> = fiches
        .iter()
        .map(|fiche| {
            let session = &fiche.session;
            let saisie = &session.saisie;
            let echeance = Echeance::de(session, aujourdhui);
            let formateur = saisie.formateur.as_ref();
            vec![
                session.numero.to_string(),
                saisie.dispositif.to_string(),
                messages::niveau(saisie.niveau).to_owned(),
                saisie.action.map(action).unwrap_or_default().to_owned(),
                saisie.date_debut.map(date_chiffree).unwrap_or_default(),
                date_chiffree(saisie.date_fin),
                saisie.lieu.commune.clone().unwrap_or_default(),
                formateur.map(|numero| gens.nom(numero)).unwrap_or_default(),
                formateur.map(ToString::to_string).unwrap_or_default(),
                gens.nom(&session.auteur),
                comptes.get(&session.compte).cloned().unwrap_or_default(),
                saisie.reference.clone().unwrap_or_default(),
                messages::etat(session.etat.nom()).to_owned(),
                session.stagiaires.len().to_string(),
                echeance.verbe.to_owned(),
                date_chiffree(echeance.jour),
            ]
        })
        .collect();
    let entetes = [
        "Session",
        "Dispositif",
        "Niveau",
        "Type d’action",
        "Date de début",
        "Date de fin",
        "Commune",
        "Formateur",
        "Numéro du formateur",
        "Déclarée par",
        "Compte",
        "Référence",
        "État",
        "Stagiaires",
        "Prochaine étape",
        "Dernier jour",
    ];
    Ok(csv(&format!("sessions-{aujourdhui}.csv"), &entetes, &lignes))
}
