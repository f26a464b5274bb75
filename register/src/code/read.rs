//! Reading a code tolerantly and printing it one way.

use std::fmt;

use crate::Lang;
use crate::id::alphabet31;

/// Characters of a model code.
pub(super) const MODEL: usize = 12;
/// Characters of a unit code.
pub(super) const UNIT: usize = 16;

/// The code kept for documentation. It is well-formed and never issued.
pub const RESERVED: &str = "44M3QMX9D2R4";

/// What a code stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// A product model: 2 digits of a province, 9 random characters, a check character.
    Model,
    /// One item: 15 random characters and a check character.
    Unit,
}

/// A code whose length, characters and check character are right (alphabet and check character of
/// GB 32100-2015). Whether anybody issued it is another question.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CreditCode {
    // ASCII of the alphabet; a model code is followed by zero bytes.
    characters: [u8; UNIT],
}

/// Why a text is no code. A check character finds an error, it does not say where: so the
/// mismatch never comes with a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, thiserror::Error)]
pub enum Malformed {
    /// A character no code holds.
    #[error("character {} at position {position} is not allowed", name_of(*character))]
    Character {
        /// Which character of the code, from 1; spaces and hyphens do not count.
        position: usize,
        /// The character as it was given.
        character: char,
    },
    /// Neither 12 nor 16 characters.
    #[error("a code has 12 or 16 characters, found {found}")]
    Length {
        /// Characters found; spaces and hyphens do not count.
        found: usize,
    },
    /// The check character does not match.
    #[error("the check character does not match")]
    Check,
}

/// A character for a sentence: itself in quotation marks, or its number where it cannot be seen or
/// would change how the sentence around it is shown.
fn name_of(character: char) -> String {
    let plain = character.is_alphanumeric() || character.is_ascii_punctuation();
    if plain { format!("\"{character}\"") } else { format!("U+{:04X}", u32::from(character)) }
}

impl Malformed {
    /// The sentence for a reader.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match (*self, lang) {
            (Malformed::Character { position, character }, Lang::ZhHans) => {
                format!("第{position}位的字符{}不会出现在编号中", quoted(character))
            }
            (Malformed::Character { position, character }, Lang::ZhHant) => {
                format!("第{position}位的字元{}不會出現在編號中", quoted(character))
            }
            (Malformed::Character { position, character }, Lang::En) => {
                format!("Position {position}: {} never stands in a code", quoted(character))
            }
            (Malformed::Length { found }, Lang::ZhHans) => {
                format!("编号应为12位或16位，读到{found}位")
            }
            (Malformed::Length { found }, Lang::ZhHant) => {
                format!("編號應為12位或16位，讀到{found}位")
            }
            (Malformed::Length { found }, Lang::En) => {
                format!("A code has 12 or 16 characters, found {found}")
            }
            (Malformed::Check, Lang::ZhHans) => "校验位不符".to_owned(),
            (Malformed::Check, Lang::ZhHant) => "校驗位不符".to_owned(),
            (Malformed::Check, Lang::En) => "The check character does not match".to_owned(),
        }
    }
}

fn quoted(character: char) -> String {
    let name = name_of(character);
    match name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(plain) => format!("“{plain}”"),
        None => name,
    }
}

/// What a character of a typed code means.
enum Meaning {
    /// A character of the alphabet.
    Of(u8),
    /// A space or hyphen between groups.
    Separator,
    /// Nothing a code holds. Zero-width and bidi characters and letters of other scripts that look
    /// like ours are among them: a code that looks right and is not must not be read as right.
    Nothing,
}

fn meaning(character: char) -> Meaning {
    // Full-width forms stand 0xFEE0 above ASCII. No wider folding (NFKC): it would also take
    // mathematical letters and circled digits for ours.
    let ascii = match character {
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character)
        }
        other => other,
    };
    match ascii.to_ascii_uppercase() {
        'O' => Meaning::Of(b'0'),
        'I' => Meaning::Of(b'1'),
        // Hyphens as phones and word processors turn them out.
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Meaning::Separator,
        space if space.is_whitespace() => Meaning::Separator,
        letter => match (alphabet31::value(letter), u8::try_from(letter)) {
            (Some(_), Ok(byte)) => Meaning::Of(byte),
            _ => Meaning::Nothing,
        },
    }
}

