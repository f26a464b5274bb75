//! A static mirror, read as a plain host would serve it: files by name, nothing rewritten, parameters ignored.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use register::Lang;
use server::mirror::{self, Counts, Order};
use server::tlog::{Published, verify};

/// The languages of the mirror: not the one whose paths have no prefix.
const LANGUAGES: &[Lang] = &[Lang::En];

const LIVE: &str = "https://quality.example";

/// One moment for all runs of a test, after the sample was made.
fn now() -> DateTime<Utc> {
    static NOW: std::sync::OnceLock<DateTime<Utc>> = std::sync::OnceLock::new();
    *NOW.get_or_init(Utc::now)
}

/// A sample register with its keys, as `liangbiao sample` makes it.
fn register(folder: &Path, products: &str) -> PathBuf {
    let path = folder.join("register.db");
    let made = std::process::Command::new(env!("CARGO_BIN_EXE_liangbiao"))
        .args(["sample", "--products", products, "--seed", "1", "--register"])
        .arg(&path)
        .output()
        .expect("runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    path
}

fn order(languages: &[Lang]) -> Order {
    Order {
        base_url: LIVE.to_owned(),
        office: String::new(),
        languages: languages.to_vec(),
        now: now(),
    }
}

fn write(register: &Path, target: &Path, languages: &[Lang]) -> Counts {
    mirror::write(register, target, &order(languages), &|_, _| {}).expect("a mirror")
}

/// A register and its mirror, made once for all tests: thousands of pages take a minute.
struct Shared {
    folder: tempfile::TempDir,
    counts: Counts,
}

impl Shared {
    fn register(&self) -> PathBuf {
        self.folder.path().join("register.db")
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }
}

fn shared() -> &'static Shared {
    static SHARED: std::sync::OnceLock<Shared> = std::sync::OnceLock::new();
    SHARED.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let register = register(folder.path(), "30");
        let counts = write(&register, &folder.path().join("site"), LANGUAGES);
        Shared { folder, counts }
    })
}

/// All files below a folder, with their bytes' hash.
fn files(root: &Path) -> BTreeMap<String, String> {
    fn walk(root: &Path, folder: &Path, out: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(root, &path, out);
            } else {
                let name = path.strip_prefix(root).expect("below").to_string_lossy().into_owned();
                let hash = register::id::key::sha256_hex(&fs::read(&path).expect("a file"));
                out.insert(format!("/{name}"), hash);
            }
        }
    }
    let mut out = BTreeMap::new();
    walk(root, root, &mut out);
    out
}

fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path).decode_utf8().expect("UTF-8").into_owned()
}

/// The values of an attribute.
fn values<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    html.split(&format!(" {name}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_link_of_every_page_leads_to_a_file_that_is_there() {
    let target = shared().site();
    let counts = shared().counts;
    let there = files(&target);
    let day = server::store::china_day(now()).to_string();
    assert_eq!(counts.files() + 1, there.len() as u64, "the counts, and mirror.json");
    assert_eq!(counts.new, counts.files());
    let mut todo =
        vec!["/index.html".to_owned(), "/404.html".to_owned(), "/en/index.html".to_owned()];
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut about = 0_usize;
    let mut links = 0_usize;
    while let Some(page) = todo.pop() {
        if !seen.insert(page.clone()) || !page.ends_with(".html") {
            continue;
        }
        let html = fs::read_to_string(target.join(&decoded(&page)[1..])).expect("a page");
        assert!(html.contains("id=\"mirror\"") && html.contains(&day), "{page}: no banner");
        assert!(html.contains(LIVE), "{page} does not lead to the portal");
        assert!(html.contains("Content-Security-Policy"), "{page}");
        assert!(!html.contains("class=\"st ok verdict\""), "{page}");
        let ids: BTreeSet<&str> = values(&html, "id").into_iter().collect();
        for name in ["href", "src", "action"] {
            for link in values(&html, name) {
                links += 1;
                let link = link.replace("&amp;", "&");
                if link.starts_with("https://") || link.starts_with("http://") {
                    continue;
                }
                if let Some(fragment) = link.strip_prefix('#') {
                    assert!(
                        fragment.is_empty() || ids.contains(fragment),
                        "{page}: {link} is nowhere"
                    );
                    continue;
                }
                let path = link.split(['?', '#']).next().unwrap_or_default();
                assert!(there.contains_key(&decoded(path)), "{page}: {link} is broken");
                about += usize::from(link.contains("mirror.html?to="));
                todo.push(path.to_owned());
            }
        }
        // A list of the mirror works in the browser or not at all.
        assert!(!html.contains("method=\"post\""), "{page}");
    }
    assert!(seen.len() > 500, "{}", seen.len());
    // Pages are links to pages, not to the page that says what there is not.
    assert!(about * 5 < links, "{about} of {links}");
}

#[test]
fn a_code_in_a_mirror_is_never_valid_and_unit_codes_are_not_there() {
    let target = shared().site();
    let mut codes = 0;
    for entry in fs::read_dir(target.join("en/q")).expect("codes") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        // 12 characters and `.html`: no unit code, no JSON, no text.
        assert_eq!(name.len(), 12 + ".html".len(), "{name}");
        let html = fs::read_to_string(&path).expect("a page");
        assert!(html.contains("class=\"amber"), "{name}");
        assert!(!html.contains("i-ok") && !html.contains(">Valid"), "{name} looks valid");
        assert!(html.contains(&format!("{LIVE}/en/q/")), "{name}");
        codes += 1;
    }
    assert!(codes > 3, "{codes}");
    // The signed copy that typed codes are asked of.
    assert!(target.join("offline/copy.txt").is_file() && target.join("offline/key.txt").is_file());
}

