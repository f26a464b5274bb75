//! `/targets/{id}`: what was promised, what the register counts, and how; `/targets/{id}/recount`: the
//! very records counted.

use leptos::prelude::*;

use crate::components::frame::{Head, Section, crumb, document};
use crate::components::policy::{self as parts, chinese};
use crate::components::record as blocks;
use crate::components::text::{date, link, sample_mark, status};
use crate::i18n::{comma, count, fill, list, policy as words};
use crate::model::{CountLine, Link, PageContext, RecountPage, TargetPage};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &TargetPage) -> String {
    let lang = page.lang;
    let head = Head {
        title: model.measure.clone(),
        description: [model.measure.as_str(), &model.goal, &model.policy.text].join(comma(lang)),
        noindex: page.as_of.is_some() || page.known.is_some(),
        ..Head::default()
    };
    document(page, head, Section::Policies, || main(page, model))
}

fn main(page: &PageContext, model: &TargetPage) -> AnyView {
    let lang = page.lang;
    let steps = [
        (words::H_POLICIES.to(lang).to_owned(), "/policies".to_owned()),
        (words::TARGETS.to(lang).to_owned(), "/targets".to_owned()),
    ];
    let due = match model.due.as_str() {
        "" => words::NO_DUE.to(lang).to_owned(),
        due => fill(words::DUE_ON.to(lang), &[("d", due)]),
    };
    let said = (!model.text.is_empty()).then(|| {
        let (open, close) = [("「", "」"), ("「", "」"), ("“", "”")][lang as usize];
        view! { <p class="lead" lang=chinese(lang)>{open}{model.text.clone()}{close}</p> }
    });
    view! {
        {crumb(page, &steps, &model.measure)}
        <div class="head wide"><h1>{model.measure.clone()}{sample_mark(lang, model.meta.sample)}</h1>{said}</div>
        <div class="strip">{status(lang, &model.status)}<span>{model.goal.clone()}</span><span>{due}</span></div>
        <div class="cols side">
            <div>{number(page, model)}{trend(page, model)}{how(page, model)}{blocks::history(page, &model.history, &model.meta)}{blocks::cite(page, &model.meta)}</div>
            <div>{promise(page, model)}</div>
        </div>
    }
    .into_any()
}

/// The value, on both days where both are of interest.
fn number(page: &PageContext, model: &TargetPage) -> AnyView {
    let lang = page.lang;
    if model.value.is_empty() {
        let now =
            view! { <p class="lead2">{words::NO_VALUE.to(lang)}</p><p>{model.reason.clone()}</p> };
        return blocks::section(
            lang,
            words::WHY_NOT,
            view! { {now}{official(page, model)} }.into_any(),
        );
    }
    let none = || words::NO_VALUE.to(lang).to_owned();
    let day = |word: crate::i18n::Words, day: &str| fill(word.to(lang), &[("d", day)]);
    let mut lines = Vec::new();
    if model.past {
        lines.push((day(words::ON_DUE, &model.due), model.value.clone()));
    }
    if !model.official {
        let now = if model.now.is_empty() { none() } else { model.now.clone() };
        lines.push((day(words::ON_DAY, &model.day), now));
    } else if !model.past {
        lines.push((words::OFFICIAL.to(lang).to_owned(), model.value.clone()));
    }
    lines.push((words::GOAL.to(lang).to_owned(), model.goal.clone()));
    let lines: Vec<_> = lines
        .into_iter()
        .map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> }.into_any())
        .collect();
    let rule = if model.past { words::DECIDES_DUE } else { words::DECIDES_DAY };
    let by = (!model.official).then(|| words::BY_US.to(lang));
    let about = model.about.then(|| view! { <p class="sm">{words::ABOUT_NOTE.to(lang)}</p> });
    let made_up =
        model.all_sample.then(|| view! { <p class="sm"><b>{words::SAMPLE_VALUE.to(lang)}</b></p> });
    let apart = (model.sample_apart > 0).then(|| {
        view! { <p class="sm">{fill(words::SAMPLE_APART.to(lang), &[("n", &count(model.sample_apart))])}</p> }
    });
    let space = (lang == register::Lang::En).then_some(" ");
    blocks::section(
        lang,
        words::THE_NUMBER,
        view! {
            <dl class="nums">{lines}</dl>
            <p class="sm gap4">{rule.to(lang)}{space}{by}</p>
            {made_up}{about}{apart}{official(page, model)}
        }
        .into_any(),
    )
}

