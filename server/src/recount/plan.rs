//! A target read for counting: its goal, its formula, the days it is counted on.

use chrono::{Datelike, Months, NaiveDate};
use register::comparison::{Decimal, Ratio};
use register::formula::{Formula, Goal, Standing};
use register::kinds::rules::{day, structs, text};
use register::{Body, Entry};

use super::{By, Evaluation, Reason};

/// Points of a trend, the deciding days included.
const POINTS_MAX: usize = 16;

/// A value somebody else has published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Official {
    /// The value as published, in the target's unit.
    pub value: String,
    /// The day it is of.
    pub as_of: NaiveDate,
    /// Where it was published.
    pub source: String,
    /// Where on the web; may be empty.
    pub url: String,
}

impl Official {
    /// The value as a number.
    #[must_use]
    pub fn ratio(&self) -> Option<Ratio> {
        Decimal::parse(&self.value)?.ratio()
    }
}

/// A target that can be counted.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What was promised.
    pub goal: Goal,
    /// How it is counted.
    pub formula: Formula,
    /// Until when.
    pub due: Option<NaiveDate>,
    /// The days it is counted on, oldest first, each once.
    pub days: Vec<NaiveDate>,
    /// Values others have published, oldest first.
    pub official: Vec<Official>,
}

/// A target that cannot be counted.
#[derive(Clone, Debug)]
pub struct Unplanned {
    reason: Reason,
    goal: Option<Goal>,
    due: Option<NaiveDate>,
    official: Vec<Official>,
}

fn official(body: &Body) -> Vec<Official> {
    let read = |value: &Body| {
        let own = |name: &str| text(value, name).unwrap_or_default().to_owned();
        let as_of = day(value, "as_of")?;
        Some(Official { value: own("value"), as_of, source: own("source"), url: own("url") })
    };
    let mut values: Vec<Official> = structs(body, "official_values").filter_map(read).collect();
    values.sort_by_key(|value| value.as_of);
    values
}

fn until(values: &[Official], day: NaiveDate) -> Option<&Official> {
    values.iter().rev().find(|value| value.as_of <= day)
}

impl Plan {
    /// Reads a target; `issued` is its policy's day of issue, `today` the page's day.
    ///
    /// # Errors
    /// [`Unplanned`], which evaluates to "not computable" or to an official value.
    pub fn of(
        target: &Entry,
        issued: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Result<Plan, Unplanned> {
        let b = &target.body;
        let due = day(b, "due");
        let official = official(b);
        let goal =
            Goal::of(text(b, "operator").unwrap_or_default(), text(b, "value").unwrap_or_default());
        let unplanned = |reason| Unplanned { reason, goal, due, official: official.clone() };
        let Some(formula) = text(b, "formula") else { return Err(unplanned(Reason::NoFormula)) };
        let (Ok(formula), Some(goal)) = (Formula::parse(formula), goal) else {
            return Err(unplanned(Reason::Unreadable));
        };
        let days = days(issued.unwrap_or(target.valid_from), due, today);
        Ok(Plan { goal, formula, due, days, official })
    }

    /// The due day once it is past, else `today`.
    #[must_use]
    pub fn deciding_day(&self, today: NaiveDate) -> NaiveDate {
        self.due.filter(|due| *due < today).unwrap_or(today)
    }

    pub(super) fn official_until(&self, day: NaiveDate) -> Option<&Official> {
        until(&self.official, day)
    }
}

/// From the day the promise was made to today: ends of quarters while they are few, else ends of
/// years; and the due day where it is past.
fn days(from: NaiveDate, due: Option<NaiveDate>, today: NaiveDate) -> Vec<NaiveDate> {
    let months = if today - from <= chrono::Duration::days(3 * 366) { 3 } else { 12 };
    let mut days = vec![today];
    days.extend(due.filter(|due| *due < today));
    if from < today {
        days.push(from);
        let first = NaiveDate::from_ymd_opt(from.year(), 1, 1).unwrap_or(from);
        let ends = (1..).map_while(|i| {
            let next = first.checked_add_months(Months::new(i * months))?;
            next.pred_opt().filter(|end| *end < today)
        });
        let ends: Vec<NaiveDate> = ends.filter(|end| *end > from).collect();
        // The latest ones: a document of long ago is not counted back for ever.
        days.extend(ends.iter().rev().take(POINTS_MAX - days.len()));
    }
    days.sort_unstable();
    days.dedup();
    days
}

impl Unplanned {
    /// Without a value of ours: an official one decides, or nothing does.
    pub(super) fn evaluation(self, _target: &Entry, today: NaiveDate) -> Evaluation {
        let deciding = self.due.filter(|due| *due < today).unwrap_or(today);
        let value = until(&self.official, deciding).and_then(Official::ratio);
        let standing = match &self.goal {
            Some(goal) => Standing::judge(goal, value, deciding < today),
            None => Standing::NotComputable,
        };
        Evaluation {
            day: today,
            due: self.due,
            standing,
            reason: value.is_none().then_some(self.reason),
            value: value.map(|value| (value, By::Official)),
            now: None,
            at_due: None,
            trend: Vec::new(),
            tallies: Vec::new(),
            sample_apart: 0,
            official: self.official,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a day of the test")
    }

    #[test]
    fn a_trend_has_the_days_that_matter_and_not_too_many() {
        let due = on("2017-12-31");
        let long = days(on("2016-10-12"), Some(due), on("2026-11-22"));
        assert_eq!(long.first(), Some(&on("2016-10-12")));
        assert!(long.contains(&due) && long.ends_with(&[on("2025-12-31"), on("2026-11-22")]));
        assert_eq!(long.len(), 12);
        let old = days(on("1990-01-01"), Some(on("2000-06-01")), on("2026-11-22"));
        assert!(old.len() <= POINTS_MAX && old.contains(&on("2000-06-01")));
        let short = days(on("2025-02-10"), Some(on("2027-12-31")), on("2025-10-01"));
        let expected = ["2025-02-10", "2025-03-31", "2025-06-30", "2025-09-30", "2025-10-01"];
        assert_eq!(short, expected.map(on));
        assert_eq!(days(on("2026-01-01"), None, on("2020-01-01")), [on("2020-01-01")]);
    }
}
