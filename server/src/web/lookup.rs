//! `/match`: a whole list looked up. The page hands a browser the catalogues; where no script runs, or a
//! catalogue is too large for that, a `POST` has the server look, which keeps nothing of the list.

use std::sync::Arc;

use app::i18n::{count, fill, lookup as words};
use app::model::{Link, LookupHit, LookupLine, LookupPage, LookupResult};
use app::pages;
use axum::body::Body as HttpBody;
use axum::http::StatusCode;
use axum::http::request::Parts;
use lookup::{Found, Register, Table};
use register::Lang;
use search::FacetOrder;
use search::catalogue::Catalogue;

use super::answer::{self, Asking, shelf_path};
use super::bodies::Coding;
use super::class::Class;
use super::failure::Failure;
use super::index::Moment;
use super::project::join;
use super::reply::{Answer, HTML, Keep, Policy};
use super::router::{self, Route};
use super::{Portal, blocking_behind, limits, upload};
use crate::store::{At, Reader};

/// The catalogues a list is looked up in.
pub const CATALOGUES: [Catalogue; 3] =
    [Catalogue::Products, Catalogue::Enterprises, Catalogue::Standards];

/// The catalogues of a moment, made ready.
#[must_use]
pub fn tables(moment: &Moment) -> Register {
    let mut register = Register::new();
    for catalogue in CATALOGUES {
        let index = moment.engine(catalogue);
        register.add(Table::new(index.spec(), index.rows(), Box::new(search::fold::fold)));
    }
    register
}

/// The catalogues of a register at a time, made ready.
///
/// # Errors
/// When the register cannot be read.
pub fn tables_of(reader: &Reader, at: At) -> crate::store::Result<Register> {
    let mut rows = join::all(reader, at, at.as_of, None, &|_| {})?;
    let mut register = Register::new();
    for catalogue in CATALOGUES {
        let of = std::mem::take(&mut rows.of[join::position(catalogue)]);
        register.add(Table::new(search::spec(catalogue), of, Box::new(search::fold::fold)));
    }
    Ok(register)
}

/// A list's text: UTF-8, or GB 18030, which office programs write where UTF-8 was not chosen; none for
/// anything else.
#[must_use]
pub fn text(bytes: Vec<u8>) -> Option<String> {
    if bytes.contains(&0) {
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(other) => encoding_rs::GB18030
            .decode_without_bom_handling_and_without_replacement(other.as_bytes())
            .map(|text| text.into_owned()),
    }
}

/// What the page shows before anything is looked up.
#[must_use]
pub fn page(moment: &Moment, lang: Lang) -> LookupPage {
    let rows = CATALOGUES.map(|catalogue| moment.rows(catalogue));
    let whole = rows.iter().all(|rows| *rows <= limits::SHELF_ROWS_MAX);
    let shelves = CATALOGUES.map(|catalogue| shelf_path(moment, catalogue));
    let statuses = CATALOGUES.iter().flat_map(|catalogue| {
        let spec = search::spec(*catalogue);
        let facet = spec.facet("status").and_then(|i| spec.facets.get(i));
        let values = match facet.map(|facet| facet.order) {
            Some(FacetOrder::Fixed(values)) => values,
            _ => &[],
        };
        values.iter().map(move |value| {
            (format!("{}.{}", spec.name, value.code), value.label[lang.index()].to_owned())
        })
    });
    LookupPage {
        shelves: if whole { shelves.into() } else { Vec::new() },
        records: rows.iter().sum::<usize>() as u64,
        statuses: statuses.collect(),
        lines_max: limits::LOOKUP_LINES_MAX,
        kilobytes_max: limits::LOOKUP_KILOBYTES_MAX,
        result: None,
    }
}

/// Looks up the list in a form.
///
/// # Errors
/// [`Failure`] where the answer is no page of this: a parameter that is not known, too many at once.
pub async fn answer(
    portal: &Arc<Portal>,
    route: Route,
    parts: &Parts,
    body: HttpBody,
    coding: Coding,
) -> Result<Answer, Failure> {
    let asking = Asking::parse(route, parts.uri.query())?;
    // Held until the list is gone again.
    let Ok(_room) = portal.uploads.try_acquire() else { return Err(Failure::Busy) };
    let list = list(parts, body).await;
    let _turn = portal.lanes.enter(Class::Upload).await?;
    let rendering = Arc::clone(portal);
    blocking_behind(move || {
        let present = rendering.indexes.present()?;
        let lang = asking.route.lang;
        let mut model = page(&present, lang);
        let (status, result) = match list.and_then(|list| looked_up(&present, &list, &model)) {
            Ok(lines) => (StatusCode::OK, LookupResult::Lines(lines)),
            Err(refused) => (refused.status(), LookupResult::Refused(refused.sentence(lang))),
        };
        model.result = Some(result);
        let context = answer::context(&rendering, &asking, &present);
        let html = pages::lookup::render(&context, &model);
        let mut answer = Answer::ok(HTML, Policy::Island, html.as_bytes(), coding);
        answer.status = status;
        answer.keep = Keep::Never;
        Ok(answer)
    })
    .await
}

