//! How much one network may ask of what is expensive, and 429 beyond it.
//!
//! A bucket of units for each network, filled evenly (a token bucket). Only what costs the portal something is counted:
//! lists as data, lists of another day, changes, files, photos. Pages and verdicts are never counted, whoever asks. A
//! network is an IPv4 /24 or an IPv6 /56, since one reader moves within those; the amount is set for many readers
//! behind one address. What the limits are is said with every counted answer (draft-ietf-httpapi-ratelimit-headers-10).

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::{HeaderMap, Method, Uri};
use register::Lang;

use super::limits;
use super::router::API;

/// Units an answer costs; 0 is not counted.
#[must_use]
pub fn cost(method: &Method, uri: &Uri) -> u32 {
    if method == Method::POST {
        return limits::UNITS_PHOTO;
    }
    let (_, path) = Lang::of_path(uri.path());
    let mut segments = path.trim_start_matches('/').split('/');
    let (first, rest) = (segments.next().unwrap_or_default(), segments.count());
    // What a printed code opens is never counted.
    if matches!(first, "q" | "Q" | "s" | "S" | "01") || path.starts_with("/api/v1/verify/") {
        return 0;
    }
    if let Some(name) = path.strip_prefix("/data/") {
        return match name {
            "schema.json" | "files.json" | "dcat.jsonld" => 0,
            "entries.jsonl" => limits::UNITS_CHANGES,
            _ if name.starts_with("latest/") => 0,
            _ => limits::UNITS_FILE,
        };
    }
    let (inner, api) = match path.strip_prefix(API).and_then(|rest| rest.strip_prefix('/')) {
        Some("openapi.json") => return 0,
        Some(inner) => (inner, true),
        None => (path.trim_start_matches('/'), false),
    };
    let stem = inner.split(['/', '.']).next().unwrap_or_default();
    if stem == "changes" {
        return limits::UNITS_CHANGES;
    }
    let list = inner.split('/').count() == 1 || stem == "directories";
    let query = uri.query().unwrap_or_default();
    let dated =
        query.split('&').any(|pair| pair.starts_with("as_of=") || pair.starts_with("known="));
    if list && dated {
        return limits::UNITS_PAST;
    }
    if path.ends_with(".csv") {
        return limits::UNITS_CSV;
    }
    u32::from(api || rest == 0 && path.ends_with(".json")) * limits::UNITS_DATA
}

/// A network, by the bits of its prefix; the two families do not meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Prefix(u64);

impl Prefix {
    /// The network and something it asks about, as one.
    #[must_use]
    pub fn about(self, what: &str) -> Prefix {
        use std::hash::{Hash as _, Hasher as _};
        let mut hasher = std::hash::DefaultHasher::new();
        (self.0, what).hash(&mut hasher);
        Prefix(hasher.finish())
    }

    /// The network of an address: an IPv4 /24, an IPv6 /56.
    #[must_use]
    pub fn of(address: IpAddr) -> Prefix {
        match address.to_canonical() {
            // No IPv6 /56 begins with eight bits of ones but multicast, which nobody asks from.
            IpAddr::V4(four) => Prefix(0xff << 56 | u64::from(u32::from(four) >> 8)),
            IpAddr::V6(six) => Prefix((u128::from(six) >> 72) as u64),
        }
    }
}

/// Addresses that begin alike, as `10.0.0.0/8` or `2001:db8::/32`; one address alone is its own network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl std::str::FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Network, String> {
        let wrong =
            || format!("{text:?} is no address and no network such as 10.0.0.0/8 or 2001:db8::/32");
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse().map_err(|_| wrong())?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        if bits > most { Err(wrong()) } else { Ok(Network { address, bits }) }
    }
}

impl Network {
    /// Whether an address is in it.
    #[must_use]
    pub fn has(&self, address: IpAddr) -> bool {
        let head = |value: u128, width: u8| {
            let drop = u32::from(width - self.bits);
            value.checked_shr(drop).unwrap_or(0)
        };
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                head(u32::from(own).into(), 32) == head(u32::from(other).into(), 32)
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                head(own.into(), 128) == head(other.into(), 128)
            }
            _ => false,
        }
    }
}

/// What is left to a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// Units.
    pub units: u32,
    /// Seconds until all are there again.
    pub full_in: u64,
}

/// Refused: seconds until what was asked for can be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(pub u32);

#[derive(Clone, Copy, Debug)]
struct Bucket {
    units: f64,
    at: Instant,
}

/// The buckets.
#[derive(Debug)]
pub struct Quotas {
    /// Units within the window, which is also how many a network that was quiet has at once.
    units: u32,
    /// The time in which an empty bucket fills: a minute, but for what is rarer.
    window: Duration,
    trusted: Vec<Network>,
    buckets: Mutex<HashMap<Prefix, Bucket>>,
}

