//! A register on a disk that lost a bit.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use server::store::{FixedClock, Register};
use server::web::assets::Assets;
use server::web::index::Indexes;
use server::web::{Portal, Service, Settings, service};
use tower::ServiceExt;

use crate::fixture::{clock, drafts};
use crate::verify::{code, records};

fn register(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("register.db");
    let mut all = drafts().into_iter().chain(records());
    Register::create_with(&path, &"a".repeat(32), Arc::new(FixedClock(clock())), &mut all)
        .expect("a register");
    path
}

fn portal(path: &Path) -> (Arc<Indexes>, Service) {
    let indexes = Indexes::open(path, Box::new(clock)).expect("indexes");
    let portal = Portal::new(indexes, Assets::default(), Settings::default());
    (Arc::clone(portal.indexes()), service(Arc::new(portal)))
}

async fn get(router: &Service, path: &str) -> (u16, String) {
    let request = Request::get(path).body(Body::empty()).expect("a request");
    let response = router.clone().oneshot(request).await.expect("infallible");
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.expect("a body").to_bytes();
    (status, String::from_utf8(bytes.to_vec()).expect("UTF-8"))
}

/// Turns one bit in the text of the product behind the first code: still an entry, of another model.
fn turn_a_bit(path: &Path) {
    let mut bytes = std::fs::read(path).expect("the register");
    let text = br#""model":"SL-10""#;
    let places: Vec<usize> =
        (0..bytes.len() - text.len()).filter(|i| bytes[*i..].starts_with(text)).collect();
    assert_eq!(places.len(), 1, "the product is in the file once");
    bytes[places[0] + text.len() - 2] ^= 1;
    std::fs::write(path, bytes).expect("the register");
}

#[tokio::test]
async fn nothing_is_published_of_a_register_that_lost_a_bit() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = register(folder.path());
    turn_a_bit(&path);
    let (indexes, router) = portal(&path);
    let of_code = format!("/q/{}", code(1).as_str());
    // Before anybody looked through the file, the answer about the one code is not green already.
    let (status, told) = get(&router, &format!("{of_code}.json")).await;
    assert_eq!(status, 503, "{told}");
    assert!(told.contains(r#""outcome":"cannot_tell""#), "{told}");
    // What does not rest on the damaged entry is answered.
    assert_eq!(get(&router, &format!("/q/{}.json", code(6).as_str())).await.0, 200);
    assert_eq!(get(&router, "/products").await.0, 200);

    assert!(!indexes.look_for_damage(Duration::ZERO).expect("a look"));
    let damage = indexes.damage().expect("damage").to_owned();
    assert!(
        damage.starts_with("entry ") && damage.ends_with("is not what was written"),
        "{damage}"
    );
    let words = [("", "已经损坏"), ("/zh-Hant", "已經損壞"), ("/en", "were damaged")];
    for (prefix, word) in words {
        for page in ["/products", "/", "/standards", "/log", "/data", "/changes"] {
            let (status, text) = get(&router, &format!("{prefix}{page}")).await;
            assert_eq!(status, 503, "{prefix}{page}");
            assert!(text.contains(word), "{prefix}{page}: {text}");
        }
    }
    for file in ["/products.json", "/log/checkpoint", "/sitemap.xml", "/data/entries.jsonl.zst"] {
        assert_eq!(get(&router, file).await.0, 503, "{file}");
    }
    let (status, told) = get(&router, &format!("/q/{}", code(6).as_str())).await;
    assert_eq!(status, 503, "{told}");
    assert_eq!(get(&router, "/healthz").await.0, 200);
    let (status, told) = get(&router, "/readyz").await;
    assert_eq!(status, 503);
    assert!(told.contains(&damage), "{told}");
}

#[tokio::test]
async fn a_sound_register_is_found_sound_and_looking_at_the_entries_of_an_answer_costs_little() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = register(folder.path());
    let (indexes, router) = portal(&path);
    assert!(indexes.look_for_damage(Duration::ZERO).expect("a look"));
    assert_eq!(indexes.damage(), None);
    assert_eq!(get(&router, "/products").await.0, 200);
    let (rounds, started) = (2_000, std::time::Instant::now());
    indexes
        .read(|reader| {
            let size = reader.log_size()?;
            for i in 0..rounds {
                assert!(reader.is_sound(i * 7 % size)?);
            }
            Ok(())
        })
        .expect("a reader");
    eprintln!("{:?} an entry", started.elapsed() / rounds as u32);
}
