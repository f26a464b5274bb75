//! What a scanned code opens. No script, nothing else to fetch; the verdict first, then the thing, then what
//! to compare it with and what the answer does not prove.

mod goods;
mod head;
mod help;
mod record;

pub use self::goods::spelled;

use leptos::prelude::*;
use register::Lang;

use crate::components::contest;
use crate::components::frame::{Head, verdict_document};
use crate::components::record::section;
use crate::components::text::{date, link, some};
use crate::i18n::verify::{self as words, Look};
use crate::i18n::{Words, and, comma, fill, site};
use crate::model::{Fact, Goods, PageContext, VerifyPage};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &VerifyPage) -> String {
    let lang = page.lang;
    let (_, _, word) = words::head(model.look);
    let title = match &model.goods {
        Some(goods) => format!("{}{}{}", word.to(lang), colon(lang), name_and_model(goods)),
        None => word.to(lang).to_owned(),
    };
    let head =
        Head { title, description: model.sentence.clone(), noindex: true, ..Head::default() };
    let main = || {
        view! {
            {head::verdict(page, model)}
            <div class="wrap">{body(page, model)}</div>
        }
        .into_any()
    };
    verdict_document(page, head, words::SKIP.to(lang), main, || foot(page))
}

/// The same in plain text, for terminals and for those who read a page aloud.
#[must_use]
pub fn text(page: &PageContext, model: &VerifyPage) -> String {
    let lang = page.lang;
    let (_, _, word) = words::head(model.look);
    let mut lines = vec![word.to(lang).to_owned(), model.sentence.clone()];
    let mut say = |label: &str, value: &str| {
        if !value.is_empty() {
            lines.push(format!("{label}{}{value}", colon(lang)));
        }
    };
    say(words::CODE.to(lang), &model.code);
    if let Some(goods) = &model.goods {
        let mark = match (model.sample, lang) {
            (false, _) => String::new(),
            (true, Lang::En) => format!(" ({})", site::SAMPLE_MARK.to(lang)),
            (true, _) => format!("（{}）", site::SAMPLE_MARK.to(lang)),
        };
        say(words::MODEL.to(lang), &(name_and_model(goods) + &mark));
        say(words::MAKER.to(lang), &goods.holder.text);
    }
    say(words::LOT.to(lang), model.lot.as_deref().unwrap_or_default());
    for fact in &model.facts {
        say(&fact.label, &values(fact, lang));
    }
    for reason in &model.reasons {
        let mut line = reason.text.clone();
        for more in [&reason.date, &reason.decision] {
            if !more.is_empty() {
                line.push_str(comma(lang));
                line.push_str(more);
            }
        }
        lines.push(format!("- {line}"));
    }
    for of in &model.contested {
        let about = of.about.as_ref().map(|to| format!("{}{}", to.text, colon(lang)));
        let said = contest::sentences(page, of).join(comma(lang));
        lines.push(format!("! {}{said}", about.unwrap_or_default()));
    }
    if !model.possible.is_empty() {
        lines.push(words::POSSIBLE.to(lang).to_owned());
        lines.extend(model.possible.iter().map(|one| format!("  {}", one.text)));
        lines.push(words::POSSIBLE_TEXT.to(lang).to_owned());
    }
    lines.extend(not_proof(lang, model).into_iter().map(|line| format!("* {line}")));
    lines.push(when(page));
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

fn colon(lang: Lang) -> &'static str {
    ["：", "：", ": "][lang as usize]
}

fn name_and_model(goods: &Goods) -> String {
    [goods.brand.as_str(), goods.name.text.as_str(), goods.model.as_str()]
        .iter()
        .enumerate()
        // A name that begins with its brand says it already.
        .filter(|(i, part)| !(part.is_empty() || *i == 0 && goods.name.text.starts_with(**part)))
        .map(|(_, part)| *part)
        .collect::<Vec<_>>()
        .join(" ")
}

fn values(fact: &Fact, lang: Lang) -> String {
    fact.values.iter().map(|value| value.text.as_str()).collect::<Vec<_>>().join(and(lang))
}

fn when(page: &PageContext) -> String {
    fill(words::WHEN.to(page.lang), &[("d", &page.day), ("t", &page.recorded_at)])
}

