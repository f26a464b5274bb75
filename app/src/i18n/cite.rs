//! Words of the page that says how to quote another page.

use super::words;

words! {
    PAGE: "引用格式", "引用格式", "How to cite";
    LINK: "引用本页", "引用本頁", "Cite this page";
    LEAD: "下面的链接固定了日期和登记簿条数，以后打开，内容不变。", "下面的連結固定了日期和登記簿條數，以後打開，內容不變。", "The link below fixes the day and the size of the register: whoever opens it later sees the same content.";
    OF: "被引用的页面", "被引用的頁面", "Page cited";
    DAY: "内容日期", "內容日期", "As of";
    SIZE: "登记簿条数", "登記簿條數", "Entries in the register";
    FROZEN: "固定链接", "固定連結", "Fixed link";
    DATA: "数据", "數據", "Data";
    HASH: "数据指纹（SHA-256）", "數據指紋（SHA-256）", "SHA-256 of the data";
    HASH_HOW: "下载“数据”里的文件，算出的 SHA-256 应与这里一致。页面的文字和版式会随软件更新而改，数据不会。", "下載「數據」裡的檔案，算出的 SHA-256 應與這裡一致。頁面的文字和版式會隨軟體更新而改，數據不會。", "Download the file under “Data” and take its SHA-256: it should be this. Wording and layout of pages change with the software; the data does not.";
    NO_DATA: "这一页没有数据文件，只能引用链接。", "這一頁沒有數據檔案，只能引用連結。", "This page has no data file; its link can be cited, its content has no hash.";
    TEXT: "纯文本", "純文字", "Plain text";
    CHECKPOINT: "登记簿检查点", "登記簿檢查點", "Checkpoint of the register";
    CHECKPOINT_HOW: "这是登记簿在那个条数时的签名。留着它，以后谁改过旧条目都看得出来。", "這是登記簿在那個條數時的簽名。留著它，以後誰改過舊條目都看得出來。", "The register’s signature over that many entries. Keep it: a later change to any of them then shows.";
    NO_CHECKPOINT: "本机没有日志签名密钥，没有签名的检查点。", "本機沒有日誌簽名金鑰，沒有簽名的檢查點。", "This node holds no key that signs the log, so there is no signed checkpoint.";
    NO_ORIGIN: "这台服务器没有设置公开网址，链接前请补上网址。", "這台伺服器沒有設定公開網址，連結前請補上網址。", "This server was not told its public address: put it in front of the link.";
    REGISTER: "亮标质量登记簿", "亮標質量登記簿", "Liangbiao quality register";
    AS_TEXT: "{o}《{t}》，{r}，内容日期 {d}，登记簿 {n} 条。{u}", "{o}《{t}》，{r}，內容日期 {d}，登記簿 {n} 條。{u}", "{o}“{t}”, {r}, as of {d}, register of {n} entries. {u}";
    AS_TEXT_HASH: "数据 SHA-256：{h}。", "數據 SHA-256：{h}。", "SHA-256 of the data: {h}.";
    AS_TEXT_ROOT: "检查点根：{c}。", "檢查點根：{c}。", "Root of the checkpoint: {c}.";
    SAMPLE: "示例数据，均为虚构。", "示例數據，均為虛構。", "Sample data, all made up.";
    MISSING: "本站一个有日期的页面，例如 /products?status=valid", "本站一個有日期的頁面，例如 /products?status=valid", "a page of this site that has a date, such as /products?status=valid";
}
