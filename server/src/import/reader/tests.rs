use std::io::Write;

use super::*;

fn read_bytes(name: &str, bytes: &[u8], options: &Options) -> Result<Vec<Row>, ReadError> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join(name);
    std::fs::write(&file, bytes).expect("a file");
    let mut rows = Vec::new();
    read(&file, options, &|_| (), &mut |row| {
        rows.push(row);
        Ok(())
    })?;
    Ok(rows)
}

fn cell(row: &Row, column: &str) -> String {
    row.get(&TreePath::parse(column))
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default()
}

#[test]
fn row_numbers_are_those_of_an_office_program() {
    let text = "a,b\r\n1,\"two\nlines\"\r\n\r\n3,\"say \"\"x\"\"\"\n4,y";
    let rows = read_bytes("t.csv", text.as_bytes(), &Options::default()).expect("rows");
    let seen: Vec<_> = rows.iter().map(|r| (r.number, cell(r, "a"), cell(r, "b"))).collect();
    let want = [(2, "1", "two\nlines"), (4, "3", "say \"x\""), (5, "4", "y")];
    assert_eq!(seen, want.map(|(n, a, b)| (n, a.to_owned(), b.to_owned())));
}

#[test]
fn every_encoding_of_the_office_reads_the_same() {
    let text = "企业名称,状态\n示例电器有限公司,有效\n";
    let (gbk, _, _) = encoding_rs::GB18030.encode(text);
    let bom = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for bytes in [text.as_bytes(), &bom, &gbk] {
        let rows = read_bytes("t.csv", bytes, &Options::default()).expect("rows");
        assert_eq!(cell(&rows[0], " 企业名称 "), "示例电器有限公司");
    }
}

#[test]
fn a_byte_that_is_neither_utf8_nor_gb18030_is_named_by_its_position() {
    let mut bytes = "a,b\n1,".as_bytes().to_vec();
    bytes.extend([0xff, b'\n']);
    let error = read_bytes("t.csv", &bytes, &Options::default()).expect_err("E22");
    assert_eq!(error.code, Some("E22"));
    assert!(error.en.contains("byte 7"), "{}", error.en);
    let utf16 = [0xff, 0xfe, b'a', 0];
    assert!(
        read_bytes("t.csv", &utf16, &Options::default()).expect_err("E22").en.contains("UTF-16")
    );
}

#[test]
fn damaged_utf8_is_not_taken_for_gb18030() {
    let mut bytes = "企业名称,状态,说明\n示例电器有限公司,有效,".as_bytes().to_vec();
    let good = bytes.len();
    // The last byte of a character is missing: as GB 18030 all of this could be read, as nonsense.
    bytes.extend("器".as_bytes().split_last().map(|(_, rest)| rest).unwrap_or_default());
    bytes.extend(b"\n");
    let error = read_bytes("t.csv", &bytes, &Options::default()).expect_err("E22");
    assert_eq!(error.code, Some("E22"));
    assert!(error.en.contains(&format!("byte {}", good + 1)), "{}", error.en);
}

#[test]
fn separators_are_found_and_full_width_headers_match() {
    let rows =
        read_bytes("t.csv", "获证（认定）日期;x\n2023;1,5\n".as_bytes(), &Options::default());
    let rows = rows.expect("rows");
    assert_eq!(cell(&rows[0], "获证(认定)日期"), "2023");
    assert_eq!(cell(&rows[0], "x"), "1,5");
    let rows = read_bytes("t.tsv", b"a\tb\n1\t2\n", &Options::default()).expect("rows");
    assert_eq!(cell(&rows[0], "b"), "2");
}

#[test]
fn an_open_quote_refuses_the_file_instead_of_swallowing_it() {
    let error =
        read_bytes("t.csv", b"a\n1\n\"2\n3\n", &Options::default()).expect_err("open quote");
    assert!(error.en.contains("row 3"), "{}", error.en);
}

#[test]
fn a_title_above_the_header_is_looked_over() {
    let options = Options {
        header: HeaderAt::Known(vec!["企业名称".into(), "状态".into()]),
        ..Options::default()
    };
    let text = "示例名录,\n,\n企业名称,状态\n甲,有效\n";
    let rows = read_bytes("t.csv", text.as_bytes(), &options).expect("rows");
    assert_eq!((rows[0].number, cell(&rows[0], "状态")), (4, "有效".to_owned()));
}

#[test]
fn gz_is_looked_through() {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(b"{\"a\":{\"b\":[{\"c\":\"x\"}]}}\n\n{\"a\":null}\n").expect("written");
    let rows = read_bytes("t.jsonl.gz", &gz.finish().expect("gz"), &Options::default());
    let rows = rows.expect("rows");
    assert_eq!(cell(&rows[0], "a.b[0].c"), "x");
    assert_eq!(rows[1].number, 3);
    assert_eq!(rows[1].get(&TreePath::parse("a")), None, "null is no value");
}

#[test]
fn rows_of_a_document_may_be_members_of_an_object() {
    let options = Options { pointer: "/rows".into(), ..Options::default() };
    let rows =
        read_bytes("t.json", r#"{"rows":{"北京":{"c":1},"上海":{"c":2}}}"#.as_bytes(), &options);
    let rows = rows.expect("rows");
    assert_eq!(cell(&rows[0], "$key"), "上海");
    assert!(read_bytes("t.json", b"{}", &options).is_err());
    assert!(read_bytes("t.json", b"{\"rows\":", &options).is_err());
}

#[test]
fn typed_cells_of_a_workbook_read_as_typed_by_hand() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("t.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    sheet.write(1, 1, "条码").expect("cell");
    sheet.write(1, 2, "日期").expect("cell");
    sheet.write(2, 1, 6_921_168_509_256_f64).expect("cell");
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2023, 10, 12).expect("a date");
    sheet.write_with_format(2, 2, &day, &date).expect("cell");
    sheet.write(4, 1, 0.35).expect("cell");
    book.add_worksheet().set_name("说明").expect("name");
    book.save(&file).expect("saved");
    let options = Options { header: HeaderAt::Row(2), ..Options::default() };
    let mut rows = Vec::new();
    let facts = read(&file, &options, &|_| (), &mut |row| {
        rows.push(row);
        Ok(())
    });
    assert_eq!(facts.expect("read").sheet.as_deref(), Some("Sheet1"));
    assert_eq!((rows[0].number, cell(&rows[0], "条码")), (3, "6921168509256".into()));
    assert_eq!(cell(&rows[0], "日期"), "2023-10-12");
    assert_eq!((rows[1].number, cell(&rows[1], "条码")), (5, "0.35".into()));
    let missing = Options { sheet: Some(Sheet::Name("没有".into())), ..options };
    assert!(read(&file, &missing, &|_| (), &mut |_| Ok(())).is_err());
}
