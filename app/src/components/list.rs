//! The list: facets, tags, count, sort, rows, paging, downloads. The same views on the server and in the browser;
//! both make the same HTML from the same [`ListView`].
//!
//! The page around it is static: `.split` holds the form `#filter` (with the search field, which is never
//! replaced while a reader types) and, in it, `#facets`; beside it `#list`. The browser swaps the
//! contents of `#facets` and `#list`.

use leptos::prelude::*;

use super::chart;
use super::text::{sample_mark, status, status_date};
use crate::i18n::{comma, count, fill, list as words};
use crate::model::{FacetValue, FacetView, Item, ListView, PageContext};

/// How many values of a facet are shown before the rest is folded away.
const FACET_OPEN: usize = 10;

/// The check boxes: contents of `#facets`.
pub fn facets(view: &ListView) -> AnyView {
    let kept: Vec<_> = view
        .pairs
        .iter()
        .filter(|(name, _)| name != "q" && !view.facets.iter().any(|facet| facet.name == *name))
        .map(|(name, value)| hidden(name, value))
        .collect();
    let sets: Vec<_> = view
        .facets
        .iter()
        .filter(|facet| !facet.values.is_empty())
        .map(|facet| fieldset(view, facet))
        .collect();
    view! { {kept}{view.large.then(|| hidden("size", "large"))}{sets} }.into_any()
}

fn fieldset(list: &ListView, facet: &FacetView) -> AnyView {
    let (open, rest): (Vec<_>, Vec<_>) = if facet.values.len() > FACET_OPEN + 2 {
        let mut shown = 0;
        facet.values.iter().partition(|value| {
            shown += 1;
            shown <= FACET_OPEN || value.selected
        })
    } else {
        (facet.values.iter().collect(), Vec::new())
    };
    let folded = (!rest.is_empty()).then(|| {
        let words = fill(words::REST.to(list.lang), &[("n", &count(rest.len() as u64))]);
        view! { <details><summary>{words}</summary>{boxes(facet, &rest)}</details> }.into_any()
    });
    view! { <fieldset><legend>{facet.label.clone()}</legend>{boxes(facet, &open)}{folded}</fieldset> }
        .into_any()
}

fn boxes(facet: &FacetView, values: &[&FacetValue]) -> Vec<AnyView> {
    values
        .iter()
        .map(|value| {
            view! {
                <label>
                    <input type="checkbox" name=facet.name.clone() value=value.value.clone() checked=value.selected />
                    {value.label.clone()}
                    <span>{count(value.count)}</span>
                </label>
            }
            .into_any()
        })
        .collect()
}

/// Everything beside the facets: contents of `#list`.
pub fn rows(view: &ListView) -> AnyView {
    let lang = view.lang;
    let body = if view.items.is_empty() {
        let (title, text) = if view.tags.is_empty() {
            (None, words::EMPTY)
        } else {
            (Some(words::NONE), words::NONE_TEXT)
        };
        view! {
            <div class="box gap3">
                {title.map(|title| view! { <h3>{title.to(lang)}</h3> })}
                <p>{text.to(lang)}</p>
            </div>
        }
        .into_any()
    } else {
        let class = match view.catalogue {
            search::Catalogue::Products => "rows r3",
            _ => "rows r4",
        };
        view! { <ol class=class>{view.items.iter().map(|item| row(view, item)).collect::<Vec<_>>()}</ol> }
            .into_any()
    };
    view! { {tags(view)}{bar(view)}{key(view)}{body}{paging(view)}{take(view)} }.into_any()
}

