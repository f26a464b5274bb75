//! Signed statements, level S: what a certificate, an inspector's list or a tender carries where
//! there is no network. `https://HOST/s/` and 212 decimal digits, which are 24 bytes of payload
//! and 64 bytes of signature read as one big-endian number. Decimal digits because the numeric
//! mode of a QR code holds them denser than anything else that is safe in an address.
//!
//! | bytes | content |
//! |---|---|
//! | 1 | version, 1 |
//! | 1 | algorithm: 1 Ed25519, 2 SM2 with SM3 |
//! | 2 | key index: the first 16 bits of the key's id |
//! | 10 | code: 16 digits of base 31; a model code is preceded by `0000` |
//! | 6 | GTIN as a number; 0 where there is none |
//! | 2 | issued, days since 2020-01-01 |
//! | 2 | expires, days since 2020-01-01; its last day |

use chrono::{Days, NaiveDate};

use super::read::{MODEL, UNIT};
use super::{CreditCode, Level, mint};
use crate::id::Gtin;
use crate::signature::{Algorithm, SignatureBytes, Signer};

/// Digits of a statement.
pub const DIGITS: usize = 212;
/// Bytes of a payload.
pub const PAYLOAD_BYTES: usize = 24;
/// What stands before the payload in the bytes that are signed, so that a signature made for a
/// statement is good for nothing else.
pub const SIGNED_PREFIX: &[u8; 7] = b"YPQ-S1\n";

const BYTES: usize = PAYLOAD_BYTES + 64;
const VERSION: u8 = 1;

/// A statement that a product's code was in order when it was signed. Reading one does not verify
/// its signature: see [`crate::signature::judge`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    payload: [u8; PAYLOAD_BYTES],
    signature: SignatureBytes,
    code: CreditCode,
    gtin: Option<Gtin>,
    algorithm: Algorithm,
    issued: NaiveDate,
    expires: NaiveDate,
}

/// Why digits are no statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// Not 212 digits.
    #[error("a statement has 212 digits, found {found}")]
    Length {
        /// Characters found.
        found: usize,
    },
    /// A character that is no digit.
    #[error("position {position} is not a digit")]
    Digit {
        /// Which character, from 1.
        position: usize,
    },
    /// The digits are a number too large for 88 bytes.
    #[error("the number is too large for a statement")]
    TooLarge,
    /// A version this program does not know.
    #[error("statement of the unknown version {0}")]
    Version(u8),
    /// An algorithm this program does not know.
    #[error("statement of the unknown algorithm {0}")]
    Algorithm(u8),
    /// The code in it is not well-formed.
    #[error("the statement's code is not well-formed")]
    Code,
    /// The barcode number in it is not well-formed.
    #[error("the statement's barcode number is not well-formed")]
    Gtin,
    /// It expires before it was issued.
    #[error("the statement ends before it begins")]
    Dates,
}

/// Why no statement can be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnwritableStatement {
    /// A unit code that starts with `0000`, as no issued one does, could not be told from a model code.
    #[error("a unit code that starts with 0000 cannot be written in a statement")]
    Code,
    /// A day before 2020-01-01 or after 2199-06-06, or an end before the beginning.
    #[error(
        "a statement's days lie between 2020-01-01 and 2199-06-06, the end not before the beginning"
    )]
    Dates,
    /// The key did not sign.
    #[error(transparent)]
    Signer(#[from] crate::signature::SignError),
}

const fn epoch() -> NaiveDate {
    // A calendar date that exists.
    NaiveDate::from_ymd_opt(2020, 1, 1).expect("1 January 2020 is a date")
}

fn days_of(day: NaiveDate) -> Option<[u8; 2]> {
    let days = day.signed_duration_since(epoch()).num_days();
    u16::try_from(days).ok().map(u16::to_be_bytes)
}

fn day_of(days: [u8; 2]) -> NaiveDate {
    // 65,535 days from 2020 end in 2199.
    epoch() + Days::new(u64::from(u16::from_be_bytes(days)))
}

fn number(bytes: &[u8]) -> u128 {
    bytes.iter().fold(0, |number, byte| number * 256 + u128::from(*byte))
}

impl Statement {
    /// Writes a statement and has it signed.
    ///
    /// # Errors
    /// The code or a day cannot be written, or the signer refused.
    pub fn sign(
        code: CreditCode,
        gtin: Option<Gtin>,
        issued: NaiveDate,
        expires: NaiveDate,
        signer: &dyn Signer,
    ) -> Result<Statement, UnwritableStatement> {
        if code.level() == Level::Unit && code.as_str().starts_with("0000") {
            return Err(UnwritableStatement::Code);
        }
        let key = signer.public_key();
        let mut payload = [0; PAYLOAD_BYTES];
        payload[0] = VERSION;
        payload[1] = key.algorithm().number();
        payload[2..4].copy_from_slice(&key.id().index().to_be_bytes());
        // 31¹⁶ is less than 2⁸⁰; the leading zeros of a model code are those of the number.
        payload[4..14]
            .copy_from_slice(&mint::number_of(code.as_str().as_bytes()).to_be_bytes()[6..]);
        let digits: u64 = gtin.as_ref().map_or(0, |gtin| {
            gtin.as_str().bytes().fold(0, |n, digit| n * 10 + u64::from(digit - b'0'))
        });
        payload[14..20].copy_from_slice(&digits.to_be_bytes()[2..]);
        payload[20..22].copy_from_slice(&days_of(issued).ok_or(UnwritableStatement::Dates)?);
        payload[22..24].copy_from_slice(&days_of(expires).ok_or(UnwritableStatement::Dates)?);
        if expires < issued {
            return Err(UnwritableStatement::Dates);
        }
        let algorithm = key.algorithm();
        let signature = signer.sign(&signed_bytes(&payload))?;
        Ok(Statement { payload, signature, code, gtin, algorithm, issued, expires })
    }

