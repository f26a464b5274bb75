//! Pages, twins and assets over HTTP.
//!
//! [`router`] is the site map. A request is parsed ([`params`]), answered from the cache of bodies
//! ([`bodies`]) or rendered ([`answer`]) from records ([`project`]) and the live indexes ([`index`]), and
//! leaves with the headers its kind of answer has ([`reply`]). What goes wrong is a [`failure`].
//! [`limits`] holds every limit; [`listen`] is the socket, [`front`] what is answered before all of this.

pub mod answer;
pub mod assets;
pub mod badge;
pub mod bodies;
pub mod changes;
pub mod class;
pub mod connection;
pub mod downloads;
pub mod failure;
pub mod feed;
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

use axum::body::Body as HttpBody;
use axum::http::{HeaderMap, Method, StatusCode, header};
use register::Lang;
use register::code::Pepper;
use search::catalogue::Catalogue;
use tokio::sync::Semaphore;

use self::answer::{Asking, Rendered};
use self::assets::Assets;
use self::bodies::{Bodies, Body, Coding};
use self::class::Class;
use self::failure::Failure;
use self::index::{Indexes, Moment};
use self::reply::{Answer, HTML, JSON, Keep, PROBLEM, Policy, TEXT};
use self::router::{Format, Found, Page, Route};
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

