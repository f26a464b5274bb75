//! Blocks that several record pages share: sources, facts, comparison, grants, history, citation.

use leptos::prelude::*;
use register::Lang;

use super::chart;
use super::text::{data, date, icon, is_safe, link, sample_mark, status, status_date};
use crate::i18n::{Words, changes, comma, count, fill, record as words};
use crate::model::{
    Comparison, Diff, Direction, Event, Fact, Link, Listing, PageContext, RecordMeta, Source,
    Status,
};

/// A section with its heading.
pub fn section(lang: Lang, heading: Words, body: AnyView) -> AnyView {
    view! { <section class="sec"><h2>{heading.to(lang)}</h2>{body}</section> }.into_any()
}

/// The provenance line, last in a block. Nothing to say: nothing is printed.
pub fn sources(page: &PageContext, sources: &[Source]) -> Option<AnyView> {
    let lang = page.lang;
    if sources.is_empty() {
        return None;
    }
    let stop = ["；", "；", "; "][lang as usize];
    let parts: Vec<_> = sources
        .iter()
        .enumerate()
        .map(|(i, source)| {
            let mut title = source.title.clone();
            if source.built_in && title.is_empty() {
                title = words::BUILT_IN.to(lang).to_owned();
            }
            let name = match source.url.as_deref().filter(|url| is_safe(url)) {
                Some(url) => view! { <a href=url.to_owned()>{title}</a> }.into_any(),
                None => title.into_any(),
            };
            let mut rest = String::new();
            let mut add = |text: String| {
                if !text.is_empty() {
                    rest.push_str(comma(lang));
                    rest.push_str(&text);
                }
            };
            add(source.publisher.clone());
            add(source.locator.clone());
            if !source.built_in {
                add(fill(words::READ_ON.to(lang), &[("d", &source.retrieved_on)]));
                if !source.checked_on.is_empty() {
                    add(fill(words::CHECKED_ON.to(lang), &[("d", &source.checked_on)]));
                }
                if !source.licence.is_empty() {
                    add(fill(words::LICENCE.to(lang), &[("l", &source.licence)]));
                }
            }
            view! { {(i > 0).then_some(stop)}{name}{rest}{sample_mark(lang, source.sample)} }
                .into_any()
        })
        .collect();
    Some(view! { <p class="src">{words::SOURCE.to(lang)}{parts}</p> }.into_any())
}

/// Labelled lines.
pub fn facts(page: &PageContext, facts: &[Fact]) -> Option<AnyView> {
    let facts: Vec<_> = facts
        .iter()
        .filter(|fact| fact.values.iter().any(|value| !value.text.is_empty()))
        .map(|fact| {
            let values = joined(page, &fact.values);
            view! { <dt>{fact.label.clone()}</dt><dd>{values}</dd> }.into_any()
        })
        .collect();
    (!facts.is_empty()).then(|| view! { <dl class="kv">{facts}</dl> }.into_any())
}

/// Links one after the other, with the enumerating mark between them.
pub fn joined(page: &PageContext, values: &[Link]) -> Vec<AnyView> {
    values
        .iter()
        .enumerate()
        .map(|(i, value)| {
            view! { {(i > 0).then(|| crate::i18n::and(page.lang))}{link(page, value)} }.into_any()
        })
        .collect()
}

fn direction(direction: Direction) -> Words {
    match direction {
        Direction::Lower => words::LOWER,
        Direction::Higher => words::HIGHER,
        Direction::Within => words::WITHIN,
    }
}

fn sign(direction: Direction) -> &'static str {
    match direction {
        Direction::Lower => "≤ ",
        Direction::Higher => "≥ ",
        Direction::Within => "",
    }
}

