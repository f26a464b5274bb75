//! The list: facets, tags, count, sort, rows, paging, downloads. The same views on the server and in the browser;
//! both make the same HTML from the same [`ListView`].
//!
//! The page around it is static: `.split` holds the form `#filter` (with the search field, which is never
//! replaced while a reader types) and, in it, `#facets`; beside it `#list`. The browser swaps the
//! contents of `#facets` and `#list`.

use super::chart::{self, escape};
use super::status::{day_of, shape};
use crate::i18n::{Words, comma, contest, count, fill, list as words, mirror as copy, site};
use crate::model::{FacetValue, FacetView, Item, ListView, PageContext, mirror};

/// How many values of a facet are shown before the rest is folded away.
const FACET_OPEN: usize = 10;

/// Markup being written. Only text that stands in the source is written as it is; everything else is escaped,
/// so no value can become markup. Plain strings, not views, because this is what a phone downloads: the same
/// list as views, with what renders them in the browser, came to 110 KB instead of the 90 KB there are.
#[derive(Default)]
struct Html(String);

impl Html {
    fn raw(&mut self, markup: &'static str) -> &mut Html {
        self.0.push_str(markup);
        self
    }

    fn text(&mut self, text: &str) -> &mut Html {
        self.0.push_str(&escape(text));
        self
    }

    fn word(&mut self, words: Words, view: &ListView) -> &mut Html {
        self.text(words.to(view.lang))
    }

    /// A text of the data: on an English page it may be Chinese still, and then says so.
    fn data(&mut self, text: &str, view: &ListView) -> &mut Html {
        let chinese = |c| ('\u{4e00}'..='\u{9fff}').contains(&c);
        if view.lang != register::Lang::En || !text.chars().any(chinese) {
            return self.text(text);
        }
        self.raw("<bdi lang=\"zh-Hans\">").text(text).raw("</bdi>")
    }

    /// Such texts with commas between them.
    fn parts(&mut self, parts: &[String], view: &ListView) -> &mut Html {
        for (i, part) in parts.iter().enumerate() {
            self.text(if i > 0 { comma(view.lang) } else { "" }).data(part, view);
        }
        self
    }

    /// A chart, which is markup already ([`chart`] escapes what it writes).
    fn chart(&mut self, svg: &str) -> &mut Html {
        self.0.push_str(svg);
        self
    }
}

/// The check boxes: contents of `#facets`.
#[must_use]
pub fn facets(view: &ListView) -> String {
    let mut html = Html::default();
    for (name, value) in &view.pairs {
        if name != "q" && !view.facets.iter().any(|facet| facet.name == *name) {
            hidden(&mut html, name, value);
        }
    }
    if view.large {
        hidden(&mut html, "size", "large");
    }
    for facet in view.facets.iter().filter(|facet| !facet.values.is_empty()) {
        fieldset(&mut html, view, facet);
    }
    html.0
}

fn fieldset(html: &mut Html, view: &ListView, facet: &FacetView) {
    let folds = facet.values.len() > FACET_OPEN + 2;
    html.raw("<fieldset><legend>").text(&facet.label).raw("</legend>");
    let mut rest = Vec::new();
    for (i, value) in facet.values.iter().enumerate() {
        if folds && i >= FACET_OPEN && !value.selected {
            rest.push(value);
        } else {
            choice(html, view, facet, value);
        }
    }
    if !rest.is_empty() {
        let n = count(rest.len() as u64);
        html.raw("<details><summary>")
            .text(&fill(words::REST.to(view.lang), &[("n", &n)]))
            .raw("</summary>");
        for value in rest {
            choice(html, view, facet, value);
        }
        html.raw("</details>");
    }
    html.raw("</fieldset>");
}

fn choice(html: &mut Html, view: &ListView, facet: &FacetView, value: &FacetValue) {
    html.raw("<label><input type=\"checkbox\" name=\"")
        .text(&facet.name)
        .raw("\" value=\"")
        .text(&value.value);
    html.raw(if value.selected { "\" checked>" } else { "\">" });
    html.data(&value.label, view).raw("<span>").text(&count(value.count)).raw("</span></label>");
}

/// Everything beside the facets: contents of `#list`.
#[must_use]
pub fn rows(view: &ListView) -> String {
    let mut html = Html::default();
    tags(&mut html, view);
    bar(&mut html, view);
    if view.items.is_empty() {
        html.raw("<div class=\"box gap3\">");
        if view.tags.is_empty() {
            html.raw("<p>").word(words::EMPTY, view);
        } else {
            html.raw("<h3>").word(words::NONE, view).raw("</h3><p>").word(words::NONE_TEXT, view);
            code(&mut html, view);
        }
        html.raw("</p></div>");
    } else {
        key(&mut html, view);
        html.raw(match view.catalogue {
            search::Catalogue::Products | search::Catalogue::Targets => "<ol class=\"rows r3\">",
            _ => "<ol class=\"rows r4\">",
        });
        for item in &view.items {
            row(&mut html, view, item);
        }
        html.raw("</ol>");
    }
    paging(&mut html, view);
    take(&mut html, view);
    html.0
}

