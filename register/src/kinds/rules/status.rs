//! Rules about moves of a status.

use super::{Check, Code, Message, Reason, ReasonCode, text};

/// The words of a status value in Chinese, for messages.
fn word<'a>(c: &Check, code: &'a str) -> &'a str {
    let choices = c.spec.field("status").and_then(super::Field::choices).unwrap_or_default();
    choices.iter().find(|choice| choice.code == code).map_or(code, |choice| choice.zh)
}

/// Whether this entry moves the status to one of `ended`; a first version that is already there counts.
fn moves_to<'a>(c: &Check<'a>, ended: &[&str]) -> Option<&'a str> {
    let now = text(c.body, "status").filter(|status| ended.contains(status))?;
    let before = c.ctx.previous().and_then(|previous| text(previous, "status"));
    (before != Some(now)).then_some(now)
}

fn unexplained(c: &Check, status: &str) -> Message {
    Message::new(Code::E13).column(c.heading("status")).value(status).arg("a", word(c, status))
}

fn said_why(reason: Option<&Reason>) -> bool {
    reason.and_then(|reason| reason.text.as_deref()).is_some_and(|text| !text.trim().is_empty())
}

/// A move of status the kind does not allow (E12). Corrections and closed contests may move it anywhere.
pub fn transition(c: &Check, out: &mut Vec<Message>) {
    let correcting = c
        .ctx
        .reason()
        .is_some_and(|r| matches!(r.code, ReasonCode::Corrected | ReasonCode::ContestClosed));
    if c.spec.transitions.is_empty() || correcting {
        return;
    }
    let before = c.ctx.previous().and_then(|previous| text(previous, "status"));
    if let (Some(a), Some(b)) = (before, text(c.body, "status"))
        && a != b
        && !c.spec.transitions.contains(&(a, b))
        && c.spec
            .field("status")
            .and_then(super::Field::choices)
            .is_some_and(|all| all.iter().any(|x| x.code == b))
    {
        let message = Message::new(Code::E12).column(c.heading("status")).value(b);
        out.push(message.arg("a", word(c, a)).arg("b", word(c, b)));
    }
}

/// A listing that moves out of valid without reason and decision (E13).
pub fn leaving_valid(c: &Check, out: &mut Vec<Message>) {
    if let Some(status) =
        moves_to(c, &["suspended", "withdrawn", "cancelled", "exited", "replaced"])
        && (text(c.body, "exit_reason").is_none() || text(c.body, "decision.number").is_none())
    {
        out.push(unexplained(c, status));
    }
}

/// A code that moves out of valid without a reason (E13); its decision number is optional.
pub fn code_left_valid(c: &Check, out: &mut Vec<Message>) {
    if let Some(status) = moves_to(c, &["suspended", "withdrawn", "cancelled", "superseded"])
        && !said_why(c.ctx.reason())
        && text(c.body, "decision").is_none()
    {
        out.push(unexplained(c, status));
    }
}

/// A restriction removed without saying why and when (E13).
pub fn restriction_removed(c: &Check, out: &mut Vec<Message>) {
    if let Some(status) = moves_to(c, &["removed"])
        && (text(c.body, "removal_reason").is_none() || text(c.body, "removed_on").is_none())
    {
        out.push(unexplained(c, status));
    }
}

/// A penalty revoked or repaired without a reason (E13). Penalties have no field for it: the entry's reason says it.
pub fn penalty_lifted(c: &Check, out: &mut Vec<Message>) {
    if let Some(status) = moves_to(c, &["revoked", "repaired"]) {
        let code = c.ctx.reason().map(|reason| reason.code);
        let named = matches!(
            code,
            Some(
                ReasonCode::Repaired
                    | ReasonCode::Removed
                    | ReasonCode::Withdrawn
                    | ReasonCode::Cancelled
            )
        );
        if !named && !said_why(c.ctx.reason()) {
            out.push(unexplained(c, status));
        }
    }
}
