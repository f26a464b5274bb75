//! Issuing model codes: one code to a product, drawn at random, in force with its entry.

use chrono::NaiveDate;
use register::code::{CreditCode, is_batch_key};
use register::kinds::code::CREDIT_SECTIONS_SECTION;
use register::kinds::rules::{day, text, texts};
use register::{Body, Draft, Entry, Kind, Reason, ReasonCode};
use serde_json::{Value, json};

use crate::desk::{self, Look, Plan, Result, object, refuse, refuse_all};
use crate::import::pipeline::direct::Proposed;

/// What a code or a batch is issued with.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// Key of the product.
    pub product: String,
    /// Key of the listing that decides, where the product has several.
    pub listing: Option<String>,
    /// The last day the code is good for.
    pub expires_on: Option<NaiveDate>,
    /// Who issues.
    pub issuer: String,
    /// What the pack should say; from the product's record where empty.
    pub expected_pack: Vec<String>,
    /// Sections of the holder's credit file that the code's page leads to.
    pub sections: Sections,
    /// Redress: fields of the record's `redress`.
    pub redress: Body,
    /// Issued as a draft: not in force before it is activated.
    pub draft: bool,
}

/// What a line of `credit_sections` says that leads to a section of the holder's credit file. The file
/// is put together anew for every reader: what a line could count would be out of date with the next
/// record, and would outlive what may be published for a time only.
pub const IN_CREDIT_FILE: &str = "见持有人信用档案";

/// Sections of a credit file, by their codes in records, each once and in the order of the vocabulary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sections(Vec<&'static str>);

/// Word for no section.
const NO_SECTIONS: &str = "none";

/// A section of records that a credit file does not have: this register holds no complaints.
const NOT_IN_CREDIT_FILE: &str = "complaints";

impl Sections {
    /// Those a credit file can have.
    #[must_use]
    pub fn all() -> Sections {
        let codes = CREDIT_SECTIONS_SECTION.iter().map(|choice| choice.code);
        Sections(codes.filter(|code| *code != NOT_IN_CREDIT_FILE).collect())
    }

    /// Reads codes with commas between, or `none`.
    ///
    /// # Errors
    /// In words for the operator: a section there is not, or nothing at all.
    pub fn parse(text: &str) -> std::result::Result<Sections, String> {
        if text == NO_SECTIONS {
            return Ok(Sections::default());
        }
        let all = Sections::all();
        let wanted: Vec<&str> = text.split(',').map(str::trim).collect();
        for word in &wanted {
            if *word == NOT_IN_CREDIT_FILE {
                return Err(format!("this register holds no {word}: there is no such section"));
            }
            if !all.0.contains(word) {
                return Err(format!(
                    "there is no section {word:?}; expected {all} or {NO_SECTIONS}"
                ));
            }
        }
        Ok(Sections(all.0.into_iter().filter(|code| wanted.contains(code)).collect()))
    }
}

impl std::fmt::Display for Sections {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&if self.0.is_empty() { NO_SECTIONS.to_owned() } else { self.0.join(",") })
    }
}

/// What is wanted besides.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// First two digits of the code; the holder's province otherwise.
    pub province: Option<String>,
    /// A further code although the product has one.
    pub again: bool,
    /// A code of the same product the new one takes the place of.
    pub replacing: Option<String>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Issued {
    /// A new code.
    New(CreditCode),
    /// The product has this code, in force.
    Already(CreditCode),
}