/// Whether the list is a file of a mirror. The browser's island stays away from those, so that what they need is
/// no part of its download.
const fn in_mirror(view: &ListView) -> bool {
    cfg!(feature = "ssr") && view.mirror
}

/// A quality credit code in the search field is answered on a page of its own.
fn code(html: &mut Html, view: &ListView) {
    let Ok(code) = register::code::CreditCode::parse(&view.q) else { return };
    let asked = match in_mirror(view) {
        true => mirror::asking(view.lang.prefix(), code.as_str()),
        false => context(view).now(&format!("/q/{}", code.as_str())),
    };
    html.raw("</p><p class=\"acts\"><a class=\"btn\" href=\"")
        .text(&asked)
        .raw("\">")
        .word(words::ASK_CODE, view)
        .raw("</a>");
}

fn tags(html: &mut Html, view: &ListView) {
    if view.tags.is_empty() {
        return;
    }
    html.raw("<div class=\"tags\" role=\"group\" aria-label=\"").word(words::TAGS, view).raw("\">");
    for tag in &view.tags {
        let what = format!("{} {}", tag.facet, tag.label);
        html.raw("<a href=\"").text(&view.without(&tag.name, &tag.value)).raw("\" aria-label=\"");
        html.text(&fill(words::REMOVE.to(view.lang), &[("f", &what)])).raw("\">");
        html.text(&tag.label).raw(" <b aria-hidden=\"true\">×</b></a>");
    }
    html.raw("<a class=\"lk clr\" href=\"").text(&view.cleared()).raw("\">");
    html.word(words::CLEAR, view).raw("</a></div>");
}

fn bar(html: &mut Html, view: &ListView) {
    let lang = view.lang;
    html.raw("<div class=\"bar\"><h2><span class=\"num\">")
        .text(&count(view.total))
        .raw("</span> ");
    html.text(words::unit(view.catalogue, lang, view.total));
    html.raw("</h2><a class=\"btn b2 mob\" href=\"#filter\">");
    match view.tags.len() {
        0 => html.word(words::FILTER, view),
        n => html.text(&fill(words::FILTER_N.to(lang), &[("n", &count(n as u64))])),
    };
    html.raw("</a><form class=\"inl\" action=\"")
        .text(lang.prefix())
        .text(&view.path)
        .raw("\" method=\"get\">");
    for (name, value) in view.pairs.iter().filter(|(name, _)| name != "sort") {
        hidden(html, name, value);
    }
    if view.large {
        hidden(html, "size", "large");
    }
    html.raw("<span class=\"fld\"><label for=\"sort\">").word(words::SORT, view);
    html.raw("</label><select id=\"sort\" name=\"sort\">");
    for sort in &view.sorts {
        html.raw("<option value=\"").text(&sort.name);
        html.raw(if sort.selected { "\" selected>" } else { "\">" })
            .text(&sort.label)
            .raw("</option>");
    }
    html.raw("</select></span><button class=\"btn b2\">")
        .word(words::SORT_DO, view)
        .raw("</button></form></div>");
}

fn hidden(html: &mut Html, name: &str, value: &str) {
    html.raw("<input type=\"hidden\" name=\"").text(name).raw("\" value=\"").text(value).raw("\">");
}

/// Key of the row charts, where a row has one.
fn key(html: &mut Html, view: &ListView) {
    let drawn = |item: &Item| {
        item.measure.as_ref().is_some_and(|m| m.limit.is_some() || m.measured.is_some())
    };
    if !view.items.iter().any(drawn) {
        return;
    }
    html.raw("<ul class=\"key kp\"><li><svg width=\"5\" height=\"14\" aria-hidden=\"true\"><rect class=\"base\" x=\"1\" y=\"0\" width=\"3\" height=\"14\"/></svg>");
    html.word(words::KEY_BASE, view);
    html.raw("</li><li><svg width=\"26\" height=\"14\" aria-hidden=\"true\"><rect class=\"lit\" x=\"0\" y=\"4\" width=\"100%\" height=\"6\"/></svg>");
    html.word(words::KEY_LIMIT, view);
    html.raw("</li><li><svg width=\"14\" height=\"14\" aria-hidden=\"true\"><circle class=\"me\" cx=\"50%\" cy=\"7\" r=\"6\"/></svg>");
    html.word(words::KEY_MEASURED, view).raw("</li></ul>");
}

