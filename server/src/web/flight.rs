//! Requests for a body that is not there yet: one makes it, the others wait for it.
//!
//! When the log goes on, everything kept is of the position before, and whoever asks next has to make it anew. Of
//! a page that many read, all of them would: the same page, at the same moment, on all processors.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Semaphore;

/// Bodies being made, by the name they will be kept under.
#[derive(Debug, Default)]
pub struct Flights(Mutex<HashMap<String, Arc<Semaphore>>>);

/// Whoever makes a body; those who wait for it go on when this is dropped, whatever came of it.
#[derive(Debug)]
pub struct Making<'f> {
    flights: &'f Flights,
    key: String,
}

impl Flights {
    fn map(&self) -> MutexGuard<'_, HashMap<String, Arc<Semaphore>>> {
        // What is inside is whole after every line of ours.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Some: it is the caller's to make. None: somebody else made it, or failed to; it may be kept by now.
    pub async fn join(&self, key: &str) -> Option<Making<'_>> {
        let other = {
            let mut map = self.map();
            match map.get(key) {
                Some(other) => Arc::clone(other),
                None => {
                    map.insert(key.to_owned(), Arc::new(Semaphore::new(0)));
                    return Some(Making { flights: self, key: key.to_owned() });
                }
            }
        };
        // It never has a permit; the wait ends when it is closed.
        let _ = other.acquire().await;
        None
    }
}

impl Drop for Making<'_> {
    fn drop(&mut self) {
        if let Some(own) = self.flights.map().remove(&self.key) {
            own.close();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test]
    async fn one_makes_it_and_all_who_wait_go_on_when_it_is_there_or_given_up() {
        for given_up in [false, true] {
            let flights = Arc::new(Flights::default());
            let made = Arc::new(AtomicUsize::new(0));
            let first = flights.join("page").await.expect("nobody is at it");
            let waiting: Vec<_> = (0..20)
                .map(|_| {
                    let (flights, made) = (Arc::clone(&flights), Arc::clone(&made));
                    tokio::spawn(async move {
                        assert!(flights.join("page").await.is_none(), "somebody is at it");
                        made.load(Ordering::Acquire)
                    })
                })
                .collect();
            tokio::task::yield_now().await;
            assert!(flights.join("another").await.is_some(), "another body waits for nobody");
            assert!(waiting.iter().all(|one| !one.is_finished()));
            if !given_up {
                made.store(1, Ordering::Release);
            }
            drop(first);
            for one in waiting {
                assert_eq!(one.await.expect("no panic"), usize::from(!given_up));
            }
            assert!(flights.map().is_empty(), "nothing is left behind");
            assert!(flights.join("page").await.is_some(), "the next one makes it");
        }
    }
}
