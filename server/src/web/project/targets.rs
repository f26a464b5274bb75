//! Targets: rows, pages, the records counted.

use std::collections::BTreeMap;

use app::i18n::policy as words;
use app::model::{
    CountLine, CountedLine, Link, Point, RecountPage, StatusOf, TargetLine, TargetPage, record_path,
};
use chrono::{Datelike, NaiveDate};
use register::comparison::Ratio;
use register::formula::{Count, Formula, Goal, Standing};
use register::{Entry, Kind, Lang};
use search::Row;
use search::catalogue::Catalogue;
use serde_json::{Value, json};

use super::policies::{clause_path, names, office};
use super::rows::Columns;
use super::view::{self, View};
use super::{body, systems};
use crate::recount::{By, Counted, Evaluation, Plan, Reason};
use crate::reference;
use crate::store::Result;

/// Evaluations by key of target.
pub type Evaluations = BTreeMap<String, Evaluation>;

pub use register::formula::written;

/// Height and place of every point of a trend, in thousandths, and the height of the goal.
fn drawn(evaluation: &Evaluation, goal: Option<Ratio>) -> (Vec<(i64, i64)>, i64) {
    let of = |value: Ratio| value.approximate().max(0.0);
    let goal = goal.map_or(0.0, of);
    let top = evaluation.trend.iter().map(|(_, value)| of(*value)).fold(goal, f64::max);
    // Drawing only; what is compared is exact. The clamp keeps every height on the paper.
    let height = |value: f64| {
        if top > 0.0 { (value / top * 1000.0).round().clamp(0.0, 1000.0) as i64 } else { 0 }
    };
    let (Some(first), Some(last)) = (evaluation.trend.first(), evaluation.trend.last()) else {
        return (Vec::new(), height(goal));
    };
    let span = (last.0 - first.0).num_days().max(1);
    let place = |day: NaiveDate| (day - first.0).num_days() * 1000 / span;
    let points = evaluation.trend.iter().map(|(day, value)| (place(*day), height(of(*value))));
    (points.collect(), height(goal))
}

fn goal(target: &Entry) -> Option<Goal> {
    Goal::of(body::text(&target.body, "operator"), body::text(&target.body, "value"))
}

/// Row of a target.
pub fn row(entry: &Entry, evaluation: &Evaluation) -> Row {
    let b = &entry.body;
    let mut row = Columns::new(Catalogue::Targets, &entry.key);
    let [zh, hant, en] = names(Kind::Target, &entry.key, b);
    row.text("name", body::maybe(b, "text_zh").unwrap_or(&zh));
    row.text("measure", zh);
    row.text("name_hant", hant);
    row.text("name_en", en);
    row.one("status", evaluation.standing.code());
    row.one("policy", body::text(b, "policy"));
    let departments = body::texts(b, "lead_departments");
    row.facet("department", departments.into_iter().map(str::to_owned).collect());
    let due = evaluation.due;
    row.facet("due", due.map(|due| format!("{:04}", due.year())).into_iter().collect());
    row.day("due_on", due);
    for name in ["operator", "unit", "clause"] {
        row.display(name, body::text(b, name));
    }
    row.display("goal", body::text(b, "value"));
    row.display("value", evaluation.value.map_or_else(String::new, |(value, _)| written(value)));
    row.display("value_now", evaluation.now.map_or_else(String::new, written));
    row.display("reason", evaluation.reason.map_or("", Reason::code));
    row.display("by", evaluation.value.map_or("", |(_, by)| by.code()));
    let (points, goal) = drawn(evaluation, goal(entry).map(|goal| goal.value));
    if points.len() > 1 {
        let y = |thousandths: i64| 37 - thousandths * 34 / 1000;
        let points: Vec<String> =
            points.iter().map(|(x, height)| format!("{},{}", x / 10, y(*height))).collect();
        row.display("spark", format!("{};{}", y(goal), points.join(" ")));
    }
    row.row
}

fn with_unit(view: &View<'_>, target: &Entry, value: Ratio) -> String {
    words::with_unit(&written(value), body::text(&target.body, "unit"), view.lang)
}