/// Name of the page (for the log) and the answer.
async fn answer_request(
    portal: Arc<Portal>,
    parts: &axum::http::request::Parts,
    body: HttpBody,
    coding: Coding,
) -> (&'static str, Answer) {
    let uri = &parts.uri;
    let wants = Wants { coding, json: prefers_json(&parts.headers) };
    let (lang, _) = Lang::of_path(uri.path());
    let fail = |failure: Failure, format: Format| {
        failed(Arc::clone(&portal), failure, lang, format, uri.path().to_owned(), wants)
    };
    let length = uri.path().len() + uri.query().map_or(0, str::len);
    if length > limits::URI_BYTES_MAX {
        return ("too long", fail(Failure::UriTooLong, failures_as(uri.path())).await);
    }
    let found = router::find(uri.path());
    if parts.method != Method::GET && parts.method != Method::HEAD {
        let takes = match found {
            Found::Route(route) if matches!(route.page, Page::Scan | Page::Lookup) => Some(route),
            Found::Route(route) if route.page == Page::Scans && portal.notes.is_some() => {
                Some(route)
            }
            _ => None,
        };
        let allowed = if takes.is_some() { "GET, HEAD, POST" } else { "GET, HEAD" };
        if let Some(route) = takes.filter(|_| parts.method == Method::POST) {
            let (name, answer) = match route.page {
                Page::Scan => {
                    ("/scan", scan::answer(&portal, route, parts, body, coding, wants.json).await)
                }
                Page::Lookup => {
                    ("/match", lookup::answer(&portal, route, parts, body, coding).await)
                }
                _ => ("/q/{code}/scans", scans::note(&portal, route, parts, body).await),
            };
            return match answer {
                Ok(answer) => (name, answer),
                Err(failure) => (name, fail(failure, Format::Html).await),
            };
        }
        let answer = fail(Failure::Method, failures_as(uri.path())).await;
        return ("method", answer.with(header::ALLOW, allowed));
    }
    let mut negotiated = false;
    let route = match found {
        Found::Route(mut route) => {
            // A verdict's address is printed: what it answers with is chosen by `Accept`.
            if matches!(route.page, Page::Verify | Page::Statement) && route.format == Format::Html
            {
                negotiated = true;
                route.format = accepted_format(&parts.headers);
            }
            route
        }
        Found::Moved(to) => {
            let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
            let mut moved = Answer::ok(TEXT, Policy::Data, b"", Coding::Identity);
            moved.status = StatusCode::PERMANENT_REDIRECT;
            moved.keep = Keep::Never;
            return ("moved", moved.with(header::LOCATION, &format!("{to}{query}")));
        }
        Found::Nothing { format, .. } => {
            return ("nothing", fail(Failure::NotFound, format).await);
        }
    };
    let name = router::PLACES
        .iter()
        .find(|place| place.page == route.page)
        .map_or("page", |place| place.pattern);
    let (format, route_page) = (route.format, route.page);
    let class = Class::of(&parts.method, uri);
    // What is read from files or made outside of `page` has a turn too; pages take theirs when nothing is kept.
    let files = matches!(
        route.page,
        Page::Sitemap
            | Page::SitemapPart
            | Page::Shelf
            | Page::OfflineFile
            | Page::Keys
            | Page::LogCheckpoint
            | Page::LogKey
            | Page::LogTile
            | Page::LogProof
    );
    let _turn = match files {
        true => match portal.lanes.enter(Class::Asset).await {
            Ok(turn) => Some(turn),
            Err(failure) => return (name, fail(failure, format).await),
        },
        false => None,
    };
    let answer = match route.page {
        Page::Asset => asset(&portal, &route, coding),
        Page::Health => Ok(watch::health(&portal)),
        Page::Ready => {
            let portal = Arc::clone(&portal);
            blocking(move || Ok(watch::readiness(&portal))).await
        }
        Page::Robots => Ok(robots(&portal, coding)),
        Page::Sitemap | Page::SitemapPart => sitemap(&portal, &route, coding).await,
        Page::Shelf => shelf(&portal, &route, coding).await,
        Page::OfflineFile => offline_file(&portal, route, coding).await,
        Page::ServiceWorker => Ok(offline::worker(&portal, coding)),
        Page::Manifest => Ok(offline::manifest(&portal, &route, coding)),
        Page::Ask => verify::asked(&route, uri.query()).map(see_other),
        Page::Keys => jwks(&portal, coding).await,
        Page::LogCheckpoint | Page::LogKey | Page::LogTile | Page::LogProof => {
            log::answer(&portal, &route, coding).await
        }
        Page::OpenApi => {
            let text = openapi::document(&portal.origin).to_string() + "\n";
            Ok(Answer::ok(JSON, Policy::Data, text.as_bytes(), coding))
        }
        Page::DataFiles
        | Page::DataSchema
        | Page::DataDcat
        | Page::DataEntries
        | Page::DataLatest
        | Page::DataFile => downloads::answer(&portal, &route, uri.query(), coding).await,
        Page::Verify | Page::Statement => verdict(&portal, route, uri.query(), coding).await,
        _ => page(&portal, route, uri.query(), coding, class).await,
    };
    match answer {
        Ok(mut answer) => {
            answer.by_accept |= negotiated;
            (name, answer)
        }
        Err(failure) => {
            // A file is fetched by a program, which a page would not help.
            let file = matches!(
                route_page,
                Page::DataFiles
                    | Page::DataSchema
                    | Page::DataDcat
                    | Page::DataEntries
                    | Page::DataLatest
                    | Page::DataFile
            );
            let format = if file && !asks_for_page(&parts.headers) { Format::Json } else { format };
            (name, fail(failure, format).await)
        }
    }
}

/// How a failure is told before it is known what was asked for: below the API never as a page.
fn failures_as(path: &str) -> Format {
    let (_, path) = Lang::of_path(path);
    if path.starts_with(router::API) { Format::Json } else { Format::Html }
}

/// Whether a client names pages among what it takes, as browsers do.
fn asks_for_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// The answer to a network that asked for more than its share.
async fn too_many(
    portal: Arc<Portal>,
    parts: &axum::http::request::Parts,
    coding: Coding,
    wait: u32,
) -> Answer {
    let wants = Wants { coding, json: prefers_json(&parts.headers) };
    let (lang, _) = Lang::of_path(parts.uri.path());
    let format = match router::find(parts.uri.path()) {
        Found::Route(route) => route.format,
        _ => Format::Html,
    };
    let file = parts.uri.path().starts_with("/data/");
    let format = if file && !asks_for_page(&parts.headers) { Format::Json } else { format };
    let path = parts.uri.path().to_owned();
    failed(portal, Failure::TooMany { wait }, lang, format, path, wants).await
}

