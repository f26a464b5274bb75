//! The walls between the folders, as ARCHITECTURE.md draws them.

use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the project").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Lines of code (not comments) under `folder` that hold one of `words`, outside of `except`.
fn lines_with(folder: &str, words: &[&str], except: &[&str]) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    sources(&root.join(folder), &mut files);
    assert!(!files.is_empty(), "{folder} has no sources: this test looks in the wrong place");
    let mut found = Vec::new();
    for file in files {
        let place = file.strip_prefix(&root).expect("found under it").display().to_string();
        if except.iter().any(|except| place.starts_with(except)) {
            continue;
        }
        let text = std::fs::read_to_string(&file).expect("a source file");
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if words.iter().any(|word| code.contains(word)) {
                found.push(format!("{place}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    found
}

#[test]
fn only_the_store_knows_sql() {
    let words = ["rusqlite", "SELECT ", "INSERT INTO ", "PRAGMA "];
    let except = ["server/src/store.rs", "server/src/store/"];
    assert_eq!(lines_with("server/src", &words, &except), Vec::<String>::new());
    assert_eq!(lines_with("app/src", &words, &[]), Vec::<String>::new());
}

#[test]
fn domain_and_search_have_no_input_output_no_clock_and_no_chance() {
    let words = [
        "std::fs",
        "std::net",
        "std::env::",
        "std::process",
        "SystemTime",
        "Instant::now",
        "Utc::now",
        "Local::now",
        "getrandom",
        "println!",
        "eprintln!",
    ];
    assert_eq!(lines_with("register/src", &words, &[]), Vec::<String>::new());
    assert_eq!(lines_with("search/src", &words, &[]), Vec::<String>::new());
}

#[test]
fn pages_and_storage_know_nothing_of_http() {
    let words = ["axum", "hyper", "StatusCode"];
    assert_eq!(lines_with("app/src", &words, &[]), Vec::<String>::new());
    assert_eq!(lines_with("server/src/store", &words, &[]), Vec::<String>::new());
}

/// Every `Cargo.toml` of the project by its folder, as it is written down.
fn manifests() -> Vec<(String, toml::Table)> {
    fn walk(folder: &Path, root: &Path, found: &mut Vec<(String, toml::Table)>) {
        for entry in std::fs::read_dir(folder).expect("a folder of the project").flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            let name = name.to_string_lossy();
            if path.is_dir() {
                if !name.starts_with('.') && name != "target" && name != "node_modules" {
                    walk(&path, root, found);
                }
            } else if name == "Cargo.toml" {
                let place = folder.strip_prefix(root).expect("found under it");
                let text = std::fs::read_to_string(&path).expect("a manifest");
                found.push((place.display().to_string(), text.parse().expect("TOML")));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    walk(&root, &root, &mut found);
    found
}

#[test]
fn no_crate_may_write_unsafe_code() {
    let manifests = manifests();
    let forbids = |lints: Option<&toml::Value>| {
        lints.and_then(|lints| lints.get("rust")?.get("unsafe_code")?.as_str()) == Some("forbid")
    };
    let (_, workspace) = manifests.iter().find(|(place, _)| place.is_empty()).expect("the root's");
    let workspace = workspace["workspace"].as_table().expect("a workspace");
    assert!(forbids(workspace.get("lints")), "the workspace's lints forbid it");
    let members: Vec<&str> = workspace["members"]
        .as_array()
        .expect("members")
        .iter()
        .map(|member| member.as_str().expect("a folder"))
        .collect();
    for (place, manifest) in manifests.iter().filter(|(place, _)| !place.is_empty()) {
        let lints = manifest.get("lints");
        if members.contains(&place.as_str()) {
            // Lints of its own instead would leave the workspace's out, without a word from cargo.
            let inherited = lints.and_then(|lints| lints.get("workspace")?.as_bool());
            assert_eq!(inherited, Some(true), "{place}/Cargo.toml: [lints] workspace = true");
        } else {
            assert!(manifest.contains_key("workspace"), "{place} is in no workspace");
            assert!(forbids(lints), "{place}/Cargo.toml: [lints.rust] unsafe_code = \"forbid\"");
        }
    }
    for member in members {
        assert!(manifests.iter().any(|(place, _)| place == member), "{member} has a manifest");
    }
}