fn in_words(view: &View<'_>, target: &Entry) -> String {
    let b = &target.body;
    let (operator, value) = (body::text(b, "operator"), body::text(b, "value"));
    words::goal(operator, value, body::text(b, "unit"), view.lang)
}

/// A target in one line.
pub fn line(view: &View<'_>, target: &Entry, evaluation: Option<&Evaluation>) -> TargetLine {
    let b = &target.body;
    let standing = evaluation.map_or(Standing::NotComputable, |e| e.standing);
    let quoted = body::maybe(b, "text_zh").filter(|_| view.lang != Lang::En);
    let text = quoted.map_or_else(|| view.title(target), str::to_owned);
    let value = evaluation.and_then(|e| e.value).map(|(value, _)| value);
    TargetLine {
        link: Link::record(text, Kind::Target, &target.key),
        quoted: quoted.is_some(),
        status: view::status(StatusOf::Target, standing.code()),
        value: value.map(|value| with_unit(view, target, value)).unwrap_or_default(),
        goal: in_words(view, target),
        due: body::text(b, "due").to_owned(),
    }
}

/// The list in which the records of a count are found.
fn list_of(view: &View<'_>, count: &Count) -> Option<Link> {
    let filter = |path: &str, facet: &str, values: Vec<&str>| {
        let pairs: Vec<String> = values
            .into_iter()
            .map(|value| format!("{facet}={}", crate::web::router::segment(value)))
            .collect();
        if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
    };
    let path = match count.kind() {
        Kind::Listing => filter("/listings", "scheme", count.asked("scheme")),
        Kind::Standard => match count.asked("family") {
            family if family.is_empty() => filter("/standards", "type", count.asked("type")),
            family => filter("/standards", "family", family),
        },
        Kind::Notice => filter("/notices", "type", count.asked("type")),
        Kind::Enterprise => "/enterprises".to_owned(),
        Kind::Product => "/products".to_owned(),
        _ => return None,
    };
    Some(Link::to(view.words(&["看这一类", "看這一類", "see the list"]), path))
}

fn count_lines(view: &View<'_>, evaluation: &Evaluation, formula: &str) -> Vec<CountLine> {
    let formula = Formula::parse(formula).ok();
    let counts = formula.as_ref().map(Formula::counts).unwrap_or_default();
    evaluation
        .tallies
        .iter()
        .zip(counts)
        .map(|(tally, count)| CountLine {
            text: tally.text.clone(),
            total: tally.total,
            held: tally.held,
            list: list_of(view, count),
        })
        .collect()
}

fn why(view: &View<'_>, evaluation: &Evaluation) -> String {
    let reason = evaluation.reason.map(|reason| words::reason(reason.code()).to(view.lang));
    reason.unwrap_or_default().to_owned()
}

/// `/targets/{id}`
///
/// # Errors
/// When the register cannot be read.
pub fn page(view: &View<'_>, entry: &Entry, evaluation: &Evaluation) -> Result<TargetPage> {
    let b = &entry.body;
    let row = reference::target(&entry.key).filter(|row| row.note_zh == body::text(b, "note"));
    let (points, goal_height) = drawn(evaluation, goal(entry).map(|goal| goal.value));
    let trend: Vec<Point> = evaluation
        .trend
        .iter()
        .zip(points)
        .map(|((day, value), (place, height))| Point {
            day: day.to_string(),
            value: with_unit(view, entry, *value),
            height,
            place,
        })
        .collect();
    let due = evaluation.due.filter(|_| evaluation.past()).map(|due| due.to_string());
    let policy = body::text(b, "policy");
    let clause = body::text(b, "clause");
    let formula = body::text(b, "formula");
    let official = |value: &crate::recount::Official| {
        let shown = words::with_unit(&value.value, body::text(b, "unit"), view.lang);
        let source = match value.url.as_str() {
            "" => Link::plain(&value.source),
            url => Link::to(&value.source, url),
        };
        (shown, value.as_of.to_string(), source)
    };
    Ok(TargetPage {
        meta: view.meta(entry)?,
        measure: view.title(entry),
        text: body::text(b, "text_zh").to_owned(),
        status: view::status(StatusOf::Target, evaluation.standing.code()),
        goal: in_words(view, entry),
        about: body::text(b, "operator") == "~",
        due: body::text(b, "due").to_owned(),
        policy: view.link(Kind::Policy, policy)?,
        clause: Link::to(clause, clause_path(policy, clause)),
        offices: body::texts(b, "lead_departments")
            .into_iter()
            .map(|key| office(view, key))
            .collect::<Result<_>>()?,
        note: row.map_or_else(
            || body::text(b, "note").to_owned(),
            |row| view.words(&row.note()).to_owned(),
        ),
        note_quoted: row.is_none(),
        value: evaluation.value.map(|(value, _)| with_unit(view, entry, value)).unwrap_or_default(),
        official: evaluation.value.is_some_and(|(_, by)| by == crate::recount::By::Official),
        past: evaluation.past(),
        now: evaluation.now.map(|value| with_unit(view, entry, value)).unwrap_or_default(),
        day: evaluation.day.to_string(),
        reason: why(view, evaluation),
        all_sample: view.all_sample && evaluation.now.is_some(),
        sample_apart: evaluation.sample_apart,
        formula: formula.to_owned(),
        counts: count_lines(view, evaluation, formula),
        official_values: evaluation.official.iter().map(official).collect(),
        due_place: due.and_then(|due| trend.iter().find(|p| p.day == due)).map(|p| p.place),
        trend,
        goal_height,
        history: view.history(Kind::Target, &entry.key)?,
        sources: view.sources([entry])?,
    })
}

