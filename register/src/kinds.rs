//! The kinds of record. Each kind is one file here: its fields, its validation, its Chinese
//! column headers, its tests. The tables in those files drive import, templates, validation,
//! JSON and the field documentation.

use serde::{Deserialize, Serialize};

use crate::Body;
use crate::lang::Lang;
use crate::message::Message;

mod cell;
pub mod code;
pub mod common;
pub mod comparison;
mod context;
pub mod department;
pub mod enterprise;
pub mod evaluation;
pub mod inspection;
pub mod key;
pub mod listing;
mod normalise;
pub mod notice;
pub mod penalty;
pub mod place;
pub mod policy;
pub mod product;
pub mod recall;
pub mod restriction;
pub mod rules;
pub mod scheme;
pub mod service;
pub mod source;
pub mod standard;
pub mod target;
mod validate;

pub use common::{COVERAGE, SUBJECT_KIND, YES_NO_UNKNOWN};
pub use context::{Context, NoContext};
pub use normalise::normalise;
pub use validate::{is_foreign_enterprise, is_url, validate};

/// Whether the tables carry words for readers, headers and examples: most of their bytes.
const TEXTS: bool = cfg!(feature = "texts");

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

impl Kind {
    /// All kinds, in the order of the domain reference.
    pub const ALL: [Kind; 20] = [
        Kind::Enterprise,
        Kind::Product,
        Kind::Standard,
        Kind::Scheme,
        Kind::Listing,
        Kind::Evaluation,
        Kind::Comparison,
        Kind::Code,
        Kind::Inspection,
        Kind::Penalty,
        Kind::Restriction,
        Kind::Recall,
        Kind::Notice,
        Kind::Service,
        Kind::Policy,
        Kind::Target,
        Kind::Department,
        Kind::Place,
        Kind::Source,
        Kind::Key,
    ];

    /// The kind's name in entries, files and URLs, e.g. `enterprise`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Enterprise => "enterprise",
            Kind::Product => "product",
            Kind::Standard => "standard",
            Kind::Scheme => "scheme",
            Kind::Listing => "listing",
            Kind::Evaluation => "evaluation",
            Kind::Comparison => "comparison",
            Kind::Code => "code",
            Kind::Inspection => "inspection",
            Kind::Penalty => "penalty",
            Kind::Restriction => "restriction",
            Kind::Recall => "recall",
            Kind::Notice => "notice",
            Kind::Service => "service",
            Kind::Policy => "policy",
            Kind::Target => "target",
            Kind::Department => "department",
            Kind::Place => "place",
            Kind::Source => "source",
            Kind::Key => "key",
        }
    }

    /// The kind's fields: those of its table. Whoever needs no rules and no words takes them from here,
    /// so that a program for the browser carries neither.
    #[must_use]
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Kind::Enterprise => enterprise::FIELDS,
            Kind::Product => product::FIELDS,
            Kind::Standard => standard::FIELDS,
            Kind::Scheme => scheme::FIELDS,
            Kind::Listing => listing::FIELDS,
            Kind::Evaluation => evaluation::FIELDS,
            Kind::Comparison => comparison::FIELDS,
            Kind::Code => code::FIELDS,
            Kind::Inspection => inspection::FIELDS,
            Kind::Penalty => penalty::FIELDS,
            Kind::Restriction => restriction::FIELDS,
            Kind::Recall => recall::FIELDS,
            Kind::Notice => notice::FIELDS,
            Kind::Service => service::FIELDS,
            Kind::Policy => policy::FIELDS,
            Kind::Target => target::FIELDS,
            Kind::Department => department::FIELDS,
            Kind::Place => place::FIELDS,
            Kind::Source => source::FIELDS,
            Kind::Key => key::FIELDS,
        }
    }

    /// The kind of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind's word for readers.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        lang.of(&self.spec().label)
    }

    /// The kind's table.
    #[must_use]
    pub fn spec(self) -> &'static KindSpec {
        match self {
            Kind::Enterprise => &enterprise::SPEC,
            Kind::Product => &product::SPEC,
            Kind::Standard => &standard::SPEC,
            Kind::Scheme => &scheme::SPEC,
            Kind::Listing => &listing::SPEC,
            Kind::Evaluation => &evaluation::SPEC,
            Kind::Comparison => &comparison::SPEC,
            Kind::Code => &code::SPEC,
            Kind::Inspection => &inspection::SPEC,
            Kind::Penalty => &penalty::SPEC,
            Kind::Restriction => &restriction::SPEC,
            Kind::Recall => &recall::SPEC,
            Kind::Notice => &notice::SPEC,
            Kind::Service => &service::SPEC,
            Kind::Policy => &policy::SPEC,
            Kind::Target => &target::SPEC,
            Kind::Department => &department::SPEC,
            Kind::Place => &place::SPEC,
            Kind::Source => &source::SPEC,
            Kind::Key => &key::SPEC,
        }
    }
}

