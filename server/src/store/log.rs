//! The log's SQLite home: one file, one writer at a time.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use register::code::Batch;
use register::{Draft, Entry};
use rusqlite::{Connection, TransactionBehavior, params};

use super::clock::{self, Clock, SystemClock};
use super::creation::Creation;
use super::postgres::{self, Home, Session};
use super::removable::{self, Salter};
use super::view::{self, View, column};
use super::{Appended, Checkpoint, Log, Reader, Result, StoreError, chain, schema, units};

/// How often `wait` looks for entries another process appended. A look costs microseconds.
const POLL: Duration = Duration::from_millis(10);

/// An open register: SQLite home of the log and this node's view, in one file; or, with a home
/// elsewhere, a copy of the log and this node's view.
#[derive(Debug)]
pub struct Register {
    path: PathBuf,
    /// Where the log is at home, if not in the file.
    pub(super) home: Option<Home>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) salter: Salter,
    writer: Mutex<Connection>,
}

impl Register {
    /// Creates a register with its entry 0 (id) and nothing else; refuses to overwrite.
    /// `id` (32 lower-case hex digits) is random for a real register, see
    /// [`random_id`](super::random_id), and derived from the seed for a sample.
    ///
    /// # Errors
    /// The file exists, cannot be written, or the id is not one.
    pub fn create(path: &Path, id: &str) -> Result<Register> {
        Self::create_with(path, id, Arc::new(SystemClock), &mut std::iter::empty())
    }

    /// Creates a register and fills it in one go, much faster than by appending: the file appears
    /// under its name only when it is complete. If the first draft is the `source` record
    /// `builtin`, it becomes entry 0; otherwise a plain one is made.
    ///
    /// # Errors
    /// As [`Register::create`]; an entry that cannot be stored.
    pub fn create_with(
        path: &Path,
        id: &str,
        clock: Arc<dyn Clock>,
        drafts: &mut dyn Iterator<Item = Draft>,
    ) -> Result<Register> {
        let mut creation = Creation::begin(path, id, clock.now())?;
        creation.append(&mut drafts.map(Ok), clock.now())?;
        creation.finish()?;
        Self::open_with_clock(path, clock)
    }

    /// Opens an existing register for reading and writing.
    ///
    /// # Errors
    /// There is no such file, it is not a register or one of a later version, or its log is not
    /// the one its checkpoint was made from.
    pub fn open(path: &Path) -> Result<Register> {
        Self::open_with_clock(path, Arc::new(SystemClock))
    }

    /// [`Register::open`] with another clock.
    ///
    /// # Errors
    /// As [`Register::open`].
    pub fn open_with_clock(path: &Path, clock: Arc<dyn Clock>) -> Result<Register> {
        let conn = schema::open(path)?;
        verify_checkpoint(&conn, path)?;
        let register = Self::of(path, clock, None, conn)?;
        register.bring_view_up()?;
        Ok(register)
    }

    /// Opens the view of a log at home elsewhere; `now` brings it up to it first.
    pub(super) fn open_copy(
        path: &Path,
        clock: Arc<dyn Clock>,
        home: Home,
        now: bool,
    ) -> Result<Register> {
        let conn = schema::open(path)?;
        if !schema::is_copy(&conn)? {
            return Err(StoreError::NotACopy(path.to_owned()));
        }
        let register = Self::of(path, clock, Some(home), conn)?;
        register.bring_view_up()?;
        if now {
            register.catch_up()?;
        }
        verify_checkpoint(&register.writer(), path)?;
        Ok(register)
    }

    fn of(
        path: &Path,
        clock: Arc<dyn Clock>,
        home: Option<Home>,
        conn: Connection,
    ) -> Result<Register> {
        let salter = Salter::random()?;
        Ok(Register { path: path.to_owned(), home, clock, salter, writer: Mutex::new(conn) })
    }

