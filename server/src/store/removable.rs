//! Values that law may force out later: in the log's text a salted commitment, the value and its
//! salt beside it (table `removable_values`). Deleting a row leaves every hash as it was.

use register::Entry;
use register::commitment::{Salt, Salts, commit, committed_fields, hashed_form, is_commitment};
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use super::view::column;
use super::{Result, StoreError, chain, redact};

/// What a committed field looks like in an entry's text. Quotes inside strings are escaped, so no
/// value can look like it.
const MARK: &str = "{\"commitment\":\"";

/// Makes salts: 16 bytes nobody can guess, from a secret that is forgotten with the process.
pub(super) struct Salter {
    secret: [u8; 32],
}

impl std::fmt::Debug for Salter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Salter")
    }
}

impl Salter {
    /// Salts from the system's random numbers.
    pub(super) fn random() -> Result<Salter> {
        let mut secret = [0u8; 32];
        getrandom::fill(&mut secret).map_err(|error| {
            StoreError::Caller(format!("no random numbers from the system: {error}"))
        })?;
        Ok(Salter { secret })
    }

    /// The same salts for the same secret: for samples, whose values are made up.
    pub(super) fn of(secret: [u8; 32]) -> Salter {
        Salter { secret }
    }

    fn salt(&self, seq: u64, field: &str) -> Salt {
        let hash = Sha256::new()
            .chain_update(b"liangbiao-salt-1\0")
            .chain_update(self.secret)
            .chain_update(seq.to_be_bytes())
            .chain_update(field.as_bytes())
            .finalize();
        let mut salt = Salt::default();
        salt.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        salt
    }
}

/// Stores the removable values of an entry beside the log and returns the log's text for it.
pub(super) fn set_aside(conn: &Connection, entry: &Entry, salter: &Salter) -> Result<String> {
    let fields = committed_fields(entry.kind, &entry.key, &entry.body);
    let mut salts = Salts::new();
    for field in fields {
        let Some(value) = entry.body.get(field) else { continue };
        if is_commitment(value) {
            // A version after a redaction: what was taken out stays a commitment.
            if redact::is_known(conn, entry.kind, &entry.key, field, value)? {
                continue;
            }
            return Err(StoreError::Caller(format!(
                "{} {}: {field} is a commitment, not a value",
                entry.kind.name(),
                entry.key
            )));
        }
        let salt = salter.salt(entry.seq, field);
        conn.prepare_cached(
            "INSERT INTO main.removable_values (seq, field, salt, value) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![column(entry.seq), field, salt, value.to_string()])?;
        salts.insert(field.to_owned(), salt);
    }
    if salts.is_empty() {
        return chain::canonical(entry);
    }
    let hashed = hashed_form(entry, &salts).map_err(|e| StoreError::Damaged(e.to_string()))?;
    chain::canonical(&hashed)
}

/// Puts back the values of an entry read from `text` that were not removed.
pub(super) fn put_back(conn: &Connection, text: &str, entry: &mut Entry) -> Result<()> {
    if !text.contains(MARK) {
        return Ok(());
    }
    let mut statement =
        conn.prepare_cached("SELECT field, value FROM main.removable_values WHERE seq = ?1")?;
    let mut rows = statement.query([column(entry.seq)])?;
    while let Some(row) = rows.next()? {
        let (field, value): (String, String) = (row.get(0)?, row.get(1)?);
        let value = serde_json::from_str(&value).map_err(|error| {
            StoreError::Damaged(format!("entry {}: the value of {field}: {error}", entry.seq))
        })?;
        if entry.body.get(&field).is_some_and(is_commitment) {
            entry.body.insert(field, value);
        }
    }
    Ok(())
}

/// What is wrong with the values set aside for an entry as the log holds it.
pub(super) fn check(conn: &Connection, text: &str, entry: &Entry) -> Result<Vec<String>> {
    let mut errors = Vec::new();
    if !text.contains(MARK) {
        return Ok(errors);
    }
    let mut statement =
        conn.prepare_cached("SELECT field, salt, value FROM main.removable_values WHERE seq = ?1")?;
    let mut rows = statement.query([column(entry.seq)])?;
    while let Some(row) = rows.next()? {
        let (field, salt, value): (String, Salt, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let fits = serde_json::from_str(&value)
            .ok()
            .and_then(|value| commit(&value, &salt).ok())
            .is_some_and(|hash| {
                entry.body.get(&field).and_then(|c| c.get("commitment"))
                    == Some(&serde_json::Value::String(chain::hex(&hash)))
            });
        if !fits {
            errors.push(format!(
                "log: the value of {field} kept beside entry {} is not the one it was committed to",
                entry.seq
            ));
        }
    }
    Ok(errors)
}
