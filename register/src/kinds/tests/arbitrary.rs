//! Whatever a file or a network sends, nothing here panics.

use proptest::prelude::*;

use super::*;

/// Any JSON, floats and nesting included.
fn any_json() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        any::<String>(),
        "[0-9A-Z]{18}",
        "(GB|T/|Q/)[0-9A-Z /.-]{0,12}",
        "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        Just("91350100M000100Y43".to_owned()),
        Just("product".to_owned()),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let name = prop::sample::select(vec![
            "kind", "key", "number", "name", "uscc", "standard", "limit", "unit", "x",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name.prop_map(str::to_owned), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Bodies with the kind's own field names, so that every type meets every value.
pub fn bodies() -> impl Strategy<Value = (Kind, Body)> {
    let kind = prop::sample::select(Kind::ALL.to_vec());
    let filled = |kind: Kind| {
        let fields = kind.spec().fields;
        let names = prop::sample::subsequence(
            fields.iter().map(|f| f.name).collect::<Vec<_>>(),
            0..=fields.len(),
        );
        names.prop_flat_map(move |names| {
            prop::collection::vec(any_json(), names.len()).prop_map(move |values| {
                let members = names.iter().map(|name| (*name).to_owned()).zip(values);
                (kind, members.collect::<Body>())
            })
        })
    };
    kind.prop_flat_map(filled)
}

proptest! {
    #[test]
    fn no_body_makes_a_rule_panic((kind, body) in bodies(), key in any::<String>()) {
        let around = Around { provinces: vec!["44"], ..Around::default() };
        let messages = validate(kind, &key, &body, &around);
        let in_order = messages.windows(2).all(|pair| pair[0].code <= pair[1].code);
        prop_assert!(in_order);
        let mut normal = body.clone();
        normalise(kind, &mut normal);
        let mut again = normal.clone();
        normalise(kind, &mut again);
        prop_assert_eq!(&again, &normal, "normalising twice changes nothing");
        let _ = key_of(kind, &normal);
        let _ = crate::references(kind, &normal);
        let _ = (kind.spec().title)(&normal);
        let _ = crate::comparison::outcome(&normal);
        let _ = crate::coverage::Coverage::of(&normal);
        let _ = crate::status::computed(&normal, around.today());
        let _ = crate::commitment::committed_fields(kind, &key, &normal);
    }

    #[test]
    fn no_cell_makes_reading_panic(kind in prop::sample::select(Kind::ALL.to_vec()), cell in any::<String>(), words in "[a-z0-9、；| .是2023-]{0,24}") {
        for field in kind.spec().fields {
            let _ = (field.read(&cell), field.read(&words));
        }
    }
}
