//! `/statistics` and its twins: the tables of [`super::project::statistics`] as page, JSON and CSV.

use app::model::{Link, StatCell, StatFigure, StatLine, StatTable, StatisticsPage, YearCount};
use app::pages;
use register::{Kind, Lang};
use serde_json::{Value, json};

use super::answer::{Asking, Rendered};
use super::failure::Failure;
use super::index::Moment;
use super::project::statistics::{Figure, Line, Statistics, Subject, Table};
use super::project::view::View;
use super::project::{coverage, statistics, twin};
use super::reply::{CSV, HTML, Policy};
use super::router::Format;
use crate::store::Result as StoreResult;

/// Lines of a table on the page of all tables; the table by itself shows every line.
const LINES_SHOWN: usize = 20;

/// Answers in the form asked for. `moment` is the one the figures are of.
///
/// # Errors
/// [`Failure`].
pub fn render(
    view: &View<'_>,
    moment: &Moment,
    asking: &Asking,
    context: &dyn Fn() -> app::model::PageContext,
) -> Result<Rendered, Failure> {
    let value = |name: &str| {
        asking.narrowed.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    };
    let scheme = value("scheme");
    if let Some(key) = scheme
        && view.record(Kind::Scheme, key)?.is_none()
    {
        return Err(bad("scheme", ["名录的编号", "名錄的編號", "the key of a directory"]));
    }
    let only = match value("table") {
        None => None,
        Some(code) => Some(Subject::from_code(code).ok_or_else(|| {
            let codes = Subject::ALL.map(Subject::code).join(" ");
            bad("table", [&codes, &codes, &codes])
        })?),
    };
    let all = match scheme {
        None => moment.statistics(view.reader)?,
        // Inspections are of no scheme.
        Some(scheme) => {
            let none = statistics::Rounds::new();
            std::sync::Arc::new(statistics::compute(moment, Some(scheme), &none))
        }
    };
    let tables: Vec<&Table> =
        all.tables.iter().filter(|table| only.is_none_or(|only| table.subject == only)).collect();
    match asking.route.format {
        Format::Json => Ok(Rendered::json(&as_json(view, asking, moment, &all, &tables)?)),
        Format::Csv => {
            let mut rendered = Rendered::new(CSV, Policy::Data, as_csv(asking, &tables));
            rendered.more.push((
                "content-disposition",
                format!("attachment; filename=\"statistics-{}.csv\"", view.at.as_of),
            ));
            Ok(rendered)
        }
        _ => {
            let model = StatisticsPage {
                scheme: match scheme {
                    Some(key) => Some(view.link(Kind::Scheme, key)?),
                    None => None,
                },
                tables: tables.iter().map(|table| model(view, table, only.is_some())).collect(),
                narrowed: asking.narrowed_query(),
                only: only.is_some(),
                coverage: held(view, moment)?,
                incomplete: all.incomplete.as_ref().filter(|left| left.count > 0).map(figure),
            };
            let html = pages::statistics::render(&context(), &model);
            Ok(Rendered::new(HTML, Policy::Still, html.into_bytes()))
        }
    }
}

fn bad(name: &str, expected: [&str; 3]) -> Failure {
    Failure::BadParameter { name: name.to_owned(), expected: expected.map(str::to_owned) }
}

/// Coverage of what most tables count: the listings.
fn held(view: &View<'_>, moment: &Moment) -> StoreResult<app::model::Coverage> {
    let listings = search::Catalogue::Listings;
    coverage::of_list(view, moment.sources(listings), moment.rows(listings) as u64)
}

fn figure(figure: &Figure) -> StatFigure {
    StatFigure { count: figure.count, href: figure.href() }
}

fn model(view: &View<'_>, table: &Table, whole: bool) -> StatTable {
    let mut lines: Vec<&Line> = table.lines.iter().collect();
    if table.subject == Subject::Places && !whole {
        lines = telling(&lines);
    }
    let all = table.lines.len();
    if !whole && lines.len() > LINES_SHOWN {
        // The line of the whole stands last and is always shown.
        let total = lines.pop().filter(|line| line.code.is_empty());
        match table.subject {
            Subject::Years | Subject::Survival => {
                lines.drain(..lines.len().saturating_sub(LINES_SHOWN));
            }
            _ => lines.truncate(LINES_SHOWN),
        }
        lines.extend(total);
    }
    let count = |line: &Line, place: usize| {
        line.cells.get(place).and_then(Option::as_ref).map_or(0, |cell| cell.figure.count)
    };
    let years = match table.subject {
        Subject::Years => table
            .lines
            .iter()
            .filter_map(|line| {
                let ended = count(line, 3);
                let current = count(line, 0).saturating_sub(ended);
                Some(YearCount { year: line.code.parse().ok()?, current, ended })
            })
            .collect(),
        _ => Vec::new(),
    };
    StatTable {
        code: table.subject.code().to_owned(),
        columns: table.columns.clone(),
        more: (all - lines.len().min(all)) as u64,
        lines: lines.iter().map(|line| model_line(view.lang, table.subject, line)).collect(),
        years: without_gaps(years),
    }
}

