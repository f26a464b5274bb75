//! A record is marked as contested from a case: by two persons, in the log, and until the case is closed.

use register::{Draft, Kind, Reason, ReasonCode, SourceRef};
use serde_json::json;
use server::cases::{Asker, Cases, Filed, What, Written};
use server::office::Role;
use server::store::{At, CaseRow, CaseTaken, Reader, Register, china_day};

use super::support::{Browser, World};

const NOTICE: &str = "示例局/2026-06-01/tip";
const DAY: &str = "2026-11-22";

fn notice() -> Draft {
    let body = json!({
        "type": "consumer_tip", "title": "选购提示", "published_on": "2026-06-01",
        "issuer": "示例局", "url": "https://example.com/tip",
    });
    Draft {
        valid_from: "2026-06-01".parse().expect("a day"),
        kind: Kind::Notice,
        key: NOTICE.to_owned(),
        reason: Reason::said(ReasonCode::Published, Some("首次发布".to_owned())),
        source: SourceRef { id: "notices".to_owned(), locator: Default::default() },
        body: body.as_object().cloned().expect("an object"),
    }
}

fn source() -> Draft {
    let body = json!({
        "publisher": "示例局", "title": "示例公告", "retrieved_on": "2026-06-02",
        "file_hash": "0".repeat(64), "licence": "政府信息公开", "sample": false,
        "coverage": { "complete": "unknown" },
    });
    Draft {
        kind: Kind::Source,
        key: "notices".to_owned(),
        reason: ReasonCode::Listed.into(),
        body: body.as_object().cloned().expect("an object"),
        ..notice()
    }
}

fn filed(cases: &Cases, kind: &str, key: &str) -> CaseRow {
    let about = format!("{kind}/{key}");
    let token = cases.token(&about, 0).expect("a token");
    let written = Written {
        name: "张三".to_owned(),
        contact: "13900000000".to_owned(),
        right: "日期写错了".to_owned(),
        ..Written::default()
    };
    let (what, asker) = (What::Facts, Asker::Reader);
    let filed = Filed { token: &token, kind, key, what, asker, written: &written };
    let day = china_day("2026-11-22T04:00:00Z".parse().expect("an instant"));
    match cases.take(&filed, day, [20, 100]).expect("taken") {
        CaseTaken::In(row) => *row,
        full => panic!("{full:?}"),
    }
}

fn entries(world: &World) -> Vec<register::Entry> {
    let reader = Reader::open(&world.register).expect("a reader");
    reader.history(Kind::Notice, NOTICE).expect("a history")
}

/// Submits a draft and has another person approve it.
async fn published(drafter: &mut Browser<'_>, other: &mut Browser<'_>, who: &str, path: &str) {
    let page = drafter.done(path).await;
    assert!(page.text.contains("/submit"), "{}", page.text);
    assert_eq!(drafter.send(&format!("{path}/submit"), &[]).await.status, 303);
    let page = other.done(path).await;
    let print = page.text.split("name=\"fingerprint\" value=\"").nth(1).expect("a fingerprint");
    let print = print.split('"').next().expect("its end").to_owned();
    drafter.world.wait(30);
    let code = other.world.code(who);
    let fields = [("fingerprint", print.as_str()), ("code", code.as_str())];
    let got = other.send(&format!("{path}/approve"), &fields).await;
    assert_eq!(got.status, 303, "{}", got.text);
    let page = other.done(path).await;
    assert!(page.text.contains("已发布"), "{}", page.text);
}

