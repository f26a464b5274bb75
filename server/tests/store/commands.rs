//! `check`, `rebuild`, `show` as an operator runs them.

use std::process::{Command, Output};

use register::Kind;
use serde_json::Value;
use server::store::{Log, Register};

use crate::support::{Place, day, draft, product};

fn run(place: &Place, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_liangbiao"))
        .args(words)
        .env("LIANGBIAO_REGISTER", &place.path)
        .output()
        .unwrap()
}

fn texts(output: &Output) -> (Option<i32>, String, String) {
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

fn filled() -> (Place, Register) {
    let place = Place::new();
    let register = place.create();
    register
        .append(
            &mut [
                product("p-1", 0, "E", &["GB/T 1-2020"]),
                product("p-1", 10, "F", &[]),
                draft(Kind::Standard, "GB/T 1-2020", day(0), serde_json::json!({})),
            ]
            .into_iter(),
        )
        .unwrap();
    (place, register)
}

#[test]
fn show_prints_the_record_of_a_day_and_as_it_was_known() {
    let (place, _register) = filled();
    let json = |words: &[&str]| -> Value {
        let (code, out, err) = texts(&run(&place, words));
        assert_eq!(code, Some(0), "{err}");
        serde_json::from_str(&out).unwrap()
    };
    let now = json(&["show", "product", "p-1"]);
    assert_eq!((&now["kind"], &now["key"]), (&"product".into(), &"p-1".into()));
    assert_eq!(now["record"]["holder"], "F");
    assert_eq!((&now["seq"], &now["log_size"]), (&2.into(), &4.into()));
    assert_eq!(now["valid_from"], "2020-01-11");
    for member in ["recorded_at", "source", "as_of", "links"] {
        assert!(!now[member].is_null(), "{member}");
    }
    assert_eq!(now["links"]["page"], "/products/p-1");
    let then = json(&["show", "product", "p-1", "--as-of", "2020-01-05"]);
    assert_eq!((&then["record"]["holder"], &then["as_of"]), (&"E".into(), &"2020-01-05".into()));
    let known = json(&["show", "product", "p-1", "--known", "2"]);
    assert_eq!((&known["record"]["holder"], &known["log_size"]), (&"E".into(), &2.into()));
    let path = json(&["show", "standard", "GB_T-1-2020"]);
    assert_eq!(path["key"], "GB/T 1-2020");
    let history = json(&["show", "product", "p-1", "--history"]);
    let seqs: Vec<&Value> = history.as_array().unwrap().iter().map(|e| &e["seq"]).collect();
    assert_eq!(seqs, [1, 2]);
}

#[test]
fn show_says_why_there_is_nothing_to_show() {
    let (place, _register) = filled();
    let error = |words: &[&str], code: i32| {
        let (found, out, err) = texts(&run(&place, words));
        assert_eq!((found, out.as_str()), (Some(code), ""), "{err}");
        err
    };
    assert!(error(&["show", "prodcut", "p-1"], 2).contains("did you mean product?"));
    assert!(error(&["show", "product", "p-2"], 1).contains("keys like it: p-1"));
    assert!(error(&["show", "recall", "x"], 1).contains("holds no recall at all"));
    let early = error(&["show", "product", "p-1", "--as-of", "2019-12-31"], 1);
    assert!(early.contains("its first one is from 2020-01-01"), "{early}");
    let unknown = error(&["show", "product", "p-1", "--known", "1"], 1);
    assert!(unknown.contains("its first entry has seq 1"), "{unknown}");
    error(&["show", "product", "p-1", "--as-of", "31.12.2019"], 2);
    error(&["show"], 2);
}

#[test]
fn check_and_rebuild_tell_by_their_exit_codes() {
    let (place, register) = filled();
    let (code, out, err) = texts(&run(&place, &["check"]));
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("entries     4") && out.contains("sound"), "{out}");
    let raw = rusqlite::Connection::open(&place.path).unwrap();
    raw.execute_batch("DELETE FROM view_references").unwrap();
    let (code, _, err) = texts(&run(&place, &["check"]));
    assert_eq!(code, Some(1));
    assert!(err.contains("liangbiao rebuild"), "{err}");
    let (code, out, _) = texts(&run(&place, &["rebuild"]));
    assert_eq!(code, Some(0));
    assert!(
        out.contains("4 entries") && out.contains(&register.reader().unwrap().view_hash().unwrap())
    );
    assert_eq!(texts(&run(&place, &["check"])).0, Some(0));
    let missing = Place::new();
    for command in ["check", "rebuild"] {
        let (code, _, err) = texts(&run(&missing, &[command]));
        assert_eq!(code, Some(1));
        assert!(err.contains("liangbiao sample"), "{err}");
    }
}

#[test]
fn every_command_explains_itself_with_examples() {
    let place = Place::new();
    for command in ["check", "rebuild", "show"] {
        let (code, out, _) = texts(&run(&place, &[command, "--help"]));
        assert_eq!(code, Some(0));
        assert!(out.contains("Example") && out.contains("Exit codes"), "{out}");
        assert!(out.contains("--register"), "{out}");
    }
}

#[test]
fn a_reader_of_the_output_that_leaves_early_is_no_failure() {
    let (place, _register) = filled();
    let mut child = Command::new(env!("CARGO_BIN_EXE_liangbiao"))
        .args(["show", "product", "p-1"])
        .env("LIANGBIAO_REGISTER", &place.path)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(texts(&output), (Some(0), String::new(), String::new()));
}