/// 亮标: every indicator as a chart, then the same numbers as a table.
pub fn comparison(page: &PageContext, all: &[Comparison], from: &[Source]) -> AnyView {
    let lang = page.lang;
    if all.is_empty() {
        return view! { <p>{words::COMPARE_NONE.to(lang)}</p> }.into_any();
    }
    let against = |c: &Comparison| c.baselines.first().and_then(|b| b.own.or(b.measured));
    let stricter = all.iter().filter(|c| against(c).is_some_and(|n| n > 0)).count();
    let equal = all.iter().filter(|c| against(c) == Some(0)).count();
    let summary = fill(
        words::COMPARE_SUM.to(lang),
        &[
            ("n", &count(all.len() as u64)),
            ("a", &count(stricter as u64)),
            ("b", &count(equal as u64)),
        ],
    );
    let rows: Vec<_> = all
        .iter()
        .map(|c| {
            let chart = chart::strict(lang, c).map(|svg| view! { <div inner_html=svg></div> });
            view! {
                <li>
                    <div class="t">
                        <h3>{c.name.clone()}" "<small class="q">{direction(c.direction).to(lang)}</small></h3>
                        <b>{chart::verdict(lang, c)}</b>
                    </div>
                    {chart}
                </li>
            }
            .into_any()
        })
        .collect();
    let charts = all.iter().any(|c| chart::strict(lang, c).is_some());
    let axis = charts.then(|| {
        let svg = format!(
            "<svg class=\"fig\" height=\"26\" aria-hidden=\"true\"><text x=\"2%\" y=\"18\">{}</text><text class=\"m\" x=\"50%\" y=\"18\">{}</text><text class=\"e\" x=\"98%\" y=\"18\">{}</text></svg>",
            words::AXIS_0.to(lang),
            words::AXIS_50.to(lang),
            words::AXIS_100.to(lang)
        );
        view! { <div inner_html=svg></div> }
    });
    let others = all.iter().any(|c| c.baselines.len() > 1);
    let key = charts.then(|| {
        let mut lines = vec![
            ("<svg width=\"5\" height=\"14\" aria-hidden=\"true\"><rect class=\"base\" x=\"1\" y=\"0\" width=\"3\" height=\"14\"/></svg>", words::KEY_BASE),
            ("<svg width=\"26\" height=\"14\" aria-hidden=\"true\"><rect class=\"lit\" x=\"0\" y=\"3\" width=\"100%\" height=\"8\"/></svg>", words::KEY_LIMIT),
            ("<svg width=\"14\" height=\"14\" aria-hidden=\"true\"><circle class=\"me\" cx=\"50%\" cy=\"7\" r=\"6\"/></svg>", words::KEY_MEASURED),
        ];
        if others {
            lines.push(("<svg width=\"6\" height=\"14\" aria-hidden=\"true\"><rect class=\"alt\" x=\"1\" y=\"1\" width=\"3\" height=\"12\"/></svg>", words::KEY_OTHER));
        }
        let lines: Vec<_> = lines
            .into_iter()
            .map(|(svg, word)| view! { <li><span inner_html=svg></span>{word.to(lang)}</li> }.into_any())
            .collect();
        view! { <ul class="key">{lines}</ul> }
    });
    view! {
        <p class="lead2">{summary}</p>
        {key}
        <ol class="strict">{rows}</ol>
        {axis}
        {table(page, all)}
        {sources(page, from)}
        <p class="src">{words::COMPARE_NOTE.to(lang)}</p>
    }
    .into_any()
}

