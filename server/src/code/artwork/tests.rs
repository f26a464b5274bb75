//! What we print is read back: by two decoders that know nothing of each other or of the encoder, at
//! the least size, as a printer of 300 dots per inch would put it on paper.

use resvg::{tiny_skia, usvg};
use rxing::common::{GlobalHistogramBinarizer, HybridBinarizer};
use rxing::qrcode::QRCodeReader;
use rxing::{BinaryBitmap, Luma8LuminanceSource, Reader as _};

use register::signature::{Algorithm, SecretKey};

use super::*;

const DPI: f32 = 300.0;
const MODEL: &str = "44M3QMX9D2R4";
const UNIT: &str = "44260A7K3QMX9D2P";
const HOSTS: [&str; 4] = [
    "https://q.example",
    "https://quality.example",
    "http://127.0.0.1:3000",
    "https://quality-credit.register.city.province.example",
];
const LEVELS: [Correction; 4] = [Correction::L, Correction::M, Correction::Q, Correction::H];

/// A picture in shades of grey.
struct Grey {
    width: usize,
    height: usize,
    shades: Vec<u8>,
}

impl Grey {
    /// An SVG as it is printed. The renderer knows no fonts here: the symbol is what counts.
    fn of_svg(svg: &str, dpi: f32) -> Grey {
        let options = usvg::Options { dpi, ..usvg::Options::default() };
        let tree = usvg::Tree::from_str(svg, &options).unwrap();
        let size = tree.size().to_int_size();
        let mut paper = tiny_skia::Pixmap::new(size.width(), size.height()).unwrap();
        paper.fill(tiny_skia::Color::WHITE);
        resvg::render(&tree, tiny_skia::Transform::identity(), &mut paper.as_mut());
        let shades = paper.pixels().iter().map(|p| luma([p.red(), p.green(), p.blue()]));
        Grey {
            shades: shades.collect(),
            width: size.width() as usize,
            height: size.height() as usize,
        }
    }

    fn of_png(bytes: &[u8]) -> Grey {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut rgb).unwrap();
        let shades = rgb.chunks_exact(3).map(|p| luma([p[0], p[1], p[2]])).collect();
        Grey { shades, width: info.width as usize, height: info.height as usize }
    }

    /// The text of the only symbol in the picture, by both decoders.
    fn read(&self) -> [Option<String>; 2] {
        let mut prepared =
            rqrr::PreparedImage::prepare_from_greyscale(self.width, self.height, |x, y| {
                self.shades[y * self.width + x]
            });
        let grids = prepared.detect_grids();
        let first = grids.first().and_then(|grid| grid.decode().ok()).map(|(_, text)| text);
        let source = || {
            let (width, height) = (self.width as u32, self.height as u32);
            Luma8LuminanceSource::new(self.shades.clone(), width, height).unwrap()
        };
        let second = QRCodeReader::new()
            .decode(&mut BinaryBitmap::new(HybridBinarizer::new(source())))
            .or_else(|_| {
                QRCodeReader::new()
                    .decode(&mut BinaryBitmap::new(GlobalHistogramBinarizer::new(source())))
            })
            .ok()
            .map(|found| found.getText().to_owned());
        [first, second]
    }
}

fn luma([r, g, b]: [u8; 3]) -> u8 {
    let sum = 299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b);
    u8::try_from(sum / 1000).unwrap()
}

fn drawn(host: &str, code: &str, level: Correction) -> Artwork {
    let origin = Origin::parse(host).unwrap();
    Artwork::of_code(&origin, &read(code), level, None, Lang::ZhHans).unwrap()
}

fn read(code: &str) -> CreditCode {
    CreditCode::parse(code).unwrap()
}

#[test]
fn every_symbol_is_read_back_at_its_least_size_by_both_decoders() {
    let hosts = HOSTS.iter().map(|host| (*host, UNIT, Correction::M));
    let levels = LEVELS.iter().map(|level| ("https://quality.example", MODEL, *level));
    for (host, code, level) in hosts.chain(levels) {
        let artwork = drawn(host, code, level);
        let wanted = Some(format!("{host}/q/{code}"));
        let wanted = [wanted.clone(), wanted];
        assert_eq!(Grey::of_svg(&artwork.svg(), DPI).read(), wanted, "SVG {level:?} {host}");
        assert_eq!(Grey::of_png(&artwork.png().unwrap()).read(), wanted, "PNG {level:?} {host}");
    }
}

