//! `/match`: a whole list looked up, in the browser or, where no script runs, by the server.

use leptos::prelude::*;
use register::Lang;

use crate::components::frame::{Head, Section, document};
use crate::components::record::section;
use crate::components::text::link;
use crate::i18n::{Words, count, fill, lookup as words};
use crate::model::{LookupLine, LookupPage, LookupResult, PageContext};

/// Most lines that are looked up in a browser at a time: a table of more takes minutes on a phone.
pub const BROWSER_LINES_MAX: usize = 20_000;
/// Lines the page shows; the CSV has all of them.
pub const SHOWN_MAX: usize = 500;

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &LookupPage) -> String {
    let lang = page.lang;
    let head = Head {
        title: words::TITLE.to(lang).to_owned(),
        description: words::DESCRIPTION.to(lang).to_owned(),
        noindex: model.result.is_some(),
        module: if in_browser(page, model) { page.assets.lookup.clone() } else { String::new() },
        ..Head::default()
    };
    document(page, head, Section::Data, || {
        let means =
            [words::MEANS_CERTAIN, words::MEANS_POSSIBLE, words::MEANS_NONE, words::MEANS_STATUS];
        let means: Vec<_> =
            means.iter().map(|w| view! { <li>{w.to(lang)}</li> }.into_any()).collect();
        view! {
            <div class="head"><h1>{words::TITLE.to(lang)}</h1><p class="lead">{words::LEAD.to(lang)}</p></div>
            {form(page, model)}
            <section class="sec" id="result" aria-live="polite" hidden=model.result.is_none()>
                <h2>{words::RESULT.to(lang)}</h2>
                {result(page, model)}
            </section>
            {section(lang, words::MEANING, view! { <ul class="lines">{means}</ul> }.into_any())}
        }
        .into_any()
    })
}

/// Whether the list can stay in the browser.
fn in_browser(page: &PageContext, model: &LookupPage) -> bool {
    !model.shelves.is_empty()
        && !page.assets.lookup.is_empty()
        && !page.assets.lookup_wasm.is_empty()
}

fn form(page: &PageContext, model: &LookupPage) -> AnyView {
    let lang = page.lang;
    let sizes = [
        ("n", count(model.lines_max as u64)),
        ("k", model.kilobytes_max.to_string()),
        ("r", count(model.records)),
    ];
    let sizes = sizes.each_ref().map(|(name, text)| (*name, text.as_str()));
    let local = in_browser(page, model);
    let server = if model.shelves.is_empty() { words::LARGE } else { words::SERVER };
    let script = local.then(|| script(page, model, fill(words::LOCAL.to(lang), &sizes)));
    view! {
        <form
            class="sec" id="lookup" action=page.now("/match") method="post" enctype="multipart/form-data"
            data-shelves=model.shelves.join(" ") data-program=page.assets.lookup_wasm.clone() data-prefix=lang.prefix()
            data-large=page.large.then_some("1") data-most=BROWSER_LINES_MAX.to_string() data-shown=SHOWN_MAX.to_string()
        >
            <label for="l">{words::FIELD.to(lang)}</label>
            <textarea class="gap4" id="l" name="list" rows="10" spellcheck="false" aria-describedby="lh"></textarea>
            <p class="sm q" id="lh">{fill(server.to(lang), &sizes)}</p>
            <p class="gap3"><label for="f">{words::FILE.to(lang)}</label></p>
            <input class="gap4" id="f" name="file" type="file" accept=".csv,.txt,.tsv,text/csv,text/plain,text/tab-separated-values" />
            <p class="acts"><button class="btn">{words::GO.to(lang)}</button></p>
            <p role="status"></p>
            {script}
        </form>
    }
    .into_any()
}

