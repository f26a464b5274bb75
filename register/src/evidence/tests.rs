use super::page::{Outcome, Printed, Remembered, Report, check};
use super::*;
use crate::canonical::canonical_json;
use crate::merkle::memory::Leaves;
use crate::merkle::{consistency, inclusion, root_of};
use crate::note::sign;
use crate::signature::{Algorithm, SecretKey, Signer};
use proptest::prelude::*;

const NAME: &str = "liangbiao/register/test";
const PRINTED: Printed<'_> =
    Printed { kind: "product", key: "p-1", as_of: "2026-11-22", known: 5, status: "valid" };

fn secret(byte: u8) -> SecretKey {
    SecretKey::from_bytes(Algorithm::Ed25519, &[byte; 32]).unwrap()
}

fn key(byte: u8) -> NoteKey {
    NoteKey::new(NAME, secret(byte).public_key().clone()).unwrap()
}

fn entry(seq: u64, kind: &str, key: &str, from: &str, body: Value) -> Value {
    json!({
        "seq": seq, "recorded_at": "2026-01-02T00:00:00Z", "valid_from": from, "kind": kind, "key": key,
        "reason": { "code": "listed" }, "source": { "id": "list" }, "body": body,
    })
}

/// A log of five entries: a product in two versions, its grant, a penalty with a commitment, a source.
fn entries() -> Vec<Value> {
    let grant = json!({
        "subject": { "kind": "product", "key": "p-1" }, "status": "valid", "valid_until": "2028-01-01",
        "granted_on": "2023-01-01",
    });
    let penalty = json!({ "number": "x", "act": { "commitment": "0".repeat(64) } });
    vec![
        entry(0, "product", "p-1", "2023-01-01", json!({ "name_zh": "冰箱", "model": "A" })),
        entry(1, "listing", "s/1", "2023-01-01", grant),
        entry(2, "penalty", "x", "2024-01-01", penalty),
        entry(3, "product", "p-1", "2024-01-01", json!({ "name_zh": "冰箱", "model": "B" })),
        entry(4, "source", "list", "2023-01-01", json!({ "title": "t" })),
    ]
}

/// The log of these entries, as `/check.json` would tell of all of them.
struct Log {
    texts: Vec<String>,
    leaves: Leaves,
}

impl Log {
    fn of(entries: &[Value]) -> Log {
        let texts: Vec<String> = entries.iter().map(|e| canonical_json(e).unwrap()).collect();
        let leaves = Leaves(texts.iter().map(|text| leaf_hash(text.as_bytes())).collect());
        Log { texts, leaves }
    }

    fn note(&mut self, size: u64, byte: u8) -> String {
        let Ok(root) = root_of(size, &mut self.leaves);
        let head = Checkpoint { origin: NAME.to_owned(), size, root, extensions: Vec::new() };
        sign(&head.text(), NAME, &[&secret(byte)]).unwrap()
    }

    fn proven(&mut self, seq: u64) -> Proven {
        let size = self.texts.len() as u64;
        let Ok(path) = inclusion(seq, size, &mut self.leaves);
        Proven { seq, entry: self.texts[seq as usize].clone(), path: path.unwrap() }
    }

    fn answer(&mut self, since: Option<u64>) -> Value {
        let size = self.texts.len() as u64;
        let entries: Vec<Value> = (0..size).map(|seq| self.proven(seq).to_value()).collect();
        let path = since.map(|old| consistency(old, size, &mut self.leaves).unwrap());
        json!({
            "checkpoint": self.note(size, 7), "key": format!("{}\n", key(7)), "entries": entries,
            "consistency": path.flatten().map(|path| hashes_value(&path)), "left_out": 0,
        })
    }
}

/// The JSON a record's twin gives of an entry.
fn twin(entry: &Value) -> Value {
    let mut said =
        json!({ "record": entry["body"], "source": { "id": "list", "locator": {}, "title": "t" } });
    for name in ["kind", "key", "seq", "valid_from", "recorded_at", "reason"] {
        said[name] = entry[name].clone();
    }
    said
}

fn judged(
    printed: &Printed<'_>,
    answer: &Value,
    records: &[Value],
    seen: Option<&Remembered<'_>>,
) -> Report {
    let records: Vec<String> = records.iter().map(Value::to_string).collect();
    let records: Vec<&str> = records.iter().map(String::as_str).collect();
    check(printed, &answer.to_string(), &records, seen)
}

