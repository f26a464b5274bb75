//! Verdicts on codes, their artwork, and the addresses that lead to them.

use app::components::badge::Badge;
use app::pages;

use super::{Making, Rendered};
use crate::web::failure::Failure;
use crate::web::project::view;
use crate::web::reply::{HTML, Policy};
use crate::web::router::{Format, Page};
use crate::web::{badge, label, scans, verify};

impl Making<'_> {
    pub(super) fn verdict(&self) -> Result<Rendered, Failure> {
        let mut context = self.context();
        // The indexes may be on their way; the verdict is of the log's head.
        let head = self.reader.head()?;
        context.log_size = self.view.at.known;
        context.day = self.view.at.as_of.to_string();
        context.recorded_at = head.recorded_at.map(view::beijing).unwrap_or_default();
        context.recorded_at_iso = head.recorded_at.map(view::beijing_iso).unwrap_or_default();
        let log = self.portal.indexes().log_view(self.view.at.known);
        let node = verify::Node {
            log,
            pepper: self.portal.pepper(),
            lot: self.asking.lot.as_deref(),
            batch: self.asking.batch.as_deref(),
            notes: self.portal.notes.is_some(),
            opening: !self.present.whole,
            possible: &|product| Ok(self.related(product)?.possible),
        };
        if let Some(mirror) = &self.portal.mirror {
            return verify::in_mirror(&self.view, &context, mirror, &self.asking.route, &node);
        }
        let policy = self.portal.verdict_policy;
        verify::render(&self.view, &context, &self.asking.route, policy, &node)
    }

    pub(super) fn label(&self) -> Result<Rendered, Failure> {
        let route = &self.asking.route;
        let label = label::Label::of(&self.view, &route.key, &self.portal.origin)?;
        match route.page {
            Page::LabelSvg => label.svg(),
            Page::LabelPng => label.png(),
            _ => {
                let html = pages::label::render(&self.context(), &label.page(self.view.lang));
                Ok(Rendered::page(html, Policy::Still))
            }
        }
    }

    /// The badge of a product, an enterprise or a code, with the status of its page.
    pub(super) fn badge(&self) -> Result<Rendered, Failure> {
        let route = &self.asking.route;
        let log = self.portal.indexes().log_view(self.view.at.known);
        if route.page == Page::CodeBadge {
            let (look, name, status) =
                verify::in_short(&self.view, &route.key, log, self.portal.pepper())?;
            let day = self.view.at.as_of.to_string();
            let drawn = Badge::of_look(self.view.lang, look, name, day);
            let mut rendered = badge::rendered(&self.view, &drawn);
            rendered.status = status;
            // Codes that are not on record are without number.
            rendered.cached = status == axum::http::StatusCode::OK;
            return Ok(rendered);
        }
        let Ok(entry) = self.entry()? else { return Err(Failure::NotFound) };
        let drawn = match route.page {
            Page::ProductBadge => badge::of_product(&self.view, &entry, log)?,
            _ => badge::of_enterprise(&self.view, &entry)?,
        };
        Ok(badge::rendered(&self.view, &drawn))
    }

    pub(super) fn scans(&self) -> Result<Rendered, Failure> {
        let unit = scans::unit(self.reader, self.view.at, self.portal, &self.asking.route.key)?;
        let notes = self.reader.scan_notes(&unit.hash, self.view.at.as_of)?;
        let mut rendered = match self.asking.route.format {
            Format::Json => Rendered::json(&scans::json(&unit, &notes, &self.view)),
            _ => {
                let page = scans::page(&unit, &notes, self.view.lang);
                Rendered::page(pages::scans::render(&self.context(), &page), Policy::Still)
            }
        };
        // Notes are no part of the log, whose size names a body that is kept.
        rendered.cached = false;
        Ok(rendered)
    }

    pub(super) fn digital_link(&self) -> Result<Rendered, Failure> {
        let product =
            |gtin: &str| verify::products_of(self.reader, self.view.at, self.present, gtin).next();
        let to = verify::resolve(&self.view, &self.asking.route, self.portal.pepper(), &product)?;
        let mut moved = Rendered::new(HTML, Policy::Data, Vec::new());
        moved.status = axum::http::StatusCode::SEE_OTHER;
        moved.cached = false;
        moved.more.push(("location", self.context().now(&to)));
        Ok(moved)
    }
}
