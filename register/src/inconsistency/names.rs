//! Rules about names and chains: who is called what, which edition follows which, what an honour is called.

use std::collections::BTreeSet;

use super::grants::name;
use super::joined::Link;
use super::{Finding, Joined, Rule};
use crate::entry::ReasonCode;
use crate::id::StandardNumber;
use crate::kinds::rules::{day as date, structs, text, texts};
use crate::verdict::fold;
use crate::{Body, Entry, Kind};

/// I07: one social credit code with two names, of which neither is a former name of the other. Either
/// another list prints another name beside the code, or an earlier version of the enterprise's own
/// record had one that was never entered as a former name.
pub(super) fn duplicate_uscc(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for firm in records.all(Kind::Enterprise) {
        let Some(own) = text(&firm.body, "name_zh") else { continue };
        let known: BTreeSet<String> = ["name_zh", "name_hant", "name_en", "short_name"]
            .into_iter()
            .filter_map(|field| text(&firm.body, field))
            .chain(texts(&firm.body, "former_names"))
            .map(fold)
            .collect();
        let mut differs = |other: &Entry, printed: &str| {
            if known.contains(&fold(printed)) {
                return;
            }
            let code = &firm.key;
            let words = [
                format!("同一代码 {code}：一处写“{own}”，另一处写“{printed}”"),
                format!("同一代碼 {code}：一處寫「{own}」，另一處寫「{printed}」"),
                format!("One code {code}: “{own}” in one place, “{printed}” in the other"),
            ];
            out.push(Finding::new(Rule::I07, &[firm, other], words));
        };
        let versions = records.versions(Kind::Enterprise, &firm.key);
        // A correction says that the earlier name was a mistake.
        let start = versions.iter().rposition(|v| v.reason.code == ReasonCode::Corrected);
        for version in &versions[start.unwrap_or(0)..] {
            differs(version, text(&version.body, "name_zh").unwrap_or(own));
        }
        for (kind, field) in [
            (Kind::Inspection, "producer.name"),
            (Kind::Recall, "producer.name"),
            (Kind::Penalty, "party.name"),
        ] {
            for other in records.linked(kind, Link::OfEnterprise, &firm.key) {
                differs(other, text(&other.body, field).unwrap_or(own));
            }
        }
    }
}

/// I16: `replaced_by` names nothing, no standard number, the standard itself or one that leads back to
/// it; or the days of the two editions do not fit. An edition that is named and not loaded is no
/// finding: lists of standards are never whole.
pub(super) fn chain_broken(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for standard in records.all(Kind::Standard) {
        let body = &standard.body;
        let number = &standard.key;
        let mut found = |others: &[&Entry], words: [String; 3]| {
            let cited: Vec<&Entry> = [standard].into_iter().chain(others.iter().copied()).collect();
            out.push(Finding::new(Rule::I16, &cited, words));
        };
        let next: Vec<&str> = texts(body, "replaced_by").collect();
        if text(body, "status") == Some("replaced") && next.is_empty() {
            found(
                &[],
                [
                    format!("{number} 已被代替，却没有写明被什么代替"),
                    format!("{number} 已被代替，卻沒有寫明被什麼代替"),
                    format!("{number} is replaced, and nothing says by what"),
                ],
            );
        }
        for newer in next {
            let Some(key) = StandardNumber::parse(newer).ok().map(|n| n.to_string()) else {
                found(
                    &[],
                    [
                        format!("{number} 的代替者“{newer}”不是标准编号"),
                        format!("{number} 的代替者「{newer}」不是標準編號"),
                        format!(
                            "“{newer}”, which is said to replace {number}, is no standard number"
                        ),
                    ],
                );
                continue;
            };
            if leads_back(records, &key, number) {
                let other = records.get(Kind::Standard, &key).filter(|e| e.key != *number);
                found(
                    other.as_slice(),
                    [
                        format!("{number} 的代替关系绕回到它自己"),
                        format!("{number} 的代替關係繞回到它自己"),
                        format!("The chain of editions of {number} leads back to itself"),
                    ],
                );
                continue;
            }
            let Some(successor) = records.get(Kind::Standard, &key) else { continue };
            let issued = date(&successor.body, "issued_on");
            let effective = date(&successor.body, "effective_on");
            let withdrawn = date(body, "withdrawn_on");
            if let (Some(withdrawn), Some(issued)) = (withdrawn, issued)
                && withdrawn < issued
            {
                found(
                    &[successor],
                    [
                        format!("{number} 废止于 {withdrawn}，代替它的 {key} 到 {issued} 才发布"),
                        format!("{number} 廢止於 {withdrawn}，代替它的 {key} 到 {issued} 才發布"),
                        format!(
                            "{number} was withdrawn on {withdrawn}; {key}, which replaces it, was issued only on {issued}"
                        ),
                    ],
                );
            } else if let Some(effective) = effective.filter(|day| *day <= records.day)
                && text(body, "status") == Some("current")
                && withdrawn.is_none_or(|day| day <= records.day)
            {
                found(
                    &[successor],
                    [
                        format!("{key} 自 {effective} 起代替 {number}，后者仍登记为现行"),
                        format!("{key} 自 {effective} 起代替 {number}，後者仍登記為現行"),
                        format!(
                            "{key} replaces {number} since {effective}, and {number} is still recorded as current"
                        ),
                    ],
                );
            }
        }
    }
}

