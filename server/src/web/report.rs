//! `/report`: a form about one record, which becomes a case; `/case`: what became of it.
//!
//! Neither page is kept anywhere: the form carries a token with the time it was made at. There is no cookie
//! and no puzzle; what keeps floods out is that a form takes its time, is good for a day, has a field people
//! do not see, and that networks and records have bounds.

mod form;

use std::sync::Arc;
use std::time::Instant;

use app::i18n::{fill, report as words};
use app::model::{CasePage, CaseView, ReportForm, ReportPage, record_path};
use app::pages;
use axum::body::Body as HttpBody;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use register::code::{CreditCode, Level};
use register::{Kind, Lang};

use super::answer::{self, Asking};
use super::bodies::Coding;
use super::class::Class;
use super::dispatch::see_other;
use super::failure::Failure;
use super::project::body;
use super::project::facts::Places;
use super::project::supervision::is_published;
use super::project::view::View;
use super::quota::{Prefix, Quotas, Wait};
use super::reply::{Answer, HTML, Keep, Policy};
use super::router::{Page, Route};
use super::{Portal, blocking, limits, upload};
use crate::cases::{self, Cases, number};
use crate::code::find::find;
use crate::store::{CaseRow, CaseState, CaseTaken, Reader, china_day};

/// Name of the parameter that says which record is meant, as `KIND/KEY`.
pub const ABOUT: &str = "about";
/// Name of the parameter with a case's number.
pub const NUMBER: &str = "number";

/// Where cases go, and what a network may send.
#[derive(Debug)]
pub struct Desk {
    cases: Arc<Cases>,
    /// A network about one record.
    record: Quotas,
    /// A network about all.
    all: Quotas,
}

impl Desk {
    /// Over an open file.
    #[must_use]
    pub fn new(cases: Arc<Cases>) -> Desk {
        let within = |most| Quotas::within(most, limits::CASES_WINDOW);
        Desk {
            cases,
            record: within(limits::CASES_A_NETWORK_AND_RECORD_MAX),
            all: within(limits::CASES_A_NETWORK_MAX),
        }
    }

    /// The cases.
    #[must_use]
    pub fn cases(&self) -> &Cases {
        &self.cases
    }

    /// Whether a network may send one more about a record.
    ///
    /// # Errors
    /// How long it has to wait.
    fn room(&self, network: Prefix, about: &str, now: Instant) -> Result<(), Wait> {
        self.all.take(network, 1, now)?;
        self.record.take(network.about(about), 1, now).map(|_| ())
    }
}

/// The record a form is about.
#[derive(Debug)]
struct Subject {
    kind: Kind,
    key: String,
    /// As an address names it.
    about: String,
    title: String,
    href: String,
    /// The code, where it is one item's or not on record: its record alone would not say which.
    code: String,
    /// It is a code that is not on record: all that can be said of it is that it may be a fake.
    unknown: bool,
}

/// Answers both pages.
///
/// # Errors
/// [`Failure`].
pub async fn answer(
    portal: &Arc<Portal>,
    route: Route,
    parts: &Parts,
    body: HttpBody,
    coding: Coding,
) -> Result<Answer, Failure> {
    if portal.desk.is_none() {
        return Err(Failure::NotFound);
    }
    let asking = Asking::parse(route, parts.uri.query())?;
    if parts.method == Method::POST {
        return form::sent(portal, asking, parts, body, coding).await;
    }
    let _turn = portal.lanes.enter(Class::Page).await?;
    let portal = Arc::clone(portal);
    blocking(move || {
        let desk = portal.desk.as_ref().ok_or(Failure::NotFound)?;
        if asking.route.page == Page::Case {
            return case(&portal, desk, &asking, coding);
        }
        let about = value(&asking, ABOUT).ok_or_else(no_record)?;
        let subject = subject(&portal, about, asking.route.lang)?;
        let model = page(&portal, desk, &subject, ReportForm::default(), asking.route.lang)?;
        shown(&portal, &asking, &model, StatusCode::OK, coding)
    })
    .await
}

