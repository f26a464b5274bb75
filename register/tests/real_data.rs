//! The parsers on lists others published. The lists are not part of the project: where they are
//! absent the tests say that they were skipped.

use std::fs;
use std::path::PathBuf;

use register::comparison::{Direction, strictness};
use register::id::{Gtin, StandardNumber};

/// A file of `shared/data` beside the workspace; `None`, said aloud, where it is absent.
fn published(path: &str) -> Option<String> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(path);
    let text = fs::read_to_string(&file).ok();
    if text.is_none() {
        eprintln!("SKIPPED: {} is absent", file.display());
    }
    text
}

#[test]
fn chinese_sports_standards_are_recognised_but_for_three_misprints() {
    let Some(text) = published("cn_standards_sports/standards.json") else { return };
    let list: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let standards = list["standards"].as_array().expect("a list");
    let codes: Vec<&str> = standards.iter().filter_map(|s| s["code"].as_str()).collect();
    let refused: Vec<&&str> =
        codes.iter().filter(|code| StandardNumber::parse(code).is_err()).collect();
    eprintln!("{} numbers, {} refused: {refused:?}", codes.len(), refused.len());
    assert!(codes.len() > 1300);
    // One number ends in a point, two have lost the slash of JY/T: they are not written as any standard is.
    assert_eq!(refused.len(), 3, "{refused:?}");
    for code in &codes {
        if let Ok(number) = StandardNumber::parse(code) {
            let again = StandardNumber::parse(&number.to_string());
            assert_eq!(again.map(|n| n.to_string()), Ok(number.to_string()), "{code}");
        }
    }
}

#[test]
fn one_barcode_of_the_open_food_facts_list_is_wrong() {
    let Some(text) = published("off_cn69/off_gtin13_69_china_prefix.csv") else { return };
    let codes: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    let refused: Vec<&&str> = codes.iter().filter(|code| Gtin::parse(code).is_err()).collect();
    eprintln!("{} barcodes, refused: {refused:?}", codes.len());
    assert_eq!((codes.len(), refused.len()), (1561, 1));
}

/// The source's percentage leaves out what an ice maker uses: a fixed 84, later 28, kWh a year in both numbers.
const ICE_MAKER_KWH_PER_YEAR: [i64; 2] = [28, 84];

#[test]
fn our_percentages_are_those_energy_star_prints() {
    let Some(text) =
        published("energystar_refrigerators/ENERGY_STAR_Certified_Residential_Refrigerators.csv")
    else {
        return;
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().expect("headers").clone();
    let column = |name: &str| headers.iter().position(|h| h == name).expect("column");
    let (own, limit) =
        (column("Annual Energy Use (kWh/yr)"), column("US Federal Standard (kWh/yr)"));
    let printed = column("Percent Less Energy Use than US Federal Standard");
    let ice_maker = column("Ice Maker");
    let (mut as_printed, mut without_ice) = (0, 0);
    for row in reader.records().map(|row| row.expect("row")) {
        let whole =
            |at: usize| row[at].trim().replace(',', "").parse::<i64>().expect("a whole number");
        let stated = whole(printed) as f64;
        let agrees = |less: i64| {
            let (own, limit) = ((whole(own) - less).to_string(), (whole(limit) - less).to_string());
            let found = strictness(Direction::LowerBetter, &own, "kWh/yr", &limit, "kW·h/a");
            // The list prints whole percents of numbers it has rounded.
            found
                .percent()
                .and_then(|p| p.parse::<f64>().ok())
                .is_some_and(|ours| (ours - stated).abs() <= 1.0)
        };
        if agrees(0) {
            as_printed += 1;
        } else {
            let ice = &row[ice_maker] == "Yes" && ICE_MAKER_KWH_PER_YEAR.into_iter().any(agrees);
            assert!(ice, "{row:?}");
            without_ice += 1;
        }
    }
    eprintln!("{as_printed} rows agree, {without_ice} agree without the ice maker's share");
    assert!(as_printed > without_ice && as_printed + without_ice > 2900);
}