impl Quotas {
    /// With so many units a minute, behind these proxies.
    #[must_use]
    pub fn new(per_minute: u32, trusted: Vec<Network>) -> Quotas {
        let window = Duration::from_secs(60);
        Quotas { units: per_minute, window, trusted, buckets: Mutex::default() }
    }

    /// With so many units within a time, for what is rarer than requests.
    #[must_use]
    pub fn within(most: u32, window: Duration) -> Quotas {
        Quotas { units: most, window, trusted: Vec::new(), buckets: Mutex::default() }
    }

    /// Who asks: the other end of the connection, or, where that is a proxy the operator named, whom it says it asks
    /// for (`X-Forwarded-For`, from the right, past other such proxies). None: not counted. That is a neighbour of this
    /// machine that nobody named: most likely a proxy, behind which everybody would share one bucket.
    #[must_use]
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Option<IpAddr> {
        let trusted = |address: IpAddr| self.trusted.iter().any(|network| network.has(address));
        if !trusted(peer) {
            return (!is_near(peer)).then_some(peer);
        }
        let mut client = None;
        let said: Vec<&str> = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .collect();
        for text in said.into_iter().rev() {
            // What is no address was not written by a proxy of ours; nothing left of it can be believed.
            let Ok(address) = text.parse::<IpAddr>() else { break };
            client = Some(address);
            if !trusted(address) {
                break;
            }
        }
        client
    }

    /// Takes units from the bucket of a network.
    ///
    /// # Errors
    /// [`Wait`] where there are not enough; nothing is taken then.
    pub fn take(&self, prefix: Prefix, units: u32, now: Instant) -> Result<Left, Wait> {
        let most = f64::from(self.units);
        let rate = most / self.window.as_secs_f64();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= limits::QUOTA_NETWORKS_MAX && !buckets.contains_key(&prefix) {
            // A bucket that is full again is as good as none.
            buckets.retain(|_, bucket| now.saturating_duration_since(bucket.at) < self.window);
            if buckets.len() >= limits::QUOTA_NETWORKS_MAX {
                // So many networks at a time: newcomers are let in rather than locked out by others.
                return Ok(Left { units: self.units, full_in: 0 });
            }
        }
        let bucket = buckets.entry(prefix).or_insert(Bucket { units: most, at: now });
        let since = now.saturating_duration_since(bucket.at).as_secs_f64();
        bucket.units = (bucket.units + since * rate).min(most);
        bucket.at = now;
        // A cost above the whole bucket empties it instead of being refused for ever.
        let price = f64::from(units).min(most);
        if bucket.units < price {
            return Err(Wait(((price - bucket.units) / rate).ceil().max(1.0) as u32));
        }
        bucket.units -= price;
        let full_in = ((most - bucket.units) / rate).ceil() as u64;
        Ok(Left { units: bucket.units as u32, full_in })
    }

    /// `RateLimit-Policy`.
    #[must_use]
    pub fn policy(&self) -> String {
        format!("\"network\";q={};w=60", self.units)
    }

    /// `RateLimit`.
    #[must_use]
    pub fn state(left: Left) -> String {
        format!("\"network\";r={};t={}", left.units, left.full_in)
    }
}

