//! The verdict where there is no network and no record: what was typed or scanned by itself, and the keys.

use chrono::NaiveDate;

use super::{Asked, Outcome, Question, Reason, View, What, standing};

/// Judges without any record, for a browser that is cut off: through the same gates as
/// [`judge`](super::judge), with the same reasons for a statement's signature and its days.
///
/// The outcome is [`Outcome::Malformed`] or [`Outcome::CannotTell`], never anything better and, as
/// nothing was looked up, never anything in between: a statement whose term is over has that as a
/// reason, and what a kept copy says of the code is shown beside the verdict with the copy's age.
#[must_use]
pub fn judge_offline(asked: Asked<'_>, view: View, day: NaiveDate) -> (Outcome, Vec<Reason>) {
    let question = Question::new(asked, View { offline: true, ..view }, day);
    // Without the code's record a gate always answers: with what is malformed, or with the view.
    let mut reasons = standing::gates(&question).unwrap_or_default();
    // The day is the reader's own, and a kept copy is always of an earlier one: that is staleness.
    reasons.retain(|reason| reason.what != What::FutureDay);
    let malformed = reasons.iter().any(|reason| reason.effect == Outcome::Malformed);
    if !malformed {
        standing::statement_alone(&question, &mut reasons);
    }
    // A handful, put in order one by one: a sort of the library's would be 4 KB of the download.
    let mut ordered: Vec<Reason> = Vec::with_capacity(reasons.len());
    for reason in reasons {
        let after = ordered.iter().take_while(|one| one.order() <= reason.order()).count();
        ordered.insert(after, reason);
    }
    (if malformed { Outcome::Malformed } else { Outcome::CannotTell }, ordered)
}
