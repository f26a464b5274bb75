//! What a name in a formula can mean, given the kind of record it is said of.

use super::FormulaError;
use crate::comparison::Ratio;
use crate::kinds::{Choice, Field, Kind, Type};
use crate::status::Status;
use chrono::NaiveDate;

/// What names are looked up in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope {
    /// A record of a kind.
    Record(Kind),
    /// One element of a field of structures.
    Element(&'static [Field]),
}

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A field by its name.
    Field(&'static str),
    /// The record's product: its subject.
    Product,
    /// The record's enterprise: its subject, else its holder, maker, producer or issuer.
    Enterprise,
    /// Where the record counts.
    Place,
    /// A listing's status on the day.
    Status,
    /// Whether some indicator of a standard is stricter than its baselines.
    Advanced,
}

/// A path whose every step is known.
#[derive(Clone, Debug)]
pub(super) struct Path {
    pub(super) scope: Scope,
    pub(super) steps: Vec<Step>,
    pub(super) shape: Shape,
}

/// What stands at the end of a path.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    Text,
    Date,
    Number,
    Bool,
    Choice(&'static [Choice]),
    Status,
    Place,
    Reference(Kind),
    Elements(&'static [Field]),
    /// An object that is no list of elements and no reference: nothing can be asked of it.
    Opaque,
}

/// A condition on a record or an element.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    Compare {
        path: Path,
        how: How,
        with: Vec<Operand>,
    },
    /// Some element of the path meets all of them.
    Has {
        path: Path,
        all: Vec<Condition>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// One of the operands.
    OneOf,
    NoneOf,
    Less,
    AtMost,
    More,
    AtLeast,
    /// The place is in the division whose code begins so.
    Under,
}

/// The right side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Operand {
    Text(String),
    Date(NaiveDate),
    Number(Ratio),
    Bool(bool),
    /// The target's due date.
    Due,
}

impl Scope {
    fn fields(self) -> &'static [Field] {
        match self {
            Scope::Record(kind) => kind.fields(),
            Scope::Element(fields) => fields,
        }
    }

    /// Names that are no fields.
    fn derived(self) -> Vec<(&'static str, Step, Shape)> {
        let enterprise = ("enterprise", Step::Enterprise, Shape::Reference(Kind::Enterprise));
        let product = ("product", Step::Product, Shape::Reference(Kind::Product));
        let place = ("place", Step::Place, Shape::Place);
        match self {
            Scope::Record(Kind::Listing) => {
                vec![("status", Step::Status, Shape::Status), product, enterprise, place]
            }
            Scope::Record(Kind::Comparison | Kind::Evaluation) => vec![product, enterprise, place],
            Scope::Record(Kind::Code) => vec![enterprise, place],
            Scope::Record(Kind::Standard) => {
                vec![("advanced", Step::Advanced, Shape::Bool), enterprise, place]
            }
            Scope::Record(Kind::Product | Kind::Inspection | Kind::Penalty | Kind::Recall) => {
                vec![enterprise, place]
            }
            Scope::Record(Kind::Enterprise | Kind::Service) => vec![place],
            Scope::Record(_) => Vec::new(),
            Scope::Element(fields) if fields.iter().any(|f| f.name == "enterprise") => vec![place],
            Scope::Element(_) => Vec::new(),
        }
    }

    /// Whether the scope has a field of that name (derived names aside).
    pub(super) fn has_field(self, name: &str) -> bool {
        self.fields().iter().any(|field| field.name == name)
    }

    /// Names that can be asked for, for an error.
    pub(super) fn names(self) -> String {
        let derived = self.derived();
        let mut names: Vec<&str> = derived.iter().map(|(name, ..)| *name).collect();
        let fields = self.fields().iter().map(|f| f.name).filter(|name| !names.contains(name));
        let fields: Vec<&str> = fields.collect();
        names.extend(fields);
        names.join(" ")
    }

    /// What a name means here. A derived name goes before a field of the same name.
    pub(super) fn step(self, name: &str) -> Option<(Step, Shape)> {
        let derived = self.derived().into_iter().find(|(n, ..)| *n == name);
        if let Some((_, step, shape)) = derived {
            return Some((step, shape));
        }
        let field = self.fields().iter().find(|field| field.name == name)?;
        Some((Step::Field(field.name), shape(field.ty)))
    }
}

fn shape(ty: Type) -> Shape {
    match ty {
        Type::List(inner) => shape(*inner),
        Type::Date => Shape::Date,
        Type::Int | Type::Decimal => Shape::Number,
        Type::Bool => Shape::Bool,
        Type::Enum(choices) => Shape::Choice(choices),
        Type::DivisionCode | Type::PlaceOrCountry | Type::Key(Kind::Place) => Shape::Place,
        Type::Key(kind) | Type::KeyOrText(kind) => Shape::Reference(kind),
        Type::Struct(fields) => Shape::Elements(fields),
        Type::Subject => Shape::Opaque,
        _ => Shape::Text,
    }
}

impl Shape {
    /// The scope behind a point.
    pub(super) fn scope(self) -> Option<Scope> {
        match self {
            Shape::Reference(kind) => Some(Scope::Record(kind)),
            Shape::Elements(fields) => Some(Scope::Element(fields)),
            _ => None,
        }
    }

    /// Whether values have an order.
    pub(super) fn ordered(self) -> bool {
        matches!(self, Shape::Date | Shape::Number)
    }

    /// Whether a value can be compared at all.
    pub(super) fn comparable(self) -> bool {
        !matches!(self, Shape::Elements(_) | Shape::Opaque)
    }

    /// Reads the right side of a comparison; on failure, what could stand there.
    pub(super) fn operand(self, word: &str, quoted: bool) -> Result<Operand, String> {
        let text = || Ok(Operand::Text(word.to_owned()));
        match self {
            Shape::Date if word == "due" && !quoted => Ok(Operand::Due),
            Shape::Date => crate::id::date::iso(word)
                .map(Operand::Date)
                .ok_or_else(|| "due YYYY-MM-DD".to_owned()),
            Shape::Number => crate::comparison::Decimal::parse(word)
                .and_then(crate::comparison::Decimal::ratio)
                .map(Operand::Number)
                .ok_or_else(|| "0 1 2 …".to_owned()),
            Shape::Bool => match word {
                "true" => Ok(Operand::Bool(true)),
                "false" => Ok(Operand::Bool(false)),
                _ => Err("true false".to_owned()),
            },
            Shape::Choice(choices) if choices.iter().any(|choice| choice.code == word) => text(),
            Shape::Choice(choices) => {
                Err(choices.iter().map(|choice| choice.code).collect::<Vec<_>>().join(" "))
            }
            Shape::Status if Status::from_code(word).is_some() => text(),
            Shape::Status => Err(Status::ALL.map(Status::code).join(" ")),
            Shape::Place | Shape::Text | Shape::Reference(_) => text(),
            Shape::Elements(_) | Shape::Opaque => Err("has".to_owned()),
        }
    }
}

/// The kind of that name.
pub(super) fn kind(name: &str, at: usize) -> Result<Kind, FormulaError> {
    Kind::from_name(name).ok_or_else(|| FormulaError {
        at,
        found: name.to_owned(),
        allowed: Kind::ALL.map(Kind::name).join(" "),
    })
}
