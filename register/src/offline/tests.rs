use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;

use super::*;
use crate::code::{CreditCode, Statement};
use crate::id::Gtin;
use crate::note::{NoteError, NoteKey, sign};
use crate::signature::{Algorithm, KeyRecord, KeyStatus, SecretKey, SignatureState, Signer};
use crate::status_list::{Kept, StatusList};
use crate::verdict::{Asked, Outcome, Question, View, What, judge};

const NAME: &str = "quality.example/offline";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn secret(algorithm: Algorithm, seed: u8) -> SecretKey {
    SecretKey::from_bytes(algorithm, &[seed; 32]).unwrap()
}

fn record(key: &SecretKey, status: KeyStatus, since: &str) -> KeyRecord {
    KeyRecord {
        public_key: key.public_key().clone(),
        valid_from: day("2026-01-01"),
        valid_to: None,
        status,
        since: day(since),
    }
}

fn model(n: u8) -> CreditCode {
    CreditCode::mint_model("44", [n; 16]).unwrap()
}

/// What a copy is made of.
struct Parts {
    note: String,
    key: NoteKey,
    keys: String,
    codes: Vec<u8>,
    status: Vec<u8>,
    barcodes: Vec<u8>,
}

const GOODS: [Goods; 2] = [
    Goods { name: "示例瓷砖", model: "A-1", holder: "示例陶瓷有限公司" },
    Goods { name: "示例灯具", model: "B\t2\n", holder: "示例照明有限公司" },
];

fn parts() -> Parts {
    let log = secret(Algorithm::Ed25519, 1);
    let records = [
        record(&secret(Algorithm::Ed25519, 2), KeyStatus::Active, "2026-01-01"),
        record(&secret(Algorithm::Sm2, 3), KeyStatus::Active, "2026-01-01"),
        record(&secret(Algorithm::Ed25519, 4), KeyStatus::Revoked, "2026-06-01"),
    ];
    let keys = keys::write(&records);
    let items = [
        (model(1), None, GOODS[0]),
        (model(2), Some(day("2026-12-31")), GOODS[1]),
        (model(3), None, GOODS[0]),
        (CreditCode::mint_unit([9; 16]), None, GOODS[0]),
    ];
    let kept = [Kept::InForce, Kept::InForce, Kept::Recalled, Kept::InForce];
    let (shelf, places) = CodeShelf::new(&items).unwrap();
    let states: Vec<Kept> = places.into_iter().map(|i| kept[i]).collect();
    let list = StatusList::new(&states).unwrap();
    let barcodes = Barcodes::write(&barcodes(&shelf)).unwrap();
    let note = CopyNote {
        name: NAME.to_owned(),
        origin: "https://quality.example".to_owned(),
        log_size: 48_213,
        day: day("2026-11-22"),
        written: Some(at("2026-11-21T14:51:07Z")),
        files: vec![
            File::of("keys", keys.as_bytes()),
            File::of("codes", shelf.as_bytes()),
            File::of("status", list.as_bytes()),
            File::of("barcodes", &barcodes),
        ],
    };
    Parts {
        barcodes,
        note: sign(&note.text(), NAME, &[&log]).unwrap(),
        key: NoteKey::new(NAME, log.public_key().clone()).unwrap(),
        keys,
        codes: shelf.as_bytes().to_vec(),
        status: list.as_bytes().to_vec(),
    }
}

fn gtin(text: &str) -> Gtin {
    Gtin::parse(text).unwrap()
}

/// Two barcodes of the third code, one of the first.
fn barcodes(shelf: &CodeShelf) -> BTreeMap<Gtin, usize> {
    let place = |n| shelf.find(&model(n)).unwrap().place;
    [("09521234543213", place(3)), ("6921168509256", place(1)), ("4006381333931", place(3))]
        .map(|(text, place)| (gtin(text), place))
        .into()
}

fn open(parts: &Parts) -> Result<Copy, CopyError> {
    Copy::open(
        &parts.note,
        &parts.key,
        &parts.keys,
        parts.codes.clone(),
        &parts.status,
        &parts.barcodes,
    )
}

