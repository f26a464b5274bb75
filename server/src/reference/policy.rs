//! The tables of what the policies promise, and who promised it: departments, clauses, targets.

use std::sync::OnceLock;

use serde::Deserialize;

use super::tables::{FILES, pieces, rows};

/// A department the policies name, or one that took over from it.
#[derive(Clone, Debug, Deserialize)]
pub struct DepartmentRow {
    /// Stable id, the key of the `department` record.
    pub id: String,
    /// Full name of its time, in simplified Chinese.
    pub name_zh: String,
    /// The same in traditional Chinese.
    pub name_hant: String,
    /// The same in English.
    pub name_en: String,
    /// 省, 市, 区 or 国家驻粤.
    pub level: String,
    /// Division code of its seat.
    pub region: String,
    aliases: String,
    successors: String,
}

impl DepartmentRow {
    /// Name: simplified, traditional, English.
    #[must_use]
    pub fn name(&self) -> [&str; 3] {
        [&self.name_zh, &self.name_hant, &self.name_en]
    }

    /// Short names the documents use.
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        pieces(&self.aliases)
    }

    /// Who took over, and in which year. The day is not known.
    pub fn successors(&self) -> impl Iterator<Item = (&str, i32)> {
        self.successors
            .split(';')
            .filter_map(|one| one.split_once(' '))
            .filter_map(|(id, year)| Some((id, year.parse().ok()?)))
    }
}

/// One clause of a policy, in our own words.
#[derive(Clone, Debug, Deserialize)]
pub struct TaskRow {
    /// Id of the policy.
    pub policy: String,
    /// Clause, as the document numbers it.
    pub clause: String,
    /// `measure`, `goal`, `principle`, `guidance`, `section` or `guarantee`.
    #[serde(rename = "type")]
    pub sort: String,
    /// The clause's heading, quoted from the document.
    pub heading: String,
    /// What it says: our summary.
    pub text: String,
    lead: String,
    co: String,
    systems: String,
}

impl TaskRow {
    /// Departments that lead, in the document's order.
    pub fn lead(&self) -> impl Iterator<Item = &str> {
        pieces(&self.lead)
    }

    /// Departments that take part.
    pub fn co(&self) -> impl Iterator<Item = &str> {
        pieces(&self.co)
    }

    /// Systems the clause names.
    pub fn systems(&self) -> impl Iterator<Item = &str> {
        pieces(&self.systems)
    }
}

/// A number a policy promises.
#[derive(Clone, Debug, Deserialize)]
pub struct TargetRow {
    /// Stable id, the key of the `target` record.
    pub id: String,
    /// Id of the policy.
    pub policy: String,
    /// Clause, as the document numbers it.
    pub clause: String,
    /// The promise, quoted from the document.
    pub text_zh: String,
    /// What is measured: simplified Chinese.
    pub measure_zh: String,
    /// What is measured: traditional Chinese.
    pub measure_hant: String,
    /// What is measured: English.
    pub measure_en: String,
    /// `>=`, `>`, `=` or `~`.
    pub operator: String,
    /// The number promised.
    pub value: String,
    /// Its unit, as the document prints it.
    pub unit: String,
    /// Last day; empty where there is none.
    pub due: String,
    lead_departments: String,
    /// `yes`, `partly` or `no`.
    pub computable: String,
    /// How it is counted here; empty where it is not.
    pub formula: String,
    /// What to know about the number: simplified Chinese; may be empty.
    pub note_zh: String,
    /// The same in traditional Chinese.
    pub note_hant: String,
    /// The same in English.
    pub note_en: String,
}

impl TargetRow {
    /// What is measured: simplified, traditional, English.
    #[must_use]
    pub fn measure(&self) -> [&str; 3] {
        [&self.measure_zh, &self.measure_hant, &self.measure_en]
    }

    /// What to know about the number: simplified, traditional, English; may be empty.
    #[must_use]
    pub fn note(&self) -> [&str; 3] {
        [&self.note_zh, &self.note_hant, &self.note_en]
    }

    /// Departments responsible.
    pub fn lead_departments(&self) -> impl Iterator<Item = &str> {
        pieces(&self.lead_departments)
    }
}

/// Every built-in department.
#[must_use]
pub fn departments() -> &'static [DepartmentRow] {
    static ROWS: OnceLock<Vec<DepartmentRow>> = OnceLock::new();
    ROWS.get_or_init(|| rows(FILES[4]))
}

/// The built-in department with this id: its names in three languages stand here.
#[must_use]
pub fn department(id: &str) -> Option<&'static DepartmentRow> {
    departments().iter().find(|row| row.id == id)
}

/// Every clause of the policies, policy by policy, in the documents' order.
#[must_use]
pub fn tasks() -> &'static [TaskRow] {
    static ROWS: OnceLock<Vec<TaskRow>> = OnceLock::new();
    ROWS.get_or_init(|| rows(FILES[5]))
}

/// A clause of a policy.
#[must_use]
pub fn task(policy: &str, clause: &str) -> Option<&'static TaskRow> {
    tasks().iter().find(|row| row.policy == policy && row.clause == clause)
}

/// Every built-in target.
#[must_use]
pub fn targets() -> &'static [TargetRow] {
    static ROWS: OnceLock<Vec<TargetRow>> = OnceLock::new();
    ROWS.get_or_init(|| rows(FILES[6]))
}

/// The built-in target with this id: its words in three languages stand here.
#[must_use]
pub fn target(id: &str) -> Option<&'static TargetRow> {
    targets().iter().find(|row| row.id == id)
}
