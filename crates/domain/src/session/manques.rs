//! R14: all that stands between a session and its next step, at once, before the button is pressed.

use jiff::civil::Date;

use super::{Action, Etat, Faits, Session};
use crate::calendrier::jours_entre;
use crate::dispositif::Niveau;
use crate::formateur::Qualification;
use crate::habilitation::Habilitation;
use crate::numero::Numero;
use crate::refus::{Avertissement, Manquement};
use crate::regles::delai_de_saisie::delai_de_saisie;
use crate::regles::formateur_a_jour::formateur_a_jour;
use crate::regles::generation_apres_fin::{generation_apres_fin, resultats_apres_debut};
use crate::regles::habilitation_valide::{JOURS_D_ALERTE, habilitation_valide};
use crate::regles::identite_requise::age_inhabituel;
use crate::regles::resultats::resultats_complets;
use crate::regles::soumission::{contenu_complet, hors_catalogue};

/// All that the next step of this session lacks: submission, handing over of results, or generation.
#[must_use]
pub fn manquements(session: &Session, faits: &Faits, aujourdhui: Date) -> Vec<Manquement> {
    match session.etat {
        Etat::Brouillon | Etat::Retournee { .. } => avant_soumission(session, faits, aujourdhui),
        Etat::Soumise { .. } => avant_transmission(session, faits, aujourdhui),
        Etat::ATraiter { .. } => avant_generation(session, faits, aujourdhui),
        Etat::Terminee { .. } => Vec::new(),
    }
}

/// R15 with R1, R2 and, the first time, R3.
pub(super) fn avant_soumission(session: &Session, faits: &Faits, aujourdhui: Date) -> Vec<Manquement> {
    let mut manques = Vec::new();
    manques.extend(habilitation(session, faits).err());
    manques.extend(saisie_dans_les_delais(session, aujourdhui).err());
    manques.extend(contenu_complet(session, faits));
    manques.extend(formateur(session, faits).and_then(Result::err));
    manques
}

/// R1, R2, R4 and R12.
pub(super) fn avant_transmission(session: &Session, faits: &Faits, aujourdhui: Date) -> Vec<Manquement> {
    let mut manques = Vec::new();
    manques.extend(habilitation(session, faits).err());
    manques.extend(formateur(session, faits).and_then(Result::err));
    manques.extend(resultats_possibles(session, aujourdhui).err());
    manques.extend(resultats_complets(session).err());
    manques
}

/// R1, R2 and R4; and a catalogue that says how long the certificates are valid.
pub(super) fn avant_generation(session: &Session, faits: &Faits, aujourdhui: Date) -> Vec<Manquement> {
    let mut manques = Vec::new();
    manques.extend(habilitation(session, faits).err());
    manques.extend(formateur(session, faits).and_then(Result::err));
    manques.extend(generation_apres_fin(session.saisie.date_fin, aujourdhui).err());
    let champ = hors_catalogue(session, faits);
    manques.extend(champ.map(|champ| Manquement::InformationsIncompletes { champs: vec![champ] }));
    manques
}

/// R3, as long as the session was never submitted.
pub(super) fn saisie_dans_les_delais(session: &Session, aujourdhui: Date) -> Result<(), Manquement> {
    if session.deja_soumise() { Ok(()) } else { delai_de_saisie(session.saisie.date_fin, aujourdhui) }
}

pub(super) fn resultats_possibles(session: &Session, aujourdhui: Date) -> Result<(), Manquement> {
    resultats_apres_debut(session.saisie.date_debut, session.saisie.date_fin, aujourdhui)
}

pub(super) fn habilitation<'a>(session: &Session, faits: &'a Faits) -> Result<&'a Habilitation, Manquement> {
    let saisie = &session.saisie;
    habilitation_valide(&faits.habilitations, &saisie.dispositif, saisie.niveau, saisie.date_fin)
}