#[test]
fn a_copy_says_what_it_holds_and_how_old_it_is_and_never_that_a_code_is_valid() {
    let copy = open(&parts()).unwrap();
    assert_eq!((copy.note().log_size, copy.shelf().len()), (48_213, 3));
    // The day begins in China before it does at Greenwich, and after the last entry was written.
    assert_eq!(copy.note().log_time(), at("2026-11-21T16:00:00Z"));
    let now = at("2026-11-25T02:00:00Z");
    let answer = copy.code(&model(1).grouped().to_lowercase(), now);
    assert_eq!((answer.outcome, answer.age_days), (Outcome::CannotTell, Some(3)));
    let whats: Vec<What> = answer.reasons.iter().map(|reason| reason.what).collect();
    assert_eq!(whats, [What::Stale, What::Offline]);
    let Some(Found::Code(item, Kept::InForce)) = answer.found else { panic!("{answer:?}") };
    assert_eq!((item.goods, item.until), (GOODS[0], None));
    let recalled = copy.code(model(3).as_str(), now);
    assert!(matches!(recalled.found, Some(Found::Code(_, Kept::Recalled))));
    // What would break the form of a line was made a space.
    let Some(Found::Code(item, _)) = copy.code(model(2).as_str(), now).found else { panic!() };
    assert_eq!(item.goods.model, "B 2 ");
}

#[test]
fn a_term_runs_out_without_a_newer_copy() {
    let copy = open(&parts()).unwrap();
    let kept = |now: &str| match copy.code(model(2).as_str(), at(now)).found {
        Some(Found::Code(_, kept)) => kept,
        other => panic!("{other:?}"),
    };
    assert_eq!(kept("2026-12-31T15:59:59Z"), Kept::InForce);
    assert_eq!(kept("2026-12-31T16:00:00Z"), Kept::NotInForce);
}

#[test]
fn what_a_copy_cannot_know_is_not_called_unknown() {
    let copy = open(&parts()).unwrap();
    let now = at("2026-11-22T02:00:00Z");
    let absent = copy.code(model(7).as_str(), now);
    assert_eq!((absent.outcome, absent.found), (Outcome::CannotTell, Some(Found::Nothing)));
    // The unit code was handed over and is not on the shelf all the same.
    let unit = copy.code(CreditCode::mint_unit([9; 16]).as_str(), now);
    assert_eq!((unit.outcome, unit.found), (Outcome::CannotTell, Some(Found::Unit)));
    let wrong = copy.code("44M3-QMX9-D2R5", now);
    assert_eq!((wrong.outcome, wrong.found), (Outcome::Malformed, None));
    assert_eq!(wrong.malformed, Some(crate::code::Malformed::Check));
    // A clock behind the copy is said to be, and makes the copy no younger.
    let behind = copy.code(model(1).as_str(), at("2026-11-01T02:00:00Z"));
    assert_eq!(behind.age_days, None);
    assert!(behind.reasons.iter().any(|reason| reason.what == What::ClockBehind));
}

#[test]
fn a_barcode_leads_to_the_code_of_its_goods() {
    let copy = open(&parts()).unwrap();
    for (text, code) in
        [("09521234543213", model(3)), ("6921168509256", model(1)), ("4006381333931", model(3))]
    {
        assert_eq!(copy.code_of(&gtin(text)), Some(code), "{text}");
    }
    assert_eq!(copy.code_of(&gtin("6902538004045")), None);
    // A copy of before there were barcodes knows none, whatever is given with it.
    let mut old = parts();
    let text = old.note.split("\n\n").next().unwrap().to_owned() + "\n";
    let mut note = CopyNote::parse(&text).unwrap();
    note.files.retain(|file| file.name != "barcodes");
    old.note = sign(&note.text(), NAME, &[&secret(Algorithm::Ed25519, 1)]).unwrap();
    for given in [Vec::new(), old.barcodes.clone(), b"x".to_vec()] {
        old.barcodes = given;
        assert_eq!(open(&old).unwrap().code_of(&gtin("6921168509256")), None);
    }
    // Signed and senseless: cut short, out of order, of a code that is not there.
    let good = parts().barcodes;
    let swapped = [&good[..12], &good[22..32], &good[12..22], &good[32..]].concat();
    let mut beyond = good.clone();
    beyond[18] = 3;
    for (bad, codes) in [(&good[..good.len() - 1], 3), (&swapped, 3), (&beyond, 3), (&good, 2)] {
        assert_eq!(Barcodes::from_bytes(bad, codes), Err(ShelfError::Malformed));
    }
    assert_eq!(Barcodes::from_bytes(b"LBGTIN2\n\0\0\0\0", 3), Err(ShelfError::NotAShelf));
    assert_eq!(Barcodes::from_bytes(&good, 3).unwrap().len(), 3);
}

