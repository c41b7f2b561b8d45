//! Certificates of the interface: generation, list, files.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use forprev_domain::certificat::{Certificat, Imprime};
use forprev_domain::numero::NumeroCertificat;
use forprev_domain::session::{Session, SessionId};
use forprev_domain::stagiaire::Stagiaire;
use serde_json::Value;

use super::correction::corriger;
use super::fichiers;
use super::revocation::revoquer;
use crate::api::corps::Corps;
use crate::api::ecriture::{Fait, ecrire};
use crate::app::App;
use crate::badges;
use crate::demande::Demande;
use crate::error::Error;
use crate::sceau::sceller_aussitot;
use crate::sessions::generation::generer;
use crate::sessions::telechargement::{d_un_certificat, de_la_session};
use crate::sessions::{entree, objet};
use crate::verification;

/// The routes of certificates.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/sessions/{id}/certificats", get(lister).post(generer_tous))
        .route("/sessions/{id}/certificats.pdf", get(tous_en_un))
        .route("/sessions/{id}/certificats.zip", get(archive))
        .route("/certificats/{fichier}", get(un_fichier))
        .route("/certificats/{numero}/badge", get(un_badge))
        .route("/certificats/{numero}/correction", post(corriger_un))
        .route("/certificats/{numero}/revocation", post(revoquer_un))
}

async fn generer_tous(
    State(app): State<App>,
    demande: Demande,
    Path(id): Path<String>,
    corps: Corps,
) -> Result<Response, Error> {
    let id = identifiant(&id)?;
    let reponse = ecrire(demande, corps, move |tx, demande, recu| {
        let generation = generer(tx, demande, id, recu.version()?)?;
        let liste = liste(&generation.session, &generation.certificats);
        Ok(if generation.nouvelle { Fait::cree(liste) } else { Fait::ok(liste) }.sur(id))
    })
    .await?;
    sceller_aussitot(&app, id);
    Ok(reponse)
}

async fn lister(State(app): State<App>, demande: Demande, Path(id): Path<String>) -> Result<Response, Error> {
    let (session, certificats) = generes(&app, demande, &id).await?;
    Ok(Json(liste(&session, &certificats)).into_response())
}

async fn tous_en_un(
    State(app): State<App>,
    demande: Demande,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let (session, certificats) = generes(&app, demande, &id).await?;
    fichiers::tous_en_un(&app, imprimes(certificats), session.numero.to_string()).await
}

async fn archive(
    State(app): State<App>,
    demande: Demande,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let (session, certificats) = generes(&app, demande, &id).await?;
    fichiers::archive(&app, imprimes(certificats), session.numero.as_str())
}

async fn un_fichier(
    State(app): State<App>,
    demande: Demande,
    Path(fichier): Path<String>,
) -> Result<Response, Error> {
    let numero = fichier.strip_suffix(".pdf").and_then(NumeroCertificat::parse).ok_or(Error::NotFound)?;
    let imprime = app.read(move |tx| d_un_certificat(tx, &demande, &numero)).await?;
    fichiers::pdf(&app, imprime).await
}

async fn un_badge(demande: Demande, Path(numero): Path<String>) -> Result<Response, Error> {
    badges::fichier(demande, &numero).await
}

async fn corriger_un(demande: Demande, Path(numero): Path<String>, corps: Corps) -> Result<Response, Error> {
    let numero = NumeroCertificat::parse(&numero).ok_or(Error::NotFound)?;
    ecrire(demande, corps, move |tx, demande, recu| {
        let changer = |ligne: &Stagiaire| entree::fusionner_stagiaire(ligne, recu);
        let (correction, nouveau) = corriger(tx, demande, &numero, changer)?;
        let titulaire = correction.apres.prenom_nom();
        Ok(Fait::cree(objet::certificat(&nouveau, &titulaire)).sur(correction.ouvert.session.id))
    })
    .await
}

async fn revoquer_un(demande: Demande, Path(numero): Path<String>, corps: Corps) -> Result<Response, Error> {
    let numero = NumeroCertificat::parse(&numero).ok_or(Error::NotFound)?;
    ecrire(demande, corps, move |tx, demande, recu| {
        let revoque = revoquer(tx, demande, &numero, recu.commentaire("motif")?.as_deref())?;
        let reponse = verification::reponse(tx, revoque, demande.moment)?;
        Ok(Fait::ok(verification::api::objet(&reponse)))
    })
    .await
}

async fn generes(app: &App, demande: Demande, id: &str) -> Result<(Session, Vec<Certificat>), Error> {
    let id = identifiant(id)?;
    app.read(move |tx| de_la_session(tx, &demande, id)).await
}

fn liste(session: &Session, certificats: &[Certificat]) -> Value {
    let titulaire = |certificat: &Certificat| {
        let ligne = certificat.stagiaire.and_then(|ligne| session.stagiaire(ligne));
        ligne.and_then(|s| s.identite.complete()).map(|identite| identite.prenom_nom()).unwrap_or_default()
    };
    certificats.iter().map(|certificat| objet::certificat(certificat, &titulaire(certificat))).collect()
}

/// What is printed of certificates that are still handed out.
#[must_use]
pub fn imprimes(certificats: Vec<Certificat>) -> Vec<Imprime> {
    certificats.into_iter().filter_map(|certificat| certificat.imprime).collect()
}

fn identifiant(texte: &str) -> Result<SessionId, Error> {
    SessionId::parse(texte).ok_or(Error::NotFound)
}
