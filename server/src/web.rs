//! Pages, twins and assets over HTTP.
//!
//! [`router`] is the site map. A request is sent on ([`dispatch`]), parsed ([`params`]), answered from the cache of
//! bodies ([`bodies`]) or rendered ([`answer`]) from records ([`project`]) and the live indexes ([`index`]), and
//! leaves with the headers its kind of answer has ([`reply`]). What goes wrong is a [`failure`].
//! [`limits`] holds every limit; [`listen`] is the socket, [`front`] what is answered before all of this.

pub mod answer;
pub mod assets;
pub mod badge;
pub mod bodies;
pub mod changes;
pub mod class;
pub mod connection;
mod dispatch;
pub mod downloads;
pub mod failure;
pub mod feed;
mod files;
mod flight;
pub mod front;
pub mod index;
pub mod label;
pub mod limits;
pub mod listen;
pub mod log;
pub mod lookup;
pub mod meter;
pub mod offline;
mod openapi;
pub mod params;
pub mod project;
pub mod quota;
pub mod reply;
pub mod report;
pub mod router;
pub mod scan;
mod scans;
mod service;
pub mod sitemap;
pub mod splice;
pub mod statistics;
mod units;
pub(crate) mod upload;
pub mod verify;
pub mod watch;

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, OnceLock};

use register::code::Pepper;
use tokio::sync::Semaphore;

use self::assets::Assets;
use self::bodies::Bodies;
use self::failure::Failure;
use self::index::Indexes;
use self::reply::{Answer, Policy};
use crate::keys::Folder;

pub use self::service::{Service, service};

/// What an operator sets.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// `https://liangbiao.example`: where readers reach the portal; empty: links are paths. The `Host`
    /// header is never believed.
    pub origin: String,
    /// Name of the authority that publishes the register.
    pub office: String,
    /// Readers may note that they checked a unit code (`serve --scan-facts`).
    pub scan_facts: bool,
    /// Readers may report errors and enterprises ask for corrections (`serve --cases`).
    pub cases: Option<Arc<crate::cases::Cases>>,
    /// The pages are those of a static mirror (`export --mirror`).
    pub mirror: Option<app::model::Mirror>,
    /// What a network may ask for; none: nobody is counted.
    pub quota: Option<Quota>,
    /// A line in the log for every request (`serve --log-requests`).
    pub log_requests: bool,
}

/// How much of what is expensive a network may ask for.
#[derive(Clone, Debug)]
pub struct Quota {
    /// Units a minute, at least 1.
    pub per_minute: u32,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub proxies: Vec<quota::Network>,
}

/// The portal: everything a request needs.
#[derive(Debug)]
pub struct Portal {
    indexes: Arc<Indexes>,
    assets: Assets,
    page_assets: app::model::Assets,
    origin: String,
    office: String,
    /// Set where the pages are those of a static mirror.
    mirror: Option<app::model::Mirror>,
    quotas: Option<quota::Quotas>,
    bodies: Bodies<Answer>,
    front: front::Front,
    /// The pages that units of a batch share.
    templates: Bodies<Arc<units::Shared>>,
    /// Who waits for whom.
    flights: flight::Flights,
    lanes: class::Lanes,
    /// What is counted.
    meter: Arc<meter::Meter>,
    watch: watch::Watch,
    log_requests: bool,
    /// Policy of verdict pages, with the hash of the style they hold.
    verdict_policy: Policy,
    /// What unit codes are looked up with, once it has been read.
    pepper: OnceLock<Pepper>,
    /// Changes, sorted.
    histories: Arc<changes::Histories>,
    /// Signed copies for use without a network.
    copies: offline::Copies,
    /// The register as files.
    downloads: Arc<downloads::Downloads>,
    /// Text of the service worker.
    worker: String,
    uploads: Semaphore,
    decodes: Arc<Semaphore>,
    signed: log::Signed,
    /// What witnesses signed.
    witnessed: log::Kept,
    /// Where readers' notes go; none: they are not taken.
    notes: Option<scans::Notes>,
    /// Where reports of errors go; none: they are not taken.
    desk: Option<report::Desk>,
    /// The redaction ([`Indexes::redacted`]) after which everything kept was made.
    redacted: std::sync::atomic::AtomicU64,
}

