//! `/services/{key}`: what a service offers, when, to whom; and what entitles to it.

use leptos::prelude::*;

use crate::components::contest;
use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record as blocks;
use crate::components::text::{data, is_safe, link, sample_mark, status};
use crate::i18n::{comma, list, service as words};
use crate::model::{Entitlement, PageContext, ServicePage};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &ServicePage) -> String {
    let lang = page.lang;
    let head = Head {
        title: model.name.clone(),
        description: [
            words::KIND.to(lang),
            model.name.as_str(),
            model.operator.as_str(),
            model.place.text.as_str(),
        ]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(comma(lang)),
        noindex: page.as_of.is_some() || page.known.is_some(),
        json_ld: Some(serde_json::json!({
            "@context": "https://schema.org",
            "@type": "Service",
            "name": model.name,
            "serviceType": model.system.text,
            "provider": {"@type": "Organization", "name": model.operator},
            "areaServed": model.place.text,
            "url": page.canonical(lang)
        })),
        ..Head::default()
    };
    document(page, head, Section::Systems, || main(page, model))
}

fn main(page: &PageContext, model: &ServicePage) -> AnyView {
    let lang = page.lang;
    let steps = [(list::H_SERVICES.to(lang).to_owned(), "/services".to_owned())];
    let (before, after) = words::RUN_BY.to(lang).split_once("{o}").unwrap_or_default();
    let site = model
        .url
        .as_ref()
        .filter(|url| is_safe(url))
        .map(|url| view! { <p><a class="lk" href=url.clone()>{words::SITE.to(lang)}</a></p> });
    let meaning = (!model.meaning.is_empty()).then(|| {
        blocks::section(lang, words::MEANS, view! { <p>{model.meaning.clone()}</p> }.into_any())
    });
    view! {
        {crumb(page, &steps, &model.name)}
        <div class="head wide">
            <h1>{data(lang, &model.name)}{sample_mark(lang, model.meta.sample)}</h1>
            <p class="lead">{before}{data(lang, &model.operator)}{after}</p>
        </div>
        <div class="strip">{status(lang, &model.status)}<span>{link(page, &model.system)}</span><span>{link(page, &model.place)}</span></div>
        {contest::contested(page, &model.meta.contested)}
        <div class="cols side">
            <div>
                {blocks::section(lang, words::HOW, view! {
                    {blocks::facts(page, &model.facts)}{site}
                    <p class="src">{words::NOT_PROMISE.to(lang)}</p>
                    {blocks::sources(page, &model.sources)}
                }.into_any())}
                {eligibility(page, model)}
                {blocks::history(page, &model.history, &model.meta)}
                {blocks::cite(page, &model.meta)}
            </div>
            <div>{meaning}{same(page, model)}{blocks::problem(page, &model.meta)}</div>
        </div>
    }
    .into_any()
}

fn eligibility(page: &PageContext, model: &ServicePage) -> AnyView {
    let lang = page.lang;
    let body = if model.eligibility.is_empty() {
        view! { <p>{words::WHO_ALL.to(lang)}</p> }.into_any()
    } else {
        let lines: Vec<_> = model
            .eligibility
            .iter()
            .map(|one| {
                let state = view! { <a href=page.href(&one.href)>{status(lang, &one.status)}</a> };
                view! { <li><article><div><h3>{link(page, &one.scheme)}</h3></div><div>{state}</div></article></li> }
                    .into_any()
            })
            .collect();
        view! { <p>{words::WHO_TEXT.to(lang)}</p><ol class="rows r2">{lines}</ol> }.into_any()
    };
    blocks::section(lang, words::WHO, body)
}

fn same(page: &PageContext, model: &ServicePage) -> AnyView {
    let lang = page.lang;
    let body = if model.same.is_empty() {
        view! { <p>{words::SAME_NONE.to(lang)}</p> }.into_any()
    } else {
        blocks::products(page, &model.same)
    };
    let all = page.href(&model.same_href);
    blocks::section(
        lang,
        words::SAME,
        view! { {body}<p><a class="lk" href=all>{words::SAME_ALL.to(lang)}</a></p> }.into_any(),
    )
}

/// What listings entitle to: a block of the pages of products, enterprises and directories. Nothing
/// where there is nothing.
pub fn entitlements(
    page: &PageContext,
    heading: crate::i18n::Words,
    all: &[Entitlement],
) -> Option<AnyView> {
    let lang = page.lang;
    if all.is_empty() {
        return None;
    }
    let lines: Vec<_> = all
        .iter()
        .map(|one| {
            let line = data(lang, &one.line.join(comma(lang)));
            let by = (!one.by.text.is_empty()).then(|| {
                view! { <p class="sm">{words::BRINGS_BY.to(lang)}{link(page, &one.by)}</p> }
            });
            view! { <li><article><div><h3>{link(page, &one.service)}</h3><p class="sm q">{line}</p>{by}</div></article></li> }
                .into_any()
        })
        .collect();
    Some(blocks::section(
        lang,
        heading,
        view! { <ol class="rows">{lines}</ol><p class="src">{words::BRINGS_SRC.to(lang)}</p> }
            .into_any(),
    ))
}
