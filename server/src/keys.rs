//! Private keys and the pepper: files beside a register that only its owner may read, or a command
//! that signs with a key kept elsewhere.
//!
//! `FILE.keys/` holds `log.key` (signs the log), perhaps `log.sm2.key` (signs it a second time), one `{kid}.key`
//! for each key that signs statements, `pepper` (hashes unit codes) and perhaps `cases`
//! (opens what people wrote to the office). Every file has mode 0600 and is refused otherwise. The public
//! half of a key, and each step of its life, are entries of kind `key` in the log.

mod file;
mod founding;
pub mod life;
mod signer;

use std::path::{Path, PathBuf};

use register::code::Pepper;
use register::signature::{Algorithm, KeyId, PublicKey, SignError, SignatureBytes, Signer};

use crate::store;

pub use founding::Founding;
pub(crate) use founding::sample_secret;
pub use signer::CommandSigner;

use file::{Kept, Secret};

/// What can go wrong with keys.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// A file cannot be read or written.
    #[error("{}", crate::store::told_of_file(path, error))]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// Others than its owner may read a secret.
    #[error(
        "{path} can be read by others (mode {mode:03o}); make it yours alone: chmod {wanted:03o} {path}"
    )]
    TooOpen {
        /// The file or folder.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
        /// Those it should have.
        wanted: u32,
    },
    /// The file is not what its name says.
    #[error("{path} is not {what}")]
    Broken {
        /// The file.
        path: PathBuf,
        /// What it should be.
        what: &'static str,
    },
    /// There is no such file.
    #[error("{path} is missing: {what}")]
    Missing {
        /// The file.
        path: PathBuf,
        /// What lacks without it, and what to do.
        what: &'static str,
    },
    /// A key is never overwritten.
    #[error(
        "{0} holds other keys already; keys are never overwritten. Move it away or choose another register"
    )]
    Exists(PathBuf),
    /// The key does not sign as it should.
    #[error("{0}")]
    Signer(String),
    /// No random numbers.
    #[error("no random numbers from the system: {0}")]
    Random(String),
}

/// Result of a call about keys.
pub type Result<T> = std::result::Result<T, KeyError>;

impl KeyError {
    fn io(path: &Path, error: std::io::Error) -> KeyError {
        KeyError::Io { path: path.to_owned(), error }
    }
}

/// The folder of a register's keys.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

/// A key this node can sign with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The public half.
    pub public_key: PublicKey,
    /// Its file.
    pub path: PathBuf,
    /// Whether it signs the log, not statements.
    pub is_log_key: bool,
    /// The command that signs, where the key is not in the file.
    pub command: Option<Vec<String>>,
}

/// What signs the log: the key it is known by, and perhaps one of SM2 whose line stands below.
pub struct LogSigner {
    first: Box<dyn Signer>,
    second: Option<Box<dyn Signer>>,
}

impl LogSigner {
    /// The key of SM2. A checkpoint has its line once the log says that it is in force.
    #[must_use]
    pub fn second(&self) -> Option<&dyn Signer> {
        self.second.as_deref()
    }
}

/// As the key that the log is known by.
impl Signer for LogSigner {
    fn public_key(&self) -> &PublicKey {
        self.first.public_key()
    }

    fn sign(&self, message: &[u8]) -> std::result::Result<SignatureBytes, SignError> {
        self.first.sign(message)
    }
}

const LOG_KEY: &str = "log.key";
const SECOND_LOG_KEY: &str = "log.sm2.key";
const PEPPER: &str = "pepper";
/// File of the private key that what people wrote in cases is sealed to.
pub const CASE_KEY: &str = "cases";

