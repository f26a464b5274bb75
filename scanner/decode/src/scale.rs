//! The same picture larger or smaller, in whole numbers, so that host and browser get the same bytes.

use crate::Grey;

/// The picture made small enough to have at most `pixels` pixels; sides keep their ratio.
pub fn to_pixels(picture: &Grey, pixels: usize) -> Grey {
    let ratio = (pixels as f64 / picture.pixels() as f64).sqrt().min(1.0);
    let side = |length: usize| ((length as f64 * ratio) as usize).max(1);
    to(picture, side(picture.width()), side(picture.height()))
}

/// The picture at another size; both sides at least 1.
pub fn to(picture: &Grey, width: usize, height: usize) -> Grey {
    let across = Weights::new(picture.width(), width);
    let down = Weights::new(picture.height(), height);
    // First across, into 16 bits a pixel, then down.
    let mut rows = vec![0_u16; width * picture.height()];
    for (from, to) in picture.luma().chunks_exact(picture.width()).zip(rows.chunks_exact_mut(width))
    {
        for (value, line) in to.iter_mut().zip(&across.0) {
            let sum: u32 =
                line.weights.iter().zip(&from[line.first..]).map(|(w, v)| w * u32::from(*v)).sum();
            *value = (sum >> 8) as u16;
        }
    }
    let mut luma = vec![0_u8; width * height];
    let mut sums = vec![0_u32; width];
    for (to, line) in luma.chunks_exact_mut(width).zip(&down.0) {
        sums.fill(1 << 23);
        for (weight, row) in line.weights.iter().zip(rows[line.first * width..].chunks_exact(width))
        {
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum += weight * u32::from(*value);
            }
        }
        for (value, sum) in to.iter_mut().zip(&sums) {
            *value = (sum >> 24).min(255) as u8;
        }
    }
    Grey::new(width, height, luma).unwrap_or_else(|| picture.clone())
}

/// For each pixel of the new line, which old pixels make it and with what weights (their sum is 65,536).
struct Weights(Vec<Line>);

struct Line {
    first: usize,
    weights: Vec<u32>,
}

impl Weights {
    /// A triangle around the new pixel's middle, two new or two old pixels wide, whichever is more:
    /// averages when it shrinks, interpolates when it grows.
    fn new(from: usize, to: usize) -> Weights {
        let step = from as f64 / to as f64;
        let reach = step.max(1.0);
        let lines = (0..to)
            .map(|index| {
                let middle = (index as f64 + 0.5) * step - 0.5;
                let first = ((middle - reach).ceil().max(0.0)) as usize;
                let last = ((middle + reach).floor() as usize).clamp(first, from - 1);
                let first = first.min(last);
                let raw: Vec<f64> = (first..=last)
                    .map(|at| (1.0 - (at as f64 - middle).abs() / reach).max(0.0))
                    .collect();
                let sum: f64 = raw.iter().sum();
                let mut weights: Vec<u32> = if sum > 0.0 {
                    raw.iter().map(|weight| (weight / sum * 65_536.0) as u32).collect()
                } else {
                    vec![0; raw.len()]
                };
                // What rounding left goes to the middle one, so that white stays white.
                let rest = 65_536 - weights.iter().sum::<u32>();
                let heaviest = weights.len() / 2;
                weights[heaviest] += rest;
                Line { first, weights }
            })
            .collect();
        Weights(lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_colour_stays_that_colour_at_every_size() {
        for value in [0, 1, 128, 254, 255] {
            let picture = Grey::new(7, 5, vec![value; 35]).expect("a picture");
            for (width, height) in [(1, 1), (3, 2), (7, 5), (14, 10), (10, 7), (100, 1)] {
                let other = to(&picture, width, height);
                assert_eq!((other.width(), other.height()), (width, height));
                assert!(
                    other.luma().iter().all(|v| v.abs_diff(value) <= 1),
                    "{value} {width}×{height}"
                );
            }
        }
    }

    #[test]
    fn halving_averages_and_doubling_keeps_the_order() {
        let picture = Grey::new(4, 1, vec![0, 0, 200, 200]).expect("a picture");
        let half = to(&picture, 2, 1);
        assert!(half.luma()[0] < 60 && half.luma()[1] > 140, "{:?}", half.luma());
        let double = to(&picture, 8, 1);
        assert!(double.luma().is_sorted(), "{:?}", double.luma());
    }

    #[test]
    fn a_large_picture_is_brought_below_the_limit() {
        let picture = Grey::new(400, 300, vec![9; 120_000]).expect("a picture");
        let small = to_pixels(&picture, 30_000);
        assert!(small.pixels() <= 30_000 && small.pixels() > 29_000);
        assert_eq!(to_pixels(&small, 1_000_000).pixels(), small.pixels());
    }
}
