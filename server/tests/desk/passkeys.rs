//! Passkeys, with an authenticator in software that signs whatever a test wants signed. The browser tests use
//! Chromium's own.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use ciborium::Value;
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};
use serde_json::json;
use server::office::Role;
use sha2::{Digest as _, Sha256};

use super::support::{Browser, PASSWORD, World};

const ORIGIN: &str = "https://desk.example";

fn b64(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// An authenticator with one key, and what it says about itself and where it was asked.
#[derive(Clone)]
struct Key {
    key: SigningKey,
    id: Vec<u8>,
    origin: &'static str,
    party: &'static str,
    handle: Vec<u8>,
    /// User present 0x01, user verified 0x04.
    flags: u8,
    counter: u32,
}

impl Key {
    fn new(seed: u8) -> Key {
        Key {
            key: SigningKey::from_slice(&[seed; 32]).expect("a key"),
            id: vec![seed; 16],
            origin: ORIGIN,
            party: "desk.example",
            handle: Vec::new(),
            flags: 0x05,
            counter: 0,
        }
    }

    fn told(&self, kind: &str, challenge: &str) -> Vec<u8> {
        json!({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false})
            .to_string()
            .into_bytes()
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(self.party.as_bytes()).to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// The answer to `create()`, without attestation.
    fn made(&mut self, options: &str) -> String {
        let options: serde_json::Value = serde_json::from_str(options).expect("JSON");
        let handle = options["user"]["id"].as_str().expect("a user");
        self.handle = Base64UrlUnpadded::decode_vec(handle).expect("base64url");
        let point = self.key.verifying_key().to_sec1_point(false);
        let point = point.as_bytes();
        let cose = Value::Map(vec![
            (1.into(), 2.into()),
            (3.into(), (-7).into()),
            ((-1).into(), 1.into()),
            ((-2).into(), Value::Bytes(point[1..33].to_vec())),
            ((-3).into(), Value::Bytes(point[33..].to_vec())),
        ]);
        let mut data = self.data(self.flags | 0x40);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).expect("short").to_be_bytes());
        data.extend(&self.id);
        ciborium::into_writer(&cose, &mut data).expect("written");
        let mut object = Vec::new();
        let text = |text: &str| Value::Text(text.to_owned());
        let whole = Value::Map(vec![
            (text("fmt"), text("none")),
            (text("attStmt"), Value::Map(Vec::new())),
            (text("authData"), Value::Bytes(data)),
        ]);
        ciborium::into_writer(&whole, &mut object).expect("written");
        let told = self.told("webauthn.create", options["challenge"].as_str().expect("one"));
        json!({"id": b64(&self.id), "rawId": b64(&self.id), "type": "public-key",
            "clientExtensionResults": {},
            "response": {"clientDataJSON": b64(&told), "attestationObject": b64(&object),
                "transports": ["internal"]}})
        .to_string()
    }

    /// The answer to `get()`.
    fn signed(&self, options: &str) -> String {
        let options: serde_json::Value = serde_json::from_str(options).expect("JSON");
        let told = self.told("webauthn.get", options["challenge"].as_str().expect("one"));
        let data = self.data(self.flags);
        let mut message = data.clone();
        message.extend(Sha256::digest(&told));
        let signature: Signature = self.key.sign(&message);
        json!({"id": b64(&self.id), "rawId": b64(&self.id), "type": "public-key",
            "clientExtensionResults": {},
            "response": {"clientDataJSON": b64(&told), "authenticatorData": b64(&data),
                "signature": b64(signature.to_der().as_bytes()), "userHandle": b64(&self.handle)}})
        .to_string()
    }
}

async fn ask(browser: &mut Browser<'_>, purpose: &str) -> String {
    let got = browser.send("/passkeys/ask", &[("for", purpose)]).await;
    assert_eq!(got.status, 200, "{}", got.text);
    assert_eq!(got.header("content-type"), "application/json");
    assert_eq!(got.header("cache-control"), "no-store");
    got.text
}

