//! What the measurements share: a made-up register in a folder of its own, and a print run of unit codes.

use std::path::Path;
use std::process::Command;

use crate::process::Served;

/// Options of a measurement, `--name number`.
pub struct Words<'w>(Vec<(&'w str, usize)>);

impl<'w> Words<'w> {
    /// Reads them.
    pub fn of(words: &[&'w str], known: &[&str]) -> Result<Words<'w>, String> {
        let mut read = Vec::new();
        for pair in words.chunks(2) {
            let [name, value] = pair else { return Err(format!("{} wants a value", pair[0])) };
            if !known.contains(name) {
                return Err(format!("“{name}” is not an option"));
            }
            let number: usize =
                value.replace('_', "").parse().map_err(|_| format!("“{value}” is not a number"))?;
            read.push((*name, number));
        }
        Ok(Words(read))
    }

    /// The number of that name.
    pub fn number(&self, name: &str, default: usize) -> usize {
        self.0.iter().find(|(own, _)| *own == name).map_or(default, |(_, number)| *number)
    }
}

/// Runs `work` with a folder that is gone afterwards.
pub fn with_folder(work: impl FnOnce(&Path) -> Result<(), String>) -> Result<(), String> {
    let folder = std::env::temp_dir().join(format!("liangbiao-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let outcome = work(&folder);
    let _ = std::fs::remove_dir_all(&folder);
    outcome
}

/// A register of made-up data.
pub struct Sample {
    path: String,
    run: String,
    /// A model code in force.
    pub model: String,
    product: String,
}

/// Makes one.
pub fn sample(binary: &str, folder: &Path) -> Result<Sample, String> {
    let path = folder.join("register.db").to_string_lossy().into_owned();
    eprintln!("a sample register …");
    command(binary, &["sample", "--products", "600", "--register", &path])?;
    let list = command(binary, &["code", "list", "--status", "valid", "--register", &path])?;
    let mut lines = list.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let model = lines.find(|line| line.get(1) == Some(&"M")).ok_or("no code is valid")?;
    let run = folder.join("run.csv").to_string_lossy().into_owned();
    Ok(Sample { path, run, model: model[0].to_owned(), product: model[3].to_owned() })
}

impl Sample {
    /// Issues unit codes for the product and gives them back.
    pub fn issue(&self, binary: &str, count: usize) -> Result<Vec<String>, String> {
        eprintln!("{count} unit codes …");
        let number = count.to_string();
        let issue = ["code", "issue", "--product", &self.product, "--level", "unit"];
        let rest = ["--count", &number, "--out", &self.run, "--register", &self.path];
        command(binary, &[&issue[..], &rest[..]].concat())?;
        let units = std::fs::read_to_string(&self.run).map_err(|error| error.to_string())?;
        let units: Vec<String> = units
            .lines()
            .skip(1)
            .filter_map(|line| line.split(',').next().map(str::to_owned))
            .collect();
        if units.len() != count {
            return Err(format!("{} codes were printed, not {count}", units.len()));
        }
        Ok(units)
    }

    /// Serves it.
    pub fn serve(&self, binary: &str) -> Result<Served, String> {
        Served::start(binary, &["serve", "--listen", "127.0.0.1:0", "--register", &self.path])
    }
}

fn command(binary: &str, words: &[&str]) -> Result<String, String> {
    let output = Command::new(binary).args(words).output();
    let output = output.map_err(|error| format!("{binary}: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("{}: {}", words.join(" "), String::from_utf8_lossy(&output.stderr)))
    }
}
