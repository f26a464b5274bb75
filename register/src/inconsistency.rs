//! Inconsistencies: what the joined record says against itself, rule by rule (I01–I22).
//!
//! Pure functions of the records as of a day. [`Joined`] holds the records, each once and at its
//! newest; [`all`] runs every rule over them and [`of_rule`] one. A rule looks no further than the
//! records around one enterprise or one standard, so that running the rules neighbourhood by
//! neighbourhood finds what running them over the whole register finds.
//!
//! A [`Finding`] accuses nobody: it says that two records do not fit, names both with their sources,
//! and says when one of them is contested. The right of reply is the register's own: whoever is
//! concerned has an entry with the reason `contested` made for one of the records, and the finding is
//! marked from then on until an entry with the reason `contest_closed` (or any later one) follows.

mod evidence;
mod grants;
mod joined;
mod names;
mod terms;

use std::borrow::Borrow;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use joined::Joined;
pub use names::is_honour;
pub use terms::protected_until;

pub use crate::verdict::Rule;
use crate::{Entry, Kind, Lang, SourceRef, verdict};

/// One record a finding rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cited {
    /// Its kind.
    pub kind: Kind,
    /// Its key.
    pub key: String,
    /// Index of the entry in the log.
    pub seq: u64,
    /// The day from which the entry holds.
    pub valid_from: NaiveDate,
    /// Key of the source it was read from.
    pub source: String,
    /// Where in it: file, sheet, row, page, clause; empty where the source is named as a whole.
    pub place: String,
    /// Somebody concerned contests it.
    pub contested: bool,
}

impl Cited {
    fn of(entry: &Entry) -> Cited {
        let at = &entry.source.locator;
        let row = at.row.map(|row| row.to_string());
        let page = at.page.map(|page| page.to_string());
        let parts = [at.file.as_ref(), at.sheet.as_ref(), row.as_ref(), page.as_ref()];
        let parts: Vec<&str> =
            parts.into_iter().chain([at.clause.as_ref()]).flatten().map(String::as_str).collect();
        Cited {
            kind: entry.kind,
            key: entry.key.clone(),
            seq: entry.seq,
            valid_from: entry.valid_from,
            source: entry.source.id.clone(),
            place: parts.join(" "),
            contested: entry.is_contested(),
        }
    }
}

/// What a rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// The records that do not fit, the one concerned first. Two or more, but for a record whose
    /// contradiction is with itself or with the day (I14 to I18, I20, I22).
    pub records: Vec<Cited>,
    /// Since when it is so, where the records say.
    pub since: Option<NaiveDate>,
    /// The sentence in simplified Chinese, traditional Chinese and English, without a full stop.
    pub words: [String; 3],
    source: SourceRef,
}

impl Finding {
    fn new(rule: Rule, records: &[&Entry], words: [String; 3]) -> Finding {
        let source = records.first().map_or_else(
            || SourceRef { id: String::new(), locator: Default::default() },
            |entry| entry.source.clone(),
        );
        let records = records.iter().map(|entry| Cited::of(entry)).collect();
        Finding { rule, records, since: None, words, source }
    }

    fn since(mut self, day: impl Into<Option<NaiveDate>>) -> Finding {
        self.since = day.into();
        self
    }

    /// The sentence in one language.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> &str {
        &self.words[lang.index()]
    }

    /// Whether somebody concerned contests one of the records.
    #[must_use]
    pub fn contested(&self) -> bool {
        self.records.iter().any(|record| record.contested)
    }

    /// See [`Rule::is_public`].
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.rule.is_public()
    }

    /// Whether a record is among those it rests on.
    #[must_use]
    pub fn concerns(&self, kind: Kind, key: &str) -> bool {
        self.records.iter().any(|record| record.kind == kind && record.key == key)
    }

    /// A name that stays the same while the same records are at odds: the rule and twelve hex digits
    /// of the SHA-256 of the records' kinds and keys, e.g. `I04-9c1f0a22b3d4`.
    #[must_use]
    pub fn id(&self) -> String {
        let mut names = String::new();
        for record in &self.records {
            names.push_str(record.kind.name());
            names.push('\n');
            names.push_str(&record.key);
            names.push('\n');
        }
        let hash = crate::id::key::sha256_hex(names.as_bytes());
        format!("{}-{}", self.rule.code(), &hash[..12])
    }

    /// The finding as a verdict takes it.
    #[must_use]
    pub fn for_verdict(&self) -> Option<verdict::Finding> {
        let first = self.records.first()?;
        Some(verdict::Finding {
            rule: self.rule,
            record: (first.kind, first.key.clone()),
            about: self.records.iter().map(|r| (r.kind, r.key.clone())).collect(),
            source: Some(self.source.clone()),
            date: self.since,
            words: self.words.clone(),
        })
    }
}

