//! The keys a register is made with: one that signs its log, and the pepper.

use std::path::Path;

use chrono::NaiveDate;
use register::Draft;
use register::signature::{Algorithm, PublicKey, SecretKey, Signer as _};
use sha2::{Digest as _, Sha256};

use super::file::{self, Kept, Secret};
use super::{Folder, KeyError, LOG_KEY, PEPPER, Result, life};
use crate::reference;

/// The keys of a register in the making.
pub struct Founding {
    folder: Folder,
    log: Option<Secret>,
    pepper: Option<Secret>,
    public: PublicKey,
}

impl std::fmt::Debug for Founding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Founding").field("public", &self.public).finish_non_exhaustive()
    }
}

impl Founding {
    /// Random keys for the register that will be at `register`. Keys that lie there already, of a
    /// making that was cut short or of a register moved away, are taken up and not overwritten.
    ///
    /// # Errors
    /// Others can read those files, one is broken, or there are no random numbers.
    pub fn random(register: &Path) -> Result<Founding> {
        let folder = Folder::of(register);
        let pepper = match file::read(&folder.path.join(PEPPER))? {
            Some(Kept::Pepper(_)) => None,
            Some(_) => {
                return Err(KeyError::Broken { path: folder.path.join(PEPPER), what: "a pepper" });
            }
            None => Some(Secret::random()?),
        };
        let path = folder.path.join(LOG_KEY);
        let (log, public) = match file::read(&path)? {
            Some(_) => (None, folder.log_signer()?.public_key().clone()),
            None => {
                let secret = Secret::random_key(Algorithm::Ed25519)?;
                let public = secret.key(Algorithm::Ed25519, &path)?.public_key().clone();
                (Some(secret), public)
            }
        };
        Ok(Founding { folder, log, pepper, public })
    }

    /// The keys of a sample: a function of its seed, so that the same sample has the same entries.
    /// Anybody can derive them; they vouch for nothing, like the data they go with.
    ///
    /// # Errors
    /// There are other keys where these would be.
    pub fn of_sample(register: &Path, products: u64, seed: u64) -> Result<Founding> {
        let folder = Folder::of(register);
        let log = Secret::new(sample_secret("log key", products, seed));
        let pepper = Secret::new(sample_secret("pepper", products, seed));
        let same = |name: &str, ours: &Secret| match file::read(&folder.path.join(name))? {
            None => Ok(false),
            Some(Kept::Key(Algorithm::Ed25519, theirs) | Kept::Pepper(theirs))
                if theirs.bytes() == ours.bytes() =>
            {
                Ok(true)
            }
            Some(_) => Err(KeyError::Exists(folder.path.clone())),
        };
        let (has_log, has_pepper) = (same(LOG_KEY, &log)?, same(PEPPER, &pepper)?);
        let public = public_of(&log, &folder)?;
        Ok(Founding {
            folder,
            log: (!has_log).then_some(log),
            pepper: (!has_pepper).then_some(pepper),
            public,
        })
    }

    /// The log key's entry, valid from `day`.
    #[must_use]
    pub fn draft(&self, day: NaiveDate) -> Draft {
        life::first_draft(&self.public, reference::SOURCE, life::LOG_HOLDER, day)
    }

    /// Writes the files. Before the register gets its name: a register without its keys could not be
    /// put right, keys without a register are taken up by the next attempt.
    ///
    /// # Errors
    /// The files cannot be written.
    pub fn write(self) -> Result<()> {
        if let Some(log) = self.log {
            self.folder.write(LOG_KEY, &Kept::Key(Algorithm::Ed25519, log))?;
        }
        if let Some(pepper) = self.pepper {
            self.folder.write(PEPPER, &Kept::Pepper(pepper))?;
        }
        Ok(())
    }
}

fn public_of(secret: &Secret, folder: &Folder) -> Result<PublicKey> {
    let key: SecretKey = secret.key(Algorithm::Ed25519, &folder.path)?;
    Ok(key.public_key().clone())
}

/// 32 bytes for one use in one sample.
pub(crate) fn sample_secret(purpose: &str, products: u64, seed: u64) -> [u8; 32] {
    Sha256::digest(format!("liangbiao sample {purpose} {seed} {products}")).into()
}
