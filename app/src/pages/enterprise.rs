//! `/enterprises/{uscc}`: everything public about one enterprise.

use leptos::prelude::*;
use serde_json::json;

use crate::components::badge;
use crate::components::contest;
use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record as blocks;
use crate::components::supervision as parts;
use crate::components::text::{icon, link, sample_mark, status};
use crate::i18n::{changes, count, fill, list, record as words, service};
use crate::model::{CheckLevel, EnterprisePage, PageContext};
use crate::pages::service::entitlements;

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &EnterprisePage) -> String {
    let lang = page.lang;
    let mut ld = json!({
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": model.name,
        "url": page.canonical(lang)
    });
    if let (Some(code), Some(map)) = (&model.uscc, ld.as_object_mut()) {
        map.insert("identifier".into(), json!(code));
    }
    let head = Head {
        title: model.name.clone(),
        feeds: true,
        description: [model.name.as_str(), model.uscc.as_deref().unwrap_or_default(), &model.place]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(crate::i18n::comma(lang)),
        noindex: page.as_of.is_some() || page.known.is_some(),
        json_ld: Some(ld),
        ..Head::default()
    };
    document(page, head, Section::Enterprises, || main(page, model))
}

/// The code in the groups of GB 32100: authority and class, division, subject, check.
fn grouped(code: &str) -> String {
    if code.len() != 18 || !code.is_ascii() {
        return code.to_owned();
    }
    format!("{} {} {} {}", &code[..2], &code[2..8], &code[8..17], &code[17..])
}

fn main(page: &PageContext, model: &EnterprisePage) -> AnyView {
    let lang = page.lang;
    let steps = [(list::H_ENTERPRISES.to(lang).to_owned(), "/enterprises".to_owned())];
    let code = match &model.uscc {
        Some(code) => view! { {words::USCC.to(lang)}" "<code>{grouped(code)}</code> }.into_any(),
        None => words::NO_USCC.to(lang).into_any(),
    };
    let numbers: Vec<_> = model
        .numbers
        .iter()
        .map(|n| {
            view! { <div><dt>{n.label.clone()}</dt><dd>{count(n.count)}</dd></div> }.into_any()
        })
        .collect();
    let numbers = (!numbers.is_empty()).then(|| view! { <dl class="sum">{numbers}</dl> });
    let place = (!model.place.is_empty()).then(|| view! { <span>{model.place.clone()}</span> });
    let state = model.status.as_ref().map(|s| status(lang, s));
    let strip = (state.is_some() || place.is_some())
        .then(|| view! { <div class="strip">{state}{place}</div> });
    let honours = (!model.listings.is_empty()).then(|| {
        blocks::section(lang, words::HONOURS, blocks::listings(page, &model.listings, &[]))
    });
    let standards = (!model.standards.is_empty())
        .then(|| blocks::section(lang, words::DRAFTED, blocks::named(page, &model.standards)));
    let followed = {
        let all = page.href(&format!("/changes?enterprise={}", model.meta.key));
        view! { <a class="lk" href=all>{changes::MORE.to(lang)}</a><a class="lk" href=page.twin(".atom")>{changes::FEED.to(lang)}</a> }
    };
    let timeline = (!model.timeline.is_empty()).then(|| {
        let body = view! { {blocks::timeline(page, &model.timeline)}<p class="inl">{followed}</p><p class="src">{words::TIMELINE_SRC.to(lang)}</p> };
        blocks::section(lang, words::TIMELINE, body.into_any())
    });
    view! {
        {crumb(page, &steps, &model.name)}
        <div class="head wide"><h1>{model.name.clone()}{sample_mark(lang, model.meta.sample)}</h1><p class="lead">{code}</p></div>
        {strip}{contest::contested(page, &model.meta.contested)}{numbers}
        <div class="cols side">
            <div>{products(page, model)}{credit(page, model)}{parts::findings(page, &model.meta.findings)}{honours}{standards}{timeline}{blocks::history(page, &model.history, &model.meta)}{blocks::cite(page, &model.meta)}{crate::pages::state::way(page)}{badge::snippet(page, &model.name)}</div>
            <div>
                {checks(page, model)}
                {entitlements(page, service::BRINGS, &model.entitlements)}
                {blocks::section(lang, words::FACTS, view! { {blocks::facts(page, &model.facts)}{blocks::sources(page, &model.sources)} }.into_any())}
                {blocks::section(lang, words::CORRECT, view! { <p>{words::CORRECT_TEXT.to(lang)}</p><p><a class="lk" href=page.now("/12315")>{words::PROBLEM_LINK.to(lang)}</a></p>{blocks::report(page, &format!("enterprise/{}", crate::model::encode_key(&model.meta.key)))} }.into_any())}
            </div>
        </div>
    }
    .into_any()
}

fn products(page: &PageContext, model: &EnterprisePage) -> AnyView {
    let lang = page.lang;
    let body = if model.products.is_empty() {
        view! { <p>{words::PRODUCTS_NONE.to(lang)}</p> }.into_any()
    } else {
        let all = list::counted(search::Catalogue::Products, lang, model.products_total);
        view! {
            {blocks::products(page, &model.products)}
            <p class="inl"><a class="lk" href=page.href(&model.products_href)>{fill(words::ALL_N.to(lang), &[("n", &all)])}</a></p>
        }
        .into_any()
    };
    blocks::section(lang, words::PRODUCTS, body)
}

/// The latest lines of the credit file, and the way to all of it.
fn credit(page: &PageContext, model: &EnterprisePage) -> AnyView {
    let lang = page.lang;
    let body = if model.credit.is_empty() {
        view! { <p>{words::CREDIT_NONE.to(lang)}</p> }.into_any()
    } else {
        let lines: Vec<_> = model.credit.iter().collect();
        let all = page.href(&format!("{}/credit", page.path));
        view! {
            {parts::credit_table(page, &lines, words::CREDIT_ALL.to(lang), true)}
            <p class="inl"><a class="lk" href=all>{words::CREDIT_OPEN.to(lang)}" "{count(model.credit_total)}</a></p>
        }
        .into_any()
    };
    blocks::section(lang, words::CREDIT, body)
}

fn checks(page: &PageContext, model: &EnterprisePage) -> Option<AnyView> {
    let lang = page.lang;
    if model.checks.is_empty() {
        return None;
    }
    let lines: Vec<_> = model
        .checks
        .iter()
        .map(|check| {
            let (tone, shape, word) = match check.level {
                CheckLevel::Act => ("bad", "bad", words::CHECK_ACT),
                CheckLevel::Soon => ("warn", "tri", words::CHECK_SOON),
                CheckLevel::Good => ("ok", "ok", words::CHECK_GOOD),
            };
            let to = check.link.as_ref().map(|l| view! { <p class="sm">{link(page, l)}</p> });
            view! { <li><span class=format!("st {tone}")>{icon(shape)}{word.to(lang)}</span><p>{check.text.clone()}</p>{to}</li> }
                .into_any()
        })
        .collect();
    Some(
        view! {
            <section class="box gap" id="check">
                <h2>{words::CHECK.to(lang)}</h2>
                <p class="sm">{words::CHECK_LEAD.to(lang)}</p>
                <ul class="hc">{lines}</ul>
            </section>
        }
        .into_any(),
    )
}
