//! The home of an administrateur: the comptes of the network, and the habilitations that end soon.

use askama::Template;
use axum::response::Response;
use forprev_store::{Pagination, comptes};
use jiff::civil::Date;

use super::a_renouveler::{self, Renouvellement};
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::Icone;
use crate::layout::{Page, render};
use crate::sceau::Echeance;
use crate::sign_in::SignedVisit;
use crate::typographie::{capitale, date_longue};

#[derive(Template)]
#[template(path = "tableau_de_bord/reseau.html")]
struct Reseau {
    page: Page,
    jour: String,
    /// What the operator of the installation must do about its certificates.
    alertes: Vec<String>,
    combien: usize,
    comptes: Vec<(String, String)>,
    /// Whether there are more comptes than those shown.
    suite: bool,
    renouvellements: Vec<Renouvellement>,
}

/// A seal whose certificate ends, and a service without a name, whose certificates certify nothing.
fn alertes(app: &App, aujourdhui: Date) -> Vec<String> {
    let sceau = Echeance::de(app.trousseau.sceau.chaine(), aujourdhui).map(Echeance::phrase);
    let sans_nom = app.config.specimen() && !app.config.demo;
    let nom = sans_nom.then(|| {
        "Le service qui délivre n’a pas de nom : chaque certificat est un SPÉCIMEN, sans valeur. L’exploitant le nomme \
         avec le réglage FORPREV_SERVICE_NOM."
            .to_owned()
    });
    sceau.into_iter().chain(nom).collect()
}

/// The page of the network.
///
/// # Errors
///
/// Unavailable when the database does not answer.
pub(super) async fn show(visit: &SignedVisit, app: &App, demande: Demande) -> Result<Response, Error> {
    let aujourdhui = demande.moment.aujourdhui;
    let alertes = alertes(app, aujourdhui);
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
        alertes,
        combien: usize::try_from(comptes.total).unwrap_or(0),
        suite: comptes.suivant.is_some(),
        comptes: comptes.elements.into_iter().map(|c| (c.id.to_string(), c.raison_sociale)).collect(),
        renouvellements,
    })
}
