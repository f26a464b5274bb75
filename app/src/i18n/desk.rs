//! Words of the publishing desk: signing in, accounts, the audit trail.

use super::{Words, words};

pub mod cases;
pub mod drafts;

words! {
    TITLE: "发布台", "發布臺", "Publishing desk";
    SKIP: "跳到内容", "跳到內容", "Skip to content";
    NAV: "发布台的页面", "發布臺的頁面", "Pages of the desk";
    NOTE: "仅供登记机关内部使用。这里的操作都会记入审计记录。", "僅供登記機關內部使用。這裡的操作都會記入稽核紀錄。", "For the register’s office only. What is done here is written to the audit trail.";
    HOME: "草稿", "草稿", "Drafts";
    TRAIL: "审计记录", "稽核紀錄", "Audit trail";
    ACCOUNT: "我的账户", "我的帳戶", "My account";
    SIGN_IN: "登录", "登入", "Sign in";
    SIGN_OUT: "退出", "登出", "Sign out";
    NAME: "账户名", "帳戶名稱", "Account name";
    PASSWORD: "密码", "密碼", "Password";
    CODE: "验证码（验证器里的 6 位数字，或一个恢复码）", "驗證碼（驗證器裡的 6 位數字，或一個復原碼）", "Code (6 digits from your authenticator, or a recovery code)";
    CODE_ONLY: "验证器里的 6 位数字", "驗證器裡的 6 位數字", "6 digits from your authenticator";
    FIRST_TIME: "第一次使用，或者重设过账户？", "第一次使用，或者重設過帳戶？", "First time here, or was your account reset?";
    ENROL: "启用账户", "啟用帳戶", "Enrol";
    ENROL_LEAD: "管理员给了您一个启用码。先定一个密码，再绑定验证器。", "管理員給了您一個啟用碼。先定一個密碼，再綁定驗證器。", "You were given an enrolment code. Choose a password, then connect an authenticator.";
    INVITE: "启用码", "啟用碼", "Enrolment code";
    CHOOSE: "新密码", "新密碼", "New password";
    RULE: "至少 {n} 个字符，什么字符都可以，可以粘贴。几个不相干的词连在一起就很好；常见的密码不接受。", "至少 {n} 個字元，什麼字元都可以，可以貼上。幾個互不相關的詞連在一起就很好；常見的密碼不接受。", "At least {n} characters of any kind; pasting is fine. Several unrelated words do well; common passwords are refused.";
    NEXT: "下一步", "下一步", "Next";
    TOTP: "绑定验证器", "綁定驗證器", "Connect an authenticator";
    TOTP_LEAD: "用手机上的验证器扫描这个码，然后把它显示的 6 位数字填在下面。", "用手機上的驗證器掃描這個碼，然後把它顯示的 6 位數字填在下面。", "Scan this with an authenticator on your phone, then type the 6 digits it shows.";
    TOTP_TEXT: "不能扫描时，手工输入这个密钥：", "不能掃描時，手動輸入這個密鑰：", "If you cannot scan, type this key:";
    TOTP_ALT: "验证器的二维码", "驗證器的二維碼", "QR code for the authenticator";
    CONFIRM: "确认", "確認", "Confirm";
    RECOVERY: "恢复码，只显示这一次", "復原碼，只顯示這一次", "Recovery codes, shown this once";
    RECOVERY_LEAD: "手机不在身边时，每个恢复码可以代替验证码登录一次。请打印或抄下，锁好。", "手機不在身邊時，每個復原碼可以代替驗證碼登入一次。請列印或抄下，鎖好。", "Without your phone, each of these stands in for a code once. Print or copy them and lock them away.";
    DONE: "已保存，进入发布台", "已保存，進入發布臺", "They are safe; go to the desk";
    WRONG: "没有登录：账户名、密码或验证码不对。用过的验证码不能再用，请等下一个。", "沒有登入：帳戶名稱、密碼或驗證碼不對。用過的驗證碼不能再用，請等下一個。", "Not signed in: name, password or code is wrong. A code works once; wait for the next.";
    WRONG_INVITE: "账户名或启用码不对，或者启用码已过期。请找管理员。", "帳戶名稱或啟用碼不對，或者啟用碼已過期。請找管理員。", "Name or enrolment code is wrong, or the code has expired. Ask whoever runs the server.";
    WRONG_CODE: "验证码不对，或者已经用过。请等下一个。", "驗證碼不對，或者已經用過。請等下一個。", "The code is wrong or was used before. Wait for the next.";
    WAIT: "失败次数太多，请过 {n} 秒再试。", "失敗次數太多，請過 {n} 秒再試。", "Too many failures; try again in {n} seconds.";
    SHORT: "密码太短：至少 {n} 个字符。", "密碼太短：至少 {n} 個字元。", "The password is too short: at least {n} characters.";
    LONG: "密码太长：最多 {n} 个字符。", "密碼太長：最多 {n} 個字元。", "The password is too long: at most {n} characters.";
    GUESSED: "这个密码太容易被猜到：它很常见、有规律，或者含有您的账户名。请换一个。", "這個密碼太容易被猜到：它很常見、有規律，或者含有您的帳戶名稱。請換一個。", "This password is easily guessed: it is common, a pattern, or contains your name. Choose another.";
    DIFFERENT: "两次输入的密码不一样。", "兩次輸入的密碼不一樣。", "The two passwords differ.";
    AGAIN: "再输入一次", "再輸入一次", "Once more";
    ROLES: "权限", "權限", "Roles";
    PASSKEYS: "通行密钥", "通行密鑰", "Passkeys";
    PASSKEYS_LEAD: "通行密钥留在您的手机、电脑或安全钥匙里，用它的 PIN、指纹或面容确认，就代替密码和验证码；假冒的网页骗不走它。密码和验证器照样能用。", "通行密鑰留在您的手機、電腦或安全鑰匙裡，用它的 PIN、指紋或面容確認，就代替密碼和驗證碼；假冒的網頁騙不走它。密碼和驗證器照樣能用。", "A passkey stays on your phone, computer or security key. Its PIN, your finger or face confirm it, and it stands for password and code; a page that imitates this one cannot get it. Password and authenticator go on working.";
    PASSKEYS_WITHOUT: "添加和使用通行密钥要有 JavaScript 和较新的浏览器。", "新增和使用通行密鑰要有 JavaScript 和較新的瀏覽器。", "Adding and using passkeys takes JavaScript and a recent browser.";
    NO_PASSKEYS: "还没有通行密钥。", "還沒有通行密鑰。", "There are none yet.";
    ADD_PASSKEY: "添加通行密钥", "新增通行密鑰", "Add a passkey";
    REMOVE_PASSKEY: "移除", "移除", "Remove";
    PASSKEY_LABEL: "给它起个名字，例如“办公室的电脑”", "給它取個名字，例如「辦公室的電腦」", "A name for it, such as “office computer”";
    PASSKEY_LABEL_WRONG: "没有添加：请给通行密钥起个名字，1 到 40 个字。", "沒有新增：請給通行密鑰取個名字，1 到 40 個字。", "Not added: give the passkey a name of 1 to 40 characters.";
    PASSKEY_REFUSED: "没有添加：浏览器的回答对不上，或者用时太久。请再试一次。", "沒有新增：瀏覽器的回答對不上，或者用時太久。請再試一次。", "Not added: what the browser sent does not fit what was asked, or took too long. Try again.";
    PASSKEYS_FULL: "没有添加：一个账户最多 {n} 个通行密钥，请先移除不用的。", "沒有新增：一個帳戶最多 {n} 個通行密鑰，請先移除不用的。", "Not added: an account has at most {n} passkeys. Remove one first.";
    PASSKEY_FAILED: "没有完成。请再试一次，或者用验证码。", "沒有完成。請再試一次，或者用驗證碼。", "That did not work. Try again, or use a code.";
    WRONG_PASSKEY: "没有登录：这个通行密钥不属于这里的账户，或者用时太久。请再试一次，或者用密码和验证码。", "沒有登入：這個通行密鑰不屬於這裡的帳戶，或者用時太久。請再試一次，或者用密碼和驗證碼。", "Not signed in: this passkey belongs to no account here, or it took too long. Try again, or use password and code.";
    SIGN_IN_BY_PASSKEY: "用通行密钥登录", "用通行密鑰登入", "Sign in with a passkey";
    APPROVE_BY_PASSKEY: "用通行密钥批准并发布", "用通行密鑰批准並發布", "Approve and publish with a passkey";
    CLOSE_BY_PASSKEY: "用通行密钥办结并答复", "用通行密鑰辦結並答覆", "Close and answer with a passkey";
    REMOVE_BY_PASSKEY: "用通行密钥移除", "用通行密鑰移除", "Remove with a passkey";
    ADDED_AT: "添加于 {at}", "新增於 {at}", "Added {at}";
    LAST_USED: "最近使用 {at}", "最近使用 {at}", "last used {at}";
    NEVER_USED: "还没有用过", "還沒有用過", "not used yet";
    RECOVERY_LEFT: "剩余恢复码", "剩餘復原碼", "Recovery codes left";
    SIGNED_IN_AT: "本次登录", "本次登入", "Signed in";
    SIGN_OUT_ALL: "在所有设备上退出", "在所有裝置上登出", "Sign out everywhere";
    SIGN_OUT_LEAD: "怀疑别人在用您的账户时，先在所有设备上退出，再请管理员重设。", "懷疑別人在用您的帳戶時，先在所有裝置上登出，再請管理員重設。", "If somebody else may be using your account, sign out everywhere, then have it reset.";
    TIMES: "闲置 {i} 分钟，或登录满 {h} 小时，会自动退出。", "閒置 {i} 分鐘，或登入滿 {h} 小時，會自動登出。", "You are signed out after {i} idle minutes, and {h} hours after signing in.";
    FORBIDDEN: "没有权限", "沒有權限", "Not allowed";
    FORBIDDEN_LEAD: "您的账户没有这一页的权限。需要时请找管理员。", "您的帳戶沒有這一頁的權限。需要時請找管理員。", "Your account has no role for this page. Ask whoever runs the server if you need one.";
    NOT_FOUND: "没有这一页", "沒有這一頁", "No such page";
    NOT_FOUND_LEAD: "地址不对，或者它已经不在了。", "位址不對，或者它已經不在了。", "The address is wrong, or it is gone.";
    REFUSED: "没有执行", "沒有執行", "Not done";
    FORGED: "这个请求不是从发布台的页面发出的，或者页面已经过期。请回到页面重新操作。", "這個請求不是從發布臺的頁面發出的，或者頁面已經過期。請回到頁面重新操作。", "This request did not come from a page of the desk, or the page has expired. Go back and try again.";
    TOO_LONG: "提交的内容太长。", "提交的內容太長。", "What was sent is too long.";
    INTERNAL: "内部错误，什么也没有改变。请再试一次；仍不行，请看服务器的日志。", "內部錯誤，什麼也沒有改變。請再試一次；仍不行，請看伺服器的日誌。", "Something failed inside; nothing was changed. Try again, or look at the server’s log.";
    TRAIL_LEAD: "谁、在什么时候、从哪里、做了什么、结果如何。只能增加，不能修改。", "誰、在什麼時候、從哪裡、做了什麼、結果如何。只能增加，不能修改。", "Who did what, when, from where, and what came of it. Lines are only ever added.";
    NR: "序号", "序號", "Nr";
    AT: "时间（北京时间）", "時間（北京時間）", "Time (Beijing)";
    WHO: "谁", "誰", "Who";
    WHAT: "做什么", "做什麼", "What";
    ABOUT: "对象", "對象", "About";
    WHENCE: "来自", "來自", "From";
    OUTCOME: "结果", "結果", "Outcome";
    OLDER: "更早的", "更早的", "Older";
    COMMAND: "命令行", "命令列", "command line";
    NOBODY: "服务器管理员", "伺服器管理員", "server operator";
    UNKNOWN: "（没有这个账户）", "（沒有這個帳戶）", "(no such account)";
}

