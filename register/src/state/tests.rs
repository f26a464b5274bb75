use super::*;
use crate::kinds::Kind;
use crate::merkle::memory::Leaves;
use crate::merkle::{inclusion, leaf_hash, root_of};
use crate::note;
use crate::signature::{KeyStatus, SecretKey};
use crate::tlog::Checkpoint;
use crate::{Draft, ReasonCode, SourceRef};

const NAME: &str = "liangbiao/register/test";

fn secret(byte: u8) -> SecretKey {
    SecretKey::from_bytes(Algorithm::Ed25519, &[byte; 32]).unwrap()
}

fn entries() -> Vec<Entry> {
    let grant = |status: &str| {
        json!({
            "scheme": "s", "subject": { "kind": "product", "key": "p-1" }, "holder": "h", "status": status,
            "granted_on": "2023-06-30", "valid_until": "2028-06-30", "certificate_number": "C-1", "issuer": "示例机构",
        })
    };
    let rows = [
        (
            Kind::Source,
            "list",
            "2023-01-01",
            json!({ "title": "示例目录", "publisher": "示例局", "sample": true }),
        ),
        (
            Kind::Product,
            "p-1",
            "2023-01-01",
            json!({ "name_zh": "冰箱", "model": "A", "holder": "h" }),
        ),
        (Kind::Listing, "s/C-1", "2023-06-30", grant("valid")),
        (Kind::Listing, "s/C-1", "2026-02-01", grant("withdrawn")),
        (Kind::Product, "p-2", "2023-01-01", json!({ "name_zh": "别的" })),
    ];
    let at = |(seq, (kind, key, from, body)): (usize, (Kind, &str, &str, Value))| {
        let draft = Draft {
            valid_from: from.parse().unwrap(),
            kind,
            key: key.to_owned(),
            reason: ReasonCode::Listed.into(),
            source: SourceRef { id: "list".to_owned(), locator: Default::default() },
            body: body.as_object().cloned().unwrap(),
        };
        draft.at(seq as u64, "2026-03-01T20:00:00Z".parse().unwrap())
    };
    rows.into_iter().enumerate().map(at).collect()
}

fn about(as_of: &str) -> About {
    About {
        kind: Kind::Product,
        key: "p-1".to_owned(),
        as_of: as_of.parse().unwrap(),
        known: 5,
        link: format!("/products/p-1/state?as_of={as_of}&known=5"),
        left_out: 0,
    }
}

fn key(byte: u8, from: &str) -> KeyRecord {
    KeyRecord {
        public_key: secret(byte).public_key().clone(),
        valid_from: from.parse().unwrap(),
        valid_to: None,
        status: KeyStatus::Active,
        since: from.parse().unwrap(),
    }
}

/// The statement, not signed.
fn plain(about: &About) -> Value {
    let entries = entries();
    let texts: Vec<String> =
        entries.iter().map(|entry| crate::canonical::canonical_entry(entry).unwrap()).collect();
    let mut leaves = Leaves(texts.iter().map(|text| leaf_hash(text.as_bytes())).collect());
    let Ok(root) = root_of(5, &mut leaves);
    let head = Checkpoint { origin: NAME.to_owned(), size: 5, root, extensions: Vec::new() };
    let checkpoint = note::sign(&head.text(), NAME, &[&secret(1)]).unwrap();
    let log_key = NoteKey::new(NAME, secret(1).public_key().clone()).unwrap().to_string();
    let proven: Vec<Proven> = [1, 2, 3, 0, 4]
        .into_iter()
        .map(|seq: u64| {
            let Ok(path) = inclusion(seq, 5, &mut leaves);
            Proven { seq, entry: texts[seq as usize].clone(), path: path.unwrap() }
        })
        .collect();
    unsigned(about, &proven, &checkpoint, &log_key).unwrap()
}

fn signed(about: &About) -> Value {
    sign(plain(about), &key(2, "2026-01-01"), &secret(2)).unwrap()
}

fn known() -> Vec<KeyRecord> {
    vec![key(1, "2020-01-01"), key(2, "2026-01-01")]
}

#[test]
fn a_statement_says_what_was_in_force_on_its_day_and_verifies_with_the_keys_alone() {
    let now = signed(&about("2026-03-01"));
    assert_eq!(
        (&now["status"], &now["listings"][0]["status"]),
        (&json!("withdrawn"), &json!("withdrawn"))
    );
    let then = signed(&about("2025-03-01"));
    assert_eq!((&then["status"], &then["listings"][0]["seq"]), (&json!("valid"), &json!(2)));
    assert_eq!(then["listings"][0]["source"]["title"], json!("示例目录"));
    // The log had its size on 1 March at 20:00 UTC, which was 2 March in China.
    assert_eq!(then["dated"], json!("2026-03-02"));
    let verified = verify(&then, Some(&known())).unwrap();
    assert_eq!((verified.key, verified.about), (KeyTrust::Known, about("2025-03-01")));
    assert_eq!(verify(&then, None).unwrap().key, KeyTrust::Unchecked);
    // The same bytes each time.
    assert_eq!(canonical_json(&then), canonical_json(&signed(&about("2025-03-01"))));
}

