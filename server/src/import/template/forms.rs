//! The columns of every kind's blank list, and the records a row of it yields.

mod grants;
mod watch;

use register::kinds::{Field, Visibility};
use register::{Kind, ReasonCode};
use serde_json::{Value, json};

use super::cells::{self, typed};
use super::heads::Heads;
use super::{NOT_STATED, Refused};
use crate::import::map::{Existing, Origin, Place, Record, Repeat, Spec, Step};
use crate::import::reader::header_key;

/// A column of a blank list.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its head, then others understood in its place.
    pub heads: Vec<&'static str>,
    /// Whether a list without it is refused (E01).
    pub required: bool,
    /// The field it fills, whose type says what may stand there.
    pub field: Option<&'static Field>,
    /// The example row's cell.
    pub example: String,
}

/// The kinds that can be typed under our own headers. A source comes with every list, a key from the
/// portal itself.
pub fn kinds() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(|k| !matches!(k, Kind::Source | Kind::Key))
}

/// A kind whose records have a key of their own, not made of their fields.
fn has_own_key(kind: Kind) -> bool {
    matches!(kind, Kind::Scheme | Kind::Policy | Kind::Target | Kind::Department)
}

/// The columns of a kind's blank list, in their order.
pub fn columns(kind: Kind) -> Vec<Column> {
    let special = match kind {
        Kind::Product | Kind::Listing | Kind::Evaluation | Kind::Comparison | Kind::Code => {
            grants::columns(kind)
        }
        Kind::Inspection | Kind::Penalty | Kind::Restriction | Kind::Recall => watch::columns(kind),
        _ => Vec::new(),
    };
    let mut out = special;
    if has_own_key(kind) {
        let key = match kind {
            Kind::Scheme => "example-directory",
            Kind::Policy => "example-policy",
            Kind::Target => "example-target",
            _ => "example-department",
        };
        out.push(Column {
            heads: vec!["编号"],
            required: true,
            field: None,
            example: key.to_owned(),
        });
    }
    if out.is_empty() || has_own_key(kind) {
        for field in kind.spec().fields.iter().filter(|f| f.visibility != Visibility::Computed) {
            let also =
                kind.spec().also.iter().filter(|(_, f)| *f == field.name).map(|(head, _)| *head);
            let heads = std::iter::once(field.heading()).chain(also).collect();
            let required = field.required && default_of(kind, field).is_none();
            out.push(Column {
                heads,
                required,
                field: Some(field),
                example: example_of(kind, field),
            });
        }
    }
    out
}

/// What stands where a list does not say; only where that is true of a list that is silent.
fn default_of(kind: Kind, field: &Field) -> Option<Value> {
    Some(match (kind, field.name) {
        (Kind::Enterprise, "status") => json!("active"),
        (Kind::Enterprise, "roles") => json!(["producer"]),
        (Kind::Standard, "issuer") => json!(NOT_STATED),
        (Kind::Standard, "mandatory") => json!(false),
        (Kind::Scheme, "status") => json!("unverified"),
        (Kind::Scheme, "coverage") => json!({ "holds": 0, "complete": "unknown" }),
        (Kind::Notice, "type") => json!("announcement"),
        (Kind::Service, "status") => json!("open"),
        (Kind::Target, "operator") => json!(">="),
        (Kind::Target, "computable") => json!("no"),
        _ => return None,
    })
}

/// The example of a blank list: the field's own, in the words a person would type.
fn example_of(kind: Kind, field: &'static Field) -> String {
    match (kind, field.name) {
        (Kind::Scheme, "name_zh") => "示例名录".to_owned(),
        (Kind::Scheme, "name_en") => "Example directory".to_owned(),
        (Kind::Scheme, "ends_on" | "coverage" | "successor") => String::new(),
        (Kind::Scheme, "legal_basis") => "示例办法 第3条".to_owned(),
        (Kind::Policy, "text_hash") => "0".repeat(64),
        (Kind::Policy, "clauses") => "6 示例条款原文".to_owned(),
        (Kind::Standard, "withdrawn_on" | "replaced_by") => String::new(),
        (Kind::Department, "valid_to" | "successors") => String::new(),
        (Kind::Place, "replaced_by") => String::new(),
        (Kind::Target, "clause") => "一（三）2".to_owned(),
        (_, "image_hash" | "body_hash" | "batch_root") => String::new(),
        _ => worded(field, field.example),
    }
}

/// A code of an enumeration as its Chinese word.
fn worded(field: &Field, example: &str) -> String {
    let choices = field.choices().unwrap_or_default();
    choices.iter().find(|c| c.code == example).map_or(example, |c| c.zh).to_owned()
}

