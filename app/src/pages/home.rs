//! `/`: what this is, one search box, three doors, latest changes, numbers, one comparison from the register.

use leptos::prelude::*;
use serde_json::json;

use crate::components::chart::escape;
use crate::components::frame::{Head, Section, document};
use crate::components::text::{date, hidden, icon, link, seen};
use crate::i18n::changes as change_words;
use crate::i18n::{Words, comma, count, fill, percent, policy, record, site};
use crate::model::{Comparison, HomePage, Link, PageContext};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &HomePage) -> String {
    let lang = page.lang;
    let url = page.canonical(lang);
    let head = Head {
        title: site::HOME_TITLE.to(lang).to_owned(),
        description: site::HOME_DESCRIPTION.to(lang).to_owned(),
        noindex: page.as_of.is_some() || page.known.is_some(),
        json_ld: Some(json!({
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": site::NAME.to(lang),
            "url": url,
            "inLanguage": lang.tag(),
            "potentialAction": {
                "@type": "SearchAction",
                "target": format!("{}{}/products?q={{search_term_string}}", page.origin, lang.prefix()),
                "query-input": "required name=search_term_string"
            }
        })),
        module: super::changes::module(page),
        ..Head::default()
    };
    document(page, head, Section::None, || main(page, model))
}

fn main(page: &PageContext, model: &HomePage) -> AnyView {
    let lang = page.lang;
    let action = format!("{}/products", lang.prefix());
    view! {
        <div class="hero">
            <div>
                <h1><span class="nb">{site::HOME_H1_A.to(lang)}</span><span class="nb">{site::HOME_H1_B.to(lang)}</span></h1>
                <p class="lead">{site::HOME_LEAD.to(lang)}</p>
                <form class="gap2" action=action method="get" role="search">
                    <label for="q">{site::HOME_FIELD.to(lang)}</label>
                    <div class="search">
                        <input id="q" name="q" type="search" placeholder=site::HOME_PLACEHOLDER.to(lang) maxlength="200" autocomplete="off" />
                        <button class="btn">{site::SEARCH.to(lang)}</button>
                    </div>
                    {page.large.then(|| hidden("size", "large"))}
                </form>
            </div>
            {model.example.as_ref().and_then(|(product, c)| example(page, product, c))}
        </div>
        <div class="doors">
            {door(page, site::DOOR_BUY, site::DOOR_BUY_TEXT, &[
                ("/products?status=valid", site::DOOR_BUY_VALID),
                ("/notices", site::DOOR_BUY_RECALLS),
                ("/12315", site::DOOR_BUY_REPORT),
            ])}
            {door(page, site::DOOR_CITE, site::DOOR_CITE_TEXT, &[
                ("/directories", site::DOOR_CITE_DIRECTORIES),
                ("/targets", policy::H_TARGETS),
                ("/data", site::DOOR_CITE_DATA),
                ("/methods", site::DOOR_CITE_METHODS),
            ])}
            {door(page, site::DOOR_FIRM, site::DOOR_FIRM_TEXT, &[
                ("/enterprises", site::DOOR_FIRM_CHECK),
                ("/standards", site::DOOR_FIRM_STANDARDS),
                ("/12315", site::DOOR_FIRM_CORRECT),
            ])}
        </div>
        <div class="cols side">
            <section class="sec"><h2>{site::CHANGES.to(lang)}</h2>{seen(page, false)}{changes(page, model)}<p><a class="lk" href=page.href("/changes")>{change_words::MORE.to(lang)}</a></p></section>
            <section class="sec"><h2>{site::HOLDS.to(lang)}</h2>{numbers(page, model)}</section>
        </div>
    }
    .into_any()
}

