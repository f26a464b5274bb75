//! Passkeys of accounts: public keys, which are no secret, and what is needed to hold an answer against them.

use rusqlite::{OptionalExtension, Row, params};

use super::OfficeFile;
use crate::store::Result;

/// A passkey as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// Credential ID (Web Authentication, 4).
    pub id: Vec<u8>,
    /// Whose.
    pub account: String,
    /// What its owner calls it.
    pub label: String,
    /// Public key, algorithm and signature counter, as JSON.
    pub key: String,
    /// When it was added.
    pub made_at: i64,
    /// When it was last used; none: never.
    pub used_at: Option<i64>,
}

const PASSKEY: &str = "SELECT id, account, label, key, made_at, used_at FROM passkeys";

fn passkey(row: &Row<'_>) -> rusqlite::Result<Passkey> {
    Ok(Passkey {
        id: row.get(0)?,
        account: row.get(1)?,
        label: row.get(2)?,
        key: row.get(3)?,
        made_at: row.get(4)?,
        used_at: row.get(5)?,
    })
}

impl OfficeFile {
    /// The passkeys of an account, the oldest first.
    ///
    /// # Errors
    /// The database's; so for every call below.
    pub fn passkeys(&self, account: &str) -> Result<Vec<Passkey>> {
        let conn = self.conn();
        let sql = format!("{PASSKEY} WHERE account = ?1 ORDER BY made_at, id");
        let mut statement = conn.prepare_cached(&sql)?;
        let rows = statement.query_map([account], passkey)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The passkey of that credential ID.
    ///
    /// # Errors
    /// The database's.
    pub fn passkey(&self, id: &[u8]) -> Result<Option<Passkey>> {
        let sql = format!("{PASSKEY} WHERE id = ?1");
        Ok(self.conn().prepare_cached(&sql)?.query_row([id], passkey).optional()?)
    }

    /// Adds a passkey; false where one of that credential ID is there, whosever it is.
    ///
    /// # Errors
    /// The database's.
    pub fn add_passkey(&self, of: &Passkey) -> Result<bool> {
        let added = self.conn().execute(
            "INSERT INTO passkeys VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
            params![of.id, of.account, of.label, of.key, of.made_at, of.used_at],
        )?;
        Ok(added == 1)
    }

    /// Notes a use, with the counter it brought; false where it was used or removed in between.
    ///
    /// # Errors
    /// The database's.
    pub fn use_passkey(&self, before: &Passkey, key: &str, at: i64) -> Result<bool> {
        let changed = self.conn().execute(
            "UPDATE passkeys SET key = ?3, used_at = ?4 WHERE id = ?1 AND key = ?2",
            params![before.id, before.key, key, at],
        )?;
        Ok(changed == 1)
    }

    /// Removes a passkey of an account; false where it has none of that credential ID.
    ///
    /// # Errors
    /// The database's.
    pub fn remove_passkey(&self, account: &str, id: &[u8]) -> Result<bool> {
        let sql = "DELETE FROM passkeys WHERE account = ?1 AND id = ?2";
        Ok(self.conn().execute(sql, params![account, id])? == 1)
    }

    /// Removes all passkeys of an account; gives how many.
    ///
    /// # Errors
    /// The database's.
    pub fn remove_passkeys(&self, account: &str) -> Result<usize> {
        Ok(self.conn().execute("DELETE FROM passkeys WHERE account = ?1", [account])?)
    }
}
