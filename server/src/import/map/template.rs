//! Text patterns: `{Brand Name} {Model Number|upper}`.

use register::id::key;

/// A text with values of the row in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// As written.
    pub text: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Text(String),
    Value { name: String, filters: Vec<Filter> },
}

/// What may stand after `|` in a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filter {
    Slug,
    Upper,
    Lower,
}

/// The filters of a pattern and what they do; the documentation is held to name every one.
pub const FILTERS: [(&str, &str); 3] = [
    ("slug", "a short ASCII key made of the words"),
    ("upper", "upper case"),
    ("lower", "lower case"),
];

impl Template {
    /// Reads a pattern. `{{` and `}}` stand for the braces themselves.
    ///
    /// # Errors
    /// What is wrong with it, in Chinese and English.
    pub fn parse(text: &str) -> Result<Template, (String, String)> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '{' | '}' if chars.peek() == Some(&c) => {
                    chars.next();
                    plain.push(c);
                }
                '{' => {
                    let mut inside = String::new();
                    loop {
                        match chars.next() {
                            Some('}') => break,
                            Some(c) => inside.push(c),
                            None => {
                                return Err((
                                    format!("模板“{text}”的花括号没有结束"),
                                    format!("A brace of the template {text:?} is never closed"),
                                ));
                            }
                        }
                    }
                    let mut names = inside.split('|').map(str::trim);
                    let name = names.next().unwrap_or_default().to_owned();
                    let filters = names.map(filter).collect::<Result<_, _>>()?;
                    if !plain.is_empty() {
                        parts.push(Part::Text(std::mem::take(&mut plain)));
                    }
                    parts.push(Part::Value { name, filters });
                }
                c => plain.push(c),
            }
        }
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Ok(Template { text: text.to_owned(), parts })
    }

    /// The names it asks for, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Value { name, .. } => Some(name.as_str()),
            Part::Text(_) => None,
        })
    }

    /// The text with the values in it; `None` where every value asked for is empty, so that a
    /// pattern around nothing gives nothing.
    pub fn fill(&self, value: &dyn Fn(&str) -> Option<String>) -> Option<String> {
        let mut out = String::new();
        let (mut asked, mut found) = (false, false);
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Value { name, filters } => {
                    asked = true;
                    let mut text = value(name).unwrap_or_default();
                    found |= !text.is_empty();
                    for filter in filters {
                        text = match filter {
                            Filter::Slug => key::slug(&text),
                            Filter::Upper => text.to_uppercase(),
                            Filter::Lower => text.to_lowercase(),
                        };
                    }
                    out.push_str(&text);
                }
            }
        }
        (found || !asked).then(|| out.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

fn filter(name: &str) -> Result<Filter, (String, String)> {
    Ok(match name {
        "slug" => Filter::Slug,
        "upper" => Filter::Upper,
        "lower" => Filter::Lower,
        other => {
            return Err((
                format!("模板中没有“{other}”这种处理，可用：slug、upper、lower"),
                format!("There is no filter {other:?}; use slug, upper or lower"),
            ));
        }
    })
}
