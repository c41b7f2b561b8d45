//! Which reminders are due, to whom, on which day.

use forprev_domain::calendrier::plus_jours;
use forprev_domain::dispositif::Niveau;
use forprev_domain::habilitation::Habilitation;
use forprev_domain::rappel::{Destinataires, GenreDeRappel, Horizon, JoursDeSession, Rappel};
use forprev_domain::session::{NomEtat, Session};
use forprev_domain::utilisateur::Profil;
use jiff::civil::{Date, date};

use crate::construire::{COMPTE, FIN, close, dans, habilitation, qualification, reprise};

/// `verification formateur 3 2026-05-05`: kind, to whom, step, the day that it is counted from or to.
fn dire(rappel: &Rappel) -> String {
    let a = match rappel.a {
        Destinataires::Formateur => "formateur",
        Destinataires::Auteur => "auteur",
        Destinataires::AuteurEtGestionnaires => "auteur+gestionnaires",
        Destinataires::Gestionnaires => "gestionnaires",
        Destinataires::Titulaire => "titulaire",
    };
    format!("{} {a} {} {}", rappel.genre.code(), rappel.palier, rappel.repere)
}

#[test]
fn chaque_session_a_ses_rappels_a_leur_jour() {
    // Ends on 5 May: entered until 5 August, deleted on 5 November; generated that day: downloaded until 19 May.
    let tot = JoursDeSession { creee: date(2026, 4, 1), modifiee: FIN };
    let brouillon = || dans(NomEtat::Brouillon);
    let soumise = || dans(NomEtat::Soumise);
    let silence = ["verification formateur 10 2026-05-05", "verification auteur 10 2026-05-05"];
    let bientot = "suppression auteur+gestionnaires 30 2026-11-04";
    let cas: Vec<(Session, JoursDeSession, Date, Vec<&str>)> = vec![
        (brouillon(), tot, date(2026, 7, 5), vec![]),
        (brouillon(), tot, date(2026, 7, 6), vec!["soumission auteur 30 2026-08-05"]),
        (brouillon(), tot, date(2026, 7, 29), vec!["soumission auteur 7 2026-08-05"]),
        (brouillon(), tot, date(2026, 8, 4), vec!["soumission auteur 1 2026-08-05"]),
        (brouillon(), tot, date(2026, 8, 5), vec!["soumission auteur 1 2026-08-05"]),
        (brouillon(), tot, date(2026, 8, 6), vec![]),
        (brouillon(), tot, date(2026, 10, 4), vec![]),
        (brouillon(), tot, date(2026, 10, 5), vec![bientot]),
        (brouillon(), tot, date(2026, 10, 28), vec!["suppression auteur+gestionnaires 7 2026-11-04"]),
        (brouillon(), tot, date(2026, 11, 4), vec!["suppression auteur+gestionnaires 7 2026-11-04"]),
        (brouillon(), tot, date(2026, 11, 5), vec![]),
        // Declared after the day of a step: not reminded of it.
        (brouillon(), JoursDeSession { creee: date(2026, 7, 6), ..tot }, date(2026, 7, 10), vec![]),
        (soumise(), tot, date(2026, 5, 7), vec![]),
        (soumise(), tot, date(2026, 5, 8), vec!["verification formateur 3 2026-05-05"]),
        (soumise(), tot, date(2026, 5, 14), vec!["verification formateur 3 2026-05-05"]),
        (soumise(), tot, date(2026, 5, 15), silence.to_vec()),
        (soumise(), tot, date(2026, 10, 5), [silence.as_slice(), &[bientot]].concat()),
        (soumise(), tot, date(2026, 11, 5), vec![]),
        // He recorded some results on the 10th: the silence begins there.
        (soumise(), JoursDeSession { modifiee: date(2026, 5, 10), ..tot }, date(2026, 5, 12), vec![]),
        (
            soumise(),
            JoursDeSession { modifiee: date(2026, 5, 10), ..tot },
            date(2026, 5, 13),
            vec!["verification formateur 3 2026-05-10"],
        ),
        // Submitted three weeks before it ends: nobody is silent yet.
        (soumise(), JoursDeSession { modifiee: date(2026, 4, 14), ..tot }, date(2026, 5, 7), vec![]),
        (reprise(), tot, date(2026, 8, 5), vec![]),
        (reprise(), tot, date(2026, 10, 5), vec![bientot]),
        (dans(NomEtat::Retournee), tot, date(2026, 10, 4), vec![]),
        (dans(NomEtat::Retournee), tot, date(2026, 10, 5), vec![bientot]),
        (dans(NomEtat::ATraiter), tot, date(2026, 10, 5), vec![bientot]),
        (dans(NomEtat::Terminee), tot, date(2026, 5, 5), vec![]),
        (dans(NomEtat::Terminee), tot, date(2026, 5, 11), vec![]),
        (dans(NomEtat::Terminee), tot, date(2026, 5, 12), vec!["telechargement auteur 7 2026-05-19"]),
        (dans(NomEtat::Terminee), tot, date(2026, 5, 18), vec!["telechargement auteur 1 2026-05-19"]),
        (dans(NomEtat::Terminee), tot, date(2026, 5, 19), vec!["telechargement auteur 1 2026-05-19"]),
        (dans(NomEtat::Terminee), tot, date(2026, 5, 20), vec![]),
        (close(), tot, date(2026, 5, 18), vec![]),
    ];
    for (session, jours, jour, attendus) in cas {
        let dus: Vec<String> = Rappel::de_la_session(&session, jours, jour).iter().map(dire).collect();
        assert_eq!(dus, attendus, "{:?}, le {jour}", session.etat);
    }
}

