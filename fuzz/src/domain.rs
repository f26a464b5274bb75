//! Targets of the domain: what stands in addresses, on labels, in the log and in the browser's copy.

use lookup::{cells, lines};
use register::canonical::{canonical_entry, entry_hash, parse_entry};
use register::code::{Batch, CreditCode, DigitalLink, RESERVED, Statement};
use register::formula::Formula;
use register::id::{Gtin, StandardNumber, Uscc, date};
use register::note::{Note, NoteKey, WitnessKey};
use register::offline::{Barcodes, CodeShelf, CopyNote, keys};
use register::signature::{Algorithm, SecretKey};
use register::status_list::StatusList;
use register::tlog::{Bundle, Checkpoint, LogProof, TilePath, bundle};
use search::{Catalogue, Query, Shelf, spec};
use sha2::{Digest, Sha256};

use crate::{Target, seeds_of};

const fn target(
    name: &'static str,
    longest: usize,
    run: fn(&[u8]) -> bool,
    seeds: fn() -> Vec<Vec<u8>>,
) -> Target {
    Target { name, run, seeds, longest }
}

pub fn targets() -> Vec<Target> {
    vec![
        target("query", 1024, query, || {
            seeds_of(&[
                "\0q=%E5%86%B0%E7%AE%B1+A&page=2&per_page=50&as_of=2026-01-31",
                "\u{2}sort=x&known=7&size=large",
            ])
        }),
        target("code", 64, code, || seeds_of(&["44M3-QMX9-D2R4", "４４m3 qmx9 d2r4", "0000-0000"])),
        target("digital-link", 512, digital_link, || {
            seeds_of(&[
                "/01/06901234567892",
                "/01/06901234567892/10/A%2F1/21/12?17=261231",
                "/01/1",
            ])
        }),
        target("statement", 256, statement, || {
            let key = SecretKey::from_bytes(Algorithm::Ed25519, &[7; 32]).expect("a key");
            let code = CreditCode::parse(RESERVED).expect("a code");
            let day = |year| chrono::NaiveDate::from_ymd_opt(year, 1, 31).expect("a day");
            let signed = Statement::sign(code, None, day(2026), day(2027), &key).expect("signed");
            vec![signed.digits().into_bytes(), b"9".repeat(212)]
        }),
        target("identifiers", 128, identifiers, || {
            seeds_of(&[
                "91440600MA4W00XX0X",
                "6901234567892",
                "GB/T 19001-2016",
                "2026年1月31日",
                "2026/1/31",
                "x",
            ])
        }),
        target("cells", 2048, table_cells, || {
            seeds_of(&["a,b\t\"c,d\"\n6901234567892;海尔", "\u{feff}\"x\"\"y\",,\r\n"])
        }),
        target("entry", 4096, entry, || {
            seeds_of(&[
                concat!(
                    r#"{"body":{"rank":1,"scheme":"foshan-standard"},"key":"foshan-standard/FSB-2023-0012","#,
                    r#""kind":"listing","reason":{"code":"granted"},"recorded_at":"2024-01-02T03:04:05Z","#,
                    r#""seq":41,"source":{"id":"list","locator":{"row":7}},"valid_from":"2023-06-30"}"#
                ),
                "{}",
            ])
        }),
        target("tile", 128, tile, || {
            seeds_of(&[
                "tile/0/x001/x234/067",
                "tile/entries/000.p/17",
                "tile/63/000.p/255",
                "tile/0/1",
            ])
        }),
        target("bundle", 2048, entry_bundle, || vec![b"\0\x02{}\0\0\0\x01x".to_vec(), vec![1, 0]]),
        target("checkpoint", 1024, checkpoint, || {
            seeds_of(&[
                "example.org/log\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nmore\n",
                "example.org/log\n07\n\n",
            ])
        }),
        target("note", 2048, note, || {
            seeds_of(&[
                "a\n1\n\n\u{2014} example.org AAAAAAECAwQFBgcI\n",
                "a\n",
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            ])
        }),
        target("proof", 4096, proof, || {
            seeds_of(&[
                "c2sp.org/tlog-proof@v1\nextra e30=\nindex 3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\nx\n",
                "c2sp.org/tlog-proof@v1\nindex 03\n\n",
            ])
        }),
        target("shelf", 4096, shelf, shelves),
        target("code-shelf", 2048, code_shelf, || {
            let (shelf, _) = CodeShelf::new(&[]).expect("an empty shelf");
            vec![shelf.as_bytes().to_vec(), b"LB".to_vec()]
        }),
        target("barcodes", 2048, barcodes, || {
            let gtin = Gtin::parse("6901234567892").expect("a barcode number");
            vec![Barcodes::write(&[(gtin, 0)].into()).expect("barcodes"), vec![0; 9]]
        }),
        target("copy-note", 2048, copy_note, || {
            let sum = "0".repeat(64);
            let text = format!(
                "copy\nliangbiao offline copy 1\norigin -\nsize 7\nday 2026-01-31\nwritten -\nfile codes {sum} 12\n"
            );
            let written = CopyNote {
                name: "copy".to_owned(),
                origin: String::new(),
                log_size: 7,
                day: chrono::NaiveDate::MIN,
                written: None,
                files: Vec::new(),
            };
            vec![
                text.into_bytes(),
                written.text().replace("-262143-01-01", "2026-01-31").into_bytes(),
            ]
        }),
        target("keys", 1024, copied_keys, || {
            seeds_of(&[
                "",
                "x",
                "ed25519 active 2026-01-01 - 2026-01-01 GlzZBxQ8OExB6DDFvOEqqIF+xWSaqr8sMTiLNbLXRNY=\n",
            ])
        }),
        target("status-list", 512, status_list, || {
            let list = StatusList::new(&[]).expect("an empty list");
            vec![list.as_bytes().to_vec(), b"x".to_vec()]
        }),
        target("batch", 512, batch, || vec![Vec::new(), vec![7; 32], vec![7; 33]]),
        target("formula", 512, formula, || {
            seeds_of(&[
                "count(enterprise)",
                "count(listing where scheme = \"x\" and status = \"valid\") / count(enterprise) * 100",
                "count(",
            ])
        }),
    ]
}

