//! Entries, values and redactions at home in PostgreSQL and on every node.

use std::path::Path;
use std::sync::Arc;

use chrono::{NaiveDate, Utc};
use register::code::Batch;
use register::{Draft, Kind, ReasonCode, SourceRef};
use serde_json::json;
use server::store::{
    self, Address, End, FixedClock, Log, Place, Reader, Register, StoreError, Take, move_log,
};

use crate::cluster::Cluster;

const ID: &str = "0123456789abcdef0123456789abcdef";
const FIRM: &str = "91350100M000100Y43";

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 4, 10).unwrap()
}

fn draft(kind: Kind, key: &str, body: serde_json::Value) -> Draft {
    let serde_json::Value::Object(body) = body else { panic!("a body is an object") };
    Draft {
        valid_from: day(),
        kind,
        key: key.to_owned(),
        reason: ReasonCode::Listed.into(),
        source: SourceRef { id: "test".to_owned(), locator: Default::default() },
        body,
    }
}

fn product(key: &str) -> Draft {
    let body = json!({ "name_zh": format!("示例\u{0}冰箱 {key} \u{1F9CA}"), "holder": FIRM, "model": key });
    draft(Kind::Product, key, body)
}

/// A penalty with values that may be taken out; `n` stands in each.
fn penalty(n: u32) -> Draft {
    let body = json!({
        "number": format!("示罚{n}"), "authority": "示例局",
        "party": { "name": format!("当事〖{n:04}〗"), "uscc": FIRM }, "act": format!("违法〖{n:04}〗"),
        "basis": [{ "law": "示例法" }], "measure": ["fine"], "decided_on": "2020-04-10",
        "publish_until": "2099-01-01", "status": "in_force", "person_name": format!("姓名〖{n:04}〗"),
    });
    draft(Kind::Penalty, &format!("示罚{n}"), body)
}

fn place(folder: &Path, name: &str, address: &str) -> Place {
    Place { path: folder.join(name), home: Some(Address::parse(address).unwrap()) }
}

/// Makes a register of a few entries at `place`, with a batch of unit codes.
fn make(place: &Place) {
    let mut creation = place.create(ID, Utc::now()).unwrap();
    let drafts = (0..3).map(|n| product(&format!("p{n}"))).chain((0..40).map(penalty));
    creation.append(&mut drafts.map(Ok), Utc::now()).unwrap();
    let batch = batch();
    let body = json!({ "batch_root": server::store::chain::hex(batch.root()) });
    let named = draft(Kind::Code, &register::code::batch_key(batch.root()), body);
    creation.append(&mut std::iter::once(Ok(named)), Utc::now()).unwrap();
    creation.put_batch(&batch).unwrap();
    creation.finish().unwrap();
}

fn batch() -> Batch {
    let mut blob = Vec::new();
    for n in 0u8..9 {
        blob.extend_from_slice(&[n * 20 + 1; 32]);
    }
    Batch::from_blob(blob).unwrap()
}

/// Everything that a log's identity rests on.
fn identity(reader: &Reader) -> (String, u64, String, Vec<String>) {
    let head = reader.head().unwrap();
    let root = store::chain::hex(&reader.root(head.log_size).unwrap());
    (head.register_id, head.log_size, root, reader.texts(0, usize::MAX >> 1).unwrap())
}

fn sound(path: &Path) {
    let audit = store::audit(path, &mut |_, _, _| ()).unwrap();
    assert_eq!(audit.errors, Vec::<String>::new(), "{}", path.display());
}

fn holds(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).unwrap().flatten().any(|file| {
        let path = file.path();
        path.is_file()
            && std::fs::read(path).unwrap().windows(text.len()).any(|part| part == text.as_bytes())
    })
}

