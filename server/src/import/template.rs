//! Lists under our own headers: a mapping made from the header.

use std::path::Path;

use chrono::NaiveDate;

use super::map::Map;
use super::reader::ReadError;

/// What the command line says about a list without a mapping file.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// Kind of record.
    pub kind: String,
    /// What is the same for the whole list, `column=value`.
    pub set: Vec<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Terms of use.
    pub licence: Option<String>,
    /// When it was read there.
    pub retrieved_on: Option<NaiveDate>,
    /// Made-up rows.
    pub sample: bool,
    /// Sheet.
    pub sheet: Option<String>,
}

/// Why there is no mapping for a list.
#[derive(Debug)]
pub enum Refused {
    /// The command line is wrong.
    Usage {
        /// In simplified Chinese.
        zh: String,
        /// In English.
        en: String,
    },
    /// The file is.
    File(ReadError),
}

/// A mapping for a list under our own headers.
///
/// # Errors
/// When the command line or the header is wrong.
pub fn map_for(ask: &Ask, _file: &Path) -> Result<Map, Refused> {
    Err(Refused::Usage {
        zh: format!("尚不支持不带映射文件导入{}", ask.kind),
        en: format!("Importing {} without a mapping file is not supported yet", ask.kind),
    })
}
