//! The seam: values come back as they went in, a transaction is whole or nothing.

use std::cell::Cell;

use forprev_store::db::Value;
use forprev_store::{Db, Moteur, StoreError, Tx, params};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde_json::json;
use uuid::Uuid;

use crate::fresh::{Fresh, on_both};

/// Makes a table for the tests of this file.
fn with_table(fresh: &Fresh) -> &Db {
    let db = fresh.db();
    let types = match db.moteur() {
        Moteur::Sqlite => ["TEXT", "INTEGER", "INTEGER", "TEXT", "TEXT", "TEXT"],
        Moteur::Postgres => ["TEXT", "BIGINT", "BOOLEAN", "DATE", "TIMESTAMPTZ", "JSONB"],
    };
    let [texte, entier, logique, jour, instant, objet] = types;
    let uuid = if db.moteur() == Moteur::Sqlite { "TEXT" } else { "UUID" };
    run(
        db,
        &format!(
            "CREATE TABLE essai (id {uuid} NOT NULL PRIMARY KEY, texte {texte}, entier {entier}, \
         logique {logique}, jour {jour}, instant {instant}, objet {objet}, \
         CONSTRAINT un_entier_positif CHECK (entier >= 0))"
        ),
    );
    run(db, "CREATE UNIQUE INDEX un_texte_par_jour ON essai (texte, jour)");
    run(db, &format!("CREATE TABLE suite (essai {uuid} NOT NULL REFERENCES essai (id))"));
    db
}

fn run(db: &Db, sql: &str) {
    db.write(|tx| tx.execute(sql, &[])).expect(sql);
}

fn insert(tx: &mut Tx<'_>, id: u128, texte: &str, entier: i64) -> Result<u64, StoreError> {
    tx.execute(
        "INSERT INTO essai (id, texte, entier, jour) VALUES ($1, $2, $3, $4)",
        params![Uuid::from_u128(id), texte, entier, date(2026, 3, 1)],
    )
}

fn count(db: &Db) -> i64 {
    db.read(|tx| tx.query_one("SELECT count(*) AS n FROM essai", &[])?.get("n")).expect("counts")
}

#[test]
fn values_come_back_as_they_went_in() {
    on_both(|fresh| {
        let db = with_table(fresh);
        let instant: Timestamp = "2026-10-25T00:59:59.123456789Z".parse().expect("instant");
        let objet = json!({"nom": "Œuvrard", "n": 3});
        let columns = "id, texte, entier, logique, jour, instant, objet";
        let written: Result<(), StoreError> = db.write(|tx| {
            let insert = format!("INSERT INTO essai ({columns}) VALUES ($1,$2,$3,$4,$5,$6,$7)");
            tx.execute(
                &insert,
                params![Uuid::from_u128(7), "ñŁ’", 42_i64, true, date(2028, 2, 29), instant, objet.clone()],
            )?;
            tx.execute(
                &insert,
                params![
                    Uuid::from_u128(8),
                    None::<&str>,
                    None::<i64>,
                    None::<bool>,
                    None::<Date>,
                    None::<Timestamp>,
                    None::<serde_json::Value>
                ],
            )?;
            Ok(())
        });
        written.expect("writes");
        let read: Result<(), StoreError> = db.read(|tx| {
            let rows = tx.query(&format!("SELECT {columns} FROM essai ORDER BY id"), &[])?;
            let [full, absent] = &rows[..] else { panic!("two rows") };
            assert_eq!(full.get::<Uuid>("id")?, Uuid::from_u128(7));
            assert_eq!(full.get::<String>("texte")?, "ñŁ’");
            assert_eq!(full.get::<i64>("entier")?, 42);
            assert!(full.get::<bool>("logique")?);
            assert_eq!(full.get::<Date>("jour")?, date(2028, 2, 29));
            assert_eq!(full.get::<Timestamp>("instant")?.to_string(), "2026-10-25T00:59:59.123456Z");
            assert_eq!(full.get::<serde_json::Value>("objet")?, objet);
            assert_eq!(absent.get::<Option<String>>("texte")?, None);
            assert_eq!(absent.get::<Option<i64>>("entier")?, None);
            assert_eq!(absent.get::<Option<bool>>("logique")?, None);
            assert_eq!(absent.get::<Option<Date>>("jour")?, None);
            assert_eq!(absent.get::<Option<Timestamp>>("instant")?, None);
            assert_eq!(absent.get::<Option<serde_json::Value>>("objet")?, None);
            let unreadable = StoreError::illisible("essai", "texte");
            assert_eq!(absent.get::<String>("texte"), Err(unreadable));
            Ok(())
        });
        read.expect("reads");
    });
}

#[test]
fn a_refused_constraint_is_told_by_its_name() {
    on_both(|fresh| {
        let db = with_table(fresh);
        db.write(|tx| insert(tx, 1, "a", 0)).expect("the first is written");
        let check = |nom: &str, sql: &str, params: &[Value]| {
            let refused = db.write(|tx| tx.execute(sql, params));
            assert_eq!(refused, Err(StoreError::Contrainte { nom: nom.to_owned() }), "{sql}");
        };
        let again = "INSERT INTO essai (id, texte, jour) VALUES ($1, $2, $3)";
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        check("essai_pkey", again, params![one, "b", None::<Date>]);
        check("un_texte_par_jour", again, params![two, "a", date(2026, 3, 1)]);
        check("un_entier_positif", "UPDATE essai SET entier = $1", params![-1_i64]);
        check("cle_etrangere", "INSERT INTO suite (essai) VALUES ($1)", params![two]);
        check("essai.id", "INSERT INTO essai (id) VALUES ($1)", params![None::<Uuid>]);
    });
}

