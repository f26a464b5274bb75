//! A copy of the log beside the view, brought up to its home: every entry is hashed again on the way.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use register::ReasonCode;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::super::chain;
use super::super::redact::{self, Taken};
use super::super::view::{self, View, column};
use super::super::{Clock, Place, Register, Result, StoreError, units};
use super::home::{self, Chunk, Home};
use super::session::Session;

/// How often the home is asked where it stands, whatever it notifies.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// First and longest wait before a home that is away is called again.
const CALL_AGAIN: (Duration, Duration) = (Duration::from_millis(50), Duration::from_millis(400));
/// How long old pages are waited for, at each look, after a redaction arrived.
const PAGES_WAIT: Duration = Duration::from_millis(200);

/// What a catch-up did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Caught {
    /// Entries taken in.
    pub(in super::super) count: u64,
    /// Values were taken out; their old pages are to be cleared away.
    pub(in super::super) removed: bool,
}

/// Brings the copy in `conn` up to its home. In a writer's transaction `alone` is false.
pub(in super::super) fn catch_up(
    home: &Home,
    session: &Session,
    conn: &Connection,
    path: &Path,
    alone: bool,
    progress: &mut dyn FnMut(u64),
) -> Result<Caught> {
    let mut caught = Caught::default();
    loop {
        let (size, chain) = view::tip(conn)?;
        let seen = home::seen(session, size)?;
        let forked = |what: String| {
            Err(StoreError::Forked {
                home: home.address().to_string(),
                path: path.to_owned(),
                what,
            })
        };
        match seen.chain {
            None if seen.size < size => {
                return forked(format!(
                    "it holds {} entries, {size} have been seen here",
                    seen.size
                ));
            }
            None => return forked(format!("entry {} is missing there", size.saturating_sub(1))),
            Some(theirs) if theirs != chain => {
                return forked(format!("its first {size} entries are not those seen here"));
            }
            Some(_) => {}
        }
        if seen.size == size {
            return Ok(caught);
        }
        let chunk = home::pull(session, size, alone, &|root| Ok(!units::has(conn, root)?))?;
        if chunk.entries.is_empty() {
            return Ok(caught);
        }
        let took = take_in(conn, path, &chunk)?;
        caught.count += took.count;
        caught.removed |= took.removed;
        progress(view::tip(conn)?.0);
    }
}

/// Takes entries into the copy and its view, in one transaction. Another process that shares the file
/// may have taken some of them already.
fn take_in(conn: &Connection, path: &Path, chunk: &Chunk) -> Result<Caught> {
    let removing = removes(conn, chunk)?;
    if removing {
        redact::begin_mark(path)?;
        conn.execute_batch("PRAGMA secure_delete = ON")?;
    }
    let transaction = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)
        .map_err(|error| StoreError::writing(error, path))?;
    let mut caught = Caught { count: 0, removed: removing };
    let mut numbers_move = false;
    let (size, mut before) = view::tip(&transaction)?;
    let mut view = View::start(&transaction, "main")?;
    view.catch_up(&mut |_| ())?;
    let mut insert =
        transaction.prepare("INSERT INTO main.entries (seq, chain, entry) VALUES (?1, ?2, ?3)")?;
    let mut set_aside = transaction.prepare(
        "INSERT INTO main.removable_values (seq, field, salt, value) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (entry, chain, text) in chunk.entries.iter().filter(|(entry, ..)| entry.seq >= size) {
        before = chain::next(&before, text.as_bytes());
        if before != *chain {
            return Err(StoreError::Damaged(format!(
                "the log at home is damaged: the hash of entry {} does not fit its text",
                entry.seq
            )));
        }
        insert.execute(params![column(entry.seq), chain, text])?;
        for (field, salt, value) in chunk.values.get(&entry.seq).into_iter().flatten() {
            set_aside.execute(params![column(entry.seq), field, salt, value])?;
        }
        if entry.reason.code == ReasonCode::Redacted {
            let gone: Vec<_> =
                Taken::of(entry).into_iter().filter(|one| !chunk.kept.contains(one)).collect();
            numbers_move |= redact::forget(&transaction, entry.kind, &entry.key, &gone)?;
        }
        let mut whole = entry.clone();
        super::super::removable::put_back(&transaction, text, &mut whole)?;
        view.apply(&whole, text)?;
        caught.count += 1;
    }
    drop((insert, set_aside));
    for batch in &chunk.batches {
        units::put(&transaction, batch)?;
    }
    view.finish()?;
    if numbers_move {
        let mut view = View::reset(&transaction, "main")?;
        view.catch_up(&mut |_| ())?;
        view.finish()?;
    }
    if removing {
        redact::refill(&transaction)?;
    }
    transaction.commit().map_err(|error| StoreError::writing(error, path))?;
    Ok(caught)
}

