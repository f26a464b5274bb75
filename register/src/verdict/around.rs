//! What the records around the code say: product, holder, standards, recalls, inspections,
//! restrictions, evaluations, comparisons, other listings.

use chrono::Months;

use super::facts::{Facts, fold, is_about, status_of};
use super::{Question, Reason, What};
use crate::comparison;
use crate::kinds::rules::{day as date, structs, text, texts};
use crate::status::Status;
use crate::{Body, Entry, Kind};

/// Schemes whose certificate a product needs where it falls under them (I02).
pub(crate) const NEEDED: [&str; 2] = ["ccc", "production-licence"];

/// A baseline checked longer ago than this has to be checked again (I08).
pub(crate) const CHECKED_FOR: Months = Months::new(24);

pub(super) fn all(question: &Question, facts: &Facts, out: &mut Vec<Reason>) {
    product_and_holder(facts, out);
    standards(question, facts, out);
    other_listings(question, facts, out);
    restrictions(question, facts, out);
    recalls(question, facts, out);
    inspections(facts, out);
    evaluations(question, facts, out);
    comparisons(question, facts, out);
}

fn product_and_holder(facts: &Facts, out: &mut Vec<Reason>) {
    match facts.product {
        None => out.push(Reason::missing(Kind::Product, facts.product_key)),
        Some(product) => {
            if text(&product.body, "status") == Some("discontinued") {
                out.push(Reason::of(What::Discontinued, product));
            }
            if let Some(listing) = facts.listing
                && texts(&listing.body, "models").next().is_some()
                && !texts(&listing.body, "models").any(|model| facts.is_model(model))
            {
                let model = text(&product.body, "model");
                out.push(Reason::of(What::ModelMismatch, listing).arg("model", model));
            }
        }
    }
    match facts.holder {
        None => out.push(Reason::missing(Kind::Enterprise, facts.holder_key)),
        Some(holder) => {
            let status = text(&holder.body, "status");
            if matches!(status, Some("deregistered" | "revoked")) {
                let reason = Reason::of(What::HolderGone, holder).date(holder.valid_from);
                out.push(reason.arg("holder_status", status));
            }
        }
    }
}

/// Whether a standard is withdrawn or replaced on the day.
fn gone<'a>(question: &Question, facts: &Facts<'a>, number: &str) -> Option<&'a Entry> {
    let standard = facts.get(Kind::Standard, number)?;
    let withdrawn_on = date(&standard.body, "withdrawn_on");
    let said = matches!(text(&standard.body, "status"), Some("withdrawn" | "replaced"));
    let over = withdrawn_on.map_or(said, |day| day <= question.day);
    over.then_some(standard)
}

fn standards(question: &Question, facts: &Facts, out: &mut Vec<Reason>) {
    let mut cited = |citing: Option<&Entry>, what| {
        for number in citing.iter().flat_map(|entry| texts(&entry.body, "standards")) {
            if let Some(standard) = gone(question, facts, number) {
                let reason = Reason::of(what, standard).date(date(&standard.body, "withdrawn_on"));
                let newer = texts(&standard.body, "replaced_by").next();
                out.push(reason.arg("standard", number).arg("newer", newer));
            }
        }
    };
    cited(facts.listing, What::EvaluationStandardGone);
    cited(facts.product, What::ClaimedStandardGone);
}

fn other_listings(question: &Question, facts: &Facts, out: &mut Vec<Reason>) {
    let deciding = facts.listing.map(|listing| listing.key.as_str());
    for listing in facts.about_product(Kind::Listing).filter(|l| Some(l.key.as_str()) != deciding) {
        let (status, since) = status_of(listing, question.day);
        // Expired, cancelled and replaced ones are history, and the history is on the page.
        if matches!(status, Status::Suspended | Status::Withdrawn | Status::Exited) {
            let reason = Reason::of(What::OtherListing, listing).date(since);
            out.push(reason.arg("listing_status", status.code()));
        }
    }
    for scheme in NEEDED {
        let licences = facts.all(Kind::Listing).filter(|listing| {
            let body = &listing.body;
            let held = text(body, "subject.kind") == Some("enterprise")
                && text(body, "subject.key").is_some_and(|key| facts.is_holder(key));
            text(body, "scheme") == Some(scheme)
                && (held || is_about(body, "product", facts.product_key))
        });
        // A renewed licence makes the old one history.
        let best = licences.min_by_key(|licence| status_of(licence, question.day).0);
        if let Some(licence) = best
            && status_of(licence, question.day).0 == Status::Expired
        {
            let until = date(&licence.body, "valid_until");
            let number = text(&licence.body, "certificate_number");
            out.push(Reason::of(What::LicenceExpired, licence).date(until).arg("number", number));
        }
    }
}

