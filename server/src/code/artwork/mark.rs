//! The portal's mark, as its own file draws it and as rectangles for pictures made of pixels.

/// The mark's file, `public/mark.svg`.
pub const SVG: &str = include_str!("../../../../public/mark.svg");

/// Side of the mark's own square.
pub const SIDE: usize = 32;

/// The mark's rectangles, painted in this order: x, y, width, height in its square of [`SIDE`], and
/// the colour. A test compares them with the file.
pub const RECTANGLES: [([usize; 4], [u8; 3]); 4] = [
    ([0, 0, 32, 32], [0x20, 0x39, 0x8a]),
    ([4, 20, 12, 5], [0xff, 0xff, 0xff]),
    ([16, 20, 12, 5], [0x8f, 0x9c, 0xc9]),
    ([16, 8, 12, 6], [0xff, 0xc5, 0x33]),
];
