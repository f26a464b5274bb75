//! Making a register: built under a temporary name without a journal, named when complete.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use register::code::Batch;
use register::{Body, Draft, Kind, Reason, ReasonCode, SourceRef};
use rusqlite::{Connection, OpenFlags};
use serde_json::json;

use super::clock::{self, Clock};
use super::postgres::{self, Home};
use super::removable::Salter;
use super::view::{self, BUILTIN_SOURCE, ID_PREFIX, View};
use super::{Appended, Checkpoint, Register, Result, StoreError, log, schema, units};

/// A register in the making. Dropped before [`Creation::finish`], it leaves nothing behind.
///
/// The file has no journal and is not synced while it is being filled: nobody can see it yet, and a
/// crash throws it away as a whole. This is what makes a sample of millions of entries feasible.
#[derive(Debug)]
pub struct Creation {
    path: PathBuf,
    partial: PathBuf,
    conn: Option<Connection>,
    /// Where the log will be at home, if not in the file.
    home: Option<Home>,
    id: String,
    started: bool,
    broken: bool,
    salter: Salter,
    now: DateTime<Utc>,
}

impl Creation {
    /// Starts a register that will be at `path`; `now` is its birth, used for entry 0.
    ///
    /// # Errors
    /// The path is taken or cannot be written; the id is not 32 lower-case hex digits.
    pub fn begin(path: &Path, id: &str, now: DateTime<Utc>) -> Result<Creation> {
        Self::begin_at(path, None, id, now)
    }

    /// [`Creation::begin`] with a home of the log that may be elsewhere, and is empty.
    pub(super) fn begin_at(
        path: &Path,
        home: Option<Home>,
        id: &str,
        now: DateTime<Utc>,
    ) -> Result<Creation> {
        if !view::is_register_id(id) {
            return Err(StoreError::Caller(format!("{id:?} is not 32 lower-case hex digits")));
        }
        if path.exists() {
            return Err(StoreError::Exists(path.to_owned()));
        }
        let partial = schema::beside(path, &format!(".{}.partial", std::process::id()));
        if partial.exists() {
            std::fs::remove_file(&partial)?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(&partial, flags)
            .map_err(|error| StoreError::writing(error, path))?;
        conn.set_prepared_statement_cache_capacity(64);
        let creation = Creation {
            path: path.to_owned(),
            partial,
            conn: Some(conn),
            home,
            id: id.to_owned(),
            started: false,
            broken: false,
            salter: Salter::random()?,
            now,
        };
        let conn = creation.conn()?;
        conn.execute_batch(&format!(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
             PRAGMA cache_size = -262144; PRAGMA temp_store = MEMORY;
             PRAGMA application_id = {}; PRAGMA user_version = {};",
            schema::APPLICATION_ID,
            if creation.home.is_some() { schema::COPY_VERSION } else { schema::SCHEMA_VERSION }
        ))
        .and_then(|()| conn.execute_batch(schema::LOG_TABLES))
        .and_then(|()| conn.execute_batch(&schema::view_tables("main")))
        .map_err(|error| StoreError::writing(error, path))?;
        Ok(creation)
    }

    /// Makes the salts of removable values from a secret instead of from random numbers, so that the
    /// same drafts give the same bytes. Only for samples, whose values are made up.
    #[must_use]
    pub fn salted_by(mut self, secret: [u8; 32]) -> Creation {
        self.salter = Salter::of(secret);
        self
    }

    /// Adds drafts, recorded at `now`. May be called again; after an error the creation is lost.
    ///
    /// # Errors
    /// A draft's own error, an entry that cannot be stored, or a time before the last one.
    pub fn append(
        &mut self,
        drafts: &mut dyn Iterator<Item = Result<Draft>>,
        now: DateTime<Utc>,
    ) -> Result<Appended> {
        if self.started {
            return self.write(drafts, now);
        }
        self.started = true;
        let first = drafts.next().transpose()?;
        let (mut zero, rest) = match first {
            Some(draft) if draft.kind == Kind::Source && draft.key == BUILTIN_SOURCE => {
                (draft, None)
            }
            other => (builtin_source(self.now), other),
        };
        zero.reason.text = Some(format!("{ID_PREFIX}{}", self.id));
        self.write(&mut std::iter::once(zero).chain(rest).map(Ok).chain(drafts), now)
    }

    /// Stores the keyed hashes of a batch of unit codes beside the entries; its record, which names
    /// their root, is appended like any other.
    ///
    /// # Errors
    /// An earlier part failed, or the disk refuses.
    pub fn put_batch(&mut self, batch: &Batch) -> Result<()> {
        self.check_whole()?;
        self.broken = true;
        units::put(self.conn()?, batch).map_err(|error| error.in_file(&self.path))?;
        self.broken = false;
        Ok(())
    }

    fn write(
        &mut self,
        drafts: &mut dyn Iterator<Item = Result<Draft>>,
        now: DateTime<Utc>,
    ) -> Result<Appended> {
        // Without a journal nothing can be taken back: until this is done, the file is waste.
        self.check_whole()?;
        self.broken = true;
        let conn = self.conn()?;
        conn.execute_batch("BEGIN IMMEDIATE")?;
        let mut view = View::start(conn, "main")?;
        let recorded_at = clock::recorded_at(now, view.recorded_at)?;
        let first_seq = view.log_size;
        let count = log::extend(conn, &mut view, drafts, recorded_at, &self.salter)
            .map_err(|error| error.in_file(&self.path))?;
        view.finish()?;
        conn.execute_batch("COMMIT").map_err(|error| StoreError::writing(error, &self.path))?;
        self.broken = false;
        Ok(Appended { first_seq, count, log_size: first_seq + count, recorded_at })
    }

    /// Syncs the file, gives it its name and writes its checkpoint.
    ///
    /// # Errors
    /// The path was taken meanwhile, or the disk refuses.
    pub fn finish(mut self) -> Result<()> {
        if !self.started {
            let now = self.now;
            self.append(&mut std::iter::empty(), now)?;
        }
        self.check_whole()?;
        if let Some(home) = &self.home {
            home.fill(self.conn()?)?;
            // The register is made. Its view here may be another process's already, which saw the log.
            return match self.name(false) {
                Err(StoreError::Exists(_)) => Ok(()),
                named => named,
            };
        }
        self.name(true)
    }

    /// Makes this machine's view of a log that is at home elsewhere.
    ///
    /// # Errors
    /// The path is taken or cannot be written, the home cannot be reached, or its log is not the one that
    /// the checkpoint beside the path was made from.
    pub(super) fn copy(home: &Home, path: &Path, now: DateTime<Utc>) -> Result<()> {
        home.with(|session| {
            let mut creation = Self::begin(path, &"0".repeat(32), now)?;
            let conn = creation.conn()?;
            conn.pragma_update(None, "user_version", schema::COPY_VERSION)?;
            postgres::catch_up(home, session, conn, path, true, &mut |size| {
                if size.is_multiple_of(65_536) {
                    tracing::info!(size, "copying the log from its home");
                }
            })?;
            log::verify_checkpoint(conn, path)?;
            let id = View::start(conn, "main")?.register_id;
            creation.id = id;
            creation.name(false)
        })
    }

    /// Syncs the file and gives it its name.
    fn name(mut self, new: bool) -> Result<()> {
        let conn = self.conn()?;
        let register_id = self.id.clone();
        let (size, chain) = view::tip(conn)?;
        conn.execute_batch("PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = WAL;")?;
        if let Some(conn) = self.conn.take() {
            conn.close().map_err(|(_, error)| error)?;
        }
        std::fs::File::open(&self.partial)?.sync_all()?;
        if self.path.exists() {
            return Err(StoreError::Exists(self.path.clone()));
        }
        // A checkpoint left by a register that was removed by hand is of another id. Beside a copy it is
        // what this machine has seen of the log, and was compared.
        let stale = schema::beside(&self.path, ".checkpoint");
        if new && stale.exists() {
            std::fs::remove_file(stale)?;
        }
        // A link, unlike a renaming, never takes the place of a file that came up meanwhile.
        match std::fs::hard_link(&self.partial, &self.path) {
            Ok(()) => std::fs::remove_file(&self.partial)?,
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(StoreError::Exists(self.path.clone()));
            }
            // Not every disk knows links.
            Err(_) => std::fs::rename(&self.partial, &self.path)?,
        }
        schema::sync_folder(&self.path)?;
        Checkpoint { register_id, size, chain }.write(&self.path)
    }

