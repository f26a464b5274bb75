//! Words of the form that reports an error or asks for a correction, and of the state of a case.

use super::{Words, words};

words! {
    TITLE: "报告错误、申请更正", "報告錯誤、申請更正", "Report an error or ask for a correction";
    LEAD: "登记簿上写错、过时的内容，疑似假冒或盗用编码的情况，在这里告诉主办单位。", "登記簿上寫錯、過時的內容，疑似假冒或盜用編碼的情況，在這裡告訴主辦單位。", "Tell the publisher of this register what it has wrong or out of date, or where you suspect a fake or the misuse of a code.";
    NOT: "要退货、赔偿，请不要填这张表：那是消费投诉，请打 12315，或到全国 12315 平台（www.12315.cn）。", "要退貨、賠償，請不要填這張表：那是消費投訴，請打 12315，或到全國 12315 平台（www.12315.cn）。", "Not for getting your money back: that is a consumer complaint. Call 12315 in mainland China or use the national 12315 platform (www.12315.cn).";
    ABOUT: "关于哪条记录", "關於哪條記錄", "About";
    ASK_WHAT: "哪里有问题", "哪裡有問題", "What is wrong";
    ASK_WHO: "您是", "您是", "You are";
    RIGHT: "哪里不对，应当是什么", "哪裡不對，應當是什麼", "What is wrong, and what would be right";
    RIGHT_NOTE: "必填，最多 {n} 字。", "必填，最多 {n} 字。", "Required; {n} characters at most.";
    EVIDENCE: "依据", "依據", "What shows it";
    EVIDENCE_NOTE: "文号、网址、凭证，用文字写，最多 {n} 字。企业必填。", "文號、網址、憑證，用文字寫，最多 {n} 字。企業必填。", "Numbers of documents, addresses, papers, in words; {n} characters at most. Required of enterprises.";
    UNKNOWN: "登记簿里没有这个编码。疑似假冒的，请写明标签上印着什么、在哪里看到。", "登記簿裡沒有這個編碼。疑似假冒的，請寫明標籤上印著什麼、在哪裡看到。", "The register holds no such code. If you suspect a fake, say what the label shows and where you saw it.";
    RIGHT_FAKE: "看到了什么", "看到了什麼", "What you saw";
    BOUGHT: "购买的地方", "購買的地方", "Where it was bought";
    BOUGHT_NOTE: "可以不填，最多 {n} 字。", "可以不填，最多 {n} 字。", "Optional; {n} characters at most.";
    NAME: "单位名称和经办人", "單位名稱和經辦人", "Enterprise and your name";
    NAME_NOTE: "企业必填，读者可以不填。", "企業必填，讀者可以不填。", "Required of enterprises, optional for readers.";
    CONTACT: "电话或电子邮箱", "電話或電子郵箱", "Telephone or e-mail";
    HONEY: "这一栏请空着", "這一欄請空著", "Leave this field empty";
    SEND: "提交", "提交", "Send";
    THEN: "提交以后", "提交以後", "What happens then";
    THEN_NUMBER: "马上得到一个案号，凭它随时查看进展。请记下来，补发不了。", "馬上得到一個案號，憑它隨時查看進展。請記下來，補發不了。", "You get a case number at once and can look up the state with it. Keep it: it cannot be given again.";
    THEN_DAYS: "{a} 个工作日内开始审查，{b} 个工作日内答复：更正、部分更正，或者说明不更正的理由。这是主办单位的承诺，不是法定期限。", "{a} 個工作日內開始審查，{b} 個工作日內答覆：更正、部分更正，或者說明不更正的理由。這是主辦單位的承諾，不是法定期限。", "It is taken up within {a} working days and answered within {b}: corrected, corrected in part, or refused with the reason. This is the publisher’s promise, not a term of law.";
    THEN_KEPT: "写的内容加密保存，只有主办单位的经办人能读。答复 {k} 天后删除，只留案号、记录、类型、日期和结果。网络地址不保存。", "寫的內容加密保存，只有主辦單位的經辦人能讀。答覆 {k} 天後刪除，只留案號、記錄、類型、日期和結果。網路位址不保存。", "What you write is stored encrypted and read only by the office’s examiners. It is deleted {k} days after the answer; number, record, type, dates and outcome stay. Network addresses are not stored.";
    LAW: "依据的规定", "依據的規定", "Legal basis";
    LAW_INFO: "《政府信息公开条例》第四十一条：有证据证明行政机关提供的与自己有关的信息记录不准确的，可以要求更正。", "《政府資訊公開條例》第四十一條：有證據證明行政機關提供的與自己有關的資訊記錄不準確的，可以要求更正。", "Regulations on Open Government Information, article 41: who can show that information an administrative organ gives about them is inaccurate may ask for its correction.";
    LAW_PERSON: "《个人信息保护法》第四十六条、第四十七条：个人信息不准确的，可以请求更正；法律规定的情形，可以请求删除。", "《個人資訊保護法》第四十六條、第四十七條：個人資訊不準確的，可以請求更正；法律規定的情形，可以請求刪除。", "Personal Information Protection Law, articles 46 and 47: inaccurate personal information may be corrected on request, and deleted in the cases the law names.";
    LAW_12315: "消费投诉和违法举报由市场监督管理部门办理：投诉，七个工作日内决定是否受理（《市场监督管理投诉举报处理暂行办法》）；举报，十五个工作日内核查并决定是否立案（《市场监督管理行政处罚程序规定》）。以当时有效的规定为准。", "消費投訴和違法舉報由市場監督管理部門辦理：投訴，七個工作日內決定是否受理（《市場監督管理投訴舉報處理暫行辦法》）；舉報，十五個工作日內核查並決定是否立案（《市場監督管理行政處罰程序規定》）。以當時有效的規定為準。", "Consumer complaints and reports of breaches of law go to the market regulator: whether a complaint is accepted is decided within 7 working days (Interim Measures for Handling Complaints and Reports), a report is looked into and decided on within 15 (Provisions on Administrative Penalty Procedure). The rules in force at the time decide.";
    E_CHOOSE: "请选一项。", "請選一項。", "Choose one.";
    E_RIGHT: "请写明哪里不对。", "請寫明哪裡不對。", "Say what is wrong.";
    E_EVIDENCE: "企业申请更正，要写明依据。", "企業申請更正，要寫明依據。", "An enterprise has to say what shows it.";
    E_NAME: "企业申请更正，要写单位名称和经办人。", "企業申請更正，要寫單位名稱和經辦人。", "An enterprise has to give its name and a person’s.";
    E_CONTACT: "企业申请更正，要留电话或电子邮箱。", "企業申請更正，要留電話或電子郵箱。", "An enterprise has to leave a telephone number or e-mail address.";
    E_LONG: "太长了：最多 {n} 字，现在 {m} 字。", "太長了：最多 {n} 字，現在 {m} 字。", "Too long: {n} characters at most, now {m}.";
    E_HONEY: "这一栏要空着，请清除。", "這一欄要空著，請清除。", "This field has to be empty; clear it.";
    AL_FIX: "还没有提交：请改正下面标出的 {n} 处。", "還沒有提交：請改正下面標出的 {n} 處。", "Not sent yet: put right what is marked below ({n}).";
    AL_FAST: "还没有提交：这张表打开不到 {n} 秒。请看一遍，再按“提交”。写的都还在。", "還沒有提交：這張表打開不到 {n} 秒。請看一遍，再按「提交」。寫的都還在。", "Not sent yet: the form was open for less than {n} seconds. Read it through and press “Send” again. Nothing you wrote is lost.";
    AL_OLD: "还没有提交：这张表已经失效（一天内有效）。请再按“提交”。写的都还在。", "還沒有提交：這張表已經失效（一天內有效）。請再按「提交」。寫的都還在。", "Not sent yet: the form is no longer good (it is for a day). Press “Send” again. Nothing you wrote is lost.";
    AL_RECORD: "没有提交：这条记录已有 {n} 件没有办结，暂时不再收。请直接找主办单位，或打 12315。", "沒有提交：這條記錄已有 {n} 件沒有辦結，暫時不再收。請直接找主辦單位，或打 12315。", "Not sent: {n} cases about this record are open already and no more are taken for now. Turn to the publisher, or call 12315.";
    AL_FULL: "没有提交：没有办结的太多，暂时不再收。请直接找主办单位，或打 12315。", "沒有提交：沒有辦結的太多，暫時不再收。請直接找主辦單位，或打 12315。", "Not sent: too many cases are open, and no more are taken for now. Turn to the publisher, or call 12315.";
    AL_MANY: "没有提交：您所在的网络提交得太多，请过 {n} 分钟再按“提交”。写的都还在。", "沒有提交：您所在的網路提交得太多，請過 {n} 分鐘再按「提交」。寫的都還在。", "Not sent: too many came from your network; press “Send” again in {n} min. Nothing you wrote is lost.";
    AL_LARGE: "没有提交：内容太多。请写短一些。", "沒有提交：內容太多。請寫短一些。", "Not sent: it was too much. Please be shorter.";
    CASE: "查看案件进展", "查看案件進展", "State of a case";
    CASE_LEAD: "输入提交时得到的案号。", "輸入提交時得到的案號。", "Enter the number you got when you sent the form.";
    NUMBER: "案号", "案號", "Case number";
    SHOW: "查看", "查看", "Show";
    NONE: "没有这个案号，请逐位核对。", "沒有這個案號，請逐位核對。", "There is no such number; check every character.";
    KEEP: "请记下案号。以后凭它在本页查看进展；页面上没有您写的内容。", "請記下案號。以後憑它在本頁查看進展；頁面上沒有您寫的內容。", "Keep this number: with it you can look up the state here. Nothing you wrote is on this page.";
    RECORD: "记录", "記錄", "Record";
    WHAT: "类型", "類型", "Type";
    ASKER: "提出", "提出", "Asked by";
    DUE: "答复期限", "答覆期限", "Answer due";
    INEXACT: "期限内有的年份放假安排尚未收录，只除去了周末，可能顺延。", "期限內有的年份放假安排尚未收錄，只除去了週末，可能順延。", "For a year within this term the public holidays are not known here yet; only weekends were left out, so it may be later.";
    OVERDUE: "已过承诺的期限，可以直接向主办单位催问。", "已過承諾的期限，可以直接向主辦單位催問。", "Past the promised day; you may ask the publisher directly.";
    OUTCOME: "结果", "結果", "Outcome";
    REASON: "答复", "答覆", "Answer";
    REASON_UNTIL: "答复的文字保留到 {d}。", "答覆的文字保留到 {d}。", "The text of the answer is kept until {d}.";
    REASON_GONE: "答复的文字已按期删除。", "答覆的文字已按期刪除。", "The text of the answer was deleted when its time was over.";
    STEPS: "进展", "進展", "Progress";
    NO_CASE: "查看已提交的案件", "查看已提交的案件", "Look up a case you sent";
    PRIVACY: "在“报告错误、申请更正”里写的内容加密保存，答复 {k} 天后删除；不设 Cookie，不保存网络地址。", "在「報告錯誤、申請更正」裡寫的內容加密保存，答覆 {k} 天後刪除；不設 Cookie，不保存網路位址。", "What is written in the form that reports an error is stored encrypted and deleted {k} days after the answer; no cookies, no network address is stored.";
    WAY: "登记的内容写错了，或者疑似假冒、盗用，可以在每条记录的页面上报告；企业也可以申请更正。", "登記的內容寫錯了，或者疑似假冒、盜用，可以在每條記錄的頁面上報告；企業也可以申請更正。", "What is wrong here, and suspected fakes or misuse, can be reported on the page of each record; enterprises can ask for a correction there.";
}

