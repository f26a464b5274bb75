//! What every record page is made with: a reader at one point in time, in one language; and the
//! pieces that several pages share (sources, history, statuses, facts).

use std::cell::RefCell;
use std::collections::BTreeMap;

use app::model::{Coverage, Diff, Event, Fact, Link, RecordMeta, Source, Status, StatusOf};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use register::commitment::is_commitment;
use register::kinds::{Choice, Field, Type, Visibility};
use register::{Body, Entry, Kind, Lang};
use serde_json::Value;

use super::body;
use super::facts::Places;
use super::findings::{self, Findings};
use crate::published;
use crate::store::{At, Reader, Result};
use crate::web::limits;

/// The register as one page sees it.
pub struct View<'r> {
    /// Reads records.
    pub reader: &'r Reader,
    /// Both times.
    pub at: At,
    /// Language of the page.
    pub lang: Lang,
    /// Names of places.
    pub places: &'r Places,
    /// The day on which the page is shown, whatever day it is about: what may be published for a time
    /// only is shown on days within that time.
    pub today: NaiveDate,
    /// What does not fit between records; none on pages about another time.
    pub findings: Option<&'r Findings>,
    /// The whole register is made up: single values need no mark.
    pub all_sample: bool,
    sources: RefCell<BTreeMap<String, Option<Entry>>>,
}

impl<'r> View<'r> {
    /// A view on `reader` at one point in time.
    pub fn new(
        reader: &'r Reader,
        at: At,
        lang: Lang,
        places: &'r Places,
        all_sample: bool,
    ) -> Self {
        let (today, findings) = (at.as_of, None);
        View { reader, at, lang, places, today, findings, all_sample, sources: RefCell::default() }
    }

    /// The record of (kind, key).
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn record(&self, kind: Kind, key: &str) -> Result<Option<Entry>> {
        self.reader.record(kind, key, self.at)
    }

