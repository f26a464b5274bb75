//! What a list of changes is asked, and the changes kept sorted in memory.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{Datelike, NaiveDate};
use register::{Change, Kind};
use search::Query;
use search::catalogue::Catalogue;

use super::failure::Failure;
use super::index::Indexes;
use super::limits;
use super::params::{self, Pair, Times};
use super::project::coverage;
use super::project::supervision::is_published;
use crate::changes::{Axis, Versions};
use crate::store::{At, Reader, Result};

/// The parameters of `/changes`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Text, as the lists find it.
    pub q: String,
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Changes.
    pub changes: Vec<Change>,
    /// Keys of schemes, where they are asked of the entries themselves.
    pub schemes: Vec<String>,
    /// Facets of the one kind's list, or of any list that has them.
    pub facets: Vec<(String, String)>,
    /// Everything that belongs to this enterprise.
    pub enterprise: Option<String>,
    /// One record.
    pub key: Option<String>,
    /// The axis, where it is said.
    pub axis: Option<Axis>,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// Entries from this log size on.
    pub known_from: Option<u64>,
    /// Page, from 1.
    pub page: usize,
    /// Rows of a page.
    pub per_page: usize,
}

/// The list a kind is found in: those whose coverage is told, and the built-in ones.
#[must_use]
pub const fn catalogue_of(kind: Kind) -> Option<Catalogue> {
    match kind {
        Kind::Policy => Some(Catalogue::Policies),
        Kind::Target => Some(Catalogue::Targets),
        Kind::Department => Some(Catalogue::Departments),
        kind => coverage::catalogue_of(kind),
    }
}

fn bad(name: &str, expected: [&str; 3]) -> Failure {
    Failure::BadParameter { name: name.to_owned(), expected: expected.map(str::to_owned) }
}

fn day(name: &str, value: &str) -> std::result::Result<NaiveDate, Failure> {
    let expected = ["日期，写成 2026-01-31", "日期，寫成 2026-01-31", "a date YYYY-MM-DD"];
    let day = value.parse::<NaiveDate>().map_err(|_| bad(name, expected))?;
    // `parse` also takes a day without its zeros; an address has one form.
    if day.to_string() == value { Ok(day) } else { Err(bad(name, expected)) }
}

fn whole(name: &str, value: &str, most: u64) -> std::result::Result<u64, Failure> {
    let number = value.parse::<u64>().ok().filter(|n| *n <= most && n.to_string() == value);
    number.ok_or_else(|| Failure::BadParameter {
        name: name.to_owned(),
        expected: [
            format!("整数，最大 {most}"),
            format!("整數，最大 {most}"),
            format!("a whole number, at most {most}"),
        ],
    })
}

impl Asked {
    /// Reads the parameters, and those every page has.
    ///
    /// # Errors
    /// [`Failure`] naming the parameter.
    pub fn parse(pairs: &[Pair<'_>]) -> std::result::Result<(Asked, Times), Failure> {
        let mut own: Vec<Pair<'_>> = pairs
            .iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(name, value)| (name.clone(), value.trim().to_owned().into()))
            .collect();
        let single =
            ["q", "enterprise", "key", "axis", "from", "to", "known_from", "page", "per_page"];
        let mut asked = Asked { page: 1, per_page: limits::PER_PAGE_DEFAULT, ..Asked::default() };
        for (name, value) in params::taken(&mut own, &single)? {
            match name {
                "q" => {
                    if value.chars().count() > limits::QUERY_CHARS_MAX {
                        return Err(bad(
                            name,
                            ["最多 200 个字", "最多 200 個字", "at most 200 characters"],
                        ));
                    }
                    asked.q = value;
                }
                "enterprise" => asked.enterprise = Some(value),
                "key" => asked.key = Some(value),
                "axis" => {
                    let axis =
                        [Axis::Valid, Axis::Recorded].into_iter().find(|a| a.code() == value);
                    let words = ["valid 或 recorded", "valid 或 recorded", "valid or recorded"];
                    asked.axis = Some(axis.ok_or_else(|| bad(name, words))?);
                }
                "from" => asked.from = Some(day(name, &value)?),
                "to" => asked.to = Some(day(name, &value)?),
                "known_from" => asked.known_from = Some(whole(name, &value, u64::from(u32::MAX))?),
                "page" => {
                    let page = whole(name, &value, 1_000_000)?.max(1);
                    asked.page = usize::try_from(page).unwrap_or(1);
                }
                _ => {
                    let rows = whole(name, &value, limits::PER_PAGE_MAX as u64)?.max(1);
                    asked.per_page = usize::try_from(rows).unwrap_or(1);
                }
            }
        }
        let mut rest = Vec::new();
        let mut facets: Vec<(String, String)> = Vec::new();
        for (name, value) in own {
            match &*name {
                "kind" => {
                    let kind = Kind::from_name(&value);
                    let words =
                        ["登记类型的代码", "登記類型的代碼", "the code of a kind of record"];
                    push(&mut asked.kinds, kind.ok_or_else(|| bad("kind", words))?);
                }
                "change" => {
                    let words = [
                        "added、left 或 changed",
                        "added、left 或 changed",
                        "added, left or changed",
                    ];
                    let change = Change::from_code(&value).ok_or_else(|| bad("change", words))?;
                    push(&mut asked.changes, change);
                }
                "as_of" | "known" | "size" => rest.push((name, value)),
                _ => push(&mut facets, (name.into_owned(), value.into_owned())),
            }
        }
        let times = Times::parse(&rest, true)?;
        asked.take_facets(facets)?;
        asked.check()?;
        Ok((asked, times))
    }

