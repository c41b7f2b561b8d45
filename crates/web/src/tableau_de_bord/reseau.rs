//! The home of an administrateur: the comptes of the network, and the habilitations that end soon.

use askama::Template;
use axum::response::Response;
use forprev_store::{Pagination, comptes};

use super::a_renouveler::{self, Renouvellement};
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::{Page, render};
use crate::sign_in::SignedVisit;
use crate::typographie::{capitale, date_longue};

#[derive(Template)]
#[template(path = "tableau_de_bord/reseau.html")]
struct Reseau {
    page: Page,
    jour: String,
    combien: usize,
    comptes: Vec<(String, String)>,
    /// Whether there are more comptes than those shown.
    suite: bool,
    renouvellements: Vec<Renouvellement>,
}

/// The page of the network.
///
/// # Errors
///
/// Unavailable when the database does not answer.
pub(super) async fn show(visit: &SignedVisit, app: &App, demande: Demande) -> Result<Response, Error> {
    let aujourdhui = demande.moment.aujourdhui;
    let (comptes, renouvellements) = app
        .read(move |tx| {
            let comptes = comptes::lister(tx, None, Pagination::premiere(Pagination::MAXIMUM))?;
            let renouvellements = a_renouveler::du_reseau(tx, &comptes.elements, aujourdhui)?;
            Ok((comptes, renouvellements))
        })
        .await?;
    render(&Reseau {
        page: visit.page("Tableau de bord du réseau"),
        jour: capitale(&date_longue(aujourdhui)),
        combien: usize::try_from(comptes.total).unwrap_or(0),
        suite: comptes.suivant.is_some(),
        comptes: comptes.elements.into_iter().map(|c| (c.id.to_string(), c.raison_sociale)).collect(),
        renouvellements,
    })
}
