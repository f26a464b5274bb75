//! Pages of the publishing desk.

/// What every page of the desk knows of who looks at it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskFrame {
    /// Name of the account; empty: nobody is signed in.
    pub who: String,
    /// May see drafts.
    pub drafts: bool,
    /// May see cases.
    pub cases: bool,
    /// May see the audit trail.
    pub trail: bool,
    /// The token every form sends back.
    pub token: String,
    /// What went wrong with the form that was sent; empty: nothing.
    pub alert: String,
    /// Where passkeys can be used here: address of their script, and whether who is signed in has any; none:
    /// they are not offered.
    pub passkeys: Option<(String, bool)>,
    /// Seconds after which another page is asked for, and which: `2;url=/…`; none: it stands still.
    pub refresh: Option<String>,
}

/// A passkey of the account of who looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PasskeyView {
    /// Credential ID, base64url.
    pub id: String,
    /// What its owner calls it.
    pub label: String,
    /// When it was added, Beijing time.
    pub made: String,
    /// When it was last used; empty: never.
    pub used: String,
}

/// A line of the audit trail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrailLine {
    /// Index.
    pub seq: u64,
    /// Beijing time, to the second.
    pub at: String,
    /// Name; empty: the command line; `?`: no account.
    pub who: String,
    /// Code of the act.
    pub what: String,
    /// What it was about.
    pub about: String,
    /// Address; `command`.
    pub whence: String,
    /// Code of the outcome, or its words.
    pub outcome: String,
}

/// What a page of the desk shows.
#[derive(Clone, Debug, PartialEq)]
pub enum DeskPage {
    /// The form to sign in.
    SignIn,
    /// The form to enrol; fewest characters of a password.
    Enrol(usize),
    /// The QR symbol (path data of modules, side in modules) and the secret as text.
    Totp {
        /// Path data of the dark modules, one unit each.
        path: String,
        /// Modules a side.
        side: usize,
        /// The secret in base 32.
        secret: String,
    },
    /// Recovery codes, this once.
    Recovery(Vec<String>),
    /// The account of who looks.
    Account {
        /// Codes of roles.
        roles: Vec<String>,
        /// Recovery codes left.
        recovery: u64,
        /// When the session began, Beijing time.
        since: String,
        /// Idle minutes and hours in all after which it ends.
        ends: [i64; 2],
        /// Passkeys; none: they are not offered here.
        passkeys: Option<Vec<PasskeyView>>,
    },
    /// The audit trail; `older` is the index before which the next page begins.
    Trail {
        /// Lines, newest first.
        lines: Vec<TrailLine>,
        /// Where older ones begin; none: there are none.
        older: Option<u64>,
    },
    /// What is none of the others: a heading and a sentence.
    Plain {
        /// Heading.
        title: String,
        /// Sentence.
        text: String,
    },
    /// Reports of errors and requests for corrections.
    Cases(Vec<super::DeskCase>),
    /// One of them.
    Case(Box<super::DeskCaseView>),
    /// Drafts and what belongs to them.
    Drafts(super::DraftsPage),
}
