//! Whether a notice or recall is about goods of a brand, by what it prints.
//!
//! A brand is a word like any other: "Classic" is one and "classic" is none, a shop may be called after a
//! hill as a brand is. So a brand counts only where a brand stands: at the beginning of the goods' name or
//! right before "brand"; never within a longer brand, and a brand that is an ordinary word only where the
//! text says that it is one.

use super::goods::{self, Word};
use super::{Fold, Reading};

/// Words that tell about goods and are brands as well. Such a brand needs the word "brand" or a mark (®, ™).
/// Ours, from the brands of public lists; compared folded.
const ORDINARY: [&str; 64] = [
    "avalon",
    "cafe",
    "café",
    "chambers",
    "classic",
    "conserv",
    "conservator",
    "criterion",
    "deluxe",
    "designer",
    "eco",
    "economy",
    "edge",
    "element",
    "elite",
    "ellipse",
    "epic",
    "essential",
    "essentials",
    "gallery",
    "garrison",
    "gladiator",
    "gold",
    "good",
    "great",
    "home",
    "keystone",
    "king",
    "marathon",
    "marvel",
    "master",
    "max",
    "mini",
    "modern",
    "monogram",
    "new",
    "none",
    "original",
    "outdoor",
    "perfect",
    "premier",
    "premium",
    "prime",
    "pro",
    "professional",
    "pure",
    "royal",
    "sapphire",
    "season",
    "seasons",
    "select",
    "sharp",
    "signature",
    "silver",
    "simple",
    "smart",
    "standard",
    "star",
    "summit",
    "super",
    "thermal",
    "ultra",
    "unique",
    "vertex",
];
/// The same of Chinese words.
const ORDINARY_ZH: [&str; 12] = [
    "家用",
    "商用",
    "智能",
    "优质",
    "精品",
    "经典",
    "高级",
    "迷你",
    "便携",
    "全自动",
    "儿童",
    "新型",
];
/// What may follow a brand in the name of the firm behind it, without making it another firm.
const OF_FIRM: [&str; 25] = [
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "llc",
    "ltd",
    "limited",
    "lp",
    "plc",
    "ag",
    "gmbh",
    "usa",
    "us",
    "america",
    "americas",
    "north",
    "canada",
    "europe",
    "china",
    "group",
    "electronics",
    "appliances",
    "appliance",
];

/// The brands of a cell: a list may print several in one ("A or B", "A, B").
pub(super) fn brands(cell: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in cell.split([',', '，', '、', ';', '；', '|']) {
        let mut rest = part;
        while let Some(at) = rest.to_ascii_lowercase().find(" or ") {
            parts.push(&rest[..at]);
            rest = &rest[at + 4..];
        }
        parts.push(rest);
    }
    let quotes = |c: char| c.is_whitespace() || "\"'“”‘’".contains(c);
    parts
        .into_iter()
        .map(|part| part.trim_matches(quotes))
        .filter(|part| !part.is_empty())
        .collect()
}

/// The brands of a cell, in the form in which [`Reading::known`] is asked: folded, words one space apart.
#[must_use]
pub fn brand_names(cell: &str, fold: Fold<'_>) -> Vec<String> {
    brands(cell).into_iter().map(|brand| split(brand, fold).join(" ")).collect()
}

/// Whether a brand is an ordinary word.
fn ordinary(brand: &[String]) -> bool {
    brand.len() == 1 && ORDINARY.contains(&brand[0].as_str())
}

/// Whether the goods of `name` (one item of a recall's product name) are of this brand.
pub(super) fn names(name: &str, brand: &str, read: &Reading<'_>) -> bool {
    if !brand.is_ascii() && brand.chars().all(|c| c.is_alphanumeric() && !c.is_ascii()) {
        return names_zh(name, brand, read.fold);
    }
    let brand = split(brand, read.fold);
    if brand.concat().chars().count() < 2 {
        return false;
    }
    goods::phrases(name).into_iter().any(|phrase| {
        let words = goods::words(phrase);
        let folded: Vec<String> = words.iter().map(|word| (read.fold)(word.text)).collect();
        let marker = folded.iter().position(|word| matches!(word.as_str(), "brand" | "branded"));
        let printed = folded.get(..brand.len()).is_some_and(|start| start == brand);
        if !printed || !capital(words[0]) {
            return false;
        }
        if let Some(at) = marker {
            // "Acme Elite-brand kettles" are of Acme Elite.
            return at == brand.len();
        }
        let last = words[brand.len() - 1];
        if ordinary(&brand) {
            return phrase[last.end..].starts_with(['®', '™']);
        }
        !longer(&folded, brand.len(), read)
    })
}

