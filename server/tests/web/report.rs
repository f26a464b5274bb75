//! Reports of errors: the form, its refusals and limits, the number, the state of a case.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use server::cases::{Cases, opened};
use server::store::{CaseState, Reader};
use server::web::{Settings, limits};

use crate::fixture::{Got, HOLDER, PRODUCT, Site, TODAY, clock};

struct Desk {
    site: Site,
    cases: Arc<Cases>,
    /// Where the cases are: beside no register, which they do not need.
    path: std::path::PathBuf,
    _folder: tempfile::TempDir,
}

fn about() -> String {
    format!("product/{PRODUCT}")
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("register.db");
        let cases = Arc::new(Cases::open(&path, 30).expect("cases"));
        let settings = Settings { cases: Some(Arc::clone(&cases)), ..Settings::default() };
        Desk { site: Site::set(Vec::new(), settings), cases, path, _folder: folder }
    }

    /// A token of a form that was opened so many seconds ago.
    fn token(&self, about: &str, ago: i64) -> String {
        self.cases.token(about, clock().timestamp() - ago).expect("a token")
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Got {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.site.send(Request::post(path).body(Body::from(body)).expect("a request")).await
    }

    /// A whole form of a reader, with some fields as given.
    async fn send(&self, with: &[(&str, &str)]) -> Got {
        let (about, token) = (about(), self.token(&about(), 60));
        let mut fields = vec![
            ("about", about.as_str()),
            ("token", &token),
            ("what", "facts"),
            ("who", "reader"),
            ("right", "型号应为 SL-100B"),
            ("homepage", ""),
        ];
        for (name, value) in with {
            fields.retain(|(known, _)| known != name);
            fields.push((name, value));
        }
        self.post("/report", &fields).await
    }
}

/// The number in the address a form leads on to.
fn number(got: &Got) -> String {
    assert_eq!(got.status, 303, "{}", got.text());
    got.header("location").split("number=").nth(1).expect("a number").to_owned()
}

