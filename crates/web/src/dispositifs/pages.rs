//! `/dispositifs`: the catalogue in force and its dated values; adding a dispositif, or its values from a day on.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use forprev_domain::dispositif::{CodeDispositif, Dispositif, Niveau, NiveauDuCatalogue};
use forprev_store::dispositifs;
use jiff::civil::Date;

use super::fixer;
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::{Champ, Icone};
use crate::layout::{Page, render};
use crate::messages;
use crate::saisie::{Requete, Saisie};
use crate::sign_in::SignedVisit;
use crate::typographie::{capitale, date, pluriel};
use crate::une_fois::Effet;

/// Says in the address that values were just saved.
const ENREGISTRE: &str = "enregistre";
/// Characters of a label.
const LONGUEUR: usize = 200;
/// Largest figure that a form takes, in months or hours.
const MAXIMUM: u16 = 1200;
/// Figures of one niveau: suffix of the field, label.
const CHIFFRES: [(&str, &str); 5] = [
    ("min", "Groupe, au moins"),
    ("max", "Groupe, au plus"),
    ("mois", "Validité en mois"),
    ("initiale", "Heures, initiale"),
    ("mac", "Heures, MAC"),
];

/// The routes of these pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/dispositifs", get(show))
        .route("/dispositifs/nouveau", get(form).post(add))
        .route("/dispositifs/{code}", get(values).post(add_values))
}

#[derive(Template)]
#[template(path = "dispositifs/pages.html")]
struct Catalogue {
    page: Page,
    titre: String,
    dispositifs: Vec<Valeurs>,
}

#[derive(Template)]
#[template(path = "dispositifs/formulaire.html")]
struct Formulaire {
    page: Page,
    saisie: Saisie,
    titre: String,
    code: Option<String>,
    passees: Vec<Valeurs>,
}

/// What the catalogue says of a dispositif from a day on.
struct Valeurs {
    code: String,
    libelle: String,
    depuis: String,
    niveaux: Vec<String>,
}

async fn show(visit: SignedVisit) -> Result<Response, Error> {
    Demande::from(&visit).exiger_administrateur()?;
    let aujourdhui = visit.moment.aujourdhui;
    let catalogue = visit.app.read(move |tx| Ok(dispositifs::en_vigueur(tx, aujourdhui)?)).await?;
    let titre = pluriel(catalogue.len(), "dispositif en vigueur", "dispositifs en vigueur");
    let page = visit.page(format!("Dispositifs – {titre}"));
    render(&Catalogue {
        page,
        titre,
        dispositifs: catalogue.iter().map(|d| valeurs(d, aujourdhui)).collect(),
    })
}

fn valeurs(dispositif: &Dispositif, aujourdhui: Date) -> Valeurs {
    let jour = date(dispositif.a_partir_du);
    let depuis = if dispositif.a_partir_du <= aujourdhui { "depuis le" } else { "à partir du" };
    Valeurs {
        code: dispositif.code.to_string(),
        libelle: dispositif.libelle.clone(),
        depuis: format!("{depuis} {jour}"),
        niveaux: dispositif.niveaux.iter().map(en_clair).collect(),
    }
}

/// « Acteur : de 4 à 10 stagiaires, validité 24 mois, initiale 14 h, MAC 7 h »
fn en_clair(niveau: &NiveauDuCatalogue) -> String {
    let nom = capitale(messages::niveau(niveau.niveau));
    let validite = niveau
        .validite_mois
        .map_or_else(|| "sans fin de validité".to_owned(), |m| format!("validité {m} mois"));
    let heures = [("initiale", niveau.heures_initiale), ("MAC", niveau.heures_mac)];
    let heures: String = heures
        .iter()
        .filter_map(|(nom, heures)| heures.map(|heures| format!(", {nom} {heures} h")))
        .collect();
    format!("{nom} : de {} à {} stagiaires, {validite}{heures}", niveau.groupe_min, niveau.groupe_max)
}

async fn form(visit: SignedVisit) -> Result<Response, Error> {
    Demande::from(&visit).exiger_administrateur()?;
    formulaire(&visit, None, Saisie::vide()).await
}

async fn values(
    visit: SignedVisit,
    Path(code): Path<String>,
    Requete(requete): Requete,
) -> Result<Response, Error> {
    Demande::from(&visit).exiger_administrateur()?;
    let code = CodeDispositif::parse(&code).ok_or(Error::NotFound)?;
    let connu = toutes(&visit, &code).await?.pop().ok_or(Error::NotFound)?;
    let mut saisie = remplie(&connu);
    if requete.contient(ENREGISTRE) {
        saisie.poser(ENREGISTRE, "oui");
    }
    formulaire(&visit, Some(code), saisie).await
}

async fn add(visit: SignedVisit, saisie: Saisie) -> Result<Response, Error> {
    ajouter(&visit, None, saisie).await
}

async fn add_values(visit: SignedVisit, Path(code): Path<String>, saisie: Saisie) -> Result<Response, Error> {
    Demande::from(&visit).exiger_administrateur()?;
    let code = CodeDispositif::parse(&code).ok_or(Error::NotFound)?;
    toutes(&visit, &code).await?.pop().ok_or(Error::NotFound)?;
    ajouter(&visit, Some(code), saisie).await
}

