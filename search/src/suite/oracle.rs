//! Brute force: looks at every record for every query, and says in a few lines what the engine must give.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{CatalogueSpec, FacetOrder, Row, SortBy};
use crate::engine::{Term, parse_terms};
use crate::fold::{self, Folding};
use crate::labels::Labels;
use crate::pinyin;
use crate::query::Query;
use crate::results::{FacetResult, FacetValue, Results};

pub(super) struct Oracle {
    spec: &'static CatalogueSpec,
    /// With sorted codes, blank and repeated values left out.
    rows: Vec<Row>,
    labels: Labels,
    /// Every value that occurs, prepared once: looking is what is brute here, not folding.
    values: BTreeMap<String, Value>,
}

struct Value {
    folded: String,
    squeezed: String,
    without_year: String,
    readings: Vec<Vec<String>>,
}

impl Oracle {
    pub(super) fn new(spec: &'static CatalogueSpec, rows: &[Row], labels: &Labels) -> Oracle {
        let tidy = |row: &Row| {
            let mut row = row.clone();
            for text in &mut row.texts {
                let mut kept: Vec<&str> = Vec::new();
                for value in text.split('\n') {
                    if !value.trim().is_empty() && !kept.contains(&value) {
                        kept.push(value);
                    }
                }
                *text = kept.join("\n");
            }
            for codes in &mut row.facets {
                *codes = codes.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect();
            }
            row
        };
        let values = rows.iter().flat_map(|r| &r.texts).flat_map(|t| t.split('\n')).map(|v| {
            let folded = fold::fold(v);
            let value = Value {
                squeezed: fold::squeeze(&folded),
                without_year: fold::squeeze(fold::without_year(&folded)),
                readings: folded.chars().map(pinyin::readings).collect(),
                folded,
            };
            (v.to_owned(), value)
        });
        Oracle {
            spec,
            rows: rows.iter().map(tidy).collect(),
            labels: labels.clone(),
            values: values.collect(),
        }
    }

    pub(super) fn search(&self, query: &Query) -> Results {
        let spec = self.spec;
        let terms = parse_terms(&query.q, &Folding::Whole);
        // Per record that satisfies the text: its worst term's best level.
        let texts: Vec<(usize, &Row)> = self
            .rows
            .iter()
            .filter_map(|row| {
                let levels: Option<Vec<usize>> =
                    terms.iter().map(|term| self.level(row, term)).collect();
                levels.map(|l| (l.into_iter().max().unwrap_or(0), row))
            })
            .collect();
        let chosen = |row: &Row, facet: usize| {
            let codes = &query.filters[facet];
            codes.is_empty() || row.facets[facet].iter().any(|c| codes.contains(c))
        };
        let all_but =
            |row: &Row, but: usize| (0..spec.facets.len()).all(|f| f == but || chosen(row, f));

        let mut hits: Vec<(usize, &Row)> =
            texts.iter().copied().filter(|(_, row)| all_but(row, usize::MAX)).collect();
        let sort = query.sort.or(if terms.is_empty() { Some(0) } else { None });
        hits.sort_by(|a, b| a.1.key.cmp(&b.1.key));
        match sort {
            None => hits.sort_by_key(|(level, row)| (*level, self.ended(row))),
            Some(sort) => {
                let sort = &spec.sorts[sort];
                let value = |row: &Row| match sort.by {
                    SortBy::Number(n) => row.numbers[n].map(|v| (v, String::new())),
                    SortBy::Text(t) => row.texts[t]
                        .split('\n')
                        .next()
                        .filter(|v| !v.is_empty())
                        .map(|v| (0, sort_text(v))),
                };
                hits.sort_by(|(_, a), (_, b)| match (value(a), value(b)) {
                    (Some(a), Some(b)) if sort.descending => b.cmp(&a),
                    (Some(a), Some(b)) => a.cmp(&b),
                    (a, b) => Reverse(a.is_some()).cmp(&Reverse(b.is_some())),
                });
            }
        }
        let facets = (0..spec.facets.len())
            .map(|f| {
                let facet = &spec.facets[f];
                let codes: BTreeSet<&String> = self
                    .rows
                    .iter()
                    .flat_map(|r| &r.facets[f])
                    .filter(|_| facet.shown)
                    .chain(&query.filters[f])
                    .collect();
                let without: BTreeMap<&str, usize> = codes
                    .iter()
                    .map(|c| {
                        (c.as_str(), self.rows.iter().filter(|r| r.facets[f].contains(c)).count())
                    })
                    .collect();
                let mut values: Vec<FacetValue> = codes
                    .into_iter()
                    .map(|code| FacetValue {
                        code: code.clone(),
                        label: match facet.fixed_label(code) {
                            Some(words) => words.map(str::to_owned),
                            // Words belong to records; a code no record has is shown as it is.
                            None if without[code.as_str()] == 0 => [(); 3].map(|()| code.clone()),
                            None => self
                                .labels
                                .get(facet.name, code)
                                .cloned()
                                .unwrap_or_else(|| [(); 3].map(|()| code.clone())),
                        },
                        count: texts
                            .iter()
                            .filter(|(_, r)| all_but(r, f) && r.facets[f].contains(code))
                            .count(),
                        selected: query.filters[f].contains(code),
                    })
                    .filter(|v| v.count > 0 || v.selected)
                    .collect();
                match facet.order {
                    FacetOrder::Code => {}
                    FacetOrder::CodeDescending => values.reverse(),
                    FacetOrder::Count => values.sort_by_key(|v| Reverse(without[v.code.as_str()])),
                    FacetOrder::Fixed(fixed) => values.sort_by_key(|v| {
                        fixed.iter().position(|f| f.code == v.code).unwrap_or(usize::MAX)
                    }),
                }
                FacetResult { name: facet.name, values }
            })
            .collect();
        Results {
            total: hits.len(),
            rows: hits
                .iter()
                .skip((query.page as usize - 1) * query.per_page as usize)
                .take(query.per_page as usize)
                .map(|(_, row)| (*row).clone())
                .collect(),
            facets,
        }
    }

