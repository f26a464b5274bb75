//! Rows that must not get in as they are: each is refused with its file, row, column and value, and with
//! what was expected, in three languages.

use std::process::Command;

use serde_json::Value;

const RESTRICTION: &str =
    "名单类型,企业名称,统一社会信用代码,列入事由,列入依据,列入日期,列入机关,公示截止期";
const PENALTY: &str = "行政处罚决定书文号,当事人名称,统一社会信用代码,违法事实,处罚依据,处罚内容,处罚机关,处罚决定日期,公示截止期,处罚类别,状态";
const LISTING: &str =
    "名录名称,企业名称,统一社会信用代码,获证（认定）日期,证书编号,产品名称,规格型号,发证机构,状态";
const ENTERPRISE: &str = "企业名称,统一社会信用代码,所在地,登记状态";

/// Imports a list of one kind; gives the report and what was said.
fn import(kind: &str, list: &str) -> (Value, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("list.csv"), list).expect("a list");
    let output = Command::new(env!("CARGO_BIN_EXE_liangbiao"))
        .current_dir(folder.path())
        .env_remove("LIANGBIAO_REGISTER")
        .args(["import", "--kind", kind, "list.csv", "--source", "示例机关"])
        .args(["--register", "r.db", "--report", "report.json"])
        .output()
        .expect("the command");
    let report = std::fs::read_to_string(at("report.json")).expect("a report");
    (
        serde_json::from_str(&report).expect("JSON"),
        String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr),
    )
}

/// The list has one fault: this code, in this row and column, with this value.
fn refused(kind: &str, list: &str, fault: (&str, u64, &str, &str)) -> (Value, String) {
    let (report, said) = import(kind, list);
    let found = report["rejections"].as_array().expect("rejections");
    assert_eq!(found.len(), 1, "{report:#}");
    let one = &found[0];
    let (code, row, column, value) = fault;
    assert_eq!(one["file"], "list.csv");
    assert_eq!((&one["code"], &one["row"]), (&Value::from(code), &Value::from(row)), "{one:#}");
    assert_eq!((&one["column"], &one["value"]), (&Value::from(column), &Value::from(value)));
    for language in ["zh-Hans", "zh-Hant", "en"] {
        assert!(one["expected"][language].as_str().is_some_and(|text| !text.is_empty()), "{one:#}");
    }
    assert!(said.contains(&format!("list.csv 第{row}行，{column}")), "{said}");
    (report, said)
}

#[test]
fn a_restriction_without_a_legal_basis_is_refused() {
    let list = format!(
        "{RESTRICTION}\n经营异常名录,示例电器有限公司,91350100M000100Y43,未按期公示,,2024-07-10,示例市场监管局,2099-07-10\n"
    );
    refused("restriction", &list, ("E02", 2, "列入依据", ""));
}

#[test]
fn a_restriction_without_an_end_is_refused() {
    let list = format!(
        "{RESTRICTION}\n经营异常名录,示例电器有限公司,91350100M000100Y43,未按期公示,企业信息公示暂行条例 第17条,2024-07-10,示例市场监管局,\n"
    );
    refused("restriction", &list, ("E20", 2, "公示截止期", ""));
    let before = list.replace("局,\n", "局,2024-07-10\n");
    refused("restriction", &before, ("E20", 2, "公示截止期", "2024-07-10"));
}

#[test]
fn a_penalty_that_prints_a_persons_number_is_refused_and_the_number_is_not_repeated() {
    // The example of GB 11643-1999 itself.
    let number = "11010519491231002X";
    let list = format!(
        "{PENALTY}\n示罚〔2024〕1号,示例人甲（{number}）,,生产不合格产品,产品质量法 第49条,罚款2万元,示例市场监管局,2024-05-10,2099-05-10,罚款,生效\n"
    );
    let (report, said) = refused("penalty", &list, ("E24", 2, "当事人名称", "110105********002X"));
    assert!(!report.to_string().contains(number) && !said.contains(number), "{said}");
    assert_eq!(report["written"], false);
}

#[test]
fn an_award_outside_the_years_of_its_scheme_is_refused() {
    let list = |day: &str| {
        format!(
            "{LISTING}\nfoshan-standard,示例电器有限公司,91350100M000100Y43,{day},FSB-2019-0012,家用电冰箱,SL-100A,示例评价机构,有效\n"
        )
    };
    refused("listing", &list("2019-06-30"), ("E25", 2, "获证（认定）日期", "2019-06-30"));
    let (within, _) = import("listing", &list("2023-06-30"));
    assert_eq!(within["rejections"].as_array().map(Vec::len), Some(0), "{within:#}");
}

#[test]
fn two_firms_under_one_credit_code_are_a_conflict_for_a_person_to_settle() {
    let list = format!(
        "{ENTERPRISE}\n示例电器有限公司,91350100M000100Y43,440606,存续\n他例电器有限公司,91350100M000100Y43,440606,存续\n"
    );
    let (report, said) = refused("enterprise", &list, ("E15", 3, "编号", "91350100M000100Y43"));
    assert_eq!(report["rows"]["new"], 1, "the first row stands");
    assert!(said.contains("第2行"), "which row it differs from: {said}");
}

#[test]
fn a_penalty_on_a_natural_person_is_refused_and_says_what_to_do() {
    let list = |name: &str, code: &str| {
        format!(
            "{PENALTY}\n示罚〔2024〕1号,{name},{code},生产不合格产品,产品质量法 第49条,罚款2万元,示例市场监管局,2024-05-10,2099-05-10,罚款,生效\n"
        )
    };
    for name in ["示例人", "示例人甲", "示例·阿依", "示例人等", "示例小吃店（经营者：示例人）"]
    {
        let (report, said) = refused("penalty", &list(name, ""), ("E28", 2, "当事人名称", name));
        assert_eq!(report["written"], false, "nothing of it is in a register");
        assert!(said.contains("补填该单位的名称和代码，或者删去该行"), "{said}");
    }
    // With a code it is a sole trader or a firm; without, a name with a word of a firm stays as it was.
    for (name, code) in [
        ("示例人甲", "91350100M000100Y43"),
        ("示例小吃店", ""),
        ("老示包子铺", ""),
        ("示例经营部", ""),
        ("示例當事人電器廠", ""),
    ] {
        let (report, said) = import("penalty", &list(name, code));
        assert_eq!(report["rejections"].as_array().map(Vec::len), Some(0), "{name}: {said}");
        assert_eq!(report["written"], true, "{name}: {said}");
    }
}
