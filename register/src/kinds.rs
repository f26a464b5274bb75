//! The kinds of record. Each kind is one file here: its fields, its validation, its Chinese
//! column headers, its tests. The tables in those files drive import, templates, validation,
//! JSON and the field documentation.

use serde::{Deserialize, Serialize};

/// A kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the vocabulary itself")]
pub enum Kind {
    Enterprise,
    Product,
    Standard,
    Scheme,
    Listing,
    Evaluation,
    Comparison,
    Code,
    Inspection,
    Penalty,
    Restriction,
    Recall,
    Notice,
    Service,
    Policy,
    Target,
    Department,
    Place,
    Source,
    Key,
}

/// What a field holds. Values are JSON; [`Type`] says which JSON and how it is checked.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// String, NFC, no control characters, at most `max` characters (E26).
    Text {
        /// Most characters allowed.
        max: usize,
    },
    /// String, GB 32100 code (E03–E05, W01).
    Uscc,
    /// String of 14 digits (E06, E07).
    Gtin,
    /// String, normalised standard number (E08).
    StandardNumber,
    /// String, 6-digit GB/T 2260 code or a park key (E19).
    DivisionCode,
    /// String, 6-digit division code, park key, or ISO 3166 alpha-2 country.
    PlaceOrCountry,
    /// String `YYYY-MM-DD` (E09).
    Date,
    /// JSON integer.
    Int,
    /// JSON string holding a decimal, e.g. `"0.35"` (E16).
    Decimal,
    /// JSON boolean.
    Bool,
    /// String, absolute http or https URL.
    Url,
    /// String, 64 lower-case hex digits.
    Sha256,
    /// String, base64.
    Bytes,
    /// String, one of the codes (E11).
    Enum(&'static [Choice]),
    /// String, key of a record of that kind (E14).
    Key(Kind),
    /// String, key of a record of that kind where it is one, else plain text without a link.
    KeyOrText(Kind),
    /// String, id of a row of the built-in table of systems.
    System,
    /// Object `{"kind": …, "key": …}`: product, enterprise, place, standard, person, team or name.
    Subject,
    /// JSON array of that type.
    List(&'static Type),
    /// JSON object with these fields.
    Struct(&'static [Field]),
    /// String, regular expression.
    Regex,
}

/// One value of an enumeration, with its words in the three languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Stored value, e.g. `suspended`.
    pub code: &'static str,
    /// Simplified Chinese, e.g. 暂停.
    pub zh: &'static str,
    /// Traditional Chinese, e.g. 暫停.
    pub hant: &'static str,
    /// English, e.g. `suspended`.
    pub en: &'static str,
}

/// Who may see a field's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody.
    Public,
    /// A salted commitment in the hashed form, value and salt beside it, redactable.
    Commitment,
    /// Until the record's `publish_until`.
    Until,
    /// Both of the above.
    CommitmentUntil,
    /// Computed from other records, never stored or imported.
    Computed,
}

/// One field of a kind.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Name in the body.
    pub name: &'static str,
    /// What it holds.
    pub ty: Type,
    /// Whether a body without it is refused (E02).
    pub required: bool,
    /// Who may see it.
    pub visibility: Visibility,
    /// Unit of the value, e.g. `month`, `fen`; empty where there is none.
    pub unit: &'static str,
    /// Chinese column header of the template; empty where the field is not imported.
    pub column: &'static str,
    /// Words for readers: simplified, traditional, English.
    pub label: [&'static str; 3],
    /// An example value as it would be typed in a list.
    pub example: &'static str,
}
