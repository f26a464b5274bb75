//! What is printed: a QR symbol with the mark, the code and the domain beside it.
//!
//! The symbol leads to the code's page. Everything it says is also printed as text, because a reader
//! should see the domain before opening it, and type the code where the symbol cannot be read.
//! The drawing is laid out once, in millimetres at the least size at which it may be printed, and
//! drawn as SVG and as PNG.

pub mod mark;

pub mod qr;
mod raster;
pub mod sheet;
mod svg;

#[cfg(test)]
mod tests;

use app::i18n::{fill, label};
use register::Lang;
use register::code::{CreditCode, Statement};

use qr::{Correction, QUIET_MODULES, Symbol};

/// Where readers reach the portal: `https://` or `http://`, a host in lower case, a port if need be.
///
/// Scheme and host stay in lower case inside the symbol: several phone cameras do not follow
/// `HTTPS://`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// An origin from its text; a slash at the end is dropped.
    ///
    /// # Errors
    /// There is no scheme, no host, or something behind the host.
    pub fn parse(text: &str) -> Result<Origin, String> {
        let text = text.trim_end_matches('/').to_ascii_lowercase();
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        match host {
            Some(host)
                if !host.is_empty()
                    && host.chars().all(|c| c.is_ascii_alphanumeric() || "-.:[]".contains(c)) =>
            {
                Ok(Origin(text))
            }
            _ => Err("expected https://host or http://host, with a port if need be".to_owned()),
        }
    }

    /// Scheme and host, e.g. `https://quality.example`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host as it is printed, with its port, without the scheme.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.split_once("://").map_or(&self.0, |(_, host)| host)
    }

    /// The address of a code's page.
    #[must_use]
    pub fn code_url(&self, code: &str) -> String {
        format!("{}/q/{code}", self.0)
    }

    /// The address of a signed statement.
    #[must_use]
    pub fn statement_url(&self, digits: &str) -> String {
        format!("{}/s/{digits}", self.0)
    }
}

/// Why there is no drawing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArtworkError {
    /// The address does not fit a symbol a phone reads (version 10 at most).
    #[error(
        "the address has {0} characters, too many for a symbol that phones read; use a shorter host"
    )]
    TooLong(usize),
    /// A side below the least one.
    #[error("{asked} mm is too small to be read: this symbol needs {least} mm or more")]
    TooSmall {
        /// Side asked for, in millimetres.
        asked: String,
        /// The least side in millimetres.
        least: u32,
    },
    /// A side no printer needs.
    #[error("a symbol of more than {0} mm is not drawn here; scale the SVG instead")]
    TooLarge(u32),
    /// The picture could not be encoded.
    #[error("the picture could not be written: {0}")]
    Encoding(String),
}

/// Greatest side of a symbol that is drawn, in millimetres: the width of an A4 sheet.
pub const SIDE_MM_MAX: u32 = 210;

/// A drawing of one code.
#[derive(Clone, Debug)]
pub struct Artwork {
    symbol: Symbol,
    /// Side of the symbol without its quiet zone, in millimetres.
    side_mm: f64,
    title: &'static str,
    code: String,
    host: String,
    minimum: String,
    spoken: String,
}

impl Artwork {
    /// The drawing of a model or unit code.
    /// `side_mm` is the side of the symbol without quiet zone; the least one when `None`.
    ///
    /// # Errors
    /// The address is too long, or the side is too small or too large.
    pub fn of_code(
        origin: &Origin,
        code: &CreditCode,
        correction: Correction,
        side_mm: Option<f64>,
        lang: Lang,
    ) -> Result<Artwork, ArtworkError> {
        let (url, title) = (origin.code_url(code.as_str()), label::TITLE.to(lang));
        Self::new(&url, title, origin, &code.grouped(), correction, side_mm, lang)
    }

    /// The drawing of a signed statement: its digits go into the address, the code it is about stands
    /// beside it.
    ///
    /// # Errors
    /// As [`Artwork::of_code`].
    pub fn of_statement(
        origin: &Origin,
        statement: &Statement,
        correction: Correction,
        side_mm: Option<f64>,
        lang: Lang,
    ) -> Result<Artwork, ArtworkError> {
        let url = origin.statement_url(&statement.digits());
        let (title, code) = (label::STATEMENT.to(lang), statement.code().grouped());
        Self::new(&url, title, origin, &code, correction, side_mm, lang)
    }