/// The same numbers as a table: one column per standard that occurs.
fn table(page: &PageContext, all: &[Comparison]) -> AnyView {
    let lang = page.lang;
    // A standard that sets the limit of several indicators is one column; at most four, the rest is in the sentences.
    let mut standards: Vec<&Link> = Vec::new();
    for baseline in all.iter().flat_map(|c| &c.baselines) {
        if !standards.contains(&&baseline.standard) && standards.len() < 4 {
            standards.push(&baseline.standard);
        }
    }
    let heads: Vec<_> = standards
        .iter()
        .map(|standard| view! { <th scope="col">{link(page, standard)}</th> }.into_any())
        .collect();
    let reports = all.iter().any(|c| {
        c.measured.as_ref().is_some_and(|m| !m.report_number.is_empty() || !m.tester.is_empty())
    });
    let methods = all.iter().any(|c| c.method.is_some());
    let limits = all.iter().any(|c| c.limit.is_some());
    let rows: Vec<_> = all
        .iter()
        .map(|c| {
            let name = match c.unit.as_str() {
                "" | "1" => c.name.clone(),
                unit if lang == Lang::En => format!("{} ({unit})", c.name),
                unit => format!("{}（{unit}）", c.name),
            };
            let measured = c.measured.as_ref().map(|m| m.limit.value.clone()).unwrap_or_default();
            let limit = limits.then(|| {
                let text = c.limit.as_ref().map(|l| format!("{}{}", sign(c.direction), l.value));
                view! { <td>{text}</td> }
            });
            let cells: Vec<_> = standards
                .iter()
                .map(|standard| match c.baselines.iter().find(|b| b.standard == **standard) {
                    Some(b) if b.limit.value.is_empty() => {
                        view! { <td><span class="q">{words::NOT_SET.to(lang)}</span></td> }
                            .into_any()
                    }
                    Some(b) => {
                        view! { <td>{sign(c.direction)}{b.limit.value.clone()}</td> }.into_any()
                    }
                    None => view! { <td></td> }.into_any(),
                })
                .collect();
            let report = reports.then(|| {
                let text = c.measured.as_ref().map(|m| {
                    [m.tester.as_str(), m.report_number.as_str(), m.date.as_str()]
                        .into_iter()
                        .filter(|t| !t.is_empty())
                        .collect::<Vec<_>>()
                        .join(comma(lang))
                });
                view! { <td>{text}</td> }
            });
            let method = methods
                .then(|| view! { <td>{c.method.as_ref().map(|method| link(page, method))}</td> });
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="hi">{measured}</td>
                    {limit}{cells}
                    <td class="w">{direction(c.direction).to(lang)}</td>
                    <td class="w">{chart::verdict(lang, c)}</td>
                    {method}{report}
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="scroll" role="region" aria-label=words::TABLE_REGION.to(lang) tabindex="0">
            <table class="nw">
                <caption>{words::TABLE.to(lang)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words::COL_INDICATOR.to(lang)}</th>
                        <th scope="col">{words::MEASURED.to(lang)}</th>
                        {limits.then(|| view! { <th scope="col">{words::OWN.to(lang)}</th> })}
                        {heads}
                        <th scope="col">{words::COL_DIRECTION.to(lang)}</th>
                        <th scope="col">{words::COL_VERDICT.to(lang)}</th>
                        {methods.then(|| view! { <th scope="col">{words::COL_METHOD.to(lang)}</th> })}
                        {reports.then(|| view! { <th scope="col">{words::COL_REPORT.to(lang)}</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Grants, one block each.
pub fn listings(page: &PageContext, all: &[Listing], from: &[Source]) -> AnyView {
    let lang = page.lang;
    let rows: Vec<_> = all
        .iter()
        .map(|l| {
            let facts_of = [
                (words::CERTIFICATE, l.certificate_number.clone()),
                (words::GRANTED, l.granted_on.clone()),
                (words::ISSUER, l.issuer.clone()),
                (words::REASON, l.exit_reason.clone()),
            ];
            let text: Vec<String> = facts_of
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(word, value)| format!("{} {value}", word.to(lang)))
                .collect();
            let decision = l.decision.as_ref().map(|d| {
                view! { <p class="sm">{words::DECISION.to(lang)}" "{link(page, d)}</p> }
            });
            let proves = (!l.proves.is_empty())
                .then(|| view! { <p class="sm">{words::PROVES.to(lang)}{["：", "：", ": "][lang as usize]}{l.proves.clone()}</p> });
            let not = (!l.does_not_prove.is_empty())
                .then(|| view! { <p class="sm">{words::NOT_PROVES.to(lang)}{["：", "：", ": "][lang as usize]}{l.does_not_prove.clone()}</p> });
            let scheme_status = l
                .scheme_status
                .as_ref()
                .filter(|s| s.code != "current")
                .map(|s| view! { <p class="sm">{status(lang, s)}</p> });
            let subject = l.subject.as_ref().map(|s| view! { {link(page, s)}{comma(lang)} });
            let detail = (!l.detail.is_empty()).then(|| view! { <p class="q">{l.detail.clone()}</p> });
            let day = status_date(lang, &l.status).map(|d| view! { <p class="sm q">{d}</p> });
            view! {
                <li><article>
                    <div>
                        <h3>{subject}{link(page, &l.scheme)}</h3>
                        {detail}
                        <p class="sm q">{text.join(comma(lang))}</p>
                        {decision}{scheme_status}{proves}{not}
                    </div>
                    <div>{status(lang, &l.status)}{day}</div>
                </article></li>
            }
            .into_any()
        })
        .collect();
    view! { <ol class="rows r2">{rows}</ol>{sources(page, from)} }.into_any()
}

/// Names with a status each.
pub fn named(page: &PageContext, all: &[(Link, Option<Status>)]) -> AnyView {
    let rows: Vec<_> = all
        .iter()
        .map(|(to, state)| {
            view! {
                <li><article><div><h3>{link(page, to)}</h3></div><div>{state.as_ref().map(|s| status(page.lang, s))}</div></article></li>
            }
            .into_any()
        })
        .collect();
    view! { <ol class="rows r2">{rows}</ol> }.into_any()
}

/// Products with a line and a status each.
pub fn products(page: &PageContext, all: &[(Link, String, Status)]) -> AnyView {
    let lang = page.lang;
    let rows: Vec<_> = all
        .iter()
        .map(|(to, line, state)| {
            let day = status_date(lang, state).map(|d| view! { <p class="sm q">{d}</p> });
            let line = (!line.is_empty()).then(|| view! { <p class="sm q">{line.clone()}</p> });
            view! { <li><article><div><h3>{link(page, to)}</h3>{line}</div><div>{status(lang, state)}{day}</div></article></li> }
                .into_any()
        })
        .collect();
    view! { <ol class="rows r2">{rows}</ol> }.into_any()
}

/// Fields before and after, one sentence each.
pub fn diffs(lang: Lang, all: &[Diff]) -> Vec<AnyView> {
    let stop = ["。", "。", ". "][lang as usize];
    let show = |value: &str| match value {
        "" => words::NOTHING.to(lang).into_any(),
        value => data(lang, value),
    };
    let space = (lang == Lang::En).then_some(" ");
    all.iter()
        .map(|diff| {
            view! {
                " "{diff.field.clone()}{space}{words::CHANGED_TO.to(lang)}
                <del>{show(&diff.old)}</del>{words::CHANGED_MID.to(lang)}<ins>{show(&diff.new)}</ins>{stop}
            }
            .into_any()
        })
        .collect()
}

/// A timeline, newest first.
pub fn timeline(page: &PageContext, events: &[Event]) -> AnyView {
    let lang = page.lang;
    let stop = ["。", "。", ". "][lang as usize];
    let lines: Vec<_> = events
        .iter()
        .map(|event| {
            let (tone, shape, word) = words::event(&event.code);
            let about = event.about.as_ref().map(|to| {
                let gap = if event.text.is_empty() { stop } else { comma(lang) };
                view! { {link(page, to)}{gap} }
            });
            let mut text = event.text.clone();
            if !text.is_empty() && !text.ends_with(['。', '.', '！', '？', '!', '?']) {
                text.push_str(stop.trim_end());
            }
            let diffs = diffs(lang, &event.diffs);
            let entry = event.seq.map(|seq| {
                let n = fill(words::ENTRY_N.to(lang), &[("n", &count(seq))]);
                // The day is enough: the list of changes has the minute.
                let day = event.recorded_at.get(..10).map(|day| {
                    format!("{}{}", comma(lang), fill(changes::RECORDED_ON.to(lang), &[("d", day)]))
                });
                let n = proof(page, seq, n);
                view! { " "<span class="q">{n}{day}</span> }
            });
            let source = (!event.source.is_empty())
                .then(|| view! { <br /><small class="q">{event.source.clone()}</small> });
            view! {
                <li class=tone>
                    {icon(shape)}<b>{word.to(lang)}</b>{date(&event.date)}
                    <p>{about}{text}{diffs}{entry}{source}</p>
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ol class="tl">{lines}</ol> }.into_any()
}

/// The history of a record, with the form for another day.
pub fn history(page: &PageContext, events: &[Event], meta: &RecordMeta) -> Option<AnyView> {
    let lang = page.lang;
    if events.is_empty() {
        return None;
    }
    let day = page.as_of.clone().unwrap_or_else(|| page.day.clone());
    let all = (!meta.changes.is_empty()).then(|| {
        view! { <p><a class="lk" href=page.href(&meta.changes)>{changes::MORE.to(lang)}</a></p> }
    });
    let action = format!("{}{}", lang.prefix(), page.path);
    Some(section(
        lang,
        words::HISTORY,
        view! {
            {timeline(page, events)}
            {all}
            <p class="src">{words::HISTORY_SRC.to(lang)}</p>
            <form class="inl gap3 noprint" action=action method="get">
                {page.known.map(|n| super::text::hidden("known", &n.to_string()))}
                {page.large.then(|| super::text::hidden("size", "large"))}
                <span class="fld">
                    <label for="asof">{words::SEE_DAY.to(lang)}</label>
                    <input id="asof" name="as_of" type="date" value=day />
                </span>
                <button class="btn b2">{words::SHOW.to(lang)}</button>
            </form>
        }
        .into_any(),
    ))
}

/// An entry's number, as the link to the proof that it is in the log (C2SP tlog-proof) where this node
/// signs the log.
pub fn proof(page: &PageContext, seq: u64, words: String) -> AnyView {
    if !page.proofs {
        return words.into_any();
    }
    let label = fill(changes::PROOF.to(page.lang), &[("n", &count(seq))]);
    view! { <a href=format!("/log/proof/{seq}.tlog-proof") aria-label=label>{words}</a> }.into_any()
}

/// How to quote this page so that it never changes, and what can be downloaded.
pub fn cite(page: &PageContext, meta: &RecordMeta) -> AnyView {
    let lang = page.lang;
    let day = page.as_of.as_deref().unwrap_or(&page.day);
    let known = page.known.unwrap_or(page.log_size);
    let fixed = format!("{}{}?as_of={day}&known={known}", lang.prefix(), page.path);
    let shown = format!("{}{fixed}", page.origin.trim_start_matches("https://"));
    let json = format!("{}{}.json", lang.prefix(), page.path);
    let entry = fill(words::ENTRY_N.to(lang), &[("n", &count(meta.seq))]);
    let forms = (!page.cite.is_empty()).then(|| {
        view! { <a class="lk" href=page.now(&page.cite) rel="nofollow">{crate::i18n::cite::PAGE.to(lang)}</a> }.into_any()
    });
    let mut small = fill(words::CITE_TEXT.to(lang), &[("d", day)]);
    if lang == Lang::En {
        small.push(' ');
    }
    small.push_str(words::PRINT_TEXT.to(lang));
    let removed = (!meta.removed.is_empty()).then(|| {
        let fields = meta.removed.join(if lang == Lang::En { ", " } else { "、" });
        view! { <p class="box">{fill(words::REMOVED_NOTE.to(lang), &[("f", &fields)])}</p> }
    });
    view! {
        <section class="sec" id="cite">
            <h2>{words::CITE.to(lang)}</h2>
            {removed}
            <p class="box"><a href=fixed><code>{shown}</code></a><br /><small class="q">{small}</small></p>
            <p class="inl">{forms}<a class="lk" href=json>"JSON"</a><span class="sm q"><code>{meta.key.clone()}</code>{comma(lang)}{entry}</span></p>
        </section>
        {super::check::control(page, meta)}
    }
    .into_any()
}

/// The way to report an error of a record (`KIND/KEY`, as a path); none where readers cannot.
pub fn report(page: &PageContext, about: &str) -> Option<AnyView> {
    page.reports?;
    let href = page.now(&format!("/report?about={about}"));
    Some(
        view! { <a class="btn b2" href=href rel="nofollow">{crate::i18n::report::TITLE.to(page.lang)}</a> }
            .into_any(),
    )
}

/// Where to turn when something is wrong with a record.
pub fn problem(page: &PageContext, meta: &RecordMeta) -> AnyView {
    let lang = page.lang;
    let about = format!("{}/{}", meta.kind, crate::model::encode_key(&meta.key));
    view! {
        <section class="box gap">
            <h2>{words::PROBLEM.to(lang)}</h2>
            <p>{words::PROBLEM_TEXT.to(lang)}</p>
            <p class="acts"><a class="btn b2" href=page.now("/12315")>{words::PROBLEM_LINK.to(lang)}</a>{report(page, &about)}</p>
        </section>
    }
    .into_any()
}
