//! Policies and departments: names, rows of their catalogues, pages.

use std::collections::{BTreeMap, BTreeSet};

use app::components::policy::anchor;
use app::i18n::policy as words;
use app::model::{
    Clause, DepartmentPage, Fact, Link, MeasureLine, Office, PolicyPage, StatusOf, record_path,
};
use chrono::{Datelike, NaiveDate};
use register::formula::Standing;
use register::{Body, Entry, Kind, Lang};
use search::Row;
use search::catalogue::Catalogue;

use super::body;
use super::facts::Places;
use super::rows::Columns;
use super::targets::{self, Evaluations};
use super::view::{self, View};
use crate::reference;
use crate::store::{At, Reader, Result};

/// The record's name in three languages; the program's own words where it is a built-in record that
/// still bears its name.
pub fn names(kind: Kind, key: &str, b: &Body) -> [String; 3] {
    let own = |name: &str| [name; 3].map(str::to_owned);
    let words = |words: [&str; 3]| words.map(str::to_owned);
    match kind {
        Kind::Policy => {
            let title = body::text(b, "title");
            let row = reference::policy(key).filter(|row| row.title_zh == title);
            row.map_or_else(|| own(title), |row| words(row.title()))
        }
        Kind::Department => {
            let name = body::text(b, "name");
            let row = reference::department(key).filter(|row| row.name_zh == name);
            row.map_or_else(|| own(name), |row| words(row.name()))
        }
        _ => {
            let zh = body::text(b, "measure_zh");
            let en = body::maybe(b, "measure_en").unwrap_or(zh);
            let row = reference::target(key).filter(|row| row.measure_zh == zh);
            let hant = row.map_or(zh, |row| &row.measure_hant);
            [zh, hant, en].map(str::to_owned)
        }
    }
}

/// Everything the three catalogues are made of, read once.
#[derive(Debug, Default)]
pub struct Papers {
    /// Policies, by key.
    pub policies: Vec<Entry>,
    /// Departments, by key.
    pub departments: Vec<Entry>,
    /// Targets, by key.
    pub targets: Vec<Entry>,
}

impl Papers {
    /// Reads them.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn read(reader: &Reader, at: At) -> Result<Papers> {
        let all = |kind| -> Result<Vec<Entry>> {
            let mut found = Vec::new();
            reader.records(kind, at, &mut |entry| {
                found.push(entry);
                Ok(())
            })?;
            Ok(found)
        };
        Ok(Papers {
            policies: all(Kind::Policy)?,
            departments: all(Kind::Department)?,
            targets: all(Kind::Target)?,
        })
    }

    /// Names by key, for facets.
    pub fn labels(&self) -> BTreeMap<&'static str, BTreeMap<String, [String; 3]>> {
        let of = |entries: &[Entry]| {
            let name = |e: &Entry| (e.key.clone(), names(e.kind, &e.key, &e.body));
            entries.iter().map(name).collect::<BTreeMap<_, _>>()
        };
        BTreeMap::from([("policy", of(&self.policies)), ("department", of(&self.departments))])
    }

    /// Clauses that name a system, by system.
    pub fn clauses(&self) -> BTreeMap<String, u64> {
        let mut clauses: BTreeMap<String, u64> = BTreeMap::new();
        for clause in self.policies.iter().flat_map(|p| body::objects(&p.body, "clauses")) {
            for system in body::texts(clause, "systems") {
                *clauses.entry(system.to_owned()).or_default() += 1;
            }
        }
        clauses
    }

    fn targets_of(&self, field: &str, key: &str) -> usize {
        self.targets.iter().filter(|target| body::texts(&target.body, field).contains(&key)).count()
    }

    /// Rows of the policies.
    pub fn policy_rows(&self, places: &Places, as_of: NaiveDate) -> Vec<Row> {
        let row = |entry: &Entry| {
            let b = &entry.body;
            let mut row = Columns::new(Catalogue::Policies, &entry.key);
            let [zh, hant, en] = names(entry.kind, &entry.key, b);
            row.text("name", zh);
            row.text("name_hant", hant);
            row.text("name_en", en);
            row.text("number", body::text(b, "number"));
            row.one("status", standing(b, as_of));
            row.facet(
                "department",
                body::texts(b, "issuers").into_iter().map(str::to_owned).collect(),
            );
            row.facet("place", places.levels(body::text(b, "region")));
            let issued = body::date(b, "issued_on");
            row.facet("year", issued.map(|day| format!("{:04}", day.year())).into_iter().collect());
            row.day("issued", issued);
            row.day("expires", body::date(b, "valid_until"));
            row.number("clauses", i64::try_from(body::objects(b, "clauses").len()).ok());
            row.number("targets", i64::try_from(self.targets_of("policy", &entry.key)).ok());
            row.row
        };
        self.policies.iter().map(row).collect()
    }

    /// Rows of the departments.
    pub fn department_rows(&self, places: &Places) -> Vec<Row> {
        let mut lead: BTreeMap<&str, i64> = BTreeMap::new();
        let mut co: BTreeMap<&str, i64> = BTreeMap::new();
        let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for policy in &self.policies {
            for id in body::texts(&policy.body, "issuers") {
                named.entry(id).or_default().insert(&policy.key);
            }
            for clause in body::objects(&policy.body, "clauses") {
                for (tally, field) in [(&mut lead, "lead"), (&mut co, "co")] {
                    for id in body::texts(clause, field) {
                        *tally.entry(id).or_default() += 1;
                        named.entry(id).or_default().insert(&policy.key);
                    }
                }
            }
        }
        let row = |entry: &Entry| {
            let b = &entry.body;
            let key = entry.key.as_str();
            let mut row = Columns::new(Catalogue::Departments, key);
            let [zh, hant, en] = names(entry.kind, key, b);
            row.text("name", zh);
            row.text("name_hant", hant);
            row.text("name_en", en);
            row.text("aliases", body::texts(b, "aliases").join("\n"));
            row.one("status", being(b));
            row.one("level", body::text(b, "level"));
            row.facet("place", places.levels(body::text(b, "region")));
            let policies = named.get(key).into_iter().flatten();
            row.facet("policy", policies.map(|policy| (*policy).to_owned()).collect());
            row.number("lead", Some(lead.get(key).copied().unwrap_or(0)));
            row.number("co", Some(co.get(key).copied().unwrap_or(0)));
            row.number("targets", i64::try_from(self.targets_of("lead_departments", key)).ok());
            row.row
        };
        self.departments.iter().map(row).collect()
    }
}

