//! What the formateur sends: results in part, results handed over, or the session back.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use forprev_domain::droits::Acte;
use forprev_domain::refus::Manquement;
use forprev_domain::session::{Session, SessionId, manquements};
use forprev_domain::stagiaire::{Resultat, StagiaireId};
use forprev_store::Tx;

use super::conflit;
use super::dossier::Dossier;
use super::histoire::MOTIFS;
use super::remise::{lire_passage, trop_long};
use super::verification::{self, Affichage, VERSION, champ};
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::{Page, render};
use crate::messages::{Noms, manquement, remede};
use crate::saisie::Saisie;
use crate::sessions::passages::{self, Passage};
use crate::sessions::presentation::titre_dates_et_lieu;
use crate::sessions::resultats::{self, Resultats};
use crate::sessions::{charger, charger_pour};
use crate::sign_in::SignedVisit;
use crate::typographie::date_longue;
use crate::une_fois::Effet;

/// `GET` of an address that only takes a form: the page that has it.
///
/// # Errors
///
/// *Not found* for an address that cannot be one.
pub(super) async fn vers_la_session(Path(id): Path<String>) -> Result<Response, Error> {
    let id = SessionId::parse(&id).ok_or(Error::NotFound)?;
    Ok(Redirect::to(&format!("/sessions/{id}")).into_response())
}

/// `POST /sessions/{id}/resultats`: saves what is chosen, perhaps in part; « Tout le monde a réussi » chooses first.
///
/// # Errors
///
/// *Not found*, or *forbidden*.
pub(super) async fn enregistrer(
    visit: SignedVisit,
    State(app): State<App>,
    Path(id): Path<String>,
    mut saisie: Saisie,
) -> Result<Response, Error> {
    let id = SessionId::parse(&id).ok_or(Error::NotFound)?;
    let demande = Demande::from(&visit);
    if saisie.contient("tous") {
        cocher_tous(&app, &demande, id, &mut saisie).await?;
    }
    let resultats = lire_resultats(&saisie);
    let fait = visit.une_fois(&saisie, recorded(id, &saisie, resultats)).await;
    match fait {
        Ok(_) if saisie.option("commentaire").is_some() || saisie.option("precisions").is_some() => {
            // What is typed beside the results is kept by nobody yet: the page is shown again with it.
            let dossier = Dossier::ouvrir(&app, &demande, id).await?;
            saisie.poser(VERSION, dossier.session().version.to_string());
            let fait = Some("Les résultats sont enregistrés. Ils ne comptent qu’une fois transmis.");
            let retour_ouvert = saisie.option("precisions").is_some();
            let affichage = Affichage { saisie, fait, retour_ouvert, statut: None };
            verification::afficher(&visit, &dossier, &affichage)
        }
        fait => suite(&visit, &app, &demande, id, saisie, fait).await,
    }
}

/// `POST /sessions/{id}/transmission`: hands the results over; before the last day, after a confirmation in words (R4).
///
/// # Errors
///
/// *Not found*, or *forbidden*.
pub(super) async fn transmettre(
    visit: SignedVisit,
    State(app): State<App>,
    Path(id): Path<String>,
    mut saisie: Saisie,
) -> Result<Response, Error> {
    let id = SessionId::parse(&id).ok_or(Error::NotFound)?;
    let demande = Demande::from(&visit);
    let resultats = lire_resultats(&saisie);
    let passage = lire_passage(&saisie);
    if trop_long(&mut saisie, "commentaire") {
        return incomplete(&visit, &app, id, Affichage { saisie, ..Affichage::default() }).await;
    }
    if !saisie.contient("confirme")
        && let Some(page) = confirmation(&visit, &app, &demande, id, &saisie).await?
    {
        return Ok(page);
    }
    let fait = visit
        .une_fois(&saisie, move |tx, demande| {
            resultats::transmettre(tx, demande, id, &passage, &resultats)?;
            Ok(Effet::de_la_session(id, "?fait=transmission"))
        })
        .await;
    suite(&visit, &app, &demande, id, saisie, fait).await
}

