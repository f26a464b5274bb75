//! Two lists about the same things: one leads (`existing = "lead"`), the other adds what records lack
//! (`existing = "fill"`).

use register::commitment::{committed_fields, is_commitment};
use register::kinds::Field;
use register::message::{Code, Message};
use register::{Draft, Reason, ReasonCode};
use serde_json::Value;

use super::super::base::Base;
use crate::store::Result;

/// What a draft adds to a record, and where the two say different things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filled {
    /// Fields the record lacked.
    pub(super) added: Vec<&'static str>,
    /// Fields both have and differ in; the record's stays.
    pub(super) differing: Vec<&'static str>,
    /// One remark (W11) per field in which they differ.
    pub(super) remarks: Vec<Message>,
}

/// Completes a draft from the record in force: what the record says stays, what it lacks comes from the
/// draft. The draft then begins on the day the record does, so that a list which prints another day makes
/// the record neither older nor younger. `None`, and the draft untouched, where there is no record.
///
/// # Errors
/// The database's.
pub(super) fn complete(base: &Base, draft: &mut Draft) -> Result<Option<Filled>> {
    let Some((since, known)) = base.latest(draft.kind, &draft.key)? else { return Ok(None) };
    let mut filled = Filled::default();
    let mut body = known;
    for field in draft.kind.spec().fields {
        let Some(new) = draft.body.get(field.name) else { continue };
        match body.get_mut(field.name) {
            None => {
                body.insert(field.name.to_owned(), new.clone());
                filled.added.push(field.name);
            }
            Some(old) if old == new => {}
            Some(old) => into(field, old, new, &mut filled),
        }
    }
    draft.body = body;
    draft.valid_from = since;
    draft.reason = Reason::said(ReasonCode::Amended, draft.reason.text.take());
    Ok(Some(filled))
}

/// What was taken out of a record stays out, whatever list prints it again: the draft gets the commitment
/// that stands in its place.
///
/// # Errors
/// The database's.
pub(super) fn keep_removed(base: &Base, draft: &mut Draft) -> Result<()> {
    if committed_fields(draft.kind, &draft.key, &draft.body).is_empty() {
        return Ok(());
    }
    if let Some((_, known)) = base.latest(draft.kind, &draft.key)? {
        for (name, value) in known.into_iter().filter(|(_, value)| is_commitment(value)) {
            if draft.body.contains_key(&name) {
                draft.body.insert(name, value);
            }
        }
    }
    Ok(())
}

/// Completes the leading list's draft: what it does not say stays as the record in force has it. The draft
/// begins no earlier than that record, or the record would stay in force instead of it.
///
/// # Errors
/// The database's.
pub(super) fn lead(base: &Base, draft: &mut Draft) -> Result<()> {
    if let Some((since, mut body)) = base.latest(draft.kind, &draft.key)? {
        body.append(&mut draft.body);
        draft.body = body;
        draft.valid_from = draft.valid_from.max(since);
    }
    Ok(())
}

/// A struct is completed member by member; any other value is one value.
fn into(field: &'static Field, old: &mut Value, new: &Value, filled: &mut Filled) {
    if let (Value::Object(old), Value::Object(new)) = (&mut *old, new) {
        let same = new.iter().all(|(name, value)| old.get(name).is_none_or(|v| v == value));
        if same {
            let before = old.len();
            for (name, value) in new {
                old.entry(name.clone()).or_insert_with(|| value.clone());
            }
            if old.len() > before {
                filled.added.push(field.name);
            }
            return;
        }
    }
    filled.differing.push(field.name);
    filled.remarks.push(
        Message::new(Code::W11)
            .column(field.heading())
            .value(printed(new))
            .arg("a", shortened(&printed(old))),
    );
}

fn printed(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A remark quotes enough to recognise a text by, not all of it.
fn shortened(text: &str) -> String {
    const CHARACTERS_MAX: usize = 60;
    match text.char_indices().nth(CHARACTERS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use register::{Kind, Locator, SourceRef};
    use serde_json::json;

    use super::*;

    fn draft(day: &str, body: Value) -> Draft {
        Draft {
            valid_from: day.parse().expect("a day"),
            kind: Kind::Recall,
            key: "示例机关/1".into(),
            reason: Reason::said(ReasonCode::Published, None),
            source: SourceRef { id: "list".into(), locator: Locator::default() },
            body: body.as_object().expect("an object").clone(),
        }
    }

    #[test]
    fn a_second_list_adds_what_the_record_lacks_and_changes_nothing_it_says() {
        let known = draft(
            "2024-01-02",
            json!({ "number": "1", "product_name": "示例冰箱", "producer": { "name": "示例电器" } }),
        );
        let base = Base::unmade([known]);
        let mut second = draft(
            "2024-03-04",
            json!({
                "number": "1",
                "product_name": "冰箱",
                "hazard": "可能起火",
                "producer": { "name": "示例电器", "uscc": "91350100M000100Y43" },
            }),
        );
        let filled = complete(&base, &mut second).expect("no database").expect("a record");
        assert_eq!(filled.added, ["producer", "hazard"]);
        assert_eq!(filled.differing, ["product_name"]);
        assert_eq!(filled.remarks[0].code, Code::W11);
        assert_eq!(filled.remarks[0].value, "冰箱");
        assert_eq!(second.body["product_name"], "示例冰箱", "what the record says stays");
        assert_eq!(second.body["hazard"], "可能起火");
        assert_eq!(second.body["producer"]["uscc"], "91350100M000100Y43");
        assert_eq!(second.valid_from, NaiveDate::from_ymd_opt(2024, 1, 2).expect("a day"));
        assert_eq!(second.reason.code, ReasonCode::Amended);
    }

    #[test]
    fn a_struct_that_says_something_else_is_not_mixed_with_the_one_known() {
        let known = draft("2024-01-02", json!({ "producer": { "name": "示例电器" } }));
        let base = Base::unmade([known]);
        let mut second = draft(
            "2024-01-02",
            json!({ "producer": { "name": "另一示例", "uscc": "91350100M000100Y43" } }),
        );
        let filled = complete(&base, &mut second).expect("no database").expect("a record");
        assert_eq!(filled.differing, ["producer"]);
        assert_eq!(second.body["producer"], json!({ "name": "示例电器" }));
    }

    #[test]
    fn the_leading_list_has_its_way_even_where_the_other_printed_a_later_day() {
        let known =
            draft("2024-03-04", json!({ "number": "1", "product_name": "冰箱", "units": 3 }));
        let base = Base::unmade([known]);
        let mut first = draft("2024-01-02", json!({ "number": "1", "product_name": "示例冰箱" }));
        lead(&base, &mut first).expect("no database");
        assert_eq!(first.body["product_name"], "示例冰箱");
        assert_eq!(first.body["units"], 3, "what only the other list said stays");
        assert_eq!(
            first.valid_from.to_string(),
            "2024-03-04",
            "else the other would stay in force"
        );
    }

    #[test]
    fn a_record_only_the_second_list_has_comes_in_as_it_is() {
        let base = Base::unmade([]);
        let mut second = draft("2024-03-04", json!({ "number": "1" }));
        let before = second.clone();
        assert_eq!(complete(&base, &mut second).expect("no database"), None);
        assert_eq!(second, before);
    }
}
