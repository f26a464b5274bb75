//! Mapping files: what a list's rows mean.
//!
//! A mapping file is checked whole before any data are read; every error names its line and what
//! was expected. `docs/mapping-files.md` describes every key, and a test holds it to that.

mod apply;
mod html;
mod node;
mod parse;
mod template;

use chrono::NaiveDate;
use regex_lite::Regex;
use register::kinds::Field;
use register::{Body, Kind, Reason};
use serde_json::Value;

use super::reader::{Data, Encoding, Format, HeaderAt, Options, Row, Sheet, TreePath};

pub use apply::Scope;
pub(crate) use apply::{plain, product_mark};
pub(crate) use node::{Node, NodeValue, parse as document};
pub(crate) use parse::nearest;
pub use parse::{Word, parse, words};
pub use template::{FILTERS, Template};

/// One mistake in a mapping file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong and what was expected, in simplified Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// A mapping file, read and checked.
#[derive(Clone, Debug)]
pub struct Map {
    /// What the list is, for the reports.
    pub title: String,
    /// Format of the file; its name decides where this says nothing.
    pub format: Option<Format>,
    /// Encoding, if only one is acceptable.
    pub encoding: Option<Encoding>,
    /// Sheet of a workbook.
    pub sheet: Option<Sheet>,
    /// JSON pointer to the rows.
    pub pointer: String,
    /// Row of the header, from 1.
    pub header: HeaderAt,
    /// Field separator.
    pub delimiter: Option<u8>,
    /// Columns left out on purpose: not reported.
    pub ignore: Vec<String>,
    /// Where the list comes from.
    pub source: Source,
    /// Records that come with the list but not from its rows.
    pub constants: Vec<Constant>,
    /// Records each row yields, in this order.
    pub records: Vec<Record>,
    /// Where it was made from a header of our own template rather than read from a file: what the template's
    /// example row holds, by column of the list; `None` in columns that the template does not have.
    pub own_template: Option<Vec<Option<String>>>,
}

impl Map {
    /// Whether a row is the template's example, left in by whoever filled the template in.
    pub fn is_example(&self, row: &Row) -> bool {
        let (Some(example), Data::Cells(_, cells)) = (&self.own_template, &row.data) else {
            return false;
        };
        let cell = |i: usize| cells.get(i).map_or("", |text| text.trim());
        let known = || example.iter().enumerate().filter_map(|(i, e)| Some((i, e.as_ref()?)));
        known().any(|(_, example)| !example.is_empty())
            && known().all(|(i, example)| cell(i) == example)
    }

    /// How to read the file.
    pub fn options(&self) -> Options {
        Options {
            format: self.format,
            trees: self.format.is_some_and(Format::is_tree),
            encoding: self.encoding,
            sheet: self.sheet.clone(),
            pointer: self.pointer.clone(),
            header: self.header.clone(),
            delimiter: self.delimiter,
        }
    }

    /// Whether some record looks a product up by holder and model.
    pub fn asks_for_products(&self) -> bool {
        let asks = |spec: &Spec| matches!(&spec.origin, Origin::Places(p) if p.iter().any(|p| matches!(p, Place::Product { .. })));
        let specs = self.records.iter().flat_map(|r| r.fields.iter().map(|(_, s)| s));
        specs.into_iter().any(|spec| match &spec.origin {
            Origin::Struct(members) => members.iter().any(|(_, s)| asks(s)),
            _ => asks(spec),
        })
    }

    /// Every column asked for, with the line that asks and whether the list may lack it. Of the
    /// columns in one entry, one is enough.
    pub fn columns(&self) -> Vec<(usize, Vec<String>, bool)> {
        let mut out = Vec::new();
        for record in &self.records {
            for condition in &record.when {
                out.push((condition.line, vec![condition.place.text().to_owned()], true));
            }
            if let Some(each) = &record.for_each {
                each.columns(&mut out);
            }
            for (_, spec) in &record.fields {
                spec.columns(&mut out);
            }
            for spec in [&record.valid_from, &record.reason_text].into_iter().flatten() {
                spec.columns(&mut out);
            }
            if let Some(key) = &record.key {
                template_columns(key, record.line, &mut out);
            }
        }
        out
    }
}

fn template_columns(template: &Template, line: usize, out: &mut Vec<(usize, Vec<String>, bool)>) {
    for name in template.names() {
        if let Place::Row(path) = Place::parse(name) {
            out.push((line, vec![path.text], true));
        }
    }
}

/// The source record of a list.
#[derive(Clone, Debug)]
pub struct Source {
    /// First part of the record's key; the file's hash follows, so that each download is a source
    /// of its own and the same file is the same source.
    pub key: String,
    /// Who published the list.
    pub publisher: String,
    /// Its title.
    pub title: String,
    /// Where it is.
    pub url: Option<String>,
    /// When it was published.
    pub published_on: Option<NaiveDate>,
    /// When it was read there. Without it, the day of the first import of the same file.
    pub retrieved_on: Option<NaiveDate>,
    /// Terms of use.
    pub licence: String,
    /// Whether the rows are made up.
    pub sample: bool,
    /// What the list should hold.
    pub coverage: Coverage,
}

