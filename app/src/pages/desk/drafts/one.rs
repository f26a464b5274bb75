//! The page of one draft: its report, and what may be done with it.

use leptos::prelude::*;
use register::Lang;

use super::super::passkeys::instead_of_code;
use super::place;
use crate::components::record::diffs;
use crate::components::text::{data, hidden};
use crate::i18n::desk::word;
use crate::i18n::{Words, count, desk as base, desk::drafts as words, fill, record};
use crate::model::{
    DeskChange, DeskFrame, DraftView, ExitLine, FaultLine, PageContext, SummaryView,
};

/// Fields of a new record that the report shows; its page will show all.
const NEW_FIELDS: usize = 12;

pub(super) fn page(page: &PageContext, frame: &DeskFrame, view: &DraftView) -> AnyView {
    let lang = page.lang;
    let item = &view.item;
    let decider = (!view.decider.is_empty()).then(|| {
        view! { <dt>{words::DECIDER.to(lang)}</dt><dd>{view.decider.clone()}</dd> }
    });
    let file = view.file.clone().map(|(hash, bytes)| {
        let size = format!("{} KB", count(bytes.div_ceil(1_000)));
        view! {
            <dt>{words::SIZE.to(lang)}</dt><dd class="num">{size}</dd>
            <dt>{words::HASH.to(lang)}</dt><dd><code class="brk">{hash}</code></dd>
        }
    });
    let note = (!view.note.is_empty()).then(|| {
        view! {
            <div class="box gap3"><h2>{words::NOTE.to(lang)}</h2><p>{data(lang, &view.note)}</p></div>
        }
    });
    let published = view.published.clone().map(|(entries, href)| {
        view! {
            <div class="box gap3" role="status">
                <p><b>{fill(words::PUBLISHED.to(lang), &[("n", &count(entries))])}</b>" "<a href=href>{words::SEE.to(lang)}</a></p>
                <p>{words::UNDO.to(lang)}</p>
            </div>
        }
    });
    let deleted = view.files_deleted.then(|| {
        view! { <p class="sm q gap3">{words::FILES_DELETED.to(lang)}</p> }
    });
    let report = match (&view.progress, &view.summary) {
        (Some(progress), _) => Some(working(lang, *progress)),
        (None, _) if view.failed => Some(failed(page, &item.id)),
        (None, Some(summary)) => Some(report(page, &item.id, summary)),
        (None, None) => None,
    };
    view! {
        <p class="lead2 gap4">{data(lang, &item.title)}</p>
        <dl class="kv gap3">
            <dt>{words::STATE.to(lang)}</dt><dd>{place(lang, &item.place)}</dd>
            <dt>{words::SORT.to(lang)}</dt><dd>{word(&words::KINDS, &item.kind, lang)}</dd>
            <dt>{words::MAKER.to(lang)}</dt><dd>{item.maker.clone()}</dd>
            <dt>{words::MADE.to(lang)}</dt><dd><time>{view.made.clone()}</time></dd>
            {decider}{file}
        </dl>
        {note}{published}{deleted}{report}{acts(page, frame, view)}
    }
    .into_any()
}

fn working(lang: Lang, (step, done, of): (u8, u64, u64)) -> AnyView {
    let name = match step {
        0 => words::STEP_WAIT,
        1 => words::STEP_READ,
        2 => words::STEP_CHECK,
        _ => words::STEP_WRITE,
    };
    let percent = (done * 100).checked_div(of);
    let percent = percent.map(|n| format!(" {}%", n.min(100)));
    view! {
        <div class="box gap3" role="status">
            <p><b>{name.to(lang)}{percent}</b></p>
            <p>{words::WORKING.to(lang)}</p>
        </div>
    }
    .into_any()
}

fn failed(page: &PageContext, id: &str) -> AnyView {
    let lang = page.lang;
    let href = page.now(&format!("/drafts/{id}?again=1"));
    view! {
        <div class="box gap3" role="alert">
            <p><b>{words::FAILED.to(lang)}</b></p>
            <p class="acts"><a class="btn b2" href=href>{words::RETRY.to(lang)}</a></p>
        </div>
    }
    .into_any()
}

