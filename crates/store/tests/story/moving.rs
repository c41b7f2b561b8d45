//! From one engine to the other and back: nothing is lost, nothing is bent.

use forprev_store::copie::{Copiee, copier};
use forprev_store::{Db, StoreError, acces, fusions, journal, personnes, sessions};
use jiff::civil::date;

use crate::fresh::{postgres, sqlite};
use crate::world::{FIN, World, email, identite, moment};

fn somme(copiees: &[Copiee]) -> Vec<(&'static str, u64, String)> {
    copiees.iter().map(|c| (c.table, c.lignes, c.somme.clone())).collect()
}

#[test]
fn tout_passe_d_un_moteur_a_l_autre_et_revient() {
    let (premiere, seconde, troisieme) = (sqlite(), postgres(), sqlite());
    let w = World::new(premiere.db());
    let session = w.brouillon(&w.alix, 4, date(2026, 5, 20));
    let emis = w.generer(&session, FIN);
    let written: Result<(), StoreError> = w.db.write(|tx| {
        let le = moment(FIN).instant;
        // The numéro that is led somewhere may come before or after the one it leads to.
        for (prenom, autre) in [("Anne", &w.karim), ("Bea", &w.alix)] {
            let double = personnes::creer(tx, &identite(prenom, "Double", FIN), None, le)?.numero;
            fusions::fusionner(tx, &double, autre, None, le)?;
        }
        personnes::changer_email(tx, &w.alix, Some(&email("alix@exemple.fr")))?;
        acces::ouvrir(tx, &w.alix, le)?;
        let entree = journal::Entree {
            le,
            par: None,
            instance: "essai".to_owned(),
            acte: "copie".to_owned(),
            objet: "base".to_owned(),
            avant: None,
            apres: None,
        };
        journal::inscrire(tx, &entree)
    });
    written.expect("writes");
    let aller = copier(w.db, seconde.db()).expect("copies");
    let retour = copier(seconde.db(), troisieme.db()).expect("copies back");
    assert_eq!(somme(&aller), somme(&retour));
    assert_eq!(tables(seconde.db()), aller.len() + 1, "every table but that of the migrations");
    let portee = w.portee(&w.alix);
    for db in [seconde.db(), troisieme.db()] {
        let lue = db.read(|tx| sessions::charger(tx, &portee, session.id, FIN)).expect("reads");
        assert_eq!(lue, w.session(&w.alix, session.id, FIN));
        assert_eq!(db.read(journal::verifier), Ok(None));
        assert!(lue.is_some_and(|lue| lue.reussites().count() == emis.len()));
    }
    let encore = copier(w.db, seconde.db());
    assert!(matches!(encore, Err(StoreError::Adresse(_))), "not over what is there: {encore:?}");
    let deux_sqlite = copier(w.db, troisieme.db());
    assert!(matches!(deux_sqlite, Err(StoreError::Adresse(_))));
}

fn tables(db: &Db) -> usize {
    let sql = "SELECT table_name::text AS t FROM information_schema.tables WHERE table_schema = 'public'";
    let read: Result<usize, StoreError> = db.read(|tx| Ok(tx.query(sql, &[])?.len()));
    read.expect("reads")
}
