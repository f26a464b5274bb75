//! What a draft holds.

use std::path::Path;

use chrono::NaiveDate;
use register::{Body, CaseRef, Kind};
use serde::{Deserialize, Serialize};

use crate::code::change::Change;
use crate::import::map::Map;
use crate::import::template;

/// What a draft holds. What it does is found out anew each time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Content {
    /// A list.
    File {
        /// Name of the mapping in the operator's folder, without `.toml`; empty: the list stands under our own headers.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        map: String,
        /// What it is a list of and who published it, where it stands under our own headers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        own: Option<OwnList>,
        /// Name of the file as it was sent, without folders.
        file: String,
        /// Its SHA-256, 64 hex digits.
        sha256: String,
        /// Its bytes.
        bytes: u64,
    },
    /// One record put right.
    Correction {
        /// Its kind.
        record: Kind,
        /// Its key.
        key: String,
        /// The day from which it is so.
        valid_from: NaiveDate,
        /// Why, for readers.
        why: String,
        /// Key of the source; empty: the office's own acts.
        source: String,
        /// The whole record as it should be.
        body: Body,
    },
    /// A record is contested, or no longer.
    Contest {
        /// Its kind.
        record: Kind,
        /// Its key.
        key: String,
        /// The case, with the office's words for readers; with an outcome where the mark is taken off.
        case: CaseRef,
    },
    /// A code for a product.
    Issue {
        /// Key of the product.
        product: String,
        /// Key of the listing that decides; empty: none.
        listing: String,
        /// The last day the code is good for.
        expires_on: Option<NaiveDate>,
        /// Random hex digits the code is drawn from, so that who approves sees the code that is issued.
        seed: String,
    },
    /// A code's status.
    Status {
        /// The code, as it was typed.
        code: String,
        /// What is done.
        change: Turn,
        /// Why, for readers.
        why: String,
        /// Number of the decision; empty: none.
        decision: String,
    },
}

/// A list that somebody typed under our own headers: what a mapping file would say of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnList {
    /// Kind of its records.
    pub record: Kind,
    /// Who published it.
    pub publisher: String,
    /// Its title; empty: the name of its file.
    pub title: String,
    /// Where it was published; empty: not said.
    pub url: String,
    /// Terms of use; empty: not said.
    pub licence: String,
}

impl OwnList {
    /// Kinds that can be sent so: all that can be typed, but for codes, which a key holder approves one by one.
    pub fn kinds() -> impl Iterator<Item = Kind> {
        template::kinds().filter(|kind| *kind != Kind::Code)
    }

    /// The mapping for its file; `sample` where all that the register holds is made up.
    ///
    /// # Errors
    /// In the three languages: what is wrong with the file's header.
    pub fn map(&self, file: &Path, sample: bool) -> Result<Map, [String; 3]> {
        let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let ask = template::Ask {
            kind: self.record.name().to_owned(),
            publisher: said(&self.publisher),
            title: said(&self.title),
            url: said(&self.url),
            licence: said(&self.licence),
            sample,
            ..template::Ask::default()
        };
        template::map_for(&ask, file).map_err(|refused| match refused {
            template::Refused::Usage { zh, en } => [zh.clone(), zh, en],
            template::Refused::File(error) => {
                let code = error.code.map_or(String::new(), |code| format!("{code} "));
                [error.zh.clone(), error.zh, error.en].map(|text| format!("{code}{text}"))
            }
        })
    }
}

/// [`Change`], as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are those of the changes")]
pub enum Turn {
    Suspend,
    Restore,
    Withdraw,
    Cancel,
}

impl Turn {
    /// All, in the order of the form.
    pub const ALL: [Turn; 4] = [Turn::Suspend, Turn::Restore, Turn::Withdraw, Turn::Cancel];

    /// Code in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Turn::Suspend => "suspend",
            Turn::Restore => "restore",
            Turn::Withdraw => "withdraw",
            Turn::Cancel => "cancel",
        }
    }

    /// The change.
    #[must_use]
    pub const fn change(self) -> Change {
        match self {
            Turn::Suspend => Change::Suspend,
            Turn::Restore => Change::Restore,
            Turn::Withdraw => Change::Withdraw,
            Turn::Cancel => Change::Cancel,
        }
    }
}

impl Content {
    /// Kind of the draft, as it is listed.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Content::File { .. } => "file",
            Content::Correction { .. } => "correction",
            Content::Contest { .. } => "contest",
            Content::Issue { .. } | Content::Status { .. } => "code",
        }
    }
}
