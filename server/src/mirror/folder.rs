//! The folder of a mirror: written beside, exchanged when whole.
//!
//! What is being made stands in `DIR.partial`. A file whose bytes are those of the mirror that is there becomes a
//! second name of the same file (a hard link, else a copy), so that its time stays and whoever uploads the folder sends
//! only what changed. A run that was stopped leaves `DIR.partial` with a note of what it was for; the next run for the
//! same goes on there.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

use super::MirrorError;

/// What says that a folder is a mirror, and of what.
pub const NOTE: &str = "mirror.json";
/// The same while it is being made. Never in a whole mirror.
const MAKING: &str = ".making.json";

/// What a run did, in files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// There was none of that name.
    pub new: u64,
    /// Other bytes than before.
    pub changed: u64,
    /// The same bytes as before.
    pub same: u64,
    /// Written by a run that was stopped.
    pub resumed: u64,
    /// In the mirror before and not in this one.
    pub gone: u64,
    /// Bytes of all files of the mirror.
    pub bytes: u64,
}

impl Counts {
    /// Files of the mirror.
    #[must_use]
    pub const fn files(&self) -> u64 {
        self.new + self.changed + self.same + self.resumed
    }
}

/// A mirror being written.
#[derive(Debug)]
pub struct Folder {
    target: PathBuf,
    partial: PathBuf,
    /// Files that a stopped run had written.
    resumed: HashSet<String>,
    new: AtomicU64,
    changed: AtomicU64,
    same: AtomicU64,
    written: AtomicU64,
}

impl Folder {
    /// Begins, or goes on with what a run for the same left behind.
    ///
    /// # Errors
    /// `target` holds something that is no mirror; the disk fails.
    pub fn open(target: &Path, about: &Value) -> Result<Folder, MirrorError> {
        let partial = crate::store::beside(target, ".partial");
        let old = crate::store::beside(target, ".old");
        // A run that was stopped between its last two steps.
        if !target.exists() && old.join(NOTE).is_file() {
            fs::rename(&old, target)?;
        }
        if target.exists() && !target.join(NOTE).is_file() && !is_empty(target)? {
            return Err(MirrorError::Refused(format!(
                "{} is not empty and is no mirror (it has no {NOTE}); nothing was written",
                target.display()
            )));
        }
        let mut resumed = HashSet::new();
        if partial.exists() {
            let note = fs::read(partial.join(MAKING)).ok();
            let of: Option<Value> = note.and_then(|text| serde_json::from_slice(&text).ok());
            match of {
                Some(of) if of == *about => {
                    each(&partial, &partial, &mut |name| {
                        if name.ends_with(TEMPORARY) {
                            // Cut off in the middle.
                            return fs::remove_file(partial.join(name));
                        }
                        if name != MAKING {
                            resumed.insert(name.to_owned());
                        }
                        Ok(())
                    })?;
                }
                Some(_) => fs::remove_dir_all(&partial)?,
                None if is_empty(&partial)? => {}
                None => {
                    return Err(MirrorError::Refused(format!(
                        "{} is in the way and no mirror made it; nothing was written",
                        partial.display()
                    )));
                }
            }
        }
        fs::create_dir_all(&partial)?;
        fs::write(partial.join(MAKING), about.to_string())?;
        Ok(Folder {
            target: target.to_owned(),
            partial,
            resumed,
            new: AtomicU64::new(0),
            changed: AtomicU64::new(0),
            same: AtomicU64::new(0),
            written: AtomicU64::new(0),
        })
    }

