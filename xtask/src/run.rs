//! `cargo xtask run`: from a clone to a portal in the browser.

use std::path::{Path, PathBuf};

use crate::steps::Steps;
use crate::{Outcome, build, tools};

/// Options of `run` and `dev`.
pub struct Options {
    /// Where to listen.
    pub listen: String,
    /// The register to serve; without it the sample register.
    pub register: Option<PathBuf>,
    /// Products of the sample register when it has to be made.
    pub products: u32,
}

impl Options {
    /// Reads the words after `run` or `dev`.
    pub fn parse(words: &[String]) -> Outcome<Options> {
        let mut options =
            Options { listen: "127.0.0.1:3000".to_owned(), register: None, products: 600 };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let (name, value) = match word.split_once('=') {
                Some((name, value)) => (name, value.to_owned()),
                None => (
                    word.as_str(),
                    words
                        .next()
                        .cloned()
                        .ok_or_else(|| format!("“{word}” wants a value; see cargo xtask help"))?,
                ),
            };
            match name {
                "--listen" => options.listen = value,
                // Relative to where the person stands, not to the workspace.
                "--register" => {
                    let here = std::env::current_dir().map_err(|error| error.to_string())?;
                    options.register = Some(here.join(value));
                }
                "--products" => {
                    options.products = value
                        .parse()
                        .map_err(|_| format!("“{value}” is not a number of products"))?;
                }
                _ => return Err(format!("“{name}” is not an option here; see cargo xtask help")),
            }
        }
        Ok(options)
    }

    /// The register to serve; the sample is made on first use.
    pub fn register(&self, binary: &Path) -> Outcome<PathBuf> {
        if let Some(register) = &self.register {
            return if register.exists() {
                Ok(register.clone())
            } else {
                Err(format!(
                    "there is no register at {}; make one with `{} sample --register FILE` or `import`",
                    register.display(),
                    binary.display()
                ))
            };
        }
        let register = tools::target().join("sample/register.db");
        if register.exists() {
            return Ok(register);
        }
        std::fs::create_dir_all(tools::target().join("sample"))
            .map_err(|error| error.to_string())?;
        // The command names the file only when it is whole: interrupted, it leaves nothing behind.
        tools::run(
            tools::command(binary)
                .args(["sample", "--products", &self.products.to_string(), "--register"])
                .arg(&register),
        )?;
        Ok(register)
    }
}

/// `cargo xtask run`.
pub fn command(options: &Options) -> Outcome {
    let mut steps = Steps::new(build::STEPS + 1);
    let binary = build::binary(&mut steps)?;
    let register = steps.step("The register", || options.register(&binary))?;
    eprintln!("\nServing {} (Ctrl-C stops)", register.display());
    tools::run(
        tools::command(&binary)
            .args(["serve", "--listen", &options.listen, "--register"])
            .arg(&register),
    )
}
