//! `/directories` and `/directories/{scheme}`.

use std::collections::BTreeMap;

use app::model::{
    DirectoryCard, DirectoryIndexPage, DirectoryPage, Link, ListPage, PlaceCount, Status, StatusOf,
    YearCount,
};
use chrono::Datelike;
use register::{Entry, Kind};
use search::catalogue::Catalogue;

use super::body;
use super::facts::Places;
use super::product::filtered;
use super::view::{self, View};
use crate::store::Result;

/// Grants of one scheme by status, year and place; counted from the index, never from a statement.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Grants by computed status.
    pub status: BTreeMap<String, u64>,
    /// Grants by year: in force now, ended.
    pub years: BTreeMap<i32, (u64, u64)>,
    /// Grants by place, at every level.
    pub places: BTreeMap<String, u64>,
    /// Grants that left, by reason: code, words, how many.
    pub exits: Vec<(String, [String; 3], u64)>,
}

impl Tally {
    /// All grants.
    pub fn total(&self) -> u64 {
        self.status.values().sum()
    }

    /// Grants in force: valid or suspended. A suspended one has not left.
    pub fn current(&self) -> u64 {
        ["valid", "suspended"].iter().filter_map(|code| self.status.get(*code)).sum()
    }
}

/// Places shown.
const PLACES_SHOWN: usize = 12;

/// All schemes, those with data first.
///
/// # Errors
/// When the register cannot be read.
pub fn index(view: &View<'_>, tallies: &dyn Fn(&str) -> Tally) -> Result<DirectoryIndexPage> {
    let mut schemes = Vec::new();
    view.reader.records(Kind::Scheme, view.at, &mut |entry| {
        let tally = tallies(&entry.key);
        schemes.push(card(view, &entry, &tally));
        Ok(())
    })?;
    schemes.sort_by_key(|card| std::cmp::Reverse(card.current + card.ended));
    Ok(DirectoryIndexPage { schemes })
}

fn card(view: &View<'_>, entry: &Entry, tally: &Tally) -> DirectoryCard {
    let b = &entry.body;
    let subject = entry
        .kind
        .spec()
        .fields
        .iter()
        .find(|field| field.name == "subject")
        .zip(b.get("subject"))
        .map(|(field, value)| view.value(&field.ty, value))
        .unwrap_or_default();
    DirectoryCard {
        link: Link::record(view.title(entry), Kind::Scheme, &entry.key),
        authority: body::text(b, "authority").to_owned(),
        status: scheme_status(entry),
        current: tally.current(),
        ended: tally.total() - tally.current(),
        subject,
    }
}

fn scheme_status(entry: &Entry) -> Status {
    Status {
        since: body::maybe(&entry.body, "starts_on").map(str::to_owned),
        until: body::maybe(&entry.body, "ends_on").map(str::to_owned),
        ..view::status(StatusOf::Scheme, body::text(&entry.body, "status"))
    }
}

/// The page of a scheme around its list.
///
/// # Errors
/// When the register cannot be read.
pub fn page(
    view: &View<'_>,
    entry: &Entry,
    tally: &Tally,
    list: ListPage,
) -> Result<DirectoryPage> {
    let b = &entry.body;
    let table = crate::reference::scheme(&entry.key);
    let sentence = |field: &str, words: Option<[&str; 3]>| match words {
        Some(words) if body::text(b, field) == words[0] => view.lang.of(&words).to_owned(),
        _ => body::text(b, field).to_owned(),
    };
    Ok(DirectoryPage {
        meta: view.meta(entry)?,
        name: view.title(entry),
        authority: body::text(b, "authority").to_owned(),
        status: scheme_status(entry),
        granted_years: granted_years(b, tally),
        basis_year: basis_year(b),
        successor: match body::maybe(b, "successor") {
            Some(key) => Some(view.link(Kind::Scheme, key)?),
            None => None,
        },
        proves: sentence("proves", table.map(|row| row.proves())),
        does_not_prove: sentence("does_not_prove", table.map(|row| row.does_not_prove())),
        facts: view.facts(
            entry,
            &[
                "legal_basis",
                "subject",
                "levels",
                "dimensions",
                "validity_months",
                "exit_rule",
                "certificate_pattern",
                "starts_on",
                "ends_on",
            ],
        )?,
        current: tally.current(),
        ended: tally.total() - tally.current(),
        years: years(tally),
        exits: exits(tally, view, &entry.key),
        places: places(view.places, tally, view, &entry.key),
        coverage: view.coverage(b, tally.total()),
        entitlements: super::service::open_to(view, &entry.key)?,
        list,
        history: view.history(Kind::Scheme, &entry.key)?,
    })
}

