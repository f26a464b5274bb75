//! What a scanned code opens: `/q/{code}` and `/s/{digits}`, as a page, as JSON and as plain text; and the
//! addresses that lead there.
//!
//! A verdict is read from the log's head at every request, never from the lists' indexes, which may be
//! on their way: a withdrawal shows with the next answer.

use app::model::{Link, Look, PageContext, Reason, VerifyPage};
use app::pages;
use register::code::{CreditCode, DigitalLink, Pepper, Qualifier, Statement};
use register::signature::{KeyRecord, SignatureState, judge};
use register::status_list::Kept;
use register::verdict::{Asked, Outcome, Verdict, View as LogView, What};
use register::{Entry, Kind, Lang};
use search::Query;
use search::catalogue::Catalogue;

use super::answer::Rendered;
use super::failure::Failure;
use super::index::Moment;
use super::project::view::View;
use super::project::{body, contest, verify};
use super::reply::{HTML, JSON, Policy, TEXT};
use super::router::{Format, Page, Route};
use super::scan::meaning::{path_of, retyped};
use super::{limits, params, router};
use crate::behind::{Behind, model_code};
use crate::keys::life::record_of;
use crate::store::{At, Reader};

/// What the answering node has beside the register.
#[derive(Clone, Copy)]
pub struct Node<'n> {
    /// How far its view of the log can be trusted.
    pub log: LogView,
    /// What unit codes are looked up with, if it is here.
    pub pepper: Option<&'n Pepper>,
    /// The lot of the item in hand, where the address names one.
    pub lot: Option<&'n str>,
    /// Readers may note that they checked a unit.
    pub notes: bool,
    /// The page is the one that all units of this batch share.
    pub batch: Option<&'n str>,
    /// The lists are still being read, and `possible` with them.
    pub opening: bool,
    /// Notices and recalls that may be about a product, by what they print.
    pub possible: &'n dyn Fn(&Entry) -> Result<Vec<Entry>, Failure>,
}

/// The verdict asked for by a route, rendered.
///
/// # Errors
/// When the register cannot be read.
pub fn render(
    view: &View<'_>,
    context: &PageContext,
    route: &Route,
    policy: Policy,
    node: &Node<'_>,
) -> Result<Rendered, Failure> {
    let (verdict, model) = match route.page {
        Page::Statement => of_statement(view, route, node)?,
        _ => of_code(view, route, node)?,
    };
    Ok(rendered(context, route, policy, &verdict, &model))
}

/// What a static mirror says of a model code: how it stood, never that it is valid. Nothing else that a code opens
/// is in a mirror.
///
/// # Errors
/// [`Failure::NotFound`] for what is no model code on record; else when the register cannot be read.
pub fn in_mirror(
    view: &View<'_>,
    context: &PageContext,
    mirror: &app::model::Mirror,
    route: &Route,
    node: &Node<'_>,
) -> Result<Rendered, Failure> {
    if route.page != Page::Verify || route.format != Format::Html {
        return Err(Failure::NotFound);
    }
    let (verdict, model) = of_code(view, route, node)?;
    let Some(kept) = Kept::of(verdict.outcome) else { return Err(Failure::NotFound) };
    if model.unit {
        return Err(Failure::NotFound);
    }
    let html = pages::mirror::code(context, mirror, &model, kept, &context.recorded_at);
    Ok(Rendered::new(HTML, Policy::Still, html.into_bytes()))
}

/// The answer when the register cannot be read: what was typed, and that nothing can be said now.
#[must_use]
pub fn cannot_tell(context: &PageContext, route: &Route, policy: Policy, now: LogView) -> Rendered {
    let mut place = None;
    let asked = Asked::typed(&route.key, &mut place);
    let cut_off = LogView { log_time: None, complete: false, ..now };
    let verdict = Behind::default().judge(asked, cut_off, super::project::view::day(now.now));
    let mut model = VerifyPage { typed: retyped(&route.key), ..VerifyPage::default() };
    if let Some(code) = asked.code() {
        model.code = code.grouped();
        model.plain = code.as_str().to_owned();
    }
    finish(&mut model, &verdict, route.lang);
    rendered(context, route, policy, &verdict, &model)
}

fn of_code(
    view: &View<'_>,
    route: &Route,
    node: &Node<'_>,
) -> Result<(Verdict, VerifyPage), Failure> {
    let mut place = None;
    let asked = Asked::typed(&route.key, &mut place);
    let mut behind = match (asked.code(), node.batch) {
        (Some(_), Some(batch)) => Behind::read(view.reader, view.at, batch)?,
        (Some(code), None) => Behind::of_code(view.reader, view.at, code, node.pepper)?,
        (None, _) => Behind::default(),
    };
    behind.lot = node.lot.map(str::to_owned);
    behind.check(view.reader)?;
    let (verdict, mut model) = conclude(view, route, asked, &behind, node)?;
    model.noted = node.notes && model.unit && model.look.found();
    Ok((verdict, model))
}

