//! What only a static mirror has: the page that says what it can do, and what it says of a code.

use leptos::prelude::*;
use register::Lang;
use register::status_list::Kept;
use register::verdict::{Outcome, words as official};

use crate::components::frame::{Head, Section, document};
use crate::components::record::section;
use crate::components::text::{icon, some};
use crate::i18n::{Words, count, fill, mirror as words, offline, site, verify};
use crate::model::{Mirror, PageContext, VerifyPage};

/// Path of the page that says what a mirror can do, without language prefix.
pub const PATH: &str = "/mirror";

/// The page that says what a mirror can do. Everything that needs a server leads here.
#[must_use]
pub fn render(page: &PageContext, mirror: &Mirror) -> String {
    let lang = page.lang;
    let head = Head {
        title: words::ABOUT.to(lang).to_owned(),
        description: words::LEAD.to(lang).to_owned(),
        noindex: true,
        ..Head::default()
    };
    let list = |lines: &[Words]| -> Vec<AnyView> {
        lines.iter().map(|line| view! { <li>{line.to(lang)}</li> }.into_any()).collect()
    };
    let live = match some(&mirror.live) {
        Some(live) => view! {
            <p class="acts"><a class="btn" id="live" href=live.to_owned() data-live=live.to_owned()>{words::TO_LIVE.to(lang)}</a></p>
        }
        .into_any(),
        None => view! { <p>{words::NO_LIVE.to(lang)}</p> }.into_any(),
    };
    let languages: Vec<_> = mirror
        .languages
        .iter()
        .map(|of| {
            let home = format!("{}/", of.prefix());
            view! { <li><a class="lk" href=home lang=of.tag() hreflang=of.tag()>{name(*of)}</a></li> }
                .into_any()
        })
        .collect();
    document(page, head, Section::None, || {
        view! {
            <div class="head"><h1>{words::ABOUT.to(lang)}</h1><p class="lead">{words::LEAD.to(lang)}</p></div>
            <section class="box gap3"><h2>{words::CAME_H.to(lang)}</h2><p>{words::CAME.to(lang)}</p>{live}</section>
            <div class="cols two">
                <section class="sec"><h2>{words::HAS_H.to(lang)}</h2><ul class="lines">{list(&[words::HAS_1, words::HAS_2, words::HAS_3, words::HAS_4])}</ul></section>
                <section class="sec"><h2>{words::NOT_H.to(lang)}</h2><ul class="lines">{list(&[words::NOT_1, words::NOT_2, words::NOT_3, words::NOT_4])}</ul></section>
            </div>
            {section(lang, words::READ, view! { <ul>{languages}</ul> }.into_any())}
        }
        .into_any()
    })
}

const fn name(lang: Lang) -> &'static str {
    ["简体中文", "繁體中文", "English"][lang as usize]
}

/// What stands in the place of a form that needs a server.
#[must_use]
pub fn no_form(lang: Lang) -> String {
    let owner = Owner::new();
    owner.with(|| {
        view! { <p class="q noprint">{words::FORM.to(lang)}</p> }.to_html().replace("<!>", "")
    })
}

/// What a mirror says of a model code: how it stood on the mirror's day, in amber whatever it was. A copy cannot
/// know of a later withdrawal, so nothing here is ever "valid".
#[must_use]
pub fn code(
    page: &PageContext,
    mirror: &Mirror,
    model: &VerifyPage,
    kept: Kept,
    at: &str,
) -> String {
    let lang = page.lang;
    let word = words::V_WORD.to(lang);
    let sentence = official::sentence(Outcome::CannotTell, lang).replace("{time}", at);
    let head = Head {
        title: format!("{word} {}", model.code),
        description: sentence.clone(),
        noindex: true,
        ..Head::default()
    };
    let stood = match kept {
        Kept::InForce => offline::K_IN_FORCE,
        Kept::Notice => words::V_NOTICE,
        Kept::NotInForce => words::V_NOT_IN_FORCE,
        Kept::Recalled => words::V_RECALLED,
    };
    let when = fill(words::V_WHEN.to(lang), &[("d", &mirror.day), ("n", &count(mirror.log_size))]);
    let goods = model.goods.as_ref().map(|goods| {
        let line = |label: Words, value: AnyView| {
            view! { <dt>{label.to(lang)}</dt><dd>{value}</dd> }.into_any()
        };
        let linked = |to: &crate::model::Link| crate::components::text::link(page, to).into_any();
        let mut lines = vec![line(offline::PRODUCT, linked(&goods.name))];
        lines.extend(
            some(&goods.model).map(|model| line(verify::MODEL, model.to_owned().into_any())),
        );
        lines.push(line(offline::HOLDER, linked(&goods.holder)));
        lines
    });
    let sample = model.sample.then(|| site::SAMPLE_MARK.to(lang)).map(|mark| {
        let [open, close] = [["（", "（", " ("], ["）", "）", ")"]].map(|of| of[lang as usize]);
        format!("{open}{mark}{close}")
    });
    let reasons: Vec<_> = model
        .reasons
        .iter()
        .map(|reason| {
            let day = some(&reason.date)
                .filter(|day| !reason.text.contains(*day))
                .map(|day| format!("{day} "));
            let about = reason
                .about
                .as_ref()
                .map(|to| view! { " "{crate::components::text::link(page, to)} });
            view! { <li>{day}{reason.text.clone()}{about}</li> }.into_any()
        })
        .collect();
    let why = (!reasons.is_empty()).then(|| {
        section(lang, words::V_WHY, view! { <ul class="lines">{reasons}</ul> }.into_any())
    });
    let live = some(&mirror.live).map(|live| {
        let to = format!("{live}{}/q/{}", lang.prefix(), model.plain);
        view! { <p class="acts"><a class="btn" href=to>{words::V_ONLINE.to(lang)}</a></p> }
    });
    document(page, head, Section::None, || {
        view! {
            <div class="amber gap3" data-outcome="cannot_tell">
                <h1>{icon("note")}<span>{word}</span></h1>
                <p class="say">{sentence}</p>
                <p class="when">{when}</p>
            </div>
            <section class="sec">
                <p class="code">{model.code.clone()}{sample}</p>
                <dl class="kv"><dt>{offline::V_STOOD.to(lang)}</dt><dd>{stood.to(lang)}</dd>{goods}</dl>
            </section>
            {why}
            {live}
            <p class="sm q">{words::V_NOT_PROOF.to(lang)}</p>
        }
        .into_any()
    })
}
