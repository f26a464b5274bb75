//! Every combination of statuses against a table written down by hand.

use super::*;

/// A value of one input and the least outcome it imposes.
type Row = (&'static str, Outcome);

const CODE: [Row; 7] = [
    ("valid", Outcome::Valid),
    ("draft", Outcome::Unknown),
    ("suspended", Outcome::Suspended),
    ("withdrawn", Outcome::Withdrawn),
    ("cancelled", Outcome::Withdrawn),
    ("superseded", Outcome::Superseded),
    ("something else", Outcome::CannotTell),
];
const LISTING: [Row; 9] = [
    ("valid", Outcome::Valid),
    ("suspended", Outcome::Suspended),
    ("withdrawn", Outcome::Withdrawn),
    ("cancelled", Outcome::Withdrawn),
    ("exited", Outcome::Withdrawn),
    ("replaced", Outcome::Superseded),
    ("something else", Outcome::CannotTell),
    ("valid, over", Outcome::Expired),
    ("suspended, over", Outcome::Expired),
];
const SCHEME: [Row; 6] = [
    ("current", Outcome::Valid),
    ("historical", Outcome::ValidButNotice),
    ("superseded", Outcome::ValidButNotice),
    ("unverified", Outcome::ValidButNotice),
    ("something else", Outcome::CannotTell),
    ("", Outcome::CannotTell),
];
const HOLDERS: [Row; 5] = [
    ("active", Outcome::Valid),
    ("moved", Outcome::Valid),
    ("deregistered", Outcome::ValidButNotice),
    ("revoked", Outcome::ValidButNotice),
    ("", Outcome::CannotTell),
];
const RECALL: [Row; 3] =
    [("", Outcome::Valid), ("in_progress", Outcome::Recalled), ("completed", Outcome::Valid)];
const RESTRICTION: [Row; 3] =
    [("", Outcome::Valid), ("listed", Outcome::ValidButNotice), ("removed", Outcome::Valid)];
const VIEW: [Row; 2] = [("fresh", Outcome::Valid), ("stale", Outcome::CannotTell)];

fn apply([code, listing, scheme, holder, recall, restriction, view]: [&str; 7]) -> Scene {
    let (listing, over) = match listing.strip_suffix(", over") {
        Some(status) => (status, "2026-11-21"),
        None => (listing, "2026-11-22"),
    };
    let mut scene = super::scene();
    change(scene.code.as_mut().unwrap(), "status", code.into());
    for entry in &mut scene.records {
        match entry.kind {
            Kind::Listing => {
                change(entry, "status", listing.into());
                change(entry, "valid_until", over.into());
            }
            Kind::Scheme => change(entry, "status", scheme.into()),
            Kind::Enterprise => change(entry, "status", holder.into()),
            _ => {}
        }
    }
    scene.records.retain(|entry| entry.body.get("status") != Some(&json!("")));
    if !recall.is_empty() {
        let fields = json!({
            "number": "示召2024-001", "producer": { "uscc": HOLDER }, "models": ["SL-100A"],
            "product_name": "家用电冰箱", "status": recall,
        });
        scene.records.push(entry(Kind::Recall, "示例/示召2024-001", fields));
    }
    if !restriction.is_empty() {
        let fields = json!({
            "list": "quality_blacklist", "subject": HOLDER, "cause": "示例", "status": restriction,
            "listed_on": "2026-01-01", "publish_until": "2027-01-01",
        });
        scene.records.push(entry(Kind::Restriction, "list/1", fields));
    }
    if view == "stale" {
        scene.view.now += TimeDelta::hours(1);
    }
    scene
}

#[test]
fn every_combination_of_statuses_gives_the_worst_of_its_parts() {
    let mut judged = 0;
    for code in CODE {
        for listing in LISTING {
            for scheme in SCHEME {
                for holder in HOLDERS {
                    for recall in RECALL {
                        for restriction in RESTRICTION {
                            for view in VIEW {
                                let rows =
                                    [code, listing, scheme, holder, recall, restriction, view];
                                check(rows);
                                judged += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    assert_eq!(judged, 7 * 9 * 6 * 5 * 3 * 3 * 2);
}

fn check(rows: [Row; 7]) {
    let verdict = apply(rows.map(|row| row.0)).verdict();
    let (code, view) = (rows[0].1, rows[6].1);
    let expected = match (code, view) {
        // A code that was never issued: only a fresh and complete view can say so.
        (Outcome::Unknown, Outcome::Valid) => Outcome::Unknown,
        (Outcome::Unknown, _) => Outcome::CannotTell,
        _ => rows.iter().map(|row| row.1).max().unwrap(),
    };
    assert_eq!(verdict.outcome, expected, "{rows:?}: {:?}", verdict.reasons);
}
