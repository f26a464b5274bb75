//! The cache of compressed bodies.
//!
//! A page is a pure function of (canonical address, language, size, log size, day); that tuple is
//! its key here, so nothing is ever invalidated: a longer log or a new day asks under other keys
//! and the old ones fall out as the least recently used.

use std::collections::HashMap;
use std::io::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Bytes;

use super::limits;

/// How a body is coded on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are those of RFC 9110")]
pub enum Coding {
    Brotli,
    Gzip,
    Identity,
}

impl Coding {
    /// Value of `Content-Encoding`, if one is sent.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Coding::Brotli => Some("br"),
            Coding::Gzip => Some("gzip"),
            Coding::Identity => None,
        }
    }

    /// The best coding an `Accept-Encoding` value allows (RFC 9110, 12.5.3); ties go to the smaller.
    #[must_use]
    pub fn accepted(accept: Option<&str>) -> Coding {
        let Some(accept) = accept else { return Coding::Identity };
        let mut weights = [None::<f32>; 3];
        let mut any = None;
        for part in accept.split(',') {
            let mut pieces = part.split(';');
            let name = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
            let weight = pieces
                .find_map(|piece| piece.trim().strip_prefix("q=").map(|q| q.trim().parse::<f32>()))
                .map_or(1.0, |q| q.unwrap_or(0.0));
            match name.as_str() {
                "br" => weights[0] = Some(weight),
                "gzip" | "x-gzip" => weights[1] = Some(weight),
                "identity" => weights[2] = Some(weight),
                "*" => any = Some(weight),
                _ => {}
            }
        }
        let brotli = weights[0].or(any).unwrap_or(0.0);
        let gzip = weights[1].or(any).unwrap_or(0.0);
        match () {
            () if brotli > 0.0 && brotli >= gzip => Coding::Brotli,
            () if gzip > 0.0 => Coding::Gzip,
            () => Coding::Identity,
        }
    }

    /// `bytes` in this coding.
    #[must_use]
    pub fn encode(self, bytes: &[u8]) -> Bytes {
        match self {
            Coding::Identity => Bytes::copy_from_slice(bytes),
            Coding::Gzip => {
                let mut encoder = flate2::write::GzEncoder::new(
                    Vec::with_capacity(bytes.len() / 4),
                    flate2::Compression::new(6),
                );
                // Writing to memory cannot fail.
                let _ = encoder.write_all(bytes);
                encoder.finish().unwrap_or_default().into()
            }
            Coding::Brotli => brotli(bytes, 5),
        }
    }
}

/// `bytes` in brotli at a level from 0 to 11; 5 costs about as much as gzip 6 and is smaller.
#[must_use]
pub fn brotli(bytes: &[u8], level: i32) -> Bytes {
    let parameters = brotli_parameters(bytes.len(), level);
    let mut coded = Vec::with_capacity(bytes.len() / 4);
    // Reading and writing memory cannot fail.
    let _ = brotli::BrotliCompress(&mut &bytes[..], &mut coded, &parameters);
    coded.into()
}

/// How `bytes` bytes are compressed. The window is no larger than they need: the encoder clears tables
/// of its size first, which took longer than a page.
#[must_use]
pub fn brotli_parameters(bytes: usize, level: i32) -> brotli::enc::BrotliEncoderParams {
    const WINDOW_BITS: std::ops::RangeInclusive<u32> = 16..=22;
    let bits =
        (usize::BITS - bytes.leading_zeros()).clamp(*WINDOW_BITS.start(), *WINDOW_BITS.end());
    brotli::enc::BrotliEncoderParams {
        quality: level,
        lgwin: bits.cast_signed(),
        size_hint: bytes,
        ..Default::default()
    }
}

/// Strong validator of a body whose content has this hash, with its quotes.
#[must_use]
pub fn etag(hash: &str, coding: Coding) -> String {
    match coding.name() {
        Some(name) => format!("\"{hash}-{name}\""),
        None => format!("\"{hash}\""),
    }
}

/// A body ready to be sent, with what its headers need.
#[derive(Clone, Debug)]
pub struct Body {
    /// The coded bytes.
    pub bytes: Bytes,
    /// How they are coded.
    pub coding: Coding,
    /// Strong validator of exactly these bytes, with its quotes.
    pub etag: String,
}

impl Body {
    /// Codes `plain`.
    #[must_use]
    pub fn new(plain: &[u8], coding: Coding) -> Body {
        let etag = etag(&super::assets::hash16(plain), coding);
        Body { bytes: coding.encode(plain), coding, etag }
    }
}