fn of_statement(
    view: &View<'_>,
    route: &Route,
    node: &Node<'_>,
) -> Result<(Verdict, VerifyPage), Failure> {
    let statement = match Statement::parse(&route.key) {
        Ok(statement) => statement,
        Err(bad) => {
            let asked = Asked::BadStatement(bad);
            return conclude(view, route, asked, &Behind::default(), node);
        }
    };
    let keys = keys(view.reader, view.at)?;
    let state: SignatureState = judge(&statement, &keys);
    let behind = Behind::of_code(view.reader, view.at, statement.code(), node.pepper)?;
    behind.check(view.reader)?;
    let asked = Asked::Statement(&statement, state);
    let (verdict, mut model) = conclude(view, route, asked, &behind, node)?;
    model.facts.push(verify::signed(view.lang, &statement));
    Ok((verdict, model))
}

/// The face of the verdict on a code, what the code stands for, and the status its page answers with.
///
/// # Errors
/// When the register cannot be read.
pub fn in_short(
    view: &View<'_>,
    typed: &str,
    log: LogView,
    pepper: Option<&Pepper>,
) -> Result<(Look, String, axum::http::StatusCode), Failure> {
    let mut place = None;
    let asked = Asked::typed(typed, &mut place);
    let code = asked.code().map(CreditCode::grouped);
    let behind = match asked.code() {
        Some(code) => Behind::of_code(view.reader, view.at, code, pepper)?,
        None => Behind::default(),
    };
    behind.check(view.reader)?;
    let verdict = behind.judge(asked, log, view.at.as_of);
    let product = behind.product.as_ref().map(|product| view.title(product));
    let name = product.into_iter().chain(code).collect::<Vec<_>>().join(" ");
    let name = if name.is_empty() { retyped(typed) } else { name };
    Ok((look(&verdict), name, status(verdict.outcome)))
}

/// The signing keys on record.
///
/// # Errors
/// When the register cannot be read.
pub fn keys(reader: &Reader, at: At) -> crate::store::Result<Vec<KeyRecord>> {
    let mut keys = Vec::new();
    reader.records(Kind::Key, at, &mut |entry: Entry| {
        // A record that is no key of ours verifies nothing.
        keys.extend(record_of(&entry));
        Ok(())
    })?;
    Ok(keys)
}

fn conclude(
    view: &View<'_>,
    route: &Route,
    asked: Asked<'_>,
    behind: &Behind,
    node: &Node<'_>,
) -> Result<(Verdict, VerifyPage), Failure> {
    let verdict = behind.judge(asked, node.log, view.at.as_of);
    let mut model = match asked.code() {
        Some(code) => verify::page(view, code, behind)?,
        None => VerifyPage::default(),
    };
    model.typed = retyped(&route.key);
    for reason in &verdict.reasons {
        let about = match &reason.record {
            Some((kind, key)) => verify::about(view, *kind, key)?,
            None => None,
        };
        model.reasons.push(reason_of(reason, about, route.lang));
    }
    if let Some(product) = behind.product.as_ref().filter(|_| model.goods.is_some()) {
        // After the verdict, which they do not change. What it names itself is not said twice.
        let mut possible = (node.possible)(product)?;
        possible.retain(|record| {
            !verdict.reasons.iter().any(|reason| {
                reason
                    .record
                    .as_ref()
                    .is_some_and(|(k, key)| *k == record.kind && *key == record.key)
            })
        });
        verify::possible(view, &mut model, &possible);
    }
    if verdict.outcome == Outcome::Unknown {
        model.codes = view.reader.count(Kind::Code, view.at)?;
    }
    finish(&mut model, &verdict, route.lang);
    if !model.look.found() {
        model.contested.clear();
    }
    if node.opening && model.goods.is_some() {
        model.checked.push(app::i18n::verify::C_OPENING.to(route.lang).to_owned());
    }
    Ok((verdict, model))
}

fn reason_of(reason: &register::verdict::Reason, about: Option<Link>, lang: Lang) -> Reason {
    Reason {
        text: reason.text(lang),
        date: reason.date.map(|day| day.to_string()).unwrap_or_default(),
        about,
        decision: String::new(),
    }
}

