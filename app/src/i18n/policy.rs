//! Words of the pages of policies, targets and departments.

use register::Lang;

use super::{Words, words};

words! {
    H_POLICIES: "政策文件", "政策文件", "Policies";
    H_TARGETS: "政策承诺兑现了多少", "政策承諾兌現了多少", "What became of the promises";
    H_DEPARTMENTS: "部门", "部門", "Departments";
    LEAD_POLICIES: "这份登记簿依据的政策文件，一共 {n}。写了什么、谁负责、目标达到没有。", "這份登記簿依據的政策文件，一共 {n}。寫了什麼、誰負責、目標達到沒有。", "The policy documents behind this register: {n}. What they say, who is responsible, and whether their targets were reached.";
    LEAD_TARGETS: "政策文件里写过的数字，一共 {n}。能用登记簿数的，重新数一遍；数不出来的，写明原因。", "政策文件裡寫過的數字，一共 {n}。能用登記簿數的，重新數一遍；數不出來的，寫明原因。", "Figures the policy documents promised: {n} in all. Those this register can count are counted again; for the others it says why not.";
    LEAD_DEPARTMENTS: "政策文件点名的部门和接续它们的部门，一共 {n}。", "政策文件點名的部門和接續它們的部門，一共 {n}。", "Departments named in the policy documents and those that took over from them: {n} in all.";
    FIELD_POLICIES: "标题、文号", "標題、文號", "Title or number";
    FIELD_TARGETS: "目标、指标", "目標、指標", "Target or measure";
    FIELD_DEPARTMENTS: "名称、简称", "名稱、簡稱", "Name or short name";
    NAV: "政策", "政策", "Policies";
    TARGETS: "目标", "目標", "Targets";
    DEPARTMENTS: "部门", "部門", "Departments";
    ALL_TARGETS: "全部目标", "全部目標", "All targets";
    ALL_DEPARTMENTS: "全部部门", "全部部門", "All departments";

    S_REACHED: "已达到", "已達到", "Reached";
    S_MISSED: "到期未达到", "到期未達到", "Missed";
    S_OPEN: "进行中", "進行中", "Open";
    S_NOT_COMPUTABLE: "这里算不出", "這裡算不出", "Not computable here";
    S_IN_TERM: "有效期内", "有效期內", "Within its term";
    S_NO_TERM: "未写有效期", "未寫有效期", "No term stated";
    S_OVER: "已到期", "已到期", "Term over";
    S_IN_BEING: "没有变更记录", "沒有變更記錄", "No change on record";
    S_SUCCEEDED: "职责已由别的部门接续", "職責已由別的部門接續", "Duties taken over";

    // Target.
    GOAL: "目标", "目標", "goal";
    AT_LEAST: "不少于 {n}", "不少於 {n}", "at least {n}";
    MORE_THAN: "超过 {n}", "超過 {n}", "more than {n}";
    EXACTLY: "等于 {n}", "等於 {n}", "exactly {n}";
    ABOUT: "{n} 左右", "{n} 左右", "about {n}";
    ABOUT_NOTE: "“左右”和“基本”按目标值上下 5% 以内算达到；原文没有写幅度，这是本站的理解。", "「左右」和「基本」按目標值上下 5% 以內算達到；原文沒有寫幅度，這是本站的理解。", "“About” counts as met within 5% of the goal; the text states no margin, this is our reading.";
    DUE_ON: "期限 {d}", "期限 {d}", "due {d}";
    NO_DUE: "没有写期限", "沒有寫期限", "no date stated";
    THE_NUMBER: "数出来多少", "數出來多少", "The count";
    ON_DUE: "到期那天（{d}）", "到期那天（{d}）", "On the due day ({d})";
    ON_DAY: "截至 {d}", "截至 {d}", "As of {d}";
    NO_VALUE: "没有数值", "沒有數值", "no value";
    DECIDES_DUE: "期限已过，按到期那天的数判断。", "期限已過，按到期那天的數判斷。", "The date is past: the value of that day decides.";
    DECIDES_DAY: "期限没到，按今天的数看。", "期限沒到，按今天的數看。", "Not yet due: today’s value is shown.";
    BY_US: "本站按登记簿计算，不是官方统计。", "本站按登記簿計算，不是官方統計。", "Computed from this register; not an official statistic.";
    SAMPLE_VALUE: "示例数据，数值为虚构。", "示例數據，數值為虛構。", "Sample data: the values are made up.";
    SAMPLE_APART: "另有示例数据 {n} 条，没有算在内。", "另有示例數據 {n} 條，沒有算在內。", "{n} sample records are left out.";
    OFFICIAL: "官方公布值", "官方公佈值", "Official value";
    OFFICIAL_LINE: "{v}，截至 {d}，来源：{s}", "{v}，截至 {d}，來源：{s}", "{v} as of {d}, source: {s}";
    TREND: "历年走势", "歷年走勢", "Over time";
    TREND_ALT: "{a} 至 {b} 的走势：从 {x} 到 {y}，目标 {g}", "{a} 至 {b} 的走勢：從 {x} 到 {y}，目標 {g}", "From {a} to {b}: from {x} to {y}; goal {g}";
    TREND_SRC: "把登记簿退回到每个日期，用同一个口径重算。", "把登記簿退回到每個日期，用同一個口徑重算。", "The register is taken back to each day and counted the same way.";
    COL_DAY: "日期", "日期", "Day";
    COL_VALUE: "数值", "數值", "Value";
    TREND_TABLE: "各日期的数值", "各日期的數值", "Values by day";
    WHY_NOT: "为什么算不出", "為什麼算不出", "Why there is no value";
    R_NO_FORMULA: "登记簿里没有能算出它的数据，也没有登记官方公布值。", "登記簿裡沒有能算出它的數據，也沒有登記官方公佈值。", "The register holds nothing it could be counted from, and no official value has been entered.";
    R_UNREADABLE: "登记的计算口径读不懂。", "登記的計算口徑讀不懂。", "The formula on record cannot be read.";
    R_NO_DATA: "口径可以算，但登记簿里没有那一天的这一类数据：数出零不能说明没有达到。", "口徑可以算，但登記簿裡沒有那一天的這一類數據：數出零不能說明沒有達到。", "The formula is ready, but no data of this sort is on record for that day: a count of zero would not mean the goal was missed.";
    R_DIVISION: "分母为零，算不出。", "分母為零，算不出。", "Division by zero: cannot be computed.";
    R_TOO_LARGE: "数字太大，算不出。", "數字太大，算不出。", "A number is too large to compute with.";
    HOW: "怎么数的", "怎麼數的", "How it is counted";
    FORMULA: "计算口径", "計算口徑", "Formula";
    FORMULA_TEXT: "括号里写明数哪一类登记、满足什么条件；读法见文档 formulas.md。", "括號裡寫明數哪一類登記、滿足什麼條件；讀法見文件 formulas.md。", "It says which records are counted and on what conditions; formulas.md in the documentation explains it.";
    COUNT_LINE: "数到 {n}；登记簿里这一类一共 {h} 条", "數到 {n}；登記簿裡這一類一共 {h} 條", "{n} counted; the register holds {h} of this sort";
    NOTE: "说明", "說明", "Note";
    RECOUNT: "看数到的每一条", "看數到的每一條", "See every record counted";
    RECOUNT_H: "重新数一遍", "重新數一遍", "Recount";
    RECOUNT_LEAD: "下面是数到的每一条登记和计算口径，任何人都可以照着重算。", "下面是數到的每一條登記和計算口徑，任何人都可以照著重算。", "Every record counted, and the formula: anybody can count again.";
    RECOUNT_N: "{d} 数到 {n} 条", "{d} 數到 {n} 條", "{n} records counted on {d}";
    RECOUNT_NONE: "这一天没有数到任何登记。", "這一天沒有數到任何登記。", "No record is counted on this day.";
    AGAIN_H: "在您的浏览器里再算一遍", "在您的瀏覽器裡再算一遍", "Count again in your browser";
    AGAIN_TEXT: "点一下才下载：计算口径要看的全部登记，和一个小程序。", "點一下才下載：計算口徑要看的全部登記，和一個小程式。", "Fetched at the tap only: every record the formula looks at, and a small program.";
    AGAIN: "再算一遍", "再算一遍", "Count again";
    AGAIN_BUSY: "正在计算……", "正在計算……", "Counting…";
    AGAIN_EQUAL: "算得 {v}，与本页相同。", "算得 {v}，與本頁相同。", "It comes to {v}, the same as on this page.";
    AGAIN_DIFFERS: "算得 {v}，本页写的是 {p}，两者不同。请告诉我们。", "算得 {v}，本頁寫的是 {p}，兩者不同。請告訴我們。", "It comes to {v}, but this page says {p}. Please tell us.";
    AGAIN_TOO_MANY: "要看的登记太多，不能在浏览器里算。请用开放数据。", "要看的登記太多，不能在瀏覽器裡算。請用開放資料。", "The formula looks at too many records for a browser. Use the open data.";
    AGAIN_FAILED: "没有算成。请看看网络，再试一次。", "沒有算成。請看看網路，再試一次。", "It could not be counted. Check the network and try again.";
    RECOUNT_AS: "算作", "算作", "counted as";
    COUNTED_AS: "{k}：{v}", "{k}：{v}", "{k}: {v}";
    PROMISED: "原文", "原文", "In the document’s words";
    CLAUSE: "条款", "條款", "Clause";
    POLICY: "政策文件", "政策文件", "Policy";
    RESPONSIBLE: "责任单位", "責任單位", "Responsible";
    NO_RESPONSIBLE: "这一条没有写责任单位", "這一條沒有寫責任單位", "the clause names nobody";
    NOW_IS: "{y} 年起由 {d} 接续", "{y} 年起由 {d} 接續", "taken over by {d} in {y}";

    // Policy.
    MEASURES: "写了什么", "寫了什麼", "What it says";
    MEASURES_SRC: "条目名称引自原文，内容是本站的概括；引用请查原文。", "條目名稱引自原文，內容是本站的概括；引用請查原文。", "Headings are quoted, the texts are our summaries; check the document before quoting.";
    ISSUERS: "发文机关", "發文機關", "Issued by";
    LEAD_BY: "牵头：", "牽頭：", "Led by: ";
    WITH: "配合：", "配合：", "With: ";
    ITS_SYSTEMS_N: "点名的制度 {n} 项", "點名的制度 {n} 項", "Systems named: {n}";
    ITS_TARGETS: "它的目标", "它的目標", "Its targets";
    NO_TARGETS: "没有写数字目标。", "沒有寫數字目標。", "It sets no numeric targets.";
    HASH: "原文文本（SHA-256）", "原文文本（SHA-256）", "Text (SHA-256)";
    HASH_TEXT: "本站依据的那份文本的指纹，可以用来核对。", "本站依據的那份文本的指紋，可以用來核對。", "Fingerprint of the text this register rests on.";
    CLAUSES_N: "{n} 条", "{n} 條", "{n} clauses";
    TARGETS_N: "目标 {n}", "目標 {n}", "{n} targets";

    // Department.
    LEADS: "牵头的措施", "牽頭的措施", "Measures it leads";
    TAKES_PART: "配合的措施", "配合的措施", "Measures it takes part in";
    NO_LEADS: "政策文件里没有由它牵头的措施。", "政策文件裡沒有由它牽頭的措施。", "No measure names it as lead.";
    DEP_TARGETS: "负责的目标", "負責的目標", "Targets it answers for";
    DEP_NO_TARGETS: "没有写明由它负责的目标。", "沒有寫明由它負責的目標。", "No target names it.";
    ISSUED: "发布的文件", "發佈的文件", "Documents it issued";
    SUCCESSORS: "由谁接续", "由誰接續", "Taken over by";
    PREDECESSORS: "接续了谁", "接續了誰", "Took over from";
    SINCE_YEAR: "{y} 年", "{y} 年", "{y}";
    ALIASES: "文件里的简称", "文件裡的簡稱", "Short names in the documents";
    CORRECTIONS: "待处理的更正", "待處理的更正", "Open corrections";
    CORRECTIONS_NONE: "本站还不能在线提交更正，所以这里没有待处理的。发现写错了，请按这一页的办法告诉发布单位：", "本站還不能線上提交更正，所以這裡沒有待處理的。發現寫錯了，請按這一頁的辦法告訴發布單位：", "Corrections cannot be filed on this site yet, so none are open here. If something is wrong, tell the publisher as described on this page:";
    AND_MORE: " 等 {n} 个", " 等 {n} 個", " and others, {n} in all";
    LEAD_N: "牵头 {n}", "牽頭 {n}", "leads {n}";
    CO_N: "配合 {n}", "配合 {n}", "takes part in {n}";
}

