//! The server's index of a catalogue: immutable, shared by readers, replaced as a whole.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::bits::Bits;
use crate::catalogue::{CatalogueSpec, Row};
use crate::columns::{Lists, Strings};
use crate::engine::{self, Hidden, Part};
use crate::fold::{self, Folding};
use crate::grams::{Grams, SCAN_MAX};
use crate::labels::Labels;
use crate::pinyin;
use crate::query::Query;
use crate::results::Results;
use crate::table::{Codes, Columns, NO_NUMBER, Table, Values};

/// An index of one catalogue. Cloning is cheap; readers keep theirs while a new one takes its place.
#[derive(Clone, Debug)]
pub struct Index {
    base: Arc<Table>,
    overlay: Option<Arc<Overlay>>,
}

/// What changed since the base was built.
#[derive(Debug)]
struct Overlay {
    /// Rows of the base that were changed or removed.
    hidden: Hidden,
    table: Table,
}

impl Index {
    /// Builds an index. Of rows with the same key the last counts. A row of another shape than the
    /// catalogue's is filled up or cut.
    pub fn build(
        spec: &'static CatalogueSpec,
        rows: impl IntoIterator<Item = Row>,
        labels: &Labels,
    ) -> Index {
        Index::build_scanning(spec, rows, labels, SCAN_MAX)
    }

    /// Builds an index that scans text columns of up to `scan_max` distinct values and keeps postings of others.
    pub(crate) fn build_scanning(
        spec: &'static CatalogueSpec,
        rows: impl IntoIterator<Item = Row>,
        labels: &Labels,
        scan_max: usize,
    ) -> Index {
        let mut table = Table::new(columns(spec, rows.into_iter().collect(), labels));
        prepare(&mut table, scan_max);
        Index { base: Arc::new(table), overlay: None }
    }

    /// The index with some rows changed or added and some keys removed; the base is not touched, so the cost
    /// is that of the changes so far. Build anew when [`Index::overlay_rows`] has grown to a few thousand.
    #[must_use]
    pub fn overlay(
        &self,
        changed: impl IntoIterator<Item = Row>,
        removed: &[String],
        labels: &Labels,
    ) -> Index {
        let spec = self.base.columns.spec;
        let mut rows: BTreeMap<String, Row> = BTreeMap::new();
        let mut hidden = Bits::none(self.base.columns.rows());
        let mut known = labels.clone();
        if let Some(old) = &self.overlay {
            hidden.or(&old.hidden.rows);
            for row in 0..old.table.columns.rows() {
                let row = old.table.columns.row(row as u32);
                rows.insert(row.key.clone(), row);
            }
            for (facet, codes) in spec.facets.iter().zip(&old.table.columns.facets) {
                for (code, words) in codes.codes.iter().zip(&codes.labels) {
                    if let Some(words) = words
                        && known.get(facet.name, code).is_none()
                    {
                        known.insert(facet.name, code, words.clone());
                    }
                }
            }
        }
        for row in changed {
            rows.insert(row.key.clone(), row);
        }
        for key in removed {
            rows.remove(key);
        }
        for key in removed.iter().chain(rows.keys()) {
            if let Some(row) = self.base.columns.keys.find(key) {
                hidden.insert(row as u32);
            }
        }
        let table = Table::new(columns(spec, rows.into_values().collect(), &known));
        Index {
            base: Arc::clone(&self.base),
            overlay: Some(Arc::new(Overlay { hidden: Hidden::new(&self.base, hidden), table })),
        }
    }

    /// Of tables that were read; rows of the first are hidden by the second.
    pub(crate) fn of_tables(base: Table, overlay: Option<(Table, Bits)>) -> Index {
        let overlay = overlay
            .map(|(table, hidden)| Arc::new(Overlay { hidden: Hidden::new(&base, hidden), table }));
        Index { base: Arc::new(base), overlay }
    }

    pub(crate) fn base_table(&self) -> &Table {
        &self.base
    }

    /// What is laid over the base, and the rows of the base it hides.
    pub(crate) fn laid_over(&self) -> Option<(&Table, &Bits)> {
        self.overlay.as_ref().map(|overlay| (&overlay.table, &overlay.hidden.rows))
    }

    /// Answers a query of this catalogue.
    pub fn search(&self, query: &Query) -> Results {
        match &self.overlay {
            None => engine::search(&[Part { table: &self.base, hidden: None }], query),
            Some(overlay) => engine::search(
                &[
                    Part { table: &self.base, hidden: Some(&overlay.hidden) },
                    Part { table: &overlay.table, hidden: None },
                ],
                query,
            ),
        }
    }

