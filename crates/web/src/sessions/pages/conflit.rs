//! Two people acted at once: what happened meanwhile, where to go, and what was typed, kept in sight.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use forprev_domain::droits::{Acte, peut};
use forprev_domain::session::SessionId;
use forprev_domain::stagiaire::Resultat;

use super::dossier::Dossier;
use super::histoire::Histoire;
use super::verification::{self, Affichage};
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::Resultat as PastilleResultat;
use crate::layout::{Page, render};
use crate::saisie::Saisie;
use crate::sign_in::SignedVisit;

#[derive(Template)]
#[template(path = "sessions/pages/conflit.html")]
struct Conflit {
    page: Page,
    detail: String,
    histoire: Option<Histoire>,
    resultats: Vec<(String, PastilleResultat)>,
    saisis: Vec<(String, String)>,
    commentaire: Option<String>,
    session: Option<String>,
}

/// The page of an error after a form: a conflict is said in words with what was typed; a formateur who still
/// has the session finds his results again; any other error is given back.
///
/// # Errors
///
/// The error itself, when it is no conflict.
pub(super) async fn apres(
    visit: &SignedVisit,
    app: &App,
    id: SessionId,
    saisie: Saisie,
    error: Error,
) -> Result<Response, Error> {
    apres_la_saisie(visit, app, id, saisie, &[], error).await
}

/// As [`apres`], for a form with these fields, name and words: what was typed into them stays in sight.
///
/// # Errors
///
/// The error itself, when it is no conflict.
pub(in crate::sessions) async fn apres_la_saisie(
    visit: &SignedVisit,
    app: &App,
    id: SessionId,
    mut saisie: Saisie,
    champs: &[(&str, &str)],
    error: Error,
) -> Result<Response, Error> {
    let Error::Conflict { detail, .. } = &error else {
        return Err(error);
    };
    let demande = Demande::from(visit);
    let dossier = match Dossier::ouvrir(app, &demande, id).await {
        Ok(dossier) => Some(dossier),
        Err(Error::NotFound) => None,
        Err(autre) => return Err(autre),
    };
    if let Some(dossier) = &dossier
        && peut(&demande.requester, Acte::TransmettreResultats, dossier.session()).is_ok()
    {
        let quand = crate::typographie::heure(dossier.fiche.modifiee_le);
        saisie.refuser(
            "",
            format!("La session a changé à {quand} pendant que vous l’aviez à l’écran. Vérifiez les informations ci-dessous, qui sont à jour, puis recommencez : vos résultats sont restés cochés."),
        );
        let retour_ouvert = saisie.contient("motif") || saisie.option("precisions").is_some();
        let statut = Some(StatusCode::CONFLICT);
        let affichage = Affichage { saisie, retour_ouvert, statut, ..Affichage::default() };
        return verification::afficher(visit, dossier, &affichage);
    }
    let recents = dossier.as_ref().map(|dossier| {
        let debut = dossier.historique.len().saturating_sub(2);
        Histoire::new(&dossier.historique[debut..], &dossier.gens, &dossier.formateur())
    });
    let mut response = render(&Conflit {
        page: visit.page("La session a changé entre-temps").fil("Sessions", "/sessions").ici("Session"),
        detail: detail.clone(),
        histoire: recents,
        resultats: resultats_saisis(&saisie),
        saisis: champs
            .iter()
            .filter_map(|(nom, mots)| Some(((*mots).to_owned(), saisie.option(nom)?.to_owned())))
            .collect(),
        commentaire: saisie.option("commentaire").or(saisie.option("precisions")).map(str::to_owned),
        session: dossier.map(|dossier| dossier.session().id.to_string()),
    })?;
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
}

/// The results that were chosen, with the names that the form carried.
fn resultats_saisis(saisie: &Saisie) -> Vec<(String, PastilleResultat)> {
    let choisis = saisie.paires().filter(|(nom, _)| nom.starts_with("r-"));
    choisis
        .filter_map(|(champ, valeur)| {
            let resultat = match Resultat::from_code(valeur)? {
                Resultat::Reussite => PastilleResultat::Reussite,
                Resultat::Echec => PastilleResultat::Echec,
            };
            Some((saisie.texte(&format!("n{champ}")).to_owned(), resultat))
        })
        .collect()
}
