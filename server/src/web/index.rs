//! The live indexes: one engine per catalogue for the present, a few for the past.
//!
//! Every request asks where the log stands (microseconds). A longer log means that this or another
//! process appended: the rows those entries touch are read again and laid over the index before the
//! request is answered, so a withdrawal shows at once. A bulk import is indexed in the background
//! while readers are served the position before it; every page says which position it shows, and
//! everything on it is of that position.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, RwLock};
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use register::verdict::View as LogView;

use super::limits;
use super::project::view;
use crate::store::{At, Following, Head, Reader, Result};

mod damage;
mod kept;
mod moment;
mod opening;
mod past;
mod refresh;

use self::moment::patch;
pub use self::moment::{Evaluated, Moment, Shelf};
pub use self::past::Unavailable;

/// Tells the time; a function so that tests can turn the day.
pub type Clock = Box<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// All moments, and the readers they are read with.
pub struct Indexes {
    path: PathBuf,
    clock: Clock,
    /// Where the log is at home elsewhere: how far this node is from it, and how far it may be.
    following: Option<(Arc<Following>, TimeDelta)>,
    readers: Mutex<Vec<Reader>>,
    live: RwLock<Arc<Moment>>,
    /// Held by whoever brings `live` forward.
    forward: Mutex<()>,
    past: Mutex<Vec<Arc<Moment>>>,
    /// Held by whoever builds a past.
    backward: Mutex<()>,
    /// Those who wait for it.
    waiting: AtomicUsize,
    /// Somebody is looking for inconsistencies.
    looking: AtomicBool,
    /// What was found lies in `FILE.index` and was not read yet.
    unread: AtomicBool,
    /// See [`Head::redacted`], as last seen.
    redacted: AtomicU64,
    damage: damage::Damage,
    /// What is built is kept in `FILE.index` for the next start.
    keeping: bool,
    /// Held by whoever writes that file.
    writing: Mutex<()>,
    /// Milliseconds that the last build of all indexes took, and how many there were.
    pub(super) built_ms: AtomicU64,
    pub(super) builds: AtomicU64,
}

impl std::fmt::Debug for Indexes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Indexes").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Readers kept open.
const READERS_KEPT: usize = 16;
/// Up to this many rows a whole rebuild is done while the reader waits.
const REBUILT_AT_ONCE_ROWS_MAX: usize = 3_000;

impl Indexes {
    /// Opens a register and builds the indexes of the present.
    ///
    /// # Errors
    /// When it is missing, damaged or cannot be read; the text says what to do.
    pub fn open(path: &Path, clock: Clock) -> Result<Indexes> {
        let reader = Reader::open(path)?;
        let started = Instant::now();
        let at = present(&reader, clock().max(DateTime::UNIX_EPOCH))?;
        let progress = |what: &str| {
            tracing::info!(ms = started.elapsed().as_millis() as u64, "reading {what}")
        };
        let moment = Moment::build(path, &reader, at, at.as_of, None, None, &progress)?;
        tracing::info!(
            rows = moment.total_rows(),
            log_size = at.known,
            day = %at.as_of,
            ms = started.elapsed().as_millis() as u64,
            "indexes ready"
        );
        Ok(Indexes::of(path, clock, reader, moment, started.elapsed().as_millis() as u64))
    }

    fn of(path: &Path, clock: Clock, reader: Reader, moment: Moment, built_ms: u64) -> Indexes {
        let redacted = moment.head.redacted;
        Indexes {
            path: path.to_owned(),
            clock,
            following: None,
            readers: Mutex::new(vec![reader]),
            forward: Mutex::new(()),
            past: Mutex::default(),
            backward: Mutex::new(()),
            waiting: AtomicUsize::new(0),
            looking: AtomicBool::new(false),
            unread: AtomicBool::new(false),
            redacted: AtomicU64::new(redacted),
            damage: damage::Damage::default(),
            built_ms: AtomicU64::new(built_ms),
            builds: AtomicU64::new(u64::from(moment.whole)),
            live: RwLock::new(Arc::new(moment)),
            keeping: false,
            writing: Mutex::new(()),
        }
    }