/// Years nobody was listed in are drawn too.
fn without_gaps(years: Vec<YearCount>) -> Vec<YearCount> {
    let (Some(first), Some(last)) = (years.first(), years.last()) else { return years };
    // A mistyped year must not make a chart of ten centuries.
    const YEARS_MAX: i32 = 80;
    (first.year.max(last.year - YEARS_MAX)..=last.year)
        .map(|year| {
            let known = years.iter().find(|known| known.year == year);
            known.copied().unwrap_or(YearCount { year, current: 0, ended: 0 })
        })
        .collect()
}

/// Places of the level that tells most: provinces where there are several, else cities, else districts.
fn telling<'l>(lines: &[&'l Line]) -> Vec<&'l Line> {
    let level = |code: &str| match code {
        code if code.len() == 6 && code.ends_with("0000") => 0,
        code if code.len() == 6 && code.ends_with("00") => 1,
        _ => 2,
    };
    let mut best: Vec<&Line> = Vec::new();
    for wanted in [0, 1, 2] {
        let found: Vec<&Line> =
            lines.iter().copied().filter(|line| level(&line.code) == wanted).collect();
        // Two or three provinces say little; their cities say more.
        if found.len() > best.len() && best.len() < 8 {
            best = found;
        }
    }
    best.sort_by_key(|line| {
        let all = line.cells[0].as_ref().map_or(0, |cell| cell.figure.count);
        (std::cmp::Reverse(all), line.code.clone())
    });
    best
}

fn model_line(lang: Lang, subject: Subject, line: &Line) -> StatLine {
    let text = line.label[lang.index()].clone();
    let label = match subject {
        Subject::Schemes => Link::record(text, Kind::Scheme, &line.code),
        _ => Link::plain(text),
    };
    let cells = line
        .cells
        .iter()
        .map(|cell| {
            cell.as_ref().map(|cell| StatCell {
                figure: figure(&cell.figure),
                of: cell.of.as_ref().map(figure),
                tenths: cell.tenths(),
            })
        })
        .collect();
    StatLine { label, cells }
}

/// A share as programs read it: percent with one decimal.
fn percent(tenths: u64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The list behind a figure, with the day and log size of the page.
fn rows_of(asking: &Asking, figure: &Figure, suffix: &str) -> String {
    let href = figure.href();
    let (path, query) = href.split_once('?').unwrap_or((&href, ""));
    let times = asking.times.canonical();
    let query: Vec<&str> = [query, &times].into_iter().filter(|part| !part.is_empty()).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{}{path}{suffix}{mark}{}", asking.route.lang.prefix(), query.join("&"))
}

fn as_json(
    view: &View<'_>,
    asking: &Asking,
    moment: &Moment,
    all: &Statistics,
    tables: &[&Table],
) -> StoreResult<Value> {
    let lang = asking.route.lang;
    let of = |figure: &Figure| {
        json!({
            "count": figure.count,
            "rows": rows_of(asking, figure, ""),
            "json": rows_of(asking, figure, ".json"),
        })
    };
    let tables: Vec<Value> = tables
        .iter()
        .map(|table| {
            let lines: Vec<Value> = table
                .lines
                .iter()
                .map(|line| {
                    let cells: Vec<Value> = line
                        .cells
                        .iter()
                        .map(|cell| match cell {
                            None => Value::Null,
                            Some(cell) => {
                                let mut value = of(&cell.figure);
                                value["of"] = cell.of.as_ref().map_or(Value::Null, &of);
                                value["percent"] = json!(cell.tenths().map(percent));
                                value
                            }
                        })
                        .collect();
                    json!({ "code": line.code, "label": line.label[lang.index()], "cells": cells })
                })
                .collect();
            json!({
                "table": table.subject.code(),
                "columns": table.columns,
                "lines": lines,
            })
        })
        .collect();
    let coverage = held(view, moment)?;
    Ok(json!({
        "tables": tables,
        "not_in_rates": all.incomplete.as_ref().map(of),
        "coverage": twin::coverage_json(&coverage, lang),
        "as_of": view.at.as_of.to_string(),
        "log_size": view.at.known,
        "links": {
            "page": format!("{}/statistics", lang.prefix()),
            "json": format!("{}/statistics.json", lang.prefix()),
            "csv": format!("{}/statistics.csv", lang.prefix()),
        },
    }))
}

/// One row a figure: table, line, column, count, what it is a share of, percent, list of its rows.
fn as_csv(asking: &Asking, tables: &[&Table]) -> Vec<u8> {
    let lang = asking.route.lang;
    let mut rows = vec![
        ["table", "code", "label", "column", "count", "of", "percent", "rows"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for table in tables {
        for line in &table.lines {
            for (column, cell) in table.columns.iter().zip(&line.cells) {
                let Some(cell) = cell else { continue };
                rows.push(vec![
                    table.subject.code().to_owned(),
                    line.code.clone(),
                    line.label[lang.index()].clone(),
                    column.clone(),
                    cell.figure.count.to_string(),
                    cell.of.as_ref().map(|of| of.count.to_string()).unwrap_or_default(),
                    cell.tenths().map(percent).unwrap_or_default(),
                    rows_of(asking, &cell.figure, ""),
                ]);
            }
        }
    }
    twin::csv_of(&rows)
}
