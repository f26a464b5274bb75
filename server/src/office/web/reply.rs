//! What goes back from the desk: its frame around a page, refusals, files. Nothing of it is kept by a browser.

use std::sync::Arc;

use app::i18n::{desk as words, fill};
use app::model::{DeskFrame, DeskPage, PageContext};
use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Response, StatusCode, header};
use register::Lang;

use super::super::Role;
use super::{Asked, Desk, REFRESH_SECONDS, guard};
use crate::web::assets::Asset;
use crate::web::blocking;
use crate::web::bodies::Coding;
use crate::web::failure::Failure;
use crate::web::reply::{Answer, CSV, HTML, JSON, Keep, Policy, TEXT};

/// Nothing is done, and the trail says so.
pub(super) async fn forbidden(desk: &Arc<Desk>, asked: &Asked) -> Response<Body> {
    let told = (Arc::clone(desk), asked.clone());
    let traced = blocking(move || {
        let (desk, asked) = told;
        let (name, path) = (asked.name(), &asked.path);
        Ok(desk.office.trace(name, "refused-request", path, &asked.whence, "refused")?)
    })
    .await;
    if let Err(failure) = traced {
        return internal(&failure);
    }
    let page = DeskPage::Plain {
        title: words::FORBIDDEN.to(asked.lang).to_owned(),
        text: words::FORBIDDEN_LEAD.to(asked.lang).to_owned(),
    };
    show(desk, asked, StatusCode::FORBIDDEN, page)
}

/// Too many failures, in words.
pub(super) fn must_wait(lang: Lang, seconds: u32) -> String {
    fill(words::WAIT.to(lang), &[("n", &seconds.to_string())])
}

pub(super) fn refused(asked: &Asked) -> DeskPage {
    DeskPage::Plain {
        title: words::REFUSED.to(asked.lang).to_owned(),
        text: words::FORGED.to(asked.lang).to_owned(),
    }
}

/// A form that was not sent from a page of ours: nothing is done, and the trail says so.
pub(super) async fn forged(desk: &Arc<Desk>, asked: &Asked, why: &str) -> Response<Body> {
    let told = (Arc::clone(desk), asked.clone(), format!("{} ({why})", asked.path));
    let traced = blocking(move || {
        let (desk, asked, about) = told;
        let name = if asked.who.is_some() { asked.name() } else { "?" };
        Ok(desk.office.trace(name, "refused-request", &about, &asked.whence, "refused")?)
    })
    .await;
    match traced {
        Ok(()) => show(desk, asked, StatusCode::FORBIDDEN, refused(asked)),
        Err(failure) => internal(&failure),
    }
}

pub(super) fn missing(desk: &Desk, asked: &Asked) -> Response<Body> {
    let page = DeskPage::Plain {
        title: words::NOT_FOUND.to(asked.lang).to_owned(),
        text: words::NOT_FOUND_LEAD.to(asked.lang).to_owned(),
    };
    show(desk, asked, StatusCode::NOT_FOUND, page)
}

pub(super) fn show(
    desk: &Desk,
    asked: &Asked,
    status: StatusCode,
    page: DeskPage,
) -> Response<Body> {
    show_with(desk, asked, status, page, String::new())
}

