//! The drawing as SVG: no script, no style, every word as text.

use std::fmt::Write as _;

use app::components::chart::escape;

use super::qr::QUIET_MODULES;
use super::{
    Artwork, CODE_MM, HOST_MM, Layout, MARK_MM, SMALL_MM, TITLE_MM, count, mark, text_width,
};

const INK: &str = "#000";
const FAINT: &str = "#444";
const MONOSPACE: &str = "ui-monospace,Menlo,Consolas,DejaVu Sans Mono,monospace";
const SANS: &str = "system-ui,PingFang SC,Microsoft YaHei,Noto Sans CJK SC,sans-serif";

/// A document of its own.
pub(super) fn document(artwork: &Artwork) -> String {
    let (width, height) = artwork.size_mm();
    let mut out = String::with_capacity(6000);
    let layout = artwork.layout();
    open(
        &mut out,
        artwork,
        &layout,
        &format!("width=\"{}mm\" height=\"{}mm\"", number(width), number(height)),
    );
    inside(&mut out, artwork, &layout);
    out.push_str("</svg>\n");
    out
}

/// A part of another drawing whose unit is the millimetre.
pub(super) fn part(artwork: &Artwork, x: f64, y: f64) -> String {
    let (width, height) = artwork.size_mm();
    let mut out = String::with_capacity(6000);
    let layout = artwork.layout();
    let place = format!(
        "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
        number(x),
        number(y),
        number(width),
        number(height)
    );
    open(&mut out, artwork, &layout, &place);
    inside(&mut out, artwork, &layout);
    out.push_str("</svg>");
    out
}

fn open(out: &mut String, artwork: &Artwork, layout: &Layout, place: &str) {
    put(
        out,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" {place} viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">",
            number(layout.width),
            number(layout.height),
            escape(&artwork.spoken)
        ),
    );
}

fn inside(out: &mut String, artwork: &Artwork, layout: &Layout) {
    let (width, height) = (number(layout.width), number(layout.height));
    // White of its own: a symbol on a dark ground is not read.
    put(out, format_args!("<path fill=\"#fff\" d=\"M0 0h{width}v{height}h-{width}z\"/>"));
    let quiet = number(layout.module * count(QUIET_MODULES));
    put(
        out,
        format_args!(
            "<path fill=\"{INK}\" shape-rendering=\"crispEdges\" transform=\"translate({quiet} {quiet}) scale({})\" d=\"",
            exact(layout.module)
        ),
    );
    for (x, y, length) in artwork.symbol.runs() {
        put(out, format_args!("M{x} {y}h{length}v1h-{length}z"));
    }
    out.push_str("\"/>");
    let place = format!(
        "<svg x=\"{}\" y=\"{}\" width=\"{MARK_MM}\" height=\"{MARK_MM}\" ",
        number(layout.text_x),
        number(layout.mark_y)
    );
    out.push_str(&mark::SVG.trim_end().replacen("<svg ", &place, 1));
    let x = layout.text_x;
    let (title, minimum) = (&artwork.title, &artwork.minimum);
    text(out, title, [layout.title_x, layout.title_y], TITLE_MM, INK, &family(SANS));
    text(out, &artwork.code, [x, layout.code_y], CODE_MM, INK, &fixed(&artwork.code, CODE_MM));
    text(out, &artwork.host, [x, layout.host_y], HOST_MM, INK, &fixed(&artwork.host, HOST_MM));
    text(out, minimum, [x, layout.minimum_y], SMALL_MM, FAINT, &family(SANS));
}

fn family(names: &str) -> String {
    format!("font-family=\"{names}\"")
}

/// A line to be compared character by character: of fixed width, and whatever font the reader has, it
/// keeps to its place.
fn fixed(line: &str, size: f64) -> String {
    format!(
        "font-family=\"{MONOSPACE}\" font-weight=\"600\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"",
        number(text_width(line, size))
    )
}

fn text(out: &mut String, line: &str, [x, y]: [f64; 2], size: f64, ink: &str, more: &str) {
    let (x, y) = (number(x), number(y));
    put(
        out,
        format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{ink}\" {more}>{}</text>",
            escape(line)
        ),
    );
}

fn put(out: &mut String, args: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = out.write_fmt(args);
}

/// Hundredths of a millimetre are finer than any printer.
pub(super) fn number(value: f64) -> String {
    trimmed(format!("{value:.2}"))
}

/// A factor that is multiplied by a whole side's worth of modules needs more places.
fn exact(value: f64) -> String {
    trimmed(format!("{value:.6}"))
}

fn trimmed(text: String) -> String {
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
