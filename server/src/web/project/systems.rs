//! The systems of the policy documents: where each is in this portal, and whether data are loaded.

use std::collections::BTreeMap;
use std::sync::Arc;

use register::Kind;
use search::Row;
use search::catalogue::Catalogue;

use super::body;
use crate::reference::{self, System};
use crate::store::{At, Reader, Result};

/// What decides whether data of a system are loaded.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    kinds: BTreeMap<Kind, u64>,
    listings: BTreeMap<String, u64>,
    notices: BTreeMap<String, u64>,
    families: BTreeMap<String, u64>,
    services: BTreeMap<String, u64>,
    clauses: Arc<BTreeMap<String, u64>>,
}

/// Kinds a system can be kept as.
const KINDS: [Kind; 19] = [
    Kind::Enterprise,
    Kind::Product,
    Kind::Standard,
    Kind::Scheme,
    Kind::Listing,
    Kind::Evaluation,
    Kind::Comparison,
    Kind::Code,
    Kind::Inspection,
    Kind::Penalty,
    Kind::Restriction,
    Kind::Recall,
    Kind::Notice,
    Kind::Service,
    Kind::Policy,
    Kind::Target,
    Kind::Department,
    Kind::Place,
    Kind::Source,
];

impl Counts {
    /// Counts the records of every kind; `listings` by scheme, `notices` by type, `families` of
    /// standards have been counted already, by the rows of their catalogues, and `clauses` that name a
    /// system with the policies.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn read(
        reader: &Reader,
        at: At,
        [listings, notices, families]: [BTreeMap<String, u64>; 3],
        clauses: Arc<BTreeMap<String, u64>>,
    ) -> Result<Counts> {
        let mut counts = Counts { listings, notices, families, clauses, ..Counts::default() };
        for kind in KINDS {
            counts.kinds.insert(kind, reader.count(kind, at)?);
        }
        reader.records(Kind::Service, at, &mut |entry| {
            if let Some(system) = body::maybe(&entry.body, "system") {
                *counts.services.entry(system.to_owned()).or_default() += 1;
            }
            Ok(())
        })?;
        Ok(counts)
    }

    /// Records held of every system, in the table's order.
    pub fn of_all(&self) -> Vec<u64> {
        reference::systems().iter().map(|system| self.of_system(system)).collect()
    }

    /// Records of a kind.
    pub fn of_kind(&self, kind: Kind) -> u64 {
        self.kinds.get(&kind).copied().unwrap_or(0)
    }

    /// Records this register holds of a system. A system that shares its kind with others (a list
    /// among lists, a service among services) counts its own records only; one that has no mark of its
    /// own in a record counts the records of its kind only where it is that kind's own page.
    pub fn of_system(&self, system: &System) -> u64 {
        let own = |counts: &BTreeMap<String, u64>| counts.get(&system.id).copied().unwrap_or(0);
        match system.kind {
            Kind::Evaluation if system.how.starts_with("/products") => {
                self.of_kind(Kind::Evaluation)
            }
            Kind::Listing | Kind::Scheme | Kind::Evaluation => match system.how.as_str() {
                "/products" => self.of_kind(Kind::Product),
                _ => own(&self.listings),
            },
            Kind::Notice => own(&self.notices),
            Kind::Service => own(&self.services),
            Kind::Standard => own(&self.families),
            // What a policy arranges or promises is on record as the clauses that do so.
            Kind::Policy | Kind::Target | Kind::Department => own(&self.clauses),
            // Built-in reference data are no data of a system.
            Kind::Source | Kind::Place if system.how != "/data" => 0,
            kind => self.of_kind(kind),
        }
    }
}

/// Rows of all systems.
pub fn rows(counts: &Counts) -> Vec<Row> {
    let spec = search::spec(Catalogue::Systems);
    let set = |row: &mut Row, name: &str, codes: Vec<String>| {
        if let Some(i) = spec.facet(name) {
            row.facets[i] = codes;
        }
    };
    reference::systems()
        .iter()
        .enumerate()
        .map(|(order, system)| {
            let mut row = spec.blank_row();
            row.key.clone_from(&system.id);
            let records = counts.of_system(system);
            let clauses: Vec<String> = system
                .basis
                .iter()
                .map(|basis| format!("{} {}", basis.policy, basis.clause))
                .collect();
            for (name, value) in [
                ("name", system.name[0].clone()),
                ("name_en", system.name[2].clone()),
                ("meaning", system.meaning[0].clone()),
                ("clause", clauses.join("\n")),
            ] {
                if let Some(i) = spec.text(name) {
                    row.texts[i] = value;
                }
            }
            let mut policies: Vec<String> =
                system.basis.iter().map(|basis| basis.policy.clone()).collect();
            policies.sort();
            policies.dedup();
            set(&mut row, "group", vec![system.group.to_string()]);
            set(&mut row, "kind", vec![kind_name(system.kind)]);
            set(&mut row, "standing", vec![standing(system).to_owned()]);
            set(&mut row, "policy", policies);
            set(&mut row, "clause", clauses);
            set(&mut row, "data", vec![if records > 0 { "loaded" } else { "none" }.to_owned()]);
            set(&mut row, "users", system.users.chars().map(String::from).collect());
            for (name, value) in [
                ("order", i64::try_from(order).unwrap_or(i64::MAX)),
                ("records", i64::try_from(records).unwrap_or(i64::MAX)),
            ] {
                if let Some(i) = spec.number(name) {
                    row.numbers[i] = Some(value);
                }
            }
            for (name, value) in [
                ("how", system.how.clone()),
                ("standing", system.since.map(|year| year.to_string()).unwrap_or_default()),
            ] {
                if let Some(i) = spec.display(name) {
                    row.display[i] = value;
                }
            }
            row
        })
        .collect()
}

/// Code of a system's standing.
pub fn standing(system: &System) -> &'static str {
    match system.standing {
        reference::Standing::Current => "current",
        reference::Standing::Historical => "historical",
        reference::Standing::Superseded => "superseded",
        reference::Standing::Unverified => "unverified",
    }
}

/// A kind as JSON and URLs name it.
pub fn kind_name(kind: Kind) -> String {
    serde_json::to_value(kind)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}
