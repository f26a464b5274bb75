//! Killing a writer in the middle of an append.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use server::store::{self, Log, Register};

use crate::support::{Place, Random, product};

/// Entries of one append of the child: enough for hundreds of pages of journal.
const BATCH: u64 = 400;

/// Appends batch after batch until it is killed.
#[test]
#[ignore = "the child of the next test"]
fn child_that_appends_until_killed() {
    let path = PathBuf::from(std::env::var_os("STORE_TEST_PATH").unwrap());
    let register = Register::open(&path).unwrap();
    loop {
        let round = register.log_size().unwrap();
        let drafts = (0..BATCH).map(|i| {
            product(
                &format!("p{}", (round + i * 7919) % 100_003),
                0,
                "E",
                &["GB 1-2020", "GB 2-2020"],
            )
        });
        register.append(&mut { drafts }).unwrap();
    }
}

#[test]
fn a_killed_append_leaves_all_of_a_batch_or_nothing() {
    let place = Place::new();
    drop(place.create());
    let mut random = Random(2026);
    let mut size = 1;
    let (mut in_the_middle, start) = (0, Instant::now());
    for _round in 0..10 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash::child_that_appends_until_killed", "--ignored"])
            .env("STORE_TEST_PATH", &place.path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // From the moment the child writes, some hundredths of a second.
        let wal = place.beside("-wal");
        let waiting = Instant::now();
        while std::fs::metadata(&wal).map_or(0, |m| m.len()) < 4096 {
            assert!(waiting.elapsed() < Duration::from_secs(20), "the child does not write");
            assert!(child.try_wait().unwrap().is_none(), "the child ended by itself");
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(random.below(80)));
        child.kill().unwrap();
        child.wait().unwrap();
        // A journal with frames after the last commit shows that the kill came within an append.
        in_the_middle += u32::from(std::fs::metadata(&wal).map_or(0, |m| m.len()) > 0);

        let register = Register::open(&place.path).unwrap();
        let found = register.log_size().unwrap();
        assert!(found >= size, "an acknowledged batch was lost: {found} < {size}");
        assert_eq!((found - 1) % BATCH, 0, "a part of a batch is in the log: {found}");
        size = found;
        drop(register);
        let audit = store::audit(&place.path, &mut |_, _, _| ()).unwrap();
        assert_eq!(audit.errors, Vec::<String>::new());
    }
    eprintln!(
        "10 kills, {in_the_middle} with an open journal, {size} entries, {:?}",
        start.elapsed()
    );
    assert!(in_the_middle > 0);
}
