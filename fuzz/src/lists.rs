//! Targets of the import: lists as files, and the mapping files that say what they mean.

use std::io::Write as _;
use std::path::PathBuf;

use crate::import::map;
use crate::import::reader::{self, Data, HeaderAt, Options, Sheet};
use crate::{Target, seeds_of};

pub fn targets() -> Vec<Target> {
    let target = |name, longest, run, seeds| Target { name, run, seeds, longest };
    vec![
        target(
            "csv",
            4096,
            csv as fn(&[u8]) -> bool,
            (|| {
                let mut seeds = seeds_of(&[
                    "企业名称,证书编号\n\"示例\n公司\",A-1\n,\n",
                    "a;b\r\n1;2\r\n",
                    "\u{feff}x\ty\n1\t2",
                ]);
                seeds.push(vec![
                    b'a', b',', 0xd6, 0xd0, b'\n', b'1', b',', 0x81, 0x30, 0x81, 0x30, b'\n',
                ]);
                seeds.push(gzip(b"a,b\n1,2\n"));
                seeds.push(vec![0xff, 0xfe, 0xff]);
                seeds
            }) as fn() -> Vec<Vec<u8>>,
        ),
        target("workbook", 8192, workbook, || {
            let sheet = concat!(
                r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#,
                r#"<row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c><c r="B1" t="inlineStr"><is><t>编号</t></is></c></row>"#,
                r#"<row r="2"><c r="A2"><v>1.5</v></c><c r="B2" t="b"><v>1</v></c></row></sheetData></worksheet>"#
            );
            seeds_of(&[sheet, "<worksheet><sheetData><row r=\"2\"/></sheetData></worksheet>", "<"])
        }),
        target("ods", 8192, ods, || {
            let sheet = concat!(
                r#"<office:document-content><office:body><office:spreadsheet><table:table table:name="a"><table:table-row>"#,
                r#"<table:table-cell office:value-type="string"><text:p>名称</text:p></table:table-cell>"#,
                r#"<table:table-cell table:number-columns-repeated="3"/></table:table-row>"#,
                r#"<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="1.5"/>"#,
                r#"</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#
            );
            seeds_of(&[sheet, "<office:document-content/>", "<"])
        }),
        target("json", 4096, json, || {
            seeds_of(&[
                "[{\"a\":1},{\"b\":[null,\"x\"]}]",
                "{\"rows\":{\"k\":{\"a\":true}}}",
                "[1",
                "{}",
            ])
        }),
        target("jsonl", 4096, jsonl, || {
            seeds_of(&["{\"a\":1}\n\n{\"b\":{\"c\":2}}\n", "{\"a\":1}{", "1\n"])
        }),
        target("mapping", 8192, mapping, || {
            seeds_of(&[
                include_str!("../../server/tests/maps/states.toml"),
                include_str!("../../maps/energystar-refrigerators.toml"),
                "title = 1\n[[record",
            ])
        }),
    ]
}

/// Reads bytes as a file of that name: the readers take files, because that is what they guess the format,
/// the encoding and the packing of. The same bytes give the same rows a second time.
fn read(extension: &str, bytes: &[u8], options: &Options) -> bool {
    let file = place(extension);
    std::fs::write(&file, bytes).expect("a place for the input");
    let rows = || {
        let mut rows = Vec::new();
        let mut cells = 0_usize;
        let facts = reader::read(&file, options, &|_| {}, &mut |row| {
            cells += match &row.data {
                Data::Cells(_, cells) => cells.len(),
                Data::Tree(..) => 1,
            };
            rows.push(row.number);
            Ok(())
        });
        (facts.map(|facts| (facts.columns, facts.rows)), rows, cells)
    };
    let (first, second) = (rows(), rows());
    assert_eq!(first, second, "read twice");
    if let Ok((_, count)) = &first.0 {
        assert_eq!(usize::try_from(*count), Ok(first.1.len()), "rows said and rows given");
        assert!(first.1.is_sorted_by(|a, b| a < b), "rows in order, each with a number of its own");
    }
    first.0.is_ok()
}

/// A file of this process and thread, in memory where there is such a place.
fn place(extension: &str) -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { memory } else { std::env::temp_dir() };
    let thread = format!("{:?}", std::thread::current().id());
    let thread: String = thread.chars().filter(char::is_ascii_digit).collect();
    folder.join(format!("liangbiao-fuzz-{}-{thread}.{extension}", std::process::id()))
}

fn csv(bytes: &[u8]) -> bool {
    let known = HeaderAt::Known(vec!["企业名称".to_owned(), "证书编号".to_owned()]);
    let _ = read("csv", bytes, &Options { header: known, ..Options::default() });
    let _ =
        read("csv", bytes, &Options { header: HeaderAt::None, trees: true, ..Options::default() });
    read("csv", bytes, &Options::default())
}

fn json(bytes: &[u8]) -> bool {
    let _ = read("json", bytes, &Options { pointer: "/rows".to_owned(), ..Options::default() });
    read("json", bytes, &Options::default())
}

fn jsonl(bytes: &[u8]) -> bool {
    read("jsonl", bytes, &Options::default())
}

/// The bytes are the sheet inside of a workbook that is otherwise right: bytes of an archive that were
/// changed would never get past its check sums. The first byte decides whether they are the archive itself.
fn workbook(bytes: &[u8]) -> bool {
    const TYPES: &[u8] = br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
    const BOOK: &[u8] = br#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    const RELATIONS: &[u8] = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    const PACKAGE: &[u8] = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let book = if bytes.first() == Some(&b'P') {
        bytes.to_vec()
    } else {
        zip(&[
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", PACKAGE),
            ("xl/workbook.xml", BOOK),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/worksheets/sheet1.xml", bytes),
        ])
    };
    let second = Options { sheet: Some(Sheet::Number(2)), ..Options::default() };
    let _ = read("xlsx", &book, &second);
    read("xlsx", &book, &Options::default())
}

/// The same of the content of an ODS file.
fn ods(bytes: &[u8]) -> bool {
    const MIME: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    const MANIFEST: &[u8] = b"<manifest:manifest/>";
    let book =
        zip(&[("mimetype", MIME), ("META-INF/manifest.xml", MANIFEST), ("content.xml", bytes)]);
    read("ods", &book, &Options::default())
}

/// A mapping file: what is refused is refused with lines that are there.
fn mapping(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    match map::parse(text) {
        Ok(map) => {
            let _ = (map.options(), map.asks_for_products(), map.columns());
            true
        }
        Err(errors) => {
            let lines = text.lines().count().max(1) + 1;
            assert!(!errors.is_empty(), "refused without a word");
            assert!(errors.iter().all(|error| (1..=lines).contains(&error.line)), "{errors:?}");
            false
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(bytes).expect("memory");
    writer.finish().expect("memory")
}

/// A ZIP archive of files that are stored as they are (PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16).
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let length = (bytes.len() as u32).to_le_bytes();
        // Version 2.0, no flags, stored, no time, check sum, both lengths, length of the name, no extra field.
        let mut common = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        common.extend(crc.sum().to_le_bytes());
        common.extend(length);
        common.extend(length);
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&common);
        // No comment, first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend((out.len() as u32).to_le_bytes());
        directory.extend(name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(*bytes);
    }
    let count = (files.len() as u16).to_le_bytes();
    let begins = (out.len() as u32).to_le_bytes();
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count);
    out.extend(count);
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(begins);
    out.extend([0, 0]);
    out
}
