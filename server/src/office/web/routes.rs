//! The desk's site map: every way in, and who may take it.

use crate::office::Role;

/// Who may take a way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Anybody.
    Anybody,
    /// Somebody who has set a password and not yet proven one-time codes.
    Enrolling,
    /// Somebody signed in, whatever the roles.
    SignedIn,
    /// Somebody signed in with one of these roles.
    OneOf(&'static [Role]),
}

/// What is done there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the ways")]
pub enum Act {
    Home,
    SignInForm,
    SignIn,
    SignOut,
    SignOutEverywhere,
    EnrolForm,
    Enrol,
    EnrolCodeForm,
    EnrolCode,
    Account,
    PasskeyAsk,
    PasskeySignIn,
    PasskeyAdd,
    PasskeyRemove,
    Trail,
    NewForm,
    New,
    Blank,
    CodesForm,
    Codes,
    CorrectForm,
    Correct,
    Draft,
    Rejected,
    Submit,
    TakeBack,
    Discard,
    Return,
    Approve,
    Cases,
    Case,
    CaseExamine,
    CaseContest,
    CaseSettle,
    CaseAnswer,
    CaseReturn,
    CaseClose,
}

/// A way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// By `POST`; else by `GET` and `HEAD`.
    pub post: bool,
    /// Path; `{}` stands for one part.
    pub pattern: &'static str,
    /// Who may.
    pub need: Need,
    /// What.
    pub act: Act,
}

const fn get(pattern: &'static str, need: Need, act: Act) -> Route {
    Route { post: false, pattern, need, act }
}

const fn post(pattern: &'static str, need: Need, act: Act) -> Route {
    Route { post: true, pattern, need, act }
}

const DRAFTER: Need = Need::OneOf(&[Role::Drafter]);
/// Which of the two it takes hangs on the draft, and so does that it is another's.
const DECIDER: Need = Need::OneOf(&[Role::Approver, Role::KeyHolder]);

const READER: Need = Need::OneOf(&[Role::Drafter, Role::Approver, Role::Auditor]);
const APPROVER: Need = Need::OneOf(&[Role::Approver]);

/// All ways in.
pub const ROUTES: &[Route] = &[
    get("/", Need::SignedIn, Act::Home),
    get("/sign-in", Need::Anybody, Act::SignInForm),
    post("/sign-in", Need::Anybody, Act::SignIn),
    post("/sign-out", Need::SignedIn, Act::SignOut),
    post("/sign-out/everywhere", Need::SignedIn, Act::SignOutEverywhere),
    get("/enrol", Need::Anybody, Act::EnrolForm),
    post("/enrol", Need::Anybody, Act::Enrol),
    get("/enrol/code", Need::Enrolling, Act::EnrolCodeForm),
    post("/enrol/code", Need::Enrolling, Act::EnrolCode),
    get("/account", Need::SignedIn, Act::Account),
    post("/passkeys/ask", Need::Anybody, Act::PasskeyAsk),
    post("/sign-in/passkey", Need::Anybody, Act::PasskeySignIn),
    post("/account/passkeys", Need::SignedIn, Act::PasskeyAdd),
    post("/account/passkeys/remove", Need::SignedIn, Act::PasskeyRemove),
    get("/trail", Need::OneOf(&[Role::Auditor]), Act::Trail),
    get("/new", DRAFTER, Act::NewForm),
    post("/new", DRAFTER, Act::New),
    get("/blank/{}", DRAFTER, Act::Blank),
    get("/codes", DRAFTER, Act::CodesForm),
    post("/codes", DRAFTER, Act::Codes),
    get("/correct", DRAFTER, Act::CorrectForm),
    post("/correct", DRAFTER, Act::Correct),
    get("/drafts/{}", Need::SignedIn, Act::Draft),
    get("/drafts/{}/rejected.csv", Need::SignedIn, Act::Rejected),
    post("/drafts/{}/submit", DRAFTER, Act::Submit),
    post("/drafts/{}/take-back", DRAFTER, Act::TakeBack),
    post("/drafts/{}/discard", DRAFTER, Act::Discard),
    post("/drafts/{}/return", DECIDER, Act::Return),
    post("/drafts/{}/approve", DECIDER, Act::Approve),
    get("/cases", READER, Act::Cases),
    get("/cases/{}", READER, Act::Case),
    post("/cases/{}/examine", DRAFTER, Act::CaseExamine),
    post("/cases/{}/contest", DRAFTER, Act::CaseContest),
    post("/cases/{}/settle", DRAFTER, Act::CaseSettle),
    post("/cases/{}/answer", DRAFTER, Act::CaseAnswer),
    post("/cases/{}/return", APPROVER, Act::CaseReturn),
    post("/cases/{}/close", APPROVER, Act::CaseClose),
];

/// The way in at a path; else the methods there are, if there are any.
///
/// # Errors
/// What `Allow` says; none: there is nothing at this path.
pub fn find(path: &str, is_post: bool) -> Result<&'static Route, Option<&'static str>> {
    let here = |route: &&Route| fits(route.pattern, path);
    if let Some(route) = ROUTES.iter().filter(here).find(|route| route.post == is_post) {
        return Ok(route);
    }
    match ROUTES.iter().find(here) {
        Some(route) if route.post => Err(Some("POST")),
        Some(_) => Err(Some("GET, HEAD")),
        None => Err(None),
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut found) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => return true,
            (Some("{}"), Some(part)) if !part.is_empty() => {}
            (Some(a), Some(b)) if a == b => {}
            _ => return false,
        }
    }
}
