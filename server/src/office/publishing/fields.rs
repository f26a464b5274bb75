//! The fields of a record as a person edits them, and back.

use register::commitment::is_commitment;
use register::kinds::{Field, Type, Visibility};
use register::{Body, Kind};
use serde_json::Value;

/// A field of the form.
#[derive(Clone, Debug)]
pub struct Edited {
    /// The field.
    pub field: &'static Field,
    /// Its value as text.
    pub text: String,
    /// Whether it can be edited here: what is read back from the text is the value.
    pub editable: bool,
}

/// The fields of a kind with the record's values.
#[must_use]
pub fn form(kind: Kind, body: &Body) -> Vec<Edited> {
    kind.fields()
        .iter()
        .filter(|field| field.visibility != Visibility::Computed)
        .map(|field| {
            let value = body.get(field.name);
            let text = value.and_then(|value| written(field, value)).unwrap_or_default();
            // What belongs to a natural person is put right by `redact` and by lists, never here.
            let open = matches!(field.visibility, Visibility::Public | Visibility::Until);
            let same = match value {
                None => true,
                Some(value) => !text.is_empty() && field.read(&text).as_ref() == Some(value),
            };
            let text = match value {
                Some(value) if !same && !is_commitment(value) => value.to_string(),
                _ => text,
            };
            Edited { field, text, editable: open && same }
        })
        .collect()
}

/// The record with what was typed; fields that cannot be edited stay as they are.
#[must_use]
pub fn read(kind: Kind, body: &Body, typed: &dyn Fn(&str) -> Option<String>) -> Body {
    let mut out = body.clone();
    for Edited { field, text, editable } in form(kind, body) {
        let Some(given) = typed(field.name).filter(|_| editable) else { continue };
        // Browsers send line breaks as CR LF.
        let given = given.replace("\r\n", "\n");
        if given.trim() == text {
            continue;
        }
        match field.read(&given) {
            Some(value) => out.insert(field.name.to_owned(), value),
            None => out.remove(field.name),
        };
    }
    register::kinds::normalise(kind, &mut out);
    out
}

fn written(field: &Field, value: &Value) -> Option<String> {
    let text = write(field.ty, value)?;
    let factor = field.column_factor();
    match (value.as_i64(), factor) {
        (Some(n), factor) if factor > 1 => (n % factor == 0).then(|| (n / factor).to_string()),
        _ => Some(text),
    }
}

fn write(ty: Type, value: &Value) -> Option<String> {
    Some(match (ty, value) {
        (_, Value::Bool(flag)) => if *flag { "是" } else { "否" }.to_owned(),
        (_, Value::Number(n)) => n.to_string(),
        (_, Value::String(text)) => text.clone(),
        (Type::List(inner), Value::Array(all)) => {
            let parts: Option<Vec<String>> = all.iter().map(|one| write(*inner, one)).collect();
            parts?.join("\n")
        }
        (Type::Subject, Value::Object(object)) => {
            format!("{}|{}", object.get("kind")?.as_str()?, object.get("key")?.as_str()?)
        }
        (Type::Struct(fields), Value::Object(object)) => {
            let parts: Option<Vec<String>> = fields
                .iter()
                .map(|field| match object.get(field.name) {
                    Some(value) => write(field.ty, value),
                    None => Some(String::new()),
                })
                .collect();
            parts?.join("|")
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_form_that_is_sent_back_as_it_was_changes_nothing() {
        let body = json!({
            "name_zh": "家用电冰箱", "holder": "91350100M000100Y43", "brand": "示例牌",
            "model": "SL-100A", "category": "家电/制冷", "gtins": ["09521234543213"],
            "standards": ["T/FSAS 12-2021", "GB/T 99001-2020"], "status": "on_sale",
            "pack_claims": [{ "indicator": "耗电量", "text": "0.35 kW·h/d；一级" }],
        });
        let body = body.as_object().cloned().expect("an object");
        let fields = form(Kind::Product, &body);
        let sent = |name: &str| {
            let edited = fields.iter().find(|edited| edited.field.name == name)?;
            Some(edited.text.replace('\n', "\r\n"))
        };
        assert_eq!(read(Kind::Product, &body, &sent), body);
        let claims = fields.iter().find(|e| e.field.name == "pack_claims").expect("a field");
        assert!(!claims.editable, "a text that would be split when read is not offered");
        let list = fields.iter().find(|e| e.field.name == "standards").expect("a field");
        assert!(list.editable && list.text.contains('\n'), "{list:?}");
    }

    #[test]
    fn what_is_typed_is_read_as_a_list_would_be_and_what_is_emptied_goes() {
        let body = json!({ "name_zh": "旧名", "status": "on_sale", "spec": "200 L" });
        let body = body.as_object().cloned().expect("an object");
        let typed = |name: &str| match name {
            "name_zh" => Some("新名".to_owned()),
            "spec" => Some(" ".to_owned()),
            "status" => Some("停产".to_owned()),
            _ => None,
        };
        let read = read(Kind::Product, &body, &typed);
        assert_eq!(Value::Object(read), json!({ "name_zh": "新名", "status": "discontinued" }));
    }
}
