//! Several machines: portals that follow one log while its server crashes, a cable is cut and writers die.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use crate::cluster::{Cluster, fails, liangbiao, run};
use crate::portals::{
    Portal, Readers, SOON, Wire, list, sees, size_and_root, until, valid_code, verdict,
};

#[test]
fn an_import_is_seen_on_two_portals_that_were_there_first() {
    let Some(cluster) = Cluster::start() else { return };
    let log = cluster.database("quality");
    let folder = tempfile::tempdir().unwrap();
    list(folder.path(), "list.csv", 0..20);
    // As it is written down: no view is named, and there is no log yet.
    let portals = [(); 2].map(|()| Portal::start(folder.path(), &log, &[]));
    std::thread::sleep(Duration::from_millis(500));
    run(folder.path(), &["import", "--log", &log, "--map", "map.toml", "list.csv"]);
    for portal in &portals {
        // A portal that waited for its log has its indexes to make.
        until("the first list", Duration::from_secs(20), || sees(portal, 19));
    }
    list(folder.path(), "more.csv", 100..101);
    run(folder.path(), &["import", "--log", &log, "--map", "map.toml", "more.csv"]);
    for portal in &portals {
        until("the second list", SOON, || sees(portal, 100));
    }
    assert!(folder.path().join("quality.view.db").exists());
    // The view alone cannot know how old it is.
    for command in ["serve", "verify"] {
        let code = if command == "serve" { vec![] } else { vec!["44M3QMX9D2R4"] };
        let args = [&[command, "--register", "quality.view.db"][..], &code].concat();
        assert!(fails(folder.path(), 1, &args).contains("name that home with --log"));
    }
    // Codes, keys and reference data go the same way.
    assert!(
        run(folder.path(), &["key", "new", "--log", &log, "--holder", "示例"]).contains("key ")
    );
    run(folder.path(), &["reference", "update", "--log", &log]);
    run(folder.path(), &["check", "--log", &log]);
}

#[test]
fn nodes_go_on_reading_and_never_have_two_histories() {
    let Some(cluster) = Cluster::start() else { return };
    let log = cluster.database("quality");
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    run(folder.path(), &["sample", "--products", "30", "--log", &log, "--register", "n0.db"]);
    for node in ["n1.db.keys", "n2.db.keys"] {
        copy_folder(&path("n0.db.keys"), &path(node));
    }
    let wire = Wire::to(cluster.port);
    let wired = cluster.address("quality", wire.port);
    let fresh = ["--fresh-for", "2"];
    let portals = [
        Portal::start(folder.path(), &log, &["--register", "n0.db"]),
        Portal::start(folder.path(), &log, &["--register", "n1.db"]),
        Portal::start(folder.path(), &wired, &[&["--register", "n2.db"][..], &fresh].concat()),
    ];
    for portal in &portals {
        until("a portal", Duration::from_secs(30), || portal.log_size() > 0);
    }
    let code = valid_code(folder.path(), &portals[2]);
    assert_eq!(verdict(&portals[2], &code), "valid");

    // Readers of all three, all the time.
    let readers = Readers::of(&portals);
    let import = |name: &str, register: &str| {
        let args = ["import", "--log", &log, "--register", register, "--map", "map.toml", name];
        run(folder.path(), &args);
    };
    let all_see = |what: u32| {
        portals.iter().map(|portal| until("a list", SOON, || sees(portal, what))).max().unwrap()
    };
    list(folder.path(), "a.csv", 1000..1001);
    import("a.csv", "n0.db");
    let seen = all_see(1000);

    // The server dies and comes back. What it acknowledged is there, what it did not is told.
    cluster.crash();
    list(folder.path(), "b.csv", 2000..2001);
    let args = ["import", "--log", &log, "--register", "n1.db", "--map", "map.toml", "b.csv"];
    let said = fails(folder.path(), 1, &args);
    assert!(said.contains("cannot be reached"), "{said}");
    assert_eq!(portals[0].ask("/products").expect("a page").0, 200);
    cluster.up();
    import("b.csv", "n1.db");
    let back = all_see(2000);

    // One node is cut off: it reads on, and soon says nothing is valid; then it is itself again.
    wire.cut();
    list(folder.path(), "c.csv", 3000..3001);
    import("c.csv", "n0.db");
    until("the cut", Duration::from_secs(5), || verdict(&portals[2], &code) == "cannot_tell");
    assert_eq!(verdict(&portals[0], &code), "valid", "the others are not cut off");
    assert_eq!(portals[2].ask("/products").expect("a page").0, 200);
    wire.heal();
    let healed = until("the node cut off", SOON, || verdict(&portals[2], &code) == "valid");
    all_see(3000);

    // A writer is killed in the middle of a list; all of it is in, or none.
    list(folder.path(), "d.csv", 10_000..14_000);
    let size = portals[0].log_size();
    for wait in [300, 900, 1500] {
        let args = ["import", "--log", &log, "--register", "n1.db", "--map", "map.toml", "d.csv"];
        let mut child = liangbiao(folder.path(), &args)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        let _ = child.kill();
        let _ = child.wait();
    }
    import("d.csv", "n0.db");
    let rows: u64 =
        cluster.sql("quality", "SELECT count(*) FROM liangbiao.entries").parse().unwrap();
    assert_eq!(rows, size + 4001, "4,000 rows and their source, once");
    for portal in &portals {
        until("the long list", Duration::from_secs(10), || portal.log_size() == rows);
    }

    let asked = readers.all_answered();
    eprintln!(
        "{asked} reads; seen after {seen:?}, after a restart {back:?}, healed after {healed:?}"
    );
    // One history, on every node, signed with the same words.
    let roots = ["n0.db", "n1.db", "n2.db"].map(|name| size_and_root(&path(name), rows));
    assert!(roots.iter().all(|root| *root == roots[0]), "{roots:?}");
    let notes: Vec<_> = portals.iter().map(|p| p.ask("/log/checkpoint").expect("a note")).collect();
    assert!(notes.iter().all(|note| note.0 == 200 && note.1 == notes[0].1), "{notes:?}");
}

fn copy_folder(from: &Path, to: &PathBuf) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::create_dir(to).unwrap();
    std::fs::set_permissions(to, std::fs::Permissions::from_mode(0o700)).unwrap();
    for file in std::fs::read_dir(from).unwrap().flatten() {
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}
