//! A browser without pictures: it keeps the cookie, sends forms with their token, and says where they are from.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::place::{Outcome, text};

/// An answer.
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Where it leads, if it leads anywhere.
    pub location: String,
    /// Head and body.
    pub text: String,
}

impl Answer {
    /// This answer, if it has this status.
    pub fn expect(self, status: u16) -> Outcome<Answer> {
        match self.status == status {
            true => Ok(self),
            false => Err(format!("{} instead of {status}: {}", self.status, self.text)),
        }
    }

    /// What stands between two texts.
    pub fn between(&self, before: &str, after: &str) -> Outcome<&str> {
        let found = self.text.split_once(before).and_then(|(_, rest)| rest.split_once(after));
        found.map(|(found, _)| found).ok_or_else(|| format!("no {before} in {}", self.text))
    }
}

/// One person's browser.
pub struct Browser {
    /// Host and port of the site.
    pub host: String,
    cookie: String,
}

impl Browser {
    /// A browser that was nowhere yet.
    pub fn new(host: &str) -> Browser {
        Browser { host: host.to_owned(), cookie: String::new() }
    }

    /// Opens a page.
    pub fn get(&mut self, path: &str) -> Outcome<Answer> {
        self.ask("GET", path, "", &[])
    }

    /// Sends a form.
    pub fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Outcome<Answer> {
        let token = self.token()?;
        let mut body = format!("csrf={}", encoded(&token));
        for (name, value) in fields {
            body.push_str(&format!("&{name}={}", encoded(value)));
        }
        self.ask("POST", path, "application/x-www-form-urlencoded", body.as_bytes())
    }

    /// Sends a form with a file.
    pub fn send_file(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        name: &str,
        content: &str,
    ) -> Outcome<Answer> {
        let token = self.token()?;
        let mut body = String::new();
        for (field, value) in [("csrf", token.as_str())].iter().chain(fields) {
            body.push_str(&format!(
                "--b\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            ));
        }
        body.push_str(&format!(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: text/csv\r\n\r\n{content}\r\n--b--\r\n"
        ));
        self.ask("POST", path, "multipart/form-data; boundary=b", body.as_bytes())
    }

    /// The token of this session's forms; any page with a form has it.
    fn token(&mut self) -> Outcome<String> {
        let page = self.get("/enrol")?;
        page.between("name=\"csrf\" value=\"", "\"").map(str::to_owned)
    }

    fn ask(&mut self, method: &str, path: &str, kind: &str, body: &[u8]) -> Outcome<Answer> {
        let failed = |error: std::io::Error| format!("{method} {path}: {error}");
        let mut stream = TcpStream::connect(&self.host).map_err(failed)?;
        stream.set_read_timeout(Some(Duration::from_secs(30))).map_err(failed)?;
        let Browser { host, cookie } = self;
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
        if !cookie.is_empty() {
            head.push_str(&format!("Cookie: {cookie}\r\n"));
        }
        if method == "POST" {
            let length = body.len();
            head.push_str(&format!(
                "Origin: http://{host}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n"
            ));
        }
        stream.write_all(format!("{head}\r\n").as_bytes()).map_err(failed)?;
        stream.write_all(body).map_err(failed)?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).map_err(failed)?;
        let answer = text(&bytes);
        let status = answer.get(9..12).and_then(|status| status.parse().ok());
        let status = status.ok_or_else(|| format!("{method} {path}: no answer"))?;
        let field = |name: &str| {
            let head = answer.split("\r\n\r\n").next().unwrap_or_default();
            head.lines().find_map(|line| {
                let (own, value) = line.split_once(':')?;
                own.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            })
        };
        if let Some(set) = field("set-cookie") {
            let pair = set.split(';').next().unwrap_or_default();
            pair.clone_into(&mut self.cookie);
        }
        let location = field("location").unwrap_or_default();
        Ok(Answer { status, location, text: answer })
    }
}

/// A value in a form (`application/x-www-form-urlencoded`).
fn encoded(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    value
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
