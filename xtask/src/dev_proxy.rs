//! What stands between browser and server during `cargo xtask dev`: it passes everything on and adds
//! one script to each page, which reloads it when told.
//!
//! It speaks HTTP/1.0 to the server, so that no answer comes in chunks, and closes every connection.
//! Pages lose their content security policy on the way; that is why this never leaves xtask.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU16, AtomicU64, Ordering};
use std::time::Duration;

const SCRIPT: &str = "new EventSource('/__dev/events').onmessage=()=>location.reload()";
const TAG: &[u8] = b"<script src=\"/__dev/reload.js\"></script>";

/// Where requests go, and how often pages were told to reload.
#[derive(Default)]
pub struct Proxy {
    port: AtomicU16,
    version: AtomicU64,
}

impl Proxy {
    /// From now on the server is at this port.
    pub fn point_to(&self, port: u16) {
        self.port.store(port, Ordering::SeqCst);
    }

    /// Tells every open page to reload.
    pub fn reload(&self) {
        self.version.fetch_add(1, Ordering::SeqCst);
    }

    /// Answers connections, for as long as the program runs.
    pub fn serve(&self, listener: &TcpListener) {
        std::thread::scope(|scope| {
            for stream in listener.incoming().flatten() {
                // A browser that goes away in the middle is no error here.
                scope.spawn(move || self.answer(stream));
            }
        });
    }

    fn answer(&self, mut client: TcpStream) -> io::Result<()> {
        let mut reader = BufReader::new(client.try_clone()?);
        let mut request = String::new();
        reader.read_line(&mut request)?;
        let mut head = String::new();
        let mut length = 0_u64;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
                break;
            }
            let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
            if name == "content-length" {
                length =
                    line.split(':').nth(1).and_then(|value| value.trim().parse().ok()).unwrap_or(0);
            }
            if !matches!(name.as_str(), "connection" | "accept-encoding" | "keep-alive") {
                head.push_str(&line);
            }
        }
        match request.split_whitespace().nth(1) {
            Some("/__dev/reload.js") => write!(
                client,
                "HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nConnection: close\r\n\r\n{SCRIPT}"
            ),
            Some("/__dev/events") => self.events(client),
            _ => {
                let mut server =
                    TcpStream::connect(("127.0.0.1", self.port.load(Ordering::SeqCst)))?;
                let first = request.trim_end().replace("HTTP/1.1", "HTTP/1.0");
                write!(server, "{first}\r\n{head}Connection: close\r\n\r\n")?;
                io::copy(&mut reader.take(length), &mut server)?;
                let mut answer = Vec::new();
                server.read_to_end(&mut answer)?;
                client.write_all(&with_script(answer))
            }
        }
    }

    fn events(&self, mut client: TcpStream) -> io::Result<()> {
        let begun = self.version.load(Ordering::SeqCst);
        client.write_all(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
        )?;
        loop {
            std::thread::sleep(Duration::from_millis(200));
            if self.version.load(Ordering::SeqCst) != begun {
                return client.write_all(b"data: reload\n\n");
            }
            // A comment: finds out that the page is gone.
            client.write_all(b":\n\n")?;
        }
    }
}

/// A page's answer with the reloading script at its end and without its policy and length.
fn with_script(answer: Vec<u8>) -> Vec<u8> {
    let Some(end) = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { return answer };
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    if !head.to_ascii_lowercase().contains("content-type: text/html") {
        return answer;
    }
    let kept: Vec<&str> = head
        .lines()
        .filter(|line| {
            let line = line.to_ascii_lowercase();
            ![
                "content-length:",
                "content-security-policy:",
                "connection:",
                "etag:",
                "cache-control:",
            ]
            .iter()
            .any(|name| line.starts_with(name))
        })
        .collect();
    let mut page = kept.join("\r\n").into_bytes();
    page.extend_from_slice(b"\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n");
    page.extend_from_slice(&answer[end + 4..]);
    page.extend_from_slice(TAG);
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_get_the_script_and_lose_their_policy() {
        let page = with_script(
            b"HTTP/1.0 200 OK\r\ncontent-type: text/html; charset=utf-8\r\nContent-Length: 4\r\nContent-Security-Policy: default-src 'none'\r\n\r\n<p>a"
                .to_vec(),
        );
        let page = String::from_utf8(page).expect("all ASCII");
        assert!(page.ends_with("\r\n\r\n<p>a<script src=\"/__dev/reload.js\"></script>"));
        assert!(!page.to_ascii_lowercase().contains("policy") && !page.contains("Content-Length"));
        let data = b"HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n{}".to_vec();
        assert_eq!(with_script(data.clone()), data);
    }
}
