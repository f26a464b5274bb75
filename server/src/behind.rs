//! What stands behind a quality credit code in the register: everything its verdict and its page need,
//! read at one point in time. The web pages, the command line and the JSON all start here.

use chrono::NaiveDate;
use register::code::{CreditCode, Level, Pepper};
use register::verdict::{self, Asked, Question, Verdict};
use register::{Entry, Kind};

use crate::code::find::find;
use crate::store::{At, Reader, Result, StoreError};
use crate::web::project::body;
use crate::web::project::join;

/// The model code under which a lot of a product is looked up: one that is in force before others, then
/// the one issued last; one that was only prepared is none.
///
/// # Errors
/// When the register cannot be read.
pub fn model_code(reader: &Reader, at: At, product: &str) -> Result<Option<String>> {
    let mut codes = reader.referring(Kind::Code, Kind::Product, product, at)?;
    codes.retain(|code| {
        CreditCode::parse(&code.key).is_ok_and(|code| code.level() == Level::Model)
            && body::text(&code.body, "product") == product
            && body::text(&code.body, "status") != "draft"
    });
    let best = codes.into_iter().max_by_key(|code| {
        let valid = body::text(&code.body, "status") == "valid";
        (valid, body::text(&code.body, "issued_on").to_owned())
    });
    Ok(best.map(|code| code.key))
}

/// What the keys of batches of unit codes begin with.
const BATCH_PREFIX: &str = "U-";

/// The records behind a code.
#[derive(Clone, Debug, Default)]
pub struct Behind {
    /// The code's own record (of a unit: its batch).
    pub code: Option<Entry>,
    /// Of a unit whose status was changed on its own: that change.
    pub unit: Option<Entry>,
    /// The product.
    pub product: Option<Entry>,
    /// Who sells it under its name.
    pub holder: Option<Entry>,
    /// Every listing of the product.
    pub listings: Vec<Entry>,
    /// Which of them decides: the one the code names, else the best.
    pub decides: Option<usize>,
    /// Licences and certificates without which the holder may not sell such products.
    pub licences: Vec<Entry>,
    /// The schemes of the listings.
    pub schemes: Vec<Entry>,
    /// Recalls and inspections of its maker, adverse lists the holder is or was on, penalties on the
    /// evaluators.
    pub adverse: Vec<Entry>,
    /// Evaluations of the product, the latest first.
    pub evaluations: Vec<Entry>,
    /// Indicators compared.
    pub comparisons: Vec<Entry>,
    /// The lot of the item in hand, where its address names one. A recall that lists lots is of others.
    pub lot: Option<String>,
    /// Something could not be looked up here, so that nothing found means nothing.
    pub incomplete: bool,
    /// The standards the product and its comparisons name, where they are on record.
    pub standards: Vec<Entry>,
}

