//! Portals that follow a log, and the wire between them and it.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use server::store::Reader;

use crate::cluster::{free_port, liangbiao, run};

const MAP: &str = include_str!("../maps/dated.toml");

/// How long a change may take to be seen, and a node to be itself again.
pub const SOON: Duration = Duration::from_secs(2);

pub fn list(folder: &Path, name: &str, rows: std::ops::Range<u32>) {
    let rows = rows.map(|n| format!("A{n},冰箱{n},01/31/2024\n")).collect::<String>();
    std::fs::write(folder.join(name), format!("编号,产品,日期\n{rows}")).unwrap();
    std::fs::write(folder.join("map.toml"), MAP).unwrap();
}

/// A process that ends with the test.
pub struct Portal {
    child: Child,
    pub port: u16,
}

impl Portal {
    pub fn start(folder: &Path, log: &str, more: &[&str]) -> Portal {
        let port = free_port();
        let listen = format!("127.0.0.1:{port}");
        let args = [&["serve", "--log", log, "--listen", &listen], more].concat();
        let child = liangbiao(folder, &args).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        Portal { child: child.unwrap(), port }
    }

    /// The status and body of an answer; `None` where there is none.
    pub fn ask(&self, path: &str) -> Option<(u16, String)> {
        ask(self.port, path)
    }

    pub fn log_size(&self) -> u64 {
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

pub fn ask(port: u16, path: &str) -> Option<(u16, String)> {
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
pub fn sees(portal: &Portal, n: u32) -> bool {
    let found = portal.ask(&format!("/notices.json?q=A{n}"));
    found.is_some_and(|(status, body)| status == 200 && body.contains(&format!("冰箱{n}\"")))
}

/// Waits until it is so; how long that took.
pub fn until(what: &str, limit: Duration, so: impl Fn() -> bool) -> Duration {
    let start = Instant::now();
    while !so() {
        assert!(start.elapsed() < limit, "{what}: not within {limit:?}");
        std::thread::sleep(Duration::from_millis(10));
    }
    start.elapsed()
}

/// A wire to a port that can be cut, or fall silent: then nobody hears that it did.
pub struct Wire {
    pub port: u16,
    cut: Arc<AtomicBool>,
    silent: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Wire {
    pub fn to(target: u16) -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (cut, silent) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let open = Arc::new(Mutex::new(Vec::new()));
        let wire = Wire {
            port,
            cut: Arc::clone(&cut),
            silent: Arc::clone(&silent),
            open: Arc::clone(&open),
        };
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
                    let silent = Arc::clone(&silent);
                    std::thread::spawn(move || {
                        let mut bytes = [0; 16 * 1024];
                        while let Ok(count @ 1..) = from.read(&mut bytes) {
                            while silent.load(Ordering::SeqCst) {
                                std::thread::sleep(Duration::from_millis(5));
                            }
                            if to.write_all(&bytes[..count]).is_err() {
                                break;
                            }
                        }
                        let _ = to.shutdown(Shutdown::Both);
                    });
                }
                open.lock().unwrap().extend([near, far]);
            }
        });
        wire
    }

    pub fn cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
        for stream in self.open.lock().unwrap().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// From now on nothing arrives, on connections that stand and on new ones, and none of them breaks.
    pub fn fall_silent(&self) {
        self.silent.store(true, Ordering::SeqCst);
    }

    pub fn heal(&self) {
        self.cut.store(false, Ordering::SeqCst);
        self.silent.store(false, Ordering::SeqCst);
    }
}

/// Asks portals all the time until it is told to stop.
pub struct Readers {
    stop: Arc<AtomicBool>,
    asked: Arc<AtomicU64>,
    failed: Arc<AtomicU64>,
    threads: Vec<std::thread::JoinHandle<()>>,
}

impl Readers {
    pub fn of(portals: &[Portal]) -> Readers {
        let (stop, asked, failed) = (
            Arc::new(AtomicBool::new(false)),
            Arc::new(AtomicU64::new(0)),
            Arc::new(AtomicU64::new(0)),
        );
        let threads = portals
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
        Readers { stop, asked, failed, threads }
    }

    /// How many questions were asked; none of them may have failed.
    pub fn all_answered(self) -> u64 {
        self.stop.store(true, Ordering::SeqCst);
        self.threads.into_iter().for_each(|reader| reader.join().unwrap());
        let (asked, failed) =
            (self.asked.load(Ordering::SeqCst), self.failed.load(Ordering::SeqCst));
        assert_eq!(failed, 0, "of {asked} reads");
        assert!(asked > 100, "the test reads: {asked}");
        asked
    }
}

/// What a portal says of a code.
pub fn verdict(portal: &Portal, code: &str) -> String {
    let (_, body) = portal.ask(code).expect("a verdict");
    let json: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    json["outcome"].as_str().unwrap_or_default().to_owned()
}

/// The address of a verdict that is "valid" on this portal.
pub fn valid_code(folder: &Path, portal: &Portal) -> String {
    let listed = run(folder, &["code", "list", "--register", "n0.db"]);
    let path = |line: &str| {
        let code: String = line.split('\t').next()?.chars().filter(|c| *c != '-').collect();
        let path = format!("/q/{code}.json");
        let (_, body) = portal.ask(&path)?;
        body.contains("\"outcome\":\"valid\"").then_some(path)
    };
    listed.lines().find_map(path).expect("a valid code in the sample")
}

/// The tree's root at a size, as a view holds it.
pub fn size_and_root(view: &Path, size: u64) -> String {
    server::store::chain::hex(&Reader::open(view).unwrap().root(size).unwrap())
}
