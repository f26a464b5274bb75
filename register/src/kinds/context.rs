//! What validation may ask about the rest of the register.

use chrono::NaiveDate;

use super::Kind;
use crate::{Body, Reason};

/// The register around a body under validation. The records of the same file or command count as
/// present, so that a list may bring its own enterprises and products.
pub trait Context {
    /// The day of the import, in China standard time.
    fn today(&self) -> NaiveDate;

    /// The day the entry says its fact became true.
    fn valid_from(&self) -> NaiveDate {
        self.today()
    }

    /// Why the entry is made. A correction may move a status in any direction.
    fn reason(&self) -> Option<&Reason> {
        None
    }

    /// Whether that record exists.
    fn exists(&self, kind: Kind, key: &str) -> bool;

    /// That record as it stands.
    fn record(&self, kind: Kind, key: &str) -> Option<Body>;

    /// The record's version before this one.
    fn previous(&self) -> Option<&Body>;

    /// Whether a place list covering that province (first two digits, e.g. `44`) is loaded.
    fn place_loaded(&self, province: &str) -> bool;

    /// Whether the built-in table of systems has that id.
    fn system_exists(&self, _id: &str) -> bool {
        true
    }

    /// The key of a loaded standard whose [`loose`](crate::id::StandardNumber::loose) form is this.
    fn standard_like(&self, _loose: &str) -> Option<String> {
        None
    }
}

/// A context that knows nothing but the day: every reference counts as present.
#[derive(Clone, Copy, Debug)]
pub struct NoContext {
    /// The day of the import.
    pub today: NaiveDate,
}

impl Context for NoContext {
    fn today(&self) -> NaiveDate {
        self.today
    }

    fn exists(&self, _kind: Kind, _key: &str) -> bool {
        true
    }

    fn record(&self, _kind: Kind, _key: &str) -> Option<Body> {
        None
    }

    fn previous(&self) -> Option<&Body> {
        None
    }

    fn place_loaded(&self, _province: &str) -> bool {
        false
    }
}
