//! A machine whose clock is not right.

use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use http_body_util::BodyExt;
use server::store::{FixedClock, Register};
use server::web::assets::Assets;
use server::web::index::Indexes;
use server::web::{Portal, Settings, service};
use tower::ServiceExt;

use crate::fixture::drafts;
use crate::verify::{code, records};

/// Its log goes on from entries of other, later days: the clock was set back, or the file came from a machine
/// whose clock is ahead. What is on record is judged all the same, as of the log's own day.
#[tokio::test]
async fn a_portal_whose_clock_is_behind_its_log_judges_by_the_time_of_the_log() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("register.db");
    let later = Utc::now() + TimeDelta::days(3);
    let mut all = drafts().into_iter().chain(records());
    Register::create_with(&path, &"a".repeat(32), Arc::new(FixedClock(later)), &mut all)
        .expect("a register");
    let indexes = Indexes::open(&path, Box::new(Utc::now)).expect("indexes");
    assert!(!indexes.is_stale());
    let day = server::store::china_day(later).to_string();
    let router = service(Arc::new(Portal::new(indexes, Assets::default(), Settings::default())));
    for (n, outcome) in [(1, "valid"), (2, "withdrawn"), (6, "recalled")] {
        let request = axum::http::Request::get(format!("/q/{}.json", code(n).as_str()))
            .body(axum::body::Body::empty())
            .expect("a request");
        let response = router.clone().oneshot(request).await.expect("infallible");
        assert_eq!(response.status(), 200);
        let bytes = response.into_body().collect().await.expect("a body").to_bytes();
        let verdict: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        assert_eq!(verdict["as_of"], *day, "{verdict}");
        // Grants of the fixture run out one day; that too would be a judgement.
        let found = verdict["outcome"].as_str().expect("an outcome");
        let over = later.date_naive().to_string().as_str() > "2028-06-29" && found == "expired";
        assert!(found == outcome || over, "{verdict}");
    }
}
