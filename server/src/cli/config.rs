//! Settings from one file, and `liangbiao config`, which says what they amount to.
//!
//! Every option that has an environment variable is a setting. A flag goes before the variable, the
//! variable before the file, the file before the default: the file's values become the defaults of the
//! command line before it is read, so each is checked as the flag would be.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::Resettable;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory, FromArgMatches};

use super::{Cli, progress, serve};
use crate::import::map::{Node, NodeValue, document, nearest};

/// The option that names the file, and its variable.
const FILE_OPTION: &str = "config";
const FILE_VARIABLE: &str = "LIANGBIAO_CONFIG";

/// What the names of variables begin with.
const PREFIX: &str = "LIANGBIAO_";

/// Most bytes of a configuration file.
const FILE_BYTES_MAX: u64 = 1024 * 1024;

/// Print the settings `serve` would run with, and where each is from.
///
/// Takes the options of `serve`. The output is itself a configuration file. What is secret is not shown.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 the settings are good, 2 one is not; the message names the file, the line and the key.

Examples:
  liangbiao config
  liangbiao config --config /etc/liangbiao.toml --listen 0.0.0.0:3000")]
pub struct Config {
    #[command(flatten)]
    serve: serve::Args,
}

/// A setting: an option with an environment variable.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its key in the file: its variable without the prefix, as an option would be written.
    pub key: String,
    /// Its environment variable.
    pub variable: String,
    /// Its value where nothing is said; none: it is not set then.
    pub default: Option<String>,
    /// What it is for, one line.
    pub about: String,
    /// It is a switch, `true` or `false` in the file.
    pub is_switch: bool,
    /// It may have several values, an array in the file.
    pub is_list: bool,
    /// Its value is never shown.
    pub is_secret: bool,
}

/// A value of the file.
#[derive(Clone, Debug)]
struct FromFile {
    line: usize,
    values: Vec<&'static str>,
}

/// The settings of a file, by key.
type File = BTreeMap<String, FromFile>;

/// All settings of all commands, by key.
#[must_use]
pub fn settings() -> Vec<Setting> {
    let mut all: BTreeMap<String, Setting> = BTreeMap::new();
    each_arg(&Cli::command(), &mut |arg| {
        if let Some(setting) = setting_of(arg) {
            // Options of other names take the same variable (`--issuer`); the one of its name describes it.
            if arg.get_long() == Some(&setting.key) {
                all.entry(setting.key.clone()).or_insert(setting);
            }
        }
    });
    all.into_values().collect()
}

/// The key of an option's setting; none where it has no variable.
fn key_of(arg: &Arg) -> Option<String> {
    let key = arg.get_env()?.to_str()?.strip_prefix(PREFIX)?.to_lowercase().replace('_', "-");
    (key != FILE_OPTION).then_some(key)
}

fn each_arg(command: &Command, each: &mut dyn FnMut(&Arg)) {
    // `serve` is what most settings are for: its words come first.
    let mut subs: Vec<&Command> = command.get_subcommands().collect();
    subs.sort_by_key(|sub| sub.get_name() != "serve");
    subs.into_iter().for_each(|sub| each_arg(sub, each));
    command.get_arguments().for_each(each);
}

fn setting_of(arg: &Arg) -> Option<Setting> {
    let (key, variable) = (key_of(arg)?, arg.get_env()?);
    let default = arg.get_default_values().iter().map(|value| value.to_string_lossy());
    let default = default.collect::<Vec<_>>().join(" ");
    let is_switch = matches!(arg.get_action(), ArgAction::SetTrue);
    Some(Setting {
        key,
        variable: variable.to_string_lossy().into_owned(),
        default: if is_switch { Some("false".to_owned()) } else { Some(default) }
            .filter(|default| !default.is_empty()),
        about: arg.get_help().map(|help| help.to_string()).unwrap_or_default(),
        is_switch,
        is_list: matches!(arg.get_action(), ArgAction::Append),
        is_secret: arg.is_hide_env_values_set(),
    })
}

/// Reads the command line of the process, with the settings of the file under it.
///
/// # Errors
/// The exit code, after the reason was told: 2 for usage and a file that is not right, 0 for help.
pub fn parse() -> Result<(Cli, Option<ExitCode>), ExitCode> {
    let words: Vec<OsString> = std::env::args_os().collect();
    let (command, file) = match file_named(&words) {
        None => (Cli::command(), None),
        Some(path) => match read(&path) {
            Ok(file) => (with(Cli::command(), &file), Some((path, file))),
            Err(text) => return Err(progress::usage(&text)),
        },
    };
    let shown = |error: clap::Error| {
        let _ = error.print();
        ExitCode::from(if error.use_stderr() { 2 } else { 0 })
    };
    let matches = command.clone().try_get_matches_from(&words).map_err(shown)?;
    if let Some(("config", given)) = matches.subcommand() {
        print(&command, given, file.as_ref());
        let cli = Cli::from_arg_matches(&matches).map_err(shown)?;
        return Ok((cli, Some(ExitCode::SUCCESS)));
    }
    Ok((Cli::from_arg_matches(&matches).map_err(shown)?, None))
}

