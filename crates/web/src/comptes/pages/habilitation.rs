//! Habilitations, by the administrateur: granted to a compte; then shortened, suspended or withdrawn, with a reason.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use forprev_domain::compte::CompteId;
use forprev_domain::dispositif::{CodeDispositif, Niveau};
use forprev_domain::droits::ActeDuCompte;
use forprev_domain::habilitation::{Habilitation, HabilitationId};
use forprev_store::{dispositifs, habilitations};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::fiche::identifiant;
use super::reseau;
use crate::api::corps::Objet;
use crate::comptes::charger_pour;
use crate::comptes::habilitations::{NouvelleHabilitation, accorder, changer, empreinte};
use crate::error::Error;
use crate::layout::{Page, render};
use crate::messages;
use crate::saisie::Saisie;
use crate::sign_in::SignedVisit;
use crate::typographie::{date, date_chiffree};
use crate::une_fois::Effet;

/// The days of an habilitation that may be empty.
const JOURS: [&str; 3] = ["retiree_le", "suspendue_du", "suspendue_au"];
/// All that may change, with its name in a message.
const CHAMPS: [(&str, &str); 5] = [
    ("fin", "Dernier jour"),
    ("suspendue_du", "Premier jour de la suspension"),
    ("suspendue_au", "Dernier jour de la suspension"),
    ("retiree_le", "Retrait"),
    ("motif", "Motif"),
];
/// Name of the hidden field that tells what the person had before his eyes.
const LUE: &str = "lue";
/// Characters of an habilitation's number.
const LONGUEUR_DU_NUMERO: usize = 60;

#[derive(Template)]
#[template(path = "comptes/pages/habilitation_nouvelle.html")]
struct Nouvelle {
    page: Page,
    saisie: Saisie,
    dispositifs: Vec<(String, String)>,
    retour: String,
}

#[derive(Template)]
#[template(path = "comptes/pages/habilitation.html")]
struct Changement {
    page: Page,
    saisie: Saisie,
    titre: String,
    debut: String,
    lue: String,
    retour: String,
}

/// `GET /comptes/{id}/habilitations/nouvelle`
///
/// # Errors
/// Forbidden for anybody but the administrateur.
pub(super) async fn form(visit: SignedVisit, Path(id): Path<String>) -> Result<Response, Error> {
    reseau(&visit)?;
    nouvelle(&visit, identifiant(&id)?, Saisie::vide()).await
}

/// `POST /comptes/{id}/habilitations/nouvelle`
///
/// # Errors
/// As [`form`].
pub(super) async fn grant(
    visit: SignedVisit,
    Path(id): Path<String>,
    mut saisie: Saisie,
) -> Result<Response, Error> {
    reseau(&visit)?;
    let compte = identifiant(&id)?;
    if let Some(voulue) = lire(&mut saisie) {
        let fait = visit
            .une_fois(&saisie, move |tx, demande| Ok(vers(&accorder(tx, demande, compte, &voulue)?)))
            .await;
        match fait {
            Ok(adresse) => return Ok(Redirect::to(&adresse).into_response()),
            Err(Error::Refused { detail, .. }) => saisie.refuser("fin", detail),
            Err(error) => return Err(error),
        }
    }
    refusee(nouvelle(&visit, compte, saisie).await?)
}

fn lire(saisie: &mut Saisie) -> Option<NouvelleHabilitation> {
    let dispositif = CodeDispositif::parse(saisie.texte("dispositif"));
    if dispositif.is_none() {
        saisie.refuser("dispositif", "Choisissez un dispositif.");
    }
    let niveau = Niveau::from_code(saisie.texte("niveau")).filter(|n| Niveau::DES_SESSIONS.contains(n));
    if niveau.is_none() {
        saisie.refuser("niveau", "Choisissez acteur ou formateur.");
    }
    let debut = saisie.jour_requis("debut", "le premier jour");
    let fin = saisie.jour_requis("fin", "le dernier jour");
    let numero = saisie.option("numero").map(str::to_owned);
    if numero.as_ref().is_some_and(|numero| numero.chars().count() > LONGUEUR_DU_NUMERO) {
        saisie.refuser("numero", "Ce numéro dépasse 60 caractères. Recopiez-le sans le texte qui l’entoure.");
    }
    let voulue =
        NouvelleHabilitation { dispositif: dispositif?, niveau: niveau?, debut: debut?, fin: fin?, numero };
    saisie.est_valide().then_some(voulue)
}

async fn nouvelle(visit: &SignedVisit, compte: CompteId, saisie: Saisie) -> Result<Response, Error> {
    let demande = reseau(visit)?;
    let aujourdhui = visit.moment.aujourdhui;
    let (nom, catalogue) = visit
        .app
        .read(move |tx| {
            let compte = charger_pour(tx, &demande, ActeDuCompte::Habiliter, compte)?;
            Ok((compte.raison_sociale, dispositifs::en_vigueur(tx, aujourdhui)?))
        })
        .await?;
    let vide = [(String::new(), "Choisissez".to_owned())];
    let catalogue = catalogue.iter().map(|d| (d.code.to_string(), format!("{} – {}", d.code, d.libelle)));
    let retour = format!("/comptes/{compte}");
    let page = visit.page(format!("Accorder une habilitation – {nom}")).en_erreur(&saisie);
    render(&Nouvelle {
        page: page.fil("Comptes", "/comptes").fil(nom, &retour).ici("Accorder une habilitation"),
        saisie,
        dispositifs: vide.into_iter().chain(catalogue).collect(),
        retour,
    })
}

