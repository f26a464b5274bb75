//! The publishing desk: accounts, who may do what, and an audit trail, in a file of their own beside the
//! register ([`OfficeFile`]). [`web`] is its pages, at a listener that is never the public one.

mod passkey;
pub mod password;
pub mod publishing;
mod sign;
pub mod totp;
pub mod web;

use std::path::Path;
use std::sync::Arc;

use register::id::key::sha256_hex;
use zeroize::Zeroizing;

use crate::store::{Account, Clock, OfficeFile, Result, StoreError, Trace};

pub use passkey::{Adding, Party, Purpose};
pub use sign::{Enrolled, SignIn, Who};

/// Days a code to enrol with is good.
pub const INVITE_DAYS: i64 = 3;
/// How long a session may lie unused, seconds.
pub const IDLE_SECONDS: i64 = 30 * 60;
/// How long a session may last, seconds.
pub const SESSION_SECONDS: i64 = 12 * 60 * 60;
/// How long an enrolment may take once its password is set, seconds.
pub const ENROLLING_SECONDS: i64 = 15 * 60;

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
pub enum Role {
    /// Makes drafts and submits them.
    Drafter,
    /// Approves other people's lists and corrections, or sends them back.
    Approver,
    /// Approves other people's drafts about codes.
    KeyHolder,
    /// Reads the audit trail.
    Auditor,
}

impl Role {
    /// All.
    pub const ALL: [Role; 4] = [Role::Drafter, Role::Approver, Role::KeyHolder, Role::Auditor];

    /// Code in the file and on the command line.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Role::Drafter => "drafter",
            Role::Approver => "approver",
            Role::KeyHolder => "key-holder",
            Role::Auditor => "auditor",
        }
    }

    /// Roles from their codes with spaces between; words that are none are left out.
    #[must_use]
    pub fn read(codes: &str) -> Vec<Role> {
        Role::ALL.into_iter().filter(|role| codes.split(' ').any(|c| c == role.code())).collect()
    }
}

/// Why an account was not made or changed, for the command line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AccountError {
    /// The name will not do.
    #[error("{0:?} is no name: 1 to 40 letters, digits, spaces, - or .; not at the ends a space")]
    Name(String),
    /// There is one already.
    #[error("there is an account {0} already; give it other roles with `desk user roles`")]
    Exists(String),
    /// There is none.
    #[error("there is no account {0}; `desk user list` shows them")]
    None(String),
    /// The file refused, or there is no randomness.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The desk's accounts and its trail.
#[derive(Debug)]
pub struct Office {
    file: OfficeFile,
    clock: Arc<dyn Clock>,
    ceremonies: passkey::Ceremonies,
}

