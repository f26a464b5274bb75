//! Index, overlay and shelf against brute force. The same suite runs in wasm (`wasm-suite/`).

fn compare(seed: u64) {
    let summary =
        search::suite::run(seed, 2_500).unwrap_or_else(|difference| panic!("{difference}"));
    println!("{summary:?}");
    assert_eq!(summary.queries, 2_500);
    assert!(summary.with_hits > 1_000, "queries that find nothing prove little: {summary:?}");
}

#[test]
fn every_engine_gives_what_brute_force_gives_a() {
    compare(20_261_122);
}

#[test]
fn every_engine_gives_what_brute_force_gives_b() {
    compare(1);
}

#[test]
fn every_engine_gives_what_brute_force_gives_c() {
    compare(2);
}

#[test]
fn every_engine_gives_what_brute_force_gives_d() {
    compare(3);
}
