//! Backups: whole or not there, and put back only when they are what they were.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use server::backup::{self, BackupError, Secrets};
use server::store::{self, Checkpoint, Log, Register, StoreError};

use crate::support::{Place, Random, instant, product};

/// Entries of one append beside a backup.
const BATCH: u64 = 50;

fn fill(register: &Register, from: u64, count: u64) {
    let drafts = (from..from + count)
        .map(|i| product(&format!("p-{}", i % 997), 0, "E", &["GB 1-2020", "GB 2-2020"]));
    register.append(&mut { drafts }).unwrap();
}

fn filled(entries: u64) -> (Place, Register) {
    let place = Place::new();
    let register = place.create();
    fill(&register, 0, entries);
    (place, register)
}

fn make(place: &Place, name: &str) -> (PathBuf, backup::Manifest) {
    let folder = place.folder.path().join(name);
    let made =
        backup::make(&place.path, &folder, Secrets::default(), instant(0), &mut |_, _, _| ())
            .unwrap();
    (folder, made)
}

fn restore(folder: &Path, to: &Path) -> Result<backup::Restored, BackupError> {
    backup::restore(folder, to, &mut |_, _, _| ())
}

fn run(words: &[&std::ffi::OsStr]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_liangbiao")).args(words).output().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_backup_made_by_the_command_is_restored_and_sound() {
    let (place, register) = filled(300);
    let (out, copy) = (place.folder.path().join("out"), place.folder.path().join("copy.db"));
    let words = |words: &[&str], paths: &[&Path]| {
        let mut all: Vec<&std::ffi::OsStr> = words.iter().map(|word| (*word).as_ref()).collect();
        all.extend(paths.iter().map(|path| path.as_os_str()));
        let output = run(&all);
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{words:?}: {err}");
        String::from_utf8(output.stdout).unwrap()
    };
    // As a folder is written by hand, with a slash.
    let slashed = PathBuf::from(format!("{}/", out.display()));
    let told = words(&["backup"], &[&place.path, &slashed]);
    let root: String =
        register.reader().unwrap().root(301).unwrap().iter().map(|b| format!("{b:02x}")).collect();
    assert!(told.contains("entries     301") && told.contains(&root), "{told}");
    words(&["restore", "--verify"], &[&slashed]);
    words(&["restore"], &[&slashed, &copy]);
    let told = words(&["check", "--register"], &[&copy]);
    assert!(told.contains("sound") && told.contains("entries     301"), "{told}");
    assert!(!told.contains("remark"), "the checkpoint is there: {told}");
    // Twice into one folder, and over a register: neither.
    for words in [
        ["backup".as_ref(), place.path.as_os_str(), out.as_os_str()],
        ["restore".as_ref(), out.as_os_str(), copy.as_os_str()],
    ] {
        let output = run(&words);
        assert_eq!(output.status.code(), Some(1));
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(err.contains("nothing is ever overwritten"), "{err}");
    }
    assert_eq!(
        names(&out),
        ["manifest.json", "manifest.json.sha256", "register.db", "register.db.checkpoint"]
    );
}

#[test]
fn a_backup_made_while_another_writes_is_of_one_moment() {
    let (place, register) = filled(BATCH);
    let stop = AtomicBool::new(false);
    let made: Vec<(PathBuf, backup::Manifest)> = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut rounds = 1;
            while !stop.load(Ordering::Relaxed) {
                fill(&register, rounds * BATCH, BATCH);
                rounds += 1;
            }
            rounds
        });
        let made = (0..6).map(|i| make(&place, &format!("out{i}"))).collect();
        stop.store(true, Ordering::Relaxed);
        assert!(writer.join().unwrap() > 3, "the writer wrote");
        made
    });
    let sizes: Vec<u64> = made.iter().map(|(_, manifest)| manifest.log_size).collect();
    assert!(sizes[0] < sizes[5], "backups of different moments: {sizes:?}");
    for (i, (folder, manifest)) in made.iter().enumerate() {
        assert_eq!((manifest.log_size - 1) % BATCH, 0, "a part of an append: {sizes:?}");
        let copy = place.folder.path().join(format!("copy{i}.db"));
        restore(folder, &copy).unwrap();
        let audit = store::audit(&copy, &mut |_, _, _| ()).unwrap();
        assert_eq!((audit.errors, audit.log_size), (Vec::new(), manifest.log_size));
        assert_eq!(Checkpoint::read(&copy).unwrap().unwrap().size, manifest.log_size);
    }
}

