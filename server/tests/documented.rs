//! What people and programs outside rely on is documented, and the documents say what the code does.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use search::{Catalogue, CatalogueSpec};

const TABLES_BEGIN: &str = "<!-- tables -->\n";
const SETTINGS_BEGIN: &str = "<!-- settings -->\n";
const COMMANDS_BEGIN: &str = "<!-- commands -->\n";

fn document(name: &str) -> (PathBuf, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name);
    let text = std::fs::read_to_string(&path).expect("the document is part of the project");
    (path, text)
}

fn table(spec: &CatalogueSpec, out: &mut String) {
    let texts: Vec<String> = spec.texts.iter().map(|text| format!("`{}`", text.name)).collect();
    writeln!(out, "\n### `/{}`\n\nSearched, heaviest first: {}.\n", spec.name, texts.join(", "))
        .expect("a string");
    out.push_str("| facet | words | codes | page |\n|---|---|---|---|\n");
    for facet in spec.facets {
        let codes: Vec<String> = facet
            .values()
            .iter()
            .map(|value| format!("`{}` {}", value.code, value.label[0]))
            .collect();
        let codes = if codes.is_empty() { "from the records".to_owned() } else { codes.join(", ") };
        let page = if facet.shown { "yes" } else { "no" };
        writeln!(
            out,
            "| `{}` | {}, {} | {codes} | {page} |",
            facet.name, facet.label[0], facet.label[2]
        )
        .expect("a string");
    }
    out.push_str("\n| `sort` | words | first |\n|---|---|---|\n");
    for sort in spec.sorts {
        let first = if sort.descending { "greatest" } else { "least" };
        writeln!(out, "| `{}` | {}, {} | {first} |", sort.name, sort.label[0], sort.label[2])
            .expect("a string");
    }
}

#[test]
fn every_facet_and_every_sort_order_is_documented_as_it_is() {
    let (path, text) = document("url-contract.md");
    let begin = text.find(TABLES_BEGIN).expect("the mark before the tables") + TABLES_BEGIN.len();
    let mut tables = String::new();
    for catalogue in Catalogue::ALL {
        table(search::spec(catalogue), &mut tables);
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, format!("{}{tables}", &text[..begin]))
            .expect("the document can be written");
        return;
    }
    assert!(
        text[begin..] == tables,
        "docs/url-contract.md differs from search/src/catalogue/; UPDATE_DOCS=1 writes it anew"
    );
}

#[test]
fn every_command_and_every_option_is_documented_as_it_is() {
    let (path, text) = document("commands.md");
    let begin =
        text.find(COMMANDS_BEGIN).expect("the mark before the commands") + COMMANDS_BEGIN.len();
    let mut commands = String::new();
    // Fixed width and no values of this machine's environment, so that the text is the same everywhere.
    let mut root = server::cli::Cli::command().term_width(100);
    root.build();
    help(&mut root, "liangbiao", &mut commands);
    assert_or_update(&path, &text, begin, &commands, "server/src/cli/");
}

#[test]
fn every_setting_is_documented_as_it_is() {
    let (path, text) = document("configuration.md");
    let begin =
        text.find(SETTINGS_BEGIN).expect("the mark before the settings") + SETTINGS_BEGIN.len();
    let mut settings =
        String::from("\n| key and flag | variable | default | what |\n|---|---|---|---|\n");
    for setting in server::cli::config::settings() {
        let default = setting.default.map(|default| format!("`{default}`")).unwrap_or_default();
        let (key, variable) = (setting.key, setting.variable);
        let about = setting.about.replace('|', "\\|");
        writeln!(settings, "| `{key}` | `{variable}` | {default} | {about} |").expect("a string");
    }
    assert_or_update(&path, &text, begin, &settings, "server/src/cli/");
}

fn help(command: &mut clap::Command, name: &str, out: &mut String) {
    for sub in command.get_subcommands_mut().filter(|sub| sub.get_name() != "help") {
        let name = format!("{name} {}", sub.get_name());
        if sub.has_subcommands() {
            help(sub, &name, out);
            continue;
        }
        let text = sub.render_long_help().to_string();
        let text: Vec<&str> = text.lines().map(str::trim_end).collect();
        writeln!(out, "\n## `{name}`\n\n```text\n{}\n```", text.join("\n").trim())
            .expect("a string");
    }
}

fn assert_or_update(path: &Path, text: &str, begin: usize, wanted: &str, from: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, format!("{}{wanted}", &text[..begin]))
            .expect("the document can be written");
        return;
    }
    assert!(
        text[begin..] == *wanted,
        "{} differs from {from}; UPDATE_DOCS=1 writes it anew",
        path.display()
    );
}