    /// What is left belongs to the lists: to that of the one kind, or to all that have such a facet.
    fn take_facets(&mut self, facets: Vec<(String, String)>) -> std::result::Result<(), Failure> {
        for (name, value) in facets {
            // A grant says its scheme itself; of other kinds their list knows.
            let own = !matches!(self.kinds.as_slice(), [one] if !Self::names_scheme(*one));
            let known =
                self.catalogues().iter().any(|one| search::spec(*one).facet(&name).is_some());
            if name == "scheme" && (own || !known) {
                push(&mut self.schemes, value);
            } else if known
                && (self.kinds.len() == 1 || matches!(name.as_str(), "place" | "sector"))
            {
                self.facets.push((name, value));
            } else {
                let name = name.chars().take(100).collect();
                return Err(Failure::UnknownParameter { name });
            }
        }
        for catalogue in self.catalogues() {
            self.query(catalogue)?;
        }
        Ok(())
    }

    /// Kinds whose entries say their scheme themselves.
    const fn names_scheme(kind: Kind) -> bool {
        matches!(kind, Kind::Listing | Kind::Evaluation | Kind::Scheme)
    }

    fn check(&self) -> std::result::Result<(), Failure> {
        if self.known_from.is_some() && self.axis == Some(Axis::Valid) {
            let words = [
                "和 known_from 一起用时为 recorded",
                "和 known_from 一起用時為 recorded",
                "recorded where known_from is given",
            ];
            return Err(bad("axis", words));
        }
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(bad(
                "to",
                ["不早于 from 的日期", "不早於 from 的日期", "a day not before from"],
            ));
        }
        Ok(())
    }

    /// The lists that are asked about text and facets: that of the one kind, else all but the targets,
    /// whose list has to be counted first.
    #[must_use]
    pub fn catalogues(&self) -> Vec<Catalogue> {
        if let [kind] = self.kinds.as_slice()
            && let Some(one) = catalogue_of(*kind)
        {
            return vec![one];
        }
        // What has no list of its own is found by what it is about.
        let mut found = Vec::new();
        Kind::ALL.into_iter().filter_map(catalogue_of).for_each(|one| push(&mut found, one));
        found.retain(|one| *one != Catalogue::Targets);
        found
    }

    /// The one list that is asked, if it is one.
    #[must_use]
    pub fn only(&self) -> Option<Catalogue> {
        match self.catalogues().as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// What a list is asked, if it has all the facets asked for.
    ///
    /// # Errors
    /// [`Failure`] naming the parameter.
    pub fn query(&self, catalogue: Catalogue) -> std::result::Result<Option<Query>, Failure> {
        let spec = search::spec(catalogue);
        if self.facets.iter().any(|(name, _)| spec.facet(name).is_none()) {
            return Ok(None);
        }
        let q = (!self.q.is_empty()).then(|| ("q".to_owned(), self.q.clone()));
        Ok(Some(Query::parse(spec, self.facets.iter().cloned().chain(q))?))
    }

    /// Whether a list has to be asked.
    #[must_use]
    pub fn asks_lists(&self) -> bool {
        !self.q.is_empty() || !self.facets.is_empty()
    }

    /// The axis meant. Feeds tell what is new here, so theirs is the day of recording.
    #[must_use]
    pub fn axis(&self, feed: bool) -> Axis {
        let default = if feed || self.known_from.is_some() { Axis::Recorded } else { Axis::Valid };
        self.axis.unwrap_or(default)
    }

    /// The days meant, in days of the common era. What is to come has not happened: without a last day the
    /// list by days of fact ends on the day the page speaks of.
    #[must_use]
    pub fn days(&self, axis: Axis, at: At, times: &Times) -> Option<std::ops::RangeInclusive<i32>> {
        let end = self.to.or((times.as_of.is_some() || axis == Axis::Valid).then_some(at.as_of));
        if self.from.is_none() && end.is_none() {
            return None;
        }
        let number = |day: NaiveDate| day.num_days_from_ce();
        Some(self.from.map_or(i32::MIN, number)..=end.map_or(i32::MAX, number))
    }

    /// Name and value of every parameter but `page`, `as_of`, `known` and `size`, in their fixed order.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut add = |name: &str, value: String| pairs.push((name.to_owned(), value));
        if !self.q.is_empty() {
            add("q", self.q.clone());
        }
        self.kinds.iter().for_each(|kind| add("kind", kind.name().to_owned()));
        self.changes.iter().for_each(|change| add("change", change.code().to_owned()));
        self.schemes.iter().for_each(|key| add("scheme", key.clone()));
        self.facets.iter().for_each(|(name, value)| add(name, value.clone()));
        self.enterprise.iter().for_each(|key| add("enterprise", key.clone()));
        self.key.iter().for_each(|key| add("key", key.clone()));
        self.axis.iter().for_each(|axis| add("axis", axis.code().to_owned()));
        self.from.iter().for_each(|day| add("from", day.to_string()));
        self.to.iter().for_each(|day| add("to", day.to_string()));
        self.known_from.iter().for_each(|size| add("known_from", size.to_string()));
        if self.per_page != limits::PER_PAGE_DEFAULT {
            add("per_page", self.per_page.to_string());
        }
        pairs
    }

    /// The canonical query string of a page, without `size`.
    #[must_use]
    pub fn canonical(&self, page: usize, times: &Times) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.pairs());
        if page > 1 {
            query.append_pair("page", &page.to_string());
        }
        if let Some(day) = &times.as_of {
            query.append_pair("as_of", day);
        }
        if let Some(known) = times.known {
            query.append_pair("known", &known.to_string());
        }
        query.finish()
    }
}

