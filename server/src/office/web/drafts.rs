//! Drafts: the list of them, what makes one, and its way to being published.

mod make;
mod view;

use app::i18n::{desk as base, desk::drafts as words};
use app::model::{DeskPage, DraftsPage};

use super::forms::Form;
use super::routes::Act;
use super::{Asked, Desk, Outcome, passkeys, sign_in_alert};
use crate::office::publishing::{self, Content, Summary, propose::Means};
use crate::office::{Role, SignIn};
use crate::store::{DraftPlace, DraftRow, china_day};
use crate::web::failure::Failure;
use crate::web::limits;

pub(super) use make::{Sent, added_for, list, upload};

/// Drafts in the list.
const LISTED: usize = 200;

impl Desk {
    /// What is needed to find out what a draft would do.
    fn means(&self, id: &str) -> Means {
        Means {
            register: self.settings.register.clone(),
            maps: self.settings.maps.clone(),
            office: self.settings.issuer(),
            folder: publishing::folder(&self.settings.register.path, id),
            today: china_day(self.office.clock().now()),
        }
    }
}

/// Answers every way that is about drafts.
pub(super) fn answer(desk: &Desk, asked: &Asked, form: &Form) -> Result<Outcome, Failure> {
    match asked.act {
        Act::Home => {
            let rows = desk.office.file().drafts(LISTED)?;
            let items = rows.iter().map(view::item).collect();
            Ok(drafts(DraftsPage::List(items, asked.has(Role::Drafter))))
        }
        Act::NewForm => Ok(drafts(make::new_form(desk, asked.lang))),
        Act::Blank => make::blank(asked.path.rsplit('/').next().unwrap_or_default()),
        Act::CodesForm => {
            let given = |name| asked.query.get(name).to_owned();
            Ok(drafts(DraftsPage::Codes(given("product"), given("code"))))
        }
        Act::Codes => make::codes(desk, asked, form),
        Act::CorrectForm => make::correct_form(desk, asked),
        Act::Correct => make::correct(desk, asked, form),
        _ => {
            let Some(row) = named(desk, asked)? else { return Ok(Outcome::Missing) };
            match asked.act {
                Act::Draft => shown(desk, asked, &row, None),
                Act::Rejected => rejected(desk, &row),
                Act::Submit | Act::TakeBack | Act::Discard => maker_moves(desk, asked, row),
                _ => decide(desk, asked, form, row),
            }
        }
    }
}

fn drafts(page: DraftsPage) -> Outcome {
    Outcome::Page(DeskPage::Drafts(page))
}

/// The draft the path names.
fn named(desk: &Desk, asked: &Asked) -> Result<Option<DraftRow>, Failure> {
    let id = asked.path.split('/').nth(2).unwrap_or_default();
    let is_id = id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit());
    Ok(if is_id { desk.office.file().draft(id)? } else { None })
}

/// The page of a draft, with what was wrong.
fn shown(
    desk: &Desk,
    asked: &Asked,
    row: &DraftRow,
    alert: Option<String>,
) -> Result<Outcome, Failure> {
    let mut view = view::draft(desk, asked, row)?;
    if row.place == DraftPlace::Publishing && view.progress.is_none() {
        // It was published after the row was read.
        if let Some(row) = desk.office.file().draft(&row.id)? {
            view = view::draft(desk, asked, &row)?;
        }
    }
    // Where a disk is to blame, who publishes can have it put right, and is told how.
    let told = || Some(desk.works.failed_disk(&row.id)?.words(asked.lang).to_owned());
    let alert = alert.or_else(told);
    let page = DeskPage::Drafts(DraftsPage::One(Box::new(view)));
    Ok(match alert {
        Some(alert) => Outcome::Again(page, alert),
        None => Outcome::Page(page),
    })
}

/// The refused rows as a file.
fn rejected(desk: &Desk, row: &DraftRow) -> Result<Outcome, Failure> {
    let folder = publishing::folder(&desk.settings.register.path, &row.id);
    match std::fs::read(folder.join(publishing::summary::REJECTS)) {
        Ok(bytes) => Ok(Outcome::File(bytes, format!("draft-{}-rejected.csv", row.number))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Outcome::Missing),
        Err(error) => Err(Failure::Internal(error.to_string())),
    }
}

fn content(row: &DraftRow) -> Result<Content, Failure> {
    serde_json::from_str(&row.content).map_err(|error| Failure::Internal(error.to_string()))
}

fn about(row: &DraftRow) -> String {
    format!("#{} {}", row.number, row.title)
}

