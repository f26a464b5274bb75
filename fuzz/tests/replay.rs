//! Every seed, every kept input and every input that once failed, again.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

/// Longest time for one input. A thousand times what the slowest takes, so that it is the input and not the
/// machine that is slow.
const TIME_MAX: Duration = Duration::from_secs(5);
/// Most bytes of all kept inputs.
const CORPUS_MAX: u64 = 300_000;

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let files = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file());
    files
        .map(|path| (path.display().to_string(), std::fs::read(&path).expect("an input")))
        .collect()
}

#[test]
fn every_kept_input_is_read_in_time_and_keeps_the_promises() {
    let mut useless = Vec::new();
    for target in fuzz::targets() {
        let seeds = (target.seeds)().into_iter().enumerate();
        let mut inputs: Vec<_> = seeds.map(|(n, bytes)| (format!("seed {n}"), bytes)).collect();
        inputs.extend(files(&fuzz::corpus(target.name)));
        inputs.extend(files(&fuzz::crashes(target.name)));
        let (mut taken, mut refused) = (0, 0);
        for (name, bytes) in inputs {
            let began = Instant::now();
            let outcome = std::panic::catch_unwind(|| (target.run)(&bytes));
            let Ok(outcome) = outcome else { panic!("{}: {name} fails", target.name) };
            assert!(
                began.elapsed() < TIME_MAX,
                "{}: {name} takes {:?}",
                target.name,
                began.elapsed()
            );
            if outcome { taken += 1 } else { refused += 1 }
        }
        println!("{}: {taken} taken, {refused} refused", target.name);
        if taken == 0 || refused == 0 {
            useless.push(target.name);
        }
    }
    // Where nothing is taken, nothing behind the parser is tried.
    assert!(useless.is_empty(), "nothing is taken, or nothing refused: {useless:?}");
}

#[test]
fn the_kept_inputs_are_small_and_of_targets_that_exist() {
    let names: BTreeSet<&str> = fuzz::targets().iter().map(|target| target.name).collect();
    assert_eq!(names.len(), fuzz::targets().len(), "every name once");
    let mut total = 0;
    for kind in ["corpus", "crashes"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(kind);
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            assert!(names.contains(name.as_str()), "{kind}/{name} is of no target");
            total += files(&entry.path()).iter().map(|(_, bytes)| bytes.len() as u64).sum::<u64>();
        }
    }
    assert!(total <= CORPUS_MAX, "{total} bytes are kept, more than {CORPUS_MAX}");
}
