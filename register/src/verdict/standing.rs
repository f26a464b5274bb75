//! The gates, the view, and how code, statement and deciding listing themselves stand.

use chrono::{Datelike, TimeDelta};

use super::facts::{Facts, status_of};
use super::{Asked, Question, Reason, What};
use crate::code::{Level, is_batch_key};
use crate::kinds::rules::{day as date, structs, text, texts};
use crate::signature::{SignatureState, Standing};
use crate::status::Status;
use crate::{Entry, Kind};

/// The reasons of a gate, where one absorbs the rest.
pub(super) fn gates(question: &Question) -> Option<Vec<Reason>> {
    match question.asked {
        Asked::Malformed(malformed) => return Some(vec![Reason::new(What::Malformed(malformed))]),
        Asked::BadStatement(_) => return Some(vec![Reason::new(What::BadStatement)]),
        Asked::Statement(_, SignatureState::DoesNotVerify) => {
            return Some(vec![Reason::new(What::SignatureMismatch)]);
        }
        Asked::Statement(_, SignatureState::NotInForce(key, standing)) => {
            let date = match standing {
                Standing::NotYet(day) | Standing::Over(day) | Standing::Revoked(day) => Some(day),
                Standing::RevokedLater(day) => Some(day),
                Standing::InForce => None,
            };
            let id = key.to_string();
            let reason = Reason::new(What::KeyNotInForce).arg("key", id.as_str()).date(date);
            return Some(vec![reason]);
        }
        Asked::Code(_) | Asked::Statement(..) => {}
    }
    let draft = |entry: &Entry| text(&entry.body, "status") == Some("draft");
    let absent = match question.code {
        None => Reason::new(What::NoRecord),
        Some(_) => {
            let drafts = question.code.into_iter().chain(question.unit);
            Reason::of(What::Draft, drafts.into_iter().find(|entry| draft(entry))?)
        }
    };
    // Only a fresh and complete view knows that something is not there.
    let doubts = view(question);
    Some(if doubts.is_empty() { vec![absent] } else { doubts })
}

/// What there is to say against the view.
pub(super) fn view(question: &Question) -> Vec<Reason> {
    let view = &question.view;
    let mut reasons = Vec::new();
    if view.offline {
        reasons.push(Reason::new(What::Offline));
    }
    if !view.complete {
        reasons.push(Reason::new(What::Incomplete));
    }
    let Some(log_time) = view.log_time else {
        reasons.push(Reason::new(What::Stale));
        return reasons;
    };
    // China standard time is UTC+8 the year round.
    let today = (log_time + TimeDelta::hours(8)).date_naive();
    if view.now < log_time {
        reasons.push(Reason::new(What::ClockBehind).date(today));
    } else if view.now - log_time > view.fresh_for {
        reasons.push(Reason::new(What::Stale).date(today));
    }
    if question.day > today {
        reasons.push(Reason::new(What::FutureDay).date(today));
    }
    reasons
}

/// How a signed statement stands whose signature passed the gate.
pub(super) fn statement(question: &Question, facts: &Facts, out: &mut Vec<Reason>) {
    let Asked::Statement(statement, _) = question.asked else { return };
    statement_alone(question, out);
    if let (Some(gtin), Some(product)) = (statement.gtin(), facts.product)
        && !texts(&product.body, "gtins").any(|own| own == gtin.as_str())
    {
        out.push(Reason::of(What::GtinDiffers, product).arg("gtin", gtin.as_str()));
    }
}

/// The part of it that needs no record but the keys'.
pub(super) fn statement_alone(question: &Question, out: &mut Vec<Reason>) {
    let Asked::Statement(statement, signature) = question.asked else { return };
    match signature {
        SignatureState::Verified(_) => {}
        SignatureState::RevokedLater(key, day) => {
            let id = key.to_string();
            out.push(Reason::new(What::KeyRevokedLater).arg("key", id.as_str()).date(day));
        }
        SignatureState::UnknownKey(index) => {
            let index = format!("{index:04x}");
            out.push(Reason::new(What::UnknownKey).arg("key", index.as_str()));
        }
        SignatureState::Unchecked(index) => {
            let index = format!("{index:04x}");
            out.push(Reason::new(What::SignatureUnchecked).arg("key", index.as_str()));
        }
        // The gate has answered these two.
        SignatureState::DoesNotVerify | SignatureState::NotInForce(..) => {}
    }
    if statement.issued() > question.day {
        out.push(Reason::new(What::NotYet).date(statement.issued()));
    }
    if statement.expires() < question.day {
        out.push(Reason::new(What::StatementExpired).date(statement.expires()));
    }
}

/// How the code stands, and the change to the unit where there is one.
pub(super) fn code(question: &Question, out: &mut Vec<Reason>) {
    let (Some(asked), Some(entry)) = (question.asked.code(), question.code) else { return };
    let of_this_code = match asked.level() {
        Level::Model => entry.key == asked.as_str(),
        // A unit code is found by its keyed hash, which only the caller can compute. A statement
        // may also be about a code recorded by itself.
        Level::Unit => is_batch_key(&entry.key) || entry.key == asked.as_str(),
    };
    if !of_this_code || entry.kind != Kind::Code {
        out.push(Reason::missing(Kind::Code, &entry.key));
    }
    code_status(question, entry, out);
    if let Some(unit) = question.unit {
        let of_this_batch = unit.key.split('/').next() == Some(entry.key.as_str());
        if !of_this_batch || unit.kind != Kind::Code {
            out.push(Reason::missing(Kind::Code, &unit.key));
        }
        code_status(question, unit, out);
    }
}

