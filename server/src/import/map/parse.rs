//! Mapping files read and checked. Every key is in one table, which the documentation is held to.

use chrono::NaiveDate;
use regex_lite::Regex;
use register::kinds::{Field, KindSpec, Type, Visibility};
use register::{Kind, Reason, ReasonCode};
use serde_json::Value;

use super::node::{self, Node, NodeValue};
use super::{
    Condition, Constant, Coverage, Existing, Map, MapError, Origin, Otherwise, Place, Record, Repeat, Source,
    Spec, Step, Template, Test, field_in,
};
use crate::import::reader::{Encoding, Format, HeaderAt, Sheet};

/// A key of a mapping file: the table it stands in and its name.
pub type Word = (&'static str, &'static str);

const TOP: &[&str] = &[
    "title", "format", "encoding", "sheet", "path", "header_row", "delimiter", "ignore", "source", "constant",
    "record",
];
const SOURCE: &[&str] = &[
    "key", "publisher", "title", "url", "published_on", "retrieved_on", "licence", "sample", "coverage",
];
const COVERAGE: &[&str] = &["from", "to", "stated_total", "complete", "gaps"];
const CONSTANT: &[&str] = &["kind", "key", "valid_from", "reason", "reason_text", "existing", "body"];
const RECORD: &[&str] = &[
    "name", "kind", "key", "when", "for_each", "valid_from", "reason", "reason_text", "existing", "repeat",
    "fields",
];
const CONDITION: &[&str] = &["column", "is", "is_not", "matches", "not_matches", "differs_from", "present"];
const ORIGINS: &[&str] = &["column", "columns", "const", "template", "ref", "struct", "list"];
const STEPS: &[&str] = &[
    "html", "empty", "extract", "replace", "split", "strip", "values", "otherwise", "date", "number", "case",
    "slug", "foreign_key", "join", "default", "optional",
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
                    format!("{table}中没有“{name}”{}", near.map_or(String::new(), |n| format!("，是否为“{n}”？"))),
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
        if let Some(node) = root.get("path") {
            if !pointer.is_empty() && !pointer.starts_with('/') {
                self.expected(node, "path", "JSON指针，以“/”开头", "a JSON pointer, starting with \"/\"");
            }
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
                self.wrong(1, "缺少[source]：须说明名单的来源", "[source] is missing: a list needs its source");
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
            own_template: false,
        }
    }

    fn source(&mut self, node: &Node) -> Source {
        self.known(node, "[source]", SOURCE);
        let key = self.required_text(node, "[source]", "key");
        let sound = !key.is_empty()
            && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if let (false, Some(node)) = (sound, node.get("key")) {
            self.expected(node, "key", "小写字母、数字和连字符", "lower-case letters, digits and hyphens");
        }
        let coverage = match node.get("coverage") {
            None => Coverage::default(),
            Some(node) => {
                self.known(node, "[source.coverage]", COVERAGE);
                Coverage {
                    from: node.get("from").and_then(|n| self.date(n, "from")),
                    to: node.get("to").and_then(|n| self.date(n, "to")),
                    stated_total: node.get("stated_total").and_then(|n| self.number(n, "stated_total")),
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
        let choices =
            [("replace", Existing::Replace), ("merge", Existing::Merge), ("keep", Existing::Keep)];
        node.and_then(|n| self.choice(n, "existing", &choices)).unwrap_or(default)
    }

    fn constant(&mut self, node: &Node) -> Option<Constant> {
        self.known(node, "[[constant]]", CONSTANT);
        let kind = self.kind(node, "[[constant]]")?;
        let mut body = register::Body::new();
        match node.get("body") {
            Some(fields) => {
                for (name, value) in self.members(fields, "body") {
                    if self.field(kind.spec(), name, value.line).is_some() {
                        body.insert(name.clone(), value.json());
                    }
                }
                self.required_fields(node.line, kind, &|name| body.contains_key(name));
            }
            None => self.wrong(node.line, "[[constant]]缺少“body”", "[[constant]] needs \"body\""),
        }
        Some(Constant {
            line: node.line,
            kind,
            key: node.get("key").and_then(|n| self.text(n, "key")),
            valid_from: node.get("valid_from").and_then(|n| self.date(n, "valid_from")),
            reason: Reason {
                code: self.reason(node.get("reason"), ReasonCode::Published),
                text: node.get("reason_text").and_then(|n| self.text(n, "reason_text")),
            },
            existing: self.existing(node.get("existing"), Existing::Replace),
            body,
        })
    }

    fn record(&mut self, node: &Node, earlier: &[String]) -> Option<Record> {
        self.known(node, "[[record]]", RECORD);
        let kind = self.kind(node, "[[record]]")?;
        let key = node.get("key").and_then(|n| self.template(n, "key", earlier));
        let when = match node.get("when") {
            None => Vec::new(),
            Some(Node { value: NodeValue::Array(items), .. }) => {
                items.iter().filter_map(|n| self.condition(n)).collect()
            }
            Some(one) => self.condition(one).into_iter().collect(),
        };
        let for_each = node.get("for_each").and_then(|n| self.spec(n, "for_each", None, earlier));
        let valid_from =
            node.get("valid_from").and_then(|n| self.spec(n, "valid_from", Some(&Type::Date), earlier));
        let mut fields = Vec::new();
        match node.get("fields") {
            Some(table) => {
                for (name, value) in self.members(table, "fields") {
                    if let Some(field) = self.field(kind.spec(), name, value.line) {
                        if let Some(spec) = self.spec(value, name, Some(&field.ty), earlier) {
                            fields.push((name.clone(), spec));
                        }
                    }
                }
                let mapped: Vec<&str> =
                    self.members(table, "fields").iter().map(|(n, _)| n.as_str()).collect();
                self.required_fields(node.line, kind, &|name| mapped.contains(&name));
            }
            None => self.wrong(node.line, "[[record]]缺少“fields”", "[[record]] needs \"fields\""),
        }
        let repeat = [("refuse", Repeat::Refuse), ("first", Repeat::First), ("versions", Repeat::Versions)];
        Some(Record {
            line: node.line,
            name: node.get("name").and_then(|n| self.text(n, "name")),
            kind,
            key,
            when,
            for_each,
            valid_from,
            reason: self.reason(node.get("reason"), default_reason(kind)),
            reason_text: node
                .get("reason_text")
                .and_then(|n| self.spec(n, "reason_text", None, earlier)),
            existing: self.existing(node.get("existing"), Existing::Replace),
            repeat: node.get("repeat").and_then(|n| self.choice(n, "repeat", &repeat)).unwrap_or(Repeat::Refuse),
            fields,
        })
    }

    fn field(&mut self, spec: &'static KindSpec, name: &str, line: usize) -> Option<&'static Field> {
        let field = spec.field(name);
        match field {
            Some(field) if matches!(field.visibility, Visibility::Computed) => {
                self.wrong(
                    line,
                    format!("“{name}”由系统计算，不能导入"),
                    format!("\"{name}\" is computed and cannot be imported"),
                );
                None
            }
            Some(field) => Some(field),
            None => {
                let names: Vec<&str> = spec.fields.iter().map(|f| f.name).collect();
                let near = nearest(name, &names);
                self.wrong(
                    line,
                    format!(
                        "{}没有字段“{name}”{}",
                        spec.label[0],
                        near.map_or(String::new(), |n| format!("，是否为“{n}”？"))
                    ),
                    format!(
                        "Kind {} has no field \"{name}\"{}; known: {}",
                        spec.name,
                        near.map_or(String::new(), |n| format!(", did you mean \"{n}\"?")),
                        names.join(", ")
                    ),
                );
                None
            }
        }
    }

    fn required_fields(&mut self, line: usize, kind: Kind, has: &dyn Fn(&str) -> bool) {
        for field in kind.spec().fields.iter().filter(|f| f.required && !has(f.name)) {
            let (name, label) = (field.name, field.label[0]);
            self.wrong(
                line,
                format!("缺少必填字段“{name}”（{label}）"),
                format!("Required field \"{name}\" ({}) is not mapped", field.label[2]),
            );
        }
    }

    fn condition(&mut self, node: &Node) -> Option<Condition> {
        self.known(node, "when", CONDITION);
        let place = Place::parse(&self.required_text(node, "when", "column"));
        let tests: Vec<Test> = [
            node.get("is").map(|n| Test::Is(self.texts(n, "is"))),
            node.get("is_not").map(|n| Test::IsNot(self.texts(n, "is_not"))),
            node.get("matches").and_then(|n| self.regex(n, "matches").map(Test::Matches)),
            node.get("not_matches").and_then(|n| self.regex(n, "not_matches").map(Test::NotMatches)),
            node.get("differs_from")
                .and_then(|n| self.text(n, "differs_from"))
                .map(|text| Test::DiffersFrom(Place::parse(&text))),
            node.get("present").map(|n| Test::Present(self.boolean(n, "present"))),
        ]
        .into_iter()
        .flatten()
        .collect();
        let count = tests.len();
        let test = tests.into_iter().next();
        if count != 1 && self.errors.is_empty() {
            self.wrong(
                node.line,
                "每个条件须有且只有一项：is、is_not、matches、not_matches、differs_from、present",
                "A condition needs exactly one of: is, is_not, matches, not_matches, differs_from, present",
            );
        }
        Some(Condition { line: node.line, place, test: test? })
    }

    fn template(&mut self, node: &Node, name: &str, earlier: &[String]) -> Option<Template> {
        let text = self.text(node, name)?;
        match Template::parse(&text) {
            Ok(template) => {
                for name in template.names() {
                    if let Place::Ref(name) = Place::parse(name) {
                        self.earlier(node.line, &name, earlier);
                    }
                }
                Some(template)
            }
            Err((zh, en)) => {
                self.wrong(node.line, zh, en);
                None
            }
        }
    }

    fn earlier(&mut self, line: usize, name: &str, earlier: &[String]) {
        if !earlier.iter().any(|e| e == name) {
            self.wrong(
                line,
                format!("前面没有名为“{name}”的记录"),
                format!("No record named \"{name}\" stands before this one"),
            );
        }
    }

    fn spec(&mut self, node: &Node, name: &str, ty: Option<&'static Type>, earlier: &[String]) -> Option<Spec> {
        let line = node.line;
        let members = match &node.value {
            NodeValue::Table(members) => members,
            NodeValue::Array(items) => {
                let of = match ty {
                    Some(Type::List(of)) => Some(*of),
                    None => None,
                    Some(_) => {
                        self.expected(node, name, "一个值，而非列表", "one value, not a list");
                        return None;
                    }
                };
                let items = items.iter().filter_map(|i| self.spec(i, name, of, earlier)).collect();
                return Some(Spec { line, ..Spec::of(Origin::List(items)) });
            }
            _ => return Some(Spec { line, ..Spec::constant(node.json()) }),
        };
        let allowed: Vec<&str> = ORIGINS.iter().chain(STEPS).copied().collect();
        self.known(node, name, &allowed);
        let origins: Vec<&(String, Node)> =
            members.iter().filter(|(n, _)| ORIGINS.contains(&n.as_str())).collect();
        let [(origin, value)] = origins.as_slice() else {
            self.wrong(
                line,
                format!("“{name}”须有且只有一个来源：{}", ORIGINS.join("、")),
                format!("\"{name}\" needs exactly one of: {}", ORIGINS.join(", ")),
            );
            return None;
        };
        let origin = match origin.as_str() {
            "column" => Origin::Places(vec![Place::parse(&self.text(value, "column")?)]),
            "columns" => {
                Origin::Places(self.texts(value, "columns").iter().map(|t| Place::parse(t)).collect())
            }
            "const" => Origin::Const(value.json()),
            "template" => Origin::Template(self.template(value, "template", earlier)?),
            "ref" => {
                let name = self.text(value, "ref")?;
                self.earlier(value.line, &name, earlier);
                Origin::Places(vec![Place::Ref(name)])
            }
            "struct" => self.structure(value, name, ty, earlier),
            _ => {
                let of = match ty {
                    Some(Type::List(of)) => Some(*of),
                    _ => None,
                };
                match &value.value {
                    NodeValue::Array(items) => Origin::List(
                        items.iter().filter_map(|i| self.spec(i, name, of, earlier)).collect(),
                    ),
                    _ => {
                        self.expected(value, "list", "列表", "a list");
                        return None;
                    }
                }
            }
        };
        Some(Spec {
            line,
            origin,
            optional: node.get("optional").is_some_and(|n| self.boolean(n, "optional")),
            steps: self.steps(node, earlier),
            default: node.get("default").map(Node::json),
        })
    }

    fn structure(&mut self, node: &Node, name: &str, ty: Option<&'static Type>, earlier: &[String]) -> Origin {
        let fields: Option<&'static [Field]> = match ty {
            Some(Type::Struct(fields) | Type::List(Type::Struct(fields))) => Some(fields),
            Some(Type::Subject) | None => None,
            Some(_) => {
                self.expected(node, name, "一个值，而非结构", "one value, not a struct");
                None
            }
        };
        let mut out = Vec::new();
        for (member, value) in self.members(node, name) {
            let field = fields.and_then(|f| field_in(f, member));
            let subject = matches!(ty, Some(Type::Subject)) && matches!(member.as_str(), "kind" | "key" | "name");
            if field.is_none() && !subject && ty.is_some() {
                let names: Vec<&str> = match fields {
                    Some(fields) => fields.iter().map(|f| f.name).collect(),
                    None => vec!["kind", "key", "name"],
                };
                self.wrong(
                    value.line,
                    format!("“{name}”中没有“{member}”，可用：{}", names.join("、")),
                    format!("\"{name}\" has no \"{member}\"; known: {}", names.join(", ")),
                );
                continue;
            }
            if let Some(spec) = self.spec(value, member, field.map(|f| &f.ty), earlier) {
                out.push((member.clone(), spec));
            }
        }
        for field in fields.unwrap_or_default().iter().filter(|f| f.required) {
            if !out.iter().any(|(n, _)| n == field.name) {
                let member = field.name;
                self.wrong(
                    node.line,
                    format!("“{name}”缺少必填的“{member}”"),
                    format!("\"{name}\" needs \"{member}\""),
                );
            }
        }
        Origin::Struct(out)
    }

    /// Conversions, in the one order in which they are done, whatever the order written.
    fn steps(&mut self, node: &Node, earlier: &[String]) -> Vec<Step> {
        let mut steps = Vec::new();
        let on = |c: &mut Checker, name: &str| node.get(name).is_some_and(|n| c.boolean(n, name));
        if on(self, "html") {
            steps.push(Step::Html);
        }
        if let Some(n) = node.get("empty") {
            steps.push(Step::Empty(self.texts(n, "empty")));
        }
        if let Some(regex) = node.get("extract").and_then(|n| self.regex(n, "extract")) {
            steps.push(Step::Extract(regex));
        }
        if let Some(n) = node.get("replace") {
            steps.push(Step::Replace(self.pairs(n)));
        }
        if let Some(regex) = node.get("split").and_then(|n| self.regex(n, "split")) {
            steps.push(Step::Split(regex));
        }
        if let Some(text) = node.get("strip").and_then(|n| self.text(n, "strip")) {
            steps.push(Step::Strip(text.chars().collect()));
        }
        if let Some(n) = node.get("values") {
            let table: Vec<(String, Value)> =
                self.members(n, "values").iter().map(|(from, to)| (from.clone(), to.json())).collect();
            let otherwise = match node.get("otherwise") {
                None => Otherwise::Refuse,
                Some(n) => match n.text() {
                    Some("keep") => Otherwise::Keep,
                    Some("refuse") => Otherwise::Refuse,
                    _ => Otherwise::Value(n.json()),
                },
            };
            steps.push(Step::Values(table, otherwise));
        } else if let Some(n) = node.get("otherwise") {
            self.wrong(n.line, "“otherwise”须与“values”同用", "\"otherwise\" only goes with \"values\"");
        }
        if let Some(n) = node.get("date") {
            let formats = self.texts(n, "date");
            for format in &formats {
                if !date_format_is_sound(format) {
                    self.wrong(
                        n.line,
                        format!("日期格式“{format}”无法使用，例如：%Y-%m-%d、%m/%d/%Y、%d/%m/%Y、%B %d, %Y"),
                        format!("The date format \"{format}\" cannot be used; e.g. %Y-%m-%d, %m/%d/%Y, %d/%m/%Y, %B %d, %Y"),
                    );
                }
            }
            steps.push(Step::Date(formats));
        }
        if on(self, "number") {
            steps.push(Step::Number);
        }
        if let Some(n) = node.get("case") {
            match self.choice(n, "case", &[("upper", true), ("lower", false)]) {
                Some(true) => steps.push(Step::Upper),
                Some(false) => steps.push(Step::Lower),
                None => {}
            }
        }
        if on(self, "slug") {
            steps.push(Step::Slug);
        }
        if let Some(n) = node.get("foreign_key") {
            if let Some(country) = self.spec(n, "foreign_key", None, earlier) {
                steps.push(Step::ForeignKey(Box::new(country)));
            }
        }
        if let Some(text) = node.get("join").and_then(|n| self.text(n, "join")) {
            steps.push(Step::Join(text));
        }
        steps
    }

    fn pairs(&mut self, node: &Node) -> Vec<(Regex, String)> {
        let NodeValue::Array(pairs) = &node.value else {
            self.expected(node, "replace", "[[正则, 替换], …]", "[[pattern, replacement], …]");
            return Vec::new();
        };
        let mut out = Vec::new();
        for pair in pairs {
            match &pair.value {
                NodeValue::Array(two) if two.len() == 2 => {
                    let (from, to) = (self.regex(&two[0], "replace"), self.text(&two[1], "replace"));
                    out.extend(from.zip(to));
                }
                _ => self.expected(pair, "replace", "[[正则, 替换], …]", "[[pattern, replacement], …]"),
            }
        }
        out
    }
}

/// A format that can print and read back a day is one that can read days.
fn date_format_is_sound(format: &str) -> bool {
    use chrono::format::{Item, StrftimeItems};
    let Some(day) = NaiveDate::from_ymd_opt(2023, 10, 12) else { return false };
    if StrftimeItems::new(format).any(|item| matches!(item, Item::Error)) {
        return false;
    }
    let mut text = String::new();
    if std::fmt::Write::write_fmt(&mut text, format_args!("{}", day.format(format))).is_err() {
        return false;
    }
    NaiveDate::parse_from_str(&text, format) == Ok(day)
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
fn nearest<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
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
