//! The portal as files that any static host serves: `liangbiao export --mirror`.
//!
//! A mirror asks the portal's own service, in this process, for every page that is a function of language and log
//! alone ([`plan`] lists them), writes each under a name that says its type, and makes links lead to what was written
//! ([`rewrite`]); what needs a server leads to one page that says so. [`folder`] puts the files down: beside the old
//! ones, and in their place only when all are there. The same register, day and program give the same bytes.

pub mod folder;
pub mod plan;
pub mod rewrite;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::model::Mirror;
use app::pages::mirror as pages;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use base64ct::{Base64, Encoding as _};
use chrono::{DateTime, Utc};
use register::Lang;
use serde_json::{Value, json};
use tower_service::Service as _;

use self::folder::Folder;
use self::plan::{File, Plan, What};
use self::rewrite::Rewriter;
use crate::store::{Reader, StoreError};
use crate::web::answer::{self, Asking};
use crate::web::assets::Assets;
use crate::web::failure::Failure;
use crate::web::index::{Indexes, Moment};
use crate::web::router::{Format, Page, Route};
use crate::web::{Portal, Service, Settings, service};

pub use self::folder::Counts;

/// How a mirror is made.
#[derive(Clone, Debug)]
pub struct Order {
    /// `https://…` of the portal itself, without a slash at its end; empty: unknown.
    pub base_url: String,
    /// Name of the authority that publishes the register.
    pub office: String,
    /// Languages, in their usual order, at least one.
    pub languages: Vec<Lang>,
    /// The moment that says which day it is.
    pub now: DateTime<Utc>,
}

/// Why a mirror was not made. What was there before is as it was.
#[derive(Debug, thiserror::Error)]
pub enum MirrorError {
    /// The register cannot be read.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// A file cannot be read or written.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The folder is something else.
    #[error("{0}")]
    Refused(String),
    /// The portal did not answer for a page.
    #[error("{address} was answered with {status}")]
    Page {
        /// Its address.
        address: String,
        /// What came.
        status: StatusCode,
    },
    /// The register got longer while its pages were written.
    #[error(
        "the log went on from {before} to {now} entries while the mirror was made; run it again, or make it from a copy of the register"
    )]
    WentOn {
        /// Entries at first.
        before: u64,
        /// Entries in the end.
        now: u64,
    },
}

/// How often a page is asked for that is still being made (503).
const TRIES: u32 = 60;
/// Longest time that looking for inconsistencies may take.
const FINDINGS_WAIT: Duration = Duration::from_secs(60 * 60);
/// What is waited between two tries.
const PAUSE: Duration = Duration::from_millis(500);
/// Pages made at a time.
const AT_A_TIME: usize = 4;

/// Writes the mirror of a register into a folder, or brings the mirror that is there up to date. `progress` gets files
/// done and files in all.
///
/// # Errors
/// [`MirrorError`]; the folder is then as it was, and what was done is used by the next try.
pub fn write(
    register: &Path,
    target: &Path,
    order: &Order,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Counts, MirrorError> {
    let now = order.now;
    let reader = Reader::open(register)?;
    let indexes = Indexes::open(register, Box::new(move || now))?;
    let head = indexes.head()?;
    let mirror = Mirror {
        day: head.as_of.to_string(),
        log_size: head.known,
        root: Base64::encode_string(&reader.root(head.known)?),
        live: order.base_url.clone(),
        languages: order.languages.clone(),
    };
    let assets = Assets::load()?;
    let assets_of: Vec<String> = assets.iter().map(|(_, path)| path.to_owned()).collect();
    let settings = Settings {
        origin: order.base_url.clone(),
        office: order.office.clone(),
        mirror: Some(mirror.clone()),
        ..Settings::default()
    };
    let portal = Arc::new(Portal::new(indexes, assets, settings));
    let about = json!({
        "mirror": 1,
        "register": reader.head()?.register_id,
        "day": mirror.day,
        "log_size": mirror.log_size,
        "root": mirror.root,
        "languages": order.languages.iter().map(|lang| lang.tag()).collect::<Vec<_>>(),
        "portal": order.base_url,
        "office": order.office,
        "program": env!("CARGO_PKG_VERSION"),
        // The build: another one has other pages.
        "assets": crate::web::assets::hash16(assets_of.join("\n").as_bytes()),
    });
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(AT_A_TIME)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let maker = Maker { service: service(Arc::clone(&portal)) };
        let present = looked_through(&portal).await?;
        let plan = plan::of(&maker, &portal, &reader, &present, order, &assets_of).await?;
        let folder = Folder::open(target, &about)?;
        let rewriter = Rewriter::new(&plan, order, head);
        let done = made(&maker, &portal, &present, &plan, &rewriter, &folder, progress).await?;
        let after = portal.indexes().head()?;
        if after != head {
            return Err(MirrorError::WentOn { before: head.known, now: after.known });
        }
        debug_assert_eq!(done, plan.files.len(), "every file of the plan is written");
        Ok(folder.close(&about, plan.files.iter().map(|file| file.name.as_str()))?)
    })
}