fn official(page: &PageContext, model: &TargetPage) -> Option<AnyView> {
    let lang = page.lang;
    (!model.official_values.is_empty()).then(|| {
        let lines: Vec<_> = model
            .official_values
            .iter()
            .map(|(value, day, source)| {
                let sentence = fill(words::OFFICIAL_LINE.to(lang), &[("v", value), ("d", day)]);
                let (before, after) = sentence.split_once("{s}").unwrap_or((&sentence, ""));
                view! { <li>{before.to_owned()}{link(page, source)}{crate::components::text::some(after).map(str::to_owned)}</li> }
                    .into_any()
            })
            .collect();
        view! { <h3 class="gap2">{words::OFFICIAL.to(lang)}</h3><ul class="do2">{lines}</ul> }.into_any()
    })
}

fn trend(page: &PageContext, model: &TargetPage) -> Option<AnyView> {
    let lang = page.lang;
    let svg = parts::trend(lang, &model.trend, model.goal_height, &model.goal, model.due_place)?;
    let rows: Vec<_> = model
        .trend
        .iter()
        .map(|p| {
            view! { <tr><th scope="row">{date(&p.day)}</th><td>{p.value.clone()}</td></tr> }
                .into_any()
        })
        .collect();
    Some(blocks::section(
        lang,
        words::TREND,
        view! {
            <div inner_html=svg></div>
            <p class="src">{words::TREND_SRC.to(lang)}</p>
            <details>
                <summary>{words::TREND_TABLE.to(lang)}</summary>
                <table><thead><tr><th scope="col">{words::COL_DAY.to(lang)}</th><th scope="col">{words::COL_VALUE.to(lang)}</th></tr></thead><tbody>{rows}</tbody></table>
            </details>
        }
        .into_any(),
    ))
}

fn counts(page: &PageContext, all: &[CountLine]) -> AnyView {
    let lang = page.lang;
    let lines: Vec<_> = all
        .iter()
        .map(|c| {
            let n =
                fill(words::COUNT_LINE.to(lang), &[("n", &count(c.total)), ("h", &count(c.held))]);
            let list = c.list.as_ref().map(|to| view! { {comma(lang)}{link(page, to)} });
            // A formula of one count stands above already.
            let text = (all.len() > 1).then(|| view! { <code>{c.text.clone()}</code> });
            view! { <li>{text}<p class="sm q">{n}{list}</p></li> }.into_any()
        })
        .collect();
    view! { <ol class="do2">{lines}</ol> }.into_any()
}

fn how(page: &PageContext, model: &TargetPage) -> Option<AnyView> {
    let lang = page.lang;
    if model.formula.is_empty() {
        return None;
    }
    let to = format!("/targets/{}/recount", crate::model::encode_key(&model.meta.key));
    Some(blocks::section(
        lang,
        words::HOW,
        view! {
            <p class="box"><code>{model.formula.clone()}</code></p>
            <p class="sm gap4">{words::FORMULA_TEXT.to(lang)}</p>
            {counts(page, &model.counts)}
            <p class="acts"><a class="btn b2" href=page.href(&to)>{words::RECOUNT.to(lang)}</a></p>
        }
        .into_any(),
    ))
}

fn promise(page: &PageContext, model: &TargetPage) -> AnyView {
    let lang = page.lang;
    let offices = if model.offices.is_empty() {
        view! { <p>{words::NO_RESPONSIBLE.to(lang)}</p> }.into_any()
    } else {
        view! { <ul class="do2">{parts::offices(page, &model.offices)}</ul> }.into_any()
    };
    let note = (!model.note.is_empty()).then(|| {
        let tag = model.note_quoted.then(|| chinese(lang)).flatten();
        blocks::section(
            lang,
            words::NOTE,
            view! { <p lang=tag>{model.note.clone()}</p> }.into_any(),
        )
    });
    let document = view! {
        <p>{link(page, &model.policy)}</p>
        <p class="sm q">{words::CLAUSE.to(lang)}" "{link(page, &model.clause)}</p>
        {blocks::sources(page, &model.sources)}
    };
    view! {
        {blocks::section(lang, words::POLICY, document.into_any())}
        {blocks::section(lang, words::RESPONSIBLE, offices)}
        {note}
    }
    .into_any()
}

