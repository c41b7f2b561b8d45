//! Every move from every state: made, or refused for the state and nothing else.

use std::collections::BTreeMap;

use forprev_domain::droits::Acte;
use forprev_domain::evenement::Quoi;
use forprev_domain::refus::Refus;
use forprev_domain::session::{NomEtat, Session};
use forprev_domain::stagiaire::Resultat;

use crate::construire::{
    FIN, alix, creer, dans, faits, geste, karim, ligne, reponse, saisie, stagiaire, tous,
};

/// The session after a move, with what its history tells.
pub(crate) type Fait = Result<(Session, Option<Quoi>), Refus>;

/// A move, by its name, with the act that it needs and what the history tells of it.
pub(crate) struct Mouvement {
    pub(crate) nom: &'static str,
    pub(crate) acte: Acte,
    pub(crate) quoi: Option<Quoi>,
    pub(crate) faire: fn(Session) -> Fait,
}

fn mouvement(nom: &'static str, acte: Acte, quoi: Option<Quoi>, faire: fn(Session) -> Fait) -> Mouvement {
    Mouvement { nom, acte, quoi, faire }
}

fn dit<E>(suite: Result<(Session, E), Refus>, quoi: fn(E) -> Quoi) -> Fait {
    suite.map(|(session, evenement)| (session, Some(quoi(evenement))))
}

/// All moves of a session, made as they should be.
pub(crate) fn mouvements() -> Vec<Mouvement> {
    vec![
        mouvement("modifier", Acte::Modifier, Some(Quoi::Modifiee), |s| {
            dit(s.modifier(saisie(), &faits(), geste(&alix(), FIN, None)), |e| e.quoi)
        }),
        mouvement("ajouter un stagiaire", Acte::Modifier, Some(Quoi::Modifiee), |s| {
            dit(s.ajouter_stagiaire(stagiaire(9), geste(&alix(), FIN, None)), |e| e.quoi)
        }),
        mouvement("modifier un stagiaire", Acte::Modifier, Some(Quoi::Modifiee), |s| {
            dit(s.modifier_stagiaire(stagiaire(0), geste(&alix(), FIN, None)), |e| e.quoi)
        }),
        mouvement("retirer un stagiaire", Acte::Modifier, Some(Quoi::Modifiee), |s| {
            dit(s.retirer_stagiaire(ligne(0), geste(&alix(), FIN, None)), |e| e.quoi)
        }),
        mouvement("supprimer", Acte::Supprimer, None, |s| s.supprimer().map(|s| (s, None))),
        mouvement("soumettre", Acte::Soumettre, Some(Quoi::Soumise), |s| {
            dit(s.soumettre(&faits(), geste(&alix(), FIN, None)), |e| e.quoi)
        }),
        mouvement("reprendre", Acte::Reprendre, Some(Quoi::Reprise), |s| {
            dit(s.reprendre(geste(&alix(), FIN, None)), |e| e.quoi)
        }),
        mouvement("retourner", Acte::Retourner, Some(Quoi::Retournee), |s| {
            dit(s.retourner(geste(&karim(), FIN, Some("Il manque Jean."))), |e| e.quoi)
        }),
        mouvement("enregistrer les résultats", Acte::EnregistrerResultats, None, |s| {
            let resultats = tous(&s, Resultat::Echec);
            s.enregistrer_resultats(&resultats, crate::construire::le(FIN)).map(|s| (s, None))
        }),
        mouvement(
            "transmettre les résultats",
            Acte::TransmettreResultats,
            Some(Quoi::ResultatsTransmis),
            |s| {
                let resultats = tous(&s, Resultat::Reussite);
                dit(s.transmettre_resultats(&resultats, &faits(), geste(&karim(), FIN, None)), |e| e.quoi)
            },
        ),
        mouvement("renvoyer au formateur", Acte::Renvoyer, Some(Quoi::Renvoyee), |s| {
            dit(s.renvoyer(geste(&alix(), FIN, Some("Jean a réussi."))), |e| e.quoi)
        }),
        mouvement("générer les certificats", Acte::Generer, Some(Quoi::CertificatsGeneres), |s| {
            let (session, evenement, _) = s.generer(&faits(), geste(&alix(), FIN, None))?;
            Ok((session, Some(evenement.quoi)))
        }),
    ]
}

