//! Barcode numbers: GTIN-8, -12, -13 and -14, GB 12904 and the GS1 General Specifications.

use crate::message::{Code, Message};

/// A GTIN, kept as 14 digits with leading zeros.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Gtin(String);

/// The check digit of a body (all digits but the last): from the right, weights 3, 1, 3, …
#[must_use]
pub fn check_digit(body: &str) -> Option<char> {
    let mut sum: u64 = 0;
    for (i, c) in body.chars().rev().enumerate() {
        let digit = u64::from(c.to_digit(10)?);
        sum += if i % 2 == 0 { 3 * digit } else { digit };
    }
    char::from_digit(u32::try_from((10 - sum % 10) % 10).ok()?, 10)
}

impl Gtin {
    /// Reads 8, 12, 13 or 14 digits; spaces, hyphens and full-width digits are tolerated.
    ///
    /// # Errors
    /// E07 for anything else, E06 for the check digit.
    pub fn parse(text: &str) -> Result<Gtin, Message> {
        let digits: String =
            super::text::nfkc(text).chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let wrong = || Message::new(Code::E07).value(text);
        if !matches!(digits.len(), 8 | 12 | 13 | 14) || !digits.bytes().all(|b| b.is_ascii_digit())
        {
            return Err(wrong());
        }
        let (body, got) = digits.split_at(digits.len() - 1);
        let want = check_digit(body).ok_or_else(wrong)?;
        if !got.starts_with(want) {
            return Err(Message::new(Code::E06).value(text).arg("want", want).arg("got", got));
        }
        Ok(Gtin(format!("{digits:0>14}")))
    }

    /// The GTIN-14 that is this number, leading zeros left out; nothing where it has more than 14
    /// digits or the check digit is wrong.
    ///
    /// ```
    /// assert_eq!(register::id::Gtin::from_number(9521234543213).unwrap().as_str(), "09521234543213");
    /// assert_eq!(register::id::Gtin::from_number(9521234543214), None);
    /// ```
    #[must_use]
    pub fn from_number(number: u64) -> Option<Gtin> {
        // Decimal digits by themselves: folding full-width ones is for what people type, and its
        // tables have no place in a verifier that a phone downloads.
        let digits = format!("{number:014}");
        let (body, got) = digits.split_at_checked(13)?;
        (got.chars().eq(check_digit(body))).then_some(Gtin(digits))
    }

    /// The 14 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as printed under most barcodes: 13 digits where the first of 14 is 0.
    #[must_use]
    pub fn printed(&self) -> &str {
        self.0.strip_prefix('0').unwrap_or(&self.0)
    }
}

impl std::fmt::Display for Gtin {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn published_numbers_are_accepted() {
        for gtin in [
            "6921168509256",
            "6922255451427",
            "6902538004045",
            "4006381333931",
            "9506000134352",
            "9787115279460",
            "09521234543213",
        ] {
            assert_eq!(Gtin::parse(gtin).unwrap().as_str(), format!("{gtin:0>14}"));
        }
        let bad = Gtin::parse("6921168509265").unwrap_err();
        assert_eq!((bad.code, &bad.args[0].1[..]), (Code::E06, "3"));
        assert_eq!(Gtin::parse("692116850925").unwrap_err().code, Code::E06);
        assert_eq!(Gtin::parse("69211685092").unwrap_err().code, Code::E07);
        assert_eq!(Gtin::parse("").unwrap_err().code, Code::E07);
    }

    proptest! {
        #[test]
        fn the_check_digit_catches_every_single_substitution(body in "[0-9]{13}", at in 0..14usize, to in 0..10u32) {
            let good = format!("{body}{}", check_digit(&body).unwrap());
            prop_assert!(Gtin::parse(&good).is_ok());
            let mut other: Vec<char> = good.chars().collect();
            other[at] = char::from_digit(to, 10).unwrap();
            let other: String = other.into_iter().collect();
            prop_assert_eq!(Gtin::parse(&other).is_ok(), other == good);
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in any::<String>()) {
            let _ = Gtin::parse(&text);
        }
    }
}
