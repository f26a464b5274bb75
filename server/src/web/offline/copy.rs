//! Making a signed copy from the register.

use std::collections::BTreeMap;

use axum::body::Bytes;
use chrono::NaiveDate;
use register::Kind;
use register::code::{CreditCode, Level};
use register::id::Gtin;
use register::note::{self, NoteKey};
use register::offline::{Barcodes, CodeShelf, CopyNote, File, Goods, keys};
use register::signature::{Algorithm, Signer};
use register::status_list::{Kept, StatusList};
use register::verdict::{Asked, View};
use search::catalogue::Catalogue;

use super::super::failure::Failure;
use super::super::index::Moment;
use super::super::project::body;
use super::super::{bodies, limits, verify};
use crate::behind::Behind;
use crate::store::{At, Reader};

/// A signed copy, ready to be handed out.
#[derive(Debug)]
pub struct Signed {
    /// The log size and day it is a function of.
    pub at: At,
    /// The signed note.
    pub note: String,
    /// The key that verifies it, as text.
    pub key: String,
    /// Model codes in it.
    pub codes: u64,
    /// Whether some of its keys are of SM2.
    pub sm2: bool,
    files: BTreeMap<String, std::sync::Arc<Packed>>,
}

/// A file of a copy.
#[derive(Debug)]
pub struct Packed {
    /// Its name, which holds its hash.
    pub name: String,
    /// The bytes.
    pub identity: Bytes,
    /// The same, brotli.
    pub br: Bytes,
}

impl Signed {
    /// A file by the name it is fetched under.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&std::sync::Arc<Packed>> {
        self.files.get(name)
    }

    /// What the note and its files weigh on the way, in bytes.
    #[must_use]
    pub fn travelling(&self) -> u64 {
        (self.note.len() + self.files.values().map(|file| file.br.len()).sum::<usize>()) as u64
    }
}

/// What a code stands for, kept while the shelf is put together.
struct Row {
    code: CreditCode,
    until: Option<NaiveDate>,
    kept: Kept,
    name: String,
    model: String,
    holder: String,
    /// Key of the product.
    product: String,
    gtins: Vec<Gtin>,
    /// Whether the code is in force, and the day it was issued: of two codes of a product the one that
    /// is greater here stands for its barcodes, as online.
    rank: (bool, String),
}

/// Makes the copy of a moment.
///
/// # Errors
/// The register cannot be read, or the key does not sign.
pub fn make(
    reader: &Reader,
    moment: &Moment,
    origin: &str,
    signer: &dyn Signer,
) -> Result<Signed, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::Internal(error.to_string());
    let at = moment.at;
    let rows = rows(reader, at)?;
    let items: Vec<_> = rows
        .iter()
        .map(|row| {
            let Row { name, model, holder, .. } = row;
            (row.code, row.until, Goods { name, model, holder })
        })
        .collect();
    let (shelf, places) = CodeShelf::new(&items).map_err(|error| failed(&error))?;
    let states: Vec<Kept> = places.iter().map(|i| rows[*i].kept).collect();
    let barcodes = Barcodes::write(&barcodes(reader, moment, &rows, &places))
        .map_err(|error| failed(&error))?;
    let list = StatusList::new(&states).map_err(|error| failed(&error))?;
    let keys = verify::keys(reader, at)?;
    let sm2 = keys.iter().any(|key| key.public_key.algorithm() == Algorithm::Sm2);
    let keys = keys::write(&keys);
    let parts: [(&str, &[u8]); 4] = [
        ("keys", keys.as_bytes()),
        ("codes", shelf.as_bytes()),
        ("status", list.as_bytes()),
        ("barcodes", &barcodes),
    ];
    let mut files: Vec<File> =
        parts.iter().map(|(name, content)| File::of(name, content)).collect();
    let packed = files
        .iter()
        .zip(parts)
        .map(|(file, (_, content))| {
            const LEVEL: i32 = 9;
            let name = address(file);
            let identity = Bytes::copy_from_slice(content);
            let br = bodies::brotli(content, LEVEL);
            (name.clone(), std::sync::Arc::new(Packed { name, identity, br }))
        })
        .collect();
    // Named as well, so that whoever has them from elsewhere can tell whether they are this register's.
    files.push(File::of("jwks", &verify::jwks(reader, at)?));
    for catalogue in Catalogue::ALL {
        if moment.rows(catalogue) <= limits::SHELF_ROWS_MAX
            && let Some(shelf) = moment.shelf(catalogue)
        {
            files.push(File {
                name: format!("shelf-{}", search::spec(catalogue).name),
                sha256: shelf.sha256.clone(),
                bytes: shelf.identity.len() as u64,
            });
        }
    }
    let note = CopyNote {
        name: name(origin, &moment.head.register_id),
        origin: origin.to_owned(),
        log_size: at.known,
        day: at.as_of,
        written: moment.head.recorded_at,
        files,
    };
    let key = key(origin, &moment.head.register_id, signer)?;
    let signed = note::sign(&note.text(), &note.name, &[signer]).map_err(|error| failed(&error))?;
    let (key, codes) = (key.to_string(), shelf.len() as u64);
    Ok(Signed { at, note: signed, key, codes, sm2, files: packed })
}

