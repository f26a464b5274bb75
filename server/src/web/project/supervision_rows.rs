//! Rows of inspections, penalties and adverse lists.

use chrono::NaiveDate;
use register::inconsistency::protected_until;
use register::{Entry, Kind};
use search::Row;
use search::catalogue::Catalogue;

use super::body;
use super::facts::{Holder, Places};
use super::rows::{Columns, year};
use super::supervision::is_published;

/// Key of the enterprise a record of supervision names by code; empty where it names none.
pub fn party(entry: &Entry) -> &str {
    let b = &entry.body;
    let of = |name| body::object(b, name).map_or("", |party| body::text(party, "uscc"));
    match entry.kind {
        Kind::Inspection => of("producer"),
        Kind::Penalty => of("party"),
        Kind::Restriction => body::text(b, "subject"),
        _ => "",
    }
}

/// Catalogue of a kind of supervision.
pub fn catalogue(kind: Kind) -> Option<Catalogue> {
    Some(match kind {
        Kind::Inspection => Catalogue::Inspections,
        Kind::Penalty => Catalogue::Penalties,
        Kind::Restriction => Catalogue::Restrictions,
        _ => return None,
    })
}

/// Row of a record of supervision; none where it may not be shown today. `firm` is the enterprise it
/// names, with its sector.
pub fn row(
    entry: &Entry,
    firm: Option<&(Holder, String)>,
    places: &Places,
    today: NaiveDate,
) -> Option<Row> {
    let catalogue = catalogue(entry.kind)?;
    if !is_published(entry, today) {
        return None;
    }
    let b = &entry.body;
    let mut row = Columns::new(catalogue, &entry.key);
    let place = firm.map_or("", |(firm, _)| firm.place.as_str());
    row.facet("place", places.levels(place));
    row.one("enterprise", party(entry));
    row.text("authority", body::text(b, "authority"));
    row.one("authority", body::text(b, "authority"));
    row.one("status", body::text(b, "status"));
    let named = |name| body::object(b, name).map_or("", |party| body::text(party, "name"));
    row.contested(entry.is_contested());
    match entry.kind {
        Kind::Inspection => {
            row.text("product", body::text(b, "product_name"));
            row.text("model", body::text(b, "model"));
            row.text("brand", body::text(b, "brand"));
            row.text("producer", named("producer"));
            row.text("number", body::text(b, "sample_number"));
            row.text("standard", body::text(b, "standard"));
            for facet in ["result", "follow_up", "level", "round"] {
                row.one(facet, body::text(b, facet));
            }
            row.one("sector", firm.map_or("", |(_, sector)| sector));
            let sampled = body::date(b, "sampled_on");
            let announced = body::date(b, "announced_on");
            row.facet("year", year(sampled.or(announced)));
            row.day("sampled", sampled);
            row.day("announced", announced);
            row.day("protected", protected_until(b));
            let items = body::objects(b, "items");
            let failed = items.iter().filter(|item| body::text(item, "verdict") == "fail");
            let failed: Vec<&str> = failed.map(|item| body::text(item, "name")).collect();
            row.display("items", failed.join("、"));
            row.display("lot", body::text(b, "lot"));
            row.display("tester", body::text(b, "tester"));
        }
        Kind::Penalty => {
            row.text("number", body::text(b, "number"));
            row.text("party", named("party"));
            row.text("act", body::text(b, "act"));
            let measures = body::texts(b, "measure").into_iter();
            row.facet("measure", measures.map(str::to_owned).collect());
            let decided = body::date(b, "decided_on");
            row.facet("year", year(decided));
            row.day("decided", decided);
            row.day("until", body::date(b, "publish_until"));
            row.number("amount_fen", body::int(b, "amount_fen"));
            row.display("content", body::text(b, "content"));
        }
        _ => {
            row.text("subject", firm.map_or(party(entry), |(firm, _)| &firm.name));
            row.text("cause", body::text(b, "cause"));
            let decision = body::object(b, "decision");
            row.text("decision", decision.map_or("", |one| body::text(one, "number")));
            row.one("list", body::text(b, "list"));
            let listed = body::date(b, "listed_on");
            row.facet("year", year(listed));
            row.day("listed", listed);
            row.day("removed", body::date(b, "removed_on"));
            row.day("until", body::date(b, "publish_until"));
        }
    }
    Some(row.finish())
}
