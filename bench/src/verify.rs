//! Verdict pages: processor time per request of the portal and of axum with a constant.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::http::Client;
use crate::process::Served;
use crate::register::{self, Words};

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
    let words = Words::of(words, &["--codes", "--requests"])?;
    let (codes, requests) =
        (words.number("--codes", 1_000_000), words.number("--requests", 200_000));
    register::with_folder(|folder| measure(binary, folder, codes, requests))
}

fn measure(binary: &str, folder: &Path, codes: usize, requests: usize) -> Result<(), String> {
    let register = register::sample(binary, folder)?;
    let units = register.issue(binary, codes)?;
    let portal = register.serve(binary)?;
    let one = [register.model.clone()];
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
    codes: impl Iterator<Item = &'c String>,
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
