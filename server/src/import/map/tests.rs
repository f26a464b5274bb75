use std::collections::HashMap;

use serde_json::json;

use super::*;
use crate::import::reader::{Data, Header, Row};

const HEAD: &str = "[source]\nkey = \"t\"\npublisher = \"p\"\ntitle = \"t\"\nlicence = \"l\"\n";

fn errors(rest: &str) -> Vec<MapError> {
    parse(&format!("{HEAD}{rest}")).expect_err("mistakes")
}

#[test]
fn every_mistake_points_at_its_line_and_says_what_was_expected() {
    let found = errors(
        "[[record]]\nkind = \"enterprize\"\n[[record]]\nkind = \"place\"\n[record.fields]\ncode = { colum = \"x\" }\n\
         nam = \"x\"\nlevel = { column = \"l\", extract = \"(\" }\n",
    );
    let seen: Vec<(usize, &str)> = found.iter().map(|e| (e.line, e.en.as_str())).collect();
    assert!(seen.iter().any(|(l, t)| *l == 7 && t.contains("enterprize")), "{seen:#?}");
    assert!(
        seen.iter().any(|(l, t)| *l == 11 && t.contains("\"colum\"") && t.contains("\"column\"")),
        "{seen:#?}"
    );
    assert!(seen.iter().any(|(l, t)| *l == 12 && t.contains("did you mean \"name\"")), "{seen:#?}");
    assert!(seen.iter().any(|(l, t)| *l == 13 && t.contains("regular expression")), "{seen:#?}");
    assert!(seen.iter().any(|(_, t)| t.contains("Required field \"name\"")), "{seen:#?}");
}

#[test]
fn a_mapping_without_a_source_or_with_broken_syntax_is_refused() {
    assert!(parse("").expect_err("no source").iter().any(|e| e.en.contains("[source]")));
    let broken = parse("a = \n").expect_err("syntax");
    assert_eq!(broken[0].line, 1);
    let unknown = errors(
        "[[record]]\nkind = \"place\"\nfields = { code = { ref = \"x\" }, name = \"n\", level = \"省\" }\n",
    );
    assert!(unknown[0].en.contains("No record named \"x\""), "{unknown:?}");
    let date = errors(
        "[[record]]\nkind = \"place\"\nfields = { code = { column = \"x\", date = \"%q\" }, name = \"n\", level = \"省\" }\n",
    );
    assert!(date[0].en.contains("%q"), "{date:?}");
}

fn value(spec: &str, cells: &[(&str, &str)]) -> Result<Option<Value>, register::message::Message> {
    let text = format!(
        "{HEAD}[[record]]\nkind = \"place\"\n[record.fields]\ncode = \"1\"\nlevel = \"省\"\nname = {spec}\n"
    );
    let map = parse(&text).expect("a sound mapping");
    let header = Header::new(cells.iter().map(|(n, _)| (*n).to_owned()).collect());
    let cells = cells.iter().map(|(_, v)| (*v).to_owned()).collect();
    let row = Row { number: 2, data: Data::Cells(std::sync::Arc::new(header), cells) };
    let refs = HashMap::new();
    let day = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
    let scope = Scope {
        row: &row,
        file: "f.csv",
        item: None,
        refs: &refs,
        retrieved_on: day,
        products: None,
    };
    let (_, spec) = map.records[0].fields.iter().find(|(n, _)| n == "name").expect("the field");
    scope.value(spec)
}

fn check(spec: &str, cell: &str, want: Value) {
    let got = value(spec, &[("a", cell), ("b", "B")]).expect("a value");
    assert_eq!(got.unwrap_or(Value::Null), want, "{spec} of {cell:?}");
}

#[test]
fn conversions_do_what_the_reference_says() {
    check("\"x\"", "1", json!("x"));
    check("{ column = \"a\" }", "  two\u{a0} \n words ", json!("two words"));
    check("{ column = \"a\", html = true }", "M&amp;M&#39;s", json!("M&M's"));
    check("{ columns = [\"a\", \"b\"], empty = [\"N/A\"] }", "N/A", json!("B"));
    check("{ column = \"a\", extract = '^(\\d{6})' }", "440606000000", json!("440606"));
    check("{ column = \"a\", extract = '^(\\d{6})', default = \"none\" }", "x", json!("none"));
    check("{ column = \"a\", replace = [['-', ''], ['^0+', '']] }", "00-12", json!("12"));
    check("{ column = \"a\", split = ';', strip = ',' }", ",A,; ,B,;", json!(["A", "B"]));
    check("{ column = \"a\", split = ';', join = ' / ' }", "A;B", json!("A / B"));
    check("{ column = \"a\", values = { Yes = \"是\" }, otherwise = \"keep\" }", "No", json!("No"));
    check("{ column = \"a\", values = { Yes = \"是\" }, otherwise = \"\" }", "No", Value::Null);
    check(
        "{ column = \"a\", date = [\"%m/%d/%Y\", \"%B %d, %Y\"] }",
        "12/04/2014",
        json!("2014-12-04"),
    );
    check(
        "{ column = \"a\", date = [\"%m/%d/%Y\", \"%B %d, %Y\"] }",
        "April 03, 2025",
        json!("2025-04-03"),
    );
    check("{ column = \"a\", date = \"%m/%d/%Y\" }", "31/12/2014", json!("31/12/2014"));
    check("{ column = \"a\", number = true }", "1,120,905", json!("1120905"));
    check("{ column = \"a\", number = true }", "1,12", json!("1,12"));
    check("{ column = \"a\", number = true }", "０．３５", json!("0.35"));
    check("{ column = \"a\", case = \"upper\" }", "abc", json!("ABC"));
    check("{ column = \"a\", slug = true }", "Jenn Air", json!("jenn-air"));
    check("{ column = \"a\", foreign_key = \"US\" }", "Midea", json!("N-US-midea"));
    check("{ template = \"{a|upper} ({b}) {{x}}\" }", "m", json!("M (B) {x}"));
    check("{ template = \"No. {a}\" }", "", Value::Null);
    check("{ template = \"{$row}/{$file}/{$retrieved_on}\" }", "", json!("2/f.csv/2026-01-01"));
    check("{ column = \"a\" }", "1AW1*F44", json!("1AW1*F44"));
}

#[test]
fn a_value_outside_the_table_is_refused_with_the_table() {
    let wrong =
        value("{ column = \"a\", values = { Yes = \"是\", No = \"否\" } }", &[("a", "Maybe")]);
    let wrong = wrong.expect_err("not in the table");
    assert_eq!((wrong.column.as_str(), wrong.value.as_str()), ("a", "Maybe"));
    assert_eq!(wrong.args, [("list", "Yes、No".to_owned())]);
}

#[test]
fn every_key_of_a_mapping_file_is_documented() {
    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/mapping-files.md");
    let docs = std::fs::read_to_string(docs).expect("docs/mapping-files.md");
    let missing: Vec<Word> =
        words().filter(|(_, word)| !docs.contains(&format!("`{word}`"))).collect();
    assert!(missing.is_empty(), "not in docs/mapping-files.md: {missing:?}");
    for (filter, _) in FILTERS {
        assert!(
            docs.contains(&format!("\\|{filter}}}")),
            "filter {filter} is not in docs/mapping-files.md"
        );
    }
}

#[test]
fn the_worked_example_of_the_documentation_is_a_sound_mapping() {
    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/mapping-files.md");
    let docs = std::fs::read_to_string(docs).expect("docs/mapping-files.md");
    let example =
        docs.split("```toml").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    assert!(parse(example).is_ok(), "{:#?}", parse(example).err());
}
