//! R1 to R6: what the dates allow, to the day.

use forprev_domain::dispositif::Niveau;
use forprev_domain::refus::{Manquement, Refus};
use forprev_domain::session::{Etat, Faits, NomEtat, Saisie, Session, manquements};
use forprev_domain::stagiaire::Resultat;
use jiff::civil::{Date, date};

use crate::construire::{
    DEBUT, FIN, alix, brouillon, creer, dans, faits, geste, habilitation, karim, le, mener, qualification,
    reponse, reprise, saisie, saisie_finissant, stagiaire, tous,
};

/// What each step that R1 or R2 guards answers with these facts, the session being ready for it.
fn etapes(faits: &Faits) -> [String; 3] {
    let (alix, karim) = (alix(), karim());
    let soumise = dans(NomEtat::Soumise);
    let resultats = tous(&soumise, Resultat::Reussite);
    [
        reponse(dans(NomEtat::Brouillon).soumettre(faits, geste(&alix, FIN, None))),
        reponse(soumise.transmettre_resultats(&resultats, faits, geste(&karim, FIN, None))),
        reponse(dans(NomEtat::ATraiter).generer(faits, geste(&alix, FIN, None))),
    ]
}

#[test]
fn r1_l_habilitation_est_demandee_a_la_date_de_fin_a_chaque_etape() {
    let (veille, lendemain) = (date(2026, 5, 4), date(2026, 5, 6));
    let longue = habilitation(date(2025, 1, 1), date(2027, 1, 1));
    for (cas, tenue, attendu) in [
        ("finit le jour de fin", habilitation(date(2025, 1, 1), FIN), "oui"),
        ("finit la veille", habilitation(date(2025, 1, 1), veille), "habilitation_invalide"),
        ("commence le jour de fin", habilitation(FIN, date(2027, 1, 1)), "oui"),
        ("commence le lendemain", habilitation(lendemain, date(2027, 1, 1)), "habilitation_invalide"),
        (
            "retirée depuis la soumission, au jour de fin",
            {
                let mut retiree = longue.clone();
                retiree.retiree_le = Some(FIN);
                retiree
            },
            "habilitation_invalide",
        ),
        (
            "retirée après le jour de fin",
            {
                let mut retiree = longue.clone();
                retiree.retiree_le = Some(lendemain);
                retiree
            },
            "oui",
        ),
        (
            "suspendue ce jour-là",
            {
                let mut suspendue = longue.clone();
                (suspendue.suspendue_du, suspendue.suspendue_au) = (Some(FIN), Some(FIN));
                suspendue
            },
            "habilitation_invalide",
        ),
        (
            "suspendue jusqu’à la veille",
            {
                let mut suspendue = longue.clone();
                (suspendue.suspendue_du, suspendue.suspendue_au) = (Some(date(2026, 1, 1)), Some(veille));
                suspendue
            },
            "oui",
        ),
    ] {
        let faits = Faits { habilitations: vec![tenue], ..faits() };
        assert_eq!(reponse(creer(saisie(), &faits, FIN)), attendu, "{cas} : créer");
        for (etape, obtenu) in ["soumettre", "transmettre", "générer"].iter().zip(etapes(&faits)) {
            assert_eq!(obtenu, attendu, "{cas} : {etape}");
        }
    }
}

#[test]
fn r1_compte_au_jour_de_fin_et_jamais_a_aujourdhui() {
    let faits = Faits { habilitations: vec![habilitation(date(2025, 1, 1), FIN)], ..faits() };
    for aujourdhui in [FIN, date(2026, 5, 6), date(2026, 8, 5)] {
        assert_eq!(reponse(creer(saisie(), &faits, aujourdhui)), "oui", "créer le {aujourdhui}");
        let generation = dans(NomEtat::ATraiter).generer(&faits, geste(&alix(), aujourdhui, None));
        assert_eq!(reponse(generation), "oui", "générer le {aujourdhui}");
    }
}

