//! A compressed file that has its name only when it is whole.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::{Made, file_name};
use crate::store::At;
use crate::store::chain::hex;

/// Counts and hashes what goes to the disk.
#[derive(Debug)]
struct Hashed {
    file: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A file being written: gzip (RFC 1952) without a time or a name in its head, so that the same content
/// gives the same bytes.
#[derive(Debug)]
pub struct Packed {
    /// Records in it so far.
    pub rows: u64,
    name: String,
    what: String,
    format: &'static str,
    folder: PathBuf,
    /// None once the file is whole or given up.
    out: Option<GzEncoder<Hashed>>,
}

impl Packed {
    /// Begins a file in a folder.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn create(folder: &Path, what: &str, format: &'static str, at: At) -> io::Result<Packed> {
        let name = file_name(what, at, format) + ".gz";
        let file = File::create(folder.join(part(&name)))?;
        let hashed =
            Hashed { file: BufWriter::with_capacity(1 << 16, file), hash: Sha256::new(), bytes: 0 };
        Ok(Packed {
            rows: 0,
            name,
            what: what.to_owned(),
            format,
            folder: folder.to_owned(),
            out: Some(GzEncoder::new(hashed, flate2::Compression::new(6))),
        })
    }

    /// Ends the file and gives it its name.
    ///
    /// # Errors
    /// It cannot be written; what there is of it is removed.
    pub fn finish(mut self) -> io::Result<Made> {
        let Some(out) = self.out.take() else { return Err(io::ErrorKind::BrokenPipe.into()) };
        let whole = self.end(out);
        if whole.is_err() {
            let _ = std::fs::remove_file(self.folder.join(part(&self.name)));
        }
        whole
    }

    fn end(&self, out: GzEncoder<Hashed>) -> io::Result<Made> {
        let Hashed { file, hash, bytes } = out.finish()?;
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        drop(file);
        std::fs::rename(self.folder.join(part(&self.name)), self.folder.join(&self.name))?;
        Ok(Made {
            name: self.name.clone(),
            what: self.what.clone(),
            format: self.format.to_owned(),
            rows: self.rows,
            bytes,
            sha256: hex(&hash.finalize()),
        })
    }
}

fn part(name: &str) -> String {
    format!("{name}.part")
}

impl Write for Packed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.out {
            Some(out) => out.write(bytes),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        // A flush of the encoder would end a block and make the file larger.
        Ok(())
    }
}

impl Drop for Packed {
    fn drop(&mut self) {
        if self.out.take().is_some() {
            let _ = std::fs::remove_file(self.folder.join(part(&self.name)));
        }
    }
}
