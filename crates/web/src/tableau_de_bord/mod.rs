//! The dashboard: what waits for me, sorted by its last possible day.

mod lignes;
mod renouvellements;

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use forprev_domain::session::{Etat, NomEtat};
use forprev_store::sessions::{self, Fiche, Filtre, Tri};
use forprev_store::{Pagination, Tx, comptes};

use self::lignes::{Attente, Chez};
use self::renouvellements::Renouvellement;
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::{Page, render};
use crate::sessions::presentation::{Gens, Tour};
use crate::sign_in::SignedVisit;
use crate::typographie::{accord, capitale, date_longue, nombre};

/// Pages of a hundred sessions that the dashboard reads at most.
const PAGES: usize = 5;

/// The route of the dashboard.
pub(crate) fn routes() -> Router<App> {
    Router::new().route("/tableau-de-bord", get(show))
}

#[derive(Template)]
#[template(path = "tableau_de_bord/tableau_de_bord.html")]
struct TableauDeBord {
    page: Page,
    jour: String,
    phrase: String,
    declare: bool,
    formateur: bool,
    attentes: Vec<Attente>,
    chez: Vec<Chez>,
    renouvellements: Vec<Renouvellement>,
    comptes: Vec<String>,
    administrateur: bool,
}

async fn show(visit: SignedVisit) -> Result<Response, Error> {
    let demande = Demande::from(&visit);
    let lue = visit.app.read(move |tx| lire(tx, &demande)).await?;
    let declare = !visit.requester.declare_pour().is_empty();
    let n = lue.attentes.len();
    let phrase = match n {
        0 => "Rien ne vous attend.".to_owned(),
        _ => format!(
            "{} {} vous {}.",
            capitale(&nombre(n)),
            accord(n, "session", "sessions"),
            accord(n, "attend", "attendent")
        ),
    };
    let titre = format!("Tableau de bord : {}", phrase.trim_end_matches('.').to_lowercase());
    render(&TableauDeBord {
        page: visit.page(titre),
        jour: capitale(&date_longue(visit.moment.aujourdhui)),
        phrase,
        declare,
        formateur: visit.requester.est_formateur(),
        administrateur: visit.requester.est_administrateur(),
        attentes: lue.attentes,
        chez: lue.chez,
        renouvellements: lue.renouvellements,
        comptes: lue.comptes,
    })
}

/// What the dashboard shows.
struct Lue {
    attentes: Vec<Attente>,
    chez: Vec<Chez>,
    renouvellements: Vec<Renouvellement>,
    comptes: Vec<String>,
}

fn lire(tx: &mut Tx<'_>, demande: &Demande) -> Result<Lue, Error> {
    if demande.requester.est_administrateur() {
        let connus = comptes::lister(tx, None, Pagination::premiere(Pagination::MAXIMUM))?;
        let comptes = connus.elements.into_iter().map(|compte| compte.raison_sociale).collect();
        let renouvellements = renouvellements::du_reseau(tx, demande)?;
        return Ok(Lue { attentes: Vec::new(), chez: Vec::new(), renouvellements, comptes });
    }
    let fiches = vivantes(tx, demande)?;
    let gens = Gens::de(tx, &fiches.iter().map(|fiche| &fiche.session).collect::<Vec<_>>(), &[])?;
    let mut attentes = Vec::new();
    for fiche in &fiches {
        if Tour::de(&demande.requester, &fiche.session).a_moi {
            attentes.push(lignes::attente(tx, demande, fiche, &gens)?);
        }
    }
    attentes.sort_by_key(|attente| attente.echeance);
    let declare = !demande.requester.declare_pour().is_empty();
    let soumises =
        fiches.iter().filter(|fiche| declare && matches!(fiche.session.etat, Etat::Soumise { .. }));
    let chez = soumises.map(|fiche| lignes::chez(fiche, &gens, demande.moment.aujourdhui)).collect();
    let renouvellements = renouvellements::a_renouveler(tx, demande, &fiches, &gens)?;
    Ok(Lue { attentes, chez, renouvellements, comptes: Vec::new() })
}

fn vivantes(tx: &mut Tx<'_>, demande: &Demande) -> Result<Vec<Fiche>, Error> {
    let filtre = Filtre { etats: NomEtat::TOUS.to_vec(), ..Filtre::default() };
    let (mut fiches, mut apres) = (Vec::new(), None::<String>);
    for _ in 0..PAGES {
        let Some(pagination) = Pagination::new(Pagination::MAXIMUM, apres.as_deref()) else { break };
        let tri = Tri::DateFinAncienne;
        let page =
            sessions::lister(tx, &demande.portee(), &filtre, tri, pagination, demande.moment.aujourdhui)?;
        fiches.extend(page.elements);
        apres = page.suivant;
        if apres.is_none() {
            break;
        }
    }
    Ok(fiches)
}
