//! `/api/v1`: the document names what is there, and everything it names is called.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::fixture::{
    Got, HOLDER, INSPECTION, PENALTY, PRODUCT, RECALL, RESTRICTION, SERVICE, STANDARD, Site, TODAY,
};

/// A key of the fixture for each path that takes one.
fn key_of(path: &str) -> Option<String> {
    let key = match path {
        "/api/v1/products/{id}" | "/api/v1/products/{id}/state" => PRODUCT,
        "/api/v1/directories/{scheme}" => "foshan-standard",
        "/api/v1/listings/{id}" => "foshan-standard/FSB-2023-0012",
        "/api/v1/enterprises/{uscc}"
        | "/api/v1/enterprises/{uscc}/credit"
        | "/api/v1/enterprises/{uscc}/state" => HOLDER,
        "/api/v1/standards/{number}" => STANDARD,
        "/api/v1/notices/{id}" => RECALL,
        "/api/v1/policies/{id}" => "gd-2016-quality-province",
        "/api/v1/targets/{id}" | "/api/v1/targets/{id}/recount" => "fs-products-2025",
        "/api/v1/departments/{id}" => "gd-qtsb",
        "/api/v1/inspections/{id}" => INSPECTION,
        "/api/v1/penalties/{id}" => PENALTY,
        "/api/v1/restrictions/{id}" => RESTRICTION,
        "/api/v1/systems/{id}" => "foshan-standard",
        "/api/v1/services/{key}" => SERVICE,
        "/api/v1/places/{code}" => "440606",
        "/api/v1/verify/{code}" => "44M3QMX9D2R4",
        "/data/latest/{name}" => "product.csv.gz",
        _ => return None,
    };
    Some(app::model::encode_key(key))
}

fn resolved<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    match schema["$ref"].as_str().and_then(|path| path.strip_prefix('#')) {
        Some(pointer) => document.pointer(pointer).expect("a schema the document holds"),
        None => schema,
    }
}

