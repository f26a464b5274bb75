//! Taking values out of the register for good: the values and salts beside the log, what the view was
//! made of them, and what SQLite would keep of them on its pages.
//!
//! The log's own text holds commitments only ([`super::removable`]), so every hash, tile and proof stays
//! as it was. What was taken out is itself an entry, with the reason `redacted`.
//!
//! Order, so that a crash leaves nothing half done: a mark beside the register (`FILE.redacting`); one
//! transaction that deletes the values, puts the view right and appends the entries; files and old pages;
//! the mark is removed. Before the commit nothing has happened; after it the values are out of the
//! register and the mark says that old pages may be left, which the next `redact` clears away.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use register::commitment::{committed_fields, is_commitment};
use register::{Draft, Entry, Kind, Reason, ReasonCode};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde_json::Value;

use super::postgres::{self, Home, Session};
use super::view::{self, View, column, index, kind_number};
use super::{Checkpoint, Register, Result, StoreError, clock, log, references, schema};

/// How long old pages are waited for while readers look at them.
const PAGES_WAIT: Duration = Duration::from_secs(30);

/// What is to be taken out of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Take {
    /// Its kind.
    pub kind: Kind,
    /// Its key.
    pub key: String,
    /// Names of fields; empty: every field that can be taken out.
    pub fields: Vec<String>,
    /// Why, in words for readers.
    pub reason: String,
}

/// What is taken out of one record: of every version that still holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its kind.
    pub kind: Kind,
    /// Its key.
    pub key: String,
    /// Index of each entry in the log, with the names of its fields.
    pub entries: Vec<(u64, Vec<String>)>,
}

impl Taken {
    /// `12: act, party; 57: party`, as the entry about it says it.
    #[must_use]
    pub fn listed(&self) -> String {
        let one = |(seq, fields): &(u64, Vec<String>)| format!("{seq}: {}", fields.join(", "));
        self.entries.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    /// What an entry with the reason `redacted` says was taken out: index of an entry, name of a field.
    pub(super) fn of(entry: &Entry) -> Vec<(u64, String)> {
        let listed = entry.reason.text.as_deref().and_then(|text| {
            let (_, listed) = text.rsplit_once(" [")?;
            listed.strip_suffix(']')
        });
        let one = |part: &str| {
            let (seq, fields) = part.split_once(": ")?;
            let seq: u64 = seq.parse().ok()?;
            Some(fields.split(", ").map(move |field| (seq, field.to_owned())).collect::<Vec<_>>())
        };
        listed.into_iter().flat_map(|listed| listed.split("; ")).filter_map(one).flatten().collect()
    }
}

/// A redaction that began and was not finished: its mark is still beside the register.
#[must_use]
pub fn unfinished(register: &Path) -> bool {
    mark(register).exists()
}

/// Leaves the mark, durably: whoever comes after a crash knows that old pages may be left.
pub(super) fn begin_mark(register: &Path) -> Result<()> {
    fs::File::create(mark(register)).and_then(|file| file.sync_all())?;
    Ok(schema::sync_folder(register)?)
}

fn mark(register: &Path) -> std::path::PathBuf {
    schema::beside(register, ".redacting")
}

impl Register {
    /// The records whose publication term was over before `today` (domain rule I18) and that still hold
    /// what may be shown only until then.
    ///
    /// # Errors
    /// The database's.
    pub fn due(&self, today: NaiveDate) -> Result<Vec<(Kind, String)>> {
        let reader = self.reader()?;
        let mut due = Vec::new();
        for kind in [Kind::Penalty, Kind::Restriction] {
            reader.versions(kind, u64::MAX, &mut |versions| {
                // The record as it stands, or as it will stand first where it begins later.
                let newest = register::record::select(versions, today, u64::MAX)
                    .or_else(|| versions.iter().max_by_key(|e| (e.valid_from, e.seq)));
                if let Some(newest) = newest
                    && !crate::published::is_published(newest, today)
                    && versions.iter().any(holds)
                {
                    due.push((kind, newest.key.clone()));
                }
                Ok(())
            })?;
        }
        Ok(due)
    }

