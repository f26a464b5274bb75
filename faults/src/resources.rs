//! Too little of something: room, the right to write, time, memory, descriptors.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::place::{Outcome, Place, text};
use crate::served::Served;
use crate::{Count, Extent};

/// A small disk of its own; unmounted with this value.
struct Disk(PathBuf);

impl Disk {
    /// A disk in memory of so many bytes; none where this user may not mount.
    fn mount(folder: PathBuf, bytes: u64) -> Outcome<Option<Disk>> {
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let size = format!("size={bytes}");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&folder).output();
        Ok(mounted.is_ok_and(|said| said.status.success()).then_some(Disk(folder)))
    }

    fn remount(&self, how: &str) -> Outcome {
        let how = format!("remount,{how}");
        let said = Command::new("mount").args(["-o", &how]).arg(&self.0).output();
        match said {
            Ok(said) if said.status.success() => Ok(()),
            Ok(said) => Err(format!("mount -o {how}: {}", text(&said.stderr))),
            Err(error) => Err(error.to_string()),
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).output();
    }
}

/// Words that only a programmer understands.
const RAW: [&str; 4] =
    ["disk I/O error\n", "database or disk is full\n", "os error 28)\n", "os error 30)\n"];

/// Whether a failure was told in words for a person.
fn told(said: &std::process::Output) -> Outcome {
    let words = text(&said.stderr);
    let honest = said.status.success()
        || !words.trim().is_empty() && !RAW.iter().any(|raw| words.ends_with(raw));
    match honest {
        true => Ok(()),
        false => Err(format!("it only said: {}", words.trim())),
    }
}

fn up(served: &Served, paths: &[&str]) -> Outcome {
    for path in paths {
        let (status, _) = served.get(path)?;
        if status != 200 {
            return Err(format!("{path} answered {status}"));
        }
    }
    Ok(())
}

fn changed(place: &mut Place, before: &[&str], n: u64) -> Outcome<std::process::Output> {
    let change = place.change(n)?;
    let words: Vec<&str> = change.words.iter().map(String::as_str).collect();
    let said = place.command(before, &words).output().map_err(|error| error.to_string())?;
    place.acknowledge(&change, &said);
    Ok(said)
}

/// Free bytes of the disk under a folder.
fn free(folder: &Path) -> Outcome<u64> {
    let said = Command::new("df").args(["--output=avail", "-B1"]).arg(folder).output();
    let said = text(&said.map_err(|error| error.to_string())?.stdout);
    let bytes = said.lines().last().and_then(|line| line.trim().parse().ok());
    bytes.ok_or_else(|| format!("df: {said}"))
}

/// Imports, codes and keys on a disk with less and less room, while a portal reads from it.
pub fn disk_full(extent: &Extent, count: &mut Count) -> Outcome {
    let Some(disk) = Disk::mount(extent.folder.join("full"), 48 << 20)? else {
        count.skipped = Some("this user may not mount a disk".to_owned());
        return Ok(());
    };
    let mut place = Place::new(&extent.binary, &disk.0.join("place"))?;
    let served = Served::start(&place, &[])?;
    served.wait_ready(Duration::from_secs(20))?;
    let steps: &[u64] =
        if extent.short { &[0, 96] } else { &[0, 4, 16, 32, 64, 96, 160, 256, 512] };
    let filler = disk.0.join("filler");
    let (mut n, mut refused) = (3, 0);
    for kilobytes in steps {
        for _ in 0..3 {
            let room = kilobytes * 1024;
            let fill = free(&disk.0)?.saturating_sub(room);
            std::fs::write(&filler, vec![0; usize::try_from(fill).unwrap_or(0)])
                .map_err(|error| error.to_string())?;
            let said = match place.change(n) {
                // The list itself did not fit.
                Err(_) => None,
                Ok(_) => Some(changed(&mut place, &[], n)?),
            };
            refused += u64::from(said.as_ref().is_none_or(|said| !said.status.success()));
            let held = said.map_or(Ok(()), |said| told(&said));
            let held = held.and_then(|()| up(&served, &["/products", "/products.json"]));
            std::fs::remove_file(&filler).map_err(|error| error.to_string())?;
            let held = held.and_then(|()| place.check().map(|_| ()));
            count.run("disk-full", &format!("{kilobytes} KiB free, change {n}"), held);
            n += 1;
        }
    }
    count.remark = format!(", {refused} refused");
    drop(served);
    count.run("disk-full", "afterwards", place.settle());
    drop(place);
    Ok(())
}

