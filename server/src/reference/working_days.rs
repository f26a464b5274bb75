//! Working days in mainland China: weekdays, but for the holidays and make-up working days that the
//! State Council's office announces for each year (`reference/working_days.csv` names the notices).

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use serde::Deserialize;

/// A row of the table: days of one announcement.
#[derive(Debug, Deserialize)]
struct Row {
    from: NaiveDate,
    to: NaiveDate,
    what: What,
    /// For whoever reads the table.
    #[serde(rename = "name")]
    _name: String,
    source: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Off,
    Work,
}

/// A day that is so many working days after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The day.
    pub day: NaiveDate,
    /// Whether the holidays of every year on the way are in the table; else only weekends were left out.
    pub exact: bool,
}

#[derive(Debug, Default)]
struct Table {
    days: BTreeMap<NaiveDate, What>,
    /// Year, and the notice its days are from.
    years: BTreeMap<i32, String>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table::default();
        let rows: Vec<Row> = super::tables::rows(include_str!("../../reference/working_days.csv"));
        for row in rows {
            for day in row.from.iter_days().take_while(|day| *day <= row.to) {
                table.days.insert(day, row.what);
                table.years.insert(day.year(), row.source.clone());
            }
        }
        table
    })
}

/// Whether offices work on a day, as far as the table knows.
#[must_use]
pub fn is_working_day(day: NaiveDate) -> bool {
    match table().days.get(&day) {
        Some(what) => *what == What::Work,
        None => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
    }
}

/// The notice that a year's days are from; none: only weekends are left out in that year.
#[must_use]
pub fn notice_of(year: i32) -> Option<&'static str> {
    table().years.get(&year).map(String::as_str)
}

/// The day that is `n` working days after another, which itself is not counted.
#[must_use]
pub fn after(day: NaiveDate, n: u32) -> Deadline {
    let (mut left, mut at) = (n, day);
    let mut exact = notice_of(day.year()).is_some();
    while left > 0 {
        let Some(next) = at.checked_add_days(Days::new(1)) else { break };
        at = next;
        exact &= notice_of(at.year()).is_some();
        left -= u32::from(is_working_day(at));
    }
    Deadline { day: at, exact }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn holidays_and_make_up_days_are_those_that_were_announced() {
        for (at, works) in [
            ("2026-11-20", true),  // Friday
            ("2026-11-21", false), // Saturday
            ("2026-10-01", false), // Thursday, National Day
            ("2026-10-10", true),  // Saturday, made up
            ("2026-02-23", false), // Monday, Spring Festival
            ("2026-02-28", true),  // Saturday, made up
            ("2025-09-28", true),  // Sunday, made up
            ("2025-06-02", false), // Monday, Dragon Boat Festival
        ] {
            assert_eq!(is_working_day(day(at)), works, "{at}");
        }
        // Days off in a year, weekends left aside: 2025 and 2026 have eleven days of holiday by law, the rest
        // is made up for, so each year has as many working days as weekdays less those on weekdays.
        let off = |year: i32| {
            let all = day(&format!("{year}-01-01"));
            all.iter_days().take_while(|d| d.year() == year).filter(|d| is_working_day(*d)).count()
        };
        assert_eq!(off(2025), 248, "working days of 2025");
        assert_eq!(off(2026), 248, "working days of 2026");
    }

    #[test]
    fn a_deadline_leaps_over_a_holiday_and_counts_the_made_up_days() {
        // Friday 18 September: Sunday 20 is worked, 25 to 27 and 1 to 7 October are off, Saturday 10 is worked.
        let found = after(day("2026-09-18"), 7);
        assert_eq!(found, Deadline { day: day("2026-09-29"), exact: true });
        assert_eq!(after(day("2026-09-18"), 15).day, day("2026-10-15"));
        assert_eq!(after(day("2026-10-01"), 1).day, day("2026-10-08"));
        assert_eq!(after(day("2026-11-20"), 0).day, day("2026-11-20"));
    }

    #[test]
    fn a_year_that_is_not_in_the_table_leaves_out_weekends_only_and_says_so() {
        assert_eq!(notice_of(2026), Some("国办发明电〔2025〕7号"));
        assert_eq!(notice_of(2035), None);
        let found = after(day("2034-12-29"), 2);
        assert_eq!(found, Deadline { day: day("2035-01-02"), exact: false });
        assert!(!after(day("2026-12-31"), 1).exact, "2027 was not announced when this was written");
    }
}
