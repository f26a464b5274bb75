//! Exact decimals and ratios on 128-bit integers. Written here rather than taken from a crate: the
//! portal only compares and divides, and every step either is exact or says that it does not fit.

use std::cmp::Ordering;

/// A decimal as written: `digits / 10^scale`. Trailing zeros are kept (`0.40` has scale 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    digits: i64,
    scale: u32,
}

impl Decimal {
    /// Reads `-12.50`: a sign, digits, at most one point; at most 15 digits in all.
    #[must_use]
    pub fn parse(text: &str) -> Option<Decimal> {
        const DIGITS_MAX: usize = 15;
        let (negative, body) = match text.strip_prefix(['-', '−']) {
            Some(body) => (true, body),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let pointed_at_nothing = body.contains('.') && fraction.is_empty();
        if whole.is_empty()
            || pointed_at_nothing
            || !plain(whole)
            || !plain(fraction)
            || whole.len() + fraction.len() > DIGITS_MAX
        {
            return None;
        }
        let digits: i64 = format!("{whole}{fraction}").parse().ok()?;
        Some(Decimal {
            digits: if negative { -digits } else { digits },
            scale: u32::try_from(fraction.len()).ok()?,
        })
    }

    /// The value as a ratio.
    #[must_use]
    pub fn ratio(self) -> Option<Ratio> {
        Ratio::new(self.digits.into(), 10_i128.checked_pow(self.scale)?)
    }
}

/// A closed range, written `6.5~8.5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Lower end.
    pub low: Decimal,
    /// Upper end.
    pub high: Decimal,
}

impl Range {
    /// Reads `6.5~8.5`, `6.5～8.5`, `6.5–8.5`, or `6.5-8.5`; a single number is a range of one point.
    #[must_use]
    pub fn parse(text: &str) -> Option<Range> {
        let text = text.trim();
        if let Some(point) = Decimal::parse(text) {
            return Some(Range { low: point, high: point });
        }
        let first = text.chars().next()?.len_utf8();
        let at = text
            .char_indices()
            .find(|(i, c)| *i >= first && ['~', '～', '–', '—', '-'].contains(c));
        let (i, mark) = at?;
        let low = Decimal::parse(text[..i].trim())?;
        let high = Decimal::parse(text[i + mark.len_utf8()..].trim())?;
        (low.ratio()? <= high.ratio()?).then_some(Range { low, high })
    }
}

/// A reduced fraction; the denominator is positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    /// A fraction in lowest terms; `None` for a denominator of 0.
    #[must_use]
    pub fn new(numerator: i128, denominator: i128) -> Option<Ratio> {
        if denominator == 0 || numerator == i128::MIN || denominator == i128::MIN {
            return None;
        }
        let divisor = gcd(numerator.abs(), denominator.abs()) * denominator.signum();
        Some(Ratio { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    /// A whole number.
    #[must_use]
    pub const fn whole(value: i64) -> Ratio {
        Ratio { numerator: value as i128, denominator: 1 }
    }

    /// The whole number it is; `None` for a fraction.
    #[must_use]
    pub fn as_whole(self) -> Option<i64> {
        if self.denominator == 1 { self.numerator.try_into().ok() } else { None }
    }

    /// −1, 0 or 1.
    #[must_use]
    pub const fn signum(self) -> i128 {
        self.numerator.signum()
    }

    /// Without its sign.
    #[must_use]
    pub const fn abs(self) -> Ratio {
        Ratio { numerator: self.numerator.abs(), denominator: self.denominator }
    }

    /// The product; `None` where it does not fit.
    #[must_use]
    pub fn times(self, other: Ratio) -> Option<Ratio> {
        Ratio::new(
            self.numerator.checked_mul(other.numerator)?,
            self.denominator.checked_mul(other.denominator)?,
        )
    }

    /// The quotient; `None` for a division by 0 or where it does not fit.
    #[must_use]
    pub fn over(self, other: Ratio) -> Option<Ratio> {
        Ratio::new(
            self.numerator.checked_mul(other.denominator)?,
            self.denominator.checked_mul(other.numerator)?,
        )
    }

    /// The sum; `None` where it does not fit.
    #[must_use]
    pub fn plus(self, other: Ratio) -> Option<Ratio> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Ratio::new(left.checked_add(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// The difference; `None` where it does not fit.
    #[must_use]
    pub fn minus(self, other: Ratio) -> Option<Ratio> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Ratio::new(left.checked_sub(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// The value with that many decimals, half away from zero; `-0.0` is written `0.0`.
    #[must_use]
    pub fn round(self, decimals: u32) -> Option<String> {
        let scale = 10_i128.checked_pow(decimals)?;
        let doubled = self.numerator.checked_abs()?.checked_mul(scale)?.checked_mul(2)?;
        let rounded = doubled.checked_add(self.denominator)? / self.denominator.checked_mul(2)?;
        let sign = if self.numerator < 0 && rounded > 0 { "-" } else { "" };
        let (whole, fraction) = (rounded / scale, rounded % scale);
        Some(if decimals == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{fraction:0width$}", width = decimals as usize)
        })
    }

    /// The nearest floating-point number, for drawing only.
    #[must_use]
    pub fn approximate(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Ratio) -> Ordering {
        // Whole parts first: they always fit. Then the remainders, by continued fractions.
        let (mut a, mut b) = (*self, *other);
        loop {
            let (qa, qb) =
                (a.numerator.div_euclid(a.denominator), b.numerator.div_euclid(b.denominator));
            let (ra, rb) =
                (a.numerator.rem_euclid(a.denominator), b.numerator.rem_euclid(b.denominator));
            match (qa.cmp(&qb), ra, rb) {
                (Ordering::Equal, 0, 0) => return Ordering::Equal,
                (Ordering::Equal, 0, _) => return Ordering::Less,
                (Ordering::Equal, _, 0) => return Ordering::Greater,
                // r/d compares as the inverse of d/r.
                (Ordering::Equal, _, _) => {
                    let next_a = Ratio { numerator: b.denominator, denominator: rb };
                    b = Ratio { numerator: a.denominator, denominator: ra };
                    a = next_a;
                }
                (unequal, _, _) => return unequal,
            }
        }
    }
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}
