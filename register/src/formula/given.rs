//! A formula over records somebody hands over: counting again without the register.

use std::collections::BTreeMap;

use super::Records;
use crate::Body;
use crate::kinds::Kind;
use crate::kinds::rules::text;

/// The records of one day that a formula looks at, as `/targets/{id}/recount.json?records=all` gives them.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Body, and whether it is among the records looked through (else only referred to).
    records: BTreeMap<(Kind, String), (Body, bool)>,
}

impl Given {
    /// Adds a record. `looked_at`: the formula looks through it; else it is only followed to. A record that is
    /// both is the first.
    pub fn add(&mut self, kind: Kind, key: &str, body: Body, looked_at: bool) {
        let known = self.records.entry((kind, key.to_owned())).or_insert((body, false));
        known.1 |= looked_at;
    }

    /// Whether that record is here.
    #[must_use]
    pub fn has(&self, kind: Kind, key: &str) -> bool {
        self.records.contains_key(&(kind, key.to_owned()))
    }

    /// How many records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Kind, key, body, and whether it is looked through, in that order.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, &str, &Body, bool)> {
        self.records
            .iter()
            .map(|((kind, key), (body, looked))| (*kind, key.as_str(), body, *looked))
    }
}

impl Records for Given {
    fn each(&self, kind: Kind, see: &mut dyn FnMut(&str, &Body)) {
        for (_, key, body, _) in self.iter().filter(|(of, _, _, looked)| *of == kind && *looked) {
            see(key, body);
        }
    }

    fn record(&self, kind: Kind, key: &str) -> Option<Body> {
        self.records.get(&(kind, key.to_owned())).map(|(body, _)| body.clone())
    }

    fn comparisons_of(&self, standard: &str) -> Vec<Body> {
        let about = |body: &&Body| {
            text(body, "subject.kind") == Some("standard")
                && text(body, "subject.key") == Some(standard)
        };
        let all = self.iter().filter(|(kind, ..)| *kind == Kind::Comparison);
        all.map(|(_, _, body, _)| body).filter(about).cloned().collect()
    }
}
