//! The log at home in PostgreSQL: where it stands, entries out of it and into it.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, Once, PoisonError};
use std::time::{Duration, Instant};

use register::code::{Batch, is_batch_key};
use register::{Entry, Kind, ReasonCode};
use rusqlite::Connection;

use super::super::chain::{self, Chain};
use super::super::redact::Taken;
use super::super::view::{self, column, index};
use super::super::{Result, StoreError, units};
use super::address::Address;
use super::session::{LOOK, STATEMENT, Session};
use super::tables::{self, CHANNEL, LOCK, Standing, unreadable};

/// Entries read, or written, with one statement.
const CHUNK: usize = 1024;
/// Bytes written with one statement, about.
const CHUNK_BYTES: usize = 4 << 20;
/// How long it is tried to learn what became of a commit whose answer was lost.
const RESOLVE: Duration = Duration::from_secs(15);

/// A home, and the connection to it that is kept between calls.
#[derive(Debug)]
pub(in super::super) struct Home {
    address: Address,
    session: Mutex<Option<Session>>,
}

/// Where a log stands, seen from a copy of its first entries.
pub(super) struct Seen {
    /// Entries at home.
    pub(super) size: u64,
    /// The hash there of as many entries as the copy has; `None` where there are fewer.
    pub(super) chain: Option<Chain>,
}

/// Entries as they are at home, with what lies beside them.
#[derive(Default)]
pub(super) struct Chunk {
    pub(super) entries: Vec<(Entry, Chain, String)>,
    /// By index of the entry: field, salt, value.
    pub(super) values: HashMap<u64, Vec<(String, Vec<u8>, String)>>,
    /// Of the batches these entries name, those that were asked for.
    pub(super) batches: Vec<Batch>,
    /// Of the values that redactions among these entries name, those that are there all the same.
    pub(super) kept: HashSet<(u64, String)>,
}

impl Home {
    pub(in super::super) fn new(address: Address) -> Home {
        static TOLD: Once = Once::new();
        if address.believes_anybody() {
            TOLD.call_once(|| {
                tracing::warn!(
                    home = %address,
                    "whoever answers there is believed; on a network that is not yours alone add sslmode=verify-full"
                );
            });
        }
        Home { address, session: Mutex::default() }
    }

    pub(in super::super) fn address(&self) -> &Address {
        &self.address
    }

    /// Runs `work` over a connection. One that was kept is asked first whether it still is one; one that
    /// `work` failed over is closed, which also undoes its transaction.
    pub(in super::super) fn with<T>(
        &self,
        work: impl FnOnce(&mut Session) -> Result<T>,
    ) -> Result<T> {
        let mut kept = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let alive = kept.take().filter(|session| session.batch(LOOK, "SELECT 1").is_ok());
        let mut session = match alive {
            Some(session) => session,
            None => Session::open(&self.address)?,
        };
        let done = work(&mut session)?;
        *kept = Some(session);
        Ok(done)
    }

    /// Refuses a home that has no log yet.
    pub(in super::super) fn check_made(&self) -> Result<()> {
        match self.with(|session| tables::standing(session))? {
            Standing::Empty { .. } => Err(StoreError::NoLog(self.address.to_string())),
            Standing::Open | Standing::Moved => Ok(()),
        }
    }

    /// Refuses a home that holds a log, and one where none can be made: before much work is done for it.
    pub(in super::super) fn check_empty(&self) -> Result<()> {
        self.with(|session| {
            session.batch(LOOK, "BEGIN")?;
            prepare_empty(session)?;
            session.batch(LOOK, "ROLLBACK")
        })
    }

    /// Begins the transaction of a writer: one at a time, over a log that goes on here.
    pub(in super::super) fn begin(&self, session: &Session) -> Result<()> {
        session.batch(LOOK, "BEGIN")?;
        lock(session)?;
        match tables::standing(session)? {
            Standing::Open => Ok(()),
            Standing::Empty { .. } => Err(StoreError::NoLog(self.address.to_string())),
            Standing::Moved => Err(StoreError::HomeRefused {
                home: self.address.to_string(),
                what: "the log was moved away from here and goes on elsewhere".to_owned(),
                how: "Name the log's new home".to_owned(),
            }),
        }
    }

