//! Words of the page that looks up a whole list.

use super::{Words, words};

words! {
    TITLE: "整份名单核对", "整份名單核對", "Look up a whole list";
    DESCRIPTION: "把供应商、产品或编码的名单贴进来，逐行核对登记簿里有没有。", "把供應商、產品或編碼的名單貼進來，逐行核對登記簿裡有沒有。", "Paste a list of suppliers, products or codes and see line by line what the register holds.";
    LEAD: "一行一个：企业名称、统一社会信用代码、条码、产品型号、标准号都行；从表格里整行复制也可以。", "一行一個：企業名稱、統一社會信用代碼、條碼、產品型號、標準號都行；從表格裡整行複製也可以。", "One to a line: firms’ names, unified social credit codes, barcodes, product models or standard numbers. Rows copied out of a spreadsheet work too.";
    FIELD: "名单", "名單", "The list";
    FILE: "或者选一个文件（文本或 CSV）", "或者選一個檔案（文字或 CSV）", "Or choose a file (text or CSV)";
    DROP: "也可以把文件拖到框里。", "也可以把檔案拖到框裡。", "A file can also be dropped onto the box.";
    GO: "逐行核对", "逐行核對", "Look up every line";
    SERVER: "没有脚本时，名单会发给本站核对一次：最多 {n} 行、{k} KB，只在内存里用，不保存，也不写进日志。", "沒有腳本時，名單會發給本站核對一次：最多 {n} 行、{k} KB，只在記憶體裡用，不保存，也不寫進日誌。", "Without scripts the list is sent to this site to be looked up once: at most {n} lines and {k} KB, held in memory only, not kept and not logged.";
    LOCAL: "名单只在您的设备上核对，不上传。点按钮以后才下载目录（{r} 条登记）和核对程序。", "名單只在您的裝置上核對，不上傳。點按鈕以後才下載目錄（{r} 條登記）和核對程式。", "The list is looked up on your device and not uploaded. The catalogues ({r} records) and the program are downloaded only when you press the button.";
    LARGE: "目录太大，不便下载到浏览器里，名单会发给本站核对一次。不想上传，就下载整份数据，用命令 liangbiao match 在自己的电脑上核对。", "目錄太大，不便下載到瀏覽器裡，名單會發給本站核對一次。不想上傳，就下載整份資料，用命令 liangbiao match 在自己的電腦上核對。", "The catalogues are too large to be downloaded into a browser, so the list is sent to this site to be looked up once. To upload nothing, download the whole data and use the command liangbiao match on your own computer.";
    MEANING: "结果怎么看", "結果怎麼看", "How to read the result";
    MEANS_CERTAIN: "“确定”：按代码、条码、标准号或登记号找到，一个号码只对应一条登记。", "「確定」：按代碼、條碼、標準號或登記號找到，一個號碼只對應一條登記。", "“Certain”: found by a code, barcode, standard number or register number that belongs to one record.";
    MEANS_POSSIBLE: "“可能”：只按名称或型号找到。同名的可能不是同一家，请点进去看地址和代码。", "「可能」：只按名稱或型號找到。同名的可能不是同一家，請點進去看地址和代碼。", "“Possible”: found by a name or model only. The same name may be another firm’s; open the page and compare place and code.";
    MEANS_NONE: "“没有”：这份登记簿里没有。没有登记不等于不合格，也不等于违法。", "「沒有」：這份登記簿裡沒有。沒有登記不等於不合格，也不等於違法。", "“None”: not in this register. That does not mean substandard or unlawful.";
    MEANS_STATUS: "找到也不等于有效：请看每条的状态。", "找到也不等於有效：請看每條的狀態。", "To be found is not to be in force: look at each record’s status.";
    RESULT: "核对结果", "核對結果", "Result";
    REFUSED: "没有核对", "沒有核對", "Not looked up";
    SUMMARY: "共 {n} 行：确定 {a}，可能 {b}，编码 {c}，没有 {d}。", "共 {n} 行：確定 {a}，可能 {b}，編碼 {c}，沒有 {d}。", "{n} lines: {a} certain, {b} possible, {c} credit codes, {d} none.";
    DOWNLOAD: "下载结果（CSV）", "下載結果（CSV）", "Download the result (CSV)";
    FIRST: "下面是前 {n} 行，其余在 CSV 里。", "下面是前 {n} 行，其餘在 CSV 裡。", "The first {n} lines are shown; the others are in the CSV.";
    PROGRESS: "已核对 {a} / {n} 行…", "已核對 {a} / {n} 行…", "{a} of {n} lines looked up…";
    LOADING: "正在下载目录…", "正在下載目錄…", "Downloading the catalogues…";
    EMPTY: "名单是空的：请先贴上几行，或者选一个文件。", "名單是空的：請先貼上幾行，或者選一個檔案。", "The list is empty: paste some lines or choose a file.";
    TOO_LARGE: "名单太大：在浏览器里一次最多 {n} 行。请分几次，或者用命令 liangbiao match。", "名單太大：在瀏覽器裡一次最多 {n} 行。請分幾次，或者用命令 liangbiao match。", "The list is too large: at most {n} lines at a time in the browser. Divide it, or use the command liangbiao match.";
    FAILED: "目录或核对程序没有下载成功，名单没有离开您的设备。请检查网络再试。", "目錄或核對程式沒有下載成功，名單沒有離開您的裝置。請檢查網路再試。", "The catalogues or the program could not be downloaded. The list has not left your device. Check the connection and try again.";
    LINE: "行", "行", "Line";
    TEXT: "名单里写的", "名單裡寫的", "As listed";
    GRADE: "结果", "結果", "Result";
    FOUND: "登记簿里的", "登記簿裡的", "In the register";
    MORE: "还有 {n} 条", "還有 {n} 條", "{n} more";
    CODE: "打开这个编码的核验页", "打開這個編碼的核驗頁", "Open the verification page of this code";
    LINES_MAX: "一次最多核对 {n} 行，这份名单有 {m} 行。", "一次最多核對 {n} 行，這份名單有 {m} 行。", "At most {n} lines at a time; this list has {m}.";
    BYTES_MAX: "名单太大：一次最多 {k} KB。", "名單太大：一次最多 {k} KB。", "The list is too large: at most {k} KB at a time.";
    NOT_TEXT: "这个文件不是 UTF-8 文本，也不是 GB 18030 文本。请另存为 CSV 再试。", "這個檔案不是 UTF-8 文字，也不是 GB 18030 文字。請另存為 CSV 再試。", "The file is neither UTF-8 nor GB 18030 text. Save it as CSV and try again.";
}

