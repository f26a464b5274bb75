//! QR codes: which binarizers are tried, in which order.
//!
//! Of `rxing`'s two detectors only the one ported from zxing-cpp is used. The classic one, tried after it,
//! read no further photo of some two hundred once other sizes were tried too, and its time grows with the
//! cube of the finder patterns: a photo of nothing but noise kept it busy for a minute.

use rxing::common::cpp_essentials::ConcentricPattern;
use rxing::common::{BitMatrix, GlobalHistogramBinarizer, HybridBinarizer};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{FindFinderPatterns, GenerateFinderPatternSets, SampleQR};
use rxing::{Binarizer, Luma8Source};

use crate::{Effort, Format, Found, Grey};

/// Triples of finder patterns looked at in one attempt, the most plausible first; pictures of finder
/// patterns and nothing else have hundreds of thousands.
const TRIPLES_MAX: usize = 512;

/// Finder patterns on a few lines of a large picture, from which on the lines between are not searched:
/// the time grows with the square of their number, and a picture may be full of them.
const PATTERNS_MANY: usize = 200;

/// Up to this size every line of a photo is searched in any case.
const EVERY_LINE_PIXELS_MAX: usize = 2_000_000;

/// Codes taken from one picture; more are not shown to a reader anyway.
const CODES_MAX: usize = 32;

/// Adds the QR codes of a picture to `found`.
pub fn read(
    picture: &Grey,
    effort: Effort,
    go_on: &mut dyn FnMut() -> bool,
    found: &mut Vec<Found>,
) {
    let (width, height) = (picture.width() as u32, picture.height() as u32);
    let source = || Luma8Source::new_with_slice(picture.luma(), width, height).ok();
    let hybrid = source().map(HybridBinarizer::new);
    let hybrid = hybrid.as_ref().and_then(|binarizer| binarizer.get_black_matrix().ok());
    if let Some(matrix) = hybrid {
        all(matrix, effort, found);
        if !found.is_empty() || !go_on() {
            return;
        }
    }
    let global = source().map(GlobalHistogramBinarizer::new);
    if let Some(matrix) = global.as_ref().and_then(|binarizer| binarizer.get_black_matrix().ok()) {
        all(matrix, effort, found);
        if !found.is_empty() || !go_on() {
            return;
        }
    }
    // White on black.
    if let Some(matrix) = hybrid {
        let mut flipped = matrix.clone();
        flipped.flip_self();
        all(&flipped, effort, found);
    }
}

/// The detector ported from zxing-cpp: every code in the picture.
fn all(matrix: &BitMatrix, effort: Effort, found: &mut Vec<Found>) {
    let pixels = matrix.width() as usize * matrix.height() as usize;
    let small = pixels <= EVERY_LINE_PIXELS_MAX;
    let mut patterns = if effort == Effort::Photo && small {
        FindFinderPatterns(matrix, true, 0)
    } else {
        FindFinderPatterns(matrix, false, 0)
    };
    if effort == Effort::Photo && !small && patterns.len() < PATTERNS_MANY {
        patterns = FindFinderPatterns(matrix, true, 0);
    }
    let mut used: Vec<ConcentricPattern> = Vec::new();
    for three in GenerateFinderPatternSets(&mut patterns).into_iter().take(TRIPLES_MAX) {
        if [&three.bl, &three.tl, &three.tr].iter().any(|pattern| used.contains(pattern)) {
            continue;
        }
        let Ok(symbol) = SampleQR(matrix, &three) else { continue };
        let Ok(decoded) = Decode(rxing::common::DetectorRXingResult::getBits(&symbol)) else {
            continue;
        };
        if decoded.isValid() {
            used.extend([three.bl, three.tl, three.tr]);
            add(found, decoded.text());
            if found.len() >= CODES_MAX {
                return;
            }
        }
    }
}

fn add(found: &mut Vec<Found>, text: String) {
    let code = Found { text, format: Format::Qr };
    if !code.text.is_empty() && !found.contains(&code) {
        found.push(code);
    }
}
