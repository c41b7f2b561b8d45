//! The files that go with an import: the model to fill, the list with a column « Anomalies ».

use axum::extract::Path;
use axum::response::Response;
use forprev_domain::identite::ChampIdentite;

use super::super::dossier::ouvrir;
use super::super::{identifiant, vers};
use super::annotation::{annoter, colonne_des_reponses};
use super::essai::{decisions, envoi};
use crate::demande::Demande;
use crate::error::Error;
use crate::feuilles::Format;
use crate::feuilles::ecriture::{Tableau, telecharger};
use crate::saisie::Saisie;
use crate::sessions::import::Demandee;
use crate::sessions::import::colonnes::{Colonnes, entete};
use crate::sessions::import::recu::essayer_et_montrer;
use crate::sign_in::SignedVisit;

pub(super) const FEUILLE: &str = "Stagiaires";
/// `GET /modeles/stagiaires.xlsx`, `.ods`, `.csv`
///
/// # Errors
///
/// *Not found* for another file.
pub(super) async fn modele(_visit: SignedVisit, Path(fichier): Path<String>) -> Result<Response, Error> {
    let format =
        fichier.strip_prefix("stagiaires.").and_then(Format::from_extension).ok_or(Error::NotFound)?;
    let entetes = ChampIdentite::TOUS.map(entete);
    let jours = ChampIdentite::TOUS.iter().position(|champ| *champ == ChampIdentite::DateNaissance);
    let tableau = Tableau { jours: jours.into_iter().collect(), ..Tableau::new(FEUILLE, &entetes) };
    telecharger(format, "modele-stagiaires", &tableau)
}

/// `POST /sessions/{id}/stagiaires/import/anomalies`: the list as it was sent, with what was answered and what is to be
/// said of each line.
///
/// # Errors
///
/// *Not found*, *forbidden*, a conflict of states; *malformed* when the form was tampered with.
pub(super) async fn anomalies(
    visit: SignedVisit,
    Path(id): Path<String>,
    saisie: Saisie,
) -> Result<Response, Error> {
    let envoi = envoi(&saisie)?;
    let Some(dossier) = ouvrir(&visit, &id).await? else {
        return Ok(vers(&format!("/sessions/{}", identifiant(&id)?)));
    };
    let colonnes = Colonnes::lire(&envoi.feuille, dossier.session.niveau()).map_err(Error::Illisible)?;
    let reponses = colonne_des_reponses(&envoi.feuille, &colonnes);
    let decisions = reponses.map(|_| decisions(&saisie)).unwrap_or_default();
    let demandee = Demandee {
        session: dossier.session.id,
        version: None,
        envoi: envoi.clone(),
        decisions: decisions.clone(),
    };
    let examen = essayer_et_montrer(&Demande::from(&visit), demandee).await?;
    let tableau = annoter(&envoi, &colonnes, reponses, &examen.anomalies, &decisions);
    telecharger(envoi.format, "stagiaires-anomalies", &tableau)
}
