//! `/compte`: who the organisation is, what it may declare, until when.

use askama::Template;
use axum::response::Response;
use forprev_domain::compte::Genre;
use forprev_domain::droits::{ActeDuCompte, comptes_pour, peut_pour};
use forprev_store::habilitations;

use super::droit::Droit;
use crate::comptes::charger_pour;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::{Page, render};
use crate::sign_in::SignedVisit;

#[derive(Template)]
#[template(path = "comptes/pages/compte.html")]
struct Compte {
    page: Page,
    raison_sociale: String,
    siret: String,
    genre: &'static str,
    gere: bool,
    droits: Vec<Droit>,
    modifiables: bool,
}

/// `GET /compte`
///
/// # Errors
/// Forbidden for who is of no compte.
pub(super) async fn show(visit: SignedVisit) -> Result<Response, Error> {
    let id =
        comptes_pour(&visit.requester, ActeDuCompte::Consulter).first().copied().ok_or(Error::Forbidden)?;
    let demande = Demande::from(&visit);
    let gere = peut_pour(&visit.requester, ActeDuCompte::GererLesUtilisateurs, id).is_ok();
    let (compte, tenues) = visit
        .app
        .read(move |tx| {
            let compte = charger_pour(tx, &demande, ActeDuCompte::Consulter, id)?;
            Ok((compte, habilitations::du_compte(tx, id)?))
        })
        .await?;
    let aujourdhui = visit.moment.aujourdhui;
    render(&Compte {
        page: visit.page(format!("Compte – {}", compte.raison_sociale)),
        siret: groupe(&compte.siret),
        genre: genre(compte.genre),
        raison_sociale: compte.raison_sociale,
        gere,
        droits: tenues.iter().map(|h| Droit::de(h, aujourdhui)).collect(),
        modifiables: false,
    })
}

/// « organisme de formation »
pub(crate) fn genre(genre: Genre) -> &'static str {
    match genre {
        Genre::OrganismeDeFormation => "organisme de formation",
        Genre::Entreprise => "entreprise",
    }
}

/// « 732 829 320 00074 »: read aloud more easily.
pub(crate) fn groupe(siret: &str) -> String {
    match (siret.get(..3), siret.get(3..6), siret.get(6..9), siret.get(9..)) {
        (Some(a), Some(b), Some(c), Some(d)) => format!("{a}\u{a0}{b}\u{a0}{c}\u{a0}{d}"),
        _ => siret.to_owned(),
    }
}
