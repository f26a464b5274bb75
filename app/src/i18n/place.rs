//! Words of the pages about places.

use super::words;

words! {
    H_PLACES: "地区和区划代码", "地區和區劃代碼", "Places and division codes";
    LEAD: "县级以上的地区。停用的代码也能查到，并指向后来的代码。", "縣級以上的地區。停用的代碼也能查到，並指向後來的代碼。", "Counties and above. A code no longer in use can still be looked up and leads to what took its place.";
    TOTALS: "在用代码 {a} 个，已停用 {b} 个。", "在用代碼 {a} 個，已停用 {b} 個。", "{a} codes in use, {b} no longer in use.";
    PROVINCES: "省级", "省級", "Provinces";
    IN_USE: "在用", "在用", "In use";
    ENDED: "已停用", "已停用", "No longer in use";
    ENDED_SINCE: "{d}起停用", "{d}起停用", "not in use since {d}";
    YEAR: "{y} 年", "{y} 年", "{y}";
    SUCCESSORS: "后来的代码", "後來的代碼", "What took its place";
    NO_SUCCESSOR: "来源没有写它被哪个代码代替。", "來源沒有寫它被哪個代碼代替。", "The source does not say what took its place.";
    SUCCESSORS_BROKEN: "来源给出的代替关系没有通向一个在用的代码。", "來源給出的代替關係沒有通向一個在用的代碼。", "What the source says does not lead to a code in use.";
    PREDECESSORS: "它代替的代码", "它代替的代碼", "Codes it took the place of";
    HELD: "本登记簿在这里收录的", "本登記簿在這裡收錄的", "What the register holds here";
    HELD_NONE: "登记簿里没有这里的产品、企业或名录记录；这不说明这里没有。", "登記簿裡沒有這裡的產品、企業或名錄記錄；這不說明這裡沒有。", "The register holds no product, enterprise or listing of this place, which does not mean that there are none.";
    BELOW: "下级地区", "下級地區", "Places within";
    BELOW_ENDED: "已停用的下级代码", "已停用的下級代碼", "Codes within no longer in use";
    MORE: "还有 {n} 个，见 JSON。", "還有 {n} 個，見 JSON。", "{n} more, see the JSON.";
    LISTINGS: "上榜、获证", "上榜、獲證", "Listings";
}
