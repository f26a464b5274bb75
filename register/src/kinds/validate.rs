//! Every rule of one body: field by field, then the kind's own, in the order of the codes.

use serde_json::Value;

use super::rules::{self, Check};
use super::{Choice, Context, Field, Kind, SUBJECT_KIND, Type, Visibility};
use crate::Body;
use crate::commitment::is_commitment;
use crate::id::{self, Gtin, StandardNumber, Uscc, country, date, division};
use crate::message::{Code, Message};

/// Checks a body against its kind's table and rules. All findings are returned, errors and
/// remarks, in the order of their codes; a body with an error is not written to the log.
#[must_use]
pub fn validate(kind: Kind, key: &str, body: &Body, ctx: &dyn Context) -> Vec<Message> {
    let spec = kind.spec();
    let check = Check { spec, key, body, ctx };
    let mut out = Vec::new();
    if key.trim().is_empty() || key.chars().any(char::is_control) {
        out.push(Message::new(Code::E02).column("编号"));
    } else if key.chars().count() > KEY_CHARACTERS_MAX {
        out.push(Message::new(Code::E26).column("编号").value(key).arg("n", KEY_CHARACTERS_MAX));
    }
    key_shape(&check, &mut out);
    for name in body.keys() {
        let known = spec
            .field(name)
            .is_some_and(|f| f.visibility != Visibility::Computed || f.name == "claim");
        if !known {
            let fields: Vec<&str> = spec.fields.iter().map(|f| f.name).collect();
            out.push(
                Message::new(Code::E11).column(name).value(name).arg("list", fields.join("、")),
            );
        }
    }
    let values = Values { check: &check };
    values.object(spec.fields, body, &mut out);
    rules::transition(&check, &mut out);
    (spec.check)(&check, &mut out);
    values.later_than_today(&mut out);
    out.sort_by_key(|message| message.code);
    out.dedup();
    out
}

/// Keys that are identifiers themselves are checked as such; keys made of fields are checked with the fields.
fn key_shape(c: &Check, out: &mut Vec<Message>) {
    let column = "编号";
    match c.spec.kind {
        Kind::Enterprise
            if !is_foreign_enterprise(c.key) && rules::text(c.body, "uscc") != Some(c.key) =>
        {
            out.extend(Uscc::parse(c.key).err().map(|m| m.column(column)));
        }
        Kind::Standard if rules::text(c.body, "number") != Some(c.key) => {
            out.extend(StandardNumber::parse(c.key).err().map(|m| m.column(column)));
        }
        Kind::Product if !is_product(c.key) => {
            out.push(
                Message::new(Code::E11)
                    .column(column)
                    .value(c.key)
                    .arg("list", "p-与12位十六进制数字"),
            );
        }
        Kind::Place if !division::is_key(c.key) => {
            out.push(
                Message::new(Code::E19).column(column).value(c.key).arg("date", c.ctx.valid_from()),
            );
        }
        _ => {}
    }
}

fn is_product(key: &str) -> bool {
    let digits = key.strip_prefix("p-").unwrap_or_default();
    digits.len() == 12 && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'))
}

/// Longest key in characters: keys stand in URLs.
const KEY_CHARACTERS_MAX: usize = 300;

/// References whose absence refuses a row (E14); every other reference is kept, unlinked.
const MUST_EXIST: [&str; 4] = ["holder", "subject", "scheme", "product"];

/// Dates that may lie in the future: what ends, is due or comes into force then.
const MAY_BE_LATER: [&str; 13] = [
    "valid_from",
    "valid_until",
    "valid_to",
    "effective_on",
    "withdrawn_on",
    "starts_on",
    "started_on",
    "ends_on",
    "expires_on",
    "publish_until",
    "protected_until",
    "due",
    "comment_deadline",
];

struct Values<'c, 'b> {
    check: &'c Check<'b>,
}

impl Values<'_, '_> {
    fn object(&self, fields: &'static [Field], object: &Body, out: &mut Vec<Message>) {
        for field in fields {
            match object.get(field.name) {
                None | Some(Value::Null) => self.missing(field, out),
                Some(Value::String(text)) if text.trim().is_empty() => self.missing(field, out),
                // The value was deleted; its commitment stands in its place.
                Some(value) if removable(field) && is_commitment(value) => {}
                Some(value) => self.value(field, field.ty, value, out),
            }
        }
    }