/// Submitting, taking back what nobody has decided on yet, discarding: the maker's alone.
fn maker_moves(desk: &Desk, asked: &Asked, mut row: DraftRow) -> Result<Outcome, Failure> {
    let lang = asked.lang;
    if row.maker != asked.name() {
        return Ok(Outcome::Forbidden);
    }
    let (from, to, act) = match asked.act {
        Act::Submit => (DraftPlace::Open, DraftPlace::Submitted, "draft-submitted"),
        Act::TakeBack => (DraftPlace::Submitted, DraftPlace::Open, "draft-taken-back"),
        _ => (DraftPlace::Open, DraftPlace::Discarded, "draft-discarded"),
    };
    if to == DraftPlace::Submitted {
        let folder = publishing::folder(&desk.settings.register.path, &row.id);
        let ready = Summary::read(&folder).is_some_and(|summary| summary.can_be_published());
        if !ready || desk.works.step(&row.id).is_some() {
            return shown(desk, asked, &row, Some(words::NOTHING.to(lang).to_owned()));
        }
    }
    row.place = to;
    row.changed_at = desk.office.now();
    if to == DraftPlace::Submitted {
        row.note.clear();
        row.decider.clear();
    }
    if !desk.office.file().move_draft(&row, from)? {
        return gone(desk, asked, &row.id);
    }
    desk.office.trace(asked.name(), act, &about(&row), &asked.whence, "ok")?;
    Ok(Outcome::See(format!("/drafts/{}", row.id)))
}

/// The draft has moved since the page was made.
fn gone(desk: &Desk, asked: &Asked, id: &str) -> Result<Outcome, Failure> {
    match desk.office.file().draft(id)? {
        Some(row) => shown(desk, asked, &row, Some(words::NOT_THERE.to(asked.lang).to_owned())),
        None => Ok(Outcome::Missing),
    }
}

/// Whether an account's roles are those that decide on such a draft.
fn decides(asked: &Asked, row: &DraftRow) -> bool {
    asked.has(if row.kind == "code" { Role::KeyHolder } else { Role::Approver })
}

/// Approving and sending back: another person's, with the role for it.
fn decide(desk: &Desk, asked: &Asked, form: &Form, mut row: DraftRow) -> Result<Outcome, Failure> {
    let lang = asked.lang;
    let office = &desk.office;
    if !decides(asked, &row) || row.maker == asked.name() {
        return Ok(Outcome::Forbidden);
    }
    if row.place != DraftPlace::Submitted {
        return gone(desk, asked, &row.id);
    }
    row.decider = asked.name().to_owned();
    row.changed_at = office.now();
    if asked.act == Act::Return {
        let note: String =
            form.get("note").trim().chars().take(limits::DESK_NOTE_CHARS_MAX).collect();
        if note.is_empty() {
            return shown(desk, asked, &row, Some(words::NEEDS_WHY.to(lang).to_owned()));
        }
        row.note = note;
        row.place = DraftPlace::Open;
        if !office.file().move_draft(&row, DraftPlace::Submitted)? {
            return gone(desk, asked, &row.id);
        }
        office.trace(asked.name(), "draft-returned", &about(&row), &asked.whence, "ok")?;
        return Ok(Outcome::See(format!("/drafts/{}", row.id)));
    }
    let folder = publishing::folder(&desk.settings.register.path, &row.id);
    let summary = Summary::read(&folder).filter(Summary::can_be_published);
    let Some(summary) = summary.filter(|summary| summary.fingerprint == form.get("fingerprint"))
    else {
        return shown(desk, asked, &row, Some(words::MOVED.to(lang).to_owned()));
    };
    if let Some(exits) = summary.asks_twice()
        && form.get("exits").trim() != exits.to_string()
    {
        return shown(desk, asked, &row, Some(words::WRONG_EXITS.to(lang).to_owned()));
    }
    let Some(who) = &asked.who else { return Ok(Outcome::Forbidden) };
    match passkeys::proven(desk, asked, who, form)? {
        SignIn::In(_) => {}
        failed => {
            office.trace(asked.name(), "prove-again", &about(&row), &asked.whence, "refused")?;
            let alert = sign_in_alert(lang, &failed, base::WRONG_CODE);
            return shown(desk, asked, &row, Some(alert));
        }
    }
    row.place = DraftPlace::Publishing;
    if !office.file().move_draft(&row, DraftPlace::Submitted)? {
        return gone(desk, asked, &row.id);
    }
    let content = content(&row)?;
    let id = row.id.clone();
    let (means, print) = (desk.means(&id), summary.fingerprint);
    if !desk.works.publish(means, row.clone(), content, print, asked.whence.clone()) {
        // Somebody had begun to look at it: the report they get is the one to decide on.
        row.place = DraftPlace::Submitted;
        office.file().move_draft(&row, DraftPlace::Publishing)?;
        return shown(desk, asked, &row, Some(words::MOVED.to(lang).to_owned()));
    }
    Ok(Outcome::See(format!("/drafts/{id}")))
}
