//! A published log is checked by somebody who trusts nobody, and every change in it is seen.

use std::path::Path;

use register::merkle::{leaf_hash, verify_inclusion};
use register::note::{Note, NoteKey};
use register::tlog::{Bundle, Checkpoint, LogProof, TilePath, TileRow, needed};
use server::store::Reader;
use server::tlog::{Published, VerifyError, verify};

use crate::place::Place;

/// Writes what a mirror would hold.
fn mirror(place: &Place, folder: &Path) -> NoteKey {
    let reader = Reader::open(&place.path("r.db")).expect("the register");
    let size = reader.log_size().expect("its size");
    let note = place.says(&["log", "checkpoint"]);
    let key = place.says(&["log", "key"]);
    std::fs::create_dir_all(folder).expect("a folder");
    std::fs::write(folder.join("checkpoint"), note).expect("written");
    std::fs::write(folder.join("vkey"), &key).expect("written");
    let bundles = (0..size.div_ceil(256)).map(|index| TilePath {
        row: TileRow::Entries,
        index,
        width: (size - index * 256).min(256) as u16,
    });
    for path in needed(0, size).chain(bundles) {
        let file = folder.join(path.to_string());
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, reader.tile(path).expect("read").expect("there")).expect("written");
    }
    key.trim_end().parse().expect("a key")
}

fn check(folder: &Path, key: &NoteKey) -> Result<u64, VerifyError> {
    let log = Published::at(folder.to_str().expect("UTF-8"));
    verify(&log, key, None, &mut |_, _| ()).map(|checked| checked.checkpoint.size)
}

#[test]
fn a_served_log_is_checked_over_http_and_remembered() {
    let place = Place::new();
    let served = place.serve();
    let said = place.says(&["log", "verify", &served.address, "--keep", "seen"]);
    assert!(said.contains("holds       signature, entries, tiles, root"), "{said}");
    assert!(said.contains("first look"), "{said}");
    // It grows; the next look proves that it goes on from there.
    place.says(&["key", "new", "--holder", "示例局"]);
    let said = place.says(&["log", "verify", &served.address, "--keep", "seen"]);
    assert!(said.contains("continues   from the "), "{said}");
    // The key of another register is refused.
    let key = place.says(&["log", "key"]);
    let other = key.trim_end().replace("register/", "register/0");
    let refused = place.run(&["log", "verify", &served.address, "--key", &other]);
    assert_ne!(refused.status.code(), Some(0));
}

#[test]
fn a_second_key_signs_below_the_first_from_its_entry_on() {
    let place = Place::new();
    let served = place.serve();
    let before = place.says(&["log", "checkpoint"]);
    let size = before.lines().nth(1).expect("a size").to_owned();
    let cited = || {
        let address = format!("/cite?of=%2Fproducts%3Fas_of%3D2026-01-01%26known%3D{size}");
        let (status, _, text) = served.get(&address);
        assert_eq!(status, 200);
        let text = String::from_utf8(text).expect("UTF-8");
        let from = text.find("liangbiao/register/").expect("the checkpoint");
        text[from..].split_once('<').expect("its end").0.to_owned()
    };
    assert_eq!(cited().trim_end(), before.trim_end());
    let refused = place.run(&["key", "new", "--for-log"]);
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    place.says(&["key", "new", "--for-log", "--algorithm", "sm2"]);
    let again = place.run(&["key", "new", "--for-log", "--algorithm", "sm2"]);
    assert_eq!(again.status.code(), Some(1), "there is one");
    let note = String::from_utf8(served.get("/log/checkpoint").2).expect("UTF-8");
    assert_eq!(place.says(&["log", "checkpoint"]), note);
    let keys: Vec<NoteKey> =
        place.says(&["log", "key"]).lines().map(|key| key.parse().expect("a key")).collect();
    assert_eq!(keys.len(), 2);
    let texts = keys.iter().map(|key| Note::parse(&note).expect("a note").text_signed_by(key));
    let texts: Vec<_> = texts.collect::<Result<_, _>>().expect("both signed");
    assert_eq!(texts[0], texts[1]);
    let (_, _, shown) = served.get("/log");
    assert!(String::from_utf8_lossy(&shown).contains(&keys[1].to_string()));
    for key in &keys {
        let said = place.says(&["log", "verify", &served.address, "--key", &key.to_string()]);
        assert!(said.contains("holds       signature, entries, tiles, root"), "{said}");
    }
    // What was published before stays as it was.
    assert_eq!(cited().trim_end(), before.trim_end());
    // A retired key signs no more.
    let id = place
        .says(&["key", "list"])
        .lines()
        .find(|line| line.contains("\tsm2\t"))
        .and_then(|line| line.split('\t').next().map(str::to_owned))
        .expect("the key is listed");
    place.says(&["key", "retire", &id, "--reason", "示例"]);
    let note = place.says(&["log", "checkpoint"]);
    assert!(Note::parse(&note).expect("a note").text_signed_by(&keys[1]).is_err(), "{note}");
    assert_eq!(place.says(&["log", "key"]).lines().count(), 1);
}

