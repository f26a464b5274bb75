use proptest::prelude::*;

use super::*;
use crate::signature::SecretKey;

// The example of C2SP signed-note and its reference implementation.
const VKEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const TEXT: &str = "This is an example message.\n";
const NOTE: &str = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

fn secret(seed: u8) -> SecretKey {
    SecretKey::from_bytes(Algorithm::Ed25519, &[seed; 32]).unwrap()
}

fn key(name: &str, seed: u8) -> NoteKey {
    NoteKey::new(name, secret(seed).public_key().clone()).unwrap()
}

#[test]
fn the_published_note_verifies_with_the_published_key() {
    let key: NoteKey = VKEY.parse().unwrap();
    assert_eq!((key.name(), key.id()), ("example.com/foo", [0x53, 0x0d, 0x90, 0x3a]));
    assert_eq!(key.to_string(), VKEY);
    assert_eq!(Note::parse(NOTE).unwrap().text_signed_by(&key), Ok(TEXT));
    assert_eq!(Note::parse(NOTE).unwrap().text_unverified(), TEXT);
}

#[test]
fn what_was_changed_is_not_signed() {
    let known: NoteKey = VKEY.parse().unwrap();
    let refused = |note: &str| Note::parse(note).and_then(|n| Ok(n.text_signed_by(&known)?.len()));
    let bad = Err(NoteError::BadSignature("example.com/foo".into()));
    assert_eq!(refused(&NOTE.replace("an example", "no example")), bad);
    assert_eq!(refused(&NOTE.replace("Uw2QOkn8", "Uw2QOkn9")), bad);
    // Too short for the type: bad, though it is a well-formed line.
    assert_eq!(refused("a\n\n— example.com/foo Uw2QOkn8\n"), bad);
    // Another id, another name: not this key's, and passed over.
    let none = Err(NoteError::NotSigned("example.com/foo".into()));
    assert_eq!(refused(&NOTE.replace("Uw2Q", "Uw2R")), none);
    assert_eq!(refused(&NOTE.replace("— example.com/foo", "— example.com/bar")), none);
}

#[test]
fn one_bad_line_of_a_known_key_spoils_the_good_one() {
    let known = key("a.example", 1);
    let good = sign("x\n", "a.example", &[&secret(1)]).unwrap();
    let forged = good.lines().last().unwrap().to_owned();
    let other = sign("y\n", "a.example", &[&secret(1)]).unwrap();
    let both = format!("{good}{}\n", other.lines().last().unwrap());
    assert_eq!(
        Note::parse(&format!("{good}{forged}\n")).unwrap().text_signed_by(&known),
        Ok("x\n")
    );
    assert_eq!(
        Note::parse(&both).unwrap().text_signed_by(&known),
        Err(NoteError::BadSignature("a.example".into()))
    );
}

#[test]
fn several_keys_sign_one_text_and_each_is_found() {
    let note = sign("x\n\ny\n", "a.example", &[&secret(1), &secret(2)]).unwrap();
    let parsed = Note::parse(&note).unwrap();
    for seed in [1, 2] {
        assert_eq!(parsed.text_signed_by(&key("a.example", seed)), Ok("x\n\ny\n"));
    }
    assert!(parsed.text_signed_by(&key("a.example", 3)).is_err());
}

#[test]
fn a_second_line_by_sm2_is_verified_by_its_own_key_and_passed_over_by_the_first() {
    let sm2 = SecretKey::from_bytes(Algorithm::Sm2, &[5; 32]).unwrap();
    let second = NoteKey::new("a.example", sm2.public_key().clone()).unwrap();
    let note = sign("x\n", "a.example", &[&secret(1), &sm2]).unwrap();
    // Both sign without randomness: one text has one note.
    assert_eq!(note, sign("x\n", "a.example", &[&secret(1), &sm2]).unwrap());
    let read: NoteKey = second.to_string().parse().unwrap();
    assert_eq!(read, second);
    for known in [&key("a.example", 1), &read] {
        assert_eq!(Note::parse(&note).unwrap().text_signed_by(known), Ok("x\n"));
    }
    // A forged second line: the first key does not see it, the second is not to be had.
    let last = note.lines().last().unwrap();
    let other = sign("y\n", "a.example", &[&sm2]).unwrap();
    let forged = note.replace(last, other.lines().last().unwrap());
    assert_eq!(Note::parse(&forged).unwrap().text_signed_by(&key("a.example", 1)), Ok("x\n"));
    let bad = Err(NoteError::BadSignature("a.example".into()));
    assert_eq!(Note::parse(&forged).unwrap().text_signed_by(&second), bad);
    // The same bytes under another type are another key, and none.
    let text = second.to_string().replace("a.example+", "b.example+");
    assert_eq!(text.parse::<NoteKey>(), Err(NoteError::BadKey));
}

