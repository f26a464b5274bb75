//! The files of a day and a log size: made once, kept in a folder, swept away when they are old.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::opendata::{self, Made, Plan};
use crate::store::chain::hex;
use crate::store::{At, Reader, StoreError, beside};
use crate::web::failure::Failure;
use crate::web::index::Indexes;
use crate::web::limits;

/// Raise it whenever the files of the same records are to be other bytes than before.
const FORMAT: u32 = 2;
/// The list of a folder's files.
const LIST: &str = "files.json";

/// Files that belong together.
#[derive(Debug)]
pub struct FileSet {
    /// The records' day and log size.
    pub at: At,
    /// Where the files are.
    pub folder: PathBuf,
    /// The files.
    pub files: Vec<Made>,
}

/// What is written beside the files, so that a portal that starts again finds them.
#[derive(Debug, Serialize, Deserialize)]
struct List {
    format: u32,
    register: String,
    files: Vec<Made>,
}

#[derive(Debug, Default)]
struct State {
    /// Newest last.
    sets: Vec<Arc<FileSet>>,
    making: bool,
    /// Requests that wait for a set.
    waiting: usize,
    /// Before this moment a newer set of a day that has one is not begun.
    rest_until: Option<Instant>,
    /// Where the folders are, once it is known.
    home: Option<PathBuf>,
}

/// The sets of files there are.
#[derive(Debug, Default)]
pub struct Downloads {
    state: Mutex<State>,
    changed: Condvar,
}

impl Downloads {
    /// The newest set of today. Where the log went on since, a newer one is begun in the background; where
    /// today has none, the request waits for it.
    ///
    /// # Errors
    /// [`Failure::Busy`]: it is not ready in time, or could not be made.
    pub fn current(self: &Arc<Self>, indexes: &Arc<Indexes>) -> Result<Arc<FileSet>, Failure> {
        self.within(indexes, limits::DOWNLOADS_WAIT)
    }

    fn within(
        self: &Arc<Self>,
        indexes: &Arc<Indexes>,
        wait: Duration,
    ) -> Result<Arc<FileSet>, Failure> {
        let at = indexes.head()?;
        let mut state = self.lock();
        let newest =
            |state: &State| state.sets.iter().rfind(|set| set.at.as_of == at.as_of).map(Arc::clone);
        if let Some(set) = newest(&state) {
            let rested = state.rest_until.is_none_or(|until| until <= Instant::now());
            if set.at != at && rested {
                self.begin(&mut state, indexes, at);
            }
            return Ok(set);
        }
        if state.waiting >= limits::DOWNLOADS_WAITING_MAX {
            return Err(Failure::Busy);
        }
        self.begin(&mut state, indexes, at);
        state.waiting += 1;
        let waiting = |state: &mut State| state.making && newest(state).is_none();
        let (mut state, _) = self
            .changed
            .wait_timeout_while(state, wait, waiting)
            .unwrap_or_else(PoisonError::into_inner);
        state.waiting -= 1;
        newest(&state).ok_or(Failure::Busy)
    }

    /// The newest set of today, if it is there or is there in a moment; else it is begun.
    #[must_use]
    pub fn ready(self: &Arc<Self>, indexes: &Arc<Indexes>) -> Option<Arc<FileSet>> {
        self.within(indexes, limits::DOWNLOADS_PAGE_WAIT).ok()
    }

    /// A file of today by its name, with the set it is in.
    ///
    /// # Errors
    /// [`Failure::NotFound`]: there is none, or no more; else as [`Downloads::current`].
    pub fn file(
        self: &Arc<Self>,
        indexes: &Arc<Indexes>,
        name: &str,
    ) -> Result<(Arc<FileSet>, Made), Failure> {
        let newest = self.current(indexes)?;
        let sets = self.lock().sets.clone();
        sets.iter()
            .filter(|set| set.at.as_of == newest.at.as_of)
            .find_map(|set| {
                let made = set.files.iter().find(|made| made.name == name)?;
                Some((Arc::clone(set), made.clone()))
            })
            .ok_or(Failure::NotFound)
    }

    /// Lets go of every set.
    pub fn clear(&self) {
        let mut state = self.lock();
        state.sets.clear();
        state.rest_until = None;
    }

