//! A register of made-up data in a folder of its own, the program run on it, and what was acknowledged.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// What goes wrong with a run, in words.
pub type Outcome<T = ()> = Result<T, String>;

/// Rows of a list that is imported.
pub const ROWS: u64 = 400;

/// A register, and what the program said it had done to it.
pub struct Place {
    binary: PathBuf,
    /// Its folder, gone with it.
    pub folder: PathBuf,
    /// A product that codes are issued for.
    product: String,
    /// A code of it that is valid.
    pub code: String,
    lists: Vec<String>,
    keys: Vec<String>,
    /// Commands that were acknowledged.
    pub acknowledged: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// What a command that changes a register was given.
pub struct Change {
    /// Its words.
    pub words: Vec<String>,
    list: Option<String>,
}

impl Place {
    /// Makes one in `folder`.
    pub fn new(binary: &Path, folder: &Path) -> Outcome<Place> {
        let _ = std::fs::remove_dir_all(folder);
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        let mut place = Place {
            binary: binary.to_owned(),
            folder: folder.to_owned(),
            product: String::new(),
            code: String::new(),
            lists: Vec::new(),
            keys: Vec::new(),
            acknowledged: 0,
        };
        place.done(&["sample", "--products", "40", "--seed", "1", "--register", "r.db"])?;
        let codes = place.done(&["code", "list", "--status", "valid", "--register", "r.db"])?;
        let cells = codes.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        let model = cells.into_iter().find(|line| line.get(1) == Some(&"M") && line.len() > 3);
        let model = model.ok_or("no code of the sample is valid")?;
        place.code = model[0].replace('-', "");
        place.product = model[3].to_owned();
        Ok(place)
    }

    /// The program in this folder, with nothing of the environment's settings.
    pub fn command(&self, before: &[&str], words: &[&str]) -> Command {
        let mut all: Vec<&std::ffi::OsStr> = before.iter().map(std::ffi::OsStr::new).collect();
        all.push(self.binary.as_os_str());
        all.extend(words.iter().map(std::ffi::OsStr::new));
        let mut command = Command::new(all[0]);
        command.args(&all[1..]).current_dir(&self.folder).stdin(Stdio::null());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("LIANGBIAO_")) {
            command.env_remove(name);
        }
        command
    }

    /// Runs it to its end.
    pub fn run(&self, words: &[&str]) -> Outcome<Output> {
        self.command(&[], words).output().map_err(|error| error.to_string())
    }

    /// The files beside the register: keys, secrets, the checkpoint.
    pub fn files(&self) -> Outcome<Vec<PathBuf>> {
        let mut files = Vec::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for file in std::fs::read_dir(&folder).map_err(|error| error.to_string())?.flatten() {
                let path = file.path();
                let name = file.file_name().to_string_lossy().into_owned();
                if path.is_dir() {
                    folders.push(path);
                } else if name != "r.db" && !name.ends_with("-wal") && !name.ends_with("-shm") {
                    files.push(path);
                }
            }
        }
        files.sort();
        Ok(files)
    }

    /// Runs it to its end; an error where it failed.
    pub fn done(&self, words: &[&str]) -> Outcome<String> {
        let output = self.run(words)?;
        match output.status.success() {
            true => Ok(text(&output.stdout)),
            false => Err(format!(
                "{}: {}{}",
                words.join(" "),
                text(&output.stdout),
                text(&output.stderr)
            )),
        }
    }

    /// The n-th change of three sorts in turn: a list imported, a run of codes published, a key made.
    pub fn change(&self, n: u64) -> Outcome<Change> {
        let words: Vec<String>;
        let mut list = None;
        match n % 3 {
            0 => {
                let name = format!("list-{n}.csv");
                let mut rows =
                    "标准编号,标准名称,标准类别,是否强制,发布单位,发布日期,实施日期,标准状态\n"
                        .to_owned();
                for i in 0..ROWS {
                    rows.push_str(&format!(
                        "T/FLT {}-2021,示例标准{i},团体标准,false,示例协会,2021-06-01,2021-07-01,现行\n",
                        n * ROWS + i
                    ));
                }
                std::fs::write(self.folder.join(&name), rows).map_err(|error| error.to_string())?;
                words = import(&name);
                list = Some(name);
            }
            1 => {
                let out = format!("run-{n}.csv");
                let fixed = ["code", "issue", "--level", "unit", "--count", "500", "--product"];
                let rest = [&self.product, "--out", &out, "--register", "r.db"];
                words = fixed.into_iter().chain(rest).map(str::to_owned).collect();
            }
            _ => words = ["key", "new", "--register", "r.db"].map(str::to_owned).to_vec(),
        }
        Ok(Change { words, list })
    }

    /// Takes down what a change was said to have done.
    pub fn acknowledge(&mut self, change: &Change, said: &Output) {
        if !said.status.success() {
            return;
        }
        self.acknowledged += 1;
        self.lists.extend(change.list.clone());
        let said = text(&said.stdout);
        let value = |name: &str| {
            said.lines().find_map(|line| Some(line.strip_prefix(name)?.trim().to_owned()))
        };
        self.keys.extend(value("key "));
    }

    /// Whether the register is sound; its size.
    pub fn check(&self) -> Outcome<u64> {
        let said = self.done(&["check", "--register", "r.db"])?;
        let size = said.lines().find_map(|line| line.strip_prefix("entries"));
        size.and_then(|size| size.trim().parse().ok()).ok_or_else(|| format!("no size: {said}"))
    }

    /// Whether all that was acknowledged is there: a list that is in adds nothing when it is imported again, a
    /// key is on record; and whether the log, published, can be verified from outside.
    pub fn settle(&self) -> Outcome {
        let size = self.check()?;
        for list in &self.lists {
            let words = import(list);
            self.done(&words.iter().map(String::as_str).collect::<Vec<_>>())?;
        }
        // Once for all of them: it walks the whole log.
        let after = self.check()?;
        if after != size {
            return Err(format!(
                "rows that were acknowledged were lost: {size} entries, {after} with them"
            ));
        }
        let keys = self.done(&["key", "list", "--register", "r.db"])?;
        if let Some(lost) = self.keys.iter().find(|key| !keys.contains(key.as_str())) {
            return Err(format!("key {lost} was acknowledged and is lost"));
        }
        let served = crate::served::Served::start(self, &[])?;
        served.wait_ready(Duration::from_secs(30))?;
        let site = format!("http://{}", served.address);
        self.done(&["log", "verify", &site]).map(|_| ())
    }
}

fn import(list: &str) -> Vec<String> {
    let fixed = ["import", "--kind", "standard", "--source", "示例局", "--title", "示例"];
    fixed.into_iter().chain([list, "--register", "r.db"]).map(str::to_owned).collect()
}

/// Bytes of a program's output as text.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
