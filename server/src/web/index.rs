//! The live indexes: one engine per catalogue for the present, a few for the past.
//!
//! Every request asks where the log stands (microseconds). A longer log means that this or another
//! process appended: the rows those entries touch are read again and laid over the index before the
//! request is answered, so a withdrawal shows at once. A bulk import is indexed in the background
//! while readers are served the position before it; every page says which position it shows, and
//! everything on it is of that position.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, RwLock};
use std::time::Instant;

use chrono::{DateTime, NaiveDate, Utc};
use register::Kind;
use search::catalogue::Catalogue;
use search::{Index, Query, Results};

use super::assets::hash16;
use super::limits;
use super::project::coverage::{self, Sources};
use super::project::directory::Tally;
use super::project::facts::Places;
use super::project::findings::{self, Findings};
use super::project::join::{self, LISTED};
use super::project::labels::{labels, labels_of};
use super::project::policies::Papers;
use super::project::site::Totals;
use super::project::statistics::{self, Statistics};
use super::project::targets::{self, Evaluations};
use super::project::{systems, view};
use crate::findings::Found;
use crate::store::{At, Head, Reader, Result, StoreError};

mod refresh;

/// The indexes at one point in time.
#[derive(Debug)]
pub struct Moment {
    /// Both times.
    pub at: At,
    /// The day on which it is shown.
    today: NaiveDate,
    /// The register at that log size.
    pub head: Head,
    /// Names of places.
    pub places: Arc<Places>,
    schemes: Arc<BTreeMap<String, [String; 3]>>,
    /// Records held of every system, in the table's order.
    loaded: Vec<u64>,
    /// Those of targets stay empty here: see [`Moment::evaluated`].
    indexes: [Arc<Index>; Catalogue::COUNT],
    /// What does not fit between records; its own position says how far it has come.
    pub findings: Arc<Findings>,
    /// Rows laid over the base since it was built.
    overlaid: usize,
    shelves: [OnceLock<Option<Arc<Shelf>>>; Catalogue::COUNT],
    sources: Sources,
    statistics: OnceLock<Arc<Statistics>>,
    brands: OnceLock<BTreeSet<String>>,
    /// The register's file, to count targets from.
    path: PathBuf,
    /// Names of policies and departments, by facet and key.
    papers: Arc<PaperNames>,
    /// Clauses that name a system, by system.
    clauses: Arc<BTreeMap<String, u64>>,
    /// Targets there are.
    targets: usize,
    evaluated: OnceLock<Evaluated>,
    /// Held by whoever counts them.
    evaluating: Mutex<()>,
}

/// Names in three languages, by facet and key.
type PaperNames = BTreeMap<&'static str, BTreeMap<String, [String; 3]>>;

/// The targets of a moment, counted.
#[derive(Debug)]
pub struct Evaluated {
    /// How each stands.
    pub values: Evaluations,
    index: Index,
}

/// A catalogue as the browser reads it, ready to be sent.
#[derive(Debug)]
pub struct Shelf {
    /// As it is.
    pub identity: axum::body::Bytes,
    /// SHA-256 of the uncompressed bytes, 64 hex digits.
    pub sha256: String,
    br: OnceLock<axum::body::Bytes>,
}

impl Shelf {
    /// Compressed, brotli; at the first call. Read by many and written once a position, so it is worth
    /// more effort than a page.
    #[must_use]
    pub fn br(&self) -> axum::body::Bytes {
        const LEVEL: i32 = 9;
        self.br.get_or_init(|| super::bodies::brotli(&self.identity, LEVEL)).clone()
    }
}

impl Moment {
    /// `today` is the day on which it is shown. Inconsistencies are looked for where `findings` are not
    /// given and the register is small; else that is left to the background.
    fn build(
        path: &Path,
        reader: &Reader,
        at: At,
        today: NaiveDate,
        findings: Option<Arc<Findings>>,
        progress: &dyn Fn(&str),
    ) -> Result<Moment> {
        let head = reader.head()?;
        let mut rows = join::all(reader, at, today, progress)?;
        let findings = match findings {
            Some(findings) => findings,
            None => {
                progress("inconsistencies");
                Arc::new(refresh::at_once(reader, at)?)
            }
        };
        rows.of[join::position(Catalogue::Inconsistencies)] = findings::rows(findings.all());
        progress("indexes");
        let labelled = Catalogue::ALL.map(|catalogue| labels(catalogue, &rows));
        let tables = std::mem::take(&mut rows.of);
        let mut parts = labelled.into_iter().zip(tables);
        let indexes = Catalogue::ALL.map(|catalogue| {
            let (labels, rows) = parts.next().unwrap_or_default();
            Arc::new(Index::build(search::spec(catalogue), rows, &labels))
        });
        Ok(Moment {
            at,
            today,
            head: Head { log_size: at.known, ..head },
            places: Arc::new(rows.places),
            schemes: Arc::new(rows.schemes),
            loaded: rows.loaded,
            findings,
            indexes,
            overlaid: 0,
            shelves: Default::default(),
            sources: rows.sources,
            statistics: OnceLock::new(),
            brands: OnceLock::new(),
            path: path.to_owned(),
            papers: Arc::new(rows.papers),
            clauses: rows.clauses,
            targets: rows.targets,
            evaluated: OnceLock::new(),
            evaluating: Mutex::new(()),
        })
    }

