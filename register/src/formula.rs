//! Formulas of targets: what to count in the register, and how to combine the counts.
//!
//! ```text
//! formula   = term { ("+" | "-") term }
//! term      = factor { ("*" | "/") factor }
//! factor    = number | count | "(" formula ")"
//! count     = "count" "(" [ "distinct" ] what [ "where" condition { "and" condition } ] ")"
//! what      = kind | path "in" kind | kind "with" kind
//! condition = path ( operator value | "in" "(" value { "," value } ")" | "under" division )
//!           | path "has" condition { "and" condition of the same element }
//! operator  = "=" | "!=" | "<" | "<=" | ">" | ">="
//! path      = name { "." name }
//! ```
//!
//! `docs/formulas.md` says what the names mean. Everything is known when a formula is read: kinds,
//! fields, values of enumerations; a formula that reads without error can fail only by dividing by zero
//! or by a number that does not fit. Arithmetic is exact.

mod evaluate;
mod given;
mod goal;
mod lexer;
mod parser;
mod schema;

pub use evaluate::{Counting, Records, counted_by_kind};
pub use given::{Given, Recounted, recounted, written};
pub use goal::{Goal, Operator, Standing};

use chrono::NaiveDate;

use crate::Lang;
use crate::comparison::Ratio;
use crate::kinds::Kind;
use crate::message::{Code, Message};

/// Most characters of a formula.
pub const CHARACTERS_MAX: usize = 500;

/// A formula that has been read.
#[derive(Clone, Debug)]
pub struct Formula {
    text: String,
    root: Expression,
    counts: Vec<Count>,
    uses_due: bool,
}

#[derive(Clone, Debug)]
enum Expression {
    Number(Ratio),
    /// Position in [`Formula::counts`].
    Count(usize),
    Of(Sign, Box<Expression>, Box<Expression>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
    Times,
    Over,
}

/// One `count(…)` of a formula.
#[derive(Clone, Debug)]
pub struct Count {
    /// Kind of the records looked at.
    kind: Kind,
    /// What is counted of them.
    of: Counted,
    conditions: Vec<schema::Condition>,
    /// As it stands in the formula.
    text: String,
}

#[derive(Clone, Debug)]
enum Counted {
    /// The records themselves.
    Records,
    /// The different values of a path.
    Distinct(schema::Path),
    /// The different records of a kind they refer to.
    Referred(Kind),
}

/// Where a formula cannot be read, and what could stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaError {
    /// The character at fault, counted from 1; one past the end where something is missing.
    pub at: usize,
    /// What stands there; empty at the end.
    pub found: String,
    /// What could stand there: words of the language, names, or a sort of value.
    pub allowed: String,
}

impl FormulaError {
    /// The sentence for a reader.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        self.message().text(lang)
    }

    /// As a finding of an import (E27).
    #[must_use]
    pub fn message(&self) -> Message {
        Message::new(Code::E27).value(&self.found).arg("i", self.at).arg("list", &self.allowed)
    }
}

impl std::fmt::Display for FormulaError {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for FormulaError {}

/// Why a formula has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoValue {
    /// It divides by a count that is zero.
    DivisionByZero,
    /// A number on the way does not fit into 128 bits.
    TooLarge,
}

impl NoValue {
    /// The code in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            NoValue::DivisionByZero => "division_by_zero",
            NoValue::TooLarge => "too_large",
        }
    }
}

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    /// [`FormulaError`] at the first character that cannot stand where it stands.
    pub fn parse(text: &str) -> Result<Formula, FormulaError> {
        parser::parse(text)
    }

    /// As it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its counts, from left to right.
    #[must_use]
    pub fn counts(&self) -> &[Count] {
        &self.counts
    }

    /// Whether it compares with `due`, so that a target with it needs a due date.
    #[must_use]
    pub fn uses_due(&self) -> bool {
        self.uses_due
    }

    /// Its value, given what each of [`Formula::counts`] came to, in their order.
    ///
    /// # Errors
    /// [`NoValue`].
    pub fn value(&self, counts: &[u64]) -> Result<Ratio, NoValue> {
        self.root.value(counts)
    }

    /// Counts and computes on the day `as_of`; `due` is the target's due date.
    ///
    /// # Errors
    /// [`NoValue`].
    pub fn evaluate(
        &self,
        records: &dyn Records,
        as_of: NaiveDate,
        due: Option<NaiveDate>,
    ) -> Result<Ratio, NoValue> {
        let counts: Vec<u64> = self
            .counts
            .iter()
            .map(|count| {
                let mut counting = Counting::new(count);
                records.each(count.kind, &mut |key, body| {
                    counting.see(count, key, body, records, as_of, due);
                });
                counting.total()
            })
            .collect();
        self.value(&counts)
    }
}

impl Expression {
    fn value(&self, counts: &[u64]) -> Result<Ratio, NoValue> {
        match self {
            Expression::Number(number) => Ok(*number),
            Expression::Count(i) => {
                let n = counts.get(*i).copied().unwrap_or(0);
                Ratio::new(i128::from(n), 1).ok_or(NoValue::TooLarge)
            }
            Expression::Of(sign, left, right) => {
                let (left, right) = (left.value(counts)?, right.value(counts)?);
                match sign {
                    Sign::Plus => left.plus(right),
                    Sign::Minus => left.minus(right),
                    Sign::Times => left.times(right),
                    Sign::Over if right.signum() == 0 => return Err(NoValue::DivisionByZero),
                    Sign::Over => left.over(right),
                }
                .ok_or(NoValue::TooLarge)
            }
        }
    }
}

#[cfg(test)]
mod tests;
