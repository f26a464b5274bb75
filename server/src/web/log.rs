//! The log over HTTP (C2SP tlog-tiles): checkpoint, tiles, entries, proofs.

use std::sync::{Arc, Mutex, PoisonError};

use register::tlog::TilePath;

use super::bodies::Coding;
use super::failure::Failure;
use super::reply::{Answer, Keep, Policy, TEXT};
use super::router::{Page, Route};
use super::{Portal, blocking};
use crate::keys::Folder;
use crate::tlog::{self, PublishError};

/// Media type of tiles and bundles.
const BYTES: &str = "application/octet-stream";

/// The last checkpoint signed: its size and its note.
#[derive(Debug, Default)]
pub struct Signed(Mutex<Option<(u64, Arc<str>)>>);

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
            let (_, note) = checkpoint(&portal)?;
            let mut answer = Answer::ok(TEXT, Policy::Data, note.as_bytes(), coding);
            answer.keep = Keep::Never;
            Ok(answer)
        }
    })
    .await
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
    let made = portal.indexes.read(|reader| Ok(tlog::checkpoint(reader, &*signer)))?;
    let (size, note) = made.map_err(failure)?;
    let signed = (size, Arc::from(note));
    *portal.signed.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(signed.clone());
    Ok(signed)
}

/// The signed checkpoint of the log when it had `size` entries; none where this node holds no log key.
///
/// # Errors
/// The register cannot be read.
pub(super) fn checkpoint_of(portal: &Portal, size: u64) -> Result<Option<String>, Failure> {
    let Ok(signer) = signer(portal) else { return Ok(None) };
    let made = portal.indexes.read(|reader| Ok(tlog::checkpoint_of(reader, &*signer, size)))?;
    made.map(Some).map_err(failure)
}

fn signer(portal: &Portal) -> Result<Box<dyn register::signature::Signer>, Failure> {
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
    let key = tlog::log_key(&id, &*signer).map_err(|e| Failure::Internal(e.to_string()))?;
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
    let (size, note) = checkpoint(portal)?;
    let made = portal.indexes.read(|reader| Ok(tlog::proof(reader, seq, size, &note)))?;
    let mut answer =
        Answer::ok(TEXT, Policy::Data, made.map_err(failure)?.text().as_bytes(), coding);
    answer.keep = Keep::Never;
    Ok(answer)
}
