//! `POST /scan`: a photo in, the codes in it out.
//!
//! The photo is held in memory while it is read, and nowhere else. How many are held and how many are
//! read at a time is limited; the rest is told to come back.

pub mod meaning;
pub mod photo;

use std::sync::Arc;

use app::model::{Link, Photo, ScanPage, Scanned, ScannedCode};
use app::pages;
use axum::body::{Body as HttpBody, Bytes};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use register::Lang;
use scanner_decode::Found;
use search::Query;
use search::catalogue::Catalogue;
use serde_json::json;

use self::meaning::Meaning;
use self::photo::PhotoProblem;
use super::answer::{self, Asking};
use super::bodies::Coding;
use super::failure::Failure;
use super::index::Moment;
use super::project::list;
use super::reply::{Answer, HTML, JSON, Keep, PROBLEM, Policy, TEXT};
use super::router::Route;
use super::{Portal, blocking, blocking_behind, limits, upload};

/// Answers an upload.
///
/// # Errors
/// [`Failure`] where the answer is no page of scanning: a parameter that is not known, too many at once.
pub async fn answer(
    portal: &Arc<Portal>,
    route: Route,
    parts: &Parts,
    body: HttpBody,
    coding: Coding,
    json: bool,
) -> Result<Answer, Failure> {
    let asking = Asking::parse(route, parts.uri.query())?;
    let outcome = codes(portal, parts, body).await;
    if let Err(failure) = &outcome
        && !matches!(failure, Failure::Photo(_))
    {
        return Err(failure.clone());
    }
    let lang = asking.route.lang;
    if json {
        return Ok(as_json(&outcome, lang, coding));
    }
    if let Ok(found) = &outcome
        && let [one] = found.as_slice()
        && let Meaning::Own { path, code: true } = meaning::of(one, &portal.origin)
    {
        let mut answer = Answer::ok(TEXT, Policy::Data, b"", Coding::Identity);
        answer.status = StatusCode::SEE_OTHER;
        answer.keep = Keep::Never;
        answer.by_accept = true;
        let size = if asking.times.large { "?size=large" } else { "" };
        let to = format!("{}{size}", in_language(&path, lang));
        return Ok(answer.with(header::LOCATION, &to));
    }
    let rendering = Arc::clone(portal);
    blocking(move || {
        let present = rendering.indexes.present()?;
        let status = outcome.as_ref().err().map_or(StatusCode::OK, Failure::status);
        let photo = match outcome {
            Ok(found) => Photo::Read(
                found.iter().map(|found| told(found, &rendering.origin, &present, lang)).collect(),
            ),
            Err(failure) => Photo::Refused(failure.sentence(lang)),
        };
        let context = answer::context(&rendering, &asking, &present);
        let html = pages::scan::render(&context, &ScanPage { photo: Some(photo) });
        let mut answer = Answer::ok(HTML, Policy::Scan, html.as_bytes(), coding);
        answer.status = status;
        answer.keep = Keep::Never;
        answer.by_accept = true;
        Ok(answer)
    })
    .await
}

/// The path of an address of this site, in the reader's language unless it names one.
fn in_language(path: &str, lang: Lang) -> String {
    let (own, rest) = Lang::of_path(path);
    if own == Lang::ZhHans { format!("{}{rest}", lang.prefix()) } else { path.to_owned() }
}

fn as_json(outcome: &Result<Vec<Found>, Failure>, lang: Lang, coding: Coding) -> Answer {
    let mut answer = match outcome {
        Ok(found) => {
            let codes: Vec<_> = found
                .iter()
                .map(|code| json!({ "text": code.text, "format": code.format.name() }))
                .collect();
            let body = format!("{}\n", json!({ "codes": codes }));
            Answer::ok(JSON, Policy::Data, body.as_bytes(), coding)
        }
        Err(failure) => {
            let mut answer = Answer::ok(PROBLEM, Policy::Data, &failure.problem(lang), coding);
            answer.status = failure.status();
            answer
        }
    };
    answer.keep = Keep::Never;
    answer.by_accept = true;
    answer
}

