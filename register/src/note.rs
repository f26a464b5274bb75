//! Signed notes (C2SP signed-note, v1.0.0): a text that a person can read, and under it lines that
//! say who signed it. The log's checkpoints and the offline bundle are such notes.
//!
//! Of the note's signature types Ed25519 (type 1) and its cosignatures (type 4) are verified here, and SM2 under a
//! type of our own. A line of another type or by another key is passed over, as the specification asks; a line that
//! claims to be by a known key and is not makes the whole note worthless.
//!
//! ```
//! use register::note::{Note, NoteKey, sign};
//! use register::signature::{Algorithm, SecretKey, Signer};
//!
//! let secret = SecretKey::from_bytes(Algorithm::Ed25519, &[7; 32]).unwrap();
//! let key = NoteKey::new("quality.example/log", secret.public_key().clone())?;
//! let note = sign("a text\nof two lines\n", key.name(), &[&secret])?;
//! // Whoever knows the verifier key reads the text, and only if the signature is good.
//! let known: NoteKey = key.to_string().parse()?;
//! assert_eq!(Note::parse(&note)?.text_signed_by(&known)?, "a text\nof two lines\n");
//! assert!(Note::parse(&note.replace("two", "six"))?.text_signed_by(&known).is_err());
//! # Ok::<(), register::note::NoteError>(())
//! ```

use std::fmt;
use std::str::FromStr;

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

use crate::signature::{Algorithm, PublicKey, SignError, SignatureBytes, Signer, Verifier};

/// Bytes of a note, signatures included.
pub const NOTE_BYTES_MAX: usize = 1_000_000;

/// Signature lines of a note: more than witnesses a log can have, few enough to read in a moment.
pub const SIGNATURES_MAX: usize = 100;

/// Bytes of a key's name.
pub const NAME_BYTES_MAX: usize = 255;

/// Signature type of Ed25519 (C2SP signed-note, "Signature types").
const TYPE_ED25519: &[u8] = &[1];

/// Signature type of SM2 with SM3 (GB/T 32918.2-2016), the signature as r‖s of 64 bytes. It has no byte of its own:
/// for such the specification has 0xff and words that nobody else uses.
#[cfg(feature = "sm2")]
const TYPE_SM2: &[u8] = b"\xffliangbiao SM2-SM3 GB/T 32918.2-2016";

/// What a signature line begins with: U+2014 and a space.
const LINE_START: &str = "\u{2014} ";

/// Why something is no note, no key of one, or not signed as claimed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// More than [`NOTE_BYTES_MAX`] bytes.
    #[error("the note is larger than {NOTE_BYTES_MAX} bytes")]
    TooLarge,
    /// The text is empty, does not end with a line feed, or holds a control character.
    #[error("the text is not of lines, or holds a control character")]
    BadText,
    /// There is no empty line with signatures behind it.
    #[error("there are no signatures")]
    NoSignatures,
    /// More than [`SIGNATURES_MAX`] signatures.
    #[error("there are more than {SIGNATURES_MAX} signatures")]
    TooManySignatures,
    /// A line behind the text is no signature line.
    #[error("signature line {0} is malformed")]
    BadLine(usize),
    /// The name is empty, too long, or holds white space, a plus or a control character.
    #[error("the key's name is empty, too long, or holds white space or a plus")]
    BadName,
    /// The text is no verifier key of a type known here, or its id is not that of its name and key.
    #[error("this is no verifier key of a type known here")]
    BadKey,
    /// The text is no verifier key of a witness (type 4), or its id is not that of its name and key.
    #[error("this is no key of a witness: name+id+key of signature type 4")]
    BadWitness,
    /// No line is by the key.
    #[error("the note is not signed by the key {0}")]
    NotSigned(String),
    /// A line says it is by the key and does not verify.
    #[error("a signature of the key {0} does not verify")]
    BadSignature(String),
    /// The key did not sign.
    #[error(transparent)]
    Sign(#[from] SignError),
}

type Result<T> = std::result::Result<T, NoteError>;

