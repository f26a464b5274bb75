//! What the portal counts about itself, as Prometheus reads it (text exposition format 0.0.4).
//!
//! Nothing here says who asked or what for: requests are counted by class and status.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::class::Class;

/// Statuses that are counted by themselves; the last is every other.
const STATUSES: [u16; 20] = [
    200, 206, 303, 304, 307, 308, 400, 404, 405, 406, 410, 413, 414, 415, 416, 422, 429, 500, 503,
    0,
];

/// Upper bounds of the buckets of times, in microseconds.
const BUCKETS: [u64; 14] = [
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000,
    5_000_000, 30_000_000,
];

#[derive(Debug, Default)]
struct Times {
    buckets: [AtomicU64; BUCKETS.len()],
    count: AtomicU64,
    micros: AtomicU64,
}

/// Where an answer came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// It was kept under the words of the request.
    Front,
    /// Its body was kept.
    Bodies,
    /// It was made.
    Made,
}

/// The counters of a portal.
#[derive(Debug)]
pub struct Meter {
    started: Instant,
    requests: [[AtomicU64; STATUSES.len()]; Class::ALL.len()],
    times: [Times; Class::ALL.len()],
    shed: [AtomicU64; Class::ALL.len()],
    kept: [AtomicU64; 3],
    limited: AtomicU64,
    /// Connections open now.
    open: AtomicI64,
    connections: AtomicU64,
    refused: AtomicU64,
    slow: AtomicU64,
}

impl Default for Meter {
    fn default() -> Meter {
        Meter {
            started: Instant::now(),
            requests: Default::default(),
            times: Default::default(),
            shed: Default::default(),
            kept: Default::default(),
            limited: AtomicU64::new(0),
            open: AtomicI64::new(0),
            connections: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            slow: AtomicU64::new(0),
        }
    }
}

/// What is asked of the portal when it is measured, and not counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gauges {
    /// Entries in the log.
    pub log_size: u64,
    /// Entries in the indexes.
    pub indexed: u64,
    /// How long the indexes have been behind.
    pub stale: Duration,
    /// Whether the portal is ready.
    pub ready: bool,
    /// How long the last build of all indexes took.
    pub build: Duration,
    /// How many there were.
    pub builds: u64,
    /// Bytes of bodies kept.
    pub cache_bytes: u64,
}

