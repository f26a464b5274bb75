//! Cases at the desk: the list, reading one, answering it, closing it. A drafter answers, another person
//! closes; an auditor sees everything but what people wrote.

mod mark;

use app::i18n::{desk as base, desk::cases as words};
use app::model::{DeskCase, DeskCaseView, DeskPage, record_path};
use register::{Kind, Lang};

use super::forms::Form;
use super::routes::Act;
use super::{Asked, Desk, Outcome, passkeys, sign_in_alert};
use crate::cases::{self, Cases, Written};
use crate::office::{Role, SignIn};
use crate::store::{CaseRow, CaseState, CaseWords, china_day};
use crate::web::failure::Failure;
use crate::web::limits;

/// Cases in the list.
const LISTED: usize = 500;

/// Answers every way that is about cases.
pub(super) fn answer(desk: &Desk, asked: &Asked, form: &Form) -> Result<Outcome, Failure> {
    let Some(cases) = &desk.settings.cases else { return Ok(Outcome::Missing) };
    if asked.act == Act::Cases {
        let rows = cases.file().list(LISTED)?;
        let reader = desk.settings.register.reader()?;
        let mut items: Vec<DeskCase> = rows
            .iter()
            .map(|row| {
                let contested = mark::is_marked(desk, &reader, row)?;
                Ok(DeskCase { contested, ..item(desk, row, asked.lang) })
            })
            .collect::<Result<_, Failure>>()?;
        // The list is by the day that is due; what was closed and left its record marked is to be finished.
        items.sort_by_key(|item| (!item.overdue, !(item.contested && item.state == "answered")));
        return Ok(Outcome::Page(DeskPage::Cases(items)));
    }
    let label = asked.path.split('/').nth(2).unwrap_or_default();
    let Some(row) = cases.file().by_label(label)? else { return Ok(Outcome::Missing) };
    match asked.act {
        Act::Case => shown(desk, cases, asked, &row, None),
        Act::CaseExamine => examine(desk, cases, asked, row),
        Act::CaseContest => mark::contest(desk, cases, asked, form, &row),
        Act::CaseSettle => mark::settle(desk, cases, asked, form, &row),
        Act::CaseAnswer => propose(desk, cases, asked, form, row),
        _ => decide(desk, cases, asked, form, row),
    }
}

fn today(desk: &Desk) -> chrono::NaiveDate {
    china_day(desk.office.clock().now())
}

fn item(desk: &Desk, row: &CaseRow, lang: Lang) -> DeskCase {
    let kind = Kind::from_name(&row.kind);
    let open = row.state != CaseState::Answered;
    DeskCase {
        label: row.label.clone(),
        kind: kind.map_or(row.kind.as_str(), |kind| kind.label(lang)).to_owned(),
        key: row.key.clone(),
        what: row.what.clone(),
        asker: row.asker.clone(),
        received: row.received_on.to_string(),
        due: row.due_on.to_string(),
        overdue: open && today(desk) > row.due_on,
        state: row.state.code().to_owned(),
        outcome: row.outcome.clone(),
        contested: false,
    }
}

/// What was written, for those who may read it; else why it is not shown.
fn written(
    desk: &Desk,
    asked: &Asked,
    words: Option<&CaseWords>,
) -> Result<Written, app::i18n::Words> {
    if !asked.has(Role::Drafter) && !asked.has(Role::Approver) {
        return Err(words::NOT_YOURS);
    }
    let Some(of) = words else { return Err(words::DELETED) };
    cases::opened(&desk.settings.register.path, &of.sealed).map_err(|error| {
        tracing::error!(%error, "a case cannot be read");
        words::NO_KEY
    })
}

fn shown(
    desk: &Desk,
    cases: &Cases,
    asked: &Asked,
    row: &CaseRow,
    alert: Option<String>,
) -> Result<Outcome, Failure> {
    let lang = asked.lang;
    let words = cases.file().words(row.seq)?;
    let read = written(desk, asked, words.as_ref());
    if read.is_ok() {
        desk.office.trace(asked.name(), "case-read", &row.label, &asked.whence, "ok")?;
    }
    let (lines, unread) = match read {
        Ok(of) => {
            let lines = [
                (words::RIGHT, of.right),
                (words::EVIDENCE, of.evidence),
                (words::NAME, of.name),
                (words::CONTACT, of.contact),
                (words::CODE, of.code),
                (words::BOUGHT, of.bought),
            ];
            let lines = lines.into_iter().filter(|(_, text)| !text.is_empty());
            (lines.map(|(label, text)| (label.to(lang).to_owned(), text)).collect(), String::new())
        }
        Err(why) => (Vec::new(), why.to(lang).to_owned()),
    };
    // The answer is the office's own text, and goes with what was written.
    let told = words.unwrap_or_default();
    let own = row.examiner == asked.name();
    let path = Kind::from_name(&row.kind).and_then(|kind| record_path(kind, &row.key));
    let view = DeskCaseView {
        item: DeskCase {
            contested: mark::is_marked(desk, &desk.settings.register.reader()?, row)?,
            ..item(desk, row, lang)
        },
        mark: mark::of(desk, asked, row)?,
        href: path.map_or_else(String::new, |path| {
            format!("{}{}{path}", desk.settings.portal, lang.prefix())
        }),
        lines,
        unread,
        examiner: row.examiner.clone(),
        closer: row.closer.clone(),
        reason: told.reason,
        note: told.note,
        closed: row.closed_on.map(|day| day.to_string()).unwrap_or_default(),
        purged: row.purge_on.map(|day| day.to_string()).unwrap_or_default(),
        can_examine: asked.has(Role::Drafter) && row.state == CaseState::Received,
        can_answer: asked.has(Role::Drafter) && row.state == CaseState::Examined,
        can_close: asked.has(Role::Approver) && row.state == CaseState::Proposed && !own,
        is_own: asked.has(Role::Approver) && row.state == CaseState::Proposed && own,
    };
    let page = DeskPage::Case(Box::new(view));
    Ok(match alert {
        Some(alert) => Outcome::Again(page, alert),
        None => Outcome::Page(page),
    })
}

