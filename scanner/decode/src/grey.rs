//! A picture as grey values.

/// A picture of one byte a pixel: 0 black, 255 white; rows from top to bottom without gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grey {
    width: usize,
    height: usize,
    luma: Vec<u8>,
}

impl Grey {
    /// A picture of grey values; none where their number is not width × height, or a side is longer
    /// than 65,535 pixels.
    #[must_use]
    pub fn new(width: usize, height: usize, luma: Vec<u8>) -> Option<Grey> {
        let sides = 1..=usize::from(u16::MAX);
        let fits = sides.contains(&width) && sides.contains(&height);
        (fits && width.checked_mul(height)? == luma.len()).then_some(Grey { width, height, luma })
    }

    /// A picture of red, green, blue and opacity, four bytes a pixel, laid on white.
    #[must_use]
    pub fn from_rgba(width: usize, height: usize, rgba: &[u8]) -> Option<Grey> {
        let luma = rgba
            .chunks_exact(4)
            .map(|pixel| {
                let opacity = u32::from(pixel[3]);
                let grey = u32::from(luma(pixel[0], pixel[1], pixel[2]));
                ((grey * opacity + 255 * (255 - opacity) + 127) / 255) as u8
            })
            .collect();
        (rgba.len().is_multiple_of(4)).then(|| Grey::new(width, height, luma)).flatten()
    }

    /// A picture of red, green and blue, three bytes a pixel.
    #[must_use]
    pub fn from_rgb(width: usize, height: usize, rgb: &[u8]) -> Option<Grey> {
        let luma = rgb.chunks_exact(3).map(|pixel| luma(pixel[0], pixel[1], pixel[2])).collect();
        (rgb.len().is_multiple_of(3)).then(|| Grey::new(width, height, luma)).flatten()
    }

    /// Width in pixels, at least 1.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels, at least 1.
    #[must_use]
    pub const fn height(&self) -> usize {
        self.height
    }

    /// The grey values.
    #[must_use]
    pub fn luma(&self) -> &[u8] {
        &self.luma
    }

    /// How many pixels there are.
    #[must_use]
    pub const fn pixels(&self) -> usize {
        self.width * self.height
    }
}

/// Brightness of a colour: the weights of ITU-R BT.601, in 1/1024, so that every machine gets the same.
fn luma(red: u8, green: u8, blue: u8) -> u8 {
    ((u32::from(red) * 306 + u32::from(green) * 601 + u32::from(blue) * 117 + 512) >> 10) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_stays_white_black_black_and_what_is_clear_is_white() {
        let rgba = [255, 255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 0, 128, 128, 128, 255];
        let grey = Grey::from_rgba(4, 1, &rgba).expect("four pixels");
        assert_eq!(grey.luma(), [255, 0, 255, 128]);
        assert_eq!(Grey::from_rgb(1, 1, &[255; 3]).expect("one pixel").luma(), [255]);
    }

    #[test]
    fn a_picture_whose_bytes_do_not_fit_its_size_is_none() {
        assert!(Grey::new(2, 2, vec![0; 3]).is_none());
        assert!(Grey::new(0, 0, Vec::new()).is_none());
        assert!(Grey::new(70_000, 1, vec![0; 70_000]).is_none());
        assert!(Grey::from_rgba(1, 1, &[0; 5]).is_none());
        assert!(Grey::from_rgb(1, 1, &[0; 4]).is_none());
    }
}
