//! The view says what the log says.

use std::collections::{BTreeMap, BTreeSet};

use register::{Draft, Entry, Kind, record};
use server::store::{self, At, BUILTIN_SOURCE, Log, Reader, Register};

use crate::support::{EVERYTHING, Place, Random, day, draft, product, source};

const KINDS: [Kind; 4] = [Kind::Enterprise, Kind::Product, Kind::Standard, Kind::Source];

/// A random history over few keys and few days, so that versions meet often.
fn random_drafts(random: &mut Random, n: u64) -> Vec<Draft> {
    (0..n)
        .map(|_| {
            let key = random.below(5);
            let valid_from = i64::try_from(random.below(8)).unwrap();
            match random.below(4) {
                0 => draft(
                    Kind::Enterprise,
                    &format!("E{key}"),
                    day(valid_from),
                    serde_json::json!({ "name_zh": format!("企业{}", random.below(9)) }),
                ),
                1 => draft(
                    Kind::Standard,
                    &format!("GB/T {key}-2020"),
                    day(valid_from),
                    serde_json::json!({ "status": "current" }),
                ),
                2 => source(&format!("s{key}"), valid_from, random.below(2) == 0),
                _ => {
                    let holder = format!("E{}", random.below(5));
                    let standards: Vec<String> = (0..random.below(3))
                        .map(|_| format!("GB/T {}-2020", random.below(5)))
                        .collect();
                    let standards: Vec<&str> = standards.iter().map(String::as_str).collect();
                    product(&format!("p{key}"), valid_from, &holder, &standards)
                }
            }
        })
        .collect()
}

/// The same answers as from the view, by reading the whole log.
fn model(log: &[Entry], kind: Kind, at: At) -> BTreeMap<String, Entry> {
    let keys: BTreeSet<&str> =
        log.iter().filter(|e| e.kind == kind).map(|e| e.key.as_str()).collect();
    keys.into_iter()
        .filter_map(|key| {
            let versions = log.iter().filter(|e| e.kind == kind && e.key == key);
            record::select(versions, at.as_of, at.known).map(|e| (key.to_owned(), e.clone()))
        })
        .collect()
}

fn all(reader: &Reader, kind: Kind, at: At) -> Vec<Entry> {
    let mut found = Vec::new();
    reader
        .records(kind, at, &mut |entry| {
            found.push(entry);
            Ok(())
        })
        .unwrap();
    found
}

fn compare_with_model(reader: &Reader, log: &[Entry], at: At) {
    for kind in KINDS {
        let expected = model(log, kind, at);
        let found = all(reader, kind, at);
        assert_eq!(
            found,
            expected.values().cloned().collect::<Vec<_>>(),
            "records of {kind:?} at {at:?}"
        );
        let mut in_log_order = Vec::new();
        reader
            .records_in_log_order(kind, at, &mut |entry| {
                in_log_order.push(entry);
                Ok(())
            })
            .unwrap();
        assert!(in_log_order.is_sorted_by_key(|e| e.seq));
        in_log_order.sort_by(|a, b| a.key.cmp(&b.key));
        assert_eq!(in_log_order, found);
        assert_eq!(reader.count(kind, at).unwrap(), expected.len() as u64, "count {kind:?} {at:?}");
        for (key, entry) in &expected {
            assert_eq!(reader.record(kind, key, at).unwrap().as_ref(), Some(entry));
        }
        for i in 0..5 {
            let key = match kind {
                Kind::Standard => format!("GB/T {i}-2020"),
                Kind::Enterprise => format!("E{i}"),
                _ => continue,
            };
            let refers = |e: &Entry| match kind {
                Kind::Enterprise => e.body["holder"] == key,
                _ => e.body["standards"].as_array().unwrap().iter().any(|s| *s == key),
            };
            let expected: Vec<Entry> =
                model(log, Kind::Product, at).into_values().filter(refers).collect();
            let found = reader.referring(Kind::Product, kind, &key, at).unwrap();
            assert_eq!(found, expected, "products referring to {key} at {at:?}");
            let most = reader.referring_at_most(Kind::Product, kind, &key).unwrap();
            assert!(most >= found.len() as u64);
        }
    }
}

