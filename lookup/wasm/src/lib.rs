//! A list looked up in the browser: the page hands over the shelves of some catalogues, then one line after
//! the other, and no line leaves the device. The words are the page's own.

use std::sync::Arc;

use lookup::{HEAD, Register, Table, csv_row};
use search::Shelf;
use wasm_bindgen::prelude::wasm_bindgen;

/// The catalogues a list is looked for in.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Lists {
    register: Register,
}

#[wasm_bindgen]
impl Lists {
    /// None yet.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Lists {
        Lists::default()
    }

    /// Adds a catalogue from its shelf; false where the bytes are none of this program's.
    pub fn add(&mut self, shelf: &[u8]) -> bool {
        let Ok(shelf) = Shelf::parse(shelf) else { return false };
        let (spec, rows) = (shelf.spec(), shelf.rows());
        let shelf = Arc::new(shelf);
        self.register.add(Table::new(spec, rows, Box::new(move |text| shelf.fold(text))));
        true
    }

    /// Looks for a line, the `number`-th of its list: its grade, how many records are not told, a credit code,
    /// its remarks with spaces between, its rows for a CSV; then for each record its catalogue, key, title,
    /// status and what it was found by.
    #[must_use]
    pub fn find(&self, number: u32, line: &str) -> Vec<String> {
        let found = self.register.find(line);
        let remarks: Vec<&str> = found.remarks.iter().map(|remark| remark.name()).collect();
        let mut out = vec![
            found.grade.name().to_owned(),
            found.more.to_string(),
            found.code.clone(),
            remarks.join(" "),
            csv_row(number as usize, &found),
        ];
        for hit in found.hits {
            let parts = [hit.catalogue, &hit.key, &hit.title, &hit.status, hit.why.name()];
            out.extend(parts.map(str::to_owned));
        }
        out
    }

    /// The head of the CSV.
    #[must_use]
    pub fn head() -> String {
        HEAD.to_owned()
    }
}