/// Whether redactions among these entries take out values that this copy holds. One that is new never
/// had them.
fn removes(conn: &Connection, chunk: &Chunk) -> Result<bool> {
    let mut held = conn.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM main.removable_values WHERE seq = ?1 AND field = ?2)",
    )?;
    for (entry, ..) in &chunk.entries {
        if entry.reason.code != ReasonCode::Redacted {
            continue;
        }
        for one in Taken::of(entry) {
            let here: bool = held.query_row(params![column(one.0), one.1], |row| row.get(0))?;
            if here && !chunk.kept.contains(&one) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// A node that follows its log's home for as long as the program runs.
#[derive(Debug)]
pub struct Following {
    /// Milliseconds since 1970 of the last confirmation; the least value: never.
    confirmed: AtomicI64,
}

impl Following {
    /// When this node last confirmed that its view is at the log's head; `None`: not since it started.
    #[must_use]
    pub fn log_time(&self) -> Option<DateTime<Utc>> {
        match self.confirmed.load(Ordering::Acquire) {
            i64::MIN => None,
            millis => DateTime::from_timestamp_millis(millis),
        }
    }
}

/// Opens this machine's view of a log at home elsewhere, waiting for the log to be made where there is
/// none, and follows it in a thread of its own. A home that is away is called again and again; a view
/// that is there already is served meanwhile.
///
/// # Errors
/// The home refuses, is away and there is no view yet, or its log is not the one this node has seen.
pub fn follow(place: &Place, clock: Arc<dyn Clock>) -> Result<Arc<Following>> {
    let following = Arc::new(Following { confirmed: AtomicI64::new(i64::MIN) });
    let mut told = false;
    let register = loop {
        let now = clock.now();
        match place.open_with_clock(Arc::clone(&clock)) {
            Ok(register) => {
                following.confirmed.store(now.timestamp_millis(), Ordering::Release);
                break register;
            }
            Err(StoreError::NoLog(home)) if !place.path.exists() => {
                if !told {
                    tracing::info!(
                        "there is no log at {home} yet; waiting until `liangbiao import`, `liangbiao \
                         sample` or `liangbiao log move` makes one"
                    );
                    told = true;
                }
                std::thread::sleep(LOOK_EVERY / 4);
            }
            Err(error @ StoreError::Away { .. }) if place.path.exists() => {
                tracing::warn!(%error, "the view is served as it is");
                break place.open_away(Arc::clone(&clock))?;
            }
            Err(error) => return Err(error),
        }
    };
    let shared = Arc::clone(&following);
    std::thread::Builder::new()
        .name("follow".to_owned())
        .spawn(move || follow_on(&register, &*clock, &shared))?;
    Ok(following)
}

fn follow_on(register: &Register, clock: &dyn Clock, following: &Following) {
    let mut pause = CALL_AGAIN.0;
    let mut said = String::new();
    loop {
        match round(register, clock, following) {
            Ok(()) => {
                if !said.is_empty() {
                    tracing::info!("the log's home is back");
                    said.clear();
                }
                pause = CALL_AGAIN.0;
            }
            Err(error) => {
                let text = error.to_string();
                // Once, not at every call.
                if text != said {
                    match error {
                        StoreError::Away { .. } | StoreError::Busy(_) => tracing::warn!("{text}"),
                        _ => tracing::error!("{text}"),
                    }
                    said = text;
                }
                std::thread::sleep(pause);
                pause = (pause * 2).min(CALL_AGAIN.1);
            }
        }
    }
}

/// One look at the home, what is new taken in, then a wait for more.
fn round(register: &Register, clock: &dyn Clock, following: &Following) -> Result<()> {
    let now = clock.now();
    register.catch_up()?;
    following.confirmed.fetch_max(now.timestamp_millis(), Ordering::AcqRel);
    if super::super::unfinished(register.path())
        && let Err(error) = register.clear_away_within(PAGES_WAIT)
    {
        tracing::debug!(%error, "old pages are still read; they are cleared away later");
    }
    register.wait_at_home(LOOK_EVERY)
}