/// What the script says and shows; it has no words of its own.
fn script(page: &PageContext, model: &LookupPage, local: String) -> AnyView {
    let lang = page.lang;
    let mut says: Vec<(String, String)> = [
        ("summary", words::SUMMARY),
        ("download", words::DOWNLOAD),
        ("first", words::FIRST),
        ("progress", words::PROGRESS),
        ("loading", words::LOADING),
        ("empty", words::EMPTY),
        ("tooLarge", words::TOO_LARGE),
        ("failed", words::FAILED),
        ("more", words::MORE),
        ("code", words::CODE),
        ("drop", words::DROP),
    ]
    .map(|(name, word): (&str, Words)| (name.to_owned(), word.to(lang).to_owned()))
    .into();
    says.push(("local".to_owned(), local));
    for (prefix, table) in
        [("grade", &words::GRADES[..]), ("why", &words::WHYS[..]), ("remark", &words::REMARKS[..])]
    {
        says.extend(
            table.iter().map(|(code, w)| (format!("{prefix}.{code}"), w.to(lang).to_owned())),
        );
    }
    says.extend(model.statuses.iter().cloned());
    let says: Vec<_> = says
        .into_iter()
        .map(|(name, text)| view! { <li data-say=name>{text}</li> }.into_any())
        .collect();
    view! { <ul hidden>{says}</ul> }.into_any()
}

fn result(page: &PageContext, model: &LookupPage) -> Option<AnyView> {
    let lang = page.lang;
    Some(match model.result.as_ref()? {
        LookupResult::Refused(sentence) => view! {
            <div class="box gap3" role="alert"><h3>{words::REFUSED.to(lang)}</h3><p>{sentence.clone()}</p></div>
        }
        .into_any(),
        LookupResult::Lines(lines) => {
            let of = |grade: &str| {
                count(lines.iter().filter(|line| line.grade == grade).count() as u64)
            };
            let (n, a, b) = (count(lines.len() as u64), of("certain"), of("possible"));
            let (c, d) = (of("code"), of("none"));
            let values = [("n", n.as_str()), ("a", &a), ("b", &b), ("c", &c), ("d", &d)];
            let summary = fill(words::SUMMARY.to(lang), &values);
            let rows: Vec<_> = lines.iter().map(|one| line(page, one)).collect();
            view! { <p role="status">{summary}</p><ul class="rows">{rows}</ul> }.into_any()
        }
    })
}

fn line(page: &PageContext, line: &LookupLine) -> AnyView {
    let lang = page.lang;
    let word = |table: &[(&str, Words)], code: &str| {
        words::word(table, code).map_or("", |words| words.to(lang))
    };
    let dot = if lang == Lang::En { ", " } else { "，" };
    let hits: Vec<_> = line
        .hits
        .iter()
        .map(|hit| {
            let mut rest = String::new();
            for part in [hit.status.as_str(), word(&words::WHYS, hit.why)] {
                if !part.is_empty() {
                    rest.push_str(dot);
                    rest.push_str(part);
                }
            }
            view! { <p>{link(page, &hit.link)}<span class="q">{rest}</span></p> }.into_any()
        })
        .collect();
    let more = (line.more > 0).then(|| {
        let text = fill(words::MORE.to(lang), &[("n", &count(line.more as u64))]);
        view! { <p class="q">{text}</p> }
    });
    let code = (!line.code.is_empty()).then(|| {
        let to = page.now(&format!("/q/{}", line.code));
        view! { <p><a class="lk" href=to>{words::CODE.to(lang)}</a></p> }
    });
    let remarks: Vec<_> = line
        .remarks
        .iter()
        .map(|remark| view! { <p class="q">{word(&words::REMARKS, remark)}</p> }.into_any())
        .collect();
    view! {
        <li>
            <p class="sm q">{format!("{} · {}", line.number, word(&words::GRADES, line.grade))}</p>
            <h3><bdi>{line.text.clone()}</bdi></h3>
            {hits}{more}{code}{remarks}
        </li>
    }
    .into_any()
}