    /// The catalogue.
    pub fn spec(&self) -> &'static CatalogueSpec {
        self.base.columns.spec
    }

    /// Number of records.
    pub fn len(&self) -> usize {
        let changed = self.overlay.as_ref().map_or(0, |o| o.table.columns.rows());
        let hidden = self.overlay.as_ref().map_or(0, |o| o.hidden.count);
        self.base.columns.rows() - hidden + changed
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Rows in the overlay, changed or hidden.
    pub fn overlay_rows(&self) -> usize {
        self.overlay.as_ref().map_or(0, |o| o.table.columns.rows() + o.hidden.count)
    }

    /// The row of a key.
    pub fn row(&self, key: &str) -> Option<Row> {
        if let Some(overlay) = &self.overlay {
            if let Some(row) = overlay.table.columns.keys.find(key) {
                return Some(overlay.table.columns.row(row as u32));
            }
            let row = self.base.columns.keys.find(key)? as u32;
            return (!overlay.hidden.rows.has(row)).then(|| self.base.columns.row(row));
        }
        self.base.columns.keys.find(key).map(|row| self.base.columns.row(row as u32))
    }

    /// Every row in key order.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = (0..self.base.columns.rows() as u32)
            .filter(|&r| self.overlay.as_ref().is_none_or(|o| !o.hidden.rows.has(r)))
            .map(|r| self.base.columns.row(r))
            .collect();
        if let Some(overlay) = &self.overlay {
            rows.extend(
                (0..overlay.table.columns.rows() as u32).map(|r| overlay.table.columns.row(r)),
            );
            rows.sort_by(|a, b| a.key.cmp(&b.key));
        }
        rows
    }

    /// The columns for a shelf: those of the base, or rebuilt from base and overlay.
    pub(crate) fn shelf_columns(&self) -> std::borrow::Cow<'_, Columns> {
        let Some(overlay) = &self.overlay else {
            return std::borrow::Cow::Borrowed(&self.base.columns);
        };
        let mut labels = Labels::new();
        for table in [&*self.base, &overlay.table] {
            for (facet, codes) in self.spec().facets.iter().zip(&table.columns.facets) {
                for (code, words) in codes.codes.iter().zip(&codes.labels) {
                    if let Some(words) = words {
                        labels.insert(facet.name, code, words.clone());
                    }
                }
            }
        }
        std::borrow::Cow::Owned(columns(self.spec(), self.rows(), &labels))
    }
}

/// Adds what only the server keeps: postings of large columns, bitmaps of frequent values.
fn prepare(table: &mut Table, scan_max: usize) {
    let rows = table.columns.rows();
    for text in &mut table.texts {
        if text.folded.len() > scan_max {
            text.grams = Some(Grams::build(&text.folded, &text.squeezed, &table.columns.readings));
        }
    }
    table.facets.iter_mut().for_each(|facet| facet.add_bitmaps(rows));
}

/// Turns rows into columns.
pub(crate) fn columns(
    spec: &'static CatalogueSpec,
    mut rows: Vec<Row>,
    labels: &Labels,
) -> Columns {
    // Stable, so that of equal keys the last stays last; then it is the one kept.
    rows.sort_by(|a, b| a.key.cmp(&b.key));
    rows.reverse();
    rows.dedup_by(|next, kept| next.key == kept.key);
    rows.reverse();
    let keys = rows.iter().map(|r| r.key.as_str()).collect();
    let texts: Vec<Values> = (0..spec.texts.len())
        .map(|c| {
            values(rows.iter().map(|r| {
                let text = r.texts.get(c).map(String::as_str).unwrap_or_default();
                let mut list: Vec<&str> = Vec::new();
                for value in text.split('\n') {
                    if !value.trim().is_empty() && !list.contains(&value) {
                        list.push(value);
                    }
                }
                list
            }))
        })
        .collect();
    let display = (0..spec.display.len())
        .map(|c| {
            values(rows.iter().map(|r| {
                let text = r.display.get(c).map(String::as_str).unwrap_or_default();
                if text.is_empty() { Vec::new() } else { vec![text] }
            }))
        })
        .collect();
    let facets = spec
        .facets
        .iter()
        .enumerate()
        .map(|(f, facet)| {
            let column = values(rows.iter().map(|r| {
                let mut codes: Vec<&str> = r
                    .facets
                    .get(f)
                    .map(Vec::as_slice)
                    .unwrap_or_default()
                    .iter()
                    .map(String::as_str)
                    .collect();
                codes.retain(|c| !c.is_empty());
                codes.sort_unstable();
                codes.dedup();
                codes
            }));
            let words = |code: &str| match facet.fixed_label(code) {
                Some(_) => None,
                None => labels.get(facet.name, code).cloned(),
            };
            Codes {
                labels: column.values.iter().map(words).collect(),
                codes: column.values,
                of_row: column.of_row,
            }
        })
        .collect();
    let numbers = (0..spec.numbers.len())
        .map(|c| {
            rows.iter().map(|r| r.numbers.get(c).copied().flatten().unwrap_or(NO_NUMBER)).collect()
        })
        .collect();
    let readings = pinyin::collect(texts.iter().flat_map(|t| t.values.iter()).map(fold::fold));
    Columns { spec, keys, texts, facets, numbers, display, readings, folding: Folding::Whole }
}

/// Distinct values, ascending, and each row's values in its order.
fn values<'a>(rows: impl Iterator<Item = Vec<&'a str>>) -> Values {
    let rows: Vec<Vec<&str>> = rows.collect();
    // Most columns hold few values many times: comparing only different ones is most of the sorting saved.
    let distinct: HashSet<&str> = rows.iter().flatten().copied().collect();
    let mut distinct: Vec<&str> = distinct.into_iter().collect();
    distinct.sort_unstable();
    let numbered: HashMap<&str, u32> =
        distinct.iter().enumerate().map(|(i, v)| (*v, i as u32)).collect();
    let mut of_row = Lists::default();
    for row in &rows {
        of_row.push(row.iter().filter_map(|v| numbered.get(v).copied()));
    }
    Values { values: distinct.into_iter().collect::<Strings>(), of_row }
}
