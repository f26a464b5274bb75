//! Rules about terms and counts: publication terms, the six months after a pass, documents in force,
//! rows of a source.

use chrono::NaiveDate;

use super::evidence::PROTECTED;
use super::grants::{bases, name};
use super::joined::Link;
use super::{Finding, Joined, Rule};
use crate::commitment::is_commitment;
use crate::kinds::rules::{day as date, text};
use crate::verdict::fold;
use crate::{Body, Entry, Kind};

/// Whether a penalty or restriction may still be published on the day: its `publish_until` is not over.
pub(super) fn in_publication(body: &Body, day: NaiveDate) -> bool {
    date(body, "publish_until").is_none_or(|until| until >= day)
}

/// The last day on which the same enterprise and model may not be sampled again: six months after a
/// pass in a national or provincial round was announced (else: was sampled). None for other results
/// and levels.
#[must_use]
pub fn protected_until(inspection: &Body) -> Option<NaiveDate> {
    let high = matches!(text(inspection, "level"), Some("国家" | "省"));
    let passed = text(inspection, "result") == Some("pass");
    passed_on(inspection).filter(|_| high && passed)?.checked_add_months(PROTECTED)
}

fn passed_on(inspection: &Body) -> Option<NaiveDate> {
    date(inspection, "announced_on").or_else(|| date(inspection, "sampled_on"))
}

/// I13: sampled again within six months after a national or provincial pass.
pub(super) fn repeat_sampling(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for first in records.all(Kind::Inspection) {
        let (Some(until), Some(passed)) = (protected_until(&first.body), passed_on(&first.body))
        else {
            continue;
        };
        let maker = text(&first.body, "producer.uscc").unwrap_or_default();
        let model = text(&first.body, "model").map(fold);
        for second in records.linked(Kind::Inspection, Link::OfEnterprise, maker) {
            let same = second.key != first.key && text(&second.body, "model").map(fold) == model;
            let Some(sampled) = date(&second.body, "sampled_on").filter(|_| same) else { continue };
            // What was sampled before the result was out could not know of it.
            if sampled <= passed || sampled > until {
                continue;
            }
            let about = format!(
                "{} {}",
                text(&second.body, "product_name").unwrap_or_default(),
                text(&second.body, "model").unwrap_or_default()
            );
            let about = about.trim();
            let words = [
                format!("{about} 于 {passed} 抽查合格，免重复抽查至 {until}，{sampled} 又被抽样"),
                format!("{about} 於 {passed} 抽查合格，免重複抽查至 {until}，{sampled} 又被抽樣"),
                format!(
                    "{about} passed on {passed} and was not to be sampled again until {until}; it was sampled on {sampled}"
                ),
            ];
            out.push(Finding::new(Rule::I13, &[second, first], words).since(sampled));
        }
    }
}

/// I18: a restriction or penalty still holds what may be shown only until its publication term, which
/// is over. For the operator: redact now.
pub(super) fn publish_term_over(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for record in records.all(Kind::Penalty).chain(records.all(Kind::Restriction)) {
        let Some(until) = date(&record.body, "publish_until").filter(|day| *day < records.day)
        else {
            continue;
        };
        let held = ["act", "content", "party", "cause", "subject", "person_name"];
        let holds = |field: &&str| {
            record.body.get(*field).is_some_and(|value| !value.is_null() && !is_commitment(value))
        };
        if !held.iter().any(holds) {
            continue;
        }
        let key = &record.key;
        let words = [
            format!("{key} 的公示期限于 {until} 届满，内容应立即去除"),
            format!("{key} 的公示期限於 {until} 屆滿，內容應立即去除"),
            format!(
                "The publication term of {key} ended on {until}; its contents have to be redacted now"
            ),
        ];
        out.push(Finding::new(Rule::I18, &[record], words).since(until));
    }
}

/// I21: every document a current scheme names as its basis is past its term.
pub(super) fn policy_expired(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for scheme in records.all(Kind::Scheme) {
        if text(&scheme.body, "status") != Some("current") {
            continue;
        }
        let mut policies: Vec<&Entry> = Vec::new();
        let mut whole = true;
        for basis in bases(scheme) {
            match records.get(Kind::Policy, basis) {
                Some(policy) if !policies.iter().any(|p| p.key == policy.key) => {
                    policies.push(policy);
                }
                Some(_) => {}
                // Of a document that is not loaded nobody here knows the term.
                None => whole = false,
            }
        }
        let ended = |policy: &&Entry| date(&policy.body, "valid_until");
        let last = policies.iter().map(ended).collect::<Option<Vec<_>>>();
        let Some(last) = last.and_then(|days| days.into_iter().max()) else { continue };
        if !whole || last >= records.day {
            continue;
        }
        let about = name(scheme);
        let en = text(&scheme.body, "name_en").unwrap_or(&about);
        let hant = text(&scheme.body, "name_hant").unwrap_or(&about);
        let words = [
            format!("“{about}”仍登记为现行，其依据文件的有效期已于 {last} 届满"),
            format!("「{hant}」仍登記為現行，其依據文件的有效期已於 {last} 屆滿"),
            format!(
                "“{en}” is recorded as current; the documents it rests on were in force until {last}"
            ),
        ];
        let cited: Vec<&Entry> = [scheme].into_iter().chain(policies).collect();
        out.push(Finding::new(Rule::I21, &cited, words).since(last));
    }
}

/// I22: the rows read from a source are not as many as the source itself states.
pub(super) fn counts_disagree(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for source in records.all(Kind::Source) {
        let number = |body: &Body, field: &str| body.get(field).and_then(serde_json::Value::as_i64);
        let coverage = source.body.get("coverage").and_then(serde_json::Value::as_object);
        let stated = coverage.and_then(|coverage| number(coverage, "stated_total"));
        let read = number(&source.body, "rows")
            .or_else(|| coverage.and_then(|coverage| number(coverage, "holds")));
        let (Some(read), Some(stated)) = (read, stated) else { continue };
        if read == stated {
            continue;
        }
        let title = text(&source.body, "title").unwrap_or(&source.key);
        let words = [
            format!("“{title}”读入 {read} 条，来源公布的总数是 {stated} 条"),
            format!("「{title}」讀入 {read} 條，來源公布的總數是 {stated} 條"),
            format!("“{title}”: {read} rows were read, the source states {stated}"),
        ];
        out.push(Finding::new(Rule::I22, &[source], words));
    }
}
