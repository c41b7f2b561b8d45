//! Who one is: profiles, and one's own certificates (R7).

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use forprev_domain::certificat::Certificat;
use forprev_domain::regles::certificat_formateur::telechargeable_par_le_titulaire;
use forprev_store::{certificats, comptes, personnes};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::api::listes::entiere;
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;

/// The routes of who asks.
pub fn routes() -> Router<App> {
    Router::new().route("/moi", get(moi)).route("/moi/certificats", get(mes_certificats))
}

async fn moi(State(app): State<App>, demande: Demande) -> Result<Response, Error> {
    let objet = app
        .read(move |tx| {
            let personne = personnes::charger(tx, &demande.requester.numero)?.ok_or(Error::SansJeton)?;
            let mut profils = Vec::new();
            for profil in &demande.requester.profils {
                let compte = match profil.compte() {
                    Some(id) => comptes::charger(tx, id)?,
                    None => None,
                };
                profils.push(json!({
                    "profil": profil.code(), "compte": profil.compte(),
                    "raison_sociale": compte.map(|compte| compte.raison_sociale),
                }));
            }
            let identite = &personne.identite;
            Ok(json!({
                "numero": personne.numero, "civilite": identite.civilite, "nom_naissance": identite.nom_naissance,
                "nom_usage": identite.nom_usage, "prenom": identite.prenom,
                "date_naissance": identite.date_naissance,
                "email": personne.email.as_ref().map(forprev_domain::identite::Email::as_str), "profils": profils,
            }))
        })
        .await?;
    Ok(Json(objet).into_response())
}

async fn mes_certificats(State(app): State<App>, demande: Demande) -> Result<Response, Error> {
    let aujourdhui = demande.moment.aujourdhui;
    let tenus = app.read(move |tx| Ok(certificats::du_titulaire(tx, &demande.requester.numero)?)).await?;
    Ok(entiere(tenus.iter().map(|c| objet(c, aujourdhui)).collect()).into_response())
}

/// True when the file of one's own certificate can be had now (R7); one issued elsewhere has none.
#[must_use]
pub fn telechargeable(certificat: &Certificat, aujourdhui: Date) -> bool {
    let c = certificat;
    c.imprime.is_some() && telechargeable_par_le_titulaire(c.niveau, c.etat, c.fin, aujourdhui)
}

fn objet(c: &Certificat, aujourdhui: Date) -> Value {
    let badge = telechargeable(c, aujourdhui).then(|| format!("/api/v1/certificats/{}/badge", c.numero));
    let pdf = telechargeable(c, aujourdhui).then(|| format!("/api/v1/certificats/{}.pdf", c.numero));
    json!({
        "numero": c.numero, "dispositif": c.dispositif, "niveau": c.niveau, "valable_du": c.debut,
        "valable_jusqu_au": c.fin, "delivre_le": c.delivre_le, "etat": c.valeur_le(aujourdhui),
        "telechargeable": pdf.is_some(), "pdf": pdf, "badge": badge,
    })
}
