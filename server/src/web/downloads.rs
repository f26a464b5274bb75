//! `/data/…`: the register as files, and the log from an index on.
//!
//! The files of a day and a log size are written once, beside the register, one set at a time, and sent
//! from there with ranges: memory does not grow with the register, and a download that broke off goes on
//! where it stopped. A set of another day is never sent, since publication terms end with a day.

mod body;
mod dcat;
mod range;
mod set;

use std::fmt::Write as _;
use std::sync::Arc;

use axum::http::header;
use serde_json::json;

use super::bodies::Coding;
use super::dispatch::see_other;
use super::failure::Failure;
use super::reply::{Answer, JSON, Keep, Policy};
use super::router::{Page, Route};
use super::{Portal, blocking_behind, limits, params};
use crate::opendata::{self, Packing};

pub use self::body::Download;
pub use self::set::{Downloads, FileSet};

/// Media type of lines of JSON (registered by nobody; this is what programs send).
pub const JSON_LINES: &str = "application/x-ndjson";
/// Media type of compressed files (RFC 6713).
pub const GZIP: &str = "application/gzip";
/// Media type of files compressed with zstd (RFC 8878).
pub const ZSTD: &str = "application/zstd";
/// Media type of Parquet (registered with IANA).
pub const PARQUET: &str = "application/vnd.apache.parquet";

/// Media type of a file of the register.
#[must_use]
pub const fn media_type(packing: Packing) -> &'static str {
    match packing {
        Packing::Gzip => GZIP,
        Packing::Zstd => ZSTD,
        // Only Parquet is not packed as a whole.
        Packing::None => PARQUET,
    }
}

/// Answers for every address below `/data/`.
pub(super) async fn answer(
    portal: &Arc<Portal>,
    route: &Route,
    query: Option<&str>,
    coding: Coding,
) -> Result<Answer, Failure> {
    let mut pairs = params::pairs(query)?;
    let own: &[&'static str] = if route.page == Page::DataEntries { &["since"] } else { &[] };
    let since = params::taken(&mut pairs, own)?.pop().map(|(_, since)| since);
    if let Some((name, _)) = pairs.first() {
        return Err(Failure::UnknownParameter { name: name.chars().take(100).collect() });
    }
    portal.indexes.head()?;
    portal.forget_removed();
    let (portal, route) = (Arc::clone(portal), route.clone());
    blocking_behind(move || match route.page {
        Page::DataEntries => entries(&portal, since.as_deref(), coding),
        Page::DataFiles => files(&portal, coding),
        Page::DataDcat => dcat::answer(&portal, coding),
        Page::DataSchema => {
            let schema = opendata::schema::schema().to_string() + "\n";
            Ok(Answer::ok("application/schema+json", Policy::Data, schema.as_bytes(), coding))
        }
        Page::DataLatest => {
            let set = portal.downloads.current(&portal.indexes)?;
            let found = set.files.iter().find(|file| {
                let latest = latest_name(&file.what, &file.format, file.packing);
                latest == route.key
            });
            Ok(see_other(format!("/data/{}", found.ok_or(Failure::NotFound)?.name)))
        }
        _ => file(&portal, &route.key),
    })
    .await
}

/// The name of the newest file of that content and format, behind `/data/latest/`.
#[must_use]
pub fn latest_name(what: &str, format: &str, packing: Packing) -> String {
    format!("{what}.{format}{}", packing.ending())
}

fn file(portal: &Portal, name: &str) -> Result<Answer, Failure> {
    let (set, made) = portal.downloads.file(&portal.indexes, name)?;
    let download = Download::open(&set.folder.join(&made.name), &made).map_err(|error| {
        // Swept away between the look and the opening, or the disk fails: the next try makes it anew.
        tracing::error!(%error, file = made.name, "a file of the register cannot be opened");
        portal.downloads.forget(&set);
        Failure::Busy
    })?;
    let mut answer = Answer::ok(media_type(made.packing), Policy::Data, b"", Coding::Identity);
    answer.body.etag = format!("\"{}\"", made.sha256);
    answer.file = Some(Arc::new(download));
    Ok(answer.with(header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{}\"", made.name)))
}

/// What there is, as JSON.
fn files(portal: &Portal, coding: Coding) -> Result<Answer, Failure> {
    let set = portal.downloads.current(&portal.indexes)?;
    let head = portal.indexes.read(|reader| reader.head())?;
    let files: Vec<_> = set
        .files
        .iter()
        .map(|file| {
            json!({
                "name": file.name,
                "what": file.what,
                "format": file.format,
                "packing": file.packing,
                "media_type": media_type(file.packing),
                "rows": file.rows,
                "bytes": file.bytes,
                "sha256": file.sha256,
                "path": format!("/data/{}", file.name),
                "latest": format!("/data/latest/{}", latest_name(&file.what, &file.format, file.packing)),
            })
        })
        .collect();
    let body = json!({
        "register": head.register_id,
        "as_of": set.at.as_of.to_string(),
        "log_size": set.at.known,
        "sample": head.has_sample,
        "files": files,
        "entries": format!("/data/entries.jsonl?since={}", set.at.known),
    });
    Ok(Answer::ok(JSON, Policy::Data, format!("{body}\n").as_bytes(), coding))
}

/// The log's entries from an index on, as they are hashed, as many as one answer holds; `Link` leads to
/// the rest.
fn entries(portal: &Portal, since: Option<&str>, coding: Coding) -> Result<Answer, Failure> {
    let size = portal.indexes.read(|reader| reader.log_size())?;
    let since: u64 =
        since.unwrap_or("0").parse().ok().filter(|since| *since <= size).ok_or_else(|| {
            Failure::BadParameter {
                name: "since".to_owned(),
                expected: [
                    format!("0 到 {size} 的整数"),
                    format!("0 到 {size} 的整數"),
                    format!("a whole number from 0 to {size}"),
                ],
            }
        })?;
    let mut text = String::new();
    let mut next = since;
    portal.indexes.read(|reader| {
        while next < size
            && next - since < limits::ENTRIES_MAX
            && text.len() < limits::ENTRIES_BYTES_MAX
        {
            let left = (size - next).min(limits::ENTRIES_MAX - (next - since)).min(64);
            let texts = reader.texts(next, usize::try_from(left).unwrap_or(64))?;
            if texts.is_empty() {
                break;
            }
            for entry in texts {
                // Writing to memory cannot fail.
                let _ = writeln!(text, "{entry}");
                next += 1;
            }
        }
        Ok(())
    })?;
    let mut answer = Answer::ok(JSON_LINES, Policy::Data, text.as_bytes(), coding);
    answer.keep = Keep::Revalidate;
    let rest = format!("</data/entries.jsonl?since={next}>; rel=\"next\"");
    answer = answer.with(header::ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Link");
    Ok(if next < size { answer.with(header::LINK, &rest) } else { answer })
}
