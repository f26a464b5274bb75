//! The entries every register begins with.

use std::fmt::Write as _;

use chrono::NaiveDate;
use register::{Body, Draft, Kind, Locator, Reason, ReasonCode, SourceRef};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::tables::{FILES, PlaceRow, SchemeRow, places, schemes};

/// Key of the source all built-in entries rest on.
pub const SOURCE: &str = "builtin";

/// The day from which a built-in fact holds where no day is known: the year in which GB 2260 was
/// first issued. Early enough for every "as of" a reader may ask for.
pub const EARLIEST: NaiveDate = NaiveDate::from_ymd_opt(1980, 1, 1).unwrap();

/// When the tables were last gone through by hand.
const READ_ON: &str = "2026-11-21";

/// Built-in entries, always the same for one version of the program: the source, then places by
/// code, then schemes.
#[must_use]
pub fn drafts() -> Vec<Draft> {
    let mut all = vec![source()];
    all.extend(places().iter().map(place));
    all.extend(schemes().iter().map(scheme));
    all
}

fn source() -> Draft {
    let mut hash = Sha256::new();
    for file in FILES {
        hash.update(file.as_bytes());
    }
    let hex = hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let rows = places().len() + schemes().len();
    draft(
        Kind::Source,
        SOURCE,
        EARLIEST,
        json!({
            "publisher": "亮标",
            "title": "内置参考数据（行政区划和名录）",
            "retrieved_on": READ_ON,
            "file_hash": hex,
            "licence": "Apache-2.0",
            "rows": rows,
            "coverage": {
                "holds": rows,
                "complete": "no",
                "last_read_on": READ_ON,
                "gaps": [
                    "行政区划只到各省，广东、甘肃到区县",
                    "名录只有五份政策文件里提到的，现行状态多数未核实",
                ],
            },
            "sample": false,
        }),
    )
}

fn place(row: &PlaceRow) -> Draft {
    let mut body = json!({ "code": row.code, "name": row.name_zh, "level": row.level });
    set(&mut body, "valid_from", &row.valid_from);
    set(&mut body, "valid_to", &row.valid_to);
    if !row.replaced_by.is_empty() {
        body["replaced_by"] = json!([row.replaced_by]);
    }
    draft(Kind::Place, &row.code, EARLIEST, body)
}

fn scheme(row: &SchemeRow) -> Draft {
    let mut body = json!({
        "name_zh": row.name_zh,
        "name_hant": row.name_hant,
        "name_en": row.name_en,
        "authority": row.authority,
        "legal_basis": row
            .legal_basis()
            .into_iter()
            .map(|basis| json!({ "policy": basis.policy, "clause": basis.clause }))
            .collect::<Vec<_>>(),
        "subject": row.subject,
        "status": row.status,
        "proves": row.proves()[0],
        "does_not_prove": row.does_not_prove()[0],
        "coverage": { "holds": 0, "complete": "no", "gaps": ["尚未载入数据"] },
    });
    set_list(&mut body, "levels", row.levels());
    set_list(&mut body, "dimensions", row.dimensions());
    if let Some(months) = row.validity_months {
        body["validity_months"] = json!(months);
    }
    set(&mut body, "exit_rule", &row.exit_rule);
    set(&mut body, "starts_on", &row.starts_on);
    set(&mut body, "ends_on", &row.ends_on);
    set(&mut body, "successor", &row.successor);
    let from = row.starts_on.parse().unwrap_or(EARLIEST);
    draft(Kind::Scheme, &row.id, from, body)
}

fn set(body: &mut Value, field: &str, value: &str) {
    if !value.is_empty() {
        body[field] = json!(value);
    }
}

fn set_list<'a>(body: &mut Value, field: &str, values: impl Iterator<Item = &'a str>) {
    let values: Vec<&str> = values.collect();
    if !values.is_empty() {
        body[field] = json!(values);
    }
}

fn draft(kind: Kind, key: &str, valid_from: NaiveDate, body: Value) -> Draft {
    let body: Body = match body {
        Value::Object(map) => map,
        _ => Body::new(),
    };
    Draft {
        valid_from,
        kind,
        key: key.to_owned(),
        reason: Reason::from(ReasonCode::Listed),
        source: SourceRef { id: SOURCE.to_owned(), locator: Locator::default() },
        body,
    }
}