#[test]
fn chaque_geste_se_fait_dans_ses_etats_et_dans_aucun_autre() {
    for mouvement in mouvements() {
        for etat in NomEtat::TOUS {
            let avant = dans(etat);
            let version = avant.version;
            let cas = format!("{} depuis {}", mouvement.nom, etat.code());
            match (mouvement.faire)(avant) {
                Ok((apres, quoi)) => {
                    assert!(mouvement.acte.depuis().contains(&etat), "{cas} : fait");
                    assert_eq!(quoi, mouvement.quoi, "{cas}");
                    let grandit = i64::from(mouvement.acte != Acte::Supprimer);
                    assert_eq!(apres.version, version + grandit, "{cas}");
                }
                Err(refus) => {
                    assert_eq!(refus, Refus::MauvaisEtat { etat }, "{cas}");
                    assert!(!mouvement.acte.depuis().contains(&etat), "{cas} : refusé");
                }
            }
        }
    }
}

#[test]
fn l_etat_se_dit_avant_tout_le_reste() {
    let (alix, karim) = (alix(), karim());
    for etat in [NomEtat::Brouillon, NomEtat::Terminee] {
        let attendu = format!("mauvais_etat {}", etat.code());
        let personne = BTreeMap::from([(ligne(15), Resultat::Echec)]);
        for obtenu in [
            reponse(dans(etat).retourner(geste(&karim, FIN, None))),
            reponse(dans(etat).renvoyer(geste(&alix, FIN, Some(" ")))),
            reponse(
                dans(etat).enregistrer_resultats(&personne, crate::construire::le(crate::construire::DEBUT)),
            ),
            reponse(dans(etat).transmettre_resultats(
                &personne,
                &Default::default(),
                geste(&karim, FIN, None),
            )),
            reponse(dans(etat).generer(&Default::default(), geste(&alix, FIN, None))),
        ] {
            assert_eq!(obtenu, attendu);
        }
    }
}

#[test]
fn un_geste_fait_sur_une_version_depassee_est_refuse() {
    let session = dans(NomEtat::Soumise);
    for (lue, attendu) in [
        (None, "oui".to_owned()),
        (Some(session.version), "oui".to_owned()),
        (Some(session.version - 1), format!("version_depassee {}", session.version)),
        (Some(session.version + 1), format!("version_depassee {}", session.version)),
    ] {
        assert_eq!(reponse(session.exiger_version(lue)), attendu, "{lue:?}");
    }
}

#[test]
fn une_ligne_d_une_autre_session_est_inconnue() {
    let (alix, karim) = (alix(), karim());
    let ailleurs = BTreeMap::from([(ligne(15), Resultat::Echec)]);
    for obtenu in [
        reponse(dans(NomEtat::Brouillon).modifier_stagiaire(stagiaire(15), geste(&alix, FIN, None))),
        reponse(dans(NomEtat::Brouillon).retirer_stagiaire(ligne(15), geste(&alix, FIN, None))),
        reponse(dans(NomEtat::Soumise).enregistrer_resultats(&ailleurs, crate::construire::le(FIN))),
        reponse(dans(NomEtat::Soumise).transmettre_resultats(&ailleurs, &faits(), geste(&karim, FIN, None))),
    ] {
        assert_eq!(obtenu, "stagiaire_inconnu");
    }
}

#[test]
fn l_evenement_dit_qui_quand_et_avec_quels_mots() {
    let (alix, karim) = (alix(), karim());
    let (_, soumise) = dans(NomEtat::Brouillon)
        .soumettre(&faits(), geste(&alix, FIN, Some("  Merci de vérifier l’adresse. ")))
        .expect("submitted");
    assert_eq!(soumise.par, alix);
    assert_eq!(soumise.le, crate::construire::le(FIN).instant);
    assert_eq!(soumise.commentaire.as_deref(), Some("Merci de vérifier l’adresse."));
    assert_eq!(soumise.changements, []);
    let (_, retour) = dans(NomEtat::Soumise)
        .retourner(geste(&karim, FIN, Some("Il manque Jean.\nEt Anne.")))
        .expect("returned");
    assert_eq!((retour.par, retour.commentaire.as_deref()), (karim, Some("Il manque Jean.\nEt Anne.")));
    let session = creer(saisie(), &faits(), FIN).expect("a draft");
    assert_eq!((session.version, session.etat.nom(), session.auteur), (1, NomEtat::Brouillon, alix));
}