    fn missing(&self, field: &Field, out: &mut Vec<Message>) {
        // Penalties and restrictions have their own words for a missing end of publication (E20).
        if field.required && field.name != "publish_until" {
            out.push(Message::new(Code::E02).column(field.heading()));
        }
    }

    fn value(&self, field: &'static Field, ty: Type, value: &Value, out: &mut Vec<Message>) {
        match (ty, value) {
            (Type::List(inner), Value::Array(values)) => {
                for value in values {
                    self.value(field, *inner, value, out);
                }
            }
            (Type::Struct(fields), Value::Object(object)) => {
                for name in object.keys().filter(|name| !fields.iter().any(|f| f.name == **name)) {
                    out.push(refused(field, name, &names(fields)));
                }
                self.object(fields, object, out);
            }
            (Type::Subject, Value::Object(object)) => self.subject(field, object, out),
            (Type::Int, Value::Number(number)) if number.is_i64() || number.is_u64() => {}
            (Type::Int, other) => {
                out.push(Message::new(Code::E16).column(field.heading()).value(printed(other)))
            }
            (Type::Bool, Value::Bool(_)) => {}
            (Type::Decimal, Value::String(text))
                if crate::comparison::Decimal::parse(text).is_some() => {}
            // A limit for "within" is a range: 6.5~8.5.
            (Type::Decimal, Value::String(text))
                if field.name == "limit" && crate::comparison::Range::parse(text).is_some() => {}
            (Type::Decimal, other) => {
                out.push(Message::new(Code::E16).column(field.heading()).value(printed(other)))
            }
            (ty, Value::String(text)) => self.text(field, ty, text, out),
            (_, other) => out.push(refused(field, &printed(other), expected(ty))),
        }
    }

    fn text(&self, field: &'static Field, ty: Type, text: &str, out: &mut Vec<Message>) {
        let max = if let Type::Text { max } = ty { max } else { 2000 };
        if text.chars().count() > max {
            out.push(Message::new(Code::E26).column(field.heading()).value(text).arg("n", max));
            return;
        }
        if text.chars().any(char::is_control) {
            out.push(refused(field, text, expected(Type::Text { max })));
            return;
        }
        let at = |message: Message| message.column(field.heading());
        match ty {
            Type::Uscc => self.uscc(field, text, out),
            Type::Gtin => out.extend(Gtin::parse(text).err().map(at)),
            Type::StandardNumber => out.extend(StandardNumber::parse(text).err().map(at)),
            Type::Date if date::iso(text).is_none() => {
                out.push(at(Message::new(Code::E09).value(text)))
            }
            Type::DivisionCode if !division::is_key(text) => {
                out.push(self.no_such_place(field, text))
            }
            Type::PlaceOrCountry if !division::is_key(text) && !country::is_code(text) => {
                out.push(self.no_such_place(field, text));
            }
            Type::Enum(choices) if !choices.iter().any(|c| c.code == text) => {
                out.push(refused(field, text, &words(choices)));
            }
            Type::Url if !is_url(text) => out.push(refused(field, text, expected(ty))),
            Type::Sha256 if !is_sha256(text) => out.push(refused(field, text, expected(ty))),
            Type::Bytes if !is_base64(text) => out.push(refused(field, text, expected(ty))),
            Type::Regex if regex_lite::Regex::new(text).is_err() => {
                out.push(refused(field, text, expected(ty)))
            }
            Type::Key(kind) => self.key(field, kind, text, out),
            Type::KeyOrText(Kind::Standard) if StandardNumber::parse(text).is_err() => {
                out.push(at(Message::new(Code::W10).value(text)));
            }
            Type::System if !self.check.ctx.system_exists(text) => {
                out.push(absent(field, "制度", text))
            }
            Type::List(_) | Type::Struct(_) | Type::Subject | Type::Bool => {
                out.push(refused(field, text, expected(ty)));
            }
            _ => {}
        }
    }

    fn uscc(&self, field: &Field, text: &str, out: &mut Vec<Message>) {
        match Uscc::parse(text) {
            Err(message) => out.push(message.column(field.heading())),
            Ok(code) if !code.organisation_check_fits() => {
                out.push(Message::new(Code::W01).column(field.heading()).value(text));
            }
            Ok(_) => {}
        }
    }