/// Loopback, link-local or private: a neighbour.
pub(super) fn is_near(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(four) => {
            four.is_loopback()
                || four.is_private()
                || four.is_link_local()
                || four == Ipv4Addr::UNSPECIFIED
        }
        IpAddr::V6(six) => {
            six.is_loopback()
                || six.is_unique_local()
                || six.is_unicast_link_local()
                || six.is_unspecified()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn costs(path: &str) -> u32 {
        cost(&Method::GET, &path.parse().expect("an address"))
    }

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn pages_and_verdicts_cost_nothing_and_what_is_expensive_does() {
        for free in [
            "/",
            "/products",
            "/en/products?q=x&status=valid",
            "/products/p-1",
            "/products/p-1.json",
            "/products/p-1?as_of=2020-01-01",
            "/q/44M3QMX9D2R4",
            "/q/44M3QMX9D2R4.json",
            "/s/123",
            "/en/q/x",
            "/Q/44M3QMX9D2R4",
            "/01/09521234543213",
            "/api/v1/verify/44M3QMX9D2R4",
            "/api/v1/openapi.json",
            "/data",
            "/data/files.json",
            "/data/latest/all.jsonl.gz",
            "/log/checkpoint",
            "/assets/x.css",
            "/shelf/products-0",
            "/offline/copy.txt",
        ] {
            assert_eq!(costs(free), 0, "{free}");
        }
        for (path, units) in [
            ("/products.json?q=x", limits::UNITS_DATA),
            ("/api/v1/products?q=x", limits::UNITS_DATA),
            ("/en/api/v1/products/p-1", limits::UNITS_DATA),
            ("/products.csv", limits::UNITS_CSV),
            ("/directories/foshan-standard.csv", limits::UNITS_CSV),
            ("/products?as_of=2020-01-01", limits::UNITS_PAST),
            ("/api/v1/products?known=7", limits::UNITS_PAST),
            ("/directories/foshan-standard?as_of=2020-01-01", limits::UNITS_PAST),
            ("/changes", limits::UNITS_CHANGES),
            ("/en/changes.csv", limits::UNITS_CHANGES),
            ("/changes.feed.json", limits::UNITS_CHANGES),
            ("/data/entries.jsonl?since=0", limits::UNITS_CHANGES),
            ("/data/liangbiao-all-2026-11-22-9.jsonl.gz", limits::UNITS_FILE),
        ] {
            assert_eq!(costs(path), units, "{path}");
        }
        assert_eq!(cost(&Method::POST, &"/scan".parse().expect("an address")), limits::UNITS_PHOTO);
    }

    #[test]
    fn a_bucket_empties_fills_and_says_how_long_to_wait() {
        let quotas = Quotas::new(60, Vec::new());
        let (here, start) = (Prefix::of(address("192.0.2.7")), Instant::now());
        assert_eq!(quotas.take(here, 50, start), Ok(Left { units: 10, full_in: 50 }));
        assert_eq!(quotas.take(here, 20, start), Err(Wait(10)));
        // The same /24 is the same bucket, another is not; refused units are not taken.
        let neighbour = Prefix::of(address("192.0.2.200"));
        assert_eq!(quotas.take(neighbour, 10, start), Ok(Left { units: 0, full_in: 60 }));
        assert!(quotas.take(Prefix::of(address("192.0.3.7")), 60, start).is_ok());
        let later = start + Duration::from_secs(30);
        assert_eq!(quotas.take(here, 30, later), Ok(Left { units: 0, full_in: 60 }));
        // More than a bucket holds can be had, once it is full.
        let much_later = later + Duration::from_secs(600);
        assert!(quotas.take(here, 500, much_later).is_ok());
        assert_eq!(quotas.take(here, 500, much_later), Err(Wait(60)));
    }

    #[test]
    fn buckets_take_no_more_memory_than_they_may() {
        let quotas = Quotas::new(60, Vec::new());
        let start = Instant::now();
        for i in 0..limits::QUOTA_NETWORKS_MAX as u32 + 1_000 {
            let six = IpAddr::from((u128::from(i) << 72 | 0x2001 << 112).to_be_bytes());
            assert!(
                quotas.take(Prefix::of(six), 60, start).is_ok(),
                "nobody is locked out by others"
            );
        }
        let kept = || quotas.buckets.lock().expect("a lock").len();
        assert_eq!(kept(), limits::QUOTA_NETWORKS_MAX);
        let later = start + Duration::from_secs(61);
        assert!(quotas.take(Prefix::of(address("192.0.2.7")), 1, later).is_ok());
        assert_eq!(kept(), 1, "what is full again is forgotten");
    }

    #[test]
    fn a_forwarded_address_is_believed_of_named_proxies_alone() {
        let headers = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", value.parse().expect("a value"));
            headers
        };
        let quotas = Quotas::new(60, vec!["10.1.0.0/16".parse().expect("a network")]);
        let proxy = address("10.1.2.3");
        assert_eq!(
            quotas.client(proxy, &headers("198.51.100.9, 203.0.113.5, 10.1.9.9")),
            Some(address("203.0.113.5")),
            "what stands left of the first stranger is the stranger's own word"
        );
        assert_eq!(quotas.client(proxy, &headers("nonsense")), None);
        assert_eq!(quotas.client(proxy, &HeaderMap::new()), None);
        let stranger = address("203.0.113.9");
        assert_eq!(quotas.client(stranger, &headers("198.51.100.9")), Some(stranger));
        // A proxy that nobody named: nobody is counted, rather than everybody as one.
        assert_eq!(quotas.client(address("127.0.0.1"), &headers("198.51.100.9")), None);
        assert_eq!(quotas.client(address("::1"), &HeaderMap::new()), None);
    }

    #[test]
    fn networks_are_read_strictly() {
        let network = |text: &str| text.parse::<Network>();
        assert!(network("0.0.0.0/0").expect("all").has(address("203.0.113.9")));
        assert!(network("::/0").expect("all").has(address("2001:db8::1")));
        assert!(network("127.0.0.1").expect("one").has(address("::ffff:127.0.0.1")));
        assert!(!network("10.0.0.0/8").expect("a network").has(address("11.0.0.1")));
        for wrong in ["", "10.0.0.0/33", "::/129", "10.0.0/8", "proxy", "10.0.0.0/-1"] {
            assert!(network(wrong).is_err(), "{wrong}");
        }
        assert_eq!(
            Prefix::of(address("2001:db8:0:100::1")),
            Prefix::of(address("2001:db8:0:1ff::2"))
        );
        assert_ne!(
            Prefix::of(address("2001:db8:0:100::1")),
            Prefix::of(address("2001:db8:0:200::1"))
        );
    }
}
