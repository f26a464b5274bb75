//! What goes wrong, as a status, a page and problem details (RFC 9457). Domain errors know nothing of
//! HTTP; this file alone gives them a status.

pub(in crate::web) mod respond;

use axum::http::StatusCode;
use register::Lang;
use serde_json::json;

use super::scan::photo::PhotoProblem;

/// Why a request is not answered as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// 400: a parameter the address does not have.
    UnknownParameter {
        /// Its name.
        name: String,
    },
    /// 400: a parameter's value is not accepted.
    BadParameter {
        /// Its name.
        name: String,
        /// What it accepts, in the reader's languages.
        expected: [String; 3],
    },
    /// 400: a list of the past above the limit.
    PastTooLarge,
    /// 400: a CSV asked for whole above the limit; refused rather than cut unseen.
    DownloadTooLarge,
    /// 404.
    NotFound,
    /// 404: this node has no key to sign the log with.
    NoLogKey,
    /// 410: the record's time of publication is over.
    Gone,
    /// 405.
    Method,
    /// 414.
    UriTooLong,
    /// 500: the text is logged, never sent.
    Internal(String),
    /// 429 with `Retry-After`: this network asked for more than its share of what is expensive.
    TooMany {
        /// Seconds until it may ask again.
        wait: u32,
    },
    /// 503 with `Retry-After`.
    Busy,
    /// 503: the register is not what was written, and nothing of it is published.
    Damaged,
    /// 503 with `Retry-After`: the portal was started just now, and its lists are being read.
    Opening,
    /// 400, 413, 415 or 422: an uploaded photo.
    Photo(PhotoProblem),
}