/// Grades, by code.
pub const GRADES: [(&str, Words); 4] = [
    ("certain", Words(["确定", "確定", "Certain"])),
    ("possible", Words(["可能", "可能", "Possible"])),
    ("code", Words(["编码", "編碼", "Code"])),
    ("none", Words(["没有", "沒有", "None"])),
];

/// What a record was found by, by code.
pub const WHYS: [(&str, Words); 12] = [
    ("uscc", Words(["统一社会信用代码", "統一社會信用代碼", "credit code"])),
    ("gtin", Words(["条码", "條碼", "barcode"])),
    ("key", Words(["登记号", "登記號", "register number"])),
    ("number", Words(["标准号", "標準號", "standard number"])),
    ("name", Words(["名称相同", "名稱相同", "same name"])),
    ("former_name", Words(["曾用名", "曾用名", "former name"])),
    ("short_name", Words(["简称", "簡稱", "short name"])),
    ("brand_model", Words(["品牌和型号", "品牌和型號", "brand and model"])),
    ("maker_model", Words(["企业和型号", "企業和型號", "maker and model"])),
    ("model", Words(["型号", "型號", "model"])),
    (
        "name_inside",
        Words(["这一行里有它的全名", "這一行裡有它的全名", "its whole name is in the line"]),
    ),
    ("part_of_name", Words(["名称里有这几个字", "名稱裡有這幾個字", "its name contains the line"])),
];

/// Remarks, by code.
pub const REMARKS: [(&str, Words); 5] = [
    (
        "not_held",
        Words([
            "号码正确，这份登记簿里没有它。",
            "號碼正確，這份登記簿裡沒有它。",
            "The number is valid; this register does not hold it.",
        ]),
    ),
    (
        "check_digit",
        Words([
            "号码的校验位不对：多半抄错了，请对照原件。",
            "號碼的校驗位不對：多半抄錯了，請對照原件。",
            "The number’s check digit does not fit: most likely mistyped; compare with the original.",
        ]),
    ),
    (
        "contradiction",
        Words([
            "号码和名称不是同一家，请先弄清是哪一家。",
            "號碼和名稱不是同一家，請先弄清是哪一家。",
            "Number and name are of different firms; find out which is meant.",
        ]),
    ),
    (
        "too_short",
        Words([
            "太短，没有按名称找。",
            "太短，沒有按名稱找。",
            "Too short to be looked for by name.",
        ]),
    ),
    (
        "cut",
        Words([
            "这一行太长，只看了开头。",
            "這一行太長，只看了開頭。",
            "The line is too long; only its beginning was read.",
        ]),
    ),
];

/// The words of a code of one of these tables.
#[must_use]
pub fn word(table: &[(&str, Words)], code: &str) -> Option<Words> {
    table.iter().find(|(name, _)| *name == code).map(|(_, words)| *words)
}