/// Every place of a value, as a JSON pointer.
fn places(value: &Value, at: String, out: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            object.iter().for_each(|(name, value)| places(value, format!("{at}/{name}"), out))
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, value)| places(value, format!("{at}/{i}"), out))
        }
        _ => out.push(at),
    }
}

#[test]
fn every_changed_value_of_a_statement_is_found_out() {
    let whole = signed(&about("2025-03-01"));
    let mut all = Vec::new();
    places(&whole, String::new(), &mut all);
    assert!(all.len() > 40, "{all:?}");
    for place in all {
        for other in [json!("x"), json!(7), Value::Null, json!("2024-01-01")] {
            let mut changed = whole.clone();
            let value = changed.pointer_mut(&place).unwrap();
            if *value == other {
                continue;
            }
            *value = other.clone();
            assert!(verify(&changed, Some(&known())).is_err(), "{place} = {other}");
        }
    }
    for name in whole.as_object().unwrap().keys() {
        let mut less = whole.clone();
        less.as_object_mut().unwrap().remove(name);
        assert!(verify(&less, Some(&known())).is_err(), "without {name}");
    }
    let mut more = whole.clone();
    more["more"] = json!(1);
    assert_eq!(verify(&more, Some(&known())), Err(StateError::Claim("more".to_owned())));
}

#[test]
fn what_the_authority_itself_signs_has_to_follow_from_the_entries() {
    let mut lie = plain(&about("2026-03-01"));
    lie["status"] = json!("valid");
    let lie = sign(lie, &key(2, "2026-01-01"), &secret(2)).unwrap();
    assert_eq!(verify(&lie, Some(&known())), Err(StateError::Claim("status".to_owned())));
    // A forged proof, signed over.
    let mut forged = plain(&about("2026-03-01"));
    let text = forged["entries"][2]["entry"].as_str().unwrap().replace("withdrawn", "valid");
    forged["entries"][2]["entry"] = json!(text);
    let forged = sign(forged, &key(2, "2026-01-01"), &secret(2)).unwrap();
    assert_eq!(verify(&forged, Some(&known())), Err(StateError::Entry(3)));
}

#[test]
fn a_key_that_is_wrong_revoked_over_or_not_known_does_not_vouch() {
    let statement = signed(&about("2025-03-01"));
    assert_eq!(verify(&plain(&about("2025-03-01")), Some(&known())), Err(StateError::Unsigned));
    let kid = secret(2).public_key().id();
    let with = |status, since: &str, valid_to: Option<&str>| {
        let two = KeyRecord {
            status,
            since: since.parse().unwrap(),
            valid_to: valid_to.map(|day| day.parse().unwrap()),
            ..key(2, "2026-01-01")
        };
        verify(&statement, Some(&[key(1, "2020-01-01"), two])).map(|verified| verified.key)
    };
    assert_eq!(with(KeyStatus::Active, "2026-01-01", None), Ok(KeyTrust::Known));
    assert_eq!(with(KeyStatus::Revoked, "2026-03-02", None), Err(StateError::NotInForce(kid)));
    let later = "2026-05-01".parse().unwrap();
    assert_eq!(with(KeyStatus::Revoked, "2026-05-01", None), Ok(KeyTrust::RevokedLater(later)));
    assert_eq!(
        with(KeyStatus::Active, "2026-01-01", Some("2026-02-01")),
        Err(StateError::NotInForce(kid))
    );
    assert_eq!(verify(&statement, Some(&[key(1, "2020-01-01")])), Err(StateError::UnknownKey(kid)));
    let log = secret(1).public_key().id();
    assert_eq!(verify(&statement, Some(&[key(2, "2026-01-01")])), Err(StateError::UnknownKey(log)));
    assert_eq!(verify(&statement, Some(&[])), Err(StateError::UnknownKey(log)));
    // Signed by another key under this key's name.
    let mut other = sign(plain(&about("2025-03-01")), &key(2, "2026-01-01"), &secret(3)).unwrap();
    other["signature"]["kid"] = json!(kid.to_string());
    other["signature"]["public_key"] = json!(secret(2).public_key().to_record());
    assert_eq!(verify(&other, Some(&known())), Err(StateError::Signature));
    // A key that came into force after the log had that size dates what it signs by its first day.
    let young = sign(plain(&about("2025-03-01")), &key(2, "2026-06-01"), &secret(2)).unwrap();
    assert_eq!(young["dated"], json!("2026-06-01"));
}