#[test]
fn the_addresses_are_those_of_the_specification() {
    let place = Place::new();
    let served = place.serve();
    let (status, head, note) = served.get("/log/checkpoint");
    assert_eq!(status, 200);
    assert!(head.contains("content-type: text/plain; charset=utf-8"), "{head}");
    assert!(head.contains("cache-control: no-store"), "{head}");
    let key: NoteKey = place.says(&["log", "key"]).trim_end().parse().expect("a key");
    let note = String::from_utf8(note).expect("UTF-8");
    let checkpoint = Checkpoint::parse(
        Note::parse(&note).expect("a note").text_signed_by(&key).expect("signed"),
    )
    .expect("a checkpoint");
    assert_eq!(checkpoint.origin, key.name());
    assert_eq!(place.says(&["log", "checkpoint"]), note, "the command signs the same bytes");
    for path in needed(0, checkpoint.size) {
        let (status, head, bytes) = served.get(&format!("/log/{path}"));
        assert_eq!((status, bytes.len()), (200, usize::from(path.width) * 32), "{path}");
        assert!(head.contains("content-type: application/octet-stream"), "{head}");
        assert!(head.contains("immutable"), "{head}");
    }
    // A partial tile of an earlier size is the beginning of the later one.
    let (status, _, short) = served.get("/log/tile/0/000.p/17");
    assert_eq!((status, short.len()), (200, 17 * 32));
    for absent in [
        "/log/tile/0/999",
        "/log/tile/9/000",
        "/log/tile/0/000.p/0",
        "/log/tile/0/0",
        "/log/tile/entries/999",
        "/log/proof/99999999.tlog-proof",
        "/log/proof/01.tlog-proof",
        "/log/proof/1",
    ] {
        assert_eq!(served.get(absent).0, 404, "{absent}");
    }
    // A proof stands on its own: the entry is in it, the checkpoint is signed.
    for seq in [0, 1, 255, 256, checkpoint.size - 1] {
        let (status, _, text) = served.get(&format!("/log/proof/{seq}.tlog-proof"));
        assert_eq!(status, 200);
        let proof = LogProof::parse(&String::from_utf8(text).expect("UTF-8")).expect("a proof");
        let signed =
            Note::parse(&proof.checkpoint).expect("a note").text_signed_by(&key).expect("signed");
        let head = Checkpoint::parse(signed).expect("a checkpoint");
        let entry = proof.extra.expect("the entry");
        verify_inclusion(seq, head.size, &leaf_hash(&entry), &proof.hashes, &head.root)
            .expect("it is in the log");
        let bundle = served
            .get(&format!("/log/tile/entries/{:03}{}", seq / 256, width_of(seq, head.size)))
            .2;
        let found = Bundle::new(&bundle).nth((seq % 256) as usize).expect("there").expect("whole");
        assert_eq!(found, entry);
    }
}

fn width_of(seq: u64, size: u64) -> String {
    let first = seq / 256 * 256;
    if size - first >= 256 { String::new() } else { format!(".p/{}", size - first) }
}

