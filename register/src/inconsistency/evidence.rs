//! Rules about what grants and claims rest on: standards, reports, comparisons, inspections, recalls.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};

use super::grants::{name, runs};
use super::joined::{Link, subject};
use super::terms::in_publication;
use super::{Finding, Joined, Rule};
use crate::comparison;
use crate::kinds::rules::{day as date, structs, text, texts};
use crate::verdict::{CHECKED_FOR, fold};
use crate::{Body, Entry, Kind};

/// The standard, if it is withdrawn or replaced on the day.
fn gone<'a>(records: &Joined<'a>, number: &str) -> Option<&'a Entry> {
    let standard = records.get(Kind::Standard, number)?;
    let said = matches!(text(&standard.body, "status"), Some("withdrawn" | "replaced"));
    let withdrawn = date(&standard.body, "withdrawn_on");
    withdrawn.map_or(said, |day| day <= records.day).then_some(standard)
}

/// I03: a listing that runs, or a product still made, cites a standard that is withdrawn or replaced.
pub(super) fn standard_gone(records: &Joined<'_>, out: &mut Vec<Finding>) {
    let listings = records.all(Kind::Listing).filter(|l| runs(l, records.day));
    let made = |p: &&Entry| text(&p.body, "status") != Some("discontinued");
    for citing in listings.chain(records.all(Kind::Product).filter(made)) {
        for number in texts(&citing.body, "standards") {
            let Some(standard) = gone(records, number) else { continue };
            let newer = texts(&standard.body, "replaced_by").next();
            let since = date(&standard.body, "withdrawn_on");
            let who = name(citing);
            let words = match newer {
                Some(newer) => [
                    format!("{who} 引用的 {number} 已被 {newer} 代替"),
                    format!("{who} 引用的 {number} 已被 {newer} 代替"),
                    format!("{who} cites {number}, which {newer} has replaced"),
                ],
                None => [
                    format!("{who} 引用的 {number} 已废止"),
                    format!("{who} 引用的 {number} 已廢止"),
                    format!("{who} cites {number}, which is withdrawn"),
                ],
            };
            out.push(Finding::new(Rule::I03, &[citing, standard], words).since(since));
        }
    }
}

/// I05: every record that rests on an evaluator or a report penalised for false data, results or
/// conclusions, where the decision came on or after the report. Of several decisions against one body the first
/// is told; those that name the report are told each.
pub(super) fn evaluator_false_report(records: &Joined<'_>, out: &mut Vec<Finding>) {
    // Records times decisions would be a finding each, and they all say the same.
    let mut told = BTreeSet::new();
    let mut penalties: Vec<&Entry> = records.all(Kind::Penalty).collect();
    penalties.sort_by_key(|penalty| (date(&penalty.body, "decided_on"), &penalty.key));
    for penalty in penalties {
        let body = &penalty.body;
        let Some(decided) = date(body, "decided_on").filter(|day| *day <= records.day) else {
            continue;
        };
        let reports: Vec<&str> = texts(body, "report_numbers").collect();
        let of_report =
            !reports.is_empty() || text(body, "act").is_some_and(|a| a.contains("虚假"));
        let in_force = text(body, "status") == Some("in_force");
        if !of_report || !in_force || !in_publication(body, records.day) {
            continue;
        }
        let named = |path: &str, body: &Body| {
            text(body, path).is_some_and(|number| reports.contains(&number))
        };
        let party = text(body, "party.uscc").unwrap_or_default();
        let evaluated = records.linked(Kind::Evaluation, Link::By, party).iter().copied().filter(
            |evaluation| date(&evaluation.body, "evaluated_on").is_none_or(|day| day <= decided),
        );
        let mut relying: Vec<&Entry> = evaluated
            .filter(|evaluation| {
                let first = told.insert((party.to_owned(), evaluation.key.as_str()));
                first || named("report_number", &evaluation.body)
            })
            .collect();
        relying.extend(records.all(Kind::Evaluation).filter(|e| named("report_number", &e.body)));
        relying.extend(
            records.all(Kind::Comparison).filter(|c| named("measured.report_number", &c.body)),
        );
        relying.extend(records.all(Kind::Inspection).filter(|i| named("report_number", &i.body)));
        for record in relying {
            let about = records.product_of(record).map_or_else(|| name(record), name);
            let number = &penalty.key;
            let words = [
                format!("{about} 的这份报告出自因虚假报告受处罚的机构（{number}，{decided}）"),
                format!("{about} 的這份報告出自因虛假報告受處罰的機構（{number}，{decided}）"),
                format!(
                    "This report on {about} comes from a body penalised for a false report ({number}, {decided})"
                ),
            ];
            out.push(Finding::new(Rule::I05, &[record, penalty], words).since(decided));
        }
    }
}

