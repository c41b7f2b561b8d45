//! `/utilisateurs`: who declares for the compte, as what, and whether his access is open.

use askama::Template;
use axum::response::Response;
use forprev_domain::calendrier::jour_de_paris;
use forprev_domain::compte::CompteId;
use forprev_domain::droits::ActeDuCompte;
use forprev_store::utilisateurs::{self, Utilisateur};

use super::compte_gere;
use crate::comptes::charger_pour;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::Icone;
use crate::layout::{Page, render};
use crate::saisie::{Requete, Saisie};
use crate::sign_in::{SignedVisit, libelle};
use crate::typographie::{capitale, date, pluriel};

#[derive(Template)]
#[template(path = "comptes/pages/utilisateurs.html")]
struct Utilisateurs {
    page: Page,
    titre: String,
    base: String,
    lignes: Vec<Ligne>,
    fait: Option<String>,
}

/// One profile of one person.
pub(super) struct Ligne {
    pub(super) numero: String,
    pub(super) nom: String,
    pub(super) prenom_nom: String,
    pub(super) code: &'static str,
    pub(super) profil: String,
    pub(super) depuis: String,
    pub(super) actif: bool,
    pub(super) moi: bool,
}

/// `GET /utilisateurs`
///
/// # Errors
/// Forbidden for anybody but a gestionnaire.
pub(super) async fn show(visit: SignedVisit, Requete(requete): Requete) -> Result<Response, Error> {
    let compte = compte_gere(&visit)?;
    let lignes = lire(&visit, compte).await?;
    let fait = faits(&lignes, &requete);
    let titre = pluriel(lignes.len(), "utilisateur", "utilisateurs");
    let page = visit.page(format!("Utilisateurs – {titre}"));
    render(&Utilisateurs { page, titre, base: "/utilisateurs".to_owned(), lignes, fait })
}

/// What was just done, as the address tells it.
pub(super) fn faits(lignes: &[Ligne], requete: &Saisie) -> Option<String> {
    if requete.contient("retire") {
        return Some("Le profil est retiré. Cette personne n’agit plus pour le compte.".to_owned());
    }
    let ligne = lignes.iter().find(|ligne| Some(ligne.numero.as_str()) == requete.option("invite"))?;
    Some(if ligne.actif {
        format!("{} a maintenant le profil {}.", ligne.prenom_nom, ligne.profil.to_lowercase())
    } else {
        format!(
            "{} est sur la liste. Un courriel part avec un lien valable sept jours, pour choisir un mot de passe.",
            ligne.prenom_nom
        )
    })
}

/// The users of a compte that this person manages.
pub(super) async fn lire(visit: &SignedVisit, compte: CompteId) -> Result<Vec<Ligne>, Error> {
    let demande = Demande::from(visit);
    let utilisateurs = visit
        .app
        .read(move |tx| {
            charger_pour(tx, &demande, ActeDuCompte::GererLesUtilisateurs, compte)?;
            Ok(utilisateurs::du_compte(tx, compte)?)
        })
        .await?;
    Ok(utilisateurs.iter().map(|utilisateur| ligne(visit, utilisateur)).collect())
}

fn ligne(visit: &SignedVisit, utilisateur: &Utilisateur) -> Ligne {
    let Utilisateur { personne, profil, depuis, actif } = utilisateur;
    Ligne {
        numero: personne.numero.to_string(),
        nom: personne.identite.nom_prenom(),
        prenom_nom: personne.identite.prenom_nom(),
        code: profil.code(),
        profil: capitale(libelle(*profil)),
        depuis: date(jour_de_paris(*depuis)),
        actif: *actif,
        moi: personne.numero == *visit.numero(),
    }
}
