//! Verdicts on unit codes. The units of a batch share everything but the code itself, unless something
//! was said about one of them: their page is rendered once and put together with each code. So is the
//! page of all codes that are not on record, which therefore takes no longer for one that is almost right.
//!
//! Every request still looks the code up in the log's home: a shared page is of one log size, and a unit
//! with a record of its own has a page of its own.

use std::sync::Arc;

use axum::http::StatusCode;
use register::code::{CreditCode, Level};

use super::Portal;
use super::answer::{self, Asking};
use super::bodies::Coding;
use super::failure::Failure;
use super::index::Moment;
use super::reply::{Answer, Keep, Policy};
use super::router::{Format, Page};
use super::splice::{Template, stand_in};
use crate::code::find::find;
use crate::store::At;

/// A page without its code.
#[derive(Debug)]
pub struct Shared {
    template: Template,
    status: StatusCode,
    mime: &'static str,
    policy: Policy,
}

/// The unit code a request asks the page of, where nothing else is asked and the address is written as
/// this portal writes it.
fn unit(asking: &Asking) -> Option<CreditCode> {
    let route = &asking.route;
    if route.page != Page::Verify || route.format != Format::Html || asking.lot.is_some() {
        return None;
    }
    let code = CreditCode::parse(&route.key).ok()?;
    let plain = code.level() == Level::Unit && route.key == code.as_str();
    (plain && route.path.strip_prefix("/q/") == Some(code.as_str())).then_some(code)
}

/// The answer from a shared page; none where the code is no unit's or has a page of its own.
///
/// # Errors
/// When the register cannot be read.
pub fn answer(
    portal: &Portal,
    asking: &Asking,
    present: &Arc<Moment>,
    head: At,
    coding: Coding,
) -> Result<Option<Answer>, Failure> {
    let Some(code) = unit(asking) else { return Ok(None) };
    // Without the pepper nothing can be looked up, and the page says so.
    let Some(pepper) = portal.pepper() else { return Ok(None) };
    let found = portal.indexes.read(|reader| find(reader, Some(pepper), &code, head))?;
    let batch = match found {
        Some(found) if found.key == found.entry.key => return Ok(None),
        Some(found) => found.batch.map(|batch| batch.key),
        None => None,
    };
    let key = format!(
        "{}|{}|{}|{}|{}|{}|{}|{}",
        u8::from(present.whole),
        // With lists that are on their way it is another page.
        present.at.known,
        batch.as_deref().unwrap_or_default(),
        asking.route.lang.prefix(),
        u8::from(asking.times.large),
        head.known,
        head.as_of,
        portal.indexes.redacted(),
    );
    let shared = match portal.templates.get(&key) {
        Some(shared) => shared,
        None => {
            let Some(shared) = make(portal, asking, present, head, batch)? else {
                return Ok(None);
            };
            let shared = Arc::new(shared);
            portal.templates.put(key, Arc::clone(&shared), shared.template.bytes());
            shared
        }
    };
    Ok(Some(Answer {
        status: shared.status,
        mime: shared.mime,
        body: shared.template.body(&code, coding),
        keep: Keep::Revalidate,
        policy: shared.policy,
        by_accept: false,
        more: Vec::new(),
        file: None,
        stamp: None,
    }))
}

/// Renders the page for a code that stands for any. None where the page is of this moment only.
fn make(
    portal: &Portal,
    asking: &Asking,
    present: &Arc<Moment>,
    head: At,
    batch: Option<String>,
) -> Result<Option<Shared>, Failure> {
    let Some(stand_in) = stand_in() else { return Ok(None) };
    let mut asking = asking.clone();
    asking.route.key = stand_in.as_str().to_owned();
    asking.route.path = format!("/q/{}", stand_in.as_str());
    asking.batch = batch;
    let rendered = answer::render(portal, &portal.indexes, &asking, present, head)?;
    if !rendered.more.is_empty() {
        return Ok(None);
    }
    let (status, mime, policy) = (rendered.status, rendered.mime, rendered.policy);
    let template = Template::of(&rendered.body);
    Ok(template.map(|template| Shared { template, status, mime, policy }))
}
