//! Session à vérifier: what the formateur checks, and where he records results.
//!
//! R11. « Le formateur déclaré vérifie les informations saisies et indique les stagiaires en réussite. »

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use forprev_domain::calendrier::jour_de_paris;
use forprev_domain::evenement::Quoi;
use forprev_domain::identite::Civilite;
use forprev_domain::refus::Manquement;
use forprev_domain::session::{Echeance, Session, avertissements, manquements};
use forprev_domain::stagiaire::{Resultat, Stagiaire, StagiaireId};

use super::changements::{Corrige, corrige};
use super::dossier::Dossier;
use super::histoire::{Histoire, MOTIFS};
use super::informations::{Fait, a_verifier};
use crate::error::Error;
use crate::layout::composants::Champ;
use crate::layout::{Page, render};
use crate::messages::{Noms, avertissement, manquement, remede};
use crate::saisie::Saisie;
use crate::sessions::presentation::{court, titre_dates_et_lieu};
use crate::sign_in::SignedVisit;
use crate::typographie::{accord, date, date_chiffree, heure, liste, nombre, pluriel};

/// Name of the hidden field with the version that the person had before his eyes.
pub(super) const VERSION: &str = "version";

#[derive(Template)]
#[template(path = "sessions/pages/verification.html")]
struct Verification<'a> {
    page: Page,
    id: String,
    version: i64,
    fait: Option<&'static str>,
    saisie: &'a Saisie,
    titre: String,
    prenom_nom: String,
    attend: String,
    blocages: Vec<(String, String)>,
    avertissements: Vec<String>,
    informations: Vec<Fait>,
    corriges: Vec<Corrige>,
    histoire: Option<Histoire>,
    auteur: String,
    retour_ouvert: bool,
    motifs: [&'static str; 4],
    titre_resultats: String,
    tous: String,
    possibles: bool,
    lignes: Vec<Ligne>,
    compte: String,
    enregistres: String,
    reste: String,
}

impl Verification<'_> {
    fn commentaire(&self) -> Champ {
        let libelle = format!("Commentaire pour {}", self.auteur);
        self.saisie.champ("commentaire", &libelle).zone().facultatif().avec("maxlength", "4000")
    }

    fn precisions(&self) -> Champ {
        self.saisie
            .champ("precisions", "Ce qu’il faut corriger")
            .zone()
            .aide("Ce texte sera joint au retour. Les résultats déjà indiqués sont conservés.")
            .avec("maxlength", "3900")
            .avec("form", "res")
    }
}

/// One trainee with his two radio buttons.
struct Ligne {
    champ: String,
    nom: String,
    naissance: String,
    reussite: bool,
    echec: bool,
    erreur: bool,
}

/// What the page shows besides the session: what was typed, and what has just happened.
#[derive(Debug, Clone, Default)]
pub(super) struct Affichage {
    /// What was typed, with its faults.
    pub(super) saisie: Saisie,
    /// What has just been done.
    pub(super) fait: Option<&'static str>,
    /// The form of the return is open.
    pub(super) retour_ouvert: bool,
    /// 422, 409; none: the page as it is asked for.
    pub(super) statut: Option<StatusCode>,
}

/// The page as it is first opened.
///
/// # Errors
///
/// Internal when the page cannot be rendered.
pub(super) fn montrer(
    visit: &SignedVisit,
    dossier: &Dossier,
    fait: Option<&'static str>,
) -> Result<Response, Error> {
    afficher(visit, dossier, &Affichage { fait, ..Affichage::default() })
}

/// The page with what was typed; 422 when something is wrong with it, or another status.
///
/// # Errors
///
/// Internal when the page cannot be rendered.
pub(super) fn afficher(
    visit: &SignedVisit,
    dossier: &Dossier,
    affichage: &Affichage,
) -> Result<Response, Error> {
    let mut response = render(&page(visit, dossier, affichage))?;
    let refusee = (!affichage.saisie.est_valide()).then_some(StatusCode::UNPROCESSABLE_ENTITY);
    if let Some(statut) = affichage.statut.or(refusee) {
        *response.status_mut() = statut;
    }
    Ok(response)
}