/// What links of a list keep: language, size, both times.
fn context(view: &ListView) -> PageContext {
    PageContext {
        lang: view.lang,
        large: view.large,
        as_of: view.as_of.clone(),
        known: view.known,
        ..PageContext::default()
    }
}

fn row(html: &mut Html, view: &ListView, item: &Item) {
    let lang = view.lang;
    html.raw("<li><article><div><h3>");
    if item.path.is_empty() {
        html.data(&item.title, view);
    } else {
        // A row keeps the day of the list, so that what is read there is of the same day.
        let mut to = context(view).href(&item.path);
        if in_mirror(view) {
            to = mirror::page_file(&to);
        }
        html.raw("<a href=\"").text(&to).raw("\">").data(&item.title, view).raw("</a>");
    }
    if !item.subtitle.is_empty() {
        html.raw(" <span class=\"nb\">").text(&item.subtitle).raw("</span>");
    }
    if item.sample {
        html.raw(" <small class=\"q\">").text(["（", "（", "("][lang as usize]);
        html.word(site::SAMPLE_MARK, view).text(["）", "）", ")"][lang as usize]).raw("</small>");
    }
    html.raw("</h3>");
    if !item.line.is_empty() {
        html.raw("<p class=\"q\">").parts(&item.line, view).raw("</p>");
    }
    if !item.small.is_empty() {
        html.raw("<p class=\"sm q\">").parts(&item.small, view).raw("</p>");
    }
    html.raw("</div><div>");
    match &item.measure {
        Some(measure) => {
            html.raw("<p><span class=\"q\">")
                .text(&measure.indicator)
                .raw("</span> <b class=\"num\">");
            html.text(&measure.value).raw("</b></p>");
            if let Some(svg) = chart::mini(lang, measure) {
                html.chart(&svg);
            }
            html.raw("<p class=\"sm q\">").text(&chart::against_base(lang, measure)).raw("</p>");
        }
        None if item.fact.is_empty() => {}
        None => {
            html.raw("<p class=\"sm num\">").text(&item.fact).raw("</p>");
            if let Some(svg) = chart::spark(&item.spark) {
                html.chart(&svg);
            }
        }
    }
    html.raw("</div><div>");
    if let Some(status) = &item.status {
        let (tone, icon, word) = shape(status.of, &status.code);
        html.raw("<span class=\"st ")
            .text(tone)
            .raw("\"><svg class=\"i\" aria-hidden=\"true\"><use href=\"#i-");
        html.text(icon).raw("\"/></svg>").word(word, view).raw("</span>");
        if let Some((word, day)) = day_of(status) {
            html.raw("<p class=\"sm q\">")
                .word(word, view)
                .raw(" <time>")
                .text(day)
                .raw("</time></p>");
        }
    }
    if item.contested {
        html.raw("<p class=\"sm\"><b>").word(contest::LABEL, view).raw("</b></p>");
    }
    html.raw("</div></article></li>");
}

fn paging(html: &mut Html, view: &ListView) {
    if view.total == 0 {
        return;
    }
    let lang = view.lang;
    let first = view.page.saturating_sub(1) * view.per_page + 1;
    let last = (view.page * view.per_page).min(view.total);
    let range = fill(
        words::RANGE.to(lang),
        &[
            ("a", &count(first.min(view.total))),
            ("b", &count(last)),
            ("n", &words::counted(view.catalogue, lang, view.total)),
        ],
    );
    let pages = view.pages();
    html.raw("<nav class=\"pages\" aria-label=\"").word(words::PAGES, view);
    html.raw("\"><span class=\"num q\">").text(&range).raw("</span><span class=\"inl\">");
    let mut to = |page: u64, rel: &'static str, word: Words| {
        html.raw("<a class=\"lk\" href=\"")
            .text(&view.link(&view.pairs, page))
            .raw("\"")
            .raw(rel)
            .raw(">");
        html.word(word, view).raw("</a>");
    };
    if view.page > 2 {
        to(1, "", words::FIRST);
    }
    if view.page > 1 {
        to((view.page - 1).min(pages), " rel=\"prev\"", words::PREVIOUS);
    }
    if view.page < pages {
        to(view.page + 1, " rel=\"next\"", words::NEXT);
    }
    if view.page + 1 < pages {
        to(pages, "", words::LAST);
    }
    html.raw("</span></nav>");
}