/// The page of the records counted.
#[must_use]
pub fn recount(page: &PageContext, model: &RecountPage) -> String {
    let lang = page.lang;
    let title = format!(
        "{}{}{}",
        words::RECOUNT_H.to(lang),
        ["：", "：", ": "][lang as usize],
        model.target.text
    );
    let head = Head {
        title: title.clone(),
        description: words::RECOUNT_LEAD.to(lang).to_owned(),
        noindex: page.as_of.is_some() || page.known.is_some() || model.page > 1,
        module: if can_count(page, model) { page.assets.recount.clone() } else { String::new() },
        ..Head::default()
    };
    document(page, head, Section::Policies, || {
        let steps = [
            (words::TARGETS.to(lang).to_owned(), "/targets".to_owned()),
            (model.target.text.clone(), model.target.href.clone().unwrap_or_default()),
        ];
        let rows: Vec<_> = model
            .rows
            .iter()
            .map(|(i, row)| {
                let as_what = (!row.as_what.is_empty()).then(|| {
                    view! { <p class="sm q">{words::RECOUNT_AS.to(lang)}" "{row.as_what.join(crate::i18n::and(lang))}</p> }
                });
                let of = (model.counts.len() > 1).then(|| view! { <p class="sm num">{format!("({})", i + 1)}</p> });
                view! {
                    <li><article><div><h3>{link(page, &row.link)}</h3><p class="sm q">{row.line.join(comma(lang))}</p>{as_what}</div><div>{of}</div></article></li>
                }
                .into_any()
            })
            .collect();
        let rows = if rows.is_empty() {
            view! { <p class="box">{words::RECOUNT_NONE.to(lang)}</p> }.into_any()
        } else {
            view! { <ol class="rows r2">{rows}</ol> }.into_any()
        };
        let to = |n: u64, word: crate::i18n::Words| {
            view! { <a class="lk" href=page.href(&format!("{}?page={n}", page.path))>{word.to(lang)}</a>" " }.into_any()
        };
        let before = (model.page > 1).then(|| to(model.page - 1, list::PREVIOUS));
        let after = (model.page < model.pages).then(|| to(model.page + 1, list::NEXT));
        let paging = (model.pages > 1)
            .then(|| view! { <nav class="pages" aria-label=list::PAGES.to(lang)><span class="inl">{before}{after}</span></nav> });
        let n = fill(words::RECOUNT_N.to(lang), &[("d", &model.day), ("n", &count(model.total))]);
        let value = if model.value.is_empty() { model.reason.clone() } else { model.value.clone() };
        view! {
            {crumb(page, &steps, words::RECOUNT_H.to(lang))}
            <div class="head wide"><h1>{title}</h1><p class="lead">{words::RECOUNT_LEAD.to(lang)}</p></div>
            <section class="sec">
                <h2>{words::FORMULA.to(lang)}</h2>
                <p class="box"><code>{model.formula.clone()}</code></p>
                {counts(page, &model.counts)}
                <p class="lead2">"= "<b class="num">{value}</b></p>
            </section>
            {again(page, model)}
            <section class="sec"><h2>{n}</h2>{rows}{paging}
                <p class="inl gap3"><a class="lk" href=page.twin(".json")>"JSON"</a><a class="lk" href=page.twin(".csv")>"CSV"</a></p>
            </section>
        }
        .into_any()
    })
}

fn can_count(page: &PageContext, model: &RecountPage) -> bool {
    let assets = &page.assets;
    !model.counted.is_empty() && !assets.recount.is_empty() && !assets.recounter.is_empty()
}

/// The button that counts again, out of sight where no script runs.
fn again(page: &PageContext, model: &RecountPage) -> Option<AnyView> {
    if !can_count(page, model) {
        return None;
    }
    let lang = page.lang;
    let twin = page.twin(".json");
    let mut from = format!("{twin}{}records=all", if twin.contains('?') { "&" } else { "?" });
    // What has been recorded since the page was made is left out, or the two could differ.
    if page.known.is_none() {
        from = format!("{from}&known={}", page.log_size);
    }
    let says: Vec<_> = [
        ("busy", words::AGAIN_BUSY),
        ("equal", words::AGAIN_EQUAL),
        ("differs", words::AGAIN_DIFFERS),
        ("too_many", words::AGAIN_TOO_MANY),
        ("failed", words::AGAIN_FAILED),
    ]
    .into_iter()
    .map(|(word, text)| {
        let text = fill(text.to(lang), &[("p", &model.counted)]);
        view! { <span hidden data-say=word>{text}</span> }.into_any()
    })
    .collect();
    Some(view! {
        <section class="sec js" id="again" data-from=from data-said=model.counted.clone() data-program=page.assets.recounter.clone()>
            <h2>{words::AGAIN_H.to(lang)}</h2>
            <p class="sm q">{words::AGAIN_TEXT.to(lang)}</p>
            <p class="acts"><button class="btn b2" type="button">{words::AGAIN.to(lang)}</button></p>
            <p role="status"></p>
            {says}
        </section>
    }
    .into_any())
}

/// A link to a target's page, in words.
#[must_use]
pub fn to(key: &str, text: &str) -> Link {
    Link::to(text, format!("/targets/{}", crate::model::encode_key(key)))
}