/// Name of the field of one trainee's result.
pub(super) fn champ(id: StagiaireId) -> String {
    format!("r-{id}")
}

fn page<'a>(visit: &SignedVisit, dossier: &Dossier, affichage: &'a Affichage) -> Verification<'a> {
    let session = dossier.session();
    let points = manquements(session, &dossier.faits, dossier.aujourdhui);
    let bloque = |point: &&Manquement| !matches!(point, Manquement::ResultatsIncomplets { .. });
    let possibles = !points.iter().any(|point| matches!(point, Manquement::AvantLaDateDeDebut { .. }));
    let noms = Noms::de(session);
    let nombre_de_stagiaires = session.stagiaires.len();
    let saisie = &affichage.saisie;
    let lignes: Vec<Ligne> = session.stagiaires.iter().map(|s| ligne(s, saisie)).collect();
    let remplis = lignes.iter().filter(|ligne| ligne.reussite || ligne.echec).count();
    let corriges = dossier.dernier(Quoi::Soumise).map(|e| e.changements.iter().map(corrige).collect());
    let commente = dossier.historique.iter().any(|evenement| evenement.commentaire.is_some());
    let titre = titre_dates_et_lieu(&session.saisie);
    Verification {
        page: visit
            .page(format!("Vérifier la session {titre}"))
            .fil("Sessions", "/sessions")
            .ici(format!("Session {}", session.numero))
            .en_erreur(saisie),
        id: session.id.to_string(),
        version: session.version,
        fait: affichage.fait,
        saisie,
        titre,
        prenom_nom: dossier.formateur(),
        attend: attend(dossier),
        blocages: points
            .iter()
            .filter(bloque)
            .map(|point| (manquement(point, noms), remede_du_formateur(point, dossier, noms)))
            .collect(),
        avertissements: avertissements(session, &dossier.faits, dossier.aujourdhui)
            .iter()
            .map(|point| avertissement(point, noms))
            .collect(),
        informations: a_verifier(dossier),
        corriges: corriges.unwrap_or_default(),
        histoire: commente.then(|| Histoire::new(&dossier.historique, &dossier.gens, &dossier.formateur())),
        auteur: dossier.auteur(),
        retour_ouvert: affichage.retour_ouvert,
        motifs: MOTIFS,
        titre_resultats: match nombre_de_stagiaires {
            1 => "Résultat du stagiaire".to_owned(),
            n => format!("Résultats des {n} stagiaires"),
        },
        tous: match nombre_de_stagiaires {
            1 => "Coche « Réussite ». Vous pourrez ensuite corriger.".to_owned(),
            n => {
                format!("Coche « Réussite » pour les {}. Vous pourrez ensuite corriger un par un.", nombre(n))
            }
        },
        possibles,
        compte: format!("{} sur {nombre_de_stagiaires}", pluriel(remplis, "résultat", "résultats")),
        enregistres: enregistres(dossier, saisie, remplis),
        reste: reste(session, &lignes, &dossier.auteur()),
        lignes,
    }
}

fn ligne(stagiaire: &Stagiaire, saisie: &Saisie) -> Ligne {
    let champ = champ(stagiaire.id);
    let choisi =
        if saisie.contient(&champ) { Resultat::from_code(saisie.texte(&champ)) } else { stagiaire.resultat };
    let identite = &stagiaire.identite;
    let ne = match identite.civilite {
        Some(Civilite::Madame) => "née le",
        Some(Civilite::Monsieur) => "né le",
        None => "né(e) le",
    };
    Ligne {
        nom: nom(stagiaire),
        naissance: identite
            .date_naissance
            .map(|jour| format!("{ne} {}", date_chiffree(jour)))
            .unwrap_or_default(),
        reussite: choisi == Some(Resultat::Reussite),
        echec: choisi == Some(Resultat::Echec),
        erreur: saisie.erreur(&champ).is_some(),
        champ,
    }
}

