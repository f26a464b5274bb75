//! Rules about the order of days.

use super::{Body, Check, Code, Message, day, text};

/// The second date is before the first (E10).
pub fn not_before(c: &Check, first: &str, second: &str, out: &mut Vec<Message>) {
    if let (Some(a), Some(b)) = (day(c.body, first), day(c.body, second))
        && b < a
    {
        out.push(
            Message::new(Code::E10)
                .column(c.heading(second))
                .value(b.to_string())
                .arg("a", a)
                .arg("b", b),
        );
    }
}

/// `publish_until` is missing or not after the decision (E20).
pub fn publish_until(c: &Check, decided: &str, out: &mut Vec<Message>) {
    let missing = text(c.body, "publish_until").is_none();
    let early = matches!((day(c.body, decided), day(c.body, "publish_until")), (Some(a), Some(b)) if b <= a);
    if missing || early {
        out.push(
            Message::new(Code::E20)
                .column("公示截止期")
                .value(text(c.body, "publish_until").unwrap_or_default()),
        );
    }
}

/// Granted outside the scheme's dates (E25); silent where the scheme has none.
pub fn inside_scheme_dates(c: &Check, scheme: &Body, out: &mut Vec<Message>) {
    let Some(granted) = day(c.body, "granted_on") else { return };
    let early = day(scheme, "starts_on").is_some_and(|start| granted < start);
    let late = day(scheme, "ends_on").is_some_and(|end| granted > end);
    if early || late {
        out.push(
            Message::new(Code::E25)
                .column(c.heading("granted_on"))
                .value(granted.to_string())
                .arg("d", granted),
        );
    }
}

/// A listing that was over before it was imported (W07).
pub fn already_expired(c: &Check, out: &mut Vec<Message>) {
    let running = matches!(text(c.body, "status"), Some("valid" | "suspended"));
    if let Some(until) = day(c.body, "valid_until")
        && running
        && until < c.ctx.today()
    {
        out.push(
            Message::new(Code::W07)
                .column(c.heading("valid_until"))
                .value(until.to_string())
                .arg("date", until),
        );
    }
}
