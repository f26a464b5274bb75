//! What a request costs, by its address alone, and who waits for whom.
//!
//! Each class has a lane of its own: so many at work, so many waiting, so long. What does not get into its lane
//! is told 503 with `Retry-After` at once, and the other lanes do not notice: a code opens while searches and
//! downloads are turned away.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::http::{Method, Uri};
use register::Lang;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::failure::Failure;
use super::{limits, quota};

/// Classes of requests, by what they cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// What a printed code opens. Never turned away for another's sake.
    Code,
    /// Files that are there already: style, scripts, pictures, the kept copy.
    Asset,
    /// A page without a question.
    Page,
    /// A list asked something: words, filters, an order; lists as data.
    Search,
    /// Lists as CSV, changes, files of the register, site maps.
    Export,
    /// Lists of another day.
    Past,
    /// Photos, lists to look up, notes.
    Upload,
    /// Whoever watches the server.
    Probe,
}

impl Class {
    /// All of them, in the order of their numbers.
    pub const ALL: [Class; 8] = [
        Class::Code,
        Class::Asset,
        Class::Page,
        Class::Search,
        Class::Export,
        Class::Past,
        Class::Upload,
        Class::Probe,
    ];

    /// Its name in logs and measures.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Class::Code => "code",
            Class::Asset => "asset",
            Class::Page => "page",
            Class::Search => "search",
            Class::Export => "export",
            Class::Past => "past",
            Class::Upload => "upload",
            Class::Probe => "probe",
        }
    }

    /// Whether an answer may take a processor for longer than a page does.
    #[must_use]
    pub const fn is_heavy(self) -> bool {
        matches!(self, Class::Search | Class::Export | Class::Past | Class::Upload)
    }

    /// The class of a request. Looks at a few bytes of its address: it is asked for every request, also those
    /// that are answered from memory.
    #[must_use]
    pub fn of(method: &Method, uri: &Uri) -> Class {
        if method == Method::POST {
            return Class::Upload;
        }
        let (_, path) = Lang::of_path(uri.path());
        let mut segments = path.trim_start_matches('/').split('/');
        let first = segments.next().unwrap_or_default();
        match first {
            "q" | "Q" | "s" | "S" | "01" => return Class::Code,
            "api" if path.starts_with("/api/v1/verify/") || path.starts_with("/api/v1/s/") => {
                return Class::Code;
            }
            "assets" | "shelf" | "sw.js" | "manifest.webmanifest" | "robots.txt" => {
                return Class::Asset;
            }
            "offline" if segments.next().is_some() => return Class::Asset,
            "healthz" | "readyz" => return Class::Probe,
            "sitemap.xml" | "sitemap" => return Class::Export,
            _ => {}
        }
        match quota::cost(method, uri) {
            limits::UNITS_PAST if dated(uri) => Class::Past,
            limits::UNITS_CSV | limits::UNITS_CHANGES | limits::UNITS_FILE => Class::Export,
            0 if !asks(uri) => Class::Page,
            _ => Class::Search,
        }
    }
}

fn dated(uri: &Uri) -> bool {
    let pairs = uri.query().unwrap_or_default().split('&');
    pairs.into_iter().any(|pair| pair.starts_with("as_of=") || pair.starts_with("known="))
}

/// Whether the query asks a question, beyond how the page looks.
fn asks(uri: &Uri) -> bool {
    let mut pairs = uri.query().unwrap_or_default().split('&');
    pairs.any(|pair| !pair.is_empty() && !pair.starts_with("size="))
}

/// How many of a class are at work and wait.
#[derive(Debug)]
struct Lane {
    turns: Semaphore,
    waiting: AtomicUsize,
    waiting_max: usize,
    wait: Duration,
}

/// A turn in a lane; the next one's when it is dropped.
pub type Turn<'l> = SemaphorePermit<'l>;

impl Lane {
    fn new(turns: usize, waiting_max: usize, wait: Duration) -> Lane {
        Lane { turns: Semaphore::new(turns), waiting: AtomicUsize::new(0), waiting_max, wait }
    }

    async fn enter(&self) -> Option<Turn<'_>> {
        if let Ok(turn) = self.turns.try_acquire() {
            return Some(turn);
        }
        // Whoever is dropped while waiting, because the client went away, waits no more.
        struct Waiting<'w>(&'w AtomicUsize);
        impl Drop for Waiting<'_> {
            fn drop(&mut self) {
                self.0.fetch_sub(1, Ordering::AcqRel);
            }
        }
        let before = self.waiting.fetch_add(1, Ordering::AcqRel);
        let _waiting = Waiting(&self.waiting);
        if before >= self.waiting_max {
            return None;
        }
        tokio::time::timeout(self.wait, self.turns.acquire()).await.ok()?.ok()
    }
}

/// The lanes of a portal.
#[derive(Debug)]
pub struct Lanes {
    code: Lane,
    page: Lane,
    search: Lane,
    export: Lane,
    past: Lane,
    file: Lane,
    failure: Lane,
}

