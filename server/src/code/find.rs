//! The record behind a code.

use register::code::{CreditCode, Level, Pepper, unit_key};
use register::{Entry, Kind};

use crate::store::{At, Reader, Result};

/// What the register has for a code.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The record's key: the code, or for a unit `{batch}/{keyed hash}`, whether or not it has a
    /// record of its own.
    pub key: String,
    /// The record in force: the code's own, a unit's own, or its batch's where nothing was ever said
    /// about this one unit.
    pub entry: Entry,
    /// The batch of a unit code.
    pub batch: Option<Entry>,
}

/// Finds a code's record at a point; `None` where no such code was issued. Without a pepper no unit
/// code is found: ask only with the register's own.
///
/// # Errors
/// The database's.
pub fn find(
    reader: &Reader,
    pepper: Option<&Pepper>,
    code: &CreditCode,
    at: At,
) -> Result<Option<Found>> {
    if code.level() == Level::Model {
        let entry = reader.record(Kind::Code, code.as_str(), at)?;
        return Ok(entry.map(|entry| Found { key: entry.key.clone(), entry, batch: None }));
    }
    let Some(pepper) = pepper else { return Ok(None) };
    let hash = pepper.hash(code);
    let Some(batch) = reader.batch_of_unit(&hash)? else { return Ok(None) };
    let Some(whole) = reader.record(Kind::Code, &batch, at)? else { return Ok(None) };
    let key = unit_key(&batch, &hash);
    let own = reader.record(Kind::Code, &key, at)?;
    let entry = own.unwrap_or_else(|| whole.clone());
    Ok(Some(Found { key, entry, batch: Some(whole) }))
}
