//! Entry bundles: each entry after its length, two bytes, the greater first.

use super::TILE_WIDTH;

/// Why some bytes are no bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// An entry's length reaches beyond the end.
    #[error("entry {0} of the bundle is cut off")]
    Short(usize),
    /// More than 256 entries.
    #[error("a bundle has at most {TILE_WIDTH} entries")]
    Many,
}

/// The bundle of these entries; `None` where one is longer than 65,535 bytes.
#[must_use]
pub fn bundle<E: AsRef<[u8]>>(entries: impl IntoIterator<Item = E>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for entry in entries {
        let entry = entry.as_ref();
        bytes.extend(u16::try_from(entry.len()).ok()?.to_be_bytes());
        bytes.extend(entry);
    }
    Some(bytes)
}

/// Reads the entries of a bundle one by one.
#[derive(Clone, Debug)]
pub struct Bundle<'a> {
    rest: &'a [u8],
    read: usize,
}

impl<'a> Bundle<'a> {
    /// The bundle of these bytes.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Bundle { rest: bytes, read: 0 }
    }
}

impl<'a> Iterator for Bundle<'a> {
    type Item = Result<&'a [u8], BundleError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let at = self.read;
        self.read += 1;
        let read = match self.rest.split_first_chunk::<2>() {
            _ if u64::try_from(at).is_ok_and(|at| at >= TILE_WIDTH) => Err(BundleError::Many),
            None => Err(BundleError::Short(at)),
            Some((length, rest)) => {
                match rest.split_at_checked(usize::from(u16::from_be_bytes(*length))) {
                    None => Err(BundleError::Short(at)),
                    Some((entry, rest)) => {
                        self.rest = rest;
                        return Some(Ok(entry));
                    }
                }
            }
        };
        self.rest = &[];
        Some(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn damaged_bundles_are_refused_at_the_entry() {
        let bytes = bundle(["one", "", "three"]).unwrap();
        assert_eq!(bytes, b"\0\x03one\0\0\0\x05three");
        assert_eq!(
            Bundle::new(&bytes).collect::<Result<Vec<_>, _>>(),
            Ok(vec![&b"one"[..], b"", b"three"])
        );
        for cut in 1..bytes.len() {
            let whole = cut == 5 || cut == 7;
            assert_eq!(Bundle::new(&bytes[..cut]).all(|e| e.is_ok()), whole, "{cut}");
        }
        assert_eq!(Bundle::new(&[0; 514]).last(), Some(Err(BundleError::Many)));
        assert_eq!(bundle([vec![0; 65_536]]), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_to_an_end(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            prop_assert!(Bundle::new(&bytes).count() <= 257);
        }

        #[test]
        fn bundled_is_read_again(entries in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..20)) {
            let bytes = bundle(&entries).unwrap();
            prop_assert!(Bundle::new(&bytes).map(Result::unwrap).eq(entries.iter().map(Vec::as_slice)));
        }
    }
}