    /// Opens this node's view of a log at home elsewhere. The day is that of the log time; beyond
    /// `fresh_for` the view is stale.
    ///
    /// # Errors
    /// As [`Indexes::open`].
    pub fn following(
        path: &Path,
        following: Arc<Following>,
        fresh_for: TimeDelta,
    ) -> Result<Indexes> {
        let shared = Arc::clone(&following);
        // Never confirmed: the day of the last entry, which is never before the time asked for here.
        let clock = move || shared.log_time().unwrap_or(DateTime::UNIX_EPOCH);
        let mut indexes = Indexes::open(path, Box::new(clock))?;
        indexes.following = Some((following, fresh_for));
        Ok(indexes)
    }

    /// How far this node's view can be trusted, for a verdict at a log size. The present is log time: the
    /// clock, never before the last entry was recorded, so that a machine whose clock is behind still judges,
    /// and judges the day that its pages name.
    #[must_use]
    pub fn log_view(&self, log_size: u64) -> LogView {
        let recorded = self.read(|reader| reader.head()).ok().and_then(|head| head.recorded_at);
        let clock = Utc::now();
        let now = recorded.map_or(clock, |recorded| recorded.max(clock));
        let fresh = LogView::fresh(now, log_size);
        match &self.following {
            None => fresh,
            Some((following, fresh_for)) => {
                // A confirmation may come between the two looks at the clock.
                let log_time = following.log_time().map(|time| time.min(now));
                LogView { log_time, fresh_for: *fresh_for, ..fresh }
            }
        }
    }

