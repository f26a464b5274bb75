//! The editions of a standard: which replaced which, forward and back, and where that breaks off.
//!
//! A record's word is taken whether the older edition names the newer or the newer the older. Nothing
//! is inferred from numbers that look alike: GB 1-1996 and GB 1-2006 are only linked if a source says so.

use std::collections::{BTreeMap, BTreeSet};

use app::model::{Chain, ChainFault, Edition, Link};
use register::id::StandardNumber;
use register::{Entry, Kind};

use super::body;
use super::view::View;
use crate::store::Result;

/// Editions followed in one direction.
const EDITIONS_MAX: usize = 20;

/// The chain around one edition.
///
/// # Errors
/// When the register cannot be read.
pub fn chain(view: &View<'_>, entry: &Entry) -> Result<Chain> {
    let mut faults = Vec::new();
    let later = walk(view, entry, Direction::Later, &mut faults)?;
    let earlier = walk(view, entry, Direction::Earlier, &mut faults)?;
    let mut editions = Vec::with_capacity(later.len() + earlier.len() + 1);
    let mut current = None;
    for number in later.iter().rev() {
        let edition = edition(view, number, false)?;
        if current.is_none() && edition.status.as_ref().is_some_and(|s| s.code == "current") {
            current = Some(edition.link.clone());
        }
        editions.push(edition);
    }
    editions.push(edition(view, &entry.key, true)?);
    for number in &earlier {
        editions.push(edition(view, number, false)?);
    }
    let in_force = body::text(&entry.body, "status") == "current";
    Ok(Chain {
        no_current: current.is_none() && !later.is_empty() && !in_force,
        current,
        editions,
        faults,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Later,
    Earlier,
}

impl Direction {
    /// The field that names the next edition, and the one by which the next edition names this one.
    const fn fields(self) -> (&'static str, &'static str) {
        match self {
            Direction::Later => ("replaced_by", "replaces"),
            Direction::Earlier => ("replaces", "replaced_by"),
        }
    }
}

/// Numbers in one direction, nearest first, those the register does not hold among them.
fn walk(
    view: &View<'_>,
    entry: &Entry,
    direction: Direction,
    faults: &mut Vec<ChainFault>,
) -> Result<Vec<String>> {
    let (forward, backward) = direction.fields();
    let mut found: Vec<String> = Vec::new();
    // Which edition led to which: an edition met again is a circle only on the path to itself.
    let mut from: BTreeMap<String, String> = BTreeMap::new();
    let mut open = std::collections::VecDeque::from([entry.clone()]);
    let mut seen = BTreeSet::from([entry.key.clone()]);
    while let Some(this) = open.pop_front() {
        for number in next(view, &this, forward, backward, faults)? {
            if number == this.key {
                push(faults, ChainFault::Itself(number));
                continue;
            }
            if !seen.insert(number.clone()) {
                if leads_to(&from, &number, &this.key) || number == entry.key {
                    push(faults, ChainFault::Circle(number));
                }
                continue;
            }
            if found.len() == EDITIONS_MAX {
                return Ok(found);
            }
            from.insert(number.clone(), this.key.clone());
            found.push(number.clone());
            match view.record(Kind::Standard, &number)? {
                Some(other) => {
                    let (older, newer) = match direction {
                        Direction::Later => (&this, &other),
                        Direction::Earlier => (&other, &this),
                    };
                    let issued = |e: &Entry| body::date(&e.body, "issued_on");
                    if issued(newer).zip(issued(older)).is_some_and(|(new, old)| new < old) {
                        let (older, newer) = (older.key.clone(), newer.key.clone());
                        push(faults, ChainFault::Dates { older, newer });
                    }
                    open.push_back(other);
                }
                None => push(faults, ChainFault::NotHeld(number)),
            }
        }
    }
    Ok(found)
}

/// Numbers one edition names, then those of editions that name it.
fn next(
    view: &View<'_>,
    this: &Entry,
    forward: &str,
    backward: &str,
    faults: &mut Vec<ChainFault>,
) -> Result<Vec<String>> {
    let mut numbers = Vec::new();
    for printed in body::texts(&this.body, forward) {
        if StandardNumber::parse(printed).is_ok() {
            numbers.push(printed.to_owned());
        } else if forward == "replaced_by" {
            let (printed, of) = (printed.to_owned(), this.key.clone());
            push(faults, ChainFault::NotANumber { printed, of });
        }
    }
    for other in view.reader.referring(Kind::Standard, Kind::Standard, &this.key, view.at)? {
        let names = body::texts(&other.body, backward).contains(&this.key.as_str());
        if names && !numbers.contains(&other.key) && other.key != this.key {
            numbers.push(other.key);
        }
    }
    Ok(numbers)
}

/// Whether the walk came to `end` by way of `start`.
fn leads_to(from: &BTreeMap<String, String>, start: &str, end: &str) -> bool {
    let mut at = end;
    while let Some(before) = from.get(at) {
        if before == start {
            return true;
        }
        at = before;
    }
    false
}

fn push(faults: &mut Vec<ChainFault>, fault: ChainFault) {
    if !faults.contains(&fault) {
        faults.push(fault);
    }
}

fn edition(view: &View<'_>, number: &str, here: bool) -> Result<Edition> {
    let (link, status) = view.standard(number)?;
    let issued_on = match view.record(Kind::Standard, number)? {
        Some(entry) => body::text(&entry.body, "issued_on").to_owned(),
        None => String::new(),
    };
    let link = if here { Link::plain(link.text) } else { link };
    Ok(Edition { link, status, issued_on, here })
}
