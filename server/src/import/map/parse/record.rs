//! The records of a mapping file: constants, and what each row yields.

use register::kinds::{Field, KindSpec, Type, Visibility};
use register::{Kind, Reason, ReasonCode};

use super::super::node::{Node, NodeValue};
use super::super::{Constant, Existing, Record, Repeat};
use super::{CONSTANT, Checker, RECORD, default_reason, nearest};

impl Checker {
    pub(super) fn constant(&mut self, node: &Node) -> Option<Constant> {
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
            reason: Reason::said(
                self.reason(node.get("reason"), ReasonCode::Published),
                node.get("reason_text").and_then(|n| self.text(n, "reason_text")),
            ),
            existing: self.existing(node.get("existing"), Existing::Replace),
            body,
        })
    }

    pub(super) fn record(&mut self, node: &Node, earlier: &[String]) -> Option<Record> {
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
        let valid_from = node
            .get("valid_from")
            .and_then(|n| self.spec(n, "valid_from", Some(&Type::Date), earlier));
        let mut fields = Vec::new();
        match node.get("fields") {
            Some(table) => {
                for (name, value) in self.members(table, "fields") {
                    if let Some(field) = self.field(kind.spec(), name, value.line)
                        && let Some(spec) = self.spec(value, name, Some(&field.ty), earlier)
                    {
                        fields.push((name.clone(), spec));
                    }
                }
                let mapped: Vec<&str> =
                    self.members(table, "fields").iter().map(|(n, _)| n.as_str()).collect();
                self.required_fields(node.line, kind, &|name| mapped.contains(&name));
            }
            None => self.wrong(node.line, "[[record]]缺少“fields”", "[[record]] needs \"fields\""),
        }
        let repeat =
            [("refuse", Repeat::Refuse), ("first", Repeat::First), ("versions", Repeat::Versions)];
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
            repeat: node
                .get("repeat")
                .and_then(|n| self.choice(n, "repeat", &repeat))
                .unwrap_or(Repeat::Refuse),
            fields,
        })
    }

    fn field(
        &mut self,
        spec: &'static KindSpec,
        name: &str,
        line: usize,
    ) -> Option<&'static Field> {
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
}
