//! The embedded tables, parsed once.
//!
//! They are part of the program: a mistake in them is a mistake in the program, found by the
//! tests beside this file, so reading them may panic.

use std::collections::HashMap;
use std::sync::OnceLock;

use register::Kind;
use serde::Deserialize;

/// The raw tables, in the order their bytes make up the built-in source's hash.
pub(super) const FILES: [&str; 4] = [
    include_str!("../../reference/systems.csv"),
    include_str!("../../reference/schemes.csv"),
    include_str!("../../reference/places.csv"),
    include_str!("../../reference/policies.csv"),
];

/// A clause of one of the policies, e.g. `二（四）1` of `fs-2020-foshan-standard`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// Id of a row of [`policies`].
    pub policy: String,
    /// Clause, as the document numbers it.
    pub clause: String,
}

/// Where something a policy names stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// In force, as far as we know.
    Current,
    /// Over; nothing took its place.
    Historical,
    /// Over; something else took its place.
    Superseded,
    /// Named by a policy; nobody has checked whether it exists today.
    Unverified,
}

impl Standing {
    /// Words for readers: simplified, traditional, English.
    #[must_use]
    pub fn label(self) -> [&'static str; 3] {
        match self {
            Standing::Current => ["现行", "現行", "current"],
            Standing::Historical => ["已结束", "已結束", "ended"],
            Standing::Superseded => ["已被替代", "已被替代", "superseded"],
            Standing::Unverified => {
                ["现行状态未核实", "現行狀態未核實", "current state not verified"]
            }
        }
    }
}

/// One thing the policies name: a list, a mechanism, a service, a rule.
#[derive(Clone, Debug)]
pub struct System {
    /// Stable id, e.g. `foshan-standard`.
    pub id: String,
    /// Group letter `A` to `J`.
    pub group: char,
    /// Name: simplified, traditional, English.
    pub name: [String; 3],
    /// What it is, one clause: simplified, traditional, English.
    pub meaning: [String; 3],
    /// Where the policies name it.
    pub basis: Vec<Basis>,
    /// Who needs it: `C` consumers, `J` officials, `E` enterprises.
    pub users: String,
    /// The kind of record that carries its data here.
    pub kind: Kind,
    /// Where it is in this portal: a path with placeholders, e.g. `/directories/{scheme}`.
    pub how: String,
    /// Where it stands today.
    pub standing: Standing,
    /// The year from which it stands so, where known.
    pub since: Option<u16>,
}

/// One scheme: who grants what to whom.
#[derive(Clone, Debug, Deserialize)]
pub struct SchemeRow {
    /// Key of the `scheme` record.
    pub id: String,
    /// Name in simplified Chinese.
    pub name_zh: String,
    /// Name in traditional Chinese.
    pub name_hant: String,
    /// Name in English.
    pub name_en: String,
    /// Who grants, or (推动单位) who is charged with promoting.
    pub authority: String,
    legal_basis: String,
    /// What is granted to: product, enterprise, place, standard, person, team.
    pub subject: String,
    levels: String,
    dimensions: String,
    /// Months a grant is valid, where known.
    pub validity_months: Option<u32>,
    /// How a grant ends early, where the policy says so.
    pub exit_rule: String,
    /// First day, where a document states it; else empty.
    pub starts_on: String,
    /// Last day, where known; else empty.
    pub ends_on: String,
    /// `current`, `historical`, `superseded` or `unverified`.
    pub status: String,
    /// The scheme that took its place; else empty.
    pub successor: String,
    proves_zh: String,
    proves_hant: String,
    proves_en: String,
    does_not_prove_zh: String,
    does_not_prove_hant: String,
    does_not_prove_en: String,
}

impl SchemeRow {
    /// Name: simplified, traditional, English.
    #[must_use]
    pub fn name(&self) -> [&str; 3] {
        [&self.name_zh, &self.name_hant, &self.name_en]
    }

    /// One plain sentence on what a listing shows: simplified, traditional, English.
    #[must_use]
    pub fn proves(&self) -> [&str; 3] {
        [&self.proves_zh, &self.proves_hant, &self.proves_en]
    }

    /// One plain sentence on what a listing does not show: simplified, traditional, English.
    #[must_use]
    pub fn does_not_prove(&self) -> [&str; 3] {
        [&self.does_not_prove_zh, &self.does_not_prove_hant, &self.does_not_prove_en]
    }

    /// The clauses the scheme rests on.
    #[must_use]
    pub fn legal_basis(&self) -> Vec<Basis> {
        parse_basis(&self.legal_basis)
    }

    /// Levels, e.g. 省 and 市.
    pub fn levels(&self) -> impl Iterator<Item = &str> {
        pieces(&self.levels)
    }

    /// Dimensions of its evaluations, in Chinese.
    pub fn dimensions(&self) -> impl Iterator<Item = &str> {
        pieces(&self.dimensions)
    }
}

/// One division of GB/T 2260: the provinces, and Guangdong's and Gansu's prefectures, districts
/// and counties.
#[derive(Clone, Debug, Deserialize)]
pub struct PlaceRow {
    /// 6-digit division code.
    pub code: String,
    /// Name in simplified Chinese.
    pub name_zh: String,
    /// Name in traditional Chinese.
    pub name_hant: String,
    /// Name in English, mostly pinyin.
    pub name_en: String,
    /// 省, 市 or 县.
    pub level: String,
    /// First day of the code, where known; else empty.
    pub valid_from: String,
    /// Last day of the code; empty for codes in use.
    pub valid_to: String,
    /// The code that took its place; empty for codes in use.
    pub replaced_by: String,
}

