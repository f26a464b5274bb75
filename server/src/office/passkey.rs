//! Passkeys (Web Authentication Level 3): a key that stays on a person's device and signs once its owner was
//! recognised there, by PIN, finger or face. It stands for password and one-time code together, and cannot
//! be given to a page that only looks like the desk's: browsers write into what is signed where it was asked.
//!
//! Every answer is to a challenge of ours that was given to the same session, for the same purpose, not
//! longer ago than [`CEREMONY_SECONDS`], and is taken once.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use passki::{
    AuthenticationCredential, AuthenticationOptions, AuthenticationState, Passki,
    RegistrationCredential, RegistrationOptions, RegistrationState, ResidentKeyRequirement,
    StoredPasskey, UserVerificationRequirement,
};
use register::id::key::sha256_hex;
use sha2::{Digest as _, Sha256};

use super::Office;
use super::sign::{SignIn, Who};
use crate::store::{Account, Passkey, Result, Stage, StoreError};

/// How long somebody has to answer, seconds; browsers are told so too.
const CEREMONY_SECONDS: i64 = 5 * 60;
/// Challenges that wait for an answer at once; one more, and the oldest is forgotten.
const CEREMONIES_MAX: usize = 1_024;
/// Most passkeys of an account.
pub const PASSKEYS_MAX: usize = 10;
/// Most characters of what an owner calls a passkey.
const LABEL_CHARS_MAX: usize = 40;

/// What a passkey is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// To be added to an account.
    Add,
    /// To sign in.
    SignIn,
    /// To prove that who is signed in is still there.
    Again,
}

impl Purpose {
    /// From the code pages send.
    #[must_use]
    pub fn read(code: &str) -> Option<Purpose> {
        match code {
            "add" => Some(Purpose::Add),
            "sign-in" => Some(Purpose::SignIn),
            "again" => Some(Purpose::Again),
            _ => None,
        }
    }
}

/// What became of a passkey that was to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adding {
    /// It is the account's.
    Added,
    /// What the browser sent was no answer to what was asked, or came too late.
    Refused,
    /// The account has as many as it may.
    Full,
    /// It has no name, or one that will not do.
    Label,
}

/// Where passkeys are good: the desk as browsers know it (its origin, and the host of that as the relying
/// party's ID).
pub struct Party(Passki);

impl std::fmt::Debug for Party {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Party").field(&self.0.rp_id).finish()
    }
}

impl Party {
    /// The party of an origin such as `https://desk.example`; none where browsers allow no passkeys: over
    /// plain HTTP but at `localhost`, and at addresses without a name (Web Authentication Level 3, 5.1.3).
    #[must_use]
    pub fn of(origin: &str, office: &str) -> Option<Party> {
        let (scheme, rest) = origin.split_once("://")?;
        let host = match rest.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
            _ => rest,
        };
        let is_local = host == "localhost" || host.ends_with(".localhost");
        let is_name =
            !host.is_empty() && !host.contains(['[', '/']) && host.parse::<IpAddr>().is_err();
        let allowed = is_name && (scheme == "https" || (scheme == "http" && is_local));
        let name = if office.is_empty() { host } else { office };
        allowed.then(|| Party(Passki::new(host, &[origin], name)))
    }
}

#[derive(Debug)]
enum State {
    Registration(RegistrationState),
    Authentication(AuthenticationState),
}

/// Challenges that wait for their answers, by session and purpose. In memory alone: a challenge is good for
/// minutes, and a stop of the program only has people ask again.
#[derive(Debug, Default)]
pub(super) struct Ceremonies(Mutex<BTreeMap<(String, Purpose), (i64, State)>>);

impl Ceremonies {
    fn put(&self, session: &str, purpose: Purpose, at: i64, state: State) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, (begun, _)| at - *begun < CEREMONY_SECONDS);
        if all.len() >= CEREMONIES_MAX {
            let oldest =
                all.iter().min_by_key(|(_, (begun, _))| *begun).map(|(key, _)| key.clone());
            oldest.map(|key| all.remove(&key));
        }
        all.insert((sha256_hex(session.as_bytes()), purpose), (at, state));
    }

    fn take(&self, session: &str, purpose: Purpose, at: i64) -> Option<State> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (begun, state) = all.remove(&(sha256_hex(session.as_bytes()), purpose))?;
        (at - begun < CEREMONY_SECONDS).then_some(state)
    }
}