/// How a failure is to be told.
#[derive(Clone, Copy)]
struct Wants {
    coding: Coding,
    json: bool,
}

/// The form of a verdict a client asks for: a page unless it names another form and no page.
fn accepted_format(headers: &HeaderMap) -> Format {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    match accept {
        Some(accept) if accept.contains("text/html") => Format::Html,
        Some(accept) if accept.contains("json") => Format::Json,
        Some(accept) if accept.contains("text/plain") => Format::Text,
        _ => Format::Html,
    }
}

/// Leads on to another address of this site.
fn see_other(to: String) -> Answer {
    let mut answer = Answer::ok(TEXT, Policy::Data, b"", Coding::Identity);
    answer.status = StatusCode::SEE_OTHER;
    answer.keep = Keep::Never;
    answer.with(header::LOCATION, &to)
}

/// The public keys, as a JSON Web Key Set (RFC 7517).
async fn jwks(portal: &Arc<Portal>, coding: Coding) -> Result<Answer, Failure> {
    let indexes = Arc::clone(&portal.indexes);
    let text = blocking(move || {
        let head = indexes.head()?;
        let mut outcome = Ok(Vec::new());
        indexes.read(|reader| {
            outcome = verify::jwks(reader, head);
            Ok(())
        })?;
        outcome
    });
    Ok(Answer::ok("application/jwk-set+json", Policy::Data, &text.await?, coding))
}

/// A verdict. When the register cannot be read it is still a page of its own, which says so.
async fn verdict(
    portal: &Arc<Portal>,
    route: Route,
    query: Option<&str>,
    coding: Coding,
) -> Result<Answer, Failure> {
    let asked = route.clone();
    match page(portal, route, query, coding, Class::Code).await {
        Err(Failure::Internal(text)) => {
            tracing::error!(error = %text, "a verdict could not be given");
        }
        Err(Failure::Busy) => {}
        answered => return answered,
    }
    let asking = Asking::parse(asked, query)?;
    let context = answer::context_without_register(portal, &asking);
    let now = portal.indexes.log_view(0);
    let rendered = verify::cannot_tell(&context, &asking.route, portal.verdict_policy, now);
    let mut answer = finish(rendered, coding);
    answer.keep = Keep::Never;
    Ok(answer)
}

/// Whether a client asks for JSON and not for a page. Only failures are chosen by this: everything
/// else is chosen by the path.
fn prefers_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("json") && !accept.contains("text/html"))
}

async fn page(
    portal: &Arc<Portal>,
    route: Route,
    query: Option<&str>,
    coding: Coding,
    class: Class,
) -> Result<Answer, Failure> {
    let asking = Asking::parse(route, query)?;
    let (head, present) = portal.indexes.now()?;
    let redacted = portal.forget_removed();
    let present = match present {
        Some(present) => present,
        None => {
            let indexes = Arc::clone(&portal.indexes);
            blocking(move || indexes.present().map_err(Failure::from)).await?
        }
    };
    // A verdict is of the log's head, wherever the indexes are.
    let head = if asking.route.page.is_verdict() { head } else { present.at };
    let found = present.findings.at().known;
    let stale = portal.indexes.is_stale();
    let key = format!("{coding:?} {found} {redacted} {stale} {}", asking.cache_key(head));
    // Where the indexes are on their way to the head, the next request may find them there.
    let stamp = (head == present.at).then_some(front::Stamp { at: head, findings: found, stale });
    if let Some(mut answer) = portal.bodies.get(&key) {
        answer.stamp = stamp;
        portal.meter.came(meter::From::Bodies);
        return Ok(answer);
    }
    let _turn = portal.lanes.enter(class).await?;
    portal.meter.came(meter::From::Made);
    let rendering = Arc::clone(portal);
    let (mut answer, cached) = blocking(move || {
        if let Some(answer) = units::answer(&rendering, &asking, &present, head, coding)? {
            // Made by copying: not worth the place another page would have.
            return Ok((answer, false));
        }
        let rendered = answer::render(&rendering, &rendering.indexes, &asking, &present, head)?;
        let cached = rendered.cached;
        Ok((finish(rendered, coding), cached))
    })
    .await?;
    if cached {
        portal.bodies.put(key, answer.clone(), answer.body.bytes.len());
        answer.stamp = stamp;
    }
    Ok(answer)
}

