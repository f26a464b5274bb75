//! The built program as a service: started, stopped, upgraded, overloaded.

#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A sample register of a few products.
struct Place {
    folder: tempfile::TempDir,
    path: PathBuf,
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liangbiao"));
    for setting in server::cli::config::settings() {
        command.env_remove(setting.variable);
    }
    command.env_remove("LIANGBIAO_CONFIG");
    command
}

impl Place {
    fn new(products: u64) -> Place {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.db");
        let made = program()
            .args(["sample", "--seed", "1", "--products"])
            .arg(products.to_string())
            .arg("--register")
            .arg(&path)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        Place { folder, path }
    }

    fn run(&self, words: &[&str]) -> (Option<i32>, String) {
        let output = program().args(words).arg("--register").arg(&self.path).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    fn serve(&self, words: &[&str]) -> Served {
        let log = self.folder.path().join("log");
        let mut child = program()
            .args(["serve", "--listen", "127.0.0.1:0", "--register"])
            .arg(&self.path)
            .args(words)
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut address = |begin: &str| -> SocketAddr {
            let line = lines.next().expect("a line").unwrap();
            let rest = line.strip_prefix(begin).unwrap_or_else(|| panic!("{line}"));
            rest.trim_end_matches("/metrics").parse().unwrap()
        };
        let public = address("listening on http://");
        let metrics = words.contains(&"--metrics").then(|| address("metrics on http://"));
        Served { child, public, metrics, log }
    }
}

struct Served {
    child: Child,
    public: SocketAddr,
    metrics: Option<SocketAddr>,
    log: PathBuf,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    fn terminate(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    }

    fn ended(&mut self, within: Duration) -> Option<i32> {
        let started = Instant::now();
        while started.elapsed() < within {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("it did not end in {within:?}");
    }

    fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }
}

/// A connection that is kept, as browsers and proxies do.
struct Client(BufReader<TcpStream>);

impl Client {
    fn new(to: SocketAddr) -> Client {
        let stream = TcpStream::connect(to).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream.set_nodelay(true).unwrap();
        Client(BufReader::new(stream))
    }

    /// Status, `Retry-After`, body.
    fn get(&mut self, path: &str) -> std::io::Result<(u16, Option<u64>, Vec<u8>)> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\n\r\n");
        self.0.get_mut().write_all(request.as_bytes())?;
        self.answer()
    }

