use super::*;
use suite::{Random, Stage};

#[test]
fn a_run_of_the_suite_meets_every_outcome_and_repeats() {
    let first = suite::run(20_261_122, 5_000);
    println!("{first}");
    assert!(first.outcomes.iter().all(|count| *count > 10), "{first}");
    assert_eq!(first, suite::run(20_261_122, 5_000));
    assert_ne!(first.digest, suite::run(20_261_123, 5_000).digest);
}

/// A case, and the numbers that made it.
fn cases(seed: u64, count: u32) -> impl Iterator<Item = suite::Case> {
    let mut random = Random::new(seed);
    let stage = Stage::new(&mut random);
    (0..count).map(move |_| stage.case(&mut random))
}

#[test]
fn order_and_repetition_of_the_records_do_not_matter() {
    for case in cases(1, 5_000) {
        let verdict = case.verdict();
        let mut refs: Vec<&Entry> = case.records.iter().rev().collect();
        refs.extend(&case.records);
        assert_eq!(judge(&case.question(&refs)), verdict, "{case:?}");
    }
}
