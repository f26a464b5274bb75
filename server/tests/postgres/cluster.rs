//! A PostgreSQL of the test's own: free port, socket in a temporary folder, durable as in use.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The password of the server's only user, `lb`.
pub const PASSWORD: &str = "S3cret-words";

/// A server that is stopped and removed with the value.
pub struct Cluster {
    folder: tempfile::TempDir,
    bin: PathBuf,
    pub port: u16,
}

/// Where `initdb` lies, of version 15 or later.
fn bin() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    found.sort();
    let debian = found.pop().filter(|(version, _)| *version >= 15).map(|(_, bin)| bin);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let named = std::env::split_paths(&path).find(|folder| folder.join("initdb").exists());
    debian.or(named).filter(|bin| bin.join("initdb").exists())
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Cluster {
    /// Starts a server, or says why the test is skipped: there is no PostgreSQL here.
    pub fn start() -> Option<Cluster> {
        let Some(bin) = bin() else {
            eprintln!("SKIPPED: no PostgreSQL 15 is installed (`cargo xtask setup` installs it)");
            return None;
        };
        let cluster = Cluster::empty(bin);
        std::fs::write(cluster.path("password"), PASSWORD).unwrap();
        let data = cluster.shown("data");
        let password = cluster.shown("password");
        cluster.run(
            "initdb",
            &[
                "-D",
                &data,
                "-U",
                "lb",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
                "--auth-local=trust",
                "--auth-host=scram-sha-256",
                "--pwfile",
                &password,
            ],
        );
        cluster.up();
        Some(cluster)
    }

    fn empty(bin: PathBuf) -> Cluster {
        let folder = tempfile::Builder::new().prefix("lbpg").tempdir_in("/tmp").unwrap();
        let cluster = Cluster { folder, bin, port: free_port() };
        if cluster.is_root() {
            let path = cluster.folder.path();
            assert!(Command::new("chown").arg("postgres").arg(path).status().unwrap().success());
        }
        cluster
    }

    /// Starts a standby of this server, and has this server acknowledge nothing that the standby does not hold.
    pub fn standby(&self) -> Cluster {
        let standby = Cluster::empty(self.bin.clone());
        let (host, port) = (self.folder.path().display().to_string(), self.port.to_string());
        let data = standby.shown("data");
        let from = ["-h", &host, "-p", &port, "-U", "lb", "-D", &data];
        standby.run("pg_basebackup", &[&from[..], &["-R", "-X", "stream", "-c", "fast"]].concat());
        standby.up();
        self.sql("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'");
        self.reload();
        let state = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'";
        let start = std::time::Instant::now();
        while self.sql("postgres", state) != "1" {
            assert!(start.elapsed().as_secs() < 20, "the standby does not follow");
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        standby
    }

    /// Makes a standby the server that takes entries.
    pub fn promote(&self) {
        let data = self.shown("data");
        self.run("pg_ctl", &["-D", &data, "-w", "promote"]);
    }

    fn is_root(&self) -> bool {
        String::from_utf8_lossy(&Command::new("id").arg("-u").output().unwrap().stdout).trim()
            == "0"
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn shown(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    /// Runs a program of PostgreSQL as a user that may.
    pub fn output(&self, program: &str, args: &[&str]) -> Output {
        let program = self.bin.join(program);
        let mut command = if self.is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.args(args).current_dir("/tmp").output().unwrap()
    }

    fn run(&self, program: &str, args: &[&str]) -> String {
        let output = self.output(program, args);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{program}: {text}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Starts the server.
    pub fn up(&self) {
        let (data, log) = (self.shown("data"), self.shown("log"));
        let options = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c fsync=on -c max_connections=40",
            self.port,
            self.folder.path().display()
        );
        self.run("pg_ctl", &["-D", &data, "-l", &log, "-o", &options, "-w", "start"]);
    }

    /// Stops it as a crash would.
    pub fn crash(&self) {
        let data = self.shown("data");
        self.run("pg_ctl", &["-D", &data, "-m", "immediate", "-w", "stop"]);
    }

    pub fn reload(&self) {
        let data = self.shown("data");
        self.run("pg_ctl", &["-D", &data, "reload"]);
    }

    /// Runs SQL in a database; what it prints.
    pub fn sql(&self, database: &str, sql: &str) -> String {
        let (port, host) = (self.port.to_string(), self.folder.path().display().to_string());
        let args = ["-h", &host, "-p", &port, "-U", "lb", "-d", database, "-v", "ON_ERROR_STOP=1"];
        self.run("psql", &[&args[..], &["-qAt", "-c", sql]].concat()).trim().to_owned()
    }

    /// Makes a database; its address.
    pub fn database(&self, name: &str) -> String {
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        self.address(name, self.port)
    }

    /// The address of a database behind a port.
    pub fn address(&self, database: &str, port: u16) -> String {
        format!("postgres://lb:{PASSWORD}@127.0.0.1:{port}/{database}")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let data = self.shown("data");
        self.output("pg_ctl", &["-D", &data, "-m", "immediate", "-w", "stop"]);
    }
}

/// The program, run in a folder with nothing of this machine's environment that matters to it.
pub fn liangbiao(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liangbiao"));
    command.current_dir(folder).args(args);
    for name in ["LIANGBIAO_REGISTER", "LIANGBIAO_LOG", "LIANGBIAO_LISTEN", "PGPASSWORD"] {
        command.env_remove(name);
    }
    command
}

/// Runs it to its end; what it printed.
pub fn run(folder: &Path, args: &[&str]) -> String {
    let output = liangbiao(folder, args).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{args:?}: {said}{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs it to its failure, with this exit code; what it said.
pub fn fails(folder: &Path, code: i32, args: &[&str]) -> String {
    let output = liangbiao(folder, args).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
    assert!(!said.contains(PASSWORD), "a password is printed: {said}");
    said
}
