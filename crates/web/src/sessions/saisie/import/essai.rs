//! What is to be said of a list before it is imported: every fault of every line, known persons to decide on; then
//! « Confirmer l’import ».

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use forprev_domain::numero::Numero;
use forprev_domain::refus::Manquement;

use super::super::conflit::Conflit;
use super::super::dossier::{Dossier, ouvrir};
use super::super::formateur::en_une_phrase;
use super::super::presence::en_phrases;
use super::super::tete::{Etape, Tete};
use super::super::{Obstacle, avec_statut, identifiant, trier, vers, version};
use super::refuser;
use super::vue::{LigneMontree, Lignes, Remarque, Vue};
use crate::demande::Demande;
use crate::error::Error;
use crate::feuilles::lecture::Illisible;
use crate::layout::composants::Resume;
use crate::layout::{Page, render};
use crate::personnes::avant_de_proposer;
use crate::saisie::Saisie;
use crate::sessions::import::recu::essayer_et_montrer;
use crate::sessions::import::{Decision, Decisions, Demandee, Envoi, Examen, Liste, importer};
use crate::sign_in::SignedVisit;
use crate::typographie::{capitale, nombre, pluriel};
use crate::une_fois::Effet;

const CONFIRMER: &str = "Confirmer l’import";
/// « C’est quelqu’un d’autre », among the proposals.
pub(super) const AUTRE: &str = "autre";

#[derive(Template)]
#[template(path = "sessions/saisie/import/essai.html")]
struct Verification {
    page: Page,
    tete: Tete,
    resume: Resume,
    titre: String,
    legende: String,
    etat: EtatDeLaListe,
    /// Whether something is asked.
    questions: bool,
    /// Whether something is said of a line, to be downloaded with the list.
    annotable: bool,
    /// What is to be said of lines that are not shown, and which they are.
    plus_loin: Vec<(Remarque, String)>,
    generales: Vec<String>,
    /// Answers to lines that are not shown.
    gardees: Vec<(String, String)>,
    lignes: Vec<LigneMontree>,
    ici: String,
    retour: String,
    version: i64,
    liste: String,
}

/// What can be done with a list.
enum EtatDeLaListe {
    Prete,
    ATrancher,
    ACorriger,
}

/// Tries a list and shows what is to be said of it; one that cannot be read leads back to its `champ`.
pub(super) async fn essayer(
    visit: &SignedVisit,
    id: &str,
    envoi: Envoi,
    saisie: Saisie,
    champ: &str,
) -> Result<Response, Error> {
    let Some(dossier) = ouvrir(visit, id).await? else {
        return Ok(vers(&format!("/sessions/{}", identifiant(id)?)));
    };
    match examiner(visit, &dossier, &envoi).await? {
        Ok(examen) => {
            let deja = en_phrases(dossier.session.id, &examen.presences);
            let vue = Vue { envoi: &envoi, sans: &examen, avec: &examen, deja, inscrits: inscrits(&dossier) };
            let page = page(visit, &dossier, &vue, &Saisie::vide(), None);
            let statut =
                if examen.est_importable() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            avec_statut(statut, page)
        }
        Err(obstacle) => refuser(visit, id, saisie, obstacle.champ(champ), &obstacle.phrase()).await,
    }
}

/// Why a list is not examined.
enum SansExamen {
    /// It is none.
    Liste(Illisible),
    /// Nobody can be added to the session.
    Session(Vec<Manquement>),
}

impl SansExamen {
    /// The field at which it is said: the one that brought the list, or the whole form.
    fn champ<'a>(&self, de_la_liste: &'a str) -> &'a str {
        match self {
            Self::Liste(_) => de_la_liste,
            Self::Session(_) => "",
        }
    }

    fn phrase(&self) -> String {
        match self {
            Self::Liste(faute) => faute.phrase(),
            Self::Session(points) => points.iter().map(en_une_phrase).collect::<Vec<_>>().join(" "),
        }
    }
}