/// Whether the words go on to a longer brand that the register knows.
fn longer(words: &[String], length: usize, read: &Reading<'_>) -> bool {
    (length + 1..=words.len().min(length + 3)).any(|end| (read.known)(&words[..end].join(" ")))
}

/// Whether a name begins with any brand the register knows.
pub(super) fn names_any(name: &str, read: &Reading<'_>) -> bool {
    goods::phrases(name).into_iter().any(|phrase| {
        let words = goods::words(phrase);
        let folded: Vec<String> = words.iter().map(|word| (read.fold)(word.text)).collect();
        let marked = folded.iter().any(|word| matches!(word.as_str(), "brand" | "branded"));
        let known = (1..=folded.len().min(4)).any(|end| {
            let some = &folded[..end];
            !ordinary(some) && (read.known)(&some.join(" "))
        });
        marked || (words.first().is_some_and(|word| capital(*word)) && known)
    })
}

/// Whether the firm a heading names ("Acme USA Recalls …", "… Recalled by Acme") is called by the brand and
/// nothing more than a firm's words.
pub(super) fn heads(heading: &str, brand: &str, read: &Reading<'_>) -> bool {
    let brand = split(brand, read.fold);
    if brand.is_empty() || ordinary(&brand) || brand.concat().chars().count() < 2 {
        return false;
    }
    let Some(firm) = recalling(heading) else { return false };
    let words = goods::words(firm);
    let folded: Vec<String> = words.iter().map(|word| (read.fold)(word.text)).collect();
    folded.get(..brand.len()).is_some_and(|start| start == brand)
        && words.first().is_some_and(|word| capital(*word))
        && folded[brand.len()..].iter().all(|word| {
            OF_FIRM.contains(&word.as_str()) || matches!(word.as_str(), "of" | "s" | "u")
        })
}

/// The firm that recalls, as a heading prints it, up to the first comma: what stands behind it may be the
/// parent ("Acme, an Example Company, Recalls …").
pub(super) fn recalling(heading: &str) -> Option<&str> {
    let words = goods::words(heading);
    let is = |word: &Word<'_>, one: &str| word.text.eq_ignore_ascii_case(one);
    let cut = |text: &str| text.find([',', ';', '，']).unwrap_or(text.len());
    for pair in words.windows(2) {
        if is(&pair[0], "recalled") && is(&pair[1], "by") {
            let rest = &heading[pair[1].end..];
            let due = goods::words(rest)
                .into_iter()
                .find(|word| ["due", "because", "for", "after"].iter().any(|one| is(word, one)));
            let rest = due.map_or(rest, |word| &rest[..word.start]);
            return Some(rest[..cut(rest)].trim()).filter(|firm| !firm.is_empty());
        }
    }
    let verbs =
        ["recalls", "recall", "expands", "announces", "announce", "reannounces", "reannounce"];
    let verb = words.iter().find(|word| verbs.iter().any(|one| is(word, one)))?;
    let firm = heading[..verb.start].trim();
    Some(firm[..cut(firm)].trim()).filter(|firm| !firm.is_empty())
}

/// Whether a text prints a word as a name is printed.
fn capital(word: Word<'_>) -> bool {
    !word.text.chars().next().is_some_and(char::is_lowercase)
}

fn split(brand: &str, fold: Fold<'_>) -> Vec<String> {
    goods::words(brand).iter().map(|word| fold(word.text)).collect()
}

/// A Chinese brand begins the name of the goods: 示例牌电冰箱, 示例电冰箱.
fn names_zh(name: &str, brand: &str, fold: Fold<'_>) -> bool {
    let brand = fold(brand);
    let brand = brand.strip_suffix('牌').unwrap_or(&brand);
    let said = |rest: &str| rest.starts_with('牌') || rest.starts_with("品牌");
    brand.chars().count() >= 2
        && goods::phrases(name).into_iter().any(|phrase| {
            let phrase = fold(phrase);
            phrase
                .strip_prefix(brand)
                .is_some_and(|rest| said(rest) || !ORDINARY_ZH.contains(&brand))
        })
}
