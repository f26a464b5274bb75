//! Labels on A4 sheets: one self-contained HTML file, every length in millimetres, to be printed from
//! any browser.

use std::fmt::Write as _;

use app::components::chart::escape;
use app::i18n::{fill, label};
use register::Lang;

use super::Artwork;
use super::svg::number;

/// A4 (ISO 216), in millimetres.
const PAGE_MM: (f64, f64) = (210.0, 297.0);
/// What most office printers leave white.
const MARGIN_MM: f64 = 10.0;
/// Between labels, so that a cut beside the line hits no neighbour.
const GUTTER_MM: f64 = 3.0;
/// Length of a cut mark; it ends a little before the label.
const CUT_MM: f64 = 1.2;

/// The file's styles. They lay pages out and hide the hint on paper; the labels have none.
const STYLE: &str = "\
@page{size:A4;margin:0}\
body{margin:0;background:#ddd;font-family:system-ui,sans-serif}\
p{margin:8px 16px}\
.page{display:block;width:210mm;height:297mm;background:#fff;margin:8px auto;break-after:page}\
@media print{p{display:none}body{background:#fff}.page{margin:0}}";

/// How many labels of this size go on a page: columns and rows; at least one of each.
#[must_use]
pub fn grid(width_mm: f64, height_mm: f64) -> (usize, usize) {
    let fit = |page: f64, label: f64| {
        let mut n = 1;
        while super::count(n + 1) * (label + GUTTER_MM) - GUTTER_MM <= page - 2.0 * MARGIN_MM {
            n += 1;
        }
        n
    };
    (fit(PAGE_MM.0, width_mm), fit(PAGE_MM.1, height_mm))
}

/// A file of sheets. The grid is that of the widest label, so that a cutter's stack fits.
#[must_use]
pub fn html(labels: &[Artwork], lang: Lang) -> String {
    let size = labels.iter().map(Artwork::size_mm);
    let (width, height) = size.fold((1.0, 1.0), |(w, h), (x, y)| (f64::max(w, x), f64::max(h, y)));
    let (columns, rows) = grid(width, height);
    let pages = labels.len().div_ceil(columns * rows);
    let title = label::SHEET.to(lang);
    let count = fill(
        label::SHEET_COUNT.to(lang),
        &[("n", &labels.len().to_string()), ("pages", &pages.to_string())],
    );
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n<p>{}</p>\n<p>{}</p>\n",
        lang.tag(),
        escape(&count),
        escape(label::SHEET_HINT.to(lang)),
    );
    for page in labels.chunks(columns * rows) {
        // Writing to a String cannot fail, here and below.
        let _ = write!(
            out,
            "<svg class=\"page\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\">",
            PAGE_MM.0, PAGE_MM.1
        );
        let mut cuts = String::new();
        for (n, artwork) in page.iter().enumerate() {
            let x = MARGIN_MM + super::count(n % columns) * (width + GUTTER_MM);
            let y = MARGIN_MM + super::count(n / columns) * (height + GUTTER_MM);
            out.push_str(&artwork.svg_at(x, y));
            cut(&mut cuts, [x, y, x + width, y + height]);
        }
        let _ = writeln!(out, "<path stroke=\"#000\" stroke-width=\".1\" d=\"{cuts}\"/></svg>");
    }
    out.push_str("</html>\n");
    out
}

/// Two short lines outside each corner of a label.
fn cut(out: &mut String, [left, top, right, bottom]: [f64; 4]) {
    const AWAY_MM: f64 = 0.2;
    for (x, outward) in [(left, -1.0), (right, 1.0)] {
        for (y, down) in [(top, -1.0), (bottom, 1.0)] {
            let _ = write!(
                out,
                "M{} {}h{}M{} {}v{}",
                number(x + outward * AWAY_MM),
                number(y),
                number(outward * CUT_MM),
                number(x),
                number(y + down * AWAY_MM),
                number(down * CUT_MM)
            );
        }
    }
}
