//! Words of the record pages: product, enterprise, standard, directory, notice, system.

use super::{Words, policy, words};
use crate::model::StatusOf;

words! {
    // Status words. 撤销, 注销, 退出 and 过期 are four different things.
    S_VALID: "有效", "有效", "Valid";
    S_SUSPENDED: "暂停", "暫停", "Suspended";
    S_EXPIRED: "已过期", "已過期", "Expired";
    S_WITHDRAWN: "已撤销", "已撤銷", "Withdrawn";
    S_CANCELLED: "已注销", "已註銷", "Cancelled";
    S_EXITED: "已退出", "已退出", "Exited";
    S_REPLACED: "已换证", "已換證", "Replaced";
    S_NONE: "未列入", "未列入", "Not listed";
    S_UPCOMING: "即将实施", "即將實施", "Upcoming";
    S_CURRENT: "现行", "現行", "Current";
    S_STD_WITHDRAWN: "废止", "廢止", "Withdrawn";
    S_STD_REPLACED: "被代替", "被代替", "Replaced";
    S_UNKNOWN: "状态未知", "狀態未知", "Status unknown";
    S_ACTIVE: "存续", "存續", "Active";
    S_DEREGISTERED: "注销", "註銷", "Deregistered";
    S_REVOKED: "吊销", "吊銷", "Revoked";
    S_MOVED: "迁出", "遷出", "Moved away";
    S_ANNOUNCED: "已公告", "已公告", "Announced";
    S_IN_PROGRESS: "正在召回", "正在召回", "Recall under way";
    S_COMPLETED: "召回已完成", "召回已完成", "Recall completed";
    S_TERMINATED: "召回已终止", "召回已終止", "Recall ended";
    S_HISTORICAL: "历史荣誉，现已不再评选", "歷史榮譽，現已不再評選", "Historical, no longer awarded";
    S_SUPERSEDED: "已被取代", "已被取代", "Superseded";
    S_UNVERIFIED: "现行状态未核实", "現行狀態未核實", "Current standing not verified";
    S_ON_SALE: "在产", "在產", "In production";
    S_DISCONTINUED: "停产", "停產", "Discontinued";
    S_PASS: "合格", "合格", "Passed";
    S_FAIL: "不合格", "不合格", "Failed";
    S_RETEST: "复检", "複檢", "Retest";
    S_IN_FORCE: "有效", "有效", "In force";
    S_UNDER_REVIEW: "复议或诉讼中", "復議或訴訟中", "Under review";
    S_PENALTY_REVOKED: "已撤销", "已撤銷", "Revoked";
    S_REPAIRED: "已修复信用", "已修復信用", "Credit repaired";
    S_LISTED: "已列入", "已列入", "Listed";
    S_REMOVED: "已移出", "已移出", "Removed";
    S_LOADED: "有数据", "有數據", "Data loaded";
    S_EMPTY: "没有载入数据", "沒有載入數據", "No data loaded";
    S_ANNOUNCEMENT: "公告", "公告", "Announcement";
    S_WARNING: "预警", "預警", "Warning";
    S_TIP: "消费提示", "消費提示", "Consumer tip";
    S_PRIORITY: "重点领域", "重點領域", "Priority fields";
    S_ROUND: "抽查结果", "抽查結果", "Inspection results";
    S_TBT: "技术性贸易措施", "技術性貿易措施", "Technical barrier to trade";
    S_COMMENT: "征求意见", "徵求意見", "Public comment";
    S_EXIT: "退出", "退出", "Exit";
    S_CORRECTION: "更正", "更正", "Correction";
    S_EVENT: "活动", "活動", "Event";
    S_CASE: "案例", "案例", "Case";
    S_PATENT: "专利导航", "專利導航", "Patent navigation";
    S_OPEN: "开放", "開放", "Open";
    S_CLOSED: "关闭", "關閉", "Closed";

    UNTIL: "有效至", "有效至", "until";
    ENDED_ON: "到期于", "到期於", "expired on";
    WITHDRAWN_ON: "撤销于", "撤銷於", "withdrawn on";
    CANCELLED_ON: "注销于", "註銷於", "cancelled on";
    EXITED_ON: "退出于", "退出於", "exited on";
    REPLACED_ON: "换证于", "換證於", "replaced on";
    SUSPENDED_ON: "暂停于", "暫停於", "suspended on";
    SINCE: "自", "自", "since";

    ADDED_WORDS: "检索词", "檢索詞", "Search words";
    ADDED_BY_US: "（由本平台添加）", "（由本平台添加）", " (added by this register)";

    // What happened.
    EV_LISTED: "列入", "列入", "Listed";
    EV_GRANTED: "授予", "授予", "Granted";
    EV_RENEWED: "续期", "續期", "Renewed";
    EV_AMENDED: "变更", "變更", "Amended";
    EV_SUSPENDED: "暂停", "暫停", "Suspended";
    EV_REINSTATED: "恢复", "恢復", "Reinstated";
    EV_WITHDRAWN: "撤销", "撤銷", "Withdrawn";
    EV_CANCELLED: "注销", "註銷", "Cancelled";
    EV_EXITED: "退出", "退出", "Exited";
    EV_REPLACED: "被代替", "被代替", "Replaced";
    EV_REVISED: "修订", "修訂", "Revised";
    EV_CORRECTED: "更正", "更正", "Corrected";
    EV_CONTESTED: "有异议", "有異議", "Contested";
    EV_CONTEST_CLOSED: "异议办结", "異議辦結", "Objection settled";
    EV_PUBLISHED: "公布", "公布", "Published";
    EV_REMOVED: "移出", "移出", "Removed";
    EV_REPAIRED: "信用修复", "信用修復", "Credit repaired";
    EV_REDACTED: "删去内容", "刪去內容", "Contents removed";
    REMOVED: "已删去，只留承诺值", "已刪去，只留承諾值", "removed, kept as a commitment";
    REMOVED_NOTE: "依规定删去的内容：{f}。登记簿只留下它的承诺值，日志的哈希和证明都不变；以前引用的固定页面也随之不再显示它。", "依規定刪去的內容：{f}。登記簿只留下它的承諾值，日誌的雜湊和證明都不變；以前引用的固定頁面也隨之不再顯示它。", "Removed as the law demands: {f}. The register keeps a commitment to it only; the log's hashes and proofs are unchanged. Fixed pages quoted before no longer show it either.";
    EV_PASS: "抽查合格", "抽查合格", "Inspection passed";
    EV_FAIL: "抽查不合格", "抽查不合格", "Inspection failed";
    EV_PENALTY: "处罚", "處罰", "Penalty";
    EV_RECALL: "召回", "召回", "Recall";
    EV_RESTRICTION: "列入名单", "列入名單", "Put on a list";
    EV_EXPIRED: "到期", "到期", "Expired";

    // Product.
    COMPARE: "亮标：和国标、国际标准比", "亮標：和國標、國際標準比", "Compared with national and international standards";
    COMPARE_SUM: "{n} 项核心指标里，{a} 项比对照标准严，{b} 项相同。", "{n} 項核心指標裡，{a} 項比對照標準嚴，{b} 項相同。", "Of {n} core indicators, {a} are stricter than the reference standard and {b} are equal.";
    COMPARE_NONE: "来源没有给出可以和标准比对的指标。", "來源沒有給出可以和標準比對的指標。", "The source gives no indicators that could be compared.";
    KEY_BASE: "对照标准", "對照標準", "Reference standard";
    KEY_LIMIT: "本标准多要求的", "本標準多要求的", "What its own standard adds";
    KEY_MEASURED: "这款产品实测", "這款產品實測", "Measured on this product";
    KEY_OTHER: "其他标准，和对照标准不同才画", "其他標準，和對照標準不同才畫", "Other standards, drawn only where they differ";
    HIGHER: "越高越好", "越高越好", "higher is better";
    LOWER: "越低越好", "越低越好", "lower is better";
    WITHIN: "在范围内为好", "在範圍內為好", "best within the range";
    AXIS_0: "和对照标准一样", "和對照標準一樣", "equal";
    AXIS_50: "严 50%", "嚴 50%", "50% stricter";
    AXIS_100: "严 100%", "嚴 100%", "100% stricter";
    OWN: "本标准", "本標準", "Own standard";
    MEASURED: "实测", "實測", "Measured";
    STRICTER: "比 {s} 严 {n}%", "比 {s} 嚴 {n}%", "{n}% stricter than {s}";
    LOOSER: "比 {s} 松 {n}%", "比 {s} 鬆 {n}%", "{n}% looser than {s}";
    EQUAL: "和 {s} 相同", "和 {s} 相同", "equal to {s}";
    NOT_REGULATED: "{s} 未规定", "{s} 未規定", "not regulated in {s}";
    NOT_SET: "未规定", "未規定", "not regulated";
    OTHER_METHOD: "和 {s} 试验方法不同，不作比较", "和 {s} 試驗方法不同，不作比較", "not compared with {s}: different test methods";
    NO_PERCENT: "未作百分比比较", "未作百分比比較", "no percentage computed";
    TABLE: "同一组数字的表格", "同一組數字的表格", "The same numbers as a table";
    TABLE_REGION: "指标对照表", "指標對照表", "Table of indicators";
    COL_INDICATOR: "指标", "指標", "Indicator";
    COL_DIRECTION: "方向", "方向", "Direction";
    COL_VERDICT: "结论", "結論", "Result";
    COL_REPORT: "检测", "檢測", "Test";
    COL_METHOD: "试验方法", "試驗方法", "Test method";
    COMPARE_NOTE: "“严 n%”按两个限值之差除以对照限值计算，正负按指标方向。引用前请查标准原文。", "「嚴 n%」按兩個限值之差除以對照限值計算，正負按指標方向。引用前請查標準原文。", "“n% stricter” is the difference of the two limits divided by the limit compared with, signed by the indicator’s direction. Check the standards themselves before quoting.";
    DIMS: "各个方面分开看", "各個方面分開看", "Each dimension on its own";
    DIMS_LEAD: "不合成总分。", "不合成總分。", "There is no total score.";
    OF_FULL: "满分 {n}", "滿分 {n}", "out of {n}";
    RESULT_PASSED: "评价结论：通过。", "評價結論：通過。", "Result of the evaluation: passed.";
    RESULT_NOT: "评价结论：没有通过。", "評價結論：沒有通過。", "Result of the evaluation: not passed.";
    RESULT_APPLIED: "已经申请，还没有结论。", "已經申請，還沒有結論。", "Applied for, no result yet.";
    LISTINGS: "列入的名录", "列入的名錄", "Directories it is in";
    LISTINGS_NONE: "没有列入任何名录。这不说明产品不合格。", "沒有列入任何名錄。這不說明產品不合格。", "In no directory. That does not mean the product is bad.";
    HONOURS: "认证和荣誉", "認證和榮譽", "Certifications and honours";
    CERTIFICATE: "证书编号", "證書編號", "Certificate";
    GRANTED: "列入", "列入", "Granted";
    ISSUER: "发证机构", "發證機構", "Issuer";
    REASON: "原因", "原因", "Reason";
    DECISION: "文号", "文號", "Decision";
    PROVES: "能证明", "能證明", "It proves";
    NOT_PROVES: "不能证明", "不能證明", "It does not prove";
    MEETS: "执行的标准", "執行的標準", "Standards it meets";
    MEETS_NONE: "来源没有写执行标准。", "來源沒有寫執行標準。", "The source names no standard.";
    CODES: "编码和证号", "編碼和證號", "Codes and numbers";
    ABOUT_IT: "召回和公告", "召回和公告", "Recalls and notices";
    INSPECTIONS: "监督抽查", "監督抽查", "Inspections";
    HISTORY: "登记经过", "登記經過", "History";
    HISTORY_SRC: "来源：登记簿原始条目，好的坏的都在", "來源：登記簿原始條目，好的壞的都在", "Source: the entries of the log, good and bad";
    ENTRY_N: "第 {n} 条", "第 {n} 條", "entry {n}";
    CHANGED_TO: "由 ", "由 ", "from ";
    CHANGED_MID: " 改为 ", " 改為 ", " to ";
    NOTHING: "空", "空", "nothing";
    SEE_DAY: "看某一天的这一页", "看某一天的這一頁", "See this page as of a day";
    SHOW: "查看", "查看", "Show";
    CITE: "引用和下载", "引用和下載", "Quote and download";
    CITE_TEXT: "这个链接固定在 {d} 的内容，以后不会变，依法删去的除外。", "這個連結固定在 {d} 的內容，以後不會變，依法刪去的除外。", "This link is fixed to the content of {d}; it changes only where the law demands a removal.";
    PRINT_TEXT: "要纸质的，用浏览器的打印。", "要紙本的，用瀏覽器的列印。", "For paper, use your browser’s print command.";
    PROBLEM: "买后出了问题", "買後出了問題", "Something wrong with it?";
    PROBLEM_TEXT: "先找卖家或厂家。谈不拢，打 12315，或到全国 12315 平台投诉举报。", "先找賣家或廠家。談不攏，打 12315，或到全國 12315 平台投訴舉報。", "Ask the seller or the maker first. If that fails, call 12315 in mainland China or use the national 12315 platform.";
    PROBLEM_LINK: "怎么投诉、怎么更正", "怎麼投訴、怎麼更正", "How to complain or have something corrected";
    SOURCE: "来源：", "來源：", "Source: ";
    READ_ON: "读取 {d}", "讀取 {d}", "read on {d}";
    CHECKED_ON: "核对 {d}", "核對 {d}", "checked on {d}";
    BUILT_IN: "本程序自带的参考表", "本程式自帶的參考表", "reference table of this program";
    LICENCE: "许可：{l}", "許可：{l}", "licence: {l}";
    MACHINE: "名称为机器翻译", "名稱為機器翻譯", "the name is a machine translation";

    // Enterprise.
    USCC: "统一社会信用代码", "統一社會信用代碼", "Unified social credit code";
    NO_USCC: "来源没有给出统一社会信用代码", "來源沒有給出統一社會信用代碼", "The source gives no credit code";
    PRODUCTS: "产品", "產品", "Products";
    ALL_N: "全部 {n}", "全部 {n}", "All {n}";
    PRODUCTS_NONE: "登记簿里没有它的产品。", "登記簿裡沒有它的產品。", "The register holds no products of it.";
    TIMELINE: "经过", "經過", "What happened";
    TIMELINE_SRC: "好的坏的都列，按发生日期排。", "好的壞的都列，按發生日期排。", "Good and bad, by the date they happened.";
    CHECK: "检查我的公示", "檢查我的公示", "Check what is published";
    CHECK_LEAD: "本企业和公众看到的是同一份。以下由登记簿里的记录算出。", "本企業和公眾看到的是同一份。以下由登記簿裡的記錄算出。", "The company and the public see the same page. This is computed from the records.";
    CHECK_ACT: "请处理", "請處理", "Needs action";
    CHECK_SOON: "快到期", "快到期", "Ends soon";
    CHECK_GOOD: "没问题", "沒問題", "Nothing to do";
    FACTS: "基本信息", "基本資訊", "Facts";
    DRAFTED: "参与的标准", "參與的標準", "Standards it took part in";
    CORRECT: "更正", "更正", "Corrections";
    CORRECT_TEXT: "写错了，或者不再属实，请告诉发布这份名单的单位；改了之后这里留着改前的样子。", "寫錯了，或者不再屬實，請告訴發布這份名單的單位；改了之後這裡留著改前的樣子。", "If something is wrong or no longer true, tell the body that published the list; the page keeps what stood there before.";

    // Inconsistencies.
    F_CONTESTED: "有异议", "有異議", "Contested";
    F_NOTICE: "请留意", "請留意", "Note";
    F_NONE: "待核对", "待核對", "To be checked";
    S_PASSED: "通过", "通過", "Passed";
    S_NOT_PASSED: "未通过", "未通過", "Not passed";
    S_OTHER_RESULT: "其他", "其他", "Other";
    FINDINGS: "互相对不上的记录", "互相對不上的記錄", "Records that do not fit";
    FINDING_SOURCES: "两边的记录和来源", "兩邊的記錄和來源", "The records and their sources";
    FINDING_RULE: "规则", "規則", "Rule";
    FINDING_SINCE: "发生日期", "發生日期", "Since";
    FINDING_EFFECT: "对核验结果", "對核驗結果", "Effect on the verdict";
    EFFECT_RECALLED: "按召回处理", "按召回處理", "treated as a recall";
    EFFECT_NOTICE: "给出提示，不改变有效与否", "給出提示，不改變有效與否", "gives a notice, does not change validity";
    EFFECT_NONE: "没有影响", "沒有影響", "none";
    FINDING_MEANS: "这里只说明登记簿里的记录互相对不上，不说明哪一方有过错。", "這裡只說明登記簿裡的記錄互相對不上，不說明哪一方有過錯。", "This only says that records of this register do not fit one another, not who is at fault.";
    REPLY: "提出异议", "提出異議", "Right of reply";
    REPLY_TEXT: "有关企业、评价机构或发布单位认为记录有误，可以向主办单位提出异议，注明编号 {id}。提出后这一条标明“有异议”，核实后更正记录或写明结果；原来的记录和更正都留在登记簿里。", "有關企業、評價機構或發布單位認為記錄有誤，可以向主辦單位提出異議，註明編號 {id}。提出後這一條標明「有異議」，核實後更正記錄或寫明結果；原來的記錄和更正都留在登記簿裡。", "Whoever is concerned and holds a record to be wrong may object to the office, naming {id}. The finding is then marked as contested; after checking, the record is corrected or the outcome is stated. Both the earlier record and the correction stay in the register.";
    FINDINGS_THEN: "看过去某一天时，这一页不列对不上的记录；那天的全在这里：", "看過去某一天時，這一頁不列對不上的記錄；那天的全在這裡：", "A page of another day does not list records that do not fit; all of that day are here:";
    FINDINGS_MORE: "全部 {n}", "全部 {n}", "All {n}";
    KIND: "种类", "種類", "Kind";

    // Credit file.
    CREDIT: "信用档案", "信用檔案", "Credit file";
    CREDIT_LEAD: "登记簿里关于这家企业的每一条记录，好的坏的同样列出，各写来源和日期。公示期满的处罚和名单不再显示。", "登記簿裡關於這家企業的每一條記錄，好的壞的同樣列出，各寫來源和日期。公示期滿的處罰和名單不再顯示。", "Every record this register holds about the company, good and bad alike, each with its source and date. Penalties and lists past their publication term are no longer shown.";
    CREDIT_ALL: "按时间排列", "按時間排列", "In order of time";
    CREDIT_OPEN: "查看完整信用档案", "查看完整信用檔案", "See the whole credit file";
    CREDIT_NONE: "登记簿里没有这一类记录。", "登記簿裡沒有這一類記錄。", "The register holds no such record.";
    CREDIT_CUT: "只列出最近的 {n} 条，其余见各项列表。", "只列出最近的 {n} 條，其餘見各項列表。", "Only the latest {n} are listed; the lists have the rest.";
    C_DATE: "日期", "日期", "Date";
    C_WHAT: "事项", "事項", "Record";
    C_STATUS: "结果或状态", "結果或狀態", "Result or status";
    C_SOURCE: "来源", "來源", "Source";
    C_INSPECTIONS: "监督抽查", "監督抽查", "Inspections";
    C_PENALTIES: "行政处罚", "行政處罰", "Penalties";
    C_RESTRICTIONS: "经营异常和失信名单", "經營異常和失信名單", "Adverse lists";
    C_CERTIFICATES: "认证和许可", "認證和許可", "Certificates and licences";
    C_HONOURS: "荣誉和名录", "榮譽和名錄", "Honours and directories";
    C_STANDARDS: "参与和公开的标准", "參與和公開的標準", "Standards";
    C_RECALLS: "召回", "召回", "Recalls";
    C_RATINGS: "第三方评价", "第三方評價", "Third-party ratings";
    C_NOTICES: "公告", "公告", "Notices";
    C_POSSIBLE: "可能相关，仅按名称匹配", "可能相關，僅按名稱匹配", "Possibly related, matched by name only";
    POSSIBLE_TEXT: "下面的记录写了相同的名称或品牌，没有能够确认的编号，不一定是这家企业或这件产品，不影响核验结果。", "下面的記錄寫了相同的名稱或品牌，沒有能夠確認的編號，不一定是這家企業或這件產品，不影響核驗結果。", "These records print the same name or brand and no number that would prove it: they need not be about this company or product, and do not change a verdict.";
    NOTICES_ABOUT: "相关公告和召回", "相關公告和召回", "Notices and recalls about it";
    RATINGS_NOTE: "几家机构各评各的，方法不同，等级不能互相换算，本站不合并打分。", "幾家機構各評各的，方法不同，等級不能互相換算，本站不合併打分。", "Each body rates by its own method; grades cannot be converted into one another, and this site adds up nothing.";
    PROTECTED: "免重复抽查至 {d}", "免重複抽查至 {d}", "not to be sampled again until {d}";
    SAMPLED: "抽样 {d}", "抽樣 {d}", "sampled {d}";
    ITEMS: "检验项目", "檢驗項目", "Items";
    I_ITEM: "项目", "項目", "Item";
    I_RESULT: "检验结果", "檢驗結果", "Result";
    I_LIMIT: "标准值", "標準值", "Limit";
    I_VERDICT: "判定", "判定", "Verdict";
    PUBLISHED_UNTIL: "公示至 {d}", "公示至 {d}", "published until {d}";
    BASIS: "依据 {b}", "依據 {b}", "under {b}";
    SINCE_UNTIL: "{a} 列入，{b} 移出", "{a} 列入，{b} 移出", "listed {a}, removed {b}";

    // Standard.
    T_NATIONAL: "国家标准", "國家標準", "National standard";
    T_INDUSTRY: "行业标准", "行業標準", "Industry standard";
    T_LOCAL: "地方标准", "地方標準", "Local standard";
    T_GROUP: "团体标准", "團體標準", "Group standard";
    T_ENTERPRISE: "企业标准", "企業標準", "Company standard";
    T_INTERNATIONAL: "国际标准", "國際標準", "International standard";
    T_FOREIGN: "国外标准", "國外標準", "Foreign standard";
    MANDATORY: "强制性", "強制性", "mandatory";
    VOLUNTARY: "推荐性", "推薦性", "voluntary";
    CHAIN: "代替关系", "代替關係", "Editions";
    CHAIN_NONE: "登记簿里没有它的前一版或后一版。", "登記簿裡沒有它的前一版或後一版。", "The register holds no earlier or later edition.";
    UNDER: "执行它的产品", "執行它的產品", "Products that meet it";
    UNDER_NONE: "登记簿里还没有产品写明执行它。", "登記簿裡還沒有產品寫明執行它。", "No product in the register names it yet.";

    // Directory.
    DIR_INDEX: "品牌名录", "品牌名錄", "Directories";
    DIR_LEAD: "谁把什么称号给了谁，现在还算不算。退出的也留着，写明原因。", "誰把什麼稱號給了誰，現在還算不算。退出的也留著，寫明原因。", "Who granted what to whom, and whether it still holds. Those that left stay, with the reason.";
    DIR_WITH: "有数据的名录", "有數據的名錄", "Directories with data";
    DIR_WITHOUT: "还没有载入数据的名录", "還沒有載入數據的名錄", "Directories without data so far";
    DIR_WITHOUT_TEXT: "政策文件点了名，这份登记簿里还没有它们的名单。", "政策文件點了名，這份登記簿裡還沒有它們的名單。", "Named in the policy documents; their lists have not been loaded here.";
    DIR_CURRENT: "在册 {n}", "在冊 {n}", "{n} current";
    DIR_ENDED: "退出 {n}", "退出 {n}", "{n} ended";
    YEARS: "每年列入多少", "每年列入多少", "Entries by year";
    YEARS_ALT: "{a} 年至 {b} 年每年列入的数量，最多是 {y} 年的 {m}；一共 {n}，其中 {e} 已退出", "{a} 年至 {b} 年每年列入的數量，最多是 {y} 年的 {m}；一共 {n}，其中 {e} 已退出", "Entries per year from {a} to {b}, most in {y} ({m}); {n} in all, {e} of them ended";
    YEARS_SRC: "按列入年份计数；2013 写作 13。", "按列入年份計數；2013 寫作 13。", "Counted by year of entry; 2013 is written 13.";
    HIST_YEARS: "历史荣誉，现已不再评选（{a}–{b} 年）。", "歷史榮譽，現已不再評選（{a}–{b} 年）。", "A historical honour, no longer awarded ({a}–{b}).";
    HIST_BANNER: "历史荣誉，现已不再评选。", "歷史榮譽，現已不再評選。", "A historical honour, no longer awarded.";
    UNVERIFIED_YEAR: "依据{y}年文件，现行状态未核实。", "依據{y}年文件，現行狀態未核實。", "Named in a document of {y}; its present standing has not been verified.";
    CHART_DATA: "这张图的数据", "這張圖的數據", "The data of this chart";
    COL_YEAR: "年份", "年份", "Year";
    EXITS: "为什么退出", "為什麼退出", "Why they left";
    DIR_STATISTICS: "这个名录的统计：留存、行业、地区", "這個名錄的統計：留存、行業、地區", "Statistics of this directory: how long listings last, sectors, places";
    IN_FORCE: "现在在册", "現在在冊", "Current";
    LEFT: "已退出", "已退出", "Ended";
    PLACES: "各地多少", "各地多少", "By place";
    COVERAGE: "收全了吗", "收全了嗎", "Is it complete?";
    COMPLETE: "没有缺漏。", "沒有缺漏。", "Nothing is known to be missing.";
    NOT_HERE: "这里查不到，不等于没有这项称号，也不等于产品有问题。", "這裡查不到，不等於沒有這項稱號，也不等於產品有問題。", "Not being on this list does not mean not holding the title, nor that anything is wrong.";
    WHAT: "这是什么", "這是什麼", "What it is";
    AUTHORITY: "授予机构", "授予機構", "Granted by";
    SUCCESSOR: "后继名录", "後繼名錄", "Succeeded by";
    THE_LIST: "名录", "名錄", "The list";

    // Notice and recall.
    RECALL: "产品召回", "產品召回", "Product recall";
    NOTICE: "监管公告", "監管公告", "Notice";
    NAMED: "涉及的产品和企业", "涉及的產品和企業", "Products and companies it names";
    ORIGINAL: "发布单位的原文", "發布單位的原文", "Text of the publisher";

    // System.
    SYS_WHERE: "在本站哪里", "在本站哪裡", "Where it is on this site";
    SYS_LOADED: "登记簿里有 {n} 条。", "登記簿裡有 {n} 條。", "The register holds {n} records.";
    SYS_NONE: "这份登记簿里还没有它的数据。", "這份登記簿裡還沒有它的數據。", "No data of it has been loaded into this register.";
    SYS_HOW: "管理这份登记簿的人可以先取一张空白表，填好再导入：", "管理這份登記簿的人可以先取一張空白表，填好再匯入：", "Whoever runs this register can take a blank table, fill it and import it:";
    SYS_BASIS: "依据", "依據", "Legal basis";
    SYS_USERS: "谁会用到", "誰會用到", "Who uses it";
    SYS_GROUP: "类别", "類別", "Group";
    SYS_STANDING: "现况", "現況", "Standing";
    SYS_KIND: "登记为", "登記為", "Kept as";
    SYS_RELATED: "同一类的", "同一類的", "Of the same group";
}

