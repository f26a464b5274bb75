//! Entries a command makes itself (a code issued, a key retired), through the rules and the one append
//! that a list goes through.

use chrono::NaiveDate;
use register::code::Batch;
use register::kinds::validate;
use register::lang::Lang;
use register::message::Message;
use register::{Body, Draft};

use super::super::base::{self, Base, World};
use crate::store::{Appended, Register, StoreError};

/// An entry to be made.
#[derive(Clone, Debug)]
pub struct Proposed {
    /// The entry.
    pub draft: Draft,
    /// The version it follows, where that is of another key: a unit's first change follows its
    /// batch. `None`: what the register has under the draft's own key.
    pub follows: Option<Body>,
}

impl From<Draft> for Proposed {
    fn from(draft: Draft) -> Proposed {
        Proposed { draft, follows: None }
    }
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// An entry breaks a rule.
    #[error("{kind} {key}: {}", sentences(.messages))]
    Invalid {
        /// Its kind.
        kind: &'static str,
        /// Its key.
        key: String,
        /// The errors, in the order of their codes.
        messages: Vec<Message>,
    },
    /// The register cannot be read or written, or has grown since it was looked at.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn sentences(messages: &[Message]) -> String {
    let each = messages.iter().map(|m| format!("{} {}", m.code.name(), m.text(Lang::En)));
    each.collect::<Vec<_>>().join("; ")
}

/// Validates entries against the register as it was at log size `known` and appends them all, with the
/// hashes of a batch of unit codes, in one transaction; or nothing.
///
/// # Errors
/// An entry breaks a rule, or the log is no longer of that size ([`StoreError::Moved`]): then what was
/// decided has to be decided again.
pub fn append(
    register: &Register,
    known: u64,
    today: NaiveDate,
    batch: Option<&Batch>,
    entries: Vec<Proposed>,
) -> Result<Appended, Refusal> {
    check(register, known, today, &entries)?;
    let mut drafts = entries.into_iter().map(|entry| Ok(entry.draft));
    Ok(register.append_with(Some(known), batch, &mut drafts)?)
}

/// Validates entries against the register as it was at log size `known`, and writes nothing.
///
/// # Errors
/// As [`append`].
pub fn check(
    register: &Register,
    known: u64,
    today: NaiveDate,
    entries: &[Proposed],
) -> Result<(), Refusal> {
    let base = Base::open(register.reader()?)?;
    if base.known != known {
        return Err(StoreError::Moved { expected: known, found: base.known }.into());
    }
    let mut together = base::Batch::default();
    entries.iter().for_each(|entry| together.add(&entry.draft));
    let world = World::new(&base, &together, today);
    for Proposed { draft, follows } in entries {
        let stored = match follows {
            Some(_) => None,
            None => base.stored(draft)?.and_then(|stored| stored.body),
        };
        let context = world.context(draft, follows.as_ref().or(stored.as_ref()));
        let mut messages = validate(draft.kind, &draft.key, &draft.body, &context);
        messages.retain(Message::is_error);
        if !messages.is_empty() {
            let kind = draft.kind.name();
            return Err(Refusal::Invalid { kind, key: draft.key.clone(), messages });
        }
    }
    Ok(())
}