    /// Reads the digits of an address.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse(digits: &str) -> Result<Statement, StatementError> {
        if let Some(at) = digits.chars().take(DIGITS).position(|c| !c.is_ascii_digit()) {
            return Err(StatementError::Digit { position: at + 1 });
        }
        let found = digits.chars().count();
        if found != DIGITS {
            return Err(StatementError::Length { found });
        }
        let bytes = from_decimal(digits.as_bytes()).ok_or(StatementError::TooLarge)?;
        let mut payload = [0; PAYLOAD_BYTES];
        let mut signature = [0; 64];
        payload.copy_from_slice(&bytes[..PAYLOAD_BYTES]);
        signature.copy_from_slice(&bytes[PAYLOAD_BYTES..]);
        if payload[0] != VERSION {
            return Err(StatementError::Version(payload[0]));
        }
        let algorithm =
            Algorithm::from_number(payload[1]).ok_or(StatementError::Algorithm(payload[1]))?;
        let code = code_of(number(&payload[4..14])).ok_or(StatementError::Code)?;
        let gtin = match number(&payload[14..20]) {
            0 => None,
            digits => {
                let digits = u64::try_from(digits).map_err(|_| StatementError::Gtin)?;
                Some(Gtin::from_number(digits).ok_or(StatementError::Gtin)?)
            }
        };
        let issued = day_of([payload[20], payload[21]]);
        let expires = day_of([payload[22], payload[23]]);
        if expires < issued {
            return Err(StatementError::Dates);
        }
        Ok(Statement { payload, signature, code, gtin, algorithm, issued, expires })
    }

    /// The 212 digits.
    #[must_use]
    pub fn digits(&self) -> String {
        let mut bytes = [0; BYTES];
        bytes[..PAYLOAD_BYTES].copy_from_slice(&self.payload);
        bytes[PAYLOAD_BYTES..].copy_from_slice(&self.signature);
        to_decimal(bytes)
    }

    /// The bytes the signature is over: `YPQ-S1\n` and the payload.
    #[must_use]
    pub fn signed_bytes(&self) -> Vec<u8> {
        signed_bytes(&self.payload)
    }

    /// The 24 bytes of payload.
    #[must_use]
    pub const fn payload(&self) -> &[u8; PAYLOAD_BYTES] {
        &self.payload
    }

    /// The signature: Ed25519, or r‖s of SM2.
    #[must_use]
    pub const fn signature(&self) -> &SignatureBytes {
        &self.signature
    }

    /// What it was signed with.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The first 16 bits of the id of the key that signed. Two keys may share them: each is tried.
    #[must_use]
    pub const fn key_index(&self) -> u16 {
        u16::from_be_bytes([self.payload[2], self.payload[3]])
    }

    /// The code it is about.
    #[must_use]
    pub const fn code(&self) -> &CreditCode {
        &self.code
    }

    /// The barcode number, where it names one.
    #[must_use]
    pub const fn gtin(&self) -> Option<&Gtin> {
        self.gtin.as_ref()
    }

    /// The day it was signed.
    #[must_use]
    pub const fn issued(&self) -> NaiveDate {
        self.issued
    }

    /// The last day it claims to be good for.
    #[must_use]
    pub const fn expires(&self) -> NaiveDate {
        self.expires
    }
}

fn signed_bytes(payload: &[u8; PAYLOAD_BYTES]) -> Vec<u8> {
    [&SIGNED_PREFIX[..], payload].concat()
}

fn code_of(number: u128) -> Option<CreditCode> {
    let mut characters = [0; UNIT];
    mint::write(number, &mut characters);
    let digits = std::str::from_utf8(&characters).ok()?;
    // What does not fit in 16 digits was lost in writing it.
    if mint::number_of(&characters) != number {
        return None;
    }
    CreditCode::parse(
        digits.strip_prefix("0000").filter(|rest| rest.len() == MODEL).unwrap_or(digits),
    )
    .ok()
}

/// 212 decimal digits as 88 bytes; nothing where the number is too large.
fn from_decimal(digits: &[u8]) -> Option<[u8; BYTES]> {
    let mut bytes = [0_u8; BYTES];
    for digit in digits {
        let mut carry = u16::from(digit - b'0');
        for byte in bytes.iter_mut().rev() {
            let value = u16::from(*byte) * 10 + carry;
            *byte = value.to_le_bytes()[0];
            carry = value >> 8;
        }
        if carry != 0 {
            return None;
        }
    }
    Some(bytes)
}

/// 88 bytes as 212 decimal digits, leading zeros kept.
fn to_decimal(mut bytes: [u8; BYTES]) -> String {
    let mut digits = [b'0'; DIGITS];
    for place in digits.iter_mut().rev() {
        let mut rest = 0;
        for byte in &mut bytes {
            let value = rest * 256 + u16::from(*byte);
            *byte = (value / 10).to_le_bytes()[0];
            rest = value % 10;
        }
        *place += rest.to_le_bytes()[0];
    }
    digits.iter().map(|digit| char::from(*digit)).collect()
}

#[cfg(test)]
#[path = "statement_tests.rs"]
mod tests;
