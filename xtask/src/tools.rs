//! Other programs, and the places they work in.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Outcome;

/// The target every browser part is compiled for.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The workspace's folder.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Where cargo puts what it builds: `CARGO_TARGET_DIR`, else `target/`.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The assets as [`crate::assets`] leaves them and the server takes them.
pub fn site() -> PathBuf {
    target().join("site")
}

/// A command in the workspace's folder.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// The cargo that runs this task. Of the places of this machine nothing gets into the wasm: it would be other bytes
/// on every machine, and more of them.
pub fn cargo() -> Command {
    let mut cargo = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Not where somebody sets flags of their own: cargo takes one or the other.
    if std::env::var_os("RUSTFLAGS").is_none() && std::env::var_os(WASM_FLAGS).is_none() {
        cargo.env(WASM_FLAGS, without_places().join(" "));
    }
    cargo
}

/// Flags of the compiler for wasm only, so that what is compiled for this machine stays as it is.
const WASM_FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Short names for the folders that sources lie in.
fn without_places() -> Vec<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        let user = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"));
        user.map(|user| PathBuf::from(user).join(".cargo"))
    });
    let registries = home.map(|home| home.join("registry").join("src"));
    let registries = registries.and_then(|folder| std::fs::read_dir(folder).ok());
    let mut folders: Vec<(PathBuf, &str)> =
        registries.into_iter().flatten().flatten().map(|one| (one.path(), "crates")).collect();
    folders.sort();
    folders.push((root(), "."));
    let flag = |(folder, name): (PathBuf, &str)| {
        // The variable holds flags with spaces between them.
        let folder = folder.to_str().filter(|folder| !folder.contains(' '))?.to_owned();
        Some(format!("--remap-path-prefix={folder}={name}"))
    };
    folders.into_iter().filter_map(flag).collect()
}

/// Runs a command to its end, its output going to the terminal.
pub fn run(command: &mut Command) -> Outcome {
    let name = words(command);
    let status =
        command.status().map_err(|error| format!("`{name}` could not be started: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{name}` failed ({status})")) }
}

/// Runs a command and returns what it printed.
pub fn output(command: &mut Command) -> Outcome<String> {
    let name = words(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("`{name}` could not be started: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!(
            "`{name}` failed ({}): {}",
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        ))
    }
}

/// Whether a program answers `--version`.
pub fn has(program: impl AsRef<OsStr>) -> bool {
    Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Adds the wasm target to the toolchain when it is missing.
pub fn wasm_target() -> Outcome {
    let library =
        output(command("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]))?;
    let present = std::fs::read_dir(library.trim()).is_ok_and(|mut files| {
        files.any(|file| {
            file.is_ok_and(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
        })
    });
    if present {
        return Ok(());
    }
    if !has("rustup") {
        return Err(format!(
            "Rust's library for {WASM_TARGET} is missing, and there is no rustup to add it. Install rustup \
             (https://rustup.rs), or your distribution's package of that library \
             (Debian: libstd-rust-dev-wasm32)."
        ));
    }
    run(command("rustup").args(["target", "add", WASM_TARGET]))
}

/// Node.js and npm, which optimise the wasm and drive the browser tests; building does without.
pub fn has_node() -> bool {
    has("node") && has("npm")
}

/// Installs the npm packages that a folder's lock file names, unless that was done for this lock file.
pub fn npm_ci(folder: &Path) -> Outcome {
    let lock = read(&folder.join("package-lock.json"))?;
    let mark = folder.join("node_modules/.installed-from-lock");
    if std::fs::read(&mark).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    run(command("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .current_dir(folder))?;
    write(&mark, &lock)
}

/// Reads a file, or says which could not be read.
pub fn read(path: &Path) -> Outcome<Vec<u8>> {
    std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a file and the folders it is in.
pub fn write(path: &Path, bytes: &[u8]) -> Outcome {
    let place = path.parent().unwrap_or(path);
    std::fs::create_dir_all(place)
        .and_then(|()| std::fs::write(path, bytes))
        .map_err(|error| format!("{}: {error}", path.display()))
}

fn words(command: &Command) -> String {
    let mut words =
        vec![Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy()];
    words.extend(command.get_args().map(OsStr::to_string_lossy));
    words.join(" ")
}
