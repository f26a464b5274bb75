//! Moments of the past, built when they are asked for.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, MutexGuard, TryLockError};
use std::time::{Duration, Instant};

use search::catalogue::Catalogue;

use super::moment::Moment;
use super::{Indexes, lock};
use crate::findings::{Audience, Found};
use crate::store::{At, StoreError};
use crate::web::limits;
use crate::web::project::findings::Findings;
use crate::web::project::join;

/// Why a moment is not to be had.
#[derive(Debug)]
pub enum Unavailable {
    /// The register cannot be read.
    Store(StoreError),
    /// More rows than a list of the past may have.
    TooLarge,
    /// Another past is being built.
    Busy,
}

impl From<StoreError> for Unavailable {
    fn from(error: StoreError) -> Self {
        Unavailable::Store(error)
    }
}

/// Takes part in waiting while it lives.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    /// None where enough wait already.
    fn begin(waiting: &'a AtomicUsize) -> Option<Waiting<'a>> {
        let before = waiting.fetch_add(1, Ordering::AcqRel);
        let place = Waiting(waiting);
        (before < limits::PAST_WAITING_MAX).then_some(place)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Indexes {
    /// A moment of the past (or of a day to come), built on demand: of one catalogue if only that is
    /// asked, for reading and indexing are most of the cost. A few are kept, one is built at a time, and
    /// few may wait for it.
    ///
    /// # Errors
    /// [`Unavailable`].
    pub fn past(
        &self,
        at: At,
        only: Option<Catalogue>,
    ) -> std::result::Result<Arc<Moment>, Unavailable> {
        let today = self.latest().at.as_of.max(at.as_of);
        let redacted = self.redacted();
        let looks = matches!(only, Some(Catalogue::Inconsistencies));
        let kept = || {
            let mut past = lock(&self.past);
            // Of another day a publication term may have ended since.
            past.retain(|moment| moment.today >= today);
            let i = past.iter().position(|moment| {
                let whole = moment.only.is_none() && (!looks || moment.findings.at() == at);
                moment.at == at && (whole || moment.only == only)
            })?;
            let moment = past.remove(i);
            past.push(Arc::clone(&moment));
            Some(moment)
        };
        if let Some(moment) = kept() {
            return Ok(moment);
        }
        let _guard = self.turn().ok_or(Unavailable::Busy)?;
        // Built by whoever had the turn before.
        if let Some(moment) = kept() {
            return Ok(moment);
        }
        let started = Instant::now();
        let moment = self.read(|reader| {
            let mut records = 0;
            for kind in join::read_for(only.filter(|_| !looks)) {
                records += usize::try_from(reader.count(kind, at)?).unwrap_or(usize::MAX);
            }
            let most = match looks {
                true => limits::PAST_RECORDS_LOOKED_AT_MAX,
                false => limits::PAST_RECORDS_MAX,
            };
            if records > most {
                return Ok(None);
            }
            // What did not fit takes a look at every enterprise: only for those who ask.
            let found = match looks {
                true => Found::read(reader, at, Audience::Readers, &mut |_, _| {})?,
                false => Found::none(At { known: 0, ..at }),
            };
            let findings = Some(Arc::new(Findings::new(found)));
            Moment::build(self.path(), reader, at, today, only, findings, &|_| {}).map(Some)
        })?;
        let moment = Arc::new(moment.ok_or(Unavailable::TooLarge)?);
        tracing::info!(
            as_of = %at.as_of,
            known = at.known,
            rows = moment.total_rows(),
            ms = started.elapsed().as_millis() as u64,
            "indexes of the past ready"
        );
        // Read in part before a redaction: answered, as it was asked before, and not kept.
        if self.head().is_err() || self.redacted() != redacted {
            return Ok(moment);
        }
        let mut past = lock(&self.past);
        past.push(Arc::clone(&moment));
        while past.len() > 1
            && (past.len() > limits::PAST_INDEXES_MAX
                || past.iter().map(|moment| moment.total_rows()).sum::<usize>()
                    > limits::PAST_ROWS_KEPT_MAX)
        {
            past.remove(0);
        }
        Ok(moment)
    }

    /// The turn to build a past, after those who have it; none after a while, or where many wait.
    fn turn(&self) -> Option<MutexGuard<'_, ()>> {
        let until = Instant::now() + limits::PAST_WAIT;
        let mut place = None;
        loop {
            match self.backward.try_lock() {
                Ok(guard) => return Some(guard),
                Err(TryLockError::Poisoned(poison)) => return Some(poison.into_inner()),
                Err(TryLockError::WouldBlock) => {}
            }
            if place.is_none() {
                place = Some(Waiting::begin(&self.waiting)?);
            }
            if Instant::now() >= until {
                return None;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}