    /// The targets as they stand at this moment, counted at the first call: at ten thousand products a
    /// second, which no other page waits for.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn evaluated(&self) -> Result<&Evaluated> {
        if let Some(evaluated) = self.evaluated.get() {
            return Ok(evaluated);
        }
        let _turn = lock(&self.evaluating);
        if let Some(evaluated) = self.evaluated.get() {
            return Ok(evaluated);
        }
        let started = Instant::now();
        let reader = Reader::open(&self.path)?;
        let papers = Papers::read(&reader, self.at)?;
        let targets = &papers.targets;
        let values = crate::recount::evaluate(&reader, self.at, self.head.all_sample, targets)?;
        let rows: Vec<search::Row> = targets
            .iter()
            .filter_map(|target| Some(targets::row(target, values.get(&target.key)?)))
            .collect();
        let names = join::Rows { papers: (*self.papers).clone(), ..join::Rows::default() };
        let labels = labels(Catalogue::Targets, &names);
        let index = Index::build(search::spec(Catalogue::Targets), rows, &labels);
        tracing::debug!(ms = started.elapsed().as_millis() as u64, "targets counted");
        Ok(self.evaluated.get_or_init(|| Evaluated { values, index }))
    }

    /// The engine of a catalogue.
    #[must_use]
    pub fn engine(&self, catalogue: Catalogue) -> &Index {
        let plain = &self.indexes[join::position(catalogue)];
        if catalogue == Catalogue::Targets {
            // Whoever must know about an error has called `evaluated` before.
            return self.evaluated().map_or(plain, |evaluated| &evaluated.index);
        }
        plain
    }

    /// Answers a query.
    #[must_use]
    pub fn search(&self, query: &Query) -> Results {
        self.engine(query.spec().catalogue).search(query)
    }

    /// Rows of a catalogue.
    #[must_use]
    pub fn rows(&self, catalogue: Catalogue) -> usize {
        // Without counting them.
        if catalogue == Catalogue::Targets { self.targets } else { self.engine(catalogue).len() }
    }

    /// What the home and data pages count.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let counts = |catalogue, facet| counted(self.engine(catalogue), catalogue, facet);
        Totals {
            products: counts(Catalogue::Products, "status"),
            listings: counts(Catalogue::Listings, "scheme"),
            rows: Catalogue::ALL.map(|catalogue| self.rows(catalogue) as u64),
        }
    }

    /// What tells the systems apart, at this moment.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn counts(&self, reader: &Reader) -> Result<systems::Counts> {
        let tallies = join::COUNTED
            .map(|(catalogue, facet)| counted(self.engine(catalogue), catalogue, facet));
        systems::Counts::read(reader, self.at, tallies, Arc::clone(&self.clauses))
    }

    /// Grants of one scheme by status, year and place.
    #[must_use]
    pub fn tally(&self, scheme: &str) -> Tally {
        let spec = search::spec(Catalogue::Listings);
        let with = |pairs: &[(&str, &str)]| {
            Query::parse(spec, pairs.iter().copied()).ok().map(|query| self.search(&query))
        };
        let in_force = [("scheme", scheme), ("status", "valid"), ("status", "suspended")];
        let (Some(all), Some(valid)) = (with(&[("scheme", scheme)]), with(&in_force)) else {
            return Tally::default();
        };
        let counts = |results: &Results, facet: &str| -> Vec<(String, u64)> {
            results.facet(facet).map_or_else(Vec::new, |facet| {
                facet.values.iter().map(|v| (v.code.clone(), v.count as u64)).collect()
            })
        };
        let mut tally = Tally {
            status: counts(&all, "status").into_iter().collect(),
            places: counts(&all, "place").into_iter().collect(),
            exits: all.facet("exit").map_or_else(Vec::new, |facet| {
                let of = |v: &search::FacetValue| (v.code.clone(), v.label.clone(), v.count as u64);
                facet.values.iter().filter(|v| v.count > 0).map(of).collect()
            }),
            ..Tally::default()
        };
        for (year, count) in counts(&all, "year") {
            if let Ok(year) = year.parse() {
                tally.years.insert(year, (0, count));
            }
        }
        for (year, count) in counts(&valid, "year") {
            if let Some(both) = year.parse().ok().and_then(|year: i32| tally.years.get_mut(&year)) {
                *both = (count, both.1.saturating_sub(count));
            }
        }
        tally
    }

    /// The sources of a catalogue's records, with how many rest on each.
    #[must_use]
    pub fn sources(&self, catalogue: Catalogue) -> &BTreeMap<String, u64> {
        &self.sources[join::position(catalogue)]
    }

    /// The statistics of this moment, computed at the first call.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn statistics(&self, reader: &Reader) -> Result<Arc<Statistics>> {
        if let Some(known) = self.statistics.get() {
            return Ok(Arc::clone(known));
        }
        let rounds = statistics::rounds(reader, self.at)?;
        let computed = || Arc::new(statistics::compute(self, None, &rounds));
        Ok(Arc::clone(self.statistics.get_or_init(computed)))
    }

    /// Whether a product of the register is of this brand (folded, words one space apart). Read at the first
    /// call.
    #[must_use]
    pub fn knows_brand(&self, brand: &str) -> bool {
        let read = || {
            let cells = counted(self.engine(Catalogue::Products), Catalogue::Products, "brand");
            let names =
                |cell: String| register::matching::brand_names(&cell, &crate::matches::fold);
            cells.into_keys().flat_map(names).collect()
        };
        self.brands.get_or_init(read).contains(brand)
    }

    /// Name of a catalogue's shelf: it holds a hash of everything its bytes are a function of.
    #[must_use]
    pub fn shelf_name(&self, catalogue: Catalogue) -> String {
        let name = search::spec(catalogue).name;
        let identity = format!(
            "{} {name} {} {} {}",
            self.head.register_id,
            self.at.known,
            self.at.as_of,
            env!("CARGO_PKG_VERSION"),
        );
        format!("{name}-{}", hash16(identity.as_bytes()))
    }

    /// The shelf of a catalogue, written at the first call; none for a catalogue too large for one.
    #[must_use]
    pub fn shelf(&self, catalogue: Catalogue) -> Option<Arc<Shelf>> {
        let i = join::position(catalogue);
        let shelf = self.shelves[i].get_or_init(|| {
            let bytes = search::shelf::write(self.engine(catalogue), self.at.known)?;
            Some(Arc::new(Shelf {
                sha256: register::id::key::sha256_hex(&bytes),
                identity: bytes.into(),
                br: OnceLock::new(),
            }))
        });
        shelf.clone()
    }

    fn total_rows(&self) -> usize {
        self.indexes.iter().map(|index| index.len()).sum()
    }
}

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

