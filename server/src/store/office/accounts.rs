//! Accounts, sessions and failed sign-ins.

use rusqlite::{OptionalExtension, Row, params};

use super::OfficeFile;
use crate::store::Result;

/// An account as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Name, NFC, unique.
    pub name: String,
    /// Codes of its roles with spaces between.
    pub roles: String,
    /// Argon2id as a PHC string; none before enrolment.
    pub password: Option<String>,
    /// Secret of the one-time codes; none before enrolment.
    pub totp: Option<Vec<u8>>,
    /// The last time step a code was used of; codes of it and before are refused.
    pub totp_step: u64,
    /// SHA-256 of the code to enrol with, 64 hex digits.
    pub invite: Option<String>,
    /// Until when that is good.
    pub invite_until: i64,
    /// It may not sign in.
    pub disabled: bool,
    /// When it was made.
    pub made_at: i64,
}

/// How far a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Password set, one-time codes not yet.
    Enrolling,
    /// Signed in.
    Full,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of its id, 64 hex digits.
    pub hash: String,
    /// Whose.
    pub account: String,
    /// How far it is.
    pub stage: Stage,
    /// While enrolling: the secret that is offered.
    pub secret: Option<Vec<u8>>,
    /// When it began.
    pub made_at: i64,
    /// When it was last used.
    pub seen_at: i64,
}

const ACCOUNT: &str = "SELECT name, roles, password, totp, totp_step, invite, invite_until, disabled, made_at FROM accounts";

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    let step: i64 = row.get(4)?;
    Ok(Account {
        name: row.get(0)?,
        roles: row.get(1)?,
        password: row.get(2)?,
        totp: row.get(3)?,
        totp_step: u64::try_from(step).unwrap_or(0),
        invite: row.get(5)?,
        invite_until: row.get(6)?,
        disabled: row.get(7)?,
        made_at: row.get(8)?,
    })
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

impl OfficeFile {
    /// The account of that name.
    ///
    /// # Errors
    /// The database's; so for every call below.
    pub fn account(&self, name: &str) -> Result<Option<Account>> {
        let sql = format!("{ACCOUNT} WHERE name = ?1");
        Ok(self.conn().prepare_cached(&sql)?.query_row([name], account).optional()?)
    }

