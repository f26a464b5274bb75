//! `/cite?of=…`: a page's fixed link, what it held, and the same for programs that keep references.

use leptos::prelude::*;

use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record::section;
use crate::components::text::date;
use crate::i18n::{cite as words, count};
use crate::model::{Citation, PageContext};

/// The document. `files`: addresses of the plain text, BibTeX and CSL-JSON.
#[must_use]
pub fn render(page: &PageContext, model: &Citation, files: &[String; 3]) -> String {
    let lang = page.lang;
    let title = words::PAGE.to(lang);
    let head = Head {
        title: format!("{title} {}", model.title),
        description: words::LEAD.to(lang).to_owned(),
        noindex: true,
        ..Head::default()
    };
    document(page, head, Section::None, || {
        view! {
            {crumb(page, &[], title)}
            <div class="head"><h1>{title}</h1><p class="lead">{words::LEAD.to(lang)}</p></div>
            {fixed(page, model)}
            {forms(page, model, files)}
            {checkpoint(page, model)}
        }
        .into_any()
    })
}

fn fixed(page: &PageContext, model: &Citation) -> AnyView {
    let lang = page.lang;
    let (rows, how) = if model.data.is_empty() {
        (None, words::NO_DATA)
    } else {
        let rows = view! {
            <dt>{words::DATA.to(lang)}</dt><dd><a href=model.data.clone()><code>{model.data.clone()}</code></a></dd>
            <dt>{words::HASH.to(lang)}</dt><dd><code>{model.sha256.clone()}</code></dd>
        };
        (Some(rows), words::HASH_HOW)
    };
    let origin =
        page.origin.is_empty().then(|| view! { <p class="src">{words::NO_ORIGIN.to(lang)}</p> });
    section(
        lang,
        words::FROZEN,
        view! {
            <p class="box"><a href=model.path.clone()><code>{model.url.clone()}</code></a></p>
            {origin}
            <dl class="kv">
                <dt>{words::OF.to(lang)}</dt><dd>{model.title.clone()}</dd>
                <dt>{words::DAY.to(lang)}</dt><dd>{date(&model.day)}</dd>
                <dt>{words::SIZE.to(lang)}</dt><dd>{count(model.known)}</dd>
                {rows}
            </dl>
            <p class="src">{how.to(lang)}</p>
        }
        .into_any(),
    )
}

fn forms(page: &PageContext, model: &Citation, files: &[String; 3]) -> AnyView {
    let lang = page.lang;
    let csl = serde_json::to_string_pretty(&model.csl_json()).unwrap_or_default();
    let [text, bib, json] = files.clone();
    view! {
        {section(lang, words::TEXT, view! {
            <p class="box">{model.text()}</p>
            <p><a class="lk" href=text>"citation.txt"</a></p>
        }.into_any())}
        <section class="sec">
            <h2>"BibTeX"</h2>
            <pre class="box"><code>{model.bibtex()}</code></pre>
            <p><a class="lk" href=bib>"citation.bib"</a></p>
        </section>
        <section class="sec">
            <h2>"CSL-JSON"</h2>
            <pre class="box"><code>{csl}</code></pre>
            <p><a class="lk" href=json>"citation.json"</a></p>
        </section>
    }
    .into_any()
}

fn checkpoint(page: &PageContext, model: &Citation) -> AnyView {
    let lang = page.lang;
    let body = match &model.checkpoint {
        Some(note) => view! {
            <pre class="box"><code>{note.clone()}</code></pre>
            <p class="src">{words::CHECKPOINT_HOW.to(lang)}</p>
        }
        .into_any(),
        None => view! { <p class="src">{words::NO_CHECKPOINT.to(lang)}</p> }.into_any(),
    };
    section(lang, words::CHECKPOINT, body)
}
