//! `liangbiao verify --state`: a signed statement, without a network and without a register.

use std::path::Path;
use std::process::ExitCode;

use register::signature::{KeyRecord, keys_of_set};
use register::state::{self, KeyTrust};
use serde_json::Value;

use crate::cli::progress::say;

/// Most bytes of a file that is read here: a statement of many entries is far below.
const FILE_BYTES_MAX: u64 = 8 * 1024 * 1024;

fn read(path: &Path) -> Result<Value, String> {
    let said = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let bytes = std::fs::metadata(path).map_err(|error| said(&error))?.len();
    if bytes > FILE_BYTES_MAX {
        return Err(said(&format!("larger than {FILE_BYTES_MAX} bytes")));
    }
    let text = std::fs::read(path).map_err(|error| said(&error))?;
    serde_json::from_slice(&text).map_err(|error| said(&error))
}

/// Verifies a file and says what it shows.
pub(super) fn run(file: &Path, keys: Option<&Path>) -> ExitCode {
    match verified(file, keys) {
        Ok(code) => code,
        Err(text) => {
            eprintln!("liangbiao: {text}");
            ExitCode::from(1)
        }
    }
}

fn verified(file: &Path, keys: Option<&Path>) -> Result<ExitCode, String> {
    let statement = read(file)?;
    let keys: Option<Vec<KeyRecord>> = match keys {
        Some(path) => Some(keys_of_set(&read(path)?)),
        None => None,
    };
    let found = state::verify(&statement, keys.as_deref())
        .map_err(|error| format!("{}: {error}", file.display()))?;
    let about = &found.about;
    let name = statement["about"]["name"].as_str().unwrap_or_default();
    say(format_args!("about       {} {} {name}", about.kind.name(), about.key));
    say(format_args!("as of       {}, as known with {} entries", about.as_of, about.known));
    say(format_args!("status      {}", statement["status"].as_str().unwrap_or("none")));
    for line in statement["listings"].as_array().into_iter().flatten() {
        let text = |name: &str| line[name].as_str().unwrap_or("-");
        say(format_args!(
            "listing     {} {} {}, {} to {}, entry {}",
            text("status"),
            text("scheme"),
            text("certificate_number"),
            text("granted_on"),
            text("valid_until"),
            line["seq"]
        ));
    }
    if about.left_out > 0 {
        say(format_args!("not named   {} more listings", about.left_out));
    }
    say(format_args!("dated       {}", found.dated));
    say(format_args!("holds       proofs, checkpoint, claims, signature"));
    let (whose, code) = match found.key {
        KeyTrust::Known => {
            ("among the keys given, in force that day".to_owned(), ExitCode::SUCCESS)
        }
        KeyTrust::RevokedLater(day) => (
            format!(
                "among the keys given, and revoked from {day} on: the day is the signer's own word"
            ),
            ExitCode::from(1),
        ),
        KeyTrust::Unchecked => {
            ("not checked: --keys FILE names the keys you know".to_owned(), ExitCode::from(1))
        }
    };
    say(format_args!("key         {} ({whose})", found.kid));
    Ok(code)
}
