//! Pages of the site itself: home, data, systems, errors.

use std::collections::BTreeMap;

use app::model::{
    Change, DataFile, DataPage, Fact, HomePage, Link, Number, SystemPage, WholeFile, encode_key,
    list_path, record_path,
};
use register::{Entry, Kind, Lang};
use search::catalogue::Catalogue;

use super::policies::clause_path;
use super::systems::{self, Counts};
use super::view::{self, View};
use super::{body, comparison, join};
use crate::opendata::{Made, Packing};
use crate::reference::{self, System};
use crate::store::Result;
use crate::web::downloads::FileSet;

/// What the home page counts from the indexes.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    /// Products by computed status.
    pub products: BTreeMap<String, u64>,
    /// Listings by scheme.
    pub listings: BTreeMap<String, u64>,
    /// Rows by catalogue, by [`Catalogue::ALL`].
    pub rows: [u64; Catalogue::COUNT],
}

/// Latest changes shown.
const CHANGES_SHOWN: usize = 8;
/// Comparisons looked through for one worth showing.
const EXAMPLES_LOOKED_AT: usize = 200;

/// `/`
///
/// # Errors
/// When the register cannot be read.
pub fn home(view: &View<'_>, totals: &Totals) -> Result<HomePage> {
    let rows = |catalogue| totals.rows[join::position(catalogue)];
    let valid = totals.products.get("valid").copied().unwrap_or(0);
    let ended = totals
        .products
        .iter()
        .filter(|(code, _)| !matches!(code.as_str(), "valid" | "none"))
        .map(|(_, count)| count)
        .sum();
    Ok(HomePage {
        products_valid: valid,
        products_ended: ended,
        schemes: totals.listings.values().filter(|count| **count > 0).count() as u64,
        listings: rows(Catalogue::Listings),
        enterprises: rows(Catalogue::Enterprises),
        standards: rows(Catalogue::Standards),
        notices: rows(Catalogue::Notices),
        changes: changes(view)?,
        example: example(view)?,
    })
}

fn changes(view: &View<'_>) -> Result<Vec<Change>> {
    const KINDS: [Kind; 6] = [
        Kind::Product,
        Kind::Listing,
        Kind::Enterprise,
        Kind::Standard,
        Kind::Notice,
        Kind::Recall,
    ];
    let mut changes: Vec<Change> = Vec::new();
    // More than are shown, because a grant and its product often change together.
    for entry in view.reader.latest(&KINDS, view.at.known, CHANGES_SHOWN * 8)? {
        if changes.len() == CHANGES_SHOWN {
            break;
        }
        let about = match entry.kind {
            Kind::Listing => match super::facts::subject_kind(&entry.body) {
                Some(kind) => view.link(kind, body::subject(&entry.body).1)?,
                None => view.link(Kind::Scheme, body::text(&entry.body, "scheme"))?,
            },
            kind => Link::record(view.title(&entry), kind, &entry.key),
        };
        let text = match entry.kind {
            Kind::Listing => view.link(Kind::Scheme, body::text(&entry.body, "scheme"))?.text,
            kind => view.words(&kind.spec().label).to_owned(),
        };
        let change = Change {
            code: view::reason_code(&entry),
            date: entry.valid_from.to_string(),
            about,
            text,
        };
        if !changes.contains(&change) {
            changes.push(change);
        }
    }
    Ok(changes)
}

/// A product whose comparison can be drawn: measured, with a limit and a baseline, still listed.
fn example(view: &View<'_>) -> Result<Option<(Link, app::model::Comparison)>> {
    let latest = view.reader.latest(&[Kind::Comparison], view.at.known, EXAMPLES_LOOKED_AT)?;
    let mut second = None;
    for entry in latest {
        let ("product", key) = body::subject(&entry.body) else { continue };
        let Some(product) = view.record(Kind::Product, key)? else { continue };
        let Some(entry) = view.record(Kind::Comparison, &entry.key)? else { continue };
        let model = comparison::model(view, &entry)?;
        let drawn = model.measured.is_some()
            && model.baselines.first().is_some_and(|baseline| baseline.measured.is_some());
        if !drawn {
            continue;
        }
        let name = [view.title(&product), body::text(&product.body, "model").to_owned()].join(" ");
        let found = (Link::record(name.trim(), Kind::Product, key), model);
        if found.1.claim == "stricter" {
            return Ok(Some(found));
        }
        second.get_or_insert(found);
    }
    Ok(second)
}

