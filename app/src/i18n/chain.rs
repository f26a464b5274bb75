//! Words about what took the place of what.

use super::words;

words! {
    CURRENT: "现行版本：", "現行版本：", "Current edition: ";
    NO_CURRENT: "登记簿中没有查到现行的后续版本。", "登記簿中沒有查到現行的後續版本。", "The register holds no later edition in force.";
    HERE: "本页", "本頁", "this page";
    NOT_HELD_MARK: "未收录", "未收錄", "not held";
    BROKEN: "代替关系不完整", "代替關係不完整", "The chain is broken";
    NOT_A_NUMBER: "{of} 的来源写的代替者是“{v}”，这不是标准编号；按原文保留，不作链接，也不推测。", "{of} 的來源寫的代替者是「{v}」，這不是標準編號；按原文保留，不作鏈接，也不推測。", "For {of} the source names “{v}” as its replacement. That is no standard number: it is kept as printed, neither linked nor guessed at.";
    NOT_HELD: "{n} 未收录，代替关系到这里中断。", "{n} 未收錄，代替關係到這裡中斷。", "The register does not hold {n}; the chain ends there.";
    ITSELF: "来源写 {n} 被它自己代替，这条关系不成立。", "來源寫 {n} 被它自己代替，這條關係不成立。", "The source says that {n} is replaced by itself, which cannot be.";
    CIRCLE: "顺着代替关系又回到 {n}，成了一个圈。", "順著代替關係又回到 {n}，成了一個圈。", "The chain leads back to {n}: it is a circle.";
    DATES: "{newer} 的发布日期早于被它代替的 {older}，前后不符。", "{newer} 的發佈日期早於被它代替的 {older}，前後不符。", "{newer} was issued before {older}, which it is said to replace.";
}