/// The present, once what does not fit has been looked for, which a large register leaves to the background. Pages
/// made before would differ from those made after.
async fn looked_through(portal: &Portal) -> Result<Arc<Moment>, MirrorError> {
    let until = std::time::Instant::now() + FINDINGS_WAIT;
    loop {
        let present = portal.indexes().present()?;
        if present.findings.at() == present.at {
            return Ok(present);
        }
        if std::time::Instant::now() > until {
            let text =
                "what does not fit one another was not found out in time; nothing was written";
            return Err(MirrorError::Refused(text.to_owned()));
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Writes all files of the plan, several at a time.
async fn made(
    maker: &Maker,
    portal: &Arc<Portal>,
    present: &Arc<Moment>,
    plan: &Plan,
    rewriter: &Rewriter,
    folder: &Folder,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<usize, MirrorError> {
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let failed: Mutex<Option<MirrorError>> = Mutex::new(None);
    let work = async || {
        while let Some(file) = plan.files.get(next.fetch_add(1, Ordering::Relaxed)) {
            if failed.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
                return;
            }
            let written = match folder.has(&file.name) {
                true => Ok(()),
                false => one(maker, portal, present, rewriter, folder, file).await,
            };
            if let Err(error) = written {
                failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                return;
            }
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            progress(done as u64, plan.files.len() as u64);
        }
    };
    tokio::join!(work(), work(), work(), work());
    match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error),
        None => Ok(done.into_inner()),
    }
}

/// Makes and writes one file.
async fn one(
    maker: &Maker,
    portal: &Arc<Portal>,
    present: &Arc<Moment>,
    rewriter: &Rewriter,
    folder: &Folder,
    file: &File,
) -> Result<(), MirrorError> {
    let bytes = match &file.what {
        What::Page { address, lang } => {
            let got = maker.get(address).await?;
            if !got.location.is_empty() {
                // It leads on: no page of its own, and the plan should have known.
                let status = StatusCode::SEE_OTHER;
                return Err(MirrorError::Page { address: address.clone(), status });
            }
            let text = String::from_utf8_lossy(&got.bytes);
            rewriter.page(&text, *lang, &got.policy).into_bytes()
        }
        What::List { address, lang } => {
            let got = maker.get(address).await?;
            rewriter.list_json(&got.bytes, *lang)
        }
        What::As { address } => maker.get(address).await?.bytes,
        What::Files => rewriter.files_json(&maker.get("/data/files.json").await?.bytes),
        What::Copied { from } => return Ok(folder.copy(&file.name, from)?),
        What::Text { text } => text.clone().into_bytes(),
        What::About { lang, missing } => {
            let html = about(portal, present, *lang, *missing);
            rewriter.page(&html, *lang, rewrite::STILL).into_bytes()
        }
    };
    Ok(folder.write(&file.name, &bytes)?)
}

/// The page that says what a mirror can do; `missing`: that of an address that is not there.
fn about(portal: &Portal, present: &Arc<Moment>, lang: Lang, missing: bool) -> String {
    let path = if missing { "/404" } else { pages::PATH };
    if missing {
        return answer::error_page(portal, Some(present), lang, path, &Failure::NotFound);
    }
    let route = Route {
        lang,
        page: Page::About(app::model::AboutTopic::About),
        format: Format::Html,
        path: path.to_owned(),
        key: String::new(),
    };
    let context = answer::context(portal, &Asking::of(route), present);
    let mirror = context.mirror.clone().unwrap_or_default();
    pages::render(&context, &mirror)
}

/// Asks the portal.
#[derive(Debug)]
pub struct Maker {
    service: Service,
}

/// What it answered.
#[derive(Debug)]
pub struct Got {
    /// The body, not compressed.
    pub bytes: Vec<u8>,
    /// Its content security policy.
    pub policy: String,
    /// Where a redirect leads.
    pub location: String,
}

impl Maker {
    /// The answer to a GET, 200 or a redirect; one that is still being made is waited for.
    ///
    /// # Errors
    /// [`MirrorError::Page`] for every other status.
    pub async fn get(&self, address: &str) -> Result<Got, MirrorError> {
        let failed = |status| MirrorError::Page { address: address.to_owned(), status };
        for attempt in 1.. {
            let request = Request::get(address)
                .body(Body::empty())
                .map_err(|_| failed(StatusCode::BAD_REQUEST))?;
            let Ok(response) = self.service.clone().call(request).await;
            let status = response.status();
            if status == StatusCode::SERVICE_UNAVAILABLE && attempt < TRIES {
                tokio::time::sleep(PAUSE).await;
                continue;
            }
            if !status.is_success() && !status.is_redirection() {
                return Err(failed(status));
            }
            let header = |name: &str| {
                let value = response.headers().get(name).and_then(|value| value.to_str().ok());
                value.unwrap_or_default().to_owned()
            };
            let (policy, location) = (header("content-security-policy"), header("location"));
            let bytes = axum::body::to_bytes(response.into_body(), usize::MAX)
                .await
                .map_err(std::io::Error::other)?;
            return Ok(Got { bytes: bytes.to_vec(), policy, location });
        }
        Err(failed(StatusCode::SERVICE_UNAVAILABLE))
    }

    /// The same as JSON.
    ///
    /// # Errors
    /// As [`Maker::get`].
    pub async fn json(&self, address: &str) -> Result<Value, MirrorError> {
        let got = self.get(address).await?;
        Ok(serde_json::from_slice(&got.bytes).map_err(std::io::Error::other)?)
    }
}
