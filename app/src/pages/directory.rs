//! `/directories/{scheme}`: what it is, per year, by place, coverage, the list.

use leptos::prelude::*;
use serde_json::json;

use crate::components::chart;
use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record as blocks;
use crate::components::text::{link, status};
use crate::i18n::{count, record as words, service};
use crate::model::{DirectoryPage, Fact, Link, PageContext};
use crate::pages::list;
use crate::pages::service::entitlements;

const LIT: &str = r#"<svg width="14" height="14" aria-hidden="true"><rect class="lit" width="14" height="14"/></svg>"#;
const OUT: &str = r#"<svg width="14" height="14" aria-hidden="true"><rect class="out" width="14" height="14"/></svg>"#;

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &DirectoryPage) -> String {
    let lang = page.lang;
    let head = Head {
        title: model.name.clone(),
        description: if model.proves.is_empty() {
            model.name.clone()
        } else {
            model.proves.clone()
        },
        noindex: model.list.combined || page.as_of.is_some() || page.known.is_some(),
        json_ld: Some(json!({
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": model.name,
            "description": if model.proves.is_empty() { &model.name } else { &model.proves },
            "creator": {"@type": "Organization", "name": model.authority},
            "url": page.canonical(lang)
        })),
        script: true,
        ..Head::default()
    };
    document(page, head, Section::Directories, || main(page, model))
}

fn main(page: &PageContext, model: &DirectoryPage) -> AnyView {
    let lang = page.lang;
    let steps = [(words::DIR_INDEX.to(lang).to_owned(), "/directories".to_owned())];
    let years = chart::years(lang, &model.years).map(|svg| {
        view! {
            <section class="sec">
                <h2>{words::YEARS.to(lang)}</h2>
                <div inner_html=svg></div>
                <ul class="key">
                    <li><span inner_html=LIT></span>{words::IN_FORCE.to(lang)}" "<b class="num">{count(model.current)}</b></li>
                    <li><span inner_html=OUT></span>{words::LEFT.to(lang)}" "<b class="num">{count(model.ended)}</b></li>
                </ul>
                <p class="src">{words::YEARS_SRC.to(lang)}</p>
            </section>
        }
    });
    let coverage = model.coverage.as_ref().map(|c| {
        view! {
            <section class="box gap">
                <h2>{words::COVERAGE.to(lang)}</h2>
                {list::coverage(page, model.list.view.catalogue, c)}
            </section>
        }
    });
    let places = (!model.places.is_empty()).then(|| {
        let lines: Vec<_> = model
            .places
            .iter()
            .map(|p| view! { <div><dt>{link(page, &p.link)}</dt><dd>{count(p.count)}</dd></div> }.into_any())
            .collect();
        view! { <section class="sec"><h2>{words::PLACES.to(lang)}</h2><dl class="nums small">{lines}</dl></section> }
    });
    // The list has the field for another day already.
    let history = (!model.history.is_empty())
        .then(|| blocks::section(lang, words::HISTORY, blocks::timeline(page, &model.history)));
    view! {
        {crumb(page, &steps, &model.name)}
        <div class="head"><h1>{model.name.clone()}</h1><p class="lead">{model.proves.clone()}</p></div>
        <div class="strip">
            {status(lang, &model.status)}
            <span>{model.authority.clone()}</span>
            {model.successor.as_ref().map(|s| view! { <span>{words::SUCCESSOR.to(lang)}" "{link(page, s)}</span> })}
        </div>
        <div class="cols side">
            <div>{years}{what(page, model)}</div>
            <div>{coverage}{places}{entitlements(page, service::OF_SCHEME, &model.entitlements)}</div>
        </div>
        <section class="sec"><h2>{words::THE_LIST.to(lang)}</h2>{list::body(page, &model.list)}</section>
        {history}
        {blocks::cite(page, &model.meta)}
    }
    .into_any()
}

fn what(page: &PageContext, model: &DirectoryPage) -> AnyView {
    let lang = page.lang;
    let line = |word: crate::i18n::Words, text: &str| Fact {
        label: word.to(lang).to_owned(),
        values: vec![Link::plain(text)],
    };
    let mut facts = vec![
        line(words::AUTHORITY, &model.authority),
        line(words::PROVES, &model.proves),
        line(words::NOT_PROVES, &model.does_not_prove),
    ];
    facts.extend(model.facts.iter().cloned());
    blocks::section(lang, words::WHAT, blocks::facts(page, &facts).into_any())
}