#[tokio::test]
async fn two_persons_mark_a_record_and_two_take_the_mark_off() {
    let (world, cases) = World::with_cases();
    let register = Register::open(&world.register).expect("a register");
    let mut drafts = [source(), notice()].into_iter().map(Ok);
    register.append_with(None, None, &mut drafts).expect("appended");
    let row = filed(&cases, "notice", NOTICE);
    let path = format!("/cases/{}", row.label);
    let mut drafter = world.person("wang", &[Role::Drafter]).await;
    let mut other = world.person("zhao", &[Role::Approver]).await;
    assert_eq!(drafter.send(&format!("{path}/examine"), &[]).await.status, 303);
    let page = drafter.get(&path).await;
    assert!(page.text.contains("标明有异议"), "{}", page.text);
    // Not without a basis, and not without words.
    for fields in [&[("words", "正在核实")][..], &[("basis", "open-information-41")]] {
        let got = drafter.send(&format!("{path}/contest"), fields).await;
        assert_eq!(got.status, 422, "{}", got.text);
    }
    let fields = [("basis", "open-information-41"), ("words", "企业认为日期有误，\n正在核实。")];
    assert_eq!(other.send(&format!("{path}/contest"), &fields).await.status, 403);
    let got = drafter.send(&format!("{path}/contest"), &fields).await;
    assert_eq!(got.status, 303);
    let draft = got.header("location").to_owned();
    let again = drafter.send(&format!("{path}/contest"), &fields).await;
    assert_eq!(again.status, 422, "once is enough");
    assert_eq!(entries(&world).len(), 1, "nothing is public before the second person");
    published(&mut drafter, &mut other, "zhao", &draft).await;

    let history = entries(&world);
    let [before, marked] = &history[..] else { panic!("{history:?}") };
    assert!(marked.is_contested() && !before.is_contested());
    // What the record says, since when, by whom and why is as it was.
    assert_eq!(
        (&marked.body, marked.valid_from, &marked.source, &marked.reason.text),
        (&before.body, before.valid_from, &before.source, &before.reason.text)
    );
    let case = marked.reason.case.clone().expect("a case");
    assert_eq!((case.number, case.what), (row.label.clone(), "facts".to_owned()));
    assert_eq!(case.words, "企业认为日期有误， 正在核实。");
    assert_eq!(case.due_on, Some(row.due_on));
    let told = serde_json::to_string(&marked).expect("an entry");
    assert!(!told.contains("张三") && !told.contains("13900000000") && !told.contains("reader"));
    assert!(drafter.get("/cases").await.text.contains("记录已标明有异议"));

    // The case is answered and closed: that the mark goes is proposed for who answered.
    let answer = [("outcome", "refused"), ("reason", "核实无误。")];
    assert_eq!(drafter.send(&format!("{path}/answer"), &answer).await.status, 303);
    world.wait(30);
    let code = world.code("zhao");
    assert_eq!(other.send(&format!("{path}/close"), &[("code", &code)]).await.status, 303);
    let list = drafter.get("/cases").await;
    assert!(list.text.contains("记录仍标明有异议"), "{}", list.text);
    let page = drafter.get(&path).await;
    let draft = page.text.split("/drafts/").nth(1).expect("a draft that waits");
    let draft = format!("/drafts/{}", &draft[..32]);
    published(&mut drafter, &mut other, "zhao", &draft).await;
    let history = entries(&world);
    let [_, _, closed] = &history[..] else { panic!("{history:?}") };
    assert_eq!(closed.reason.code, ReasonCode::ContestClosed);
    assert_eq!(closed.body, before_body(&history));
    let case = closed.reason.case.clone().expect("a case");
    assert_eq!(case.outcome.as_deref(), Some("refused"));
    assert!(!drafter.get("/cases").await.text.contains("标明有异议"));
    // As it was known before each of the entries, it was or was not contested.
    let reader = Reader::open(&world.register).expect("a reader");
    let as_of = DAY.parse().expect("a day");
    let known = |known| {
        let found = reader.record(Kind::Notice, NOTICE, At { as_of, known }).expect("read");
        found.expect("a record").is_contested()
    };
    assert!(!known(marked.seq) && known(closed.seq) && !known(closed.seq + 1));
    let trail = world.office().file().trail(u64::MAX, 100).expect("a trail");
    assert_eq!(trail.iter().filter(|line| line.what == "draft-published").count(), 2);
}

fn before_body(history: &[register::Entry]) -> register::Body {
    history[0].body.clone()
}

#[tokio::test]
async fn what_is_not_on_record_cannot_be_marked_and_a_later_version_ends_the_mark() {
    let (world, cases) = World::with_cases();
    let register = Register::open(&world.register).expect("a register");
    let mut drafts = [source(), notice()].into_iter().map(Ok);
    register.append_with(None, None, &mut drafts).expect("appended");
    let nothing = filed(&cases, "code", "44M3QMX9D2R4");
    let mut drafter = world.person("wang", &[Role::Drafter]).await;
    let path = format!("/cases/{}", nothing.label);
    let page = drafter.get(&path).await;
    assert!(page.text.contains("没有这个编码"), "{}", page.text);
    let fields = [("basis", "open-information-6"), ("words", "正在核实")];
    assert_eq!(drafter.send(&format!("{path}/contest"), &fields).await.status, 422);

    let row = filed(&cases, "notice", NOTICE);
    let path = format!("/cases/{}", row.label);
    let mut other = world.person("zhao", &[Role::Approver]).await;
    let got = drafter.send(&format!("{path}/contest"), &fields).await;
    let draft = got.header("location").to_owned();
    published(&mut drafter, &mut other, "zhao", &draft).await;
    assert!(!drafter.get(&path).await.text.contains("新的版本"));
    // The list it came from is read again, with a change: its version has the day of the one before.
    let mut later = notice();
    later.body.insert("title".to_owned(), json!("选购提示（二）"));
    register.append_with(None, None, &mut std::iter::once(Ok(later))).expect("appended");
    let page = drafter.get(&path).await;
    assert!(page.text.contains("新的版本") && page.text.contains("/contest"), "{}", page.text);
    let reader = Reader::open(&world.register).expect("a reader");
    let at = At { as_of: DAY.parse().expect("a day"), known: reader.log_size().expect("a size") };
    let found = reader.record(Kind::Notice, NOTICE, at).expect("read").expect("a record");
    assert_eq!(found.body["title"], "选购提示（二）", "a mark never hides what comes later");
}
