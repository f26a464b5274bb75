//! A draft as its page shows it.

use app::model::{DeskChange, DraftItem, DraftView, ExitLine, FaultLine, SummaryView, encode_key};
use register::{Body, Change, Kind, Lang};

use super::super::{Asked, Desk};
use super::{content, decides};
use crate::office::Role;
use crate::office::publishing::summary::{self, Fault, Line, Summary};
use crate::office::publishing::{self, Content};
use crate::store::{At, DraftPlace, DraftRow, Reader, china_day};
use crate::web::failure::Failure;
use crate::web::project::facts::Places;
use crate::web::project::view::{View, beijing};

/// Changes on a page.
const PER_PAGE: u64 = 20;

fn time(at: i64) -> String {
    beijing(chrono::DateTime::from_timestamp(at, 0).unwrap_or_default())
}

pub(super) fn item(row: &DraftRow) -> DraftItem {
    DraftItem {
        id: row.id.clone(),
        number: row.number,
        title: row.title.clone(),
        kind: row.kind.clone(),
        place: row.place.code().to_owned(),
        maker: row.maker.clone(),
        changed: time(row.changed_at),
    }
}

/// The page of a draft. Where what it would do is not known, or not as of now, finding out begins.
pub(super) fn draft(desk: &Desk, asked: &Asked, row: &DraftRow) -> Result<DraftView, Failure> {
    let content = content(row)?;
    let folder = publishing::folder(&desk.settings.register.path, &row.id);
    let reader = desk.settings.register.reader()?;
    let head = reader.log_size()?;
    let today = china_day(desk.office.clock().now());
    let kept = Summary::read(&folder);
    let waits = matches!(row.place, DraftPlace::Open | DraftPlace::Submitted);
    if asked.query.get("again") == "1" {
        desk.works.forgive(&row.id);
    }
    let fresh = kept.as_ref().is_some_and(|kept| kept.known == head && kept.day == today);
    let failed = desk.works.has_failed(&row.id);
    if waits && !fresh && !failed {
        desk.works.look(desk.means(&row.id), &row.id, content.clone());
    }
    let progress = desk.works.step(&row.id);
    // What was found out between the two looks is shown.
    let kept = if progress.is_none() { Summary::read(&folder) } else { kept };
    let summary = match kept {
        Some(kept) if progress.is_none() => Some(seen(desk, asked, row, &kept, &reader)?),
        _ => None,
    };
    let file = match &content {
        Content::File { sha256, bytes, .. } => Some((sha256.clone(), *bytes)),
        _ => None,
    };
    let own = row.maker == asked.name();
    let decides = decides(asked, row);
    Ok(DraftView {
        item: item(row),
        made: time(row.made_at),
        decider: row.decider.clone(),
        note: row.note.clone(),
        file,
        progress,
        failed,
        summary,
        can_submit: own && asked.has(Role::Drafter) && row.place == DraftPlace::Open,
        can_take_back: own && asked.has(Role::Drafter) && row.place == DraftPlace::Submitted,
        files_deleted: !waits && row.place != DraftPlace::Publishing && !folder.exists(),
        can_decide: decides && !own && row.place == DraftPlace::Submitted,
        is_own: decides && own,
        published: row.log.map(|(from, to)| {
            let prefix = asked.lang.prefix();
            let portal = &desk.settings.portal;
            (
                to - from,
                format!("{portal}{prefix}/changes?axis=recorded&known_from={from}&known={to}"),
            )
        }),
    })
}

fn fault(lang: Lang, of: &Fault) -> FaultLine {
    FaultLine {
        row: of.row,
        code: of.code.clone(),
        column: of.column.clone(),
        value: of.value.clone(),
        expected: of.expected[lang as usize].clone(),
    }
}

