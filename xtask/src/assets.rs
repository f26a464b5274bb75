//! Every asset under a name that holds its content's hash, with its compressed siblings.
//!
//! The folder's layout is what `server/src/web/assets.rs` reads.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::Outcome;
use crate::frontend::Part;
use crate::minify;
use crate::tools::{self, read, write};

/// First 16 hex digits of the SHA-256 of `bytes`.
pub fn hash16(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The assets of one build.
pub struct Site {
    compress: bool,
    /// Address by logical name.
    manifest: BTreeMap<String, String>,
}

impl Site {
    /// An empty site; without `compress` (for `dev`) there are no siblings.
    pub fn new(compress: bool) -> Site {
        Site { compress, manifest: BTreeMap::new() }
    }

    /// Adds one asset; returns its hashed file name.
    pub fn add(&mut self, logical: &str, bytes: &[u8]) -> Outcome<String> {
        let (stem, extension) = logical.rsplit_once('.').unwrap_or((logical, "bin"));
        let name = format!("{stem}-{}.{extension}", hash16(bytes));
        let file = tools::site().join("assets").join(&name);
        if !file.exists() {
            write(&file, bytes)?;
        }
        for (sibling, pack) in [("br", brotli as fn(&[u8]) -> Vec<u8>), ("gz", gzip)] {
            let path = file.with_file_name(format!("{name}.{sibling}"));
            if self.compress && !incompressible(extension) && !path.exists() {
                let packed = pack(bytes);
                // An empty file says "not worth it", so that the next build need not try again.
                write(&path, if packed.len() < bytes.len() { &packed } else { &[] })?;
            }
        }
        self.manifest.insert(logical.to_owned(), format!("/assets/{name}"));
        Ok(name)
    }

    /// `style/` minified and `public/` as it is, scripts without their comments. What a style sheet
    /// imports stands in it: the import would be one more request.
    pub fn add_source(&mut self) -> Outcome {
        let base = tools::root().join("style/base.css");
        let base = read(&base).and_then(|bytes| Ok(text(&base, &bytes)?.to_owned()))?;
        for folder in ["style", "public"] {
            for (logical, path) in files(&tools::root().join(folder))? {
                if logical == "base.css" {
                    continue;
                }
                let mut bytes = read(&path)?;
                match path.extension().and_then(|extension| extension.to_str()) {
                    Some("css") => {
                        let whole = text(&path, &bytes)?.replace("@import \"base.css\";", &base);
                        bytes = minify::css(&whole).into_bytes();
                    }
                    Some("js") => bytes = minify::js(text(&path, &bytes)?).into_bytes(),
                    _ => {}
                }
                self.add(&logical, &bytes)?;
            }
        }
        Ok(())
    }

    /// What wasm-bindgen left in `folder` for a part, with `wasm` in the place of its wasm; the names by
    /// which the files call each other become the hashed ones.
    pub fn add_part(&mut self, part: Part, folder: &Path, wasm: &Path) -> Outcome {
        let name = part.name();
        let logical = format!("{name}_bg.wasm");
        let path = folder.join(format!("{name}.js"));
        let bytes = read(&path)?;
        let mut script = text(&path, &bytes)?.to_owned();
        let wasm = self.add(&logical, &read(wasm)?)?;
        if !script.contains(&format!("new URL('{logical}', import.meta.url)")) {
            return Err("wasm-bindgen's script does not look for its wasm beside itself".to_owned());
        }
        script = script.replace(&format!("'{logical}'"), &format!("'{wasm}'"));
        for (place, path) in files(&folder.join("snippets"))? {
            let name = self.add(&format!("snippet-{}", place.replace('/', "-")), &read(&path)?)?;
            script = script.replace(&format!("./snippets/{place}"), &format!("./{name}"));
        }
        self.add(&format!("{name}.js"), minify::js(&script).as_bytes())?;
        Ok(())
    }

    /// Writes the manifest and the list the server embeds, and removes what this build does not have.
    pub fn finish(self) -> Outcome {
        let folder = tools::site();
        let names: BTreeSet<&str> =
            self.manifest.values().filter_map(|path| path.strip_prefix("/assets/")).collect();
        let mut list = String::from("&[\n");
        for (logical, path) in &self.manifest {
            let bytes = |suffix: &str| {
                format!(
                    "include_bytes!(concat!(env!(\"LIANGBIAO_SITE_DIR\"), {:?}))",
                    format!("{path}{suffix}")
                )
            };
            let sibling = |suffix: &str| {
                let there = std::fs::metadata(folder.join(format!(".{path}{suffix}")))
                    .is_ok_and(|file| file.len() > 0);
                if there { format!("Some({})", bytes(suffix)) } else { "None".to_owned() }
            };
            list.push_str(&format!(
                "    Embedded {{\n        logical: {logical:?},\n        path: {path:?},\n        identity: {},\n        br: {},\n        gz: {},\n    }},\n",
                bytes(""),
                sibling(".br"),
                sibling(".gz"),
            ));
        }
        list.push_str("]\n");
        for (name, path) in files(&folder.join("assets"))? {
            let original =
                name.strip_suffix(".br").or_else(|| name.strip_suffix(".gz")).unwrap_or(&name);
            if !names.contains(original) {
                std::fs::remove_file(&path)
                    .map_err(|error| format!("{}: {error}", path.display()))?;
            }
        }
        let manifest =
            serde_json::to_vec_pretty(&self.manifest).map_err(|error| error.to_string())?;
        write_if_changed(&folder.join("manifest.json"), &manifest)?;
        write_if_changed(&folder.join("assets.rs"), list.as_bytes())
    }
}

/// The files under a folder with their places in it (`/` between), in order; none when it is missing.
fn files(folder: &Path) -> Outcome<Vec<(String, std::path::PathBuf)>> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(found) };
    for entry in entries {
        let entry = entry.map_err(|error| format!("{}: {error}", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if entry.path().is_dir() {
            found.extend(
                files(&entry.path())?
                    .into_iter()
                    .map(|(place, path)| (format!("{name}/{place}"), path)),
            );
        } else {
            found.push((name, entry.path()));
        }
    }
    found.sort();
    Ok(found)
}

fn text<'a>(path: &Path, bytes: &'a [u8]) -> Outcome<&'a str> {
    std::str::from_utf8(bytes).map_err(|error| format!("{}: {error}", path.display()))
}

/// Unchanged files keep their time, so that cargo has nothing to rebuild.
fn write_if_changed(path: &Path, bytes: &[u8]) -> Outcome {
    if std::fs::read(path).is_ok_and(|there| there == bytes) { Ok(()) } else { write(path, bytes) }
}

fn incompressible(extension: &str) -> bool {
    matches!(extension, "png" | "jpg" | "webp" | "woff2")
}

/// Brotli at its strongest, RFC 7932.
fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 64 * 1024, 11, 24);
    let written = writer.write_all(bytes);
    drop(writer);
    if written.is_ok() { packed } else { bytes.to_vec() }
}

/// Gzip at its strongest, RFC 1952, without a time in its head.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    match writer.write_all(bytes).and_then(|()| writer.finish()) {
        Ok(packed) => packed,
        Err(_) => bytes.to_vec(),
    }
}
