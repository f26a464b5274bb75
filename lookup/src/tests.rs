use std::sync::LazyLock;

use proptest::prelude::*;
use search::catalogue::Catalogue;
use search::{Index, Labels, Row, Shelf};

use super::*;

/// Fields of a row by column name.
fn row(catalogue: Catalogue, key: &str, texts: &[(&str, &str)], status: &str) -> Row {
    let spec = search::spec(catalogue);
    let mut row = spec.blank_row();
    row.key = key.to_owned();
    for (name, text) in texts {
        row.texts[spec.text(name).expect("a column")] = (*text).to_owned();
    }
    row.facets[spec.facet("status").expect("a facet")] = vec![status.to_owned()];
    row
}

const FIRM: &str = "91440300708461136T";
const OTHER: &str = "91440606722473344C";

fn rows() -> Vec<(Catalogue, Vec<Row>)> {
    let firm = |key, name, former, short| {
        row(
            Catalogue::Enterprises,
            key,
            &[("name", name), ("former_names", former), ("short_name", short)],
            "active",
        )
    };
    vec![
        (
            Catalogue::Enterprises,
            vec![
                firm(FIRM, "示例（佛山）陶瓷有限公司", "示例瓷砖厂有限公司", "示例陶瓷"),
                firm(OTHER, "大和示例电器有限公司", "", ""),
                firm("91440300192317458F", "示例电器有限公司", "", ""),
            ],
        ),
        (
            Catalogue::Products,
            vec![
                row(
                    Catalogue::Products,
                    "p-0123456789ab",
                    &[
                        ("name", "陶瓷砖"),
                        ("brand", "示牌/SHIPAI"),
                        ("model", "SP-6001A"),
                        ("enterprise", "示例（佛山）陶瓷有限公司"),
                        ("gtin", "09521234543213"),
                    ],
                    "valid",
                ),
                row(
                    Catalogue::Products,
                    "p-0123456789ac",
                    &[
                        ("name", "变频空调"),
                        ("brand", "例冷"),
                        ("model", "35"),
                        ("enterprise", "大和示例电器有限公司"),
                    ],
                    "expired",
                ),
            ],
        ),
        (
            Catalogue::Standards,
            vec![row(
                Catalogue::Standards,
                "GB/T 4100-2015",
                &[("number", "GB/T 4100-2015"), ("title", "陶瓷砖")],
                "current",
            )],
        ),
    ]
}

/// The same catalogues as the server has them and as a browser has them.
fn both() -> &'static [Register; 2] {
    static BOTH: LazyLock<[Register; 2]> = LazyLock::new(made);
    &BOTH
}

fn made() -> [Register; 2] {
    let (mut server, mut browser) = (Register::new(), Register::new());
    for (catalogue, rows) in rows() {
        let spec = search::spec(catalogue);
        let index = Index::build(spec, rows.clone(), &Labels::new());
        let bytes = search::shelf::write(&index, 1).expect("a shelf");
        let shelf = Shelf::parse(&bytes).expect("a shelf");
        browser.add(Table::new(spec, shelf.rows(), Box::new(move |text| shelf.fold(text))));
        server.add(Table::new(spec, index.rows(), Box::new(search::fold::fold)));
    }
    [server, browser]
}

/// Grade, keys with what they were found by, remarks.
fn short(found: &Found) -> String {
    let hits: Vec<String> =
        found.hits.iter().map(|hit| format!("{}={}", hit.key, hit.why.name())).collect();
    let remarks: Vec<&str> = found.remarks.iter().map(|remark| remark.name()).collect();
    format!("{} [{}] {}{}", found.grade.name(), hits.join(" "), found.code, remarks.join(" "))
}