/// The reasons of a statement that stand on it and the keys alone.
fn about_statement(reasons: &[crate::verdict::Reason]) -> Vec<What> {
    let own = |what: &What| {
        matches!(
            what,
            What::BadStatement
                | What::SignatureMismatch
                | What::KeyNotInForce
                | What::KeyRevokedLater
                | What::UnknownKey
                | What::SignatureUnchecked
                | What::NotYet
                | What::StatementExpired
        )
    };
    reasons.iter().map(|reason| reason.what).filter(own).collect()
}

#[test]
fn a_statement_is_judged_as_online_by_its_signature_its_key_and_its_days() {
    let copy = open(&parts()).unwrap();
    let now = at("2026-11-22T02:00:00Z");
    let made = |algorithm, seed, issued: &str, expires: &str| {
        let key = secret(algorithm, seed);
        Statement::sign(model(1), None, day(issued), day(expires), &key).unwrap()
    };
    let cases = [
        (made(Algorithm::Ed25519, 2, "2026-02-01", "2027-01-31"), vec![]),
        (made(Algorithm::Sm2, 3, "2026-02-01", "2027-01-31"), vec![]),
        (made(Algorithm::Ed25519, 2, "2026-02-01", "2026-11-21"), vec![What::StatementExpired]),
        (made(Algorithm::Ed25519, 2, "2026-12-01", "2027-11-21"), vec![What::NotYet]),
        (made(Algorithm::Ed25519, 2, "2025-12-31", "2027-11-21"), vec![What::KeyNotInForce]),
        (made(Algorithm::Ed25519, 4, "2026-05-31", "2027-11-21"), vec![What::KeyRevokedLater]),
        (made(Algorithm::Ed25519, 4, "2026-06-01", "2027-11-21"), vec![What::KeyNotInForce]),
        (made(Algorithm::Ed25519, 5, "2026-02-01", "2027-01-31"), vec![What::UnknownKey]),
    ];
    for (statement, expected) in cases {
        let answer = copy.statement(&statement.digits(), now);
        assert_eq!(about_statement(&answer.reasons), expected);
        // The server, whose view is fresh, has the same to say of the statement itself.
        let keys = keys::read(&parts().keys).unwrap();
        let state = crate::signature::judge(&statement, &keys);
        let entry: crate::Entry = code_entry();
        let asked = Asked::Statement(&statement, state);
        let question = Question::new(asked, View::fresh(now, 48_213), day("2026-11-22"));
        let online = judge(&Question { code: Some(&entry), ..question });
        assert_eq!(about_statement(&online.reasons), expected);
        assert_eq!(online.outcome == Outcome::Malformed, answer.outcome == Outcome::Malformed);
    }
    assert_eq!(copy.statement("12", now).outcome, Outcome::Malformed);
}

#[test]
fn a_statement_that_nothing_here_can_check_is_neither_right_nor_wrong() {
    let copy = open(&parts()).unwrap();
    let now = at("2026-11-22T02:00:00Z");
    let key = secret(Algorithm::Sm2, 3);
    let (issued, expires) = (day("2026-02-01"), day("2027-01-31"));
    let statement = Statement::sign(model(1), None, issued, expires, &key).unwrap();
    let answer = copy.statement_by(&statement.digits(), now, |_, _, _| None);
    assert_eq!(answer.outcome, Outcome::CannotTell);
    assert_eq!(about_statement(&answer.reasons), vec![What::SignatureUnchecked]);
    let refuted = copy.statement_by(&statement.digits(), now, |_, _, _| Some(false));
    assert_eq!(about_statement(&refuted.reasons), vec![What::SignatureMismatch]);
    // Whoever verifies gets what the server verifies with.
    let held = copy.statement_by(&statement.digits(), now, crate::signature::PublicKey::holds);
    assert_eq!(held, copy.statement(&statement.digits(), now));
}

fn code_entry() -> crate::Entry {
    let body = serde_json::json!({ "status": "valid", "product": "p-1", "holder": "x" });
    crate::Entry {
        seq: 1,
        recorded_at: at("2026-02-01T00:00:00Z"),
        valid_from: day("2026-02-01"),
        kind: crate::Kind::Code,
        key: model(1).as_str().to_owned(),
        reason: crate::ReasonCode::Granted.into(),
        source: crate::SourceRef { id: "s".to_owned(), locator: crate::Locator::default() },
        body: body.as_object().cloned().unwrap(),
    }
}

