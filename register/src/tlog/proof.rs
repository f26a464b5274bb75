//! A proof that a stranger can check without asking anybody: the entry's place, the hashes beside its
//! path and the signed checkpoint, in one text (C2SP tlog-proof@v1).

use base64ct::{Base64, Encoding};

use crate::merkle::{Hash, PROOF_MAX};

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// Why a text is no proof.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogProofError {
    /// Another first line.
    #[error("the first line is not {HEADER:?}")]
    Header,
    /// Not base64.
    #[error("line {0} is not base64 of the length expected")]
    Base64(usize),
    /// No `index` line.
    #[error("line {0} should be \"index\" and a decimal number without leading zeroes")]
    Index(usize),
    /// More hashes than any tree has levels.
    #[error("more than {PROOF_MAX} hashes")]
    Many,
    /// No empty line, or nothing after it.
    #[error("the checkpoint is missing")]
    Checkpoint,
}

/// An entry's proof of inclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogProof {
    /// Opaque bytes nobody signed; ours carry the entry itself.
    pub extra: Option<Vec<u8>>,
    /// The entry's index.
    pub index: u64,
    /// The hashes beside its path, the leaf's sibling first.
    pub hashes: Vec<Hash>,
    /// The signed note, as the log gave it.
    pub checkpoint: String,
}

impl LogProof {
    /// Reads a proof. Whether it holds is another question.
    ///
    /// # Errors
    /// The text is no proof; the error says where.
    pub fn parse(text: &str) -> Result<LogProof, LogProofError> {
        let (head, checkpoint) = text.split_once("\n\n").ok_or(LogProofError::Checkpoint)?;
        if checkpoint.is_empty() {
            return Err(LogProofError::Checkpoint);
        }
        let mut lines = head.split('\n').zip(1usize..).peekable();
        if lines.next().is_none_or(|(line, _)| line != HEADER) {
            return Err(LogProofError::Header);
        }
        let extra = match lines.next_if(|(line, _)| line.starts_with("extra ")) {
            None => None,
            Some((line, at)) => {
                let text = line.get("extra ".len()..).unwrap_or_default();
                Some(Base64::decode_vec(text).map_err(|_| LogProofError::Base64(at))?)
            }
        };
        let (line, at) = lines.next().ok_or(LogProofError::Index(2))?;
        let index = line
            .strip_prefix("index ")
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
            .filter(|digits| *digits == "0" || !digits.starts_with('0'))
            .and_then(|digits| digits.parse().ok())
            .ok_or(LogProofError::Index(at))?;
        let mut hashes = Vec::new();
        for (line, at) in lines {
            if hashes.len() == PROOF_MAX {
                return Err(LogProofError::Many);
            }
            let mut hash = Hash::default();
            match Base64::decode(line, &mut hash) {
                Ok(bytes) if bytes.len() == super::HASH_BYTES => hashes.push(hash),
                _ => return Err(LogProofError::Base64(at)),
            }
        }
        Ok(LogProof { extra, index, hashes, checkpoint: checkpoint.to_owned() })
    }

    /// The proof as text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        if let Some(extra) = &self.extra {
            text.push_str("extra ");
            text.push_str(&Base64::encode_string(extra));
            text.push('\n');
        }
        text.push_str(&format!("index {}\n", self.index));
        for hash in &self.hashes {
            text.push_str(&Base64::encode_string(hash));
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&self.checkpoint);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_proof_is_refused_with_its_line() {
        use LogProofError as E;
        let hash = Base64::encode_string(&[7; 32]);
        let whole = format!("{HEADER}\nextra YQ==\nindex 5\n{hash}\n{hash}\n\nnote\n");
        let proof = LogProof::parse(&whole).unwrap();
        assert_eq!(proof.text(), whole);
        assert_eq!(
            (proof.index, proof.hashes.len(), proof.extra.as_deref()),
            (5, 2, Some(&b"a"[..]))
        );
        let refused =
            |from: &str, to: &str| LogProof::parse(&whole.replacen(from, to, 1)).unwrap_err();
        assert_eq!(refused("@v1", "@v2"), E::Header);
        assert_eq!(refused("YQ==", "YQ="), E::Base64(2));
        assert_eq!(refused("index 5", "index 05"), E::Index(3));
        assert_eq!(refused("index 5", "index"), E::Index(3));
        assert_eq!(refused(&hash, "AA=="), E::Base64(4));
        assert_eq!(refused("\n\n", "\n"), E::Checkpoint);
        assert_eq!(refused("note\n", ""), E::Checkpoint);
        let many = format!("{HEADER}\nindex 0\n{}\nnote\n", format!("{hash}\n").repeat(65));
        assert_eq!(LogProof::parse(&many), Err(E::Many));
    }

    proptest! {
        #[test]
        fn written_is_read_again(extra in proptest::option::of(proptest::collection::vec(any::<u8>(), 0..50)),
                                 index in any::<u64>(), n in 0usize..64) {
            let proof = LogProof { extra, index, hashes: vec![[9; 32]; n], checkpoint: "a\n1\nb\n\n— a b\n".to_owned() };
            prop_assert_eq!(LogProof::parse(&proof.text()), Ok(proof));
        }
    }
}
