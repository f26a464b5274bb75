//! The mark that a record is contested, proposed from the page of its case.

use leptos::prelude::*;

use crate::components::text::hidden;
use crate::i18n::desk::{cases as words, drafts};
use crate::i18n::{Words, contest, fill};
use crate::model::{DeskCaseView, DeskFrame, PageContext};

/// What is to be said of the mark, and the form that proposes it or its end.
pub(super) fn mark(page: &PageContext, frame: &DeskFrame, of: &DeskCaseView) -> Option<AnyView> {
    let lang = page.lang;
    let mark = &of.mark;
    let says = [
        (mark.no_record, words::NO_RECORD),
        (mark.by_another, words::OTHER_MARK),
        (mark.lapsed, words::LAPSED),
    ];
    let says: Vec<_> = says
        .into_iter()
        .filter(|(is_so, _)| *is_so)
        .map(|(_, said)| view! { <p class="text">{said.to(lang)}</p> }.into_any())
        .collect();
    let waiting: Vec<_> = mark
        .drafts
        .iter()
        .map(|(id, number)| {
            let name = fill(drafts::NUMBER.to(lang), &[("n", &number.to_string())]);
            view! { " "<a href=page.now(&format!("/drafts/{id}"))>{name}</a> }.into_any()
        })
        .collect();
    let waiting =
        (!waiting.is_empty()).then(|| view! { <p>{words::WAITING.to(lang)}{waiting}</p> });
    let form = if mark.can_mark {
        Some(form(page, frame, of, "contest", [words::MARK_LEAD, words::MARK_DRAFT]))
    } else if mark.can_settle {
        Some(form(page, frame, of, "settle", [words::SETTLE_LEAD, words::SETTLE_DRAFT]))
    } else {
        None
    };
    if says.is_empty() && waiting.is_none() && form.is_none() {
        return None;
    }
    let heading = if mark.can_settle { words::SETTLE } else { words::MARK };
    Some(
        view! { <section class="sec" id="mark"><h2>{heading.to(lang)}</h2>{says}{waiting}{form}</section> }
            .into_any(),
    )
}

fn form(
    page: &PageContext,
    frame: &DeskFrame,
    of: &DeskCaseView,
    act: &'static str,
    [lead, send]: [Words; 2],
) -> AnyView {
    let lang = page.lang;
    let basis = (act == "contest").then(|| {
        let choices: Vec<_> = contest::BASES
            .iter()
            .map(|(code, name)| view! { <option value=*code>{name.to(lang)}</option> }.into_any())
            .collect();
        view! {
            <p class="gap4">
                <label for="basis">{words::MARK_BASIS.to(lang)}</label><br />
                <select class="gap5" id="basis" name="basis" required=true><option value="">"—"</option>{choices}</select>
            </p>
        }
    });
    let most = of.mark.most.to_string();
    // The first line break after the tag is not part of the value.
    let typed = format!("\n{}", of.mark.typed);
    view! {
        <p class="text">{lead.to(lang)}</p>
        <form class="text gap3" method="post" action=page.now(&format!("/cases/{}/{act}", of.item.label))>
            {hidden("csrf", &frame.token)}
            {basis}
            <p class="gap4">
                <label for="words">{fill(words::MARK_WORDS.to(lang), &[("n", &most)])}</label>
                <textarea class="gap5" id="words" name="words" rows="3" maxlength=of.mark.most required=true>{typed}</textarea>
            </p>
            <p class="acts"><button class="btn b2">{send.to(lang)}</button></p>
        </form>
    }
    .into_any()
}