    /// Inside a transaction: refuses to write to a copy whose home is not named. The log may have been
    /// carried away while the file was open.
    pub(super) fn check_writable(&self, conn: &Connection) -> Result<()> {
        match self.home.is_none() && schema::is_copy(conn)? {
            true => Err(StoreError::Copy(self.path.clone())),
            false => Ok(()),
        }
    }

    /// The register's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How long an append waits for another writer (10 s unless set).
    ///
    /// # Errors
    /// The database's.
    pub fn set_busy_wait(&self, wait: Duration) -> Result<()> {
        Ok(self.writer().busy_timeout(wait)?)
    }

    /// Entries in the log.
    ///
    /// # Errors
    /// The database's.
    pub fn log_size(&self) -> Result<u64> {
        Ok(view::tip(&self.writer())?.0)
    }

    /// A reader with a connection of its own; cheap enough to keep one per worker thread. With a home
    /// elsewhere the view is brought up to it first: who decides what to write looks at the log's head.
    ///
    /// # Errors
    /// The file cannot be opened; the home cannot be reached.
    pub fn reader(&self) -> Result<Reader> {
        if self.home.is_some() {
            self.catch_up()?;
        }
        Reader::open_unchecked(&self.path)
    }

    /// Appends as [`Log::append`] does, but each draft may be an error of the caller's, which undoes
    /// the whole append; and with `expected`, only if the log still has that size (what was read
    /// before deciding what to write is then still so).
    ///
    /// # Errors
    /// The caller's own, [`StoreError::Moved`], [`StoreError::Busy`], [`StoreError::ClockBack`],
    /// [`StoreError::TooLarge`], or the database's.
    pub fn try_append(
        &self,
        expected: Option<u64>,
        drafts: &mut dyn Iterator<Item = Result<Draft>>,
    ) -> Result<Appended> {
        self.append_with(expected, None, drafts)
    }

    /// [`Register::try_append`] with the keyed hashes of a batch of unit codes, which are stored in
    /// the same transaction as the record that names their root.
    ///
    /// # Errors
    /// As [`Register::try_append`].
    pub fn append_with(
        &self,
        expected: Option<u64>,
        batch: Option<&Batch>,
        drafts: &mut dyn Iterator<Item = Result<Draft>>,
    ) -> Result<Appended> {
        let Some(home) = &self.home else { return self.append_in(None, expected, batch, drafts) };
        home.with(|session| {
            home.begin(session)?;
            self.pull(home, session)?;
            let appended = self.append_in(Some((home, session)), expected, batch, drafts)?;
            if appended.count == 0 {
                // Nothing was committed, and the lock is not to be kept.
                home.give_up(session)?;
            }
            Ok(appended)
        })
    }

    /// Inside a writer's transaction at home: takes in what others have written.
    pub(super) fn pull(&self, home: &Home, session: &Session) -> Result<()> {
        let conn = self.writer();
        postgres::catch_up(home, session, &conn, &self.path, false, &mut |_| ())?;
        Ok(())
    }