/// Everything the portal knows about one kind of record.
#[derive(Clone, Copy, Debug)]
pub struct KindSpec {
    /// The kind.
    pub kind: Kind,
    /// Its name in entries, files and URLs.
    pub name: &'static str,
    /// Words for readers: simplified, traditional, English.
    pub label: [&'static str; 3],
    /// Its fields, in the order of templates and pages.
    pub fields: &'static [Field],
    /// Columns a list must have (E01). Each entry is a group of headers of which one is enough.
    pub required_columns: &'static [&'static [&'static str]],
    /// Further headers understood, and the field each fills. A dotted path reaches into a struct
    /// (`decision.url`) or into a companion record of the same row (`enterprise.name_zh`).
    pub also: &'static [(&'static str, &'static str)],
    /// Allowed moves of `status`, from and to (E12); empty where any move is allowed.
    pub transitions: &'static [(&'static str, &'static str)],
    /// Derives the record's key from its body; see [`key_of`].
    pub key: fn(&Body) -> Result<String, Message>,
    /// The rules of this kind beyond its field types.
    pub check: fn(&rules::Check, &mut Vec<Message>),
    /// A heading for a record, as the source prints it.
    pub title: fn(&Body) -> String,
}

impl KindSpec {
    /// The field of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|f| f.name == name)
    }

    /// The field path a header fills: a field's own column first, then the further headers.
    /// Headers match after NFKC and trimming, so full- and half-width brackets are equal.
    #[must_use]
    pub fn field_of_column(&self, header: &str) -> Option<&'static str> {
        let wanted = header_key(header);
        let also = || {
            self.also
                .iter()
                .find(|(column, _)| header_key(column) == wanted)
                .map(|(_, field)| *field)
        };
        self.fields
            .iter()
            .find(|f| !f.column.is_empty() && header_key(f.column) == wanted)
            .map(|f| f.name)
            .or_else(also)
    }

    /// All headers understood: every field's column, then the further ones.
    pub fn columns(&self) -> impl Iterator<Item = &'static str> {
        let own = self.fields.iter().map(|f| f.column).filter(|c| !c.is_empty());
        own.chain(self.also.iter().map(|(column, _)| *column))
    }
}

/// A header cell in the form in which headers are compared: NFKC, without spaces.
#[must_use]
pub fn header_key(header: &str) -> String {
    crate::id::text::nfkc(header).chars().filter(|c| !c.is_whitespace()).collect()
}

/// The record's key within its kind, derived from its body.
///
/// # Errors
/// E02 naming the first field the key needs and the body lacks, or the field's own error. Kinds
/// whose key is an identifier given from outside (scheme, code, policy, target, department,
/// source, key) always answer E02 for the column `编号`: the caller must supply it.
pub fn key_of(kind: Kind, body: &Body) -> Result<String, Message> {
    (kind.spec().key)(body)
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

impl Choice {
    /// A value and its words in simplified Chinese, traditional Chinese and English.
    #[must_use]
    pub const fn new(code: &'static str, words: [&'static str; 3]) -> Choice {
        let [zh, hant, en] = if TEXTS { words } else { [""; 3] };
        Choice { code, zh, hant, en }
    }

    /// The word for readers.
    #[must_use]
    pub const fn label(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::ZhHans => self.zh,
            Lang::ZhHant => self.hant,
            Lang::En => self.en,
        }
    }
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

impl Field {
    /// An optional public field without unit, column or example.
    #[must_use]
    pub const fn new(name: &'static str, ty: Type, label: [&'static str; 3]) -> Field {
        Field {
            name,
            ty,
            required: false,
            visibility: Visibility::Public,
            unit: "",
            column: "",
            label: if TEXTS { label } else { [""; 3] },
            example: "",
        }
    }

    /// A body without it is refused.
    #[must_use]
    pub const fn required(self) -> Field {
        Field { required: true, ..self }
    }

    /// A natural person's or other removable value.
    #[must_use]
    pub const fn removable(self) -> Field {
        Field { visibility: Visibility::Commitment, ..self }
    }

    /// Shown until the record's `publish_until`.
    #[must_use]
    pub const fn until(self) -> Field {
        Field { visibility: Visibility::Until, ..self }
    }

    /// Removable, and shown until the record's `publish_until`.
    #[must_use]
    pub const fn removable_until(self) -> Field {
        Field { visibility: Visibility::CommitmentUntil, ..self }
    }

    /// Computed, never stored.
    #[must_use]
    pub const fn computed(self) -> Field {
        Field { visibility: Visibility::Computed, ..self }
    }

    /// Unit of the value.
    #[must_use]
    pub const fn unit(self, unit: &'static str) -> Field {
        Field { unit, ..self }
    }

    /// Chinese column header.
    #[must_use]
    pub const fn column(self, column: &'static str) -> Field {
        Field { column: if TEXTS { column } else { "" }, ..self }
    }

    /// Example as typed in a list.
    #[must_use]
    pub const fn example(self, example: &'static str) -> Field {
        Field { example: if TEXTS { example } else { "" }, ..self }
    }

    /// The choices of an enumeration or of a list of one.
    #[must_use]
    pub const fn choices(&self) -> Option<&'static [Choice]> {
        match self.ty {
            Type::Enum(choices) => Some(choices),
            Type::List(Type::Enum(choices)) => Some(*choices),
            _ => None,
        }
    }

    /// What a number typed under the column is multiplied by to give the field's unit: a list writes
    /// 有效期（年） and 罚款金额（万元）, the register keeps months and fen.
    #[must_use]
    pub fn column_factor(&self) -> i64 {
        match self.unit {
            "month" if self.column.contains("（年）") => 12,
            "fen" if self.column.contains("（万元）") => 1_000_000,
            _ => 1,
        }
    }

    /// What a message calls the field: its column, else its Chinese label.
    #[must_use]
    pub const fn heading(&self) -> &'static str {
        if self.column.is_empty() { self.label[0] } else { self.column }
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::any_bodies;