/// Standing of a policy on a day.
fn standing(b: &Body, as_of: NaiveDate) -> &'static str {
    match body::date(b, "valid_until") {
        None => "no_term",
        Some(until) if as_of > until => "over",
        Some(_) => "in_term",
    }
}

fn being(b: &Body) -> &'static str {
    if body::objects(b, "successors").is_empty() { "in_being" } else { "succeeded" }
}

/// Where a clause is on its policy's page.
pub fn clause_path(policy: &str, clause: &str) -> String {
    let page = record_path(Kind::Policy, policy).unwrap_or_default();
    format!("{page}#{}", anchor(clause))
}

fn successors(view: &View<'_>, b: &Body) -> Result<Vec<(Link, String)>> {
    body::objects(b, "successors")
        .into_iter()
        .map(|next| {
            let to = view.link(Kind::Department, body::text(next, "department"))?;
            Ok((to, body::int(next, "year").map(|year| year.to_string()).unwrap_or_default()))
        })
        .collect()
}

/// A department by the name of the time, and who took over.
///
/// # Errors
/// When the register cannot be read.
pub fn office(view: &View<'_>, key: &str) -> Result<Office> {
    let next = match view.record(Kind::Department, key)? {
        Some(entry) => successors(view, &entry.body)?,
        None => Vec::new(),
    };
    Ok(Office { link: view.link(Kind::Department, key)?, next })
}

fn links(view: &View<'_>, kind: Kind, keys: Vec<&str>) -> Result<Vec<Link>> {
    keys.into_iter().map(|key| view.link(kind, key)).collect()
}

