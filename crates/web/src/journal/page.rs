//! `/journal`: who did what to what, the latest first; and whether the chain holds.

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use forprev_domain::numero::Numero;
use forprev_store::Pagination;
use forprev_store::journal::{FiltreJournal, Maillon, lister, verifier};
use jiff::tz::TimeZone;

use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::Icone;
use crate::layout::{Page, render};
use crate::saisie::{Requete, Saisie, encode};
use crate::sign_in::SignedVisit;
use crate::typographie::{instant, pluriel};

/// Entries on one page.
const PAR_PAGE: u16 = 50;

/// The route of this page.
pub fn routes() -> Router<App> {
    Router::new().route("/journal", get(show))
}

#[derive(Template)]
#[template(path = "journal/page.html")]
struct Journal {
    page: Page,
    saisie: Saisie,
    titre: String,
    lignes: Vec<Ligne>,
    suite: Option<String>,
    /// « asked for », and the place of the first entry that does not hold.
    chaine: Option<Option<i64>>,
}

struct Ligne {
    rang: i64,
    le: String,
    par: String,
    acte: String,
    objet: String,
    valeurs: String,
}

async fn show(visit: SignedVisit, Requete(mut saisie): Requete) -> Result<Response, Error> {
    Demande::from(&visit).exiger_administrateur()?;
    let paris = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
    let depuis =
        saisie.jour("depuis").and_then(|jour| jour.to_zoned(paris).ok()).map(|debut| debut.timestamp());
    let par = saisie.option("par").map(str::to_owned);
    let numero = par.as_deref().map(Numero::parse);
    if numero == Some(None) {
        saisie
            .refuser("par", "Un numéro FORPREV compte trois lettres et cinq chiffres, par exemple JKA37899.");
    }
    let filtre = FiltreJournal {
        par: numero.flatten(),
        objet: saisie.option("objet").map(str::to_owned),
        acte: saisie.option("acte").map(str::to_owned),
        depuis,
    };
    let pagination =
        Pagination::new(PAR_PAGE, saisie.option("apres")).unwrap_or_else(|| Pagination::premiere(PAR_PAGE));
    // Reading the whole chain takes a while on a long journal: only when it is asked for.
    let controle = saisie.contient("controle");
    let (page, chaine) = visit
        .app
        .read(move |tx| {
            let chaine = if controle { Some(verifier(tx)?) } else { None };
            Ok((lister(tx, &filtre, pagination)?, chaine))
        })
        .await?;
    let combien = usize::try_from(page.total).unwrap_or_default();
    let filtres: Vec<String> = ["par", "acte", "objet", "depuis"]
        .iter()
        .filter_map(|champ| saisie.option(champ).map(|valeur| format!("{champ}={}&", encode(valeur))))
        .collect();
    let titre = pluriel(combien, "inscription", "inscriptions");
    render(&Journal {
        page: visit.page(format!("Journal – {titre}")).en_erreur(&saisie),
        titre,
        lignes: page.elements.iter().map(ligne).collect(),
        suite: page.suivant.map(|curseur| format!("/journal?{}apres={curseur}", filtres.concat())),
        chaine,
        saisie,
    })
}

fn ligne(maillon: &Maillon) -> Ligne {
    let entree = &maillon.entree;
    let valeurs = match (&entree.avant, &entree.apres) {
        (Some(avant), Some(apres)) => format!("{avant} → {apres}"),
        (None, Some(apres)) => format!("→ {apres}"),
        (Some(avant), None) => format!("{avant} →"),
        (None, None) => String::new(),
    };
    Ligne {
        rang: maillon.rang,
        le: instant(entree.le),
        par: entree.par.as_ref().map_or_else(|| "le programme".to_owned(), ToString::to_string),
        acte: entree.acte.clone(),
        objet: entree.objet.clone(),
        valeurs,
    }
}
