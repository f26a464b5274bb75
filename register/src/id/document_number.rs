//! Certificate, licence, decision and document numbers: kept as printed, written one way.

/// NFKC, trimmed, upper case; the brackets around a year are 〔〕: `粤市监[2023]74号` → `粤市监〔2023〕74号`.
#[must_use]
pub fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in super::text::nfkc(text).chars().flat_map(char::to_uppercase) {
        match c {
            '[' | '【' | '〔' | '〖' => out.push('〔'),
            ']' | '】' | '〕' | '〗' => out.push('〕'),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Whether a number fits a scheme's pattern. A pattern that is not a regular expression fits nothing.
#[must_use]
pub fn fits(pattern: &str, number: &str) -> bool {
    regex_lite::Regex::new(pattern).is_ok_and(|regex| regex.is_match(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_in_several_brackets_is_one_number() {
        for text in
            ["粤市监〔2023〕74号", "粤市监[2023]74号", "粤市监［2023］74号", " 粤市监【2023】74号 "]
        {
            assert_eq!(normalise(text), "粤市监〔2023〕74号");
        }
        assert_eq!(normalise("fsb-2023-0012"), "FSB-2023-0012");
        assert!(fits(r"^FSB-\d{4}-\d{4}$", "FSB-2023-0012") && !fits("(", "("));
    }
}