/// « Adjoua N’GUESSAN »
pub(super) fn nom(stagiaire: &Stagiaire) -> String {
    let identite = &stagiaire.identite;
    let prenom = identite.prenom.as_ref().map(ToString::to_string);
    let nom = identite.nom_naissance.as_ref().map(|nom| nom.as_str().to_uppercase());
    let nom = [prenom, nom].into_iter().flatten().collect::<Vec<_>>().join(" ");
    match &identite.nom_usage {
        Some(usage) => format!("{nom} ({})", usage.as_str().to_uppercase()),
        None => nom,
    }
}

/// « Claire Lemoine (Ardoise Formation) attend vos résultats depuis le 12 novembre. »
fn attend(dossier: &Dossier) -> String {
    let depuis = court(jour_de_paris(dossier.fiche.etat_depuis), dossier.aujourdhui);
    let dernier = Echeance::de(dossier.session(), dossier.aujourdhui).dernier_jour;
    format!(
        "{} ({}) attend vos résultats depuis le {depuis}. Le {} au plus tard, les certificats doivent être générés : ensuite la session est supprimée.",
        dossier.auteur(),
        dossier.compte,
        date(dernier)
    )
}

/// What the formateur can do about it: nothing of the compte's side is his to mend.
fn remede_du_formateur(point: &Manquement, dossier: &Dossier, noms: Noms<'_>) -> String {
    match point {
        Manquement::HabilitationInvalide { .. } => format!(
            "Les résultats ne pourront pas être transmis. Prévenez {}, ou retournez la session.",
            dossier.auteur()
        ),
        Manquement::FormateurPasAJour { .. } => format!(
            "Les résultats ne pourront pas être transmis. Si votre qualification a été renouvelée, écrivez au réseau ; sinon, retournez la session à {}.",
            dossier.auteur()
        ),
        _ => remede(point, noms),
    }
}

/// « enregistrés à 17:24 », « pas encore enregistrés ».
fn enregistres(dossier: &Dossier, saisie: &Saisie, remplis: usize) -> String {
    let session = dossier.session();
    let gardes = session.stagiaires.iter().filter(|s| s.resultat.is_some()).count();
    let change = session.stagiaires.iter().any(|s| {
        let champ = champ(s.id);
        saisie.contient(&champ) && Resultat::from_code(saisie.texte(&champ)) != s.resultat
    });
    let pluriel = |un: &'static str, des: &'static str| accord(remplis.max(gardes), un, des);
    if change {
        return pluriel("pas encore enregistré", "pas encore enregistrés").to_owned();
    }
    if gardes == 0 {
        return String::new();
    }
    let quand = dossier.fiche.modifiee_le;
    let jour = jour_de_paris(quand);
    let mot = pluriel("enregistré", "enregistrés");
    if quand <= dossier.fiche.etat_depuis {
        return mot.to_owned();
    }
    if jour == dossier.aujourdhui {
        return format!("{mot} à {}", heure(quand));
    }
    format!("{mot} le {}", court(jour, dossier.aujourdhui))
}

fn reste(session: &Session, lignes: &[Ligne], auteur: &str) -> String {
    let sans: Vec<String> = session
        .stagiaires
        .iter()
        .zip(lignes)
        .filter(|(_, ligne)| !ligne.reussite && !ligne.echec)
        .map(|(stagiaire, _)| nom(stagiaire))
        .collect();
    let ensuite = format!(
        "Une fois transmis, les résultats ne pourront changer que si {auteur} vous renvoie la session."
    );
    match sans.len() {
        0 => ensuite,
        1 => format!("Il reste un stagiaire sans résultat : {}. {ensuite}", sans[0]),
        n if n == session.stagiaires.len() => {
            format!("Indiquez d’abord la réussite ou l’échec de chacun. {ensuite}")
        }
        n => format!("Il reste {} stagiaires sans résultat : {}. {ensuite}", nombre(n), liste(&sans)),
    }
}