#[test]
fn every_node_holds_the_log_of_its_home() {
    let Some(cluster) = Cluster::start() else { return };
    let address = cluster.database("one");
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (place(folder.path(), "a.db", &address), place(folder.path(), "b.db", &address));

    assert!(matches!(a.open(), Err(StoreError::NoLog(_))), "an empty database is no register");
    make(&a);
    assert!(matches!(b.create(ID, Utc::now()), Err(StoreError::LogExists(_))));
    let (one, two) = (a.open().unwrap(), b.open().unwrap());
    assert_eq!(identity(&one.reader().unwrap()), identity(&two.reader().unwrap()));
    assert_eq!(two.reader().unwrap().unit_batch(batch().root()).unwrap(), Some(batch()));

    // What one appends, the other reads; what was decided before is refused.
    let known = two.log_size().unwrap();
    one.append(&mut [product("p3"), penalty(90)].into_iter()).unwrap();
    let late = two.try_append(Some(known), &mut std::iter::once(Ok(product("p4"))));
    assert!(matches!(late, Err(StoreError::Moved { .. })), "{late:?}");
    assert_eq!(two.wait(known, std::time::Duration::from_secs(5)).unwrap(), known + 2);
    // A clock that is behind the last entry, but not by much, does not turn time back.
    let behind = Arc::new(FixedClock(Utc::now() - chrono::Duration::minutes(2)));
    let slow = b.open_with_clock(behind).unwrap();
    let last = slow.reader().unwrap().head().unwrap().recorded_at;
    let appended = slow.append(&mut std::iter::once(product("p4"))).unwrap();
    assert_eq!(Some(appended.recorded_at), last);

    // Who has nothing to write holds nobody up.
    assert_eq!(one.append(&mut std::iter::empty()).unwrap().count, 0);

    // Two writers at once, on two nodes: both are served, one after the other.
    let before = slow.log_size().unwrap();
    std::thread::scope(|scope| {
        for (name, register) in [("x", &one), ("y", &two)] {
            scope.spawn(move || {
                for n in 0..15 {
                    let drafts = (0..3).map(|i| product(&format!("{name}{n}-{i}")));
                    register.append(&mut { drafts }).unwrap();
                }
            });
        }
    });
    let (left, right) = (one.reader().unwrap(), two.reader().unwrap());
    assert_eq!(left.log_size().unwrap(), before + 90);
    assert_eq!(identity(&left), identity(&right));
    assert_eq!(left.view_dump().unwrap(), right.view_dump().unwrap());

    // A view alone takes nothing, and a register of its own is no view.
    let alone = Register::open(&a.path).unwrap();
    let refused = alone.append(&mut std::iter::once(product("p5")));
    assert!(matches!(refused, Err(StoreError::Copy(_))), "{refused:?}");
    drop(Register::create(&folder.path().join("own.db"), ID).unwrap());
    let own = place(folder.path(), "own.db", &address).open();
    assert!(matches!(own, Err(StoreError::NotACopy(_))), "{own:?}");

    // Taken out on one node: out of the home and of the other node, to the last byte.
    assert!(holds(folder.path(), "当事〖0007〗"), "the test looks right");
    let take = |n: u32| Take {
        kind: Kind::Penalty,
        key: format!("示罚{n}"),
        fields: Vec::new(),
        reason: "依申请 [甲]".to_owned(),
    };
    one.redact(&[take(7), take(90)]).unwrap();
    two.catch_up().unwrap();
    for n in ["0007", "0090"] {
        for what in ["当事", "违法", "姓名"] {
            assert!(!holds(folder.path(), &format!("{what}〖{n}〗")), "{what} {n} is left");
        }
    }
    assert!(holds(folder.path(), "当事〖0008〗"), "another record stays");
    let kept = "SELECT count(*) FROM liangbiao.removable_values WHERE convert_from(value, 'UTF8') LIKE '%〖0007〗%'";
    assert_eq!(cluster.sql("one", kept), "0");
    assert_eq!(
        one.reader().unwrap().view_dump().unwrap(),
        two.reader().unwrap().view_dump().unwrap()
    );
    for path in [&a.path, &b.path] {
        sound(path);
    }
    // A node that comes later has the same, byte for byte.
    let c = place(folder.path(), "c.db", &address);
    assert_eq!(identity(&c.reader().unwrap()), identity(&one.reader().unwrap()));
    sound(&c.path);
}

