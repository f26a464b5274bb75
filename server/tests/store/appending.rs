//! Appends: all or nothing, in order, in time, one writer at a time.

use register::{Kind, ReasonCode};
use server::store::{self, Creation, Log, Register, StoreError};

use crate::support::{EVERYTHING, ID, Place, day, draft, fixed, instant, product, source};

#[test]
fn entry_0_carries_the_register_id_and_is_the_builtin_source() {
    let place = Place::new();
    let register = place.create();
    let zero = register.read(0, 1).unwrap().remove(0);
    assert_eq!((zero.seq, zero.kind, zero.key.as_str()), (0, Kind::Source, "builtin"));
    assert_eq!(zero.reason.text, Some(format!("register:{ID}")));
    let head = register.reader().unwrap().head().unwrap();
    assert_eq!((head.register_id.as_str(), head.log_size), (ID, 1));
    assert_eq!(head.recorded_at, Some(zero.recorded_at));
    let (a, b) = (store::random_id().unwrap(), store::random_id().unwrap());
    assert!(a != b && a.len() == 32);
}

#[test]
fn a_builtin_source_given_first_becomes_entry_0() {
    let place = Place::new();
    let mut drafts = [source("builtin", 0, false), product("p", 0, "E", &[])].into_iter();
    let register = Register::create_with(&place.path, ID, fixed(0), &mut drafts).unwrap();
    let log = register.read(0, 9).unwrap();
    assert_eq!(log.len(), 2);
    assert_eq!(log[0].body["title"], "builtin");
    assert_eq!(log[0].reason.code, ReasonCode::Listed);
    assert!(log.iter().all(|entry| entry.recorded_at == instant(0)));
}

#[test]
fn a_register_made_at_once_equals_one_made_by_appending() {
    let (one, two) = (Place::new(), Place::new());
    let drafts = || (0..200).map(|i| product(&format!("p{}", i % 60), i % 9, "E", &["GB 1-2020"]));
    let mut creation = Creation::begin(&one.path, ID, instant(0)).unwrap();
    creation.append(&mut std::iter::empty(), instant(0)).unwrap();
    creation.append(&mut drafts().map(Ok), instant(7)).unwrap();
    let at_once = creation.open(fixed(9)).unwrap();
    Register::create_with(&two.path, ID, fixed(0), &mut std::iter::empty()).unwrap();
    let appended = Register::open_with_clock(&two.path, fixed(7)).unwrap();
    appended.append(&mut drafts()).unwrap();
    assert_eq!(at_once.read(0, 999).unwrap(), appended.read(0, 999).unwrap());
    let dump = |register: &Register| register.reader().unwrap().view_dump().unwrap();
    assert_eq!(dump(&at_once), dump(&appended));
    let checkpoint = |place: &Place| std::fs::read_to_string(place.beside(".checkpoint")).unwrap();
    assert_eq!(checkpoint(&one), checkpoint(&two));
}

#[test]
fn an_append_reports_its_place_and_survives_reopening() {
    let place = Place::new();
    let register = place.create();
    let appended = register.append(&mut (0..5).map(|i| product("p", i, "E", &[]))).unwrap();
    assert_eq!((appended.first_seq, appended.count, appended.log_size), (1, 5, 6));
    let nothing = register.append(&mut std::iter::empty()).unwrap();
    assert_eq!((nothing.count, nothing.log_size), (0, 6));
    let log = register.read(0, 99).unwrap();
    drop(register);
    let register = Register::open(&place.path).unwrap();
    assert_eq!(register.read(0, 99).unwrap(), log);
    assert_eq!(register.read(4, 1).unwrap(), log[4..5]);
    assert_eq!(
        register.append(&mut std::iter::once(product("q", 0, "E", &[]))).unwrap().first_seq,
        6
    );
}

#[test]
fn a_failing_draft_undoes_the_whole_append() {
    let place = Place::new();
    let register = place.create();
    let before = register.reader().unwrap().view_dump().unwrap();
    let drafts = (0..500).map(|i| match i {
        499 => Err(StoreError::Caller("row 499".to_owned())),
        _ => Ok(product(&format!("p{i}"), 0, "E", &[])),
    });
    let error = register.try_append(None, &mut { drafts }).unwrap_err();
    assert_eq!(error.to_string(), "row 499");
    let mut large = product("large", 0, "E", &[]);
    large.body.insert("spec".to_owned(), "亮".repeat(22_000).into());
    let mut batch = vec![product("small", 0, "E", &[]), large].into_iter();
    assert!(matches!(register.append(&mut batch), Err(StoreError::TooLarge { .. })));
    assert_eq!(register.log_size().unwrap(), 1);
    assert_eq!(register.reader().unwrap().view_dump().unwrap(), before);
    assert_eq!(
        register.append(&mut std::iter::once(product("p", 0, "E", &[]))).unwrap().log_size,
        2
    );
}

#[test]
fn an_append_that_expects_another_log_size_is_refused() {
    let place = Place::new();
    let register = place.create();
    register.try_append(Some(1), &mut std::iter::once(Ok(product("p", 0, "E", &[])))).unwrap();
    let error = register.try_append(Some(1), &mut std::iter::once(Ok(product("q", 0, "E", &[]))));
    assert!(matches!(error, Err(StoreError::Moved { expected: 1, found: 2 })));
}

