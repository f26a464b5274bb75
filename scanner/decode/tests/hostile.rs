//! Pictures made to take long: they end, and soon.

use std::time::{Duration, Instant};

use scanner_decode::{Effort, Grey, PIXELS_READ_MAX, decode};

const WIDTH: usize = 4_000;
const HEIGHT: usize = PIXELS_READ_MAX / WIDTH;

/// The largest picture that is read as it is, one value a pixel.
fn picture(value: impl Fn(usize, usize) -> u8) -> Grey {
    let luma = (0..WIDTH * HEIGHT).map(|at| value(at % WIDTH, at / WIDTH)).collect();
    Grey::new(WIDTH, HEIGHT, luma).expect("a picture")
}

/// A number that looks random and is the same each time (xorshift over the place).
fn noise(x: usize, y: usize) -> u8 {
    let mut n = (x as u32).wrapping_mul(0x9E37_79B9) ^ (y as u32).wrapping_mul(0x85EB_CA6B) | 1;
    for _ in 0..3 {
        n ^= n << 13;
        n ^= n >> 17;
        n ^= n << 5;
    }
    (n >> 24) as u8
}

/// A finder pattern (ISO/IEC 18004, 6.3.3) in every square of nine modules.
fn finder(x: usize, y: usize, module: usize) -> u8 {
    let away = |at: usize| ((at / module) % 9).abs_diff(4);
    match away(x).max(away(y)) {
        2 | 4 => 255,
        _ => 0,
    }
}

#[test]
fn the_worst_pictures_end_soon_and_hold_nothing() {
    let pictures: [(&str, Grey); 5] = [
        ("noise", picture(noise)),
        ("coarse noise", picture(|x, y| noise(x / 3, y / 3))),
        ("finder patterns, 2 pixels a module", picture(|x, y| finder(x, y, 2))),
        ("finder patterns, 5 pixels a module", picture(|x, y| finder(x, y, 5))),
        ("stripes", picture(|x, _| if x % 4 < 2 { 0 } else { 255 })),
    ];
    for (name, picture) in pictures {
        let begun = Instant::now();
        let mut last = begun;
        let mut longest = Duration::ZERO;
        let found = decode(&picture, Effort::Photo, &mut || {
            longest = longest.max(last.elapsed());
            last = Instant::now();
            true
        });
        println!("{name}: {:?}, the longest attempt {longest:?}", begun.elapsed());
        assert_eq!(found, [], "{name}");
        assert!(longest < Duration::from_secs(10), "{name}: {longest:?}");
    }
}

#[test]
fn a_search_that_is_told_to_stop_stops() {
    let picture = picture(noise);
    let mut asked = 0;
    let found = decode(&picture, Effort::Photo, &mut || {
        asked += 1;
        false
    });
    assert!(found.is_empty());
    assert!(asked <= 5, "{asked}: nothing is begun after the first no");
}
