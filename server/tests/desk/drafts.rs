//! Lists, corrections and codes from the form to the log, and everything that must not get there.

use std::sync::Arc;

use register::{Draft, Kind, ReasonCode, SourceRef};
use serde_json::json;
use server::office::publishing::{Summary, folder};
use server::office::web::{Desk, Settings};
use server::office::{Office, Role};
use server::store::{At, DraftPlace, DraftRow, Log as _, Reader, Register};
use server::web::assets::Assets;

use super::support::{Browser, PASSWORD, World};

const HEAD: &str = "编号,产品,日期,状态\n";

/// A list of recalls with these numbers and this status.
fn list(numbers: std::ops::Range<u32>, status: &str) -> String {
    let rows = numbers.map(|n| format!("A{n},示例冰箱{n},2024-01-31,{status}\n"));
    HEAD.to_owned() + &rows.collect::<String>()
}

pub(super) fn log_size(world: &World) -> u64 {
    Reader::open(&world.register).expect("a register").log_size().expect("read")
}

fn row(world: &World, path: &str) -> DraftRow {
    let id = path.rsplit('/').next().expect("an id");
    world.office().file().draft(id).expect("read").expect("there")
}

/// Sends a list; the path of its draft.
async fn sent(browser: &mut Browser<'_>, text: &str) -> String {
    let got = browser.send_file("recalls", "名单.csv", text.as_bytes()).await;
    assert_eq!(got.status, 303, "{}", got.text);
    let path = got.header("location").to_owned();
    browser.done(&path).await;
    path
}

/// The fields of the form of approval, with the code of now.
pub(super) async fn approve(
    browser: &mut Browser<'_>,
    name: &str,
    path: &str,
    exits: &str,
) -> super::support::Got {
    let page = browser.done(path).await.text;
    let print = page.split("name=\"fingerprint\" value=\"").nth(1).unwrap_or("\"");
    let print = print.split('"').next().expect("its end").to_owned();
    browser.world.wait(30);
    let code = browser.world.code(name);
    let fields = [("fingerprint", print.as_str()), ("exits", exits), ("code", &code)];
    browser.send(&format!("{path}/approve"), &fields).await
}