/// Adds what is not there yet.
fn push<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}

/// Entries hidden at a position and on a day.
type Hidden = (At, Arc<HashSet<u32>>);

/// The changes of the present and of a few log sizes before, kept sorted.
#[derive(Debug, Default)]
pub struct Histories(Mutex<(Vec<Arc<Versions>>, Option<Hidden>)>);

impl Histories {
    /// Empty; in a large register the changes of the present are sorted in the background, so that not
    /// even the first reader waits.
    #[must_use]
    pub fn warmed(indexes: &Arc<Indexes>) -> Arc<Histories> {
        let histories = Arc::new(Histories::default());
        let large = |size: u64| size > limits::HISTORY_AT_ONCE_MAX;
        if indexes.head().is_ok_and(|head| large(head.known)) {
            let (indexes, histories) = (Arc::clone(indexes), Arc::clone(&histories));
            crate::priority::in_background(move || {
                let sorted =
                    indexes.read(|reader| histories.at(reader, reader.log_size()?).map(drop));
                if let Err(error) = sorted {
                    tracing::error!(%error, "changes could not be sorted");
                }
            });
        }
        histories
    }

    /// The changes known at a log size; sorted when they are first asked for.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn at(&self, reader: &Reader, known: u64) -> Result<Arc<Versions>> {
        let size = usize::try_from(known).unwrap_or(usize::MAX);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = &mut kept.0;
        if let Some(i) = kept.iter().position(|versions| versions.len() == size) {
            let versions = kept.remove(i);
            kept.push(Arc::clone(&versions));
            return Ok(versions);
        }
        // Only what came since is read again.
        let longest = kept.iter().max_by_key(|versions| versions.len());
        let mut entries = longest.map(|versions| versions.entries.clone()).unwrap_or_default();
        if entries.len() < size {
            reader.extend_versions(&mut entries)?;
        }
        entries.truncate(size);
        let versions = Arc::new(Versions::sorted(entries));
        kept.push(Arc::clone(&versions));
        if kept.len() > limits::HISTORIES_MAX {
            kept.remove(0);
        }
        Ok(versions)
    }

    /// Entries that may not be shown on a day: their term of publication is over, or that of the record
    /// as it stands.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn hidden(&self, reader: &Reader, at: At) -> Result<Arc<HashSet<u32>>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).1.clone();
        if let Some((_, hidden)) = kept.filter(|(of, _)| *of == at) {
            return Ok(hidden);
        }
        let mut hidden = HashSet::new();
        for kind in [Kind::Penalty, Kind::Restriction] {
            reader.versions(kind, at.known, &mut |versions| {
                let now = register::record::select(versions, at.as_of, at.known);
                let over = now.is_some_and(|now| !is_published(now, at.as_of));
                let gone = versions.iter().filter(|one| over || !is_published(one, at.as_of));
                hidden.extend(gone.filter_map(|one| u32::try_from(one.seq).ok()));
                Ok(())
            })?;
        }
        let hidden = Arc::new(hidden);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.1 = Some((at, Arc::clone(&hidden)));
        Ok(hidden)
    }
}
