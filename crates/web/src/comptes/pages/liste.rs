//! `/comptes`: the organisations of the network; opening one.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use forprev_domain::compte::Genre;
use forprev_domain::siret::siret_valide;
use forprev_store::{Pagination, comptes};

use super::compte::{genre, groupe};
use super::reseau;
use crate::comptes::{NouveauCompte, ouvrir};
use crate::error::Error;
use crate::layout::composants::Icone;
use crate::layout::{Page, render};
use crate::saisie::{Requete, Saisie, encode};
use crate::sign_in::SignedVisit;
use crate::typographie::pluriel;
use crate::une_fois::Effet;

/// Comptes on one page of the list.
const PAR_PAGE: u16 = 50;
/// Characters of a legal name.
const LONGUEUR: usize = 200;

#[derive(Template)]
#[template(path = "comptes/pages/liste.html")]
struct Comptes {
    page: Page,
    saisie: Saisie,
    titre: String,
    lignes: Vec<Ligne>,
    suite: Option<String>,
}

struct Ligne {
    id: String,
    raison_sociale: String,
    siret: String,
    genre: &'static str,
}

#[derive(Template)]
#[template(path = "comptes/pages/nouveau.html")]
struct Nouveau {
    page: Page,
    saisie: Saisie,
}

/// `GET /comptes`
///
/// # Errors
/// Forbidden for anybody but the administrateur.
pub(super) async fn show(visit: SignedVisit, Requete(saisie): Requete) -> Result<Response, Error> {
    reseau(&visit)?;
    let q = saisie.option("q").map(str::to_owned);
    let mots = q.clone();
    let pagination =
        Pagination::new(PAR_PAGE, saisie.option("apres")).unwrap_or_else(|| Pagination::premiere(PAR_PAGE));
    let page = visit.app.read(move |tx| Ok(comptes::lister(tx, mots.as_deref(), pagination)?)).await?;
    let combien = pluriel(usize::try_from(page.total).unwrap_or_default(), "compte", "comptes");
    let titre = q.as_ref().map_or_else(|| combien.clone(), |q| format!("{combien}, recherche « {q} »"));
    let recherche = q.map(|q| format!("q={}&", encode(&q))).unwrap_or_default();
    let lignes = page.elements.into_iter().map(|compte| Ligne {
        id: compte.id.to_string(),
        siret: groupe(&compte.siret),
        genre: genre(compte.genre),
        raison_sociale: compte.raison_sociale,
    });
    render(&Comptes {
        lignes: lignes.collect(),
        suite: page.suivant.map(|curseur| format!("/comptes?{recherche}apres={curseur}")),
        page: visit.page(format!("Comptes – {titre}")),
        titre,
        saisie,
    })
}

/// `GET /comptes/nouveau`
///
/// # Errors
/// As [`show`].
pub(super) async fn form(visit: SignedVisit) -> Result<Response, Error> {
    reseau(&visit)?;
    formulaire(&visit, Saisie::vide())
}

/// `POST /comptes/nouveau`
///
/// # Errors
/// As [`show`].
pub(super) async fn open(visit: SignedVisit, mut saisie: Saisie) -> Result<Response, Error> {
    reseau(&visit)?;
    if let Some(nouveau) = lire(&mut saisie) {
        let adresse = visit
            .une_fois(&saisie, move |tx, demande| {
                let compte = ouvrir(tx, demande, &nouveau)?;
                Ok(Effet::vers(format!("/comptes/{}?ouvert", compte.id)))
            })
            .await?;
        return Ok(Redirect::to(&adresse).into_response());
    }
    let mut response = formulaire(&visit, saisie)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

fn lire(saisie: &mut Saisie) -> Option<NouveauCompte> {
    let raison_sociale = saisie.texte("raison_sociale").to_owned();
    if raison_sociale.is_empty() || raison_sociale.chars().count() > LONGUEUR {
        saisie.refuser("raison_sociale", "Indiquez la raison sociale, en 200 caractères au plus.");
    }
    let siret = siret_valide(saisie.texte("siret"));
    if siret.is_err() {
        let chiffres = saisie.texte("siret").chars().filter(char::is_ascii_digit).count();
        let message = if chiffres == 14 {
            "Ce SIRET ne se contrôle pas : un de ses 14 chiffres est faux. Vérifiez la saisie.".to_owned()
        } else {
            format!("Un SIRET compte 14 chiffres ; la saisie en compte {chiffres}.")
        };
        saisie.refuser("siret", message);
    }
    let genre = Genre::from_code(saisie.texte("genre"));
    if genre.is_none() {
        saisie.refuser("genre", "Choisissez organisme de formation ou entreprise.");
    }
    match (siret, genre) {
        (Ok(siret), Some(genre)) if saisie.est_valide() => {
            Some(NouveauCompte { raison_sociale, siret, genre })
        }
        _ => None,
    }
}

fn formulaire(visit: &SignedVisit, saisie: Saisie) -> Result<Response, Error> {
    let page = visit.page("Ouvrir un compte").en_erreur(&saisie).fil("Comptes", "/comptes").ici("Ouvrir");
    render(&Nouveau { page, saisie })
}
