//! Inconsistencies: rows of their list, lines on the pages concerned, pages of their own.

use std::collections::HashMap;
use std::sync::Arc;

use app::model::{FindingLine, FindingPage, FindingRecord, Link, Status, StatusOf, encode_key};
use register::inconsistency::{Cited, Finding, title};
use register::verdict::Outcome;
use register::{Kind, Lang, SourceRef};
use search::Row;
use search::catalogue::Catalogue;

use super::body;
use super::rows::Columns;
use super::view::View;
use crate::findings::Found;
use crate::store::{At, Result};

/// What was found at one point in time, by the records concerned. Only what readers are shown.
#[derive(Debug)]
pub struct Findings {
    /// As it was read, for bringing it forward.
    pub found: Found,
    all: Vec<Arc<Finding>>,
    by_id: HashMap<String, usize>,
    by_record: HashMap<(Kind, String), Vec<usize>>,
}

impl Findings {
    /// Of what was found.
    #[must_use]
    pub fn new(found: Found) -> Findings {
        let mut all = found.all();
        all.retain(|finding| finding.is_public());
        let mut by_id = HashMap::new();
        let mut by_record: HashMap<(Kind, String), Vec<usize>> = HashMap::new();
        for (i, finding) in all.iter().enumerate() {
            by_id.insert(finding.id(), i);
            for record in &finding.records {
                let of = by_record.entry((record.kind, record.key.clone())).or_default();
                if of.last() != Some(&i) {
                    of.push(i);
                }
            }
        }
        Findings { found, all, by_id, by_record }
    }

    /// The point in time.
    #[must_use]
    pub fn at(&self) -> At {
        self.found.at
    }

    /// All, in the order of the rules.
    #[must_use]
    pub fn all(&self) -> &[Arc<Finding>] {
        &self.all
    }

    /// The one of that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Finding> {
        self.by_id.get(id).map(|i| &*self.all[*i])
    }

    /// Those that rest on a record.
    pub fn about(&self, kind: Kind, key: &str) -> impl Iterator<Item = &Finding> {
        let found = self.by_record.get(&(kind, key.to_owned()));
        found.into_iter().flatten().map(|i| &*self.all[*i])
    }
}

/// Findings shown on the page of one record.
const SHOWN: usize = 12;

/// Lines on the page of a record concerned.
pub fn lines(view: &View<'_>, kind: Kind, key: &str) -> Vec<FindingLine> {
    lines_about(view, &[(kind, key)])
}

/// Lines on the page of an enterprise: all that was found around it.
pub fn around(view: &View<'_>, enterprise: &str) -> Vec<FindingLine> {
    let Some(findings) = view.findings else { return Vec::new() };
    let mut found: Vec<&Finding> =
        findings.found.around(enterprise).iter().map(|one| &**one).collect();
    found.extend(findings.about(Kind::Enterprise, enterprise));
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|finding| finding.is_public() && seen.insert(finding.id()));
    found.sort_by_key(|finding| finding.rule);
    found.into_iter().take(SHOWN).map(|finding| line(view.lang, finding)).collect()
}

/// Lines on a page that joins several records, each finding once.
pub fn lines_about(view: &View<'_>, records: &[(Kind, &str)]) -> Vec<FindingLine> {
    let Some(findings) = view.findings else { return Vec::new() };
    let mut seen = std::collections::BTreeSet::new();
    let mut found: Vec<&Finding> = Vec::new();
    for (kind, key) in records {
        found.extend(findings.about(*kind, key).filter(|finding| seen.insert(finding.id())));
    }
    found.sort_by_key(|finding| finding.rule);
    found.into_iter().take(SHOWN).map(|finding| line(view.lang, finding)).collect()
}

fn line(lang: Lang, finding: &Finding) -> FindingLine {
    FindingLine {
        link: Link::to(heading(lang, finding), path(&finding.id())),
        sentence: finding.sentence(lang).to_owned(),
        status: status(finding),
    }
}

