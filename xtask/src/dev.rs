//! `cargo xtask dev`: rebuild and reload on change.
//!
//! The server is built quickly and reads its assets from a folder; between it and the browser
//! stands [`crate::dev_proxy`], which alone knows about reloading. What is handed out has none of it.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::assets::Site;
use crate::dev_proxy::Proxy;
use crate::frontend::{self, Part, Profile};
use crate::run::Options;
use crate::steps::Steps;
use crate::{Outcome, tools};

const WATCHED: [&str; 12] = [
    "register",
    "search",
    "app",
    "frontend",
    "scanner",
    "verifier",
    "recounter",
    "lookup",
    "checker",
    "server",
    "style",
    "public",
];
const LOOK_EVERY: Duration = Duration::from_millis(400);

/// `cargo xtask dev`.
pub fn command(options: &Options) -> Outcome {
    tools::wasm_target()?;
    let listener = TcpListener::bind(&options.listen)
        .map_err(|error| format!("{}: {error}", options.listen))?;
    let mut seen = newest();
    let binary = build()?;
    let register = options.register(&binary)?;
    let proxy = Arc::new(Proxy::default());
    let mut server = Server::start(&binary, &register)?;
    proxy.point_to(server.port);
    eprintln!(
        "\nOn http://{}/ ; saved changes are built and the page reloads (Ctrl-C stops)\n",
        options.listen
    );
    std::thread::spawn({
        let proxy = Arc::clone(&proxy);
        move || proxy.serve(&listener)
    });
    loop {
        std::thread::sleep(LOOK_EVERY);
        let now = newest();
        if now == seen {
            continue;
        }
        seen = now;
        match build().and_then(|binary| Server::start(&binary, &register)) {
            Ok(started) => {
                server = started;
                proxy.point_to(server.port);
                proxy.reload();
                eprintln!("\nReloaded.\n");
            }
            // The last good server stays: the page in the browser goes on working meanwhile.
            Err(error) => eprintln!("\n{error}\n"),
        }
    }
}

fn build() -> Outcome<PathBuf> {
    let mut steps = Steps::new(2);
    steps.step("Islands and assets", || {
        let mut site = Site::new(false);
        site.add_source()?;
        for part in Part::ALL {
            let folder = frontend::bindgen(part, &frontend::compile(part, Profile::Quick)?)?;
            site.add_part(part, &folder, &folder.join(format!("{}_bg.wasm", part.name())))?;
        }
        site.finish()
    })?;
    steps.step("The server", || tools::run(tools::cargo().args(["build", "-p", "server"])))?;
    Ok(tools::target().join("debug").join(format!("liangbiao{}", std::env::consts::EXE_SUFFIX)))
}

/// A running server; ended when it is replaced.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(binary: &Path, register: &Path) -> Outcome<Server> {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .map_err(|error| error.to_string())?
            .port();
        // A copy runs, so that the next build can replace the file.
        let running = tools::target().join("dev").join(format!("liangbiao-{port}"));
        std::fs::create_dir_all(tools::target().join("dev"))
            .and_then(|()| std::fs::copy(binary, &running))
            .map_err(|error| format!("{}: {error}", running.display()))?;
        let child = tools::command(&running)
            .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--register"])
            .arg(register)
            .env("LIANGBIAO_SITE_DIR", tools::site())
            .spawn()
            .map_err(|error| format!("{}: {error}", running.display()))?;
        let mut server = Server { child, port };
        for _ in 0..300 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                let _ = std::fs::remove_file(&running);
                return Ok(server);
            }
            if let Ok(Some(status)) = server.child.try_wait() {
                return Err(format!("the server ended at once ({status})"));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err("the server does not listen after 30 s".to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The time of the newest watched file, and how many there are (a removed file is a change too).
fn newest() -> (SystemTime, usize) {
    let mut found = (SystemTime::UNIX_EPOCH, 0);
    for folder in WATCHED {
        look(&tools::root().join(folder), &mut found);
    }
    found
}

fn look(folder: &Path, found: &mut (SystemTime, usize)) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if name == "node_modules" || name.to_string_lossy().starts_with('.') {
            continue;
        }
        match entry.metadata() {
            Ok(file) if file.is_dir() => look(&entry.path(), found),
            Ok(file) => {
                found.0 = found.0.max(file.modified().unwrap_or(SystemTime::UNIX_EPOCH));
                found.1 += 1;
            }
            Err(_) => {}
        }
    }
}
