//! A mapping's specifications applied to a row.

use std::collections::HashMap;

use chrono::NaiveDate;
use register::id::key;
use register::kinds::{Field, Type};
use register::message::{Code, Message};
use serde_json::{Map as JsonMap, Value};
use unicode_normalization::UnicodeNormalization;

use super::{Condition, Origin, Otherwise, Place, Spec, Step, Test, html};
use crate::import::reader::Row;

/// What a specification can see.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The row.
    pub row: &'a Row,
    /// Name of the file.
    pub file: &'a str,
    /// The item of `for_each`: its member name or index, its value.
    pub item: Option<(&'a str, &'a Value)>,
    /// Keys of the records the row has yielded so far, by their names.
    pub refs: &'a HashMap<String, String>,
    /// The source's day.
    pub retrieved_on: NaiveDate,
    /// Registered products by holder and model; `None` for a key means several.
    pub products: Option<&'a HashMap<String, Option<String>>>,
}

/// How a product is looked up without its brand.
pub(crate) fn product_mark(holder: &str, model: &str) -> String {
    let fold = |text: &str| text.nfkc().collect::<String>().trim().to_uppercase();
    format!("{}\n{}", fold(holder), fold(model))
}

impl Scope<'_> {
    fn at(&self, place: &Place) -> Option<Value> {
        match place {
            Place::Row(path) => self.row.get(path),
            Place::Item(path) => path.find(self.item?.1).filter(|v| !v.is_null()).cloned(),
            Place::WholeItem => self.item.map(|(_, value)| value.clone()),
            Place::ItemKey => self.item.map(|(key, _)| Value::String(key.to_owned())),
            Place::RowNumber => Some(Value::from(self.row.number)),
            Place::FileName => Some(Value::String(self.file.to_owned())),
            Place::RetrievedOn => Some(Value::String(self.retrieved_on.to_string())),
            Place::Ref(name) => self.refs.get(name).cloned().map(Value::String),
            Place::Product { holder, model } => {
                let text = |path| self.row.get(path).map(|v| clean(&plain(&v))).unwrap_or_default();
                let (holder, model) = (text(holder), text(model));
                let found = self.products.and_then(|p| p.get(&product_mark(&holder, &model)));
                // What is not registered, or is under several brands, stays what it is: E14 names it.
                let key = found.cloned().flatten().unwrap_or_else(|| format!("{holder} {model}"));
                (!model.is_empty()).then_some(Value::String(key))
            }
        }
    }

    fn text_at(&self, name: &str) -> Option<String> {
        self.at(&Place::parse(name)).map(|v| clean(&plain(&v))).filter(|t| !t.is_empty())
    }

    /// The text of a pattern.
    pub fn fill(&self, template: &super::Template) -> Option<String> {
        template.fill(&|name| self.text_at(name))
    }

    /// The items of a `for_each`, each with its member name or index.
    ///
    /// # Errors
    /// E11 when a table of the mapping file does not know a value.
    pub fn items(&self, spec: &Spec) -> Result<Vec<(String, Value)>, Message> {
        if let (Origin::Places(places), true) = (&spec.origin, spec.steps.is_empty()) {
            for place in places {
                let found = match place {
                    Place::Row(path) => match &self.row.data {
                        crate::import::reader::Data::Tree(_, value) => path.find_all(value),
                        crate::import::reader::Data::Cells(..) => Vec::new(),
                    },
                    _ => Vec::new(),
                };
                // A path without `*` names the list itself; with it, its items.
                match found.as_slice() {
                    [] => {}
                    [(_, Value::Array(items))] => {
                        let numbered = items.iter().enumerate();
                        return Ok(numbered.map(|(i, v)| (i.to_string(), v.clone())).collect());
                    }
                    _ => return Ok(found.into_iter().map(|(k, v)| (k, v.clone())).collect()),
                }
            }
        }
        Ok(match self.value(spec)? {
            None => Vec::new(),
            Some(Value::Array(items)) => {
                items.into_iter().enumerate().map(|(i, v)| (i.to_string(), v)).collect()
            }
            Some(Value::Object(members)) => members.into_iter().collect(),
            Some(one) => vec![("0".to_owned(), one)],
        })
    }

    /// Whether a condition holds.
    pub fn holds(&self, condition: &Condition) -> bool {
        let text = self.at(&condition.place).map(|v| clean(&plain(&v))).unwrap_or_default();
        match &condition.test {
            Test::Is(texts) => texts.contains(&text),
            Test::IsNot(texts) => !texts.contains(&text),
            Test::Matches(regex) => regex.is_match(&text),
            Test::NotMatches(regex) => !regex.is_match(&text),
            Test::DiffersFrom(other) => {
                text != self.at(other).map(|v| clean(&plain(&v))).unwrap_or_default()
            }
            Test::Present(wanted) => text.is_empty() != *wanted,
        }
    }

    /// The value of a specification; `None` where it is empty.
    ///
    /// # Errors
    /// E11 when a table of the mapping file does not know a value.
    pub fn value(&self, spec: &Spec) -> Result<Option<Value>, Message> {
        let mut column = String::new();
        let value = match &spec.origin {
            Origin::Const(value) => Some(value.clone()),
            Origin::Template(template) => self.fill(template).map(Value::String),
            Origin::Struct(members) => {
                let mut object = JsonMap::new();
                for (name, spec) in members {
                    if let Some(value) = self.value(spec)? {
                        object.insert(name.clone(), value);
                    }
                }
                // Constants alone do not make an object: a unit without a value is nothing.
                let aside = |spec: &Spec| spec.aside || matches!(spec.origin, Origin::Const(_));
                let said = members.iter().any(|(n, s)| object.contains_key(n) && !aside(s));
                let all_aside = members.iter().all(|(_, s)| aside(s));
                (said || all_aside).then_some(Value::Object(object))
            }
            Origin::List(items) => {
                let items: Vec<Value> = items
                    .iter()
                    .filter_map(|s| self.value(s).transpose())
                    .collect::<Result<_, _>>()?;
                Some(Value::Array(items))
            }
            Origin::Places(places) => {
                column = places.first().map(|p| p.text().to_owned()).unwrap_or_default();
                // Each place goes through the conversions: "N/A" in the first lets the second speak.
                for place in places {
                    let Some(value) = self.at(place) else { continue };
                    let keep_lines = matches!(spec.steps.first(), Some(Step::Lines));
                    let value = if keep_lines { lines_to_semicolons(value) } else { value };
                    let value = self.convert(tidy(value), &spec.steps, place.text())?;
                    if value.as_ref().is_some_and(|v| !is_empty(v)) {
                        return Ok(value);
                    }
                }
                None
            }
        };
        let value = match value {
            Some(value) => self.convert(value, &spec.steps, &column)?,
            None => None,
        };
        Ok(value.filter(|v| !is_empty(v)).or_else(|| spec.default.clone()))
    }

    fn convert(
        &self,
        mut value: Value,
        steps: &[Step],
        column: &str,
    ) -> Result<Option<Value>, Message> {
        for step in steps {
            value = match (step, value) {
                (Step::Join(between), Value::Array(items)) => {
                    let texts: Vec<String> = items.iter().map(plain).collect();
                    Value::String(texts.join(between))
                }
                (Step::Split(separator), Value::String(text)) => Value::Array(
                    separator
                        .split(&text)
                        .map(clean)
                        .filter(|t| !t.is_empty())
                        .map(Value::String)
                        .collect(),
                ),
                (Step::Countries, value) => {
                    let printed: Vec<String> = match &value {
                        Value::Array(items) => items.iter().map(plain).collect(),
                        one => vec![plain(one)],
                    };
                    let mut codes: Vec<&str> = Vec::new();
                    for code in printed.iter().flat_map(|text| crate::reference::countries_in(text))
                    {
                        if !codes.contains(&code) {
                            codes.push(code);
                        }
                    }
                    Value::from(codes)
                }
                (step, Value::Array(items)) => {
                    let mut out = Vec::new();
                    for item in items {
                        if let Some(item) = self.step(step, item, column)? {
                            out.push(item);
                        }
                    }
                    Value::Array(out)
                }
                (step, one) => match self.step(step, one, column)? {
                    Some(one) => one,
                    None => return Ok(None),
                },
            };
        }
        Ok(Some(value))
    }

    /// One conversion of one value; `None` is empty.
    fn step(&self, step: &Step, value: Value, column: &str) -> Result<Option<Value>, Message> {
        if value.is_object() {
            return Ok(Some(value));
        }
        let text = plain(&value);
        if text.is_empty() {
            return Ok(None);
        }
        let text = match step {
            Step::Html => clean(&html::decode(&text)),
            Step::Empty(texts) if texts.contains(&text) => return Ok(None),
            Step::Empty(_) => return Ok(Some(value)),
            Step::Extract(regex) => match regex.captures(&text) {
                Some(found) => {
                    found.get(1).or(found.get(0)).map(|m| clean(m.as_str())).unwrap_or_default()
                }
                None => return Ok(None),
            },
            Step::Replace(pairs) => {
                let mut text = text;
                for (regex, with) in pairs {
                    text = regex.replace_all(&text, with.as_str()).into_owned();
                }
                clean(&text)
            }
            Step::Strip(characters) => {
                clean(text.trim_matches(|c| characters.contains(&c) || char::is_whitespace(c)))
            }
            Step::Values(table, otherwise) => {
                return match (table.iter().find(|(from, _)| *from == text), otherwise) {
                    (Some((_, to)), _) => Ok((!is_empty(to)).then(|| to.clone())),
                    (None, Otherwise::Keep) => Ok(Some(value)),
                    (None, Otherwise::Value(other)) => {
                        Ok((!is_empty(other)).then(|| other.clone()))
                    }
                    (None, Otherwise::Refuse) => {
                        let known: Vec<&str> =
                            table.iter().map(|(from, _)| from.as_str()).collect();
                        let message = Message::new(Code::E11).column(column).value(text);
                        Err(message.arg("list", known.join("、")))
                    }
                };
            }
            // What fits no format stays as it is; the field's own check refuses it as E09.
            Step::Date(formats) => {
                let found = formats.iter().find_map(|f| NaiveDate::parse_from_str(&text, f).ok());
                found.map_or(text, |date| date.to_string())
            }
            Step::Number => number(&text),
            Step::Upper => text.to_uppercase(),
            Step::Lower => text.to_lowercase(),
            Step::Slug => key::slug(&text),
            Step::ForeignKey(country) => {
                let country = self.value(country)?.map(|v| plain(&v)).unwrap_or_default();
                key::foreign_enterprise_key(&country, &text)
            }
            Step::Special(convert) => {
                return convert(&text).map_err(|message| {
                    if message.column.is_empty() { message.column(column) } else { message }
                });
            }
            Step::Parts(fields) => return Ok(Some(parts(fields, &text))),
            Step::Split(_) | Step::Join(_) | Step::Lines | Step::Countries => {
                return Ok(Some(value));
            }
        };
        Ok((!text.is_empty()).then_some(Value::String(text)))
    }
}

