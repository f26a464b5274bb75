//! When the files of drafts go: what was sent, its report and its refused rows are kept for a while after a draft has
//! come to its end, and not for ever. The line of the draft, with the hash of its file, and the trail stay.

use std::path::Path;
use std::time::{Duration, SystemTime};

use super::folder;
use crate::store::{DraftPlace, OfficeFile, Result, beside};

/// Days the files of a discarded draft are kept: time to notice that it was the wrong one.
pub const DISCARDED_DAYS: i64 = 30;
/// Days the files of a published draft are kept: a year's work can be looked at and put right row by row.
pub const PUBLISHED_DAYS: i64 = 400;

const DAY: i64 = 24 * 60 * 60;

/// Deletes what has been kept long enough, as of a second of Unix time; returns how many drafts that was.
///
/// A folder no draft is known for is of an upload that was cut off before its draft was written. It goes after a day.
///
/// # Errors
/// The desk's file, or the disk; what was deleted before stays deleted.
pub fn tidy(file: &OfficeFile, register: &Path, now: i64) -> Result<u64> {
    let all = match std::fs::read_dir(beside(register, ".desk.drafts")) {
        Ok(all) => all,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error.into()),
    };
    let mut deleted = 0;
    for one in all {
        let one = one?;
        let Ok(id) = one.file_name().into_string() else { continue };
        let is_over = match file.draft(&id)? {
            Some(row) => days(row.place).is_some_and(|days| now - row.changed_at >= days * DAY),
            None => is_id(&id) && is_old(&one.metadata()?, now),
        };
        if is_over {
            std::fs::remove_dir_all(folder(register, &id))?;
            deleted += 1;
        }
    }
    Ok(deleted)
}

/// How long the files of a draft there are kept; none: it has not come to its end.
const fn days(place: DraftPlace) -> Option<i64> {
    match place {
        DraftPlace::Discarded => Some(DISCARDED_DAYS),
        DraftPlace::Published => Some(PUBLISHED_DAYS),
        DraftPlace::Open | DraftPlace::Submitted | DraftPlace::Publishing => None,
    }
}

fn is_id(name: &str) -> bool {
    name.len() == 32 && name.bytes().all(|b| b.is_ascii_hexdigit())
}

fn is_old(about: &std::fs::Metadata, now: i64) -> bool {
    let changed = about.modified().ok().and_then(|t| t.duration_since(SystemTime::UNIX_EPOCH).ok());
    let now = Duration::from_secs(u64::try_from(now).unwrap_or(0));
    let age = changed.and_then(|changed| now.checked_sub(changed));
    age.is_some_and(|age| age.as_secs() >= DAY.unsigned_abs())
}
