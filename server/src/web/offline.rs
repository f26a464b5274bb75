//! What browsers keep for use without a network: the page that offers it, the signed copy, the service
//! worker, the web app manifest and its icons.
//!
//! `/offline/copy.txt` is the signed note, `/offline/key.txt` the key to check it with, and the files it
//! names are at `/offline/{name}-{first 16 digits of their SHA-256}`. The copy is a function of the log,
//! the day and the operator's origin; the format is in `register::offline`.

pub mod copy;
pub mod install;

use std::sync::{Arc, Mutex, MutexGuard, TryLockError};
use std::time::{Duration, Instant};

use app::model::{OfflineCopy, OfflinePage, PageContext};
use axum::http::{StatusCode, header};

use self::copy::Signed;
use super::answer::Rendered;
use super::bodies::{Body, Coding};
use super::failure::Failure;
use super::index::Moment;
use super::reply::{Answer, Keep, Policy, TEXT};
use super::router::Route;
use super::{Portal, assets};
use crate::keys::{Folder, KeyError, LogSigner};
use crate::store::Reader;

/// Copies that are still handed out: the present one, and one that a reader may be fetching.
const COPIES_KEPT: usize = 2;

/// Making copies takes at most one part in so many of the time.
const REST: u32 = 20;

/// The copies of a portal.
#[derive(Debug, Default)]
pub struct Copies {
    made: Mutex<Vec<Made>>,
    /// Held by whoever makes one.
    making: Mutex<()>,
}

#[derive(Clone, Debug)]
struct Made {
    copy: Arc<Signed>,
    /// When the next one may be made.
    next: Instant,
}

impl Copies {
    fn lock(&self) -> MutexGuard<'_, Vec<Made>> {
        self.made.lock().unwrap_or_else(|poison| poison.into_inner())
    }

    /// Lets go of all of them, and makes the next one when it is asked for.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// The signed copy of the present; none where this node has no key to sign with. While the register
    /// changes faster than copies can be made in a twentieth of the time, an earlier one: a copy says
    /// of which log size and day it is.
    ///
    /// # Errors
    /// The register or the key cannot be read; [`Failure::Busy`] while the first copy is being made.
    fn present(
        &self,
        portal: &Portal,
        reader: &Reader,
        moment: &Moment,
    ) -> Result<Option<Arc<Signed>>, Failure> {
        let last = self.lock().last().cloned();
        if let Some(last) = &last
            && (last.copy.at == moment.at || Instant::now() < last.next)
        {
            return Ok(Some(Arc::clone(&last.copy)));
        }
        let Some(signer) = signer(portal)? else { return Ok(None) };
        // One at a time, and nobody waits in line for it: a large register takes seconds.
        let _making = match (self.making.try_lock(), last) {
            (Ok(making), _) => making,
            (Err(TryLockError::Poisoned(poison)), _) => poison.into_inner(),
            (Err(TryLockError::WouldBlock), Some(last)) => return Ok(Some(last.copy)),
            (Err(TryLockError::WouldBlock), None) => return Err(Failure::Busy),
        };
        let began = Instant::now();
        let copy = Arc::new(copy::make(reader, moment, &portal.origin, &signer)?);
        let took: Duration = began.elapsed();
        tracing::debug!(ms = took.as_millis() as u64, codes = copy.codes, "offline copy made");
        let mut made = self.lock();
        made.push(Made { copy: Arc::clone(&copy), next: Instant::now() + took * REST });
        if made.len() > COPIES_KEPT {
            made.remove(0);
        }
        Ok(Some(copy))
    }

    /// A file of a copy that is still handed out.
    fn file(&self, name: &str) -> Option<Arc<copy::Packed>> {
        self.lock().iter().rev().find_map(|made| made.copy.file(name).cloned())
    }
}

/// The log's key, if this node holds it.
fn signer(portal: &Portal) -> Result<Option<LogSigner>, Failure> {
    match Folder::of(portal.indexes.path()).log_signer() {
        Ok(signer) => Ok(Some(signer)),
        Err(KeyError::Missing { .. }) => Ok(None),
        Err(error) => Err(Failure::Internal(error.to_string())),
    }
}

/// The copy of the present.
///
/// # Errors
/// As [`Copies::present`].
fn present(
    portal: &Portal,
    reader: &Reader,
    moment: &Moment,
) -> Result<Option<Arc<Signed>>, Failure> {
    portal.copies.present(portal, reader, moment)
}

