//! Cosignatures of witnesses (C2SP tlog-cosignature, type Ed25519, `cosignature/v1`): a line of a
//! checkpoint by which somebody else states that, at a time, it was the longest head of this log they
//! had seen, and that it went on from every earlier one.

use std::fmt;
use std::str::FromStr;

use super::{Note, NoteError, Result, base64, is_name, key_id, key_text, read_key};
use crate::signature::{Algorithm, PublicKey, SignatureBytes, Verifier};

/// Signature type of Ed25519 cosignatures (C2SP tlog-cosignature, "Format").
const TYPE_COSIGNATURE: &[u8] = &[4];

/// A witness: a name and an Ed25519 key that signs nothing but cosignatures. As text it is a verifier key of
/// signature type 4, `name+id+key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessKey {
    name: String,
    key: PublicKey,
    id: [u8; 4],
}

impl WitnessKey {
    /// An Ed25519 key under a name.
    ///
    /// # Errors
    /// [`NoteError::BadName`]; [`NoteError::BadKey`] for a key of another algorithm.
    pub fn new(name: &str, key: PublicKey) -> Result<WitnessKey> {
        if !is_name(name) {
            return Err(NoteError::BadName);
        }
        if key.algorithm() != Algorithm::Ed25519 {
            return Err(NoteError::BadKey);
        }
        let id = key_id(name, TYPE_COSIGNATURE, key.as_bytes());
        Ok(WitnessKey { name: name.to_owned(), id, key })
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The id: the first four bytes of SHA-256(name ‖ 0x0A ‖ 0x04 ‖ key).
    #[must_use]
    pub const fn id(&self) -> [u8; 4] {
        self.id
    }
}

impl fmt::Display for WitnessKey {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&key_text(&self.name, TYPE_COSIGNATURE, &self.key))
    }
}

impl FromStr for WitnessKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<WitnessKey> {
        let (name, key) =
            read_key(text, TYPE_COSIGNATURE, Algorithm::Ed25519).ok_or(NoteError::BadWitness)?;
        WitnessKey::new(name, key)
    }
}

