//! Signing in, enrolling, sessions.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use register::id::key::sha256_hex;

use super::password::{self, Weak};
use super::{
    ENROLLING_SECONDS, IDLE_SECONDS, Office, Role, SESSION_SECONDS, account_name, letters,
    plain_code, random, totp,
};
use crate::store::{Account, Result, Session, Stage};

/// Failures in a row that cost nothing.
const FAILURES_FREE: u32 = 5;
/// The first wait, seconds; it doubles with every failure more.
const WAIT_FIRST: i64 = 15;
/// The longest.
const WAIT_MAX: i64 = 15 * 60;
/// How long failures are remembered, seconds.
const FAILURES_KEPT: i64 = 24 * 60 * 60;
/// Recovery codes given at enrolment.
const RECOVERY_CODES: usize = 8;
/// Bytes of the secret of one-time codes (RFC 4226, 4: 160 bits recommended).
const SECRET_BYTES: usize = 20;

/// What came of an attempt to sign in, or to prove oneself again. What fails does not say which part did,
/// nor whether there is such an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// Signed in; the session's id.
    In(String),
    /// Not.
    Wrong,
    /// Too many failures; so many seconds are to be waited.
    Wait(u32),
}

/// What came of the first step of enrolment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Enrolled {
    /// The password is set; the id of a session that can only go on enrolling.
    Begun(String),
    /// The password will not do.
    Weak(Weak),
    /// Name or code are wrong, or the code is too old.
    Wrong,
    /// Too many failures.
    Wait(u32),
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// Name of the account.
    pub name: String,
    /// Its roles.
    pub roles: Vec<Role>,
    /// The session.
    pub session: Session,
}

/// What failures are counted by. Names that are no account's are counted alike; a hash, because people
/// type passwords into fields for names.
pub(super) fn subject(name: &str) -> String {
    sha256_hex(name.as_bytes())
}

impl Office {
    /// Signs in with a name, a password and a one-time or recovery code.
    ///
    /// # Errors
    /// The file's, or no randomness.
    pub fn sign_in(&self, name: &str, password: &str, code: &str, whence: &str) -> Result<SignIn> {
        let now = self.now();
        let name = account_name(name).unwrap_or_default();
        if let Some(wait) = self.must_wait(&name)? {
            self.trace(&self.tellable(&name)?, "sign-in", "", whence, "waiting")?;
            return Ok(SignIn::Wait(wait));
        }
        let account = self.file.account(&name)?.filter(|account| !account.disabled);
        let stored = account.as_ref().and_then(|account| account.password.as_deref());
        let known = password::verify(password, stored);
        let proven = match &account {
            Some(account) if known => self.proves(account, code, true)?,
            _ => false,
        };
        if !proven {
            self.file.fail(&subject(&name), now, now - FAILURES_KEPT)?;
            self.trace(&self.tellable(&name)?, "sign-in", "", whence, "refused")?;
            return Ok(SignIn::Wrong);
        }
        self.file.forgive(&subject(&name))?;
        let id = self.begin_session(&name, Stage::Full, None)?;
        self.trace(&name, "sign-in", "", whence, "ok")?;
        Ok(SignIn::In(id))
    }

    /// Names of accounts are written down; what else was typed may be a password.
    fn tellable(&self, name: &str) -> Result<String> {
        let known = self.file.account(name)?.is_some();
        Ok(if known { name.to_owned() } else { "?".to_owned() })
    }

    /// Proves again, with a one-time code, that the person is still there.
    ///
    /// # Errors
    /// The file's.
    pub fn prove_again(&self, who: &Who, code: &str) -> Result<SignIn> {
        if let Some(wait) = self.must_wait(&who.name)? {
            return Ok(SignIn::Wait(wait));
        }
        let now = self.now();
        let account = self.file.account(&who.name)?;
        let proven = match &account {
            Some(account) => self.proves(account, code, false)?,
            None => false,
        };
        if proven {
            self.file.forgive(&subject(&who.name))?;
            return Ok(SignIn::In(String::new()));
        }
        self.file.fail(&subject(&who.name), now, now - FAILURES_KEPT)?;
        Ok(SignIn::Wrong)
    }

    /// Whether a code is one of the account's, and uses it up.
    fn proves(&self, account: &Account, code: &str, recovery: bool) -> Result<bool> {
        let Some(secret) = &account.totp else { return Ok(false) };
        if let Some(step) = totp::matching(secret, code, self.now()) {
            return self.file.use_step(&account.name, step);
        }
        if !recovery {
            return Ok(false);
        }
        self.file.use_recovery(&account.name, &sha256_hex(plain_code(code).as_bytes()))
    }

