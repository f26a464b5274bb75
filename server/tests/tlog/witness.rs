//! A witness that was written from the specification (C2SP tlog-witness), and what the log does with it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use base64ct::{Base64, Encoding as _};
use register::note::NoteKey;
use register::signature::{Algorithm, SecretKey, Signer as _, Verifier as _};
use sha2::{Digest as _, Sha256};

use crate::place::{Place, Served};

type Hash = [u8; 32];

/// How a witness behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mood {
    Honest,
    /// Answers every request so.
    Status(u16),
    /// Signs something else.
    Liar,
    /// 200 without a line of its own.
    Silent,
}

#[derive(Debug)]
struct State {
    /// What was signed last; the root of nothing is never asked for.
    size: u64,
    root: Hash,
    mood: Mood,
    /// Old sizes of the requests that came.
    asked: Vec<u64>,
}

/// A witness of one log, on a port of its own.
struct Witness {
    url: String,
    vkey: String,
    state: Arc<Mutex<State>>,
}

impl Witness {
    fn start(name: &'static str, seed: u8, log: NoteKey) -> Witness {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/witness/{seed}", listener.local_addr().expect("an address"));
        let secret = SecretKey::from_bytes(Algorithm::Ed25519, &[seed; 32]).expect("a key");
        let typed = [&[4][..], secret.public_key().as_bytes()].concat();
        let id = Sha256::digest([name.as_bytes(), b"\n", &typed].concat());
        let hex: String = id[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        let vkey = format!("{name}+{hex}+{}", Base64::encode_string(&typed));
        let state = State { size: 0, root: [0; 32], mood: Mood::Honest, asked: Vec::new() };
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        let path = format!("/witness/{seed}/add-checkpoint");
        let id: [u8; 4] = id[..4].try_into().expect("four bytes");
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answer = |body: &str| {
                    // Check and update are one step: the lock is held throughout.
                    let mut state = shared.lock().expect("no panic before");
                    add_checkpoint(&mut state, &log, body, &|message| {
                        secret.sign(message).expect("signed")
                    })
                };
                handle(stream, &path, name, id, &answer);
            }
        });
        Witness { url, vkey, state }
    }

    fn named(&self) -> String {
        format!("{}={}", self.url, self.vkey)
    }

    fn size(&self) -> u64 {
        self.state.lock().expect("no panic").size
    }

    fn is(&self, mood: Mood) {
        self.state.lock().expect("no panic").mood = mood;
    }
}

/// What a request comes to: a status, or a time with a signature.
enum Answer {
    Status(u16),
    Conflict(u64),
    Signed(u64, [u8; 64]),
    /// 200 with a line of somebody else.
    Other,
}

fn handle(
    mut stream: TcpStream,
    path: &str,
    name: &str,
    id: [u8; 4],
    answer: &dyn Fn(&str) -> Answer,
) {
    let mut reader = BufReader::new(stream.try_clone().expect("a copy"));
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) <= 2 {
            break;
        }
        lines.push(line.trim_end().to_ascii_lowercase());
    }
    let length = lines.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    if reader.read_exact(&mut body).is_err() {
        return;
    }
    let other = format!("— other.example {}\n", Base64::encode_string(&[7; 76]));
    let wanted = format!("post {path} http/1.1");
    let (status, kind, body) = match lines.first() {
        Some(first) if *first == wanted => match answer(&String::from_utf8_lossy(&body)) {
            Answer::Status(status) => (status, "text/plain", String::new()),
            Answer::Conflict(size) => (409, "text/x.tlog.size", format!("{size}\n")),
            Answer::Other => (200, "text/plain", other),
            // A line by a key nobody asked about comes along.
            Answer::Signed(time, signature) => {
                let own = [&id[..], &time.to_be_bytes(), &signature].concat();
                let own = Base64::encode_string(&own);
                (200, "text/plain", format!("{other}— {name} {own}\n"))
            }
        },
        _ => (405, "text/plain", String::new()),
    };
    let _ = write!(
        stream,
        "HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
}

