//! The socket: connections, their limits, and a stop that lets open requests end.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::connection::{Full, Networks, Steady};
use super::limits;
use super::meter::Meter;

/// Something that answers requests, one for every connection.
pub trait Listening: Clone + Send + 'static {
    /// The same for the connection of a client.
    #[must_use]
    fn of(&self, peer: IpAddr) -> Self;

    /// Where its connections are counted; none: nowhere.
    fn meter(&self) -> Option<&Arc<Meter>> {
        None
    }
}

/// Serves until `stop` is done, then waits for open requests to end, at most [`limits::STOP_TIME`].
///
/// # Errors
/// When the listener fails for good.
pub async fn serve<S>(
    listener: TcpListener,
    service: S,
    stop: impl Future<Output = ()>,
) -> std::io::Result<()>
where
    S: Listening
        + tower_service::Service<
            Request<Incoming>,
            Response = Response<Body>,
            Error = Infallible,
            Future: Send + 'static,
        >,
{
    let graceful = hyper_util::server::graceful::GracefulShutdown::new();
    let connections = Arc::new(Semaphore::new(limits::CONNECTIONS_MAX));
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits::HEAD_TIME)
        .max_buf_size(limits::HEAD_BYTES_MAX)
        .keep_alive(true);
    let networks = Networks::new(limits::CONNECTIONS_A_NETWORK_MAX);
    tokio::pin!(stop);
    loop {
        let Ok(place) = Arc::clone(&connections).acquire_owned().await else { break };
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, or a client gone already: neither ends the portal.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let share = match networks.enter(peer.ip()) {
            Ok(share) => share,
            Err(Full) => {
                if let Some(meter) = service.meter() {
                    meter.refused();
                }
                continue;
            }
        };
        let _ = stream.set_nodelay(true);
        let stream = Steady::new(stream, limits::TAKE_TIME, limits::TAKE_BYTES_MIN);
        let counting = service.meter().cloned();
        let counted = counting.as_ref().map(Meter::connected);
        let service = TowerToHyperService::new(service.of(peer.ip()));
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // A connection that ends badly is the client's business.
            if let Err(error) = connection.await
                && is_slow(&error)
                && let Some(meter) = &counting
            {
                meter.slow();
            }
            drop((place, share, counted));
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(limits::STOP_TIME) => {
            tracing::warn!("requests still open after the stop time are cut off");
        }
    }
    Ok(())
}

/// Whether a connection ended because the client did not take its answer ([`Steady`]).
fn is_slow(error: &hyper::Error) -> bool {
    let source = std::error::Error::source(error);
    source
        .and_then(|source| source.downcast_ref::<std::io::Error>())
        .is_some_and(|error| error.kind() == std::io::ErrorKind::TimedOut)
}

/// Done at the first SIGINT or SIGTERM.
pub async fn stop_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
