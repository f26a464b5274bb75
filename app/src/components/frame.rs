//! The document around every page: head, masthead, navigation, footer.

use leptos::prelude::*;
use register::Lang;

use super::text::{icon, some};
use crate::i18n::{Words, changes, count, fill, mirror as copy, policy, site, verify};
use crate::model::{PageContext, Sample};

/// What a page says about itself in its head.
#[derive(Debug, Default)]
pub struct Head {
    /// Title, without the site's name.
    pub title: String,
    /// One sentence for search engines and link previews.
    pub description: String,
    /// Crawlers are kept out (facet combinations, errors, past days).
    pub noindex: bool,
    /// schema.org description, a JSON value.
    pub json_ld: Option<serde_json::Value>,
    /// The boot script of the list island is needed.
    pub script: bool,
    /// The page has feeds: `.atom` and `.feed.json` of exactly this query.
    pub feeds: bool,
    /// Address of a script of this page alone; empty: none.
    pub module: String,
}

/// Section of the navigation a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the navigation's own")]
pub enum Section {
    Products,
    Directories,
    Standards,
    Enterprises,
    Notices,
    Policies,
    Systems,
    Data,
    None,
}

const NAV: [(Section, &str, Words); 8] = [
    (Section::Products, "/products", site::PRODUCTS),
    (Section::Directories, "/directories", site::DIRECTORIES),
    (Section::Standards, "/standards", site::STANDARDS),
    (Section::Enterprises, "/enterprises", site::ENTERPRISES),
    (Section::Notices, "/notices", site::NOTICES),
    (Section::Policies, "/targets", policy::TARGETS),
    (Section::Systems, "/systems", site::SYSTEMS),
    (Section::Data, "/data", site::DATA),
];

const FOOT: [(&str, Words); 9] = [
    ("/changes", changes::TITLE),
    ("/statistics", site::STATISTICS),
    ("/services", site::SERVICES),
    ("/data", site::DATA),
    ("/methods", site::METHODS),
    ("/12315", site::CORRECT),
    ("/accessibility", site::ACCESSIBILITY),
    ("/privacy", site::PRIVACY),
    ("/about", site::ABOUT),
];

