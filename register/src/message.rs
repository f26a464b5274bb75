//! Errors and remarks of an import: a code, where it was found, and words in three languages.

use std::fmt;

use serde::Serialize;

use crate::lang::Lang;

/// E: the row is refused. W: the row is taken with a remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[expect(missing_docs, reason = "the words are in TEXT, one line per code")]
pub enum Code {
    E01,
    E02,
    E03,
    E04,
    E05,
    E06,
    E07,
    E08,
    E09,
    E10,
    E11,
    E12,
    E13,
    E14,
    E15,
    E16,
    E17,
    E18,
    E19,
    E20,
    E21,
    E22,
    E23,
    E24,
    E25,
    E26,
    E27,
    E28,
    W01,
    W02,
    W03,
    W04,
    W05,
    W06,
    W07,
    W08,
    W09,
    W10,
    W11,
    W12,
    W13,
}

impl Code {
    /// All codes, in the order in which checks run.
    pub const ALL: [Code; 41] = {
        use Code::*;
        [
            E01, E02, E03, E04, E05, E06, E07, E08, E09, E10, E11, E12, E13, E14, E15, E16, E17,
            E18, E19, E20, E21, E22, E23, E24, E25, E26, E27, E28, W01, W02, W03, W04, W05, W06,
            W07, W08, W09, W10, W11, W12, W13,
        ]
    };

    /// The code as printed, e.g. `E05`.
    #[must_use]
    pub fn name(self) -> &'static str {
        const NAMES: [&str; 41] = [
            "E01", "E02", "E03", "E04", "E05", "E06", "E07", "E08", "E09", "E10", "E11", "E12",
            "E13", "E14", "E15", "E16", "E17", "E18", "E19", "E20", "E21", "E22", "E23", "E24",
            "E25", "E26", "E27", "E28", "W01", "W02", "W03", "W04", "W05", "W06", "W07", "W08",
            "W09", "W10", "W11", "W12", "W13",
        ];
        NAMES[self as usize]
    }

    /// Whether the row is refused.
    #[must_use]
    pub fn is_error(self) -> bool {
        self < Code::W01
    }

    /// The words with their `{placeholders}`.
    #[must_use]
    pub fn template(self, lang: Lang) -> &'static str {
        TEXT[self as usize][lang.index()]
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A template with its `{placeholders}` replaced. A brace that is never closed ends the text.
pub(crate) fn fill(template: &str, mut value: impl FnMut(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else { return out };
        out.push_str(&value(name));
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// One finding about one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Which rule.
    pub code: Code,
    /// Column header (or field label) concerned; empty where the row as a whole is meant.
    pub column: String,
    /// The value as read.
    pub value: String,
    /// Values of the placeholders beyond `col` and `v`.
    pub args: Vec<(&'static str, String)>,
}

impl Message {
    /// A message without place or value.
    #[must_use]
    pub fn new(code: Code) -> Message {
        Message { code, column: String::new(), value: String::new(), args: Vec::new() }
    }

    /// Names the column.
    #[must_use]
    pub fn column(mut self, column: impl Into<String>) -> Message {
        self.column = column.into();
        self
    }

    /// Quotes the value as read. Long values are cut: a report stays readable whatever a file holds.
    #[must_use]
    pub fn value(mut self, value: impl AsRef<str>) -> Message {
        const CHARACTERS_MAX: usize = 200;
        self.value = value.as_ref().chars().take(CHARACTERS_MAX).collect();
        self
    }

    /// Gives a placeholder its value.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Message {
        self.args.push((name, value.to_string()));
        self
    }

    /// Whether the row is refused.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.code.is_error()
    }

    /// The sentence for a reader.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        fill(self.code.template(lang), |name| self.placeholder(name).to_owned())
    }

    fn placeholder(&self, name: &str) -> &str {
        match name {
            "col" => &self.column,
            "v" => &self.value,
            _ => self.args.iter().find(|(n, _)| *n == name).map_or("", |(_, v)| v),
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} {}", self.code, self.text(Lang::En))
    }
}

