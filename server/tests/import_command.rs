//! `liangbiao import` as a clerk runs it: exit codes, rejects that come back, all or nothing.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const MAP: &str = include_str!("maps/dated.toml");

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { folder: tempfile::tempdir().expect("a folder") };
        desk.file("map.toml", MAP.as_bytes());
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).expect("a file");
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_liangbiao"))
            .current_dir(self.folder.path())
            .env_remove("LIANGBIAO_REGISTER")
            .args(args)
            .output()
            .expect("the command")
    }

    fn import(&self, args: &[&str]) -> (Option<i32>, Value) {
        let report = self.path("report.json");
        std::fs::remove_file(&report).ok();
        let base = ["import", "--map", "map.toml", "--register", "r.db", "--report", "report.json"];
        let output = self.run(&[&base, args].concat());
        let text = std::fs::read_to_string(report).unwrap_or_default();
        (output.status.code(), serde_json::from_str(&text).unwrap_or(Value::Null))
    }
}

fn rows(report: &Value) -> [u64; 5] {
    ["read", "new", "changed", "unchanged", "rejected"]
        .map(|name| report["rows"][name].as_u64().unwrap_or(u64::MAX))
}

#[test]
fn what_is_refused_can_be_put_right_and_imported_again() {
    let desk = Desk::new();
    desk.file(
        "list.csv",
        "编号,产品,日期,内部\nA1,冰箱,01/31/2024,x\nA2,,01/31/2024,\nA3,\"锅,\n大\",2024年,\n"
            .as_bytes(),
    );
    let (code, report) = desk.import(&["list.csv"]);
    assert_eq!((code, rows(&report)), (Some(0), [3, 1, 0, 0, 2]), "{report:#}");
    assert_eq!(report["files"][0]["unknown_columns"][0]["column"], "内部");
    let faults: Vec<(u64, &str)> = report["rejections"]
        .as_array()
        .expect("rejections")
        .iter()
        .map(|r| (r["row"].as_u64().unwrap_or(0), r["code"].as_str().unwrap_or("")))
        .collect();
    assert_eq!(faults, [(3, "E02"), (4, "E09")]);
    let rejects = std::fs::read_to_string(desk.path("list.csv.rejected.csv")).expect("the rejects");
    assert!(rejects.starts_with('\u{feff}') && rejects.contains("拒绝原因"), "{rejects}");
    let mended = rejects.replace("A2,,", "A2,锅,").replace("2024年", "02/01/2024");
    desk.file("mended.csv", mended.as_bytes());
    let (code, report) = desk.import(&["mended.csv"]);
    assert_eq!((code, rows(&report)), (Some(0), [2, 2, 0, 0, 0]), "{report:#}");
}

#[test]
fn the_same_list_twice_appends_nothing_and_still_succeeds() {
    let desk = Desk::new();
    desk.file("list.csv", "编号,产品,日期\nA1,冰箱,01/31/2024\n".as_bytes());
    let (_, first) = desk.import(&["list.csv"]);
    let (code, second) = desk.import(&["list.csv"]);
    assert_eq!((code, rows(&second)), (Some(0), [1, 0, 0, 1, 0]));
    assert_eq!(first["log_size"], second["log_size"]);
    let before = std::fs::read(desk.path("r.db")).expect("the register");
    let (code, _) = desk.import(&["list.csv", "--dry-run"]);
    assert_eq!(code, Some(0));
    assert_eq!(std::fs::read(desk.path("r.db")).expect("the register"), before);
}

#[test]
fn a_dry_run_a_passed_limit_and_a_list_of_faults_write_nothing() {
    let desk = Desk::new();
    desk.file("list.csv", "编号,产品,日期\nA1,冰箱,01/31/2024\nA2,,01/31/2024\n".as_bytes());
    let (code, report) = desk.import(&["list.csv", "--dry-run"]);
    assert_eq!((code, &report["written"]), (Some(0), &Value::Bool(false)));
    assert!(!desk.path("r.db").exists() && !desk.path("list.csv.rejected.csv").exists());
    let (code, _) = desk.import(&["list.csv", "--reject-limit", "0"]);
    assert_eq!(code, Some(1));
    assert!(!desk.path("r.db").exists());
    desk.file("bad.csv", "编号,产品,日期\nA2,,01/31/2024\n".as_bytes());
    let (code, _) = desk.import(&["bad.csv"]);
    assert_eq!(code, Some(1));
    assert!(!desk.path("r.db").exists());
    let (code, _) = desk.import(&["list.csv", "--reject-limit", "1"]);
    assert_eq!(code, Some(0));
}