    fn ended(&self, row: &Row) -> bool {
        self.spec
            .facet("status")
            .is_some_and(|f| row.facets[f].iter().any(|c| self.spec.ended.contains(&c.as_str())))
    }

    /// The best level of a term in a record: class, then column.
    fn level(&self, row: &Row, term: &Term) -> Option<usize> {
        let mut best = None;
        for (c, column) in self.spec.texts.iter().enumerate() {
            for value in row.texts[c].split('\n').filter(|v| !v.is_empty()) {
                if let Some(class) = class(&self.values[value], column.number, term) {
                    let level = class * self.spec.texts.len() + c;
                    best = Some(best.map_or(level, |b: usize| b.min(level)));
                }
            }
        }
        best
    }
}

fn class(value: &Value, number: bool, term: &Term) -> Option<usize> {
    let mut classes = Vec::new();
    let mut compare = |text: &str, term: &str| {
        if text == term {
            classes.push(0);
        }
        if text.starts_with(term) {
            classes.push(1);
        }
        if text.contains(term) {
            classes.push(2);
        }
    };
    compare(&value.folded, &term.text);
    if let (true, Some(squeezed)) = (number, &term.squeezed) {
        compare(&value.squeezed, squeezed);
        if value.without_year == *squeezed {
            classes.push(0);
        }
    }
    if sounds(&value.readings, &term.text) {
        classes.push(3);
    }
    classes.into_iter().min()
}

/// Every run of characters that has readings, spelled in every way.
fn sounds(chars: &[Vec<String>], term: &str) -> bool {
    if term.is_empty() || !term.bytes().all(|b| b.is_ascii_lowercase()) {
        return false;
    }
    (0..chars.len()).any(|from| {
        let mut full = BTreeSet::from([0]);
        let mut initials = Some(0);
        for readings in &chars[from..] {
            if readings.is_empty() {
                return false;
            }
            let mut next = BTreeSet::new();
            for &at in &full {
                for reading in readings {
                    if term[at..].starts_with(reading.as_str()) {
                        next.insert(at + reading.len());
                    }
                }
            }
            full = next;
            initials = initials
                .filter(|&at: &usize| readings.iter().any(|r| term[at..].starts_with(&r[..1])))
                .map(|at| at + 1);
            if full.contains(&term.len()) || term.len() > 1 && initials == Some(term.len()) {
                return true;
            }
        }
        false
    })
}

fn sort_text(value: &str) -> String {
    let mut key = String::new();
    for c in fold::fold(value).chars() {
        if let Some(reading) = pinyin::readings(c).first() {
            key = format!("{key}{reading}\u{1}");
        }
        key.push(c);
    }
    key
}