/// A credential ID as pages show and send it (base64url).
pub(super) fn id_text(id: &[u8]) -> String {
    Passki::base64_encode(id)
}

/// What authenticators know an account by. It tells nobody the name.
fn handle(account: &Account) -> Vec<u8> {
    let text = format!("liangbiao desk account {} {}", account.made_at, account.name);
    Sha256::digest(text.as_bytes()).to_vec()
}

fn stored(of: &Passkey) -> Result<StoredPasskey> {
    serde_json::from_str(&of.key)
        .map_err(|error| StoreError::Damaged(format!("a passkey of {}: {error}", of.account)))
}

fn text<T: serde::Serialize>(of: &T) -> Result<String> {
    serde_json::to_string(of).map_err(|error| StoreError::Caller(format!("a passkey: {error}")))
}

impl Office {
    /// What a browser is to ask an authenticator for, as the JSON of Web Authentication Level 3, 5.1.8 and
    /// 5.1.9. `session` is the id in the cookie, `who` who is signed in; none where that is missing and needed.
    ///
    /// # Errors
    /// The file's.
    pub fn ask_for_passkey(
        &self,
        party: &Party,
        purpose: Purpose,
        session: &str,
        who: Option<&Who>,
    ) -> Result<Option<String>> {
        let milliseconds = u64::try_from(CEREMONY_SECONDS * 1_000).unwrap_or(u64::MAX);
        let who = who.filter(|who| who.session.stage == Stage::Full);
        let own = match (purpose, who) {
            (Purpose::SignIn, _) => Vec::new(),
            (_, None) => return Ok(None),
            (_, Some(who)) => self.file.passkeys(&who.name)?,
        };
        let own = own.iter().map(stored).collect::<Result<Vec<_>>>()?;
        let wrong = |error: passki::PasskiError| StoreError::Caller(format!("a passkey: {error}"));
        let (asked, state) = if let (Purpose::Add, Some(who)) = (purpose, who) {
            let Some(account) = self.file.account(&who.name)? else { return Ok(None) };
            let mut options = RegistrationOptions::default();
            options.timeout = milliseconds;
            options.resident_key = ResidentKeyRequirement::Required;
            options.user_verification = UserVerificationRequirement::Required;
            options.exclude_credentials = Some(&own);
            let (asked, state) = party
                .0
                .start_passkey_registration(&handle(&account), &who.name, &who.name, options)
                .map_err(wrong)?;
            (text(&asked)?, State::Registration(state))
        } else {
            // An empty list would stand for any passkey there is.
            if purpose == Purpose::Again && own.is_empty() {
                return Ok(None);
            }
            let mut options = AuthenticationOptions::default();
            options.timeout = milliseconds;
            options.user_verification = UserVerificationRequirement::Required;
            let (asked, state) =
                party.0.start_passkey_authentication(&own, options).map_err(wrong)?;
            (text(&asked)?, State::Authentication(state))
        };
        self.ceremonies.put(session, purpose, self.now(), state);
        Ok(Some(asked))
    }

    /// Adds the passkey a browser made (`RegistrationResponseJSON`) to the account of who is signed in.
    ///
    /// # Errors
    /// The file's.
    pub fn add_passkey(
        &self,
        party: &Party,
        who: &Who,
        session: &str,
        answer: &str,
        label: &str,
        whence: &str,
    ) -> Result<Adding> {
        let label = label.trim();
        let fits = (1..=LABEL_CHARS_MAX).contains(&label.chars().count());
        if !fits || label.chars().any(char::is_control) {
            return Ok(Adding::Label);
        }
        if self.file.passkeys(&who.name)?.len() >= PASSKEYS_MAX {
            return Ok(Adding::Full);
        }
        let state = self.ceremonies.take(session, Purpose::Add, self.now());
        let made = match (state, serde_json::from_str::<RegistrationCredential>(answer)) {
            (Some(State::Registration(state)), Ok(answer)) => {
                party.0.finish_passkey_registration(&answer, &state).ok()
            }
            _ => None,
        };
        let added = match made {
            None => false,
            Some(made) => self.file.add_passkey(&Passkey {
                id: made.credential_id.clone(),
                account: who.name.clone(),
                label: label.to_owned(),
                key: text(&made)?,
                made_at: self.now(),
                used_at: None,
            })?,
        };
        let outcome = if added { "ok" } else { "refused" };
        self.trace(&who.name, "passkey-added", label, whence, outcome)?;
        Ok(if added { Adding::Added } else { Adding::Refused })
    }

