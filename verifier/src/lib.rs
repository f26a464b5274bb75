//! The verifier as a wasm module: a page without a network hands it the kept copy and what was typed or
//! scanned, and gets lines `name TAB value`. It judges with the functions the server judges with; the
//! words around its answers are the page's own.

use std::fmt::{Display, Write as _};

use chrono::{DateTime, TimeDelta, Utc};
use register::Lang;
use register::code::CreditCode;
use register::id::Gtin;
use register::id::key::hex;
use register::note::{NoteError, NoteKey};
use register::offline::{Answer, Copy, CopyError, Found};
use register::signature::{Algorithm, PublicKey, SignatureBytes, SignatureState};
use register::verdict::{Outcome, Reason};
use wasm_bindgen::prelude::wasm_bindgen;

/// Opens a copy and answers about a code, about a barcode (`01/` and its digits) or, with `statement`,
/// about the digits of a statement; about none where nothing is asked. `now` is the reader's clock, in milliseconds since 1970.
///
/// The first line is `copy` with the copy's day; where the copy is not to be believed it is `refused`
/// with the reason, or `other_key`, and the only one.
///
/// SM2 is a module of its own (`verifier/sm2`), which few readers need: what it has to check stands in
/// lines `sm2`, and its answers, 1 or 0 for each line in order, come back as `sm2` in a second call.
/// A signature without an answer is unchecked, which is neither right nor wrong.
#[wasm_bindgen]
#[must_use]
#[expect(clippy::too_many_arguments, reason = "a struct would cost the page more JavaScript")]
pub fn check(
    note: &str,
    key: &str,
    keys: &str,
    codes: Vec<u8>,
    status: &[u8],
    barcodes: &[u8],
    asked: &str,
    statement: bool,
    sm2: &str,
    now: f64,
    lang: &str,
) -> String {
    let mut out = Lines(String::new());
    let Ok(key) = key.trim().parse::<NoteKey>() else { return "refused\tkey\n".to_owned() };
    let copy = match Copy::open(note, &key, keys, codes, status, barcodes) {
        Ok(copy) => copy,
        Err(CopyError::Note(NoteError::NotSigned(_))) => return "other_key\t\n".to_owned(),
        Err(_) => return "refused\tcopy\n".to_owned(),
    };
    out.line("copy", copy.note().day).line("size", copy.note().log_size);
    out.line("codes", copy.shelf().len());
    // The same as the sentence's time online: date and minute in China, UTC+8 the year round.
    let time = copy.note().log_time() + TimeDelta::hours(8);
    let minutes = time.timestamp().div_euclid(60);
    let (hour, minute) = (minutes.div_euclid(60).rem_euclid(24), minutes.rem_euclid(60));
    out.line("time", format_args!("{} {hour:02}:{minute:02}", time.date_naive()));
    if asked.is_empty() {
        return out.0;
    }
    let now = clock(now);
    let lang = Lang::ALL.into_iter().find(|one| one.tag() == lang).unwrap_or_default();
    // No code begins so: it is a barcode in an address of GS1 Digital Link.
    if let Some(digits) = asked.strip_prefix("01/") {
        match digits.parse().ok().and_then(Gtin::from_number).and_then(|gtin| copy.code_of(&gtin)) {
            Some(code) => told(&mut out, &copy.code(code.as_str(), now), lang),
            None => {
                out.line("outcome", "cannot_tell").line("reason", "offline");
                age(&mut out, copy.age_days(now));
                out.line("kept", "no_barcode");
            }
        }
        return out.0;
    }
    let mut answers = sm2.bytes();
    let holds = |key: &PublicKey, message: &[u8], signature: &SignatureBytes| match key.algorithm()
    {
        Algorithm::Ed25519 => key.holds(message, signature),
        Algorithm::Sm2 => match answers.next() {
            Some(b'1') => Some(true),
            Some(b'0') => Some(false),
            _ => {
                let [key, message, signature] = [key.as_bytes(), message, signature].map(hex);
                out.line("sm2", format_args!("{key} {message} {signature}"));
                None
            }
        },
    };
    let answer =
        if statement { copy.statement_by(asked, now, holds) } else { copy.code(asked, now) };
    told(&mut out, &answer, lang);
    out.0
}

fn age(out: &mut Lines, days: Option<i64>) {
    match days {
        Some(days) => out.line("age", days),
        None => out.line("clock", ""),
    };
}

/// The instant; outside of what a calendar holds, its beginning.
fn clock(milliseconds: f64) -> DateTime<Utc> {
    // Saturates, and a not-a-number becomes 0.
    #[expect(clippy::cast_possible_truncation, reason = "said above")]
    let milliseconds = milliseconds as i64;
    DateTime::from_timestamp_millis(milliseconds).unwrap_or_default()
}

fn told(out: &mut Lines, answer: &Answer, lang: Lang) {
    out.line(
        "outcome",
        if answer.outcome == Outcome::Malformed { "malformed" } else { "cannot_tell" },
    );
    for reason in &answer.reasons {
        let Reason { what, date, .. } = reason;
        out.line("reason", what.code());
        if let Some(key) = reason.get("key") {
            out.line("key", key);
        }
        if let Some(date) = date {
            out.line("reason_date", date);
        }
    }
    age(out, answer.age_days);
    if let Some(malformed) = answer.malformed {
        out.line("text", malformed.text(lang));
    }
    if let Some(code) = &answer.code {
        out.line("code", CreditCode::grouped(code));
    }
    if let Some((statement, state)) = &answer.statement {
        let (word, key) = match state {
            SignatureState::Verified(key) => ("verified", Some(key)),
            SignatureState::RevokedLater(key, _) => ("key_revoked_later", Some(key)),
            SignatureState::NotInForce(key, _) => ("key_not_in_force", Some(key)),
            SignatureState::DoesNotVerify => ("signature_mismatch", None),
            SignatureState::UnknownKey(_) => ("unknown_key", None),
            SignatureState::Unchecked(_) => ("signature_unchecked", None),
        };
        out.line("signature", word);
        if let Some(key) = key {
            out.line("key", key);
        }
        out.line("issued", statement.issued()).line("expires", statement.expires());
    }
    match &answer.found {
        Some(Found::Code(item, kept)) => {
            out.line("kept", kept.code());
            out.line("product", item.goods.name).line("model", item.goods.model);
            out.line("holder", item.goods.holder);
            if let Some(until) = item.until {
                out.line("until", until);
            }
        }
        Some(Found::Nothing) => {
            out.line("kept", "absent");
        }
        Some(Found::Unit) => {
            out.line("kept", "unit");
        }
        None => {}
    }
}

/// Lines of a name and a value; no value of a copy holds a tab or a line feed.
struct Lines(String);

impl Lines {
    fn line(&mut self, name: &str, value: impl Display) -> &mut Lines {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "{name}\t{value}");
        self
    }
}
