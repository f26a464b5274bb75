//! Pages of drafts: the list of them, the forms that make one.

mod one;

use leptos::prelude::*;
use register::Lang;

use crate::components::text::{data, hidden, icon};
use crate::i18n::desk::word;
use crate::i18n::{desk as base, desk::drafts as words, fill};
use crate::model::{
    CorrectForm, DeskFrame, DraftItem, DraftsPage, FieldView, NewForm, PageContext,
};

pub(super) fn title(lang: Lang, model: &DraftsPage) -> String {
    match model {
        DraftsPage::List(..) => base::HOME.to(lang).to_owned(),
        DraftsPage::New(..) => words::NEW.to(lang).to_owned(),
        DraftsPage::One(view) => {
            fill(words::NUMBER.to(lang), &[("n", &view.item.number.to_string())])
        }
        DraftsPage::Find(_) | DraftsPage::Correct(_) => words::CORRECT.to(lang).to_owned(),
        DraftsPage::Codes(..) => words::CODES.to(lang).to_owned(),
    }
}

pub(super) fn body(page: &PageContext, frame: &DeskFrame, model: &DraftsPage) -> AnyView {
    match model {
        DraftsPage::List(items, makes) => list(page, items, *makes),
        DraftsPage::New(form) => new(page, frame, form),
        DraftsPage::One(view) => one::page(page, frame, view),
        DraftsPage::Find(kinds) => find(page, kinds),
        DraftsPage::Correct(form) => correct(page, frame, form),
        DraftsPage::Codes(product, code) => codes(page, frame, product, code),
    }
}

/// Icon and word of a draft's place.
fn place(lang: Lang, code: &str) -> AnyView {
    let (_, tone, shape) =
        words::LOOKS.into_iter().find(|(known, ..)| *known == code).unwrap_or(("", "off", "dash"));
    view! { <span class=format!("st {tone}")>{icon(shape)}{word(&words::PLACES, code, lang)}</span> }
        .into_any()
}

fn list(page: &PageContext, items: &[DraftItem], makes: bool) -> AnyView {
    let lang = page.lang;
    let rows: Vec<_> = items
        .iter()
        .map(|item| {
            let href = page.now(&format!("/drafts/{}", item.id));
            let by = fill(words::BY.to(lang), &[("w", &item.maker), ("t", &item.changed)]);
            view! {
                <li><article>
                    <div>
                        <h3><a href=href>{item.number}" "{data(lang, &item.title)}</a></h3>
                        <p class="sm q">{word(&words::KINDS, &item.kind, lang)}" · "{by}</p>
                    </div>
                    {place(lang, &item.place)}
                </article></li>
            }
            .into_any()
        })
        .collect();
    let acts = makes.then(|| {
        view! {
            <p class="acts">
                <a class="btn" href=page.now("/new")>{words::NEW.to(lang)}</a>
                <a class="btn b2" href=page.now("/correct")>{words::CORRECT.to(lang)}</a>
                <a class="btn b2" href=page.now("/codes")>{words::CODES.to(lang)}</a>
            </p>
        }
    });
    let all = if rows.is_empty() {
        view! { <p>{words::NONE.to(lang)}</p> }.into_any()
    } else {
        view! { <ol class="rows r2">{rows}</ol> }.into_any()
    };
    view! {
        <p class="lead">{words::LEAD.to(lang)}</p>
        {acts}
        <section class="sec"><h2>{words::LIST.to(lang)}</h2>{all}</section>
    }
    .into_any()
}

fn options(lang: Lang, all: &[(String, String)], chosen: &str) -> Vec<AnyView> {
    all.iter()
        .map(|(code, label)| {
            let tongue = (lang == Lang::En
                && label.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)))
            .then_some("zh-Hans");
            view! { <option value=code.clone() selected=code == chosen lang=tongue>{label.clone()}</option> }
                .into_any()
        })
        .collect()
}