    fn append_in(
        &self,
        away: Option<(&Home, &Session)>,
        expected: Option<u64>,
        batch: Option<&Batch>,
        drafts: &mut dyn Iterator<Item = Result<Draft>>,
    ) -> Result<Appended> {
        let mut conn = self.writer();
        let transaction = conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|error| StoreError::writing(error, &self.path))?;
        self.check_writable(&transaction)?;
        let mut view = View::start(&transaction, "main")?;
        view.catch_up(&mut |_| ())?;
        if let Some(expected) = expected
            && expected != view.log_size
        {
            return Err(StoreError::Moved { expected, found: view.log_size });
        }
        let recorded_at = clock::recorded_at(self.clock.now(), view.recorded_at)?;
        let (first_seq, _) = view::tip(&transaction)?;
        let count = extend(&transaction, &mut view, drafts, recorded_at, &self.salter)
            .map_err(|error| error.in_file(&self.path))?;
        let appended = Appended { first_seq, count, log_size: first_seq + count, recorded_at };
        if count == 0 {
            return Ok(appended);
        }
        if let Some(batch) = batch {
            units::put(&transaction, batch).map_err(|error| error.in_file(&self.path))?;
        }
        let register_id = view.register_id.clone();
        view.finish()?;
        let (size, chain) = view::tip(&transaction)?;
        if let Some((home, session)) = away {
            postgres::push(session, &transaction, first_seq)?;
            if let Some(batch) = batch {
                postgres::push_batch(session, batch)?;
            }
            home.commit(session, size, &chain)?;
        }
        match transaction.commit().map_err(|error| StoreError::writing(error, &self.path)) {
            Err(error) if away.is_some() => {
                // They are in and durable at home, which is what was asked for; the copy reads them back.
                tracing::warn!(%error, "the entries are stored at home, this machine's view is behind");
                return Ok(appended);
            }
            done => done?,
        }
        // The entries are in and durable: a checkpoint that cannot be written is told, not failed on.
        if let Err(error) = (Checkpoint { register_id, size, chain }).write(&self.path) {
            tracing::warn!(%error, "the entries are stored, but the checkpoint beside the register could not be written");
        }
        Ok(appended)
    }

    /// Throws the view away and builds it again from the log; returns the entries applied.
    ///
    /// # Errors
    /// Another program is writing, or an entry cannot be read.
    pub fn rebuild(&self, progress: &mut dyn FnMut(u64)) -> Result<u64> {
        let mut conn = self.writer();
        // The view's tables are filled in random order: what does not fit is written twice.
        conn.execute_batch("PRAGMA main.cache_size = -262144")?;
        let built = self.build_view(&mut conn, progress);
        conn.execute_batch("PRAGMA main.cache_size = -32768")?;
        built
    }

    fn build_view(&self, conn: &mut Connection, progress: &mut dyn FnMut(u64)) -> Result<u64> {
        let transaction = conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|error| StoreError::writing(error, &self.path))?;
        let mut view = View::reset(&transaction, "main")?;
        let count = view.catch_up(progress)?;
        view.finish()?;
        transaction.commit().map_err(|error| StoreError::writing(error, &self.path))?;
        Ok(count)
    }

    /// Applies to the view what the log holds beyond it; returns the entries applied (none, for a
    /// log at home in the same file).
    ///
    /// # Errors
    /// Another program is writing, or an entry cannot be read; with a home elsewhere, it cannot be reached
    /// or is not the one this view is of.
    pub fn catch_up(&self) -> Result<u64> {
        let Some(home) = &self.home else { return self.bring_up() };
        let caught = home.with(|session| {
            let conn = self.writer();
            postgres::catch_up(home, session, &conn, &self.path, true, &mut |_| ())
        })?;
        if caught.count > 0 {
            let (register_id, (size, chain)) = {
                let conn = self.writer();
                (View::start(&conn, "main")?.register_id, view::tip(&conn)?)
            };
            (Checkpoint { register_id, size, chain }).write(&self.path)?;
        }
        if caught.removed
            && let Err(error) = self.clear_away_within(Duration::ZERO)
        {
            tracing::debug!(%error, "old pages are cleared away later");
        }
        Ok(caught.count)
    }

    /// Waits until the home says that the log went on, or the time is over.
    pub(super) fn wait_at_home(&self, limit: Duration) -> Result<()> {
        match &self.home {
            Some(home) => home.with(|session| session.wait(limit)),
            None => Ok(()),
        }
    }

    fn bring_up(&self) -> Result<u64> {
        let mut conn = self.writer();
        let transaction = conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|error| StoreError::writing(error, &self.path))?;
        let mut view = View::start(&transaction, "main")?;
        let count = view.catch_up(&mut |_| ())?;
        if count > 0 {
            view.finish()?;
            transaction.commit().map_err(|error| StoreError::writing(error, &self.path))?;
        }
        Ok(count)
    }

    /// After opening: a view of another version is rebuilt, one that is behind caught up.
    fn bring_view_up(&self) -> Result<()> {
        let (version, log_size) = {
            let conn = self.writer();
            let found = view::version_and_size(&conn)?;
            if found == Some((schema::VIEW_VERSION, view::tip(&conn)?.0)) {
                return Ok(());
            }
            found.unwrap_or((0, 0))
        };
        tracing::info!(version, log_size, "bringing the view up to the log");
        if version == schema::VIEW_VERSION { self.bring_up() } else { self.rebuild(&mut |_| ()) }
            .map(|_| ())
    }

    pub(super) fn writer(&self) -> MutexGuard<'_, Connection> {
        // A panic inside an append rolled its transaction back; the connection is sound.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Log for Register {
    fn append(&self, drafts: &mut dyn Iterator<Item = Draft>) -> Result<Appended> {
        self.try_append(None, &mut drafts.map(Ok))
    }

    fn read(&self, from_seq: u64, limit: usize) -> Result<Vec<Entry>> {
        super::reader::read_entries(&self.writer(), from_seq, limit)
    }

    fn wait(&self, known: u64, timeout: Duration) -> Result<u64> {
        let reader = self.reader()?;
        let start = Instant::now();
        loop {
            let size = reader.log_size()?;
            let waited = start.elapsed();
            if size > known || waited >= timeout {
                return Ok(size);
            }
            if self.home.is_some() {
                self.wait_at_home((timeout - waited).min(Duration::from_secs(1)))?;
                self.catch_up()?;
            } else {
                std::thread::sleep(POLL.min(timeout - waited));
            }
        }
    }
}

