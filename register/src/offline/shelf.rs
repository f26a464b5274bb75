//! The model codes of a register and what each stands for.
//!
//! ```text
//! magic "LBCODES1" · codes u32 · goods u32 · text bytes u32 · (all little-endian)
//! per code, ascending   the characters but the last, as a number of base 31: 7 bytes, big-endian
//! per code              last day of its term, days since 2020-01-01: u16, 0 for none
//! per code              which goods: u32
//! text                  per goods: name TAB model TAB holder LF
//! ```
//! A model code is an identifier that is printed on packs and no secret, so it stands here whole: a
//! look-up never meets a code that is not there. Its last character is the check character and
//! follows from the others.

use chrono::NaiveDate;

use crate::code::CreditCode;
use crate::status_list::CODES_MAX;

/// First bytes of a shelf.
pub const MAGIC: &[u8; 8] = b"LBCODES1";
/// Most goods of a shelf.
pub const GOODS_MAX: usize = CODES_MAX;
/// Most bytes of the text: what a phone keeps without anybody noticing.
pub const TEXT_BYTES_MAX: usize = 8 << 20;

const HEADER: usize = 20;
const CODE: usize = 7;

/// What a code stands for, in the words of its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Goods<'s> {
    /// Name of the product.
    pub name: &'s str,
    /// Its model.
    pub model: &'s str,
    /// Who sells it under its name.
    pub holder: &'s str,
}

/// A code of a shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item<'s> {
    /// Which code it is, from 0: its place in the status list.
    pub place: usize,
    /// The last day of its term, where it has one.
    pub until: Option<NaiveDate>,
    /// What it stands for.
    pub goods: Goods<'s>,
}

/// A shelf of codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeShelf {
    bytes: Vec<u8>,
    codes: usize,
    /// Where each line of the text begins, and where the last one ends.
    lines: Vec<usize>,
}

/// Why bytes are no shelf, or none can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShelfError {
    /// Other first bytes: something else, or another version.
    #[error("not a shelf of codes of this version")]
    NotAShelf,
    /// More codes, goods or text than a shelf takes.
    #[error("more than a shelf of codes takes")]
    TooMuch,
    /// Cut short, too long, out of order, or pointing at nothing.
    #[error("the shelf of codes makes no sense")]
    Malformed,
}

impl CodeShelf {
    /// A shelf of these codes, whatever their order; of a code that is given twice the first counts.
    /// Unit codes are left out: see [`super`]. Returns beside it, for each place, which of the given
    /// items it came from.
    ///
    /// # Errors
    /// [`ShelfError::TooMuch`].
    pub fn new(
        items: &[(CreditCode, Option<NaiveDate>, Goods)],
    ) -> Result<(CodeShelf, Vec<usize>), ShelfError> {
        let mut order: Vec<(u64, usize)> = items
            .iter()
            .enumerate()
            .filter_map(|(i, (code, ..))| Some((number_of(code)?, i)))
            .collect();
        order.sort_unstable();
        order.dedup_by_key(|(number, _)| *number);
        let mut goods: Vec<Goods> = order.iter().map(|(_, i)| items[*i].2).collect();
        goods.sort_unstable();
        goods.dedup();
        let mut text = String::new();
        for Goods { name, model, holder } in &goods {
            let [name, model, holder] = [name, model, holder].map(|part| plain(part));
            text.push_str(&format!("{name}\t{model}\t{holder}\n"));
        }
        if order.len() > CODES_MAX || text.len() > TEXT_BYTES_MAX {
            return Err(ShelfError::TooMuch);
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
        let mut bytes = MAGIC.to_vec();
        for n in [order.len(), goods.len(), text.len()] {
            bytes.extend(count(n));
        }
        for (number, _) in &order {
            bytes.extend(&number.to_be_bytes()[1..]);
        }
        for (_, i) in &order {
            bytes.extend(days_of(items[*i].1).to_le_bytes());
        }
        for (_, i) in &order {
            let place = goods.binary_search(&items[*i].2).unwrap_or_default();
            bytes.extend(count(place));
        }
        bytes.extend(text.as_bytes());
        let places = order.into_iter().map(|(_, i)| i).collect();
        Ok((CodeShelf::from_bytes(bytes)?, places))
    }

    /// Reads a shelf.
    ///
    /// # Errors
    /// What is wrong with the bytes.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<CodeShelf, ShelfError> {
        let Some(head) = bytes.strip_prefix(MAGIC) else { return Err(ShelfError::NotAShelf) };
        let number = |at: usize| {
            let four = head.get(at..at + 4)?.first_chunk::<4>()?;
            usize::try_from(u32::from_le_bytes(*four)).ok()
        };
        let (Some(codes), Some(goods), Some(text_bytes)) = (number(0), number(4), number(8)) else {
            return Err(ShelfError::Malformed);
        };
        if codes > CODES_MAX || goods > GOODS_MAX || text_bytes > TEXT_BYTES_MAX {
            return Err(ShelfError::TooMuch);
        }
        let begins = HEADER + codes * (CODE + 2 + 4);
        if bytes.len() != begins + text_bytes {
            return Err(ShelfError::Malformed);
        }
        let mut lines = vec![begins];
        lines.extend(
            (bytes.iter().enumerate().skip(begins))
                .filter(|(_, b)| **b == b'\n')
                .map(|(i, _)| i + 1),
        );
        let shelf = CodeShelf { bytes, codes, lines };
        // Every line is of three parts, every code after the one before, every code of some goods.
        let whole = shelf.lines.len() == goods + 1
            && shelf.lines.last() == Some(&shelf.bytes.len())
            && (0..goods).all(|i| shelf.goods(i).is_some())
            && (0..codes).all(|i| shelf.item(i).is_some())
            && (1..codes).all(|i| shelf.code(i - 1) < shelf.code(i));
        if whole { Ok(shelf) } else { Err(ShelfError::Malformed) }
    }

