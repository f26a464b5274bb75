//! Words of the signed statement of what the register held on a day.

use super::words;

words! {
    LINK: "登记情况说明（可打印，附签名）", "登記情況說明（可列印，附簽名）", "Statement of what is registered (to print, signed)";
    PAGE: "登记情况说明", "登記情況說明", "Statement of registration";
    LEAD: "截至 {d}，本登记簿（写到第 {n} 条，{t}）关于下列对象的登记如下。", "截至 {d}，本登記簿（寫到第 {n} 條，{t}）關於下列對象的登記如下。", "On {d}, this register, as it stood with {n} entries ({t}), held the following about:";
    ID: "编号", "編號", "Identifier";
    HOLDER: "生产者或持有人", "生產者或持有人", "Holder";
    STATUS: "状态", "狀態", "State";
    LISTINGS: "列入的名录", "列入的名錄", "Listings";
    NONE: "这一天没有列入任何名录。", "這一天沒有列入任何名錄。", "In no directory on that day.";
    LEFT_OUT: "另有 {n} 项没有列在这里，请看固定链接上的页面。", "另有 {n} 項沒有列在這裡，請看固定連結上的頁面。", "{n} more are not named here; see the record’s page.";
    C_SCHEME: "名录", "名錄", "Directory";
    C_NUMBER: "证书编号", "證書編號", "Certificate";
    C_GRANTED: "列入", "列入", "Granted";
    C_UNTIL: "有效至", "有效至", "Valid until";
    C_SOURCE: "来源，登记簿条目", "來源，登記簿條目", "Source, entry";
    NOT: "本说明不能说明", "本說明不能說明", "What this does not show";
    NOT_ITEM: "手里的某一件商品就是它，或者没有质量问题。", "手裡的某一件商品就是它，或者沒有品質問題。", "that an item in hand is the one registered, or is without fault.";
    NOT_TRUE: "来源写的都是真的：登记簿照来源登记。", "來源寫的都是真的：登記簿照來源登記。", "that the sources are right: the register records what they say.";
    NOT_NOW: "今天还是这样：以后的变化请看固定链接，或查询现在的登记。", "今天還是這樣：以後的變化請看固定連結，或查詢現在的登記。", "that it is still so today: for that, look at the record as it is now.";
    NOT_ALL: "登记簿以外没有别的证书、处罚或召回。", "登記簿以外沒有別的證書、處罰或召回。", "that there are no certificates, penalties or recalls beside what this register holds.";
    PROOF: "怎么核实", "怎麼核實", "How to verify";
    FIXED: "固定链接", "固定連結", "Fixed link";
    CHECKPOINT: "登记簿检查点（{n} 条）", "登記簿檢查點（{n} 條）", "Checkpoint of {n} entries";
    SIGNED: "签名", "簽名", "Signature";
    SIGNED_BY: "密钥 {k}，日期 {d}", "金鑰 {k}，日期 {d}", "key {k}, dated {d}";
    HOLDER_OF: "，持有人 {h}", "，持有人 {h}", ", held by {h}";
    UNSIGNED: "没有签名：这台服务器没有主办单位用来签说明的密钥，或者该密钥不在有效期。需要签名的，请向主办单位索取。", "沒有簽名：這台伺服器沒有主辦單位用來簽說明的金鑰，或者該金鑰不在有效期。需要簽名的，請向主辦單位索取。", "Not signed: this server holds no key of the publisher that signs statements, or none in force. Ask the publisher for a signed one.";
    NO_CHECKPOINT: "这台服务器不签登记簿，没有检查点，也就没有证明。", "這台伺服器不簽登記簿，沒有檢查點，也就沒有證明。", "This server does not sign the log, so there is no checkpoint and no proof.";
    HOW: "下载签名文件，不联网也能核对：", "下載簽名檔案，不連網也能核對：", "Download the signed file; it verifies without a network:";
    FILE: "签名文件（JSON）", "簽名檔案（JSON）", "Signed file (JSON)";
    KEYS: "公钥（先存下来）", "公鑰（先存下來）", "Public keys (keep them beforehand)";
    NO_ORIGIN: "这台服务器没有设置公开网址，不印二维码。", "這台伺服器沒有設定公開網址，不印二維碼。", "This server was not told its public address, so there is no QR code.";
    QR: "固定链接的二维码", "固定連結的二維碼", "QR code of the fixed link";
}
