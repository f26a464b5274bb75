//! Cases at the desk: read, answered by one person, closed by another, all of it in the trail.

use server::cases::{Asker, Cases, Filed, What, Written};
use server::office::Role;
use server::store::{CaseRow, CaseTaken, china_day};

use super::support::World;

const SECRET: &str = "电话 13900000000";

fn filed(cases: &Cases) -> CaseRow {
    let token = cases.token("product/p-1", 0).expect("a token");
    let written = Written {
        name: "示例公司 李四".to_owned(),
        contact: SECRET.to_owned(),
        right: "型号写错了".to_owned(),
        evidence: "营业执照".to_owned(),
        ..Written::default()
    };
    let filed = Filed {
        token: &token,
        kind: "product",
        key: "p-1",
        what: What::Facts,
        asker: Asker::Enterprise,
        written: &written,
    };
    let day = china_day("2026-11-22T04:00:00Z".parse().expect("an instant"));
    match cases.take(&filed, day, [20, 100]).expect("taken") {
        CaseTaken::In(row) => *row,
        full => panic!("{full:?}"),
    }
}

#[tokio::test]
async fn one_answers_another_closes_and_the_trail_says_so() {
    let (world, cases) = World::with_cases();
    let row = filed(&cases);
    let path = format!("/cases/{}", row.label);
    let mut drafter = world.person("wang", &[Role::Drafter, Role::Approver]).await;
    let mut other = world.person("zhao", &[Role::Approver]).await;
    let mut auditor = world.person("shen", &[Role::Auditor]).await;
    let list = drafter.get("/cases").await;
    assert!(list.text.contains(&row.label) && !list.text.contains("已过期限"), "{}", list.text);
    let page = drafter.get(&path).await;
    assert!(page.text.contains(SECRET) && page.text.contains("型号写错了"), "{}", page.text);
    let seen = auditor.get(&path).await;
    assert!(seen.text.contains("审计账户不看"), "{}", seen.text);
    assert!(!seen.text.contains(SECRET) && !seen.text.contains("型号写错了"));
    assert_eq!(drafter.send(&format!("{path}/examine"), &[]).await.status, 303);
    assert_eq!(drafter.send(&format!("{path}/answer"), &[("outcome", "upheld")]).await.status, 422);
    let fields = [("outcome", "upheld"), ("reason", "已核实，予以更正。")];
    assert_eq!(drafter.send(&format!("{path}/answer"), &fields).await.status, 303);
    // Not by who wrote it, whatever the roles; and not without a code.
    let code = world.code("wang");
    let own = drafter.send(&format!("{path}/close"), &[("code", &code)]).await;
    assert_eq!(own.status, 403);
    assert_eq!(other.send(&format!("{path}/close"), &[("code", "000000")]).await.status, 422);
    let back = other.send(&format!("{path}/return"), &[("note", "写明文号")]).await;
    assert_eq!(back.status, 303);
    let page = drafter.get(&path).await;
    assert!(page.text.contains("写明文号") && page.text.contains("已核实，予以更正。"));
    assert_eq!(drafter.send(&format!("{path}/answer"), &fields).await.status, 303);
    let code = world.code("zhao");
    assert_eq!(other.send(&format!("{path}/close"), &[("code", &code)]).await.status, 303);
    let closed = cases.file().by_label(&row.label).expect("read").expect("there");
    assert_eq!(closed.state.code(), "answered");
    assert_eq!(closed.closed_on.map(|d| d.to_string()).as_deref(), Some("2026-11-22"));
    assert_eq!(closed.purge_on.map(|d| d.to_string()).as_deref(), Some("2026-12-22"));
    // Closed is closed.
    assert_eq!(drafter.send(&format!("{path}/examine"), &[]).await.status, 422);
    assert_eq!(drafter.send(&format!("{path}/answer"), &fields).await.status, 422);
    let trail = world.office().file().trail(u64::MAX, 100).expect("a trail");
    for act in ["case-read", "case-examined", "case-answered", "case-returned", "case-closed"] {
        assert!(trail.iter().any(|l| l.what == act && l.about.contains(&row.label)), "{act}");
    }
    assert!(!trail.iter().any(|l| l.who == "shen" && l.what == "case-read"));
    // When its time is over nobody reads it any more.
    let day = "2026-12-22".parse().expect("a day");
    assert_eq!(cases.file().purge(day).expect("purged"), 1);
    let page = drafter.get(&path).await;
    assert!(page.text.contains("已按期删除") && !page.text.contains(SECRET), "{}", page.text);
}

#[tokio::test]
async fn what_is_overdue_comes_first_and_there_are_no_cases_without_the_file() {
    let (world, cases) = World::with_cases();
    let row = filed(&cases);
    let mut drafter = world.person("wang", &[Role::Drafter]).await;
    world.wait(60 * 60);
    assert!(!drafter.get("/cases").await.text.contains("已过期限"));
    world.wait(30 * 24 * 60 * 60);
    let mut later = world.person("zhou", &[Role::Drafter]).await;
    let list = later.get("/en/cases").await;
    assert!(list.text.contains("Overdue") && list.text.contains(&row.label), "{}", list.text);
    assert_eq!(later.get("/cases/26-9999").await.status, 404);
    let plain = World::new();
    let mut browser = plain.person("wang", &[Role::Drafter]).await;
    assert_eq!(browser.get("/cases").await.status, 404);
    assert!(!browser.get("/").await.text.contains("/cases"));
}