/// Whether the editions that follow `from` lead to `to`.
fn leads_back(records: &Joined<'_>, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = vec![from.to_owned()];
    while let Some(number) = next.pop() {
        if number == to {
            return true;
        }
        if !seen.insert(number.clone()) {
            continue;
        }
        if let Some(standard) = records.get(Kind::Standard, &number) {
            let newer = texts(&standard.body, "replaced_by");
            next.extend(newer.filter_map(|n| StandardNumber::parse(n).ok()).map(|n| n.to_string()));
        }
    }
    false
}

/// Words that make a grant a certification, a licence or a registration rather than an honour.
const NO_HONOUR: [&str; 6] = ["认证", "许可", "注册", "备案", "登记", "标志"];

/// Whether a scheme of that name grants an honour: a place on a list or a title, not a certificate, a
/// licence or a registration.
#[must_use]
pub fn is_honour(name_zh: &str) -> bool {
    !NO_HONOUR.iter().any(|word| name_zh.contains(word))
}

/// I20: a text on the pack, or of a listing, calls an honour a certification, or uses 驰名商标, which
/// the Trademark Law (article 14) forbids on goods, packages and in advertisements.
pub(super) fn honour_as_certificate(records: &Joined<'_>, out: &mut Vec<Finding>) {
    const WELL_KNOWN: &str = "驰名商标";
    let honours: Vec<(&Entry, String)> = records
        .all(Kind::Scheme)
        .filter_map(|scheme| {
            let name = text(&scheme.body, "name_zh")?;
            (is_honour(name) && name != WELL_KNOWN).then(|| (scheme, format!("{name}认证")))
        })
        .collect();
    for record in
        [Kind::Product, Kind::Listing, Kind::Code].into_iter().flat_map(|k| records.all(k))
    {
        for printed in texts_of(&record.body) {
            let about = name(record);
            if printed.contains(WELL_KNOWN) {
                let scheme = records.get(Kind::Scheme, "well-known-trademark");
                let cited: Vec<&Entry> = [Some(record), scheme].into_iter().flatten().collect();
                let words = [
                    format!("{about} 的文字以“驰名商标”宣传：“{printed}”"),
                    format!("{about} 的文字以「馳名商標」宣傳：「{printed}」"),
                    format!(
                        "The text of {about} uses “well-known trade mark” as a claim: “{printed}”"
                    ),
                ];
                out.push(Finding::new(Rule::I20, &cited, words));
            }
            for (scheme, phrase) in honours.iter().filter(|(_, phrase)| printed.contains(phrase)) {
                let honour = name(scheme);
                let words = [
                    format!("{about} 把荣誉“{honour}”说成认证：“{phrase}”"),
                    format!("{about} 把榮譽「{honour}」說成認證：「{phrase}」"),
                    format!("{about} calls the honour “{honour}” a certification: “{phrase}”"),
                ];
                out.push(Finding::new(Rule::I20, &[record, scheme], words));
            }
        }
    }
}

/// What a record prints for buyers.
fn texts_of(body: &Body) -> impl Iterator<Item = &str> {
    let claims = structs(body, "pack_claims").filter_map(|claim| text(claim, "text"));
    claims.chain(texts(body, "expected_pack")).chain(text(body, "scope")).chain(text(body, "spec"))
}