/// A disk that has become read only: nothing is written, pages are up or the portal says why it does not start.
pub fn read_only(extent: &Extent, count: &mut Count) -> Outcome {
    let Some(disk) = Disk::mount(extent.folder.join("read-only"), 64 << 20)? else {
        count.skipped = Some("this user may not mount a disk".to_owned());
        return Ok(());
    };
    let mut place = Place::new(&extent.binary, &disk.0.join("place"))?;
    let size = place.check()?;
    for n in 3..6 {
        // The list is written before, the rest is the program's.
        let change = place.change(n)?;
        disk.remount("ro")?;
        let words: Vec<&str> = change.words.iter().map(String::as_str).collect();
        let said = place.run(&words)?;
        place.acknowledge(&change, &said);
        let held = match said.status.success() {
            true => Err("it says that it wrote".to_owned()),
            false => told(&said),
        };
        let held = held.and_then(|()| match Served::start(&place, &[]) {
            Ok(served) => up(&served, &["/products"]),
            Err(_) => Ok(()),
        });
        disk.remount("rw")?;
        let held = held.and_then(|()| match place.check()? {
            found if found == size => Ok(()),
            found => Err(format!("{found} entries, there were {size}")),
        });
        count.run("read-only", words[0], held);
    }
    count.run("read-only", "afterwards", place.settle());
    drop(place);
    Ok(())
}

/// What readers were answered.
#[derive(Default)]
struct Seen {
    good: u64,
    busy: u64,
    wrong: Vec<String>,
    codes: Vec<Duration>,
}