#[test]
fn one_changed_bit_anywhere_is_refused_and_the_file_is_named() {
    let (place, _register) = filled(60);
    fs::write(place.beside(".cosignatures"), "liangbiao-cosignatures 1\n").unwrap();
    let (folder, _) = make(&place, "out");
    let mut random = Random(7);
    let mut tried = 0;
    for name in names(&folder) {
        let path = folder.join(&name);
        let bytes = fs::read(&path).unwrap();
        let places: Vec<usize> = match bytes.len() {
            length if length < 4_000 => (0..length).collect(),
            length => (0..12).map(|_| random.below(length as u64) as usize).collect(),
        };
        for place_of_bit in places {
            let mut changed = bytes.clone();
            changed[place_of_bit] ^= 1 << random.below(8);
            fs::write(&path, &changed).unwrap();
            let error = backup::verify(&folder, &mut |_, _, _| ()).unwrap_err().to_string();
            // The hash of the manifest and the manifest can only be told to differ.
            let told = name.trim_end_matches(".sha256");
            assert!(error.contains(told), "{name} byte {place_of_bit}: {error}");
            tried += 1;
        }
        let copy = place.folder.path().join("copy.db");
        assert!(restore(&folder, &copy).is_err() && !copy.exists());
        fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
        let error = restore(&folder, &copy).unwrap_err().to_string();
        assert!(error.contains(name.trim_end_matches(".sha256")), "{error}");
        fs::remove_file(&path).unwrap();
        let error = restore(&folder, &copy).unwrap_err().to_string();
        assert!(error.contains(&name) && error.contains("missing"), "{error}");
        fs::write(&path, &bytes).unwrap();
    }
    assert!(tried > 500, "{tried}");
    backup::verify(&folder, &mut |_, _, _| ()).unwrap();
    assert_eq!(
        names(place.folder.path()).iter().filter(|name| name.contains("copy")).count(),
        0,
        "what was refused left nothing"
    );
}

#[test]
fn a_manifest_made_to_fit_another_database_is_refused_by_the_log() {
    let (place, register) = filled(20);
    let (old, _) = make(&place, "old");
    fill(&register, 20, 5);
    let (new, _) = make(&place, "new");
    // The newer manifest with the older database, every hash put right by hand.
    fs::copy(old.join("register.db"), new.join("register.db")).unwrap();
    let text = fs::read_to_string(new.join("manifest.json")).unwrap();
    let mut manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    let bytes = fs::read(new.join("register.db")).unwrap();
    for file in manifest["files"].as_array_mut().unwrap() {
        if file["name"] == "register.db" {
            file["bytes"] = bytes.len().into();
            file["sha256"] = register::id::key::sha256_hex(&bytes).into();
        }
    }
    let text = serde_json::to_string_pretty(&manifest).unwrap();
    fs::write(new.join("manifest.json"), &text).unwrap();
    let hash = register::id::key::sha256_hex(text.as_bytes());
    fs::write(new.join("manifest.json.sha256"), format!("{hash}  manifest.json\n")).unwrap();
    let error = restore(&new, &place.folder.path().join("copy.db")).unwrap_err();
    assert!(matches!(error, BackupError::OtherLog { .. }), "{error}");
    assert!(error.to_string().contains("21 entries"), "{error}");
}