fn add(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

impl Meter {
    /// Counts an answer.
    pub fn answered(&self, class: Class, status: u16, time: Duration) {
        let class = class as usize;
        let status = STATUSES.iter().position(|known| *known == status);
        let status = status.unwrap_or(STATUSES.len() - 1);
        if let Some(counter) = self.requests.get(class).and_then(|row| row.get(status)) {
            add(counter);
        }
        if let Some(times) = self.times.get(class) {
            let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
            let bucket = BUCKETS.iter().position(|bound| micros <= *bound);
            if let Some(counter) = bucket.and_then(|bucket| times.buckets.get(bucket)) {
                add(counter);
            }
            add(&times.count);
            times.micros.fetch_add(micros, Ordering::Relaxed);
        }
    }

    /// Counts where an answer came from.
    pub fn came(&self, from: From) {
        if let Some(counter) = self.kept.get(from as usize) {
            add(counter);
        }
    }

    /// Counts a request that was turned away for load.
    pub fn shed(&self, class: Class) {
        if let Some(counter) = self.shed.get(class as usize) {
            add(counter);
        }
    }

    /// Counts a request of a network that asked for more than its share.
    pub fn limited(&self) {
        add(&self.limited);
    }

    /// Counts a connection; it is open until the value is dropped.
    #[must_use]
    pub fn connected(self: &std::sync::Arc<Self>) -> Connected {
        add(&self.connections);
        self.open.fetch_add(1, Ordering::Relaxed);
        Connected(std::sync::Arc::clone(self))
    }

    /// Counts a connection that was closed at once.
    pub fn refused(&self) {
        add(&self.refused);
    }

    /// Counts a client that did not take its answer.
    pub fn slow(&self) {
        add(&self.slow);
    }

    /// Everything, in the text format.
    #[must_use]
    pub fn text(&self, gauges: Gauges) -> String {
        let mut out = Text(String::with_capacity(16 * 1024));
        out.family(
            "liangbiao_requests_total",
            "counter",
            "Requests answered, by class and status.",
        );
        for (class, row) in Class::ALL.into_iter().zip(&self.requests) {
            for (status, counter) in STATUSES.into_iter().zip(row) {
                let n = counter.load(Ordering::Relaxed);
                if n > 0 {
                    let status = if status == 0 { "other".to_owned() } else { status.to_string() };
                    let labels = format!("class=\"{}\",status=\"{status}\"", class.name());
                    out.value("liangbiao_requests_total", &labels, n);
                }
            }
        }
        let name = "liangbiao_request_seconds";
        out.family(name, "histogram", "Time from the head of a request to the head of its answer.");
        for (class, times) in Class::ALL.into_iter().zip(&self.times) {
            let class = class.name();
            // The count is read first: buckets that grow meanwhile must not sum up to more.
            let count = times.count.load(Ordering::Acquire);
            let mut sum = 0;
            for (bound, bucket) in BUCKETS.into_iter().zip(&times.buckets) {
                sum += bucket.load(Ordering::Relaxed);
                let labels = format!("class=\"{class}\",le=\"{}\"", seconds(bound));
                out.value(&format!("{name}_bucket"), &labels, sum.min(count));
            }
            out.value(&format!("{name}_bucket"), &format!("class=\"{class}\",le=\"+Inf\""), count);
            let micros = times.micros.load(Ordering::Relaxed);
            out.text(&format!("{name}_sum"), &format!("class=\"{class}\""), &seconds(micros));
            out.value(&format!("{name}_count"), &format!("class=\"{class}\""), count);
        }
        let name = "liangbiao_answers_total";
        out.family(
            name,
            "counter",
            "Answers by where they came from: kept whole, kept bodies, made.",
        );
        for (from, counter) in ["front", "bodies", "made"].into_iter().zip(&self.kept) {
            out.value(name, &format!("from=\"{from}\""), counter.load(Ordering::Relaxed));
        }
        let name = "liangbiao_shed_total";
        out.family(name, "counter", "Requests turned away for load (503), by class.");
        for (class, counter) in Class::ALL.into_iter().zip(&self.shed) {
            let labels = format!("class=\"{}\"", class.name());
            out.value(name, &labels, counter.load(Ordering::Relaxed));
        }
        let all = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        for (name, kind, about, value) in [
            (
                "limited_total",
                "counter",
                "Requests beyond a network's share (429).",
                all(&self.limited),
            ),
            ("connections_total", "counter", "Connections accepted.", all(&self.connections)),
            (
                "connections_refused_total",
                "counter",
                "Connections closed at once: their network had its most.",
                all(&self.refused),
            ),
            (
                "connections_slow_total",
                "counter",
                "Connections ended because the client did not take its answer.",
                all(&self.slow),
            ),
            (
                "connections_open",
                "gauge",
                "Connections open now.",
                self.open.load(Ordering::Relaxed).max(0).cast_unsigned(),
            ),
            ("log_size", "gauge", "Entries in the log.", gauges.log_size),
            (
                "indexed_size",
                "gauge",
                "Entries of the log that lists and pages show.",
                gauges.indexed,
            ),
            (
                "stale_seconds",
                "gauge",
                "How long the indexes have been behind the log.",
                gauges.stale.as_secs(),
            ),
            ("ready", "gauge", "1 where /readyz says ready.", u64::from(gauges.ready)),
            (
                "index_builds_total",
                "counter",
                "Times all indexes were built, the start included.",
                gauges.builds,
            ),
            ("cache_bytes", "gauge", "Bytes of bodies kept.", gauges.cache_bytes),
            (
                "memory_bytes",
                "gauge",
                "Resident memory of the process; 0 where the system does not say.",
                resident_bytes(),
            ),
        ] {
            let name = format!("liangbiao_{name}");
            out.family(&name, kind, about);
            out.value(&name, "", value);
        }
        for (name, about, time) in [
            ("index_build_seconds", "How long the last build of all indexes took.", gauges.build),
            ("uptime_seconds", "Since the portal was made.", self.started.elapsed()),
        ] {
            let name = format!("liangbiao_{name}");
            out.family(&name, "gauge", about);
            let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
            out.text(&name, "", &seconds(micros));
        }
        let name = "liangbiao_build_info";
        out.family(name, "gauge", "The program's version.");
        out.value(name, &format!("version=\"{}\"", env!("CARGO_PKG_VERSION")), 1);
        out.0
    }
}

/// An open connection.
#[derive(Debug)]
pub struct Connected(std::sync::Arc<Meter>);

impl Drop for Connected {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Microseconds as seconds, without the noise of binary fractions.
fn seconds(micros: u64) -> String {
    let text = format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

struct Text(String);

impl Text {
    fn family(&mut self, name: &str, kind: &str, about: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "# HELP {name} {about}\n# TYPE {name} {kind}");
    }

    fn value(&mut self, name: &str, labels: &str, value: u64) {
        self.text(name, labels, &value.to_string());
    }

    fn text(&mut self, name: &str, labels: &str, value: &str) {
        let _ = match labels {
            "" => writeln!(self.0, "{name} {value}"),
            labels => writeln!(self.0, "{name}{{{labels}}} {value}"),
        };
    }
}

/// Memory that the process occupies, from `/proc` (Linux); 0 elsewhere.
fn resident_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_written_plainly() {
        for (micros, text) in [(0, "0"), (100, "0.0001"), (2_500_000, "2.5"), (30_000_000, "30")] {
            assert_eq!(seconds(micros), text);
        }
    }

    #[test]
    fn an_answer_is_in_its_bucket_and_in_all_above() {
        let meter = Meter::default();
        meter.answered(Class::Code, 200, Duration::from_micros(300));
        meter.answered(Class::Code, 418, Duration::from_secs(60));
        let text = meter.text(Gauges::default());
        for line in [
            "liangbiao_requests_total{class=\"code\",status=\"200\"} 1\n",
            "liangbiao_requests_total{class=\"code\",status=\"other\"} 1\n",
            "liangbiao_request_seconds_bucket{class=\"code\",le=\"0.00025\"} 0\n",
            "liangbiao_request_seconds_bucket{class=\"code\",le=\"0.0005\"} 1\n",
            "liangbiao_request_seconds_bucket{class=\"code\",le=\"30\"} 1\n",
            "liangbiao_request_seconds_bucket{class=\"code\",le=\"+Inf\"} 2\n",
            "liangbiao_request_seconds_sum{class=\"code\"} 60.0003\n",
            "liangbiao_request_seconds_count{class=\"code\"} 2\n",
        ] {
            assert!(text.contains(line), "{line}{text}");
        }
    }
}