fn body(page: &PageContext, model: &VerifyPage) -> AnyView {
    let lang = page.lang;
    let first = match model.look {
        Look::Unknown | Look::Malformed | Look::CannotTell => view! {
            {help::retype(page, model)}{why(page, model)}{help::look_at_label(page, model)}{help::scope(page, model)}
        }
        .into_any(),
        look if look.holds() => view! {
            {why(page, model)}{goods::evaluated(page, model)}{goods::compare(page, model)}
        }
        .into_any(),
        _ => {
            view! { {why(page, model)}{help::to_do(page, model)}{goods::compare_label(page, model)} }.into_any()
        }
    };
    let heading = match model.look {
        Look::Unknown => words::NOT_UNKNOWN,
        look if look.holds() => words::NOT_VALID,
        _ => words::NOT_ENDED,
    };
    let not: Vec<_> = not_proof(lang, model)
        .into_iter()
        .map(|line| view! { <li>{line}</li> }.into_any())
        .collect();
    let not = (!not.is_empty()).then(|| {
        view! { <section class="box gap"><h2>{heading.to(lang)}</h2><ul class="no">{not}</ul></section> }
    });
    let redress = model.look.found().then(|| record::redress(page, model.redress.as_ref()));
    view! {
        {contest::contested(page, &model.contested)}
        {goods::what(page, model)}
        <div class="cols side">
            <div>{first}</div>
            <div>{not}{redress}</div>
            <div>{record::credit(page, model)}{record::history(page, model)}{record::possible(page, model)}{record::note(page, model)}{record::report(page, model)}{real(page)}</div>
        </div>
    }
    .into_any()
}

fn why(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
    let lang = page.lang;
    // That nothing was found has no further reason.
    if matches!(model.look, Look::Valid | Look::Unknown)
        || model.reasons.is_empty() && !model.look.found()
    {
        return None;
    }
    let heading = match model.look {
        Look::Notice => words::WHY_NOTICE,
        Look::Recalled => words::WHY_RECALL,
        _ => words::WHY_ENDED,
    };
    let lines: Vec<_> = model
        .reasons
        .iter()
        .map(|reason| {
            // A text that names its day needs it no second time.
            let day = some(&reason.date)
                .filter(|day| !reason.text.contains(*day))
                .map(|day| view! { {date(day)}" " });
            let decision = some(&reason.decision).map(|number| {
                format!("{}{}", comma(lang), fill(words::DECISION.to(lang), &[("n", number)]))
            });
            let about = reason.about.as_ref().map(|to| view! { " "{link(page, to)} });
            view! { <li>{day}{head::dated(&head::capital(&reason.text))}{decision}{about}</li> }
                .into_any()
        })
        .collect();
    let body = if lines.is_empty() {
        view! { <p>{words::NO_REASON.to(lang)}</p> }.into_any()
    } else {
        view! { <ul class="lines">{lines}</ul> }.into_any()
    };
    Some(section(lang, heading, body))
}

/// What the answer does not say, for each face.
fn not_proof(lang: Lang, model: &VerifyPage) -> Vec<String> {
    let general: &[Words] = match model.look {
        Look::Unknown | Look::Malformed | Look::CannotTell => &[words::N_FAKE, words::N_GOOD],
        look if look.holds() && model.unit => &[words::N_UNIT, words::N_STATE, words::N_PRICE],
        look if look.holds() => &[words::N_ITEM, words::N_STATE, words::N_PRICE],
        Look::Recalled => &[words::N_OTHERS],
        _ => &[words::N_OTHERS, words::N_EVERY],
    };
    let mut lines: Vec<String> = general.iter().map(|line| line.to(lang).to_owned()).collect();
    if model.look.holds() {
        lines.extend(model.not_proof.iter().cloned());
    }
    lines
}

fn real(page: &PageContext) -> AnyView {
    let lang = page.lang;
    let text = match some(&page.domain) {
        Some(domain) => fill(words::REAL_TEXT.to(lang), &[("d", domain)]),
        None => words::REAL_NONE.to(lang).to_owned(),
    };
    view! { <details><summary>{words::REAL.to(lang)}</summary><p>{text}</p></details> }.into_any()
}

fn foot(page: &PageContext) -> AnyView {
    let lang = page.lang;
    let mut links = vec![
        (page.now("/scan"), words::AGAIN.to(lang), None),
        (page.now("/"), words::HOME.to(lang), None),
    ];
    for (other, word) in [
        (Lang::ZhHans, site::LANG_HANS.to(lang)),
        (Lang::ZhHant, site::LANG_HANT.to(lang)),
        (Lang::En, "English"),
    ] {
        if other != lang {
            links.push((page.here(other, page.large), word, Some(other.tag())));
        }
    }
    links.push((page.now("/privacy"), site::PRIVACY.to(lang), None));
    links.push((page.now("/accessibility"), site::ACCESSIBILITY.to(lang), None));
    let links: Vec<_> = links
        .into_iter()
        .map(|(href, word, lang)| {
            view! { <li><a class="lk" href=href lang=lang hreflang=lang>{word}</a></li> }.into_any()
        })
        .collect();
    let office = some(&page.office).map(|office| fill(site::OFFICE.to(lang), &[("o", office)]));
    let space = (lang == Lang::En).then_some(" ");
    view! { <ul>{links}</ul><p>{office}{space}{words::NO_TRACE.to(lang)}</p> }.into_any()
}
