//! A file as the body of an answer, read piece by piece.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use http_body::{Frame, SizeHint};
use tokio::task::JoinHandle;

use super::range::{Asked, asked};
use crate::opendata::Made;
use crate::web::limits::DOWNLOAD_PIECE_BYTES;

/// An open file, before it meets a request's `Range`.
#[derive(Debug)]
pub struct Download {
    /// Taken by the one answer it is for. It stays readable when its name is swept away.
    file: Mutex<Option<File>>,
    length: u64,
}

impl Download {
    /// Opens a file that was written.
    ///
    /// # Errors
    /// It is not there, or has another length.
    pub fn open(path: &Path, made: &Made) -> io::Result<Download> {
        let file = File::open(path)?;
        if file.metadata()?.len() != made.bytes {
            return Err(io::Error::other("a file has another length than when it was written"));
        }
        Ok(Download { file: Mutex::new(Some(file)), length: made.bytes })
    }

    /// Status and body for a request; sets the headers that say which bytes they are.
    pub fn respond(
        &self,
        request: &HeaderMap,
        etag: &str,
        headers: &mut HeaderMap,
    ) -> (StatusCode, Body) {
        headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("Accept-Ranges, Content-Disposition, Content-Range, ETag"),
        );
        let length = self.length;
        let mut say = |range: String| {
            if let Ok(value) = HeaderValue::try_from(range) {
                headers.insert(header::CONTENT_RANGE, value);
            }
        };
        let (status, first, count) = match asked(request, length, etag) {
            Asked::Whole => (StatusCode::OK, 0, length),
            Asked::Part(first, count) => {
                say(format!("bytes {first}-{}/{length}", first + count - 1));
                (StatusCode::PARTIAL_CONTENT, first, count)
            }
            Asked::Beyond => {
                say(format!("bytes */{length}"));
                headers.insert(header::CONTENT_LENGTH, HeaderValue::from(0));
                return (StatusCode::RANGE_NOT_SATISFIABLE, Body::empty());
            }
        };
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(count));
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner).take();
        (status, Body::new(Pieces { file, first: Some(first), left: count, reading: None }))
    }
}

type Piece = io::Result<(File, Bytes)>;

/// The rest of a file: one piece of it is in memory at a time.
struct Pieces {
    file: Option<File>,
    /// Where to begin; none once reading has begun.
    first: Option<u64>,
    left: u64,
    reading: Option<JoinHandle<Piece>>,
}

fn read(mut file: File, first: Option<u64>, count: usize) -> Piece {
    if let Some(first) = first {
        file.seek(SeekFrom::Start(first))?;
    }
    let mut bytes = vec![0; count];
    file.read_exact(&mut bytes)?;
    Ok((file, bytes.into()))
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        if this.reading.is_none() {
            let Some(file) = this.file.take().filter(|_| this.left > 0) else {
                return Poll::Ready(None);
            };
            let count = usize::try_from(this.left).unwrap_or(usize::MAX).min(DOWNLOAD_PIECE_BYTES);
            let first = this.first.take();
            this.reading = Some(tokio::task::spawn_blocking(move || read(file, first, count)));
        }
        let Some(reading) = &mut this.reading else { return Poll::Ready(None) };
        let piece = ready!(Pin::new(reading).poll(context));
        this.reading = None;
        Poll::Ready(Some(match piece {
            Ok(Ok((file, bytes))) => {
                this.left -= bytes.len() as u64;
                this.file = Some(file);
                Ok(Frame::data(bytes))
            }
            // The length was promised: the connection is cut, and the reader asks for the rest.
            Ok(Err(error)) => Err(error),
            Err(error) => Err(io::Error::other(error)),
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0 && self.reading.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