fn tags(view: &ListView) -> Option<AnyView> {
    if view.tags.is_empty() {
        return None;
    }
    let lang = view.lang;
    let tags: Vec<_> = view
        .tags
        .iter()
        .map(|tag| {
            let what = format!("{} {}", tag.facet, tag.label);
            view! {
                <a href=view.without(&tag.name, &tag.value) aria-label=fill(words::REMOVE.to(lang), &[("f", &what)])>
                    {tag.label.clone()}
                    <b aria-hidden="true">"×"</b>
                </a>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <div class="tags" role="group" aria-label=words::TAGS.to(lang)>
                {tags}
                <a class="lk clr" href=view.cleared()>{words::CLEAR.to(lang)}</a>
            </div>
        }
        .into_any(),
    )
}

fn bar(view: &ListView) -> AnyView {
    let lang = view.lang;
    let filter = match view.tags.len() {
        0 => words::FILTER.to(lang).to_owned(),
        n => fill(words::FILTER_N.to(lang), &[("n", &count(n as u64))]),
    };
    let unit = words::unit(view.catalogue, lang, view.total);
    let kept: Vec<_> = view
        .pairs
        .iter()
        .filter(|(name, _)| name != "sort")
        .map(|(name, value)| hidden(name, value))
        .collect();
    let sorts: Vec<_> = view
        .sorts
        .iter()
        .map(|sort| {
            view! { <option value=sort.name.clone() selected=sort.selected>{sort.label.clone()}</option> }
                .into_any()
        })
        .collect();
    let action = format!("{}{}", lang.prefix(), view.path);
    view! {
        <div class="bar">
            <h2><span class="num">{count(view.total)}</span>" "{unit}</h2>
            <a class="btn b2 mob" href="#filter">{filter}</a>
            <form class="inl" action=action method="get">
                {kept}
                {view.large.then(|| hidden("size", "large"))}
                <span class="fld">
                    <label for="sort">{words::SORT.to(lang)}</label>
                    <select id="sort" name="sort">{sorts}</select>
                </span>
                <button class="btn b2">{words::SORT_DO.to(lang)}</button>
            </form>
        </div>
    }
    .into_any()
}

/// A hidden field.
pub fn hidden(name: &str, value: &str) -> AnyView {
    view! { <input type="hidden" name=name.to_owned() value=value.to_owned() /> }.into_any()
}

/// Key of the row charts, where a row has one.
fn key(view: &ListView) -> Option<AnyView> {
    if !view.items.iter().any(|item| {
        item.measure.as_ref().is_some_and(|m| m.limit.is_some() || m.measured.is_some())
    }) {
        return None;
    }
    let lang = view.lang;
    let lines = [
        (
            "<svg width=\"5\" height=\"14\" aria-hidden=\"true\"><rect class=\"base\" x=\"1\" y=\"0\" width=\"3\" height=\"14\"/></svg>",
            words::KEY_BASE,
        ),
        (
            "<svg width=\"26\" height=\"14\" aria-hidden=\"true\"><rect class=\"lit\" x=\"0\" y=\"4\" width=\"100%\" height=\"6\"/></svg>",
            words::KEY_LIMIT,
        ),
        (
            "<svg width=\"14\" height=\"14\" aria-hidden=\"true\"><circle class=\"me\" cx=\"50%\" cy=\"7\" r=\"6\"/></svg>",
            words::KEY_MEASURED,
        ),
    ];
    let lines: Vec<_> = lines
        .into_iter()
        .map(|(svg, word)| {
            view! { <li><span inner_html=svg></span>{word.to(lang)}</li> }.into_any()
        })
        .collect();
    Some(view! { <ul class="key kp">{lines}</ul> }.into_any())
}

fn row(view: &ListView, item: &Item) -> AnyView {
    let lang = view.lang;
    let page = |to: &str| {
        // A row keeps the day of the list, so that what is read there is of the same day.
        PageContext {
            lang,
            large: view.large,
            as_of: view.as_of.clone(),
            known: view.known,
            ..PageContext::default()
        }
        .href(to)
    };
    let title = if item.path.is_empty() {
        item.title.clone().into_any()
    } else {
        view! { <a href=page(&item.path)>{item.title.clone()}</a> }.into_any()
    };
    let subtitle = (!item.subtitle.is_empty())
        .then(|| view! { " "<span class="nb">{item.subtitle.clone()}</span> }.into_any());
    let line = (!item.line.is_empty())
        .then(|| view! { <p class="q">{item.line.join(comma(lang))}</p> }.into_any());
    let small = (!item.small.is_empty())
        .then(|| view! { <p class="sm q">{item.small.join(comma(lang))}</p> }.into_any());
    let middle = match &item.measure {
        Some(measure) => {
            let chart = chart::mini(lang, measure);
            view! {
                <div>
                    <p><span class="q">{measure.indicator.clone()}</span>" "<b class="num">{measure.value.clone()}</b></p>
                    {chart.map(|svg| view! { <div inner_html=svg></div> })}
                    <p class="sm q">{chart::against_base(lang, measure)}</p>
                </div>
            }
            .into_any()
        }
        None => view! { <div><p class="sm num">{item.fact.clone()}</p></div> }.into_any(),
    };
    let last = item.status.as_ref().map(|s| {
        let day = status_date(lang, s).map(|day| view! { <p class="sm q">{day}</p> });
        view! { {status(lang, s)}{day} }.into_any()
    });
    view! {
        <li>
            <article>
                <div><h3>{title}{subtitle}{sample_mark(lang, item.sample)}</h3>{line}{small}</div>
                {middle}
                <div>{last}</div>
            </article>
        </li>
    }
    .into_any()
}

fn paging(view: &ListView) -> Option<AnyView> {
    if view.total == 0 {
        return None;
    }
    let lang = view.lang;
    let first = (view.page - 1) * view.per_page + 1;
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
    let to = |page: u64, word: crate::i18n::Words, rel: Option<&'static str>| {
        view! { <a class="lk" href=view.link(&view.pairs, page) rel=rel>{word.to(lang)}</a> }
            .into_any()
    };
    let mut links = Vec::new();
    if view.page > 2 {
        links.push(to(1, words::FIRST, None));
    }
    if view.page > 1 {
        links.push(to((view.page - 1).min(pages), words::PREVIOUS, Some("prev")));
    }
    if view.page < pages {
        links.push(to(view.page + 1, words::NEXT, Some("next")));
    }
    if view.page + 1 < pages {
        links.push(to(pages, words::LAST, None));
    }
    Some(
        view! {
            <nav class="pages" aria-label=words::PAGES.to(lang)>
                <span class="num q">{range}</span>
                <span class="inl">{links}</span>
            </nav>
        }
        .into_any(),
    )
}

