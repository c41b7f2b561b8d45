//! R14, R15. « Cliquer sur « soumettre » pour transmettre la session de certification au formateur. Ajouter au
//! besoin un commentaire. »

use jiff::civil::Date;

use super::Regle;
use super::identite_requise::champs_manquants;
use crate::dispositif::Niveau;
use crate::identite::{ChampIdentite, age_admis};
use crate::refus::Manquement;
use crate::session::{ChampDeSession, Faits, Session};
use crate::stagiaire::Stagiaire;

/// R14, for the table of rules.
pub const REGLE_BROUILLON: Regle = Regle {
    numero: "R14",
    phrase: "Cliquer sur « enregistrer » la session si vous devez revenir plus tard pour compléter la saisie",
    sens: "Un brouillon peut manquer de tout, sauf de ce que demandent R1 et R3. Tout ce qui manque est dit d’un coup, avant le bouton.",
    fonction: "session::manquements",
    codes: &[],
    bornes: &["dispositif, niveau et jour de fin suffisent à enregistrer"],
};

/// R15, for the table of rules.
pub const REGLE: Regle = Regle {
    numero: "R15",
    phrase: "Cliquer sur « soumettre » pour transmettre la session de certification au formateur. Ajouter au besoin un commentaire.",
    sens: "Informations complètes, un formateur, de un stagiaire au maximum du catalogue, chaque identité complète, personne deux fois, le formateur pas parmi les stagiaires ; et R1, R2, R3. Sous le minimum du catalogue : un avertissement.",
    fonction: "soumission::contenu_complet",
    codes: &[
        "informations_incompletes",
        "dates_incoherentes",
        "formateur_absent",
        "aucun_stagiaire",
        "trop_de_stagiaires",
        "stagiaire_en_double",
        "formateur_parmi_les_stagiaires",
    ],
    bornes: &[
        "0 stagiaire : non",
        "le maximum : oui",
        "le maximum plus un : non",
        "sous le minimum : avertissement",
        "commence le jour de fin : oui",
        "commence le lendemain : non",
    ],
};

/// All that a session's content lacks to be submitted, dates and qualifications apart.
#[must_use]
pub fn contenu_complet(session: &Session, faits: &Faits) -> Vec<Manquement> {
    let mut manques = Vec::new();
    let mut champs = session.saisie.champs_manquants();
    champs.extend(hors_catalogue(session, faits));
    if !champs.is_empty() {
        manques.push(Manquement::InformationsIncompletes { champs });
    }
    manques.extend(dates_incoherentes(session));
    if session.saisie.formateur.is_none() {
        manques.push(Manquement::FormateurAbsent);
    }
    if session.stagiaires.is_empty() {
        manques.push(Manquement::AucunStagiaire);
    }
    manques.extend(trop_de_stagiaires(session, faits));
    for stagiaire in &session.stagiaires {
        manques.extend(identite_incomplete(stagiaire, session.niveau()));
        manques.extend(age_hors_bornes(stagiaire, session.saisie.date_fin));
    }
    manques.extend(personnes_en_double(session));
    manques.extend(formateur_parmi_les_stagiaires(session));
    manques
}

/// The field that the catalogue in force on `date_fin` does not know: without its values nothing is said of
/// the group or of the validity of a certificate.
#[must_use]
pub fn hors_catalogue(session: &Session, faits: &Faits) -> Option<ChampDeSession> {
    match &faits.dispositif {
        None => Some(ChampDeSession::Dispositif),
        Some(dispositif) if dispositif.niveau(session.niveau()).is_none() => Some(ChampDeSession::Niveau),
        Some(_) => None,
    }
}

/// What an identity lacks; a complete one without numéro was never looked up (R17), as when the niveau has changed.
fn identite_incomplete(stagiaire: &Stagiaire, niveau: Niveau) -> Option<Manquement> {
    let mut champs = champs_manquants(&stagiaire.identite, niveau);
    if champs.is_empty() && stagiaire.numero.is_none() {
        champs.push(ChampIdentite::Numero);
    }
    (!champs.is_empty()).then_some(Manquement::IdentiteIncomplete { stagiaire: Some(stagiaire.id), champs })
}

/// The age that was right when typed, and no longer is since `date_fin` has changed.
fn age_hors_bornes(stagiaire: &Stagiaire, date_fin: Date) -> Option<Manquement> {
    let faute = age_admis(stagiaire.identite.date_naissance?, date_fin).err()?;
    let fautes = vec![(ChampIdentite::DateNaissance, faute)];
    Some(Manquement::IdentiteInvalide { stagiaire: Some(stagiaire.id), fautes })
}

fn dates_incoherentes(session: &Session) -> Option<Manquement> {
    let date_fin = session.saisie.date_fin;
    let date_debut = session.saisie.date_debut.filter(|debut| date_fin < *debut)?;
    Some(Manquement::DatesIncoherentes { date_debut, date_fin })
}

fn trop_de_stagiaires(session: &Session, faits: &Faits) -> Option<Manquement> {
    let maximum = faits.dispositif.as_ref()?.niveau(session.niveau())?.groupe_max;
    let nombre = session.stagiaires.len();
    (nombre > usize::from(maximum)).then_some(Manquement::TropDeStagiaires { nombre, maximum })
}

fn personnes_en_double(session: &Session) -> Vec<Manquement> {
    let mut manques = Vec::new();
    for (rang, stagiaire) in session.stagiaires.iter().enumerate() {
        let Some(numero) = &stagiaire.numero else {
            continue;
        };
        let memes = |autre: &&Stagiaire| autre.numero.as_ref() == Some(numero);
        let deja_dit = session.stagiaires[..rang].iter().any(|autre| memes(&autre));
        let lignes = session.stagiaires.iter().filter(memes).map(|s| s.id).collect::<Vec<_>>();
        if lignes.len() > 1 && !deja_dit {
            manques.push(Manquement::StagiaireEnDouble { stagiaires: lignes });
        }
    }
    manques
}

fn formateur_parmi_les_stagiaires(session: &Session) -> Option<Manquement> {
    let formateur = session.saisie.formateur.as_ref()?;
    let ligne = session.stagiaires.iter().find(|s| s.numero.as_ref() == Some(formateur))?;
    Some(Manquement::FormateurParmiLesStagiaires { stagiaire: ligne.id })
}
