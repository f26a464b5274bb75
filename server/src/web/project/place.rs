//! `/places` and `/places/{code}`: division codes, what took their place, and what is held there.

use std::collections::BTreeSet;

use app::i18n::{list as list_words, place as words};
use app::model::{Link, Number, PlacePage, PlacesPage, Successor};
use register::id::division;
use register::{Entry, Kind};
use search::catalogue::Catalogue;
use serde_json::{Value, json};

use super::product::filtered;
use super::view::View;
use super::{body, origins};
use crate::store::Result;

/// Codes followed from one to the next.
const STEPS_MAX: usize = 12;
/// Ended codes shown below a place; the JSON has all.
const ENDED_SHOWN: usize = 60;
/// Most codes of one province.
const CODES_MAX: usize = 5_000;

/// All provinces.
///
/// # Errors
/// When the register cannot be read.
pub fn index(view: &View<'_>) -> Result<PlacesPage> {
    let mut page = PlacesPage::default();
    let mut from: Vec<Entry> = Vec::new();
    view.reader.records(Kind::Place, view.at, &mut |entry| {
        if ended(view, &entry).is_some() {
            page.ended += 1;
        } else {
            page.in_use += 1;
            if entry.key.ends_with("0000") {
                let name = view.places.name(&entry.key, view.lang);
                page.provinces
                    .push((Link::record(name, Kind::Place, &entry.key), entry.key.clone()));
            }
        }
        if !from.iter().any(|known| known.source.id == entry.source.id) {
            from.push(entry);
        }
        Ok(())
    })?;
    page.provinces.sort_by(|a, b| a.1.cmp(&b.1));
    page.sources = view.sources(&from)?;
    page.sources.iter_mut().for_each(|source| source.locator.clear());
    Ok(page)
}

/// JSON of `/places`.
#[must_use]
pub fn index_json(view: &View<'_>, page: &PlacesPage) -> Value {
    let prefix = view.lang.prefix();
    let items: Vec<Value> = page
        .provinces
        .iter()
        .map(|(link, code)| {
            let path = format!("{prefix}/places/{code}");
            json!({
                "kind": "place", "key": code, "title": link.text,
                "links": { "page": path, "json": format!("{path}.json") },
            })
        })
        .collect();
    json!({
        "total": page.in_use + page.ended,
        "in_use": page.in_use,
        "ended": page.ended,
        "items": items,
        "as_of": view.at.as_of.to_string(),
        "log_size": view.at.known,
    })
}

/// The page of a place. `held` counts the records of a catalogue at a place.
///
/// # Errors
/// When the register cannot be read.
pub fn page(
    view: &View<'_>,
    entry: &Entry,
    held: &dyn Fn(Catalogue, &str) -> u64,
) -> Result<PlacePage> {
    let code = entry.key.as_str();
    let (successors, broken) = successors(view, entry)?;
    let predecessors = predecessors(view, code)?;
    let (below, below_ended) = below(view, code)?;
    let levels = view.places.levels(code);
    let mut above = Vec::new();
    for level in levels.iter().filter(|level| *level != code) {
        above.push(link(view, level)?);
    }
    let counts = COUNTED
        .iter()
        .map(|catalogue| Number {
            label: match catalogue {
                Catalogue::Listings => words::LISTINGS,
                other => list_words::heading(*other),
            }
            .to(view.lang)
            .to_owned(),
            count: held(*catalogue, code),
            href: href(*catalogue, code),
        })
        .filter(|number| number.count > 0)
        .collect();
    let below_ended_total = below_ended.len() as u64;
    let is_over = ended(view, entry);
    Ok(PlacePage {
        meta: view.meta(entry)?,
        full_name: view.places.full_name(code, view.lang),
        code: code.to_owned(),
        level: level(view, entry),
        broken: is_over.is_some() && broken,
        ended: is_over,
        successors,
        predecessors,
        above,
        below,
        below_ended: below_ended.into_iter().take(ENDED_SHOWN).collect(),
        below_ended_total,
        counts,
        facts: view.facts(entry, &["code", "level", "valid_from", "valid_to", "centroid"])?,
        history: view.history(Kind::Place, code)?,
        sources: origins::sources(view, entry)?,
    })
}

/// What the JSON of a place says beyond its record: what took its place, what it took the place of, the
/// codes below, what is held there.
///
/// # Errors
/// When the register cannot be read.
pub fn computed(
    view: &View<'_>,
    entry: &Entry,
    held: &dyn Fn(Catalogue, &str) -> u64,
) -> Result<Value> {
    let step = |s: &Successor| json!({ "code": s.code, "name": s.link.text, "in_use": s.in_use });
    let (after, broken) = successors(view, entry)?;
    let before = predecessors(view, &entry.key)?;
    let (below, below_ended) = below_codes(view, &entry.key)?;
    let counts: serde_json::Map<String, Value> = COUNTED
        .iter()
        .map(|c| (search::spec(*c).name.to_owned(), json!(held(*c, &entry.key))))
        .collect();
    let over = ended(view, entry).is_some();
    Ok(json!({
        "in_use": !over,
        "successors": after.iter().map(step).collect::<Vec<_>>(),
        "chain_broken": over && broken,
        "predecessors": before.iter().map(step).collect::<Vec<_>>(),
        "below": below,
        "below_ended": below_ended,
        "counts": counts,
    }))
}

