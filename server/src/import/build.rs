//! A row and a mapping make drafts.

use std::collections::HashMap;

use chrono::NaiveDate;
use register::id::date;
use register::kinds::{key_of, normalise};
use register::message::{Code, Message};
use register::{Body, Draft, Kind, Locator, Reason, SourceRef};

use super::map::{Map, Record, Scope, plain};
use super::reader::{Data, Row};
use super::{limits, personal};

/// What is the same for every row of a file.
#[derive(Clone, Debug)]
pub struct FileContext {
    /// Its name, without folders.
    pub name: String,
    /// Sheet read.
    pub sheet: Option<String>,
    /// Key of its source record.
    pub source: String,
    /// When the list was read at its publisher's.
    pub retrieved_on: NaiveDate,
    /// Registered products by holder and model, for lists that print no brand.
    pub products: Option<HashMap<String, Option<String>>>,
}

/// A draft and which `[[record]]` it came from (`None`: a `[[constant]]`).
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Made {
    /// Index in the mapping's records.
    pub record: usize,
    /// The draft.
    pub draft: Draft,
}

/// Makes a row's drafts, or says why it cannot.
///
/// # Errors
/// Every reason found, in the order of the codes.
pub fn row(map: &Map, row: &Row, file: &FileContext) -> Result<Vec<Made>, Vec<Message>> {
    let mut made = Vec::new();
    let mut wrong = slipped(row);
    let mut refs = HashMap::new();
    for (index, record) in map.records.iter().enumerate() {
        let scope = Scope {
            row,
            file: &file.name,
            item: None,
            refs: &refs,
            retrieved_on: file.retrieved_on,
            products: file.products.as_ref(),
        };
        // A condition may look at the item, so with items it is asked for each of them.
        let drafts = match &record.for_each {
            None if !record.when.iter().all(|c| scope.holds(c)) => Vec::new(),
            None => vec![one(record, &scope, file)],
            Some(spec) => match scope.items(spec) {
                Err(message) => vec![Err(vec![message])],
                Ok(items) => items
                    .iter()
                    .map(|(key, value)| Scope { item: Some((key, value)), ..scope })
                    .filter(|scope| record.when.iter().all(|c| scope.holds(c)))
                    .map(|scope| one(record, &scope, file))
                    .collect(),
            },
        };
        for draft in drafts {
            match draft {
                Ok(draft) => {
                    if let Some(name) = &record.name {
                        refs.entry(name.clone()).or_insert_with(|| draft.key.clone());
                    }
                    made.push(Made { record: index, draft });
                }
                Err(messages) => wrong.extend(messages),
            }
        }
    }
    if made.len() > limits::RECORDS_PER_ROW_MAX {
        wrong.push(Message::new(Code::E26).arg("n", limits::RECORDS_PER_ROW_MAX));
    }
    if wrong.is_empty() {
        return Ok(made);
    }
    wrong.sort_by_key(|m| m.code);
    wrong.dedup();
    Err(wrong)
}

/// A row with more cells than the header has slipped: its values stand under the wrong heads.
fn slipped(row: &Row) -> Vec<Message> {
    let Data::Cells(header, cells) = &row.data else { return Vec::new() };
    let from = header.names.len();
    let extra = cells.iter().enumerate().skip(from).filter(|(_, cell)| !cell.trim().is_empty());
    extra
        .take(1)
        .map(|(i, cell)| Message::new(Code::E01).column(format!("第{}列", i + 1)).value(cell))
        .collect()
}

fn one(record: &Record, scope: &Scope<'_>, file: &FileContext) -> Result<Draft, Vec<Message>> {
    let mut wrong = Vec::new();
    let mut body = Body::new();
    for (name, spec) in &record.fields {
        match scope.value(spec) {
            Ok(Some(value)) => {
                body.insert(name.clone(), value);
            }
            Ok(None) => {}
            Err(message) => wrong.push(message),
        }
    }
    normalise(record.kind, &mut body);
    if let Some((field, value)) = personal::identity_number_in(&body) {
        wrong.push(at_column(Message::new(Code::E24).column(field).value(value), record));
    }
    let key = match &record.key {
        Some(template) => {
            scope.fill(template).ok_or_else(|| Message::new(Code::E02).column(&template.text))
        }
        None => key_of(record.kind, &body),
    };
    let valid_from = match &record.valid_from {
        None => Ok(since(record.kind, &body).unwrap_or(file.retrieved_on)),
        Some(spec) => match scope.value(spec) {
            Ok(Some(value)) => {
                let text = plain(&value);
                date::from_list(&text).ok_or_else(|| Message::new(Code::E09).value(text))
            }
            Ok(None) => Ok(since(record.kind, &body).unwrap_or(file.retrieved_on)),
            Err(message) => Err(message),
        },
    };
    let reason_text = match record.reason_text.as_ref().map(|spec| scope.value(spec)).transpose() {
        Ok(value) => value.flatten().map(|v| plain(&v)),
        Err(message) => {
            wrong.push(message);
            None
        }
    };
    match (key, valid_from) {
        (Ok(key), Ok(valid_from)) if wrong.is_empty() => Ok(Draft {
            valid_from,
            kind: record.kind,
            key,
            reason: Reason::said(record.reason, reason_text),
            source: SourceRef {
                id: file.source.clone(),
                locator: Locator {
                    file: Some(file.name.clone()),
                    sheet: file.sheet.clone(),
                    row: Some(scope.row.number),
                    ..Locator::default()
                },
            },
            body,
        }),
        (key, valid_from) => {
            wrong.extend(key.err());
            wrong.extend(valid_from.err());
            Err(wrong.into_iter().map(|m| at_column(m, record)).collect())
        }
    }
}

/// The day a fact became true, where the record itself says it; otherwise the day it was read.
fn since(kind: Kind, body: &Body) -> Option<NaiveDate> {
    let status = body.get("status").and_then(|v| v.as_str());
    let field = match kind {
        // The day of the grant is not the day of a suspension or withdrawal.
        Kind::Listing if status == Some("valid") => "granted_on",
        Kind::Listing => return decided(body),
        Kind::Code if status == Some("valid") => "issued_on",
        // A standard is withdrawn from its withdrawal on, not from its issue.
        Kind::Standard if matches!(status, Some("withdrawn" | "replaced")) => "withdrawn_on",
        Kind::Standard => "issued_on",
        Kind::Evaluation => "evaluated_on",
        Kind::Inspection => "announced_on",
        Kind::Penalty => "decided_on",
        Kind::Restriction if status == Some("removed") => "removed_on",
        Kind::Restriction => "listed_on",
        Kind::Recall => "started_on",
        Kind::Notice => "published_on",
        Kind::Policy => "issued_on",
        Kind::Place | Kind::Department | Kind::Key => "valid_from",
        _ => return None,
    };
    date::iso(body.get(field)?.as_str()?)
}

fn decided(body: &Body) -> Option<NaiveDate> {
    date::iso(body.get("decision")?.get("date")?.as_str()?)
}

/// Speaks of the list's own column where a rule spoke of the field.
pub fn at_column(mut message: Message, record: &Record) -> Message {
    let spec = record.kind.spec();
    let field = spec.fields.iter().find(|f| {
        f.heading() == message.column || f.label[0] == message.column || f.name == message.column
    });
    if let Some(column) = field.and_then(|f| record.column_of(f.name)) {
        message.column = column;
    }
    message
}
