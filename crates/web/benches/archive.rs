//! How soon the ZIP of COUNT certificates begins, and what memory it takes in all: `archive 1000`.
//!
//! The most memory of a process never falls: one process measures one count. `bin/bench-certificat` runs it twice.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use axum::body::HttpBody as _;
use forprev_domain::certificat::Imprime;
use forprev_domain::dispositif::CodeDispositif;
use forprev_domain::numero::NumeroCertificat;
use forprev_pdf::lire_logo;
use forprev_store::Db;
use forprev_web::app::App;
use forprev_web::certificats::fichiers;
use forprev_web::clock::Clock;
use forprev_web::config::{Config, Values};
use forprev_web::sceau;

#[path = "../../pdf/src/exemple.rs"]
mod exemple;

fn main() {
    let count: u64 = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(100);
    let folder = std::env::temp_dir().join(format!("forprev-bench-{}", std::process::id()));
    let app = app(&format!("sqlite://{}", folder.join("bench.db").display()));
    let (_, model) = exemple::variantes().swap_remove(0);
    let sst = CodeDispositif::parse("SST").expect("a code");
    let numero = |rank| NumeroCertificat::from_random(&sst, model.niveau, 2026, rank).to_string();
    let imprimes: Vec<Imprime> =
        (0..count).map(|rank| Imprime { numero_certificat: numero(rank), ..model.clone() }).collect();

    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let begun = Instant::now();
    let (first, bytes) = runtime.block_on(async {
        let answer = fichiers::archive(&app, imprimes, "bench").expect("an archive");
        let (mut body, mut first, mut bytes) = (answer.into_body(), None, 0);
        while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
            bytes += frame.expect("no fault").into_data().map_or(0, |data| data.len());
            first.get_or_insert_with(|| begun.elapsed());
        }
        (first.expect("it is not empty"), bytes)
    });
    println!(
        "zip-of-{count} first-byte-ms {:.1} whole-ms {:.0} bytes {bytes} peak-memory-kib {}",
        first.as_secs_f64() * 1e3,
        begun.elapsed().as_secs_f64() * 1e3,
        most_memory()
    );
    drop(std::fs::remove_dir_all(folder));
}

/// The program on a new database, with keys of its own.
fn app(url: &str) -> App {
    let values: Values = [("FORPREV_DATABASE_URL".to_owned(), url.to_owned())].into();
    let config = Config::check(&values).expect("settings");
    let clock = Clock::fixed("2026-11-23T09:00:00Z".parse().expect("an instant"));
    let db = Db::open(url).expect("opens");
    db.migrate().expect("migrates");
    let keys = sceau::ephemere(&config, &db, clock.moment()).expect("makes keys");
    App::new(config, clock, db, Arc::new(keys))
}

/// The most memory that this process ever held, in KiB.
fn most_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown");
    line.trim().trim_end_matches(" kB").to_owned()
}