fn code_status(question: &Question, entry: &Entry, out: &mut Vec<Reason>) {
    let body = &entry.body;
    let status = text(body, "status");
    let what = match status {
        Some("valid") => None,
        Some("suspended") => Some(What::CodeSuspended),
        Some("withdrawn") => Some(What::CodeWithdrawn),
        Some("cancelled") => Some(What::CodeCancelled),
        Some("superseded") => Some(What::CodeSuperseded),
        _ => Some(What::Unchecked),
    };
    if let Some(what) = what {
        let reason = Reason::of(what, entry).date(entry.valid_from);
        out.push(
            reason
                .arg("cause", entry.reason.text.as_deref())
                .arg("decision", text(body, "decision")),
        );
    }
    if let Some(expires) = date(body, "expires_on")
        && expires < question.day
        && matches!(status, Some("valid" | "suspended"))
    {
        out.push(Reason::of(What::CodeExpired, entry).date(expires));
    }
    let begins = date(body, "issued_on").into_iter().chain([entry.valid_from]).max();
    if let Some(begins) = begins.filter(|begins| *begins > question.day) {
        out.push(Reason::of(What::NotYet, entry).date(begins));
    }
}

/// How the deciding listing and its scheme stand.
pub(super) fn listing(question: &Question, facts: &Facts, out: &mut Vec<Reason>) {
    let Some(entry) = facts.listing else {
        out.push(match (facts.named, facts.product) {
            (Some(named), _) => Reason::missing(Kind::Listing, named),
            (None, Some(product)) => Reason::of(What::NoListing, product),
            (None, None) => Reason::new(What::NoListing),
        });
        return;
    };
    let body = &entry.body;
    if !facts.is_behind(entry) {
        out.push(Reason::missing(Kind::Listing, &entry.key));
    }
    let (status, since) = status_of(entry, question.day);
    let ended = |what| {
        Reason::of(what, entry)
            .date(since)
            .arg("exit_reason", text(body, "exit_reason"))
            .arg("cause", entry.reason.text.as_deref())
            .arg("decision", text(body, "decision.number"))
    };
    out.extend(match status {
        Status::Valid => None,
        Status::Suspended => Some(ended(What::ListingSuspended)),
        Status::Expired => {
            Some(Reason::of(What::ListingExpired, entry).date(date(body, "valid_until")))
        }
        Status::Withdrawn => Some(ended(What::ListingWithdrawn)),
        Status::Cancelled => Some(ended(What::ListingCancelled)),
        Status::Exited => Some(ended(What::ListingExited)),
        Status::Replaced => Some(ended(What::ListingReplaced)),
        Status::None => Some(Reason::missing(Kind::Listing, &entry.key)),
    });
    let begins = [date(body, "granted_on"), date(body, "valid_from")].into_iter().flatten().max();
    if let Some(begins) = begins.filter(|begins| *begins > question.day) {
        out.push(Reason::of(What::NotYet, entry).date(begins));
    }
    let licensed = body.contains_key("mark_licence")
        && date(body, "mark_licence.valid_until").is_none_or(|until| until >= question.day);
    if licensed && status != Status::Valid {
        let number = text(body, "mark_licence.number");
        out.push(Reason::of(What::MarkWithoutListing, entry).arg("number", number));
    }
    scheme(entry, facts, out);
}

fn scheme(listing: &Entry, facts: &Facts, out: &mut Vec<Reason>) {
    let key = text(&listing.body, "scheme").unwrap_or_default();
    let Some(scheme) = facts.get(Kind::Scheme, key) else {
        out.push(Reason::missing(Kind::Scheme, key));
        return;
    };
    let granted = date(&listing.body, "granted_on");
    let of = |what| Reason::of(what, scheme).arg("scheme", text(&scheme.body, "name_zh"));
    match text(&scheme.body, "status") {
        Some("current") => {}
        Some("historical") => {
            let until = date(&listing.body, "valid_until");
            let years = match (granted.map(|d| d.year()), until.map(|d| d.year())) {
                (Some(from), Some(to)) if from != to => format!("{from}–{to}"),
                (Some(year), _) | (None, Some(year)) => year.to_string(),
                (None, None) => String::new(),
            };
            let years = Some(years.as_str()).filter(|years| !years.is_empty());
            out.push(of(What::HistoricalScheme).arg("years", years));
        }
        Some("superseded") => {
            out.push(of(What::SupersededScheme).arg("successor", text(&scheme.body, "successor")));
        }
        Some("unverified") => {
            let basis = structs(&scheme.body, "legal_basis").find_map(|b| text(b, "policy"));
            out.push(of(What::UnverifiedScheme).arg("year", basis.and_then(year_in)));
        }
        _ => out.push(Reason::missing(Kind::Scheme, key)),
    }
    let begins = date(&scheme.body, "starts_on");
    let ends = date(&scheme.body, "ends_on");
    if let Some(granted) = granted
        && (begins.is_some_and(|begins| granted < begins)
            || ends.is_some_and(|ends| granted > ends))
    {
        out.push(Reason::of(What::OutsideSchemeDates, listing).date(granted));
    }
}

/// The year in a document's id or number: its first run of exactly four digits, 19… or 20….
fn year_in(document: &str) -> Option<&str> {
    document
        .split(|c: char| !c.is_ascii_digit())
        .find(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}
