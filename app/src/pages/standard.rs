//! `/standards/{number}`: status, editions, products under it.

use leptos::prelude::*;
use register::Lang;

use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record as blocks;
use crate::components::text::{sample_mark, status, status_date};
use crate::i18n::{Words, comma, fill, list, record as words};
use crate::model::{PageContext, StandardPage};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &StandardPage) -> String {
    let lang = page.lang;
    let title =
        if lang == Lang::En && !model.title_en.is_empty() { &model.title_en } else { &model.title };
    let (_, _, word) = words::status(model.status.of, &model.status.code);
    let head = Head {
        title: format!("{} {title}", model.number),
        description: [model.number.as_str(), title, word.to(lang)].join(comma(lang)),
        noindex: page.as_of.is_some() || page.known.is_some(),
        ..Head::default()
    };
    document(page, head, Section::Standards, || main(page, model, title))
}

fn kind(code: &str) -> Option<Words> {
    Some(match code {
        "national" => words::T_NATIONAL,
        "industry" => words::T_INDUSTRY,
        "local" => words::T_LOCAL,
        "group" => words::T_GROUP,
        "enterprise" => words::T_ENTERPRISE,
        "international" => words::T_INTERNATIONAL,
        "foreign" => words::T_FOREIGN,
        _ => return None,
    })
}

fn main(page: &PageContext, model: &StandardPage, title: &str) -> AnyView {
    let lang = page.lang;
    let steps = [(list::H_STANDARDS.to(lang).to_owned(), "/standards".to_owned())];
    let obligation = if model.mandatory { words::MANDATORY } else { words::VOLUNTARY };
    // "Mandatory or not" is a word of Chinese standards law; a foreign or international standard has no such mark.
    let obligation = matches!(model.kind.as_str(), "national" | "industry" | "local")
        .then(|| view! { <span>{obligation.to(lang)}</span> });
    let other = if title == model.title { &model.title_en } else { &model.title };
    let other =
        (!other.is_empty() && other != title).then(|| view! { <p class="q">{other.clone()}</p> });
    let comparisons = (!model.comparisons.is_empty()).then(|| {
        blocks::section(lang, words::COMPARE, blocks::comparison(page, &model.comparisons, &[]))
    });
    view! {
        {crumb(page, &steps, &model.number)}
        <div class="head wide">
            <h1><span class="nb">{model.number.clone()}</span>{sample_mark(lang, model.meta.sample)}</h1>
            <p class="lead">{title.to_owned()}</p>
            {other}
        </div>
        <div class="strip">
            {status(lang, &model.status)}
            {status_date(lang, &model.status).map(|d| view! { <span>{d}</span> })}
            {kind(&model.kind).map(|k| view! { <span>{k.to(lang)}</span> })}
            {obligation}
        </div>
        <div class="cols side">
            <div>{chain(page, model)}{comparisons}{products(page, model)}{blocks::history(page, &model.history)}{blocks::cite(page, &model.meta)}</div>
            <div>{blocks::section(lang, words::FACTS, view! { {blocks::facts(page, &model.facts)}{blocks::sources(page, &model.sources)} }.into_any())}</div>
        </div>
    }
    .into_any()
}

fn chain(page: &PageContext, model: &StandardPage) -> AnyView {
    let lang = page.lang;
    let body = if model.replaces.is_empty() && model.replaced_by.is_empty() {
        view! { <p>{words::CHAIN_NONE.to(lang)}</p> }.into_any()
    } else {
        let newer = (!model.replaced_by.is_empty()).then(|| {
            view! { <h3>{words::REPLACED_BY.to(lang)}</h3>{blocks::named(page, &model.replaced_by)} }
        });
        let older = (!model.replaces.is_empty()).then(|| {
            view! { <h3 class="gap3">{words::REPLACES.to(lang)}</h3>{blocks::named(page, &model.replaces)} }
        });
        view! { {newer}{older} }.into_any()
    };
    blocks::section(lang, words::CHAIN, body)
}

fn products(page: &PageContext, model: &StandardPage) -> AnyView {
    let lang = page.lang;
    let body = if model.products.is_empty() {
        view! { <p>{words::UNDER_NONE.to(lang)}</p> }.into_any()
    } else {
        let all = list::counted(search::Catalogue::Products, lang, model.products_total);
        view! {
            {blocks::products(page, &model.products)}
            <p class="inl"><a class="lk" href=page.href(&model.products_href)>{fill(words::ALL_N.to(lang), &[("n", &all)])}</a></p>
        }
        .into_any()
    };
    blocks::section(lang, words::UNDER, body)
}
