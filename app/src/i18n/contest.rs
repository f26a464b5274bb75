//! Words of the line that stands on a record while it is contested.

use super::{Words, words};

words! {
    LABEL: "有异议", "有異議", "Contested";
    SINCE: "{d} 起有异议", "{d} 起有異議", "Contested since {d}";
    SINCE_CASE: "{d} 起有异议（{w}）", "{d} 起有異議（{w}）", "Contested since {d} ({w})";
    CALM: "这里显示的是来源公布的内容，主办单位正在核实。", "這裡顯示的是來源公布的內容，主辦單位正在核實。", "What is shown is what the source published; the office is looking into it.";
    DUE: "答复期限 {d}。", "答覆期限 {d}。", "An answer is due on {d}.";
    LATE: "答复期限 {d} 已过。", "答覆期限 {d} 已過。", "An answer was due on {d}.";
    CASE: "案号 {n}。", "案號 {n}。", "Case {n}.";
    BASIS: "依据：{b}。", "依據：{b}。", "Legal basis: {b}.";
    SAYS: "主办单位的说明：", "主辦單位的說明：", "The office says: ";
}

/// What a mark rests on, by code.
pub const BASES: [(&str, Words); 3] = [
    (
        "open-information-41",
        Words([
            "《政府信息公开条例》第四十一条",
            "《政府資訊公開條例》第四十一條",
            "Regulations on Open Government Information, article 41",
        ]),
    ),
    (
        "open-information-6",
        Words([
            "《政府信息公开条例》第六条",
            "《政府資訊公開條例》第六條",
            "Regulations on Open Government Information, article 6",
        ]),
    ),
    (
        "personal-information-46",
        Words([
            "《个人信息保护法》第四十六条",
            "《個人資訊保護法》第四十六條",
            "Personal Information Protection Law, article 46",
        ]),
    ),
];
