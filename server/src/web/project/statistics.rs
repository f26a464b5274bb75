//! `/statistics`: counts and rates, every one with the rows behind it.
//!
//! A figure is an answer of the search engine and keeps the query it answers: the same query is its
//! link, so what the link shows cannot be another number. Everything is computed once for a moment,
//! from counts of facets; no record is read.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use register::Kind;
use register::coverage::{Complete, Coverage};
use search::catalogue::Catalogue;
use search::{Query, Results};

use super::body;
use super::facts::KEPT_YEARS_MAX;
use crate::store::{At, Reader, Result};
use crate::web::index::Moment;

/// A count and the query it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Rows.
    pub count: u64,
    /// Catalogue of the rows.
    pub catalogue: Catalogue,
    /// Facets and codes, in the order of the catalogue's table.
    pub query: Vec<(&'static str, String)>,
}

impl Figure {
    /// The list of the rows, path without language prefix.
    pub fn href(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in &self.query {
            query.append_pair(name, value);
        }
        let path = super::site::path_of(self.catalogue);
        match query.finish() {
            query if query.is_empty() => path,
            query => format!("{path}?{query}"),
        }
    }
}

/// One cell: a count, or a share of another count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The count.
    pub figure: Figure,
    /// What it is a share of, where it is one.
    pub of: Option<Figure>,
}

impl Cell {
    /// The share in tenths of a percent, rounded half up; none of nothing.
    pub fn tenths(&self) -> Option<u64> {
        let of = self.of.as_ref()?.count;
        (of > 0).then(|| (self.figure.count * 2000 + of) / (2 * of))
    }
}

/// One line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Code of what the line is about (a scheme, a year, a place); empty: the whole.
    pub code: String,
    /// Its words: simplified, traditional, English.
    pub label: [String; 3],
    /// By the table's columns.
    pub cells: Vec<Option<Cell>>,
}

/// What a table is about; its code is the value of the parameter `table`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of the tables")]
pub enum Subject {
    Schemes,
    Years,
    Status,
    Places,
    Sectors,
    Exits,
    Survival,
    Passes,
}

impl Subject {
    /// All, in the order of the page.
    pub const ALL: [Subject; 8] = [
        Subject::Schemes,
        Subject::Years,
        Subject::Status,
        Subject::Places,
        Subject::Sectors,
        Subject::Exits,
        Subject::Survival,
        Subject::Passes,
    ];

    /// The code in addresses, JSON and CSV.
    pub const fn code(self) -> &'static str {
        ["schemes", "years", "status", "places", "sectors", "exits", "survival", "passes"]
            [self as usize]
    }

    /// The subject of that code.
    pub fn from_code(code: &str) -> Option<Subject> {
        Subject::ALL.into_iter().find(|subject| subject.code() == code)
    }
}

/// A table: what it counts, its columns, its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it is about.
    pub subject: Subject,
    /// Codes of the columns: `all valid suspended ended`, `products`, a number of years, a year.
    pub columns: Vec<String>,
    /// Lines.
    pub lines: Vec<Line>,
}

/// All tables of a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Those that have lines, in the order of [`Subject::ALL`].
    pub tables: Vec<Table>,
    /// Inspections left out of the pass rates because their round is not known to be complete.
    pub incomplete: Option<Figure>,
}

/// Codes of the status of a listing that has ended.
const ENDED: [&str; 5] = ["expired", "withdrawn", "cancelled", "exited", "replaced"];

/// The statuses a column counts; none: all.
const COLUMNS: [(&str, &[&str]); 4] =
    [("all", &[]), ("valid", &["valid"]), ("suspended", &["suspended"]), ("ended", &ENDED)];

