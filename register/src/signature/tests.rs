use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::json;
use sm2::elliptic_curve::Curve as _;

use super::*;
use crate::code::{CreditCode, RESERVED, Statement};

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    digits.chunks(2).map(|two| u8::from_str_radix(&String::from_iter(two), 16).unwrap()).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn key(algorithm: Algorithm, seed: u8) -> SecretKey {
    SecretKey::from_bytes(algorithm, &[seed; 32]).unwrap()
}

#[test]
fn sm3_gives_the_published_hash() {
    use sm2::dsa::signature::Verifier as _;
    use sm3::Digest as _;
    let hash = sm3::Sm3::digest(b"abc");
    let published = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
    assert_eq!(crate::id::key::hex(&hash), published);
    // And the published signature was made over that function.
    let public = key(Algorithm::Sm2, 7).public_key().clone();
    let raw = sm2::dsa::VerifyingKey::from_sec1_bytes(SM2_ID, public.as_bytes()).unwrap();
    let signature = key(Algorithm::Sm2, 7).sign(b"x").unwrap();
    let signature = sm2::dsa::Signature::from_slice(&signature).unwrap();
    assert!(raw.verify(b"x", &signature).is_ok());
}

#[test]
fn the_published_sm2_signature_verifies_and_a_changed_one_does_not() {
    // GM/T 0003.5-2012, annex A.
    let d = unhex("3945208F 7B2144B1 3F36E38A C6D39F95 88939369 2860B51A 42FB81EF 4DF7C5B8");
    let secret = SecretKey::from_bytes(Algorithm::Sm2, &d.try_into().unwrap()).unwrap();
    let r = "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3";
    let s = "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA";
    let published: SignatureBytes = unhex(&format!("{r}{s}")).try_into().unwrap();
    let public = secret.public_key();
    let x = "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020";
    assert_eq!(public.as_bytes()[1..33], unhex(x));
    assert_eq!(public.verify(b"message digest", &published), Ok(()));
    for bit in 0..512 {
        let mut changed = published;
        changed[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(public.verify(b"message digest", &changed), Err(BadSignature), "bit {bit}");
    }
    assert_eq!(public.verify(b"message digesu", &published), Err(BadSignature));
    // Signing is deterministic, and what it signs verifies.
    let own = secret.sign(b"message digest").unwrap();
    assert_eq!(secret.sign(b"message digest").unwrap(), own);
    assert_eq!(public.verify(b"message digest", &own), Ok(()));
}

#[test]
fn the_published_ed25519_signatures_are_made_and_verified() {
    // RFC 8032, 7.1, tests 1 and 3.
    for (secret, public, message, signature) in [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ] {
        let secret: [u8; 32] = unhex(secret).try_into().unwrap();
        let secret = SecretKey::from_bytes(Algorithm::Ed25519, &secret).unwrap();
        assert_eq!(secret.public_key().as_bytes(), unhex(public));
        let expected: SignatureBytes = unhex(signature).try_into().unwrap();
        let message = unhex(message);
        assert_eq!(secret.sign(&message).unwrap(), expected);
        assert_eq!(secret.public_key().verify(&message, &expected), Ok(()));
        let mut changed = expected;
        changed[40] ^= 1;
        assert_eq!(secret.public_key().verify(&message, &changed), Err(BadSignature));
    }
}

#[test]
fn the_published_signed_note_verifies() {
    let field = "AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    let public = PublicKey::from_record(Algorithm::Ed25519, field).unwrap();
    assert_eq!(public.to_record(), field);
    let note = "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=";
    let bytes = <base64ct::Base64 as base64ct::Encoding>::decode_vec(note).unwrap();
    // Four bytes of key hash stand before the signature.
    let signature: SignatureBytes = bytes[4..].try_into().unwrap();
    assert_eq!(public.verify(b"This is an example message.\n", &signature), Ok(()));
}

#[test]
fn bytes_that_are_no_key_are_refused() {
    let refused = |algorithm, bytes: &[u8]| PublicKey::from_bytes(algorithm, bytes).unwrap_err();
    for length in [0, 31, 33, 64, 65] {
        assert_eq!(refused(Algorithm::Ed25519, &vec![4; length]), BadKey);
        assert_eq!(refused(Algorithm::Sm2, &vec![4; length]), BadKey);
    }
    // The neutral element: every signature of a certain form would verify with it.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    assert_eq!(refused(Algorithm::Ed25519, &neutral), BadKey);
    assert_eq!(refused(Algorithm::Sm2, &[0]), BadKey);
    for algorithm in Algorithm::ALL {
        assert!(PublicKey::from_record(algorithm, "&&&&").is_err());
    }
    let n = sm2::Sm2::ORDER.as_ref().to_be_bytes();
    let mut n: [u8; 32] = n.as_ref().try_into().unwrap();
    for excluded in ["n", "n - 1"] {
        assert!(SecretKey::from_bytes(Algorithm::Sm2, &n).is_err(), "{excluded}");
        n[31] -= 1;
    }
    assert!(SecretKey::from_bytes(Algorithm::Sm2, &n).is_ok(), "n - 2");
    assert!(SecretKey::from_bytes(Algorithm::Sm2, &[0; 32]).is_err());
}

#[test]
fn a_compressed_point_is_the_same_key() {
    let public = key(Algorithm::Sm2, 7).public_key().clone();
    let point = public.as_bytes();
    let mut compressed = vec![2 + (point[64] & 1)];
    compressed.extend(&point[1..33]);
    assert_eq!(PublicKey::from_bytes(Algorithm::Sm2, &compressed).unwrap(), public);
    assert_eq!(PublicKey::from_record(Algorithm::Sm2, &public.to_record()).unwrap(), public);
}

#[test]
fn a_key_id_is_the_beginning_of_the_published_thumbprint() {
    // RFC 8037, A.3: the thumbprint of this key is kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k.
    let x = unhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    let public = PublicKey::from_bytes(Algorithm::Ed25519, &x).unwrap();
    assert_eq!(public.id().to_string(), "90facafea9b15566");
    assert_eq!(public.id().index(), 0x90fa);
    assert_eq!(KeyId::parse("90facafea9b15566"), Some(public.id()));
    for wrong in
        ["", "90facafea9b1556", "90facafea9b155660", "90FACAFEA9B15566", "+0facafea9b15566"]
    {
        assert_eq!(KeyId::parse(wrong), None, "{wrong}");
    }
    let expected = json!({
        "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        "kid": "90facafea9b15566", "use": "sig", "alg": "EdDSA",
    });
    assert_eq!(jwk(&public), expected);
    let sm2 = key(Algorithm::Sm2, 7).public_key().clone();
    let set = jwks([&public, &sm2]);
    assert_eq!(set["keys"][0], expected);
    assert_eq!((&set["keys"][1]["kty"], &set["keys"][1]["crv"]), (&json!("EC"), &json!("SM2")));
    assert_eq!(set["keys"][1]["y"].as_str().map(str::len), Some(43));
    assert_eq!(set["keys"][1].get("alg"), None);
}

fn record(status: &str, valid_to: Option<&str>, since: &str) -> KeyRecord {
    let public = key(Algorithm::Ed25519, 7).public_key().clone();
    let mut body = json!({
        "algorithm": "ed25519", "public_key": public.to_record(), "holder": "示例平台",
        "valid_from": "2024-01-01", "status": status,
    });
    if let Some(day) = valid_to {
        body["valid_to"] = day.into();
    }
    KeyRecord::from_body(&public.id().to_string(), body.as_object().unwrap(), day(since)).unwrap()
}

#[test]
fn a_key_is_judged_by_the_day_of_the_signature() {
    let on = |record: &KeyRecord, text: &str| record.on(day(text));
    let active = record("active", Some("2026-12-31"), "2024-01-01");
    assert_eq!(on(&active, "2023-12-31"), Standing::NotYet(day("2024-01-01")));
    assert_eq!(on(&active, "2024-01-01"), Standing::InForce);
    assert_eq!(on(&active, "2026-12-31"), Standing::InForce);
    assert_eq!(on(&active, "2027-01-01"), Standing::Over(day("2026-12-31")));
    let endless = record("active", None, "2024-01-01");
    assert_eq!(on(&endless, "2099-01-01"), Standing::InForce);
    let pending = record("pending", None, "2023-06-01");
    assert_eq!(on(&pending, "2024-06-01"), Standing::NotYet(day("2024-01-01")));
    let retired = record("retired", Some("2026-12-31"), "2025-03-01");
    assert_eq!(on(&retired, "2025-03-01"), Standing::InForce);
    assert_eq!(on(&retired, "2025-03-02"), Standing::Over(day("2025-03-01")));
    let retired_late = record("retired", Some("2024-12-31"), "2025-03-01");
    assert_eq!(on(&retired_late, "2025-01-01"), Standing::Over(day("2024-12-31")));
    let revoked = record("revoked", Some("2026-12-31"), "2025-03-01");
    assert_eq!(on(&revoked, "2025-02-28"), Standing::RevokedLater(day("2025-03-01")));
    assert_eq!(on(&revoked, "2025-03-01"), Standing::Revoked(day("2025-03-01")));
    assert_eq!(on(&revoked, "2027-03-01"), Standing::Revoked(day("2025-03-01")));
    assert_eq!(on(&revoked, "2023-12-31"), Standing::NotYet(day("2024-01-01")));
    let over_then_revoked = record("revoked", Some("2024-12-31"), "2025-03-01");
    assert_eq!(on(&over_then_revoked, "2025-02-01"), Standing::Over(day("2024-12-31")));
}

#[test]
fn a_record_that_is_no_key_is_refused() {
    let good = key(Algorithm::Ed25519, 7).public_key().clone();
    let id = good.id().to_string();
    let body = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut body = json!({
            "algorithm": "ed25519", "public_key": good.to_record(), "valid_from": "2024-01-01",
            "status": "active",
        });
        change(&mut body);
        body.as_object().cloned().unwrap()
    };
    let read = |id: &str, body: &crate::Body| KeyRecord::from_body(id, body, day("2024-01-01"));
    assert!(read(&id, &body(&|_| {})).is_ok());
    for (field, value) in
        [("algorithm", "rsa"), ("status", "lost"), ("valid_from", "2024"), ("status", "")]
    {
        let refused = read(&id, &body(&|b| b[field] = value.into()));
        assert_eq!(refused, Err(KeyRecordError::Fields), "{field}");
    }
    assert_eq!(read(&id, &body(&|b| b["algorithm"] = "sm2".into())), Err(KeyRecordError::Key));
    let none = body(&|b| {
        b.as_object_mut().unwrap().remove("public_key");
    });
    assert_eq!(read(&id, &none), Err(KeyRecordError::Key));
    assert_eq!(read("530d903a00000000", &body(&|_| {})), Err(KeyRecordError::Id));
}

