//! Several machines: portals that follow one log while its server crashes, a cable is cut and writers die.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use server::store::Reader;

use crate::cluster::{Cluster, fails, free_port, liangbiao, run};

const MAP: &str = include_str!("../maps/dated.toml");

/// How long a change may take to be seen, and a node to be itself again.
const SOON: Duration = Duration::from_secs(2);

fn list(folder: &Path, name: &str, rows: std::ops::Range<u32>) {
    let rows = rows.map(|n| format!("A{n},冰箱{n},01/31/2024\n")).collect::<String>();
    std::fs::write(folder.join(name), format!("编号,产品,日期\n{rows}")).unwrap();
    std::fs::write(folder.join("map.toml"), MAP).unwrap();
}

/// A process that ends with the test.
struct Portal {
    child: Child,
    port: u16,
}

impl Portal {
    fn start(folder: &Path, log: &str, more: &[&str]) -> Portal {
        let port = free_port();
        let listen = format!("127.0.0.1:{port}");
        let args = [&["serve", "--log", log, "--listen", &listen], more].concat();
        let child = liangbiao(folder, &args).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        Portal { child: child.unwrap(), port }
    }

    /// The status and body of an answer; `None` where there is none.
    fn ask(&self, path: &str) -> Option<(u16, String)> {
        ask(self.port, path)
    }