#[test]
fn r1_est_redemandee_quand_dispositif_niveau_ou_date_de_fin_changent() {
    let sans = Faits { habilitations: Vec::new(), ..faits() };
    let autre = |changer: fn(&mut Saisie)| {
        let mut autre = saisie();
        changer(&mut autre);
        autre
    };
    for (cas, nouvelle, attendu) in [
        ("rien ne change", saisie(), "oui"),
        ("un autre lieu", autre(|s| s.lieu.commune = Some("Vitré".to_owned())), "oui"),
        ("un autre formateur", autre(|s| s.formateur = None), "oui"),
        ("un autre premier jour", autre(|s| s.date_debut = Some(FIN)), "oui"),
        ("un autre niveau", autre(|s| s.niveau = Niveau::Formateur), "habilitation_invalide"),
        ("un autre jour de fin", autre(|s| s.date_fin = date(2026, 5, 6)), "habilitation_invalide"),
    ] {
        for session in [dans(NomEtat::Brouillon), dans(NomEtat::Retournee), reprise()] {
            let etat = session.etat.nom();
            let obtenu = session.modifier(nouvelle.clone(), &sans, geste(&alix(), FIN, None));
            assert_eq!(reponse(obtenu), attendu, "{cas}, {etat:?}");
        }
    }
}

#[test]
fn r2_le_formateur_est_juge_a_la_date_de_fin_a_chaque_etape() {
    let depuis = date(2023, 5, 6);
    let tenue = |niveau, fin| qualification(niveau, depuis, fin);
    let mut revoquee = tenue(Niveau::Formateur, date(2027, 1, 1));
    revoquee.retiree = true;
    let mut d_un_autre = tenue(Niveau::Formateur, date(2027, 1, 1));
    d_un_autre.dispositif = forprev_domain::dispositif::CodeDispositif::parse("PRAP-2S").expect("a code");
    let non = "formateur_pas_a_jour";
    for (cas, tenues, attendu) in [
        ("finit le jour de fin", vec![tenue(Niveau::Formateur, FIN)], "oui"),
        ("finit la veille", vec![tenue(Niveau::Formateur, DEBUT)], non),
        ("commence le jour de fin", vec![qualification(Niveau::Formateur, FIN, FIN)], "oui"),
        (
            "commence le lendemain",
            vec![qualification(Niveau::Formateur, date(2026, 5, 6), date(2029, 1, 1))],
            non,
        ),
        ("formateur de formateurs", vec![tenue(Niveau::FormateurDeFormateurs, FIN)], "oui"),
        ("acteur seulement", vec![tenue(Niveau::Acteur, FIN)], non),
        ("révoquée", vec![revoquee], non),
        ("d’un autre dispositif", vec![d_un_autre], non),
        ("un numéro que personne n’a", vec![], non),
        ("la seconde suffit", vec![tenue(Niveau::Acteur, FIN), tenue(Niveau::Formateur, FIN)], "oui"),
    ] {
        let faits = Faits { qualifications: tenues, ..faits() };
        assert_eq!(reponse(creer(saisie(), &faits, FIN)), "oui", "{cas} : un brouillon s’enregistre");
        for (etape, obtenu) in ["soumettre", "transmettre", "générer"].iter().zip(etapes(&faits)) {
            assert_eq!(obtenu, attendu, "{cas} : {etape}");
        }
        let dit = manquements(&brouillon(), &faits, FIN).iter().map(Manquement::code).collect::<Vec<_>>();
        assert_eq!(dit.is_empty(), attendu == "oui", "{cas} : le brouillon le dit");
    }
}