#[test]
fn a_statement_is_judged_by_the_key_that_was_in_force_when_it_was_made() {
    let sign = |secret: &SecretKey, issued: &str| {
        let code = CreditCode::parse(RESERVED).unwrap();
        Statement::sign(code, None, day(issued), day("2030-01-01"), secret).unwrap()
    };
    let secret = key(Algorithm::Ed25519, 7);
    let id = secret.public_key().id();
    let statement = sign(&secret, "2025-02-01");
    let of = |statement: &Statement, records: &[KeyRecord]| judge(statement, records);
    let active = record("active", None, "2024-01-01");
    assert_eq!(of(&statement, std::slice::from_ref(&active)), SignatureState::Verified(id));
    let revoked = record("revoked", None, "2025-03-01");
    let later = SignatureState::RevokedLater(id, day("2025-03-01"));
    assert_eq!(of(&statement, std::slice::from_ref(&revoked)), later);
    let not_in_force = SignatureState::NotInForce(id, Standing::Revoked(day("2025-03-01")));
    assert_eq!(of(&sign(&secret, "2025-03-01"), &[revoked]), not_in_force);
    assert_eq!(of(&statement, &[]), SignatureState::UnknownKey(id.index()));
    // Another key with another index is not asked; one of another algorithm neither.
    let other =
        KeyRecord { public_key: key(Algorithm::Ed25519, 8).public_key().clone(), ..active.clone() };
    let sm2 =
        KeyRecord { public_key: key(Algorithm::Sm2, 7).public_key().clone(), ..active.clone() };
    assert_eq!(of(&statement, &[other, sm2.clone()]), SignatureState::UnknownKey(id.index()));
    let by_sm2 = sign(&key(Algorithm::Sm2, 7), "2025-02-01");
    assert_eq!(
        of(&by_sm2, &[active.clone(), sm2.clone()]),
        SignatureState::Verified(sm2.public_key.id())
    );
    // A forged signature under a known index.
    let mut digits = statement.digits().into_bytes();
    let last = digits.len() - 1;
    digits[last] = if digits[last] == b'0' { b'1' } else { b'0' };
    let forged = Statement::parse(&String::from_utf8(digits).unwrap()).unwrap();
    assert_eq!(of(&forged, std::slice::from_ref(&active)), SignatureState::DoesNotVerify);
    // Where somebody else verifies: what cannot be told is neither right nor wrong, a key that
    // verifies counts all the same, and keys that are not named are not asked about.
    let by = |held: &[Option<bool>]| {
        let keys = vec![sm2.clone(); held.len()];
        let mut held = held.iter();
        judge_by(&by_sm2, keys.iter().chain([&active]), |key, _, _| {
            assert_eq!(key.algorithm(), Algorithm::Sm2);
            *held.next().unwrap()
        })
    };
    let (verified, index) =
        (SignatureState::Verified(sm2.public_key.id()), sm2.public_key.id().index());
    for (held, state) in [
        (&[None][..], SignatureState::Unchecked(index)),
        (&[Some(false), None], SignatureState::Unchecked(index)),
        (&[None, Some(true)], verified),
        (&[Some(true)], verified),
        (&[Some(false)], SignatureState::DoesNotVerify),
        (&[], SignatureState::UnknownKey(index)),
    ] {
        assert_eq!(by(held), state, "{held:?}");
    }
}

