//! What is taken out of a register is gone from every byte beside it, and nothing else is.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use chrono::NaiveDate;
use register::{Draft, Kind, ReasonCode};
use serde_json::json;
use server::store::{self, Head, Log, Reader, StoreError, Take};

use crate::support::{EVERYTHING, Place, Random, day, draft};

const FIRM: &str = "91350100M000100Y43";
const OTHER: &str = "91440606722473344C";

/// A penalty whose words are found nowhere else: `n` stands in every one of them.
fn penalty(n: u64, until: &str, code: &str) -> Draft {
    draft(
        Kind::Penalty,
        &format!("示罚{n}"),
        day(100),
        json!({
            "number": format!("示罚{n}"), "authority": "示例局",
            "party": { "name": secret("当事", n), "uscc": code },
            "act": secret("违法", n).repeat(1 + n as usize % 40), "basis": [{ "law": "示例法" }],
            "measure": ["fine"], "content": secret("罚款", n), "decided_on": "2020-04-10",
            "publish_until": until, "status": "in_force", "person_name": secret("姓名", n),
        }),
    )
}

fn secret(what: &str, n: u64) -> String {
    format!("{what}〖{n:06}〗")
}

fn enterprise(key: &str) -> Draft {
    let body = json!({
        "name_zh": "示例电器有限公司", "uscc": key, "place": "440606", "status": "active",
        "roles": ["producer"], "legal_representative": secret("法人", 900_000),
    });
    draft(Kind::Enterprise, key, day(0), body)
}

