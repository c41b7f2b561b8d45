//! Passwords, links, sign-ins, tokens, counted attempts: each serves as long as it should.

use forprev_store::acces::{self, SignIn};
use forprev_store::{StoreError, essais, jetons};
use jiff::{SignedDuration, ToSpan};

use crate::fresh::on_both;
use crate::world::{FIN, World, moment};

#[test]
fn un_lien_sert_une_fois() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let le = moment(FIN).instant;
        w.db.write(|tx| acces::creer_lien(tx, "e1", &w.alix, "activation", le + 1.hour())).expect("writes");
        let utiliser =
            |but: &str, quand| w.db.write(|tx| acces::utiliser_lien(tx, "e1", but, quand)).expect("answers");
        assert_eq!(utiliser("mot_de_passe", le), None, "for something else");
        assert_eq!(utiliser("activation", le + 1.hour()), None, "too late");
        let lu = w.db.read(|tx| acces::lire_lien(tx, "e1", "activation", le)).expect("reads");
        assert_eq!(lu, Some(w.alix.clone()));
        assert_eq!(utiliser("activation", le + 59.minutes()), Some(w.alix.clone()));
        assert_eq!(utiliser("activation", le + 59.minutes()), None, "once");
    });
}

#[test]
fn changer_de_mot_de_passe_deconnecte_partout() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let le = moment(FIN).instant;
        let sign_in = |empreinte: &str| SignIn {
            empreinte: empreinte.to_owned(),
            numero: w.alix.clone(),
            profil: None,
            appareil: Some("Essai".to_owned()),
            ouvert_le: le,
            vu_le: le,
            expire_le: le + 12.hours(),
        };
        let written: Result<(), StoreError> = w.db.write(|tx| {
            assert!(acces::ouvrir(tx, &w.alix, le)?);
            assert!(!acces::ouvrir(tx, &w.alix, le)?);
            acces::ouvrir_sign_in(tx, &sign_in("s1"))?;
            acces::ouvrir_sign_in(tx, &sign_in("s2"))?;
            assert!(acces::renouveler(tx, "s2", "s3", Some("gestionnaire"))?);
            Ok(())
        });
        written.expect("writes");
        let lire = |empreinte: &str, quand: jiff::Timestamp| {
            let inactif = quand - 30.minutes();
            w.db.read(|tx| acces::sign_in(tx, empreinte, inactif, quand)).expect("reads")
        };
        assert_eq!(lire("s1", le), Some(sign_in("s1")));
        assert_eq!(lire("s2", le), None);
        assert_eq!(lire("s3", le).and_then(|s| s.profil).as_deref(), Some("gestionnaire"));
        assert_eq!(lire("s1", le + 30.minutes()), None, "idle");
        w.db.write(|tx| acces::vu(tx, "s1", le + 20.minutes())).expect("writes");
        assert!(lire("s1", le + 40.minutes()).is_some());
        let partout = w.db.read(|tx| acces::sign_ins(tx, &w.alix, le)).expect("reads");
        assert_eq!(partout.len(), 2);
        w.db.write(|tx| acces::choisir_mot_de_passe(tx, &w.alix, "$argon2id$…", le + 1.hour()))
            .expect("writes");
        assert_eq!(lire("s1", le + 40.minutes()), None);
        let acces = w.db.read(|tx| acces::charger(tx, &w.alix)).expect("reads").expect("open");
        assert_eq!(acces.active_le, Some(le + 1.hour()));
        assert_eq!(acces.mot_de_passe.as_deref(), Some("$argon2id$…"));
    });
}

#[test]
fn un_jeton_vaut_jusqu_a_son_terme() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let le = moment(FIN).instant;
        let jeton =
            w.db.write(|tx| jetons::creer(tx, "j1", &w.alix, "Logiciel", le, le + 2.hours()))
                .expect("writes");
        let lire = |quand| w.db.read(|tx| jetons::charger(tx, "j1", quand)).expect("reads");
        assert_eq!(lire(le), Some(jeton.clone()));
        assert_eq!(lire(le + 2.hours()), None);
        let revoquer = |qui| w.db.write(|tx| jetons::revoquer(tx, qui, jeton.id));
        assert_eq!(revoquer(&w.denis), Ok(false), "another's");
        assert_eq!(revoquer(&w.alix), Ok(true));
        assert_eq!(lire(le), None);
        assert_eq!(w.db.read(|tx| jetons::de(tx, &w.alix)), Ok(vec![]));
    });
}

#[test]
fn les_essais_se_comptent_par_fenetre() {
    on_both(|fresh| {
        let db = fresh.db();
        let le = moment(FIN).instant;
        let minute = SignedDuration::from_mins(1);
        for (seconde, nombre, attendu) in [(0, 1, 1), (30, 2, 3), (59, 1, 4), (60, 1, 1), (90, 5, 6)] {
            let quand = le + seconde.seconds();
            let compte = db.write(|tx| essais::compter(tx, "c", nombre, minute, quand));
            assert_eq!(compte.expect("counts").nombre, attendu, "{seconde} s");
        }
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| db.write(|tx| essais::compter(tx, "d", 1, minute, le)).expect("counts"));
            }
        });
        let compte = db.read(|tx| essais::charger(tx, "d")).expect("reads").expect("counted");
        assert_eq!((compte.nombre, compte.depuis), (8, le));
        db.write(|tx| essais::oublier(tx, "d")).expect("forgets");
        assert_eq!(db.read(|tx| essais::charger(tx, "d")), Ok(None));
    });
}