/// Shapes of the icons; every `#i-…` a page uses is here.
const SYMBOLS: &[(&str, &str)] = &[
    (
        "scan",
        r#"<symbol id="i-scan" viewBox="0 0 24 24"><path fill-rule="evenodd" d="M2 2h7v2.5H4.5V9H2Zm13 0h7v7h-2.5V4.5H15ZM2 15h2.5v4.5H9V22H2Zm17.5 0H22v7h-7v-2.5h4.5ZM5 10.7h14v2.6H5Z"/></symbol>"#,
    ),
    (
        "ok",
        r#"<symbol id="i-ok" viewBox="0 0 24 24"><path fill-rule="evenodd" d="M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22Zm-1.7 16.4-5-5 2.1-2.1 2.9 2.9 6.3-6.3 2.1 2.1Z"/></symbol>"#,
    ),
    (
        "warn",
        r#"<symbol id="i-warn" viewBox="0 0 24 24"><path fill-rule="evenodd" d="M2 2h20v20H2Zm5.5 5v10h3V7Zm6 0v10h3V7Z"/></symbol>"#,
    ),
    (
        "bad",
        r#"<symbol id="i-bad" viewBox="0 0 24 24"><path fill-rule="evenodd" d="M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4Zm1.2 5.5L6.5 8.6 9.9 12l-3.4 3.4 2.1 2.1 3.4-3.4 3.4 3.4 2.1-2.1-3.4-3.4 3.4-3.4-2.1-2.1L12 9.9Z"/></symbol>"#,
    ),
    (
        "off",
        r#"<symbol id="i-off" viewBox="0 0 24 24"><path fill-rule="evenodd" d="M4 1h16v3.6L13.9 12l6.1 7.4V23H4v-3.6l6.1-7.4L4 4.6Zm3.6 2.6 4.4 5.3 4.4-5.3Z"/></symbol>"#,
    ),
    (
        "dash",
        r#"<symbol id="i-dash" viewBox="0 0 24 24"><path fill-rule="evenodd" d="M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22ZM6 10.5h12v3H6Z"/></symbol>"#,
    ),
    (
        "swap",
        r#"<symbol id="i-swap" viewBox="0 0 24 24"><path d="M2 7h14V2.5L23 9l-7 6.5V10.5H2Zm20 10.5H8V22l-7-4.5 7-6v4h14Z"/></symbol>"#,
    ),
    (
        "tri",
        r#"<symbol id="i-tri" viewBox="0 0 24 24"><path fill-rule="evenodd" d="M12 1.5 23.5 22H.5Zm-1.3 6.7.4 7h1.8l.4-7Zm0 8.8v2.4h2.6V17Z"/></symbol>"#,
    ),
    (
        "unk",
        r#"<symbol id="i-unk" viewBox="0 0 24 24"><path fill-rule="evenodd" d="M12 .3 23.7 12 12 23.7.3 12Zm-1.3 15.9v2.5h2.6v-2.5ZM8 9.7h2.5c0-1 .6-1.6 1.5-1.6s1.4.5 1.4 1.3c0 1.5-2.6 1.9-2.6 5.2h2.5c0-2.2 2.7-2.6 2.7-5.3C16 7.2 14.3 5.9 12 5.9S8 7.3 8 9.7Z"/></symbol>"#,
    ),
    (
        "add",
        r#"<symbol id="i-add" viewBox="0 0 24 24"><path fill-rule="evenodd" d="M2 2h20v20H2Zm8.5 4.5v4h-4v3h4v4h3v-4h4v-3h-4v-4Z"/></symbol>"#,
    ),
    (
        "edit",
        r#"<symbol id="i-edit" viewBox="0 0 24 24"><path fill-rule="evenodd" d="M2 22 3.5 16 16 3.5 20.5 8 8 20.5ZM17.5 2l1.3-1.3 4.5 4.5L22 6.5Z"/></symbol>"#,
    ),
    (
        "note",
        r#"<symbol id="i-note" viewBox="0 0 24 24"><path fill-rule="evenodd" d="M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22Zm-1.6 4.6.4 8.2h2.4l.4-8.2Zm.1 10v2.8h3v-2.8Z"/></symbol>"#,
    ),
    (
        "ban",
        r#"<symbol id="i-ban" viewBox="0 0 24 24"><path fill-rule="evenodd" d="M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22Zm0 3a8 8 0 0 1 4.7 1.5L5.5 16.7A8 8 0 0 1 12 4Zm6.5 3.3A8 8 0 0 1 7.3 18.5Z"/></symbol>"#,
    ),
    (
        "form",
        r#"<symbol id="i-form" viewBox="0 0 24 24"><path fill-rule="evenodd" d="M1 5h22v14H1Zm4 5.5v3h3v-3Zm5.5 0v3h3v-3Zm5.6-.3 1.8 1.8-1.8 1.8 1.1 1.1 1.8-1.8 1.8 1.8 1.1-1.1-1.8-1.8 1.8-1.8-1.1-1.1L19 10.9l-1.8-1.8Z"/></symbol>"#,
    ),
];

/// The drawing of an icon, 24 by 24, without the symbol around it; empty for a name that is none.
#[must_use]
pub fn shape(name: &str) -> &'static str {
    let symbol = SYMBOLS.iter().find(|(known, _)| *known == name).map_or("", |(_, symbol)| *symbol);
    let inside = symbol.split_once('>').map_or("", |(_, inside)| inside);
    inside.strip_suffix("</symbol>").unwrap_or(inside)
}

