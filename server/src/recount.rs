//! Targets counted again: what each policy promised, and what the register holds of it on any day.
//!
//! One pass over the versions of the kinds that formulas count gives the value of every target on
//! every day that is shown: today, the due day, and the points of the trend. Nothing of it is stored.

mod lookup;
mod plan;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use register::comparison::Ratio;
use register::formula::{Counting, NoValue, Standing, counted_by_kind};
use register::{Entry, Kind, record};

use crate::store::{At, Reader, Result};
use lookup::{Following, Lookup};
pub use plan::{Official, Plan, Unplanned};

/// Why a target has no value here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It has no formula, and no official value is on record.
    NoFormula,
    /// Its formula cannot be read.
    Unreadable,
    /// Nothing of the sort it counts is on record for the deciding day: a count of zero would mean
    /// nothing.
    NoData,
    /// The formula has no value.
    Formula(NoValue),
}

impl Reason {
    /// The code in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Reason::NoFormula => "no_formula",
            Reason::Unreadable => "unreadable",
            Reason::NoData => "no_data",
            Reason::Formula(no) => no.code(),
        }
    }
}

/// Who counted the value that decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// This register.
    Computed,
    /// Whoever published it.
    Official,
}

impl By {
    /// The code in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            By::Computed => "computed",
            By::Official => "official",
        }
    }
}

/// What one `count(…)` of a formula came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The count as it stands in the formula.
    pub text: String,
    /// Kind of the records counted.
    pub kind: Kind,
    /// What it came to on the deciding day.
    pub total: u64,
    /// Records of that sort on the page's day, whatever their dates, status and result.
    pub held: u64,
}

/// A target on a day.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// The page's day.
    pub day: NaiveDate,
    /// The due day, where the target has one.
    pub due: Option<NaiveDate>,
    /// How it stands.
    pub standing: Standing,
    /// Why it has no value, if it has none.
    pub reason: Option<Reason>,
    /// The deciding value and who counted it.
    pub value: Option<(Ratio, By)>,
    /// The register's value on the page's day.
    pub now: Option<Ratio>,
    /// The register's value on the due day, once that is past.
    pub at_due: Option<Ratio>,
    /// The register's values over time, oldest first; empty where there is none to show.
    pub trend: Vec<(NaiveDate, Ratio)>,
    /// The counts on the deciding day.
    pub tallies: Vec<Tally>,
    /// Sample records that would have been counted on the deciding day.
    pub sample_apart: u64,
    /// Values others have published, oldest first.
    pub official: Vec<Official>,
}

impl Evaluation {
    /// Whether the due day is past.
    #[must_use]
    pub fn past(&self) -> bool {
        self.due.is_some_and(|due| due < self.day)
    }

    /// The day that decides: the due day once it is past, else the page's day.
    #[must_use]
    pub fn deciding_day(&self) -> NaiveDate {
        self.due.filter(|due| *due < self.day).unwrap_or(self.day)
    }
}

/// A record that a count counts, and as what.
#[derive(Clone, Debug)]
pub struct Counted {
    /// Position of the count in the formula.
    pub count: usize,
    /// The version counted.
    pub entry: Entry,
    /// Its own key, or the distinct values it has.
    pub as_what: Vec<String>,
}

