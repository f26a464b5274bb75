//! Entries that would be appended, each beside what it would take the place of.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use register::change::ended;
use register::{Body, Change, Draft, Kind};
use sha2::{Digest as _, Sha256};

use super::summary::{Exits, Line, Summary, lines_file};
use crate::store::{At, Reader, Result, beside};

/// Records of one draft whose earlier versions in the same draft are remembered. In longer lists what an
/// entry is compared with is the register's version.
const REMEMBERED_MAX: usize = 50_000;

/// Adds an entry to a mark.
pub(super) fn mark(hash: &mut Sha256, kind: Kind, key: &str, day: NaiveDate) {
    hash.update(format!("{} {key}\n{day}\n", kind.name()).as_bytes());
}

/// A hash as hex digits.
pub(super) fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Takes entries in their order.
pub(super) struct Collector<'r> {
    reader: &'r Reader,
    known: u64,
    hash: Sha256,
    mark: Sha256,
    summary: Summary,
    exits: BTreeMap<(Kind, String), u64>,
    seen: HashMap<(Kind, String), (NaiveDate, bool, Body)>,
    files: Option<(PathBuf, [BufWriter<File>; 3])>,
}

impl<'r> Collector<'r> {
    /// `folder`: where the lines go; none: only the fingerprint is wanted.
    pub(super) fn new(
        reader: &'r Reader,
        known: u64,
        day: NaiveDate,
        folder: Option<&Path>,
    ) -> std::io::Result<Collector<'r>> {
        let files = match folder {
            None => None,
            Some(folder) => {
                let make = |change| {
                    let path = beside(&folder.join(lines_file(change)), ".partial");
                    File::create(path).map(BufWriter::new)
                };
                let [a, b, c] = Change::ALL;
                Some((folder.to_owned(), [make(a)?, make(b)?, make(c)?]))
            }
        };
        Ok(Collector {
            reader,
            known,
            hash: Sha256::new(),
            mark: Sha256::new(),
            summary: Summary { known, day, ..Summary::default() },
            exits: BTreeMap::new(),
            seen: HashMap::new(),
            files,
        })
    }

    /// Takes an entry.
    pub(super) fn take(&mut self, draft: &Draft) -> Result<()> {
        let id = (draft.kind, draft.key.clone());
        let earlier = self.seen.get(&id).filter(|(day, ..)| *day <= draft.valid_from);
        let before = match earlier {
            Some((_, ended, body)) => Some((*ended, body.clone())),
            None => self
                .reader
                .record(draft.kind, &draft.key, At { as_of: draft.valid_from, known: self.known })?
                .map(|entry| (ended(entry.kind, entry.reason.code, &entry.body), entry.body)),
        };
        let is_ended = ended(draft.kind, draft.reason.code, &draft.body);
        let change = Change::between(before.as_ref().map(|(ended, _)| *ended), is_ended);
        self.summary.entries += 1;
        let at = Change::ALL.iter().position(|one| *one == change).unwrap_or_default();
        self.summary.counts[at] += 1;
        if change == Change::Left {
            let scheme = draft.body.get("scheme").and_then(|scheme| scheme.as_str());
            let from = match (draft.kind, scheme) {
                (Kind::Listing, Some(scheme)) => scheme.to_owned(),
                _ => draft.kind.name().to_owned(),
            };
            *self.exits.entry((draft.kind, from)).or_default() += 1;
        }
        let reason = serde_json::to_value(draft.reason.code).map_err(std::io::Error::from)?;
        let line = Line {
            kind: draft.kind,
            key: draft.key.clone(),
            valid_from: draft.valid_from,
            reason: reason.as_str().unwrap_or_default().to_owned(),
            text: draft.reason.told().unwrap_or_default().to_owned(),
            row: draft.source.locator.row,
            before: before.map(|(_, body)| body),
            after: draft.body.clone(),
        };
        // Maps are sorted by name, so the same entries give the same bytes.
        let whole = serde_json::to_vec(&(draft, &line.before)).map_err(std::io::Error::from)?;
        self.hash.update((whole.len() as u64).to_be_bytes());
        self.hash.update(&whole);
        mark(&mut self.mark, draft.kind, &draft.key, draft.valid_from);
        if let Some((_, files)) = &mut self.files {
            serde_json::to_writer(&mut files[at], &line).map_err(std::io::Error::from)?;
            files[at].write_all(b"\n")?;
        }
        if self.seen.len() < REMEMBERED_MAX {
            self.seen.insert(id, (draft.valid_from, is_ended, draft.body.clone()));
        }
        Ok(())
    }

    /// Everything was taken.
    pub(super) fn finish(mut self) -> Result<Summary> {
        if let Some((folder, files)) = self.files.take() {
            for (file, change) in files.into_iter().zip(Change::ALL) {
                let path = folder.join(lines_file(change));
                file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
                std::fs::rename(beside(&path, ".partial"), path)?;
            }
        }
        self.summary.fingerprint = hex(self.hash);
        self.summary.mark = hex(self.mark);
        let at = At { as_of: self.summary.day, known: self.known };
        for ((kind, from), leave) in self.exits {
            let mut holds = 0;
            self.reader.records(kind, at, &mut |entry| {
                let of = kind != Kind::Listing
                    || entry.body.get("scheme").and_then(|s| s.as_str()) == Some(&from);
                holds += u64::from(of && !ended(kind, entry.reason.code, &entry.body));
                Ok(())
            })?;
            self.summary.exits.push(Exits { from, leave, holds });
        }
        Ok(self.summary)
    }
}