fn finish(rendered: Rendered, coding: Coding) -> Answer {
    let mut answer = Answer::ok(rendered.mime, rendered.policy, &rendered.body, coding);
    answer.status = rendered.status;
    for (name, value) in rendered.more {
        answer = answer.with(header::HeaderName::from_static(name), &value);
    }
    answer
}

/// Runs `work` off the event loop; a panic in it is a failure of this request alone.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let caught = move || std::panic::catch_unwind(AssertUnwindSafe(work));
    match tokio::task::spawn_blocking(caught).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) | Err(_) => Err(Failure::Internal("a handler panicked".to_owned())),
    }
}

async fn failed(
    portal: Arc<Portal>,
    failure: Failure,
    lang: Lang,
    format: Format,
    path: String,
    wants: Wants,
) -> Answer {
    if let Failure::Internal(text) = &failure {
        tracing::error!(error = %text, "a request failed");
    }
    // Turning somebody away has to cost next to nothing: that page is made once for a language.
    let busy = (failure == Failure::Busy).then(|| format!("busy {:?} {lang:?}", wants.coding));
    let mut answer = if format != Format::Html || wants.json {
        Answer::ok(PROBLEM, Policy::Data, &failure.problem(lang), wants.coding)
    } else if let Some(kept) = busy.as_ref().and_then(|busy| portal.bodies.get(busy)) {
        return kept;
    } else {
        let told = failure.clone();
        let keeper = Arc::clone(&portal);
        let Some(_turn) = keeper.lanes.enter_failure().await else {
            return plain_failure(&failure, lang);
        };
        let for_all = busy.is_some();
        let path = if for_all { lang.prefix().to_owned() + "/" } else { path };
        let page = blocking(move || {
            // A page for all names no moment of the register.
            let present = if for_all { None } else { portal.indexes.unchanged().ok().flatten() };
            let page = answer::error_page(&portal, present.as_deref(), lang, &path, &told);
            Ok(page)
        });
        match page.await {
            Ok(page) => {
                let mut answer = Answer::ok(HTML, Policy::Still, page.as_bytes(), wants.coding);
                answer.by_accept = true;
                let answer = finish_failure(answer, &failure);
                if let Some(busy) = busy {
                    keeper.bodies.put(busy, answer.clone(), answer.body.bytes.len());
                }
                return answer;
            }
            Err(_) => return plain_failure(&failure, lang),
        }
    };
    answer.by_accept = true;
    finish_failure(answer, &failure)
}

/// A failure without a page: when the page itself fails.
fn plain_failure(failure: &Failure, lang: Lang) -> Answer {
    let text = failure.sentence(lang) + "\n";
    finish_failure(Answer::ok(TEXT, Policy::Data, text.as_bytes(), Coding::Identity), failure)
}

fn finish_failure(mut answer: Answer, failure: &Failure) -> Answer {
    answer.status = failure.status();
    answer.keep = Keep::Never;
    if let Failure::TooMany { wait } = failure {
        return answer.with(header::RETRY_AFTER, &wait.to_string());
    }
    if *failure == Failure::Busy {
        return answer.with(header::RETRY_AFTER, &limits::RETRY_AFTER_S.to_string());
    }
    answer
}

