//! `POST /formateurs`: a formateur known before, with what he holds.

use axum::Router;
use axum::response::Response;
use axum::routing::post;
use forprev_domain::dispositif::Niveau;

use crate::api::corps::{Corps, Objet};
use crate::api::ecriture::{Fait, ecrire};
use crate::app::App;
use crate::comptes::api::{dispositif, objet_personne};
use crate::comptes::utilisateurs::{QualificationConnue, inscrire_formateur};
use crate::demande::Demande;
use crate::error::Error;
use crate::sessions::entree;

/// The routes of formateurs.
pub fn routes() -> Router<App> {
    Router::new().route("/formateurs", post(creer))
}

async fn creer(demande: Demande, corps: Corps) -> Result<Response, Error> {
    ecrire(demande, corps, |tx, demande, recu| {
        let qualifications =
            recu.objets("certificats")?.iter().map(qualification).collect::<Result<Vec<_>, _>>()?;
        let personne = inscrire_formateur(tx, demande, &entree::stagiaire(recu)?, &qualifications)?;
        Ok(Fait::cree(objet_personne(&personne)))
    })
    .await
}

fn qualification(recu: &Objet) -> Result<QualificationConnue, Error> {
    let niveaux = "« acteur », « formateur » ou « formateur_de_formateurs »";
    Ok(QualificationConnue {
        dispositif: dispositif(recu)?,
        niveau: recu
            .code("niveau", Niveau::from_code, niveaux)?
            .ok_or_else(|| Error::Malformed(format!("Le champ « niveau » manque : {niveaux}.")))?,
        debut: recu.jour_requis("debut")?,
        fin: recu.jour("fin")?,
    })
}
