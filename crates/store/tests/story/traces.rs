//! What is told of an act: the journal, the outbox, the answer kept under a key.

use std::sync::atomic::{AtomicUsize, Ordering};

use forprev_domain::calendrier::Moment;
use forprev_store::courrier::{self, Boite, NouveauCourrier};
use forprev_store::idempotence::{self, Connue, Demande};
use forprev_store::journal::{self, Entree, FiltreJournal};
use forprev_store::{Pagination, StoreError, params};
use jiff::{SignedDuration, ToSpan};

use crate::fresh::on_both;
use crate::world::{FIN, World, email, moment};

fn entree(w: &World<'_>, acte: &str) -> Entree {
    Entree {
        le: moment(FIN).instant,
        par: Some(w.alix.clone()),
        instance: "essai".to_owned(),
        acte: acte.to_owned(),
        objet: "session:1".to_owned(),
        avant: None,
        apres: Some("soumise".to_owned()),
    }
}

#[test]
fn le_journal_ne_se_plie_pas_sans_que_cela_se_voie() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    w.db.write(|tx| journal::inscrire(tx, &entree(&w, "session.soumise"))).expect("writes");
                });
            }
        });
        let verifier = || w.db.read(journal::verifier).expect("verifies");
        assert_eq!(verifier(), None);
        let filtre = FiltreJournal { par: Some(w.alix.clone()), ..FiltreJournal::default() };
        let lu = w.db.read(|tx| journal::lister(tx, &filtre, Pagination::premiere(4)));
        let lu = lu.expect("lists");
        assert_eq!((lu.total, lu.elements[0].rang), (6, 6));
        assert_eq!(lu.elements[0].entree, entree(&w, "session.soumise"));

        let bend = |sql: &str| w.db.write(|tx| tx.execute(sql, &[])).expect("bends");
        // The oldest ones may be erased at their time.
        bend("DELETE FROM journal WHERE rang <= 2");
        assert_eq!(verifier(), None);
        bend("UPDATE journal SET apres = 'retournee' WHERE rang = 4");
        assert_eq!(verifier(), Some(4));
        bend("UPDATE journal SET apres = 'soumise' WHERE rang = 4");
        assert_eq!(verifier(), None);
        bend("DELETE FROM journal WHERE rang = 4");
        assert_eq!(verifier(), Some(5));
        bend("DELETE FROM journal WHERE rang >= 5");
        assert_eq!(verifier(), Some(6), "the end is cut off");
    });
}

#[test]
fn un_courrier_part_une_fois() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let le = moment(FIN).instant;
        let mail = NouveauCourrier {
            genre: "invitation".to_owned(),
            destinataire: w.denis.clone(),
            adresse: email("denis@exemple.fr"),
            donnees: serde_json::json!({"compte": "Œuvres"}),
            session: None,
        };
        for _ in 0..6 {
            w.db.write(|tx| courrier::deposer(tx, &mail, le)).expect("writes");
        }
        let bail = SignedDuration::from_mins(5);
        let pris = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let lot = w.db.write(|tx| courrier::prendre(tx, 2, bail, moment(FIN))).expect("takes");
                    pris.fetch_add(lot.len(), Ordering::Relaxed);
                });
            }
        });
        assert_eq!(pris.into_inner(), 6);
        let prendre =
            |quand| w.db.write(|tx| courrier::prendre(tx, 10, bail, Moment::de(quand))).expect("takes");
        assert_eq!(prendre(le + 4.minutes()), []);
        let repris = prendre(le + 5.minutes());
        assert_eq!((repris.len(), repris[0].essais), (6, 2));
        assert_eq!(repris[0].courrier, mail);
        let written: Result<(), StoreError> = w.db.write(|tx| {
            courrier::envoye(tx, repris[0].id, le + 6.minutes())?;
            courrier::echoue(tx, repris[1].id, "451 plus tard", le + 1.hour())
        });
        written.expect("writes");
        let lister = |boite| {
            w.db.read(|tx| courrier::lister(tx, boite, Pagination::premiere(10), FIN)).expect("lists")
        };
        assert_eq!((lister(Boite::Tout).total, lister(Boite::EnAttente).total), (6, 5));
        let envoye = lister(Boite::Tout).elements.into_iter().find(|c| c.id == repris[0].id);
        assert_eq!(envoye.expect("listed").courrier.donnees, serde_json::json!({}));
    });
}

#[test]
fn une_cle_donne_un_effet_et_la_meme_reponse() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let le = moment(FIN).instant;
        let demande = Demande { numero: &w.alix, route: "POST /sessions", cle: "k", corps: "c1" };
        let agir = |demande: Demande<'_>, quand| -> Result<Connue, StoreError> {
            w.db.write(|tx| {
                let connue = idempotence::prendre(tx, demande, Moment::de(quand))?;
                if connue == Connue::Nouvelle {
                    tx.execute("UPDATE journal_tete SET rang = rang + $1", params![1_i64])?;
                    idempotence::garder(tx, demande, 201, "{}", None)?;
                }
                Ok(connue)
            })
        };
        let nouvelles = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| match agir(demande, le).expect("answers") {
                    Connue::Nouvelle => _ = nouvelles.fetch_add(1, Ordering::Relaxed),
                    Connue::Repondue { statut, reponse, .. } => {
                        assert_eq!((statut, reponse.as_str()), (201, "{}"));
                    }
                    Connue::AutreCorps => panic!("the same body"),
                });
            }
        });
        assert_eq!(nouvelles.into_inner(), 1);
        let effets: Result<i64, StoreError> =
            w.db.read(|tx| tx.query_one("SELECT rang FROM journal_tete", &[])?.get("rang"));
        assert_eq!(effets, Ok(1));
        assert_eq!(agir(Demande { corps: "c2", ..demande }, le), Ok(Connue::AutreCorps));
        let autre = Demande { numero: &w.denis, ..demande };
        assert_eq!(agir(autre, le), Ok(Connue::Nouvelle), "another person's key");
        assert_eq!(agir(demande, le + 24.hours()), Ok(Connue::Nouvelle), "a day later");
        let refused: Result<(), StoreError> = w.db.write(|tx| {
            idempotence::prendre(tx, Demande { cle: "r", ..demande }, moment(FIN))?;
            Err(StoreError::Interne("refused".to_owned()))
        });
        assert!(refused.is_err());
        let encore = agir(Demande { cle: "r", ..demande }, le);
        assert_eq!(encore, Ok(Connue::Nouvelle), "a refusal takes no key");
    });
}