    fn key(&self, field: &'static Field, kind: Kind, key: &str, out: &mut Vec<Message>) {
        match kind {
            Kind::Enterprise if !is_foreign_enterprise(key) => {
                let before = out.len();
                self.uscc(field, key, out);
                if out[before..].iter().any(Message::is_error) {
                    return;
                }
            }
            Kind::Standard => {
                out.extend(StandardNumber::parse(key).err().map(|m| m.column(field.heading())))
            }
            Kind::Place if !division::is_key(key) && !country::is_code(key) => {
                out.push(self.no_such_place(field, key));
            }
            _ => {}
        }
        if MUST_EXIST.contains(&field.name) && !self.check.ctx.exists(kind, key) {
            out.push(absent(field, kind.spec().label[0], key));
        }
    }

    fn subject(&self, field: &'static Field, object: &Body, out: &mut Vec<Message>) {
        let kind = rules::text(object, "kind").unwrap_or_default();
        let key = rules::text(object, "key").unwrap_or_default();
        if key.is_empty() {
            out.push(Message::new(Code::E02).column(field.heading()));
            return;
        }
        for name in object.keys().filter(|name| !matches!(name.as_str(), "kind" | "key" | "name")) {
            out.push(refused(field, name, "kind、key、name"));
        }
        match kind {
            "product" | "enterprise" | "standard" => {
                if let Some(kind) = Kind::from_name(kind) {
                    self.key(field, kind, key, out);
                }
            }
            "place" if !division::is_key(key) => out.push(self.no_such_place(field, key)),
            _ if SUBJECT_KIND.iter().any(|c| c.code == kind) => {}
            _ => out.push(refused(field, kind, &words(SUBJECT_KIND))),
        }
    }

    fn no_such_place(&self, field: &Field, text: &str) -> Message {
        Message::new(Code::E19)
            .column(field.heading())
            .value(text)
            .arg("date", self.check.ctx.valid_from())
    }

    /// A date of something that has happened lies after the day of the import (W09).
    fn later_than_today(&self, out: &mut Vec<Message>) {
        let today = self.check.ctx.today();
        for field in self.check.spec.fields {
            if matches!(field.ty, Type::Date)
                && !MAY_BE_LATER.contains(&field.name)
                && let Some(day) = rules::day(self.check.body, field.name)
                && day > today
            {
                out.push(Message::new(Code::W09).column(field.heading()).value(day.to_string()));
            }
        }
    }
}

/// Whether the text is the key of an enterprise without a social credit code: `N-{ISO country}-{slug}`.
#[must_use]
pub fn is_foreign_enterprise(key: &str) -> bool {
    let mut parts = key.splitn(3, '-');
    parts.next() == Some("N")
        && parts.next().is_some_and(id::country::is_code)
        && parts.next().is_some_and(|slug| !slug.is_empty() && !slug.contains('/'))
}

fn removable(field: &Field) -> bool {
    !matches!(field.visibility, Visibility::Public | Visibility::Computed)
}

fn refused(field: &Field, value: &str, list: &str) -> Message {
    Message::new(Code::E11).column(field.heading()).value(value).arg("list", list)
}

fn absent(field: &Field, kind: &str, key: &str) -> Message {
    Message::new(Code::E14).column(field.heading()).value(key).arg("kind", kind).arg("key", key)
}

fn printed(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn words(choices: &[Choice]) -> String {
    choices.iter().map(|c| c.zh).collect::<Vec<_>>().join("、")
}

fn names(fields: &[Field]) -> String {
    fields.iter().map(|f| f.name).collect::<Vec<_>>().join("、")
}

/// What a value of that type looks like, for E11.
fn expected(ty: Type) -> &'static str {
    match ty {
        Type::Url => "https://…",
        Type::Sha256 => "64位十六进制数字",
        Type::Bytes => "base64",
        Type::Bool => "true、false",
        Type::Regex => "正则表达式",
        Type::List(_) => "列表",
        Type::Struct(_) | Type::Subject => "结构",
        _ => "文字",
    }
}

/// Whether a text is an address as a record may hold it: `http` or `https`, a host, nothing that could end an
/// attribute.
#[must_use]
pub fn is_url(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        !host.is_empty()
            && !text.chars().any(|c| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\\'))
    })
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'))
}

fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    !body.is_empty()
        && text.len() - body.len() <= 2
        && body.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_'))
}
