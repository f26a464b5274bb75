//! `liangbiao`: see `liangbiao --help`.

/// Indexes are millions of small values that come and go together: with the system's allocator a fifth of the time
/// of a start went into it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    server::cli::main()
}
