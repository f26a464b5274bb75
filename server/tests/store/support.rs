//! Drafts and registers for the tests.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use register::{Body, Draft, Kind, ReasonCode, SourceRef};
use serde_json::json;
use server::store::{At, FixedClock, Register};

/// A register id for tests.
pub const ID: &str = "0123456789abcdef0123456789abcdef";

/// A folder that goes away with the test, and a path in it.
pub struct Place {
    pub folder: tempfile::TempDir,
    pub path: PathBuf,
}

impl Place {
    pub fn new() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.db");
        Place { folder, path }
    }

    pub fn create(&self) -> Register {
        Register::create(&self.path, ID).unwrap()
    }

    pub fn beside(&self, ending: &str) -> PathBuf {
        self.folder.path().join(format!("register.db{ending}"))
    }
}

/// The day `n` days after 2020-01-01.
pub fn day(n: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + chrono::Duration::days(n)
}

pub fn instant(seconds: i64) -> DateTime<Utc> {
    Utc.timestamp_opt(1_700_000_000 + seconds, 0).unwrap()
}

pub fn fixed(seconds: i64) -> Arc<FixedClock> {
    Arc::new(FixedClock(instant(seconds)))
}

/// Every record, in the widest sense.
pub const EVERYTHING: At = At { as_of: NaiveDate::MAX, known: u64::MAX };

pub fn draft(kind: Kind, key: &str, valid_from: NaiveDate, body: serde_json::Value) -> Draft {
    let serde_json::Value::Object(body) = body else { panic!("a body is an object") };
    let body: Body = body;
    Draft {
        valid_from,
        kind,
        key: key.to_owned(),
        reason: ReasonCode::Listed.into(),
        source: SourceRef { id: "test".to_owned(), locator: Default::default() },
        body,
    }
}

/// A product of a holder, meeting some standards.
pub fn product(key: &str, n: i64, holder: &str, standards: &[&str]) -> Draft {
    draft(
        Kind::Product,
        key,
        day(n),
        json!({ "name_zh": format!("示例冰箱{n}"), "holder": holder, "standards": standards,
                "brand": "示例牌", "model": key, "category": "家电/制冷", "status": "on_sale" }),
    )
}

/// A source, made up or not.
pub fn source(key: &str, n: i64, sample: bool) -> Draft {
    draft(Kind::Source, key, day(n), json!({ "title": key, "sample": sample }))
}

/// A small deterministic generator (SplitMix64, Steele and others 2014): no dependency, same
/// numbers everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
}
