//! What people and programs outside rely on is documented, and the documents say what the code does.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use search::{Catalogue, CatalogueSpec};

const TABLES_BEGIN: &str = "<!-- tables -->\n";

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
fn every_command_and_every_option_is_documented() {
    let (_, text) = document("commands.md");
    let mut missing = Vec::new();
    visit(&server::cli::Cli::command(), "liangbiao", &text, &mut missing);
    assert!(missing.is_empty(), "docs/commands.md lacks {missing:#?}");
}

fn visit(command: &clap::Command, name: &str, text: &str, missing: &mut Vec<String>) {
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let name = format!("{name} {}", sub.get_name());
        if sub.has_subcommands() {
            visit(sub, &name, text, missing);
            continue;
        }
        let heading = format!("\n## `{name}`\n");
        let Some(begin) = text.find(&heading) else {
            missing.push(format!("the heading {}", heading.trim()));
            continue;
        };
        let section = &text[begin + heading.len()..];
        let section = &section[..section.find("\n## ").unwrap_or(section.len())];
        for argument in sub.get_arguments().filter(|argument| argument.get_id() != "help") {
            let word = match argument.get_long() {
                Some(long) => format!("--{long}"),
                None => argument.get_id().as_str().to_uppercase(),
            };
            if !section.contains(&word) {
                missing.push(format!("{word} of {name}"));
            }
        }
    }
}