/// `/policies/{id}`
///
/// # Errors
/// When the register cannot be read.
pub fn page(
    view: &View<'_>,
    entry: &Entry,
    of: &[Entry],
    values: &Evaluations,
) -> Result<PolicyPage> {
    let b = &entry.body;
    let built_in = reference::policy(&entry.key).filter(|_| entry.source.id == reference::SOURCE);
    let mut standings: BTreeMap<Standing, u64> = BTreeMap::new();
    for target in of {
        let standing = values.get(&target.key).map_or(Standing::NotComputable, |v| v.standing);
        *standings.entry(standing).or_default() += 1;
    }
    let mut clauses = Vec::new();
    for clause in body::objects(b, "clauses") {
        let number = body::text(clause, "clause");
        let systems = body::texts(clause, "systems").len();
        let systems = (systems > 0).then(|| {
            let n = app::i18n::count(systems as u64);
            let text = app::i18n::fill(words::ITS_SYSTEMS_N.to(view.lang), &[("n", &n)]);
            let clause = form_urlencoded::byte_serialize(number.as_bytes()).collect::<String>();
            Link::to(text, format!("/systems?clause={}+{clause}", entry.key))
        });
        let mut targets = Vec::new();
        for target in of.iter().filter(|target| body::text(&target.body, "clause") == number) {
            targets.push(targets::line(view, target, values.get(&target.key)));
        }
        clauses.push(Clause {
            number: number.to_owned(),
            heading: body::text(clause, "heading").to_owned(),
            text: body::text(clause, "text").to_owned(),
            section: body::text(clause, "sort") == "section",
            lead: links(view, Kind::Department, body::texts(clause, "lead"))?,
            co: links(view, Kind::Department, body::texts(clause, "co"))?,
            systems,
            targets,
        });
    }
    let mut status = view::status(StatusOf::Policy, standing(b, view.at.as_of));
    status.until = body::maybe(b, "valid_until").map(str::to_owned);
    Ok(PolicyPage {
        meta: view.meta(entry)?,
        title: view.title(entry),
        number: body::text(b, "number").to_owned(),
        status,
        note: built_in.map(|row| view.words(&row.note()).to_owned()).unwrap_or_default(),
        facts: view
            .facts(entry, &["issued_on", "effective_on", "valid_until", "region", "implements"])?,
        issuers: body::texts(b, "issuers")
            .into_iter()
            .map(|key| office(view, key))
            .collect::<Result<_>>()?,
        clauses,
        summarised: built_in.is_some(),
        standings: standings.into_iter().map(|(s, n)| (s.code().to_owned(), n)).collect(),
        text_hash: body::text(b, "text_hash").to_owned(),
        history: view.history(Kind::Policy, &entry.key)?,
        sources: view.sources([entry])?,
    })
}

/// `/departments/{id}`
///
/// # Errors
/// When the register cannot be read.
pub fn department(
    view: &View<'_>,
    entry: &Entry,
    of: &[Entry],
    values: &Evaluations,
) -> Result<DepartmentPage> {
    let b = &entry.body;
    let key = entry.key.as_str();
    let (mut leads, mut takes_part, mut issued) = (Vec::new(), Vec::new(), Vec::new());
    for policy in view.reader.referring(Kind::Policy, Kind::Department, key, view.at)? {
        let title = view.title(&policy);
        if body::texts(&policy.body, "issuers").contains(&key) {
            issued.push(view.link(Kind::Policy, &policy.key)?);
        }
        for clause in body::objects(&policy.body, "clauses") {
            let number = body::text(clause, "clause");
            let line = || MeasureLine {
                policy: title.clone(),
                link: Link::to(
                    format!("{number} {}", body::text(clause, "heading")).trim_end(),
                    clause_path(&policy.key, number),
                ),
            };
            if body::texts(clause, "lead").contains(&key) {
                leads.push(line());
            }
            if body::texts(clause, "co").contains(&key) {
                takes_part.push(line());
            }
        }
    }
    let mut predecessors = Vec::new();
    for before in view.reader.referring(Kind::Department, Kind::Department, key, view.at)? {
        for next in body::objects(&before.body, "successors") {
            if body::text(next, "department") == key {
                let year = body::int(next, "year").map(|year| year.to_string()).unwrap_or_default();
                predecessors.push((view.link(Kind::Department, &before.key)?, year));
            }
        }
    }
    let mut facts = view.facts(entry, &["level", "region", "aliases", "contact"])?;
    // The name every document prints is Chinese.
    if view.lang == Lang::En {
        let label = view.words(&["名称", "名稱", "Name in Chinese"]).to_owned();
        facts.insert(0, Fact { label, values: vec![Link::plain(body::text(b, "name"))] });
    }
    Ok(DepartmentPage {
        meta: view.meta(entry)?,
        name: view.title(entry),
        status: view::status(StatusOf::Department, being(b)),
        facts,
        successors: successors(view, b)?,
        predecessors,
        issued,
        leads,
        takes_part,
        targets: of.iter().map(|t| targets::line(view, t, values.get(&t.key))).collect(),
        history: view.history(Kind::Department, key)?,
        sources: view.sources([entry])?,
    })
}
