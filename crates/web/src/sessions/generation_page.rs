//! `/sessions/{id}/generation`: what will be issued, to whom, what cannot be undone; then it is done (R13).

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use forprev_domain::calendrier::plus_jours;
use forprev_domain::dispositif::Niveau;
use forprev_domain::droits::{Acte, peut};
use forprev_domain::evenement::Evenement;
use forprev_domain::refus::{Manquement, Refus};
use forprev_domain::regles::duree_de_vie::apres_generation;
use forprev_domain::regles::reussites::valable_jusqu_au;
use forprev_domain::session::{NomEtat, Session, SessionId, manquements};
use forprev_domain::stagiaire::Resultat;
use forprev_store::{Tx, faits, sessions};
use jiff::civil::Date;

use super::charger;
use super::generation::generer;
use super::pages::conflit::apres_la_saisie;
use super::presentation::{Gens, court, titre_dates_et_lieu};
use crate::app::App;
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::{EtapeDeRelais, Icone, Relais};
use crate::layout::{Page, render};
use crate::messages::{self, Noms};
use crate::saisie::Saisie;
use crate::sceau::sceller_aussitot;
use crate::sign_in::SignedVisit;
use crate::typographie::{accord, capitale, date, date_chiffree, heure, jour_de_semaine, pluriel, quantieme};
use crate::une_fois::Effet;

/// The routes of this page.
pub fn routes() -> Router<App> {
    Router::new().route("/sessions/{id}/generation", get(show).post(confirm))
}

#[derive(Template)]
#[template(path = "sessions/generation_page.html")]
struct Generation {
    page: Page,
    id: SessionId,
    version: i64,
    titre: String,
    sous_titre: String,
    formateur: String,
    suite: Relais,
    lignes: Vec<Ligne>,
    emis: usize,
    obstacles: Vec<Obstacle>,
    changement: Option<String>,
}

/// A trainee, as the certificate will name him.
struct Ligne {
    nom: String,
    precision: String,
    naissance: String,
    recoit: bool,
}

/// A rule that is not met, and what would mend it.
struct Obstacle {
    fait: String,
    remede: String,
}

/// What the page is made of, read in one transaction.
struct Lecture {
    session: Session,
    manquements: Vec<Manquement>,
    valable_jusqu_au: Option<Date>,
    gens: Gens,
    dernier: Option<Evenement>,
}

async fn show(visit: SignedVisit, Path(id): Path<String>) -> Result<Response, Error> {
    let lecture = lire(&visit, &id).await?;
    match lecture.session.etat.nom() {
        NomEtat::ATraiter => render(&page(&visit, &lecture, Vue::Premiere)),
        NomEtat::Terminee => {
            Ok(Redirect::to(&format!("/sessions/{}/certificats", lecture.session.id)).into_response())
        }
        NomEtat::Brouillon | NomEtat::Soumise | NomEtat::Retournee => {
            Ok(Redirect::to(&format!("/sessions/{}", lecture.session.id)).into_response())
        }
    }
}

async fn confirm(visit: SignedVisit, Path(id): Path<String>, saisie: Saisie) -> Result<Response, Error> {
    let session = SessionId::parse(&id).ok_or(Error::NotFound)?;
    let version = saisie.option("version").and_then(|texte| texte.parse().ok());
    let fait = visit
        .une_fois(&saisie, move |tx, demande| {
            generer(tx, demande, session, version)?;
            Ok(Effet::de_la_session(session, "/certificats"))
        })
        .await;
    match fait {
        Ok(adresse) => {
            sceller_aussitot(&visit.app, session);
            Ok(Redirect::to(&adresse).into_response())
        }
        Err(error @ (Error::Conflict { .. } | Error::Refused { .. })) => {
            refused(&visit, &id, saisie, error).await
        }
        Err(error) => Err(error),
    }
}

/// The same page as it stands now: with what opposes, or with what somebody else changed; what happened, when
/// there is nothing to generate any more.
async fn refused(visit: &SignedVisit, id: &str, saisie: Saisie, error: Error) -> Result<Response, Error> {
    let lecture = lire(visit, id).await?;
    if lecture.session.etat.nom() != NomEtat::ATraiter {
        return apres_la_saisie(visit, &visit.app, lecture.session.id, saisie, &[], error).await;
    }
    let (status, vue) = match error {
        Error::Conflict { .. } => (StatusCode::CONFLICT, Vue::Changee),
        _ => (StatusCode::UNPROCESSABLE_ENTITY, Vue::Premiere),
    };
    let mut response = render(&page(visit, &lecture, vue))?;
    *response.status_mut() = status;
    Ok(response)
}

async fn lire(visit: &SignedVisit, id: &str) -> Result<Lecture, Error> {
    let id = SessionId::parse(id).ok_or(Error::NotFound)?;
    let demande = Demande::from(visit);
    visit.app.read(move |tx| lecture(tx, &demande, id)).await
}

fn lecture(tx: &mut Tx<'_>, demande: &Demande, id: SessionId) -> Result<Lecture, Error> {
    let session = charger(tx, demande, id)?;
    if peut(&demande.requester, Acte::Generer, &session) == Err(Refus::PasVotreRole) {
        return Err(Error::Forbidden);
    }
    let faits = faits::de_la_session(tx, &session)?;
    let historique = sessions::historique(tx, id)?;
    let gens = Gens::de(tx, &[&session], &historique)?;
    Ok(Lecture {
        manquements: manquements(&session, &faits, demande.moment.aujourdhui),
        valable_jusqu_au: valable_jusqu_au(&session, &faits),
        dernier: historique.into_iter().next_back(),
        session,
        gens,
    })
}

