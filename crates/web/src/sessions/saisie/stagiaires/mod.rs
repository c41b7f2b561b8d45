//! Step 3. « Saisir les identités des stagiaires »: the list, and a form always ready for the next one.

mod identite;
pub(super) mod ligne;
pub(super) mod retrait;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use forprev_domain::identite::IdentiteSaisie;
use forprev_domain::regles::doublons::Proposition;
use forprev_domain::regles::identite_requise::champs_manquants;
use forprev_domain::session::Session;
use forprev_domain::stagiaire::{Stagiaire, StagiaireId};

use super::conflit::Conflit;
use super::dossier::{Dossier, ouvrir};
use super::presence::deja_inscrites;
use super::tete::{Etape, Tete};
use super::{Obstacle, avec_statut, identifiant, trier, trop_tard, vers, version};
use crate::demande::Demande;
use crate::error::Error;
use crate::layout::composants::Resume;
use crate::layout::{Page, render};
use crate::messages;
use crate::personnes::avant_de_proposer;
use crate::saisie::{Requete, Saisie};
use crate::sessions::presentation::dispositif_et_niveau;
use crate::sessions::stagiaires as actions;
use crate::sign_in::SignedVisit;
use crate::typographie::{accord, date_chiffree, liste, pluriel};
use crate::une_fois::Effet;
pub(super) use identite::demande_un_email;
use identite::{CHAMPS, ChampsIdentite, entree, exiger_quelque_chose, exiger_un_choix, refuser};

const AJOUTER: &str = "Ajouter ce stagiaire";

/// One line of the table.
pub(super) struct Ligne {
    /// « AUBRY Camille »
    pub(super) nom: String,
    /// « Camille AUBRY », for the hidden words of the actions.
    pub(super) prenom_nom: String,
    /// « Madame, nom d’usage DURAND »
    pub(super) precision: String,
    /// « Il manque la date de naissance »
    pub(super) manque: Option<String>,
    pub(super) naissance: String,
    pub(super) numero: String,
    pub(super) href: String,
}

#[derive(Template)]
#[template(path = "sessions/saisie/stagiaires/page.html")]
struct Liste {
    page: Page,
    tete: Tete,
    resume: Resume,
    titre: String,
    legende: String,
    lignes: Vec<Ligne>,
    champs: ChampsIdentite,
    vers: String,
    session: String,
    recapitulatif: String,
    version: i64,
    avec_email: bool,
    bouton: &'static str,
}

/// `GET /sessions/{id}/stagiaires`
///
/// # Errors
///
/// *Not found*, *forbidden*.
pub(crate) async fn montrer(
    visit: SignedVisit,
    Path(id): Path<String>,
    Requete(requete): Requete,
) -> Result<Response, Error> {
    let Some(dossier) = ouvrir(&visit, &id).await? else {
        return Ok(vers(&format!("/sessions/{}", identifiant(&id)?)));
    };
    let nommee = |champ: &str| {
        let ligne = requete.option(champ).and_then(StagiaireId::parse)?;
        dossier.session.stagiaire(ligne).map(|stagiaire| nom_de(&stagiaire.identite, true))
    };
    let fait = nommee("ajoute")
        .map(|nom| format!("Ajouté à la liste : {nom}."))
        .or_else(|| nommee("modifie").map(|nom| format!("Modification enregistrée : {nom}.")))
        .or_else(|| {
            let importes: usize = requete.option("importes")?.parse().ok()?;
            Some(format!(
                "{} à la liste.",
                pluriel(importes, "stagiaire importé, ajouté", "stagiaires importés, ajoutés")
            ))
        })
        .or_else(|| requete.contient("retire").then(|| "Une personne a été retirée de la liste.".to_owned()));
    let saisie = Saisie::vide();
    let champs = ChampsIdentite::new(&saisie, dossier.session.niveau(), Vec::new());
    let champs = if requete.contient("ajoute") { champs.prete() } else { champs };
    page(&visit, &dossier, &saisie, champs, fait, None)
}

/// `POST /sessions/{id}/stagiaires`
///
/// # Errors
///
/// *Not found*, *forbidden*, a conflict of states.
pub(crate) async fn ajouter(
    visit: SignedVisit,
    Path(id): Path<String>,
    mut saisie: Saisie,
) -> Result<Response, Error> {
    let session_id = identifiant(&id)?;
    exiger_quelque_chose(&mut saisie);
    let mut obstacle = None;
    if saisie.est_valide() {
        let (lue_en, form) = (version(&saisie), saisie.clone());
        let faite = visit
            .une_fois(&saisie, move |tx, demande| {
                let niveau = crate::sessions::charger(tx, demande, session_id)?.niveau();
                let (_, ligne) = actions::ajouter(tx, demande, session_id, lue_en, &entree(&form, niveau))?;
                Ok(Effet::de_la_session(session_id, &format!("/stagiaires?ajoute={ligne}")))
            })
            .await;
        match trier(avant_de_proposer(&Demande::from(&visit), faite).await)? {
            Ok(adresse) => return Ok(vers(&adresse)),
            Err(trouve) => obstacle = Some(trouve),
        }
    }
    let Some(dossier) = ouvrir(&visit, &id).await? else {
        return trop_tard(&visit, session_id, saisie, &CHAMPS).await;
    };
    let (statut, propositions, perimee) = dire(&mut saisie, obstacle, &dossier.session);
    let deja = deja_inscrites(&visit, &dossier.session, &propositions).await?;
    let champs = ChampsIdentite::new(&saisie, dossier.session.niveau(), propositions).deja(deja);
    let conflit = perimee.then(|| Conflit::new(&dossier, Vec::new(), AJOUTER, &visit));
    avec_statut(statut, page(&visit, &dossier, &saisie, champs, None, conflit))
}