    fn answer(&mut self) -> std::io::Result<(u16, Option<u64>, Vec<u8>)> {
        let (mut status, mut length, mut retry, mut line) = (0, 0, None, String::new());
        loop {
            line.clear();
            if self.0.read_line(&mut line)? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            let text = line.trim_end().to_ascii_lowercase();
            if text.is_empty() {
                break;
            }
            if let Some(rest) = text.strip_prefix("http/1.1 ") {
                status = rest[..3].parse().unwrap();
            } else if let Some(rest) = text.strip_prefix("content-length: ") {
                length = rest.parse().unwrap();
            } else if let Some(rest) = text.strip_prefix("retry-after: ") {
                retry = Some(rest.parse().unwrap());
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        Ok((status, retry, body))
    }
}

/// A code of the register.
fn a_code(place: &Place) -> String {
    let reader = server::store::Reader::open(&place.path).unwrap();
    let at = server::store::At { as_of: chrono::NaiveDate::MAX, known: reader.log_size().unwrap() };
    let mut code = None;
    reader
        .records(register::Kind::Code, at, &mut |entry| {
            code.get_or_insert(entry.key);
            Ok(())
        })
        .unwrap();
    code.expect("the sample has codes")
}

#[test]
fn a_stop_lets_open_requests_end_and_slow_clients_do_not_hold_it() {
    let place = Place::new(30);
    let mut served = place.serve(&["--log-format", "json", "--log-requests"]);
    let mut quick = Client::new(served.public);
    assert_eq!(quick.get("/products").unwrap().0, 200);
    // One sends a list to look up, slowly; one has sent half a head and sends no more.
    let form = "list=%E7%A4%BA%E4%BE%8B";
    let mut slow = Client::new(served.public);
    let head = format!(
        "POST /match HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{}",
        form.len(),
        &form[..5]
    );
    slow.0.get_mut().write_all(head.as_bytes()).unwrap();
    let mut stuck = TcpStream::connect(served.public).unwrap();
    stuck.write_all(b"GET / HTTP/1.1\r\nHo").unwrap();
    std::thread::sleep(Duration::from_millis(300));
    let stopping = Instant::now();
    served.terminate();
    std::thread::sleep(Duration::from_millis(500));
    assert!(served.child.try_wait().unwrap().is_none(), "it waits for the open request");
    let refused = TcpStream::connect(served.public)
        .and_then(|mut stream| {
            stream.write_all(b"GET / HTTP/1.0\r\n\r\n")?;
            stream.read(&mut [0; 1])
        })
        .map_or(true, |n| n == 0);
    assert!(refused, "nobody new is let in");
    slow.0.get_mut().write_all(&form.as_bytes()[5..]).unwrap();
    let (status, ..) = slow.answer().expect("the open request is answered");
    assert!(status == 200 || status == 400, "{status}");
    assert_eq!(served.ended(Duration::from_secs(25)), Some(0), "{}", served.log());
    eprintln!("stopped {:?} after SIGTERM", stopping.elapsed());
    let log = served.log();
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("a JSON object a line");
        assert!(line["level"].is_string() && line["message"].is_string(), "{line}");
    }
    let line = log.lines().find(|line| line.contains("\"target\":\"request\"")).expect("a request");
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!((&line["page"], &line["class"]), (&"/products".into(), &"page".into()), "{line}");
    assert_eq!(line["status"], 200);
    assert!(line["micros"].as_u64().is_some_and(|n| n > 0) && line["bytes"].as_u64().is_some());
}

#[test]
fn a_line_of_a_request_does_not_say_who_asked_for_what() {
    let place = Place::new(30);
    let code = a_code(&place);
    let served = place.serve(&["--log-requests", "--log-level", "trace"]);
    let mut client = Client::new(served.public);
    for path in
        [format!("/q/{code}"), "/products?q=geheim7".to_owned(), "/nothing/geheim8".to_owned()]
    {
        client.get(&path).unwrap();
        client.get(&path).unwrap();
    }
    let log = served.log();
    assert!(log.lines().filter(|line| line.contains("request")).count() >= 6, "{log}");
    for secret in [&*code, "geheim7", "geheim8", "127.0.0.1:"] {
        let found = log.lines().find(|line| line.contains(secret));
        assert!(found.is_none(), "{secret}: {found:?}");
    }
}

#[test]
fn a_newer_file_is_refused_and_an_older_view_is_built_anew() {
    let place = Place::new(20);
    let raw = |sql: &str| {
        rusqlite::Connection::open(&place.path).unwrap().execute_batch(sql).unwrap();
    };
    let hash = || {
        let reader = server::store::Reader::open(&place.path).unwrap();
        reader.view_hash().unwrap()
    };
    let before = hash();
    raw("PRAGMA user_version = 99");
    let size = std::fs::metadata(&place.path).unwrap().len();
    for words in [&["check"][..], &["rebuild"], &["show", "product", "x"], &["audit"], &["serve"]] {
        let (code, err) = place.run(words);
        assert_eq!(code, Some(1), "{words:?}: {err}");
        assert!(
            err.contains("was written by a later version (its schema is 99, this program knows 2)"),
            "{words:?}: {err}"
        );
    }
    let out = place.folder.path().join("out");
    let refused = program().arg("backup").arg(&place.path).arg(&out).output().unwrap();
    assert!(String::from_utf8_lossy(&refused.stderr).contains("later version"));
    assert!(!out.exists());
    assert_eq!(std::fs::metadata(&place.path).unwrap().len(), size, "nothing was written");
    raw("PRAGMA user_version = 1");
    // An older view and one of a later program alike.
    for version in [1, 99] {
        raw(&format!("UPDATE view_head SET version = {version}; DELETE FROM view_kinds"));
        let (code, err) = place.run(&["show", "product", "x"]);
        assert_eq!(code, Some(1));
        assert!(err.contains("liangbiao rebuild"), "{err}");
        let served = place.serve(&[]);
        assert_eq!(Client::new(served.public).get("/readyz").unwrap().0, 200);
        drop(served);
        assert_eq!(hash(), before, "built anew by serve");
    }
}

/// A backup of a later version is refused as well.
#[test]
fn a_backup_of_a_later_version_is_refused() {
    let place = Place::new(5);
    let out = place.folder.path().join("out");
    server::backup::make(
        &place.path,
        &out,
        server::backup::Secrets::default(),
        chrono::Utc::now(),
        &mut |_, _, _| (),
    )
    .unwrap();
    let path = out.join("manifest.json");
    let text = std::fs::read_to_string(&path).unwrap();
    let later = text.replace("\"schema_version\": 1,", "\"schema_version\": 2,");
    assert_ne!(later, text);
    std::fs::write(&path, &later).unwrap();
    let hash = register::id::key::sha256_hex(later.as_bytes());
    std::fs::write(out.join("manifest.json.sha256"), format!("{hash}  manifest.json\n")).unwrap();
    let copy = place.folder.path().join("copy.db");
    let error = server::backup::restore(&out, &copy, &mut |_, _, _| ()).unwrap_err().to_string();
    assert!(error.contains("later version") && !copy.exists(), "{error}");
}

fn percentile(times: &mut [Duration], of: f64) -> Duration {
    times.sort_unstable();
    times[((times.len() - 1) as f64 * of) as usize]
}

/// Clients that do not wait when they are turned away, many times what the portal can do.
#[test]
fn codes_open_while_searches_are_turned_away() {
    let place = Place::new(400);
    let code = format!("/q/{}", a_code(&place));
    let served = place.serve(&["--metrics", "127.0.0.1:0", "--rate-limit", "0"]);
    let search = |client: &mut Client, n: u64| client.get(&format!("/products?q=x{n}"));

    // What it can do: one client after another's answer, nobody turned away.
    let (started, mut done) = (Instant::now(), 0u64);
    let mut client = Client::new(served.public);
    while started.elapsed() < Duration::from_secs(2) {
        assert_eq!(search(&mut client, done).unwrap().0, 200);
        done += 1;
    }
    let capacity = done as f64 / started.elapsed().as_secs_f64();
    let mut calm: Vec<Duration> = (0..200)
        .map(|_| {
            let asked = Instant::now();
            assert_eq!(client.get(&code).unwrap().0, 200);
            asked.elapsed()
        })
        .collect();

    let (stop, next) = (AtomicBool::new(false), AtomicU64::new(1_000_000));
    let (ok, shed, other) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let load = Duration::from_secs(6);
    let (mut verified, elapsed) = std::thread::scope(|scope| {
        for _ in 0..96 {
            scope.spawn(|| {
                let mut client = Client::new(served.public);
                while !stop.load(Ordering::Relaxed) {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    match search(&mut client, n) {
                        Ok((200, ..)) => ok.fetch_add(1, Ordering::Relaxed),
                        Ok((503, Some(retry), body)) if retry > 0 && !body.is_empty() => {
                            shed.fetch_add(1, Ordering::Relaxed)
                        }
                        _ => other.fetch_add(1, Ordering::Relaxed),
                    };
                }
            });
        }
        std::thread::sleep(Duration::from_millis(500));
        let (started, mut verified) = (Instant::now(), Vec::new());
        let mut client = Client::new(served.public);
        while started.elapsed() < load {
            let asked = Instant::now();
            assert_eq!(client.get(&code).unwrap().0, 200, "a code is never turned away");
            verified.push(asked.elapsed());
            std::thread::sleep(Duration::from_millis(5));
        }
        stop.store(true, Ordering::Relaxed);
        (verified, started.elapsed().as_secs_f64() + 0.5)
    });
    let (ok, shed, other) = (ok.into_inner(), shed.into_inner(), other.into_inner());
    let offered = (ok + shed + other) as f64 / elapsed;
    let (calm, loaded) = (percentile(&mut calm, 0.99), percentile(&mut verified, 0.99));
    eprintln!(
        "one client: {capacity:.0} searches/s, p99 of codes {calm:?}; under load: {offered:.0} searches/s asked \
         ({:.1} times), {ok} answered, {shed} turned away, {other} otherwise; {} codes, p50 {:?}, p99 {loaded:?}",
        offered / capacity,
        verified.len(),
        percentile(&mut verified, 0.5),
    );
    assert_eq!(other, 0, "200 or 503 with Retry-After, nothing else");
    assert!(ok > 0 && shed > ok / 2, "searches are turned away: {shed} against {ok}");
    assert!(verified.len() > 100, "{}", verified.len());
    assert!(loaded < Duration::from_secs(2), "{loaded:?}");
    let (status, _, body) = Client::new(served.metrics.unwrap()).get("/metrics").unwrap();
    assert_eq!(status, 200);
    let text = String::from_utf8(body).unwrap();
    let value = |series: &str| -> u64 {
        let line = text.lines().find(|line| line.starts_with(series)).expect("the series");
        line.rsplit_once(' ').unwrap().1.parse().unwrap()
    };
    assert_eq!(value("liangbiao_shed_total{class=\"code\"}"), 0);
    assert!(value("liangbiao_shed_total{class=\"search\"}") >= shed, "{text}");
    assert_eq!(Client::new(served.public).get("/readyz").unwrap().0, 200, "it is well afterwards");
}

/// Connections that send nothing, or a byte now and then, end by themselves and do not keep others out.
#[test]
fn slow_heads_are_let_go() {
    let place = Place::new(5);
    let served = place.serve(&[]);
    let mut slow: Vec<TcpStream> =
        (0..200).map(|_| TcpStream::connect(served.public).unwrap()).collect();
    for stream in &mut slow {
        stream.write_all(b"GET / HTTP/1.1\r\n").unwrap();
    }
    let asked = Instant::now();
    assert_eq!(Client::new(served.public).get("/healthz").unwrap().0, 200);
    assert!(asked.elapsed() < Duration::from_secs(5));
    let started = Instant::now();
    let mut ended = 0;
    while started.elapsed() < Duration::from_secs(30) && ended < slow.len() {
        // A header line every second: a client that goes on, and never comes to an end.
        std::thread::sleep(Duration::from_secs(1));
        ended = slow.iter_mut().filter_map(|stream| stream.write_all(b"x: y\r\n").err()).count();
    }
    eprintln!("{ended} of {} slow clients let go after {:?}", slow.len(), started.elapsed());
    assert_eq!(ended, slow.len());
}

#[test]
fn files_for_deploying_fit_the_program() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let config =
        program().arg("config").arg("--config").arg(folder.join("liangbiao.toml")).output();
    let config = config.unwrap();
    assert!(config.status.success(), "{}", String::from_utf8_lossy(&config.stderr));
    let settings = server::cli::config::settings();
    let known = |name: &str| {
        name == "LIANGBIAO_CONFIG" || settings.iter().any(|setting| setting.variable == name)
    };
    for name in ["liangbiao.service", "liangbiao-backup.service", "Containerfile"] {
        let text = read(name);
        for word in text.split(|c: char| !c.is_ascii_uppercase() && c != '_') {
            let word = word.trim_matches('_');
            assert!(!word.starts_with("LIANGBIAO_") || known(word), "{name}: {word}");
        }
    }
    // Times and sizes of what stands in front are not below the portal's own.
    use server::web::limits;
    let number = |text: &str, begin: &str| -> u64 {
        let rest = text.split(begin).nth(1).unwrap_or_else(|| panic!("{begin}"));
        let digits: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap()
    };
    let (nginx, caddy, unit) = (read("nginx.conf"), read("Caddyfile"), read("liangbiao.service"));
    assert!(number(&nginx, "proxy_read_timeout") > limits::UPLOAD_TIME.as_secs());
    assert!(number(&caddy, "response_header_timeout") > limits::UPLOAD_TIME.as_secs());
    assert!(number(&nginx, "client_max_body_size") * 1_048_576 > limits::UPLOAD_BYTES_MAX as u64);
    assert!(number(&caddy, "max_size") * 1_000_000 > limits::UPLOAD_BYTES_MAX as u64);
    assert!(number(&unit, "\nTimeoutStopSec=") > limits::STOP_TIME.as_secs());
    assert!(number(&unit, "\nLimitNOFILE=") > 2 * limits::CONNECTIONS_MAX as u64);
    let threads = limits::BLOCKING_THREADS_MAX + limits::BEHIND_THREADS_MAX;
    assert!(number(&unit, "\nTasksMax=") > threads as u64 + 64);
    // What takes long steps back, which the list of allowed calls must not forbid.
    let denied = unit.find("SystemCallFilter=~").unwrap();
    assert!(unit.find("\nSystemCallFilter=setpriority\n").is_some_and(|given| given > denied));
    // Where systemd is at hand it reads the units; a program that is not installed here is its one complaint.
    let Ok(output) = Command::new("systemd-analyze")
        .args(["verify", "--man=no"])
        .args(
            ["liangbiao.service", "liangbiao-backup.service", "liangbiao-backup.timer"]
                .map(|n| folder.join(n)),
        )
        .output()
    else {
        eprintln!("systemd-analyze is not here: the units were not verified");
        return;
    };
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let about_ours = told.lines().filter(|line| line.contains("liangbiao"));
    let wrong: Vec<&str> = about_ours.filter(|line| !line.contains("is not executable")).collect();
    assert_eq!(wrong, Vec::<&str>::new());
}
