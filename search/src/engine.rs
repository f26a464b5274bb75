//! Answers a query over one table, or over a table and the small overlay of what changed since.

mod count;
mod order;
mod terms;

use crate::bits::Bits;
use crate::catalogue::FacetOrder;
use crate::columns::sort_list;
use crate::query::Query;
use crate::results::{FacetResult, FacetValue, Results};
use crate::table::Table;
use order::Placed;
#[cfg(feature = "build")]
pub(crate) use terms::Term;
#[cfg(feature = "suite")]
pub(crate) use terms::parse as parse_terms;

/// A table with the rows that no longer count.
pub(crate) struct Part<'a> {
    pub(crate) table: &'a Table,
    /// Rows replaced by an overlay or removed.
    pub(crate) hidden: Option<&'a Hidden>,
}

/// Rows of a table that no longer count.
#[derive(Clone, Debug)]
pub(crate) struct Hidden {
    pub(crate) rows: Bits,
    /// Number of them.
    pub(crate) count: usize,
    /// Per facet and value, how many of them have it.
    pub(crate) values: Vec<Vec<u32>>,
}

impl Hidden {
    /// Adds up what the hidden rows hold, so that no query has to.
    #[cfg(feature = "build")]
    pub(crate) fn new(table: &Table, rows: Bits) -> Hidden {
        let values = table
            .columns
            .facets
            .iter()
            .map(|facet| {
                let mut counts = vec![0; facet.codes.len()];
                for row in rows.iter() {
                    facet.of_row.get(row as usize).iter().for_each(|&v| counts[v as usize] += 1);
                }
                counts
            })
            .collect();
        Hidden { count: rows.count(), rows, values }
    }
}

impl Part<'_> {
    /// Records with a value of a facet, without any filter.
    fn records(&self, facet: usize, value: usize) -> usize {
        let hidden = self.hidden.map_or(0, |h| h.values[facet][value] as usize);
        self.table.facets[facet].rows_of.get(value).len() - hidden
    }

    /// Records with a code of a facet, without any filter.
    fn records_of(&self, facet: usize, code: &str) -> usize {
        self.table.columns.facets[facet].codes.find(code).map_or(0, |v| self.records(facet, v))
    }
}

/// The hits of one part.
struct Hits {
    /// Rows that satisfy everything.
    rows: Bits,
    total: usize,
    /// Per facet with chosen values: rows that satisfy everything but this facet. None: same as `rows`.
    without: Vec<Option<Bits>>,
    /// Per term, rows by relevance.
    relevance: Vec<terms::Relevance>,
}

