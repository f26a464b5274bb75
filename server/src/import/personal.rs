//! Personal data that may not be imported (E24): columns by their heads, identity numbers by their
//! check digit.

use register::Body;
use register::id::date;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Words in a head that name personal data. A list that has them is sent back, not silently cut.
const WORDS: [&str; 13] = [
    "身份证",
    "公民身份号码",
    "证件号码",
    "手机号",
    "个人电话",
    "家庭住址",
    "家庭地址",
    "出生日期",
    "出生年月",
    "银行账号",
    "银行卡号",
    "护照号",
    "个人邮箱",
];

/// Heads that do so only when they stand alone: 手机型号 is a column about telephones.
const HEADS: [&str; 6] = ["手机", "联系手机", "移动电话", "住址", "民族", "个人照片"];

/// Whether a head names personal data.
pub fn is_personal_column(head: &str) -> bool {
    let head: String = head.nfkc().filter(|c| !c.is_whitespace()).collect();
    HEADS.contains(&head.as_str()) || WORDS.iter().any(|word| head.contains(word))
}

/// The first identity number of a natural person in a body: its field and the number, the middle
/// hidden so that the report does not spread it.
pub fn identity_number_in(body: &Body) -> Option<(&str, String)> {
    body.iter().find_map(|(field, value)| in_value(value).map(|number| (field.as_str(), number)))
}

fn in_value(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => in_text(text),
        Value::Array(items) => items.iter().find_map(in_value),
        Value::Object(members) => members.values().find_map(in_value),
        _ => None,
    }
}

fn in_text(text: &str) -> Option<String> {
    let folded: String = text.nfkc().collect();
    folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .find(|word| is_identity_number(word))
        .map(|word| format!("{}********{}", &word[..6], &word[14..]))
}

/// GB 11643-1999: six digits of the place, eight of the birth date, three of the order, and a check
/// character by ISO 7064 MOD 11-2.
fn is_identity_number(word: &str) -> bool {
    let bytes = word.as_bytes();
    if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let province: u32 = word[..2].parse().unwrap_or(0);
    let born = format!("{}-{}-{}", &word[6..10], &word[10..12], &word[12..14]);
    if !matches!(province, 11..=65 | 71 | 81..=83) || date::iso(&born).is_none() {
        return false;
    }
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = bytes.iter().zip(WEIGHTS).map(|(b, w)| u32::from(b - b'0') * w).sum();
    bytes[17].to_ascii_uppercase() == b"10X98765432"[(sum % 11) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of GB 11643-1999 itself.
    const EXAMPLE: &str = "11010519491231002X";

    #[test]
    fn an_identity_number_is_told_from_a_code_of_a_firm() {
        assert!(is_identity_number(EXAMPLE) && is_identity_number("440524188001010014"));
        assert!(!is_identity_number("110105194912310021"), "check character");
        assert!(!is_identity_number("914403001922038216"), "a social credit code of digits only");
        assert_eq!(in_text("身份证号11010519491231002x。").as_deref(), Some("110105********002x"));
        assert_eq!(in_text("FSB-2023-0012"), None);
    }

    #[test]
    fn columns_of_personal_data_are_known_and_those_of_firms_are_not() {
        assert!(is_personal_column("法定代表人身份证号") && is_personal_column("手机 号码"));
        for head in [
            "法定代表人",
            "联系方式",
            "手机型号",
            "生产日期/批号",
            "标称生产企业地址",
            "证书编号",
            "姓名",
        ] {
            assert!(!is_personal_column(head), "{head}");
        }
    }
}
