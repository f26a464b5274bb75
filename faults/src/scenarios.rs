//! The scenarios.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::place::{Outcome, Place, text};
use crate::served::Served;
use crate::{Count, Extent, resources};

/// Name and work of each.
pub type Scenario = fn(&Extent, &mut Count) -> Outcome;

/// All of them, in order.
pub const ALL: [(&str, Scenario); 10] = [
    ("kill", kill),
    ("publishing", crate::publishing::publishing),
    ("disk-errors", disk_errors),
    ("disk-full", resources::disk_full),
    ("read-only", resources::read_only),
    ("rot", rot),
    ("rot-anywhere", rot_anywhere),
    ("clock", clock),
    ("overload", resources::overload),
    ("limits", resources::limits),
];

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers in every run.
pub struct Random(pub u64);

impl Random {
    /// The next one.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// `kill -9` at random moments of imports, runs of codes and new keys.
fn kill(extent: &Extent, count: &mut Count) -> Outcome {
    let loops = if extent.short { 45 } else { 500 };
    let mut random = Random(extent.seed);
    let mut place = Place::new(&extent.binary, &extent.folder.join("kill"))?;
    // How long each sort of change takes when it is left alone.
    let mut whole = [Duration::ZERO; 3];
    for n in 0..3 {
        let change = place.change(n)?;
        let started = Instant::now();
        let words: Vec<&str> = change.words.iter().map(String::as_str).collect();
        let said = place.run(&words)?;
        whole[n as usize] = started.elapsed();
        if !said.status.success() {
            return Err(format!("{}: {}", words.join(" "), text(&said.stderr)));
        }
        place.acknowledge(&change, &said);
    }
    let (mut size, mut cut) = (place.check()?, 0);
    for n in 3..3 + loops {
        let change = place.change(n)?;
        let words: Vec<&str> = change.words.iter().map(String::as_str).collect();
        let mut child = place
            .command(&[], &words)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        let part = (random.next() >> 11) as f64 / (1_u64 << 53) as f64;
        std::thread::sleep(whole[(n % 3) as usize].mul_f64(part * 1.8));
        let _ = child.kill();
        let said = child.wait_with_output().map_err(|error| error.to_string())?;
        place.acknowledge(&change, &said);
        cut += u64::from(!said.status.success());
        let held = place.check().and_then(|found| {
            let grown = found.checked_sub(size).ok_or(format!("{found} entries of {size}"))?;
            size = found;
            // All of a change or nothing; the first list of a publisher brings its source with it.
            let most = if n % 3 == 0 { crate::place::ROWS + 1 } else { 2 };
            let whole = grown == 0 || n % 3 != 0 || grown >= crate::place::ROWS;
            match grown <= most && whole && (grown > 0 || !said.status.success()) {
                true => Ok(()),
                false => Err(format!("{grown} entries of {} are in", words[0])),
            }
        });
        count.run("kill", &format!("loop {n}"), held);
    }
    count.remark = format!(", {cut} of {loops} cut off, {} acknowledged", place.acknowledged);
    count.run("kill", "afterwards", place.settle());
    Ok(())
}

/// `EIO` and `ENOSPC` at the k-th write and the k-th sync of an import, for each k until none is met.
fn disk_errors(extent: &Extent, count: &mut Count) -> Outcome {
    if std::process::Command::new("strace").arg("-V").output().is_err() {
        count.skipped = Some("there is no strace".to_owned());
        return Ok(());
    }
    let faults = [("pwrite64,write", "EIO"), ("pwrite64", "ENOSPC"), ("fsync,fdatasync", "EIO")];
    let of_each: Vec<_> = std::thread::scope(|scope| {
        let run = |(n, (calls, error))| {
            scope.spawn(move || {
                let mut count = Count::default();
                let folder = extent.folder.join(format!("disk-{n}"));
                let done = disk_error(extent, &folder, calls, error, &mut count);
                (count, done)
            })
        };
        let threads: Vec<_> = faults.into_iter().enumerate().map(run).collect();
        threads.into_iter().map(|thread| thread.join()).collect()
    });
    for one in of_each {
        let (part, done) = one.map_err(|_| "a thread panicked")?;
        count.runs += part.runs;
        count.failed += part.failed;
        done?;
    }
    Ok(())
}

/// One of these errors at one sort of calls, over a register of its own.
fn disk_error(
    extent: &Extent,
    folder: &Path,
    calls: &str,
    error: &str,
    count: &mut Count,
) -> Outcome {
    let step = if extent.short { 7 } else { 1 };
    let mut place = Place::new(&extent.binary, folder)?;
    let (mut k, mut n) = (1_u64, 0);
    loop {
        // A list of its own each time, so that every run has something to write.
        let change = place.change(3 * (count.runs + 1))?;
        let inject = format!("inject={calls}:error={error}:when={k}");
        let before = ["strace", "-f", "-qq", "-o", "trace", "-e", &inject];
        let words: Vec<&str> = change.words.iter().map(String::as_str).collect();
        let said = place.command(&before, &words).output().map_err(|error| error.to_string())?;
        let trace = std::fs::read(place.folder.join("trace")).unwrap_or_default();
        let met = text(&trace).contains("(INJECTED)");
        place.acknowledge(&change, &said);
        let told = text(&said.stderr);
        let raw = ["disk I/O error\n", "database or disk is full\n"];
        let honest = match said.status.success() || !raw.iter().any(|raw| told.ends_with(raw)) {
            true => place.check().map(|_| ()),
            false => Err(format!("it only said: {}", told.trim())),
        };
        if !met {
            break;
        }
        count.run("disk-errors", &format!("{error} at {calls} {k}"), honest);
        (k, n) = (k + step, n + 1);
        if n > 400 {
            return Err("there is no end of writes".to_owned());
        }
    }
    count.run("disk-errors", "afterwards", place.settle());
    Ok(())
}

/// A bit turned in the text of an entry: the portal says so and publishes nothing.
fn rot(extent: &Extent, count: &mut Count) -> Outcome {
    let runs = if extent.short { 5 } else { 30 };
    let mut random = Random(extent.seed ^ 0x726f_7400);
    for n in 0..runs {
        let place = Place::new(&extent.binary, &extent.folder.join("rot"))?;
        let path = place.folder.join("r.db");
        let mut bytes = std::fs::read(&path).map_err(|error| error.to_string())?;
        // Only names are turned: what is no JSON any more is refused by the start already.
        let mark = b"\"key\":\"";
        let places: Vec<usize> =
            (0..bytes.len() - 64).filter(|i| bytes[*i..].starts_with(mark)).collect();
        let at = places[(random.next() % places.len() as u64) as usize] + mark.len();
        bytes[at] ^= 1;
        std::fs::write(&path, &bytes).map_err(|error| error.to_string())?;
        count.run("rot", &format!("byte {at} in run {n}"), rotten(&place));
    }
    Ok(())
}

/// A bit turned anywhere in the file or in one beside it: `check` says so, or every answer is what it was.
fn rot_anywhere(extent: &Extent, count: &mut Count) -> Outcome {
    let runs = if extent.short { 6 } else { 120 };
    let mut random = Random(extent.seed ^ 0x616e_7977);
    let place = Place::new(&extent.binary, &extent.folder.join("anywhere"))?;
    let before = answers(&place)?;
    let files = place.files()?;
    let (mut noticed, mut harmless) = (0, 0);
    for n in 0..runs {
        // Every third run beside the register: keys, the pepper of unit codes, the checkpoint.
        let path = match n % 3 {
            2 => &files[(random.next() % files.len() as u64) as usize],
            _ => &place.folder.join("r.db"),
        };
        let sound = std::fs::read(path).map_err(|error| error.to_string())?;
        let mut bytes = sound.clone();
        let at = (random.next() % bytes.len().max(1) as u64) as usize;
        let Some(byte) = bytes.get_mut(at) else { continue };
        *byte ^= 1 << (random.next() % 8);
        std::fs::write(path, &bytes).map_err(|error| error.to_string())?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let outcome = match place.check() {
            Err(_) => {
                noticed += 1;
                Ok(())
            }
            Ok(_) => match answers(&place) {
                Ok(after) if after == before => {
                    harmless += 1;
                    Ok(())
                }
                // An answer that is refused is honest; one that is given must be the one before.
                Ok(after)
                    if after.iter().zip(&before).all(|(one, was)| one == was || one.0 != 200) =>
                {
                    noticed += 1;
                    Ok(())
                }
                Ok(_) => Err("check finds nothing, and an answer is another".to_owned()),
                // A portal that refuses to start says nothing wrong.
                Err(_) => {
                    noticed += 1;
                    Ok(())
                }
            },
        };
        // Whatever the program wrote beside it meanwhile goes with the damage.
        for beside in ["r.db-wal", "r.db-shm"] {
            let _ = std::fs::remove_file(place.folder.join(beside));
        }
        std::fs::write(path, &sound).map_err(|error| error.to_string())?;
        count.run("rot-anywhere", &format!("byte {at} of {name}"), outcome);
    }
    count.remark = format!(", {noticed} noticed, {harmless} without effect");
    count.run("rot-anywhere", "afterwards", place.settle());
    Ok(())
}

/// What the portal says of a few records, codes and lists, without what tells the time.
fn answers(place: &Place) -> Outcome<Vec<(u16, String)>> {
    let served = Served::start(place, &[])?;
    served.wait_ready(Duration::from_secs(20))?;
    let mut answers = Vec::new();
    for path in ["/products.csv", "/enterprises.csv", "/listings.csv", "/log/checkpoint"] {
        let (status, answer) = served.get(path)?;
        answers.push((status, answer.split_once("\r\n\r\n").unwrap_or_default().1.to_owned()));
    }
    let code = place.code.as_str();
    let (status, answer) = served.get(&format!("/q/{code}.txt"))?;
    answers.push((status, answer.split_once("\r\n\r\n").unwrap_or_default().1.to_owned()));
    Ok(answers)
}

fn rotten(place: &Place) -> Outcome {
    if place.check().is_ok() {
        return Err("check found nothing".to_owned());
    }
    // A portal that does not start at all publishes nothing either.
    let Ok(served) = Served::start(place, &[]) else { return Ok(()) };
    let started = Instant::now();
    while served.get("/readyz")?.0 == 200 {
        if started.elapsed() > Duration::from_secs(20) {
            return Err("the portal says that it is ready".to_owned());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    for page in ["/", "/products", "/en/standards", "/products.json", "/log/checkpoint"] {
        let (status, _) = served.get(page)?;
        if status != 503 {
            return Err(format!("{page} answered {status}"));
        }
    }
    match served.get("/healthz")?.0 {
        200 => Ok(()),
        status => Err(format!("/healthz answered {status}")),
    }
}

/// The clock set back and forward: writing is refused or dated by the log, pages are up.
fn clock(extent: &Extent, count: &mut Count) -> Outcome {
    let library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
    if !std::path::Path::new(library).exists() {
        count.skipped = Some("there is no libfaketime".to_owned());
        return Ok(());
    }
    let mut place = Place::new(&extent.binary, &extent.folder.join("clock"))?;
    let preload = format!("LD_PRELOAD={library}");
    let shifts = ["-30d", "-1h", "-1m", "+1d", "-2d", "+0d"];
    for (n, shift) in (1..).zip(shifts) {
        let fake = format!("FAKETIME={shift}");
        let before = ["env", preload.as_str(), fake.as_str()];
        let change = place.change(3 * n)?;
        let words: Vec<&str> = change.words.iter().map(String::as_str).collect();
        let said = place.command(&before, &words).output().map_err(|error| error.to_string())?;
        place.acknowledge(&change, &said);
        let held = place.check().and_then(|_| {
            let served = Served::start(&place, &before)?;
            match served.get("/products")?.0 {
                200 => Ok(()),
                status => Err(format!("/products answered {status}")),
            }
        });
        count.run("clock", shift, held);
    }
    count.run("clock", "afterwards", place.settle());
    Ok(())
}