/// Where the shapes of a page go; data cannot hold it, its `<` is written `&lt;`.
pub(crate) const SYMBOLS_HERE: &str = "<!--symbols-->";

/// The shapes a page needs: those it uses, or all where the browser makes parts of it.
pub(crate) fn with_symbols(html: &str, all: bool) -> String {
    let shapes: String = SYMBOLS
        .iter()
        .filter(|(name, _)| all || html.contains(&format!("\"#i-{name}\"")))
        .map(|(_, shape)| *shape)
        .collect();
    html.replacen(SYMBOLS_HERE, &shapes, 1)
}

/// The mark, as SVG.
pub(crate) const MARK: &str = r##"<svg viewBox="0 0 32 32" aria-hidden="true"><path fill="#20398a" d="M0 0h32v32H0z"/><path fill="#fff" d="M4 20h12v5H4z"/><path fill="#8f9cc9" d="M16 20h12v5H16z"/><path fill="#ffc533" d="M16 8h12v6H16z"/></svg>"##;

/// Language tag of the document: `zh-CN` picks the mainland's shapes of characters.
pub(crate) const fn html_lang(lang: Lang) -> &'static str {
    ["zh-CN", "zh-Hant", "en"][lang as usize]
}

/// JSON that may stand in a script element: no `<` at all.
fn json_text(value: &serde_json::Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// The whole document.
#[must_use]
pub fn document(
    page: &PageContext,
    head: Head,
    section: Section,
    main: impl FnOnce() -> AnyView,
) -> String {
    let script = head.script;
    let owner = Owner::new();
    let html = owner.with(|| {
        let body = main();
        view! {
            <html lang=html_lang(page.lang) class=page.large.then_some("large")>
                {head_view(page, &head, false)}
                <body>
                    <svg width="0" height="0" class="vh" aria-hidden="true" inner_html=SYMBOLS_HERE></svg>
                    <a class="skip" href="#main">{site::SKIP.to(page.lang)}</a>
                    {mirror(page)}
                    {sample(page)}
                    {masthead(page, section)}
                    {past(page)}
                    <main class="wrap" id="main" tabindex="-1">{body}</main>
                    {footer(page)}
                </body>
            </html>
        }
        .to_html()
    });
    drop(owner);
    // Nothing is hydrated, so the markers between neighbouring texts are not needed. Data cannot hold one: its `<` is
    // written `&lt;`.
    format!("<!doctype html>{}", with_symbols(&html.replace("<!>", ""), script))
}

/// The document of a verdict: its own short frame, its style within it, no script, nothing else to fetch.
#[must_use]
pub fn verdict_document(
    page: &PageContext,
    head: Head,
    skip: &'static str,
    main: impl FnOnce() -> AnyView,
    foot: impl FnOnce() -> AnyView,
) -> String {
    let lang = page.lang;
    let owner = Owner::new();
    let html = owner.with(|| {
        let body = main();
        let foot = foot();
        let domain = (!page.domain.is_empty()).then(|| {
            view! { <span class="dom">{verify::DOMAIN.to(lang)}<br /><b>{page.domain.clone()}</b></span> }
        });
        view! {
            <html lang=html_lang(lang) class=page.large.then_some("large")>
                {head_view(page, &head, true)}
                <body>
                    <svg width="0" height="0" class="vh" aria-hidden="true" inner_html=SYMBOLS_HERE></svg>
                    <a class="skip" href="#main">{skip}</a>
                    {mirror(page)}
                    {sample(page)}
                    <header class="wrap top">
                        <a class="brand" href=page.now("/")><span inner_html=MARK></span>{site::NAME.to(lang)}</a>
                        {domain}
                        <div class="tools">{page.mirror.is_none().then(|| size_link(page))}</div>
                    </header>
                    {past(page)}
                    <main id="main" tabindex="-1">{body}</main>
                    <footer class="foot"><div class="wrap">{foot}</div></footer>
                </body>
            </html>
        }
        .to_html()
    });
    drop(owner);
    format!("<!doctype html>{}", with_symbols(&html.replace("<!>", ""), false))
}

/// `inline`: the style stands in the page itself (verdicts: one request for everything).
fn head_view(page: &PageContext, head: &Head, inline: bool) -> AnyView {
    let lang = page.lang;
    let name = site::NAME.to(lang);
    let title =
        if head.title.is_empty() { name.to_owned() } else { format!("{} · {name}", head.title) };
    let alternates: Vec<_> = (!head.noindex)
        .then(|| {
            Lang::ALL.into_iter().filter(|other| !page.origin.is_empty() || written(page, *other)).map(|other| {
                view! { <link rel="alternate" hreflang=other.tag() href=page.canonical(other) /> }.into_any()
            })
        })
        .into_iter()
        .flatten()
        .collect();
    let default = (!head.noindex)
        .then(|| view! { <link rel="alternate" hreflang="x-default" href=page.canonical(Lang::ZhHans) /> }.into_any());
    let canonical = (!head.noindex)
        .then(|| view! { <link rel="canonical" href=page.canonical(lang) /> }.into_any());
    let robots =
        head.noindex.then(|| view! { <meta name="robots" content="noindex,follow" /> }.into_any());
    let preview: Vec<_> = if head.noindex {
        Vec::new()
    } else {
        let of = |name: &'static str, value: String| {
            leptos::html::meta().attr("property", name).attr("content", value).into_any()
        };
        vec![
            of("og:title", title.clone()),
            of("og:type", "website".to_owned()),
            of("og:url", page.canonical(lang)),
            of("og:site_name", name.to_owned()),
        ]
    };
    let data = head.json_ld.as_ref().map(|value| {
        view! { <script type="application/ld+json" inner_html=json_text(value)></script> }
            .into_any()
    });
    let script = (head.script && !page.assets.boot.is_empty() && !page.assets.island.is_empty())
        .then(|| view! { <script type="module" src=page.assets.boot.clone()></script> }.into_any());
    let mirror = (page.mirror.is_some() && !page.assets.mirror.is_empty()).then(|| {
        view! { <script type="module" src=page.assets.mirror.clone()></script> }.into_any()
    });
    let module = (!head.module.is_empty())
        .then(|| view! { <script type="module" src=head.module.clone()></script> }.into_any());
    let check = (!page.check.is_empty() && !page.assets.checker.is_empty()).then(|| {
        view! { <script type="module" src=page.assets.check.clone()></script> }.into_any()
    });
    let feeds: Vec<_> = [("application/atom+xml", ".atom"), ("application/feed+json", ".feed.json")]
        .into_iter()
        // A copy that stands still has nothing to subscribe to.
        .filter(|_| head.feeds && page.mirror.is_none())
        .map(|(mime, suffix)| {
            view! { <link rel="alternate" type=mime href=page.twin(suffix) title=changes::FEED.to(lang) /> }
                .into_any()
        })
        .collect();
    // Verdicts ask for nothing beside themselves.
    let manifest = (!inline).then(|| {
        let path = format!("{}/manifest.webmanifest", lang.prefix());
        view! { <link rel="manifest" href=path /> }.into_any()
    });
    let style = if inline {
        // Ours, from the build: its hash is in the page's content security policy.
        view! { <style inner_html=page.assets.verify_css.clone()></style> }.into_any()
    } else {
        view! { <link rel="stylesheet" href=page.assets.css.clone() /> }.into_any()
    };
    view! {
        <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width,initial-scale=1" />
            <title>{title}</title>
            <meta name="description" content=head.description.clone() />
            {robots}{canonical}{alternates}{default}{feeds}{preview}
            <meta name="color-scheme" content="light dark" />
            <link rel="icon" href=page.assets.icon.clone() type="image/svg+xml" />
            {manifest}
            {style}
            {script}{module}{check}{mirror}{data}
        </head>
    }
    .into_any()
}