    /// Whether a stopped run wrote this file.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.resumed.contains(name)
    }

    /// Writes a file, or links the one of the same bytes that is there.
    ///
    /// # Errors
    /// The disk fails.
    pub fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let (old, new) = (self.target.join(name), self.partial.join(name));
        let there = holds(&old, bytes);
        self.count(there, bytes.len() as u64);
        self.make_room(&new)?;
        if there == Some(true) && link(&old, &new).is_ok() {
            return Ok(());
        }
        let temporary = self.partial.join(format!("{name}{TEMPORARY}"));
        fs::write(&temporary, bytes)?;
        fs::rename(&temporary, &new)
    }

    /// Copies a file whose name holds what it is of; the one that is there is used if it has that length.
    ///
    /// # Errors
    /// The disk fails.
    pub fn copy(&self, name: &str, from: &Path) -> io::Result<()> {
        let (old, new) = (self.target.join(name), self.partial.join(name));
        let bytes = fs::metadata(from)?.len();
        let there = fs::metadata(&old).ok().map(|of| of.len() == bytes);
        self.count(there, bytes);
        self.make_room(&new)?;
        if there == Some(true) && link(&old, &new).is_ok() {
            return Ok(());
        }
        let temporary = self.partial.join(format!("{name}{TEMPORARY}"));
        fs::copy(from, &temporary)?;
        fs::rename(&temporary, &new)
    }

    fn make_room(&self, file: &Path) -> io::Result<()> {
        match file.parent() {
            Some(folder) => fs::create_dir_all(folder),
            None => Ok(()),
        }
    }

    /// `there`: none of that name, or whether it has the same bytes.
    fn count(&self, there: Option<bool>, bytes: u64) {
        let counter = match there {
            None => &self.new,
            Some(false) => &self.changed,
            Some(true) => &self.same,
        };
        counter.fetch_add(1, Ordering::Relaxed);
        self.written.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Puts the whole mirror in the place of the old one.
    ///
    /// # Errors
    /// The disk fails; the old mirror is then where it was, or beside under the name `DIR.old`.
    pub fn close<'n>(
        self,
        about: &Value,
        names: impl Iterator<Item = &'n str>,
    ) -> io::Result<Counts> {
        let names: HashSet<&str> = names.collect();
        let mut counts = Counts {
            new: self.new.into_inner(),
            changed: self.changed.into_inner(),
            same: self.same.into_inner(),
            resumed: self.resumed.len() as u64,
            gone: 0,
            bytes: self.written.into_inner(),
        };
        for name in &self.resumed {
            counts.bytes += fs::metadata(self.partial.join(name))?.len();
        }
        if self.target.exists() {
            each(&self.target, &self.target, &mut |name| {
                counts.gone += u64::from(name != NOTE && !names.contains(name));
                Ok(())
            })?;
        }
        let mut note = about.clone();
        note["files"] = counts.files().into();
        note["bytes"] = counts.bytes.into();
        fs::write(self.partial.join(NOTE), format!("{note}\n"))?;
        fs::remove_file(self.partial.join(MAKING))?;
        let old = crate::store::beside(&self.target, ".old");
        if self.target.exists() {
            // Of a run that was stopped before it could take it away.
            if old.join(NOTE).is_file() {
                fs::remove_dir_all(&old)?;
            }
            fs::rename(&self.target, &old)?;
        }
        fs::rename(&self.partial, &self.target)?;
        if old.exists() {
            fs::remove_dir_all(&old)?;
        }
        Ok(counts)
    }
}

/// What a file is called until it is whole.
const TEMPORARY: &str = ".being-written";

fn link(old: &Path, new: &Path) -> io::Result<()> {
    fs::hard_link(old, new).or_else(|_| fs::copy(old, new).map(|_| ()))
}

fn is_empty(folder: &Path) -> io::Result<bool> {
    Ok(fs::read_dir(folder)?.next().is_none())
}

/// Whether a file has these bytes; none: there is no such file.
fn holds(path: &Path, bytes: &[u8]) -> Option<bool> {
    let mut file = fs::File::open(path).ok()?;
    if file.metadata().ok()?.len() != bytes.len() as u64 {
        return Some(false);
    }
    let mut there = Vec::with_capacity(bytes.len());
    file.read_to_end(&mut there).ok()?;
    Some(there == bytes)
}

/// Calls `act` with the name of every file below `folder`, relative to `root` and with `/`.
fn each(root: &Path, folder: &Path, act: &mut dyn FnMut(&str) -> io::Result<()>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            each(root, &path, act)?;
        } else if let Ok(name) = path.strip_prefix(root) {
            act(&name.to_string_lossy().replace('\\', "/"))?;
        }
    }
    Ok(())
}