fn value<'a>(asking: &'a Asking, name: &str) -> Option<&'a str> {
    asking.narrowed.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
}

fn no_record() -> Failure {
    Failure::BadParameter {
        name: ABOUT.to_owned(),
        expected: [
            "一条记录，写成 product/编号",
            "一條記錄，寫成 product/編號",
            "a record, written product/KEY",
        ]
        .map(str::to_owned),
    }
}

/// The record of that name, if it has a page that readers see.
fn subject(portal: &Portal, about: &str, lang: Lang) -> Result<Subject, Failure> {
    let (kind, typed) = about.split_once('/').ok_or_else(no_record)?;
    let kind = Kind::from_name(kind).ok_or_else(no_record)?;
    let at = portal.indexes.head()?;
    let mut found = Err(Failure::NotFound);
    portal.indexes.read(|reader| {
        found = match kind {
            Kind::Code => coded(portal, reader, at, typed),
            _ => recorded(reader, at, kind, typed, lang),
        };
        Ok(())
    })?;
    found
}

fn coded(
    portal: &Portal,
    reader: &Reader,
    at: crate::store::At,
    typed: &str,
) -> Result<Subject, Failure> {
    let code = CreditCode::parse(typed).map_err(|_| Failure::NotFound)?;
    // A code that is only prepared is on record for nobody yet.
    let found = find(reader, portal.pepper(), &code, at)?
        .filter(|found| body::text(&found.entry.body, "status") != "draft");
    let one = code.level() == Level::Unit;
    if found.is_none() && one && portal.pepper().is_none() {
        // Unit codes cannot be looked up here, so that nothing found means nothing.
        return Err(Failure::NotFound);
    }
    let unknown = found.is_none();
    Ok(Subject {
        kind: Kind::Code,
        key: found.map_or_else(|| code.as_str().to_owned(), |found| found.key),
        about: format!("code/{}", code.as_str()),
        title: code.grouped(),
        href: format!("/q/{}", code.as_str()),
        code: if one || unknown { code.grouped() } else { String::new() },
        unknown,
    })
}

fn recorded(
    reader: &Reader,
    at: crate::store::At,
    kind: Kind,
    typed: &str,
    lang: Lang,
) -> Result<Subject, Failure> {
    let mut entry = reader.record(kind, typed, at)?;
    if entry.is_none()
        && let Some(key) = reader.key_of_path(kind, typed)?
    {
        entry = reader.record(kind, &key, at)?;
    }
    let entry = entry.ok_or(Failure::NotFound)?;
    let href = record_path(kind, &entry.key).ok_or(Failure::NotFound)?;
    if matches!(kind, Kind::Penalty | Kind::Restriction) && !is_published(&entry, at.as_of) {
        return Err(Failure::Gone);
    }
    let places = Places::default();
    let title = View::new(reader, at, lang, &places, false).title(&entry);
    let about = format!("{}/{}", kind.name(), app::model::encode_key(&entry.key));
    Ok(Subject { kind, key: entry.key, about, title, href, code: String::new(), unknown: false })
}

/// The form, ready to be filled in or put right.
fn page(
    portal: &Portal,
    desk: &Desk,
    of: &Subject,
    typed: ReportForm,
    lang: Lang,
) -> Result<ReportPage, Failure> {
    let now = portal.indexes.instant().timestamp();
    Ok(ReportPage {
        about: of.about.clone(),
        kind: of.kind.label(lang).to_owned(),
        title: of.title.clone(),
        href: of.href.clone(),
        token: desk.cases.token(&of.about, now)?,
        form: typed,
        unknown: of.unknown,
        errors: Vec::new(),
        alert: String::new(),
        most: limits::CASE_CHARS_MAX,
        days: [cases::EXAMINE_DAYS, cases::ANSWER_DAYS],
        kept: desk.cases.keep_days(),
    })
}