#[tokio::test]
async fn a_report_becomes_a_case_whose_state_is_looked_up_by_its_number() {
    let desk = Desk::new();
    let site = &desk.site;
    let size = Reader::open(&site.path).expect("a reader").log_size().expect("a size");
    let page = site.get(&format!("/products/{PRODUCT}")).await.text();
    assert!(page.contains(&format!("/report?about=product/{PRODUCT}")), "{page}");
    let firm = site.get(&format!("/enterprises/{HOLDER}")).await.text();
    assert!(firm.contains(&format!("/report?about=enterprise/{HOLDER}")), "{firm}");
    for (prefix, words) in [
        ("", ["报告错误、申请更正", "15 个工作日内答复", "12315", "第四十一条"]),
        ("/zh-Hant", ["報告錯誤、申請更正", "15 個工作日內答覆", "12315", "第四十一條"]),
        ("/en", ["ask for a correction", "answered within 15", "12315", "article 41"]),
    ] {
        let got = site.get(&format!("{prefix}/report?about={}", about())).await;
        assert_eq!((got.status.as_u16(), got.header("cache-control")), (200, "no-store"));
        assert!(got.header("set-cookie").is_empty());
        for word in words {
            assert!(got.text().contains(word), "{prefix}: {word}");
        }
        assert!(got.text().contains("noindex") && !got.text().contains("<script"), "{prefix}");
    }
    let number = number(&desk.send(&[("contact", "张三 13800000000")]).await);
    assert!(number.starts_with("26-0001-"), "{number}");
    let state = site.get(&format!("/case?number={number}")).await;
    let text = state.text();
    assert_eq!((state.status.as_u16(), state.header("cache-control")), (200, "no-store"));
    for word in [&number, "收到", TODAY, "2026-12-11", "noindex"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(!text.contains("张三") && !text.contains("SL-100B"), "what was written is nobody's");
    // However it is typed; a wrong character is found.
    let typed = number.to_lowercase().replace('-', "%20");
    assert_eq!(site.get(&format!("/case?number={typed}")).await.status, 200);
    for wrong in ["26-0001", "x", "26-0001-000000-000000"] {
        assert_eq!(site.get(&format!("/case?number={wrong}")).await.status, 404, "{wrong}");
    }
    assert_eq!(site.get("/case").await.status, 200);
    assert_eq!(Reader::open(&site.path).expect("a reader").log_size().expect("a size"), size);
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_case() {
    let desk = Desk::new();
    let token = desk.token(&about(), 60);
    let first = number(&desk.send(&[("token", &token)]).await);
    let again = number(&desk.send(&[("token", &token)]).await);
    assert_eq!(first, again);
    assert_ne!(number(&desk.send(&[]).await), first, "another form is another case");
    assert_eq!(desk.cases.file().list(10).expect("a list").len(), 2);
}

#[tokio::test]
async fn a_form_that_is_too_quick_too_old_or_forged_is_asked_again_with_what_was_typed() {
    let desk = Desk::new();
    let day = limits::CASE_FORM_SECONDS_MAX;
    for (token, said) in [
        (desk.token(&about(), 1), "不到 3 秒"),
        (desk.token(&about(), day + 1), "已经失效"),
        (desk.token("product/p-000000000002", 60), "已经失效"),
        ("nonsense".to_owned(), "已经失效"),
    ] {
        let got = desk.send(&[("token", &token)]).await;
        assert_eq!(got.status, 422);
        let text = got.text();
        assert!(text.contains(said) && text.contains("型号应为 SL-100B"), "{said}: {text}");
    }
    for ago in [limits::CASE_FORM_SECONDS_MIN, day] {
        let token = desk.token(&about(), ago);
        assert_eq!(desk.send(&[("token", &token)]).await.status, 303, "{ago}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_its_field_and_nothing_is_lost() {
    let desk = Desk::new();
    let long = "长".repeat(limits::CASE_CHARS_MAX[0] + 1);
    for (fields, ids) in [
        (&[("what", "")][..], &["e-what"][..]),
        (&[("who", "nobody")], &["e-who"]),
        (&[("right", " \r\n ")], &["e-right"]),
        (&[("right", &*long)], &["e-right"]),
        (&[("who", "enterprise")], &["e-evidence", "e-name", "e-contact"]),
    ] {
        let got = desk.send(&[fields, &[("homepage", "")]].concat()).await;
        let text = got.text();
        assert_eq!(got.status, 422, "{text}");
        for id in ids {
            assert!(text.contains(&format!("id=\"{id}\"")), "{id}: {text}");
            assert!(text.contains(id), "{id}");
        }
        assert_eq!(text.matches("id=\"e-").count(), ids.len(), "{text}");
    }
    let honey = desk.send(&[("homepage", "http://x.example")]).await;
    assert_eq!(honey.status, 422);
    let kept = desk.send(&[("what", ""), ("evidence", "<b>甲</b>")]).await.text();
    assert!(kept.contains("&lt;b&gt;甲&lt;/b&gt;") && !kept.contains("<b>甲"), "{kept}");
    let huge = "x".repeat(limits::CASE_BYTES_MAX);
    assert_eq!(desk.send(&[("evidence", &huge)]).await.status, 413);
    assert!(desk.cases.file().list(10).expect("a list").is_empty());
}

#[tokio::test]
async fn only_records_with_a_page_are_reported_on_and_each_has_its_bound() {
    let desk = Desk::new();
    for about in ["product/p-ffffffffffff", "source/list-2023", "nothing/x", "product", "key/x"] {
        let status = desk.site.get(&format!("/report?about={about}")).await.status.as_u16();
        assert!(matches!(status, 400 | 404), "{about}: {status}");
        let token = desk.token(about, 60);
        let got = desk.send(&[("about", about), ("token", &token)]).await;
        assert!(matches!(got.status.as_u16(), 400 | 404), "{about}: {}", got.status);
    }
    assert_eq!(desk.site.get("/report").await.status, 400);
    for _ in 0..limits::CASES_OPEN_A_RECORD_MAX {
        assert_eq!(desk.send(&[]).await.status, 303);
    }
    let full = desk.send(&[]).await;
    assert_eq!(full.status, 503);
    assert!(full.text().contains("型号应为 SL-100B"), "nothing is lost");
    let other = format!("enterprise/{HOLDER}");
    let token = desk.token(&other, 60);
    assert_eq!(desk.send(&[("about", &other), ("token", &token)]).await.status, 303);
}

#[tokio::test]
async fn what_was_written_cannot_be_read_from_the_file_and_is_gone_when_its_time_is_over() {
    let desk = Desk::new();
    number(&desk.send(&[("right", "应为乙字号产品"), ("contact", "li@example.com")]).await);
    let file = desk.cases.file();
    let [mut row] = <[_; 1]>::try_from(file.list(9).expect("a list")).expect("one case");
    let words = file.words(row.seq).expect("read").expect("words");
    let written = opened(&desk.path, &words.sealed).expect("opened");
    assert_eq!((&*written.right, &*written.contact), ("应为乙字号产品", "li@example.com"));
    let on_disk = || {
        let mut all = Vec::new();
        for entry in std::fs::read_dir(desk.path.parent().expect("a folder")).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                all.extend(std::fs::read(&path).expect("a file"));
            }
        }
        all
    };
    let holds = |bytes: &[u8]| on_disk().windows(bytes.len()).any(|part| part == bytes);
    assert!(holds(&words.sealed[..64]), "the sealed text is in the file");
    assert!(!holds("应为乙字号产品".as_bytes()) && !holds(b"li@example.com"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(file.path()).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let day = |text: &str| text.parse::<chrono::NaiveDate>().expect("a day");
    row.state = CaseState::Answered;
    row.outcome = "refused".to_owned();
    row.closed_on = Some(day("2026-11-25"));
    row.purge_on = Some(desk.cases.purge_on(day("2026-11-25")));
    assert!(file.move_case(&row, CaseState::Received, "查无此事，理由如下。", "").expect("moved"));
    let number = server::cases::number::grouped(&row.number);
    let address = format!("/case?number={number}");
    let state = || desk.site.get(&address);
    assert!(state().await.text().contains("查无此事"));
    assert!(holds("查无此事".as_bytes()));
    assert_eq!(file.purge(day("2026-12-24")).expect("purged"), 0, "not yet");
    assert_eq!(file.purge(day("2026-12-25")).expect("purged"), 1);
    assert!(!holds(&words.sealed[..64]) && !holds(&words.sealed[words.sealed.len() - 64..]));
    assert!(!holds("查无此事".as_bytes()));
    let text = state().await.text();
    assert!(text.contains("不采纳") && text.contains("已按期删除"), "{text}");
    assert_eq!(file.words(row.seq).expect("read"), None);
}

#[tokio::test]
async fn a_code_that_is_not_on_record_is_reported_as_a_suspected_fake() {
    let desk = Desk::new();
    let typed = crate::verify::code(9);
    let code = typed.as_str();
    let about = format!("code/{code}");
    let page = desk.site.get(&format!("/q/{code}")).await;
    assert_eq!(page.status, 404);
    assert!(page.text().contains(&format!("/report?about={about}")), "{}", page.text());
    let plain = Site::new().get(&format!("/q/{code}")).await.text();
    assert!(!plain.contains("/report?"), "not where nobody takes reports");
    for (prefix, word) in
        [("", "没有这个编码"), ("/zh-Hant", "沒有這個編碼"), ("/en", "no such code")]
    {
        let form = desk.site.get(&format!("{prefix}/report?about={about}")).await;
        assert_eq!(form.status, 200);
        let text = form.text();
        assert!(text.contains(word) && text.contains("value=\"fake\""), "{text}");
        assert!(!text.contains("value=\"facts\"") && text.contains("name=\"bought\""));
    }
    // What is no code at all has no form.
    assert_eq!(desk.site.get("/report?about=code/44M3QMX9D2R5").await.status, 404);
    let send = async |fields: &[(&str, &str)]| {
        let token = desk.token(&about, 60);
        let own = [("about", about.as_str()), ("token", token.as_str())];
        desk.send(&[&own, fields].concat()).await
    };
    let facts = send(&[("what", "facts")]).await;
    assert_eq!(facts.status, 422, "nothing is on record that could be wrong");
    let long = "长".repeat(limits::CASE_CHARS_MAX[2] + 1);
    assert_eq!(send(&[("what", "fake"), ("bought", &long)]).await.status, 422);
    let number = number(&send(&[("what", "fake"), ("bought", "某市场三号摊")]).await);
    let state = desk.site.get(&format!("/case?number={number}")).await.text();
    assert!(state.contains("疑似假冒") && !state.contains("三号摊"), "{state}");
    let [row] = <[_; 1]>::try_from(desk.cases.file().list(9).expect("a list")).expect("one case");
    assert_eq!((&*row.kind, &*row.key), ("code", code));
    let words = desk.cases.file().words(row.seq).expect("read").expect("words");
    let written = opened(&desk.path, &words.sealed).expect("opened");
    assert_eq!(
        (&*written.bought, written.code.as_str()),
        ("某市场三号摊", typed.grouped().as_str())
    );
}

#[tokio::test]
async fn without_the_option_there_is_no_form_no_link_and_no_case() {
    let site = Site::new();
    for path in [format!("/products/{PRODUCT}"), "/12315".to_owned(), "/privacy".to_owned()] {
        let text = site.get(&path).await.text();
        assert!(!text.contains("/report?") && !text.contains("/case"), "{path}");
    }
    assert!(site.get(&format!("/products/{PRODUCT}")).await.text().contains("/12315"));
    for path in [format!("/report?about={}", about()), "/case".to_owned()] {
        assert_eq!(site.get(&path).await.status, 404, "{path}");
    }
    let post = Request::post("/report").body(Body::from("about=x")).expect("a request");
    let got = site.send(post).await;
    assert_eq!((got.status.as_u16(), got.header("allow")), (405, "GET, HEAD"));
}