    fn must_wait(&self, name: &str) -> Result<Option<u32>> {
        let (times, last) = self.file.failures(&subject(name))?;
        if times < FAILURES_FREE {
            return Ok(None);
        }
        let doublings = (times - FAILURES_FREE).min(16);
        let wait = (WAIT_FIRST << doublings).min(WAIT_MAX);
        let left = last + wait - self.now();
        Ok((left > 0).then(|| u32::try_from(left).unwrap_or(u32::MAX)))
    }

    /// The first step of enrolment: the code from the command line, and a password.
    ///
    /// # Errors
    /// The file's, or no randomness.
    pub fn enrol(
        &self,
        name: &str,
        code: &str,
        chosen: &str,
        office: &str,
        whence: &str,
    ) -> Result<Enrolled> {
        let now = self.now();
        let name = account_name(name).unwrap_or_default();
        if let Some(wait) = self.must_wait(&name)? {
            return Ok(Enrolled::Wait(wait));
        }
        let hash = sha256_hex(plain_code(code).as_bytes());
        let account = self.file.account(&name)?.filter(|account| {
            !account.disabled
                && account.invite_until > now
                && account.invite.as_deref() == Some(hash.as_str())
        });
        let Some(mut account) = account else {
            self.file.fail(&subject(&name), now, now - FAILURES_KEPT)?;
            self.trace(&self.tellable(&name)?, "enrol", "", whence, "refused")?;
            return Ok(Enrolled::Wrong);
        };
        if let Err(weak) = password::check(chosen, &name, office) {
            return Ok(Enrolled::Weak(weak));
        }
        // The code stays good until the one-time codes are proven: who is interrupted begins again.
        account.password = Some(password::hash(chosen)?);
        account.totp = None;
        self.file.put_account(&account)?;
        self.file.end_sessions(&name)?;
        let secret = random::<SECRET_BYTES>()?.to_vec();
        Ok(Enrolled::Begun(self.begin_session(&name, Stage::Enrolling, Some(secret))?))
    }

    /// The last step of enrolment: a code of the app. Gives the recovery codes, which are shown once, and
    /// the id of a session that is signed in.
    ///
    /// # Errors
    /// The file's, or no randomness.
    pub fn confirm(
        &self,
        who: &Who,
        code: &str,
        whence: &str,
    ) -> Result<Option<(Vec<String>, String)>> {
        let Some(secret) = &who.session.secret else { return Ok(None) };
        let Some(step) = totp::matching(secret, code, self.now()) else {
            return Ok(None);
        };
        let Some(mut account) = self.file.account(&who.name)? else { return Ok(None) };
        account.totp = Some(secret.clone());
        account.totp_step = step;
        account.invite = None;
        self.file.put_account(&account)?;
        let mut codes = Vec::new();
        for _ in 0..RECOVERY_CODES {
            codes.push(letters::<10>()?);
        }
        let hashes: Vec<String> =
            codes.iter().map(|code| sha256_hex(plain_code(code).as_bytes())).collect();
        self.file.set_recovery(&who.name, &hashes)?;
        self.file.end_sessions(&who.name)?;
        self.file.forgive(&subject(&who.name))?;
        let id = self.begin_session(&who.name, Stage::Full, None)?;
        self.trace(&who.name, "enrol", "", whence, "ok")?;
        Ok(Some((codes, id)))
    }

    pub(super) fn begin_session(
        &self,
        name: &str,
        stage: Stage,
        secret: Option<Vec<u8>>,
    ) -> Result<String> {
        let now = self.now();
        self.file.end_old_sessions(now - SESSION_SECONDS, now - IDLE_SECONDS)?;
        let id = new_id()?;
        self.file.put_session(&Session {
            hash: sha256_hex(id.as_bytes()),
            account: name.to_owned(),
            stage,
            secret,
            made_at: now,
            seen_at: now,
        })?;
        Ok(id)
    }

    /// Who has the session of that id, if it is still good; notes that it was used.
    ///
    /// # Errors
    /// The file's.
    pub fn who(&self, id: &str) -> Result<Option<Who>> {
        let now = self.now();
        let Some(session) = self.file.session(&sha256_hex(id.as_bytes()))? else {
            return Ok(None);
        };
        let most = match session.stage {
            Stage::Full => SESSION_SECONDS,
            Stage::Enrolling => ENROLLING_SECONDS,
        };
        let over = now >= session.made_at + most || now >= session.seen_at + IDLE_SECONDS;
        let account = self.file.account(&session.account)?.filter(|account| !account.disabled);
        let Some(account) = account.filter(|_| !over) else {
            self.file.end_session(&session.hash)?;
            return Ok(None);
        };
        if now > session.seen_at {
            self.file.touch_session(&session.hash, now)?;
        }
        Ok(Some(Who { name: account.name, roles: Role::read(&account.roles), session }))
    }
}

/// A new session id: 256 random bits.
pub(super) fn new_id() -> Result<String> {
    Ok(Base64UrlUnpadded::encode_string(random::<32>()?.as_slice()))
}
