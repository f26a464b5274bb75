//! One secret to a file: a few lines of text, readable by its owner only.
//!
//! ```text
//! liangbiao-secret 1
//! key ed25519
//! secret 9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60
//! check d0b8480d5f314f5c
//! ```
//!
//! `check` is the beginning of the SHA-256 of all before it: a bit that a disk lost would else be another key, which
//! signs as well, or another pepper, which finds no code. A file without it, as older versions wrote, is taken as it is.
//!
//! A pepper says `pepper` in place of the second line, the key of the cases `cases x25519`; a key held elsewhere gives `public` (base64, as
//! in its record) and one `run` line for the program and each of its arguments.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use register::id::key::{hex, sha256_hex};
use register::signature::{Algorithm, PublicKey, SecretKey};

use super::{KeyError, Result};
use crate::store::{chain, sync_folder};

const FIRST_LINE: &str = "liangbiao-secret 1";
const FILE_BYTES_MAX: u64 = 16 << 10;

/// 32 secret bytes, overwritten when they are let go.
pub(super) struct Secret([u8; 32]);

impl Drop for Secret {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}

impl Secret {
    pub(super) fn new(bytes: [u8; 32]) -> Secret {
        Secret(bytes)
    }

    pub(super) fn random() -> Result<Secret> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| KeyError::Random(error.to_string()))?;
        Ok(Secret(bytes))
    }

    /// Random bytes that are a key: one draw in four thousand million is none for SM2.
    pub(super) fn random_key(algorithm: Algorithm) -> Result<Secret> {
        loop {
            let secret = Secret::random()?;
            if SecretKey::from_bytes(algorithm, &secret.0).is_ok() {
                return Ok(secret);
            }
        }
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(super) fn key(&self, algorithm: Algorithm, path: &Path) -> Result<SecretKey> {
        SecretKey::from_bytes(algorithm, &self.0)
            .map_err(|_| KeyError::Broken { path: path.to_owned(), what: "a key" })
    }
}

/// What a file keeps.
pub(super) enum Kept {
    Key(Algorithm, Secret),
    Command(PublicKey, Vec<String>),
    Pepper(Secret),
    Cases(Secret),
}

/// Reads a file; nothing where there is none.
pub(super) fn read(path: &Path) -> Result<Option<Kept>> {
    let failed = |error| KeyError::io(path, error);
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    // Asked of the open file, so that it cannot be changed for another in between.
    let about = file.metadata().map_err(failed)?;
    refuse_open(path, &about, 0o600)?;
    let broken = || KeyError::Broken { path: path.to_owned(), what: "a key file of this version" };
    if about.len() > FILE_BYTES_MAX {
        return Err(broken());
    }
    let text = std::io::read_to_string(file).map_err(|_| broken())?;
    let whole = match text.rfind(CHECK) {
        Some(at) if text[at..] != check(&text[..at]) => {
            let what = "as it was written: its check value differs. Restore it from the backup";
            return Err(KeyError::Broken { path: path.to_owned(), what });
        }
        Some(at) => &text[..at],
        None => &text,
    };
    parse(whole).map(Some).ok_or_else(broken)
}

const CHECK: &str = "check ";

/// The last line for a text before it.
fn check(text: &str) -> String {
    format!("{CHECK}{}\n", &sha256_hex(text.as_bytes())[..16])
}

fn parse(text: &str) -> Option<Kept> {
    let mut lines = text.lines();
    if lines.next()? != FIRST_LINE {
        return None;
    }
    let what = lines.next()?;
    let mut secret = None;
    let mut public = None;
    let mut command = Vec::new();
    for line in lines {
        match line.split_once(' ')? {
            ("secret", digits) => secret = Some(Secret::new(chain::unhex(digits)?)),
            ("public", base64) => public = Some(base64),
            ("run", word) => command.push(word.to_owned()),
            _ => return None,
        }
    }
    match what {
        "pepper" => return secret.map(Kept::Pepper),
        "cases x25519" => return secret.map(Kept::Cases),
        _ => {}
    }
    let algorithm = Algorithm::from_code(what.strip_prefix("key ")?)?;
    match (secret, public) {
        (Some(secret), None) => Some(Kept::Key(algorithm, secret)),
        (None, Some(public)) if !command.is_empty() => {
            Some(Kept::Command(PublicKey::from_record(algorithm, public).ok()?, command))
        }
        _ => None,
    }
}