/// Tells the time; a function so that tests can turn the day.
pub type Clock = Box<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// All moments, and the readers they are read with.
pub struct Indexes {
    path: PathBuf,
    clock: Clock,
    readers: Mutex<Vec<Reader>>,
    live: RwLock<Arc<Moment>>,
    /// Held by whoever brings `live` forward.
    forward: Mutex<()>,
    past: Mutex<Vec<Arc<Moment>>>,
    /// Held by whoever builds a past.
    backward: Mutex<()>,
    /// Somebody is looking for inconsistencies.
    looking: std::sync::atomic::AtomicBool,
    /// See [`Head::redacted`], as last seen.
    redacted: AtomicU64,
}

impl std::fmt::Debug for Indexes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Indexes").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Readers kept open.
const READERS_KEPT: usize = 16;
/// Up to this many rows a whole rebuild is done while the reader waits.
const REBUILT_AT_ONCE_ROWS_MAX: usize = 3_000;

impl Indexes {
    /// Opens a register and builds the indexes of the present.
    ///
    /// # Errors
    /// When it is missing, damaged or cannot be read; the text says what to do.
    pub fn open(path: &Path, clock: Clock) -> Result<Indexes> {
        let reader = Reader::open(path)?;
        let started = Instant::now();
        let at = present(&reader, clock().max(DateTime::UNIX_EPOCH))?;
        let progress = |what: &str| {
            tracing::info!(ms = started.elapsed().as_millis() as u64, "reading {what}")
        };
        let moment = Moment::build(path, &reader, at, at.as_of, None, &progress)?;
        tracing::info!(
            rows = moment.total_rows(),
            log_size = at.known,
            day = %at.as_of,
            ms = started.elapsed().as_millis() as u64,
            "indexes ready"
        );
        let redacted = moment.head.redacted;
        Ok(Indexes {
            path: path.to_owned(),
            clock,
            readers: Mutex::new(vec![reader]),
            live: RwLock::new(Arc::new(moment)),
            forward: Mutex::new(()),
            past: Mutex::default(),
            backward: Mutex::new(()),
            looking: std::sync::atomic::AtomicBool::new(false),
            redacted: AtomicU64::new(redacted),
        })
    }