/// Catalogues that know places.
const COUNTED: [Catalogue; 4] =
    [Catalogue::Products, Catalogue::Enterprises, Catalogue::Listings, Catalogue::Services];

fn href(catalogue: Catalogue, code: &str) -> String {
    let path = filtered(catalogue, "place", code);
    // A place's listings are of all schemes; the directories' index takes no filter.
    match catalogue {
        Catalogue::Listings => path.replacen("/directories", "/listings", 1),
        _ => path,
    }
}

/// Since when a code is no longer in use: a day, or the year where the day is the first of January,
/// which lists that compare yearly editions give.
fn ended(view: &View<'_>, entry: &Entry) -> Option<String> {
    let day = body::date(&entry.body, "valid_to").filter(|day| *day <= view.at.as_of)?;
    let day = day.to_string();
    Some(match day.strip_suffix("-01-01") {
        Some(year) => app::i18n::fill(words::YEAR.to(view.lang), &[("y", year)]),
        None => day,
    })
}

fn level(view: &View<'_>, entry: &Entry) -> String {
    view.choice(register::kinds::place::LEVEL, body::text(&entry.body, "level"))
}

fn link(view: &View<'_>, code: &str) -> Result<Link> {
    let name = view.places.name(code, view.lang);
    Ok(match view.record(Kind::Place, code)? {
        Some(_) => Link::record(name, Kind::Place, code),
        None => Link::plain(name),
    })
}

fn successor(view: &View<'_>, code: &str, since: &str) -> Result<Successor> {
    let record = view.record(Kind::Place, code)?;
    let full = view.places.full_name(code, view.lang);
    Ok(Successor {
        in_use: record.as_ref().is_some_and(|entry| ended(view, entry).is_none()),
        link: match record {
            Some(_) => Link::record(full, Kind::Place, code),
            None => Link::plain(full),
        },
        code: code.to_owned(),
        since: since.get(..4).unwrap_or_default().to_owned(),
    })
}

/// The codes that took a code's place, nearest first, and whether they lead to none in use.
fn successors(view: &View<'_>, entry: &Entry) -> Result<(Vec<Successor>, bool)> {
    let mut seen = BTreeSet::from([entry.key.clone()]);
    let mut open = std::collections::VecDeque::from([entry.clone()]);
    let mut steps: Vec<Successor> = Vec::new();
    while let Some(this) = open.pop_front() {
        let since = body::text(&this.body, "valid_to").to_owned();
        // A code in use again has its own life: what once took its place is history.
        if ended(view, &this).is_none() {
            continue;
        }
        for code in body::texts(&this.body, "replaced_by") {
            if steps.len() == STEPS_MAX || !seen.insert(code.to_owned()) {
                continue;
            }
            steps.push(successor(view, code, &since)?);
            open.extend(view.record(Kind::Place, code)?);
        }
    }
    let broken = !steps.is_empty() && !steps.iter().any(|step| step.in_use);
    Ok((steps, broken))
}

/// Codes whose place this one took.
fn predecessors(view: &View<'_>, code: &str) -> Result<Vec<Successor>> {
    let mut found = Vec::new();
    for other in view.reader.referring(Kind::Place, Kind::Place, code, view.at)? {
        if body::texts(&other.body, "replaced_by").contains(&code) && other.key != code {
            found.push(successor(view, &other.key, body::text(&other.body, "valid_to"))?);
        }
    }
    found.sort_by(|a, b| (&b.since, &a.code).cmp(&(&a.since, &b.code)));
    Ok(found)
}

/// Codes of the next level: those in use, and those no longer.
fn below_codes(view: &View<'_>, code: &str) -> Result<(Vec<String>, Vec<String>)> {
    let Some(prefix) = division::is_key(code).then(|| own_digits(code)) else {
        return Ok(Default::default());
    };
    let mut found = (Vec::new(), Vec::new());
    for key in view.reader.keys_like(Kind::Place, prefix, CODES_MAX)? {
        let levels = view.places.levels(&key);
        let parent = levels.len().checked_sub(2).and_then(|at| levels.get(at));
        if parent.map(String::as_str) != Some(code) {
            continue;
        }
        let Some(entry) = view.record(Kind::Place, &key)? else { continue };
        if ended(view, &entry).is_none() { found.0.push(key) } else { found.1.push(key) }
    }
    Ok(found)
}

fn below(view: &View<'_>, code: &str) -> Result<(Vec<Link>, Vec<Link>)> {
    let (in_use, over) = below_codes(view, code)?;
    let links = |codes: Vec<String>| {
        codes
            .into_iter()
            .map(|code| Link::record(view.places.name(&code, view.lang), Kind::Place, &code))
            .collect()
    };
    Ok((links(in_use), links(over)))
}

/// The digits that codes below a place begin with: `44` of 440000, `4406` of 440600.
fn own_digits(code: &str) -> &str {
    let digits = code.strip_suffix("0000").or_else(|| code.strip_suffix("00"));
    digits.filter(|_| code.len() == 6).unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::own_digits;

    #[test]
    fn codes_below_a_place_begin_with_its_own_digits() {
        assert_eq!(own_digits("440000"), "44");
        assert_eq!(own_digits("440600"), "4406");
        assert_eq!(own_digits("440606"), "440606");
        assert_eq!(own_digits("440606-park00"), "440606-park00");
    }
}
