//! Answers kept under a request's own words.
//!
//! Behind this the cache of bodies is asked by what a request means: its place on the site map, its
//! language, its parameters in canonical order. Finding that out, and putting its key together, takes
//! longer than sending the answer. The same words at the same log size and day mean the same, so what
//! they were answered is kept beside them: a code scanned by many is looked up once.
//!
//! Whether the log went on is still asked of the register at every request.

use axum::http::request::Parts;
use axum::http::{Method, header};

use super::bodies::{Bodies, Coding};
use super::limits;
use super::reply::Answer;
use super::router::Format;
use crate::store::At;

/// What an answer was made from. Another log size, day or set of findings: another answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Log size and day, of the register and of the indexes alike.
    pub at: At,
    /// The log size at which what does not fit was looked for.
    pub findings: u64,
    /// Whether the node was cut off from its log for too long: then no verdict is the same.
    pub stale: bool,
}

/// The words of a request that its answer depends on: the address as it was written, the coding, and
/// which form of a verdict is preferred. `Host` is never read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    /// Of a GET; other methods are answered behind.
    #[must_use]
    pub fn of(parts: &Parts, coding: Coding, preferred: Format) -> Option<Words> {
        if parts.method != Method::GET || parts.headers.contains_key(header::RANGE) {
            return None;
        }
        let address = parts.uri.path_and_query()?.as_str();
        if address.len() > limits::URI_BYTES_MAX {
            return None;
        }
        let mut words = String::with_capacity(address.len() + 8);
        words.push_str(coding.name().unwrap_or_default());
        words.push_str(preferred.extension());
        words.push(' ');
        words.push_str(address);
        Some(Words(words))
    }
}

/// The answers kept.
#[derive(Debug)]
pub struct Front(Bodies<(Stamp, Answer)>);

impl Default for Front {
    fn default() -> Front {
        Front(Bodies::new(limits::FRONT_CACHE_BYTES_MAX))
    }
}

impl Front {
    /// What these words were answered, if nothing has changed since.
    #[must_use]
    pub fn get(&self, words: &Words, now: Stamp) -> Option<Answer> {
        self.0.get(&words.0).filter(|(stamp, _)| *stamp == now).map(|(_, answer)| answer)
    }

    /// Lets go of all of them.
    pub fn clear(&self) {
        self.0.clear();
    }

    /// Keeps an answer; one that says no stamp was made of more than its words.
    pub fn put(&self, words: Words, answer: &Answer) {
        if let Some(stamp) = answer.stamp {
            let bytes = answer.body.bytes.len();
            self.0.put(words.0, (stamp, answer.clone()), bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::reply::{HTML, Policy};

    fn words(request: axum::http::request::Builder) -> Option<Words> {
        let (parts, ()) = request.body(()).expect("a request").into_parts();
        Words::of(&parts, Coding::Brotli, Format::Html)
    }

    #[test]
    fn an_answer_is_kept_for_its_own_words_and_its_own_moment() {
        let front = Front::default();
        let at = |known| At { as_of: chrono::NaiveDate::default(), known };
        let stamp = |known| Stamp { at: at(known), findings: known, stale: false };
        let asked = words(axum::http::Request::get("/q/44M3QMX9D2R4?size=large")).expect("a GET");
        let mut answer = Answer::ok(HTML, Policy::Still, b"<p>", Coding::Brotli);
        front.put(asked.clone(), &answer);
        assert!(front.get(&asked, stamp(7)).is_none(), "it said of no moment that it is of that");
        answer.stamp = Some(stamp(7));
        front.put(asked.clone(), &answer);
        assert!(front.get(&asked, stamp(7)).is_some());
        assert!(front.get(&asked, stamp(8)).is_none(), "the log went on");
        let other = Stamp { findings: 6, ..stamp(7) };
        assert!(front.get(&asked, other).is_none(), "other findings");
        let stale = Stamp { stale: true, ..stamp(7) };
        assert!(front.get(&asked, stale).is_none(), "the node was cut off");
        let short = words(axum::http::Request::get("/q/44M3QMX9D2R4")).expect("a GET");
        assert!(front.get(&short, stamp(7)).is_none());
    }

    #[test]
    fn only_a_plain_get_is_answered_here() {
        use axum::http::Request;
        assert!(words(Request::head("/products")).is_none());
        assert!(words(Request::post("/scan")).is_none());
        assert!(words(Request::get("/products").header("range", "bytes=0-9")).is_none());
        assert!(words(Request::get(format!("/products?q={}", "x".repeat(60_000)))).is_none());
        let (parts, ()) = Request::get("/q/X").body(()).expect("a request").into_parts();
        let one = Words::of(&parts, Coding::Brotli, Format::Html);
        for (coding, form) in [
            (Coding::Gzip, Format::Html),
            (Coding::Identity, Format::Html),
            (Coding::Brotli, Format::Json),
            (Coding::Brotli, Format::Text),
        ] {
            assert_ne!(one, Words::of(&parts, coding, form));
        }
    }
}