#[test]
fn a_log_moves_with_the_same_bytes_and_only_one_home_takes_entries() {
    let Some(cluster) = Cluster::start() else { return };
    let (first, second) = (cluster.database("first"), cluster.database("second"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("r.db");
    make(&Place::from(file.clone()));
    let before = identity(&Reader::open(&file).unwrap());
    let postgres = |address: &str| End::Postgres(Box::new(Address::parse(address).unwrap()));
    let in_file = |name: &str| End::File(folder.path().join(name));

    let open = Register::open(&file).unwrap();
    let moved = move_log(&in_file("r.db"), &postgres(&first)).unwrap();
    assert_eq!(
        (moved.register_id, moved.size, moved.root),
        (before.0.clone(), before.1, before.2.clone())
    );
    // One that had the file open all the time, too, writes there no more.
    let refused = open.append(&mut std::iter::once(product("late")));
    assert!(matches!(refused, Err(StoreError::Copy(_))), "{refused:?}");
    assert!(matches!(move_log(&in_file("r.db"), &postgres(&second)), Err(StoreError::Copy(_))));
    // A move that was cut short between its two ends is ended by the same words.
    drop(open);
    rusqlite_version(&file, 1);
    move_log(&in_file("r.db"), &postgres(&first)).unwrap();
    let at_home = place(folder.path(), "r.db", &first);
    assert_eq!(identity(&at_home.reader().unwrap()), before, "the file is the node's view");
    assert_eq!(identity(&place(folder.path(), "n.db", &first).reader().unwrap()), before);

    // Not onto something else.
    drop(Register::create(&folder.path().join("own.db"), ID).unwrap());
    let onto = move_log(&in_file("own.db"), &postgres(&first));
    assert!(matches!(onto, Err(StoreError::LogExists(_))), "{onto:?}");
    let onto = move_log(&postgres(&first), &in_file("own.db"));
    assert!(matches!(onto, Err(StoreError::Exists(_))), "{onto:?}");

    // And back.
    at_home.open().unwrap().append(&mut std::iter::once(product("p9"))).unwrap();
    let now = identity(&at_home.reader().unwrap());
    let back = move_log(&postgres(&first), &in_file("back.db")).unwrap();
    assert_eq!((back.size, &back.root), (now.1, &now.2));
    assert_eq!(identity(&Reader::open(&folder.path().join("back.db")).unwrap()), now);
    sound(&folder.path().join("back.db"));
    let refused = at_home.open().unwrap().append(&mut std::iter::once(product("late")));
    assert!(matches!(refused, Err(StoreError::HomeRefused { .. })), "{refused:?}");
    Register::open(&folder.path().join("back.db"))
        .unwrap()
        .append(&mut std::iter::once(product("p10")))
        .unwrap();
}

/// Marks a file as a log's home again, as a crash between two commits leaves it.
fn rusqlite_version(path: &Path, version: u32) {
    let conn = rusqlite::Connection::open(path).unwrap();
    conn.pragma_update(None, "user_version", version).unwrap();
}

#[test]
fn a_home_that_lost_entries_or_has_others_is_refused() {
    let Some(cluster) = Cluster::start() else { return };
    let address = cluster.database("main");
    let folder = tempfile::tempdir().unwrap();
    let node = place(folder.path(), "a.db", &address);
    make(&node);
    cluster.sql("postgres", "CREATE DATABASE backup TEMPLATE main");
    let register = node.open().unwrap();
    register.append(&mut std::iter::once(product("seen"))).unwrap();
    drop(register);

    // The backup lacks an entry that was seen here; nothing is read from it, nothing written to it.
    let old = Place {
        home: Some(Address::parse(&cluster.address("backup", cluster.port)).unwrap()),
        ..node.clone()
    };
    let error = old.open().unwrap_err();
    assert!(matches!(error, StoreError::Forked { .. }), "{error}");
    // Another node writes to the backup: a second history, as long as the first.
    let other = place(folder.path(), "b.db", &cluster.address("backup", cluster.port));
    other.open().unwrap().append(&mut std::iter::once(product("forked"))).unwrap();
    let error = old.open().unwrap_err();
    assert!(matches!(error, StoreError::Forked { .. }), "{error}");
    // Without the view the checkpoint remembers.
    for ending in ["", "-wal", "-shm"] {
        std::fs::remove_file(folder.path().join(format!("a.db{ending}"))).ok();
    }
    let error = old.open().unwrap_err();
    assert!(matches!(error, StoreError::Rewound { .. }), "{error}");
    assert!(node.open().is_ok(), "the true home is taken");

    // The database itself lets nobody rewrite the log.
    for sql in [
        "UPDATE liangbiao.entries SET entry = '' WHERE seq = 3",
        "DELETE FROM liangbiao.entries WHERE seq = 3",
        "TRUNCATE liangbiao.entries",
        "INSERT INTO liangbiao.entries SELECT seq + 500, chain, entry FROM liangbiao.entries LIMIT 1",
    ] {
        let port = cluster.port.to_string();
        let host = cluster.path("").display().to_string();
        let args = ["-h", &host, "-p", &port, "-U", "lb", "-d", "main", "-c", sql];
        assert!(!cluster.output("psql", &args).status.success(), "{sql}");
    }
    // One who forces it is found out by the next node that reads.
    cluster.sql(
        "main",
        "ALTER TABLE liangbiao.entries DISABLE TRIGGER ALL;
         UPDATE liangbiao.entries SET entry = convert_to(replace(convert_from(entry, 'UTF8'), 'p1', 'q1'), 'UTF8')",
    );
    let fresh = place(folder.path(), "fresh.db", &address).open().unwrap_err();
    assert!(matches!(fresh, StoreError::Damaged(_)), "{fresh}");
    assert!(!folder.path().join("fresh.db").exists());
}
