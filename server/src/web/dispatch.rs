//! From a request to the place that answers it, and back with what went wrong.

use std::sync::Arc;

use axum::body::Body as HttpBody;
use axum::http::{HeaderMap, Method, StatusCode, header};
use register::Lang;

use super::answer::{Asking, Rendered};
use super::bodies::Coding;
use super::class::Class;
use super::failure::Failure;
use super::failure::respond::{Wants, failed, failures_as};
use super::index::Moment;
use super::reply::{Answer, JSON, Keep, Policy, TEXT};
use super::router::{Format, Found, Page, Route};
use super::{
    Portal, answer, blocking, blocking_behind, downloads, files, front, limits, log, lookup, meter,
    offline, openapi, report, router, scan, scans, units, verify, watch,
};

/// Name of the page (for the log) and the answer.
pub(super) async fn answer_request(
    portal: Arc<Portal>,
    parts: &axum::http::request::Parts,
    body: HttpBody,
    coding: Coding,
) -> (&'static str, Answer) {
    let uri = &parts.uri;
    let wants = Wants { coding, json: prefers_json(&parts.headers) };
    let (lang, _) = Lang::of_path(uri.path());
    let fail = |failure: Failure, format: Format| {
        failed(Arc::clone(&portal), failure, lang, format, uri.path().to_owned(), wants)
    };
    let length = uri.path().len() + uri.query().map_or(0, str::len);
    if length > limits::URI_BYTES_MAX {
        return ("too long", fail(Failure::UriTooLong, failures_as(uri.path())).await);
    }
    let found = router::find(uri.path());
    if portal.indexes.damage().is_some() && !stands_without_register(&found) {
        return ("damaged", fail(Failure::Damaged, failures_as(uri.path())).await);
    }
    if parts.method != Method::GET && parts.method != Method::HEAD {
        let takes = match found {
            Found::Route(route) if matches!(route.page, Page::Scan | Page::Lookup) => Some(route),
            Found::Route(route) if route.page == Page::Scans && portal.notes.is_some() => {
                Some(route)
            }
            Found::Route(route) if route.page == Page::Report && portal.desk.is_some() => {
                Some(route)
            }
            _ => None,
        };
        let allowed = if takes.is_some() { "GET, HEAD, POST" } else { "GET, HEAD" };
        if let Some(route) = takes.filter(|_| parts.method == Method::POST) {
            if route.page == Page::Lookup && !portal.indexes.is_whole() {
                return ("/match", fail(Failure::Opening, Format::Html).await);
            }
            let (name, answer) = match route.page {
                Page::Scan => {
                    ("/scan", scan::answer(&portal, route, parts, body, coding, wants.json).await)
                }
                Page::Lookup => {
                    ("/match", lookup::answer(&portal, route, parts, body, coding).await)
                }
                Page::Report => {
                    ("/report", report::answer(&portal, route, parts, body, coding).await)
                }
                _ => ("/q/{code}/scans", scans::note(&portal, route, parts, body).await),
            };
            return match answer {
                Ok(answer) => (name, answer),
                Err(failure) => (name, fail(failure, Format::Html).await),
            };
        }
        let answer = fail(Failure::Method, failures_as(uri.path())).await;
        return ("method", answer.with(header::ALLOW, allowed));
    }
    let mut negotiated = false;
    let route = match found {
        Found::Route(mut route) => {
            // A verdict's address is printed: what it answers with is chosen by `Accept`.
            if matches!(route.page, Page::Verify | Page::Statement) && route.format == Format::Html
            {
                negotiated = true;
                route.format = accepted_format(&parts.headers);
            }
            route
        }
        Found::Moved(to) => {
            let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
            let mut moved = Answer::ok(TEXT, Policy::Data, b"", Coding::Identity);
            moved.status = StatusCode::PERMANENT_REDIRECT;
            moved.keep = Keep::Never;
            return ("moved", moved.with(header::LOCATION, &format!("{to}{query}")));
        }
        Found::Nothing { format, .. } => {
            return ("nothing", fail(Failure::NotFound, format).await);
        }
    };
    let name = router::PLACES
        .iter()
        .find(|place| place.page == route.page)
        .map_or("page", |place| place.pattern);
    let (format, route_page) = (route.format, route.page);
    let class = Class::of(&parts.method, uri);
    // While the portal opens, lists would be empty and their counts wrong.
    if !portal.indexes.is_whole() && !needs_no_list(route_page) {
        return (name, fail(Failure::Opening, format).await);
    }
    // What is read from files or made outside of `page` has a turn too; pages take theirs when nothing is kept.
    let files = matches!(
        route.page,
        Page::Sitemap
            | Page::SitemapPart
            | Page::Shelf
            | Page::OfflineFile
            | Page::Keys
            | Page::LogCheckpoint
            | Page::LogKey
            | Page::LogTile
            | Page::LogProof
    );
    let _turn = match files {
        true => match portal.lanes.enter(Class::Asset).await {
            Ok(turn) => Some(turn),
            Err(failure) => return (name, fail(failure, format).await),
        },
        false => None,
    };
    let answer = match route.page {
        Page::Asset => files::asset(&portal, &route, coding),
        Page::Health => Ok(watch::health(&portal)),
        Page::Ready => {
            let portal = Arc::clone(&portal);
            blocking(move || Ok(watch::readiness(&portal))).await
        }
        Page::Robots => Ok(files::robots(&portal, coding)),
        Page::Sitemap | Page::SitemapPart => files::sitemap(&portal, &route, coding).await,
        Page::Shelf => files::shelf(&portal, &route, coding).await,
        Page::OfflineFile => files::offline_file(&portal, route, coding).await,
        Page::ServiceWorker => Ok(offline::worker(&portal, coding)),
        Page::Manifest => Ok(offline::manifest(&portal, &route, coding)),
        Page::Ask => verify::asked(&route, uri.query()).map(see_other),
        Page::Keys => files::jwks(&portal, coding).await,
        Page::LogCheckpoint | Page::LogKey | Page::LogTile | Page::LogProof => {
            log::answer(&portal, &route, coding).await
        }
        Page::OpenApi => portal.indexes.head().map_err(Failure::from).map(|at| {
            let text = openapi::document(&portal.origin, at.known).to_string() + "\n";
            Answer::ok(JSON, Policy::Data, text.as_bytes(), coding)
        }),
        Page::DataFiles
        | Page::DataSchema
        | Page::DataDcat
        | Page::DataEntries
        | Page::DataLatest
        | Page::DataFile => downloads::answer(&portal, &route, uri.query(), coding).await,
        Page::Report | Page::Case => report::answer(&portal, route, parts, body, coding).await,
        Page::Verify | Page::Statement => verdict(&portal, route, uri.query(), coding).await,
        _ => page(&portal, route, uri.query(), coding, class).await,
    };
    match answer {
        Ok(mut answer) => {
            answer.by_accept |= negotiated;
            (name, answer)
        }
        Err(failure) => {
            // A file is fetched by a program, which a page would not help.
            let file = matches!(
                route_page,
                Page::DataFiles
                    | Page::DataSchema
                    | Page::DataDcat
                    | Page::DataEntries
                    | Page::DataLatest
                    | Page::DataFile
            );
            let format = if file && !asks_for_page(&parts.headers) { Format::Json } else { format };
            (name, fail(failure, format).await)
        }
    }
}

