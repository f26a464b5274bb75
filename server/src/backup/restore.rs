//! Putting a backup back.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::manifest::{Listed, pass};
use super::{
    BackupError, CASES, CHECKPOINT, COSIGNATURES, DATABASE, DESK, KEYS, Manifest, Progress, Result,
    Step, at, create, make_folder,
};
use crate::keys;
use crate::store::{self, Checkpoint, Proof, beside, sync_folder};
use register::id::key::hex;

/// What was put back.
#[derive(Clone, Debug)]
pub struct Restored {
    /// What the backup says of itself, and what was found to be so.
    pub manifest: Manifest,
    /// Files that stood at the new place already, fit, and were kept.
    pub kept: Vec<PathBuf>,
}

/// Checks a backup without putting it back: every file's hash, and the whole log.
///
/// # Errors
/// As [`restore`].
pub fn verify(folder: &Path, progress: Progress<'_>) -> Result<Manifest> {
    let manifest = Manifest::read(folder)?;
    let all = manifest.files.iter().map(|file| file.bytes).sum();
    let mut done = 0;
    for listed in &manifest.files {
        copy(folder, listed, &mut std::io::sink(), &mut |more| {
            done += more;
            progress(Step::Hash, done, all);
        })?;
    }
    prove(folder, &manifest, &folder.join(DATABASE), progress)?;
    Ok(manifest)
}

/// Puts a backup back as the register `to`. The register gets its name last, so that a restore that is
/// stopped leaves no register.
///
/// What stands at the place and fits the backup is kept: a checkpoint of the same log that the backup
/// contains, the same keys. Everything else there is refused.
///
/// # Errors
/// The backup is not whole, its log is not the one of its manifest; there is something at `to`; the
/// checkpoint there has seen entries that the backup lacks ([`store::StoreError::Rewound`]).
pub fn restore(folder: &Path, to: &Path, progress: Progress<'_>) -> Result<Restored> {
    let manifest = Manifest::read(folder)?;
    // A journal of another database beside the new one would be read as its own.
    for ending in ["", "-wal", "-shm", "-journal", ".redacting"] {
        let path = beside(to, ending);
        if path.exists() {
            return Err(BackupError::Exists(path));
        }
    }
    for (name, endings) in [(DESK, [".desk", ".desk-wal"]), (CASES, [".cases", ".cases-journal"])] {
        if manifest.listed(name).is_none() {
            continue;
        }
        for ending in endings {
            let path = beside(to, ending);
            if path.exists() {
                return Err(BackupError::Exists(path));
            }
        }
    }
    let partial = beside(to, &format!(".{}.partial", std::process::id()));
    let made = put(folder, &manifest, &partial, to, progress);
    if made.is_err() {
        for ending in ["", "-wal", "-shm", ".checkpoint", ".desk", ".cases"] {
            let _ = fs::remove_file(beside(&partial, ending));
        }
        let _ = fs::remove_dir_all(beside(&partial, ".keys"));
    }
    made.map(|kept| Restored { manifest, kept })
}

fn put(
    folder: &Path,
    manifest: &Manifest,
    partial: &Path,
    to: &Path,
    progress: Progress<'_>,
) -> Result<Vec<PathBuf>> {
    let all = manifest.files.iter().map(|file| file.bytes).sum();
    let mut done = 0;
    let mut each = |more: u64| {
        done += more;
        progress(Step::Hash, done, all);
    };
    // The files are hashed as they are written, so what was checked is what is there.
    let partial_keys = beside(partial, ".keys");
    for listed in &manifest.files {
        let (path, mode) = match listed.name.strip_prefix(KEYS) {
            Some(key) => {
                if !partial_keys.exists() {
                    make_folder(&partial_keys)?;
                }
                (partial_keys.join(key.trim_start_matches('/')), 0o600)
            }
            None if listed.name == DATABASE => (partial.to_owned(), 0o640),
            None if listed.name == DESK => (beside(partial, ".desk"), 0o600),
            None if listed.name == CASES => (beside(partial, ".cases"), 0o600),
            None => continue,
        };
        let mut file = create(&path, mode)?;
        copy(folder, listed, &mut file, &mut each)?;
        file.sync_all().map_err(at(&path))?;
    }
    let cosignatures = small(folder, manifest, COSIGNATURES, &mut each)?;
    small(folder, manifest, CHECKPOINT, &mut each)?;
    let proof = prove(folder, manifest, partial, progress)?;
    // A checkpoint that was left at the place knows whether published entries would be lost.
    store::continues(partial, to)?;
    store::settle(partial)?;

    let mut kept = Vec::new();
    let keys = keys::Folder::of(to).path().to_owned();
    if partial_keys.exists() {
        if keys.exists() {
            same_keys(&partial_keys, &keys)?;
            fs::remove_dir_all(&partial_keys).map_err(at(&partial_keys))?;
            kept.push(keys);
        } else {
            File::open(&partial_keys)
                .and_then(|folder| folder.sync_all())
                .map_err(at(&partial_keys))?;
            fs::rename(&partial_keys, &keys).map_err(at(&keys))?;
        }
    } else if keys.exists() {
        kept.push(keys);
    }
    if let Some(bytes) = cosignatures {
        let path = beside(to, ".cosignatures");
        if path.exists() {
            kept.push(path);
        } else {
            let mut file = create(&path, 0o644)?;
            std::io::Write::write_all(&mut file, &bytes)
                .and_then(|()| file.sync_all())
                .map_err(at(&path))?;
        }
    }
    for ending in [".desk", ".cases"] {
        let file = beside(partial, ending);
        if file.exists() {
            let path = beside(to, ending);
            fs::rename(&file, &path).map_err(at(&path))?;
        }
    }
    let checkpoint = beside(to, ".checkpoint");
    if checkpoint.exists() {
        kept.push(checkpoint);
    }
    proof.checkpoint().write(to)?;
    if to.exists() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    let _ = fs::remove_file(beside(partial, ".checkpoint"));
    fs::rename(partial, to).map_err(at(to))?;
    sync_folder(to).map_err(at(to))?;
    Ok(kept)
}

