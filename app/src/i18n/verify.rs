//! Words of the page a scanned code opens.
//!
//! A verdict says what the register holds, never that a thing in hand is genuine; "not found" never says
//! counterfeit; nothing stale or unchecked is called valid.

use super::words;

words! {
    SKIP: "跳到核验结果", "跳到核驗結果", "Skip to the result";
    DOMAIN: "请认准域名", "請認準網域", "The domain to look for";
    // Head words.
    W_VALID: "有效", "有效", "Valid";
    W_NOTICE: "有效，请留意", "有效，請留意", "Valid, but note";
    W_SUSPENDED: "暂停", "暫停", "Suspended";
    W_WITHDRAWN: "已撤销", "已撤銷", "Withdrawn";
    W_CANCELLED: "已注销", "已註銷", "Cancelled";
    W_EXITED: "已退出", "已退出", "Exited";
    W_EXPIRED: "已过期", "已過期", "Expired";
    W_SUPERSEDED: "已被替代", "已被替代", "Replaced";
    W_RECALLED: "正在召回", "正在召回", "Under recall";
    W_UNKNOWN: "没有查到", "沒有查到", "Not found";
    W_MALFORMED: "编码写错了", "編碼寫錯了", "Not a code of ours";
    W_CANNOT_TELL: "现在查不了", "現在查不了", "Cannot tell now";
    // When and what was checked.
    WHEN: "{d}（北京时间），登记簿最近写入 {t}", "{d}（北京時間），登記簿最近寫入 {t}", "{d} (Beijing time); the register was last written {t}";
    CHECKED: "已核对：", "已核對：", "Checked: ";
    C_CODE: "编码无误", "編碼無誤", "code well-formed";
    C_STATUS: "状态已核对", "狀態已核對", "status checked";
    C_LOG: "已记入登记簿的日志", "已記入登記簿的日誌", "recorded in the register’s log";
    C_ALL: "登记簿全部查过", "登記簿全部查過", "the whole register was searched";
    C_OPENING: "按名称可能有关的公告还没有查（本站刚刚启动）", "按名稱可能有關的公告還沒有查（本站剛剛啟動）", "notices that may be about it by name were not looked for yet (this portal was started just now)";
    // The thing.
    MODEL: "型号", "型號", "Model";
    CODE: "编码", "編碼", "Code";
    MAKER: "生产者", "生產者", "maker";
    VALIDITY: "有效期", "有效期", "Valid";
    TO: "至", "至", "to";
    SINCE: "自 {d} 起", "自 {d} 起", "since {d}";
    ISSUED: "赋码", "賦碼", "Issued";
    ISSUER: "赋码机构", "賦碼機構", "Issued by";
    GRANTED_BY: "登记机构", "登記機構", "Listed by";
    SCHEME: "登记在", "登記在", "Listed in";
    STATUS: "登记状态", "登記狀態", "Listing";
    UNIT: "这是单件码，一件商品一个。", "這是單件碼，一件商品一個。", "This is a unit code: one per item.";
    LOT: "批次", "批次", "Lot";
    LOT_NOTE: "登记的是整个型号；批次只用来核对召回公告。", "登記的是整個型號；批次只用來核對召回公告。", "The registration is of the whole model; the lot is only compared with recall notices.";
    SIGNED: "签名声明", "簽名聲明", "Signed statement";
    // Why.
    WHY_NOTICE: "需要留意什么", "需要留意什麼", "What to note";
    WHY_ENDED: "为什么", "為什麼", "Why";
    WHY_RECALL: "召回公告", "召回公告", "The recall";
    DECISION: "文号 {n}", "文號 {n}", "decision {n}";
    NO_REASON: "登记簿没有写明原因。", "登記簿沒有寫明原因。", "The register states no reason.";
    NEWER: "请看现在的登记。", "請看現在的登記。", "See the current registration.";
    // What was evaluated.
    EVALUATED: "评了什么", "評了什麼", "What was evaluated";
    STANDARD: "执行标准", "執行標準", "Standard";
    BASE_MAX: "，对照标准不超过 {v}", "，對照標準不超過 {v}", "; reference standard at most {v}";
    BASE_MIN: "，对照标准不低于 {v}", "，對照標準不低於 {v}", "; reference standard at least {v}";
    BASE_IN: "，对照标准 {v}", "，對照標準 {v}", "; reference standard {v}";
    ALL_INDICATORS: "看全部指标和评价", "看全部指標和評價", "All indicators and evaluations";
    // Compare with the goods in hand.
    COMPARE: "核对您手中的商品", "核對您手中的商品", "Compare with what you hold";
    PACK_MODEL: "包装上的型号是 {v}。", "包裝上的型號是 {v}。", "The model on the pack is {v}.";
    PACK_BRAND: "包装上的商标是 {v}。", "包裝上的商標是 {v}。", "The brand on the pack is {v}.";
    PACK_MAKER: "包装上的生产者是 {v}。", "包裝上的生產者是 {v}。", "The maker on the pack is {v}.";
    PACK_GTIN: "条码数字是 {v}。", "條碼數字是 {v}。", "The digits under the barcode are {v}.";
    PACK_LOT: "包装上的批号是 {v}。", "包裝上的批號是 {v}。", "The lot number on the pack is {v}.";
    PACK_SAYS: "包装上写着：{v}。", "包裝上寫著：{v}。", "The pack says: {v}.";
    PACK_ELSE: "有一项对不上，请不要只凭这个页面购买。", "有一項對不上，請不要只憑這個頁面購買。", "If one of them differs, do not buy on the strength of this page alone.";
    // What it does not prove.
    NOT_VALID: "本码不代表什么", "本碼不代表什麼", "What this code does not prove";
    NOT_ENDED: "这个结果不代表什么", "這個結果不代表什麼", "What this result does not mean";
    NOT_UNKNOWN: "没有查到，不代表什么", "沒有查到，不代表什麼", "What “not found” does not mean";
    N_ITEM: "不能断定您手里这一件就是它：编码对应整个型号，标签可以被复制。", "不能斷定您手裡這一件就是它：編碼對應整個型號，標籤可以被複製。", "It does not show that the item you hold is the one: the code stands for a whole model, and labels can be copied.";
    N_UNIT: "不能断定您手里这一件就是它：标签可以被复制。", "不能斷定您手裡這一件就是它：標籤可以被複製。", "It does not show that the item you hold is the one: labels can be copied.";
    N_STATE: "不是政府的质量担保，也不是免检。", "不是政府的品質擔保，也不是免檢。", "It is no government guarantee and no exemption from inspection.";
    N_PRICE: "不说明价格是否合理，不说明适不适合您家。", "不說明價格是否合理，不說明適不適合您家。", "It says nothing about price or about whether it suits your home.";
    N_OTHERS: "不等于这家企业的其他产品也有问题。", "不等於這家企業的其他產品也有問題。", "It does not mean that other products of this company have a problem.";
    N_EVERY: "不等于每一件都有危险；是否召回，以召回公告为准。", "不等於每一件都有危險；是否召回，以召回公告為準。", "It does not mean that every item is dangerous; recalls are announced in recall notices.";
    N_FAKE: "不能据此断定商品是假货。", "不能據此斷定商品是假貨。", "It does not show that the goods are counterfeit.";
    N_GOOD: "也不能据此断定商品合格。", "也不能據此斷定商品合格。", "Nor does it show that the goods are all right.";
    // What to do.
    DO: "您可以这样做", "您可以這樣做", "What you can do";
    D_NOT_YET: "还没买：请店家说明为什么还贴着这个码；说不清，就先别买。", "還沒買：請店家說明為什麼還貼著這個碼；說不清，就先別買。", "Not bought yet: ask the shop why the code is still on it; without an answer, wait.";
    D_BOUGHT: "已经买了：先停用，留好小票和包装。", "已經買了：先停用，留好小票和包裝。", "Bought already: stop using it for now, keep receipt and packaging.";
    D_CLAIM: "想退货或索赔：先找店家；谈不拢，打 12315。", "想退貨或索賠：先找店家；談不攏，打 12315。", "Want your money back: ask the shop first; if you cannot agree, call 12315.";
    D_EXPIRED: "请店家或生产者出示续期后的登记。", "請店家或生產者出示續期後的登記。", "Ask the shop or the maker for the renewed registration.";
    D_RECALL: "请停止使用，按召回公告联系生产者。", "請停止使用，按召回公告聯絡生產者。", "Stop using it and contact the maker as the recall notice says.";
    D_AGAIN: "过几分钟再查一次。", "過幾分鐘再查一次。", "Try again in a few minutes.";
    D_PHONE: "急着要结果，打 12315 询问。", "急著要結果，打 12315 詢問。", "If it is urgent, ask 12315.";
    // Unknown and malformed.
    RETYPE: "先看看有没有输错", "先看看有沒有輸錯", "First check what you typed";
    YOU_ASKED: "您查的是", "您查的是", "You looked for";
    FIELD: "重新输入编码", "重新輸入編碼", "Enter the code again";
    LOOK_UP: "查询", "查詢", "Look up";
    FIELD_HINT: "大小写、空格、短横都可以。编码里没有字母 I、O、S、V、Z。", "大小寫、空格、短橫都可以。編碼裡沒有字母 I、O、S、V、Z。", "Upper or lower case, spaces and hyphens are all fine. A code has no letters I, O, S, V or Z.";
    LABEL: "再看看标签", "再看看標籤", "Then look at the label";
    L_DOMAIN: "标签上印的网址是不是 {d}。", "標籤上印的網址是不是 {d}。", "Is the address printed on it {d}?";
    L_STUCK: "二维码是不是后贴上去、盖住了原来的码。", "二維碼是不是後貼上去、蓋住了原來的碼。", "Was the QR code stuck over another one?";
    L_ASK: "问店家要这款产品的登记页，对一下型号和生产者。", "問店家要這款產品的登記頁，對一下型號和生產者。", "Ask the shop for the product’s page here and compare model and maker.";
    SCOPE: "我们查了什么", "我們查了什麼", "What was searched";
    S_CODES: "已登记", "已登記", "On record";
    S_CODES_N: "{n} 个编码", "{n} 個編碼", "{n} codes";
    S_WRITTEN: "最近写入", "最近寫入", "Last written";
    S_NOT: "不在范围", "不在範圍", "Not covered";
    S_NOT_WHAT: "其他平台的防伪码、追溯码、商品条码", "其他平台的防偽碼、追蹤碼、商品條碼", "codes of other platforms, traceability codes, barcodes";
    // Redress.
    REDRESS: "买后出了问题", "買後出了問題", "If something is wrong after you bought it";
    PAY_FIRST: "这款产品参加先行赔付：查实是质量问题，先赔给您，再向企业追偿。", "這款產品參加先行賠付：查實是品質問題，先賠給您，再向企業追償。", "This product takes part in “pay first”: once a defect is confirmed you are paid, and the company is asked afterwards.";
    NO_PAY_FIRST: "登记里没有先行赔付。先找店家或生产者，谈不拢打 12315。", "登記裡沒有先行賠付。先找店家或生產者，談不攏打 12315。", "No “pay first” is registered. Ask the shop or the maker; if you cannot agree, call 12315.";
    INSURER: "承保机构", "承保機構", "Insurer";
    POLICY: "保险单号", "保險單號", "Policy number";
    LIMIT: "最高", "最高", "Up to";
    YUAN: "{n} 元", "{n} 元", "CNY {n}";
    INSURED_UNTIL: "保险有效至", "保險有效至", "Insured until";
    CLAIM: "申请赔付", "申請賠付", "Make a claim";
    // Record.
    CREDIT: "信用记录", "信用記錄", "Credit record";
    CREDIT_NOTE: "好的和不好的都在这里。", "好的和不好的都在這裡。", "Good and bad together.";
    CREDIT_FILE: "登记簿现在的记录，逐项查看：", "登記簿現在的記錄，逐項查看：", "What the register holds now, part by part:";
    HISTORY: "登记经过", "登記經過", "History";
    HISTORY_KEPT: "这份历史怎样保存", "這份歷史怎樣保存", "How this history is kept";
    HISTORY_LOG: "以上每一条都写在只能追加、不能删改的日志里。本页最近一条是第 {s} 条，日志共 {n} 条。目前没有第二家机构签字确认，我们照实写明。", "以上每一條都寫在只能追加、不能刪改的日誌裡。本頁最近一條是第 {s} 條，日誌共 {n} 條。目前沒有第二家機構簽字確認，我們照實寫明。", "Each line above is in a log that can only be added to. The latest on this page is entry {s} of {n}. No second body has countersigned it so far, and we say so.";
    POSSIBLE: "可能相关，仅按名称匹配", "可能相關，僅按名稱匹配", "Possible match, name only";
    POSSIBLE_TEXT: "这些公告或召回写了相同的名称，不一定是这件产品，不影响核验结果。", "這些公告或召回寫了相同的名稱，不一定是這件產品，不影響核驗結果。", "These notices or recalls print the same name. They need not be about this product, and do not change the verdict.";
    POSSIBLE_MORE: "共 {n} 条，见产品页面", "共 {n} 條，見產品頁面", "All {n}, on the product's page";
    REPORT: "发现问题", "發現問題", "Something wrong?";
    REPORT_TEXT: "标签像是贴上去的、信息对不上、产品出了质量问题，都可以反映。请说出编码 {c}。", "標籤像是貼上去的、資訊對不上、產品出了品質問題，都可以反映。請說出編碼 {c}。", "A label that looks stuck on, details that differ, a defect: report it. Give the code {c}.";
    REPORT_TEXT_NONE: "标签像是贴上去的、信息对不上、产品出了质量问题，都可以反映。", "標籤像是貼上去的、資訊對不上、產品出了品質問題，都可以反映。", "A label that looks stuck on, details that differ, a defect: report it.";
    REPORT_HOW: "怎样反映", "怎樣反映", "How to report";
    CALL: "打 12315", "打 12315", "Call 12315";
    REAL: "怎么知道这个页面是真的？", "怎麼知道這個頁面是真的？", "How do I know this page is real?";
    REAL_TEXT: "看浏览器顶部的网址：以 {d}/ 开头才是本站，多一个字母都不是。最稳妥的办法是自己输入网址，再在首页输入编码。", "看瀏覽器頂部的網址：以 {d}/ 開頭才是本站，多一個字母都不是。最穩妥的辦法是自己輸入網址，再在首頁輸入編碼。", "Look at the address bar: only what begins with {d}/ is this site, not one letter more. Safest is to type the address yourself and enter the code on the home page.";
    REAL_NONE: "最稳妥的办法是自己输入监管部门公布的网址，再在首页输入编码。", "最穩妥的辦法是自己輸入監管部門公布的網址，再在首頁輸入編碼。", "Safest is to type the address that the authority has published and to enter the code on the home page.";
    AGAIN: "再查一个", "再查一個", "Look up another";
    HOME: "亮标首页", "亮標首頁", "Liangbiao home";
    NO_TRACE: "打开本页不登录、不记录您的位置、不用 Cookie。", "開啟本頁不登入、不記錄您的位置、不用 Cookie。", "Opening this page needs no account, records no place and sets no cookie.";
}