#[test]
fn a_backup_behind_the_checkpoint_does_not_take_its_place() {
    let (place, register) = filled(20);
    let (old, _) = make(&place, "old");
    fill(&register, 20, 5);
    drop(register);
    // The disk lost the register; what stands beside it is there still.
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(place.beside(ending));
    }
    let error = restore(&old, &place.path).unwrap_err();
    assert!(
        matches!(&error, BackupError::Store(StoreError::Rewound { path, .. }) if *path == place.path),
        "{error}"
    );
    let told = error.to_string();
    assert!(told.contains("26 entries") && told.contains("the log holds 21"), "{told}");
    assert!(!place.path.exists(), "nothing was put there");
    // Put there by other means, it is refused when it is opened.
    fs::copy(old.join("register.db"), &place.path).unwrap();
    assert!(matches!(Register::open(&place.path), Err(StoreError::Rewound { .. })));
    fs::remove_file(&place.path).unwrap();
    // The operator says that the entries are lost for good.
    fs::rename(place.beside(".checkpoint"), place.beside(".checkpoint.lost")).unwrap();
    restore(&old, &place.path).unwrap();
    assert_eq!(Register::open(&place.path).unwrap().log_size().unwrap(), 21);
}

#[test]
fn a_backup_with_the_newest_entries_takes_the_place_beside_its_checkpoint() {
    let (place, register) = filled(20);
    let (old, _) = make(&place, "old");
    let before = fs::read(place.beside(".checkpoint")).unwrap();
    drop(register);
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(place.beside(ending));
    }
    // A journal that is left is another database's.
    fs::write(place.beside("-wal"), b"x").unwrap();
    let error = restore(&old, &place.path).unwrap_err();
    assert!(error.to_string().contains("register.db-wal"), "{error}");
    fs::remove_file(place.beside("-wal")).unwrap();
    let restored = restore(&old, &place.path).unwrap();
    assert!(restored.kept.contains(&place.beside(".checkpoint")));
    assert_eq!(fs::read(place.beside(".checkpoint")).unwrap(), before);
    // A checkpoint of another register keeps its place to itself.
    let other = place.folder.path().join("other.db");
    Checkpoint { register_id: "f".repeat(32), size: 0, chain: [0; 32] }.write(&other).unwrap();
    let error = restore(&old, &other).unwrap_err();
    assert!(matches!(error, BackupError::Store(StoreError::Rewound { .. })), "{error}");
}

#[cfg(unix)]
#[test]
fn keys_are_copied_only_when_asked_for_and_stay_their_owners() {
    use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
    let (place, _register) = filled(3);
    let keys = place.beside(".keys");
    fs::DirBuilder::new().mode(0o700).create(&keys).unwrap();
    fs::write(keys.join("pepper"), b"a secret").unwrap();
    let desk = rusqlite::Connection::open(place.beside(".desk")).unwrap();
    desk.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (7)")
        .unwrap();
    let (without, manifest) = make(&place, "without");
    let secret = |name: &String| name.contains("keys") || name.contains("desk");
    assert!(!manifest.keys && !names(&without).iter().any(secret));
    let with = place.folder.path().join("with");
    let manifest = backup::make(
        &place.path,
        &with,
        Secrets { keys: true, desk: true, cases: false },
        instant(0),
        &mut |_, _, _| (),
    )
    .unwrap();
    assert!(manifest.keys);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let copy = place.folder.path().join("copy.db");
    restore(&with, &copy).unwrap();
    for folder in [with.join("register.db.keys"), PathBuf::from(format!("{}.keys", copy.display()))]
    {
        assert_eq!(fs::read(folder.join("pepper")).unwrap(), b"a secret");
        assert_eq!((mode(&folder), mode(&folder.join("pepper"))), (0o700, 0o600));
    }
    let desk_of_copy = PathBuf::from(format!("{}.desk", copy.display()));
    assert_eq!(mode(&desk_of_copy), 0o600);
    let x: i64 = rusqlite::Connection::open(&desk_of_copy)
        .unwrap()
        .query_row("SELECT x FROM t", [], |row| row.get(0))
        .unwrap();
    assert_eq!(x, 7, "copied with what its journal held");
    fs::remove_file(&copy).unwrap();
    assert!(
        matches!(restore(&with, &copy), Err(BackupError::Exists(path)) if path == desk_of_copy)
    );
    fs::remove_file(&desk_of_copy).unwrap();
    // Other keys at the place are never overwritten, the same ones are kept.
    let restored = restore(&with, &copy).unwrap();
    assert!(restored.kept.iter().any(|path| path.to_string_lossy().ends_with(".keys")));
    fs::remove_file(&copy).unwrap();
    fs::remove_file(&desk_of_copy).unwrap();
    fs::write(format!("{}.keys/pepper", copy.display()), b"another").unwrap();
    assert!(matches!(restore(&with, &copy), Err(BackupError::Exists(_))));
    assert_eq!(fs::read(format!("{}.keys/pepper", copy.display())).unwrap(), b"another");
}

