//! Time comes in through a door, so that tests and samples can say what time it is.

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, SubsecRound, Utc};

use super::{Result, StoreError};

/// How far the clock may stand before the last entry's time and still be taken for a small
/// correction (a time server stepping the clock). Within it the last entry's time is used again.
pub const STEP_BACK_MAX: Duration = Duration::minutes(5);

/// Says what time it is.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The current time.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// A clock that stands still: for samples and tests.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(pub DateTime<Utc>);

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

/// The calendar day in China (UTC+8, no daylight saving since 1991) at an instant.
#[must_use]
pub fn china_day(instant: DateTime<Utc>) -> NaiveDate {
    match FixedOffset::east_opt(8 * 3600) {
        Some(china) => instant.with_timezone(&china).date_naive(),
        None => instant.date_naive(),
    }
}

/// The `recorded_at` of a new entry: whole seconds, never before the last entry's.
///
/// # Errors
/// The clock stands more than [`STEP_BACK_MAX`] before the last entry.
pub(super) fn recorded_at(
    now: DateTime<Utc>,
    last: Option<DateTime<Utc>>,
) -> Result<DateTime<Utc>> {
    let now = now.trunc_subsecs(0);
    match last {
        Some(last) if now < last && last - now > STEP_BACK_MAX => {
            Err(StoreError::ClockBack { now, last })
        }
        Some(last) if now < last => Ok(last),
        _ => Ok(now),
    }
}
