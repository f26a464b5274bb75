//! One catalogue, made ready: its numbers and names in tables.

use std::collections::HashMap;
use std::fmt;

use register::id::{Gtin, Uscc};
use search::{CatalogueSpec, Row};

use crate::{HITS_MAX, Hit, Why};

/// How a catalogue folds text: `search::fold::fold`, or `search::Shelf::fold`.
pub type Fold = Box<dyn Fn(&str) -> String + Send + Sync>;

/// Shorter keys and numbers are too easily something else.
const NUMBER_CHARS_MIN: usize = 5;
/// Fewer characters stand in a longer text by chance.
const INSIDE_CHARS_MIN: usize = 6;
/// Fewer letters and digits are no model by themselves.
const MODEL_CHARS_MIN: usize = 5;
/// Fewer Chinese characters, or twice as many others, are in too many names.
const PART_WIDTH_MIN: usize = 6;

/// What is kept of a row.
struct Kept {
    key: String,
    title: String,
    status: String,
    /// Whole names, as printed (firms).
    names: Vec<String>,
    /// Forms of its brands (goods).
    brands: Vec<String>,
    /// Forms of its maker's names (goods).
    makers: Vec<String>,
}

/// A catalogue to look lines up in.
pub struct Table {
    spec: &'static CatalogueSpec,
    fold: Fold,
    rows: Vec<Kept>,
    /// Names in their form for comparing → row and what kind of name it is.
    names: HashMap<String, Vec<(u32, Why)>>,
    /// Numbers → row.
    numbers: HashMap<String, Vec<(u32, Why)>>,
    /// Models in their form → row.
    models: HashMap<String, Vec<u32>>,
    /// The first characters of every long name → its form and row.
    starts: HashMap<[char; 4], Vec<(String, u32)>>,
    /// Forms of the names a part is looked for in, in the order of the rows.
    parts: Vec<(String, u32)>,
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("catalogue", &self.spec.name).finish_non_exhaustive()
    }
}

impl Table {
    /// Makes a catalogue ready: products, enterprises or standards. Of another catalogue keys and titles are
    /// compared.
    #[must_use]
    pub fn new(
        spec: &'static CatalogueSpec,
        rows: impl IntoIterator<Item = Row>,
        fold: Fold,
    ) -> Table {
        let mut table = Table {
            spec,
            fold,
            rows: Vec::new(),
            names: HashMap::new(),
            numbers: HashMap::new(),
            models: HashMap::new(),
            starts: HashMap::new(),
            parts: Vec::new(),
        };
        for row in rows {
            let i = table.rows.len() as u32;
            table.take(i, &row);
            let kept = table.kept(row);
            table.rows.push(kept);
        }
        table
    }

