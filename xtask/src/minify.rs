//! Style sheets and small scripts without their comments and idle space.
//!
//! Deliberately small: after brotli, renaming and merging rules would win a few dozen bytes and cost
//! a parser that takes longer to compile than the rest of this crate.

/// A style sheet without comments and without space that means nothing. Strings stay as they are.
pub fn css(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut chars = source.chars().peekable();
    let mut space = false;
    while let Some(c) = chars.next() {
        match c {
            '/' if chars.peek() == Some(&'*') => {
                chars.next();
                let mut before = ' ';
                for c in chars.by_ref() {
                    if before == '*' && c == '/' {
                        break;
                    }
                    before = c;
                }
                space = true;
            }
            c if c.is_ascii_whitespace() => space = true,
            c => {
                let idle = out.ends_with(['{', '}', ';', ',', ':', '>'])
                    || matches!(c, '{' | '}' | ';' | ',' | '>');
                if space && !out.is_empty() && !idle {
                    out.push(' ');
                }
                space = false;
                if c == '}' && out.ends_with(';') {
                    out.pop();
                }
                out.push(c);
                if c == '"' || c == '\'' {
                    string(c, &mut chars, &mut out);
                }
            }
        }
    }
    out
}

fn string(quote: char, chars: &mut impl Iterator<Item = char>, out: &mut String) {
    let mut escaped = false;
    for c in chars {
        out.push(c);
        if c == quote && !escaped {
            return;
        }
        escaped = c == '\\' && !escaped;
    }
}

/// A script without indentation and without lines that are only a comment. A script with template
/// strings is left as it is: space may mean something in them.
pub fn js(source: &str) -> String {
    if source.contains('`') || source.contains("/*") && !comments_stand_alone(source) {
        return source.to_owned();
    }
    let mut out = String::with_capacity(source.len());
    let mut comment = false;
    for line in source.lines().map(str::trim) {
        comment |= line.starts_with("/*");
        let drop = comment || line.is_empty() || line.starts_with("//");
        comment &= !line.ends_with("*/");
        if !drop {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Whether every block comment begins a line and ends one.
fn comments_stand_alone(source: &str) -> bool {
    source.lines().map(str::trim).all(|line| {
        line.rfind("/*").is_none_or(|at| at == 0)
            && line.find("*/").is_none_or(|at| at + 2 == line.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_keeps_every_rule_and_every_string() {
        assert_eq!(
            css(
                "/* a */ a > b , i:hover {\n  margin : 0 auto ;\n  content: \"/* ; }\\\" \" ;\n}\n"
            ),
            "a>b,i:hover{margin :0 auto;content:\"/* ; }\\\" \"}"
        );
        assert_eq!(css("a :hover{b:calc(1rem + 2px)}"), "a :hover{b:calc(1rem + 2px)}");
        assert_eq!(
            css("@media (prefers-color-scheme: dark) and (min-width: 1em) { a { b: c } }"),
            "@media (prefers-color-scheme:dark) and (min-width:1em){a{b:c}}"
        );
        assert_eq!(css("a/**/b{}"), "a b{}");
    }

    #[test]
    fn a_script_loses_only_comments_and_indentation() {
        assert_eq!(js("// x\n  a('// y');\n\n/* b\n c */\nd();\n"), "a('// y');\nd();\n");
        assert_eq!(js("const a = `\n  // kept`;"), "const a = `\n  // kept`;");
        assert_eq!(js("a(); /* b */ c();"), "a(); /* b */ c();");
    }
}