fn new(page: &PageContext, frame: &DeskFrame, form: &NewForm) -> AnyView {
    let lang = page.lang;
    let own: Vec<_> =
        form.own.iter().map(|(code, label)| (NewForm::own_choice(code), label.clone())).collect();
    let own = options(lang, &own, &form.chosen);
    let maps = options(lang, &form.maps, &form.chosen);
    let maps = (!form.maps.is_empty())
        .then(|| view! { <optgroup label=words::MAPS.to(lang)>{maps}</optgroup> });
    let blanks: Vec<_> = form
        .own
        .iter()
        .map(|(code, label)| {
            let href = format!("/blank/{code}.xlsx");
            view! { <a class="lk" href=href download="">{label.clone()}</a> }.into_any()
        })
        .collect();
    view! {
        <p class="lead">{words::NEW_LEAD.to(lang)}</p>
        <form class="text gap3" method="post" action=page.now("/new") enctype="multipart/form-data">
            {hidden("csrf", &frame.token)}
            <p class="gap4">
                <label for="map">{words::MAP.to(lang)}</label><br />
                <select class="gap5" id="map" name="map" required=true>
                    <option value="">{words::CHOOSE.to(lang)}</option>
                    {maps}
                    <optgroup label=words::OWN_LISTS.to(lang)>{own}</optgroup>
                </select>
            </p>
            <p class="gap4">
                <label for="file">{fill(words::FILE.to(lang), &[("n", &form.most.to_string())])}</label>
                <input class="gap5" id="file" name="file" type="file" required=true accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" />
            </p>
            <fieldset class="gap3">
                <legend class="lead">{words::OWN_LEGEND.to(lang)}</legend>
                {field("publisher", words::PUBLISHER.to(lang), &form.publisher, false)}
                {field("title", words::LIST_TITLE.to(lang), &form.title, false)}
                {field("url", words::LIST_URL.to(lang), &form.url, false)}
                {field("licence", words::LICENCE.to(lang), &form.licence, false)}
            </fieldset>
            <p class="acts"><button class="btn">{words::SEND.to(lang)}</button></p>
        </form>
        <section class="sec">
            <h2>{words::BLANKS.to(lang)}</h2>
            <p class="text">{words::BLANKS_LEAD.to(lang)}</p>
            <p class="acts">{blanks}</p>
        </section>
    }
    .into_any()
}

/// A field with its label above it.
fn field(id: &'static str, label: &str, value: &str, required: bool) -> AnyView {
    view! {
        <p class="gap4">
            <label for=id>{label.to_owned()}</label>
            <input class="gap5" id=id name=id value=value.to_owned() required=required />
        </p>
    }
    .into_any()
}

fn day_field(id: &'static str, label: &str, value: &str, required: bool) -> AnyView {
    view! {
        <p class="gap4">
            <label for=id>{label.to_owned()}</label><br />
            <input class="gap5" id=id name=id type="date" value=value.to_owned() required=required />
        </p>
    }
    .into_any()
}

fn find(page: &PageContext, kinds: &[(String, String)]) -> AnyView {
    let lang = page.lang;
    let large = page.large.then(|| hidden("size", "large"));
    view! {
        <p class="lead">{words::CORRECT_LEAD.to(lang)}</p>
        <form class="text gap3" method="get" action=format!("{}/correct", lang.prefix())>
            {large}
            <p class="gap4">
                <label for="kind">{words::KIND.to(lang)}</label><br />
                <select class="gap5" id="kind" name="kind">{options(lang, kinds, "listing")}</select>
            </p>
            {field("key", words::KEY.to(lang), "", true)}
            <p class="acts"><button class="btn">{words::FIND.to(lang)}</button></p>
        </form>
    }
    .into_any()
}

