//! `/scan`: the camera, a typed code, a photo; and what was read in a photo.

use leptos::prelude::*;

use crate::components::frame::{Head, Section, document};
use crate::components::text::{hidden, link};
use crate::i18n::{Words, count, fill, offline, scan as words, site};
use crate::model::{PageContext, Photo, ScanPage, Scanned, ScannedCode};

/// Most megabytes of a photo, as the page says it; the server's limit is the same number.
pub const PHOTO_MEGABYTES_MAX: u64 = 10;

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &ScanPage) -> String {
    let lang = page.lang;
    let head = Head {
        title: words::TITLE.to(lang).to_owned(),
        description: words::DESCRIPTION.to(lang).to_owned(),
        noindex: model.photo.is_some(),
        module: page.assets.scan.clone(),
        ..Head::default()
    };
    document(page, head, Section::None, || main(page, model))
}

fn main(page: &PageContext, model: &ScanPage) -> AnyView {
    let lang = page.lang;
    let tips = [words::TIP_DISTANCE, words::TIP_LENS, words::TIP_TYPE]
        .map(|tip| view! { <li>{tip.to(lang)}</li> }.into_any())
        .into_iter()
        .collect::<Vec<_>>();
    view! {
        <div class="head"><h1>{words::H1.to(lang)}</h1><p class="lead">{words::LEAD.to(lang)}</p></div>
        {model.photo.as_ref().map(|photo| result(page, photo))}
        <div class="cols two">
            {camera(page)}
            <div>
                {typed(page)}
                {photo(page)}
                <section class="box gap"><h2>{words::TIPS.to(lang)}</h2><ul class="do2">{tips}</ul></section>
                <p class="gap2">{offline::SCAN_LINK.to(lang)}" "<a class="lk" href=page.now("/offline")>{offline::SCAN_KEEP.to(lang)}</a></p>
            </div>
        </div>
    }
    .into_any()
}

/// The camera, shown only where a script can run; none in a build without the decoder.
fn camera(page: &PageContext) -> Option<AnyView> {
    let lang = page.lang;
    let assets = &page.assets;
    if assets.scan.is_empty() || assets.scanner.is_empty() {
        return None;
    }
    // What the script says; it has no words of its own.
    let says: Vec<_> = [
        ("opening", words::SAY_OPENING),
        ("loading", words::SAY_LOADING),
        ("looking", words::SAY_LOOKING),
        ("found", words::SAY_FOUND),
        ("several", words::SAY_SEVERAL),
        ("paused", words::SAY_PAUSED),
        ("denied", words::SAY_DENIED),
        ("absent", words::SAY_ABSENT),
        ("busy", words::SAY_BUSY),
        ("unable", words::SAY_UNABLE),
        ("failed", words::SAY_FAILED),
        ("hung", words::SAY_HUNG),
        ("open", words::CAMERA_OPEN),
        ("stop", words::BUTTON_STOP),
        ("light", words::BUTTON_LIGHT),
        ("dark", words::BUTTON_DARK),
        ("zoom", words::ZOOM),
        ("own", words::IS_OWN),
        ("ownOpen", words::OWN_OPEN),
        ("code", words::IS_CODE),
        ("codeOpen", words::CODE_OPEN),
        ("goods", words::IS_GOODS),
        ("goodsOpen", words::GOODS_SEARCH),
        ("foreign", words::IS_FOREIGN),
        ("foreignText", words::FOREIGN_TEXT),
        ("foreignCode", words::FOREIGN_CODE),
        ("text", words::IS_TEXT),
        ("textText", words::TEXT_TEXT),
        ("cut", words::CUT),
    ]
    .into_iter()
    .map(|(name, word): (&str, Words)| view! { <li data-say=name>{word.to(lang)}</li> }.into_any())
    .collect();
    let bytes = assets.scanner_bytes.div_ceil(1_000);
    let bytes = (bytes > 0).then(|| fill(words::CAMERA_BYTES.to(lang), &[("n", &count(bytes))]));
    let space = (lang == register::Lang::En && bytes.is_some()).then_some(" ");
    Some(
        view! {
            <section
                class="sec js" id="camera"
                data-camera=assets.camera.clone() data-worker=assets.scan_worker.clone()
                data-scanner=assets.scanner.clone() data-origin=page.origin.clone()
                data-offline=assets.offline.clone() data-verifier=assets.verifier.clone() data-sm2=assets.verifier_sm2.clone() data-prefix=lang.prefix() data-mirror=page.mirror.as_ref().map(|_| "1") data-large=page.large.then_some("1")
            >
                <h2>{words::CAMERA.to(lang)}</h2>
                <div class="cam">
                    <video playsinline muted hidden></video>
                    <svg viewBox="0 0 100 100" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.5"><path d="M2 20V2h18M80 2h18v18M98 80v18H80M20 98H2V80"/></svg>
                    <p role="status">{words::CAMERA_OFF.to(lang)}</p>
                    <button class="btn" type="button">{words::CAMERA_OPEN.to(lang)}</button>
                    <p class="sm">{words::CAMERA_LOCAL.to(lang)}</p>
                </div>
                <div class="acts" hidden></div>
                <ul class="rows" aria-live="polite"></ul>
                <p class="src">{bytes}{space}{words::CAMERA_FOREIGN.to(lang)}</p>
                <ul hidden>{says}</ul>
            </section>
        }
        .into_any(),
    )
}

