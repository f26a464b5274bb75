//! The words of verdicts in three languages: one official sentence for each outcome, a word for
//! its heading, and a clause for every reason. Server, command line and browser share them.

use super::{Outcome, Reason, Verdict, What};
use crate::kinds::{Choice, enterprise, listing, restriction};
use crate::message::fill;
use crate::status::Status;
use crate::{Lang, signature};

/// The official sentence of an outcome, with its `{placeholders}`.
#[must_use]
pub fn sentence(outcome: Outcome, lang: Lang) -> &'static str {
    lang.of(&SENTENCES[outcome as usize])
}

/// The sentence for a number that is none, with a place for the `{reason}`.
#[must_use]
pub fn malformed_sentence(lang: Lang) -> &'static str {
    lang.of(&MALFORMED)
}

/// The same for a statement, which nobody types.
#[must_use]
pub fn bad_statement_sentence(lang: Lang) -> &'static str {
    lang.of(&BAD_STATEMENT)
}

/// The word of an outcome for headings and badges.
#[must_use]
pub fn word(outcome: Outcome, lang: Lang) -> &'static str {
    lang.of(&WORDS[outcome as usize])
}

const WORDS: [[&str; 3]; 10] = [
    ["有效", "有效", "Valid"],
    ["有效，请留意", "有效，請留意", "Valid, with a notice"],
    ["暂时无法判断", "暫時無法判斷", "Cannot tell now"],
    ["已被替代", "已被替代", "Replaced"],
    ["已过期", "已過期", "Expired"],
    ["暂停", "暫停", "Suspended"],
    ["已撤销", "已撤銷", "Withdrawn"],
    ["正在召回", "正在召回", "Under recall"],
    ["未找到", "未找到", "Not found"],
    ["编号有误", "編號有誤", "Not a valid number"],
];

const SENTENCES: [[&str; 3]; 10] = [
    [
        "登记有效：截至查询时，本产品的登记在有效期内，未见需要提醒的事项。",
        "登記有效：截至查詢時，本產品的登記在有效期內，未見需要提醒的事項。",
        "The registration is valid and nothing calls for attention as of this query.",
    ],
    [
        "登记有效，但有需要留意的事项：{reason}。",
        "登記有效，但有需要留意的事項：{reason}。",
        "The registration is valid, but note: {reason}.",
    ],
    [
        "暂时无法判断：登记数据截至{time}，请联网后再查。",
        "暫時無法判斷：登記數據截至{time}，請聯網後再查。",
        "Cannot tell now: the data is as of {time}; please try again online.",
    ],
    [
        "已被替代：请查看新的登记{link}。",
        "已被替代：請查看新的登記{link}。",
        "Replaced: see the newer registration{link}.",
    ],
    [
        "已过期：登记有效期至{date}，此后未见续期。",
        "已過期：登記有效期至{date}，此後未見續期。",
        "Expired: the registration ran until {date} and no renewal is recorded.",
    ],
    [
        "暂停：登记自{date}起暂停，原因：{reason}。",
        "暫停：登記自{date}起暫停，原因：{reason}。",
        "Suspended since {date}: {reason}.",
    ],
    [
        "已{ended}：登记自{date}起不再有效，原因：{reason}。",
        "已{ended}：登記自{date}起不再有效，原因：{reason}。",
        "No longer valid since {date} ({ended}): {reason}.",
    ],
    [
        "正在召回：请停止使用并按召回公告处理（{number}）。",
        "正在召回：請停止使用並按召回公告處理（{number}）。",
        "Under recall: stop using it and follow the recall notice ({number}).",
    ],
    [
        "未找到：登记簿中没有这个编号，请核对输入；它可能有误，也可能不是本平台的码。",
        "未找到：登記簿中沒有這個編號，請核對輸入；它可能有誤，也可能不是本平台的碼。",
        "Not found: the register has no such number; check what you typed, it may be mistaken or not one of ours.",
    ],
    [
        "编号有误：校验不符，请逐位核对后重新输入。",
        "編號有誤：校驗不符，請逐位核對後重新輸入。",
        "The number is not well-formed: its check character does not match; please re-enter it.",
    ],
];

/// In place of [`Outcome::Valid`]'s where a record the verdict rests on is contested: that nothing calls for attention
/// would not be so.
const CONTESTED: [&str; 3] = [
    "登记有效：截至查询时，本产品的登记在有效期内；有人提出异议，主办单位正在核实。",
    "登記有效：截至查詢時，本產品的登記在有效期內；有人提出異議，主辦單位正在核實。",
    "The registration is valid as of this query; it is contested and being looked into.",
];

