//! Paths into a JSON value: `a.b[0].c`, with `*` for every element or member.

use serde_json::Value;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// A member of an object.
    Member(String),
    /// An element of an array, from 0.
    Index(usize),
    /// Every element or member.
    Every,
}

/// A column name or path. As a column name it is taken literally; as a path it is walked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// As written.
    pub text: String,
    segments: Vec<Segment>,
}

impl Path {
    /// Reads a path. Every text is one: what does not look like a path is a member's name.
    pub fn parse(text: &str) -> Path {
        let mut segments = Vec::new();
        for part in text.split('.') {
            let (name, indexes) = match part.find('[') {
                Some(at) if part.ends_with(']') => part.split_at(at),
                _ => (part, ""),
            };
            match name {
                "" => {}
                "*" => segments.push(Segment::Every),
                name => segments.push(Segment::Member(name.to_owned())),
            }
            for index in indexes.split(['[', ']']).filter(|i| !i.is_empty()) {
                segments.push(match index.parse() {
                    Ok(index) => Segment::Index(index),
                    Err(_) if index == "*" => Segment::Every,
                    Err(_) => Segment::Member(index.to_owned()),
                });
            }
        }
        Path { text: text.to_owned(), segments }
    }

    /// The value there. A member whose name is the whole text comes first, so names with dots work.
    pub fn find<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        if let Some(found) = value.get(&self.text) {
            return Some(found);
        }
        let mut here = value;
        for segment in &self.segments {
            here = match segment {
                Segment::Member(name) => here.get(name)?,
                Segment::Index(index) => here.get(index)?,
                Segment::Every => return None,
            };
        }
        Some(here)
    }

    /// Every value there with the key or index of its last step, in the document's order.
    pub fn find_all<'v>(&self, value: &'v Value) -> Vec<(String, &'v Value)> {
        let mut here = vec![(String::new(), value)];
        if let Some(found) = value.get(&self.text) {
            return vec![(self.text.clone(), found)];
        }
        for segment in &self.segments {
            let mut next = Vec::new();
            for (_, value) in here {
                match (segment, value) {
                    (Segment::Member(name), value) => {
                        next.extend(value.get(name).map(|v| (name.clone(), v)));
                    }
                    (Segment::Index(index), value) => {
                        next.extend(value.get(index).map(|v| (index.to_string(), v)));
                    }
                    (Segment::Every, Value::Array(items)) => {
                        next.extend(items.iter().enumerate().map(|(i, v)| (i.to_string(), v)));
                    }
                    (Segment::Every, Value::Object(members)) => {
                        next.extend(members.iter().map(|(k, v)| (k.clone(), v)));
                    }
                    (Segment::Every, _) => {}
                }
            }
            here = next;
        }
        here
    }
}
