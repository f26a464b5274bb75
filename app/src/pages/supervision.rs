//! `/inspections/{key}`, `/penalties/{key}`, `/restrictions/{key}`: one record of supervision.

use leptos::prelude::*;

use crate::components::contest;
use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record as blocks;
use crate::components::supervision as parts;
use crate::components::text::{date, sample_mark, status};
use crate::i18n::{comma, record as words};
use crate::model::{PageContext, SupervisionPage};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &SupervisionPage) -> String {
    let lang = page.lang;
    let head = Head {
        title: model.title.clone(),
        description: [model.list.text.as_str(), &model.title, &model.authority, &model.date]
            .join(comma(lang)),
        // A publication term ends: what is shown for a time only is for no index of the web.
        noindex: true,
        ..Head::default()
    };
    document(page, head, Section::Notices, || {
        let steps = [(model.list.text.clone(), model.list.href.clone().unwrap_or_default())];
        let about = (!model.about.is_empty())
            .then(|| blocks::section(lang, words::NAMED, parts::list(page, &model.about)));
        let notes: Vec<_> = model
            .notes
            .iter()
            .map(|note| view! { <span>{note.clone()}</span> }.into_any())
            .collect();
        view! {
            {crumb(page, &steps, &model.title)}
            <div class="head wide"><h1>{model.title.clone()}{sample_mark(lang, model.meta.sample)}</h1></div>
            <div class="strip">
                {model.status.as_ref().map(|s| status(lang, s))}
                <span>{model.authority.clone()}</span>
                {(!model.date.is_empty()).then(|| view! { <span>{date(&model.date)}</span> })}
                {notes}
            </div>
            {contest::contested(page, &model.meta.contested)}
            <div class="cols side">
                <div>{items(page, model)}{about}{parts::findings(page, &model.findings)}{blocks::history(page, &model.history, &model.meta)}{blocks::cite(page, &model.meta)}</div>
                <div>
                    {blocks::section(lang, words::FACTS, view! { {blocks::facts(page, &model.facts)}{blocks::sources(page, &model.sources)} }.into_any())}
                    {blocks::problem(page, &model.meta)}
                </div>
            </div>
        }
        .into_any()
    })
}

fn items(page: &PageContext, model: &SupervisionPage) -> Option<AnyView> {
    let lang = page.lang;
    if model.items.is_empty() {
        return None;
    }
    let heads: Vec<_> = [words::I_ITEM, words::I_RESULT, words::I_LIMIT, words::I_VERDICT]
        .into_iter()
        .map(|word| view! { <th scope="col">{word.to(lang)}</th> }.into_any())
        .collect();
    let rows: Vec<_> = model
        .items
        .iter()
        .map(|[item, result, limit, verdict]| {
            view! {
                <tr><th scope="row">{item.clone()}</th><td class="num">{result.clone()}</td><td class="num">{limit.clone()}</td><td>{verdict.clone()}</td></tr>
            }
            .into_any()
        })
        .collect();
    let table = view! {
        <div class="scroll" role="region" aria-label=words::ITEMS.to(lang) tabindex="0">
            <table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    };
    Some(blocks::section(lang, words::ITEMS, table.into_any()))
}
