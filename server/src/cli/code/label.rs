//! `liangbiao code label` and `liangbiao code sheet`.

use std::path::{Path, PathBuf};

use register::Lang;
use register::code::{CreditCode, Level};
use register::kinds::rules::text;

use super::{DrawArgs, OriginArg, read, write_file};
use crate::cli::RegisterArg;
use crate::cli::progress::say;
use crate::code::artwork::{Artwork, ArtworkError, sheet};
use crate::code::{find, print_run};
use crate::desk::{DeskError, Result, refuse};
use crate::keys::Folder;
use crate::store::{At, Clock as _, Reader, SystemClock, china_day};

/// Draw the label of one code: the QR symbol, the mark, the code, the domain, the least size.
///
/// The ending of --out says as what: .svg (of its physical size, words as text), .png (300 dpi) or
/// .html (A4 sheets to be printed). The code has to be one of this register.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done, 1 nothing was drawn, 2 usage.

Examples:
  liangbiao code label 44AB-CDEF-GHJK --origin https://quality.example --out label.svg
  liangbiao code label 44AB-CDEF-GHJK --ec H --size 25 --out label.png
  liangbiao code label 44AB-CDEF-GHJK --copies 48 --out labels.html")]
pub(super) struct Label {
    /// The code as it is printed.
    code: String,
    /// Where the label goes.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Labels on the sheets of an .html file.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=LABELS_MAX))]
    copies: u64,
    #[command(flatten)]
    draw: DrawArgs,
    #[command(flatten)]
    origin: OriginArg,
    #[command(flatten)]
    register: RegisterArg,
}

/// Lay out the labels of a print run on A4 sheets, as HTML to be printed from a browser.
///
/// Takes the CSV file that `code issue --level unit` wrote. With more labels than one browser prints
/// with ease, there are several files: labels.html becomes labels-001.html and so on.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done, 1 nothing was drawn, 2 usage.

Examples:
  liangbiao code sheet run-7.csv --origin https://quality.example --out labels.html
  liangbiao code sheet run-7.csv --from 1 --to 480 --size 20 --out first.html")]
pub(super) struct Sheet {
    /// The print run.
    #[arg(value_name = "RUN.csv")]
    run: PathBuf,
    /// Where the sheets go.
    #[arg(long, value_name = "FILE.html")]
    out: PathBuf,
    /// First code of the run to print, from 1.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    from: u64,
    /// Last code of the run to print; the run's last otherwise.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    to: Option<u64>,
    #[command(flatten)]
    draw: DrawArgs,
    #[command(flatten)]
    origin: OriginArg,
    #[command(flatten)]
    register: RegisterArg,
}

/// Most labels of one HTML file: 5 MB, some thirty pages.
const LABELS_MAX: u64 = 1000;

/// What a file's ending asks for.
enum Form {
    Svg,
    Png,
    Html,
}

fn form(path: &Path) -> Result<Form> {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("svg") => Ok(Form::Svg),
        Some("png") => Ok(Form::Png),
        Some("html") => Ok(Form::Html),
        _ => refuse(format!("{}: end the name in .svg, .png or .html", path.display())),
    }
}

pub(super) fn drawn(result: std::result::Result<Artwork, ArtworkError>) -> Result<Artwork> {
    result.or_else(|error| refuse(error.to_string()))
}

/// Writes a drawing in the form its file's ending asks for, and says its size.
pub(super) fn save(artwork: &Artwork, out: &Path, copies: u64, lang: Lang) -> Result<()> {
    let bytes = match form(out)? {
        Form::Svg => artwork.svg().into_bytes(),
        Form::Png => artwork.png().or_else(|error| refuse(error.to_string()))?,
        Form::Html => {
            let copies = usize::try_from(copies).unwrap_or(1);
            sheet::html(&vec![artwork.clone(); copies], lang).into_bytes()
        }
    };
    write_file(out, &bytes)?;
    let (width, height) = artwork.size_mm();
    let symbol = artwork.symbol();
    say(format_args!("label       {}", out.display()));
    say(format_args!("size        {width:.1} × {height:.1} mm"));
    say(format_args!(
        "symbol      version {}, {2}×{2} modules, {} mm or more",
        symbol.version(),
        symbol.side_min_mm(),
        symbol.modules()
    ));
    Ok(())
}