impl Portal {
    /// A portal over open indexes.
    #[must_use]
    pub fn new(indexes: Indexes, mut assets: Assets, settings: Settings) -> Portal {
        if let Err(error) = offline::install::add_icons(&mut assets) {
            // The portal can do without; a phone then shows a picture of its own.
            tracing::warn!(%error, "the icons could not be made");
        }
        let path = |logical: &str| assets.path(logical).unwrap_or_default().to_owned();
        let verify_css = assets
            .path("verify.css")
            .and_then(|path| assets.get(path))
            .map(|asset| String::from_utf8_lossy(&asset.identity).into_owned())
            .unwrap_or_default();
        // Once per portal, for its whole life.
        let verdict_policy = Policy::Verdict(reply::verdict_csp(&verify_css).leak());
        // What the camera costs: its script, the worker's, the decoder's and the decoder.
        let parts = ["camera.js", "scan-worker.js", "scanner.js", "scanner_bg.wasm"];
        let scanner_bytes = parts
            .iter()
            .filter_map(|logical| assets.get(assets.path(logical)?))
            .map(|asset| asset.br.as_ref().unwrap_or(&asset.identity).len() as u64)
            .sum();
        let mut page_assets = app::model::Assets {
            verify_css,
            css: path("liangbiao.css"),
            boot: path("boot.js"),
            island: path("frontend.js"),
            wasm: path("frontend_bg.wasm"),
            scan: path("scan.js"),
            camera: path("camera.js"),
            scan_worker: path("scan-worker.js"),
            scanner: path("scanner.js"),
            scanner_bytes,
            offline: path("offline.js"),
            verifier: path("verifier.js"),
            verifier_sm2: offline::install::sm2(&assets),
            seen: path("seen.js"),
            recount: path("recount.js"),
            recounter: path("recounter.js"),
            lookup: path("lookup.js"),
            lookup_wasm: path("lookup-wasm.js"),
            check: path("check.js"),
            checking: path("checking.js"),
            checker: path("checker.js"),
            mirror: if settings.mirror.is_some() { path("mirror.js") } else { String::new() },
            icon: path("mark.svg"),
        };
        if settings.mirror.is_some() {
            // Both ask the portal, which a mirror is not.
            page_assets.seen.clear();
            page_assets.recount.clear();
        }
        let notes = settings.scan_facts.then(scans::Notes::default);
        let indexes = Arc::new(indexes);
        // In a large register what does not fit is looked for while readers are served.
        indexes.refresh_findings();
        let redacted = indexes.redacted().into();
        Portal {
            histories: changes::Histories::warmed(&indexes),
            notes,
            desk: settings.cases.map(report::Desk::new),
            copies: offline::Copies::default(),
            downloads: Arc::default(),
            worker: offline::install::worker(&assets, settings.mirror.as_ref()),
            indexes,
            assets,
            page_assets,
            origin: settings.origin.trim_end_matches('/').to_owned(),
            office: settings.office,
            mirror: settings.mirror,
            quotas: settings.quota.map(|of| quota::Quotas::new(of.per_minute.max(1), of.proxies)),
            bodies: Bodies::new(limits::BODY_CACHE_BYTES_MAX),
            front: front::Front::default(),
            templates: Bodies::new(limits::TEMPLATE_CACHE_BYTES_MAX),
            flights: flight::Flights::default(),
            lanes: class::Lanes::default(),
            meter: Arc::default(),
            watch: watch::Watch::default(),
            log_requests: settings.log_requests,
            verdict_policy,
            pepper: OnceLock::new(),
            uploads: Semaphore::new(limits::UPLOADS_MAX),
            decodes: Arc::new(Semaphore::new(limits::DECODES_MAX)),
            signed: log::Signed::default(),
            witnessed: log::Kept::default(),
            redacted,
        }
    }

    /// Builds the lists in the background, where the indexes were opened without them; codes are answered meanwhile.
    pub fn finish_opening(&self) {
        self.indexes.finish_opening();
    }

    /// Lets go of everything kept, where values were taken out of the register since it was made; called
    /// after a look at the log's head. Gives the log size after the last redaction, which is part of the
    /// name of what is kept from now on: an answer begun before it is kept under another.
    fn forget_removed(&self) -> u64 {
        let redacted = self.indexes.redacted();
        if self.redacted.swap(redacted, std::sync::atomic::Ordering::AcqRel) != redacted {
            self.bodies.clear();
            self.templates.clear();
            self.front.clear();
            self.copies.clear();
            self.downloads.clear();
        }
        redacted
    }

    /// The pepper of this register, read when it is first needed: it may be put beside the register
    /// later. Without it unit codes cannot be looked up, and their pages say so.
    #[must_use]
    pub fn pepper(&self) -> Option<&Pepper> {
        if self.pepper.get().is_none() {
            match Folder::of(self.indexes.path()).pepper() {
                Ok(pepper) => {
                    let _ = self.pepper.set(pepper);
                }
                Err(error) => tracing::debug!(%error, "unit codes cannot be looked up"),
            }
        }
        self.pepper.get()
    }

    /// Lists can be searched in the browser; those of a mirror are read page by page.
    #[must_use]
    pub fn has_island(&self) -> bool {
        self.mirror.is_none() && !self.page_assets.island.is_empty()
    }

    /// Days after its answer that a case is kept; none: readers cannot report errors here.
    #[must_use]
    pub fn reports(&self) -> Option<u32> {
        self.desk.as_ref().map(|desk| desk.cases().keep_days())
    }

    /// Whether this node signs the log.
    #[must_use]
    pub fn signs(&self) -> bool {
        log::signs(self)
    }

    /// Where a file of `/data` lies, once it is written.
    #[must_use]
    pub fn download(&self, name: &str) -> Option<std::path::PathBuf> {
        let (set, made) = self.downloads.file(&self.indexes, name).ok()?;
        Some(set.folder.join(made.name))
    }

    /// What the portal counts about itself.
    #[must_use]
    pub fn meter(&self) -> &Arc<meter::Meter> {
        &self.meter
    }

    /// The live indexes.
    #[must_use]
    pub fn indexes(&self) -> &Arc<Indexes> {
        &self.indexes
    }
}

/// Runs `work` off the event loop; a panic in it is a failure of this request alone.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    run(true, work).await
}

/// The same for what may take long: it lets codes go first ([`crate::priority`]).
pub(crate) async fn blocking_behind<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    run(false, work).await
}

async fn run<T: Send + 'static>(
    first: bool,
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let caught = move || std::panic::catch_unwind(AssertUnwindSafe(work));
    match crate::priority::run(first, caught).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) | Err(_) => Err(Failure::Internal("a handler panicked".to_owned())),
    }
}