#[tokio::test]
async fn a_list_is_public_when_a_second_person_has_approved_it_and_not_before() {
    let world = World::new();
    let mut drafter = world.person("王芳", &[Role::Drafter]).await;
    let mut approver = world.person("李明", &[Role::Approver, Role::Auditor]).await;
    let before = log_size(&world);
    let text = list(0..3, "in_progress") + "A9,,2024-01-31,in_progress\n";
    let path = sent(&mut drafter, &text).await;
    let page = drafter.get(&path).await.text;
    for word in ["示例冰箱0", "产品", "E02", "下载被拒绝的行", "提交审核"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    let rejected = drafter.get(&format!("{path}/rejected.csv")).await;
    assert!(rejected.text.contains("A9") && rejected.text.contains("E02"), "{}", rejected.text);
    // Not submitted yet: nobody can approve it.
    assert_eq!(approve(&mut approver, "李明", &path, "").await.status, 422);
    assert_eq!(drafter.send(&format!("{path}/submit"), &[]).await.status, 303);
    assert_eq!(log_size(&world), before, "nothing is public yet");
    // A wrong code.
    let page = approver.done(&path).await.text;
    let print = page.split("name=\"fingerprint\" value=\"").nth(1).expect("a form");
    let print = print.split('"').next().expect("its end").to_owned();
    let wrong = [("fingerprint", print.as_str()), ("code", "000000")];
    assert_eq!(approver.send(&format!("{path}/approve"), &wrong).await.status, 422);
    // What nobody was shown cannot be approved.
    world.wait(30);
    let code = world.code("李明");
    let other = [("fingerprint", "0"), ("code", code.as_str())];
    assert_eq!(approver.send(&format!("{path}/approve"), &other).await.status, 422);
    assert_eq!(log_size(&world), before);
    assert_eq!(approve(&mut approver, "李明", &path, "").await.status, 303);
    let page = approver.done(&path).await.text;
    let after = log_size(&world);
    assert_eq!(after, before + 4, "a source and three recalls: {page}");
    let link = format!(
        "https://quality.example/changes?axis=recorded&amp;known_from={before}&amp;known={after}"
    );
    assert!(page.contains(&link), "{page}");
    let reader = Reader::open(&world.register).expect("a register");
    let all = serde_json::to_string(&reader.entries(before, 10).expect("read")).expect("JSON");
    assert!(!all.contains("王芳") && !all.contains("李明"), "names stay in the desk");
    let trail = approver.get("/trail").await.text;
    for word in ["提交审核", "批准并发布", "王芳", "李明"] {
        assert!(trail.contains(word), "{word}");
    }
    // Twice is once.
    assert_eq!(approve(&mut approver, "李明", &path, "").await.status, 422);
    let again = sent(&mut drafter, &text).await;
    assert!(drafter.get(&again).await.text.contains("没有可写入的内容"));
    assert_eq!(drafter.send(&format!("{again}/submit"), &[]).await.status, 422);
    assert_eq!(log_size(&world), after);
}

#[tokio::test]
async fn nobody_decides_on_a_draft_of_their_own_whatever_the_roles() {
    let world = World::new();
    let mut all = world.person("王芳", &Role::ALL).await;
    let path = sent(&mut all, &list(0..1, "in_progress")).await;
    assert_eq!(all.send(&format!("{path}/submit"), &[]).await.status, 303);
    let before = log_size(&world);
    assert_eq!(approve(&mut all, "王芳", &path, "").await.status, 403);
    assert_eq!(all.send(&format!("{path}/return"), &[("note", "x")]).await.status, 403);
    assert_eq!(log_size(&world), before);
    assert_eq!(row(&world, &path).place, DraftPlace::Submitted);
    assert!(all.done(&path).await.text.contains("须由另一个人审核"));
    // Nor on codes without the role for them, nor on another's draft that is to be submitted.
    let mut approver = world.person("李明", &[Role::Approver, Role::Drafter]).await;
    let codes = [("do", "issue"), ("product", "p-d58030165a9c")];
    let code = all.send("/codes", &codes).await.header("location").to_owned();
    all.done(&code).await;
    assert_eq!(approver.send(&format!("{code}/submit"), &[]).await.status, 403);
    assert_eq!(approver.send(&format!("{code}/discard"), &[]).await.status, 403);
    assert_eq!(approve(&mut approver, "李明", &code, "").await.status, 403);
}

#[tokio::test]
async fn what_is_sent_back_comes_again_and_what_is_discarded_does_not() {
    let world = World::new();
    let mut drafter = world.person("王芳", &[Role::Drafter]).await;
    let mut approver = world.person("李明", &[Role::Approver]).await;
    let path = sent(&mut drafter, &list(0..1, "in_progress")).await;
    drafter.send(&format!("{path}/submit"), &[]).await;
    assert_eq!(approver.send(&format!("{path}/return"), &[("note", " ")]).await.status, 422);
    let note = [("note", "请核对A0的日期<b>")];
    assert_eq!(approver.send(&format!("{path}/return"), &note).await.status, 303);
    let page = drafter.done(&path).await.text;
    assert!(page.contains("请核对A0的日期&lt;b&gt;") && page.contains("提交审核"), "{page}");
    assert_eq!(drafter.send(&format!("{path}/submit"), &[]).await.status, 303);
    assert_eq!(approver.send(&format!("{path}/return"), &note).await.status, 303);
    assert_eq!(drafter.send(&format!("{path}/discard"), &[]).await.status, 303);
    assert_eq!(drafter.send(&format!("{path}/submit"), &[]).await.status, 422);
    assert_eq!(approve(&mut approver, "李明", &path, "").await.status, 422);
    assert_eq!(row(&world, &path).place, DraftPlace::Discarded);
}

#[tokio::test]
async fn files_that_are_no_lists_are_refused_with_the_reason() {
    let world = World::new();
    let mut drafter = world.person("王芳", &[Role::Drafter]).await;
    for (map, name, bytes, word) in [
        ("recalls", "名单.csv", &b""[..], "没有收到文件"),
        ("recalls", "名单.pdf", b"%PDF-1.7", "只接受"),
        ("recalls", "名单.xls", b"\xd0\xcf\x11\xe0", "只接受"),
        ("recalls", "名单.csv", b"PK\x03\x04\0\0", "只接受"),
        ("recalls", "名单.xlsx", b"a,b\n", "只接受"),
        ("", "名单.csv", b"a,b\n", "请选一种名单"),
        ("../recalls", "名单.csv", b"a,b\n", "请选一种名单"),
    ] {
        let got = drafter.send_file(map, name, bytes).await;
        assert_eq!(got.status, 422, "{name}");
        assert!(got.text.contains(word), "{name}: {}", got.text);
    }
    assert!(world.office().file().drafts(10).expect("read").is_empty());
    // A list of something else is a draft that says why it cannot go on.
    let path = sent(&mut drafter, "名称,地址\n甲,乙\n").await;
    let page = drafter.get(&path).await.text;
    assert!(page.contains("不能发布") && !page.contains("提交审核</button>"), "{page}");
    // A name that would lead elsewhere.
    let got =
        drafter.send_file("recalls", "../../../x.csv", list(0..1, "in_progress").as_bytes()).await;
    let id = got.header("location").rsplit('/').next().expect("an id").to_owned();
    assert!(folder(&world.register, &id).join("upload/x.csv").exists());
}

#[tokio::test]
async fn many_exits_are_typed_by_who_approves() {
    let world = World::new();
    let mut drafter = world.person("王芳", &[Role::Drafter]).await;
    let mut approver = world.person("李明", &[Role::Approver]).await;
    let path = sent(&mut drafter, &list(0..30, "in_progress")).await;
    drafter.send(&format!("{path}/submit"), &[]).await;
    assert_eq!(approve(&mut approver, "李明", &path, "").await.status, 303);
    approver.done(&path).await;
    let before = log_size(&world);
    let path = sent(&mut drafter, &list(0..25, "completed")).await;
    drafter.send(&format!("{path}/submit"), &[]).await;
    let page = approver.done(&path).await.text;
    assert!(page.contains("25 条退出，现有 30 条") && page.contains("name=\"exits\""), "{page}");
    for wrong in ["", "24", "30"] {
        assert_eq!(approve(&mut approver, "李明", &path, wrong).await.status, 422, "{wrong:?}");
    }
    assert_eq!(log_size(&world), before);
    assert_eq!(approve(&mut approver, "李明", &path, "25").await.status, 303);
    approver.done(&path).await;
    assert_eq!(log_size(&world), before + 26, "a source and 25 recalls");
}

#[tokio::test]
async fn a_report_that_no_longer_holds_is_not_published() {
    let world = World::new();
    let mut drafter = world.person("王芳", &[Role::Drafter]).await;
    let mut approver = world.person("李明", &[Role::Approver]).await;
    let first = sent(&mut drafter, &list(0..2, "in_progress")).await;
    let second = sent(&mut drafter, &list(1..4, "in_progress")).await;
    for path in [&first, &second] {
        drafter.send(&format!("{path}/submit"), &[]).await;
    }
    let seen = approver.done(&second).await.text;
    let print = seen.split("name=\"fingerprint\" value=\"").nth(1).expect("a form");
    let print = print.split('"').next().expect("its end").to_owned();
    assert_eq!(approve(&mut approver, "李明", &first, "").await.status, 303);
    approver.done(&first).await;
    let before = log_size(&world);
    // The approver still has the page of before open: it is told so, whether the report on the disk is
    // the old one or a newer.
    world.wait(30);
    let code = world.code("李明");
    let old = [("fingerprint", print.as_str()), ("code", code.as_str())];
    let path = format!("{second}/approve");
    let got = approver.send(&path, &old).await;
    approver.done(&second).await;
    assert_eq!(log_size(&world), before, "{}", got.text);
    assert_eq!(row(&world, &second).place, DraftPlace::Submitted);
    assert_eq!(approve(&mut approver, "李明", &second, "").await.status, 303);
    approver.done(&second).await;
    assert_eq!(row(&world, &second).place, DraftPlace::Published);
    assert!(log_size(&world) > before);
}

#[tokio::test]
async fn a_published_mistake_is_put_right_by_form_and_stays_in_the_history() {
    let world = World::new();
    let mut drafter = world.person("王芳", &[Role::Drafter]).await;
    let mut approver = world.person("李明", &[Role::Approver]).await;
    let path = sent(&mut drafter, &list(0..1, "in_progress")).await;
    drafter.send(&format!("{path}/submit"), &[]).await;
    approve(&mut approver, "李明", &path, "").await;
    let page = drafter.done(&path).await.text;
    let at = page.split("href=\"/correct?kind=recall").nth(1).expect("a way to put it right");
    let at = format!("/correct?kind=recall{}", at.split('"').next().expect("its end"));
    let form = drafter.get(&at.replace("&amp;", "&")).await;
    assert!(form.text.contains("示例冰箱0"), "{}", form.text);
    let key = "示例机关/A0";
    let fields = [
        ("kind", "recall"),
        ("key", key),
        ("f-product_name", "示例冰柜0"),
        ("valid_from", "2024-01-31"),
    ];
    assert_eq!(drafter.send("/correct", &fields).await.status, 422, "a reason is asked for");
    let mut fields = fields.to_vec();
    fields.push(("why", "名称抄错"));
    let made = drafter.send("/correct", &fields).await;
    assert_eq!(made.status, 303, "{}", made.text);
    let path = made.header("location").to_owned();
    let page = drafter.done(&path).await.text;
    assert!(
        page.contains("<del>示例冰箱0</del>") && page.contains("<ins>示例冰柜0</ins>"),
        "{page}"
    );
    drafter.send(&format!("{path}/submit"), &[]).await;
    assert_eq!(approve(&mut approver, "李明", &path, "").await.status, 303);
    approver.done(&path).await;
    let reader = Reader::open(&world.register).expect("a register");
    let history = reader.history(Kind::Recall, key).expect("read");
    assert_eq!(history.len(), 2);
    let at = At { as_of: chrono::NaiveDate::MAX, known: reader.log_size().expect("read") };
    let now = reader.record(Kind::Recall, key, at).expect("read").expect("there");
    assert_eq!(now.reason.code, ReasonCode::Corrected);
    assert_eq!(now.reason.text.as_deref(), Some("名称抄错"));
    assert_eq!(now.body["product_name"], "示例冰柜0");
    assert_eq!(now.valid_from, history[0].valid_from, "what was wrong was never so");
    let source = reader.record(Kind::Source, &now.source.id, at).expect("read").expect("there");
    assert_eq!(source.body["publisher"], "示例市市场监督管理局");
    // What breaks a rule is told, and cannot be submitted.
    let bad = [
        ("kind", "recall"),
        ("key", key),
        ("f-product_name", ""),
        ("valid_from", "2024-01-31"),
        ("why", "x"),
    ];
    let path = drafter.send("/correct", &bad).await.header("location").to_owned();
    assert!(drafter.done(&path).await.text.contains("E02"));
    assert_eq!(drafter.send(&format!("{path}/submit"), &[]).await.status, 422);
}

#[tokio::test]
async fn an_append_that_was_cut_off_is_found_in_the_log_or_done_again() {
    let world = World::new();
    let mut drafter = world.person("王芳", &[Role::Drafter]).await;
    let mut approver = world.person("李明", &[Role::Approver]).await;
    let path = sent(&mut drafter, &list(0..2, "in_progress")).await;
    let id = row(&world, &path).id;
    let plan =
        std::fs::read_to_string(folder(&world.register, &id).join("summary.json")).expect("read");
    let planned: Summary = serde_json::from_str(&plan).expect("a summary");
    drafter.send(&format!("{path}/submit"), &[]).await;
    let reopened = || {
        let office = Office::open(&world.register, world.clock.clone()).expect("a desk");
        let settings = Settings { register: world.register.clone().into(), ..Settings::default() };
        Arc::new(Desk::new(office, Assets::load().expect("assets"), settings).expect("a desk"))
    };
    // Stopped before the append.
    let cut = DraftRow {
        place: DraftPlace::Publishing,
        plan: plan.clone(),
        decider: "李明".to_owned(),
        ..row(&world, &path)
    };
    assert!(world.office().file().move_draft(&cut, DraftPlace::Submitted).expect("written"));
    drop(reopened());
    assert_eq!(row(&world, &path).place, DraftPlace::Submitted, "it was not in the log");
    assert_eq!(approve(&mut approver, "李明", &path, "").await.status, 303);
    approver.done(&path).await;
    let after = log_size(&world);
    // Stopped after the append, before the desk wrote it down.
    let cut = DraftRow { log: None, ..cut };
    assert!(world.office().file().move_draft(&cut, DraftPlace::Published).expect("written"));
    drop(reopened());
    let found = row(&world, &path);
    assert_eq!(found.place, DraftPlace::Published);
    assert_eq!(found.log, Some((planned.known, planned.known + planned.entries)));
    assert_eq!(log_size(&world), after, "and it is there once");
}

#[tokio::test]
async fn the_code_that_is_issued_is_the_one_that_was_approved_and_a_key_holder_approves_it() {
    const HOLDER: &str = "91350100M000100Y43";
    const PRODUCT: &str = "p-d58030165a9c";
    let world = World::new();
    let drafts = [
        (
            Kind::Enterprise,
            HOLDER,
            json!({ "name_zh": "示例电器有限公司", "uscc": HOLDER, "place": "440606", "status": "active", "roles": ["producer"] }),
        ),
        (
            Kind::Product,
            PRODUCT,
            json!({ "name_zh": "家用电冰箱", "holder": HOLDER, "brand": "示例牌", "model": "SL-100A", "category": "家电/制冷", "status": "on_sale" }),
        ),
    ];
    let mut drafts = drafts.into_iter().map(|(kind, key, body)| Draft {
        valid_from: chrono::NaiveDate::from_ymd_opt(2024, 1, 31).expect("a day"),
        kind,
        key: key.to_owned(),
        reason: ReasonCode::Listed.into(),
        source: SourceRef { id: "builtin".to_owned(), locator: Default::default() },
        body: body.as_object().cloned().expect("an object"),
    });
    Register::open(&world.register).expect("a register").append(&mut drafts).expect("appended");
    let mut drafter = world.person("王芳", &[Role::Drafter]).await;
    let mut holder = world.person("李明", &[Role::KeyHolder]).await;
    let fields = [("do", "issue"), ("product", PRODUCT)];
    let path = drafter.send("/codes", &fields).await.header("location").to_owned();
    let page = drafter.done(&path).await.text;
    let code = page
        .split("<code class=\"brk\">")
        .filter_map(|part| part.split('<').next())
        .find(|part| register::code::CreditCode::parse(part).is_ok())
        .expect("the code is shown before it is issued")
        .to_owned();
    drafter.send(&format!("{path}/submit"), &[]).await;
    let approved = approve(&mut holder, "李明", &path, "").await;
    assert_eq!(approved.status, 303, "{}", approved.text);
    holder.done(&path).await;
    let status = |code: &str| {
        let reader = Reader::open(&world.register).expect("a register");
        let at = At { as_of: chrono::NaiveDate::MAX, known: reader.log_size().expect("read") };
        let entry = reader.record(Kind::Code, code, at).expect("read")?;
        Some(entry.body["status"].as_str().expect("a text").to_owned())
    };
    assert_eq!(status(&code).as_deref(), Some("valid"));
    let fields =
        [("do", "status"), ("code", code.as_str()), ("turn", "suspend"), ("why", "抽查不合格")];
    let path = drafter.send("/codes", &fields).await.header("location").to_owned();
    drafter.done(&path).await;
    drafter.send(&format!("{path}/submit"), &[]).await;
    assert_eq!(status(&code).as_deref(), Some("valid"), "not before it is approved");
    let exits = "1";
    assert_eq!(approve(&mut holder, "李明", &path, exits).await.status, 303);
    holder.done(&path).await;
    assert_eq!(status(&code).as_deref(), Some("suspended"));
}

#[tokio::test]
async fn what_waits_is_taken_back_by_its_maker_alone_until_somebody_has_decided() {
    let world = World::new();
    let mut drafter = world.person("王芳", &[Role::Drafter]).await;
    let mut other = world.person("赵强", &[Role::Drafter]).await;
    let mut approver = world.person("李明", &[Role::Approver, Role::Auditor]).await;
    let path = sent(&mut drafter, &list(0..1, "in_progress")).await;
    let back = format!("{path}/take-back");
    assert_eq!(drafter.send(&back, &[]).await.status, 422, "it was not submitted");
    drafter.send(&format!("{path}/submit"), &[]).await;
    let seen = approver.done(&path).await.text;
    assert!(!seen.contains("/take-back"), "{seen}");
    assert_eq!(other.send(&back, &[]).await.status, 403);
    assert_eq!(approver.send(&back, &[]).await.status, 403);
    assert!(drafter.done(&path).await.text.contains("/take-back\""));
    assert_eq!(drafter.send(&back, &[]).await.status, 303);
    assert_eq!(row(&world, &path).place, DraftPlace::Open);
    // The approver still has the form open.
    let print = seen.split("name=\"fingerprint\" value=\"").nth(1).expect("a form");
    let print = print.split('"').next().expect("its end").to_owned();
    world.wait(30);
    let code = world.code("李明");
    let old = [("fingerprint", print.as_str()), ("code", code.as_str())];
    let before = log_size(&world);
    assert_eq!(approver.send(&format!("{path}/approve"), &old).await.status, 422);
    assert_eq!(log_size(&world), before);
    assert!(approver.get("/trail").await.text.contains("撤回"));
    // It can be submitted again, and what was decided cannot be taken back.
    assert_eq!(drafter.send(&format!("{path}/submit"), &[]).await.status, 303);
    assert_eq!(approve(&mut approver, "李明", &path, "").await.status, 303);
    approver.done(&path).await;
    assert_eq!(drafter.send(&back, &[]).await.status, 422);
    assert_eq!(row(&world, &path).place, DraftPlace::Published);
}

#[tokio::test]
async fn files_go_some_time_after_a_draft_has_come_to_its_end_and_never_before() {
    const DAY: i64 = 24 * 60 * 60;
    let world = World::new();
    let mut drafter = world.person("王芳", &[Role::Drafter]).await;
    let mut approver = world.person("李明", &[Role::Approver]).await;
    let mut paths = Vec::new();
    for n in 0..4 {
        paths.push(sent(&mut drafter, &list(n..n + 1, "in_progress")).await);
    }
    let [open, waits, published, discarded] = &paths[..] else { panic!("four drafts") };
    for path in [waits, published] {
        drafter.send(&format!("{path}/submit"), &[]).await;
    }
    assert_eq!(approve(&mut approver, "李明", published, "").await.status, 303);
    approver.done(published).await;
    drafter.send(&format!("{discarded}/discard"), &[]).await;
    let place = |path: &str| folder(&world.register, path.rsplit('/').next().expect("an id"));
    // A folder that no draft is known for, made now, and one that is none of ours.
    let cut_off = folder(&world.register, &"c".repeat(32));
    let foreign = folder(&world.register, "notes");
    for made in [&cut_off, &foreign] {
        std::fs::create_dir(made).expect("a folder");
    }
    let there = || [open, waits, published, discarded].map(|path| place(path).exists());
    assert_eq!(world.desk.tidy().expect("tidied"), 0);
    world.wait(29 * DAY);
    // The clock of the test is not that of the disk, which dates the folder.
    let _ = world.desk.tidy().expect("tidied");
    assert_eq!(there(), [true; 4]);
    world.wait(DAY);
    assert!(world.desk.tidy().expect("tidied") >= 1);
    assert_eq!(there(), [true, true, true, false]);
    world.wait(371 * DAY);
    assert_eq!(world.desk.tidy().expect("tidied"), 1);
    assert_eq!(there(), [true, true, false, false]);
    assert!(!cut_off.exists() && foreign.exists());
    let mut drafter = world.browser();
    let got = drafter.sign_in("王芳", PASSWORD, &world.code("王芳")).await;
    assert_eq!(got.status, 303, "{}", got.text);
    for (path, gone) in [(published, true), (discarded, true), (waits, false)] {
        let page = drafter.done(path).await.text;
        assert_eq!(page.contains("已到保存期限"), gone, "{page}");
        assert!(page.contains("SHA-256"), "the hash stays: {page}");
    }
}

#[tokio::test]
async fn why_a_code_cannot_be_issued_or_changed_is_said_in_the_language_of_the_page() {
    let world = World::new();
    let mut drafter = world.person("王芳", &[Role::Drafter]).await;
    let status =
        |code| vec![("do", "status"), ("code", code), ("turn", "suspend"), ("why", "抽查不合格")];
    for (fields, said) in [
        (
            vec![("do", "issue"), ("product", "p-000000000000")],
            ["登记簿里没有产品 p-000000000000", "登記簿裡沒有產品", "there is no product"],
        ),
        (
            status("44M3QMX9D2R4"),
            ["没有赋过编码", "沒有賦過編碼", "was issued; check what you typed"],
        ),
        (
            status("44M3QMX9D2R5"),
            ["不是编码，请对照标签", "不是編碼，請對照標籤", "44M3QMX9D2R5: "],
        ),
    ] {
        let made = drafter.send("/codes", &fields).await;
        assert_eq!(made.status, 303, "{}", made.text);
        let path = made.header("location").to_owned();
        drafter.done(&path).await;
        for (prefix, words) in ["", "/zh-Hant", "/en"].into_iter().zip(said) {
            let page = drafter.get(&format!("{prefix}{path}")).await;
            assert!(page.text.contains(words), "{words}: {}", page.text);
        }
        assert_eq!(drafter.send(&format!("{path}/submit"), &[]).await.status, 422);
    }
}
