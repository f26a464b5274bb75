//! The shipped mapping files against the real lists they were written for, counts and all.
//!
//! The lists are not part of the project. They are looked for in `../shared/data` beside it; where
//! they are absent the test says so and passes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use register::{Body, Kind};
use server::import::map;
use server::import::pipeline::{self, Progress, Request};
use server::import::report::Report;
use server::store::{At, Reader};

struct Silent;

impl Progress for Silent {
    fn reading(&self, _: &str, _: u64, _: u64) {}
    fn checking(&self, _: u64, _: u64) {}
    fn writing(&self, _: u64, _: u64) {}
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The folder of a list, or `None` (and a loud word) where it is absent.
fn list(file: &str) -> Option<PathBuf> {
    let path = root().join("../shared/data").join(file);
    if path.exists() {
        return Some(path);
    }
    eprintln!("SKIPPED: {} is absent; the mapping file was not tried on real data", path.display());
    None
}

fn import(map: &str, files: &[PathBuf], register: &Path) -> Report {
    let text = std::fs::read_to_string(root().join("maps").join(format!("{map}.toml")))
        .expect("the mapping file");
    let map = Arc::new(map::parse(&text).unwrap_or_else(|errors| panic!("{errors:#?}")));
    let request = Request {
        register: register.to_owned().into(),
        files: files.iter().map(|f| (f.clone(), map.clone())).collect(),
        dry_run: false,
        reject_limit: None,
    };
    pipeline::run(&request, &Silent).unwrap_or_else(|stop| panic!("{stop:?}"))
}

/// Rows read, accepted, left out, rejected, and the codes of the rejections.
fn check(report: &Report, want: [u64; 4], codes: &[(&str, u64)]) {
    let got = [report.rows(), report.accepted(), report.skipped, report.rejected()];
    assert_eq!(got, want, "rows read, accepted, left out, rejected: {:#?}", report.rejections);
    assert_eq!(got[0], got[1] + got[2] + got[3], "every row is accounted for");
    let seen: BTreeMap<&str, u64> =
        report.codes().into_iter().map(|(c, n)| (c.name(), n)).collect();
    assert_eq!(seen, codes.iter().copied().collect(), "{:#?}", report.rejections);
}

fn again(map: &str, files: &[PathBuf], register: &Path, size: u64) {
    let report = import(map, files, register);
    assert!(!report.written && report.is_in(), "the same file twice appends nothing");
    assert_eq!((report.new, report.changed, report.log_size), (0, 0, Some(size)));
}

fn record(register: &Path, kind: Kind, key: &str) -> Option<Body> {
    record_on(register, kind, key, chrono::NaiveDate::MAX)
}

fn record_on(register: &Path, kind: Kind, key: &str, as_of: chrono::NaiveDate) -> Option<Body> {
    let reader = Reader::open(register).expect("the register");
    let at = At { as_of, known: u64::MAX >> 1 };
    reader.record(kind, key, at).expect("an answer").map(|e| e.body)
}

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Place {
        Place(tempfile::tempdir().expect("a folder"))
    }

    fn register(&self) -> PathBuf {
        self.0.path().join("register.db")
    }
}

#[test]
fn refrigerators_come_in_whole_with_their_comparison() {
    let Some(file) =
        list("energystar_refrigerators/ENERGY_STAR_Certified_Residential_Refrigerators.csv")
    else {
        return;
    };
    let place = Place::new();
    let report = import("energystar-refrigerators", std::slice::from_ref(&file), &place.register());
    check(&report, [2962, 2962, 0, 0], &[]);
    let records: BTreeMap<&str, u64> =
        report.records.iter().map(|(k, n)| (k.name(), n[0])).collect();
    assert_eq!(records["product"], 2962);
    assert_eq!(records["comparison"], 2962);
    assert_eq!(records["listing"], 2962);
    let listing = record(&place.register(), Kind::Listing, "energy-star-refrigerators/2229666")
        .expect("the first row");
    let product = listing["subject"]["key"].as_str().expect("a key").to_owned();
    let body = record(&place.register(), Kind::Product, &product).expect("its product");
    assert_eq!(body["model"], "ARD1033F*14R/L", "wildcards stay as the list prints them");
    let comparison =
        record(&place.register(), Kind::Comparison, &format!("{product}/energy_annual"));
    let comparison = comparison.expect("its comparison");
    assert_eq!(comparison["measured"]["value"], "297");
    assert_eq!(comparison["baselines"][0]["limit"], "331");
    again("energystar-refrigerators", &[file], &place.register(), report.log_size.expect("a size"));
}

