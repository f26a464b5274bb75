//! Signing in and out, enrolment, sessions, failures, forged forms.

use server::office::Role;

use super::support::{HOST, PASSWORD, World};

#[tokio::test]
async fn a_person_enrols_signs_in_and_out() {
    let world = World::new();
    let mut browser = world.person("王芳", &[Role::Drafter]).await;
    assert_eq!(browser.get("/account").await.status, 200);
    assert_eq!(browser.send("/sign-out", &[]).await.header("location"), "/sign-in");
    assert_eq!(browser.get("/account").await.header("location"), "/sign-in");
    let code = world.code("王芳");
    let done = browser.sign_in("王芳", PASSWORD, &code).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/"), "{}", done.text);
    let cookie = done.header("set-cookie");
    for word in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(word), "{cookie}");
    }
    assert!(browser.get("/en/account").await.text.contains("drafter"));
}

#[tokio::test]
async fn a_code_is_good_once_and_a_recovery_code_too() {
    let world = World::new();
    let invite = world.office().add("王芳", &[Role::Drafter]).expect("added");
    let mut browser = world.browser();
    let fields =
        [("name", "王芳"), ("invite", &invite), ("password", PASSWORD), ("again", PASSWORD)];
    assert_eq!(browser.send("/enrol", &fields).await.status, 303);
    let page = browser.get("/enrol/code").await.text;
    assert!(page.contains("viewBox") && page.contains("role=\"img\""), "there is a symbol to scan");
    let secret = world.office().file();
    let hash = register::id::key::sha256_hex(
        browser.cookie.as_deref().and_then(|c| c.split_once('=')).expect("a cookie").1.as_bytes(),
    );
    let secret = secret.session(&hash).expect("read").expect("there").secret.expect("offered");
    let now = world.office().now();
    let code = server::office::totp::code(&secret, server::office::totp::step(now));
    let wrong = if code == "000000" { "000001" } else { "000000" };
    assert_eq!(browser.send("/enrol/code", &[("code", wrong)]).await.status, 422);
    let done = browser.send("/enrol/code", &[("code", &code)]).await;
    let recovery: Vec<&str> = done
        .text
        .split("<code class=\"code\">")
        .skip(1)
        .filter_map(|rest| rest.split('<').next())
        .collect();
    assert_eq!(recovery.len(), 8);
    let mut other = world.browser();
    assert_eq!(other.sign_in("王芳", PASSWORD, &code).await.status, 422, "used at enrolment");
    assert_eq!(other.sign_in("王芳", PASSWORD, &recovery[0].to_lowercase()).await.status, 303);
    let mut third = world.browser();
    assert_eq!(third.sign_in("王芳", PASSWORD, recovery[0]).await.status, 422, "used");
    world.wait(30);
    let code = world.code("王芳");
    assert_eq!(third.sign_in("王芳", PASSWORD, &code).await.status, 303);
    assert_eq!(world.browser().sign_in("王芳", PASSWORD, &code).await.status, 422, "used");
    // The invitation is used up as well.
    let again = world.browser().send("/enrol", &fields).await;
    assert_eq!(again.status, 422);
}

#[tokio::test]
async fn the_session_id_changes_at_sign_in() {
    let world = World::new();
    let mut first = world.person("王芳", &[Role::Drafter]).await;
    first.send("/sign-out", &[]).await;
    // A stranger sets a cookie of theirs in the reader's browser.
    let mut browser = world.browser();
    browser.get("/sign-in").await;
    let planted = browser.cookie.clone().expect("a cookie for the form");
    let code = world.code("王芳");
    assert_eq!(browser.sign_in("王芳", PASSWORD, &code).await.status, 303);
    assert_ne!(browser.cookie.as_ref(), Some(&planted));
    let mut stranger = world.browser();
    stranger.cookie = Some(planted);
    assert_eq!(stranger.get("/account").await.status, 303, "the planted id is not signed in");
    let _ = first;
}