/// The file that the command line names, or else the environment.
fn file_named(words: &[OsString]) -> Option<PathBuf> {
    let mut words = words.iter().skip(1).take_while(|word| *word != "--");
    while let Some(word) = words.next() {
        let text = word.to_string_lossy();
        let Some(rest) = text.strip_prefix("--").and_then(|rest| rest.strip_prefix(FILE_OPTION))
        else {
            continue;
        };
        if rest.is_empty() {
            // Without a value it is a mistake, which clap tells better.
            return words.next().map(PathBuf::from);
        }
        if let Some(path) = rest.strip_prefix('=') {
            return Some(PathBuf::from(path));
        }
    }
    std::env::var_os(FILE_VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// Reads a configuration file: every key known, every value one that its option takes.
///
/// # Errors
/// File, line, key, and what is wrong with it.
fn read(path: &Path) -> Result<File, String> {
    let name = path.display();
    let size = std::fs::metadata(path).map(|about| about.len());
    if size.is_ok_and(|size| size > FILE_BYTES_MAX) {
        return Err(format!("{name}: a configuration file has at most 1 MiB"));
    }
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("{name}: the configuration file cannot be read: {error}"))?;
    let root = document(&text).map_err(|(line, what)| format!("{name}:{line}: {what}"))?;
    let NodeValue::Table(members) = root.value else { return Ok(File::new()) };
    let settings = settings();
    let known: Vec<&str> = settings.iter().map(|setting| setting.key.as_str()).collect();
    let mut file = File::new();
    for (key, node) in members {
        let line = node.line;
        let wrong = |what: &str| Err(format!("{name}:{line}: {key}: {what}"));
        let Some(setting) = settings.iter().find(|setting| setting.key == key) else {
            return wrong(&match nearest(&key, &known) {
                Some(near) => format!("there is no such setting; did you mean {near}?"),
                None => format!("there is no such setting; they are {}", known.join(", ")),
            });
        };
        let values = match values(setting, &node) {
            Ok(values) => values,
            Err(what) => return wrong(what),
        };
        if let Some(what) = refused(setting, &values) {
            return wrong(&what);
        }
        // Defaults of a command line live as long as the process; so do these.
        let values = values.into_iter().map(|value| &*value.leak()).collect();
        file.insert(key, FromFile { line, values });
    }
    Ok(file)
}

/// A value of the file as the words of an option.
fn values(setting: &Setting, node: &Node) -> Result<Vec<String>, &'static str> {
    let one = |node: &Node| match &node.value {
        NodeValue::Text(text) => Some(text.clone()),
        NodeValue::Int(number) => Some(number.to_string()),
        _ => None,
    };
    match &node.value {
        NodeValue::Bool(yes) if setting.is_switch => Ok(vec![yes.to_string()]),
        _ if setting.is_switch => Err("it is true or false"),
        NodeValue::Array(items) if setting.is_list => {
            items.iter().map(one).collect::<Option<_>>().ok_or("its array holds texts")
        }
        NodeValue::Array(_) => Err("it has one value, not several"),
        _ => one(node).map(|text| vec![text]).ok_or("it is a text or a whole number"),
    }
}

/// Why an option does not take these words; none: it does. Options of one name differ between commands.
fn refused(setting: &Setting, values: &[String]) -> Option<String> {
    let mut what = None;
    each_arg(&Cli::command(), &mut |arg| {
        if what.is_some() || key_of(arg).as_ref() != Some(&setting.key) || setting.is_switch {
            return;
        }
        let Some(long) = arg.get_long() else { return };
        let alone = arg.clone().env(Resettable::Reset).required(false).global(false);
        let words = values.iter().map(|value| format!("--{long}={value}"));
        let words = std::iter::once("liangbiao".to_owned()).chain(words);
        let command = Command::new("liangbiao").arg(alone).disable_help_flag(true);
        if let Err(error) = command.try_get_matches_from(words) {
            let text = error.to_string();
            let line = text.lines().next().unwrap_or_default();
            what = Some(line.trim_start_matches("error: ").to_owned());
        }
    });
    what
}

/// The command with the file's values as its defaults.
fn with(command: Command, file: &File) -> Command {
    command
        .mut_args(|arg| match key_of(&arg).and_then(|key| file.get(&key)) {
            Some(from) => arg.default_values(from.values.iter().copied()),
            None => arg,
        })
        .mut_subcommands(|sub| with(sub, file))
}