/// What is said to be wrong, by code.
pub const WHATS: [(&str, Words); 5] = [
    ("facts", Words(["内容写错了", "內容寫錯了", "A fact is wrong"])),
    ("outdated", Words(["内容已经过时", "內容已經過時", "It is out of date"])),
    (
        "fake",
        Words([
            "疑似假冒，或有人盗用编码",
            "疑似假冒，或有人盜用編碼",
            "Suspected fake, or misuse of a code",
        ]),
    ),
    ("personal", Words(["登出了个人信息", "登出了個人資訊", "It shows personal data"])),
    ("other", Words(["其他", "其他", "Something else"])),
];

/// Who asks, by code.
pub const ASKERS: [(&str, Words); 2] = [
    (
        "reader",
        Words(["读者（可以匿名）", "讀者（可以匿名）", "A reader (you may stay anonymous)"]),
    ),
    (
        "enterprise",
        Words([
            "这条记录涉及的企业，或受它委托",
            "這條記錄涉及的企業，或受它委託",
            "The enterprise concerned, or acting for it",
        ]),
    ),
];

/// How far a case is, by code, with tone and icon.
pub const STATES: [(&str, &str, &str, Words); 4] = [
    ("received", "unk", "note", Words(["收到", "收到", "Received"])),
    ("examined", "unk", "edit", Words(["审查中", "審查中", "Being examined"])),
    ("proposed", "unk", "edit", Words(["待复核", "待複核", "Answer waits for a second person"])),
    ("answered", "off", "ok", Words(["已答复", "已答覆", "Answered"])),
];

/// What came of a case, by code.
pub const OUTCOMES: [(&str, Words); 4] = [
    ("upheld", Words(["采纳", "採納", "Upheld"])),
    ("partly", Words(["部分采纳", "部分採納", "Upheld in part"])),
    ("refused", Words(["不采纳", "不採納", "Refused"])),
    ("withdrawn", Words(["提出人撤回", "提出人撤回", "Withdrawn by who asked"])),
];

/// Word, tone and icon of a state; of one that is none, the first.
#[must_use]
pub fn state(code: &str) -> (&'static str, &'static str, Words) {
    let found = STATES.iter().find(|(known, ..)| *known == code).unwrap_or(&STATES[0]);
    (found.1, found.2, found.3)
}
