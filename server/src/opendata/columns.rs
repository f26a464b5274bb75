//! The columns of a kind's table, from the kind's own table of fields.

use register::Kind;
use register::kinds::{Field, Type};

use crate::published;

/// What a column's cells hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Text; decimals too, which are exact as text.
    Text,
    /// A day, `YYYY-MM-DD`.
    Day,
    /// A moment of universal time (RFC 3339), to the second.
    Moment,
    /// Whole numbers.
    Int,
    /// Yes or no.
    Bool,
    /// A list or an object, as JSON in a database.
    Json,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name: the field's, `field.part` for a part of an object, or that of an envelope's member.
    pub name: String,
    /// Where its value stands in the record's line (JSON pointer, RFC 6901).
    pub pointer: String,
    /// What it holds.
    pub holds: Holds,
}

/// Columns of the envelope: name, pointer, what they hold. Their names begin with words that no field's
/// name begins with, since some kinds have a field `valid_from` of their own.
const ENVELOPE: [(&str, &str, Holds); 12] = [
    ("record_key", "/key", Holds::Text),
    ("record_valid_from", "/valid_from", Holds::Day),
    ("record_seq", "/seq", Holds::Int),
    ("record_recorded_at", "/recorded_at", Holds::Moment),
    ("record_reason", "/reason/code", Holds::Text),
    ("source_id", "/source/id", Holds::Text),
    ("source_locator", "/source/locator", Holds::Json),
    ("source_title", "/source/title", Holds::Text),
    ("source_publisher", "/source/publisher", Holds::Text),
    ("source_url", "/source/url", Holds::Text),
    ("source_licence", "/source/licence", Holds::Text),
    ("source_sample", "/source/sample", Holds::Bool),
];

/// How many of them stand before the fields.
const BEFORE: usize = 5;

/// The columns of a kind: key and times, the published fields, the source.
#[must_use]
pub fn of(kind: Kind) -> Vec<Column> {
    let envelope = |range: &[(&str, &str, Holds)]| -> Vec<Column> {
        range
            .iter()
            .map(|(name, pointer, holds)| Column {
                name: (*name).to_owned(),
                pointer: (*pointer).to_owned(),
                holds: *holds,
            })
            .collect()
    };
    let mut columns = envelope(&ENVELOPE[..BEFORE]);
    for field in published::columns(kind) {
        match field.ty {
            Type::Struct(parts) => columns.extend(parts.iter().map(|part| part_of(field, part))),
            Type::Subject => columns.extend(["kind", "key"].map(|part| Column {
                name: format!("{}.{part}", field.name),
                pointer: format!("/record/{}/{part}", field.name),
                holds: Holds::Text,
            })),
            _ => columns.push(Column {
                name: field.name.to_owned(),
                pointer: format!("/record/{}", field.name),
                holds: holds(&field.ty),
            }),
        }
    }
    columns.extend(envelope(&ENVELOPE[BEFORE..]));
    columns
}

fn part_of(field: &Field, part: &Field) -> Column {
    Column {
        name: format!("{}.{}", field.name, part.name),
        pointer: format!("/record/{}/{}", field.name, part.name),
        holds: holds(&part.ty),
    }
}

/// What cells of a type hold.
#[must_use]
pub const fn holds(ty: &Type) -> Holds {
    match ty {
        Type::Int => Holds::Int,
        Type::Bool => Holds::Bool,
        Type::Date => Holds::Day,
        Type::List(_) | Type::Struct(_) | Type::Subject => Holds::Json,
        Type::Text { .. }
        | Type::Uscc
        | Type::Gtin
        | Type::StandardNumber
        | Type::DivisionCode
        | Type::PlaceOrCountry
        | Type::Decimal
        | Type::Url
        | Type::Sha256
        | Type::Bytes
        | Type::Enum(_)
        | Type::Key(_)
        | Type::KeyOrText(_)
        | Type::System
        | Type::Regex => Holds::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_columns_of_a_table_share_a_name() {
        for kind in Kind::ALL {
            let mut names: Vec<String> =
                of(kind).into_iter().map(|column| column.name.to_ascii_lowercase()).collect();
            names.push("record".to_owned());
            let count = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), count, "{}", kind.name());
        }
    }

    #[test]
    fn what_may_be_removed_has_no_column() {
        let names: Vec<String> = of(Kind::Penalty).into_iter().map(|c| c.name).collect();
        assert!(names.contains(&"party.name".to_owned()), "shown while the penalty is");
        assert!(!names.contains(&"person_name".to_owned()));
    }
}