#[test]
fn a_transaction_is_kept_whole_or_not_at_all() {
    on_both(|fresh| {
        let db = with_table(fresh);
        let refused: Result<(), StoreError> = db.write(|tx| {
            insert(tx, 1, "a", 0)?;
            Err(StoreError::Interne("changed my mind".to_owned()))
        });
        assert!(refused.is_err());
        assert_eq!(count(db), 0);

        let ignored: Result<(), StoreError> = db.write(|tx| {
            insert(tx, 1, "a", 0)?;
            drop(insert(tx, 1, "b", 0));
            Ok(())
        });
        assert!(matches!(ignored, Err(StoreError::Interne(_))), "{ignored:?}");
        assert_eq!(count(db), 0);

        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let write: Result<(), StoreError> = db.write(|tx| {
                insert(tx, 1, "a", 0)?;
                panic!("a fault of the program")
            });
            write
        }));
        assert!(panicked.is_err());
        assert_eq!(count(db), 0);
        db.write(|tx| insert(tx, 1, "a", 0)).expect("goes on after a panic");
        assert_eq!(count(db), 1);
    });
}

#[test]
fn a_reader_does_not_write() {
    on_both(|fresh| {
        let db = with_table(fresh);
        assert!(db.read(|tx| insert(tx, 1, "a", 0)).is_err());
        assert_eq!(count(db), 0);
    });
}

#[test]
fn eight_writers_lose_nothing() {
    on_both(|fresh| {
        let db = with_table(fresh);
        db.write(|tx| insert(tx, 1, "a", 0)).expect("writes");
        // Half of them as another process would: with a Db of its own.
        let other = Db::open(&fresh.url).expect("opens beside the first");
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let db = if writer % 2 == 0 { db } else { &other };
                scope.spawn(move || {
                    for _ in 0..10 {
                        let added: Result<u64, StoreError> = db.write(|tx| {
                            let sql = format!("SELECT entier FROM essai{}", tx.for_update());
                            let n: i64 = tx.query_one(&sql, &[])?.get("entier")?;
                            tx.execute("UPDATE essai SET entier = $1", params![n + 1])
                        });
                        added.expect("adds one");
                    }
                });
            }
        });
        let sum: Result<i64, StoreError> =
            db.read(|tx| tx.query_one("SELECT entier FROM essai", &[])?.get("entier"));
        assert_eq!(sum, Ok(80));
    });
}

#[test]
fn a_cut_connection_is_made_again() {
    let fresh = crate::fresh::postgres();
    let db = with_table(&fresh);
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE application_name = 'forprev' AND datname = current_database()
                 AND pid <> pg_backend_pid()";
    let mut server = postgres::Client::connect(&fresh.url, postgres::NoTls).expect("connects");
    // Between two transactions, nobody notices.
    server.execute(cut, &[]).expect("cuts");
    db.write(|tx| insert(tx, 1, "a", 0)).expect("writes on a fresh connection");
    // In the middle of one, it is run again from its start.
    let tries = Cell::new(0);
    let server = std::cell::RefCell::new(server);
    let written = db.write(|tx| {
        insert(tx, 2, "b", 0)?;
        tries.set(tries.get() + 1);
        if tries.get() == 1 {
            server.borrow_mut().execute(cut, &[]).expect("cuts");
        }
        insert(tx, 3, "c", 0)
    });
    assert_eq!(written, Ok(1));
    assert_eq!(tries.get(), 2);
    assert_eq!(count(db), 3);
}

#[test]
fn a_server_that_is_not_there_is_said_to_be_unavailable() {
    let absent = Db::open("postgres://nobody@127.0.0.1:1/nothing").map(|_| ());
    assert!(matches!(absent, Err(StoreError::Indisponible { .. })), "{absent:?}");
}

#[test]
fn an_unknown_address_is_named_without_its_secrets() {
    for (url, said) in [("mysql://u:secret@h/d", "« mysql »"), ("data.db", "« data.db »")] {
        match Db::open(url) {
            Err(StoreError::Adresse(sentence)) => {
                assert!(sentence.contains(said), "{sentence}");
                assert!(!sentence.contains("secret"), "{sentence}");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_backup_is_a_whole_database() {
    let fresh = crate::fresh::sqlite();
    let db = with_table(&fresh);
    db.write(|tx| insert(tx, 1, "a", 5)).expect("writes");
    let copy = format!("{}.copy", fresh.url);
    let path = copy.trim_start_matches("sqlite://").to_owned();
    db.backup(std::path::Path::new(&path)).expect("saves");
    assert_eq!(count(&Db::open(&copy).expect("opens the copy")), 1);
    let again = db.backup(std::path::Path::new(&path));
    assert!(matches!(again, Err(StoreError::Adresse(_))), "{again:?}");
}

#[test]
fn a_full_disk_refuses_cleanly_and_reads_go_on() {
    let fresh = crate::fresh::sqlite();
    let db = with_table(&fresh);
    db.write(|tx| insert(tx, 1, "a", 0)).expect("writes");
    let room = |pages: &str| {
        let set = format!("PRAGMA max_page_count = {pages}");
        db.write(|tx| tx.query(&set, &[]).map(|_| ())).expect("sets the room there is");
    };
    // No page more than there are: what a full disk says.
    room("1");
    let long = "x".repeat(100_000);
    let refused = db.write(|tx| {
        insert(tx, 2, "b", 0)?;
        insert(tx, 3, &long, 0)
    });
    assert!(matches!(refused, Err(StoreError::Indisponible { .. })), "{refused:?}");
    assert_eq!(count(db), 1);
    room("1000000");
    db.write(|tx| insert(tx, 3, &long, 0)).expect("writes once there is room again");
    assert_eq!(count(db), 2);
}