fn finish(model: &mut VerifyPage, verdict: &Verdict, lang: Lang) {
    model.look = look(verdict);
    model.sentence = verdict.sentence(lang);
    model.checked = checked(model, verdict, lang);
}

/// The face of a verdict; `withdrawn` has three, by the word of the reason that decided.
#[must_use]
pub fn look(verdict: &Verdict) -> Look {
    match verdict.outcome {
        Outcome::Valid => Look::Valid,
        Outcome::ValidButNotice => Look::Notice,
        Outcome::CannotTell => Look::CannotTell,
        Outcome::Superseded => Look::Superseded,
        Outcome::Expired => Look::Expired,
        Outcome::Suspended => Look::Suspended,
        Outcome::Recalled => Look::Recalled,
        Outcome::Unknown => Look::Unknown,
        Outcome::Malformed => Look::Malformed,
        Outcome::Withdrawn => match verdict.reasons.first().map(|reason| reason.what) {
            Some(What::CodeCancelled | What::ListingCancelled) => Look::Cancelled,
            Some(What::ListingExited) => Look::Exited,
            _ => Look::Withdrawn,
        },
    }
}

/// What the answer rests on, in words. Nothing is claimed to have been checked that was not.
fn checked(model: &VerifyPage, verdict: &Verdict, lang: Lang) -> Vec<String> {
    use app::i18n::verify as words;
    let lines: &[app::i18n::Words] = match verdict.outcome {
        Outcome::CannotTell | Outcome::Malformed => &[],
        Outcome::Unknown => &[words::C_CODE, words::C_ALL],
        _ if model.goods.is_none() => &[words::C_CODE],
        _ => &[words::C_CODE, words::C_STATUS, words::C_LOG],
    };
    lines.iter().map(|line| line.to(lang).to_owned()).collect()
}

/// HTTP status of an outcome: an unknown code is 404 and a malformed one 400, each a page with help;
/// "cannot tell" is 503; whatever is on record is 200, ended or not.
const fn status(outcome: Outcome) -> axum::http::StatusCode {
    use axum::http::StatusCode;
    match outcome {
        Outcome::Unknown => StatusCode::NOT_FOUND,
        Outcome::Malformed => StatusCode::BAD_REQUEST,
        Outcome::CannotTell => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::OK,
    }
}

fn rendered(
    context: &PageContext,
    route: &Route,
    policy: Policy,
    verdict: &Verdict,
    model: &VerifyPage,
) -> Rendered {
    let (mime, policy, text) = match route.format {
        Format::Json => (JSON, Policy::Data, json(context, route, verdict, model)),
        Format::Text => (TEXT, Policy::Data, pages::verify::text(context, model)),
        _ => (HTML, policy, pages::verify::render(context, model)),
    };
    let mut rendered = Rendered::new(mime, policy, text.into_bytes());
    rendered.status = status(verdict.outcome);
    // Codes that are not on record are without number: their pages are not kept.
    rendered.cached = rendered.status == axum::http::StatusCode::OK;
    if verdict.outcome == Outcome::CannotTell {
        rendered.more.push(("retry-after", limits::RETRY_AFTER_S.to_string()));
    }
    rendered
}

/// The verdict JSON of the HTTP surface. It holds no time of day, so that it can be kept like a page.
fn json(context: &PageContext, route: &Route, verdict: &Verdict, model: &VerifyPage) -> String {
    let code = if model.plain.is_empty() { &model.typed } else { &model.plain };
    let mut value = verdict.json(code);
    if let Some(object) = value.as_object_mut() {
        object.remove("log_time");
        if let Some(lot) = &model.lot {
            object.insert("lot".to_owned(), lot.as_str().into());
        }
        if model.sample {
            object.insert("sample".to_owned(), true.into());
        }
        if !model.contested.is_empty() {
            let marks: Vec<_> = model
                .contested
                .iter()
                .map(|mark| {
                    let mut value = contest::json(mark);
                    if let Some(path) = mark.about.as_ref().and_then(|link| link.href.as_deref()) {
                        value["about"]["page"] = context.now(path).into();
                    }
                    value
                })
                .collect();
            object.insert("contested".to_owned(), marks.into());
        }
        if !model.possible.is_empty() {
            let link = |link: &Link| {
                let page = link.href.as_deref().map(|path| context.now(path));
                serde_json::json!({ "title": link.text, "page": page })
            };
            let possible: Vec<_> = model.possible.iter().map(link).collect();
            object.insert("possible_matches".to_owned(), possible.into());
        }
        let page = match route.page {
            Page::Statement => format!("/s/{}", route.key),
            _ => format!("/q/{}", router::segment(code)),
        };
        let query = match context.query.as_str() {
            "" => String::new(),
            query => format!("?{query}"),
        };
        let product = model.goods.as_ref().and_then(|goods| goods.name.href.clone());
        object.insert(
            "links".to_owned(),
            serde_json::json!({
                "page": context.now(&format!("{page}{query}")),
                "json": context.now(&format!("{page}.json{query}")),
                "product": product.map(|path| context.now(&path)),
            }),
        );
    }
    value.to_string() + "\n"
}

