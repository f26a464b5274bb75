//! Where passkeys can be used. Browsers give them to scripts alone (Web Authentication Level 3), so what is
//! here stays hidden until `public/passkey.js` shows it; password and one-time code go without.

use leptos::prelude::*;

use crate::components::text::{data, hidden};
use crate::i18n::{Words, desk as words, fill};
use crate::model::{DeskFrame, PageContext, PasskeyView};

/// What asks for a passkey `purpose` and puts the answer into the form's field `into`.
fn button(page: &PageContext, purpose: &'static str, into: &'static str, word: Words) -> AnyView {
    let lang = page.lang;
    view! {
        <input type="hidden" name=into value="" />
        <button class="btn b2" type="button" hidden=true data-passkey=purpose data-into=into
            data-ask=page.now("/passkeys/ask") data-failed=words::PASSKEY_FAILED.to(lang)>{word.to(lang)}</button>
        <span class="sm" role="status"></span>
    }
    .into_any()
}

/// The button that stands for a one-time code, for who has a passkey.
pub(super) fn instead_of_code(
    page: &PageContext,
    frame: &DeskFrame,
    word: Words,
) -> Option<AnyView> {
    let (_, has) = frame.passkeys.as_ref()?;
    has.then(|| button(page, "again", "passkey", word))
}

/// Signing in without name, password and code.
pub(super) fn sign_in(page: &PageContext, frame: &DeskFrame) -> Option<AnyView> {
    frame.passkeys.as_ref()?;
    Some(
        view! {
            <form class="text gap3" method="post" action=page.now("/sign-in/passkey")>
                {hidden("csrf", &frame.token)}
                <p class="acts">{button(page, "sign-in", "passkey", words::SIGN_IN_BY_PASSKEY)}</p>
            </form>
        }
        .into_any(),
    )
}

/// The passkeys of an account, and how to add one.
pub(super) fn section(page: &PageContext, frame: &DeskFrame, all: &[PasskeyView]) -> AnyView {
    let lang = page.lang;
    let rows: Vec<_> = all.iter().map(|of| one(page, frame, of)).collect();
    let none = all.is_empty().then(|| view! { <p class="q">{words::NO_PASSKEYS.to(lang)}</p> });
    view! {
        <section class="sec">
            <h2>{words::PASSKEYS.to(lang)}</h2>
            <p class="text">{words::PASSKEYS_LEAD.to(lang)}</p>
            {none}
            <ul class="plain">{rows}</ul>
            <p class="sm q" data-without="">{words::PASSKEYS_WITHOUT.to(lang)}</p>
            <form class="text gap3" method="post" action=page.now("/account/passkeys") hidden=true data-with="">
                <h3>{words::ADD_PASSKEY.to(lang)}</h3>
                {hidden("csrf", &frame.token)}
                <p class="gap4">
                    <label for="label">{words::PASSKEY_LABEL.to(lang)}</label>
                    <input class="gap5" id="label" name="label" maxlength="40" autocomplete="off" required=true />
                </p>
                <p class="gap4">
                    <label for="code-add">{words::CODE_ONLY.to(lang)}</label>
                    <input class="gap5" id="code-add" name="code" inputmode="numeric" autocomplete="one-time-code" required=true />
                </p>
                <p class="acts">{button(page, "add", "made", words::ADD_PASSKEY)}</p>
            </form>
        </section>
    }
    .into_any()
}

fn one(page: &PageContext, frame: &DeskFrame, of: &PasskeyView) -> AnyView {
    let lang = page.lang;
    let used = match of.used.as_str() {
        "" => words::NEVER_USED.to(lang).to_owned(),
        used => fill(words::LAST_USED.to(lang), &[("at", used)]),
    };
    let field = format!("code-{}", of.id);
    view! {
        <li class="box gap3">
            <p><b>{data(lang, &of.label)}</b></p>
            <p class="sm q">{fill(words::ADDED_AT.to(lang), &[("at", &of.made)])}" · "{used}</p>
            <form class="text" method="post" action=page.now("/account/passkeys/remove")>
                {hidden("csrf", &frame.token)}{hidden("id", &of.id)}
                <p class="gap4">
                    <label for=field.clone()>{words::CODE_ONLY.to(lang)}</label>
                    <input class="gap5" id=field name="code" inputmode="numeric" autocomplete="one-time-code" required=true />
                </p>
                <p class="acts">
                    <button class="btn b2">{words::REMOVE_PASSKEY.to(lang)}</button>
                    {instead_of_code(page, frame, words::REMOVE_BY_PASSKEY)}
                </p>
            </form>
        </li>
    }
    .into_any()
}