/// `/data`
///
/// # Errors
/// When the register cannot be read.
pub fn data(
    view: &View<'_>,
    totals: &Totals,
    shelf: &dyn Fn(Catalogue) -> String,
) -> Result<DataPage> {
    const NAMES: [[&str; 3]; Catalogue::COUNT] = [
        ["产品", "產品", "Products"],
        ["企业", "企業", "Enterprises"],
        ["标准", "標準", "Standards"],
        ["名录条目", "名錄條目", "Listings"],
        ["公告与召回", "公告與召回", "Notices and recalls"],
        ["制度", "制度", "Systems"],
        ["服务", "服務", "Services"],
        ["政策文件", "政策文件", "Policies"],
        ["目标", "目標", "Targets"],
        ["部门", "部門", "Departments"],
        ["监督抽查", "監督抽查", "Inspections"],
        ["行政处罚", "行政處罰", "Penalties"],
        ["经营异常和失信名单", "經營異常和失信名單", "Adverse lists"],
        ["信息不一致", "資訊不相符", "Inconsistencies"],
    ];
    let files = Catalogue::ALL
        .into_iter()
        .zip(NAMES)
        // What does not fit is a question about the present.
        .filter(|(one, _)| *one != Catalogue::Inconsistencies || view.findings.is_some())
        .map(|(catalogue, name)| {
            let path = path_of(catalogue);
            DataFile {
                name: view.words(&name).to_owned(),
                rows: totals.rows[join::position(catalogue)],
                csv: format!("{path}.csv"),
                json: format!("{path}.json"),
                shelf: shelf(catalogue),
            }
        })
        .collect();
    let mut sources = Vec::new();
    view.reader.records(Kind::Source, view.at, &mut |entry| {
        let referring = Entry {
            source: register::SourceRef { id: entry.key.clone(), locator: Default::default() },
            ..entry
        };
        sources.push(view.source(&referring)?);
        Ok(())
    })?;
    let numbers = Catalogue::ALL
        .into_iter()
        .zip(NAMES)
        .filter(|(one, _)| *one != Catalogue::Inconsistencies || view.findings.is_some())
        .map(|(catalogue, name)| Number {
            label: view.words(&name).to_owned(),
            count: totals.rows[join::position(catalogue)],
            href: list_path(catalogue).to_owned(),
        })
        .collect();
    Ok(DataPage { files, whole: Vec::new(), sources, numbers })
}

/// The files of the whole register, in readers' words.
pub fn whole(view: &View<'_>, set: &FileSet) -> Vec<WholeFile> {
    use app::i18n::about as words;
    let name = |made: &Made| match (Kind::from_name(&made.what), made.what.as_str()) {
        (Some(kind), _) => kind.label(view.lang).to_owned(),
        (None, "entries") => words::WHOLE_LOG.to(view.lang).to_owned(),
        (None, _) => words::WHOLE_ALL.to(view.lang).to_owned(),
    };
    // The list of all files is a file; a page that named each packing would be three times as long.
    let mut files: Vec<&Made> =
        set.files.iter().filter(|made| made.packing == Packing::Gzip).collect();
    // What holds everything first.
    files.sort_by_key(|made| made.format == "csv");
    files
        .into_iter()
        .map(|made| WholeFile {
            what: name(made),
            format: match made.format.as_str() {
                "csv" => "CSV",
                "sqlite" => "SQLite",
                _ => "JSON",
            },
            href: format!("/data/{}", made.name),
            rows: made.rows,
            bytes: made.bytes,
            sha256: made.sha256.clone(),
        })
        .collect()
}

/// Path of a catalogue's own list; that of listings is not in the navigation but has twins.
pub fn path_of(catalogue: Catalogue) -> String {
    format!("/{}", search::spec(catalogue).name)
}

