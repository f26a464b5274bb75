//! `/data`: downloads, formats, licences, freshness.

use leptos::prelude::*;
use serde_json::json;

use crate::components::frame::{Head, Section, document};
use crate::components::text::{date, is_safe, sample_mark};
use crate::i18n::{about as words, count};
use crate::model::{DataPage, PageContext};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &DataPage) -> String {
    let lang = page.lang;
    let head = Head {
        title: words::DATA.to(lang).to_owned(),
        description: words::DATA_LEAD.to(lang).to_owned(),
        noindex: page.as_of.is_some() || page.known.is_some(),
        json_ld: Some(json!({
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": words::DATA.to(lang),
            "description": words::DATA_LEAD.to(lang),
            "url": page.canonical(lang),
            "isAccessibleForFree": true,
            "license": words::LICENCES_TEXT.to(lang),
            "creator": { "@type": "Organization", "name": page.office },
            "distribution": distribution(page, model)
        })),
        ..Head::default()
    };
    document(page, head, Section::Data, || main(page, model))
}

/// The files that hold everything; those of single kinds stand in the DCAT description.
fn distribution(page: &PageContext, model: &DataPage) -> Vec<serde_json::Value> {
    let whole = model.whole.iter().filter(|file| file.format != "CSV");
    whole
        .map(|file| {
            json!({
                "@type": "DataDownload",
                "name": format!("{} {}", file.what, file.format),
                "contentUrl": format!("{}{}", page.origin, file.href),
                "encodingFormat": "application/gzip",
                "contentSize": format!("{} B", file.bytes),
                "sha256": file.sha256
            })
        })
        .collect()
}