    /// Whether this node has been cut off from its log for longer than it may.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        if self.following.is_none() {
            // The log is in the file that is read.
            return false;
        }
        let view = self.log_view(0);
        view.log_time.is_none_or(|time| view.now - time > view.fresh_for)
    }

    /// Runs `work` with a reader.
    ///
    /// # Errors
    /// When a reader cannot be opened, or `work`'s own.
    pub fn read<T>(&self, work: impl FnOnce(&Reader) -> Result<T>) -> Result<T> {
        let kept = lock(&self.readers).pop();
        let reader = match kept {
            Some(reader) => reader,
            None => Reader::open(&self.path)?,
        };
        let result = work(&reader);
        let mut readers = lock(&self.readers);
        if readers.len() < READERS_KEPT {
            readers.push(reader);
        }
        result
    }

    /// The register's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The instant.
    #[must_use]
    pub fn instant(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    /// The log's head and the day, whatever the indexes have reached.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn head(&self) -> Result<At> {
        let (at, redacted) = self.read(|reader| {
            let head = reader.head()?;
            Ok((present_of(&head, (self.clock)()), head.redacted))
        })?;
        if self.redacted.fetch_max(redacted, Ordering::AcqRel) < redacted {
            lock(&self.past).clear();
            if self.keeping {
                kept::delete(&self.path);
            }
        }
        Ok(at)
    }

    /// Log size after the last redaction seen by [`Indexes::head`]. Whatever was made of the register
    /// while it was another may hold values that are out of it.
    #[must_use]
    pub fn redacted(&self) -> u64 {
        self.redacted.load(Ordering::Acquire)
    }

    /// The position the lists stand at, wherever the log is.
    pub fn latest(&self) -> Arc<Moment> {
        Arc::clone(&self.live.read().unwrap_or_else(|poison| poison.into_inner()))
    }

    /// The present, if nothing has changed since it was built: the cheap question of every request.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn unchanged(&self) -> Result<Option<Arc<Moment>>> {
        Ok(self.now()?.1)
    }

    /// The log's head and the day, and the present if that is where it stands: one look at the register.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn now(&self) -> Result<(At, Option<Arc<Moment>>)> {
        let live = self.latest();
        let at = self.head()?;
        Ok((at, (at == live.at).then_some(live)))
    }

    /// The present, brought forward if the log or the day went on.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn present(self: &Arc<Self>) -> Result<Arc<Moment>> {
        self.bring_forward(true)
    }

    /// The present as [`Indexes::present`]; while another thread brings it forward, the position before.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn present_or_before(self: &Arc<Self>) -> Result<Arc<Moment>> {
        self.bring_forward(false)
    }

    fn bring_forward(self: &Arc<Self>, patient: bool) -> Result<Arc<Moment>> {
        if let Some(live) = self.unchanged()? {
            return Ok(live);
        }
        let live = self.latest();
        if !live.whole {
            // Its lists are on their way already.
            return Ok(live);
        }
        // Bringing forward is one thread's work; while a long rebuild holds the lock the others are
        // served the position before it.
        let guard = match self.forward.try_lock() {
            Ok(guard) => guard,
            Err(std::sync::TryLockError::Poisoned(poison)) => poison.into_inner(),
            Err(std::sync::TryLockError::WouldBlock) if !patient => return Ok(self.latest()),
            Err(std::sync::TryLockError::WouldBlock) => {
                let live = self.latest();
                if live.total_rows() > REBUILT_AT_ONCE_ROWS_MAX {
                    // Short: the holder is patching, or has handed a rebuild to the background.
                    std::thread::sleep(std::time::Duration::from_millis(10));
                    return Ok(self.latest());
                }
                lock(&self.forward)
            }
        };
        if let Some(live) = self.unchanged()? {
            return Ok(live);
        }
        let live = self.latest();
        let at = self.read(|reader| present(reader, (self.clock)()))?;
        let redacted = self.read(|reader| reader.head())?.redacted != live.head.redacted;
        let patched = self.read(|reader| patch(reader, &live, at))?;
        if let Some(moment) = patched {
            let moment = self.publish(moment);
            drop(guard);
            if redacted {
                // Laid over an index, new rows hide old ones, which stay in memory: not for long.
                self.rebuild_in_background();
            }
            self.refresh_findings();
            return Ok(moment);
        }
        if live.total_rows() <= REBUILT_AT_ONCE_ROWS_MAX
            && at.known - live.at.known <= limits::OVERLAY_ENTRIES_MAX as u64
        {
            let moment = self.read(|reader| {
                Moment::build(&self.path, reader, at, at.as_of, None, None, &|_| {})
            })?;
            return Ok(self.publish(moment));
        }
        drop(guard);
        self.rebuild_in_background();
        Ok(live)
    }

    fn rebuild_in_background(self: &Arc<Self>) {
        let indexes = Arc::clone(self);
        crate::priority::in_background(move || {
            if indexes.rebuild() {
                indexes.keep();
            }
            indexes.refresh_findings();
        });
    }

    /// Builds the present anew, in the background; whether it did.
    fn rebuild(&self) -> bool {
        let Ok(_guard) = self.forward.try_lock() else { return false };
        let started = Instant::now();
        let built = self.read(|reader| {
            let at = present(reader, (self.clock)())?;
            // The old ones, until the new ones have been looked for.
            let old = Arc::clone(&self.latest().findings);
            Moment::build(&self.path, reader, at, at.as_of, None, Some(old), &|_| {})
        });
        match built {
            Ok(moment) => {
                tracing::info!(
                    log_size = moment.at.known,
                    ms = started.elapsed().as_millis() as u64,
                    "indexes rebuilt"
                );
                self.built_ms.store(started.elapsed().as_millis() as u64, Ordering::Relaxed);
                self.builds.fetch_add(1, Ordering::Relaxed);
                self.publish(moment);
                true
            }
            Err(error) => {
                tracing::error!(%error, "indexes could not be rebuilt");
                false
            }
        }
    }

    fn publish(&self, moment: Moment) -> Arc<Moment> {
        let moment = Arc::new(moment);
        *self.live.write().unwrap_or_else(|poison| poison.into_inner()) = Arc::clone(&moment);
        moment
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poison| poison.into_inner())
}

/// Log time's day in China (never before the last entry was recorded) and the whole log.
fn present(reader: &Reader, now: DateTime<Utc>) -> Result<At> {
    Ok(present_of(&reader.head()?, now))
}

fn present_of(head: &Head, now: DateTime<Utc>) -> At {
    let log_time = head.recorded_at.map_or(now, |recorded| recorded.max(now));
    At { as_of: view::day(log_time), known: head.log_size }
}

