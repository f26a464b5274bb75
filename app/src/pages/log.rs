//! `/log`: the log in public, for people. What programs read is beside it, below `/log/`.

use leptos::prelude::*;

use crate::components::frame::{Head, Section, document};
use crate::components::record::section;
use crate::i18n::{Words, count, fill, log as words};
use crate::model::{LogPage, LogWitness, PageContext, SignedLog};
use register::Lang;

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &LogPage) -> String {
    let lang = page.lang;
    let head = Head {
        title: words::PAGE.to(lang).to_owned(),
        description: words::LEAD.to(lang).to_owned(),
        ..Head::default()
    };
    document(page, head, Section::Data, || {
        view! {
            <div class="head"><h1>{words::H1.to(lang)}</h1><p class="lead">{words::LEAD.to(lang)}</p></div>
            {now(page, model)}
            {witnesses(page, model)}
            {how(page, model)}
            {section(lang, words::MEANS, view! { <ul class="lines">{lines(page, &means(model))}</ul> }.into_any())}
        }
        .into_any()
    })
}

fn means(model: &LogPage) -> Vec<Words> {
    let mut all = vec![words::YES_1, words::YES_2];
    if !model.witnesses.is_empty() {
        all.push(words::W_YES);
    }
    all.extend([words::NOT_1, words::NOT_2, words::NOT_3]);
    all
}

/// Who else signed the log, how much of it and when; or that nobody did.
fn witnesses(page: &PageContext, model: &LogPage) -> AnyView {
    let lang = page.lang;
    if model.witnesses.is_empty() {
        let none = view! { <p>{words::W_NONE.to(lang)}</p> }.into_any();
        return section(lang, words::WITNESSES, none);
    }
    let told: Vec<_> = model.witnesses.iter().map(|one| witness(page, model.size, one)).collect();
    section(
        lang,
        words::WITNESSES,
        view! {
            <p>{words::W_LEAD.to(lang)}</p>
            <ul class="lines">{told}</ul>
            <p class="src">{words::W_COMMAND.to(lang)}</p>
        }
        .into_any(),
    )
}

fn witness(page: &PageContext, size: u64, one: &LogWitness) -> AnyView {
    let lang = page.lang;
    let age = match one.days {
        ..=0 => words::W_TODAY.to(lang).to_owned(),
        days => fill(words::W_DAYS.to(lang), &[("n", &days.to_string())]),
    };
    let values = [("n", count(one.size)), ("t", one.signed_on.clone()), ("a", age)];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let mut text = fill(words::W_SIGNED.to(lang), &values);
    if size > one.size {
        let behind = fill(words::W_BEHIND.to(lang), &[("n", &count(size - one.size))]);
        text.push_str(if lang == Lang::En { " " } else { "" });
        text.push_str(&behind);
    }
    let comma = if lang == Lang::En { ": " } else { "：" };
    view! { <li><b>{one.name.clone()}</b>{comma}{text}<br /><code class="brk">{one.key.clone()}</code></li> }
        .into_any()
}

fn lines(page: &PageContext, all: &[Words]) -> Vec<AnyView> {
    all.iter().map(|line| view! { <li>{line.to(page.lang)}</li> }.into_any()).collect()
}

fn now(page: &PageContext, model: &LogPage) -> AnyView {
    let lang = page.lang;
    let second = |signed: &SignedLog| {
        signed.second.clone().map(|key| {
            view! { <dt>{words::SECOND.to(lang)}</dt><dd class="brk"><code>{key}</code></dd> }
        })
    };
    let signed = match &model.signed {
        Some(signed) => view! {
            <dl class="kv">
                <dt>{words::ENTRIES.to(lang)}</dt><dd>{count(model.size)}</dd>
                <dt>{words::ROOT.to(lang)}</dt><dd class="brk"><code>{model.root.clone()}</code></dd>
                <dt>{words::NAME.to(lang)}</dt><dd class="brk"><code>{model.name.clone()}</code></dd>
                <dt>{words::KEY.to(lang)}</dt><dd class="brk"><code>{signed.key.clone()}</code></dd>
                {second(signed)}
            </dl>
            <pre class="box gap"><code>{signed.checkpoint.clone()}</code></pre>
            <p class="src">{words::KEEP.to(lang)}</p>
        }
        .into_any(),
        None => view! {
            <dl class="kv">
                <dt>{words::ENTRIES.to(lang)}</dt><dd>{count(model.size)}</dd>
                <dt>{words::ROOT.to(lang)}</dt><dd class="brk"><code>{model.root.clone()}</code></dd>
                <dt>{words::NAME.to(lang)}</dt><dd class="brk"><code>{model.name.clone()}</code></dd>
            </dl>
            <p class="src">{words::NO_KEY.to(lang)}</p>
        }
        .into_any(),
    };
    section(lang, words::NOW, signed)
}

fn how(page: &PageContext, model: &LogPage) -> AnyView {
    let lang = page.lang;
    let origin = if page.origin.is_empty() { "https://…" } else { &page.origin };
    let command = format!("liangbiao log verify {origin} --keep checkpoint.txt");
    // A log shorter than a whole bundle has a partial one.
    let entries = match model.size {
        0 => None,
        n if n >= 256 => Some("/log/tile/entries/000".to_owned()),
        n => Some(format!("/log/tile/entries/000.p/{n}")),
    };
    let mut files = Vec::new();
    if model.signed.is_some() {
        files.push((words::F_CHECKPOINT, "/log/checkpoint".to_owned()));
        files.push((words::F_KEY, "/log/vkey".to_owned()));
    }
    files.extend(entries.map(|path| (words::F_ENTRIES, path)));
    let files: Vec<_> = files
        .into_iter()
        .map(|(word, path)| view! { <a class="lk" href=path>{word.to(lang)}</a>" " }.into_any())
        .collect();
    section(
        lang,
        words::HOW,
        view! {
            <ul class="lines">{lines(page, &[words::HOW_ALL, words::HOW_ONE, words::HOW_OWN])}</ul>
            <pre class="box gap"><code>{command}</code></pre>
            <p class="inl gap">{files}<a class="lk" href=page.twin(".json")>"JSON"</a></p>
        }
        .into_any(),
    )
}
