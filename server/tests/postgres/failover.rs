//! The worst days of several machines: the server is lost and a standby takes over; a network swallows everything.

use std::time::{Duration, Instant};

use crate::cluster::{Cluster, PASSWORD, fails, run};
use crate::portals::{
    Portal, Readers, SOON, Wire, list, sees, size_and_root, until, valid_code, verdict,
};

#[test]
fn a_standby_takes_over_with_every_entry_and_the_old_server_is_refused() {
    let Some(primary) = Cluster::start() else { return };
    let alone = primary.database("quality");
    let standby = primary.standby();
    let both = format!(
        "postgres://lb:{PASSWORD}@127.0.0.1:{},127.0.0.1:{}/quality",
        primary.port, standby.port
    );
    // Who writes asks for the server that may; who only reads is content with either.
    let writing = format!("{both}?target_session_attrs=read-write");
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    run(folder.path(), &["sample", "--products", "30", "--log", &writing, "--register", "n0.db"]);
    let portals = [
        Portal::start(folder.path(), &writing, &["--register", "n0.db"]),
        Portal::start(folder.path(), &both, &["--register", "n1.db"]),
    ];
    for portal in &portals {
        until("a portal", Duration::from_secs(30), || portal.log_size() > 0);
    }
    let import = |name: &str| {
        let into = ["import", "--log", &writing, "--register", "n0.db"];
        run(folder.path(), &[&into[..], &["--map", "map.toml", name]].concat())
    };
    let readers = Readers::of(&portals);
    // Acknowledged a moment before the server is lost.
    list(folder.path(), "a.csv", 1000..1200);
    import("a.csv");
    primary.crash();
    list(folder.path(), "b.csv", 2000..2001);
    let into = ["import", "--log", &writing, "--register", "n0.db", "--map", "map.toml", "b.csv"];
    let said = fails(folder.path(), 1, &into);
    assert!(said.contains("cannot be reached"), "{said}");
    let size: u64 = standby.sql("quality", COUNT).parse().unwrap();
    standby.promote();
    // It waited for its own standby, as the server before it did; there is none any more.
    standby.sql("postgres", "ALTER SYSTEM SET synchronous_standby_names = ''");
    standby.reload();
    let taken_over = Instant::now();
    import("b.csv");
    for portal in &portals {
        until("the list after the take-over", SOON * 2, || sees(portal, 2000));
        assert!(sees(portal, 1000) && sees(portal, 1199), "what was acknowledged is there");
    }
    let seen = taken_over.elapsed();
    let asked = readers.all_answered();
    let now: u64 = standby.sql("quality", COUNT).parse().unwrap();
    assert_eq!(now, size + 2, "one row and its source");
    let roots = ["n0.db", "n1.db"].map(|name| size_and_root(&path(name), now));
    assert_eq!(roots[0], roots[1]);
    // The old server comes back and knows nothing of it: whoever saw more writes and reads there no longer.
    primary.up();
    for command in [vec!["check", "--register", "n0.db"], into[3..].to_vec()] {
        let name = command[0];
        let args = match name {
            "check" => vec!["check", "--log", &alone, "--register", "n0.db"],
            _ => [&["import", "--log", &alone][..], &command].concat(),
        };
        let said = fails(folder.path(), 1, &args);
        assert!(said.contains("have been seen here"), "{said}");
    }
    eprintln!("{asked} reads, none failed; the standby's first list seen after {seen:?}");
}

const COUNT: &str = "SELECT count(*) FROM liangbiao.entries";

#[test]
fn a_network_that_swallows_everything_holds_nobody() {
    let Some(cluster) = Cluster::start() else { return };
    let log = cluster.database("quality");
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["sample", "--products", "30", "--log", &log, "--register", "n0.db"]);
    let wire = Wire::to(cluster.port);
    let wired = cluster.address("quality", wire.port);
    let more = ["--register", "n0.db", "--fresh-for", "2"];
    let portals = [Portal::start(folder.path(), &wired, &more)];
    let portal = &portals[0];
    until("a portal", Duration::from_secs(30), || portal.log_size() > 0);
    let code = valid_code(folder.path(), portal);
    assert_eq!(verdict(portal, &code), "valid");
    let readers = Readers::of(&portals);
    // No connection breaks, nothing is refused; there are just no answers.
    wire.fall_silent();
    let noticed =
        until("the silence", Duration::from_secs(5), || verdict(portal, &code) == "cannot_tell");
    list(folder.path(), "a.csv", 1000..1001);
    // A writer is told within its limits and not held.
    let begun = Instant::now();
    let args = ["import", "--log", &wired, "--register", "n1.db", "--map", "map.toml", "a.csv"];
    let said = fails(folder.path(), 1, &args);
    let told = begun.elapsed();
    assert!(said.contains("cannot be reached"), "{said}");
    assert!(told < Duration::from_secs(15), "{told:?}");
    // Meanwhile another machine writes.
    run(
        folder.path(),
        &["import", "--log", &log, "--register", "n2.db", "--map", "map.toml", "a.csv"],
    );
    assert!(!sees(portal, 1000), "nothing can have arrived");
    wire.heal();
    let healed = until("the end of the silence", SOON, || verdict(portal, &code) == "valid");
    until("what was written meanwhile", SOON, || sees(portal, 1000));
    let asked = readers.all_answered();
    eprintln!(
        "{asked} reads, none failed; noticed after {noticed:?}, told after {told:?}, healed after {healed:?}"
    );
}
