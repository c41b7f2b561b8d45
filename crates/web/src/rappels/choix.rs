//! `/mes-rappels`: which reminders a person is sent by mail, all as long as he chose nothing.

use askama::Template;
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use forprev_domain::rappel::{
    GenreDeRappel, JOURS_AVANT_L_ECHEANCE, JOURS_AVANT_LA_FIN, JOURS_AVANT_LA_SUPPRESSION, JOURS_DE_SILENCE,
};
use forprev_domain::regles::duree_de_vie::JOURS_DE_TELECHARGEMENT;
use forprev_store::personnes;
use forprev_store::rappels::{self, Choix};

use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::journal;
use crate::layout::{Page, render};
use crate::saisie::{Requete, Saisie};
use crate::sign_in::SignedVisit;
use crate::typographie::liste;

/// Name of the boxes.
const CHAMP: &str = "rappel";

/// The routes of the choice.
pub fn routes() -> Router<App> {
    Router::new().route("/mes-rappels", get(show).post(choose))
}

#[derive(Template)]
#[template(path = "rappels/choix.html")]
struct MesRappels {
    page: Page,
    adresse: Option<String>,
    cases: Vec<Case>,
    enregistres: bool,
}

struct Case {
    genre: GenreDeRappel,
    titre: &'static str,
    quand: String,
    voulu: bool,
}

async fn show(visit: SignedVisit, Requete(requete): Requete) -> Result<Response, Error> {
    let moi = visit.numero().clone();
    let (personne, refuses) =
        visit.app.read(move |tx| Ok((personnes::charger(tx, &moi)?, rappels::refuses(tx, &[&moi])?))).await?;
    let moi = visit.numero();
    let cases = genres(&visit).into_iter().map(|genre| Case {
        genre,
        titre: titre(genre),
        quand: quand(genre),
        voulu: !refuses.contains(&(moi.clone(), genre)),
    });
    render(&MesRappels {
        page: visit.page("Mes rappels"),
        adresse: personne.and_then(|personne| personne.email).map(|email| email.to_string()),
        cases: cases.collect(),
        enregistres: requete.contient("enregistres"),
    })
}

async fn choose(visit: SignedVisit, saisie: Saisie) -> Result<Response, Error> {
    let demande = Demande::from(&visit);
    let coche =
        |genre: GenreDeRappel| saisie.paires().any(|(nom, code)| nom == CHAMP && code == genre.code());
    let choix: Vec<_> = genres(&visit)
        .into_iter()
        .map(|genre| (genre, if coche(genre) { Choix::Voulu } else { Choix::Refuse }))
        .collect();
    visit
        .app
        .write(move |tx| {
            let moi = &demande.requester.numero;
            for (genre, choix) in &choix {
                rappels::choisir(tx, moi, *genre, *choix)?;
            }
            Ok(journal::noter(tx, &demande, "rappels.choisis", &format!("personne:{moi}"))?)
        })
        .await?;
    Ok(Redirect::to("/mes-rappels?enregistres").into_response())
}

/// The kinds that this person may be sent, whichever of his profiles is in use.
fn genres(visit: &SignedVisit) -> Vec<GenreDeRappel> {
    visit.signed_in.as_ref().map_or_else(Vec::new, |signed_in| GenreDeRappel::des_profils(&signed_in.profils))
}

fn titre(genre: GenreDeRappel) -> &'static str {
    match genre {
        GenreDeRappel::Verification => "Session qui attend les résultats du formateur",
        GenreDeRappel::Soumission => "Brouillon à soumettre",
        GenreDeRappel::Telechargement => "Certificats à télécharger",
        GenreDeRappel::Suppression => "Session sans certificats, bientôt supprimée",
        GenreDeRappel::Habilitation => "Habilitation qui prend fin",
        GenreDeRappel::Qualification => "Votre certificat de formateur qui prend fin",
    }
}

fn quand(genre: GenreDeRappel) -> String {
    let avant = |paliers: &[i32]| format!("{} le dernier jour", jours(paliers, "avant"));
    match genre {
        GenreDeRappel::Verification => format!(
            "{} le dernier signe du formateur, ou la fin de la session",
            jours(&JOURS_DE_SILENCE, "après")
        ),
        GenreDeRappel::Soumission => avant(&JOURS_AVANT_LA_FIN),
        GenreDeRappel::Telechargement => {
            let possibles = JOURS_AVANT_LA_FIN.into_iter().filter(|jours| *jours < JOURS_DE_TELECHARGEMENT);
            avant(&possibles.collect::<Vec<_>>())
        }
        GenreDeRappel::Suppression => {
            format!("{} sa suppression", jours(&JOURS_AVANT_LA_SUPPRESSION, "avant"))
        }
        GenreDeRappel::Habilitation | GenreDeRappel::Qualification => avant(&JOURS_AVANT_L_ECHEANCE),
    }
}

/// « 30, 7 et 1 jours avant », « 3 et 10 jours après »
fn jours(paliers: &[i32], sens: &str) -> String {
    let unite = if paliers.last() == Some(&1) { "jour" } else { "jours" };
    format!("{} {unite} {sens}", liste(paliers))
}