impl PlaceRow {
    /// Name: simplified, traditional, English.
    #[must_use]
    pub fn name(&self) -> [&str; 3] {
        [&self.name_zh, &self.name_hant, &self.name_en]
    }
}

/// One of the policy documents everything here rests on.
#[derive(Clone, Debug, Deserialize)]
pub struct PolicyRow {
    /// Stable id.
    pub id: String,
    /// Document number as printed; empty where the text has none.
    pub number: String,
    /// Title in simplified Chinese.
    pub title_zh: String,
    /// Title in traditional Chinese.
    pub title_hant: String,
    /// Title in English.
    pub title_en: String,
    /// Day of issue.
    pub issued_on: String,
    /// Day it took effect.
    pub effective_on: String,
    /// Last day; empty where the text states none.
    pub valid_until: String,
    /// Division code of the area it applies to.
    pub region: String,
}

impl PolicyRow {
    /// Title: simplified, traditional, English.
    #[must_use]
    pub fn title(&self) -> [&str; 3] {
        [&self.title_zh, &self.title_hant, &self.title_en]
    }
}

/// Every system, in the order of the table (by group).
#[must_use]
pub fn systems() -> &'static [System] {
    static ROWS: OnceLock<Vec<System>> = OnceLock::new();
    ROWS.get_or_init(|| rows::<SystemRow>(FILES[0]).into_iter().map(System::from).collect())
}

/// The system with this id.
#[must_use]
pub fn system(id: &str) -> Option<&'static System> {
    static BY_ID: OnceLock<HashMap<&'static str, &'static System>> = OnceLock::new();
    BY_ID.get_or_init(|| systems().iter().map(|s| (s.id.as_str(), s)).collect()).get(id).copied()
}

/// Every built-in scheme.
#[must_use]
pub fn schemes() -> &'static [SchemeRow] {
    static ROWS: OnceLock<Vec<SchemeRow>> = OnceLock::new();
    ROWS.get_or_init(|| rows(FILES[1]))
}

/// The built-in scheme with this id: its words in three languages stand here, not in the record.
#[must_use]
pub fn scheme(id: &str) -> Option<&'static SchemeRow> {
    schemes().iter().find(|s| s.id == id)
}

/// Every built-in place, by code.
#[must_use]
pub fn places() -> &'static [PlaceRow] {
    static ROWS: OnceLock<Vec<PlaceRow>> = OnceLock::new();
    ROWS.get_or_init(|| rows(FILES[2]))
}

/// The policy documents.
#[must_use]
pub fn policies() -> &'static [PolicyRow] {
    static ROWS: OnceLock<Vec<PolicyRow>> = OnceLock::new();
    ROWS.get_or_init(|| rows(FILES[3]))
}

/// The policy document with this id.
#[must_use]
pub fn policy(id: &str) -> Option<&'static PolicyRow> {
    policies().iter().find(|p| p.id == id)
}

#[derive(Deserialize)]
struct SystemRow {
    id: String,
    group: char,
    name_zh: String,
    name_hant: String,
    name_en: String,
    meaning_zh: String,
    meaning_hant: String,
    meaning_en: String,
    basis: String,
    users: String,
    kind: Kind,
    how: String,
    standing: Standing,
    since: Option<u16>,
}

impl From<SystemRow> for System {
    fn from(row: SystemRow) -> Self {
        System {
            basis: parse_basis(&row.basis),
            id: row.id,
            group: row.group,
            name: [row.name_zh, row.name_hant, row.name_en],
            meaning: [row.meaning_zh, row.meaning_hant, row.meaning_en],
            users: row.users,
            kind: row.kind,
            how: row.how,
            standing: row.standing,
            since: row.since,
        }
    }
}

pub(super) fn rows<T: for<'de> Deserialize<'de>>(text: &str) -> Vec<T> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("the embedded tables are well-formed: held by reference::tests")
}

/// `policy clause;policy clause`
fn parse_basis(text: &str) -> Vec<Basis> {
    text.split(';')
        .filter_map(|one| one.split_once(' '))
        .map(|(policy, clause)| Basis { policy: policy.to_owned(), clause: clause.to_owned() })
        .collect()
}

pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split('|').filter(|piece| !piece.is_empty())
}

/// Words lists use for sectors, categories and dimensions, by their simplified form.
fn words() -> &'static HashMap<String, [String; 3]> {
    static WORDS: OnceLock<HashMap<String, [String; 3]>> = OnceLock::new();
    WORDS.get_or_init(|| {
        rows::<(String, String, String)>(include_str!("../../reference/words.csv"))
            .into_iter()
            .map(|(zh, hant, en)| (zh.clone(), [zh, hant, en]))
            .collect()
    })
}

/// A word of a list (a sector, a category, a dimension) in three languages, where it is a known one.
#[must_use]
pub fn word(zh: &str) -> Option<&'static [String; 3]> {
    words().get(zh)
}

/// A category path such as 家电/制冷 for readers: 家电 › 制冷, each known part in three languages.
#[must_use]
pub fn category(path: &str) -> [String; 3] {
    let mut names = [String::new(), String::new(), String::new()];
    for part in path.split('/') {
        let known = word(part);
        for (i, name) in names.iter_mut().enumerate() {
            if !name.is_empty() {
                name.push_str(" › ");
            }
            name.push_str(known.map_or(part, |words| &words[i]));
        }
    }
    names
}
