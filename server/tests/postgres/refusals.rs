//! What is said when the home says no, and that passwords are never said; TLS as `sslmode` asks for it.

use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use crate::cluster::{Cluster, PASSWORD, fails, free_port, run};

#[test]
fn refusals_say_what_to_do_and_tls_is_what_was_asked_for() {
    let Some(cluster) = Cluster::start() else { return };
    let log = cluster.database("quality");
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    run(at, &["sample", "--products", "2", "--log", &log]);
    let list = |log: &str| ["reference", "update", "--dry-run", "--log", log].map(str::to_owned);
    let said = |log: &str| {
        let args = list(log);
        fails(at, 1, &args.each_ref().map(String::as_str))
    };
    let port = cluster.port;

    let nobody = said(&format!("postgres://lb:{PASSWORD}@127.0.0.1:{}/quality", free_port()));
    assert!(nobody.contains("cannot be reached") && nobody.contains("host and port"), "{nobody}");
    let wrong = said(&log.replace(PASSWORD, "wrong-words"));
    assert!(wrong.contains("pg_hba.conf") && !wrong.contains("wrong-words"), "{wrong}");
    let database = said(&cluster.address("nothing", port));
    assert!(database.contains("createdb"), "{database}");
    let address = said(&format!("postgres://lb:{PASSWORD}@127.0.0.1:{port}/quality?sslmode=all"));
    assert!(address.contains("sslmode is one of"), "{address}");
    let address = said(&format!("mysql://lb:{PASSWORD}@127.0.0.1/quality"));
    assert!(address.contains("postgres://USER"), "{address}");
    let again = fails(at, 1, &["sample", "--products", "2", "--log", &log, "--register", "x.db"]);
    assert!(again.contains("one database holds one register"), "{again}");

    // A role that may read: it can follow and may not write.
    cluster.sql(
        "quality",
        &format!(
            "CREATE ROLE looks LOGIN PASSWORD '{PASSWORD}'; GRANT USAGE ON SCHEMA liangbiao TO looks;
             GRANT SELECT ON ALL TABLES IN SCHEMA liangbiao TO looks"
        ),
    );
    let looks = log.replace("lb:", "looks:");
    run(at, &["code", "list", "--log", &looks, "--register", "looks.db"]);
    let args = ["key", "new", "--holder", "示例", "--log", &looks, "--register", "looks.db"];
    let write = fails(at, 1, &args);
    assert!(write.contains("permission denied") && write.contains("owns"), "{write}");
    cluster.sql("quality", "CREATE ROLE nobody LOGIN PASSWORD 'S3cret-words'");
    let blind = said(&log.replace("lb:", "nobody:"));
    assert!(blind.contains("USAGE on the schema"), "{blind}");

    // A server with a certificate of its own authority.
    certificate(&cluster, "tls", "localhost");
    cluster.sql("postgres", "ALTER SYSTEM SET ssl_cert_file = 'tls.crt'");
    cluster.sql("postgres", "ALTER SYSTEM SET ssl_key_file = 'tls.key'");
    cluster.sql("postgres", "ALTER SYSTEM SET ssl = on");
    cluster.reload();
    let encrypted = "SELECT count(*) FROM pg_stat_ssl WHERE ssl AND pid <> pg_backend_pid()";
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert_eq!(cluster.sql("postgres", encrypted), "0");
    let root = cluster.path("tls.crt").display().to_string();
    let with = |query: &str| format!("{log}?{query}");
    let host =
        with(&format!("sslmode=verify-full&sslrootcert={root}")).replace("127.0.0.1", "localhost");
    let runs = |log: &str| {
        let args = list(log);
        run(at, &args.each_ref().map(String::as_str))
    };
    runs(&with("sslmode=require"));
    runs(&with(&format!("sslmode=verify-ca&sslrootcert={root}")));
    runs(&host);
    let name = said(&with(&format!("sslmode=verify-full&sslrootcert={root}")));
    assert!(name.contains("no encrypted connection"), "the certificate is of localhost: {name}");
    let unknown = said(&with("sslmode=verify-ca"));
    assert!(
        unknown.contains("no encrypted connection") && unknown.contains("sslrootcert"),
        "{unknown}"
    );

    // A role that is known by its certificate alone.
    certificate(&cluster, "node", "certified");
    cluster.sql(
        "quality",
        "CREATE ROLE certified LOGIN; GRANT USAGE ON SCHEMA liangbiao TO certified;
         GRANT SELECT ON ALL TABLES IN SCHEMA liangbiao TO certified",
    );
    let rules = cluster.path("data").join("pg_hba.conf");
    let before = std::fs::read_to_string(&rules).unwrap();
    std::fs::write(&rules, format!("hostssl quality certified 127.0.0.1/32 cert\n{before}"))
        .unwrap();
    cluster.sql("postgres", "ALTER SYSTEM SET ssl_ca_file = 'node.crt'");
    cluster.reload();
    std::thread::sleep(std::time::Duration::from_millis(500));
    let [crt, key, other] =
        ["node.crt", "node.key", "tls.key"].map(|file| cluster.path(file).display().to_string());
    let own = |more: &str| {
        let trust = format!("sslmode=verify-ca&sslrootcert={root}");
        format!("postgres://certified@127.0.0.1:{port}/quality?{trust}{more}")
    };
    let shown = own(&format!("&sslcert={crt}&sslkey={key}"));
    run(at, &["code", "list", "--log", &shown, "--register", "certified.db"]);
    let none = said(&own(""));
    assert!(none.contains("certificate"), "{none}");
    let foreign = said(&own(&format!("&sslcert={crt}&sslkey={other}")));
    assert!(foreign.contains("sslcert") && foreign.contains("tls.key"), "{foreign}");
    let missing = said(&own(&format!("&sslcert={crt}&sslkey={key}.none")));
    assert!(missing.contains("sslkey") && missing.contains("node.key.none"), "{missing}");
    let empty = said(&own(&format!("&sslcert={key}&sslkey={key}")));
    assert!(empty.contains("no certificate"), "{empty}");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let open = said(&shown);
    assert!(open.contains("others may read it"), "{open}");

    // A home of a later version.
    cluster.sql("quality", "UPDATE liangbiao.about SET version = 99");
    let later = said(&log);
    assert!(later.contains("later version") && later.contains("99"), "{later}");
}

/// A certificate for a name that is its own authority, where the server finds it.
fn certificate(cluster: &Cluster, file: &str, name: &str) {
    let files = [format!("{file}.key"), format!("{file}.crt")];
    let [key, crt] = files.each_ref().map(|file| cluster.path(file));
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            &format!("/CN={name}"),
        ])
        .args([
            "-addext",
            &format!("subjectAltName=DNS:{name}"),
            "-addext",
            "basicConstraints=critical,CA:FALSE",
        ])
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&crt)
        .output()
        .expect("openssl, which PostgreSQL brings on Debian");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    for file in &files {
        let to = cluster.path("data").join(file);
        std::fs::copy(cluster.path(file), &to).unwrap();
        let mode = if file.ends_with(".key") { 0o600 } else { 0o644 };
        std::fs::set_permissions(&to, std::fs::Permissions::from_mode(mode)).unwrap();
        Command::new("chown")
            .arg("--reference")
            .arg(cluster.path("data"))
            .arg(&to)
            .status()
            .unwrap();
    }
}