fn report(page: &PageContext, id: &str, of: &SummaryView) -> AnyView {
    let lang = page.lang;
    let against = fill(words::AGAINST.to(lang), &[("n", &count(of.known)), ("d", &of.day)]);
    let stopped = (!of.stopped.is_empty()).then(|| {
        view! {
            <div class="box gap3" role="alert"><h3>{words::STOPPED.to(lang)}</h3><p>{data(lang, &of.stopped)}</p></div>
        }
    });
    let empty = (of.stopped.is_empty() && of.entries == 0)
        .then(|| view! { <p class="box gap3">{words::NOTHING.to(lang)}</p> });
    let mut numbers: Vec<(Words, u64)> = Vec::new();
    if let Some([read, accepted, refused, same, left]) = of.rows {
        numbers.extend([
            (words::ROWS_READ, read),
            (words::ROWS_OK, accepted),
            (words::ROWS_BAD, refused),
            (words::ROWS_SAME, same),
        ]);
        if left > 0 {
            numbers.push((words::ROWS_LEFT, left));
        }
    }
    numbers.push((words::ENTRIES, of.entries));
    let numbers: Vec<_> = numbers
        .into_iter()
        .map(|(word, n)| {
            view! { <div><dt>{word.to(lang)}</dt><dd>{count(n)}</dd></div> }.into_any()
        })
        .collect();
    let unknown = (!of.unknown.is_empty()).then(|| {
        let columns = of.unknown.join(crate::i18n::and(lang));
        view! { <p class="sm gap3">{words::UNKNOWN.to(lang)}{data(lang, &columns)}</p> }
    });
    view! {
        <section class="sec">
            <h2>{words::REPORT.to(lang)}</h2>
            <p class="sm q">{against}</p>
            {stopped}{empty}
            <dl class="sum">{numbers}</dl>
            {unknown}
        </section>
        {exits(lang, &of.exits)}
        {faults(page, id, of)}
        {remarks(lang, &of.remarks)}
        {changes(page, id, of)}
    }
    .into_any()
}

fn exits(lang: Lang, all: &[ExitLine]) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let lines: Vec<_> = all
        .iter()
        .map(|exit| {
            let (n, m) = (count(exit.leave), count(exit.holds));
            let line = fill(words::EXIT.to(lang), &[("f", &exit.from), ("n", &n), ("m", &m)]);
            view! { <li>{data(lang, &line)}</li> }.into_any()
        })
        .collect();
    let over = all.iter().any(|exit| exit.over).then(|| {
        view! { <p><b>{fill(words::OVER.to(lang), &[("a", "20"), ("p", "5")])}</b></p> }
    });
    Some(
        view! {
            <section class="sec"><h2>{words::EXITS.to(lang)}</h2><ul class="do2">{lines}</ul>{over}</section>
        }
        .into_any(),
    )
}

