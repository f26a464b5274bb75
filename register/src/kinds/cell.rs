//! What a cell typed under a template's column means: words become codes, lists are split, years
//! become months.

use serde_json::{Map, Value};

use super::{Field, SUBJECT_KIND, Type};
use crate::comparison::Decimal;
use crate::id::{self, StandardNumber, date};

impl Field {
    /// The value of a cell typed under this field's column; `None` for an empty cell.
    ///
    /// Values of a list are separated by 、；; or line breaks (identifiers also by commas). Members of a
    /// struct are separated by `|`, or by spaces where no member holds one. Enumerations are read by
    /// their code or their word in any language. What cannot be read stays a text, so that
    /// [`validate`](super::validate) names it.
    #[must_use]
    pub fn read(&self, cell: &str) -> Option<Value> {
        let cell = match self.ty {
            // A line break separates values here and would become a space.
            Type::List(_) => cell.lines().map(id::text::nfc).collect::<Vec<_>>().join("\n"),
            _ => id::text::nfc(cell),
        };
        if cell.trim().is_empty() {
            return None;
        }
        Some(value(self.ty, &cell, self.column_factor()))
    }
}

fn value(ty: Type, cell: &str, factor: i64) -> Value {
    match ty {
        Type::List(inner) => list(*inner, cell).map(|part| value(*inner, part, factor)).collect(),
        Type::Enum(choices) => {
            let word = id::text::nfkc(cell).to_lowercase();
            let meant = choices.iter().find(|choice| {
                [choice.code, choice.zh, choice.hant, choice.en]
                    .iter()
                    .any(|w| id::text::nfkc(w).to_lowercase() == word)
            });
            meant.map_or(cell, |choice| choice.code).into()
        }
        Type::Bool => match cell.to_lowercase().as_str() {
            "是" | "true" | "yes" => true.into(),
            "否" | "false" | "no" => false.into(),
            _ => cell.into(),
        },
        Type::Int => whole(cell, factor).map_or_else(|| cell.into(), Value::from),
        Type::Decimal => id::text::nfkc(cell).replace(',', "").into(),
        Type::Date => {
            date::from_list(cell).map_or_else(|| cell.to_owned(), |day| day.to_string()).into()
        }
        Type::Subject => subject(cell),
        Type::Struct(fields) => structure(fields, cell),
        _ => cell.into(),
    }
}

/// A whole number after multiplication: `1.5` under 有效期（年） is 18 months.
fn whole(cell: &str, factor: i64) -> Option<i64> {
    let number = id::text::nfkc(cell).replace(',', "");
    let scaled =
        Decimal::parse(&number)?.ratio()?.times(crate::comparison::Ratio::whole(factor))?;
    scaled.as_whole()
}

fn list(inner: Type, cell: &str) -> impl Iterator<Item = &str> {
    let plain = matches!(inner, Type::Text { .. } | Type::Struct(_) | Type::KeyOrText(_));
    let structs = matches!(inner, Type::Struct(_));
    cell.split(move |c: char| match c {
        '；' | ';' | '\n' => true,
        '、' => !structs,
        ',' | '，' => !plain,
        _ => false,
    })
    .map(str::trim)
    .filter(|part| !part.is_empty())
}

fn subject(cell: &str) -> Value {
    let Some((kind, key)) = cell.split_once(['|', ' ']) else { return cell.into() };
    let kind = value(Type::Enum(SUBJECT_KIND), kind.trim(), 1);
    let mut out = Map::new();
    out.insert("kind".to_owned(), kind);
    out.insert("key".to_owned(), key.trim().into());
    Value::Object(out)
}

fn structure(fields: &'static [Field], cell: &str) -> Value {
    let mut out = Map::new();
    if cell.contains('|') {
        for (field, part) in fields.iter().zip(cell.split('|')) {
            if let Some(read) = field.read(part) {
                out.insert(field.name.to_owned(), read);
            }
        }
        return Value::Object(out);
    }
    let mut open: Vec<&'static Field> = fields.iter().collect();
    let mut rest = cell;
    if let Some(first) =
        fields.first().filter(|f| matches!(f.ty, Type::KeyOrText(super::Kind::Standard)))
        && let Some(end) = standard_ends(cell)
    {
        out.insert(first.name.to_owned(), cell[..end].trim().into());
        open.retain(|f| f.name != first.name);
        rest = &cell[end..];
    }
    let mut last: Option<&str> = None;
    let mut words = rest.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let exact = open.iter().position(|f| means(f.ty, word));
        // Optional texts are passed over where there are only enough words for the required ones.
        let texts = open.iter().enumerate().filter(|(_, f)| is_free(f.ty));
        let needed = texts.clone().filter(|(_, f)| f.required).count();
        let words_left = 1 + words.clone().filter(|w| !open.iter().any(|f| means(f.ty, w))).count();
        let free = texts.clone().find(|(_, f)| f.required || words_left > needed).map(|(i, _)| i);
        match (exact.or(free), last) {
            (Some(at), _) => {
                let field = open.remove(at);
                out.insert(field.name.to_owned(), value(field.ty, word, 1));
                last = matches!(field.ty, Type::Text { .. }).then_some(field.name);
            }
            // More words than members: they belong to the text before them.
            (None, Some(name)) => {
                if let Some(Value::String(text)) = out.get_mut(name) {
                    text.push(' ');
                    text.push_str(word);
                }
            }
            (None, None) => return cell.into(),
        }
    }
    Value::Object(out)
}

/// Where the standard number at the start of a text ends: the longest run of words that is one.
fn standard_ends(cell: &str) -> Option<usize> {
    let mut ends =
        cell.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(i, _)| i).chain([cell.len()]);
    ends.rfind(|end| StandardNumber::parse(&cell[..*end]).is_ok_and(|n| n.year.is_some()))
}

/// Whether a word can only be a value of that type.
fn means(ty: Type, word: &str) -> bool {
    match ty {
        Type::Date => date::from_list(word).is_some(),
        Type::Int => word.parse::<i64>().is_ok(),
        Type::Decimal => Decimal::parse(word).is_some(),
        Type::Bool => matches!(word, "是" | "否" | "true" | "false"),
        Type::Enum(choices) => choices.iter().any(|c| [c.code, c.zh, c.hant].contains(&word)),
        Type::Uscc => id::Uscc::parse(word).is_ok(),
        Type::Url => word.starts_with("http://") || word.starts_with("https://"),
        _ => false,
    }
}

fn is_free(ty: Type) -> bool {
    matches!(
        ty,
        Type::Text { .. } | Type::Key(_) | Type::KeyOrText(_) | Type::System | Type::List(_)
    )
}
