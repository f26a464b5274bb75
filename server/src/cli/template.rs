//! `liangbiao template`: a blank list to fill in.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use register::lang::Lang;

use crate::import::template::{self, Refused};

/// Write a blank list with Chinese headers, one example row and a sheet of rules to standard output.
///
/// Example: liangbiao template listing > listing.xlsx
#[derive(Debug, clap::Args)]
pub struct Template {
    /// Kind of record, e.g. `listing`; see --list.
    #[arg(required_unless_present = "list")]
    pub kind: Option<String>,
    /// CSV instead of a workbook.
    #[arg(long)]
    pub csv: bool,
    /// Lists the kinds there are.
    #[arg(long, conflicts_with_all = ["kind", "csv"])]
    pub list: bool,
    /// Language of messages: zh, zh-Hant or en.
    #[arg(long, value_parser = super::import::language, default_value = "zh")]
    pub lang: Lang,
}

/// Runs the command.
pub fn run(args: &Template) -> ExitCode {
    let mut out = std::io::stdout().lock();
    if args.list {
        for kind in template::kinds() {
            let written = writeln!(out, "{:<12} {}", kind.name(), kind.label(args.lang));
            if written.is_err() {
                break;
            }
        }
        return ExitCode::SUCCESS;
    }
    let kind = match template::kind_named(args.kind.as_deref().unwrap_or_default()) {
        Ok(kind) => kind,
        Err(Refused::Usage { zh, en }) => {
            eprintln!("{}", if args.lang == Lang::En { en } else { zh });
            return ExitCode::from(2);
        }
        Err(Refused::File(_)) => return ExitCode::FAILURE,
    };
    let bytes = if args.csv {
        template::csv(kind).into_bytes()
    } else {
        if out.is_terminal() {
            let (zh, en) = (
                "工作簿不能显示在终端上，请写入文件：liangbiao template KIND > 名单.xlsx（或用 --csv）",
                "A workbook cannot be shown on a terminal; write it to a file: liangbiao template KIND > list.xlsx (or use --csv)",
            );
            eprintln!("{}", if args.lang == Lang::En { en } else { zh });
            return ExitCode::from(2);
        }
        match template::xlsx(kind) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("{error}");
                return ExitCode::FAILURE;
            }
        }
    };
    match out.write_all(&bytes).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
