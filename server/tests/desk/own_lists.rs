//! Lists under our own headers: from a blank one that the desk gives out to what readers see.

use register::{Draft, Kind, ReasonCode, SourceRef};
use serde_json::json;
use server::import::template;
use server::office::Role;
use server::store::{At, Log as _, Reader, Register};

use super::drafts::{approve, log_size};
use super::support::{Got, World};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The form as somebody fills it in, with these fields instead.
fn form<'a>(instead: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("map", "own/recall"),
        ("publisher", "示例省市场监督管理局"),
        ("title", "示例召回（第三批）"),
        ("url", "https://example.com/3"),
        ("licence", ""),
    ];
    for (name, value) in instead {
        fields.iter_mut().filter(|(known, _)| known == name).for_each(|field| field.1 = value);
    }
    fields
}

fn drafts(world: &World) -> usize {
    world.office().file().drafts(10).expect("read").len()
}

/// Whether the register holds made-up data only.
async fn filled_in(sample: bool) {
    let world = World::new();
    if sample {
        let body = json!({
            "publisher": "示例局", "title": "示例公告", "retrieved_on": "2026-06-02",
            "file_hash": "0".repeat(64), "licence": "示例数据", "sample": true,
            "coverage": { "complete": "unknown" },
        });
        let source = Draft {
            valid_from: "2026-06-01".parse().expect("a day"),
            kind: Kind::Source,
            key: "made-up".to_owned(),
            reason: ReasonCode::Listed.into(),
            source: SourceRef { id: "made-up".to_owned(), locator: Default::default() },
            body: body.as_object().cloned().expect("an object"),
        };
        let register = Register::open(&world.register).expect("a register");
        register.append(&mut std::iter::once(source)).expect("appended");
    }
    let before = log_size(&world);
    let mut drafter = world.person("王芳", &[Role::Drafter]).await;
    let mut approver = world.person("李明", &[Role::Approver]).await;
    let list = template::csv(Kind::Recall)
        + &template::csv(Kind::Recall).lines().nth(1).expect("a row").replace("示召", "示召X");
    let got = drafter.send_list(&form(&[]), "名单.csv", list.as_bytes()).await;
    assert_eq!(got.status, 303, "{}", got.text);
    let path = got.header("location").to_owned();
    let page = drafter.done(&path).await.text;
    for word in ["召回 · 名单.csv", "示召X2024-001", "新增 3", "第 2 行", "W13", "提交审核"]
    {
        assert!(page.contains(word), "{word}: {page}");
    }
    assert_eq!(log_size(&world), before, "nothing is public yet");
    assert_eq!(drafter.send(&format!("{path}/submit"), &[]).await.status, 303);
    assert_eq!(approve(&mut approver, "李明", &path, "").await.status, 303);
    let page = approver.done(&path).await.text;
    assert!(page.contains("已发布：3 条。"), "{page}");
    let reader = Reader::open(&world.register).expect("a register");
    let known = log_size(&world);
    let today = "2026-11-22".parse().expect("a day");
    let at = At { as_of: today, known };
    let entries = reader.entries(before, 10).expect("read");
    let source = entries.iter().find(|one| one.kind == Kind::Source).expect("a source");
    let body = serde_json::Value::Object(source.body.clone());
    let said = ["publisher", "title", "url", "licence", "sample"].map(|name| body[name].clone());
    let expected = [
        json!("示例省市场监督管理局"),
        json!("示例召回（第三批）"),
        json!("https://example.com/3"),
        json!("来源未载明"),
        json!(sample),
    ];
    assert_eq!(said, expected);
    let recalls: Vec<_> = entries.iter().filter(|one| one.kind == Kind::Recall).collect();
    assert_eq!(recalls.len(), 2);
    for recall in recalls {
        assert_eq!(recall.source.id, source.key);
        assert!(reader.record(Kind::Recall, &recall.key, at).expect("read").is_some());
    }
}

#[tokio::test]
async fn a_blank_list_that_is_filled_in_needs_no_mapping() {
    filled_in(false).await;
}

