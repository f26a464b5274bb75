//! One target under libFuzzer. `LIANGBIAO_FUZZ_TARGET` names it; `cargo xtask fuzz` starts it.
#![no_main]

use std::path::Path;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

/// The target, chosen once.
static TARGET: OnceLock<fuzz::Target> = OnceLock::new();

/// Lists all targets and their longest input where `LIANGBIAO_FUZZ_LIST` is set; else chooses one, and writes its
/// seeds where `LIANGBIAO_FUZZ_SEEDS` says, before libFuzzer looks there.
fn begin() {
    if std::env::var_os("LIANGBIAO_FUZZ_LIST").is_some() {
        for target in fuzz::targets() {
            println!("{} {}", target.name, target.longest);
        }
        std::process::exit(0);
    }
    let name = std::env::var("LIANGBIAO_FUZZ_TARGET").unwrap_or_default();
    let Some(target) = fuzz::targets().into_iter().find(|target| target.name == name) else {
        eprintln!("LIANGBIAO_FUZZ_TARGET names no target: “{name}”");
        std::process::exit(2);
    };
    if let Some(folder) = std::env::var_os("LIANGBIAO_FUZZ_SEEDS") {
        for (n, seed) in (target.seeds)().into_iter().enumerate() {
            let file = Path::new(&folder).join(format!("seed-{n}"));
            if let Err(error) = std::fs::write(&file, seed) {
                eprintln!("{}: {error}", file.display());
                std::process::exit(2);
            }
        }
    }
    let _ = TARGET.set(target);
}

fuzz_target!(init: begin(), |bytes: &[u8]| {
    if let Some(target) = TARGET.get() {
        (target.run)(bytes);
    }
});
