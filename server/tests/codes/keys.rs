//! Keys beside a register.

use std::os::unix::fs::PermissionsExt as _;

use register::code::Statement;
use register::signature::{Algorithm, KeyId, PublicKey, SecretKey, Signer as _, Verifier as _};

use crate::desk::{Answer, Desk};

fn open_up(desk: &Desk, file: &str, mode: u32) {
    std::fs::set_permissions(desk.path(file), std::fs::Permissions::from_mode(mode))
        .expect("permissions");
}

fn issued(desk: &Desk) -> String {
    let issued = desk.run(&["code", "issue", "--product", &desk.product()]).done();
    issued.value("code").to_owned()
}

/// The statement of an answer, verified with the key the register has on record.
fn verified(desk: &Desk, signed: &Answer) -> Statement {
    let statement = Statement::parse(signed.value("digits")).expect("a statement");
    let key = &desk.show("key", signed.value("key"))["record"];
    let algorithm = Algorithm::from_code(key["algorithm"].as_str().expect("a word"));
    let public = PublicKey::from_record(
        algorithm.expect("known"),
        key["public_key"].as_str().expect("base64"),
    );
    let public = public.expect("a key");
    public.verify(&statement.signed_bytes(), statement.signature()).expect("it verifies");
    statement
}

#[test]
fn a_register_is_born_with_a_log_key_and_a_pepper_that_only_its_owner_reads() {
    let desk = Desk::new();
    let folder = std::fs::metadata(desk.path("r.db.keys")).expect("the folder");
    assert_eq!(folder.permissions().mode() & 0o777, 0o700);
    for file in ["r.db.keys/log.key", "r.db.keys/pepper"] {
        let about = std::fs::metadata(desk.path(file)).expect(file);
        assert_eq!(about.permissions().mode() & 0o777, 0o600, "{file}");
    }
    let listed = desk.run(&["key", "list"]).done().out;
    assert_eq!(listed.lines().count(), 1, "{listed}");
    let kid = listed.split('\t').next().expect("an id");
    assert!(KeyId::parse(kid).is_some() && listed.contains("log.key"), "{listed}");
    assert_eq!(desk.show("key", kid)["record"]["status"], "active");
    // The same sample has the same key; its files are not written over.
    let bytes = std::fs::read(desk.path("r.db.keys/log.key")).expect("the key");
    for file in ["r.db", "r.db.checkpoint"] {
        std::fs::remove_file(desk.path(file)).expect(file);
    }
    desk.run(&["sample", "--products", "40"]).done();
    assert_eq!(std::fs::read(desk.path("r.db.keys/log.key")).expect("the key"), bytes);
    std::fs::remove_file(desk.path("r.db")).expect("the register");
    desk.run(&["sample", "--products", "41"]).refused("never overwritten");
    assert!(!desk.path("r.db").exists());
}

#[test]
fn an_import_that_makes_a_register_makes_its_keys() {
    let desk = Desk::new();
    let list = "企业名称,统一社会信用代码,所在地\n示例电器有限公司,91350100M000100Y43,350100\n";
    std::fs::write(desk.path("list.csv"), list).expect("a list");
    let import = |register: &str| {
        desk.run(&[
            "import",
            "list.csv",
            "--kind",
            "enterprise",
            "--source",
            "示例",
            "--licence",
            "示例",
            "--register",
            register,
        ])
    };
    import("new.db").done();
    let kid = |register: &str| {
        let listed = desk.run(&["key", "list", "--register", register]).done().out;
        listed.split('\t').next().expect("an id").to_owned()
    };
    import("other.db").done();
    assert_ne!(kid("new.db"), kid("other.db"), "each register has keys of its own");
    assert_eq!(desk.run(&["check", "--register", "new.db"]).done().code, Some(0));
    // A register that was moved away leaves its keys; the next of that name takes them up.
    let before = kid("new.db");
    std::fs::remove_file(desk.path("new.db")).expect("the register");
    import("new.db").done();
    assert_eq!(kid("new.db"), before);
}

#[test]
fn a_key_others_can_read_is_refused() {
    let desk = Desk::new();
    let code = issued(&desk);
    let new = desk.run(&["key", "new"]).done();
    let file = format!("r.db.keys/{}.key", new.value("key"));
    for mode in [0o640, 0o604, 0o644, 0o660] {
        open_up(&desk, &file, mode);
        desk.run(&["code", "sign", &code]).refused("can be read by others");
        desk.run(&["key", "list"]).refused("chmod 600");
    }
    open_up(&desk, &file, 0o600);
    desk.run(&["code", "sign", &code]).done();
    open_up(&desk, "r.db.keys/pepper", 0o644);
    let product = desk.product();
    desk.run(&[
        "code",
        "issue",
        "--product",
        &product,
        "--level",
        "unit",
        "--count",
        "3",
        "--out",
        "u.csv",
    ])
    .refused("can be read by others");
    open_up(&desk, "r.db.keys/pepper", 0o600);
    open_up(&desk, "r.db.keys", 0o755);
    desk.run(&["key", "new"]).refused("chmod 700");
}