/// `POST /sessions/{id}/retour`: sends the session back with a reason and words; results chosen so far are kept.
///
/// # Errors
///
/// *Not found*, or *forbidden*.
pub(super) async fn retourner(
    visit: SignedVisit,
    State(app): State<App>,
    Path(id): Path<String>,
    mut saisie: Saisie,
) -> Result<Response, Error> {
    let id = SessionId::parse(&id).ok_or(Error::NotFound)?;
    let demande = Demande::from(&visit);
    let motif = MOTIFS.into_iter().find(|motif| *motif == saisie.texte("motif"));
    let precisions = saisie.texte("precisions").to_owned();
    if motif.is_none() {
        saisie.refuser("motif", "Choisissez le motif du retour.");
    }
    if precisions.is_empty() {
        saisie.refuser("precisions", "Dites ce qu’il faut corriger : le nom, la date, l’adresse concernés.");
    }
    trop_long(&mut saisie, "precisions");
    let Some(motif) = motif.filter(|_| saisie.est_valide()) else {
        let affichage = Affichage { saisie, retour_ouvert: true, ..Affichage::default() };
        return incomplete(&visit, &app, id, affichage).await;
    };
    let version = lire_passage(&saisie).version;
    let resultats = lire_resultats(&saisie);
    let fait = visit
        .une_fois(&saisie, move |tx, voulu| {
            let mut passage = Passage { version, commentaire: Some(format!("{motif}\n{precisions}")) };
            let avant = match charger(tx, voulu, id) {
                Ok(session) => Some(session),
                // Taken back meanwhile: the return itself says so.
                Err(Error::NotFound) => None,
                Err(error) => return Err(error),
            };
            if avant.is_some_and(|avant| nouveaux(&avant, &resultats)) {
                match resultats::enregistrer(tx, voulu, id, version, &resultats) {
                    Ok(apres) => passage.version = Some(apres.version),
                    // Too early for results: the return itself is not bound by it.
                    Err(Error::Refused { .. }) => {}
                    Err(error) => return Err(error),
                }
            }
            passages::retourner(tx, voulu, id, &passage)?;
            Ok(Effet::de_la_session(id, "?fait=retour"))
        })
        .await;
    suite(&visit, &app, &demande, id, saisie, fait).await
}

