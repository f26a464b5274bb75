//! The drawing as PNG: whole pixels to a module, the physical size in the file.

use noto_sans_mono_bitmap::{FontWeight, RasterHeight, get_raster};

use super::qr::QUIET_MODULES;
use super::{ASCII_EM, Artwork, ArtworkError, CODE_MM, HOST_MM, MARK_MM, SMALL_MM, count, mark};

/// Dots per millimetre aimed at: 300 to the inch.
const DOTS_PER_MM: f64 = 300.0 / 25.4;

/// Fewer pixels to a module than this leave a reader nothing to average over.
const MODULE_PIXELS_MIN: usize = 3;

const INK: u8 = 0;
const FAINT: u8 = 0x44;

/// The encoded picture.
pub(super) fn bytes(artwork: &Artwork) -> Result<Vec<u8>, ArtworkError> {
    let layout = artwork.layout();
    let module_mm = layout.module * artwork.scale();
    let module = pixels(module_mm * DOTS_PER_MM).max(MODULE_PIXELS_MIN);
    // Pixels to a millimetre of the layout.
    let scale = count(module) / layout.module;
    let symbol = artwork.symbol();
    let mut canvas = Canvas::new(pixels(layout.width * scale), pixels(layout.height * scale));
    for (x, y, length) in symbol.runs() {
        let place = [x + QUIET_MODULES, y + QUIET_MODULES].map(|n| n * module);
        canvas.fill(place, [length * module, module], [INK; 3]);
    }
    let left = pixels(layout.text_x * scale);
    // The words of the title have no glyphs here; its mark stands for them.
    let (top, unit) = (pixels(layout.mark_y * scale), MARK_MM * scale / count(mark::SIDE));
    for ([x, y, width, height], colour) in mark::RECTANGLES {
        let at = |n: usize| pixels(count(n) * unit);
        let size = [at(x + width) - at(x), at(y + height) - at(y)];
        canvas.fill([left + at(x), top + at(y)], size, colour);
    }
    let least = format!("min. {} mm", symbol.side_min_mm());
    let mut line = |text: &str, baseline: f64, size: f64, weight, ink| {
        canvas.text(text, left, baseline * scale, size * scale, weight, ink);
    };
    line(&artwork.code, layout.code_y, CODE_MM, FontWeight::Bold, INK);
    line(&artwork.host, layout.host_y, HOST_MM, FontWeight::Regular, INK);
    line(&least, layout.minimum_y, SMALL_MM, FontWeight::Regular, FAINT);
    canvas.encode(count(module) / module_mm * 1000.0)
}

/// The nearest whole number of pixels, of a length that is not negative.
fn pixels(length: f64) -> usize {
    // Lengths are those of a drawing of at most a few thousand pixels: nothing is lost.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "said above")]
    let whole = length.round().max(0.0) as usize;
    whole
}

/// White paper of RGB pixels.
struct Canvas {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl Canvas {
    fn new(width: usize, height: usize) -> Canvas {
        Canvas { width, height, rgb: vec![0xff; width * height * 3] }
    }

    fn fill(&mut self, [left, top]: [usize; 2], [width, height]: [usize; 2], colour: [u8; 3]) {
        for y in top..(top + height).min(self.height) {
            for x in left..(left + width).min(self.width) {
                let at = (y * self.width + x) * 3;
                self.rgb[at..at + 3].copy_from_slice(&colour);
            }
        }
    }

    /// A line of text; a character without a glyph leaves its place empty.
    fn text(
        &mut self,
        text: &str,
        left: usize,
        baseline: f64,
        size: f64,
        weight: FontWeight,
        ink: u8,
    ) {
        for (n, c) in text.chars().enumerate() {
            let x = count(left) + count(n) * ASCII_EM * size;
            if let Some(glyph) = get_raster(c, weight, RasterHeight::Size32) {
                self.glyph(&glyph, x, baseline, size, ink);
            }
        }
    }

    /// Draws a glyph scaled to a font of `size` pixels, its baseline at `baseline`.
    fn glyph(
        &mut self,
        glyph: &noto_sans_mono_bitmap::RasterizedChar,
        left: f64,
        baseline: f64,
        size: f64,
        ink: u8,
    ) {
        let scale = ASCII_EM * size / count(glyph.width());
        let height = count(glyph.height()) * scale;
        // In the font's box of 32 rows the baseline lies on the 25th.
        let top = baseline - height * 25.0 / 32.0;
        for y in pixels(top)..pixels(top + height).min(self.height) {
            for x in pixels(left)..pixels(left + ASCII_EM * size).min(self.width) {
                let from = [(count(x) + 0.5 - left) / scale, (count(y) + 0.5 - top) / scale];
                let shade = sample(glyph, from);
                let at = (y * self.width + x) * 3;
                for channel in &mut self.rgb[at..at + 3] {
                    let paper = f64::from(*channel);
                    let mixed = paper + (f64::from(ink) - paper) * shade;
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "between two bytes"
                    )]
                    let mixed = mixed.round() as u8;
                    *channel = mixed;
                }
            }
        }
    }

    fn encode(&self, pixels_per_metre: f64) -> Result<Vec<u8>, ArtworkError> {
        let failed = |error: png::EncodingError| ArtworkError::Encoding(error.to_string());
        let side = |n: usize| {
            u32::try_from(n).map_err(|_| ArtworkError::Encoding("the picture is too large".into()))
        };
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, side(self.width)?, side(self.height)?);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let per_metre = side(pixels(pixels_per_metre))?;
        encoder.set_pixel_dims(Some(png::PixelDimensions {
            xppu: per_metre,
            yppu: per_metre,
            unit: png::Unit::Meter,
        }));
        let mut writer = encoder.write_header().map_err(failed)?;
        writer.write_image_data(&self.rgb).map_err(failed)?;
        writer.finish().map_err(failed)?;
        Ok(out)
    }
}

/// How dark a glyph is at a point of its own raster, 0 to 1: between four pixels (bilinear).
fn sample(glyph: &noto_sans_mono_bitmap::RasterizedChar, [x, y]: [f64; 2]) -> f64 {
    let at = |x: f64, y: f64| {
        if x < 0.0 || y < 0.0 {
            return 0.0;
        }
        f64::from(glyph.pixel(pixels(x), pixels(y)).unwrap_or(0)) / 255.0
    };
    let (x, y) = (x - 0.5, y - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let (right, down) = (x - left, y - top);
    let above = at(left, top) * (1.0 - right) + at(left + 1.0, top) * right;
    let below = at(left, top + 1.0) * (1.0 - right) + at(left + 1.0, top + 1.0) * right;
    above * (1.0 - down) + below * down
}