/// Evaluates targets at a point in time. `all_sample` says that the whole register is made up:
/// only then sample records count.
///
/// # Errors
/// When the register cannot be read.
pub fn evaluate(
    reader: &Reader,
    at: At,
    all_sample: bool,
    targets: &[Entry],
) -> Result<BTreeMap<String, Evaluation>> {
    let mut issued = BTreeMap::new();
    reader.records(Kind::Policy, at, &mut |entry| {
        if let Some(day) = register::kinds::rules::day(&entry.body, "issued_on") {
            issued.insert(entry.key, day);
        }
        Ok(())
    })?;
    let plans: Vec<std::result::Result<Plan, Unplanned>> = targets
        .iter()
        .map(|target| {
            let policy = register::kinds::rules::text(&target.body, "policy").unwrap_or_default();
            Plan::of(target, issued.get(policy).copied(), at.as_of)
        })
        .collect();
    let samples = if all_sample { BTreeSet::new() } else { sample_sources(reader, at)? };
    let mut works: Vec<Work> = plans
        .iter()
        .map(|plan| plan.as_ref().map_or_else(|_| Work::default(), Work::new))
        .collect();
    let kinds: BTreeSet<Kind> = plans
        .iter()
        .flatten()
        .flat_map(|plan| plan.formula.counts().iter().map(register::formula::Count::kind))
        .collect();
    let lookup = Lookup::new(reader, at.known);
    for kind in kinds {
        reader.versions(kind, at.known, &mut |versions| {
            for (plan, work) in plans.iter().zip(&mut works) {
                if let Ok(plan) = plan {
                    work.see(plan, kind, versions, &samples, &lookup, at);
                }
            }
            Ok(())
        })?;
        lookup.check()?;
    }
    let evaluated = targets.iter().zip(plans).zip(works);
    Ok(evaluated
        .map(|((target, plan), work)| {
            let evaluation = match plan {
                Ok(plan) => work.finish(&plan, at.as_of),
                Err(unplanned) => unplanned.evaluation(target, at.as_of),
            };
            (target.key.clone(), evaluation)
        })
        .collect())
}

/// The very records a target's counts count on a day, in key order; each count apart.
///
/// # Errors
/// When the register cannot be read.
pub fn counted(
    reader: &Reader,
    known: u64,
    all_sample: bool,
    plan: &Plan,
    day: NaiveDate,
) -> Result<Vec<Counted>> {
    let at = At { as_of: day, known };
    let samples = if all_sample { BTreeSet::new() } else { sample_sources(reader, at)? };
    let kinds: BTreeSet<Kind> =
        plan.formula.counts().iter().map(register::formula::Count::kind).collect();
    let lookup = Lookup::new(reader, known);
    let mut found = Vec::new();
    for kind in kinds {
        reader.versions(kind, known, &mut |versions| {
            let Some(entry) = record::select(versions, day, known) else { return Ok(()) };
            if samples.contains(&entry.source.id) {
                return Ok(());
            }
            for (i, count) in counted_by_kind(&plan.formula, kind) {
                let on = lookup.on(day);
                let as_what = count.counts(&entry.key, &entry.body, &on, day, plan.due);
                if !as_what.is_empty() {
                    found.push(Counted { count: i, entry: entry.clone(), as_what });
                }
            }
            Ok(())
        })?;
        lookup.check()?;
    }
    found.sort_by(|a, b| (a.count, &a.entry.key).cmp(&(b.count, &b.entry.key)));
    Ok(found)
}

/// Every record a target's formula looks at on a day: those of the kinds it counts, counted or not (true),
/// and those they refer to where the formula follows (false). `None` where there are more than `max`.
///
/// # Errors
/// When the register cannot be read.
pub fn looked_at(
    reader: &Reader,
    known: u64,
    all_sample: bool,
    plan: &Plan,
    day: NaiveDate,
    max: usize,
) -> Result<Option<Vec<(Entry, bool)>>> {
    let samples = if all_sample {
        BTreeSet::new()
    } else {
        sample_sources(reader, At { as_of: day, known })?
    };
    let kinds: BTreeSet<Kind> =
        plan.formula.counts().iter().map(register::formula::Count::kind).collect();
    let lookup = Lookup::new(reader, known);
    let following = Following { on: lookup.on(day), kept: Default::default() };
    let mut found: BTreeMap<(Kind, String), (Entry, bool)> = BTreeMap::new();
    for kind in kinds {
        reader.versions(kind, known, &mut |versions| {
            let Some(entry) = record::select(versions, day, known) else { return Ok(()) };
            // Beyond the limit nothing is kept, so that memory is bounded.
            if samples.contains(&entry.source.id) || found.len() > max {
                return Ok(());
            }
            for (_, count) in counted_by_kind(&plan.formula, kind) {
                // For what it follows to; whether the record is counted is no question here.
                let _ = count.counts(&entry.key, &entry.body, &following, day, plan.due);
            }
            found.insert((kind, entry.key.clone()), (entry.clone(), true));
            Ok(())
        })?;
        lookup.check()?;
    }
    for (key, entry) in following.kept.into_inner() {
        found.entry(key).or_insert((entry, false));
    }
    Ok((found.len() <= max).then(|| found.into_values().collect()))
}