/// The saving of these results, as the act of a form.
fn recorded(
    id: SessionId,
    saisie: &Saisie,
    resultats: Resultats,
) -> impl Fn(&mut Tx<'_>, &Demande) -> Result<Effet, Error> + Send + 'static {
    let version = lire_passage(saisie).version;
    move |tx, demande| {
        resultats::enregistrer(tx, demande, id, version, &resultats)?;
        Ok(Effet::de_la_session(id, "?fait=resultats"))
    }
}

/// A form that lacks something: the page again; or what happened meanwhile, when the session left his hands.
async fn incomplete(
    visit: &SignedVisit,
    app: &App,
    id: SessionId,
    affichage: Affichage,
) -> Result<Response, Error> {
    let (demande, version) = (Demande::from(visit), lire_passage(&affichage.saisie).version);
    let voulu = demande.clone();
    let sienne = app.write(move |tx| charger_pour(tx, &voulu, Acte::Retourner, id, version)).await;
    if let Err(error) = sienne {
        return conflit::apres(visit, app, id, affichage.saisie, error).await;
    }
    let dossier = Dossier::ouvrir(app, &demande, id).await?;
    verification::afficher(visit, &dossier, &affichage)
}

/// The results that a form holds; what cannot be read is no result.
fn lire_resultats(saisie: &Saisie) -> Resultats {
    saisie
        .paires()
        .filter_map(|(nom, valeur)| {
            Some((StagiaireId::parse(nom.strip_prefix("r-")?)?, Resultat::from_code(valeur)?))
        })
        .collect()
}

fn nouveaux(session: &Session, resultats: &Resultats) -> bool {
    session.stagiaires.iter().any(|s| resultats.get(&s.id).is_some_and(|choisi| s.resultat != Some(*choisi)))
}

async fn cocher_tous(app: &App, demande: &Demande, id: SessionId, saisie: &mut Saisie) -> Result<(), Error> {
    let voulu = demande.clone();
    let lue = app.read(move |tx| charger(tx, &voulu, id)).await;
    match lue {
        Ok(session) => {
            for stagiaire in &session.stagiaires {
                saisie.poser(&champ(stagiaire.id), Resultat::Reussite.code());
            }
            Ok(())
        }
        // Taken back meanwhile: the action itself says so.
        Err(Error::NotFound) => Ok(()),
        Err(error) => Err(error),
    }
}

/// The page that follows an act; after a refusal, the same one with everything typed and each point at its place.
async fn suite(
    visit: &SignedVisit,
    app: &App,
    demande: &Demande,
    id: SessionId,
    saisie: Saisie,
    fait: Result<String, Error>,
) -> Result<Response, Error> {
    match fait {
        Ok(adresse) => Ok(Redirect::to(&adresse).into_response()),
        Err(error) => refusee(visit, app, demande, id, saisie, error).await,
    }
}

async fn refusee(
    visit: &SignedVisit,
    app: &App,
    demande: &Demande,
    id: SessionId,
    mut saisie: Saisie,
    error: Error,
) -> Result<Response, Error> {
    let Error::Refused { points, .. } = &error else {
        return conflit::apres(visit, app, id, saisie, error).await;
    };
    let dossier = Dossier::ouvrir(app, demande, id).await?;
    let noms = Noms::de(dossier.session());
    for point in points {
        match point {
            Manquement::ResultatsIncomplets { stagiaires } => {
                for stagiaire in stagiaires {
                    let qui = noms.stagiaire(*stagiaire);
                    saisie.refuser(&champ(*stagiaire), format!("{qui} : choisissez réussite ou échec."));
                }
            }
            autre => saisie.refuser("", format!("{} {}", manquement(autre, noms), remede(autre, noms))),
        }
    }
    let affichage =
        Affichage { saisie, statut: Some(StatusCode::UNPROCESSABLE_ENTITY), ..Affichage::default() };
    verification::afficher(visit, &dossier, &affichage)
}

#[derive(Template)]
#[template(path = "sessions/pages/transmission.html")]
struct Confirmation {
    page: Page,
    id: String,
    version: i64,
    titre: String,
    bilan: String,
    date_fin: String,
    auteur: String,
    commentaire: String,
}

/// The page that asks before results are handed over ahead of the last day. What is chosen is saved first; none when
/// nothing is to be asked, or when the results are refused anyway.
async fn confirmation(
    visit: &SignedVisit,
    app: &App,
    demande: &Demande,
    id: SessionId,
    saisie: &Saisie,
) -> Result<Option<Response>, Error> {
    let Ok(dossier) = Dossier::ouvrir(app, demande, id).await else { return Ok(None) };
    let resultats = lire_resultats(saisie);
    let lignes = &dossier.session().stagiaires;
    let complets = lignes.iter().all(|s| s.resultat.is_some() || resultats.contains_key(&s.id));
    let points = manquements(dossier.session(), &dossier.faits, dossier.aujourdhui);
    let refusee = points.iter().any(|point| !matches!(point, Manquement::ResultatsIncomplets { .. }));
    if dossier.session().saisie.date_fin <= dossier.aujourdhui || !complets || refusee {
        return Ok(None);
    }
    // A refusal is said by the act itself, which comes next.
    if visit.une_fois(saisie, recorded(id, saisie, resultats)).await.is_err() {
        return Ok(None);
    }
    let dossier = Dossier::ouvrir(app, demande, id).await?;
    let session = dossier.session();
    let titre = titre_dates_et_lieu(&session.saisie);
    let page = Confirmation {
        page: visit
            .page(format!("Transmettre avant la fin de la session ? {titre}"))
            .fil("Sessions", "/sessions")
            .fil(format!("Session {}", session.numero), format!("/sessions/{id}"))
            .ici("Transmettre les résultats"),
        id: id.to_string(),
        version: session.version,
        titre,
        bilan: super::panneau::bilan(&dossier),
        date_fin: date_longue(session.saisie.date_fin),
        auteur: dossier.auteur(),
        commentaire: saisie.texte("commentaire").to_owned(),
    };
    render(&page).map(Some)
}
