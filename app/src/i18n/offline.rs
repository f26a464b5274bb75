//! Words of the page that is kept for use without a network, and of the answers it gives.

use super::words;

words! {
    APP_NAME: "亮标 产品质量信息", "亮標 產品質量資訊", "Liangbiao product quality";
    APP_DESCRIPTION: "扫一扫标签上的质量信用码，看登记簿怎么说。", "掃一掃標籤上的質量信用碼，看登記簿怎麼說。", "Scan the quality credit code on a label and see what the register says.";
    TITLE: "离线查验", "離線查驗", "Offline check";
    DESCRIPTION: "没有网络的时候，用存在手机里的数据查一个质量信用码。", "沒有網路的時候，用存在手機裡的資料查一個質量信用碼。", "Look up a quality credit code with what is kept on the phone when there is no network.";
    H1: "没有网络也能查", "沒有網路也能查", "Look up a code without a network";
    LEAD: "把一份签了名的登记数据存进手机。没有网络时，扫码、输入编码都能得到一个说明日期的答复；有网络时，一律以网上的结果为准。", "把一份簽了名的登記資料存進手機。沒有網路時，掃碼、輸入編碼都能得到一個說明日期的答覆；有網路時，一律以網上的結果為準。", "Keep a signed copy of the register on the phone. Without a network a scanned or typed code then gets an answer that says how old it is; with a network the answer online always counts.";
    KEEP_H: "存到这部手机", "存到這部手機", "Keep it on this phone";
    KEEP: "存下来", "存下來", "Keep it";
    UPDATE: "更新数据", "更新資料", "Update the data";
    REMOVE: "从手机里删除", "從手機裡刪除", "Remove it from the phone";
    COST: "程序约 {p} KB，数据约 {d} KB，共 {n} 个编码。点“存下来”以后才下载。", "程式約 {p} KB，資料約 {d} KB，共 {n} 個編碼。點「存下來」以後才下載。", "Programs about {p} KB, data about {d} KB with {n} codes. Nothing is downloaded before you tap “Keep it”.";
    NONE: "本登记簿没有日志签名密钥，不能提供离线数据。请联网查询。", "本登記簿沒有日誌簽名金鑰，不能提供離線資料。請聯網查詢。", "This register has no key that signs its log, so it offers no offline copy. Please look codes up online.";
    NO_SCRIPT: "这一项需要浏览器能运行脚本。其他页面都不需要。", "這一項需要瀏覽器能執行腳本。其他頁面都不需要。", "This one thing needs a browser that runs scripts. No other page does.";
    WHAT_H: "存下来的数据能说什么", "存下來的資料能說什麼", "What a kept copy can say";
    WHAT_1: "型号编码，或者产品的条码：保存那天的登记状态、产品、型号、持有人。", "型號編碼，或者產品的條碼：保存那天的登記狀態、產品、型號、持有人。", "Model codes, or the bar code of the goods: how the registration stood on the day of the copy, product, model and holder.";
    WHAT_2: "签名声明：签名是否属实、是哪个公钥、是否过期。", "簽名聲明：簽名是否屬實、是哪個公鑰、是否過期。", "Signed statements: whether the signature holds, by which key, and whether the term is over.";
    WHAT_3: "单件编码：离线不能查。登记簿不把它们交给任何人。", "單件編碼：離線不能查。登記簿不把它們交給任何人。", "Unit codes: not offline. The register hands them to nobody.";
    WHAT_4: "以后的暂停、撤销、召回，离线看不到。所以离线的答复从不写“有效”。", "以後的暫停、撤銷、召回，離線看不到。所以離線的答覆從不寫「有效」。", "Later suspensions, withdrawals and recalls cannot be seen offline. That is why an offline answer never says “valid”.";
    KEY: "签名公钥", "簽名公鑰", "Signing key";
    KEY_NOTE: "第一次保存时记住这个公钥；以后的数据不是它签的，一律不用。", "第一次儲存時記住這個公鑰；以後的資料不是它簽的，一律不用。", "The key is remembered when the copy is first kept; data that it has not signed is never used.";
    CHECK_H: "查一个编码", "查一個編碼", "Look up a code";

    S_NONE: "还没有存。", "還沒有存。", "Nothing is kept yet.";
    S_WORK: "正在下载并核对签名…", "正在下載並核對簽名…", "Downloading and checking the signature…";
    S_KEPT: "已存：{d} 的数据，{n} 个编码，签名已核对。", "已存：{d} 的資料，{n} 個編碼，簽名已核對。", "Kept: data of {d}, {n} codes, signature checked.";
    S_FAILED: "没有存成：网络不通，或者手机空间不够。请再试一次。", "沒有存成：網路不通，或者手機空間不夠。請再試一次。", "Not kept: the network is down or the phone is full. Please try again.";
    S_REFUSED: "下载的数据和签名对不上，没有采用。", "下載的資料和簽名對不上，沒有採用。", "The downloaded data does not match its signature and was not used.";
    S_OTHER_KEY: "登记簿换了签名公钥，或者数据被人动过。请先核对公布的公钥，再删除旧的、重新保存。", "登記簿換了簽名公鑰，或者資料被人動過。請先核對公布的公鑰，再刪除舊的、重新儲存。", "The register has another signing key, or somebody changed the data. Compare the published key, then remove the old copy and keep it anew.";
    S_UNABLE: "这个浏览器不能保存离线数据。", "這個瀏覽器不能儲存離線資料。", "This browser cannot keep data for offline use.";
    S_REMOVED: "已从手机里删除。", "已從手機裡刪除。", "Removed from the phone.";

    V_WORD: "离线查验", "離線查驗", "Checked offline";
    V_BROKEN: "存在手机里的数据和签名对不上，已不能用。请联网后再查。", "存在手機裡的資料和簽名對不上，已不能用。請聯網後再查。", "What is kept on the phone does not match its signature and cannot be used. Please look it up online.";
    V_NO_COPY: "手机里没有存数据。请联网后再查。", "手機裡沒有存資料。請聯網後再查。", "No copy is kept on the phone. Please look it up online.";
    V_AGE_0: "数据是今天（{d}）的", "資料是今天（{d}）的", "The data is of today ({d})";
    V_AGE: "数据是 {a} 天前（{d}）的", "資料是 {a} 天前（{d}）的", "The data is {a} days old ({d})";
    V_AGE_CLOCK: "数据是 {d} 的；手机的日期比它还早，请校准", "資料是 {d} 的；手機的日期比它還早，請校準", "The data is of {d}; this phone’s date is earlier than that, please set it";
    V_LOG: "登记簿当时共 {n} 条。", "登記簿當時共 {n} 條。", "The register then had {n} entries.";
    V_STOOD: "那天的登记", "那天的登記", "Registration then";
    K_IN_FORCE: "在有效期内，没有需要提醒的事项", "在有效期內，沒有需要提醒的事項", "in force, with nothing to note";
    K_NOTICE: "有需要留意的事项，联网可看", "有需要留意的事項，聯網可看", "with something to note; see it online";
    K_NOT_IN_FORCE: "不在有效状态（暂停、过期、撤销、注销、退出或被替代），联网可看原因", "不在有效狀態（暫停、過期、撤銷、註銷、退出或被替代），聯網可看原因", "not in force (suspended, expired, withdrawn, cancelled, exited or replaced); see the reason online";
    K_RECALLED: "正在召回：请停止使用，联网看召回公告", "正在召回：請停止使用，聯網看召回公告", "under recall: stop using it and see the recall notice online";
    K_ABSENT: "存下来的数据里没有这个编码。它可能是后来才登记的，也可能输错了；这不说明它是假的。", "存下來的資料裡沒有這個編碼。它可能是後來才登記的，也可能輸錯了；這不說明它是假的。", "The kept data has no such code. It may have been registered later, or mistyped; that does not make it false.";
    K_UNIT: "这是单件编码，离线不能查。请联网后再查。", "這是單件編碼，離線不能查。請聯網後再查。", "This is a unit code, which cannot be looked up offline. Please try again online.";
    K_NO_BARCODE: "存下来的数据里没有这个条码。这款产品可能没有质量信用码，或者是后来才登记的；这不说明它不合格。", "存下來的資料裡沒有這個條碼。這款產品可能沒有質量信用碼，或者是後來才登記的；這不說明它不合格。", "The kept data does not have this bar code. The product may have no quality credit code, or may have been registered later; that does not make it bad.";
    LOT_NOT: "{l}：存下来的数据不分批次，这一批是否在召回之列，请联网查", "{l}：存下來的資料不分批次，這一批是否在召回之列，請聯網查", "{l}: the kept data does not tell lots apart; look online whether this one is under recall";
    PRODUCT: "产品", "產品", "Product";
    HOLDER: "持有人", "持有人", "Holder";
    UNTIL: "有效期至", "有效期至", "Valid until";
    SIGNATURE: "签名", "簽名", "Signature";
    G_VERIFIED: "属实，签名时公钥有效", "屬實，簽名時公鑰有效", "holds; its key was in force when it was made";
    G_REVOKED_LATER: "属实，但公钥后来吊销（{d}）", "屬實，但公鑰後來吊銷（{d}）", "holds, but its key was revoked later ({d})";
    G_UNKNOWN_KEY: "存下来的数据里没有这个公钥，不能核对", "存下來的資料裡沒有這個公鑰，不能核對", "cannot be checked: the kept data has no such key";
    G_UNCHECKED: "没有核对：这部手机没有打开核对 SM2 签名的程序，请联网后再查", "沒有核對：這部手機沒有打開核對 SM2 簽名的程式，請聯網後再查", "not checked: the program that checks SM2 signatures did not open on this phone; see it online";
    G_ISSUED: "签发日期", "簽發日期", "Signed on";
    G_EXPIRES: "签名有效至", "簽名有效至", "Signed until";
    G_OVER: "（已过）", "（已過）", "(over)";
    G_NOT_YET: "（还没到）", "（還沒到）", "(not yet)";
    G_PROVES: "签名只说明是谁、在哪天这样说过，不说明您手里这一件就是它。", "簽名只說明是誰、在哪天這樣說過，不說明您手裡這一件就是它。", "A signature proves only who said so and on which day, not that the item you hold is the one.";
    ONLINE: "联网再查", "聯網再查", "Look it up online";
    NOT_PROOF: "离线的答复只是保存那天的情况，不是现在的结果。", "離線的答覆只是儲存那天的情況，不是現在的結果。", "An offline answer tells how things stood on the day of the copy, not how they stand.";
    NOT_HERE: "这个页面没有存在手机里。联网后可以看；现在可以查编码。", "這個頁面沒有存在手機裡。聯網後可以看；現在可以查編碼。", "This page is not kept on the phone. See it online; codes can be looked up now.";
    SCAN_LINK: "没有网络时也想查？", "沒有網路時也想查？", "Need it without a network?";
    SCAN_KEEP: "存到手机，离线也能查", "存到手機，離線也能查", "Keep it on the phone";
}
