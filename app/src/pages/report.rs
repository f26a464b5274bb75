//! `/report`: an error is reported, a correction asked for; `/case`: what became of it.

use leptos::prelude::*;
use register::Lang;

use crate::components::frame::{Head, Section, crumb, document};
use crate::components::record::section;
use crate::components::text::{data, date, hidden, icon, is_safe, some};
use crate::i18n::desk::word;
use crate::i18n::{Words, fill, report as words, verify};
use crate::model::{CasePage, CaseView, PageContext, ReportPage};

/// The form.
#[must_use]
pub fn render(page: &PageContext, model: &ReportPage) -> String {
    let lang = page.lang;
    let head = Head {
        title: words::TITLE.to(lang).to_owned(),
        description: words::LEAD.to(lang).to_owned(),
        noindex: true,
        ..Head::default()
    };
    document(page, head, Section::None, || {
        let steps = [(model.title.clone(), model.href.clone())];
        let alert = some(&model.alert).map(|alert| {
            view! { <p class="box gap3" role="alert"><b>{alert.to_owned()}</b></p> }
        });
        view! {
            {crumb(page, &steps, words::TITLE.to(lang))}
            <div class="head"><h1>{words::TITLE.to(lang)}</h1><p class="lead">{words::LEAD.to(lang)}</p></div>
            <p class="box gap3">{words::NOT.to(lang)}" "<a class="nb" href="tel:12315">{verify::CALL.to(lang)}</a></p>
            {alert}
            <div class="cols side">
                <div>{form(page, model)}</div>
                <div>{then(page, model)}</div>
            </div>
        }
        .into_any()
    })
}

/// What happens when, and on what it rests.
fn then(page: &PageContext, model: &ReportPage) -> AnyView {
    let lang = page.lang;
    let [examined, answered] = model.days.map(|days| days.to_string());
    let kept = model.kept.to_string();
    let values = [("a", &*examined), ("b", &*answered), ("k", &*kept)];
    let list = |all: &[Words]| {
        let lines: Vec<_> = all
            .iter()
            .map(|line| view! { <li>{fill(line.to(lang), &values)}</li> }.into_any())
            .collect();
        view! { <ul class="do2">{lines}</ul> }.into_any()
    };
    let steps = list(&[words::THEN_NUMBER, words::THEN_DAYS, words::THEN_KEPT]);
    let laws = list(&[words::LAW_INFO, words::LAW_PERSON, words::LAW_12315]);
    let known =
        view! { {steps}<p><a class="lk" href=page.now("/case")>{words::NO_CASE.to(lang)}</a></p> };
    view! { {section(lang, words::THEN, known.into_any())}{section(lang, words::LAW, laws)} }
        .into_any()
}

/// What is wrong with a field, below its label; and the ids its input is described by.
fn wrong(model: &ReportPage, name: &str, note: Option<&str>) -> (Option<AnyView>, String, bool) {
    let error = model.errors.iter().find(|(of, _)| *of == name).map(|(_, text)| text.clone());
    let mut ids = Vec::new();
    ids.extend(note.map(|_| format!("n-{name}")));
    ids.extend(error.as_ref().map(|_| format!("e-{name}")));
    let is_wrong = error.is_some();
    let shown = error
        .map(|text| view! { <p class="bad" id=format!("e-{name}")><b>{text}</b></p> }.into_any());
    (shown, ids.join(" "), is_wrong)
}