/// A name and a public key: what the specification calls a verifier key. As text it is
/// `name+id+key`: the id as 8 hex digits, type byte and key in base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteKey {
    name: String,
    key: PublicKey,
    id: [u8; 4],
}

impl NoteKey {
    /// A key under a name, by convention a host and path without scheme.
    ///
    /// # Errors
    /// [`NoteError::BadName`]; [`NoteError::BadKey`] for a key of SM2 where that is left out (feature `sm2`).
    pub fn new(name: &str, key: PublicKey) -> Result<NoteKey> {
        if !is_name(name) {
            return Err(NoteError::BadName);
        }
        let kind = type_of(key.algorithm()).ok_or(NoteError::BadKey)?;
        Ok(NoteKey { name: name.to_owned(), id: key_id(name, kind, key.as_bytes()), key })
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The id: the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ key). It tells keys of one name
    /// apart and proves nothing.
    #[must_use]
    pub const fn id(&self) -> [u8; 4] {
        self.id
    }

    /// The public key.
    #[must_use]
    pub const fn public_key(&self) -> &PublicKey {
        &self.key
    }
}

impl fmt::Display for NoteKey {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        // Some: no key was made without one.
        f.write_str(&key_text(
            &self.name,
            type_of(self.key.algorithm()).unwrap_or_default(),
            &self.key,
        ))
    }
}

impl FromStr for NoteKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<NoteKey> {
        let read = read_key(text, TYPE_ED25519, Algorithm::Ed25519);
        #[cfg(feature = "sm2")]
        let read = read.or_else(|| read_key(text, TYPE_SM2, Algorithm::Sm2));
        let (name, key) = read.ok_or(NoteError::BadKey)?;
        NoteKey::new(name, key)
    }
}

const fn type_of(algorithm: Algorithm) -> Option<&'static [u8]> {
    match algorithm {
        Algorithm::Ed25519 => Some(TYPE_ED25519),
        #[cfg(feature = "sm2")]
        Algorithm::Sm2 => Some(TYPE_SM2),
        #[cfg(not(feature = "sm2"))]
        Algorithm::Sm2 => None,
    }
}

/// A verifier key as text: name, id as 8 hex digits, type and key in base64.
fn key_text(name: &str, kind: &[u8], key: &PublicKey) -> String {
    let id = u32::from_be_bytes(key_id(name, kind, key.as_bytes()));
    format!("{name}+{id:08x}+{}", base64(&[kind, key.as_bytes()].concat()))
}

/// Name and key of such a text; none where it is of another type, or its id is not that of its name and key.
fn read_key<'t>(text: &'t str, kind: &[u8], algorithm: Algorithm) -> Option<(&'t str, PublicKey)> {
    // The name has no plus, the key's base64 may have.
    let mut parts = text.splitn(3, '+');
    let (name, id, key) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = Base64::decode_vec(key).ok()?;
    let bytes = bytes.strip_prefix(kind)?;
    let key = PublicKey::from_bytes(algorithm, bytes).ok()?;
    let right = format!("{:08x}", u32::from_be_bytes(key_id(name, kind, bytes)));
    (id == right).then_some((name, key))
}

/// A text and who says they signed it. Reading one proves nothing yet: see
/// [`Note::text_signed_by`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note<'n> {
    text: &'n str,
    signatures: Vec<Line<'n>>,
}

/// A signature line.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line<'n> {
    name: &'n str,
    id: [u8; 4],
    signature: Vec<u8>,
}

