//! `liangbiao export`: the register as files for others.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::Path;
use std::process::Command;

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;
use register::canonical::canonical_entry;
use register::{Draft, Kind};
use serde_json::{Value, json};
use server::opendata::columns::{self, Holds};
use server::opendata::{Made, Packing, Plan, write};
use server::store::{At, Log, Reader, Register};
use sha2::{Digest, Sha256};

use crate::support::{ID, Place, day, draft, fixed, product, source};

fn register_of(drafts: impl IntoIterator<Item = Draft>) -> Place {
    let place = Place::new();
    let mut drafts = drafts.into_iter();
    Register::create_with(&place.path, ID, fixed(0), &mut drafts).unwrap();
    place
}

fn text(folder: &Path, name: &str) -> String {
    let file = std::fs::File::open(folder.join(name)).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    text
}

fn lines(folder: &Path, name: &str) -> Vec<Value> {
    text(folder, name).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn rows(folder: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    let text = text(folder, name);
    let text = text.strip_prefix('\u{feff}').expect("the mark that office programs look for");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    reader
        .records()
        .map(|row| {
            head.iter().map(str::to_owned).zip(row.unwrap().iter().map(str::to_owned)).collect()
        })
        .collect()
}

fn everything(place: &Place, at: At) -> (tempfile::TempDir, Vec<Made>) {
    let folder = tempfile::tempdir().unwrap();
    let reader = Reader::open(&place.path).unwrap();
    let made = write(&reader, at, &Plan::whole(), folder.path(), &mut |_| {}).unwrap();
    (folder, made)
}

fn today(place: &Place) -> At {
    At {
        as_of: "2026-11-22".parse().unwrap(),
        known: Reader::open(&place.path).unwrap().log_size().unwrap(),
    }
}

#[test]
fn every_form_holds_the_same_records_and_the_log_is_as_it_is_hashed() {
    let place =
        register_of(server::reference::drafts().into_iter().chain(server::sample::drafts(120, 1)));
    let at = today(&place);
    let (folder, made) = everything(&place, at);
    let reader = Reader::open(&place.path).unwrap();
    let name = |what: &str, format: &str| {
        let found = made.iter().find(|file| file.what == what && file.format == format);
        found.unwrap_or_else(|| panic!("{what} {format}")).clone()
    };
    let all = lines(folder.path(), &name("all", "jsonl").name);
    assert!(all.len() > 1_000, "{}", all.len());
    assert_eq!(all.len() as u64, name("all", "jsonl").rows);

    let packed = name("all", "sqlite");
    let database = folder.path().join("records.sqlite");
    let mut file = std::fs::File::open(folder.path().join(&packed.name)).unwrap();
    std::io::copy(
        &mut flate2::read::GzDecoder::new(&mut file),
        &mut std::fs::File::create(&database).unwrap(),
    )
    .unwrap();
    let database = rusqlite::Connection::open(&database).unwrap();

    let mut counted = 0;
    for kind in Kind::ALL {
        let of_kind: Vec<&Value> = all.iter().filter(|line| line["kind"] == kind.name()).collect();
        let table = rows(folder.path(), &name(kind.name(), "csv").name);
        assert_eq!(table.len(), of_kind.len(), "{}", kind.name());
        let mut query = database
            .prepare(&format!(
                "SELECT record_key, record, record_seq FROM {} ORDER BY 1",
                kind.name()
            ))
            .unwrap();
        let stored: Vec<(String, String, i64)> = query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(stored.len(), of_kind.len(), "{}", kind.name());
        for ((line, row), (key, record, seq)) in of_kind.iter().zip(&table).zip(&stored) {
            assert_eq!(line["key"], row["record_key"].as_str());
            assert_eq!(line["key"], key.as_str());
            assert_eq!(line["record"], serde_json::from_str::<Value>(record).unwrap());
            assert_eq!(line["seq"], *seq);
            let entry = reader.record(kind, key, at).unwrap().expect("a record");
            assert_eq!(
                (line["seq"].as_u64(), &row["source_id"]),
                (Some(entry.seq), &entry.source.id)
            );
        }
        counted += of_kind.len();
    }
    assert_eq!(counted, all.len(), "no line is of another kind");
    let (size, sample): (String, String) = database
        .query_row(
            "SELECT (SELECT value FROM about WHERE name = 'log_size'),
                    (SELECT value FROM about WHERE name = 'sample')",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    assert_eq!((size, sample.as_str()), (at.known.to_string(), "true"));

    let entries = name("entries", "jsonl");
    let log = text(folder.path(), &entries.name);
    let log: Vec<&str> = log.lines().collect();
    assert_eq!((log.len() as u64, entries.rows), (at.known, at.known));
    for (seq, line) in log.iter().enumerate() {
        let entry: register::Entry = serde_json::from_str(line).unwrap();
        assert_eq!(entry.seq, seq as u64);
        assert_eq!(canonical_entry(&entry).unwrap(), *line, "a line is what the log's tree hashes");
    }

    // Another time, another place: the same bytes, and no trace of the making.
    let (again, twice) = everything(&place, at);
    assert_eq!(made, twice);
    let names: BTreeSet<String> = std::fs::read_dir(again.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names, made.iter().map(|file| file.name.clone()).collect());
    for file in &made {
        let bytes = std::fs::read(again.path().join(&file.name)).unwrap();
        let hash: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!((hash, bytes.len() as u64), (file.sha256.clone(), file.bytes));
        // The same content in either packing.
        if file.packing == Packing::Zstd {
            let twin = file.name.replace(".zst", ".gz");
            let packed = std::fs::File::open(again.path().join(twin)).unwrap();
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(packed).read_to_end(&mut plain).unwrap();
            assert_eq!(zstd::decode_all(&bytes[..]).unwrap(), plain, "{}", file.name);
        }
        assert!(file.name.contains("-2026-11-22-") && file.name.contains(&at.known.to_string()));
    }
}

#[test]
fn a_parquet_table_holds_the_lines_row_by_row() {
    let place =
        register_of(server::reference::drafts().into_iter().chain(server::sample::drafts(40, 1)));
    let (folder, made) = everything(&place, today(&place));
    let name = |what: &str, format: &str| {
        let found = made.iter().find(|file| file.what == what && file.format == format);
        found.unwrap_or_else(|| panic!("{what} {format}")).clone()
    };
    let all = lines(folder.path(), &name("all", "jsonl").name);
    let (mut groups, mut values) = (0, 0);
    for kind in Kind::ALL {
        let table = name(kind.name(), "parquet");
        let file = std::fs::File::open(folder.path().join(&table.name)).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        groups += reader.num_row_groups();
        let about = reader.metadata().file_metadata().key_value_metadata().unwrap();
        assert!(about.iter().any(|of| of.value.as_deref() == Some(kind.name())));
        let of_kind: Vec<&Value> = all.iter().filter(|line| line["kind"] == kind.name()).collect();
        assert_eq!(table.rows, of_kind.len() as u64);
        let columns = columns::of(kind);
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!(rows.len(), of_kind.len(), "{}", kind.name());
        for (line, row) in of_kind.iter().zip(&rows) {
            let cells: Vec<_> = row.get_column_iter().collect();
            assert_eq!(cells.len(), columns.len());
            for (column, (named, cell)) in columns.iter().zip(cells) {
                assert_eq!(&column.name, named);
                let value = line.pointer(&column.pointer).filter(|value| !value.is_null());
                let told = match cell {
                    Field::Null => None,
                    Field::Str(text) if column.holds == Holds::Json => {
                        // A text in the place of a list stands as it is.
                        Some(serde_json::from_str(text).unwrap_or(Value::from(text.as_str())))
                    }
                    Field::Str(text) => Some(Value::from(text.as_str())),
                    Field::Bytes(bytes) => Some(serde_json::from_slice(bytes.data()).unwrap()),
                    Field::Date(days) => {
                        assert_eq!(column.holds, Holds::Day);
                        let day = chrono::NaiveDate::default()
                            + chrono::Days::new(u64::try_from(*days).unwrap());
                        Some(Value::from(day.to_string()))
                    }
                    Field::TimestampMillis(at) => {
                        assert_eq!(column.holds, Holds::Moment);
                        let told = chrono::DateTime::from_timestamp_millis(*at).unwrap();
                        let stands = value
                            .and_then(Value::as_str)
                            .unwrap()
                            .parse::<chrono::DateTime<chrono::Utc>>();
                        assert_eq!(told, stands.unwrap());
                        value.cloned()
                    }
                    Field::Long(number) => Some(Value::from(*number)),
                    Field::Bool(yes) => Some(Value::from(*yes)),
                    other => panic!("{}.{}: {other:?}", kind.name(), column.name),
                };
                values += usize::from(told.is_some());
                assert_eq!(told.as_ref(), value, "{}.{}", kind.name(), column.name);
            }
        }
    }
    assert!(groups > 10 && values > 10_000, "{groups} groups, {values} values");
}

#[test]
fn what_may_not_be_published_is_in_no_file_and_no_cell_is_a_formula() {
    let penalty = |key: &str, until: &str| {
        draft(
            Kind::Penalty,
            key,
            day(0),
            json!({
                "number": key, "authority": "示例局", "party": { "name": format!("示例当事人{key}") },
                "act": "标签不符", "basis": [{ "law": "示例质量法" }], "measure": ["warning"],
                "content": "警告", "decided_on": "2024-06-01", "publish_until": until,
                "status": "in_force", "person_name": "示例人戊",
            }),
        )
    };
    let mut sly = product("p-1", 0, "E", &[]);
    sly.body.insert("name_zh".to_owned(), json!("=HYPERLINK(\"http://evil.example\")"));
    let place = register_of([
        source("test", 0, false),
        penalty("open", "2026-11-22"),
        penalty("over", "2026-11-21"),
        sly,
    ]);
    let (folder, made) = everything(&place, today(&place));
    let mut seen = String::new();
    for file in &made {
        let mut bytes = Vec::new();
        let packed = std::fs::File::open(folder.path().join(&file.name)).unwrap();
        match file.packing {
            Packing::Gzip => {
                flate2::read::GzDecoder::new(packed).read_to_end(&mut bytes).unwrap();
            }
            Packing::Zstd => zstd::stream::copy_decode(packed, &mut bytes).unwrap(),
            Packing::None => {
                let reader = SerializedFileReader::new(packed).unwrap();
                for row in reader.get_row_iter(None).unwrap() {
                    bytes.extend(row.unwrap().to_string().bytes());
                }
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("示例人戊"), "{}: a person's name", file.name);
        assert!(!text.contains("示例当事人over"), "{}: a term that is over", file.name);
        seen.push_str(&text);
    }
    assert!(seen.contains("示例当事人open"), "the test looks at what is there");
    let table = |what: &str| {
        let file = made.iter().find(|file| file.what == what && file.format == "csv").unwrap();
        rows(folder.path(), &file.name)
    };
    assert_eq!(table("penalty").len(), 1);
    assert_eq!(table("penalty")[0]["party.name"], "示例当事人open");
    assert_eq!(table("product")[0]["name_zh"], "'=HYPERLINK(\"http://evil.example\")");
    // The day after, the other one is gone too.
    let later = At { as_of: "2026-11-23".parse().unwrap(), ..today(&place) };
    let (_, made) = everything(&place, later);
    assert!(made.iter().any(|file| file.what == "penalty" && file.rows == 0));
}

#[test]
fn the_command_writes_what_is_asked_for_and_prints_the_hashes() {
    let place = register_of([source("test", 0, true), product("p-1", 0, "E", &[])]);
    let register = Register::open(&place.path).unwrap();
    register.append(&mut [product("p-2", 0, "E", &[])].into_iter()).unwrap();
    let out = place.folder.path().join("files");
    let run = |words: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_liangbiao"))
            .args(["export", "--out"])
            .arg(&out)
            .args(words)
            .env("LIANGBIAO_REGISTER", &place.path)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let (code, printed, error) =
        run(&["--format", "csv", "--kind", "product", "--as-of", "2026-11-22"]);
    assert_eq!(code, Some(0), "{error}");
    let mut printed_lines = printed.lines();
    let (hash, name) = printed_lines.next().unwrap().split_once("  ").unwrap();
    assert_eq!(name, "liangbiao-product-2026-11-22-4.csv.gz");
    assert!(printed_lines.next().unwrap().ends_with("  liangbiao-product-2026-11-22-4.csv.zst"));
    assert_eq!(rows(&out, name).len(), 2);
    let bytes = std::fs::read(out.join(name)).unwrap();
    assert_eq!(hash, Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect::<String>());

    let (code, printed, error) = run(&["--since", "3"]);
    assert_eq!(code, Some(0), "{error}");
    let name = printed.lines().next().unwrap().split_once("  ").unwrap().1;
    assert!(name.starts_with("liangbiao-entries-3-") && name.ends_with("-4.jsonl.gz"), "{name}");
    let entries = lines(&out, name);
    assert_eq!((entries.len(), &entries[0]["key"]), (1, &json!("p-2")));

    assert_eq!(run(&["--since", "5"]).0, Some(1), "the log is not that long");
    let (code, _, error) = run(&["--kind", "sandwich"]);
    assert_eq!(code, Some(2));
    assert!(error.contains("the kinds are: enterprise product"), "{error}");
    assert_eq!(run(&["--since", "1", "--kind", "product"]).0, Some(2));
}