fn has(report: &Report, word: &str) -> bool {
    report.lines.iter().any(|(line, _)| *line == word)
}

#[test]
fn a_page_that_says_what_the_log_says_holds_and_a_first_look_is_not_called_a_comparison() {
    let all = entries();
    let mut log = Log::of(&all);
    let old = log.note(3, 7);
    let vkey = key(7).to_string();
    let records = [twin(&all[3]), twin(&all[1])];
    let first = judged(&PRINTED, &log.answer(None), &records, None);
    assert_eq!(first.outcome, Outcome::Partly, "{first:?}");
    assert!(has(&first, "first") && has(&first, "signed") && has(&first, "status"));
    let seen = Remembered { key: &vkey, checkpoint: &old };
    let again = judged(&PRINTED, &log.answer(Some(3)), &records, Some(&seen));
    assert_eq!(again.outcome, Outcome::Holds, "{again:?}");
    assert!(
        again.text().starts_with("holds\nsigned\t5\ngoes_on\t3\t5\nentries\t5\n"),
        "{}",
        again.text()
    );
    // The same size again needs no path.
    let now = log.note(5, 7);
    let seen = Remembered { key: &vkey, checkpoint: &now };
    assert_eq!(judged(&PRINTED, &log.answer(None), &records, Some(&seen)).outcome, Outcome::Holds);
}

#[test]
fn a_value_held_as_a_commitment_is_said_and_not_called_compared() {
    let all = entries();
    let mut log = Log::of(&all);
    let mut said = twin(&all[2]);
    said["record"] = json!({ "number": "x", "act": "标签不符" });
    let printed = Printed { kind: "penalty", key: "x", status: "", ..PRINTED };
    let now = log.note(5, 7);
    let vkey = key(7).to_string();
    let seen = Remembered { key: &vkey, checkpoint: &now };
    let report = judged(&printed, &log.answer(None), &[said], Some(&seen));
    assert_eq!(report.outcome, Outcome::Partly);
    assert!(has(&report, "committed"));
}

#[test]
fn what_the_page_says_otherwise_is_named() {
    let all = entries();
    let mut log = Log::of(&all);
    let answer = log.answer(None);
    let fails = |printed: &Printed<'_>, records: &[Value], word: &str| {
        let report = judged(printed, &answer, records, None);
        assert_eq!(report.outcome, Outcome::Failed, "{word}: {report:?}");
        assert!(has(&report, word), "{word}: {report:?}");
    };
    let mut other = twin(&all[3]);
    other["record"]["model"] = json!("C");
    fails(&PRINTED, &[other.clone()], "differs");
    other["record"] = json!({ "name_zh": "冰箱" });
    fails(&PRINTED, &[other], "differs");
    let mut more = twin(&all[3]);
    more["record"]["brand"] = json!("X");
    fails(&PRINTED, &[more], "differs");
    let mut moved = twin(&all[3]);
    moved["source"]["locator"] = json!({ "row": 3 });
    fails(&PRINTED, &[moved], "differs");
    for name in ["valid_from", "recorded_at", "reason"] {
        let mut changed = twin(&all[3]);
        changed[name] = json!("2020-01-01");
        fails(&PRINTED, &[changed], "differs");
    }
    // An earlier version in the place of the present one, and another record's JSON.
    fails(&PRINTED, &[twin(&all[0])], "not_latest");
    fails(&PRINTED, &[twin(&all[4])], "other_record");
    let mut gone = twin(&all[3]);
    gone["seq"] = json!(77);
    fails(&PRINTED, &[gone], "no_entry");
    fails(&Printed { status: "withdrawn", ..PRINTED }, &[twin(&all[3])], "status_differs");
    // On a day after its end the grant is expired, whatever the page prints.
    fails(&Printed { as_of: "2028-01-02", ..PRINTED }, &[twin(&all[3])], "status_differs");
}

