//! Words of the page that says how often readers noted a check of one unit, and the provinces.

use super::{Words, words};

words! {
    PAGE: "查验次数", "查驗次數", "Times checked";
    LEAD: "有人在这个单件码的页面上按下“记下这次查验”，才计一次。打开页面、扫码都不计。", "有人在這個單件碼的頁面上按下「記下這次查驗」，才計一次。打開頁面、掃碼都不計。", "Counted only when a reader presses the button “Note this check”. Opening a page or scanning the code counts nothing.";
    NONE: "还没有人记下过。", "還沒有人記下過。", "Nobody has noted a check so far.";
    TIMES: "次数", "次數", "Times";
    FIRST: "最早一次", "最早一次", "First";
    LAST: "最近一次", "最近一次", "Latest";
    WHERE: "所在省份", "所在省份", "Provinces";
    UNSAID: "没有说明", "沒有說明", "Not said";
    NOTE: "记下这次查验", "記下這次查驗", "Note this check";
    FIELD: "您在哪个省份（可以不说）", "您在哪個省份（可以不說）", "Your province (may be left out)";
    KEPT: "只记下日期和您选的省份，不记网络地址、姓名、位置和设备。同一个码一天最多计 {k} 次，记录保留 {d} 天。", "只記下日期和您選的省份，不記網路位址、姓名、位置和裝置。同一個碼一天最多計 {k} 次，記錄保留 {d} 天。", "Only the day and the province you choose are kept: no network address, name, place or device. At most {k} notes of one code count a day, and they are kept for {d} days.";
    NOT: "次数不代表什么", "次數不代表什麼", "What the number does not show";
    NOT_GENUINE: "不说明这件商品是真是假。次数是看页面的人自己按的，谁都可以多按。", "不說明這件商品是真是假。次數是看頁面的人自己按的，誰都可以多按。", "It does not show whether the item is genuine. Readers press the button themselves, and anybody may press it again.";
    NOT_ALL: "不是被扫过多少次。看了没按的，不在里面。", "不是被掃過多少次。看了沒按的，不在裡面。", "It is not how often the code was scanned. Readers who do not press are not counted.";
    NOT_COPIED: "刚拆封就已经有次数，可能是店里查过，也可能标签被复制；单看次数分不出来，可以问店家或打 12315。", "剛拆封就已經有次數，可能是店裡查過，也可能標籤被複製；單看次數分不出來，可以問店家或打 12315。", "A number on an item just unpacked may come from the shop, or from a copied label; the number alone does not tell. Ask the shop or call 12315.";
    SEE: "看查验次数", "看查驗次數", "See times checked";
    SHORT: "记下以后，别人能看到这个码被查过。只记日期，不记您是谁。", "記下以後，別人能看到這個碼被查過。只記日期，不記您是誰。", "Others can then see that this code was checked. Only the day is kept, not who you are.";
}

/// The provinces and what ranks with them: first two digits of the division code (GB/T 2260), and the
/// name people use.
pub const PROVINCES: [(u8, Words); 34] = [
    (11, Words(["北京", "北京", "Beijing"])),
    (12, Words(["天津", "天津", "Tianjin"])),
    (13, Words(["河北", "河北", "Hebei"])),
    (14, Words(["山西", "山西", "Shanxi"])),
    (15, Words(["内蒙古", "內蒙古", "Inner Mongolia"])),
    (21, Words(["辽宁", "遼寧", "Liaoning"])),
    (22, Words(["吉林", "吉林", "Jilin"])),
    (23, Words(["黑龙江", "黑龍江", "Heilongjiang"])),
    (31, Words(["上海", "上海", "Shanghai"])),
    (32, Words(["江苏", "江蘇", "Jiangsu"])),
    (33, Words(["浙江", "浙江", "Zhejiang"])),
    (34, Words(["安徽", "安徽", "Anhui"])),
    (35, Words(["福建", "福建", "Fujian"])),
    (36, Words(["江西", "江西", "Jiangxi"])),
    (37, Words(["山东", "山東", "Shandong"])),
    (41, Words(["河南", "河南", "Henan"])),
    (42, Words(["湖北", "湖北", "Hubei"])),
    (43, Words(["湖南", "湖南", "Hunan"])),
    (44, Words(["广东", "廣東", "Guangdong"])),
    (45, Words(["广西", "廣西", "Guangxi"])),
    (46, Words(["海南", "海南", "Hainan"])),
    (50, Words(["重庆", "重慶", "Chongqing"])),
    (51, Words(["四川", "四川", "Sichuan"])),
    (52, Words(["贵州", "貴州", "Guizhou"])),
    (53, Words(["云南", "雲南", "Yunnan"])),
    (54, Words(["西藏", "西藏", "Xizang"])),
    (61, Words(["陕西", "陝西", "Shaanxi"])),
    (62, Words(["甘肃", "甘肅", "Gansu"])),
    (63, Words(["青海", "青海", "Qinghai"])),
    (64, Words(["宁夏", "寧夏", "Ningxia"])),
    (65, Words(["新疆", "新疆", "Xinjiang"])),
    (71, Words(["台湾", "台灣", "Taiwan"])),
    (81, Words(["香港", "香港", "Hong Kong"])),
    (82, Words(["澳门", "澳門", "Macao"])),
];

/// The name of a province by its two digits; none for another number.
#[must_use]
pub fn province(code: u8) -> Option<Words> {
    PROVINCES.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}