fn seen(
    desk: &Desk,
    asked: &Asked,
    row: &DraftRow,
    of: &Summary,
    reader: &Reader,
) -> Result<SummaryView, Failure> {
    let lang = asked.lang;
    let folder = publishing::folder(&desk.settings.register.path, &row.id);
    let order = [Change::Left, Change::Changed, Change::Added];
    let count =
        |change: Change| of.counts[Change::ALL.iter().position(|c| *c == change).unwrap_or(0)];
    // First what could do harm: what leaves, then what changes.
    let show = Change::from_code(asked.query.get("show"))
        .or_else(|| order.into_iter().find(|change| count(*change) > 0))
        .unwrap_or(Change::Added);
    let pages = count(show).div_ceil(PER_PAGE).max(1);
    let page = asked.query.get("page").parse().unwrap_or(1).clamp(1, pages);
    let from = usize::try_from((page - 1) * PER_PAGE).unwrap_or(usize::MAX);
    let lines = if of.entries > 0 {
        summary::lines(&folder, show, from, PER_PAGE as usize)
            .map_err(|error| Failure::Internal(error.to_string()))?
    } else {
        Vec::new()
    };
    let at = At { as_of: of.day, known: reader.log_size()? };
    let mut places = Places::default();
    // Names of places are asked for one by one: a page shows few.
    for code in lines.iter().flat_map(|line| place_codes(&line.after)) {
        if let Some(entry) = reader.record(Kind::Place, &code, at)? {
            places.add(&entry);
        }
    }
    let view = View::new(reader, at, lang, &places, false);
    let correctable = row.place == DraftPlace::Published && asked.has(Role::Drafter);
    let lines = lines.iter().map(|line| change(&view, line, correctable)).collect();
    let exits = of
        .exits
        .iter()
        .map(|exit| {
            let kind = Kind::from_name(&exit.from).map(|kind| kind.label(lang).to_owned());
            let scheme = reader.record(Kind::Scheme, &exit.from, at)?;
            let name = kind.or_else(|| scheme.map(|entry| view.title(&entry)));
            Ok(ExitLine {
                from: name.unwrap_or_else(|| exit.from.clone()),
                leave: exit.leave,
                holds: exit.holds,
                over: exit.is_over_budget(),
            })
        })
        .collect::<Result<_, Failure>>()?;
    Ok(SummaryView {
        known: of.known,
        day: of.day.to_string(),
        fingerprint: of.fingerprint.clone(),
        stopped: of.stopped.as_ref().map(|words| words[lang as usize].clone()).unwrap_or_default(),
        rows: (of.rows[0] > 0).then_some(of.rows),
        entries: of.entries,
        counts: of.counts,
        exits,
        asks: of.asks_twice(),
        faults: of.faults.iter().map(|one| fault(lang, one)).collect(),
        remarks: of.remarks.iter().take(50).map(|one| fault(lang, one)).collect(),
        rejects: of.rows[2] > 0,
        unknown: of.unknown.clone(),
        show: show.code().to_owned(),
        page: [page, pages],
        lines,
    })
}

fn place_codes(body: &Body) -> impl Iterator<Item = String> {
    ["place", "area"]
        .into_iter()
        .filter_map(|name| body.get(name)?.as_str().map(str::to_owned))
        .collect::<Vec<_>>()
        .into_iter()
}

fn change(view: &View<'_>, line: &Line, correctable: bool) -> DeskChange {
    let nothing = Body::new();
    let before = line.before.as_ref().unwrap_or(&nothing);
    let title = (line.kind.spec().title)(&line.after);
    DeskChange {
        kind: line.kind.label(view.lang).to_owned(),
        title: if title.is_empty() { line.key.clone() } else { title },
        key: line.key.clone(),
        valid_from: line.valid_from.to_string(),
        reason: line.reason.clone(),
        text: line.text.clone(),
        row: line.row,
        is_new: line.before.is_none(),
        diffs: view.diffs(line.kind, before, &line.after),
        correct: if correctable && !matches!(line.kind, Kind::Source | Kind::Code | Kind::Key) {
            format!("/correct?kind={}&key={}", line.kind.name(), encode_key(&line.key))
        } else {
            String::new()
        },
    }
}
