//! Unified social credit codes, GB 32100-2015.

use super::alphabet31;
use crate::message::{Code, Message};

/// A code whose length, characters and check character are right.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Uscc(String);

/// What the first two characters say about the holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the vocabulary itself")]
pub enum Registration {
    Enterprise,
    SoleTrader,
    Cooperative,
    PublicInstitution,
    SocialOrganisation,
    PrivateNonEnterprise,
    Other,
}

/// Upper case, without spaces and hyphens, full-width characters folded.
#[must_use]
pub fn normalise(text: &str) -> String {
    let folded = super::text::nfkc(text);
    let kept: String = folded.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    super::text::upper(&kept)
}

/// The check character of the first 17 characters (annex A).
///
/// # Errors
/// Position (from 1) and character of the first one outside the alphabet.
pub fn check_character(body: &str) -> Result<char, (usize, char)> {
    alphabet31::check_character(body)
}

/// The check character of an 8-character organisation code (GB 11714), `X` for 10.
#[must_use]
pub fn organisation_check(body: &str) -> Option<char> {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let mut sum = 0;
    let mut count = 0;
    for (c, weight) in body.chars().zip(WEIGHTS) {
        sum += c.to_digit(36)? * weight;
        count += 1;
    }
    if count != WEIGHTS.len() {
        return None;
    }
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

impl Uscc {
    /// Reads a code, tolerating case, spaces, hyphens and full-width characters.
    ///
    /// # Errors
    /// E03 for the length, E04 for a character outside the alphabet, E05 for the check character.
    pub fn parse(text: &str) -> Result<Uscc, Message> {
        let code = normalise(text);
        let length = code.chars().count();
        if length != 18 {
            return Err(Message::new(Code::E03).value(text).arg("n", length));
        }
        let (body, last) =
            code.char_indices().nth(17).map_or((code.as_str(), '0'), |(i, c)| (&code[..i], c));
        let refused =
            |(i, c): (usize, char)| Message::new(Code::E04).value(text).arg("c", c).arg("i", i);
        let want = check_character(body).map_err(refused)?;
        // The alphabet comes before the check character, so that a letter nobody may write is named as such.
        if alphabet31::value(last).is_none() {
            return Err(refused((18, last)).arg("want", want));
        }
        if want != last {
            return Err(Message::new(Code::E05).value(text).arg("want", want).arg("got", last));
        }
        Ok(Uscc(code))
    }

    /// The 18 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether position 17 fits the organisation code (GB 11714). A mismatch is only a remark (W01):
    /// codes were issued without it.
    #[must_use]
    pub fn organisation_check_fits(&self) -> bool {
        self.0.get(8..16).and_then(organisation_check) == self.0.chars().nth(16)
    }

    /// What the leading two characters say.
    #[must_use]
    pub fn registration(&self) -> Registration {
        match self.0.get(..2) {
            Some("91") => Registration::Enterprise,
            Some("92") => Registration::SoleTrader,
            Some("93") => Registration::Cooperative,
            Some("12") => Registration::PublicInstitution,
            Some("51") => Registration::SocialOrganisation,
            Some("52") => Registration::PrivateNonEnterprise,
            _ => Registration::Other,
        }
    }
}

impl std::fmt::Display for Uscc {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const VALID: [(&str, u32); 7] = [
        ("91440300708461136T", 966),
        ("91440400192548256N", 1218),
        ("914403001922038216", 831),
        ("91440300192317458F", 1194),
        ("91440606722473344C", 1104),
        ("91110108551385082Q", 999),
        ("91350100M000100Y43", 1640),
    ];

    #[test]
    fn published_codes_are_accepted_and_their_sums_agree() {
        for (code, sum) in VALID {
            assert_eq!(alphabet31::weighted_sum(&code[..17]), Ok(sum), "{code}");
            let parsed = Uscc::parse(code).unwrap();
            assert_eq!(parsed.as_str(), code);
        }
        assert!(Uscc::parse("91440300708461136T").unwrap().organisation_check_fits());
        assert_eq!(Uscc::parse(" 9144 0300-708461136t ").unwrap().as_str(), "91440300708461136T");
    }

    #[test]
    fn wrong_codes_name_the_rule_they_break() {
        let broken = |code: &str| Uscc::parse(code).unwrap_err();
        let z = broken("91350100M000100Y4Z");
        assert_eq!(z.code, Code::E04);
        assert!(
            z.args.contains(&("want", "3".to_owned())) && z.args.contains(&("i", "18".to_owned()))
        );
        let seven = broken("91310115MA1H8R7C6D");
        assert_eq!((seven.code, &seven.args[0].1[..]), (Code::E05, "7"));
        let x = broken("91440300708461137T");
        assert_eq!((x.code, &x.args[0].1[..]), (Code::E05, "X"));
        assert_eq!(broken("9144").code, Code::E03);
    }

    proptest! {
        #[test]
        fn the_check_character_catches_every_single_substitution_and_adjacent_swap(which in 0..7usize, at in 0..18usize, to in 0..31usize) {
            let code: Vec<char> = VALID[which].0.chars().collect();
            let mut other = code.clone();
            other[at] = char::from(alphabet31::ALPHABET[to]);
            if other != code {
                prop_assert!(Uscc::parse(&other.iter().collect::<String>()).is_err());
            }
            let mut swapped = code.clone();
            swapped.swap(at, (at + 1) % 17);
            // Positions 0 and 16 are not neighbours; the swap of the last two is covered by at = 16.
            if swapped != code && at < 16 {
                prop_assert!(Uscc::parse(&swapped.iter().collect::<String>()).is_err());
            }
            let mut last = code.clone();
            last.swap(16, 17);
            if last != code {
                prop_assert!(Uscc::parse(&last.iter().collect::<String>()).is_err());
            }
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in any::<String>()) {
            let _ = Uscc::parse(&text);
            let _ = organisation_check(&text);
        }
    }
}