/// What every rule finds, in the order of the rules, each once.
#[must_use]
pub fn all(records: &Joined<'_>) -> Vec<Finding> {
    in_order(Rule::ALL.into_iter().flat_map(|rule| of_rule(records, rule)))
}

/// What one rule finds, in the order of the records' keys.
#[must_use]
pub fn of_rule(records: &Joined<'_>, rule: Rule) -> Vec<Finding> {
    use Rule::*;
    let mut out = Vec::new();
    let apply = match rule {
        I01 => grants::blacklisted_yet_awarded,
        I02 => grants::licence_expired,
        I03 => evidence::standard_gone,
        I04 => grants::outside_scheme_dates,
        I05 => evidence::evaluator_false_report,
        I06 => evidence::recall_without_banner,
        I07 => names::duplicate_uscc,
        I08 => evidence::advantage_expired,
        I09 => evidence::claim_contradicted,
        I10 => grants::mark_without_listing,
        I11 => grants::holder_gone,
        I12 => evidence::failed_still_valid,
        I13 => terms::repeat_sampling,
        I14 => grants::level_mismatch,
        I15 => grants::model_mismatch,
        I16 => names::chain_broken,
        I17 => grants::code_outlives_listing,
        I18 => terms::publish_term_over,
        I19 => evidence::self_evaluated,
        I20 => names::honour_as_certificate,
        I21 => terms::policy_expired,
        I22 => terms::counts_disagree,
    };
    apply(records, &mut out);
    in_order(out)
}

/// Findings in one order, each once, whatever order they were made in.
#[must_use]
pub fn in_order<F: Borrow<Finding>>(findings: impl IntoIterator<Item = F>) -> Vec<F> {
    let mut findings: Vec<F> = findings.into_iter().collect();
    findings.sort_by(|a, b| {
        let (a, b) = (a.borrow(), b.borrow());
        (a.rule, &a.records).cmp(&(b.rule, &b.records))
    });
    let mut seen = BTreeSet::new();
    findings.retain(|finding| seen.insert(finding.borrow().id()));
    findings
}

/// What a rule is called: simplified Chinese, traditional Chinese, English.
#[must_use]
pub const fn title(rule: Rule) -> [&'static str; 3] {
    use Rule::*;
    match rule {
        I01 => ["在惩戒名单上又获授予", "在懲戒名單上又獲授予", "Restricted, yet listed"],
        I02 => ["所需证书已过期", "所需證書已過期", "Needed licence expired"],
        I03 => ["引用的标准已停用", "引用的標準已停用", "Cited standard no longer current"],
        I04 => [
            "授予日期不在名录存续期内",
            "授予日期不在名錄存續期內",
            "Granted outside the scheme’s dates",
        ],
        I05 => ["出具虚假报告的机构", "出具虛假報告的機構", "Body penalised for a false report"],
        I06 => ["召回中仍登记有效", "召回中仍登記有效", "Under recall, still recorded as valid"],
        I07 => ["同一代码不同名称", "同一代碼不同名稱", "One code, different names"],
        I08 => ["比对基线已更新", "比對基線已更新", "Baseline of a comparison renewed"],
        I09 => ["结论与数据不符", "結論與數據不符", "Claim contradicts its figures"],
        I10 => [
            "登记已终止而标识许可未终止",
            "登記已終止而標識許可未終止",
            "Mark licence without a valid listing",
        ],
        I11 => ["持有人已不存在", "持有人已不存在", "Holder no longer exists"],
        I12 => [
            "抽查不合格未办结仍登记有效",
            "抽查不合格未辦結仍登記有效",
            "Failed inspection open, still valid",
        ],
        I13 => ["六个月内重复抽查", "六個月內重複抽查", "Sampled again within six months"],
        I14 => ["级别不在名录级别之内", "級別不在名錄級別之內", "Level unknown to the scheme"],
        I15 => [
            "证书型号与产品型号不符",
            "證書型號與產品型號不符",
            "Model differs from the certificate",
        ],
        I16 => ["标准代替关系有误", "標準代替關係有誤", "Chain of editions broken"],
        I17 => ["登记已终止而码仍有效", "登記已終止而碼仍有效", "Code outlives its listing"],
        I18 => ["公示期限已过", "公示期限已過", "Publication term over"],
        I19 => ["自己评价自己", "自己評價自己", "Evaluated by itself"],
        I20 => ["把荣誉说成认证", "把榮譽說成認證", "Honour presented as a certification"],
        I21 => ["依据文件已过有效期", "依據文件已過有效期", "Legal basis expired"],
        I22 => [
            "条数与来源公布的不一致",
            "條數與來源公布的不符",
            "Row count differs from the source’s",
        ],
    }
}

#[cfg(test)]
mod tests;