#[test]
fn a_changed_file_another_key_or_another_text_is_refused() {
    let good = parts();
    assert!(open(&good).is_ok());
    for name in ["keys", "codes", "status", "barcodes"] {
        let mut bad = parts();
        match name {
            "keys" => bad.keys = bad.keys.replacen("active", "retired", 1),
            "codes" => *bad.codes.last_mut().unwrap() ^= 1,
            "barcodes" => *bad.barcodes.last_mut().unwrap() ^= 1,
            _ => *bad.status.last_mut().unwrap() ^= 3,
        }
        assert_eq!(open(&bad).unwrap_err(), CopyError::File(name));
    }
    let other = NoteKey::new(NAME, secret(Algorithm::Ed25519, 6).public_key().clone()).unwrap();
    let bad = Parts { key: other, ..parts() };
    assert_eq!(open(&bad).unwrap_err(), CopyError::Note(NoteError::NotSigned(NAME.to_owned())));
    let bad = Parts { note: good.note.replace("day 2026-11-22", "day 2026-11-23"), ..parts() };
    assert_eq!(open(&bad).unwrap_err(), CopyError::Note(NoteError::BadSignature(NAME.to_owned())));
    // Signed by the same key and no copy: a checkpoint, and a copy of another register.
    let log = secret(Algorithm::Ed25519, 1);
    for text in [
        "quality.example/log\n48213\nAAAA\n",
        "other.example/offline\nliangbiao offline copy 1\norigin -\nsize 1\nday 2026-11-22\nwritten -\n",
    ] {
        let bad = Parts { note: sign(text, NAME, &[&log]).unwrap(), ..parts() };
        assert_eq!(open(&bad).unwrap_err(), CopyError::Text);
    }
}

#[test]
fn lists_that_do_not_belong_together_are_refused_even_when_signed() {
    let log = secret(Algorithm::Ed25519, 1);
    let short = StatusList::new(&[Kept::InForce]).unwrap();
    let mut bad = parts();
    let mut note = CopyNote::parse(
        bad.note.split("\n\n").next().map(|t| t.to_owned() + "\n").unwrap().as_str(),
    )
    .unwrap();
    note.files[2] = File::of("status", short.as_bytes());
    bad.note = sign(&note.text(), NAME, &[&log]).unwrap();
    bad.status = short.as_bytes().to_vec();
    assert_eq!(open(&bad).unwrap_err(), CopyError::Unreadable("status"));
}

#[test]
fn a_text_of_a_copy_reads_back_and_any_other_is_refused() {
    let note = CopyNote {
        name: NAME.to_owned(),
        origin: String::new(),
        log_size: 0,
        day: day("2026-11-22"),
        written: None,
        files: vec![File::of("keys", b"")],
    };
    let text = note.text();
    assert_eq!(CopyNote::parse(&text), Ok(note));
    for (from, to) in [
        ("copy 1", "copy 2"),
        ("size 0", "size 00"),
        ("size 0", "size +0"),
        ("size 0", "size"),
        ("2026-11-22", "2026-11-31"),
        ("written -", "written 2026-11-21T14:51:7Z"),
        ("written -", "written 2026-11-21T24:51:07Z"),
        ("file keys", "file Keys"),
        ("file keys", "files"),
        (" 0\n", "\n"),
    ] {
        assert!(text.contains(from));
        assert_eq!(CopyNote::parse(&text.replacen(from, to, 1)), Err(NoteTextError), "{from} {to}");
    }
    let line = text.lines().last().unwrap();
    assert_eq!(
        CopyNote::parse(&(text.clone() + &format!("{line}\n").repeat(50))),
        Err(NoteTextError)
    );
}

#[test]
fn key_lines_read_back_and_stand_in_one_order() {
    let mut records = vec![
        record(&secret(Algorithm::Sm2, 3), KeyStatus::Retired, "2026-03-01"),
        record(&secret(Algorithm::Ed25519, 2), KeyStatus::Active, "2026-01-01"),
    ];
    records[0].valid_to = Some(day("2026-02-28"));
    let text = keys::write(&records);
    assert_eq!(text, keys::write(records.iter().rev()));
    let read = keys::read(&text).unwrap();
    assert!(read.len() == 2 && records.iter().all(|record| read.contains(record)));
    assert_eq!(keys::read(""), Some(Vec::new()));
    for wrong in [
        "x\n",
        "ed25519 active\n",
        text.trim_end(),
        &text.replace("retired", "lost"),
        &text.replace("\n", " x\n"),
    ] {
        assert_eq!(keys::read(wrong), None, "{wrong}");
    }
    let many = text.repeat(keys::KEYS_MAX / 2 + 1);
    assert_eq!(keys::read(&many), None);
}