/// One bit at a time, in every file: nothing passes.
#[test]
fn every_changed_bit_is_seen() {
    let place = Place::new();
    let folder = place.path("mirror");
    let key = mirror(&place, &folder);
    let size = check(&folder, &key).expect("the mirror is whole");
    assert!(size > 256, "more than one tile");
    let mut files = Vec::new();
    collect(&folder, &mut files);
    let mut tried = 0;
    for file in files.iter().filter(|f| !f.ends_with("vkey")) {
        let whole = std::fs::read(file).expect("read");
        // Every byte of the checkpoint, a spread of the others; another bit each time.
        let step = if file.ends_with("checkpoint") { 1 } else { (whole.len() / 8).max(1) };
        for at in (0..whole.len()).step_by(step) {
            let mut broken = whole.clone();
            broken[at] ^= 1 << (at % 8);
            std::fs::write(file, &broken).expect("written");
            assert!(check(&folder, &key).is_err(), "{} byte {at}", file.display());
            tried += 1;
        }
        std::fs::write(file, &whole[..whole.len() - 1]).expect("written");
        assert!(check(&folder, &key).is_err(), "{} cut", file.display());
        std::fs::write(file, &whole).expect("written");
    }
    assert!(tried > 150, "{tried}");
    assert_eq!(check(&folder, &key).expect("whole again"), size);
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}

#[test]
fn a_rewritten_or_shortened_log_is_told_from_one_that_grew() {
    let place = Place::new();
    let served = place.serve();
    place.says(&["log", "verify", &served.address, "--keep", "seen"]);
    drop(served);
    // Another history under the same id and key: the sample's are made from its seed.
    let other = Place::new();
    other.says(&["key", "new", "--holder", "甲局"]);
    let served = other.serve();
    other.says(&["log", "verify", &served.address, "--keep", "seen"]);
    let longer = other.path("seen");
    drop(served);
    let served = place.serve();
    let seen = longer.to_str().expect("UTF-8");
    let said = place.complains(&["log", "verify", &served.address, "--keep", seen]);
    assert!(said.contains("entries were taken away"), "{said}");
    place.says(&["key", "new", "--holder", "乙局"]);
    let said = place.complains(&["log", "verify", &served.address, "--keep", seen]);
    assert!(said.contains("the log was rewritten"), "{said}");
}

#[test]
fn taking_values_out_changes_no_hash_and_no_proof() {
    let place = Place::new();
    let before = place.path("before");
    let key = mirror(&place, &before);
    let keys = {
        let reader = Reader::open(&place.path("r.db")).expect("the register");
        let entries = reader.entries(0, 1_000_000).expect("read");
        let removable = entries.into_iter().filter(|entry| {
            !register::commitment::committed_fields(entry.kind, &entry.key, &entry.body).is_empty()
        });
        let mut found: Vec<_> = removable.map(|e| (e.kind.name(), e.key, e.seq)).collect();
        // A record is taken out as a whole, with every version.
        found.dedup_by(|a, b| a.1 == b.1);
        found.truncate(3);
        found
    };
    assert!(!keys.is_empty(), "the sample has values that can be taken out");
    let proofs: Vec<String> =
        keys.iter().map(|(_, _, seq)| place.says(&["log", "proof", &seq.to_string()])).collect();
    let (old, new) = (before.to_str().expect("UTF-8"), place.path("after"));
    place.says(&["log", "verify", old, "--keep", "seen"]);
    for (kind, key, _) in &keys {
        place.says(&["redact", kind, key, "--reason", "依申请"]);
    }
    mirror(&place, &new);
    assert!(check(&new, &key).expect("it holds") > check(&before, &key).expect("it holds"));
    let said = place.says(&["log", "verify", new.to_str().expect("UTF-8"), "--keep", "seen"]);
    assert!(said.contains("continues   from the "), "{said}");
    for ((_, _, seq), text) in keys.iter().zip(proofs) {
        let old = LogProof::parse(&text).expect("a proof");
        let now = place.says(&["log", "proof", &seq.to_string()]);
        let now = LogProof::parse(&now).expect("a proof");
        assert_eq!(old.extra, now.extra, "an entry's bytes");
        for proof in [old, now] {
            let note = Note::parse(&proof.checkpoint).expect("a note");
            let head = Checkpoint::parse(note.text_signed_by(&key).expect("signed")).expect("one");
            let leaf = leaf_hash(&proof.extra.expect("the entry"));
            verify_inclusion(*seq, head.size, &leaf, &proof.hashes, &head.root).expect("proved");
        }
    }
    place.says(&["check"]);
    place.says(&["rebuild"]);
    place.says(&["check"]);
}
