//! 亮标: one indicator compared, as its page draws it and as a product's row shows it.

use app::model::{Baseline, Comparison, Direction, Limit, Link, Measured};
use register::comparison::{self as rule, Strictness};
use register::{Body, Entry, Kind};

use super::body;
use super::facts::Indicator;
use super::view::View;
use crate::store::Result;

/// A percentage in tenths of a percent, as rounded by the register.
fn tenths(strictness: Strictness) -> Option<i64> {
    let percent = strictness.percent()?;
    let (whole, tenth) = percent.split_once('.').unwrap_or((&percent, "0"));
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    let whole: i64 = whole.trim_start_matches('-').parse().ok()?;
    let tenth: i64 = tenth.get(..1)?.parse().ok()?;
    whole.checked_mul(10)?.checked_add(tenth).map(|n| n * sign)
}

/// Strictness of `own` against a baseline; nothing where the methods differ or a number is missing.
fn against(b: &Body, own: Option<&str>, baseline: &Body) -> Option<Strictness> {
    let direction = rule::Direction::from_code(body::text(b, "direction"))?;
    let unit = body::text(b, "unit");
    let limit = body::maybe(baseline, "limit")?;
    if body::text(baseline, "method_equivalent") == "no" {
        return None;
    }
    let limit_unit = body::maybe(baseline, "unit").unwrap_or(unit);
    Some(rule::strictness(direction, own?, unit, limit, limit_unit))
}

fn measured_value(b: &Body) -> Option<&str> {
    body::object(b, "measured").and_then(|measured| body::maybe(measured, "value"))
}

/// The comparison as a product's row shows it.
pub fn indicator(entry: &Entry) -> Indicator {
    let b = &entry.body;
    let baselines = body::objects(b, "baselines");
    let limit = body::maybe(b, "limit");
    let own = limit.or(measured_value(b));
    let first = baselines.first();
    Indicator {
        id: body::text(b, "indicator").to_owned(),
        name: body::text(b, "name_zh").to_owned(),
        direction: body::text(b, "direction").to_owned(),
        unit: body::text(b, "unit").to_owned(),
        value: measured_value(b).or(limit).unwrap_or_default().to_owned(),
        limit: limit.unwrap_or_default().to_owned(),
        baseline: first
            // A limit in another unit cannot be drawn beside the value.
            .filter(|first| {
                body::maybe(first, "unit").is_none_or(|unit| unit == body::text(b, "unit"))
            })
            // Nor one found by another method.
            .filter(|first| body::text(first, "method_equivalent") != "no")
            .map_or("", |first| body::text(first, "limit"))
            .to_owned(),
        strictness: first.and_then(|first| against(b, own, first)).and_then(tenths),
        changed: Some(entry.valid_from),
    }
}

/// The comparison as its page draws it.
///
/// # Errors
/// When the register cannot be read.
pub fn model(view: &View<'_>, entry: &Entry) -> Result<Comparison> {
    let b = &entry.body;
    let unit = body::text(b, "unit");
    let limit = body::maybe(b, "limit");
    let records = body::objects(b, "baselines");
    let first = records.first();
    let to_first =
        |own: Option<&str>| first.and_then(|first| against(b, own, first)).and_then(tenths);
    let mut baselines = Vec::with_capacity(records.len());
    for baseline in &records {
        let printed = body::text(baseline, "limit");
        let own_unit = body::maybe(baseline, "unit").unwrap_or(unit);
        // One baseline against the first: in its own unit, so only where both are the same.
        let among = first
            .filter(|_| own_unit == unit)
            .and_then(|first| against(b, body::maybe(baseline, "limit"), first).and_then(tenths));
        baselines.push(Baseline {
            standard: view.link(Kind::Standard, body::text(baseline, "standard"))?,
            clause: body::text(baseline, "clause").to_owned(),
            limit: Limit {
                value: if own_unit == unit || printed.is_empty() {
                    printed.to_owned()
                } else {
                    format!("{printed} {own_unit}")
                },
                strictness: among,
            },
            own: against(b, limit, baseline).and_then(tenths),
            measured: against(b, measured_value(b), baseline).and_then(tenths),
            method_equivalent: match body::text(baseline, "method_equivalent") {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            checked_on: body::text(baseline, "checked_on").to_owned(),
        });
    }
    let measured = body::object(b, "measured").and_then(|measured| {
        let value = body::maybe(measured, "value")?;
        Some(Measured {
            limit: Limit { value: value.to_owned(), strictness: to_first(Some(value)) },
            report_number: body::text(measured, "report_number").to_owned(),
            tester: body::text(measured, "tester").to_owned(),
            date: body::text(measured, "date").to_owned(),
        })
    });
    Ok(Comparison {
        name: body::name(b, view.lang).to_owned(),
        unit: unit.to_owned(),
        direction: match rule::Direction::from_code(body::text(b, "direction")) {
            Some(rule::Direction::HigherBetter) => Direction::Higher,
            Some(rule::Direction::Within) => Direction::Within,
            _ => Direction::Lower,
        },
        method: match body::maybe(b, "method") {
            Some(method) => Some(view.link(Kind::Standard, method)?),
            None => None,
        },
        limit: limit
            .map(|value| Limit { value: value.to_owned(), strictness: to_first(Some(value)) }),
        own_standard: own_standard(view, b)?,
        measured,
        baselines,
        claim: rule::outcome(b).claim.map_or("", |claim| claim.code()).to_owned(),
    })
}

/// The standard that sets the own limit: the subject itself, or the first standard the product claims.
fn own_standard(view: &View<'_>, b: &Body) -> Result<Option<Link>> {
    if body::maybe(b, "limit").is_none() {
        return Ok(None);
    }
    Ok(match body::subject(b) {
        ("standard", key) => Some(view.link(Kind::Standard, key)?),
        ("product", key) => match view.record(Kind::Product, key)? {
            Some(product) => match body::texts(&product.body, "standards").first() {
                Some(standard) => Some(view.link(Kind::Standard, standard)?),
                None => None,
            },
            None => None,
        },
        _ => None,
    })
}
