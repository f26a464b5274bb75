//! A catalogue's rows as columns: what the server's index and the browser's shelf both become before a query.

use crate::bits::Bits;
use crate::catalogue::{CatalogueSpec, Row, SortBy};
use crate::columns::{Lists, Strings, sort_numbers};
use crate::fold::{self, Folding};
use crate::sound::Readings;

/// Stands for "no value" in a number column.
pub(crate) const NO_NUMBER: i64 = i64::MIN;

/// The columns as they are stored and shipped. Rows are in key order.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    pub(crate) spec: &'static CatalogueSpec,
    /// Ascending, distinct.
    pub(crate) keys: Strings,
    pub(crate) texts: Vec<Values>,
    pub(crate) facets: Vec<Codes>,
    /// [`NO_NUMBER`] where there is none.
    pub(crate) numbers: Vec<Vec<i64>>,
    pub(crate) display: Vec<Values>,
    pub(crate) readings: Readings,
    pub(crate) folding: Folding,
}

/// Distinct values (ascending) and each row's values in the record's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Values {
    pub(crate) values: Strings,
    pub(crate) of_row: Lists,
}

/// Distinct codes (ascending), their words, and each row's codes (ascending).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Codes {
    pub(crate) codes: Strings,
    /// Words of a code; none for a fixed vocabulary or where nobody named it.
    pub(crate) labels: Vec<Option<[String; 3]>>,
    pub(crate) of_row: Lists,
}

/// A table ready for queries.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) columns: Columns,
    pub(crate) texts: Vec<TextIndex>,
    pub(crate) facets: Vec<FacetIndex>,
    /// Rows whose status ranks them behind.
    pub(crate) ended: Bits,
    /// Per sort order by text: each value's place in that order.
    pub(crate) text_ranks: Vec<Option<Vec<u32>>>,
    /// Per sort order: rows in that order.
    pub(crate) permutations: Vec<Vec<u32>>,
}

/// A text column ready for queries.
#[derive(Clone, Debug)]
pub(crate) struct TextIndex {
    pub(crate) folded: Strings,
    /// Standard numbers without separators; empty for other columns.
    pub(crate) squeezed: Strings,
    pub(crate) rows_of: Lists,
    #[cfg(feature = "build")]
    pub(crate) grams: Option<crate::grams::Grams>,
}

/// A facet ready for queries.
#[derive(Clone, Debug)]
pub(crate) struct FacetIndex {
    pub(crate) rows_of: Lists,
    /// Of values with many rows; only on the server.
    pub(crate) bitmaps: Vec<Option<Bits>>,
    /// Words and rows to look at when every value is counted on its own.
    pub(crate) cost_by_value: usize,
}

impl FacetIndex {
    /// Of each code's rows, of so many in all.
    pub(crate) fn new(rows_of: Lists, rows: usize) -> FacetIndex {
        let words = rows.div_ceil(64);
        let cost_by_value = (0..rows_of.len()).map(|v| rows_of.get(v).len().min(words) + 1).sum();
        FacetIndex { rows_of, bitmaps: Vec::new(), cost_by_value }
    }

    /// Adds the bitmaps of frequent values.
    #[cfg(feature = "build")]
    pub(crate) fn add_bitmaps(&mut self, rows: usize) {
        let words = rows.div_ceil(64);
        self.bitmaps = (0..self.rows_of.len())
            .map(|v| {
                let list = self.rows_of.get(v);
                (list.len() > words && rows > 512).then(|| {
                    let mut bits = Bits::none(rows);
                    list.iter().for_each(|&r| bits.insert(r));
                    bits
                })
            })
            .collect();
    }
}

impl Columns {
    pub(crate) fn rows(&self) -> usize {
        self.keys.len()
    }

    /// A row as the caller gave it (facet codes sorted).
    pub(crate) fn row(&self, row: u32) -> Row {
        let row = row as usize;
        let joined = |values: &Values| {
            let mut text = String::new();
            for (i, &v) in values.of_row.get(row).iter().enumerate() {
                if i > 0 {
                    text.push('\n');
                }
                text.push_str(values.values.get(v as usize));
            }
            text
        };
        Row {
            key: self.keys.get(row).to_owned(),
            texts: self.texts.iter().map(joined).collect(),
            facets: self
                .facets
                .iter()
                .map(|f| {
                    f.of_row.get(row).iter().map(|&v| f.codes.get(v as usize).to_owned()).collect()
                })
                .collect(),
            numbers: self
                .numbers
                .iter()
                .map(|n| n.get(row).copied().filter(|&v| v != NO_NUMBER))
                .collect(),
            display: self.display.iter().map(joined).collect(),
        }
    }
}