    /// Runs `work` with a reader.
    ///
    /// # Errors
    /// When a reader cannot be opened, or `work`'s own.
    pub fn read<T>(&self, work: impl FnOnce(&Reader) -> Result<T>) -> Result<T> {
        let kept = lock(&self.readers).pop();
        let reader = match kept {
            Some(reader) => reader,
            None => Reader::open(&self.path)?,
        };
        let result = work(&reader);
        let mut readers = lock(&self.readers);
        if readers.len() < READERS_KEPT {
            readers.push(reader);
        }
        result
    }

    /// The register's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The log's head and the day, whatever the indexes have reached.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn head(&self) -> Result<At> {
        let (at, redacted) = self.read(|reader| {
            let head = reader.head()?;
            Ok((present_of(&head, (self.clock)()), head.redacted))
        })?;
        if self.redacted.fetch_max(redacted, Ordering::AcqRel) < redacted {
            lock(&self.past).clear();
        }
        Ok(at)
    }

    /// Log size after the last redaction seen by [`Indexes::head`]. Whatever was made of the register
    /// while it was another may hold values that are out of it.
    #[must_use]
    pub fn redacted(&self) -> u64 {
        self.redacted.load(Ordering::Acquire)
    }

    fn latest(&self) -> Arc<Moment> {
        Arc::clone(&self.live.read().unwrap_or_else(|poison| poison.into_inner()))
    }

    /// The present, if nothing has changed since it was built: the cheap question of every request.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn unchanged(&self) -> Result<Option<Arc<Moment>>> {
        Ok(self.now()?.1)
    }

    /// The log's head and the day, and the present if that is where it stands: one look at the register.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn now(&self) -> Result<(At, Option<Arc<Moment>>)> {
        let live = self.latest();
        let at = self.head()?;
        Ok((at, (at == live.at).then_some(live)))
    }

    /// The present, brought forward if the log or the day went on.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn present(self: &Arc<Self>) -> Result<Arc<Moment>> {
        if let Some(live) = self.unchanged()? {
            return Ok(live);
        }
        // Bringing forward is one thread's work; while a long rebuild holds the lock the others are
        // served the position before it.
        let guard = match self.forward.try_lock() {
            Ok(guard) => guard,
            Err(std::sync::TryLockError::Poisoned(poison)) => poison.into_inner(),
            Err(std::sync::TryLockError::WouldBlock) => {
                let live = self.latest();
                if live.total_rows() > REBUILT_AT_ONCE_ROWS_MAX {
                    // Short: the holder is patching, or has handed a rebuild to the background.
                    std::thread::sleep(std::time::Duration::from_millis(10));
                    return Ok(self.latest());
                }
                lock(&self.forward)
            }
        };
        if let Some(live) = self.unchanged()? {
            return Ok(live);
        }
        let live = self.latest();
        let at = self.read(|reader| present(reader, (self.clock)()))?;
        let redacted = self.read(|reader| reader.head())?.redacted != live.head.redacted;
        let patched = self.read(|reader| patch(reader, &live, at))?;
        if let Some(moment) = patched {
            let moment = self.publish(moment);
            drop(guard);
            if redacted {
                // Laid over an index, new rows hide old ones, which stay in memory: not for long.
                self.rebuild_in_background();
            }
            self.refresh_findings();
            return Ok(moment);
        }
        if live.total_rows() <= REBUILT_AT_ONCE_ROWS_MAX
            && at.known - live.at.known <= limits::OVERLAY_ENTRIES_MAX as u64
        {
            let moment =
                self.read(|reader| Moment::build(&self.path, reader, at, at.as_of, None, &|_| {}))?;
            return Ok(self.publish(moment));
        }
        drop(guard);
        self.rebuild_in_background();
        Ok(live)
    }

    fn rebuild_in_background(self: &Arc<Self>) {
        let indexes = Arc::clone(self);
        std::thread::spawn(move || {
            indexes.rebuild();
            indexes.refresh_findings();
        });
    }

    /// Builds the present anew, in the background.
    fn rebuild(&self) {
        let Ok(_guard) = self.forward.try_lock() else { return };
        let started = Instant::now();
        let built = self.read(|reader| {
            let at = present(reader, (self.clock)())?;
            // The old ones, until the new ones have been looked for.
            let old = Arc::clone(&self.latest().findings);
            Moment::build(&self.path, reader, at, at.as_of, Some(old), &|_| {})
        });
        match built {
            Ok(moment) => {
                tracing::info!(
                    log_size = moment.at.known,
                    ms = started.elapsed().as_millis() as u64,
                    "indexes rebuilt"
                );
                self.publish(moment);
            }
            Err(error) => tracing::error!(%error, "indexes could not be rebuilt"),
        }
    }

    fn publish(&self, moment: Moment) -> Arc<Moment> {
        let moment = Arc::new(moment);
        *self.live.write().unwrap_or_else(|poison| poison.into_inner()) = Arc::clone(&moment);
        moment
    }

    /// A moment of the past (or of a day to come), built on demand: at most four are kept, one is
    /// built at a time. `catalogue` is the one whose size is checked against the limit.
    ///
    /// # Errors
    /// [`Unavailable`].
    pub fn past(
        &self,
        at: At,
        catalogue: Catalogue,
    ) -> std::result::Result<Arc<Moment>, Unavailable> {
        let today = self.latest().at.as_of.max(at.as_of);
        let redacted = self.redacted();
        let kept = |past: &mut Vec<Arc<Moment>>| {
            let i = past.iter().position(|moment| moment.at == at)?;
            let moment = past.remove(i);
            // A publication term may have ended since it was built; findings may not have been asked for.
            let looked = catalogue != Catalogue::Inconsistencies || moment.findings.at() == at;
            if moment.today != today || !looked {
                return None;
            }
            past.push(Arc::clone(&moment));
            Some(moment)
        };
        if let Some(moment) = kept(&mut lock(&self.past)) {
            return Ok(moment);
        }
        let _guard = self.backward.try_lock().map_err(|_| Unavailable::Busy)?;
        let moment = self.read(|reader| {
            let mut rows = 0;
            for kind in LISTED {
                let count = usize::try_from(reader.count(kind, at)?).unwrap_or(usize::MAX);
                let asked = match kind {
                    Kind::Product => catalogue == Catalogue::Products,
                    Kind::Enterprise => catalogue == Catalogue::Enterprises,
                    Kind::Standard => catalogue == Catalogue::Standards,
                    Kind::Listing => catalogue == Catalogue::Listings,
                    Kind::Service => catalogue == Catalogue::Services,
                    Kind::Inspection => catalogue == Catalogue::Inspections,
                    Kind::Penalty => catalogue == Catalogue::Penalties,
                    Kind::Restriction => catalogue == Catalogue::Restrictions,
                    _ => catalogue == Catalogue::Notices,
                };
                // The rules look at all of them.
                let asked = asked || catalogue == Catalogue::Inconsistencies;
                // The other catalogues are joined too: their size is bounded as well.
                rows = rows.max(if asked { count } else { count / 5 });
            }
            if rows > limits::PAST_ROWS_MAX {
                return Ok(None);
            }
            // What did not fit takes a look at every enterprise: only for those who ask.
            let found = match catalogue {
                Catalogue::Inconsistencies => Found::read(reader, at, &mut |_, _| {})?,
                _ => Found::none(At { known: 0, ..at }),
            };
            let findings = Some(Arc::new(Findings::new(found)));
            Moment::build(&self.path, reader, at, today, findings, &|_| {}).map(Some)
        })?;
        let moment = Arc::new(moment.ok_or(Unavailable::TooLarge)?);
        // Read in part before a redaction: answered, as it was asked before, and not kept.
        if self.head().is_err() || self.redacted() != redacted {
            return Ok(moment);
        }
        let mut past = lock(&self.past);
        past.push(Arc::clone(&moment));
        if past.len() > limits::PAST_INDEXES_MAX {
            past.remove(0);
        }
        Ok(moment)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poison| poison.into_inner())
}

