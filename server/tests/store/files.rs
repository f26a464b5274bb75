//! What is refused, and in which words.

use std::time::Duration;

use server::store::{self, Log, Reader, Register, StoreError};

use crate::support::{EVERYTHING, ID, Place, product};

fn append(register: &Register, keys: std::ops::Range<i64>) {
    register.append(&mut keys.map(|i| product(&format!("p{i}"), i, "E", &[]))).unwrap();
}

fn audit_errors(place: &Place) -> String {
    store::audit(&place.path, &mut |_, _, _| ()).unwrap().errors.join("\n")
}

#[test]
fn opening_what_is_no_register_says_what_to_do() {
    let place = Place::new();
    let missing = Register::open(&place.path).unwrap_err().to_string();
    assert!(
        missing.contains("liangbiao sample") && missing.contains("liangbiao import"),
        "{missing}"
    );
    assert!(!place.path.exists(), "opening creates nothing");
    std::fs::write(&place.path, "企业名称,统一社会信用代码\n".repeat(100)).unwrap();
    assert!(matches!(Register::open(&place.path), Err(StoreError::NotARegister(_))));
    assert!(matches!(Register::create(&place.path, ID), Err(StoreError::Exists(_))));
    std::fs::write(&place.path, "").unwrap();
    assert!(matches!(Reader::open(&place.path), Err(StoreError::NotARegister(_))));
    std::fs::remove_file(&place.path).unwrap();
    rusqlite::Connection::open(&place.path).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(matches!(Register::open(&place.path), Err(StoreError::NotARegister(_))));
    assert!(matches!(Register::create(&place.path, "short"), Err(StoreError::Caller(_))));
}

#[test]
fn a_register_of_a_later_version_is_refused() {
    let place = Place::new();
    drop(place.create());
    let raw = rusqlite::Connection::open(&place.path).unwrap();
    raw.pragma_update(None, "user_version", 3).unwrap();
    let error = Register::open(&place.path).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 3, known: 2, .. }), "{error}");
}

#[test]
fn a_creation_given_up_leaves_nothing_behind() {
    let place = Place::new();
    let drafts = [Ok(product("p", 0, "E", &[])), Err(StoreError::Caller("no".to_owned()))];
    let mut creation = store::Creation::begin(&place.path, ID, crate::support::instant(0)).unwrap();
    assert!(creation.append(&mut drafts.into_iter(), crate::support::instant(0)).is_err());
    assert!(creation.finish().is_err(), "a broken creation cannot be finished");
    assert_eq!(std::fs::read_dir(place.folder.path()).unwrap().count(), 0);
}

#[test]
fn a_restored_backup_is_refused() {
    let place = Place::new();
    let register = place.create();
    append(&register, 0..10);
    drop(register);
    let backup = std::fs::read(&place.path).unwrap();
    let register = Register::open(&place.path).unwrap();
    append(&register, 10..20);
    drop(register);
    let newest = std::fs::read(&place.path).unwrap();

    std::fs::write(&place.path, &backup).unwrap();
    for error in [Register::open(&place.path).map(drop), Reader::open(&place.path).map(drop)] {
        let error = error.unwrap_err().to_string();
        assert!(error.contains("has seen 21 entries, the log holds 11"), "{error}");
    }
    assert!(audit_errors(&place).contains("has seen 21 entries"));

    // Going on from the backup, without its checkpoint, makes another history of the same length.
    let checkpoint = std::fs::read(place.beside(".checkpoint")).unwrap();
    std::fs::remove_file(place.beside(".checkpoint")).unwrap();
    let register = Register::open(&place.path).unwrap();
    append(&register, 30..50);
    drop(register);
    std::fs::write(place.beside(".checkpoint"), &checkpoint).unwrap();
    let error = Register::open(&place.path).unwrap_err().to_string();
    assert!(error.contains("are not those the checkpoint has seen"), "{error}");

    std::fs::write(&place.path, &newest).unwrap();
    assert_eq!(Register::open(&place.path).unwrap().log_size().unwrap(), 21);
    let other = "f".repeat(32);
    let text = String::from_utf8(checkpoint).unwrap();
    std::fs::write(place.beside(".checkpoint"), text.replace(ID, &other)).unwrap();
    let error = Register::open(&place.path).unwrap_err().to_string();
    assert!(error.contains(&format!("of register {other}")), "{error}");
    std::fs::write(place.beside(".checkpoint"), "liangbiao-checkpoint 2\n").unwrap();
    assert!(Register::open(&place.path).unwrap_err().to_string().contains("not a checkpoint"));
}