/// Adds a key to the account of who is signed in.
async fn add(world: &World, browser: &mut Browser<'_>, name: &str, key: &mut Key) {
    let made = key.made(&ask(browser, "add").await);
    world.wait(30);
    let code = world.code(name);
    let fields = [("made", made.as_str()), ("label", "窗边那台"), ("code", code.as_str())];
    let got = browser.send("/account/passkeys", &fields).await;
    assert_eq!((got.status.as_u16(), got.header("location")), (303, "/account"), "{}", got.text);
}

async fn sign_in(browser: &mut Browser<'_>, key: &Key) -> u16 {
    let answer = key.signed(&ask(browser, "sign-in").await);
    browser.send("/sign-in/passkey", &[("passkey", &answer)]).await.status.as_u16()
}

#[tokio::test]
async fn a_passkey_signs_its_owner_in_and_stands_for_the_code() {
    let world = World::at(ORIGIN);
    let mut owner = world.person("王芳", &[Role::Drafter, Role::Auditor]).await;
    let mut key = Key::new(7);
    add(&world, &mut owner, "王芳", &mut key).await;
    let page = owner.get("/account").await;
    assert!(page.text.contains("窗边那台") && page.text.contains("还没有用过"), "{}", page.text);
    assert!(page.text.contains("<script type=\"module\" src=\"/assets/passkey-"), "{}", page.text);
    assert!(page.header("content-security-policy").contains("connect-src 'self'"));

    let mut other = world.browser();
    assert_eq!(sign_in(&mut other, &key).await, 303);
    let page = other.get("/account").await;
    assert!(page.text.contains("王芳") && page.text.contains("最近使用"), "{}", page.text);
    let trail = other.get("/trail").await;
    assert!(trail.text.contains("添加通行密钥") && trail.text.contains("窗边那台"));

    // In the place of the code: another key is added, and it removes the first one.
    let made = Key::new(8).made(&ask(&mut other, "add").await);
    let again = key.signed(&ask(&mut other, "again").await);
    let fields = [("made", made.as_str()), ("label", "手机"), ("passkey", again.as_str())];
    assert_eq!(other.send("/account/passkeys", &fields).await.status, 303);
    let again = key.signed(&ask(&mut other, "again").await);
    let id = b64(&key.id);
    let fields = [("id", id.as_str()), ("passkey", again.as_str())];
    assert_eq!(other.send("/account/passkeys/remove", &fields).await.status, 303);
    let page = other.get("/account").await;
    assert!(!page.text.contains("窗边那台") && page.text.contains("手机"), "{}", page.text);
    assert_eq!(sign_in(&mut world.browser(), &key).await, 422, "it was removed");
    assert_eq!(owner.get("/account").await.status, 200, "other sessions go on");
}

#[tokio::test]
async fn an_answer_that_is_not_to_what_was_asked_signs_nobody_in() {
    let world = World::at(ORIGIN);
    let mut owner = world.person("王芳", &[Role::Drafter]).await;
    let mut key = Key::new(7);
    add(&world, &mut owner, "王芳", &mut key).await;
    let stranger = Key { handle: key.handle.clone(), ..Key::new(9) };
    let wrong: Vec<(&str, Key)> = vec![
        ("another key under its ID", Key { key: stranger.key.clone(), ..key.clone() }),
        ("a key nobody added", stranger),
        ("another page", Key { origin: "https://desk.example.evil", ..key.clone() }),
        ("plain HTTP", Key { origin: "http://desk.example", ..key.clone() }),
        ("another party", Key { party: "evil.example", ..key.clone() }),
        ("nobody recognised", Key { flags: 0x01, ..key.clone() }),
        ("nobody there", Key { flags: 0x04, ..key.clone() }),
        ("another owner", Key { handle: vec![1; 32], ..key.clone() }),
    ];
    for (what, wrong) in wrong {
        assert_eq!(sign_in(&mut world.browser(), &wrong).await, 422, "{what}");
    }
    for junk in ["", "{}", "[]", "null", "{\"rawId\":\"!\",\"response\":{}}"] {
        let mut browser = world.browser();
        ask(&mut browser, "sign-in").await;
        let got = browser.send("/sign-in/passkey", &[("passkey", junk)]).await;
        assert_eq!(got.status, 422, "{junk}");
        assert!(got.text.contains("没有登录"), "{}", got.text);
    }
    // Taken once, by the session that asked, for what was asked, within five minutes.
    let mut browser = world.browser();
    let answer = key.signed(&ask(&mut browser, "sign-in").await);
    let mut elsewhere = world.browser();
    ask(&mut elsewhere, "sign-in").await;
    assert_eq!(elsewhere.send("/sign-in/passkey", &[("passkey", &answer)]).await.status, 422);
    assert_eq!(browser.send("/sign-in/passkey", &[("passkey", &answer)]).await.status, 303);
    let mut again = world.browser();
    again.cookie.clone_from(&browser.cookie);
    assert_eq!(again.send("/sign-in/passkey", &[("passkey", &answer)]).await.status, 422);
    let answer = key.signed(&ask(&mut owner, "again").await);
    assert_eq!(owner.send("/sign-in/passkey", &[("passkey", &answer)]).await.status, 422);
    let mut late = world.browser();
    let answer = key.signed(&ask(&mut late, "sign-in").await);
    world.wait(5 * 60);
    assert_eq!(late.send("/sign-in/passkey", &[("passkey", &answer)]).await.status, 422);
    assert_eq!(
        sign_in(&mut world.browser(), &key).await,
        303,
        "nothing of that locks its owner out"
    );
}