    /// Ends the transaction of a writer who had nothing to write.
    pub(in super::super) fn give_up(&self, session: &Session) -> Result<()> {
        session.batch(LOOK, "ROLLBACK")
    }

    /// Writes a whole log to a home that has none, in one transaction.
    pub(in super::super) fn fill(&self, conn: &Connection) -> Result<()> {
        self.with(|session| {
            session.batch(LOOK, "BEGIN")?;
            prepare_empty(session)?;
            push(session, conn, 0)?;
            for root in units::roots(conn)? {
                if let Some(batch) = units::batch(conn, &root)? {
                    push_batch(session, &batch)?;
                }
            }
            let (size, chain) = view::tip(conn)?;
            self.commit(session, size, &chain)
        })
    }

    /// Ends the transaction of a writer; readers are told. Where the answer to the commit is lost, the
    /// log is asked what became of it: `chain` names our entries and nobody else's.
    pub(in super::super) fn commit(
        &self,
        session: &Session,
        size: u64,
        chain: &Chain,
    ) -> Result<()> {
        session.batch(LOOK, &format!("NOTIFY {CHANNEL}"))?;
        let lost = match session.batch(STATEMENT, "COMMIT") {
            Err(error @ StoreError::Away { .. }) => error,
            done => return done,
        };
        let start = Instant::now();
        while start.elapsed() < RESOLVE {
            // The lock is free only when the old transaction is over, one way or the other.
            let asked = Session::open(&self.address).and_then(|session| {
                session.batch(LOOK, "BEGIN")?;
                lock(&session)?;
                seen(&session, size)
            });
            match asked {
                Ok(found) if found.chain.as_ref() == Some(chain) => return Ok(()),
                Ok(_) => return Err(lost),
                Err(_) => std::thread::sleep(Duration::from_millis(200)),
            }
        }
        Err(StoreError::Unknown { home: self.address.to_string() })
    }

    /// [`Home::begin`] for a move away, also of a log that was closed by one that was cut short.
    pub(in super::super) fn begin_moving(&self, session: &Session) -> Result<()> {
        session.batch(LOOK, "BEGIN")?;
        lock(session)?;
        match tables::standing(session)? {
            Standing::Open | Standing::Moved => Ok(()),
            Standing::Empty { .. } => Err(StoreError::NoLog(self.address.to_string())),
        }
    }

    /// Whether the home holds this log, to the last entry.
    pub(in super::super) fn holds(&self, size: u64, chain: &Chain) -> Result<bool> {
        let seen = self.with(|session| seen(session, size))?;
        Ok(seen.size == size && seen.chain.as_ref() == Some(chain))
    }

    /// Closes a log for writers because it goes on elsewhere; the caller holds a writer's transaction.
    pub(in super::super) fn close(&self, session: &Session) -> Result<()> {
        session.execute("UPDATE liangbiao.about SET moved_at = now()", &[])?;
        session.batch(STATEMENT, "COMMIT")
    }

    /// Overwrites what deleted values have left in the table's file.
    pub(in super::super) fn clear_away(&self) -> Result<()> {
        self.with(|session| session.batch(STATEMENT, "VACUUM (FULL) liangbiao.removable_values"))
    }
}

fn lock(session: &Session) -> Result<()> {
    session.query(STATEMENT, "SELECT pg_advisory_xact_lock($1)", &[&LOCK])?;
    Ok(())
}

/// Inside a transaction: takes the lock and makes tables where there are none.
fn prepare_empty(session: &Session) -> Result<()> {
    lock(session)?;
    match tables::standing(session)? {
        Standing::Empty { bare: true } => tables::make(session),
        Standing::Empty { bare: false } => Ok(()),
        Standing::Open | Standing::Moved => {
            Err(StoreError::LogExists(session.address().to_string()))
        }
    }
}

