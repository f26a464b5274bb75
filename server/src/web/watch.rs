//! For whoever watches the server: is it alive, is it ready, what does it count?
//!
//! `/healthz` and `/readyz` are answered on the public listener too; `/metrics` only on one of its own
//! (`serve --metrics ADDR`), since what a portal counts is its operator's business.

use std::convert::Infallible;
use std::fs;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::bodies::Coding;
use super::meter::Gauges;
use super::reply::{Answer, JSON, Keep, Policy, TEXT};
use super::{Portal, limits};

/// Media type of the text exposition format.
const EXPOSITION: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Connections of those who watch.
const WATCHERS_MAX: usize = 16;

/// Since when the indexes have been behind the log, as far as anybody looked.
#[derive(Debug, Default)]
pub struct Watch {
    behind: Mutex<Option<Instant>>,
    /// When it was last tried whether notes can be written, and what came of it.
    tried: Mutex<Option<(Instant, Option<String>)>>,
}

/// How long what was tried holds: anybody may ask whether a portal is ready, as often as they like.
const TRIED_FOR: Duration = Duration::from_secs(5);

/// What `/readyz` says.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Why not, for the operator; none: ready.
    pub why_not: Option<String>,
    /// What is measured besides.
    pub gauges: Gauges,
    /// The day the pages are of.
    day: Option<chrono::NaiveDate>,
    /// Codes are answered, lists not yet.
    opening: bool,
}

/// Whether the portal can answer as it should: the register can be read, the indexes are at the head of
/// the log or not behind it for long, and what readers may write can be written. Looks at the register and,
/// where readers' notes are taken, writes a file of one byte beside it.
#[must_use]
pub fn ready(portal: &Portal) -> Ready {
    let mut gauges = Gauges {
        cache_bytes: portal.bodies.bytes() as u64,
        build: Duration::from_millis(portal.indexes.built_ms.load(Ordering::Relaxed)),
        builds: portal.indexes.builds.load(Ordering::Relaxed),
        ..Gauges::default()
    };
    if let Some(damage) = portal.indexes.damage() {
        let why_not = Some(format!("the register is damaged: {damage}"));
        return Ready { why_not, gauges, day: None, opening: false };
    }
    // A portal that nobody asks for pages still follows the log.
    let present = match portal.indexes.present() {
        Ok(present) => present,
        Err(error) => {
            let why_not = Some(format!("the register cannot be read: {error}"));
            return Ready { why_not, gauges, day: None, opening: false };
        }
    };
    let head = portal.indexes.head().unwrap_or(present.at);
    gauges.log_size = head.known;
    if !present.whole {
        let why_not = Some("opening: codes are answered, the lists are being read".to_owned());
        return Ready { why_not, gauges, day: Some(present.at.as_of), opening: true };
    }
    gauges.indexed = present.at.known;
    {
        let mut behind = portal.watch.behind.lock().unwrap_or_else(PoisonError::into_inner);
        *behind = match *behind {
            _ if head == present.at => None,
            since => Some(since.unwrap_or_else(Instant::now)),
        };
        gauges.stale = behind.map_or(Duration::ZERO, |since| since.elapsed());
    }
    let why_not = if gauges.stale > limits::STALE_TIME {
        Some(format!("the indexes have been behind the log for {} s", gauges.stale.as_secs()))
    } else {
        unwritable(portal)
    };
    gauges.ready = why_not.is_none();
    Ready { why_not, gauges, day: Some(present.at.as_of), opening: false }
}

/// Why readers' notes could not be kept, where they are taken.
fn unwritable(portal: &Portal) -> Option<String> {
    portal.notes.as_ref()?;
    let mut tried = portal.watch.tried.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, outcome)) = tried.as_ref().filter(|(when, _)| when.elapsed() < TRIED_FOR) {
        return outcome.clone();
    }
    let path = portal.indexes.path();
    let probe = crate::store::beside(path, &format!(".ready.{}", std::process::id()));
    let written = fs::OpenOptions::new()
        .write(true)
        .open(path)
        .map(drop)
        .and_then(|()| fs::write(&probe, b"\n"))
        .and_then(|()| fs::remove_file(&probe));
    let outcome =
        written.err().map(|error| format!("{} cannot be written: {error}", path.display()));
    *tried = Some((Instant::now(), outcome.clone()));
    outcome
}

