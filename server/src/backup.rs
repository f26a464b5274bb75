//! Backups: a register copied while it is being used, and put back only when every byte is what it was.
//!
//! A backup is a folder:
//!
//! | file | what it is |
//! |---|---|
//! | `register.db` | the log and its view, as they were at one moment |
//! | `register.db.checkpoint` | the checkpoint of exactly that log |
//! | `register.db.cosignatures` | what witnesses had signed, where there are any |
//! | `register.db.desk` | accounts and audit trail of the desk, only where they were asked for |
//! | `register.db.cases` | reports of errors and requests for corrections, sealed, only where they were asked for |
//! | `register.db.keys/` | private keys and the pepper, only where they were asked for |
//! | `manifest.json` | length and SHA-256 of each of them; id, size, hash and root of the log; when it was made |
//! | `manifest.json.sha256` | SHA-256 of the manifest, as `sha256sum -c` reads it |
//!
//! The folder is filled under another name and renamed when it is whole and on the disk.

mod manifest;
mod restore;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::keys;
use crate::store::{self, StoreError, beside, sync_folder};

pub use manifest::{Listed, Manifest};
pub use restore::{Restored, restore, verify};

/// The register's file in a backup.
const DATABASE: &str = "register.db";
/// The checkpoint of its log.
const CHECKPOINT: &str = "register.db.checkpoint";
/// What witnesses signed.
const COSIGNATURES: &str = "register.db.cosignatures";
/// Accounts and trail of the publishing desk.
const DESK: &str = "register.db.desk";
/// Reports of errors and requests for corrections.
const CASES: &str = "register.db.cases";
/// The folder of its keys.
const KEYS: &str = "register.db.keys";
/// What is in the folder, and what it amounts to.
const MANIFEST: &str = "manifest.json";
/// The manifest's own hash.
const MANIFEST_HASH: &str = "manifest.json.sha256";
/// Held while a backup is being made, so that what a killed one left can be told from one that runs.
const LOCK: &str = ".lock";

/// What can go wrong with backups.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    /// The register, or the copy of it.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// A file cannot be read or written.
    #[error("{path}: {error}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// Something is where a backup or a copy is to be.
    #[error("{0} exists; nothing is ever overwritten. Move it away or choose another name")]
    Exists(PathBuf),
    /// Another backup into the same folder has not ended.
    #[error("another backup into {0} is being made")]
    Running(PathBuf),
    /// A redaction did not end: a copy would hold what was to be taken out.
    #[error(
        "a redaction of {0} was interrupted; `liangbiao redact --due --register {0}` clears away what is \
         left. Nothing was copied, because a copy might hold what was taken out"
    )]
    Redacting(PathBuf),
    /// A folder that is no backup, or one that was never finished.
    #[error("{path} is not a whole backup: {what}")]
    NotWhole {
        /// The file at fault.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The log is not the one of the manifest.
    #[error("{path} is not the log of its manifest: {what}")]
    OtherLog {
        /// The backup's database.
        path: PathBuf,
        /// What differs.
        what: String,
    },
    /// Keys.
    #[error("{0}")]
    Keys(#[from] keys::KeyError),
}

/// Result of a call about backups.
pub type Result<T> = std::result::Result<T, BackupError>;

/// Names the file an error of the system is about.
fn at(path: &Path) -> impl FnOnce(std::io::Error) -> BackupError + '_ {
    move |error| BackupError::Io { path: path.to_owned(), error }
}

/// Parts of the work, in order; each tells its progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Pages of the database copied.
    Copy,
    /// Entries of the log hashed again.
    Log,
    /// Bytes of the files hashed.
    Hash,
}

/// Tells a step, how much of it is done, and how much there is.
pub type Progress<'p> = &'p mut dyn FnMut(Step, u64, u64);

/// What is secret, and copied only where it is asked for; readable for its owner only.
#[derive(Clone, Copy, Debug, Default)]
pub struct Secrets {
    /// Private keys and the pepper.
    pub keys: bool,
    /// The desk's file: hashes of passwords, what one-time codes are made from, drafts, the audit trail.
    pub desk: bool,
    /// Reports of errors and requests for corrections, as sealed as they are. The key that opens them is then
    /// left out of `keys`: who has both can read what people wrote.
    pub cases: bool,
}

