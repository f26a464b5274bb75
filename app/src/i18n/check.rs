//! Words of the check of a page against the log.

use super::words;

words! {
    // On the page that is checked.
    H2: "核对本页", "核對本頁", "Check this page";
    TEXT: "这一页和登记簿里签过名的条目是不是一样，可以在您自己的浏览器里核对。按下以后才下载核对程序；本机会记下公钥和这次的检查点，下次拿来比，可以随时删除。", "這一頁和登記簿裡簽過名的條目是不是一樣，可以在您自己的瀏覽器裡核對。按下以後才下載核對程式；本機會記下公鑰和這次的檢查點，下次拿來比，可以隨時刪除。", "Your own browser can check whether this page is what the signed log says. The program is fetched only after you press; this device then keeps the key and this checkpoint to compare with next time, and you can delete them.";
    DO: "核对", "核對", "Check";
    BUSY: "正在核对……", "正在核對……", "Checking…";
    OFFLINE: "没能核对：核对程序或数据没有取到。请看看网络，再试一次。", "沒能核對：核對程式或資料沒有取到。請看看網路，再試一次。", "Could not check: the program or the data did not arrive. Look at the network and try again.";

    // The outcome.
    HOLDS: "核对过了：这一页和登记簿一致", "核對過了：這一頁和登記簿一致", "Checked: this page is what the log says";
    PARTLY: "核对过的都一致；有的没法核对，见下", "核對過的都一致；有的沒法核對，見下", "What was checked holds; some things could not be compared, see below";
    UNCHECKED: "没能核对", "沒能核對", "Could not check";
    FAILED: "对不上", "對不上", "It does not hold";
    FAILED_DO: "请把下面两份检查点存下来，换一个网络再核对一次。还是对不上，请告诉主办单位，也可以告诉别人。", "請把下面兩份檢查點存下來，換一個網路再核對一次。還是對不上，請告訴主辦單位，也可以告訴別人。", "Keep both checkpoints below and check once more over another network. If it still does not hold, tell the publisher, and others too.";

    // Line by line; the places are numbers and names.
    L_SIGNED: "检查点（{0} 条）的签名是登记簿密钥签的。", "檢查點（{0} 條）的簽名是登記簿金鑰簽的。", "The checkpoint over {0} entries is signed with the log’s key.";
    L_GOES_ON: "登记簿从本机上次看到的 {0} 条接着写到 {1} 条，旧条目没有被改。", "登記簿從本機上次看到的 {0} 條接著寫到 {1} 條，舊條目沒有被改。", "The log goes on from the {0} entries this device saw before to {1}; no old entry was changed.";
    L_ENTRIES: "本页依据的 {0} 条条目都在登记簿里，重新算过。", "本頁依據的 {0} 條條目都在登記簿裡，重新算過。", "The {0} entries behind this page are in the log; they were hashed again.";
    L_STATUS: "本页的状态由这些条目算出。", "本頁的狀態由這些條目算出。", "The status on this page follows from these entries.";
    L_FIELDS: "{0} 项数据和条目里的一样。", "{0} 項資料和條目裡的一樣。", "{0} values are those of the entries.";
    L_FIRST: "这是本机第一次核对，还没有以前的检查点可比；公钥取自本站，请向主办单位的其他渠道核对。", "這是本機第一次核對，還沒有以前的檢查點可比；公鑰取自本站，請向主辦單位的其他管道核對。", "This is the first check on this device: there is no earlier checkpoint to compare with, and the key is the one this site names. Compare it with what the publisher says elsewhere.";
    L_COMMITTED: "{0} 项数据在登记簿里只存承诺值（法律可能要求删除），没有和原文比。", "{0} 項資料在登記簿裡只存承諾值（法律可能要求刪除），沒有和原文比。", "{0} values are held as commitments, since law may take them away; their text was not compared.";
    L_LEFT_OUT: "还有 {0} 条相关条目没有在这里核对，请核对整本登记簿。", "還有 {0} 條相關條目沒有在這裡核對，請核對整本登記簿。", "{0} more entries are concerned and were not checked here: check the whole log.";
    L_NO_CHECKPOINT: "本站没有给出签名的检查点。", "本站沒有給出簽名的檢查點。", "This site gave no signed checkpoint.";
    L_UNREADABLE: "取到的数据读不懂。", "取到的資料讀不懂。", "What was fetched cannot be read.";
    L_NO_ENTRIES: "本站没有给出本页依据的条目。", "本站沒有給出本頁依據的條目。", "This site gave no entries behind this page.";
    L_UNREAD: "{0} 份记录没有取到，没有比。", "{0} 份記錄沒有取到，沒有比。", "{0} records did not arrive and were not compared.";
    L_NO_CONSISTENCY: "没有取到从 {0} 条到 {1} 条的连续证明，没有和上次比。", "沒有取到從 {0} 條到 {1} 條的連續證明，沒有和上次比。", "The proof that {1} entries go on from {0} did not arrive; nothing was compared with the last look.";
    L_MEMORY: "本机记下的检查点读不懂，没有和上次比。删除以后可以重新记。", "本機記下的檢查點讀不懂，沒有和上次比。刪除以後可以重新記。", "What this device kept cannot be read; nothing was compared with the last look. Delete it to begin anew.";
    L_OTHER_KEY: "签名的不是本机第一次看到的那把密钥：登记簿换了密钥，或者这是另一份登记簿。", "簽名的不是本機第一次看到的那把金鑰：登記簿換了金鑰，或者這是另一份登記簿。", "It is not signed by the key this device saw first: the log has another key, or this is another log.";
    L_BAD_SIGNATURE: "检查点的签名不对：它不是登记簿密钥签的，或者被改过。", "檢查點的簽名不對：它不是登記簿金鑰簽的，或者被改過。", "The checkpoint’s signature does not hold: it is not by the log’s key, or was changed.";
    L_SHORTER: "登记簿变短了：本机上次看到 {0} 条，现在只有 {1} 条。写过的条目不应该消失。", "登記簿變短了：本機上次看到 {0} 條，現在只有 {1} 條。寫過的條目不應該消失。", "The log is shorter: this device saw {0} entries, now there are {1}. Entries never go away.";
    L_FORKED: "登记簿不是从本机上次看到的 {0} 条接着写的：旧条目被改过，或者给您看的是另一份。", "登記簿不是從本機上次看到的 {0} 條接著寫的：舊條目被改過，或者給您看的是另一份。", "The log does not go on from the {0} entries this device saw: old entries were changed, or you are shown another log.";
    L_ENTRY: "第 {0} 条不在登记簿里：它的内容或证明被改过。", "第 {0} 條不在登記簿裡：它的內容或證明被改過。", "Entry {0} is not in the log: its content or its proof was changed.";
    L_DIFFERS: "第 {0} 条：“{1}”一项和登记簿里的不一样，或者缺了。", "第 {0} 條：「{1}」一項和登記簿裡的不一樣，或者缺了。", "Entry {0}: the field “{1}” is not what the log holds, or is missing.";
    L_STATUS_DIFFERS: "本页写的状态是 {0}，条目算出来是 {1}。", "本頁寫的狀態是 {0}，條目算出來是 {1}。", "The page says the status is {0}; the entries come to {1}.";
    L_NOT_LATEST: "本页用的是旧的第 {0} 条，登记簿里有更新的。", "本頁用的是舊的第 {0} 條，登記簿裡有更新的。", "The page uses entry {0}; the log holds a newer version.";
    L_NO_ENTRY: "“{1}”说它来自第 {0} 条，但没有这一条的证明。", "「{1}」說它來自第 {0} 條，但沒有這一條的證明。", "“{1}” says it is of entry {0}, for which there is no proof.";
    L_OTHER_RECORD: "取到的是另一份记录的数据：{0}。", "取到的是另一份記錄的資料：{0}。", "The data that arrived is of another record: {0}.";

    // What the check does not show, and what this device keeps.
    NOT_H: "这不能说明", "這不能說明", "This does not show";
    NOT_TRUE: "条目写的是真的：那是来源和发布单位说的话。", "條目寫的是真的：那是來源和發布單位說的話。", "that what the entries say is true: that is the word of their sources and of the publisher.";
    NOT_WHOLE: "没有别的条目没给您看：要知道这个，请核对整本登记簿。", "沒有別的條目沒給您看：要知道這個，請核對整本登記簿。", "that no entry was kept back: for that, check the whole log.";
    NOT_SAME: "别人看到的是同一份：请和别人对一对检查点。", "別人看到的是同一份：請和別人對一對檢查點。", "that others are shown the same log: compare checkpoints with them.";
    NOT_PROGRAM: "核对程序没有问题：它也来自本站。最可靠的是用自己的程序核对。", "核對程式沒有問題：它也來自本站。最可靠的是用自己的程式核對。", "that the program is honest: it comes from this site too. A program of your own is the surest check.";
    SEEN_NOW: "本站现在的检查点", "本站現在的檢查點", "The site’s checkpoint now";
    SEEN_BEFORE: "本机记下的检查点", "本機記下的檢查點", "The checkpoint this device kept";
    FORGET: "删除本机记下的", "刪除本機記下的", "Delete what this device keeps";
    FORGOTTEN: "已删除。本机没有留下核对的记录。", "已刪除。本機沒有留下核對的記錄。", "Deleted. This device keeps nothing of the check.";

    // The page on checking by hand.
    PAGE: "核对一页", "核對一頁", "Check a page";
    LEAD: "这一页写的，应当就是登记簿里签过名的条目写的。不用相信本站，您可以自己核对。", "這一頁寫的，應當就是登記簿裡簽過名的條目寫的。不用相信本站，您可以自己核對。", "What a page says should be what the signed entries of the log say. You need not take this site’s word for it.";
    OF: "核对的页面", "核對的頁面", "Page to check";
    BEHIND: "本页依据的条目", "本頁依據的條目", "Entries behind the page";
    BEHIND_TEXT: "每一条都可以取证明文件，里面有条目原文、到根的路径和签名的检查点。", "每一條都可以取證明檔案，裡面有條目原文、到根的路徑和簽名的檢查點。", "Each has a proof file, with the entry’s bytes, its path to the root and the signed checkpoint.";
    MORE: "另有 {n} 条没有列出。", "另有 {n} 條沒有列出。", "{n} more are not listed.";
    R_RECORD: "本页的记录", "本頁的記錄", "the record itself";
    R_JOINED: "本页一并显示的记录", "本頁一併顯示的記錄", "shown beside it";
    R_HISTORY: "其他版本", "其他版本", "another version";
    PROOF: "证明", "證明", "proof";
    PROOF_OF: "第 {n} 条的证明", "第 {n} 條的證明", "Proof of entry {n}";
    BY_HAND: "不用本站的程序怎么核对", "不用本站的程式怎麼核對", "How to check without this site’s program";
    STEP_1: "核对整本登记簿，并记下检查点：", "核對整本登記簿，並記下檢查點：", "Check the whole log and keep its checkpoint:";
    STEP_2: "取上面的证明文件。“extra”一行用 base64 解开就是条目原文；前面加一个零字节算 SHA-256，再沿路径算到根，应当等于检查点里的根（RFC 6962）。", "取上面的證明檔案。「extra」一行用 base64 解開就是條目原文；前面加一個零位元組算 SHA-256，再沿路徑算到根，應當等於檢查點裡的根（RFC 6962）。", "Take the proof files above. The line “extra”, decoded from base64, is the entry; its SHA-256 behind one zero byte, hashed up along the path, should be the root in the checkpoint (RFC 6962).";
    STEP_3: "把条目原文和本页的数据比一比：名称、日期、状态、来源应当一样。", "把條目原文和本頁的資料比一比：名稱、日期、狀態、來源應當一樣。", "Compare the entry with the data of the page: names, dates, status and source should be the same.";
    DATA: "本页的数据", "本頁的資料", "Data of the page";
    BUNDLE: "所有条目和证明（JSON）", "所有條目和證明（JSON）", "All entries and proofs (JSON)";
    NO_KEY: "本机没有日志签名密钥，没有签名的检查点，所以没法核对。请看主办单位的服务器。", "本機沒有日誌簽名金鑰，沒有簽名的檢查點，所以沒法核對。請看主辦單位的伺服器。", "This node holds no key that signs the log, so there is no signed checkpoint and nothing can be checked here. See the publisher’s own server.";
    MISSING: "本站一个记录页，例如 /products/p-d58030165a9c", "本站一個記錄頁，例如 /products/p-d58030165a9c", "a page of a record of this site, such as /products/p-d58030165a9c";
}

