//! Pages of the publishing desk. They work without script, as all pages do.

mod cases;
mod drafts;
mod frame;
mod passkeys;

use leptos::prelude::*;
use register::Lang;

use crate::components::text::hidden;
use crate::i18n::{desk as words, fill};
use crate::model::{DeskFrame, DeskPage, PageContext, TrailLine};
use frame::{alert, document};

/// The document.
#[must_use]
pub fn render(page: &PageContext, frame: &DeskFrame, model: &DeskPage) -> String {
    let lang = page.lang;
    let title = match model {
        DeskPage::SignIn => words::SIGN_IN.to(lang).to_owned(),
        DeskPage::Enrol(_) => words::ENROL.to(lang).to_owned(),
        DeskPage::Totp { .. } => words::TOTP.to(lang).to_owned(),
        DeskPage::Recovery(_) => words::RECOVERY.to(lang).to_owned(),
        DeskPage::Account { .. } => words::ACCOUNT.to(lang).to_owned(),
        DeskPage::Trail { .. } => words::TRAIL.to(lang).to_owned(),
        DeskPage::Plain { title, .. } => title.clone(),
        DeskPage::Cases(_) => words::cases::TITLE.to(lang).to_owned(),
        DeskPage::Case(view) => fill(words::cases::CASE.to(lang), &[("n", &view.item.label)]),
        DeskPage::Drafts(model) => drafts::title(lang, model),
    };
    document(page, frame, &title, || {
        let body = match model {
            DeskPage::SignIn => sign_in(page, frame),
            DeskPage::Enrol(least) => enrol(page, frame, *least),
            DeskPage::Totp { path, side, secret } => totp(page, frame, path, *side, secret),
            DeskPage::Recovery(codes) => recovery(page, codes),
            DeskPage::Account { roles, recovery, since, ends, passkeys } => {
                let passkeys = passkeys.as_ref().map(|all| passkeys::section(page, frame, all));
                view! {
                    {account(page, roles, frame, *recovery, since, *ends)}
                    {passkeys}
                    {everywhere(page, frame)}
                }
                .into_any()
            }
            DeskPage::Trail { lines, older } => trail(page, lines, *older),
            DeskPage::Cases(items) => cases::list(page, items),
            DeskPage::Case(view) => cases::one(page, frame, view),
            DeskPage::Drafts(model) => drafts::body(page, frame, model),
            DeskPage::Plain { text, .. } => view! { <p class="lead">{text.clone()}</p> }.into_any(),
        };
        view! {
            <div class="head"><h1>{title.clone()}</h1></div>
            {alert(frame)}
            {body}
        }
        .into_any()
    })
}

/// A field with its label above it.
fn field(id: &'static str, label: String, kind: &'static str, complete: &'static str) -> AnyView {
    view! {
        <p class="gap4">
            <label for=id>{label}</label>
            <input class="gap5" id=id name=id type=kind autocomplete=complete required=true spellcheck="false" autocapitalize="none" />
        </p>
    }
    .into_any()
}

/// The field for a one-time code.
fn code_field(label: String) -> AnyView {
    field("code", label, "text", "one-time-code")
}

fn sign_in(page: &PageContext, frame: &DeskFrame) -> AnyView {
    let lang = page.lang;
    view! {
        <form class="text gap3" method="post" action=page.now("/sign-in")>
            {hidden("csrf", &frame.token)}
            {field("name", words::NAME.to(lang).to_owned(), "text", "username")}
            {field("password", words::PASSWORD.to(lang).to_owned(), "password", "current-password")}
            {code_field(words::CODE.to(lang).to_owned())}
            <p class="acts"><button class="btn">{words::SIGN_IN.to(lang)}</button></p>
        </form>
        {passkeys::sign_in(page, frame)}
        <p class="gap3">{words::FIRST_TIME.to(lang)}" "<a class="lk" href=page.now("/enrol")>{words::ENROL.to(lang)}</a></p>
    }
    .into_any()
}

fn enrol(page: &PageContext, frame: &DeskFrame, least: usize) -> AnyView {
    let lang = page.lang;
    view! {
        <p class="lead">{words::ENROL_LEAD.to(lang)}</p>
        <form class="text gap3" method="post" action=page.now("/enrol")>
            {hidden("csrf", &frame.token)}
            {field("name", words::NAME.to(lang).to_owned(), "text", "username")}
            {field("invite", words::INVITE.to(lang).to_owned(), "text", "off")}
            <p class="gap4">
                <label for="password">{words::CHOOSE.to(lang)}</label>
                <input class="gap5" id="password" name="password" type="password" autocomplete="new-password" required=true aria-describedby="rule" />
            </p>
            <p class="sm q" id="rule">{fill(words::RULE.to(lang), &[("n", &least.to_string())])}</p>
            {field("again", words::AGAIN.to(lang).to_owned(), "password", "new-password")}
            <p class="acts"><button class="btn">{words::NEXT.to(lang)}</button></p>
        </form>
    }
    .into_any()
}

