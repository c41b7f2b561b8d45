//! `/tableau-de-bord`: what waits for who looks at it, from the nearest deadline to the furthest.

mod a_renouveler;
mod ailleurs;
mod attente;
mod reseau;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use forprev_domain::calendrier::jours_entre;
use jiff::civil::Date;

use self::a_renouveler::Renouvellement;
use self::ailleurs::Ailleurs;
use self::attente::Attente;
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::{Etat, Jour};
use crate::layout::{Page, render};
use crate::messages::durees;
use crate::sessions::presentation;
use crate::sign_in::SignedVisit;
use crate::typographie::{accord, capitale, date_longue};

/// Days of « cette semaine ».
const SEMAINE: i32 = 7;

/// The routes of the dashboard.
pub(crate) fn routes() -> Router<App> {
    Router::new().route("/tableau-de-bord", get(show))
}

#[derive(Template)]
#[template(path = "tableau_de_bord/tableau_de_bord.html")]
struct TableauDeBord {
    page: Page,
    aujourdhui: String,
    combien: String,
    cette_semaine: Option<(&'static str, String)>,
    declare: bool,
    lignes: Vec<Ligne>,
    suite: Option<(String, &'static str)>,
    vide: String,
    renouvellements: Vec<Renouvellement>,
    ailleurs: Ailleurs,
}

/// One deadline: its day, what is due, what happens after it.
#[derive(Debug, Clone)]
struct Ligne {
    le: Date,
    jour: Jour,
    etat: Etat,
    titre: String,
    href: String,
    reste: Option<String>,
    phrase: String,
    precision: String,
    bouton: &'static str,
    numero: String,
}

async fn show(visit: SignedVisit, State(app): State<App>) -> Result<Response, Error> {
    let demande = Demande::from(&visit);
    if demande.requester.est_administrateur() {
        return reseau::show(&visit, &app, demande).await;
    }
    let voulue = demande.clone();
    let (attente, renouvellements, ailleurs) = app
        .read(move |tx| {
            let attente = attente::lire(tx, &voulue)?;
            Ok((attente, a_renouveler::lire(tx, &voulue)?, ailleurs::lire(tx, &voulue)?))
        })
        .await?;
    render(&tableau(&visit, &demande, attente, renouvellements, ailleurs))
}

fn tableau(
    visit: &SignedVisit,
    demande: &Demande,
    attente: Attente,
    renouvellements: Vec<Renouvellement>,
    ailleurs: Ailleurs,
) -> TableauDeBord {
    let aujourdhui = demande.moment.aujourdhui;
    let declare = !demande.requester.declare_pour().is_empty();
    let Attente { lignes, en_tout } = attente;
    let pressees = lignes.iter().filter(|ligne| jours_entre(aujourdhui, ligne.le) < SEMAINE).count();
    let combien = match en_tout {
        0 => "Rien ne vous attend pour l’instant".to_owned(),
        n => format!(
            "{} {} vous {}",
            capitale(&presentation::combien(n)),
            accord(n, "session", "sessions"),
            accord(n, "attend", "attendent")
        ),
    };
    let titre = match en_tout {
        0 => "Tableau de bord : rien ne vous attend".to_owned(),
        _ => format!("Tableau de bord : {}", combien.to_lowercase()),
    };
    let au_dela = en_tout.saturating_sub(lignes.len());
    TableauDeBord {
        page: visit.page(titre),
        aujourdhui: capitale(&date_longue(aujourdhui)),
        cette_semaine: (pressees > 0).then(|| match pressees {
            n if n == en_tout && n == 1 => ("", "cette semaine".to_owned()),
            n if n == en_tout => ("", "toutes cette semaine".to_owned()),
            n => ("dont ", format!("{} cette semaine", presentation::combien(n))),
        }),
        combien,
        suite: (au_dela > 0).then(|| {
            let mots = format!(
                "{} {}",
                accord(au_dela, "Une autre session attend", "Les autres sessions qui attendent"),
                if au_dela == 1 { String::new() } else { format!("({au_dela})") }
            );
            (mots.trim_end().to_owned(), if declare { "/sessions" } else { "/sessions?etat=soumise" })
        }),
        vide: if declare {
            format!(
                "Rien à compléter, à corriger, à générer ni à télécharger. Une session se déclare de {delai} avant à {delai} après sa date de fin.",
                delai = durees::de_saisie()
            )
        } else {
            "Aucune session n’attend de résultat. La prochaine apparaîtra ici dès qu’elle vous sera soumise."
                .to_owned()
        },
        declare,
        lignes,
        renouvellements,
        ailleurs,
    }
}
