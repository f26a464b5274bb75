//! `/standards/{number}`: status, editions, products under it.

use leptos::prelude::*;
use register::Lang;

use crate::components::contest;
use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record as blocks;
use crate::components::text::{date, icon, link, sample_mark, status, status_date};
use crate::i18n::{Words, chain as chain_words, comma, fill, list, record as words};
use crate::model::{ChainFault, Edition, PageContext, StandardPage};

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
        {contest::contested(page, &model.meta.contested)}
        <div class="cols side">
            <div>{chain(page, model)}{comparisons}{products(page, model)}{crate::components::supervision::findings(page, &model.meta.findings)}{blocks::history(page, &model.history, &model.meta)}{blocks::cite(page, &model.meta)}</div>
            <div>{blocks::section(lang, words::FACTS, view! { {blocks::facts(page, &model.facts)}{blocks::sources(page, &model.sources)} }.into_any())}</div>
        </div>
    }
    .into_any()
}

fn chain(page: &PageContext, model: &StandardPage) -> AnyView {
    let lang = page.lang;
    let chain = &model.chain;
    let current = chain.current.as_ref().map(|to| {
        view! { <p class="lead2">{chain_words::CURRENT.to(lang)}{link(page, to)}</p> }
    });
    let no_current = chain.no_current.then(|| view! { <p>{chain_words::NO_CURRENT.to(lang)}</p> });
    let alone = chain.editions.len() < 2;
    let none =
        (alone && chain.faults.is_empty()).then(|| view! { <p>{words::CHAIN_NONE.to(lang)}</p> });
    let editions: Vec<_> = chain.editions.iter().map(|e| edition(page, e)).collect();
    let editions = (!alone).then(|| view! { <ol class="tl">{editions}</ol> });
    let faults: Vec<_> = chain
        .faults
        .iter()
        .map(|fault| view! { <li>{said(lang, fault)}</li> }.into_any())
        .collect();
    let faults = (!faults.is_empty()).then(|| {
        view! { <h3 class="gap3">{chain_words::BROKEN.to(lang)}</h3><ul class="do2">{faults}</ul> }
    });
    blocks::section(
        lang,
        words::CHAIN,
        view! { {current}{no_current}{none}{editions}{faults} }.into_any(),
    )
}

/// One edition as a stop of the line.
fn edition(page: &PageContext, edition: &Edition) -> AnyView {
    let lang = page.lang;
    let [open, close] = if lang == Lang::En { [" (", ")"] } else { ["（", "）"] };
    let (tone, shape, word) = match &edition.status {
        Some(state) => words::status(state.of, &state.code),
        None => ("unk", "unk", chain_words::NOT_HELD_MARK),
    };
    let here = edition
        .here
        .then(|| view! { <small class="q">{open}{chain_words::HERE.to(lang)}{close}</small> });
    let issued = (!edition.issued_on.is_empty()).then(|| date(&edition.issued_on));
    view! {
        <li class=tone>
            {icon(shape)}<b>{word.to(lang)}</b>{issued}
            <p>{link(page, &edition.link)}{here}</p>
        </li>
    }
    .into_any()
}

fn said(lang: Lang, fault: &ChainFault) -> String {
    match fault {
        ChainFault::NotANumber { printed, of } => {
            fill(chain_words::NOT_A_NUMBER.to(lang), &[("of", of), ("v", printed)])
        }
        ChainFault::NotHeld(number) => fill(chain_words::NOT_HELD.to(lang), &[("n", number)]),
        ChainFault::Itself(number) => fill(chain_words::ITSELF.to(lang), &[("n", number)]),
        ChainFault::Circle(number) => fill(chain_words::CIRCLE.to(lang), &[("n", number)]),
        ChainFault::Dates { older, newer } => {
            fill(chain_words::DATES.to(lang), &[("older", older), ("newer", newer)])
        }
    }
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