/// What a static mirror says on every page: that it is one, of which day and log, and where the portal is.
fn mirror(page: &PageContext) -> Option<AnyView> {
    let mirror = page.mirror.as_ref()?;
    let lang = page.lang;
    let sentence = fill(copy::MADE.to(lang), &[("d", &mirror.day), ("n", &count(mirror.log_size))]);
    let (before, after) = sentence.split_once("{h}").unwrap_or((&sentence, ""));
    let live = some(&mirror.live).map(|live| {
        let name = live.split_once("://").map_or(live, |(_, name)| name).to_owned();
        view! { {copy::LIVE.to(lang)}<a href=live.to_owned()>{name}</a>{[" ", " ", ". "][lang as usize]} }
    });
    Some(
        view! {
            <aside class="sample mirror" id="mirror" aria-label=copy::ABOUT.to(lang)>
                <p class="wrap">
                    <b>{copy::WORD.to(lang)}</b>" "{before.to_owned()}<code class="brk">{mirror.root.clone()}</code>{after.to_owned()}" "
                    <span hidden data-day=mirror.day.clone()>{copy::AGO.to(lang)}" "</span>
                    {live}<a href=page.now(crate::pages::mirror::PATH)>{copy::MORE.to(lang)}</a>
                </p>
            </aside>
        }
        .into_any(),
    )
}

