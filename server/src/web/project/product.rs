//! `/products/{id}`.

use std::collections::BTreeSet;

use app::model::{Fact, Link, Listing, ProductPage, Score, Status, StatusOf, list_path};
use register::code::CreditCode;
use register::{Entry, Kind, Lang};
use search::catalogue::Catalogue;

use super::comparison;
use super::facts::{self, Grant};
use super::join;
use super::related::Related;
use super::rows::Product;
use super::view::{self, View};
use super::{body, findings, service, timeline};
use crate::store::Result;
use crate::web::limits;

/// The page of a product, with the notices and recalls about it.
///
/// # Errors
/// When the register cannot be read.
pub fn page(view: &View<'_>, entry: &Entry, related: &Related) -> Result<ProductPage> {
    let b = &entry.body;
    let key = &entry.key;
    let holder_key = body::text(b, "holder");
    let holder = view.record(Kind::Enterprise, holder_key)?;
    let place = holder.as_ref().map(|holder| body::text(&holder.body, "place").to_owned());
    let listings = join::listings_of(view.reader, view.at, Kind::Product, key)?;
    let grants: Vec<Grant> = listings.iter().map(|l| Grant::of(l, view.at.as_of)).collect();
    let (status, deciding) = decided(view, &listings, &grants);
    let comparisons = join::about_product(view.reader, view.at, Kind::Comparison, key)?;
    let mut evaluations = join::about_product(view.reader, view.at, Kind::Evaluation, key)?;
    evaluations.sort_by_key(|e| std::cmp::Reverse(body::text(&e.body, "evaluated_on").to_owned()));
    let evaluation = evaluations.first();
    let standards = Product::of(entry).all_standards(&grants);
    let around = listings.iter().chain(&comparisons).chain(&evaluations);
    let mut concerned: Vec<(Kind, &str)> = vec![(Kind::Product, key)];
    concerned.extend(around.map(|record| (record.kind, record.key.as_str())));
    let doubts = findings::lines_about(view, &concerned);
    Ok(ProductPage {
        meta: app::model::RecordMeta {
            findings: doubts,
            status: status.code.clone(),
            ..view.meta(entry)?
        },
        possible: related.links(view, &related.possible),
        name: body::name(b, view.lang).to_owned(),
        machine: body::flag(b, "machine") == Some(true),
        brand: body::text(b, "brand").to_owned(),
        model: body::text(b, "model").to_owned(),
        spec: body::text(b, "spec").to_owned(),
        holder: match &holder {
            Some(holder) => Link::record(view.title(holder), Kind::Enterprise, holder_key),
            None => Link::plain(holder_key),
        },
        place: place.map(|code| view.places.full_name(&code, view.lang)).unwrap_or_default(),
        category: facts::category_levels(body::text(b, "category"))
            .iter()
            .map(|level| {
                let name = level.rsplit('/').next().unwrap_or(level);
                let name = crate::reference::word(name).map_or(name, |[zh, hant, en]| {
                    view.lang.of(&[zh.as_str(), hant.as_str(), en.as_str()])
                });
                Link::to(name, filtered(Catalogue::Products, "category", level))
            })
            .collect(),
        status,
        production: body::maybe(b, "status").map(|code| view::status(StatusOf::Product, code)),
        scheme: match deciding {
            Some(grant) => Some(view.link(Kind::Scheme, &grant.scheme)?),
            None => None,
        },
        comparisons: comparisons
            .iter()
            .map(|comparison| comparison::model(view, comparison))
            .collect::<Result<_>>()?,
        comparison_sources: view.sources(&comparisons)?,
        scores: evaluation.map(|e| scores(view, e)).unwrap_or_default(),
        evaluation: match evaluation {
            Some(e) => evaluation_facts(view, e)?,
            None => Vec::new(),
        },
        evaluation_result: evaluation
            .map_or("", |evaluation| body::text(&evaluation.body, "result"))
            .to_owned(),
        evaluation_sources: view.sources(evaluation)?,
        standards: standards.iter().map(|number| view.standard(number)).collect::<Result<_>>()?,
        listings: listings
            .iter()
            .take(limits::BLOCK_ROWS_MAX)
            .map(|listing| grant(view, listing, false))
            .collect::<Result<_>>()?,
        listing_sources: view.sources(&listings)?,
        notices: related.links(view, &related.certain),
        inspections: inspections(view, holder_key, body::text(b, "model"))?,
        entitlements: service::entitlements(view, &listings)?,
        codes: codes(view, entry, &listings)?,
        history: history(view, entry, &listings)?,
        sources: view.sources([entry])?,
    })
}