    /// The shelf as it travels.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many codes it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.codes
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.codes == 0
    }

    /// What stands under a code; nothing of a unit code.
    #[must_use]
    pub fn find(&self, code: &CreditCode) -> Option<Item<'_>> {
        let wanted = number_of(code)?.to_be_bytes();
        let (mut low, mut high) = (0, self.codes);
        while low < high {
            let middle = (low + high) / 2;
            match self.code(middle)?.cmp(&wanted[1..]) {
                std::cmp::Ordering::Equal => return self.item(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The code at a place.
    #[must_use]
    pub fn code_at(&self, place: usize) -> Option<CreditCode> {
        let number = self.code(place)?.iter().fold(0, |n: u64, byte| n << 8 | u64::from(*byte));
        CreditCode::from_model_number(number)
    }

    fn code(&self, place: usize) -> Option<&[u8]> {
        self.bytes.get(HEADER + place * CODE..HEADER + (place + 1) * CODE)
    }

    fn item(&self, place: usize) -> Option<Item<'_>> {
        let days = HEADER + self.codes * CODE + place * 2;
        let goods = HEADER + self.codes * (CODE + 2) + place * 4;
        let days = u16::from_le_bytes(*self.bytes.get(days..days + 2)?.first_chunk()?);
        let goods = u32::from_le_bytes(*self.bytes.get(goods..goods + 4)?.first_chunk()?);
        let goods = self.goods(usize::try_from(goods).ok()?)?;
        Some(Item { place, until: day_of(days), goods })
    }

    fn goods(&self, i: usize) -> Option<Goods<'_>> {
        let (from, to) = (*self.lines.get(i)?, *self.lines.get(i + 1)?);
        let line = std::str::from_utf8(self.bytes.get(from..to.checked_sub(1)?)?).ok()?;
        let mut parts = line.split('\t');
        let goods = Goods { name: parts.next()?, model: parts.next()?, holder: parts.next()? };
        parts.next().is_none().then_some(goods)
    }
}

/// A model code but its check character as a number; nothing of a unit code.
fn number_of(code: &CreditCode) -> Option<u64> {
    let body = code.as_str().strip_suffix(|_| true).filter(|body| body.len() == 11)?;
    let value = |c| crate::id::alphabet31::value(c).map(u64::from);
    body.chars().try_fold(0, |number, c| Some(number * 31 + value(c)?))
}

/// A text on one line, without what would end its field.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(2020, 1, 1).expect("1 January 2020 is a date");

/// 0 stands for no day, and for one before 2020-01-02 as well: no code is that old.
fn days_of(day: Option<NaiveDate>) -> u16 {
    day.and_then(|day| u16::try_from((day - EPOCH).num_days()).ok()).unwrap_or_default()
}

fn day_of(days: u16) -> Option<NaiveDate> {
    (days > 0).then(|| EPOCH + chrono::Days::new(u64::from(days)))
}