async fn ajouter(
    visit: &SignedVisit,
    code: Option<CodeDispositif>,
    mut saisie: Saisie,
) -> Result<Response, Error> {
    Demande::from(visit).exiger_administrateur()?;
    if let Some(dispositif) = lire(&mut saisie, code.as_ref()) {
        let adresse = visit
            .une_fois(&saisie, move |tx, demande| {
                fixer(tx, demande, &dispositif)?;
                Ok(Effet::vers(format!("/dispositifs/{}?{ENREGISTRE}", dispositif.code)))
            })
            .await?;
        return Ok(Redirect::to(&adresse).into_response());
    }
    let mut response = formulaire(visit, code, saisie).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// The form as a dispositif; `code` is the known one whose values are added to.
fn lire(saisie: &mut Saisie, code: Option<&CodeDispositif>) -> Option<Dispositif> {
    let code = code.cloned().or_else(|| CodeDispositif::parse(saisie.texte("code")));
    if code.is_none() {
        saisie.refuser(
            "code",
            "Un code compte de 2 à 12 lettres, chiffres et traits d’union, par exemple PRAP-2S.",
        );
    }
    let libelle = saisie.texte("libelle").to_owned();
    if libelle.is_empty() || libelle.chars().count() > LONGUEUR {
        saisie.refuser("libelle", "Indiquez le libellé, en 200 caractères au plus.");
    }
    let a_partir_du = saisie.jour_requis("a_partir_du", "le premier jour de ces valeurs");
    let niveaux: Vec<_> = Niveau::TOUS.iter().filter_map(|niveau| lire_niveau(saisie, *niveau)).collect();
    if niveaux.is_empty() && saisie.est_valide() {
        saisie.refuser("acteur-min", "Remplissez au moins un niveau.");
    }
    let dispositif = Dispositif { code: code?, libelle, a_partir_du: a_partir_du?, niveaux };
    saisie.est_valide().then_some(dispositif)
}

/// One niveau; `None` when nothing of it is filled, or something is wrong.
fn lire_niveau(saisie: &mut Saisie, niveau: Niveau) -> Option<NiveauDuCatalogue> {
    let nom = |suffixe: &str| format!("{}-{suffixe}", niveau.code());
    if CHIFFRES.iter().all(|(suffixe, _)| saisie.option(&nom(suffixe)).is_none()) {
        return None;
    }
    let mut chiffre = |suffixe: &str| {
        let texte = saisie.option(&nom(suffixe))?.to_owned();
        let lu = texte.parse::<u16>().ok().filter(|n| *n <= MAXIMUM);
        if lu.is_none() {
            saisie.refuser(&nom(suffixe), "Écrivez un nombre entier, de 0 à 1 200.");
        }
        lu
    };
    let (min, max) = (chiffre("min"), chiffre("max"));
    let (mois, initiale, mac) = (chiffre("mois"), chiffre("initiale"), chiffre("mac"));
    if saisie.option(&nom("min")).is_none() {
        saisie.refuser(&nom("min"), "Indiquez la taille du plus petit groupe.");
    }
    match max {
        None if saisie.option(&nom("max")).is_none() => {
            saisie.refuser(&nom("max"), "Indiquez la taille du plus grand groupe.");
        }
        Some(max) if max == 0 || min.is_some_and(|min| max < min) => {
            saisie.refuser(
                &nom("max"),
                "Le plus grand groupe compte au moins autant de personnes que le plus petit.",
            );
        }
        Some(_) | None => {}
    }
    Some(NiveauDuCatalogue {
        niveau,
        groupe_min: min?,
        groupe_max: max?,
        validite_mois: mois,
        heures_initiale: initiale,
        heures_mac: mac,
    })
}

/// The form filled with the latest values of a dispositif, the day left to be chosen.
fn remplie(dispositif: &Dispositif) -> Saisie {
    let mut paires = vec![("libelle".to_owned(), dispositif.libelle.clone())];
    for n in &dispositif.niveaux {
        let valeurs =
            [Some(n.groupe_min), Some(n.groupe_max), n.validite_mois, n.heures_initiale, n.heures_mac];
        for ((suffixe, _), valeur) in CHIFFRES.iter().zip(valeurs) {
            let texte = valeur.map(|valeur| valeur.to_string()).unwrap_or_default();
            paires.push((format!("{}-{suffixe}", n.niveau.code()), texte));
        }
    }
    Saisie::avec(paires)
}

async fn toutes(visit: &SignedVisit, code: &CodeDispositif) -> Result<Vec<Dispositif>, Error> {
    Demande::from(visit).exiger_administrateur()?;
    let toutes = visit.app.read(|tx| Ok(dispositifs::tous(tx)?)).await?;
    Ok(toutes.into_iter().filter(|dispositif| dispositif.code == *code).collect())
}

async fn formulaire(
    visit: &SignedVisit,
    code: Option<CodeDispositif>,
    saisie: Saisie,
) -> Result<Response, Error> {
    let passees = match &code {
        Some(code) => toutes(visit, code).await?,
        None => Vec::new(),
    };
    let titre =
        code.as_ref().map_or_else(|| "Ajouter un dispositif".to_owned(), |code| format!("Dispositif {code}"));
    let page = visit.page(&titre).en_erreur(&saisie).fil("Dispositifs", "/dispositifs").ici(&titre);
    let aujourdhui = visit.moment.aujourdhui;
    let passees = passees.iter().rev().map(|dispositif| valeurs(dispositif, aujourdhui)).collect();
    render(&Formulaire { page, saisie, titre, code: code.map(|code| code.to_string()), passees })
}

impl Formulaire {
    /// The figures of each niveau, in the order of the page.
    fn niveaux(&self) -> Vec<(String, Vec<Champ>)> {
        let champ = |niveau: Niveau, (suffixe, libelle): &(&str, &str)| {
            let champ = self.saisie.champ(&format!("{}-{suffixe}", niveau.code()), libelle);
            champ.chiffres("l-5")
        };
        let niveaux = Niveau::TOUS.into_iter();
        niveaux
            .map(|niveau| {
                let champs = CHIFFRES.iter().map(|chiffre| champ(niveau, chiffre)).collect();
                (capitale(messages::niveau(niveau)), champs)
            })
            .collect()
    }
}
