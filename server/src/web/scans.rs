//! Notes of readers that they checked a unit: `/q/{code}/scans`, shown by GET, taken by POST.
//!
//! A note is a day and, if the reader chose one, a province. Nothing about the reader is kept, so nothing
//! can tell two readers from one who presses twice: what bounds the numbers is a limit a code and day (in
//! the store) and one a minute for all (here), and that only codes on record are taken.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use app::i18n::scans::{self as words, PROVINCES};
use app::model::ScansPage;
use axum::body::Body as HttpBody;
use axum::http::request::Parts;
use register::Lang;
use register::code::{CreditCode, KeyedHash, Level};

use super::answer::Asking;
use super::dispatch::see_other;
use super::failure::Failure;
use super::project::view::View;
use super::reply::Answer;
use super::router::Route;
use super::{Portal, blocking, limits};
use crate::code::find::find;
use crate::store::{At, NOTES_A_DAY_MAX, NOTES_KEPT_DAYS, Reader, ScanBook, ScanNotes, StoreError};

/// Where notes go.
#[derive(Debug, Default)]
pub struct Notes {
    /// Opened with the first note.
    book: Mutex<Option<ScanBook>>,
    /// Beginning of the present minute, and notes in it.
    minute: Mutex<Option<(Instant, u32)>>,
}

impl Notes {
    /// Whether another note may be taken at `now`; if so it is counted.
    fn room(&self, now: Instant) -> bool {
        let mut minute = self.minute.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *minute {
            Some((began, taken)) if now.duration_since(*began).as_secs() < 60 => {
                *taken += 1;
                *taken <= limits::NOTES_A_MINUTE_MAX
            }
            minute => {
                *minute = Some((now, 1));
                true
            }
        }
    }
}

/// A unit on record.
#[derive(Debug)]
pub struct Unit {
    code: CreditCode,
    /// Its keyed hash, under which notes are kept.
    pub hash: KeyedHash,
}

/// The unit code of an address, if it is on record and notes are taken here.
///
/// # Errors
/// [`Failure::NotFound`] otherwise, or when the register cannot be read.
pub fn unit(reader: &Reader, at: At, portal: &Portal, typed: &str) -> Result<Unit, Failure> {
    let code = CreditCode::parse(typed).map_err(|_| Failure::NotFound)?;
    let pepper = portal.pepper().filter(|_| portal.notes.is_some());
    match pepper {
        Some(pepper)
            if code.level() == Level::Unit && find(reader, Some(pepper), &code, at)?.is_some() =>
        {
            Ok(Unit { code, hash: pepper.hash(&code) })
        }
        _ => Err(Failure::NotFound),
    }
}

/// What the page shows.
#[must_use]
pub fn page(unit: &Unit, notes: &ScanNotes, lang: Lang) -> ScansPage {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut provinces = notes.provinces.clone();
    provinces.sort_by_key(|(code, times)| (std::cmp::Reverse(*times), *code));
    let name = |code| words::province(code).unwrap_or(words::UNSAID).to(lang).to_owned();
    ScansPage {
        code: unit.code.grouped(),
        plain: unit.code.as_str().to_owned(),
        times: notes.times,
        first: day(notes.first),
        last: day(notes.last),
        provinces: provinces.into_iter().map(|(code, times)| (name(code), times)).collect(),
        a_day: NOTES_A_DAY_MAX,
        kept_days: NOTES_KEPT_DAYS,
    }
}

/// The same as data.
#[must_use]
pub fn json(unit: &Unit, notes: &ScanNotes, view: &View<'_>) -> serde_json::Value {
    let (said, unsaid): (Vec<_>, Vec<_>) = notes.provinces.iter().partition(|(code, _)| *code != 0);
    let provinces: Vec<_> = said
        .iter()
        .map(|(code, times)| serde_json::json!({ "province": code.to_string(), "times": times }))
        .collect();
    let path = format!("{}/q/{}", view.lang.prefix(), unit.code);
    serde_json::json!({
        "code": unit.code.as_str(),
        "times": notes.times,
        "first": notes.first.map(|day| day.to_string()),
        "last": notes.last.map(|day| day.to_string()),
        "provinces": provinces,
        "not_said": unsaid.iter().map(|(_, times)| times).sum::<u64>(),
        "counted_a_day_at_most": NOTES_A_DAY_MAX,
        "kept_days": NOTES_KEPT_DAYS,
        "as_of": view.at.as_of.to_string(),
        "log_size": view.at.known,
        "links": { "page": format!("{path}/scans"), "verdict": path },
    })
}

