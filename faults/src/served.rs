//! The portal as a process of its own, asked over HTTP/1.1.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::place::{Outcome, Place, text};

/// A portal; ended with this value.
pub struct Served {
    child: Child,
    _stdout: BufReader<std::process::ChildStdout>,
    /// `127.0.0.1:port`.
    pub address: String,
    /// The same of its desk, where it has one.
    pub desk: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    /// Starts it, with words before the program (as `env` has them).
    pub fn start(place: &Place, before: &[&str]) -> Outcome<Served> {
        Served::start_with(place, before, &[])
    }

    /// The same with words behind it; `--desk` among them gives it a desk.
    pub fn start_with(place: &Place, before: &[&str], more: &[&str]) -> Outcome<Served> {
        let fixed = ["serve", "--listen", "127.0.0.1:0", "--register", "r.db", "--rate-limit", "0"];
        let words: Vec<&str> = fixed.iter().chain(more).copied().collect();
        let mut addresses = Vec::new();
        let wanted = 1 + usize::from(more.contains(&"--desk"));
        let mut child = place
            .command(before, &words)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        let mut stdout = BufReader::new(child.stdout.take().ok_or("no output to read")?);
        let mut line = String::new();
        while stdout.read_line(&mut line).is_ok_and(|read| read > 0) {
            if let Some((_, address)) = line.split_once("http://") {
                addresses.push(address.trim().to_owned());
            }
            if addresses.len() == wanted {
                let mut addresses = addresses.into_iter();
                let mut next = || addresses.next().unwrap_or_default();
                let (address, desk) = (next(), next());
                // Kept: whoever writes to a closed pipe is ended.
                return Ok(Served { child, _stdout: stdout, address, desk });
            }
            line.clear();
        }
        let _ = child.kill();
        let _ = child.wait();
        Err("the portal did not start".to_owned())
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Status and body of an address.
    pub fn get(&self, path: &str) -> Outcome<(u16, String)> {
        let failed = |error: std::io::Error| format!("{path}: {error}");
        let mut stream = TcpStream::connect(&self.address).map_err(failed)?;
        stream.set_read_timeout(Some(Duration::from_secs(30))).map_err(failed)?;
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).map_err(failed)?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).map_err(failed)?;
        let answer = text(&bytes);
        let status = answer.get(9..12).and_then(|status| status.parse().ok());
        Ok((status.ok_or_else(|| format!("{path}: no answer"))?, answer))
    }

    /// Waits until it is ready.
    pub fn wait_ready(&self, limit: Duration) -> Outcome {
        let started = Instant::now();
        while started.elapsed() < limit {
            if self.get("/readyz")?.0 == 200 {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err("the portal did not become ready".to_owned())
    }
}
