//! A TOML document as a tree that remembers lines, so that an error can point at one.

use serde_json::Value;
use toml::de::{DeTable, DeValue};

/// A value and the line it stands in.
#[derive(Clone, Debug)]
pub struct Node {
    /// Line of the mapping file, from 1.
    pub line: usize,
    /// The value.
    pub value: NodeValue,
}

/// A value of a mapping file. Dates are text, as everywhere else in an import.
#[derive(Clone, Debug)]
pub enum NodeValue {
    /// Text or a date.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A decimal number as written.
    Decimal(String),
    /// True or false.
    Bool(bool),
    /// Values in order.
    Array(Vec<Node>),
    /// Members in the order written, each with the line of its key.
    Table(Vec<(String, Node)>),
}

/// Reads a document.
///
/// # Errors
/// The line and words of the first syntax error.
pub fn parse(text: &str) -> Result<Node, (usize, String)> {
    let lines = Lines::new(text);
    let table = DeTable::parse(text).map_err(|e| {
        let line = e.span().map_or(1, |span| lines.of(span.start));
        (line, e.message().to_owned())
    })?;
    let span = table.span();
    Ok(Node { line: lines.of(span.start), value: table_of(table.get_ref(), &lines) })
}

fn table_of(table: &DeTable<'_>, lines: &Lines) -> NodeValue {
    let members = table.iter().map(|(key, value)| {
        let mut node = node_of(value.get_ref(), value.span().start, lines);
        // A table's own span starts at its header; the key's is the better place for a value.
        if !matches!(node.value, NodeValue::Table(_) | NodeValue::Array(_)) {
            node.line = lines.of(key.span().start);
        }
        (key.get_ref().to_string(), node)
    });
    NodeValue::Table(members.collect())
}

fn node_of(value: &DeValue<'_>, start: usize, lines: &Lines) -> Node {
    let line = lines.of(start);
    let value = match value {
        DeValue::String(text) => NodeValue::Text(text.to_string()),
        DeValue::Integer(n) => match i64::from_str_radix(n.as_str(), n.radix()) {
            Ok(n) => NodeValue::Int(n),
            Err(_) => NodeValue::Decimal(n.as_str().to_owned()),
        },
        DeValue::Float(n) => NodeValue::Decimal(n.as_str().to_owned()),
        DeValue::Boolean(b) => NodeValue::Bool(*b),
        DeValue::Datetime(date) => NodeValue::Text(date.to_string()),
        DeValue::Array(items) => NodeValue::Array(
            items.iter().map(|i| node_of(i.get_ref(), i.span().start, lines)).collect(),
        ),
        DeValue::Table(table) => table_of(table, lines),
    };
    Node { line, value }
}

impl Node {
    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            NodeValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The member of that name.
    pub fn get(&self, name: &str) -> Option<&Node> {
        match &self.value {
            NodeValue::Table(members) => members.iter().find(|(n, _)| n == name).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The value as JSON; decimals stay text, so that no digit is lost.
    pub fn json(&self) -> Value {
        match &self.value {
            NodeValue::Text(text) | NodeValue::Decimal(text) => Value::String(text.clone()),
            NodeValue::Int(n) => Value::from(*n),
            NodeValue::Bool(b) => Value::Bool(*b),
            NodeValue::Array(items) => Value::Array(items.iter().map(Node::json).collect()),
            NodeValue::Table(members) => {
                Value::Object(members.iter().map(|(k, v)| (k.clone(), v.json())).collect())
            }
        }
    }
}

/// Byte offsets to line numbers.
struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    fn new(text: &str) -> Lines {
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        Lines { starts: std::iter::once(0).chain(breaks).collect() }
    }

    fn of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }
}
