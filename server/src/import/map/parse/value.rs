//! Values, conditions and patterns of a mapping file.

use chrono::NaiveDate;
use regex_lite::Regex;
use register::kinds::{Field, Type};
use serde_json::Value;

use super::super::node::{Node, NodeValue};
use super::super::{Condition, Origin, Otherwise, Place, Spec, Step, Template, Test, field_in};
use super::{CONDITION, Checker, ORIGINS, STEPS};

impl Checker {
    pub(super) fn condition(&mut self, node: &Node) -> Option<Condition> {
        self.known(node, "when", CONDITION);
        let place = Place::parse(&self.required_text(node, "when", "column"));
        let tests: Vec<Test> = [
            node.get("is").map(|n| Test::Is(self.texts(n, "is"))),
            node.get("is_not").map(|n| Test::IsNot(self.texts(n, "is_not"))),
            node.get("matches").and_then(|n| self.regex(n, "matches").map(Test::Matches)),
            node.get("not_matches")
                .and_then(|n| self.regex(n, "not_matches").map(Test::NotMatches)),
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

    pub(super) fn template(
        &mut self,
        node: &Node,
        name: &str,
        earlier: &[String],
    ) -> Option<Template> {
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

    pub(super) fn spec(
        &mut self,
        node: &Node,
        name: &str,
        ty: Option<&'static Type>,
        earlier: &[String],
    ) -> Option<Spec> {
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
            "columns" => Origin::Places(
                self.texts(value, "columns").iter().map(|t| Place::parse(t)).collect(),
            ),
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
            aside: false,
        })
    }

    fn structure(
        &mut self,
        node: &Node,
        name: &str,
        ty: Option<&'static Type>,
        earlier: &[String],
    ) -> Origin {
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
            let subject = matches!(ty, Some(Type::Subject))
                && matches!(member.as_str(), "kind" | "key" | "name");
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
            let table: Vec<(String, Value)> = self
                .members(n, "values")
                .iter()
                .map(|(from, to)| (from.clone(), to.json()))
                .collect();
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
            self.wrong(
                n.line,
                "“otherwise”须与“values”同用",
                "\"otherwise\" only goes with \"values\"",
            );
        }
        if on(self, "countries") {
            steps.push(Step::Countries);
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
        if let Some(n) = node.get("foreign_key")
            && let Some(country) = self.spec(n, "foreign_key", None, earlier)
        {
            steps.push(Step::ForeignKey(Box::new(country)));
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
                    let (from, to) =
                        (self.regex(&two[0], "replace"), self.text(&two[1], "replace"));
                    out.extend(from.zip(to));
                }
                _ => self.expected(
                    pair,
                    "replace",
                    "[[正则, 替换], …]",
                    "[[pattern, replacement], …]",
                ),
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
