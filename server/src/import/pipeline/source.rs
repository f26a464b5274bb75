//! The source record of a file.

use register::{Body, Draft, Kind, Locator, SourceRef};
use serde_json::{Value, json};

use super::Read;

/// The record, once it is known how many rows were accepted.
pub(super) fn source_draft(file: &Read, accepted: u64) -> Draft {
    let source = &file.map.source;
    let coverage = &source.coverage;
    let holds = i64::try_from(accepted).unwrap_or(i64::MAX);
    let whole =
        coverage.gaps.is_empty() && coverage.stated_total.is_none_or(|total| total == holds);
    let complete = match (coverage.complete.as_deref(), coverage.stated_total) {
        // Complete is what agrees with the publisher's own number and knows of no gap.
        (Some("yes"), Some(_)) if whole => "yes",
        (Some("yes"), _) | (Some("unknown"), _) => "unknown",
        (Some(_), _) => "no",
        (None, Some(_)) if whole => "yes",
        (None, Some(_)) => "no",
        (None, None) => "unknown",
    };
    let mut statement = json!({
        "holds": holds,
        "complete": complete,
        "last_read_on": file.context.retrieved_on,
    });
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            statement[name] = value;
        }
    };
    put("from", coverage.from.map(|d| json!(d)));
    put("to", coverage.to.map(|d| json!(d)));
    put("stated_total", coverage.stated_total.map(|n| json!(n)));
    put("gaps", (!coverage.gaps.is_empty()).then(|| json!(coverage.gaps)));
    let mut body = Body::new();
    body.insert("publisher".into(), json!(source.publisher));
    body.insert("title".into(), json!(source.title));
    if let Some(url) = &source.url {
        body.insert("url".into(), json!(url));
    }
    if let Some(day) = source.published_on {
        body.insert("published_on".into(), json!(day));
    }
    body.insert("retrieved_on".into(), json!(file.context.retrieved_on));
    body.insert("file_hash".into(), json!(file.hash));
    body.insert("licence".into(), json!(source.licence));
    body.insert("rows".into(), json!(file.facts.rows));
    body.insert("coverage".into(), statement);
    body.insert("sample".into(), json!(source.sample));
    if !file.extra.is_empty() {
        let extra =
            file.extra.iter().map(|(column, count)| json!({ "column": column, "count": count }));
        body.insert("extra".into(), extra.collect());
    }
    Draft {
        valid_from: file.context.retrieved_on,
        kind: Kind::Source,
        key: file.context.source.clone(),
        reason: register::ReasonCode::Published.into(),
        source: SourceRef { id: file.context.source.clone(), locator: Locator::default() },
        body,
    }
}