#[test]
fn cases_are_copied_sealed_without_their_key_and_what_was_due_does_not_come_back() {
    use server::cases::{Asker, Cases, Filed, What, Written};
    let (place, _register) = filled(3);
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let cases = Cases::open(&place.path, 30).unwrap();
    let written = Written {
        right: "应为乙型".to_owned(),
        contact: "13900000000".to_owned(),
        ..Written::default()
    };
    for (key, closed) in [("p-1", Some("2026-11-01")), ("p-2", None)] {
        let token = cases.token(key, 0).unwrap();
        let (what, asker) = (What::Facts, Asker::Reader);
        let filed = Filed { token: &token, kind: "product", key, what, asker, written: &written };
        let taken = cases.take(&filed, day("2026-10-30"), [9, 9]).unwrap();
        let server::store::CaseTaken::In(mut row) = taken else { panic!("{taken:?}") };
        if let Some(closed) = closed {
            row.state = server::store::CaseState::Answered;
            row.purge_on = Some(cases.purge_on(day(closed)));
            let from = server::store::CaseState::Received;
            assert!(cases.file().move_case(&row, from, "理由", "").unwrap());
        }
    }
    let folder = place.folder.path().join("with-cases");
    let secrets = Secrets { keys: true, cases: true, ..Secrets::default() };
    let manifest =
        backup::make(&place.path, &folder, secrets, instant(0), &mut |_, _, _| ()).unwrap();
    let listed: Vec<&str> = manifest.files.iter().map(|file| &*file.name).collect();
    assert!(listed.contains(&"register.db.cases"), "{listed:?}");
    assert!(!listed.contains(&"register.db.keys/cases"), "never the key beside what it opens");
    // A changed byte is seen.
    let copied = folder.join("register.db.cases");
    let bytes = fs::read(&copied).unwrap();
    assert!(!bytes.windows(11).any(|part| part == b"13900000000"), "sealed");
    let mut changed = bytes.clone();
    let last = changed.len() - 1;
    changed[last] ^= 1;
    fs::write(&copied, changed).unwrap();
    let at = place.folder.path().join("back.db");
    assert!(matches!(restore(&folder, &at), Err(BackupError::NotWhole { .. })));
    fs::write(&copied, bytes).unwrap();
    restore(&folder, &at).unwrap();
    let back = Cases::there(&at, 30).unwrap().expect("the cases came back");
    let rows = back.file().list(9).unwrap();
    assert_eq!(rows.len(), 2);
    // What a start does before it answers anybody: what was to be deleted by then is gone, the rest stays.
    assert_eq!(back.file().purge(day("2026-12-01")).unwrap(), 1);
    for row in rows {
        let words = back.file().words(row.seq).unwrap();
        assert_eq!(words.is_some(), row.key == "p-2", "{}", row.key);
    }
    // With its key brought from where it was kept, the open one can be read.
    let key = server::keys::CASE_KEY;
    let theirs = PathBuf::from(format!("{}.keys", at.display()));
    fs::create_dir_all(&theirs).unwrap();
    fs::copy(place.beside(".keys").join(key), theirs.join(key)).unwrap();
    let open = back.file().list(9).unwrap().into_iter().find(|row| row.key == "p-2").unwrap();
    let words = back.file().words(open.seq).unwrap().unwrap();
    assert_eq!(server::cases::opened(&at, &words.sealed).unwrap(), written);
    // Over cases that stand there nothing is put.
    fs::remove_file(&at).unwrap();
    assert!(matches!(restore(&folder, &at), Err(BackupError::Exists(_))));
}