impl<'n> Note<'n> {
    /// Reads a note.
    ///
    /// # Errors
    /// The first thing that is wrong with its form.
    pub fn parse(note: &'n str) -> Result<Note<'n>> {
        if note.len() > NOTE_BYTES_MAX {
            return Err(NoteError::TooLarge);
        }
        // The signatures are behind the last empty line; a text may hold empty lines of its own.
        let ends = note.as_bytes().windows(2).rposition(|two| two == b"\n\n");
        let at = ends.ok_or(NoteError::NoSignatures)?;
        // By `get`: the words of a failed slice would be 2 KB of what the browser's verifier weighs.
        let parts = note.get(..=at).zip(note.get(at + 2..));
        let (text, lines) = parts.ok_or(NoteError::NoSignatures)?;
        check_text(text)?;
        let lines = lines.strip_suffix('\n').ok_or(NoteError::NoSignatures)?;
        let mut signatures = Vec::new();
        for (i, line) in lines.split('\n').enumerate() {
            if i == SIGNATURES_MAX {
                return Err(NoteError::TooManySignatures);
            }
            signatures.push(Line::parse(line).ok_or(NoteError::BadLine(i + 1))?);
        }
        Ok(Note { text, signatures })
    }

    /// The text, whose last character is a line feed, if the key signed it.
    ///
    /// # Errors
    /// [`NoteError::NotSigned`] where no line is by this key; [`NoteError::BadSignature`] where one
    /// claims to be and is not, whatever the others say.
    pub fn text_signed_by(&self, key: &NoteKey) -> Result<&'n str> {
        let mut signed = false;
        for line in self.lines_of(&key.name, key.id) {
            let bad = || NoteError::BadSignature(key.name.clone());
            let signature = SignatureBytes::try_from(line).map_err(|_| bad())?;
            key.key.verify(self.text.as_bytes(), &signature).map_err(|_| bad())?;
            signed = true;
        }
        if signed { Ok(self.text) } else { Err(NoteError::NotSigned(key.name.clone())) }
    }

    /// What lines of that name and key id hold behind the id.
    fn lines_of(&self, name: &str, id: [u8; 4]) -> impl Iterator<Item = &[u8]> {
        let by = self.signatures.iter().filter(move |line| line.name == name && line.id == id);
        by.map(|line| line.signature.as_slice())
    }

    /// The text without any proof of who wrote it.
    #[must_use]
    pub const fn text_unverified(&self) -> &'n str {
        self.text
    }
}

impl<'n> Line<'n> {
    fn parse(line: &'n str) -> Option<Line<'n>> {
        let (name, signature) = line.strip_prefix(LINE_START)?.split_once(' ')?;
        let bytes = Base64::decode_vec(signature).ok()?;
        let (id, signature) = bytes.split_first_chunk::<4>()?;
        (is_name(name) && !signature.is_empty()).then(|| Line {
            name,
            id: *id,
            signature: signature.to_vec(),
        })
    }
}

/// Writes a note: the text, an empty line, and a line for each signer, all under one name.
///
/// # Errors
/// The text or the name cannot stand in a note, or a signer did not sign.
pub fn sign(text: &str, name: &str, signers: &[&dyn Signer]) -> Result<String> {
    check_text(text)?;
    if signers.is_empty() {
        return Err(NoteError::NoSignatures);
    }
    if signers.len() > SIGNATURES_MAX {
        return Err(NoteError::TooManySignatures);
    }
    let mut note = format!("{text}\n");
    for signer in signers {
        let key = NoteKey::new(name, signer.public_key().clone())?;
        let signature = signer.sign(text.as_bytes())?;
        let line = base64(&[&key.id[..], &signature].concat());
        note.push_str(&format!("{LINE_START}{name} {line}\n"));
    }
    if note.len() > NOTE_BYTES_MAX { Err(NoteError::TooLarge) } else { Ok(note) }
}

fn check_text(text: &str) -> Result<()> {
    let plain = text.bytes().all(|b| b >= 0x20 || b == b'\n');
    if plain && text.ends_with('\n') { Ok(()) } else { Err(NoteError::BadText) }
}

fn is_name(name: &str) -> bool {
    let outside = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    !name.is_empty() && name.len() <= NAME_BYTES_MAX && !name.contains(outside)
}

fn key_id(name: &str, signature_type: &[u8], key: &[u8]) -> [u8; 4] {
    let hash = Sha256::new()
        .chain_update(name)
        .chain_update(b"\n")
        .chain_update(signature_type)
        .chain_update(key)
        .finalize();
    [hash[0], hash[1], hash[2], hash[3]]
}

fn base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

mod cosignature;

pub use cosignature::{WitnessKey, cosigned_message};

#[cfg(test)]
#[path = "note/tests.rs"]
mod tests;