#[tokio::test]
async fn sessions_end_when_idle_when_old_and_everywhere_at_once() {
    let world = World::new();
    let mut browser = world.person("王芳", &[Role::Drafter]).await;
    world.wait(29 * 60);
    assert_eq!(browser.get("/account").await.status, 200);
    world.wait(30 * 60);
    assert_eq!(browser.get("/account").await.status, 303, "idle for half an hour");
    let code = world.code("王芳");
    let mut browser = world.browser();
    browser.sign_in("王芳", PASSWORD, &code).await;
    for _ in 0..25 {
        world.wait(28 * 60);
        assert_eq!(browser.get("/account").await.status, 200);
    }
    world.wait(20 * 60);
    assert_eq!(browser.get("/account").await.status, 303, "twelve hours old");
    let mut all = Vec::new();
    for _ in 0..2 {
        world.wait(30);
        let code = world.code("王芳");
        let mut browser = world.browser();
        assert_eq!(browser.sign_in("王芳", PASSWORD, &code).await.status, 303);
        all.push(browser);
    }
    all[0].send("/sign-out/everywhere", &[]).await;
    assert_eq!(all[1].get("/account").await.status, 303);
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once_and_a_reset_one_enrols_anew() {
    let world = World::new();
    let mut browser = world.person("王芳", &[Role::Drafter]).await;
    world.office().disable("王芳").expect("disabled");
    assert_eq!(browser.get("/account").await.status, 303);
    let code = world.code("王芳");
    assert_eq!(world.browser().sign_in("王芳", PASSWORD, &code).await.status, 422);
    let invite = world.office().reset("王芳").expect("reset");
    world.wait(4 * 86_400);
    let fields = [
        ("name", "王芳"),
        ("invite", invite.as_str()),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    assert_eq!(world.browser().send("/enrol", &fields).await.status, 422, "the code is too old");
    let invite = world.office().reset("王芳").expect("reset");
    let fields = [
        ("name", "王芳"),
        ("invite", invite.as_str()),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    assert_eq!(world.browser().send("/enrol", &fields).await.status, 303);
}

#[tokio::test]
async fn failures_make_wait_and_tell_nothing_of_who_there_is() {
    let world = World::new();
    world.person("王芳", &[Role::Drafter]).await;
    let mut answers = Vec::new();
    for name in ["王芳", "nobody"] {
        let mut seen = Vec::new();
        for _ in 0..7 {
            let got = world.browser().sign_in(name, "wrong wrong wrong", "000000").await;
            let alert = got.text.split("role=\"alert\"").nth(1).expect("an alert");
            let alert = alert.split("</p>").next().expect("its end").to_owned();
            seen.push((got.status, alert));
        }
        answers.push(seen);
    }
    assert_eq!(answers[0], answers[1], "the same for a name there is and one there is not");
    assert_ne!(answers[0][0], answers[0][5], "the sixth is told to wait");
    // The right answer is not taken either while one has to wait, and is afterwards.
    let code = world.code("王芳");
    assert_eq!(world.browser().sign_in("王芳", PASSWORD, &code).await.status, 422);
    world.wait(15);
    let code = world.code("王芳");
    let done = world.browser().sign_in("王芳", PASSWORD, &code).await;
    assert_eq!(done.status, 303, "{}", done.text);
}

#[tokio::test]
async fn every_failure_more_waits_twice_as_long() {
    let world = World::new();
    for _ in 0..5 {
        world.browser().sign_in("x", "wrong wrong wrong", "1").await;
    }
    let waits = |text: &str| -> u32 {
        let rest = text.split("请过 ").nth(1).expect("a wait");
        rest.split(' ').next().expect("its number").parse().expect("a number")
    };
    for expected in [15, 30, 60] {
        let told = world.browser().sign_in("x", "wrong wrong wrong", "1").await;
        assert_eq!(waits(&told.text), expected);
        world.wait(expected.into());
        let tried = world.browser().sign_in("x", "wrong wrong wrong", "1").await;
        assert!(!tried.text.contains("请过"), "{expected} seconds later it is looked at");
    }
}

#[tokio::test]
async fn a_form_that_is_not_from_here_does_nothing() {
    let world = World::new();
    let mut browser = world.person("王芳", &[Role::Drafter]).await;
    let token = browser.token().await;
    let own = format!("http://{HOST}");
    let good = [("csrf", token.as_str())];
    let path = "/sign-out/everywhere";
    let refused = [
        (&good[..], vec![("origin", "http://evil.example")]),
        (&good[..], vec![("origin", own.as_str()), ("sec-fetch-site", "cross-site")]),
        (&good[..], vec![("origin", own.as_str()), ("sec-fetch-site", "same-site")]),
        (&good[..], vec![("origin", "null"), ("sec-fetch-site", "same-origin")]),
        (&good[..], vec![]),
        (&[][..], vec![("origin", own.as_str())]),
        (&[("csrf", "0")][..], vec![("origin", own.as_str())]),
    ];
    for (fields, headers) in refused {
        let got = browser.send_as(path, fields, &headers).await;
        assert_eq!(got.status, 403, "{fields:?} {headers:?}");
    }
    assert_eq!(browser.get("/account").await.status, 200, "still signed in");
    let trail = world.office().file().trail(u64::MAX, 7).expect("read");
    assert!(trail.iter().all(|line| line.what == "refused-request"), "{trail:?}");
    // Another session's token is none of this one's.
    let mut other = world.browser();
    let foreign = other.token().await;
    let got = browser.send_as(path, &[("csrf", &foreign)], &[("origin", &own)]).await;
    assert_eq!(got.status, 403);
    assert_eq!(browser.send_as(path, &good, &[("origin", &own)]).await.status, 303);
}

#[tokio::test]
async fn weak_and_differing_passwords_are_refused_with_the_reason() {
    let world = World::new();
    let invite = world.office().add("wang.fang", &[Role::Drafter]).expect("added");
    for (chosen, again, word) in [
        ("short", "short", "太短"),
        ("passwordpassword", "passwordpassword", "太容易"),
        (PASSWORD, "corect hors batery stap", "不一样"),
    ] {
        let fields = [
            ("name", "wang.fang"),
            ("invite", invite.as_str()),
            ("password", chosen),
            ("again", again),
        ];
        let got = world.browser().send("/enrol", &fields).await;
        assert_eq!(got.status, 422);
        assert!(got.text.contains(word), "{chosen}: {}", got.text);
    }
}

#[tokio::test]
async fn the_trail_says_what_happened_and_cannot_be_changed() {
    let world = World::new();
    let mut auditor = world.person("审计员", &[Role::Auditor]).await;
    world.browser().sign_in("审计员", "a password typed", "1").await;
    world.browser().sign_in("a password typed as name", "x", "1").await;
    let page = auditor.get("/en/trail").await;
    assert_eq!(page.status, 200);
    for word in ["account added", "enrolment", "refused", "(no such account)", "command line"] {
        assert!(page.text.contains(word), "{word}");
    }
    assert!(!page.text.contains("typed as name"), "what is no account's name may be a password");
    assert!(page.headers.get("content-security-policy").is_some());
    assert_eq!(page.header("cache-control"), "no-store");
}

#[test]
fn the_file_is_its_owners_alone_and_holds_no_password_or_session() {
    let world = World::new();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let cookie = runtime.block_on(async {
        let browser = world.person("王芳", &[Role::Drafter]).await;
        browser.cookie.expect("signed in")
    });
    let path = world.office().file().path().to_owned();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let mut all = Vec::new();
    for ending in ["", "-wal"] {
        all.extend(std::fs::read(format!("{}{ending}", path.display())).unwrap_or_default());
    }
    let holds = |text: &str| all.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(holds("argon2id"), "the test looks at the right file");
    assert!(!holds(PASSWORD));
    assert!(!holds(cookie.split_once('=').expect("a pair").1));
}
