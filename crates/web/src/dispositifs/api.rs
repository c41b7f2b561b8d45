//! The catalogue of the interface.

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use forprev_domain::dispositif::{CodeDispositif, Dispositif, Niveau, NiveauDuCatalogue};
use forprev_store::dispositifs;
use serde_json::{Value, json};

use super::fixer;
use crate::api::corps::{Corps, Objet, lire_jour};
use crate::api::ecriture::{Fait, ecrire};
use crate::api::listes::{Requete, entiere};
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;

/// The routes of the catalogue.
pub fn routes() -> Router<App> {
    Router::new().route("/dispositifs", get(lister).post(ajouter))
}

async fn lister(
    State(app): State<App>,
    demande: Demande,
    RawQuery(requete): RawQuery,
) -> Result<Response, Error> {
    let requete = Requete::lire(requete.as_deref());
    let jour = match requete.valeur("le") {
        None => demande.moment.aujourdhui,
        Some(texte) => {
            lire_jour(texte).ok_or_else(|| Error::Malformed("« le » est un jour AAAA-MM-JJ.".to_owned()))?
        }
    };
    let catalogue = app.read(move |tx| Ok(dispositifs::en_vigueur(tx, jour)?)).await?;
    Ok(entiere(catalogue.iter().map(objet).collect()).into_response())
}

async fn ajouter(demande: Demande, corps: Corps) -> Result<Response, Error> {
    ecrire(demande, corps, |tx, demande, recu| {
        demande.exiger_administrateur()?;
        let dispositif = dispositif(recu)?;
        fixer(tx, demande, &dispositif)?;
        Ok(Fait::cree(objet(&dispositif)))
    })
    .await
}

fn dispositif(recu: &Objet) -> Result<Dispositif, Error> {
    let niveaux = recu.objets("niveaux")?.iter().map(niveau).collect::<Result<Vec<_>, _>>()?;
    let mut vus = Vec::new();
    if niveaux.is_empty()
        || niveaux.iter().any(|n| {
            vus.contains(&n.niveau) || {
                vus.push(n.niveau);
                false
            }
        })
    {
        return Err(Error::Malformed("« niveaux » en contient un au moins, chacun une fois.".to_owned()));
    }
    let attendu = "2 à 12 capitales, chiffres et traits d’union, par exemple PRAP-2S";
    Ok(Dispositif {
        code: recu
            .code("code", CodeDispositif::parse, attendu)?
            .ok_or_else(|| Error::Malformed(format!("Le champ « code » manque : {attendu}.")))?,
        libelle: recu.texte_requis("libelle")?,
        a_partir_du: recu.jour_requis("a_partir_du")?,
        niveaux,
    })
}

fn niveau(recu: &Objet) -> Result<NiveauDuCatalogue, Error> {
    let codes = "« acteur », « formateur » ou « formateur_de_formateurs »";
    let petit = |champ: &str| match recu.entier(champ)? {
        None => Ok(None),
        Some(n) => match u16::try_from(n) {
            Ok(n) if n <= 1200 => Ok(Some(n)),
            Ok(_) | Err(_) => Err(Error::Malformed(format!("« {champ} » va de 0 à 1 200."))),
        },
    };
    let requis = |champ: &str| {
        petit(champ)?
            .ok_or_else(|| Error::Malformed(format!("Le champ « {champ} » manque : un nombre entier.")))
    };
    let (groupe_min, groupe_max) = (requis("groupe_min")?, requis("groupe_max")?);
    if groupe_max == 0 || groupe_max < groupe_min {
        return Err(Error::Malformed(
            "« groupe_max » est au moins « groupe_min », et au moins 1.".to_owned(),
        ));
    }
    Ok(NiveauDuCatalogue {
        niveau: recu
            .code("niveau", Niveau::from_code, codes)?
            .ok_or_else(|| Error::Malformed(format!("Le champ « niveau » manque : {codes}.")))?,
        groupe_min,
        groupe_max,
        validite_mois: petit("validite_mois")?,
        heures_initiale: petit("heures_initiale")?,
        heures_mac: petit("heures_mac")?,
    })
}

fn objet(dispositif: &Dispositif) -> Value {
    json!({
        "code": dispositif.code, "libelle": dispositif.libelle, "a_partir_du": dispositif.a_partir_du,
        "niveaux": dispositif.niveaux,
    })
}
