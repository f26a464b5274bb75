//! What an import did, for a person and for a program.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use register::Kind;
use register::lang::Lang;
use register::message::{Code, Message};
use serde_json::{Value, json};

use super::limits;

/// One rule's word on one row.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Index of the file.
    pub file: usize,
    /// Row, as an office program shows it.
    pub row: u64,
    /// Column, value and what was expected.
    pub message: Message,
}

/// A refused row as it was, for the rejects file.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Index of the file.
    pub file: usize,
    /// Row.
    pub row: u64,
    /// Its cells, or its JSON value.
    pub cells: Value,
}

/// One file of an import.
#[derive(Clone, Debug)]
pub struct FileReport {
    /// Name without folders.
    pub name: String,
    /// Path as given.
    pub path: PathBuf,
    /// Sheet read.
    pub sheet: Option<String>,
    /// SHA-256, 64 hex digits.
    pub sha256: String,
    /// Key of its source record.
    pub source: String,
    /// Rows read.
    pub rows: u64,
    /// Rows accepted.
    pub accepted: u64,
    /// Rows refused.
    pub rejected: u64,
    /// Its columns.
    pub columns: Vec<String>,
    /// Columns nobody asked for, and in how many rows they hold something.
    pub unknown: Vec<(String, u64)>,
}

/// The whole of it. Rows read = new + changed + unchanged + skipped + rejected.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The files.
    pub files: Vec<FileReport>,
    /// Rows that bring at least one new record.
    pub new: u64,
    /// Rows that bring no new record but change one.
    pub changed: u64,
    /// Rows the register has already.
    pub unchanged: u64,
    /// Rows the mapping's conditions leave out.
    pub skipped: u64,
    /// Records per kind: new, changed, unchanged.
    pub records: Vec<(Kind, [u64; 3])>,
    /// Every rule every refused row broke.
    pub rejections: Vec<Finding>,
    /// Refused rows as they were.
    pub kept: Vec<Kept>,
    /// Remarks on accepted rows, the first of them.
    pub remarks: Vec<Finding>,
    /// All remarks, counted.
    pub remark_counts: Vec<(Code, u64)>,
    /// Of lists that complete records (`existing = "fill"`), per kind and field: records it was added to,
    /// records in which the list says something else.
    pub fields: BTreeMap<(Kind, &'static str), [u64; 2]>,
    /// Entries to be appended.
    pub entries: u64,
    /// Whether they were.
    pub written: bool,
    /// Whether the import was to stop after the report.
    pub dry_run: bool,
    /// The limit of refused rows that was passed, if one was.
    pub limit_passed: Option<u64>,
    /// Log size afterwards.
    pub log_size: Option<u64>,
}

impl Report {
    /// Rows read.
    pub fn rows(&self) -> u64 {
        self.files.iter().map(|f| f.rows).sum()
    }

    /// Rows refused.
    pub fn rejected(&self) -> u64 {
        self.files.iter().map(|f| f.rejected).sum()
    }

    /// Rows accepted.
    pub fn accepted(&self) -> u64 {
        self.files.iter().map(|f| f.accepted).sum()
    }

    /// Whether anything may be written: something was accepted, and not too much refused.
    pub fn may_be_written(&mut self, reject_limit: Option<u64>) -> bool {
        self.limit_passed = reject_limit.filter(|limit| self.rejected() > *limit);
        self.limit_passed.is_none() && self.accepted() > 0
    }

    /// Whether the accepted rows are in the register now (also when nothing was new).
    pub fn is_in(&self) -> bool {
        self.log_size.is_some() && !self.dry_run
    }

    /// Refusals per code.
    pub fn codes(&self) -> BTreeMap<Code, u64> {
        let mut counts = BTreeMap::new();
        for finding in &self.rejections {
            *counts.entry(finding.message.code).or_default() += 1;
        }
        counts
    }

