//! The query string of an address, read strictly: an unknown parameter is said, never ignored.

use std::borrow::Cow;

use chrono::NaiveDate;
use register::code::Qualifier;
use search::catalogue::Catalogue;
use search::{Query, Results};

use super::failure::Failure;
use super::limits;
use crate::store::At;

/// A decoded name and its value.
pub type Pair<'q> = (Cow<'q, str>, Cow<'q, str>);

/// Decoded pairs of a query string.
///
/// # Errors
/// [`Failure::BadParameter`] above the limit of pairs.
pub fn pairs(query: Option<&str>) -> Result<Vec<Pair<'_>>, Failure> {
    let pairs: Vec<_> = form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .take(limits::PAIRS_MAX + 1)
        .collect();
    if pairs.len() > limits::PAIRS_MAX {
        let most = limits::PAIRS_MAX;
        return Err(Failure::BadParameter {
            name: pairs[0].0.chars().take(100).collect(),
            expected: [
                format!("最多 {most} 个参数"),
                format!("最多 {most} 個參數"),
                format!("at most {most} parameters"),
            ],
        });
    }
    Ok(pairs)
}

/// Takes parameters of a page's own out of the pairs, in the order of `names`; empty values are none.
///
/// # Errors
/// [`Failure::BadParameter`] for one that is given twice.
pub fn taken(
    pairs: &mut Vec<Pair<'_>>,
    names: &[&'static str],
) -> Result<Vec<(&'static str, String)>, Failure> {
    let mut taken = Vec::new();
    for name in names {
        let mut values: Vec<String> = Vec::new();
        pairs.retain(|(known, value)| {
            let own = known == name;
            if own && !value.trim().is_empty() {
                values.push(value.trim().to_owned());
            }
            !own
        });
        if values.len() > 1 {
            return Err(Failure::BadParameter {
                name: (*name).to_owned(),
                expected: ["一个值", "一個值", "one value"].map(str::to_owned),
            });
        }
        taken.extend(values.pop().map(|value| (*name, value)));
    }
    Ok(taken)
}

/// What every page understands: both times and large type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// The day asked for.
    pub as_of: Option<String>,
    /// The log size asked for.
    pub known: Option<u64>,
    /// Large type.
    pub large: bool,
}

impl Times {
    /// Of a list's query.
    #[must_use]
    pub fn of(query: &Query) -> Times {
        Times { as_of: query.as_of.clone(), known: query.known, large: query.large }
    }

    /// Reads the parameters of a page that is no list. `timed`: whether it has another day at all.
    ///
    /// # Errors
    /// [`Failure`] naming the parameter.
    pub fn parse(pairs: &[Pair<'_>], timed: bool) -> Result<Times, Failure> {
        for (name, _) in pairs {
            if !(name == "size" || timed && matches!(&**name, "as_of" | "known")) {
                let name = name.chars().take(100).collect();
                return Err(Failure::UnknownParameter { name });
            }
        }
        // The same rules as on lists, by the same code.
        let query =
            Query::parse(search::spec(Catalogue::Systems), pairs.iter().map(|(n, v)| (n, v)))?;
        Ok(Times::of(&query))
    }

    /// The point in time meant, given the present.
    ///
    /// # Errors
    /// [`Failure::BadParameter`] for a log size the log has not reached.
    pub fn at(&self, present: At) -> Result<At, Failure> {
        let as_of = match &self.as_of {
            Some(day) => day.parse::<NaiveDate>().map_err(|_| Failure::BadParameter {
                name: "as_of".to_owned(),
                expected: ["日期，写成 2026-01-31", "日期，寫成 2026-01-31", "a date YYYY-MM-DD"]
                    .map(str::to_owned),
            })?,
            None => present.as_of,
        };
        let known = self.known.unwrap_or(present.known);
        if known > present.known {
            let size = present.known;
            return Err(Failure::BadParameter {
                name: "known".to_owned(),
                expected: [
                    format!("不超过现有条目数 {size}"),
                    format!("不超過現有條目數 {size}"),
                    format!("at most the log size, {size}"),
                ],
            });
        }
        Ok(At { as_of, known })
    }

    /// Canonical query string of a page that is no list, without `size`.
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut pairs = Vec::new();
        pairs.extend(self.as_of.as_ref().map(|day| format!("as_of={day}")));
        pairs.extend(self.known.map(|known| format!("known={known}")));
        pairs.join("&")
    }
}

/// Takes the lot of a verdict (`lot=`) out of the pairs: what GS1 allows as a batch or lot number.
///
/// # Errors
/// [`Failure::BadParameter`] for anything else.
pub fn lot(pairs: &mut Vec<Pair<'_>>) -> Result<Option<String>, Failure> {
    let Some(i) = pairs.iter().position(|(name, _)| name == "lot") else { return Ok(None) };
    let lot = pairs.remove(i).1;
    let lot = lot.trim();
    if lot.is_empty() {
        return Ok(None);
    }
    let most = Qualifier::Lot.characters_max();
    Qualifier::Lot.check(lot).map_err(|_| Failure::BadParameter {
        name: "lot".to_owned(),
        expected: [
            format!("批号，最多 {most} 个字母、数字和常用符号"),
            format!("批號，最多 {most} 個字母、數字和常用符號"),
            format!("a lot number of at most {most} letters, digits and common signs"),
        ],
    })?;
    Ok(Some(lot.to_owned()))
}

/// A lot as it stands in the canonical query string.
#[must_use]
pub fn lot_pair(lot: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair("lot", lot).finish()
}

/// Canonical query string of a list, without `size` and, in a directory, without its own scheme.
#[must_use]
pub fn canonical(query: &Query, scheme: Option<&str>) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    for (name, value) in query.to_pairs() {
        if name == "size" || scheme.is_some() && name == "scheme" {
            continue;
        }
        out.append_pair(name, &value);
    }
    out.finish()
}

/// Whether a list is a combination that crawlers are kept out of.
#[must_use]
pub fn combined(query: &Query, scheme: Option<&str>) -> bool {
    let own = usize::from(scheme.is_some());
    !query.q.is_empty() || query.chosen_count() > own + 1
}

/// Whether a page of a list exists: the first always does.
#[must_use]
pub fn page_exists(query: &Query, results: &Results) -> bool {
    query.page <= query.last_page(results.total)
}