#[test]
fn a_shelf_of_nothing_and_one_too_large_are_told_apart() {
    let (empty, places) = CodeShelf::new(&[]).unwrap();
    assert!(empty.is_empty() && places.is_empty() && empty.find(&model(1)).is_none());
    let text = "x".repeat(TEXT_BYTES_MAX);
    let goods = Goods { name: &text, model: "", holder: "" };
    assert_eq!(CodeShelf::new(&[(model(1), None, goods)]), Err(ShelfError::TooMuch));
    // The first of two wins, and only one is kept.
    let twice = [(model(1), None, GOODS[0]), (model(1), None, GOODS[1])];
    let (shelf, places) = CodeShelf::new(&twice).unwrap();
    assert_eq!((shelf.len(), places), (1, vec![0]));
    assert_eq!(shelf.find(&model(1)).unwrap().goods, GOODS[0]);
}

proptest! {
    #[test]
    fn every_code_of_a_shelf_is_found_and_no_other(seeds in prop::collection::btree_set(any::<[u8; 16]>(), 0..40), others in prop::collection::vec(any::<[u8; 16]>(), 8), names in prop::collection::vec("[a-c]{0,2}", 40), days in prop::collection::vec(0..65_536_u64, 40)) {
        let codes: Vec<CreditCode> = seeds.iter().filter_map(|seed| CreditCode::mint_model("44", *seed)).collect();
        let items: Vec<_> = codes.iter().enumerate().map(|(i, code)| {
            let until = (days[i] > 0).then(|| day("2020-01-01") + chrono::Days::new(days[i]));
            (*code, until, Goods { name: &names[i], model: "m", holder: "h" })
        }).collect();
        let (shelf, places) = CodeShelf::new(&items).unwrap();
        prop_assert_eq!(CodeShelf::from_bytes(shelf.as_bytes().to_vec()), Ok(shelf.clone()));
        for (code, until, goods) in &items {
            let item = shelf.find(code).unwrap();
            prop_assert_eq!(items[places[item.place]].0, *code);
            if codes.iter().filter(|one| *one == code).count() == 1 {
                prop_assert_eq!((item.until, item.goods), (*until, *goods));
            }
        }
        for seed in others {
            let code = CreditCode::mint_model("44", seed).unwrap();
            prop_assert_eq!(shelf.find(&code).is_some(), codes.contains(&code));
        }
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..120), head in prop::collection::vec(0..4_u8, 12), text in any::<String>()) {
        for bytes in [bytes.clone(), [&b"LBCODES1"[..], &bytes].concat(), [&b"LBCODES1"[..], &head, &bytes].concat()] {
            if let Ok(shelf) = CodeShelf::from_bytes(bytes) {
                let _ = shelf.find(&model(1));
            }
        }
        for bytes in [bytes.clone(), [&b"LBGTIN1\n"[..], &bytes].concat(), [&b"LBGTIN1\n\x01\0\0\0"[..], bytes.get(..10).unwrap_or_default()].concat()] {
            if let Ok(barcodes) = Barcodes::from_bytes(&bytes, 3) {
                prop_assert!(barcodes.find(&gtin("4006381333931")).is_none_or(|place| place < 3));
            }
        }
        let _ = CopyNote::parse(&text);
        let _ = keys::read(&text);
    }

    #[test]
    fn one_changed_byte_of_a_shelf_never_makes_the_reader_panic(at in any::<prop::sample::Index>(), with in any::<u8>()) {
        let mut bytes = parts().codes;
        let at = at.index(bytes.len());
        bytes[at] = with;
        if let Ok(shelf) = CodeShelf::from_bytes(bytes) {
            for n in 0..4 {
                let _ = shelf.find(&model(n));
            }
        }
    }

    #[test]
    fn nothing_offline_is_ever_better_than_cannot_tell(text in "[0-9A-HJ-NP-RTUW-Y]{12}|[0-9]{212}|.{0,20}", days in -400..4000_i64) {
        let copy = open(&parts()).unwrap();
        let now = at("2026-11-22T02:00:00Z") + chrono::TimeDelta::days(days);
        for answer in [copy.code(&text, now), copy.statement(&text, now)] {
            prop_assert!(matches!(answer.outcome, Outcome::CannotTell | Outcome::Malformed));
            let verified = matches!(answer.statement, Some((_, SignatureState::Verified(_))));
            prop_assert!(!verified, "nobody guesses a signature");
        }
    }
}
