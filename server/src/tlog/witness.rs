//! Witnesses of the log (C2SP tlog-witness): programs of others that sign a checkpoint only if the log
//! goes on from the one they signed before. A log that was rewritten gets no such signature.

mod book;
mod rounds;

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use base64ct::{Base64, Encoding as _};
use register::note::{Note, NoteError, WitnessKey};

use crate::store::{Reader, StoreError};

pub use book::{Book, Witnessed};
pub use rounds::{Round, round, watch};

/// How long a witness may take for one request.
const REQUEST_TIME: Duration = Duration::from_secs(10);

/// Most bytes of an answer that are read: hundreds of signature lines.
const ANSWER_BYTES_MAX: u64 = 64 * 1024;

/// Requests until the witness and the log agree on where the witness stands: others may ask it too.
const REQUESTS_MAX: usize = 4;

/// Most hashes of a consistency proof (the specification's bound).
const PROOF_LINES_MAX: usize = 63;

/// A witness as an operator names it: `URL=VKEY`, the submission prefix and the verifier key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// Submission prefix, without a slash at its end.
    pub url: String,
    /// What its cosignatures are verified with.
    pub key: WitnessKey,
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.url, self.key)
    }
}

impl FromStr for Witness {
    type Err = String;

    fn from_str(text: &str) -> Result<Witness, String> {
        let expected = "a witness is URL=VKEY, e.g. https://witness.example=witness.example/w1+…+…";
        let (url, key) = text.split_once('=').ok_or(expected)?;
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        if host.is_none_or(|host| host.trim_end_matches('/').is_empty())
            || url.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '?' | '#'))
        {
            return Err(format!("{url:?} is no http(s) address without query; {expected}"));
        }
        let key = key.parse().map_err(|error| format!("{error}; {expected}"))?;
        Ok(Witness { url: url.trim_end_matches('/').to_owned(), key })
    }
}

/// Why a witness gave no cosignature.
#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    /// It did not answer, or not in time.
    #[error("{url}: {error}")]
    Http {
        /// What was asked.
        url: String,
        /// What came.
        error: Box<ureq::Error>,
    },
    /// The log was rewritten, or this is not the log it knows: its first entries are not those the
    /// witness signed.
    #[error(
        "it signed a log of {size} entries of which this one is no continuation: the log was \
         rewritten, or the witness was shown another"
    )]
    Forked {
        /// Entries the witness signed.
        size: u64,
    },
    /// The log is shorter than what the witness signed.
    #[error(
        "it signed a log of {size} entries, this one has {own}: entries were taken away, or this is \
         an old copy"
    )]
    Ahead {
        /// Entries the witness signed.
        size: u64,
        /// Entries there are.
        own: u64,
    },
    /// 404: it does not know the log.
    #[error("it does not know this log (404): its operator has to add the log's key")]
    UnknownLog,
    /// 403: it knows the log by another key.
    #[error("it does not trust the key that signed (403)")]
    UnknownKey,
    /// Another answer.
    #[error("it answered with status {0}")]
    Status(u16),
    /// 409 again and again, with another size each time.
    #[error("it moved on at every request")]
    Moving,
    /// 200 without a cosignature by its key, or with one that does not verify.
    #[error("its answer holds no good cosignature: {0}")]
    Unsigned(NoteError),
    /// The register cannot be read.
    #[error("{0}")]
    Store(#[from] StoreError),
}

impl WitnessError {
    /// Whether it says that the log itself is not what it was: nothing that goes by with time.
    #[must_use]
    pub const fn accuses(&self) -> bool {
        matches!(self, WitnessError::Forked { .. } | WitnessError::Ahead { .. })
    }
}

/// A connection to witnesses, kept between requests.
#[derive(Debug)]
pub struct Client(ureq::Agent);

impl Default for Client {
    fn default() -> Client {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(REQUEST_TIME))
            // 4xx are answers here. A signed log is not sent on to where somebody points.
            .http_status_as_error(false)
            .max_redirects(0);
        Client(config.build().into())
    }
}

impl Client {
    /// Asks a witness for its cosignature on the checkpoint `note` of the first `size` entries. `old`:
    /// the size it is thought to have signed before, 0 where nobody knows.
    ///
    /// # Errors
    /// [`WitnessError`].
    pub fn ask(
        &self,
        witness: &Witness,
        reader: &Reader,
        note: &str,
        size: u64,
        old: u64,
    ) -> Result<Witnessed, WitnessError> {
        let url = format!("{}/add-checkpoint", witness.url);
        let mut old = if old > size { 0 } else { old };
        for _ in 0..REQUESTS_MAX {
            let (status, tree_size, body) = self.post(&url, request(reader, note, old, size)?)?;
            match status {
                200 => return signed(witness, note, size, &body),
                403 => return Err(WitnessError::UnknownKey),
                404 => return Err(WitnessError::UnknownLog),
                422 => return Err(WitnessError::Forked { size: old }),
                409 => match tree_size {
                    Some(seen) if seen > size => {
                        return Err(WitnessError::Ahead { size: seen, own: size });
                    }
                    Some(seen) if seen != old => old = seen,
                    // The sizes agree: the roots do not.
                    _ => return Err(WitnessError::Forked { size: old }),
                },
                other => return Err(WitnessError::Status(other)),
            }
        }
        Err(WitnessError::Moving)
    }

    /// Status, the size of a conflict, and the body.
    fn post(&self, url: &str, request: String) -> Result<(u16, Option<u64>, String), WitnessError> {
        let failed =
            |error: ureq::Error| WitnessError::Http { url: url.to_owned(), error: Box::new(error) };
        let mut answer = self
            .0
            .post(url)
            .content_type("text/plain; charset=utf-8")
            .send(request)
            .map_err(failed)?;
        let size_follows =
            answer.headers().get("content-type").and_then(|value| value.to_str().ok()).is_some_and(
                |value| value.split(';').next().unwrap_or("").trim() == "text/x.tlog.size",
            );
        let body = answer
            .body_mut()
            .with_config()
            .limit(ANSWER_BYTES_MAX)
            .read_to_string()
            .map_err(failed)?;
        let number = body.strip_suffix('\n').filter(|text| {
            text.bytes().all(|b| b.is_ascii_digit()) && (*text == "0" || !text.starts_with('0'))
        });
        let size = number.filter(|_| size_follows).and_then(|text| text.parse().ok());
        Ok((answer.status().as_u16(), size, body))
    }
}

/// The body of `add-checkpoint`.
fn request(reader: &Reader, note: &str, old: u64, size: u64) -> Result<String, StoreError> {
    use std::fmt::Write as _;
    let mut text = format!("old {old}\n");
    if old > 0 && old < size {
        let proof = reader.consistency(old, size)?.unwrap_or_default();
        debug_assert!(proof.len() <= PROOF_LINES_MAX, "a log of less than 2^63 entries");
        for hash in proof {
            // Writing to memory cannot fail.
            let _ = writeln!(text, "{}", Base64::encode_string(&hash));
        }
    }
    text.push('\n');
    text.push_str(note);
    Ok(text)
}

/// The witness's own lines of its answer, verified; lines by others are passed over.
fn signed(
    witness: &Witness,
    note: &str,
    size: u64,
    answer: &str,
) -> Result<Witnessed, WitnessError> {
    let both = format!("{note}{answer}");
    let read = Note::parse(&both).map_err(WitnessError::Unsigned)?;
    let time = read.cosigned_by(&witness.key).map_err(WitnessError::Unsigned)?;
    Ok(Witnessed { witness: witness.clone(), size, lines: read.lines_by(&witness.key), time })
}
