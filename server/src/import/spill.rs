//! Rows laid aside on the disk between the steps of an import, so that a list of millions needs
//! memory for its keys only. The file has no name and is gone with the process.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Seek, Write};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Values written once, read as often as needed.
#[derive(Debug)]
pub struct Spill {
    file: BufWriter<File>,
    len: usize,
}

impl Spill {
    /// Opens one in that folder.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn new(folder: &Path) -> std::io::Result<Spill> {
        let path = folder.join(format!(".liangbiao-import-{}-{}", std::process::id(), unique()));
        let file = File::options().read(true).write(true).create_new(true).open(&path)?;
        // On Unix the open file lives on without its name; elsewhere the name stays until the end.
        std::fs::remove_file(&path).ok();
        Ok(Spill { file: BufWriter::with_capacity(1 << 16, file), len: 0 })
    }

    /// Adds a value.
    ///
    /// # Errors
    /// The disk is full.
    pub fn push(&mut self, value: &impl Serialize) -> std::io::Result<()> {
        serde_json::to_writer(&mut self.file, value)?;
        self.len += 1;
        self.file.write_all(b"\n")
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Reads all values from the start.
    ///
    /// # Errors
    /// The disk's.
    pub fn read<T: DeserializeOwned>(
        &mut self,
    ) -> std::io::Result<impl Iterator<Item = std::io::Result<T>>> {
        self.file.flush()?;
        self.file.rewind()?;
        let mut reader = BufReader::with_capacity(1 << 16, self.file.get_ref().try_clone()?);
        let mut line = Vec::new();
        Ok(std::iter::from_fn(move || {
            line.clear();
            match reader.read_until(b'\n', &mut line) {
                Ok(0) => None,
                Ok(_) => Some(serde_json::from_slice(&line).map_err(std::io::Error::from)),
                Err(error) => Some(Err(error)),
            }
        }))
    }
}

fn unique() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_in_order_and_the_folder_is_left_empty() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut spill = Spill::new(folder.path()).expect("a spill");
        for n in 0..3 {
            spill.push(&format!("line\n{n}")).expect("written");
        }
        for _ in 0..2 {
            let back: Vec<String> =
                spill.read().expect("read").map(|v| v.expect("a value")).collect();
            assert_eq!(back, ["line\n0", "line\n1", "line\n2"]);
        }
        assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0);
    }
}
