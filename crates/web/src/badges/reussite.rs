//! What a badge says was achieved: a dispositif at a niveau, with what it took.

use axum::extract::{Path, State};
use axum::response::Response;
use forprev_domain::dispositif::{CodeDispositif, Niveau};
use forprev_store::dispositifs;
use serde_json::{Value, json};

use super::{CONTEXTE, CONTEXTE_OB, emetteur, json_public};
use crate::app::App;
use crate::clock::Moment;
use crate::config::Config;
use crate::error::Error;
use crate::messages;
use crate::typographie::capitale;

/// Where an achievement is described: its identifier.
fn adresse(config: &Config, dispositif: &str, niveau: Niveau) -> String {
    format!("{}/.well-known/forprev/reussites/{dispositif}/{}", config.public_url, niveau.code())
}

/// « Formateur – Sauveteur secouriste du travail (SST) »
pub(super) fn nom(dispositif: &str, libelle: &str, niveau: Niveau) -> String {
    format!("{} – {libelle} ({dispositif})", capitale(messages::niveau(niveau)))
}

/// The achievement, as Open Badges have it.
pub(super) fn composer(config: &Config, dispositif: &str, libelle: &str, niveau: Niveau) -> Value {
    let suivie = format!(
        "Avoir suivi la formation « {libelle} » au niveau {}, ou son maintien et actualisation des compétences, et \
         satisfait aux épreuves devant un formateur à jour de sa qualification, pour un organisme habilité.",
        messages::niveau(niveau)
    );
    json!({
        "id": adresse(config, dispositif, niveau), "type": ["Achievement"], "achievementType": "Certification",
        "name": nom(dispositif, libelle, niveau), "inLanguage": "fr",
        "description": format!("Certification au niveau {} du dispositif « {libelle} ».", messages::niveau(niveau)),
        "criteria": { "narrative": suivie }, "humanCode": format!("{dispositif}-{}", niveau.lettre()),
        "creator": emetteur::profil(config),
    })
}

/// `GET /.well-known/forprev/reussites/{dispositif}/{niveau}`, by the catalogue of today.
pub(super) async fn montrer(
    State(app): State<App>,
    moment: Moment,
    Path((dispositif, niveau)): Path<(String, String)>,
) -> Result<Response, Error> {
    let code = CodeDispositif::parse(&dispositif).ok_or(Error::NotFound)?;
    let niveau =
        Niveau::from_code(&niveau).filter(|niveau| Niveau::Formateur <= *niveau).ok_or(Error::NotFound)?;
    let connu = app.read(move |tx| Ok(dispositifs::charger(tx, &code, moment.aujourdhui)?)).await?;
    let connu = connu.ok_or(Error::NotFound)?;
    let mut reussite = composer(&app.config, connu.code.as_str(), &connu.libelle, niveau);
    reussite["@context"] = json!([CONTEXTE, CONTEXTE_OB]);
    Ok(json_public("application/ld+json", &reussite))
}
