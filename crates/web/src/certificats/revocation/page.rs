//! `/certificats/{numero}/revocation`: what a withdrawal does, its reason, then done.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use forprev_domain::certificat::Certificat;
use forprev_domain::numero::NumeroCertificat;
use forprev_store::{Tx, personnes};

use super::{ouvrir, revoquer};
use crate::certificats::fiche;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::Champ;
use crate::layout::{Page, render};
use crate::messages;
use crate::saisie::Saisie;
use crate::sign_in::SignedVisit;
use crate::une_fois::Effet;

/// Characters that a reason may have.
const LONGUEUR: usize = 500;

#[derive(Template)]
#[template(path = "certificats/revocation/page.html")]
struct Question {
    page: Page,
    saisie: Saisie,
    nom: String,
    intitule: String,
    formateur: bool,
    retour: String,
}

/// `GET /certificats/{numero}/revocation`
///
/// # Errors
/// As [`ouvrir`].
pub(in crate::certificats) async fn show(
    visit: SignedVisit,
    Path(numero): Path<String>,
) -> Result<Response, Error> {
    question(&visit, lire(&numero)?, Saisie::vide()).await
}

/// `POST /certificats/{numero}/revocation`
///
/// # Errors
/// As [`ouvrir`].
pub(in crate::certificats) async fn withdraw(
    visit: SignedVisit,
    Path(numero): Path<String>,
    mut saisie: Saisie,
) -> Result<Response, Error> {
    let numero = lire(&numero)?;
    let motif = saisie.texte("motif").to_owned();
    if motif.chars().count() > LONGUEUR {
        saisie.refuser("motif", format!("Le motif dépasse {LONGUEUR} caractères : résumez-le."));
        return question(&visit, numero, saisie).await;
    }
    let lu = numero.clone();
    let faite = visit.une_fois(&saisie, move |tx, demande| {
        let revoque = revoquer(tx, demande, &lu, Some(&motif))?;
        Ok(Effet::vers(format!("{}?revoque", fiche::adresse(&revoque.numero))))
    });
    match faite.await {
        Ok(adresse) => Ok(Redirect::to(&adresse).into_response()),
        Err(Error::Refused { detail, .. }) => {
            saisie.refuser("motif", detail);
            question(&visit, numero, saisie).await
        }
        Err(error) => Err(error),
    }
}

fn lire(numero: &str) -> Result<NumeroCertificat, Error> {
    NumeroCertificat::parse(numero).ok_or(Error::NotFound)
}

async fn question(visit: &SignedVisit, numero: NumeroCertificat, saisie: Saisie) -> Result<Response, Error> {
    let demande = Demande::from(visit);
    let (certificat, nom) = visit.app.read(move |tx| ouvert(tx, &demande, &numero)).await?;
    let valide = saisie.est_valide();
    let numero = &certificat.numero;
    let retour = fiche::adresse(numero);
    let page = visit.page(format!("Révoquer – Certificat {numero}")).en_erreur(&saisie);
    let page =
        page.fil("Personnes", "/personnes").fil(format!("Certificat {numero}"), &retour).ici("Révoquer");
    let intitule =
        format!("{} {}, certificat {numero}", certificat.dispositif, messages::niveau(certificat.niveau));
    let formateur = fiche::habilite_a_former(&certificat);
    let mut reponse = render(&Question { page, saisie, nom, intitule, formateur, retour })?;
    if !valide {
        *reponse.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(reponse)
}

fn ouvert(
    tx: &mut Tx<'_>,
    demande: &Demande,
    numero: &NumeroCertificat,
) -> Result<(Certificat, String), Error> {
    let certificat = ouvrir(tx, demande, numero)?;
    let titulaire = personnes::charger(tx, &certificat.titulaire)?;
    Ok((certificat, titulaire.map(|titulaire| titulaire.identite.prenom_nom()).unwrap_or_default()))
}

impl Question {
    fn motif(&self) -> Champ {
        let champ = self.saisie.champ("motif", "Motif").zone();
        champ.aide("Il reste au registre avec la révocation. Il n’est montré ni au public ni à l’organisme.")
    }
}
