//! `/enterprises/{uscc}/credit`: every record about an enterprise, good and bad in the same type.

use leptos::prelude::*;

use crate::components::contest;
use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record as blocks;
use crate::components::supervision as parts;
use crate::components::text::sample_mark;
use crate::i18n::{comma, count, fill, list, record as words};
use crate::model::{CreditPage, CreditPart, FileLine, PageContext};

/// Lines of the table in order of time.
const SHOWN: usize = 60;
/// Lines of one part.
const PART_SHOWN: usize = 20;

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &CreditPage) -> String {
    let lang = page.lang;
    let title = [model.name.as_str(), words::CREDIT.to(lang)].join(comma(lang));
    let head = Head {
        title: title.clone(),
        description: words::CREDIT_LEAD.to(lang).to_owned(),
        // It holds what is published for a time only.
        noindex: true,
        ..Head::default()
    };
    document(page, head, Section::Enterprises, || {
        let steps = [
            (list::H_ENTERPRISES.to(lang).to_owned(), "/enterprises".to_owned()),
            (model.name.clone(), model.enterprise.href.clone().unwrap_or_default()),
        ];
        let numbers: Vec<_> = CreditPart::ALL
            .into_iter()
            .filter(|part| *part != CreditPart::Possible)
            .map(|part| {
                let n = of(model, part).len() as u64;
                view! { <div><dt>{parts::part(part).to(lang)}</dt><dd>{count(n)}</dd></div> }
                    .into_any()
            })
            .collect();
        let certain: Vec<&FileLine> =
            model.lines.iter().filter(|line| line.part != CreditPart::Possible).collect();
        let all = if certain.is_empty() {
            view! { <p>{words::CREDIT_NONE.to(lang)}</p> }.into_any()
        } else {
            let shown = &certain[..certain.len().min(SHOWN)];
            view! { {parts::credit_table(page, shown, words::CREDIT_ALL.to(lang), true)}{cut(page, certain.len(), SHOWN)} }
                .into_any()
        };
        let sections: Vec<_> =
            CreditPart::ALL.into_iter().filter_map(|part| section(page, model, part)).collect();
        view! {
            {crumb(page, &steps, words::CREDIT.to(lang))}
            <div class="head wide"><h1>{model.name.clone()}{sample_mark(lang, model.meta.sample)}<br /><small>{words::CREDIT.to(lang)}</small></h1><p class="lead">{words::CREDIT_LEAD.to(lang)}</p></div>
            {contest::contested(page, &model.meta.contested)}
            <dl class="sum">{numbers}</dl>
            {blocks::section(lang, words::CREDIT_ALL, all)}
            {sections}
            {parts::findings(page, &model.findings)}
            <section class="sec"><h2>{words::C_SOURCE.to(lang)}</h2>{blocks::sources(page, &model.sources)}</section>
            {blocks::cite(page, &model.meta)}
            {blocks::problem(page, &model.meta)}
        }
        .into_any()
    })
}

fn of(model: &CreditPage, part: CreditPart) -> Vec<&FileLine> {
    model.lines.iter().filter(|line| line.part == part).collect()
}

fn cut(page: &PageContext, all: usize, shown: usize) -> Option<AnyView> {
    let text = fill(words::CREDIT_CUT.to(page.lang), &[("n", &count(shown as u64))]);
    (all > shown).then(|| view! { <p class="src">{text}</p> }.into_any())
}

fn section(page: &PageContext, model: &CreditPage, part: CreditPart) -> Option<AnyView> {
    let lang = page.lang;
    let lines = of(model, part);
    if lines.is_empty() {
        return None;
    }
    let note = match part {
        CreditPart::Ratings => Some(words::RATINGS_NOTE),
        CreditPart::Possible => Some(words::POSSIBLE_TEXT),
        _ => None,
    };
    let note = note.map(|note| view! { <p class="q">{note.to(lang)}</p> });
    let shown = &lines[..lines.len().min(PART_SHOWN)];
    let table = parts::credit_table(page, shown, parts::part(part).to(lang), false);
    Some(
        view! {
            <section class="sec" id=part.code()>
                <h2>{parts::part(part).to(lang)}</h2>
                {note}{table}{cut(page, lines.len(), PART_SHOWN)}
            </section>
        }
        .into_any(),
    )
}