fn print(kept: &Kept) -> String {
    let mut text = lines(kept);
    let check = check(&text);
    text.push_str(&check);
    text
}

fn lines(kept: &Kept) -> String {
    match kept {
        Kept::Key(algorithm, secret) => {
            format!("{FIRST_LINE}\nkey {}\nsecret {}\n", algorithm.code(), hex(secret.bytes()))
        }
        Kept::Command(public, command) => {
            let mut text = format!(
                "{FIRST_LINE}\nkey {}\npublic {}\n",
                public.algorithm().code(),
                public.to_record()
            );
            for word in command {
                text.push_str(&format!("run {word}\n"));
            }
            text
        }
        Kept::Pepper(secret) => format!("{FIRST_LINE}\npepper\nsecret {}\n", hex(secret.bytes())),
        Kept::Cases(secret) => {
            format!("{FIRST_LINE}\ncases x25519\nsecret {}\n", hex(secret.bytes()))
        }
    }
}

/// Writes a new file with mode 0600 and makes it durable; an existing one is never touched.
pub(super) fn write(path: &Path, kept: &Kept) -> Result<()> {
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => KeyError::Exists(path.to_owned()),
        _ => KeyError::io(path, error),
    };
    if path.exists() {
        return Err(KeyError::Exists(path.to_owned()));
    }
    // Whole or not there: a key of half a line would be taken for one that is lost.
    let temporary = path.with_extension(format!("{}.partial", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut text = print(kept);
    let written = options
        .open(&temporary)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        // A hard link fails where the name is taken; a rename would put an end to another key.
        .and_then(|()| std::fs::hard_link(&temporary, path))
        .map_err(failed);
    zeroize::Zeroize::zeroize(&mut text);
    let _ = std::fs::remove_file(&temporary);
    written?;
    sync_folder(path).map_err(|error| KeyError::io(path, error))
}

/// Makes the folder, for its owner only, and refuses one that others can look into.
pub(super) fn make_folder(path: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        Ok(()) => sync_folder(path).map_err(|error| KeyError::io(path, error)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let about = std::fs::metadata(path).map_err(|error| KeyError::io(path, error))?;
            refuse_open(path, &about, 0o700)
        }
        Err(error) => Err(KeyError::io(path, error)),
    }
}

#[cfg(unix)]
fn refuse_open(path: &Path, about: &std::fs::Metadata, wanted: u32) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = about.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(KeyError::TooOpen { path: path.to_owned(), mode, wanted });
    }
    Ok(())
}

/// Elsewhere permissions are not bits; the folder's own protection has to do.
#[cfg(not(unix))]
fn refuse_open(_: &Path, _: &std::fs::Metadata, _: u32) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_bit_of_a_secret_is_lost_unseen() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log.key");
        let secret = Secret::random_key(Algorithm::Ed25519).expect("random numbers");
        write(&path, &Kept::Key(Algorithm::Ed25519, secret)).expect("written");
        assert!(matches!(read(&path), Ok(Some(Kept::Key(..)))));
        let bytes = std::fs::read(&path).expect("read");
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut other = bytes.clone();
                other[at] ^= 1 << bit;
                std::fs::write(&path, &other).expect("written");
                assert!(read(&path).is_err(), "byte {at}, bit {bit}");
            }
        }
        // As older versions wrote it.
        let text = String::from_utf8(bytes).expect("text");
        let older = &text[..text.rfind(CHECK).expect("a check value")];
        std::fs::write(&path, older).expect("written");
        assert!(matches!(read(&path), Ok(Some(Kept::Key(..)))));
    }

    proptest::proptest! {
        #[test]
        fn what_is_read_of_a_file_is_written_as_it_was(
            lines in proptest::collection::vec(
                proptest::prop_oneof![
                    proptest::strategy::Just(format!("secret {}", "7".repeat(64))),
                    "(key (ed25519|sm2|x)|pepper|cases x25519|public [A-Za-z0-9+/=]{0,44}|run [a-z -]{0,9}|\\PC{0,9})",
                ],
                0..5,
            ),
        ) {
            let text = format!("{FIRST_LINE}\n{}\n", lines.join("\n"));
            if let Some(kept) = parse(&text) {
                let again = super::lines(&kept);
                let whole = parse(&again).map(|kept| super::lines(&kept));
                proptest::prop_assert_eq!(whole, Some(again));
            }
        }
    }
}
