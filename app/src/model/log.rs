//! The page about the log in public.

/// How the log stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogPage {
    /// Entries.
    pub size: u64,
    /// Root over all of them (RFC 6962), base64.
    pub root: String,
    /// First line of its checkpoints.
    pub name: String,
    /// What this node signed; none where it holds no log key.
    pub signed: Option<SignedLog>,
    /// Others who signed it.
    pub witnesses: Vec<LogWitness>,
}

/// What a witness signed last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogWitness {
    /// Its name.
    pub name: String,
    /// The key its signatures are verified with, `name+id+key`.
    pub key: String,
    /// Entries of the log it signed.
    pub size: u64,
    /// When, Beijing time.
    pub signed_on: String,
    /// Days since then.
    pub days: i64,
    /// When, in seconds since 1970.
    pub time: u64,
}

/// A log with its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedLog {
    /// The checkpoint: a signed note.
    pub checkpoint: String,
    /// The key it is verified with, `name+id+key`.
    pub key: String,
    /// The key of a second line by SM2, where there is one.
    pub second: Option<String>,
}
