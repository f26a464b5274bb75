//! `POST /scan`: photos in, codes out, and everything that is no photo.

use axum::body::Body;
use axum::http::Request;
use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use qrcode::{Color, QrCode};

use crate::fixture::{Got, PRODUCT, Site};

const ORIGIN: &str = "https://quality.example";
const BOUNDARY: &str = "--------boundary";

/// A form with one file.
fn form(field: &str, file: &[u8]) -> Vec<u8> {
    let mut body = format!(
        "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"a.png\"\r\n\
         content-type: image/png\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(file);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    body
}

async fn post(site: &Site, path: &str, body: Vec<u8>, accept: &str) -> Got {
    let request = Request::post(path)
        .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
        .header("accept", accept)
        .body(Body::from(body))
        .expect("a request");
    site.send(request).await
}

async fn upload(site: &Site, file: &[u8]) -> Got {
    post(site, "/scan", form("photo", file), "text/html").await
}

/// QR codes side by side, six pixels a module, with their quiet zones.
fn picture(texts: &[&str]) -> GrayImage {
    const MODULE: u32 = 6;
    let codes: Vec<(usize, Vec<Color>)> = texts
        .iter()
        .map(|text| QrCode::new(text).expect("fits"))
        .map(|code| (code.width(), code.to_colors()))
        .collect();
    let side = codes.iter().map(|(width, _)| *width).max().expect("a code") as u32 + 8;
    let mut image =
        GrayImage::from_pixel(side * MODULE * texts.len() as u32, side * MODULE, Luma([255]));
    for (index, (width, colors)) in codes.iter().enumerate() {
        for (at, color) in colors.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
            let _ = color;
            let left = (index as u32 * side + 4 + (at % width) as u32) * MODULE;
            let top = (4 + (at / width) as u32) * MODULE;
            for (x, y) in (0..MODULE * MODULE).map(|i| (i % MODULE, i / MODULE)) {
                image.put_pixel(left + x, top + y, Luma([0]));
            }
        }
    }
    image
}

fn file(image: GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let image = match format {
        ImageFormat::WebP => DynamicImage::ImageRgb8(DynamicImage::ImageLuma8(image).to_rgb8()),
        _ => DynamicImage::ImageLuma8(image),
    };
    image.write_to(&mut bytes, format).expect("encodes");
    bytes.into_inner()
}

fn png(texts: &[&str]) -> Vec<u8> {
    file(picture(texts), ImageFormat::Png)
}

/// The bar code of a number: its 95 modules (ISO/IEC 15420), each three pixels wide.
fn ean_13(digits: &str) -> Vec<u8> {
    const LEFT: [&str; 10] = [
        "0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011",
        "0110111", "0001011",
    ];
    const PARITY: [&str; 10] = [
        "LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL",
        "LGGLGL",
    ];
    let digits: Vec<usize> =
        digits.chars().map(|c| c.to_digit(10).expect("a digit") as usize).collect();
    let inverse = |bits: &str| -> String {
        bits.chars().map(|bit| if bit == '0' { '1' } else { '0' }).collect()
    };
    let mut bits = "0".repeat(12) + "101";
    for (digit, parity) in digits[1..7].iter().zip(PARITY[digits[0]].chars()) {
        let left = LEFT[*digit];
        bits +=
            &if parity == 'L' { left.to_owned() } else { inverse(left).chars().rev().collect() };
    }
    bits += "01010";
    for digit in &digits[7..] {
        bits += &inverse(LEFT[*digit]);
    }
    bits += "101";
    bits += &"0".repeat(12);
    let bits: Vec<u8> = bits.bytes().collect();
    let image = GrayImage::from_fn(bits.len() as u32 * 3, 120, |x, _| {
        Luma([if bits[x as usize / 3] == b'1' { 0 } else { 255 }])
    });
    file(image, ImageFormat::Png)
}

/// A JPEG that says in its EXIF data (tag 0x0112) how it has to be turned.
fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    let mut out = jpeg[..2].to_vec();
    out.extend([0xff, 0xe1]);
    out.extend(((exif.len() + 2) as u16).to_be_bytes());
    out.extend(exif);
    out.extend_from_slice(&jpeg[2..]);
    out
}

