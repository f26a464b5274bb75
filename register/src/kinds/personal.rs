//! Columns no list may bring in: personal data that the purpose of a quality list never needs (E24).

/// Words that name a natural person's telephone, address, identity number, birth or photograph.
const WORDS: &[&str] = &[
    "身份证",
    "证件号",
    "护照号",
    "手机",
    "家庭住址",
    "家庭地址",
    "个人住址",
    "户籍",
    "出生日期",
    "出生年月",
    "银行卡",
    "银行账号",
    "照片",
    "人脸",
    "指纹",
    "微信号",
    "qq号",
    "个人邮箱",
    "id card",
    "identity number",
    "passport",
    "mobile phone",
    "date of birth",
    "home address",
];

/// Whether a header names personal data that may not be imported (E24). 联系方式 and 联系电话 of a
/// service or a recall are an organisation's and pass.
#[must_use]
pub fn is_personal_column(header: &str) -> bool {
    let header = crate::id::text::nfkc(header).to_lowercase();
    WORDS.iter().any(|word| header.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_numbers_are_refused_and_hotlines_are_not() {
        assert!(is_personal_column("法定代表人身份证号码") && is_personal_column(" 手机号 "));
        assert!(
            !is_personal_column("联系方式")
                && !is_personal_column("法定代表人")
                && !is_personal_column("生产日期")
        );
    }
}
