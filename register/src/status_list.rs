//! The status list: two bits for each of at most 131,072 codes, for keeping without a network.
//!
//! ```text
//! magic "LBSTAT1\n" · codes u32, little-endian · ⌈codes / 4⌉ bytes: code i in byte i / 4, its two bits
//! from bit 2 · (i mod 4) upwards; bits of no code are 0
//! ```
//! The list holds no code: code i is the i-th of a [`CodeShelf`](crate::offline::CodeShelf), in
//! ascending order of the characters. A list is good for the shelf it was signed with and no other.
//! It is compressed on the way; a list of 131,072 codes of which one in a hundred is not in force
//! takes about 3 KB.

use crate::verdict::Outcome;

/// First bytes of a list.
pub const MAGIC: &[u8; 8] = b"LBSTAT1\n";
/// Most codes of a list: its bits are then 32 KiB.
pub const CODES_MAX: usize = 131_072;

const HEADER: usize = 12;

/// What a verdict comes to in two bits, best first. It says how the register stood when the list was
/// signed, never how it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kept {
    /// In force, nothing to remark.
    InForce,
    /// In force with something to note, or not to be judged: the reason is to be read online.
    Notice,
    /// Not in force: suspended, replaced, expired, withdrawn, cancelled or exited.
    NotInForce,
    /// Under recall.
    Recalled,
}

impl Kept {
    /// All, in the order of their bits.
    pub const ALL: [Kept; 4] = [Kept::InForce, Kept::Notice, Kept::NotInForce, Kept::Recalled];

    /// The word in answers of programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        ["in_force", "notice", "not_in_force", "recalled"][self as usize]
    }

    /// What is kept of an outcome; nothing of one that says the code is none or was never issued. Of
    /// two outcomes the worse is never kept as the better.
    #[must_use]
    pub const fn of(outcome: Outcome) -> Option<Kept> {
        match outcome {
            Outcome::Valid => Some(Kept::InForce),
            Outcome::ValidButNotice | Outcome::CannotTell => Some(Kept::Notice),
            Outcome::Superseded | Outcome::Expired | Outcome::Suspended | Outcome::Withdrawn => {
                Some(Kept::NotInForce)
            }
            Outcome::Recalled => Some(Kept::Recalled),
            Outcome::Unknown | Outcome::Malformed => None,
        }
    }
}

/// A status list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusList {
    bytes: Vec<u8>,
    codes: usize,
}

/// Why bytes are no status list, or states none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatusListError {
    /// Other first bytes: something else, or another version.
    #[error("not a status list of this version")]
    NotAList,
    /// More than [`CODES_MAX`] codes.
    #[error("more than {CODES_MAX} codes")]
    TooMany,
    /// Cut short, too long, or with bits behind the last code.
    #[error("the length of the list is not that of its codes")]
    Length,
}

impl StatusList {
    /// The list of these states, in the order of their codes.
    ///
    /// # Errors
    /// [`StatusListError::TooMany`].
    pub fn new(states: &[Kept]) -> Result<StatusList, StatusListError> {
        let codes = states.len();
        let count = u32::try_from(codes).map_err(|_| StatusListError::TooMany)?;
        if codes > CODES_MAX {
            return Err(StatusListError::TooMany);
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(count.to_le_bytes());
        bytes.extend(states.chunks(4).map(|four| {
            four.iter().enumerate().fold(0, |byte, (i, kept)| byte | (*kept as u8) << (2 * i))
        }));
        Ok(StatusList { bytes, codes })
    }

    /// Reads a list. One way to write every list: what is read is written the same.
    ///
    /// # Errors
    /// What is wrong with the bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<StatusList, StatusListError> {
        let head = bytes.strip_prefix(MAGIC).ok_or(StatusListError::NotAList)?;
        let (count, bits) = head.split_first_chunk::<4>().ok_or(StatusListError::Length)?;
        let codes =
            usize::try_from(u32::from_le_bytes(*count)).map_err(|_| StatusListError::TooMany)?;
        if codes > CODES_MAX {
            return Err(StatusListError::TooMany);
        }
        let spare = bits.last().map_or(0, |last| match codes % 4 {
            0 => 0,
            used => last >> (2 * used),
        });
        if bits.len() != codes.div_ceil(4) || spare != 0 {
            return Err(StatusListError::Length);
        }
        Ok(StatusList { bytes: bytes.to_vec(), codes })
    }