#[test]
fn a_log_ahead_of_its_checkpoint_is_what_a_crash_leaves_and_opens() {
    let place = Place::new();
    let register = place.create();
    let checkpoint = std::fs::read(place.beside(".checkpoint")).unwrap();
    append(&register, 0..5);
    std::fs::write(place.beside(".checkpoint"), checkpoint).unwrap();
    drop(register);
    let audit = store::audit(&place.path, &mut |_, _, _| ()).unwrap();
    assert_eq!(audit.errors, Vec::<String>::new());
    assert!(audit.remarks[0].contains("covers 1 of 6"), "{:?}", audit.remarks);
    append(&Register::open(&place.path).unwrap(), 5..6);
    assert!(std::fs::read_to_string(place.beside(".checkpoint")).unwrap().contains("size 7\n"));
}

#[test]
fn a_damaged_register_does_not_pass_the_check() {
    let damage = |statement: &str| {
        let place = Place::new();
        append(&place.create(), 0..40);
        let raw = rusqlite::Connection::open(&place.path).unwrap();
        raw.execute_batch("DROP TRIGGER entries_no_update; DROP TRIGGER entries_no_delete")
            .unwrap();
        assert_eq!(audit_errors(&place), "");
        raw.execute_batch(statement).unwrap();
        audit_errors(&place)
    };
    let changed = "UPDATE entries SET entry = replace(entry, 'on_sale', 'on_sael') WHERE seq = 7";
    assert_eq!(damage(changed), "log: the hash of entry 7 does not fit its text");
    assert!(
        damage("DELETE FROM entries WHERE seq = 7").contains("entry 8 where entry 7 should be")
    );
    let truncated = damage("DELETE FROM entries WHERE seq > 20");
    assert!(truncated.contains("view: at version") && truncated.contains("has seen 41 entries"));
    for view in [
        "DELETE FROM view_references WHERE rowid IS NOT NULL"
            .replace(" WHERE rowid IS NOT NULL", ""),
        "UPDATE view_days SET keys = keys + 1".to_owned(),
        "UPDATE view_versions SET valid_from = 5 WHERE seq = 9".to_owned(),
        "UPDATE view_head SET has_sample = 1".to_owned(),
    ] {
        assert!(damage(&view).starts_with("view: differs"), "{view}");
    }
    assert!(damage("DROP TABLE view_head").contains("view: missing"));
    let place = Place::new();
    append(&place.create(), 0..40);
    let mut bytes = std::fs::read(&place.path).unwrap();
    let at = bytes.len() / 2;
    bytes[at..].fill(0xff);
    std::fs::write(&place.path, bytes).unwrap();
    match store::audit(&place.path, &mut |_, _, _| ()) {
        Ok(audit) => assert_ne!(audit.errors, Vec::<String>::new()),
        Err(error) => assert!(matches!(error, StoreError::Sqlite(_)), "{error}"),
    }
}

#[test]
fn a_second_writer_is_told_that_another_one_is_writing() {
    let place = Place::new();
    let register = place.create();
    let raw = rusqlite::Connection::open(&place.path).unwrap();
    raw.execute_batch("BEGIN IMMEDIATE").unwrap();
    register.set_busy_wait(Duration::from_millis(50)).unwrap();
    let error = register.append(&mut std::iter::once(product("p", 0, "E", &[]))).unwrap_err();
    assert!(matches!(error, StoreError::Busy { .. }), "{error}");
    assert!(error.to_string().contains("another program is writing"), "{error}");
    // Readers are not held up.
    assert_eq!(register.reader().unwrap().head().unwrap().log_size, 1);
    raw.execute_batch("ROLLBACK").unwrap();
    append(&register, 0..1);
}

/// Runs in a process of its own under an account without rights to the file.
#[test]
#[ignore = "the child of the next test"]
fn child_that_may_only_read() {
    let path = std::path::PathBuf::from(std::env::var_os("STORE_TEST_PATH").unwrap());
    let register = Register::open(&path).unwrap();
    let reader = register.reader().unwrap();
    assert_eq!(reader.count(register::Kind::Product, EVERYTHING).unwrap(), 3);
    let error = register.append(&mut std::iter::once(product("q", 0, "E", &[]))).unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly(_)), "{error:?}");
    assert!(error.to_string().contains("cannot be written"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_register_that_may_not_be_written_can_be_read_and_says_so() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let place = Place::new();
    append(&place.create(), 0..3);
    let mode = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(&place.path, 0o444);
    mode(&place.beside(".checkpoint"), 0o444);
    mode(place.folder.path(), 0o555);
    // The superuser may write everything: a copy of this program run as nobody may not.
    let program = place.folder.path().join("program");
    std::fs::copy(std::env::current_exe().unwrap(), &program).unwrap_or_default();
    let superuser = program.exists();
    let mut child = std::process::Command::new(if superuser {
        mode(&program, 0o555);
        program
    } else {
        std::env::current_exe().unwrap()
    });
    if superuser {
        child.uid(65534).gid(65534);
    }
    let output = child
        .args(["--exact", "files::child_that_may_only_read", "--ignored"])
        .current_dir("/")
        .env("STORE_TEST_PATH", &place.path)
        .output()
        .unwrap();
    mode(place.folder.path(), 0o755);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}
