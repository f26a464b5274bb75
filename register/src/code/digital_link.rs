//! GS1 Digital Link addresses of a product, a lot or an item: `/01/{GTIN-14}/10/{lot}/21/{serial}`
//! (GS1 Digital Link Standard: URI syntax, 4.5 to 4.7; element strings of the GS1 General
//! Specifications, section 3).

use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::CreditCode;
use crate::id::Gtin;

/// A key qualifier of a GTIN, in the order of the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Qualifier {
    /// AI 22, consumer product variant.
    Variant,
    /// AI 10, batch or lot number.
    Lot,
    /// AI 21, serial number.
    Serial,
    /// AI 235, a serial number a third party controls.
    ThirdParty,
}

impl Qualifier {
    /// All, in the order in which an address holds them.
    pub const ALL: [Qualifier; 4] =
        [Qualifier::Variant, Qualifier::Lot, Qualifier::Serial, Qualifier::ThirdParty];

    /// The application identifier.
    #[must_use]
    pub const fn ai(self) -> &'static str {
        ["22", "10", "21", "235"][self as usize]
    }

    /// Whether `value` may stand behind the identifier.
    ///
    /// # Errors
    /// The value is empty, too long or has a character GS1 does not allow.
    pub fn check(self, value: &str) -> Result<(), LinkError> {
        if value.is_empty() {
            return Err(LinkError::Shape);
        }
        if let Some(at) = value.chars().position(|c| !allowed(c)) {
            return Err(LinkError::Character { qualifier: self, position: at + 1 });
        }
        if value.len() > self.characters_max() {
            return Err(LinkError::TooLong(self));
        }
        Ok(())
    }

    /// Most characters of its value.
    #[must_use]
    pub const fn characters_max(self) -> usize {
        [20, 20, 20, 28][self as usize]
    }
}

/// What an address of the form `/01/…` says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DigitalLink {
    gtin: Gtin,
    qualifiers: [Option<String>; 4],
}

/// Why a path is no address of a product.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// It does not start with `/01/`, or a qualifier has no value.
    #[error("the path is not /01/ and a GTIN, then pairs of an identifier and a value")]
    Shape,
    /// The GTIN is not 14 digits with a right check digit.
    #[error("the path needs a GTIN of 14 digits with the right check digit")]
    Gtin,
    /// An identifier other than 22, 10, 21 and 235, or one of them out of this order or twice.
    #[error("after the GTIN stand 22, 10, 21 and 235 in this order, each at most once; found {0}")]
    Qualifier(String),
    /// The value is longer than its identifier allows.
    #[error("({}) has at most {} characters", .0.ai(), .0.characters_max())]
    TooLong(Qualifier),
    /// A character outside GS1's character set 82, or an encoding that is not UTF-8.
    #[error("({}) has a character at position {position} that GS1 does not allow", .qualifier.ai())]
    Character {
        /// Where.
        qualifier: Qualifier,
        /// Which character of the value, from 1.
        position: usize,
    },
}

/// GS1 AI encodable character set 82 (General Specifications, figure 7.11-1).
fn allowed(c: char) -> bool {
    matches!(c, '!' | '"' | '%'..='/' | '0'..='9' | ':'..='?' | 'A'..='Z' | '_' | 'a'..='z')
}

/// What is percent-encoded in a value besides controls: everything with a meaning in a URL.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'!')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b'(')
    .add(b')')
    .add(b'*')
    .add(b'+')
    .add(b',')
    .add(b'/')
    .add(b':')
    .add(b';')
    .add(b'<')
    .add(b'=')
    .add(b'>')
    .add(b'?');

impl DigitalLink {
    /// The address of a product.
    #[must_use]
    pub const fn of(gtin: Gtin) -> DigitalLink {
        DigitalLink { gtin, qualifiers: [None, None, None, None] }
    }

