//! A serving process: started on one core, its processor time read, ended.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A process that serves HTTP.
pub struct Served {
    child: Child,
    /// `127.0.0.1:port`.
    pub address: String,
}

/// Ticks of `/proc/PID/stat` in a second: what Linux shows to programs whatever it counts itself.
const TICKS_PER_SECOND: u64 = 100;

impl Served {
    /// Starts a command on the first core, where `taskset` is there to pin it, and waits until it says
    /// where it listens.
    pub fn start(program: &str, words: &[&str]) -> Result<Served, String> {
        let pinned = Command::new("taskset").arg("-V").output().is_ok();
        let mut command = if pinned {
            let mut command = Command::new("taskset");
            command.args(["-c", "0", program]);
            command
        } else {
            Command::new(program)
        };
        let mut child = command
            .args(words)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{program}: {error}"))?;
        let out = child.stdout.take().ok_or("no output to read")?;
        for line in BufReader::new(out).lines() {
            let line = line.map_err(|error| error.to_string())?;
            if let Some((_, address)) = line.split_once("http://") {
                let address = address.trim().trim_end_matches('/').to_owned();
                return Ok(Served { child, address });
            }
        }
        let _ = child.kill();
        Err(format!("{program} ended without saying where it listens"))
    }

    /// Processor time used so far, in user and kernel mode.
    pub fn cpu(&self) -> Result<Duration, String> {
        let path = format!("/proc/{}/stat", self.child.id());
        let stat = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        // The name in brackets may hold spaces; the fields count from behind it.
        let fields: Vec<&str> = stat
            .rsplit_once(')')
            .map(|(_, rest)| rest.split_whitespace().collect())
            .unwrap_or_default();
        let ticks = |i: usize| fields.get(i).and_then(|field| field.parse::<u64>().ok());
        match (ticks(11), ticks(12)) {
            (Some(user), Some(kernel)) => {
                Ok(Duration::from_millis((user + kernel) * 1_000 / TICKS_PER_SECOND))
            }
            _ => Err(format!("{path} is not as expected")),
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
