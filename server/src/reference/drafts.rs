//! The entries every register begins with.

use chrono::NaiveDate;
use register::{Body, Draft, Kind, Locator, Reason, ReasonCode, SourceRef};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::policy::{DepartmentRow, TargetRow, departments, targets, tasks};
use super::tables::{FILES, PlaceRow, PolicyRow, SchemeRow, places, policies, policy, schemes};

/// Key of the source all built-in entries rest on.
pub const SOURCE: &str = "builtin";

/// The day from which a built-in fact holds where no day is known: the year in which GB 2260 was
/// first issued. Early enough for every "as of" a reader may ask for.
pub const EARLIEST: NaiveDate = NaiveDate::from_ymd_opt(1980, 1, 1).unwrap();

/// When the tables were last gone through by hand.
const READ_ON: &str = "2026-11-21";

/// Built-in entries, always the same for one version of the program: the source, then places by
/// code, schemes, departments, policies, targets.
#[must_use]
pub fn drafts() -> Vec<Draft> {
    let mut all = vec![source()];
    all.extend(places().iter().map(place));
    all.extend(schemes().iter().map(scheme));
    all.extend(departments().iter().map(department));
    all.extend(policies().iter().map(policy_draft));
    all.extend(targets().iter().map(target));
    all
}

fn source() -> Draft {
    let mut hash = Sha256::new();
    for file in FILES {
        hash.update(file.as_bytes());
    }
    let hex = register::id::key::hex(&hash.finalize());
    let rows =
        places().len() + schemes().len() + departments().len() + policies().len() + targets().len();
    draft(
        Kind::Source,
        SOURCE,
        EARLIEST,
        json!({
            "publisher": "亮标",
            "title": "内置参考数据（行政区划、名录、部门、政策、目标）",
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
                    "名录、部门和目标只有五份政策文件里提到的，名录的现行状态多数未核实",
                    "部门更替只知道年份",
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

fn department(row: &DepartmentRow) -> Draft {
    let mut body = json!({ "name": row.name_zh, "level": row.level, "region": row.region });
    set_list(&mut body, "aliases", row.aliases());
    let successors: Vec<Value> = row
        .successors()
        .map(|(department, year)| json!({ "department": department, "year": year }))
        .collect();
    if !successors.is_empty() {
        body["successors"] = json!(successors);
    }
    draft(Kind::Department, &row.id, EARLIEST, body)
}

fn policy_draft(row: &PolicyRow) -> Draft {
    let list = |pieces: &mut dyn Iterator<Item = &'static str>| pieces.collect::<Vec<_>>();
    let clauses: Vec<Value> = tasks()
        .iter()
        .filter(|task| task.policy == row.id)
        .map(|task| {
            let mut clause = json!({
                "clause": task.clause,
                "heading": task.heading,
                "text": task.text,
                "sort": task.sort,
            });
            set_list(&mut clause, "lead", list(&mut task.lead()).into_iter());
            set_list(&mut clause, "co", list(&mut task.co()).into_iter());
            set_list(&mut clause, "systems", list(&mut task.systems()).into_iter());
            clause
        })
        .collect();
    let mut body = json!({
        "title": row.title_zh,
        "issued_on": row.issued_on,
        "region": row.region,
        "text_hash": row.text_hash,
        "clauses": clauses,
    });
    set(&mut body, "number", &row.number);
    set_list(&mut body, "issuers", row.issuers());
    set_list(&mut body, "implements", row.implements());
    set(&mut body, "effective_on", &row.effective_on);
    set(&mut body, "valid_until", &row.valid_until);
    let from = row.issued_on.parse().unwrap_or(EARLIEST);
    let mut draft = draft(Kind::Policy, &row.id, from, body);
    draft.source.locator.file = Some(document(row));
    draft
}

fn target(row: &TargetRow) -> Draft {
    let mut body = json!({
        "policy": row.policy,
        "clause": row.clause,
        "text_zh": row.text_zh,
        "measure_zh": row.measure_zh,
        "measure_en": row.measure_en,
        "operator": row.operator,
        "value": row.value,
        "unit": row.unit,
        "computable": row.computable,
    });
    set(&mut body, "due", &row.due);
    set_list(&mut body, "lead_departments", row.lead_departments());
    set(&mut body, "formula", &row.formula);
    set(&mut body, "note", &row.note_zh);
    let policy = policy(&row.policy);
    let from = policy.and_then(|policy| policy.issued_on.parse().ok()).unwrap_or(EARLIEST);
    let mut draft = draft(Kind::Target, &row.id, from, body);
    draft.source.locator.file = policy.map(document);
    draft.source.locator.clause = Some(row.clause.clone());
    draft
}

/// A policy as a source names it: its number where it has one, else its title.
fn document(row: &PolicyRow) -> String {
    if row.number.is_empty() { row.title_zh.clone() } else { row.number.clone() }
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