/// The page `/offline`: what is kept, what it costs, and, where a service worker puts it in the place of
/// a page that cannot be fetched, the answer from the copy.
///
/// # Errors
/// As [`Copies::present`].
pub fn page(
    portal: &Portal,
    reader: &Reader,
    moment: &Moment,
    context: &PageContext,
) -> Result<Rendered, Failure> {
    let copy = present(portal, reader, moment)?.map(|copy| OfflineCopy {
        codes: copy.codes,
        programs: install::travelling(&portal.assets, copy.sm2),
        bytes: copy.travelling(),
        key: copy.key.clone(),
        day: copy.at.as_of.to_string(),
    });
    let model = OfflinePage { copy };
    let html = app::pages::offline::render(context, &model);
    let mut rendered = Rendered::new(super::reply::HTML, Policy::Offline, html.into_bytes());
    // It names the copy, which need not be of the same moment.
    rendered.cached = false;
    Ok(rendered)
}

/// `/offline/{name}`.
///
/// # Errors
/// [`Failure::NotFound`] for a name that is none, or where there is no copy.
pub fn file(portal: &Portal, route: &Route, coding: Coding) -> Result<Answer, Failure> {
    let name = route.key.as_str();
    if !matches!(name, "copy.txt" | "key.txt") {
        let packed = match portal.copies.file(name) {
            Some(packed) => Some(packed),
            // After a restart: a reader may have the note of a copy that can be made again.
            None => current(portal)?.and_then(|copy| copy.file(name).cloned()),
        };
        return Ok(packed.ok_or(Failure::NotFound)?.answer(coding));
    }
    let text = match name {
        // Asked for before a copy is, and not worth making one.
        "key.txt" => {
            let signer = signer(portal)?.ok_or(Failure::NoLogKey)?;
            let moment = portal.indexes.present()?;
            format!("{}\n", copy::key(&portal.origin, &moment.head.register_id, &signer)?)
        }
        _ => current(portal)?.ok_or(Failure::NoLogKey)?.note.clone(),
    };
    Ok(Answer::ok(TEXT, Policy::Data, text.as_bytes(), coding))
}

fn current(portal: &Portal) -> Result<Option<Arc<Signed>>, Failure> {
    let moment = portal.indexes.present()?;
    let mut outcome = Ok(None);
    portal.indexes.read(|reader| {
        outcome = present(portal, reader, &moment);
        Ok(())
    })?;
    outcome
}

/// An answer that is asked about each time and belongs to this site alone.
fn own(mime: &'static str, policy: Policy, bytes: &[u8], coding: Coding) -> Answer {
    Answer { keep: Keep::Revalidate, ..Answer::ok(mime, policy, bytes, coding) }
}

/// `/sw.js`: the service worker, with the addresses of this build before it.
#[must_use]
pub fn worker(portal: &Portal, coding: Coding) -> Answer {
    own("text/javascript; charset=utf-8", Policy::ServiceWorker, portal.worker.as_bytes(), coding)
        // It stands at the root, so that is its scope anyway; said for whoever moves it.
        .with(header::HeaderName::from_static("service-worker-allowed"), "/")
}

/// `/manifest.webmanifest`, in the reader's language.
#[must_use]
pub fn manifest(portal: &Portal, route: &Route, coding: Coding) -> Answer {
    let text = install::manifest(&portal.assets, route.lang, portal.mirror.is_some());
    own("application/manifest+json", Policy::Asset, text.as_bytes(), coding)
}

impl copy::Packed {
    fn answer(&self, coding: Coding) -> Answer {
        let (bytes, coding) = match coding {
            Coding::Brotli => (self.br.clone(), Coding::Brotli),
            Coding::Gzip => (Coding::Gzip.encode(&self.identity), Coding::Gzip),
            Coding::Identity => (self.identity.clone(), Coding::Identity),
        };
        let etag = format!(
            "\"{}{}\"",
            assets::hash16(self.name.as_bytes()),
            coding.name().unwrap_or_default()
        );
        Answer {
            status: StatusCode::OK,
            mime: "application/octet-stream",
            body: Body { bytes, coding, etag },
            keep: Keep::Forever,
            policy: Policy::Data,
            by_accept: false,
            more: Vec::new(),
            file: None,
            stamp: None,
        }
    }
}