#[test]
fn a_statement_is_read_back_and_its_digits_are_packed_as_digits() {
    let origin = Origin::parse("https://quality.example").unwrap();
    let key = SecretKey::from_bytes(Algorithm::Ed25519, &[7; 32]).unwrap();
    let day = "2026-11-21".parse().unwrap();
    let statement = Statement::sign(read(MODEL), None, day, day, &key).unwrap();
    let digits = statement.digits();
    let artwork =
        Artwork::of_statement(&origin, &statement, Correction::M, None, Lang::En).unwrap();
    assert_eq!(artwork.symbol().version(), 7, "212 digits as bytes would need version 11");
    assert_eq!(artwork.symbol().modules(), 45);
    assert_eq!(artwork.symbol().side_min_mm(), 23);
    let wanted = Some(format!("https://quality.example/s/{digits}"));
    let read = Grey::of_svg(&artwork.svg(), DPI).read();
    assert_eq!(read, [wanted.clone(), wanted.clone()]);
    assert_eq!(Grey::of_png(&artwork.png().unwrap()).read(), [wanted.clone(), wanted]);
}

#[test]
fn a_model_code_on_a_short_host_is_a_version_3_symbol_of_15_millimetres() {
    for host in ["https://q.example", "https://quality.example"] {
        let artwork = drawn(host, MODEL, Correction::M);
        let symbol = artwork.symbol();
        assert_eq!((symbol.version(), symbol.modules(), symbol.side_min_mm()), (3, 29, 15));
        let (_, height) = artwork.size_mm();
        // 15 mm and four modules of white on either side.
        assert!((height - 15.0 * 37.0 / 29.0).abs() < 1e-9, "{height}");
    }
}

#[test]
fn the_text_beside_the_symbol_says_what_the_symbol_says() {
    let artwork = drawn("https://quality.example", MODEL, Correction::M);
    let svg = artwork.svg();
    for words in [">44M3-QMX9-D2R4</text>", ">quality.example</text>", "15 毫米</text>"] {
        assert!(svg.contains(words), "{words} is not in {svg}");
    }
    assert!(svg.starts_with("<svg ") && svg.contains("mm\" height=\""), "{svg}");
    for banned in ["style", "script", "class=", "href", "onload"] {
        assert!(!svg.contains(banned), "{banned} in {svg}");
    }
    // Read as XML, the drawing has exactly the size it says.
    let options = usvg::Options { dpi: 25.4, ..usvg::Options::default() };
    let size = usvg::Tree::from_str(&svg, &options).unwrap().size();
    let (width, height) = artwork.size_mm();
    assert!((f64::from(size.width()) - width).abs() < 0.02, "{size:?}");
    assert!((f64::from(size.height()) - height).abs() < 0.02, "{size:?}");
}

#[test]
fn the_picture_carries_its_physical_size_and_its_text() {
    for side in [None, Some(40.0)] {
        let origin = Origin::parse("https://quality.example").unwrap();
        let artwork =
            Artwork::of_code(&origin, &read(MODEL), Correction::M, side, Lang::En).unwrap();
        let bytes = artwork.png().unwrap();
        let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        let info = reader.info();
        let dims = info.pixel_dims.unwrap();
        let width = f64::from(info.width) / f64::from(dims.xppu) * 1000.0;
        assert!((width - artwork.size_mm().0).abs() < 0.1, "{width} for {:?}", artwork.size_mm());
        let dpi = f64::from(dims.xppu) * 0.0254;
        assert!((240.0..400.0).contains(&dpi), "{dpi}");
        // Right of the symbol there is more than the mark: lines of dark pixels down to the last.
        let grey = Grey::of_png(&bytes);
        let from = grey.width * 2 / 5;
        let inked = |rows: std::ops::Range<usize>| {
            rows.flat_map(|y| (from..grey.width).map(move |x| (x, y)))
                .filter(|(x, y)| grey.shades[y * grey.width + x] < 0x90)
                .count()
        };
        let third = grey.height / 3;
        assert!(inked(0..third) > 100 && inked(third..2 * third) > 100);
        assert!(inked(2 * third..grey.height) > 100);
    }
}