/// What is computed of a target, beside its record in JSON. Values are exact where they are whole,
/// else rounded to one decimal.
pub fn computed(evaluation: &Evaluation) -> Value {
    json!({
        "status": evaluation.standing.code(),
        "value": evaluation.value.map(|(value, _)| written(value)),
        "by": evaluation.value.map(|(_, by)| by.code()),
        "reason": evaluation.reason.map(Reason::code),
        "decided_on": evaluation.deciding_day().to_string(),
        "value_now": evaluation.now.map(written),
        "value_on_due": evaluation.at_due.map(written),
        "counts": tallies(evaluation),
        "sample_records_apart": evaluation.sample_apart,
        "trend": evaluation
            .trend
            .iter()
            .map(|(day, value)| json!({ "day": day.to_string(), "value": written(*value) }))
            .collect::<Vec<_>>(),
    })
}

fn tallies(evaluation: &Evaluation) -> Vec<Value> {
    evaluation
        .tallies
        .iter()
        .map(|tally| {
            json!({
                "count": tally.text,
                "kind": systems::kind_name(tally.kind),
                "total": tally.total,
                "held": tally.held,
            })
        })
        .collect()
}

/// Page of a record: its own, that of a grant, or none.
fn path(entry: &Entry) -> Option<String> {
    match entry.kind {
        Kind::Listing => Some(format!("/listings/{}", crate::web::router::segment(&entry.key))),
        kind => record_path(kind, &entry.key),
    }
}

/// The records counted, page by page.
#[derive(Debug)]
pub struct Recount<'c> {
    /// The target.
    pub target: &'c Entry,
    /// Its plan; none: it cannot be counted.
    pub plan: Option<&'c Plan>,
    /// How it came out.
    pub evaluation: &'c Evaluation,
    /// Every record counted.
    pub counted: &'c [Counted],
    /// Page asked for, from 1.
    pub page: usize,
    /// Records a page.
    pub per_page: usize,
}

/// The records a formula looks at, for whoever counts again; null where there are too many.
pub fn looked_at(records: Option<Vec<(Entry, bool)>>) -> Value {
    let one = |(entry, looked_at): (Entry, bool)| {
        json!({
            "kind": systems::kind_name(entry.kind), "key": entry.key, "looked_at": looked_at,
            "record": super::twin::public(&entry),
        })
    };
    records.map_or(Value::Null, |records| records.into_iter().map(one).collect())
}

