//! Keys derived from bodies, one function a kind.

use super::{Body, Code, Kind, Message, StandardNumber, Value, division, id, key_of, text};

fn need<'b>(kind: Kind, body: &'b Body, path: &str) -> Result<&'b str, Message> {
    let field = path.split('.').next().unwrap_or(path);
    let heading = kind.spec().field(field).map_or("编号", super::Field::heading);
    text(body, path).ok_or_else(|| Message::new(Code::E02).column(heading))
}

/// The key is an identifier the caller must supply.
///
/// # Errors
/// Always E02 for the column `编号`.
pub fn supplied_key(_: &Body) -> Result<String, Message> {
    Err(Message::new(Code::E02).column("编号"))
}

/// The social credit code; without one `N-{country}-{slug of the name}`.
///
/// # Errors
/// E03–E05 for a wrong code, E02 for a missing name.
pub fn enterprise_key(body: &Body) -> Result<String, Message> {
    if let Some(code) = text(body, "uscc") {
        return id::Uscc::parse(code)
            .map(|code| code.as_str().to_owned())
            .map_err(|m| m.column("统一社会信用代码"));
    }
    let name = need(Kind::Enterprise, body, "name_zh")?;
    let place = text(body, "place").unwrap_or(id::country::UNKNOWN);
    let country = if division::is_key(place) { "CN" } else { place };
    Ok(id::foreign_enterprise_key(country, name))
}

/// `p-` and 12 hex digits over holder, brand, model and variant.
///
/// # Errors
/// E02 for the first of holder, brand and model that is missing.
pub fn product_key(body: &Body) -> Result<String, Message> {
    let part = |field| need(Kind::Product, body, field);
    Ok(id::product_key(part("holder")?, part("brand")?, part("model")?, text(body, "variant")))
}

/// The written form of the standard number.
///
/// # Errors
/// E02 without a number, E08 for one that is not recognised.
pub fn standard_key(body: &Body) -> Result<String, Message> {
    let number = need(Kind::Standard, body, "number")?;
    StandardNumber::parse(number).map(|n| n.to_string()).map_err(|m| m.column("标准编号"))
}

/// `{scheme}/{certificate_number}`, else `{scheme}/{subject key}/{round}`; a list that prints
/// neither number nor round is told apart by the day of the grant.
///
/// # Errors
/// E02 for the first part that is missing.
pub fn listing_key(body: &Body) -> Result<String, Message> {
    let scheme = need(Kind::Listing, body, "scheme")?;
    if let Some(number) = text(body, "certificate_number") {
        return Ok(format!("{scheme}/{}", id::document_number::normalise(number)));
    }
    let subject = need(Kind::Listing, body, "subject.key")?;
    let round = match text(body, "round") {
        Some(round) => round,
        None => need(Kind::Listing, body, "granted_on")?,
    };
    Ok(format!("{scheme}/{subject}/{round}"))
}

/// `{scheme}/{subject key}/{evaluated_on}`.
///
/// # Errors
/// E02 for the first part that is missing.
pub fn evaluation_key(body: &Body) -> Result<String, Message> {
    joined(Kind::Evaluation, body, &["scheme", "subject.key", "evaluated_on"])
}

/// `{subject key}/{indicator}`.
///
/// # Errors
/// E02 for the first part that is missing.
pub fn comparison_key(body: &Body) -> Result<String, Message> {
    joined(Kind::Comparison, body, &["subject.key", "indicator"])
}

/// `{authority}/{sample_number}`.
///
/// # Errors
/// E02 for the first part that is missing.
pub fn inspection_key(body: &Body) -> Result<String, Message> {
    joined(Kind::Inspection, body, &["authority", "sample_number"])
}

/// The decision number.
///
/// # Errors
/// E02 without one.
pub fn penalty_key(body: &Body) -> Result<String, Message> {
    need(Kind::Penalty, body, "number").map(id::document_number::normalise)
}

/// `{list}/{subject}/{listed_on}`.
///
/// # Errors
/// E02 for the first part that is missing.
pub fn restriction_key(body: &Body) -> Result<String, Message> {
    joined(Kind::Restriction, body, &["list", "subject", "listed_on"])
}

/// `{authority}/{number}`.
///
/// # Errors
/// E02 for the first part that is missing.
pub fn recall_key(body: &Body) -> Result<String, Message> {
    joined(Kind::Recall, body, &["authority", "number"])
}

/// `{issuer}/{date}/{slug of the title}`.
///
/// # Errors
/// E02 for the first part that is missing.
pub fn notice_key(body: &Body) -> Result<String, Message> {
    let front = joined(Kind::Notice, body, &["issuer", "published_on"])?;
    Ok(format!("{front}/{}", id::slug(need(Kind::Notice, body, "title")?)))
}

/// `{system id}/{slug of the name}`.
///
/// # Errors
/// E02 for the first part that is missing.
pub fn service_key(body: &Body) -> Result<String, Message> {
    let system = need(Kind::Service, body, "system")?;
    Ok(format!("{system}/{}", id::slug(need(Kind::Service, body, "name")?)))
}

/// The division code; a park or zone: `{code}-{slug of the name}`.
///
/// # Errors
/// E02 for a missing code or name.
pub fn place_key(body: &Body) -> Result<String, Message> {
    let code = need(Kind::Place, body, "code")?;
    if text(body, "level") == Some("园区") && division::is_code(code) {
        return Ok(format!("{code}-{}", id::slug(need(Kind::Place, body, "name")?)));
    }
    Ok(code.to_owned())
}

/// The key a subject of that kind has, from its own body; convenience for mapping files.
///
/// # Errors
/// As [`key_of`].
pub fn subject(kind: Kind, body: &Body) -> Result<Value, Message> {
    let key = key_of(kind, body)?;
    Ok(serde_json::json!({ "kind": kind.name(), "key": key }))
}

fn joined(kind: Kind, body: &Body, paths: &[&str]) -> Result<String, Message> {
    let parts: Result<Vec<&str>, Message> =
        paths.iter().map(|path| need(kind, body, path)).collect();
    Ok(parts?.join("/"))
}