/// One code in words of the page.
fn told(found: &Found, origin: &str, present: &Moment, lang: Lang) -> ScannedCode {
    let (text, cut) = meaning::visible(&found.text);
    let looked_up =
        |code: &register::code::CreditCode| (code.grouped(), format!("/q/{}", code.as_str()));
    let is = match meaning::of(found, origin) {
        Meaning::Own { path, .. } => Scanned::Own { path: Lang::of_path(&path).1.to_owned() },
        Meaning::Code(code) => {
            let (grouped, path) = looked_up(&code);
            Scanned::Code { grouped, path }
        }
        Meaning::Goods(number) => goods(&number, present, lang),
        Meaning::Foreign { domain, code } => {
            Scanned::Foreign { domain, code: code.as_ref().map(looked_up) }
        }
        Meaning::Text => Scanned::Text,
    };
    ScannedCode { text, cut, is }
}

/// The products that state a bar code's number. Products keep numbers with or without leading zeros
/// (GTIN-8 to GTIN-14 are one number), so the number is searched as it is printed, within theirs.
fn goods(number: &str, present: &Moment, lang: Lang) -> Scanned {
    let path = format!("/products?q={number}");
    let asked = [("q", number), ("per_page", "1")];
    let Ok(query) = Query::parse(search::spec(Catalogue::Products), asked) else {
        return Scanned::Goods { product: None, products: 0, path };
    };
    let results = present.search(&query);
    let product = match (results.total, results.rows.first()) {
        (1, Some(row)) => Some(Link::to(
            list::title(Catalogue::Products, row, lang),
            list::path(Catalogue::Products, row),
        )),
        _ => None,
    };
    Scanned::Goods { product, products: results.total as u64, path }
}

/// The codes in the uploaded photo.
async fn codes(portal: &Arc<Portal>, parts: &Parts, body: HttpBody) -> Result<Vec<Found>, Failure> {
    // Held until the photo is gone again; an upload that finds no room is not begun.
    let Ok(room) = portal.uploads.try_acquire() else { return Err(Failure::Busy) };
    let bytes = match upload::collected(body, limits::UPLOAD_BYTES_MAX).await {
        Ok(bytes) => bytes,
        Err(upload::Problem::TooLong) => return Err(Failure::Photo(PhotoProblem::TooHeavy)),
        Err(upload::Problem::Broken) => return Err(Failure::Photo(PhotoProblem::NoPhoto)),
    };
    let photo = field(parts, bytes).await?;
    let waiting = Arc::clone(&portal.decodes).acquire_owned();
    let Ok(Ok(turn)) = tokio::time::timeout(limits::RENDER_WAIT, waiting).await else {
        return Err(Failure::Busy);
    };
    let found = blocking_behind(move || {
        // The turn ends with the work, also when the reader is gone by then.
        let _turn = turn;
        photo::read(&photo).map_err(Failure::Photo)
    })
    .await;
    drop(room);
    found
}

/// The file in the form's field `photo`; other fields are nobody's.
async fn field(parts: &Parts, body: Bytes) -> Result<Bytes, Failure> {
    let none = Failure::Photo(PhotoProblem::NoPhoto);
    let Some(mut form) = upload::form(parts, body).await else { return Err(none) };
    while let Ok(Some(field)) = form.next_field().await {
        if field.name() != Some("photo") {
            continue;
        }
        let Ok(bytes) = field.bytes().await else { break };
        return match bytes.len() {
            0 => Err(none),
            length if length > limits::PHOTO_BYTES_MAX => {
                Err(Failure::Photo(PhotoProblem::TooHeavy))
            }
            _ => Ok(bytes),
        };
    }
    Err(none)
}
