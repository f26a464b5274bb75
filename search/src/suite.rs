//! The suite that holds both engines to the oracle: run natively by the tests, and in wasm under Node.
//!
//! Random records of every catalogue, random queries made from them; the index, the index with an overlay, both
//! written and read back, and the shelf must give what [`oracle`] gives, row for row, in order, with every count.

mod data;
mod oracle;

use crate::catalogue::Catalogue;
use crate::index::Index;
use crate::shelf::{self, Shelf};
use data::Random;

/// What a run covered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Queries compared.
    pub queries: usize,
    /// Sets of records they ran over.
    pub datasets: usize,
    /// Records in all sets.
    pub rows: usize,
    /// Hits in all queries.
    pub hits: usize,
    /// Queries with at least one hit.
    pub with_hits: usize,
}

/// Queries per set of records.
const PER_DATASET: usize = 50;

/// Compares that many random queries; the same seed gives the same run everywhere.
///
/// # Errors
/// The first query on which an engine and the oracle differ, with both answers.
pub fn run(seed: u64, queries: usize) -> Result<Summary, String> {
    let mut random = Random::new(seed);
    let mut summary = Summary::default();
    while summary.queries < queries {
        let catalogue = Catalogue::ALL[summary.datasets % Catalogue::ALL.len()];
        let spec = catalogue.spec();
        let size = [0, 1, 7, 63, 64, 65, 90, 130, 200, 260][random.below(10)];
        let rows = data::rows(&mut random, spec, size);
        let labels = data::labels(&mut random, spec);
        let oracle = oracle::Oracle::new(spec, &rows, &labels);

        // Postings from the first value on, else small sets would never use them.
        let plain = Index::build_scanning(spec, rows.clone(), &labels, random.below(2) * 1_000);
        let (before, changed, removed) = data::history(&mut random, spec, &rows);
        let (first, second) = changed.split_at(changed.len() / 2);
        let overlaid = Index::build_scanning(spec, before, &labels, 0)
            .overlay(first.to_vec(), &removed, &labels)
            .overlay(second.to_vec(), &[], &labels);
        let parse = |index: &Index| -> Result<Shelf, String> {
            let bytes = shelf::write(index, 7).ok_or("no shelf")?;
            Shelf::parse(&bytes).map_err(|e| e.to_string())
        };
        let again = |index: &Index| -> Result<Index, String> {
            let mut bytes = Vec::new();
            index.freeze(&mut |piece| -> Result<(), String> {
                bytes.extend_from_slice(piece);
                Ok(())
            })?;
            Index::thaw(spec, &bytes).map_err(|e| e.to_string())
        };
        let (thawed, thawed_overlay) = (again(&plain)?, again(&overlaid)?);
        let shelf = parse(&plain)?;
        let shelf_of_overlay = parse(&overlaid)?;
        if shelf::write(&plain, 7) != shelf::write(&overlaid, 7) {
            return Err(format!("{}: the same records give two shelves", spec.name));
        }
        for _ in 0..PER_DATASET.min(queries - summary.queries) {
            let query = data::query(&mut random, spec, &rows);
            let want = oracle.search(&query);
            for (name, got) in [
                ("index", plain.search(&query)),
                ("index with overlay", overlaid.search(&query)),
                ("thawed index", thawed.search(&query)),
                ("thawed index with overlay", thawed_overlay.search(&query)),
                ("shelf", shelf.search(&query)),
                ("shelf of an overlay", shelf_of_overlay.search(&query)),
            ] {
                if got != want {
                    return Err(difference(name, spec.name, &query, &got, &want));
                }
            }
            summary.queries += 1;
            summary.hits += want.total;
            summary.with_hits += usize::from(want.total > 0);
        }
        summary.datasets += 1;
        summary.rows += rows.len();
    }
    Ok(summary)
}

fn difference(
    engine: &str,
    catalogue: &str,
    query: &crate::Query,
    got: &crate::Results,
    want: &crate::Results,
) -> String {
    let keys = |r: &crate::Results| r.rows.iter().map(|r| r.key.clone()).collect::<Vec<_>>();
    let mut text = format!("{engine} over {catalogue}, {query:?}:\n");
    text += &format!(
        "total {} for {}\nrows {:?}\nfor  {:?}\n",
        got.total,
        want.total,
        keys(got),
        keys(want)
    );
    for (g, w) in got.facets.iter().zip(&want.facets) {
        if g != w {
            text += &format!("facet {:?}\nfor   {:?}\n", g, w);
        }
    }
    for (g, w) in got.rows.iter().zip(&want.rows) {
        if g != w {
            text += &format!("row {g:?}\nfor {w:?}\n");
            break;
        }
    }
    text
}
