//! The audit trail, for auditors.

use app::model::{DeskPage, TrailLine};

use super::{Asked, Desk, Outcome};
use crate::web::failure::Failure;
use crate::web::project::view::beijing_iso;

/// Lines of a page.
const LINES: usize = 50;

pub(super) fn page(desk: &Desk, asked: &Asked) -> Result<Outcome, Failure> {
    let before = asked.query.get("before").parse().unwrap_or(u64::MAX);
    let found = desk.office.file().trail(before, LINES)?;
    let older = found.last().map(|line| line.seq).filter(|seq| *seq > 0 && found.len() == LINES);
    let lines = found
        .into_iter()
        .map(|line| TrailLine {
            seq: line.seq,
            at: beijing_iso(chrono::DateTime::from_timestamp(line.at, 0).unwrap_or_default())
                .chars()
                .take("2026-11-22T20:30:00".len())
                .map(|c| if c == 'T' { ' ' } else { c })
                .collect(),
            who: line.who,
            what: line.what,
            about: line.about,
            whence: line.whence,
            outcome: line.outcome,
        })
        .collect();
    Ok(Outcome::Page(DeskPage::Trail { lines, older }))
}
