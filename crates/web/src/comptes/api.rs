//! Comptes, habilitations and users of the interface.

use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch, post};
use axum::{Json, Router};
use forprev_domain::compte::{Compte, CompteId, Genre};
use forprev_domain::dispositif::{CodeDispositif, Niveau};
use forprev_domain::droits::ActeDuCompte;
use forprev_domain::habilitation::{Habilitation, HabilitationId};
use forprev_domain::personne::Personne;
use forprev_domain::siret::siret_valide;
use forprev_domain::utilisateur::Profil;
use forprev_store::{comptes as registre, habilitations as store};
use serde_json::{Value, json};

use super::habilitations::{NouvelleHabilitation, accorder, changer};
use super::utilisateurs::inviter;
use super::{NouveauCompte, charger_pour, ouvrir};
use crate::api::corps::{Corps, Objet};
use crate::api::ecriture::{Fait, ecrire};
use crate::api::listes::{Requete, liste};
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::sessions::entree;

/// The routes of comptes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/comptes", get(lister).post(creer))
        .route("/comptes/{id}", get(montrer))
        .route("/comptes/{id}/habilitations", get(lister_habilitations).post(creer_habilitation))
        .route("/habilitations/{id}", patch(changer_habilitation))
        .route("/comptes/{id}/utilisateurs", post(inviter_utilisateur))
}

async fn lister(
    State(app): State<App>,
    demande: Demande,
    RawQuery(requete): RawQuery,
) -> Result<Response, Error> {
    demande.exiger_administrateur()?;
    let requete = Requete::lire(requete.as_deref());
    let (pagination, mots) = (requete.pagination()?, requete.mots()?);
    let page = app
        .read(move |tx| Ok(registre::lister(tx, mots.as_deref(), pagination)?.map(|compte| objet(&compte))))
        .await?;
    Ok(liste(page).into_response())
}

async fn creer(demande: Demande, corps: Corps) -> Result<Response, Error> {
    ecrire(demande, corps, |tx, demande, recu| {
        demande.exiger_administrateur()?;
        let genres = "« organisme_de_formation » ou « entreprise »";
        let siret = recu.texte_requis("siret")?;
        let siret = siret_valide(&siret).map_err(|_| {
            let phrase =
                "Le SIRET compte 14 chiffres, dont le dernier contrôle les autres : vérifiez la saisie.";
            Error::inexact("informations_incompletes", phrase, &["siret"])
        })?;
        let nouveau = NouveauCompte {
            raison_sociale: recu.texte_requis("raison_sociale")?,
            siret,
            genre: recu
                .code("genre", Genre::from_code, genres)?
                .ok_or_else(|| Error::Malformed(format!("Le champ « genre » manque : {genres}.")))?,
        };
        Ok(Fait::cree(objet(&ouvrir(tx, demande, &nouveau)?)))
    })
    .await
}

async fn montrer(
    State(app): State<App>,
    demande: Demande,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let id = identifiant(&id)?;
    let compte = app.read(move |tx| charger_pour(tx, &demande, ActeDuCompte::Consulter, id)).await?;
    Ok(Json(objet(&compte)).into_response())
}

async fn lister_habilitations(
    State(app): State<App>,
    demande: Demande,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let id = identifiant(&id)?;
    let habilitations = app
        .read(move |tx| {
            charger_pour(tx, &demande, ActeDuCompte::Consulter, id)?;
            Ok(store::du_compte(tx, id)?)
        })
        .await?;
    Ok(crate::api::listes::entiere(habilitations.iter().map(objet_habilitation).collect()).into_response())
}

async fn creer_habilitation(
    demande: Demande,
    Path(id): Path<String>,
    corps: Corps,
) -> Result<Response, Error> {
    let id = identifiant(&id)?;
    ecrire(demande, corps, move |tx, demande, recu| {
        let nouvelle = NouvelleHabilitation {
            dispositif: dispositif(recu)?,
            niveau: recu
                .code(
                    "niveau",
                    |code| Niveau::from_code(code).filter(|n| Niveau::DES_SESSIONS.contains(n)),
                    "« acteur » ou « formateur »",
                )?
                .ok_or_else(|| {
                    Error::Malformed("Le champ « niveau » manque : « acteur » ou « formateur ».".to_owned())
                })?,
            debut: recu.jour_requis("debut")?,
            fin: recu.jour_requis("fin")?,
            numero: recu.texte_court("numero")?,
        };
        Ok(Fait::cree(objet_habilitation(&accorder(tx, demande, id, &nouvelle)?)))
    })
    .await
}

async fn changer_habilitation(
    demande: Demande,
    Path(id): Path<String>,
    corps: Corps,
) -> Result<Response, Error> {
    let id = HabilitationId::parse(&id).ok_or(Error::NotFound)?;
    ecrire(demande, corps, move |tx, demande, recu| {
        Ok(Fait::ok(objet_habilitation(&changer(tx, demande, id, recu, None)?)))
    })
    .await
}

async fn inviter_utilisateur(
    demande: Demande,
    Path(id): Path<String>,
    corps: Corps,
) -> Result<Response, Error> {
    let compte = identifiant(&id)?;
    ecrire(demande, corps, move |tx, demande, recu| {
        let profils = "« gestionnaire » ou « delegataire »";
        let lire = |code: &str| match code {
            "gestionnaire" => Some(Profil::Gestionnaire { compte }),
            "delegataire" => Some(Profil::Delegataire { compte }),
            _ => None,
        };
        let profil = recu
            .code("profil", lire, profils)?
            .ok_or_else(|| Error::Malformed(format!("Le champ « profil » manque : {profils}.")))?;
        let personne = inviter(tx, demande, compte, profil, &entree::stagiaire(recu)?)?;
        Ok(Fait::cree(objet_personne(&personne)))
    })
    .await
}

/// The code of a dispositif that must be there.
///
/// # Errors
///
/// *Malformed* when it is missing or no such code.
pub fn dispositif(recu: &Objet) -> Result<CodeDispositif, Error> {
    let attendu = "le code d’un dispositif, par exemple SST";
    recu.code("dispositif", CodeDispositif::parse, attendu)?
        .ok_or_else(|| Error::Malformed(format!("Le champ « dispositif » manque : {attendu}.")))
}

/// A person as programs read him: never his e-mail, which is his own.
#[must_use]
pub fn objet_personne(personne: &Personne) -> Value {
    let identite = &personne.identite;
    json!({
        "numero": personne.numero, "civilite": identite.civilite, "nom_naissance": identite.nom_naissance,
        "nom_usage": identite.nom_usage, "prenom": identite.prenom, "date_naissance": identite.date_naissance,
    })
}

fn objet(compte: &Compte) -> Value {
    json!({
        "id": compte.id, "raison_sociale": compte.raison_sociale, "siret": compte.siret, "genre": compte.genre,
    })
}

fn objet_habilitation(h: &Habilitation) -> Value {
    json!({
        "id": h.id, "compte": h.compte, "dispositif": h.dispositif, "niveau": h.niveau, "debut": h.debut,
        "fin": h.fin, "numero": h.numero, "retiree_le": h.retiree_le, "suspendue_du": h.suspendue_du,
        "suspendue_au": h.suspendue_au, "motif": h.motif,
    })
}

fn identifiant(texte: &str) -> Result<CompteId, Error> {
    CompteId::parse(texte).ok_or(Error::NotFound)
}