#[test]
fn r3_une_session_se_declare_de_trois_mois_avant_a_trois_mois_apres() {
    for (date_fin, premier, dernier) in [
        (date(2026, 5, 31), date(2026, 2, 28), date(2026, 8, 31)),
        (date(2026, 11, 30), date(2026, 8, 30), date(2027, 2, 28)),
        (date(2028, 2, 29), date(2027, 11, 29), date(2028, 5, 29)),
    ] {
        for (jour, attendu) in [
            (premier.yesterday().expect("a day"), false),
            (premier, true),
            (dernier, true),
            (dernier.tomorrow().expect("a day"), false),
        ] {
            let obtenu = creer(saisie_finissant(date_fin), &faits(), jour);
            let hors =
                Manquement::HorsDelaiDeSaisie { date_fin, premier_jour: premier, dernier_jour: dernier };
            let attendu = if attendu { None } else { Some(Refus::from(hors)) };
            assert_eq!(obtenu.err(), attendu, "fin {date_fin}, le {jour}");
        }
    }
}

#[test]
fn r3_lie_le_brouillon_et_la_premiere_soumission_mais_pas_ce_qui_suit() {
    let (alix, karim, faits) = (alix(), karim(), faits());
    let tard = date(2026, 8, 6);
    let lieu = || {
        let mut autre = saisie();
        autre.lieu.commune = Some("Vitré".to_owned());
        autre
    };
    let hors = "hors_delai_de_saisie";
    for (cas, session, attendu) in [
        ("jamais soumise", dans(NomEtat::Brouillon), hors),
        ("retournée", dans(NomEtat::Retournee), "oui"),
        ("reprise", reprise(), "oui"),
    ] {
        let g = || geste(&alix, tard, None);
        let premiere = session.stagiaires[0].id;
        assert_eq!(reponse(session.clone().modifier(lieu(), &faits, g())), attendu, "{cas} : modifier");
        assert_eq!(reponse(session.clone().ajouter_stagiaire(stagiaire(9), g())), attendu, "{cas} : ajouter");
        assert_eq!(
            reponse(session.clone().modifier_stagiaire(stagiaire(0), g())),
            attendu,
            "{cas} : corriger"
        );
        assert_eq!(reponse(session.clone().retirer_stagiaire(premiere, g())), attendu, "{cas} : retirer");
        assert_eq!(reponse(session.clone().soumettre(&faits, g())), attendu, "{cas} : soumettre");
        assert_eq!(reponse(session.clone().supprimer()), "oui", "{cas} : supprimer");
        let points = manquements(&session, &faits, tard);
        assert_eq!(points.iter().any(|m| m.code() == hors), attendu == hors, "{cas} : dit avant le bouton");
    }
    let soumise = dans(NomEtat::Soumise);
    let resultats = tous(&soumise, Resultat::Reussite);
    let (a_traiter, _) = soumise
        .transmettre_resultats(&resultats, &faits, geste(&karim, tard, None))
        .expect("results come late");
    assert_eq!(reponse(a_traiter.generer(&faits, geste(&alix, tard, None))), "oui");
}

#[test]
fn r3_lie_tout_changement_de_date_de_fin() {
    let hors = "hors_delai_de_saisie";
    for (cas, date_fin, aujourdhui, attendu) in [
        ("vers un jour de la fenêtre", date(2026, 5, 20), date(2026, 8, 6), "oui"),
        ("vers le plus ancien jour possible", date(2026, 5, 6), date(2026, 8, 6), "oui"),
        ("vers la veille de celui-ci", date(2026, 5, 5), date(2026, 8, 6), "oui"),
        ("vers un jour trop ancien", date(2026, 5, 4), date(2026, 8, 6), hors),
        ("vers un jour trop lointain", date(2026, 11, 7), date(2026, 8, 6), hors),
    ] {
        for session in [dans(NomEtat::Retournee), reprise()] {
            let obtenu =
                session.modifier(saisie_finissant(date_fin), &faits(), geste(&alix(), aujourdhui, None));
            assert_eq!(reponse(obtenu), attendu, "{cas}");
        }
    }
    let brouillon = dans(NomEtat::Brouillon);
    let obtenu = brouillon.modifier(
        saisie_finissant(date(2026, 5, 20)),
        &faits(),
        geste(&alix(), date(2026, 8, 6), None),
    );
    assert_eq!(reponse(obtenu), "oui", "un brouillon hors délai se sauve par une date de fin exacte");
}