impl Behind {
    /// Reads what stands behind the code record of that key; an empty answer when there is none.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn read(reader: &Reader, at: At, key: &str) -> Result<Behind> {
        let Some(code) = reader.record(Kind::Code, key, at)? else { return Ok(Behind::default()) };
        let product_key = body::text(&code.body, "product").to_owned();
        let named = body::maybe(&code.body, "listing").map(str::to_owned);
        let mut behind = Behind::of_product(reader, at, &product_key)?;
        if let Some(named) = named {
            behind.decides = behind.listings.iter().position(|listing| listing.key == named);
            if behind.decides.is_none()
                && let Some(listing) = reader.record(Kind::Listing, &named, at)?
            {
                // Of the holder, not of the product: it still decides.
                behind.decides = Some(behind.listings.len());
                behind.listings.push(listing);
            }
        }
        behind.complete(reader, at, &product_key, body::text(&code.body, "holder"))?;
        behind.code = Some(code);
        Ok(behind)
    }

    /// Reads the schemes of the listings and the holder's licences, and, unless a listing is named already, finds
    /// the one that decides.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn complete(&mut self, reader: &Reader, at: At, product: &str, holder: &str) -> Result<()> {
        self.schemes = schemes(reader, at, &self.listings)?;
        self.licences = licences(reader, at, holder)?;
        if self.decides.is_none() {
            // With the schemes: a former honour must not hide how a current listing ended.
            let around: Vec<&Entry> = self.listings.iter().chain(&self.schemes).collect();
            let best = verdict::deciding(product, &around, at.as_of);
            self.decides =
                best.and_then(|best| self.listings.iter().position(|one| std::ptr::eq(one, best)));
        }
        Ok(())
    }

    /// Reads what stands behind a code as it was scanned.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn of_code(
        reader: &Reader,
        at: At,
        code: &CreditCode,
        pepper: Option<&Pepper>,
    ) -> Result<Behind> {
        if code.level() == Level::Model {
            return Behind::read(reader, at, code.as_str());
        }
        if pepper.is_none() && !reader.keys_like(Kind::Code, BATCH_PREFIX, 1)?.is_empty() {
            // There are unit codes and this node cannot look them up: nothing can be said.
            return Ok(Behind { incomplete: true, ..Behind::default() });
        }
        let Some(found) = find(reader, pepper, code, at)? else { return Ok(Behind::default()) };
        let Some(batch) = found.batch else { return Ok(Behind::default()) };
        let mut behind = Behind::read(reader, at, &batch.key)?;
        behind.unit = Some(found.entry).filter(|entry| entry.key == found.key);
        Ok(behind)
    }

    /// Reads what is on record about a product; an empty answer when there is none.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn of_product(reader: &Reader, at: At, key: &str) -> Result<Behind> {
        let Some(product) = reader.record(Kind::Product, key, at)? else {
            return Ok(Behind::default());
        };
        let holder_key = body::text(&product.body, "holder").to_owned();
        let listings = join::listings_of(reader, at, Kind::Product, key)?;
        let mut evaluations = join::about_product(reader, at, Kind::Evaluation, key)?;
        evaluations
            .sort_by_key(|e| std::cmp::Reverse(body::text(&e.body, "evaluated_on").to_owned()));
        let comparisons = join::about_product(reader, at, Kind::Comparison, key)?;
        let mut adverse = Vec::new();
        for kind in [Kind::Recall, Kind::Inspection, Kind::Restriction] {
            adverse.extend(reader.referring(kind, Kind::Enterprise, &holder_key, at)?);
        }
        let mut evaluators: Vec<&str> =
            evaluations.iter().map(|e| body::text(&e.body, "evaluator")).collect();
        evaluators.sort_unstable();
        evaluators.dedup();
        for evaluator in evaluators.into_iter().filter(|key| !key.is_empty()) {
            adverse.extend(reader.referring(Kind::Penalty, Kind::Enterprise, evaluator, at)?);
        }
        let baselines = comparisons.iter().flat_map(|one| body::objects(&one.body, "baselines"));
        let mut numbers: Vec<&str> = body::texts(&product.body, "standards");
        numbers.extend(listings.iter().flat_map(|one| body::texts(&one.body, "standards")));
        numbers.extend(baselines.map(|baseline| body::text(baseline, "standard")));
        numbers.sort_unstable();
        numbers.dedup();
        let mut standards = Vec::new();
        for number in numbers {
            standards.extend(reader.record(Kind::Standard, number, at)?);
        }
        Ok(Behind {
            holder: reader.record(Kind::Enterprise, &holder_key, at)?,
            comparisons,
            product: Some(product),
            listings,
            adverse,
            evaluations,
            standards,
            ..Behind::default()
        })
    }

    /// The verdict on what was asked, for which these are the records.
    #[must_use]
    pub fn judge(&self, asked: Asked<'_>, view: verdict::View, day: NaiveDate) -> Verdict {
        let single = [&self.product, &self.holder].into_iter().flatten();
        let lists = [
            &self.listings,
            &self.schemes,
            &self.licences,
            &self.adverse,
            &self.evaluations,
            &self.comparisons,
            &self.standards,
        ];
        let view = verdict::View { complete: view.complete && !self.incomplete, ..view };
        let records: Vec<&Entry> = single.chain(lists.into_iter().flatten()).collect();
        let findings = crate::findings::of_records(&records, day);
        let verdict = verdict::judge(&Question {
            findings: &findings,
            code: self.code.as_ref(),
            unit: self.unit.as_ref(),
            listing: self.deciding(),
            lot: self.lot.as_deref(),
            records: &records,
            ..Question::new(asked, view, day)
        });
        Verdict { contested: self.named().any(Entry::is_contested), ..verdict }
    }

    /// The records a code's page is about, whose marks it shows: the code, its unit, its product, who sells it, and the
    /// listing that decides.
    pub fn named(&self) -> impl Iterator<Item = &Entry> {
        let records = [&self.code, &self.unit, &self.product, &self.holder];
        records.into_iter().flatten().chain(self.deciding())
    }

    /// Hashes again the entries an answer rests on (the code's own, the unit's, the product's, the listing's
    /// that decides), so that nothing is called valid that was not written so.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], naming the entry; when the register cannot be read.
    pub fn check(&self, reader: &Reader) -> Result<()> {
        let entries = [&self.code, &self.unit, &self.product].into_iter().flatten();
        for entry in entries.chain(self.deciding()) {
            if !reader.is_sound(entry.seq)? {
                return Err(StoreError::Damaged(format!(
                    "entry {} of the log ({} {}) is not what was written; restore the newest copy",
                    entry.seq,
                    entry.kind.name(),
                    entry.key
                )));
            }
        }
        Ok(())
    }

    /// The listing that decides.
    #[must_use]
    pub fn deciding(&self) -> Option<&Entry> {
        self.listings.get(self.decides?)
    }
}

/// Schemes that grant what the law asks for before a product may be sold.
const LICENCES: [&str; 2] = ["production-licence", "ccc"];

fn licences(reader: &Reader, at: At, holder: &str) -> Result<Vec<Entry>> {
    let mut listings = reader.referring(Kind::Listing, Kind::Enterprise, holder, at)?;
    listings.retain(|one| {
        LICENCES.contains(&body::text(&one.body, "scheme"))
            && body::subject(&one.body) == ("enterprise", holder)
    });
    Ok(listings)
}

fn schemes(reader: &Reader, at: At, listings: &[Entry]) -> Result<Vec<Entry>> {
    let mut keys: Vec<&str> = listings.iter().map(|l| body::text(&l.body, "scheme")).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut schemes = Vec::with_capacity(keys.len());
    for key in keys {
        schemes.extend(reader.record(Kind::Scheme, key, at)?);
    }
    Ok(schemes)
}