#[tokio::test]
async fn a_copied_key_is_noticed_by_its_counter() {
    let world = World::at(ORIGIN);
    let mut owner = world.person("王芳", &[Role::Drafter]).await;
    let mut key = Key { counter: 4, ..Key::new(7) };
    add(&world, &mut owner, "王芳", &mut key).await;
    let copy = Key { counter: 5, ..key.clone() };
    key.counter = 9;
    assert_eq!(sign_in(&mut world.browser(), &key).await, 303);
    assert_eq!(sign_in(&mut world.browser(), &copy).await, 422);
}

#[tokio::test]
async fn nobody_proves_or_changes_anything_with_the_key_of_another() {
    let world = World::at(ORIGIN);
    let mut first = world.person("王芳", &[Role::Drafter]).await;
    let mut second = world.person("李明", &[Role::Approver]).await;
    let (mut own, mut others) = (Key::new(7), Key::new(8));
    add(&world, &mut first, "王芳", &mut own).await;
    let refused = second.send("/passkeys/ask", &[("for", "again")]).await;
    assert_eq!(refused.status, 403, "who has none cannot be asked for one");
    add(&world, &mut second, "李明", &mut others).await;
    let id = b64(&own.id);
    let answer = own.signed(&ask(&mut second, "again").await);
    let fields = [("id", id.as_str()), ("passkey", answer.as_str())];
    assert_eq!(second.send("/account/passkeys/remove", &fields).await.status, 422);
    let answer = others.signed(&ask(&mut second, "again").await);
    let fields = [("id", id.as_str()), ("passkey", answer.as_str())];
    assert_eq!(second.send("/account/passkeys/remove", &fields).await.status, 303);
    assert_eq!(sign_in(&mut world.browser(), &own).await, 303, "it is not theirs to remove");
    // The same credential ID does not become a second account's.
    let made = Key::new(7).made(&ask(&mut second, "add").await);
    let again = others.signed(&ask(&mut second, "again").await);
    let fields = [("made", made.as_str()), ("label", "手机"), ("passkey", again.as_str())];
    let got = second.send("/account/passkeys", &fields).await;
    assert_eq!(got.status, 422);
    assert!(got.text.contains("没有添加：浏览器的回答对不上"), "{}", got.text);
    for (purpose, signed_in) in [("add", true), ("again", true), ("nothing", false)] {
        let got = world.browser().send("/passkeys/ask", &[("for", purpose)]).await;
        assert_eq!(got.status, if signed_in { 403 } else { 404 }, "{purpose}");
    }
}

