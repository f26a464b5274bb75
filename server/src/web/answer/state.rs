//! What the register held about a product or an enterprise on a day, signed.
//!
//! A GET signs with a key in a file beside the register, where one is in force; a key held by a device is asked by
//! commands only, and its pages are unsigned. Nothing is written.

use app::model::{Link, QrPath, StateLine, StatePage, StateSignature, Status, StatusOf};
use app::pages;
use register::canonical::canonical_json;
use register::evidence::Proven;
use register::signature::{KeyRecord, Signer, Standing};
use register::state::{self, About, LISTINGS_MAX};
use register::{Entry, Kind};
use serde_json::Value;

use super::check::proven;
use super::{Making, Rendered};
use crate::code::artwork::qr::{Correction, QUIET_MODULES, Symbol};
use crate::keys::Folder;
use crate::keys::life::record_of;
use crate::web::failure::Failure;
use crate::web::log;
use crate::web::project::{body, join, view};
use crate::web::reply::{JSON, Policy};
use crate::web::router::Format;

/// The key that signs, its record, and whose it is.
type Held = (Box<dyn Signer>, KeyRecord, String);

impl Making<'_> {
    /// The statement, as a page and as the signed file.
    pub(super) fn state(&self) -> Result<Rendered, Failure> {
        let record = match self.entry()? {
            Ok(entry) => entry,
            Err(gone) => return Ok(gone),
        };
        let at = self.view.at;
        let mut listings = self.granted(&record)?;
        listings.sort_by_cached_key(|listing| state::order(listing, at.as_of));
        let left_out = listings.len().saturating_sub(LISTINGS_MAX) as u64;
        listings.truncate(LISTINGS_MAX);
        let path = format!("{}?as_of={}&known={}", self.asking.route.path, at.as_of, at.known);
        let about = About {
            kind: record.kind,
            key: record.key.clone(),
            as_of: at.as_of,
            known: at.known,
            link: path.clone(),
            left_out,
        };
        let mut seqs: Vec<u64> = vec![record.seq, at.known.saturating_sub(1)];
        for entry in [&record].into_iter().chain(&listings) {
            seqs.push(entry.seq);
            let source = self.view.record(Kind::Source, &entry.source.id)?;
            seqs.extend(source.map(|source| source.seq));
        }
        seqs.sort_unstable();
        seqs.dedup();
        let proofs = |seq: &u64| proven(self.reader, *seq, at.known);
        let entries: Vec<Proven> = seqs.iter().map(proofs).collect::<Result<_, _>>()?;
        let internal = |error: &dyn std::fmt::Display| Failure::Internal(error.to_string());
        let checkpoint = log::checkpoint_of(self.portal, at.known)?;
        let log_key = log::signed(self.portal, self.reader, at.known)?.map(|signed| signed.key);
        let (note, key) = checkpoint.zip(log_key).unwrap_or_default();
        let mut statement =
            state::unsigned(&about, &entries, &note, &key).map_err(|error| internal(&error))?;
        let held = if note.is_empty() { None } else { self.statement_key()? };
        let mut holder = String::new();
        if let Some((signer, key, whose)) = held {
            statement = state::sign(statement, &key, &*signer).map_err(|error| internal(&error))?;
            holder = whose;
        }
        if self.asking.route.format == Format::Json {
            let text = canonical_json(&statement).map_err(|error| internal(&error))? + "\n";
            return Ok(Rendered::new(JSON, Policy::Data, text.into_bytes()));
        }
        let model = self.state_page(&record, &listings, &statement, &note, holder, &path)?;
        let html = pages::state::render(&self.context(), &model);
        Ok(Rendered::page(html, Policy::Still))
    }

    /// The grants a statement about a record names.
    fn granted(&self, record: &Entry) -> Result<Vec<Entry>, Failure> {
        let (reader, at) = (self.reader, self.view.at);
        Ok(match record.kind {
            Kind::Enterprise => {
                let mut all = reader.referring(Kind::Listing, Kind::Enterprise, &record.key, at)?;
                all.retain(|one| state::concerns(record.kind, &record.key, &one.body));
                all
            }
            kind => join::listings_of(reader, at, kind, &record.key)?,
        })
    }

    /// The key in a file beside the register that is in force today; of several the one in force longest.
    fn statement_key(&self) -> Result<Option<Held>, Failure> {
        let folder = Folder::of(self.portal.indexes.path());
        let held = match folder.held() {
            Ok(held) => held,
            Err(error) => {
                tracing::warn!(%error, "statements are not signed");
                return Ok(None);
            }
        };
        let mut usable = Vec::new();
        for key in held.into_iter().filter(|key| !key.is_log_key && key.command.is_none()) {
            let id = key.public_key.id();
            let entry = self.reader.record(Kind::Key, &id.to_string(), self.present.at)?;
            let Some((entry, record)) = entry.and_then(|e| record_of(&e).map(|record| (e, record)))
            else {
                continue;
            };
            if record.on(self.present.at.as_of) == Standing::InForce {
                usable.push((
                    record.valid_from,
                    id,
                    record,
                    body::text(&entry.body, "holder").to_owned(),
                ));
            }
        }
        usable.sort_by_key(|(from, id, ..)| (*from, *id));
        let Some((_, id, record, holder)) = usable.into_iter().next() else { return Ok(None) };
        match folder.signer(id) {
            Ok(signer) => Ok(Some((signer, record, holder))),
            Err(error) => {
                tracing::warn!(%error, "statements are not signed");
                Ok(None)
            }
        }
    }

    fn state_page(
        &self,
        record: &Entry,
        listings: &[Entry],
        statement: &Value,
        note: &str,
        holder: String,
        path: &str,
    ) -> Result<StatePage, Failure> {
        let view = &self.view;
        let status = |of, code: &Value| view::status(of, code.as_str().unwrap_or_default());
        let mut lines = Vec::with_capacity(listings.len());
        let mut sample = view.is_sample(record)?;
        for (listing, said) in
            listings.iter().zip(statement["listings"].as_array().into_iter().flatten())
        {
            let b = &listing.body;
            let (kind, key) = body::subject(b);
            let subject = match Kind::from_name(kind).filter(|_| key != record.key) {
                Some(kind) => Some(view.link(kind, key)?),
                None => None,
            };
            sample |= view.is_sample(listing)?;
            lines.push(StateLine {
                scheme: view.link(Kind::Scheme, body::text(b, "scheme"))?,
                subject,
                certificate: body::text(b, "certificate_number").to_owned(),
                status: status(StatusOf::Listing, &said["status"]),
                granted_on: body::text(b, "granted_on").to_owned(),
                valid_until: body::text(b, "valid_until").to_owned(),
                source: view.source(listing)?.title,
                seq: listing.seq,
            });
        }
        let of =
            if record.kind == Kind::Enterprise { StatusOf::Enterprise } else { StatusOf::Listing };
        let link = format!("{}{}{path}", self.portal.origin, view.lang.prefix());
        let signature = &statement["signature"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let name = match body::text(&record.body, "model") {
            "" => view.title(record),
            model => format!("{} {model}", view.title(record)),
        };
        let own = path.split("/state?").next().unwrap_or_default();
        let known_at = statement["known_at"].as_str().and_then(|at| at.parse().ok());
        Ok(StatePage {
            of: Link::to(name, own),
            identifier: body::maybe(&record.body, "uscc").unwrap_or(&record.key).to_owned(),
            holder: match body::maybe(&record.body, "holder") {
                Some(holder) => Some(view.link(Kind::Enterprise, holder)?),
                None => None,
            },
            status: Status { ..status(of, &statement["status"]) },
            as_of: view.at.as_of.to_string(),
            known: view.at.known,
            known_at: known_at.map(view::beijing).unwrap_or_default(),
            listings: lines,
            left_out: statement["left_out"].as_u64().unwrap_or_default(),
            qr: (!self.portal.origin.is_empty()).then(|| qr(&link)).flatten(),
            link,
            root: note.lines().nth(2).unwrap_or_default().to_owned(),
            signature: signature.is_object().then(|| StateSignature {
                kid: text(&signature["kid"]),
                holder,
                dated: text(&statement["dated"]),
                value: text(&signature["value"]),
            }),
            sample,
        })
    }
}

/// An address as a symbol; none where it is too long for one.
fn qr(address: &str) -> Option<QrPath> {
    let symbol = Symbol::of(address, Correction::M).ok()?;
    let quiet = QUIET_MODULES;
    let mut path = String::new();
    for y in 0..symbol.modules() {
        let mut x = 0;
        while x < symbol.modules() {
            let from = x;
            while x < symbol.modules() && symbol.is_dark(x, y) {
                x += 1;
            }
            if x > from {
                path.push_str(&format!(
                    "M{} {}h{}v1h-{}z",
                    from + quiet,
                    y + quiet,
                    x - from,
                    x - from
                ));
            }
            x += 1;
        }
    }
    Some(QrPath { side: symbol.modules() + 2 * quiet, path })
}