#[test]
fn r1_et_r3_se_disent_ensemble() {
    let sans = Faits { habilitations: Vec::new(), ..faits() };
    let tard = date(2026, 8, 6);
    let les_deux = "habilitation_invalide hors_delai_de_saisie";
    assert_eq!(reponse(creer(saisie(), &sans, tard)), les_deux);
    let autre = saisie_finissant(date(2026, 5, 1));
    assert_eq!(reponse(brouillon().modifier(autre, &sans, geste(&alix(), tard, None))), les_deux);
}

#[test]
fn r4_les_resultats_attendent_la_date_de_debut_et_la_generation_la_date_de_fin() {
    let (alix, karim, faits) = (alix(), karim(), faits());
    let (trop_tot, debut, fin) = (date(2026, 5, 3), DEBUT, FIN);
    for (jour, resultats_attendus, generation_attendue) in [
        (trop_tot, "avant_la_date_de_debut", "avant_la_date_de_fin"),
        (debut, "oui", "avant_la_date_de_fin"),
        (fin, "oui", "oui"),
    ] {
        let soumise = dans(NomEtat::Soumise);
        let resultats = tous(&soumise, Resultat::Reussite);
        assert_eq!(
            reponse(soumise.clone().enregistrer_resultats(&resultats, le(jour))),
            resultats_attendus,
            "enregistrer le {jour}"
        );
        let transmis = soumise.transmettre_resultats(&resultats, &faits, geste(&karim, jour, None));
        assert_eq!(reponse(transmis), resultats_attendus, "transmettre le {jour}");
        let generee = dans(NomEtat::ATraiter).generer(&faits, geste(&alix, jour, None));
        assert_eq!(reponse(generee), generation_attendue, "générer le {jour}");
    }
}

#[test]
fn r5_r6_une_session_disparait_a_son_jour() {
    let le_1er_mars = date(2026, 3, 1);
    let terminee = |generee_le| Etat::Terminee { par: karim(), generee_le };
    for (etat, date_fin, attendu) in [
        (terminee(le_1er_mars), le_1er_mars, date(2026, 3, 16)),
        (terminee(date(2028, 2, 15)), le_1er_mars, date(2028, 3, 1)),
        (terminee(date(2026, 12, 20)), le_1er_mars, date(2027, 1, 4)),
        (Etat::Brouillon, date(2026, 8, 31), date(2027, 2, 28)),
        (Etat::Soumise { a: karim() }, date(2027, 8, 31), date(2028, 2, 29)),
        (Etat::Retournee { par: karim() }, date(2026, 5, 5), date(2026, 11, 5)),
        (Etat::ATraiter { par: karim() }, date(2026, 5, 5), date(2026, 11, 5)),
    ] {
        let session = Session { etat, saisie: saisie_finissant(date_fin), ..brouillon() };
        assert_eq!(session.disparait_le(), attendu, "{:?}, fin {date_fin}", session.etat);
    }
}

#[test]
fn une_date_extreme_n_arrete_rien() {
    for jour in [Date::MIN, date(1, 1, 1), date(9999, 12, 31), Date::MAX] {
        let mut extreme = brouillon();
        extreme.saisie = Saisie { date_debut: Some(Date::MIN), ..saisie_finissant(jour) };
        for aujourdhui in [Date::MIN, FIN, Date::MAX] {
            let moment = forprev_domain::calendrier::Moment { aujourdhui, ..le(FIN) };
            let _sans_panique = (
                creer(saisie_finissant(jour), &faits(), FIN),
                manquements(&extreme, &faits(), aujourdhui),
                forprev_domain::session::avertissements(&extreme, &faits(), aujourdhui),
                extreme.disparait_le(),
                mener(brouillon(), NomEtat::Soumise).enregistrer_resultats(&Default::default(), moment),
                forprev_domain::regles::reussites::valable_jusqu_au(&extreme, &faits()),
                forprev_domain::regles::duree_de_vie::sort_du_registre_le(jour, Some(jour)),
                forprev_domain::regles::duree_de_vie::apres_generation(jour),
            );
        }
    }
}
