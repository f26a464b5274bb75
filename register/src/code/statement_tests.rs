use proptest::prelude::*;

use super::*;
use crate::code::RESERVED;
use crate::signature::{SecretKey, Verifier};

fn key(algorithm: Algorithm) -> SecretKey {
    SecretKey::from_bytes(algorithm, &[7; 32]).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn signed(code: &str, gtin: Option<&str>, algorithm: Algorithm) -> Statement {
    let gtin = gtin.map(|g| Gtin::parse(g).unwrap());
    let code = CreditCode::parse(code).unwrap();
    Statement::sign(code, gtin, day("2026-11-01"), day("2027-10-31"), &key(algorithm)).unwrap()
}

#[test]
fn a_statement_says_what_was_put_in_and_its_signature_covers_it() {
    for algorithm in Algorithm::ALL {
        let written = signed(RESERVED, Some("9506000134352"), algorithm);
        let digits = written.digits();
        assert_eq!(digits.len(), DIGITS);
        let read = Statement::parse(&digits).unwrap();
        assert_eq!(read, written);
        assert_eq!(read.code().as_str(), RESERVED);
        assert_eq!(read.gtin().map(Gtin::as_str), Some("09506000134352"));
        assert_eq!((read.issued(), read.expires()), (day("2026-11-01"), day("2027-10-31")));
        assert_eq!(read.algorithm(), algorithm);
        let public = key(algorithm).public_key().clone();
        assert_eq!(read.key_index(), public.id().index());
        assert_eq!(read.signed_bytes(), [b"YPQ-S1\n", &read.payload()[..]].concat());
        assert!(public.verify(&read.signed_bytes(), read.signature()).is_ok());
        assert!(public.verify(read.payload(), read.signature()).is_err());
    }
    let unit = signed("44260A7K3QMX9D2P", None, Algorithm::Ed25519);
    let unit = Statement::parse(&unit.digits()).unwrap();
    assert_eq!((unit.code().as_str(), unit.gtin()), ("44260A7K3QMX9D2P", None));
}

#[test]
fn the_payload_has_the_published_layout() {
    let payload = *signed(RESERVED, Some("09521234543213"), Algorithm::Sm2).payload();
    assert_eq!(payload[..2], [1, 2]);
    assert_eq!(payload[2..4], key(Algorithm::Sm2).public_key().id().index().to_be_bytes());
    let base31 = RESERVED.bytes().fold(0_u128, |n, c| {
        n * 31 + crate::id::alphabet31::ALPHABET.iter().position(|a| *a == c).unwrap() as u128
    });
    assert_eq!(number(&payload[4..14]), base31);
    assert_eq!(number(&payload[14..20]), 9_521_234_543_213);
    // Days since 2020-01-01: 2026-11-01 is day 2496, 2027-10-31 day 2860.
    assert_eq!((number(&payload[20..22]), number(&payload[22..24])), (2496, 2860));
}

#[test]
fn digits_that_are_no_statement_are_refused_for_their_first_fault() {
    let good = signed(RESERVED, None, Algorithm::Ed25519);
    let with = |change: &dyn Fn(&mut [u8; BYTES])| {
        let mut bytes = from_decimal(good.digits().as_bytes()).unwrap();
        change(&mut bytes);
        Statement::parse(&to_decimal(bytes))
    };
    assert!(with(&|_| {}).is_ok());
    assert_eq!(with(&|b| b[0] = 2), Err(StatementError::Version(2)));
    assert_eq!(with(&|b| b[1] = 0), Err(StatementError::Algorithm(0)));
    assert_eq!(with(&|b| b[1] = 3), Err(StatementError::Algorithm(3)));
    assert_eq!(with(&|b| b[13] ^= 1), Err(StatementError::Code));
    assert_eq!(with(&|b| b[4..14].fill(0xff)), Err(StatementError::Code));
    assert_eq!(with(&|b| b[19] = 1), Err(StatementError::Gtin));
    assert_eq!(with(&|b| b[14..20].fill(0xff)), Err(StatementError::Gtin));
    assert_eq!(with(&|b| b[22..24].fill(0)), Err(StatementError::Dates));
    assert!(with(&|b| b[22..24].copy_from_slice(&[0x09, 0xc0])).is_ok());
    assert_eq!(Statement::parse(&"9".repeat(DIGITS)), Err(StatementError::TooLarge));
    assert_eq!(Statement::parse(""), Err(StatementError::Length { found: 0 }));
    assert_eq!(Statement::parse(&good.digits()[1..]), Err(StatementError::Length { found: 211 }));
    let longer = format!("{}0", good.digits());
    assert_eq!(Statement::parse(&longer), Err(StatementError::Length { found: 213 }));
    let full_width = good.digits().replacen('1', "１", 1);
    assert!(matches!(Statement::parse(&full_width), Err(StatementError::Digit { .. })));
    assert_eq!(Statement::parse("12a"), Err(StatementError::Digit { position: 3 }));
}

#[test]
fn what_cannot_be_written_is_not_signed() {
    let sign = |code: &str, from: &str, to: &str| {
        let code = CreditCode::parse(code).unwrap();
        Statement::sign(code, None, day(from), day(to), &key(Algorithm::Ed25519)).map(|_| ())
    };
    let zeros = CreditCode::of_body(b"000044260A7K3QM").unwrap();
    assert_eq!(sign(zeros.as_str(), "2026-01-01", "2026-01-02"), Err(UnwritableStatement::Code));
    assert_eq!(sign(RESERVED, "2019-12-31", "2026-01-02"), Err(UnwritableStatement::Dates));
    assert_eq!(sign(RESERVED, "2026-01-02", "2026-01-01"), Err(UnwritableStatement::Dates));
    assert_eq!(sign(RESERVED, "2026-01-02", "2199-06-07"), Err(UnwritableStatement::Dates));
    assert_eq!(sign(RESERVED, "2020-01-01", "2199-06-06"), Ok(()));
    assert_eq!(sign(RESERVED, "2026-01-02", "2026-01-02"), Ok(()));
    // A model code may start with 0000.
    let model = CreditCode::of_body(b"00000000001").unwrap();
    assert_eq!(sign(model.as_str(), "2026-01-02", "2026-01-02"), Ok(()));
}

proptest! {
    #[test]
    fn bytes_and_digits_are_the_same_number(bytes in proptest::collection::vec(any::<u8>(), BYTES)) {
        let bytes: [u8; BYTES] = bytes.try_into().unwrap();
        let digits = to_decimal(bytes);
        prop_assert_eq!(digits.len(), DIGITS);
        prop_assert_eq!(from_decimal(digits.as_bytes()), Some(bytes));
    }

    #[test]
    fn a_changed_digit_never_verifies(at in 0..DIGITS, by in 1..10u8) {
        for algorithm in Algorithm::ALL {
            let mut digits = signed(RESERVED, Some("9506000134352"), algorithm).digits().into_bytes();
            digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
            if let Ok(read) = Statement::parse(&String::from_utf8(digits).unwrap()) {
                let verified = key(algorithm).public_key().verify(&read.signed_bytes(), read.signature());
                prop_assert!(verified.is_err() || read.algorithm() != algorithm);
            }
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>(), digits in "[0-9]{212}") {
        let _ = Statement::parse(&text);
        let _ = Statement::parse(&digits);
    }

    #[test]
    fn every_code_comes_back(random in any::<[u8; 16]>()) {
        for code in [CreditCode::mint_unit(random), CreditCode::mint_model("44", random).unwrap()] {
            let statement = signed(code.as_str(), None, Algorithm::Ed25519);
            let read = Statement::parse(&statement.digits()).unwrap();
            prop_assert_eq!(read.code(), &code);
        }
    }
}
