//! `liangbiao log`: the published log, from inside and from outside.

mod moving;

use std::path::PathBuf;
use std::process::ExitCode;

use register::note::{Note, NoteError, NoteKey, WitnessKey};
use register::tlog::Checkpoint;

use super::RegisterArg;
use super::progress::{self, say};
use crate::keys::Folder;
use crate::store::chain;
use crate::tlog::witness::{self, Book, Client, Witness};
use crate::tlog::{self, Kept, Published};

/// The published log: its checkpoint and key, and the check that anybody can run.
#[derive(Clone, Debug, clap::Args)]
pub struct Log {
    #[command(subcommand)]
    what: What,
}

#[derive(Clone, Debug, clap::Subcommand)]
enum What {
    Checkpoint(Head),
    Cosign(Cosign),
    Key(Key),
    Move(moving::Move),
    Proof(Proof),
    Verify(Verify),
}

/// Print the signed checkpoint of a register: how long its log is and the hash over all of it, with the
/// cosignatures of witnesses that signed it (see `liangbiao log cosign`).
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 printed, 1 the register or its log key cannot be read, 2 usage.

Examples:
  liangbiao log checkpoint > seen.checkpoint")]
struct Head {
    #[command(flatten)]
    register: RegisterArg,
}

/// Print the key that verifies the checkpoints of a register, as others write it down; on a second line the key of
/// SM2, where the register has one.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 printed, 1 the register or its log key cannot be read, 2 usage.")]
struct Key {
    #[command(flatten)]
    register: RegisterArg,
}

/// Print the proof that an entry is in the log: its bytes, its path to the root, the checkpoint.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 printed, 1 there is no such entry or the register cannot be read, 2 usage.

Examples:
  liangbiao log proof 4711 > 4711.tlog-proof")]
struct Proof {
    /// The entry's number, from 0.
    seq: u64,
    #[command(flatten)]
    register: RegisterArg,
}

/// Ask witnesses to cosign the log as it stands, and keep what they sign beside the register.
///
/// A witness signs only if the log goes on from what it signed before; a log that was rewritten, or an old
/// copy, is refused. The signatures stand below the checkpoint that a portal publishes. They are no part of
/// the log. `liangbiao serve --witness` does the same whenever the log went on.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 every witness signed, 1 one did not or the register or its log key cannot be read, 2 usage.

Examples:
  liangbiao log cosign --witness https://witness.example=witness.example/w1+…+…")]
struct Cosign {
    /// A witness: its submission address and its key; may be given several times.
    #[arg(long, required = true, value_name = "URL=VKEY")]
    witness: Vec<Witness>,
    #[command(flatten)]
    register: RegisterArg,
}

/// Check a published log from outside, with nothing but what it publishes.
///
/// Reads every entry, hashes it, builds the Merkle tree, and compares each published tile and the
/// signed checkpoint with it. With --keep the checkpoint is remembered in a file; the next check also
/// proves that the log goes on from there, so that history rewritten in between is noticed. Without
/// --key the site's own word is taken for its key: that proves that the log is whole, not whose it is.
/// With --witness the checkpoint must be cosigned by that witness too, who was shown the same log; --quorum
/// says how many of several are enough.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 everything holds, 1 something does not or could not be read, 2 usage.

Examples:
  liangbiao log verify https://quality.example
  liangbiao log verify https://quality.example --keep quality.checkpoint --key liangbiao/register/…+…+…
  liangbiao log verify mirror/")]
struct Verify {
    /// Address of the portal, or a mirror's folder.
    place: String,
    /// The log's key, as `liangbiao log key` prints it.
    #[arg(long, value_name = "KEY")]
    key: Option<NoteKey>,
    /// Remembers the checkpoint in this file and compares with it the next time.
    #[arg(long, value_name = "FILE")]
    keep: Option<PathBuf>,
    /// The key of a witness that must have cosigned the checkpoint; may be given several times.
    #[arg(long, value_name = "VKEY")]
    witness: Vec<WitnessKey>,
    /// How many of the witnesses must have; all of them unless given.
    #[arg(long, value_name = "N", requires = "witness", value_parser = clap::value_parser!(u64).range(1..))]
    quorum: Option<u64>,
}