/// `/systems/{id}`
///
/// # Errors
/// When the register cannot be read.
pub fn system(view: &View<'_>, system: &System, counts: &Counts) -> Result<SystemPage> {
    let words = |table: &[String; 3]| table[view.lang.index()].clone();
    let loaded = counts.of_system(system);
    let spec = search::spec(Catalogue::Systems);
    let label = |facet: &str, code: &str| {
        spec.facets
            .iter()
            .find(|f| f.name == facet)
            .and_then(|f| f.fixed_label(code))
            .map_or_else(|| code.to_owned(), |label| view.words(&label).to_owned())
    };
    let mut basis: Vec<Fact> = Vec::new();
    for clause in &system.basis {
        let title = reference::policy(&clause.policy)
            .map_or_else(|| clause.policy.clone(), |row| view.lang.of(&row.title()).to_owned());
        let to = Link::to(&clause.clause, clause_path(&clause.policy, &clause.clause));
        match basis.iter_mut().find(|fact| fact.label == title) {
            Some(fact) => fact.values.push(to),
            None => basis.push(Fact { label: title, values: vec![to] }),
        }
    }
    let standing = label("standing", systems::standing(system));
    Ok(SystemPage {
        id: system.id.clone(),
        name: words(&system.name),
        meaning: words(&system.meaning),
        basis,
        users: system.users.chars().map(|user| label("users", &user.to_string())).collect(),
        group: label("group", &system.group.to_string()),
        standing: match (system.since, view.lang) {
            (Some(year), Lang::En) => format!("{standing} since {year}"),
            (Some(year), _) => format!("{standing}（{year} 年起）"),
            (None, _) => standing,
        },
        places: places(view, system, loaded)?,
        loaded,
        kind: view.words(&system.kind.spec().label).to_owned(),
        template: template(system),
        related: reference::systems()
            .iter()
            .filter(|other| other.group == system.group && other.id != system.id)
            .take(12)
            .map(|other| Link::to(words(&other.name), system_path(&other.id)))
            .collect(),
    })
}

/// The commands that make a blank table for a system and load it.
fn template(system: &System) -> String {
    if system.kind == Kind::Source {
        // A source comes with a list: its mapping file says who published it.
        return "liangbiao import --map map.toml list.csv".to_owned();
    }
    let kind = systems::kind_name(system.kind);
    format!("liangbiao template {kind} > {kind}.xlsx\nliangbiao import --kind {kind} {kind}.xlsx")
}

/// Path of a system's page.
pub fn system_path(id: &str) -> String {
    format!("/systems/{}", encode_key(id))
}

/// Where a system is in this portal: only pages that exist and show something of it.
fn places(view: &View<'_>, system: &System, loaded: u64) -> Result<Vec<Link>> {
    let mut links = Vec::new();
    if view.record(Kind::Scheme, &system.id)?.is_some()
        && let Some(path) = record_path(Kind::Scheme, &system.id)
    {
        links.push(Link::to(system.name[view.lang.index()].clone(), path));
    }
    if loaded == 0 {
        return Ok(links);
    }
    // What a policy arranges is on record as the clauses that do so.
    if matches!(system.kind, Kind::Policy | Kind::Target | Kind::Department) {
        for basis in &system.basis {
            let text = format!("{} {}", view.link(Kind::Policy, &basis.policy)?.text, basis.clause);
            links.push(Link::to(text, clause_path(&basis.policy, &basis.clause)));
        }
    }
    let family = format!("/standards?family={}", system.id);
    let notices = format!("/notices?type={}", system.id);
    let services = format!("/services?system={}", system.id);
    let list: Option<([&str; 3], &str)> = match (system.kind, system.how.as_str()) {
        (_, "/products") | (Kind::Product, _) => {
            Some((["产品目录", "產品目錄", "Products"], "/products"))
        }
        (Kind::Standard, _) => Some((["标准", "標準", "Standards"], &family)),
        (Kind::Service, _) => Some((["服务", "服務", "Services"], &services)),
        (Kind::Notice, _) => Some((["公告", "公告", "Notices"], &notices)),
        (Kind::Recall, _) => Some((["召回", "召回", "Recalls"], "/notices?kind=recall")),
        (Kind::Enterprise, _) => Some((["企业", "企業", "Enterprises"], "/enterprises")),
        // On record under the firms and products concerned.
        (Kind::Inspection | Kind::Penalty | Kind::Restriction, _) => {
            Some((["企业页面", "企業頁面", "Company pages"], "/enterprises"))
        }
        (Kind::Evaluation, _) => Some((["产品页面", "產品頁面", "Product pages"], "/products")),
        (Kind::Code, _) => Some((["扫码核验", "掃碼核驗", "Scan a code"], "/scan")),
        (Kind::Comparison, _) => {
            Some((["比对", "比對", "Comparisons"], "/products?sort=strictness"))
        }
        (_, "/data") => Some((["数据", "數據", "Data"], "/data")),
        _ => None,
    };
    if let Some((words, href)) = list {
        links.push(Link::to(view.words(&words), href));
    }
    Ok(links)
}
