//! Services: their rows, their pages, and what listings entitle to.

use std::collections::BTreeSet;

use app::model::{Eligible, Entitlement, Link, ServicePage, StatusOf};
use register::{Body, Entry, Kind};
use search::Row;
use search::catalogue::Catalogue;

use super::body;
use super::facts::{Grant, Places};
use super::product::filtered;
use super::rows::Columns;
use super::view::{self, View};
use crate::reference;
use crate::store::Result;

/// Other services of the same system shown on a service's page.
const SAME_SHOWN: usize = 8;
/// Services shown in the block of what a listing entitles to.
const ENTITLEMENTS_SHOWN: usize = 12;

/// The status that entitles where the source names none.
const ENTITLING: &str = "valid";

/// What a text names one after the other: `计量、检测；认证` names three things.
pub fn named(text: &str) -> Vec<String> {
    text.split(['、', '；', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Row of a service.
pub fn row(entry: &Entry, places: &Places) -> Row {
    let b = &entry.body;
    let system = body::text(b, "system");
    let (needs, scope) = (named(body::text(b, "needs")), named(body::text(b, "scope")));
    let mut row = Columns::new(Catalogue::Services, &entry.key);
    row.text("name", body::text(b, "name"));
    row.text("needs", [needs.as_slice(), scope.as_slice()].concat().join("\n"));
    row.text("operator", body::text(b, "operator"));
    if let Some(system) = reference::system(system) {
        row.text("system_name", &system.name[0]);
        row.text("system_name_en", &system.name[2]);
    }
    row.one("system", system);
    row.facet("place", places.levels(body::text(b, "place")));
    row.facet("need", needs);
    row.facet("scope", scope);
    row.facet("for_whom", named(body::text(b, "for_whom")));
    let schemes: BTreeSet<&str> = eligibility(b).map(|(scheme, _)| scheme).collect();
    row.facet("scheme", schemes.into_iter().map(str::to_owned).collect());
    row.one("status", body::text(b, "status"));
    row.contested(entry.is_contested());
    row.day("changed", Some(entry.valid_from));
    row.display("contact", body::text(b, "contact"));
    row.display("hours", body::text(b, "hours"));
    row.display("cost", body::text(b, "cost"));
    row.finish()
}

/// Scheme and status of every listing that entitles.
fn eligibility(b: &Body) -> impl Iterator<Item = (&str, &str)> {
    body::objects(b, "eligibility")
        .into_iter()
        .map(|one| (body::text(one, "scheme"), body::maybe(one, "status").unwrap_or(ENTITLING)))
}

/// The page of a service.
///
/// # Errors
/// When the register cannot be read.
pub fn page(view: &View<'_>, entry: &Entry) -> Result<ServicePage> {
    let b = &entry.body;
    let system = body::text(b, "system");
    let known = reference::system(system);
    let words = |table: &[String; 3]| table[view.lang.index()].clone();
    let place = body::text(b, "place");
    let mut seen = Vec::new();
    for (scheme, status) in eligibility(b) {
        let scheme_link = view.link(Kind::Scheme, scheme)?;
        let path = app::model::record_path(Kind::Scheme, scheme).unwrap_or_default();
        seen.push(Eligible {
            scheme: scheme_link,
            status: view::status(StatusOf::Listing, status),
            href: format!("{path}?status={status}"),
        });
    }
    let mut same = Vec::new();
    view.reader.records(Kind::Service, view.at, &mut |other| {
        let b = &other.body;
        if other.key != entry.key
            && body::text(b, "system") == system
            && body::text(b, "status") == "open"
            && same.len() < SAME_SHOWN
        {
            same.push((
                Link::record(view.title(&other), Kind::Service, &other.key),
                view.places.full_name(body::text(b, "place"), view.lang),
                view::status(StatusOf::Service, "open"),
            ));
        }
        Ok(())
    })?;
    Ok(ServicePage {
        meta: view.meta(entry)?,
        name: body::text(b, "name").to_owned(),
        status: view::status(StatusOf::Service, body::text(b, "status")),
        system: match known {
            Some(known) => Link::to(words(&known.name), super::site::system_path(system)),
            None => Link::plain(system),
        },
        meaning: known.map(|known| words(&known.meaning)).unwrap_or_default(),
        operator: body::text(b, "operator").to_owned(),
        place: Link::to(
            view.places.full_name(place, view.lang),
            filtered(Catalogue::Services, "place", place),
        ),
        facts: view.facts(entry, &["for_whom", "needs", "scope", "hours", "contact", "cost"])?,
        url: body::maybe(b, "url").map(str::to_owned),
        eligibility: seen,
        same,
        same_href: filtered(Catalogue::Services, "system", system),
        history: view.history(Kind::Service, &entry.key)?,
        sources: view.sources([entry])?,
    })
}

/// The open services that listings entitle to: each once, by the first listing that fits.
///
/// # Errors
/// When the register cannot be read.
pub fn entitlements<'e>(
    view: &View<'_>,
    listings: impl IntoIterator<Item = &'e Entry>,
) -> Result<Vec<Entitlement>> {
    let held: BTreeSet<(String, &'static str)> = listings
        .into_iter()
        .map(|listing| Grant::of(listing, view.at.as_of))
        .map(|grant| (grant.scheme, grant.status.code()))
        .collect();
    let schemes: BTreeSet<&str> = held.iter().map(|(scheme, _)| scheme.as_str()).collect();
    let mut found: Vec<Entitlement> = Vec::new();
    for scheme in schemes {
        for service in of_scheme(view, scheme, &|status| {
            held.iter().any(|(held, code)| held == scheme && *code == status)
        })? {
            if !found.iter().any(|known| known.service == service.service) {
                found.push(service);
            }
        }
    }
    found.truncate(ENTITLEMENTS_SHOWN);
    Ok(found)
}

/// The open services that a listing under a scheme entitles to, whatever its status.
///
/// # Errors
/// When the register cannot be read.
pub fn open_to(view: &View<'_>, scheme: &str) -> Result<Vec<Entitlement>> {
    let mut found = of_scheme(view, scheme, &|_| true)?;
    for one in &mut found {
        one.by = Link::default();
    }
    found.truncate(ENTITLEMENTS_SHOWN);
    Ok(found)
}

fn of_scheme(
    view: &View<'_>,
    scheme: &str,
    fits: &dyn Fn(&str) -> bool,
) -> Result<Vec<Entitlement>> {
    let mut found = Vec::new();
    for service in view.reader.referring(Kind::Service, Kind::Scheme, scheme, view.at)? {
        let b = &service.body;
        let entitled = eligibility(b).any(|(named, status)| named == scheme && fits(status));
        if !entitled || body::text(b, "status") != "open" {
            continue;
        }
        let line = [
            body::text(b, "operator").to_owned(),
            view.places.full_name(body::text(b, "place"), view.lang),
            body::text(b, "hours").to_owned(),
            body::text(b, "cost").to_owned(),
        ];
        found.push(Entitlement {
            service: Link::record(view.title(&service), Kind::Service, &service.key),
            line: line.into_iter().filter(|part| !part.is_empty()).collect(),
            by: view.link(Kind::Scheme, scheme)?,
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_text_names_several_things_only_where_its_marks_say_so() {
        assert_eq!(named("计量、检测；认证"), ["计量", "检测", "认证"]);
        assert_eq!(named("检测，并出具报告"), ["检测，并出具报告"]);
        assert!(named(" ；、").is_empty());
    }
}