impl Log {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        let done = match self.what {
            What::Checkpoint(head) => head.run(),
            What::Cosign(cosign) => cosign.run(),
            What::Key(key) => key.run(),
            What::Move(order) => order.run(),
            What::Proof(proof) => proof.run(),
            What::Verify(verify) => verify.run(),
        };
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(text) => {
                eprintln!("liangbiao: {text}");
                ExitCode::from(1)
            }
        }
    }
}

/// What went wrong, in words.
type Done = Result<(), String>;

fn words(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl Head {
    fn run(self) -> Done {
        let reader = self.register.reader().map_err(words)?;
        let signer = Folder::of(&self.register.path()).log_signer().map_err(words)?;
        let (size, note) = tlog::checkpoint(&reader, &signer).map_err(words)?;
        let book = Book::read(&self.register.path(), &reader).map_err(words)?;
        print(&(note + &book.lines(size)))
    }
}

impl Key {
    fn run(self) -> Done {
        let reader = self.register.reader().map_err(words)?;
        let signer = Folder::of(&self.register.path()).log_signer().map_err(words)?;
        let id = reader.head().map_err(words)?.register_id;
        let size = reader.log_size().map_err(words)?;
        say(format_args!("{}", tlog::log_key(&id, &signer).map_err(words)?));
        if let Some(second) = tlog::second_key(&reader, &signer, size).map_err(words)? {
            say(format_args!("{second}"));
        }
        Ok(())
    }
}

impl Proof {
    fn run(self) -> Done {
        let reader = self.register.reader().map_err(words)?;
        let signer = Folder::of(&self.register.path()).log_signer().map_err(words)?;
        let (size, note) = tlog::checkpoint(&reader, &signer).map_err(words)?;
        print(&tlog::proof(&reader, self.seq, size, &note).map_err(words)?.text())
    }
}

impl Verify {
    fn run(self) -> Done {
        let log = Published::at(&self.place);
        let (key, whose) = match &self.key {
            Some(key) => (key.clone(), "given"),
            None => (named_key(&log)?, "named by the place itself: compare it with one you know"),
        };
        let kept = self.keep.as_deref().map(|file| read_kept(file, &key)).transpose()?.flatten();
        let bar = progress::bar(1, "entries");
        let checked = tlog::verify(&log, &key, kept.as_ref(), &mut |done, total| {
            bar.set_length(total);
            bar.set_position(done);
        });
        bar.finish_and_clear();
        let checked = checked.map_err(|error| format!("{}: {error}", self.place))?;
        say(format_args!("log         {}", checked.checkpoint.origin));
        say(format_args!("key         {key} ({whose})"));
        say(format_args!(
            "entries     {} ({} bytes)",
            checked.checkpoint.size, checked.entry_bytes
        ));
        say(format_args!("root        {}", chain::hex(&checked.checkpoint.root)));
        say(format_args!("tiles       {} compared", checked.tiles));
        match checked.continued_from {
            Some(size) => say(format_args!("continues   from the {size} entries seen before")),
            None if self.keep.is_some() => {
                say(format_args!("continues   not compared: first look"))
            }
            None => {
                say(format_args!("continues   not compared: --keep FILE remembers this checkpoint"))
            }
        }
        self.witnessed(&checked.note)?;
        say(format_args!("holds       signature, entries, tiles, root"));
        match &self.keep {
            Some(file) => write_kept(file, &checked.note),
            None => Ok(()),
        }
    }
}

impl Verify {
    /// Says which witnesses cosigned the checkpoint and how long ago.
    fn witnessed(&self, note: &str) -> Done {
        let note = Note::parse(note).map_err(words)?;
        let now = chrono::Utc::now().timestamp();
        let mut signed = 0;
        for witness in &self.witness {
            match note.cosigned_by(witness) {
                Ok(time) => {
                    let seconds = now - i64::try_from(time).unwrap_or(i64::MAX);
                    if seconds < -CLOCKS_APART {
                        say(format_args!("witness     {} signed in the future", witness.name()));
                        continue;
                    }
                    signed += 1;
                    say(format_args!("witness     {} signed {}", witness.name(), ago(seconds)));
                }
                Err(NoteError::NotSigned(name)) => {
                    say(format_args!("witness     {name} did not sign this checkpoint"));
                }
                Err(error) => return Err(format!("the checkpoint: {error}")),
            }
        }
        let wanted = self.quorum.unwrap_or(self.witness.len() as u64);
        if signed < wanted {
            return Err(format!(
                "{}: {signed} of the {} witnesses signed this checkpoint, {wanted} must have",
                self.place,
                self.witness.len()
            ));
        }
        Ok(())
    }
}

impl Cosign {
    fn run(self) -> Done {
        let path = &self.register.path();
        let reader = self.register.reader().map_err(words)?;
        let signer = Folder::of(path).log_signer().map_err(words)?;
        let client = Client::default();
        let rounds =
            witness::round(path, &reader, &signer, &client, &self.witness).map_err(words)?;
        let mut failed = 0;
        for round in rounds {
            let name = round.witness.key.name();
            match round.outcome {
                Ok(one) => say(format_args!("{name}  signed {} entries", one.size)),
                Err(error) => {
                    failed += 1;
                    eprintln!("{name}  did not sign: {error}");
                }
            }
        }
        match failed {
            0 => Ok(()),
            n => Err(format!("{n} of {} witnesses did not sign", self.witness.len())),
        }
    }
}

/// How far ahead of ours a witness's clock may be, in seconds.
const CLOCKS_APART: i64 = 300;

/// A time span as a person says it.
fn ago(seconds: i64) -> String {
    match seconds {
        ..60 => "less than a minute ago".to_owned(),
        60..7_200 => format!("{} minutes ago", seconds / 60),
        7_200..172_800 => format!("{} hours ago", seconds / 3_600),
        _ => format!("{} days ago", seconds / 86_400),
    }
}

fn print(text: &str) -> Done {
    use std::io::Write as _;
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
    Ok(())
}

fn named_key(log: &Published) -> Result<NoteKey, String> {
    let bytes = log.key().map_err(words)?;
    let text = String::from_utf8_lossy(&bytes);
    text.trim_end().parse().map_err(|error| format!("the key the place names: {error}"))
}

/// The checkpoint in mind; none where the file is not there yet.
fn read_kept(file: &std::path::Path, key: &NoteKey) -> Result<Option<Kept>, String> {
    let broken = |what: String| {
        format!("{}: {what}; it should hold the checkpoint of an earlier check", file.display())
    };
    let note = match std::fs::read_to_string(file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(|error| broken(words(error)))?,
    };
    let parsed = Note::parse(&note).map_err(|error| broken(words(error)))?;
    let text = parsed.text_signed_by(key).map_err(|error| broken(words(error)))?;
    let checkpoint = Checkpoint::parse(text).map_err(|error| broken(words(error)))?;
    Ok(Some(Kept { size: checkpoint.size, root: checkpoint.root }))
}

/// Written beside and renamed: a crash leaves the old one or the new one.
fn write_kept(file: &std::path::Path, note: &str) -> Done {
    let temporary = crate::store::beside(file, &format!(".{}.partial", std::process::id()));
    let written = std::fs::write(&temporary, note).and_then(|()| std::fs::rename(&temporary, file));
    written.map_err(|error| format!("{}: {error}", file.display()))
}