/// The form for a code that is typed.
pub(super) fn typed(page: &PageContext) -> AnyView {
    let lang = page.lang;
    view! {
        <section class="sec">
            <h2>{words::TYPE.to(lang)}</h2>
            <form action=format!("{}/q", lang.prefix()) method="get">
                <label for="c">{words::TYPE_FIELD.to(lang)}</label>
                <div class="search">
                    <input id="c" name="code" autocapitalize="characters" autocomplete="off" spellcheck="false" maxlength="200" required placeholder="44M3-QMX9-D2R4" aria-describedby="ch" />
                    <button class="btn">{site::SEARCH.to(lang)}</button>
                </div>
                {page.large.then(|| hidden("size", "large"))}
                <p class="sm q" id="ch">{words::TYPE_HELP.to(lang)}</p>
            </form>
        </section>
    }
    .into_any()
}

fn photo(page: &PageContext) -> AnyView {
    let lang = page.lang;
    let help = fill(words::PHOTO_HELP.to(lang), &[("n", &PHOTO_MEGABYTES_MAX.to_string())]);
    view! {
        <section class="sec">
            <h2>{words::PHOTO.to(lang)}</h2>
            <form action=page.now("/scan") method="post" enctype="multipart/form-data">
                <label for="p">{words::PHOTO_FIELD.to(lang)}</label>
                <input class="gap4" id="p" name="photo" type="file" accept="image/jpeg,image/png,image/webp" required aria-describedby="ph" />
                <p class="sm q" id="ph">{help}</p>
                <p class="acts"><button class="btn b2">{words::PHOTO_SEND.to(lang)}</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn result(page: &PageContext, photo: &Photo) -> AnyView {
    let lang = page.lang;
    match photo {
        Photo::Refused(sentence) => view! {
            <section class="box gap3" role="alert" id="photo"><h2>{words::REFUSED.to(lang)}</h2><p>{sentence.clone()}</p></section>
        }
        .into_any(),
        Photo::Read(codes) if codes.is_empty() => view! {
            <section class="box gap3" role="status" id="photo"><h2>{words::FOUND_NONE.to(lang)}</h2><p>{words::FOUND_NONE_TEXT.to(lang)}</p></section>
        }
        .into_any(),
        Photo::Read(codes) => {
            let codes: Vec<_> = codes.iter().map(|code| one(page, code)).collect();
            view! {
                <section class="sec" id="photo"><h2>{words::FOUND.to(lang)}</h2><ul class="rows">{codes}</ul></section>
            }
            .into_any()
        }
    }
}

/// One code: what it is, what can be done, its text.
fn one(page: &PageContext, code: &ScannedCode) -> AnyView {
    let lang = page.lang;
    let to = |path: &str, word: Words| {
        view! { <a class="lk" href=page.now(path)>{word.to(lang)}</a> }.into_any()
    };
    let (title, body) = match &code.is {
        Scanned::Own { path } => (words::IS_OWN.to(lang).to_owned(), to(path, words::OWN_OPEN)),
        Scanned::Code { grouped, path } => {
            (fill(words::IS_CODE.to(lang), &[("c", grouped)]), to(path, words::CODE_OPEN))
        }
        Scanned::Goods { product, products, path } => {
            let body = match (product, products) {
                (Some(product), _) => view! { <p>{link(page, product)}</p> }.into_any(),
                (None, 0) => view! { <p>{words::GOODS_NONE.to(lang)}</p> }.into_any(),
                (None, n) => {
                    let text = fill(words::GOODS_MANY.to(lang), &[("n", &count(*n))]);
                    view! { <p>{text}</p>{to(path, words::GOODS_SEARCH)} }.into_any()
                }
            };
            (fill(words::IS_GOODS.to(lang), &[("c", &code.text)]), body)
        }
        Scanned::Foreign { domain, code } => {
            (fill(words::IS_FOREIGN.to(lang), &[("d", domain)]), foreign(page, code.as_ref()))
        }
        Scanned::Text => (
            words::IS_TEXT.to(lang).to_owned(),
            view! { <p class="q">{words::TEXT_TEXT.to(lang)}</p> }.into_any(),
        ),
    };
    let text = (!matches!(code.is, Scanned::Goods { .. })).then(|| {
        let cut = code.cut.then(|| view! { <span class="q">{words::CUT.to(lang)}</span> });
        view! { <p><bdi><code>{code.text.clone()}</code></bdi>{cut}</p> }
    });
    view! { <li><h3>{title}</h3>{text}{body}</li> }.into_any()
}

fn foreign(page: &PageContext, code: Option<&(String, String)>) -> AnyView {
    let lang = page.lang;
    let own = (!page.domain.is_empty())
        .then(|| fill(words::FOREIGN_DOMAIN.to(lang), &[("d", &page.domain)]));
    let space = (lang == register::Lang::En && own.is_some()).then_some(" ");
    let code = code.map(|(grouped, path)| {
        let text = fill(words::FOREIGN_CODE.to(lang), &[("c", grouped)]);
        let dot = ["。", "。", ". "][lang as usize];
        view! { <p>{text}{dot}<a href=page.now(path)>{words::CODE_OPEN.to(lang)}</a></p> }
    });
    view! { <p class="q">{words::FOREIGN_TEXT.to(lang)}{space}{own}</p>{code} }.into_any()
}