#[test]
fn what_sql_selects_is_what_the_record_rule_selects_on_random_histories() {
    // Each of 100 seeds is a register of about 20 records, cut into appends at random places.
    for seed in 0..100 {
        let place = Place::new();
        let mut random = Random(seed);
        let register = place.create();
        for _ in 0..1 + random.below(3) {
            let n = random.below(14);
            register.append(&mut random_drafts(&mut random, n).into_iter()).unwrap();
        }
        let reader = register.reader().unwrap();
        let log = reader.entries(0, usize::MAX).unwrap();
        let size = reader.head().unwrap().log_size;
        assert_eq!(log.len() as u64, size);
        for _ in 0..3 {
            let at = At {
                as_of: day(i64::try_from(random.below(10)).unwrap() - 1),
                known: random.below(size + 2),
            };
            compare_with_model(&reader, &log, at);
        }
        compare_with_model(&reader, &log, EVERYTHING);
    }
}

#[test]
fn a_rebuilt_view_is_the_same_row_for_row_however_the_log_was_cut_into_appends() {
    let mut random = Random(7);
    // More than one tile of the Merkle tree holds.
    let drafts = random_drafts(&mut random, 300);
    let mut dumps = Vec::new();
    for cut in [1, 3, 50, 300] {
        let place = Place::new();
        let register = place.create();
        for batch in drafts.chunks(cut) {
            register.append(&mut batch.iter().cloned()).unwrap();
        }
        let reader = register.reader().unwrap();
        let before = (reader.view_dump().unwrap(), reader.view_hash().unwrap());
        assert!(before.0.lines().count() > 300, "the dump holds the whole view");
        assert_eq!(register.rebuild(&mut |_| ()).unwrap(), 301);
        assert_eq!((reader.view_dump().unwrap(), reader.view_hash().unwrap()), before);
        // Times differ between registers: in the head, and in the hashes of their entries.
        let timeless = |l: &&str| !l.starts_with("view_head") && !l.starts_with("view_tiles");
        dumps.push(before.0.lines().filter(timeless).collect::<String>());
    }
    assert!(dumps.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_view_that_is_behind_or_missing_is_brought_up_when_the_register_is_opened() {
    let place = Place::new();
    let register = place.create();
    register.append(&mut random_drafts(&mut Random(1), 50).into_iter()).unwrap();
    let expected = register.reader().unwrap().view_dump().unwrap();
    // What another home of the log would look like: entries the view has not seen.
    let raw = rusqlite::Connection::open(&place.path).unwrap();
    raw.execute_batch("DROP TABLE view_versions; DROP TABLE view_head;").unwrap();
    drop(register);
    let error = Reader::open(&place.path).unwrap_err().to_string();
    assert!(error.contains("liangbiao rebuild"), "{error}");
    let register = Register::open(&place.path).unwrap();
    assert_eq!(register.reader().unwrap().view_dump().unwrap(), expected);
    assert_eq!(register.catch_up().unwrap(), 0);
}

#[test]
fn a_key_is_found_by_its_path_form() {
    let place = Place::new();
    let register = place.create();
    let keys = ["GB/T 19851.11-2005", "GB_T-19851.12-2005", "a b", "a-b", "示例/一"];
    register
        .append(
            &mut keys.iter().map(|key| draft(Kind::Standard, key, day(0), serde_json::json!({}))),
        )
        .unwrap();
    // Mentioned, but not a record.
    register.append(&mut std::iter::once(product("p", 0, "E", &["ISO 1:2000"]))).unwrap();
    let reader = register.reader().unwrap();
    let key = |path: &str| reader.key_of_path(Kind::Standard, path).unwrap();
    for exact in keys {
        assert_eq!(key(exact).as_deref(), Some(exact), "a key as it is");
    }
    assert_eq!(key("GB_T-19851.11-2005").as_deref(), Some("GB/T 19851.11-2005"));
    assert_eq!(key("a-b").as_deref(), Some("a-b"), "the key written exactly so comes first");
    assert_eq!(key("示例_一").as_deref(), Some("示例/一"));
    assert_eq!(key("ISO 1:2000"), None, "a key only mentioned is no record");
    assert_eq!(key("GB_T-1"), None);
    assert_eq!(store::path_of_key("T/FSAS 12-2021"), "T_FSAS-12-2021");
    assert!(reader.ever_existed(Kind::Standard, "a b", u64::MAX).unwrap());
    assert!(!reader.ever_existed(Kind::Standard, "a b", 1).unwrap());
    assert!(!reader.ever_existed(Kind::Standard, "ISO 1:2000", u64::MAX).unwrap());
    assert_eq!(reader.keys_like(Kind::Standard, "a", 9).unwrap(), ["a b", "a-b"]);
    assert_eq!(reader.keys_like(Kind::Standard, "示", 9).unwrap(), ["示例/一"]);
    assert_eq!(reader.keys_like(Kind::Standard, "%", 9).unwrap(), Vec::<String>::new());
}

#[test]
fn history_newest_entries_and_changes_are_in_order() {
    let place = Place::new();
    let register = place.create();
    let drafts = [
        product("p1", 5, "E1", &[]),
        source("s1", 0, false),
        product("p1", 2, "E1", &[]),
        product("p2", 0, "E1", &[]),
    ];
    register.append(&mut drafts.into_iter()).unwrap();
    let reader = register.reader().unwrap();
    let seqs = |entries: Vec<Entry>| entries.iter().map(|e| e.seq).collect::<Vec<_>>();
    assert_eq!(seqs(reader.history(Kind::Product, "p1").unwrap()), [1, 3]);
    assert_eq!(
        seqs(reader.latest(&[Kind::Product, Kind::Source], u64::MAX, 3).unwrap()),
        [4, 3, 2]
    );
    assert_eq!(seqs(reader.latest(&[Kind::Product, Kind::Source], 3, 9).unwrap()), [2, 1, 0]);
    assert_eq!(seqs(reader.latest(&[Kind::Notice], u64::MAX, 9).unwrap()), Vec::<u64>::new());
    assert_eq!(
        reader.changed_since(2).unwrap(),
        [
            (Kind::Product, "p1".to_owned()),
            (Kind::Product, "p2".to_owned()),
            (Kind::Source, "s1".to_owned())
        ]
    );
    assert_eq!(reader.changed_since(5).unwrap(), []);
    assert!(reader.has_any(Kind::Source).unwrap() && !reader.has_any(Kind::Recall).unwrap());
    let sources: Vec<String> =
        reader.sources(EVERYTHING).unwrap().into_iter().map(|e| e.key).collect();
    assert_eq!(sources, [BUILTIN_SOURCE, "s1"]);
}

#[test]
fn a_register_says_whether_all_or_some_of_it_is_made_up() {
    let place = Place::new();
    let register = place.create();
    let reader = register.reader().unwrap();
    let marks = || {
        let head = reader.head().unwrap();
        (head.has_sample, head.all_sample)
    };
    assert_eq!(marks(), (false, false), "built-in data are not made up");
    register.append(&mut std::iter::once(source("a", 0, true))).unwrap();
    assert_eq!(marks(), (true, true));
    register.append(&mut std::iter::once(source("b", 0, false))).unwrap();
    assert_eq!(marks(), (true, false));
    register.append(&mut std::iter::once(source("a", 1, false))).unwrap();
    assert_eq!(marks(), (false, false));
}