/// Whether an address is answered though nothing may be published: what is built into the program, what says how
/// it does, and codes, whose own page says that nothing can be told.
fn stands_without_register(found: &Found) -> bool {
    let Found::Route(route) = found else { return false };
    matches!(route.page, Page::Asset | Page::Health | Page::Ready | Page::Verify | Page::Statement)
}

/// Whether a page is answered from the register or from files, and says nothing that is in the lists.
const fn needs_no_list(page: Page) -> bool {
    page.is_verdict()
        || matches!(
            page,
            Page::Ask
                | Page::Scan
                | Page::About(_)
                | Page::Asset
                | Page::ServiceWorker
                | Page::Manifest
                | Page::Robots
                | Page::Keys
                | Page::LogCheckpoint
                | Page::LogKey
                | Page::LogTile
                | Page::LogProof
                | Page::OpenApi
                | Page::Health
                | Page::Ready
        )
}

/// Whether a client names pages among what it takes, as browsers do.
fn asks_for_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// The answer to a network that asked for more than its share.
pub(super) async fn too_many(
    portal: Arc<Portal>,
    parts: &axum::http::request::Parts,
    coding: Coding,
    wait: u32,
) -> Answer {
    let wants = Wants { coding, json: prefers_json(&parts.headers) };
    let (lang, _) = Lang::of_path(parts.uri.path());
    let format = match router::find(parts.uri.path()) {
        Found::Route(route) => route.format,
        _ => Format::Html,
    };
    let file = parts.uri.path().starts_with("/data/");
    let format = if file && !asks_for_page(&parts.headers) { Format::Json } else { format };
    let path = parts.uri.path().to_owned();
    failed(portal, Failure::TooMany { wait }, lang, format, path, wants).await
}

/// The form of a verdict a client asks for: a page unless it names another form and no page.
pub(super) fn accepted_format(headers: &HeaderMap) -> Format {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    match accept {
        Some(accept) if accept.contains("text/html") => Format::Html,
        Some(accept) if accept.contains("json") => Format::Json,
        Some(accept) if accept.contains("text/plain") => Format::Text,
        _ => Format::Html,
    }
}

/// Leads on to another address of this site.
pub(super) fn see_other(to: String) -> Answer {
    let mut answer = Answer::ok(TEXT, Policy::Data, b"", Coding::Identity);
    answer.status = StatusCode::SEE_OTHER;
    answer.keep = Keep::Never;
    answer.with(header::LOCATION, &to)
}

