//! The server loop: time-outs on slow headers, a bound on connections, an orderly end.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::HeaderMap;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

use crate::config::Config;

/// How long the head of a request may take to arrive, and a kept connection to stay silent.
const HEAD_TIME: Duration = Duration::from_secs(20);
/// Longest head: beyond, 431.
const HEAD_LIMIT: usize = 32 * 1024;
/// Connections at once: the others wait in the system's queue.
const CONNECTIONS: usize = 1024;
/// How long requests in flight may go on after the signal to stop.
const FAREWELL: Duration = Duration::from_secs(25);

/// Address of who asks, as far as the network or a trusted proxy tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client(pub IpAddr);

/// Serves until `stop` is done, then lets the requests in flight finish.
pub async fn serve(listener: TcpListener, router: Router, config: Config, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let proxies: Arc<[IpAddr]> = config.proxies.into();
    tokio::pin!(stop);
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(cause) => {
                    // Out of descriptors, most often: others must finish first.
                    tracing::warn!(%cause, "cannot accept");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        // Small answers leave at once; a socket that refuses works all the same.
        drop(stream.set_nodelay(true));
        let service = service(router.clone(), peer, Arc::clone(&proxies));
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIME)
            .max_header_size(HEAD_LIMIT)
            .serve_connection(TokioIo::new(stream), service);
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            // A client that goes away is no event of ours.
            drop(watched.await);
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(FAREWELL, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were still in flight at the end");
    }
}

fn service(
    router: Router,
    peer: SocketAddr,
    proxies: Arc<[IpAddr]>,
) -> impl hyper::service::Service<
    Request<Incoming>,
    Response = axum::response::Response,
    Error = Infallible,
    Future = impl Future<Output = Result<axum::response::Response, Infallible>> + Send,
> {
    hyper::service::service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(axum::body::Body::new);
        let client = client(peer.ip(), request.headers(), &proxies);
        request.extensions_mut().insert(Client(client));
        router.clone().oneshot(request)
    })
}

/// The address that the nearest untrusted hop had: `X-Forwarded-For` is only read from proxies
/// that the settings name, from its end.
fn client(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    let said = headers.get_all("x-forwarded-for").iter().filter_map(|valeur| valeur.to_str().ok());
    let mut hops: Vec<IpAddr> =
        said.flat_map(|valeur| valeur.split(',')).map_while(|saut| saut.trim().parse().ok()).collect();
    let mut client = peer;
    while proxies.contains(&client) {
        let Some(hop) = hops.pop() else { break };
        client = hop;
    }
    client
}

/// Done when the process is told to stop: SIGTERM, or Ctrl-C.
pub async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupt = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
        }
        Err(_) => drop(interrupt.await),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seul_un_mandataire_connu_est_cru() {
        let check = |peer: &str, said: &'static str, attendu: &str| {
            let mut headers = HeaderMap::new();
            if !said.is_empty() {
                headers.insert("x-forwarded-for", axum::http::HeaderValue::from_static(said));
            }
            let proxies = ["10.0.0.1".parse().expect("an address")];
            let trouve = client(peer.parse().expect("an address"), &headers, &proxies);
            assert_eq!(trouve.to_string(), attendu, "{peer} {said}");
        };
        check("192.0.2.7", "", "192.0.2.7");
        check("192.0.2.7", "198.51.100.1", "192.0.2.7");
        check("10.0.0.1", "198.51.100.1", "198.51.100.1");
        check("10.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1");
        check("10.0.0.1", "198.51.100.1, 10.0.0.1", "198.51.100.1");
        check("10.0.0.1", "", "10.0.0.1");
    }
}