/// What an examination without decisions finds, or why there is none.
async fn examiner(
    visit: &SignedVisit,
    dossier: &Dossier,
    envoi: &Envoi,
) -> Result<Result<Examen, SansExamen>, Error> {
    let demandee = Demandee {
        session: dossier.session.id,
        version: None,
        envoi: envoi.clone(),
        decisions: Decisions::new(),
    };
    match essayer_et_montrer(&Demande::from(visit), demandee).await {
        Err(Error::Illisible(faute)) => Ok(Err(SansExamen::Liste(faute))),
        autre => match trier(autre)? {
            Ok(examen) => Ok(Ok(examen)),
            Err(Obstacle::Points(points)) => Ok(Err(SansExamen::Session(points))),
            Err(Obstacle::Doublons(_) | Obstacle::Perimee) => Err(Error::stale()),
        },
    }
}

/// `POST /sessions/{id}/stagiaires/import/confirmation`
///
/// # Errors
///
/// *Not found*, *forbidden*, a conflict of states; *malformed* when the form was tampered with.
pub(super) async fn confirmer(
    visit: SignedVisit,
    Path(id): Path<String>,
    saisie: Saisie,
) -> Result<Response, Error> {
    let envoi = envoi(&saisie)?;
    let session = identifiant(&id)?;
    let decisions = decisions(&saisie);
    let demandee = Demandee { session, version: version(&saisie), envoi, decisions };
    let voulue = demandee.clone();
    let faite = visit.une_fois(&saisie, move |tx, demande| {
        let (session, examen) = importer(tx, demande, &voulue)?;
        Ok(Effet::de_la_session(session.id, &format!("/stagiaires?importes={}", examen.lignes)))
    });
    let (avec, perimee) = match avant_de_proposer(&Demande::from(&visit), faite.await).await {
        Ok(adresse) => return Ok(vers(&adresse)),
        Err(Error::ListeRefusee(examen)) => (Some(*examen), false),
        Err(autre) => match trier::<()>(Err(autre))? {
            Err(Obstacle::Points(_)) => (None, false),
            Ok(()) | Err(Obstacle::Perimee | Obstacle::Doublons(_)) => (None, true),
        },
    };
    let Some(dossier) = ouvrir(&visit, &id).await? else {
        return Ok(vers(&format!("/sessions/{session}")));
    };
    let sans = match examiner(&visit, &dossier, &demandee.envoi).await? {
        Ok(examen) => examen,
        Err(obstacle) => {
            let champ = obstacle.champ("fichier");
            return refuser(&visit, &id, Saisie::vide(), champ, &obstacle.phrase()).await;
        }
    };
    let conflit = perimee.then(|| Conflit::new(&dossier, Vec::new(), CONFIRMER, &visit));
    let statut = if perimee { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let avec = avec.as_ref().unwrap_or(&sans);
    let deja = en_phrases(dossier.session.id, &sans.presences);
    let vue = Vue { envoi: &demandee.envoi, sans: &sans, avec, deja, inscrits: inscrits(&dossier) };
    avec_statut(statut, page(&visit, &dossier, &vue, &saisie, conflit))
}

/// The list that the form carries.
pub(super) fn envoi(saisie: &Saisie) -> Result<Envoi, Error> {
    Envoi::deplier(saisie.brut("liste")).ok_or_else(|| {
        Error::Malformed("La liste n’est plus dans le formulaire. Envoyez-la à nouveau.".to_owned())
    })
}

/// What was chosen, by line.
pub(super) fn decisions(saisie: &Saisie) -> Decisions {
    let choisies = saisie.paires().filter_map(|(champ, valeur)| {
        let ligne = champ.strip_prefix("ligne-")?.parse().ok()?;
        let decision = match valeur {
            AUTRE => Decision::AutrePersonne,
            numero => Decision::CettePersonne(numero.to_owned()),
        };
        Some((ligne, decision))
    });
    choisies.collect()
}

/// Those who are in the session.
fn inscrits(dossier: &Dossier) -> BTreeSet<Numero> {
    dossier.session.stagiaires.iter().filter_map(|stagiaire| stagiaire.numero.clone()).collect()
}

fn page(
    visit: &SignedVisit,
    dossier: &Dossier,
    vue: &Vue<'_>,
    saisie: &Saisie,
    conflit: Option<Conflit>,
) -> Result<Response, Error> {
    let Vue { envoi, sans, avec, .. } = vue;
    let liste = Liste::lire(envoi, dossier.session.niveau()).map_err(Error::Illisible)?;
    let lignes: Vec<LigneMontree> = liste.lignes.iter().map(|ligne| vue.montrer(ligne, saisie)).collect();
    // What the answers bring is mended in the answers: only what is wrong without them is to be mended in the list.
    let a_corriger = sans.anomalies.iter().filter(|a| a.est_bloquante() && !a.a_trancher).count();
    let questions = lignes.iter().filter(|ligne| ligne.question.is_some()).count();
    let etat = match (a_corriger, questions) {
        (0, 0) => EtatDeLaListe::Prete,
        (0, _) => EtatDeLaListe::ATrancher,
        _ => EtatDeLaListe::ACorriger,
    };
    let lignes = Lignes::partager(lignes);
    let mut choix = saisie.clone();
    for question in lignes.montrees.iter().filter_map(|ligne| ligne.question.as_ref()) {
        if let Some(erreur) = &question.erreur {
            choix.refuser(&question.champ, erreur);
        }
    }
    let mut page = dossier.page_de_stagiaire(
        visit,
        &format!("Vérifier la liste – {}", Etape::Stagiaires.titre()),
        "Importer une liste",
    );
    if !choix.est_valide() {
        page = page.en_erreur(&choix);
    }
    render(&Verification {
        page,
        tete: Tete::de(dossier, Etape::Stagiaires, matches!(etat, EtatDeLaListe::ACorriger))
            .h1("Vérifier la liste".to_owned())
            .conflit(conflit),
        resume: choix.resume("avant d’importer").suite("Vos autres réponses sont gardées."),
        titre: titre(&etat, liste.lignes.len(), a_corriger, questions),
        legende: legende(&etat, &lignes),
        etat,
        questions: 0 < questions,
        generales: avec
            .anomalies
            .iter()
            .filter(|a| a.ligne.is_none_or(|n| !liste.lignes.iter().any(|l| l.ligne == n)))
            .map(|a| a.message.clone())
            .collect(),
        annotable: lignes.montrees.iter().any(LigneMontree::est_a_revoir),
        plus_loin: lignes.plus_loin().into_iter().map(|(dite, ou)| (dite.clone(), ou)).collect(),
        gardees: lignes.gardees(),
        lignes: lignes.montrees,
        ici: dossier.adresse("stagiaires/import"),
        retour: dossier.adresse("stagiaires"),
        version: dossier.session.version,
        liste: envoi.plier(),
    })
}

/// « Douze points à corriger dans la liste, une ligne à trancher », « Huit stagiaires prêts à être importés »
fn titre(etat: &EtatDeLaListe, lignes: usize, a_corriger: usize, questions: usize) -> String {
    let compter = |combien: usize, singulier: &str, pluriel: &str| match combien {
        1 => singulier.to_owned(),
        plusieurs => format!("{} {pluriel}", nombre(plusieurs)),
    };
    let a_trancher = || compter(questions, "une ligne à trancher", "lignes à trancher");
    capitale(&match etat {
        EtatDeLaListe::Prete => {
            compter(lignes, "un stagiaire prêt à être importé", "stagiaires prêts à être importés")
        }
        EtatDeLaListe::ATrancher => a_trancher(),
        EtatDeLaListe::ACorriger => {
            let points =
                compter(a_corriger, "un point à corriger dans la liste", "points à corriger dans la liste");
            if questions == 0 { points } else { format!("{points}, {}", a_trancher()) }
        }
    })
}

/// « 8 lignes, dans l’ordre de la liste », « 200 lignes sur 814 : d’abord ce qui est à corriger »
fn legende(etat: &EtatDeLaListe, lignes: &Lignes) -> String {
    let montrees = lignes.montrees.len();
    let total = montrees + lignes.suivantes.len() + lignes.claires;
    if lignes.suivantes.is_empty() {
        return match lignes.claires {
            0 => format!("{}, dans l’ordre de la liste", pluriel(montrees, "ligne", "lignes")),
            _ => format!("{montrees} lignes sur {total} ; les autres n’appellent aucune remarque"),
        };
    }
    match etat {
        EtatDeLaListe::ATrancher => {
            format!("{montrees} lignes sur {total} ; les autres vous seront montrées ensuite")
        }
        EtatDeLaListe::Prete | EtatDeLaListe::ACorriger => format!(
            "{montrees} lignes sur {total}, d’abord celles à corriger ; le fichier à télécharger les contient toutes"
        ),
    }
}