/// Why a list is not looked up.
enum Refused {
    Empty,
    TooLong,
    Lines(usize),
    NotText,
}

impl Refused {
    const fn status(&self) -> StatusCode {
        match self {
            Refused::Empty | Refused::Lines(_) => StatusCode::BAD_REQUEST,
            Refused::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Refused::NotText => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        }
    }

    fn sentence(&self, lang: Lang) -> String {
        match self {
            Refused::Empty => words::EMPTY.to(lang).to_owned(),
            Refused::NotText => words::NOT_TEXT.to(lang).to_owned(),
            Refused::TooLong => {
                let most = limits::LOOKUP_KILOBYTES_MAX.to_string();
                fill(words::BYTES_MAX.to(lang), &[("k", &most)])
            }
            Refused::Lines(lines) => {
                let (most, lines) = (count(limits::LOOKUP_LINES_MAX as u64), count(*lines as u64));
                fill(words::LINES_MAX.to(lang), &[("n", &most), ("m", &lines)])
            }
        }
    }
}

/// The text of the form's list: what was typed, and the file behind it.
async fn list(parts: &Parts, body: HttpBody) -> Result<String, Refused> {
    let bytes = upload::collected(body, limits::LOOKUP_BYTES_MAX).await;
    let bytes = bytes.map_err(|problem| match problem {
        upload::Problem::TooLong => Refused::TooLong,
        upload::Problem::Broken => Refused::Empty,
    })?;
    let mut list = String::new();
    let Some(mut form) = upload::form(parts, bytes).await else { return Err(Refused::Empty) };
    while let Ok(Some(field)) = form.next_field().await {
        let of_list = matches!(field.name(), Some("list" | "file"));
        let Ok(bytes) = field.bytes().await else { break };
        if of_list && !bytes.is_empty() {
            if !list.is_empty() && !list.ends_with('\n') {
                list.push('\n');
            }
            let part = text(bytes.into()).ok_or(Refused::NotText)?;
            list.push_str(part.trim_start_matches('\u{feff}'));
        }
    }
    Ok(list)
}

fn looked_up(present: &Moment, list: &str, model: &LookupPage) -> Result<Vec<LookupLine>, Refused> {
    let lines: Vec<(usize, &str)> = lookup::lines(list).collect();
    match lines.len() {
        0 => return Err(Refused::Empty),
        n if n > limits::LOOKUP_LINES_MAX => return Err(Refused::Lines(n)),
        _ => {}
    }
    let register = present.lookup();
    Ok(lines.into_iter().map(|(number, line)| told(number, register.find(line), model)).collect())
}

fn told(number: usize, found: Found, model: &LookupPage) -> LookupLine {
    let hits = found.hits.into_iter().map(|hit| {
        let status = format!("{}.{}", hit.catalogue, hit.status);
        let words = model.statuses.iter().find(|(code, _)| *code == status);
        LookupHit {
            link: Link::to(hit.title, format!("/{}/{}", hit.catalogue, router::segment(&hit.key))),
            catalogue: hit.catalogue,
            status: words.map(|(_, words)| words.clone()).unwrap_or_default(),
            why: hit.why.name(),
        }
    });
    LookupLine {
        number,
        hits: hits.collect(),
        text: found.text,
        grade: found.grade.name(),
        more: found.more,
        code: found.code,
        remarks: found.remarks.iter().map(|remark| remark.name()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use lookup::{Grade, Remark, Why};

    use super::*;

    #[test]
    fn every_code_has_words() {
        for why in Why::ALL {
            assert!(words::word(&words::WHYS, why.name()).is_some(), "{}", why.name());
        }
        for remark in Remark::ALL {
            assert!(words::word(&words::REMARKS, remark.name()).is_some(), "{}", remark.name());
        }
        for grade in [Grade::Certain, Grade::Possible, Grade::Code, Grade::None] {
            assert!(words::word(&words::GRADES, grade.name()).is_some(), "{}", grade.name());
        }
    }
}
