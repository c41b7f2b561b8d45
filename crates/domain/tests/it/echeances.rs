//! What a session waits for, until which day, and what the next day takes away.

use forprev_domain::droits::acte_attendu;
use forprev_domain::session::{Attendu, Echeance, NomEtat, Perte, Session};
use jiff::civil::date;

use crate::construire::{FIN, close, dans, reprise};

#[test]
fn chaque_session_dit_ce_qu_elle_attend_et_jusqu_a_quand() {
    use Attendu::{Correction, Generation, Resultats, Soumission, Suppression, Telechargement};
    // R3: entry until 5 August. R6b: deleted on 5 November. R6: generated on 5 May, deleted on the 20th.
    let (saisie, veille, fichiers) = (date(2026, 8, 5), date(2026, 11, 4), date(2026, 5, 19));
    for (cas, session, jour, attendu, dernier_jour, perte) in [
        ("brouillon", dans(NomEtat::Brouillon), FIN, Soumission, saisie, Perte::Saisie),
        ("brouillon, le dernier jour", dans(NomEtat::Brouillon), saisie, Soumission, saisie, Perte::Saisie),
        (
            "brouillon, trop tard",
            dans(NomEtat::Brouillon),
            date(2026, 8, 6),
            Suppression,
            veille,
            Perte::Session,
        ),
        ("reprise", reprise(), FIN, Soumission, veille, Perte::Session),
        ("reprise, au-delà de R3", reprise(), date(2026, 8, 6), Soumission, veille, Perte::Session),
        ("soumise", dans(NomEtat::Soumise), FIN, Resultats, veille, Perte::Session),
        ("retournée", dans(NomEtat::Retournee), FIN, Correction, veille, Perte::Session),
        ("à traiter", dans(NomEtat::ATraiter), FIN, Generation, veille, Perte::Session),
        ("terminée", dans(NomEtat::Terminee), FIN, Telechargement, fichiers, Perte::Session),
        ("close sans certificat", close(), FIN, Suppression, fichiers, Perte::Session),
    ] {
        let obtenue = Echeance::de(&session, jour);
        assert_eq!(obtenue, Echeance { attendu, dernier_jour, perte }, "{cas}");
        assert_eq!(obtenue.lendemain(), dernier_jour.tomorrow().expect("a day"), "{cas}");
        assert_eq!(obtenue.est_passee(), attendu == Suppression, "{cas}");
    }
}

#[test]
fn une_echeance_est_proche_a_trois_jours_de_sa_fin() {
    for (session, jour, restants, proche) in [
        (dans(NomEtat::Brouillon), date(2026, 8, 1), 4, false),
        (dans(NomEtat::Brouillon), date(2026, 8, 2), 3, true),
        (dans(NomEtat::Brouillon), date(2026, 8, 5), 0, true),
        (dans(NomEtat::Terminee), date(2026, 5, 15), 4, false),
        (dans(NomEtat::Terminee), date(2026, 5, 16), 3, true),
        (close(), date(2026, 5, 19), 0, false),
    ] {
        let echeance = Echeance::de(&session, jour);
        assert_eq!((echeance.jours_restants(jour), echeance.est_proche(jour)), (restants, proche), "{jour}");
    }
}

#[test]
fn l_acte_attendu_suit_l_etat_et_il_n_y_a_rien_a_telecharger_sans_reussite() {
    let attendus = |session: &Session| acte_attendu(session).map(|acte| acte.code());
    for (session, attendu) in [
        (dans(NomEtat::Brouillon), Some("soumettre")),
        (dans(NomEtat::Soumise), Some("transmettre_resultats")),
        (dans(NomEtat::Retournee), Some("soumettre")),
        (dans(NomEtat::ATraiter), Some("generer")),
        (dans(NomEtat::Terminee), Some("telecharger")),
        (close(), None),
    ] {
        assert_eq!(attendus(&session), attendu, "{:?}", session.etat);
    }
}
