//! Words of the list of changes.

use super::{Words, words};

words! {
    TITLE: "变动", "變動", "Changes";
    LEAD: "登记簿里新增了什么、退出了什么、改了什么，每一处都写原因和来源。", "登記簿裡新增了什麼、退出了什麼、改了什麼，每一處都寫原因和來源。", "What came into the register, what left it and what changed, each with its reason and source.";
    FORM: "选择变动", "選擇變動", "Choose changes";
    KIND: "种类", "種類", "Kind";
    CHANGE: "变动", "變動", "Change";
    SCHEME: "名录", "名錄", "Directory";
    FROM: "从", "從", "From";
    TO: "到", "到", "To";
    TEXT: "查找", "查找", "Search";
    APPLY: "查看", "查看", "Show";
    ALL_OF: "全部", "全部", "All";
    BY: "按哪个日期", "按哪個日期", "By which day";
    BY_VALID: "按发生日期", "按發生日期", "By the day it became true";
    BY_RECORDED: "按登记日期", "按登記日期", "By the day it was recorded";
    ADDED: "新增", "新增", "Added";
    LEFT: "退出", "退出", "Left";
    CHANGED: "修改", "修改", "Changed";
    N_CHANGES: "处变动", "處變動", "changes";
    ONE_CHANGE: "处变动", "處變動", "change";
    NONE: "没有符合条件的变动", "沒有符合條件的變動", "No such changes";
    NONE_TEXT: "换一段日期，或去掉一个条件再看。", "換一段日期，或去掉一個條件再看。", "Try other days or remove a filter.";
    SINCE_ENTRY: "登记簿第 {n} 条以后", "登記簿第 {n} 條以後", "after entry {n} of the log";
    ENTRY_FILTER: "起点", "起點", "Starting point";
    RECORD: "登记", "登記", "Record";
    ENTERPRISE: "企业", "企業", "Company";
    TRUE_ON: "{d} 发生", "{d} 發生", "true on {d}";
    RECORDED_ON: "{d} 登记", "{d} 登記", "recorded {d}";
    ENTRY: "第 {n} 条", "第 {n} 條", "entry {n}";
    PROOF: "第 {n} 条的证明", "第 {n} 條的證明", "proof of entry {n}";
    FEED: "订阅", "訂閱", "Feed";
    MORE: "全部变动", "全部變動", "All changes";
    OLDER: "更早的登记", "更早的登記", "Earlier entries";
    TWO_DAYS: "两种日期", "兩種日期", "Two days";
    TWO_VALID: "按发生日期：事情哪天变的。补登的和更正过的，算在它发生的那天；更正前的写法不再算。", "按發生日期：事情哪天變的。補登的和更正過的，算在它發生的那天；更正前的寫法不再算。", "By the day it became true: what was told late or corrected counts on the day it happened; what was corrected no longer counts.";
    TWO_RECORDED: "按登记日期：这里哪天写下的。更正也是一处变动。", "按登記日期：這裡哪天寫下的。更正也是一處變動。", "By the day it was recorded: when this register wrote it down. A correction is a change too.";
    MEANS: "新增、退出、修改是什么意思", "新增、退出、修改是什麼意思", "What the three words mean";
    MEANS_ADDED: "新增：第一次登记，或退出以后恢复。", "新增：第一次登記，或退出以後恢復。", "Added: on record for the first time, or back after it had left.";
    MEANS_LEFT: "退出：撤销、注销、退出、换证、废止、停产、移出、关闭。", "退出：撤銷、註銷、退出、換證、廢止、停產、移出、關閉。", "Left: withdrawn, cancelled, exited, replaced, discontinued, removed or closed.";
    MEANS_CHANGED: "修改：别的内容变了，列出改前和改后。", "修改：別的內容變了，列出改前和改後。", "Changed: something else differs; shown before and after.";
    EXPIRED_NOT: "到期由日期算出，不是新的登记，不列在这里：", "到期由日期算出，不是新的登記，不列在這裡：", "A term that runs out is computed, not recorded, and is not listed here: ";
    EXPIRED: "已过期的", "已過期的", "expired";
    FIXED: "这个链接固定在现在的内容，以后不会变", "這個連結固定在現在的內容，以後不會變", "This link is fixed to what is shown now";
    SOURCE: "来源：登记簿原始条目", "來源：登記簿原始條目", "Source: the entries of the log";
    SEEN: "上次查看（{d}）以后有 {n} 处新登记", "上次查看（{d}）以後有 {n} 處新登記", "{n} new entries since you last looked ({d})";
    SEEN_NONE: "上次查看（{d}）以后没有新登记。", "上次查看（{d}）以後沒有新登記。", "Nothing new since you last looked ({d}).";
    SEEN_KEEP: "在这台设备上记住看到这里", "在這台裝置上記住看到這裡", "Remember on this device that I looked";
    SEEN_FORGET: "忘掉", "忘掉", "Forget";
    LAPSES: "{s}将于 {d} 到期", "{s}將於 {d} 到期", "{s} ends on {d}";
}

/// Class, icon and word of a change.
#[must_use]
pub fn change(code: &str) -> (&'static str, &'static str, Words) {
    match code {
        "added" => ("ok", "add", ADDED),
        "left" => ("off", "dash", LEFT),
        _ => ("unk", "edit", CHANGED),
    }
}
