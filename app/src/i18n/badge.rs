//! Words of the badge others put on their pages, and of the piece of HTML that puts it there.

use super::words;

words! {
    REGISTER: "亮标登记簿 {d}", "亮標登記簿 {d}", "Liangbiao register {d}";
    TITLE: "{n}：{w}", "{n}：{w}", "{n}: {w}";
    DESC: "亮标质量登记簿 {d} 的登记状态，每次打开都按登记簿的最新条目重画。它不是质量担保，也不说明手里的这一件。", "亮標質量登記簿 {d} 的登記狀態，每次打開都按登記簿的最新條目重畫。它不是品質擔保，也不說明手裡的這一件。", "State in the Liangbiao quality register on {d}, drawn anew from the newest entries whenever it is opened. It is no guarantee of quality and says nothing of one item in hand.";
    NOT_LISTED: "未列入", "未列入", "Not listed";
    ENTERPRISE: "{w}，有效列入 {n} 项", "{w}，有效列入 {n} 項", "{w}, {n} valid listings";
    RESTRICTED: "{w}，在列入期内的名单上", "{w}，在列入期內的名單上", "{w}, on an adverse list";

    SITE: "放到您的网站上", "放到您的網站上", "For your own site";
    SITE_TEXT: "这个标志跟着登记簿走：登记被撤销或暂停，下一次打开就会变。请保留链接，不要存成图片。", "這個標誌跟著登記簿走：登記被撤銷或暫停，下一次打開就會變。請保留連結，不要存成圖片。", "The badge follows the register: once a listing is withdrawn or suspended, it changes with the next visit. Keep the link, and do not save it as a picture.";
    ALT: "{n}：亮标登记簿中的现状", "{n}：亮標登記簿中的現狀", "{n}: present state in the Liangbiao register";
}