#[test]
fn registered_indications_become_a_directory_and_applications_do_not() {
    let Some(file) = list("gi_uk_defra/register.json") else { return };
    let place = Place::new();
    let report = import("gi-uk-register", std::slice::from_ref(&file), &place.register());
    check(&report, [3715, 3340, 374, 1], &[("E02", 1)]);
    assert_eq!(report.rejections[0].message.column, "EA_DateRegistration");
    let listing = record(&place.register(), Kind::Listing, "gi-uk-register/PDO-CN-0628")
        .expect("a Chinese name");
    assert_eq!(listing["subject"]["name"], "平谷大桃 / Pinggu Da Tao");
    again("gi-uk-register", &[file], &place.register(), report.log_size.expect("a size"));
}

#[test]
fn sports_standards_keep_what_is_printed_and_refuse_what_is_no_number() {
    let Some(file) = list("cn_standards_sports/standards.json") else { return };
    let place = Place::new();
    let report = import("cn-sports-standards", std::slice::from_ref(&file), &place.register());
    check(&report, [1339, 1336, 0, 3], &[("E08", 3)]);
    let standard =
        record(&place.register(), Kind::Standard, "GB/T 19851.11-2005").expect("a standard");
    assert_eq!(standard["replaced_by"][0], "TC291", "a committee is kept, not guessed at");
    assert_eq!(standard["status"], "withdrawn");
    // Of the 95 rows that name a successor: a number whose edition the list has, one it lacks, itself,
    // and what is no number.
    let reader = Reader::open(&place.register()).expect("the register");
    let at = At { as_of: chrono::NaiveDate::MAX, known: u64::MAX >> 1 };
    let (mut held, mut absent, mut itself, mut no_number) = (0, 0, 0, 0);
    let mut look = |entry: register::Entry| {
        let next = entry.body.get("replaced_by").and_then(|list| list[0].as_str());
        let Some(next) = next else { return Ok(()) };
        match register::id::StandardNumber::parse(next) {
            Err(_) => no_number += 1,
            Ok(_) if next == entry.key => itself += 1,
            Ok(_) if reader.record(Kind::Standard, next, at)?.is_some() => held += 1,
            Ok(_) => absent += 1,
        }
        Ok(())
    };
    reader.records(Kind::Standard, at, &mut look).expect("standards");
    assert_eq!((held, absent, itself, no_number), (38, 0, 1, 56));
    let remarked = report.remark_counts.iter().find(|(code, _)| code.name() == "W10");
    assert_eq!(remarked.map(|(_, n)| *n), Some(no_number), "every one is reported");
    assert!(
        record(&place.register(), Kind::Standard, "DB37/T 2904-2019").is_some(),
        "a slip of spacing"
    );
    again("cn-sports-standards", &[file], &place.register(), report.log_size.expect("a size"));
}

/// What the second list added to records and where it differs, per field.
fn fields(report: &Report) -> BTreeMap<&'static str, [u64; 2]> {
    report.fields.iter().map(|((_, field), counts)| (*field, *counts)).collect()
}

