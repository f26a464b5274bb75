//! What is answered with a file: assets, sitemaps, shelves, copies for use without a network, keys.

use std::sync::Arc;

use axum::http::{StatusCode, header};
use search::catalogue::Catalogue;

use super::bodies::{Body, Coding};
use super::failure::Failure;
use super::index::Moment;
use super::reply::{Answer, Keep, Policy, TEXT};
use super::router::{Page, Route};
use super::{Portal, answer, assets, blocking, limits, offline, sitemap, verify};

/// The public keys, as a JSON Web Key Set (RFC 7517).
pub(super) async fn jwks(portal: &Arc<Portal>, coding: Coding) -> Result<Answer, Failure> {
    let indexes = Arc::clone(&portal.indexes);
    let text = blocking(move || {
        let head = indexes.head()?;
        let mut outcome = Ok(Vec::new());
        indexes.read(|reader| {
            outcome = verify::jwks(reader, head);
            Ok(())
        })?;
        outcome
    });
    Ok(Answer::ok("application/jwk-set+json", Policy::Data, &text.await?, coding))
}

pub(super) fn asset(portal: &Portal, route: &Route, coding: Coding) -> Result<Answer, Failure> {
    let asset = portal.assets.get(&route.path).ok_or(Failure::NotFound)?;
    let (bytes, coding) = match (coding, &asset.br, &asset.gz) {
        (Coding::Brotli, Some(br), _) => (br.clone(), Coding::Brotli),
        (Coding::Brotli | Coding::Gzip, _, Some(gz)) => (gz.clone(), Coding::Gzip),
        _ => (asset.identity.clone(), Coding::Identity),
    };
    let worker = portal.page_assets.scan_worker == route.path;
    let policy = if worker { Policy::Worker } else { Policy::Asset };
    let etag =
        format!("\"{}{}\"", assets::hash16(route.path.as_bytes()), coding.name().unwrap_or(""));
    Ok(Answer {
        status: StatusCode::OK,
        mime: asset.mime,
        body: Body { bytes, coding, etag },
        keep: Keep::Forever,
        policy,
        by_accept: false,
        more: Vec::new(),
        file: None,
        stamp: None,
    })
}

pub(super) fn robots(portal: &Portal, coding: Coding) -> Answer {
    Answer::ok(TEXT, Policy::Data, sitemap::robots(&portal.origin).as_bytes(), coding)
}

pub(super) async fn sitemap(
    portal: &Arc<Portal>,
    route: &Route,
    coding: Coding,
) -> Result<Answer, Failure> {
    let portal = Arc::clone(portal);
    let (page, name) = (route.page, route.key.clone());
    blocking(move || {
        let present = portal.indexes.present()?;
        let xml = match page {
            Page::Sitemap => Some(sitemap::index(&present, &portal.origin)),
            _ => sitemap::part(&present, &portal.origin, &name),
        };
        let xml = xml.ok_or(Failure::NotFound)?;
        Ok(Answer::ok("application/xml", Policy::Data, xml.as_bytes(), coding))
    })
    .await
}

pub(super) async fn offline_file(
    portal: &Arc<Portal>,
    route: Route,
    coding: Coding,
) -> Result<Answer, Failure> {
    let portal = Arc::clone(portal);
    portal.indexes.head()?;
    portal.forget_removed();
    blocking(move || offline::file(&portal, &route, coding)).await
}

pub(super) async fn shelf(
    portal: &Arc<Portal>,
    route: &Route,
    coding: Coding,
) -> Result<Answer, Failure> {
    let portal = Arc::clone(portal);
    let asked = route.key.clone();
    blocking(move || {
        let present = portal.indexes.present()?;
        let catalogue = Catalogue::ALL
            .into_iter()
            .find(|catalogue| {
                let name = search::spec(*catalogue).name;
                asked.strip_prefix(name).is_some_and(|rest| rest.starts_with('-'))
            })
            .ok_or(Failure::NotFound)?;
        if present.rows(catalogue) > limits::SHELF_ROWS_MAX {
            return Err(Failure::NotFound);
        }
        if asked != present.shelf_name(catalogue) {
            // The page was made before the log grew: the reader gets the present shelf.
            let mut moved = Answer::ok(TEXT, Policy::Data, b"", Coding::Identity);
            moved.status = StatusCode::TEMPORARY_REDIRECT;
            moved.keep = Keep::Never;
            return Ok(moved.with(header::LOCATION, &answer::shelf_path(&present, catalogue)));
        }
        shelf_answer(&present, catalogue, coding).ok_or(Failure::NotFound)
    })
    .await
}

fn shelf_answer(present: &Moment, catalogue: Catalogue, coding: Coding) -> Option<Answer> {
    let shelf = present.shelf(catalogue)?;
    let (bytes, coding) = match coding {
        Coding::Brotli => (shelf.br(), Coding::Brotli),
        Coding::Gzip => (Coding::Gzip.encode(&shelf.identity), Coding::Gzip),
        Coding::Identity => (shelf.identity.clone(), Coding::Identity),
    };
    let etag = format!("\"{}{}\"", &shelf.sha256[..16], coding.name().unwrap_or(""));
    Some(Answer {
        status: StatusCode::OK,
        mime: "application/octet-stream",
        body: Body { bytes, coding, etag },
        keep: Keep::Forever,
        policy: Policy::Asset,
        by_accept: false,
        more: Vec::new(),
        file: None,
        stamp: None,
    })
}
