//! Numbered steps with their times, so that a long first build says where it is.

use std::time::{Duration, Instant};

/// Counts the steps of one command.
pub struct Steps {
    done: usize,
    total: usize,
    begun: Instant,
}

impl Steps {
    /// A command of `total` steps begins.
    pub fn new(total: usize) -> Steps {
        Steps { done: 0, total, begun: Instant::now() }
    }

    /// Does one step and says what it is and how long it took.
    pub fn step<T>(
        &mut self,
        what: &str,
        work: impl FnOnce() -> crate::Outcome<T>,
    ) -> crate::Outcome<T> {
        let begun = Instant::now();
        let result = self.last(what, work)?;
        eprintln!("      {} ({} in all)", seconds(begun.elapsed()), seconds(self.begun.elapsed()));
        Ok(result)
    }

    /// Does the last step; what it prints is the end.
    pub fn last<T>(
        &mut self,
        what: &str,
        work: impl FnOnce() -> crate::Outcome<T>,
    ) -> crate::Outcome<T> {
        self.done += 1;
        eprintln!("[{}/{}] {what}", self.done, self.total);
        work()
    }
}

fn seconds(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
    }
}