type Pairs = Vec<(&'static str, String)>;

/// Rounds of inspection by name: whether all of what is held of a round rests on sources that hold it
/// whole. A rate is computed from such rounds only.
pub type Rounds = BTreeMap<String, bool>;

/// Reads which rounds are complete. Rounds of one name are one round.
///
/// # Errors
/// When the register cannot be read.
pub fn rounds(reader: &Reader, at: At) -> Result<Rounds> {
    let mut held: BTreeSet<(String, String)> = BTreeSet::new();
    reader.records(Kind::Inspection, at, &mut |entry| {
        held.insert((entry.source.id, body::text(&entry.body, "round").to_owned()));
        Ok(())
    })?;
    let mut rounds = Rounds::new();
    let mut known: Option<(String, bool)> = None;
    for (id, round) in held {
        let whole = match &known {
            Some((last, whole)) if *last == id => *whole,
            _ => {
                let source = reader.record(Kind::Source, &id, at)?;
                let statement = source.and_then(|source| Coverage::of(&source.body));
                statement.is_some_and(|statement| statement.complete == Complete::Yes)
            }
        };
        *rounds.entry(round).or_insert(true) &= whole;
        known = Some((id, whole));
    }
    Ok(rounds)
}

/// Most values of a facet that a link names; the query's own limit is 200.
const NAMED_MAX: usize = 150;

/// Computes everything for a moment; `scheme` narrows it to the grants of one scheme.
pub fn compute(moment: &Moment, scheme: Option<&str>, rounds: &Rounds) -> Statistics {
    let base: Pairs = scheme.map(|scheme| ("scheme", scheme.to_owned())).into_iter().collect();
    let counting = Counting { moment, base };
    let mut tables = Vec::new();
    for subject in Subject::ALL {
        let table = match subject {
            Subject::Schemes if scheme.is_some() => continue,
            Subject::Schemes => counting.by_status(subject, "scheme", &keep_all),
            Subject::Years => counting.by_status(subject, "year", &keep_all),
            Subject::Places => counting.by_status(subject, "place", &keep_all),
            Subject::Sectors => counting.by_status(subject, "sector", &keep_all),
            Subject::Status => counting.statuses(scheme.is_none()),
            Subject::Exits => counting.exits(),
            Subject::Survival => counting.survival(moment.at.as_of),
            Subject::Passes if scheme.is_some() => continue,
            Subject::Passes => match inspections() {
                Some(catalogue) => counting.passes(catalogue, rounds),
                None => continue,
            },
        };
        if !table.lines.is_empty() {
            tables.push(table);
        }
    }
    let incomplete = match (scheme, inspections()) {
        (None, Some(catalogue)) => counting.incomplete(catalogue, rounds),
        _ => None,
    };
    Statistics { tables, incomplete }
}

/// The list of inspections.
fn inspections() -> Option<Catalogue> {
    Catalogue::from_name("inspections")
}

fn keep_all(_: &str) -> bool {
    true
}

struct Counting<'m> {
    moment: &'m Moment,
    /// Facets that every count of listings is narrowed by.
    base: Pairs,
}