#[cfg(test)]
mod tests {
    use register::{Draft, Kind, Reason, ReasonCode, SourceRef};

    use search::catalogue::Catalogue;

    use super::*;
    use crate::store::{Register, random_id};

    fn notice() -> Draft {
        let body = serde_json::json!({
            "type": "consumer_tip", "title": "选购提示", "published_on": "2026-06-01",
            "issuer": "示例局", "url": "https://example.com/tip",
        });
        Draft {
            valid_from: "2026-06-01".parse().expect("a day"),
            kind: Kind::Notice,
            key: "示例局/2026-06-01/tip".to_owned(),
            reason: Reason::said(ReasonCode::Published, None),
            source: SourceRef { id: "notices".to_owned(), locator: Default::default() },
            body: body.as_object().cloned().expect("an object"),
        }
    }

    #[test]
    fn whoever_is_in_a_hurry_gets_the_position_before_while_another_brings_the_lists_forward() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("r.db");
        let register = Register::create(&path, &random_id().expect("an id")).expect("a register");
        let indexes = Arc::new(Indexes::open(&path, Box::new(Utc::now)).expect("indexes"));
        let before = indexes.latest().at.known;
        let mut one = std::iter::once(Ok(notice()));
        register.append_with(None, None, &mut one).expect("appended");
        let held = lock(&indexes.forward);
        assert_eq!(indexes.head().expect("a head").known, before + 1, "a verdict is of the head");
        let hurried = indexes.present_or_before().expect("a position");
        assert_eq!(hurried.at.known, before, "and does not wait for the lists");
        drop(held);
        assert_eq!(indexes.present_or_before().expect("a position").at.known, before + 1);
    }

    fn until(what: &str, holds: impl Fn() -> bool) {
        let started = Instant::now();
        while !holds() {
            assert!(started.elapsed().as_secs() < 60, "{what}");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }

    #[test]
    fn what_was_found_is_read_behind_a_start_and_is_what_was_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("r.db");
        let now = "2026-11-22T04:00:00Z".parse::<DateTime<Utc>>().expect("an instant");
        let id = crate::sample::register_id(60, 1);
        let register = Register::create(&path, &id).expect("a register");
        let mut all = crate::sample::drafts(60, 1).map(Ok);
        register.append_with(None, None, &mut all).expect("appended");
        let open = |most| {
            let indexes = Indexes::open_soon_with(&path, Box::new(move || now), most);
            Arc::new(indexes.expect("indexes"))
        };
        let first = open(u64::MAX);
        first.finish_small().expect("built");
        first.refresh_findings();
        until("it is kept", || kept::file(&path).exists() && first.latest().has_looked());
        let all = first.latest().findings.all().to_vec();
        assert!(all.len() > 3, "the sample has inconsistencies");
        let written = std::fs::metadata(kept::file(&path)).expect("a file").modified().ok();

        let later = open(0);
        assert!(
            later.is_whole() && !later.latest().has_looked(),
            "lists are there, findings not yet"
        );
        assert_eq!(later.latest().rows(Catalogue::Inconsistencies), 0);
        later.refresh_findings();
        until("they are read", || later.latest().has_looked());
        assert_eq!(later.latest().findings.all(), all);
        assert_eq!(later.latest().rows(Catalogue::Inconsistencies), all.len());
        until("nobody looks", || !later.looking.load(Ordering::Acquire));
        let again = std::fs::metadata(kept::file(&path)).expect("a file").modified().ok();
        assert_eq!(written, again, "what is kept already is not written again");

        // Damaged behind its start: it is looked for anew.
        let damaged = open(0);
        let bytes = std::fs::read(kept::file(&path)).expect("read");
        let at = bytes.windows(8).rposition(|eight| eight == b"\"records").expect("findings");
        let mut other = bytes.clone();
        other[at + 2] ^= 1;
        std::fs::write(kept::file(&path), &other).expect("written");
        damaged.refresh_findings();
        until("they are looked for", || damaged.latest().has_looked());
        assert_eq!(damaged.latest().findings.all(), all);
    }
}