/// The case has moved since the page was made.
fn moved(desk: &Desk, cases: &Cases, asked: &Asked, label: &str) -> Result<Outcome, Failure> {
    match cases.file().by_label(label)? {
        Some(row) => {
            let alert = words::MOVED.to(asked.lang).to_owned();
            shown(desk, cases, asked, &row, Some(alert))
        }
        None => Ok(Outcome::Missing),
    }
}

/// Writes where a case is, and the trail of it.
fn put(
    desk: &Desk,
    cases: &Cases,
    asked: &Asked,
    row: &CaseRow,
    from: CaseState,
    (reason, note): (&str, &str),
    act: &str,
) -> Result<Outcome, Failure> {
    if !cases.file().move_case(row, from, reason, note)? {
        return moved(desk, cases, asked, &row.label);
    }
    let about = match row.outcome.as_str() {
        "" => row.label.clone(),
        outcome => format!("{} {outcome}", row.label),
    };
    desk.office.trace(asked.name(), act, &about, &asked.whence, "ok")?;
    Ok(Outcome::See(format!("/cases/{}", row.label)))
}

fn examine(
    desk: &Desk,
    cases: &Cases,
    asked: &Asked,
    mut row: CaseRow,
) -> Result<Outcome, Failure> {
    row.state = CaseState::Examined;
    row.examined_on = Some(today(desk));
    row.examiner = asked.name().to_owned();
    put(desk, cases, asked, &row, CaseState::Received, ("", ""), "case-examined")
}

fn propose(
    desk: &Desk,
    cases: &Cases,
    asked: &Asked,
    form: &Form,
    mut row: CaseRow,
) -> Result<Outcome, Failure> {
    let lang = asked.lang;
    let reason: String =
        form.get("reason").trim().chars().take(limits::DESK_CASE_CHARS_MAX).collect();
    let outcome = cases::Outcome::ALL.into_iter().find(|known| known.code() == form.get("outcome"));
    let Some(outcome) = outcome.filter(|_| !reason.is_empty()) else {
        return shown(desk, cases, asked, &row, Some(words::NEEDS_BOTH.to(lang).to_owned()));
    };
    row.state = CaseState::Proposed;
    row.outcome = outcome.code().to_owned();
    // Whoever wrote the answer is who may not close the case.
    row.examiner = asked.name().to_owned();
    put(desk, cases, asked, &row, CaseState::Examined, (&reason, ""), "case-answered")
}

/// Closing and sending back: another person's.
fn decide(
    desk: &Desk,
    cases: &Cases,
    asked: &Asked,
    form: &Form,
    mut row: CaseRow,
) -> Result<Outcome, Failure> {
    let lang = asked.lang;
    if row.examiner == asked.name() {
        return Ok(Outcome::Forbidden);
    }
    if row.state != CaseState::Proposed {
        return moved(desk, cases, asked, &row.label);
    }
    let reason = cases.file().words(row.seq)?.unwrap_or_default().reason;
    if asked.act == Act::CaseReturn {
        let note: String =
            form.get("note").trim().chars().take(limits::DESK_NOTE_CHARS_MAX).collect();
        if note.is_empty() {
            return shown(desk, cases, asked, &row, Some(words::NEEDS_WHY.to(lang).to_owned()));
        }
        row.state = CaseState::Examined;
        let told = (reason.as_str(), note.as_str());
        return put(desk, cases, asked, &row, CaseState::Proposed, told, "case-returned");
    }
    let Some(who) = &asked.who else { return Ok(Outcome::Forbidden) };
    match passkeys::proven(desk, asked, who, form)? {
        SignIn::In(_) => {}
        failed => {
            let alert = sign_in_alert(lang, &failed, base::WRONG_CODE);
            return shown(desk, cases, asked, &row, Some(alert));
        }
    }
    let day = today(desk);
    row.state = CaseState::Answered;
    row.closed_on = Some(day);
    row.purge_on = Some(cases.purge_on(day));
    row.closer = asked.name().to_owned();
    let put = put(desk, cases, asked, &row, CaseState::Proposed, (&reason, ""), "case-closed")?;
    if matches!(put, Outcome::See(_)) {
        mark::closed(desk, asked, &row)?;
    }
    Ok(put)
}
