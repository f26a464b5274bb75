//! The example row of every template, typed as a clerk would.

use super::*;

/// The body of a kind's examples.
fn example(kind: Kind) -> Body {
    let fields = kind
        .spec()
        .fields
        .iter()
        .filter(|f| f.visibility != Visibility::Computed && !f.example.is_empty());
    let mut body: Body =
        fields.filter_map(|f| Some((f.name.to_owned(), f.read(f.example)?))).collect();
    normalise(kind, &mut body);
    body
}

#[test]
fn the_example_row_of_every_template_is_a_record() {
    let ctx = NoContext { today: NaiveDate::from_ymd_opt(2026, 1, 10).unwrap_or_default() };
    let mut broken = Vec::new();
    for kind in Kind::ALL {
        let mut body = example(kind);
        if kind == Kind::Evaluation {
            // The four dimensions have a column each.
            body.insert("dimensions".to_owned(), json!([]));
        }
        let key = key_of(kind, &body).unwrap_or_else(|_| "44M3QMX9D2R4".to_owned());
        for message in validate(kind, &key, &body, &ctx).into_iter().filter(Message::is_error) {
            broken.push(format!(
                "{} {}: {message} {:?}",
                kind.name(),
                message.column,
                message.value
            ));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn a_cell_is_read_as_its_field_says() {
    let read =
        |kind: Kind, field: &str, cell: &str| kind.spec().field(field).and_then(|f| f.read(cell));
    assert_eq!(read(Kind::Listing, "status", "暂停"), Some(json!("suspended")));
    assert_eq!(read(Kind::Listing, "status", "在售"), Some(json!("在售")));
    assert_eq!(read(Kind::Listing, "granted_on", "2023年6月30日"), Some(json!("2023-06-30")));
    assert_eq!(
        read(Kind::Listing, "models", "SL-100A、SL-100B；SL-100C"),
        Some(json!(["SL-100A", "SL-100B", "SL-100C"]))
    );
    assert_eq!(
        read(Kind::Product, "gtins", "09521234543213,6921168509256"),
        Some(json!(["09521234543213", "6921168509256"]))
    );
    assert_eq!(
        read(Kind::Enterprise, "roles", "生产企业、销售企业"),
        Some(json!(["producer", "seller"]))
    );
    assert_eq!(read(Kind::Scheme, "validity_months", "1.5"), Some(json!(18)));
    assert_eq!(read(Kind::Penalty, "amount_fen", "2.35"), Some(json!(2_350_000)));
    assert_eq!(read(Kind::Standard, "mandatory", "否"), Some(json!(false)));
    assert_eq!(
        read(Kind::Listing, "subject", "产品 p-d58030165a9c"),
        Some(json!({ "kind": "product", "key": "p-d58030165a9c" }))
    );
    let adopts = Some(json!({ "number": "IEC 62552-3:2015", "degree": "MOD" }));
    assert_eq!(read(Kind::Standard, "adopts", "IEC 62552-3:2015 MOD"), adopts);
    assert_eq!(read(Kind::Standard, "adopts", "IEC 62552-3:2015|修改采用"), adopts);
    assert_eq!(
        read(Kind::Evaluation, "rating", "AAA 2026-12-31"),
        Some(json!({ "grade": "AAA", "valid_until": "2026-12-31" }))
    );
    let claim = json!([{ "indicator": "耗电量", "text": "0.35 kW·h/d" }]);
    assert_eq!(read(Kind::Product, "pack_claims", "耗电量 0.35 kW·h/d"), Some(claim));
    assert_eq!(read(Kind::Listing, "scope", "  "), None);
}