/// Runs the query; the parts hold disjoint keys once hidden rows are left out.
pub(crate) fn search(parts: &[Part<'_>], query: &Query) -> Results {
    let Some(first) = parts.first() else { return Results::default() };
    let spec = first.table.columns.spec;
    let terms = terms::parse(&query.q, &first.table.columns.folding);
    let hits: Vec<Hits> = parts.iter().map(|part| hits(part, query, &terms)).collect();
    let total = hits.iter().map(|h| h.total).sum();
    let sort = match query.sort {
        Some(sort) if sort < spec.sorts.len() => Some(sort),
        _ if !terms.is_empty() => None,
        _ if spec.sorts.is_empty() => None,
        _ => Some(0),
    };
    let offset = query.offset();
    let per_page = query.per_page as usize;
    let rows = if offset >= total {
        Vec::new()
    } else {
        let wanted = offset.saturating_add(per_page).min(total);
        let placed: Vec<Vec<Placed>> = parts
            .iter()
            .zip(&hits)
            .map(|(part, hits)| order::first(part.table, hits, sort, wanted))
            .collect();
        if let [only] = placed.as_slice() {
            only.iter()
                .skip(offset)
                .take(per_page)
                .map(|p| first.table.columns.row(p.row))
                .collect()
        } else {
            order::merge(parts, &placed, sort)
                .into_iter()
                .skip(offset)
                .take(per_page)
                .map(|(part, row)| parts[part].table.columns.row(row))
                .collect()
        }
    };
    let facets =
        (0..spec.facets.len()).map(|facet| facet_result(parts, &hits, query, facet)).collect();
    Results { total, rows, facets }
}

fn hits(part: &Part<'_>, query: &Query, terms: &[terms::Term]) -> Hits {
    let table = part.table;
    let mut text = Bits::all(table.columns.rows());
    if let Some(hidden) = part.hidden {
        text.and_not(&hidden.rows);
    }
    let relevance: Vec<terms::Relevance> =
        terms.iter().map(|term| terms::relevance(table, term)).collect();
    for term in &relevance {
        text.and(&term.rows);
    }
    // Rows of the chosen values, facet by facet; a facet beyond the table's shape cannot occur.
    let chosen: Vec<(usize, Bits)> = query
        .filters
        .iter()
        .enumerate()
        .filter(|(facet, codes)| !codes.is_empty() && *facet < table.facets.len())
        .map(|(facet, codes)| (facet, count::rows_of(table, facet, codes)))
        .collect();
    // Everything but facet i = text ∧ (product before i) ∧ (product behind i): two sweeps, not one per facet.
    let mut without: Vec<Option<Bits>> = (0..table.facets.len()).map(|_| None).collect();
    let mut before = text;
    for (facet, rows) in &chosen {
        without[*facet] = Some(before.clone());
        before.and(rows);
    }
    let mut behind: Option<Bits> = None;
    for (facet, rows) in chosen.iter().rev() {
        if let (Some(others), Some(behind)) = (&mut without[*facet], &behind) {
            others.and(behind);
        }
        match &mut behind {
            Some(behind) => behind.and(rows),
            None => behind = Some(rows.clone()),
        }
    }
    let total = before.count();
    Hits { rows: before, total, without, relevance }
}

fn facet_result(parts: &[Part<'_>], hits: &[Hits], query: &Query, facet: usize) -> FacetResult {
    let spec = parts[0].table.columns.spec;
    let table = &spec.facets[facet];
    let chosen = &query.filters[facet];
    // (code, hits, records without any filter), ascending by code.
    let mut found: Vec<(&str, usize, usize)> = Vec::new();
    if table.shown {
        for (part, hits) in parts.iter().zip(hits) {
            let codes = &part.table.columns.facets[facet].codes;
            let counts = match &hits.without[facet] {
                Some(rows) => count::every_value(part, facet, rows, rows.count()),
                None => count::every_value(part, facet, &hits.rows, hits.total),
            };
            let by_count = table.order == FacetOrder::Count;
            found.extend(
                counts
                    .iter()
                    .enumerate()
                    .filter(|(v, count)| {
                        **count > 0
                            || chosen.binary_search_by(|c| c.as_str().cmp(codes.get(*v))).is_ok()
                    })
                    .map(|(v, &count)| {
                        (
                            codes.get(v),
                            count as usize,
                            if by_count { part.records(facet, v) } else { 0 },
                        )
                    }),
            );
        }
        if parts.len() > 1 {
            sort_list(&mut found, &|a, b| a.0.cmp(b.0));
            found.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                if same {
                    kept.1 += next.1;
                    kept.2 += next.2;
                }
                same
            });
            if table.order == FacetOrder::Count {
                // A code with hits in one part only may have records in the other.
                for entry in &mut found {
                    entry.2 = parts.iter().map(|p| p.records_of(facet, entry.0)).sum();
                }
            }
        }
    } else {
        for code in chosen {
            let count = parts
                .iter()
                .zip(hits)
                .map(|(part, hits)| {
                    count::one_value(
                        part.table,
                        facet,
                        hits.without[facet].as_ref().unwrap_or(&hits.rows),
                        code,
                    )
                })
                .sum();
            found.push((code, count, parts.iter().map(|p| p.records_of(facet, code)).sum()));
        }
    }
    for code in chosen {
        if let Err(at) = found.binary_search_by(|f| f.0.cmp(code)) {
            found.insert(at, (code, 0, 0));
        }
    }
    match table.order {
        FacetOrder::Code => {}
        FacetOrder::CodeDescending => found.reverse(),
        FacetOrder::Count => sort_list(&mut found, &|a, b| b.2.cmp(&a.2).then(a.0.cmp(b.0))),
        FacetOrder::Fixed(values) => {
            let place =
                |code: &str| values.iter().position(|v| v.code == code).unwrap_or(values.len());
            sort_list(&mut found, &|a, b| place(a.0).cmp(&place(b.0)));
        }
    }
    let values = found
        .into_iter()
        .map(|(code, count, _)| FacetValue {
            code: code.to_owned(),
            label: label(parts, facet, code),
            count,
            selected: chosen.binary_search_by(|c| c.as_str().cmp(code)).is_ok(),
        })
        .collect();
    FacetResult { name: table.name, values }
}

/// Words of a code: the fixed vocabulary's, else the newest part's, else the code itself.
fn label(parts: &[Part<'_>], facet: usize, code: &str) -> [String; 3] {
    if let Some(words) = parts[0].table.columns.spec.facets[facet].fixed_label(code) {
        return words.map(str::to_owned);
    }
    for part in parts.iter().rev() {
        let codes = &part.table.columns.facets[facet];
        let visible = part.hidden.is_none() || part.records_of(facet, code) > 0;
        if visible
            && let Some(Some(words)) = codes.codes.find(code).and_then(|v| codes.labels.get(v))
        {
            return words.clone();
        }
    }
    [code.to_owned(), code.to_owned(), code.to_owned()]
}