/// The codes are of the register; a label for another would send readers to "not found".
struct Known {
    reader: Reader,
    pepper: Option<register::code::Pepper>,
    folder: Folder,
    at: At,
    place: PathBuf,
}

impl Known {
    fn open(register: &RegisterArg) -> Result<Known> {
        let (reader, place) = (register.reader()?, register.path());
        let at = At { as_of: china_day(SystemClock.now()), known: reader.log_size()? };
        Ok(Known { reader, pepper: None, folder: Folder::of(&place), at, place })
    }

    fn status(&mut self, code: &CreditCode) -> Result<String> {
        if code.level() == Level::Unit && self.pepper.is_none() {
            self.pepper = Some(self.folder.pepper()?);
        }
        let Some(found) = find::find(&self.reader, self.pepper.as_ref(), code, self.at)? else {
            return refuse(format!(
                "the code {} was not issued by the register {}",
                code.grouped(),
                self.place.display()
            ));
        };
        Ok(text(&found.entry.body, "status").unwrap_or_default().to_owned())
    }
}

impl Label {
    pub(super) fn run(&self) -> Result<()> {
        form(&self.out)?;
        let code = read(&self.code)?;
        let status = Known::open(&self.register)?.status(&code)?;
        if status != "valid" {
            eprintln!(
                "liangbiao: the code is {status}; its page says so to everybody who scans it"
            );
        }
        let origin = self.origin.get()?;
        let DrawArgs { ec, size, lang } = self.draw;
        let artwork = drawn(Artwork::of_code(&origin, &code, ec, size, lang))?;
        save(&artwork, &self.out, self.copies, lang)
    }
}

impl Sheet {
    pub(super) fn run(&self) -> Result<()> {
        if !matches!(form(&self.out)?, Form::Html) {
            return refuse(format!("{}: sheets are .html", self.out.display()));
        }
        let file = std::fs::File::open(&self.run)
            .map_err(|error| DeskError::File { path: self.run.clone(), error })?;
        let codes = print_run::read(std::io::BufReader::new(file))
            .or_else(|error| refuse(format!("{}: {error}", self.run.display())))?;
        let place = |n: u64| usize::try_from(n).unwrap_or(usize::MAX).min(codes.len());
        let chosen = codes.get(place(self.from - 1)..place(self.to.unwrap_or(u64::MAX)));
        let chosen = chosen.unwrap_or_default();
        if chosen.is_empty() {
            return refuse(format!("the run has {} codes; none of them is asked for", codes.len()));
        }
        let mut known = Known::open(&self.register)?;
        let origin = self.origin.get()?;
        let DrawArgs { ec, size, lang } = self.draw;
        let each = usize::try_from(LABELS_MAX).unwrap_or(1);
        for (n, part) in chosen.chunks(each).enumerate() {
            let mut labels = Vec::with_capacity(part.len());
            for code in part {
                known.status(code)?;
                labels.push(drawn(Artwork::of_code(&origin, code, ec, size, lang))?);
            }
            let out = match chosen.len() > each {
                true => numbered(&self.out, n + 1),
                false => self.out.clone(),
            };
            write_file(&out, sheet::html(&labels, lang).as_bytes())?;
            say(format_args!("sheets      {} ({} labels)", out.display(), labels.len()));
        }
        Ok(())
    }
}

/// `labels.html` → `labels-001.html`.
fn numbered(path: &Path, n: usize) -> PathBuf {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    path.with_file_name(format!("{stem}-{n:03}.html"))
}
