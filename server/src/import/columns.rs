//! The columns of a list against those a mapping asks for: E01 for what is missing, a remark for
//! what nobody asked for.

use std::collections::{HashMap, HashSet};

use super::map::Map;
use super::personal::is_personal_column;
use super::reader::{Data, FileFacts, ReadError, Row, header_key};

/// Counts the columns of a file while it is read.
#[derive(Debug)]
pub struct Used {
    /// Alternatives of which one is enough, and whether the list may lack all of them.
    asked: Vec<(Vec<String>, bool)>,
    /// First steps of every path and column asked for, and what is left out on purpose.
    known: Vec<String>,
    /// Names met and found among the known ones: asked once, not for every row.
    asked_for: HashSet<String>,
    order: Vec<String>,
    counts: HashMap<String, u64>,
    checked: bool,
    own_template: bool,
}

/// Columns the rejects file adds.
pub const REASON_COLUMN: &str = "拒绝原因";

impl Used {
    /// The columns of a mapping.
    pub fn new(map: &Map) -> Used {
        let asked: Vec<(Vec<String>, bool)> =
            map.columns().into_iter().map(|(_, names, optional)| (names, optional)).collect();
        let first = |name: &String| {
            let end = name.find(['.', '[']).unwrap_or(name.len());
            [header_key(name), header_key(&name[..end])]
        };
        let mut known: Vec<String> =
            asked.iter().flat_map(|(names, _)| names).flat_map(first).collect();
        known.extend(map.ignore.iter().map(|n| header_key(n)));
        known.extend([REASON_COLUMN, "$key", ""].map(str::to_owned));
        Used {
            asked,
            known,
            asked_for: HashSet::new(),
            order: Vec::new(),
            counts: HashMap::new(),
            checked: false,
            own_template: map.own_template.is_some(),
        }
    }

    /// Looks at a row; at the first one, at the header.
    ///
    /// # Errors
    /// E01 and E24, for the file as a whole.
    pub fn see(&mut self, row: &Row) -> Result<(), ReadError> {
        match &row.data {
            Data::Cells(header, cells) => {
                if !self.checked {
                    self.check(&header.names)?;
                    self.checked = true;
                }
                for (name, _) in
                    header.names.iter().zip(cells).filter(|(_, c)| !c.trim().is_empty())
                {
                    self.count(name);
                }
            }
            Data::Tree(_, value) => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    if !value.is_null() && value.as_str() != Some("") {
                        self.count(name);
                    }
                }
            }
        }
        Ok(())
    }

    fn count(&mut self, name: &str) {
        if let Some(count) = self.counts.get_mut(name) {
            *count += 1;
            return;
        }
        if self.asked_for.contains(name) {
            return;
        }
        if self.known.contains(&header_key(name)) {
            self.asked_for.insert(name.to_owned());
        } else {
            self.order.push(name.to_owned());
            self.counts.insert(name.to_owned(), 1);
        }
    }

    fn check(&self, names: &[String]) -> Result<(), ReadError> {
        let have: Vec<String> = names.iter().map(|n| header_key(n)).collect();
        let personal: Vec<&str> = names
            .iter()
            .map(String::as_str)
            .filter(|n| is_personal_column(n))
            .filter(|n| self.own_template || self.known.contains(&header_key(n)))
            .collect();
        if !personal.is_empty() {
            let columns = personal.join("、");
            return Err(ReadError {
                code: Some("E24"),
                zh: format!("个人信息不允许导入：{columns}。请删除该列后再导入"),
                en: format!(
                    "Personal data may not be imported: {columns}. Remove the column and import again."
                ),
            });
        }
        let missing: Vec<String> = self
            .asked
            .iter()
            .filter(|(wanted, optional)| {
                !optional && !wanted.iter().any(|w| have.contains(&header_key(w)))
            })
            .map(|(wanted, _)| wanted.join(" / "))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let (list, found) = (missing.join("、"), names.join("、"));
        Err(ReadError {
            code: Some("E01"),
            zh: format!("缺少必填列“{list}”；文件中的列：{found}"),
            en: format!(
                "Required column \"{}\" is missing; the file has: {}.",
                missing.join(", "),
                names.join(", ")
            ),
        })
    }

    /// A table without a single row still shows its header.
    ///
    /// # Errors
    /// E01 and E24.
    pub fn missing(&self, facts: &FileFacts) -> Result<(), ReadError> {
        if self.checked || facts.rows > 0 || facts.columns.is_empty() {
            return Ok(());
        }
        self.check(&facts.columns)
    }

    /// Columns nobody asked for and in how many rows they hold something, in the list's order.
    pub fn extra(&self) -> Vec<(String, u64)> {
        self.order.iter().map(|name| (name.clone(), self.counts[name])).collect()
    }
}
