//! Work that may take longer than an answer: reading long lists, appending them. One at a time.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest as _, Sha256};

use super::collect::{hex, mark};
use super::content::Content;
use super::propose::{Came, Means, Purpose, propose};
use super::summary::Summary;
use crate::import::pipeline::Progress;
use crate::office::Office;
use crate::store::{DiskTrouble, DraftPlace, DraftRow, Place, Result, StoreError};

/// How far a piece of work is.
#[derive(Debug, Default)]
pub struct Step {
    what: AtomicU8,
    done: AtomicU64,
    of: AtomicU64,
}

impl Step {
    fn at(&self, what: u8, done: u64, of: u64) {
        self.what.store(what, Ordering::Relaxed);
        self.done.store(done, Ordering::Relaxed);
        self.of.store(of, Ordering::Relaxed);
    }

    /// 0 waiting, 1 reading, 2 checking, 3 writing; how much of how much.
    #[must_use]
    pub fn now(&self) -> (u8, u64, u64) {
        let get = |n: &AtomicU64| n.load(Ordering::Relaxed);
        (self.what.load(Ordering::Relaxed), get(&self.done), get(&self.of))
    }
}

impl Progress for Step {
    fn reading(&self, _: &str, bytes: u64, of: u64) {
        self.at(1, bytes, of);
    }

    fn checking(&self, rows: u64, of: u64) {
        self.at(2, rows, of);
    }

    fn writing(&self, entries: u64, of: u64) {
        self.at(3, entries, of);
    }
}

/// What is being worked on, by draft.
#[derive(Debug)]
pub struct Works {
    office: Arc<Office>,
    running: Mutex<HashMap<String, Arc<Step>>>,
    failed: Mutex<HashMap<String, Option<DiskTrouble>>>,
    turn: Mutex<()>,
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is inside is whole after every line of ours.
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Works {
    /// Nothing yet.
    #[must_use]
    pub fn new(office: Arc<Office>) -> Works {
        let (running, failed) = (Mutex::default(), Mutex::default());
        Works { office, running, failed, turn: Mutex::default() }
    }

    /// How far the work on a draft is; none: nobody works on it.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<(u8, u64, u64)> {
        held(&self.running).get(id).map(|step| step.now())
    }

    /// Why the last work on a draft failed, for the server's log; none: it did not.
    #[must_use]
    pub fn has_failed(&self, id: &str) -> bool {
        held(&self.failed).contains_key(id)
    }

    /// The disk's part in that; none: it had none.
    #[must_use]
    pub fn failed_disk(&self, id: &str) -> Option<DiskTrouble> {
        held(&self.failed).get(id).copied().flatten()
    }

    /// Forgets that.
    pub fn forgive(&self, id: &str) {
        held(&self.failed).remove(id);
    }

    /// Begins to find out what a draft would do, unless somebody is at it.
    pub fn look(self: &Arc<Self>, means: Means, id: &str, content: Content) {
        self.begin(id, move |_, step| {
            Ok(propose(&means, &content, Purpose::Look, step).map(|_| ())?)
        });
    }

    /// Begins to append a draft that is at [`DraftPlace::Publishing`]; false where somebody is at it, and nothing
    /// was begun.
    pub fn publish(
        self: &Arc<Self>,
        means: Means,
        row: DraftRow,
        content: Content,
        fingerprint: String,
        whence: String,
    ) -> bool {
        let id = row.id.clone();
        self.begin(&id, move |works, step| {
            let office = &works.office;
            let mut row = row;
            let mut planned = row.clone();
            let mut before = |summary: &Summary| -> Result<()> {
                planned.plan = serde_json::to_string(summary).map_err(std::io::Error::from)?;
                office.file().move_draft(&planned, DraftPlace::Publishing)?;
                Ok(())
            };
            let purpose = Purpose::Publish { fingerprint: &fingerprint, before: &mut before };
            let came = propose(&means, &content, purpose, step);
            let outcome = match &came {
                Ok(Came::Published(from, to)) => {
                    row.place = DraftPlace::Published;
                    row.log = Some((*from, *to));
                    "ok"
                }
                Ok(Came::Moved | Came::Looked(_)) => {
                    row.place = DraftPlace::Submitted;
                    "moved"
                }
                Err(_) => {
                    row.place = DraftPlace::Submitted;
                    "refused"
                }
            };
            row.changed_at = office.now();
            let about = format!("#{} {}", row.number, row.title);
            let put = office.file().move_draft(&row, DraftPlace::Publishing).and_then(|_| {
                office.trace(&row.decider, "draft-published", &about, &whence, outcome)
            });
            put?;
            Ok(came.map(|_| ())?)
        })
    }