    /// [`Creation::finish`], then opens the register.
    ///
    /// # Errors
    /// As [`Creation::finish`] and [`Register::open`].
    pub fn open(self, clock: Arc<dyn Clock>) -> Result<Register> {
        let path = self.path.clone();
        self.finish()?;
        Register::open_with_clock(&path, clock)
    }

    fn check_whole(&self) -> Result<()> {
        if self.broken {
            return Err(StoreError::Caller(
                "an earlier part of the register could not be written".to_owned(),
            ));
        }
        Ok(())
    }

    fn conn(&self) -> Result<&Connection> {
        self.conn
            .as_ref()
            .ok_or_else(|| StoreError::Caller("the register is already finished".to_owned()))
    }
}

impl Drop for Creation {
    fn drop(&mut self) {
        self.conn = None;
        for ending in ["", "-journal", "-wal", "-shm"] {
            // Gone after `finish`; elsewhere there is nobody left to tell.
            let _ = std::fs::remove_file(schema::beside(&self.partial, ending));
        }
    }
}

/// A new random register id: 128 bits as 32 hex digits.
///
/// # Errors
/// The system has no random numbers.
pub fn random_id() -> Result<String> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        StoreError::Caller(format!("no random numbers from the system: {error}"))
    })?;
    Ok(super::chain::hex(&bytes))
}

/// Entry 0 of a register made without built-in reference data.
fn builtin_source(now: DateTime<Utc>) -> Draft {
    let day = clock::china_day(now);
    let body = json!({
        "publisher": "亮标",
        "title": "内置参考数据",
        "retrieved_on": day,
        // SHA-256 of no bytes: there is no file.
        "file_hash": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "licence": "Apache-2.0",
        "coverage": { "holds": 0, "complete": "unknown" },
        "sample": false,
    });
    Draft {
        valid_from: day,
        kind: Kind::Source,
        key: BUILTIN_SOURCE.to_owned(),
        reason: Reason::from(ReasonCode::Published),
        source: SourceRef { id: BUILTIN_SOURCE.to_owned(), locator: Default::default() },
        body: match body {
            serde_json::Value::Object(body) => body,
            _ => Body::new(),
        },
    }
}