#[test]
fn a_log_that_was_rewound_rewritten_or_signed_by_another_is_found_out() {
    let all = entries();
    let records = [twin(&all[3])];
    let vkey = key(7).to_string();
    let mut log = Log::of(&all);
    let fails = |answer: &Value, note: &str, word: &str| {
        let seen = Remembered { key: &vkey, checkpoint: note };
        let report = judged(&PRINTED, answer, &records, Some(&seen));
        assert_eq!(report.outcome, Outcome::Failed, "{word}");
        assert!(has(&report, word), "{word}: {report:?}");
    };
    // It was longer when this device looked.
    let mut longer = all.clone();
    longer.push(entry(5, "source", "more", "2023-01-01", json!({})));
    let note = Log::of(&longer).note(6, 7);
    fails(&log.answer(None), &note, "shorter");
    // It was another one, as long or shorter.
    let mut other = all.clone();
    other[1]["body"]["status"] = json!("withdrawn");
    fails(&log.answer(None), &Log::of(&other).note(5, 7), "forked");
    fails(&log.answer(Some(3)), &Log::of(&other).note(3, 7), "forked");
    // Another key signs it now.
    let mut answer = log.answer(None);
    answer["checkpoint"] = json!(log.note(5, 8));
    let now = log.note(5, 7);
    fails(&answer, &now, "other_key");
    // The same without a memory: the key named did not sign.
    let report = judged(&PRINTED, &answer, &records, None);
    assert_eq!((report.outcome, has(&report, "bad_signature")), (Outcome::Failed, true));
}

#[test]
fn what_is_missing_is_never_good() {
    let all = entries();
    let mut log = Log::of(&all);
    let records = [twin(&all[3])];
    let old = log.note(3, 7);
    let vkey = key(7).to_string();
    let seen = Remembered { key: &vkey, checkpoint: &old };
    let whole = log.answer(Some(3));
    for name in ["checkpoint", "key", "entries", "consistency"] {
        let mut answer = whole.clone();
        answer[name] = Value::Null;
        let report = judged(&PRINTED, &answer, &records, Some(&seen));

        assert_eq!(report.outcome, Outcome::Unchecked, "{name}");
    }
    assert_eq!(check(&PRINTED, "", &[""], None).outcome, Outcome::Unchecked);
    let text = whole.to_string();
    assert_eq!(check(&PRINTED, &text, &[""], Some(&seen)).outcome, Outcome::Unchecked);
    assert_eq!(check(&PRINTED, &text, &[], Some(&seen)).outcome, Outcome::Unchecked);
    let broken = Remembered { key: &vkey, checkpoint: "x" };
    assert_eq!(judged(&PRINTED, &whole, &records, Some(&broken)).outcome, Outcome::Unchecked);
    let mut less = whole;
    less["left_out"] = json!(3);
    assert_eq!(judged(&PRINTED, &less, &records, Some(&seen)).outcome, Outcome::Partly);
}

proptest! {
    #[test]
    fn any_changed_byte_of_an_entry_its_path_or_the_checkpoint_is_seen(seq in 0u64..5, at in any::<usize>(), which in 0..3) {
        let all = entries();
        let mut log = Log::of(&all);
        let mut answer = log.answer(Some(3));
        let old = log.note(3, 7);
        let vkey = key(7).to_string();
        let seen = Remembered { key: &vkey, checkpoint: &old };
        let place = match which {
            0 => &mut answer["entries"][seq as usize]["entry"],
            1 => &mut answer["entries"][seq as usize]["path"][0],
            _ => &mut answer["checkpoint"],
        };
        let mut bytes = place.as_str().unwrap().as_bytes().to_vec();
        let at = at % bytes.len();
        // One letter or digit for another keeps it text.
        bytes[at] = if bytes[at] == b'a' { b'b' } else { b'a' };
        let Ok(changed) = String::from_utf8(bytes) else { return Ok(()) };
        *place = json!(changed);
        let report = judged(&PRINTED, &answer, &[twin(&all[3])], Some(&seen));
        prop_assert!(report.outcome >= Outcome::Unchecked, "{:?}", report);
    }

    #[test]
    fn hostile_answers_never_panic(text in "\\PC{0,200}", note in "\\PC{0,80}") {
        let seen = Remembered { key: &note, checkpoint: &text };
        let report = check(&PRINTED, &text, &[&text], Some(&seen));
        prop_assert!(report.outcome >= Outcome::Unchecked);
    }
}
