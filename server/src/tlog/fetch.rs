//! A published log, on a site or in a folder.

use std::io::Read as _;
use std::path::PathBuf;
use std::time::Duration;

use register::tlog::TilePath;

use super::PREFIX;

/// Most bytes of one file: a bundle of 256 entries of 64 KiB, with room for their lengths.
const FILE_BYTES_MAX: u64 = 17 * 1024 * 1024;

/// How long one file may take.
const FILE_TIME: Duration = Duration::from_secs(60);

/// Why a file of a published log could not be had.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The site did not answer, or not with the file.
    #[error("{url}: {error}")]
    Http {
        /// What was asked for.
        url: String,
        /// What came.
        error: Box<ureq::Error>,
    },
    /// The file cannot be read.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A file larger than any the log can have.
    #[error("{0} is larger than {FILE_BYTES_MAX} bytes")]
    Large(String),
}

/// Where a log is published.
#[derive(Debug)]
pub enum Published {
    /// A site: its address, with or without `/log`.
    Site {
        /// Address of the log without a slash at its end.
        prefix: String,
        /// What asks.
        agent: ureq::Agent,
    },
    /// A folder that holds `log/` or is it.
    Folder(PathBuf),
}

impl Published {
    /// The log at an `http://` or `https://` address, else in a folder.
    #[must_use]
    pub fn at(place: &str) -> Published {
        if place.starts_with("http://") || place.starts_with("https://") {
            let site = place.trim_end_matches('/');
            let site = site.strip_suffix("/checkpoint").unwrap_or(site);
            let ending = format!("/{PREFIX}");
            let prefix = site.strip_suffix(&ending).unwrap_or(site).to_owned() + &ending;
            let config = ureq::Agent::config_builder().timeout_global(Some(FILE_TIME));
            return Published::Site { prefix, agent: config.build().into() };
        }
        let folder = PathBuf::from(place);
        let inner = folder.join(PREFIX);
        Published::Folder(if inner.join("checkpoint").exists() { inner } else { folder })
    }

    /// The signed checkpoint.
    ///
    /// # Errors
    /// [`FetchError`].
    pub fn checkpoint(&self) -> Result<Vec<u8>, FetchError> {
        self.get("checkpoint")
    }

    /// The key the site itself names.
    ///
    /// # Errors
    /// [`FetchError`].
    pub fn key(&self) -> Result<Vec<u8>, FetchError> {
        self.get("vkey")
    }

    /// A tile. A partial one that is gone is cut from the complete one, as the specification allows.
    ///
    /// # Errors
    /// [`FetchError`].
    pub fn tile(&self, path: TilePath) -> Result<Vec<u8>, FetchError> {
        self.get(&path.to_string())
    }

    fn get(&self, name: &str) -> Result<Vec<u8>, FetchError> {
        match self {
            Published::Folder(folder) => {
                let path = folder.join(name);
                let file = std::fs::File::open(&path)
                    .map_err(|error| FetchError::File { path: path.clone(), error })?;
                let mut bytes = Vec::new();
                file.take(FILE_BYTES_MAX + 1)
                    .read_to_end(&mut bytes)
                    .map_err(|error| FetchError::File { path, error })?;
                if bytes.len() as u64 > FILE_BYTES_MAX {
                    return Err(FetchError::Large(name.to_owned()));
                }
                Ok(bytes)
            }
            Published::Site { prefix, agent } => {
                let url = format!("{prefix}/{name}");
                let failed = |error: ureq::Error| FetchError::Http {
                    url: url.clone(),
                    error: Box::new(error),
                };
                let mut answer = agent.get(&url).call().map_err(failed)?;
                answer.body_mut().with_config().limit(FILE_BYTES_MAX).read_to_vec().map_err(failed)
            }
        }
    }
}
