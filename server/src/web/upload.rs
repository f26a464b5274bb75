//! Forms that readers send: taken off the wire up to a limit, and read.

use std::pin::Pin;

use axum::body::{Body as HttpBody, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart};
use axum::http::Request;
use axum::http::request::Parts;
use hyper::body::Body as _;

use super::limits;

/// Why there is no body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// More bytes than may be.
    TooLong,
    /// The sender broke off.
    Broken,
}

/// The whole body, up to `most` bytes. A body that is too long is read on for a while and thrown away: a
/// browser that is still sending does not listen to the answer.
///
/// # Errors
/// [`Problem`].
pub async fn collected(mut body: HttpBody, most: usize) -> Result<Bytes, Problem> {
    let mut held: Vec<u8> = Vec::new();
    let mut seen = 0;
    while let Some(frame) = std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let Ok(frame) = frame else { return Err(Problem::Broken) };
        let Ok(data) = frame.into_data() else { continue };
        seen += data.len();
        if seen <= most {
            held.extend_from_slice(&data);
        } else {
            held = Vec::new();
        }
        if seen > limits::UPLOAD_BYTES_DRAINED {
            break;
        }
    }
    if seen > most { Err(Problem::TooLong) } else { Ok(held.into()) }
}

/// The form in a body, if it is one of several parts.
pub async fn form(parts: &Parts, body: Bytes) -> Option<Multipart> {
    let mut request = Request::from_parts(parts.clone(), HttpBody::from(body));
    // It was limited where it was read from the wire.
    DefaultBodyLimit::disable().apply(&mut request);
    Multipart::from_request(request, &()).await.ok()
}