#[test]
fn the_mark_is_the_one_of_its_file() {
    let options = usvg::Options::default();
    let tree = usvg::Tree::from_str(mark::SVG, &options).unwrap();
    let side = mark::SIDE as u32;
    let mut paper = tiny_skia::Pixmap::new(side, side).unwrap();
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut paper.as_mut());
    for y in 0..mark::SIDE {
        for x in 0..mark::SIDE {
            let inside = |[left, top, width, height]: [usize; 4]| {
                (left..left + width).contains(&x) && (top..top + height).contains(&y)
            };
            let ours = mark::RECTANGLES.iter().rev().find(|(place, _)| inside(*place)).unwrap().1;
            let pixel = paper.pixel(x as u32, y as u32).unwrap();
            assert_eq!([pixel.red(), pixel.green(), pixel.blue()], ours, "{x}, {y}");
        }
    }
}

#[test]
fn sizes_and_hosts_that_cannot_be_read_are_refused() {
    let origin = Origin::parse("https://quality.example").unwrap();
    let of = |side| {
        Artwork::of_code(&origin, &read(MODEL), Correction::M, Some(side), Lang::En).map(|_| ())
    };
    assert_eq!(of(15.0), Ok(()));
    assert!(matches!(of(14.9), Err(ArtworkError::TooSmall { least: 15, .. })));
    assert!(matches!(of(f64::NAN), Err(ArtworkError::TooSmall { .. })));
    assert!(matches!(of(1e9), Err(ArtworkError::TooLarge(_))));
    let long = Origin::parse(&format!("https://{}.example", "a".repeat(300))).unwrap();
    let refused = Artwork::of_code(&long, &read(MODEL), Correction::H, None, Lang::En);
    assert!(matches!(refused, Err(ArtworkError::TooLong(_))));
    assert_eq!(
        Origin::parse("HTTPS://Quality.Example/").unwrap().as_str(),
        "https://quality.example"
    );
    for wrong in ["", "quality.example", "https://", "https://a/b", "https://a b", "ftp://a"] {
        assert!(Origin::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_sheet_holds_every_label_inside_the_page_and_each_is_read() {
    let labels: Vec<Artwork> =
        (0..50).map(|_| drawn("https://quality.example", UNIT, Correction::M)).collect();
    let html = sheet::html(&labels, Lang::ZhHans);
    let (width, height) = labels[0].size_mm();
    let (columns, rows) = sheet::grid(width, height);
    assert_eq!((columns, rows), (3, 12), "labels of {width} by {height} mm");
    assert!(20.0 + count(columns) * width + 3.0 * count(columns - 1) <= 210.0);
    assert!(20.0 + count(rows) * height + 3.0 * count(rows - 1) <= 297.0);
    assert_eq!(html.matches("class=\"page\"").count(), 2);
    assert_eq!(html.matches(">4426-0A7K-3QMX-9D2P</text>").count(), 50);
    assert!(html.contains("@page{size:A4;margin:0}") && html.contains("50 张标签，2 页"));
    assert!(!html.contains("<script") && !html.contains("style=\""));
    // As a printer gets it, cut at the marks: the first label, one inside and the last of the page.
    let page = html.split("<svg class=\"page\"").nth(1).unwrap();
    let inside = page.split_once('>').unwrap().1.rsplit_once("</svg>").unwrap().0;
    for (column, row) in [(0, 0), (1, 5), (2, 11)] {
        let x = 10.0 + count(column) * (width + 3.0);
        let y = 10.0 + count(row) * (height + 3.0);
        let cut = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}mm\" height=\"{height}mm\" viewBox=\"{x} {y} {width} {height}\">{inside}</svg>"
        );
        let wanted = Some("https://quality.example/q/44260A7K3QMX9D2P".to_owned());
        assert_eq!(Grey::of_svg(&cut, DPI).read(), [wanted.clone(), wanted], "{column}, {row}");
    }
}
