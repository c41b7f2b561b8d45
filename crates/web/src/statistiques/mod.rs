//! `/statistiques`: sessions by state, certificates by month and dispositif; no persons.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use forprev_domain::calendrier::plus_mois;
use forprev_domain::session::NomEtat;
use forprev_store::certificats;
use forprev_store::sessions::{Filtre, compter_par_etat};

use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::Etat;
use crate::layout::{Page, render};
use crate::messages;
use crate::sign_in::SignedVisit;
use crate::typographie::{capitale, mois, pluriel};

/// Months shown, the current one included.
const MOIS: i32 = 24;

/// The route of this page.
pub fn routes() -> Router<App> {
    Router::new().route("/statistiques", get(show))
}

#[derive(Template)]
#[template(path = "statistiques/page.html")]
struct Statistiques {
    page: Page,
    sessions: String,
    etats: Vec<(Etat, i64)>,
    certificats: String,
    colonnes: Vec<String>,
    lignes: Vec<(String, Vec<i64>, i64)>,
    mois: i32,
}

async fn show(visit: SignedVisit) -> Result<Response, Error> {
    let demande = Demande::from(&visit);
    demande.exiger_administrateur()?;
    let aujourdhui = visit.moment.aujourdhui;
    let depuis = plus_mois(aujourdhui.first_of_month(), 1 - MOIS);
    let portee = demande.portee();
    let (etats, emis) = visit
        .app
        .read(move |tx| {
            let etats = compter_par_etat(tx, &portee, &Filtre::default(), aujourdhui)?;
            Ok((etats, certificats::compter(tx, depuis)?))
        })
        .await?;
    let mut colonnes = BTreeSet::new();
    let mut par_mois: BTreeMap<_, BTreeMap<String, i64>> = BTreeMap::new();
    for (jour, dispositif, niveau, nombre) in emis {
        let colonne = format!("{dispositif} {}", messages::niveau(niveau));
        *par_mois.entry(jour.first_of_month()).or_default().entry(colonne.clone()).or_default() += nombre;
        colonnes.insert(colonne);
    }
    let lignes = par_mois.iter().rev().map(|(debut, nombres)| {
        let cellules: Vec<i64> =
            colonnes.iter().map(|colonne| nombres.get(colonne).copied().unwrap_or_default()).collect();
        let total = cellules.iter().sum();
        (capitale(&format!("{} {}", mois(*debut), debut.year())), cellules, total)
    });
    let lignes: Vec<_> = lignes.collect();
    let combien = |nombre: i64| usize::try_from(nombre).unwrap_or_default();
    let total: i64 = lignes.iter().map(|(_, _, total)| total).sum();
    render(&Statistiques {
        page: visit.page("Statistiques"),
        sessions: pluriel(combien(etats.values().sum()), "session vivante", "sessions vivantes"),
        etats: NomEtat::TOUS
            .iter()
            .map(|etat| (Etat::new(*etat), etats.get(etat).copied().unwrap_or_default()))
            .collect(),
        certificats: pluriel(combien(total), "certificat émis", "certificats émis"),
        colonnes: colonnes.into_iter().collect(),
        lignes,
        mois: MOIS,
    })
}
