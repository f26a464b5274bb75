//! Finds the lines of somebody's list in the register.
//!
//! A number finds a record for **certain**: a unified social credit code, a barcode, a product's key, a standard's
//! number. A name finds a **possible** one, always: two firms may have one name, one firm several. What is
//! printed about itself is never believed: a line whose number and name are of different firms says so.
//! Not to be found is no verdict on anybody; the register holds what its lists hold.
//!
//! The same functions run on the server (over its indexes) and in the browser (over the shelves), so that a
//! list need not leave the reader's device.

mod cells;
mod csv;
mod table;

pub use cells::{LINE_CHARS_MAX, cells, lines};
pub use csv::{HEAD, row as csv_row};
pub use table::{Fold, Table};

/// Hits a line shows; the others are counted.
pub const HITS_MAX: usize = 5;

/// How sure a line's match is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// A number that names one record.
    Certain,
    /// A name, or a number that contradicts a name.
    Possible,
    /// A quality credit code: its own page says what it stands for.
    Code,
    /// Nothing in the catalogues looked through.
    None,
}

impl Grade {
    /// As data: `certain`, `possible`, `code`, `none`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Grade::Certain => "certain",
            Grade::Possible => "possible",
            Grade::Code => "code",
            Grade::None => "none",
        }
    }
}

/// What a record was found by. In order of strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Its unified social credit code (GB 32100).
    Uscc,
    /// Its barcode number (GB 12904).
    Gtin,
    /// Its key in this register.
    Key,
    /// Its number, year included.
    Number,
    /// Its whole name.
    Name,
    /// A name it had before.
    FormerName,
    /// Its short name.
    ShortName,
    /// Brand and model.
    BrandModel,
    /// Model and its maker's name.
    MakerModel,
    /// Model alone.
    Model,
    /// Its whole name, within more text.
    NameInside,
    /// The line is a part of its name.
    PartOfName,
}

impl Why {
    /// All of them, strongest first.
    pub const ALL: [Why; 12] = [
        Why::Uscc,
        Why::Gtin,
        Why::Key,
        Why::Number,
        Why::Name,
        Why::FormerName,
        Why::ShortName,
        Why::BrandModel,
        Why::MakerModel,
        Why::Model,
        Why::NameInside,
        Why::PartOfName,
    ];

    /// As data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Why::Uscc => "uscc",
            Why::Gtin => "gtin",
            Why::Key => "key",
            Why::Number => "number",
            Why::Name => "name",
            Why::FormerName => "former_name",
            Why::ShortName => "short_name",
            Why::BrandModel => "brand_model",
            Why::MakerModel => "maker_model",
            Why::Model => "model",
            Why::NameInside => "name_inside",
            Why::PartOfName => "part_of_name",
        }
    }

    /// Whether it names one record and no other.
    #[must_use]
    pub const fn certain(self) -> bool {
        matches!(self, Why::Uscc | Why::Gtin | Why::Key | Why::Number)
    }
}

/// What else there is to say of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Remark {
    /// A valid number that no record here has.
    NotHeld,
    /// It looks like a credit code or a barcode, and its check digit does not fit: mistyped.
    CheckDigit,
    /// Number and name are of different records.
    Contradiction,
    /// Too short to be looked for by name.
    TooShort,
    /// Longer than [`LINE_CHARS_MAX`]; only its beginning was read.
    Cut,
}

impl Remark {
    /// All of them.
    pub const ALL: [Remark; 5] =
        [Remark::NotHeld, Remark::CheckDigit, Remark::Contradiction, Remark::TooShort, Remark::Cut];

    /// As data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Remark::NotHeld => "not_held",
            Remark::CheckDigit => "check_digit",
            Remark::Contradiction => "contradiction",
            Remark::TooShort => "too_short",
            Remark::Cut => "cut",
        }
    }
}

/// A record that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Catalogue: `products`, `enterprises`, `standards`.
    pub catalogue: &'static str,
    /// Key of the record.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// Code of its status.
    pub status: String,
    /// Found by this.
    pub why: Why,
}

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The line as it was given.
    pub text: String,
    /// How sure.
    pub grade: Grade,
    /// The records, surest first, at most [`HITS_MAX`].
    pub hits: Vec<Hit>,
    /// Records beyond those.
    pub more: usize,
    /// A quality credit code in the line, as written on labels without hyphens.
    pub code: String,
    /// What else there is to say.
    pub remarks: Vec<Remark>,
}

/// The catalogues a list is looked for in.
#[derive(Debug, Default)]
pub struct Register {
    tables: Vec<Table>,
}

impl Register {
    /// None yet.
    #[must_use]
    pub fn new() -> Register {
        Register::default()
    }

    /// Adds a catalogue.
    pub fn add(&mut self, table: Table) {
        self.tables.push(table);
    }

