//! Figures of the domain reference and the cases without a figure.

use super::*;
use proptest::prelude::*;
use serde_json::json;

fn percent(direction: Direction, own: &str, unit: &str, limit: &str, limit_unit: &str) -> String {
    match strictness(direction, own, unit, limit, limit_unit) {
        Strictness::NotComputed(reason) => format!("{reason:?}"),
        outcome => outcome.percent().unwrap_or_else(|| format!("{outcome:?}")),
    }
}

#[test]
fn percentages_are_exact_and_conversions_cancel() {
    let lower = Direction::LowerBetter;
    assert_eq!(percent(lower, "0.40", "kW·h/d", "0.55", "kW·h/d"), "27.3");
    assert_eq!(percent(lower, "0.40", "kWh/d", "200.75", "kWh/yr"), "27.3");
    assert_eq!(percent(lower, "0.55", "kW·h/d", "0.40", "kW·h/d"), "-37.5");
    assert_eq!(percent(Direction::HigherBetter, "2240", "N", "2", "kN"), "12.0");
    assert_eq!(percent(lower, "0.5", "mg/L", "1000", "μg/L"), "50.0");
    assert_eq!(percent(lower, "1", "mm", "1", "mm"), "0.0");
    assert_eq!(percent(lower, "-20", "dB", "-16", "dB"), "25.0");
}

#[test]
fn what_cannot_be_compared_says_why() {
    let lower = Direction::LowerBetter;
    assert_eq!(percent(lower, "1", "mm", "0", "mm"), "ZeroBaseline");
    assert_eq!(percent(lower, "1", "mm", "1", "kg"), "DifferentUnits");
    assert_eq!(percent(lower, "1", "", "1", ""), "DifferentUnits");
    assert_eq!(percent(lower, "约1", "mm", "1", "mm"), "Unreadable");
    let inside = strictness(Direction::Within, "7.0~7.5", "pH", "6.5~8.5", "pH");
    assert_eq!(inside, Strictness::Contained { inside: true, equal: false });
    assert_eq!(inside.percent(), None);
}

#[test]
fn a_record_claims_no_more_than_all_its_baselines_allow() {
    let record = |baselines: serde_json::Value| {
        let value = json!({
            "unit": "kW·h/d", "direction": "lower_better", "limit": "0.40",
            "measured": { "value": "0.35" }, "baselines": baselines,
        });
        outcome(value.as_object().unwrap())
    };
    let baseline = |limit: &str, equivalent: &str| json!({ "limit": limit, "unit": "kW·h/d", "method_equivalent": equivalent });
    assert_eq!(
        record(json!([baseline("0.55", "yes"), baseline("0.40", "yes")])).claim,
        Some(Claim::Stricter)
    );
    assert_eq!(
        record(json!([baseline("0.55", "yes"), baseline("0.39", "yes")])).claim,
        Some(Claim::Looser)
    );
    assert_eq!(record(json!([baseline("0.40", "yes")])).claim, Some(Claim::Equal));
    assert_eq!(record(json!([baseline("0.55", "no")])).claim, None);
    assert_eq!(record(json!([])).claim, Some(Claim::GapFilling));
    assert_eq!(record(json!([])).meets_limit, Some(true));
    assert_eq!(record(json!([])).basis, Some(Basis::Limit));
}

#[test]
fn every_unit_has_one_size() {
    for unit in ["kW·h/d", "kWh/yr", "N", "MPa", "%", "mm", "L", "dB", "μg/L", "µg/L"] {
        assert_eq!(units::factor(unit, unit), Some(Ratio::whole(1)), "{unit}");
    }
    assert_eq!(units::factor("in", "mm").and_then(|f| f.round(1)), Some("25.4".to_owned()));
    assert_eq!(units::factor("km/h", "m/s").and_then(|f| f.round(4)), Some("0.2778".to_owned()));
}

proptest! {
    #[test]
    fn no_text_makes_arithmetic_panic(a in any::<String>(), b in "[-+.0-9~–]{0,20}", c in "[0-9]{1,16}(\\.[0-9]{1,16})?") {
        for (x, y) in [(&a, &b), (&b, &c), (&c, &a), (&c, &b)] {
            for direction in [Direction::LowerBetter, Direction::HigherBetter, Direction::Within] {
                let _ = strictness(direction, x, "ft³", y, "mL").percent();
                let _ = meets(direction, x, y);
            }
        }
    }

    #[test]
    fn the_order_of_ratios_is_that_of_their_cross_products(a in -1000i128..1000, b in 1i128..1000, c in -1000i128..1000, d in 1i128..1000) {
        let (x, y) = (Ratio::new(a, b).unwrap(), Ratio::new(c, d).unwrap());
        prop_assert_eq!(x.cmp(&y), (a * d).cmp(&(c * b)));
    }
}
