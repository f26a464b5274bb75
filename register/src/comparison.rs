//! How strict a product or standard is against its baselines: exact decimals, exact unit factors.
//!
//! Nothing is guessed: other units that do not convert, other methods or a baseline of 0 give no
//! percentage, and the reason is said.

mod decimal;
pub mod units;

pub use decimal::{Decimal, Range, Ratio};

use crate::Body;
use crate::kinds::rules::{structs, text};

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the vocabulary itself")]
pub enum Direction {
    LowerBetter,
    HigherBetter,
    Within,
}

impl Direction {
    /// The direction of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Direction> {
        match code {
            "lower_better" => Some(Direction::LowerBetter),
            "higher_better" => Some(Direction::HigherBetter),
            "within" => Some(Direction::Within),
            _ => None,
        }
    }
}

/// Why there is no percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The product or the baseline states no number.
    NoValue,
    /// The number is not one.
    Unreadable,
    /// The baseline is 0.
    ZeroBaseline,
    /// The test methods are not equivalent.
    DifferentMethods,
    /// The units do not convert.
    DifferentUnits,
}

/// The outcome against one baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// Percent stricter (positive) or looser (negative), exact.
    Percent(Ratio),
    /// For `within`: whether the own range lies inside the baseline's, and whether they are equal.
    Contained {
        /// Inside or equal.
        inside: bool,
        /// The same range.
        equal: bool,
    },
    /// No percentage, and why.
    NotComputed(Reason),
}

impl Strictness {
    /// The percentage with one decimal, half away from zero, e.g. `27.3`; `None` where there is none.
    #[must_use]
    pub fn percent(self) -> Option<String> {
        match self {
            Strictness::Percent(ratio) => ratio.round(1),
            _ => None,
        }
    }

    /// What it says about the product.
    #[must_use]
    pub fn claim(self) -> Option<Claim> {
        match self {
            Strictness::Percent(ratio) => Some(match ratio.signum() {
                1 => Claim::Stricter,
                0 => Claim::Equal,
                _ => Claim::Looser,
            }),
            Strictness::Contained { equal: true, .. } => Some(Claim::Equal),
            Strictness::Contained { inside: true, .. } => Some(Claim::Stricter),
            Strictness::Contained { .. } => Some(Claim::Looser),
            Strictness::NotComputed(_) => None,
        }
    }
}

/// The conclusion over all baselines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the vocabulary itself")]
pub enum Claim {
    Stricter,
    Equal,
    Looser,
    GapFilling,
}

impl Claim {
    /// The code in records and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        ["stricter", "equal", "looser", "gap_filling"][self as usize]
    }
}

/// Which of the product's own numbers was compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The limit of its own standard: what the maker promises.
    Limit,
    /// The measured value, where no limit is stated.
    Measured,
}

/// A comparison record worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Which own number was compared; `None` where the record has none.
    pub basis: Option<Basis>,
    /// One outcome per baseline, in the record's order.
    pub baselines: Vec<Strictness>,
    /// Stricter: stricter than one comparable baseline and looser than none. Looser: looser than
    /// one. Gap filling: there is no baseline at all. `None`: nothing could be compared.
    pub claim: Option<Claim>,
    /// Whether the measured value meets the limit of the own standard; `None` where either is missing.
    pub meets_limit: Option<bool>,
}

/// Strictness of `own` against one baseline's `limit`.
///
/// (baseline − own) / baseline for lower is better, (own − baseline) / baseline for higher is
/// better, in percent of the baseline, after exact conversion of the baseline to the own unit.
#[must_use]
pub fn strictness(
    direction: Direction,
    own: &str,
    unit: &str,
    limit: &str,
    limit_unit: &str,
) -> Strictness {
    let Some(factor) = units::factor(limit_unit, unit) else {
        return Strictness::NotComputed(Reason::DifferentUnits);
    };
    if direction == Direction::Within {
        let (Some(own), Some(base)) = (Range::parse(own), Range::parse(limit)) else {
            return Strictness::NotComputed(Reason::Unreadable);
        };
        let scaled = |bound: Decimal| bound.ratio()?.times(factor);
        let ends =
            || Some((own.low.ratio()?, own.high.ratio()?, scaled(base.low)?, scaled(base.high)?));
        return match ends() {
            Some((low, high, base_low, base_high)) => Strictness::Contained {
                inside: low >= base_low && high <= base_high,
                equal: low == base_low && high == base_high,
            },
            None => Strictness::NotComputed(Reason::Unreadable),
        };
    }
    let read = |text: &str| Decimal::parse(text).and_then(Decimal::ratio);
    let (Some(own), Some(base)) = (read(own), read(limit).and_then(|base| base.times(factor)))
    else {
        return Strictness::NotComputed(Reason::Unreadable);
    };
    if base.signum() == 0 {
        return Strictness::NotComputed(Reason::ZeroBaseline);
    }
    let difference =
        if direction == Direction::LowerBetter { base.minus(own) } else { own.minus(base) };
    // A negative baseline (a temperature, a gain in dB) keeps the sign of "better".
    let percent =
        difference.and_then(|d| d.over(base.abs())).and_then(|d| d.times(Ratio::whole(100)));
    percent.map_or(Strictness::NotComputed(Reason::Unreadable), Strictness::Percent)
}

/// Works out a comparison record.
#[must_use]
pub fn outcome(comparison: &Body) -> Outcome {
    let direction = text(comparison, "direction").and_then(Direction::from_code);
    let unit = text(comparison, "unit").unwrap_or_default();
    let limit = text(comparison, "limit");
    let measured = text(comparison, "measured.value");
    let own = limit
        .map(|limit| (limit, Basis::Limit))
        .or_else(|| measured.map(|value| (value, Basis::Measured)));
    let against = |baseline: &Body| {
        let (Some(direction), Some((own, _)), Some(limit)) =
            (direction, own, text(baseline, "limit"))
        else {
            return Strictness::NotComputed(Reason::NoValue);
        };
        if text(baseline, "method_equivalent") == Some("no") {
            return Strictness::NotComputed(Reason::DifferentMethods);
        }
        strictness(direction, own, unit, limit, text(baseline, "unit").unwrap_or(unit))
    };
    let baselines: Vec<Strictness> = structs(comparison, "baselines").map(against).collect();
    let claim =
        if baselines.is_empty() { Some(Claim::GapFilling) } else { joint_claim(&baselines) };
    let meets_limit =
        direction.zip(limit).zip(measured).and_then(|((d, limit), value)| meets(d, value, limit));
    Outcome { basis: own.map(|(_, basis)| basis), baselines, claim, meets_limit }
}

fn joint_claim(baselines: &[Strictness]) -> Option<Claim> {
    let claims: Vec<Claim> = baselines.iter().filter_map(|s| s.claim()).collect();
    [Claim::Looser, Claim::Stricter, Claim::Equal].into_iter().find(|claim| claims.contains(claim))
}

/// Whether a measured value meets a limit in the same unit; `None` where one is not a number.
#[must_use]
pub fn meets(direction: Direction, measured: &str, limit: &str) -> Option<bool> {
    let value = Decimal::parse(measured)?.ratio()?;
    Some(match direction {
        Direction::LowerBetter => value <= Decimal::parse(limit)?.ratio()?,
        Direction::HigherBetter => value >= Decimal::parse(limit)?.ratio()?,
        Direction::Within => {
            let range = Range::parse(limit)?;
            value >= range.low.ratio()? && value <= range.high.ratio()?
        }
    })
}

#[cfg(test)]
mod tests;
