//! Both engines have the same tables.

use forprev_store::{Db, Moteur, StoreError, balayage, personnes};
use jiff::civil::date;

use crate::fresh::{on_both, postgres, sqlite};
use crate::world::{FIN, World, identite, moment};

/// Table, column, and whether it may be absent, sorted.
fn columns(db: &Db) -> Vec<(String, String, bool)> {
    let sql = match db.moteur() {
        Moteur::Sqlite => {
            "SELECT t.name AS t, c.name AS c,
                    CASE WHEN c.\"notnull\" = 0 AND c.pk = 0 THEN 1 ELSE 0 END AS absent
             FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'"
        }
        Moteur::Postgres => {
            "SELECT table_name::text AS t, column_name::text AS c, is_nullable = 'YES' AS absent
             FROM information_schema.columns WHERE table_schema = 'public'"
        }
    };
    let read: Result<Vec<_>, StoreError> = db.read(|tx| {
        tx.query(sql, &[])?.iter().map(|row| Ok((row.get("t")?, row.get("c")?, row.get("absent")?))).collect()
    });
    let mut found = read.expect("reads the schema");
    found.sort();
    found
}

/// Unique indexes and checks are told by these names, on both engines.
fn unique_indexes(db: &Db) -> Vec<String> {
    let sql = match db.moteur() {
        Moteur::Sqlite => {
            "SELECT l.name AS i FROM sqlite_schema AS t, pragma_index_list(t.name) AS l
             WHERE t.type = 'table' AND l.\"unique\" = 1 AND l.origin = 'c'"
        }
        Moteur::Postgres => {
            "SELECT c.relname::text AS i FROM pg_index AS x JOIN pg_class AS c ON c.oid = x.indexrelid
             JOIN pg_namespace AS n ON n.oid = c.relnamespace
             WHERE n.nspname = 'public' AND x.indisunique AND NOT x.indisprimary"
        }
    };
    let read: Result<Vec<String>, StoreError> =
        db.read(|tx| tx.query(sql, &[])?.iter().map(|row| row.get("i")).collect());
    let mut found = read.expect("reads the schema");
    found.sort();
    found
}

#[test]
fn both_engines_have_the_same_columns() {
    let (sqlite, postgres) = (sqlite(), postgres());
    let (of_sqlite, of_postgres) = (columns(sqlite.db()), columns(postgres.db()));
    assert!(of_sqlite.len() > 3);
    assert_eq!(of_sqlite, of_postgres);
    assert_eq!(unique_indexes(sqlite.db()), unique_indexes(postgres.db()));
}

#[test]
fn migrating_again_changes_nothing() {
    on_both(|fresh| {
        let before = columns(fresh.db());
        assert_eq!(fresh.db().migrate(), Ok(0));
        assert_eq!(columns(fresh.db()), before);
        assert_eq!(fresh.db().is_migrated(), Ok(true));
    });
}

#[test]
fn instances_that_migrate_at_once_do_it_once() {
    on_both(|fresh| {
        let url = &fresh.url;
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(move || Db::open(url).expect("opens").migrate().expect("migrates"));
            }
        });
        assert_eq!(fresh.db().is_migrated(), Ok(true));
    });
}

#[test]
fn the_keys_of_an_older_register_are_computed_again() {
    on_both(|fresh| {
        let db = fresh.db();
        let connue = identite("Anaïs", "Lefèvre", date(1990, 2, 28));
        let trouvees = |db: &Db| db.read(|tx| personnes::candidats(tx, &connue)).expect("reads");
        db.write(|tx| {
            personnes::creer(tx, &connue, None, moment(FIN).instant)?;
            tx.execute("DELETE FROM personne_cles", &[])?;
            tx.execute("DELETE FROM migrations WHERE numero = 8", &[])
        })
        .expect("takes the register back to the step before");
        assert_eq!(trouvees(db), []);
        assert_eq!(db.migrate(), Ok(1));
        assert_eq!(trouvees(db).len(), 1);
    });
}

#[test]
fn whom_nothing_held_in_an_older_register_is_erased_too() {
    on_both(|fresh| {
        let w = World::new(fresh.db());
        let tenues = personnes_de(w.db);
        let identite = identite("Anaïs", "Lefèvre", date(1990, 2, 28));
        w.db.write(|tx| {
            personnes::creer(tx, &identite, None, moment(FIN).instant)?;
            match tx.moteur() {
                Moteur::Postgres => {
                    tx.execute("DROP FUNCTION revoir CASCADE", &[])?;
                }
                Moteur::Sqlite => {
                    for row in tx.query("SELECT name FROM sqlite_master WHERE type = 'trigger'", &[])? {
                        tx.execute(&format!("DROP TRIGGER {}", row.get::<String>("name")?), &[])?;
                    }
                }
            }
            tx.execute("DROP TABLE personnes_a_revoir", &[])?;
            tx.execute("DELETE FROM migrations WHERE numero = 6", &[])
        })
        .expect("takes the register back to the step before");
        assert_eq!(w.db.migrate(), Ok(1));
        let balaye = balayage::balayer(w.db, moment(FIN)).expect("sweeps");
        assert_eq!((balaye.revues, balaye.personnes), (1, 1));
        assert_eq!(personnes_de(w.db), tenues);
    });
}

fn personnes_de(db: &Db) -> i64 {
    db.read(|tx| tx.query_one("SELECT count(*) AS n FROM personnes", &[])?.get("n")).expect("counts")
}