impl Counting<'_> {
    fn ask(&self, catalogue: Catalogue, more: &[(&'static str, String)]) -> Results {
        let mut query = Query::all(search::spec(catalogue));
        for (name, value) in self.pairs(catalogue, more) {
            query = query.with_facet_toggled(name, &value);
        }
        query.per_page = 1;
        self.moment.search(&query)
    }

    fn pairs(&self, catalogue: Catalogue, more: &[(&'static str, String)]) -> Pairs {
        let base: &[(&'static str, String)] =
            if catalogue == Catalogue::Listings { &self.base } else { &[] };
        let mut pairs: Pairs = base.iter().chain(more).cloned().collect();
        let spec = search::spec(catalogue);
        pairs.sort_by_key(|(name, value)| (spec.facet(name), value.clone()));
        pairs.dedup();
        pairs
    }

    fn figure(&self, catalogue: Catalogue, count: u64, more: &[(&'static str, String)]) -> Figure {
        Figure { count, catalogue, query: self.pairs(catalogue, more) }
    }

    /// Counts of a facet's values under some filters: by code, with the words of each.
    fn counts(
        &self,
        catalogue: Catalogue,
        facet: &'static str,
        more: &[(&'static str, String)],
    ) -> Vec<(String, [String; 3], u64)> {
        let results = self.ask(catalogue, more);
        results.facet(facet).map_or_else(Vec::new, |facet| {
            facet
                .values
                .iter()
                .filter(|value| value.count > 0)
                .map(|value| (value.code.clone(), value.label.clone(), value.count as u64))
                .collect()
        })
    }

    /// One line a value of a facet, one column a group of statuses.
    fn by_status(
        &self,
        subject: Subject,
        facet: &'static str,
        keep: &dyn Fn(&str) -> bool,
    ) -> Table {
        let mut lines: Vec<Line> = Vec::new();
        for (i, (_, statuses)) in COLUMNS.iter().enumerate() {
            let filters: Pairs = statuses.iter().map(|s| ("status", (*s).to_owned())).collect();
            for (code, label, count) in self.counts(Catalogue::Listings, facet, &filters) {
                if !keep(&code) {
                    continue;
                }
                let mut asked = filters.clone();
                asked.push((facet, code.clone()));
                let figure = self.figure(Catalogue::Listings, count, &asked);
                let place = lines.iter().position(|line| line.code == code);
                let line = match place {
                    Some(place) => &mut lines[place],
                    None => {
                        lines.push(Line { code, label, cells: vec![None; COLUMNS.len()] });
                        let last = lines.len() - 1;
                        &mut lines[last]
                    }
                };
                line.cells[i] = Some(Cell { figure, of: None });
            }
        }
        match subject {
            // Oldest first, as charts read.
            Subject::Years => lines.sort_by(|a, b| a.code.cmp(&b.code)),
            // A district follows its city, a city its province.
            Subject::Places => lines.sort_by(|a, b| a.code.cmp(&b.code)),
            _ => lines.sort_by_key(|line| {
                let all = line.cells[0].as_ref().map_or(0, |cell| cell.figure.count);
                (std::cmp::Reverse(all), line.code.clone())
            }),
        }
        let columns = COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect();
        Table { subject, columns, lines }
    }

    /// Listings by status; and products, of the whole register.
    fn statuses(&self, products: bool) -> Table {
        let mut columns = vec![("all", Catalogue::Listings)];
        if products {
            columns.push(("products", Catalogue::Products));
        }
        let mut lines: BTreeMap<usize, Line> = BTreeMap::new();
        for (i, (_, catalogue)) in columns.iter().enumerate() {
            for (place, (code, label, count)) in
                self.counts(*catalogue, "status", &[]).into_iter().enumerate()
            {
                let order = order_of(*catalogue, &code).unwrap_or(place + 100);
                let figure = self.figure(*catalogue, count, &[("status", code.clone())]);
                let line = lines.entry(order).or_insert_with(|| Line {
                    code,
                    label,
                    cells: vec![None; columns.len()],
                });
                line.cells[i] = Some(Cell { figure, of: None });
            }
        }
        Table {
            subject: Subject::Status,
            columns: columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
            lines: lines.into_values().collect(),
        }
    }

    /// Listings that left, by reason, and how they left.
    fn exits(&self) -> Table {
        const LEFT: [&str; 4] = ["withdrawn", "cancelled", "exited", "replaced"];
        let columns: Vec<String> = std::iter::once("all").chain(LEFT).map(str::to_owned).collect();
        let mut lines: Vec<Line> = Vec::new();
        for (i, column) in columns.iter().enumerate() {
            let filters: Pairs = match column.as_str() {
                "all" => Vec::new(),
                status => vec![("status", status.to_owned())],
            };
            for (code, label, count) in self.counts(Catalogue::Listings, "exit", &filters) {
                let mut asked = filters.clone();
                asked.push(("exit", code.clone()));
                let figure = self.figure(Catalogue::Listings, count, &asked);
                match lines.iter_mut().find(|line| line.code == code) {
                    Some(line) => line.cells[i] = Some(Cell { figure, of: None }),
                    None if i == 0 => {
                        let mut cells = vec![None; columns.len()];
                        cells[0] = Some(Cell { figure, of: None });
                        lines.push(Line { code, label, cells });
                    }
                    None => {}
                }
            }
        }
        Table { subject: Subject::Exits, columns, lines }
    }

    /// Of the grants of a year, how many were still in force after 1, 2, 3 … years. A cell is filled
    /// only when the whole year's grants have had that many years, so nothing has to be estimated.
    fn survival(&self, as_of: NaiveDate) -> Table {
        let mut lines: Vec<Line> = Vec::new();
        let mut longest = 0;
        let years = self.counts(Catalogue::Listings, "year", &[]);
        let mut years: Vec<_> =
            years.into_iter().filter_map(|y| Some((y.0.parse::<i32>().ok()?, y))).collect();
        years.sort_by_key(|(year, _)| *year);
        // Grants and survivors of all years that have had so many years, by number of years.
        let mut whole: BTreeMap<usize, (Vec<String>, u64, u64)> = BTreeMap::new();
        for (year, (code, label, granted)) in years {
            let cohort = self.figure(Catalogue::Listings, granted, &[("year", code.clone())]);
            let mut cells = vec![Some(Cell { figure: cohort.clone(), of: None })];
            let kept = self.kept(&code);
            for n in 1..=KEPT_YEARS_MAX {
                let Some(last) = i32::try_from(n)
                    .ok()
                    .and_then(|n| NaiveDate::from_ymd_opt(year.checked_add(n)?, 12, 31))
                else {
                    break;
                };
                if last > as_of {
                    break;
                }
                let code_kept = format!("{n:02}");
                let count = kept.get(&code_kept).copied().unwrap_or(0);
                let asked = [("year", code.clone()), ("kept", code_kept)];
                let figure = self.figure(Catalogue::Listings, count, &asked);
                cells.push(Some(Cell { figure, of: Some(cohort.clone()) }));
                let all = whole.entry(n as usize).or_default();
                all.0.push(code.clone());
                all.1 += granted;
                all.2 += count;
            }
            longest = longest.max(cells.len());
            if cells.len() > 1 {
                lines.push(Line { code, label, cells });
            }
        }
        if !lines.is_empty() {
            let label = ["合计", "合計", "All years"].map(str::to_owned);
            let mut cells: Vec<Option<Cell>> = vec![None; longest];
            for (n, (years, granted, count)) in whole {
                let of_years: Pairs = years.iter().map(|year| ("year", year.clone())).collect();
                let of = self.figure(Catalogue::Listings, granted, &of_years);
                let mut asked = of_years;
                asked.push(("kept", format!("{n:02}")));
                let figure = self.figure(Catalogue::Listings, count, &asked);
                cells[n] = Some(Cell { figure, of: Some(of) });
            }
            lines.push(Line { code: String::new(), label, cells });
        }
        for line in &mut lines {
            line.cells.resize(longest, None);
        }
        let columns =
            (0..longest).map(|n| if n == 0 { "all".to_owned() } else { n.to_string() }).collect();
        Table { subject: Subject::Survival, columns, lines }
    }

    /// Samples passed of those passed or failed, by sector and year, of complete rounds.
    fn passes(&self, catalogue: Catalogue, rounds: &Rounds) -> Table {
        const DECIDED: [&str; 2] = ["pass", "fail"];
        let mut columns: Vec<String> = Vec::new();
        let mut lines: Vec<Line> = Vec::new();
        let mut whole: Vec<Option<Cell>> = Vec::new();
        let mut years = self.counts(catalogue, "year", &[]);
        years.sort();
        for (year, _, _) in years {
            let of_year = [("year", year.clone())];
            let held = self.counts(catalogue, "round", &of_year);
            let complete: Vec<&String> = held
                .iter()
                .map(|(round, ..)| round)
                .filter(|round| rounds.get(*round) == Some(&true))
                .collect();
            if complete.is_empty() || complete.len() > NAMED_MAX {
                continue;
            }
            let mut base: Pairs = of_year.to_vec();
            if complete.len() < held.len() {
                base.extend(complete.iter().map(|round| ("round", (*round).clone())));
            }
            let with = |results: &[&str]| -> Pairs {
                let results = results.iter().map(|result| ("result", (*result).to_owned()));
                base.iter().cloned().chain(results).collect()
            };
            let (decided, passed) = (with(&DECIDED), with(&["pass"]));
            let share = |of: u64, passes: u64, sector: Option<&String>| {
                let narrowed = |pairs: &Pairs| -> Pairs {
                    let sector = sector.map(|sector| ("sector", sector.clone()));
                    pairs.iter().cloned().chain(sector).collect()
                };
                Cell {
                    figure: self.figure(catalogue, passes, &narrowed(&passed)),
                    of: Some(self.figure(catalogue, of, &narrowed(&decided))),
                }
            };
            let column = columns.len();
            columns.push(year);
            let passes: BTreeMap<String, u64> = self
                .counts(catalogue, "sector", &passed)
                .into_iter()
                .map(|(sector, _, count)| (sector, count))
                .collect();
            for (sector, label, of) in self.counts(catalogue, "sector", &decided) {
                let passes = passes.get(&sector).copied().unwrap_or(0);
                let cell = share(of, passes, Some(&sector));
                let place = lines.iter().position(|line| line.code == sector);
                let place = place.unwrap_or_else(|| {
                    lines.push(Line { code: sector, label, cells: Vec::new() });
                    lines.len() - 1
                });
                lines[place].cells.resize(column, None);
                lines[place].cells.push(Some(cell));
            }
            let total = |pairs: &Pairs| self.ask(catalogue, pairs).total as u64;
            whole.push(Some(share(total(&decided), total(&passed), None)));
        }
        if !columns.is_empty() {
            lines.sort_by(|a, b| a.code.cmp(&b.code));
            let label = ["全部行业", "全部行業", "All sectors"].map(str::to_owned);
            lines.push(Line { code: String::new(), label, cells: whole });
        }
        for line in &mut lines {
            line.cells.resize(columns.len(), None);
        }
        Table { subject: Subject::Passes, columns, lines }
    }

    /// Samples of rounds that are not known to be complete.
    fn incomplete(&self, catalogue: Catalogue, rounds: &Rounds) -> Option<Figure> {
        let broken: Pairs = rounds
            .iter()
            .filter(|(_, whole)| !**whole)
            .map(|(round, _)| ("round", round.clone()))
            .take(NAMED_MAX + 1)
            .collect();
        if broken.is_empty() || broken.len() > NAMED_MAX {
            return None;
        }
        Some(self.figure(catalogue, self.ask(catalogue, &broken).total as u64, &broken))
    }

    /// Grants of a year by years kept. The facet is not offered on pages, so its values are asked for
    /// by name; the count of a value does not depend on what is chosen in its own facet.
    fn kept(&self, year: &str) -> BTreeMap<String, u64> {
        let mut asked: Pairs = vec![("year", year.to_owned())];
        asked.extend((1..=KEPT_YEARS_MAX).map(|n| ("kept", format!("{n:02}"))));
        self.counts(Catalogue::Listings, "kept", &asked)
            .into_iter()
            .map(|(code, _, count)| (code, count))
            .collect()
    }
}

/// Place of a code in its catalogue's fixed vocabulary of statuses.
fn order_of(catalogue: Catalogue, code: &str) -> Option<usize> {
    let spec = search::spec(catalogue);
    let facet = spec.facet("status")?;
    spec.facets[facet].values().iter().position(|value| value.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(count: u64) -> Figure {
        Figure {
            count,
            catalogue: Catalogue::Listings,
            query: vec![("scheme", "a b".to_owned()), ("year", "2024".to_owned())],
        }
    }

    #[test]
    fn a_share_is_rounded_half_up_and_of_nothing_there_is_none() {
        let share = |count, of| Cell { figure: figure(count), of: Some(figure(of)) }.tenths();
        assert_eq!(share(1, 3), Some(333));
        assert_eq!(share(2, 3), Some(667));
        assert_eq!(share(1, 2000), Some(1), "0.05 % is 0.1 %");
        assert_eq!(share(5, 5), Some(1000));
        assert_eq!(share(0, 0), None);
        assert_eq!(Cell { figure: figure(3), of: None }.tenths(), None);
    }

    #[test]
    fn a_figure_links_to_the_query_it_answers() {
        assert_eq!(figure(1).href(), "/listings?scheme=a+b&year=2024");
        let all = Figure { count: 1, catalogue: Catalogue::Products, query: Vec::new() };
        assert_eq!(all.href(), "/products");
    }
}
