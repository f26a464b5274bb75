//! Records a formula follows to, read from the register when they are asked for.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
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

/// The register on one day, keeping what is followed to. A key twice is kept once.
pub(super) struct Following<'l, 'r> {
    pub on: OnDay<'l, 'r>,
    pub kept: RefCell<BTreeMap<(Kind, String), Entry>>,
}

impl Following<'_, '_> {
    fn keep(&self, entry: &Entry) {
        self.kept.borrow_mut().insert((entry.kind, entry.key.clone()), entry.clone());
    }
}

impl Records for Following<'_, '_> {
    fn each(&self, kind: Kind, see: &mut dyn FnMut(&str, &Body)) {
        self.on.each(kind, see);
    }

    fn record(&self, kind: Kind, key: &str) -> Option<Body> {
        let entry = self.on.entry(kind, key)?;
        self.keep(&entry);
        Some(entry.body)
    }

    fn comparisons_of(&self, standard: &str) -> Vec<Body> {
        let found = self.on.comparisons(standard);
        found.iter().for_each(|entry| self.keep(entry));
        found.into_iter().map(|entry| entry.body).collect()
    }
}

/// The register on one day.
pub(super) struct OnDay<'l, 'r> {
    lookup: &'l Lookup<'r>,
    at: At,
}

impl OnDay<'_, '_> {
    fn entry(&self, kind: Kind, key: &str) -> Option<Entry> {
        let history = self.lookup.history(kind, key);
        record::select(history.iter(), self.at.as_of, self.at.known).cloned()
    }

    fn comparisons(&self, standard: &str) -> Vec<Entry> {
        let found =
            self.lookup.reader.referring(Kind::Comparison, Kind::Standard, standard, self.at);
        let mut entries = self.lookup.or_nothing(found);
        entries.retain(|entry| {
            let said = |path| register::kinds::rules::text(&entry.body, path);
            said("subject.kind") == Some("standard") && said("subject.key") == Some(standard)
        });
        entries
    }
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
        self.entry(kind, key).map(|entry| entry.body)
    }

    fn comparisons_of(&self, standard: &str) -> Vec<Body> {
        self.comparisons(standard).into_iter().map(|entry| entry.body).collect()
    }
}
