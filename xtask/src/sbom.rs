//! `cargo xtask sbom`: what is in the program and in the wasm it hands out, as CycloneDX 1.6 (ECMA-424).
//!
//! Only what is shipped: normal dependencies with the features of each build. Macros, build scripts and tests
//! are not in it. The same checkout gives the same bytes: no time, no random number, everything in order.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::Outcome;
use crate::frontend::Part;
use crate::tools::{self, WASM_TARGET};

#[cfg(test)]
mod tests;

/// The crate of the program.
const BINARY: &str = "server";

/// `cargo xtask sbom`.
pub fn command() -> Outcome {
    let bom = bom()?;
    let file = tools::target().join("sbom/liangbiao.cdx.json");
    let mut text = serde_json::to_string_pretty(&bom).map_err(|error| error.to_string())?;
    text.push('\n');
    tools::write(&file, text.as_bytes())?;
    let count = bom["components"].as_array().map_or(0, Vec::len);
    println!("{}: {count} components", file.display());
    Ok(())
}

/// Name and version of a crate.
type Crate = (String, String);

/// What one build links: crates, and which needs which.
#[derive(Default)]
struct Tree {
    edges: BTreeMap<Crate, BTreeSet<Crate>>,
}

/// The whole document.
fn bom() -> Outcome<Value> {
    let mut shipped: BTreeMap<Crate, BTreeSet<String>> = BTreeMap::new();
    let mut edges: BTreeMap<Crate, BTreeSet<Crate>> = BTreeMap::new();
    let mut roots = BTreeSet::new();
    let builds = std::iter::once((BINARY, host()?))
        .chain(Part::ALL.map(|part| (part.name(), WASM_TARGET.to_owned())));
    for (package, target) in builds {
        let tree = tree(package, &target)?;
        for (one, needs) in tree.edges {
            if one.0 == package {
                roots.insert(one.clone());
            }
            let part = if package == BINARY { "program" } else { package };
            shipped.entry(one.clone()).or_default().insert(part.to_owned());
            edges.entry(one).or_default().extend(needs);
        }
    }
    let about = about()?;
    let checksums = checksums(&lock()?);
    let mut components = Vec::new();
    for (one, parts) in &shipped {
        components.push(component(one, parts, &about, &checksums)?);
    }
    components.extend(of_npm()?);
    let version = env!("CARGO_PKG_VERSION");
    let itself = format!("liangbiao@{version}");
    let mut dependencies = vec![
        json!({ "ref": itself, "dependsOn": roots.iter().map(reference).collect::<Vec<_>>() }),
    ];
    dependencies.extend(edges.iter().map(|(one, needs)| {
        json!({ "ref": reference(one), "dependsOn": needs.iter().map(reference).collect::<Vec<_>>() })
    }));
    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": itself,
                "name": "liangbiao",
                "version": version,
                "licenses": [{ "expression": "Apache-2.0" }],
            },
        },
        "components": components,
        "dependencies": dependencies,
    }))
}

fn reference((name, version): &Crate) -> String {
    format!("{name}@{version}")
}

/// One crate. Ours have no package URL, because they are in no registry.
fn component(
    one: &Crate,
    parts: &BTreeSet<String>,
    about: &BTreeMap<Crate, Value>,
    checksums: &BTreeMap<Crate, String>,
) -> Outcome<Value> {
    let facts =
        about.get(one).ok_or_else(|| format!("cargo metadata does not know {}", reference(one)))?;
    let mut component = json!({
        "type": "library",
        "bom-ref": reference(one),
        "name": one.0,
        "version": one.1,
        "scope": "required",
        "properties": parts
            .iter()
            .map(|part| json!({ "name": "liangbiao:part", "value": part }))
            .collect::<Vec<_>>(),
    });
    if let Some(licence) = facts["license"].as_str() {
        // The old way of cargo to write a choice, which is no SPDX expression.
        let expression = licence.replace('/', " OR ");
        component["licenses"] = json!([{ "expression": expression }]);
    }
    if let Some(text) = facts["description"].as_str() {
        component["description"] = json!(text.trim());
    }
    if !facts["source"].is_null() {
        component["purl"] = json!(format!("pkg:cargo/{}@{}", one.0, one.1.replace('+', "%2B")));
        let sum = checksums
            .get(one)
            .ok_or_else(|| format!("Cargo.lock has no checksum of {}", reference(one)))?;
        component["hashes"] = json!([{ "alg": "SHA-256", "content": sum }]);
    }
    Ok(component)
}

