//! `/changes`: what came, left and changed between two days or two sizes of the log.

use leptos::prelude::*;
use search::Catalogue;

use crate::components::frame::{Head, Section, document};
use crate::components::record::diffs;
use crate::components::text::{data, hidden, icon, link, seen};
use crate::i18n::{Words, changes as words, comma, count, fill, list, record};
use crate::model::{ChangeChoice, ChangeLine, ChangesPage, PageContext};

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &ChangesPage) -> String {
    let lang = page.lang;
    let title = words::TITLE.to(lang);
    let head = Head {
        title: match model.page {
            1 => title.to_owned(),
            n => format!("{title} {n}"),
        },
        description: words::LEAD.to(lang).to_owned(),
        noindex: model.narrowed || page.as_of.is_some() || page.known.is_some(),
        feeds: true,
        module: module(page),
        ..Head::default()
    };
    document(page, head, Section::Data, || {
        view! {
            <div class="head"><h1>{title}</h1><p class="lead">{words::LEAD.to(lang)}</p></div>
            {form(page, model)}
            {filters(page, model)}
            {seen(page, true)}
            <div class="cols side">
                <section class="sec">{hits(page, model)}</section>
                <div>{about(page)}</div>
            </div>
        }
        .into_any()
    })
}

/// Address of the script, where it has something to say: on pages of the present.
pub(super) fn module(page: &PageContext) -> String {
    match page.as_of.is_none() && page.known.is_none() {
        true => page.assets.seen.clone(),
        false => String::new(),
    }
}

fn choose(
    page: &PageContext,
    name: &'static str,
    label: Words,
    choices: &[ChangeChoice],
) -> Option<AnyView> {
    let lang = page.lang;
    if choices.is_empty() {
        return None;
    }
    let options: Vec<_> = choices
        .iter()
        .map(|choice| {
            let word = match choice.label.as_str() {
                "" => words::change(&choice.value).2.to(lang).to_owned(),
                label => label.to_owned(),
            };
            let text = format!("{word} {}", count(choice.count));
            view! { <option value=choice.value.clone() selected=choice.selected>{text}</option> }
                .into_any()
        })
        .collect();
    Some(
        view! {
            <span class="fld">
                <label for=name>{label.to(lang)}</label>
                <select id=name name=name><option value="">{words::ALL_OF.to(lang)}</option>{options}</select>
            </span>
        }
        .into_any(),
    )
}

fn form(page: &PageContext, model: &ChangesPage) -> AnyView {
    let lang = page.lang;
    let kept: Vec<_> = model.kept.iter().map(|(name, value)| hidden(name, value)).collect();
    let by = |code: &'static str, word: Words, chosen: bool| {
        view! { <option value=code selected=chosen>{word.to(lang)}</option> }.into_any()
    };
    view! {
        <form class="inl gap3 noprint" action=format!("{}/changes", lang.prefix()) method="get" aria-label=words::FORM.to(lang)>
            {kept}
            {page.large.then(|| hidden("size", "large"))}
            {choose(page, "scheme", words::SCHEME, &model.schemes)}
            {choose(page, "kind", words::KIND, &model.kinds)}
            {choose(page, "change", words::CHANGE, &model.changes)}
            <span class="fld"><label for="from">{words::FROM.to(lang)}</label><input id="from" name="from" type="date" value=model.from.clone() /></span>
            <span class="fld"><label for="to">{words::TO.to(lang)}</label><input id="to" name="to" type="date" value=model.to.clone() /></span>
            <span class="fld">
                <label for="axis">{words::BY.to(lang)}</label>
                <select id="axis" name="axis">
                    {by("valid", words::BY_VALID, !model.recorded)}
                    {by("recorded", words::BY_RECORDED, model.recorded)}
                </select>
            </span>
            <span class="fld"><label for="q">{words::TEXT.to(lang)}</label><input id="q" name="q" type="search" value=model.q.clone() maxlength="200" autocomplete="off" /></span>
            <button class="btn">{words::APPLY.to(lang)}</button>
        </form>
    }
    .into_any()
}

fn filters(page: &PageContext, model: &ChangesPage) -> Option<AnyView> {
    let lang = page.lang;
    if model.filters.is_empty() {
        return None;
    }
    let tags: Vec<_> = model
        .filters
        .iter()
        .map(|filter| {
            let what = format!("{} {}", filter.label, filter.value.text);
            let remove = fill(list::REMOVE.to(lang), &[("f", &what)]);
            view! {
                <a href=page.href(&filter.without) aria-label=remove>{filter.label.clone()}" "{data(lang, &filter.value.text)}" "<b aria-hidden="true">"×"</b></a>
            }
            .into_any()
        })
        .collect();
    Some(
        view! { <div class="tags" role="group" aria-label=list::TAGS.to(lang)>{tags}</div> }
            .into_any(),
    )
}