impl Failure {
    /// Its status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Failure::UnknownParameter { .. }
            | Failure::BadParameter { .. }
            | Failure::PastTooLarge
            | Failure::DownloadTooLarge => StatusCode::BAD_REQUEST,
            Failure::NotFound | Failure::NoLogKey => StatusCode::NOT_FOUND,
            Failure::Gone => StatusCode::GONE,
            Failure::Method => StatusCode::METHOD_NOT_ALLOWED,
            Failure::UriTooLong => StatusCode::URI_TOO_LONG,
            Failure::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Failure::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Failure::Busy | Failure::Damaged | Failure::Opening => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Photo(problem) => match problem {
                PhotoProblem::NoPhoto => StatusCode::BAD_REQUEST,
                PhotoProblem::TooHeavy | PhotoProblem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                PhotoProblem::Heic | PhotoProblem::OtherKind => StatusCode::UNSUPPORTED_MEDIA_TYPE,
                PhotoProblem::Broken => StatusCode::UNPROCESSABLE_ENTITY,
            },
        }
    }

    /// Name of the problem type; problems are documented at `/about#{slug}`.
    const fn slug(&self) -> &'static str {
        match self {
            Failure::UnknownParameter { .. } => "unknown-parameter",
            Failure::BadParameter { .. } => "bad-parameter",
            Failure::PastTooLarge => "past-too-large",
            Failure::DownloadTooLarge => "download-too-large",
            Failure::NotFound => "not-found",
            Failure::NoLogKey => "no-log-key",
            Failure::Gone => "gone",
            Failure::Method => "method-not-allowed",
            Failure::UriTooLong => "uri-too-long",
            Failure::Internal(_) => "internal",
            Failure::TooMany { .. } => "too-many-requests",
            Failure::Busy => "busy",
            Failure::Damaged => "damaged",
            Failure::Opening => "opening",
            Failure::Photo(problem) => match problem {
                PhotoProblem::NoPhoto => "no-photo",
                PhotoProblem::TooHeavy => "photo-too-heavy",
                PhotoProblem::TooLarge => "photo-too-large",
                PhotoProblem::Heic => "photo-heic",
                PhotoProblem::OtherKind => "photo-other-kind",
                PhotoProblem::Broken => "photo-broken",
            },
        }
    }

    /// One sentence for the reader.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let fixed = |words: [&str; 3]| lang.of(&words).to_owned();
        match self {
            Failure::UnknownParameter { name } => match lang {
                Lang::ZhHans => format!("这个网址没有参数“{name}”。"),
                Lang::ZhHant => format!("這個網址沒有參數「{name}」。"),
                Lang::En => format!("This address has no parameter \"{name}\"."),
            },
            Failure::BadParameter { name, expected } => {
                let expected = &expected[lang.index()];
                match lang {
                    Lang::ZhHans => format!("参数“{name}”的值不能用：应为{expected}。"),
                    Lang::ZhHant => format!("參數「{name}」的值不能用：應為{expected}。"),
                    Lang::En => {
                        format!(
                            "The value of parameter \"{name}\" is not accepted: expected {expected}."
                        )
                    }
                }
            }
            Failure::PastTooLarge => fixed([
                "这份截至某日的列表涉及的登记太多，无法当场整理；请下载数据，或者查看单条登记的历史。",
                "這份截至某日的列表涉及的登記太多，無法當場整理；請下載資料，或者查看單條登記的歷史。",
                "This list of another day rests on more records than can be put together while you wait; download the data or read the history of single records.",
            ]),
            Failure::DownloadTooLarge => fixed([
                "一份 CSV 最多 100,000 行；请加筛选条件，或者用 page 和 per_page 分页读取。",
                "一份 CSV 最多 100,000 列；請加篩選條件，或者用 page 和 per_page 分頁讀取。",
                "A CSV holds at most 100,000 rows; narrow the list, or read it in pages with page and per_page.",
            ]),
            Failure::NotFound => fixed([
                "登记簿中没有这个网址。",
                "登記簿中沒有這個網址。",
                "The register has nothing at this address.",
            ]),
            Failure::NoLogKey => fixed([
                "这台服务器没有登记日志的签名密钥，不能给出签名的检查点。",
                "這台伺服器沒有登記日誌的簽名金鑰，不能給出簽名的檢查點。",
                "This server holds no key of the register's log and cannot sign a checkpoint.",
            ]),
            Failure::Gone => fixed([
                "公示期限届满，不再公示。",
                "公示期限屆滿，不再公示。",
                "The time of publication is over.",
            ]),
            Failure::Method => fixed([
                "这里只能读取（GET、HEAD）。",
                "這裡只能讀取（GET、HEAD）。",
                "This address can only be read (GET, HEAD).",
            ]),
            Failure::UriTooLong => fixed(["网址太长。", "網址太長。", "The address is too long."]),
            Failure::Internal(_) => fixed([
                "服务器出错，我们已经记下。请稍后再试。",
                "伺服器出錯，我們已經記下。請稍後再試。",
                "The server failed; we have noted it. Please try again later.",
            ]),
            Failure::TooMany { wait } => match lang {
                Lang::ZhHans => format!(
                    "您所在的网络要的数据太多，请 {wait} 秒后再试。页面和编码查询不受影响。"
                ),
                Lang::ZhHant => format!(
                    "您所在的網路要的資料太多，請 {wait} 秒後再試。頁面和編碼查詢不受影響。"
                ),
                Lang::En => format!(
                    "Your network has asked for too much data; please try again in {wait} s. Pages and looking up codes are not affected."
                ),
            },
            Failure::Busy => fixed([
                "现在请求太多，请几秒后再试。",
                "現在請求太多，請幾秒後再試。",
                "Too many requests right now; please try again in a few seconds.",
            ]),
            Failure::Damaged => fixed([
                "登记簿的数据已经损坏，修复以前本站不提供任何内容，以免给出错误的信息。请稍后再来。",
                "登記簿的資料已經損壞，修復以前本站不提供任何內容，以免給出錯誤的資訊。請稍後再來。",
                "The register’s data were damaged. Until they are restored this site shows nothing of them, so that nothing wrong is shown. Please come back later.",
            ]),
            Failure::Opening => fixed([
                "本站刚刚启动，列表正在读入，请稍后再试。编码查询现在就可以用。",
                "本站剛剛啟動，列表正在讀入，請稍後再試。編碼查詢現在就可以用。",
                "This portal was started just now and its lists are being read; please try again shortly. Looking up codes works already.",
            ]),
            Failure::Photo(problem) => fixed(match problem {
                PhotoProblem::NoPhoto => [
                    "没有收到照片。请先选一张照片，再按“识别照片”。（程序请用 multipart/form-data，字段名 photo。）",
                    "沒有收到照片。請先選一張照片，再按「識別照片」。（程式請用 multipart/form-data，欄位名 photo。）",
                    "No photo arrived. Choose one first, then press “Read the photo”. (Programs: multipart/form-data, field photo.)",
                ],
                PhotoProblem::TooHeavy => [
                    "照片超过 10 MB。请在相机设置里选小一点的尺寸，或者截屏后再传。",
                    "照片超過 10 MB。請在相機設定裡選小一點的尺寸，或者截圖後再傳。",
                    "The photo is over 10 MB. Choose a smaller size in the camera’s settings, or send a screenshot of it.",
                ],
                PhotoProblem::TooLarge => [
                    "照片超过 3000 万像素。请在相机设置里选小一点的尺寸，或者截屏后再传。",
                    "照片超過 3000 萬像素。請在相機設定裡選小一點的尺寸，或者截圖後再傳。",
                    "The photo has more than 30 million pixels. Choose a smaller size in the camera’s settings, or send a screenshot of it.",
                ],
                PhotoProblem::Heic => [
                    "这是 HEIC 一类的照片，本站打不开。请把照片截屏再传，或者在手机的相机设置里把格式改成“兼容性最佳”（JPEG）。",
                    "這是 HEIC 一類的照片，本站打不開。請把照片截圖再傳，或者在手機的相機設定裡把格式改成「最相容」（JPEG）。",
                    "This is a HEIC photo or one of its kind, which this site cannot open. Send a screenshot of it, or set the phone’s camera format to “Most Compatible” (JPEG).",
                ],
                PhotoProblem::OtherKind => [
                    "这个文件不是 JPEG、PNG 或 WebP 照片。请换一张照片，或者截屏后再传。",
                    "這個檔案不是 JPEG、PNG 或 WebP 照片。請換一張照片，或者截圖後再傳。",
                    "This file is not a JPEG, PNG or WebP photo. Choose another, or send a screenshot.",
                ],
                PhotoProblem::Broken => [
                    "这张照片损坏了，打不开。请重新拍一张。",
                    "這張照片損壞了，打不開。請重新拍一張。",
                    "The photo is damaged and cannot be opened. Please take another.",
                ],
            }),
        }
    }

    /// Problem details.
    #[must_use]
    pub fn problem(&self, lang: Lang) -> Vec<u8> {
        let status = self.status();
        let mut problem = json!({
            "type": format!("/about#{}", self.slug()),
            "title": status.canonical_reason(),
            "status": status.as_u16(),
            "detail": self.sentence(lang),
        });
        if let (
            Failure::UnknownParameter { name } | Failure::BadParameter { name, .. },
            Some(object),
        ) = (self, problem.as_object_mut())
        {
            object.insert("parameter".to_owned(), json!(name));
        }
        let mut bytes = problem.to_string().into_bytes();
        bytes.push(b'\n');
        bytes
    }
}