    /// Names of the catalogues it has.
    pub fn catalogues(&self) -> impl Iterator<Item = &'static str> {
        self.tables.iter().map(Table::name)
    }

    /// Looks for one line.
    #[must_use]
    pub fn find(&self, line: &str) -> Found {
        let mut remarks = Vec::new();
        let text: String = line.trim().chars().take(LINE_CHARS_MAX).collect();
        if text.chars().count() < line.trim().chars().count() {
            remarks.push(Remark::Cut);
        }
        let cells = cells(&text);
        let mut hits: Vec<Hit> = Vec::new();
        let mut code = String::new();
        for cell in &cells {
            let before = hits.len();
            for table in &self.tables {
                hits.extend(table.by_number(cell));
            }
            match numbers::read(cell) {
                _ if hits.len() > before => {}
                numbers::Read::Code(found) => code = found,
                numbers::Read::Valid => remarks.push(Remark::NotHeld),
                numbers::Read::CheckDigit => remarks.push(Remark::CheckDigit),
                numbers::Read::Text => {}
            }
        }
        let mut names: Vec<Hit> = Vec::new();
        let mut more = 0;
        for table in &self.tables {
            names.extend(table.by_name(&text, &cells));
        }
        // Part of a name is what is left to try; and nothing to try where a number already speaks.
        if hits.is_empty() && names.is_empty() && code.is_empty() && remarks.is_empty() {
            if table::is_long_enough(&text) {
                for table in &self.tables {
                    let (found, others) = table.by_part(&text);
                    names.extend(found);
                    more += others;
                }
            } else {
                remarks.push(Remark::TooShort);
            }
        }
        if contradicts(&hits, &names)
            || (remarks.contains(&Remark::NotHeld) && names.iter().any(of_a_firm))
        {
            remarks.push(Remark::Contradiction);
        }
        let certain = !hits.is_empty() && !remarks.contains(&Remark::Contradiction);
        hits.extend(names);
        hits.sort_by_key(|hit| hit.why);
        let mut seen: Vec<(&'static str, String)> = Vec::new();
        hits.retain(|hit| {
            let id = (hit.catalogue, hit.key.clone());
            let new = !seen.contains(&id);
            if new {
                seen.push(id);
            }
            new
        });
        more += hits.len().saturating_sub(HITS_MAX);
        hits.truncate(HITS_MAX);
        let grade = match () {
            () if certain => Grade::Certain,
            () if !hits.is_empty() => Grade::Possible,
            () if !code.is_empty() => Grade::Code,
            () => Grade::None,
        };
        remarks.dedup();
        Found { text: line.trim().to_owned(), grade, hits, more, code, remarks }
    }
}

/// By its own name, not by goods.
fn of_a_firm(hit: &Hit) -> bool {
    hit.catalogue == "enterprises" && matches!(hit.why, Why::Name | Why::FormerName)
}

/// A firm's code and another firm's name in one line.
fn contradicts(numbers: &[Hit], names: &[Hit]) -> bool {
    let mut coded = numbers.iter().filter(|hit| hit.why == Why::Uscc).peekable();
    coded.peek().is_some()
        && names.iter().any(of_a_firm)
        && !coded.any(|firm| names.iter().any(|name| of_a_firm(name) && name.key == firm.key))
}

mod numbers {
    //! What a cell is, before anything is looked up.

    use register::code::CreditCode;
    use register::id::{Gtin, Uscc};

    /// What a cell reads as.
    pub enum Read {
        /// A quality credit code.
        Code(String),
        /// Another number with its check digit right.
        Valid,
        /// A number with its check digit wrong.
        CheckDigit,
        /// Something else.
        Text,
    }

    /// Reads a cell.
    pub fn read(cell: &str) -> Read {
        // A label's address is read for its last part.
        let (cell, address) = match cell.rsplit_once("/q/") {
            Some((_, code)) => (code.split(['?', '#']).next().unwrap_or_default(), true),
            None => (cell, false),
        };
        let plain: String = cell.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        if !plain.is_ascii() {
            return Read::Text;
        }
        let digits = plain.bytes().all(|b| b.is_ascii_digit());
        let upper = plain.to_ascii_uppercase();
        if (!digits || address)
            && let Ok(code) = CreditCode::parse(&upper)
        {
            return Read::Code(code.as_str().to_owned());
        }
        if upper.len() == 18 && upper.bytes().all(|b| b.is_ascii_alphanumeric()) {
            let shaped = upper.bytes().filter(u8::is_ascii_digit).count() >= 8;
            return match Uscc::parse(&upper) {
                Ok(_) => Read::Valid,
                Err(_) if shaped => Read::CheckDigit,
                Err(_) => Read::Text,
            };
        }
        if digits && matches!(plain.len(), 8 | 12 | 13 | 14) {
            return match Gtin::parse(&plain) {
                Ok(_) => Read::Valid,
                // Eight digits may be anything, a date for one.
                Err(_) if plain.len() > 8 => Read::CheckDigit,
                Err(_) => Read::Text,
            };
        }
        Read::Text
    }
}

#[cfg(test)]
mod tests;