pub(super) fn show_with(
    desk: &Desk,
    asked: &Asked,
    status: StatusCode,
    page: DeskPage,
    alert: String,
) -> Response<Body> {
    let asset = |logical: &str| desk.assets.path(logical).unwrap_or_default().to_owned();
    let mut query: Vec<String> = Vec::new();
    for (name, value) in asked.query.pairs().filter(|(name, _)| *name != "size") {
        let encoded: String =
            form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish();
        query.push(encoded);
    }
    // What was sent to a draft's or a case's ways is answered with its own page.
    let own = ["/drafts/", "/cases/"].into_iter().find_map(|folder| {
        let id = asked.path.strip_prefix(folder)?.split('/').next()?;
        Some(format!("{folder}{id}"))
    });
    let path = own.unwrap_or_else(|| asked.path.clone());
    let works = match &page {
        DeskPage::Drafts(app::model::DraftsPage::One(view)) => view.progress.is_some(),
        _ => false,
    };
    let refresh = works.then(|| format!("{REFRESH_SECONDS};url={}", asked.link(&path)));
    let context = PageContext {
        lang: asked.lang,
        large: asked.large,
        path: path.clone(),
        query: query.join("&"),
        office: desk.settings.office.clone(),
        assets: app::model::Assets {
            css: asset("liangbiao.css"),
            icon: asset("mark.svg"),
            ..app::model::Assets::default()
        },
        ..PageContext::default()
    };
    let full = asked.who.as_ref().filter(|who| who.session.stage == crate::store::Stage::Full);
    let passkeys = asked.party.is_some() && takes_passkeys(&page);
    let frame = DeskFrame {
        who: full.map(|who| who.name.clone()).unwrap_or_default(),
        drafts: full.is_some(),
        cases: desk.settings.cases.is_some()
            && full.is_some()
            && [Role::Drafter, Role::Approver, Role::Auditor].into_iter().any(|r| asked.has(r)),
        trail: full.is_some() && asked.has(Role::Auditor),
        token: guard::token(&asked.id),
        passkeys: passkeys.then(|| (asset("passkey.js"), asked.has_passkeys)),
        alert,
        refresh,
    };
    let html = app::pages::desk::render(&context, &frame, &page);
    // Not compressed: beside what somebody typed, the length of a page would tell its token (BREACH).
    let policy = if passkeys { Policy::Passkeys } else { Policy::Still };
    let mut answer = Answer::ok(HTML, policy, html.as_bytes(), Coding::Identity);
    answer.status = status;
    answer.keep = Keep::Never;
    finish(answer)
}

/// Whether there is something on a page that a passkey can do.
fn takes_passkeys(page: &DeskPage) -> bool {
    match page {
        DeskPage::SignIn | DeskPage::Account { .. } => true,
        DeskPage::Drafts(app::model::DraftsPage::One(view)) => view.can_decide,
        DeskPage::Case(view) => view.can_close,
        _ => false,
    }
}

/// An answer to a script of ours.
pub(super) fn json(text: &str) -> Response<Body> {
    let mut answer = Answer::ok(JSON, Policy::Still, text.as_bytes(), Coding::Identity);
    answer.keep = Keep::Never;
    finish(answer)
}

fn finish(answer: Answer) -> Response<Body> {
    let mut response = answer.respond(&axum::http::HeaderMap::new(), false);
    // With `no-referrer` browsers send `Origin: null` with forms, which would tell nothing apart.
    let policy = HeaderValue::from_static("same-origin");
    response.headers_mut().insert(header::REFERRER_POLICY, policy);
    response
}

pub(super) fn see(path: &str) -> Response<Body> {
    let mut answer = Answer::ok(TEXT, Policy::Still, b"", Coding::Identity);
    answer.status = StatusCode::SEE_OTHER;
    answer.keep = Keep::Never;
    finish(answer.with(header::LOCATION, path))
}

/// A failure before there is anything to make a page with.
pub(super) fn internal(failure: &Failure) -> Response<Body> {
    tracing::error!(?failure, "a request to the desk failed");
    let lang = Lang::ZhHans;
    let text = format!("{}\n{}\n", words::INTERNAL.to(lang), words::INTERNAL.to(Lang::En));
    let mut answer = Answer::ok(TEXT, Policy::Still, text.as_bytes(), Coding::Identity);
    answer.status = failure.status();
    answer.keep = Keep::Never;
    finish(answer)
}

pub(super) fn static_file(asset: &Asset, parts: &Parts, head: bool) -> Response<Body> {
    let accepted = parts.headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let (bytes, coding) = match (Coding::accepted(accepted), &asset.br) {
        (Coding::Brotli, Some(br)) => (br.clone(), Coding::Brotli),
        _ => (asset.identity.clone(), Coding::Identity),
    };
    let mut answer = Answer::ok(asset.mime, Policy::Asset, b"", Coding::Identity);
    answer.body.bytes = bytes;
    answer.body.coding = coding;
    answer.keep = Keep::Forever;
    answer.respond(&parts.headers, head)
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A file to be kept.
pub(super) fn file(bytes: &[u8], name: &str) -> Response<Body> {
    let mime = if name.ends_with(".xlsx") { XLSX } else { CSV };
    let mut answer = Answer::ok(mime, Policy::Data, bytes, Coding::Identity);
    answer.keep = Keep::Never;
    let told = format!("attachment; filename=\"{name}\"");
    let mut response = finish(answer.with(header::CONTENT_DISPOSITION, &told));
    // Not open data: nobody else's page may read it.
    response.headers_mut().remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    response
}
