//! An office's folder with a small register in it.

use std::path::PathBuf;
use std::process::{Command, Output};

/// A folder that goes away with the test.
pub struct Desk {
    folder: tempfile::TempDir,
}

/// What a command answered.
#[derive(Debug)]
pub struct Answer {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Answer {
    /// The value behind a word at the beginning of a line.
    pub fn value(&self, word: &str) -> &str {
        let line = self.out.lines().find(|line| line.split(' ').next() == Some(word));
        let line = line.unwrap_or_else(|| panic!("no {word} in {self:#?}"));
        line[word.len()..].trim()
    }

    pub fn done(self) -> Answer {
        assert_eq!(self.code, Some(0), "{self:#?}");
        self
    }

    /// Refused, with this in its words and nothing on standard output.
    pub fn refused(self, words: &str) {
        assert!(self.err.contains(words), "{self:#?}");
        assert_eq!((self.code, &*self.out), (Some(1), ""), "{self:#?}");
    }
}

impl Desk {
    /// A register of forty fictional products.
    pub fn new() -> Desk {
        let desk = Desk { folder: tempfile::tempdir().expect("a folder") };
        desk.run(&["sample", "--products", "40"]).done();
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_liangbiao"));
        command
            .current_dir(self.folder.path())
            .env("LIANGBIAO_REGISTER", "r.db")
            .env("LIANGBIAO_ORIGIN", "https://quality.example")
            .env_remove("LIANGBIAO_OFFICE")
            .args(args);
        command
    }

    pub fn run(&self, args: &[&str]) -> Answer {
        let Output { status, stdout, stderr } = self.command(args).output().expect("the command");
        Answer {
            code: status.code(),
            out: String::from_utf8(stdout).expect("UTF-8"),
            err: String::from_utf8(stderr).expect("UTF-8"),
        }
    }

    /// Entries in the log.
    pub fn size(&self) -> u64 {
        let checked = self.run(&["check"]).done();
        checked.value("entries").parse().expect("a number")
    }

    /// A product without a code.
    pub fn product(&self) -> String {
        let listed = self.run(&["code", "list"]).done().out;
        let reader = server::store::Reader::open(&self.path("r.db")).expect("the register");
        let products = reader.keys_like(register::Kind::Product, "p-", 40).expect("products");
        products.into_iter().find(|key| !listed.contains(key)).expect("one without a code")
    }

    /// A record as `show` prints it.
    pub fn show(&self, kind: &str, key: &str) -> serde_json::Value {
        let shown = self.run(&["show", kind, key]).done();
        serde_json::from_str(&shown.out).expect("JSON")
    }
}
