//! Reminders: found by the day, told once, forgotten with what they tell of.

use std::sync::atomic::{AtomicUsize, Ordering};

use forprev_domain::id::SessionId;
use forprev_domain::rappel::GenreDeRappel;
use forprev_domain::session::Session;
use forprev_store::balayage::balayer;
use forprev_store::courrier::{self, Boite, LIGNES, NouveauCourrier, SESSION};
use forprev_store::rappels::{self, Choix, Dit};
use forprev_store::{Pagination, StoreError, fusions, personnes, sessions};
use jiff::civil::{Date, date};
use serde_json::json;
use uuid::Uuid;

use crate::fresh::on_both;
use crate::world::{FIN, World, email, identite, moment};

/// A mail to Karim that has one line for each session, and one that tells of none.
fn groupe(w: &World<'_>, sessions: &[SessionId]) -> NouveauCourrier {
    let mut lignes: Vec<_> = sessions.iter().map(|id| json!({ SESSION: id.to_string() })).collect();
    lignes.push(json!({ "dispositif": "SST" }));
    NouveauCourrier {
        genre: "rappels".to_owned(),
        destinataire: w.karim.clone(),
        adresse: email("karim@exemple.fr"),
        donnees: json!({ LIGNES: lignes }),
        session: None,
    }
}

fn dit(w: &World<'_>, objet: &str) -> Dit {
    let genre = GenreDeRappel::Verification;
    Dit { a: w.karim.clone(), genre, objet: objet.to_owned(), repere: FIN, palier: 3 }
}

/// Writes the mail about these sessions, with the memory of it.
fn rappeler(w: &World<'_>, sessions: &[SessionId], occasion: &str) -> Option<Uuid> {
    let written: Result<_, StoreError> = w.db.write(|tx| {
        let depose = courrier::deposer_une_fois(tx, &groupe(w, sessions), occasion, moment(FIN).instant)?;
        if let Some(id) = depose {
            for session in sessions {
                rappels::noter(tx, &dit(w, &session.to_string()), Some(*session), id)?;
            }
            rappels::noter(tx, &dit(w, "droit"), None, id)?;
        }
        Ok(depose)
    });
    written.expect("writes")
}

fn dits_en_tout(w: &World<'_>) -> usize {
    w.db.read(|tx| rappels::deja_dits(tx, &[&w.karim], moment(FIN).instant)).expect("reads").len()
}

/// How many lines each mail has that is shown on that day.
fn lignes(w: &World<'_>, jour: Date) -> Vec<usize> {
    let page = Pagination::premiere(9);
    let liste = w.db.read(|tx| courrier::lister(tx, Boite::Tout, page, jour)).expect("lists");
    let lignes = liste.elements.iter().map(|pli| pli.courrier.donnees[LIGNES].as_array().map_or(0, Vec::len));
    lignes.collect()
}

#[test]
fn une_occasion_fait_un_courrier() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let session = w.brouillon(&w.alix, 1, date(2026, 5, 20)).id;
        let faits = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    faits.fetch_add(
                        usize::from(rappeler(&w, &[session], "lundi").is_some()),
                        Ordering::Relaxed,
                    )
                });
            }
        });
        assert_eq!((faits.into_inner(), lignes(&w, FIN), dits_en_tout(&w)), (1, vec![2], 2));
        assert_eq!(rappeler(&w, &[session], "lundi"), None);
        assert!(rappeler(&w, &[session], "mardi").is_some());
        assert_eq!(dits_en_tout(&w), 2, "what was told is not written twice");
    });
}

#[test]
fn ce_qui_attend_encore_le_lendemain_se_renouvelle() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let session = w.brouillon(&w.alix, 1, date(2026, 5, 20)).id;
        let id = rappeler(&w, &[session], "vendredi").expect("written");
        let demain = moment(date(2026, 5, 30)).instant;
        let en_retard = |avant| w.db.read(|tx| courrier::en_retard(tx, "rappels", avant)).expect("reads");
        assert_eq!(en_retard(moment(FIN).instant), []);
        assert_eq!(en_retard(demain), [(w.karim.clone(), id)]);
        let dits = w.db.read(|tx| rappels::deja_dits(tx, &[&w.karim], demain)).expect("reads");
        assert!(dits.is_empty(), "what still waits is not told yet");
        let renouvele = |occasion: &'static str| {
            w.db.write(|tx| {
                rappels::oublier(tx, id)?;
                courrier::renouveler(tx, id, &groupe(&w, &[]), occasion, demain)
            })
        };
        assert_eq!(renouvele("samedi"), Ok(true));
        assert_eq!(renouvele("samedi"), Ok(false), "it is written for that occasion");
        assert_eq!((lignes(&w, FIN), en_retard(demain), dits_en_tout(&w)), (vec![1], vec![], 0));
        w.db.write(|tx| courrier::envoye(tx, id, demain)).expect("writes");
        assert_eq!(renouvele("dimanche"), Ok(false), "it has left");
        assert_eq!(w.db.write(|tx| courrier::retirer(tx, id)), Ok(false));
        assert_eq!(lignes(&w, FIN).len(), 1, "what has left stays in the list");
    });
}

