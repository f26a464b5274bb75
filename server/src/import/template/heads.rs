//! The heads of a list, and what is given once for all of it.

use std::collections::HashMap;

use register::Kind;
use serde_json::Value;

use super::forms;
use crate::import::map::{Origin, Place, Spec, Step};
use crate::import::reader::{ReadError, TreePath, header_key};

/// Texts that stand for nothing in official tables.
const EMPTY: [&str; 6] = ["/", "／", "—", "——", "－", "-"];

/// The heads a list has, and constants.
#[derive(Debug)]
pub struct Heads {
    /// The kind of the list.
    pub kind: Kind,
    known: HashMap<String, String>,
    set: HashMap<String, String>,
}

impl Heads {
    /// Checks the heads against the kind.
    ///
    /// # Errors
    /// E01 with every required column that is missing.
    pub fn new(
        kind: Kind,
        names: &[String],
        set: Vec<(String, String)>,
    ) -> Result<Heads, ReadError> {
        let known = names.iter().map(|n| (header_key(n), n.clone())).collect();
        let set = set.into_iter().map(|(name, value)| (header_key(&name), value)).collect();
        let heads = Heads { kind, known, set };
        let missing: Vec<String> = forms::columns(kind)
            .iter()
            .filter(|c| c.required && !c.heads.iter().any(|h| heads.has(h)))
            .map(|c| c.heads.join(" / "))
            .collect();
        if missing.is_empty() {
            return Ok(heads);
        }
        Err(ReadError {
            code: Some("E01"),
            zh: format!("缺少必填列“{}”；文件中的列：{}", missing.join("、"), names.join("、")),
            en: format!(
                "Required column \"{}\" is missing; the file has: {}.",
                missing.join(", "),
                names.join(", ")
            ),
        })
    }

    /// Whether the list has that head, or it is given once.
    pub fn has(&self, head: &str) -> bool {
        let key = header_key(head);
        self.known.contains_key(&key) || self.set.contains_key(&key)
    }

    /// The value under the first of these heads that is not empty; `None` if the list has none.
    pub fn cell(&self, heads: &[&str]) -> Option<Spec> {
        let printed: Vec<Place> = heads
            .iter()
            .filter_map(|h| self.known.get(&header_key(h)))
            .map(|name| Place::Row(TreePath::parse(name)))
            .collect();
        let given = heads.iter().find_map(|h| self.set.get(&header_key(h)));
        if printed.is_empty() {
            return given.map(|value| Spec::constant(value.as_str()));
        }
        let mut spec = Spec::of(Origin::Places(printed));
        spec.steps.push(Step::Empty(EMPTY.map(str::to_owned).to_vec()));
        // A value given once fills the cells the list leaves empty.
        spec.default = given.map(|value| Value::from(value.as_str()));
        Some(spec)
    }

    /// The path of a head, for looking a product up.
    pub fn path(&self, head: &str) -> Option<TreePath> {
        self.known.get(&header_key(head)).map(|name| TreePath::parse(name))
    }
}