/// Whether any file of the folder, or of a folder in it, holds these bytes.
fn holds(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            found.extend(holds(&path, text));
        } else {
            // By another process: where this one closes a file that it has open by SQLite too, the system
            // drops the locks that SQLite holds on it, and the next command believes itself alone.
            let bytes = Command::new("cat").arg(&path).output().unwrap().stdout;
            let needle = text.as_bytes();
            if bytes.windows(needle.len()).any(|window| window == needle) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

fn sound(place: &Place) {
    let audit = store::audit(&place.path, &mut |_, _, _| ()).unwrap();
    assert_eq!(audit.errors, Vec::<String>::new());
}

fn everything(key: &str) -> Take {
    Take {
        kind: Kind::Penalty,
        key: key.to_owned(),
        fields: Vec::new(),
        reason: "依申请".to_owned(),
    }
}

#[test]
fn no_byte_of_it_is_left_and_every_hash_is_as_it_was() {
    let place = Place::new();
    let register = place.create();
    register.append(&mut std::iter::once(enterprise(FIRM))).unwrap();
    // In many appends, so that pages are split and values moved between them.
    for batch in 0..30 {
        let drafts = (0..20).map(|i| penalty(batch * 20 + i, "2099-01-01", FIRM));
        register.append(&mut { drafts }).unwrap();
    }
    // A reader that stays, as of a portal: the journal is not removed when the command ends.
    let reader = Reader::open(&place.path).unwrap();
    let size = reader.log_size().unwrap();
    let texts = reader.texts(0, usize::MAX >> 1).unwrap();
    let root = reader.root(size).unwrap();
    let (gone, stays) = ([0, 7, 19, 20, 300, 599], [1, 8, 301]);
    for n in gone {
        assert!(!holds(place.folder.path(), &secret("当事", n)).is_empty(), "the test looks right");
    }
    std::fs::create_dir(place.beside(".files")).unwrap();
    std::fs::write(place.beside(".files").join("all.jsonl"), secret("当事", 7)).unwrap();
    std::fs::write(place.beside(".index"), secret("当事", 19)).unwrap();

    let takes: Vec<Take> = gone.iter().map(|n| everything(&format!("示罚{n}"))).collect();
    let planned = register.would_redact(&takes).unwrap();
    assert_eq!(register.log_size().unwrap(), size, "a plan writes nothing");
    let taken = register.redact(&takes).unwrap();
    assert_eq!(planned, taken);
    assert_eq!(taken[0].entries.len(), 1);
    assert_eq!(taken[0].entries[0].1, ["party", "act", "content", "person_name"]);

    for n in gone {
        for what in ["当事", "违法", "罚款", "姓名"] {
            let left = holds(place.folder.path(), &secret(what, n));
            assert!(left.is_empty(), "{what} of {n} is left in {left:?}");
        }
    }
    for n in stays {
        assert!(!holds(place.folder.path(), &secret("当事", n)).is_empty(), "{n} stays");
    }
    // The log is the same, and goes on from there.
    assert_eq!(reader.texts(0, size as usize).unwrap(), texts);
    assert_eq!(reader.root(size).unwrap(), root);
    assert_eq!(reader.log_size().unwrap(), size + gone.len() as u64);
    let head: Head = reader.head().unwrap();
    assert_eq!(head.redacted, head.log_size);
    let entry = reader.record(Kind::Penalty, "示罚7", EVERYTHING).unwrap().unwrap();
    assert_eq!(entry.reason.code, ReasonCode::Redacted);
    let first = taken[1].entries[0].0;
    assert_eq!(
        entry.reason.text.as_deref(),
        Some(format!("依申请 [{first}: party, act, content, person_name]").as_str())
    );
    assert!(entry.body["party"]["commitment"].is_string(), "{:?}", entry.body);
    assert_eq!(entry.body["authority"], "示例局", "what is public stays");
    // Nothing refers to the firm from what was taken out.
    let all = EVERYTHING;
    let about = reader.referring(Kind::Penalty, Kind::Enterprise, FIRM, all).unwrap();
    assert_eq!(about.len(), 600 - gone.len());
    sound(&place);
    let before = reader.view_dump().unwrap();
    register.rebuild(&mut |_| ()).unwrap();
    assert!(reader.view_dump().unwrap() == before, "the view is that of the log");
    // A second time there is nothing left of it.
    let again = register.redact(&takes[..1]).unwrap_err().to_string();
    assert!(again.contains("nothing is left of it"), "{again}");
}

#[test]
fn a_key_known_from_a_removed_value_alone_is_forgotten() {
    let place = Place::new();
    let register = place.create();
    // The firm of the penalty is no record; another is numbered after it.
    register.append(&mut [penalty(1, "2099-01-01", OTHER), enterprise(FIRM)].into_iter()).unwrap();
    assert!(register.reader().unwrap().view_dump().unwrap().contains(OTHER));
    register.redact(&[everything("示罚1")]).unwrap();
    assert!(!register.reader().unwrap().view_dump().unwrap().contains(OTHER));
    assert_eq!(holds(place.folder.path(), OTHER), Vec::<String>::new());
    sound(&place);
}

#[test]
fn one_field_of_every_version_goes_and_what_the_log_itself_holds_cannot() {
    let place = Place::new();
    let register = place.create();
    let mut later = enterprise(FIRM);
    later.valid_from = day(50);
    later.body.insert("legal_representative".to_owned(), json!(secret("法人", 900_001)));
    later.body.insert("quality_lead".to_owned(), json!(secret("质量", 900_001)));
    register.append(&mut [enterprise(FIRM), later].into_iter()).unwrap();
    let take = |field: &str| Take {
        kind: Kind::Enterprise,
        key: FIRM.to_owned(),
        fields: vec![field.to_owned()],
        reason: "依本人申请".to_owned(),
    };
    let refused = |take: &Take| register.redact(std::slice::from_ref(take)).unwrap_err();
    assert!(refused(&take("name_zh")).to_string().contains("stands in the log itself"));
    assert!(refused(&take("nickname")).to_string().contains("no version of it has a field"));
    let other = Take { key: OTHER.to_owned(), ..take("name_zh") };
    assert!(refused(&other).to_string().contains("there is no such record"));
    assert_eq!(register.log_size().unwrap(), 3);
    assert!(!store::unfinished(&place.path));
    let taken = register.redact(&[take("legal_representative")]).unwrap();
    assert_eq!(taken[0].listed(), "1: legal_representative; 2: legal_representative");
    assert!(holds(place.folder.path(), &secret("法人", 900_000)).is_empty());
    assert!(holds(place.folder.path(), &secret("法人", 900_001)).is_empty());
    assert!(
        !holds(place.folder.path(), &secret("质量", 900_001)).is_empty(),
        "another field stays"
    );
    let reader = register.reader().unwrap();
    let now = reader.record(Kind::Enterprise, FIRM, EVERYTHING).unwrap().unwrap();
    assert_eq!(now.body["quality_lead"], secret("质量", 900_001));
    // It can go later, from the entry about the first redaction too.
    let taken = register.redact(&[take("quality_lead")]).unwrap();
    assert_eq!(taken[0].listed(), "2: quality_lead; 3: quality_lead");
    assert!(holds(place.folder.path(), &secret("质量", 900_001)).is_empty());
    sound(&place);
}

fn command(place: &Place, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liangbiao"));
    command.args(words).env("LIANGBIAO_REGISTER", &place.path).current_dir(place.folder.path());
    command
}

fn run(place: &Place, words: &[&str]) -> (Option<i32>, String) {
    let output = command(place, words).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout) + &text(&output.stderr))
}

