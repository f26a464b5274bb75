//! Rules about the records a body refers to.

use super::{
    Body, Check, Code, Kind, Message, StandardNumber, Type, Value, day, division, text, texts,
};

/// A division code that did not exist on the day of the entry (E19). Silent where no place list
/// covering the province is loaded, and for countries.
pub fn place(c: &Check, field: &str, out: &mut Vec<Message>) {
    let Some(code) = text(c.body, field) else { return };
    place_code(c, c.heading(field), code, out);
}

pub(super) fn place_code(c: &Check, column: &str, code: &str, out: &mut Vec<Message>) {
    let Some(province) = division::province(code) else { return };
    if !c.ctx.place_loaded(province) {
        return;
    }
    let on = c.ctx.valid_from();
    let stood = c.ctx.record(Kind::Place, code).is_some_and(|place| stood_on(&place, on));
    if !stood {
        out.push(Message::new(Code::E19).column(column).value(code).arg("date", on));
    }
}

fn stood_on(place: &Body, on: chrono::NaiveDate) -> bool {
    let begun = day(place, "valid_from").is_none_or(|from| from <= on);
    begun && day(place, "valid_to").is_none_or(|to| on <= to)
}

/// A product or enterprise is granted to a holder: a listing of one without it is refused (E02).
pub fn holder_of_subject(c: &Check, out: &mut Vec<Message>) {
    let held = matches!(text(c.body, "subject.kind"), Some("product" | "enterprise"));
    if held && text(c.body, "holder").is_none() {
        out.push(Message::new(Code::E02).column(c.heading("holder")));
    }
    if text(c.body, "subject.kind") == Some("place")
        && let Some(code) = text(c.body, "subject.key")
    {
        place_code(c, c.heading("subject"), code, out);
    }
}

/// The name beside a social credit code differs from the registered one (W02).
pub fn named_party(c: &Check, field: &str, column: &str, out: &mut Vec<Message>) {
    let (Some(name), Some(code)) =
        (text(c.body, &format!("{field}.name")), text(c.body, &format!("{field}.uscc")))
    else {
        return;
    };
    let Some(registered) = c.ctx.record(Kind::Enterprise, code) else { return };
    let Some(known) = text(&registered, "name_zh") else { return };
    let former = texts(&registered, "former_names").any(|n| n == name);
    if name != known && !former && text(&registered, "short_name") != Some(name) {
        out.push(Message::new(Code::W02).column(column).value(name).arg("a", name).arg("b", known));
    }
}

/// A party named without a social credit code: a name match proves nothing (W03).
pub fn name_only(c: &Check, field: &str, column: &str, out: &mut Vec<Message>) {
    if let Some(name) = text(c.body, &format!("{field}.name"))
        && text(c.body, &format!("{field}.uscc")).is_none()
    {
        out.push(Message::new(Code::W03).column(column).value(name));
    }
}

/// The rules of cited standards alone, for kinds that have no others.
pub fn check_standards(c: &Check, out: &mut Vec<Message>) {
    cited_standards(c, out);
}

/// Cited standards: withdrawn or replaced (W08), or like a loaded one but for leading zeros (W06).
/// A standard that is not loaded is kept, unlinked.
pub fn cited_standards(c: &Check, out: &mut Vec<Message>) {
    for field in c.spec.fields {
        // What a standard replaces is gone by that very fact.
        if !matches!(field.name, "replaces" | "replaced_by")
            && let Some(value) = c.body.get(field.name)
        {
            cited_in(c, field.heading(), field.ty, value, out);
        }
    }
}

fn cited_in(c: &Check, column: &str, ty: Type, value: &Value, out: &mut Vec<Message>) {
    match (ty, value) {
        (Type::Key(Kind::Standard) | Type::KeyOrText(Kind::Standard), Value::String(number)) => {
            let Ok(parsed) = StandardNumber::parse(number) else { return };
            standard_twin(c, column, &parsed.to_string(), out);
            let gone = c.ctx.record(Kind::Standard, &parsed.to_string());
            if gone.is_some_and(|s| matches!(text(&s, "status"), Some("withdrawn" | "replaced"))) {
                out.push(Message::new(Code::W08).column(column).value(number));
            }
        }
        (Type::List(inner), Value::Array(values)) => {
            values.iter().for_each(|v| cited_in(c, column, *inner, v, out))
        }
        (Type::Struct(fields), Value::Object(object)) => {
            for field in fields {
                if let Some(value) = object.get(field.name) {
                    cited_in(c, column, field.ty, value, out);
                }
            }
        }
        _ => {}
    }
}

/// A standard that differs from a loaded one by leading zeros only (W06).
pub fn standard_twin(c: &Check, column: &str, number: &str, out: &mut Vec<Message>) {
    let Ok(parsed) = StandardNumber::parse(number) else { return };
    if let Some(other) = c.ctx.standard_like(&parsed.loose())
        && other != parsed.to_string()
    {
        out.push(
            Message::new(Code::W06).column(column).value(number).arg("a", number).arg("b", other),
        );
    }
}
