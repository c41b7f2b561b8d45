//! `/habilitations`: those of all comptes, the soonest end first; those within 90 days apart.

use askama::Template;
use axum::response::Response;
use forprev_domain::calendrier::jours_entre;
use forprev_domain::compte::Compte;
use forprev_domain::habilitation::Habilitation;
use forprev_domain::regles::habilitation_valide::JOURS_D_ALERTE;
use forprev_store::{Pagination, habilitations};

use super::droit::Droit;
use super::reseau;
use crate::error::Error;
use crate::layout::{Page, render};
use crate::saisie::Requete;
use crate::sign_in::SignedVisit;
use crate::typographie::pluriel;

/// Habilitations on one page.
const PAR_PAGE: u16 = 100;

#[derive(Template)]
#[template(path = "comptes/pages/echeances.html")]
struct Echeances {
    page: Page,
    titre: String,
    proches: Vec<Ligne>,
    autres: Vec<Ligne>,
    suite: Option<String>,
    jours: i32,
}

struct Ligne {
    id: String,
    compte: String,
    compte_id: String,
    droit: Droit,
}

/// `GET /habilitations`
///
/// # Errors
/// Forbidden for anybody but the administrateur.
pub(super) async fn show(visit: SignedVisit, Requete(requete): Requete) -> Result<Response, Error> {
    reseau(&visit)?;
    let aujourdhui = visit.moment.aujourdhui;
    let pagination =
        Pagination::new(PAR_PAGE, requete.option("apres")).unwrap_or_else(|| Pagination::premiere(PAR_PAGE));
    let page = visit.app.read(move |tx| Ok(habilitations::par_echeance(tx, aujourdhui, pagination)?)).await?;
    let jours = JOURS_D_ALERTE;
    let (proches, autres): (Vec<_>, Vec<_>) =
        page.elements.iter().partition(|(_, h)| jours_entre(aujourdhui, h.dernier_jour()) <= jours);
    let ligne = |(compte, h): &(Compte, Habilitation)| Ligne {
        id: h.id.to_string(),
        compte: compte.raison_sociale.clone(),
        compte_id: compte.id.to_string(),
        droit: Droit::de(h, aujourdhui),
    };
    let combien = usize::try_from(page.total).unwrap_or_default();
    let titre = pluriel(combien, "habilitation en cours ou à venir", "habilitations en cours ou à venir");
    render(&Echeances {
        page: visit.page(format!("Habilitations – {titre}")),
        titre,
        proches: proches.into_iter().map(ligne).collect(),
        autres: autres.into_iter().map(ligne).collect(),
        suite: page.suivant.map(|curseur| format!("/habilitations?apres={curseur}")),
        jours,
    })
}