/// The message a cosignature signs: a line that keeps it from being taken for anything else, the time in
/// seconds since 1970, and the checkpoint's text.
#[must_use]
pub fn cosigned_message(text: &str, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

impl Note<'_> {
    /// When the witness signed this checkpoint, in seconds since 1970; the latest time of several.
    ///
    /// # Errors
    /// [`NoteError::NotSigned`] where no line is by this witness; [`NoteError::BadSignature`] where one
    /// claims to be and is not, whatever the others say.
    pub fn cosigned_by(&self, witness: &WitnessKey) -> Result<u64> {
        let mut latest = None;
        for line in self.lines_of(&witness.name, witness.id) {
            let bad = || NoteError::BadSignature(witness.name.clone());
            let (time, signature) = line.split_first_chunk::<8>().ok_or_else(bad)?;
            let signature = SignatureBytes::try_from(signature).map_err(|_| bad())?;
            let time = u64::from_be_bytes(*time);
            // The specification's bound.
            if i64::try_from(time).is_err() {
                return Err(bad());
            }
            let message = cosigned_message(self.text, time);
            witness.key.verify(message.as_bytes(), &signature).map_err(|_| bad())?;
            latest = latest.max(Some(time));
        }
        latest.ok_or_else(|| NoteError::NotSigned(witness.name.clone()))
    }

    /// The lines by this witness as they stand in a note, unverified: what is copied to another
    /// note of the same text after [`Note::cosigned_by`].
    #[must_use]
    pub fn lines_by(&self, witness: &WitnessKey) -> String {
        self.lines_of(&witness.name, witness.id)
            .map(|signature| {
                let line = base64(&[&witness.id[..], signature].concat());
                format!("{}{} {line}\n", super::LINE_START, witness.name)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::{NoteKey, sign};
    use crate::signature::{SecretKey, Signer};

    const TEXT: &str =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    fn witness(seed: u8) -> (SecretKey, WitnessKey) {
        let secret = SecretKey::from_bytes(Algorithm::Ed25519, &[seed; 32]).unwrap();
        let key = WitnessKey::new("witness.example.com/w1", secret.public_key().clone()).unwrap();
        (secret, key)
    }

    fn line(secret: &SecretKey, key: &WitnessKey, text: &str, time: u64) -> String {
        let signature = secret.sign(cosigned_message(text, time).as_bytes()).unwrap();
        let bytes = [&key.id()[..], &time.to_be_bytes(), &signature].concat();
        format!("— {} {}\n", key.name(), base64(&bytes))
    }

    fn note() -> String {
        let log = SecretKey::from_bytes(Algorithm::Ed25519, &[9; 32]).unwrap();
        sign(TEXT, "example.com/behind-the-sofa", &[&log]).unwrap()
    }

    #[test]
    fn the_message_is_that_of_the_specification() {
        assert_eq!(
            cosigned_message(TEXT, 1_679_315_147),
            "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n\
             CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
        );
        // Its example line has the key's id, that time, and 64 bytes.
        let line = "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";
        let note = note() + line;
        let read = Note::parse(&note).unwrap();
        let bytes = read.lines_of("witness.example.com/w1", [0x8d, 0x66, 0xcf, 0x3f]).next();
        let (time, signature) = bytes.unwrap().split_first_chunk::<8>().unwrap();
        assert_eq!((u64::from_be_bytes(*time), signature.len()), (1_679_315_147, 64));
    }

    #[test]
    fn a_cosignature_is_believed_from_its_witness_on_its_text_at_its_time_only() {
        let (secret, key) = witness(1);
        let own = note();
        let not = Note::parse(&own).unwrap().cosigned_by(&key);
        assert_eq!(not, Err(NoteError::NotSigned("witness.example.com/w1".to_owned())));
        let good = line(&secret, &key, TEXT, 1_700_000_000);
        let both = own.clone() + &good + &line(&secret, &key, TEXT, 1_800_000_000);
        let read = Note::parse(&both).unwrap();
        assert_eq!(read.cosigned_by(&key), Ok(1_800_000_000), "the later of two");
        assert!(read.lines_by(&key).starts_with(&good));
        // Another text, another witness of the same name, another time, a cut signature.
        let (other, other_key) = witness(2);
        assert!(read.cosigned_by(&other_key).is_err());
        let forged = |line: String| {
            let note = own.clone() + &line;
            Note::parse(&note).unwrap().cosigned_by(&key)
        };
        let bad = Err(NoteError::BadSignature("witness.example.com/w1".to_owned()));
        assert_eq!(forged(line(&secret, &key, &TEXT.replace("63\n", "64\n"), 1)), bad);
        assert_eq!(forged(line(&other, &key, TEXT, 1)), bad);
        assert_eq!(forged(line(&secret, &key, TEXT, u64::MAX)), bad, "beyond 2^63 - 1");
        let signature = secret.sign(cosigned_message(TEXT, 7).as_bytes()).unwrap();
        let moved = [&key.id()[..], &8_u64.to_be_bytes(), &signature].concat();
        assert_eq!(forged(format!("— {} {}\n", key.name(), base64(&moved))), bad);
        assert_eq!(forged(format!("— {} {}\n", key.name(), base64(&moved[..70]))), bad);
        // An ordinary signature by the same key is none: the ids differ.
        let plain = sign(TEXT, key.name(), &[&secret]).unwrap();
        assert!(matches!(
            Note::parse(&plain).unwrap().cosigned_by(&key),
            Err(NoteError::NotSigned(_))
        ));
        // The log's own line is read as before, whatever witnesses wrote below it.
        let log = SecretKey::from_bytes(Algorithm::Ed25519, &[9; 32]).unwrap();
        let log = NoteKey::new("example.com/behind-the-sofa", log.public_key().clone()).unwrap();
        assert_eq!(read.text_signed_by(&log), Ok(TEXT));
    }

    #[test]
    fn a_witness_key_is_read_as_it_is_written() {
        let (_, key) = witness(1);
        assert_eq!(key.to_string().parse(), Ok(key.clone()));
        let id = format!("{:08x}", u32::from_be_bytes(key.id()));
        let wrong_id = key.to_string().replace(&id, "00000000");
        let note_key = NoteKey::new(key.name(), key.key.clone()).unwrap();
        for text in ["", "w+1", &wrong_id, &note_key.to_string()] {
            assert_eq!(text.parse::<WitnessKey>(), Err(NoteError::BadWitness), "{text}");
        }
    }
}