/// The answer of `/readyz`: 200, or 503 with the reason.
pub(super) fn readiness(portal: &Portal) -> Answer {
    let Ready { why_not, gauges, day, opening } = ready(portal);
    if let Some(why_not) = &why_not {
        tracing::warn!(%why_not, "not ready");
    }
    let body = serde_json::json!({
        // Other reasons may name files of this machine: they are in the log and not in the answer.
        "damage": portal.indexes.damage(),
        "status": match (&why_not, opening) {
            (None, _) => "ready",
            (_, true) => "opening",
            _ => "not ready",
        },
        // What is answered already.
        "codes": day.is_some(),
        "lists": day.is_some() && !opening,
        "log_size": gauges.log_size,
        "indexed": gauges.indexed,
        "stale_seconds": gauges.stale.as_secs(),
        "day": day.map(|day| day.to_string()),
    });
    let mut answer = Answer::ok(JSON, Policy::Data, body.to_string().as_bytes(), Coding::Identity);
    if why_not.is_some() {
        answer.status = StatusCode::SERVICE_UNAVAILABLE;
        answer = answer.with(header::RETRY_AFTER, &limits::RETRY_AFTER_S.to_string());
    }
    answer.keep = Keep::Never;
    answer
}

/// The answer of `/healthz`: the process is alive, whatever became of the register.
pub(super) fn health(portal: &Portal) -> Answer {
    let present = portal.indexes.unchanged().ok().flatten();
    let body = serde_json::json!({
        "status": "ok",
        "current": present.is_some(),
        "log_size": present.as_ref().map(|moment| moment.at.known),
        "day": present.as_ref().map(|moment| moment.at.as_of.to_string()),
        "version": env!("CARGO_PKG_VERSION"),
    });
    let mut answer = Answer::ok(JSON, Policy::Data, body.to_string().as_bytes(), Coding::Identity);
    answer.keep = Keep::Never;
    answer
}

/// Serves `/metrics`, `/healthz` and `/readyz` to whoever watches, until it is dropped.
pub async fn serve(listener: TcpListener, portal: Arc<Portal>) {
    let places = Arc::new(Semaphore::new(WATCHERS_MAX));
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits::HEAD_TIME)
        .max_buf_size(limits::HEAD_BYTES_MAX);
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let portal = Arc::clone(&portal);
        let service = hyper::service::service_fn(move |request: Request<hyper::body::Incoming>| {
            let portal = Arc::clone(&portal);
            async move { Ok::<_, Infallible>(answer(portal, &request).await) }
        });
        let connection = http.serve_connection(TokioIo::new(stream), service);
        tokio::spawn(async move {
            // Nobody needs longer to take a page of numbers.
            let _ = tokio::time::timeout(limits::ANSWER_TIME, connection).await;
            drop(place);
        });
    }
}

async fn answer<B>(portal: Arc<Portal>, request: &Request<B>) -> Response<Body> {
    let path = request.uri().path().to_owned();
    let made = tokio::task::spawn_blocking(move || match path.as_str() {
        "/healthz" => health(&portal),
        "/readyz" => readiness(&portal),
        "/metrics" => {
            let text = portal.meter.text(ready(&portal).gauges);
            let mut answer = Answer::ok(TEXT, Policy::Data, text.as_bytes(), Coding::Identity);
            answer.mime = EXPOSITION;
            answer.keep = Keep::Never;
            answer
        }
        _ => {
            let mut answer =
                Answer::ok(TEXT, Policy::Data, b"/metrics /healthz /readyz\n", Coding::Identity);
            answer.status = StatusCode::NOT_FOUND;
            answer.keep = Keep::Never;
            answer
        }
    });
    match made.await {
        Ok(answer) => {
            answer.respond(request.headers(), request.method() == axum::http::Method::HEAD)
        }
        Err(_) => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            response
        }
    }
}
