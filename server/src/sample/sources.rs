//! The sample's sources, and the coverage statements of what they hold.

use std::collections::BTreeMap;

use register::{Body, Kind, ReasonCode};
use serde_json::json;

use super::{Event, Out, object};
use crate::reference;

/// A fictional list the entries were read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Source {
    Standards,
    Enterprises,
    Products,
    Evaluations,
    Comparisons,
    Directories,
    Inspections,
    Decisions,
    Notices,
    Services,
    Codes,
    Policies,
}

impl Source {
    const ALL: [Source; 12] = [
        Source::Standards,
        Source::Enterprises,
        Source::Products,
        Source::Evaluations,
        Source::Comparisons,
        Source::Directories,
        Source::Inspections,
        Source::Decisions,
        Source::Notices,
        Source::Services,
        Source::Codes,
        Source::Policies,
    ];

    /// Key of the `source` record, title, publisher.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        const BUREAU: &str = "示例市市场监督管理局";
        match self {
            Source::Standards => ("sample-standards", "示例标准目录", "示例标准化促进会"),
            Source::Enterprises => ("sample-enterprises", "示例企业名单", BUREAU),
            Source::Products => ("sample-products", "示例产品目录", BUREAU),
            Source::Evaluations => ("sample-evaluations", "示例评价结果汇总", "示例市标准评价中心"),
            Source::Comparisons => {
                ("sample-comparisons", "示例核心指标比对表", "示例市标准评价中心")
            }
            Source::Directories => ("sample-directories", "示例获证和上榜名单", BUREAU),
            Source::Inspections => ("sample-inspections", "示例监督抽查结果", BUREAU),
            Source::Decisions => ("sample-decisions", "示例处罚、召回和名单公示", BUREAU),
            Source::Notices => ("sample-notices", "示例公告汇编", BUREAU),
            Source::Services => ("sample-services", "示例服务指南", BUREAU),
            Source::Codes => ("sample-codes", "示例赋码台账", BUREAU),
            Source::Policies => ("sample-policies", "示例政策文件", BUREAU),
        }
    }

    pub(super) fn key(self) -> &'static str {
        self.words().0
    }

    pub(super) fn title(self) -> &'static str {
        self.words().1
    }

    pub(super) fn file(self) -> &'static str {
        match self {
            Source::Standards => "示例标准目录.xlsx",
            Source::Enterprises => "示例企业名单.xlsx",
            Source::Products => "示例产品目录.xlsx",
            Source::Evaluations => "示例评价结果.xlsx",
            Source::Comparisons => "示例比对表.xlsx",
            Source::Directories => "示例名单.xlsx",
            Source::Inspections => "示例抽查结果.xlsx",
            Source::Decisions => "示例公示.xlsx",
            Source::Notices => "示例公告.xlsx",
            Source::Services => "示例服务指南.xlsx",
            Source::Codes => "示例赋码台账.xlsx",
            Source::Policies => "示例政策文件.xlsx",
        }
    }
}

/// How many rows each source and scheme holds. One number each: its size does not grow with the
/// sample.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    rows: BTreeMap<Source, u64>,
    /// Records, however many rows speak of them.
    records: BTreeMap<Source, u64>,
    listed: BTreeMap<String, u64>,
}

impl Ledger {
    /// Counts an entry; returns the row it stands in (the header is row 1).
    pub(super) fn row(
        &mut self,
        source: Source,
        kind: Kind,
        _key: &str,
        reason: &ReasonCode,
        body: &Body,
    ) -> u64 {
        let first =
            matches!(reason, ReasonCode::Listed | ReasonCode::Granted | ReasonCode::Published);
        if kind == Kind::Listing
            && first
            && let Some(scheme) = body.get("scheme").and_then(|s| s.as_str())
        {
            *self.listed.entry(scheme.to_owned()).or_default() += 1;
        }
        if first {
            *self.records.entry(source).or_default() += 1;
        }
        let rows = self.rows.entry(source).or_default();
        *rows += 1;
        *rows + 1
    }
}

/// The `source` records, and the coverage of every scheme that has listings.
pub(super) fn push(out: &mut Out) {
    let ledger = std::mem::take(&mut out.ledger);
    for source in Source::ALL {
        let (key, title, publisher) = source.words();
        let rows = ledger.rows.get(&source).copied().unwrap_or(0);
        let records = ledger.records.get(&source).copied().unwrap_or(0);
        let body = json!({
            "publisher": publisher,
            "title": format!("{title}（虚构）"),
            "retrieved_on": "2026-11-18",
            "published_on": "2026-11-16",
            "file_hash": register::id::key::sha256_hex(key.as_bytes()),
            "licence": "示例数据，可自由使用",
            "rows": rows,
            "coverage": coverage(records, source as u64, "2012-01-01"),
            "sample": true,
        });
        let event = Event::on(reference::EARLIEST, ReasonCode::Listed, source);
        out.push_keyed(Kind::Source, key, event, object(&body));
    }
    // The built-in scheme records say "no data loaded"; now there are data, and a statement of them.
    for draft in reference::drafts() {
        let Some(&holds) = ledger.listed.get(&draft.key) else { continue };
        if draft.kind != Kind::Scheme {
            continue;
        }
        let mut body = draft.body;
        let order = body.len() as u64 + holds;
        body.insert("coverage".to_owned(), coverage(holds, order, "2012-01-01"));
        let event = Event::on(draft.valid_from, ReasonCode::Amended, Source::Directories);
        out.push_keyed(Kind::Scheme, &draft.key, event, body);
    }
}

/// Complete, short of the stated total, or without a stated total, in turn.
fn coverage(holds: u64, order: u64, from: &str) -> serde_json::Value {
    let mut coverage = json!({
        "from": from,
        "to": "2026-11-18",
        "holds": holds,
        "last_read_on": "2026-11-20",
    });
    match order % 3 {
        0 => {
            coverage["stated_total"] = json!(holds);
            coverage["complete"] = json!("yes");
        }
        1 => {
            coverage["stated_total"] = json!(holds + holds / 25 + 2);
            coverage["complete"] = json!("no");
            coverage["gaps"] = json!(["2021年以前的个别批次没有电子版（示例）"]);
        }
        _ => {
            coverage["complete"] = json!("unknown");
        }
    }
    coverage
}