/// What a malformed number is told where the check character is not what is wrong.
const MALFORMED: [&str; 3] = [
    "编号有误：{reason}，请逐位核对后重新输入。",
    "編號有誤：{reason}，請逐位核對後重新輸入。",
    "The number is not well-formed: {reason}; please re-enter it.",
];

/// The same of a statement, which nobody types.
const BAD_STATEMENT: [&str; 3] = [
    "编号有误：{reason}，不能据此认定任何事。",
    "編號有誤：{reason}，不能據此認定任何事。",
    "The number is not well-formed: {reason}; nothing follows from it.",
];

const NOT_STATED: [&str; 3] = ["未写明", "未寫明", "not stated"];
const UNKNOWN_DATE: [&str; 3] = ["（日期不详）", "（日期不詳）", "(date unknown)"];
const UNKNOWN_TIME: [&str; 3] = ["（时间不详）", "（時間不詳）", "(time unknown)"];

impl Verdict {
    /// The reason the outcome rests on: the first of the worst.
    #[must_use]
    pub fn deciding(&self) -> Option<&Reason> {
        self.reasons.first().filter(|reason| reason.effect == self.outcome)
    }

    /// The word for headings: that of the outcome, and for an ended registration how it ended.
    #[must_use]
    pub fn word(&self, lang: Lang) -> &'static str {
        match (self.outcome, self.deciding().map(|reason| reason.what)) {
            (Outcome::Withdrawn, Some(What::CodeCancelled | What::ListingCancelled)) => {
                lang.of(&["已注销", "已註銷", "Cancelled"])
            }
            (Outcome::Withdrawn, Some(What::ListingExited)) => {
                lang.of(&["已退出", "已退出", "Exited"])
            }
            (outcome, _) => word(outcome, lang),
        }
    }

    /// The official sentence, filled in.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let deciding = self.deciding();
        let template = match deciding.map(|reason| reason.what) {
            Some(What::Malformed(malformed)) if malformed != crate::code::Malformed::Check => {
                lang.of(&MALFORMED)
            }
            Some(What::BadStatement | What::SignatureMismatch | What::KeyNotInForce) => {
                lang.of(&BAD_STATEMENT)
            }
            _ if self.contested && self.outcome == Outcome::Valid => lang.of(&CONTESTED),
            _ => sentence(self.outcome, lang),
        };
        fill(template, |name| match name {
            "reason" if self.outcome == Outcome::ValidButNotice => {
                let notices = self.reasons.iter().filter(|r| r.effect == self.outcome);
                let clauses: Vec<String> = notices.map(|reason| reason.text(lang)).collect();
                clauses.join(lang.of(&["；", "；", "; "]))
            }
            "reason" if self.outcome == Outcome::Malformed => {
                deciding.map(|reason| reason.text(lang)).unwrap_or_default()
            }
            "reason" => deciding.map(|reason| reason.cause(lang)).unwrap_or_default(),
            "date" => match deciding.and_then(|reason| reason.date) {
                Some(date) => date.to_string(),
                None => lang.of(&UNKNOWN_DATE).to_owned(),
            },
            "time" => match self.log_time {
                // China standard time is UTC+8 the year round.
                Some(time) => {
                    (time + chrono::TimeDelta::hours(8)).format("%Y-%m-%d %H:%M").to_string()
                }
                None => lang.of(&UNKNOWN_TIME).to_owned(),
            },
            "number" => deciding.map(Reason::number).unwrap_or_default().to_owned(),
            "link" => match deciding.and_then(|reason| reason.get("newer")) {
                Some(newer) => format!("{}{newer}", lang.of(&["：", "：", " "])),
                None => String::new(),
            },
            "ended" => match deciding.map(|reason| reason.what) {
                Some(What::CodeCancelled | What::ListingCancelled) => Status::Cancelled,
                Some(What::ListingExited) => Status::Exited,
                _ => Status::Withdrawn,
            }
            .word(lang)
            .to_lowercase(),
            _ => String::new(),
        })
    }
}

