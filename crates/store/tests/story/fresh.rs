//! A fresh database for each test, on each engine.

use std::path::PathBuf;

use forprev_store::Db;
use uuid::Uuid;

/// A database that is gone when the test ends.
pub(crate) struct Fresh {
    pub(crate) db: Option<Db>,
    pub(crate) url: String,
    undo: Undo,
}

enum Undo {
    Folder(PathBuf),
    Database { admin: String, name: String },
}

impl Fresh {
    pub(crate) fn db(&self) -> &Db {
        self.db.as_ref().expect("open until the end of the test")
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        self.db = None;
        match &self.undo {
            Undo::Folder(folder) => drop(std::fs::remove_dir_all(folder)),
            Undo::Database { admin, name } => {
                if let Ok(mut client) = postgres::Client::connect(admin, postgres::NoTls) {
                    drop(client.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")));
                }
            }
        }
    }
}

/// Runs the test on both engines, each time on a fresh, migrated database.
pub(crate) fn on_both(test: impl Fn(&Fresh)) {
    test(&sqlite());
    test(&postgres());
}

/// Returns an empty SQLite database, migrated.
pub(crate) fn sqlite() -> Fresh {
    let folder = std::env::temp_dir().join(format!("forprev-{}", random()));
    let url = format!("sqlite://{}", folder.join("test.db").display());
    migrated(url, Undo::Folder(folder))
}

/// Returns an empty PostgreSQL database, migrated.
pub(crate) fn postgres() -> Fresh {
    let admin = std::env::var("FORPREV_TEST_POSTGRES").expect(
        "FORPREV_TEST_POSTGRES is not set: it must be the address of a PostgreSQL server whose \
         user may create databases, such as postgres://postgres@127.0.0.1:5432/postgres; \
         bin/test starts one and sets it",
    );
    let name = format!("forprev_{}", random());
    let mut client = postgres::Client::connect(&admin, postgres::NoTls).expect("the server answers");
    client.batch_execute(&format!("CREATE DATABASE {name}")).expect("may create a database");
    let (server, _) = admin.rsplit_once('/').expect("an address with the name of a database");
    let url = format!("{server}/{name}");
    migrated(url, Undo::Database { admin, name })
}

fn migrated(url: String, undo: Undo) -> Fresh {
    let db = Db::open(&url).expect("opens");
    db.migrate().expect("migrates");
    Fresh { db: Some(db), url, undo }
}

fn random() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("randomness");
    Uuid::from_bytes(bytes).simple().to_string()
}