    /// Adds or replaces a qualifier.
    ///
    /// # Errors
    /// The value is empty, too long or has a character GS1 does not allow.
    pub fn with(mut self, qualifier: Qualifier, value: &str) -> Result<DigitalLink, LinkError> {
        qualifier.check(value)?;
        self.qualifiers[qualifier as usize] = Some(value.to_owned());
        Ok(self)
    }

    /// Reads the path of an address as it stands in a request, percent-encoded. A query, a
    /// fragment and one slash at the end say nothing about the product and are passed over.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse(path: &str) -> Result<DigitalLink, LinkError> {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let rest = path.strip_prefix("/01/").ok_or(LinkError::Shape)?;
        let mut parts = rest.strip_suffix('/').unwrap_or(rest).split('/');
        let digits = parts.next().unwrap_or_default();
        if digits.len() != 14 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(LinkError::Gtin);
        }
        let mut link = DigitalLink::of(Gtin::parse(digits).map_err(|_| LinkError::Gtin)?);
        let mut following = Qualifier::ALL.iter();
        while let Some(ai) = parts.next() {
            let qualifier = *following
                .by_ref()
                .find(|qualifier| qualifier.ai() == ai)
                .ok_or_else(|| LinkError::Qualifier(ai.chars().take(20).collect()))?;
            let encoded = parts.next().ok_or(LinkError::Shape)?;
            // Bytes that are no UTF-8 become U+FFFD, which is not allowed, and so keep their place.
            let value = percent_decode_str(encoded).decode_utf8_lossy();
            link = link.with(qualifier, &value)?;
        }
        Ok(link)
    }

    /// The product's barcode number.
    #[must_use]
    pub const fn gtin(&self) -> &Gtin {
        &self.gtin
    }

    /// The value of a qualifier, decoded.
    #[must_use]
    pub fn get(&self, qualifier: Qualifier) -> Option<&str> {
        self.qualifiers[qualifier as usize].as_deref()
    }

    /// The unit code, where the serial number is a well-formed one.
    #[must_use]
    pub fn unit_code(&self) -> Option<CreditCode> {
        let code = CreditCode::parse(self.get(Qualifier::Serial)?).ok()?;
        (code.level() == super::Level::Unit).then_some(code)
    }

    /// What to look up, the most exact first: this address, then without its last qualifier, and
    /// so on to the product alone. An unknown lot or serial number redirects (303) to the first
    /// that is known.
    pub fn walk_up(&self) -> impl Iterator<Item = DigitalLink> {
        let last = |link: &DigitalLink| link.qualifiers.iter().rposition(Option::is_some);
        std::iter::successors(Some(self.clone()), move |link| {
            let mut above = link.clone();
            above.qualifiers[last(link)?] = None;
            Some(above)
        })
    }
}