impl Reason {
    /// The clause for readers, without a full stop.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self.what {
            What::Malformed(malformed) => return malformed.text(lang),
            What::Finding(_) => return self.get(lang.tag()).unwrap_or_default().to_owned(),
            _ => {}
        }
        // A scheme's document may carry no year, an honour no years.
        let bare = match self.what {
            What::UnverifiedScheme => self.get("year").is_none(),
            What::HistoricalScheme => self.get("years").is_none(),
            _ => false,
        };
        let template = lang.of(&if bare { bare_clause(self.what) } else { clause(self.what) });
        fill(template, |name| match name {
            "date" => match self.date {
                Some(date) => date.to_string(),
                None => lang.of(&UNKNOWN_DATE).to_owned(),
            },
            "kind" => self.record.as_ref().map_or("", |(kind, _)| kind.label(lang)).to_owned(),
            "key" => match (self.get("key"), &self.record) {
                (Some(key), _) => key.to_owned(),
                (None, Some((_, key))) => key.clone(),
                (None, None) => String::new(),
            },
            "reason" => self.cause(lang),
            name => self.value(name, lang).unwrap_or(lang.of(&NOT_STATED).to_owned()),
        })
    }

    /// Why something ended or was suspended: the reason of the vocabulary, the source's words, the
    /// number of the decision; what the source leaves out is said to be left out.
    #[must_use]
    pub fn cause(&self, lang: Lang) -> String {
        let listed = ["列入{list}", "列入{list}", "placed on the list of {list}"];
        let listed = self.value("list", lang).map(|list| fill(lang.of(&listed), |_| list.clone()));
        let parts = [listed, self.value("exit_reason", lang), self.value("cause", lang)];
        let mut parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.dedup();
        let mut cause = parts.join(lang.of(&["，", "，", ", "]));
        if cause.is_empty() {
            cause = lang.of(&NOT_STATED).to_owned();
        }
        if let Some(decision) = self.get("decision") {
            let [open, close] = lang.of(&[&["（", "）"], &["（", "）"], &[" (", ")"]]);
            cause = format!("{cause}{open}{decision}{close}");
        }
        cause
    }

    /// The number a reader looks it up by: the source's, else the record's key.
    fn number(&self) -> &str {
        let key = self.record.as_ref().map(|(_, key)| key.as_str());
        self.get("number").or(key).unwrap_or_default()
    }

    /// A placeholder's value; a code of a vocabulary becomes its word.
    fn value(&self, name: &str, lang: Lang) -> Option<String> {
        let value = self.get(name)?;
        let word =
            |choices: &[Choice]| choices.iter().find(|c| c.code == value).map(|c| c.label(lang));
        let word = match name {
            "exit_reason" => word(listing::EXIT_REASON),
            "list" => word(restriction::LIST),
            "holder_status" => word(enterprise::STATUS),
            "listing_status" => Status::from_code(value).map(|status| status.word(lang)),
            _ => None,
        };
        Some(word.unwrap_or(value).to_owned())
    }
}

/// A clause that needs a value its source does not have, without it.
const fn bare_clause(what: What) -> [&'static str; 3] {
    match what {
        What::HistoricalScheme => [
            "历史荣誉，现已不再评选",
            "歷史榮譽，現已不再評選",
            "a former honour, no longer awarded",
        ],
        _ => ["现行状态未核实", "現行狀態未核實", "its current standing is not verified"],
    }
}