    /// Words in the page's language.
    pub fn words<'t>(&self, table: &[&'t str; 3]) -> &'t str {
        self.lang.of(table)
    }

    fn source_record(&self, id: &str) -> Result<Option<Entry>> {
        if let Some(known) = self.sources.borrow().get(id) {
            return Ok(known.clone());
        }
        let found = self.record(Kind::Source, id)?;
        self.sources.borrow_mut().insert(id.to_owned(), found.clone());
        Ok(found)
    }

    /// Whether an entry rests on a sample source (in a register that is only partly sample).
    pub fn is_sample(&self, entry: &Entry) -> Result<bool> {
        Ok(!self.all_sample
            && self
                .source_record(&entry.source.id)?
                .is_some_and(|source| body::flag(&source.body, "sample") == Some(true)))
    }

    /// The sources of some entries, each once, with the place of the first entry in it.
    pub fn sources<'e>(&self, entries: impl IntoIterator<Item = &'e Entry>) -> Result<Vec<Source>> {
        let mut seen = std::collections::BTreeSet::new();
        let mut sources = Vec::new();
        for entry in entries {
            if seen.insert(entry.source.id.as_str()) {
                sources.push(self.source(entry)?);
            }
        }
        Ok(sources)
    }

    /// The source of one entry.
    pub fn source(&self, entry: &Entry) -> Result<Source> {
        let record = self.source_record(&entry.source.id)?;
        let empty = Body::new();
        let b = record.as_ref().map_or(&empty, |record| &record.body);
        Ok(Source {
            title: body::maybe(b, "title").unwrap_or(&entry.source.id).to_owned(),
            publisher: body::text(b, "publisher").to_owned(),
            url: body::maybe(b, "url").map(str::to_owned),
            retrieved_on: body::text(b, "retrieved_on").to_owned(),
            checked_on: body::object(b, "coverage")
                .map_or("", |coverage| body::text(coverage, "last_read_on"))
                .to_owned(),
            locator: self.locator(entry),
            licence: body::text(b, "licence").to_owned(),
            sample: body::flag(b, "sample") == Some(true),
            built_in: entry.source.id == crate::reference::SOURCE,
        })
    }

    fn locator(&self, entry: &Entry) -> String {
        let place = &entry.source.locator;
        let mut parts = Vec::new();
        parts.extend(place.file.clone());
        parts.extend(place.sheet.clone());
        if let Some(row) = place.row {
            parts.push(match self.lang {
                Lang::ZhHans => format!("第 {row} 行"),
                Lang::ZhHant => format!("第 {row} 列"),
                Lang::En => format!("row {row}"),
            });
        }
        if let Some(page) = place.page {
            parts.push(match self.lang {
                Lang::ZhHans => format!("第 {page} 页"),
                Lang::ZhHant => format!("第 {page} 頁"),
                Lang::En => format!("page {page}"),
            });
        }
        parts.extend(place.clause.clone());
        parts.join(if self.lang == Lang::En { ", " } else { "，" })
    }

    /// Identity of a record.
    pub fn meta(&self, entry: &Entry) -> Result<RecordMeta> {
        Ok(RecordMeta {
            kind: super::systems::kind_name(entry.kind),
            status: String::new(),
            key: entry.key.clone(),
            seq: entry.seq,
            valid_from: entry.valid_from.to_string(),
            recorded_at: beijing(entry.recorded_at),
            sample: self.is_sample(entry)?,
            changes: format!("/changes?key={}&axis=recorded", super::changes::encoded(&entry.key)),
            findings: findings::lines(self, entry.kind, &entry.key),
            removed: published::removed(entry)
                .map(|field| self.words(&field.label).to_owned())
                .collect(),
            contested: super::contest::of(entry),
        })
    }

    /// The history of a record: versions known at the view's log size, newest first, each with the
    /// fields that differ from the version before it.
    pub fn history(&self, kind: Kind, key: &str) -> Result<Vec<Event>> {
        let mut versions = self.reader.history(kind, key)?;
        versions.retain(|entry| entry.seq < self.at.known);
        // The version before: the one before it in (valid_from, seq), the order of the record rule.
        versions.sort_by_key(|entry| (entry.valid_from, entry.seq));
        let mut events = Vec::with_capacity(versions.len());
        for (i, entry) in versions.iter().enumerate() {
            let diffs = match i.checked_sub(1).map(|before| &versions[before]) {
                Some(before) => self.diffs(kind, &before.body, &entry.body),
                None => Vec::new(),
            };
            events.push(Event {
                code: reason_code(entry),
                date: entry.valid_from.to_string(),
                text: entry.reason.told().unwrap_or_default().to_owned(),
                about: None,
                seq: Some(entry.seq),
                recorded_at: beijing(entry.recorded_at),
                diffs,
                source: self.source(entry)?.title,
            });
        }
        events.reverse();
        events.truncate(limits::HISTORY_MAX);
        Ok(events)
    }

    /// Fields that differ, in the order of the kind's table.
    pub fn diffs(&self, kind: Kind, old: &Body, new: &Body) -> Vec<Diff> {
        kind.spec()
            .fields
            .iter()
            .filter(|field| field.visibility == Visibility::Public)
            .filter(|field| old.get(field.name) != new.get(field.name))
            // Two versions hold two commitments, whatever they are to.
            .filter(|field| {
                let gone = |body: &Body| body.get(field.name).is_some_and(is_commitment);
                !(gone(old) && gone(new))
            })
            .map(|field| Diff {
                field: self.words(&field.label).to_owned(),
                old: old
                    .get(field.name)
                    .map(|v| short(self.value(&field.ty, v)))
                    .unwrap_or_default(),
                new: new
                    .get(field.name)
                    .map(|v| short(self.value(&field.ty, v)))
                    .unwrap_or_default(),
            })
            .collect()
    }

    /// A value in words.
    pub fn value(&self, ty: &Type, value: &Value) -> String {
        match (ty, value) {
            (_, Value::Null) => String::new(),
            (_, value) if is_commitment(value) => {
                app::i18n::record::REMOVED.to(self.lang).to_owned()
            }
            (Type::Enum(choices), Value::String(code)) => self.choice(choices, code),
            (Type::List(inner), Value::Array(list)) => {
                let parts: Vec<String> = list.iter().map(|one| self.value(inner, one)).collect();
                parts.join(if self.lang == Lang::En { "; " } else { "；" })
            }
            (Type::Struct(fields), Value::Object(object)) => {
                let parts: Vec<String> = fields
                    .iter()
                    .filter(|field| field.visibility == Visibility::Public)
                    .filter_map(|field| {
                        object.get(field.name).map(|value| self.value(&field.ty, value))
                    })
                    .filter(|text| !text.is_empty())
                    .collect();
                parts.join(if self.lang == Lang::En { ", " } else { "，" })
            }
            // The words in three languages are the program's own.
            (Type::Key(Kind::Policy) | Type::KeyOrText(Kind::Policy), Value::String(key)) => {
                crate::reference::policy(key).map_or_else(
                    || key.clone(),
                    |policy| {
                        let title = self.words(&policy.title());
                        if self.lang == Lang::En {
                            title.to_owned()
                        } else {
                            format!("《{title}》")
                        }
                    },
                )
            }
            (Type::Subject, Value::Object(object)) => {
                body::maybe(object, "name").unwrap_or_else(|| body::text(object, "key")).to_owned()
            }
            (_, Value::Bool(flag)) => self
                .words(if *flag { &["是", "是", "yes"] } else { &["否", "否", "no"] })
                .to_owned(),
            (_, Value::String(text)) => text.clone(),
            (_, other) => other.to_string(),
        }
    }

    /// Word of an enumerated code.
    pub fn choice(&self, choices: &[Choice], code: &str) -> String {
        choices.iter().find(|choice| choice.code == code).map_or_else(
            || code.to_owned(),
            |choice| self.words(&[choice.zh, choice.hant, choice.en]).to_owned(),
        )
    }

    /// Facts of a record from its kind's table: the fields named, in that order, where they have a value.
    pub fn facts(&self, entry: &Entry, names: &[&str]) -> Result<Vec<Fact>> {
        let mut facts = Vec::new();
        for name in names {
            let Some(field) = entry.kind.spec().fields.iter().find(|field| field.name == *name)
            else {
                continue;
            };
            // Pages of what is published for a time only are shown in that time only.
            if !matches!(field.visibility, Visibility::Public | Visibility::Until) {
                continue;
            }
            let Some(value) = entry.body.get(*name) else { continue };
            let values = self.links(field, value)?;
            if values.iter().any(|link| !link.text.is_empty()) {
                facts.push(Fact { label: self.words(&field.label).to_owned(), values });
            }
        }
        Ok(facts)
    }

    /// The words this register added to a record's index, as a fact that says whose they are.
    pub fn added_words(&self, words: &[&str]) -> Option<Fact> {
        (!words.is_empty()).then(|| Fact {
            label: app::i18n::record::ADDED_WORDS.to(self.lang).to_owned(),
            values: vec![Link::plain(format!(
                "{}{}",
                words.join(if self.lang == Lang::En { ", " } else { "、" }),
                app::i18n::record::ADDED_BY_US.to(self.lang)
            ))],
        })
    }

    fn links(&self, field: &Field, value: &Value) -> Result<Vec<Link>> {
        let (ty, values): (&Type, Vec<&Value>) = match (&field.ty, value) {
            (Type::List(inner), Value::Array(list)) => (inner, list.iter().collect()),
            (ty, value) => (ty, vec![value]),
        };
        let mut links = Vec::with_capacity(values.len());
        for value in values {
            let text = self.value(ty, value);
            links.push(match (ty, value) {
                (Type::Key(kind) | Type::KeyOrText(kind), Value::String(key)) => {
                    self.link(*kind, key)?
                }
                (Type::Url, Value::String(url)) => Link::to(text, url.clone()),
                (Type::DivisionCode | Type::PlaceOrCountry, Value::String(code)) => {
                    let name = self.places.full_name(code, self.lang);
                    match self.record(Kind::Place, code)? {
                        // The code of a place's own page is not its name.
                        Some(_) if field.name == "code" => Link::plain(code),
                        Some(_) => Link::record(name, Kind::Place, code),
                        None => Link::plain(name),
                    }
                }
                (_, Value::Number(_)) if !field.unit.is_empty() => {
                    Link::plain(format!("{text} {}", self.unit(field.unit)))
                }
                _ => Link::plain(text),
            });
        }
        Ok(links)
    }

    fn unit<'u>(&self, unit: &'u str) -> &'u str {
        let words: [&str; 3] = match unit {
            "month" => ["个月", "個月", "months"],
            "piece" => ["件", "件", "pieces"],
            "person" => ["人", "人", "persons"],
            "row" => ["行", "行", "rows"],
            other => return other,
        };
        self.words(&words)
    }

    /// A record by its title, linked where it exists and its kind has pages; else its key as plain text.
    pub fn link(&self, kind: Kind, key: &str) -> Result<Link> {
        Ok(match self.record(kind, key)? {
            Some(entry) => Link::record(self.title(&entry), kind, key),
            None => Link::plain(key),
        })
    }

    /// What a record is called in the page's language.
    pub fn title(&self, entry: &Entry) -> String {
        match entry.kind {
            Kind::Standard => entry.key.clone(),
            Kind::Recall => body::maybe(&entry.body, "product_name").unwrap_or(&entry.key).into(),
            Kind::Notice => body::maybe(&entry.body, "title").unwrap_or(&entry.key).into(),
            Kind::Penalty => entry.key.clone(),
            Kind::Inspection => {
                body::maybe(&entry.body, "product_name").unwrap_or(&entry.key).into()
            }
            Kind::Listing => {
                body::maybe(&entry.body, "certificate_number").unwrap_or(&entry.key).into()
            }
            Kind::Policy | Kind::Department | Kind::Target => {
                let names = super::policies::names(entry.kind, &entry.key, &entry.body);
                match &names[self.lang.index()] {
                    name if name.is_empty() => entry.key.clone(),
                    name => name.clone(),
                }
            }
            _ => match body::name(&entry.body, self.lang) {
                "" => entry.key.clone(),
                name => name.to_owned(),
            },
        }
    }

    /// A standard's link and its status, where it is loaded.
    pub fn standard(&self, number: &str) -> Result<(Link, Option<Status>)> {
        Ok(match self.record(Kind::Standard, number)? {
            Some(entry) => (
                Link::record(self.full_title(&entry), Kind::Standard, number),
                Some(Status {
                    of: StatusOf::Standard,
                    code: body::text(&entry.body, "status").to_owned(),
                    since: None,
                    until: body::maybe(&entry.body, "withdrawn_on").map(str::to_owned),
                }),
            ),
            None => (Link::plain(number), None),
        })
    }

    /// A standard's number and title.
    fn full_title(&self, entry: &Entry) -> String {
        let title = match self.lang {
            Lang::En => body::maybe(&entry.body, "title_en")
                .unwrap_or_else(|| body::text(&entry.body, "title_zh")),
            _ => body::text(&entry.body, "title_zh"),
        };
        format!("{} {title}", entry.key).trim_end().to_owned()
    }

    /// The coverage statement of a scheme; `holds` is counted, never taken from the statement.
    pub fn coverage(&self, b: &Body, holds: u64) -> Option<Coverage> {
        let stated = Coverage::of(b)?;
        Some(Coverage { holds, ..stated }.judged())
    }
}

/// A value as a page shows it beside another: a text of pages would hide what differs.
fn short(text: String) -> String {
    const CHARS_MAX: usize = 120;
    match text.char_indices().nth(CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A status of a vocabulary, without dates.
pub fn status(of: StatusOf, code: &str) -> Status {
    Status { of, code: code.to_owned(), since: None, until: None }
}

/// Reason code as JSON and pages know it.
pub fn reason_code(entry: &Entry) -> String {
    serde_json::to_value(entry.reason.code)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// China standard time.
pub fn china() -> FixedOffset {
    const SECONDS: i32 = 8 * 3600;
    FixedOffset::east_opt(SECONDS).unwrap_or_else(|| FixedOffset::east_opt(0).expect("zero"))
}

/// An instant in Beijing time, to the minute.
pub fn beijing(instant: DateTime<Utc>) -> String {
    instant.with_timezone(&china()).format("%Y-%m-%d %H:%M").to_string()
}

/// An instant in Beijing time with its offset.
pub fn beijing_iso(instant: DateTime<Utc>) -> String {
    instant.with_timezone(&china()).format("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// The date in China at an instant.
pub fn day(instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&china()).date_naive()
}
