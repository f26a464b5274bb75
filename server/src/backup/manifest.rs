//! What is in a backup: `manifest.json` and its hash.

use std::fs::File;
use std::io::{Read, Write as _};
use std::path::Path;

use chrono::{DateTime, SecondsFormat, Utc};
use register::id::key::{hex, sha256_hex};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    BackupError, CASES, CHECKPOINT, COSIGNATURES, DATABASE, DESK, KEYS, MANIFEST, MANIFEST_HASH,
    Result, at, create,
};
use crate::store::{self, Proof};

/// First word of every manifest. The number changes with the form.
const FORM: &str = "liangbiao-backup 1";

/// Most bytes of a manifest that is read: some thousand keys.
const MANIFEST_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// What `manifest.json` says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// `liangbiao-backup 1`.
    pub form: String,
    /// When the backup was made (RFC 3339, UTC).
    pub made_at: String,
    /// Version of the program that made it.
    pub program: String,
    /// Version of the log's tables; a program that knows only lesser ones refuses the backup.
    pub schema_version: i32,
    /// Version of the view; another is built anew from the log when the copy is put back.
    pub view_version: i64,
    /// The register's id, 32 hex digits.
    pub register_id: String,
    /// Entries in the log.
    pub log_size: u64,
    /// Rolling hash of all of them, as in the checkpoint, hex.
    pub chain: String,
    /// Root of the Merkle tree over them (RFC 6962, 2.1), hex.
    pub root: String,
    /// When the last one was recorded (RFC 3339, UTC).
    pub recorded_at: Option<String>,
    /// Whether private keys and the pepper are in the backup.
    pub keys: bool,
    /// The files, by name.
    pub files: Vec<Listed>,
}

/// A file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Its name in the folder.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
}

impl Manifest {
    /// The manifest of files that lie in `folder`; `progress` gets bytes hashed and bytes in all.
    pub(super) fn of(
        folder: &Path,
        names: &[String],
        proof: Proof,
        now: DateTime<Utc>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Manifest> {
        let time = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Secs, true);
        let mut all = 0;
        for name in names {
            let path = folder.join(name);
            all += std::fs::metadata(&path).map_err(at(&path))?.len();
        }
        let mut done = 0;
        let mut files = Vec::new();
        for name in names {
            let path = folder.join(name);
            let mut file = File::open(&path).map_err(at(&path))?;
            let before = done;
            let (bytes, sha256) = pass(&mut file, &mut std::io::sink(), &mut |more| {
                done += more;
                progress(done, all);
            })
            .map_err(at(&path))?;
            debug_assert_eq!(done - before, bytes);
            files.push(Listed { name: name.clone(), bytes, sha256 });
        }
        Ok(Manifest {
            form: FORM.to_owned(),
            made_at: time(now),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            schema_version: store::SCHEMA_VERSION,
            view_version: store::VIEW_VERSION,
            register_id: proof.register_id,
            log_size: proof.log_size,
            chain: hex(&proof.chain),
            root: hex(&proof.root),
            recorded_at: proof.recorded_at.map(time),
            keys: names.iter().any(|name| name.starts_with(KEYS)),
            files,
        })
    }

    /// Writes the manifest and its hash.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let path = folder.join(MANIFEST);
        let mut text = serde_json::to_string_pretty(self)
            .map_err(|error| at(&path)(std::io::Error::other(error)))?;
        text.push('\n');
        for (name, text) in [(MANIFEST, &text), (MANIFEST_HASH, &hash_line(text.as_bytes()))] {
            let path = folder.join(name);
            let mut file = create(&path, 0o644)?;
            file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(at(&path))?;
        }
        Ok(())
    }

    /// Reads the manifest of a backup, and refuses one that is not as it was written.
    ///
    /// # Errors
    /// There is none, a byte of it or of its hash is another, or it is of a later version.
    pub fn read(folder: &Path) -> Result<Manifest> {
        let bad = |name: &str, what: &str| BackupError::NotWhole {
            path: folder.join(name),
            what: what.to_owned(),
        };
        let read = |name: &str| -> Result<Vec<u8>> {
            let path = folder.join(name);
            let mut bytes = Vec::new();
            match File::open(&path) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    return Err(bad(name, "it is missing; a backup that was stopped has none"));
                }
                file => file
                    .and_then(|file| file.take(MANIFEST_BYTES_MAX).read_to_end(&mut bytes))
                    .map_err(at(&path))?,
            };
            Ok(bytes)
        };
        let text = read(MANIFEST)?;
        if read(MANIFEST_HASH)? != hash_line(&text).into_bytes() {
            return Err(bad(
                MANIFEST,
                &format!(
                    "its SHA-256 is not the one in {MANIFEST_HASH}: one of the two was changed"
                ),
            ));
        }
        let manifest: Manifest = serde_json::from_slice(&text)
            .map_err(|error| bad(MANIFEST, &format!("it is of another version ({error})")))?;
        if manifest.form != FORM {
            return Err(bad(MANIFEST, &format!("it is of another version ({})", manifest.form)));
        }
        if manifest.schema_version > store::SCHEMA_VERSION {
            return Err(crate::store::StoreError::Newer {
                path: folder.join(DATABASE),
                found: manifest.schema_version,
                known: store::SCHEMA_VERSION,
            }
            .into());
        }
        for needed in [DATABASE, CHECKPOINT] {
            if !manifest.files.iter().any(|file| file.name == needed) {
                return Err(bad(MANIFEST, &format!("it does not list {needed}")));
            }
        }
        // A name is a part of a path: none leads out of the folder.
        if let Some(file) = manifest.files.iter().find(|file| !is_file_of_a_backup(&file.name)) {
            return Err(bad(MANIFEST, &format!("it lists {:?}", file.name)));
        }
        Ok(manifest)
    }

    /// The entry of a file.
    pub(super) fn listed(&self, name: &str) -> Option<&Listed> {
        self.files.iter().find(|file| file.name == name)
    }
}

/// Whether a backup may hold a file of this name.
pub(super) fn is_file_of_a_backup(name: &str) -> bool {
    let key = name.strip_prefix(KEYS).and_then(|rest| rest.strip_prefix('/'));
    let is_key = key.is_some_and(|key| {
        !key.is_empty()
            && !key.starts_with('.')
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    });
    is_key || [DATABASE, CHECKPOINT, COSIGNATURES, DESK, CASES].contains(&name)
}

/// What `manifest.json.sha256` holds: a line as `sha256sum` writes it.
fn hash_line(manifest: &[u8]) -> String {
    format!("{}  {MANIFEST}\n", sha256_hex(manifest))
}

/// Passes bytes on, a piece at a time: how many there were, and their SHA-256. `each` gets the length of
/// each piece.
pub(super) fn pass(
    from: &mut dyn Read,
    to: &mut dyn std::io::Write,
    each: &mut dyn FnMut(u64),
) -> std::io::Result<(u64, String)> {
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 20];
    let mut bytes = 0;
    loop {
        let n = match from.read(&mut piece) {
            Ok(0) => return Ok((bytes, hex(&hash.finalize()))),
            Ok(n) => n,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let got = piece.get(..n).unwrap_or_default();
        hash.update(got);
        to.write_all(got)?;
        bytes += n as u64;
        each(n as u64);
    }
}
