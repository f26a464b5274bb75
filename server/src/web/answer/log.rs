//! The log in public, for people; what programs read is `web::log`.

use app::pages;

use super::{Making, Rendered};
use crate::web::failure::Failure;
use crate::web::reply::Policy;
use crate::web::router::Format;

impl Making<'_> {
    /// The log in public, for people.
    pub(super) fn log(&self) -> Result<Rendered, Failure> {
        let model = crate::web::log::page(self.portal, self.reader, self.present.at.known)?;
        if self.asking.route.format == Format::Json {
            return Ok(Rendered::json(&serde_json::json!({
                "kind": "log",
                "origin": model.name,
                "log_size": model.size,
                "root": model.root,
                "checkpoint": model.signed.as_ref().map(|signed| &signed.checkpoint),
                "key": model.signed.as_ref().map(|signed| &signed.key),
                "links": {
                    "page": format!("{}/log", self.view.lang.prefix()),
                    "checkpoint": "/log/checkpoint", "key": "/log/vkey",
                },
            })));
        }
        Ok(Rendered::page(pages::log::render(&self.context(), &model), Policy::Still))
    }
}