#[tokio::test]
async fn a_key_is_added_by_who_is_there_under_a_name_and_ten_at_most() {
    let world = World::at(ORIGIN);
    let mut owner = world.person("王芳", &[Role::Drafter]).await;
    let made = Key::new(7).made(&ask(&mut owner, "add").await);
    let fields = [("made", made.as_str()), ("label", "手机"), ("code", "000000")];
    let got = owner.send("/account/passkeys", &fields).await;
    assert_eq!(got.status, 422);
    assert!(got.text.contains("验证码不对"), "{}", got.text);
    for label in ["", "  ", &"长".repeat(41)] {
        world.wait(30);
        let code = world.code("王芳");
        let fields = [("made", made.as_str()), ("label", label), ("code", code.as_str())];
        let got = owner.send("/account/passkeys", &fields).await;
        assert!(got.text.contains("1 到 40 个字"), "{label:?}: {}", got.text);
    }
    for seed in 1..=10 {
        add(&world, &mut owner, "王芳", &mut Key::new(seed)).await;
    }
    let made = Key::new(11).made(&ask(&mut owner, "add").await);
    world.wait(30);
    let code = world.code("王芳");
    let fields = [("made", made.as_str()), ("label", "手机"), ("code", code.as_str())];
    let got = owner.send("/account/passkeys", &fields).await;
    assert!(got.text.contains("最多 10 个"), "{}", got.text);
}

#[tokio::test]
async fn a_disabled_account_and_one_that_was_reset_have_no_use_of_their_keys() {
    let world = World::at(ORIGIN);
    let mut owner = world.person("王芳", &[Role::Drafter]).await;
    let mut key = Key::new(7);
    add(&world, &mut owner, "王芳", &mut key).await;
    world.office().disable("王芳").expect("disabled");
    assert_eq!(sign_in(&mut world.browser(), &key).await, 422);
    let invite = world.office().reset("王芳").expect("reset");
    assert_eq!(sign_in(&mut world.browser(), &key).await, 422);
    assert!(world.office().file().passkeys("王芳").expect("read").is_empty());
    let fields =
        [("name", "王芳"), ("invite", &invite), ("password", PASSWORD), ("again", PASSWORD)];
    assert_eq!(world.browser().send("/enrol", &fields).await.status, 303);
    assert_eq!(sign_in(&mut world.browser(), &key).await, 422);
}

#[tokio::test]
async fn where_browsers_allow_no_passkeys_none_are_offered() {
    // Plain HTTP under any name that asks, which is what a desk without an origin is.
    let world = World::new();
    let mut owner = world.person("王芳", &[Role::Drafter]).await;
    for path in ["/account", "/sign-in"] {
        let page = owner.get(path).await;
        assert!(!page.text.contains("<script") && !page.text.contains("通行密钥"), "{path}");
    }
    assert_eq!(owner.send("/passkeys/ask", &[("for", "add")]).await.status, 404);
    for (origin, offered) in [
        ("https://desk.example", true),
        ("https://desk.example:8443", true),
        ("http://localhost:3001", true),
        ("http://desk.example", false),
        ("https://192.0.2.1", false),
        ("https://[2001:db8::1]:8443", false),
    ] {
        let page = World::at(origin).browser().get("/sign-in").await;
        assert_eq!(page.text.contains("data-passkey"), offered, "{origin}");
        assert_eq!(page.text.contains("<script"), offered, "{origin}");
    }
}

#[tokio::test]
async fn a_file_from_before_passkeys_is_raised_and_loses_nothing() {
    let world = World::at(ORIGIN);
    let mut owner = world.person("王芳", &[Role::Drafter]).await;
    let path = world.office().file().path().to_owned();
    let raw = rusqlite::Connection::open(&path).expect("the file");
    raw.execute_batch("DROP TABLE passkeys; PRAGMA user_version = 1;").expect("as it was");
    // Two programs at once, as when a command runs beside `serve`.
    let (first, second) = std::thread::scope(|both| {
        let other = both.spawn(|| world.reopened());
        (world.reopened(), other.join().expect("no panic"))
    });
    let version: i32 =
        raw.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version");
    assert_eq!(version, 2);
    for office in [first, second] {
        let office = office.expect("opened");
        assert!(office.file().passkeys("王芳").expect("read").is_empty());
        assert!(office.file().account("王芳").expect("read").is_some());
    }
    add(&world, &mut owner, "王芳", &mut Key::new(7)).await;

    raw.execute_batch("PRAGMA user_version = 3;").expect("written");
    let refused = world.reopened().expect_err("of a later version").to_string();
    assert!(refused.contains("later version"), "{refused}");
}
