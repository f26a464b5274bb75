//! What the cells of our own lists mean beyond plain values.

use regex_lite::Regex;
use register::id::{self, Uscc, date};
use register::kinds::Type;
use register::message::{Code, Message};
use serde_json::{Value, json};

use crate::import::map::{Otherwise, Spec, Step};
use crate::reference;

type Made = Result<Option<Value>, Message>;

/// Adds what a field's type needs: words of an enumeration to codes, lists split, names to keys.
pub fn typed(mut spec: Spec, ty: &'static Type) -> Spec {
    match ty {
        Type::List(inner) => {
            spec.steps.insert(0, Step::Lines);
            spec.steps.extend(splitter(inner));
            return typed(spec, inner);
        }
        Type::Enum(choices) => {
            let table = choices
                .iter()
                .flat_map(|c| {
                    [c.zh, c.hant, c.en].map(|word| (word.to_owned(), Value::from(c.code)))
                })
                .collect();
            spec.steps.push(Step::Values(table, Otherwise::Keep));
        }
        Type::Bool => {
            let words = [
                ("是", true),
                ("强制", true),
                ("true", true),
                ("否", false),
                ("推荐", false),
                ("false", false),
            ];
            let table = words.map(|(word, value)| (word.to_owned(), Value::from(value))).to_vec();
            spec.steps.push(Step::Values(table, Otherwise::Keep));
        }
        Type::Key(register::Kind::Scheme) => spec.steps.push(Step::Special(scheme)),
        Type::Key(register::Kind::Place) | Type::PlaceOrCountry | Type::DivisionCode => {
            spec.steps.push(Step::Special(place));
        }
        Type::Key(register::Kind::Enterprise) => spec.steps.push(Step::Special(enterprise)),
        Type::Struct(fields) => spec.steps.push(Step::Parts(fields)),
        _ => {}
    }
    spec
}

/// Names and numbers are separated by `、` too; clauses and findings only by `;` and line breaks.
fn splitter(inner: &Type) -> Option<Step> {
    let pattern = match inner {
        Type::Struct(_) => r"[;；\n]",
        _ => r"[;；、\n]",
    };
    Regex::new(pattern).ok().map(Step::Split)
}

/// A scheme's name, or its key.
pub fn scheme(text: &str) -> Made {
    let found = reference::schemes().iter().find(|s| {
        [s.name_zh.as_str(), &s.name_hant, &s.name_en].contains(&text)
            || s.name_zh.trim_matches(['“', '”']) == text
    });
    Ok(Some(found.map_or(text, |s| s.id.as_str()).into()))
}

/// A place's name where only one built-in place has it, or its code.
pub fn place(text: &str) -> Made {
    let mut found = reference::places().iter().filter(|p| p.name_zh == text);
    let first = found.next().filter(|_| found.next().is_none());
    Ok(Some(first.map_or(text, |p| p.code.as_str()).into()))
}

/// An enterprise's social credit code; a name becomes the key of an enterprise without one.
pub fn enterprise(text: &str) -> Made {
    let looks_like_code = text.len() >= 15 && text.bytes().all(|b| b.is_ascii_alphanumeric());
    let key = if Uscc::parse(text).is_ok() || looks_like_code || text.starts_with("N-") {
        text.to_owned()
    } else {
        id::foreign_enterprise_key("CN", text)
    };
    Ok(Some(key.into()))
}

/// Years as months.
pub fn months(text: &str) -> Made {
    let years: Option<i64> = text.trim_end_matches('年').trim().parse().ok();
    match years.and_then(|n| n.checked_mul(12)) {
        Some(months) => Ok(Some(months.into())),
        None => Err(Message::new(Code::E16).value(text)),
    }
}

/// Ten thousands of yuan as fen, exactly: six decimals at most.
pub fn fen(text: &str) -> Made {
    let wrong = || Message::new(Code::E16).value(text);
    let text = text.trim_end_matches("万元").trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 6 || !(whole.to_owned() + fraction).bytes().all(|b| b.is_ascii_digit()) {
        return Err(wrong());
    }
    format!("{whole}{fraction:0<6}").parse::<i64>().map(|n| Some(n.into())).map_err(|_| wrong())
}

/// The `║` cell of the official table: item, result and limit, several separated by `;` or line
/// breaks, each of exactly three parts (E21).
pub fn items(text: &str) -> Made {
    let mut out = Vec::new();
    for item in text.split([';', '；', '\n']).map(str::trim).filter(|t| !t.is_empty()) {
        let parts: Vec<&str> = item.split('║').map(str::trim).collect();
        let [name, result, limit] = parts.as_slice() else {
            return Err(Message::new(Code::E21).value(item).arg("n", parts.len()));
        };
        let mut found = json!({ "name": name, "verdict": "fail" });
        for (field, value) in [("result", result), ("limit", limit)] {
            if !value.is_empty() && !matches!(*value, "/" | "—") {
                found[field] = json!(value);
            }
        }
        out.push(found);
    }
    Ok((!out.is_empty()).then_some(Value::Array(out)))
}

/// A row with a failed item has failed.
pub fn failed(text: &str) -> Made {
    Ok((!text.is_empty()).then(|| "fail".into()))
}

/// A production date, if the cell is one.
pub fn produced_on(text: &str) -> Made {
    Ok(date::from_list(text).map(|day| day.to_string().into()))
}

/// A lot, if the cell is no date.
pub fn lot(text: &str) -> Made {
    Ok(date::from_list(text).is_none().then(|| text.into()))
}

/// The level of authority a task's name tells.
pub fn level(text: &str) -> Made {
    let words = [
        ("国家", "国家"),
        ("国抽", "国家"),
        ("省", "省"),
        ("自治区", "省"),
        ("市", "市"),
        ("区", "县"),
        ("县", "县"),
    ];
    let found = words.into_iter().find(|(word, _)| text.contains(word)).map(|(_, level)| level);
    Ok(Some(found.unwrap_or(text).into()))
}

/// What a decision imposes, told from its words.
pub fn measures(text: &str) -> Made {
    let words = [
        ("警告", "warning"),
        ("罚款", "fine"),
        ("没收", "confiscation"),
        ("吊销", "revocation"),
        ("责令", "order"),
    ];
    let found: Vec<&str> =
        words.into_iter().filter(|(w, _)| text.contains(w)).map(|(_, code)| code).collect();
    Ok((!found.is_empty()).then(|| json!(found)))
}

/// A removal is told by its date.
pub fn removed(text: &str) -> Made {
    Ok((!text.is_empty()).then(|| "removed".into()))
}