impl Table {
    /// Derives what queries need.
    pub(crate) fn new(columns: Columns) -> Table {
        let rows = columns.rows();
        let texts: Vec<TextIndex> = columns
            .texts
            .iter()
            .zip(columns.spec.texts)
            .map(|(column, text)| {
                let mut folded = Strings::default();
                let mut squeezed = Strings::default();
                for value in column.values.iter() {
                    let form = columns.folding.text(value);
                    if text.number {
                        squeezed.push(&fold::squeeze(&form));
                    }
                    folded.push(&form);
                }
                TextIndex {
                    folded,
                    squeezed,
                    rows_of: column.of_row.inverted(column.values.len()),
                    #[cfg(feature = "build")]
                    grams: None,
                }
            })
            .collect();
        let facets: Vec<FacetIndex> = columns
            .facets
            .iter()
            .map(|facet| FacetIndex::new(facet.of_row.inverted(facet.codes.len()), rows))
            .collect();
        let ended = Table::ended_rows(&columns, &facets);
        let text_ranks = columns
            .spec
            .sorts
            .iter()
            .map(|sort| match sort.by {
                SortBy::Number(_) => None,
                SortBy::Text(column) => {
                    let folded = &texts[column].folded;
                    let keys: Vec<String> =
                        folded.iter().map(|f| columns.readings.sort_key(f)).collect();
                    let mut order: Vec<u32> = (0..keys.len() as u32).collect();
                    sort_numbers(&mut order, &|a, b| keys[a as usize].cmp(&keys[b as usize]));
                    let mut ranks = vec![0; keys.len()];
                    let mut rank = 0;
                    for (i, &value) in order.iter().enumerate() {
                        if i > 0 && keys[order[i - 1] as usize] != keys[value as usize] {
                            rank += 1;
                        }
                        ranks[value as usize] = rank;
                    }
                    Some(ranks)
                }
            })
            .collect();
        let mut table =
            Table { columns, texts, facets, ended, text_ranks, permutations: Vec::new() };
        table.permutations = (0..table.columns.spec.sorts.len())
            .map(|sort| {
                let values: Vec<(bool, u64)> =
                    (0..rows as u32).map(|row| table.sort_value(sort, row)).collect();
                let mut order: Vec<u32> = (0..rows as u32).collect();
                sort_numbers(&mut order, &|a, b| values[a as usize].cmp(&values[b as usize]));
                order
            })
            .collect();
        table
    }

    /// Rows whose status ranks them behind.
    pub(crate) fn ended_rows(columns: &Columns, facets: &[FacetIndex]) -> Bits {
        let mut ended = Bits::none(columns.rows());
        if let Some(status) = columns.spec.facet("status") {
            for code in columns.spec.ended {
                if let Some(v) = columns.facets[status].codes.find(code) {
                    facets[status].rows_of.get(v).iter().for_each(|&r| ended.insert(r));
                }
            }
        }
        ended
    }

    /// What orders a row in a sort order: rows without a value last, then the value.
    pub(crate) fn sort_value(&self, sort: usize, row: u32) -> (bool, u64) {
        let spec = &self.columns.spec.sorts[sort];
        let value = match (spec.by, &self.text_ranks[sort]) {
            (SortBy::Number(column), _) => match self.columns.numbers[column].get(row as usize) {
                Some(&v) if v != NO_NUMBER => Some((v as u64) ^ (1 << 63)),
                _ => None,
            },
            (SortBy::Text(column), Some(ranks)) => {
                let first = self.columns.texts[column].of_row.get(row as usize).first();
                first.and_then(|&v| ranks.get(v as usize)).map(|&r| u64::from(r))
            }
            _ => None,
        };
        match value {
            Some(v) => (false, if spec.descending { !v } else { v }),
            None => (true, 0),
        }
    }

    /// The text by which a row is sorted, for comparing rows of two tables.
    pub(crate) fn sort_text(&self, sort: usize, row: u32) -> Option<String> {
        match self.columns.spec.sorts[sort].by {
            SortBy::Number(_) => None,
            SortBy::Text(column) => {
                let first = self.columns.texts[column].of_row.get(row as usize).first()?;
                Some(self.columns.readings.sort_key(self.texts[column].folded.get(*first as usize)))
            }
        }
    }
}