/// A verdict. When the register cannot be read it is still a page of its own, which says so.
async fn verdict(
    portal: &Arc<Portal>,
    route: Route,
    query: Option<&str>,
    coding: Coding,
) -> Result<Answer, Failure> {
    let asked = route.clone();
    if portal.indexes.damage().is_none() {
        match page(portal, route, query, coding, Class::Code).await {
            Err(Failure::Internal(text)) => {
                tracing::error!(error = %text, "a verdict could not be given");
            }
            Err(Failure::Busy) => {}
            answered => return answered,
        }
    }
    let asking = Asking::parse(asked, query)?;
    let context = answer::context_without_register(portal, &asking);
    let now = portal.indexes.log_view(0);
    let rendered = verify::cannot_tell(&context, &asking.route, portal.verdict_policy, now);
    let mut answer = finish(rendered, coding);
    answer.keep = Keep::Never;
    Ok(answer)
}

/// Whether a client asks for JSON and not for a page. Only failures are chosen by this: everything
/// else is chosen by the path.
fn prefers_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("json") && !accept.contains("text/html"))
}

async fn page(
    portal: &Arc<Portal>,
    route: Route,
    query: Option<&str>,
    coding: Coding,
    class: Class,
) -> Result<Answer, Failure> {
    let asking = Asking::parse(route, query)?;
    let (head, present) = portal.indexes.now()?;
    let redacted = portal.forget_removed();
    let verdict = asking.route.page.is_verdict();
    let present = match present {
        Some(present) => present,
        None if verdict => lists_behind(portal).await?,
        None => {
            let indexes = Arc::clone(&portal.indexes);
            blocking(move || indexes.present().map_err(Failure::from)).await?
        }
    };
    let of_findings = matches!(asking.route.page, Page::Inconsistencies | Page::Inconsistency);
    if of_findings && !asking.dated() && !present.has_looked() {
        return Err(Failure::Opening);
    }
    // A verdict is of the log's head, wherever the indexes are.
    let head = if verdict { head } else { present.at };
    // Made with lists that are on their way, it is not what it will be with those of the head.
    let lists = (head != present.at).then_some(present.at.known);
    let found = present.findings.at().known;
    let stale = portal.indexes.is_stale();
    let whole = present.whole;
    let key = format!(
        "{whole} {coding:?} {found} {redacted} {stale} {lists:?} {}",
        asking.cache_key(head)
    );
    // Where the indexes are on their way to the head, the next request may find them there.
    let stamp = (head == present.at && present.whole).then_some(front::Stamp {
        at: head,
        findings: found,
        stale,
    });
    if let Some(mut answer) = portal.bodies.get(&key) {
        answer.stamp = stamp;
        portal.meter.came(meter::From::Bodies);
        return Ok(answer);
    }
    let _making = portal.flights.join(&key).await;
    // Whoever made it may have ended between the look above and this.
    if let Some(mut answer) = portal.bodies.get(&key) {
        answer.stamp = stamp;
        portal.meter.came(meter::From::Bodies);
        return Ok(answer);
    }
    let _turn = portal.lanes.enter(class).await?;
    portal.meter.came(meter::From::Made);
    let rendering = Arc::clone(portal);
    let work = move || {
        if let Some(answer) = units::answer(&rendering, &asking, &present, head, coding)? {
            // Made by copying: not worth the place another page would have.
            return Ok((answer, false));
        }
        let rendered = answer::render(&rendering, &rendering.indexes, &asking, &present, head)?;
        let cached = rendered.cached;
        Ok((finish(rendered, coding), cached))
    };
    let (mut answer, cached) = match class.is_heavy() {
        true => blocking_behind(work).await?,
        false => blocking(work).await?,
    };
    if cached {
        portal.bodies.put(key, answer.clone(), answer.body.bytes.len());
        answer.stamp = stamp;
    }
    Ok(answer)
}

/// The lists a verdict is shown with when the log has gone on: brought forward if that is quickly done, else as
/// they were. Whoever holds a code does not wait for an import to be indexed; the verdict itself is of the head.
async fn lists_behind(portal: &Arc<Portal>) -> Result<Arc<Moment>, Failure> {
    let indexes = Arc::clone(&portal.indexes);
    // What is begun goes on when nobody waits for it any more.
    let forward = blocking(move || indexes.present_or_before().map_err(Failure::from));
    match tokio::time::timeout(limits::VERDICT_LISTS_WAIT, forward).await {
        Ok(brought) => brought,
        Err(_) => Ok(portal.indexes.latest()),
    }
}

fn finish(rendered: Rendered, coding: Coding) -> Answer {
    let mut answer = Answer::ok(rendered.mime, rendered.policy, &rendered.body, coding);
    answer.status = rendered.status;
    for (name, value) in rendered.more {
        answer = answer.with(header::HeaderName::from_static(name), &value);
    }
    answer
}