fn hits(page: &PageContext, model: &ChangesPage) -> AnyView {
    let lang = page.lang;
    let unit = if model.total == 1 { words::ONE_CHANGE } else { words::N_CHANGES };
    let lines: Vec<_> = model.lines.iter().map(|one| line(page, model, one)).collect();
    let rows = if model.lines.is_empty() {
        view! { <div class="box gap3"><h3>{words::NONE.to(lang)}</h3><p>{words::NONE_TEXT.to(lang)}</p></div> }
            .into_any()
    } else {
        view! { <ol class="rows r2">{lines}</ol> }.into_any()
    };
    view! {
        <div class="inl sp">
            <h2><span class="num">{count(model.total)}</span>" "{unit.to(lang)}</h2>
            <span class="inl">
                <a class="lk" href=page.twin(".csv")>"CSV"</a>
                <a class="lk" href=page.twin(".json")>"JSON"</a>
                <a class="lk" href=page.twin(".atom")>{words::FEED.to(lang)}</a>
                <a class="lk" href=page.twin(".feed.json")>"JSON Feed"</a>
            </span>
        </div>
        {rows}
        {paging(page, model)}
        <p class="src">{words::SOURCE.to(lang)}{comma(lang)}<a href=model.fixed.clone()>{words::FIXED.to(lang)}</a></p>
    }
    .into_any()
}

fn line(page: &PageContext, model: &ChangesPage, one: &ChangeLine) -> AnyView {
    let lang = page.lang;
    let (tone, shape, word) = words::change(&one.change);
    let reason = record::event(&one.reason).2.to(lang);
    // The reason often is the change itself: it is not said twice.
    let reason = (reason != word.to(lang)).then(|| view! { <p class="sm q">{reason}</p> });
    let detail: Vec<_> = one
        .detail
        .iter()
        .enumerate()
        .map(|(i, part)| view! { {(i > 0).then(|| comma(lang))}{link(page, part)} }.into_any())
        .collect();
    let text = (!one.text.is_empty()).then(|| view! { <p class="sm">{data(lang, &one.text)}</p> });
    let changed = (!one.diffs.is_empty()).then(|| view! { <p>{diffs(lang, &one.diffs)}</p> });
    let n = count(one.seq);
    let entry = if model.signed {
        let to = format!("/log/proof/{}.tlog-proof", one.seq);
        let label = fill(words::PROOF.to(lang), &[("n", &n)]);
        view! { <a href=to aria-label=label>{fill(words::ENTRY.to(lang), &[("n", &n)])}</a> }
            .into_any()
    } else {
        fill(words::ENTRY.to(lang), &[("n", &n)]).into_any()
    };
    let source = (!one.source.is_empty())
        .then(|| view! { <br />{record::SOURCE.to(lang)}{data(lang, &one.source)} });
    let days = format!(
        "{}{}{}{}",
        fill(words::TRUE_ON.to(lang), &[("d", &one.valid_from)]),
        comma(lang),
        fill(words::RECORDED_ON.to(lang), &[("d", &one.recorded_at)]),
        comma(lang),
    );
    view! {
        <li><article>
            <div>
                <h3>{link(page, &one.about)}</h3>
                <p class="sm q">{detail}</p>
                {text}{changed}
                <p class="sm q">{days}{entry}{source}</p>
            </div>
            <div><span class=format!("st {tone}")>{icon(shape)}{word.to(lang)}</span>{reason}</div>
        </article></li>
    }
    .into_any()
}

fn paging(page: &PageContext, model: &ChangesPage) -> Option<AnyView> {
    let lang = page.lang;
    if model.total == 0 {
        return None;
    }
    let first = (model.page - 1) * model.per_page + 1;
    let last = (model.page * model.per_page).min(model.total);
    let range = fill(
        list::RANGE.to(lang),
        &[("a", &count(first)), ("b", &count(last)), ("n", &count(model.total))],
    );
    let to = |href: &Option<String>, rel: &'static str, word: Words| {
        href.as_ref().map(|href| {
            view! { <a class="lk" href=page.href(href) rel=rel>{word.to(lang)}</a> }.into_any()
        })
    };
    Some(
        view! {
            <nav class="pages" aria-label=list::PAGES.to(lang)>
                <span class="num q">{range}</span>
                <span class="inl">
                    {to(&model.previous, "prev", list::PREVIOUS)}
                    {to(&model.next, "next", list::NEXT)}
                </span>
            </nav>
        }
        .into_any(),
    )
}

fn about(page: &PageContext) -> AnyView {
    let lang = page.lang;
    view! {
        <section class="box gap">
            <h2>{words::TWO_DAYS.to(lang)}</h2>
            <p>{words::TWO_VALID.to(lang)}</p>
            <p>{words::TWO_RECORDED.to(lang)}</p>
        </section>
        <section class="sec">
            <h2>{words::MEANS.to(lang)}</h2>
            <p>{words::MEANS_ADDED.to(lang)}</p>
            <p>{words::MEANS_LEFT.to(lang)}</p>
            <p>{words::MEANS_CHANGED.to(lang)}</p>
            <p>{words::EXPIRED_NOT.to(lang)}<a href=page.href("/listings?status=expired")>{words::EXPIRED.to(lang)}</a></p>
            <p><a class="lk" href=page.now("/inconsistencies")>{list::heading(Catalogue::Inconsistencies).to(lang)}</a></p>
        </section>
    }
    .into_any()
}
