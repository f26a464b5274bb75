//! Statements of what was registered on a day: signed by the portal, verified by the command, offline.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt as _;
use register::Kind;
use serde_json::Value;
use server::store::{Reader, Register};
use server::web::assets::Assets;
use server::web::index::Indexes;
use server::web::{Portal, Settings, service};
use tower::ServiceExt as _;

use crate::desk::Desk;

/// What the portal over the desk's register answers.
fn get(desk: &Desk, path: &str) -> (u16, String) {
    let indexes = Indexes::open(&desk.path("r.db"), Box::new(chrono::Utc::now)).expect("indexes");
    let settings = Settings { origin: "https://quality.example".to_owned(), ..Settings::default() };
    let portal = Portal::new(indexes, Assets::load().expect("assets"), settings);
    let router = service(Arc::new(portal));
    let request = Request::get(path).body(Body::empty()).expect("a request");
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(
        async {
            let response = router.oneshot(request).await.expect("infallible");
            let status = response.status().as_u16();
            let bytes = response.into_body().collect().await.expect("a body").to_bytes();
            (status, String::from_utf8(bytes.to_vec()).expect("UTF-8"))
        },
    )
}

/// A product with a grant.
fn listed(desk: &Desk) -> String {
    let reader = Reader::open(&desk.path("r.db")).expect("the register");
    let at = server::store::At {
        as_of: server::store::china_day(chrono::Utc::now()),
        known: reader.log_size().expect("a size"),
    };
    let mut found = None;
    reader
        .records(Kind::Listing, at, &mut |listing| {
            let subject = &listing.body["subject"];
            if subject["kind"] == "product" && found.is_none() {
                found = subject["key"].as_str().map(str::to_owned);
            }
            Ok(())
        })
        .expect("listings");
    found.expect("a product with a grant")
}

#[test]
fn a_statement_verifies_offline_with_the_keys_alone_and_every_change_is_found_out() {
    let desk = Desk::new();
    let product = listed(&desk);
    let (_, plain) = get(&desk, &format!("/en/products/{product}/state"));
    assert!(plain.contains("Not signed"), "without a key the page says so: {plain}");
    let key = desk.run(&["key", "new", "--holder", "示例机关"]).done().value("key").to_owned();
    let size = desk.size();
    let path = format!("/products/{product}/state.json");
    let (status, file) = get(&desk, &path);
    assert_eq!(status, 200, "{file}");
    assert_eq!(desk.size(), size, "a GET writes nothing");
    let value: Value = serde_json::from_str(&file).expect("JSON");
    assert_eq!(value["signature"]["kid"], *key);
    // The fixed link has the same bytes, now and later.
    let fixed = value["link"].as_str().expect("a link").replace("/state?", "/state.json?");
    assert_eq!(get(&desk, &fixed).1, file);
    let (_, keys) = get(&desk, "/.well-known/jwks.json");
    std::fs::write(desk.path("state.json"), &file).expect("a file");
    std::fs::write(desk.path("jwks.json"), &keys).expect("a file");
    // From here on there is no register.
    let verify = |file: &str, keys: &str| {
        desk.run(&["verify", "--state", file, "--keys", keys, "--register", "nowhere.db"])
    };
    assert!(!desk.path("nowhere.db").exists());
    let without = desk.run(&["verify", "--state", "state.json"]);
    assert_eq!(without.code, Some(1));
    assert!(without.out.contains("not checked"), "{without:#?}");
    // --register is of no use here, and is passed over.
    let done = verify("state.json", "jwks.json").done();
    assert!(done.value("key").starts_with(&key), "{done:#?}");
    assert_eq!(done.value("about").split(' ').nth(1), Some(&*product));
    for (name, from, to) in [
        ("status", "\"status\":\"valid\"", "\"status\":\"expired\""),
        ("a day", "\"granted_on\":\"20", "\"granted_on\":\"19"),
        ("the day", "\"as_of\":\"2", "\"as_of\":\"1"),
        ("a proof", "\"path\":[\"", "\"path\":[\"A"),
        ("the checkpoint", "\\n\\n— ", "\\n\\n—  "),
        ("the signature", "\"value\":\"", "\"value\":\"A"),
    ] {
        let changed = file.replacen(from, to, 1);
        if changed == file {
            assert_eq!(name, "status", "{name} is not in the file");
            continue;
        }
        std::fs::write(desk.path("changed.json"), changed).expect("a file");
        let answer = verify("changed.json", "jwks.json");
        assert_eq!((answer.code, &*answer.out), (Some(1), ""), "{name}: {answer:#?}");
    }
    // Keys of another register say nothing of this one.
    let other = Desk::new();
    other.run(&["key", "new", "--holder", "别的机关"]).done();
    std::fs::write(desk.path("theirs.json"), get(&other, "/.well-known/jwks.json").1)
        .expect("a file");
    verify("state.json", "theirs.json").refused("not among the keys given");
    let page = get(&desk, &format!("/products/{product}/state")).1;
    assert!(page.contains(&key) && page.contains("<svg viewBox=\"0 0 "), "signed, with its QR");
    assert!(page.contains("verify --state"));
}

#[test]
fn a_revoked_key_signs_no_statement_and_vouches_for_none() {
    let desk = Desk::new();
    let product = listed(&desk);
    let key = desk.run(&["key", "new", "--holder", "示例机关"]).done().value("key").to_owned();
    let path = format!("/products/{product}/state.json");
    std::fs::write(desk.path("state.json"), get(&desk, &path).1).expect("a file");
    desk.run(&["key", "revoke", &key, "--reason", "可能泄露"]).done();
    let now: Value = serde_json::from_str(&get(&desk, &path).1).expect("JSON");
    assert_eq!(now["signature"], Value::Null, "a revoked key signs no more");
    std::fs::write(desk.path("jwks.json"), get(&desk, "/.well-known/jwks.json").1).expect("a file");
    let answer = desk.run(&["verify", "--state", "state.json", "--keys", "jwks.json"]);
    // Revoked on the very day it is dated, or later: worth nothing, or less.
    assert_eq!(answer.code, Some(1), "{answer:#?}");
    let log = Register::open(&desk.path("r.db")).expect("the register");
    assert!(log.log_size().expect("a size") > 0);
}

#[test]
fn an_enterprise_has_a_statement_and_a_day_before_it_has_none() {
    let desk = Desk::new();
    desk.run(&["key", "new", "--holder", "示例机关"]).done();
    let product = listed(&desk);
    let holder =
        desk.show("product", &product)["record"]["holder"].as_str().expect("a key").to_owned();
    let (status, file) = get(&desk, &format!("/enterprises/{holder}/state.json"));
    assert_eq!(status, 200);
    let value: Value = serde_json::from_str(&file).expect("JSON");
    assert_eq!(register::state::verify(&value, None).expect("holds").about.key, holder);
    assert!(value["listings"].as_array().is_some_and(|list| !list.is_empty()));
    assert_eq!(get(&desk, &format!("/enterprises/{holder}/state.json?as_of=1990-01-01")).0, 404);
    assert_eq!(get(&desk, "/products/p-none/state.json").0, 404);
    assert_eq!(get(&desk, &format!("/products/{product}/state?known=99999999")).0, 400);
}
