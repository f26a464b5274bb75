//! The mark that a record is contested: proposed from a case, as a draft that a second person approves.

use app::i18n::{contest as bases, desk::cases as words, fill, report};
use app::model::DeskMark;
use register::{CaseRef, Entry, Kind, Lang, ReasonCode};

use super::super::drafts::added_for;
use super::super::forms::Form;
use super::{Asked, Desk, Outcome, moved, shown, today};
use crate::cases::Cases;
use crate::office::Role;
use crate::office::publishing::Content;
use crate::store::{At, CaseRow, CaseState, DraftPlace, Reader, random_id};
use crate::web::failure::Failure;
use crate::web::limits;

/// Drafts that are looked through for those of a case.
const DRAFTS: usize = 500;

/// The record of a case as it stands today.
fn record(desk: &Desk, reader: &Reader, row: &CaseRow) -> Result<Option<Entry>, Failure> {
    let at = At { as_of: today(desk), known: reader.log_size()? };
    Ok(match Kind::from_name(&row.kind) {
        Some(kind) => reader.record(kind, &row.key, at)?,
        None => None,
    })
}

fn is_of(entry: &Entry, row: &CaseRow) -> bool {
    entry.reason.case.as_ref().is_some_and(|case| case.number == row.label)
}

/// Whether the record of a case is marked because of it.
pub(super) fn is_marked(desk: &Desk, reader: &Reader, row: &CaseRow) -> Result<bool, Failure> {
    let found = record(desk, reader, row)?;
    Ok(found.is_some_and(|entry| entry.is_contested() && is_of(&entry, row)))
}

/// What the page of a case says of the mark.
pub(super) fn of(desk: &Desk, asked: &Asked, row: &CaseRow) -> Result<DeskMark, Failure> {
    let reader = desk.settings.register.reader()?;
    let found = record(desk, &reader, row)?;
    let mut mark = DeskMark {
        no_record: found.is_none(),
        most: limits::DESK_NOTE_CHARS_MAX,
        ..DeskMark::default()
    };
    let Some(entry) = found else { return Ok(mark) };
    let open = row.state != CaseState::Answered;
    let drafter = asked.has(Role::Drafter);
    let mut busy = false;
    for draft in desk.office.file().drafts(DRAFTS)? {
        let Ok(Content::Contest { case, .. }) = serde_json::from_str(&draft.content) else {
            continue;
        };
        let waits = matches!(
            draft.place,
            DraftPlace::Open | DraftPlace::Submitted | DraftPlace::Publishing
        );
        if !waits || case.number != row.label {
            continue;
        }
        // Somebody else's that was never submitted keeps nobody from proposing.
        busy |= draft.place != DraftPlace::Open || draft.maker == asked.name();
        mark.drafts.push((draft.id, draft.number));
    }
    if entry.is_contested() {
        let own = is_of(&entry, row);
        mark.by_another = open && !own;
        mark.can_settle = own && !open && drafter && !busy;
        if mark.can_settle {
            mark.typed = settled(&row.outcome);
        }
        return Ok(mark);
    }
    mark.can_mark = open && drafter && !busy;
    if open {
        let history = reader.history(entry.kind, &entry.key)?;
        let own = history.iter().filter(|one| is_of(one, row)).max_by_key(|one| one.seq);
        mark.lapsed = own.is_some_and(|one| one.reason.code == ReasonCode::Contested);
    }
    Ok(mark)
}

/// What the public is told when a mark is taken off, unless the office says more.
fn settled(outcome: &str) -> String {
    let word = report::OUTCOMES.iter().find(|(code, _)| *code == outcome);
    let word = word.map_or(outcome, |(_, word)| word.to(Lang::ZhHans));
    format!("案件已办结，结果：{word}。")
}

/// Proposes that the record of a case is marked.
pub(super) fn contest(
    desk: &Desk,
    cases: &Cases,
    asked: &Asked,
    form: &Form,
    row: &CaseRow,
) -> Result<Outcome, Failure> {
    if !of(desk, asked, row)?.can_mark {
        return moved(desk, cases, asked, &row.label);
    }
    let basis = bases::BASES.iter().find(|(code, _)| *code == form.get("basis"));
    let (Some((basis, _)), Some(said)) = (basis, said(form)) else {
        return again(desk, cases, asked, row);
    };
    let case = CaseRef {
        number: row.label.clone(),
        what: row.what.clone(),
        basis: (*basis).to_owned(),
        due_on: Some(row.due_on),
        words: said,
        outcome: None,
    };
    drafted(desk, asked, asked.name(), row, case)
}

/// Proposes that the mark is taken off.
pub(super) fn settle(
    desk: &Desk,
    cases: &Cases,
    asked: &Asked,
    form: &Form,
    row: &CaseRow,
) -> Result<Outcome, Failure> {
    if !of(desk, asked, row)?.can_settle {
        return moved(desk, cases, asked, &row.label);
    }
    let Some(said) = said(form) else { return again(desk, cases, asked, row) };
    drafted(desk, asked, asked.name(), row, ended(row, said))
}

/// A case was closed: that its mark is taken off is proposed for who answered it, so that whoever closed the
/// case may approve it.
pub(super) fn closed(desk: &Desk, asked: &Asked, row: &CaseRow) -> Result<(), Failure> {
    let reader = desk.settings.register.reader()?;
    if is_marked(desk, &reader, row)? && of(desk, asked, row)?.drafts.is_empty() {
        drafted(desk, asked, &row.examiner, row, ended(row, settled(&row.outcome)))?;
    }
    Ok(())
}

fn ended(row: &CaseRow, words: String) -> CaseRef {
    CaseRef {
        number: row.label.clone(),
        what: row.what.clone(),
        words,
        outcome: Some(row.outcome.clone()),
        ..CaseRef::default()
    }
}

/// What was typed for readers, in one line; none: nothing, or too much.
fn said(form: &Form) -> Option<String> {
    let words: Vec<&str> = form.get("words").split_whitespace().collect();
    let said = words.join(" ");
    let chars = said.chars().count();
    (1..=limits::DESK_NOTE_CHARS_MAX).contains(&chars).then_some(said)
}

fn again(desk: &Desk, cases: &Cases, asked: &Asked, row: &CaseRow) -> Result<Outcome, Failure> {
    let most = limits::DESK_NOTE_CHARS_MAX.to_string();
    let alert = fill(words::NEEDS_MARK.to(asked.lang), &[("n", &most)]);
    shown(desk, cases, asked, row, Some(alert))
}

fn drafted(
    desk: &Desk,
    asked: &Asked,
    maker: &str,
    row: &CaseRow,
    case: CaseRef,
) -> Result<Outcome, Failure> {
    let Some(record) = Kind::from_name(&row.kind) else { return Ok(Outcome::Missing) };
    let act = if case.outcome.is_some() { words::SETTLE } else { words::MARK };
    let title = format!("{} {} {}", act.to(Lang::ZhHans), row.label, row.key);
    let content = Content::Contest { record, key: row.key.clone(), case };
    added_for(desk, asked, maker, random_id()?, title, &content)
}
