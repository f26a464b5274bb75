//! `/changes`: what is asked, found and told.

use std::collections::{BTreeMap, HashSet};

use app::i18n::{changes as words, fill};
use app::model::{self, ChangeChoice, ChangeFilter, Link};
use app::pages;
use register::{Change, Kind};
use search::Query;
use search::catalogue::Catalogue;
use serde_json::{Value, json};

use super::lists::record_kinds;
use super::{Making, Rendered};
use crate::changes::{Ask, Axis, Hits, Row};
use crate::store::{At, StoreError};
use crate::web::changes::Asked;
use crate::web::failure::Failure;
use crate::web::index::{Indexes, Moment};
use crate::web::project::{changes as tell, twin};
use crate::web::reply::{CSV, Policy};
use crate::web::router::Format;
use crate::web::{limits, log};

impl Making<'_> {
    pub(super) fn changes(&self, indexes: &Indexes) -> Result<Rendered, Failure> {
        let asked = self.asking.changes.as_ref().ok_or(Failure::NotFound)?;
        let format = self.asking.route.format;
        let is_feed = matches!(format, Format::Atom | Format::Feed);
        let ask = self.ask_of(indexes, asked, is_feed)?;
        let hits = self.hits(&ask)?;
        if is_feed {
            let rows: Vec<Row> = hits.rows.into_iter().take(limits::FEED_ENTRIES).collect();
            let title = words::TITLE.to(self.view.lang).to_owned();
            return self.feed(title, &rows, Vec::new());
        }
        if format == Format::Csv {
            return self.changes_csv(asked, &hits);
        }
        let pages = hits.rows.len().div_ceil(asked.per_page).max(1);
        if asked.page > pages {
            return Err(Failure::NotFound);
        }
        let shown: Vec<Row> = page_of(asked, &hits).collect();
        let signed = log::checkpoint(self.portal).is_ok();
        if format == Format::Json {
            return self.changes_json(asked, &ask, &hits, &shown, pages, signed);
        }
        let told = tell::told(&self.view, &shown)?;
        let lines = told.iter().map(|one| tell::line(&self.view, one));
        let mut model = self.changes_page(asked, &hits, pages)?;
        model.lines = lines.collect::<Result<_, StoreError>>()?;
        model.signed = signed;
        Ok(Rendered::page(pages::changes::render(&self.context(), &model), Policy::Script))
    }

    /// What is asked, in numbers of the view.
    pub(super) fn ask_of(
        &self,
        indexes: &Indexes,
        asked: &Asked,
        feed: bool,
    ) -> Result<Ask, Failure> {
        let reader = self.reader;
        let axis = asked.axis(feed);
        let mut schemes = Vec::new();
        for key in &asked.schemes {
            let numbers = reader.numbers(Kind::Scheme, &HashSet::from([key.as_str()]))?;
            // One that nobody knows has no changes; no number would ask nothing.
            schemes.push(numbers.first().copied().unwrap_or(u32::MAX));
        }
        let mut within: Option<HashSet<u32>> = None;
        let mut narrow = |found: HashSet<u32>| {
            within = Some(match within.take() {
                Some(before) => before.intersection(&found).copied().collect(),
                None => found,
            });
        };
        if asked.asks_lists() {
            narrow(self.found(indexes, asked)?);
        }
        if let Some(key) = &asked.enterprise {
            narrow(self.belonging(key)?);
        }
        if let Some(key) = &asked.key {
            let kinds: &[Kind] = if asked.kinds.is_empty() { &Kind::ALL } else { &asked.kinds };
            let mut found = HashSet::new();
            for kind in kinds {
                found.extend(reader.numbers(*kind, &HashSet::from([key.as_str()]))?);
            }
            narrow(found);
        }
        Ok(Ask {
            axis,
            days: asked.days(axis, self.view.at, &self.asking.times),
            from_seq: asked.known_from.map_or(0, |size| u32::try_from(size).unwrap_or(u32::MAX)),
            kinds: asked.kinds.clone(),
            changes: asked.changes.clone(),
            schemes,
            within,
            ..Ask::default()
        })
    }

    pub(super) fn hits(&self, ask: &Ask) -> Result<Hits, Failure> {
        let portal = self.portal;
        let versions = portal.histories.at(self.reader, self.view.at.known)?;
        let today = At { as_of: self.view.today, known: self.present.at.known };
        let hidden = portal.histories.hidden(self.reader, today)?;
        Ok(versions.ask(&Ask { hidden, ..ask.clone() }))
    }

    /// Numbers of the records that the lists find.
    fn found(&self, indexes: &Indexes, asked: &Asked) -> Result<HashSet<u32>, Failure> {
        let moment = self.moment(indexes)?;
        let mut found = HashSet::new();
        for catalogue in asked.catalogues() {
            if let Some(query) = asked.query(catalogue)? {
                found.extend(self.numbers_of(&moment, &query)?);
            }
        }
        Ok(found)
    }

    /// Numbers of the records of all hits of a query.
    pub(super) fn numbers_of(
        &self,
        moment: &Moment,
        query: &Query,
    ) -> Result<HashSet<u32>, Failure> {
        let catalogue = query.spec().catalogue;
        if catalogue == Catalogue::Targets {
            moment.evaluated()?;
        }
        let mut query = query.clone();
        query.page = 1;
        query.per_page = u32::MAX;
        let rows = moment.search(&query).rows;
        let keys: HashSet<&str> = rows.iter().map(|row| row.key.as_str()).collect();
        let mut found = HashSet::new();
        for kind in record_kinds(catalogue) {
            found.extend(self.reader.numbers(*kind, &keys)?);
        }
        Ok(found)
    }

    /// Numbers of an enterprise and of everything that refers to it or speaks about its products.
    pub(super) fn belonging(&self, key: &str) -> Result<HashSet<u32>, Failure> {
        Ok(self.reader.numbers_around(Kind::Enterprise, key)?)
    }

    fn changes_csv(&self, asked: &Asked, hits: &Hits) -> Result<Rendered, Failure> {
        let rows: Vec<Row> = match self.asking.paged {
            true => page_of(asked, hits).collect(),
            false if hits.rows.len() > limits::CHANGES_CSV_MAX => {
                return Err(Failure::DownloadTooLarge);
            }
            false => hits.rows.clone(),
        };
        let mut lines = Vec::with_capacity(rows.len());
        for row in rows {
            // One at a time: twenty thousand bodies need not be in memory together.
            for told in tell::told(&self.view, &[row])? {
                lines.push(tell::csv_row(&self.view, &told)?);
            }
        }
        let mut rendered =
            Rendered::new(CSV, Policy::Data, twin::csv(&tell::CSV_HEAD, lines.into_iter()));
        let name = format!("attachment; filename=\"changes-{}.csv\"", self.view.at.as_of);
        rendered.more.push(("content-disposition", name));
        Ok(rendered)
    }

    fn changes_json(
        &self,
        asked: &Asked,
        ask: &Ask,
        hits: &Hits,
        shown: &[Row],
        pages: usize,
        signed: bool,
    ) -> Result<Rendered, Failure> {
        let mut items = Vec::with_capacity(shown.len());
        for told in tell::told(&self.view, shown)? {
            items.push(tell::item(&self.view, &told, signed)?);
        }
        let facet = |choices: Vec<ChangeChoice>| -> Vec<Value> {
            let one = |choice: ChangeChoice| {
                json!({
                    "value": choice.value, "label": choice.label, "count": choice.count,
                    "selected": choice.selected,
                })
            };
            choices.into_iter().map(one).collect()
        };
        let choices = self.choices(asked, hits)?;
        let next = (asked.page < pages).then(|| {
            let query = asked.canonical(asked.page + 1, &self.asking.times);
            format!("{}/changes.json?{query}", self.view.lang.prefix())
        });
        let day = |number: i32| {
            chrono::NaiveDate::from_num_days_from_ce_opt(number).map(|day| day.to_string())
        };
        Ok(Rendered::json(&json!({
            "total": hits.rows.len(),
            "page": asked.page,
            "per_page": asked.per_page,
            "items": items,
            "facets": {
                "kind": facet(choices.kinds),
                "change": facet(choices.changes),
                "scheme": facet(choices.schemes),
            },
            "axis": ask.axis.code(),
            "from": ask.days.as_ref().and_then(|days| day(*days.start())),
            "to": ask.days.as_ref().and_then(|days| day(*days.end())),
            "known_from": asked.known_from,
            "as_of": self.view.at.as_of.to_string(),
            "log_size": self.view.at.known,
            "next": next,
        })))
    }

    /// The three facets, with their words.
    fn choices(&self, asked: &Asked, hits: &Hits) -> Result<Choices, Failure> {
        let view = &self.view;
        let mut choices = Choices::default();
        let mut kinds: BTreeMap<Kind, usize> = hits.kinds.clone();
        asked.kinds.iter().for_each(|kind| *kinds.entry(*kind).or_default() += 0);
        for (kind, count) in kinds {
            choices.kinds.push(ChangeChoice {
                value: kind.name().to_owned(),
                label: view.words(&kind.spec().label).to_owned(),
                count: count as u64,
                selected: asked.kinds.contains(&kind),
            });
        }
        for change in Change::ALL {
            let count = hits.changes.get(&change).copied().unwrap_or(0);
            let selected = asked.changes.contains(&change);
            if count > 0 || selected {
                choices.changes.push(ChangeChoice {
                    value: change.code().to_owned(),
                    label: words::change(change.code()).2.to(view.lang).to_owned(),
                    count: count as u64,
                    selected,
                });
            }
        }
        let keys = self.reader.keys_by_number(Kind::Scheme)?;
        let mut schemes: BTreeMap<&str, usize> =
            hits.schemes.iter().filter_map(|(id, n)| Some((keys.get(id)?.as_str(), *n))).collect();
        asked.schemes.iter().for_each(|key| *schemes.entry(key).or_default() += 0);
        for (key, count) in schemes {
            choices.schemes.push(ChangeChoice {
                value: key.to_owned(),
                label: view.link(Kind::Scheme, key)?.text,
                count: count as u64,
                selected: asked.schemes.iter().any(|one| one == key),
            });
        }
        choices.schemes.sort_by(|a, b| (b.count, &a.value).cmp(&(a.count, &b.value)));
        Ok(choices)
    }

    /// The page without its rows.
    fn changes_page(
        &self,
        asked: &Asked,
        hits: &Hits,
        pages: usize,
    ) -> Result<model::ChangesPage, Failure> {
        let times = &self.asking.times;
        let path = |page: usize, asked: &Asked| match asked.canonical(page, times) {
            query if query.is_empty() => "/changes".to_owned(),
            query => format!("/changes?{query}"),
        };
        let choices = self.choices(asked, hits)?;
        let axis = asked.axis(false);
        // What the form has no field for stays as it is.
        let fields = ["q", "kind", "change", "scheme", "axis", "from", "to"];
        let mut kept: Vec<(String, String)> = asked.pairs();
        kept.retain(|(name, _)| !fields.contains(&name.as_str()));
        kept.extend(times.as_of.iter().map(|day| ("as_of".to_owned(), day.clone())));
        kept.extend(times.known.iter().map(|known| ("known".to_owned(), known.to_string())));
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
        let mut fixed = asked.clone();
        fixed.axis = Some(axis);
        if axis == Axis::Valid {
            fixed.to = Some(asked.to.unwrap_or(self.view.at.as_of));
        }
        let mut fixed_times = times.clone();
        fixed_times.known = Some(self.view.at.known);
        let fixed = fixed.canonical(asked.page, &fixed_times);
        Ok(model::ChangesPage {
            recorded: axis == Axis::Recorded,
            from: day(asked.from).unwrap_or_default(),
            to: day(asked.to).unwrap_or_default(),
            known_from: asked.known_from,
            q: asked.q.clone(),
            filters: self.filters(asked, &|asked| path(1, asked))?,
            kinds: choices.kinds,
            changes: choices.changes,
            schemes: choices.schemes,
            kept,
            total: hits.rows.len() as u64,
            page: asked.page as u64,
            per_page: asked.per_page as u64,
            previous: (asked.page > 1).then(|| path(asked.page - 1, asked)),
            next: (asked.page < pages).then(|| path(asked.page + 1, asked)),
            fixed: format!("{}/changes?{fixed}", self.view.lang.prefix()),
            narrowed: !asked.pairs().is_empty(),
            ..model::ChangesPage::default()
        })
    }

    /// What is in force and has no field of the form, each with the list without it.
    fn filters(
        &self,
        asked: &Asked,
        path: &dyn Fn(&Asked) -> String,
    ) -> Result<Vec<ChangeFilter>, Failure> {
        let view = &self.view;
        let mut filters = Vec::new();
        let mut add = |label: &str, value: Link, without: Asked| {
            let without = path(&Asked { page: 1, ..without });
            filters.push(ChangeFilter { label: label.to_owned(), value, without });
        };
        for (i, (name, value)) in asked.facets.iter().enumerate() {
            let catalogues = asked.catalogues();
            let facet = catalogues.iter().find_map(|one| {
                let spec = search::spec(*one);
                spec.facet(name).and_then(|facet| spec.facets.get(facet))
            });
            let label = facet.map_or(name.as_str(), |facet| view.words(&facet.label));
            let value = match name.as_str() {
                "place" => view.places.full_name(value, view.lang),
                _ => value.clone(),
            };
            let mut without = asked.clone();
            without.facets.remove(i);
            add(label, Link::plain(value), without);
        }
        if let Some(key) = &asked.enterprise {
            let value = view.link(Kind::Enterprise, key)?;
            let without = Asked { enterprise: None, ..asked.clone() };
            add(words::ENTERPRISE.to(view.lang), value, without);
        }
        if let Some(key) = &asked.key {
            let value = match asked.kinds.as_slice() {
                [kind] => view.link(*kind, key)?,
                _ => Link::plain(key.clone()),
            };
            add(words::RECORD.to(view.lang), value, Asked { key: None, ..asked.clone() });
        }
        if let Some(size) = asked.known_from {
            let n = app::i18n::count(size);
            let value = Link::plain(fill(words::SINCE_ENTRY.to(view.lang), &[("n", &n)]));
            let without = Asked { known_from: None, ..asked.clone() };
            add(words::ENTRY_FILTER.to(view.lang), value, without);
        }
        Ok(filters)
    }
}

/// The facets of the list.
#[derive(Default)]
struct Choices {
    kinds: Vec<ChangeChoice>,
    changes: Vec<ChangeChoice>,
    schemes: Vec<ChangeChoice>,
}

/// The rows of the page asked for.
fn page_of<'h>(asked: &Asked, hits: &'h Hits) -> impl Iterator<Item = Row> + 'h {
    let before = (asked.page - 1).saturating_mul(asked.per_page);
    hits.rows.iter().skip(before).take(asked.per_page).copied()
}
