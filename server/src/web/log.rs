//! The log over HTTP (C2SP tlog-tiles): checkpoint, tiles, entries, proofs.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

use base64ct::{Base64, Encoding as _};
use chrono::{DateTime, NaiveDate, Utc};
use register::tlog::TilePath;

use super::bodies::Coding;
use super::failure::Failure;
use super::project::view;
use super::reply::{Answer, Keep, Policy, TEXT};
use super::router::{Page, Route};
use super::{Portal, blocking};
use crate::keys::{Folder, LogSigner};
use crate::store::{Reader, StoreError};
use crate::tlog::witness::Book;
use crate::tlog::{self, PublishError};

/// Media type of tiles and bundles.
const BYTES: &str = "application/octet-stream";

/// The last checkpoint signed: its size and its note; and whether there is a key at all.
#[derive(Debug, Default)]
pub struct Signed(Mutex<Option<(u64, Arc<str>)>>, OnceLock<()>);

/// The cosignatures kept, and of which state of their file they were read.
pub type Kept = Mutex<Option<(Option<SystemTime>, Arc<Book>)>>;

/// Answers for every address of the log.
pub(super) async fn answer(
    portal: &Arc<Portal>,
    route: &Route,
    coding: Coding,
) -> Result<Answer, Failure> {
    let portal = Arc::clone(portal);
    let (page, key) = (route.page, route.key.clone());
    blocking(move || match page {
        Page::LogTile => tile(&portal, &key, coding),
        Page::LogProof => proof(&portal, &key, coding),
        Page::LogKey => vkey(&portal, coding),
        _ => {
            let (_, note) = witnessed(&portal)?;
            let mut answer = Answer::ok(TEXT, Policy::Data, note.as_bytes(), coding);
            answer.keep = Keep::Never;
            Ok(answer)
        }
    })
    .await
}

/// Whether this node signs the log. A key may be put beside the register later.
#[must_use]
pub(super) fn signs(portal: &Portal) -> bool {
    if portal.signed.1.get().is_none() && signer(portal).is_ok() {
        let _ = portal.signed.1.set(());
    }
    portal.signed.1.get().is_some()
}

/// The signed checkpoint of the present log, signed once for each size.
///
/// # Errors
/// This node holds no log key ([`Failure::NoLogKey`]), or the register cannot be read.
pub(super) fn checkpoint(portal: &Portal) -> Result<(u64, Arc<str>), Failure> {
    let size = portal.indexes.read(|reader| reader.log_size())?;
    let kept = portal.signed.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(kept) = kept.filter(|(of, _)| *of == size) {
        return Ok(kept);
    }
    let signer = signer(portal)?;
    let made = portal.indexes.read(|reader| Ok(tlog::checkpoint(reader, &signer)))?;
    let (size, note) = made.map_err(failure)?;
    let signed = (size, Arc::from(note));
    *portal.signed.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(signed.clone());
    Ok(signed)
}

/// The same with the lines of witnesses below it.
fn witnessed(portal: &Portal) -> Result<(u64, String), Failure> {
    let (size, note) = checkpoint(portal)?;
    let book = portal.indexes.read(|reader| book(portal, reader))?;
    Ok((size, format!("{note}{}", book.lines(size))))
}

/// What witnesses signed, read again and verified whenever its file changed.
fn book(portal: &Portal, reader: &Reader) -> Result<Arc<Book>, StoreError> {
    let register = portal.indexes.path();
    let written = Book::written(register);
    let mut kept = portal.witnessed.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((of, book)) = &*kept
        && *of == written
    {
        return Ok(Arc::clone(book));
    }
    let book = Arc::new(Book::read(register, reader)?);
    *kept = Some((written, Arc::clone(&book)));
    Ok(book)
}

/// The signed checkpoint of the log when it had `size` entries; none where this node holds no log key.
///
/// # Errors
/// The register cannot be read.
pub(super) fn checkpoint_of(portal: &Portal, size: u64) -> Result<Option<String>, Failure> {
    let Ok(signer) = signer(portal) else { return Ok(None) };
    let made = portal.indexes.read(|reader| Ok(tlog::checkpoint_of(reader, &signer, size)))?;
    made.map(Some).map_err(failure)
}