fn totp(page: &PageContext, frame: &DeskFrame, path: &str, side: usize, secret: &str) -> AnyView {
    let lang = page.lang;
    // The quiet zone of four modules belongs to the symbol (ISO/IEC 18004); dark on light in any mode.
    let around = side + 8;
    let drawn = format!(
        r##"<path fill="#fff" d="M0 0h{around}v{around}H0z"/><path fill="#000" d="{path}"/>"##
    );
    let groups: Vec<String> = secret
        .as_bytes()
        .chunks(4)
        .map(|chunk| String::from_utf8_lossy(chunk).into_owned())
        .collect();
    view! {
        <p class="lead">{words::TOTP_LEAD.to(lang)}</p>
        <svg class="gap3" role="img" aria-label=words::TOTP_ALT.to(lang) width="232" height="232"
            viewBox=format!("0 0 {around} {around}") shape-rendering="crispEdges" inner_html=drawn></svg>
        <p class="gap3">{words::TOTP_TEXT.to(lang)}" "<code class="brk">{groups.join(" ")}</code></p>
        <form class="text gap3" method="post" action=page.now("/enrol/code")>
            {hidden("csrf", &frame.token)}
            {code_field(words::CODE_ONLY.to(lang).to_owned())}
            <p class="acts"><button class="btn">{words::CONFIRM.to(lang)}</button></p>
        </form>
    }
    .into_any()
}

fn recovery(page: &PageContext, codes: &[String]) -> AnyView {
    let lang = page.lang;
    let codes: Vec<_> = codes
        .iter()
        .map(|code| view! { <li><code class="code">{code.clone()}</code></li> }.into_any())
        .collect();
    view! {
        <p class="lead">{words::RECOVERY_LEAD.to(lang)}</p>
        <ul class="box gap3 do2">{codes}</ul>
        <p class="acts"><a class="btn" href=page.now("/")>{words::DONE.to(lang)}</a></p>
    }
    .into_any()
}

fn account(
    page: &PageContext,
    roles: &[String],
    frame: &DeskFrame,
    recovery: u64,
    since: &str,
    [idle, hours]: [i64; 2],
) -> AnyView {
    let lang = page.lang;
    let roles: Vec<String> =
        roles.iter().map(|role| words::word(&words::ROLE, role, lang)).collect();
    let times = [("i", idle.to_string()), ("h", hours.to_string())];
    let times = times.each_ref().map(|(name, value)| (*name, value.as_str()));
    view! {
        <dl class="kv gap3">
            <dt>{words::NAME.to(lang)}</dt><dd>{frame.who.clone()}</dd>
            <dt>{words::ROLES.to(lang)}</dt><dd>{roles.join(crate::i18n::and(lang))}</dd>
            <dt>{words::SIGNED_IN_AT.to(lang)}</dt><dd><time>{since.to_owned()}</time></dd>
            <dt>{words::RECOVERY_LEFT.to(lang)}</dt><dd class="num">{recovery}</dd>
        </dl>
        <p class="sm q">{fill(words::TIMES.to(lang), &times)}</p>
    }
    .into_any()
}

fn everywhere(page: &PageContext, frame: &DeskFrame) -> AnyView {
    let lang = page.lang;
    view! {
        <form class="gap3" method="post" action=page.now("/sign-out/everywhere")>
            {hidden("csrf", &frame.token)}
            <p>{words::SIGN_OUT_LEAD.to(lang)}</p>
            <p class="acts"><button class="btn b2">{words::SIGN_OUT_ALL.to(lang)}</button></p>
        </form>
    }
    .into_any()
}

fn trail(page: &PageContext, lines: &[TrailLine], older: Option<u64>) -> AnyView {
    let lang = page.lang;
    let rows: Vec<_> = lines.iter().map(|line| trail_row(lang, line)).collect();
    let heads = [
        words::NR,
        words::AT,
        words::WHO,
        words::WHAT,
        words::ABOUT,
        words::WHENCE,
        words::OUTCOME,
    ];
    let heads: Vec<_> =
        heads.iter().map(|w| view! { <th scope="col">{w.to(lang)}</th> }.into_any()).collect();
    let older = older.map(|seq| {
        view! { <p class="acts"><a class="btn b2" href=page.now(&format!("/trail?before={seq}"))>{words::OLDER.to(lang)}</a></p> }
    });
    view! {
        <p class="lead">{words::TRAIL_LEAD.to(lang)}</p>
        <div class="scroll" tabindex="0" role="region" aria-label=words::TRAIL.to(lang)>
            <table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
        </div>
        {older}
    }
    .into_any()
}

/// How an act ended; where an account was given roles, these.
fn outcome(lang: Lang, outcome: &str) -> String {
    if words::OUTCOMES.iter().any(|(name, _)| *name == outcome) {
        return words::word(&words::OUTCOMES, outcome, lang);
    }
    let roles: Vec<String> =
        outcome.split_whitespace().map(|role| words::word(&words::ROLE, role, lang)).collect();
    roles.join(crate::i18n::and(lang))
}

fn trail_row(lang: Lang, line: &TrailLine) -> AnyView {
    let who = match line.who.as_str() {
        "" => words::NOBODY.to(lang).to_owned(),
        "?" => words::UNKNOWN.to(lang).to_owned(),
        name => name.to_owned(),
    };
    let whence =
        if line.whence == "command" { words::COMMAND.to(lang) } else { line.whence.as_str() };
    view! {
        <tr>
            <td class="num">{line.seq}</td>
            <td><time>{line.at.clone()}</time></td>
            <td class="w">{crate::components::text::data(lang, &who)}</td>
            <td class="w">{words::word(&words::ACTS, &line.what, lang)}</td>
            <td>{crate::components::text::data(lang, &line.about)}</td>
            <td class="w">{whence.to_owned()}</td>
            <td>{outcome(lang, &line.outcome)}</td>
        </tr>
    }
    .into_any()
}
