//! Where a register is: its file on this machine, and the log's home where that is elsewhere.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::postgres::Home;
use super::{Address, Clock, Creation, Reader, Register, Result, StoreError, SystemClock, schema};

/// A register's place.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The register's file: the log and its view, or this machine's view of a log elsewhere.
    pub path: PathBuf,
    /// The log's home, where it is not that file.
    pub home: Option<Address>,
}

impl From<PathBuf> for Place {
    fn from(path: PathBuf) -> Place {
        Place { path, home: None }
    }
}

impl Place {
    /// Opens the register for reading and writing; a view of a log elsewhere is brought up to it first,
    /// and made where there is none.
    ///
    /// # Errors
    /// As [`Register::open`]; the home cannot be reached, refuses, or is not the one the view is of.
    pub fn open(&self) -> Result<Register> {
        self.open_with_clock(Arc::new(SystemClock))
    }

    /// [`Place::open`] with another clock.
    ///
    /// # Errors
    /// As [`Place::open`].
    pub fn open_with_clock(&self, clock: Arc<dyn Clock>) -> Result<Register> {
        let Some(address) = &self.home else { return Register::open_with_clock(&self.path, clock) };
        let home = Home::new(address.clone());
        home.check_made()?;
        if !self.path.exists() {
            match Creation::copy(&home, &self.path, clock.now()) {
                // Another process made it meanwhile.
                Err(StoreError::Exists(_)) => {}
                made => made?,
            }
        }
        Register::open_copy(&self.path, clock, home, true)
    }

    /// Brings the view of a log elsewhere up to it; nothing for a register in one file.
    ///
    /// # Errors
    /// As [`Place::open`].
    pub fn bring_up(&self) -> Result<()> {
        match self.home {
            Some(_) => self.open().map(|_| ()),
            None => Ok(()),
        }
    }

    /// Refuses a view of a log elsewhere whose home is not named: nobody could say how old it is.
    ///
    /// # Errors
    /// [`StoreError::Copy`], or the file cannot be opened.
    pub fn check_home(&self) -> Result<()> {
        match self.home.is_none() && schema::is_copy(&schema::open(&self.path)?)? {
            true => Err(StoreError::Copy(self.path.clone())),
            false => Ok(()),
        }
    }

    /// Opens the view of a log elsewhere without asking there.
    ///
    /// # Errors
    /// As [`Register::open`].
    pub(super) fn open_away(&self, clock: Arc<dyn Clock>) -> Result<Register> {
        match &self.home {
            Some(address) => {
                Register::open_copy(&self.path, clock, Home::new(address.clone()), false)
            }
            None => Register::open_with_clock(&self.path, clock),
        }
    }

    /// A reader of the register as it stands now.
    ///
    /// # Errors
    /// As [`Place::open`].
    pub fn reader(&self) -> Result<Reader> {
        match self.home {
            Some(_) => self.open()?.reader(),
            None => Reader::open(&self.path),
        }
    }

    /// Starts a register here, see [`Creation::begin`].
    ///
    /// # Errors
    /// As [`Creation::begin`]; there is a log at home already, or none can be made there.
    pub fn create(&self, id: &str, now: DateTime<Utc>) -> Result<Creation> {
        let home = self.home.clone().map(Home::new);
        if let Some(home) = &home {
            home.check_empty()?;
        }
        Creation::begin_at(&self.path, home, id, now)
    }
}