/// Recomputes the log of a copy and compares it with the manifest and with the backup's own checkpoint.
fn prove(
    folder: &Path,
    manifest: &Manifest,
    database: &Path,
    progress: Progress<'_>,
) -> Result<Proof> {
    let proof = store::prove(database, &mut |done, all| progress(Step::Log, done, all))?;
    let other = |what: String| Err(BackupError::OtherLog { path: folder.join(DATABASE), what });
    let found = (proof.log_size, hex(&proof.root), hex(&proof.chain), &proof.register_id);
    let said =
        (manifest.log_size, manifest.root.clone(), manifest.chain.clone(), &manifest.register_id);
    if found != said {
        return other(format!(
            "it holds {} entries with the root {}, the manifest says {} with {}",
            found.0, found.1, said.0, said.1
        ));
    }
    match Checkpoint::read(&folder.join(DATABASE))? {
        Some(checkpoint) if checkpoint == proof.checkpoint() => Ok(proof),
        _ => other(format!("{CHECKPOINT} is of another log")),
    }
}

/// Copies a file of a backup, and refuses one whose length or hash is not the listed one.
fn copy(
    folder: &Path,
    listed: &Listed,
    to: &mut dyn std::io::Write,
    each: &mut dyn FnMut(u64),
) -> Result<()> {
    let path = folder.join(&listed.name);
    let not_whole = |what: String| BackupError::NotWhole { path: path.clone(), what };
    let mut file = match File::open(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(not_whole("it is missing".to_owned()));
        }
        file => file.map_err(at(&path))?,
    };
    let (bytes, sha256) = pass(&mut file, to, each).map_err(at(&path))?;
    if bytes != listed.bytes {
        return Err(not_whole(format!("it has {bytes} bytes, the manifest says {}", listed.bytes)));
    }
    if sha256 != listed.sha256 {
        return Err(not_whole(format!(
            "its SHA-256 is {sha256}, the manifest says {}: it was changed or the disk is failing",
            listed.sha256
        )));
    }
    Ok(())
}

/// A small file of a backup in memory; none where the backup has none.
fn small(
    folder: &Path,
    manifest: &Manifest,
    name: &str,
    each: &mut dyn FnMut(u64),
) -> Result<Option<Vec<u8>>> {
    let Some(listed) = manifest.listed(name) else { return Ok(None) };
    let mut bytes = Vec::new();
    copy(folder, listed, &mut bytes, each)?;
    Ok(Some(bytes))
}

/// Refuses keys at the place that are not those of the backup: neither is ever overwritten.
fn same_keys(ours: &Path, there: &Path) -> Result<()> {
    for file in fs::read_dir(ours).map_err(at(ours))? {
        let file = file.map_err(at(ours))?;
        let path = there.join(file.file_name());
        let same = match fs::read(&path) {
            Ok(bytes) => bytes == fs::read(file.path()).map_err(at(&path))?,
            Err(_) => false,
        };
        if !same {
            return Err(BackupError::Exists(there.to_owned()));
        }
    }
    Ok(())
}