/// What came is what the document says comes with that status.
fn check(document: &Value, responses: &Value, got: &Got, path: &str) {
    let said = &responses[got.status.as_str()];
    assert!(said.is_object(), "{path}: {} is not documented: {}", got.status, got.text());
    let Some(content) = said["content"].as_object() else { return };
    let schema = content.get(got.header("content-type"));
    let schema = schema.unwrap_or_else(|| panic!("{path}: {}", got.header("content-type")));
    let schema = resolved(document, &schema["schema"]);
    let json = || got.json();
    for name in schema["required"].as_array().into_iter().flatten() {
        assert!(json().get(name.as_str().expect("a name")).is_some(), "{path}: {name} is missing");
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let value = json()[name].clone();
        let fits = |ty: &str| match ty {
            "string" => value.is_string(),
            "integer" => value.is_i64(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            "null" => value.is_null(),
            other => panic!("{other}"),
        };
        let types = match &property["type"] {
            Value::String(one) => vec![one.as_str()],
            Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
            _ => continue,
        };
        assert!(value.is_null() || types.iter().any(|ty| fits(ty)), "{path}: {name} is {value}");
    }
}

/// Values of a parameter that its schema allows; of free text, those that the list itself offers.
fn values(parameter: &Value, list: &Value) -> Vec<String> {
    let schema = &parameter["schema"];
    let name = parameter["name"].as_str().expect("a name");
    let schema = if schema["type"] == "array" { &schema["items"] } else { schema };
    if let Some(codes) = schema["enum"].as_array().or(schema["examples"].as_array()) {
        return codes.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    }
    if let Some(offered) = list["facets"][name].as_array() {
        let offered = offered.iter().filter_map(|value| value["value"].as_str());
        return offered.take(2).map(str::to_owned).collect();
    }
    match (name, schema["type"].as_str()) {
        ("q", _) => vec!["示例".to_owned()],
        ("lot", _) => vec!["A-1".to_owned()],
        ("kind", _) => vec!["product".to_owned()],
        ("enterprise", _) => vec![HOLDER.to_owned()],
        ("scheme", _) => vec!["foshan-standard".to_owned()],
        ("table", _) => vec!["schemes".to_owned()],
        ("known_from", _) => vec!["1".to_owned()],
        (_, Some("integer")) => {
            let least = schema["minimum"].as_i64().unwrap_or(0);
            let most = schema["maximum"].as_i64();
            [Some(least), most].into_iter().flatten().map(|n| n.to_string()).collect()
        }
        _ if schema["anyOf"][0]["format"] == "date" => vec![TODAY.to_owned()],
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn everything_the_document_names_is_called_and_answers_as_it_says() {
    let site = Site::new();
    let got = site.get("/api/v1/openapi.json").await;
    assert_eq!((got.status.as_u16(), got.header("access-control-allow-origin")), (200, "*"));
    let document = got.json();
    assert_eq!(document["openapi"], "3.1.0");
    let mut called: BTreeMap<String, usize> = BTreeMap::new();
    for (pattern, operations) in document["paths"].as_object().expect("paths") {
        let (head, tail) = match pattern.split_once('{') {
            Some((head, rest)) => (head, rest.split_once('}').expect("a closing brace").1),
            None => (pattern.as_str(), ""),
        };
        let path = match (pattern.contains('{'), key_of(pattern)) {
            (false, _) => pattern.clone(),
            (true, Some(key)) => format!("{head}{key}{tail}"),
            // Ids and names that are made from what is in the register.
            (true, None) => match pattern.as_str() {
                "/api/v1/inconsistencies/{id}" => {
                    let list = site.get("/api/v1/inconsistencies").await.json();
                    format!("{head}{}", list["items"][0]["key"].as_str().expect("an id"))
                }
                "/data/{name}" => {
                    let list = site.get("/data/files.json").await.json();
                    list["files"][0]["path"].as_str().expect("a path").to_owned()
                }
                // Its digits hold a signature: what is none is answered with a verdict that says so.
                "/api/v1/s/{digits}" => format!("{head}123"),
                other => panic!("{other}: no key of the fixture"),
            },
        };
        let get = &operations["get"];
        let responses = &get["responses"];
        let accept = [("accept", "application/json")];
        let plain = site.get_with(&path, &accept).await;
        check(&document, responses, &plain, &path);
        // The fixture has no key of the log and no codes: the verdict on one says so.
        let none = ["/log/checkpoint", "/api/v1/s/{digits}", "/api/v1/verify/{code}"];
        if !none.contains(&pattern.as_str()) {
            assert!(plain.status.is_success() || plain.status == 303, "{path}: {}", plain.status);
        }
        if pattern == "/data/{name}" {
            let list = site.get("/data/files.json").await.json();
            for file in list["files"].as_array().expect("files") {
                let path = file["path"].as_str().expect("a path");
                check(&document, responses, &site.get_with(path, &accept).await, path);
            }
        }
        let json = plain.header("content-type") == "application/json";
        let list = if json { plain.json() } else { Value::Null };
        for parameter in get["parameters"].as_array().into_iter().flatten() {
            if parameter["in"] != "query" {
                continue;
            }
            let name = parameter["name"].as_str().expect("a name");
            for value in values(parameter, &list) {
                let query = form_urlencoded::Serializer::new(String::new())
                    .append_pair(name, &value)
                    .finish();
                let asked = format!("{path}?{query}");
                let got = site.get_with(&asked, &accept).await;
                let absent = ["page", "known", "lot"].contains(&name);
                let allowed = got.status == 200 || got.status == 404 && absent;
                assert!(allowed, "{asked}: {} {}", got.status, got.text());
                check(&document, responses, &got, &asked);
                *called.entry(pattern.clone()).or_default() += 1;
            }
        }
        if pattern.starts_with("/api/v1/") || pattern == "/data/entries.jsonl" {
            let wrong = site.get_with(&format!("{path}?colour=red"), &accept).await;
            assert_eq!(wrong.status, 400, "{path}");
            assert_eq!(wrong.header("content-type"), "application/problem+json", "{path}");
            assert_eq!(wrong.json()["parameter"], "colour", "{path}");
            check(&document, responses, &wrong, &path);
        }
    }
    assert!(called.values().sum::<usize>() > 200, "{called:?}");
}

#[tokio::test]
async fn the_document_bounds_what_the_log_bounds() {
    let site = Site::new();
    let document = site.get("/api/v1/openapi.json").await.json();
    let parameters = document["paths"]["/api/v1/products"]["get"]["parameters"].as_array();
    let known = parameters.expect("parameters").iter().find(|one| one["name"] == "known");
    let most = known.expect("known")["schema"]["maximum"].as_u64().expect("a bound");
    assert_eq!(site.get(&format!("/api/v1/products?known={most}")).await.status, 200);
    assert_eq!(site.get(&format!("/api/v1/products?known={}", most + 1)).await.status, 400);
}

#[tokio::test]
async fn the_api_says_what_the_twins_say() {
    let site = Site::new();
    for (api, twin) in [
        ("/api/v1/products?status=valid", "/products.json?status=valid"),
        (&*format!("/api/v1/products/{PRODUCT}"), &*format!("/products/{PRODUCT}.json")),
        ("/en/api/v1/listings", "/en/listings.json"),
        ("/api/v1/changes?kind=product", "/changes.json?kind=product"),
        ("/api/v1/verify/44M3QMX9D2R4", "/q/44M3QMX9D2R4.json"),
    ] {
        let (one, other) = (site.get(api).await, site.get(twin).await);
        assert_eq!(one.status, other.status, "{api}");
        assert_eq!(one.header("content-type"), other.header("content-type"), "{api}");
        // A verdict says when it was given.
        if !api.contains("verify") {
            assert_eq!(one.text(), other.text(), "{api}");
        }
    }
    for path in ["/api/v1", "/api/v1/", "/api/v1/scan", "/api/v1/products/", "/api/v1/robots.txt"] {
        assert_eq!(site.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn the_description_for_catalogues_names_every_file() {
    let site = Site::at_origin(Vec::new(), "https://quality.example");
    let got = site.get("/data/dcat.jsonld").await;
    assert_eq!((got.status.as_u16(), got.header("content-type")), (200, "application/ld+json"));
    let description = got.json();
    let files = site.get("/data/files.json").await.json();
    // What DCAT-AP 3 calls mandatory: a catalogue has a title, a description, a publisher and its datasets.
    assert_eq!(description["@type"], "dcat:Catalog");
    let dataset = &description["dcat:dataset"][0];
    for part in [&description, dataset] {
        for property in ["dct:title", "dct:description"] {
            assert_eq!(part[property].as_array().map(Vec::len), Some(3), "{property}");
        }
        assert_eq!(part["dct:publisher"]["@type"], "foaf:Agent");
        assert!(part["dct:language"][0]["@id"].as_str().is_some_and(|id| id.starts_with("http")));
    }
    let service = &description["dcat:service"][0];
    assert_eq!(service["dcat:servesDataset"]["@id"], dataset["@id"]);
    let said = dataset["dcat:distribution"].as_array().expect("distributions");
    let files = files["files"].as_array().expect("files");
    assert_eq!(said.len(), files.len());
    for (said, file) in said.iter().zip(files) {
        let path = file["path"].as_str().expect("a path");
        assert_eq!(said["dcat:downloadURL"]["@id"], format!("https://quality.example{path}"));
        assert_eq!(said["spdx:checksum"]["spdx:checksumValue"]["@value"], file["sha256"]);
    }
    let page = site.get("/en/data").await.text();
    // One line each for readers; the other packing and Parquet are in the list of all files.
    for file in files.iter().filter(|file| file["packing"] == "gzip") {
        assert!(page.contains(file["path"].as_str().expect("a path")), "{file}");
        assert!(page.contains(file["sha256"].as_str().expect("a hash")), "{file}");
    }
    let schema = site.get("/data/schema.json").await;
    assert_eq!(schema.header("content-type"), "application/schema+json");
    assert!(schema.json()["$defs"]["product"]["properties"]["model"].is_object());
}