/// Where `/q?code=…` leads: to the code's page, to a statement's, to the product of a barcode, or, with
/// nothing typed, to the page where codes are scanned.
///
/// # Errors
/// [`Failure`] for a parameter the address does not have.
pub fn asked(route: &Route, query: Option<&str>) -> Result<String, Failure> {
    let pairs = params::pairs(query)?;
    let mut typed = String::new();
    let mut large = false;
    for (name, value) in &pairs {
        match (&**name, &**value) {
            ("code", value) => typed = value.trim().to_owned(),
            ("size", "large") => large = true,
            ("size", "") => {}
            ("size", _) => {
                return Err(Failure::BadParameter {
                    name: "size".to_owned(),
                    expected: ["large", "large", "large"].map(str::to_owned),
                });
            }
            _ => return Err(Failure::UnknownParameter { name: name.chars().take(100).collect() }),
        }
    }
    let path = path_of(&typed);
    let size = if large { "?size=large" } else { "" };
    Ok(format!("{}{path}{size}", route.lang.prefix()))
}

/// Where a GS1 Digital Link leads (303): a unit on record to its verdict; a lot to the verdict on the
/// product's model code, with the lot considered; everything else up to the product that has the barcode.
///
/// # Errors
/// [`Failure::NotFound`] when no product has it, or the address is no link.
pub fn resolve(
    view: &View<'_>,
    route: &Route,
    pepper: Option<&Pepper>,
    product_of: &dyn Fn(&str) -> Option<String>,
) -> Result<String, Failure> {
    let link = DigitalLink::parse(&route.path).map_err(|_| Failure::NotFound)?;
    let lot = link.get(Qualifier::Lot).map(params::lot_pair);
    let lot = lot.map(|pair| format!("?{pair}")).unwrap_or_default();
    for one in link.walk_up() {
        if let Some(code) = one.unit_code() {
            let behind = Behind::of_code(view.reader, view.at, &code, pepper)?;
            // Where units cannot be looked up here, their page says so.
            if behind.code.is_some() || behind.incomplete {
                return Ok(format!("/q/{}{lot}", code.as_str()));
            }
        }
        if Qualifier::ALL.iter().all(|qualifier| one.get(*qualifier).is_none())
            && let Some(product) = product_of(&one.gtin().to_string())
        {
            if !lot.is_empty()
                && let Some(code) = model_code(view.reader, view.at, &product)?
            {
                return Ok(format!("/q/{code}{lot}"));
            }
            return Ok(format!("/products/{}", router::segment(&product)));
        }
    }
    Err(Failure::NotFound)
}

/// `/.well-known/jwks.json`: the public keys, each with its life in the register.
///
/// # Errors
/// When the register cannot be read.
pub fn jwks(reader: &Reader, at: At) -> Result<Vec<u8>, Failure> {
    let keys = keys(reader, at)?;
    let keys: Vec<_> = keys.iter().map(register::signature::jwk_with_life).collect();
    let mut text = serde_json::json!({ "keys": keys }).to_string();
    text.push('\n');
    Ok(text.into_bytes())
}

/// Keys of the products that state a barcode (a GTIN-14): the index finds candidates, the record decides.
pub fn products_of<'r>(
    reader: &'r Reader,
    at: At,
    moment: &Moment,
    gtin14: &'r str,
) -> impl Iterator<Item = String> + 'r {
    let digits = gtin14.trim_start_matches('0');
    let query = Query::parse(search::spec(Catalogue::Products), [("q", digits)]);
    let rows = query.map(|query| moment.search(&query).rows).unwrap_or_default();
    rows.into_iter().map(|row| row.key).filter(move |key| {
        let record = reader.record(Kind::Product, key, at).ok().flatten();
        record.is_some_and(|product| has_gtin(&product, gtin14))
    })
}

/// Whether a product's barcodes hold this number (a GTIN-14, zeros in front or not).
#[must_use]
pub fn has_gtin(product: &Entry, gtin14: &str) -> bool {
    body::texts(&product.body, "gtins").iter().any(|gtin| format!("{gtin:0>14}") == gtin14)
}