#[test]
fn what_is_due_is_what_is_over_and_a_list_does_not_bring_it_back() {
    let place = Place::new();
    let register = place.create();
    register.append(&mut std::iter::once(enterprise(FIRM))).unwrap();
    drop(register);
    let list = "行政处罚决定书文号,当事人名称,统一社会信用代码,违法事实,处罚依据,处罚内容,处罚机关,处罚决定日期,公示截止期,处罚类别,状态
示罚1,示例电器有限公司,91350100M000100Y43,已满的事,产品质量法 第49条,罚款2万元,示例局,2020-05-10,2021-05-10,罚款,生效
示罚2,示例电器有限公司,91350100M000100Y43,未满的事,产品质量法 第49条,罚款3万元,示例局,2020-05-10,2099-05-10,罚款,生效
";
    std::fs::write(place.folder.path().join("list.csv"), list).unwrap();
    let import = ["import", "--kind", "penalty", "list.csv", "--source", "示例局"];
    let (code, said) = run(&place, &import);
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = run(&place, &["audit", "--rule", "I18"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("liangbiao redact --due"), "{said}");

    let size = || Reader::open(&place.path).unwrap().log_size().unwrap();
    let before = size();
    let (code, said) = run(&place, &["redact", "--due", "--dry-run"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("penalty 示罚1") && !said.contains("示罚2"), "{said}");
    assert!(said.contains("3 values of 1 records would be taken out"), "{said}");
    assert_eq!(size(), before);
    let (code, said) = run(&place, &["redact", "--due"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(size(), before + 1);
    // The list itself is the operator's; it lies beside the register in this test.
    std::fs::rename(place.folder.path().join("list.csv"), place.folder.path().join("kept"))
        .unwrap();
    let left = holds(place.folder.path(), "已满的事");
    assert!(left.iter().all(|file| file.ends_with("kept")), "{left:?}");
    let (code, said) = run(&place, &["redact", "--due"]);
    assert_eq!((code, size()), (Some(0), before + 1), "nothing is due: {said}");
    assert_eq!(run(&place, &["audit", "--rule", "I18"]).0, Some(0));
    assert_eq!(run(&place, &["check"]).0, Some(0));

    // The same list again, with another row changed: what was taken out stays out.
    let changed = list.replace("3万元", "4万元").replace("示罚1,示例", "示罚1, 示例");
    std::fs::write(place.folder.path().join("list.csv"), changed).unwrap();
    let (code, said) = run(&place, &import);
    assert_eq!(code, Some(0), "{said}");
    let reader = Reader::open(&place.path).unwrap();
    let one = reader.record(Kind::Penalty, "示罚1", EVERYTHING).unwrap().unwrap();
    assert!(one.body["act"]["commitment"].is_string(), "{:?}", one.body);
    let two = reader.record(Kind::Penalty, "示罚2", EVERYTHING).unwrap().unwrap();
    assert_eq!(two.body["content"], "罚款4万元");
    std::fs::remove_file(place.folder.path().join("list.csv")).unwrap();
    let left = holds(place.folder.path(), "已满的事");
    assert!(left.iter().all(|file| file.ends_with("kept")), "{left:?}");

    for wrong in [
        &["redact"][..],
        &["redact", "penalty"],
        &["redact", "penalty", "示罚2"],
        &["redact", "fish", "示罚2", "--reason", "x"],
        &["redact", "penalty", "示罚2", "--reason", " "],
        &["redact", "--due", "penalty", "示罚2", "--reason", "x"],
    ] {
        assert_eq!(run(&place, wrong).0, Some(2), "{wrong:?}");
    }
    assert_eq!(run(&place, &["redact", "penalty", "nobody", "--reason", "x"]).0, Some(1));
}

#[test]
fn a_redaction_killed_at_any_moment_has_happened_or_has_not() {
    let place = Place::new();
    let register = place.create();
    register.append(&mut std::iter::once(enterprise(FIRM))).unwrap();
    let mut random = Random(7);
    let (mut next, mut unfinished, mut done) = (0, 0, 0);
    let mut kept = vec![];
    for _round in 0..12 {
        let drafts: Vec<Draft> =
            (next..next + 150).map(|n| penalty(n, "2021-01-01", FIRM)).collect();
        kept.extend(next..next + 150);
        next += 150;
        register.append(&mut drafts.into_iter()).unwrap();
        let before = register.log_size().unwrap();
        let mut child = command(&place, &["redact", "--due"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // From the moment it begins.
        let mark = place.beside(".redacting");
        for _ in 0..20_000 {
            if mark.exists() || child.try_wait().unwrap().is_some() {
                break;
            }
            std::thread::sleep(Duration::from_micros(500));
        }
        std::thread::sleep(Duration::from_millis(random.below(120)));
        child.kill().unwrap();
        child.wait().unwrap();
        let after = register.log_size().unwrap();
        let reader = register.reader().unwrap();
        let mut gone = 0;
        for n in &kept {
            let entry = reader.record(Kind::Penalty, &format!("示罚{n}"), EVERYTHING);
            let party = entry.unwrap().unwrap().body["party"].clone();
            gone += u64::from(party.get("commitment").is_some());
        }
        // All that was due, with an entry each, or nothing.
        assert!(gone == 0 || gone == kept.len() as u64, "{gone} of {}", kept.len());
        assert_eq!(after - before, gone);
        unfinished += u32::from(store::unfinished(&place.path));
        if gone > 0 {
            done += 1;
            // Whatever the killed command left on old pages, the next one clears away.
            let (code, said) = run(&place, &["redact", "--due"]);
            assert_eq!(code, Some(0), "{said}");
            for n in [kept[0], kept[kept.len() - 1]] {
                assert!(holds(place.folder.path(), &secret("当事", n)).is_empty());
            }
            kept.clear();
        }
        assert!(gone == 0 || !store::unfinished(&place.path));
    }
    eprintln!("12 kills: {unfinished} left a mark, {done} had happened");
    assert!(unfinished > 0, "no kill came in the middle");
    let (code, said) = run(&place, &["redact", "--due"]);
    assert_eq!(code, Some(0), "{said}");
    sound(&place);
}

#[test]
fn a_record_is_due_by_its_own_day() {
    let place = Place::new();
    let register = place.create();
    register
        .append(&mut [penalty(1, "2026-11-21", FIRM), penalty(2, "2026-11-22", FIRM)].into_iter())
        .unwrap();
    let on = |day: &str| -> Result<Vec<String>, StoreError> {
        let day: NaiveDate = day.parse().unwrap();
        Ok(register.due(day)?.into_iter().map(|(_, key)| key).collect())
    };
    assert_eq!(on("2026-11-21").unwrap(), Vec::<String>::new(), "through its last day");
    assert_eq!(on("2026-11-22").unwrap(), ["示罚1"]);
    assert_eq!(on("2026-11-23").unwrap(), ["示罚1", "示罚2"]);
}
