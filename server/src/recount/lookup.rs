//! Records a formula follows to, read from the register when they are asked for.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use chrono::NaiveDate;
use register::formula::Records;
use register::{Body, Entry, Kind, record};

use crate::store::{At, Reader, Result, StoreError};

/// Histories kept; beyond, they are read again.
const KEPT_MAX: usize = 20_000;

/// Every version of records read so far.
type Histories = HashMap<(Kind, String), Rc<Vec<Entry>>>;

/// The register at a log size. What cannot be read is kept until [`Lookup::check`] is called: a
/// formula has no way to fail half-way.
pub(super) struct Lookup<'r> {
    reader: &'r Reader,
    known: u64,
    kept: RefCell<Histories>,
    failed: RefCell<Option<StoreError>>,
}

impl<'r> Lookup<'r> {
    pub(super) fn new(reader: &'r Reader, known: u64) -> Lookup<'r> {
        Lookup { reader, known, kept: RefCell::default(), failed: RefCell::default() }
    }

    /// The register on a day.
    pub(super) fn on(&self, day: NaiveDate) -> OnDay<'_, 'r> {
        OnDay { lookup: self, at: At { as_of: day, known: self.known } }
    }

    /// The error of a read that failed since the last call, if one did.
    ///
    /// # Errors
    /// That error.
    pub(super) fn check(&self) -> Result<()> {
        self.failed.borrow_mut().take().map_or(Ok(()), Err)
    }

    fn history(&self, kind: Kind, key: &str) -> Rc<Vec<Entry>> {
        let place = (kind, key.to_owned());
        if let Some(known) = self.kept.borrow().get(&place) {
            return Rc::clone(known);
        }
        let found = Rc::new(self.or_nothing(self.reader.history(kind, key)));
        let mut kept = self.kept.borrow_mut();
        if kept.len() == KEPT_MAX {
            kept.clear();
        }
        kept.insert(place, Rc::clone(&found));
        found
    }

    fn or_nothing<T: Default>(&self, read: Result<T>) -> T {
        read.unwrap_or_else(|error| {
            *self.failed.borrow_mut() = Some(error);
            T::default()
        })
    }
}

/// The register on one day.
pub(super) struct OnDay<'l, 'r> {
    lookup: &'l Lookup<'r>,
    at: At,
}

impl Records for OnDay<'_, '_> {
    fn each(&self, kind: Kind, see: &mut dyn FnMut(&str, &Body)) {
        let read = self.lookup.reader.records(kind, self.at, &mut |entry| {
            see(&entry.key, &entry.body);
            Ok(())
        });
        self.lookup.or_nothing(read);
    }

    fn record(&self, kind: Kind, key: &str) -> Option<Body> {
        let history = self.lookup.history(kind, key);
        let chosen = record::select(history.iter(), self.at.as_of, self.at.known);
        chosen.map(|entry| entry.body.clone())
    }

    fn comparisons_of(&self, standard: &str) -> Vec<Body> {
        let found =
            self.lookup.reader.referring(Kind::Comparison, Kind::Standard, standard, self.at);
        let mut bodies: Vec<Body> =
            self.lookup.or_nothing(found).into_iter().map(|entry| entry.body).collect();
        let about = |body: &Body| {
            register::kinds::rules::text(body, "subject.kind") == Some("standard")
                && register::kinds::rules::text(body, "subject.key") == Some(standard)
        };
        bodies.retain(about);
        bodies
    }
}
