//! How often readers noted a check of one unit, what that does not show, and the button.

use leptos::prelude::*;

use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record::{facts, section};
use crate::i18n::scans::{self as words, PROVINCES};
use crate::i18n::{and, count, fill};
use crate::model::{Fact, Link, PageContext, ScansPage};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &ScansPage) -> String {
    let lang = page.lang;
    let title = words::PAGE.to(lang);
    let head = Head {
        title: format!("{title} {}", model.code),
        description: words::LEAD.to(lang).to_owned(),
        noindex: true,
        ..Head::default()
    };
    document(page, head, Section::None, || {
        let verdict = format!("/q/{}", model.plain);
        let not: Vec<_> = [words::NOT_GENUINE, words::NOT_ALL, words::NOT_COPIED]
            .into_iter()
            .map(|line| view! { <li>{line.to(lang)}</li> }.into_any())
            .collect();
        view! {
            {crumb(page, &[(model.code.clone(), verdict)], title)}
            <div class="head"><h1>{title}</h1><p class="lead">{words::LEAD.to(lang)}</p></div>
            <section class="sec">{noted(page, model)}</section>
            <section class="box gap"><h2>{words::NOT.to(lang)}</h2><ul class="lines">{not}</ul></section>
            {form(page, model)}
        }
        .into_any()
    })
}

fn noted(page: &PageContext, model: &ScansPage) -> AnyView {
    let lang = page.lang;
    if model.times == 0 {
        return view! { <p>{words::NONE.to(lang)}</p> }.into_any();
    }
    let places: Vec<String> =
        model.provinces.iter().map(|(name, times)| format!("{name} {}", count(*times))).collect();
    let lines = [
        (words::TIMES, count(model.times)),
        (words::FIRST, model.first.clone()),
        (words::LAST, model.last.clone()),
        (words::WHERE, places.join(and(lang))),
    ];
    let lines = lines.map(|(label, value)| Fact {
        label: label.to(lang).to_owned(),
        values: vec![Link::plain(value)],
    });
    facts(page, &lines).into_any()
}

fn form(page: &PageContext, model: &ScansPage) -> AnyView {
    let lang = page.lang;
    let action = page.now(&format!("/q/{}/scans", model.plain));
    let provinces: Vec<_> = PROVINCES
        .iter()
        .map(|(code, name)| {
            view! { <option value=code.to_string()>{name.to(lang)}</option> }.into_any()
        })
        .collect();
    let kept = [("k", &*model.a_day.to_string()), ("d", &*model.kept_days.to_string())];
    let body = view! {
        <form method="post" action=action>
            <p><label for="province">{words::FIELD.to(lang)}</label></p>
            <p><select id="province" name="province" autocomplete="off"><option value="">{words::UNSAID.to(lang)}</option>{provinces}</select></p>
            <p><button class="btn">{words::NOTE.to(lang)}</button></p>
        </form>
        <p class="sm q">{fill(words::KEPT.to(lang), &kept)}</p>
    };
    section(lang, words::NOTE, body.into_any())
}
