//! `/departments/{id}`: what a department promised, from whom it took over, who took over from it.

use leptos::prelude::*;

use crate::components::frame::{Head, Section, crumb, document};
use crate::components::policy as parts;
use crate::components::record as blocks;
use crate::components::text::{link, sample_mark, status};
use crate::i18n::{Words, fill, policy as words, record};
use crate::model::{DepartmentPage, Link, PageContext};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &DepartmentPage) -> String {
    let head = Head {
        title: model.name.clone(),
        description: model.name.clone(),
        noindex: page.as_of.is_some() || page.known.is_some(),
        ..Head::default()
    };
    document(page, head, Section::Policies, || main(page, model))
}

fn main(page: &PageContext, model: &DepartmentPage) -> AnyView {
    let lang = page.lang;
    let steps = [
        (words::H_POLICIES.to(lang).to_owned(), "/policies".to_owned()),
        (words::H_DEPARTMENTS.to(lang).to_owned(), "/departments".to_owned()),
    ];
    let or = |empty: bool, none: Words, block: &dyn Fn() -> AnyView| {
        if empty { view! { <p>{none.to(lang)}</p> }.into_any() } else { block() }
    };
    let leads =
        or(model.leads.is_empty(), words::NO_LEADS, &|| parts::measures(page, &model.leads));
    let targets = or(model.targets.is_empty(), words::DEP_NO_TARGETS, &|| {
        parts::targets(page, &model.targets, false)
    });
    let takes_part = (!model.takes_part.is_empty()).then(|| {
        blocks::section(lang, words::TAKES_PART, parts::measures(page, &model.takes_part))
    });
    let others = |heading: Words, all: &[(Link, String)]| {
        (!all.is_empty()).then(|| {
            let lines: Vec<_> = all
                .iter()
                .map(|(to, year)| {
                    let year = fill(words::SINCE_YEAR.to(lang), &[("y", year)]);
                    view! { <li>{link(page, to)}" "<span class="q">{year}</span></li> }.into_any()
                })
                .collect();
            blocks::section(lang, heading, view! { <ul class="do2">{lines}</ul> }.into_any())
        })
    };
    let issued = (!model.issued.is_empty()).then(|| {
        let lines: Vec<_> =
            model.issued.iter().map(|to| view! { <li>{link(page, to)}</li> }.into_any()).collect();
        blocks::section(lang, words::ISSUED, view! { <ul class="do2">{lines}</ul> }.into_any())
    });
    let corrections = view! {
        <p>{words::CORRECTIONS_NONE.to(lang)}" "<a href=page.now("/12315")>{record::PROBLEM_LINK.to(lang)}</a></p>
    };
    view! {
        {crumb(page, &steps, &model.name)}
        <div class="head wide"><h1>{model.name.clone()}{sample_mark(lang, model.meta.sample)}</h1></div>
        <div class="strip">{status(lang, &model.status)}</div>
        <div class="cols side">
            <div>
                {blocks::section(lang, words::DEP_TARGETS, targets)}
                {blocks::section(lang, words::LEADS, leads)}
                {takes_part}
                {blocks::history(page, &model.history, &model.meta)}
                {blocks::cite(page, &model.meta)}
            </div>
            <div>
                {others(words::SUCCESSORS, &model.successors)}
                {others(words::PREDECESSORS, &model.predecessors)}
                {issued}
                {blocks::section(lang, record::FACTS, view! { {blocks::facts(page, &model.facts)}{blocks::sources(page, &model.sources)} }.into_any())}
                {blocks::section(lang, words::CORRECTIONS, corrections.into_any())}
            </div>
        </div>
    }
    .into_any()
}
