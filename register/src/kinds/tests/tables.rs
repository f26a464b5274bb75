//! The tables themselves.

use super::*;
use crate::lang::Lang;

/// Kind and field of every row of the domain reference's field list.
const SNAPSHOT: &str = include_str!("../fields_snapshot.txt");

#[test]
fn no_field_of_the_reference_is_missing() {
    let tables: Vec<String> = Kind::ALL
        .iter()
        .flat_map(|k| k.spec().fields.iter().map(move |f| format!("{}.{}", k.name(), f.name)))
        .collect();
    for name in SNAPSHOT.lines() {
        assert!(tables.iter().any(|t| t == name), "{name} is missing");
    }
    let beyond: Vec<&String> =
        tables.iter().filter(|t| !SNAPSHOT.lines().any(|name| name == *t)).collect();
    // Pages in traditional Chinese need the names of products and schemes; a code of a product with
    // several listings names the one that decides; foreign recalls print a heading, an address and
    // where the goods were made; a target says what the document says, and what others have counted.
    assert_eq!(
        beyond,
        [
            "product.name_hant",
            "scheme.name_hant",
            "code.listing",
            "recall.heading",
            "recall.made_in",
            "recall.made_in_text",
            "recall.url",
            "target.text_zh",
            "target.measure_en",
            "target.note",
            "target.official_values",
        ]
    );
}

#[test]
fn every_kind_is_reached_by_its_name() {
    for kind in Kind::ALL {
        assert_eq!(kind.spec().kind, kind);
        assert_eq!(kind.spec().name, kind.name());
        let names = |fields: &[Field]| fields.iter().map(|f| f.name).collect::<Vec<_>>();
        assert_eq!(names(kind.spec().fields), names(kind.fields()));
        assert_eq!(Kind::from_name(kind.name()), Some(kind));
        assert_eq!(serde_json::to_value(kind).ok(), Some(json!(kind.name())));
        for lang in Lang::ALL {
            assert!(!kind.label(lang).is_empty());
        }
    }
    assert_eq!(Kind::from_name("entry"), None);
}

#[test]
fn every_field_has_words_in_three_languages_and_full_width_brackets() {
    fn walk(path: &str, fields: &[Field]) {
        for field in fields {
            let name = format!("{path}.{}", field.name);
            assert!(field.label.iter().all(|word| !word.is_empty()), "{name}");
            assert!(
                !field.label[2].chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
                "{name}: {}",
                field.label[2]
            );
            assert!(!field.label[0].contains(['(', ')', ',']), "{name}: {}", field.label[0]);
            for choice in field.choices().unwrap_or_default() {
                assert!(
                    !choice.zh.is_empty() && !choice.hant.is_empty() && !choice.en.is_empty(),
                    "{name}"
                );
            }
            match field.ty {
                Type::Struct(inner) => walk(&name, inner),
                Type::List(Type::Struct(inner)) => walk(&name, inner),
                _ => {}
            }
        }
    }
    for kind in Kind::ALL {
        walk(kind.name(), kind.spec().fields);
    }
}

#[test]
fn transitions_name_values_of_status() {
    for kind in Kind::ALL {
        let spec = kind.spec();
        let choices = spec.field("status").and_then(Field::choices).unwrap_or_default();
        for (from, to) in spec.transitions {
            assert!(
                choices.iter().any(|c| c.code == *from) && choices.iter().any(|c| c.code == *to),
                "{kind:?} {from} {to}"
            );
        }
    }
}

#[test]
fn every_required_column_fills_a_field() {
    for kind in Kind::ALL {
        for group in kind.spec().required_columns {
            for column in *group {
                assert!(kind.spec().field_of_column(column).is_some(), "{kind:?} {column}");
            }
        }
    }
}

#[test]
fn headers_match_whatever_their_brackets_and_spaces() {
    let listing = Kind::Listing.spec();
    for header in ["获证（认定）日期", "获证(认定)日期", " 获证 (认定) 日期", "获证日期"]
    {
        assert_eq!(listing.field_of_column(header), Some("granted_on"), "{header}");
    }
    assert_eq!(Kind::Inspection.spec().field_of_column("食品名称"), Some("product_name"));
    assert_eq!(listing.field_of_column("内部编号"), None);
}

#[test]
fn columns_in_other_units_say_by_how_much() {
    let factor = |kind: Kind, field: &str| kind.spec().field(field).map(Field::column_factor);
    assert_eq!(factor(Kind::Scheme, "validity_months"), Some(12));
    assert_eq!(factor(Kind::Product, "warranty_months"), Some(1));
    assert_eq!(factor(Kind::Penalty, "amount_fen"), Some(1_000_000));
}