#[derive(Debug)]
struct Kept<T> {
    value: T,
    bytes: usize,
    used: u64,
}

/// Answers by key, bounded in bytes.
#[derive(Debug)]
pub struct Bodies<T> {
    kept: Mutex<(HashMap<String, Kept<T>>, usize)>,
    clock: AtomicU64,
    bytes_max: usize,
}

impl<T: Clone> Bodies<T> {
    /// An empty cache of at most `bytes_max` bytes.
    #[must_use]
    pub fn new(bytes_max: usize) -> Self {
        Bodies { kept: Mutex::default(), clock: AtomicU64::new(0), bytes_max }
    }

    /// The answer kept under `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<T> {
        let mut kept = self.kept.lock().unwrap_or_else(|poison| poison.into_inner());
        let found = kept.0.get_mut(key)?;
        found.used = self.clock.fetch_add(1, Ordering::Relaxed);
        Some(found.value.clone())
    }

    /// Keeps an answer of `bytes` bytes, if it is not too long.
    pub fn put(&self, key: String, value: T, bytes: usize) {
        // Key and bookkeeping count too: short answers under long keys must not grow without bound.
        let bytes = bytes + 2 * key.len() + 256;
        if bytes > limits::BODY_CACHED_BYTES_MAX.min(self.bytes_max) {
            return;
        }
        let used = self.clock.fetch_add(1, Ordering::Relaxed);
        let mut guard = self.kept.lock().unwrap_or_else(|poison| poison.into_inner());
        let (kept, total) = &mut *guard;
        *total += bytes;
        if let Some(old) = kept.insert(key, Kept { value, bytes, used }) {
            *total -= old.bytes;
        }
        if *total > self.bytes_max {
            // A quarter at a time, so that the sort is rare.
            let mut by_age: Vec<(u64, usize)> = kept.values().map(|k| (k.used, k.bytes)).collect();
            by_age.sort_unstable();
            let (mut newest_dropped, mut left) = (0, *total);
            for (used, bytes) in by_age {
                if left <= self.bytes_max / 4 * 3 {
                    break;
                }
                left -= bytes;
                newest_dropped = used;
            }
            kept.retain(|_, k| k.used > newest_dropped);
            *total = kept.values().map(|k| k.bytes).sum();
        }
    }

    /// Lets go of all of them.
    pub fn clear(&self) {
        *self.kept.lock().unwrap_or_else(|poison| poison.into_inner()) = Default::default();
    }

    /// Bytes kept now.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.kept.lock().unwrap_or_else(|poison| poison.into_inner()).1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_gets_the_best_coding_it_accepts() {
        for (accept, coding) in [
            (None, Coding::Identity),
            (Some(""), Coding::Identity),
            (Some("gzip, deflate, br, zstd"), Coding::Brotli),
            (Some("gzip"), Coding::Gzip),
            (Some("br;q=0, gzip;q=0.5"), Coding::Gzip),
            (Some("br;q=0.1, gzip;q=0.5"), Coding::Gzip),
            (Some("*"), Coding::Brotli),
            (Some("*;q=0"), Coding::Identity),
            (Some("br;q=nonsense"), Coding::Identity),
        ] {
            assert_eq!(Coding::accepted(accept), coding, "{accept:?}");
        }
    }

    #[test]
    fn a_coded_body_decodes_to_itself() {
        let plain = "亮标 ".repeat(1000);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &Coding::Brotli.encode(plain.as_bytes())[..], &mut back)
            .expect("our own brotli");
        assert_eq!(back, plain.as_bytes());
        let mut text = String::new();
        let gzip = Coding::Gzip.encode(plain.as_bytes());
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&gzip[..]), &mut text)
            .expect("our own gzip");
        assert_eq!(text, plain);
        let etags = [Coding::Brotli, Coding::Gzip, Coding::Identity]
            .map(|coding| Body::new(plain.as_bytes(), coding).etag);
        assert!(etags[0] != etags[1] && etags[1] != etags[2], "a strong validator names the bytes");
    }

    #[test]
    fn the_cache_stays_within_its_bytes_and_keeps_what_is_used() {
        let cache = Bodies::new(100_000);
        for i in 0..1_000 {
            cache.put(format!("key {i}"), i, 1_000);
            assert_eq!(cache.get("key 0"), Some(0), "used all the time");
            assert!(cache.bytes() <= 100_000);
        }
        assert_eq!(cache.get("key 1"), None);
        assert_eq!(cache.get("key 999"), Some(999));
    }
}