fn asset(portal: &Portal, route: &Route, coding: Coding) -> Result<Answer, Failure> {
    let asset = portal.assets.get(&route.path).ok_or(Failure::NotFound)?;
    let (bytes, coding) = match (coding, &asset.br, &asset.gz) {
        (Coding::Brotli, Some(br), _) => (br.clone(), Coding::Brotli),
        (Coding::Brotli | Coding::Gzip, _, Some(gz)) => (gz.clone(), Coding::Gzip),
        _ => (asset.identity.clone(), Coding::Identity),
    };
    let worker = portal.page_assets.scan_worker == route.path;
    let policy = if worker { Policy::Worker } else { Policy::Asset };
    let etag =
        format!("\"{}{}\"", assets::hash16(route.path.as_bytes()), coding.name().unwrap_or(""));
    Ok(Answer {
        status: StatusCode::OK,
        mime: asset.mime,
        body: Body { bytes, coding, etag },
        keep: Keep::Forever,
        policy,
        by_accept: false,
        more: Vec::new(),
        file: None,
        stamp: None,
    })
}

fn robots(portal: &Portal, coding: Coding) -> Answer {
    Answer::ok(TEXT, Policy::Data, sitemap::robots(&portal.origin).as_bytes(), coding)
}

async fn sitemap(portal: &Arc<Portal>, route: &Route, coding: Coding) -> Result<Answer, Failure> {
    let portal = Arc::clone(portal);
    let (page, name) = (route.page, route.key.clone());
    blocking(move || {
        let present = portal.indexes.present()?;
        let xml = match page {
            Page::Sitemap => Some(sitemap::index(&present, &portal.origin)),
            _ => sitemap::part(&present, &portal.origin, &name),
        };
        let xml = xml.ok_or(Failure::NotFound)?;
        Ok(Answer::ok("application/xml", Policy::Data, xml.as_bytes(), coding))
    })
    .await
}

async fn offline_file(
    portal: &Arc<Portal>,
    route: Route,
    coding: Coding,
) -> Result<Answer, Failure> {
    let portal = Arc::clone(portal);
    portal.indexes.head()?;
    portal.forget_removed();
    blocking(move || offline::file(&portal, &route, coding)).await
}

async fn shelf(portal: &Arc<Portal>, route: &Route, coding: Coding) -> Result<Answer, Failure> {
    let portal = Arc::clone(portal);
    let asked = route.key.clone();
    blocking(move || {
        let present = portal.indexes.present()?;
        let catalogue = Catalogue::ALL
            .into_iter()
            .find(|catalogue| {
                let name = search::spec(*catalogue).name;
                asked.strip_prefix(name).is_some_and(|rest| rest.starts_with('-'))
            })
            .ok_or(Failure::NotFound)?;
        if present.rows(catalogue) > limits::SHELF_ROWS_MAX {
            return Err(Failure::NotFound);
        }
        if asked != present.shelf_name(catalogue) {
            // The page was made before the log grew: the reader gets the present shelf.
            let mut moved = Answer::ok(TEXT, Policy::Data, b"", Coding::Identity);
            moved.status = StatusCode::TEMPORARY_REDIRECT;
            moved.keep = Keep::Never;
            return Ok(moved.with(header::LOCATION, &answer::shelf_path(&present, catalogue)));
        }
        shelf_answer(&present, catalogue, coding).ok_or(Failure::NotFound)
    })
    .await
}

fn shelf_answer(present: &Moment, catalogue: Catalogue, coding: Coding) -> Option<Answer> {
    let shelf = present.shelf(catalogue)?;
    let (bytes, coding) = match coding {
        Coding::Brotli => (shelf.br(), Coding::Brotli),
        Coding::Gzip => (Coding::Gzip.encode(&shelf.identity), Coding::Gzip),
        Coding::Identity => (shelf.identity.clone(), Coding::Identity),
    };
    let etag = format!("\"{}{}\"", &shelf.sha256[..16], coding.name().unwrap_or(""));
    Some(Answer {
        status: StatusCode::OK,
        mime: "application/octet-stream",
        body: Body { bytes, coding, etag },
        keep: Keep::Forever,
        policy: Policy::Asset,
        by_accept: false,
        more: Vec::new(),
        file: None,
        stamp: None,
    })
}
