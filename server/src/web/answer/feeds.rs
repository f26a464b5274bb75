//! Feeds: of the changes, of every list of records, of an enterprise.

use app::i18n::{changes as words, fill};
use chrono::{DateTime, Days, NaiveTime, Utc};
use register::{Entry, Kind};

use super::lists::record_kinds;
use super::{Making, Rendered};
use crate::changes::{Ask, Axis, Row};
use crate::web::failure::Failure;
use crate::web::feed::{self, Feed, Item};
use crate::web::index::Indexes;
use crate::web::limits;
use crate::web::project::{body, changes as tell, facts::Grant};
use crate::web::reply::Policy;
use crate::web::router::{Format, Page};

impl Making<'_> {
    /// The newest changes of the hits of a list, and of what speaks about them.
    pub(super) fn list_feed(&self, indexes: &Indexes) -> Result<Rendered, Failure> {
        let asked = self.asking.query.as_ref().ok_or(Failure::NotFound)?;
        let catalogue = asked.spec().catalogue;
        let route = &self.asking.route;
        let mut title = app::i18n::list::heading(catalogue).to(self.view.lang).to_owned();
        let mut query = asked.clone();
        let directory = route.page == Page::Directory;
        if directory {
            let entry = match self.entry()? {
                Ok(entry) => entry,
                Err(_) => return Err(Failure::NotFound),
            };
            title = self.view.title(&entry);
            query = query.with_facet_toggled("scheme", &entry.key);
        }
        let ask = match query.is_everything() {
            // Whatever the kind is: no need to look each of them up.
            true => Ask { about_kinds: record_kinds(catalogue).to_vec(), ..Ask::default() },
            false => {
                let moment = self.moment(indexes)?;
                Ask { within: Some(self.numbers_of(&moment, &query)?), ..Ask::default() }
            }
        };
        let rows = self.hits(&Ask { axis: Axis::Recorded, ..ask })?.rows;
        let rows: Vec<Row> = rows.into_iter().take(limits::FEED_ENTRIES).collect();
        self.feed(title, &rows, Vec::new())
    }

    /// The feed of an enterprise: what changed about it and its products, and what ends within ninety days.
    pub(super) fn enterprise_feed(&self) -> Result<Rendered, Failure> {
        let entry = match self.entry()? {
            Ok(entry) => entry,
            Err(_) => return Err(Failure::NotFound),
        };
        let within = Some(self.belonging(&entry.key)?);
        let ask = Ask { axis: Axis::Recorded, within, ..Ask::default() };
        let rows: Vec<Row> = self.hits(&ask)?.rows.into_iter().take(limits::FEED_ENTRIES).collect();
        let lapses = self.lapses(&entry)?;
        self.feed(self.view.title(&entry), &rows, lapses)
    }

    /// Grants of an enterprise that end within ninety days, each an entry of the day the ninety began.
    fn lapses(&self, enterprise: &Entry) -> Result<Vec<Item>, Failure> {
        let view = &self.view;
        let at = view.at;
        let mut grants =
            view.reader.referring(Kind::Listing, Kind::Enterprise, &enterprise.key, at)?;
        for product in
            view.reader.referring(Kind::Product, Kind::Enterprise, &enterprise.key, at)?
        {
            grants.extend(view.reader.referring(Kind::Listing, Kind::Product, &product.key, at)?);
        }
        grants.sort_by(|a, b| a.key.cmp(&b.key));
        grants.dedup_by(|a, b| a.key == b.key);
        let last = at.as_of.checked_add_days(Days::new(limits::LAPSE_DAYS)).unwrap_or(at.as_of);
        let mut items = Vec::new();
        for entry in grants {
            let grant = Grant::of(&entry, at.as_of);
            let runs = matches!(
                grant.status,
                register::status::Status::Valid | register::status::Status::Suspended
            );
            let Some(until) = grant.until.filter(|until| runs && *until <= last) else { continue };
            let began = until.checked_sub_days(Days::new(limits::LAPSE_DAYS)).unwrap_or(until);
            let scheme = view.link(Kind::Scheme, body::text(&entry.body, "scheme"))?.text;
            let about = tell::about(view, &entry)?;
            let day = until.to_string();
            let title = fill(words::LAPSES.to(view.lang), &[("s", &scheme), ("d", &day)]);
            items.push(Item {
                identity: format!("{} lapse {} {until}", self.present.head.register_id, entry.key),
                text: format!("{}{}{}", about.text, app::i18n::comma(view.lang), title),
                title,
                page: self.address(&tell::page(view, &entry)?),
                // Midnight in China is 16:00 UTC of the day before.
                updated: (began.and_time(NaiveTime::MIN) - chrono::TimeDelta::hours(8)).and_utc(),
                tags: vec!["lapsing".to_owned(), "listing".to_owned()],
            });
        }
        Ok(items)
    }

    /// An address of this portal, absolute where the origin is known.
    fn address(&self, path: &str) -> String {
        format!("{}{}{path}", self.portal.origin, self.view.lang.prefix())
    }

    pub(super) fn feed(
        &self,
        title: String,
        rows: &[Row],
        more: Vec<Item>,
    ) -> Result<Rendered, Failure> {
        let view = &self.view;
        let route = &self.asking.route;
        let register = &self.present.head.register_id;
        let mut entries = Vec::with_capacity(rows.len() + more.len());
        for told in tell::told(view, rows)? {
            let (title, text) = tell::entry_text(view, &told)?;
            entries.push(Item {
                identity: format!("{register} {}", told.entry.seq),
                title,
                text,
                page: self.address(&tell::page(view, &told.entry)?),
                updated: told.entry.recorded_at,
                tags: vec![told.row.change.code().to_owned(), told.entry.kind.name().to_owned()],
            });
        }
        entries.extend(more);
        // Stable: entries of one second stay in the order of the log.
        entries.sort_by_key(|item| std::cmp::Reverse(item.updated));
        let query = match self.asking.canonical.as_str() {
            "" => String::new(),
            query => format!("?{query}"),
        };
        let name = app::i18n::site::NAME.to(view.lang);
        let office = &self.portal.office;
        let feed = Feed {
            lang: view.lang,
            title: format!("{title} · {name}"),
            author: if office.is_empty() { name.to_owned() } else { office.clone() },
            page: self.address(&format!("{}{query}", route.path)),
            own: self.address(&format!("{}{}{query}", route.path, route.format.extension())),
            identity: format!("{register} {}{query} {}", route.path, view.lang.tag()),
            updated: entries.first().map_or(DateTime::<Utc>::UNIX_EPOCH, |item| item.updated),
            entries,
        };
        let (mime, bytes) = match route.format {
            Format::Feed => (feed::JSON_FEED, feed::json_feed(&feed)),
            _ => (feed::ATOM, feed::atom(&feed)),
        };
        Ok(Rendered::new(mime, Policy::Data, bytes))
    }
}
