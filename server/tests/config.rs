//! Settings by flag, variable and file, as an operator gives them.

use std::path::{Path, PathBuf};
use std::process::Command;

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Place {
        Place(tempfile::tempdir().unwrap())
    }

    fn file(&self, text: &str) -> PathBuf {
        let path = self.0.path().join("liangbiao.toml");
        std::fs::write(&path, text).unwrap();
        path
    }
}

/// Exit code, standard output, standard error; with no variable but those named.
fn run(words: &[&str], variables: &[(&str, &Path)]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liangbiao"));
    for setting in server::cli::config::settings() {
        command.env_remove(setting.variable);
    }
    command.env_remove("LIANGBIAO_CONFIG").args(words);
    for (name, value) in variables {
        command.env(name, value);
    }
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn line<'t>(text: &'t str, key: &str) -> &'t str {
    let begin = format!("{key} = ");
    let unset = format!("# {key} is");
    text.lines()
        .find(|line| line.starts_with(&begin) || line.starts_with(&unset))
        .unwrap_or_else(|| panic!("{key} in {text}"))
}

#[test]
fn a_flag_goes_before_a_variable_before_the_file_before_the_default() {
    let place = Place::new();
    let file =
        place.file("# settings\nrate-limit = 11\nlisten = \"127.0.0.1:1\"\nscan-facts = true\n");
    let config = ("LIANGBIAO_CONFIG", file.as_path());
    let limit = ("LIANGBIAO_RATE_LIMIT", Path::new("22"));
    let shown = |words: &[&str], variables: &[(&str, &Path)]| {
        let (code, out, err) = run(words, variables);
        assert_eq!(code, Some(0), "{err}");
        out
    };
    let value = |text: &str, key: &str| {
        let (value, from) = line(text, key).split_once('#').unwrap();
        (value.trim().to_owned(), from.trim().to_owned())
    };
    let at = |n: usize| format!("file {}:{n}", file.display());
    let all = shown(&["config", "--rate-limit", "33"], &[config, limit]);
    assert_eq!(value(&all, "rate-limit"), ("rate-limit = 33".into(), "flag --rate-limit".into()));
    let all = shown(&["config"], &[config, limit]);
    let from = "variable LIANGBIAO_RATE_LIMIT".to_owned();
    assert_eq!(value(&all, "rate-limit"), ("rate-limit = 22".into(), from));
    let all = shown(&["config"], &[config]);
    assert_eq!(value(&all, "rate-limit"), ("rate-limit = 11".into(), at(2)));
    assert_eq!(value(&all, "listen"), ("listen = \"127.0.0.1:1\"".into(), at(3)));
    assert_eq!(value(&all, "scan-facts"), ("scan-facts = true".into(), at(4)));
    assert_eq!(value(&all, "log-format"), ("log-format = \"text\"".into(), "default".into()));
    assert!(line(&all, "metrics").contains("is not set"), "{all}");
    let all = shown(&["config"], &[]);
    assert_eq!(value(&all, "rate-limit").1, "default");
    // The flag that names the file goes before the variable that does.
    let other = place.0.path().join("other.toml");
    std::fs::write(&other, "rate-limit = 44\n").unwrap();
    let all = shown(&["config", "--config", other.to_str().unwrap()], &[config]);
    assert_eq!(value(&all, "rate-limit").0, "rate-limit = 44");
}

#[test]
fn what_config_prints_is_a_configuration_file() {
    let place = Place::new();
    let file = place.file(
        "origin = \"https://quality.example\"\noffice = \"示例\\\"局\"\n\
         trusted-proxy = [\"10.0.0.0/8\", \"127.0.0.1\"]\nmetrics = \"127.0.0.1:9464\"\n",
    );
    let (code, first, err) = run(&["config", "--config", file.to_str().unwrap()], &[]);
    assert_eq!(code, Some(0), "{err}");
    assert!(first.contains("trusted-proxy = [\"10.0.0.0/8\", \"127.0.0.1\"]"), "{first}");
    let again = place.0.path().join("again.toml");
    std::fs::write(&again, &first).unwrap();
    let (code, second, err) = run(&["config", "--config", again.to_str().unwrap()], &[]);
    assert_eq!(code, Some(0), "{err}");
    let plain = |text: &str| -> Vec<String> {
        text.lines()
            .map(|line| line.rsplit_once("  #").unwrap_or((line, "")).0.trim().to_owned())
            .collect()
    };
    assert_eq!(plain(&first), plain(&second));
    let bare: toml::Table = first.parse().unwrap();
    assert_eq!(bare["office"].as_str(), Some("示例\"局"));
}

#[test]
fn a_wrong_file_is_refused_with_its_line_and_its_key() {
    let place = Place::new();
    for (text, at, wanted) in [
        (
            "\nrate-limmit = 1\n",
            2,
            "rate-limmit: there is no such setting; did you mean rate-limit?",
        ),
        ("rate_limit = 1\n", 1, "did you mean rate-limit?"),
        ("# x\n\n[serve]\nlisten = 1\n", 3, "serve: there is no such setting"),
        ("rate-limit = \"many\"\n", 1, "rate-limit: invalid value 'many'"),
        ("rate-limit = true\n", 1, "rate-limit: it is a text or a whole number"),
        ("listen = \"here\"\n", 1, "listen: invalid value 'here'"),
        ("scan-facts = \"yes\"\n", 1, "scan-facts: it is true or false"),
        (
            "listen = [\"127.0.0.1:1\", \"127.0.0.1:2\"]\n",
            1,
            "listen: it has one value, not several",
        ),
        (
            "register = \"a.db\"\ntrusted-proxy = [\"10.0.0.0/99\"]\n",
            2,
            "trusted-proxy: invalid value",
        ),
        ("log-format = \"xml\"\n", 1, "log-format: invalid value 'xml'"),
        ("origin = \n", 1, ""),
        ("listen = \"127.0.0.1:1\"\nlisten = \"127.0.0.1:2\"\n", 2, "duplicate key"),
    ] {
        let file = place.file(text);
        // Whatever the command: a file that is wrong is wrong before anything is done.
        for command in [&["config"][..], &["check"], &["serve"]] {
            let (code, out, err) = run(command, &[("LIANGBIAO_CONFIG", &file)]);
            assert_eq!((code, out.as_str()), (Some(2), ""), "{text}: {err}");
            assert!(err.contains(&format!("{}:{at}: ", file.display())), "{text}: {err}");
            assert!(err.contains(wanted), "{text}: {err}");
        }
    }
    let (code, _, err) = run(&["config", "--config", "/nowhere/x.toml"], &[]);
    assert_eq!(code, Some(2));
    assert!(err.contains("/nowhere/x.toml: the configuration file cannot be read"), "{err}");
}

#[test]
fn a_setting_of_the_file_reaches_the_command() {
    let place = Place::new();
    let register = place.0.path().join("a.db");
    let file = place.file(&format!("register = \"{}\"\n", register.display()));
    let (code, _, err) = run(&["check"], &[("LIANGBIAO_CONFIG", &file)]);
    assert_eq!(code, Some(1));
    assert!(err.contains("there is no register at") && err.contains("a.db"), "{err}");
    // The same option, said by hand.
    let other = place.0.path().join("b.db");
    let (_, _, err) =
        run(&["check", "--register", other.to_str().unwrap()], &[("LIANGBIAO_CONFIG", &file)]);
    assert!(err.contains("b.db") && !err.contains("a.db"), "{err}");
}
