//! Pages of cases: the list, and one of them.

mod mark;

use leptos::prelude::*;
use register::Lang;

use super::passkeys::instead_of_code;
use crate::components::text::{data, date, hidden, icon, is_safe, some};
use crate::i18n::desk::{self as base, cases as words, word};
use crate::i18n::{fill, report};
use crate::model::{DeskCase, DeskCaseView, DeskFrame, PageContext};

fn state(lang: Lang, of: &DeskCase) -> AnyView {
    let (tone, shape, name) = report::state(&of.state);
    let late = of.overdue.then(|| {
        view! { <span class="st bad">{icon("tri")}{words::OVERDUE.to(lang)}</span>" " }
    });
    let mark = of.contested.then(|| {
        let (tone, shape, name) = match of.state.as_str() {
            "answered" => ("bad", "tri", words::STILL),
            _ => ("warn", "unk", words::MARKED),
        };
        view! { <span class=format!("st {tone}")>{icon(shape)}{name.to(lang)}</span>" " }
    });
    view! { <span>{late}{mark}<span class=format!("st {tone}")>{icon(shape)}{name.to(lang)}</span></span> }
        .into_any()
}

pub(super) fn list(page: &PageContext, items: &[DeskCase]) -> AnyView {
    let lang = page.lang;
    let rows: Vec<_> = items
        .iter()
        .map(|item| {
            let href = page.now(&format!("/cases/{}", item.label));
            let due = fill(words::DUE.to(lang), &[("d", &item.due)]);
            let asker = word(&report::ASKERS, &item.asker, lang);
            view! {
                <li><article>
                    <div>
                        <h3><a href=href>{item.label.clone()}" "{word(&report::WHATS, &item.what, lang)}</a></h3>
                        <p class="sm q">{item.kind.clone()}" "<code class="brk">{item.key.clone()}</code>" · "{asker}" · "{due}</p>
                    </div>
                    {state(lang, item)}
                </article></li>
            }
            .into_any()
        })
        .collect();
    let all = if rows.is_empty() {
        view! { <p class="gap3">{words::NONE.to(lang)}</p> }.into_any()
    } else {
        view! { <h2 class="vh">{words::TITLE.to(lang)}</h2><ol class="rows r2 gap3">{rows}</ol> }
            .into_any()
    };
    view! { <p class="lead">{words::LEAD.to(lang)}</p>{all} }.into_any()
}

pub(super) fn one(page: &PageContext, frame: &DeskFrame, of: &DeskCaseView) -> AnyView {
    let lang = page.lang;
    let item = &of.item;
    let record = match some(&of.href).filter(|href| is_safe(href)) {
        Some(href) => view! { <a href=href.to_owned()>{item.key.clone()}</a> }.into_any(),
        None => view! { <code class="brk">{item.key.clone()}</code> }.into_any(),
    };
    let people = [(words::EXAMINER, &of.examiner), (words::CLOSER, &of.closer)];
    let people: Vec<_> = people
        .into_iter()
        .filter(|(_, name)| !name.is_empty())
        .map(|(label, name)| {
            view! { <dt>{label.to(lang)}</dt><dd>{data(lang, name)}</dd> }.into_any()
        })
        .collect();
    let outcome = some(&item.outcome).map(|code| {
        view! { <dt>{words::OUTCOME.to(lang)}</dt><dd>{word(&report::OUTCOMES, code, lang)}</dd> }
    });
    let lines: Vec<_> = of
        .lines
        .iter()
        .map(|(label, text)| {
            let parts: Vec<_> =
                text.lines().map(|line| view! { <p>{data(lang, line)}</p> }.into_any()).collect();
            view! { <dt>{label.clone()}</dt><dd class="brk">{parts}</dd> }.into_any()
        })
        .collect();
    let written = if of.unread.is_empty() {
        view! { <dl class="kv">{lines}</dl> }.into_any()
    } else {
        view! { <p>{of.unread.clone()}</p> }.into_any()
    };
    let reason = (!of.can_answer).then(|| some(&of.reason)).flatten().map(|reason| {
        view! { <section class="sec"><h2>{words::ANSWER.to(lang)}</h2><p class="text">{data(lang, reason)}</p></section> }
    });
    let note = some(&of.note).map(|note| {
        view! { <div class="box gap3"><h2>{words::WHY.to(lang)}</h2><p>{data(lang, note)}</p></div> }
    });
    let purged = some(&of.purged)
        .map(|day| view! { <p class="sm q">{fill(words::PURGED.to(lang), &[("d", day)])}</p> });
    view! {
        <dl class="kv gap3">
            <dt>{words::STATE.to(lang)}</dt><dd>{state(lang, item)}</dd>
            <dt>{item.kind.clone()}</dt><dd>{record}</dd>
            <dt>{report::WHAT.to(lang)}</dt><dd>{word(&report::WHATS, &item.what, lang)}</dd>
            <dt>{report::ASKER.to(lang)}</dt><dd>{word(&report::ASKERS, &item.asker, lang)}</dd>
            <dt>{words::RECEIVED.to(lang)}</dt><dd>{date(&item.received)}</dd>
            <dt>{report::DUE.to(lang)}</dt><dd>{date(&item.due)}</dd>
            {people}{outcome}
        </dl>
        {note}
        <section class="sec"><h2>{words::WRITTEN.to(lang)}</h2>{written}{purged}</section>
        {reason}
        {acts(page, frame, of)}
        {mark::mark(page, frame, of)}
    }
    .into_any()
}

