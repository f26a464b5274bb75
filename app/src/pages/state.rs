//! `/products/{id}/state` and `/enterprises/{uscc}/state`: what the register held on a day, for one sheet of paper.

use leptos::prelude::*;

use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record::section;
use crate::components::text::{data, date, link, sample_mark, status};
use crate::i18n::{count, fill, state as words};
use crate::model::{PageContext, StateLine, StatePage};

/// The way to the statement, on the page of a product or an enterprise.
pub fn way(page: &PageContext) -> Option<AnyView> {
    // It is the portal's to make.
    if page.mirror.is_some() {
        return None;
    }
    let to = page.href(&format!("{}/state", page.path));
    Some(
        view! { <p class="noprint"><a class="lk" href=to>{words::LINK.to(page.lang)}</a></p> }
            .into_any(),
    )
}

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &StatePage) -> String {
    let lang = page.lang;
    let title = words::PAGE.to(lang);
    let n = count(model.known);
    let lead =
        fill(words::LEAD.to(lang), &[("d", &model.as_of), ("n", &n), ("t", &model.known_at)]);
    let head = Head {
        title: format!("{title} {}", model.of.text),
        description: lead.clone(),
        noindex: true,
        ..Head::default()
    };
    document(page, head, Section::None, || {
        let of = model.of.href.clone().unwrap_or_default();
        let holder = model.holder.as_ref().map(|holder| {
            view! { <dt>{words::HOLDER.to(lang)}</dt><dd>{link(page, holder)}</dd> }
        });
        view! {
            {crumb(page, &[(model.of.text.clone(), of)], title)}
            <div class="sheet">
            <div class="head wide">
                <h1>{title}{sample_mark(lang, model.sample)}</h1>
                <p class="lead">{lead}</p>
                <p class="lead2"><b>{model.of.text.clone()}</b></p>
            </div>
            <dl class="kv">
                <dt>{words::ID.to(lang)}</dt><dd><code>{model.identifier.clone()}</code></dd>
                {holder}
                <dt>{words::STATUS.to(lang)}</dt><dd>{status(lang, &model.status)}</dd>
            </dl>
            {section(lang, words::LISTINGS, listings(page, model))}
            {section(lang, words::NOT, view! {
                <ul class="do2">{[words::NOT_ITEM, words::NOT_TRUE, words::NOT_NOW, words::NOT_ALL].into_iter().map(|line| view! { <li>{line.to(lang)}</li> }.into_any()).collect::<Vec<_>>()}</ul>
            }.into_any())}
            {section(lang, words::PROOF, proof(page, model))}
            </div>
        }
        .into_any()
    })
}

fn listings(page: &PageContext, model: &StatePage) -> AnyView {
    let lang = page.lang;
    if model.listings.is_empty() {
        return view! { <p>{words::NONE.to(lang)}</p> }.into_any();
    }
    let heads: Vec<_> = [
        words::C_SCHEME,
        words::C_NUMBER,
        words::STATUS,
        words::C_GRANTED,
        words::C_UNTIL,
        words::C_SOURCE,
    ]
    .into_iter()
    .map(|word| view! { <th scope="col">{word.to(lang)}</th> }.into_any())
    .collect();
    let rows: Vec<_> = model.listings.iter().map(|line| row(page, line)).collect();
    let more = (model.left_out > 0).then(|| {
        view! { <p class="src">{fill(words::LEFT_OUT.to(lang), &[("n", &count(model.left_out))])}</p> }
    });
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=words::LISTINGS.to(lang)>
            <table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
        </div>
        {more}
    }
    .into_any()
}

fn row(page: &PageContext, line: &StateLine) -> AnyView {
    let lang = page.lang;
    let subject = line
        .subject
        .as_ref()
        .map(|subject| view! { <br /><span class="sm q">{link(page, subject)}</span> });
    let entry = fill(crate::i18n::record::ENTRY_N.to(lang), &[("n", &count(line.seq))]);
    view! {
        <tr>
            <td>{link(page, &line.scheme)}{subject}</td>
            <td><code>{line.certificate.clone()}</code></td>
            <td>{status(lang, &line.status)}</td>
            <td>{date(&line.granted_on)}</td>
            <td>{date(&line.valid_until)}</td>
            <td class="sm">{data(lang, &line.source)}{crate::i18n::comma(lang)}{entry}</td>
        </tr>
    }
    .into_any()
}

fn proof(page: &PageContext, model: &StatePage) -> AnyView {
    let lang = page.lang;
    let qr = match &model.qr {
        Some(qr) => view! {
            <svg viewBox=format!("0 0 {} {}", qr.side, qr.side) width="132" height="132" role="img" aria-label=words::QR.to(lang)>
                <path fill="#fff" d=format!("M0 0h{0}v{0}H0z", qr.side) /><path fill="#000" d=qr.path.clone() />
            </svg>
        }
        .into_any(),
        None => view! { <p class="src">{words::NO_ORIGIN.to(lang)}</p> }.into_any(),
    };
    let checkpoint = match model.root.as_str() {
        "" => view! { <p>{words::NO_CHECKPOINT.to(lang)}</p> }.into_any(),
        root => {
            let label = fill(words::CHECKPOINT.to(lang), &[("n", &count(model.known))]);
            view! { <p class="sm brk">{label}" "<code>{root.to_owned()}</code></p> }.into_any()
        }
    };
    let signature = match &model.signature {
        Some(signed) => {
            let by = fill(words::SIGNED_BY.to(lang), &[("k", &signed.kid), ("d", &signed.dated)]);
            let holder = match signed.holder.as_str() {
                "" => String::new(),
                holder => fill(words::HOLDER_OF.to(lang), &[("h", holder)]),
            };
            view! { <p class="sm brk">{words::SIGNED.to(lang)}" ("{by}{holder}") "<code>{signed.value.clone()}</code></p> }.into_any()
        }
        None => view! { <p><b>{words::UNSIGNED.to(lang)}</b></p> }.into_any(),
    };
    view! {
        <div class="inl">
            {qr}
            <div class="brk"><p class="sm">{words::FIXED.to(lang)}</p><p><code>{model.link.clone()}</code></p></div>
        </div>
        {checkpoint}
        {signature}
        <p class="sm">{words::HOW.to(lang)}</p>
        <pre class="box"><code>"liangbiao verify --state state.json --keys jwks.json"</code></pre>
        <p class="inl noprint"><a class="lk" href=page.twin(".json")>{words::FILE.to(lang)}</a><a class="lk" href="/.well-known/jwks.json">{words::KEYS.to(lang)}</a></p>
    }
    .into_any()
}