    /// For a program. The texts are in the three languages.
    pub fn json(&self) -> Value {
        let finding = |f: &Finding| {
            let file = &self.files[f.file];
            json!({
                "file": file.name,
                "sheet": file.sheet,
                "row": f.row,
                "code": f.message.code.name(),
                "column": f.message.column,
                "value": f.message.value,
                "expected": {
                    "zh-Hans": f.message.text(Lang::ZhHans),
                    "zh-Hant": f.message.text(Lang::ZhHant),
                    "en": f.message.text(Lang::En),
                },
            })
        };
        let records: serde_json::Map<String, Value> = self
            .records
            .iter()
            .map(|(kind, [new, changed, unchanged])| {
                let counts = json!({ "new": new, "changed": changed, "unchanged": unchanged });
                (kind.name().to_owned(), counts)
            })
            .collect();
        let counted = |counts: &mut dyn Iterator<Item = (Code, u64)>| -> Value {
            counts
                .map(|(code, n)| (code.name().to_owned(), json!(n)))
                .collect::<serde_json::Map<_, _>>()
                .into()
        };
        json!({
            "files": self.files.iter().map(|f| json!({
                "file": f.name,
                "sheet": f.sheet,
                "sha256": f.sha256,
                "source": f.source,
                "rows": f.rows,
                "accepted": f.accepted,
                "rejected": f.rejected,
                "unknown_columns": f.unknown.iter()
                    .map(|(column, count)| json!({ "column": column, "count": count }))
                    .collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "rows": {
                "read": self.rows(),
                "accepted": self.accepted(),
                "new": self.new,
                "changed": self.changed,
                "unchanged": self.unchanged,
                "skipped": self.skipped,
                "rejected": self.rejected(),
            },
            "records": records,
            "rejection_codes": counted(&mut self.codes().into_iter()),
            "rejections": self.rejections.iter().map(finding).collect::<Vec<_>>(),
            "remark_codes": counted(&mut self.remark_counts.iter().copied()),
            "fields": self.fields.iter().map(|((kind, field), [added, differing])| json!({
                "kind": kind.name(), "field": field, "added": added, "differing": differing,
            })).collect::<Vec<_>>(),
            "remarks": self.remarks.iter().map(finding).collect::<Vec<_>>(),
            "entries": self.entries,
            "dry_run": self.dry_run,
            "written": self.written,
            "log_size": self.log_size,
        })
    }

    /// For a person. Writing to a `String` cannot fail, so the results are let go.
    pub fn text(&self, lang: Lang, colour: bool) -> String {
        let t = |zh: &'static str, hant: &'static str, en: &'static str| match lang {
            Lang::ZhHans => zh,
            Lang::ZhHant => hant,
            Lang::En => en,
        };
        let colon = if lang == Lang::En { ": " } else { "：" };
        let paint = |text: &str, code: &str| {
            if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
        };
        let mut out = String::new();
        for file in &self.files {
            let sheet = file.sheet.as_ref().map_or(String::new(), |s| format!(" [{s}]"));
            let _ = writeln!(out, "{}{sheet}", paint(&file.name, "1"));
            for (column, count) in &file.unknown {
                let _ = match lang {
                    Lang::ZhHans => writeln!(out, "  未使用的列：{column}（{count}行有内容）"),
                    Lang::ZhHant => writeln!(out, "  未使用的欄：{column}（{count}行有內容）"),
                    Lang::En => writeln!(out, "  Column not used: {column} ({count} rows)"),
                };
            }
        }
        let counts = [
            (t("读取行数", "讀取行數", "Rows read"), self.rows()),
            (t("新增", "新增", "New"), self.new),
            (t("变更", "變更", "Changed"), self.changed),
            (t("未变", "未變", "Unchanged"), self.unchanged),
            (t("按条件略过", "按條件略過", "Left out by condition"), self.skipped),
            (t("拒绝", "拒絕", "Rejected"), self.rejected()),
        ];
        for (label, count) in counts {
            let line = format!("{label}{colon}{}", grouped(count));
            let refused = label == counts[5].0 && count > 0;
            let _ = writeln!(out, "  {}", if refused { paint(&line, "31") } else { line });
        }
        for (kind, [new, changed, same]) in &self.records {
            let label = kind.label(lang);
            let _ = match lang {
                Lang::ZhHans => writeln!(out, "  · {label}：新增{new}、变更{changed}、未变{same}"),
                Lang::ZhHant => writeln!(out, "  · {label}：新增{new}、變更{changed}、未變{same}"),
                Lang::En => {
                    writeln!(out, "  · {label}: {new} new, {changed} changed, {same} unchanged")
                }
            };
        }
        for ((kind, name), [added, differing]) in &self.fields {
            let label = kind.spec().field(name).map_or(*name, |field| lang.of(&field.label));
            let _ = match lang {
                Lang::ZhHans => writeln!(out, "    {label}：补充{added}、不同{differing}"),
                Lang::ZhHant => writeln!(out, "    {label}：補充{added}、不同{differing}"),
                Lang::En => writeln!(out, "    {label}: added to {added}, differs in {differing}"),
            };
        }
        if !self.rejections.is_empty() {
            let _ = writeln!(out, "{}", paint(t("拒绝的行", "拒絕的行", "Rejected rows"), "1"));
            for (code, count) in self.codes() {
                let _ = writeln!(out, "  {code} × {}", grouped(count));
            }
        }
        self.list(&mut out, &self.rejections, lang, &|text| paint(text, "31"));
        if !self.remark_counts.is_empty() {
            let _ = writeln!(
                out,
                "{}",
                paint(t("已接受但须留意", "已接受但須留意", "Accepted with a remark"), "1")
            );
            for (code, count) in &self.remark_counts {
                let _ = writeln!(out, "  {code} × {}", grouped(*count));
            }
        }
        // A remark that stands in every row is shown once.
        let mut told = std::collections::HashSet::new();
        let distinct: Vec<Finding> = self
            .remarks
            .iter()
            .filter(|f| told.insert((f.message.code, &f.message.value)))
            .cloned()
            .collect();
        self.list(&mut out, &distinct, lang, &|text| paint(text, "33"));
        let _ = writeln!(out, "{}", paint(&self.conclusion(lang), "1"));
        out
    }

    fn list(
        &self,
        out: &mut String,
        findings: &[Finding],
        lang: Lang,
        paint: &dyn Fn(&str) -> String,
    ) {
        for finding in findings.iter().take(limits::REJECTIONS_SHOWN) {
            let file = &self.files[finding.file];
            let m = &finding.message;
            let code = paint(m.code.name());
            let sheet = file.sheet.as_ref().map_or(String::new(), |s| format!(" [{s}]"));
            let text = m.text(lang);
            let row = finding.row;
            let _ = match lang {
                Lang::En => {
                    let value = if m.value.is_empty() {
                        String::new()
                    } else {
                        format!(" = \"{}\"", m.value)
                    };
                    let column =
                        if m.column.is_empty() { String::new() } else { format!(", {}", m.column) };
                    writeln!(out, "  {code} {}{sheet} row {row}{column}{value}: {text}", file.name)
                }
                _ => {
                    let value = if m.value.is_empty() {
                        String::new()
                    } else {
                        format!("“{}”", m.value)
                    };
                    let column = if m.column.is_empty() {
                        String::new()
                    } else {
                        format!("，{}", m.column)
                    };
                    writeln!(out, "  {code} {}{sheet} 第{row}行{column}{value}：{text}", file.name)
                }
            };
        }
        if let Some(more) = findings.len().checked_sub(limits::REJECTIONS_SHOWN).filter(|n| *n > 0)
        {
            let _ = match lang {
                Lang::ZhHans => writeln!(out, "  ……另有{more}条"),
                Lang::ZhHant => writeln!(out, "  ……另有{more}條"),
                Lang::En => writeln!(out, "  … and {more} more"),
            };
        }
    }

    fn conclusion(&self, lang: Lang) -> String {
        let n = grouped(self.entries);
        if let Some(limit) = self.limit_passed {
            return match lang {
                Lang::ZhHans => format!("拒绝的行超过上限{limit}，未写入任何内容。"),
                Lang::ZhHant => format!("拒絕的行超過上限{limit}，未寫入任何內容。"),
                Lang::En => format!(
                    "More rows were rejected than the limit of {limit}; nothing was written."
                ),
            };
        }
        if self.rows() == 0 {
            return match lang {
                Lang::ZhHans => "文件中没有数据行，未写入任何内容。".to_owned(),
                Lang::ZhHant => "文件中沒有資料行，未寫入任何內容。".to_owned(),
                Lang::En => "The file holds no rows; nothing was written.".to_owned(),
            };
        }
        if self.accepted() == 0 {
            return match lang {
                Lang::ZhHans => "没有可接受的行，未写入任何内容。".to_owned(),
                Lang::ZhHant => "沒有可接受的行，未寫入任何內容。".to_owned(),
                Lang::En => "No row was accepted; nothing was written.".to_owned(),
            };
        }
        match (self.dry_run, self.written, lang) {
            (true, _, Lang::ZhHans) => format!("试运行：将写入{n}条，现未写入。"),
            (true, _, Lang::ZhHant) => format!("試運行：將寫入{n}條，現未寫入。"),
            (true, _, Lang::En) => format!("Dry run: {n} entries would be written; nothing was."),
            (false, true, Lang::ZhHans) => format!("已写入{n}条。"),
            (false, true, Lang::ZhHant) => format!("已寫入{n}條。"),
            (false, true, Lang::En) => format!("{n} entries written."),
            (false, false, Lang::ZhHans) => "登记簿中已有全部内容，无需写入。".to_owned(),
            (false, false, Lang::ZhHant) => "登記簿中已有全部內容，無需寫入。".to_owned(),
            (false, false, Lang::En) => {
                "The register has everything already; nothing to write.".to_owned()
            }
        }
    }
}

/// `12345` → `12,345`.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