fn table(lang: Lang, name: Words, all: &[FaultLine]) -> AnyView {
    let heads = [words::ROW, words::COLUMN, words::VALUE, words::EXPECTED];
    let heads: Vec<_> =
        heads.iter().map(|w| view! { <th scope="col">{w.to(lang)}</th> }.into_any()).collect();
    let rows: Vec<_> = all
        .iter()
        .map(|fault| {
            view! {
                <tr>
                    <td class="num">{(fault.row > 0).then_some(fault.row)}</td>
                    <td>{data(lang, &fault.column)}</td>
                    <td>{data(lang, &fault.value)}</td>
                    <td>{data(lang, &fault.expected)}" "<small class="q">{fault.code.clone()}</small></td>
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=name.to(lang)>
            <table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}

fn faults(page: &PageContext, id: &str, of: &SummaryView) -> Option<AnyView> {
    let lang = page.lang;
    if of.faults.is_empty() {
        return None;
    }
    let csv = of.rejects.then(|| {
        let href = format!("/drafts/{id}/rejected.csv");
        view! { <p class="acts"><a class="btn b2" href=href>{words::REJECTS.to(lang)}</a></p> }
    });
    let lead = of.rows.is_some().then(|| view! { <p>{words::FAULTS_LEAD.to(lang)}</p> });
    let first = (of.rows.is_some_and(|rows| rows[2] > of.faults.len() as u64)).then(|| {
        let n = count(of.faults.len() as u64);
        view! { <p class="sm q">{fill(words::FIRST.to(lang), &[("n", &n)])}</p> }
    });
    Some(
        view! {
            <section class="sec"><h2>{words::FAULTS.to(lang)}</h2>{lead}{first}{table(lang, words::FAULTS, &of.faults)}{csv}</section>
        }
        .into_any(),
    )
}

fn remarks(lang: Lang, all: &[FaultLine]) -> Option<AnyView> {
    (!all.is_empty()).then(|| {
        view! {
            <section class="sec"><h2>{words::REMARKS.to(lang)}</h2>{table(lang, words::REMARKS, all)}</section>
        }
        .into_any()
    })
}

fn changes(page: &PageContext, id: &str, of: &SummaryView) -> Option<AnyView> {
    let lang = page.lang;
    if of.entries == 0 {
        return None;
    }
    let sorts = [
        ("left", words::LEFT, of.counts[1]),
        ("changed", words::CHANGED, of.counts[2]),
        ("added", words::ADDED, of.counts[0]),
    ];
    let sorts: Vec<_> = sorts
        .into_iter()
        .map(|(code, word, n)| {
            let current = (code == of.show).then_some("true");
            let href = page.now(&format!("/drafts/{id}?show={code}#changes"));
            view! { <a href=href aria-current=current>{fill(word.to(lang), &[("n", &count(n))])}</a> }
                .into_any()
        })
        .collect();
    let rows: Vec<_> = of.lines.iter().map(|line| change(page, line)).collect();
    let [here, pages] = of.page;
    let step = |to: u64, word: Words| {
        let href = page.now(&format!("/drafts/{id}?show={}&page={to}#changes", of.show));
        view! { <a class="btn b2" href=href>{word.to(lang)}</a> }.into_any()
    };
    let steps = (pages > 1).then(|| {
        let before = (here > 1).then(|| step(here - 1, words::PREVIOUS));
        let after = (here < pages).then(|| step(here + 1, words::NEXT));
        view! { <div class="pages">{before}<span class="num">{here}" / "{pages}</span>{after}</div> }
    });
    Some(
        view! {
            <section class="sec" id="changes">
                <h2>{words::CHANGES.to(lang)}</h2>
                <p class="tags pick">{sorts}</p>
                <ol class="rows">{rows}</ol>
                {steps}
            </section>
        }
        .into_any(),
    )
}

fn change(page: &PageContext, of: &DeskChange) -> AnyView {
    let lang = page.lang;
    let (_, _, reason) = record::event(&of.reason);
    let text = (!of.text.is_empty()).then(|| {
        let text = of.text.clone();
        view! { " · "{data(lang, &text)} }
    });
    let row =
        of.row.map(|n| format!(" · {}", fill(words::FROM_ROW.to(lang), &[("n", &n.to_string())])));
    let fields = if of.is_new {
        let facts: Vec<_> = of
            .diffs
            .iter()
            .take(NEW_FIELDS)
            .map(|diff| {
                let colon = ["：", "：", ": "][lang as usize];
                view! { <li class="nb"><span class="q">{diff.field.clone()}{colon}</span>{data(lang, &diff.new)}</li> }
                    .into_any()
            })
            .collect();
        view! { <ul class="key">{facts}</ul> }.into_any()
    } else if of.diffs.is_empty() {
        view! { <p class="sm q">{words::SAME.to(lang)}</p> }.into_any()
    } else {
        view! { <p>{diffs(lang, &of.diffs)}</p> }.into_any()
    };
    let fix = (!of.correct.is_empty()).then(|| {
        let label = format!("{} {}", words::FIX.to(lang), of.title);
        view! { <p><a class="lk" href=page.now(&of.correct) aria-label=label>{words::FIX.to(lang)}</a></p> }
    });
    view! {
        <li>
            <h3>{data(lang, &of.title)}</h3>
            <p class="sm q">{of.kind.clone()}" · "<code class="brk">{of.key.clone()}</code>" · "<time>{of.valid_from.clone()}</time>" · "{reason.to(lang)}{text}{row}</p>
            {fields}{fix}
        </li>
    }
    .into_any()
}

fn acts(page: &PageContext, frame: &DeskFrame, view: &DraftView) -> Option<AnyView> {
    let lang = page.lang;
    let id = &view.item.id;
    if view.item.place == "submitted" && (view.is_own || view.can_take_back) {
        let own = view.is_own.then(|| view! { <p class="box gap3">{words::OWN.to(lang)}</p> });
        let back = view.can_take_back.then(|| {
            view! {
                <form class="acts gap3" method="post" action=page.now(&format!("/drafts/{id}/take-back"))>
                    {hidden("csrf", &frame.token)}<button class="btn b2">{words::TAKE_BACK.to(lang)}</button>
                </form>
            }
        });
        return Some(view! { {own}{back} }.into_any());
    }
    if view.can_submit {
        let ready = view.progress.is_none()
            && view.summary.as_ref().is_some_and(|s| s.entries > 0 && s.stopped.is_empty());
        let submit = ready.then(|| {
            view! {
                <form method="post" action=page.now(&format!("/drafts/{id}/submit"))>
                    {hidden("csrf", &frame.token)}<button class="btn">{words::SUBMIT.to(lang)}</button>
                </form>
            }
        });
        return Some(
            view! {
                <div class="acts gap3">
                    {submit}
                    <form method="post" action=page.now(&format!("/drafts/{id}/discard"))>
                        {hidden("csrf", &frame.token)}<button class="btn b2">{words::DISCARD.to(lang)}</button>
                    </form>
                </div>
            }
            .into_any(),
        );
    }
    let summary = view.summary.as_ref().filter(|_| view.can_decide && view.progress.is_none())?;
    let exits = summary.asks.map(|_| {
        view! {
            <p class="gap4">
                <label for="exits">{words::TYPE_EXITS.to(lang)}</label>
                <input class="gap5" id="exits" name="exits" inputmode="numeric" autocomplete="off" required=true />
            </p>
        }
    });
    let approve = (summary.entries > 0 && summary.stopped.is_empty()).then(|| {
        view! {
            <form class="text" method="post" action=page.now(&format!("/drafts/{id}/approve"))>
                {hidden("csrf", &frame.token)}{hidden("fingerprint", &summary.fingerprint)}
                {exits}
                <p class="gap4">
                    <label for="code">{base::CODE_ONLY.to(lang)}</label>
                    <input class="gap5" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required=true />
                </p>
                <p class="acts">
                    <button class="btn">{words::APPROVE.to(lang)}</button>
                    {instead_of_code(page, frame, base::APPROVE_BY_PASSKEY)}
                </p>
            </form>
        }
    });
    Some(
        view! {
            <section class="sec">
                <h2>{words::DECIDE.to(lang)}</h2>
                <p class="text">{words::DECIDE_LEAD.to(lang)}</p>
                {approve}
                <form class="text gap3" method="post" action=page.now(&format!("/drafts/{id}/return"))>
                    {hidden("csrf", &frame.token)}
                    <p class="gap4">
                        <label for="note">{words::WHY.to(lang)}</label>
                        <textarea class="gap5" id="note" name="note" rows="3" required=true></textarea>
                    </p>
                    <p class="acts"><button class="btn b2">{words::RETURN.to(lang)}</button></p>
                </form>
            </section>
        }
        .into_any(),
    )
}