fn restrictions(question: &Question, facts: &Facts, out: &mut Vec<Reason>) {
    for restriction in facts.all(Kind::Restriction) {
        let body = &restriction.body;
        let on_holder = text(body, "subject").is_some_and(|subject| facts.is_holder(subject));
        let begun = date(body, "listed_on").is_none_or(|day| day <= question.day);
        let removed = text(body, "status") == Some("removed")
            || date(body, "removed_on").is_some_and(|day| day <= question.day);
        // After its publication term it may not be held against anybody (I18).
        let published = date(body, "publish_until").is_none_or(|until| until >= question.day);
        if !on_holder || !begun || removed || !published {
            continue;
        }
        let names_listing = facts.listing.is_some_and(|listing| names(body, &listing.body));
        let what = if names_listing { What::ListingRestricted } else { What::HolderRestricted };
        out.push(
            Reason::of(what, restriction)
                .date(date(body, "listed_on"))
                .arg("list", text(body, "list"))
                .arg("cause", text(body, "cause"))
                .arg("decision", text(body, "decision.number")),
        );
    }
}

/// Whether a restriction's decision names the listing: it is the decision the listing itself
/// gives, or it quotes the certificate number.
fn names(restriction: &Body, listing: &Body) -> bool {
    let same = |path| text(restriction, path).is_some_and(|n| Some(n) == text(listing, path));
    let quoted = |number: &str| {
        let number = fold(number);
        // Shorter ones stand in any text by chance.
        number.chars().count() >= 4
            && texts(restriction, "measures")
                .chain(text(restriction, "cause"))
                .any(|words| fold(words).contains(&number))
    };
    same("decision.number") || text(listing, "certificate_number").is_some_and(quoted)
}

fn recalls(question: &Question, facts: &Facts, out: &mut Vec<Reason>) {
    for recall in facts.all(Kind::Recall) {
        let body = &recall.body;
        let over = matches!(text(body, "status"), Some("completed" | "terminated"));
        if over || date(body, "started_on").is_some_and(|day| day > question.day) {
            continue;
        }
        let maker = text(body, "producer.uscc").is_some_and(|key| facts.is_holder(key));
        let Some(what) =
            (if maker { covered(question, facts, body) } else { covered_by_name(facts, body) })
        else {
            continue;
        };
        let lots: Vec<&str> = texts(body, "lots").collect();
        let lots = lots.join("、");
        out.push(
            Reason::of(what, recall)
                .date(date(body, "started_on"))
                .arg("number", text(body, "number"))
                .arg("remedy", text(body, "remedy"))
                .arg("lots", Some(lots.as_str()).filter(|lots| !lots.is_empty()))
                .arg("lot", question.lot.filter(|_| what == What::RecallOfOtherLots)),
        );
    }
}

/// What a recall of the product's own maker says about the product.
fn covered(question: &Question, facts: &Facts, recall: &Body) -> Option<What> {
    if texts(recall, "models").next().is_none() {
        let name = |body, field| text(body, field).map(fold);
        let own = name(&facts.product?.body, "name_zh")?;
        let printed = name(recall, "product_name")?;
        let alike = printed.contains(&own) || own.contains(&printed);
        return alike.then_some(What::RecallWithoutModel);
    }
    if !texts(recall, "models").any(|model| facts.is_model(model)) {
        return None;
    }
    // Where the item's lot is not known, it may be one of those recalled.
    let mut lots = texts(recall, "lots").peekable();
    if let (Some(lot), true) = (question.lot, lots.peek().is_some())
        && !lots.any(|recalled| fold(recalled) == fold(lot))
    {
        return Some(What::RecallOfOtherLots);
    }
    match text(recall, "alert_type") {
        Some("notification" | "refusal") => Some(What::OverseasAlert),
        _ => Some(What::Recall),
    }
}