/// A query string of a catalogue that the first byte chooses: its canonical form is its own canonical form.
fn query(bytes: &[u8]) -> bool {
    let Some((which, text)) = bytes.split_first() else { return false };
    let spec = spec(Catalogue::ALL[usize::from(*which) % Catalogue::ALL.len()]);
    let Ok(query) = Query::parse(spec, form_urlencoded::parse(text)) else { return false };
    let text = query.to_query_string();
    let again = Query::parse(spec, form_urlencoded::parse(text.as_bytes()));
    let again = again.unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(again.to_query_string(), text);
    true
}

/// A code as it is typed: both ways of printing it are read as the same.
fn code(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let Ok(code) = CreditCode::parse(text) else { return false };
    assert_eq!(CreditCode::parse(code.as_str()), Ok(code));
    assert_eq!(CreditCode::parse(&code.grouped()), Ok(code));
    true
}

/// What a label's address says.
fn digital_link(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let Ok(link) = DigitalLink::parse(text) else { return false };
    assert_eq!(DigitalLink::parse(&link.to_string()).as_ref(), Ok(&link));
    assert!(link.walk_up().count() < 10);
    let _ = link.unit_code();
    true
}

/// A signed statement: one way to write each.
fn statement(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let Ok(statement) = Statement::parse(text) else { return false };
    assert_eq!(statement.digits(), text);
    true
}

/// Numbers and days as lists print them: the printed form is read as the same.
fn identifiers(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let uscc = Uscc::parse(text).ok();
    let gtin = Gtin::parse(text).ok();
    let standard = StandardNumber::parse(text).ok();
    if let Some(uscc) = &uscc {
        assert_eq!(Uscc::parse(uscc.as_str()).as_ref(), Ok(uscc));
        let _ = (uscc.organisation_check_fits(), uscc.registration());
    }
    if let Some(gtin) = &gtin {
        assert_eq!(Gtin::parse(gtin.as_str()).as_ref(), Ok(gtin));
    }
    if let Some(standard) = &standard {
        let printed = standard.to_string();
        let again = StandardNumber::parse(&printed).map(|again| again.compact());
        assert_eq!(again.as_ref(), Ok(&standard.compact()), "{printed}");
        let _ = (standard.path(), standard.loose(), standard.compact());
    }
    uscc.is_some() || gtin.is_some() || standard.is_some() || date::from_list(text).is_some()
}

/// A list somebody pastes to look it up.
fn table_cells(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    lines(text).map(|(_, line)| cells(line).len()).sum::<usize>() > 1
}

/// A line of the log: only its canonical form is taken.
fn entry(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let Ok(entry) = parse_entry(text) else { return false };
    assert_eq!(canonical_entry(&entry).as_deref(), Ok(text));
    assert!(entry_hash(&entry).is_ok());
    true
}

/// The address of a tile: one for each.
fn tile(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let Some(path) = TilePath::parse(text) else { return false };
    assert_eq!(path.to_string(), text);
    let _ = path.exists_at(u64::MAX);
    true
}

/// The entries of a log as they travel.
fn entry_bundle(bytes: &[u8]) -> bool {
    let Ok(entries) = Bundle::new(bytes).collect::<Result<Vec<_>, _>>() else { return false };
    assert_eq!(bundle(&entries).as_deref(), Some(bytes));
    true
}

/// The head of a log: one way to write each.
fn checkpoint(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let Ok(checkpoint) = Checkpoint::parse(text) else { return false };
    assert_eq!(checkpoint.text(), text);
    true
}