#[test]
fn ce_qui_attend_perd_les_lignes_d_une_session_supprimee() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let brouillon = || w.brouillon(&w.alix, 1, date(2026, 5, 20));
        let (une, autre): (Session, Session) = (brouillon(), brouillon());
        rappeler(&w, &[une.id, autre.id], "lundi");
        let seule = w.db.write(|tx| {
            let mut seule = groupe(&w, &[une.id]);
            seule.donnees[LIGNES].as_array_mut().expect("lines").truncate(1);
            let id = courrier::deposer_une_fois(tx, &seule, "mardi", moment(FIN).instant)?.expect("new");
            rappels::noter(tx, &dit(&w, "une"), Some(une.id), id)?;
            Ok::<_, StoreError>(id)
        });
        assert!(seule.is_ok());
        assert_eq!((lignes(&w, FIN).len(), dits_en_tout(&w)), (2, 4));
        w.db.write(|tx| sessions::supprimer(tx, une.id, une.version)).expect("deletes");
        assert_eq!((lignes(&w, FIN), dits_en_tout(&w)), (vec![2], 2), "a mail without a line left is gone");
        // Six months after its end the other is gone: what tells of it is not sent before it is swept.
        let disparition = date(2026, 11, 29);
        assert_eq!(lignes(&w, disparition), Vec::<usize>::new());
        assert_eq!(dits_en_tout(&w), 2);
        balayer(w.db, moment(disparition)).expect("sweeps");
        assert_eq!((lignes(&w, disparition), dits_en_tout(&w)), (vec![1], 0));
    });
}

#[test]
fn les_sessions_a_rappeler_se_trouvent_par_leur_jour() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let brouillon = w.brouillon(&w.alix, 1, date(2026, 5, 20));
        let soumise = w.brouillon(&w.denis, 4, date(2026, 5, 20));
        w.soumettre(&soumise, date(2026, 5, 20));
        let trouvees = |jour| {
            let lues = w.db.read(|tx| sessions::a_rappeler(tx, None, jour)).expect("reads");
            let noms =
                lues.iter().map(|lue| if lue.session.id == brouillon.id { "brouillon" } else { "soumise" });
            let mut noms: Vec<_> = noms.collect();
            noms.sort_unstable();
            noms.join(" ")
        };
        for (jour, attendu) in [
            (date(2026, 5, 31), ""),
            (date(2026, 6, 1), "soumise"),
            (date(2026, 7, 30), "brouillon soumise"),
            (date(2026, 10, 10), "soumise"),
            (date(2026, 10, 29), "brouillon soumise"),
            (date(2026, 11, 28), "brouillon soumise"),
            (date(2026, 11, 29), ""),
        ] {
            assert_eq!(trouvees(jour), attendu, "{jour}");
        }
        let apres = [brouillon.id, soumise.id].into_iter().max_by_key(SessionId::to_string);
        let suite = w.db.read(|tx| sessions::a_rappeler(tx, apres, date(2026, 7, 30)));
        assert_eq!(suite.expect("reads"), []);
        let finit =
            |du, au| w.db.read(|tx| rappels::qualifications_finissant(tx, du, au)).expect("reads").len();
        assert_eq!(finit(date(2027, 12, 1), date(2028, 2, 28)), 0);
        assert_eq!(finit(date(2028, 2, 29), date(2028, 3, 1)), 1, "Karim's own");
    });
}

#[test]
fn ce_qui_fut_dit_suit_la_fusion_et_les_choix_se_gardent() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let session = w.brouillon(&w.alix, 1, date(2026, 5, 20)).id;
        rappeler(&w, &[session], "lundi");
        let le = moment(FIN).instant;
        let (verification, soumission) = (GenreDeRappel::Verification, GenreDeRappel::Soumission);
        let written: Result<_, StoreError> = w.db.write(|tx| {
            for _ in 0..2 {
                rappels::choisir(tx, &w.alix, verification, Choix::Refuse)?;
            }
            rappels::choisir(tx, &w.alix, soumission, Choix::Refuse)?;
            rappels::choisir(tx, &w.alix, soumission, Choix::Voulu)?;
            let autre = personnes::creer(tx, &identite("Karim", "Bénali", FIN), None, le)?.numero;
            fusions::fusionner(tx, &w.karim, &autre, None, le)?;
            Ok(autre)
        });
        let autre = written.expect("writes");
        let refuses = w.db.read(|tx| rappels::refuses(tx, &[&w.alix, &autre])).expect("reads");
        assert_eq!(refuses.into_iter().collect::<Vec<_>>(), [(w.alix.clone(), verification)]);
        let dits = w.db.read(|tx| rappels::deja_dits(tx, &[&w.karim, &autre], le)).expect("reads");
        assert!(dits.len() == 2 && dits.iter().all(|dit| dit.a == autre));
    });
}
