//! « Fusionner » : what would follow, what stands in the way; then the confirmation. « Séparer » undoes it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use forprev_domain::fusion::{Apercu, Vigilance};
use forprev_domain::id::FusionId;
use forprev_domain::numero::Numero;
use forprev_domain::personne::Personne;
use forprev_store::fusions;

use super::{apercevoir, fusionner, mots, separer};
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::{Page, render};
use crate::saisie::{Requete, Saisie};
use crate::sign_in::SignedVisit;
use crate::typographie::{date, instant};
use crate::une_fois::Effet;

#[derive(Template)]
#[template(path = "personnes/fusion/page.html")]
struct Question {
    page: Page,
    saisie: Saisie,
    ancienne: Colonne,
    nouvelle: Colonne,
    suite: Vec<String>,
    obstacles: Vec<String>,
    vigilances: Vec<&'static str>,
    /// The names are far apart: he says that he knows.
    a_confirmer: bool,
    inverse: String,
    retour: String,
}

struct Colonne {
    numero: String,
    nom: String,
    usage: String,
    naissance: String,
    adresse: String,
}

#[derive(Template)]
#[template(path = "personnes/fusion/separation.html")]
struct Separation {
    page: Page,
    ancien: String,
    nouveau: String,
    nom: String,
    le: String,
    retour: String,
}

/// `GET /personnes/{numero}/fusion?avec=…`: this person stays, the other numéro leads to him.
///
/// # Errors
/// Forbidden for anybody but the administrateur; not found.
pub async fn show(
    visit: SignedVisit,
    Path(numero): Path<String>,
    Requete(requete): Requete,
) -> Result<Response, Error> {
    let nouveau = lire(&numero)?;
    let Some(ancien) = requete.option("avec").and_then(Numero::parse) else {
        return Ok(Redirect::to(&format!("/personnes/{nouveau}?numero_inconnu")).into_response());
    };
    match page(&visit, &ancien, &nouveau, Saisie::vide()).await {
        Err(Error::NotFound) => {
            Ok(Redirect::to(&format!("/personnes/{nouveau}?numero_inconnu")).into_response())
        }
        autre => autre,
    }
}

/// `POST /personnes/{numero}/fusion`
///
/// # Errors
/// As [`show`].
pub async fn join(
    visit: SignedVisit,
    Path(numero): Path<String>,
    mut saisie: Saisie,
) -> Result<Response, Error> {
    let nouveau = lire(&numero)?;
    let ancien = saisie.option("ancien").and_then(Numero::parse).ok_or(Error::NotFound)?;
    let les_deux = (ancien.clone(), nouveau.clone());
    let confirmee = saisie.option("confirmee").is_some();
    let faite = visit.une_fois(&saisie, move |tx, demande| {
        let fusion = fusionner(tx, demande, &les_deux.0, &les_deux.1, confirmee)?;
        Ok(Effet::vers(format!("/personnes/{}?fusionnee", fusion.nouveau)))
    });
    match faite.await {
        Ok(adresse) => Ok(Redirect::to(&adresse).into_response()),
        Err(Error::Conflict { code, detail }) => {
            saisie.refuser(if code == "fusion_a_confirmer" { "confirmee" } else { "" }, detail);
            let mut response = page(&visit, &ancien, &nouveau, saisie).await?;
            *response.status_mut() = StatusCode::CONFLICT;
            Ok(response)
        }
        Err(autre) => Err(autre),
    }
}

async fn page(
    visit: &SignedVisit,
    ancien: &Numero,
    nouveau: &Numero,
    saisie: Saisie,
) -> Result<Response, Error> {
    let (demande, les_deux) = (Demande::from(visit), (ancien.clone(), nouveau.clone()));
    let apercu: Apercu =
        visit.app.write(move |tx| apercevoir(tx, &demande, &les_deux.0, &les_deux.1)).await?;
    let nom = apercu.nouvelle.identite.prenom_nom();
    let retour = format!("/personnes/{}", apercu.nouvelle.numero);
    let vigilances = apercu.vigilances();
    let page = visit.page(format!("Fusionner {ancien} avec {nom} – {nouveau}")).en_erreur(&saisie);
    render(&Question {
        page: page.fil("Personnes", "/personnes").fil(nom, &retour).ici("Fusionner"),
        saisie,
        a_confirmer: vigilances.contains(&Vigilance::IdentitesEloignees),
        vigilances: vigilances.into_iter().map(mots::vigilance).collect(),
        obstacles: apercu.obstacles().iter().map(mots::obstacle).collect(),
        suite: mots::suite(&apercu),
        inverse: format!("/personnes/{}/fusion?avec={}", apercu.ancienne.numero, apercu.nouvelle.numero),
        ancienne: colonne(&apercu.ancienne),
        nouvelle: colonne(&apercu.nouvelle),
        retour,
    })
}

fn colonne(personne: &Personne) -> Colonne {
    let absent = || "Aucun".to_owned();
    Colonne {
        numero: personne.numero.to_string(),
        nom: personne.identite.prenom_nom(),
        usage: personne.identite.nom_usage.as_ref().map_or_else(absent, ToString::to_string),
        naissance: date(personne.identite.date_naissance),
        adresse: personne
            .email
            .as_ref()
            .map_or_else(|| "Aucune".to_owned(), |email| email.as_str().to_owned()),
    }
}

/// `GET /personnes/fusions/{id}`: the question before parting.
///
/// # Errors
/// Forbidden for anybody but the administrateur; not found.
pub async fn ask(visit: SignedVisit, Path(id): Path<String>) -> Result<Response, Error> {
    let demande = Demande::from(&visit);
    demande.exiger_administrateur()?;
    let id = FusionId::parse(&id).ok_or(Error::NotFound)?;
    let (fusion, personne) = visit
        .app
        .read(move |tx| {
            let fusion = fusions::charger(tx, id)?.ok_or(Error::NotFound)?;
            let personne = forprev_store::personnes::charger(tx, &fusion.nouveau)?.ok_or(Error::NotFound)?;
            Ok((fusion, personne))
        })
        .await?;
    let nom = personne.identite.prenom_nom();
    let retour = format!("/personnes/{}", personne.numero);
    let page = visit.page(format!("Séparer {} de {nom}", fusion.ancien));
    render(&Separation {
        page: page.fil("Personnes", "/personnes").fil(&nom, &retour).ici("Séparer"),
        ancien: fusion.ancien.to_string(),
        nouveau: fusion.nouveau.to_string(),
        le: instant(fusion.faite_le),
        nom,
        retour,
    })
}

/// `POST /personnes/fusions/{id}`
///
/// # Errors
/// As [`ask`]; a conflict when another merge was made over this one.
pub async fn part(visit: SignedVisit, Path(id): Path<String>, saisie: Saisie) -> Result<Response, Error> {
    let id = FusionId::parse(&id).ok_or(Error::NotFound)?;
    let faite = visit.une_fois(&saisie, move |tx, demande| {
        let fusion = separer(tx, demande, id)?;
        Ok(Effet::vers(format!("/personnes/{}?separee", fusion.ancien)))
    });
    Ok(Redirect::to(&faite.await?).into_response())
}

fn lire(numero: &str) -> Result<Numero, Error> {
    Numero::parse(numero).ok_or(Error::NotFound)
}