/// Whether a body's maker and model are the product's.
fn same_model(body: &Body, product: &Entry, models: &[&str]) -> bool {
    let holder = text(&product.body, "holder");
    let model = text(&product.body, "model").map(fold);
    holder.is_some()
        && text(body, "producer.uscc") == holder
        && model.is_some_and(|own| models.iter().any(|printed| fold(printed) == own))
}

/// I06: a recall covers maker and model, and the product's code or listing is still recorded as valid
/// as if nothing were the matter. Every page that joins the recall shows it all the same.
pub(super) fn recall_without_banner(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for recall in records.all(Kind::Recall) {
        let body = &recall.body;
        let over = matches!(text(body, "status"), Some("completed" | "terminated"));
        let abroad = matches!(text(body, "alert_type"), Some("notification" | "refusal"));
        let begun = date(body, "started_on").is_none_or(|day| day <= records.day);
        if over || abroad || !begun {
            continue;
        }
        let maker = text(body, "producer.uscc").unwrap_or_default();
        let models: Vec<&str> = texts(body, "models").collect();
        for product in records.linked(Kind::Product, Link::OfEnterprise, maker) {
            if !same_model(body, product, &models) {
                continue;
            }
            let codes = records.linked(Kind::Code, Link::OfProduct, &product.key);
            let code = codes.iter().find(|code| text(&code.body, "status") == Some("valid"));
            let listings = records.listings_of(&product.key);
            let Some(valid) = code.or_else(|| listings.iter().find(|l| runs(l, records.day)))
            else {
                continue;
            };
            let (product, key) = (name(product), name(valid));
            let number = text(body, "number").unwrap_or(&recall.key);
            let words = [
                format!("{product} 正在召回（{number}），{key} 仍登记有效"),
                format!("{product} 正在召回（{number}），{key} 仍登記有效"),
                format!("{product} is under recall ({number}); {key} is still recorded as valid"),
            ];
            let since = date(body, "started_on");
            out.push(Finding::new(Rule::I06, &[valid, recall], words).since(since));
        }
    }
}

/// I08: a baseline of a comparison has a newer edition, or was last checked over 24 months ago.
pub(super) fn advantage_expired(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for entry in records.all(Kind::Comparison) {
        for baseline in structs(&entry.body, "baselines") {
            let number = text(baseline, "standard").unwrap_or_default();
            let replaced = gone(records, number);
            let old = date(baseline, "checked_on").filter(|day| is_old(*day, records.day));
            let product = records.product_of(entry).map(name).unwrap_or_default();
            let about = format!("{product} {}", name(entry)).trim().to_owned();
            let words = match (replaced, old) {
                (Some(_), _) => [
                    format!("{about}：基线 {number} 已更新，原先进性结论待复核"),
                    format!("{about}：基線 {number} 已更新，原先進性結論待覆核"),
                    format!(
                        "{about}: the baseline {number} was renewed; the earlier conclusion has to be reviewed"
                    ),
                ],
                (None, Some(day)) => [
                    format!(
                        "{about}：基线 {number} 最近核对于 {day}，已超过24个月，原先进性结论待复核"
                    ),
                    format!(
                        "{about}：基線 {number} 最近核對於 {day}，已超過24個月，原先進性結論待覆核"
                    ),
                    format!(
                        "{about}: the baseline {number} was last checked on {day}, over 24 months ago; the earlier conclusion has to be reviewed"
                    ),
                ],
                (None, None) => continue,
            };
            let since = replaced.map_or_else(
                || old.and_then(|day| day.checked_add_months(CHECKED_FOR)),
                |standard| date(&standard.body, "withdrawn_on"),
            );
            let standard = replaced.or_else(|| records.get(Kind::Standard, number));
            let cited: Vec<&Entry> = [Some(entry), standard].into_iter().flatten().collect();
            out.push(Finding::new(Rule::I08, &cited, words).since(since));
        }
    }
}