    fn begin(
        self: &Arc<Self>,
        id: &str,
        work: impl FnOnce(&Works, &Step) -> Result<()> + Send + 'static,
    ) -> bool {
        let step = Arc::new(Step::default());
        {
            let mut running = held(&self.running);
            if running.contains_key(id) {
                return false;
            }
            running.insert(id.to_owned(), Arc::clone(&step));
        }
        held(&self.failed).remove(id);
        let works = Arc::clone(self);
        let name = id.to_owned();
        std::thread::spawn(move || {
            let turn = held(&works.turn);
            let work = std::panic::AssertUnwindSafe(|| work(&works, &step));
            let done = std::panic::catch_unwind(work)
                .unwrap_or_else(|_| Err(StoreError::Caller("it panicked".to_owned())));
            drop(turn);
            if let Err(error) = done {
                tracing::error!(%error, draft = %name, "the work on a draft failed");
                held(&works.failed).insert(name.clone(), error.disk());
            }
            held(&works.running).remove(&name);
        });
        true
    }

    /// After a start: drafts whose append was cut off. The log says whether it was made.
    ///
    /// # Errors
    /// The register's or the desk's file.
    pub fn take_up(&self, register: &Place) -> Result<()> {
        const DRAFTS: usize = 10_000;
        for mut row in self.office.file().drafts(DRAFTS)? {
            if row.place != DraftPlace::Publishing {
                continue;
            }
            let planned: Option<Summary> = serde_json::from_str(&row.plan).ok();
            let done = match &planned {
                Some(summary) => is_in_log(register, summary)?,
                None => false,
            };
            row.place = if done { DraftPlace::Published } else { DraftPlace::Submitted };
            row.log = planned
                .filter(|_| done)
                .map(|summary| (summary.known, summary.known + summary.entries));
            self.office.file().move_draft(&row, DraftPlace::Publishing)?;
            let about = format!("#{} {}", row.number, row.title);
            let outcome = if done { "ok" } else { "refused" };
            self.office.trace(&row.decider, "draft-published", &about, "-", outcome)?;
        }
        Ok(())
    }
}

/// Whether the log holds, right after the size it was planned for, what was planned.
fn is_in_log(register: &Place, planned: &Summary) -> Result<bool> {
    const AT_A_TIME: usize = 1_000;
    let reader = register.reader()?;
    let (mut hash, mut seq) = (Sha256::new(), planned.known);
    let end = planned.known + planned.entries;
    while seq < end {
        let left = usize::try_from(end - seq).unwrap_or(AT_A_TIME).min(AT_A_TIME);
        let entries = reader.entries(seq, left)?;
        if entries.is_empty() {
            return Ok(false);
        }
        for entry in &entries {
            mark(&mut hash, entry.kind, &entry.key, entry.valid_from);
        }
        seq += entries.len() as u64;
    }
    Ok(hex(hash) == planned.mark)
}

impl From<super::propose::Trouble> for StoreError {
    fn from(trouble: super::propose::Trouble) -> StoreError {
        let super::propose::Trouble::Store(error) = trouble;
        error
    }
}
