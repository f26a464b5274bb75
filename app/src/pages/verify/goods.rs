//! The thing: what is registered, what was evaluated, what to compare with what one holds.

use leptos::prelude::*;
use register::Lang;

use super::colon;
use crate::components::record::{facts, section, sources};
use crate::components::text::{link, sample_mark, some};
use crate::i18n::verify::{self as words, Look};
use crate::i18n::{Words, and, comma};
use crate::model::{PageContext, VerifyPage};

pub(super) fn what(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
    let lang = page.lang;
    if !model.look.found() {
        return None;
    }
    let goods = model.goods.as_ref().map(|goods| {
        let spec = (!goods.spec.is_empty()).then(|| view! { <br />{goods.spec.clone()} });
        let from = match some(&goods.place) {
            Some(place) => format!("{place}{}{}", comma(lang), words::MAKER.to(lang)),
            None => words::MAKER.to(lang).to_owned(),
        };
        view! {
            <h2>{link(page, &goods.name)}{sample_mark(lang, model.sample)}</h2>
            <p>{words::MODEL.to(lang)}" "<b>{goods.model.clone()}</b>{spec}</p>
            <p>{link(page, &goods.holder)}<br /><span class="q">{from}</span></p>
        }
        .into_any()
    });
    let unit = model.unit.then(|| view! { <p class="sm q">{words::UNIT.to(lang)}</p> });
    let lot = model.lot.as_ref().map(|lot| {
        view! { <p>{words::LOT.to(lang)}" "<b>{lot.clone()}</b><br /><span class="sm q">{words::LOT_NOTE.to(lang)}</span></p> }
    });
    Some(
        view! {
            <section class="what">
                <div>{goods}{code_line(lang, model)}{unit}{lot}</div>
                {facts(page, &model.facts)}
            </section>
        }
        .into_any(),
    )
}

/// A code in groups as a screen reader is to say it: letter by letter, with a pause after each group.
#[must_use]
pub fn spelled(grouped: &str) -> String {
    let groups = grouped
        .split('-')
        .map(|group| group.chars().map(String::from).collect::<Vec<_>>().join(" "));
    groups.collect::<Vec<_>>().join(", ")
}

/// The code, spelled for a screen reader: letter by letter, with a pause after each group.
fn code_line(lang: Lang, model: &VerifyPage) -> Option<AnyView> {
    if model.code.is_empty() {
        return None;
    }
    let label = format!("{}{}{}", words::CODE.to(lang), colon(lang), spelled(&model.code));
    Some(
        view! { <p class="code"><span class="vh">{label}</span><span aria-hidden="true">{model.code.clone()}</span></p> }
            .into_any(),
    )
}

pub(super) fn evaluated(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
    let lang = page.lang;
    if model.indicators.is_empty() && model.evaluation.is_empty() {
        return None;
    }
    let lines: Vec<_> = model
        .indicators
        .iter()
        .map(|one| {
            view! { <dt>{one.name.clone()}</dt><dd><b>{one.value.clone()}</b>{some(&one.against).map(str::to_owned)}</dd> }
                .into_any()
        })
        .collect();
    let lines = (!lines.is_empty()).then(|| view! { <dl class="kv">{lines}</dl> });
    let all = model.goods.as_ref().and_then(|goods| goods.name.href.as_ref()).map(|href| {
        view! { <p class="acts"><a class="btn b2" href=page.now(href)>{words::ALL_INDICATORS.to(lang)}</a></p> }
    });
    let body =
        view! { {lines}{facts(page, &model.evaluation)}{all}{sources(page, &model.sources)} };
    Some(section(lang, words::EVALUATED, body.into_any()))
}

pub(super) fn compare(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
    let lang = page.lang;
    let goods = model.goods.as_ref()?;
    let gtins = goods.gtins.join(and(lang));
    let mut lines: Vec<(Words, &str)> = [
        (words::PACK_BRAND, goods.brand.as_str()),
        (words::PACK_MODEL, &goods.model),
        (words::PACK_MAKER, &goods.holder.text),
        (words::PACK_GTIN, &gtins),
        (words::PACK_LOT, model.lot.as_deref().unwrap_or_default()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .collect();
    lines.extend(model.pack.iter().map(|text| (words::PACK_SAYS, text.as_str())));
    let lines: Vec<_> = lines
        .into_iter()
        .map(|(sentence, value)| {
            let (before, after) = sentence.to(lang).split_once("{v}").unwrap_or_default();
            view! { <li>{before}<b>{value.to_owned()}</b>{after}</li> }.into_any()
        })
        .collect();
    let body = view! { <ol class="do">{lines}</ol><p>{words::PACK_ELSE.to(lang)}</p> };
    Some(section(lang, words::COMPARE, body.into_any()))
}

/// A unit or model that is not valid: the pack is compared only where a lot decides (a recall).
pub(super) fn compare_label(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
    (model.look == Look::Recalled).then(|| compare(page, model)).flatten()
}
