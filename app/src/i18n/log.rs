//! Words of the page about the log in public.

use super::words;

words! {
    LINK: "核对登记簿有没有被改过", "核對登記簿有沒有被改過", "Check that the register was not rewritten";
    PAGE: "核对登记簿", "核對登記簿", "Check the register";
    H1: "这份登记簿有没有被改过？", "這份登記簿有沒有被改過？", "Was this register rewritten?";
    LEAD: "登记簿只能往后写。每写一条，前面所有条目连同它算出一个新的指纹，签名后公布。谁改了旧条目，指纹就对不上。", "登記簿只能往後寫。每寫一條，前面所有條目連同它算出一個新的指紋，簽名後公布。誰改了舊條目，指紋就對不上。", "The register is only ever added to. Each new entry gives a new fingerprint of all entries so far, which is signed and published. Whoever changes an old entry changes the fingerprint.";
    NOW: "现在的检查点", "現在的檢查點", "The checkpoint now";
    ENTRIES: "条目", "條目", "Entries";
    ROOT: "指纹（根）", "指紋（根）", "Fingerprint (root)";
    NAME: "日志名称", "日誌名稱", "Name of the log";
    KEY: "签名公钥", "簽名公鑰", "Signing key";
    SECOND: "签名公钥（国密 SM2，第二行）", "簽名公鑰（國密 SM2，第二行）", "Signing key of the second line (SM2)";
    KEEP: "把这几行存下来，或发给别人。以后再来对：登记簿必须是从这里接着写的。", "把這幾行存下來，或發給別人。以後再來對：登記簿必須是從這裡接著寫的。", "Keep these lines, or hand them to somebody. Come back later: the register must go on from here.";
    NO_KEY: "本机没有日志签名密钥，所以没有签名的检查点。请看主办单位的服务器。", "本機沒有日誌簽名金鑰，所以沒有簽名的檢查點。請看主辦單位的伺服器。", "This node holds no key that signs the log, so there is no signed checkpoint here. See the publisher’s own server.";
    HOW: "怎么核对", "怎麼核對", "How to check";
    HOW_ALL: "核对全部：下面的命令读完每一条，重新算一遍，和签名比；第二次起，还和你上次记下的比。", "核對全部：下面的命令讀完每一條，重新算一遍，和簽名比；第二次起，還和你上次記下的比。", "Everything: the command below reads every entry, hashes all of it again and compares it with the signature, and from the second time on with what you kept.";
    HOW_ONE: "核对一条：每条记录的经过里，“第 n 条”就是它的证明文件，里面有原文、路径和检查点。", "核對一條：每條記錄的經過裡，「第 n 條」就是它的證明檔案，裡面有原文、路徑和檢查點。", "One entry: in the history of every record, “entry n” is its proof, with the entry’s bytes, its path and the checkpoint.";
    HOW_OWN: "自己写程序：格式是公开的 C2SP tlog-tiles，不必用我们的软件。", "自己寫程式：格式是公開的 C2SP tlog-tiles，不必用我們的軟體。", "With a program of your own: the format is the public C2SP tlog-tiles; our software is not needed.";
    FILES: "文件", "檔案", "Files";
    F_CHECKPOINT: "检查点", "檢查點", "Checkpoint";
    F_KEY: "公钥", "公鑰", "Key";
    F_ENTRIES: "最早 256 条条目", "最早 256 條條目", "The first 256 entries";
    WITNESSES: "见证人", "見證人", "Witnesses";
    W_LEAD: "见证人是别的机构的程序：登记簿是从它上次签过的地方接着往后写的，它才再签一次，写明时间。改过旧条目的登记簿得不到它的签名。", "見證人是別的機構的程式：登記簿是從它上次簽過的地方接著往後寫的，它才再簽一次，寫明時間。改過舊條目的登記簿得不到它的簽名。", "A witness is a program run by somebody else. It signs again, with the time, only if the register goes on from what it signed before. A register whose old entries were changed gets no such signature.";
    W_NONE: "现在没有见证人。旧条目被改，只有存过旧检查点的人才能发现。", "現在沒有見證人。舊條目被改，只有存過舊檢查點的人才能發現。", "No witness at present. Whether old entries were changed is seen only by those who kept an older checkpoint.";
    W_SIGNED: "签了前 {n} 条，北京时间 {t}（{a}）。", "簽了前 {n} 條，北京時間 {t}（{a}）。", "signed the first {n} entries on {t}, Beijing time ({a}).";
    W_BEHIND: "后来的 {n} 条还没有签。", "後來的 {n} 條還沒有簽。", "The {n} entries since then are not signed yet.";
    W_TODAY: "今天", "今天", "today";
    W_DAYS: "{n} 天前", "{n} 天前", "{n} days ago";
    W_YES: "见证人签过的部分：它看到的和你看到的是同一份。", "見證人簽過的部分：它看到的和你看到的是同一份。", "As far as a witness signed it: the witness was shown the same log as you.";
    W_COMMAND: "要求见证人签名：在命令后加 --witness 和见证人的公钥。", "要求見證人簽名：在命令後加 --witness 和見證人的公鑰。", "To demand a witness’s signature, add --witness and the witness’s key to the command.";
    MEANS: "能说明什么，不能说明什么", "能說明什麼，不能說明什麼", "What this shows, and what it does not";
    YES_1: "条目就是签名时的那些条目。", "條目就是簽名時的那些條目。", "The entries are those that were signed.";
    YES_2: "和你上次记下的相比，没有旧条目被改、被删。", "和你上次記下的相比，沒有舊條目被改、被刪。", "Nothing was changed or taken away since you last kept a checkpoint.";
    NOT_1: "不能说明条目写的是真的：那要看它的来源。", "不能說明條目寫的是真的：那要看它的來源。", "Not that what an entry says is true: for that, see its source.";
    NOT_2: "不能说明别人看到的是同一份：请和别人对一对检查点。", "不能說明別人看到的是同一份：請和別人對一對檢查點。", "Not that others were shown the same log: compare checkpoints with them.";
    NOT_3: "从这里取的公钥，不能说明它是谁的：请从主办单位的其他渠道核对。", "從這裡取的公鑰，不能說明它是誰的：請從主辦單位的其他管道核對。", "Not whose key it is, when it was fetched from here: compare it with what the publisher says elsewhere.";
}
