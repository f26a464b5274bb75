//! Words of the statistics.

use super::{Words, words};

words! {
    TITLE: "统计", "統計", "Statistics";
    LEAD: "从这份登记簿数出来的数。点任何一个数，都能看到它数的是哪几条。", "從這份登記簿數出來的數。點任何一個數，都能看到它數的是哪幾條。", "Figures counted from this register. Follow any figure to the very rows it counts.";
    OF_SCHEME: "只数这个名录：", "只數這個名錄：", "This directory only: ";
    SEE_ALL: "看全部统计", "看全部統計", "All statistics";
    OURS: "本站按登记簿计算，不是官方统计。", "本站按登記簿計算，不是官方統計。", "Computed here from the register; not an official statistic.";
    SOURCES: "数的是什么", "數的是什麼", "What is counted";
    CSV_TABLE: "这张表的 CSV", "這張表的 CSV", "This table as CSV";
    CSV_ALL: "全部表的 CSV", "全部表的 CSV", "All tables as CSV";
    MORE: "看整张表（还有 {n} 行）", "看整張表（還有 {n} 行）", "See the whole table ({n} more rows)";

    T_SCHEMES: "各名录多少", "各名錄多少", "By directory";
    T_YEARS: "每年列入多少", "每年列入多少", "By year of entry";
    T_STATUS: "现在是什么状态", "現在是什麼狀態", "By status";
    T_PLACES: "各地多少", "各地多少", "By place";
    T_SECTORS: "各行业多少", "各行業多少", "By sector";
    T_EXITS: "为什么退出", "為什麼退出", "Why they left";
    T_SURVIVAL: "列入后留存多久", "列入後留存多久", "How long listings last";
    T_PASSES: "监督抽查合格率", "監督抽查合格率", "Pass rates of inspections";

    L_SURVIVAL: "某一年列入的，满一年、两年……时还在册的有多少。暂停的仍算在册；撤销、注销、退出、换证和过期的不算。只有全年列入的都满了年数才填，不作估计。", "某一年列入的，滿一年、兩年……時還在冊的有多少。暫停的仍算在冊；撤銷、註銷、退出、換證和過期的不算。只有全年列入的都滿了年數才填，不作估計。", "Of the entries of a year, how many were still in force after one, two … years. Suspended entries count as in force; withdrawn, cancelled, exited, replaced and expired ones do not. A cell is filled only once every entry of the year has had that many years; nothing is estimated.";
    L_PASSES: "合格批次除以合格与不合格批次之和，复检未定的不算。只数收录完整的批次；行业按生产企业的行业。", "合格批次除以合格與不合格批次之和，複檢未定的不算。只數收錄完整的批次；行業按生產企業的行業。", "Samples passed as a share of samples passed or failed; undecided retests are left out. Only rounds held in full are counted; the sector is that of the maker.";
    L_INCOMPLETE: "另有 {n} 批不知道是否收录完整，没有算进合格率。", "另有 {n} 批不知道是否收錄完整，沒有算進合格率。", "{n} more samples belong to rounds not known to be complete and are not in any rate.";
    L_EXITS: "来源写明的退出原因。", "來源寫明的退出原因。", "Reasons of exit as the source states them.";
    L_PLACES: "地区按名录写明的地域，没有写的按持有人所在地；上级地区包含下级。", "地區按名錄寫明的地域，沒有寫的按持有人所在地；上級地區包含下級。", "The place is the area the directory names, else the holder's seat; a place includes those below it.";

    C_LABEL: "项目", "項目", "Item";
    C_ALL: "全部", "全部", "All";
    C_GRANTED: "列入", "列入", "Entered";
    C_VALID: "有效", "有效", "Valid";
    C_SUSPENDED: "暂停", "暫停", "Suspended";
    C_ENDED: "已结束", "已結束", "Ended";
    C_PRODUCTS: "产品", "產品", "Products";
    C_LISTINGS: "名录条目", "名錄條目", "Entries";
    C_WITHDRAWN: "撤销", "撤銷", "Withdrawn";
    C_CANCELLED: "注销", "註銷", "Cancelled";
    C_EXITED: "退出", "退出", "Exited";
    C_REPLACED: "换证", "換證", "Replaced";
    C_YEARS: "满 {n} 年", "滿 {n} 年", "{n} years";
    C_YEAR: "满 1 年", "滿 1 年", "1 year";

    SURVIVAL_ALT: "所有年份合计，列入后满几年仍在册的比例：{v}", "所有年份合計，列入後滿幾年仍在冊的比例：{v}", "All years together, share still in force after so many years: {v}";
    PASSES_ALT: "所有行业合计的合格率：{v}", "所有行業合計的合格率：{v}", "Pass rate of all sectors together: {v}";
}

/// Heading of a table.
#[must_use]
pub fn title(code: &str) -> Words {
    match code {
        "schemes" => T_SCHEMES,
        "years" => T_YEARS,
        "status" => T_STATUS,
        "places" => T_PLACES,
        "sectors" => T_SECTORS,
        "exits" => T_EXITS,
        "survival" => T_SURVIVAL,
        _ => T_PASSES,
    }
}

/// What a table counts, where its heading does not say it.
#[must_use]
pub fn lead(code: &str) -> Option<Words> {
    Some(match code {
        "places" => L_PLACES,
        "exits" => L_EXITS,
        "survival" => L_SURVIVAL,
        "passes" => L_PASSES,
        _ => return None,
    })
}

/// Head of a column whose code is a word.
#[must_use]
pub fn column(table: &str, code: &str) -> Option<Words> {
    Some(match (table, code) {
        ("status", "all") => C_LISTINGS,
        ("survival", "all") => C_GRANTED,
        (_, "all") => C_ALL,
        (_, "valid") => C_VALID,
        (_, "suspended") => C_SUSPENDED,
        (_, "ended") => C_ENDED,
        (_, "products") => C_PRODUCTS,
        (_, "withdrawn") => C_WITHDRAWN,
        (_, "cancelled") => C_CANCELLED,
        (_, "exited") => C_EXITED,
        (_, "replaced") => C_REPLACED,
        ("survival", "1") => C_YEAR,
        _ => return None,
    })
}