/// Log time's day in China (never before the last entry was recorded) and the whole log.
fn present(reader: &Reader, now: DateTime<Utc>) -> Result<At> {
    Ok(present_of(&reader.head()?, now))
}

fn present_of(head: &Head, now: DateTime<Utc>) -> At {
    let log_time = head.recorded_at.map_or(now, |recorded| recorded.max(now));
    At { as_of: view::day(log_time), known: head.log_size }
}

/// The moment `at`, made from `live` by reading again what the entries between touch; nothing where
/// a rebuild is due: another day, too many entries, new names of places or schemes.
fn patch(reader: &Reader, live: &Moment, at: At) -> Result<Option<Moment>> {
    let new = at.known.saturating_sub(live.at.known);
    if at.as_of != live.at.as_of
        || at.known < live.at.known
        || new as usize + live.overlaid > limits::OVERLAY_ENTRIES_MAX
    {
        return Ok(None);
    }
    let entries = reader.entries(live.at.known, new as usize)?;
    if entries.iter().any(|entry| matches!(entry.kind, Kind::Place | Kind::Scheme)) {
        return Ok(None);
    }
    let touched = join::touched(reader, at, &entries, &live.places)?;
    let mut indexes = live.indexes.clone();
    let findings = refresh::patched(reader, live, at, &entries, &mut indexes)?;
    let mut overlaid = live.overlaid;
    for (i, (rows, gone)) in touched.rows.into_iter().zip(touched.gone).enumerate() {
        if !rows.is_empty() || !gone.is_empty() {
            overlaid += rows.len() + gone.len();
            let labels = labels_of(Catalogue::ALL[i], &rows, &live.places, &live.schemes);
            indexes[i] = Arc::new(live.indexes[i].overlay(rows, &gone, &labels));
        }
    }
    let written = |kind| entries.iter().any(|entry| entry.kind == kind);
    let mut papers = Arc::clone(&live.papers);
    let mut clauses = Arc::clone(&live.clauses);
    if [Kind::Policy, Kind::Target, Kind::Department].into_iter().any(written) {
        let mut rows = join::Rows { places: (*live.places).clone(), ..join::Rows::default() };
        join::papers(&mut rows, &Papers::read(reader, at)?, at.as_of);
        for catalogue in [Catalogue::Policies, Catalogue::Departments] {
            let labels = labels(catalogue, &rows);
            let made = std::mem::take(&mut rows.of[join::position(catalogue)]);
            indexes[join::position(catalogue)] =
                Arc::new(Index::build(search::spec(catalogue), made, &labels));
        }
        papers = Arc::new(rows.papers);
        clauses = rows.clauses;
    }
    let tallies = join::COUNTED
        .map(|(catalogue, facet)| counted(&indexes[join::position(catalogue)], catalogue, facet));
    let mut sources = live.sources.clone();
    coverage::recount(&mut sources, reader, live.at, at, &entries)?;
    let counts = systems::Counts::read(reader, at, tallies, Arc::clone(&clauses))?;
    let loaded = counts.of_all();
    if loaded != live.loaded {
        // The first or another record of a system: five hundred rows, made anew.
        let systems = Catalogue::Systems;
        let names = join::Rows { papers: (*papers).clone(), ..join::Rows::default() };
        let labels = labels(systems, &names);
        indexes[join::position(systems)] =
            Arc::new(Index::build(search::spec(systems), systems::rows(&counts), &labels));
    }
    let targets = usize::try_from(reader.count(Kind::Target, at)?).unwrap_or(usize::MAX);
    Ok(Some(Moment {
        at,
        today: at.as_of,
        findings,
        head: Head { log_size: at.known, ..reader.head()? },
        places: Arc::clone(&live.places),
        schemes: Arc::clone(&live.schemes),
        loaded,
        indexes,
        overlaid,
        shelves: Default::default(),
        sources,
        statistics: OnceLock::new(),
        brands: OnceLock::new(),
        papers,
        clauses,
        path: live.path.clone(),
        targets,
        evaluated: OnceLock::new(),
        evaluating: Mutex::new(()),
    }))
}

/// Records by the codes of a facet.
fn counted(index: &Index, catalogue: Catalogue, facet: &str) -> BTreeMap<String, u64> {
    let results = index.search(&Query::all(search::spec(catalogue)));
    results.facet(facet).map_or_else(BTreeMap::new, |facet| {
        facet.values.iter().map(|v| (v.code.clone(), v.count as u64)).collect()
    })
}
