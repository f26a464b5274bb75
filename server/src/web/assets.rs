//! Style sheets, scripts, wasm and pictures, under names that hold their content's hash.
//!
//! An asset's address is `/assets/<stem>-<hash>.<ext>`; `<hash>` is the first 16 hex digits of the
//! SHA-256 of its bytes, so an address never changes its content and is cached for a year.
//! Pages name assets by their **logical name** (`liangbiao.css`, `boot.js`, `frontend.js`,
//! `frontend_bg.wasm`, …) and get the address from [`Assets::path`].
//!
//! # Where they come from
//!
//! `cargo xtask build` fills a folder (`target/site/`), named by `LIANGBIAO_SITE_DIR` (an absolute path):
//!
//! ```text
//! target/site/
//!   manifest.json                  {"liangbiao.css": "/assets/liangbiao-0123456789abcdef.css", …}
//!   assets/liangbiao-0123456789abcdef.css        the bytes
//!   assets/liangbiao-0123456789abcdef.css.br     brotli 11 (optional)
//!   assets/liangbiao-0123456789abcdef.css.gz     gzip 9 (optional)
//!   assets.rs                      for the feature `embed`, see below
//! ```
//!
//! * With cargo feature `embed` the binary holds them: `LIANGBIAO_SITE_DIR` is read **when compiling**
//!   and `assets.rs` there is included. It is one array expression of type `&[Embedded]`:
//!   ```text
//!   &[
//!       Embedded {
//!           logical: "liangbiao.css",
//!           path: "/assets/liangbiao-0123456789abcdef.css",
//!           identity: include_bytes!(concat!(env!("LIANGBIAO_SITE_DIR"), "/assets/liangbiao-0123456789abcdef.css")),
//!           br: Some(include_bytes!(concat!(env!("LIANGBIAO_SITE_DIR"), "/assets/liangbiao-0123456789abcdef.css.br"))),
//!           gz: None,
//!       },
//!   ]
//!   ```
//! * Without it (plain `cargo test`, `cargo run`): if `LIANGBIAO_SITE_DIR` is set **when running**, that
//!   folder is read at start; otherwise `style/*.css` and `public/*` of the source tree are served as
//!   they are, under hashed names, and there is no wasm (lists then work as plain forms).

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// One asset compiled into the binary.
#[derive(Debug)]
pub struct Embedded {
    /// Name pages use.
    pub logical: &'static str,
    /// Address, with the hash.
    pub path: &'static str,
    /// The bytes.
    pub identity: &'static [u8],
    /// The same, brotli.
    pub br: Option<&'static [u8]>,
    /// The same, gzip.
    pub gz: Option<&'static [u8]>,
}

/// One asset ready to be sent.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Media type.
    pub mime: &'static str,
    /// The bytes.
    pub identity: axum::body::Bytes,
    /// The same, brotli.
    pub br: Option<axum::body::Bytes>,
    /// The same, gzip.
    pub gz: Option<axum::body::Bytes>,
}

/// All assets: by address, and addresses by logical name.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    by_path: BTreeMap<String, Asset>,
    paths: BTreeMap<String, String>,
}

impl Assets {
    /// The assets of this binary, or (without the feature `embed`) of the source tree.
    ///
    /// # Errors
    /// Without `embed`, when a folder that is named cannot be read.
    pub fn load() -> std::io::Result<Assets> {
        #[cfg(feature = "embed")]
        {
            Ok(Assets::embedded(include!(concat!(env!("LIANGBIAO_SITE_DIR"), "/assets.rs"))))
        }
        #[cfg(not(feature = "embed"))]
        match std::env::var_os("LIANGBIAO_SITE_DIR") {
            Some(folder) => Assets::site(std::path::Path::new(&folder)),
            None => Ok(Assets::source(std::path::Path::new(env!("CARGO_MANIFEST_DIR")))),
        }
    }

