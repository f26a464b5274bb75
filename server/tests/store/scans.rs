//! What readers said they checked.

use chrono::{Days, NaiveDate};
use server::store::{NOTES_A_DAY_MAX, NOTES_KEPT_DAYS, ScanBook, ScanNotes, StoreError};

use crate::support::Place;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

#[test]
fn notes_are_counted_by_day_and_province_and_no_further() {
    let place = Place::new();
    let register = place.create();
    let reader = register.reader().expect("a reader");
    let (unit, other) = ([7; 32], [8; 32]);
    let today = day("2026-11-22");
    assert_eq!(reader.scan_notes(&unit, today).expect("read"), ScanNotes::default());
    let dump = reader.view_dump().expect("a dump");
    let mut book = ScanBook::open(&place.path).expect("a book");
    assert!(book.note(&unit, day("2026-11-20"), 44).expect("noted"));
    for n in 0..2 * NOTES_A_DAY_MAX {
        let counted = book.note(&unit, today, if n % 2 == 0 { 44 } else { 0 }).expect("noted");
        assert_eq!(counted, n < NOTES_A_DAY_MAX, "{n}");
    }
    let notes = reader.scan_notes(&unit, today).expect("read");
    let most = u64::from(NOTES_A_DAY_MAX);
    assert_eq!(
        notes,
        ScanNotes {
            times: 1 + most,
            first: Some(day("2026-11-20")),
            last: Some(today),
            provinces: vec![(0, most / 2), (44, 1 + most.div_ceil(2))],
        }
    );
    assert_eq!(reader.scan_notes(&other, today).expect("read"), ScanNotes::default());
    // A rebuild of the view neither needs nor changes them.
    register.rebuild(&mut |_| ()).expect("rebuilt");
    assert_eq!(reader.view_dump().expect("a dump"), dump);
    assert_eq!(reader.scan_notes(&unit, today).expect("read"), notes);
    // A copy holds them.
    let copy = place.path.with_extension("copy");
    let raw = rusqlite::Connection::open(&place.path).expect("a database");
    raw.execute("VACUUM INTO ?1", [copy.to_string_lossy()]).expect("copied");
    let copied = server::store::Reader::open(&copy).expect("a copy");
    assert_eq!(copied.scan_notes(&unit, today).expect("read"), notes);
}

#[test]
fn notes_are_deleted_when_their_time_is_over() {
    let place = Place::new();
    let register = place.create();
    let reader = register.reader().expect("a reader");
    let mut book = ScanBook::open(&place.path).expect("a book");
    let first = day("2026-01-01");
    let after = |days: u32| first.checked_add_days(Days::new(days.into())).expect("a day");
    book.note(&[7; 32], first, 44).expect("noted");
    let on_the_last = reader.scan_notes(&[7; 32], after(NOTES_KEPT_DAYS - 1)).expect("read");
    assert_eq!(on_the_last.times, 1);
    assert_eq!(reader.scan_notes(&[7; 32], after(NOTES_KEPT_DAYS)).expect("read").times, 0);
    // Another unit's note takes it out of the file.
    book.note(&[8; 32], after(NOTES_KEPT_DAYS), 0).expect("noted");
    assert_eq!(reader.scan_notes(&[7; 32], first).expect("read").times, 0);
}

#[test]
fn a_note_does_not_wait_long_for_a_command_that_writes() {
    let place = Place::new();
    let _register = place.create();
    let mut book = ScanBook::open(&place.path).expect("a book");
    let writer = rusqlite::Connection::open(&place.path).expect("a database");
    writer.execute_batch("BEGIN IMMEDIATE").expect("the writer's turn");
    let refused = book.note(&[7; 32], day("2026-11-22"), 44);
    assert!(matches!(refused, Err(StoreError::Busy(_))), "{refused:?}");
    writer.execute_batch("ROLLBACK").expect("given back");
    assert!(book.note(&[7; 32], day("2026-11-22"), 44).expect("noted"));
}
