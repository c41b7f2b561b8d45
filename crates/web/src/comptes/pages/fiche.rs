//! `/comptes/{id}`: one compte for the administrateur: its data, what it may declare, its users.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use forprev_domain::compte::CompteId;
use forprev_domain::droits::ActeDuCompte;
use forprev_store::habilitations;

use super::compte::{genre, groupe};
use super::droit::Droit;
use super::invitation::{self, Lieu};
use super::utilisateurs::{Ligne, faits, lire};
use super::{reseau, retrait as retirer};
use crate::comptes::charger_pour;
use crate::error::Error;
use crate::journal;
use crate::layout::composants::Icone;
use crate::layout::{Page, render};
use crate::personnes::formulaire::Propositions;
use crate::saisie::{Requete, Saisie};
use crate::sign_in::SignedVisit;

#[derive(Template)]
#[template(path = "comptes/pages/fiche.html")]
struct Fiche {
    page: Page,
    id: CompteId,
    raison_sociale: String,
    siret: String,
    genre: &'static str,
    droits: Vec<Droit>,
    lignes: Vec<Ligne>,
    base: String,
    fait: Option<String>,
    modifiables: bool,
}

/// `GET /comptes/{id}`
///
/// # Errors
/// Forbidden for anybody but the administrateur.
pub(super) async fn show(
    visit: SignedVisit,
    Path(id): Path<String>,
    Requete(requete): Requete,
) -> Result<Response, Error> {
    let demande = reseau(&visit)?;
    let id = identifiant(&id)?;
    let (compte, tenues) = visit
        .app
        .write(move |tx| {
            let compte = charger_pour(tx, &demande, ActeDuCompte::Consulter, id)?;
            let tenues = habilitations::du_compte(tx, id)?;
            // The names of its users are read: that is in the journal.
            journal::noter(tx, &demande, "compte.consulte", &format!("compte:{id}"))?;
            Ok((compte, tenues))
        })
        .await?;
    let lignes = lire(&visit, id).await?;
    let aujourdhui = visit.moment.aujourdhui;
    let fait = if requete.contient("ouvert") {
        Some(
            "Le compte est ouvert. Accordez-lui une habilitation et invitez son premier gestionnaire."
                .to_owned(),
        )
    } else if requete.contient("habilitation") {
        Some("L’habilitation est enregistrée.".to_owned())
    } else {
        faits(&lignes, &requete)
    };
    render(&Fiche {
        page: visit
            .page(format!("Compte – {}", compte.raison_sociale))
            .fil("Comptes", "/comptes")
            .ici(&compte.raison_sociale),
        id,
        siret: groupe(&compte.siret),
        genre: genre(compte.genre),
        raison_sociale: compte.raison_sociale,
        droits: tenues.iter().map(|h| Droit::de(h, aujourdhui)).collect(),
        fait,
        lignes,
        base: format!("/comptes/{id}/utilisateurs"),
        modifiables: true,
    })
}

/// `GET /comptes/{id}/invitation`
///
/// # Errors
/// As [`show`].
pub(super) async fn invitation(visit: SignedVisit, Path(id): Path<String>) -> Result<Response, Error> {
    let lieu = lieu(&visit, &id).await?;
    invitation::formulaire(&visit, &lieu, Saisie::vide(), Propositions::default())
}

/// `POST /comptes/{id}/invitation`
///
/// # Errors
/// As [`show`].
pub(super) async fn invite(
    visit: SignedVisit,
    Path(id): Path<String>,
    saisie: Saisie,
) -> Result<Response, Error> {
    let lieu = lieu(&visit, &id).await?;
    invitation::envoyer(&visit, &lieu, saisie).await
}

/// `GET /comptes/{id}/utilisateurs/{numero}/retrait`
///
/// # Errors
/// As [`show`].
pub(super) async fn retrait(
    visit: SignedVisit,
    Path((id, numero)): Path<(String, String)>,
    Requete(requete): Requete,
) -> Result<Response, Error> {
    reseau(&visit)?;
    let id = identifiant(&id)?;
    retirer::confirmer(&visit, id, &numero, requete.texte("profil"), &format!("/comptes/{id}")).await
}

/// `POST /comptes/{id}/utilisateurs/{numero}/retrait`
///
/// # Errors
/// As [`show`].
pub(super) async fn withdraw(
    visit: SignedVisit,
    Path((id, numero)): Path<(String, String)>,
    saisie: Saisie,
) -> Result<Response, Error> {
    reseau(&visit)?;
    let id = identifiant(&id)?;
    retirer::faire(&visit, id, &numero, &saisie, &format!("/comptes/{id}")).await
}

async fn lieu(visit: &SignedVisit, id: &str) -> Result<Lieu, Error> {
    let demande = reseau(visit)?;
    let compte = identifiant(id)?;
    let nom = visit
        .app
        .read(move |tx| Ok(charger_pour(tx, &demande, ActeDuCompte::Consulter, compte)?.raison_sociale))
        .await?;
    let retour = format!("/comptes/{compte}");
    let fil = vec![("Comptes".to_owned(), "/comptes".to_owned()), (nom, retour.clone())];
    Ok(Lieu { compte, retour, fil })
}

pub(super) fn identifiant(texte: &str) -> Result<CompteId, Error> {
    CompteId::parse(texte).ok_or(Error::NotFound)
}
