//! `/offline`: what can be kept on a phone, and the answers given from it. A service worker shows this
//! page in the place of a verdict that cannot be fetched; its script then reads the address.

use leptos::prelude::*;
use register::Lang;
use register::verdict::{Outcome, What, words as official};

use crate::components::frame::{Head, Section, document};
use crate::components::text::icon;
use crate::i18n::{Words, count, fill, offline as words, verify};
use crate::model::{OfflineCopy, OfflinePage, PageContext};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &OfflinePage) -> String {
    let lang = page.lang;
    let head = Head {
        title: words::TITLE.to(lang).to_owned(),
        description: words::DESCRIPTION.to(lang).to_owned(),
        module: page.assets.offline.clone(),
        ..Head::default()
    };
    document(page, head, Section::None, || main(page, model))
}

fn main(page: &PageContext, model: &OfflinePage) -> AnyView {
    let lang = page.lang;
    let what = [words::WHAT_1, words::WHAT_2, words::WHAT_3, words::WHAT_4]
        .map(|line| view! { <li>{line.to(lang)}</li> }.into_any())
        .into_iter()
        .collect::<Vec<_>>();
    let keep = match &model.copy {
        Some(copy) => keep(page, copy),
        None => {
            view! { <section class="box gap3"><p>{words::NONE.to(lang)}</p></section> }.into_any()
        }
    };
    view! {
        {answer(page)}
        <div class="head" id="intro"><h1>{words::H1.to(lang)}</h1><p class="lead">{words::LEAD.to(lang)}</p></div>
        <div class="cols two">
            <div>{keep}{super::scan::typed(page)}</div>
            <section class="sec"><h2>{words::WHAT_H.to(lang)}</h2><ul class="do2">{what}</ul></section>
        </div>
    }
    .into_any()
}

/// Where the script writes an answer; empty and out of sight until it does.
fn answer(page: &PageContext) -> AnyView {
    let lang = page.lang;
    view! {
        <div id="answer" hidden>
            <div class="amber" role="status">
                <h1>{icon("note")}{icon("form")}<span></span></h1>
                <p class="say"></p>
                <p class="when"></p>
            </div>
            <section class="sec"><p class="code"></p><dl class="kv"></dl><ul class="do2"></ul></section>
            <p class="acts"><a class="btn" id="again" href="#">{words::ONLINE.to(lang)}</a></p>
            <p class="sm q">{words::NOT_PROOF.to(lang)}</p>
        </div>
    }
    .into_any()
}

fn keep(page: &PageContext, copy: &OfflineCopy) -> AnyView {
    let lang = page.lang;
    let assets = &page.assets;
    let kilo = |bytes: u64| count(bytes.div_ceil(1_000));
    let cost = fill(
        words::COST.to(lang),
        &[("p", &kilo(copy.programs)), ("d", &kilo(copy.bytes)), ("n", &count(copy.codes))],
    );
    view! {
        <section class="sec" id="keep">
            <h2>{words::KEEP_H.to(lang)}</h2>
            <p>{cost}</p>
            <div
                class="js" id="offline" data-verifier=assets.verifier.clone()
                data-sm2=assets.verifier_sm2.clone() data-lang=lang.tag()
                data-mirror=page.mirror.as_ref().map(|mirror| mirror.live.clone())
            >
                <p role="status">{words::S_NONE.to(lang)}</p>
                <p class="acts">
                    <button class="btn" type="button" data-do="keep">{words::KEEP.to(lang)}</button>
                    <button class="btn b2" type="button" data-do="remove" hidden>{words::REMOVE.to(lang)}</button>
                </p>
                {says(lang)}
            </div>
            <noscript><p>{words::NO_SCRIPT.to(lang)}</p></noscript>
            <p class="sm q">{words::KEY_NOTE.to(lang)}</p>
            <p class="sm q">{words::KEY.to(lang)}<br /><code class="brk">{copy.key.clone()}</code></p>
        </section>
    }
    .into_any()
}

/// What the script says; it has no words of its own.
fn says(lang: Lang) -> AnyView {
    let own = [
        ("none", words::S_NONE),
        ("work", words::S_WORK),
        ("kept", words::S_KEPT),
        ("failed", words::S_FAILED),
        ("refused", words::S_REFUSED),
        ("otherKey", words::S_OTHER_KEY),
        ("unable", words::S_UNABLE),
        ("removed", words::S_REMOVED),
        ("update", words::UPDATE),
        ("keep", words::KEEP),
        ("word", words::V_WORD),
        ("wrong", verify::W_MALFORMED),
        ("broken", words::V_BROKEN),
        ("noCopy", words::V_NO_COPY),
        ("today", words::V_AGE_0),
        ("age", words::V_AGE),
        ("clock", words::V_AGE_CLOCK),
        ("log", words::V_LOG),
        ("stood", words::V_STOOD),
        ("in_force", words::K_IN_FORCE),
        ("notice", words::K_NOTICE),
        ("not_in_force", words::K_NOT_IN_FORCE),
        ("recalled", words::K_RECALLED),
        ("absent", words::K_ABSENT),
        ("unit", words::K_UNIT),
        ("no_barcode", words::K_NO_BARCODE),
        ("lot", verify::LOT),
        ("lotNot", words::LOT_NOT),
        ("product", words::PRODUCT),
        ("model", verify::MODEL),
        ("holder", words::HOLDER),
        ("until", words::UNTIL),
        ("signature", words::SIGNATURE),
        ("verified", words::G_VERIFIED),
        ("key_revoked_later", words::G_REVOKED_LATER),
        ("unknown_key", words::G_UNKNOWN_KEY),
        ("signature_unchecked", words::G_UNCHECKED),
        ("key", words::KEY),
        ("issued", words::G_ISSUED),
        ("expires", words::G_EXPIRES),
        ("over", words::G_OVER),
        ("notYet", words::G_NOT_YET),
        ("proves", words::G_PROVES),
        ("notHere", words::NOT_HERE),
        ("offlineTitle", words::TITLE),
    ];
    let own = own.map(|(name, word): (&str, Words)| (name, word.to(lang)));
    // The official sentences, from the one place that has them.
    let clause = |what| official::clause(what)[lang as usize];
    let official = [
        ("cannot_tell", official::sentence(Outcome::CannotTell, lang)),
        ("check_character", official::sentence(Outcome::Malformed, lang)),
        ("malformed", official::malformed_sentence(lang)),
        ("statement", official::bad_statement_sentence(lang)),
        ("bad_statement", clause(What::BadStatement)),
        ("signature_mismatch", clause(What::SignatureMismatch)),
        ("key_not_in_force", clause(What::KeyNotInForce)),
    ];
    let lines: Vec<_> = own
        .into_iter()
        .chain(official)
        .map(|(name, text)| view! { <li data-say=name>{text}</li> }.into_any())
        .collect();
    view! { <ul hidden>{lines}</ul> }.into_any()
}
