//! Times the index over a made-up catalogue: `cargo run --release -p search --features build --example speed 100000`.
//! Prints per class of query the median and the 99th percentile, in microseconds.

#[path = "../tests/made_up/catalogue.rs"]
mod catalogue;

use std::time::Instant;

use search::{Catalogue, Index, Query, Shelf, shelf};

fn main() {
    let rows: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let spec = Catalogue::Products.spec();
    let (list, labels) = catalogue::products(rows);
    let mut sample = catalogue::Random::new(7);
    let samples: Vec<search::Row> =
        (0..400).map(|_| list[sample.below(list.len())].clone()).collect();
    let start = Instant::now();
    let index = Index::build(spec, list, &labels);
    println!("{rows} rows, built in {} ms", start.elapsed().as_millis());
    let start = Instant::now();
    let overlay = index.overlay(samples.iter().take(100).cloned(), &[], &labels);
    println!("overlay of 100 rows in {} µs", start.elapsed().as_micros());
    let shelf = (rows <= shelf::ROWS_MAX)
        .then(|| {
            let bytes = shelf::write(&index, 0)?;
            let start = Instant::now();
            let shelf = Shelf::parse(&bytes).ok()?;
            println!("shelf of {} bytes parsed in {} µs", bytes.len(), start.elapsed().as_micros());
            Some(shelf)
        })
        .flatten();

    let slice = |text: &str, len: usize, random: &mut catalogue::Random| -> String {
        let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        let from = random.below(chars.len().saturating_sub(len) + 1);
        chars.iter().skip(from).take(len).collect()
    };
    type Make = Box<dyn Fn(&search::Row, &mut catalogue::Random) -> Vec<(&'static str, String)>>;
    let classes: Vec<(&str, Make)> = vec![
        ("nothing", Box::new(|_, _| vec![])),
        ("1 character", Box::new(move |r, x| vec![("q", slice(&r.texts[0], 1, x))])),
        ("2 characters", Box::new(move |r, x| vec![("q", slice(&r.texts[0], 2, x))])),
        ("4 characters of enterprise", Box::new(move |r, x| vec![("q", slice(&r.texts[4], 4, x))])),
        ("model", Box::new(|r, _| vec![("q", r.texts[2].clone())])),
        ("2 letters of model", Box::new(move |r, x| vec![("q", slice(&r.texts[2], 2, x))])),
        (
            "standard",
            Box::new(|r, _| {
                vec![(
                    "q",
                    r.texts[6].split('\n').next().unwrap_or_default().replace(['/', ' '], ""),
                )]
            }),
        ),
        (
            "pinyin",
            Box::new(|_, x| {
                vec![(
                    "q",
                    x.pick(&["taoci", "tcz", "dianfanbao", "gs", "shi", "kongtiao", "zhuan"])
                        .to_owned(),
                )]
            }),
        ),
        (
            "two terms",
            Box::new(|r, _| {
                vec![("q", format!("{} {}", r.texts[3], r.texts[0].chars().last().unwrap_or('砖')))]
            }),
        ),
        (
            "facets",
            Box::new(|r, _| {
                let facet = |i: usize| r.facets[i].last().cloned().unwrap_or_default();
                vec![
                    ("sector", facet(0)),
                    ("status", facet(2)),
                    ("place", facet(4)),
                    ("sort", "strictness".into()),
                ]
            }),
        ),
        (
            "text and facets",
            Box::new(move |r, x| {
                vec![
                    ("q", slice(&r.texts[0], 2, x)),
                    ("status", "valid".into()),
                    ("scheme", "bay-area".into()),
                ]
            }),
        ),
    ];
    println!(
        "{:28} {:>9} {:>9} {:>9} {:>9} {:>10}",
        "µs", "p50", "p99", "ovl p50", "shelf p50", "mean hits"
    );
    for (name, make) in &classes {
        let mut random = catalogue::Random::new(99);
        let queries: Vec<Query> =
            samples.iter().filter_map(|r| Query::parse(spec, make(r, &mut random)).ok()).collect();
        let time = |run: &dyn Fn(&Query) -> usize| {
            let mut hits = 0;
            let mut times: Vec<u128> = queries
                .iter()
                .map(|q| {
                    let start = Instant::now();
                    hits += run(q);
                    start.elapsed().as_micros()
                })
                .collect();
            times.sort_unstable();
            (times[times.len() / 2], times[times.len() * 99 / 100], hits / queries.len())
        };
        let (p50, p99, hits) = time(&|q| index.search(q).total);
        let (over, _, _) = time(&|q| overlay.search(q).total);
        let on_shelf =
            shelf.as_ref().map(|s| time(&|q| s.search(q).total).0.to_string()).unwrap_or_default();
        println!("{name:28} {p50:>9} {p99:>9} {over:>9} {on_shelf:>9} {hits:>10}");
    }
}
