//! `/products/{id}`: status, comparison, dimensions, grants, history, citation.

use leptos::prelude::*;
use serde_json::json;

use crate::components::badge;
use crate::components::chart;
use crate::components::contest;
use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record as blocks;
use crate::components::supervision as parts;
use crate::components::text::{date, link, sample_mark, status, status_date};
use crate::i18n::{comma, fill, list, record as words, service as service_words, site};
use crate::model::{Fact, Link, PageContext, ProductPage};
use crate::pages::service::entitlements;

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &ProductPage) -> String {
    let lang = page.lang;
    let (_, _, word) = words::status(model.status.of, &model.status.code);
    let title = full_name(model);
    let description = [title.as_str(), model.holder.text.as_str(), word.to(lang)]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(comma(lang));
    let head = Head {
        title: title.clone(),
        description,
        noindex: page.as_of.is_some() || page.known.is_some(),
        json_ld: Some(json!({
            "@context": "https://schema.org",
            "@type": "Product",
            "name": title,
            "model": model.model,
            "brand": {"@type": "Brand", "name": model.brand},
            "manufacturer": {"@type": "Organization", "name": model.holder.text},
            "productID": model.meta.key,
            "url": page.canonical(lang)
        })),
        ..Head::default()
    };
    document(page, head, Section::Products, || main(page, model))
}

fn full_name(model: &ProductPage) -> String {
    if model.model.is_empty() || model.name.contains(&model.model) {
        model.name.clone()
    } else {
        format!("{} {}", model.name, model.model)
    }
}

fn main(page: &PageContext, model: &ProductPage) -> AnyView {
    let lang = page.lang;
    let mut steps = vec![(list::H_PRODUCTS.to(lang).to_owned(), "/products".to_owned())];
    steps.extend(model.category.iter().filter_map(|c| Some((c.text.clone(), c.href.clone()?))));
    let model_part = (!model.model.is_empty() && !model.name.contains(&model.model))
        .then(|| view! { " "<span class="nb">{model.model.clone()}</span> });
    let machine = model.machine.then(|| view! { <p class="sm q">{words::MACHINE.to(lang)}</p> });
    let spec = (!model.spec.is_empty()).then(|| format!("{}{}", model.spec, comma(lang)));
    let place = (!model.place.is_empty()).then(|| format!("{}{}", comma(lang), model.place));
    view! {
        {crumb(page, &steps, &model.name)}
        <div class="head wide">
            <h1>{model.name.clone()}{model_part}{sample_mark(lang, model.meta.sample)}</h1>
            {machine}
            <p class="lead">{spec}{link(page, &model.holder)}{place}</p>
        </div>
        {strip(page, model)}
        {contest::contested(page, &model.meta.contested)}
        {blocks::section(lang, words::COMPARE, blocks::comparison(page, &model.comparisons, &model.comparison_sources))}
        {dimensions(page, model)}
        <div class="cols side">
            <div>
                {listings(page, model)}
                {parts::findings(page, &model.meta.findings)}
                {blocks::history(page, &model.history, &model.meta)}
                {blocks::cite(page, &model.meta)}
                {crate::pages::state::way(page)}
                {badge::snippet(page, &full_name(model))}
            </div>
            <div>
                {blocks::problem(page, &model.meta)}
                {notices(page, model)}
                {possible(page, model)}
                {standards(page, model)}
                {entitlements(page, service_words::BRINGS, &model.entitlements)}
                {codes(page, model)}
            </div>
        </div>
    }
    .into_any()
}

fn strip(page: &PageContext, model: &ProductPage) -> AnyView {
    let lang = page.lang;
    let scheme = model.scheme.as_ref().map(|s| view! { <span>{link(page, s)}</span> });
    let day = status_date(lang, &model.status).map(|d| view! { <span>{d}</span> });
    let production = model.production.as_ref().map(|s| {
        let (_, _, word) = words::status(s.of, &s.code);
        view! { <span>{word.to(lang)}</span> }
    });
    let seen = page.as_of.as_deref().unwrap_or(&page.day);
    let (before, after) = site::COMPUTED.to(lang).split_once("{d}").unwrap_or_default();
    view! {
        <div class="strip">
            {status(lang, &model.status)}{scheme}{day}{production}
            <span class="q">{before}{date(seen)}{after}</span>
        </div>
    }
    .into_any()
}

