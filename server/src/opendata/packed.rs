//! Compressed files that have their names only when they are whole.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::{Made, Packing, file_name};
use crate::store::At;
use crate::store::chain::hex;

/// Level of zstd, 1 to 22. Beyond 9 these files get hardly smaller and take several times as long.
const ZSTD_LEVEL: i32 = 9;

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

/// How the bytes of a file are packed. The same content gives the same bytes: gzip (RFC 1952) without a time or a name
/// in its head; zstd (RFC 8878) by one thread at a fixed level, with the checksum of its content.
enum Encoder {
    Gzip(GzEncoder<Hashed>),
    Zstd(zstd::Encoder<'static, Hashed>),
    Plain(Hashed),
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Encoder::Gzip(_) => "Gzip",
            Encoder::Zstd(_) => "Zstd",
            Encoder::Plain(_) => "Plain",
        })
    }
}

impl Encoder {
    fn new(packing: Packing, file: Hashed) -> io::Result<Encoder> {
        Ok(match packing {
            Packing::Gzip => Encoder::Gzip(GzEncoder::new(file, flate2::Compression::new(6))),
            Packing::Zstd => {
                let mut encoder = zstd::Encoder::new(file, ZSTD_LEVEL)?;
                encoder.include_checksum(true)?;
                Encoder::Zstd(encoder)
            }
            Packing::None => Encoder::Plain(file),
        })
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Encoder::Gzip(out) => out.write_all(bytes),
            Encoder::Zstd(out) => out.write_all(bytes),
            Encoder::Plain(out) => out.write_all(bytes),
        }
    }

    fn finish(self) -> io::Result<Hashed> {
        match self {
            Encoder::Gzip(out) => out.finish(),
            Encoder::Zstd(out) => out.finish(),
            Encoder::Plain(out) => Ok(out),
        }
    }
}

/// One of the files of a content.
#[derive(Debug)]
struct One {
    name: String,
    packing: Packing,
    /// None once the file is whole or given up.
    out: Option<Encoder>,
}

/// A content being written, as one file for each packing.
#[derive(Debug)]
pub struct Packed {
    /// Records in it so far.
    pub rows: u64,
    what: String,
    format: &'static str,
    folder: PathBuf,
    files: Vec<One>,
}

impl Packed {
    /// Begins the files of a content in a folder.
    ///
    /// # Errors
    /// They cannot be made.
    pub fn create(
        folder: &Path,
        what: &str,
        format: &'static str,
        at: At,
        packings: &[Packing],
    ) -> io::Result<Packed> {
        let mut packed = Packed {
            rows: 0,
            what: what.to_owned(),
            format,
            folder: folder.to_owned(),
            files: Vec::new(),
        };
        for packing in packings {
            let name = file_name(what, at, format) + packing.ending();
            let file = BufWriter::with_capacity(1 << 16, File::create(folder.join(part(&name)))?);
            let hashed = Hashed { file, hash: Sha256::new(), bytes: 0 };
            let out = Some(Encoder::new(*packing, hashed)?);
            packed.files.push(One { name, packing: *packing, out });
        }
        Ok(packed)
    }

    /// Ends the files and gives them their names.
    ///
    /// # Errors
    /// One cannot be written; what there is of it is removed.
    pub fn finish(mut self) -> io::Result<Vec<Made>> {
        let mut made = Vec::with_capacity(self.files.len());
        for i in 0..self.files.len() {
            let one = &mut self.files[i];
            let Some(out) = one.out.take() else { return Err(io::ErrorKind::BrokenPipe.into()) };
            let whole = self.end(&self.files[i], out);
            if whole.is_err() {
                let _ = std::fs::remove_file(self.folder.join(part(&self.files[i].name)));
            }
            made.push(whole?);
        }
        Ok(made)
    }

    fn end(&self, one: &One, out: Encoder) -> io::Result<Made> {
        let Hashed { file, hash, bytes } = out.finish()?;
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        // Not forced to the disk here: sixty files would wait for it one after the other, and the portal compares the
        // hash before it offers a file again. Who hands files over calls `opendata::keep`.
        drop(file);
        std::fs::rename(self.folder.join(part(&one.name)), self.folder.join(&one.name))?;
        Ok(Made {
            name: one.name.clone(),
            what: self.what.clone(),
            format: self.format.to_owned(),
            packing: one.packing,
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
        for one in &mut self.files {
            match &mut one.out {
                Some(out) => out.write_all(bytes)?,
                None => return Err(io::ErrorKind::BrokenPipe.into()),
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        // A flush of the encoders would end a block and make the files larger.
        Ok(())
    }
}

impl Drop for Packed {
    fn drop(&mut self) {
        for one in &mut self.files {
            if one.out.take().is_some() {
                let _ = std::fs::remove_file(self.folder.join(part(&one.name)));
            }
        }
    }
}
