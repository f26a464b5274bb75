//! Words of the desk's pages of cases.

use crate::i18n::words;

words! {
    TITLE: "更正与报告", "更正與報告", "Corrections and reports";
    LEAD: "读者报告的错误和企业的更正申请，按期限排列，过期的在最前面。起草的人审查并写答复，另一个人办结。", "讀者報告的錯誤和企業的更正申請，按期限排列，過期的在最前面。起草的人審查並寫答覆，另一個人辦結。", "Errors readers reported and corrections enterprises asked for, by the day they are due, the overdue first. A drafter examines and answers; another person closes.";
    NONE: "还没有。", "還沒有。", "None so far.";
    CASE: "案件 {n}", "案件 {n}", "Case {n}";
    OVERDUE: "已过期限", "已過期限", "Overdue";
    DUE: "{d} 前答复", "{d} 前答覆", "due {d}";
    STATE: "进度", "進度", "State";
    RECEIVED: "收到", "收到", "Received";
    EXAMINER: "审查", "審查", "Examined by";
    CLOSER: "办结", "辦結", "Closed by";
    WRITTEN: "提出的内容", "提出的內容", "What was written";
    RIGHT: "哪里不对，应当是什么", "哪裡不對，應當是什麼", "What is wrong, and what would be right";
    EVIDENCE: "依据", "依據", "What shows it";
    NAME: "单位和经办人", "單位和經辦人", "Name";
    CONTACT: "联系方式", "聯絡方式", "Contact";
    CODE: "编码", "編碼", "Code";
    BOUGHT: "购买的地方", "購買的地方", "Bought at";
    NOT_YOURS: "审计账户不看提出人写的内容。", "稽核帳戶不看提出人寫的內容。", "Auditors do not see what people wrote.";
    DELETED: "提出人写的内容和答复的文字已按期删除。", "提出人寫的內容和答覆的文字已按期刪除。", "What was written, and the text of the answer, were deleted when their time was over.";
    NO_KEY: "这台服务器上没有打开内容的密钥（keys 文件夹里的 cases）。请找管理员。", "這台伺服器上沒有打開內容的金鑰（keys 資料夾裡的 cases）。請找管理員。", "The key that opens it (the file cases among the register’s keys) is not on this server. Ask whoever runs it.";
    TAKE_UP: "开始审查", "開始審查", "Take it up";
    ANSWER: "答复", "答覆", "Answer";
    ANSWER_LEAD: "提出人凭案号会看到结果和这段文字。不要写个人信息。登记内容要改的，另在“更正”里起草。", "提出人憑案號會看到結果和這段文字。不要寫個人資訊。登記內容要改的，另在「更正」裡起草。", "Whoever has the number will see outcome and text. Write no personal data. What has to be changed in the register is drafted under “Correct”.";
    OUTCOME: "结果", "結果", "Outcome";
    REASON: "答复的文字", "答覆的文字", "Text of the answer";
    PROPOSE: "提交办结", "提交辦結", "Submit for closing";
    CLOSE: "办结并答复", "辦結並答覆", "Close and answer";
    RETURN: "退回", "退回", "Send back";
    WHY: "退回的理由", "退回的理由", "Sent back because";
    OWN: "答复是您写的，须由另一个人办结。", "答覆是您寫的，須由另一個人辦結。", "You wrote the answer: another person has to close the case.";
    PURGED: "写的内容在 {d} 删除。", "寫的內容在 {d} 刪除。", "What was written is deleted on {d}.";
    NEEDS_BOTH: "请选结果，并写答复的文字。", "請選結果，並寫答覆的文字。", "Choose an outcome and write the answer.";
    NEEDS_WHY: "请写明退回的理由。", "請寫明退回的理由。", "Say why it is sent back.";
    MARK: "标明有异议", "標明有異議", "Mark the record as contested";
    MARK_LEAD: "另一个人批准以后，记录的网页上标明有异议、问题的类型、答复期限、案号和依据，直到解除。显示的内容和核验的结论不变；提出人不显示。", "另一個人批准以後，記錄的網頁上標明有異議、問題的類型、答覆期限、案號和依據，直到解除。顯示的內容和核驗的結論不變；提出人不顯示。", "Once another person approves, the record’s page says that it is contested, what is said to be wrong, until when an answer is due, the case number and the legal basis, until the mark is taken off. What it shows and its verdict stay; who asked is not shown.";
    MARK_BASIS: "依据", "依據", "Legal basis";
    MARK_WORDS: "给公众看的说明（最多 {n} 字，不写个人信息）", "給公眾看的說明（最多 {n} 字，不寫個人資訊）", "What the public is told ({n} characters at most, no personal data)";
    MARK_DRAFT: "起草标明", "起草標明", "Draft the mark";
    MARKED: "记录已标明有异议", "記錄已標明有異議", "The record is marked as contested";
    STILL: "已办结，记录仍标明有异议", "已辦結，記錄仍標明有異議", "Closed, the record still contested";
    SETTLE: "解除异议标明", "解除異議標明", "Take the mark off";
    SETTLE_LEAD: "案件已办结。另一个人批准以后，记录的网页不再标明；历史里留有标明和解除。", "案件已辦結。另一個人批准以後，記錄的網頁不再標明；歷史裡留有標明和解除。", "The case is closed. Once another person approves, the record’s page no longer says it; its history keeps the mark and its end.";
    SETTLE_DRAFT: "起草解除", "起草解除", "Draft its end";
    OTHER_MARK: "记录已因别的案件或来源标明有异议，不再另外标明。", "記錄已因別的案件或來源標明有異議，不再另外標明。", "The record is marked already, because of another case or by its source; it is not marked twice.";
    NO_RECORD: "登记簿里没有这个编码，没有记录可以标明有异议。", "登記簿裡沒有這個編碼，沒有記錄可以標明有異議。", "The register holds no such code, so there is no record to mark as contested.";
    LAPSED: "标明以后记录有了新的版本，网页不再标明。仍有异议的，可以重新起草。", "標明以後記錄有了新的版本，網頁不再標明。仍有異議的，可以重新起草。", "A later version of the record took the mark’s place, so its page no longer says it. Draft it again if it is still in doubt.";
    WAITING: "等候的草稿", "等候的草稿", "Drafts that wait";
    NEEDS_MARK: "请选依据，并写给公众看的说明（不超过 {n} 字）。", "請選依據，並寫給公眾看的說明（不超過 {n} 字）。", "Choose the legal basis and write what the public is told ({n} characters at most).";
    MOVED: "这件案子已经不在这一步。", "這件案子已經不在這一步。", "The case is no longer at this step.";
}