/// Whether the page is shown for itself, or because the session changed while it was on screen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Vue {
    Premiere,
    Changee,
}

fn page(visit: &SignedVisit, lecture: &Lecture, vue: Vue) -> Generation {
    let Lecture { session, .. } = lecture;
    let emis = session.reussites().count();
    let noms = Noms::de(session);
    let obstacles: Vec<Obstacle> = lecture
        .manquements
        .iter()
        .map(|point| Obstacle {
            fait: messages::manquement(point, noms),
            remede: messages::remede(point, noms),
        })
        .collect();
    let combien = pluriel(emis, "certificat", "certificats");
    let titre = match (emis, obstacles.is_empty()) {
        (0, true) => "Clore la session sans certificat ?".to_owned(),
        (0, false) => "La session ne peut pas encore être close".to_owned(),
        (_, true) => format!("Générer {combien} ?"),
        (1, false) => "Le certificat ne peut pas encore être généré".to_owned(),
        (_, false) => format!("Les {combien} ne peuvent pas encore être générés"),
    };
    let numero = &session.numero;
    let page = visit
        .page(format!("{} – Session {numero}", titre.trim_end_matches(" ?")))
        .fil("Sessions", "/sessions")
        .fil(format!("Session {numero}"), format!("/sessions/{}", session.id))
        .ici(if emis == 0 { "Clore sans certificat" } else { "Générer les certificats" });
    let changement = lecture.dernier.as_ref().filter(|_| vue == Vue::Changee).map(|evenement| {
        format!("Modifiée par {} à {}.", lecture.gens.nom(&evenement.par), heure(evenement.le))
    });
    let formateur = session.saisie.formateur.as_ref().map(|numero| lecture.gens.nom(numero));
    Generation {
        page: Page { erreur: !obstacles.is_empty() || changement.is_some(), ..page },
        id: session.id,
        version: session.version,
        titre,
        sous_titre: titre_dates_et_lieu(&session.saisie),
        formateur: formateur.unwrap_or_else(|| "son formateur".to_owned()),
        suite: suite(session, lecture.valable_jusqu_au, visit.moment.aujourdhui),
        lignes: lignes(session),
        emis,
        obstacles,
        changement,
    }
}

/// What happens today, until when, and what is lost after.
fn suite(session: &Session, valable_jusqu_au: Option<Date>, aujourdhui: Date) -> Relais {
    let emis = session.reussites().count();
    let disparait_le = apres_generation(aujourdhui);
    let dernier_jour = plus_jours(disparait_le, -1);
    let (dernier, apres) = (court(dernier_jour, aujourdhui), court(disparait_le, aujourdhui));
    let mut etapes = Vec::new();
    if emis == 0 {
        etapes.push(
            EtapeDeRelais::courante("Aujourd’hui")
                .ligne("La session est close. Aucun certificat n’est émis, personne n’est en réussite."),
        );
        etapes.push(
            EtapeDeRelais::a_venir(&format!("Jusqu’au {dernier}"))
                .ligne("Vous pouvez encore consulter la session et ses résultats."),
        );
        etapes.push(
            EtapeDeRelais::a_venir(&format!("Le {apres}"))
                .ligne("La session et ses résultats sont supprimés."),
        );
        return Relais::new("Ce qui va se passer", etapes);
    }
    let valables = valable_jusqu_au
        .map_or_else(|| "sans limite de durée".to_owned(), |fin| format!("jusqu’au {} inclus", date(fin)));
    let emission = format!(
        "{} {} et {}, {} {valables}.",
        pluriel(emis, "certificat", "certificats"),
        accord(emis, "est émis", "sont émis"),
        accord(emis, "numéroté", "numérotés"),
        accord(emis, "valable", "valables"),
    );
    let mut aujourd_hui = EtapeDeRelais::courante("Aujourd’hui").ligne(emission);
    let formateurs = session.niveau() > Niveau::Acteur;
    if formateurs {
        aujourd_hui =
            aujourd_hui.ligne("Chaque personne en réussite devient formateur et reçoit une invitation.");
    }
    etapes.push(aujourd_hui);
    etapes.push(EtapeDeRelais::a_venir(&format!("Jusqu’au {dernier}")).ligne(format!(
        "Vous {} téléchargez et {} remettez aux stagiaires. {} {} est le dernier jour.",
        accord(emis, "le", "les"),
        accord(emis, "le", "les"),
        capitale(jour_de_semaine(dernier_jour)),
        quantieme(dernier_jour),
    )));
    etapes.push(EtapeDeRelais::a_venir(&format!("Le {apres}")).ligne(if formateurs {
        "La session et ses fichiers sont supprimés. Chaque formateur garde le sien dans « Mes certificats », tant qu’il est valide."
    } else {
        "La session et ses fichiers sont supprimés. Aucun duplicata ne sera délivré."
    }));
    Relais::new("Ce qui va se passer", etapes)
}

fn lignes(session: &Session) -> Vec<Ligne> {
    let stagiaires = session.stagiaires.iter();
    let lignes = stagiaires.filter_map(|stagiaire| {
        let identite = stagiaire.identite.complete()?;
        let civilite = identite.civilite.map(|civilite| civilite.libelle().to_owned());
        let usage = identite.nom_usage.as_ref().map(|nom| format!("nom d’usage {nom}"));
        Some(Ligne {
            nom: identite.nom_prenom(),
            precision: civilite.into_iter().chain(usage).collect::<Vec<_>>().join(", "),
            naissance: date_chiffree(identite.date_naissance),
            recoit: stagiaire.resultat == Some(Resultat::Reussite),
        })
    });
    lignes.collect()
}
