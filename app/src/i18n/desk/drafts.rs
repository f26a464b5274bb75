//! Words of the desk's drafts: sending a list, its report, approval, corrections, codes.

use crate::i18n::{Words, words};

words! {
    LEAD: "上传的名单、更正和赋码，先是草稿；另一个人看过报告、批准以后才公开。", "上傳的名單、更正和賦碼，先是草稿；另一個人看過報告、批准以後才公開。", "Lists, corrections and codes are drafts first. They become public when a second person has seen the report and approved.";
    NEW: "上传名单", "上傳名單", "Send a list";
    CORRECT: "更正一条记录", "更正一筆紀錄", "Correct a record";
    CODES: "赋码与状态", "賦碼與狀態", "Codes";
    NONE: "还没有草稿。", "還沒有草稿。", "There are no drafts yet.";
    LIST: "所有草稿", "所有草稿", "All drafts";
    BY: "{w} · {t}", "{w} · {t}", "{w} · {t}";
    NEW_LEAD: "选一种名单，再选文件（也可以把文件拖到选择框上）。系统先检查，什么也不会公开。自己整理的名单，请填在本页下方的空白表里。", "選一種名單，再選檔案（也可以把檔案拖到選擇框上）。系統先檢查，什麼也不會公開。自己整理的名單，請填在本頁下方的空白表裡。", "Choose the sort of list and the file (it can be dropped on the field). It is checked first; nothing becomes public. A list you make yourself goes into a blank one, below.";
    MAP: "名单种类", "名單種類", "Sort of list";
    MAPS: "管理员装好的名单", "管理員裝好的名單", "Lists that have been set up";
    OWN_LISTS: "填在本平台空白表里的名单", "填在本平台空白表裡的名單", "Lists in a blank one of ours";
    OWN_LEGEND: "名单的来源（只用于空白表）", "名單的來源（只用於空白表）", "Where it is from (blank lists only)";
    PUBLISHER: "谁公布的", "誰公布的", "Who published it";
    LIST_TITLE: "名单的名称（空着：用文件名）", "名單的名稱（空著：用檔案名）", "Its title (the file’s name if empty)";
    LIST_URL: "公布的网址（可空着）", "公布的網址（可空著）", "Where it was published (may be empty)";
    LICENCE: "使用条件（可空着）", "使用條件（可空著）", "Terms of use (may be empty)";
    BLANKS: "空白表", "空白表", "Blank lists";
    BLANKS_LEAD: "每张表有表头、一行示例和填写说明（XLSX）。填好以后在上面上传；示例行请先删除。", "每張表有表頭、一行示例和填寫說明（XLSX）。填好以後在上面上傳；示例行請先刪除。", "Each has its headers, one example row and rules (XLSX). Fill it in, take the example row out, and send it above.";
    NO_PUBLISHER: "请写明谁公布了这份名单。", "請寫明誰公布了這份名單。", "Say who published the list.";
    TOO_LONG: "“{c}”太长：最多 {n} 个字。", "「{c}」太長：最多 {n} 個字。", "“{c}” is too long: {n} characters at most.";
    BAD_URL: "网址要以 https:// 或 http:// 开头。", "網址要以 https:// 或 http:// 開頭。", "The address has to begin with https:// or http://.";
    FILE: "文件（CSV 或 XLSX，最大 {n} MB）", "檔案（CSV 或 XLSX，最大 {n} MB）", "File (CSV or XLSX, {n} MB at most)";
    SEND: "上传并检查", "上傳並檢查", "Send and check";
    NO_FILE: "没有收到文件，请选一个。", "沒有收到檔案，請選一個。", "No file arrived; choose one.";
    WRONG_FILE: "只接受 CSV 和 XLSX 文件。其他格式请先在表格软件里另存为 XLSX。", "只接受 CSV 和 XLSX 檔案。其他格式請先在試算表軟體裡另存為 XLSX。", "Only CSV and XLSX are taken. Save other formats as XLSX first.";
    TOO_LARGE: "文件太大：最大 {n} MB。更大的名单请管理员用命令 liangbiao import 导入。", "檔案太大：最大 {n} MB。更大的名單請管理員用命令 liangbiao import 匯入。", "The file is too large: {n} MB at most. Larger lists are imported with the command liangbiao import.";
    WRONG_MAP: "请选一种名单。", "請選一種名單。", "Choose a sort of list.";
    NUMBER: "草稿 {n}", "草稿 {n}", "Draft {n}";
    SORT: "种类", "種類", "Sort";
    MAKER: "起草", "起草", "Made by";
    DECIDER: "审核", "審核", "Decided by";
    MADE: "时间", "時間", "Made";
    STATE: "进度", "進度", "State";
    HASH: "文件指纹（SHA-256）", "檔案指紋（SHA-256）", "SHA-256 of the file";
    SIZE: "大小", "大小", "Size";
    NOTE: "退回的理由", "退回的理由", "Sent back because";
    WORKING: "正在处理，页面会自己刷新。可以先去做别的事。", "正在處理，頁面會自己重新整理。可以先去做別的事。", "Being worked on; this page refreshes itself. You may leave it.";
    STEP_WAIT: "排队等候", "排隊等候", "Waiting";
    STEP_READ: "读取文件", "讀取檔案", "Reading";
    STEP_CHECK: "逐行检查", "逐行檢查", "Checking";
    STEP_WRITE: "写入登记簿", "寫入登記簿", "Writing";
    FAILED: "检查没有完成，什么也没有改变。", "檢查沒有完成，什麼也沒有改變。", "The check did not come to its end; nothing was changed.";
    RETRY: "再检查一次", "再檢查一次", "Check again";
    REPORT: "检查报告", "檢查報告", "Report";
    AGAINST: "对照登记簿第 {n} 条、{d} 的状态算出。", "對照登記簿第 {n} 筆、{d} 的狀態算出。", "Computed against the register at {n} entries, on {d}.";
    STOPPED: "不能发布", "不能發布", "Cannot be published";
    NOTHING: "没有可写入的内容：登记簿里已经有了全部，或者没有一行被接受。", "沒有可寫入的內容：登記簿裡已經有了全部，或者沒有一行被接受。", "Nothing to publish: the register has it all already, or no row was accepted.";
    ROWS_READ: "读取行数", "讀取行數", "Rows read";
    ROWS_OK: "接受", "接受", "Accepted";
    ROWS_BAD: "拒绝", "拒絕", "Refused";
    ROWS_SAME: "与登记簿相同", "與登記簿相同", "Unchanged";
    ROWS_LEFT: "按条件略过", "按條件略過", "Left out by condition";
    ENTRIES: "将写入", "將寫入", "To be written";
    FAULTS: "有错误的地方", "有錯誤的地方", "What is wrong";
    FAULTS_LEAD: "有错误的行不会发布，其余的行照常。改好以后可以另外上传。", "有錯誤的行不會發布，其餘的行照常。改好以後可以另外上傳。", "Rows that are wrong are not published; the others are. Put them right and send them again.";
    FIRST: "这里是前 {n} 处，全部在 CSV 里。", "這裡是前 {n} 處，全部在 CSV 裡。", "The first {n}; all are in the CSV.";
    REJECTS: "下载被拒绝的行（CSV，附理由）", "下載被拒絕的行（CSV，附理由）", "Download the refused rows (CSV, with reasons)";
    REMARKS: "已接受，但请留意", "已接受，但請留意", "Accepted, with a remark";
    UNKNOWN: "没有用到的列：", "沒有用到的欄：", "Columns not used: ";
    ROW: "行", "行", "Row";
    COLUMN: "列", "欄", "Column";
    VALUE: "值", "值", "Value";
    EXPECTED: "应为", "應為", "Expected";
    EXITS: "退出的记录", "退出的紀錄", "Records that leave";
    EXIT: "{f}：{n} 条退出，现有 {m} 条", "{f}：{n} 筆退出，現有 {m} 筆", "{f}: {n} of {m} leave";
    OVER: "超过 {a} 条或 {p}%：批准的人必须输入退出的条数。", "超過 {a} 筆或 {p}%：批准的人必須輸入退出的筆數。", "More than {a} or {p} %: who approves has to type the number.";
    CHANGES: "读者将看到的变化", "讀者將看到的變化", "What readers will see";
    ADDED: "新增 {n}", "新增 {n}", "New: {n}";
    LEFT: "退出 {n}", "退出 {n}", "Leave: {n}";
    CHANGED: "变更 {n}", "變更 {n}", "Changed: {n}";
    PREVIOUS: "上一页", "上一頁", "Previous";
    NEXT: "下一页", "下一頁", "Next";
    FROM_ROW: "第 {n} 行", "第 {n} 行", "row {n}";
    SAME: "内容不变，只有日期或来源不同。", "內容不變，只有日期或來源不同。", "The same content with another day or source.";
    SUBMIT: "提交审核", "提交審核", "Submit for approval";
    DISCARD: "作废", "作廢", "Discard";
    DECIDE: "审核", "審核", "Decide";
    DECIDE_LEAD: "请逐项看过上面的报告。批准后立即公开，不能撤回，只能再作更正。", "請逐項看過上面的報告。批准後立即公開，不能撤回，只能再作更正。", "Read the report above. What you approve is public at once. It cannot be taken back, only corrected.";
    TYPE_EXITS: "输入退出的条数", "輸入退出的筆數", "Type the number of records that leave";
    APPROVE: "批准并发布", "批准並發布", "Approve and publish";
    RETURN: "退回", "退回", "Send back";
    WHY: "理由", "理由", "Reason";
    OWN: "这是您自己的草稿，须由另一个人审核。", "這是您自己的草稿，須由另一個人審核。", "This draft is yours: another person has to decide.";
    PUBLISHED: "已发布：{n} 条。", "已發布：{n} 筆。", "Published: {n} entries.";
    SEE: "看读者看到的变化", "看讀者看到的變化", "See what readers see";
    UNDO: "发现发布错了？每一条都可以更正：在下面的记录旁选“更正”，写明理由，由另一个人批准。原来的内容留在历史里，读者看得到改了什么。", "發現發布錯了？每一筆都可以更正：在下面的紀錄旁選「更正」，寫明理由，由另一個人批准。原來的內容留在歷史裡，讀者看得到改了什麼。", "Published by mistake? Every record can be put right: choose “Correct” beside it, say why, and let a second person approve. What stood before stays in its history, and readers see what was changed.";
    FIX: "更正", "更正", "Correct";
    MOVED: "登记簿已有变化，报告已重新计算。请再看一遍。", "登記簿已有變化，報告已重新計算。請再看一遍。", "The register has moved on and the report was computed anew. Read it again.";
    NOT_THERE: "这份草稿已经不在这一步。", "這份草稿已經不在這一步。", "The draft is no longer at this step.";
    WRONG_EXITS: "退出的条数不对，没有发布。", "退出的筆數不對，沒有發布。", "The number of records that leave is wrong; nothing was published.";
    TAKE_BACK: "撤回", "撤回", "Take it back";
    FILES_DELETED: "上传的文件和检查报告已到保存期限，已删除。登记簿里的内容不变。", "上傳的檔案和檢查報告已到保存期限，已刪除。登記簿裡的內容不變。", "The file and the report were kept for their time and have been deleted. The register is as it was.";
    NEEDS_WHY: "请写明理由。", "請寫明理由。", "Give a reason.";
    CORRECT_LEAD: "登记簿不删除。更正会加上一条正确的内容，从同一天起算；读者看得到改了什么、为什么。", "登記簿不刪除。更正會加上一筆正確的內容，從同一天起算；讀者看得到改了什麼、為什麼。", "Nothing is deleted. A correction adds what is right, from the same day on; readers see what was changed and why.";
    KIND: "记录种类", "紀錄種類", "Kind of record";
    KEY: "编号（记录网址最后的一段）", "編號（紀錄網址最後的一段）", "Key (the last part of the record’s address)";
    FIND: "打开", "打開", "Open";
    NO_RECORD: "登记簿里没有这条记录。", "登記簿裡沒有這筆紀錄。", "There is no such record.";
    FROM_DAY: "从哪一天起是这样", "從哪一天起是這樣", "So since";
    REASON: "为什么更正（读者会看到）", "為什麼更正（讀者會看到）", "Why (readers will see this)";
    SOURCE: "依据的来源编号（空着：本机关自行更正）", "依據的來源編號（空著：本機關自行更正）", "Key of the source (empty: the office’s own correction)";
    FIXED: "这里不能修改：", "這裡不能修改：", "Not edited here: ";
    LINES: "一行一个", "一行一個", "one a line";
    SAVE: "存为草稿并检查", "存為草稿並檢查", "Save as a draft and check";
    BAD_DAY: "日期要写成 2026-11-22 这样。", "日期要寫成 2026-11-22 這樣。", "Write the day like 2026-11-22.";
    ISSUE: "给产品赋码", "給產品賦碼", "Issue a code";
    PRODUCT: "产品编号（p-…）", "產品編號（p-…）", "Product (p-…)";
    LISTING: "依据的获证编号（产品只有一个时可空着）", "依據的獲證編號（產品只有一個時可空著）", "Listing it rests on (may be empty where there is one)";
    EXPIRES: "有效期至（可空着）", "有效期至（可空著）", "Good until (may be empty)";
    CHANGE: "改变编码的状态", "改變編碼的狀態", "Change a code’s status";
    CODE: "编码", "編碼", "Code";
    WHAT: "做什么", "做什麼", "What";
    REASON_CODE: "理由（读者会看到）", "理由（讀者會看到）", "Reason (readers will see this)";
    DECISION: "文号（可空着）", "文號（可空著）", "Number of the decision (may be empty)";
    CHOOSE: "请选择", "請選擇", "Choose";
}