/// Many more readers than the processors can serve, while lists are imported: every answer is whole or an
/// honest 503, codes open, and the imports arrive.
pub fn overload(extent: &Extent, count: &mut Count) -> Outcome {
    let least = Duration::from_secs(if extent.short { 6 } else { 30 });
    let mut place = Place::new(&extent.binary, &extent.folder.join("overload"))?;
    let served = Arc::new(Served::start(&place, &[])?);
    served.wait_ready(Duration::from_secs(20))?;
    let processors = std::thread::available_parallelism().map_or(2, usize::from);
    let readers = processors * 5 * 4;
    let code = format!("/q/{}", place.code);
    let stop = Arc::new(AtomicBool::new(false));
    let seen: Arc<Mutex<Seen>> = Arc::default();
    let threads: Vec<_> = (0..readers)
        .map(|reader| {
            let (served, stop, seen) = (Arc::clone(&served), Arc::clone(&stop), Arc::clone(&seen));
            let code = code.clone();
            std::thread::spawn(move || {
                let mut turn = reader;
                while !stop.load(Ordering::Relaxed) {
                    turn += 1;
                    let path = match turn % 4 {
                        0 => code.clone(),
                        1 => format!("/products?q={turn}"),
                        2 => format!("/listings.csv?q={turn}"),
                        _ => "/en/enterprises".to_owned(),
                    };
                    let began = Instant::now();
                    let answer = served.get(&path);
                    let took = began.elapsed();
                    let mut seen = seen.lock().unwrap_or_else(|poison| poison.into_inner());
                    match answer {
                        Ok((200, _)) => seen.good += 1,
                        Ok((503, text)) if text.to_lowercase().contains("retry-after:") => {
                            seen.busy += 1;
                            if path == code {
                                seen.wrong.push("a code was turned away".to_owned());
                            }
                        }
                        Ok((status, _)) => seen.wrong.push(format!("{path} answered {status}")),
                        Err(error) => seen.wrong.push(error),
                    }
                    if path == code {
                        seen.codes.push(took);
                    }
                }
            })
        })
        .collect();
    let began = Instant::now();
    for n in 1.. {
        if began.elapsed() > least {
            break;
        }
        let said = changed(&mut place, &[], 3 * n)?;
        let outcome = match said.status.success() {
            true => Ok(()),
            false => Err(text(&said.stderr)),
        };
        count.run("overload", &format!("list {n}"), outcome);
    }
    stop.store(true, Ordering::Relaxed);
    for thread in threads {
        let _ = thread.join();
    }
    let Seen { good, busy, wrong, mut codes } =
        std::mem::take(&mut *seen.lock().unwrap_or_else(|poison| poison.into_inner()));
    codes.sort_unstable();
    let at =
        |part: f64| codes.get((codes.len() as f64 * part) as usize).copied().unwrap_or_default();
    count.remark = format!(
        ", {readers} readers at once: {good} answered, {busy} told to come back, {} wrong; codes {:.0} ms (p50), {:.0} ms (p99)",
        wrong.len(),
        at(0.5).as_secs_f64() * 1e3,
        at(0.99).as_secs_f64() * 1e3
    );
    let outcome = match wrong.first() {
        None if good > 0 => Ok(()),
        None => Err("nothing was answered".to_owned()),
        Some(first) => Err(format!("{} wrong answers, the first: {first}", wrong.len())),
    };
    count.run("overload", "readers", outcome);
    drop(served);
    count.run("overload", "afterwards", place.settle());
    Ok(())
}

/// Commands with little memory and few descriptors; a portal with fewer descriptors than readers.
pub fn limits(extent: &Extent, count: &mut Count) -> Outcome {
    if Command::new("prlimit").arg("--version").output().is_err() {
        count.skipped = Some("there is no prlimit".to_owned());
        return Ok(());
    }
    let mut place = Place::new(&extent.binary, &extent.folder.join("limits"))?;
    let memory: &[u64] =
        if extent.short { &[40, 120] } else { &[24, 40, 56, 72, 88, 104, 120, 160, 240] };
    let files: &[u64] = if extent.short { &[8, 24] } else { &[4, 6, 8, 10, 12, 16, 20, 24, 32] };
    let limits = memory.iter().map(|mebibytes| format!("--as={}", mebibytes << 20));
    let limits = limits.chain(files.iter().map(|files| format!("--nofile={files}")));
    let (mut n, mut cut) = (2, 0);
    for limit in limits {
        n += 1;
        let said = changed(&mut place, &["prlimit", &limit], n)?;
        cut += u64::from(!said.status.success());
        count.run("limits", &format!("{limit}, change {n}"), place.check().map(|_| ()));
    }
    let descriptors = ["prlimit", "--nofile=64"];
    let held = Served::start(&place, &descriptors).and_then(|served| {
        served.wait_ready(Duration::from_secs(20))?;
        let taken: Vec<_> =
            (0..200).filter_map(|_| std::net::TcpStream::connect(&served.address).ok()).collect();
        std::thread::sleep(Duration::from_millis(300));
        drop(taken);
        let began = Instant::now();
        while let Err(error) = up(&served, &["/healthz", "/products"]) {
            if began.elapsed() > Duration::from_secs(10) {
                return Err(format!("after the rush: {error}"));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        match Path::new(&format!("/proc/{}", served.id())).exists() {
            true => Ok(()),
            false => Err("the portal ended".to_owned()),
        }
    });
    count.run("limits", "200 connections for 64 descriptors", held);
    count.remark = format!(", {cut} changes cut off");
    count.run("limits", "afterwards", place.settle());
    Ok(())
}