    /// Name of the catalogue.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.spec.name
    }

    fn take(&mut self, i: u32, row: &Row) {
        let spec = self.spec;
        let why = match spec.name {
            "enterprises" if Uscc::parse(&row.key).is_ok() => Why::Uscc,
            "standards" => Why::Number,
            _ => Why::Key,
        };
        self.number_of(i, &row.key, why);
        match spec.name {
            "enterprises" => {
                for name in row.texts_of(spec, "name").chain(row.texts_of(spec, "name_en")) {
                    self.name_of(i, name, Why::Name, true);
                }
                for name in row.texts_of(spec, "former_names") {
                    self.name_of(i, name, Why::FormerName, true);
                }
                for name in row.texts_of(spec, "short_name") {
                    self.name_of(i, name, Why::ShortName, false);
                }
            }
            "standards" => {
                for number in row.texts_of(spec, "number") {
                    self.number_of(i, number, Why::Number);
                }
                for name in row.texts_of(spec, "title").chain(row.texts_of(spec, "title_en")) {
                    self.name_of(i, name, Why::Name, false);
                }
            }
            _ => {
                for gtin in row.texts_of(spec, "gtin") {
                    if let Ok(gtin) = Gtin::parse(gtin) {
                        self.number_of(i, gtin.as_str(), Why::Gtin);
                    }
                }
                for name in row.texts_of(spec, "name").chain(row.texts_of(spec, "name_en")) {
                    self.name_of(i, name, Why::Name, false);
                }
                for model in row.texts_of(spec, "model") {
                    for one in model.split(['、', '，', ',', ';', '；']) {
                        let form = self.form(one);
                        if !form.is_empty() {
                            self.models.entry(form).or_default().push(i);
                        }
                    }
                }
            }
        }
    }

    fn number_of(&mut self, i: u32, number: &str, why: Why) {
        let form = self.form(number);
        if form.chars().count() >= NUMBER_CHARS_MIN {
            let named = self.numbers.entry(form).or_default();
            if !named.iter().any(|(row, _)| *row == i) {
                named.push((i, why));
            }
        }
    }

    /// Takes a name; `inside`: it is also looked for within longer lines.
    fn name_of(&mut self, i: u32, name: &str, why: Why, inside: bool) {
        let form = self.form(name);
        if form.is_empty() {
            return;
        }
        if inside
            && form.chars().count() >= INSIDE_CHARS_MIN
            && let Some(start) = start(&form.chars().collect::<Vec<_>>(), 0)
        {
            self.starts.entry(start).or_default().push((form.clone(), i));
        }
        let named = self.names.entry(form.clone()).or_default();
        if !named.iter().any(|(row, _)| *row == i) {
            named.push((i, why));
        }
        self.parts.push((form, i));
    }

    /// For comparing: folded; letters, digits and characters only. Brackets, dots and spaces are set by
    /// whoever types.
    fn form(&self, text: &str) -> String {
        (self.fold)(text).chars().filter(|c| c.is_alphanumeric()).collect()
    }

    fn kept(&self, row: Row) -> Kept {
        let spec = self.spec;
        let title = match spec.name {
            "products" => {
                let parts = ["brand", "name", "model"].map(|text| row.text(spec, text));
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
            }
            "standards" => format!("{} {}", row.key, row.text(spec, "title")).trim().to_owned(),
            _ => row.text(spec, "name").to_owned(),
        };
        let forms = |texts: &[&str]| -> Vec<String> {
            let cells = texts.iter().flat_map(|text| row.texts_of(spec, text));
            let names = cells.flat_map(|cell| cell.split(['/', '、'])).map(|name| self.form(name));
            names.filter(|form| form.chars().count() >= 2).collect()
        };
        let names = match spec.name {
            "enterprises" => ["name", "name_en", "former_names"]
                .iter()
                .flat_map(|text| row.texts_of(spec, text))
                .map(str::to_owned)
                .collect(),
            _ => Vec::new(),
        };
        let (brands, makers) = match spec.name {
            "products" => (forms(&["brand"]), forms(&["enterprise", "enterprise_en"])),
            _ => Default::default(),
        };
        Kept {
            title: if title.is_empty() { row.key.clone() } else { title },
            status: row.code(spec, "status").to_owned(),
            key: row.key,
            names,
            brands,
            makers,
        }
    }

    fn hit(&self, i: u32, why: Why) -> Option<Hit> {
        let row = self.rows.get(i as usize)?;
        Some(Hit {
            catalogue: self.spec.name,
            key: row.key.clone(),
            title: row.title.clone(),
            status: row.status.clone(),
            why,
        })
    }

    /// Records a cell names by a number.
    pub(crate) fn by_number(&self, cell: &str) -> Vec<Hit> {
        let mut keys = vec![self.form(cell)];
        if let Ok(gtin) = Gtin::parse(&keys[0]) {
            keys.push(gtin.as_str().to_owned());
        }
        if let Some((number, _)) = cell.split_once('《') {
            // A standard's title stands behind its number.
            keys.push(self.form(number));
        }
        let mut hits: Vec<Hit> = Vec::new();
        for key in &keys {
            for (i, why) in self.numbers.get(key).into_iter().flatten() {
                let Some(hit) = self.hit(*i, *why) else { continue };
                if !hits.iter().any(|known| known.key == hit.key) {
                    hits.push(hit);
                }
            }
        }
        // Two records under one barcode: a name has to tell.
        if hits.len() > 1 {
            hits.iter_mut().for_each(|hit| hit.why = hit.why.max(Why::Model));
        }
        hits
    }

    /// Records the line, or a cell of it, names.
    pub(crate) fn by_name(&self, line: &str, cells: &[String]) -> Vec<Hit> {
        let mut found: Vec<(u32, Why)> = Vec::new();
        let whole = self.form(line);
        let forms: Vec<String> = cells.iter().map(|cell| self.form(cell)).collect();
        for form in std::iter::once(&whole).chain(&forms) {
            found.extend(self.names.get(form).into_iter().flatten());
        }
        if self.spec.name == "enterprises" && found.is_empty() {
            for cell in cells {
                found.extend(self.inside(cell));
            }
        }
        if self.spec.name == "products" {
            found.extend(self.by_model(line, &whole));
        }
        found.sort_by_key(|(_, why)| *why);
        found.into_iter().filter_map(|(i, why)| self.hit(i, why)).collect()
    }

    /// Whole names of firms within a longer cell.
    fn inside(&self, cell: &str) -> Vec<(u32, Why)> {
        let mut found = Vec::new();
        let form: Vec<char> = self.form(cell).chars().collect();
        for at in 0..form.len() {
            let Some(start) = start(&form, at) else { break };
            for (_, i) in self.starts.get(&start).into_iter().flatten() {
                let Some(row) = self.rows.get(*i as usize) else { continue };
                let fold = |text: &str| (self.fold)(text);
                let named = |name: &String| register::matching::names_firm(cell, name, &fold);
                if row.names.iter().any(named) && !found.contains(&(*i, Why::NameInside)) {
                    found.push((*i, Why::NameInside));
                }
            }
        }
        found
    }

    /// Products whose model stands in the line.
    fn by_model(&self, line: &str, whole: &str) -> Vec<(u32, Why)> {
        let mut found = Vec::new();
        let folded = (self.fold)(line);
        let is_part = |c: char| c.is_ascii_alphanumeric() || "-/._()".contains(c);
        let mut tokens: Vec<String> = folded
            .split(|c: char| !is_part(c))
            .map(|token| token.chars().filter(|c| c.is_alphanumeric()).collect())
            .filter(|token: &String| !token.is_empty())
            .collect();
        tokens.push(whole.to_owned());
        tokens.dedup();
        for token in tokens {
            for i in self.models.get(&token).into_iter().flatten() {
                let Some(row) = self.rows.get(*i as usize) else { continue };
                let says = |forms: &[String]| {
                    forms.iter().any(|form| whole.contains(form.as_str()) && *form != token)
                };
                let telling = token.chars().count() >= MODEL_CHARS_MIN
                    && token.chars().any(|c| c.is_ascii_digit())
                    && token.chars().any(|c| !c.is_ascii_digit());
                let why = match () {
                    () if says(&row.brands) => Why::BrandModel,
                    () if says(&row.makers) => Why::MakerModel,
                    () if telling => Why::Model,
                    () => continue,
                };
                if !found.contains(&(*i, why)) {
                    found.push((*i, why));
                }
            }
        }
        found
    }

    /// Records in whose names the line stands, and how many more there are.
    pub(crate) fn by_part(&self, line: &str) -> (Vec<Hit>, usize) {
        let form = self.form(line);
        let mut rows: Vec<u32> = Vec::new();
        for (name, i) in &self.parts {
            if rows.last() != Some(i) && name.contains(form.as_str()) {
                rows.push(*i);
            }
        }
        let more = rows.len().saturating_sub(HITS_MAX);
        let hits = rows.into_iter().take(HITS_MAX);
        (hits.filter_map(|i| self.hit(i, Why::PartOfName)).collect(), more)
    }
}

/// Four characters from a place on.
fn start(form: &[char], at: usize) -> Option<[char; 4]> {
    form.get(at..at + 4)?.try_into().ok()
}

/// Whether a line is long enough to be looked for as a part of names.
pub(crate) fn is_long_enough(line: &str) -> bool {
    let width = |c: char| if c.is_ascii() { 1 } else { 2 };
    line.chars().filter(|c| c.is_alphanumeric()).map(width).sum::<usize>() >= PART_WIDTH_MIN
}