impl Recount<'_> {
    /// Pages there are; at least 1.
    pub fn pages(&self) -> usize {
        self.counted.len().div_ceil(self.per_page).max(1)
    }

    fn shown(&self) -> impl Iterator<Item = &Counted> {
        self.counted.iter().skip((self.page - 1) * self.per_page).take(self.per_page)
    }

    fn own_keys(&self, counted: &Counted) -> bool {
        counted.as_what.len() == 1 && counted.as_what[0] == counted.entry.key
    }

    /// `/targets/{id}/recount`
    pub fn model(&self, view: &View<'_>) -> RecountPage {
        let formula = body::text(&self.target.body, "formula");
        let value = self.evaluation.value.map(|(value, _)| with_unit(view, self.target, value));
        let line = |counted: &Counted| {
            let entry = &counted.entry;
            let text = view.title(entry);
            let link = path(entry).map_or_else(|| Link::plain(&text), |to| Link::to(&text, to));
            let kind = view.words(&entry.kind.spec().label).to_owned();
            let n = app::i18n::fill(
                app::i18n::record::ENTRY_N.to(view.lang),
                &[("n", &app::i18n::count(entry.seq))],
            );
            let mut line = vec![kind];
            if text != entry.key {
                line.push(entry.key.clone());
            }
            line.push(n);
            let as_what = if self.own_keys(counted) { Vec::new() } else { counted.as_what.clone() };
            (counted.count, CountedLine { link, line, as_what })
        };
        RecountPage {
            target: Link::record(view.title(self.target), Kind::Target, &self.target.key),
            formula: formula.to_owned(),
            day: self.evaluation.deciding_day().to_string(),
            value: value.unwrap_or_default(),
            reason: why(view, self.evaluation),
            counted: match self.evaluation.value {
                Some((value, By::Computed)) => written(value),
                _ => String::new(),
            },
            counts: count_lines(view, self.evaluation, formula),
            rows: self.shown().map(line).collect(),
            total: self.counted.len() as u64,
            page: self.page as u64,
            pages: self.pages() as u64,
        }
    }

    /// `/targets/{id}/recount.json`: the formula, and every record counted as it stands in the log, so
    /// that anybody can count again.
    pub fn json(&self, view: &View<'_>) -> Value {
        let prefix = view.lang.prefix();
        let path_of = |suffix: &str| {
            let own = record_path(Kind::Target, &self.target.key).unwrap_or_default();
            format!("{prefix}{own}{suffix}")
        };
        let items: Vec<Value> = self
            .shown()
            .map(|counted| {
                let entry = &counted.entry;
                json!({
                    "kind": systems::kind_name(entry.kind),
                    "key": entry.key,
                    "title": view.title(entry),
                    "status": null,
                    "count": counted.count,
                    "counted_as": counted.as_what,
                    "seq": entry.seq,
                    "valid_from": entry.valid_from.to_string(),
                    "record": super::twin::public(entry),
                    "links": {
                        "page": path(entry).map(|to| format!("{prefix}{to}")),
                        "json": path(entry).map(|to| format!("{prefix}{to}.json")),
                    },
                })
            })
            .collect();
        let next = (self.page < self.pages())
            .then(|| path_of(&format!("/recount.json?page={}", self.page + 1)));
        json!({
            "target": self.target.key,
            "formula": self.plan.map(|plan| plan.formula.text()),
            "counted_on": self.evaluation.deciding_day().to_string(),
            "due": self.evaluation.due.map(|due| due.to_string()),
            "value": self.evaluation.value.map(|(value, _)| written(value)),
            "reason": self.evaluation.reason.map(Reason::code),
            "counts": tallies(self.evaluation),
            "total": self.counted.len(),
            "page": self.page,
            "per_page": self.per_page,
            "items": items,
            "as_of": view.at.as_of.to_string(),
            "log_size": view.at.known,
            "next": next,
            "links": { "page": path_of(""), "json": path_of(".json") },
        })
    }

    /// `/targets/{id}/recount.csv`: every record counted, all pages.
    pub fn csv(&self, view: &View<'_>) -> Vec<u8> {
        let head = ["count", "kind", "key", "title", "counted_as", "seq", "valid_from", "page"];
        let rows = self.counted.iter().map(|counted| {
            let entry = &counted.entry;
            vec![
                counted.count.to_string(),
                systems::kind_name(entry.kind),
                entry.key.clone(),
                view.title(entry),
                counted.as_what.join("; "),
                entry.seq.to_string(),
                entry.valid_from.to_string(),
                path(entry).map(|to| format!("{}{to}", view.lang.prefix())).unwrap_or_default(),
            ]
        });
        super::twin::csv(&head, rows)
    }
}
