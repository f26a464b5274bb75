//! `/systems/{id}`: a row of the built-in table, with what this register holds of it.

use app::pages;

use super::{Making, Rendered};
use crate::reference;
use crate::web::failure::Failure;
use crate::web::index::Indexes;
use crate::web::project::{site, systems};
use crate::web::reply::Policy;
use crate::web::router::Format;

impl Making<'_> {
    pub(super) fn system(&self, indexes: &Indexes) -> Result<Rendered, Failure> {
        let route = &self.asking.route;
        let system = reference::system(&route.key).ok_or(Failure::NotFound)?;
        let counts = self.moment(indexes)?.counts(self.reader)?;
        let model = site::system(&self.view, system, &counts)?;
        if route.format == Format::Html {
            return Ok(Rendered::page(
                pages::system::render(&self.context(), &model),
                Policy::Still,
            ));
        }
        let prefix = route.lang.prefix();
        let basis: Vec<_> = system
            .basis
            .iter()
            .map(|basis| serde_json::json!({ "policy": basis.policy, "clause": basis.clause }))
            .collect();
        Ok(Rendered::json(&serde_json::json!({
            "kind": "system",
            "key": system.id,
            "record": {
                "name_zh": system.name[0], "name_hant": system.name[1], "name_en": system.name[2],
                "meaning_zh": system.meaning[0],
                "meaning_hant": system.meaning[1],
                "meaning_en": system.meaning[2],
                "group": system.group.to_string(),
                "users": system.users,
                "basis": basis,
                "record_kind": systems::kind_name(system.kind),
                "how": system.how,
                "standing": systems::standing(system),
                "standing_since": system.since,
                "records_loaded": model.loaded,
                "shown_at": model
                    .places
                    .iter()
                    .filter_map(|to| Some(format!("{prefix}{}", to.href.as_ref()?)))
                    .collect::<Vec<_>>(),
                "load_with": model.template.lines().collect::<Vec<_>>(),
            },
            "valid_from": null,
            "seq": null,
            "recorded_at": null,
            "source": { "id": reference::SOURCE },
            "as_of": self.view.at.as_of.to_string(),
            "log_size": self.view.at.known,
            "links": {
                "page": format!("{prefix}{}", site::system_path(&system.id)),
                "json": format!("{prefix}{}.json", site::system_path(&system.id)),
            },
        })))
    }
}
