//! What an entry changed: a record came, left, or became another.

use serde_json::Value;

use crate::{Body, Kind, ReasonCode};

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It was not there, or had ended, and is there now.
    Added,
    /// It has ended now; it had not before, or nothing was known of it.
    Left,
    /// It neither came nor left.
    Changed,
}

impl Change {
    /// All three, in the order pages show them.
    pub const ALL: [Change; 3] = [Change::Added, Change::Left, Change::Changed];

    /// Code in addresses and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Change::Added => "added",
            Change::Left => "left",
            Change::Changed => "changed",
        }
    }

    /// The change of this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Change> {
        Change::ALL.into_iter().find(|change| change.code() == code)
    }

    /// From whether the version before had ended (`None`: there was none) and whether this one has.
    #[must_use]
    pub const fn between(before: Option<bool>, ended: bool) -> Change {
        match (before, ended) {
            (None | Some(true), false) => Change::Added,
            (None | Some(false), true) => Change::Left,
            _ => Change::Changed,
        }
    }
}

/// Whether a version says that its record has ended: withdrawn, cancelled, exited, replaced, removed,
/// deregistered, closed. A term that runs out is no version and does not count: it is computed.
#[must_use]
pub fn ended(kind: Kind, reason: ReasonCode, body: &Body) -> bool {
    use ReasonCode as R;
    if matches!(reason, R::Withdrawn | R::Cancelled | R::Exited | R::Removed) {
        return true;
    }
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    let status = text("status");
    match kind {
        Kind::Listing => matches!(status, "withdrawn" | "cancelled" | "exited" | "replaced"),
        Kind::Code => matches!(status, "withdrawn" | "cancelled" | "superseded"),
        Kind::Product => status == "discontinued",
        Kind::Enterprise => matches!(status, "deregistered" | "revoked" | "moved"),
        Kind::Standard => matches!(status, "withdrawn" | "replaced"),
        Kind::Scheme => matches!(status, "historical" | "superseded"),
        Kind::Evaluation => text("result") == "withdrawn_application",
        Kind::Penalty => matches!(status, "revoked" | "repaired"),
        Kind::Restriction => status == "removed",
        Kind::Recall => matches!(status, "completed" | "terminated"),
        Kind::Service => status == "closed",
        Kind::Key => matches!(status, "retired" | "revoked"),
        Kind::Department | Kind::Place => !text("valid_to").is_empty(),
        Kind::Inspection
        | Kind::Comparison
        | Kind::Notice
        | Kind::Policy
        | Kind::Target
        | Kind::Source => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_comes_leaves_and_comes_back() {
        let steps = [
            (None, false, Change::Added),
            (Some(false), false, Change::Changed),
            (Some(false), true, Change::Left),
            (Some(true), true, Change::Changed),
            (Some(true), false, Change::Added),
            // Known for the first time as ended: a list of withdrawals tells of those who left.
            (None, true, Change::Left),
        ];
        for (before, now, change) in steps {
            assert_eq!(Change::between(before, now), change, "{before:?} {now}");
            assert_eq!(Change::from_code(change.code()), Some(change));
        }
    }

    #[test]
    fn every_status_that_ends_a_record_is_a_status_of_its_kind() {
        // A code that the tables do not know would never match.
        for kind in Kind::ALL {
            let codes: Vec<&str> = kind
                .spec()
                .fields
                .iter()
                .filter(|field| matches!(field.name, "status" | "result"))
                .filter_map(|field| match field.ty {
                    crate::kinds::Type::Enum(choices) => Some(choices),
                    _ => None,
                })
                .flatten()
                .map(|choice| choice.code)
                .collect();
            let ends: Vec<&&str> = codes
                .iter()
                .filter(|code| {
                    let body = serde_json::json!({ "status": code, "result": code });
                    let body = body.as_object().cloned().unwrap_or_default();
                    ended(kind, ReasonCode::Listed, &body)
                })
                .collect();
            let expected = match kind {
                Kind::Listing => 4,
                Kind::Code | Kind::Enterprise => 3,
                Kind::Standard | Kind::Scheme | Kind::Penalty | Kind::Recall | Kind::Key => 2,
                Kind::Product | Kind::Evaluation | Kind::Restriction | Kind::Service => 1,
                _ => 0,
            };
            assert_eq!(ends.len(), expected, "{kind:?}: {ends:?} of {codes:?}");
        }
    }
}
