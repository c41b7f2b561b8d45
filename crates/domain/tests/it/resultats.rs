//! R12 and R13: returns, results, and what becomes of them.

use std::collections::BTreeMap;

use forprev_domain::refus::{Manquement, Refus};
use forprev_domain::session::{Etat, Faits, NomEtat, Session};
use forprev_domain::stagiaire::{Resultat, Stagiaire};

use crate::construire::{
    FIN, alix, avec_stagiaires, dans, faits, geste, identite, karim, le, ligne, mener, numero, reponse,
    stagiaire, tous,
};

/// Two of four results recorded: `R` réussite, `E` échec, `.` none.
fn a_moitie() -> Session {
    let debut = BTreeMap::from([(ligne(0), Resultat::Reussite), (ligne(1), Resultat::Echec)]);
    dans(NomEtat::Soumise).enregistrer_resultats(&debut, le(FIN)).expect("recorded")
}

fn notes(session: &Session) -> String {
    let note = |s: &Stagiaire| match s.resultat {
        Some(Resultat::Reussite) => 'R',
        Some(Resultat::Echec) => 'E',
        None => '.',
    };
    session.stagiaires.iter().map(note).collect()
}

#[test]
fn un_retour_et_un_renvoi_demandent_un_commentaire() {
    let (alix, karim) = (alix(), karim());
    for (mots, attendu) in [
        (None, "commentaire_requis"),
        (Some(""), "commentaire_requis"),
        (Some(" \n\u{a0}"), "commentaire_requis"),
        (Some("Il manque Jean."), "oui"),
    ] {
        assert_eq!(
            reponse(dans(NomEtat::Soumise).retourner(geste(&karim, FIN, mots))),
            attendu,
            "retour {mots:?}"
        );
        assert_eq!(
            reponse(dans(NomEtat::ATraiter).renvoyer(geste(&alix, FIN, mots))),
            attendu,
            "renvoi {mots:?}"
        );
    }
}

#[test]
fn les_resultats_s_enregistrent_en_partie_et_peuvent_changer() {
    let session = a_moitie();
    assert_eq!(notes(&session), "RE..");
    let suite = BTreeMap::from([(ligne(1), Resultat::Reussite), (ligne(3), Resultat::Echec)]);
    let session = session.enregistrer_resultats(&suite, le(FIN)).expect("recorded");
    assert_eq!(notes(&session), "RR.E");
    let session = session.enregistrer_resultats(&BTreeMap::new(), le(FIN)).expect("recorded");
    assert_eq!(notes(&session), "RR.E", "rien de donné, rien de perdu");
    assert!(matches!(session.etat, Etat::Soumise { .. }));
}

#[test]
fn les_resultats_ne_se_transmettent_que_complets() {
    let karim = karim();
    let obtenu = a_moitie().transmettre_resultats(&BTreeMap::new(), &faits(), geste(&karim, FIN, None));
    let manquent = vec![ligne(2), ligne(3)];
    assert_eq!(obtenu.err(), Some(Refus::from(Manquement::ResultatsIncomplets { stagiaires: manquent })));
    let reste = BTreeMap::from([(ligne(2), Resultat::Echec), (ligne(3), Resultat::Reussite)]);
    let (session, _) =
        a_moitie().transmettre_resultats(&reste, &faits(), geste(&karim, FIN, None)).expect("handed over");
    assert_eq!((notes(&session).as_str(), session.etat.nom()), ("REER", NomEtat::ATraiter));
}

#[test]
fn tout_ce_qui_empeche_de_transmettre_se_dit_d_un_coup() {
    let rien = Faits::default();
    let trop_tot = jiff::civil::date(2026, 5, 3);
    let un_seul = BTreeMap::from([(ligne(0), Resultat::Reussite)]);
    for resultats in [BTreeMap::new(), un_seul] {
        let obtenu =
            dans(NomEtat::Soumise).transmettre_resultats(&resultats, &rien, geste(&karim(), trop_tot, None));
        let attendu =
            "habilitation_invalide formateur_pas_a_jour avant_la_date_de_debut resultats_incomplets";
        assert_eq!(reponse(obtenu), attendu);
    }
    let obtenu = dans(NomEtat::ATraiter).generer(&rien, geste(&alix(), trop_tot, None));
    let attendu = "habilitation_invalide formateur_pas_a_jour avant_la_date_de_fin informations_incompletes";
    assert_eq!(reponse(obtenu), attendu);
}

