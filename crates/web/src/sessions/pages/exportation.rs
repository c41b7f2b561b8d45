//! The list of sessions as a file, narrowed and sorted as the page.

use axum::extract::State;
use axum::response::Response;
use forprev_domain::session::{Echeance, Session};

use super::dossier::est_lu_par_le_reseau;
use super::filtres::{Filtres, Ordre};
use super::liste::{ordre_habituel, raisons_sociales, toutes, trier};
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::feuilles::ecriture::{Tableau, telecharger};
use crate::feuilles::{Cellule, Format};
use crate::saisie::{Requete, Saisie};
use crate::sessions::echeance::verbe;
use crate::sessions::presentation::{Gens, action};
use crate::sign_in::SignedVisit;
use crate::{journal, messages};

/// Rows of a file.
const EXPORTEES: usize = 5000;

/// `GET /sessions.csv`
///
/// # Errors
///
/// As [`exporter`].
pub(super) async fn en_csv(
    visit: SignedVisit,
    State(app): State<App>,
    Requete(saisie): Requete,
) -> Result<Response, Error> {
    exporter(Format::Csv, visit, app, saisie).await
}

/// `GET /sessions.xlsx`
///
/// # Errors
///
/// As [`exporter`].
pub(super) async fn en_xlsx(
    visit: SignedVisit,
    State(app): State<App>,
    Requete(saisie): Requete,
) -> Result<Response, Error> {
    exporter(Format::Xlsx, visit, app, saisie).await
}

/// The whole list, narrowed and sorted as the page.
///
/// # Errors
///
/// Refused beyond 5,000 sessions.
async fn exporter(
    format: Format,
    visit: SignedVisit,
    app: App,
    mut saisie: Saisie,
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
    let texte = |texte: &str| Some(Cellule::de(texte)).filter(|cellule| !cellule.est_vide());
    let lignes = fiches.iter().map(|fiche| {
        let session = &fiche.session;
        let saisie = &session.saisie;
        let echeance = Echeance::de(session, aujourdhui);
        let formateur = saisie.formateur.as_ref();
        vec![
            texte(&session.numero.to_string()),
            texte(&saisie.dispositif.to_string()),
            texte(messages::niveau(saisie.niveau)),
            saisie.action.map(action).and_then(texte),
            saisie.date_debut.map(Cellule::Jour),
            Some(Cellule::Jour(saisie.date_fin)),
            saisie.lieu.commune.as_deref().and_then(texte),
            formateur.and_then(|numero| texte(&gens.nom(numero))),
            formateur.and_then(|numero| texte(numero.as_str())),
            texte(&gens.nom(&session.auteur)),
            comptes.get(&session.compte).and_then(|nom| texte(nom)),
            saisie.reference.as_deref().and_then(texte),
            texte(messages::etat(session.etat.nom())),
            u32::try_from(session.stagiaires.len()).ok().map(|nombre| Cellule::Nombre(nombre.into())),
            texte(verbe(echeance.attendu)),
            Some(Cellule::Jour(echeance.dernier_jour)),
        ]
    });
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
    let mut tableau = Tableau::new("Sessions", &entetes);
    tableau.rangees.extend(lignes);
    telecharger(format, &format!("sessions-{aujourdhui}"), &tableau)
}