/// A signed note, or the key of one who signs.
fn note(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let key: Result<NoteKey, _> = text.parse();
    if let Ok(key) = &key {
        assert_eq!(key.to_string(), text);
    }
    let witness: Result<WitnessKey, _> = text.parse();
    if let Ok(witness) = &witness {
        assert_eq!(witness.to_string(), text);
    }
    let note = Note::parse(text);
    if let Ok(note) = &note {
        assert!(text.starts_with(note.text_unverified()));
    }
    key.is_ok() || witness.is_ok() || note.is_ok()
}

/// A proof that an entry is in a log.
fn proof(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let Ok(proof) = LogProof::parse(text) else { return false };
    assert_eq!(proof.text(), text);
    true
}

/// Where the hash of a shelf stands, behind a header of so many bytes and the lengths of its sections.
const SHELF_SECTIONS_AT: usize = 28;

/// A catalogue in the browser. Its hash is put right first: without that no changed shelf gets past it.
fn shelf(bytes: &[u8]) -> bool {
    let mut bytes = bytes.to_vec();
    let sections = bytes.get(SHELF_SECTIONS_AT..).and_then(|rest| rest.first_chunk::<4>());
    if let Some(sections) = sections.map(|four| u32::from_le_bytes(*four) as usize) {
        let at = SHELF_SECTIONS_AT + 4 + sections.saturating_mul(4);
        if let (Some(before), Some(behind)) = (bytes.get(..at), bytes.get(at.saturating_add(32)..))
        {
            let hash = Sha256::new().chain_update(before).chain_update(behind).finalize();
            bytes[at..at + 32].copy_from_slice(&hash);
        }
    }
    let Ok(shelf) = Shelf::parse(&bytes) else { return false };
    let rows = shelf.rows();
    assert_eq!(rows.len(), shelf.len());
    let all = shelf.search(&Query::all(shelf.spec()));
    assert!(all.rows.len() <= rows.len());
    true
}

/// Small shelves of every catalogue.
fn shelves() -> Vec<Vec<u8>> {
    let row = |spec: &search::CatalogueSpec, n: usize| search::Row {
        key: format!("key-{n}"),
        texts: spec.texts.iter().map(|_| format!("冰箱 {n}")).collect(),
        facets: spec.facets.iter().map(|_| vec!["x".to_owned()]).collect(),
        ..search::Row::default()
    };
    let labels = search::Labels::default();
    let shelf = |catalogue: &Catalogue| {
        let spec = spec(*catalogue);
        let index = search::Index::build(spec, (0..3).map(|n| row(spec, n)), &labels);
        search::shelf::write(&index, 7).expect("a shelf")
    };
    Catalogue::ALL.iter().take(3).map(shelf).chain([b"LBSHELF\n".to_vec()]).collect()
}

/// The codes of the copy a browser keeps.
fn code_shelf(bytes: &[u8]) -> bool {
    let Ok(shelf) = CodeShelf::from_bytes(bytes.to_vec()) else { return false };
    assert_eq!(shelf.as_bytes(), bytes);
    for place in 0..shelf.len() {
        let code = shelf.code_at(place);
        assert!(code.is_none_or(|code| shelf.find(&code).is_some()));
    }
    true
}

/// The barcode numbers beside them, of three codes.
fn barcodes(bytes: &[u8]) -> bool {
    let Ok(barcodes) = Barcodes::from_bytes(bytes, 3) else { return false };
    barcodes.is_empty() || barcodes.len() <= bytes.len()
}

/// What is signed of that copy.
fn copy_note(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let Ok(note) = CopyNote::parse(text) else { return false };
    assert_eq!(note.text(), text);
    true
}

/// The keys of that copy.
fn copied_keys(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let Some(read) = keys::read(text) else { return false };
    assert_eq!(keys::read(&keys::write(&read)).map(|again| again.len()), Some(read.len()));
    true
}

/// The list of states of that copy.
fn status_list(bytes: &[u8]) -> bool {
    let Ok(list) = StatusList::from_bytes(bytes) else { return false };
    assert_eq!(list.as_bytes(), bytes);
    true
}

/// The hashes of a batch of unit codes.
fn batch(bytes: &[u8]) -> bool {
    let Some(batch) = Batch::from_blob(bytes.to_vec()) else { return false };
    assert_eq!(batch.blob(), bytes);
    assert_eq!(batch.len() * 32, bytes.len());
    true
}

/// The formula of a target.
fn formula(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let Ok(formula) = Formula::parse(text) else { return false };
    let again = Formula::parse(formula.text());
    assert_eq!(again.map(|again| again.text().to_owned()).as_deref(), Ok(formula.text()));
    let _ = formula.value(&vec![0; formula.counts().len()]);
    let _ = formula.value(&vec![u64::MAX; formula.counts().len()]);
    true
}