#[test]
fn algorithms_have_words_and_numbers() {
    for algorithm in Algorithm::ALL {
        assert_eq!(Algorithm::from_code(algorithm.code()), Some(algorithm));
        assert_eq!(Algorithm::from_number(algorithm.number()), Some(algorithm));
    }
    assert_eq!((Algorithm::Ed25519.number(), Algorithm::Sm2.number()), (1, 2));
    assert_eq!((Algorithm::from_number(0), Algorithm::from_code("rsa")), (None, None));
    let shown = format!("{:?}", key(Algorithm::Sm2, 7));
    assert!(!shown.contains("07070707") && shown.contains("PublicKey"), "{shown}");
}

proptest! {
    #[test]
    fn what_one_key_signed_verifies_with_it_alone(message in proptest::collection::vec(any::<u8>(), 0..100), seed in any::<[u8; 32]>()) {
        for algorithm in Algorithm::ALL {
            let Ok(secret) = SecretKey::from_bytes(algorithm, &seed) else { continue };
            let signature = secret.sign(&message).unwrap();
            prop_assert_eq!(secret.public_key().verify(&message, &signature), Ok(()));
            prop_assert_eq!(key(algorithm, 9).public_key().verify(&message, &signature), Err(BadSignature));
            let mut other = message.clone();
            other.push(0);
            prop_assert_eq!(secret.public_key().verify(&other, &signature), Err(BadSignature));
        }
    }

    #[test]
    fn no_bytes_make_reading_or_verifying_panic(bytes in proptest::collection::vec(any::<u8>(), 0..70), signature in any::<[u8; 32]>(), text in any::<String>()) {
        let both: SignatureBytes = [signature, signature].concat().try_into().unwrap();
        for algorithm in Algorithm::ALL {
            let _ = PublicKey::from_bytes(algorithm, &bytes);
            let _ = PublicKey::from_record(algorithm, &text);
            prop_assert!(key(algorithm, 9).public_key().verify(&bytes, &both).is_err());
        }
        let _ = KeyId::parse(&text);
    }
}
