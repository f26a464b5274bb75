//! All catalogues at one point in time: built from the records, or from the moment before it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Instant;

use chrono::NaiveDate;
use register::Kind;
use search::catalogue::Catalogue;
use search::{Index, Labels, Query, Results};

use super::{lock, refresh};
use crate::store::{At, Head, Reader, Result};
use crate::web::assets::hash16;
use crate::web::limits;
use crate::web::project::coverage::{self, Sources};
use crate::web::project::directory::Tally;
use crate::web::project::facts::Places;
use crate::web::project::findings::{self, Findings};
use crate::web::project::join;
use crate::web::project::labels::{labels, labels_of};
use crate::web::project::policies::Papers;
use crate::web::project::site::Totals;
use crate::web::project::statistics::{self, Statistics};
use crate::web::project::systems;
use crate::web::project::targets::{self, Evaluations};

/// The indexes at one point in time.
#[derive(Debug)]
pub struct Moment {
    /// Both times.
    pub at: At,
    /// The day on which it is shown.
    pub(super) today: NaiveDate,
    /// The one catalogue it consists of, or all.
    pub(super) only: Option<Catalogue>,
    /// Its lists are there. While a portal opens only codes can be answered.
    pub whole: bool,
    /// The register at that log size.
    pub head: Head,
    /// Names of places.
    pub places: Arc<Places>,
    pub(super) schemes: Arc<BTreeMap<String, [String; 3]>>,
    /// Records held of every system, in the table's order.
    pub(super) loaded: Vec<u64>,
    /// Those of targets stay empty here: see [`Moment::evaluated`].
    pub(super) indexes: [Arc<Index>; Catalogue::COUNT],
    /// What does not fit between records; its own position says how far it has come.
    pub findings: Arc<Findings>,
    /// Rows laid over the base since it was built.
    pub(super) overlaid: usize,
    pub(super) shelves: [OnceLock<Option<Arc<Shelf>>>; Catalogue::COUNT],
    pub(super) sources: Sources,
    pub(super) statistics: OnceLock<Arc<Statistics>>,
    pub(super) brands: OnceLock<BTreeSet<String>>,
    /// To look lists up in.
    pub(super) lookup: OnceLock<lookup::Register>,
    /// The register's file, to count targets from.
    pub(super) path: PathBuf,
    /// Names of policies and departments, by facet and key.
    pub(super) papers: Arc<PaperNames>,
    /// Clauses that name a system, by system.
    pub(super) clauses: Arc<BTreeMap<String, u64>>,
    /// Targets there are.
    pub(super) targets: usize,
    pub(super) evaluated: OnceLock<Evaluated>,
    /// Held by whoever counts them.
    pub(super) evaluating: Mutex<()>,
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
        self.br.get_or_init(|| crate::web::bodies::brotli(&self.identity, LEVEL)).clone()
    }
}

impl Moment {
    /// `today` is the day on which it is shown; `only` leaves the other catalogues empty. Inconsistencies are looked for where `findings` are not
    /// given and the register is small; else that is left to the background.
    pub(super) fn build(
        path: &Path,
        reader: &Reader,
        at: At,
        today: NaiveDate,
        only: Option<Catalogue>,
        findings: Option<Arc<Findings>>,
        progress: &dyn Fn(&str),
    ) -> Result<Moment> {
        let head = reader.head()?;
        let mut rows = join::all(reader, at, today, only, progress)?;
        let findings = match findings {
            Some(findings) => findings,
            None => {
                progress("inconsistencies");
                Arc::new(refresh::at_once(reader, at)?)
            }
        };
        rows.of[join::position(Catalogue::Inconsistencies)] = findings::rows(findings.all());
        progress("indexes");
        let indexes = built(&mut rows);
        Ok(Moment {
            at,
            today,
            only,
            whole: true,
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
            lookup: OnceLock::new(),
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

    /// The catalogues that lists are looked up in, made ready at the first call.
    #[must_use]
    pub fn lookup(&self) -> &lookup::Register {
        self.lookup.get_or_init(|| crate::web::lookup::tables(self))
    }

    /// Whether inconsistencies were looked for at all; until then an empty list would say that there are none.
    #[must_use]
    pub fn has_looked(&self) -> bool {
        self.findings.at().known > 0 || self.at.known == 0
    }

    /// Name of a catalogue's shelf: it holds a hash of everything its bytes are a function of.
    #[must_use]
    pub fn shelf_name(&self, catalogue: Catalogue) -> String {
        let name = search::spec(catalogue).name;
        // Inconsistencies are looked for behind: those of one position are shown at the next for a while.
        let of = match catalogue {
            Catalogue::Inconsistencies => self.findings.at(),
            _ => self.at,
        };
        let identity = format!(
            "{} {name} {}-{} {} {}",
            self.head.register_id,
            self.at.known,
            of.known,
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

    /// Rows of all catalogues.
    pub(super) fn total_rows(&self) -> usize {
        self.indexes.iter().map(|index| index.len()).sum()
    }
}

/// The indexes of all catalogues, several at a time: the largest is as much work as all others.
fn built(rows: &mut join::Rows) -> [Arc<Index>; Catalogue::COUNT] {
    let labelled = Catalogue::ALL.map(|catalogue| labels(catalogue, rows));
    let tables = std::mem::take(&mut rows.of);
    let mut jobs: Vec<_> =
        Catalogue::ALL.into_iter().zip(labelled.into_iter().zip(tables)).collect();
    // The last is taken first.
    jobs.sort_by_key(|(_, (_, rows))| rows.len());
    let jobs = Mutex::new(jobs);
    let mut done: [OnceLock<Arc<Index>>; Catalogue::COUNT] = Default::default();
    let work = || {
        loop {
            let Some((catalogue, (labels, rows))) = lock(&jobs).pop() else { break };
            let index = Index::build(search::spec(catalogue), rows, &labels);
            let _ = done[join::position(catalogue)].set(Arc::new(index));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
        work();
    });
    Catalogue::ALL.map(|catalogue| {
        let index = done[join::position(catalogue)].take();
        index.unwrap_or_else(|| {
            Arc::new(Index::build(search::spec(catalogue), [], &Labels::default()))
        })
    })
}

/// The moment `at`, made from `live` by reading again what the entries between touch; nothing where
/// a rebuild is due: another day, too many entries, new names of places or schemes.
pub(super) fn patch(reader: &Reader, live: &Moment, at: At) -> Result<Option<Moment>> {
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
        only: None,
        whole: true,
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
        lookup: OnceLock::new(),
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