fn heading(lang: Lang, finding: &Finding) -> String {
    format!("{} {}", finding.rule.code(), lang.of(&title(finding.rule)))
}

/// Path of a finding's page.
#[must_use]
pub fn path(id: &str) -> String {
    format!("/inconsistencies/{}", encode_key(id))
}

fn effect(finding: &Finding) -> &'static str {
    match finding.rule.effect() {
        Outcome::Recalled => "recalled",
        Outcome::Valid => "none",
        _ => "notice",
    }
}

fn status(finding: &Finding) -> Status {
    let code = if finding.contested() { "contested" } else { effect(finding) };
    Status { of: StatusOf::Finding, code: code.to_owned(), ..Status::default() }
}

/// The page of a finding.
///
/// # Errors
/// When the register cannot be read.
pub fn page(view: &View<'_>, finding: &Finding) -> Result<FindingPage> {
    let mut records = Vec::new();
    for cited in &finding.records {
        records.push(record(view, cited)?);
    }
    Ok(FindingPage {
        id: finding.id(),
        rule: heading(view.lang, finding),
        sentence: finding.sentence(view.lang).to_owned(),
        status: status(finding),
        since: finding.since.map(|day| day.to_string()).unwrap_or_default(),
        effect: effect(finding).to_owned(),
        records,
    })
}

fn record(view: &View<'_>, cited: &Cited) -> Result<FindingRecord> {
    let entry = view.record(cited.kind, &cited.key)?;
    let text = match &entry {
        Some(entry) => super::supervision::title(view, entry)?,
        None => cited.key.clone(),
    };
    // A grant, an evaluation, a comparison is shown on the page of what it is about.
    let about = entry.as_ref().and_then(|entry| {
        let kind = super::facts::subject_kind(&entry.body)?;
        app::model::record_path(kind, body::subject(&entry.body).1)
    });
    let own = app::model::record_path(cited.kind, &cited.key);
    let code = (cited.kind == Kind::Code).then(|| format!("/q/{}", encode_key(&cited.key)));
    let source = match &entry {
        // The entry cited, which a later one may have followed.
        Some(entry) if entry.seq == cited.seq => Some(view.source(entry)?),
        Some(entry) => {
            let at = SourceRef { id: cited.source.clone(), locator: Default::default() };
            let mut source = view.source(&register::Entry { source: at, ..entry.clone() })?;
            source.locator.clone_from(&cited.place);
            Some(source)
        }
        None => None,
    };
    Ok(FindingRecord {
        kind: view.words(&cited.kind.spec().label).to_owned(),
        link: Link { text, href: own.or(about).or(code) },
        valid_from: cited.valid_from.to_string(),
        contested: cited.contested,
        source,
    })
}

/// Rows of the list.
#[must_use]
pub fn rows(findings: &[Arc<Finding>]) -> Vec<Row> {
    findings.iter().enumerate().map(|(order, finding)| row(order, finding)).collect()
}

fn row(order: usize, finding: &Finding) -> Row {
    let mut row = Columns::new(Catalogue::Inconsistencies, &finding.id());
    let [zh, hant, en] = &finding.words;
    row.text("name", zh.as_str());
    row.text("name_hant", hant.as_str());
    row.text("name_en", en.as_str());
    let keys: Vec<&str> = finding.records.iter().map(|record| record.key.as_str()).collect();
    row.text("records", keys.join("\n"));
    row.one("rule", finding.rule.code());
    row.one("kind", finding.records.first().map_or("", |record| record.kind.name()));
    row.one("effect", effect(finding));
    row.one("reply", if finding.contested() { "contested" } else { "none" });
    let firms = finding.records.iter().filter(|record| record.kind == Kind::Enterprise);
    row.facet("enterprise", firms.map(|record| record.key.clone()).collect());
    row.day("since", finding.since);
    row.number("order", i64::try_from(order).ok());
    let mut sources: Vec<String> = Vec::new();
    for record in &finding.records {
        let source = format!("{} {}", record.source, record.place).trim().to_owned();
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    row.display("sources", sources.join("；"));
    row.finish()
}