fn sample(page: &PageContext) -> Option<AnyView> {
    let lang = page.lang;
    let text = match page.sample {
        Sample::None => return None,
        Sample::Some => site::SAMPLE_SOME,
        Sample::All => site::SAMPLE_ALL,
    };
    Some(
        view! {
            <aside class="sample" aria-label=site::ABOUT_SAMPLE.to(lang)>
                <p class="wrap"><b>{site::SAMPLE.to(lang)}</b>" "{text.to(lang)}</p>
            </aside>
        }
        .into_any(),
    )
}

fn masthead(page: &PageContext, section: Section) -> AnyView {
    let lang = page.lang;
    let size = page.mirror.is_none().then(|| size_link(page));
    let others: Vec<_> = [
        (Lang::ZhHans, site::LANG_HANS.to(lang)),
        (Lang::ZhHant, site::LANG_HANT.to(lang)),
        (Lang::En, "EN"),
    ]
    .into_iter()
    .filter(|(other, _)| *other != lang && written(page, *other))
    .map(|(other, word)| {
        view! { <a href=page.here(other, page.large) lang=html_lang(other) hreflang=other.tag()>{word}</a> }
            .into_any()
    })
    .collect();
    let items: Vec<_> = NAV
        .into_iter()
        .map(|(item, path, word)| {
            let current =
                (item == section).then_some(if page.path == path { "page" } else { "true" });
            view! { <li><a href=page.now(path) aria-current=current>{word.to(lang)}</a></li> }
                .into_any()
        })
        .collect();
    view! {
        <header class="wrap">
            <div class="top">
                <a class="brand" href=page.now("/")><span inner_html=MARK></span>{site::NAME.to(lang)}</a>
                <span class="dom desk">{site::TAGLINE.to(lang)}<br />{page.office.clone()}</span>
                <div class="tools">
                    {size}{others}
                    <a class="btn b2" href=page.now("/scan") aria-current=(page.path == "/scan").then_some("page")>{icon("scan")}{site::SCAN.to(lang)}</a>
                </div>
            </div>
            <nav class="nav" aria-label=site::MAIN_NAV.to(lang)><ul>{items}</ul></nav>
        </header>
    }
    .into_any()
}

/// Whether there are pages in this language: a mirror may have been made without some.
fn written(page: &PageContext, lang: Lang) -> bool {
    page.mirror.as_ref().is_none_or(|mirror| mirror.languages.contains(&lang))
}