/// Says an obstacle in the form: the status, the proposals, whether the session was saved by somebody else first.
fn dire(
    saisie: &mut Saisie,
    obstacle: Option<Obstacle>,
    session: &Session,
) -> (StatusCode, Vec<Proposition>, bool) {
    match obstacle {
        Some(Obstacle::Doublons(propositions)) => {
            exiger_un_choix(saisie);
            (StatusCode::CONFLICT, propositions, false)
        }
        Some(Obstacle::Perimee) => (StatusCode::CONFLICT, Vec::new(), true),
        Some(Obstacle::Points(points)) => {
            refuser(saisie, &points, session);
            (StatusCode::UNPROCESSABLE_ENTITY, Vec::new(), false)
        }
        None => (StatusCode::UNPROCESSABLE_ENTITY, Vec::new(), false),
    }
}

/// « AUBRY Camille » or « Camille AUBRY » of what is known; « Sans nom » when nothing is.
fn nom_de(identite: &IdentiteSaisie, prenom_d_abord: bool) -> String {
    let nom = identite.nom_naissance.as_ref().map(|nom| nom.as_str().to_uppercase());
    let mut parties = vec![nom, identite.prenom.as_ref().map(ToString::to_string)];
    if prenom_d_abord {
        parties.reverse();
    }
    let parties: Vec<String> = parties.into_iter().flatten().collect();
    if parties.is_empty() { "Sans nom".to_owned() } else { parties.join(" ") }
}

/// The lines of a session's table.
pub(super) fn lignes(dossier: &Dossier) -> Vec<Ligne> {
    dossier.session.stagiaires.iter().map(|stagiaire| ligne_de(dossier, stagiaire)).collect()
}

fn ligne_de(dossier: &Dossier, stagiaire: &Stagiaire) -> Ligne {
    let identite = &stagiaire.identite;
    let usage = identite.nom_usage.as_ref().map(|nom| format!("nom d’usage {}", nom.as_str().to_uppercase()));
    let email = identite.email.as_ref().map(|email| email.as_str().to_owned());
    let precisions = [identite.civilite.map(|civilite| civilite.libelle().to_owned()), usage, email];
    let manquants = champs_manquants(identite, dossier.session.niveau());
    let noms: Vec<&str> = manquants.iter().map(|champ| messages::champ(*champ)).collect();
    let manque = match (noms.as_slice(), &stagiaire.numero) {
        ([], Some(_)) => None,
        ([], None) => Some("À vérifier : ouvrez la ligne et enregistrez-la".to_owned()),
        _ => Some(format!("Incomplet : il manque {}", liste(&noms))),
    };
    Ligne {
        nom: nom_de(identite, false),
        prenom_nom: nom_de(identite, true),
        precision: precisions.into_iter().flatten().collect::<Vec<_>>().join(", "),
        manque,
        naissance: identite.date_naissance.map(date_chiffree).unwrap_or_default(),
        numero: stagiaire.numero.as_ref().map(ToString::to_string).unwrap_or_default(),
        href: dossier.adresse(&format!("stagiaires/{}", stagiaire.id)),
    }
}

/// « Entre 4 et 10 stagiaires pour une session SST acteur : vous pouvez encore en ajouter 4. »
pub(super) fn places(dossier: &Dossier) -> String {
    let nombre = dossier.session.stagiaires.len();
    let Some(groupe) = dossier.groupe() else {
        return pluriel(nombre, "stagiaire", "stagiaires");
    };
    let (minimum, maximum) = (usize::from(groupe.groupe_min), usize::from(groupe.groupe_max));
    let suite = if maximum < nombre {
        format!("il y en a {} de trop", nombre - maximum)
    } else if nombre == maximum {
        "le groupe est complet".to_owned()
    } else if 0 < nombre && nombre < minimum {
        format!("il en manque {} pour atteindre le minimum habituel", minimum - nombre)
    } else {
        format!("vous pouvez encore en ajouter {}", maximum - nombre)
    };
    let quoi = dispositif_et_niveau(&dossier.session.saisie);
    format!("Entre {minimum} et {maximum} stagiaires pour une session {quoi} : {suite}.")
}

fn page(
    visit: &SignedVisit,
    dossier: &Dossier,
    saisie: &Saisie,
    champs: ChampsIdentite,
    fait: Option<String>,
    conflit: Option<Conflit>,
) -> Result<Response, Error> {
    let nombre = dossier.session.stagiaires.len();
    let en_erreur = !saisie.est_valide();
    render(&Liste {
        page: dossier.page(visit, &Etape::Stagiaires.titre(), Etape::Stagiaires.nom()).en_erreur(saisie),
        tete: Tete::de(dossier, Etape::Stagiaires, en_erreur).fait(fait).conflit(conflit),
        resume: saisie.resume("avant d’ajouter ce stagiaire"),
        titre: format!("{nombre} {}", accord(nombre, "stagiaire", "stagiaires")),
        legende: places(dossier),
        lignes: lignes(dossier),
        champs,
        vers: dossier.adresse("stagiaires"),
        session: format!("/sessions/{}", dossier.session.id),
        recapitulatif: dossier.adresse("recapitulatif"),
        version: dossier.session.version,
        avec_email: demande_un_email(dossier.session.niveau()),
        bouton: AJOUTER,
    })
}