/// What the head of a verdict looks like: class of the ground, icon, word.
#[must_use]
pub fn head(look: Look) -> (&'static str, &'static str, super::Words) {
    match look {
        Look::Valid => ("", "ok", W_VALID),
        Look::Notice => ("v-warn", "note", W_NOTICE),
        Look::Suspended => ("v-warn", "warn", W_SUSPENDED),
        Look::Withdrawn => ("v-bad", "bad", W_WITHDRAWN),
        Look::Cancelled => ("v-off", "dash", W_CANCELLED),
        Look::Exited => ("v-off", "dash", W_EXITED),
        Look::Expired => ("v-off", "off", W_EXPIRED),
        Look::Superseded => ("v-off", "swap", W_SUPERSEDED),
        Look::Recalled => ("v-bad", "tri", W_RECALLED),
        Look::Unknown => ("v-unk", "unk", W_UNKNOWN),
        Look::Malformed => ("v-unk", "form", W_MALFORMED),
        Look::CannotTell => ("v-off", "ban", W_CANNOT_TELL),
    }
}

/// The twelve faces of a verdict: the outcome, and of `withdrawn` the word that ended it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are the outcomes")]
pub enum Look {
    Valid,
    Notice,
    Suspended,
    Withdrawn,
    Cancelled,
    Exited,
    Expired,
    Superseded,
    Recalled,
    Unknown,
    Malformed,
    #[default]
    CannotTell,
}

impl Look {
    /// Every face.
    pub const ALL: [Look; 12] = [
        Look::Valid,
        Look::Notice,
        Look::Suspended,
        Look::Withdrawn,
        Look::Cancelled,
        Look::Exited,
        Look::Expired,
        Look::Superseded,
        Look::Recalled,
        Look::Unknown,
        Look::Malformed,
        Look::CannotTell,
    ];
    /// The registration holds.
    #[must_use]
    pub const fn holds(self) -> bool {
        matches!(self, Look::Valid | Look::Notice)
    }

    /// Something is on record under the code.
    #[must_use]
    pub const fn found(self) -> bool {
        !matches!(self, Look::Unknown | Look::Malformed | Look::CannotTell)
    }
}