#[test]
fn what_is_to_be_taken_out_does_not_get_into_a_backup() {
    let (place, _register) = filled(3);
    fs::write(place.beside(".redacting"), b"").unwrap();
    let folder = place.folder.path().join("out");
    let error =
        backup::make(&place.path, &folder, Secrets::default(), instant(0), &mut |_, _, _| ())
            .unwrap_err();
    assert!(matches!(error, BackupError::Redacting(_)), "{error}");
    assert!(!folder.exists() && !place.folder.path().join("out.partial").exists());
}

#[test]
fn killed_at_any_moment_nothing_looks_whole_that_is_not() {
    let (place, register) = filled(4_000);
    drop(register);
    let mut random = Random(99);
    // How long it takes here, so that the kills fall into it on every machine.
    let began = std::time::Instant::now();
    backup::make(
        &place.path,
        &place.folder.path().join("timed"),
        Secrets::default(),
        instant(0),
        &mut |_, _, _| (),
    )
    .unwrap();
    let took = u64::try_from(began.elapsed().as_millis()).unwrap().max(8);
    let (mut stopped, mut whole) = (0, 0);
    for round in 0..14u64 {
        let out = place.folder.path().join(format!("out{round}"));
        let copy = place.folder.path().join(format!("copy{round}.db"));
        // The first rounds kill the backup, the others what puts it back.
        let backing = round < 7;
        if !backing {
            backup::make(&place.path, &out, Secrets::default(), instant(0), &mut |_, _, _| ())
                .unwrap();
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_liangbiao"));
        match backing {
            true => command.arg("backup").arg(&place.path).arg(&out),
            false => command.arg("restore").arg(&out).arg(&copy),
        };
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // From its first file on: the start of a program is not what is looked at.
        let begun = || {
            let partial =
                |name: &String| name.contains(&format!("{round}.")) && name.contains("partial");
            names(place.folder.path()).iter().any(partial)
        };
        let waiting = std::time::Instant::now();
        while !begun() && child.try_wait().unwrap().is_none() {
            assert!(waiting.elapsed() < Duration::from_secs(60), "it does not begin");
            std::thread::sleep(Duration::from_micros(500));
        }
        std::thread::sleep(Duration::from_millis(random.below(took)));
        let _ = child.kill();
        let killed = !child.wait().unwrap().success();
        let (there, named) = if backing { (out.exists(), &out) } else { (copy.exists(), &copy) };
        if killed && !there {
            stopped += 1;
        }
        if there {
            whole += 1;
            if backing {
                backup::verify(&out, &mut |_, _, _| ()).unwrap();
            } else {
                let audit = store::audit(&copy, &mut |_, _, _| ()).unwrap();
                assert_eq!(audit.errors, Vec::<String>::new(), "{}", named.display());
            }
        } else if backing {
            // What is left has another name and no manifest it could be restored by; the next one succeeds.
            let partial = place.folder.path().join(format!("out{round}.partial"));
            if !partial.join("manifest.json.sha256").exists() {
                assert!(restore(&partial, &copy).is_err());
            }
            backup::make(&place.path, &out, Secrets::default(), instant(0), &mut |_, _, _| ())
                .unwrap();
            assert!(!partial.exists(), "what was left is cleared away");
        } else {
            restore(&out, &copy).unwrap();
        }
    }
    eprintln!("14 kills: {stopped} in the middle, {whole} after the end");
    assert!(stopped >= 4, "{stopped} of 14 kills came in the middle");
}