/// Computed status of the deciding grant, with its dates.
pub fn decided<'g>(
    view: &View<'_>,
    listings: &[Entry],
    grants: &'g [Grant],
) -> (Status, Option<&'g Grant>) {
    let Some(best) = facts::deciding(grants) else {
        return (view::status(StatusOf::Listing, "none"), None);
    };
    let entry = grants.iter().position(|grant| std::ptr::eq(grant, best)).map(|i| &listings[i]);
    (entry.map_or_else(Status::default, |entry| listing_status(view, entry)), Some(best))
}

/// Computed status of a listing, with the dates that go with it.
pub fn listing_status(view: &View<'_>, entry: &Entry) -> Status {
    use register::status::Status as Computed;
    let grant = Grant::of(entry, view.at.as_of);
    let since = match grant.status {
        Computed::Valid => grant.granted,
        Computed::Expired => grant.until.and_then(|day| day.succ_opt()),
        _ => Some(entry.valid_from),
    };
    Status {
        of: StatusOf::Listing,
        code: grant.status.code().to_owned(),
        since: since.map(|day| day.to_string()),
        until: grant.until.map(|day| day.to_string()),
    }
}

/// A list filtered by one value.
pub fn filtered(catalogue: Catalogue, name: &str, value: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish();
    format!("{}?{query}", list_path(catalogue))
}

/// A grant as a block shows it; `with_subject` on pages that are not the subject's own.
pub fn grant(view: &View<'_>, entry: &Entry, with_subject: bool) -> Result<Listing> {
    let b = &entry.body;
    let scheme = view.record(Kind::Scheme, body::text(b, "scheme"))?;
    let empty = register::Body::new();
    let s = scheme.as_ref().map_or(&empty, |scheme| &scheme.body);
    let built_in = crate::reference::scheme(body::text(b, "scheme"));
    // The built-in table has the two sentences in three languages; a record that says something else wins.
    let sentence = |field: &str, table: Option<[&str; 3]>| match table {
        Some(table) if body::text(s, field) == table[0] => view.lang.of(&table).to_owned(),
        _ => body::text(s, field).to_owned(),
    };
    let choice = |field: &str| {
        register::Kind::Listing
            .spec()
            .fields
            .iter()
            .find(|f| f.name == field)
            .zip(b.get(field))
            .map(|(f, value)| view.value(&f.ty, value))
            .unwrap_or_default()
    };
    let detail: Vec<String> = ["round", "level", "grade"]
        .into_iter()
        .map(choice)
        .filter(|words| !words.is_empty())
        .collect();
    let decision = body::object(b, "decision").map(|decision| Link {
        text: body::text(decision, "number").to_owned(),
        href: body::maybe(decision, "url").map(str::to_owned),
    });
    let subject = match (with_subject, facts::subject_kind(b)) {
        (false, _) => None,
        (true, Some(kind)) => Some(view.link(kind, body::subject(b).1)?),
        (true, None) => Some(Link::plain(body::subject(b).1)),
    };
    Ok(Listing {
        scheme: match &scheme {
            Some(entry) => Link::record(view.title(entry), Kind::Scheme, &entry.key),
            None => Link::plain(body::text(b, "scheme")),
        },
        subject,
        status: listing_status(view, entry),
        certificate_number: body::text(b, "certificate_number").to_owned(),
        detail: detail.join(if view.lang == Lang::En { ", " } else { "，" }),
        granted_on: body::text(b, "granted_on").to_owned(),
        valid_until: body::text(b, "valid_until").to_owned(),
        issuer: body::text(b, "issuer").to_owned(),
        exit_reason: choice("exit_reason"),
        decision,
        proves: sentence("proves", built_in.map(|row| row.proves())),
        does_not_prove: sentence("does_not_prove", built_in.map(|row| row.does_not_prove())),
        scheme_status: body::maybe(s, "status")
            .filter(|code| *code != "current")
            .map(|code| view::status(StatusOf::Scheme, code)),
    })
}

