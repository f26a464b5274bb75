//! Every figure is the number of rows its link shows; every list says how complete it is.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::fixture::{LISTS, Site, TODAY};

/// Links of a page's table cells with the number each of them shows.
fn figures(html: &str) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    for part in html.split("<a href=\"").skip(1) {
        let Some((href, rest)) = part.split_once('"') else { continue };
        let Some((_, rest)) = rest.split_once('>') else { continue };
        let Some((text, _)) = rest.split_once("</a>") else { continue };
        let list = href.starts_with("/listings") || href.starts_with("/products");
        let number = text.replace(',', "");
        if let (true, Ok(number)) = (list || href.starts_with("/inspections"), number.parse()) {
            found.push((href.replace("&amp;", "&"), number));
        }
    }
    found
}

async fn total(site: &Site, href: &str) -> u64 {
    let (path, query) = href.split_once('?').unwrap_or((href, ""));
    let got = site.get(&format!("{path}.json?{query}&per_page=1")).await;
    assert_eq!(got.status, 200, "{href}: {}", got.text());
    got.json()["total"].as_u64().expect("a total")
}

#[tokio::test]
async fn every_figure_of_the_page_is_the_total_of_the_list_it_links_to() {
    let site = Site::sample(400);
    for page in [
        "/statistics",
        "/statistics?table=places",
        "/statistics?scheme=foshan-standard",
        "/statistics?as_of=2025-06-30",
    ] {
        let html = site.get(page).await.text();
        let figures = figures(&html);
        assert!(figures.len() > 60, "{page} shows {} figures", figures.len());
        let mut seen: BTreeMap<String, u64> = BTreeMap::new();
        for (href, shown) in figures {
            if seen.insert(href.clone(), shown).is_none() {
                assert_eq!(total(&site, &href).await, shown, "{page}: {href}");
            }
        }
    }
}

#[tokio::test]
async fn the_twins_hold_the_same_figures_as_the_page() {
    let site = Site::sample(120);
    let json = site.get("/en/statistics.json").await.json();
    assert_eq!(json["as_of"], TODAY);
    let mut of_json: Vec<(String, u64)> = Vec::new();
    let tables = json["tables"].as_array().expect("tables");
    let codes: Vec<&str> = tables.iter().filter_map(|t| t["table"].as_str()).collect();
    for wanted in ["schemes", "years", "status", "places", "sectors", "exits", "survival", "passes"]
    {
        let table = tables.iter().find(|table| table["table"] == wanted);
        let table = table.unwrap_or_else(|| panic!("no table {wanted}: {codes:?}"));
        let cells = table["lines"].as_array().expect("lines").iter().flat_map(|line| {
            line["cells"].as_array().expect("cells").iter().filter(|cell| !cell.is_null())
        });
        assert!(cells.count() > 0, "table {wanted} holds no figure");
    }
    for cell in tables
        .iter()
        .flat_map(|table| table["lines"].as_array().expect("lines"))
        .flat_map(|line| line["cells"].as_array().expect("cells"))
        .filter(|cell| !cell.is_null())
    {
        let rows = cell["rows"].as_str().expect("rows").to_owned();
        of_json.push((rows, cell["count"].as_u64().expect("a count")));
        if let (Some(of), Some(percent)) = (cell["of"]["count"].as_f64(), cell["percent"].as_str())
        {
            let share = cell["count"].as_f64().expect("a count") / of * 100.0;
            let said: f64 = percent.parse().expect("a number");
            assert!((share - said).abs() <= 0.0501, "{share} is said to be {said}");
        }
    }
    let csv = site.get("/en/statistics.csv").await.text();
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let of_csv: Vec<(String, u64)> = reader
        .records()
        .map(|row| row.expect("a row"))
        .map(|row| (row[7].to_owned(), row[4].parse().expect("a count")))
        .collect();
    assert_eq!(of_csv, of_json);
    let one = site.get("/statistics.csv?table=years").await.text();
    assert!(one.lines().skip(1).all(|line| line.starts_with("years,")), "{one}");
    let past = site.get("/statistics.json?as_of=2024-12-31&table=status").await.json();
    let rows = past["tables"][0]["lines"][0]["cells"][0]["rows"].as_str().expect("rows");
    assert!(rows.ends_with("as_of=2024-12-31"), "{rows}");
}

#[tokio::test]
async fn parameters_that_mean_nothing_are_refused_by_name() {
    let site = Site::new();
    for (query, name) in
        [("table=nothing", "table"), ("scheme=nothing", "scheme"), ("year=2024", "year")]
    {
        let got = site.get(&format!("/statistics.json?{query}")).await;
        assert_eq!(got.status, 400, "{query}");
        assert!(got.text().contains(name), "{}", got.text());
    }
}

#[tokio::test]
async fn a_suspended_listing_is_kept_and_a_withdrawn_one_is_not() {
    let site = Site::new();
    // Two grants of 2023-06-30; one was withdrawn on 2025-03-01.
    let json = site.get("/statistics.json?table=survival").await.json();
    let lines = json["tables"][0]["lines"].as_array().expect("lines");
    let of_2023: Vec<Option<u64>> = lines[0]["cells"]
        .as_array()
        .expect("cells")
        .iter()
        .map(|cell| cell["count"].as_u64())
        .collect();
    // On 2026-11-22 the grants of all of 2023 have had two whole years.
    assert_eq!(of_2023, [Some(2), Some(2), Some(1)]);
}

#[tokio::test]
async fn every_list_says_how_complete_it_is_even_when_nothing_is_found() {
    let site = Site::new();
    for list in LISTS {
        for query in ["", "?q=zzzzzzzz"] {
            let json = site.get(&format!("{list}.json{query}")).await.json();
            let coverage = &json["coverage"];
            assert!(coverage["holds"].is_u64(), "{list}: {coverage}");
            let sentence = coverage["sentence"].as_str().expect("a sentence");
            let html = site.get(&format!("{list}{query}")).await.text();
            assert!(html.contains(sentence), "{list}{query} lacks: {sentence}");
        }
    }
    let missing = site.get("/products/no-such-product").await.text();
    assert!(missing.contains("本名录收录2条"), "not found without saying where was looked");
    assert!(!site.get("/nothing").await.text().contains("本名录"));
    let json = site.get("/products.json").await.json();
    assert_eq!(
        json["coverage"]["sentence"],
        "本名录收录2条，涵盖2023-01-01至2023-12-31；来源未公布总数。"
    );
    assert_eq!(json["coverage"]["complete"], Value::from("unknown"));
}