/// Downloads of exactly this result, and the list of another day.
fn take(view: &ListView) -> AnyView {
    let lang = view.lang;
    let twin = |suffix: &str| {
        let mut plain = view.clone();
        plain.large = false;
        plain.path = format!("{}{suffix}", view.path);
        plain.items.clear();
        plain.link(&view.pairs, 1)
    };
    let n = words::counted(view.catalogue, lang, view.total);
    let kept: Vec<_> = view
        .pairs
        .iter()
        .filter(|(name, _)| name != "as_of")
        .map(|(name, value)| hidden(name, value))
        .collect();
    let action = format!("{}{}", lang.prefix(), view.path);
    let day = view.as_of.clone().unwrap_or_else(|| view.day.clone());
    view! {
        <section class="sec">
            <h2>{words::TAKE.to(lang)}</h2>
            <p>{fill(words::TAKE_TEXT.to(lang), &[("n", &n)])}</p>
            <p class="inl">
                <a class="lk" href=twin(".csv")>"CSV"</a>
                <a class="lk" href=twin(".json")>"JSON"</a>
            </p>
            <form class="inl noprint" action=action method="get">
                {kept}
                {view.large.then(|| hidden("size", "large"))}
                <span class="fld">
                    <label for="asof">{words::ON_DAY.to(lang)}</label>
                    <input id="asof" name="as_of" type="date" value=day />
                </span>
                <button class="btn b2">{words::VIEW.to(lang)}</button>
            </form>
        </section>
    }
    .into_any()
}

/// The static shell: the form with its search field, the two places the browser fills, and what the
/// boot script needs to know.
#[cfg(feature = "ssr")]
pub fn shell(
    page: &PageContext,
    model: &crate::model::ListPage,
    field_id: &'static str,
) -> AnyView {
    let view = &model.view;
    let lang = view.lang;
    let action = format!("{}{}", lang.prefix(), view.path);
    let island = !page.assets.island.is_empty()
        // The shelf of the systems holds their Chinese names and meanings only.
        && (view.catalogue != search::Catalogue::Systems || lang == register::Lang::ZhHans)
        && view.as_of.is_none()
        && view.known.is_none();
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
                <div id="facets">{facets(view)}</div>
                <p class="acts"><button class="btn">{words::APPLY.to(lang)}</button></p>
            </form>
            <div id="list" tabindex="-1">{rows(view)}</div>
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