/// The log's checkpoint of `size` entries and the key it is verified with, without what witnesses add
/// later; none where this node holds no log key.
///
/// # Errors
/// The register cannot be read.
pub(super) fn signed(
    portal: &Portal,
    reader: &Reader,
    size: u64,
) -> Result<Option<app::model::SignedLog>, Failure> {
    let Ok(signer) = signer(portal) else { return Ok(None) };
    let id = reader.head()?.register_id;
    let checkpoint = tlog::checkpoint_of(reader, &signer, size).map_err(failure)?;
    let key = tlog::log_key(&id, &signer).map_err(PublishError::from).map_err(failure)?;
    let second = tlog::second_key(reader, &signer, size).map_err(failure)?;
    let second = second.map(|key| key.to_string());
    Ok(Some(app::model::SignedLog { checkpoint, key: key.to_string(), second }))
}

/// How the log stands at `size` entries, for its page.
///
/// # Errors
/// The register cannot be read.
pub(super) fn page(
    portal: &Portal,
    reader: &Reader,
    size: u64,
    today: NaiveDate,
) -> Result<app::model::LogPage, Failure> {
    let id = reader.head()?.register_id;
    let book = book(portal, reader)?;
    let signed = signed(portal, reader, size)?.map(|signed| app::model::SignedLog {
        checkpoint: signed.checkpoint + &book.lines(size),
        ..signed
    });
    let root = Base64::encode_string(&reader.root(size)?);
    // Of the log as it was at that size, a witness may have signed more by now.
    let witnesses = book
        .all()
        .iter()
        .filter(|one| one.size <= size)
        .map(|one| app::model::LogWitness {
            name: one.witness.key.name().to_owned(),
            key: one.witness.key.to_string(),
            size: one.size,
            signed_on: instant(one.time).map(view::beijing).unwrap_or_default(),
            days: instant(one.time).map_or(0, |time| (today - view::day(time)).num_days()),
            time: one.time,
        })
        .collect();
    Ok(app::model::LogPage { size, root, name: tlog::origin(&id), signed, witnesses })
}

/// What a witness says of the time, as far as a calendar goes.
fn instant(seconds: u64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)
}

fn signer(portal: &Portal) -> Result<LogSigner, Failure> {
    Folder::of(portal.indexes.path()).log_signer().map_err(|error| {
        tracing::debug!(%error, "the log cannot be signed");
        Failure::NoLogKey
    })
}

fn failure(error: PublishError) -> Failure {
    match error {
        PublishError::NoEntry { .. } => Failure::NotFound,
        PublishError::Store(error) => error.into(),
        error @ PublishError::Note(_) => Failure::Internal(error.to_string()),
    }
}

fn vkey(portal: &Portal, coding: Coding) -> Result<Answer, Failure> {
    let signer = signer(portal)?;
    let id = portal.indexes.read(|reader| reader.head())?.register_id;
    let key = tlog::log_key(&id, &signer).map_err(|e| Failure::Internal(e.to_string()))?;
    Ok(Answer::ok(TEXT, Policy::Data, format!("{key}\n").as_bytes(), coding))
}

fn tile(portal: &Portal, key: &str, coding: Coding) -> Result<Answer, Failure> {
    let path = TilePath::parse(&format!("tile/{key}")).ok_or(Failure::NotFound)?;
    let bytes = portal.indexes.read(|reader| reader.tile(path))?.ok_or(Failure::NotFound)?;
    // Hashes do not compress; entries do.
    let coding = if key.starts_with("entries/") { coding } else { Coding::Identity };
    let mut answer = Answer::ok(BYTES, Policy::Data, &bytes, coding);
    answer.keep = Keep::Forever;
    Ok(answer)
}

fn proof(portal: &Portal, key: &str, coding: Coding) -> Result<Answer, Failure> {
    let digits = key.strip_suffix(".tlog-proof").ok_or(Failure::NotFound)?;
    let seq: u64 = digits
        .parse()
        .ok()
        .filter(|seq: &u64| seq.to_string() == digits)
        .ok_or(Failure::NotFound)?;
    let (size, note) = witnessed(portal)?;
    let made = portal.indexes.read(|reader| Ok(tlog::proof(reader, seq, size, &note)))?;
    let mut answer =
        Answer::ok(TEXT, Policy::Data, made.map_err(failure)?.text().as_bytes(), coding);
    answer.keep = Keep::Never;
    Ok(answer)
}