/// Words of every code, in the order of [`Code`].
const TEXT: [[&str; 3]; 41] = [
    ["缺少必填列“{col}”", "缺少必填欄“{col}”", "Required column \"{col}\" is missing."],
    ["“{col}”不能为空", "“{col}”不能為空", "\"{col}\" must not be empty."],
    [
        "统一社会信用代码应为18位，读到{n}位",
        "統一社會信用代碼應為18位，讀到{n}位",
        "A unified social credit code has 18 characters, found {n}.",
    ],
    [
        "统一社会信用代码含有不允许的字符“{c}”（第{i}位）",
        "統一社會信用代碼含有不允許的字符“{c}”（第{i}位）",
        "Character \"{c}\" at position {i} is not allowed in a unified social credit code.",
    ],
    [
        "统一社会信用代码校验位不符：应为{want}，读到{got}",
        "統一社會信用代碼校驗位不符：應為{want}，讀到{got}",
        "Check character of the unified social credit code: expected {want}, found {got}.",
    ],
    [
        "商品条码校验位不符：应为{want}，读到{got}",
        "商品條碼校驗位不符：應為{want}，讀到{got}",
        "Barcode check digit: expected {want}, found {got}.",
    ],
    [
        "商品条码应为8、12、13或14位数字",
        "商品條碼應為8、12、13或14位數字",
        "A barcode has 8, 12, 13 or 14 digits.",
    ],
    [
        "标准编号“{v}”无法识别，示例：GB/T 19001-2016",
        "標準編號“{v}”無法識別，示例：GB/T 19001-2016",
        "Standard number \"{v}\" is not recognised; example: GB/T 19001-2016.",
    ],
    [
        "日期“{v}”无法识别，请写成2023-10-12",
        "日期“{v}”無法識別，請寫成2023-10-12",
        "Date \"{v}\" is not recognised; write 2023-10-12.",
    ],
    [
        "有效期至（{b}）早于获证日期（{a}）",
        "有效期至（{b}）早於獲證日期（{a}）",
        "Valid until ({b}) is before granted on ({a}).",
    ],
    [
        "{col}“{v}”不在允许范围：{list}",
        "{col}“{v}”不在允許範圍：{list}",
        "\"{col}\": \"{v}\" is not one of: {list}.",
    ],
    [
        "状态不能从“{a}”变为“{b}”",
        "狀態不能從“{a}”變為“{b}”",
        "Status cannot change from \"{a}\" to \"{b}\".",
    ],
    [
        "“{a}”须写明原因和文号",
        "“{a}”須寫明原因和文號",
        "A change to \"{a}\" needs a reason and a decision number.",
    ],
    [
        "引用的{kind}“{key}”不存在",
        "引用的{kind}“{key}”不存在",
        "The {kind} \"{key}\" referred to does not exist.",
    ],
    [
        "同一文件中第{r}行与本行编号相同但内容不同",
        "同一文件中第{r}行與本行編號相同但內容不同",
        "Row {r} has the same key but different content.",
    ],
    [
        "数值“{v}”缺少单位或单位无法换算",
        "數值“{v}”缺少單位或單位無法換算",
        "Value \"{v}\" has no unit or one that cannot be converted.",
    ],
    [
        "维度应为四项：标准水平、质量稳定、科技创新、效益提升",
        "維度應為四項：標準水平、質量穩定、科技創新、效益提升",
        "Four dimensions are required: standard level, quality stability, innovation, performance gain.",
    ],
    [
        "质量信用码校验位不符，请核对：{v}",
        "質量信用碼校驗位不符，請核對：{v}",
        "Check character of the quality credit code is wrong, please check: {v}.",
    ],
    [
        "区划代码“{v}”在{date}不存在",
        "區劃代碼“{v}”在{date}不存在",
        "Division code \"{v}\" did not exist on {date}.",
    ],
    [
        "公示截止期为必填，且须晚于决定日期",
        "公示截止期為必填，且須晚於決定日期",
        "The publish-until date is required and must be after the decision.",
    ],
    [
        "“不合格项目║检验结果║标准值”应为三段，读到{n}段",
        "“不合格項目║檢驗結果║標準值”應為三段，讀到{n}段",
        "The failed-item cell needs three parts, found {n}.",
    ],
    [
        "文件编码应为UTF-8或GB 18030",
        "文件編碼應為UTF-8或GB 18030",
        "The file must be UTF-8 or GB 18030.",
    ],
    ["条目超过64 KiB", "條目超過64 KiB", "The entry is larger than 64 KiB."],
    [
        "个人信息不允许导入：{col}",
        "個人信息不允許導入：{col}",
        "Personal data may not be imported: {col}.",
    ],
    [
        "获证日期（{d}）不在名录存续期内",
        "獲證日期（{d}）不在名錄存續期內",
        "Granted on ({d}) lies outside the scheme's dates.",
    ],
    ["文字超过{n}字", "文字超過{n}字", "Text is longer than {n} characters."],
    [
        "计算口径第{i}个字“{v}”有误，这里可以是：{list}",
        "計算口徑第{i}個字“{v}”有誤，這裡可以是：{list}",
        "Formula, character {i}: \"{v}\" cannot stand here; allowed: {list}.",
    ],
    [
        "“{v}”没有统一社会信用代码，像是自然人姓名；不公布自然人，只公布组织和个体工商户：补填该单位的名称和代码，或者删去该行",
        "“{v}”沒有統一社會信用代碼，像是自然人姓名；不公布自然人，只公布組織和個體工商戶：補填該單位的名稱和代碼，或者刪去該行",
        "\"{v}\" has no social credit code and looks like a natural person's name. Natural persons are not published, only organisations and sole traders: give its name and code, or leave the row out.",
    ],
    [
        "代码第17位（组织机构代码校验）不符，请核对",
        "代碼第17位（組織機構代碼校驗）不符，請核對",
        "Position 17 (organisation-code check) does not match; please verify.",
    ],
    [
        "企业名称“{a}”与登记名称“{b}”不同",
        "企業名稱“{a}”與登記名稱“{b}”不同",
        "Name \"{a}\" differs from the registered name \"{b}\".",
    ],
    [
        "仅按名称匹配，未核对统一社会信用代码",
        "僅按名稱匹配，未核對統一社會信用代碼",
        "Matched by name only, no unified social credit code.",
    ],
    [
        "已有相同内容，未重复写入",
        "已有相同內容，未重複寫入",
        "Already recorded, not written again.",
    ],
    [
        "编号“{v}”与名录的编号格式不符",
        "編號“{v}”與名錄的編號格式不符",
        "Number \"{v}\" does not fit the scheme's pattern.",
    ],
    [
        "标准编号“{a}”与“{b}”仅前导零不同",
        "標準編號“{a}”與“{b}”僅前導零不同",
        "\"{a}\" and \"{b}\" differ by leading zeros only.",
    ],
    [
        "有效期至{date}，导入时已过期",
        "有效期至{date}，導入時已過期",
        "Valid until {date}: already expired when imported.",
    ],
    [
        "引用的标准“{v}”已废止或被代替",
        "引用的標準“{v}”已廢止或被代替",
        "Cited standard \"{v}\" is withdrawn or replaced.",
    ],
    [
        "日期“{v}”晚于导入日期",
        "日期“{v}”晚於導入日期",
        "Date \"{v}\" is later than the import date.",
    ],
    [
        "引用的“{v}”不是标准编号，按原文保留",
        "引用的“{v}”不是標準編號，按原文保留",
        "\"{v}\" is not a standard number; kept as text.",
    ],
    [
        "“{col}”与登记簿中的“{a}”不同，保留登记簿中的",
        "“{col}”與登記簿中的“{a}”不同，保留登記簿中的",
        "\"{col}\" differs from the register's \"{a}\", which stays.",
    ],
    [
        "“{v}”未能识别为国家或地区，按原文保留",
        "“{v}”未能識別為國家或地區，按原文保留",
        "\"{v}\" is not known as a country or region; kept as text.",
    ],
    [
        "与空白表的示例行完全相同：如果不是要公布的内容，请先删去该行",
        "與空白表的示例行完全相同：如果不是要公布的內容，請先刪去該行",
        "The same as the example row of the blank list: unless it is meant to be published, delete it first.",
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_words_and_the_same_placeholders_in_every_language() {
        let names = |text: &str| {
            let mut names: Vec<String> = text
                .split('{')
                .skip(1)
                .map(|part| part.split('}').next().unwrap_or("").to_owned())
                .collect();
            names.sort();
            names
        };
        for (i, code) in Code::ALL.into_iter().enumerate() {
            assert_eq!(code as usize, i);
            assert_eq!(format!("{code:?}"), code.name());
            for lang in Lang::ALL {
                assert_eq!(
                    names(code.template(lang)),
                    names(code.template(Lang::ZhHans)),
                    "{code} {lang:?}"
                );
            }
        }
    }

    #[test]
    fn chinese_words_have_full_width_punctuation() {
        for code in Code::ALL {
            for lang in [Lang::ZhHans, Lang::ZhHant] {
                let text = code.template(lang);
                assert!(!text.contains([',', ';', '(', ')', '"']), "{code}: {text}");
            }
        }
    }

    #[test]
    fn a_sentence_quotes_column_and_value() {
        let message =
            Message::new(Code::E05).column("统一社会信用代码").arg("want", '3').arg("got", 'Z');
        assert_eq!(message.text(Lang::ZhHans), "统一社会信用代码校验位不符：应为3，读到Z");
        assert!(message.is_error());
        assert!(!Message::new(Code::W01).is_error());
    }
}
