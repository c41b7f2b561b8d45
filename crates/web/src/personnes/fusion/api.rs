//! Merges of the interface: `POST /fusions`, tried first with `?essai=true`; `DELETE /fusions/{id}` parts them.

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use axum::routing::{delete, post};
use forprev_domain::fusion::Apercu;
use forprev_domain::id::FusionId;
use forprev_domain::numero::Numero;
use forprev_domain::personne::Personne;
use forprev_store::fusions::Fusion;
use serde_json::{Value, json};

use super::{apercevoir, fusionner, mots, separer};
use crate::api::corps::{Corps, Objet};
use crate::api::ecriture::{Fait, ecrire};
use crate::api::listes::Requete;
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;

/// The routes of merges.
pub fn routes() -> Router<App> {
    Router::new().route("/fusions", post(creer)).route("/fusions/{id}", delete(supprimer))
}

async fn creer(demande: Demande, RawQuery(requete): RawQuery, corps: Corps) -> Result<Response, Error> {
    let essai = Requete::lire(requete.as_deref()).vrai_ou_faux("essai")?.unwrap_or(false);
    ecrire(demande, corps, move |tx, demande, recu| {
        let (ancien, nouveau) = (numero(recu, "ancien")?, numero(recu, "nouveau")?);
        if essai {
            return Ok(Fait::ok(apercu_json(&apercevoir(tx, demande, &ancien, &nouveau)?)));
        }
        let fusion = fusionner(tx, demande, &ancien, &nouveau, recu.vrai("confirmee")?)?;
        Ok(Fait::cree(fusion_json(&fusion)))
    })
    .await
}

async fn supprimer(demande: Demande, Path(id): Path<String>, corps: Corps) -> Result<Response, Error> {
    let id = FusionId::parse(&id).ok_or(Error::NotFound)?;
    ecrire(demande, corps, move |tx, demande, _| separer(tx, demande, id).map(|_| Fait::vide())).await
}

fn numero(recu: &Objet, champ: &str) -> Result<Numero, Error> {
    Numero::parse(&recu.texte_requis(champ)?).ok_or(Error::NotFound)
}

fn fusion_json(fusion: &Fusion) -> Value {
    json!({
        "id": fusion.id, "ancien": fusion.ancien, "nouveau": fusion.nouveau,
        "faite_le": fusion.faite_le.to_string(),
    })
}

fn apercu_json(apercu: &Apercu) -> Value {
    let personne = |p: &Personne| {
        json!({
            "numero": p.numero, "nom_naissance": p.identite.nom_naissance, "nom_usage": p.identite.nom_usage,
            "prenom": p.identite.prenom, "date_naissance": p.identite.date_naissance,
        })
    };
    let vigilances = apercu.vigilances();
    json!({
        "ancienne": personne(&apercu.ancienne), "nouvelle": personne(&apercu.nouvelle),
        "suit": {
            "certificats": apercu.suit.certificats, "stagiaire": apercu.suit.stagiaire,
            "declarees": apercu.suit.declarees, "formateur": apercu.suit.formateur,
        },
        "obstacles": apercu.obstacles().iter().map(mots::obstacle).collect::<Vec<_>>(),
        "avertissements": vigilances.into_iter().map(mots::vigilance).collect::<Vec<_>>(),
    })
}