#[test]
fn a_number_is_certain_and_a_name_is_possible() {
    let [server, browser] = both();
    for (line, expected) in [
        (FIRM, "certain [91440300708461136T=uscc] "),
        ("9144 0300 7084 6113 6t", "certain [91440300708461136T=uscc] "),
        ("９１４４０３００７０８４６１１３６Ｔ", "certain [91440300708461136T=uscc] "),
        ("9521234543213", "certain [p-0123456789ab=gtin] "),
        ("p-0123456789AB", "certain [p-0123456789ab=key] "),
        ("GB/T 4100—2015《陶瓷砖》", "certain [GB/T 4100-2015=number] "),
        ("gbt4100-2015", "certain [GB/T 4100-2015=number] "),
        ("示例(佛山)陶瓷有限公司", "possible [91440300708461136T=name] "),
        ("示例（佛山）陶瓷有限公司 ", "possible [91440300708461136T=name] "),
        ("示例瓷磚廠有限公司", "possible [91440300708461136T=former_name] "),
        ("示例陶瓷", "possible [91440300708461136T=short_name] "),
        ("示牌 SP-6001A 瓷砖", "possible [p-0123456789ab=brand_model] "),
        ("sp6001a", "possible [p-0123456789ab=model] "),
        ("例冷 35", "possible [p-0123456789ac=brand_model] "),
        ("供应商：示例电器有限公司（总部）", "possible [91440300192317458F=name_inside] "),
        ("变频空调", "possible [p-0123456789ac=name] "),
        ("和示例电器有限", "possible [91440606722473344C=part_of_name] "),
        // Not to be found, or nothing to be found by.
        ("35", "none [] too_short"),
        ("甲乙丙丁有限公司", "none [] "),
        ("91350100M000100Y43", "none [] not_held"),
        ("91440300708461136X", "none [] check_digit"),
        ("9521234543214", "none [] check_digit"),
        ("44M3-QMX9-D2R4", "code [] 44M3QMX9D2R4"),
        ("https://example.org/q/44M3QMX9D2R4?size=large", "code [] 44M3QMX9D2R4"),
    ] {
        assert_eq!(short(&server.find(line)), expected, "{line}");
        assert_eq!(browser.find(line), server.find(line), "{line}");
    }
}

#[test]
fn the_name_of_a_longer_firm_is_not_that_of_a_shorter_one() {
    let [server, _] = both();
    assert_eq!(short(&server.find("大和示例电器有限公司")), "possible [91440606722473344C=name] ");
}

#[test]
fn a_line_of_a_sheet_is_read_cell_by_cell() {
    let [server, browser] = both();
    for (line, expected) in [
        ("1\t示例（佛山）陶瓷有限公司\t91440300708461136T", "certain [91440300708461136T=uscc] "),
        ("\"陶瓷砖, 600×600\",示牌,SP-6001A", "possible [p-0123456789ab=brand_model] "),
        // The code is one firm's, the name another's.
        (
            "大和示例电器有限公司,91440300708461136T",
            "possible [91440300708461136T=uscc 91440606722473344C=name] contradiction",
        ),
        // The code is nobody's here, the name is somebody's.
        (
            "大和示例电器有限公司,91350100M000100Y43",
            "possible [91440606722473344C=name] not_held contradiction",
        ),
    ] {
        assert_eq!(short(&server.find(line)), expected, "{line}");
        assert_eq!(browser.find(line), server.find(line), "{line}");
    }
}

#[test]
fn a_csv_of_the_result_runs_no_formula_and_loses_no_line() {
    let [server, _] = both();
    let found = server.find("=HYPERLINK(\"http://example.org\"),示例陶瓷");
    assert_eq!(
        csv_row(3, &found),
        "3,\"'=HYPERLINK(\"\"http://example.org\"\"),示例陶瓷\",possible,short_name,enterprises,\
         91440300708461136T,示例（佛山）陶瓷有限公司,active,,,0\r\n"
    );
    let none = server.find("甲乙丙丁有限公司");
    assert_eq!(csv_row(4, &none), "4,甲乙丙丁有限公司,none,,,,,,,,0\r\n");
    assert_eq!(HEAD.matches(',').count(), csv_row(4, &none).matches(',').count());
}

#[test]
fn lines_keep_their_numbers() {
    let text = "\u{feff}甲\r\n\r\n  \n乙\n";
    assert_eq!(lines(text).collect::<Vec<_>>(), [(1, "甲"), (4, "乙")]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn no_line_is_certain_without_a_number_and_both_sides_agree(
        line in "[\\PC\\t,]{0,40}|[0-9A-HJ-NPQRTUWXY]{8,18}|(示例|大和|电器|陶瓷|有限公司|，|SP-6001A|91440300708461136T){0,5}"
    ) {
        let [server, browser] = both();
        let found = server.find(&line);
        prop_assert_eq!(&browser.find(&line), &found);
        prop_assert_eq!(
            found.grade == Grade::Certain,
            found.hits.iter().any(|hit| hit.why.certain())
                && !found.remarks.contains(&Remark::Contradiction)
        );
        prop_assert!(found.hits.len() <= HITS_MAX);
    }
}
