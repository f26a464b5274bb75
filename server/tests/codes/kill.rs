//! The program killed at any moment of issuing: the register holds, and what was acknowledged is there.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::Instant;

use crate::desk::Desk;

/// Codes of one run.
const COUNT: usize = 20_000;
/// Moments at which the program is killed, each in its own twentieth of the time a run takes.
const KILLS: u64 = 20;

fn issue(desk: &Desk, product: &str, out: &str) -> std::process::Command {
    let count = COUNT.to_string();
    let what = ["code", "issue", "--product", product, "--level", "unit"];
    desk.command(&[&what[..], &["--count", &count, "--out", out]].concat())
}

/// The batches on record.
fn batches(desk: &Desk) -> BTreeSet<String> {
    let reader = server::store::Reader::open(&desk.path("r.db")).expect("the register");
    let keys = reader.keys_like(register::Kind::Code, "U-", 1_000).expect("keys");
    keys.into_iter().filter(|key| !key.contains('/')).collect()
}

/// Lines of a print run behind its head, none where there is no such file.
fn lines(desk: &Desk, file: &str) -> Option<usize> {
    Some(std::fs::read_to_string(desk.path(file)).ok()?.lines().count().saturating_sub(1))
}

#[test]
fn killed_at_any_moment_of_a_print_run_the_register_keeps_what_it_acknowledged() {
    let desk = Desk::new();
    let product = desk.product();
    let of_sample = batches(&desk);
    let began = Instant::now();
    assert!(issue(&desk, &product, "run-0.csv").output().expect("the command").status.success());
    let whole = began.elapsed();
    let mut acknowledged = batches(&desk);
    assert_eq!(acknowledged.len(), of_sample.len() + 1);
    let mut codes = Vec::new();
    let (mut name, mut size, mut state) = (1, desk.size(), 2026_u64);
    let (mut early, mut late, mut done) = (0, 0, 0);
    for n in 0..KILLS {
        // A linear congruential generator (Knuth's); the high bits are the random ones.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let within = (state >> 33) as f64 / f64::from(1_u32 << 31);
        // Seven and twenty share no factor: every twentieth has its turn, in no order.
        let moment = ((n * 7 % KILLS) as f64 + within) / KILLS as f64;
        // What a run in which nothing was killed acknowledges, in between.
        let model = desk.run(&["code", "issue", "--product", &product, "--again"]).done();
        codes.push(model.value("code").to_owned());
        size += 1;
        let file = format!("run-{name}.csv");
        let before = batches(&desk);
        let mut child = issue(&desk, &product, &file)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the command");
        std::thread::sleep(whole.mul_f64(moment));
        let _ = child.kill();
        let output = child.wait_with_output().expect("an end");
        let after = batches(&desk);
        let issued: Vec<&String> = after.difference(&before).collect();
        assert!(issued.len() <= 1, "{issued:?}");
        // Of a batch in force no code is lost, and without its file none is in force.
        let partial = format!("{file}.partial");
        let on_file = lines(&desk, &file).or_else(|| lines(&desk, &partial));
        if !issued.is_empty() {
            assert_eq!(on_file, Some(COUNT), "moment {moment}");
            size += 1;
        }
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        if let Some(batch) = said.lines().find_map(|line| line.strip_prefix("batch ")) {
            assert_eq!(lines(&desk, &file), Some(COUNT), "moment {moment}: {said}");
            acknowledged.insert(batch.trim().to_owned());
        }
        // `check` looks at hashes, links and views, entry by entry.
        assert_eq!(desk.size(), size, "moment {moment}");
        assert!(acknowledged.is_subset(&after), "moment {moment}: {acknowledged:?} {after:?}");
        match (issued.is_empty(), output.status.success()) {
            (_, true) => done += 1,
            (true, false) => early += 1,
            (false, false) => late += 1,
        }
        // A run that was cut short is taken up again under its name, by the next command to be killed.
        if lines(&desk, &file).is_some() {
            name += 1;
        }
    }
    let reader = server::store::Reader::open(&desk.path("r.db")).expect("the register");
    let at = server::store::At { as_of: chrono::NaiveDate::MAX, known: u64::MAX >> 1 };
    for code in &codes {
        let record = reader.record(register::Kind::Code, code, at).expect("a register");
        assert_eq!(record.expect("an acknowledged code").body["status"], "valid", "{code}");
    }
    let last = format!("run-{name}.csv");
    assert!(issue(&desk, &product, &last).output().expect("the command").status.success());
    assert_eq!(lines(&desk, &last), Some(COUNT));
    assert!(!desk.path(&format!("{last}.partial")).exists());
    eprintln!(
        "{early} kills before the batch was in force, {late} after, {done} too late; {whole:?} a run"
    );
    assert!(early >= 5, "{early} kills before the batch was in force");
}