/// The clause of a reason in simplified Chinese, traditional Chinese and English, with its
/// `{placeholders}`.
#[must_use]
pub const fn clause(what: What) -> [&'static str; 3] {
    use What::*;
    match what {
        Malformed(_) | Finding(_) => ["", "", ""],
        BadStatement => [
            "签名码不完整或有误",
            "簽名碼不完整或有誤",
            "the signed statement is incomplete or wrong",
        ],
        SignatureMismatch => ["签名不符", "簽名不符", "the signature does not match"],
        KeyNotInForce => [
            "签名不符：签名时公钥{key}不在有效期内（{date}）",
            "簽名不符：簽名時公鑰{key}不在有效期內（{date}）",
            "the signature does not match: its key {key} was not in force when it was made ({date})",
        ],
        NoRecord => {
            ["登记簿中没有这个编号", "登記簿中沒有這個編號", "the register has no such number"]
        }
        Draft => ["该码尚未发出", "該碼尚未發出", "this code was never issued"],
        Recall => [
            "召回{number}自{date}起实施，涉及本产品",
            "召回{number}自{date}起實施，涉及本產品",
            "recall {number} covers this product since {date}",
        ],
        CodeWithdrawn => [
            "质量信用码自{date}起被撤销：{reason}",
            "質量信用碼自{date}起被撤銷：{reason}",
            "the code was withdrawn on {date}: {reason}",
        ],
        CodeCancelled => [
            "质量信用码自{date}起注销：{reason}",
            "質量信用碼自{date}起註銷：{reason}",
            "the code was cancelled on {date}: {reason}",
        ],
        ListingWithdrawn => [
            "获证（上榜）自{date}起被撤销：{reason}",
            "獲證（上榜）自{date}起被撤銷：{reason}",
            "the listing was withdrawn on {date}: {reason}",
        ],
        ListingCancelled => [
            "获证（上榜）自{date}起注销：{reason}",
            "獲證（上榜）自{date}起註銷：{reason}",
            "the listing was cancelled on {date}: {reason}",
        ],
        ListingExited => [
            "获证（上榜）自{date}起退出：{reason}",
            "獲證（上榜）自{date}起退出：{reason}",
            "the listing exited on {date}: {reason}",
        ],
        CodeSuspended => [
            "质量信用码自{date}起暂停：{reason}",
            "質量信用碼自{date}起暫停：{reason}",
            "the code is suspended since {date}: {reason}",
        ],
        ListingSuspended => [
            "获证（上榜）自{date}起暂停：{reason}",
            "獲證（上榜）自{date}起暫停：{reason}",
            "the listing is suspended since {date}: {reason}",
        ],
        ListingRestricted => [
            "持有人自{date}起列入{list}，该决定涉及本获证（上榜）",
            "持有人自{date}起列入{list}，該決定涉及本獲證（上榜）",
            "the holder is on the list of {list} since {date}, and that decision names this listing",
        ],
        CodeExpired => {
            ["质量信用码有效期至{date}", "質量信用碼有效期至{date}", "the code ran until {date}"]
        }
        ListingExpired => [
            "获证（上榜）有效期至{date}",
            "獲證（上榜）有效期至{date}",
            "the listing ran until {date}",
        ],
        StatementExpired => [
            "签名码有效期至{date}",
            "簽名碼有效期至{date}",
            "the signed statement ran until {date}",
        ],
        CodeSuperseded => [
            "质量信用码自{date}起被替代",
            "質量信用碼自{date}起被替代",
            "the code was replaced on {date}",
        ],
        ListingReplaced => {
            ["证书自{date}起换证", "證書自{date}起換證", "the certificate was replaced on {date}"]
        }
        EvaluationStandardGone => [
            "评价所依据的标准{standard}已废止或被代替",
            "評價所依據的標準{standard}已廢止或被代替",
            "the standard of the evaluation, {standard}, is withdrawn or replaced",
        ],
        Stale => ["登记数据不够新", "登記數據不夠新", "the data is not recent enough"],
        ClockBehind => [
            "本机时钟落后于登记数据",
            "本機時鐘落後於登記數據",
            "the clock here is behind the data",
        ],
        Incomplete => {
            ["部分登记数据未能读取", "部分登記數據未能讀取", "part of the data could not be read"]
        }
        Offline => ["离线查验", "離線查驗", "checked offline"],
        FutureDay => {
            ["所查日期尚未到来", "所查日期尚未到來", "the day asked about has not come yet"]
        }
        NotYet => ["自{date}起才生效", "自{date}起才生效", "in force only from {date}"],
        Unchecked => {
            ["未能核对{kind}{key}", "未能核對{kind}{key}", "{kind} {key} could not be checked"]
        }
        UnknownKey => [
            "不认识签名公钥{key}",
            "不認識簽名公鑰{key}",
            "the signing key {key} is not known here",
        ],
        SignatureUnchecked => [
            "公钥{key}的签名未能核对",
            "公鑰{key}的簽名未能核對",
            "the signature of the key {key} could not be checked",
        ],
        NoListing => [
            "本产品没有获证或上榜记录，本码只公开其质量信用信息",
            "本產品沒有獲證或上榜記錄，本碼只公開其質量信用信息",
            "nothing was granted to this product; the code only publishes its quality-credit record",
        ],
        HistoricalScheme => [
            "历史荣誉，现已不再评选（{years}年）",
            "歷史榮譽，現已不再評選（{years}年）",
            "a former honour ({years}), no longer awarded",
        ],
        SupersededScheme => {
            ["所属名录已被替代", "所屬名錄已被替代", "its directory was replaced by another"]
        }
        UnverifiedScheme => [
            "依据{year}年文件，现行状态未核实",
            "依據{year}年文件，現行狀態未核實",
            "based on a document of {year}; its current standing is not verified",
        ],
        HolderRestricted => [
            "持有人自{date}起列入{list}",
            "持有人自{date}起列入{list}",
            "the holder is on the list of {list} since {date}",
        ],
        LicenceExpired => [
            "所需的许可或认证{number}有效期至{date}",
            "所需的許可或認證{number}有效期至{date}",
            "a licence or certificate it needs, {number}, ran until {date}",
        ],
        ClaimedStandardGone => [
            "执行标准{standard}已废止或被代替",
            "執行標準{standard}已廢止或被代替",
            "a standard it claims, {standard}, is withdrawn or replaced",
        ],
        OutsideSchemeDates => [
            "获证日期{date}不在名录存续期内",
            "獲證日期{date}不在名錄存續期內",
            "granted on {date}, outside the directory’s dates",
        ],
        FalseReport => [
            "出具报告的{party}于{date}因虚假报告受到处罚",
            "出具報告的{party}於{date}因虛假報告受到處罰",
            "{party}, whose report it relies on, was penalised for false reports on {date}",
        ],
        BaselineRenewed => [
            "“{indicator}”的基线已更新，原先进性结论待复核",
            "“{indicator}”的基線已更新，原先進性結論待覆核",
            "the baseline of “{indicator}” was renewed; its earlier conclusion awaits review",
        ],
        ClaimContradicted => [
            "“{indicator}”的先进性结论与所列数值不符",
            "“{indicator}”的先進性結論與所列數值不符",
            "the claim about “{indicator}” contradicts its own figures",
        ],
        HolderGone => [
            "持有人的登记状态为{holder_status}",
            "持有人的登記狀態為{holder_status}",
            "the holder’s registration status: {holder_status}",
        ],
        FailedInspection => [
            "{date}公布的监督抽查不合格，后处理未办结",
            "{date}公佈的監督抽查不合格，後處理未辦結",
            "it failed an inspection announced on {date}, and the follow-up is not closed",
        ],
        ModelMismatch => [
            "证书所列型号不含{model}",
            "證書所列型號不含{model}",
            "the certificate does not list the model {model}",
        ],
        SelfEvaluated => [
            "评价机构与持有人是同一单位",
            "評價機構與持有人是同一單位",
            "the evaluator is the holder itself",
        ],
        OtherListing => [
            "本产品的另一项获证（上榜）自{date}起{listing_status}",
            "本產品的另一項獲證（上榜）自{date}起{listing_status}",
            "another listing of this product since {date}: {listing_status}",
        ],
        RecallWithoutModel => [
            "生产者的召回{number}未列型号，可能涉及本产品",
            "生產者的召回{number}未列型號，可能涉及本產品",
            "recall {number} of the maker names no model and may cover this product",
        ],
        RecallOfOtherLots => [
            "召回{number}涉及本产品的批次{lots}，不含所查的批次{lot}",
            "召回{number}涉及本產品的批次{lots}，不含所查的批次{lot}",
            "recall {number} covers lots {lots} of this product; the lot asked for, {lot}, is not among them",
        ],
        OverseasAlert => [
            "境外通报或退运{number}涉及本产品",
            "境外通報或退運{number}涉及本產品",
            "an alert from abroad, {number}, covers this product",
        ],
        KeyRevokedLater => [
            "签名公钥{key}后于{date}吊销",
            "簽名公鑰{key}後於{date}吊銷",
            "the signing key {key} was revoked later, on {date}",
        ],
        GtinDiffers => [
            "签名码中的商品条码{gtin}不是本产品登记的条码",
            "簽名碼中的商品條碼{gtin}不是本產品登記的條碼",
            "the statement’s barcode {gtin} is not one registered for this product",
        ],
        MarkWithoutListing => [
            "专用标识许可{number}随之不得再使用",
            "專用標識許可{number}隨之不得再使用",
            "the mark under licence {number} may no longer be used either",
        ],
        RecallByName => [
            "召回{number}的生产者与持有人同名，未核对统一社会信用代码",
            "召回{number}的生產者與持有人同名，未核對統一社會信用代碼",
            "recall {number} names a maker of the same name; the social credit code was not compared",
        ],
        Discontinued => ["本产品已停产", "本產品已停產", "the product is no longer made"],
    }
}

/// How a key stood, for pages that explain a signature.
#[must_use]
pub fn standing(standing: signature::Standing, lang: Lang) -> String {
    use signature::Standing::*;
    let (day, template) = match standing {
        InForce => (None, ["有效", "有效", "in force"]),
        RevokedLater(day) => (
            Some(day),
            ["有效，后于{date}吊销", "有效，後於{date}吊銷", "in force, revoked later on {date}"],
        ),
        NotYet(day) => {
            (Some(day), ["{date}起才启用", "{date}起才啟用", "in force only from {date}"])
        }
        Over(day) => (Some(day), ["{date}起停用", "{date}起停用", "retired on {date}"]),
        Revoked(day) => (Some(day), ["{date}起吊销", "{date}起吊銷", "revoked on {date}"]),
    };
    fill(lang.of(&template), |_| day.map(|day| day.to_string()).unwrap_or_default())
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
