//! Model numbers as lists and recalls print them.
//!
//! A list may let one line stand for several models ("AB12*F44": the star is any one character or none), a
//! recall may name the beginning of its models only. Both are patterns: what fits one is a possible match,
//! never a certain one.

use super::goods;
use crate::Entry;
use crate::id;
use crate::kinds::rules::{text, texts};

/// Fewer fixed characters fit something by chance.
const FIXED_MIN: usize = 5;

/// What a record prints of models.
#[derive(Debug, Default)]
pub(super) struct Printed {
    /// Whole model numbers, normalised.
    whole: Vec<String>,
    /// Beginnings of model numbers, normalised.
    starts: Vec<String>,
    /// The record says which models it means, whether they could be read or not.
    pub says: bool,
}

/// How a product's model fits what is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Through a pattern of the list or of the record.
    Pattern,
    /// The same number.
    Same,
}

/// Letters, digits and the signs of a pattern, in capitals, NFKC.
pub(super) fn normal(model: &str) -> String {
    let model = id::text::nfkc(model);
    let mut out: String = model
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '*' | '#'))
        .flat_map(char::to_uppercase)
        .collect();
    // "AB38xxx": small x at the end of capitals stand for any.
    let small = model.chars().rev().take_while(|c| *c == 'x').count();
    if small >= 2 {
        out.truncate(out.len() - small);
        out.extend(std::iter::repeat_n('*', small));
    }
    out
}

fn is_pattern(model: &str) -> bool {
    model.contains(['*', '#'])
}

/// Long enough, and of letters and digits, so that it names a model and no year, size or telephone.
pub(super) fn telling(model: &str) -> bool {
    let fixed = || model.chars().filter(|c| c.is_alphanumeric());
    fixed().count() >= FIXED_MIN
        && fixed().any(|c| c.is_ascii_digit())
        && fixed().any(|c| !c.is_ascii_digit())
}

impl Printed {
    /// Of a notice or recall.
    pub(super) fn of(record: &Entry) -> Printed {
        let body = &record.body;
        let mut printed = Printed::default();
        for model in texts(body, "models") {
            printed.whole.push(normal(model));
            printed.says = true;
        }
        for field in ["title", "product_name", "description"] {
            if let Some(text) = text(body, field) {
                printed.read(text);
            }
        }
        printed
    }

    fn read(&mut self, text: &str) {
        let text = id::text::nfkc(text);
        let says_model = text.contains("型号")
            || goods::words(&text)
                .iter()
                .any(|w| ["model", "models"].iter().any(|one| w.text.eq_ignore_ascii_case(one)));
        let starts = starts(&text);
        self.says |= starts;
        for token in text.split(|c: char| !(c.is_ascii_alphanumeric() || "-/.*#_".contains(c))) {
            let token = token.trim_matches(|c: char| "-/.#_".contains(c));
            if !looks_like_model(token) {
                continue;
            }
            let model = normal(token);
            self.says |= says_model;
            if starts { self.starts.push(model) } else { self.whole.push(model) }
        }
    }

    /// How a model fits.
    pub(super) fn fit(&self, model: &str) -> Option<Fit> {
        let choices = choices(model);
        let whole = |one: &String| {
            choices
                .iter()
                .filter_map(|model| match (is_pattern(model), is_pattern(one)) {
                    (false, false) => (model == one).then_some(Fit::Same),
                    (true, false) => (telling(model) && fits(model, one)).then_some(Fit::Pattern),
                    (false, true) => (telling(one) && fits(one, model)).then_some(Fit::Pattern),
                    (true, true) => (telling(model) && model == one).then_some(Fit::Pattern),
                })
                .max()
        };
        let begins = |start: &&String| {
            choices.iter().any(|model| {
                let fixed = model.split(['*', '#']).next().unwrap_or_default();
                start.chars().count() >= FIXED_MIN && fixed.starts_with(start.as_str())
            })
        };
        let by_start = || self.starts.iter().find(begins).map(|_| Fit::Pattern);
        self.whole.iter().filter_map(whole).max().or_else(by_start)
    }
}

