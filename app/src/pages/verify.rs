//! What a scanned code opens. No script, nothing else to fetch; the verdict first, then the thing, then what
//! to compare it with and what the answer does not prove.

use leptos::prelude::*;
use register::Lang;

use crate::components::frame::{Head, verdict_document};
use crate::components::record::{facts, section, sources, timeline};
use crate::components::text::{date, hidden, icon, is_safe, link, some};
use crate::i18n::verify::{self as words, Look};
use crate::i18n::{Words, and, comma, count, fill, site};
use crate::model::{Fact, Goods, Link, PageContext, Redress, VerifyPage};

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
            {verdict(page, model)}
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
        say(words::MODEL.to(lang), &name_and_model(goods));
        say(words::MAKER.to(lang), &goods.holder.text);
    }
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

fn verdict(page: &PageContext, model: &VerifyPage) -> AnyView {
    let lang = page.lang;
    let (ground, shape, word) = words::head(model.look);
    let about = model.goods.as_ref().map(|goods| {
        view! { <span class="vh">{colon(lang)}{name_and_model(goods)}</span> }
    });
    let (before, after) = words::WHEN.to(lang).split_once("{d}").unwrap_or_default();
    let (middle, after) = after.split_once("{t}").unwrap_or((after, ""));
    let written = (!page.recorded_at.is_empty()).then(|| {
        view! { {some(middle)}<time datetime=page.recorded_at_iso.clone()>{page.recorded_at.clone()}</time>{some(after)} }
    });
    // Ticks stand under "valid" only.
    let checked = match model.look {
        _ if model.checked.is_empty() => None,
        Look::Valid => {
            let lines: Vec<_> = model
                .checked
                .iter()
                .map(|line| view! { <li>{icon("ok")}{line.clone()}</li> }.into_any())
                .collect();
            Some(view! { <ul class="wit">{lines}</ul> }.into_any())
        }
        _ => {
            let line = model.checked.join(and(lang));
            Some(view! { <p class="wit">{words::CHECKED.to(lang)}{line}</p> }.into_any())
        }
    };
    view! {
        <div class=format!("verdict {ground}").trim_end().to_owned() role="status"><div class="wrap">
            <h1>{icon(shape)}<span>{word.to(lang)}{about}</span></h1>
            <p class="say">{dated(&without_head(&model.sentence, lang))}</p>
            <p class="when">{some(before)}{date(&page.day)}{written}</p>
            {checked}
        </div></div>
    }
    .into_any()
}

/// The sentence without the word that stands large above it: `已撤销：登记自…` → `登记自…`.
fn without_head(sentence: &str, lang: Lang) -> String {
    const HEAD_CHARACTERS_MAX: usize = 16;
    let Some((head, rest)) = sentence.split_once(colon(lang)) else { return sentence.to_owned() };
    let short = head.chars().count() <= HEAD_CHARACTERS_MAX
        && !head.contains(['，', ','])
        && !head.chars().any(|c| c.is_ascii_digit());
    if !short {
        return sentence.to_owned();
    }
    capital(rest)
}

/// A text that begins a line: with a capital, where its script has them.
fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// A text whose dates do not break over lines.
fn dated(text: &str) -> Vec<AnyView> {
    const DATE: usize = 10;
    let is_date = |part: &[u8]| {
        part.iter().enumerate().all(|(i, b)| match i {
            4 | 7 => *b == b'-',
            _ => b.is_ascii_digit(),
        })
    };
    let mut parts = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(part) = text.as_bytes().get(at..at + DATE) {
        if is_date(part) {
            // Both ends are ASCII, so both are boundaries of characters.
            parts.extend(some(&text[from..at]).map(|plain| plain.to_owned().into_any()));
            parts.push(date(&text[at..at + DATE]));
            at += DATE;
            from = at;
        } else {
            at += 1;
        }
    }
    parts.extend(some(&text[from..]).map(|plain| plain.to_owned().into_any()));
    parts
}

fn body(page: &PageContext, model: &VerifyPage) -> AnyView {
    let lang = page.lang;
    let first = match model.look {
        Look::Unknown | Look::Malformed | Look::CannotTell => view! {
            {retype(page, model)}{why(page, model)}{look_at_label(page, model)}{scope(page, model)}
        }
        .into_any(),
        look if look.holds() => view! {
            {why(page, model)}{evaluated(page, model)}{compare(page, model)}
        }
        .into_any(),
        _ => {
            view! { {why(page, model)}{to_do(page, model)}{compare_label(page, model)} }.into_any()
        }
    };
    let heading = match model.look {
        Look::Unknown | Look::Malformed | Look::CannotTell => words::NOT_UNKNOWN,
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
    let redress = model.look.found().then(|| redress(page, model.redress.as_ref()));
    view! {
        {what(page, model)}
        <div class="cols side">
            <div>{first}</div>
            <div>{not}{redress}</div>
            <div>{credit(page, model)}{history(page, model)}{report(page, model)}{real(page)}</div>
        </div>
    }
    .into_any()
}

fn what(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
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
            <h2>{link(page, &goods.name)}</h2>
            <p>{words::MODEL.to(lang)}" "<b>{goods.model.clone()}</b>{spec}</p>
            <p>{link(page, &goods.holder)}<br /><span class="q">{from}</span></p>
        }
        .into_any()
    });
    let unit = model.unit.then(|| view! { <p class="sm q">{words::UNIT.to(lang)}</p> });
    Some(
        view! {
            <section class="what">
                <div>{goods}{code_line(lang, model)}{unit}</div>
                {facts(page, &model.facts)}
            </section>
        }
        .into_any(),
    )
}

