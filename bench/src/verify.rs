//! Verdict pages: processor time per request of the portal and of axum with a constant.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::http::Client;
use crate::process::Served;

/// One line of the table.
struct Line {
    what: &'static str,
    requests: usize,
    cpu: Duration,
    wall: Duration,
    bytes: usize,
}

/// Runs it.
pub fn run(binary: &str, words: &[&str]) -> Result<(), String> {
    let (mut codes, mut requests) = (1_000_000, 200_000);
    for pair in words.chunks(2) {
        let [name, value] = pair else { return Err(format!("{} wants a value", pair[0])) };
        let number: usize =
            value.replace('_', "").parse().map_err(|_| format!("“{value}” is not a number"))?;
        match *name {
            "--codes" => codes = number,
            "--requests" => requests = number,
            _ => return Err(format!("“{name}” is not an option")),
        }
    }
    let folder = std::env::temp_dir().join(format!("liangbiao-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let outcome = measure(binary, &folder, codes, requests);
    let _ = std::fs::remove_dir_all(&folder);
    outcome
}

fn measure(binary: &str, folder: &Path, codes: usize, requests: usize) -> Result<(), String> {
    let register = folder.join("register.db").to_string_lossy().into_owned();
    eprintln!("a sample register, and {codes} unit codes for one of its products …");
    command(binary, &["sample", "--products", "600", "--register", &register])?;
    let list = command(binary, &["code", "list", "--status", "valid", "--register", &register])?;
    let first = list.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let model = first.clone().find(|line| line.get(1) == Some(&"M")).ok_or("no code is valid")?;
    let run = folder.join("run.csv").to_string_lossy().into_owned();
    let count = codes.to_string();
    let issue = ["code", "issue", "--product", model[3], "--level", "unit", "--count", &count];
    let rest = ["--out", &run, "--register", &register];
    command(binary, &[&issue[..], &rest[..]].concat())?;
    let units = std::fs::read_to_string(&run).map_err(|error| error.to_string())?;
    let units: Vec<&str> =
        units.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    if units.len() != codes {
        return Err(format!("{} codes were printed, not {codes}", units.len()));
    }

    let portal =
        Served::start(binary, &["serve", "--listen", "127.0.0.1:0", "--register", &register])?;
    let one = [model[0]];
    let cached = drive(&portal, "liangbiao, one code, cached", one.iter().cycle().take(requests))?;
    let distinct = drive(&portal, "liangbiao, each code once", units.iter())?;
    drop(portal);
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let size = cached.bytes.to_string();
    let constant = Served::start(&own.to_string_lossy(), &["constant", &size])?;
    let other =
        drive(&constant, "axum, a constant of that size", one.iter().cycle().take(requests))?;

    println!("verdict pages, one core, processor time of the server");
    println!(
        "{:34}{:>10}{:>10}{:>14}{:>12}{:>8}",
        "", "requests", "bytes", "CPU µs each", "wall s", "ratio"
    );
    let base = per_request(&other);
    for line in [&cached, &distinct, &other] {
        println!(
            "{:34}{:>10}{:>10}{:>14.1}{:>12.1}{:>8.2}",
            line.what,
            line.requests,
            line.bytes,
            per_request(line),
            line.wall.as_secs_f64(),
            base / per_request(line),
        );
    }
    println!(
        "ratio: processor time of the constant divided by that of the line; 1.00 is as cheap as it"
    );
    Ok(())
}

/// Microseconds of processor time per request.
fn per_request(line: &Line) -> f64 {
    // Counts here are far below 2^52.
    line.cpu.as_secs_f64() * 1e6 / line.requests as f64
}

fn drive<'c>(
    server: &Served,
    what: &'static str,
    codes: impl Iterator<Item = &'c &'c str>,
) -> Result<Line, String> {
    eprintln!("{what} …");
    let mut client = Client::open(&server.address)?;
    let (before, started) = (server.cpu()?, Instant::now());
    let (mut requests, mut bytes) = (0, 0);
    for code in codes {
        let answer = client.get(&format!("/q/{code}"))?;
        if answer.status != 200 {
            return Err(format!("{what}: /q/{code} answered {}", answer.status));
        }
        requests += 1;
        bytes = answer.bytes;
    }
    Ok(Line { what, requests, cpu: server.cpu()? - before, wall: started.elapsed(), bytes })
}

fn command(binary: &str, words: &[&str]) -> Result<String, String> {
    let output = Command::new(binary).args(words).output();
    let output = output.map_err(|error| format!("{binary}: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("{}: {}", words.join(" "), String::from_utf8_lossy(&output.stderr)))
    }
}
