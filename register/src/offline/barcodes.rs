//! Which model code the goods under a barcode have.
//!
//! ```text
//! magic "LBGTIN1\n" · barcodes u32, little-endian
//! per barcode, ascending   its number: 6 bytes, big-endian; then which code of the shelf: u32, little-endian
//! ```
//! A barcode that several products state is left out: nobody could say which of them is meant.

use std::collections::BTreeMap;

use super::ShelfError;
use crate::id::Gtin;
use crate::status_list::CODES_MAX;

/// First bytes of the file.
pub const MAGIC: &[u8; 8] = b"LBGTIN1\n";
/// Most barcodes: a product may state several.
pub const BARCODES_MAX: usize = 4 * CODES_MAX;

const HEADER: usize = 12;
const ROW: usize = 10;

/// The barcodes of a copy; as [`Default`], none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Barcodes {
    rows: Vec<u8>,
}

impl Barcodes {
    /// Writes the file: each barcode with the place of its code on the shelf.
    ///
    /// # Errors
    /// [`ShelfError::TooMuch`] beyond [`BARCODES_MAX`].
    pub fn write(places: &BTreeMap<Gtin, usize>) -> Result<Vec<u8>, ShelfError> {
        let count = |n: usize| u32::try_from(n).map_err(|_| ShelfError::TooMuch);
        if places.len() > BARCODES_MAX {
            return Err(ShelfError::TooMuch);
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(count(places.len())?.to_le_bytes());
        for (gtin, place) in places {
            bytes.extend(number(gtin));
            bytes.extend(count(*place)?.to_le_bytes());
        }
        Ok(bytes)
    }

    /// Reads the file beside a shelf of so many codes.
    ///
    /// # Errors
    /// What is wrong with the bytes.
    pub fn from_bytes(bytes: &[u8], codes: usize) -> Result<Barcodes, ShelfError> {
        let head = bytes.strip_prefix(MAGIC).ok_or(ShelfError::NotAShelf)?;
        let (count, rows) = head.split_first_chunk::<4>().ok_or(ShelfError::Malformed)?;
        let count = usize::try_from(u32::from_le_bytes(*count)).map_err(|_| ShelfError::TooMuch)?;
        if count > BARCODES_MAX {
            return Err(ShelfError::TooMuch);
        }
        if bytes.len() != HEADER + count * ROW {
            return Err(ShelfError::Malformed);
        }
        let read = Barcodes { rows: rows.to_vec() };
        // Every number after the one before, every place one of the shelf.
        let whole = (0..count).all(|i| read.row(i).is_some_and(|(_, place)| place < codes))
            && (1..count).all(|i| read.row(i - 1).map(|row| row.0) < read.row(i).map(|row| row.0));
        if whole { Ok(read) } else { Err(ShelfError::Malformed) }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len() / ROW
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Place on the shelf of the code of the goods under a barcode.
    #[must_use]
    pub fn find(&self, gtin: &Gtin) -> Option<usize> {
        let wanted = number(gtin);
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = (low + high) / 2;
            let (number, place) = self.row(middle)?;
            match number.cmp(&wanted[..]) {
                std::cmp::Ordering::Equal => return Some(place),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn row(&self, i: usize) -> Option<(&[u8], usize)> {
        let row = self.rows.get(i * ROW..(i + 1) * ROW)?;
        let place = u32::from_le_bytes(*row.last_chunk()?);
        Some((row.get(..6)?, usize::try_from(place).ok()?))
    }
}

/// The number in 6 bytes: 14 digits are less than 2⁴⁷.
fn number(gtin: &Gtin) -> [u8; 6] {
    let digits = gtin.as_str().bytes().fold(0, |n: u64, digit| n * 10 + u64::from(digit - b'0'));
    let [_, _, six @ ..] = digits.to_be_bytes();
    six
}
