//! Targets: how they stand, and the records they count.

use app::pages;
use register::Entry;

use super::{Making, Rendered};
use crate::recount::Plan;
use crate::web::failure::Failure;
use crate::web::limits;
use crate::web::project::targets::{self, Evaluations};
use crate::web::reply::{CSV, Policy};
use crate::web::router::Format;

impl Making<'_> {
    /// How targets stand: of the present as it has been counted, of another time counted now.
    pub(super) fn evaluations(&self, of: &[Entry]) -> Result<Evaluations, Failure> {
        if self.view.at == self.present.at {
            let values = &self.present.evaluated()?.values;
            let found =
                of.iter().filter_map(|t| Some((t.key.clone(), values.get(&t.key)?.clone())));
            return Ok(found.collect());
        }
        let all_sample = self.view.all_sample;
        Ok(crate::recount::evaluate(self.reader, self.view.at, all_sample, of)?)
    }

    fn narrowed(&self, name: &str) -> Option<&str> {
        let own = self.asking.narrowed.iter().find(|(known, _)| *known == name);
        own.map(|(_, value)| value.as_str())
    }

    /// The very records a target counts.
    pub(super) fn recount(&self) -> Result<Rendered, Failure> {
        let entry = match self.entry()? {
            Ok(entry) => entry,
            Err(gone) => return Ok(gone),
        };
        let view = &self.view;
        let values = self.evaluations(std::slice::from_ref(&entry))?;
        let evaluation = values.get(&entry.key).ok_or(Failure::NotFound)?;
        let plan = Plan::of(&entry, None, view.at.as_of).ok();
        let day = evaluation.deciding_day();
        let counted = match &plan {
            Some(plan) => {
                crate::recount::counted(self.reader, view.at.known, view.all_sample, plan, day)?
            }
            None => Vec::new(),
        };
        let records = match self.narrowed("records") {
            None => None,
            Some("all") => Some(match &plan {
                Some(plan) => crate::recount::looked_at(
                    self.reader,
                    view.at.known,
                    view.all_sample,
                    plan,
                    day,
                    limits::RECOUNT_RECORDS_MAX,
                )?,
                None => Some(Vec::new()),
            }),
            Some(_) => {
                return Err(Failure::BadParameter {
                    name: "records".to_owned(),
                    expected: ["all", "all", "all"].map(str::to_owned),
                });
            }
        };
        let page = match self.narrowed("page").map(|value| ("page", value)) {
            None => 1,
            Some((name, value)) => {
                value.parse().ok().filter(|page| *page >= 1).ok_or_else(|| {
                    Failure::BadParameter {
                        name: name.to_owned(),
                        expected: ["从 1 起的整数", "從 1 起的整數", "a whole number from 1"]
                            .map(str::to_owned),
                    }
                })?
            }
        };
        let recount = targets::Recount {
            target: &entry,
            plan: plan.as_ref(),
            evaluation,
            counted: &counted,
            page,
            per_page: limits::RECOUNT_PER_PAGE,
        };
        if recount.page > recount.pages() {
            return Err(Failure::NotFound);
        }
        match self.asking.route.format {
            Format::Json => {
                let mut value = recount.json(view);
                if let (Some(records), Some(object)) = (records, value.as_object_mut()) {
                    object.insert("records".to_owned(), targets::looked_at(records));
                    object.insert("records_max".to_owned(), limits::RECOUNT_RECORDS_MAX.into());
                }
                Ok(Rendered::json(&value))
            }
            Format::Csv => {
                let mut rendered = Rendered::new(CSV, Policy::Data, recount.csv(view));
                let name = format!("attachment; filename=\"recount-{day}.csv\"");
                rendered.more.push(("content-disposition", name));
                Ok(rendered)
            }
            _ => {
                let model = recount.model(view);
                let html = pages::target::recount(&self.context(), &model);
                // Only what the register counted can be counted again, by a script.
                let policy = if model.counted.is_empty() { Policy::Still } else { Policy::Island };
                Ok(Rendered::page(html, policy))
            }
        }
    }
}
