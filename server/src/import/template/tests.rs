use super::*;
use crate::import::pipeline::{self, Progress, Request};
use register::lang::Lang;
use register::message::Code;

struct Silent;

impl Progress for Silent {
    fn reading(&self, _: &str, _: u64, _: u64) {}
    fn checking(&self, _: u64, _: u64) {}
    fn writing(&self, _: u64, _: u64) {}
}

fn import(ask: &Ask, files: &[(&str, &[u8])]) -> Result<crate::import::report::Report, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut plan = Vec::new();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        let map = map_for(ask, &path).map_err(|e| format!("{e:?}"))?;
        plan.push((path, std::sync::Arc::new(map)));
    }
    let request = Request {
        register: folder.path().join("r.db").into(),
        files: plan,
        dry_run: false,
        reject_limit: None,
    };
    pipeline::run(&request, &Silent).map_err(|e| format!("{e:?}"))
}

fn ask(kind: Kind) -> Ask {
    Ask {
        kind: kind.name().to_owned(),
        publisher: Some("示例机关".into()),
        sample: true,
        ..Ask::default()
    }
}

fn faults(report: &crate::import::report::Report) -> Vec<String> {
    report
        .rejections
        .iter()
        .map(|f| format!("{}: {} = {:?}", f.message, f.message.column, f.message.value))
        .collect()
}