/// The code, spelled for a screen reader: letter by letter, with a pause after each group.
fn code_line(lang: Lang, model: &VerifyPage) -> Option<AnyView> {
    if model.code.is_empty() {
        return None;
    }
    let spelled: Vec<String> = model
        .code
        .split('-')
        .map(|group| group.chars().map(String::from).collect::<Vec<_>>().join(" "))
        .collect();
    let label = format!("{}{}{}", words::CODE.to(lang), colon(lang), spelled.join(", "));
    Some(
        view! { <p class="code"><span class="vh">{label}</span><span aria-hidden="true">{model.code.clone()}</span></p> }
            .into_any(),
    )
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
            view! { <li>{day}{dated(&capital(&reason.text))}{decision}{about}</li> }.into_any()
        })
        .collect();
    let body = if lines.is_empty() {
        view! { <p>{words::NO_REASON.to(lang)}</p> }.into_any()
    } else {
        view! { <ul class="lines">{lines}</ul> }.into_any()
    };
    Some(section(lang, heading, body))
}

fn evaluated(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
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

fn compare(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
    let lang = page.lang;
    let goods = model.goods.as_ref()?;
    let gtins = goods.gtins.join(and(lang));
    let mut lines: Vec<(Words, &str)> = [
        (words::PACK_BRAND, goods.brand.as_str()),
        (words::PACK_MODEL, &goods.model),
        (words::PACK_MAKER, &goods.holder.text),
        (words::PACK_GTIN, &gtins),
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
fn compare_label(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
    (model.look == Look::Recalled).then(|| compare(page, model)).flatten()
}

fn to_do(page: &PageContext, model: &VerifyPage) -> AnyView {
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

fn retype(page: &PageContext, model: &VerifyPage) -> AnyView {
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

fn look_at_label(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
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

fn scope(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
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

fn redress(page: &PageContext, redress: Option<&Redress>) -> AnyView {
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

fn credit(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
    let lang = page.lang;
    if model.credit.is_empty() {
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
    let body =
        view! { <p class="q">{words::CREDIT_NOTE.to(lang)}</p><ul class="lines">{lines}</ul> };
    Some(section(lang, words::CREDIT, body.into_any()))
}

fn history(page: &PageContext, model: &VerifyPage) -> Option<AnyView> {
    let lang = page.lang;
    if model.history.is_empty() {
        return None;
    }
    let latest = model.history.iter().filter_map(|event| event.seq).max();
    let log = latest.map(|seq| {
        let text =
            fill(words::HISTORY_LOG.to(lang), &[("s", &count(seq)), ("n", &count(page.log_size))]);
        view! { <details><summary>{words::HISTORY_CHECK.to(lang)}</summary><p>{text}</p></details> }
    });
    let body = view! { {timeline(page, &model.history)}{log} };
    Some(section(lang, words::HISTORY, body.into_any()))
}

fn report(page: &PageContext, model: &VerifyPage) -> AnyView {
    let lang = page.lang;
    let text = match some(&model.code) {
        Some(code) => fill(words::REPORT_TEXT.to(lang), &[("c", code)]),
        None => words::REPORT_TEXT_NONE.to(lang).to_owned(),
    };
    let how = match some(&model.plain) {
        Some(code) => page.now(&format!("/12315?code={code}")),
        None => page.now("/12315"),
    };
    view! {
        <section class="sec noprint"><h2>{words::REPORT.to(lang)}</h2>
            <p>{text}</p>
            <div class="acts"><a class="btn b2" href=how>{words::REPORT_HOW.to(lang)}</a><a class="btn b2" href="tel:12315">{words::CALL.to(lang)}</a></div>
        </section>
    }
    .into_any()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_large_word_is_not_said_twice() {
        for (lang, sentence, shown) in [
            (Lang::ZhHans, "已撤销：登记自2023-10-02起不再有效。", "登记自2023-10-02起不再有效。"),
            (
                Lang::En,
                "Not found: the register has no such number.",
                "The register has no such number.",
            ),
            (
                Lang::ZhHans,
                "登记有效，但有需要留意的事项：已停产。",
                "登记有效，但有需要留意的事项：已停产。",
            ),
            (
                Lang::En,
                "No longer valid since 2023-10-02 (withdrawn): 抽查不合格.",
                "No longer valid since 2023-10-02 (withdrawn): 抽查不合格.",
            ),
            (Lang::En, "Valid", "Valid"),
        ] {
            assert_eq!(without_head(sentence, lang), shown);
        }
    }

    #[test]
    fn dates_in_a_text_stay_whole() {
        let html = |text: &str| Owner::new().with(|| dated(text).to_html().replace("<!>", ""));
        assert_eq!(html("自2023-10-02起"), "自<time>2023-10-02</time>起");
        assert_eq!(html("2023-10-02"), "<time>2023-10-02</time>");
        assert_eq!(html("第2023-10号"), "第2023-10号");
        assert_eq!(html(""), "");
    }
}
