//! Codes out of a picture: QR codes and the bar codes of goods (EAN-13, EAN-8, UPC-A).
//!
//! The server (uploaded photos) and the browser's worker (camera frames) call the same functions on the
//! same grey values, so what one reads the other reads. The symbols themselves are decoded by `rxing`;
//! this crate decides what is tried, in which order, and what counts as read.
//!
//! `rxing` may panic on pictures made for it. The callers contain that: the server in the thread that
//! decodes, the browser by starting its worker anew.

mod bars;
mod grey;
mod qr;
mod scale;

pub use grey::Grey;

/// What kind of symbol a text was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// QR code, ISO/IEC 18004.
    Qr,
    /// EAN-13, ISO/IEC 15420: 13 digits.
    Ean13,
    /// EAN-8, ISO/IEC 15420: 8 digits.
    Ean8,
    /// UPC-A, ISO/IEC 15420: 12 digits.
    UpcA,
}

impl Format {
    /// The name that browsers use for it (`BarcodeFormat` of the Shape Detection API).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Format::Qr => "qr_code",
            Format::Ean13 => "ean_13",
            Format::Ean8 => "ean_8",
            Format::UpcA => "upc_a",
        }
    }
}

/// One symbol that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its text, as it is in the symbol.
    pub text: String,
    /// What it was read from.
    pub format: Format,
}

/// How hard a picture is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// A camera's frame: a hard one is left to the next, which comes at once.
    Frame,
    /// A photo: there is only this one.
    Photo,
}

/// Pictures of more pixels are first made smaller: a code printed at its smallest, filling a fifth of
/// a photo's width, still has more than ten pixels a module.
pub const PIXELS_READ_MAX: usize = 12_000_000;

/// Sizes at which a photo is looked at again when nothing was found, as numerator and denominator.
const SIZES: [(usize, usize); 4] = [(1, 2), (3, 4), (3, 2), (2, 1)];

/// Every code in a picture, each text once, in the order they were found.
///
/// `go_on` is asked between one attempt and the next; `false` ends the search with what there is. A
/// single attempt on [`PIXELS_READ_MAX`] pixels takes well under a second.
#[must_use]
pub fn decode(picture: &Grey, effort: Effort, go_on: &mut dyn FnMut() -> bool) -> Vec<Found> {
    let smaller;
    let mut picture = picture;
    if picture.pixels() > PIXELS_READ_MAX {
        smaller = scale::to_pixels(picture, PIXELS_READ_MAX);
        picture = &smaller;
    }
    let mut found = Vec::new();
    qr::read(picture, effort, go_on, &mut found);
    bars::read(picture, effort, &mut found);
    if effort == Effort::Frame || !found.is_empty() {
        return found;
    }
    for (numerator, denominator) in SIZES {
        let width = picture.width() * numerator / denominator;
        let height = picture.height() * numerator / denominator;
        if width * height > PIXELS_READ_MAX || width == 0 || height == 0 || !go_on() {
            continue;
        }
        let other = scale::to(picture, width, height);
        qr::read(&other, effort, go_on, &mut found);
        if found.is_empty() {
            bars::read(&other, effort, &mut found);
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}