fn choice(
    lang: Lang,
    model: &ReportPage,
    name: &'static str,
    legend: Words,
    all: &[(&'static str, Words)],
    chosen: &str,
) -> AnyView {
    let (error, ids, _) = wrong(model, name, None);
    let choices: Vec<_> = all
        .iter()
        .map(|(code, word)| {
            view! {
                <p><label class="fld"><input type="radio" name=name value=*code required=true checked=*code == chosen />{word.to(lang)}</label></p>
            }
            .into_any()
        })
        .collect();
    let described = some(&ids).map(str::to_owned);
    view! {
        <fieldset class="gap3" aria-describedby=described>
            <legend>{legend.to(lang)}</legend>
            {error}{choices}
        </fieldset>
    }
    .into_any()
}

/// A field of several lines, with what is asked of it and what is wrong.
fn long(
    lang: Lang,
    model: &ReportPage,
    name: &'static str,
    (label, note, most): (Words, Words, usize),
    value: &str,
    required: bool,
) -> AnyView {
    let note = fill(note.to(lang), &[("n", &most.to_string())]);
    let (error, ids, is_wrong) = wrong(model, name, Some(&note));
    let invalid = is_wrong.then_some("true");
    // The first line break after the tag is not part of the value.
    let value = format!("\n{value}");
    view! {
        <div class="gap3">
            <label for=name>{label.to(lang)}</label>
            <p class="sm q" id=format!("n-{name}")>{note}</p>
            {error}
            <textarea class="gap5" id=name name=name rows="5" maxlength=most required=required aria-describedby=ids aria-invalid=invalid>{value}</textarea>
        </div>
    }
    .into_any()
}

fn short(
    lang: Lang,
    model: &ReportPage,
    name: &'static str,
    (label, note): (Words, &str),
    value: &str,
    complete: &'static str,
) -> AnyView {
    let (error, ids, is_wrong) = wrong(model, name, Some(""));
    let invalid = is_wrong.then_some("true");
    view! {
        <div class="gap3">
            <label for=name>{label.to(lang)}</label>
            <p class="sm q" id=format!("n-{name}")>{note.to_owned()}</p>
            {error}
            <input class="gap5" id=name name=name value=value.to_owned() maxlength=model.most[2] autocomplete=complete aria-describedby=ids aria-invalid=invalid />
        </div>
    }
    .into_any()
}

fn form(page: &PageContext, model: &ReportPage) -> AnyView {
    let lang = page.lang;
    let of = &model.form;
    let honey = (!of.honey.is_empty()).then(|| {
        view! { <p class="bad"><b>{words::E_HONEY.to(lang)}</b></p> }
    });
    // Programs fill every field; people do not see this one, unless something filled it for them.
    let whats: Vec<_> =
        words::WHATS.into_iter().filter(|(code, _)| !model.unknown || *code == "fake").collect();
    let unknown =
        model.unknown.then(|| view! { <p class="box gap3">{words::UNKNOWN.to(lang)}</p> });
    let right = if model.unknown { words::RIGHT_FAKE } else { words::RIGHT };
    let bought = model.unknown.then(|| {
        let note = fill(words::BOUGHT_NOTE.to(lang), &[("n", &model.most[2].to_string())]);
        short(lang, model, "bought", (words::BOUGHT, &note), &of.bought, "off")
    });
    let name_note = words::NAME_NOTE.to(lang);
    let class = if honey.is_some() { "gap3" } else { "vh" };
    view! {
        <form class="text" method="post" action=page.now("/report")>
            {hidden("about", &model.about)}{hidden("token", &model.token)}
            <p class="gap3"><span class="q">{words::ABOUT.to(lang)}</span>" "{model.kind.clone()}" "<a href=page.now(&model.href)>{data(lang, &model.title)}</a></p>
            {unknown}
            {choice(lang, model, "what", words::ASK_WHAT, &whats, &of.what)}
            {choice(lang, model, "who", words::ASK_WHO, &words::ASKERS, &of.who)}
            {long(lang, model, "right", (right, words::RIGHT_NOTE, model.most[0]), &of.right, true)}
            {bought}
            {long(lang, model, "evidence", (words::EVIDENCE, words::EVIDENCE_NOTE, model.most[1]), &of.evidence, false)}
            {short(lang, model, "name", (words::NAME, name_note), &of.name, "name")}
            {short(lang, model, "contact", (words::CONTACT, name_note), &of.contact, "email")}
            <div class=class>
                {honey}
                <label for="homepage">{words::HONEY.to(lang)}</label>
                <input id="homepage" name="homepage" value=of.honey.clone() tabindex="-1" autocomplete="off" />
            </div>
            <p class="acts"><button class="btn">{words::SEND.to(lang)}</button></p>
        </form>
    }
    .into_any()
}

/// The state of a case.
#[must_use]
pub fn case(page: &PageContext, model: &CasePage) -> String {
    let lang = page.lang;
    let head = Head {
        title: words::CASE.to(lang).to_owned(),
        description: words::CASE_LEAD.to(lang).to_owned(),
        noindex: true,
        ..Head::default()
    };
    document(page, head, Section::None, || {
        let found = match &model.case {
            Some(case) => Some(state(page, case)),
            None if model.typed.is_empty() => None,
            None => Some(
                view! { <p class="box gap3" role="alert"><b>{words::NONE.to(lang)}</b></p> }
                    .into_any(),
            ),
        };
        let large = page.large.then(|| hidden("size", "large"));
        let lead = model.case.is_none().then(|| {
            view! { <p class="lead">{words::CASE_LEAD.to(lang)}</p> }
        });
        view! {
            <div class="head"><h1>{words::CASE.to(lang)}</h1>{lead}</div>
            {found}
            <form class="text gap3 noprint" method="get" action=format!("{}/case", lang.prefix())>
                {large}
                <label for="number">{words::NUMBER.to(lang)}</label>
                <input class="gap5 code" id="number" name="number" value=model.typed.clone() autocomplete="off" autocapitalize="characters" spellcheck="false" required=true />
                <p class="acts"><button class="btn b2">{words::SHOW.to(lang)}</button></p>
            </form>
        }
        .into_any()
    })
}

fn state(page: &PageContext, of: &CaseView) -> AnyView {
    let lang = page.lang;
    let code = match (of.answered.is_empty(), of.examined.is_empty()) {
        (false, _) => "answered",
        (true, false) => "examined",
        (true, true) => "received",
    };
    let (tone, shape, now) = words::state(code);
    let record = match some(&of.href).filter(|href| is_safe(href)) {
        Some(href) => {
            let href = page.now(href);
            view! { <a href=href>{data(lang, &of.record)}</a> }.into_any()
        }
        None => data(lang, &of.record),
    };
    let due = of.answered.is_empty().then(|| {
        let remark = match (of.overdue, of.exact) {
            (true, _) => Some(words::OVERDUE),
            (false, false) => Some(words::INEXACT),
            _ => None,
        };
        let remark =
            remark.map(|remark| view! { <br /><small class="q">{remark.to(lang)}</small> });
        view! { <dt>{words::DUE.to(lang)}</dt><dd>{date(&of.due)}{remark}</dd> }
    });
    let outcome = some(&of.outcome).map(|outcome| {
        let until = match (of.reason.is_empty(), of.until.is_empty()) {
            (false, false) => Some(fill(words::REASON_UNTIL.to(lang), &[("d", &of.until)])),
            (true, _) => Some(words::REASON_GONE.to(lang).to_owned()),
            _ => None,
        };
        let reason = some(&of.reason).map(|reason| {
            let lines: Vec<_> = reason
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(|line| view! { <p>{data(lang, line)}</p> }.into_any())
                .collect();
            lines
        });
        view! {
            <dt>{words::OUTCOME.to(lang)}</dt><dd><b>{word(&words::OUTCOMES, outcome, lang)}</b></dd>
            <dt>{words::REASON.to(lang)}</dt><dd>{reason}<p class="sm q">{until}</p></dd>
        }
    });
    let steps =
        [("received", &of.received), ("examined", &of.examined), ("answered", &of.answered)];
    let steps: Vec<_> = steps
        .into_iter()
        .filter(|(_, day)| !day.is_empty())
        .rev()
        .map(|(code, day)| {
            let (tone, shape, name) = words::state(code);
            view! { <li><span class=tone>{icon(shape)}</span>{date(day)}<b>{name.to(lang)}</b></li> }
                .into_any()
        })
        .collect();
    view! {
        <div class="strip"><span class=format!("st {tone}")>{icon(shape)}{now.to(lang)}</span><code class="code">{of.number.clone()}</code></div>
        <p class="gap3">{words::KEEP.to(lang)}</p>
        <dl class="kv gap3">
            <dt>{words::RECORD.to(lang)}</dt><dd>{record}</dd>
            <dt>{words::WHAT.to(lang)}</dt><dd>{word(&words::WHATS, &of.what, lang)}</dd>
            <dt>{words::ASKER.to(lang)}</dt><dd>{word(&words::ASKERS, &of.asker, lang)}</dd>
            {due}{outcome}
        </dl>
        <section class="sec"><h2>{words::STEPS.to(lang)}</h2><ol class="tl">{steps}</ol></section>
    }
    .into_any()
}
