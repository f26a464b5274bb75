//! Looking for damage in the background: after the start, and each day that follows.
//!
//! A portal that has found any publishes nothing more as true ([`Indexes::damage`]): whoever reads a register
//! of quality must not be told what a failing disk made of it.

use std::sync::{Arc, OnceLock, Weak};
use std::time::{Duration, Instant};

use super::Indexes;
use crate::store::{Reader, Result, Soundness};

/// What was found, once something was; it is not taken back while the process runs.
#[derive(Debug, Default)]
pub(super) struct Damage(OnceLock<String>);

/// From the end of one look to the next.
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);
/// After a look that could not be made, since the file could not be read.
const AGAIN: Duration = Duration::from_secs(60);
/// Rest between two pieces of the log, so that readers come first.
const REST: Duration = Duration::from_millis(2);

impl Indexes {
    /// What is not as it was written, for the operator; none: nothing was found so far.
    #[must_use]
    pub fn damage(&self) -> Option<&str> {
        self.damage.0.get().map(String::as_str)
    }

    /// Looks for damage in a thread of its own, so that the start does not wait for it.
    pub fn watch_for_damage(self: &Arc<Self>) {
        let indexes = Arc::downgrade(self);
        crate::priority::in_background(move || watch(&indexes));
    }

    /// Looks once; true where the whole file is as it was written. `rest` between two pieces.
    ///
    /// # Errors
    /// The file could not be read.
    pub fn look_for_damage(&self, rest: Duration) -> Result<bool> {
        let started = Instant::now();
        let reader = Reader::open_for_looking(&self.path)?;
        let Soundness { entries, damage } = reader.soundness(&mut |_| {
            std::thread::sleep(rest);
            true
        })?;
        let ms = started.elapsed().as_millis() as u64;
        match damage {
            None => {
                tracing::info!(entries, ms, "the log was hashed again and is as it was written");
                Ok(true)
            }
            Some(damage) => {
                tracing::error!(
                    register = %self.path.display(),
                    %damage,
                    "the register is damaged; nothing more is published. Restore the newest copy \
                     (liangbiao restore) on a sound disk; liangbiao check says what is damaged"
                );
                let _ = self.damage.0.set(damage);
                Ok(false)
            }
        }
    }
}

fn watch(indexes: &Weak<Indexes>) {
    loop {
        let Some(looking) = indexes.upgrade() else { return };
        let wait = match looking.look_for_damage(REST) {
            Ok(true) => EVERY,
            Ok(false) => return,
            Err(error) => {
                tracing::warn!(%error, "the register could not be looked at for damage");
                AGAIN
            }
        };
        drop(looking);
        std::thread::sleep(wait);
    }
}