/// `GET /habilitations/{id}`
///
/// # Errors
/// Forbidden for anybody but the administrateur; not found.
pub(super) async fn show(visit: SignedVisit, Path(id): Path<String>) -> Result<Response, Error> {
    let (nom, habilitation) = une(&visit, &id).await?;
    changement(&visit, &nom, &habilitation, remplie(&habilitation))
}

/// The form filled with an habilitation.
fn remplie(h: &Habilitation) -> Saisie {
    let jour = |jour: Option<Date>| jour.map(date_chiffree).unwrap_or_default();
    Saisie::avec([
        ("fin", date_chiffree(h.fin)),
        ("retiree_le", jour(h.retiree_le)),
        ("suspendue_du", jour(h.suspendue_du)),
        ("suspendue_au", jour(h.suspendue_au)),
        ("motif", h.motif.clone().unwrap_or_default()),
    ])
}

/// `POST /habilitations/{id}`
///
/// # Errors
/// As [`show`].
pub(super) async fn change(
    visit: SignedVisit,
    Path(id): Path<String>,
    mut saisie: Saisie,
) -> Result<Response, Error> {
    let (nom, habilitation) = une(&visit, &id).await?;
    if let Some(recu) = changes(&mut saisie) {
        let (id, lue) = (habilitation.id, saisie.texte(LUE).to_owned());
        let fait = visit
            .une_fois(&saisie, move |tx, demande| Ok(vers(&changer(tx, demande, id, &recu, Some(&lue))?)))
            .await;
        match fait {
            Ok(adresse) => return Ok(Redirect::to(&adresse).into_response()),
            Err(Error::Refused { code: "motif_requis", detail, .. }) => saisie.refuser("motif", detail),
            Err(Error::Refused { detail, .. }) => saisie.refuser("fin", detail),
            Err(Error::Malformed(detail)) => saisie.refuser("motif", detail),
            Err(Error::Conflict { code: "version_depassee", .. }) => {
                dire_les_ecarts(&mut saisie, &remplie(&habilitation));
                let page = changement(&visit, &nom, &habilitation, saisie)?;
                return avec_statut(StatusCode::CONFLICT, page);
            }
            Err(error) => return Err(error),
        }
    }
    refusee(changement(&visit, &nom, &habilitation, saisie)?)
}

/// Somebody else changed it first: both values of each field, and what the button does now.
fn dire_les_ecarts(saisie: &mut Saisie, enregistree: &Saisie) {
    let dit = |valeur: &str| if valeur.is_empty() { "rien".to_owned() } else { format!("« {valeur} »") };
    saisie.refuser(
        "",
        "Quelqu’un d’autre a modifié cette habilitation pendant que vous l’aviez à l’écran. Rien n’a été écrasé ; « Enregistrer » remplace ses valeurs par les vôtres.",
    );
    for (champ, libelle) in CHAMPS {
        let (la, ici) = (enregistree.texte(champ).to_owned(), saisie.texte(champ).to_owned());
        if la != ici {
            saisie.refuser(
                champ,
                format!("{libelle} : enregistré maintenant {}, votre saisie {}.", dit(&la), dit(&ici)),
            );
        }
    }
}

/// The fields of the form, as the interface takes them: emptied ones are null.
fn changes(saisie: &mut Saisie) -> Option<Objet> {
    let mut objet = Map::new();
    objet.insert("fin".to_owned(), json!(saisie.jour_requis("fin", "le dernier jour")));
    for champ in JOURS {
        objet.insert(champ.to_owned(), json!(saisie.jour(champ)));
    }
    if saisie.option("suspendue_au").is_some() && saisie.option("suspendue_du").is_none() {
        saisie.refuser("suspendue_du", "Indiquez le premier jour de la suspension.");
    }
    objet.insert("motif".to_owned(), saisie.option("motif").map_or(Value::Null, |motif| json!(motif)));
    saisie.est_valide().then_some(Objet(objet))
}

async fn une(visit: &SignedVisit, id: &str) -> Result<(String, Habilitation), Error> {
    let demande = reseau(visit)?;
    let id = HabilitationId::parse(id).ok_or(Error::NotFound)?;
    visit
        .app
        .read(move |tx| {
            let habilitation = habilitations::charger(tx, id)?.ok_or(Error::NotFound)?;
            let compte = charger_pour(tx, &demande, ActeDuCompte::Habiliter, habilitation.compte)?;
            Ok((compte.raison_sociale, habilitation))
        })
        .await
}

fn changement(visit: &SignedVisit, nom: &str, h: &Habilitation, saisie: Saisie) -> Result<Response, Error> {
    let titre = format!("{} {}", h.dispositif, messages::niveau(h.niveau));
    let retour = format!("/comptes/{}", h.compte);
    let page = visit.page(format!("Habilitation {titre} – {nom}")).en_erreur(&saisie);
    let page = page.fil("Comptes", "/comptes").fil(nom, &retour).ici(format!("Habilitation {titre}"));
    let titre = format!("Habilitation {titre} de {nom}");
    render(&Changement { page, saisie, titre, debut: date(h.debut), lue: empreinte(h), retour })
}

/// Back to the compte, which says that it is done.
fn vers(habilitation: &Habilitation) -> Effet {
    Effet::vers(format!("/comptes/{}?habilitation", habilitation.compte))
}

fn refusee(response: Response) -> Result<Response, Error> {
    avec_statut(StatusCode::UNPROCESSABLE_ENTITY, response)
}

fn avec_statut(status: StatusCode, mut response: Response) -> Result<Response, Error> {
    *response.status_mut() = status;
    Ok(response)
}
