//! `/directories/{scheme}`: what it is, per year, by place, coverage, the list.

use leptos::prelude::*;
use serde_json::json;

use crate::components::chart;
use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record as blocks;
use crate::components::text::{link, status};
use crate::i18n::{changes, count, fill, record as words, service};
use crate::model::{DirectoryPage, Fact, Link, PageContext};
use crate::pages::list;
use crate::pages::service::entitlements;

const LIT: &str = r#"<svg width="14" height="14" aria-hidden="true"><rect class="lit" width="14" height="14"/></svg>"#;
const OUT: &str = r#"<svg width="14" height="14" aria-hidden="true"><rect class="out" width="14" height="14"/></svg>"#;

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &DirectoryPage) -> String {
    let lang = page.lang;
    let head = Head {
        title: model.name.clone(),
        feeds: true,
        description: if model.proves.is_empty() {
            model.name.clone()
        } else {
            model.proves.clone()
        },
        noindex: model.list.combined || page.as_of.is_some() || page.known.is_some(),
        json_ld: Some(json!({
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": model.name,
            "description": if model.proves.is_empty() { &model.name } else { &model.proves },
            "creator": {"@type": "Organization", "name": model.authority},
            "url": page.canonical(lang)
        })),
        script: true,
        ..Head::default()
    };
    document(page, head, Section::Directories, || main(page, model))
}

fn main(page: &PageContext, model: &DirectoryPage) -> AnyView {
    let lang = page.lang;
    let steps = [(words::DIR_INDEX.to(lang).to_owned(), "/directories".to_owned())];
    let years = chart::years(lang, &model.years).map(|svg| {
        view! {
            <section class="sec">
                <h2>{words::YEARS.to(lang)}</h2>
                <div inner_html=svg></div>
                <ul class="key">
                    <li><span inner_html=LIT></span>{words::IN_FORCE.to(lang)}" "<b class="num">{count(model.current)}</b></li>
                    <li><span inner_html=OUT></span>{words::LEFT.to(lang)}" "<b class="num">{count(model.ended)}</b></li>
                </ul>
                {year_table(page, model)}
                <p class="src">{words::YEARS_SRC.to(lang)}</p>
            </section>
        }
    });
    let coverage = model.coverage.as_ref().map(|c| {
        view! {
            <section class="box gap">
                <h2>{words::COVERAGE.to(lang)}</h2>
                {list::coverage(page, c)}
            </section>
        }
    });
    let places = (!model.places.is_empty()).then(|| {
        let lines: Vec<_> = model
            .places
            .iter()
            .map(|p| view! { <div><dt>{link(page, &p.link)}</dt><dd>{count(p.count)}</dd></div> }.into_any())
            .collect();
        view! { <section class="sec"><h2>{words::PLACES.to(lang)}</h2><dl class="nums small">{lines}</dl></section> }
    });
    let exits = (!model.exits.is_empty()).then(|| {
        let lines: Vec<_> = model
            .exits
            .iter()
            .map(|p| view! { <div><dt>{link(page, &p.link)}</dt><dd>{count(p.count)}</dd></div> }.into_any())
            .collect();
        view! { <section class="sec"><h2>{words::EXITS.to(lang)}</h2><dl class="nums small">{lines}</dl></section> }
    });
    let statistics = (model.current + model.ended > 0).then(|| {
        let to = page.href(&format!("/statistics?scheme={}", model.meta.key));
        let changed = page.href(&format!("/changes?scheme={}", model.meta.key));
        view! { <p class="inl"><a class="lk" href=to>{words::DIR_STATISTICS.to(lang)}</a><a class="lk" href=changed>{changes::MORE.to(lang)}</a></p> }
    });
    // The list has the field for another day already.
    let history = (!model.history.is_empty())
        .then(|| blocks::section(lang, words::HISTORY, blocks::timeline(page, &model.history)));
    view! {
        {crumb(page, &steps, &model.name)}
        <div class="head"><h1>{model.name.clone()}</h1><p class="lead">{model.proves.clone()}</p></div>
        <div class="strip">
            {status(lang, &model.status)}
            <span>{model.authority.clone()}</span>
            {model.successor.as_ref().map(|s| view! { <span>{words::SUCCESSOR.to(lang)}" "{link(page, s)}</span> })}
        </div>
        {banner(page, model)}
        <div class="cols side">
            <div>{years}{what(page, model)}</div>
            <div>{coverage}{places}{exits}{statistics}{entitlements(page, service::OF_SCHEME, &model.entitlements)}</div>
        </div>
        <section class="sec"><h2>{words::THE_LIST.to(lang)}</h2>{list::body(page, &model.list)}</section>
{crate::components::supervision::findings(page, &model.meta.findings)}        {history}
        {blocks::cite(page, &model.meta)}
    }
    .into_any()
}

/// What a reader has to know first: no longer awarded, or not known whether it still is.
fn banner(page: &PageContext, model: &DirectoryPage) -> Option<AnyView> {
    let lang = page.lang;
    let text = match (model.status.code.as_str(), &model.granted_years, model.basis_year) {
        ("historical", Some((first, last)), _) => {
            fill(words::HIST_YEARS.to(lang), &[("a", first), ("b", last)])
        }
        ("historical", None, _) => words::HIST_BANNER.to(lang).to_owned(),
        ("unverified", _, Some(year)) => {
            fill(words::UNVERIFIED_YEAR.to(lang), &[("y", &year.to_string())])
        }
        _ => return None,
    };
    Some(view! { <p class="box gap3"><b>{text}</b></p> }.into_any())
}

/// The chart's numbers, each with the rows behind it.
fn year_table(page: &PageContext, model: &DirectoryPage) -> AnyView {
    let lang = page.lang;
    let path = model.list.view.path.clone();
    let rows: Vec<_> = model
        .years
        .iter()
        .filter(|year| year.current + year.ended > 0)
        .map(|year| {
            let of = page.href(&format!("{path}?year={}", year.year));
            view! {
                <tr><th scope="row"><a href=of>{year.year}</a></th><td class="r">{count(year.current)}</td><td class="r">{count(year.ended)}</td></tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <details>
            <summary>{words::CHART_DATA.to(lang)}</summary>
            <table class="nw">
                <thead><tr><th scope="col">{words::COL_YEAR.to(lang)}</th><th scope="col" class="r">{words::IN_FORCE.to(lang)}</th><th scope="col" class="r">{words::LEFT.to(lang)}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
    .into_any()
}

fn what(page: &PageContext, model: &DirectoryPage) -> AnyView {
    let lang = page.lang;
    let line = |word: crate::i18n::Words, text: &str| Fact {
        label: word.to(lang).to_owned(),
        values: vec![Link::plain(text)],
    };
    let mut facts = vec![
        line(words::AUTHORITY, &model.authority),
        line(words::PROVES, &model.proves),
        line(words::NOT_PROVES, &model.does_not_prove),
    ];
    facts.extend(model.facts.iter().cloned());
    blocks::section(lang, words::WHAT, blocks::facts(page, &facts).into_any())
}