/// The whole register as files.
fn whole(page: &PageContext, model: &DataPage) -> AnyView {
    let lang = page.lang;
    let files: Vec<_> = model
        .whole
        .iter()
        .map(|file| {
            view! {
                <tr>
                    <th scope="row"><a href=file.href.clone()>{file.what.clone()}" "{file.format}</a></th>
                    <td class="r">{count(file.rows)}</td>
                    <td class="r">{size(file.bytes)}</td>
                    <td><code>{file.sha256.clone()}</code></td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let past = page.as_of.is_some() || page.known.is_some();
    let table = if files.is_empty() && past {
        ().into_any()
    } else if files.is_empty() {
        view! { <p>{words::WHOLE_LATER.to(lang)}</p> }.into_any()
    } else {
        let lead = words::WHOLE_LEAD
            .to(lang)
            .replace("{d}", &page.day.to_string())
            .replace("{n}", &count(page.log_size));
        view! {
            <p>{lead}</p>
            <div class="scroll" role="region" aria-label=words::WHOLE_TABLE.to(lang) tabindex="0">
                <table>
                    <caption>{words::WHOLE_TABLE.to(lang)}</caption>
                    <thead><tr><th scope="col">{words::COL_FILE.to(lang)}</th><th scope="col" class="r">{words::COL_ROWS.to(lang)}</th><th scope="col" class="r">{words::COL_SIZE.to(lang)}</th><th scope="col">"SHA-256"</th></tr></thead>
                    <tbody>{files}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let links = [
        ("/data/files.json", words::WHOLE_LIST),
        ("/data/schema.json", words::WHOLE_FIELDS),
        ("/data/dcat.jsonld", words::WHOLE_DCAT),
        ("/api/v1/openapi.json", words::WHOLE_API),
    ]
    .map(|(href, word)| view! { <li><a href=href>{word.to(lang)}</a></li> }.into_any())
    .into_iter()
    .collect::<Vec<_>>();
    view! {
        <section class="sec">
            <h2>{words::WHOLE.to(lang)}</h2>
            {table}
            <p class="sm q">{words::WHOLE_MORE.to(lang)}</p>
            <ul>{links}<li><a href=page.now("/match")>{words::WHOLE_MATCH.to(lang)}</a></li></ul>
        </section>
    }
    .into_any()
}

/// A size for readers, in decimal units.
fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{} B", count(bytes)),
        10_000..10_000_000 => format!("{} KB", count(bytes.div_ceil(1_000))),
        _ => format!("{} MB", count(bytes.div_ceil(1_000_000))),
    }
}

fn main(page: &PageContext, model: &DataPage) -> AnyView {
    let lang = page.lang;
    let files: Vec<_> = model
        .files
        .iter()
        .map(|file| {
            let to = |href: &str, word: &'static str| {
                let href = format!("{}{href}", lang.prefix());
                view! { <a class="lk" href=href>{word}</a>" " }.into_any()
            };
            let csv = (!file.csv.is_empty()).then(|| to(&file.csv, "CSV"));
            let json = (!file.json.is_empty()).then(|| to(&file.json, "JSON"));
            view! { <tr><th scope="row">{file.name.clone()}</th><td class="r">{count(file.rows)}</td><td>{csv}{json}</td></tr> }
                .into_any()
        })
        .collect();
    let sources: Vec<_> = model
        .sources
        .iter()
        .map(|source| {
            let title = match source.url.as_deref().filter(|url| is_safe(url)) {
                Some(url) => view! { <a href=url.to_owned()>{source.title.clone()}</a> }.into_any(),
                None => source.title.clone().into_any(),
            };
            let licence = if source.licence.is_empty() {
                words::NO_LICENCE.to(lang).to_owned()
            } else {
                source.licence.clone()
            };
            view! {
                <tr>
                    <th scope="row">{title}{sample_mark(lang, source.sample)}</th>
                    <td>{source.publisher.clone()}</td>
                    <td>{date(&source.retrieved_on)}</td>
                    <td>{date(&source.checked_on)}</td>
                    <td>{licence}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let numbers: Vec<_> = model
        .numbers
        .iter()
        .map(|n| {
            let label = if n.href.is_empty() {
                n.label.clone().into_any()
            } else {
                view! { <a href=page.href(&n.href)>{n.label.clone()}</a> }.into_any()
            };
            view! { <div><dt>{label}</dt><dd>{count(n.count)}</dd></div> }.into_any()
        })
        .collect();
    let files = view! {
        <section class="sec">
            <h2>{words::FILES.to(lang)}</h2>
            <div class="scroll" role="region" aria-label=words::FILES_TABLE.to(lang) tabindex="0">
                <table>
                    <caption>{words::FILES_TABLE.to(lang)}</caption>
                    <thead><tr><th scope="col">{words::COL_LIST.to(lang)}</th><th scope="col" class="r">{words::COL_ROWS.to(lang)}</th><th scope="col">{words::COL_FORMATS.to(lang)}</th></tr></thead>
                    <tbody>{files}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any();
    view! {
        <div class="head"><h1>{words::DATA.to(lang)}</h1><p class="lead">{words::DATA_LEAD.to(lang)}</p></div>
        <div class="cols side">
            <div>
                {files}
                <section class="sec">
                    <h2>{words::FORMATS.to(lang)}</h2>
                    <p>{words::FORMATS_CSV.to(lang)}</p>
                    <p>{words::FORMATS_JSON.to(lang)}</p>
                    <p>{words::FORMATS_ONE.to(lang)}</p>
                    <p>{words::FORMATS_PAST.to(lang)}</p>
                </section>
            </div>
            <div><section class="sec"><h2>{words::NUMBERS.to(lang)}</h2><dl class="nums small">{numbers}</dl></section></div>
        </div>
        {whole(page, model)}
        <section class="sec">
            <h2>{words::LICENCES.to(lang)}</h2>
            <p>{words::LICENCES_TEXT.to(lang)}</p>
            <div class="scroll" role="region" aria-label=words::SOURCES_TABLE.to(lang) tabindex="0">
                <table>
                    <caption>{words::SOURCES_TABLE.to(lang)}</caption>
                    <thead><tr>
                        <th scope="col">{words::COL_SOURCE.to(lang)}</th>
                        <th scope="col">{words::COL_PUBLISHER.to(lang)}</th>
                        <th scope="col">{words::COL_READ.to(lang)}</th>
                        <th scope="col">{words::COL_CHECKED.to(lang)}</th>
                        <th scope="col">{words::COL_LICENCE.to(lang)}</th>
                    </tr></thead>
                    <tbody>{sources}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