/// Class (tone), icon and word of a status.
#[must_use]
pub fn status(of: StatusOf, code: &str) -> (&'static str, &'static str, Words) {
    use StatusOf as O;
    match (of, code) {
        (O::Listing, "valid") => ("ok", "ok", S_VALID),
        (O::Listing, "suspended") => ("warn", "warn", S_SUSPENDED),
        (O::Listing, "expired") => ("off", "off", S_EXPIRED),
        (O::Listing, "withdrawn") => ("bad", "bad", S_WITHDRAWN),
        (O::Listing, "cancelled") => ("off", "dash", S_CANCELLED),
        (O::Listing, "exited") => ("off", "dash", S_EXITED),
        (O::Listing, "replaced") => ("off", "swap", S_REPLACED),
        (O::Listing, "none") => ("unk", "dash", S_NONE),
        (O::Standard, "upcoming") => ("unk", "add", S_UPCOMING),
        (O::Standard | O::Scheme, "current") => ("ok", "ok", S_CURRENT),
        (O::Standard, "withdrawn") => ("off", "dash", S_STD_WITHDRAWN),
        (O::Standard, "replaced") => ("off", "swap", S_STD_REPLACED),
        (O::Enterprise, "active") => ("ok", "ok", S_ACTIVE),
        (O::Enterprise, "deregistered") => ("off", "dash", S_DEREGISTERED),
        (O::Enterprise, "revoked") => ("bad", "bad", S_REVOKED),
        (O::Enterprise, "moved") => ("off", "swap", S_MOVED),
        (O::Recall, "announced") => ("warn", "tri", S_ANNOUNCED),
        (O::Recall, "in_progress") => ("bad", "tri", S_IN_PROGRESS),
        (O::Recall, "completed") => ("off", "ok", S_COMPLETED),
        (O::Recall, "terminated") => ("off", "dash", S_TERMINATED),
        (O::Scheme, "historical") => ("off", "off", S_HISTORICAL),
        (O::Scheme, "superseded") => ("off", "swap", S_SUPERSEDED),
        (O::Scheme, "unverified") => ("warn", "unk", S_UNVERIFIED),
        (O::Product, "on_sale") => ("ok", "ok", S_ON_SALE),
        (O::Product, "discontinued") => ("off", "dash", S_DISCONTINUED),
        (O::Inspection, "pass") => ("ok", "ok", S_PASS),
        (O::Inspection, "fail") => ("bad", "bad", S_FAIL),
        (O::Inspection, "retest") => ("warn", "warn", S_RETEST),
        (O::Penalty, "in_force") => ("bad", "bad", S_IN_FORCE),
        (O::Penalty, "under_review") => ("warn", "warn", S_UNDER_REVIEW),
        (O::Penalty, "revoked") => ("off", "dash", S_PENALTY_REVOKED),
        (O::Penalty, "repaired") => ("off", "ok", S_REPAIRED),
        (O::Restriction, "listed") => ("bad", "bad", S_LISTED),
        (O::Restriction, "removed") => ("off", "dash", S_REMOVED),
        (O::System, "loaded") => ("ok", "ok", S_LOADED),
        (O::System, _) => ("off", "dash", S_EMPTY),
        (O::Target, "reached") => ("ok", "ok", policy::S_REACHED),
        (O::Target, "missed") => ("bad", "bad", policy::S_MISSED),
        (O::Target, "open") => ("unk", "off", policy::S_OPEN),
        (O::Target, _) => ("off", "dash", policy::S_NOT_COMPUTABLE),
        (O::Policy, "in_term") => ("ok", "ok", policy::S_IN_TERM),
        (O::Policy, "over") => ("off", "off", policy::S_OVER),
        (O::Policy, _) => ("unk", "dash", policy::S_NO_TERM),
        (O::Department, "in_being") => ("ok", "ok", policy::S_IN_BEING),
        (O::Department, _) => ("off", "swap", policy::S_SUCCEEDED),
        (O::Finding, "contested") => ("warn", "unk", F_CONTESTED),
        (O::Finding, "recalled" | "notice") => ("warn", "tri", F_NOTICE),
        (O::Finding, _) => ("off", "edit", F_NONE),
        (O::Evaluation, "passed") => ("ok", "ok", S_PASSED),
        (O::Evaluation, "not_passed") => ("bad", "bad", S_NOT_PASSED),
        (O::Evaluation, _) => ("unk", "unk", S_OTHER_RESULT),
        (O::Notice, "in_force") => ("ok", "ok", S_IN_FORCE),
        (O::Notice, "expired") => ("off", "off", S_EXPIRED),
        (O::Notice, "announcement") => ("unk", "add", S_ANNOUNCEMENT),
        (O::Notice, "warning") => ("warn", "tri", S_WARNING),
        (O::Notice, "consumer_tip") => ("unk", "unk", S_TIP),
        (O::Notice, "priority_fields") => ("unk", "add", S_PRIORITY),
        (O::Notice, "round_result") => ("unk", "edit", S_ROUND),
        (O::Notice, "tbt") => ("warn", "tri", S_TBT),
        (O::Notice, "public_comment") => ("unk", "edit", S_COMMENT),
        (O::Notice, "exit") => ("off", "dash", S_EXIT),
        (O::Notice, "correction") => ("unk", "edit", S_CORRECTION),
        (O::Notice, "event") => ("unk", "add", S_EVENT),
        (O::Notice, "case") => ("unk", "add", S_CASE),
        (O::Service, "open") => ("ok", "ok", S_OPEN),
        (O::Service, "closed") => ("off", "dash", S_CLOSED),
        (O::Notice, "patent-navigation") => ("unk", "add", S_PATENT),
        _ => ("unk", "unk", S_UNKNOWN),
    }
}

