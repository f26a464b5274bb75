//! The portal as a service: one handler, since the site map is a table of its own
//! ([`super::router::PLACES`]).

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use axum::BoxError;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, Request, Response, StatusCode, header};
use register::Lang;

use super::bodies::Coding;
use super::class::Class;
use super::dispatch::{accepted_format, answer_request, too_many};
use super::failure::Failure;
use super::failure::respond::plain_failure;
use super::front::{Stamp, Words};
use super::meter::{From, Meter};
use super::quota::{self, Left, Prefix, Quotas, Wait};
use super::reply::Answer;
use super::{Portal, limits};

/// Answers requests for a portal. Cloned for every connection.
#[derive(Clone, Debug)]
pub struct Service {
    portal: Arc<Portal>,
    /// The other end of the connection; none: nobody is counted.
    peer: Option<IpAddr>,
}

/// The portal as a service.
#[must_use]
pub fn service(portal: Arc<Portal>) -> Service {
    Service { portal, peer: None }
}

type Answered = Result<Response<Body>, Infallible>;

/// An answer that is there, or one that is being made.
#[expect(missing_debug_implementations, reason = "a future has nothing to show")]
pub enum Answering {
    /// It was kept.
    Kept(Ready<Answered>),
    /// It is made.
    Made(Pin<Box<dyn Future<Output = Answered> + Send>>),
}

impl Future for Answering {
    type Output = Answered;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Answered> {
        match self.get_mut() {
            Answering::Kept(ready) => Pin::new(ready).poll(context),
            Answering::Made(future) => future.as_mut().poll(context),
        }
    }
}

impl<B> tower_service::Service<Request<B>> for Service
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answering;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Answering {
        let (mut parts, body) = request.into_parts();
        if parts.method == Method::POST
            && let Some(network) = self.network(&parts)
        {
            parts.extensions.insert(network);
        }
        let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let coding = Coding::accepted(header(header::ACCEPT_ENCODING));
        let (started, class) = (Instant::now(), Class::of(&parts.method, &parts.uri));
        let counted = self.counted(&parts);
        if let Some((shown, Err(wait))) = counted {
            let portal = Arc::clone(&self.portal);
            return Answering::Made(Box::pin(async move {
                let counting = Arc::clone(&portal);
                let answer = too_many(portal, &parts, coding, wait.0).await;
                counting.meter.limited();
                counting.answered("limit", class, &answer, started, "made");
                let mut response = answer.respond(&parts.headers, parts.method == Method::HEAD);
                say(&mut response, &shown);
                Ok(response)
            }));
        }
        let shown = counted.map(|(shown, _)| shown);
        let words = Words::of(&parts, coding, accepted_format(&parts.headers));
        if let Some(words) = &words
            && let Some(answer) = self.kept(words)
        {
            self.portal.meter.came(From::Front);
            self.portal.answered("kept", class, &answer, started, "front");
            let mut response = answer.respond(&parts.headers, false);
            if let Some(shown) = &shown {
                say(&mut response, shown);
            }
            return Answering::Kept(ready(Ok(response)));
        }
        let portal = Arc::clone(&self.portal);
        Answering::Made(Box::pin(async move {
            let asked = Asked { parts, class, coding, words, started };
            let mut response = handle(portal, asked, Body::new(body)).await;
            if let Some(shown) = &shown {
                say(&mut response, shown);
            }
            Ok(response)
        }))
    }
}

/// What a counted answer says of the limit: `RateLimit-Policy` and `RateLimit`.
type Shown = [String; 2];

/// Says it.
fn say(response: &mut Response<Body>, shown: &Shown) {
    for (name, value) in ["ratelimit-policy", "ratelimit"].into_iter().zip(shown) {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
}

impl super::listen::Listening for Service {
    fn of(&self, peer: IpAddr) -> Service {
        Service { portal: Arc::clone(&self.portal), peer: Some(peer) }
    }

    fn meter(&self) -> Option<&Arc<Meter>> {
        Some(&self.portal.meter)
    }
}

impl Service {
    /// The network that asks; none: nobody is counted, or this one is not.
    fn network(&self, parts: &Parts) -> Option<Prefix> {
        let quotas = self.portal.quotas.as_ref()?;
        quotas.client(self.peer?, &parts.headers).map(Prefix::of)
    }

    /// Whether the request is one that is counted, and what came of it.
    fn counted(&self, parts: &Parts) -> Option<(Shown, Result<Left, Wait>)> {
        let quotas = self.portal.quotas.as_ref()?;
        let units = quota::cost(&parts.method, &parts.uri);
        if units == 0 {
            return None;
        }
        let taken = quotas.take(self.network(parts)?, units, Instant::now());
        let left = match taken {
            Ok(left) => left,
            Err(Wait(wait)) => Left { units: 0, full_in: wait.into() },
        };
        Some(([quotas.policy(), Quotas::state(left)], taken))
    }

    /// What these words were answered, if the register still stands where it stood.
    fn kept(&self, words: &Words) -> Option<Answer> {
        if self.portal.indexes.damage().is_some() {
            return None;
        }
        // A register that cannot be read is told of behind.
        let (at, present) = self.portal.indexes.now().ok()?;
        let findings = present?.findings.at().known;
        self.portal.front.get(words, Stamp { at, findings, stale: self.portal.indexes.is_stale() })
    }
}

/// A request that is answered behind.
struct Asked {
    parts: Parts,
    class: Class,
    coding: Coding,
    words: Option<Words>,
    started: Instant,
}

async fn handle(portal: Arc<Portal>, asked: Asked, body: Body) -> Response<Body> {
    let Asked { parts, class, coding, words, started } = asked;
    let head = parts.method == Method::HEAD;
    let posted = parts.method == Method::POST;
    let time = if posted { limits::UPLOAD_TIME } else { limits::ANSWER_TIME };
    let answering = answer_request(Arc::clone(&portal), &parts, body, coding);
    let (name, answer) = match tokio::time::timeout(time, answering).await {
        Ok(answer) => answer,
        Err(_) => ("timeout", plain_failure(&Failure::Busy, Lang::ZhHans)),
    };
    if answer.status == StatusCode::SERVICE_UNAVAILABLE && class != Class::Probe {
        portal.meter.shed(class);
    }
    if let Some(words) = words
        && answer.status == StatusCode::OK
    {
        portal.front.put(words, &answer);
    }
    portal.answered(name, class, &answer, started, "made");
    answer.respond(&parts.headers, head)
}

impl Portal {
    /// Counts an answer and, where the operator wants it, writes a line of it.
    ///
    /// The line has no address, not even the network's, no path, no query and no browser: what somebody looked up
    /// is nobody's business, and a log cannot give away what it does not hold. It says how the portal does. Whoever
    /// needs addresses against an attack has them in the proxy in front, for as long as that keeps them.
    fn answered(
        &self,
        page: &'static str,
        class: Class,
        answer: &Answer,
        started: Instant,
        from: &'static str,
    ) {
        let (status, time) = (answer.status.as_u16(), started.elapsed());
        self.meter.answered(class, status, time);
        if self.log_requests {
            tracing::info!(
                target: "request",
                page,
                class = class.name(),
                status,
                bytes = answer.body.bytes.len() as u64,
                micros = time.as_micros() as u64,
                from,
                "answered"
            );
        }
    }
}
