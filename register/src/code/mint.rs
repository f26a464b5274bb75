//! New codes out of random bytes the caller drew.

use super::read::{CreditCode, RESERVED};
use crate::id::alphabet31::ALPHABET;

/// 31⁹: how many bodies a model code has in one province.
const MODELS: u128 = 31_u128.pow(9);
/// 31¹¹: below it a body of 15 characters starts with `0000`.
const UNITS_FROM: u128 = 31_u128.pow(11);
/// 31¹⁵: how many bodies of 15 characters there are.
const UNITS_TO: u128 = 31_u128.pow(15);

impl CreditCode {
    /// A model code of a province (first two digits of its division code, GB/T 2260); nothing
    /// where `province` is not two digits of that kind. Never the reserved code.
    ///
    /// The bytes must come from a cryptographic random source. 128 bits on 31⁹ bodies leave a
    /// bias below 2⁻⁸³. A model code is an identifier, not a secret: the caller draws again when
    /// it is taken.
    #[must_use]
    pub fn mint_model(province: &str, random: [u8; 16]) -> Option<CreditCode> {
        let two_digits = province.len() == 2 && province.bytes().all(|b| b.is_ascii_digit());
        if !two_digits || province.starts_with('0') {
            return None;
        }
        let mut number = u128::from_be_bytes(random);
        let reserved = RESERVED.strip_prefix(province).map(|rest| number_of(&rest.as_bytes()[..9]));
        number = match reserved {
            // One body fewer, and the numbers from it on move up by one: still uniform.
            Some(reserved) => {
                let number = number % (MODELS - 1);
                number + u128::from(number >= reserved)
            }
            None => number % MODELS,
        };
        let mut body = [0; 11];
        body[..2].copy_from_slice(province.as_bytes());
        write(number, &mut body[2..]);
        CreditCode::of_body(&body)
    }

    /// A unit code. Never one that starts with `0000`: a signed statement marks a model code so.
    ///
    /// The bytes must come from a cryptographic random source: a unit code is a secret until the
    /// pack is opened. 128 bits on 31¹⁵ bodies (74 bits) leave a bias below 2⁻⁵³.
    #[must_use]
    pub fn mint_unit(random: [u8; 16]) -> CreditCode {
        let number = UNITS_FROM + u128::from_be_bytes(random) % (UNITS_TO - UNITS_FROM);
        let mut body = [0; 15];
        write(number, &mut body);
        // Fifteen characters of the alphabet always make a code.
        CreditCode::of_body(&body).unwrap_or_else(|| unreachable!("a body of the alphabet"))
    }
}

/// Writes a number in base 31, the last digit last; what does not fit is lost.
pub(super) fn write(mut number: u128, out: &mut [u8]) {
    for place in out.iter_mut().rev() {
        *place = ALPHABET[(number % 31) as usize];
        number /= 31;
    }
}

/// Reads base 31; at most 25 characters of the alphabet.
pub(super) fn number_of(digits: &[u8]) -> u128 {
    digits.iter().fold(0, |number, digit| {
        let value = ALPHABET.iter().position(|a| a == digit).unwrap_or(0);
        number * 31 + value as u128
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Level;
    use proptest::prelude::*;

    fn bytes(number: u128) -> [u8; 16] {
        number.to_be_bytes()
    }

    #[test]
    fn the_numbers_are_written_in_order_and_the_reserved_code_is_left_out() {
        let of = |n| CreditCode::mint_model("44", bytes(n)).unwrap().to_string();
        assert_eq!(&of(0)[..11], "44000000000");
        assert_eq!(&of(31)[..11], "44000000010");
        let reserved = number_of(b"M3QMX9D2R");
        assert_eq!(&of(reserved - 1)[..11], "44M3QMX9D2Q");
        assert_eq!(&of(reserved)[..11], "44M3QMX9D2T");
        assert_eq!(&of(MODELS - 2)[..11], "44YYYYYYYYY");
        assert_eq!((of(MODELS - 1), of(MODELS + 1)), (of(0), of(2)));
        // Another province has no reserved code.
        let there = CreditCode::mint_model("11", bytes(reserved)).unwrap();
        assert_eq!(&there.as_str()[..11], "11M3QMX9D2R");
        let last = CreditCode::mint_model("11", bytes(MODELS - 1)).unwrap();
        assert_eq!(&last.as_str()[..11], "11YYYYYYYYY");
    }

    #[test]
    fn a_province_is_two_digits() {
        for wrong in ["", "4", "440", "4A", "04", "４４", "44\0"] {
            assert_eq!(CreditCode::mint_model(wrong, [1; 16]), None, "{wrong}");
        }
    }

    #[test]
    fn the_first_and_last_unit_codes_are_where_they_should_be() {
        let first = CreditCode::mint_unit(bytes(0));
        assert_eq!(&first.as_str()[..15], "000100000000000");
        let last = CreditCode::mint_unit(bytes(UNITS_TO - UNITS_FROM - 1));
        assert_eq!(&last.as_str()[..15], "YYYYYYYYYYYYYYY");
        assert_eq!(CreditCode::mint_unit(bytes(UNITS_TO - UNITS_FROM)), first);
    }

    proptest! {
        #[test]
        fn every_minted_code_reads_back_and_none_is_kept_for_another_use(random in any::<[u8; 16]>(), province in 10..100u8) {
            let province = province.to_string();
            let model = CreditCode::mint_model(&province, random).unwrap();
            prop_assert_eq!(CreditCode::parse(&model.grouped()), Ok(model));
            prop_assert_eq!((model.level(), model.province()), (Level::Model, Some(&province[..])));
            prop_assert!(!model.is_reserved());
            let unit = CreditCode::mint_unit(random);
            prop_assert_eq!(CreditCode::parse(&unit.grouped()), Ok(unit));
            prop_assert!(unit.level() == Level::Unit && !unit.as_str().starts_with("0000"));
        }
    }
}