fn scores(view: &View<'_>, evaluation: &Entry) -> Vec<Score> {
    body::objects(&evaluation.body, "dimensions")
        .into_iter()
        .map(|dimension| {
            let score = body::text(dimension, "score");
            let full = body::text(dimension, "full_mark");
            let share = match (score.parse::<f64>(), full.parse::<f64>()) {
                (Ok(score), Ok(full)) if full > 0.0 && (0.0..=full).contains(&score) => {
                    // In 0..=1000 by the guard above.
                    Some((score / full * 1000.0).round() as u64)
                }
                _ => None,
            };
            Score {
                name: dimension_name(view, body::text(dimension, "id")),
                score: score.to_owned(),
                grade: body::text(dimension, "grade").to_owned(),
                full_mark: full.to_owned(),
                share,
                evidence: body::text(dimension, "source").to_owned(),
            }
        })
        .collect()
}

fn dimension_name(view: &View<'_>, id: &str) -> String {
    register::kinds::evaluation::FOUR_DIMENSIONS
        .iter()
        .find(|choice| choice.code == id || choice.zh == id)
        .map_or_else(
            || id.to_owned(),
            |choice| view.words(&[choice.zh, choice.hant, choice.en]).to_owned(),
        )
}

fn evaluation_facts(view: &View<'_>, evaluation: &Entry) -> Result<Vec<Fact>> {
    view.facts(
        evaluation,
        &[
            "evaluator",
            "specification",
            "evaluated_on",
            "result",
            "report_number",
            "supervisor",
            "rating",
        ],
    )
}

/// Inspections that name this model and this holder by its code; a match by name alone says nothing.
fn inspections(view: &View<'_>, holder: &str, model: &str) -> Result<Vec<app::model::Event>> {
    if holder.is_empty() || model.is_empty() {
        return Ok(Vec::new());
    }
    let mut events = Vec::new();
    for entry in view.reader.referring(Kind::Inspection, Kind::Enterprise, holder, view.at)? {
        if body::text(&entry.body, "model") == model {
            events.push(timeline::event(view, &entry)?);
        }
    }
    events.sort_by(|a, b| b.date.cmp(&a.date));
    events.truncate(limits::BLOCK_ROWS_MAX);
    Ok(events)
}

fn codes(view: &View<'_>, entry: &Entry, listings: &[Entry]) -> Result<Vec<Fact>> {
    let mut facts =
        view.facts(entry, &["gtins", "variant", "spec", "sector", "warranty_months"])?;
    let certificates: BTreeSet<&str> =
        listings.iter().filter_map(|l| body::maybe(&l.body, "certificate_number")).collect();
    if !certificates.is_empty() {
        facts.push(Fact {
            label: view.words(&["证书编号", "證書編號", "Certificate number"]).to_owned(),
            values: certificates.into_iter().map(Link::plain).collect(),
        });
    }
    let issued = view.reader.referring(Kind::Code, Kind::Product, &entry.key, view.at)?;
    let issued: Vec<Link> = issued
        .iter()
        .filter_map(|code| CreditCode::parse(&code.key).ok())
        .take(limits::BLOCK_ROWS_MAX)
        .map(|code| Link::to(code.grouped(), format!("/q/{}", code.as_str())))
        .collect();
    if !issued.is_empty() {
        facts.push(Fact { label: view.words(&Kind::Code.spec().label).to_owned(), values: issued });
    }
    let names = ["name_zh", "name_en"].map(|name| body::text(&entry.body, name));
    facts.extend(view.added_words(&crate::reference::added_words(names)));
    facts.push(Fact {
        label: view.words(&["登记编号", "登記編號", "Register key"]).to_owned(),
        values: vec![Link::plain(&entry.key)],
    });
    Ok(facts)
}

/// The product's own history and that of its grants, newest first.
fn history(view: &View<'_>, entry: &Entry, listings: &[Entry]) -> Result<Vec<app::model::Event>> {
    let mut events = view.history(Kind::Product, &entry.key)?;
    for listing in listings.iter().take(limits::BLOCK_ROWS_MAX) {
        let scheme = view.link(Kind::Scheme, body::text(&listing.body, "scheme"))?;
        for mut event in view.history(Kind::Listing, &listing.key)? {
            event.about = Some(scheme.clone());
            events.push(event);
        }
        events.extend(timeline::expiry(view, listing, Some(scheme)));
    }
    events.sort_by(|a, b| (&b.date, b.seq).cmp(&(&a.date, a.seq)));
    events.truncate(limits::HISTORY_MAX);
    Ok(events)
}