    /// Removes a passkey of who is signed in; false where there is none of that credential ID.
    ///
    /// # Errors
    /// The file's.
    pub fn remove_passkey(&self, who: &Who, id: &str, whence: &str) -> Result<bool> {
        let id = Passki::base64_decode(id).unwrap_or_default();
        let Some(found) = self.file.passkey(&id)?.filter(|found| found.account == who.name) else {
            return Ok(false);
        };
        let removed = self.file.remove_passkey(&who.name, &id)?;
        self.trace(&who.name, "passkey-removed", &found.label, whence, "ok")?;
        Ok(removed)
    }

    /// Signs in with what a passkey answered (`AuthenticationResponseJSON`). Failed passwords of others do
    /// not make its owner wait: a signature cannot be guessed.
    ///
    /// # Errors
    /// The file's, or no randomness.
    pub fn sign_in_by_passkey(
        &self,
        party: &Party,
        session: &str,
        answer: &str,
        whence: &str,
    ) -> Result<SignIn> {
        let state = self.ceremonies.take(session, Purpose::SignIn, self.now());
        match self.verified(party, state, answer)? {
            Ok(passkey) => {
                let id = self.begin_session(&passkey.account, Stage::Full, None)?;
                self.trace(&passkey.account, "sign-in", &passkey.label, whence, "ok")?;
                Ok(SignIn::In(id))
            }
            Err(whose) => {
                let whose = whose.as_deref().unwrap_or("?");
                self.trace(whose, "sign-in", "passkey", whence, "refused")?;
                Ok(SignIn::Wrong)
            }
        }
    }

    /// Proves again, with a passkey of the account, that the person is still there.
    ///
    /// # Errors
    /// The file's.
    pub fn prove_again_by_passkey(
        &self,
        party: &Party,
        who: &Who,
        session: &str,
        answer: &str,
    ) -> Result<SignIn> {
        let state = self.ceremonies.take(session, Purpose::Again, self.now());
        let own = self.verified(party, state, answer)?.is_ok_and(|key| key.account == who.name);
        Ok(if own { SignIn::In(String::new()) } else { SignIn::Wrong })
    }

    /// The passkey that gave this answer to what was asked, its use noted; else whose it would have been.
    fn verified(
        &self,
        party: &Party,
        state: Option<State>,
        answer: &str,
    ) -> Result<std::result::Result<Passkey, Option<String>>> {
        let Ok(answer) = serde_json::from_str::<AuthenticationCredential>(answer) else {
            return Ok(Err(None));
        };
        let id = Passki::base64_decode(&answer.raw_id).unwrap_or_default();
        let Some(passkey) = self.file.passkey(&id)? else { return Ok(Err(None)) };
        let whose = Some(passkey.account.clone());
        let account = self.file.account(&passkey.account)?;
        let account = account.filter(|account| !account.disabled && account.totp.is_some());
        let (Some(State::Authentication(state)), Some(account)) = (state, account) else {
            return Ok(Err(whose));
        };
        let mut key = stored(&passkey)?;
        let Ok(found) = party.0.finish_passkey_authentication(&answer, &state, &key) else {
            return Ok(Err(whose));
        };
        // An authenticator that says whose key it is has to say the same (Web Authentication, 7.2, 6).
        if found.user_handle.is_some_and(|told| told != handle(&account)) {
            return Ok(Err(whose));
        }
        key.counter = found.counter;
        let used = self.file.use_passkey(&passkey, &text(&key)?, self.now())?;
        Ok(if used { Ok(passkey) } else { Err(whose) })
    }
}
