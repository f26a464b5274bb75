//! Every list but the directories: products, enterprises, standards, notices, systems.

use leptos::prelude::*;
use register::coverage::Complete;
use search::Catalogue;
use serde_json::json;

use crate::components::frame::{Head, Section, document};
use crate::components::list as region;
use crate::components::record::sources;
use crate::components::text::status;
use crate::i18n::{count, fill, list as words, policy, record};
use crate::model::{Coverage, ListPage, PageContext, Status, StatusOf};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &ListPage) -> String {
    let lang = page.lang;
    let catalogue = model.view.catalogue;
    let title = words::heading(catalogue).to(lang).to_owned();
    let n = words::counted(catalogue, lang, model.all);
    let lead = fill(words::lead(catalogue).to(lang), &[("n", &n)]);
    let head = Head {
        title: match model.view.page {
            1 => title.clone(),
            page => format!("{title} {page}"),
        },
        description: lead.clone(),
        noindex: model.combined || model.view.as_of.is_some() || model.view.known.is_some(),
        json_ld: Some(json!({
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": title,
            "description": lead,
            "inLanguage": lang.tag(),
            "url": page.canonical(lang),
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": format!("{}{}", page.origin, page.twin(".csv"))},
                {"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": format!("{}{}", page.origin, page.twin(".json"))}
            ]
        })),
        script: true,
        feeds: !matches!(catalogue, Catalogue::Systems | Catalogue::Inconsistencies),
        ..Head::default()
    };
    let section = match catalogue {
        Catalogue::Products => Section::Products,
        Catalogue::Enterprises => Section::Enterprises,
        Catalogue::Standards => Section::Standards,
        Catalogue::Listings => Section::Directories,
        Catalogue::Notices
        | Catalogue::Inspections
        | Catalogue::Penalties
        | Catalogue::Restrictions
        | Catalogue::Inconsistencies => Section::Notices,
        Catalogue::Systems | Catalogue::Services => Section::Systems,
        Catalogue::Policies | Catalogue::Targets | Catalogue::Departments => Section::Policies,
    };
    document(page, head, section, || {
        view! {
            <div class="head"><h1>{title}</h1><p class="lead">{lead}</p></div>
            {(section == Section::Policies).then(|| beside(page))}
            {standings(page, model)}
            {(section == Section::Notices).then(|| supervision(page, catalogue))}
            {body(page, model)}
        }
        .into_any()
    })
}

/// The three lists of what the policies say, promise, and who does it.
fn beside(page: &PageContext) -> AnyView {
    let lang = page.lang;
    let links: Vec<_> = [
        ("/policies", policy::H_POLICIES),
        ("/targets", policy::TARGETS),
        ("/departments", policy::H_DEPARTMENTS),
    ]
    .into_iter()
    .map(|(path, word)| {
        let here = (page.path == path).then_some("page");
        view! { <a href=page.href(path) aria-current=here>{word.to(lang)}</a> }.into_any()
    })
    .collect();
    view! { <nav class="tags pick" aria-label=policy::H_POLICIES.to(lang)>{links}</nav> }.into_any()
}

/// How many are reached, missed, open or cannot be computed, each a list of its own.
fn standings(page: &PageContext, model: &ListPage) -> Option<AnyView> {
    let lang = page.lang;
    if model.standings.is_empty() {
        return None;
    }
    let numbers: Vec<_> = model
        .standings
        .iter()
        .map(|(code, n)| {
            let state = Status { of: StatusOf::Target, code: code.clone(), ..Status::default() };
            let to = page.href(&format!("/targets?status={code}"));
            view! { <div><dt><a href=to>{status(lang, &state)}</a></dt><dd>{count(*n)}</dd></div> }
                .into_any()
        })
        .collect();
    Some(view! { <dl class="sum">{numbers}</dl> }.into_any())
}

/// The lists of supervision, one beside the other.
fn supervision(page: &PageContext, here: Catalogue) -> AnyView {
    let lang = page.lang;
    let lists = [
        Catalogue::Notices,
        Catalogue::Inspections,
        Catalogue::Penalties,
        Catalogue::Restrictions,
        Catalogue::Inconsistencies,
    ];
    let links: Vec<_> = lists
        .into_iter()
        .map(|catalogue| {
            let current = (catalogue == here).then_some("page");
            let to = page.href(crate::model::list_path(catalogue));
            view! { <a href=to aria-current=current>{words::heading(catalogue).to(lang)}</a> }
        })
        .collect();
    view! { <nav class="tags pick" aria-label=words::SUPERVISION.to(lang)>{links}</nav> }.into_any()
}

/// The list and what is said about its sources; also the lower part of a directory.
pub fn body(page: &PageContext, model: &ListPage) -> AnyView {
    let lang = page.lang;
    if model.too_large_for_past {
        return view! { <p class="box gap3">{words::PAST_LARGE.to(lang)}</p> }.into_any();
    }
    let origin = sources(page, &model.sources);
    let more = (model.more_sources > 0)
        .then(|| view! { <p class="src"><a href=page.href("/data")>{fill(words::REST.to(lang), &[("n", &count(model.more_sources as u64))])}</a></p> });
    let covers = model.coverage.as_ref().map(|c| coverage(page, c));
    let added = search::spec(model.view.catalogue)
        .text("added_words")
        .map(|_| view! { <p class="src">{words::ADDED.to(lang)}</p> });
    let about = (origin.is_some() || covers.is_some()).then(|| {
        view! { <section class="sec"><h2>{words::SOURCES.to(lang)}</h2>{covers}{origin}{more}{added}</section> }
    });
    view! { {region::shell(page, model, "fq")}{about} }.into_any()
}

/// What a list should hold and holds, in sentences; the first is the register's own.
pub fn coverage(page: &PageContext, c: &Coverage) -> AnyView {
    let lang = page.lang;
    let complete = (c.complete == Complete::Yes)
        .then(|| view! { <p class="sm">{record::COMPLETE.to(lang)}</p> });
    view! {
        <p class="cov">{c.sentence(lang)}</p>
        {complete}
        <p class="sm">{record::NOT_HERE.to(lang)}</p>
    }
    .into_any()
}