impl CreditCode {
    /// Reads a code as people type it: any case, spaces, hyphens, full-width forms, O for 0 and
    /// I for 1.
    ///
    /// # Errors
    /// The first character that is not allowed, else the wrong length, else the check character.
    pub fn parse(text: &str) -> Result<CreditCode, Malformed> {
        let mut characters = [0; UNIT];
        let mut found = 0;
        for character in text.chars() {
            match meaning(character) {
                Meaning::Separator => {}
                Meaning::Nothing => {
                    return Err(Malformed::Character { position: found + 1, character });
                }
                Meaning::Of(byte) => {
                    if let Some(place) = characters.get_mut(found) {
                        *place = byte;
                    }
                    found += 1;
                }
            }
        }
        if found != MODEL && found != UNIT {
            return Err(Malformed::Length { found });
        }
        let code = CreditCode { characters };
        let right = code.as_str().split_at_checked(found - 1).is_some_and(|(body, check)| {
            alphabet31::check_character(body).is_ok_and(|right| check.starts_with(right))
        });
        if right { Ok(code) } else { Err(Malformed::Check) }
    }

    /// The code of a body of 11 or 15 characters of the alphabet, with its check character.
    pub(super) fn of_body(body: &[u8]) -> Option<CreditCode> {
        if body.len() + 1 != MODEL && body.len() + 1 != UNIT {
            return None;
        }
        let check = alphabet31::check_character(std::str::from_utf8(body).ok()?).ok()?;
        let mut characters = [0; UNIT];
        characters[..body.len()].copy_from_slice(body);
        characters[body.len()] = u8::try_from(check).ok()?;
        Some(CreditCode { characters })
    }

    /// The model code whose characters but the last are this number in base 31; none where there are
    /// not so many.
    #[must_use]
    pub fn from_model_number(number: u64) -> Option<CreditCode> {
        let mut body = [0; MODEL - 1];
        super::mint::write(u128::from(number), &mut body);
        let whole = super::mint::number_of(&body) == u128::from(number);
        CreditCode::of_body(&body).filter(|_| whole)
    }

    /// What the code stands for.
    #[must_use]
    pub const fn level(&self) -> Level {
        if self.characters[MODEL] == 0 { Level::Model } else { Level::Unit }
    }

    /// The 12 or 16 characters without separators, as in keys and addresses.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let length = match self.level() {
            Level::Model => MODEL,
            Level::Unit => UNIT,
        };
        // Only ASCII of the alphabet is ever put in.
        std::str::from_utf8(&self.characters[..length]).unwrap_or_default()
    }

    /// The code in fours with hyphens, as on labels: `44M3-QMX9-D2R4`.
    #[must_use]
    pub fn grouped(&self) -> String {
        let mut out = String::with_capacity(UNIT + 3);
        for (i, character) in self.as_str().chars().enumerate() {
            if i > 0 && i % 4 == 0 {
                out.push('-');
            }
            out.push(character);
        }
        out
    }

    /// The province a model code names: the first two digits of its division code (GB/T 2260).
    #[must_use]
    pub fn province(&self) -> Option<&str> {
        let digits = self.as_str().get(..2)?;
        let named = self.level() == Level::Model && digits.bytes().all(|b| b.is_ascii_digit());
        named.then_some(digits)
    }

    /// Whether this is the code kept for documentation.
    #[must_use]
    pub fn is_reserved(&self) -> bool {
        self.as_str() == RESERVED
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "CreditCode({})", self.as_str())
    }
}

impl std::str::FromStr for CreditCode {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<CreditCode, Malformed> {
        CreditCode::parse(text)
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
