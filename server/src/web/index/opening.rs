//! A start that does not wait for the lists: what is kept is read, and where nothing fits, codes are answered from the
//! register while the lists are built.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Clock, Indexes, Moment, kept, lock, moment, present};
use crate::findings::Found;
use crate::store::{At, Following, Head, Reader, Result};

/// Entries of a register whose lists are read before it is served: 14 microseconds each, where the processor is free.
const ENTRIES_AT_ONCE_MAX: u64 = 50_000;

/// Bytes of what was found that are read before the register is served: a few hundredths of a second. A register of
/// several years may have hundreds of megabytes, which pages do without for a moment, as they do while it is looked
/// for the first time.
const FINDINGS_AT_ONCE_BYTES: u64 = 4 << 20;

impl Indexes {
    /// Opens a register without waiting for its lists: they are read from `FILE.index` where that fits, else
    /// [`Indexes::finish_opening`] builds them, and until then [`Indexes::is_whole`] says no. What is built is
    /// kept in `FILE.index` from now on.
    ///
    /// # Errors
    /// As [`Indexes::open`].
    pub fn open_soon(path: &Path, clock: Clock) -> Result<Indexes> {
        Indexes::open_soon_with(path, clock, FINDINGS_AT_ONCE_BYTES)
    }

    /// The same, reading what was found with the lists up to so many bytes.
    pub(super) fn open_soon_with(
        path: &Path,
        clock: Clock,
        findings_at_once: u64,
    ) -> Result<Indexes> {
        let reader = Reader::open(path)?;
        let started = Instant::now();
        let at = present(&reader, clock().max(DateTime::UNIX_EPOCH))?;
        let (moment, unread) = match read(path, &reader, at, findings_at_once)? {
            Some(kept::Kept { moment, unread }) => {
                tracing::info!(
                    rows = moment.total_rows(),
                    log_size = at.known,
                    day = %at.as_of,
                    ms = started.elapsed().as_millis() as u64,
                    "indexes read"
                );
                (moment, unread)
            }
            None => (for_codes(path, &reader, at)?, false),
        };
        let ms = started.elapsed().as_millis() as u64;
        let mut indexes = Indexes::of(path, clock, reader, moment, ms);
        indexes.keeping = true;
        indexes.unread = unread.into();
        Ok(indexes)
    }

    /// As [`Indexes::following`], without waiting for the lists.
    ///
    /// # Errors
    /// As [`Indexes::open`].
    pub fn following_soon(
        path: &Path,
        following: Arc<Following>,
        fresh_for: TimeDelta,
    ) -> Result<Indexes> {
        let shared = Arc::clone(&following);
        let clock = move || shared.log_time().unwrap_or(DateTime::<Utc>::UNIX_EPOCH);
        let mut indexes = Indexes::open_soon(path, Box::new(clock))?;
        indexes.following = Some((following, fresh_for));
        Ok(indexes)
    }

    /// Whether lists can be answered.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.latest().whole
    }

    /// Builds the lists now, where they are not there yet and it takes about a second: nobody has to come back for a
    /// small register.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn finish_small(self: &Arc<Self>) -> Result<()> {
        if !self.is_whole() && self.head()?.known <= ENTRIES_AT_ONCE_MAX {
            self.complete()?;
            self.keep();
            self.refresh_findings();
        }
        Ok(())
    }

    /// Builds the lists in the background, where they are not there yet, and tries again until they are.
    pub fn finish_opening(self: &Arc<Self>) {
        if self.is_whole() {
            return;
        }
        let indexes = Arc::clone(self);
        std::thread::spawn(move || {
            while let Err(error) = indexes.complete() {
                tracing::error!(%error, "the lists could not be built");
                std::thread::sleep(std::time::Duration::from_secs(5));
            }
            indexes.keep();
            indexes.refresh_findings();
        });
    }

    fn complete(&self) -> Result<()> {
        let _guard = lock(&self.forward);
        let started = Instant::now();
        let progress = |what: &str| {
            tracing::info!(ms = started.elapsed().as_millis() as u64, "reading {what}");
        };
        let moment = self.read(|reader| {
            let at = present(reader, self.instant().max(DateTime::UNIX_EPOCH))?;
            Moment::build(self.path(), reader, at, at.as_of, None, None, &progress)
        })?;
        let ms = started.elapsed().as_millis() as u64;
        tracing::info!(
            rows = moment.total_rows(),
            log_size = moment.at.known,
            day = %moment.at.as_of,
            ms,
            "indexes ready"
        );
        self.built_ms.store(ms, Ordering::Relaxed);
        self.builds.fetch_add(1, Ordering::Relaxed);
        self.publish(moment);
        Ok(())
    }

    /// Writes the present into `FILE.index`, where this portal keeps one. A disk that is full or read-only costs
    /// the next start time and nothing else.
    pub(super) fn keep(&self) {
        let moment = self.latest();
        if !self.keeping || !moment.whole {
            return;
        }
        let _turn = lock(&self.writing);
        let started = Instant::now();
        match self.read(|reader| kept::write(self.path(), reader, &moment)) {
            Ok(()) => tracing::info!(
                log_size = moment.at.known,
                ms = started.elapsed().as_millis() as u64,
                "indexes kept for the next start"
            ),
            Err(error) => {
                tracing::warn!(%error, "the indexes could not be kept for the next start")
            }
        }
    }
}

/// What is kept, brought forward to `at`.
fn read(path: &Path, reader: &Reader, at: At, findings_at_once: u64) -> Result<Option<kept::Kept>> {
    match kept::read(path, reader, at, findings_at_once)? {
        Some(kept::Kept { moment, unread }) if moment.at != at => {
            let moment = moment::patch(reader, &moment, at)?;
            Ok(moment.map(|moment| kept::Kept { moment, unread }))
        }
        kept => Ok(kept),
    }
}

/// What codes are answered with: names, and no list.
fn for_codes(path: &Path, reader: &Reader, at: At) -> Result<Moment> {
    let names = kept::Names::read(reader, at)?;
    let head = Head { log_size: at.known, ..reader.head()? };
    let found = Found::none(At { known: 0, ..at });
    Ok(Moment { whole: false, ..Moment::of_names(path, head, at, names, found) })
}
