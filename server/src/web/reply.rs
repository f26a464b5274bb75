//! Answers and the headers each kind of answer has.
//!
//! The `Host` header is never read: every link is a path, every redirect is relative to the host,
//! and absolute addresses (canonical, sitemap) come from `--origin`.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use base64ct::{Base64, Encoding as _};
use sha2::{Digest as _, Sha256};

use super::bodies::{Body, Coding};

/// How long an answer may be kept by others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Kept, but asked about each time: a withdrawal must show at once.
    Revalidate,
    /// For a year: the address holds the hash of the content.
    Forever,
    /// Not at all.
    Never,
}

/// Which content security policy an answer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// A page with the list island: scripts and wasm of this site, fetching its shelf.
    Island,
    /// The scan page: scripts, the decoder in its worker, the camera.
    Scan,
    /// The page that keeps the portal on a phone: scripts, the verifier, the service worker.
    Offline,
    /// The service worker, which only fetches.
    ServiceWorker,
    /// The script of the decoder's worker, which is under its own policy and not under its page's.
    Worker,
    /// A page with a small script of its own that asks for nothing.
    Script,
    /// A page of the publishing desk where a passkey can be used: a small script, which asks the desk itself.
    Passkeys,
    /// A page without script.
    Still,
    /// A verdict: no script, and its style within it, allowed by its hash. Holds the whole policy.
    Verdict(&'static str),
    /// Open data: nothing may be loaded or framed, anybody may fetch it.
    Data,
    /// A picture for other people's pages: it may be shown anywhere and loads and runs nothing, opened by itself too.
    Badge,
    /// A style sheet, script, picture or shelf of this site's own pages.
    Asset,
}

impl Policy {
    /// Value of `Content-Security-Policy`. Everything starts closed; each directive opened is needed:
    /// `style-src`/`img-src` for our style sheet and pictures (and nothing inline), `form-action` for
    /// the search forms, `script-src` with `wasm-unsafe-eval` to compile the engine (it does not allow
    /// `eval`), `connect-src` for the shelf and the JSON twin.
    #[must_use]
    pub const fn csp(self) -> &'static str {
        match self {
            Policy::Island => {
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
                 style-src 'self'; img-src 'self'; manifest-src 'self'; form-action 'self'; \
                 base-uri 'none'; frame-ancestors 'none'"
            }
            Policy::Scan | Policy::Offline => {
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; \
                 connect-src 'self'; style-src 'self'; img-src 'self'; manifest-src 'self'; \
                 form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            }
            Policy::Worker => {
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
                 frame-ancestors 'none'"
            }
            Policy::ServiceWorker => {
                "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"
            }
            Policy::Script => {
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                 manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            }
            Policy::Passkeys => {
                "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; \
                 img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            }
            Policy::Still => {
                "default-src 'none'; style-src 'self'; img-src 'self'; manifest-src 'self'; \
                 form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            }
            Policy::Verdict(policy) => policy,
            Policy::Badge => "default-src 'none'; frame-ancestors 'none'; sandbox",
            Policy::Data | Policy::Asset => "default-src 'none'; frame-ancestors 'none'",
        }
    }
}

/// The policy of pages that hold this style sheet: they load nothing at all.
#[must_use]
pub fn verdict_csp(style: &str) -> String {
    let hash = Base64::encode_string(&Sha256::digest(style.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'"
    )
}

/// An answer before it meets a request's conditions.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status code.
    pub status: StatusCode,
    /// Media type.
    pub mime: &'static str,
    /// The coded body.
    pub body: Body,
    /// Whether it may be kept.
    pub keep: Keep,
    /// Its content security policy.
    pub policy: Policy,
    /// Whether it was chosen by `Accept` (errors).
    pub by_accept: bool,
    /// Further headers: `Location`, `Link`, `Allow`, `Retry-After`, `Content-Disposition`.
    pub more: Vec<(header::HeaderName, HeaderValue)>,
    /// A file whose bytes are the body, in ranges; `body` then holds its validator only.
    pub file: Option<std::sync::Arc<super::downloads::Download>>,
    /// The moment of a page that is a function of its address and that moment alone.
    pub stamp: Option<super::front::Stamp>,
}

/// Media type of pages.
pub const HTML: &str = "text/html; charset=utf-8";
/// Media type of twins.
pub const JSON: &str = "application/json";
/// Media type of CSV twins.
pub const CSV: &str = "text/csv; charset=utf-8";
/// Media type of problems (RFC 9457).
pub const PROBLEM: &str = "application/problem+json";
/// Media type of plain text.
pub const TEXT: &str = "text/plain; charset=utf-8";

impl Answer {
    /// A 200 answer that is revalidated on every use.
    #[must_use]
    pub fn ok(mime: &'static str, policy: Policy, plain: &[u8], coding: Coding) -> Answer {
        Answer {
            status: StatusCode::OK,
            mime,
            body: Body::new(plain, coding),
            keep: Keep::Revalidate,
            policy,
            by_accept: false,
            more: Vec::new(),
            file: None,
            stamp: None,
        }
    }

