//! Keeping up with inconsistencies: at once in a small register, in the background in a large one.

use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use register::{Entry, Kind};
use search::Index;
use search::catalogue::Catalogue;

use super::{Indexes, Moment, kept, lock};
use crate::findings::{Audience, Found};
use crate::store::{At, Reader, Result};
use crate::web::project::findings::{self, Findings};
use crate::web::project::join;
use crate::web::project::labels::labels;

/// Up to this many enterprises and products the whole register is looked through while it is opened.
const AT_ONCE_MAX: u64 = 1_500;

fn is_small(reader: &Reader, at: At) -> Result<bool> {
    let count = |kind| reader.count(kind, at);
    Ok(count(Kind::Enterprise)? + count(Kind::Product)? <= AT_ONCE_MAX)
}

/// What does not fit in a small register; of a large one nothing yet.
pub(super) fn at_once(reader: &Reader, at: At) -> Result<Findings> {
    let found = match is_small(reader, at)? {
        true => Found::read(reader, at, Audience::Readers, &mut |_, _| {})?,
        false => Found::none(At { known: 0, ..at }),
    };
    Ok(Findings::new(found))
}

/// The findings of `live` brought forward to `at`, with their index; as they are where only the
/// background can do it.
pub(super) fn patched(
    reader: &Reader,
    live: &Moment,
    at: At,
    entries: &[Entry],
    indexes: &mut [Arc<Index>; Catalogue::COUNT],
) -> Result<Arc<Findings>> {
    let later = match live.findings.at() == live.at {
        true => live.findings.found.later(reader, at, entries)?,
        false => None,
    };
    let found = match later {
        Some(found) => found,
        None if is_small(reader, at)? => {
            Found::read(reader, at, Audience::Readers, &mut |_, _| {})?
        }
        None => return Ok(Arc::clone(&live.findings)),
    };
    let findings = Findings::new(found);
    if findings.all() != live.findings.all() {
        indexes[join::position(Catalogue::Inconsistencies)] = index(&findings);
    }
    Ok(Arc::new(findings))
}

fn index(findings: &Findings) -> Arc<Index> {
    let catalogue = Catalogue::Inconsistencies;
    let labels = labels(catalogue, &join::Rows::default());
    Arc::new(Index::build(search::spec(catalogue), findings::rows(findings.all()), &labels))
}

impl Indexes {
    /// Looks for inconsistencies in the background, if those known are of another position and nobody
    /// is looking already.
    pub fn refresh_findings(self: &Arc<Self>) {
        let live = self.latest();
        if !live.whole || live.findings.at() == live.at || self.looking.swap(true, Ordering::AcqRel)
        {
            return;
        }
        let indexes = Arc::clone(self);
        crate::priority::in_background(move || {
            match indexes.look() {
                Ok(true) => indexes.keep(),
                Ok(false) => {}
                Err(error) => tracing::error!(%error, "inconsistencies could not be looked for"),
            }
            indexes.looking.store(false, Ordering::Release);
        });
    }

    /// What was found and kept, brought forward to `at`; none where there is nothing of the sort. The index is of
    /// exactly what was kept.
    fn kept_findings(&self, at: At) -> Result<Option<(Found, Option<Index>)>> {
        if !self.unread.swap(false, Ordering::AcqRel) {
            return Ok(None);
        }
        self.read(|reader| {
            let Some((found, index)) = kept::found(&self.path, reader, at)? else {
                return Ok(None);
            };
            if found.at == at {
                return Ok(Some((found, Some(index))));
            }
            let new = at.known.saturating_sub(found.at.known);
            let entries = reader.entries(found.at.known, usize::try_from(new).unwrap_or(0))?;
            Ok(found.later(reader, at, &entries)?.map(|found| (found, None)))
        })
    }

    /// Finds what does not fit; whether that is anything that was not kept already.
    fn look(&self) -> Result<bool> {
        let started = Instant::now();
        let at = self.latest().at;
        let (found, kept, how) = match self.kept_findings(at)? {
            Some((found, kept)) => (found, kept, "read"),
            None => {
                let each = &mut |_, _| {};
                let found = self.read(|reader| Found::read(reader, at, Audience::Readers, each))?;
                (found, None, "looked for")
            }
        };
        let findings = Arc::new(Findings::new(found));
        tracing::info!(
            found = findings.all().len(),
            log_size = at.known,
            ms = started.elapsed().as_millis() as u64,
            "inconsistencies {how}"
        );
        let new = kept.is_none();
        let index = kept.map_or_else(|| index(&findings), Arc::new);
        let _guard = lock(&self.forward);
        let live = self.latest();
        let mut indexes = live.indexes.clone();
        indexes[join::position(Catalogue::Inconsistencies)] = index;
        self.publish(Moment {
            at: live.at,
            today: live.today,
            only: live.only,
            whole: live.whole,
            head: live.head.clone(),
            places: Arc::clone(&live.places),
            schemes: Arc::clone(&live.schemes),
            loaded: live.loaded.clone(),
            findings,
            indexes,
            overlaid: live.overlaid,
            shelves: Default::default(),
            sources: live.sources.clone(),
            statistics: OnceLock::new(),
            brands: OnceLock::new(),
            lookup: OnceLock::new(),
            papers: Arc::clone(&live.papers),
            clauses: Arc::clone(&live.clauses),
            path: live.path.clone(),
            targets: live.targets,
            evaluated: OnceLock::new(),
            evaluating: std::sync::Mutex::new(()),
        });
        Ok(new)
    }
}
