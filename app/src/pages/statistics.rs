//! `/statistics`: charts and tables; every figure leads to the rows behind it.

use leptos::prelude::*;
use register::Lang;
use serde_json::json;

use crate::components::chart;
use crate::components::frame::{Head, Section, document};
use crate::components::record as blocks;
use crate::components::text::{data, link};
use crate::i18n::{count, fill, percent, statistics as words};
use crate::model::{PageContext, StatCell, StatFigure, StatLine, StatTable, StatisticsPage};
use crate::pages::list::coverage;

/// The document.
#[must_use]
pub fn render(page: &PageContext, model: &StatisticsPage) -> String {
    let lang = page.lang;
    let title = match model.tables.first().filter(|_| model.only) {
        Some(table) => words::title(&table.code).to(lang),
        None => words::TITLE.to(lang),
    };
    let head = Head {
        title: title.to_owned(),
        description: words::LEAD.to(lang).to_owned(),
        noindex: !model.narrowed.is_empty() || page.as_of.is_some() || page.known.is_some(),
        json_ld: Some(json!({
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": words::TITLE.to(lang),
            "description": words::LEAD.to(lang),
            "inLanguage": lang.tag(),
            "url": page.canonical(lang),
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": format!("{}{}", page.origin, page.twin(".csv"))},
                {"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": format!("{}{}", page.origin, page.twin(".json"))}
            ]
        })),
        ..Head::default()
    };
    document(page, head, Section::Data, || {
        let tables: Vec<_> = model.tables.iter().map(|table| section(page, model, table)).collect();
        let scheme = model
            .scheme
            .as_ref()
            .map(|scheme| view! { <p>{words::OF_SCHEME.to(lang)}<b>{link(page, scheme)}</b></p> });
        let all = (!model.narrowed.is_empty()).then(
            || view! { <p><a class="lk" href=page.href("/statistics")>{words::SEE_ALL.to(lang)}</a></p> },
        );
        let about = view! {
            <p>{words::OURS.to(lang)}</p>
            {coverage(page, &model.coverage)}
            <p class="inl"><a class="lk" href=page.twin(".csv")>{words::CSV_ALL.to(lang)}</a><a class="lk" href=page.twin(".json")>"JSON"</a></p>
        };
        view! {
            <div class="head"><h1>{words::TITLE.to(lang)}</h1><p class="lead">{words::LEAD.to(lang)}</p>{scheme}{all}</div>
            {tables}
            {blocks::section(lang, words::SOURCES, about.into_any())}
        }
        .into_any()
    })
}

/// A link to this page with parameters of its own, keeping its scheme.
fn narrowed(model: &StatisticsPage, suffix: &str, table: &str) -> String {
    let scheme = model.narrowed.split('&').find(|pair| pair.starts_with("scheme="));
    match scheme {
        Some(scheme) => format!("/statistics{suffix}?{scheme}&table={table}"),
        None => format!("/statistics{suffix}?table={table}"),
    }
}

fn section(page: &PageContext, model: &StatisticsPage, table: &StatTable) -> AnyView {
    let lang = page.lang;
    let title = words::title(&table.code);
    let lead = words::lead(&table.code).map(|lead| view! { <p class="q">{lead.to(lang)}</p> });
    let drawing = drawing(lang, table).map(|svg| view! { <div class="gap3" inner_html=svg></div> });
    let csv = page.href(&narrowed(model, ".csv", &table.code));
    let whole = (table.more > 0).then(|| {
        let to = page.href(&narrowed(model, "", &table.code));
        let n = fill(words::MORE.to(lang), &[("n", &count(table.more))]);
        view! { <a class="lk" href=to>{n}</a> }
    });
    let left_out = model.incomplete.as_ref().filter(|_| table.code == "passes").map(|left| {
        let (before, after) = words::L_INCOMPLETE.to(lang).split_once("{n}").unwrap_or_default();
        view! { <p class="sm">{before}{figure(page, left)}{after}</p> }
    });
    view! {
        <section class="sec" id=table.code.clone()>
            <h2>{title.to(lang)}</h2>
            {lead}{drawing}{left_out}
            {figures(page, table)}
            <p class="inl">{whole}<a class="lk" href=csv>{words::CSV_TABLE.to(lang)}</a></p>
        </section>
    }
    .into_any()
}