/// Class (tone), icon and word of an event.
#[must_use]
pub fn event(code: &str) -> (&'static str, &'static str, Words) {
    match code {
        "listed" => ("ok", "add", EV_LISTED),
        "granted" => ("ok", "ok", EV_GRANTED),
        "renewed" => ("ok", "ok", EV_RENEWED),
        "amended" => ("unk", "edit", EV_AMENDED),
        "suspended" => ("warn", "warn", EV_SUSPENDED),
        "reinstated" => ("ok", "ok", EV_REINSTATED),
        "withdrawn" => ("bad", "bad", EV_WITHDRAWN),
        "cancelled" => ("off", "dash", EV_CANCELLED),
        "exited" => ("off", "dash", EV_EXITED),
        "replaced" => ("off", "swap", EV_REPLACED),
        "revised" => ("unk", "edit", EV_REVISED),
        "corrected" => ("unk", "edit", EV_CORRECTED),
        "contested" => ("warn", "unk", EV_CONTESTED),
        "contest_closed" => ("unk", "ok", EV_CONTEST_CLOSED),
        "published" => ("unk", "add", EV_PUBLISHED),
        "removed" => ("off", "dash", EV_REMOVED),
        "repaired" => ("unk", "ok", EV_REPAIRED),
        "redacted" => ("off", "dash", EV_REDACTED),
        "inspection_pass" => ("ok", "ok", EV_PASS),
        "inspection_fail" => ("bad", "bad", EV_FAIL),
        "penalty" => ("bad", "bad", EV_PENALTY),
        "recall" => ("bad", "tri", EV_RECALL),
        "restriction" => ("bad", "bad", EV_RESTRICTION),
        "expired" => ("off", "off", EV_EXPIRED),
        _ => ("unk", "edit", EV_AMENDED),
    }
}