    /// What [`Register::redact`] would take out. Writes nothing.
    ///
    /// # Errors
    /// There is no such record or field, or nothing of it can be taken out; the text says which.
    pub fn would_redact(&self, takes: &[Take]) -> Result<Vec<Taken>> {
        let conn = self.writer();
        takes.iter().map(|take| plan(&conn, take)).collect()
    }

    /// Takes values out of the register, in one transaction, and clears away what is left of them in
    /// its files. With nothing to take it clears away only.
    ///
    /// # Errors
    /// As [`Register::would_redact`], and those of an append. [`StoreError::PagesLeft`]: the values are
    /// out, but a reader was looking at old pages all the time.
    pub fn redact(&self, takes: &[Take]) -> Result<Vec<Taken>> {
        let mut taken = Vec::new();
        if !takes.is_empty() {
            begin_mark(self.path())?;
            let done = match &self.home {
                None => self.take(takes, None),
                Some(home) => home.with(|session| {
                    home.begin(session)?;
                    self.pull(home, session)?;
                    self.take(takes, Some((home, session)))
                }),
            };
            if done.is_err() {
                // Nothing was written. A mark that stays only means a needless clearing.
                let _ = fs::remove_file(mark(self.path()));
            }
            taken = done?;
        }
        if let Some(home) = &self.home {
            home.clear_away()?;
        }
        self.clear_away_within(PAGES_WAIT)?;
        Ok(taken)
    }

    fn take(&self, takes: &[Take], away: Option<(&Home, &Session)>) -> Result<Vec<Taken>> {
        let mut conn = self.writer();
        // What is deleted, or stood on a page that is freed, is overwritten with zeros.
        conn.execute_batch("PRAGMA secure_delete = ON")?;
        let transaction = conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|error| StoreError::writing(error, self.path()))?;
        self.check_writable(&transaction)?;
        let mut view = View::start(&transaction, "main")?;
        view.catch_up(&mut |_| ())?;
        let recorded_at = clock::recorded_at(self.clock.now(), view.recorded_at)?;
        let first = view.log_size;
        let mut taken = Vec::new();
        let mut drafts = Vec::new();
        let mut numbers_move = false;
        for take in takes {
            let plan = plan(&transaction, take)?;
            let each = plan
                .entries
                .iter()
                .flat_map(|(seq, fields)| fields.iter().map(|field| (*seq, field.clone())));
            let gone: Vec<(u64, String)> = each.collect();
            numbers_move |= forget(&transaction, take.kind, &take.key, &gone)?;
            let left = versions_of(&transaction, take.kind, &take.key)?;
            drafts.push(draft(take, &plan, &left)?);
            taken.push(plan);
        }
        log::extend(
            &transaction,
            &mut view,
            &mut drafts.into_iter().map(Ok),
            recorded_at,
            &self.salter,
        )
        .map_err(|error| error.in_file(self.path()))?;
        let register_id = view.register_id.clone();
        view.finish()?;
        if numbers_move {
            // A key was known from a deleted value alone, or first: the view is made anew.
            let mut view = View::reset(&transaction, "main")?;
            view.catch_up(&mut |_| ())?;
            view.finish()?;
        }
        refill(&transaction)?;
        let (size, chain) = view::tip(&transaction)?;
        if let Some((home, session)) = away {
            postgres::forget(session, &taken)?;
            postgres::push(session, &transaction, first)?;
            home.commit(session, size, &chain)?;
        }
        transaction.commit().map_err(|error| StoreError::writing(error, self.path()))?;
        if let Err(error) = (Checkpoint { register_id, size, chain }).write(self.path()) {
            tracing::warn!(%error, "the entries are stored, but the checkpoint beside the register could not be written");
        }
        Ok(taken)
    }

