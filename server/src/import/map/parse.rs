//! Mapping files read and checked. Every key is in one table, which the documentation is held to.

mod record;
mod value;

use chrono::NaiveDate;
use regex_lite::Regex;
use register::{Kind, ReasonCode};
use serde_json::Value;

use super::node::{self, Node, NodeValue};
use super::{Coverage, Existing, Map, MapError, Record, Source};
use crate::import::reader::{Encoding, Format, HeaderAt, Sheet};

/// A key of a mapping file: the table it stands in and its name.
pub type Word = (&'static str, &'static str);

const TOP: &[&str] = &[
    "title",
    "format",
    "encoding",
    "sheet",
    "path",
    "header_row",
    "delimiter",
    "ignore",
    "source",
    "constant",
    "record",
];
const SOURCE: &[&str] = &[
    "key",
    "publisher",
    "title",
    "url",
    "published_on",
    "retrieved_on",
    "licence",
    "sample",
    "coverage",
];
const COVERAGE: &[&str] = &["from", "to", "stated_total", "complete", "gaps"];
const CONSTANT: &[&str] =
    &["kind", "key", "valid_from", "reason", "reason_text", "existing", "body"];
const RECORD: &[&str] = &[
    "name",
    "kind",
    "key",
    "when",
    "for_each",
    "valid_from",
    "reason",
    "reason_text",
    "existing",
    "repeat",
    "fields",
];
const CONDITION: &[&str] =
    &["column", "is", "is_not", "matches", "not_matches", "differs_from", "present"];
const ORIGINS: &[&str] = &["column", "columns", "const", "template", "ref", "struct", "list"];
const STEPS: &[&str] = &[
    "html",
    "empty",
    "extract",
    "replace",
    "split",
    "strip",
    "values",
    "otherwise",
    "countries",
    "date",
    "number",
    "case",
    "slug",
    "foreign_key",
    "join",
    "default",
    "optional",
];

/// Every key a mapping file may hold.
pub fn words() -> impl Iterator<Item = Word> {
    let tables: [Word2; 8] = [
        ("", TOP),
        ("source", SOURCE),
        ("source.coverage", COVERAGE),
        ("constant", CONSTANT),
        ("record", RECORD),
        ("when", CONDITION),
        ("value", ORIGINS),
        ("value", STEPS),
    ];
    tables.into_iter().flat_map(|(table, names)| names.iter().map(move |name| (table, *name)))
}