#[test]
fn wrong_usage_is_told_from_a_wrong_file() {
    let desk = Desk::new();
    desk.file("list.csv", "编号,产品,日期\n".as_bytes());
    assert_eq!(
        desk.run(&["import", "list.csv"]).status.code(),
        Some(2),
        "neither --map nor --kind"
    );
    assert_eq!(desk.run(&["import", "--map", "map.toml"]).status.code(), Some(2), "no file");
    assert_eq!(desk.run(&["import", "--kind", "nonsense", "list.csv"]).status.code(), Some(2));
    assert_eq!(desk.import(&["absent.csv"]).0, Some(1));
    assert_eq!(desk.import(&["list.csv"]).0, Some(1), "a list without rows");
    desk.file("map.toml", MAP.replace("number =", "numbr =").as_bytes());
    let output = desk.run(&["import", "--map", "map.toml", "list.csv", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("map.toml:12:") && said.contains("\"number\""), "{said}");
}

#[test]
fn a_missing_column_and_a_foreign_encoding_refuse_the_file() {
    let desk = Desk::new();
    desk.file("list.csv", "编号,日期\nA1,01/31/2024\n".as_bytes());
    let output = desk.run(&["import", "--map", "map.toml", "list.csv", "--register", "r.db"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("E01"));
    desk.file("list.csv", b"a,b\n\xff\xff\n");
    let output = desk.run(&["import", "--map", "map.toml", "list.csv", "--register", "r.db"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("E22"));
    assert!(!desk.path("r.db").exists());
}

#[test]
fn a_changed_row_becomes_a_version_and_several_lists_go_together() {
    let desk = Desk::new();
    desk.file("a.csv", "编号,产品,日期\nA1,冰箱,01/31/2024\n".as_bytes());
    desk.file("b.csv", "编号,产品,日期\nA1,电冰箱,01/31/2024\nA2,锅,02/01/2024\n".as_bytes());
    assert_eq!(desk.import(&["a.csv"]).0, Some(0));
    let (code, report) = desk.import(&["a.csv", "b.csv"]);
    assert_eq!((code, rows(&report)), (Some(0), [3, 1, 1, 1, 0]), "{report:#}");
    let (code, report) = desk.import(&["a.csv"]);
    assert_eq!(
        (code, rows(&report)),
        (Some(0), [1, 0, 0, 1, 0]),
        "an old list does not undo a newer one: {report:#}"
    );
}

#[test]
fn killed_in_the_middle_the_register_is_as_it_was() {
    let desk = Desk::new();
    desk.file("first.csv", "编号,产品,日期\nA0,冰箱,01/31/2024\n".as_bytes());
    assert_eq!(desk.import(&["first.csv"]).0, Some(0));
    let mut list = String::from("编号,产品,日期\n");
    for n in 0..40_000 {
        list.push_str(&format!("B{n},锅{n},01/31/2024\n"));
    }
    desk.file("big.csv", list.as_bytes());
    let mut killed = 0;
    for wait_ms in [300, 1500, 4000, 8000] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_liangbiao"))
            .current_dir(desk.folder.path())
            .args(["import", "--map", "map.toml", "big.csv", "--register", "r.db", "--quiet"])
            .spawn()
            .expect("the command");
        std::thread::sleep(std::time::Duration::from_millis(wait_ms));
        let running = child.try_wait().expect("a state").is_none();
        child.kill().ok();
        child.wait().expect("an end");
        if !running {
            break;
        }
        match kept(&desk.path("r.db")) {
            1 => killed += 1,
            // It was killed after it had written all of them and before it had said so.
            40_001 => break,
            part => panic!("{part} records are kept after {wait_ms} ms"),
        }
    }
    assert!(killed > 0, "the import was over before it could be killed");
}

fn kept(register: &Path) -> u64 {
    let reader = server::store::Reader::open(register).expect("the register");
    let at = server::store::At { as_of: chrono::NaiveDate::MAX, known: u64::MAX >> 1 };
    reader.count(register::Kind::Recall, at).expect("a count")
}

#[test]
fn blank_lists_are_written_to_a_file_and_say_which_there_are() {
    let desk = Desk::new();
    let output = desk.run(&["template", "listing"]);
    assert!(output.status.success() && output.stdout.starts_with(b"PK"));
    let output = desk.run(&["template", "--list"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("inspection"));
    assert_eq!(desk.run(&["template", "nonsense"]).status.code(), Some(2));
    assert_eq!(desk.run(&["template"]).status.code(), Some(2));
}
