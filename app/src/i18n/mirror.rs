//! Words of a static mirror: what its pages say on top, and what takes the place of what needs a server.

use super::words;

words! {
    ABOUT: "关于这份静态副本", "關於這份靜態副本", "About this static copy";
    WORD: "静态副本", "靜態副本", "Static copy";
    MADE: "{d} 制作，登记簿当时共 {n} 条，日志根 {h}。以后的变化这里看不到。", "{d} 製作，登記簿當時共 {n} 條，日誌根 {h}。以後的變化這裡看不到。", "Made on {d}, when the register had {n} entries; log root {h}. What happened since is not here.";
    AGO: "距今 {n} 天。", "距今 {n} 天。", "That was {n} days ago.";
    LIVE: "正式网站：", "正式網站：", "The portal itself: ";
    MORE: "这份副本能做什么", "這份副本能做什麼", "What this copy can do";

    LEAD: "这是登记簿网站的静态副本：页面和数据都是制作那天的，放在哪里都能看。", "這是登記簿網站的靜態副本：頁面和資料都是製作那天的，放在哪裡都能看。", "This is a static copy of the register’s portal: pages and data of the day it was made, readable wherever they are put.";
    CAME_H: "是某个链接带您来的？", "是某個連結帶您來的？", "Did a link bring you here?";
    CAME: "那一项要由服务器临时计算才能回答，静态副本做不到。下面写明哪些能看、哪些不能。", "那一項要由伺服器臨時計算才能回答，靜態副本做不到。下面寫明哪些能看、哪些不能。", "Then what it leads to has to be worked out by a server, which a static copy does not have. Below is what can be seen here and what cannot.";
    TO_LIVE: "到正式网站看这一页", "到正式網站看這一頁", "See this page at the portal itself";
    NO_LIVE: "制作时没有写明正式网站的网址。", "製作時沒有寫明正式網站的網址。", "Whoever made this copy did not name the portal’s address.";
    HAS_H: "这里有什么", "這裡有什麼", "What is here";
    HAS_1: "每条记录的页面和 JSON，每个列表的全部各页、JSON 和 CSV。", "每條記錄的頁面和 JSON，每個列表的全部各頁、JSON 和 CSV。", "The page and JSON of every record; every list, page by page, with JSON and CSV.";
    HAS_2: "搜索、筛选、排序：在浏览器里算，需要能运行脚本；没有脚本时看到的是整个列表。", "搜尋、篩選、排序：在瀏覽器裡算，需要能執行腳本；沒有腳本時看到的是整個列表。", "Search, filters and sorting work in the browser and need scripts; without scripts the whole list is shown.";
    HAS_3: "查一个编码：用签了名的离线数据回答，写明是哪天的，从不写“有效”。", "查一個編碼：用簽了名的離線資料回答，寫明是哪天的，從不寫「有效」。", "Looking up a code: answered from the signed offline copy with its day, and never “valid”.";
    HAS_4: "全部数据的文件；日志的每一条、每个哈希块、签名和证明，可以用 liangbiao log verify 核对。", "全部資料的檔案；日誌的每一條、每個雜湊塊、簽名和證明，可以用 liangbiao log verify 核對。", "The whole register as files; the log with every entry, tile, signature and proof, to be checked with liangbiao log verify.";
    NOT_H: "这里没有什么", "這裡沒有什麼", "What is not here";
    NOT_1: "制作以后的登记、暂停、撤销、召回。", "製作以後的登記、暫停、撤銷、召回。", "Registrations, suspensions, withdrawals and recalls since it was made.";
    NOT_2: "别的日期的页面、变化的筛选、引用格式、订阅、大字版（请用浏览器放大）。", "別的日期的頁面、變化的篩選、引用格式、訂閱、大字版（請用瀏覽器放大）。", "Pages of other days, filters of changes, ways to quote, feeds, large type (please use the browser’s zoom).";
    NOT_3: "单件编码、签名声明的网址、上传照片、标签图样。", "單件編碼、簽名聲明的網址、上傳照片、標籤圖樣。", "Unit codes, addresses of signed statements, uploading a photo, artwork of labels.";
    NOT_4: "核验结果：静态副本不会知道后来的撤销，所以这里的编码页面只说那天的情况。", "核驗結果：靜態副本不會知道後來的撤銷，所以這裡的編碼頁面只說那天的情況。", "Verdicts: a static copy cannot know of a later withdrawal, so a code’s page here says only how things stood that day.";
    READ: "语言", "語言", "Languages";

    FORM: "这一项要由服务器回答，静态副本里不能用。", "這一項要由伺服器回答，靜態副本裡不能用。", "This needs a server and does not work in a static copy.";
    LIST_NONE: "这个列表在静态副本里不能筛选，只能逐页看或者下载。", "這個列表在靜態副本裡不能篩選，只能逐頁看或者下載。", "In a static copy this list cannot be filtered: read it page by page, or download it.";
    WHOLE: "副本里只有整个列表的文件：", "副本裡只有整個列表的檔案：", "The copy has files of the whole list only: ";

    V_WORD: "副本查验", "副本查驗", "Checked in a copy";
    V_WHEN: "副本是 {d} 的，登记簿当时共 {n} 条。以后的暂停、撤销、召回，这里看不到。", "副本是 {d} 的，登記簿當時共 {n} 條。以後的暫停、撤銷、召回，這裡看不到。", "The copy is of {d}, when the register had {n} entries. Later suspensions, withdrawals and recalls cannot be seen here.";
    V_ONLINE: "到正式网站查", "到正式網站查", "Look it up at the portal itself";
    V_NOT_PROOF: "副本的答复只是那天的情况，不是现在的结果。", "副本的答覆只是那天的情況，不是現在的結果。", "A copy tells how things stood on its day, not how they stand.";
    V_NOTICE: "有需要留意的事项", "有需要留意的事項", "with something to note";
    V_NOT_IN_FORCE: "不在有效状态（暂停、过期、撤销、注销、退出或被替代）", "不在有效狀態（暫停、過期、撤銷、註銷、退出或被替代）", "not in force (suspended, expired, withdrawn, cancelled, exited or replaced)";
    V_RECALLED: "正在召回：请停止使用", "正在召回：請停止使用", "under recall: stop using it";
    V_WHY: "那天登记的原因", "那天登記的原因", "What was on record that day";
}
