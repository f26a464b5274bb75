//! Whether a request is what it says it is: cookies, where it was sent from, tokens, roles.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, header};
use register::id::key::sha256_hex;
use subtle::ConstantTimeEq as _;

use super::routes::Need;
use crate::office::{SESSION_SECONDS, Who};
use crate::store::Stage;

/// Name of the cookie. `__Host-` (RFC 6265bis) ties it to this host and to https.
const fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-desk" } else { "desk" }
}

/// The session id in the request's cookie.
pub(super) fn session_id(headers: &HeaderMap, https: bool) -> Option<String> {
    const ID_CHARS: usize = 43;
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == cookie_name(https))
        .map(|(_, id)| id.to_owned())
        .filter(|id| id.len() == ID_CHARS)
}

/// Sets the cookie.
pub(super) fn set_cookie(response: &mut Response<Body>, id: &str, https: bool) {
    let secure = if https { "; Secure" } else { "" };
    let name = cookie_name(https);
    let text = format!(
        "{name}={id}; Path=/; HttpOnly; SameSite=Strict; Max-Age={SESSION_SECONDS}{secure}"
    );
    put(response, &text);
}

/// Takes the cookie away.
pub(super) fn drop_cookie(response: &mut Response<Body>, https: bool) {
    let secure = if https { "; Secure" } else { "" };
    let name = cookie_name(https);
    put(response, &format!("{name}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{secure}"));
}

fn put(response: &mut Response<Body>, text: &str) {
    // An id is base64url.
    if let Ok(value) = HeaderValue::from_str(text) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
}

/// The token of a session's forms. It says nothing about the id, which only its hash is kept of.
pub(super) fn token(id: &str) -> String {
    sha256_hex(format!("liangbiao desk form {id}").as_bytes())
}

/// Whether a form was made for this session.
pub(super) fn is_token(given: &str, id: &str) -> bool {
    token(id).as_bytes().ct_eq(given.as_bytes()).into()
}

/// Whether a form was sent from a page of this desk. Browsers say so themselves (Fetch Metadata), or by
/// `Origin`, which has to be the one that is configured or that of the host that was asked. What says
/// nothing at all is refused.
pub(super) fn is_own(headers: &HeaderMap, origin: &str) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site"))
        && site != "same-origin"
    {
        return false;
    }
    let Some(from) = text(header::ORIGIN) else { return false };
    if !origin.is_empty() {
        return from == origin;
    }
    let asked = text(header::HOST);
    let named = from.strip_prefix("http://").or_else(|| from.strip_prefix("https://"));
    named.is_some() && named == asked
}

/// Whether somebody may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum May {
    /// Yes.
    Go,
    /// After signing in.
    SignIn,
    /// No.
    Not,
}

/// Whether somebody may take a way in.
pub(super) fn may(need: Need, who: Option<&Who>) -> May {
    let full = who.filter(|who| who.session.stage == Stage::Full);
    match (need, full) {
        (Need::Anybody, _) | (Need::SignedIn, Some(_)) => May::Go,
        (Need::Enrolling, None) if who.is_some() => May::Go,
        (Need::OneOf(roles), Some(who)) => {
            if roles.iter().any(|role| who.roles.contains(role)) {
                May::Go
            } else {
                May::Not
            }
        }
        _ => May::SignIn,
    }
}
