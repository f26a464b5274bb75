//! Blocks about supervision that several pages share: inconsistencies, lines of a credit file.

use leptos::prelude::*;

use super::record::section;
use super::text::{date, link, status};
use crate::i18n::{Words, record as words};
use crate::model::{CreditPart, FileLine, FindingLine, Link, PageContext};

/// What does not fit, on the page of a record concerned.
pub fn findings(page: &PageContext, all: &[FindingLine]) -> Option<AnyView> {
    let lang = page.lang;
    if page.as_of.is_some() || page.known.is_some() {
        // Finding them for another time takes a look at every enterprise: that is the list's work.
        let list = page.href("/inconsistencies");
        let body = view! { <p>{words::FINDINGS_THEN.to(lang)}" "<a class="lk" href=list>{crate::i18n::list::H_INCONSISTENCIES.to(lang)}</a></p> };
        return Some(section(lang, words::FINDINGS, body.into_any()));
    }
    if all.is_empty() {
        return None;
    }
    let stop = ["。", "。", "."][lang as usize];
    let lines: Vec<_> = all
        .iter()
        .map(|finding| {
            view! {
                <li><article><div><h3>{link(page, &finding.link)}</h3><p class="q">{finding.sentence.clone()}{stop}</p></div><div>{status(lang, &finding.status)}</div></article></li>
            }
            .into_any()
        })
        .collect();
    let body = view! { <ol class="rows r2">{lines}</ol><p class="src">{words::FINDING_MEANS.to(lang)}</p> };
    Some(section(lang, words::FINDINGS, body.into_any()))
}

/// Heading of a part of a credit file.
#[must_use]
pub const fn part(part: CreditPart) -> Words {
    match part {
        CreditPart::Inspections => words::C_INSPECTIONS,
        CreditPart::Penalties => words::C_PENALTIES,
        CreditPart::Restrictions => words::C_RESTRICTIONS,
        CreditPart::Recalls => words::C_RECALLS,
        CreditPart::Certificates => words::C_CERTIFICATES,
        CreditPart::Honours => words::C_HONOURS,
        CreditPart::Ratings => words::C_RATINGS,
        CreditPart::Standards => words::C_STANDARDS,
        CreditPart::Notices => words::C_NOTICES,
        CreditPart::Possible => words::C_POSSIBLE,
    }
}

/// Lines of a credit file as a table, named for those who hear it. Good and bad look the same.
pub fn credit_table(
    page: &PageContext,
    lines: &[&FileLine],
    name: &'static str,
    with_part: bool,
) -> AnyView {
    let lang = page.lang;
    let heads = [
        Some(words::C_DATE),
        with_part.then_some(words::KIND),
        Some(words::C_WHAT),
        Some(words::C_STATUS),
        Some(words::C_SOURCE),
    ];
    let heads: Vec<_> = heads
        .into_iter()
        .flatten()
        .map(|word| view! { <th scope="col">{word.to(lang)}</th> }.into_any())
        .collect();
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            let kind = with_part.then(|| view! { <td>{part(line.part).to(lang)}</td> });
            let detail = (!line.detail.is_empty())
                .then(|| view! { <br /><small class="q">{line.detail.clone()}</small> });
            view! {
                <tr>
                    <th scope="row">{date(&line.date)}</th>
                    {kind}
                    <td>{link(page, &line.what)}{detail}</td>
                    <td class="w">{line.status.as_ref().map(|s| status(lang, s))}</td>
                    <td><small class="q">{line.source.clone()}</small></td>
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="scroll" role="region" aria-label=name tabindex="0">
            <table>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Links one under the other.
pub fn list(page: &PageContext, all: &[Link]) -> AnyView {
    let lines: Vec<_> =
        all.iter().map(|to| view! { <li>{link(page, to)}</li> }.into_any()).collect();
    view! { <ul class="do2">{lines}</ul> }.into_any()
}