#[test]
fn a_statement_is_signed_by_either_algorithm_and_verifies_with_the_key_on_record() {
    for algorithm in ["ed25519", "sm2"] {
        let desk = Desk::new();
        let code = issued(&desk);
        desk.run(&["code", "sign", &code]).refused("liangbiao key new");
        let key =
            desk.run(&["key", "new", "--algorithm", algorithm, "--holder", "示例机关"]).done();
        let signed =
            desk.run(&["code", "sign", &code, "--expires", "2099-01-01", "--out", "s.svg"]).done();
        assert_eq!(signed.value("key"), key.value("key"));
        let statement = verified(&desk, &signed);
        assert_eq!(statement.code().as_str(), code);
        assert_eq!(statement.expires().to_string(), "2099-01-01");
        let url = format!("https://quality.example/s/{}", statement.digits());
        assert_eq!(signed.value("url"), url);
        assert!(std::fs::read_to_string(desk.path("s.svg")).expect("the label").contains("<svg"));
        // Only a code in force is signed for.
        desk.run(&["code", "suspend", &code, "--reason", "试"]).done();
        desk.run(&["code", "sign", &code]).refused("is suspended");
    }
}

#[test]
fn a_key_that_was_retired_or_revoked_signs_no_more() {
    let desk = Desk::new();
    let code = issued(&desk);
    let keys = ["one", "two"]
        .map(|holder| desk.run(&["key", "new", "--holder", holder]).done().value("key").to_owned());
    desk.run(&["code", "sign", &code]).refused("choose one with --key");
    let sign = |kid: &str| desk.run(&["code", "sign", &code, "--key", kid]);
    sign(&keys[0]).done();
    let size = desk.size();
    desk.run(&["key", "retire", &keys[0], "--reason", "到期轮换"]).done();
    let again = desk.run(&["key", "retire", &keys[0], "--reason", "到期轮换"]).done();
    assert!(again.value("note").contains("nothing was written"));
    let record = desk.show("key", &keys[0]);
    assert_eq!(record["record"]["status"], "retired");
    assert_eq!(record["record"]["reason"], "到期轮换");
    desk.run(&["key", "revoke", &keys[1], "--reason", "可能泄露"]).done();
    sign(&keys[1]).refused("not in force");
    desk.run(&["key", "retire", &keys[1], "--reason", "x"]).refused("E12");
    // A retired key may turn out to have been stolen.
    desk.run(&["key", "revoke", &keys[0], "--reason", "可能泄露"]).done();
    sign(&keys[0]).refused("not in force");
    assert_eq!(desk.size(), size + 3);
    desk.run(&["key", "revoke", "0000000000000000", "--reason", "x"]).refused("has no key");
    desk.run(&["key", "revoke", "530D", "--reason", "x"]).refused("is no key id");
}

#[test]
fn a_key_held_elsewhere_signs_through_its_command() {
    let desk = Desk::new();
    let code = issued(&desk);
    // A device of its own: it holds a key this program never sees, and answers what is asked of it.
    // Ed25519 signs the same message alike, so what it will be asked can be signed beforehand.
    let secret = SecretKey::from_bytes(Algorithm::Ed25519, &[42; 32]).expect("a key");
    let public = secret.public_key().to_record();
    let base64 = |bytes: &[u8]| {
        use base64ct::Encoding as _;
        base64ct::Base64::encode_string(bytes)
    };
    let trial = b"liangbiao: does this command sign with this key?\n";
    let today = server::store::china_day(chrono::Utc::now());
    let until = "2099-01-01".parse().expect("a day");
    let plain = register::code::CreditCode::parse(&code).expect("a code");
    let product = desk.show("code", &code)["record"]["product"].clone();
    let gtins = desk.show("product", product.as_str().expect("a key"))["record"]["gtins"].clone();
    let gtin = gtins.get(0).and_then(|g| register::id::Gtin::parse(g.as_str()?).ok());
    let statement = Statement::sign(plain, gtin, today, until, &secret).expect("a statement");
    let answers = [
        (&trial[..], secret.sign(trial).expect("signed")),
        (&statement.signed_bytes()[..], *statement.signature()),
    ];
    for (n, (message, signature)) in answers.iter().enumerate() {
        std::fs::write(desk.path(&format!("ask{n}")), message).expect("a file");
        std::fs::write(desk.path(&format!("answer{n}")), base64(signature)).expect("a file");
    }
    let script = "#!/bin/sh\ncat > \"$1/asked\"\nfor n in 0 1; do\n  \
                  cmp -s \"$1/asked\" \"$1/ask$n\" && exec cat \"$1/answer$n\"\ndone\nexit 3\n";
    std::fs::write(desk.path("device"), script).expect("a script");
    open_up(&desk, "device", 0o755);
    let (device, folder) = (desk.path("device"), desk.path(""));
    let (device, folder) = (device.to_str().expect("UTF-8"), folder.to_str().expect("UTF-8"));
    let new = |public: &str, run: &[&str]| {
        let mut words = vec!["key", "new", "--public", public];
        run.iter().for_each(|word| words.extend(["--run", word]));
        desk.run(&words)
    };
    let size = desk.size();
    let other = SecretKey::from_bytes(Algorithm::Ed25519, &[43; 32]).expect("a key");
    new(&other.public_key().to_record(), &[device, folder]).refused("does not verify");
    new(&public, &["/nowhere/device"]).refused("/nowhere/device");
    new(&public, &["/bin/false"]).refused("/bin/false ended with");
    new(&public, &["/bin/cat"]).refused("no 64 bytes in base64");
    new("AAAA", &[device, folder]).refused("is no public key");
    assert_eq!(desk.size(), size);
    new(&public, &[device, folder]).done();
    let listed = desk.run(&["key", "list"]).done().out;
    assert!(listed.contains(&format!("command {device}")), "{listed}");
    let signed = desk.run(&["code", "sign", &code, "--expires", "2099-01-01"]).done();
    assert_eq!(verified(&desk, &signed), statement);
    // Asked for anything else, this device refuses, and the refusal is passed on.
    desk.run(&["code", "sign", &code, "--expires", "2098-01-01"]).refused("ended with");
}