#[test]
fn les_resultats_restent_apres_un_retour_une_reprise_ou_un_renvoi() {
    let (alix, karim) = (alix(), karim());
    let (retournee, _) = a_moitie().retourner(geste(&karim, FIN, Some("Il manque Jean."))).expect("returned");
    let (reprise, _) = a_moitie().reprendre(geste(&alix, FIN, None)).expect("taken back");
    for (cas, session) in [("retournée", retournee), ("reprise", reprise)] {
        assert_eq!(notes(&session), "RE..", "{cas}");
        let (session, _) = session.soumettre(&faits(), geste(&alix, FIN, None)).expect("submitted again");
        assert_eq!(notes(&session), "RE..", "{cas}, puis soumise");
    }
    let (renvoyee, _) =
        dans(NomEtat::ATraiter).renvoyer(geste(&alix, FIN, Some("Jean a échoué."))).expect("sent back");
    assert_eq!((notes(&renvoyee).as_str(), renvoyee.etat.nom()), ("RRRR", NomEtat::Soumise));
    let echec = BTreeMap::from([(ligne(3), Resultat::Echec)]);
    let (corrigee, _) = renvoyee
        .transmettre_resultats(&echec, &faits(), geste(&karim, FIN, None))
        .expect("handed over again");
    assert_eq!(notes(&corrigee), "RRRE", "et peuvent changer");
}

#[test]
fn un_resultat_se_perd_quand_l_identite_change() {
    let alix = alix();
    let autre = |changer: fn(&mut Stagiaire)| {
        let mut autre = stagiaire(0);
        changer(&mut autre);
        autre
    };
    for (cas, nouveau, attendu) in [
        ("rien ne change", stagiaire(0), "RE.."),
        ("l’adresse électronique seule", autre(|s| s.identite.email = None), "RE.."),
        ("un autre nom", autre(|s| s.identite = identite("Martin", "1990-02-28", "")), ".E.."),
        ("une autre date", autre(|s| s.identite = identite("DurandA", "1990-03-01", "")), ".E.."),
        ("une autre personne du même nom", autre(|s| s.numero = Some(numero("XYZ00009"))), ".E.."),
    ] {
        let (session, _) = a_moitie().reprendre(geste(&alix, FIN, None)).expect("taken back");
        let (session, _) = session.modifier_stagiaire(nouveau, geste(&alix, FIN, None)).expect("changed");
        assert_eq!(notes(&session), attendu, "{cas}");
    }
}

#[test]
fn un_certificat_pour_chaque_reussite_dans_l_ordre_de_la_liste() {
    let soumise = mener(avec_stagiaires(10), NomEtat::Soumise);
    let mut resultats = tous(&soumise, Resultat::Reussite);
    resultats.insert(ligne(4), Resultat::Echec);
    let (session, _) =
        soumise.transmettre_resultats(&resultats, &faits(), geste(&karim(), FIN, None)).expect("handed over");
    let (session, _, emissions) = session.generer(&faits(), geste(&alix(), FIN, None)).expect("generated");
    let attendus: Vec<_> = (0..10).filter(|rang| *rang != 4).map(ligne).collect();
    assert_eq!(emissions.iter().map(|e| e.stagiaire).collect::<Vec<_>>(), attendus);
    assert!(
        emissions
            .iter()
            .all(|e| session.stagiaire(e.stagiaire).and_then(|s| s.numero.clone())
                == Some(e.titulaire.clone()))
    );
}

#[test]
fn une_session_ou_tous_ont_echoue_se_clot_sans_certificat() {
    let soumise = dans(NomEtat::Soumise);
    let echecs = tous(&soumise, Resultat::Echec);
    let (session, _) =
        soumise.transmettre_resultats(&echecs, &faits(), geste(&karim(), FIN, None)).expect("handed over");
    let (session, evenement, emissions) =
        session.generer(&faits(), geste(&alix(), FIN, None)).expect("closed");
    assert_eq!(emissions, []);
    assert_eq!(session.etat, Etat::Terminee { par: karim(), generee_le: FIN });
    assert_eq!(evenement.quoi.code(), "certificats_generes");
    assert_eq!(session.disparait_le(), jiff::civil::date(2026, 5, 20));
}