/// A recall that prints the maker's name and no code: the same name and model are mentioned, and
/// change nothing.
fn covered_by_name(facts: &Facts, recall: &Body) -> Option<What> {
    let name = text(recall, "producer.name").map(fold)?;
    let own = facts.holder.and_then(|holder| text(&holder.body, "name_zh")).map(fold)?;
    let named = text(recall, "producer.uscc").is_none() && name == own;
    let model = texts(recall, "models").any(|model| facts.is_model(model));
    (named && model).then_some(What::RecallByName)
}

fn inspections(facts: &Facts, out: &mut Vec<Reason>) {
    for inspection in facts.all(Kind::Inspection) {
        let body = &inspection.body;
        let of_product = text(body, "producer.uscc").is_some_and(|key| facts.is_holder(key))
            && text(body, "model").is_some_and(|model| facts.is_model(model));
        let failed = text(body, "result") == Some("fail");
        let closed = matches!(text(body, "follow_up"), Some("closed" | "rechecked_pass"));
        if of_product && failed && !closed {
            let items: Vec<&str> = structs(body, "items").filter_map(|i| text(i, "name")).collect();
            let items = items.join("、");
            let announced = date(body, "announced_on").or_else(|| date(body, "sampled_on"));
            out.push(
                Reason::of(What::FailedInspection, inspection)
                    .date(announced.unwrap_or(inspection.valid_from))
                    .arg("round", text(body, "round"))
                    .arg("items", Some(items.as_str()).filter(|items| !items.is_empty())),
            );
        }
    }
}

fn evaluations(question: &Question, facts: &Facts, out: &mut Vec<Reason>) {
    for evaluation in facts.about_product(Kind::Evaluation) {
        let evaluator = text(&evaluation.body, "evaluator").unwrap_or_default();
        if facts.is_holder(evaluator) {
            out.push(Reason::of(What::SelfEvaluated, evaluation));
        }
    }
    for penalty in facts.all(Kind::Penalty).filter(|p| in_term(question, &p.body)) {
        let body = &penalty.body;
        let reports = || texts(body, "report_numbers");
        let false_report =
            reports().next().is_some() || text(body, "act").is_some_and(|act| act.contains("虚假"));
        let decided = date(body, "decided_on");
        let party = text(body, "party.uscc");
        let relied_on = facts.about_product(Kind::Evaluation).any(|evaluation| {
            let evaluation = &evaluation.body;
            let before = date(evaluation, "evaluated_on") <= decided;
            let number = text(evaluation, "report_number");
            (party.is_some() && party == text(evaluation, "evaluator") && before)
                || number.is_some_and(|number| reports().any(|report| report == number))
        });
        let measured = facts.about_product(Kind::Comparison).any(|comparison| {
            text(&comparison.body, "measured.report_number")
                .is_some_and(|number| reports().any(|report| report == number))
        });
        if false_report && (relied_on || measured) {
            let name = text(body, "party.name");
            out.push(Reason::of(What::FalseReport, penalty).date(decided).arg("party", name));
        }
    }
}

/// Whether a penalty is in force and within its publication term.
fn in_term(question: &Question, penalty: &Body) -> bool {
    text(penalty, "status") == Some("in_force")
        && date(penalty, "decided_on").is_some_and(|day| day <= question.day)
        && date(penalty, "publish_until").is_none_or(|until| until >= question.day)
}

fn comparisons(question: &Question, facts: &Facts, out: &mut Vec<Reason>) {
    for entry in facts.about_product(Kind::Comparison) {
        let body = &entry.body;
        let indicator = text(body, "name_zh");
        let renewed = structs(body, "baselines").any(|baseline| {
            let number = text(baseline, "standard").unwrap_or_default();
            let checked = date(baseline, "checked_on");
            gone(question, facts, number).is_some()
                || checked
                    .and_then(|day| day.checked_add_months(CHECKED_FOR))
                    .is_some_and(|until| until < question.day)
        });
        if renewed {
            out.push(Reason::of(What::BaselineRenewed, entry).arg("indicator", indicator));
        }
        let computed = comparison::outcome(body).claim.map(|claim| claim.code());
        if let (Some(claimed), Some(computed)) = (text(body, "claim"), computed)
            && claimed != computed
        {
            out.push(Reason::of(What::ClaimContradicted, entry).arg("indicator", indicator));
        }
    }
}