/// The link to the other size of type.
fn size_link(page: &PageContext) -> AnyView {
    let word = if page.large { site::NORMAL } else { site::LARGE };
    view! { <a href=page.here(page.lang, !page.large)>{word.to(page.lang)}</a> }.into_any()
}

/// The strip that says this is another day, with the way back.
fn past(page: &PageContext) -> Option<AnyView> {
    let lang = page.lang;
    if page.as_of.is_none() && page.known.is_none() {
        return None;
    }
    let day = page.as_of.as_ref().map(|d| fill(site::PAST.to(lang), &[("d", d)]));
    let known = page.known.map(|n| fill(site::PAST_KNOWN.to(lang), &[("n", &count(n))]));
    let pairs: Vec<&str> = page
        .query
        .split('&')
        .filter(|pair| {
            !pair.is_empty() && !pair.starts_with("as_of=") && !pair.starts_with("known=")
        })
        .collect();
    let back = match pairs.join("&").as_str() {
        "" => page.now(&page.path),
        query => page.now(&format!("{}?{query}", page.path)),
    };
    Some(
        view! {
            <aside class="sample past" aria-label=site::PAST_BACK.to(lang)>
                <p class="wrap">{icon("off")}" "<b>{day}{known}</b>" "<a href=back>{site::PAST_BACK.to(lang)}</a></p>
            </aside>
        }
        .into_any(),
    )
}

fn footer(page: &PageContext) -> AnyView {
    let lang = page.lang;
    let links: Vec<_> = FOOT
        .into_iter()
        .map(|(path, word)| {
            view! { <li><a class="lk" href=page.now(path)>{word.to(lang)}</a></li> }.into_any()
        })
        .collect();
    let cite = (!page.cite.is_empty()).then(|| {
        view! { <li><a class="lk" href=page.now(&page.cite) rel="nofollow">{crate::i18n::cite::LINK.to(lang)}</a></li> }
            .into_any()
    });
    let log = if page.log_size == 0 || page.recorded_at.is_empty() {
        view! { <p>{site::LOG_EMPTY.to(lang)}</p> }.into_any()
    } else {
        let sentence = fill(site::LOG.to(lang), &[("n", &count(page.log_size))]);
        let (before, after) = sentence.split_once("{t}").unwrap_or((&sentence, ""));
        view! {
            <p>{some(before).map(str::to_owned)}<time datetime=page.recorded_at_iso.clone()>{page.recorded_at.clone()}</time>{some(after).map(str::to_owned)}</p>
        }
        .into_any()
    };
    let check = page.now("/log");
    let office =
        (!page.office.is_empty()).then(|| fill(site::OFFICE.to(lang), &[("o", &page.office)]));
    let domain = (!page.domain.is_empty()).then(|| {
        let (before, after) = site::DOMAIN.to(lang).split_once("{d}").unwrap_or_default();
        view! { {some(before)}<code>{page.domain.clone()}</code>{some(after)} }.into_any()
    });
    // An empty text would be printed as a space.
    let space = (lang == Lang::En).then_some(" ");
    view! {
        <footer class="foot">
            <div class="wrap">
                <nav aria-label=site::MORE_ABOUT.to(lang)><ul>{cite}{links}</ul></nav>
                {log}
                <p><a class="lk" href=check>{crate::i18n::log::LINK.to(lang)}</a></p>
                <p>{office}{space}{domain}{space}{site::PLAIN.to(lang)}</p>
            </div>
        </footer>
    }
    .into_any()
}

/// The way to this page: links, then where the reader is.
pub fn crumb(page: &PageContext, steps: &[(String, String)], here: &str) -> AnyView {
    let links: Vec<_> = steps
        .iter()
        .map(|(text, href)| view! { <a href=page.href(href)>{text.clone()}</a>" / " }.into_any())
        .collect();
    view! { <nav class="crumb" aria-label=site::CRUMB.to(page.lang)>{links}{here.to_owned()}</nav> }
        .into_any()
}
