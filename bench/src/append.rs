//! How fast the log grows, beside the disk: an entry is acknowledged when it is on the disk, so the disk's own
//! `fsync` is what a single append is measured against.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use chrono::NaiveDate;
use register::entry::ReasonCode;
use register::{Draft, Kind, Reason, SourceRef};
use server::store::{Log as _, Register};

use crate::register::{Words, with_folder};

/// Bytes of a page of the disk.
const PAGE: usize = 4_096;

pub fn run(_binary: &str, words: &[&str]) -> Result<(), String> {
    let words = Words::of(words, &["--entries"])?;
    let entries = words.number("--entries", 100_000);
    with_folder(|folder| {
        let raw = raw(folder, 300)?;
        println!("{:34} {raw:10.0} /s", "a page written, fsync, one by one");
        let register =
            Register::create(&folder.join("register.db"), &"b".repeat(32)).map_err(text)?;
        let mut made = 0;
        for batch in [1, 10, 100, 1_000, entries] {
            let batches = (entries / batch / 10).clamp(1, 300);
            let began = Instant::now();
            for _ in 0..batches {
                let drafts = (made..made + batch).map(product);
                register.append(&mut drafts.into_iter()).map_err(text)?;
                made += batch;
            }
            let seconds = began.elapsed().as_secs_f64();
            let (rate, commits) = ((batches * batch) as f64 / seconds, batches as f64 / seconds);
            println!(
                "{:34} {rate:10.0} /s   transactions {commits:8.1} /s, {:.2} of the disk's",
                format!("entries, {batch} to a transaction"),
                commits / raw
            );
        }
        Ok(())
    })
}

/// How often a second the disk takes a page.
fn raw(folder: &Path, times: usize) -> Result<f64, String> {
    let mut file = File::create(folder.join("raw")).map_err(text)?;
    let began = Instant::now();
    for _ in 0..times {
        file.write_all(&[7; PAGE]).map_err(text)?;
        file.sync_data().map_err(text)?;
    }
    Ok(times as f64 / began.elapsed().as_secs_f64())
}

/// A product of the usual size.
fn product(n: usize) -> Draft {
    let serde_json::Value::Object(body) = serde_json::json!({
        "name_zh": format!("示例冰箱{n}"), "brand": "示例牌", "model": format!("SL-{n}"), "category": "家电/制冷",
        "standards": ["GB 12021.2-2015", "GB/T 8059-2016"], "status": "on_sale",
    }) else {
        unreachable!("an object is written above")
    };
    Draft {
        valid_from: NaiveDate::default(),
        kind: Kind::Product,
        key: format!("p-{n}"),
        reason: Reason::from(ReasonCode::Listed),
        source: SourceRef { id: "builtin".to_owned(), locator: Default::default() },
        body,
    }
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}