/// Prints the settings as a configuration file, with where each is from.
fn print(command: &Command, given: &ArgMatches, file: Option<&(PathBuf, File)>) {
    let Some(own) = command.find_subcommand("config") else { return };
    let mut lines: Vec<(String, String)> = Vec::new();
    for arg in own.get_arguments() {
        let Some(setting) = setting_of(arg) else { continue };
        let key = &setting.key;
        let from = match given.value_source(arg.get_id().as_str()) {
            Some(ValueSource::CommandLine) => format!("flag --{key}"),
            Some(ValueSource::EnvVariable) => format!("variable {}", setting.variable),
            _ => match file.and_then(|(path, file)| Some((path, file.get(key)?))) {
                Some((path, from)) => format!("file {}:{}", path.display(), from.line),
                None => "default".to_owned(),
            },
        };
        let values: Vec<String> = match setting.is_switch {
            true => vec![given.get_flag(arg.get_id().as_str()).to_string()],
            false => given
                .get_raw(arg.get_id().as_str())
                .into_iter()
                .flatten()
                .map(OsStr::to_string_lossy)
                .map(|value| shown(&value, setting.is_secret))
                .collect(),
        };
        let values: Vec<&str> =
            values.iter().map(String::as_str).filter(|value| !value.is_empty()).collect();
        let line = match (values.as_slice(), setting.is_switch) {
            ([], _) => format!("# {key} is not set"),
            ([one], true) => format!("{key} = {one}"),
            ([one], false) if one.parse::<u64>().is_ok() => format!("{key} = {one}"),
            ([one], false) if !setting.is_list => format!("{key} = {}", quoted(one)),
            (many, _) => {
                let many: Vec<String> = many.iter().map(|one| quoted(one)).collect();
                format!("{key} = [{}]", many.join(", "))
            }
        };
        lines.push((line, from));
    }
    let width = lines.iter().map(|(line, _)| line.chars().count()).max().unwrap_or(0).min(60);
    for (line, from) in lines {
        progress::say(format_args!("{line:width$}  # {from}"));
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A value as it may be shown: secrets not at all, addresses without the password in them.
fn shown(value: &str, is_secret: bool) -> String {
    if is_secret {
        return "(hidden)".to_owned();
    }
    let Some((scheme, rest)) = value.split_once("://") else { return value.to_owned() };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    match authority.rsplit_once('@').and_then(|(user, _)| user.split_once(':')) {
        Some((user, password)) => {
            let after = rest.get(user.len() + 1 + password.len()..).unwrap_or_default();
            format!("{scheme}://{user}:(hidden){after}")
        }
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_in_addresses_and_secrets_are_not_shown() {
        assert_eq!(
            shown("postgres://u:p%40w@h:5/db?x=1", false),
            "postgres://u:(hidden)@h:5/db?x=1"
        );
        for open in ["https://quality.example", "http://u@h/x", "127.0.0.1:3000", "a:b@c"] {
            assert_eq!(shown(open, false), open);
        }
        assert_eq!(shown("anything", true), "(hidden)");
    }

    #[test]
    fn the_file_is_found_where_it_is_named() {
        let named = |words: &[&str]| {
            let words: Vec<OsString> = words.iter().map(OsString::from).collect();
            file_named(&words)
        };
        let file = Some(PathBuf::from("a.toml"));
        assert_eq!(named(&["liangbiao", "--config", "a.toml", "serve"]), file);
        assert_eq!(named(&["liangbiao", "serve", "--config=a.toml"]), file);
        assert_eq!(named(&["liangbiao", "config", "--config", "a.toml"]), file);
        assert_eq!(named(&["liangbiao", "serve", "--", "--config", "a.toml"]), None);
        assert_eq!(named(&["liangbiao", "config", "--configx=1"]), None);
    }

    #[test]
    fn every_setting_takes_its_own_default() {
        let all = settings();
        assert!(all.len() > 7, "{all:?}");
        // A variable whose name no option has could not be described, and not be given as a flag.
        each_arg(&Cli::command(), &mut |arg| {
            if let Some(key) = key_of(arg) {
                assert!(all.iter().any(|setting| setting.key == key), "{key}");
            } else if let Some(variable) = arg.get_env() {
                assert_eq!(variable, FILE_VARIABLE);
            }
        });
        for setting in all {
            assert!(!setting.about.is_empty(), "{setting:?}");
            if let Some(default) = setting.default.clone().filter(|_| !setting.is_list) {
                assert_eq!(refused(&setting, &[default]), None, "{setting:?}");
            }
        }
    }
}