/// Coverage as far as the mapping file knows it; the counts come from the import.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// First day covered.
    pub from: Option<NaiveDate>,
    /// Last day covered.
    pub to: Option<NaiveDate>,
    /// How many rows the publisher says there are.
    pub stated_total: Option<i64>,
    /// `yes`, `no` or `unknown`.
    pub complete: Option<String>,
    /// What is known to be missing.
    pub gaps: Vec<String>,
}

/// A record that comes with the list but not from its rows, e.g. the scheme.
#[derive(Clone, Debug)]
pub struct Constant {
    /// Line of its table.
    pub line: usize,
    /// Its kind.
    pub kind: Kind,
    /// Its key, where the kind does not derive one.
    pub key: Option<String>,
    /// Since when; the source's `retrieved_on` otherwise.
    pub valid_from: Option<NaiveDate>,
    /// Why.
    pub reason: Reason,
    /// What happens where the register has the record already.
    pub existing: Existing,
    /// Its fields.
    pub body: Body,
}

/// What happens where the register has a record already and the list says something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// The list's version becomes the record.
    Replace,
    /// The list's fields replace those of the same name, the others stay.
    Merge,
    /// The list's fields replace those of the record in force, whatever day that began; the others stay.
    Lead,
    /// The list adds the fields the record lacks and changes none; where both have a field and
    /// differ, the record's stays and the report says so.
    Fill,
    /// The record stays as it is.
    Keep,
}

/// What happens where two rows of one file say different things about one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// The later row is refused (E15).
    Refuse,
    /// The first row's version stands: right for a record mentioned in passing, e.g. a maker.
    First,
    /// They are versions of different days; only two versions of one day are refused.
    Versions,
}

/// A record each row yields.
#[derive(Clone, Debug)]
pub struct Record {
    /// Line of its table.
    pub line: usize,
    /// Name by which other records of the row refer to it.
    pub name: Option<String>,
    /// Its kind.
    pub kind: Kind,
    /// Its key; the kind's own rule otherwise.
    pub key: Option<Template>,
    /// All must hold, else the row yields no such record.
    pub when: Vec<Condition>,
    /// A list in the row, of which each item yields one such record.
    pub for_each: Option<Spec>,
    /// Since when; the source's `retrieved_on` otherwise.
    pub valid_from: Option<Spec>,
    /// Why.
    pub reason: register::ReasonCode,
    /// The source's words for it.
    pub reason_text: Option<Spec>,
    /// What happens where the register has the record already.
    pub existing: Existing,
    /// What happens where two rows differ.
    pub repeat: Repeat,
    /// Field names and where their values come from.
    pub fields: Vec<(String, Spec)>,
}

impl Record {
    /// The column a field's value comes from, for messages; empty if from none.
    pub fn column_of(&self, field: &str) -> Option<String> {
        let (_, spec) = self.fields.iter().find(|(name, _)| name == field)?;
        let mut columns = Vec::new();
        spec.columns(&mut columns);
        columns.into_iter().flat_map(|(_, names, _)| names).next()
    }
}

/// A condition on a row.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Its line.
    pub line: usize,
    /// What is looked at.
    pub place: Place,
    /// What must be so.
    pub test: Test,
}

/// What a condition asks.
#[derive(Clone, Debug)]
pub enum Test {
    /// One of these texts.
    Is(Vec<String>),
    /// None of these texts.
    IsNot(Vec<String>),
    /// Fits.
    Matches(Regex),
    /// Does not fit.
    NotMatches(Regex),
    /// Is not the same as what stands there.
    DiffersFrom(Place),
    /// Is (true) or is not (false) there and not empty.
    Present(bool),
}

/// A place a value comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// A column or path of the row.
    Row(TreePath),
    /// A path inside the item of `for_each`.
    Item(TreePath),
    /// The item itself.
    WholeItem,
    /// The item's member name or index.
    ItemKey,
    /// The row's number.
    RowNumber,
    /// The file's name.
    FileName,
    /// The source's `retrieved_on`.
    RetrievedOn,
    /// Key of another record of the row.
    Ref(String),
    /// Key of the registered product of that holder and model, the brand not being known.
    Product {
        /// Column of the holder.
        holder: TreePath,
        /// Column of the model.
        model: TreePath,
    },
}

