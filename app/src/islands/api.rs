//! The JSON twin of a list, read back into what the engine would have found: for catalogues too large for a shelf.
//! The contract is the list JSON of the HTTP surface; JSON is parsed by the browser.

use js_sys::{Array, JSON, Reflect};
use search::{CatalogueSpec, FacetResult, FacetValue, Results, Row};
use wasm_bindgen::JsValue;

/// Number columns that are days: the index' name and the twin's.
const DAYS: [(&str, &str); 9] = [
    ("changed", "changed_on"),
    ("expires", "valid_until"),
    ("granted", "granted_on"),
    ("status_since", "status_since"),
    ("issued", "issued_on"),
    ("effective", "effective_on"),
    ("withdrawn", "withdrawn_on"),
    ("published", "published_on"),
    ("ends", "ends_on"),
];

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

fn text(object: &JsValue, name: &str) -> String {
    get(object, name).as_string().unwrap_or_default()
}

fn whole(object: &JsValue, name: &str) -> Option<i64> {
    // Counts and days are far below 2^53, where a JavaScript number is exact.
    get(object, name).as_f64().map(|n| n as i64)
}

fn strings(value: &JsValue) -> Vec<String> {
    match value.as_string() {
        Some(one) => vec![one],
        None if Array::is_array(value) => {
            Array::from(value).iter().filter_map(|v| v.as_string()).collect()
        }
        None => Vec::new(),
    }
}

/// Days since 1970-01-01 of a date (Howard Hinnant's `days_from_civil`).
fn days(date: &str) -> Option<i64> {
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (y, m, d) = (parts.next()??, parts.next()??, parts.next()??);
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + d - 1;
    Some(era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468)
}

/// Tenths of a percent of `38.5`.
fn tenths(percent: &str) -> Option<i64> {
    percent.replace('.', "").parse().ok()
}

/// The answer of the twin; none when it is not what the contract says.
pub fn results(spec: &'static CatalogueSpec, json: &str) -> Option<Results> {
    let answer = JSON::parse(json).ok()?;
    let items = get(&answer, "items");
    if !Array::is_array(&items) {
        return None;
    }
    let rows = Array::from(&items).iter().map(|item| row(spec, &item)).collect();
    let found = get(&answer, "facets");
    let facets = spec
        .facets
        .iter()
        .map(|facet| {
            let values = get(&found, facet.name);
            let values = if Array::is_array(&values) { Array::from(&values) } else { Array::new() };
            FacetResult {
                name: facet.name,
                values: values
                    .iter()
                    .map(|value| {
                        // The twin is in the page's language already.
                        let label = text(&value, "label");
                        FacetValue {
                            code: text(&value, "value"),
                            label: [label.clone(), label.clone(), label],
                            count: whole(&value, "count")
                                .and_then(|n| n.try_into().ok())
                                .unwrap_or(0),
                            selected: get(&value, "selected").as_bool().unwrap_or(false),
                        }
                    })
                    .collect(),
            }
        })
        .collect();
    Some(Results { total: whole(&answer, "total")?.try_into().ok()?, rows, facets })
}

fn row(spec: &'static CatalogueSpec, item: &JsValue) -> Row {
    let mut row = spec.blank_row();
    row.key = text(item, "key");
    for (column, out) in spec.texts.iter().zip(&mut row.texts) {
        *out = strings(&get(item, column.name)).join("\n");
    }
    for (facet, out) in spec.facets.iter().zip(&mut row.facets) {
        let taken = spec.texts.iter().any(|column| column.name == facet.name);
        *out = match facet.name {
            "kind" if spec.name == "listings" => strings(&get(item, "subject_kind")),
            name if taken => strings(&get(item, &format!("{name}_codes"))),
            name => strings(&get(item, name)),
        };
    }
    for (name, out) in spec.numbers.iter().zip(&mut row.numbers) {
        *out = match (*name, DAYS.iter().find(|(column, _)| column == name)) {
            (_, Some((_, twin))) => days(&text(item, twin)),
            ("strictness", None) => tenths(&text(item, "strictness_percent")),
            (name, None) => whole(item, name),
        };
    }
    for (name, out) in spec.display.iter().zip(&mut row.display) {
        *out = text(item, name);
    }
    row
}