#[tokio::test]
async fn one_code_of_this_site_leads_to_its_verdict() {
    let site = Site::at_origin(Vec::new(), ORIGIN);
    for (text, path, to) in [
        ("https://quality.example/q/44M3QMX9D2R4", "/scan", "/q/44M3QMX9D2R4"),
        ("https://quality.example/q/44M3QMX9D2R4", "/en/scan", "/en/q/44M3QMX9D2R4"),
        ("https://quality.example/en/q/44M3QMX9D2R4", "/scan", "/en/q/44M3QMX9D2R4"),
        (
            "https://quality.example/q/44M3QMX9D2R4",
            "/scan?size=large",
            "/q/44M3QMX9D2R4?size=large",
        ),
    ] {
        let got = post(&site, path, form("photo", &png(&[text])), "text/html").await;
        assert_eq!(
            (got.status.as_u16(), got.header("location")),
            (303, to),
            "{path}: {}",
            got.text()
        );
        assert_eq!(got.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn every_kind_of_photo_is_read_whichever_way_up() {
    let site = Site::at_origin(Vec::new(), ORIGIN);
    let image = || picture(&["https://quality.example/q/44M3QMX9D2R4"]);
    let jpeg = file(image(), ImageFormat::Jpeg);
    let mut files = vec![
        file(image(), ImageFormat::Png),
        file(image(), ImageFormat::WebP),
        jpeg.clone(),
        file(image::imageops::rotate90(&image()), ImageFormat::Png),
    ];
    files.extend((1..=8).map(|orientation| with_orientation(&jpeg, orientation)));
    for (index, file) in files.iter().enumerate() {
        assert_eq!(upload(&site, file).await.status, 303, "file {index}");
    }
    // A bar code mirrored by its maker and said to be: only the orientation makes it readable.
    let bars = image::load_from_memory(&ean_13("9521234543213")).expect("a picture").to_luma8();
    let mirrored = file(image::imageops::flip_horizontal(&bars), ImageFormat::Jpeg);
    let got =
        post(&site, "/scan", form("photo", &with_orientation(&mirrored, 2)), "application/json")
            .await;
    assert_eq!(got.json()["codes"][0]["text"], "9521234543213");
}

#[tokio::test]
async fn a_program_gets_every_code_as_json() {
    let site = Site::at_origin(Vec::new(), ORIGIN);
    let texts = ["https://quality.example/q/44M3QMX9D2R4", "plain text"];
    let got = post(&site, "/scan", form("photo", &png(&texts)), "application/json").await;
    assert_eq!((got.status.as_u16(), got.header("content-type")), (200, "application/json"));
    let json = got.json();
    let mut codes: Vec<_> = json["codes"].as_array().expect("codes").iter().collect();
    codes.sort_by_key(|code| code["text"].to_string());
    assert_eq!(codes.len(), 2);
    for (code, text) in codes.iter().zip(texts) {
        assert_eq!((&code["text"], &code["format"]), (&text.into(), &"qr_code".into()));
    }
    // Alone too: a program is not sent elsewhere.
    let got = post(&site, "/scan", form("photo", &png(&texts[..1])), "application/json").await;
    assert_eq!((got.status.as_u16(), &got.json()["codes"][0]["text"]), (200, &texts[0].into()));
    let nothing = file(GrayImage::from_pixel(300, 300, Luma([200])), ImageFormat::Png);
    let got = post(&site, "/scan", form("photo", &nothing), "application/json").await;
    assert_eq!((got.status.as_u16(), got.json()), (200, serde_json::json!({ "codes": [] })));
}

#[tokio::test]
async fn another_site_is_named_and_never_linked() {
    let site = Site::at_origin(Vec::new(), ORIGIN);
    for text in [
        "https://evil.example/q/44M3QMX9D2R4",
        "https://quality.example@evil.example/q/44M3QMX9D2R4",
        "http://evil.example/login?to=quality.example",
    ] {
        let got = upload(&site, &png(&[text])).await;
        let html = got.text();
        assert_eq!(got.status, 200, "{text}");
        assert!(html.contains("别的网站：evil.example"), "{text}");
        assert!(
            !html.contains("href=\"http://evil") && !html.contains("href=\"https://evil"),
            "{text}"
        );
        assert_eq!(html.contains("href=\"/q/44M3QMX9D2R4\""), text.contains("/q/"), "{text}");
    }
}

#[tokio::test]
async fn a_text_stays_text_and_shows_what_it_hides() {
    let site = Site::at_origin(Vec::new(), ORIGIN);
    for (text, shown) in [
        ("javascript:alert(1)", "<code>javascript:alert(1)</code>"),
        ("<img src=x onerror=alert(1)>", "<code>&lt;img src=x onerror=alert(1)&gt;</code>"),
        ("https://quality.example\u{200b}/q/44M3QMX9D2R4", "⟨U+200B⟩"),
        ("gnp\u{202e}exe.txt", "gnp⟨U+202E⟩exe.txt"),
    ] {
        let got = upload(&site, &png(&[text])).await;
        let html = got.text();
        assert_eq!(got.status, 200, "{text:?}");
        assert!(html.contains(shown), "{text:?}: {html}");
        let main =
            html.split("id=\"photo\"").nth(1).and_then(|rest| rest.split("</section>").next());
        assert!(!main.expect("the result").contains("href="), "{text:?}");
    }
}

#[tokio::test]
async fn several_codes_are_all_listed() {
    let site = Site::at_origin(Vec::new(), ORIGIN);
    let texts = ["https://quality.example/q/44M3QMX9D2R4", "https://evil.example/x"];
    let got = upload(&site, &png(&texts)).await;
    let html = got.text();
    assert_eq!(got.status, 200);
    assert!(html.contains("href=\"/q/44M3QMX9D2R4\"") && html.contains("别的网站：evil.example"));
}

#[tokio::test]
async fn an_ordinary_bar_code_leads_to_the_products_that_state_it() {
    let mut one = crate::fixture::product("独有条码的冰箱", "SL-300C");
    one["gtins"] = serde_json::json!(["09501101530003"]);
    let draft = crate::fixture::draft(
        register::Kind::Product,
        "p-000000000003",
        "2023-06-30",
        register::ReasonCode::Listed,
        one,
    );
    let site = Site::at_origin(vec![draft], ORIGIN);
    let got = upload(&site, &ean_13("9501101530003")).await;
    assert!(got.text().contains("href=\"/products/p-000000000003\""), "{}", got.text());
    // The fixture's two products state one number.
    let html = upload(&site, &ean_13("9521234543213")).await.text();
    assert!(html.contains("有 2 款产品写着这个条码"), "{html}");
    assert!(html.contains("href=\"/products?q=9521234543213\""));
    let listed = site.get("/products.json?q=9521234543213").await.json();
    let keys: Vec<_> =
        listed["items"].as_array().expect("items").iter().map(|i| &i["key"]).collect();
    assert!(keys.contains(&&PRODUCT.into()), "{keys:?}");
    let html = upload(&site, &ean_13("4006381333931")).await.text();
    assert!(html.contains("没有产品写着这个条码"), "{html}");
}

#[tokio::test]
async fn what_is_no_photo_is_refused_with_a_sentence_that_helps() {
    let site = Site::new();
    let heavy = vec![0; 10_000_001];
    let mut bomb = Vec::new();
    let mut encoder = png::Encoder::new(&mut bomb, 60_000, 60_000);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().expect("a head");
    writer.write_chunk(png::chunk::IDAT, &[0; 16]).expect("a body");
    drop(writer);
    let whole = png(&["x"]);
    for (file, status, words, slug) in [
        (heavy.as_slice(), 413, "超过 10 MB", "photo-too-heavy"),
        (&bomb, 413, "3000 万像素", "photo-too-large"),
        (b"\0\0\0\x18ftypheic\0\0\0\0heicmif1", 415, "HEIC", "photo-heic"),
        (b"%PDF-1.7", 415, "不是 JPEG、PNG 或 WebP", "photo-other-kind"),
        (b"", 400, "没有收到照片", "no-photo"),
        (&whole[..whole.len() / 2], 422, "损坏", "photo-broken"),
    ] {
        let got = upload(&site, file).await;
        assert_eq!(got.status, status, "{slug}");
        assert!(got.text().contains(words), "{slug}: {}", got.text());
        assert_eq!(got.header("cache-control"), "no-store");
        let got = post(&site, "/en/scan", form("photo", file), "application/json").await;
        assert_eq!(
            (got.status.as_u16(), got.header("content-type")),
            (status, "application/problem+json")
        );
        assert_eq!(got.json()["type"], format!("/about#{slug}"));
    }
}

#[tokio::test]
async fn a_form_that_is_none_is_refused() {
    let site = Site::new();
    let file = png(&["x"]);
    let mut cut = form("photo", &file);
    cut.truncate(cut.len() - 40);
    for body in [Vec::new(), b"not a form".to_vec(), form("picture", &file), cut] {
        let got = post(&site, "/scan", body, "text/html").await;
        assert_eq!(got.status, 400, "{}", got.text());
    }
    let request = Request::post("/scan").header("content-type", "image/png").body(Body::from(file));
    assert_eq!(site.send(request.expect("a request")).await.status, 400);
    let got = post(&site, "/scan?colour=red", form("photo", b""), "text/html").await;
    assert_eq!(got.status, 400);
    assert!(got.text().contains("colour"));
}

#[tokio::test]
async fn other_methods_are_told_which_there_are() {
    let site = Site::new();
    for method in ["PUT", "DELETE", "PATCH"] {
        let request = Request::builder().method(method).uri("/scan").body(Body::empty());
        let got = site.send(request.expect("a request")).await;
        assert_eq!(
            (got.status.as_u16(), got.header("allow")),
            (405, "GET, HEAD, POST"),
            "{method}"
        );
    }
}

#[tokio::test]
async fn only_the_scan_page_may_ask_for_the_camera() {
    let site = Site::new();
    for path in crate::fixture::pages() {
        let got = site.get(&path).await;
        let camera = got.header("permissions-policy").contains("camera=(self)");
        assert_eq!(camera, path == "/scan", "{path}");
        // The decoder's worker, and the one that answers without a network.
        let worker = got.header("content-security-policy").contains("worker-src");
        assert_eq!(worker, ["/scan", "/offline"].contains(&path.as_str()), "{path}");
    }
}

#[tokio::test]
async fn an_upload_changes_nothing() {
    let site = Site::at_origin(Vec::new(), ORIGIN);
    let before = site.get("/products.json").await.json()["log_size"].clone();
    let files = || std::fs::read_dir(site.folder.path()).expect("a folder").count();
    let there = files();
    upload(&site, &png(&["https://quality.example/q/44M3QMX9D2R4"])).await;
    assert_eq!(site.get("/products.json").await.json()["log_size"], before);
    assert_eq!(files(), there, "nothing is stored");
}