/// A value as text: the text itself, a number as printed, a list as JSON.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// White space as people mean it: control characters and runs become one space, ends go; NFC.
pub(crate) fn clean(text: &str) -> String {
    let composed: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).nfc().collect();
    let invisible = |c: char| matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}');
    composed
        .split_whitespace()
        .map(|word| word.trim_matches(invisible))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn lines_to_semicolons(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace(['\r', '\n'], ";")),
        other => other,
    }
}

fn tidy(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(clean(&text)),
        Value::Array(items) => Value::Array(items.into_iter().map(tidy).collect()),
        other => other,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// `1,120,905` → `1120905`, `１２．５` → `12.5`. What is no number stays.
fn number(text: &str) -> String {
    let folded: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let unsigned = folded.strip_prefix(['-', '+']).unwrap_or(&folded);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let grouped = whole.contains(',');
    let sound = digits(first)
        && (!grouped || first.len() <= 3)
        && groups.all(|g| g.len() == 3 && digits(g))
        && digits(fraction);
    if sound { folded.replace(',', "").trim_start_matches('+').to_owned() } else { text.to_owned() }
}

/// `产品质量法 第49条` by the fields of a struct: dates, numbers and words of an enumeration are told
/// from the end; what is left is given out in order, the last text taking the rest.
fn parts(fields: &'static [Field], text: &str) -> Value {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let mut object = JsonMap::new();
    let mut open: Vec<&'static Field> = Vec::new();
    for field in fields.iter().rev() {
        let of_enum = field.choices().unwrap_or_default();
        let choice =
            words.last().and_then(|word| of_enum.iter().find(|c| c.code == *word || c.zh == *word));
        let last = words.last().copied().unwrap_or_default();
        let fits = match field.ty {
            Type::Date => register::id::date::from_list(last).is_some(),
            Type::Decimal | Type::Int => number(last).parse::<f64>().is_ok(),
            Type::Enum(_) => choice.is_some(),
            _ => false,
        };
        let typed = matches!(field.ty, Type::Date | Type::Decimal | Type::Int | Type::Enum(_));
        if fits {
            let value = choice.map_or(last, |c| c.code).to_owned();
            object.insert(field.name.to_owned(), Value::String(value));
            words.pop();
        } else if !typed {
            open.push(field);
        }
    }
    open.reverse();
    for (i, field) in open.iter().enumerate() {
        if words.is_empty() {
            break;
        }
        let last = i + 1 == open.len();
        let word =
            if last { std::mem::take(&mut words).join(" ") } else { words.remove(0).to_owned() };
        let value = match field.ty {
            Type::List(_) => word.split(['、', ';', '；']).map(|w| Value::from(w.trim())).collect(),
            _ => Value::String(word),
        };
        object.insert(field.name.to_owned(), value);
    }
    Value::Object(object)
}