/// The host's target triple, for which the program is built.
fn host() -> Outcome<String> {
    let version = tools::output(tools::command("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc does not say its host".to_owned())
}

/// What cargo links for a package, with the features of its own build and of no other.
fn tree(package: &str, target: &str) -> Outcome<Tree> {
    let mut cargo = tools::cargo();
    cargo.args(["tree", "--locked", "-p", package, "--target", target]);
    cargo.args(["--edges", "normal,no-proc-macro", "--prefix", "depth", "--format", " {p}"]);
    if package == BINARY {
        cargo.args(["--features", "embed"]);
    }
    parse(&tools::output(&mut cargo)?)
}

/// Reads lines such as `2 serde v1.0.1 (*)`: the depth, then the crate. What a crate needs stands below it
/// once; where it comes again it is marked and its own lines are left out.
fn parse(text: &str) -> Outcome<Tree> {
    let mut tree = Tree::default();
    let mut above: Vec<Crate> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let odd = || format!("cargo tree: a line of another form: {line}");
        let mut words = line.split_whitespace();
        let depth: usize = words.next().and_then(|depth| depth.parse().ok()).ok_or_else(odd)?;
        let name = words.next().ok_or_else(odd)?;
        let version = words.next().and_then(|word| word.strip_prefix('v')).ok_or_else(odd)?;
        let one = (name.to_owned(), version.to_owned());
        above.truncate(depth);
        if let Some(parent) = above.last() {
            tree.edges.entry(parent.clone()).or_default().insert(one.clone());
        }
        tree.edges.entry(one.clone()).or_default();
        above.push(one);
    }
    Ok(tree)
}

/// What the crates say of themselves.
fn about() -> Outcome<BTreeMap<Crate, Value>> {
    let text =
        tools::output(tools::cargo().args(["metadata", "--locked", "--format-version", "1"]))?;
    let all: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let packages = all["packages"].as_array().cloned().unwrap_or_default();
    let named = |package: Value| {
        let text = |name: &str| package[name].as_str().map(str::to_owned);
        Some(((text("name")?, text("version")?), package))
    };
    Ok(packages.into_iter().filter_map(named).collect())
}

fn lock() -> Outcome<String> {
    let file = tools::root().join("Cargo.lock");
    String::from_utf8(tools::read(&file)?).map_err(|error| format!("{}: {error}", file.display()))
}

/// The checksums in Cargo.lock: SHA-256 of the crates' files, in hex.
fn checksums(lock: &str) -> BTreeMap<Crate, String> {
    let mut found = BTreeMap::new();
    for package in lock.split("[[package]]").skip(1) {
        let value = |key: &str| {
            let start = format!("{key} = \"");
            package.lines().find_map(|line| line.strip_prefix(&start)?.strip_suffix('"'))
        };
        if let (Some(name), Some(version), Some(sum)) =
            (value("name"), value("version"), value("checksum"))
        {
            found.insert((name.to_owned(), version.to_owned()), sum.to_owned());
        }
    }
    found
}

/// Packages of npm that the browser's parts are made with. The ones that only work on the files are listed as
/// excluded from what is shipped.
fn of_npm() -> Outcome<Vec<Value>> {
    let file = tools::root().join("frontend/package-lock.json");
    let lock: Value = serde_json::from_slice(&tools::read(&file)?)
        .map_err(|error| format!("{}: {error}", file.display()))?;
    let packages = lock["packages"].as_object().cloned().unwrap_or_default();
    let mut components = Vec::new();
    for (place, package) in packages {
        let Some(name) = place.rsplit_once("node_modules/").map(|(_, name)| name) else { continue };
        let version = package["version"].as_str().unwrap_or_default();
        let tool = package["dev"].as_bool() == Some(true);
        let url = name.replace('@', "%40");
        let mut component = json!({
            "type": "library",
            "bom-ref": format!("npm:{name}@{version}"),
            "name": name,
            "version": version,
            "scope": if tool { "excluded" } else { "required" },
            "purl": format!("pkg:npm/{url}@{version}"),
        });
        if let Some(licence) = package["license"].as_str() {
            component["licenses"] = json!([{ "expression": licence }]);
        }
        if let Some(sum) = package["integrity"].as_str().and_then(|sum| sum.strip_prefix("sha512-"))
        {
            component["hashes"] = json!([{ "alg": "SHA-512", "content": hex_of_base64(sum)? }]);
        }
        components.push(component);
    }
    Ok(components)
}

/// Base64 with padding (RFC 4648 section 4) as lower-case hex: npm writes its hashes so, CycloneDX in hex.
fn hex_of_base64(text: &str) -> Outcome<String> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut held, mut hex) = (0_u32, 0, String::new());
    for character in text.trim_end_matches('=').chars() {
        let value = ALPHABET
            .find(character)
            .and_then(|value| u32::try_from(value).ok())
            .ok_or_else(|| format!("{text} is not base64"))?;
        bits = (bits << 6 | value) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            hex.push_str(&format!("{:02x}", bits >> held & 0xff));
        }
    }
    Ok(hex)
}
