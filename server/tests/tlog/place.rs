//! A small register, served by the program itself.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

/// A folder with a register of forty fictional products.
pub struct Place {
    folder: tempfile::TempDir,
}

/// The portal as a process; ends with the test.
pub struct Served {
    child: Child,
    pub address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Place {
    pub fn new() -> Place {
        let place = Place { folder: tempfile::tempdir().expect("a folder") };
        assert!(place.run(&["sample", "--products", "40"]).status.success());
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_liangbiao"));
        command.current_dir(self.folder.path()).env("LIANGBIAO_REGISTER", "r.db").args(args);
        command.env_remove("LIANGBIAO_ORIGIN").env_remove("LIANGBIAO_OFFICE");
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the command")
    }

    /// What a command that succeeds prints.
    pub fn says(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {output:?}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// What a command that fails complains of.
    pub fn complains(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(1), "{args:?}: {output:?}");
        String::from_utf8(output.stderr).expect("UTF-8")
    }

    pub fn serve(&self) -> Served {
        self.serve_with(&[])
    }

    /// The portal with further options.
    pub fn serve_with(&self, more: &[&str]) -> Served {
        let mut child = self
            .command(&[&["serve", "--listen", "127.0.0.1:0"], more].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the portal");
        let stdout = child.stdout.take().expect("its output");
        let mut lines = BufReader::new(stdout).lines();
        let address = lines
            .find_map(|line| {
                let line = line.expect("a line");
                let at = line.find("http://")?;
                Some(line[at..].split_whitespace().next()?.trim_end_matches('/').to_owned())
            })
            .expect("its address");
        Served { child, address }
    }
}

impl Served {
    /// Status, head and body of a GET.
    pub fn get(&self, path: &str) -> (u16, String, Vec<u8>) {
        let host = self.address.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).expect("the portal");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
            .expect("asked");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answered");
        let end = answer.windows(4).position(|w| w == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        (status, head, answer[end + 4..].to_vec())
    }
}