#[test]
fn the_example_row_of_every_blank_list_can_be_imported() {
    let mut wrong = Vec::new();
    for kind in kinds() {
        // Lists of evaluations and the like speak of a firm another list has brought.
        let firm = ask(Kind::Enterprise);
        let folder = tempfile::tempdir().expect("a folder");
        let mut files = Vec::new();
        for (of, name, bytes) in [
            (&firm, "firm.xlsx", xlsx(Kind::Enterprise).expect("a workbook")),
            (&ask(kind), "list.xlsx", xlsx(kind).expect("a workbook")),
            (&ask(kind), "list.csv", csv(kind).into_bytes()),
        ] {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).expect("a file");
            match map_for(of, &path) {
                Ok(map) => files.push((path, std::sync::Arc::new(map))),
                Err(error) => wrong.push(format!("{kind:?} {name}: {error:?}")),
            }
        }
        let register = folder.path().join("r.db").into();
        let request = Request { register, files, dry_run: false, reject_limit: None };
        match pipeline::run(&request, &Silent) {
            Ok(report) if report.rejected() == 0 && report.accepted() == 3 && report.written => {
                let left_in = report.remark_counts.iter().find(|(code, _)| *code == Code::W13);
                if left_in.map(|(_, count)| *count) != Some(3) {
                    wrong.push(format!("{kind:?}: {:?}", report.remark_counts));
                }
            }
            Ok(report) => wrong.push(format!("{kind:?}: {:?}", faults(&report))),
            Err(stop) => wrong.push(format!("{kind:?}: {stop:?}")),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_example_row_left_in_is_remarked_on_and_no_other() {
    let row = |cells: &str| {
        format!("序号,统一社会信用代码,企业名称,所在地,登记状态,企业类型\n1,{cells}\n").into_bytes()
    };
    let all = columns(Kind::Enterprise);
    let example = |head: &str| {
        all.iter().find(|c| c.heads.contains(&head)).map(|c| c.example.clone()).expect(head)
    };
    let heads = ["统一社会信用代码", "企业名称", "所在地", "登记状态", "企业类型"];
    let left_in = heads.map(example);
    let mut own = left_in.clone();
    own[1] = "示例电器（佛山）有限公司".to_owned();
    let mut emptied = left_in.clone();
    emptied[4].clear();
    // Columns in another order, some left out, one of their own, and spaces an office program leaves.
    for (cells, remarked) in [
        (left_in.join(","), 1),
        (left_in.join(" , "), 1),
        (own.join(","), 0),
        (emptied.join(","), 0),
    ] {
        let report = import(&ask(Kind::Enterprise), &[("t.csv", &row(&cells))]).expect("a report");
        assert_eq!(report.accepted(), 1, "{cells}");
        let found = report.remarks.iter().filter(|f| f.message.code == Code::W13);
        assert_eq!(
            found.count(),
            remarked,
            "{cells}: {:?} {:?}",
            report.remark_counts,
            faults(&report)
        );
        // It is of the whole row: no column is named, and no place for one is left.
        for (lang, sentence) in [
            (Lang::ZhHans, "第2行：与空白表的示例行完全相同"),
            (Lang::ZhHant, "第2行：與空白表的示例行完全相同"),
            (Lang::En, "row 2: The same as the example row"),
        ] {
            let text = report.text(lang, false);
            assert_eq!(text.contains(sentence), remarked == 1, "{text}");
        }
    }
}

#[test]
fn the_official_inspection_table_is_taken_as_it_is_published() {
    let table = "附件：不合格产品信息,,,,,,,,,,,,,,,,\n\
        抽样编号,序号,标称生产企业名称,标称生产企业地址,被抽样单位名称,所在省份,食品名称,规格型号,商标,生产日期/批号,不合格项目║检验结果║标准值,分类,公告号,公告日期,任务来源/项目名称,检验机构,备注\n\
        A1,1,示例食品厂,/,示例超市,广东,示例糕点,/,—,2024/3/5,\"甲║1.2║≤1.0；乙║检出║不得检出\",糕点,2024年第1期,2024.6.1,广东/省抽,示例检测中心,/\n\
        A2,2,示例食品厂,/,示例超市,广东,示例糕点,100g,—,B2403,,糕点,2024年第1期,2024.6.1,广东/省抽,示例检测中心,/\n\
        A3,3,示例食品厂,/,示例超市,广东,示例糕点,100g,—,B2403,甲║1.2,糕点,2024年第1期,2024.6.1,广东/省抽,示例检测中心,/\n";
    let mut ask = ask(Kind::Inspection);
    ask.set = vec!["公告机关=示例市场监管局".into()];
    let report = import(&ask, &[("t.csv", table.as_bytes())]).expect("a report");
    assert_eq!(
        (report.rows(), report.accepted(), report.rejected()),
        (3, 2, 1),
        "{:?}",
        faults(&report)
    );
    let fault = &report.rejections[0];
    assert_eq!((fault.row, fault.message.code.name()), (5, "E21"));
}

#[test]
fn a_missing_column_and_personal_data_refuse_the_whole_list() {
    let missing = import(&ask(Kind::Enterprise), &[("t.csv", "企业名称,简称\n甲,乙\n".as_bytes())]);
    assert!(missing.expect_err("E01").contains("E01"));
    let personal =
        "企业名称,统一社会信用代码,所在地,法定代表人身份证号\n示例,91350100M000100Y43,440606,1\n";
    let personal = import(&ask(Kind::Enterprise), &[("t.csv", personal.as_bytes())]);
    assert!(personal.expect_err("E24").contains("E24"));
}

#[test]
fn every_error_of_a_row_is_told_in_the_order_of_the_codes() {
    let list = "企业名称,统一社会信用代码,获证(认定)日期,名录名称,证书编号,有效期至,状态\n\
        示例电器有限公司,91350100M000100Y4Z,2023-06-30,佛山标准产品,A1,2022-01-01,好\n\
        示例电器有限公司,91350100M000100Y43,31/12/2023,佛山标准产品,A2,,有效\n\
        示例电器有限公司,91350100M000100Y43,2023-06-30,佛山标准产品,A3,2099-01-01,有效\n\
        示例电器有限公司,91350100M000100Y43,2023-06-30,佛山标准产品,A3,2098-01-01,有效\n\
        示例电器有限公司,91350100M000100Y43,2023-06-30,没有的名录,A4,2099-01-01,有效\n";
    let report = import(&ask(Kind::Listing), &[("t.csv", list.as_bytes())]).expect("a report");
    let seen: Vec<(u64, &str)> =
        report.rejections.iter().map(|f| (f.row, f.message.code.name())).collect();
    assert_eq!(report.accepted(), 1, "{seen:?}");
    assert!(
        seen.contains(&(3, "E09")) && seen.contains(&(5, "E15")) && seen.contains(&(6, "E14")),
        "{seen:?}"
    );
    let first: Vec<&str> =
        seen.iter().filter(|(row, _)| *row == 2).map(|(_, code)| *code).collect();
    assert!(first.contains(&"E04"), "{first:?}");
    assert!(first.is_sorted(), "{first:?}");
}

/// Imports lists one after another into one register; the codes of each one's rejections and remarks.
fn in_turn(kind: Kind, lists: &[&str]) -> Vec<(u64, Vec<&'static str>, Vec<&'static str>)> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut out = Vec::new();
    for (list, i) in lists.iter().zip(0..) {
        let path = folder.path().join(format!("{i}.csv"));
        std::fs::write(&path, list).expect("a file");
        let map = map_for(&ask(kind), &path).expect("a mapping");
        let request = Request {
            register: folder.path().join("r.db").into(),
            files: vec![(path, std::sync::Arc::new(map))],
            dry_run: false,
            reject_limit: None,
        };
        let report = pipeline::run(&request, &Silent).expect("a report");
        let codes = report.rejections.iter().map(|f| f.message.code.name()).collect();
        let remarks = report.remark_counts.iter().map(|(c, _)| c.name()).collect();
        out.push((report.accepted(), codes, remarks));
    }
    out
}

#[test]
fn a_status_moves_only_as_the_domain_allows() {
    let head = "企业名称,统一社会信用代码,获证日期,名录名称,证书编号,状态,退出原因,文号,决定日期";
    let firm = "示例电器有限公司,91350100M000100Y43,2023-06-30,foshan-standard,A1";
    let list = |end: &str| format!("{head}\n{firm},{end}\n");
    let lists = [
        list("有效,,,"),
        list("暂停,,,"),
        list("暂停,抽查不合格,示例〔2024〕1号,2024-01-01"),
        list("撤销,抽查不合格,示例〔2024〕2号,2024-03-01"),
        list("暂停,抽查不合格,示例〔2024〕3号,2024-05-01"),
    ];
    let seen = in_turn(Kind::Listing, &lists.each_ref().map(String::as_str));
    let codes: Vec<&[&str]> = seen.iter().map(|(_, codes, _)| codes.as_slice()).collect();
    assert_eq!(codes, [&[][..], &["E13"], &[], &[], &["E12"]], "{seen:?}");
}

#[test]
fn a_firm_under_another_name_is_told_and_not_renamed() {
    let head = "企业名称,统一社会信用代码,获证日期,名录名称,证书编号";
    let row = |name: &str, number: &str| {
        format!("{head}\n{name},91350100M000100Y43,2023-06-30,foshan-standard,{number}\n")
    };
    let lists =
        [row("示例电器有限公司", "A1"), row("别的名字", "A2"), row("示例电器有限公司", "A1")];
    let seen = in_turn(Kind::Listing, &lists.each_ref().map(String::as_str));
    assert!(seen[1].2.contains(&"W02"), "{seen:?}");
    assert_eq!((seen[2].0, &seen[2].2), (1, &vec!["W04"]), "known already: {seen:?}");
}

#[test]
fn a_product_without_a_brand_is_found_by_holder_and_model_or_refused() {
    let list = "产品名称,规格型号,统一社会信用代码,评价日期,评价机构,标准水平,质量稳定,科技创新,效益提升,评价结论,名录名称\n\
        家用电冰箱,SL-404,91350100M000100Y43,2023-06-15,示例评价中心,92,90,85,88,通过,foshan-standard\n";
    let seen = in_turn(Kind::Evaluation, &[list]);
    assert_eq!((seen[0].0, seen[0].1.as_slice()), (0, &["E14"][..]), "{seen:?}");
}