#[test]
fn time_never_runs_backwards_in_the_log() {
    let place = Place::new();
    let draft = || std::iter::once(product("p", 0, "E", &[]));
    Register::create_with(&place.path, ID, fixed(1000), &mut draft()).unwrap();
    let at = |seconds| Register::open_with_clock(&place.path, fixed(seconds)).unwrap();
    assert_eq!(at(1000 - 300).append(&mut draft()).unwrap().recorded_at, instant(1000));
    let error = at(1000 - 301).append(&mut draft()).unwrap_err();
    assert!(matches!(error, StoreError::ClockBack { .. }));
    assert!(error.to_string().contains("2023-11-14 22:24:59 UTC"), "{error}");
    assert!(error.to_string().contains("2023-11-14 22:30:00 UTC"), "{error}");
    assert_eq!(at(1060).append(&mut draft()).unwrap().recorded_at, instant(1060));
    assert_eq!(at(0).log_size().unwrap(), 4);
}

#[test]
fn the_file_itself_refuses_to_change_or_lose_an_entry() {
    let place = Place::new();
    let register = place.create();
    register.append(&mut (0..3).map(|i| product("p", i, "E", &[]))).unwrap();
    let raw = rusqlite::Connection::open(&place.path).unwrap();
    for statement in [
        "UPDATE entries SET entry = '{}' WHERE seq = 1",
        "DELETE FROM entries WHERE seq = 3",
        "INSERT OR REPLACE INTO entries SELECT seq, chain, '{}' FROM entries WHERE seq = 2",
        "INSERT INTO entries SELECT 9, chain, entry FROM entries WHERE seq = 2",
    ] {
        let error = raw.execute(statement, []).unwrap_err().to_string();
        assert!(error.contains("append-only"), "{statement}: {error}");
    }
    assert_eq!(register.read(0, 99).unwrap().len(), 4);
}

#[test]
fn the_rolling_hash_is_the_documented_one() {
    use sha2::{Digest, Sha256};
    let place = Place::new();
    let register = place.create();
    register.append(&mut std::iter::once(product("p", 0, "E", &[]))).unwrap();
    let mut chain = [0u8; 32];
    for entry in register.read(0, 9).unwrap() {
        let leaf = Sha256::digest(
            [&[0u8][..], store::chain::canonical(&entry).unwrap().as_bytes()].concat(),
        );
        chain = Sha256::digest([&chain[..], &leaf].concat()).into();
    }
    let text = std::fs::read_to_string(place.beside(".checkpoint")).unwrap();
    let expected = format!(
        "liangbiao-checkpoint 1\nregister {ID}\nsize 2\nchain {}\n",
        store::chain::hex(&chain)
    );
    assert_eq!(text, expected);
}

#[test]
fn writers_of_one_process_and_of_two_connections_take_turns() {
    let place = Place::new();
    let one = place.create();
    let two = Register::open(&place.path).unwrap();
    std::thread::scope(|scope| {
        for (name, register) in [("a", &one), ("b", &two), ("c", &one)] {
            scope.spawn(move || {
                for i in 0..20 {
                    let key = format!("{name}{i}");
                    register.append(&mut std::iter::once(product(&key, i, "E", &[]))).unwrap();
                }
            });
        }
    });
    assert_eq!(one.log_size().unwrap(), 61);
    assert_eq!(one.reader().unwrap().count(Kind::Product, EVERYTHING).unwrap(), 60);
    let audit = store::audit(&place.path, &mut |_, _, _| ()).unwrap();
    assert_eq!(audit.errors, Vec::<String>::new());
}

/// A penalty on a natural person, whose name may have to go one day.
fn penalty() -> register::Draft {
    draft(
        Kind::Penalty,
        "示例罚〔2024〕1号",
        day(0),
        serde_json::json!({ "authority": "示例市场监管局", "person_name": "示例人丙", "status": "in_force" }),
    )
}

#[test]
fn a_removable_value_is_not_in_the_log_and_removing_it_leaves_every_hash() {
    let place = Place::new();
    let register = place.create();
    register.append(&mut std::iter::once(penalty())).unwrap();
    let reader = register.reader().unwrap();
    let name = || {
        reader.record(Kind::Penalty, "示例罚〔2024〕1号", EVERYTHING).unwrap().unwrap().body["person_name"].clone()
    };
    assert_eq!(name(), "示例人丙", "a reader of the register still gets the value");
    assert_eq!(register.read(1, 1).unwrap()[0].body["person_name"], "示例人丙");
    let raw = rusqlite::Connection::open(&place.path).unwrap();
    let text: String =
        raw.query_row("SELECT entry FROM entries WHERE seq = 1", [], |row| row.get(0)).unwrap();
    assert!(
        text.contains(r#""person_name":{"commitment":""#) && !text.contains("示例人丙"),
        "{text}"
    );
    let errors = || store::audit(&place.path, &mut |_, _, _| ()).unwrap().errors;
    assert_eq!(errors(), Vec::<String>::new());
    raw.execute("UPDATE removable_values SET value = '\"示例人丁\"'", []).unwrap();
    assert!(errors()[0].contains("not the one it was committed to"), "{:?}", errors());
    raw.execute("DELETE FROM removable_values", []).unwrap();
    assert_eq!(errors(), Vec::<String>::new());
    assert!(name()["commitment"].is_string());
}

#[test]
fn salts_are_random_unless_a_sample_asks_for_the_same_bytes() {
    let checkpoint = |secret: Option<[u8; 32]>| {
        let place = Place::new();
        let mut creation = Creation::begin(&place.path, ID, instant(0)).unwrap();
        if let Some(secret) = secret {
            creation = creation.salted_by(secret);
        }
        creation.append(&mut std::iter::once(Ok(penalty())), instant(0)).unwrap();
        creation.finish().unwrap();
        std::fs::read_to_string(place.beside(".checkpoint")).unwrap()
    };
    assert_eq!(checkpoint(Some([7; 32])), checkpoint(Some([7; 32])));
    assert_ne!(checkpoint(Some([7; 32])), checkpoint(Some([8; 32])));
    assert_ne!(checkpoint(None), checkpoint(None));
}
