//! Rules about grants: listings, their schemes, their holders, codes that rest on them.

use chrono::NaiveDate;

use super::joined::{Link, subject};
use super::terms::in_publication;
use super::{Finding, Joined, Rule};
use crate::kinds::rules::{day as date, structs, text, texts};
use crate::status::{Status, computed};
use crate::verdict::{NEEDED, fold};
use crate::{Entry, Kind};

/// Whether a listing runs on the day.
pub(super) fn runs(listing: &Entry, day: NaiveDate) -> bool {
    computed(&listing.body, day) == Status::Valid
}

/// What a record is called in a sentence: its name as the source prints it, else its key.
pub(super) fn name(entry: &Entry) -> String {
    let body = &entry.body;
    match entry.kind {
        Kind::Product => {
            let parts = [text(body, "name_zh"), text(body, "model")];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        Kind::Listing => text(body, "certificate_number").unwrap_or(&entry.key).to_owned(),
        Kind::Enterprise | Kind::Scheme => text(body, "name_zh").unwrap_or(&entry.key).to_owned(),
        Kind::Comparison => text(body, "name_zh").unwrap_or(&entry.key).to_owned(),
        _ => entry.key.clone(),
    }
}

/// A scheme's name in three languages.
fn scheme_names(records: &Joined, listing: &Entry) -> [String; 3] {
    let key = text(&listing.body, "scheme").unwrap_or_default();
    let Some(scheme) = records.get(Kind::Scheme, key) else { return [key; 3].map(str::to_owned) };
    let zh = text(&scheme.body, "name_zh").unwrap_or(key);
    let other = |field| text(&scheme.body, field).unwrap_or(zh).to_owned();
    [zh.to_owned(), other("name_hant"), other("name_en")]
}

/// I01: a restriction in force on the holder, and a listing that runs or was granted since.
pub(super) fn blacklisted_yet_awarded(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for restriction in records.all(Kind::Restriction) {
        let body = &restriction.body;
        let (Some(holder), Some(since)) = (text(body, "subject"), date(body, "listed_on")) else {
            continue;
        };
        let removed = text(body, "status") == Some("removed")
            || date(body, "removed_on").is_some_and(|day| day <= records.day);
        if removed || since > records.day || !in_publication(body, records.day) {
            continue;
        }
        let mut listings = records.linked(Kind::Listing, Link::OfEnterprise, holder).to_vec();
        // A product's listing need not repeat who holds the product.
        for product in records.linked(Kind::Product, Link::OfEnterprise, holder) {
            let own = records.listings_of(&product.key).iter();
            listings.extend(own.filter(|l| text(&l.body, "holder").is_none()));
        }
        for listing in listings {
            let granted = date(&listing.body, "granted_on");
            let since_then = granted.is_some_and(|day| day >= since && day <= records.day);
            if !runs(listing, records.day) && !since_then {
                continue;
            }
            let [zh, hant, en] = scheme_names(records, listing);
            let number = name(listing);
            let words = if since_then {
                [
                    format!("企业自 {since} 起列入惩戒名单，此后又被授予“{zh}”（{number}）"),
                    format!("企業自 {since} 起列入懲戒名單，此後又被授予「{hant}」（{number}）"),
                    format!(
                        "The holder is on an adverse list since {since} and was granted “{en}” ({number}) afterwards"
                    ),
                ]
            } else {
                [
                    format!("企业自 {since} 起列入惩戒名单，“{zh}”（{number}）仍登记有效"),
                    format!("企業自 {since} 起列入懲戒名單，「{hant}」（{number}）仍登記有效"),
                    format!(
                        "The holder is on an adverse list since {since}; “{en}” ({number}) is still recorded as valid"
                    ),
                ]
            };
            out.push(Finding::new(Rule::I01, &[listing, restriction], words).since(since));
        }
    }
}

/// I02: the licence or certificate a product needs is past its term, a listing of the product runs.
pub(super) fn licence_expired(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for product in records.all(Kind::Product) {
        let listings = records.listings_of(&product.key);
        let grants = |l: &&&Entry| {
            let scheme = text(&l.body, "scheme").unwrap_or_default();
            !NEEDED.contains(&scheme) && runs(l, records.day)
        };
        let Some(listing) = listings.iter().find(grants) else { continue };
        let holder = text(&product.body, "holder").unwrap_or_default();
        let held = records.linked(Kind::Listing, Link::OfEnterprise, holder);
        for scheme in NEEDED {
            let of_scheme = |l: &&&Entry| text(&l.body, "scheme") == Some(scheme);
            let of_holder = held.iter().filter(|l| subject(&l.body, "enterprise") == Some(holder));
            let licences = listings.iter().filter(of_scheme).chain(of_holder.filter(of_scheme));
            // A renewed licence makes the old one history.
            let status = |l: &&&Entry| computed(&l.body, records.day);
            let Some(licence) = licences.min_by_key(status) else { continue };
            if status(&licence) != Status::Expired {
                continue;
            }
            let until = date(&licence.body, "valid_until");
            let day = until.map(|day| day.to_string()).unwrap_or_default();
            let [zh, hant, en] = scheme_names(records, licence);
            let (product, number) = (name(product), name(licence));
            let words = [
                format!("{product} 所需的“{zh}”（{number}）有效期至 {day}，产品仍登记有效"),
                format!("{product} 所需的「{hant}」（{number}）有效期至 {day}，產品仍登記有效"),
                format!(
                    "The “{en}” ({number}) that {product} needs ran until {day}; the product is still listed as valid"
                ),
            ];
            out.push(Finding::new(Rule::I02, &[listing, licence], words).since(until));
        }
    }
}

/// I04: granted before the scheme began or after it ended.
pub(super) fn outside_scheme_dates(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for listing in records.all(Kind::Listing) {
        let key = text(&listing.body, "scheme").unwrap_or_default();
        let (Some(scheme), Some(granted)) =
            (records.get(Kind::Scheme, key), date(&listing.body, "granted_on"))
        else {
            continue;
        };
        let [zh, hant, en] = scheme_names(records, listing);
        let number = name(listing);
        let words = match (date(&scheme.body, "starts_on"), date(&scheme.body, "ends_on")) {
            (Some(start), _) if granted < start => [
                format!("“{zh}”始于 {start}，而 {number} 的授予日期是 {granted}"),
                format!("「{hant}」始於 {start}，而 {number} 的授予日期是 {granted}"),
                format!("“{en}” began on {start}, and {number} was granted on {granted}"),
            ],
            (_, Some(end)) if granted > end => [
                format!("“{zh}”止于 {end}，而 {number} 的授予日期是 {granted}"),
                format!("「{hant}」止於 {end}，而 {number} 的授予日期是 {granted}"),
                format!("“{en}” ended on {end}, and {number} was granted on {granted}"),
            ],
            _ => continue,
        };
        out.push(Finding::new(Rule::I04, &[listing, scheme], words).since(granted));
    }
}

/// I10: the licence to use the mark runs, the listing does not.
pub(super) fn mark_without_listing(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for listing in records.all(Kind::Listing) {
        let body = &listing.body;
        let until = date(body, "mark_licence.valid_until");
        let licensed =
            body.contains_key("mark_licence") && until.is_none_or(|until| until >= records.day);
        let status = computed(body, records.day);
        if !licensed || status == Status::Valid {
            continue;
        }
        let mark = text(body, "mark_licence.number").unwrap_or_default();
        let number = name(listing);
        let [zh, hant, en] = status.label();
        let words = [
            format!("登记 {number} {zh}，专用标识许可 {mark} 却未终止"),
            format!("登記 {number} {hant}，專用標識許可 {mark} 卻未終止"),
            format!(
                "Listing {number} is {}, and mark licence {mark} still runs",
                en.to_lowercase()
            ),
        ];
        let about = records.product_of(listing);
        let cited: Vec<&Entry> = [Some(listing), about].into_iter().flatten().collect();
        out.push(Finding::new(Rule::I10, &cited, words).since(listing.valid_from));
    }
}

/// I11: the holder is deregistered or its licence revoked, the listing runs.
pub(super) fn holder_gone(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for listing in records.all(Kind::Listing).filter(|l| runs(l, records.day)) {
        let holder = records.holder_of(listing).and_then(|key| records.get(Kind::Enterprise, key));
        let Some(holder) = holder else { continue };
        let status: [&str; 3] = match text(&holder.body, "status") {
            Some("deregistered") => ["注销", "註銷", "deregistered"],
            Some("revoked") => ["吊销", "吊銷", "revoked"],
            _ => continue,
        };
        let (firm, number, since) = (name(holder), name(listing), holder.valid_from);
        let words = [
            format!("{firm} 自 {since} 起{}，{number} 仍登记有效", status[0]),
            format!("{firm} 自 {since} 起{}，{number} 仍登記有效", status[1]),
            format!("{firm} is {} since {since}; {number} is still recorded as valid", status[2]),
        ];
        out.push(Finding::new(Rule::I11, &[listing, holder], words).since(since));
    }
}

/// I14: a level the scheme does not have. 省级 and 省 are the same level.
pub(super) fn level_mismatch(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for listing in records.all(Kind::Listing) {
        let key = text(&listing.body, "scheme").unwrap_or_default();
        let (Some(scheme), Some(level)) =
            (records.get(Kind::Scheme, key), text(&listing.body, "level"))
        else {
            continue;
        };
        let short = |level: &str| fold(level).trim_end_matches('级').to_owned();
        let mut levels = texts(&scheme.body, "levels").peekable();
        if levels.peek().is_none() || levels.any(|known| short(known) == short(level)) {
            continue;
        }
        let known: Vec<&str> = texts(&scheme.body, "levels").collect();
        let known = known.join("、");
        let [zh, hant, en] = scheme_names(records, listing);
        let number = name(listing);
        let words = [
            format!("{number} 的级别是“{level}”，“{zh}”只有：{known}"),
            format!("{number} 的級別是「{level}」，「{hant}」只有：{known}"),
            format!("{number} has the level “{level}”; “{en}” knows only {known}"),
        ];
        out.push(Finding::new(Rule::I14, &[listing, scheme], words));
    }
}

/// I15: the certificate prints models, and the product's is not among them.
pub(super) fn model_mismatch(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for listing in records.all(Kind::Listing) {
        let open =
            matches!(computed(&listing.body, records.day), Status::Valid | Status::Suspended);
        let Some(product) = records.product_of(listing).filter(|_| open) else { continue };
        let Some(model) = text(&product.body, "model") else { continue };
        let mut printed = texts(&listing.body, "models").peekable();
        if printed.peek().is_none() || printed.any(|printed| fold(printed) == fold(model)) {
            continue;
        }
        let printed: Vec<&str> = texts(&listing.body, "models").collect();
        let printed = printed.join("、");
        let number = name(listing);
        let words = [
            format!("证书 {number} 上的型号是 {printed}，产品登记的型号是 {model}"),
            format!("證書 {number} 上的型號是 {printed}，產品登記的型號是 {model}"),
            format!(
                "Certificate {number} names the model {printed}, the product is recorded as {model}"
            ),
        ];
        out.push(Finding::new(Rule::I15, &[listing, product], words));
    }
}

/// I17: a code runs, and every listing behind it has ended.
pub(super) fn code_outlives_listing(records: &Joined<'_>, out: &mut Vec<Finding>) {
    for code in records.all(Kind::Code) {
        let body = &code.body;
        let over = date(body, "expires_on").is_some_and(|until| until < records.day);
        if text(body, "status") != Some("valid") || over {
            continue;
        }
        let behind: Vec<&Entry> = match text(body, "listing") {
            Some(named) => records.get(Kind::Listing, named).into_iter().collect(),
            None => records.listings_of(text(body, "product").unwrap_or_default()).to_vec(),
        };
        let open = |l: &&Entry| {
            matches!(computed(&l.body, records.day), Status::Valid | Status::Suspended)
        };
        // The one that ended last is the one the code outlived.
        let last = behind.iter().max_by_key(|l| (l.valid_from, l.seq));
        let Some(last) = last.filter(|_| !behind.iter().any(open)) else { continue };
        let [zh, hant, en] = computed(&last.body, records.day).label();
        let (key, number) = (&code.key, name(last));
        let words = [
            format!("质量信用码 {key} 仍有效，它所依据的登记 {number} 已{zh}"),
            format!("質量信用碼 {key} 仍有效，它所依據的登記 {number} 已{hant}"),
            format!(
                "Quality credit code {key} is valid; the listing {number} it rests on is {}",
                en.to_lowercase()
            ),
        ];
        out.push(Finding::new(Rule::I17, &[code, last], words));
    }
}

/// The policies a scheme names as its legal basis, in order.
pub(super) fn bases(scheme: &Entry) -> impl Iterator<Item = &str> {
    structs(&scheme.body, "legal_basis").filter_map(|basis| text(basis, "policy"))
}
