//! What makes the portal an app on a phone: manifest, icons, and the service worker with the addresses
//! of this build.

use app::i18n::{offline as words, site};
use app::model::Mirror;
use app::model::mirror::SUFFIX;
use register::Lang;
use serde_json::json;

use super::super::assets::{Assets, hash16};
use crate::code::artwork::mark;

/// Icons: logical name, side in pixels, and whether the mark keeps clear of the edge, because a launcher
/// cuts the picture to a shape of its own (W3C app manifest, "maskable": the inner circle of 80 %).
const ICONS: [(&str, usize, bool); 4] = [
    ("icon-192.png", 192, false),
    ("icon-512.png", 512, false),
    ("icon-maskable-192.png", 192, true),
    ("icon-maskable-512.png", 512, true),
];

/// Ground of the mark, for the phone's own bars.
const COLOUR: &str = "#20398a";

/// What a service worker fetches when it is installed, by logical name; the pages are beside it. The
/// island is not among them: lists need the network.
const KEPT: [&str; 10] = [
    "liangbiao.css",
    "mark.svg",
    "scan.js",
    "camera.js",
    "scan-worker.js",
    "scanner.js",
    "scanner_bg.wasm",
    "offline.js",
    "verifier.js",
    "verifier_bg.wasm",
];

/// What checks SM2: fetched and kept only with a copy that has keys of it.
const SM2: [&str; 2] = ["verifier-sm2.js", "verifier-sm2_bg.wasm"];

/// Adds the icons to the assets.
///
/// # Errors
/// A picture cannot be encoded.
pub fn add_icons(assets: &mut Assets) -> Result<(), png::EncodingError> {
    for (logical, side, maskable) in ICONS {
        assets.insert(logical, icon(side, maskable)?);
    }
    Ok(())
}

/// The mark in whole pixels, an opaque square.
fn icon(side: usize, maskable: bool) -> Result<Vec<u8>, png::EncodingError> {
    // 16/32 of the side holds the mark's bars well within the circle; else the mark fills the square.
    let (unit, margin) = if maskable { (side / 2, side / 4) } else { (side, 0) };
    let at = |n: usize| margin + n * unit / mark::SIDE;
    let mut rgb = mark::RECTANGLES[0].1.repeat(side * side);
    for ([x, y, width, height], colour) in mark::RECTANGLES.into_iter().skip(1) {
        for row in at(y)..at(y + height) {
            for column in at(x)..at(x + width) {
                let pixel = (row * side + column) * 3;
                rgb[pixel..pixel + 3].copy_from_slice(&colour);
            }
        }
    }
    let mut bytes = Vec::new();
    // Sides are at most 512: they fit.
    let pixels = u32::try_from(side).unwrap_or_default();
    let mut encoder = png::Encoder::new(&mut bytes, pixels, pixels);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(&rgb)?;
    Ok(bytes)
}

/// The web app manifest (W3C); in a static mirror it begins at a file.
#[must_use]
pub fn manifest(assets: &Assets, lang: Lang, mirror: bool) -> String {
    let mut icons: Vec<serde_json::Value> = assets
        .path("mark.svg")
        .map(|path| json!({ "src": path, "sizes": "any", "type": "image/svg+xml", "purpose": "any" }))
        .into_iter()
        .collect();
    for (logical, side, maskable) in ICONS {
        if let Some(path) = assets.path(logical) {
            icons.push(json!({
                "src": path,
                "sizes": format!("{side}x{side}"),
                "type": "image/png",
                "purpose": if maskable { "maskable" } else { "any" },
            }));
        }
    }
    let start = format!("{}/scan{}", lang.prefix(), if mirror { SUFFIX } else { "" });
    let value = json!({
        // One app in whatever language it was installed.
        "id": "/",
        "name": words::APP_NAME.to(lang),
        "short_name": site::NAME.to(lang),
        "description": words::APP_DESCRIPTION.to(lang),
        "lang": lang.tag(),
        "dir": "ltr",
        "start_url": start,
        "scope": "/",
        // The address stays in sight: readers are told to look at it.
        "display": "minimal-ui",
        "background_color": COLOUR,
        "theme_color": COLOUR,
        "icons": icons,
    });
    value.to_string() + "\n"
}

/// The service worker's script: its asset, behind one line with what this build has to keep. Another
/// build is another script, which is how a browser notices.
#[must_use]
pub fn worker(assets: &Assets, mirror: Option<&Mirror>) -> String {
    let Some(script) = assets.path("sw.js").and_then(|path| assets.get(path)) else {
        return String::new();
    };
    let paths = |names: &[&str]| -> Vec<String> {
        names.iter().filter_map(|logical| assets.path(logical).map(str::to_owned)).collect()
    };
    let (kept, sm2) = (paths(&KEPT), paths(&SM2));
    let script = String::from_utf8_lossy(&script.identity);
    let languages = mirror.map_or(Lang::ALL.as_slice(), |mirror| &mirror.languages);
    let prefixes: Vec<&str> = languages.iter().map(|lang| lang.prefix()).collect();
    let suffix = mirror.map_or("", |_| SUFFIX);
    let build = hash16(format!("{kept:?}{sm2:?}{script}").as_bytes());
    let head = json!({ "build": build, "assets": kept, "sm2": sm2, "prefixes": prefixes, "suffix": suffix });
    format!("const BUILD = {head};\n{script}")
}

/// The addresses of what checks SM2, with a space between; empty where this build has none.
#[must_use]
pub fn sm2(assets: &Assets) -> String {
    let paths: Option<Vec<&str>> = SM2.iter().map(|logical| assets.path(logical)).collect();
    paths.unwrap_or_default().join(" ")
}

/// What a phone fetches when a reader keeps the portal: the assets as they travel, in bytes, with or
/// without what checks SM2.
#[must_use]
pub fn travelling(assets: &Assets, sm2: bool) -> u64 {
    let one = |logical: &&str| {
        let asset = assets.get(assets.path(logical)?)?;
        Some(asset.br.as_ref().filter(|br| !br.is_empty()).unwrap_or(&asset.identity).len() as u64)
    };
    KEPT.iter().chain(SM2.iter().filter(|_| sm2)).filter_map(one).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_icon_is_the_mark_in_whole_pixels_and_a_maskable_one_keeps_to_its_circle() {
        for (logical, side, maskable) in ICONS {
            let bytes = icon(side, maskable).expect("encodes");
            let decoder = png::Decoder::new(std::io::Cursor::new(bytes));
            let mut reader = decoder.read_info().expect("a head");
            let mut rgb = vec![0; side * side * 3];
            let info = reader.next_frame(&mut rgb).expect("pixels");
            assert_eq!((info.width as usize, info.height as usize), (side, side), "{logical}");
            let ground = mark::RECTANGLES[0].1;
            let mut colours = std::collections::BTreeSet::new();
            for (i, pixel) in rgb.chunks(3).enumerate() {
                colours.insert(pixel.to_vec());
                let (x, y) = (i % side, i / side);
                let from_middle = |n: usize| (2 * n).abs_diff(side);
                let outside = from_middle(x).pow(2) + from_middle(y).pow(2) > (side * 4 / 5).pow(2);
                assert!(!(maskable && outside && pixel != ground), "{logical}: {x} {y} is cut off");
            }
            assert_eq!(colours.len(), mark::RECTANGLES.len(), "{logical}");
        }
    }
}