impl Default for Lanes {
    fn default() -> Lanes {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        // A core is left to what readers stand in front of a shelf for.
        let heavy = (cores - 1).clamp(1, limits::RENDERS_MAX);
        Lanes {
            code: Lane::new(limits::RENDERS_MAX, usize::MAX, limits::RENDER_WAIT),
            page: Lane::new(limits::RENDERS_MAX, limits::PAGES_WAITING_MAX, limits::RENDER_WAIT),
            search: Lane::new(heavy, limits::SEARCHES_WAITING_MAX, limits::SEARCH_WAIT),
            export: Lane::new(heavy, limits::EXPORTS_WAITING_MAX, limits::EXPORT_WAIT),
            // One at work, and one that finds out that its past is already there.
            past: Lane::new(2, limits::EXPORTS_WAITING_MAX, limits::PAST_WAIT),
            file: Lane::new(limits::RENDERS_MAX, limits::PAGES_WAITING_MAX, limits::RENDER_WAIT),
            failure: Lane::new(heavy, limits::PAGES_WAITING_MAX, limits::SEARCH_WAIT),
        }
    }
}

impl Lanes {
    /// Waits for a turn in the lane of a class.
    ///
    /// # Errors
    /// [`Failure::Busy`]: too many wait already, or the wait was too long.
    pub async fn enter(&self, class: Class) -> Result<Turn<'_>, Failure> {
        let lane = match class {
            Class::Code => &self.code,
            Class::Page | Class::Probe => &self.page,
            Class::Search => &self.search,
            Class::Export | Class::Upload => &self.export,
            Class::Past => &self.past,
            Class::Asset => &self.file,
        };
        lane.enter().await.ok_or(Failure::Busy)
    }

    /// Waits for a turn to make the page of a failure; none: it is told in a line.
    pub async fn enter_failure(&self) -> Option<Turn<'_>> {
        self.failure.enter().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_classed_by_what_it_costs() {
        for (class, addresses) in [
            (
                Class::Code,
                &[
                    "/q/44M3QMX9D2R4",
                    "/Q/X",
                    "/en/q/X?size=large",
                    "/s/1",
                    "/01/0952",
                    "/q/X.json",
                    "/api/v1/verify/X",
                    "/q/X/scans",
                ][..],
            ),
            (Class::Asset, &["/assets/a.css", "/shelf/p-0", "/sw.js", "/offline/copy.txt"]),
            (
                Class::Page,
                &[
                    "/",
                    "/products",
                    "/en/products/p-1",
                    "/products?size=large",
                    "/offline",
                    "/nothing",
                ],
            ),
            (
                Class::Search,
                &[
                    "/products?q=x",
                    "/products.json",
                    "/api/v1/products",
                    "/en/products?status=valid",
                    "/products/p-1?as_of=2020-01-01",
                ],
            ),
            (
                Class::Export,
                &[
                    "/products.csv",
                    "/changes",
                    "/changes.atom",
                    "/data/x.gz",
                    "/sitemap.xml",
                    "/data/entries.jsonl?since=0",
                ],
            ),
            (Class::Past, &["/products?as_of=2020-01-01", "/en/products?q=x&known=3"]),
            (Class::Probe, &["/healthz", "/readyz"]),
        ] {
            for address in addresses {
                let uri: Uri = address.parse().expect("an address");
                assert_eq!(Class::of(&Method::GET, &uri), class, "{address}");
            }
        }
        assert_eq!(Class::of(&Method::POST, &"/scan".parse().expect("an address")), Class::Upload);
    }

    #[tokio::test]
    async fn a_full_lane_turns_away_and_no_other_lane_notices() {
        let lanes = std::sync::Arc::new(Lanes::default());
        let mut held = Vec::new();
        while let Ok(turn) = lanes.search.turns.try_acquire() {
            held.push(turn);
        }
        assert!(!held.is_empty());
        let mut waiting = Vec::new();
        for _ in 0..limits::SEARCHES_WAITING_MAX {
            let lanes = std::sync::Arc::clone(&lanes);
            waiting.push(tokio::spawn(async move { lanes.enter(Class::Search).await.is_ok() }));
        }
        while lanes.search.waiting.load(Ordering::Acquire) < limits::SEARCHES_WAITING_MAX {
            tokio::task::yield_now().await;
        }
        let started = std::time::Instant::now();
        assert!(lanes.enter(Class::Search).await.is_err());
        for class in [Class::Code, Class::Page, Class::Export, Class::Past, Class::Asset] {
            assert!(lanes.enter(class).await.is_ok(), "{class:?}");
        }
        assert!(started.elapsed() < limits::SEARCH_WAIT / 2, "nobody waited");
        // One who waited gets the turn that is given back, the others are turned away in time.
        held.pop();
        let mut entered = 0;
        for one in waiting {
            entered += usize::from(one.await.expect("no panic"));
        }
        assert_eq!(entered, limits::SEARCHES_WAITING_MAX, "each gives its turn to the next");
        assert_eq!(lanes.search.waiting.load(Ordering::Acquire), 0);
    }
}
