//! Lists under our own headers: a mapping made from the header, and blank lists to fill in.

mod cells;
mod forms;
mod heads;
mod workbook;

use std::path::Path;

use chrono::NaiveDate;
use register::Kind;

use super::map::{Coverage, Map, Source};
use super::reader::{self, Format, HeaderAt, Options, ReadError, Sheet};

pub use forms::{Column, columns, kinds};
pub use workbook::{csv, xlsx};

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

/// Words for what a source does not say.
pub(super) const NOT_STATED: &str = "来源未载明";

/// The kind of that name, if a list of it can be typed under our own headers.
///
/// # Errors
/// The kinds there are.
pub fn kind_named(name: &str) -> Result<Kind, Refused> {
    let found = Kind::from_name(name).filter(|kind| kinds().any(|k| k == *kind));
    found.ok_or_else(|| {
        let names: Vec<&str> = kinds().map(Kind::name).collect();
        Refused::Usage {
            zh: format!("没有“{name}”的模板，可用：{}", names.join("、")),
            en: format!(
                "There is no template for {name:?}; there is one for: {}",
                names.join(", ")
            ),
        }
    })
}

/// A mapping for a list under our own headers.
///
/// # Errors
/// When the command line or the header is wrong.
pub fn map_for(ask: &Ask, file: &Path) -> Result<Map, Refused> {
    let kind = kind_named(&ask.kind)?;
    let mut set = Vec::new();
    for pair in &ask.set {
        let Some((name, value)) = pair.split_once('=') else {
            return Err(Refused::Usage {
                zh: format!("--set应写成“列名=值”，读到“{pair}”"),
                en: format!("--set is COLUMN=VALUE, found {pair:?}"),
            });
        };
        set.push((forms::column_named(kind, name.trim())?, value.trim().to_owned()));
    }
    let known: Vec<String> = columns(kind)
        .iter()
        .flat_map(|c| c.heads.iter())
        .map(|head| reader::header_key(head))
        .collect();
    let sheet = ask.sheet.as_ref().map(|s| match s.parse() {
        Ok(number) => Sheet::Number(number),
        Err(_) => Sheet::Name(s.clone()),
    });
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    if Format::of_name(&name).is_some_and(Format::is_tree) {
        return Err(Refused::Usage {
            zh: "JSON名单须用映射文件（--map）导入".to_owned(),
            en: "A JSON list needs a mapping file (--map)".to_owned(),
        });
    }
    let header = HeaderAt::Known(known);
    let options = Options { sheet: sheet.clone(), header: header.clone(), ..Options::default() };
    let names = header_of(file, &options).map_err(Refused::File)?;
    let example = names.iter().map(|name| forms::example_below(kind, name)).collect();
    let heads = heads::Heads::new(kind, &names, set).map_err(Refused::File)?;
    let publisher = ask.publisher.clone().unwrap_or_else(|| NOT_STATED.to_owned());
    let records = forms::records(&heads, &publisher);
    Ok(Map {
        title: ask.title.clone().unwrap_or_else(|| name.clone()),
        format: None,
        encoding: None,
        sheet,
        pointer: String::new(),
        header,
        delimiter: None,
        ignore: vec!["序号".to_owned()],
        source: Source {
            key: format!("list-{}", kind.name().replace('_', "-")),
            publisher,
            title: ask.title.clone().unwrap_or(name),
            url: ask.url.clone(),
            published_on: None,
            retrieved_on: ask.retrieved_on,
            licence: ask.licence.clone().unwrap_or_else(|| NOT_STATED.to_owned()),
            sample: ask.sample,
            coverage: Coverage::default(),
        },
        constants: Vec::new(),
        records,
        own_template: Some(example),
    })
}

/// The header alone: reading stops at the first row below it.
fn header_of(file: &Path, options: &Options) -> Result<Vec<String>, ReadError> {
    let mut names = None;
    let stop = || ReadError::new("", "");
    let read = reader::read(file, options, &|_| (), &mut |row| {
        if let reader::Data::Cells(header, _) = &row.data {
            names = Some(header.names.clone());
        }
        Err(stop())
    });
    match (names, read) {
        (Some(names), _) => Ok(names),
        (None, Ok(facts)) => Ok(facts.columns),
        (None, Err(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests;
