//! Batches of unit codes beside the log.

use register::Kind;
use register::code::{Batch, CreditCode, Pepper};
use serde_json::json;
use server::store::{Creation, Log, Register, audit};

use crate::support::{ID, Place, day, draft, instant};

fn pepper() -> Pepper {
    Pepper::new([5; 32])
}

fn code(n: u32) -> CreditCode {
    let mut random = [0; 16];
    random[..4].copy_from_slice(&n.wrapping_mul(2_654_435_761).to_be_bytes());
    random[12..].copy_from_slice(&n.to_be_bytes());
    CreditCode::mint_unit(random)
}

fn batch(numbers: std::ops::Range<u32>) -> Batch {
    Batch::new(numbers.map(|n| pepper().hash(&code(n))))
}

fn record(batch: &Batch) -> register::Draft {
    let root = register::id::key::hex(batch.root());
    draft(Kind::Code, &batch.key(), day(0), json!({ "level": "U-batch", "batch_root": root }))
}

#[test]
fn a_code_is_found_in_its_batch_and_in_no_other() {
    let place = Place::new();
    let register = place.create();
    let reader = register.reader().unwrap();
    assert_eq!(reader.batch_of_unit(&pepper().hash(&code(1))).unwrap(), None, "no table yet");
    let batches = [batch(0..1), batch(1..40), batch(40..9_000)];
    for batch in &batches {
        let appended =
            register.append_with(None, Some(batch), &mut [Ok(record(batch))].into_iter()).unwrap();
        assert_eq!(appended.count, 1);
    }
    for n in (0..9_000).step_by(7) {
        let of = match n {
            0 => &batches[0],
            1..40 => &batches[1],
            _ => &batches[2],
        };
        assert_eq!(reader.batch_of_unit(&pepper().hash(&code(n))).unwrap(), Some(of.key()), "{n}");
    }
    for n in 9_000..9_500 {
        assert_eq!(reader.batch_of_unit(&pepper().hash(&code(n))).unwrap(), None);
    }
    for batch in &batches {
        assert_eq!(reader.unit_batch(batch.root()).unwrap().as_ref(), Some(batch));
    }
    assert_eq!(reader.unit_batch(&[7; 32]).unwrap(), None);
    assert_eq!(audit(&place.path, &mut |_, _, _| ()).unwrap().errors, Vec::<String>::new());
    register.rebuild(&mut |_| ()).unwrap();
    assert_eq!(reader.batch_of_unit(&pepper().hash(&code(0))).unwrap(), Some(batches[0].key()));
}

#[test]
fn hashes_and_record_are_stored_together_or_not_at_all() {
    let place = Place::new();
    let register = place.create();
    let batch = batch(0..10);
    let hash = pepper().hash(&code(3));
    let moved = register.append_with(Some(99), Some(&batch), &mut [Ok(record(&batch))].into_iter());
    assert!(moved.is_err());
    let failing = [Ok(record(&batch)), Err(server::store::StoreError::Caller("no".to_owned()))];
    assert!(register.append_with(None, Some(&batch), &mut failing.into_iter()).is_err());
    let reader = register.reader().unwrap();
    assert_eq!(reader.batch_of_unit(&hash).unwrap(), None);
    assert_eq!(register.log_size().unwrap(), 1);
}

#[test]
fn a_check_notices_hashes_that_are_missing_or_changed() {
    let place = Place::new();
    let register = place.create();
    let (whole, missing) = (batch(0..50), batch(50..60));
    register.append_with(None, Some(&whole), &mut [Ok(record(&whole))].into_iter()).unwrap();
    register.append(&mut [record(&missing)].into_iter()).unwrap();
    let errors = audit(&place.path, &mut |_, _, _| ()).unwrap().errors;
    assert_eq!(errors, [format!("units: the hashes of batch {} are missing", missing.key())]);
    let raw = rusqlite::Connection::open(&place.path).unwrap();
    assert!(raw.execute_batch("DELETE FROM unit_hashes").is_err(), "append-only");
    raw.execute_batch(
        "DROP TRIGGER unit_hashes_no_delete;
         DELETE FROM unit_hashes WHERE prefix = (SELECT min(prefix) FROM unit_hashes)",
    )
    .unwrap();
    let errors = audit(&place.path, &mut |_, _, _| ()).unwrap().errors;
    assert!(errors[0].contains("do not give its root"), "{errors:?}");
}

#[test]
fn a_register_may_be_made_with_a_batch_in_it() {
    let place = Place::new();
    let batch = batch(0..20);
    let mut creation = Creation::begin(&place.path, ID, instant(0)).unwrap();
    creation.append(&mut [Ok(record(&batch))].into_iter(), instant(0)).unwrap();
    creation.put_batch(&batch).unwrap();
    creation.finish().unwrap();
    let reader = Register::open(&place.path).unwrap().reader().unwrap();
    assert_eq!(reader.batch_of_unit(&pepper().hash(&code(19))).unwrap(), Some(batch.key()));
    assert_eq!(audit(&place.path, &mut |_, _, _| ()).unwrap().errors, Vec::<String>::new());
}