    fn new(
        url: &str,
        title: &'static str,
        origin: &Origin,
        grouped: &str,
        correction: Correction,
        side_mm: Option<f64>,
        lang: Lang,
    ) -> Result<Artwork, ArtworkError> {
        let symbol = Symbol::of(url, correction)?;
        let least = symbol.side_min_mm();
        let side_mm = side_mm.unwrap_or_else(|| f64::from(least));
        if !side_mm.is_finite() || side_mm < f64::from(least) {
            return Err(ArtworkError::TooSmall { asked: side_mm.to_string(), least });
        }
        if side_mm > f64::from(SIDE_MM_MAX) {
            return Err(ArtworkError::TooLarge(SIDE_MM_MAX));
        }
        let n = least.to_string();
        Ok(Artwork {
            symbol,
            side_mm,
            title,
            code: grouped.to_owned(),
            host: origin.host().to_owned(),
            minimum: fill(label::MINIMUM.to(lang), &[("n", &n)]),
            spoken: fill(label::SPOKEN.to(lang), &[("code", grouped), ("host", origin.host())]),
        })
    }

    /// The symbol alone.
    #[must_use]
    pub fn symbol(&self) -> &Symbol {
        &self.symbol
    }

    /// Width and height of the printed drawing in millimetres, quiet zone and text included.
    #[must_use]
    pub fn size_mm(&self) -> (f64, f64) {
        let layout = self.layout();
        let scale = self.scale();
        (layout.width * scale, layout.height * scale)
    }

    /// The drawing as an SVG document of its physical size, its words as text.
    #[must_use]
    pub fn svg(&self) -> String {
        svg::document(self)
    }

    /// The drawing as part of another SVG, at `x` and `y` in millimetres.
    #[must_use]
    pub fn svg_at(&self, x: f64, y: f64) -> String {
        svg::part(self, x, y)
    }

    /// The drawing as PNG at about 300 dots per inch, its physical size written into it. Carries the
    /// mark, the code, the domain and the least size, but no Chinese words: there is no font for them.
    ///
    /// # Errors
    /// The picture cannot be encoded.
    pub fn png(&self) -> Result<Vec<u8>, ArtworkError> {
        raster::bytes(self)
    }

    /// How much larger than at its least size it is printed.
    fn scale(&self) -> f64 {
        self.side_mm / f64::from(self.symbol.side_min_mm())
    }

    /// Where everything stands, in millimetres at the least size.
    fn layout(&self) -> Layout {
        let side = f64::from(self.symbol.side_min_mm());
        let module = side / count(self.symbol.modules());
        let square = module * count(self.symbol.modules() + 2 * QUIET_MODULES);
        // The quiet zone already parts the text from the symbol.
        let x = square;
        let texts = MARK_MM + GAP_MM / 2.0 + text_width(self.title, TITLE_MM);
        let width = [
            texts,
            text_width(&self.code, CODE_MM),
            text_width(&self.host, HOST_MM),
            text_width(&self.minimum, SMALL_MM),
        ]
        .into_iter()
        .fold(0.0, f64::max);
        let block = MARK_MM + CODE_MM + HOST_MM + SMALL_MM + 3.0 * GAP_MM;
        let top = (square - block) / 2.0;
        let code_y = top + MARK_MM + GAP_MM + CODE_MM;
        let host_y = code_y + GAP_MM + HOST_MM;
        Layout {
            module,
            width: x + width + module * count(QUIET_MODULES),
            height: square,
            text_x: x,
            mark_y: top,
            title_x: x + MARK_MM + GAP_MM / 2.0,
            // A capital stands about 0.7 of the size above its baseline: this centres it on the mark.
            title_y: top + MARK_MM / 2.0 + TITLE_MM * 0.35,
            code_y,
            host_y,
            minimum_y: host_y + GAP_MM + SMALL_MM,
        }
    }
}

/// Side of the mark, and sizes of the texts, in millimetres: 2.8 mm is 8 point, 1.6 mm is 4.5 point.
const MARK_MM: f64 = 4.6;
const TITLE_MM: f64 = 2.6;
const CODE_MM: f64 = 2.8;
const HOST_MM: f64 = 2.2;
const SMALL_MM: f64 = 1.6;
const GAP_MM: f64 = 1.3;

/// Width of an ASCII character of a fixed-width font, as a part of its size.
const ASCII_EM: f64 = 0.6;

/// Positions in millimetres; texts at their baselines.
struct Layout {
    module: f64,
    width: f64,
    height: f64,
    text_x: f64,
    mark_y: f64,
    title_x: f64,
    title_y: f64,
    code_y: f64,
    host_y: f64,
    minimum_y: f64,
}

/// The width a line takes in millimetres.
fn text_width(text: &str, size_mm: f64) -> f64 {
    text.chars().map(|c| if c.is_ascii() { ASCII_EM } else { 1.0 }).sum::<f64>() * size_mm
}

/// A small count as a number to reckon lengths with.
fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}
