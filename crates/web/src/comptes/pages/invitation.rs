//! `/utilisateurs/invitation`: somebody is given a profile, and a mail invites him to choose a password.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use forprev_domain::compte::CompteId;

use super::{compte_gere, profil};
use crate::comptes::utilisateurs::inviter;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::OptionDeChoix;
use crate::layout::{Page, render};
use crate::personnes::avant_de_proposer;
use crate::personnes::formulaire::{self, Propositions};
use crate::saisie::Saisie;
use crate::sign_in::SignedVisit;
use crate::une_fois::Effet;

#[derive(Template)]
#[template(path = "comptes/pages/invitation.html")]
struct Invitation {
    page: Page,
    saisie: Saisie,
    propositions: Propositions,
    profils: [OptionDeChoix; 2],
    retour: String,
}

/// Where the page is, and what it is about: of one's own compte, or of any for the administrateur.
pub(super) struct Lieu {
    pub(super) compte: CompteId,
    pub(super) retour: String,
    pub(super) fil: Vec<(String, String)>,
}

impl Lieu {
    fn a_soi(visit: &SignedVisit) -> Result<Self, Error> {
        let fil = vec![("Utilisateurs".to_owned(), "/utilisateurs".to_owned())];
        Ok(Self { compte: compte_gere(visit)?, retour: "/utilisateurs".to_owned(), fil })
    }
}

/// `GET /utilisateurs/invitation`
///
/// # Errors
/// Forbidden for anybody but a gestionnaire.
pub(super) async fn show(visit: SignedVisit) -> Result<Response, Error> {
    let lieu = Lieu::a_soi(&visit)?;
    formulaire(&visit, &lieu, Saisie::vide(), Propositions::default())
}

/// `POST /utilisateurs/invitation`
///
/// # Errors
/// As [`show`].
pub(super) async fn invite(visit: SignedVisit, saisie: Saisie) -> Result<Response, Error> {
    let lieu = Lieu::a_soi(&visit)?;
    envoyer(&visit, &lieu, saisie).await
}

/// Invites, or shows the form again with what is wrong.
pub(super) async fn envoyer(visit: &SignedVisit, lieu: &Lieu, mut saisie: Saisie) -> Result<Response, Error> {
    let compte = lieu.compte;
    let mut propositions = Propositions::default();
    match profil(saisie.texte("profil"), compte) {
        None => saisie.refuser("profil", "Choisissez gestionnaire ou délégataire."),
        Some(profil) => {
            let (entree, retour) = (formulaire::entree(&saisie), lieu.retour.clone());
            let fait = visit
                .une_fois(&saisie, move |tx, demande| {
                    let personne = inviter(tx, demande, compte, profil, &entree)?;
                    Ok(Effet::vers(format!("{retour}?invite={}", personne.numero)))
                })
                .await;
            match avant_de_proposer(&Demande::from(visit), fait).await {
                Ok(adresse) => return Ok(Redirect::to(&adresse).into_response()),
                Err(error) => propositions = formulaire::refuser(&mut saisie, error)?,
            }
        }
    }
    let mut response = self::formulaire(visit, lieu, saisie, propositions)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// The form.
pub(super) fn formulaire(
    visit: &SignedVisit,
    lieu: &Lieu,
    saisie: Saisie,
    propositions: Propositions,
) -> Result<Response, Error> {
    let mut page = visit.page("Inviter une personne").en_erreur(&saisie);
    for (libelle, href) in &lieu.fil {
        page = page.fil(libelle, href);
    }
    let option = |valeur: &str, libelle: &str, detail: &str| OptionDeChoix {
        valeur: valeur.to_owned(),
        libelle: libelle.to_owned(),
        details: vec![detail.to_owned()],
    };
    let profils = [
        option(
            "gestionnaire",
            "Gestionnaire",
            "Voit toutes les sessions du compte, invite et retire des utilisateurs.",
        ),
        option("delegataire", "Délégataire", "Déclare des sessions et ne voit que les siennes."),
    ];
    let retour = lieu.retour.clone();
    render(&Invitation { page: page.ici("Inviter"), saisie, propositions, profils, retour })
}
