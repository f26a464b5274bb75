//! The QR symbol (ISO/IEC 18004) as a square of modules.

use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};

use super::ArtworkError;

/// White modules that belong around a symbol on every side (ISO/IEC 18004, 6.3.8).
pub const QUIET_MODULES: usize = 4;

/// Side of one module at the least printed size, in millimetres: half a millimetre is what the
/// cameras of cheap phones still part from its neighbour at reading distance.
const MODULE_MM_MIN: f64 = 0.5;

/// The least side of any symbol, quiet zone not counted, in millimetres.
const SIDE_MM_MIN: u32 = 15;

/// Greatest version drawn: beyond 57 modules a printed symbol grows past what fits a small pack.
const VERSION_MAX: i16 = 10;

/// How much of a symbol may be damaged and still be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Correction {
    /// About 7 %.
    #[value(name = "L")]
    L,
    /// About 15 %: for labels under normal wear.
    #[default]
    #[value(name = "M")]
    M,
    /// About 25 %.
    #[value(name = "Q")]
    Q,
    /// About 30 %: for packs that are scuffed, wet or curved.
    #[value(name = "H")]
    H,
}

/// A symbol: its modules, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    modules: usize,
    version: i16,
    dark: Vec<bool>,
}

impl Symbol {
    /// The smallest symbol for a text. Digits and capitals inside it are packed more densely than
    /// the rest, which is what keeps a model code in version 3.
    ///
    /// # Errors
    /// The text is too long for a symbol that is still read from a pack.
    pub fn of(text: &str, correction: Correction) -> Result<Symbol, ArtworkError> {
        let level = match correction {
            Correction::L => EcLevel::L,
            Correction::M => EcLevel::M,
            Correction::Q => EcLevel::Q,
            Correction::H => EcLevel::H,
        };
        for version in 1..=VERSION_MAX {
            let mut bits = Bits::new(Version::Normal(version));
            if bits.push_optimal_data(text.as_bytes()).is_err()
                || bits.push_terminator(level).is_err()
            {
                continue;
            }
            if let Ok(code) = QrCode::with_bits(bits, level) {
                let modules = code.width();
                let dark = code.into_colors().into_iter().map(|c| c == Color::Dark).collect();
                return Ok(Symbol { modules, version, dark });
            }
        }
        Err(ArtworkError::TooLong(text.len()))
    }

    /// Modules along one side, quiet zone not counted.
    #[must_use]
    pub fn modules(&self) -> usize {
        self.modules
    }

    /// The version of ISO/IEC 18004: 3 has 29 modules a side.
    #[must_use]
    pub fn version(&self) -> i16 {
        self.version
    }

    /// Whether a module is dark; false outside of the symbol.
    #[must_use]
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.modules && self.dark.get(y * self.modules + x).copied().unwrap_or(false)
    }

    /// The least side at which the symbol may be printed, in whole millimetres, quiet zone not counted.
    #[must_use]
    pub fn side_min_mm(&self) -> u32 {
        let mut side = SIDE_MM_MIN;
        while f64::from(side) < super::count(self.modules) * MODULE_MM_MIN {
            side += 1;
        }
        side
    }

    /// Runs of dark modules, row by row: x, y, length.
    pub(super) fn runs(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        (0..self.modules).flat_map(move |y| {
            let mut x = 0;
            std::iter::from_fn(move || {
                while x < self.modules && !self.is_dark(x, y) {
                    x += 1;
                }
                let start = x;
                while self.is_dark(x, y) {
                    x += 1;
                }
                (x > start).then_some((start, y, x - start))
            })
        })
    }
}