#[test]
fn l_horizon_comprend_toute_session_a_rappeler() {
    let loin = JoursDeSession { creee: date(2000, 1, 1), modifiee: date(2000, 1, 1) };
    for etat in NomEtat::TOUS {
        let mut session = dans(etat);
        // Through a year whose February has 29 days.
        for jours in 0..366 {
            session.saisie.date_fin = plus_jours(date(2027, 6, 1), jours);
            for ecart in -20..=190 {
                let jour = plus_jours(session.saisie.date_fin, ecart);
                let dus = Rappel::de_la_session(&session, loin, jour);
                let comprise = Horizon::du(jour).comprend(&session);
                assert!(
                    dus.is_empty() || comprise,
                    "{} du {}, le {jour}",
                    etat.code(),
                    session.saisie.date_fin
                );
            }
        }
    }
}

#[test]
fn un_droit_qui_finit_est_rappele_s_il_n_est_pas_relaye() {
    let (debut, fin) = (date(2025, 1, 1), date(2026, 12, 31));
    let seule = habilitation(debut, fin);
    let retiree = Habilitation { retiree_le: Some(date(2026, 11, 1)), ..seule.clone() };
    let suivante = habilitation(date(2027, 1, 1), date(2028, 12, 31));
    let courte = habilitation(date(2026, 11, 1), fin);
    for (cas, une, autres, jour, attendu) in [
        ("91 jours avant", &seule, vec![], date(2026, 10, 1), None),
        ("90 jours avant", &seule, vec![], date(2026, 10, 2), Some((90, fin))),
        ("31 jours avant", &seule, vec![], date(2026, 11, 30), Some((90, fin))),
        ("30 jours avant", &seule, vec![], date(2026, 12, 1), Some((30, fin))),
        ("le dernier jour", &seule, vec![], fin, Some((30, fin))),
        ("le lendemain", &seule, vec![], date(2027, 1, 1), None),
        ("relayée", &seule, vec![suivante.clone()], date(2026, 12, 1), None),
        ("relaie une autre", &suivante, vec![seule.clone()], date(2026, 12, 1), None),
        ("retirée", &retiree, vec![], date(2026, 10, 2), Some((30, date(2026, 10, 31)))),
        ("donnée pour deux mois", &courte, vec![], date(2026, 11, 2), None),
        ("donnée pour deux mois, à 30 jours", &courte, vec![], date(2026, 12, 1), Some((30, fin))),
    ] {
        let toutes = [std::slice::from_ref(une), autres.as_slice()].concat();
        let du = Rappel::de_l_habilitation(une, &toutes, jour);
        assert_eq!(du.map(|rappel| (rappel.palier, rappel.repere)), attendu, "{cas}");
    }
    let tenue = |niveau| qualification(niveau, debut, fin);
    let suite = qualification(Niveau::FormateurDeFormateurs, fin, date(2028, 1, 1));
    let sans_fin = || forprev_domain::formateur::Qualification { fin: None, ..tenue(Niveau::Formateur) };
    let retiree = forprev_domain::formateur::Qualification { retiree: true, ..tenue(Niveau::Formateur) };
    for (cas, une, autres, jour, attendu) in [
        ("à 90 jours", tenue(Niveau::Formateur), vec![], date(2026, 10, 2), Some(90)),
        ("à 30 jours", tenue(Niveau::FormateurDeFormateurs), vec![], date(2026, 12, 1), Some(30)),
        ("un acteur", tenue(Niveau::Acteur), vec![], date(2026, 12, 1), None),
        ("révoquée", retiree.clone(), vec![], date(2026, 12, 1), None),
        ("sans fin", sans_fin(), vec![], date(2026, 12, 1), None),
        ("relayée d’un niveau au-dessus", tenue(Niveau::Formateur), vec![suite.clone()], fin, None),
        ("relayée sans fin", tenue(Niveau::Formateur), vec![sans_fin()], fin, None),
        ("relayée d’une révoquée", tenue(Niveau::Formateur), vec![retiree], fin, Some(30)),
        ("une acteur qui dure", tenue(Niveau::Formateur), vec![tenue(Niveau::Acteur)], fin, Some(30)),
    ] {
        let toutes = [std::slice::from_ref(&une), autres.as_slice()].concat();
        let du = Rappel::de_la_qualification(&une, &toutes, jour);
        assert_eq!(du.map(|rappel| rappel.palier), attendu, "{cas}");
    }
}

#[test]
fn chacun_choisit_parmi_les_rappels_de_ses_profils() {
    let compte = COMPTE;
    for (profil, attendus) in [
        (Profil::Gestionnaire { compte }, "verification soumission telechargement suppression habilitation"),
        (Profil::Delegataire { compte }, "verification soumission telechargement suppression"),
        (Profil::Formateur, "verification qualification"),
        (Profil::Administrateur, ""),
    ] {
        let genres = GenreDeRappel::des_profils(&[profil]);
        let genres: Vec<_> = genres.into_iter().map(GenreDeRappel::code).collect();
        assert_eq!(genres.join(" "), attendus, "{profil:?}");
    }
    assert_eq!(
        GenreDeRappel::des_profils(&[Profil::Gestionnaire { compte }, Profil::Formateur]),
        GenreDeRappel::TOUS
    );
}
