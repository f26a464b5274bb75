//! Bar codes of goods: EAN-13, EAN-8 and UPC-A.
//!
//! A bar code has one check digit and no more: one line through a picture of text reads as a number
//! every now and then. So a number counts as read only when two lines gave it.

use std::collections::HashSet;

use rxing::common::{BitArray, GlobalHistogramBinarizer, HybridBinarizer, LineOrientation};
use rxing::oned::{MultiFormatUPCEANReader, OneDReader};
use rxing::{BarcodeFormat, Binarizer, DecodeHints, Luma8Source};

use crate::{Effort, Format, Found, Grey};

/// Lines that have to give the same number.
const LINES_AGREEING: usize = 2;

/// A number seen less often than this part of the one seen most is a misreading of the same lines.
const SHARE: usize = 4;

/// Lines looked at across a camera's frame, and across a photo.
const LINES: [usize; 2] = [48, 256];

/// Adds the bar codes of a picture to `found`.
pub fn read(picture: &Grey, effort: Effort, found: &mut Vec<Found>) {
    let (width, height) = (picture.width() as u32, picture.height() as u32);
    let source = || Luma8Source::new_with_slice(picture.luma(), width, height).ok();
    let Some(global) = source().map(GlobalHistogramBinarizer::new) else { return };
    let hints = DecodeHints {
        PossibleFormats: Some(HashSet::from([
            BarcodeFormat::EAN_13,
            BarcodeFormat::EAN_8,
            BarcodeFormat::UPC_A,
        ])),
        ..DecodeHints::default()
    };
    let mut lines =
        Lines { hints: &hints, reader: MultiFormatUPCEANReader::new(&hints), seen: Vec::new() };
    let count = LINES[usize::from(effort == Effort::Photo)];
    let spread = |length: usize| {
        let count = count.min(length);
        (0..count).map(move |index| (2 * index + 1) * length / (2 * count))
    };
    for at in spread(picture.height()) {
        if let Ok(line) = global.get_black_line(at, LineOrientation::Row) {
            lines.read(at, line.into_owned());
        }
    }
    if lines.add_to(found) {
        return;
    }
    for at in spread(picture.width()) {
        if let Ok(line) = global.get_black_line(at, LineOrientation::Column) {
            lines.read(at, line.into_owned());
        }
    }
    if lines.add_to(found) || effort == Effort::Frame {
        return;
    }
    // Uneven light: a threshold for each part of the picture instead of one for the line.
    let Some(hybrid) = source().map(HybridBinarizer::new) else { return };
    let Ok(matrix) = hybrid.get_black_matrix() else { return };
    for at in spread(picture.height()) {
        lines.read(at, matrix.getRow(at as u32));
    }
    lines.add_to(found);
}

/// What the lines of one picture said.
struct Lines<'a> {
    hints: &'a DecodeHints,
    reader: MultiFormatUPCEANReader,
    seen: Vec<(Found, usize)>,
}

impl Lines<'_> {
    fn read(&mut self, at: usize, mut line: BitArray) {
        for _ in 0..2 {
            if let Ok(read) = self.reader.decode_row(at as u32, &line, self.hints)
                && let Some(code) = number(read.getText(), *read.getBarcodeFormat())
            {
                match self.seen.iter_mut().find(|(known, _)| *known == code) {
                    Some((_, times)) => *times += 1,
                    None => self.seen.push((code, 1)),
                }
                return;
            }
            // The same line from its other end: a pack that stands on its head.
            line.reverse();
        }
    }

    /// Adds what enough lines agree on; whether there was any.
    fn add_to(&self, found: &mut Vec<Found>) -> bool {
        let most = self.seen.iter().map(|(_, times)| *times).max().unwrap_or(0);
        let before = found.len();
        for (code, times) in &self.seen {
            if *times >= LINES_AGREEING && *times * SHARE >= most && !found.contains(code) {
                found.push(code.clone());
            }
        }
        found.len() > before
    }
}

/// A number of one of the three formats whose check digit is right.
fn number(text: &str, format: BarcodeFormat) -> Option<Found> {
    let format = match format {
        BarcodeFormat::EAN_13 => Format::Ean13,
        BarcodeFormat::EAN_8 => Format::Ean8,
        BarcodeFormat::UPC_A => Format::UpcA,
        _ => return None,
    };
    let digits: Vec<u32> = text.chars().map(|c| c.to_digit(10)).collect::<Option<_>>()?;
    // GS1 General Specifications, 7.9: weights 1 and 3 in turn from the last digit, sum divisible by 10.
    let sum: u32 = digits.iter().rev().zip([1, 3].into_iter().cycle()).map(|(d, w)| d * w).sum();
    sum.is_multiple_of(10).then(|| Found { text: text.to_owned(), format })
}
