//! What the lists need of a record, cut down to what fits in memory a million times.
//!
//! The rows of an index are joined from these, whether all records are read at start or only those
//! a new entry touches.

use std::collections::HashMap;

use chrono::NaiveDate;
use register::status::{self, Status};
use register::{Body, Entry, Lang};

use super::body;

/// An enterprise, as its products and listings show it.
#[derive(Clone, Debug, Default)]
pub struct Holder {
    /// Key.
    pub key: String,
    /// Chinese (or only) name.
    pub name: String,
    /// English name; may be empty.
    pub name_en: String,
    /// Division code, park key or country.
    pub place: String,
    /// Sector; may be empty.
    pub sector: String,
}

impl Holder {
    /// Of an enterprise record.
    pub fn of(entry: &Entry) -> Holder {
        Holder {
            key: entry.key.clone(),
            name: body::text(&entry.body, "name_zh").to_owned(),
            name_en: body::text(&entry.body, "name_en").to_owned(),
            place: body::text(&entry.body, "place").to_owned(),
            sector: body::text(&entry.body, "sector").to_owned(),
        }
    }
}

/// One grant, as its subject's row shows it.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Scheme.
    pub scheme: String,
    /// Computed status as of the day.
    pub status: Status,
    /// Day of the grant.
    pub granted: Option<NaiveDate>,
    /// Last day of validity.
    pub until: Option<NaiveDate>,
    /// Day its latest entry became true: since when it is suspended, withdrawn, ….
    pub since: NaiveDate,
    /// Standards it names.
    pub standards: Vec<String>,
    /// The record is contested.
    pub contested: bool,
}

impl Grant {
    /// Of a listing record, as of a day.
    pub fn of(entry: &Entry, as_of: NaiveDate) -> Grant {
        Grant {
            scheme: body::text(&entry.body, "scheme").to_owned(),
            status: status::computed(&entry.body, as_of),
            granted: body::date(&entry.body, "granted_on"),
            until: body::date(&entry.body, "valid_until"),
            since: entry.valid_from,
            standards: body::texts(&entry.body, "standards").iter().map(|s| (*s).into()).collect(),
            contested: entry.is_contested(),
        }
    }
}

/// Years a grant is followed: the codes of the facet `kept` end here.
pub const KEPT_YEARS_MAX: u32 = 10;

/// Whole years a grant stayed in force, as far as `as_of` can tell: on the anniversary of its day it
/// had neither been ended nor run out. A suspended grant is still in force.
pub fn years_kept(grant: &Grant, as_of: NaiveDate) -> u32 {
    let Some(granted) = grant.granted else { return 0 };
    let ended = match grant.status {
        Status::Valid | Status::Suspended | Status::Expired => None,
        _ => Some(grant.since),
    };
    let in_force = |day: NaiveDate| {
        day <= as_of
            && ended.is_none_or(|ended| day < ended)
            && grant.until.is_none_or(|until| day <= until)
    };
    (1..=KEPT_YEARS_MAX)
        .take_while(|years| {
            granted.checked_add_months(chrono::Months::new(12 * years)).is_some_and(in_force)
        })
        .last()
        .unwrap_or(0)
}

/// The deciding grant: best status, then latest grant, then the first of equals.
pub fn deciding(grants: &[Grant]) -> Option<&Grant> {
    grants
        .iter()
        .enumerate()
        .min_by_key(|(place, grant)| (grant.status, std::cmp::Reverse(grant.granted), *place))
        .map(|(_, grant)| grant)
}

/// The first indicator of a product, as its row shows it.
#[derive(Clone, Debug, Default)]
pub struct Indicator {
    /// Id of the indicator.
    pub id: String,
    /// Its Chinese name.
    pub name: String,
    /// `lower_better`, `higher_better` or `within`.
    pub direction: String,
    /// Unit.
    pub unit: String,
    /// Measured value, else the own limit.
    pub value: String,
    /// Own limit.
    pub limit: String,
    /// First baseline's limit, in `unit`.
    pub baseline: String,
    /// Strictness of the own limit (else the measured value) in tenths of a percent.
    pub strictness: Option<i64>,
    /// Day of the comparison's entry.
    pub changed: Option<NaiveDate>,
}

/// Score of the dimension `standard_level` per hundred of its full mark, with the day of the evaluation.
pub fn standard_level(entry: &Entry) -> Option<(NaiveDate, f64)> {
    let day = body::date(&entry.body, "evaluated_on")?;
    let dimension = body::objects(&entry.body, "dimensions")
        .into_iter()
        .find(|dimension| matches!(body::text(dimension, "id"), "standard_level" | "标准水平"))?;
    let score: f64 = body::maybe(dimension, "score")?.parse().ok()?;
    let full: f64 = body::maybe(dimension, "full_mark").unwrap_or("100").parse().ok()?;
    (full > 0.0 && score.is_finite()).then(|| (day, score / full * 100.0))
}

/// Band of a score per hundred: the codes of the facet `score`.
pub fn band(score: f64) -> &'static str {
    match score {
        s if s >= 90.0 => "90-",
        s if s >= 80.0 => "80-89",
        s if s >= 70.0 => "70-79",
        _ => "below",
    }
}

/// Names of places and the levels above a place.
#[derive(Clone, Debug, Default)]
pub struct Places {
    names: HashMap<String, [String; 3]>,
    /// Codes no longer in use, and the year from which.
    ended: HashMap<String, String>,
}

