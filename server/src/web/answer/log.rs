//! The log in public, for people; what programs read is `web::log`.

use app::pages;

use super::{Making, Rendered};
use crate::web::failure::Failure;
use crate::web::reply::Policy;
use crate::web::router::Format;

impl Making<'_> {
    /// The log in public, for people.
    pub(super) fn log(&self) -> Result<Rendered, Failure> {
        let model = crate::web::log::page(
            self.portal,
            self.reader,
            self.present.at.known,
            self.view.today,
        )?;
        if self.asking.route.format == Format::Json {
            let mut rendered = Rendered::json(&serde_json::json!({
                "kind": "log",
                "origin": model.name,
                "log_size": model.size,
                "root": model.root,
                "checkpoint": model.signed.as_ref().map(|signed| &signed.checkpoint),
                "key": model.signed.as_ref().map(|signed| &signed.key),
                "witnesses": model.witnesses.iter().map(|one| serde_json::json!({
                    "name": one.name, "key": one.key, "log_size": one.size, "time": one.time,
                })).collect::<Vec<_>>(),
                "links": {
                    "page": format!("{}/log", self.view.lang.prefix()),
                    "checkpoint": "/log/checkpoint", "key": "/log/vkey",
                },
            }));
            rendered.cached = false;
            return Ok(rendered);
        }
        let html = pages::log::render(&self.context(), &model);
        // Witnesses sign a log that stands still.
        Ok(Rendered { cached: false, ..Rendered::page(html, Policy::Still) })
    }
}
