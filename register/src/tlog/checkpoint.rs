//! A checkpoint's text (C2SP tlog-checkpoint): origin, size, root. The signatures below it are those
//! of a signed note.

use base64ct::{Base64, Encoding};

use crate::merkle::Hash;

/// Most bytes of an origin line.
pub const ORIGIN_MAX: usize = 255;

/// Why a text is no checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Fewer than three lines, an empty line, or no newline at the end.
    #[error("a checkpoint has at least three lines, none empty, each ended by a newline")]
    Lines,
    /// The origin is empty, too long, or holds spaces, plus signs or control characters.
    #[error(
        "the origin {0:?} is not 1 to {ORIGIN_MAX} bytes without space, plus or control character"
    )]
    Origin(String),
    /// Not a size.
    #[error("the size {0:?} is not a decimal number without leading zeroes")]
    Size(String),
    /// Not a root.
    #[error("the root {0:?} is not 32 bytes in base64")]
    Root(String),
}

/// The head of a log: which log, how long, and the hash over all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: its address without the scheme.
    pub origin: String,
    /// Entries in it.
    pub size: u64,
    /// RFC 6962 root over them.
    pub root: Hash,
    /// Further lines, opaque. Ours are empty.
    pub extensions: Vec<String>,
}

impl Checkpoint {
    /// Reads the text of a note.
    ///
    /// # Errors
    /// The text is no checkpoint; the error says which line.
    pub fn parse(text: &str) -> Result<Checkpoint, CheckpointError> {
        let body = text.strip_suffix('\n').ok_or(CheckpointError::Lines)?;
        let lines: Vec<&str> = body.split('\n').collect();
        let [origin, size, root, extensions @ ..] = lines.as_slice() else {
            return Err(CheckpointError::Lines);
        };
        if lines.iter().any(|line| line.is_empty()) {
            return Err(CheckpointError::Lines);
        }
        if !Checkpoint::is_origin(origin) {
            return Err(CheckpointError::Origin((*origin).to_owned()));
        }
        let plain =
            size.bytes().all(|b| b.is_ascii_digit()) && (*size == "0" || !size.starts_with('0'));
        let number = if plain { size.parse().ok() } else { None };
        let mut hash = Hash::default();
        // The strict decoder takes one spelling only: padded, no stray bits.
        let decoded =
            Base64::decode(root, &mut hash).is_ok_and(|bytes| bytes.len() == super::HASH_BYTES);
        Ok(Checkpoint {
            origin: (*origin).to_owned(),
            size: number.ok_or_else(|| CheckpointError::Size((*size).to_owned()))?,
            root: if decoded {
                hash
            } else {
                return Err(CheckpointError::Root((*root).to_owned()));
            },
            extensions: extensions.iter().map(|line| (*line).to_owned()).collect(),
        })
    }

    /// The text to be signed.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text =
            format!("{}\n{}\n{}\n", self.origin, self.size, Base64::encode_string(&self.root));
        for line in &self.extensions {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// Whether a text may be an origin: it is also the name of the signing key.
    #[must_use]
    pub fn is_origin(text: &str) -> bool {
        (1..=ORIGIN_MAX).contains(&text.len())
            && !text.chars().any(|c| c == '+' || c.is_whitespace() || c.is_control())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    #[test]
    fn the_example_of_the_specification_is_read_and_written() {
        let checkpoint = Checkpoint::parse(TEXT).unwrap();
        assert_eq!(
            (checkpoint.origin.as_str(), checkpoint.size),
            ("example.com/behind-the-sofa", 20_852_163)
        );
        assert_eq!(checkpoint.text(), TEXT);
        let with = Checkpoint { extensions: vec!["more".to_owned()], ..checkpoint };
        assert_eq!(Checkpoint::parse(&with.text()), Ok(with));
    }

    #[test]
    fn what_is_no_checkpoint_is_refused() {
        use CheckpointError as E;
        let refused =
            |from: &str, to: &str| Checkpoint::parse(&TEXT.replacen(from, to, 1)).unwrap_err();
        assert_eq!(refused("20852163", "020852163"), E::Size("020852163".to_owned()));
        assert_eq!(refused("20852163", "+1"), E::Size("+1".to_owned()));
        assert!(matches!(refused("20852163", "99999999999999999999"), E::Size(_)));
        assert!(matches!(refused("2I=", "2J="), E::Root(_)));
        assert!(matches!(refused("2I=", "2I"), E::Root(_)));
        assert!(matches!(refused("example.com/", "example com/"), E::Origin(_)));
        assert_eq!(refused("example.com/behind-the-sofa", ""), E::Lines);
        assert_eq!(Checkpoint::parse(TEXT.trim_end()), Err(E::Lines));
        assert_eq!(Checkpoint::parse("a\n1\n"), Err(E::Lines));
        assert_eq!(Checkpoint::parse(""), Err(E::Lines));
    }

    proptest! {
        #[test]
        fn any_text_is_refused_or_written_back_the_same(text in "([a-z/.]{1,9}\n)?[0-9]{0,3}\n?[A-Za-z0-9+/=]{40,46}\n(x\n)?") {
            if let Ok(checkpoint) = Checkpoint::parse(&text) {
                prop_assert_eq!(checkpoint.text(), text);
            }
        }
    }
}