    /// Removes the files made of the records, and brings every page of the journal into the register's
    /// file, so that old ones are overwritten.
    pub(super) fn clear_away_within(&self, wait: Duration) -> Result<()> {
        match fs::remove_dir_all(schema::beside(self.path(), ".files")) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        match fs::remove_file(schema::beside(self.path(), ".index")) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let conn = self.writer();
        let start = Instant::now();
        loop {
            let busy: i64 = conn
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
                .map_err(|error| StoreError::writing(error, self.path()))?;
            if busy == 0 {
                break;
            }
            if start.elapsed() > wait {
                return Err(StoreError::PagesLeft(self.path().to_owned()));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        match fs::remove_file(mark(self.path())) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(schema::sync_folder(self.path())?),
        }
    }
}

/// Whether an entry still holds a value that can be taken out.
fn holds(entry: &Entry) -> bool {
    committed_fields(entry.kind, &entry.key, &entry.body)
        .iter()
        .any(|field| entry.body.get(*field).is_some_and(|value| !is_commitment(value)))
}

/// Every version of a record in log order, with the values that are still there.
fn versions_of(conn: &Connection, kind: Kind, key: &str) -> Result<Vec<Entry>> {
    let mut statement = conn.prepare_cached(
        "SELECT e.seq, e.entry FROM main.view_keys k JOIN main.view_versions v ON v.id = k.id
         JOIN main.entries e ON e.seq = v.seq
         WHERE k.kind = ?1 AND k.key = ?2 ORDER BY v.seq",
    )?;
    let mut rows = statement.query(params![kind_number(kind), key])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(view::read(conn, row)?);
    }
    Ok(found)
}

/// What is to go.
fn plan(conn: &Connection, take: &Take) -> Result<Taken> {
    let Take { kind, key, fields, .. } = take;
    let refused = |what: String| StoreError::Caller(format!("{} {key}: {what}", kind.name()));
    let versions = versions_of(conn, *kind, key)?;
    if versions.is_empty() {
        return Err(refused("there is no such record".to_owned()));
    }
    for field in fields {
        let written = versions.iter().filter(|entry| entry.body.contains_key(field)).count();
        let can = versions
            .iter()
            .any(|e| committed_fields(e.kind, &e.key, &e.body).contains(&field.as_str()));
        if written == 0 {
            return Err(refused(format!("no version of it has a field {field:?}")));
        }
        if !can {
            return Err(refused(format!(
                "{field} stands in the log itself and cannot be taken out; only fields kept as \
                 commitments can (natural persons, and what is published until a day only)"
            )));
        }
    }
    let mut entries = Vec::new();
    for entry in &versions {
        let gone: Vec<String> = committed_fields(entry.kind, &entry.key, &entry.body)
            .into_iter()
            .filter(|field| fields.is_empty() || fields.iter().any(|name| name == field))
            .filter(|field| entry.body.get(*field).is_some_and(|value| !is_commitment(value)))
            .map(str::to_owned)
            .collect();
        if !gone.is_empty() {
            entries.push((entry.seq, gone));
        }
    }
    if entries.is_empty() {
        return Err(refused("nothing is left of it that could be taken out".to_owned()));
    }
    Ok(Taken { kind: *kind, key: key.clone(), entries })
}

/// The entry that says what was taken out: the record as it stands, its values now commitments.
fn draft(take: &Take, plan: &Taken, left: &[Entry]) -> Result<Draft> {
    let newest = left.iter().max_by_key(|entry| (entry.valid_from, entry.seq));
    let newest = newest.ok_or_else(|| StoreError::Damaged(format!("{} is gone", take.key)))?;
    Ok(Draft {
        valid_from: newest.valid_from,
        kind: take.kind,
        key: take.key.clone(),
        reason: Reason::said(
            ReasonCode::Redacted,
            Some(format!("{} [{}]", take.reason.trim(), plan.listed())),
        ),
        source: newest.source.clone(),
        body: newest.body.clone(),
    })
}

