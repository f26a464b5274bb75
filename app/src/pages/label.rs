//! The artwork of a code: what is printed on the pack, how small it may be, and the files to print it from.

use leptos::prelude::*;

use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record::facts;
use crate::i18n::{fill, label as words};
use crate::model::{LabelPage, PageContext};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &LabelPage) -> String {
    let lang = page.lang;
    let title = words::PAGE.to(lang);
    let head = Head {
        title: format!("{title} {}", model.code),
        description: words::PAGE_LEAD.to(lang).to_owned(),
        noindex: true,
        ..Head::default()
    };
    document(page, head, Section::None, || {
        let verdict = format!("/q/{}", model.plain);
        let picture = if model.least_mm == 0 {
            view! { <p class="box gap">{words::NO_ORIGIN.to(lang)}</p> }.into_any()
        } else {
            let file = |extension: &str| format!("{verdict}/label.{extension}");
            let least = fill(words::MINIMUM.to(lang), &[("n", &model.least_mm.to_string())]);
            let alt =
                fill(words::SPOKEN.to(lang), &[("code", &model.code), ("host", &page.domain)]);
            view! {
                <section class="sec">
                    <p class="label"><img src=file("svg") alt=alt width=model.width_px height=model.height_px /></p>
                    <p>{least}</p>
                    <p class="acts"><a class="btn" href=file("svg") download>"SVG"</a><a class="btn b2" href=file("png") download>"PNG"</a></p>
                    {facts(page, &model.facts)}
                </section>
            }
            .into_any()
        };
        view! {
            {crumb(page, &[(model.code.clone(), verdict.clone())], title)}
            <div class="head"><h1>{title}</h1><p class="lead">{words::PAGE_LEAD.to(lang)}</p></div>
            {picture}
        }
        .into_any()
    })
}
