//! « Importer une liste » of trainees: send it or paste it, see all that is to be said of it, confirm.
//!
//! The list goes from page to page in the form: nothing is written before « Confirmer l’import », nothing is kept.

mod annotation;
mod essai;
mod fichiers;
mod vue;

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};

use super::dossier::{Dossier, ouvrir};
use super::tete::{Etape, Tete};
use super::{avec_statut, identifiant, vers};
use crate::app::App;
use crate::error::Error;
use crate::layout::composants::{Champ, Resume};
use crate::layout::{Page, render};
use crate::saisie::Saisie;
use crate::sessions::import::Envoi;
use crate::sessions::import::recu::{Recu, ouvrir as lire_le_fichier};
use crate::sign_in::SignedVisit;

/// Routes of this folder.
pub(super) fn routes() -> Router<App> {
    Router::new()
        // The edge has bounded the body already.
        .route(
            "/sessions/{id}/stagiaires/import",
            get(montrer).post(recevoir).layer(DefaultBodyLimit::disable()),
        )
        .route("/sessions/{id}/stagiaires/import/lignes", post(coller))
        .route("/sessions/{id}/stagiaires/import/confirmation", post(essai::confirmer))
        .route("/sessions/{id}/stagiaires/import/anomalies", post(fichiers::anomalies))
        .route("/modeles/{fichier}", get(fichiers::modele))
}

#[derive(Template)]
#[template(path = "sessions/saisie/import/envoi.html")]
struct Envoyer {
    page: Page,
    tete: Tete,
    resume: Resume,
    fichier: Champ,
    lignes: Champ,
    avec_email: bool,
    ici: String,
    retour: String,
}

async fn montrer(visit: SignedVisit, Path(id): Path<String>) -> Result<Response, Error> {
    match ouvrir(&visit, &id).await? {
        Some(dossier) => page(&visit, &dossier, &Saisie::vide()),
        None => Ok(vers(&format!("/sessions/{}", identifiant(&id)?))),
    }
}

async fn recevoir(visit: SignedVisit, Path(id): Path<String>, recu: Recu) -> Result<Response, Error> {
    let Some((nom, octets)) = recu.fichier.filter(|(nom, octets)| !nom.is_empty() || !octets.is_empty())
    else {
        let rien = "Choisissez un fichier CSV, XLSX ou ODS, ou collez les lignes dans le champ ci-dessous.";
        return refuser(&visit, &id, Saisie::vide(), "fichier", rien).await;
    };
    match lire_le_fichier(nom, octets).await {
        Ok(envoi) => essai::essayer(&visit, &id, envoi, Saisie::vide(), "fichier").await,
        Err(Error::Illisible(faute)) => {
            refuser(&visit, &id, Saisie::vide(), "fichier", &faute.phrase()).await
        }
        Err(autre) => Err(autre),
    }
}

async fn coller(visit: SignedVisit, Path(id): Path<String>, saisie: Saisie) -> Result<Response, Error> {
    if saisie.option("lignes").is_none() {
        let rien = "Collez ici les lignes copiées de votre tableur.";
        return refuser(&visit, &id, saisie, "lignes", rien).await;
    }
    match Envoi::colle(saisie.brut("lignes")) {
        Ok(envoi) => essai::essayer(&visit, &id, envoi, saisie, "lignes").await,
        Err(faute) => refuser(&visit, &id, saisie, "lignes", &faute.phrase()).await,
    }
}

/// The first page again, with what was wrong at its field.
async fn refuser(
    visit: &SignedVisit,
    id: &str,
    mut saisie: Saisie,
    champ: &str,
    phrase: &str,
) -> Result<Response, Error> {
    let Some(dossier) = ouvrir(visit, id).await? else {
        return Ok(vers(&format!("/sessions/{}", identifiant(id)?)));
    };
    saisie.refuser(champ, phrase);
    avec_statut(StatusCode::UNPROCESSABLE_ENTITY, page(visit, &dossier, &saisie))
}

fn page(visit: &SignedVisit, dossier: &Dossier, saisie: &Saisie) -> Result<Response, Error> {
    let titre = format!("Importer une liste – {}", Etape::Stagiaires.titre());
    render(&Envoyer {
        page: dossier.page_de_stagiaire(visit, &titre, "Importer une liste").en_erreur(saisie),
        tete: Tete::de(dossier, Etape::Stagiaires, !saisie.est_valide())
            .h1("Importer une liste de stagiaires".to_owned()),
        resume: saisie.resume("avant d’importer").suite(""),
        fichier: saisie
            .champ("fichier", "Fichier")
            .fichier(".csv,.txt,.xlsx,.ods")
            .aide("CSV, XLSX ou ODS ; 5 Mo et 1 000 lignes au plus."),
        lignes: saisie
            .champ("lignes", "Lignes copiées")
            .zone()
            .avec("rows", "6")
            .avec("spellcheck", "false")
            .aide("Avec la ligne des titres si possible ; sinon nom de naissance, prénom et date de naissance, dans cet ordre."),
        avec_email: super::stagiaires::demande_un_email(dossier.session.niveau()),
        ici: dossier.adresse("stagiaires/import"),
        retour: dossier.adresse("stagiaires"),
    })
}