#[tokio::test]
async fn what_is_tried_out_in_a_made_up_register_is_made_up() {
    filled_in(true).await;
}

#[tokio::test]
async fn a_source_that_is_not_said_or_said_wrongly_is_asked_for_again() {
    let world = World::new();
    let mut drafter = world.person("王芳", &[Role::Drafter]).await;
    let list = template::csv(Kind::Recall);
    let long = "长".repeat(501);
    for (instead, alert) in [
        ([("publisher", " ")], "请写明谁公布了这份名单。"),
        ([("url", "example.com/3")], "网址要以 https:// 或 http:// 开头。"),
        ([("url", "javascript:alert(1)")], "网址要以 https:// 或 http:// 开头。"),
        ([("title", &long)], "太长：最多 500 个字。"),
        // A key holder approves codes, one by one: no list of them goes past that.
        ([("map", "own/code")], "请选一种名单。"),
        ([("map", "own/source")], "请选一种名单。"),
        ([("map", "own/nothing")], "请选一种名单。"),
        ([("map", "recall")], "请选一种名单。"),
    ] {
        let got = drafter.send_list(&form(&instead), "名单.csv", list.as_bytes()).await;
        assert_eq!(got.status, 422, "{instead:?}");
        assert!(got.text.contains(alert), "{instead:?}: {}", got.text);
        assert_eq!(drafts(&world), 0, "{instead:?}");
        // What was typed is still there.
        if instead[0].0 != "title" {
            assert!(got.text.contains("value=\"示例召回（第三批）\""), "{}", got.text);
        }
    }
    let got = drafter.send_list(&form(&[("url", "")]), "名单.csv", b"").await;
    assert_eq!(got.status, 422);
    assert!(got.text.contains("value=\"own/recall\" selected"), "{}", got.text);
}

#[tokio::test]
async fn a_list_whose_headers_are_wrong_says_which_and_cannot_be_submitted() {
    let world = World::new();
    let mut drafter = world.person("王芳", &[Role::Drafter]).await;
    let got =
        drafter.send_list(&form(&[]), "名单.csv", "产品名称,备注\n冰箱,无\n".as_bytes()).await;
    let path = got.header("location").to_owned();
    let page = drafter.done(&path).await.text;
    assert!(page.contains("不能发布") && page.contains("E01"), "{page}");
    assert_eq!(drafter.send(&format!("{path}/submit"), &[]).await.status, 422);
}

#[tokio::test]
async fn blank_lists_are_given_out_and_taken_back_as_they_are() {
    let world = World::new();
    let mut drafter = world.person("王芳", &[Role::Drafter]).await;
    let page = drafter.get("/new").await.text;
    assert!(page.contains("value=\"示例市市场监督管理局\""), "the office publishes: {page}");
    for kind in template::kinds().filter(|kind| *kind != Kind::Code) {
        let name = format!("{}.xlsx", kind.name());
        assert!(page.contains(&format!("href=\"/blank/{name}\"")), "{name}: {page}");
        let Got { status, bytes, .. } = {
            let got = drafter.get(&format!("/blank/{name}")).await;
            assert_eq!(got.header("content-type"), XLSX, "{name}");
            assert_eq!(
                got.header("content-disposition"),
                format!("attachment; filename=\"{name}\"")
            );
            got
        };
        assert_eq!(status, 200);
        let fields = form(&[]);
        let own = format!("own/{}", kind.name());
        let fields: Vec<_> = fields
            .into_iter()
            .map(|(field, value)| (field, if field == "map" { own.as_str() } else { value }))
            .collect();
        let got = drafter.send_list(&fields, &name, &bytes).await;
        assert_eq!(got.status, 303, "{name}: {}", got.text);
        let page = drafter.done(got.header("location")).await.text;
        assert!(!page.contains("不能发布"), "{name}: {page}");
    }
    for name in ["code.xlsx", "source.xlsx", "nothing.xlsx", "recall", "recall.csv"] {
        assert_eq!(drafter.get(&format!("/blank/{name}")).await.status, 404, "{name}");
    }
}