fn dimensions(page: &PageContext, model: &ProductPage) -> Option<AnyView> {
    let lang = page.lang;
    let result = match model.evaluation_result.as_str() {
        "passed" => Some(words::RESULT_PASSED),
        "not_passed" => Some(words::RESULT_NOT),
        "applied" | "in_review" => Some(words::RESULT_APPLIED),
        _ => None,
    };
    if model.scores.is_empty() && result.is_none() {
        return None;
    }
    let rows: Vec<_> = model
        .scores
        .iter()
        .map(|s| {
            let value = if s.score.is_empty() { &s.grade } else { &s.score };
            let full = if s.full_mark.is_empty() {
                String::new()
            } else {
                fill(words::OF_FULL.to(lang), &[("n", &s.full_mark)])
            };
            let label = format!("{} {value}{}{full}", s.name, if full.is_empty() { "" } else { comma(lang) });
            let bar = s.share.map(|n| view! { <div inner_html=chart::bar(&label, n)></div> });
            let full = (!full.is_empty()).then(|| view! { <p class="sm q">{full}</p> });
            let evidence = (!s.evidence.is_empty()).then(|| view! { <p class="src">{s.evidence.clone()}</p> });
            view! { <li><div class="t"><h3>{s.name.clone()}</h3><b class="num">{value.clone()}</b></div>{bar}{full}{evidence}</li> }
                .into_any()
        })
        .collect();
    let space = (lang == register::Lang::En).then_some(" ");
    let list = (!rows.is_empty()).then(|| view! { <ol class="dims">{rows}</ol> });
    Some(blocks::section(
        lang,
        words::DIMS,
        view! {
            <p class="q">{result.map(|r| r.to(lang))}{space}{words::DIMS_LEAD.to(lang)}</p>
            {list}
            {blocks::facts(page, &model.evaluation)}
            {blocks::sources(page, &model.evaluation_sources)}
        }
        .into_any(),
    ))
}

fn listings(page: &PageContext, model: &ProductPage) -> AnyView {
    let lang = page.lang;
    let body = if model.listings.is_empty() {
        view! { <p>{words::LISTINGS_NONE.to(lang)}</p> }.into_any()
    } else {
        blocks::listings(page, &model.listings, &model.listing_sources)
    };
    let inspections = (!model.inspections.is_empty()).then(|| {
        blocks::section(lang, words::INSPECTIONS, blocks::timeline(page, &model.inspections))
    });
    view! { {blocks::section(lang, words::LISTINGS, body)}{inspections} }.into_any()
}

fn notices(page: &PageContext, model: &ProductPage) -> Option<AnyView> {
    if model.notices.is_empty() {
        return None;
    }
    let lines: Vec<_> =
        model.notices.iter().map(|n| view! { <li>{link(page, n)}</li> }.into_any()).collect();
    Some(blocks::section(
        page.lang,
        words::ABOUT_IT,
        view! { <ul class="do2">{lines}</ul> }.into_any(),
    ))
}

/// What names the maker and the model without a code.
fn possible(page: &PageContext, model: &ProductPage) -> Option<AnyView> {
    if model.possible.is_empty() {
        return None;
    }
    let body = view! { {parts::list(page, &model.possible)}<p class="src">{words::POSSIBLE_TEXT.to(page.lang)}</p> };
    Some(blocks::section(page.lang, words::C_POSSIBLE, body.into_any()))
}

fn standards(page: &PageContext, model: &ProductPage) -> AnyView {
    let lang = page.lang;
    let body = if model.standards.is_empty() {
        view! { <p>{words::MEETS_NONE.to(lang)}</p> }.into_any()
    } else {
        blocks::named(page, &model.standards)
    };
    blocks::section(lang, words::MEETS, body)
}

fn codes(page: &PageContext, model: &ProductPage) -> AnyView {
    let mut facts =
        vec![Fact { label: "ID".to_owned(), values: vec![Link::plain(model.meta.key.clone())] }];
    facts.extend(model.codes.iter().cloned());
    blocks::section(
        page.lang,
        words::CODES,
        view! { {blocks::facts(page, &facts)}{blocks::sources(page, &model.sources)} }.into_any(),
    )
}
