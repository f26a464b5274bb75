//! `liangbiao match`: a whole list looked up.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;
use lookup::{Grade, HEAD, Register, csv_row};
use serde_json::json;

use super::{RegisterArg, progress};
use crate::import::reader::{self, Data, Format, HeaderAt, Options};
use crate::store::{self, At, StoreError};
use crate::web::lookup::{tables_of, text};

/// Look up every line of a list: names, unified social credit codes, barcodes, models, standard numbers.
///
/// The result is a CSV with a row for every record found and one for every line without any: `certain`
/// where a number names one record, `possible` where only a name does, `code` for a quality credit code
/// (ask `liangbiao verify`), `none` otherwise. The portal does the same at /match. Not to be in this
/// register does not mean anything bad. Writes nothing but the result.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done, 1 the list or the register cannot be read or the result not written, 2 usage.

Examples:
  liangbiao match suppliers.xlsx --out result.csv
  liangbiao match suppliers.csv --as-of 2025-12-31
  cut -f2 orders.tsv | liangbiao match - --register /srv/liangbiao/register.db")]
pub struct Match {
    /// The list: text or .csv (UTF-8 or GB 18030), .xlsx; `-` reads text from standard input.
    list: PathBuf,
    /// Where the result goes; standard output unless given. A file that exists is not written over.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The day, YYYY-MM-DD; today in China unless given.
    #[arg(long, value_name = "DAY")]
    as_of: Option<NaiveDate>,
    /// A line of JSON for every line of the list, instead of a CSV.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    register: RegisterArg,
}

impl Match {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        let lines = match lines(&self.list) {
            Ok(lines) => lines,
            Err(error) => return refused(&format!("{}: {error}", self.list.display())),
        };
        if lines.is_empty() {
            return refused(&format!("{}: the list is empty", self.list.display()));
        }
        let register = match self.register() {
            Ok(register) => register,
            Err(error) => return progress::failure(&error),
        };
        match self.write(&lines, &register) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                let to =
                    self.out.as_deref().map_or("standard output".into(), Path::to_string_lossy);
                refused(&format!("{to}: {error}"))
            }
        }
    }

    fn register(&self) -> Result<Register, StoreError> {
        let reader = self.register.reader()?;
        let at = At {
            as_of: self.as_of.unwrap_or_else(|| store::china_day(chrono::Utc::now())),
            known: reader.log_size()?,
        };
        tables_of(&reader, at)
    }

    fn write(&self, lines: &[(usize, String)], register: &Register) -> std::io::Result<()> {
        let mut out: Box<dyn Write> = match &self.out {
            Some(file) => Box::new(std::io::BufWriter::new(std::fs::File::create_new(file)?)),
            None => Box::new(std::io::BufWriter::new(std::io::stdout().lock())),
        };
        if !self.json {
            out.write_all("\u{feff}".as_bytes())?;
            out.write_all(HEAD.as_bytes())?;
        }
        let bar = progress::bar(lines.len() as u64, "lines");
        let mut counts = [0_usize; 4];
        for (number, line) in lines {
            let found = register.find(line);
            let grade = match found.grade {
                Grade::Certain => 0,
                Grade::Possible => 1,
                Grade::Code => 2,
                Grade::None => 3,
            };
            counts[grade] += 1;
            let text = if self.json { as_json(*number, &found) } else { csv_row(*number, &found) };
            match out.write_all(text.as_bytes()) {
                // A reader that left early (`| head`) is no failure.
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
                written => written?,
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
        match out.flush() {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => return Err(error),
            _ => {}
        }
        let [certain, possible, codes, none] = counts;
        let all = lines.len();
        eprintln!(
            "{all} lines: {certain} certain, {possible} possible, {codes} codes, {none} none"
        );
        Ok(())
    }
}

fn refused(text: &str) -> ExitCode {
    eprintln!("liangbiao: {text}");
    ExitCode::from(1)
}

fn as_json(number: usize, found: &lookup::Found) -> String {
    let hits: Vec<_> = found
        .hits
        .iter()
        .map(|hit| {
            json!({
                "catalogue": hit.catalogue,
                "key": hit.key,
                "title": hit.title,
                "status": hit.status,
                "by": hit.why.name(),
            })
        })
        .collect();
    let remarks: Vec<_> = found.remarks.iter().map(|remark| remark.name()).collect();
    let line = json!({
        "line": number,
        "text": found.text,
        "grade": found.grade.name(),
        "hits": hits,
        "more": found.more,
        "code": (!found.code.is_empty()).then_some(&found.code),
        "remarks": remarks,
    });
    format!("{line}\n")
}

/// The lines that hold anything, with their numbers as an office program shows them.
fn lines(list: &Path) -> Result<Vec<(usize, String)>, String> {
    let name = list.to_string_lossy();
    let table =
        Format::of_name(&name).filter(|format| matches!(format, Format::Csv | Format::Xlsx));
    if list == Path::new("-") || table.is_none() {
        let mut bytes = Vec::new();
        let read = match list == Path::new("-") {
            true => std::io::stdin().lock().read_to_end(&mut bytes),
            false => std::fs::File::open(list).and_then(|mut file| file.read_to_end(&mut bytes)),
        };
        read.map_err(|error| error.to_string())?;
        let text =
            text(bytes).ok_or("neither UTF-8 nor GB 18030 text; save it as .csv or .xlsx")?;
        return Ok(lookup::lines(&text).map(|(number, line)| (number, line.to_owned())).collect());
    }
    let options = Options { header: HeaderAt::None, format: table, ..Options::default() };
    let mut lines = Vec::new();
    let read = reader::read(list, &options, &|_| {}, &mut |row| {
        if let Data::Cells(_, cells) = &row.data {
            let line = cells.join("\t");
            if !line.trim().is_empty() {
                lines.push((usize::try_from(row.number).unwrap_or(usize::MAX), line));
            }
        }
        Ok(())
    });
    read.map_err(|error| error.en)?;
    Ok(lines)
}