fn is_old(checked: NaiveDate, day: NaiveDate) -> bool {
    checked.checked_add_months(CHECKED_FOR).is_some_and(|until| until < day)
}

/// I09: the claim as imported is not what the figures give.
pub(super) fn claim_contradicted(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for entry in records.all(Kind::Comparison) {
        let computed = comparison::outcome(&entry.body).claim;
        let (Some(claimed), Some(computed)) = (text(&entry.body, "claim"), computed) else {
            continue;
        };
        if claimed == computed.code() {
            continue;
        }
        let product = records.product_of(entry);
        let about = format!("{} {}", product.map(name).unwrap_or_default(), name(entry));
        let about = about.trim();
        let (said, is) = (claim_words(claimed), claim_words(computed.code()));
        let words = [
            format!("{about}：来源称“{}”，按数据计算是“{}”", said[0], is[0]),
            format!("{about}：來源稱「{}」，按數據計算是「{}」", said[1], is[1]),
            format!("{about}: the source says “{}”, the figures give “{}”", said[2], is[2]),
        ];
        let cited: Vec<&Entry> = [Some(entry), product].into_iter().flatten().collect();
        out.push(Finding::new(Rule::I09, &cited, words));
    }
}

fn claim_words(code: &str) -> [&str; 3] {
    match code {
        "stricter" => ["严于", "嚴於", "stricter"],
        "equal" => ["等同", "等同", "equal"],
        "looser" => ["宽于", "寬於", "looser"],
        "gap_filling" => ["填补空白", "填補空白", "gap filling"],
        other => [other; 3],
    }
}

/// I12: an inspection of the same maker and model failed and is not closed, a listing runs.
pub(super) fn failed_still_valid(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for inspection in records.all(Kind::Inspection) {
        let body = &inspection.body;
        let closed = matches!(text(body, "follow_up"), Some("closed" | "rechecked_pass"));
        if text(body, "result") != Some("fail") || closed {
            continue;
        }
        let maker = text(body, "producer.uscc").unwrap_or_default();
        let models: Vec<&str> = text(body, "model").into_iter().collect();
        for product in records.linked(Kind::Product, Link::OfEnterprise, maker) {
            if !same_model(body, product, &models) {
                continue;
            }
            for listing in records.listings_of(&product.key).iter().filter(|l| runs(l, records.day))
            {
                let (about, number) = (name(product), name(listing));
                let round = text(body, "round").unwrap_or(&inspection.key);
                let words = [
                    format!("{about} 在{round}监督抽查中不合格，尚未办结，{number} 仍登记有效"),
                    format!("{about} 在{round}監督抽查中不合格，尚未辦結，{number} 仍登記有效"),
                    format!(
                        "{about} failed the inspection {round}, which is not closed; {number} is still recorded as valid"
                    ),
                ];
                let since = date(body, "announced_on").or_else(|| date(body, "sampled_on"));
                out.push(Finding::new(Rule::I12, &[listing, inspection], words).since(since));
            }
        }
    }
}

/// I19: the evaluator of a product or enterprise is its holder.
pub(super) fn self_evaluated(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for evaluation in records.all(Kind::Evaluation) {
        let evaluator = text(&evaluation.body, "evaluator");
        let holder = records.holder_of(evaluation);
        let Some(firm) = evaluator.filter(|evaluator| Some(*evaluator) == holder) else { continue };
        let about = records.product_of(evaluation);
        let about = about
            .or_else(|| records.get(Kind::Enterprise, subject(&evaluation.body, "enterprise")?));
        let firm = records.get(Kind::Enterprise, firm).map_or_else(|| firm.to_owned(), name);
        let on = text(&evaluation.body, "evaluated_on").unwrap_or_default();
        let words = [
            format!("{on} 的评价由持有人 {firm} 自己作出"),
            format!("{on} 的評價由持有人 {firm} 自己作出"),
            format!("The evaluation of {on} was made by the holder {firm} itself"),
        ];
        let cited: Vec<&Entry> = [Some(evaluation), about].into_iter().flatten().collect();
        out.push(Finding::new(Rule::I19, &cited, words));
    }
}

/// Months of no repeated sampling after a pass in a national or provincial round
/// (gs-2017-consumer-goods, clause 二（七）1).
pub(super) const PROTECTED: Months = Months::new(6);
