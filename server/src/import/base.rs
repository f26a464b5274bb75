//! The register as an import finds it: an open one, or the built-in records of one not made yet.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::NaiveDate;
use register::id::StandardNumber;
use register::kinds::Context;
use register::{Body, Draft, Kind, Reason};

use crate::store::{At, Reader, Result};

/// Records known before the import.
#[derive(Debug)]
pub struct Base {
    reader: Option<Reader>,
    /// Log size at which it is looked at.
    pub known: u64,
    builtin: HashMap<(Kind, String), Draft>,
}

/// What the register had for a draft's key.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The record as of the draft's day, if there was one then.
    pub body: Option<Body>,
    /// Whether the same version from the same source is in the log already.
    pub recorded: bool,
}

impl Base {
    /// An open register, at its present size.
    ///
    /// # Errors
    /// The database's.
    pub fn open(reader: Reader) -> Result<Base> {
        let known = reader.log_size()?;
        Ok(Base { reader: Some(reader), known, builtin: HashMap::new() })
    }

    /// A register that will be made with these records.
    pub fn unmade(builtin: impl IntoIterator<Item = Draft>) -> Base {
        let builtin = builtin.into_iter().map(|d| ((d.kind, d.key.clone()), d)).collect();
        Base { reader: None, known: 0, builtin }
    }

    /// The record as of a day.
    ///
    /// # Errors
    /// The database's.
    pub fn record(&self, kind: Kind, key: &str, as_of: NaiveDate) -> Result<Option<Body>> {
        Ok(match &self.reader {
            Some(reader) => {
                reader.record(kind, key, At { as_of, known: self.known })?.map(|e| e.body)
            }
            None => self.builtin.get(&(kind, key.to_owned())).map(|d| d.body.clone()),
        })
    }

    /// What the register has for a draft's key; `None` if it never had it.
    ///
    /// # Errors
    /// The database's.
    pub fn stored(&self, draft: &Draft) -> Result<Option<Stored>> {
        let Some(reader) = &self.reader else {
            let found = self.builtin.get(&(draft.kind, draft.key.clone()));
            return Ok(found.map(|d| Stored { body: Some(d.body.clone()), recorded: false }));
        };
        let history = reader.history(draft.kind, &draft.key)?;
        if history.is_empty() {
            return Ok(None);
        }
        let recorded = history.iter().any(|e| {
            e.valid_from == draft.valid_from
                && e.source.id == draft.source.id
                && e.body == draft.body
        });
        let record = register::record::select(&history, draft.valid_from, self.known);
        Ok(Some(Stored { body: record.map(|e| e.body.clone()), recorded }))
    }

    /// The record in force last, whatever the day, and since when; `None` if there is none.
    ///
    /// # Errors
    /// The database's.
    pub fn latest(&self, kind: Kind, key: &str) -> Result<Option<(NaiveDate, Body)>> {
        Ok(match &self.reader {
            Some(reader) => reader
                .record(kind, key, At { as_of: NaiveDate::MAX, known: self.known })?
                .map(|entry| (entry.valid_from, entry.body)),
            None => self
                .builtin
                .get(&(kind, key.to_owned()))
                .map(|draft| (draft.valid_from, draft.body.clone())),
        })
    }

    /// Whether a version from the draft's own source says all that the draft says: the same file again.
    ///
    /// # Errors
    /// The database's.
    pub fn says_already(&self, draft: &Draft) -> Result<bool> {
        let Some(reader) = &self.reader else { return Ok(false) };
        let says =
            |body: &Body| draft.body.iter().all(|(name, value)| body.get(name) == Some(value));
        let history = reader.history(draft.kind, &draft.key)?;
        Ok(history.iter().any(|e| e.source.id == draft.source.id && says(&e.body)))
    }

    /// Registered products by holder and model; `None` where several share both.
    ///
    /// # Errors
    /// The database's.
    pub fn products(&self) -> Result<std::collections::HashMap<String, Option<String>>> {
        let mut table: HashMap<String, Option<String>> = HashMap::new();
        if let Some(reader) = &self.reader {
            let at = At { as_of: NaiveDate::MAX, known: self.known };
            reader.records(Kind::Product, at, &mut |entry| {
                let text = |field: &str| {
                    entry.body.get(field).and_then(|v| v.as_str()).unwrap_or_default()
                };
                let mark = super::map::product_mark(text("holder"), text("model"));
                table.entry(mark).and_modify(|key| *key = None).or_insert(Some(entry.key.clone()));
                Ok(())
            })?;
        }
        Ok(table)
    }

    fn ever(&self, kind: Kind, key: &str) -> bool {
        match &self.reader {
            Some(reader) => reader.ever_existed(kind, key, self.known).unwrap_or(false),
            None => self.builtin.contains_key(&(kind, key.to_owned())),
        }
    }

