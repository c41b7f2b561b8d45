//! A network that swallows everything: the caller is told in time, and all goes on after it.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use forprev_store::{Db, StoreError, essais};
use jiff::SignedDuration;

use crate::fresh::postgres;
use crate::world::{FIN, moment};

/// Stands before a server; while `silent`, what comes is read and lost.
fn proxy(server: String, silent: Arc<AtomicBool>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            let Ok(behind) = TcpStream::connect(&server) else { return };
            let (Ok(client_2), Ok(behind_2)) = (client.try_clone(), behind.try_clone()) else { return };
            for (from, to) in [(client, behind), (behind_2, client_2)] {
                let silent = silent.clone();
                std::thread::spawn(move || pass(from, to, &silent));
            }
        }
    });
    port
}

fn pass(mut from: TcpStream, mut to: TcpStream, silent: &AtomicBool) {
    let mut bytes = [0; 4096];
    while let Ok(n @ 1..) = from.read(&mut bytes) {
        if !silent.load(Ordering::SeqCst) && to.write_all(&bytes[..n]).is_err() {
            return;
        }
    }
    // One side hung up: so does the other.
    drop(to.shutdown(std::net::Shutdown::Both));
}

#[test]
fn a_server_that_falls_silent_is_said_so_in_time() {
    let fresh = postgres();
    let (start, rest) = fresh.url.split_once('@').expect("a user");
    let (server, name) = rest.split_once('/').expect("a name");
    let silent = Arc::new(AtomicBool::new(false));
    let port = proxy(server.to_owned(), silent.clone());
    let db = Db::open(&format!("{start}@127.0.0.1:{port}/{name}")).expect("opens");
    let le = moment(FIN).instant;
    let count = || {
        let window = SignedDuration::from_hours(1);
        db.write(|tx| essais::compter(tx, "silence", 1, window, le)).map(|essais| essais.nombre)
    };
    assert_eq!(count(), Ok(1));
    silent.store(true, Ordering::SeqCst);
    for _ in 0..2 {
        // The first waits on the connection at hand, the second for a new one.
        let start = Instant::now();
        let refused = count();
        assert!(matches!(refused, Err(StoreError::Indisponible { .. })), "{refused:?}");
        assert!(start.elapsed() < Duration::from_secs(9), "{:?}", start.elapsed());
    }
    silent.store(false, Ordering::SeqCst);
    assert_eq!(count(), Ok(2), "nothing of what was refused was kept");
}