/// `add-checkpoint`, step by step as the specification has it.
fn add_checkpoint(
    state: &mut State,
    log: &NoteKey,
    body: &str,
    sign: &dyn Fn(&[u8]) -> [u8; 64],
) -> Answer {
    if let Mood::Status(status) = state.mood {
        return Answer::Status(status);
    }
    let Some((head, note)) = body.split_once("\n\n") else { return Answer::Status(400) };
    let mut head = head.split('\n');
    let old = head.next().and_then(|line| line.strip_prefix("old ")?.parse::<u64>().ok());
    let Some(old) = old else { return Answer::Status(400) };
    state.asked.push(old);
    let mut proof: Vec<Hash> = Vec::new();
    for line in head {
        let hash = Base64::decode_vec(line).ok().and_then(|hash| hash.try_into().ok());
        let Some(hash) = hash else { return Answer::Status(400) };
        proof.push(hash);
    }
    let Some((text, signatures)) = note.split_once("\n\n") else { return Answer::Status(400) };
    let text = format!("{text}\n");
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() < 3 || proof.len() > 63 {
        return Answer::Status(400);
    }
    if lines[0] != log.name() {
        return Answer::Status(404);
    }
    let trusted = signatures.lines().any(|line| {
        let Some(encoded) = line.strip_prefix(&format!("— {} ", log.name())) else {
            return false;
        };
        let Ok(bytes) = Base64::decode_vec(encoded) else { return false };
        let Ok(signature) = bytes.get(4..).unwrap_or_default().try_into() else { return false };
        bytes[..4] == log.id() && log.public_key().verify(text.as_bytes(), &signature).is_ok()
    });
    if !trusted {
        return Answer::Status(403);
    }
    let size: u64 = lines[1].parse().expect("the log signs numbers");
    let root: Hash = Base64::decode_vec(lines[2]).expect("base64").try_into().expect("32 bytes");
    if old > size {
        return Answer::Status(400);
    }
    if old != state.size || (old == size && old > 0 && root != state.root) {
        return Answer::Conflict(state.size);
    }
    if !(old == 0 && proof.is_empty() || consistent(old, size, state.root, root, &proof)) {
        return Answer::Status(422);
    }
    (state.size, state.root) = (size, root);
    let time = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("after 1970")
        .as_secs();
    match state.mood {
        Mood::Liar => Answer::Signed(time, sign(b"cosignature/v1\ntime 1\nanother log\n")),
        Mood::Silent => Answer::Other,
        _ => Answer::Signed(time, sign(format!("cosignature/v1\ntime {time}\n{text}").as_bytes())),
    }
}

/// RFC 9162, 2.1.4.2: whether the tree of `second` leaves begins with that of `first`.
fn consistent(first: u64, second: u64, first_root: Hash, second_root: Hash, path: &[Hash]) -> bool {
    if first == second {
        return path.is_empty() && first_root == second_root;
    }
    let node = |left: &Hash, right: &Hash| -> Hash {
        Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
    };
    let mut path = path.to_vec();
    if first.is_power_of_two() {
        path.insert(0, first_root);
    }
    let Some((start, rest)) = path.split_first() else { return false };
    let (mut f, mut s) = (first - 1, second - 1);
    while f & 1 == 1 {
        (f, s) = (f >> 1, s >> 1);
    }
    let (mut fr, mut sr) = (*start, *start);
    for c in rest {
        if s == 0 {
            return false;
        }
        if f & 1 == 1 || f == s {
            (fr, sr) = (node(c, &fr), node(c, &sr));
            while f & 1 == 0 && f != 0 {
                (f, s) = (f >> 1, s >> 1);
            }
        } else {
            sr = node(&sr, c);
        }
        (f, s) = (f >> 1, s >> 1);
    }
    fr == first_root && sr == second_root && s == 0
}

fn key(place: &Place) -> NoteKey {
    place.says(&["log", "key"]).trim_end().parse().expect("a key")
}

