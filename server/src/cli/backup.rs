//! `liangbiao backup` and `liangbiao restore`.

use std::path::PathBuf;
use std::process::ExitCode;

use indicatif::ProgressBar;

use super::progress;
use crate::backup::{self, BackupError, Manifest, Step};

/// Copy a register, also while it is served or written.
///
/// Makes the folder OUTDIR with the register as it is at one moment, its checkpoint, the witnesses'
/// cosignatures, and a manifest with the SHA-256 of each file and the root of the log. The log of the copy is
/// read and hashed again before the folder gets its name, so what has the name is whole. Private keys
/// are left out unless --keys is given, the desk's
/// file unless --desk is, and the cases unless --cases is. The files of /data are derived and never copied.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 the backup is whole and on the disk, 1 there is none, 2 usage.

Examples:
  liangbiao backup /srv/liangbiao/register.db /backup/2026-11-22
  liangbiao backup real.db out/ && liangbiao restore out/ copy.db && liangbiao check --register copy.db")]
pub struct Backup {
    /// The register's file.
    #[arg(value_name = "REGISTER")]
    register: PathBuf,
    /// The folder to make; an empty one is taken too.
    #[arg(value_name = "OUTDIR")]
    out: PathBuf,
    /// Copy private keys and the pepper too, readable for their owner only: keep such a backup like a key.
    #[arg(long)]
    keys: bool,
    /// Copy the publishing desk's file too: accounts, drafts, audit trail. It holds what passwords and one-time
    /// codes are checked with.
    #[arg(long)]
    desk: bool,
    /// Copy the reports of errors and requests for corrections too, sealed as they are. The key that opens them
    /// (`cases` among the keys) is then left out, also with --keys: keep a copy of it somewhere else.
    #[arg(long)]
    cases: bool,
}

/// Put a backup back, when every byte of it is what it was.
///
/// Checks the manifest and the SHA-256 of every file, reads the whole log and compares its root with the
/// manifest's, and gives the register its name last. Nothing is overwritten. Where a checkpoint stands at
/// the new place that has seen entries the backup lacks, it is refused: readers and witnesses have
/// seen those entries, and a log without them would be another history.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 put back (or, with --verify, whole), 1 refused, 2 usage.

Examples:
  liangbiao restore /backup/2026-11-22 /srv/liangbiao/register.db
  liangbiao restore --verify /backup/2026-11-22")]
pub struct Restore {
    /// The folder that `liangbiao backup` made.
    #[arg(value_name = "OUTDIR")]
    from: PathBuf,
    /// The register's file to make.
    #[arg(value_name = "REGISTER", required_unless_present = "verify", conflicts_with = "verify")]
    to: Option<PathBuf>,
    /// Only check the backup.
    #[arg(long)]
    verify: bool,
}

impl Backup {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        // A portal on the same machine goes first.
        crate::priority::step_back();
        let bar = progress::bar(1, "");
        let made = backup::make(
            &self.register,
            &self.out,
            backup::Secrets { keys: self.keys, desk: self.desk, cases: self.cases },
            chrono::Utc::now(),
            &mut |step, done, all| show(&bar, step, done, all),
        );
        bar.finish_and_clear();
        let manifest = match made {
            Ok(manifest) => manifest,
            Err(error) => return refused(&error),
        };
        progress::say(format_args!("backup      {}", self.out.display()));
        tell(&manifest);
        if !manifest.keys && crate::keys::Folder::of(&self.register).path().exists() {
            progress::say(format_args!(
                "keys        not in it; keep a copy of {} elsewhere, or give --keys",
                crate::keys::Folder::of(&self.register).path().display()
            ));
        }
        let desk = crate::store::beside(&self.register, ".desk");
        if !self.desk && desk.exists() {
            progress::say(format_args!(
                "desk        not in it; keep a copy of {} elsewhere, or give --desk",
                desk.display()
            ));
        }
        let cases = crate::store::CaseFile::of(&self.register);
        if cases.exists() {
            let key = crate::keys::Folder::of(&self.register).path().join(crate::keys::CASE_KEY);
            let said = match self.cases {
                true => format!(
                    "cases       sealed; keep a copy of {} elsewhere, without it nobody can read them",
                    key.display()
                ),
                false => format!(
                    "cases       not in it; keep a copy of {} elsewhere, or give --cases",
                    cases.display()
                ),
            };
            progress::say(format_args!("{said}"));
        }
        ExitCode::SUCCESS
    }
}

impl Restore {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        let bar = progress::bar(1, "");
        let step = &mut |step, done, all| show(&bar, step, done, all);
        let Some(to) = self.to else {
            let verified = backup::verify(&self.from, step);
            bar.finish_and_clear();
            return match verified {
                Ok(manifest) => {
                    progress::say(format_args!("whole       {}", self.from.display()));
                    tell(&manifest);
                    ExitCode::SUCCESS
                }
                Err(error) => refused(&error),
            };
        };
        let restored = backup::restore(&self.from, &to, step);
        bar.finish_and_clear();
        match restored {
            Ok(restored) => {
                progress::say(format_args!("register    {}", to.display()));
                tell(&restored.manifest);
                for path in &restored.kept {
                    progress::say(format_args!("kept        {}", path.display()));
                }
                // What was to be deleted since the backup was made does not come back by it.
                let today = crate::store::china_day(chrono::Utc::now());
                let cases = crate::cases::Cases::there(&to, crate::cases::KEEP_DAYS);
                match cases.and_then(|cases| cases.map_or(Ok(0), |c| c.file().purge(today))) {
                    Ok(0) => {}
                    Ok(deleted) => progress::say(format_args!(
                        "cases       deleted what was written in {deleted}, whose time is over"
                    )),
                    Err(error) => {
                        eprintln!("liangbiao: {error}");
                        return ExitCode::from(1);
                    }
                }
                if !crate::keys::Folder::of(&to).path().exists() {
                    progress::say(format_args!(
                        "keys        none here; put yours at {}",
                        crate::keys::Folder::of(&to).path().display()
                    ));
                }
                ExitCode::SUCCESS
            }
            Err(error) => refused(&error),
        }
    }
}

fn refused(error: &BackupError) -> ExitCode {
    eprintln!("liangbiao: {error}");
    ExitCode::from(1)
}

fn show(bar: &ProgressBar, step: Step, done: u64, all: u64) {
    bar.set_message(match step {
        Step::Copy => "pages copied",
        Step::Log => "entries hashed",
        Step::Hash => "bytes hashed",
    });
    bar.set_length(all);
    bar.set_position(done);
}

fn tell(manifest: &Manifest) {
    let bytes: u64 = manifest.files.iter().map(|file| file.bytes).sum();
    progress::say(format_args!("id          {}", manifest.register_id));
    progress::say(format_args!("made at     {}", manifest.made_at));
    progress::say(format_args!("entries     {}", manifest.log_size));
    progress::say(format_args!("root        {}", manifest.root));
    progress::say(format_args!("files       {} ({bytes} bytes)", manifest.files.len()));
}
