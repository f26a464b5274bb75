//! Whatever orders come in whatever order: the record goes only where the table of the kind lets it, and
//! the log grows by one entry for each move and by none otherwise.

use std::sync::Arc;

use proptest::prelude::*;
use register::kinds::code::SPEC;

use super::*;
use crate::code::issue::{Terms, Wish, model};
use crate::desk::act;
use crate::store::{FixedClock, Register};

fn order(code: &str, n: usize) -> Order {
    let change =
        [Change::Activate, Change::Suspend, Change::Restore, Change::Withdraw, Change::Cancel]
            [n % 5];
    Order {
        code: code.to_owned(),
        change,
        reason: Some("试".to_owned()),
        decision: None,
        on: None,
        issuer: "示例机关".to_owned(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn a_code_moves_only_where_the_table_lets_it(draft: bool, steps in proptest::collection::vec(0..5_usize, 1..14)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.db");
        let now = crate::sample::TODAY.and_hms_opt(3, 0, 0).unwrap().and_utc();
        let clock = Arc::new(FixedClock(now));
        let mut drafts = crate::reference::drafts().into_iter().chain(crate::sample::drafts(3, 1));
        let register =
            Register::create_with(&path, &"0".repeat(32), clock.clone(), &mut drafts).unwrap();
        let product =
            register.reader().unwrap().keys_like(Kind::Product, "p-", 1).unwrap().remove(0);
        let terms = Terms { product, draft, issuer: "示例机关".to_owned(), ..Terms::default() };
        let wish = Wish { again: true, ..Wish::default() };
        let mut draw = || Ok([9; 16]);
        let (issued, _) =
            act(&register, clock.as_ref(), |look| model(look, &terms, &wish, &mut draw)).unwrap();
        let crate::code::issue::Issued::New(code) = issued else { panic!("{issued:?}") };
        let mut now = if draft { "draft" } else { "valid" };
        for step in steps {
            let order = order(code.as_str(), step);
            let wanted = order.change.status();
            let size = register.log_size().unwrap();
            let mut pepper = || refuse("no unit codes here");
            let done = act(&register, clock.as_ref(), |look| decide(look, &order, &mut pepper));
            let allowed = now == wanted
                || SPEC.transitions.contains(&(now, wanted))
                    && order.change.from().is_none_or(|from| from == now);
            prop_assert_eq!(done.is_ok(), allowed, "{} to {}: {:?}", now, wanted, done);
            let grown = register.log_size().unwrap() - size;
            prop_assert_eq!(grown, u64::from(allowed && now != wanted));
            if allowed {
                now = wanted;
            }
            let entry = register.reader().unwrap().history(Kind::Code, code.as_str()).unwrap();
            let last = entry.last().unwrap();
            prop_assert_eq!(text(&last.body, "status"), Some(now));
        }
    }
}