    /// Lets go of a set whose files are not what they were.
    pub fn forget(&self, set: &Arc<FileSet>) {
        self.lock().sets.retain(|kept| !Arc::ptr_eq(kept, set));
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a set unless one is being made.
    fn begin(self: &Arc<Self>, state: &mut State, indexes: &Arc<Indexes>, at: At) {
        if state.making {
            return;
        }
        state.making = true;
        let (this, indexes) = (Arc::clone(self), Arc::clone(indexes));
        crate::priority::in_background(move || {
            // Set back whatever happens, a panic too: else nothing would be made ever after.
            let ending = Ending(&this);
            let started = Instant::now();
            let redacted = indexes.redacted();
            match this.home(indexes.path()).and_then(|home| find_or_make(&indexes, at, &home)) {
                // Values were taken out of the register while they were written into the files.
                Ok(set) if indexes.head().is_err() || indexes.redacted() != redacted => {
                    let _ = fs::remove_dir_all(&set.folder);
                }
                Ok(set) => {
                    tracing::info!(
                        files = set.files.len(),
                        log_size = at.known,
                        millis = started.elapsed().as_millis() as u64,
                        "files for /data are ready"
                    );
                    let mut state = this.lock();
                    let took = started.elapsed();
                    state.rest_until = (took > limits::DOWNLOADS_QUICK)
                        .then(|| Instant::now() + took * limits::DOWNLOADS_REST);
                    state.sets.retain(|kept| kept.at != at);
                    state.sets.push(Arc::new(set));
                    sweep(&mut state, at);
                }
                Err(error) => tracing::error!(%error, "the files for /data could not be made"),
            }
            drop(ending);
        });
    }

    /// The folder of all sets: beside the register, else one of its own among the system's temporary files.
    fn home(&self, register: &Path) -> Result<PathBuf, StoreError> {
        if let Some(home) = self.lock().home.clone() {
            // Gone after a redaction.
            fs::create_dir_all(&home)?;
            return Ok(home);
        }
        let near = beside(register, ".files");
        let home = match fs::create_dir_all(&near).and_then(|()| try_writing(&near)) {
            Ok(()) => near,
            Err(_) => {
                // A name nobody can guess and a folder that must be new: nobody else's files are sent.
                let mut random = [0; 16];
                getrandom::fill(&mut random).map_err(|error| {
                    StoreError::Caller(format!("no random numbers from the system: {error}"))
                })?;
                let home = std::env::temp_dir().join(format!("liangbiao-{}", hex(&random)));
                fs::create_dir(&home)?;
                home
            }
        };
        self.lock().home = Some(home.clone());
        Ok(home)
    }
}

struct Ending<'d>(&'d Downloads);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.lock().making = false;
        self.0.changed.notify_all();
    }
}

fn try_writing(folder: &Path) -> io::Result<()> {
    let trial = folder.join(".trial");
    fs::write(&trial, b"")?;
    fs::remove_file(trial)
}

/// The set of `at`: the one that is there, if its files are what they were, else a new one.
fn find_or_make(indexes: &Indexes, at: At, home: &Path) -> Result<FileSet, StoreError> {
    let folder = home.join(format!("{}-{}", at.as_of, at.known));
    // A reader of its own: the portal's are not held for the minutes a large register takes.
    let reader = Reader::open(indexes.path())?;
    let register = reader.head()?.register_id;
    if let Some(files) = read_list(&folder, &register) {
        return Ok(FileSet { at, folder, files });
    }
    let making = home.join(format!("making-{}-{}", std::process::id(), at.known));
    let _ = fs::remove_dir_all(&making);
    fs::create_dir(&making)?;
    let made = (|| {
        let files = opendata::write(&reader, at, &Plan::whole(), &making, &mut |_| {})?;
        let list = List { format: FORMAT, register, files };
        let text =
            serde_json::to_string(&list).map_err(|error| StoreError::Caller(error.to_string()))?;
        fs::write(making.join(LIST), text)?;
        let _ = fs::remove_dir_all(&folder);
        fs::rename(&making, &folder)?;
        Ok(FileSet { at, folder, files: list.files })
    })();
    if made.is_err() {
        let _ = fs::remove_dir_all(&making);
    }
    made
}

/// The files of a folder, if they are whole, of this register and of this format.
fn read_list(folder: &Path, register: &str) -> Option<Vec<Made>> {
    let list: List = serde_json::from_slice(&fs::read(folder.join(LIST)).ok()?).ok()?;
    let whole = list.format == FORMAT
        && list.register == register
        && list.files.iter().all(|made| is_whole(&folder.join(&made.name), made).unwrap_or(false));
    whole.then_some(list.files)
}

fn is_whole(path: &Path, made: &Made) -> io::Result<bool> {
    let mut file = fs::File::open(path)?;
    if file.metadata()?.len() != made.bytes {
        return Ok(false);
    }
    let mut hash = Sha256::new();
    let mut piece = vec![0; limits::DOWNLOAD_PIECE_BYTES];
    loop {
        match io::Read::read(&mut file, &mut piece)? {
            0 => return Ok(hex(&hash.finalize()) == made.sha256),
            count => hash.update(&piece[..count]),
        }
    }
}

/// Keeps the newest sets of today and removes the folders of all others.
fn sweep(state: &mut State, at: At) {
    state.sets.retain(|set| set.at.as_of == at.as_of);
    let old = state.sets.len().saturating_sub(limits::DOWNLOAD_SETS_MAX);
    state.sets.drain(..old);
    let kept: HashSet<&Path> = state.sets.iter().map(|set| set.folder.as_path()).collect();
    let Some(Ok(folders)) = state.home.as_deref().map(fs::read_dir) else { return };
    for folder in folders.flatten() {
        // Another portal on the same register may be making its own.
        let making = folder.file_name().to_string_lossy().starts_with("making-");
        let age = || folder.metadata().ok()?.modified().ok()?.elapsed().ok();
        let fresh = making && age().is_some_and(|age| age < limits::DOWNLOAD_MAKING_TIME);
        if !fresh && !kept.contains(folder.path().as_path()) {
            let _ = fs::remove_dir_all(folder.path());
        }
    }
}