/// Takes out of the view the references that only deleted values made. Whether keys may have other
/// numbers now: they are numbered in the order the log mentions them.
fn unrefer(conn: &Connection, before: &[Entry], after: &[Entry]) -> Result<bool> {
    let all = |entries: &[Entry]| -> BTreeSet<(Kind, String)> {
        entries.iter().flat_map(|e| references::references_of(e.kind, &e.body)).collect()
    };
    let (Some(first), kept) = (before.first(), all(after)) else { return Ok(false) };
    let id: i64 = number(conn, first.kind, &first.key)?.unwrap_or_default();
    for (kind, key) in all(before).difference(&kept) {
        let Some(to) = number(conn, *kind, key)? else { continue };
        let own: Option<i64> = conn
            .prepare_cached("SELECT min(seq) FROM main.view_versions WHERE id = ?1")?
            .query_row([to], |row| row.get(0))?;
        // Its own entry came before every entry that mentioned it here: the number is from there.
        if own.is_none_or(|own| index(own) >= first.seq) {
            return Ok(true);
        }
        conn.execute(
            "DELETE FROM main.view_references WHERE to_id = ?1 AND from_kind = ?2 AND from_id = ?3",
            params![to, kind_number(first.kind), id],
        )?;
    }
    Ok(false)
}

fn number(conn: &Connection, kind: Kind, key: &str) -> Result<Option<i64>> {
    Ok(conn
        .prepare_cached("SELECT id FROM main.view_keys WHERE kind = ?1 AND key = ?2")?
        .query_row(params![kind_number(kind), key], |row| row.get(0))
        .optional()?)
}

/// Deletes values of a record and takes out of the view what only they made. Whether the view has to be
/// made anew.
pub(super) fn forget(
    conn: &Connection,
    kind: Kind,
    key: &str,
    gone: &[(u64, String)],
) -> Result<bool> {
    let before = versions_of(conn, kind, key)?;
    for (seq, field) in gone {
        conn.execute(
            "DELETE FROM main.removable_values WHERE seq = ?1 AND field = ?2",
            params![column(*seq), field],
        )?;
    }
    unrefer(conn, &before, &versions_of(conn, kind, key)?)
}

/// Writes the values that stay to fresh pages. Moving a value from page to page leaves a copy in the
/// unused part of the old one, which deleting it later does not reach; a page that is freed is
/// overwritten as a whole.
pub(super) fn refill(conn: &Connection) -> Result<()> {
    conn.execute_batch(
        "CREATE TEMP TABLE kept AS SELECT seq, field, salt, value FROM main.removable_values;
         DELETE FROM main.removable_values;
         INSERT INTO main.removable_values SELECT seq, field, salt, value FROM temp.kept ORDER BY seq, field;
         DROP TABLE temp.kept;",
    )?;
    Ok(())
}

/// Whether some version of the record holds this commitment in the log: then it may stand in a later
/// version too, in the place of the value that was taken out.
pub(super) fn is_known(
    conn: &Connection,
    kind: Kind,
    key: &str,
    field: &str,
    commitment: &Value,
) -> Result<bool> {
    let mut statement = conn.prepare_cached(
        "SELECT e.seq, e.entry FROM main.view_keys k JOIN main.view_versions v ON v.id = k.id
         JOIN main.entries e ON e.seq = v.seq WHERE k.kind = ?1 AND k.key = ?2",
    )?;
    let mut rows = statement.query(params![kind_number(kind), key])?;
    while let Some(row) = rows.next()? {
        let text = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        if view::parse(index(row.get(0)?), text)?.body.get(field) == Some(commitment) {
            return Ok(true);
        }
    }
    Ok(false)
}
