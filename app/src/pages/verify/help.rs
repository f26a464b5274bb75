//! What a reader can do next: with a code that is not in force, and with one that was not found.

use leptos::prelude::*;

use crate::components::record::section;
use crate::components::text::{hidden, some};
use crate::i18n::verify::{self as words, Look};
use crate::i18n::{Words, count, fill};
use crate::model::{PageContext, VerifyPage};

pub(super) fn to_do(page: &PageContext, model: &VerifyPage) -> AnyView {
    let lang = page.lang;
    let steps: &[Words] = match model.look {
        Look::Expired => &[words::D_EXPIRED, words::D_CLAIM],
        Look::Superseded => &[words::NEWER, words::D_CLAIM],
        Look::Recalled => &[words::D_RECALL, words::D_CLAIM],
        _ => &[words::D_NOT_YET, words::D_BOUGHT, words::D_CLAIM],
    };
    let steps: Vec<_> =
        steps.iter().map(|step| view! { <li>{step.to(lang)}</li> }.into_any()).collect();
    section(lang, words::DO, view! { <ol class="do">{steps}</ol> }.into_any())
}

pub(super) fn retype(page: &PageContext, model: &VerifyPage) -> AnyView {
    let lang = page.lang;
    let asked = if model.code.is_empty() { model.typed.clone() } else { model.code.clone() };
    let shown = (!asked.is_empty()).then(|| {
        view! { <p class="q">{words::YOU_ASKED.to(lang)}</p><p class="code"><bdi>{asked.clone()}</bdi></p> }
    });
    let wait = (model.look == Look::CannotTell).then(|| {
        view! { <ol class="do"><li>{words::D_AGAIN.to(lang)}</li><li>{words::D_PHONE.to(lang)}</li></ol> }
    });
    let action = format!("{}/q", lang.prefix());
    let heading = if wait.is_some() { words::DO } else { words::RETYPE };
    section(
        lang,
        heading,
        view! {
            {wait}{shown}
            <form class="gap3" action=action method="get">
                <label for="c">{words::FIELD.to(lang)}</label>
                <div class="search">
                    <input id="c" name="code" value=asked autocapitalize="characters" autocomplete="off" spellcheck="false" maxlength="300" />
                    <button class="btn">{words::LOOK_UP.to(lang)}</button>
                </div>
                {page.large.then(|| hidden("size", "large"))}
                <p class="sm q">{words::FIELD_HINT.to(lang)}</p>
            </form>
        }
        .into_any(),
    )
}

pub(super) fn look_at_label(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
    let lang = page.lang;
    if model.look == Look::CannotTell {
        return None;
    }
    let domain = some(&page.domain).map(|domain| {
        let (before, after) = words::L_DOMAIN.to(lang).split_once("{d}").unwrap_or_default();
        view! { <li>{before}<code>{domain.to_owned()}</code>{after}</li> }
    });
    let body = view! {
        <ol class="do">{domain}<li>{words::L_STUCK.to(lang)}</li><li>{words::L_ASK.to(lang)}</li></ol>
    };
    Some(section(lang, words::LABEL, body.into_any()))
}

pub(super) fn scope(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
    let lang = page.lang;
    if model.look != Look::Unknown {
        return None;
    }
    let n = fill(words::S_CODES_N.to(lang), &[("n", &count(model.codes))]);
    let body = view! {
        <dl class="kv">
            <dt>{words::S_CODES.to(lang)}</dt><dd class="num">{n}</dd>
            <dt>{words::S_WRITTEN.to(lang)}</dt><dd><time>{page.recorded_at.clone()}</time></dd>
            <dt>{words::S_NOT.to(lang)}</dt><dd>{words::S_NOT_WHAT.to(lang)}</dd>
        </dl>
    };
    Some(section(lang, words::SCOPE, body.into_any()))
}