    fn log_size(&self) -> u64 {
        let json: Option<serde_json::Value> =
            self.ask("/notices.json").and_then(|(_, body)| serde_json::from_str(&body).ok());
        json.and_then(|json| json["log_size"].as_u64()).unwrap_or(0)
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ask(port: u16, path: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").ok()?;
    let mut text = Vec::new();
    stream.read_to_end(&mut text).ok()?;
    let text = String::from_utf8_lossy(&text).into_owned();
    let (head, body) = text.split_once("\r\n\r\n")?;
    Some((head.split(' ').nth(1)?.parse().ok()?, body.to_owned()))
}

/// Whether a portal shows the recall of that row.
fn sees(portal: &Portal, n: u32) -> bool {
    let found = portal.ask(&format!("/notices.json?q=A{n}"));
    found.is_some_and(|(status, body)| status == 200 && body.contains(&format!("冰箱{n}\"")))
}

/// Waits until it is so; how long that took.
fn until(what: &str, limit: Duration, so: impl Fn() -> bool) -> Duration {
    let start = Instant::now();
    while !so() {
        assert!(start.elapsed() < limit, "{what}: not within {limit:?}");
        std::thread::sleep(Duration::from_millis(10));
    }
    start.elapsed()
}

/// A wire to a port that can be cut.
struct Wire {
    port: u16,
    cut: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Wire {
    fn to(target: u16) -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (cut, open) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let wire = Wire { port, cut: Arc::clone(&cut), open: Arc::clone(&open) };
        std::thread::spawn(move || {
            for near in listener.incoming().flatten() {
                if cut.load(Ordering::SeqCst) {
                    continue;
                }
                let Ok(far) = TcpStream::connect(("127.0.0.1", target)) else { continue };
                for (mut from, mut to) in [
                    (near.try_clone().unwrap(), far.try_clone().unwrap()),
                    (far.try_clone().unwrap(), near.try_clone().unwrap()),
                ] {
                    std::thread::spawn(move || {
                        let _ = std::io::copy(&mut from, &mut to);
                        let _ = to.shutdown(Shutdown::Both);
                    });
                }
                open.lock().unwrap().extend([near, far]);
            }
        });
        wire
    }

    fn cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
        for stream in self.open.lock().unwrap().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn heal(&self) {
        self.cut.store(false, Ordering::SeqCst);
    }
}

fn size_and_root(view: &Path, size: u64) -> String {
    server::store::chain::hex(&Reader::open(view).unwrap().root(size).unwrap())
}

#[test]
fn an_import_is_seen_on_two_portals_that_were_there_first() {
    let Some(cluster) = Cluster::start() else { return };
    let log = cluster.database("quality");
    let folder = tempfile::tempdir().unwrap();
    list(folder.path(), "list.csv", 0..20);
    // As it is written down: no view is named, and there is no log yet.
    let portals = [(); 2].map(|()| Portal::start(folder.path(), &log, &[]));
    std::thread::sleep(Duration::from_millis(500));
    run(folder.path(), &["import", "--log", &log, "--map", "map.toml", "list.csv"]);
    for portal in &portals {
        // A portal that waited for its log has its indexes to make.
        until("the first list", Duration::from_secs(20), || sees(portal, 19));
    }
    list(folder.path(), "more.csv", 100..101);
    run(folder.path(), &["import", "--log", &log, "--map", "map.toml", "more.csv"]);
    for portal in &portals {
        until("the second list", SOON, || sees(portal, 100));
    }
    assert!(folder.path().join("quality.view.db").exists());
    // The view alone cannot know how old it is.
    for command in ["serve", "verify"] {
        let code = if command == "serve" { vec![] } else { vec!["44M3QMX9D2R4"] };
        let args = [&[command, "--register", "quality.view.db"][..], &code].concat();
        assert!(fails(folder.path(), 1, &args).contains("name that home with --log"));
    }
    // Codes, keys and reference data go the same way.
    assert!(
        run(folder.path(), &["key", "new", "--log", &log, "--holder", "示例"]).contains("key ")
    );
    run(folder.path(), &["reference", "update", "--log", &log]);
    run(folder.path(), &["check", "--log", &log]);
}

#[test]
fn nodes_go_on_reading_and_never_have_two_histories() {
    let Some(cluster) = Cluster::start() else { return };
    let log = cluster.database("quality");
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    run(folder.path(), &["sample", "--products", "30", "--log", &log, "--register", "n0.db"]);
    for node in ["n1.db.keys", "n2.db.keys"] {
        copy_folder(&path("n0.db.keys"), &path(node));
    }
    let wire = Wire::to(cluster.port);
    let wired = cluster.address("quality", wire.port);
    let fresh = ["--fresh-for", "2"];
    let portals = [
        Portal::start(folder.path(), &log, &["--register", "n0.db"]),
        Portal::start(folder.path(), &log, &["--register", "n1.db"]),
        Portal::start(folder.path(), &wired, &[&["--register", "n2.db"][..], &fresh].concat()),
    ];
    for portal in &portals {
        until("a portal", Duration::from_secs(30), || portal.log_size() > 0);
    }
    let code = valid_code(folder.path(), &portals[2]);
    let verdict = |portal: &Portal| {
        let (_, body) = portal.ask(&code).expect("a verdict");
        let json: serde_json::Value = serde_json::from_str(&body).expect("JSON");
        json["outcome"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(verdict(&portals[2]), "valid");

    // Readers of all three, all the time.
    let (stop, asked, failed) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicU64::new(0)),
        Arc::new(AtomicU64::new(0)),
    );
    let readers: Vec<_> = portals
        .iter()
        .map(|portal| {
            let (port, stop) = (portal.port, Arc::clone(&stop));
            let (asked, failed) = (Arc::clone(&asked), Arc::clone(&failed));
            std::thread::spawn(move || {
                while !stop.load(Ordering::SeqCst) {
                    for page in ["/products", "/notices.json", "/log"] {
                        let good = matches!(ask(port, page), Some((200, _)));
                        asked.fetch_add(1, Ordering::SeqCst);
                        failed.fetch_add(u64::from(!good), Ordering::SeqCst);
                    }
                    std::thread::sleep(Duration::from_millis(15));
                }
            })
        })
        .collect();
    let import = |name: &str, register: &str| {
        let args = ["import", "--log", &log, "--register", register, "--map", "map.toml", name];
        run(folder.path(), &args);
    };
    let all_see = |what: u32| {
        portals.iter().map(|portal| until("a list", SOON, || sees(portal, what))).max().unwrap()
    };
    list(folder.path(), "a.csv", 1000..1001);
    import("a.csv", "n0.db");
    let seen = all_see(1000);

    // The server dies and comes back. What it acknowledged is there, what it did not is told.
    cluster.crash();
    list(folder.path(), "b.csv", 2000..2001);
    let args = ["import", "--log", &log, "--register", "n1.db", "--map", "map.toml", "b.csv"];
    let said = fails(folder.path(), 1, &args);
    assert!(said.contains("cannot be reached"), "{said}");
    assert_eq!(portals[0].ask("/products").expect("a page").0, 200);
    cluster.up();
    import("b.csv", "n1.db");
    let back = all_see(2000);

    // One node is cut off: it reads on, and soon says nothing is valid; then it is itself again.
    wire.cut();
    list(folder.path(), "c.csv", 3000..3001);
    import("c.csv", "n0.db");
    until("the cut", Duration::from_secs(5), || verdict(&portals[2]) == "cannot_tell");
    assert_eq!(verdict(&portals[0]), "valid", "the others are not cut off");
    assert_eq!(portals[2].ask("/products").expect("a page").0, 200);
    wire.heal();
    let healed = until("the node cut off", SOON, || verdict(&portals[2]) == "valid");
    all_see(3000);

    // A writer is killed in the middle of a list; all of it is in, or none.
    list(folder.path(), "d.csv", 10_000..14_000);
    let size = portals[0].log_size();
    for wait in [300, 900, 1500] {
        let args = ["import", "--log", &log, "--register", "n1.db", "--map", "map.toml", "d.csv"];
        let mut child = liangbiao(folder.path(), &args)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        let _ = child.kill();
        let _ = child.wait();
    }
    import("d.csv", "n0.db");
    let rows: u64 =
        cluster.sql("quality", "SELECT count(*) FROM liangbiao.entries").parse().unwrap();
    assert_eq!(rows, size + 4001, "4,000 rows and their source, once");
    for portal in &portals {
        until("the long list", Duration::from_secs(10), || portal.log_size() == rows);
    }

    stop.store(true, Ordering::SeqCst);
    readers.into_iter().for_each(|reader| reader.join().unwrap());
    let (asked, failed) = (asked.load(Ordering::SeqCst), failed.load(Ordering::SeqCst));
    eprintln!(
        "{asked} reads, {failed} failed; seen after {seen:?}, after a restart {back:?}, healed after {healed:?}"
    );
    assert_eq!(failed, 0, "of {asked} reads");
    assert!(asked > 100, "the test reads: {asked}");
    // One history, on every node, signed with the same words.
    let roots = ["n0.db", "n1.db", "n2.db"].map(|name| size_and_root(&path(name), rows));
    assert!(roots.iter().all(|root| *root == roots[0]), "{roots:?}");
    let notes: Vec<_> = portals.iter().map(|p| p.ask("/log/checkpoint").expect("a note")).collect();
    assert!(notes.iter().all(|note| note.0 == 200 && note.1 == notes[0].1), "{notes:?}");
}

/// The address of a verdict that is "valid" on this portal.
fn valid_code(folder: &Path, portal: &Portal) -> String {
    let listed = run(folder, &["code", "list", "--register", "n0.db"]);
    let path = |line: &str| {
        let code: String = line.split('\t').next()?.chars().filter(|c| *c != '-').collect();
        let path = format!("/q/{code}.json");
        let (_, body) = portal.ask(&path)?;
        body.contains("\"outcome\":\"valid\"").then_some(path)
    };
    listed.lines().find_map(path).expect("a valid code in the sample")
}

fn copy_folder(from: &Path, to: &PathBuf) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::create_dir(to).unwrap();
    std::fs::set_permissions(to, std::fs::Permissions::from_mode(0o700)).unwrap();
    for file in std::fs::read_dir(from).unwrap().flatten() {
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}
