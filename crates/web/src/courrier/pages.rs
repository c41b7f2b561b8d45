//! `/courrier`: the outbox, for the administrateur: who is written to, what became of it, and the
//! text of what waits, since an installation without a mail server hands links over by other ways.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use forprev_store::courrier::{self as outbox, Boite, Courrier};
use forprev_store::{Pagination, personnes};
use uuid::Uuid;

use super::lettre::Genre;
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::journal;
use crate::layout::{Page, render};
use crate::saisie::Requete;
use crate::sign_in::SignedVisit;
use crate::typographie::{instant, pluriel};

/// Mails on one page.
const PAR_PAGE: u16 = 50;

/// The routes of the outbox.
pub fn routes() -> Router<App> {
    Router::new().route("/courrier", get(liste)).route("/courrier/{id}", get(montrer))
}

#[derive(Template)]
#[template(path = "courrier/liste.html")]
struct Liste {
    page: Page,
    titre: String,
    sans_serveur: bool,
    en_attente: bool,
    plis: Vec<Ligne>,
    debut: bool,
    suite: Option<String>,
}

/// One mail in the list.
struct Ligne {
    id: Uuid,
    genre: &'static str,
    nom: String,
    adresse: String,
    cree_le: String,
    classe: &'static str,
    etat: String,
    erreur: Option<String>,
}

#[derive(Template)]
#[template(path = "courrier/pli.html")]
struct Pli {
    page: Page,
    ligne: Ligne,
    sujet: String,
    lien: Option<String>,
    texte: Option<String>,
}

async fn liste(visit: SignedVisit, Requete(requete): Requete) -> Result<Response, Error> {
    Demande::from(&visit).exiger_administrateur()?;
    let en_attente = requete.texte("etat") == "en_attente";
    let boite = if en_attente { Boite::EnAttente } else { Boite::Tout };
    let apres = requete.option("apres").map(ToOwned::to_owned);
    let debut = apres.is_none();
    let aujourdhui = visit.moment.aujourdhui;
    let pagination = Pagination::new(PAR_PAGE, apres.as_deref()).ok_or(Error::NotFound)?;
    let (trouves, noms) = visit
        .app
        .read(move |tx| {
            let trouves = outbox::lister(tx, boite, pagination, aujourdhui)?;
            let noms = personnes::toutes(tx, trouves.elements.iter().map(|pli| &pli.courrier.destinataire))?;
            Ok((trouves, noms))
        })
        .await?;
    let nom = |pli: &Courrier| {
        let personne = noms.get(&pli.courrier.destinataire);
        personne.map_or_else(|| pli.courrier.destinataire.to_string(), |p| p.identite.prenom_nom())
    };
    let filtre = if en_attente { "etat=en_attente&" } else { "" };
    let combien = pluriel(usize::try_from(trouves.total).unwrap_or(0), "message", "messages");
    let titre = if en_attente { format!("{combien} en attente") } else { combien };
    render(&Liste {
        page: visit.page(format!("Courrier – {titre}")),
        titre,
        sans_serveur: visit.app.config.smtp_url.is_none(),
        en_attente,
        plis: trouves.elements.iter().map(|pli| ligne(pli, nom(pli))).collect(),
        debut,
        suite: trouves.suivant.map(|suivant| format!("/courrier?{filtre}apres={suivant}")),
    })
}

async fn montrer(visit: SignedVisit, Path(id): Path<String>) -> Result<Response, Error> {
    Demande::from(&visit).exiger_administrateur()?;
    let id = Uuid::parse_str(&id).map_err(|_| Error::NotFound)?;
    let demande = Demande::from(&visit);
    // It may hold a link by which somebody chooses his password: opening it is in the journal.
    let (pli, nom) = visit
        .app
        .write(move |tx| {
            let pli = outbox::charger(tx, id, demande.moment.aujourdhui)?.ok_or(Error::NotFound)?;
            let personne = personnes::charger(tx, &pli.courrier.destinataire)?;
            let numero = pli.courrier.destinataire.to_string();
            journal::noter(tx, &demande, "courrier.lu", &format!("courrier:{id}"))?;
            Ok((pli, personne.map_or(numero, |p| p.identite.prenom_nom())))
        })
        .await?;
    let genre = Genre::from_code(&pli.courrier.genre);
    let lettre = genre.and_then(|genre| super::render(&visit.app.config, genre, &pli.courrier.donnees).ok());
    let ligne = ligne(&pli, nom);
    let sujet = lettre.as_ref().map_or_else(|| ligne.genre.to_owned(), |lettre| lettre.sujet.clone());
    let lien = pli.courrier.donnees.get("lien").and_then(|lien| lien.as_str()).map(ToOwned::to_owned);
    let page = visit.page(format!("{sujet} – Courrier")).fil("Courrier", "/courrier").ici(&sujet);
    render(&Pli { page, ligne, sujet, lien, texte: lettre.map(|lettre| lettre.texte) })
}

fn ligne(pli: &Courrier, nom: String) -> Ligne {
    let (classe, etat) = match (pli.envoye_le, &pli.derniere_erreur) {
        (Some(le), _) => ("reussite", format!("Envoyé le {}", instant(le))),
        (None, Some(_)) => (
            "echec",
            format!(
                "{} sans succès, nouvel essai le {}",
                pluriel(usize::try_from(pli.essais).unwrap_or(0), "essai", "essais"),
                instant(pli.prochain_essai_le)
            ),
        ),
        (None, None) => ("reste", "En attente".to_owned()),
    };
    Ligne {
        id: pli.id,
        genre: Genre::from_code(&pli.courrier.genre).map_or("Courrier", Genre::libelle),
        nom,
        adresse: pli.courrier.adresse.to_string(),
        cree_le: instant(pli.cree_le),
        classe,
        etat,
        erreur: pli.derniere_erreur.clone(),
    }
}
