//! A desk over an empty folder, a clock that is moved by hand, and a browser that keeps cookies.

use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use chrono::{DateTime, Duration, Utc};
use http_body_util::BodyExt;
use server::cases::Cases;
use server::office::web::{Desk, Settings, service};
use server::office::{Office, Role, totp};
use server::store::{Clock, Register, StoreError, random_id};
use server::web::assets::Assets;
use tower::ServiceExt;

/// A password nobody guesses.
pub const PASSWORD: &str = "corect hors batery stapl";

/// A mapping as an operator installs it.
const MAP: &str = include_str!("../maps/states.toml");

/// A clock that is moved by hand.
#[derive(Debug)]
pub struct HandClock(Mutex<DateTime<Utc>>);

impl Clock for HandClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("a test's clock")
    }
}

/// A desk under test.
pub struct World {
    pub desk: Arc<Desk>,
    pub clock: Arc<HandClock>,
    pub register: std::path::PathBuf,
    /// Where its pages are, as browsers say.
    pub origin: String,
    _folder: tempfile::TempDir,
}

impl World {
    pub fn new() -> World {
        World::set(false, "").0
    }

    /// A desk with cases, which are beside its register.
    pub fn with_cases() -> (World, Arc<Cases>) {
        let (world, cases) = World::set(true, "");
        (world, cases.expect("asked for"))
    }

    /// A desk that knows where it is.
    pub fn at(origin: &str) -> World {
        World::set(false, origin).0
    }

    fn set(with_cases: bool, origin: &str) -> (World, Option<Arc<Cases>>) {
        let folder = tempfile::tempdir().expect("a folder");
        let register = folder.path().join("register.db");
        let now = "2026-11-22T04:00:00Z".parse().expect("an instant");
        let clock = Arc::new(HandClock(Mutex::new(now)));
        std::fs::create_dir(folder.path().join("maps")).expect("a folder");
        std::fs::write(folder.path().join("maps/recalls.toml"), MAP).expect("a mapping");
        Register::create(&register, &random_id().expect("an id")).expect("a register");
        let office = Office::open(&register, clock.clone()).expect("a desk");
        let assets = Assets::load().expect("assets");
        let cases = with_cases.then(|| Arc::new(Cases::open(&register, 30).expect("cases")));
        let settings = Settings {
            cases: cases.clone(),
            origin: origin.to_owned(),
            office: "示例市市场监督管理局".to_owned(),
            register: register.clone().into(),
            maps: folder.path().join("maps"),
            portal: "https://quality.example".to_owned(),
        };
        let desk = Arc::new(Desk::new(office, assets, settings).expect("a desk"));
        let origin = match origin {
            "" => format!("http://{HOST}"),
            origin => origin.to_owned(),
        };
        (World { desk, clock, register, origin, _folder: folder }, cases)
    }

    pub fn office(&self) -> &Office {
        self.desk.office()
    }

    /// The desk's file once more, as another program opens it.
    pub fn reopened(&self) -> Result<Office, StoreError> {
        Office::open(&self.register, self.clock.clone())
    }

    pub fn wait(&self, seconds: i64) {
        *self.clock.0.lock().expect("a test's clock") += Duration::seconds(seconds);
    }

    pub fn browser(&self) -> Browser<'_> {
        Browser { world: self, cookie: None }
    }

    /// The code an account's app shows now.
    pub fn code(&self, name: &str) -> String {
        let account = self.office().file().account(name).expect("read").expect("there");
        totp::code(&account.totp.expect("enrolled"), totp::step(self.office().now()))
    }

    /// Makes and enrols an account, and signs it in.
    pub async fn person(&self, name: &str, roles: &[Role]) -> Browser<'_> {
        let invite = self.office().add(name, roles).expect("added");
        let mut browser = self.browser();
        let begun = browser
            .send(
                "/enrol",
                &[("name", name), ("invite", &invite), ("password", PASSWORD), ("again", PASSWORD)],
            )
            .await;
        assert_eq!(begun.status, 303, "{}", begun.text);
        let page = browser.get("/enrol/code").await;
        let code = {
            let secret = page.text.split("<code class=\"brk\">").nth(1).expect("a secret");
            let secret = secret.split('<').next().expect("its end").replace(' ', "");
            totp::code(&base32(&secret), totp::step(self.office().now()))
        };
        let done = browser.send("/enrol/code", &[("code", &code)]).await;
        assert_eq!(done.status, 200, "{}", done.text);
        // The code is used up.
        self.wait(30);
        browser
    }
}

