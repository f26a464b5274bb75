//! The coverage statement: what a list should hold, what it holds, what is known to be missing.
//! Every list, count, "not found" and target carries one.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Body, Lang};

/// A coverage statement. Its fields are those of [`crate::kinds::COVERAGE`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Coverage {
    /// First day covered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day covered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// Rows held.
    pub holds: u64,
    /// Total the source itself states.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated_total: Option<u64>,
    /// Whether the list is complete; see [`Coverage::judged`].
    pub complete: Complete,
    /// The day the source was last read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_read_on: Option<NaiveDate>,
    /// What is known to be missing, in the source's or the operator's words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<String>,
}

/// Whether a list is complete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Complete {
    /// It holds as many rows as the source states and no gap is known.
    Yes,
    /// Rows are missing.
    No,
    /// The source states no total.
    #[default]
    Unknown,
}

impl Complete {
    /// The code in records and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        ["yes", "no", "unknown"][self as usize]
    }
}

impl Coverage {
    /// The statement of a record's `coverage` field; `None` where there is none that can be read.
    #[must_use]
    pub fn of(body: &Body) -> Option<Coverage> {
        let value = body.get("coverage")?.clone();
        serde_json::from_value::<Coverage>(value).ok().map(Coverage::judged)
    }

    /// The statement as a field value.
    #[must_use]
    pub fn to_value(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The same statement with `complete` following from its figures: `yes` only if it holds the
    /// stated total and no gap is known; `unknown` without a stated total, unless gaps are known.
    #[must_use]
    pub fn judged(mut self) -> Coverage {
        self.complete = match self.stated_total {
            _ if !self.gaps.is_empty() => Complete::No,
            Some(total) if total == self.holds => Complete::Yes,
            Some(_) => Complete::No,
            None => Complete::Unknown,
        };
        self
    }

    /// Whether nothing has been loaded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.holds == 0 && self.last_read_on.is_none()
    }

    /// The sentence under a list.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        if self.is_empty() {
            return lang
                .of(&[
                    "本名录尚未载入数据。",
                    "本名錄尚未載入資料。",
                    "No data has been loaded for this list yet.",
                ])
                .to_owned();
        }
        let mut out = self.rows_and_period(lang);
        let total = self.stated_total.map(grouped);
        out += &match (lang, total) {
            (Lang::ZhHans, Some(total)) => format!("；来源公布总数为{total}"),
            (Lang::ZhHans, None) => "；来源未公布总数".to_owned(),
            (Lang::ZhHant, Some(total)) => format!("；來源公佈總數為{total}"),
            (Lang::ZhHant, None) => "；來源未公佈總數".to_owned(),
            (Lang::En, Some(total)) => format!("; the source states {total}"),
            (Lang::En, None) => "; the source states no total".to_owned(),
        };
        if let Some(day) = self.last_read_on {
            out += &match lang {
                Lang::ZhHans => format!("；最近核对于{day}"),
                Lang::ZhHant => format!("；最近核對於{day}"),
                Lang::En => format!("; last checked {day}"),
            };
        }
        out.push_str(lang.of(&["。", "。", "."]));
        if !self.gaps.is_empty() {
            out += &match lang {
                Lang::ZhHans => format!("已知缺少：{}。", self.gaps.join("；")),
                Lang::ZhHant => format!("已知缺少：{}。", self.gaps.join("；")),
                Lang::En => format!(" Known to be missing: {}.", self.gaps.join("; ")),
            };
        }
        out
    }

    fn rows_and_period(&self, lang: Lang) -> String {
        let rows = grouped(self.holds);
        let noun = if self.holds == 1 { "row" } else { "rows" };
        match (lang, self.from, self.to) {
            (Lang::ZhHans, Some(from), Some(to)) => format!("本名录收录{rows}条，涵盖{from}至{to}"),
            (Lang::ZhHant, Some(from), Some(to)) => format!("本名錄收錄{rows}條，涵蓋{from}至{to}"),
            (Lang::En, Some(from), Some(to)) => {
                format!("This list holds {rows} {noun} for {from} to {to}")
            }
            (Lang::ZhHans, ..) => format!("本名录收录{rows}条"),
            (Lang::ZhHant, ..) => format!("本名錄收錄{rows}條"),
            (Lang::En, ..) => format!("This list holds {rows} {noun}"),
        }
    }
}

/// A count with thousands separated, e.g. `152,036`.
#[must_use]
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(holds: u64, stated_total: Option<u64>, gaps: &[&str]) -> Coverage {
        Coverage {
            from: "2021-01-01".parse().ok(),
            to: "2025-12-31".parse().ok(),
            holds,
            stated_total,
            complete: Complete::Yes,
            last_read_on: "2026-01-10".parse().ok(),
            gaps: gaps.iter().map(|gap| (*gap).to_owned()).collect(),
        }
        .judged()
    }

    #[test]
    fn complete_means_the_stated_total_and_no_gap() {
        assert_eq!(statement(500, Some(500), &[]).complete, Complete::Yes);
        assert_eq!(statement(480, Some(500), &[]).complete, Complete::No);
        assert_eq!(statement(500, Some(500), &["2022"]).complete, Complete::No);
        assert_eq!(statement(500, None, &[]).complete, Complete::Unknown);
    }

    #[test]
    fn the_sentence_states_every_figure_it_has() {
        assert_eq!(
            statement(1480, Some(1500), &[]).sentence(Lang::ZhHans),
            "本名录收录1,480条，涵盖2021-01-01至2025-12-31；来源公布总数为1,500；最近核对于2026-01-10。"
        );
        assert_eq!(
            statement(1, None, &["2022"]).sentence(Lang::En),
            "This list holds 1 row for 2021-01-01 to 2025-12-31; the source states no total; last checked 2026-01-10. Known to be missing: 2022."
        );
        assert!(Coverage::default().sentence(Lang::ZhHant).contains("尚未載入"));
    }

    #[test]
    fn a_statement_survives_the_record() {
        let coverage = statement(480, Some(500), &["甲"]);
        let mut body = Body::new();
        body.insert("coverage".to_owned(), coverage.to_value());
        assert_eq!(Coverage::of(&body), Some(coverage));
        assert_eq!(Coverage::of(&Body::new()), None);
    }
}
