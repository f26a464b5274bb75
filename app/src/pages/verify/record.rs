//! What a buyer can claim, the credit record, the history, and how to report.

use leptos::prelude::*;

use crate::components::record::{facts, section, timeline};
use crate::components::text::{date, is_safe, link, some};
use crate::i18n::verify as words;
use crate::i18n::{comma, count, fill, scans};
use crate::model::{Fact, Link, PageContext, Redress, VerifyPage};

pub(super) fn redress(page: &PageContext, redress: Option<&Redress>) -> AnyView {
    let lang = page.lang;
    let first = match redress {
        Some(redress) if redress.pay_first => words::PAY_FIRST,
        _ => words::NO_PAY_FIRST,
    };
    let lines = redress.map(|redress| {
        let yuan = some(&redress.limit).map(|n| fill(words::YUAN.to(lang), &[("n", n)]));
        let pairs = [
            (words::LIMIT, yuan.unwrap_or_default()),
            (words::INSURER, redress.insurer.clone()),
            (words::POLICY, redress.policy_number.clone()),
            (words::INSURED_UNTIL, redress.valid_until.clone()),
        ];
        let mut lines: Vec<Fact> = pairs
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(label, value)| Fact {
                label: label.to(lang).to_owned(),
                values: vec![Link::plain(value)],
            })
            .collect();
        if is_safe(&redress.claim_url) {
            lines.push(Fact {
                label: words::CLAIM.to(lang).to_owned(),
                values: vec![Link::to(&redress.claim_url, &redress.claim_url)],
            });
        }
        facts(page, &lines)
    });
    let body = view! { <p>{first.to(lang)}</p>{lines} };
    section(lang, words::REDRESS, body.into_any())
}

pub(super) fn credit(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
    let lang = page.lang;
    if model.credit.is_empty() && model.credit_file.is_empty() {
        return None;
    }
    let lines: Vec<_> = model
        .credit
        .iter()
        .map(|line| {
            view! {
                <li><b>{line.section.clone()}</b>" "{line.text.clone()}<br />
                <small class="q">{line.source.clone()}{comma(lang)}{date(&line.date)}</small></li>
            }
            .into_any()
        })
        .collect();
    let lines = (!lines.is_empty()).then(|| view! { <ul class="lines">{lines}</ul> });
    let file = (!model.credit_file.is_empty()).then(|| {
        let links: Vec<_> = (model.credit_file.iter())
            .filter_map(|one| Some((one.text.clone(), page.now(one.href.as_deref()?))))
            .map(|(text, href)| view! { <a class="lk" href=href>{text}</a> }.into_any())
            .collect();
        view! { <p>{words::CREDIT_FILE.to(lang)}</p><p class="acts">{links}</p> }
    });
    let body = view! { <p class="q">{words::CREDIT_NOTE.to(lang)}</p>{lines}{file} };
    Some(section(lang, words::CREDIT, body.into_any()))
}

pub(super) fn history(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
    let lang = page.lang;
    if model.history.is_empty() {
        return None;
    }
    let latest = model.history.iter().filter_map(|event| event.seq).max();
    let log = latest.map(|seq| {
        let text =
            fill(words::HISTORY_LOG.to(lang), &[("s", &count(seq)), ("n", &count(page.log_size))]);
        view! { <details><summary>{words::HISTORY_KEPT.to(lang)}</summary><p>{text}</p></details> }
    });
    let body = view! { {timeline(page, &model.history)}{log} };
    Some(section(lang, words::HISTORY, body.into_any()))
}

/// What prints the same name; after everything that is known.
pub(super) fn possible(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
    if model.possible.is_empty() {
        return None;
    }
    let lang = page.lang;
    let lines: Vec<_> =
        model.possible.iter().map(|one| view! { <li>{link(page, one)}</li> }.into_any()).collect();
    let more = (model.possible_total > model.possible.len() as u64)
        .then(|| model.goods.as_ref()?.name.href.clone())
        .flatten()
        .map(|href| {
            let text = fill(words::POSSIBLE_MORE.to(lang), &[("n", &count(model.possible_total))]);
            view! { <p>{link(page, &Link::to(text, href))}</p> }
        });
    let body = view! { <p class="q">{words::POSSIBLE_TEXT.to(lang)}</p><ul class="lines">{lines}</ul>{more} };
    Some(section(lang, words::POSSIBLE, body.into_any()))
}

/// The button that counts this check, and where the number is.
pub(super) fn note(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
    if !model.noted {
        return None;
    }
    let lang = page.lang;
    let place = page.now(&format!("/q/{}/scans", model.plain));
    let action = place.clone();
    let body = view! {
        <p>{scans::SHORT.to(lang)}</p>
        <form class="acts" method="post" action=action><button class="btn b2">{scans::NOTE.to(lang)}</button><a class="btn b2" href=place>{scans::SEE.to(lang)}</a></form>
    };
    Some(section(lang, scans::PAGE, body.into_any()))
}

pub(super) fn report(page: &PageContext, model: &VerifyPage) -> AnyView {
    let lang = page.lang;
    let text = match some(&model.code) {
        Some(code) => fill(words::REPORT_TEXT.to(lang), &[("c", code)]),
        None => words::REPORT_TEXT_NONE.to(lang).to_owned(),
    };
    let how = match some(&model.plain) {
        Some(code) => page.now(&format!("/12315?code={code}")),
        None => page.now("/12315"),
    };
    // A record can be wrong; a code that is not on record may be a fake. Where nothing can be told, neither can be
    // said.
    let here = some(&model.plain)
        .filter(|_| model.look.found() || model.look == crate::i18n::verify::Look::Unknown)
        .and_then(|code| crate::components::record::report(page, &format!("code/{code}")));
    view! {
        <section class="sec noprint"><h2>{words::REPORT.to(lang)}</h2>
            <p>{text}</p>
            <div class="acts"><a class="btn b2" href=how>{words::REPORT_HOW.to(lang)}</a><a class="btn b2" href="tel:12315">{words::CALL.to(lang)}</a>{here}</div>
        </section>
    }
    .into_any()
}