    #[cfg(feature = "embed")]
    fn embedded(list: &'static [Embedded]) -> Assets {
        let mut assets = Assets::default();
        for one in list {
            assets.paths.insert(one.logical.to_owned(), one.path.to_owned());
            assets.by_path.insert(
                one.path.to_owned(),
                Asset {
                    mime: mime(one.path),
                    identity: axum::body::Bytes::from_static(one.identity),
                    br: one.br.map(axum::body::Bytes::from_static),
                    gz: one.gz.map(axum::body::Bytes::from_static),
                },
            );
        }
        assets
    }

    /// What `cargo xtask build` left in `folder`.
    #[cfg(not(feature = "embed"))]
    fn site(folder: &std::path::Path) -> std::io::Result<Assets> {
        let manifest = std::fs::read(folder.join("manifest.json"))?;
        let manifest: BTreeMap<String, String> =
            serde_json::from_slice(&manifest).map_err(std::io::Error::other)?;
        let mut assets = Assets::default();
        for (logical, path) in manifest {
            let file = folder.join(path.trim_start_matches('/'));
            let beside = |extension: &str| {
                let mut name = file.clone().into_os_string();
                name.push(extension);
                std::fs::read(name).ok().map(Into::into)
            };
            let identity = std::fs::read(&file)?.into();
            let asset = Asset { mime: mime(&path), identity, br: beside(".br"), gz: beside(".gz") };
            assets.by_path.insert(path.clone(), asset);
            assets.paths.insert(logical, path);
        }
        Ok(assets)
    }

    /// `style/` and `public/` beside the crate, as they are.
    #[cfg(not(feature = "embed"))]
    fn source(manifest_dir: &std::path::Path) -> Assets {
        let mut assets = Assets::default();
        let base = std::fs::read_to_string(manifest_dir.join("../style/base.css"));
        let base = base.unwrap_or_default();
        for folder in ["../style", "../public"] {
            let Ok(files) = std::fs::read_dir(manifest_dir.join(folder)) else { continue };
            for file in files.flatten() {
                let Ok(name) = file.file_name().into_string() else { continue };
                let Ok(mut bytes) = std::fs::read(file.path()) else { continue };
                if name.ends_with(".css") {
                    let whole = String::from_utf8_lossy(&bytes);
                    bytes = whole.replace("@import \"base.css\";", &base).into_bytes();
                }
                assets.insert(&name, bytes);
            }
        }
        assets
    }

    /// Adds one asset under its hashed address.
    pub fn insert(&mut self, logical: &str, bytes: Vec<u8>) {
        let (stem, extension) = logical.rsplit_once('.').unwrap_or((logical, "bin"));
        let path = format!("/assets/{stem}-{}.{extension}", hash16(&bytes));
        let asset = Asset { mime: mime(&path), identity: bytes.into(), br: None, gz: None };
        self.by_path.insert(path.clone(), asset);
        self.paths.insert(logical.to_owned(), path);
    }

    /// Address of the asset with that logical name, if this build has it.
    #[must_use]
    pub fn path(&self, logical: &str) -> Option<&str> {
        self.paths.get(logical).map(String::as_str)
    }

    /// The asset at that address.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Asset> {
        self.by_path.get(path)
    }

    /// Logical names and addresses, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.paths.iter().map(|(logical, path)| (logical.as_str(), path.as_str()))
    }
}

/// First 16 hex digits of the SHA-256 of `bytes`.
#[must_use]
pub fn hash16(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn mime(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        "json" => "application/json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_found_under_the_address_its_logical_name_gives() {
        let mut assets = Assets::default();
        assets.insert("boot.js", b"import('x')".to_vec());
        let path = assets.path("boot.js").expect("inserted above");
        assert_eq!(path, format!("/assets/boot-{}.js", hash16(b"import('x')")));
        assert_eq!(assets.get(path).expect("same address").mime, "text/javascript; charset=utf-8");
        assert!(assets.get("/assets/boot.js").is_none(), "only the hashed address is cacheable");
    }
}
