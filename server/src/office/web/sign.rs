//! Pages of signing in, enrolling and of the account.

use app::i18n::{desk as words, fill};
use app::model::DeskPage;
use register::Lang;

use super::forms::Form;
use super::routes::Act;
use super::{Asked, Desk, Outcome, must_wait, passkeys, sign_in_alert};
use crate::code::artwork::qr::{Correction, Symbol};
use crate::office::password::{self, Weak};
use crate::office::{Enrolled, IDLE_SECONDS, SESSION_SECONDS, SignIn, Who, totp};
use crate::store::Stage;
use crate::web::failure::Failure;
use crate::web::project::view::beijing;

pub(super) fn signing(desk: &Desk, asked: &Asked, form: &Form) -> Result<Outcome, Failure> {
    let office = &desk.office;
    match (asked.act, &asked.who) {
        (Act::SignIn, before) => {
            let (name, password, code) = (form.get("name"), form.get("password"), form.get("code"));
            match office.sign_in(name, password, code, &asked.whence)? {
                SignIn::In(id) => {
                    if let Some(before) = before {
                        office.file().end_session(&before.session.hash)?;
                    }
                    Ok(Outcome::Begin(id, "/".to_owned()))
                }
                failed => {
                    let alert = sign_in_alert(asked.lang, &failed, words::WRONG);
                    Ok(Outcome::Again(DeskPage::SignIn, alert))
                }
            }
        }
        (Act::SignOut, Some(who)) => {
            office.file().end_session(&who.session.hash)?;
            office.trace(&who.name, "sign-out", "", &asked.whence, "ok")?;
            Ok(Outcome::End)
        }
        (Act::SignOutEverywhere, Some(who)) => {
            office.file().end_sessions(&who.name)?;
            office.trace(&who.name, "sign-out-everywhere", "", &asked.whence, "ok")?;
            Ok(Outcome::End)
        }
        (_, Some(who)) if who.session.stage == Stage::Full => Ok(Outcome::See("/".to_owned())),
        _ => Ok(Outcome::Page(DeskPage::SignIn)),
    }
}

pub(super) fn enrolling(desk: &Desk, asked: &Asked, form: &Form) -> Result<Outcome, Failure> {
    let office = &desk.office;
    let lang = asked.lang;
    match (asked.act, &asked.who) {
        (Act::Enrol, _) => {
            let again = |alert| Ok(Outcome::Again(DeskPage::Enrol(password::CHARS_MIN), alert));
            let chosen = form.get("password");
            if chosen != form.get("again") {
                return again(words::DIFFERENT.to(lang).to_owned());
            }
            let (name, invite) = (form.get("name"), form.get("invite"));
            match office.enrol(name, invite, chosen, &desk.settings.office, &asked.whence)? {
                Enrolled::Begun(id) => Ok(Outcome::Begin(id, "/enrol/code".to_owned())),
                Enrolled::Weak(weak) => again(weak_words(weak, lang)),
                Enrolled::Wrong => again(words::WRONG_INVITE.to(lang).to_owned()),
                Enrolled::Wait(seconds) => again(must_wait(lang, seconds)),
            }
        }
        (Act::EnrolCodeForm, Some(who)) => Ok(Outcome::Page(symbol(who)?)),
        (Act::EnrolCode, Some(who)) => {
            match office.confirm(who, form.get("code"), &asked.whence)? {
                Some((codes, id)) => Ok(Outcome::BeginPage(id, DeskPage::Recovery(codes))),
                None => {
                    let alert = words::WRONG_CODE.to(lang).to_owned();
                    Ok(Outcome::Again(symbol(who)?, alert))
                }
            }
        }
        _ => Ok(Outcome::Page(DeskPage::Enrol(password::CHARS_MIN))),
    }
}

fn weak_words(weak: Weak, lang: Lang) -> String {
    let (sentence, n) = match weak {
        Weak::Short => (words::SHORT, password::CHARS_MIN),
        Weak::Long => (words::LONG, password::CHARS_MAX),
        Weak::Guessed => (words::GUESSED, 0),
    };
    fill(sentence.to(lang), &[("n", &n.to_string())])
}

/// The QR symbol of the secret that is offered.
fn symbol(who: &Who) -> Result<DeskPage, Failure> {
    /// Modules of white around a symbol (ISO/IEC 18004, quiet zone).
    const QUIET: usize = 4;
    let Some(secret) = &who.session.secret else { return Err(Failure::NotFound) };
    let symbol = Symbol::of(&totp::uri(secret, &who.name), Correction::L)
        .map_err(|error| Failure::Internal(error.to_string()))?;
    let side = symbol.modules();
    let mut path = String::new();
    for y in 0..side {
        for x in (0..side).filter(|x| symbol.is_dark(*x, y)) {
            path += &format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    Ok(DeskPage::Totp { path, side, secret: totp::text(secret) })
}

pub(super) fn account(desk: &Desk, asked: &Asked) -> Result<Outcome, Failure> {
    let Some(who) = &asked.who else { return Ok(Outcome::Missing) };
    Ok(Outcome::Page(account_page(desk, asked, who)?))
}

pub(super) fn account_page(desk: &Desk, asked: &Asked, who: &Who) -> Result<DeskPage, Failure> {
    let since = chrono::DateTime::from_timestamp(who.session.made_at, 0).unwrap_or_default();
    Ok(DeskPage::Account {
        roles: who.roles.iter().map(|role| role.code().to_owned()).collect(),
        recovery: desk.office.file().recovery_left(&who.name)?,
        since: beijing(since),
        ends: [IDLE_SECONDS / 60, SESSION_SECONDS / 3_600],
        passkeys: asked.party.is_some().then(|| passkeys::views(desk, who)).transpose()?,
    })
}