/// Places of a draft, by code.
pub const PLACES: [(&str, Words); 5] = [
    ("open", Words(["起草中", "起草中", "With its maker"])),
    ("submitted", Words(["等待审核", "等待審核", "Waits for approval"])),
    ("publishing", Words(["正在发布", "正在發布", "Being published"])),
    ("published", Words(["已发布", "已發布", "Published"])),
    ("discarded", Words(["已作废", "已作廢", "Discarded"])),
];

/// Icons and tones of the same.
pub const LOOKS: [(&str, &str, &str); 5] = [
    ("open", "off", "edit"),
    ("submitted", "warn", "note"),
    ("publishing", "unk", "swap"),
    ("published", "ok", "ok"),
    ("discarded", "off", "dash"),
];

/// Kinds of drafts, by code.
pub const KINDS: [(&str, Words); 4] = [
    ("file", Words(["名单", "名單", "List"])),
    ("correction", Words(["更正", "更正", "Correction"])),
    ("code", Words(["编码", "編碼", "Code"])),
    ("contest", Words(["有异议", "有異議", "Contested"])),
];

/// Changes of a code, by code.
pub const TURNS: [(&str, Words); 4] = [
    ("suspend", Words(["暂停", "暫停", "Suspend"])),
    ("restore", Words(["恢复", "恢復", "Restore"])),
    ("withdraw", Words(["撤销（由机关）", "撤銷（由機關）", "Withdraw (by the office)"])),
    ("cancel", Words(["注销（由持有人）", "註銷（由持有人）", "Cancel (by the holder)"])),
];
