//! A photo: from the bytes somebody sent to the codes in it.
//!
//! Everything is checked before anything is unpacked: the kind by its first bytes, the size by its head.
//! Nothing is written anywhere.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use image::{DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use scanner_decode::{Effort, Found, Grey};

use crate::web::limits;

/// Why a photo was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoProblem {
    /// The request is no form with a file in its field `photo`.
    NoPhoto,
    /// More bytes than [`limits::PHOTO_BYTES_MAX`].
    TooHeavy,
    /// More pixels than [`limits::PHOTO_PIXELS_MAX`], or more memory than [`limits::PHOTO_MEMORY_MAX`].
    TooLarge,
    /// HEIC or another kind from the same family, which only some programs open.
    Heic,
    /// Another kind of file.
    OtherKind,
    /// A JPEG, PNG or WebP that is damaged.
    Broken,
}

/// Every code in a photo.
///
/// # Errors
/// [`PhotoProblem`]; a panic in a decoder is contained and counts as a damaged photo.
pub fn read(bytes: &[u8]) -> Result<Vec<Found>, PhotoProblem> {
    contained(|| {
        let picture = picture(bytes)?;
        let begun = Instant::now();
        let mut go_on = || begun.elapsed() < limits::DECODE_TIME;
        Ok(scanner_decode::decode(&picture, Effort::Photo, &mut go_on))
    })
}

/// The decoders are other people's code over strangers' bytes: a panic in there costs this photo only.
fn contained<T>(work: impl FnOnce() -> Result<T, PhotoProblem>) -> Result<T, PhotoProblem> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        tracing::error!("a photo made its decoder panic");
        Err(PhotoProblem::Broken)
    })
}

/// The photo as grey values, the way up its maker meant.
fn picture(bytes: &[u8]) -> Result<Grey, PhotoProblem> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), kind(bytes)?);
    // The head of a file is small; what its body needs is checked below.
    let mut limits_while_opening = Limits::default();
    limits_while_opening.max_alloc = Some(limits::PHOTO_MEMORY_MAX);
    reader.limits(limits_while_opening);
    let mut decoder = reader.into_decoder().map_err(|error| problem(&error))?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > limits::PHOTO_PIXELS_MAX || decoder.total_bytes() > limits::PHOTO_MEMORY_MAX {
        return Err(PhotoProblem::TooLarge);
    }
    let orientation = decoder.orientation().map_err(|error| problem(&error))?;
    let image = DynamicImage::from_decoder(decoder).map_err(|error| problem(&error))?;
    let (width, height) = (width as usize, height as usize);
    let grey = match image {
        DynamicImage::ImageLuma8(grey) => Grey::new(width, height, grey.into_raw()),
        DynamicImage::ImageRgb8(rgb) => Grey::from_rgb(width, height, rgb.as_raw()),
        other => Grey::from_rgba(width, height, other.into_rgba8().as_raw()),
    };
    let grey = grey.ok_or(PhotoProblem::TooLarge)?;
    if orientation == image::metadata::Orientation::NoTransforms {
        return Ok(grey);
    }
    // One byte a pixel is turned, not the four of the colours.
    let turned = GrayImage::from_raw(width as u32, height as u32, grey.luma().to_vec());
    let mut turned = DynamicImage::ImageLuma8(turned.ok_or(PhotoProblem::Broken)?);
    drop(grey);
    turned.apply_orientation(orientation);
    let turned = turned.into_luma8();
    let (width, height) = (turned.width() as usize, turned.height() as usize);
    Grey::new(width, height, turned.into_raw()).ok_or(PhotoProblem::TooLarge)
}

fn problem(error: &image::ImageError) -> PhotoProblem {
    match error {
        image::ImageError::Limits(_) => PhotoProblem::TooLarge,
        _ => PhotoProblem::Broken,
    }
}

/// The kind of a file by its first bytes; a name or a declared type is never believed.
fn kind(bytes: &[u8]) -> Result<ImageFormat, PhotoProblem> {
    match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP)) => Ok(format),
        _ if is_heif(bytes) => Err(PhotoProblem::Heic),
        _ => Err(PhotoProblem::OtherKind),
    }
}

/// HEIF and its kin, ISO/IEC 23008-12, 10.2: a box `ftyp` with one of these brands.
fn is_heif(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8; 4]; 10] =
        [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"];
    bytes.get(4..8) == Some(b"ftyp".as_slice())
        && bytes
            .get(8..12)
            .is_some_and(|brand| BRANDS.iter().any(|known| known.as_slice() == brand))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_in_a_decoder_costs_one_photo_only() {
        let result: Result<(), _> = contained(|| panic!("an index out of bounds"));
        assert_eq!(result, Err(PhotoProblem::Broken));
    }

    #[test]
    fn what_is_no_photo_is_told_apart_by_its_first_bytes() {
        for (bytes, expected) in [
            (b"\0\0\0\x18ftypheic\0\0\0\0".as_slice(), PhotoProblem::Heic),
            (b"\0\0\0\x1cftypavif", PhotoProblem::Heic),
            (b"\0\0\0\x18ftypisom\0\0\0\0", PhotoProblem::OtherKind),
            (b"%PDF-1.7", PhotoProblem::OtherKind),
            (b"GIF89a\x01\0\x01\0", PhotoProblem::OtherKind),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PhotoProblem::OtherKind),
            (b"", PhotoProblem::OtherKind),
            (b"\x89PNG\r\n\x1a\n", PhotoProblem::Broken),
            (b"\xff\xd8\xff\xe0 not a jpeg", PhotoProblem::Broken),
            (b"RIFF\x04\0\0\0WEBPVP8 ", PhotoProblem::Broken),
        ] {
            assert_eq!(read(bytes), Err(expected), "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    /// A PNG (ISO/IEC 15948) that says it is that large, with a body of nothing.
    fn bomb(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Grayscale);
        let mut writer = encoder.write_header().expect("a head");
        writer.write_chunk(png::chunk::IDAT, &[0; 16]).expect("a body");
        drop(writer);
        bytes
    }

    #[test]
    fn a_picture_that_says_it_is_huge_is_refused_before_it_is_unpacked() {
        for (width, height) in
            [(100_000, 100_000), (65_000, 65_000), (1, u32::MAX >> 1), (8_000, 8_000)]
        {
            let begun = Instant::now();
            let got = read(&bomb(width, height));
            assert_eq!(got, Err(PhotoProblem::TooLarge), "{width}×{height}");
            assert!(begun.elapsed().as_millis() < 500, "{width}×{height} was unpacked first");
        }
        assert_eq!(read(&bomb(100, 100)), Err(PhotoProblem::Broken));
    }
}