    /// The list as it travels.
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

    /// What was kept of a code, counted from 0.
    #[must_use]
    pub fn get(&self, code: usize) -> Option<Kept> {
        let byte = self.bytes.get(HEADER + code / 4).filter(|_| code < self.codes)?;
        Kept::ALL.get(usize::from(byte >> (2 * (code % 4)) & 3)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_bits_are_where_the_format_says() {
        use Kept::{InForce, NotInForce, Notice, Recalled};
        let list = StatusList::new(&[Recalled, InForce, Notice, NotInForce, Notice]).unwrap();
        assert_eq!(list.as_bytes(), b"LBSTAT1\n\x05\0\0\0\x93\x01");
        assert_eq!((list.len(), list.get(3), list.get(5)), (5, Some(NotInForce), None));
        assert!(StatusList::new(&[]).unwrap().is_empty());
    }

    #[test]
    fn what_is_no_list_is_refused() {
        let of = |bytes: &[u8]| StatusList::from_bytes(bytes).map(|list| list.len());
        assert_eq!(of(b""), Err(StatusListError::NotAList));
        assert_eq!(of(b"LBSTAT2\n\0\0\0\0"), Err(StatusListError::NotAList));
        assert_eq!(of(b"LBSTAT1\n\0\0\0"), Err(StatusListError::Length));
        assert_eq!(of(b"LBSTAT1\n\0\0\0\0"), Ok(0));
        assert_eq!(of(b"LBSTAT1\n\0\0\0\0\0"), Err(StatusListError::Length));
        assert_eq!(of(b"LBSTAT1\n\x01\0\0\0\x03"), Ok(1));
        // Bits of a code that is not there.
        assert_eq!(of(b"LBSTAT1\n\x01\0\0\0\x04"), Err(StatusListError::Length));
        assert_eq!(of(b"LBSTAT1\n\x01\0\x02\0\0"), Err(StatusListError::TooMany));
        let full = vec![Kept::Recalled; CODES_MAX];
        let list = StatusList::new(&full).unwrap();
        assert_eq!((list.as_bytes().len(), of(list.as_bytes())), (12 + 32_768, Ok(CODES_MAX)));
        assert_eq!(
            StatusList::new(&[full, vec![Kept::Notice]].concat()),
            Err(StatusListError::TooMany)
        );
    }

    #[test]
    fn a_worse_outcome_is_never_kept_as_a_better_one() {
        let kept: Vec<Kept> = Outcome::ALL.into_iter().filter_map(Kept::of).collect();
        assert!(kept.is_sorted() && kept.len() == 8);
        assert_eq!(Kept::of(Outcome::Valid), Some(Kept::InForce));
        assert!(Outcome::ALL[1..].iter().all(|one| Kept::of(*one) != Some(Kept::InForce)));
    }

    proptest! {
        #[test]
        fn a_list_reads_back_and_no_bytes_make_the_reader_panic(states in prop::collection::vec(0..4_usize, 0..40), bytes in prop::collection::vec(any::<u8>(), 0..24), at in any::<usize>()) {
            let states: Vec<Kept> = states.into_iter().map(|i| Kept::ALL[i]).collect();
            let list = StatusList::new(&states).unwrap();
            prop_assert_eq!(StatusList::from_bytes(list.as_bytes()), Ok(list.clone()));
            for (i, kept) in states.iter().enumerate() {
                prop_assert_eq!(list.get(i), Some(*kept));
            }
            prop_assert_eq!(list.get(states.len()), None);
            let head = [&MAGIC[..], &bytes].concat();
            for bytes in [&bytes, &head] {
                if let Ok(list) = StatusList::from_bytes(bytes) {
                    prop_assert_eq!(list.as_bytes(), bytes.as_slice());
                    let _ = list.get(at);
                }
            }
        }
    }
}