    fn places_in(&self, province: &str) -> usize {
        match &self.reader {
            Some(reader) => reader.keys_like(Kind::Place, province, 2).map_or(0, |keys| keys.len()),
            None => {
                let places = self.builtin.keys().filter(|(k, _)| *k == Kind::Place);
                places.filter(|(_, key)| key.starts_with(province)).count()
            }
        }
    }

    fn standards(&self) -> Vec<String> {
        let mut keys = Vec::new();
        if let Some(reader) = &self.reader {
            let at = At { as_of: NaiveDate::MAX, known: self.known };
            // A remark is all that hangs on this: a database that cannot answer fails elsewhere.
            let _ = reader.records(Kind::Standard, at, &mut |entry| {
                keys.push(entry.key);
                Ok(())
            });
        }
        keys
    }
}

/// What the rows of this command bring, as far as rules ask for it.
#[derive(Debug, Default)]
pub struct Batch {
    /// Rows that yield each record.
    pub providers: HashMap<(Kind, String), u32>,
    /// Bodies of the kinds rules look into: schemes, standards, places.
    pub bodies: HashMap<(Kind, String), Body>,
}

impl Batch {
    /// Takes note of a draft.
    pub fn add(&mut self, draft: &Draft) {
        let id = (draft.kind, draft.key.clone());
        if matches!(draft.kind, Kind::Scheme | Kind::Standard | Kind::Place) {
            self.bodies.entry(id.clone()).or_insert_with(|| draft.body.clone());
        }
        *self.providers.entry(id).or_default() += 1;
    }

    /// A row has been refused; whether a record is now yielded by none.
    pub fn remove(&mut self, draft: &Draft) -> bool {
        let id = (draft.kind, draft.key.clone());
        let Some(count) = self.providers.get_mut(&id) else { return false };
        *count -= 1;
        if *count > 0 {
            return false;
        }
        self.providers.remove(&id);
        self.bodies.remove(&id);
        true
    }
}

/// What stays the same while rows are checked.
pub struct World<'a> {
    base: &'a Base,
    batch: &'a Batch,
    today: NaiveDate,
    provinces: RefCell<HashMap<String, bool>>,
    loose: RefCell<Option<HashMap<String, String>>>,
    /// References are asked for again and again: one scheme, one holder for a thousand rows.
    found: RefCell<HashMap<(Kind, String), Option<Body>>>,
}

impl<'a> World<'a> {
    /// A register and a batch on a day.
    pub fn new(base: &'a Base, batch: &'a Batch, today: NaiveDate) -> World<'a> {
        World {
            base,
            batch,
            today,
            provinces: RefCell::default(),
            loose: RefCell::default(),
            found: RefCell::default(),
        }
    }

    /// The context of one draft.
    pub fn context<'w>(&'w self, draft: &'w Draft, previous: Option<&'w Body>) -> Around<'w, 'a> {
        Around { world: self, draft, previous }
    }
}

/// The register around one draft.
pub struct Around<'w, 'a> {
    world: &'w World<'a>,
    draft: &'w Draft,
    previous: Option<&'w Body>,
}

impl Context for Around<'_, '_> {
    fn today(&self) -> NaiveDate {
        self.world.today
    }

    fn valid_from(&self) -> NaiveDate {
        self.draft.valid_from
    }

    fn reason(&self) -> Option<&Reason> {
        Some(&self.draft.reason)
    }

    fn exists(&self, kind: Kind, key: &str) -> bool {
        self.world.batch.providers.contains_key(&(kind, key.to_owned()))
            || self.world.base.ever(kind, key)
    }

    fn record(&self, kind: Kind, key: &str) -> Option<Body> {
        let id = (kind, key.to_owned());
        if let Some(body) = self.world.batch.bodies.get(&id) {
            return Some(body.clone());
        }
        const FOUND_MAX: usize = 10_000;
        let mut found = self.world.found.borrow_mut();
        if found.len() > FOUND_MAX {
            found.clear();
        }
        let look_up = || self.world.base.record(kind, key, NaiveDate::MAX).ok().flatten();
        found.entry(id).or_insert_with(look_up).clone()
    }

    fn previous(&self) -> Option<&Body> {
        self.previous
    }

    /// More than the province itself is known: only then does an unknown code mean anything.
    fn place_loaded(&self, province: &str) -> bool {
        let mut known = self.world.provinces.borrow_mut();
        *known.entry(province.to_owned()).or_insert_with(|| self.world.base.places_in(province) > 1)
    }

    fn system_exists(&self, id: &str) -> bool {
        crate::reference::system(id).is_some()
    }

    fn standard_like(&self, loose: &str) -> Option<String> {
        let mut table = self.world.loose.borrow_mut();
        let table = table.get_or_insert_with(|| {
            let batch = self.world.batch.providers.keys();
            let batch =
                batch.filter(|(kind, _)| *kind == Kind::Standard).map(|(_, key)| key.clone());
            batch
                .chain(self.world.base.standards())
                .filter_map(|key| Some((StandardNumber::parse(&key).ok()?.loose(), key)))
                .collect()
        });
        table.get(loose).cloned()
    }
}