type Word2 = (&'static str, &'static [&'static str]);

/// Reads and checks a mapping file.
///
/// # Errors
/// Every mistake found, in the order of the lines.
pub fn parse(text: &str) -> Result<Map, Vec<MapError>> {
    let root = node::parse(text).map_err(|(line, words)| {
        vec![MapError {
            line,
            zh: format!("不是有效的TOML：{words}"),
            en: format!("This is not valid TOML: {words}"),
        }]
    })?;
    let mut checker = Checker { errors: Vec::new() };
    let map = checker.map(&root);
    if checker.errors.is_empty() {
        Ok(map)
    } else {
        checker.errors.sort_by_key(|e| e.line);
        checker.errors.dedup();
        Err(checker.errors)
    }
}

struct Checker {
    errors: Vec<MapError>,
}

impl Checker {
    fn wrong(&mut self, line: usize, zh: impl Into<String>, en: impl Into<String>) {
        self.errors.push(MapError { line, zh: zh.into(), en: en.into() });
    }

    fn expected(&mut self, node: &Node, name: &str, zh: &str, en: &str) {
        self.wrong(node.line, format!("“{name}”应为{zh}"), format!("\"{name}\" should be {en}"));
    }

    fn members<'n>(&mut self, node: &'n Node, table: &str) -> &'n [(String, Node)] {
        match &node.value {
            NodeValue::Table(members) => members,
            _ => {
                self.expected(node, table, "一个表", "a table");
                &[]
            }
        }
    }

    fn known(&mut self, node: &Node, table: &str, names: &[&str]) {
        for (name, value) in self.members(node, table) {
            if !names.contains(&name.as_str()) {
                let near = nearest(name, names);
                self.wrong(
                    value.line,
                    format!(
                        "{table}中没有“{name}”{}",
                        near.map_or(String::new(), |n| format!("，是否为“{n}”？"))
                    ),
                    format!(
                        "Unknown key \"{name}\" in {table}{}; known: {}",
                        near.map_or(String::new(), |n| format!(", did you mean \"{n}\"?")),
                        names.join(", ")
                    ),
                );
            }
        }
    }

    fn text(&mut self, node: &Node, name: &str) -> Option<String> {
        match node.text() {
            Some(text) => Some(text.to_owned()),
            None => {
                self.expected(node, name, "文字", "text");
                None
            }
        }
    }

    fn required_text(&mut self, table: &Node, in_table: &str, name: &str) -> String {
        match table.get(name) {
            Some(node) => self.text(node, name).unwrap_or_default(),
            None => {
                self.wrong(
                    table.line,
                    format!("{in_table}缺少必填的“{name}”"),
                    format!("{in_table} needs \"{name}\""),
                );
                String::new()
            }
        }
    }

    fn date(&mut self, node: &Node, name: &str) -> Option<NaiveDate> {
        let date = node.text().and_then(|t| t.parse().ok());
        if date.is_none() {
            self.expected(node, name, "日期，例如 2023-10-12", "a date, e.g. 2023-10-12");
        }
        date
    }

    fn boolean(&mut self, node: &Node, name: &str) -> bool {
        match node.value {
            NodeValue::Bool(value) => value,
            _ => {
                self.expected(node, name, "true 或 false", "true or false");
                false
            }
        }
    }

    fn number(&mut self, node: &Node, name: &str) -> Option<i64> {
        match node.value {
            NodeValue::Int(n) => Some(n),
            _ => {
                self.expected(node, name, "整数", "a whole number");
                None
            }
        }
    }

    fn texts(&mut self, node: &Node, name: &str) -> Vec<String> {
        match &node.value {
            NodeValue::Text(text) => vec![text.clone()],
            NodeValue::Array(items) => items.iter().filter_map(|i| self.text(i, name)).collect(),
            _ => {
                self.expected(node, name, "文字或文字的列表", "text or a list of texts");
                Vec::new()
            }
        }
    }

    fn regex(&mut self, node: &Node, name: &str) -> Option<Regex> {
        let text = self.text(node, name)?;
        match Regex::new(&text) {
            Ok(regex) => Some(regex),
            Err(error) => {
                self.wrong(
                    node.line,
                    format!("“{name}”不是有效的正则表达式：{error}"),
                    format!("\"{name}\" is not a valid regular expression: {error}"),
                );
                None
            }
        }
    }

    fn choice<T: Copy>(&mut self, node: &Node, name: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(node, name)?;
        let found = choices.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let list = choices.iter().map(|(word, _)| *word).collect::<Vec<_>>();
            self.wrong(
                node.line,
                format!("“{name}”的值“{text}”不在允许范围：{}", list.join("、")),
                format!("\"{name}\" is \"{text}\" but should be one of: {}", list.join(", ")),
            );
        }
        found
    }

    fn map(&mut self, root: &Node) -> Map {
        self.known(root, "mapping", TOP);
        let text = |c: &mut Checker, name: &str| root.get(name).and_then(|n| c.text(n, name));
        let title = text(self, "title").unwrap_or_default();
        let format = root.get("format").and_then(|n| {
            let choices = ["csv", "xlsx", "json", "jsonl"].map(|f| (f, Format::parse(f)));
            self.choice(n, "format", &choices).flatten()
        });
        let encoding = root.get("encoding").and_then(|n| {
            let choices = [
                ("auto", None),
                ("utf-8", Some(Encoding::Utf8)),
                ("gb18030", Some(Encoding::Gb18030)),
                ("gbk", Some(Encoding::Gb18030)),
            ];
            self.choice(n, "encoding", &choices).flatten()
        });
        let sheet = root.get("sheet").and_then(|n| match n.value {
            NodeValue::Int(number) if number > 0 => Some(Sheet::Number(number as usize)),
            _ => self.text(n, "sheet").map(Sheet::Name),
        });
        let pointer = text(self, "path").unwrap_or_default();
        if let Some(node) = root.get("path")
            && !pointer.is_empty()
            && !pointer.starts_with('/')
        {
            let (zh, en) = ("JSON指针，以“/”开头", "a JSON pointer, starting with \"/\"");
            self.expected(node, "path", zh, en);
        }
        let header = match root.get("header_row").map(|n| (n, self.number(n, "header_row"))) {
            Some((_, Some(row))) if row > 0 => HeaderAt::Row(row as u64),
            Some((node, _)) => {
                self.expected(node, "header_row", "大于0的整数", "a whole number above 0");
                HeaderAt::Row(1)
            }
            None => HeaderAt::Row(1),
        };
        let delimiter = root.get("delimiter").and_then(|n| {
            self.choice(n, "delimiter", &[(",", b','), (";", b';'), ("\t", b'\t'), ("|", b'|')])
        });
        let ignore = root.get("ignore").map(|n| self.texts(n, "ignore")).unwrap_or_default();
        let source = match root.get("source") {
            Some(node) => self.source(node),
            None => {
                self.wrong(
                    1,
                    "缺少[source]：须说明名单的来源",
                    "[source] is missing: a list needs its source",
                );
                self.source(&Node { line: 1, value: NodeValue::Table(Vec::new()) })
            }
        };
        let tables = |name: &str| match root.get(name) {
            Some(Node { value: NodeValue::Array(items), .. }) => items.iter().collect(),
            Some(node) => vec![node],
            None => Vec::new(),
        };
        let constants = tables("constant").into_iter().filter_map(|n| self.constant(n)).collect();
        let mut names = Vec::new();
        let mut records: Vec<Record> = Vec::new();
        for node in tables("record") {
            if let Some(record) = self.record(node, &names) {
                if let Some(name) = &record.name {
                    if names.contains(name) {
                        self.wrong(
                            record.line,
                            format!("记录名“{name}”重复"),
                            format!("The record name \"{name}\" is used twice"),
                        );
                    }
                    names.push(name.clone());
                }
                records.push(record);
            }
        }
        if records.is_empty() && self.errors.is_empty() {
            self.wrong(1, "至少须有一个[[record]]", "At least one [[record]] is needed");
        }
        Map {
            title,
            format,
            encoding,
            sheet,
            pointer,
            header,
            delimiter,
            ignore,
            source,
            constants,
            records,
            own_template: None,
        }
    }

    fn source(&mut self, node: &Node) -> Source {
        self.known(node, "[source]", SOURCE);
        let key = self.required_text(node, "[source]", "key");
        let sound = !key.is_empty()
            && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if let (false, Some(node)) = (sound, node.get("key")) {
            self.expected(
                node,
                "key",
                "小写字母、数字和连字符",
                "lower-case letters, digits and hyphens",
            );
        }
        let coverage = match node.get("coverage") {
            None => Coverage::default(),
            Some(node) => {
                self.known(node, "[source.coverage]", COVERAGE);
                Coverage {
                    from: node.get("from").and_then(|n| self.date(n, "from")),
                    to: node.get("to").and_then(|n| self.date(n, "to")),
                    stated_total: node
                        .get("stated_total")
                        .and_then(|n| self.number(n, "stated_total")),
                    complete: node.get("complete").and_then(|n| {
                        let choices = [("yes", "yes"), ("no", "no"), ("unknown", "unknown")];
                        self.choice(n, "complete", &choices).map(str::to_owned)
                    }),
                    gaps: node.get("gaps").map(|n| self.texts(n, "gaps")).unwrap_or_default(),
                }
            }
        };
        Source {
            key,
            publisher: self.required_text(node, "[source]", "publisher"),
            title: self.required_text(node, "[source]", "title"),
            url: node.get("url").and_then(|n| self.text(n, "url")),
            published_on: node.get("published_on").and_then(|n| self.date(n, "published_on")),
            retrieved_on: node.get("retrieved_on").and_then(|n| self.date(n, "retrieved_on")),
            licence: self.required_text(node, "[source]", "licence"),
            sample: node.get("sample").is_some_and(|n| self.boolean(n, "sample")),
            coverage,
        }
    }

    fn kind(&mut self, table: &Node, in_table: &str) -> Option<Kind> {
        let name = self.required_text(table, in_table, "kind");
        let kind = Kind::from_name(&name);
        if let (None, Some(node)) = (kind, table.get("kind")) {
            let names: Vec<&str> = Kind::ALL.iter().map(|k| k.name()).collect();
            self.wrong(
                node.line,
                format!("没有“{name}”这类记录，可用：{}", names.join("、")),
                format!("There is no kind \"{name}\"; known: {}", names.join(", ")),
            );
        }
        kind
    }

    fn reason(&mut self, node: Option<&Node>, default: ReasonCode) -> ReasonCode {
        let Some(node) = node else { return default };
        let Some(text) = self.text(node, "reason") else { return default };
        match serde_json::from_value(Value::String(text.clone())) {
            Ok(code) => code,
            Err(_) => {
                self.wrong(
                    node.line,
                    format!("没有“{text}”这种事由"),
                    format!(
                        "There is no reason \"{text}\"; known: listed, granted, renewed, amended, suspended, \
                         reinstated, withdrawn, cancelled, exited, replaced, revised, corrected, contested, \
                         contest_closed, published, removed, repaired"
                    ),
                );
                default
            }
        }
    }

    fn existing(&mut self, node: Option<&Node>, default: Existing) -> Existing {
        let choices = [
            ("replace", Existing::Replace),
            ("merge", Existing::Merge),
            ("lead", Existing::Lead),
            ("fill", Existing::Fill),
            ("keep", Existing::Keep),
        ];
        node.and_then(|n| self.choice(n, "existing", &choices)).unwrap_or(default)
    }
}

/// Why a list's row is in the register, where the mapping file does not say.
pub(crate) fn default_reason(kind: Kind) -> ReasonCode {
    match kind {
        Kind::Listing => ReasonCode::Granted,
        Kind::Restriction => ReasonCode::Listed,
        _ => ReasonCode::Published,
    }
}

/// The word meant, if one is close: the same start or at most two letters off.
pub(crate) fn nearest<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
    let distance = |other: &str| {
        let (a, b): (Vec<char>, Vec<char>) = (name.chars().collect(), other.chars().collect());
        let mut row: Vec<usize> = (0..=b.len()).collect();
        for (i, x) in a.iter().enumerate() {
            let mut diagonal = row[0];
            row[0] = i + 1;
            for (j, y) in b.iter().enumerate() {
                let cost = if x == y { diagonal } else { 1 + diagonal.min(row[j]).min(row[j + 1]) };
                diagonal = std::mem::replace(&mut row[j + 1], cost);
            }
        }
        row[b.len()]
    };
    names.iter().copied().map(|n| (distance(n), n)).filter(|(d, _)| *d <= 2).min().map(|(_, n)| n)
}