/// "R/L" at the end is right or left.
fn choices(model: &str) -> Vec<String> {
    let bytes = model.as_bytes();
    if let [.., left, b'/', right] = bytes
        && left.is_ascii_uppercase()
        && right.is_ascii_uppercase()
    {
        let stem = &model[..model.len() - 3];
        return [left, right].map(|one| normal(&format!("{stem}{}", *one as char))).to_vec();
    }
    vec![normal(model)].into_iter().filter(|model| !model.is_empty()).collect()
}

/// Whether a number fits a pattern: a star or a hash is one character or none.
fn fits(pattern: &str, number: &str) -> bool {
    let (pattern, number): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), number.chars().collect());
    // Places of the number that the pattern read so far may have reached.
    let mut reached = vec![false; number.len() + 1];
    reached[0] = true;
    for sign in pattern {
        let mut next = vec![false; number.len() + 1];
        for at in (0..=number.len()).filter(|at| reached[*at]) {
            let any = matches!(sign, '*' | '#');
            next[at] |= any;
            if number.get(at).is_some_and(|c| any || *c == sign) {
                next[at + 1] = true;
            }
        }
        reached = next;
    }
    reached[number.len()]
}

/// Capitals and digits, at least five together: "GX-100A", not "24-inch" and not "2024".
fn looks_like_model(token: &str) -> bool {
    token.chars().any(|c| c.is_ascii_uppercase()) && telling(&normal(token))
}

/// Whether the models are named by their beginning ("model numbers starting with …", 型号以…开头).
fn starts(text: &str) -> bool {
    if text.contains("型号") && text.contains("开头") {
        return true;
    }
    let words: Vec<String> =
        goods::words(text).iter().map(|w| w.text.to_ascii_lowercase()).collect();
    words.iter().enumerate().any(|(at, word)| {
        let begin = ["beginning", "begin", "begins", "starting", "start", "starts"];
        let before = |back: usize| words[at.saturating_sub(back)..at].iter().map(String::as_str);
        let models = before(3).any(|word| matches!(word, "model" | "models"));
        let serial = before(7).any(|word| word == "serial");
        // "The serial numbers of these models begin with" says nothing of the models.
        let number =
            before(2).next() == Some("model") && before(1).all(|word| word.starts_with("number"));
        begin.contains(&word.as_str())
            && words.get(at + 1).is_some_and(|next| next == "with")
            && (number || (models && !serial))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_one_character_or_none() {
        for (pattern, number, fit) in [
            ("AB12*F44", "AB12F44", true),
            ("AB12*F44", "AB12SF44", true),
            ("AB12*F44", "AB12SLF44", false),
            ("AB12**", "AB12", true),
            ("AB12**", "AB12XYZ", false),
            ("AB12", "AB12", true),
            ("AB12", "AB1", false),
        ] {
            assert_eq!(fits(pattern, number), fit, "{pattern} {number}");
        }
    }

    #[test]
    fn a_model_is_read_with_its_alternatives() {
        assert_eq!(choices("AB12*14R/L"), ["AB12*14R", "AB12*14L"]);
        assert_eq!(choices("ab-12.c"), ["AB12C"]);
        assert_eq!(choices("FX38Uxxx"), ["FX38U***"]);
        assert_eq!(choices(""), Vec::<String>::new());
    }

    #[test]
    fn only_what_is_said_of_models_is_a_beginning() {
        assert!(starts("with model numbers starting with FX38U."));
        assert!(starts("Model numbers that begin with FX"));
        assert!(!starts("The serial numbers for the affected models begin with two letters"));
        assert!(!starts("models listed below. Serial numbers beginning with 19"));
        assert!(starts("型号以FX38开头的"));
    }
}