fn correct(page: &PageContext, frame: &DeskFrame, form: &CorrectForm) -> AnyView {
    let lang = page.lang;
    let fields: Vec<_> =
        form.fields.iter().filter(|f| f.editable).map(|f| edited(lang, f)).collect();
    let fixed: Vec<_> = form
        .fields
        .iter()
        .filter(|f| !f.editable && !f.value.is_empty())
        .map(|f| {
            view! { <dt>{f.label.clone()}</dt><dd class="brk">{data(lang, &f.value)}</dd> }
                .into_any()
        })
        .collect();
    let fixed = (!fixed.is_empty()).then(|| {
        view! { <h2 class="gap3">{words::FIXED.to(lang)}</h2><dl class="kv">{fixed}</dl> }
    });
    view! {
        <p class="lead">{form.kind.1.clone()}" "{data(lang, &form.title)}" "<code class="brk">{form.key.clone()}</code></p>
        <p class="text">{words::CORRECT_LEAD.to(lang)}</p>
        <form class="text gap3" method="post" action=page.now("/correct")>
            {hidden("csrf", &frame.token)}{hidden("kind", &form.kind.0)}{hidden("key", &form.key)}
            {fields}
            {day_field("valid_from", words::FROM_DAY.to(lang), &form.valid_from, true)}
            {field("why", words::REASON.to(lang), &form.why, true)}
            {field("source", words::SOURCE.to(lang), &form.source, false)}
            <p class="acts"><button class="btn">{words::SAVE.to(lang)}</button></p>
        </form>
        {fixed}
    }
    .into_any()
}

fn edited(lang: Lang, of: &FieldView) -> AnyView {
    let id = format!("f-{}", of.name);
    let name = id.clone();
    let input = if of.choices.is_empty() {
        if of.lines || of.value.chars().count() > 60 {
            let rows = (of.value.lines().count() + 1).clamp(2, 8).to_string();
            view! { <textarea class="gap5" id=id.clone() name=name rows=rows>{format!("\n{}", of.value)}</textarea> }
                .into_any()
        } else {
            view! { <input class="gap5" id=id.clone() name=name value=of.value.clone() /> }
                .into_any()
        }
    } else {
        let empty = ("".to_owned(), "—".to_owned());
        let all: Vec<_> = std::iter::once(empty).chain(of.choices.iter().cloned()).collect();
        view! { <br /><select class="gap5" id=id.clone() name=name>{options(lang, &all, &of.value)}</select> }
            .into_any()
    };
    let lines =
        of.lines.then(|| view! { <span class="sm q">" "{words::LINES.to(lang)}</span> }.into_any());
    view! { <p class="gap4"><label for=id>{of.label.clone()}</label>{lines}{input}</p> }.into_any()
}

fn codes(page: &PageContext, frame: &DeskFrame, product: &str, code: &str) -> AnyView {
    let lang = page.lang;
    let turns: Vec<_> = words::TURNS
        .iter()
        .map(|(code, words)| ((*code).to_owned(), words.to(lang).to_owned()))
        .collect();
    view! {
        <section class="sec">
            <h2>{words::ISSUE.to(lang)}</h2>
            <form class="text" method="post" action=page.now("/codes")>
                {hidden("csrf", &frame.token)}{hidden("do", "issue")}
                {field("product", words::PRODUCT.to(lang), product, true)}
                {field("listing", words::LISTING.to(lang), "", false)}
                {day_field("expires", words::EXPIRES.to(lang), "", false)}
                <p class="acts"><button class="btn">{words::SAVE.to(lang)}</button></p>
            </form>
        </section>
        <section class="sec">
            <h2>{words::CHANGE.to(lang)}</h2>
            <form class="text" method="post" action=page.now("/codes")>
                {hidden("csrf", &frame.token)}{hidden("do", "status")}
                {field("code", words::CODE.to(lang), code, true)}
                <p class="gap4">
                    <label for="turn">{words::WHAT.to(lang)}</label><br />
                    <select class="gap5" id="turn" name="turn">{options(lang, &turns, "")}</select>
                </p>
                {field("why", words::REASON_CODE.to(lang), "", true)}
                {field("decision", words::DECISION.to(lang), "", false)}
                <p class="acts"><button class="btn">{words::SAVE.to(lang)}</button></p>
            </form>
        </section>
    }
    .into_any()
}
