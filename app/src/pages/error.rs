//! Error pages: what is wrong, and the ways on from here.

use leptos::prelude::*;

use crate::components::frame::{Head, Section, document};
use crate::components::text::{hidden, link};
use crate::i18n::{Words, record, site};
use crate::model::{ErrorKind, ErrorPage, PageContext};
use crate::pages::list::coverage;

/// The document; its status is the caller's ([`status`]).
#[must_use]
pub fn render(page: &PageContext, model: &ErrorPage) -> String {
    let lang = page.lang;
    let (title, lead) = texts(model.kind);
    let head = Head {
        title: title.to(lang).to_owned(),
        description: lead.to(lang).to_owned(),
        noindex: true,
        ..Head::default()
    };
    document(page, head, Section::None, || {
        let detail =
            (!model.detail.is_empty()).then(|| view! { <p class="box">{model.detail.clone()}</p> });
        let action = format!("{}/products", lang.prefix());
        let near = (!model.near.is_empty()).then(|| {
            let lines: Vec<_> = model
                .near
                .iter()
                .map(|(to, text)| view! { <li><h3>{link(page, to)}</h3><p class="q">{text.clone()}</p></li> }.into_any())
                .collect();
            view! { <section class="sec"><h2>{site::E_NEAR.to(lang)}</h2><ol class="rows">{lines}</ol></section> }
        });
        let covers = model.coverage.as_ref().map(|c| {
            view! { <section class="sec"><h2>{record::COVERAGE.to(lang)}</h2>{coverage(page, c)}</section> }
        });
        let start: Vec<_> = [
            ("/products", site::PRODUCT_LIST),
            ("/directories", site::DIRECTORIES),
            ("/enterprises", site::ENTERPRISES),
            ("/standards", site::STANDARDS),
            ("/", site::HOME),
        ]
        .into_iter()
        .map(|(path, word)| {
            view! { <li><a class="lk" href=page.now(path)>{word.to(lang)}</a></li> }.into_any()
        })
        .collect();
        view! {
            <div class="head">
                <p class="q num">{status(model.kind)}</p>
                <h1>{title.to(lang)}</h1>
                <p class="lead">{lead.to(lang)}</p>
                {detail}
                <form class="gap2" action=action method="get" role="search">
                    <label for="q">{site::E_TRY.to(lang)}</label>
                    <div class="search">
                        <input id="q" name="q" type="search" value=model.guess.clone() maxlength="200" />
                        <button class="btn">{site::SEARCH.to(lang)}</button>
                    </div>
                    {page.large.then(|| hidden("size", "large"))}
                </form>
            </div>
            <div class="cols two">{near}{covers}<section class="sec"><h2>{site::E_START.to(lang)}</h2><ul>{start}</ul></section></div>
        }
        .into_any()
    })
}

/// HTTP status that goes with the page.
#[must_use]
pub const fn status(kind: ErrorKind) -> u16 {
    match kind {
        ErrorKind::BadRequest => 400,
        ErrorKind::NotFound => 404,
        ErrorKind::Gone => 410,
        ErrorKind::Internal => 500,
        ErrorKind::Unavailable => 503,
        ErrorKind::TooMany => 429,
    }
}

const fn texts(kind: ErrorKind) -> (Words, Words) {
    match kind {
        ErrorKind::BadRequest => (site::E400, site::E400_LEAD),
        ErrorKind::NotFound => (site::E404, site::E404_LEAD),
        ErrorKind::Gone => (site::E410, site::E410_LEAD),
        ErrorKind::Internal => (site::E500, site::E500_LEAD),
        ErrorKind::Unavailable => (site::E503, site::E503_LEAD),
        ErrorKind::TooMany => (site::E429, site::E429_LEAD),
    }
}