fn sample_sources(reader: &Reader, at: At) -> Result<BTreeSet<String>> {
    let sources = reader.sources(at)?.into_iter();
    let sample = |source: &Entry| {
        source.body.get("sample").and_then(serde_json::Value::as_bool) == Some(true)
    };
    Ok(sources.filter(sample).map(|source| source.key).collect())
}

/// The counts of one target under way: per count and day.
#[derive(Debug, Default)]
struct Work {
    counting: Vec<Vec<Counting>>,
    held: Vec<u64>,
    /// Whether a record of the sort was there on the deciding day.
    there: Vec<bool>,
    sample_apart: u64,
}

impl Work {
    fn new(plan: &Plan) -> Work {
        let counts = plan.formula.counts();
        let days = |count| plan.days.iter().map(|_| Counting::new(count)).collect();
        Work {
            counting: counts.iter().map(days).collect(),
            held: vec![0; counts.len()],
            there: vec![false; counts.len()],
            sample_apart: 0,
        }
    }

    fn see(
        &mut self,
        plan: &Plan,
        kind: Kind,
        versions: &[Entry],
        samples: &BTreeSet<String>,
        lookup: &Lookup<'_>,
        at: At,
    ) {
        for (i, count) in counted_by_kind(&plan.formula, kind) {
            let of_the_sort = |day| {
                record::select(versions, day, at.known).is_some_and(|entry| {
                    !samples.contains(&entry.source.id)
                        && count.is_of_the_sort(&entry.key, &entry.body, &lookup.on(day), day)
                })
            };
            self.held[i] += u64::from(of_the_sort(at.as_of));
            let deciding = plan.deciding_day(at.as_of);
            self.there[i] = self.there[i] || of_the_sort(deciding);
            if !versions.iter().any(|entry| count.may_count(&entry.body)) {
                continue;
            }
            for (day, counting) in plan.days.iter().zip(&mut self.counting[i]) {
                let Some(entry) = record::select(versions, *day, at.known) else { continue };
                let on = lookup.on(*day);
                if !samples.contains(&entry.source.id) {
                    counting.see(count, &entry.key, &entry.body, &on, *day, plan.due);
                } else if *day == deciding {
                    let found = count.counts(&entry.key, &entry.body, &on, *day, plan.due);
                    self.sample_apart += u64::from(!found.is_empty());
                }
            }
        }
    }

    fn finish(self, plan: &Plan, day: NaiveDate) -> Evaluation {
        let totals =
            |i: usize| -> Vec<u64> { self.counting.iter().map(|days| days[i].total()).collect() };
        let on = |wanted: NaiveDate| {
            let i = plan.days.iter().position(|day| *day == wanted)?;
            Some((totals(i), plan.formula.value(&totals(i))))
        };
        let deciding = plan.deciding_day(day);
        let (counts, decided) = on(deciding).unwrap_or((Vec::new(), Err(NoValue::TooLarge)));
        let no_data = self.there.contains(&false);
        let any_data = !no_data || !self.held.contains(&0);
        let value_on = |day| on(day).and_then(|(_, value)| value.ok()).filter(|_| any_data);
        let official = plan.official_until(deciding);
        let reason = match decided {
            _ if no_data => Some(Reason::NoData),
            Err(no) => Some(Reason::Formula(no)),
            Ok(_) => None,
        };
        let value = match reason {
            None => decided.ok().map(|value| (value, By::Computed)),
            Some(_) => official.and_then(Official::ratio).map(|value| (value, By::Official)),
        };
        let trend = plan.days.iter().filter_map(|day| Some((*day, value_on(*day)?)));
        Evaluation {
            day,
            due: plan.due,
            standing: Standing::judge(&plan.goal, value.map(|(value, _)| value), deciding < day),
            reason: reason.filter(|_| value.is_none()),
            value,
            now: value_on(day),
            at_due: (deciding < day).then(|| value_on(deciding)).flatten(),
            trend: trend.collect(),
            tallies: plan
                .formula
                .counts()
                .iter()
                .zip(counts)
                .zip(&self.held)
                .map(|((count, total), held)| Tally {
                    text: count.text().to_owned(),
                    kind: count.kind(),
                    total,
                    held: *held,
                })
                .collect(),
            sample_apart: self.sample_apart,
            official: plan.official.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