/// The years a scheme ran: its own dates, else the years its grants are of.
fn granted_years(b: &register::Body, tally: &Tally) -> Option<(String, String)> {
    let first = tally.years.first_key_value().map(|(year, _)| *year);
    let last = tally.years.last_key_value().map(|(year, _)| *year);
    let own = |field| body::date(b, field).map(|day| day.year());
    Some((own("starts_on").or(first)?.to_string(), own("ends_on").or(last)?.to_string()))
}

/// The year of the latest document a scheme rests on.
fn basis_year(b: &register::Body) -> Option<i32> {
    body::objects(b, "legal_basis")
        .into_iter()
        .filter_map(|basis| crate::reference::policy(body::text(basis, "policy")))
        .filter_map(|policy| policy.issued_on.get(..4)?.parse().ok())
        .max()
}

/// Reasons of exit, most frequent first, each with its rows.
fn exits(tally: &Tally, view: &View<'_>, scheme: &str) -> Vec<PlaceCount> {
    let path = app::model::record_path(Kind::Scheme, scheme).unwrap_or_default();
    let mut exits: Vec<_> = tally.exits.iter().collect();
    exits.sort_by_key(|(code, _, count)| (std::cmp::Reverse(*count), code.clone()));
    exits
        .into_iter()
        .map(|(code, words, count)| PlaceCount {
            link: Link::to(words[view.lang.index()].clone(), format!("{path}?exit={code}")),
            count: *count,
        })
        .collect()
}

/// Oldest first, without gaps.
fn years(tally: &Tally) -> Vec<YearCount> {
    let (Some((first, _)), Some((last, _))) =
        (tally.years.first_key_value(), tally.years.last_key_value())
    else {
        return Vec::new();
    };
    // A mistyped year must not make a chart of ten centuries.
    const YEARS_MAX: i32 = 80;
    (*first.max(&(last - YEARS_MAX))..=*last)
        .map(|year| {
            let (current, ended) = tally.years.get(&year).copied().unwrap_or_default();
            YearCount { year, current, ended }
        })
        .collect()
}

/// The most frequent places of the level that tells most: cities where there are several, else the next.
fn places(places: &Places, tally: &Tally, view: &View<'_>, scheme: &str) -> Vec<PlaceCount> {
    let level_of = |code: &str| match code {
        c if c.len() == 6 && c.ends_with("0000") => 0,
        c if c.len() == 6 && c.ends_with("00") => 1,
        c if c.len() >= 6 => 2,
        _ => 0,
    };
    let mut best: Vec<(&String, &u64)> = Vec::new();
    for level in [0, 1, 2] {
        let of_level: Vec<_> =
            tally.places.iter().filter(|(code, _)| level_of(code) == level).collect();
        if !of_level.is_empty() {
            best = of_level;
        }
        if best.len() > 1 {
            break;
        }
    }
    best.sort_by_key(|(code, count)| (std::cmp::Reverse(**count), (*code).clone()));
    let path = app::model::record_path(Kind::Scheme, scheme).unwrap_or_default();
    best.into_iter()
        .take(PLACES_SHOWN)
        .map(|(code, count)| PlaceCount {
            link: Link::to(
                places.name(code, view.lang),
                filtered(Catalogue::Listings, "place", code).replacen(
                    app::model::list_path(Catalogue::Listings),
                    &path,
                    1,
                ),
            ),
            count: *count,
        })
        .collect()
}
