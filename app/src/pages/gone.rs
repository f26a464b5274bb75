//! A record that exists, but not on the day asked for; or that was taken out. Never a bare "not found".

use leptos::prelude::*;

use crate::components::frame::{Head, Section, document};
use crate::components::record::timeline;
use crate::components::text::{status, status_date};
use crate::i18n::{fill, record as words, site};
use crate::model::{GonePage, PageContext};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &GonePage) -> String {
    let lang = page.lang;
    let text = if model.now.is_empty() { site::GONE_REMOVED } else { site::GONE_BEFORE };
    let head = Head {
        title: model.title.clone(),
        description: text.to(lang).to_owned(),
        noindex: true,
        ..Head::default()
    };
    document(page, head, Section::None, || {
        let first = (!model.first.is_empty())
            .then(|| view! { <p>{fill(site::GONE_FIRST.to(lang), &[("d", &model.first)])}</p> });
        let state = model.status.as_ref().map(|s| {
            view! { <div class="strip">{status(lang, s)}{status_date(lang, s).map(|d| view! { <span>{d}</span> })}</div> }
        });
        let now = (!model.now.is_empty()).then(|| {
            view! { <p class="acts"><a class="btn" href=page.now(&model.now)>{site::GONE_NOW.to(lang)}</a></p> }
        });
        let history = (!model.history.is_empty()).then(|| {
            view! { <section class="sec"><h2>{words::HISTORY.to(lang)}</h2>{timeline(page, &model.history)}</section> }
        });
        view! {
            <div class="head"><h1>{model.title.clone()}</h1><p class="lead">{text.to(lang)}</p>{first}{now}</div>
            {state}{history}
        }
        .into_any()
    })
}
