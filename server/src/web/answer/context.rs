//! What a page knows besides its model.

use app::model::{PageContext, Sample};

use super::Asking;
use crate::web::Portal;
use crate::web::index::Moment;
use crate::web::project::view;

/// What a page knows besides its model.
#[must_use]
pub fn context(portal: &Portal, asking: &Asking, present: &Moment) -> PageContext {
    let head = &present.head;
    PageContext {
        lang: asking.route.lang,
        large: asking.times.large,
        sample: match (head.all_sample, head.has_sample) {
            (true, _) => Sample::All,
            (false, true) => Sample::Some,
            (false, false) => Sample::None,
        },
        domain: domain(&portal.origin),
        office: portal.office.clone(),
        path: asking.route.path.clone(),
        query: asking.canonical.clone(),
        log_size: asking.times.known.unwrap_or(present.at.known),
        recorded_at: head.recorded_at.map(view::beijing).unwrap_or_default(),
        recorded_at_iso: head.recorded_at.map(view::beijing_iso).unwrap_or_default(),
        day: asking.times.as_of.clone().unwrap_or_else(|| present.at.as_of.to_string()),
        as_of: asking.times.as_of.clone(),
        known: asking.times.known,
        // How to quote a page is worked out by the portal.
        cite: match portal.mirror {
            Some(_) => String::new(),
            None => super::cite::link(asking),
        },
        check: String::new(),
        reports: portal.reports(),
        proofs: crate::web::log::signs(portal),
        mirror: portal.mirror.clone(),
        assets: portal.page_assets.clone(),
        origin: portal.origin.clone(),
    }
}

/// What a page knows when the register cannot be read.
#[must_use]
pub fn context_without_register(portal: &Portal, asking: &Asking) -> PageContext {
    PageContext {
        lang: asking.route.lang,
        large: asking.times.large,
        domain: domain(&portal.origin),
        office: portal.office.clone(),
        path: asking.route.path.clone(),
        mirror: portal.mirror.clone(),
        reports: portal.reports(),
        assets: portal.page_assets.clone(),
        origin: portal.origin.clone(),
        ..PageContext::default()
    }
}

fn domain(origin: &str) -> String {
    origin.split_once("://").map_or("", |(_, domain)| domain).to_owned()
}
