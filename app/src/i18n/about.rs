//! Words of the data page and of the pages of plain text.

use super::words;

words! {
    DATA: "数据下载", "數據下載", "Data downloads";
    DATA_LEAD: "登记簿里的每份目录都能整份拿走：表格（CSV）和程序用的 JSON，和网页上看到的一样。", "登記簿裡的每份目錄都能整份拿走：表格（CSV）和程式用的 JSON，和網頁上看到的一樣。", "Every list of the register can be taken away whole, as a table (CSV) or as JSON for programs, exactly what the pages show.";
    FILES: "文件", "檔案", "Files";
    FILES_TABLE: "可下载的目录", "可下載的目錄", "Lists to download";
    COL_LIST: "目录", "目錄", "List";
    COL_ROWS: "行数", "行數", "Rows";
    COL_FORMATS: "格式", "格式", "Formats";
    FORMATS: "格式说明", "格式說明", "Formats";
    FORMATS_CSV: "CSV 是 UTF-8 编码，第一行是列名；表格软件可以直接打开。", "CSV 是 UTF-8 編碼，第一行是欄名；試算表軟體可以直接開啟。", "CSV is UTF-8 with one header row; spreadsheet programs open it directly.";
    FORMATS_JSON: "JSON 每页至多 100 行，next 指向下一页。网址里的筛选条件和网页相同。", "JSON 每頁至多 100 行，next 指向下一頁。網址裡的篩選條件和網頁相同。", "JSON has at most 100 rows a page; next points to the following page. The conditions in the address are those of the page.";
    FORMATS_ONE: "任何一条记录的网址后面加 .json，就是这条记录的原样。", "任何一條記錄的網址後面加 .json，就是這條記錄的原樣。", "Add .json to the address of any record to get that record as it is.";
    FORMATS_PAST: "加上 as_of=日期，就是那一天的样子；加上 known=条数，就只算登记簿的前这么多条。", "加上 as_of=日期，就是那一天的樣子；加上 known=條數，就只算登記簿的前這麼多條。", "Add as_of=DATE to see a past day, and known=SIZE to count only that many entries of the log.";
    LICENCES: "来源、许可和新旧", "來源、許可和新舊", "Sources, licences and freshness";
    LICENCES_TEXT: "数据的许可由各来源决定，逐条写在下面。没有写许可的，引用前请问发布单位。", "數據的許可由各來源決定，逐條寫在下面。沒有寫許可的，引用前請問發布單位。", "Each source sets its own licence, stated below. Where none is stated, ask the publisher before reusing the data.";
    NO_LICENCE: "没有写明许可", "沒有寫明許可", "no licence stated";
    SOURCES_TABLE: "数据来源", "數據來源", "Data sources";
    COL_SOURCE: "来源", "來源", "Source";
    COL_PUBLISHER: "发布单位", "發布單位", "Publisher";
    COL_READ: "读取", "讀取", "Read";
    COL_CHECKED: "核对", "核對", "Checked";
    COL_LICENCE: "许可", "許可", "Licence";
    NUMBERS: "各有多少", "各有多少", "How many of each";

    ABOUT_H: "关于亮标", "關於亮標", "About Liangbiao";
    ABOUT_1: "一件产品符合标准到什么程度，平常只写在证书和报告里。亮标把它公开登记：指标、对照的标准、谁评的、什么时候评的、现在还算不算。", "一件產品符合標準到什麼程度，平常只寫在證書和報告裡。亮標把它公開登記：指標、對照的標準、誰評的、什麼時候評的、現在還算不算。", "How far a product meets a standard is usually written only in certificates and reports. Liangbiao registers it in public: the indicators, the standards they are compared with, who evaluated it, when, and whether it still holds.";
    ABOUT_2: "登记簿只往后写，不改前面的。写错了另写一条更正，退出了另写一条退出，原来的都看得到。", "登記簿只往後寫，不改前面的。寫錯了另寫一條更正，退出了另寫一條退出，原來的都看得到。", "The register is only ever added to. A mistake is put right by a later entry, an exit is another entry, and what stood before can still be seen.";
    ABOUT_3: "它不替谁打总分，不推荐产品，也不判断手里这一件是真是假。", "它不替誰打總分，不推薦產品，也不判斷手裡這一件是真是假。", "It gives no total score, recommends no product, and cannot tell whether the item in your hand is genuine.";
    METHODS_H: "方法与口径", "方法與口徑", "Methods and definitions";
    M_STRICT_H: "“严 n%”怎么算", "「嚴 n%」怎麼算", "How “n% stricter” is computed";
    M_STRICT: "越低越好的指标：（对照限值 − 本标准限值）÷ 对照限值。越高越好的反过来。单位先换成一样的；对照限值是零、试验方法不同、或者只规定范围的，不算百分比。", "越低越好的指標：（對照限值 − 本標準限值）÷ 對照限值。越高越好的反過來。單位先換成一樣的；對照限值是零、試驗方法不同、或者只規定範圍的，不算百分比。", "Where lower is better: (limit compared with − own limit) ÷ limit compared with; where higher is better, the other way round. Units are converted first. No percentage is computed for a limit of zero, for different test methods, or for ranges.";
    M_STATUS_H: "状态怎么定", "狀態怎麼定", "How a status is decided";
    M_STATUS: "撤销是发证一方收回，注销是持有人自己交回，退出是按退出规则退出，过期是有效期到了没有续。四样分开写。一款产品列入几个名录时，按有效、暂停、过期、撤销、注销、退出、换证的次序取最前面的。", "撤銷是發證一方收回，註銷是持有人自己交回，退出是按退出規則退出，過期是有效期到了沒有續。四樣分開寫。一款產品列入幾個名錄時，按有效、暫停、過期、撤銷、註銷、退出、換證的次序取最前面的。", "Withdrawn: taken back by the issuer. Cancelled: handed back by the holder. Exited: left under the exit rule. Expired: not renewed in time. These are four different things. A product in several directories shows the first of valid, suspended, expired, withdrawn, cancelled, exited, replaced.";
    M_DATE_H: "“某一天”是什么意思", "「某一天」是什麼意思", "What “as of a day” means";
    M_DATE: "一条记录在某一天的样子，是到那天为止已经生效、又已经登记的条目里最后的一条。日期都按北京时间。", "一條記錄在某一天的樣子，是到那天為止已經生效、又已經登記的條目裡最後的一條。日期都按北京時間。", "A record as of a day is the last entry about it that had come true by that day and had been registered. Days are in Beijing time.";
    M_COUNT_H: "数字怎么数", "數字怎麼數", "How things are counted";
    M_COUNT: "筛选旁边的数字，是只选这一项、其他条件不变时会有多少，全部数出来，不估计。", "篩選旁邊的數字，是只選這一項、其他條件不變時會有多少，全部數出來，不估計。", "The number beside a filter is how many there would be if it were chosen and the other filters stayed; counted in full, never estimated.";
    M_COVER_H: "收录情况", "收錄情況", "Coverage";
    M_COVER: "每份名录都写明收了多少、来源公布多少、缺什么。没收到的不说成没有。", "每份名錄都寫明收了多少、來源公布多少、缺什麼。沒收到的不說成沒有。", "Every directory states how much it holds, how much the source states and what is missing. What was not collected is never called absent.";
    ACCESS_H: "无障碍", "無障礙", "Accessibility";
    ACCESS_1: "本站按 WCAG 2.2 的 AA 级编写，并用自动检查核对每一种页面。不用鼠标也能用，关掉脚本也能用。", "本站按 WCAG 2.2 的 AA 級編寫，並用自動檢查核對每一種頁面。不用滑鼠也能用，關掉腳本也能用。", "This site is written to WCAG 2.2 level AA and every type of page is checked automatically. It works without a mouse and without scripts.";
    ACCESS_2: "页首的“大字”把字和按钮放大，换页也保持。状态不只用颜色，总有形状和文字。每张图旁边有同样数字的文字或表格。", "頁首的「大字」把字和按鈕放大，換頁也保持。狀態不只用顏色，總有形狀和文字。每張圖旁邊有同樣數字的文字或表格。", "“Large type” at the top enlarges text and buttons and stays on from page to page. A status is never colour alone: it has a shape and a word. Every chart has its numbers in text or in a table.";
    PRIVACY_H: "隐私", "隱私", "Privacy";
    PRIVACY_1: "本站没有账号，不设 Cookie，您不按按钮要求就不在浏览器里存东西，不用别家的统计和脚本。", "本站沒有帳號，不設 Cookie，您不按按鈕要求就不在瀏覽器裡存東西，不用別家的統計和腳本。", "This site has no accounts, sets no cookies, stores nothing in your browser unless you press a button that asks for it, and uses nobody else’s statistics or scripts.";
    PRIVACY_2: "筛选目录时，您的浏览器可以先取一份目录，之后的筛选在您自己的机器上做，不再告诉我们。", "篩選目錄時，您的瀏覽器可以先取一份目錄，之後的篩選在您自己的機器上做，不再告訴我們。", "When you filter a list, your browser may fetch the list once; from then on the filtering happens on your own machine and we are not told.";
    PRIVACY_SCAN: "扫码时，画面只在您的手机上识别，不上传。传来的照片在内存里识别，识别完就没有了，不存盘，也不记是谁传的。", "掃碼時，畫面只在您的手機上識別，不上傳。傳來的照片在記憶體裡識別，識別完就沒有了，不存檔，也不記是誰傳的。", "When you scan with the camera, pictures are read on your phone and not uploaded. A photo you send is read in memory and is gone afterwards; it is not stored, nor is who sent it.";
    PRIVACY_NOTE: "单件码的页面上如果有“记下这次查验”，按了才记，只记日期和您选的省份，一年后删除。", "單件碼的頁面上如果有「記下這次查驗」，按了才記，只記日期和您選的省份，一年後刪除。", "Where the page of a unit code offers “Note this check”, something is kept only if you press it: the day and the province you choose, deleted after a year.";
    PRIVACY_SEEN: "“变动”页上有“记住看到这里”，按了才存：登记簿的条数和日期存在您这台设备的浏览器里，不传出来，按“忘掉”就删除。", "「變動」頁上有「記住看到這裡」，按了才存：登記簿的條數和日期存在您這台裝置的瀏覽器裡，不傳出來，按「忘掉」就刪除。", "The page of changes can remember where you stopped, only if you press the button: the size of the log and the day are kept in your browser on this device and sent to nobody; “Forget” deletes them.";
    PRIVACY_3: "登记簿里的个人信息只有来源名单自己公布过的，只用于那份名单的目的。", "登記簿裡的個人資訊只有來源名單自己公布過的，只用於那份名單的目的。", "The register holds personal data only where the source list itself published it, and only for the purpose of that list.";
    REPORT_H: "投诉、举报和更正", "投訴、舉報和更正", "Complaints and corrections";
    R_CODE: "反映时请说出编码：", "反映時請說出編碼：", "When you report it, give the code: ";
    R_BUY_H: "买的东西有问题", "買的東西有問題", "Something you bought is wrong";
    R_BUY: "先找卖家或厂家，留好发票、照片和检测报告。谈不拢，打 12315，或到全国 12315 平台（www.12315.cn）投诉；发现违法的，同样可以举报。本站不收投诉，免得您以为交给我们就有人办。", "先找賣家或廠家，留好發票、照片和檢測報告。談不攏，打 12315，或到全國 12315 平台（www.12315.cn）投訴；發現違法的，同樣可以舉報。本站不收投訴，免得您以為交給我們就有人辦。", "Ask the seller or maker first and keep the invoice, photographs and test reports. If that fails, call 12315 in mainland China or use the national 12315 platform (www.12315.cn); breaches of law can be reported there too. This site takes no complaints, so that nobody waits here in vain.";
    R_FIX_H: "登记的内容写错了", "登記的內容寫錯了", "Something here is wrong";
    R_FIX: "每一块内容下面写着来源。请先找发布这份名单的单位改；名单改了，这里会照着写一条更正。如果是抄录时错的，请找主办单位，说明网址和条目号。", "每一塊內容下面寫著來源。請先找發布這份名單的單位改；名單改了，這裡會照著寫一條更正。如果是抄錄時錯的，請找主辦單位，說明網址和條目號。", "Every block names its source. Please ask the body that published the list; once it is corrected there, a correcting entry follows here. If the mistake was made in copying, write to the publisher of this site with the address and entry number.";
}