impl Folder {
    /// The folder beside a register: `register.db` has `register.db.keys`. It need not exist.
    #[must_use]
    pub fn of(register: &Path) -> Folder {
        Folder { path: store::beside(register, ".keys") }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The pepper that hashes unit codes.
    ///
    /// # Errors
    /// There is none, others can read it, or it is broken.
    pub fn pepper(&self) -> Result<Pepper> {
        let path = self.path.join(PEPPER);
        match file::read(&path)? {
            Some(Kept::Pepper(secret)) => Ok(Pepper::new(*secret.bytes())),
            Some(_) => Err(KeyError::Broken { path, what: "a pepper" }),
            None => Err(KeyError::Missing {
                path,
                what: "without the pepper no unit code can be issued or looked up; copy it from the \
                       machine where the register was made",
            }),
        }
    }

    /// The pepper, made now where there is none and `unused` says that no unit code depends on one.
    ///
    /// # Errors
    /// As [`Folder::pepper`].
    pub fn pepper_or_new(&self, unused: bool) -> Result<Pepper> {
        match self.pepper() {
            Err(KeyError::Missing { .. }) if unused => {
                self.write(PEPPER, &Kept::Pepper(Secret::random()?))?;
                self.pepper()
            }
            other => other,
        }
    }

    /// The key that opens what people wrote in cases; overwritten when it is let go.
    ///
    /// # Errors
    /// As [`Folder::pepper`].
    pub fn case_key(&self) -> Result<zeroize::Zeroizing<[u8; 32]>> {
        let path = self.path.join(CASE_KEY);
        match file::read(&path)? {
            Some(Kept::Cases(secret)) => Ok(zeroize::Zeroizing::new(*secret.bytes())),
            Some(_) => Err(KeyError::Broken { path, what: "the key of the cases" }),
            None => Err(KeyError::Missing {
                path,
                what: "without it nobody can read what was written in cases; copy it from where \
                       `serve --cases` was first started",
            }),
        }
    }

    /// The same, made now where there is none.
    ///
    /// # Errors
    /// As [`Folder::pepper`].
    pub fn case_key_or_new(&self) -> Result<zeroize::Zeroizing<[u8; 32]>> {
        match self.case_key() {
            Err(KeyError::Missing { .. }) => {
                self.write(CASE_KEY, &Kept::Cases(Secret::random()?))?;
                self.case_key()
            }
            other => other,
        }
    }

    /// The key that signs the log.
    ///
    /// # Errors
    /// There is none, others can read it, or it is broken.
    pub fn log_signer(&self) -> Result<LogSigner> {
        let first = self.signer_in(&self.path.join(LOG_KEY))?;
        let second = match self.signer_in(&self.path.join(SECOND_LOG_KEY)) {
            Ok(signer) => Some(signer),
            Err(KeyError::Missing { .. }) => None,
            Err(error) => return Err(error),
        };
        Ok(LogSigner { first, second })
    }

    /// A key by its id; the log's own is not among them.
    ///
    /// # Errors
    /// As [`Folder::log_signer`].
    pub fn signer(&self, id: KeyId) -> Result<Box<dyn Signer>> {
        let path = self.path.join(format!("{id}.key"));
        let signer = self.signer_in(&path)?;
        if signer.public_key().id() != id {
            return Err(KeyError::Broken { path, what: "the key its name says" });
        }
        Ok(signer)
    }

    fn signer_in(&self, path: &Path) -> Result<Box<dyn Signer>> {
        match file::read(path)? {
            Some(Kept::Key(algorithm, secret)) => Ok(Box::new(secret.key(algorithm, path)?)),
            Some(Kept::Command(public, command)) => {
                Ok(Box::new(CommandSigner::new(public, command)))
            }
            Some(Kept::Pepper(_) | Kept::Cases(_)) => {
                Err(KeyError::Broken { path: path.to_owned(), what: "a key" })
            }
            None => Err(KeyError::Missing {
                path: path.to_owned(),
                what: "this node cannot sign with that key",
            }),
        }
    }

    /// Every key in the folder, the log's first, then by id.
    ///
    /// # Errors
    /// A file that others can read or that is broken: one bad key is not passed over in silence.
    pub fn held(&self) -> Result<Vec<Held>> {
        let entries = match std::fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(KeyError::io(&self.path, error)),
        };
        let mut held = Vec::new();
        for entry in entries {
            let path = entry.map_err(|error| KeyError::io(&self.path, error))?.path();
            if path.extension().is_none_or(|extension| extension != "key") {
                continue;
            }
            let is_log_key =
                path.file_name().is_some_and(|name| name == LOG_KEY || name == SECOND_LOG_KEY);
            let (public_key, command) = match file::read(&path)? {
                Some(Kept::Key(algorithm, secret)) => {
                    (secret.key(algorithm, &path)?.public_key().clone(), None)
                }
                Some(Kept::Command(public, command)) => (public, Some(command)),
                _ => return Err(KeyError::Broken { path, what: "a key" }),
            };
            held.push(Held { public_key, path, is_log_key, command });
        }
        held.sort_by_key(|key| (!key.is_log_key, key.public_key.id()));
        Ok(held)
    }

    /// Makes a new key and keeps it in a file; returns the public half.
    ///
    /// # Errors
    /// The file cannot be written, or there are no random numbers.
    pub fn new_key(&self, algorithm: Algorithm) -> Result<PublicKey> {
        let secret = Secret::random_key(algorithm)?;
        let public = secret.key(algorithm, &self.path)?.public_key().clone();
        self.write(&format!("{}.key", public.id()), &Kept::Key(algorithm, secret))?;
        Ok(public)
    }

    /// Makes the key that signs the log a second time, or takes up the one that is there; returns the public half.
    /// Always a file of SM2: a device signs the same checkpoint differently each time, and what was published has
    /// to stay as it was.
    ///
    /// # Errors
    /// The file cannot be read or written, or there are no random numbers.
    pub fn second_log_key(&self) -> Result<PublicKey> {
        let path = self.path.join(SECOND_LOG_KEY);
        match self.signer_in(&path) {
            Err(KeyError::Missing { .. }) => {}
            other => return Ok(other?.public_key().clone()),
        }
        let secret = Secret::random_key(Algorithm::Sm2)?;
        let public = secret.key(Algorithm::Sm2, &path)?.public_key().clone();
        self.write(SECOND_LOG_KEY, &Kept::Key(Algorithm::Sm2, secret))?;
        Ok(public)
    }

    /// Keeps a command that signs with a key held elsewhere. It has to sign a trial message first.
    ///
    /// # Errors
    /// The command does not sign with that key, or the file cannot be written.
    pub fn add_command(&self, public: &PublicKey, command: Vec<String>) -> Result<()> {
        use register::signature::Verifier as _;
        const TRIAL: &[u8] = b"liangbiao: does this command sign with this key?\n";
        let signer = CommandSigner::new(public.clone(), command.clone());
        let signature = signer.sign(TRIAL).map_err(|error| KeyError::Signer(error.to_string()))?;
        public.verify(TRIAL, &signature).map_err(|_| {
            KeyError::Signer("the command signs with another key than the one named".to_owned())
        })?;
        self.write(&format!("{}.key", public.id()), &Kept::Command(public.clone(), command))
    }

    fn write(&self, name: &str, kept: &Kept) -> Result<()> {
        file::make_folder(&self.path)?;
        file::write(&self.path.join(name), kept)
    }
}