fn shown(
    portal: &Portal,
    asking: &Asking,
    model: &ReportPage,
    status: StatusCode,
    coding: Coding,
) -> Result<Answer, Failure> {
    let present = portal.indexes.present()?;
    let context = answer::context(portal, asking, &present);
    let html = pages::report::render(&context, model);
    let mut answer = Answer::ok(HTML, Policy::Still, html.as_bytes(), coding);
    answer.status = status;
    answer.keep = Keep::Never;
    Ok(answer)
}

/// The state of a case, for who has its number.
fn case(portal: &Portal, desk: &Desk, asking: &Asking, coding: Coding) -> Result<Answer, Failure> {
    let typed = value(asking, NUMBER).unwrap_or_default();
    let found = desk.cases.find(typed)?;
    let lang = asking.route.lang;
    let view = match &found {
        Some(row) => Some(state(portal, desk, row, lang)?),
        None => None,
    };
    let shown = view.as_ref().map_or_else(|| typed.to_owned(), |view| view.number.clone());
    let model = CasePage { typed: shown, case: view };
    let present = portal.indexes.present()?;
    let context = answer::context(portal, asking, &present);
    let html = pages::report::case(&context, &model);
    let mut answer = Answer::ok(HTML, Policy::Still, html.as_bytes(), coding);
    if found.is_none() && !typed.is_empty() {
        answer.status = StatusCode::NOT_FOUND;
    }
    answer.keep = Keep::Never;
    Ok(answer)
}

fn state(portal: &Portal, desk: &Desk, of: &CaseRow, lang: Lang) -> Result<CaseView, Failure> {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let answered = of.state == CaseState::Answered;
    let kind = Kind::from_name(&of.kind);
    let record = format!("{} {}", kind.map_or("", |kind| kind.label(lang)), of.key);
    let words = if answered { desk.cases.file().words(of.seq)? } else { None };
    let last = of.purge_on.and_then(|day| day.pred_opt());
    let href = match kind {
        // The key of one item's code is a hash, which leads nowhere.
        Some(Kind::Code) if !of.key.contains('/') => format!("/q/{}", of.key),
        Some(kind) => record_path(kind, &of.key).unwrap_or_default(),
        None => String::new(),
    };
    Ok(CaseView {
        number: number::grouped(&of.number),
        record: if of.key.contains('/') && kind == Some(Kind::Code) {
            kind.map_or("", |kind| kind.label(lang)).to_owned()
        } else {
            record
        },
        href,
        what: of.what.clone(),
        asker: of.asker.clone(),
        received: of.received_on.to_string(),
        due: of.due_on.to_string(),
        exact: of.due_exact,
        overdue: !answered && china_day(portal.indexes.instant()) > of.due_on,
        examined: day(of.examined_on),
        answered: if answered { day(of.closed_on) } else { String::new() },
        outcome: if answered { of.outcome.clone() } else { String::new() },
        reason: words.map(|words| words.reason).unwrap_or_default(),
        until: if answered { day(last) } else { String::new() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_has_room_for_many_about_all_and_for_fewer_about_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let cases = Cases::open(&folder.path().join("register.db"), 30).expect("cases");
        let desk = Desk::new(Arc::new(cases));
        let network = Prefix::of("192.0.2.7".parse().expect("an address"));
        let now = Instant::now();
        for n in 0..2 * limits::CASES_A_NETWORK_AND_RECORD_MAX {
            let room = desk.room(network, "product/p-1", now).is_ok();
            assert_eq!(room, n < limits::CASES_A_NETWORK_AND_RECORD_MAX, "{n}");
        }
        assert!(desk.room(network, "product/p-2", now).is_ok(), "another record");
        let other = Prefix::of("192.0.3.7".parse().expect("an address"));
        assert!(desk.room(other, "product/p-1", now).is_ok(), "another network");
        assert!(desk.room(network, "product/p-1", now + limits::CASES_WINDOW).is_ok(), "later");
        let mut taken = 0;
        for n in 0..10 * limits::CASES_A_NETWORK_MAX {
            taken += u32::from(desk.room(network, &format!("product/p-{n}"), now).is_ok());
        }
        assert!(taken <= limits::CASES_A_NETWORK_MAX, "{taken}");
    }
}