/// A unit of a target in the page's language; units that are the same everywhere are kept.
#[must_use]
pub fn unit(unit: &str, lang: Lang) -> &str {
    let words: [&str; 3] = match unit {
        "项" => ["项", "項", ""],
        "个" => ["个", "個", ""],
        "种" => ["种", "種", "sorts"],
        "家" => ["家", "家", ""],
        "件" => ["件", "件", ""],
        "条" => ["条", "條", "entries"],
        "分" => ["分", "分", "points"],
        "件/万人" => ["件/万人", "件/萬人", "per 10,000 people"],
        other => return other,
    };
    words[lang as usize]
}

/// A number with its unit: `214 项`, `93%`.
#[must_use]
pub fn with_unit(value: &str, of: &str, lang: Lang) -> String {
    let value = value.parse().map_or_else(|_| value.to_owned(), super::count);
    match unit(of, lang) {
        "" => value,
        "%" => format!("{value}%"),
        unit => format!("{value} {unit}"),
    }
}

/// What a target asks for, in words: `超过 500 个`.
#[must_use]
pub fn goal(operator: &str, value: &str, of: &str, lang: Lang) -> String {
    let words = match operator {
        ">" => MORE_THAN,
        "=" => EXACTLY,
        "~" => ABOUT,
        _ => AT_LEAST,
    };
    super::fill(words.to(lang), &[("n", &with_unit(value, of, lang))])
}

/// Why a target has no value, in one sentence.
#[must_use]
pub fn reason(code: &str) -> Words {
    match code {
        "unreadable" => R_UNREADABLE,
        "no_data" => R_NO_DATA,
        "division_by_zero" => R_DIVISION,
        "too_large" => R_TOO_LARGE,
        _ => R_NO_FORMULA,
    }
}
