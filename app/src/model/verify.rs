//! What the page of a scanned code shows.

use super::{Event, Fact, Link, Source};
pub use crate::i18n::verify::Look;

/// One reason of the verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// One sentence in the page's language.
    pub text: String,
    /// Day it became true; may be empty.
    pub date: String,
    /// The record it rests on; none: there is no page of it.
    pub about: Option<Link>,
    /// Number of the decision; may be empty.
    pub decision: String,
}

/// The product behind a code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Goods {
    /// Name and page.
    pub name: Link,
    /// Brand; may be empty.
    pub brand: String,
    /// Model.
    pub model: String,
    /// Specification; may be empty.
    pub spec: String,
    /// Who sells it under its name.
    pub holder: Link,
    /// Where the holder is seated; may be empty.
    pub place: String,
    /// Barcodes, digits.
    pub gtins: Vec<String>,
}

/// What a buyer can claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redress {
    /// The product takes part in 先行赔付.
    pub pay_first: bool,
    /// Insurer; may be empty.
    pub insurer: String,
    /// Policy number; may be empty.
    pub policy_number: String,
    /// Highest sum in yuan, as printed (`20,000`); may be empty.
    pub limit: String,
    /// Last day of the insurance; may be empty.
    pub valid_until: String,
    /// Where a claim is made; may be empty.
    pub claim_url: String,
}

/// One indicator: name, measured or required value, and the limit it is compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indicator {
    /// Name.
    pub name: String,
    /// Value with its unit.
    pub value: String,
    /// The comparison in words, with its leading comma; may be empty.
    pub against: String,
}

/// One line of the credit record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreditLine {
    /// Section in words: 监督抽查, 荣誉, …
    pub section: String,
    /// What is recorded.
    pub text: String,
    /// Who says so.
    pub source: String,
    /// Day.
    pub date: String,
}

/// The page `/q/{code}/label`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelPage {
    /// The code in groups of four.
    pub code: String,
    /// The code without hyphens.
    pub plain: String,
    /// Least side of the symbol in millimetres; 0: there is no artwork without a public address.
    pub least_mm: u32,
    /// Width of the picture on the page, in CSS pixels.
    pub width_px: u32,
    /// Its height.
    pub height_px: u32,
    /// Symbol, size, address.
    pub facts: Vec<Fact>,
}

/// The page `/q/{code}` (and `/s/{digits}`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifyPage {
    /// Face of the verdict.
    pub look: Look,
    /// The verdict's sentence.
    pub sentence: String,
    /// What was checked, in words.
    pub checked: Vec<String>,
    /// Reasons, worst first.
    pub reasons: Vec<Reason>,
    /// Records behind the code that are contested; it changes no verdict.
    pub contested: Vec<super::Contested>,
    /// What the reader typed or scanned, as it may be shown; for the form.
    pub typed: String,
    /// The code in groups of four; empty: it could not be read.
    pub code: String,
    /// The code without hyphens; empty: it could not be read.
    pub plain: String,
    /// It stands for one item.
    pub unit: bool,
    /// Readers may note that they checked this unit.
    pub noted: bool,
    /// The lot the address names; the registration is of the model all the same.
    pub lot: Option<String>,
    /// Code or product is made up, in a register that is only partly so.
    pub sample: bool,
    /// The product; none: unknown.
    pub goods: Option<Goods>,
    /// Validity, issuer, listing.
    pub facts: Vec<Fact>,
    /// Indicators evaluated.
    pub indicators: Vec<Indicator>,
    /// Standards, evaluator and day.
    pub evaluation: Vec<Fact>,
    /// Where the evaluation was read.
    pub sources: Vec<Source>,
    /// What should be printed on the pack.
    pub pack: Vec<String>,
    /// What the schemes behind it do not prove.
    pub not_proof: Vec<String>,
    /// What a buyer can claim; none: nothing is registered.
    pub redress: Option<Redress>,
    /// Credit record, as the code holds it.
    pub credit: Vec<CreditLine>,
    /// The sections of the holder's credit file that the code names, each with its place.
    pub credit_file: Vec<Link>,
    /// History, newest first.
    pub history: Vec<Event>,
    /// The first notices and recalls that may be about the product, by name only; they change no verdict.
    pub possible: Vec<Link>,
    /// How many there are.
    pub possible_total: u64,
    /// Codes on record, for "not found".
    pub codes: u64,
}