fn head(lang: Lang, table: &StatTable, code: &str) -> String {
    match words::column(&table.code, code) {
        Some(word) => word.to(lang).to_owned(),
        None if table.code == "survival" => fill(words::C_YEARS.to(lang), &[("n", code)]),
        None => code.to_owned(),
    }
}

/// The table: the first column names the line, the others are figures.
fn figures(page: &PageContext, table: &StatTable) -> AnyView {
    let lang = page.lang;
    let heads: Vec<_> = table
        .columns
        .iter()
        .map(|code| view! { <th scope="col" class="r">{head(lang, table, code)}</th> }.into_any())
        .collect();
    // A bar beside the counts where lines are compared with each other.
    let bars = matches!(table.code.as_str(), "schemes" | "places" | "sectors" | "status" | "exits");
    let most = table.lines.iter().filter_map(first).max().unwrap_or(0).max(1);
    let bar_head = bars.then(|| view! { <td class="brs"></td> });
    let rows: Vec<_> = table
        .lines
        .iter()
        .map(|line| {
            let cells: Vec<_> =
                line.cells.iter().map(|cell| one(page, table, cell.as_ref())).collect();
            let bar = bars.then(|| {
                let svg = chart::plain_bar(first(line).unwrap_or(0) * 1000 / most);
                view! { <td class="brs" inner_html=svg></td> }
            });
            let label = match &line.label.href {
                Some(_) => link(page, &line.label),
                None => data(lang, &line.label.text),
            };
            view! { <tr><th scope="row">{label}</th>{cells}{bar}</tr> }.into_any()
        })
        .collect();
    view! {
        <div class="scroll" role="region" aria-label=words::title(&table.code).to(lang) tabindex="0">
            <table class="nw fgs">
                <caption class="vh">{words::title(&table.code).to(lang)}</caption>
                <thead><tr><th scope="col">{words::C_LABEL.to(lang)}</th>{heads}{bar_head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn first(line: &StatLine) -> Option<u64> {
    line.cells.first()?.as_ref().map(|cell| cell.figure.count)
}

fn figure(page: &PageContext, figure: &StatFigure) -> AnyView {
    view! { <a href=page.href(&figure.href)>{count(figure.count)}</a> }.into_any()
}

fn one(page: &PageContext, table: &StatTable, cell: Option<&StatCell>) -> AnyView {
    let Some(cell) = cell else { return view! { <td></td> }.into_any() };
    let share = cell.tenths.map(|tenths| format!("{}%", percent(tenths.cast_signed())));
    match &cell.of {
        // The whole stands in the first column already.
        Some(_) if table.code == "survival" && !cell_is_total(cell, table) => {
            view! { <td class="r">{figure(page, &cell.figure)}<br /><small class="q">{share}</small></td> }
                .into_any()
        }
        Some(of) => {
            view! { <td class="r"><b>{share}</b><br /><small>{figure(page, &cell.figure)}"/"{figure(page, of)}</small></td> }
                .into_any()
        }
        None => view! { <td class="r">{figure(page, &cell.figure)}</td> }.into_any(),
    }
}

/// Whether a survival cell belongs to the line of all years, whose whole differs from cell to cell.
fn cell_is_total(cell: &StatCell, table: &StatTable) -> bool {
    table
        .lines
        .last()
        .is_some_and(|line| line.cells.iter().flatten().any(|other| std::ptr::eq(other, cell)))
}

/// The chart of a table, where it has one; its numbers are the table's.
fn drawing(lang: Lang, table: &StatTable) -> Option<String> {
    let total = || -> Vec<(String, u64)> {
        let Some(line) = table.lines.last() else { return Vec::new() };
        table
            .columns
            .iter()
            .zip(&line.cells)
            .filter_map(|(code, cell)| Some((head(lang, table, code), cell.as_ref()?.tenths?)))
            .collect()
    };
    match table.code.as_str() {
        "years" => chart::years(lang, &table.years),
        "survival" => chart::shares(lang, words::SURVIVAL_ALT, &total()),
        "passes" => chart::shares(lang, words::PASSES_ALT, &total()),
        _ => None,
    }
}