/// The head a `--set` means: a head, a field's name, or a field's word.
pub fn column_named(kind: Kind, name: &str) -> Result<String, Refused> {
    let wanted = header_key(name);
    let all = columns(kind);
    let found = all.iter().find(|c| {
        c.heads.iter().any(|h| header_key(h) == wanted)
            || c.field.is_some_and(|f| f.name == name || header_key(f.label[0]) == wanted)
    });
    match found {
        Some(column) => Ok(column.heads[0].to_owned()),
        None => {
            let heads: Vec<&str> = all.iter().map(|c| c.heads[0]).collect();
            Err(Refused::Usage {
                zh: format!("--set中没有“{name}”这一列，可用：{}", heads.join("、")),
                en: format!("--set knows no column {name:?}; known: {}", heads.join(", ")),
            })
        }
    }
}

/// The example row's cell below a head; `None` below one the blank list does not have.
pub fn example_below(kind: Kind, head: &str) -> Option<String> {
    let wanted = header_key(head);
    let all = columns(kind);
    // A column of that name goes before one that takes it as well: the official table's ║ cell is read in the
    // place of an inspection's verdict, and has a column of its own.
    let own = all.iter().find(|c| header_key(c.heads[0]) == wanted);
    let found =
        own.or_else(|| all.iter().find(|c| c.heads.iter().any(|h| header_key(h) == wanted)));
    found.map(|c| c.example.clone())
}

/// The records a row yields.
pub fn records(heads: &Heads, publisher: &str) -> Vec<Record> {
    match heads.kind {
        Kind::Product | Kind::Listing | Kind::Evaluation | Kind::Comparison | Kind::Code => {
            grants::records(heads, publisher)
        }
        Kind::Inspection | Kind::Penalty | Kind::Restriction | Kind::Recall => {
            watch::records(heads, publisher)
        }
        kind => {
            let mut fields = Vec::new();
            for column in columns(kind) {
                let Some(field) = column.field else { continue };
                let spec = heads.cell(&column.heads).map(|spec| one(kind, field, spec));
                push(&mut fields, field.name, spec, default_of(kind, field));
            }
            let mut record = record(kind, fields);
            if has_own_key(kind) {
                record.key = crate::import::map::Template::parse("{编号}").ok();
            }
            vec![record]
        }
    }
}

fn one(kind: Kind, field: &'static Field, mut spec: Spec) -> Spec {
    if (kind, field.name) == (Kind::Scheme, "validity_months") {
        spec.steps.push(Step::Special(cells::months));
        return spec;
    }
    typed(spec, &field.ty)
}

/// A record with the defaults of our own lists.
fn record(kind: Kind, fields: Vec<(String, Spec)>) -> Record {
    Record {
        line: 0,
        name: None,
        kind,
        key: None,
        when: Vec::new(),
        for_each: None,
        valid_from: None,
        reason: match kind {
            Kind::Listing => ReasonCode::Granted,
            Kind::Restriction => ReasonCode::Listed,
            _ => ReasonCode::Published,
        },
        reason_text: None,
        existing: Existing::Replace,
        repeat: Repeat::Refuse,
        fields,
    }
}

/// A record mentioned in passing: it does not change what the register knows.
fn companion(kind: Kind, name: &str, fields: Vec<(String, Spec)>) -> Record {
    Record {
        name: Some(name.to_owned()),
        existing: Existing::Keep,
        repeat: Repeat::First,
        ..record(kind, fields)
    }
}

fn push(fields: &mut Vec<(String, Spec)>, name: &str, spec: Option<Spec>, default: Option<Value>) {
    match (spec, default) {
        (Some(mut spec), default) => {
            spec.default = spec.default.or(default);
            fields.push((name.to_owned(), spec));
        }
        (None, Some(default)) => fields.push((name.to_owned(), Spec::constant(default))),
        (None, None) => {}
    }
}

/// A field filled from these heads, converted as its type asks.
fn put(
    fields: &mut Vec<(String, Spec)>,
    heads: &Heads,
    name: &str,
    from: &[&str],
    default: Option<Value>,
) {
    let ty = heads.kind.spec().field(name).map(|f| &f.ty);
    let spec = heads.cell(from).map(|spec| match ty {
        Some(ty) => typed(spec, ty),
        None => spec,
    });
    push(fields, name, spec, default);
}

fn special(
    spec: Option<Spec>,
    step: fn(&str) -> Result<Option<Value>, register::message::Message>,
) -> Option<Spec> {
    spec.map(|mut spec| {
        spec.steps.push(Step::Special(step));
        spec
    })
}

fn object(members: Vec<(&str, Option<Spec>)>) -> Spec {
    let members = members.into_iter().filter_map(|(name, spec)| Some((name.to_owned(), spec?)));
    Spec::of(Origin::Struct(members.collect()))
}

fn reference(name: &str) -> Spec {
    Spec::of(Origin::Places(vec![Place::Ref(name.to_owned())]))
}

fn text_column(heads: &[&'static str], required: bool, example: &str) -> Column {
    Column { heads: heads.to_vec(), required, field: None, example: example.to_owned() }
}

fn field_column(
    kind: Kind,
    name: &str,
    heads: &[&'static str],
    required: bool,
    example: &str,
) -> Column {
    let field = kind.spec().field(name);
    let example = field.map_or(example.to_owned(), |f| worded(f, example));
    Column { heads: heads.to_vec(), required, field, example }
}