/// Copies a register with its keys.
fn copy(place: &Place, from: &str, to: &str) {
    std::fs::copy(place.path(from), place.path(to)).expect("a copy");
    let keys = |name: &str| place.path(&format!("{name}.keys"));
    std::fs::create_dir(keys(to)).expect("a folder");
    let private = |path: &Path, mode| {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("set");
    };
    private(&keys(to), 0o700);
    for file in std::fs::read_dir(keys(from)).expect("keys").flatten() {
        let target = keys(to).join(file.file_name());
        std::fs::copy(file.path(), &target).expect("a copy");
        private(&target, 0o600);
    }
}

fn text(served: &Served, path: &str) -> String {
    let (status, _, body) = served.get(path);
    assert_eq!(status, 200, "{path}");
    String::from_utf8(body).expect("UTF-8")
}

#[test]
fn a_witness_signs_what_goes_on_and_no_log_that_was_rewritten() {
    let place = Place::new();
    let witness = Witness::start("witness.example/w1", 11, key(&place));
    let other = Witness::start("witness.example/w2", 12, key(&place));
    let cosign = ["log", "cosign", "--witness", &witness.named()];
    copy(&place, "r.db", "fork.db");
    let said = place.says(&cosign);
    assert!(said.contains("witness.example/w1  signed "), "{said}");
    let first = witness.size();
    // The log goes on: one request, with the proof from where the witness stood.
    place.says(&["key", "new", "--holder", "示例局"]);
    place.says(&cosign);
    let second = witness.size();
    assert!(second > first);
    assert_eq!(witness.state.lock().expect("no panic").asked, [0, first]);
    // What it signed stands below the checkpoint, for the command as for readers.
    let note = place.says(&["log", "checkpoint"]);
    assert!(note.contains("\n— witness.example/w1 "), "{note}");
    let served = place.serve();
    assert_eq!(text(&served, "/log/checkpoint"), note);
    assert!(text(&served, "/log/proof/3.tlog-proof").contains("— witness.example/w1 "));
    let verify = |more: &[&str]| {
        place.run(&[&["log", "verify", served.address.as_str()][..], more].concat())
    };
    let done = verify(&["--witness", &witness.vkey]);
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{done:?}");
    assert!(
        said.contains("witness     witness.example/w1 signed less than a minute ago"),
        "{said}"
    );
    let both = ["--witness", &witness.vkey, "--witness", &other.vkey];
    let done = verify(&both);
    assert_eq!(done.status.code(), Some(1));
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(said.contains("1 of the 2 witnesses signed this checkpoint, 2 must have"), "{said}");
    assert!(verify(&[&both[..], &["--quorum", "1"]].concat()).status.success());
    assert_eq!(verify(&["--quorum", "1"]).status.code(), Some(2));
    // The page says who, and how much, in three languages.
    for (prefix, words) in [("", "签了前"), ("/zh-Hant", "簽了前"), ("/en", "signed the first")]
    {
        let page = text(&served, &format!("{prefix}/log"));
        assert!(page.contains("witness.example/w1") && page.contains(words), "{page}");
    }
    let json: serde_json::Value = serde_json::from_str(&text(&served, "/log.json")).expect("JSON");
    assert_eq!(json["witnesses"][0]["log_size"], second);
    assert_eq!(json["witnesses"][0]["key"], witness.vkey.as_str());

    // Another history from the same key: as long as the one it signed, then longer.
    for round in 0..2 {
        place.says(&["key", "new", "--holder", "别的局", "--register", "fork.db"]);
        let fork = [&cosign[..], &["--register", "fork.db"]].concat();
        let said = place.complains(&fork);
        assert!(said.contains("the log was rewritten"), "{round}: {said}");
        assert_eq!(witness.size(), second, "{round}: it did not sign");
    }
    assert!(!place.path("fork.db.cosignatures").exists());
    let forked = place.serve_with(&["--register", "fork.db"]);
    let done = place.run(&["log", "verify", &forked.address, "--witness", &witness.vkey]);
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(said.contains("witness.example/w1 did not sign this checkpoint"), "{said}");
    assert!(text(&forked, "/log").contains("现在没有见证人"));
    // The signature of the true log does not fit the fork: put there, it is passed over.
    std::fs::copy(place.path("r.db.cosignatures"), place.path("fork.db.cosignatures"))
        .expect("put");
    assert!(!text(&forked, "/log/checkpoint").contains("witness.example"));
    assert!(text(&forked, "/log").contains("现在没有见证人"));
    // A copy that lacks what was published is told so.
    copy(&place, "fork.db", "short.db");
    witness.state.lock().expect("no panic").size = 1_000_000;
    let said = place.complains(&[&cosign[..], &["--register", "short.db"]].concat());
    assert!(said.contains("it signed a log of 1000000 entries"), "{said}");
}