/// Where the home stands, for a copy of its first `size` entries.
pub(super) fn seen(session: &Session, size: u64) -> Result<Seen> {
    let last = column(size) - 1;
    let rows = session.query(
        LOOK,
        "SELECT (SELECT max(seq) FROM liangbiao.entries),
                (SELECT chain FROM liangbiao.entries WHERE seq = $1)",
        &[&last],
    )?;
    let row =
        rows.first().ok_or_else(|| StoreError::Damaged("no answer from the log".to_owned()))?;
    let max: Option<i64> = row.try_get(0).map_err(unreadable)?;
    let chain: Option<Vec<u8>> = row.try_get(1).map_err(unreadable)?;
    let chain = match size {
        0 => Some(chain::START),
        _ => chain.and_then(|bytes| bytes.try_into().ok()),
    };
    Ok(Seen { size: max.map_or(0, |seq| index(seq) + 1), chain })
}

/// The next entries from `from` on, all of one moment. `wants` says of a batch's root whether its hashes
/// are asked for. Inside a writer's transaction `alone` is false.
pub(super) fn pull(
    session: &Session,
    from: u64,
    alone: bool,
    wants: &dyn Fn(&[u8; 32]) -> Result<bool>,
) -> Result<Chunk> {
    if alone {
        session.batch(LOOK, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
    }
    let mut chunk = Chunk::default();
    let limit = CHUNK as i64;
    let rows = session.query(
        STATEMENT,
        "SELECT seq, chain, entry FROM liangbiao.entries WHERE seq >= $1 ORDER BY seq LIMIT $2",
        &[&column(from), &limit],
    )?;
    let mut roots = Vec::new();
    let mut removed = Vec::new();
    for row in rows {
        let seq = index(row.try_get(0).map_err(unreadable)?);
        let damaged = || StoreError::Damaged(format!("entry {seq} of the log at home is damaged"));
        let chain: Vec<u8> = row.try_get(1).map_err(unreadable)?;
        let chain: Chain = chain.try_into().map_err(|_| damaged())?;
        let text: Vec<u8> = row.try_get(2).map_err(unreadable)?;
        let text = String::from_utf8(text).map_err(|_| damaged())?;
        let entry = view::parse(seq, &text)?;
        if entry.kind == Kind::Code && is_batch_key(&entry.key) {
            let root = entry.body.get("batch_root").and_then(|root| root.as_str());
            roots.extend(root.and_then(chain::unhex));
        }
        if entry.reason.code == ReasonCode::Redacted {
            removed.extend(Taken::of(&entry).into_iter().map(|(seq, _)| column(seq)));
        }
        chunk.entries.push((entry, chain, text));
    }
    if let Some((last, ..)) = chunk.entries.last() {
        let rows = session.query(
            STATEMENT,
            "SELECT seq, field, salt, value FROM liangbiao.removable_values
             WHERE seq >= $1 AND seq <= $2",
            &[&column(from), &column(last.seq)],
        )?;
        for row in rows {
            let value: Vec<u8> = row.try_get(3).map_err(unreadable)?;
            let value = String::from_utf8(value)
                .map_err(|_| StoreError::Damaged("a value at home is no text".to_owned()))?;
            let seq = index(row.try_get(0).map_err(unreadable)?);
            let (field, salt) =
                (row.try_get(1).map_err(unreadable)?, row.try_get(2).map_err(unreadable)?);
            chunk.values.entry(seq).or_default().push((field, salt, value));
        }
    }
    if !removed.is_empty() {
        let rows = session.query(
            STATEMENT,
            "SELECT seq, field FROM liangbiao.removable_values WHERE seq = ANY($1)",
            &[&removed],
        )?;
        for row in rows {
            let seq = index(row.try_get(0).map_err(unreadable)?);
            chunk.kept.insert((seq, row.try_get(1).map_err(unreadable)?));
        }
    }
    roots.sort_unstable();
    roots.dedup();
    for root in roots {
        if wants(&root)? {
            let rows = session.query(
                STATEMENT,
                "SELECT hashes FROM liangbiao.unit_hashes WHERE root = $1",
                &[&root.as_slice()],
            )?;
            let Some(row) = rows.first() else { continue };
            let batch = Batch::from_blob(row.try_get(0).map_err(unreadable)?);
            chunk.batches.extend(batch.filter(|batch| *batch.root() == root));
        }
    }
    if alone {
        session.batch(LOOK, "COMMIT")?;
    }
    Ok(chunk)
}

/// Writes entries of a copy from `from` on to the home, with the values beside them.
pub(in super::super) fn push(session: &Session, conn: &Connection, from: u64) -> Result<()> {
    let mut statement =
        conn.prepare("SELECT seq, chain, entry FROM main.entries WHERE seq >= ?1 ORDER BY seq")?;
    let mut rows = statement.query([column(from)])?;
    let (mut seqs, mut chains, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    let mut bytes = 0;
    loop {
        let row = rows.next()?;
        if (row.is_none() || seqs.len() >= CHUNK || bytes >= CHUNK_BYTES) && !seqs.is_empty() {
            session.execute(
                "INSERT INTO liangbiao.entries (seq, chain, entry)
                 SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::bytea[])",
                &[&seqs, &chains, &texts],
            )?;
            (seqs, chains, texts, bytes) = (Vec::new(), Vec::new(), Vec::new(), 0);
        }
        let Some(row) = row else { break };
        let text: String = row.get(2)?;
        bytes += text.len();
        seqs.push(row.get::<_, i64>(0)?);
        chains.push(row.get::<_, Chain>(1)?.to_vec());
        texts.push(text.into_bytes());
    }
    let mut statement = conn.prepare(
        "SELECT seq, field, salt, value FROM main.removable_values WHERE seq >= ?1 ORDER BY seq",
    )?;
    let mut rows = statement.query([column(from)])?;
    let mut values = Values::default();
    while let Some(row) = rows.next()? {
        values.seqs.push(row.get(0)?);
        values.fields.push(row.get(1)?);
        values.salts.push(row.get(2)?);
        values.values.push(row.get::<_, String>(3)?.into_bytes());
        if values.seqs.len() >= CHUNK {
            values.write(session)?;
        }
    }
    values.write(session)
}

/// Rows of removable values to be written with one statement.
#[derive(Default)]
struct Values {
    seqs: Vec<i64>,
    fields: Vec<String>,
    salts: Vec<Vec<u8>>,
    values: Vec<Vec<u8>>,
}

impl Values {
    fn write(&mut self, session: &Session) -> Result<()> {
        let Values { seqs, fields, salts, values } = std::mem::take(self);
        if !seqs.is_empty() {
            session.execute(
                "INSERT INTO liangbiao.removable_values (seq, field, salt, value)
                 SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::bytea[])",
                &[&seqs, &fields, &salts, &values],
            )?;
        }
        Ok(())
    }
}

/// Writes the hashes of a batch of unit codes; one that is there already stays.
pub(in super::super) fn push_batch(session: &Session, batch: &Batch) -> Result<()> {
    session.execute(
        "INSERT INTO liangbiao.unit_hashes (root, hashes) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        &[&batch.root().as_slice(), &batch.blob()],
    )?;
    Ok(())
}

/// Deletes values that are taken out of the register.
pub(in super::super) fn forget(session: &Session, taken: &[Taken]) -> Result<()> {
    for (seq, fields) in taken.iter().flat_map(|taken| &taken.entries) {
        session.execute(
            "DELETE FROM liangbiao.removable_values WHERE seq = $1 AND field = ANY($2)",
            &[&column(*seq), fields],
        )?;
    }
    Ok(())
}
