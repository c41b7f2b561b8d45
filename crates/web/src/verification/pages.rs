//! `/verifier` and `/en/verify`: one number, one answer; never a list, never a search by name.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Router};
use forprev_domain::certificat::Valeur;

use super::api::origine;
use super::langue::Langue;
use super::tape::{lire, numero_dans};
use super::{Reponse, Titulaire, Verdict, verifier};
use crate::app::App;
use crate::error::Error;
use crate::layout::composants::{Champ, Icone};
use crate::layout::{Page, render};
use crate::saisie::{Requete, Saisie, encode};
use crate::sceau::publiques::ADRESSE;
use crate::server::Client;
use crate::visit::Visit;

/// The routes of these pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/verifier", get(formulaire))
        .route("/verifier/{numero}", get(reponse))
        .route("/en/verify", get(form))
        .route("/en/verify/{numero}", get(answer))
}

#[derive(Template)]
#[template(path = "verification/pages.html")]
struct Verification {
    page: Page,
    langue: Langue,
    saisie: Saisie,
    issue: Issue,
    suite: String,
    /// What checks the statement of a code, on the answer to a number.
    script: Option<String>,
}

/// What the page answers.
enum Issue {
    /// Nothing was asked yet.
    Question,
    /// The number is in the register.
    Connu(Box<Connu>),
    /// It is not.
    Inconnu,
    /// It was copied wrongly: its check character does not go with the others.
    MalCopie,
    /// Too many numbers were unknown: again in so many seconds.
    Patience(u64),
}

/// A certificate in words.
struct Connu {
    classe: &'static str,
    icone: Icone,
    verdict: &'static str,
    explication: String,
    titulaire: Option<Titulaire>,
    intitule: String,
    delivre_le: String,
    validite: String,
    compte: Option<String>,
    numero: String,
    remplace_par: Option<String>,
}

async fn formulaire(visit: Visit, requete: Requete) -> Result<Response, Error> {
    demander(&visit, requete, Langue::Francais)
}

async fn form(visit: Visit, requete: Requete) -> Result<Response, Error> {
    demander(&visit, requete, Langue::Anglais)
}

async fn reponse(
    visit: Visit,
    client: Option<Extension<Client>>,
    Path(numero): Path<String>,
) -> Result<Response, Error> {
    repondre(&visit, client, numero, Langue::Francais).await
}

async fn answer(
    visit: Visit,
    client: Option<Extension<Client>>,
    Path(numero): Path<String>,
) -> Result<Response, Error> {
    repondre(&visit, client, numero, Langue::Anglais).await
}

/// The form; with a number, the way to its answer, whose address can be kept and sent.
fn demander(visit: &Visit, Requete(mut saisie): Requete, langue: Langue) -> Result<Response, Error> {
    let tape = numero_dans(saisie.texte("numero"));
    if !tape.is_empty() {
        let numero = lire(&tape).map_or_else(|_| encode(&tape), |numero| numero.to_string());
        return Ok(Redirect::to(&format!("{}/{numero}", langue.chemin())).into_response());
    }
    let demande = saisie.contient("numero");
    if demande {
        saisie.refuser("numero", langue.dire(
            "Recopiez le numéro qui figure en bas du certificat. Il compte une vingtaine de lettres et de chiffres.",
            "Copy the number at the foot of the certificate. It has about twenty letters and figures.",
        ));
    }
    let mut response = render(&page(visit, saisie, langue, Issue::Question, None))?;
    if demande {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

async fn repondre(
    visit: &Visit,
    client: Option<Extension<Client>>,
    numero: String,
    langue: Langue,
) -> Result<Response, Error> {
    let saisie = Saisie::avec([("numero", numero_dans(&numero))]);
    let (status, issue) = match verifier(&visit.app, visit.moment, &origine(client), &numero).await {
        Ok(Verdict::Connu(reponse)) => {
            (StatusCode::OK, Issue::Connu(Box::new(connu(visit, &reponse, langue))))
        }
        Ok(Verdict::Inconnu) => (StatusCode::NOT_FOUND, Issue::Inconnu),
        Ok(Verdict::MalCopie) => (StatusCode::NOT_FOUND, Issue::MalCopie),
        Err(Error::TooMany { retry_after }) => (StatusCode::TOO_MANY_REQUESTS, Issue::Patience(retry_after)),
        Err(error) => return Err(error),
    };
    let patience = match issue {
        Issue::Patience(secondes) => Some(HeaderValue::from(secondes)),
        Issue::Question | Issue::Connu(_) | Issue::Inconnu | Issue::MalCopie => None,
    };
    let mut response = render(&page(visit, saisie, langue, issue, Some(&numero)))?;
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(patience) = patience {
        headers.insert(header::RETRY_AFTER, patience);
    }
    Ok(response)
}

fn page(visit: &Visit, saisie: Saisie, langue: Langue, issue: Issue, numero: Option<&str>) -> Verification {
    let titre = match &issue {
        Issue::Question => langue.dire("Vérifier un certificat", "Verify a certificate").to_owned(),
        Issue::Connu(connu) => format!("{} – {}", connu.verdict, connu.numero),
        Issue::Inconnu => langue.dire("Certificat inconnu", "Unknown certificate").to_owned(),
        Issue::MalCopie => langue.dire("Numéro mal recopié", "Number copied wrongly").to_owned(),
        Issue::Patience(_) => langue.dire("Trop de numéros inconnus", "Too many unknown numbers").to_owned(),
    };
    let page = visit.page(titre);
    let suite = numero.map(|numero| format!("/{}", encode(numero))).unwrap_or_default();
    let erreur = !saisie.est_valide();
    let en = (!langue.francais()).then_some("en");
    let script = numero.map(|_| visit.app.assets.href("enonce.js"));
    Verification { page: Page { langue: en, erreur, ..page }, langue, saisie, issue, suite, script }
}

impl Verification {
    fn champ(&self) -> Champ {
        let libelle = self.langue.dire("Numéro du certificat", "Certificate number");
        let aide = self.langue.dire(
            "Il figure en bas du certificat, par exemple SST-A-26-7F3K9-QXMW2. Majuscules et tirets sont facultatifs.",
            "It stands at the foot of the certificate, for instance SST-A-26-7F3K9-QXMW2. Capitals and dashes are optional.",
        );
        let champ = self.saisie.champ("numero", libelle).aide(aide);
        champ.avec("autocomplete", "off").avec("spellcheck", "false").avec("autocapitalize", "characters")
    }
}

fn connu(visit: &Visit, reponse: &Reponse, langue: Langue) -> Connu {
    let certificat = &reponse.certificat;
    let (classe, icone) = match reponse.valeur {
        _ if certificat.specimen => ("refus", Icone::Refus),
        Valeur::Valide => ("valide", Icone::Coche),
        Valeur::Expire | Valeur::Remplace => ("alerte", Icone::Attention),
        Valeur::Revoque => ("refus", Icone::Refus),
    };
    Connu {
        classe,
        icone,
        verdict: if certificat.specimen { langue.specimen() } else { langue.verdict(reponse.valeur) },
        explication: langue.explication(reponse, visit.moment.aujourdhui),
        titulaire: reponse.titulaire.clone(),
        delivre_le: langue.date(certificat.delivre_le),
        intitule: format!(
            "{} ({}), {}",
            reponse.libelle,
            certificat.dispositif,
            langue.niveau(certificat.niveau)
        ),
        validite: langue.validite(certificat.debut, certificat.fin),
        compte: reponse.compte.clone(),
        numero: certificat.numero.to_string(),
        remplace_par: certificat.remplace_par.as_ref().map(ToString::to_string),
    }
}
