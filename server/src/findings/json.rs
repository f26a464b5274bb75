//! Findings as JSON: of the command and of the portal alike.

use std::sync::Arc;

use register::inconsistency::Finding;
use serde_json::{Value, json};

use crate::store::At;

/// All of them with the point in time.
#[must_use]
pub fn as_json(findings: &[Arc<Finding>], at: At) -> Value {
    let items: Vec<Value> = findings.iter().map(|finding| finding_json(finding)).collect();
    json!({
        "total": items.len(),
        "items": items,
        "as_of": at.as_of.to_string(),
        "log_size": at.known,
    })
}

/// One finding as JSON.
#[must_use]
pub fn finding_json(finding: &Finding) -> Value {
    let records: Vec<Value> = finding
        .records
        .iter()
        .map(|record| {
            json!({
                "kind": record.kind.name(),
                "key": record.key,
                "seq": record.seq,
                "valid_from": record.valid_from.to_string(),
                "source": record.source,
                "place": record.place,
                "contested": record.contested,
            })
        })
        .collect();
    let [zh, hant, en] = &finding.words;
    json!({
        "id": finding.id(),
        "rule": finding.rule.code(),
        "effect": finding.rule.effect(),
        "public": finding.is_public(),
        "contested": finding.contested(),
        "since": finding.since.map(|day| day.to_string()),
        "sentence": { "zh-Hans": zh, "zh-Hant": hant, "en": en },
        "records": records,
    })
}