#[test]
fn what_is_no_note_is_refused_for_its_first_fault() {
    let many = format!("x\n\n{}", "— a AAAAAAA=\n".repeat(SIGNATURES_MAX + 1));
    let cases = [
        ("", NoteError::NoSignatures),
        ("x\n", NoteError::NoSignatures),
        ("x\n\n", NoteError::NoSignatures),
        ("x\n\n— a AAAAAAA=", NoteError::NoSignatures),
        ("x\r\n\n— a AAAAAAA=\n", NoteError::BadText),
        ("x\0\n\n— a AAAAAAA=\n", NoteError::BadText),
        ("x\n\n- a AAAAAAA=\n", NoteError::BadLine(1)),
        ("x\n\n— a\n", NoteError::BadLine(1)),
        ("x\n\n— a+b AAAAAAA=\n", NoteError::BadLine(1)),
        ("x\n\n—  AAAAAAA=\n", NoteError::BadLine(1)),
        ("x\n\n— a AAAAAAA\n", NoteError::BadLine(1)),
        ("x\n\n— a AAAAAA==\n", NoteError::BadLine(1)),
        ("x\n\n— a AAAAAAA=\nx\n", NoteError::BadLine(2)),
        (&many, NoteError::TooManySignatures),
    ];
    for (note, error) in cases {
        assert_eq!(Note::parse(note).map(|_| ()), Err(error), "{note:?}");
    }
    let large = "x".repeat(NOTE_BYTES_MAX + 1);
    assert_eq!(Note::parse(&large).map(|_| ()), Err(NoteError::TooLarge));
    let full = format!("x\n\n{}", "— a AAAAAAA=\n".repeat(SIGNATURES_MAX));
    assert!(Note::parse(&full).is_ok());
}

#[test]
fn what_cannot_stand_in_a_note_is_not_signed() {
    let one: &[&dyn Signer] = &[&secret(1)];
    for text in ["", "x", "x\t\n", "x\r\n"] {
        assert_eq!(sign(text, "a", one), Err(NoteError::BadText), "{text:?}");
    }
    let long = "n".repeat(NAME_BYTES_MAX + 1);
    for name in ["", "a b", "a+b", "a\u{3000}b", "a\n", &long] {
        assert_eq!(sign("x\n", name, one), Err(NoteError::BadName), "{name:?}");
    }
    assert_eq!(sign("x\n", "a", &[]), Err(NoteError::NoSignatures));
    let text = "x".repeat(NOTE_BYTES_MAX - 1) + "\n";
    assert_eq!(sign(&text, "a", one), Err(NoteError::TooLarge));
    let crowd: Vec<&dyn Signer> = vec![one[0]; SIGNATURES_MAX + 1];
    assert_eq!(sign("x\n", "a", &crowd), Err(NoteError::TooManySignatures));
}

#[test]
fn a_verifier_key_is_refused_when_its_parts_do_not_belong_together() {
    assert!(VKEY.parse::<NoteKey>().is_ok());
    for wrong in [
        "",
        "example.com/foo",
        "example.com/foo+530d903a",
        &VKEY.replace("530d903a", "530d903b"),
        &VKEY.replace("530d903a", "530D903A"),
        &VKEY.replace("530d903a", "+30d903a"),
        &VKEY.replace("example.com/foo", "example.com/bar"),
        // Another type of signature, and a key that is too short.
        &VKEY.replace("+AekyeR", "+AukyeR"),
        "example.com/foo+530d903a+AQ==",
        "example.com/foo+530d903a+",
    ] {
        assert!(wrong.parse::<NoteKey>().is_err(), "{wrong}");
    }
}

proptest! {
    #[test]
    fn a_signed_text_reads_back_and_any_changed_byte_is_found(text in "[ -~\n\u{4e00}-\u{4e30}]{0,60}\n", at in any::<prop::sample::Index>(), bit in 0..7_u8) {
        let known = key("登记.example/x", 5);
        let note = sign(&text, known.name(), &[&secret(5)]).unwrap();
        prop_assert_eq!(Note::parse(&note).unwrap().text_signed_by(&known), Ok(text.as_str()));
        let mut bytes = note.clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        // Either it is no note any more, or no text is given out for it.
        if let Ok(changed) = String::from_utf8(bytes)
            && let Ok(parsed) = Note::parse(&changed)
        {
            prop_assert!(parsed.text_signed_by(&known).is_err());
        }
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in any::<String>(), lines in "(x\n|\n|— |a |[A-Za-z+/=]{0,12}){0,20}") {
        let known = key("a", 5);
        for note in [&text, &lines] {
            let _ = Note::parse(note).and_then(|note| Ok(note.text_signed_by(&known)?.len()));
            let _ = note.parse::<NoteKey>();
        }
    }
}