/// Downloads of exactly this result, and the list of another day.
fn take(html: &mut Html, view: &ListView) {
    let lang = view.lang;
    let twin = |suffix: &str| {
        let plain =
            ListView { lang, path: format!("{}{suffix}", view.path), ..ListView::default() };
        plain.link(&view.pairs, 1)
    };
    let n = words::counted(view.catalogue, lang, view.total);
    html.raw("<section class=\"sec\"><h2>").word(words::TAKE, view).raw("</h2><p>");
    if in_mirror(view) {
        // A file has no parameters: the whole list is what there is.
        let file = |suffix: &str| format!("{}{}{suffix}", lang.prefix(), view.path);
        html.word(copy::WHOLE, view).raw("<a class=\"lk\" href=\"").text(&file(".csv"));
        html.raw("\">CSV</a> <a class=\"lk\" href=\"").text(&file(".json"));
        html.raw("\">JSON</a></p></section>");
        return;
    }
    html.text(&fill(words::TAKE_TEXT.to(lang), &[("n", &n)]))
        .raw("</p><p class=\"inl\"><a class=\"lk\" href=\"");
    html.text(&twin(".csv")).raw("\">CSV</a> <a class=\"lk\" href=\"").text(&twin(".json"));
    html.raw("\">JSON</a>");
    // What is no record has no entries.
    if !matches!(view.catalogue, search::Catalogue::Systems | search::Catalogue::Inconsistencies) {
        html.raw(" <a class=\"lk\" href=\"").text(&twin(".atom")).raw("\">");
        html.word(words::FEED, view).raw("</a>");
    }
    html.raw("</p><form class=\"inl noprint\" action=\"").text(lang.prefix()).text(&view.path);
    html.raw("\" method=\"get\">");
    for (name, value) in view.pairs.iter().filter(|(name, _)| name != "as_of") {
        hidden(html, name, value);
    }
    if view.large {
        hidden(html, "size", "large");
    }
    html.raw("<span class=\"fld\"><label for=\"asof\">").word(words::ON_DAY, view);
    html.raw("</label><input id=\"asof\" name=\"as_of\" type=\"date\" value=\"");
    html.text(view.as_of.as_deref().unwrap_or(&view.day))
        .raw("\"></span><button class=\"btn b2\">");
    html.word(words::VIEW, view).raw("</button></form></section>");
}

/// The static shell: the form with its search field, the two places the browser fills, and what the
/// boot script needs to know.
#[cfg(feature = "ssr")]
pub fn shell(
    page: &PageContext,
    model: &crate::model::ListPage,
    field_id: &'static str,
) -> leptos::prelude::AnyView {
    use leptos::prelude::*;
    let view = &model.view;
    let lang = view.lang;
    let action = format!("{}{}", lang.prefix(), view.path);
    let island = !page.assets.island.is_empty()
        // The shelf of the systems holds their Chinese names and meanings only.
        && (view.catalogue != search::Catalogue::Systems || lang == register::Lang::ZhHans)
        && view.as_of.is_none()
        && view.known.is_none()
        // The island knows nothing of files.
        && !view.mirror;
    if view.mirror && !island {
        return view! {
            <p class="sm q" id="filter">{copy::LIST_NONE.to(lang)}</p>
            <div id="list" class="gap3" tabindex="-1" inner_html=rows(view)></div>
        }
        .into_any();
    }
    let module = island.then(|| page.assets.island.clone());
    // Without a shelf (a catalogue above 20,000 rows) the island asks the JSON twin.
    let shelf = (island && !model.shelf.is_empty()).then(|| model.shelf.clone());
    let path = island.then(|| view.path.clone());
    let catalogue = island.then(|| view.catalogue.spec().name);
    let day = island.then(|| view.day.clone());
    view! {
        <p class="vh" id="said" role="status" aria-live="polite"></p>
        <div class="split gap3" id="split" data-module=module data-shelf=shelf data-path=path
            data-catalogue=catalogue data-day=day>
            <form class="facets" id="filter" action=action method="get" aria-label=words::FILTER_FORM.to(lang)>
                <div class="inl sp mob"><b>{words::FILTER.to(lang)}</b><a class="lk" href="#list">{words::CLOSE.to(lang)}</a></div>
                <label class="blk" for=field_id>{words::field(view.catalogue).to(lang)}</label>
                <input id=field_id name="q" type="search" value=view.q.clone() maxlength="200" autocomplete="off" />
                <div id="facets" inner_html=facets(view)></div>
                <p class="acts"><button class="btn">{words::APPLY.to(lang)}</button></p>
            </form>
            <div id="list" tabindex="-1" inner_html=rows(view)></div>
        </div>
    }
    .into_any()
}

/// What a screen reader is told after the list has changed.
#[must_use]
pub fn announcement(view: &ListView) -> String {
    if view.total == 0 {
        words::NONE.to(view.lang).to_owned()
    } else {
        fill(
            words::SAID.to(view.lang),
            &[("n", &words::counted(view.catalogue, view.lang, view.total))],
        )
    }
}