/// Roles, by code.
pub const ROLE: [(&str, Words); 4] = [
    ("drafter", Words(["起草", "起草", "drafter"])),
    ("approver", Words(["审核", "審核", "approver"])),
    ("key-holder", Words(["赋码审核", "賦碼審核", "key-holder"])),
    ("auditor", Words(["审计", "稽核", "auditor"])),
];

/// Acts of the trail, by code.
pub const ACTS: [(&str, Words); 23] = [
    ("account-added", Words(["新建账户", "新建帳戶", "account added"])),
    ("account-roles", Words(["更改权限", "更改權限", "roles changed"])),
    ("account-disabled", Words(["停用账户", "停用帳戶", "account disabled"])),
    ("account-reset", Words(["重设账户", "重設帳戶", "account reset"])),
    ("sign-in", Words(["登录", "登入", "sign in"])),
    ("sign-out", Words(["退出", "登出", "sign out"])),
    ("sign-out-everywhere", Words(["在所有设备上退出", "在所有裝置上登出", "sign out everywhere"])),
    ("enrol", Words(["启用账户", "啟用帳戶", "enrolment"])),
    ("passkey-added", Words(["添加通行密钥", "新增通行密鑰", "passkey added"])),
    ("passkey-removed", Words(["移除通行密钥", "移除通行密鑰", "passkey removed"])),
    ("refused-request", Words(["被拒绝的请求", "被拒絕的請求", "refused request"])),
    ("draft-added", Words(["新建草稿", "新建草稿", "draft added"])),
    ("draft-submitted", Words(["提交审核", "提交審核", "draft submitted"])),
    ("draft-taken-back", Words(["撤回", "撤回", "draft taken back"])),
    ("draft-returned", Words(["退回", "退回", "draft sent back"])),
    ("draft-discarded", Words(["作废", "作廢", "draft discarded"])),
    ("draft-published", Words(["批准并发布", "批准並發布", "approved and published"])),
    ("case-read", Words(["阅读案件", "閱讀案件", "case read"])),
    ("case-examined", Words(["开始审查案件", "開始審查案件", "case taken up"])),
    ("case-answered", Words(["起草答复", "起草答覆", "answer drafted"])),
    ("case-returned", Words(["退回答复", "退回答覆", "answer sent back"])),
    ("case-closed", Words(["办结案件", "辦結案件", "case closed"])),
    ("prove-again", Words(["再次验证身份", "再次驗證身分", "identity proven again"])),
];

/// Outcomes, by code; what is none of them is shown as it is.
pub const OUTCOMES: [(&str, Words); 4] = [
    ("ok", Words(["成功", "成功", "done"])),
    ("refused", Words(["拒绝", "拒絕", "refused"])),
    ("waiting", Words(["失败次数太多，须等待", "失敗次數太多，須等待", "made to wait"])),
    (
        "moved",
        Words([
            "登记簿已变化，须重看报告",
            "登記簿已變化，須重看報告",
            "the register had moved on",
        ]),
    ),
];

/// The words of a code of one of these tables; the code itself where it is none.
#[must_use]
pub fn word(table: &[(&str, Words)], code: &str, lang: register::Lang) -> String {
    table
        .iter()
        .find(|(name, _)| *name == code)
        .map_or_else(|| code.to_owned(), |(_, words)| words.to(lang).to_owned())
}
