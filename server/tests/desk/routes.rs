//! Who may take which way in. A way that is not in this table fails the test, so that none is opened by
//! being forgotten.

use server::office::Role;
use server::office::web::routes::{Need, ROUTES};

use super::support::{HOST, World};

/// Way, and the roles that may take it; `None`: also without signing in.
const TABLE: &[(bool, &str, Option<&[Role]>)] = &[
    (false, "/", Some(&Role::ALL)),
    (false, "/sign-in", None),
    (true, "/sign-in", None),
    (true, "/sign-out", Some(&Role::ALL)),
    (true, "/sign-out/everywhere", Some(&Role::ALL)),
    (false, "/enrol", None),
    (true, "/enrol", None),
    (false, "/enrol/code", Some(&[])),
    (true, "/enrol/code", Some(&[])),
    (false, "/account", Some(&Role::ALL)),
    (true, "/passkeys/ask", None),
    (true, "/sign-in/passkey", None),
    (true, "/account/passkeys", Some(&Role::ALL)),
    (true, "/account/passkeys/remove", Some(&Role::ALL)),
    (false, "/trail", Some(&[Role::Auditor])),
    (false, "/new", Some(&[Role::Drafter])),
    (true, "/new", Some(&[Role::Drafter])),
    (false, "/blank/{}", Some(&[Role::Drafter])),
    (false, "/codes", Some(&[Role::Drafter])),
    (true, "/codes", Some(&[Role::Drafter])),
    (false, "/correct", Some(&[Role::Drafter])),
    (true, "/correct", Some(&[Role::Drafter])),
    (false, "/drafts/{}", Some(&Role::ALL)),
    (false, "/drafts/{}/rejected.csv", Some(&Role::ALL)),
    (true, "/drafts/{}/submit", Some(&[Role::Drafter])),
    (true, "/drafts/{}/take-back", Some(&[Role::Drafter])),
    (true, "/drafts/{}/discard", Some(&[Role::Drafter])),
    (true, "/drafts/{}/return", Some(&[Role::Approver, Role::KeyHolder])),
    (true, "/drafts/{}/approve", Some(&[Role::Approver, Role::KeyHolder])),
    (false, "/cases", Some(&[Role::Drafter, Role::Approver, Role::Auditor])),
    (false, "/cases/{}", Some(&[Role::Drafter, Role::Approver, Role::Auditor])),
    (true, "/cases/{}/examine", Some(&[Role::Drafter])),
    (true, "/cases/{}/contest", Some(&[Role::Drafter])),
    (true, "/cases/{}/settle", Some(&[Role::Drafter])),
    (true, "/cases/{}/answer", Some(&[Role::Drafter])),
    (true, "/cases/{}/return", Some(&[Role::Approver])),
    (true, "/cases/{}/close", Some(&[Role::Approver])),
];

#[test]
fn the_table_holds_every_way_and_no_other() {
    let mut open: Vec<(bool, &str)> = ROUTES.iter().map(|r| (r.post, r.pattern)).collect();
    let mut known: Vec<(bool, &str)> = TABLE.iter().map(|(post, path, _)| (*post, *path)).collect();
    open.sort_unstable();
    known.sort_unstable();
    assert_eq!(open, known);
    for route in ROUTES {
        let row = TABLE.iter().find(|(p, path, _)| (*p, *path) == (route.post, route.pattern));
        let roles = row.expect("in the table").2;
        let fits = match route.need {
            Need::Anybody => roles.is_none(),
            Need::Enrolling => roles == Some(&[]),
            Need::SignedIn => roles == Some(&Role::ALL),
            Need::OneOf(needed) => roles == Some(needed),
        };
        assert!(fits, "{route:?} against {roles:?}");
    }
}

#[tokio::test]
async fn every_way_asks_for_its_role() {
    let world = World::new();
    for (post, pattern, roles) in TABLE {
        let path = pattern.replace("{}", "00000000000000000000000000000000");
        let ask = async |browser: &mut super::support::Browser<'_>| {
            if *post {
                let token = browser.token().await;
                let own = format!("http://{HOST}");
                browser.send_as(&path, &[("csrf", &token)], &[("origin", &own)]).await
            } else {
                browser.get(&path).await
            }
        };
        let stranger = ask(&mut world.browser()).await;
        let sent_away = stranger.status == 303 && stranger.header("location") == "/sign-in";
        assert_eq!(sent_away, roles.is_some(), "{path}: {} to a stranger", stranger.status);
    }
    for role in Role::ALL {
        let mut browser = world.person(role.code(), &[role]).await;
        for (post, pattern, roles) in TABLE {
            let Some(roles) = roles.filter(|roles| roles.len() < 4 && !roles.is_empty()) else {
                continue;
            };
            let path = pattern.replace("{}", "00000000000000000000000000000000");
            let got = match (*post, path.as_str()) {
                (true, "/new") => browser.send_file("recalls", "x.csv", b"").await,
                (true, _) => browser.send(&path, &[]).await,
                (false, _) => browser.get(&path).await,
            };
            assert_eq!(
                got.status == 403,
                !roles.contains(&role),
                "{path} to {role:?}: {}",
                got.status
            );
        }
    }
}

#[tokio::test]
async fn other_methods_and_paths_are_answered_plainly() {
    let world = World::new();
    let mut browser = world.browser();
    let got = browser.send("/account", &[]).await;
    assert_eq!((got.status.as_u16(), got.header("allow")), (405, "GET, HEAD"));
    assert_eq!(browser.get("/sign-out").await.status, 405);
    for path in ["/nothing", "/products", "//evil.example", "/en/nothing"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
}