/// Makes a backup of a register, also while it is served or written, in a folder that does not exist or is
/// empty.
///
/// # Errors
/// The register cannot be read, is damaged or not the one of its checkpoint; the folder is taken or cannot
/// be written. Nothing of the folder's name is left then.
pub fn make(
    register: &Path,
    folder: &Path,
    secrets: Secrets,
    now: DateTime<Utc>,
    progress: Progress<'_>,
) -> Result<Manifest> {
    if !register.exists() {
        return Err(StoreError::Missing(register.to_owned()).into());
    }
    let taken = match fs::read_dir(folder) {
        Ok(mut files) => files.next().is_some(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(_) => true,
    };
    if taken {
        return Err(BackupError::Exists(folder.to_owned()));
    }
    let folder = &plain(folder);
    let partial = beside(folder, ".partial");
    let lock = begin(&partial)?;
    let made = fill(register, &partial, secrets, now, progress).and_then(|manifest| {
        fs::remove_file(partial.join(LOCK)).map_err(at(&partial))?;
        File::open(&partial).and_then(|folder| folder.sync_all()).map_err(at(&partial))?;
        // Over an empty folder this succeeds, over any other it fails.
        fs::rename(&partial, folder).map_err(at(folder))?;
        sync_folder(folder).map_err(at(folder))?;
        Ok(manifest)
    });
    drop(lock);
    if made.is_err() {
        let _ = fs::remove_dir_all(&partial);
    }
    made
}

/// A folder's path without a slash at its end, to which an ending can be added.
fn plain(folder: &Path) -> PathBuf {
    folder.components().collect()
}

/// Makes the folder that is filled, in the place of one that a killed backup left.
fn begin(partial: &Path) -> Result<File> {
    let lock = partial.join(LOCK);
    if partial.exists() {
        // A folder without a lock, or with one that nobody holds, was left behind.
        if let Ok(file) = File::open(&lock)
            && file.try_lock().is_err()
        {
            return Err(BackupError::Running(partial.to_owned()));
        }
        fs::remove_dir_all(partial).map_err(at(partial))?;
    }
    make_folder(partial)?;
    let file = File::create_new(&lock).map_err(at(&lock))?;
    file.try_lock().map_err(|_| BackupError::Running(partial.to_owned()))?;
    Ok(file)
}

fn fill(
    register: &Path,
    partial: &Path,
    secrets: Secrets,
    now: DateTime<Utc>,
    progress: Progress<'_>,
) -> Result<Manifest> {
    if store::unfinished(register) {
        return Err(BackupError::Redacting(register.to_owned()));
    }
    // Before the database: what was signed by then is of a log that the copy contains.
    let mut names = Vec::new();
    let cosignatures = beside(register, ".cosignatures");
    if cosignatures.exists() {
        copy_file(&cosignatures, &partial.join(COSIGNATURES), 0o644)?;
        names.push(COSIGNATURES.to_owned());
    }
    if secrets.keys {
        let left_out = secrets.cases.then_some(keys::CASE_KEY);
        names.extend(copy_keys(keys::Folder::of(register).path(), &partial.join(KEYS), left_out)?);
    }
    let desk = beside(register, ".desk");
    if secrets.desk && desk.exists() {
        let copy = partial.join(DESK);
        // Nobody else can look into the folder while it is made.
        store::copy_desk(&desk, &copy)?;
        own(&copy)?;
        names.push(DESK.to_owned());
    }
    let cases = store::CaseFile::of(register);
    if secrets.cases && cases.exists() {
        let copy = partial.join(CASES);
        store::copy_desk(&cases, &copy)?;
        own(&copy)?;
        names.push(CASES.to_owned());
    }
    let database = partial.join(DATABASE);
    store::copy(register, &database, &mut |done, all| progress(Step::Copy, done, all))?;
    let proof = store::prove(&database, &mut |done, all| progress(Step::Log, done, all))?;
    // Of the log that was copied: the one beside the register may have gone on.
    proof.checkpoint().write(&database)?;
    names.extend([DATABASE.to_owned(), CHECKPOINT.to_owned()]);
    names.sort();
    let manifest = Manifest::of(partial, &names, proof, now, &mut |done, all| {
        progress(Step::Hash, done, all);
    })?;
    manifest.write(partial)?;
    Ok(manifest)
}

/// Copies the files of a folder of keys, but for the one that is left out; their names in the backup.
fn copy_keys(from: &Path, to: &Path, left_out: Option<&str>) -> Result<Vec<String>> {
    let mut names = Vec::new();
    let files = match fs::read_dir(from) {
        Ok(files) => files,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(names),
        Err(error) => return Err(at(from)(error)),
    };
    make_folder(to)?;
    for file in files {
        let file = file.map_err(at(from))?;
        let Ok(name) = file.file_name().into_string() else { continue };
        // What a key that is being written is called.
        if name.ends_with(".partial") || left_out == Some(&*name) || !file.path().is_file() {
            continue;
        }
        let listed = format!("{KEYS}/{name}");
        if !manifest::is_file_of_a_backup(&listed) {
            return Err(BackupError::NotWhole {
                path: file.path(),
                what: "this is no file of keys; move it away".to_owned(),
            });
        }
        copy_file(&file.path(), &to.join(&name), 0o600)?;
        names.push(listed);
    }
    File::open(to).and_then(|folder| folder.sync_all()).map_err(at(to))?;
    Ok(names)
}

/// Makes a folder that only its owner can look into: a register holds what must be removable.
fn make_folder(path: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(at(path))
}

/// Leaves a file to its owner alone.
fn own(path: &Path) -> Result<()> {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .map_err(at(path))?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Copies a small file to a new one with these permissions, onto the disk.
fn copy_file(from: &Path, to: &Path, mode: u32) -> Result<()> {
    let mut source = File::open(from).map_err(at(from))?;
    let mut target = create(to, mode)?;
    std::io::copy(&mut source, &mut target).map_err(at(to))?;
    target.sync_all().map_err(at(to))
}

/// A new file with these permissions; never one that is there.
fn create(path: &Path, mode: u32) -> Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    options.open(path).map_err(at(path))
}