#[test]
fn both_exports_of_the_recalls_make_one_record_that_keeps_the_fields_of_both() {
    let Some(csv) = list("cpsc_csv_appliance_1973_2025/recalls.csv") else { return };
    let Some(jsonl) = list("cpsc_recalls_1973_2026/cpsc_recalls.jsonl") else { return };
    let place = Place::new();
    let report = import("cpsc-recalls-jsonl", std::slice::from_ref(&jsonl), &place.register());
    check(&report, [9818, 9818, 0, 0], &[]);
    let report = import("cpsc-recalls-csv", std::slice::from_ref(&csv), &place.register());
    check(&report, [376, 373, 2, 1], &[("E15", 1)]);
    // 14-238 is the one recall of the export that the other list lacks.
    assert_eq!((report.new, report.changed + report.unchanged), (1, 372));
    let fields = fields(&report);
    // Records it was added to, and records in which the two differ. The export's days are one earlier
    // in two thirds of the recalls, its texts carry other dashes and quotation marks.
    let want = BTreeMap::from([
        ("description", [0, 282]),
        ("hazard", [17, 87]),
        ("heading", [0, 60]),
        ("made_in", [2, 0]),
        ("made_in_text", [2, 20]),
        ("producer", [98, 0]),
        ("product_name", [0, 151]),
        ("remedy", [73, 69]),
        ("started_on", [0, 257]),
        ("units", [57, 4]),
        ("units_text", [67, 12]),
    ]);
    assert_eq!(fields, want);
    let key = "US Consumer Product Safety Commission/25214";
    let recall = record(&place.register(), Kind::Recall, key).expect("a recall both lists have");
    assert_eq!(recall["units"], 199_000);
    assert_eq!(recall["units_text"], "About 199,000");
    assert_eq!(recall["made_in"][0], "CN");
    let size = report.log_size.expect("a size");
    again("cpsc-recalls-csv", std::slice::from_ref(&csv), &place.register(), size);

    let bodies = |register: &Path| {
        let reader = Reader::open(register).expect("the register");
        let at = At { as_of: chrono::NaiveDate::MAX, known: u64::MAX >> 1 };
        let mut bodies = BTreeMap::new();
        let mut take = |entry: register::Entry| {
            bodies.insert(entry.key, entry.body);
            Ok(())
        };
        reader.records(Kind::Recall, at, &mut take).expect("recalls");
        bodies
    };
    let one = bodies(&place.register());
    assert_eq!(one.len(), 9819);

    // The other way round, with the rows both have, the records are the same.
    let other = Place::new();
    import("cpsc-recalls-csv", &[csv], &other.register());
    let known = bodies(&other.register());
    let both: String = std::fs::read_to_string(&jsonl)
        .expect("the list")
        .lines()
        .filter(|line| {
            let row: serde_json::Value = serde_json::from_str(line).expect("a row");
            let number = row["id"].as_str().unwrap_or_default().replace('-', "");
            known.contains_key(&format!("US Consumer Product Safety Commission/{number}"))
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    let part = other.0.path().join("cpsc_recalls.jsonl");
    std::fs::write(&part, both).expect("a file");
    let report = import("cpsc-recalls-jsonl", &[part], &other.register());
    assert_eq!((report.changed + report.unchanged, report.new, report.rejected()), (372, 0, 0));
    let two = bodies(&other.register());
    let differ: Vec<&String> =
        two.iter().filter(|(key, body)| one.get(*key) != Some(body)).map(|(key, _)| key).collect();
    assert_eq!(differ, Vec::<&String>::new(), "the order of the lists does not matter");

    // Where the goods were made.
    let made_in = |code: &str| {
        let has = |list: &serde_json::Value| {
            list.as_array().is_some_and(|list| list.iter().any(|c| c == code))
        };
        one.values().filter(|body| body.get("made_in").is_some_and(has)).count()
    };
    assert_eq!(made_in("CN"), 4559);
    let unknown: Vec<&str> = one
        .values()
        .filter(|b| b.contains_key("made_in_text") && !b.contains_key("made_in"))
        .filter_map(|b| b["made_in_text"].as_str())
        .collect();
    let want = ["Unknown", "Unknown", "Various countries", "Various countries", "N/A", "Kosovo"];
    assert_eq!(unknown, [&want[..], &["Yugoslavia"; 2]].concat(), "kept as printed, no code");
}

/// What `docs/matching.md` counts; here without the export that names some makers.
#[test]
fn recalls_are_matched_to_refrigerators_by_brand_and_model_and_nothing_else() {
    let Some(products) =
        list("energystar_refrigerators/ENERGY_STAR_Certified_Residential_Refrigerators.csv")
    else {
        return;
    };
    let Some(recalls) = list("cpsc_recalls_1973_2026/cpsc_recalls.jsonl") else { return };
    let place = Place::new();
    import("energystar-refrigerators", &[products], &place.register());
    import("cpsc-recalls-jsonl", &[recalls], &place.register());
    let reader = Reader::open(&place.register()).expect("the register");
    let at = At {
        as_of: chrono::NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day"),
        known: reader.log_size().expect("a size"),
    };
    let found = server::matches::find(&reader, at, &mut |_, _| {}).expect("matches");
    assert_eq!((found.products, found.enterprises, found.records), (2_962, 189, 9_818));
    let by = |kind: Kind| {
        let mut lines: BTreeMap<(&str, &str), u64> = BTreeMap::new();
        for line in found.lines.iter().filter(|line| line.subject.0 == kind) {
            *lines.entry((line.degree(), line.why())).or_default() += 1;
        }
        lines
    };
    assert_eq!(by(Kind::Product), BTreeMap::from([(("possible", "brand_and_model"), 13)]));
    let firms = by(Kind::Enterprise);
    assert!(firms.keys().all(|(degree, why)| *degree == "possible" && *why == "firm"), "{firms:?}");
    assert_eq!(found.subjects(Kind::Product, "possible"), 13);
}

#[test]
fn divisions_of_today_stand_and_retired_codes_lead_on() {
    let Some(today) = list("cn_divisions_mca2026/divisions_v1.json") else { return };
    let Some(history) = list("cn_divisions_mca2026/historical_changes_v1.json") else { return };
    let place = Place::new();
    let report = import("cn-divisions", &[today], &place.register());
    check(&report, [34, 34, 0, 0], &[]);
    let places = report.records.iter().find(|(k, _)| *k == Kind::Place).expect("places").1;
    assert_eq!(places.iter().sum::<u64>(), 3214);
    let report = import("cn-divisions-history", std::slice::from_ref(&history), &place.register());
    check(&report, [5276, 3633, 1643, 0], &[]);
    // A code given out twice: each time it led somewhere else.
    let on = |year| chrono::NaiveDate::from_ymd_opt(year, 6, 1).expect("a day");
    let led = |year| {
        record_on(&place.register(), Kind::Place, "332421", on(year)).expect("a retired code")
    };
    assert_eq!(
        (led(1982)["name"].as_str(), led(1982)["replaced_by"][0].as_str()),
        (Some("洞头县"), Some("330321"))
    );
    assert_eq!(
        (led(2020)["name"].as_str(), led(2020)["replaced_by"][0].as_str()),
        (Some("兰溪县"), Some("330701"))
    );
    // 易县 of 保定地区, retired in 1994.
    let retired = record(&place.register(), Kind::Place, "132421").expect("a retired code");
    assert_eq!(retired["valid_to"], "1994-01-01");
    assert_eq!(retired["replaced_by"][0], "130633");
    let now = record(&place.register(), Kind::Place, "130633").expect("its successor");
    assert_eq!((now["name"].as_str(), now.get("valid_to")), (Some("易县"), None));
    let size = report.log_size.expect("a size");
    again("cn-divisions-history", &[history], &place.register(), size);
}

#[test]
fn barcodes_come_in_but_for_the_one_with_a_wrong_check_digit() {
    let Some(file) = list("off_cn69/off_gtin13_69_china_prefix.csv") else { return };
    let place = Place::new();
    let report = import("off-gtin-69", std::slice::from_ref(&file), &place.register());
    check(&report, [1561, 1560, 0, 1], &[("E06", 1)]);
    assert_eq!(report.rejections[0].message.value, "6913555892619");
    again("off-gtin-69", &[file], &place.register(), report.log_size.expect("a size"));
}

#[test]
fn refusals_abroad_come_in_from_both_authorities() {
    let Some(us) = list("overseas_refusals_cn_sample/fda_cn.sample.jsonl") else { return };
    let Some(tw) = list("overseas_refusals_cn_sample/taiwan_tfda_cn.sample.jsonl") else { return };
    let place = Place::new();
    let files = [us, tw];
    let report = import("overseas-refusals", &files, &place.register());
    check(&report, [8, 8, 0, 0], &[]);
    again("overseas-refusals", &files, &place.register(), report.log_size.expect("a size"));
}

#[test]
fn every_shipped_mapping_file_is_sound() {
    let folder = root().join("maps");
    let mut count = 0;
    for file in std::fs::read_dir(folder).expect("maps/") {
        let path = file.expect("an entry").path();
        if path.extension().is_some_and(|e| e == "toml") {
            let text = std::fs::read_to_string(&path).expect("a text");
            assert!(
                map::parse(&text).is_ok(),
                "{}: {:#?}",
                path.display(),
                map::parse(&text).err()
            );
            count += 1;
        }
    }
    assert!(count >= 9, "{count} mapping files");
}