fn formateur<'a>(session: &Session, faits: &'a Faits) -> Option<Result<&'a Qualification, Manquement>> {
    let saisie = &session.saisie;
    let formateur = saisie.formateur.as_ref()?;
    Some(formateur_a_jour(
        &faits.qualifications,
        formateur,
        &saisie.dispositif,
        saisie.niveau,
        saisie.date_fin,
    ))
}

/// What deserves a look at this step and stops nothing.
#[must_use]
pub fn avertissements(session: &Session, faits: &Faits, aujourdhui: Date) -> Vec<Avertissement> {
    if matches!(session.etat, Etat::Terminee { .. }) {
        return Vec::new();
    }
    let mut liste = Vec::new();
    liste.extend(groupe_trop_petit(session, faits));
    for stagiaire in &session.stagiaires {
        let naissance = stagiaire.identite.date_naissance;
        if naissance.is_some_and(|naissance| age_inhabituel(naissance, session.saisie.date_fin)) {
            liste.push(Avertissement::AgeInhabituel { stagiaire: stagiaire.id });
        }
        let acquis =
            |numero: &Numero| faits.acquis.iter().filter(|(qui, _)| qui == numero).map(|(_, q)| q).collect();
        let acquis: Vec<&Qualification> = stagiaire.numero.as_ref().map(acquis).unwrap_or_default();
        if stagiaire.numero.is_some() && manque_au_mac(session, &acquis) {
            liste.push(Avertissement::MacSansCertificatConnu { stagiaire: stagiaire.id });
        }
        if stagiaire.numero.is_some() && manque_au_formateur_initial(session, &acquis) {
            liste.push(Avertissement::FormateurSansCertificatActeur { stagiaire: stagiaire.id });
        }
    }
    let bientot = |fin: Date| aujourdhui <= fin && jours_entre(aujourdhui, fin) <= JOURS_D_ALERTE;
    if let Ok(valide) = habilitation(session, faits)
        && bientot(valide.dernier_jour())
    {
        liste.push(Avertissement::HabilitationBientotEchue { fin: valide.dernier_jour() });
    }
    if let Some(Ok(Qualification { fin: Some(fin), .. })) = formateur(session, faits)
        && bientot(*fin)
    {
        liste.push(Avertissement::QualificationBientotEchue { fin: *fin });
    }
    let date_fin = session.saisie.date_fin;
    if matches!(session.etat, Etat::Soumise { .. })
        && aujourdhui < date_fin
        && resultats_possibles(session, aujourdhui).is_ok()
    {
        liste.push(Avertissement::ResultatsAvantLaFin { date_fin });
    }
    liste
}

fn groupe_trop_petit(session: &Session, faits: &Faits) -> Option<Avertissement> {
    let minimum = faits.dispositif.as_ref()?.niveau(session.niveau())?.groupe_min;
    let nombre = session.stagiaires.len();
    (0 < nombre && nombre < usize::from(minimum))
        .then_some(Avertissement::GroupeTropPetit { nombre, minimum })
}

/// A MAC expects an earlier certificate of the dispositif and niveau, even expired.
fn manque_au_mac(session: &Session, acquis: &[&Qualification]) -> bool {
    let connu = |q: &&&Qualification| {
        !q.retiree
            && q.dispositif == *session.dispositif()
            && q.niveau >= session.niveau()
            && q.debut < session.saisie.date_fin
    };
    session.saisie.action == Some(Action::Mac) && !acquis.iter().any(|q| connu(&q))
}

/// A formation initiale of formateur expects a certificate of niveau acteur valid on the first day.
fn manque_au_formateur_initial(session: &Session, acquis: &[&Qualification]) -> bool {
    let premier_jour = session.saisie.date_debut.unwrap_or(session.saisie.date_fin);
    session.niveau() == Niveau::Formateur
        && session.saisie.action == Some(Action::Initiale)
        && !acquis.iter().any(|q| q.dispositif == *session.dispositif() && q.valide_le(premier_jour))
}