impl fmt::Display for DigitalLink {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "/01/{}", self.gtin)?;
        for qualifier in Qualifier::ALL {
            match self.get(qualifier) {
                // A part of a path that is `.` or `..` would be taken away by whoever follows it.
                Some(dots @ ("." | "..")) => {
                    write!(f, "/{}/{}", qualifier.ai(), dots.replace('.', "%2E"))?;
                }
                Some(value) => {
                    write!(f, "/{}/{}", qualifier.ai(), utf8_percent_encode(value, ENCODED))?;
                }
                None => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GTIN: &str = "09521234543213";

    fn parse(rest: &str) -> Result<DigitalLink, LinkError> {
        DigitalLink::parse(&format!("/01/{GTIN}{rest}"))
    }

    #[test]
    fn qualifiers_stand_in_one_order_and_walk_up_to_the_product() {
        let link =
            parse("/22/2A/10/B2403/21/44260A7K3QMX9D2P/235/X-1/?linkType=gs1:pip#top").unwrap();
        assert_eq!(link.gtin().as_str(), GTIN);
        assert_eq!(link.get(Qualifier::Lot), Some("B2403"));
        assert_eq!(link.unit_code().map(|c| c.to_string()).as_deref(), Some("44260A7K3QMX9D2P"));
        let up: Vec<String> = link.walk_up().map(|l| l.to_string()).collect();
        let base = format!("/01/{GTIN}");
        assert_eq!(
            up,
            [
                format!("{base}/22/2A/10/B2403/21/44260A7K3QMX9D2P/235/X-1"),
                format!("{base}/22/2A/10/B2403/21/44260A7K3QMX9D2P"),
                format!("{base}/22/2A/10/B2403"),
                format!("{base}/22/2A"),
                base.clone(),
            ]
        );
        let serial: Vec<String> =
            parse("/21/5").unwrap().walk_up().map(|l| l.to_string()).collect();
        assert_eq!(serial, [format!("{base}/21/5"), base]);
    }

    #[test]
    fn what_is_no_address_is_refused_for_its_first_fault() {
        for (rest, error) in [
            ("/10", LinkError::Shape),
            ("//", LinkError::Qualifier(String::new())),
            ("/10//21/5", LinkError::Shape),
            ("/21/5/10/B", LinkError::Qualifier("10".to_owned())),
            ("/10/A/10/B", LinkError::Qualifier("10".to_owned())),
            ("/17/260101", LinkError::Qualifier("17".to_owned())),
            ("/10/B%202403", LinkError::Character { qualifier: Qualifier::Lot, position: 2 }),
            ("/21/%ff", LinkError::Character { qualifier: Qualifier::Serial, position: 1 }),
            ("/21/批", LinkError::Character { qualifier: Qualifier::Serial, position: 1 }),
            ("/10/123456789012345678901", LinkError::TooLong(Qualifier::Lot)),
            ("/21/123456789012345678901", LinkError::TooLong(Qualifier::Serial)),
            ("/22/123456789012345678901", LinkError::TooLong(Qualifier::Variant)),
            ("/235/12345678901234567890123456789", LinkError::TooLong(Qualifier::ThirdParty)),
        ] {
            assert_eq!(parse(rest), Err(error), "{rest}");
        }
        assert!(parse("/10/12345678901234567890").is_ok());
        assert!(parse("/235/1234567890123456789012345678").is_ok());
        assert_eq!(parse("/21/5").unwrap().unit_code(), None);
        assert_eq!(parse("/21/44M3QMX9D2R4").unwrap().unit_code(), None);
        for path in ["", "/", "/01", "/02/09521234543213", "01/09521234543213"] {
            assert_eq!(DigitalLink::parse(path), Err(LinkError::Shape), "{path}");
        }
        // A GTIN-13 is not written as it stands: only 14 digits are allowed in an address.
        for digits in ["9521234543213", "09521234543214", "0952123454321３", "", "0952123454321A"]
        {
            assert_eq!(
                DigitalLink::parse(&format!("/01/{digits}")),
                Err(LinkError::Gtin),
                "{digits}"
            );
        }
        assert_eq!(
            LinkError::TooLong(Qualifier::ThirdParty).to_string(),
            "(235) has at most 28 characters"
        );
    }

    proptest! {
        #[test]
        fn printing_and_reading_again_gives_the_same_address(values in proptest::array::uniform4(proptest::option::of("[!\"%-?A-Z_a-z]{1,20}"))) {
            let mut link = DigitalLink::of(Gtin::parse(GTIN).unwrap());
            for (qualifier, value) in Qualifier::ALL.into_iter().zip(&values) {
                if let Some(value) = value {
                    link = link.with(qualifier, value).unwrap();
                }
            }
            prop_assert_eq!(DigitalLink::parse(&link.to_string()), Ok(link.clone()));
            prop_assert_eq!(link.walk_up().count(), 1 + values.iter().flatten().count());
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in any::<String>(), rest in "(/(10|21|22|235|[0-9a-z%]{0,3})){0,5}") {
            let _ = DigitalLink::parse(&text);
            let _ = parse(&rest);
        }
    }
}