/// The barcodes of the goods, each with the place of the code that stands for it. One that several products
/// state, with a code or without, is left out.
fn barcodes(
    reader: &Reader,
    moment: &Moment,
    rows: &[Row],
    places: &[usize],
) -> BTreeMap<Gtin, usize> {
    let mut best: BTreeMap<&Gtin, Option<(usize, &Row)>> = BTreeMap::new();
    for (place, row) in places.iter().map(|i| &rows[*i]).enumerate() {
        for gtin in &row.gtins {
            let known = best.entry(gtin).or_insert(Some((place, row)));
            if let Some((_, other)) = *known {
                if other.product != row.product {
                    *known = None;
                } else if other.rank < row.rank {
                    *known = Some((place, row));
                }
            }
        }
    }
    let alone = |gtin: &Gtin| {
        verify::products_of(reader, moment.at, moment, gtin.as_str()).nth(1).is_none()
    };
    best.into_iter()
        .filter_map(|(gtin, found)| Some((gtin.clone(), found?.0)))
        .filter(|(gtin, _)| alone(gtin))
        .collect()
}

/// Where a file of a note is fetched.
fn address(file: &File) -> String {
    format!("{}-{}", file.name, file.sha256.get(..16).unwrap_or_default())
}

/// The key that verifies copies, under their name.
///
/// # Errors
/// The key is not of Ed25519, or the origin is no name.
pub fn key(origin: &str, register_id: &str, signer: &dyn Signer) -> Result<NoteKey, Failure> {
    NoteKey::new(&name(origin, register_id), signer.public_key().clone())
        .map_err(|error| Failure::Internal(error.to_string()))
}

/// The name the copy is signed under: the host readers know, or the register's id where none is set.
fn name(origin: &str, register_id: &str) -> String {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let whose = if host.is_empty() { register_id } else { host };
    format!("{whose}/offline")
}

/// The model codes that were ever issued, each judged as its page would judge it. Beyond the limit the
/// latest stay.
fn rows(reader: &Reader, at: At) -> Result<Vec<Row>, Failure> {
    let mut codes: Vec<(u64, CreditCode)> = Vec::new();
    reader.records(Kind::Code, at, &mut |entry| {
        if let Ok(code) = CreditCode::parse(&entry.key)
            && code.level() == Level::Model
            && code.as_str() == entry.key
        {
            codes.push((entry.seq, code));
        }
        Ok(())
    })?;
    if codes.len() > limits::OFFLINE_CODES_MAX {
        codes.sort_unstable_by_key(|(seq, _)| std::cmp::Reverse(*seq));
        codes.truncate(limits::OFFLINE_CODES_MAX);
    }
    let view = view(at);
    let mut rows = Vec::with_capacity(codes.len());
    for (_, code) in codes {
        let behind = Behind::read(reader, at, code.as_str())?;
        let verdict = behind.judge(Asked::Code(&code), view, at.as_of);
        // A draft was never issued: the copy has no such code.
        let Some(kept) = Kept::of(verdict.outcome) else { continue };
        let of = |entry: &Option<register::Entry>, field: &str| {
            entry
                .as_ref()
                .map(|entry| body::text(&entry.body, field).to_owned())
                .unwrap_or_default()
        };
        let term = |entry: Option<&register::Entry>, field| {
            entry.and_then(|entry| body::date(&entry.body, field))
        };
        let ends =
            [term(behind.code.as_ref(), "expires_on"), term(behind.deciding(), "valid_until")];
        rows.push(Row {
            code,
            until: ends.into_iter().flatten().min(),
            kept,
            name: of(&behind.product, "name_zh"),
            model: of(&behind.product, "model"),
            holder: of(&behind.holder, "name_zh"),
            product: of_code(&behind, "product"),
            gtins: behind.product.iter().flat_map(gtins).collect(),
            rank: (of_code(&behind, "status") == "valid", of_code(&behind, "issued_on")),
        });
    }
    Ok(rows)
}

fn of_code(behind: &Behind, field: &str) -> String {
    behind.code.as_ref().map(|code| body::text(&code.body, field).to_owned()).unwrap_or_default()
}

fn gtins(product: &register::Entry) -> Vec<Gtin> {
    // Only well-formed ones are ever recorded.
    body::texts(&product.body, "gtins")
        .into_iter()
        .filter_map(|one| Gtin::parse(one).ok())
        .collect()
}

/// A view of the log on that day, at its head: the time of day must not come into the copy.
fn view(at: At) -> View {
    let noon = at.as_of.and_time(chrono::NaiveTime::MIN).and_utc() + chrono::TimeDelta::hours(4);
    View::fresh(noon, at.known)
}