    /// The same answer with one more header; a value that is no header value is left out.
    #[must_use]
    pub fn with(mut self, name: header::HeaderName, value: &str) -> Answer {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.more.push((name, value));
        }
        self
    }

    /// The response to a request with these headers; `head` leaves the body out.
    #[must_use]
    pub fn respond(self, request: &HeaderMap, head: bool) -> Response<axum::body::Body> {
        let Answer { mut status, mime, body, keep, policy, by_accept, more, file, stamp: _ } = self;
        let mut bytes = body.bytes;
        let mut headers = HeaderMap::with_capacity(16);
        let set = |headers: &mut HeaderMap, name: header::HeaderName, value: &'static str| {
            headers.insert(name, HeaderValue::from_static(value));
        };
        set(
            &mut headers,
            header::CACHE_CONTROL,
            match keep {
                Keep::Revalidate => "public, no-cache",
                Keep::Forever => "public, max-age=31536000, immutable",
                Keep::Never => "no-store",
            },
        );
        set(
            &mut headers,
            header::VARY,
            if by_accept { "Accept-Encoding, Accept" } else { "Accept-Encoding" },
        );
        security(&mut headers, policy);
        for (name, value) in more {
            headers.append(name, value);
        }
        let validated = keep != Keep::Never && status == StatusCode::OK;
        if validated && let Ok(etag) = HeaderValue::from_str(&body.etag) {
            headers.insert(header::ETAG, etag);
        }
        if validated && none_match(request, &body.etag) {
            status = StatusCode::NOT_MODIFIED;
            bytes = Bytes::new();
        } else if let Some(file) = file {
            set(&mut headers, header::CONTENT_TYPE, mime);
            let (status, sent) = file.respond(request, &body.etag, &mut headers);
            let mut response = Response::new(if head { axum::body::Body::empty() } else { sent });
            *response.status_mut() = status;
            *response.headers_mut() = headers;
            return response;
        } else {
            set(&mut headers, header::CONTENT_TYPE, mime);
            if let Some(coding) = body.coding.name() {
                set(&mut headers, header::CONTENT_ENCODING, coding);
            }
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        }
        let body = if head { axum::body::Body::empty() } else { axum::body::Body::from(bytes) };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        response
    }
}

/// The headers every answer has, whatever its status. No cookie is ever set.
fn security(headers: &mut HeaderMap, policy: Policy) {
    for (name, value) in [
        ("content-security-policy", policy.csp()),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        (
            "permissions-policy",
            if policy == Policy::Scan {
                "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
            } else {
                "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
            },
        ),
        ("cross-origin-opener-policy", "same-origin"),
        (
            "cross-origin-resource-policy",
            // Open data may be fetched from anywhere; pages, scripts and wasm are this site's own.
            if matches!(policy, Policy::Data | Policy::Badge) {
                "cross-origin"
            } else {
                "same-origin"
            },
        ),
    ] {
        headers.insert(header::HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if matches!(policy, Policy::Data | Policy::Badge) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
}

/// Whether `If-None-Match` names this validator (RFC 9110, 13.1.2: weak comparison).
fn none_match(request: &HeaderMap, etag: &str) -> bool {
    request.get_all(header::IF_NONE_MATCH).iter().any(|value| {
        value.to_str().is_ok_and(|list| {
            list.split(',')
                .map(str::trim)
                .any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == etag)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_validator_the_reader_has_is_answered_with_304_and_no_body() {
        let answer = Answer::ok(HTML, Policy::Still, b"<p>", Coding::Identity);
        let mut request = HeaderMap::new();
        let full = answer.clone().respond(&request, false);
        assert_eq!(full.status(), 200);
        let etag = full.headers()[header::ETAG].to_str().expect("ascii").to_owned();
        for known in [etag.clone(), format!("\"x\", W/{etag}"), "*".to_owned()] {
            request.insert(header::IF_NONE_MATCH, known.parse().expect("ascii"));
            let short = answer.clone().respond(&request, false);
            assert_eq!(short.status(), 304, "{known}");
            assert!(short.headers().get(header::CONTENT_TYPE).is_none());
            assert_eq!(short.headers()[header::ETAG], etag.as_str());
        }
        request.insert(header::IF_NONE_MATCH, HeaderValue::from_static("\"other\""));
        assert_eq!(answer.respond(&request, false).status(), 200);
    }

    #[test]
    fn no_policy_allows_inline_script_or_style() {
        for policy in [
            Policy::Island,
            Policy::Scan,
            Policy::Offline,
            Policy::ServiceWorker,
            Policy::Worker,
            Policy::Script,
            Policy::Passkeys,
            Policy::Still,
            Policy::Data,
            Policy::Badge,
            Policy::Asset,
        ] {
            assert!(policy.csp().starts_with("default-src 'none'"));
            assert!(!policy.csp().contains("unsafe-inline") && !policy.csp().contains("nonce"));
        }
        assert!(!Policy::Still.csp().contains("script-src"), "pages without script ship none");
    }
}
