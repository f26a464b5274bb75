//! What `liangbiao reference update` would append: the differences between the program's
//! built-in data and a register.

use register::{Draft, Entry, Kind, Reason, ReasonCode};

use super::{SOURCE, drafts};

/// One built-in record and what the register has of it.
#[derive(Clone, Debug)]
pub enum Change {
    /// The register does not have it.
    New(Draft),
    /// The register has an older built-in version; these fields differ.
    Changed(Draft, Vec<String>),
    /// The operator has set it from a source of their own: left alone. Carries that source.
    Kept(Draft, String),
}

impl Change {
    /// The entry to append, if any.
    #[must_use]
    pub fn draft(&self) -> Option<&Draft> {
        match self {
            Change::New(draft) | Change::Changed(draft, _) => Some(draft),
            Change::Kept(..) => None,
        }
    }
}

/// Compares the built-in data with what `current` says the register holds now, in the order the
/// entries would be appended.
///
/// # Errors
/// Those of `current`.
pub fn changes<E>(
    mut current: impl FnMut(Kind, &str) -> Result<Option<Entry>, E>,
) -> Result<Vec<Change>, E> {
    let mut found = Vec::new();
    for mut draft in drafts() {
        match current(draft.kind, &draft.key)? {
            None => found.push(Change::New(draft)),
            Some(entry) if entry.body == draft.body => {}
            Some(entry) if entry.source.id != SOURCE => {
                found.push(Change::Kept(draft, entry.source.id));
            }
            Some(entry) => {
                let fields = differing(&entry, &draft);
                // From the same day as the version it corrects, so that it replaces it for every
                // "as of" and what was known before can still be asked for.
                draft.valid_from = draft.valid_from.max(entry.valid_from);
                draft.reason = Reason::from(ReasonCode::Revised);
                found.push(Change::Changed(draft, fields));
            }
        }
    }
    Ok(found)
}

fn differing(entry: &Entry, draft: &Draft) -> Vec<String> {
    let mut fields: Vec<String> = draft
        .body
        .iter()
        .filter(|(name, value)| entry.body.get(*name) != Some(value))
        .map(|(name, _)| name.clone())
        .chain(entry.body.keys().filter(|name| !draft.body.contains_key(*name)).cloned())
        .collect();
    fields.sort();
    fields
}