/// The lines of a report: word of `register::evidence::page`, how it looks (`ok`, `bad`, `unk`), sentence.
pub const LINES: &[(&str, &str, super::Words)] = &[
    ("signed", "ok", L_SIGNED),
    ("goes_on", "ok", L_GOES_ON),
    ("entries", "ok", L_ENTRIES),
    ("status", "ok", L_STATUS),
    ("fields", "ok", L_FIELDS),
    ("first", "unk", L_FIRST),
    ("committed", "unk", L_COMMITTED),
    ("left_out", "unk", L_LEFT_OUT),
    ("no_checkpoint", "unk", L_NO_CHECKPOINT),
    ("unreadable", "unk", L_UNREADABLE),
    ("no_entries", "unk", L_NO_ENTRIES),
    ("unread", "unk", L_UNREAD),
    ("no_consistency", "unk", L_NO_CONSISTENCY),
    ("memory", "unk", L_MEMORY),
    ("other_key", "bad", L_OTHER_KEY),
    ("bad_signature", "bad", L_BAD_SIGNATURE),
    ("shorter", "bad", L_SHORTER),
    ("forked", "bad", L_FORKED),
    ("entry", "bad", L_ENTRY),
    ("differs", "bad", L_DIFFERS),
    ("status_differs", "bad", L_STATUS_DIFFERS),
    ("not_latest", "bad", L_NOT_LATEST),
    ("no_entry", "bad", L_NO_ENTRY),
    ("other_record", "bad", L_OTHER_RECORD),
];

/// The outcomes: word of `register::evidence::page::Outcome`, how it looks, heading.
pub const OUTCOMES: &[(&str, &str, super::Words)] = &[
    ("holds", "ok", HOLDS),
    ("partly", "unk", PARTLY),
    ("unchecked", "unk", UNCHECKED),
    ("failed", "bad", FAILED),
];