/// Decides a model code for a product. `draw` gives random bytes.
///
/// A product that has a code in force keeps it: running the command again issues nothing. A suspended
/// code is no reason for a new one either, for that would undo the suspension.
///
/// # Errors
/// There is no such product or listing, the product's code is suspended, or the terms contradict.
pub fn model(
    look: &Look<'_>,
    terms: &Terms,
    wish: &Wish,
    draw: &mut dyn FnMut() -> Result<[u8; 16]>,
) -> Result<Plan<Issued>> {
    let product = product(look, terms)?;
    let mut entries = Vec::new();
    if let Some(old) = &wish.replacing {
        entries.push(superseded(look, old, &terms.product)?);
    } else if !wish.again
        && let Some(code) = present(look, &terms.product)?
    {
        return Ok(Plan::nothing(Issued::Already(code)));
    }
    let province = match &wish.province {
        Some(province) => province.clone(),
        None => province_of(look, &product)?,
    };
    let code = loop {
        let Some(code) = CreditCode::mint_model(&province, draw()?) else {
            return refuse(format!(
                "{province:?} is not the two digits of a province; see GB/T 2260"
            ));
        };
        // Chance gives a code twice about once in 10^13 codes; a key is never used again.
        if !look.reader.ever_existed(Kind::Code, code.as_str(), look.at.known)? {
            break code;
        }
    };
    let mut body = body(look, terms, &product, "M")?;
    body.insert("level".to_owned(), json!("M"));
    let draft = Draft {
        valid_from: look.at.as_of,
        kind: Kind::Code,
        key: code.as_str().to_owned(),
        reason: Reason::from(ReasonCode::Granted),
        source: desk::own_source(None),
        body,
    };
    entries.splice(0..0, look.source(&terms.issuer)?);
    entries.push(draft.into());
    Ok(Plan::of(Issued::New(code), entries))
}

/// The product, checked to be there.
pub(super) fn product(look: &Look<'_>, terms: &Terms) -> Result<Entry> {
    let Some(product) = look.record(Kind::Product, &terms.product)? else {
        let like = look.reader.keys_like(Kind::Product, &terms.product, 3)?;
        let key = &terms.product;
        let [zh, hant, en] = match like.as_slice() {
            [] => [
                "请在产品目录里查编号，或者先导入产品".to_owned(),
                "請在產品目錄裡查編號，或者先匯入產品".to_owned(),
                "look products up at /products, or import them first".to_owned(),
            ],
            keys => [
                format!("相近的编号：{}", keys.join("、")),
                format!("相近的編號：{}", keys.join("、")),
                format!("keys like it: {}", keys.join(", ")),
            ],
        };
        return refuse_all([
            format!("登记簿里没有产品 {key}。{zh}"),
            format!("登記簿裡沒有產品 {key}。{hant}"),
            format!("there is no product {key}; {en}"),
        ]);
    };
    Ok(product)
}

/// The body shared by all levels.
pub(super) fn body(look: &Look<'_>, terms: &Terms, product: &Entry, level: &str) -> Result<Body> {
    let today = look.at.as_of;
    if let Some(until) = terms.expires_on
        && until < today
    {
        return refuse_all([
            format!("有效期至 {until}，已经过去；编码还没有赋出就过期了"),
            format!("有效期至 {until}，已經過去；編碼還沒有賦出就過期了"),
            format!("the code would have expired on {until}, before it is issued"),
        ]);
    }
    let mut body = json!({
        "level": level,
        "product": product.key,
        "holder": text(&product.body, "holder").unwrap_or_default(),
        "issued_on": today,
        "issuer": terms.issuer,
        "status": if terms.draft { "draft" } else { "valid" },
    });
    if let Some(listing) = &terms.listing {
        let Some(entry) = look.record(Kind::Listing, listing)? else {
            return refuse_all([
                format!("登记簿里没有获证记录 {listing}"),
                format!("登記簿裡沒有獲證紀錄 {listing}"),
                format!("there is no listing {listing}"),
            ]);
        };
        if !is_of(&entry.body, product) {
            let product = &product.key;
            return refuse_all([
                format!("获证记录 {listing} 不是产品 {product} 的"),
                format!("獲證紀錄 {listing} 不是產品 {product} 的"),
                format!("the listing {listing} is not of the product {product}"),
            ]);
        }
        body["listing"] = json!(listing);
    }
    if let Some(until) = terms.expires_on {
        body["expires_on"] = json!(until);
    }
    let pack = match terms.expected_pack.as_slice() {
        [] => on_pack(&product.body),
        lines => lines.to_vec(),
    };
    if !pack.is_empty() {
        body["expected_pack"] = json!(pack);
    }
    if !terms.sections.0.is_empty() {
        let line = |section: &&str| json!({ "section": section, "text": IN_CREDIT_FILE, "source": terms.issuer, "date": today });
        body["credit_sections"] = terms.sections.0.iter().map(line).collect();
    }
    if !terms.redress.is_empty() {
        body["redress"] = Value::Object(terms.redress.clone());
    }
    Ok(object(body))
}