impl Place {
    /// Reads a column name, a path, or one of the `@` and `$` words.
    pub fn parse(text: &str) -> Place {
        match text {
            "@" => Place::WholeItem,
            "@key" => Place::ItemKey,
            "$row" => Place::RowNumber,
            "$file" => Place::FileName,
            "$retrieved_on" => Place::RetrievedOn,
            text => match (text.strip_prefix("@."), text.strip_prefix('=')) {
                (Some(path), _) => Place::Item(TreePath::parse(path)),
                (_, Some(name)) => Place::Ref(name.to_owned()),
                _ => Place::Row(TreePath::parse(text)),
            },
        }
    }

    /// As written in the mapping file.
    pub fn text(&self) -> &str {
        match self {
            Place::Row(path) | Place::Item(path) => &path.text,
            Place::WholeItem => "@",
            Place::ItemKey => "@key",
            Place::RowNumber => "$row",
            Place::FileName => "$file",
            Place::RetrievedOn => "$retrieved_on",
            Place::Ref(name) => name,
            Place::Product { model, .. } => &model.text,
        }
    }
}

/// Where a value comes from and what is done to it.
#[derive(Clone, Debug)]
pub struct Spec {
    /// Its line.
    pub line: usize,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether the list may lack the column.
    pub optional: bool,
    /// Conversions, in the order in which they are done.
    pub steps: Vec<Step>,
    /// What stands for an empty value.
    pub default: Option<Value>,
    /// Whether it does not make the struct it stands in: a unit without a value is nothing.
    pub aside: bool,
}

impl Spec {
    /// A constant.
    pub fn constant(value: impl Into<Value>) -> Spec {
        Spec::of(Origin::Const(value.into()))
    }

    /// An origin without conversions.
    pub fn of(origin: Origin) -> Spec {
        Spec { line: 0, origin, optional: false, steps: Vec::new(), default: None, aside: false }
    }

    fn columns(&self, out: &mut Vec<(usize, Vec<String>, bool)>) {
        match &self.origin {
            Origin::Places(places) => {
                let names: Vec<String> = places
                    .iter()
                    .filter_map(|p| match p {
                        Place::Row(path) => Some(path.text.clone()),
                        _ => None,
                    })
                    .collect();
                if !names.is_empty() {
                    out.push((self.line, names, self.optional));
                }
            }
            Origin::Template(template) => template_columns(template, self.line, out),
            Origin::Struct(members) => members.iter().for_each(|(_, spec)| spec.columns(out)),
            Origin::List(items) => items.iter().for_each(|spec| spec.columns(out)),
            Origin::Const(_) => {}
        }
        for step in &self.steps {
            if let Step::ForeignKey(country) = step {
                country.columns(out);
            }
        }
    }
}

/// Where a value comes from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// The first of these that is not empty.
    Places(Vec<Place>),
    /// Always this.
    Const(Value),
    /// A text with values in it.
    Template(Template),
    /// An object.
    Struct(Vec<(String, Spec)>),
    /// A list; empty items are left out.
    List(Vec<Spec>),
}

/// A conversion.
#[derive(Clone, Debug)]
pub enum Step {
    /// Character references of HTML become characters.
    Html,
    /// These texts mean empty.
    Empty(Vec<String>),
    /// Only the part that fits: the first group, or the whole; empty if nothing fits.
    Extract(Regex),
    /// Every place that fits is replaced, pair by pair.
    Replace(Vec<(Regex, String)>),
    /// A text becomes a list.
    Split(Regex),
    /// These characters are taken off both ends.
    Strip(Vec<char>),
    /// A table of values; `None` keeps what is not in it, an empty text drops it.
    Values(Vec<(String, Value)>, Otherwise),
    /// Countries as printed become their ISO 3166 codes, each once; what is none is left out.
    Countries,
    /// A date in one of these formats.
    Date(Vec<String>),
    /// A number: separators of thousands and spaces go.
    Number,
    /// Upper case.
    Upper,
    /// Lower case.
    Lower,
    /// A short ASCII key made of the words.
    Slug,
    /// `N-{ISO country}-{slug}`, the key of an enterprise without a Chinese code.
    ForeignKey(Box<Spec>),
    /// A list becomes a text, this between the items.
    Join(String),
    /// Line breaks in the cell become `;`: they separate what stands in it.
    Lines,
    /// The parts of a cell become a struct, by what each field takes.
    Parts(&'static [Field]),
    /// What only our own templates need: a cell of several parts, years to months, a name to a key.
    Special(fn(&str) -> Result<Option<Value>, register::message::Message>),
}

/// What happens to a text a value table does not know.
#[derive(Clone, Debug, PartialEq)]
pub enum Otherwise {
    /// The row is refused (E11).
    Refuse,
    /// It stays.
    Keep,
    /// It becomes this; an empty text is no value.
    Value(Value),
}

/// The field at a name, of a kind or of a struct.
fn field_in(fields: &'static [Field], name: &str) -> Option<&'static Field> {
    fields.iter().find(|f| f.name == name)
}

#[cfg(test)]
mod tests;
