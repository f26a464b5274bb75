//! `/places` and `/places/{code}`.

use leptos::prelude::*;

use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record as blocks;
use crate::components::text::{icon, link};
use crate::i18n::{comma, count, fill, place as words, record as record_words};
use crate::model::{Link, PageContext, PlacePage, PlacesPage, Successor};

/// The document of a place.
#[must_use]
pub fn render(page: &PageContext, model: &PlacePage) -> String {
    let lang = page.lang;
    let state = standing(page, model);
    let head = Head {
        title: format!("{} {}", model.full_name, model.code),
        description: [model.full_name.as_str(), &model.code, &model.level, &state]
            .join(comma(lang)),
        noindex: page.as_of.is_some() || page.known.is_some(),
        ..Head::default()
    };
    document(page, head, Section::None, || {
        let steps: Vec<(String, String)> =
            std::iter::once((words::H_PLACES.to(lang).to_owned(), "/places".to_owned()))
                .chain(
                    model
                        .above
                        .iter()
                        .map(|l| (l.text.clone(), l.href.clone().unwrap_or_default())),
                )
                .filter(|(_, href)| !href.is_empty())
                .collect();
        let (tone, shape) = if model.ended.is_some() { ("off", "dash") } else { ("ok", "ok") };
        view! {
            {crumb(page, &steps, &model.code)}
            <div class="head wide"><h1>{model.full_name.clone()}</h1></div>
            <div class="strip">
                <span class=format!("st {tone}")>{icon(shape)}{state.clone()}</span>
                <span>{model.level.clone()}</span>
                <span class="nw">{model.code.clone()}</span>
            </div>
            <div class="cols side">
                <div>
                    {after(page, model)}{before(page, model)}{held(page, model)}{below(page, model)}
                    {blocks::history(page, &model.history, &model.meta)}{blocks::cite(page, &model.meta)}
                </div>
                <div>{blocks::section(lang, record_words::FACTS, view! { {blocks::facts(page, &model.facts)}{blocks::sources(page, &model.sources)} }.into_any())}</div>
            </div>
        }
        .into_any()
    })
}

fn standing(page: &PageContext, model: &PlacePage) -> String {
    match &model.ended {
        Some(day) => fill(words::ENDED_SINCE.to(page.lang), &[("d", day)]),
        None => words::IN_USE.to(page.lang).to_owned(),
    }
}

/// What took the place of a code no longer in use.
fn after(page: &PageContext, model: &PlacePage) -> Option<AnyView> {
    let lang = page.lang;
    model.ended.as_ref()?;
    let none = model.successors.is_empty().then(|| view! { <p>{words::NO_SUCCESSOR.to(lang)}</p> });
    let broken = model.broken.then(|| view! { <p>{words::SUCCESSORS_BROKEN.to(lang)}</p> });
    let steps = (!model.successors.is_empty()).then(|| steps(page, &model.successors));
    Some(blocks::section(lang, words::SUCCESSORS, view! { {none}{steps}{broken} }.into_any()))
}

fn before(page: &PageContext, model: &PlacePage) -> Option<AnyView> {
    (!model.predecessors.is_empty())
        .then(|| blocks::section(page.lang, words::PREDECESSORS, steps(page, &model.predecessors)))
}

fn steps(page: &PageContext, steps: &[Successor]) -> AnyView {
    let lang = page.lang;
    let lines: Vec<_> = steps
        .iter()
        .map(|step| {
            let (tone, shape, word) = if step.in_use {
                ("ok", "ok", words::IN_USE)
            } else {
                ("off", "dash", words::ENDED)
            };
            let since =
                (!step.since.is_empty()).then(|| view! { <time>{step.since.clone()}</time> });
            view! {
                <li class=tone>
                    {icon(shape)}<b>{word.to(lang)}</b>{since}
                    <p>{link(page, &step.link)}" "<span class="q nw">{step.code.clone()}</span></p>
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ol class="tl">{lines}</ol> }.into_any()
}

fn held(page: &PageContext, model: &PlacePage) -> AnyView {
    let lang = page.lang;
    let body = if model.counts.is_empty() {
        view! { <p>{words::HELD_NONE.to(lang)}</p> }.into_any()
    } else {
        let lines: Vec<_> = model
            .counts
            .iter()
            .map(|number| {
                view! {
                    <div><dt>{number.label.clone()}</dt><dd><a href=page.href(&number.href)>{count(number.count)}</a></dd></div>
                }
                .into_any()
            })
            .collect();
        view! { <dl class="nums small">{lines}</dl> }.into_any()
    };
    blocks::section(lang, words::HELD, body)
}

fn below(page: &PageContext, model: &PlacePage) -> Option<AnyView> {
    let lang = page.lang;
    if model.below.is_empty() && model.below_ended.is_empty() {
        return None;
    }
    let in_use = (!model.below.is_empty()).then(|| names(page, &model.below));
    let more = model.below_ended_total.saturating_sub(model.below_ended.len() as u64);
    let over = (!model.below_ended.is_empty()).then(|| {
        let more = (more > 0)
            .then(|| view! { <p class="src">{fill(words::MORE.to(lang), &[("n", &count(more))])}</p> });
        view! { <h3 class="gap3">{words::BELOW_ENDED.to(lang)}</h3>{names(page, &model.below_ended)}{more} }
    });
    Some(blocks::section(lang, words::BELOW, view! { {in_use}{over} }.into_any()))
}

/// Names in a row that wraps.
fn names(page: &PageContext, all: &[Link]) -> AnyView {
    let names: Vec<_> =
        all.iter().map(|to| view! { <li>{link(page, to)}</li> }.into_any()).collect();
    view! { <ul class="inl">{names}</ul> }.into_any()
}

/// The document of all provinces.
#[must_use]
pub fn render_index(page: &PageContext, model: &PlacesPage) -> String {
    let lang = page.lang;
    let head = Head {
        title: words::H_PLACES.to(lang).to_owned(),
        description: words::LEAD.to(lang).to_owned(),
        noindex: page.as_of.is_some() || page.known.is_some(),
        ..Head::default()
    };
    document(page, head, Section::None, || {
        let totals = fill(
            words::TOTALS.to(lang),
            &[("a", &count(model.in_use)), ("b", &count(model.ended))],
        );
        let provinces: Vec<Link> = model.provinces.iter().map(|(link, _)| link.clone()).collect();
        view! {
            <div class="head"><h1>{words::H_PLACES.to(lang)}</h1><p class="lead">{words::LEAD.to(lang)}</p></div>
            <p>{totals}</p>
            {blocks::section(lang, words::PROVINCES, names(page, &provinces))}
            {blocks::sources(page, &model.sources)}
        }
        .into_any()
    })
}