fn door(page: &PageContext, title: Words, text: Words, links: &[(&'static str, Words)]) -> AnyView {
    let lang = page.lang;
    let links: Vec<_> = links
        .iter()
        .map(|(path, word)| {
            view! { <a class="lk" href=page.href(path)>{word.to(lang)}</a> }.into_any()
        })
        .collect();
    view! { <section><h2>{title.to(lang)}</h2><p class="q">{text.to(lang)}</p>{links}</section> }
        .into_any()
}

fn changes(page: &PageContext, model: &HomePage) -> AnyView {
    let lang = page.lang;
    if model.changes.is_empty() {
        return view! { <p>{site::CHANGES_NONE.to(lang)}</p> }.into_any();
    }
    let lines: Vec<_> = model
        .changes
        .iter()
        .map(|change| {
            let (tone, shape, word) = record::event(&change.code);
            let text = (!change.text.is_empty()).then(|| format!("{}{}", comma(lang), change.text));
            view! {
                <li>
                    {date(&change.date)}
                    <span class=format!("st {tone}")>{icon(shape)}{word.to(lang)}</span>
                    <p>{link(page, &change.about)}{text}</p>
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="rows ev">{lines}</ul> }.into_any()
}

fn numbers(page: &PageContext, model: &HomePage) -> AnyView {
    let lang = page.lang;
    let listings = fill(site::N_DIRECTORIES.to(lang), &[("n", &count(model.schemes))]);
    let lines = [
        (site::N_VALID.to(lang).to_owned(), model.products_valid),
        (site::N_ENDED.to(lang).to_owned(), model.products_ended),
        (listings, model.listings),
        (site::N_ENTERPRISES.to(lang).to_owned(), model.enterprises),
        (site::N_STANDARDS.to(lang).to_owned(), model.standards),
        (site::N_NOTICES.to(lang).to_owned(), model.notices),
    ];
    let lines: Vec<_> = lines
        .into_iter()
        .map(|(label, n)| view! { <div><dt>{label}</dt><dd>{count(n)}</dd></div> }.into_any())
        .collect();
    let day = page.as_of.as_deref().unwrap_or(&page.day);
    view! {
        <dl class="nums">{lines}</dl>
        <p class="src">{fill(site::COMPUTED.to(lang), &[("d", day)])}<a href=page.href("/methods")>{site::HOW.to(lang)}</a></p>
    }
    .into_any()
}

/// The step chart: the national standard, the own standard above it, the measured value above that.
fn example(page: &PageContext, product: &Link, c: &Comparison) -> Option<AnyView> {
    use crate::components::chart::with_unit;
    let lang = page.lang;
    let base = c.baselines.first()?;
    let limit = c.limit.as_ref()?;
    let n = limit.strictness.filter(|n| *n > 0)?;
    let base_text = format!("{} {}", base.standard.text, with_unit(&base.limit.value, &c.unit));
    let own_text = format!("{} {}", record::OWN.to(lang), with_unit(&limit.value, &c.unit));
    let stricter =
        fill(record::STRICTER.to(lang), &[("s", &base.standard.text), ("n", &percent(n))]);
    let mut label = format!(
        "{}{}{}{}{}{}{}",
        product.text,
        comma(lang),
        c.name,
        ["：", "：", ": "][lang as usize],
        base_text,
        comma(lang),
        own_text
    );
    let mut svg = format!(
        "<rect class=\"base\" x=\"0\" y=\"193\" width=\"34%\" height=\"8\"/><rect class=\"trk\" x=\"34%\" y=\"196\" width=\"66%\" height=\"2\"/><rect class=\"lit\" x=\"34%\" y=\"110\" width=\"66%\" height=\"12\"/><line x1=\"34%\" x2=\"34%\" y1=\"116\" y2=\"196\" stroke=\"currentColor\" stroke-dasharray=\"2 4\"/><text class=\"b\" x=\"0\" y=\"184\">{}</text><text x=\"0\" y=\"228\">{}</text><text class=\"a\" x=\"36%\" y=\"100\">{}</text><text x=\"36%\" y=\"148\">{}</text>",
        escape(&base_text),
        escape(&c.name),
        escape(&own_text),
        escape(&stricter)
    );
    if let Some(m) = c.measured.as_ref().filter(|m| m.limit.strictness.is_some_and(|s| s >= n)) {
        let text = format!("{} {}", record::MEASURED.to(lang), with_unit(&m.limit.value, &c.unit));
        label.push_str(&format!("{}{text}", comma(lang)));
        svg.push_str(&format!(
            "<line x1=\"84%\" x2=\"84%\" y1=\"44\" y2=\"112\" stroke=\"currentColor\" stroke-dasharray=\"2 4\"/><circle class=\"me\" cx=\"84%\" cy=\"40\" r=\"10\"/><text class=\"b e\" x=\"79%\" y=\"46\">{}</text>",
            escape(&text)
        ));
    }
    let svg = format!(
        "<svg class=\"fig\" height=\"244\" role=\"img\" aria-label=\"{}\">{svg}</svg>",
        escape(&label)
    );
    let to = Link { text: site::EXAMPLE_SEE.to(lang).to_owned(), href: product.href.clone() };
    Some(
        view! {
            <figure>
                <div inner_html=svg></div>
                <figcaption class="src">{site::EXAMPLE.to(lang)}{(lang == register::Lang::En).then_some(" ")}{product.text.clone()}{comma(lang)}{link(page, &to)}</figcaption>
            </figure>
        }
        .into_any(),
    )
}
