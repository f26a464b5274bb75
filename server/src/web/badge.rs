//! Badges: the state of a product, a code or an enterprise as a small picture for other people's pages.
//!
//! A badge is read from the log's head like a verdict, and is asked about at every use, so that a withdrawal shows with
//! the next visit to the page it stands on.

use app::components::badge::{Badge, Tone};
use app::i18n::{badge as words, fill, record};
use app::model::{Look, StatusOf};
use register::code::CreditCode;
use register::status::Status;
use register::verdict::{Asked, View as LogView};
use register::{Draft, Entry, Kind, Locator, Reason, ReasonCode, SourceRef};
use serde_json::json;

use super::answer::Rendered;
use super::project::facts::{Grant, deciding};
use super::project::view::View;
use super::project::{body, join};
use super::reply::Policy;
use super::verify;
use crate::behind::Behind;
use crate::published;
use crate::store::Result;

/// Media type of pictures that scale.
const SVG: &str = "image/svg+xml";

/// The picture of a badge.
pub fn rendered(view: &View<'_>, badge: &Badge) -> Rendered {
    Rendered::new(SVG, Policy::Badge, badge.svg(view.lang).into_bytes())
}

/// The badge of a product: what a code of it would be answered, so that a recall or a notice shows that the
/// grant alone does not.
///
/// # Errors
/// When the register cannot be read.
pub fn of_product(view: &View<'_>, product: &Entry, now: LogView) -> Result<Badge> {
    let name = named(view, product);
    let day = view.at.as_of.to_string();
    let mut behind = Behind::of_product(view.reader, view.at, &product.key)?;
    if behind.listings.is_empty() {
        return Ok(Badge::not_listed(view.lang, name, day));
    }
    let holder = body::text(&product.body, "holder");
    behind.complete(view.reader, view.at, &product.key, holder)?;
    // A code in force that stands for this product and nothing else: what is left is the product's own.
    let code = json!({ "product": product.key, "holder": holder, "level": "M", "status": "valid" });
    behind.code = Some(stand_in(product, code));
    let asked = CreditCode::parse(STAND_IN);
    let judged = match &asked {
        Ok(code) => verify::look(&behind.judge(Asked::Code(code), now, view.at.as_of)),
        // The constant is a code; a badge that cannot tell says so all the same.
        Err(_) => Look::CannotTell,
    };
    let grants: Vec<Grant> =
        behind.listings.iter().map(|one| Grant::of(one, view.at.as_of)).collect();
    let status = deciding(&grants).map_or(Status::None, |grant| grant.status);
    // The page has the word of the grant that decides; a badge says the same, or what is worse than any grant.
    let look = match status {
        _ if judged == Look::Recalled => judged,
        Status::Valid => judged,
        Status::Suspended => Look::Suspended,
        Status::Expired => Look::Expired,
        Status::Withdrawn => Look::Withdrawn,
        Status::Cancelled => Look::Cancelled,
        Status::Exited => Look::Exited,
        Status::Replaced => Look::Superseded,
        Status::None => return Ok(Badge::not_listed(view.lang, name, day)),
    };
    Ok(Badge::of_look(view.lang, look, name, day))
}

/// The code reserved for documentation: it is never issued, so it stands for no other product.
const STAND_IN: &str = "44M3QMX9D2R4";

fn stand_in(product: &Entry, body: serde_json::Value) -> Entry {
    let draft = Draft {
        valid_from: product.valid_from,
        kind: Kind::Code,
        key: STAND_IN.to_owned(),
        reason: Reason::from(ReasonCode::Listed),
        source: SourceRef { id: product.source.id.clone(), locator: Locator::default() },
        // The literal is an object.
        body: body.as_object().cloned().unwrap_or_default(),
    };
    draft.at(product.seq, product.recorded_at)
}

fn named(view: &View<'_>, product: &Entry) -> String {
    let name = view.title(product);
    match body::text(&product.body, "model") {
        model if model.is_empty() || name.contains(model) => name,
        model => format!("{name} {model}"),
    }
}

/// The badge of an enterprise: its registration, and how many of its and its products' grants are valid. Never green:
/// a registration says nothing of quality.
///
/// # Errors
/// When the register cannot be read.
pub fn of_enterprise(view: &View<'_>, enterprise: &Entry) -> Result<Badge> {
    let (reader, at, key) = (view.reader, view.at, enterprise.key.as_str());
    let mut listings = join::listings_of(reader, at, Kind::Enterprise, key)?;
    for product in reader.referring(Kind::Product, Kind::Enterprise, key, at)? {
        if body::text(&product.body, "holder") == key {
            listings.extend(join::listings_of(reader, at, Kind::Product, &product.key)?);
        }
    }
    let is_valid = |one: &&Entry| Grant::of(one, at.as_of).status == Status::Valid;
    let valid = listings.iter().filter(is_valid).count();
    let listed = reader.referring(Kind::Restriction, Kind::Enterprise, key, at)?;
    let restricted = listed.iter().any(|one| {
        body::text(&one.body, "subject") == key
            && body::text(&one.body, "status") == "listed"
            && published::is_published(one, view.today)
    });
    let code = body::text(&enterprise.body, "status");
    let (tone, icon, word) = record::status(StatusOf::Enterprise, code);
    let word = word.to(view.lang);
    let state = match (restricted, code) {
        (true, _) => fill(words::RESTRICTED.to(view.lang), &[("w", word)]),
        (false, "active") => {
            fill(words::ENTERPRISE.to(view.lang), &[("w", word), ("n", &valid.to_string())])
        }
        _ => word.to_owned(),
    };
    let (tone, icon) = match (restricted, tone) {
        (true, _) => (Tone::Warn, "warn"),
        (false, "bad") => (Tone::Bad, icon),
        (false, "off") => (Tone::Off, icon),
        (false, "ok") => (Tone::Unknown, "note"),
        _ => (Tone::Unknown, "unk"),
    };
    let (name, day) = (view.title(enterprise), at.as_of.to_string());
    Ok(Badge { name, state, day, icon, tone })
}
