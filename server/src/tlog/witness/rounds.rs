//! Asking all witnesses: once, or again and again beside a portal.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{Book, Client, Witness, WitnessError, Witnessed};
use crate::keys::{Folder, LogSigner};
use crate::store::Reader;
use crate::tlog::{PublishError, checkpoint};

/// How often the background looks whether the log went on.
const LOOK: Duration = Duration::from_secs(1);

/// After this a witness is asked again though the log did not go on: a signature says that the log was
/// still this long then.
const FRESH: Duration = Duration::from_secs(24 * 3600);

/// First and longest wait after a witness gave no cosignature.
const WAIT: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(600)];

/// What came of asking one witness.
#[derive(Debug)]
pub struct Round {
    /// The witness.
    pub witness: Witness,
    /// Its cosignature, or why there is none.
    pub outcome: Result<Witnessed, WitnessError>,
}

/// Asks each of these witnesses once for the present checkpoint and keeps what they sign.
///
/// # Errors
/// The register cannot be read, the checkpoint not signed, the file of cosignatures not written.
pub fn round(
    register: &Path,
    reader: &Reader,
    signer: &LogSigner,
    client: &Client,
    witnesses: &[Witness],
) -> Result<Vec<Round>, PublishError> {
    let (size, note) = checkpoint(reader, signer)?;
    let book = Book::read(register, reader)?;
    let mut rounds = Vec::new();
    for witness in witnesses {
        let old = book.of(witness).map_or(0, |one| one.size);
        let outcome = client.ask(witness, reader, &note, size, old);
        rounds.push(Round { witness: witness.clone(), outcome });
    }
    // Read again: another program may have asked others meanwhile.
    let mut book = Book::read(register, reader)?;
    let mut changed = false;
    for one in rounds.iter().filter_map(|round| round.outcome.as_ref().ok()) {
        if book.of(&one.witness).is_none_or(|known| known.time <= one.time) {
            book.put(one.clone());
            changed = true;
        }
    }
    if changed {
        book.write(register)?;
    }
    Ok(rounds)
}

/// When a witness is asked next, and how long after that if it fails again.
#[derive(Debug)]
struct Turn {
    next: Instant,
    wait: Duration,
    /// What was signed last.
    signed: Option<(u64, Instant)>,
    said: String,
}

/// Asks the witnesses for as long as the program runs, in a thread of its own: whenever the log went on,
/// and once a day. Neither an append nor a page waits for it. A witness that fails is asked again after
/// 2 seconds, then after twice as long each time, at most 10 minutes.
pub fn watch(register: PathBuf, witnesses: Vec<Witness>) {
    if witnesses.is_empty() {
        return;
    }
    std::thread::spawn(move || {
        let client = Client::default();
        let mut turns: HashMap<String, Turn> = HashMap::new();
        loop {
            if let Err(error) = look(&register, &client, &witnesses, &mut turns) {
                tracing::warn!(%error, "witnesses were not asked");
                std::thread::sleep(WAIT[0] * 5);
            }
            std::thread::sleep(LOOK);
        }
    });
}

fn look(
    register: &Path,
    client: &Client,
    witnesses: &[Witness],
    turns: &mut HashMap<String, Turn>,
) -> Result<(), PublishError> {
    let now = Instant::now();
    let reader = Reader::open(register)?;
    let size = reader.log_size()?;
    let due: Vec<Witness> = witnesses
        .iter()
        .filter(|witness| {
            turns.get(&witness.key.to_string()).is_none_or(|turn| {
                let old = turn.signed.is_none_or(|(of, at)| of != size || at + FRESH <= now);
                turn.next <= now && old
            })
        })
        .cloned()
        .collect();
    if due.is_empty() {
        return Ok(());
    }
    let signer = match Folder::of(register).log_signer() {
        Ok(signer) => signer,
        Err(error) => {
            // A key may be put beside the register later.
            tracing::warn!(%error, "without the log's key no witness can be asked");
            std::thread::sleep(WAIT[1]);
            return Ok(());
        }
    };
    // One thread, one witness after the other: each has ten seconds at most.
    for done in round(register, &reader, &signer, client, &due)? {
        let name = done.witness.key.to_string();
        let before = turns.remove(&name);
        let turn = match done.outcome {
            Ok(one) => {
                tracing::info!(witness = done.witness.key.name(), size = one.size, "cosigned");
                let now = Instant::now();
                Turn {
                    next: now,
                    wait: WAIT[0],
                    signed: Some((one.size, now)),
                    said: String::new(),
                }
            }
            Err(error) => {
                let said = error.to_string();
                // Once, not at every try.
                if before.as_ref().is_none_or(|turn| turn.said != said) {
                    match error.accuses() {
                        true => tracing::error!(witness = done.witness.key.name(), "{said}"),
                        false => tracing::warn!(witness = done.witness.key.name(), "{said}"),
                    }
                }
                let wait = before.as_ref().map_or(WAIT[0], |turn| turn.wait);
                let signed = before.and_then(|turn| turn.signed);
                let (next, wait) = (Instant::now() + wait, (wait * 2).min(WAIT[1]));
                Turn { next, wait, signed, said }
            }
        };
        turns.insert(name, turn);
    }
    Ok(())
}