/// Writes drafts behind the log's tip and into the view; returns how many. The caller holds the
/// transaction and stores the view's position.
pub(super) fn extend(
    conn: &Connection,
    view: &mut View<'_>,
    drafts: &mut dyn Iterator<Item = Result<Draft>>,
    recorded_at: DateTime<Utc>,
    salter: &Salter,
) -> Result<u64> {
    let (first, mut chain) = view::tip(conn)?;
    let mut seq = first;
    let mut insert =
        conn.prepare("INSERT INTO main.entries (seq, chain, entry) VALUES (?1, ?2, ?3)")?;
    for draft in drafts {
        let entry = draft?.at(seq, recorded_at);
        if entry.key.is_empty() {
            return Err(StoreError::Caller(format!(
                "a {} record has an empty key",
                entry.kind.name()
            )));
        }
        let text = removable::set_aside(conn, &entry, salter)?;
        chain = chain::next(&chain, text.as_bytes());
        insert.execute(params![column(seq), chain, text])?;
        view.apply(&entry, &text)?;
        seq += 1;
    }
    Ok(seq - first)
}

/// Refuses a log that is behind its checkpoint, differs from it, or belongs to another register.
pub(super) fn verify_checkpoint(conn: &Connection, path: &Path) -> Result<()> {
    // The file first: an append between the two looks can then only make the log longer.
    match Checkpoint::read(path)? {
        Some(checkpoint) => compare(conn, path, &checkpoint),
        None => Ok(()),
    }
}

/// [`verify_checkpoint`] for a checkpoint already read.
pub(super) fn compare(conn: &Connection, path: &Path, checkpoint: &Checkpoint) -> Result<()> {
    let register_id = conn
        .prepare("SELECT entry FROM main.entries WHERE seq = 0")?
        .query_row([], |row| row.get::<_, String>(0))
        .map_err(StoreError::from)
        .and_then(|text| view::register_id_of(&view::parse(0, &text)?))?;
    let size = view::tip(conn)?.0;
    let rewound = |what: String| Err(StoreError::Rewound { path: path.to_owned(), what });
    if checkpoint.register_id != register_id {
        return rewound(format!(
            "the checkpoint is of register {}, the file holds register {register_id}",
            checkpoint.register_id
        ));
    }
    match view::chain_at(conn, checkpoint.size)? {
        None => rewound(format!(
            "the checkpoint has seen {} entries, the log holds {size}",
            checkpoint.size
        )),
        Some(chain) if chain != checkpoint.chain => rewound(format!(
            "the first {} entries are not those the checkpoint has seen",
            checkpoint.size
        )),
        Some(_) => Ok(()),
    }
}