fn acts(page: &PageContext, frame: &DeskFrame, of: &DeskCaseView) -> Option<AnyView> {
    let lang = page.lang;
    let to = |act: &str| page.now(&format!("/cases/{}/{act}", of.item.label));
    if of.is_own {
        return Some(view! { <p class="box gap3">{words::OWN.to(lang)}</p> }.into_any());
    }
    if of.can_examine {
        return Some(
            view! {
                <form class="gap3" method="post" action=to("examine")>
                    {hidden("csrf", &frame.token)}<button class="btn">{words::TAKE_UP.to(lang)}</button>
                </form>
            }
            .into_any(),
        );
    }
    if of.can_answer {
        let choices: Vec<_> = report::OUTCOMES
            .iter()
            .map(|(code, name)| {
                let chosen = *code == of.item.outcome;
                view! { <option value=*code selected=chosen>{name.to(lang)}</option> }.into_any()
            })
            .collect();
        let before = format!("\n{}", of.reason);
        return Some(
            view! {
                <section class="sec">
                    <h2>{words::ANSWER.to(lang)}</h2>
                    <p class="text">{words::ANSWER_LEAD.to(lang)}</p>
                    <form class="text gap3" method="post" action=to("answer")>
                        {hidden("csrf", &frame.token)}
                        <p class="gap4">
                            <label for="outcome">{words::OUTCOME.to(lang)}</label><br />
                            <select class="gap5" id="outcome" name="outcome" required=true><option value="">"—"</option>{choices}</select>
                        </p>
                        <p class="gap4">
                            <label for="reason">{words::REASON.to(lang)}</label>
                            <textarea class="gap5" id="reason" name="reason" rows="6" required=true>{before}</textarea>
                        </p>
                        <p class="acts"><button class="btn">{words::PROPOSE.to(lang)}</button></p>
                    </form>
                </section>
            }
            .into_any(),
        );
    }
    of.can_close.then(|| {
        view! {
            <section class="sec">
                <h2>{words::CLOSE.to(lang)}</h2>
                <form class="text" method="post" action=to("close")>
                    {hidden("csrf", &frame.token)}
                    <p class="gap4">
                        <label for="code">{base::CODE_ONLY.to(lang)}</label>
                        <input class="gap5" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required=true />
                    </p>
                    <p class="acts">
                        <button class="btn">{words::CLOSE.to(lang)}</button>
                        {instead_of_code(page, frame, base::CLOSE_BY_PASSKEY)}
                    </p>
                </form>
                <form class="text gap3" method="post" action=to("return")>
                    {hidden("csrf", &frame.token)}
                    <p class="gap4">
                        <label for="note">{words::WHY.to(lang)}</label>
                        <textarea class="gap5" id="note" name="note" rows="3" required=true></textarea>
                    </p>
                    <p class="acts"><button class="btn b2">{words::RETURN.to(lang)}</button></p>
                </form>
            </section>
        }
        .into_any()
    })
}