/// Whether a listing is of the product or of its holder.
fn is_of(listing: &Body, product: &Entry) -> bool {
    let subject = text(listing, "subject.key");
    subject == Some(&product.key) || subject == text(&product.body, "holder")
}

/// What a reader should find printed: brand and model, the standards claimed, the claims on the pack.
#[must_use]
pub fn on_pack(product: &Body) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(brand), Some(model)) = (text(product, "brand"), text(product, "model")) {
        lines.push(format!("{brand} {model}"));
    }
    lines.extend(texts(product, "standards").map(|number| format!("执行标准 {number}")));
    let claims = product.get("pack_claims").and_then(Value::as_array);
    lines.extend(claims.into_iter().flatten().filter_map(|claim| {
        let said = claim.get("text")?.as_str()?;
        Some(match claim.get("indicator").and_then(Value::as_str) {
            Some(indicator) if !said.contains(indicator) => format!("{indicator} {said}"),
            _ => said.to_owned(),
        })
    }));
    lines
}

/// The product's model code in force.
fn present(look: &Look<'_>, product: &str) -> Result<Option<CreditCode>> {
    let today = look.at.as_of;
    for entry in look.reader.referring(Kind::Code, Kind::Product, product, look.at)? {
        if is_batch_key(entry.key.split('/').next().unwrap_or_default()) {
            continue;
        }
        let Ok(code) = CreditCode::parse(&entry.key) else { continue };
        let over = day(&entry.body, "expires_on").is_some_and(|until| until < today);
        match text(&entry.body, "status") {
            _ if over => {}
            Some("valid" | "draft") => return Ok(Some(code)),
            Some("suspended") => {
                let code = code.grouped();
                return refuse_all([
                    format!("产品的编码 {code} 已暂停。请先恢复或撤销它"),
                    format!("產品的編碼 {code} 已暫停。請先恢復或撤銷它"),
                    format!(
                        "the product's code {code} is suspended; restore it, withdraw it, or issue another with \
                         --again"
                    ),
                ]);
            }
            _ => {}
        }
    }
    Ok(None)
}

/// The entry that ends an old code in favour of the new one.
fn superseded(look: &Look<'_>, old: &str, product: &str) -> Result<Proposed> {
    let code = match CreditCode::parse(old) {
        Ok(code) => code,
        Err(error) => return refuse(format!("{old}: {error}")),
    };
    let Some(entry) = look.record(Kind::Code, code.as_str())? else {
        return refuse(format!("no code {} was issued", code.grouped()));
    };
    if text(&entry.body, "product") != Some(product) {
        return refuse(format!("the code {} is of another product", code.grouped()));
    }
    let mut body = entry.body;
    body.insert("status".to_owned(), json!("superseded"));
    let draft = Draft {
        valid_from: look.at.as_of,
        kind: Kind::Code,
        key: entry.key,
        reason: Reason::said(ReasonCode::Replaced, Some("换发新码，旧码停止使用".to_owned())),
        source: desk::own_source(None),
        body,
    };
    Ok(draft.into())
}

/// The first two digits of the holder's division code.
fn province_of(look: &Look<'_>, product: &Entry) -> Result<String> {
    let holder = text(&product.body, "holder").unwrap_or_default();
    let place = look.record(Kind::Enterprise, holder)?;
    let place = place.as_ref().and_then(|entry| text(&entry.body, "place"));
    match place.and_then(|place| place.get(..2)) {
        Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => Ok(digits.to_owned()),
        _ => refuse_all([
            "企业的所在地没有写明省份，请先更正企业的记录".to_owned(),
            "企業的所在地沒有寫明省份，請先更正企業的紀錄".to_owned(),
            "the holder's place names no province; give its two digits with --province".to_owned(),
        ]),
    }
}