impl Office {
    /// Opens the desk of a register; made if there is none.
    ///
    /// # Errors
    /// As [`OfficeFile::open`].
    pub fn open(register: &Path, clock: Arc<dyn Clock>) -> Result<Office> {
        let file = OfficeFile::open(&OfficeFile::of(register))?;
        Ok(Office { file, clock, ceremonies: passkey::Ceremonies::default() })
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> &OfficeFile {
        &self.file
    }

    /// Seconds of Unix time.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.clock.now().timestamp()
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// Writes a line of the trail.
    ///
    /// # Errors
    /// The file's.
    pub fn trace(&self, who: &str, what: &str, about: &str, whence: &str, out: &str) -> Result<()> {
        self.file.trace(&Trace {
            seq: 0,
            at: self.now(),
            who: who.to_owned(),
            what: what.to_owned(),
            about: about.to_owned(),
            whence: whence.to_owned(),
            outcome: out.to_owned(),
        })
    }

    /// Makes an account; gives the code its person enrols with.
    ///
    /// # Errors
    /// [`AccountError`].
    pub fn add(&self, name: &str, roles: &[Role]) -> std::result::Result<String, AccountError> {
        let name = account_name(name).ok_or_else(|| AccountError::Name(name.to_owned()))?;
        if self.file.account(&name)?.is_some() {
            return Err(AccountError::Exists(name));
        }
        let mut account = Account {
            name,
            roles: roles_text(roles),
            password: None,
            totp: None,
            totp_step: 0,
            invite: None,
            invite_until: 0,
            disabled: false,
            made_at: self.now(),
        };
        let code = self.invite(&mut account)?;
        self.file.put_account(&account)?;
        self.trace("", "account-added", &account.name, COMMAND, &account.roles)?;
        Ok(code)
    }

    /// Gives an account other roles; its sessions end.
    ///
    /// # Errors
    /// [`AccountError`].
    pub fn set_roles(&self, name: &str, roles: &[Role]) -> std::result::Result<(), AccountError> {
        let mut account = self.known(name)?;
        account.roles = roles_text(roles);
        self.file.put_account(&account)?;
        self.file.end_sessions(&account.name)?;
        self.trace("", "account-roles", &account.name, COMMAND, &account.roles)?;
        Ok(())
    }

    /// Ends an account's sessions and lets nobody sign in with it.
    ///
    /// # Errors
    /// [`AccountError`].
    pub fn disable(&self, name: &str) -> std::result::Result<(), AccountError> {
        let mut account = self.known(name)?;
        account.disabled = true;
        account.invite = None;
        self.file.put_account(&account)?;
        self.file.end_sessions(&account.name)?;
        self.trace("", "account-disabled", &account.name, COMMAND, "ok")?;
        Ok(())
    }

    /// Takes an account's password, one-time codes and sessions away; gives the code to enrol with anew.
    ///
    /// # Errors
    /// [`AccountError`].
    pub fn reset(&self, name: &str) -> std::result::Result<String, AccountError> {
        let mut account = self.known(name)?;
        account.disabled = false;
        account.password = None;
        account.totp = None;
        let code = self.invite(&mut account)?;
        self.file.put_account(&account)?;
        self.file.set_recovery(&account.name, &[])?;
        self.file.remove_passkeys(&account.name)?;
        self.file.end_sessions(&account.name)?;
        self.file.forgive(&sign::subject(&account.name))?;
        self.trace("", "account-reset", &account.name, COMMAND, "ok")?;
        Ok(code)
    }

    fn known(&self, name: &str) -> std::result::Result<Account, AccountError> {
        let wanted = account_name(name).ok_or_else(|| AccountError::Name(name.to_owned()))?;
        self.file.account(&wanted)?.ok_or(AccountError::None(wanted))
    }

    fn invite(&self, account: &mut Account) -> Result<String> {
        let code = letters::<10>()?;
        account.invite = Some(sha256_hex(plain_code(&code).as_bytes()));
        account.invite_until = self.now() + INVITE_DAYS * 86_400;
        Ok(code)
    }
}

/// Where acts of the command line come from.
const COMMAND: &str = "command";

fn roles_text(roles: &[Role]) -> String {
    let codes = Role::ALL.into_iter().filter(|role| roles.contains(role)).map(Role::code);
    codes.collect::<Vec<_>>().join(" ")
}

/// A name as it is stored: NFC; 1 to 40 letters, digits and `-`, `.`, space.
fn account_name(typed: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization as _;
    const CHARS_MAX: usize = 40;
    let name: String = typed.trim().nfc().collect();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | ' ');
    let length = name.chars().count();
    ((1..=CHARS_MAX).contains(&length) && name.chars().all(fits)).then_some(name)
}

/// Random bytes.
fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut())
        .map_err(|error| StoreError::Caller(format!("no randomness: {error}")))?;
    Ok(bytes)
}

/// `N` random bytes as capitals and digits (RFC 4648, base 32), in groups of four.
fn letters<const N: usize>() -> Result<String> {
    use base32ct::Encoding as _;
    let text = base32ct::Base32UpperUnpadded::encode_string(random::<N>()?.as_slice());
    let groups: Vec<&str> =
        text.as_bytes().chunks(4).filter_map(|chunk| std::str::from_utf8(chunk).ok()).collect();
    Ok(groups.join("-"))
}

/// A code as it is hashed: capitals and digits alone, however it was typed.
fn plain_code(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}
