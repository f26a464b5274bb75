//! `cargo xtask reproduce`: are the assets the same bytes when they are built somewhere else?

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::steps::Steps;
use crate::{Outcome, build, tools};

/// Builds the assets here and in a copy of the checkout in another folder, and compares every file.
pub fn command() -> Outcome {
    let mut steps = Steps::new(build::ASSET_STEPS + 2);
    build::assets(&mut steps)?;
    let here = hashes(&tools::site())?;
    let folder = std::env::temp_dir().join(format!("liangbiao-elsewhere-{}", std::process::id()));
    let copy = folder.join("copy");
    let built =
        steps.step("A copy of the checkout, in another folder", || copied(&copy)).and_then(|()| {
            steps.step("The same there", || {
                // With nothing of this build's settings.
                let mut cargo =
                    tools::command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
                cargo.current_dir(&copy).env_remove("CARGO_TARGET_DIR").args(["xtask", "assets"]);
                tools::run(&mut cargo)
            })
        });
    let there = built.and_then(|()| hashes(&copy.join("target").join("site")));
    let _ = std::fs::remove_dir_all(&folder);
    let there = there?;
    let mut differing: Vec<&String> =
        here.keys().filter(|name| there.get(*name) != here.get(*name)).collect();
    differing.extend(there.keys().filter(|name| !here.contains_key(*name)));
    if !differing.is_empty() {
        for name in &differing {
            eprintln!("differs  {name}");
        }
        return Err(format!("{} files of the assets are not the same there", differing.len()));
    }
    println!("{} files, the same bytes in both places", here.len());
    Ok(())
}

/// The files that git knows, as they are now.
fn copied(copy: &Path) -> Outcome {
    let listed = tools::output(tools::command("git").args(["ls-files", "-z"]))?;
    for name in listed.split('\0').filter(|name| !name.is_empty()) {
        let (from, to) = (tools::root().join(name), copy.join(name));
        let failed = |error: std::io::Error| format!("{}: {error}", to.display());
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        // A symbolic link to a folder is copied as what it leads to.
        match from.is_dir() {
            true => copied_folder(&from, &to)?,
            false => std::fs::copy(&from, &to).map(|_| ()).map_err(failed)?,
        }
    }
    Ok(())
}

fn copied_folder(from: &Path, to: &Path) -> Outcome {
    let failed = |error: std::io::Error| format!("{}: {error}", from.display());
    std::fs::create_dir_all(to).map_err(failed)?;
    for file in std::fs::read_dir(from).map_err(failed)? {
        let path = file.map_err(failed)?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        match path.is_dir() {
            true => copied_folder(&path, &target)?,
            false => std::fs::copy(&path, &target).map(|_| ()).map_err(failed)?,
        }
    }
    Ok(())
}

/// SHA-256 of every file that is handed out.
fn hashes(site: &Path) -> Outcome<BTreeMap<String, [u8; 32]>> {
    let folder = site.join("assets");
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut hashes = BTreeMap::new();
    for file in std::fs::read_dir(&folder).map_err(failed)? {
        let path = file.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        hashes.insert(name, Sha256::digest(tools::read(&path)?).into());
    }
    Ok(hashes)
}
