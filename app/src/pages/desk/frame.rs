//! The document around the desk's pages: another masthead than the public one, so that nobody takes one for
//! the other, and no link out of the desk but to what was published.

use leptos::prelude::*;
use register::Lang;

use crate::components::frame::{MARK, SYMBOLS_HERE, html_lang, with_symbols};
use crate::components::text::hidden;
use crate::i18n::{Words, desk as words, site};
use crate::model::{DeskFrame, PageContext};

/// The whole document.
pub(super) fn document(
    page: &PageContext,
    frame: &DeskFrame,
    title: &str,
    main: impl FnOnce() -> AnyView,
) -> String {
    let lang = page.lang;
    let title = format!("{title} · {}", words::TITLE.to(lang));
    let owner = Owner::new();
    let html = owner.with(|| {
        let body = main();
        let refresh = frame.refresh.clone().map(|content| {
            view! { <meta http-equiv="refresh" content=content /> }.into_any()
        });
        // On the few pages where a passkey can be used; everything else goes without script.
        let script = frame.passkeys.as_ref().map(|(address, _)| {
            view! { <script type="module" src=address.clone()></script> }.into_any()
        });
        view! {
            <html lang=html_lang(lang) class=page.large.then_some("large")>
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width,initial-scale=1" />
                    <title>{title}</title>
                    <meta name="robots" content="noindex,nofollow" />
                    <meta name="color-scheme" content="light dark" />
                    {refresh}
                    <link rel="icon" href=page.assets.icon.clone() type="image/svg+xml" />
                    <link rel="stylesheet" href=page.assets.css.clone() />
                    {script}
                </head>
                <body>
                    <svg width="0" height="0" class="vh" aria-hidden="true" inner_html=SYMBOLS_HERE></svg>
                    <a class="skip" href="#main">{words::SKIP.to(lang)}</a>
                    {masthead(page, frame)}
                    <main class="wrap" id="main" tabindex="-1">{body}</main>
                    <footer class="foot"><div class="wrap"><p>{words::NOTE.to(lang)}</p></div></footer>
                </body>
            </html>
        }
        .to_html()
    });
    drop(owner);
    format!("<!doctype html>{}", with_symbols(&html.replace("<!>", ""), false))
}

fn masthead(page: &PageContext, frame: &DeskFrame) -> AnyView {
    let lang = page.lang;
    let size = if page.large { site::NORMAL } else { site::LARGE };
    let others: Vec<_> = [
        (Lang::ZhHans, site::LANG_HANS.to(lang)),
        (Lang::ZhHant, site::LANG_HANT.to(lang)),
        (Lang::En, "EN"),
    ]
    .into_iter()
    .filter(|(other, _)| *other != lang)
    .map(|(other, word)| {
        view! { <a href=page.here(other, page.large) lang=html_lang(other) hreflang=other.tag()>{word}</a> }
            .into_any()
    })
    .collect();
    let items = [
        (frame.drafts, "/", words::HOME),
        (frame.cases, "/cases", words::cases::TITLE),
        (frame.trail, "/trail", words::TRAIL),
        (!frame.who.is_empty(), "/account", words::ACCOUNT),
    ];
    let items: Vec<_> = items
        .into_iter()
        .filter(|(there, ..)| *there)
        .map(|(_, path, word): (bool, &str, Words)| {
            let here = page.path == path
                || (path == "/" && page.path.starts_with("/drafts"))
                || (path == "/cases" && page.path.starts_with("/cases/"));
            let current = here.then_some(if page.path == path { "page" } else { "true" });
            view! { <li><a href=page.now(path) aria-current=current>{word.to(lang)}</a></li> }
                .into_any()
        })
        .collect();
    let nav = (!frame.who.is_empty()).then(|| {
        view! {
            <nav class="nav" aria-label=words::NAV.to(lang)><ul>{items}</ul></nav>
            <form class="inl sp gap4" method="post" action=page.now("/sign-out")>
                {hidden("csrf", &frame.token)}
                <span class="sm q">{frame.who.clone()}</span>
                <button class="btn b2">{words::SIGN_OUT.to(lang)}</button>
            </form>
        }
    });
    view! {
        <header class="wrap">
            <div class="top">
                <a class="brand" href=page.now("/")><span inner_html=MARK></span>{words::TITLE.to(lang)}</a>
                <span class="dom desk">{page.office.clone()}</span>
                <div class="tools"><a href=page.here(lang, !page.large)>{size.to(lang)}</a>{others}</div>
            </div>
            {nav}
        </header>
    }
    .into_any()
}

/// What went wrong with the form that was sent.
pub(super) fn alert(frame: &DeskFrame) -> Option<AnyView> {
    (!frame.alert.is_empty()).then(|| {
        view! { <p class="box gap3" role="alert"><b>{frame.alert.clone()}</b></p> }.into_any()
    })
}