#[test]
fn the_log_of_a_mirror_can_be_checked_from_its_folder() {
    let site = shared().site();
    let log = Published::at(site.to_str().expect("UTF-8"));
    let key = String::from_utf8(log.key().expect("a key")).expect("UTF-8");
    let key = key.trim().parse().expect("a key");
    let checked = verify(&log, &key, None, &mut |_, _| {}).expect("it holds");
    let note: serde_json::Value =
        serde_json::from_slice(&fs::read(site.join("mirror.json")).expect("a note")).expect("JSON");
    assert_eq!(note["log_size"], checked.checkpoint.size);
    assert!(site.join(format!("log/proof/{}.tlog-proof", checked.checkpoint.size - 1)).is_file());
}

#[test]
fn what_is_no_mirror_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("site");
    fs::create_dir(&target).expect("a folder");
    fs::write(target.join("thesis.txt"), "mine").expect("written");
    let refused = mirror::write(&shared().register(), &target, &order(LANGUAGES), &|_, _| {});
    assert!(refused.expect_err("refused").to_string().contains("no mirror"));
    assert_eq!(fs::read_to_string(target.join("thesis.txt")).expect("still there"), "mine");
}

#[test]
fn a_stopped_run_goes_on_to_the_same_bytes_and_a_second_run_changes_only_what_differs() {
    let folder = tempfile::tempdir().expect("a folder");
    let (register, target) = (shared().register(), folder.path().join("site"));
    // Stopped after some hundred files: a panic in the middle stands for a kill.
    let stopped = std::panic::catch_unwind(|| {
        let seen = |done: u64, _| assert!(done < 300, "stopped here");
        mirror::write(&register, &target, &order(LANGUAGES), &seen)
    });
    assert!(stopped.is_err());
    assert!(!target.exists(), "half a mirror is none");
    assert!(folder.path().join("site.partial").is_dir());
    let counts = write(&register, &target, LANGUAGES);
    assert!(counts.resumed >= 290, "{counts:?}");
    assert_eq!(counts.files(), shared().counts.files());
    let whole = files(&shared().site());
    assert_eq!(files(&target), whole, "the same register, the same bytes");

    // A file that somebody changed is put right, one that is missing comes back, one too many goes.
    fs::remove_file(target.join("index.html")).expect("removed");
    fs::write(target.join("index.html"), "something else").expect("written");
    fs::write(target.join("stray.html"), "left over").expect("written");
    fs::remove_file(target.join("en/data.html")).expect("removed");
    let mended = write(&register, &target, LANGUAGES);
    assert_eq!((mended.changed, mended.new, mended.gone, mended.resumed), (1, 1, 1, 0));
    assert_eq!(mended.same + 2, counts.files(), "all others are left as they were");
    assert_eq!(files(&target), whole);
    assert!(!folder.path().join("site.partial").exists());
    assert!(!folder.path().join("site.old").exists());
}

#[test]
fn lists_in_a_mirror_go_on_from_file_to_file() {
    let target = shared().site();
    let json = |name: &str| -> serde_json::Value {
        serde_json::from_slice(&fs::read(target.join(name)).expect("a file")).expect("JSON")
    };
    let (mut next, mut keys) = (Some("/en/products.json".to_owned()), BTreeSet::new());
    while let Some(name) = next {
        let page = json(&name[1..]);
        for item in page["items"].as_array().expect("items") {
            keys.insert(item["key"].as_str().expect("a key").to_owned());
            let record = item["links"]["json"].as_str().expect("a link");
            assert_eq!(json(&decoded(record)[1..])["key"], item["key"]);
            assert!(
                target
                    .join(&decoded(item["links"]["page"].as_str().expect("a link"))[1..])
                    .is_file()
            );
        }
        next = page["next"].as_str().map(str::to_owned);
    }
    assert_eq!(keys.len(), 30);
    // Without a program in the browser no list claims that it can be filtered.
    let html = fs::read_to_string(target.join("en/products.html")).expect("a page");
    assert_eq!(html.contains("id=\"filter\" action"), html.contains("data-module"));
    // The files of the register are those the portal offers, and their hashes hold.
    let list = json("data/files.json");
    assert!(list["entries"].is_null());
    for file in list["files"].as_array().expect("files") {
        let bytes =
            fs::read(target.join(&file["path"].as_str().expect("a path")[1..])).expect("a file");
        assert_eq!(register::id::key::sha256_hex(&bytes), file["sha256"].as_str().expect("a hash"));
    }
}