fn base32(text: &str) -> Vec<u8> {
    use base32ct::Encoding as _;
    base32ct::Base32UpperUnpadded::decode_vec(text).expect("base 32")
}

/// An answer.
pub struct Got {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    pub bytes: Vec<u8>,
}

impl Got {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("ascii"))
    }
}

/// A browser: it keeps the cookie and says where forms are sent from.
pub struct Browser<'w> {
    pub world: &'w World,
    pub cookie: Option<String>,
}

pub const HOST: &str = "desk.example:3001";

impl Browser<'_> {
    pub async fn raw(&mut self, request: Request<Body>) -> Got {
        let service = service(Arc::clone(&self.world.desk));
        let response = service.oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        if let Some(set) = parts.headers.get("set-cookie") {
            let set = set.to_str().expect("ascii");
            self.cookie = match set.split(';').next() {
                Some(pair) if !pair.ends_with('=') => Some(pair.to_owned()),
                _ => None,
            };
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Got { status: parts.status, headers: parts.headers, text, bytes: bytes.into() }
    }

    pub fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let mut request = Request::builder().method(method).uri(path).header("host", HOST);
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        request
    }

    pub async fn get(&mut self, path: &str) -> Got {
        let request = self.request("GET", path).body(Body::empty()).expect("a request");
        self.raw(request).await
    }

    /// Any page's token: it is the session's.
    pub async fn token(&mut self) -> String {
        self.get("/enrol").await;
        match self.cookie.as_deref().and_then(|pair| pair.split_once('=')) {
            Some((_, id)) => {
                register::id::key::sha256_hex(format!("liangbiao desk form {id}").as_bytes())
            }
            None => String::new(),
        }
    }

    /// Sends a form as a browser does.
    pub async fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Got {
        let token = self.token().await;
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        self.send_as(
            path,
            &all,
            &[("origin", &self.world.origin.clone()), ("sec-fetch-site", "same-origin")],
        )
        .await
    }

    /// Sends a form with these headers and nothing added.
    pub async fn send_as(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Got {
        let mut request =
            self.request("POST", path).header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = request.body(Body::from(body)).expect("a request");
        self.raw(request).await
    }

    /// Sends a file with a form, as a browser does.
    pub async fn send_file(&mut self, map: &str, name: &str, bytes: &[u8]) -> Got {
        self.send_list(&[("map", map)], name, bytes).await
    }

    /// Sends a file with these fields beside it.
    pub async fn send_list(&mut self, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Got {
        let token = self.token().await;
        let mut body = Vec::new();
        for (field, value) in [("csrf", token.as_str())].iter().chain(fields) {
            body.extend(
                format!(
                    "--b\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
                )
                .bytes(),
            );
        }
        body.extend(
            format!(
                "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 content-type: application/octet-stream\r\n\r\n"
            )
            .bytes(),
        );
        body.extend(bytes);
        body.extend(b"\r\n--b--\r\n");
        let request = self
            .request("POST", "/new")
            .header("content-type", "multipart/form-data; boundary=b")
            .header("origin", format!("http://{HOST}"))
            .body(Body::from(body))
            .expect("a request");
        self.raw(request).await
    }

    /// The page once nobody works on it any more.
    pub async fn done(&mut self, path: &str) -> Got {
        for _ in 0..400 {
            let got = self.get(path).await;
            if !got.text.contains("http-equiv=\"refresh\"") {
                return got;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        panic!("{path} is still worked on");
    }

    pub async fn sign_in(&mut self, name: &str, password: &str, code: &str) -> Got {
        self.send("/sign-in", &[("name", name), ("password", password), ("code", code)]).await
    }
}