#[test]
fn whatever_a_witness_answers_only_its_good_signature_is_kept() {
    let place = Place::new();
    let witness = Witness::start("witness.example/w1", 21, key(&place));
    let cosign = ["log", "cosign", "--witness", &witness.named()];
    for (mood, words) in [
        (Mood::Status(404), "it does not know this log (404)"),
        (Mood::Status(403), "it does not trust the key that signed (403)"),
        (Mood::Status(422), "the log was rewritten"),
        (Mood::Status(400), "it answered with status 400"),
        (Mood::Status(500), "it answered with status 500"),
        (Mood::Status(302), "it answered with status 302"),
        // Without a size: the sizes agree, the roots do not.
        (Mood::Status(409), "the log was rewritten"),
        (Mood::Liar, "a signature of the key witness.example/w1 does not verify"),
        (Mood::Silent, "the note is not signed by the key witness.example/w1"),
    ] {
        witness.is(mood);
        let said = place.complains(&cosign);
        assert!(said.contains(words), "{mood:?}: {said}");
        assert!(!place.path("r.db.cosignatures").exists(), "{mood:?}");
    }
    // Nobody there.
    let nobody = cosign[3].replace("http://127.0.0.1:", "http://127.0.0.1:1");
    assert_eq!(place.run(&["log", "cosign", "--witness", &nobody]).status.code(), Some(1));
    // Somebody else asked it meanwhile: the size it names is taken up.
    witness.is(Mood::Honest);
    let stood = witness.size();
    place.says(&["key", "new", "--holder", "示例局"]);
    witness.state.lock().expect("no panic").asked.clear();
    place.says(&cosign);
    let asked = witness.state.lock().expect("no panic").asked.clone();
    assert_eq!(asked, [0, stood], "told 409, asked again from there");
    for wrong in ["x", "https://w.example", "ftp://w=a+b+c", "https://w.example=a+00000000+AA=="] {
        let done = place.run(&["log", "cosign", "--witness", wrong]);
        assert_eq!(done.status.code(), Some(2), "{wrong}");
    }
}

#[test]
fn a_portal_asks_in_the_background_and_answers_meanwhile() {
    let place = Place::new();
    let witness = Witness::start("witness.example/w1", 31, key(&place));
    witness.is(Mood::Status(503));
    let served = place.serve_with(&["--witness", &witness.named()]);
    assert!(text(&served, "/log").contains("现在没有见证人"));
    assert!(!text(&served, "/log/checkpoint").contains("witness.example"));
    // It comes back; the portal asks again by itself.
    witness.is(Mood::Honest);
    let cosigned = |size: u64| {
        let begun = Instant::now();
        while !(witness.size() >= size && text(&served, "/log/checkpoint").contains("witness.ex")) {
            assert!(begun.elapsed() < Duration::from_secs(60), "not cosigned");
            std::thread::sleep(Duration::from_millis(100));
        }
        begun.elapsed()
    };
    let json = |path: &str| -> serde_json::Value {
        serde_json::from_str(&text(&served, path)).expect("JSON")
    };
    let size = json("/log.json")["log_size"].as_u64().expect("a size");
    cosigned(size);
    place.says(&["key", "new", "--holder", "示例局"]);
    let took = cosigned(size + 1);
    println!("cosigned {took:?} after the append");
    assert!(json("/log.json")["witnesses"][0]["log_size"].as_u64() > Some(size));
}
