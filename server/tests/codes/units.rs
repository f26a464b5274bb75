//! Print runs of unit codes.

use std::collections::HashSet;
use std::os::unix::fs::PermissionsExt as _;

use register::code::{CreditCode, Level};

use crate::desk::{Answer, Desk};

const COUNT: usize = 500;

fn issue(desk: &Desk, product: &str, out: &str) -> Answer {
    let count = COUNT.to_string();
    desk.run(&[
        "code",
        "issue",
        "--product",
        product,
        "--level",
        "unit",
        "--count",
        &count,
        "--out",
        out,
    ])
}

fn codes(desk: &Desk, file: &str) -> Vec<CreditCode> {
    let text = std::fs::read_to_string(desk.path(file)).expect("the run");
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("code,grouped,url"));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let code = CreditCode::parse(cells[0]).expect("a code");
            assert_eq!(cells[1..], [code.grouped(), format!("https://quality.example/q/{code}")]);
            code
        })
        .collect()
}

#[test]
fn a_run_is_printed_once_and_the_register_holds_no_code_of_it() {
    let desk = Desk::new();
    let product = desk.product();
    let size = desk.size();
    let issued = issue(&desk, &product, "run.csv").done();
    assert_eq!(desk.size(), size + 2, "one entry for the batch, one for the source");
    let codes = codes(&desk, "run.csv");
    assert!(codes.iter().all(|c| c.level() == Level::Unit && !c.as_str().starts_with("0000")));
    assert_eq!(codes.iter().collect::<HashSet<_>>().len(), COUNT);
    let mode = std::fs::metadata(desk.path("run.csv")).expect("the run").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(!desk.path("run.csv.partial").exists());
    for file in ["r.db", "r.db-wal"] {
        let bytes = std::fs::read(desk.path(file)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        assert!(codes.iter().take(20).all(|code| !text.contains(code.as_str())), "{file}");
    }
    let record = desk.show("code", issued.value("batch"));
    assert_eq!(record["record"]["level"], "U-batch");
    let root = record["record"]["batch_root"].as_str().expect("a root");
    assert_eq!(issued.value("batch"), format!("U-{}", &root[..16]));
    // Again: the file and its batch are there. Nothing is drawn, nothing written.
    let bytes = std::fs::read(desk.path("run.csv")).expect("the run");
    let again = issue(&desk, &product, "run.csv").done();
    assert!(again.value("note").contains("nothing was issued"));
    assert_eq!(again.value("batch"), issued.value("batch"));
    assert_eq!((std::fs::read(desk.path("run.csv")).ok(), desk.size()), (Some(bytes), size + 2));
    // The file went to the printer: a run of that name is not issued a second time by mistake.
    std::fs::rename(desk.path("run.csv"), desk.path("gone.csv")).expect("a rename");
    issue(&desk, &product, "run.csv").refused("its file is no longer here");
    assert!(!desk.path("run.csv").exists() && !desk.path("run.csv.partial").exists());
    // A file that is something else is left alone.
    std::fs::write(desk.path("notes.csv"), "a,b\n1,2\n").expect("a file");
    issue(&desk, &product, "notes.csv").refused("is no print run");
    assert_eq!(desk.size(), size + 2);
    issue(&desk, &product, "second.csv").done();
    assert_eq!(desk.size(), size + 3);
}

#[test]
fn a_run_cut_short_on_either_side_of_the_register_is_finished_by_the_same_command() {
    let desk = Desk::new();
    let product = desk.product();
    // Cut short before the batch was in force: half a file, of codes nobody knows.
    std::fs::write(desk.path("run.csv.partial"), "code,grouped,url\n44260A7K3QMX9D2P,44")
        .expect("");
    let size = desk.size();
    issue(&desk, &product, "run.csv").done();
    let first = codes(&desk, "run.csv");
    assert!(!first.iter().any(|code| code.as_str() == "44260A7K3QMX9D2P"));
    assert_eq!((first.len(), desk.size()), (COUNT, size + 2));
    // Cut short after: the batch is in force, the file has not got its name yet.
    std::fs::rename(desk.path("run.csv"), desk.path("run.csv.partial")).expect("a rename");
    let finished = issue(&desk, &product, "run.csv").done();
    assert!(finished.value("note").contains("cut short"), "{finished:?}");
    assert_eq!((codes(&desk, "run.csv"), desk.size()), (first, size + 2));
    assert!(!desk.path("run.csv.partial").exists());
}

#[test]
fn one_unit_is_suspended_and_restored_without_the_others() {
    let desk = Desk::new();
    let product = desk.product();
    let issued = issue(&desk, &product, "run.csv").done();
    let codes = codes(&desk, "run.csv");
    let batch = issued.value("batch");
    let outcome = |code: &CreditCode| {
        let verdict = desk.run(&["verify", code.as_str(), "--json"]).out;
        let verdict: serde_json::Value = serde_json::from_str(&verdict).expect("JSON");
        verdict["outcome"].as_str().expect("an outcome").to_owned()
    };
    let (one, other) = (&codes[7], &codes[8]);
    let before = outcome(other);
    assert!(!["unknown", "malformed"].contains(&&*before), "{before}");
    let suspended = desk.run(&["code", "suspend", &one.grouped(), "--reason", "包装破损"]).done();
    assert!(suspended.value("code").starts_with(&format!("{batch}/")), "{suspended:?}");
    assert_ne!(outcome(one), before);
    assert_eq!(outcome(other), before);
    desk.run(&["code", "label", one.as_str(), "--out", "one.svg"]).done();
    desk.run(&["code", "restore", one.as_str(), "--reason", "核实无误"]).done();
    assert_eq!(outcome(one), before);
    desk.run(&["code", "withdraw", batch, "--reason", "整批撤销"]).done();
    assert_eq!(outcome(other), "withdrawn");
    assert_eq!(outcome(one), "withdrawn", "a unit restored before does not outlive its batch");
    // Without the pepper nothing can be said, and nothing is changed.
    std::fs::remove_file(desk.path("r.db.keys/pepper")).expect("the pepper");
    desk.run(&["code", "suspend", one.as_str(), "--reason", "x"]).refused("pepper");
    issue(&desk, &product, "third.csv").refused("pepper is missing");
}

#[test]
fn the_labels_of_a_run_are_laid_out_on_sheets() {
    let desk = Desk::new();
    issue(&desk, &desk.product(), "run.csv").done();
    desk.run(&["code", "sheet", "run.csv", "--from", "11", "--to", "60", "--out", "s.html"]).done();
    let html = std::fs::read_to_string(desk.path("s.html")).expect("the sheets");
    let codes = codes(&desk, "run.csv");
    for (n, code) in codes.iter().enumerate() {
        let printed = html.contains(&format!(">{}</text>", code.grouped()));
        assert_eq!(printed, (10..60).contains(&n), "{n}");
    }
    desk.run(&["code", "sheet", "run.csv", "--from", "501", "--out", "t.html"]).refused("none of");
    std::fs::write(desk.path("alien.csv"), "code\n44260A7K3QMX9D2P\n").expect("a file");
    desk.run(&["code", "sheet", "alien.csv", "--out", "t.html"]).refused("was not issued");
    assert!(!desk.path("t.html").exists());
}

#[test]
fn two_commands_for_one_file_issue_one_run() {
    let desk = Desk::new();
    let product = desk.product();
    let size = desk.size();
    let args = [
        "code",
        "issue",
        "--product",
        &product,
        "--level",
        "unit",
        "--count",
        "500",
        "--out",
        "run.csv",
    ];
    let running: Vec<_> =
        (0..3).map(|_| desk.command(&args).spawn().expect("the command")).collect();
    let done = running
        .into_iter()
        .map(|child| child.wait_with_output().expect("an answer").status.success())
        .filter(|success| *success)
        .count();
    assert!(done >= 1);
    assert_eq!((desk.size(), codes(&desk, "run.csv").len()), (size + 2, COUNT));
    // And what the file holds is what is in force.
    let again = issue(&desk, &product, "run.csv").done();
    assert!(again.value("note").contains("nothing was issued"));
    assert!(!desk.path("run.csv.partial").exists());
}
