//! Passkeys over HTTP: what a browser is asked, and the forms its answers come back in. The script that
//! carries one to the other is `public/passkey.js`; everything else of the desk goes without.

use std::sync::Arc;

use app::i18n::{desk as words, fill};
use app::model::{DeskPage, PasskeyView};
use axum::http::{HeaderMap, header};

use super::forms::Form;
use super::routes::Act;
use super::{Asked, Desk, Outcome, sign, sign_in_alert};
use crate::office::passkey::{PASSKEYS_MAX, id_text};
use crate::office::{Adding, Party, Purpose, SignIn, Who};
use crate::store::StoreError;
use crate::web::failure::Failure;
use crate::web::project::view::beijing;

/// Where passkeys are good: at the desk's configured origin; without one at `localhost` alone, for a first
/// look, because else whoever asked would say where that is.
pub(super) fn party(desk: &Desk, headers: &HeaderMap) -> Option<Arc<Party>> {
    if !desk.settings.origin.is_empty() {
        return desk.party.clone();
    }
    let host = headers.get(header::HOST)?.to_str().ok()?;
    Party::of(&format!("http://{host}"), &desk.settings.office).map(Arc::new)
}

/// Whether who is signed in is still there, by passkey where the form has an answer of one, else by code.
pub(super) fn proven(
    desk: &Desk,
    asked: &Asked,
    who: &Who,
    form: &Form,
) -> Result<SignIn, StoreError> {
    match (form.get("passkey"), &asked.party) {
        ("", _) | (_, None) => desk.office.prove_again(who, form.get("code")),
        (answer, Some(party)) => desk.office.prove_again_by_passkey(party, who, &asked.id, answer),
    }
}

pub(super) fn answer(desk: &Desk, asked: &Asked, form: &Form) -> Result<Outcome, Failure> {
    let Some(party) = &asked.party else { return Ok(Outcome::Missing) };
    let (office, lang) = (&desk.office, asked.lang);
    match (asked.act, &asked.who) {
        (Act::PasskeyAsk, who) => {
            let Some(purpose) = Purpose::read(form.get("for")) else { return Ok(Outcome::Missing) };
            let options = office.ask_for_passkey(party, purpose, &asked.id, who.as_ref())?;
            Ok(options.map_or(Outcome::Forbidden, Outcome::Json))
        }
        (Act::PasskeySignIn, before) => {
            let answer = form.get("passkey");
            match office.sign_in_by_passkey(party, &asked.id, answer, &asked.whence)? {
                SignIn::In(id) => {
                    if let Some(before) = before {
                        office.file().end_session(&before.session.hash)?;
                    }
                    Ok(Outcome::Begin(id, "/".to_owned()))
                }
                failed => {
                    let alert = sign_in_alert(lang, &failed, words::WRONG_PASSKEY);
                    Ok(Outcome::Again(DeskPage::SignIn, alert))
                }
            }
        }
        (Act::PasskeyAdd, Some(who)) => {
            if let Some(alert) = unproven(desk, asked, who, form)? {
                return Ok(Outcome::Again(sign::account_page(desk, asked, who)?, alert));
            }
            let (answer, label) = (form.get("made"), form.get("label"));
            let alert =
                match office.add_passkey(party, who, &asked.id, answer, label, &asked.whence)? {
                    Adding::Added => return Ok(Outcome::See("/account".to_owned())),
                    Adding::Refused => words::PASSKEY_REFUSED.to(lang).to_owned(),
                    Adding::Label => words::PASSKEY_LABEL_WRONG.to(lang).to_owned(),
                    Adding::Full => {
                        fill(words::PASSKEYS_FULL.to(lang), &[("n", &PASSKEYS_MAX.to_string())])
                    }
                };
            Ok(Outcome::Again(sign::account_page(desk, asked, who)?, alert))
        }
        (Act::PasskeyRemove, Some(who)) => {
            if let Some(alert) = unproven(desk, asked, who, form)? {
                return Ok(Outcome::Again(sign::account_page(desk, asked, who)?, alert));
            }
            office.remove_passkey(who, form.get("id"), &asked.whence)?;
            Ok(Outcome::See("/account".to_owned()))
        }
        _ => Ok(Outcome::Missing),
    }
}

/// What somebody signs in with changes only by who proves to be there; else the sentence for who did not.
fn unproven(desk: &Desk, asked: &Asked, who: &Who, form: &Form) -> Result<Option<String>, Failure> {
    match proven(desk, asked, who, form)? {
        SignIn::In(_) => Ok(None),
        failed => {
            desk.office.trace(&who.name, "prove-again", "passkeys", &asked.whence, "refused")?;
            Ok(Some(sign_in_alert(asked.lang, &failed, words::WRONG_CODE)))
        }
    }
}

/// The passkeys of an account for its page.
pub(super) fn views(desk: &Desk, who: &Who) -> Result<Vec<PasskeyView>, Failure> {
    let day = |at: i64| beijing(chrono::DateTime::from_timestamp(at, 0).unwrap_or_default());
    let all = desk.office.file().passkeys(&who.name)?;
    Ok(all
        .into_iter()
        .map(|passkey| PasskeyView {
            id: id_text(&passkey.id),
            label: passkey.label,
            made: day(passkey.made_at),
            used: passkey.used_at.map(day).unwrap_or_default(),
        })
        .collect())
}
