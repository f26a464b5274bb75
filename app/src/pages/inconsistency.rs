//! `/inconsistencies/{id}`: two records that do not fit one another.

use leptos::prelude::*;

use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record as blocks;
use crate::components::text::{date, link, status};
use crate::i18n::{fill, list, record as words};
use crate::model::{Fact, FindingPage, Link, PageContext, Status, StatusOf};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &FindingPage) -> String {
    let lang = page.lang;
    let head = Head {
        title: model.rule.clone(),
        description: model.sentence.clone(),
        // Found anew with every entry: nothing to keep in an index of the web.
        noindex: true,
        ..Head::default()
    };
    document(page, head, Section::Notices, || {
        let steps = [(list::H_INCONSISTENCIES.to(lang).to_owned(), "/inconsistencies".to_owned())];
        let stop = ["。", "。", "."][lang as usize];
        let records: Vec<_> = model
            .records
            .iter()
            .map(|record| {
                let contested = record.contested.then(|| {
                    let contested = Status {
                        of: StatusOf::Finding,
                        code: "contested".to_owned(),
                        ..Status::default()
                    };
                    status(lang, &contested)
                });
                let from: Vec<_> = record.source.iter().cloned().collect();
                view! {
                    <li><article>
                        <div><h3>{link(page, &record.link)}</h3><p class="q">{record.kind.clone()}" "{date(&record.valid_from)}</p>{blocks::sources(page, &from)}</div>
                        <div>{contested}</div>
                    </article></li>
                }
                .into_any()
            })
            .collect();
        let effect = match model.effect.as_str() {
            "recalled" => words::EFFECT_RECALLED,
            "notice" => words::EFFECT_NOTICE,
            _ => words::EFFECT_NONE,
        };
        let fact = |word: crate::i18n::Words, text: &str| Fact {
            label: word.to(lang).to_owned(),
            values: vec![Link::plain(text)],
        };
        let facts = [
            fact(words::FINDING_RULE, &model.rule),
            fact(words::FINDING_SINCE, &model.since),
            fact(words::FINDING_EFFECT, effect.to(lang)),
            Fact { label: "ID".to_owned(), values: vec![Link::plain(model.id.clone())] },
        ];
        let reply = fill(words::REPLY_TEXT.to(lang), &[("id", &model.id)]);
        view! {
            {crumb(page, &steps, &model.rule)}
            <div class="head wide"><h1>{model.rule.clone()}</h1><p class="lead">{model.sentence.clone()}{stop}</p></div>
            <div class="strip">{status(lang, &model.status)}</div>
            <div class="cols side">
                <div>{blocks::section(lang, words::FINDING_SOURCES, view! { <ol class="rows r2">{records}</ol><p class="src">{words::FINDING_MEANS.to(lang)}</p> }.into_any())}</div>
                <div>
                    {blocks::section(lang, words::FACTS, blocks::facts(page, &facts).into_any())}
                    {blocks::section(lang, words::REPLY, view! { <p>{reply}</p><p><a class="lk" href=page.now("/12315")>{words::PROBLEM_LINK.to(lang)}</a></p> }.into_any())}
                </div>
            </div>
        }
        .into_any()
    })
}
