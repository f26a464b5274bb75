//! Real photographs, as many as the best open decoders read, and nothing read wrong.
//!
//! The photographs are not part of the project. They are looked for in `../shared/data` beside the
//! workspace; where they are absent the test says so and ends.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use scanner_decode::{Effort, Format, Grey, decode};

/// A code within a code: its text file names the outer one, and reading the inner one is as right.
const EITHER: [(&str, &str); 1] =
    [("qrcode-2/16", "[内側QRコード]\r\n\r\n*ダブルQR*\r\nhttp://d-qr.net/ex/")];

/// Japanese books carry two bar codes; the second, with the price, is in these pictures too.
const ALSO_THERE: [(&str, &str); 3] = [
    ("ean13-2/14", "1920081045006"),
    ("ean13-2/20", "1920081045006"),
    ("ean13-2/24", "1920081045006"),
];

/// A photo whose text file leaves out a letter: the symbol says "photography", as its twin 12 does.
/// It counts neither as read nor as read wrong.
const MISLABELLED: (&str, &str) =
    ("qrcode-2/13", "The 2005 USGS aerial photography of the Washington Monument is censored.");

fn data(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("SKIPPED: {} is not there", path.display());
    None
}

/// Every picture under a folder, in order.
fn pictures(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path())
    {
        if entry.is_dir() {
            found.extend(pictures(&entry));
        } else if entry
            .extension()
            .is_some_and(|e| ["png", "jpg", "gif"].iter().any(|known| e == *known))
        {
            found.push(entry);
        }
    }
    found.sort();
    found
}

fn read(file: &Path) -> Vec<(Format, String)> {
    let image =
        image::open(file).unwrap_or_else(|error| panic!("{}: {error}", file.display())).to_rgba8();
    let grey = Grey::from_rgba(image.width() as usize, image.height() as usize, image.as_raw());
    let found = decode(&grey.expect("a picture"), Effort::Photo, &mut || true);
    found.into_iter().map(|code| (code.format, code.text)).collect()
}

#[derive(Default)]
struct Tally {
    labelled: usize,
    right: usize,
    missed: Vec<String>,
    wrong: Vec<String>,
}

/// Reads every labelled photo; a photo counts as wrong when anything but its text was read in it.
fn tally(root: &Path, wanted: fn(&str) -> bool) -> Tally {
    let mut tally = Tally::default();
    for file in pictures(root) {
        let Ok(label) = std::fs::read_to_string(file.with_extension("txt")) else { continue };
        let place = file.strip_prefix(root).expect("below it").with_extension("");
        let name = place.to_string_lossy().replace('\\', "/");
        if !wanted(&name) {
            continue;
        }
        tally.labelled += 1;
        let texts: Vec<String> = read(&file).into_iter().map(|(_, text)| text).collect();
        let named = |list: &[(&str, &str)], text: &str| list.contains(&(&*name, text));
        let is = |text: &&String| text.trim_end() == label.trim_end() || named(&EITHER, text);
        if texts.iter().any(|text| is(&text)) {
            tally.right += 1;
        } else {
            tally.missed.push(name.clone());
        }
        let strange: Vec<_> =
            texts.iter().filter(|text| !is(text) && !named(&ALSO_THERE, text)).collect();
        if !strange.is_empty() && (&*name, strange[0].as_str()) != MISLABELLED {
            tally.wrong.push(format!("{name}: {strange:?}"));
        }
    }
    tally
}

#[test]
fn qr_codes_in_real_photos_are_read_and_none_is_read_wrong() {
    let Some(root) = data("qr_zxing") else { return };
    let tally = tally(&root, |name| name.starts_with("qrcode-"));
    println!("QR: {} of {}, missed {:?}", tally.right, tally.labelled, tally.missed);
    assert_eq!(tally.labelled, 179);
    assert_eq!(tally.wrong, Vec::<String>::new());
    assert!(tally.right >= 169, "{} of 179, missed {:?}", tally.right, tally.missed);
}

#[test]
fn bar_codes_in_real_photos_are_read_and_none_is_read_wrong() {
    let Some(root) = data("qr_zxing") else { return };
    let tally = tally(&root, |name| name.starts_with("ean13-"));
    println!("EAN-13: {} of {}, missed {:?}", tally.right, tally.labelled, tally.missed);
    assert_eq!(tally.labelled, 83);
    assert_eq!(tally.wrong, Vec::<String>::new());
    assert!(tally.right >= 75, "{} of 83, missed {:?}", tally.right, tally.missed);
}

#[test]
fn every_code_of_a_photo_with_several_is_read() {
    let Some(root) = data("qr_zxing") else { return };
    assert_eq!(read(&root.join("multi-qrcode-1/1.png")).len(), 4);
}

#[test]
fn pictures_that_made_other_decoders_fail_make_this_one_neither_fail_nor_guess() {
    let Some(root) = data("qr_rqrr") else { return };
    let read: BTreeMap<String, Vec<String>> = pictures(&root)
        .into_iter()
        .map(|file| {
            let name = file.strip_prefix(&root).expect("below it").to_string_lossy().into_owned();
            (name, read(&file).into_iter().map(|(_, text)| text).collect())
        })
        .collect();
    let begins: Vec<(&str, Vec<String>)> = read
        .iter()
        .map(|(name, texts)| {
            (&**name, texts.iter().map(|text| text.chars().take(18).collect()).collect())
        })
        .collect();
    let right: [(&str, &[&str]); 15] = [
        // Made so that error correction cannot mend them, or so that a part is missing.
        ("errors/data_ecc.png", &[]),
        ("errors/format_ecc.png", &[]),
        ("errors/invalid_version.gif", &[]),
        ("errors/io_error.png", &["For testing the Io"]),
        ("errors/should-not-panic-1.jpg", &["http://m.liantu.co"]),
        ("errors/should-not-panic-2.jpg", &["https://pcsac.pc.c", "欢迎访问太平洋IT百科栏目！"]),
        ("full/gogh.jpg", &["https://github.com", "rqrr", "123456789101112131"]),
        ("full/multiple.png", &["odo consequat. Dui", "Lorem ipsum dolor ", "ur. Excepteur sint"]),
        (
            "full/multiple_rotated.png",
            &["odo consequat. Dui", "Lorem ipsum dolor ", "ur. Excepteur sint"],
        ),
        ("full/superlong.gif", &["superlongdatasuper"]),
        ("github.gif", &["https://github.com"]),
        ("mirrored.gif", &["rqrr"]),
        ("number.gif", &["123456789101112131"]),
        ("rqrr.gif", &["rqrr"]),
        ("rqrr_incomplete.gif", &[]),
    ];
    let right: Vec<(&str, Vec<String>)> = right
        .into_iter()
        .map(|(name, texts)| (name, texts.iter().map(|text| (*text).to_owned()).collect()))
        .collect();
    assert_eq!(begins, right);
}
