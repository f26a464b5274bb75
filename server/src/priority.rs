//! Who goes first when every processor is busy.
//!
//! A printed code is answered in microseconds of work, so what a reader in front of a shelf waits for under load is
//! not the work but its turn: behind searches, downloads, indexes being built. Those threads step back once and
//! for all, and the scheduler does the rest. On an idle machine nothing is slower for it.

use std::sync::LazyLock;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinError;

/// How far work steps back that nobody holds a code for. Of two threads that want the same processor the other
/// one gets nine tenths of it (`sched(7)`), so this work goes on, slowly.
const STEP_BACK: i32 = 10;

/// Lets the other threads of this machine go first, from now on: a thread cannot take it back. Threads it starts
/// do the same.
pub fn step_back() {
    // A thread's own on Linux alone; elsewhere it would be the whole process that steps back.
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(STEP_BACK) {
        static TOLD: std::sync::Once = std::sync::Once::new();
        TOLD.call_once(|| {
            tracing::warn!(
                %error,
                "under load codes will wait behind searches and imports: the system lets no thread \
                 lower its priority (systemd: SystemCallFilter=setpriority)"
            );
        });
    }
}

/// Threads that have stepped back; for requests, which come and go.
static BEHIND: LazyLock<Option<Runtime>> = LazyLock::new(|| {
    let built = Builder::new_current_thread()
        .thread_name("behind")
        .max_blocking_threads(crate::web::limits::BEHIND_THREADS_MAX)
        .on_thread_start(step_back)
        .build();
    built.inspect_err(|error| tracing::warn!(%error, "no threads for work that steps back")).ok()
});

/// Runs `work` off the event loop. `first`: with the priority of a code; else stepped back.
///
/// # Errors
/// The work panicked.
pub async fn run<T: Send + 'static>(
    first: bool,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, JoinError> {
    match BEHIND.as_ref().filter(|_| !first) {
        Some(behind) => behind.spawn_blocking(work).await,
        None => tokio::task::spawn_blocking(work).await,
    }
}

/// Starts a thread of its own for work in the background.
pub fn in_background(work: impl FnOnce() + Send + 'static) {
    std::thread::spawn(move || {
        step_back();
        work();
    });
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    /// The nice value of the calling thread (`/proc/thread-self/stat`, field 19).
    fn nice() -> i32 {
        let stat = std::fs::read_to_string("/proc/thread-self/stat").expect("a thread");
        let (_, rest) = stat.rsplit_once(')').expect("a name");
        rest.split_whitespace().nth(16).expect("a field").parse().expect("a number")
    }

    #[tokio::test]
    async fn work_behind_steps_back_and_no_other_thread_does() {
        let before = nice();
        let behind = run(false, nice).await.expect("no panic");
        assert_eq!(behind, (before + STEP_BACK).min(19));
        assert_eq!(run(true, nice).await.expect("no panic"), before);
        let (said, heard) = std::sync::mpsc::channel();
        in_background(move || {
            let started = std::thread::spawn(nice).join().expect("no panic");
            said.send((nice(), started)).expect("somebody listens");
        });
        let (background, started) = heard.recv().expect("an answer");
        assert_eq!((background, started), (behind, behind), "threads of it too");
        assert_eq!(nice(), before);
    }
}
