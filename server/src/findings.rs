//! What the register's records say against one another: the rules of [`register::inconsistency`] run
//! enterprise by enterprise, so that memory is bounded by the largest enterprise, not by the register.

mod around;
mod json;
mod kept;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use register::inconsistency::{self, Finding, Joined, Rule};
use register::verdict::{self, Outcome};
use register::{Entry, Kind};

use crate::store::{At, Reader, Result};
use around::{Shared, enterprise, unheld};
pub use json::{as_json, finding_json};
pub use kept::KeptFindings;

/// Records without a holder judged at a time.
const CHUNK: usize = 1_000;

/// For whom findings are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// What is published. What is past its publication term would be most of all found in a register of
    /// several years, and no page shows it.
    Readers,
    /// All rules.
    Operator,
}

impl Audience {
    fn asks(self, rule: Rule) -> bool {
        self == Audience::Operator || rule.is_public()
    }
}

/// Everything found at one point in time.
#[derive(Clone, Debug)]
pub struct Found {
    /// Both times.
    pub at: At,
    audience: Audience,
    /// What was found around each enterprise.
    by_enterprise: BTreeMap<String, Vec<Arc<Finding>>>,
    /// What was found in records that belong to no enterprise.
    general: Vec<Arc<Finding>>,
    /// What every enterprise is judged against; none where nothing was read yet.
    shared: Option<Arc<Shared>>,
}

impl Found {
    /// Nothing yet, for readers.
    #[must_use]
    pub fn none(at: At) -> Found {
        let audience = Audience::Readers;
        Found { at, audience, by_enterprise: BTreeMap::new(), general: Vec::new(), shared: None }
    }

    /// Runs every rule that is for `audience` over the whole register. `progress` is told how many enterprises are done, of
    /// how many.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn read(
        reader: &Reader,
        at: At,
        audience: Audience,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Found> {
        let shared = Arc::new(Shared::read(reader, at)?);
        let general = general(reader, at, audience, &shared)?.into_iter().map(Arc::new).collect();
        let mut found = Found { general, audience, ..Found::none(at) };
        found.shared = Some(Arc::clone(&shared));
        let mut keys = Vec::new();
        reader.records(Kind::Enterprise, at, &mut |entry| {
            keys.push(entry.key);
            Ok(())
        })?;
        let all = keys.len() as u64;
        for (done, key) in keys.into_iter().enumerate() {
            progress(done as u64, all);
            found.put(key, reader, &shared)?;
        }
        progress(all, all);
        Ok(found)
    }

    /// The same at a later point, of which `entries` are the new ones, reading again only what they
    /// touch; nothing where they touch what every enterprise shares, or another day has begun.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn later(&self, reader: &Reader, at: At, entries: &[Entry]) -> Result<Option<Found>> {
        let Some(shared) = self.shared.clone().filter(|_| at.as_of == self.at.as_of) else {
            return Ok(None);
        };
        let mut touched = std::collections::BTreeSet::new();
        for entry in entries {
            let of_all = matches!(
                entry.kind,
                Kind::Scheme | Kind::Policy | Kind::Standard | Kind::Source | Kind::Penalty
            );
            let unheld = entry.kind == Kind::Listing && around::holder(entry).is_none();
            if of_all || unheld {
                return Ok(None);
            }
            for version in reader.history(entry.kind, &entry.key)?.iter().chain([entry]) {
                touched.extend(around::enterprises(reader, at, version)?);
            }
        }
        if touched.is_empty() {
            return Ok(Some(Found { at, ..self.clone() }));
        }
        let mut found = Found { at, ..self.clone() };
        for key in touched {
            found.put(key, reader, &shared)?;
        }
        Ok(Some(found))
    }

    fn put(&mut self, key: String, reader: &Reader, shared: &Shared) -> Result<()> {
        let records = enterprise(reader, self.at, &key, shared)?;
        let joined = Joined::new(records.iter().chain(&shared.records), self.at.as_of);
        let of_each = |rule: &Rule| !OF_ALL.contains(rule) && self.audience.asks(*rule);
        let findings = Rule::ALL.into_iter().filter(of_each);
        let findings = inconsistency::in_order(
            findings.flat_map(|rule| inconsistency::of_rule(&joined, rule)),
        );
        let findings: Vec<_> = findings.into_iter().map(Arc::new).collect();
        match findings.is_empty() {
            true => self.by_enterprise.remove(&key),
            false => self.by_enterprise.insert(key, findings),
        };
        Ok(())
    }

    /// What was found around an enterprise.
    #[must_use]
    pub fn around(&self, enterprise: &str) -> &[Arc<Finding>] {
        self.by_enterprise.get(enterprise).map_or(&[], Vec::as_slice)
    }

    /// Every finding, in the order of the rules, each once.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<Finding>> {
        let each = self.by_enterprise.values().flatten().chain(&self.general);
        inconsistency::in_order(each.cloned())
    }
}

/// Rules about tables that no enterprise owns.
const OF_ALL: [Rule; 3] = [Rule::I16, Rule::I21, Rule::I22];

/// What is found without looking at enterprises: editions of standards, schemes, sources; grants to
/// places, standards, persons and names; penalties and restrictions of parties without a record.
fn general(reader: &Reader, at: At, audience: Audience, shared: &Shared) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let mut tables = Vec::new();
    for kind in [Kind::Standard, Kind::Source, Kind::Scheme, Kind::Policy] {
        reader.records(kind, at, &mut |entry| {
            tables.push(entry);
            Ok(())
        })?;
    }
    let joined = Joined::new(&tables, at.as_of);
    findings.extend(OF_ALL.into_iter().flat_map(|rule| inconsistency::of_rule(&joined, rule)));
    let mut chunk = Vec::new();
    let mut judge = |chunk: &mut Vec<Entry>| -> Result<()> {
        let around = unheld(reader, at, chunk)?;
        let all = chunk.iter().chain(&around).chain(&shared.records);
        let joined = Joined::new(all, at.as_of);
        let rules = [Rule::I03, Rule::I04, Rule::I14, Rule::I18];
        let rules = rules.into_iter().filter(|rule| audience.asks(*rule));
        findings.extend(rules.flat_map(|rule| inconsistency::of_rule(&joined, rule)));
        chunk.clear();
        Ok(())
    };
    for kind in [Kind::Listing, Kind::Penalty, Kind::Restriction] {
        reader.records(kind, at, &mut |entry| {
            if kind != Kind::Listing || around::holder(&entry).is_none() {
                chunk.push(entry);
            }
            if chunk.len() == CHUNK { judge(&mut chunk) } else { Ok(()) }
        })?;
    }
    judge(&mut chunk)?;
    Ok(inconsistency::in_order(findings))
}

/// What the rules with an effect on a verdict find among the records of a question.
#[must_use]
pub fn of_records(records: &[&Entry], day: NaiveDate) -> Vec<verdict::Finding> {
    let joined = Joined::new(records.iter().copied(), day);
    let heavy = Rule::ALL.into_iter().filter(|rule| rule.effect() > Outcome::Valid);
    let findings = heavy.flat_map(|rule| inconsistency::of_rule(&joined, rule));
    findings.filter_map(|finding| finding.for_verdict()).collect()
}

#[cfg(test)]
mod tests;