impl Places {
    /// Adds a place record.
    pub fn add(&mut self, entry: &Entry) {
        let name = body::text(&entry.body, "name");
        // A record holds the Chinese name; the built-in table knows the other two where they agree.
        let names = crate::reference::places()
            .iter()
            .find(|row| row.code == entry.key && row.name_zh == name)
            .map_or_else(|| [name; 3], |row| row.name());
        self.names.insert(entry.key.clone(), names.map(str::to_owned));
        match body::maybe(&entry.body, "valid_to").and_then(|day| day.get(..4)) {
            Some(year) => self.ended.insert(entry.key.clone(), year.to_owned()),
            None => self.ended.remove(&entry.key),
        };
    }

    /// Name of a division, park or country in a language; the code itself where nobody told.
    pub fn name(&self, code: &str, lang: Lang) -> String {
        let [zh, hant, en] = self.names(code);
        match lang {
            Lang::ZhHans => zh,
            Lang::ZhHant => hant,
            Lang::En => en,
        }
    }

    /// The name in three languages.
    pub fn names(&self, code: &str) -> [String; 3] {
        match self.names.get(code) {
            Some(names) => names.clone(),
            None => crate::reference::country(code).unwrap_or([code; 3]).map(str::to_owned),
        }
    }

    /// The name as a facet shows it: that of a code no longer in use says so.
    pub fn labels(&self, code: &str) -> [String; 3] {
        let names = self.names(code);
        let Some(year) = self.ended.get(code) else { return names };
        let [zh, hant, en] = names;
        [
            format!("{zh}（{year}年停用）"),
            format!("{hant}（{year}年停用）"),
            format!("{en} (until {year})"),
        ]
    }

    /// Names of all levels, widest first: 广东省佛山市顺德区.
    pub fn full_name(&self, code: &str, lang: Lang) -> String {
        let levels: Vec<String> = self
            .levels(code)
            .iter()
            .filter(|level| self.names.contains_key(*level) || level.as_str() == code)
            .map(|level| self.name(level, lang))
            .collect();
        levels.join(if lang == Lang::En { " " } else { "" })
    }

    /// Every level of a place, widest first: `440000 440600 440606`. A level between that no list of
    /// places knows (a municipality's districts stand directly under it) is left out.
    pub fn levels(&self, code: &str) -> Vec<String> {
        let mut levels = Vec::with_capacity(4);
        let digits = code.get(..6).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
        if let Some(digits) = digits {
            let province = format!("{}0000", &digits[..2]);
            let city = format!("{}00", &digits[..4]);
            if city != province
                && city != digits
                && !self.names.contains_key(&city)
                && self.names.contains_key(&province)
            {
                levels.extend([province, digits.to_owned()]);
            } else {
                levels.extend([province, city, digits.to_owned()]);
            }
        }
        if !code.is_empty() {
            levels.push(code.to_owned());
        }
        levels.dedup();
        levels
    }

    /// Codes of the places known.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }
}

/// Every level of a category: `家电`, `家电/制冷`.
pub fn category_levels(category: &str) -> Vec<String> {
    let mut levels = Vec::new();
    for (end, _) in category.match_indices('/') {
        levels.push(category[..end].to_owned());
    }
    if !category.is_empty() {
        levels.push(category.to_owned());
    }
    levels
}

/// The subject's kind as the register names it.
pub fn subject_kind(body: &Body) -> Option<register::Kind> {
    Some(match super::body::subject(body).0 {
        "product" => register::Kind::Product,
        "enterprise" => register::Kind::Enterprise,
        "place" => register::Kind::Place,
        "standard" => register::Kind::Standard,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_is_kept_for_the_anniversaries_it_was_in_force_on() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let grant = |status, until: Option<&str>, since| Grant {
            scheme: String::new(),
            status,
            granted: Some(day("2020-06-30")),
            until: until.map(day),
            since: day(since),
            standards: Vec::new(),
            contested: false,
        };
        let kept = |grant: Grant, as_of| years_kept(&grant, day(as_of));
        let valid = || grant(Status::Valid, Some("2026-06-29"), "2020-06-30");
        assert_eq!(kept(valid(), "2021-06-29"), 0, "the first anniversary is to come");
        assert_eq!(kept(valid(), "2021-06-30"), 1);
        assert_eq!(kept(valid(), "2030-01-01"), 5, "it ran out the day before the sixth");
        let endless = grant(Status::Valid, None, "2020-06-30");
        assert_eq!(kept(endless, "2040-01-01"), KEPT_YEARS_MAX);
        let withdrawn = grant(Status::Withdrawn, Some("2026-06-29"), "2022-06-30");
        assert_eq!(kept(withdrawn, "2030-01-01"), 1, "it ended on the second anniversary");
        let suspended = grant(Status::Suspended, Some("2026-06-29"), "2022-01-01");
        assert_eq!(kept(suspended, "2023-07-01"), 3);
    }

    #[test]
    fn a_place_counts_at_every_level_above_it() {
        let mut places = Places::default();
        assert_eq!(places.levels("440606"), ["440000", "440600", "440606"]);
        assert_eq!(places.levels("440600"), ["440000", "440600"]);
        assert_eq!(places.levels("440000"), ["440000"]);
        assert_eq!(places.levels("440606-park"), ["440000", "440600", "440606", "440606-park"]);
        assert_eq!(places.levels("US"), ["US"]);
        assert!(places.levels("").is_empty());
        places.names.insert("110000".into(), ["北京市", "北京市", "Beijing"].map(String::from));
        assert_eq!(places.levels("110101"), ["110000", "110101"]);
        assert_eq!(places.levels("顺德区大良街道"), ["顺德区大良街道"], "free text is one level");
    }

    #[test]
    fn a_category_counts_at_every_level_above_it() {
        assert_eq!(category_levels("家电/制冷/冰箱"), ["家电", "家电/制冷", "家电/制冷/冰箱"]);
        assert!(category_levels("").is_empty());
    }
}