impl From<crate::store::StoreError> for Failure {
    fn from(error: crate::store::StoreError) -> Self {
        Failure::Internal(error.to_string())
    }
}

impl From<super::index::Unavailable> for Failure {
    fn from(error: super::index::Unavailable) -> Self {
        match error {
            super::index::Unavailable::Store(error) => error.into(),
            super::index::Unavailable::TooLarge => Failure::PastTooLarge,
            super::index::Unavailable::Busy => Failure::Busy,
        }
    }
}

impl From<search::QueryError> for Failure {
    fn from(error: search::QueryError) -> Self {
        use search::query::QueryProblem;
        let name = error.parameter;
        match error.problem {
            QueryProblem::Unknown => Failure::UnknownParameter { name },
            QueryProblem::Repeated => Failure::BadParameter {
                name,
                expected: ["只出现一次", "只出現一次", "one value"].map(str::to_owned),
            },
            QueryProblem::Bad(accepts) => {
                let expected = expected(&name, accepts);
                Failure::BadParameter { name, expected }
            }
            QueryProblem::TooMuch(limit) => Failure::BadParameter {
                name,
                expected: [
                    format!("不超过 {limit}"),
                    format!("不超過 {limit}"),
                    format!("at most {limit}"),
                ],
            },
        }
    }
}

/// What a list's parameter accepts.
fn expected(name: &str, english: &str) -> [String; 3] {
    let [zh, hant] = match name {
        "as_of" => ["日期，写成 2026-01-31", "日期，寫成 2026-01-31"],
        "known" => ["登记条目数，整数", "登記條目數，整數"],
        "page" => ["页码，1 到 1000000", "頁碼，1 到 1000000"],
        "per_page" => ["每页行数，1 到 100", "每頁列數，1 到 100"],
        "sort" => ["这个列表的一种排序", "這個列表的一種排序"],
        "size" => ["large（大字）", "large（大字）"],
        _ => ["代码，不含控制字符", "代碼，不含控制字元"],
    };
    [zh.to_owned(), hant.to_owned(), english.to_owned()]
}