/// Takes a note and leads on to the page of the numbers.
///
/// # Errors
/// [`Failure`]: no unit on record, a field that is not known, too many at once.
pub async fn note(
    portal: &Arc<Portal>,
    route: Route,
    parts: &Parts,
    body: HttpBody,
) -> Result<Answer, Failure> {
    let asking = Asking::parse(route, parts.uri.query())?;
    let sent = axum::body::to_bytes(body, limits::NOTE_BYTES_MAX).await;
    let province = province(&sent.map_err(|_| bad_province())?)?;
    let portal = Arc::clone(portal);
    // A form on another site counts nothing. Browsers say where a form stood (Fetch Metadata); who
    // forges that could as well press the button.
    let foreign = parts.headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site");
    blocking(move || {
        let at = portal.indexes.head()?;
        let mut found = Err(Failure::NotFound);
        portal.indexes.read(|reader| {
            found = unit(reader, at, &portal, &asking.route.key);
            Ok(())
        })?;
        let unit = found?;
        let notes = portal.notes.as_ref().ok_or(Failure::NotFound)?;
        if !foreign {
            if !notes.room(Instant::now()) {
                return Err(Failure::Busy);
            }
            let mut book = notes.book.lock().unwrap_or_else(PoisonError::into_inner);
            let open = match book.take() {
                Some(open) => open,
                None => ScanBook::open(portal.indexes.path())?,
            };
            match book.insert(open).note(&unit.hash, at.as_of, province) {
                Ok(_) => {}
                // A command is writing: the reader may come back.
                Err(StoreError::Busy(_)) => return Err(Failure::Busy),
                Err(error) => return Err(error.into()),
            }
        }
        let lang = asking.route.lang.prefix();
        let extension = asking.route.format.extension();
        let size = if asking.times.large { "?size=large" } else { "" };
        Ok(see_other(format!("{lang}/q/{}/scans{extension}{size}", unit.code)))
    })
    .await
}

/// The province a form names: two digits of GB/T 2260, or 0 where it says none.
fn province(form: &[u8]) -> Result<u8, Failure> {
    let mut province = 0;
    for (name, value) in form_urlencoded::parse(form) {
        match (&*name, &*value) {
            ("province", "") => {}
            ("province", value) => {
                let known = PROVINCES.iter().find(|(code, _)| code.to_string() == value);
                province = known.ok_or_else(bad_province)?.0;
            }
            _ => {
                return Err(Failure::UnknownParameter { name: name.chars().take(100).collect() });
            }
        }
    }
    Ok(province)
}

fn bad_province() -> Failure {
    Failure::BadParameter {
        name: "province".to_owned(),
        expected: [
            "省级行政区划代码的前两位，或者留空",
            "省級行政區劃代碼的前兩位，或者留空",
            "the first two digits of a province's division code, or nothing",
        ]
        .map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_minute_has_room_for_so_many_notes() {
        let notes = Notes::default();
        let now = Instant::now();
        for n in 0..2 * limits::NOTES_A_MINUTE_MAX {
            assert_eq!(notes.room(now), n < limits::NOTES_A_MINUTE_MAX, "{n}");
        }
        assert!(notes.room(now + Duration::from_secs(60)), "the next minute");
    }

    #[test]
    fn a_form_names_a_province_or_none() {
        for (form, found) in [("", Some(0)), ("province=", Some(0)), ("province=44", Some(44))] {
            assert_eq!(province(form.as_bytes()).ok(), found, "{form}");
        }
        for form in ["province=99", "province=044", "province=%2044", "colour=red", "=44"] {
            assert!(province(form.as_bytes()).is_err(), "{form}");
        }
    }
}
