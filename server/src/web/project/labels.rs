//! Words for facet codes that come from records: schemes, places, categories, enterprises, families.

use search::catalogue::Catalogue;
use std::collections::BTreeMap;

use search::{CatalogueSpec, Labels, Row};

use super::facts::Places;
use super::join::Rows;
use crate::reference::{self, category};

/// The words of a catalogue's codes.
pub fn labels(catalogue: Catalogue, rows: &Rows) -> Labels {
    let mut labels = Labels::new();
    let spec = search::spec(catalogue);
    for facet in spec.facets {
        match facet.name {
            "scheme" => {
                for (key, names) in &rows.schemes {
                    labels.insert("scheme", key.clone(), names.clone());
                }
            }
            "place" | "region" | "country" => {
                for row in &rows.of[super::join::position(catalogue)] {
                    for code in row.codes(spec, facet.name) {
                        if labels.get(facet.name, code).is_none() {
                            labels.insert(facet.name, code.clone(), rows.places.labels(code));
                        }
                    }
                }
                // A place that only later rows are in must have its name too.
                for code in rows.places.codes() {
                    labels.insert(facet.name, code, rows.places.labels(code));
                }
            }
            "enterprise" => {
                for (key, holder) in &rows.holders {
                    let en = if holder.name_en.is_empty() { &holder.name } else { &holder.name_en };
                    let names = [holder.name.clone(), holder.name.clone(), en.clone()];
                    labels.insert("enterprise", key.clone(), names);
                }
            }
            "system" => {
                for system in reference::systems() {
                    labels.insert("system", system.id.clone(), system.name.clone());
                }
            }
            "need" | "scope" | "for_whom" => {
                words_of(&mut labels, facet.name, spec, &rows.of[super::join::position(catalogue)]);
            }
            "level" => {
                for level in register::kinds::scheme::LEVELS {
                    let words = [level.zh, level.hant, level.en].map(str::to_owned);
                    labels.insert("level", level.code, words);
                }
            }
            "family" => {
                for system in reference::systems() {
                    labels.insert("family", system.id.clone(), system.name.clone());
                }
            }
            "policy" | "department" => {
                for (key, names) in rows.papers.get(facet.name).into_iter().flatten() {
                    labels.insert(facet.name, key.clone(), names.clone());
                }
            }
            "category" => {
                for row in &rows.of[super::join::position(catalogue)] {
                    for code in row.codes(spec, "category") {
                        if labels.get("category", code).is_none() {
                            labels.insert("category", code.clone(), category(code));
                        }
                    }
                }
            }
            "sector" => {
                for row in &rows.of[super::join::position(catalogue)] {
                    for code in row.codes(spec, "sector") {
                        if let Some(words) = reference::word(code) {
                            labels.insert("sector", code.clone(), words.clone());
                        }
                    }
                }
            }
            _ => {}
        }
    }
    labels
}

/// The words of codes that are words themselves, where the built-in list knows them in other languages.
fn words_of(labels: &mut Labels, facet: &'static str, spec: &CatalogueSpec, rows: &[Row]) {
    for code in rows.iter().flat_map(|row| row.codes(spec, facet)) {
        if let Some(words) = reference::word(code) {
            labels.insert(facet, code.clone(), words.clone());
        }
    }
}

/// The words of the codes of changed rows, of which the index may have seen none yet.
pub fn labels_of(
    catalogue: Catalogue,
    rows: &[Row],
    places: &Places,
    schemes: &BTreeMap<String, [String; 3]>,
) -> Labels {
    let mut labels = Labels::new();
    let spec = search::spec(catalogue);
    for facet in ["need", "scope", "for_whom"] {
        words_of(&mut labels, facet, spec, rows);
    }
    for row in rows {
        for facet in ["place", "region", "country"] {
            for code in row.codes(spec, facet) {
                labels.insert(facet, code.clone(), places.labels(code));
            }
        }
        for code in row.codes(spec, "scheme") {
            if let Some(names) = schemes.get(code) {
                labels.insert("scheme", code.clone(), names.clone());
            }
        }
        for code in row.codes(spec, "system") {
            if let Some(system) = reference::system(code) {
                labels.insert("system", code.clone(), system.name.clone());
            }
        }
        for code in row.codes(spec, "family") {
            if let Some(system) = reference::system(code) {
                labels.insert("family", code.clone(), system.name.clone());
            }
        }
        for code in row.codes(spec, "category") {
            labels.insert("category", code.clone(), category(code));
        }
        for code in row.codes(spec, "sector") {
            if let Some(words) = reference::word(code) {
                labels.insert("sector", code.clone(), words.clone());
            }
        }
        let (name, name_en) = match catalogue {
            Catalogue::Listings => (row.text(spec, "holder"), ""),
            _ => (row.text(spec, "enterprise"), row.text(spec, "enterprise_en")),
        };
        if !name.is_empty() {
            let en = if name_en.is_empty() { name } else { name_en };
            let code = row.code(spec, "enterprise");
            labels.insert("enterprise", code, [name, name, en].map(str::to_owned));
        }
    }
    labels
}