    /// All accounts by name.
    ///
    /// # Errors
    /// The database's.
    pub fn accounts(&self) -> Result<Vec<Account>> {
        let conn = self.conn();
        let mut statement = conn.prepare(&format!("{ACCOUNT} ORDER BY name"))?;
        let rows = statement.query_map([], account)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Writes an account in the place of the one of its name.
    ///
    /// # Errors
    /// The database's.
    pub fn put_account(&self, of: &Account) -> Result<()> {
        self.conn().execute(
            "INSERT INTO accounts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (name) DO UPDATE SET roles = ?2, password = ?3, totp = ?4, totp_step = ?5,
                 invite = ?6, invite_until = ?7, disabled = ?8",
            params![
                of.name,
                of.roles,
                of.password,
                of.totp,
                whole(of.totp_step),
                of.invite,
                of.invite_until,
                of.disabled,
                of.made_at
            ],
        )?;
        Ok(())
    }

    /// Uses up a time step of the account's one-time codes; false where it, or a later one, was used.
    ///
    /// # Errors
    /// The database's.
    pub fn use_step(&self, name: &str, step: u64) -> Result<bool> {
        let changed = self.conn().execute(
            "UPDATE accounts SET totp_step = ?2 WHERE name = ?1 AND totp_step < ?2",
            params![name, whole(step)],
        )?;
        Ok(changed == 1)
    }

    /// Sets the account's recovery codes, by their hashes, in the place of those it had.
    ///
    /// # Errors
    /// The database's.
    pub fn set_recovery(&self, name: &str, hashes: &[String]) -> Result<()> {
        let conn = self.conn();
        let all = conn.unchecked_transaction()?;
        all.execute("DELETE FROM recovery_codes WHERE account = ?1", [name])?;
        for hash in hashes {
            all.execute("INSERT INTO recovery_codes VALUES (?1, ?2)", [name, hash])?;
        }
        Ok(all.commit()?)
    }

    /// Uses up a recovery code; false where it is none of the account's.
    ///
    /// # Errors
    /// The database's.
    pub fn use_recovery(&self, name: &str, hash: &str) -> Result<bool> {
        let sql = "DELETE FROM recovery_codes WHERE account = ?1 AND hash = ?2";
        Ok(self.conn().execute(sql, [name, hash])? == 1)
    }

    /// Recovery codes the account has left.
    ///
    /// # Errors
    /// The database's.
    pub fn recovery_left(&self, name: &str) -> Result<u64> {
        let sql = "SELECT count(*) FROM recovery_codes WHERE account = ?1";
        let n: i64 = self.conn().query_row(sql, [name], |row| row.get(0))?;
        Ok(u64::try_from(n).unwrap_or(0))
    }

    /// Begins a session.
    ///
    /// # Errors
    /// The database's.
    pub fn put_session(&self, of: &Session) -> Result<()> {
        let stage = if of.stage == Stage::Full { "full" } else { "enrolling" };
        self.conn().execute(
            "INSERT INTO sessions VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![of.hash, of.account, stage, of.secret, of.made_at, of.seen_at],
        )?;
        Ok(())
    }

    /// The session of that hash.
    ///
    /// # Errors
    /// The database's.
    pub fn session(&self, hash: &str) -> Result<Option<Session>> {
        let conn = self.conn();
        let mut statement = conn.prepare_cached(
            "SELECT hash, account, stage, secret, made_at, seen_at FROM sessions WHERE hash = ?1",
        )?;
        let found = statement.query_row([hash], |row| {
            let stage: String = row.get(2)?;
            Ok(Session {
                hash: row.get(0)?,
                account: row.get(1)?,
                stage: if stage == "full" { Stage::Full } else { Stage::Enrolling },
                secret: row.get(3)?,
                made_at: row.get(4)?,
                seen_at: row.get(5)?,
            })
        });
        Ok(found.optional()?)
    }

    /// Notes that a session was used.
    ///
    /// # Errors
    /// The database's.
    pub fn touch_session(&self, hash: &str, at: i64) -> Result<()> {
        self.conn()
            .execute("UPDATE sessions SET seen_at = ?2 WHERE hash = ?1", params![hash, at])?;
        Ok(())
    }

    /// Ends one session.
    ///
    /// # Errors
    /// The database's.
    pub fn end_session(&self, hash: &str) -> Result<()> {
        self.conn().execute("DELETE FROM sessions WHERE hash = ?1", [hash])?;
        Ok(())
    }

    /// Ends all sessions of an account; gives how many.
    ///
    /// # Errors
    /// The database's.
    pub fn end_sessions(&self, account: &str) -> Result<usize> {
        Ok(self.conn().execute("DELETE FROM sessions WHERE account = ?1", [account])?)
    }

    /// Ends sessions that began, or were last used, before these instants.
    ///
    /// # Errors
    /// The database's.
    pub fn end_old_sessions(&self, began: i64, used: i64) -> Result<()> {
        let sql = "DELETE FROM sessions WHERE made_at < ?1 OR seen_at < ?2";
        self.conn().execute(sql, params![began, used])?;
        Ok(())
    }

    /// Failures in a row of a subject, and when the last was.
    ///
    /// # Errors
    /// The database's.
    pub fn failures(&self, subject: &str) -> Result<(u32, i64)> {
        let conn = self.conn();
        let mut statement =
            conn.prepare_cached("SELECT times, last_at FROM failures WHERE subject = ?1")?;
        let found = statement.query_row([subject], |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(found.optional()?.unwrap_or_default())
    }

    /// Counts a failure more, and forgets those before `forget`.
    ///
    /// # Errors
    /// The database's.
    pub fn fail(&self, subject: &str, at: i64, forget: i64) -> Result<()> {
        let conn = self.conn();
        conn.execute("DELETE FROM failures WHERE last_at < ?1", [forget])?;
        conn.execute(
            "INSERT INTO failures VALUES (?1, 1, ?2)
             ON CONFLICT (subject) DO UPDATE SET times = times + 1, last_at = ?2",
            params![subject, at],
        )?;
        Ok(())
    }

    /// Forgets a subject's failures.
    ///
    /// # Errors
    /// The database's.
    pub fn forgive(&self, subject: &str) -> Result<()> {
        self.conn().execute("DELETE FROM failures WHERE subject = ?1", [subject])?;
        Ok(())
    }
}
